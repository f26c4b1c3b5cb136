//! Texts that came in and tell perhaps of violence, of a danger, or accuse someone: where each is, for the person who
//! coordinates to read it in its file. No report quotes them, and nothing of what they say leaves this list.

use crate::base::diagnostics::CellRef;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::campaign::OpenObservatory;
use crate::intake::place_screen;
use crate::intake::store::LiveImport;
use crate::intake::store::columns::{WordColumn, WordKind};
use crate::privacy::{Motif, QuoteScreen};
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::SourceCode;

/// Where a text is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TextToRead {
    /// Code of the accueil.
    pub(crate) structure: String,
    /// The file that came in, by the name under which it is kept.
    pub(crate) file: String,
    /// Its sheet; empty for a CSV.
    pub(crate) sheet: String,
    /// Its cell, « D14 ».
    pub(crate) cell: String,
    /// The import that brought it.
    pub(crate) import: String,
    /// Who speaks, or where it was said: « entretien ».
    pub(crate) said_in: &'static str,
}

/// Those of a campaign, by accueil; closed ones too: a child in danger is not set aside with figures.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn texts_to_read(
    opened: &OpenObservatory,
    campaign: &Campaign,
) -> Result<Vec<TextToRead>> {
    let screen = place_screen(&opened.observatory, campaign);
    let state = opened.store.state()?;
    let mut found = Vec::new();
    for live in opened.store.live(&state, &campaign.id)? {
        found.extend(of_import(&live, &screen)?);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn of_import(live: &LiveImport, screen: &QuoteScreen) -> Result<Vec<TextToRead>> {
    use WordColumn as C;
    let columns = [
        C::Unite,
        C::Nature,
        C::Champ,
        C::Texte,
        C::Feuille,
        C::Ligne,
        C::Colonne,
    ];
    let frame = live.words()?.whole(&columns)?;
    let wholes = |c: C| -> Result<_> { Ok(frame.column(c.name())?.u32()?.clone()) };
    let texts = |c: C| -> Result<_> { Ok(frame.column(c.name())?.str()?.clone()) };
    let (units, kinds, rows, cols) = (
        wholes(C::Unite)?,
        wholes(C::Nature)?,
        wholes(C::Ligne)?,
        wholes(C::Colonne)?,
    );
    let (fields, said, sheets) = (texts(C::Champ)?, texts(C::Texte)?, texts(C::Feuille)?);
    let mut found = Vec::new();
    for row in 0..frame.height() {
        let unit = units.get(row).and_then(|u| live.units.get(u as usize));
        let kind = kinds.get(row).and_then(WordKind::from_repr);
        let (Some(unit), Some(kind), Some(text)) = (unit, kind, said.get(row)) else {
            continue;
        };
        let field = fields.get(row).unwrap_or_default();
        if unit.hidden || !is_said(kind, field) || !is_alarming(screen, text) {
            continue;
        }
        let file = live.import.manifest.files.get(unit.file);
        let cell = CellRef::new(
            rows.get(row).unwrap_or_default(),
            cols.get(row).unwrap_or_default(),
        );
        found.push(TextToRead {
            structure: unit.structure.to_string(),
            file: file.map_or_else(String::new, |f| f.name.clone()),
            sheet: sheets.get(row).unwrap_or_default().to_owned(),
            cell: cell.to_string(),
            import: live.import.label.clone(),
            said_in: said_in(kind, unit.source),
        });
    }
    Ok(found)
}

/// Where words were said, as people call it.
fn said_in(kind: WordKind, source: SourceCode) -> &'static str {
    match kind {
        WordKind::Entretien => "entretien",
        WordKind::Remarque => "remarque d’une équipe",
        WordKind::Pratique => "pratique remarquable",
        _ => source.label(),
    }
}

/// Whether words are what someone says, and not the code, the theme or the consent that goes with it.
fn is_said(kind: WordKind, field: &str) -> bool {
    match kind {
        WordKind::Commentaire | WordKind::ReponseLibre | WordKind::Pratique => true,
        WordKind::Entretien => field == "propos",
        WordKind::Remarque => field == "remarque",
        WordKind::Accord | WordKind::QuestionPropre => false,
    }
}

fn is_alarming(screen: &QuoteScreen, text: &str) -> bool {
    let motifs = screen.motifs(text);
    motifs.has(Motif::Violence) || motifs.has(Motif::Allegation)
}
