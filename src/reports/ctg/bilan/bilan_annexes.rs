//! Annexes of a bilan: the whole follow-up, what each indicator counts, where figures come from, what they cannot say.

use super::bilan_content::BilanReport;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::reports::ctg::action_table::{abrogated_actions, action_rows};
use crate::reports::document::{Block, ReportSection};

/// Limits that hold of every convention.
const LIMITS: [&str; 8] = [
    "Le suivi dit ce qui y a été saisi : une action menée sans y être inscrite n’y est pas.",
    "Une période où aucun temps n’est inscrit n’est pas une période sans réunion : le chiffre est dit « non calculable ».",
    "Réaliser une action ne dit pas qu’elle a eu l’effet attendu : les réalisations sont séparées des changements.",
    "Ce qui change pour les habitants a d’autres causes que la convention : naissances, carte scolaire, ouvertures et fermetures.",
    "Une valeur « déclarée » a été saisie à la main : le programme ne l’a pas recalculée.",
    "Un taux sur quelques cas bouge beaucoup d’une période à l’autre : son calcul, quand il peut être montré, est à côté.",
    "Les chiffres de l’observatoire viennent des accueils qui ont répondu.",
    "Les parties écrites engagent le service qui les signe : le programme les imprime sans y toucher.",
];

/// The annexes.
pub(super) fn annexes(report: &BilanReport) -> Vec<ReportSection> {
    let mut sections = Vec::new();
    let actions = action_rows(report.view, &report.keys).into_iter();
    let actions: Vec<Block> = actions
        .chain(abrogated_actions(report.view, &report.keys))
        .collect();
    if !actions.is_empty() {
        sections.push(opening(
            "10. Annexes : le tableau de suivi",
            "10 Suivi",
            actions,
        ));
    }
    if report.follows() {
        sections.extend(dictionary(report));
        sections.extend(minutes(report));
    }
    sections.push(ReportSection::new(
        "Sources, licences et limites",
        "10 Sources et limites",
        limits(report),
    ));
    sections
}

fn opening(title: &str, sheet: &str, blocks: Vec<Block>) -> ReportSection {
    ReportSection {
        page_break: true,
        ..ReportSection::new(title, sheet, blocks)
    }
}

fn dictionary(report: &BilanReport) -> Option<ReportSection> {
    if report.definitions.is_empty() {
        return None;
    }
    let columns = vec![
        Heading::words("Indicateur").wide(3.4),
        Heading::words("Ce qui est compté").wide(4.0),
        Heading::words("Source").wide(2.0),
        Heading::words("Période").wide(1.4),
    ];
    let rows = report.definitions.iter().map(|d| {
        vec![
            Datum::words(format!("{} {}", d.code, d.label)),
            Datum::words(d.rule),
            Datum::words(d.source),
            Datum::words(&d.period),
        ]
    });
    let table = Table::new("Dictionnaire des indicateurs", columns, rows.collect());
    Some(opening(
        "Dictionnaire des indicateurs",
        "10 Dictionnaire",
        vec![Block::Table(table)],
    ))
}

/// Meetings, and when what was said there was sent.
fn minutes(report: &BilanReport) -> Option<ReportSection> {
    let view = report.view;
    let held = view.meetings.iter();
    let held: Vec<_> = held
        .filter(|m| view.from <= m.date && m.date <= view.day)
        .collect();
    if held.is_empty() {
        return None;
    }
    let columns = vec![
        Heading::words("Date").wide(1.2),
        Heading::words("Type").wide(2.0),
        Heading::words("Intitulé").wide(4.4),
        Heading::words("Compte rendu diffusé le").wide(1.8),
    ];
    let rows = held.iter().map(|m| {
        vec![
            Datum::words(m.date.short()),
            Datum::words(m.kind),
            if m.title.is_empty() {
                Datum::none()
            } else {
                Datum::words(&m.title)
            },
            m.sent.map_or_else(Datum::none, |d| Datum::words(d.short())),
        ]
    });
    let table = Table::new("Les comptes rendus", columns, rows.collect());
    Some(ReportSection::new(
        "Les comptes rendus",
        "10 Comptes rendus",
        vec![Block::Table(table)],
    ))
}

fn limits(report: &BilanReport) -> Vec<Block> {
    let mut lines: Vec<String> = LIMITS.iter().map(|l| (*l).to_owned()).collect();
    lines.extend(untold(report));
    let mut sources: Vec<&str> = report.definitions.iter().map(|d| d.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut blocks = Vec::new();
    if !sources.is_empty() {
        blocks.push(Block::text(format!(
            "Sources : {}. Ces données appartiennent aux signataires de la convention ; leur réutilisation suit ce qu’ils ont signé.",
            sources.join(" ; ")
        )));
    }
    blocks.push(Block::heading("Ce que ces chiffres ne disent pas"));
    blocks.push(Block::bullets(lines));
    blocks
}

/// What this document does not tell, counted.
fn untold(report: &BilanReport) -> Vec<String> {
    let mut lines = Vec::new();
    let unknown = report
        .indicators
        .iter()
        .filter(|i| !i.reason.is_empty() && !i.is_hidden());
    let unknown = unknown.count();
    if unknown > 0 {
        lines.push(format!(
            "Indicateurs sans valeur à ce jour : {unknown} ; leur tableau dit pourquoi."
        ));
    }
    let hidden = report.indicators.iter().filter(|i| i.is_hidden()).count();
    lines.push(match hidden {
        0 => "Aucun indicateur n’est masqué dans ce document.".to_owned(),
        n => format!(
            "{} dans ce document : trop peu de personnes derrière.",
            count(
                n,
                "indicateur n’est pas diffusé",
                "indicateurs ne sont pas diffusés"
            )
        ),
    });
    if report.view.withheld > 0 {
        lines.push(format!(
            "{} : le programme y a vu un nom, un contact, la santé de quelqu’un ou un fait grave.",
            count(
                report.view.withheld,
                "texte saisi au suivi n’est pas montré",
                "textes saisis au suivi ne sont pas montrés"
            )
        ));
    }
    lines
}
