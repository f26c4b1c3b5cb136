//! A meeting of the convention prepared: its agenda, the skeleton of its compte rendu, the sheet of who came.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::text::{fold, suggest};
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, CtgPiece, OpenObservatory,
};
use crate::convention::{
    DecisionsColumn, Register, RegisterColumn, RegisterRow, TempsColumn, attendance_sheet,
};
use crate::disclosure::CtgAudience;
use crate::reports::{CtgKeys, CtgTitles, MeetingPages, ReportFormat};

/// Which meeting.
pub(crate) struct MeetingRequest {
    /// Its id, or its title.
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

/// A meeting by its id, else by its title.
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
    match titled.as_slice() {
        [only] => Ok(only),
        [] => {
            let names = rows.iter();
            let names = names.flat_map(|r| [r.id.as_str(), r.text(TempsColumn::Intitule)]);
            let near = suggest(written, names).question();
            Err(Error::Usage(format!(
                "Le temps « {written} » n’est pas dans le suivi.{near}"
            )))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|r| r.id.as_str()).collect();
            Err(Error::Usage(format!(
                "« {written} » est l’intitulé de plusieurs temps : {} ; donnez l’identifiant.",
                ids.join(", ")
            )))
        }
    }
}
