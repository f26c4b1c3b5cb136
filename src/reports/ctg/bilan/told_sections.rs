//! Words of people, the work itself: what is known of each, then what people write.

use super::bilan_content::{BilanReport, headed, writing};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, list};
use crate::disclosure::CtgTheme;
use crate::reports::document::{Block, ListItem, ListStyle, ReportSection};

/// How a number of words under the threshold is told.
const FEW_TOLD: &str = "moins de 5";
/// Words quoted at most, a theme aside.
const QUOTED: usize = 12;

/// What people say: themes of all, then some words, with their agreement.
pub(super) fn words(report: &BilanReport) -> Option<ReportSection> {
    if !report.view.audience.reads_words() {
        return None;
    }
    let mut blocks = themes(report);
    blocks.extend(quoted(report));
    blocks.extend(headed(report.texts.words()));
    Some(ReportSection {
        page_break: true,
        ..ReportSection::new("7. Paroles", "7 Paroles", blocks)
    })
}

/// Themes that enough words tell of in a table, the others in a sentence: a page of « moins de 5 » tells nothing.
fn themes(report: &BilanReport) -> Vec<Block> {
    let themes = report.view.themes.iter();
    let (few, many): (Vec<&CtgTheme>, Vec<&CtgTheme>) = themes.partition(|t| t.told == FEW_TOLD);
    let mut blocks = Vec::new();
    if !many.is_empty() {
        let columns = vec![
            Heading::words("Thème").wide(4.0),
            Heading::words("Paroles qui en parlent").wide(2.0),
        ];
        let key = report.keys.key("PAROLES");
        let rows = many
            .iter()
            .map(|t| vec![Datum::words(&t.theme), Datum::words(&t.told).keyed(&key)]);
        let table = Table::new("De quoi l’on parle", columns, rows.collect());
        blocks.push(Block::Table(table));
    }
    if !few.is_empty() {
        let names: Vec<String> = few.iter().map(|t| t.theme.clone()).collect();
        blocks.push(Block::text(format!(
            "Thèmes dont parlent moins de cinq paroles chacun : {}.",
            list(&names)
        )));
    }
    blocks
}

/// Some words, with the agreement of who said them.
fn quoted(report: &BilanReport) -> Vec<Block> {
    let said = report.view.sayings.iter().take(QUOTED);
    let quoted = said.map(|s| ListItem {
        text: format!("« {} »", s.words.as_str().trim()),
        under: vec![who(s.who, about(report, &s.about))],
        ..ListItem::default()
    });
    let items: Vec<ListItem> = quoted.collect();
    if items.is_empty() {
        return vec![Block::text(
            "Aucun propos ne peut être cité : il faut l’accord de la personne.",
        )];
    }
    vec![
        Block::heading("Des propos, cités avec l’accord de leurs auteurs"),
        Block::List {
            items,
            style: ListStyle::Practices,
        },
    ]
}

/// The title of a fiche by its code; what else it is about as it is.
fn about<'a>(report: &'a BilanReport, about: &'a str) -> &'a str {
    report.view.fiche(about).map_or(about, |f| f.title.as_str())
}

fn who(who: &str, about: &str) -> String {
    match (who, about) {
        ("", about) => about.to_owned(),
        (who, "") => who.to_owned(),
        (who, about) => format!("{who}, à propos de « {about} »"),
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
