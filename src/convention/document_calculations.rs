//! Documents: one that exists and was sent, comptes rendus sent, structures that have a proof.

use std::collections::BTreeSet;

use super::calculation::Calculation;
use super::computed_indicator::{Found, SeenRow};
use super::convention_words::SuiviDocument;
use super::meetings::Meeting;
use super::register_columns::{DocumentsColumn, Register, TempsColumn};
use super::registers::RegisterRow;
use super::to_complete::SENDING_DAYS;
use crate::base::day::Day;

fn seen(row: &RegisterRow) -> SeenRow {
    let title = row.text(DocumentsColumn::Titre);
    let sent = row.day(DocumentsColumn::Diffuse);
    let sent = sent.map_or_else(
        || "non diffusé".to_owned(),
        |d| format!("diffusé le {}", d.short()),
    );
    SeenRow {
        register: Register::Documents,
        id: row.id.clone(),
        says: format!("{title}, {sent}."),
    }
}

/// Documents of the kinds asked that are dated of the day asked or before.
fn valid<'a>(c: &Calculation<'a>) -> Vec<&'a RegisterRow> {
    let documents = c.input.registers.rows(Register::Documents).iter();
    let kept = documents.filter(|d| {
        let kind = d.word(DocumentsColumn::Type);
        kind.is_some_and(|k| c.parameters.documents.contains(&k))
            && d.day(DocumentsColumn::Date)
                .is_some_and(|day| day <= c.period.end())
    });
    kept.collect()
}

/// 1 when one was sent, a half when one exists, 0 otherwise.
pub(super) fn exists(c: &Calculation) -> Found {
    let documents = valid(c);
    let is_sent = |d: &&RegisterRow| {
        d.day(DocumentsColumn::Diffuse)
            .is_some_and(|day| day <= c.period.end())
    };
    let value = if documents.iter().any(is_sent) {
        1.0
    } else if documents.is_empty() {
        0.0
    } else {
        0.5
    };
    let found = Found {
        value: Some(value),
        n: documents.len(),
        ..Found::default()
    };
    c.counted(found.seen(documents.into_iter().map(seen).collect()))
}

/// Meetings held long enough ago whose compte rendu was sent; the median delay beside.
pub(super) fn sent(c: &Calculation) -> Found {
    let delay = c.parameters.delay_days.unwrap_or(SENDING_DAYS);
    let end = c.period.end();
    let is_due = |m: &&&Meeting| m.date.after(delay).is_some_and(|due| due < end);
    let kept = c.kept();
    let due: Vec<&&Meeting> = kept.iter().filter(is_due).collect();
    let mut delays: Vec<f64> = Vec::new();
    let mut rows = Vec::new();
    for meeting in &due {
        let sent = sent_on(c, meeting);
        delays.extend(sent.map(|d| f64::from(d.number() - meeting.date.number())));
        let when = sent.map_or_else(
            || "compte rendu non diffusé".to_owned(),
            |d| format!("compte rendu diffusé le {}", d.short()),
        );
        rows.push(SeenRow {
            register: Register::Temps,
            id: meeting.row.id.clone(),
            says: format!("{} : {when}.", meeting.told()),
        });
    }
    let empty =
        format!("aucun temps de ce type n’est tenu depuis plus de {delay} jours dans la période");
    let mut found = Found::share(delays.len() as f64, due.len() as f64, due.len(), &empty);
    if let Some(median) = median(&mut delays) {
        found = found.beside("délai médian (jours)", median);
    }
    found.seen(rows)
}

/// The first day that the compte rendu of a meeting was sent, no later than the day asked.
fn sent_on(c: &Calculation, meeting: &Meeting) -> Option<Day> {
    let documents = c.input.registers.rows(Register::Documents).iter();
    let own = documents.filter(|d| {
        d.text(DocumentsColumn::Temps) == meeting.row.id
            && d.word(DocumentsColumn::Type) == Some(SuiviDocument::CompteRendu)
    });
    let days = own.filter_map(|d| d.day(DocumentsColumn::Diffuse));
    let all = days.chain(meeting.row.day(TempsColumn::Diffuse));
    all.filter(|day| *day <= c.period.end()).min()
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// Structures with a document of the kinds asked, out of those concerned: the pilots of an experiment, else all that
/// are open on the day asked.
pub(super) fn structures(c: &Calculation) -> Found {
    let end = c.period.end();
    let open = c.input.registry.all().iter().filter(|s| s.active(end, end));
    let mut concerned: BTreeSet<&str> = open.map(|s| s.code.as_str()).collect();
    let experiment = c.input.convention.experiment(&c.parameters.experiment);
    let fiche = experiment.map(|e| e.fiche.as_str());
    if let Some(experiment) = experiment {
        let is_pilot = |code: &&str| experiment.pilots.iter().any(|p| p == code);
        let without = c.parameters.without_pilots;
        concerned.retain(|code| is_pilot(code) != without);
    }
    let mut proved: BTreeSet<&str> = BTreeSet::new();
    let mut rows = Vec::new();
    for document in valid(c) {
        let is_of_fiche = fiche.is_none_or(|f| document.list(DocumentsColumn::Fiches).contains(&f));
        let own = document.list(DocumentsColumn::Structure).into_iter();
        let own: Vec<&str> = own
            .filter(|s| is_of_fiche && concerned.contains(s))
            .collect();
        if !own.is_empty() {
            proved.extend(own);
            rows.push(seen(document));
        }
    }
    let empty = "aucune structure n’est concernée ce jour-là";
    Found::share(
        proved.len() as f64,
        concerned.len() as f64,
        concerned.len(),
        empty,
    )
    .seen(rows)
}
