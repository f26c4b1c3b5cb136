//! The experiment, the governance, words of people, the work itself: what is known of each, then what people write.

use super::bilan_content::{BilanReport, headed, writing};
use super::valued_indicators::{valued_rows, without_value};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::disclosure::CtgTried;
use crate::reports::document::{Block, Fact, ListItem, ListStyle, ReportSection};

/// Words quoted at most, a theme aside.
const QUOTED: usize = 12;

/// Experiments, one after the other.
pub(super) fn experiments(report: &BilanReport) -> Option<ReportSection> {
    if report.experiments.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    for tried in report.experiments {
        blocks.extend(experiment(report, tried));
    }
    Some(ReportSection {
        page_break: true,
        ..ReportSection::new("5. L’expérimentation", "5 Expérimentation", blocks)
    })
}

fn experiment(report: &BilanReport, tried: &CtgTried) -> Vec<Block> {
    let mut facts = vec![
        Fact::new("Fiche", &tried.fiche),
        Fact::new(
            "Dates",
            format!("du {} au {}", tried.from.long(), tried.to.long()),
        ),
        Fact::new(
            "Menée dans",
            count(tried.pilots, "accueil pilote", "accueils pilotes"),
        ),
    ];
    if let Some(day) = tried.fixed_on {
        facts.push(Fact::new(
            "Effets attendus",
            format!("écrits le {}", day.long()),
        ));
    }
    let mut blocks = vec![Block::heading(&tried.title), Block::Facts { rows: facts }];
    if !tried.steps.is_empty() {
        blocks.push(Block::heading("Les étapes prévues"));
        blocks.push(Block::bullets(tried.steps.iter().cloned()));
    }
    if tried.pilots == 1 {
        blocks.push(Block::text(
            "Avec un seul accueil pilote, rien ne permet de dire que ce qui a changé vient de l’expérimentation.",
        ));
    }
    blocks.extend(headed(report.texts.experiment(&tried.code)));
    blocks
}

/// The indicators of the governance: those of no fiche, and of fiches that follow the convention itself.
pub(super) fn governance(report: &BilanReport) -> Option<ReportSection> {
    let whole = report.indicators.iter();
    let whole: Vec<_> = whole
        .filter(|i| i.fiche.is_empty() && i.nature != "changement")
        .cloned()
        .collect();
    let mut blocks = Vec::new();
    if report.follows() {
        blocks.extend(meetings(report));
        let title = "Le suivi de toute la convention : départ, aujourd’hui, cible";
        blocks.extend(valued_rows(title, &whole));
        blocks.extend(without_value(&whole));
    }
    blocks.extend(headed(report.texts.governance()));
    (!blocks.is_empty()).then(|| ReportSection {
        page_break: true,
        ..ReportSection::new("6. La gouvernance", "6 Gouvernance", blocks)
    })
}

/// How many meetings of each kind, year by year.
fn meetings(report: &BilanReport) -> Option<Block> {
    let view = report.view;
    let held = view.meetings.iter();
    let held: Vec<_> = held
        .filter(|m| view.from <= m.date && m.date <= view.day)
        .collect();
    let year = |day: crate::base::day::Day| day.to_string().chars().take(4).collect::<String>();
    let mut years: Vec<String> = held.iter().map(|m| year(m.date)).collect();
    years.sort();
    years.dedup();
    let mut kinds: Vec<&str> = Vec::new();
    for meeting in &held {
        if !kinds.contains(&meeting.kind) {
            kinds.push(meeting.kind);
        }
    }
    if held.is_empty() {
        return None;
    }
    let mut columns = vec![Heading::words("Type de temps").wide(3.0)];
    columns.extend(years.iter().map(|y| Heading::figures(y.as_str()).wide(1.0)));
    let key = report.keys.key("TEMPS");
    let rows = kinds.iter().map(|kind| {
        let mut row = vec![Datum::words(*kind)];
        row.extend(years.iter().map(|y| {
            let n = held
                .iter()
                .filter(|m| m.kind == *kind && year(m.date) == *y);
            Datum::count(n.count()).keyed(&key)
        }));
        row
    });
    let table = Table::new(
        "Les temps inscrits au suivi, par année",
        columns,
        rows.collect(),
    );
    Some(Block::Table(table))
}

/// What people say: themes of all, then some words, with their agreement.
pub(super) fn words(report: &BilanReport) -> Option<ReportSection> {
    let view = report.view;
    if !view.audience.reads_words() {
        return None;
    }
    let mut blocks = Vec::new();
    if !view.themes.is_empty() {
        let columns = vec![
            Heading::words("Thème").wide(4.0),
            Heading::words("Paroles qui en parlent").wide(2.0),
        ];
        let rows = view
            .themes
            .iter()
            .map(|t| vec![Datum::words(&t.theme), Datum::words(&t.told)]);
        let table = Table::new("De quoi l’on parle", columns, rows.collect());
        blocks.push(Block::Table(table));
    }
    let quoted = view.sayings.iter().take(QUOTED).map(|s| ListItem {
        text: format!("« {} »", s.words.as_str().trim()),
        under: vec![who(s.who, &s.about)],
        ..ListItem::default()
    });
    let quoted: Vec<ListItem> = quoted.collect();
    if quoted.is_empty() {
        blocks.push(Block::text(
            "Aucun propos ne peut être cité : il faut l’accord de la personne.",
        ));
    } else {
        blocks.push(Block::heading(
            "Des propos, cités avec l’accord de leurs auteurs",
        ));
        blocks.push(Block::List {
            items: quoted,
            style: ListStyle::Practices,
        });
    }
    blocks.extend(headed(report.texts.words()));
    Some(ReportSection {
        page_break: true,
        ..ReportSection::new("7. Paroles", "7 Paroles", blocks)
    })
}

fn who(who: &str, about: &str) -> String {
    match (who, about) {
        ("", about) => about.to_owned(),
        (who, "") => who.to_owned(),
        (who, about) => format!("{who}, à propos de : {about}"),
    }
}

/// The work itself: only people can say it.
pub(super) fn approach(report: &BilanReport) -> ReportSection {
    let mut blocks = vec![Block::note(
        "Ce qui suit ne se calcule pas : c’est ce que retiennent celles et ceux qui ont mené la démarche.",
    )];
    blocks.extend(writing(report.texts.approach()));
    ReportSection::new("8. La démarche elle-même", "8 Démarche", blocks)
}
