//! Where the table of a list stands, and what each of its columns seems to be: by its heading, then by what it
//! holds. What a person said goes before both.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::column_cells::ColumnCells;
use super::heading_turns::fields_of;
use super::heading_words::is_about_persons;
use super::list_fields::ListField;
use super::list_role::ListRole;
use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::sheets::{Row, Sheet, Value};
use crate::base::text::{fold, suggest};
use crate::intake::sources::cell_fate::is_total_line;
use crate::intake::sources::dialect::{HeaderRows, TableFrame};
use crate::intake::sources::source::Confidence;
use crate::intake::sources::titles::{ColumnTitle, titles};
use crate::vocabulary::referentiel::SourceCode;

/// Rows in which headings are looked for.
const DEPTH: usize = 15;
/// Rows of a column that are looked at.
const SEEN: usize = 500;

/// A column of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListColumn {
    /// Where its heading stands.
    pub(crate) at: CellRef,
    /// Its heading.
    pub(crate) heading: String,
    /// What it is taken for.
    pub(crate) role: ListRole,
    /// How surely, 0..1; 1 for what a person said.
    pub(crate) score: f64,
    /// Whether a person said it.
    pub(crate) said: bool,
    /// Up to three of its values; none of persons.
    pub(crate) samples: Vec<String>,
}

/// What a person said of a column: « Site=nom », « Remarques=ignorer ».
#[derive(Debug, Clone)]
pub(super) struct SaidTitle {
    heading: String,
    field: Option<ListField>,
}

impl FromStr for SaidTitle {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let Some((heading, name)) = text.rsplit_once('=') else {
            return Err(Error::Usage(format!(
                "--colonne « {text} » : écrivez le titre de la colonne, « = », puis ce qu’elle est, par exemple \"Site=nom\"."
            )));
        };
        let field = ListField::named(name);
        if field.is_none() && fold(name) != "ignorer" {
            let names: Vec<&str> = <ListField as strum::IntoEnumIterator>::iter()
                .map(ListField::as_str)
                .collect();
            let near = suggest(name, names.iter().copied()).question();
            return Err(Error::Usage(format!(
                "--colonne « {text} » : « {name} » n’existe pas ; admis : {}, ignorer.{near}",
                names.join(", ")
            )));
        }
        Ok(Self {
            heading: heading.trim().to_owned(),
            field,
        })
    }
}

/// Refuses what was said of a column that is not there.
pub(super) fn all_said(said: &[SaidTitle], table: &ListTable) -> Result<()> {
    let headings = || table.columns.iter().map(|c| c.heading.as_str());
    let lost = said
        .iter()
        .find(|s| !headings().any(|h| fold(h) == fold(&s.heading)));
    match lost {
        None => Ok(()),
        Some(lost) => Err(Error::Usage(format!(
            "Aucune colonne ne s’appelle « {} » ; colonnes de cette liste : {}.{}",
            lost.heading,
            headings().collect::<Vec<_>>().join(", "),
            suggest(&lost.heading, headings()).question()
        ))),
    }
}

/// A table of accueils in a sheet.
#[derive(Debug)]
pub(super) struct ListTable {
    pub(super) columns: Vec<ListColumn>,
    /// First row under the headings.
    pub(super) data: u32,
}

impl ListTable {
    /// The table whose headings say most, if some say the name of an accueil and something more.
    pub(super) fn find(sheet: &Sheet, said: &[SaidTitle]) -> Option<Self> {
        let top = sheet.rows.iter().take(DEPTH);
        let frames = top.filter(|row| row.cells.len() > 1).flat_map(|row| {
            let one = frame(row.index, row.index);
            let above = row.index.checked_sub(1).and_then(|index| sheet.row(index));
            let above = above.filter(|above| above.cells.len() > 1 && is_low(row));
            let two = above.map(|above| frame(above.index, row.index));
            two.into_iter().chain([one])
        });
        let mut best: Option<Self> = None;
        for frame in frames {
            let found = Self::under(sheet, frame, said);
            // On a tie the higher headings stand, and those of two rows.
            if found.column(ListField::Nom).is_some()
                && best.as_ref().is_none_or(|b| found.weight() > b.weight())
            {
                best = Some(found);
            }
        }
        best.filter(|table| table.known() > 1)
    }

    /// The columns under the row that has most headings, whatever they say: for a person to say what they are.
    pub(super) fn likeliest(sheet: &Sheet) -> Option<Vec<ListColumn>> {
        let top = sheet.rows.iter().take(DEPTH);
        let tables = top.filter(|row| row.cells.len() > 1).map(|row| {
            let frame = frame(row.index, row.index);
            Self::under(sheet, frame, &[]).columns
        });
        let mut best: Option<Vec<ListColumn>> = None;
        for columns in tables {
            // On a tie the higher headings stand.
            if best.as_ref().is_none_or(|b| columns.len() > b.len()) {
                best = Some(columns);
            }
        }
        best.filter(|columns| columns.len() > 1)
    }

    fn under(sheet: &Sheet, frame: TableFrame, said: &[SaidTitle]) -> Self {
        let titles = titles(sheet, frame);
        let high = frame.header.first;
        let mut merges = sheet.merges.iter();
        let merged = high != frame.header.last
            && merges.any(|area| area.first.row == high && area.last.col > area.first.col);
        let rows: Vec<&Row> = sheet
            .rows
            .iter()
            .filter(|r| r.index >= frame.data && !is_total_line(r))
            .take(SEEN)
            .collect();
        let mut columns: Vec<ListColumn> = titles
            .iter()
            .filter_map(|title| column(title, &rows, frame, merged, said))
            .collect();
        one_a_field(&mut columns);
        Self {
            columns,
            data: frame.data,
        }
    }

    /// The column of a field.
    pub(super) fn column(&self, field: ListField) -> Option<&ListColumn> {
        let mut columns = self.columns.iter();
        columns.find(|c| c.role == ListRole::Field(field))
    }

    /// Columns that are understood, those of persons included.
    pub(super) fn known(&self) -> usize {
        let known = self.columns.iter().filter(|c| c.role != ListRole::Nothing);
        known.count()
    }

    fn weight(&self) -> f64 {
        let columns = self.columns.iter().filter(|c| c.role != ListRole::Nothing);
        columns
            .map(|c| {
                if c.role == ListRole::Persons {
                    0.5
                } else {
                    c.score
                }
            })
            .sum()
    }

    /// Whether nothing else than a list of accueils looks so: one accueil a line, headings that are those of
    /// a register rather than questions.
    pub(super) fn is_surely_a_list(&self, sheet: &Sheet) -> bool {
        let Some(name) = self.column(ListField::Nom) else {
            return false;
        };
        let rows = sheet
            .rows
            .iter()
            .filter(|r| r.index >= self.data && !is_total_line(r));
        let names: Vec<String> = rows
            .map(|r| fold(&r.text(name.at.col)))
            .filter(|n| !n.is_empty())
            .collect();
        let distinct: BTreeSet<&String> = names.iter().collect();
        let proper = self.columns.iter().any(|c| {
            matches!(c.role, ListRole::Tick(_))
                || matches!(c.role, ListRole::Field(f) if REGISTER.contains(&f))
        });
        let unknown = self.columns.iter().filter(|c| c.role == ListRole::Nothing);
        let questions = self
            .columns
            .iter()
            .any(|c| c.role == ListRole::Nothing && is_asked(&c.heading));
        names.len() > 1
            && distinct.len() * 10 >= names.len() * 8
            && proper
            && !questions
            && unknown.count() <= self.known()
    }
}

/// Whether a row may stand under other headings: every word of it is one. A line of the list never is, even one
/// that would fit its columns less well than others.
fn is_low(row: &Row) -> bool {
    row.cells.iter().all(|cell| {
        let text = cell.value.text();
        matches!(cell.value, Value::Text(_))
            && (!fields_of(&text).is_empty() || is_about_persons(&text))
    })
}

/// Fields that tables of answers and of sessions do not have.
const REGISTER: [ListField; 8] = [
    ListField::Type,
    ListField::Commune,
    ListField::Insee,
    ListField::Capacite,
    ListField::CapaciteMoins6,
    ListField::Secteur,
    ListField::Ouverture,
    ListField::Latitude,
];

/// Words of headings that only answers, visits and sessions have.
fn is_asked(heading: &str) -> bool {
    const ASKED: [&str; 14] = [
        "note",
        "observateur",
        "visite",
        "present",
        "reponse",
        "critere",
        "element",
        "question",
        "satisf",
        "demande",
        "refus",
        "horodateur",
        "seance",
        "fonction",
    ];
    let folded = fold(heading);
    bears_a_code(heading)
        || heading.contains('?')
        || heading.chars().count() > 60
        || ASKED.iter().any(|w| folded.contains(w))
}

/// Whether a heading bears the code of an élément, `REL-1-FAM-1` or `REL1FAM1`: answers stand below it, whichever
/// référentiel knows it.
fn bears_a_code(heading: &str) -> bool {
    let words = heading.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    words.into_iter().any(|word| {
        let plain = word.replace(['-', '_'], "").to_uppercase();
        SourceCode::ALL.iter().any(|source| {
            let Some((before, rank)) = plain.split_once(source.as_str()) else {
                return false;
            };
            let is_number =
                |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let axe = before.trim_end_matches(|c: char| c.is_ascii_digit());
            is_number(rank) && axe.len() < before.len() && axe.len() > 1
        })
    })
}

fn frame(first: u32, last: u32) -> TableFrame {
    TableFrame {
        confidence: Confidence::Possible,
        header: HeaderRows { first, last },
        data: last + 1,
    }
}

/// What a column seems to be; none for one that holds nothing.
fn column(
    title: &ColumnTitle,
    rows: &[&Row],
    frame: TableFrame,
    merged: bool,
    said: &[SaidTitle],
) -> Option<ListColumn> {
    let cells = ColumnCells::of(title, rows);
    if cells.texts.is_empty() {
        return None;
    }
    let own = title.name()?;
    // « Capacité » over « moins de 6 ans » is said whole.
    let heading = if merged { title.texts().last()? } else { own }.to_owned();
    let told = said
        .iter()
        .find(|s| title.texts().any(|t| fold(t) == fold(&s.heading)));
    let (role, score) = match told {
        Some(told) => (told.field.map_or(ListRole::Nothing, ListRole::Field), 1.0),
        None => cells.role(title, own),
    };
    let samples = match role {
        ListRole::Persons => Vec::new(),
        _ => cells.samples(),
    };
    Some(ListColumn {
        at: CellRef::new(frame.header.last, title.col),
        heading,
        role,
        score: (score * 100.0).round() / 100.0,
        said: told.is_some(),
        samples,
    })
}

/// One column a field: the surest, and on a tie the first; what a person said before all.
fn one_a_field(columns: &mut [ListColumn]) {
    let taken: Vec<(ListField, usize)> = columns
        .iter()
        .enumerate()
        .filter_map(|(rank, c)| match c.role {
            ListRole::Field(field) => Some((field, rank)),
            _ => None,
        })
        .collect();
    for (field, rank) in &taken {
        let rivals = taken.iter().filter(|(other, _)| other == field);
        let best = rivals.map(|(_, r)| *r).max_by(|a, b| {
            let key = |r: &usize| (columns[*r].said, columns[*r].score);
            let (x, y) = (key(a), key(b));
            x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then(b.cmp(a))
        });
        if best != Some(*rank) {
            columns[*rank].role = ListRole::Nothing;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_an_element_is_known_and_a_heading_of_a_list_is_none() {
        for heading in [
            "REL-1-FAM-1",
            "REL1OBS12",
            "FAM[REL1FAM1]",
            "Q3 (SEC-4-EQP-2)",
        ] {
            assert!(bears_a_code(heading), "{heading}");
        }
        for heading in ["Code INSEE", "Capacité 6-12 ans", "ENS", "Zone 2", "DIR-1"] {
            assert!(!bears_a_code(heading), "{heading}");
        }
    }
}
