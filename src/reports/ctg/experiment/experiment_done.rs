//! What was really done: steps planned, actions of the fiche with their steps, meetings in order of day, means.

use super::experiment_parts::ExperimentReport;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, decimals};
use crate::disclosure::{CtgAction, CtgMeeting};
use crate::reports::ctg::indicator_rows::indicator_rows;
use crate::reports::document::Block;

/// The blocks.
pub(super) fn done(report: &ExperimentReport) -> Vec<Block> {
    let mut blocks = Vec::new();
    let own = report.experiment;
    if !own.steps.is_empty() {
        blocks.push(Block::heading("Les étapes prévues"));
        blocks.push(Block::bullets(own.steps.iter().cloned()));
    }
    let actions = report.view.actions.iter();
    let actions: Vec<&CtgAction> = actions.filter(|a| a.fiches.contains(&own.fiche)).collect();
    blocks.extend(action_table(report, &actions));
    blocks.push(timeline(report));
    blocks.push(Block::text(means(report, &actions)).keyed(report.keys.keys(&own.code)));
    blocks.extend(indicator_rows("Temps de l’essai", &meetings_alone(report)));
    blocks
}

fn meetings_alone(report: &ExperimentReport) -> Vec<crate::disclosure::CtgIndicator> {
    let all = report.counted.iter();
    all.filter(|i| i.nature == "réalisation").cloned().collect()
}

/// Actions of the fiche, steps done out of steps planned.
fn action_table(report: &ExperimentReport, actions: &[&CtgAction]) -> Option<Block> {
    if actions.is_empty() {
        return None;
    }
    let columns = vec![
        Heading::words("Action de la fiche").wide(4.0),
        Heading::words("Statut").wide(1.3),
        Heading::words("Étapes faites").wide(1.4),
        Heading::words("Difficulté").wide(3.0),
    ];
    let rows = actions.iter().map(|a| {
        let key = report.keys.key(&a.id);
        // Once it is done, steps that nobody ticked say nothing.
        let steps = match a.steps.filter(|_| !a.is_closed) {
            Some((done, planned)) => Datum::words(format!("{done} sur {planned}")).keyed(&key),
            None => Datum::none(),
        };
        vec![
            Datum::words(&a.text),
            Datum::words(a.status).keyed(&key),
            steps,
            if a.difficulty.is_empty() {
                Datum::none()
            } else {
                Datum::words(&a.difficulty)
            },
        ]
    });
    Some(Block::Table(Table::new(
        "Où en sont les actions",
        columns,
        rows.collect(),
    )))
}

/// From the first day to the last: what took place, what is to come.
fn timeline(report: &ExperimentReport) -> Block {
    let own = report.experiment;
    let held = report.view.meetings.iter();
    let held: Vec<&CtgMeeting> = held.filter(|m| own.meetings.contains(&m.id)).collect();
    let mut events = vec![(own.from, "début de l’essai".to_owned(), String::new())];
    if let Some(day) = own.fixed_on {
        events.push((day, "effets attendus écrits".to_owned(), String::new()));
    }
    events.extend(
        held.iter()
            .map(|m| (m.date, m.kind.to_owned(), m.title.clone())),
    );
    events.push((own.to, "fin de l’essai".to_owned(), String::new()));
    events.sort_by_key(|(day, ..)| *day);
    let columns = vec![
        Heading::words("Jour").wide(1.2),
        Heading::words("Quoi").wide(2.0),
        Heading::words("Intitulé").wide(4.5),
    ];
    let rows = events.into_iter().map(|(day, what, title)| {
        let is_to_come = day > report.view.day;
        let what = if is_to_come {
            format!("{what} (à venir)")
        } else {
            what
        };
        vec![
            Datum::words(day.short()),
            Datum::words(what),
            if title.is_empty() {
                Datum::none()
            } else {
                Datum::words(title)
            },
        ]
    });
    Block::Table(Table::new("Le fil de l’essai", columns, rows.collect()))
}

/// « 10 temps, 24 heures ; 3 000 € dépensés sur 4 500 € prévus. »
fn means(report: &ExperimentReport, actions: &[&CtgAction]) -> String {
    let own = report.experiment;
    let hours = if own.hours > 0.0 {
        format!(
            ", {} h au total",
            decimals(own.hours, usize::from(own.hours.fract().abs() > 1e-9))
        )
    } else {
        ", durées non saisies".to_owned()
    };
    let sum = |get: fn(&CtgAction) -> Option<f64>| {
        let known: Vec<f64> = actions.iter().filter_map(|a| get(a)).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>())
    };
    let spent = sum(|a| a.spent);
    let planned = sum(|a| a.planned_cost);
    let money = match (spent, planned) {
        (None, None) => "coûts non saisis".to_owned(),
        (Some(spent), None) => format!("{} dépensés", Datum::euros(spent).text),
        (None, Some(planned)) => {
            format!("{} prévus, dépense non saisie", Datum::euros(planned).text)
        }
        (Some(spent), Some(planned)) => format!(
            "{} dépensés, {} prévus par les actions de la fiche",
            Datum::euros(spent).text,
            Datum::euros(planned).text
        ),
    };
    format!(
        "Moyens : {}{hours} ; {money}.",
        count(own.meetings.len(), "temps tenu", "temps tenus")
    )
}
