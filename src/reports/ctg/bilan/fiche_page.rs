//! The page of a fiche: what it set out to do, what was done, where its indicators stand, what people say of it. What was
//! done stands apart from what changed, which has its own section.

use super::bilan_content::{BilanReport, headed};
use super::valued_indicators::{valued_rows, without_value};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, list};
use crate::disclosure::{CtgAction, CtgFiche, CtgIndicator, CtgMeeting};
use crate::reports::document::{Block, Fact, ReportSection};

/// Longest name of a sheet, beside its rank.
const SHEET: usize = 24;

/// One page a fiche; abrogated ones last.
pub(super) fn fiche_pages(report: &BilanReport) -> Vec<ReportSection> {
    let fiches = &report.view.fiches;
    let in_force = fiches.iter().filter(|f| !f.is_abrogated);
    let over = fiches.iter().filter(|f| f.is_abrogated);
    let pages = (1..).zip(in_force.chain(over));
    pages
        .map(|(rank, fiche)| page(report, fiche, rank))
        .collect()
}

fn page(report: &BilanReport, fiche: &CtgFiche, rank: usize) -> ReportSection {
    let mut blocks = vec![facts(report, fiche)];
    let actions: Vec<&CtgAction> = (report.view.actions.iter())
        .filter(|a| a.fiches.contains(&fiche.code))
        .collect();
    blocks.push(actions_block(report, &fiche.code, &actions));
    blocks.extend(meetings(report, fiche));
    blocks.extend(indicators(report, fiche));
    if report.follows() {
        blocks.extend(difficulties(report, &actions));
    }
    blocks.extend(headed(report.texts.fiche(&fiche.code)));
    let sheet: String = fiche.code.chars().take(SHEET).collect();
    let sheet = sheet.replace(['[', ']', ':', '*', '?', '/', '\\'], "-");
    ReportSection {
        // What was left is short: it follows what is there.
        page_break: !fiche.is_abrogated,
        ..ReportSection::new(
            &format!("3.{rank} {}", fiche.title),
            &format!("3.{rank} {sheet}"),
            blocks,
        )
    }
}

fn facts(report: &BilanReport, fiche: &CtgFiche) -> Block {
    let mut facts = vec![Fact::new(
        "Fiche",
        format!("{}, {}", fiche.code, fiche.state),
    )];
    let axis = report.view.axes.iter().find(|a| a.code == fiche.axis);
    if let Some(axis) = axis.filter(|a| !a.label.is_empty()) {
        facts.push(Fact::new("Axe", &axis.label));
    }
    if fiche.is_abrogated {
        let amendments = report.view.amendments.iter();
        // The state names the avenant; its day and its subject say when and why.
        let own = amendments
            .filter(|a| fiche.state.ends_with(&format!("n°\u{a0}{}", a.number)))
            .map(|a| match a.subject.as_str() {
                "" => format!("le {}", a.date.long()),
                subject => format!("le {} ({subject})", a.date.long()),
            });
        let told: Vec<String> = own.collect();
        if !told.is_empty() {
            facts.push(Fact::new("Abrogée", told.join(" ; ")));
        }
    }
    if !fiche.objectives.is_empty() {
        facts.push(Fact::new("Objectifs", fiche.objectives.join(" ; ")));
    }
    if !fiche.expected.is_empty() {
        facts.push(Fact::new("Résultats attendus", fiche.expected.join(" ; ")));
    }
    Block::Facts { rows: facts }
}

/// Actions, one line each: what, who, until when, where it stands.
fn actions_block(report: &BilanReport, code: &str, actions: &[&CtgAction]) -> Block {
    if actions.is_empty() {
        return Block::text("Aucune action n’est inscrite au tableau de suivi pour cette fiche.");
    }
    let follows = report.follows();
    let mut columns = vec![Heading::words("Action").wide(4.4)];
    if follows {
        columns.push(Heading::words("Portée par").wide(2.2));
        columns.push(Heading::words("Échéance").wide(1.3));
    }
    columns.push(Heading::words("Statut").wide(1.3));
    if follows {
        columns.push(Heading::words("Étapes").wide(1.0));
    }
    let rows = actions.iter().map(|action| line(report, action));
    let done = actions.iter().filter(|a| a.is_done).count();
    let title = format!(
        "Ce qui a été fait : {}, {}",
        count(actions.len(), "action", "actions"),
        count(done, "réalisée", "réalisées")
    );
    Block::Table(Table::new(title, columns, rows.collect()))
        .keyed(report.keys.keys(&format!("ACTIONS:{code}")))
}

fn line(report: &BilanReport, action: &CtgAction) -> Vec<Datum> {
    let follows = report.follows();
    let key = report.keys.key(&action.id);
    let mut row = vec![Datum::words(&action.text)];
    if follows {
        row.push(if action.carriers.is_empty() {
            Datum::none()
        } else {
            Datum::words(action.carriers.join(", "))
        });
        let due = action.due.map(|d| Datum::words(d.short()));
        row.push(due.unwrap_or_else(Datum::none));
    }
    row.push(Datum::words(action.status).keyed(&key));
    if follows {
        // Once it is done, steps that nobody ticked say nothing.
        let steps = action.steps.filter(|_| !action.is_closed);
        let steps = steps.map(|(done, of)| format!("{done} sur {of}"));
        row.push(steps.map_or_else(Datum::none, |s| Datum::words(s).keyed(&key)));
    }
    row
}

/// « Sept temps : quatre groupes de travail… »
fn meetings(report: &BilanReport, fiche: &CtgFiche) -> Option<Block> {
    let view = report.view;
    let held: Vec<&CtgMeeting> = (view.meetings.iter())
        .filter(|m| m.fiches.contains(&fiche.code) && m.date <= view.day)
        .collect();
    if held.is_empty() || !report.follows() {
        return None;
    }
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for meeting in &held {
        match kinds.iter_mut().find(|(kind, _)| *kind == meeting.kind) {
            Some((_, n)) => *n += 1,
            None => kinds.push((meeting.kind, 1)),
        }
    }
    let kinds: Vec<String> = (kinds.iter())
        .map(|(kind, n)| format!("{kind}\u{a0}({n})"))
        .collect();
    let told = format!(
        "Temps inscrits au suivi pour cette fiche : {}, soit {}.",
        held.len(),
        list(&kinds)
    );
    Some(Block::text(told).keyed(report.keys.keys("TEMPS")))
}

/// What was carried out, then what came of it; changes have their own section.
fn indicators(report: &BilanReport, fiche: &CtgFiche) -> Vec<Block> {
    let of = |nature: &str| -> Vec<CtgIndicator> {
        let own = report.indicators.iter();
        own.filter(|i| i.fiche == fiche.code && i.nature == nature)
            .filter(|i| !report.is_of_governance(i))
            .cloned()
            .collect()
    };
    let all = [of("réalisation"), of("résultat")];
    let titles = ["Réalisations", "Résultats"];
    let rows = titles.iter().zip(&all);
    let mut blocks: Vec<Block> = rows
        .filter_map(|(title, own)| valued_rows(title, own))
        .collect();
    blocks.extend(without_value(&all.concat()));
    let mut elsewhere = report.indicators.iter();
    if elsewhere.any(|i| i.fiche == fiche.code && report.is_of_governance(i)) {
        blocks.push(Block::text(
            "Ses indicateurs sont à la section 6, « La gouvernance ».",
        ));
    }
    blocks
}

/// What the follow-up says is hard.
fn difficulties(report: &BilanReport, actions: &[&CtgAction]) -> Vec<Block> {
    let hard = actions.iter().filter(|a| !a.difficulty.is_empty());
    let items = hard.map(|a| {
        let item = crate::reports::document::ListItem {
            strong: a.text.clone(),
            text: a.difficulty.clone(),
            ..Default::default()
        };
        item.keyed(report.keys.keys(&a.id))
    });
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![
        Block::heading("Les difficultés inscrites au suivi"),
        Block::items(items),
    ]
}
