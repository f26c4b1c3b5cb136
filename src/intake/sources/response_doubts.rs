//! Lines of a table of responses that nobody may have answered: one without what every other line bears, one
//! numbered « 2025 » or « n = 8 » among respondents, one line for each accueil. Means and aims are typed among
//! responses, and look like them.

use std::collections::BTreeMap;

use super::column_role::ColumnRole;
use super::response_table::ResponseTable;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Row, Workbook};
use crate::base::text::{count, fold};

/// Lines from which one that differs is odd.
const ENOUGH: usize = 5;
/// One line in so many may differ.
const ONE_IN: usize = 10;
/// Accueils of which one line each is odd.
const PLACES: usize = 4;
/// Years, that number nobody.
const YEARS: std::ops::Range<u32> = 2000..2100;

/// What is to be asked of the lines that were read as responses.
pub(super) fn doubts(book: &Workbook, table: &ResponseTable, lines: &[u32]) -> Vec<Diagnostic> {
    let rows: Vec<&Row> = lines.iter().filter_map(|l| table.sheet.row(*l)).collect();
    let mut found = Vec::new();
    let ask = |row: u32, message: String| {
        let at = book.at(table.sheet, CellRef::new(row, 0));
        Diagnostic::new(Code::LineUnlike, at, message)
    };
    if let Some(odd) = unmarked(table, &rows) {
        let message = format!(
            "{} sans identifiant ni date, quand toutes les autres en ont : {}.",
            count(odd.len(), "ligne", "lignes"),
            named(&odd, 0)
        );
        found.push(ask(odd[0].index, message));
    }
    if let Some((odd, col)) = misnumbered(table, &rows) {
        let message = format!(
            "{} que les autres : {}.",
            count(
                odd.len(),
                "ligne n’est pas numérotée de la même façon",
                "lignes ne sont pas numérotées de la même façon"
            ),
            named(&odd, col)
        );
        found.push(ask(odd[0].index, message));
    }
    if let Some(row) = apart(table, &rows).or_else(|| summed(table, &rows)) {
        let message = "cette ligne est séparée des autres, ou dit elle-même qu’elle les résume ou ne compte pas.";
        found.push(ask(row.index, message.to_owned()));
    }
    if let Some(accueils) = one_a_place(table, &rows) {
        let message = format!(
            "une seule ligne pour chacun des {accueils} accueils : ce sont peut-être leurs moyennes, et non des réponses."
        );
        found.push(ask(table.frame.data, message));
    }
    found
}

/// Where they stand: what they hold may name someone.
fn named(odd: &[&Row], col: u32) -> String {
    let shown = odd.iter().take(ENOUGH);
    let shown = shown.map(|row| CellRef::new(row.index, col).to_string());
    shown.collect::<Vec<_>>().join(", ")
}

fn are_few(odd: usize, all: usize) -> bool {
    odd > 0 && all >= odd + ENOUGH && odd * ONE_IN <= all.max(ONE_IN)
}

/// Lines that lack all that the tool writes beside every response.
fn unmarked<'r>(table: &ResponseTable, rows: &[&'r Row]) -> Option<Vec<&'r Row>> {
    let id = table.header.position(&ColumnRole::Respondent);
    let marks: Vec<u32> = id.into_iter().chain(table.dates.columns()).collect();
    let bears = |row: &Row| marks.iter().any(|col| !row.text(*col).is_empty());
    let odd: Vec<&Row> = rows.iter().copied().filter(|row| !bears(row)).collect();
    are_few(odd.len(), rows.len()).then_some(odd)
}

/// Lines numbered by a word, or by a year, among numbers.
fn misnumbered<'r>(table: &ResponseTable, rows: &[&'r Row]) -> Option<(Vec<&'r Row>, u32)> {
    let numbered =
        |role: &ColumnRole| matches!(role, ColumnRole::Respondent | ColumnRole::Personal);
    let mut columns = table.header.columns.iter().filter(|c| numbered(&c.role));
    columns.find_map(|column| {
        let written: Vec<(&Row, String)> = (rows.iter())
            .map(|row| (*row, row.text(column.col)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let plain = |text: &str| number(text).is_some_and(|n| !YEARS.contains(&n));
        let odd: Vec<&Row> = (written.iter())
            .filter(|(_, text)| !plain(text))
            .map(|(row, _)| *row)
            .collect();
        are_few(odd.len(), written.len()).then_some((odd, column.col))
    })
}

/// The last line, alone after blank ones.
fn apart<'r>(table: &ResponseTable, rows: &[&'r Row]) -> Option<&'r Row> {
    let [before @ .., last] = rows else {
        return None;
    };
    let previous = before.last()?;
    let is_blank = (previous.index + 1..last.index).all(|row| table.sheet.row(row).is_none());
    let gaps = before
        .windows(2)
        .filter(|two| two[1].index > two[0].index + 1);
    let is_apart = last.index > previous.index + 1 && is_blank && gaps.count() == 0;
    (is_apart && before.len() >= ENOUGH).then_some(*last)
}

/// A line that says beside its answers that it sums the others up: « moyenne », alone in a cell.
fn summed<'r>(table: &ResponseTable, rows: &[&'r Row]) -> Option<&'r Row> {
    const WHOLES: [&str; 9] = [
        "moyenne",
        "moyennes",
        "total",
        "mediane",
        "objectif",
        "objectifs",
        "ensemble",
        "exemple",
        "moy",
    ];
    // What who typed the lines said of one: « doublon », « ne pas compter ».
    const TAKEN: [&str; 11] = [
        "ne pas compter",
        "ne compte pas",
        "ne pas tenir compte",
        "doublon",
        "deja saisi",
        "deja saisie",
        "a supprimer",
        "annule",
        "annulee",
        "a l envers",
        "test",
    ];
    const SHORT: usize = 8;
    let takes = |text: &str| {
        let folded = fold(text);
        let words: Vec<&str> = (folded.split(|c: char| !c.is_alphanumeric()))
            .filter(|w| !w.is_empty())
            .collect();
        let plain = format!(" {} ", words.join(" "));
        words.len() <= SHORT
            && TAKEN
                .iter()
                .any(|said| plain.contains(&format!(" {said} ")))
    };
    let said = |row: &Row| {
        let asked = |col: u32| {
            let columns = table.header.columns.iter();
            let mut own = columns.filter(|c| c.col == col);
            own.any(|c| matches!(c.role, ColumnRole::Element(..) | ColumnRole::Structure))
        };
        let mut cells = row.cells.iter().filter(|c| !asked(c.col));
        cells.any(|c| {
            let text = c.value.text();
            WHOLES.contains(&fold(&text).as_str()) || takes(&text)
        })
    };
    rows.iter().copied().find(|row| said(row))
}

/// How many accueils, where each has one line and nothing says who answered it, nor when.
fn one_a_place(table: &ResponseTable, rows: &[&Row]) -> Option<usize> {
    let place = table.header.position(&ColumnRole::Structure)?;
    let says_who = table.header.position(&ColumnRole::Respondent).is_some()
        || table.dates.columns().next().is_some();
    let asked = table.questions.first()?;
    if says_who || !asked.source.is_questionnaire() {
        return None;
    }
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        *places.entry(fold(&row.text(place))).or_default() += 1;
    }
    let once = places.values().all(|n| *n == 1) && !places.contains_key("");
    (once && places.len() >= PLACES).then_some(places.len())
}
