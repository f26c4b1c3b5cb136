//! A meeting of the convention prepared: its agenda, the skeleton of its compte rendu, the sheet of who came.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::{fold, suggest};
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, CtgPiece, OpenObservatory,
};
use crate::convention::{
    ClosedWord, DecisionsColumn, Register, RegisterColumn, RegisterRow, TempsColumn, TempsKind,
    attendance_sheet,
};
use crate::disclosure::CtgAudience;
use crate::reports::{CtgKeys, CtgTitles, MeetingPages, ReportFormat};

/// Which meeting.
pub(crate) struct MeetingRequest {
    /// Its id, its title, or a kind (« copil »): the next of it.
    pub meeting: String,
    /// Who will be there.
    pub audience: CtgAudience,
    /// Day of the state, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// Folder to write.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct MeetingOutcome {
    /// « COPIL d’automne ».
    pub name: String,
    /// Files.
    pub delivered: CtgDelivered,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Meetings to come that an error names.
const SHOWN: usize = 5;

/// Headings of the table of decisions of a compte rendu, in order: those of its register.
const DECISIONS: [DecisionsColumn; 6] = [
    DecisionsColumn::Temps,
    DecisionsColumn::Texte,
    DecisionsColumn::Fiche,
    DecisionsColumn::Responsable,
    DecisionsColumn::Echeance,
    DecisionsColumn::Statut,
];

/// Prepares a meeting.
///
/// # Errors
///
/// An unknown meeting, or one without a date; no convention; a journal, a log or a template that cannot be read; a
/// folder that cannot be written.
pub(crate) fn prepare_meeting(
    opened: &OpenObservatory,
    request: &MeetingRequest,
) -> Result<MeetingOutcome> {
    let state = ConventionState::signed(opened, request.date.as_deref())?;
    let id = find(&state, &request.meeting)?.id.clone();
    let kind = format!("seances/{id}");
    let formats: BTreeSet<ReportFormat> = [ReportFormat::Pdf, ReportFormat::Docx].into();
    let edition = CtgEdition::begin(
        &state,
        CtgEditionRequest {
            kind: &kind,
            stem: format!("ordre-du-jour-{id}"),
            audience: request.audience,
            formats: &formats,
            out: request.out.clone(),
        },
    )?;
    let view = edition.view();
    let meeting = view.meeting(&id).ok_or_else(|| {
        Error::Usage(format!(
            "{id} n’a pas de date, ou {} ne la lit pas : donnez-lui une date dans la feuille « Temps ».",
            request.audience.label()
        ))
    })?;
    let before = view.meetings.iter().rev();
    let mut before = before.filter(|m| m.kind == meeting.kind && m.date < meeting.date);
    let columns = DECISIONS.map(|c| c.field().spec().heading);
    let pages = MeetingPages {
        meeting,
        last: before.next(),
        view: &view,
        keys: CtgKeys::of(&view, view.day.to_string()),
        until: meeting.date.months_after(6).unwrap_or(meeting.date),
        decision_columns: &columns,
    };
    let line = format!("{}, {}", meeting.kind, meeting.date.long());
    let titles = |what: &str| CtgTitles {
        title: format!("{what} : {}", pages.name()),
        line: line.clone(),
    };
    let agenda = pages.agenda(edition.head(titles("Ordre du jour")));
    let minutes = pages.minutes(edition.head(titles("Compte rendu")));
    let territory = &opened.observatory.settings.territory;
    let sheet = attendance_sheet(
        &state.convention,
        &state.registers,
        &id,
        (state.day, territory.donnees_fictives),
    )?;
    let pieces = vec![
        CtgPiece::Document {
            stem: format!("compte-rendu-{id}"),
            format: ReportFormat::Docx,
            document: &minutes,
        },
        CtgPiece::File {
            name: format!("presences-{id}.xlsx"),
            bytes: sheet,
        },
    ];
    Ok(MeetingOutcome {
        name: pages.name(),
        delivered: edition.deliver_with(&agenda, pieces)?,
        diagnostics: state.diagnostics.clone(),
    })
}

/// A meeting by its id, by its title, else the next of a kind (« copil ») from the day on.
fn find<'s>(state: &'s ConventionState, written: &str) -> Result<&'s RegisterRow> {
    let rows = state.registers.rows(Register::Temps);
    let by_id = rows.iter().find(|r| r.id.eq_ignore_ascii_case(written));
    if let Some(row) = by_id {
        return Ok(row);
    }
    let wanted = fold(written);
    let titled: Vec<&RegisterRow> = (rows.iter())
        .filter(|r| fold(r.text(TempsColumn::Intitule)) == wanted)
        .collect();
    let coming = coming(state);
    let is_of_kind = |row: &&&RegisterRow| {
        let kind = row.word::<TempsKind>(TempsColumn::Type);
        kind.is_some() && kind == TempsKind::read(written)
    };
    match (titled.as_slice(), coming.iter().find(is_of_kind)) {
        // Meetings that are titled by their kind alone, « COPIL », are asked for by it too: the next one is.
        (_, Some(next)) => Ok(next),
        ([only], None) => Ok(only),
        ([], None) => Err(Error::Usage(unknown(rows, &coming, written))),
        (several, _) => {
            let ids: Vec<&str> = several.iter().map(|r| r.id.as_str()).collect();
            Err(Error::Usage(format!(
                "« {written} » est l’intitulé de plusieurs temps : {} ; donnez l’identifiant.",
                ids.join(", ")
            )))
        }
    }
}

/// Meetings of the day and after, the next first.
fn coming<'s>(state: &'s ConventionState) -> Vec<&'s RegisterRow> {
    let rows = state.registers.rows(Register::Temps).iter();
    let dated = rows.filter_map(|row| Some((row.day(TempsColumn::Date)?, row)));
    let mut coming: Vec<_> = dated.filter(|(day, _)| *day >= state.day).collect();
    coming.sort_by_key(|(day, row)| (*day, row.id.as_str()));
    coming.into_iter().map(|(_, row)| row).collect()
}

/// Which meetings may be meant.
fn unknown(rows: &[RegisterRow], coming: &[&RegisterRow], written: &str) -> String {
    let said = |row: &&RegisterRow| {
        let day = row
            .day(TempsColumn::Date)
            .map_or_else(String::new, Day::short);
        let kind = row.word::<TempsKind>(TempsColumn::Type);
        let title = match row.text(TempsColumn::Intitule) {
            "" => kind.map_or("sans intitulé", |k| k.label()),
            title => title,
        };
        format!("{} ({day}, {title})", row.id)
    };
    let next: Vec<String> = coming.iter().take(SHOWN).map(said).collect();
    let next = match next.as_slice() {
        [] => " Aucun temps n’est à venir : ajoutez-le à la feuille « Temps », avec sa date."
            .to_owned(),
        next => format!(" À venir : {}.", next.join(" ; ")),
    };
    if written.is_empty() {
        return format!("Quelle séance ? Donnez son identifiant, son intitulé ou son type.{next}");
    }
    let names = rows.iter();
    let names = names.flat_map(|r| [r.id.as_str(), r.text(TempsColumn::Intitule)]);
    let near = suggest(written, names).question();
    let what = match TempsKind::read(written) {
        Some(kind) => format!("Aucun temps à venir n’est du type « {} ».", kind.label()),
        None => format!("Le temps « {written} » n’est pas dans le suivi.{near}"),
    };
    format!("{what}{next}")
}
