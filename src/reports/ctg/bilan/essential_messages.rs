//! The messages of page one. Each is made of figures: it is true on this day, or it is not printed.

use super::bilan_content::{BilanReport, headed};
use crate::base::text::{count, number_word};
use crate::disclosure::{CtgIndicator, CtgStatus};
use crate::reports::document::{Block, ListItem, ListStyle, ReportSection};
use crate::reports::sentences::capital;

/// Messages of page one.
const MESSAGES: usize = 5;

/// Page one.
pub(super) fn essentials(report: &BilanReport) -> ReportSection {
    let mut messages: Vec<ListItem> = Vec::new();
    messages.extend(done(report));
    let furthest = furthest(report);
    // One indicator alone is told by its own values.
    let aimed = report
        .indicators
        .iter()
        .filter(|i| i.reaches_target.is_some());
    if aimed.count() > 1 || furthest.is_none() {
        messages.extend(targets(report));
    }
    messages.extend(furthest);
    if report.follows() {
        messages.extend(decisions(report));
        messages.extend(meetings(report));
        messages.extend(late(report));
    }
    messages.truncate(MESSAGES);
    let mut blocks = Vec::new();
    if messages.is_empty() {
        blocks.push(Block::text(
            "Le tableau de suivi ne permet encore aucun message en chiffres.",
        ));
    } else {
        blocks.push(Block::List {
            items: messages,
            style: ListStyle::Messages,
        });
    }
    blocks.extend(headed(report.texts.essentials()));
    ReportSection::new("1. L’essentiel", "1 L’essentiel", blocks)
}

/// « Douze actions sur vingt-quatre sont réalisées. »
fn done(report: &BilanReport) -> Option<ListItem> {
    let all: Vec<_> = report.view.running().collect();
    let done = all.iter().filter(|a| a.is_done).count();
    let text = match (done, all.len()) {
        (_, 0) => return None,
        (0, all) => format!(
            "Aucune des {} actions des fiches en vigueur n’est encore réalisée.",
            number_word(all, true)
        ),
        (done, all) if done == all => {
            format!("Toutes les actions des fiches en vigueur sont réalisées ({all}).")
        }
        (1, all) => format!(
            "Une action des fiches en vigueur est réalisée sur {}.",
            number_word(all, true)
        ),
        (done, all) => format!(
            "{} actions sur {} sont réalisées dans les fiches en vigueur.",
            capital(&number_word(done, true)),
            number_word(all, true)
        ),
    };
    Some(ListItem::plain(text).keyed(report.keys.keys("ACTIONS")))
}

/// « Trois indicateurs sur cinq qui ont une cible l’atteignent. »
fn targets(report: &BilanReport) -> Option<ListItem> {
    let aimed: Vec<&CtgIndicator> = (report.indicators.iter())
        .filter(|i| i.reaches_target.is_some())
        .collect();
    let reached = aimed
        .iter()
        .filter(|i| i.reaches_target == Some(true))
        .count();
    let text = match (reached, aimed.len()) {
        (_, 0) => return None,
        (1, 1) => "Le seul indicateur qui a une cible et une valeur l’atteint.".to_owned(),
        (0, 1) => {
            "Le seul indicateur qui a une cible et une valeur ne l’atteint pas encore.".to_owned()
        }
        (0, all) => format!(
            "Aucun des {} indicateurs qui ont une cible et une valeur ne l’atteint encore.",
            number_word(all, false)
        ),
        (reached, all) if reached == all => format!(
            "Les {} indicateurs qui ont une cible et une valeur l’atteignent.",
            number_word(all, false)
        ),
        (1, all) => format!(
            "Un indicateur atteint sa cible, sur les {} qui ont une cible et une valeur.",
            number_word(all, false)
        ),
        (reached, all) => format!(
            "{} indicateurs atteignent leur cible, sur les {} qui ont une cible et une valeur.",
            capital(&number_word(reached, false)),
            number_word(all, false)
        ),
    };
    let keys = aimed
        .iter()
        .map(|i| i.key.clone())
        .filter(|k| !k.is_empty());
    Some(ListItem::plain(text).keyed(keys.collect::<Vec<_>>()))
}

/// The indicator that went furthest from where it started, on the way that is wanted; as it is, without a verdict.
fn furthest(report: &BilanReport) -> Option<ListItem> {
    let moved = report.indicators.iter().filter_map(|i| {
        let known = matches!(i.status, CtgStatus::Known | CtgStatus::Declared);
        let start = i.start.as_ref().filter(|_| known)?;
        let (from, to) = (start.value.number?, i.value.number?);
        let is_better = i.reaches_target == Some(true) && (to - from).abs() > 1e-9;
        // Units differ: what is compared is how far from where it started.
        let far = (to - from).abs() / from.abs().max(to.abs()).max(1e-9);
        is_better.then_some((i, start, far))
    });
    let (indicator, start, _) = moved.max_by(|a, b| a.2.total_cmp(&b.2))?;
    let when = start
        .day
        .map_or_else(String::new, |d| format!(" ({})", d.short()));
    let text = format!(
        "« {} » : {} au départ{when}, {} aujourd’hui ; la cible est atteinte.",
        indicator.label, start.value.text, indicator.value.text
    );
    let key = Some(indicator.key.clone()).filter(|k| !k.is_empty());
    Some(ListItem::plain(text).keyed(key))
}

/// « Sept décisions sur neuf dont l’échéance est passée ont eu une suite. »
fn decisions(report: &BilanReport) -> Option<ListItem> {
    let day = report.view.day;
    let past = report.view.decisions.iter();
    let past: Vec<_> = past
        .filter(|d| d.due.is_some_and(|due| due < day))
        .collect();
    let without = past.iter().filter(|d| d.is_without_sequel).count();
    let text = match (without, past.len()) {
        (_, 0) => return None,
        (0, all) => format!(
            "Aucune des décisions dont l’échéance est passée n’est restée sans suite ({all} en tout)."
        ),
        (1, all) => format!(
            "Une décision est restée sans suite, sur {} dont l’échéance est passée.",
            number_word(all, true)
        ),
        (without, all) => format!(
            "{} décisions sont restées sans suite, sur {} dont l’échéance est passée.",
            capital(&number_word(without, true)),
            number_word(all, true)
        ),
    };
    let keys = past.iter().flat_map(|d| report.keys.keys(&d.id));
    Some(ListItem::plain(text).keyed(keys.collect::<Vec<_>>()))
}

/// « 31 temps se sont tenus depuis le début de la convention, dont trois COPIL. »
fn meetings(report: &BilanReport) -> Option<ListItem> {
    let view = report.view;
    let held = view.meetings.iter();
    let held: Vec<_> = held
        .filter(|m| view.from <= m.date && m.date <= view.day)
        .collect();
    if held.is_empty() {
        return None;
    }
    let steering = held.iter().filter(|m| m.kind == "COPIL").count();
    let of_them = match steering {
        0 => String::new(),
        n => format!(
            ", dont {}",
            count(n, "comité de pilotage", "comités de pilotage")
        ),
    };
    let verb = if held.len() == 1 {
        "est inscrit"
    } else {
        "sont inscrits"
    };
    let text = format!(
        "{} {verb} au suivi depuis le début de la convention{of_them}.",
        count(held.len(), "temps", "temps")
    );
    Some(ListItem::plain(text).keyed(report.keys.keys("TEMPS")))
}

/// « Deux actions ont dépassé leur échéance. »
fn late(report: &BilanReport) -> Option<ListItem> {
    let late = report
        .view
        .running()
        .filter(|a| a.days_late.is_some())
        .count();
    let text = match late {
        0 => return None,
        1 => "Une action a dépassé son échéance.".to_owned(),
        n => format!(
            "{} actions ont dépassé leur échéance.",
            number_word(n, true)
        ),
    };
    Some(ListItem::plain(capital(&text)).keyed(report.keys.keys("ACTIONS")))
}
