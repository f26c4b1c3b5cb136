//! Which table of activity a sheet is, and which column is which: by the headings that the program
//! expects, by what a person agreed on, else by words that resemble, which wait for her.

use super::expected_columns::{TableKind, column_name, known};
use super::guessed_columns::guess;
use super::table_marks::{NamedHeading, Sureness, by_least, by_marks, by_own_name, is_familiar};
use crate::base::sheets::{Cell, Row, Sheet, Value};
use crate::intake::sources::correspondence::{Correspondence, IGNORED, MappedColumn, shape};
use crate::intake::sources::source::Context;
use crate::vocabulary::referentiel::{SourceCode, measured_columns};

/// Rows in which the headings are looked for: a title may stand above.
const DEPTH: usize = 10;

/// The headings of a table.
pub(super) struct TableHeader<'a> {
    pub(super) kind: TableKind,
    pub(super) row: &'a Row,
    pub(super) columns: Vec<NamedHeading>,
    /// Fingerprint of the headings.
    pub(super) form: String,
    /// What a person said of this form.
    pub(super) mapping: Option<&'a Correspondence>,
}

impl<'a> TableHeader<'a> {
    /// The table of a sheet; none when it is no table of activity.
    pub(super) fn of(sheet: &'a Sheet, context: &Context<'a>) -> Option<Self> {
        let rows = || sheet.rows.iter().take(DEPTH);
        let said = rows().find_map(|row| Self::said(row, context));
        let guessed = || rows().find_map(|row| Self::guessed(sheet, row, context));
        let measured = || rows().find_map(|row| Self::measured(sheet, row, context));
        said.or_else(guessed).or_else(measured)
    }

    /// Whether every column is certain.
    pub(super) fn is_certain(&self) -> bool {
        self.columns.iter().all(|c| c.sureness != Sureness::Guessed)
    }

    /// By headings that are expected, or by what a person agreed on.
    fn said(row: &'a Row, context: &Context<'a>) -> Option<Self> {
        let texts: Vec<String> = row.cells.iter().map(|c| c.value.text()).collect();
        let form = shape(texts.iter().map(String::as_str));
        let mapping = context.mapping_of(&form);
        let mut columns: Vec<NamedHeading> = (row.cells.iter().zip(texts))
            .map(|(cell, heading)| {
                let target = mapping.and_then(|m| m.target(&heading));
                NamedHeading {
                    col: cell.col,
                    name: target.map_or_else(|| column_name(&heading), column_name),
                    sureness: match target {
                        Some(IGNORED) => Sureness::LeftOut,
                        _ => Sureness::Certain,
                    },
                    heading,
                }
            })
            .collect();
        by_own_name(&mut columns);
        let place = place_said(context);
        let least = || mapping.and_then(|_| by_least(&columns, place));
        let kind = by_marks(&columns, place).or_else(least)?;
        let columns = if kind == TableKind::Denominators {
            seeming_measures(columns, row, context)
        } else {
            columns
        };
        Some(Self {
            kind,
            row,
            columns,
            form,
            mapping,
        })
    }

    /// By headings that resemble, where what they head is numbers.
    fn guessed(sheet: &Sheet, row: &'a Row, context: &Context<'a>) -> Option<Self> {
        let texts: Vec<String> = row.cells.iter().map(|c| c.value.text()).collect();
        let form = shape(texts.iter().map(String::as_str));
        [TableKind::Sessions, TableKind::Posts]
            .into_iter()
            .find_map(|kind| {
                let mut columns: Vec<NamedHeading> = Vec::new();
                for (cell, heading) in row.cells.iter().zip(&texts) {
                    let exact = column_name(heading);
                    let expected = known(kind).contains(&exact.as_str());
                    let near = || {
                        let name = guess(kind, heading)?;
                        let taken = columns.iter().any(|c| c.name == name);
                        let fits = !is_counted(name) || is_numbers(sheet, row, cell.col);
                        (!taken && fits).then(|| name.to_owned())
                    };
                    let (name, sureness) = if expected {
                        (exact, Sureness::Certain)
                    } else if let Some(name) = near() {
                        (name, Sureness::Guessed)
                    } else {
                        (exact, Sureness::Certain)
                    };
                    columns.push(NamedHeading {
                        col: cell.col,
                        heading: heading.clone(),
                        name,
                        sureness,
                    });
                }
                by_own_name(&mut columns);
                let place = place_said(context);
                let is_kind =
                    by_least(&columns, place) == Some(kind) || is_familiar(kind, &columns, place);
                is_kind.then(|| Self {
                    kind,
                    row,
                    columns,
                    form: form.clone(),
                    mapping: context.mapping_of(&form),
                })
            })
    }

    /// Denominators without the families, which a service may send by themselves: every column is a measure, or
    /// resembles one, and heads numbers.
    fn measured(sheet: &Sheet, row: &'a Row, context: &Context<'a>) -> Option<Self> {
        if context.source.is_some_and(|s| s != SourceCode::Don) {
            return None;
        }
        let heading = |cell: &Cell| cell.value.text();
        let filled = row.cells.iter().filter(|c| !heading(c).is_empty());
        let columns: Vec<NamedHeading> = filled
            .map(|cell| NamedHeading {
                col: cell.col,
                name: column_name(&heading(cell)),
                sureness: Sureness::Certain,
                heading: heading(cell),
            })
            .collect();
        let form = form_of(row);
        let mapping = context.mapping_of(&form);
        let columns = seeming_measures(columns, row, context);
        let measured = measured_columns(Some(context.referentiel));
        let is_place = |c: &NamedHeading| c.name == "structure";
        let is_measure =
            |c: &NamedHeading| measured.contains(c.name.as_str()) && is_numbers(sheet, row, c.col);
        let is_out = |c: &NamedHeading| context.is_ignored(&form, &c.heading);
        let is_whole = columns.iter().any(is_place) || place_said(context);
        let all = columns
            .iter()
            .all(|c| is_place(c) || is_measure(c) || is_out(c));
        (is_whole && all && columns.iter().any(is_measure)).then_some(Self {
            kind: TableKind::Denominators,
            row,
            columns,
            form,
            mapping,
        })
    }

    /// What a person has yet to say of the columns.
    pub(super) fn awaited(&self) -> Vec<MappedColumn> {
        let guessed = self
            .columns
            .iter()
            .filter(|c| c.sureness == Sureness::Guessed);
        guessed
            .map(|c| MappedColumn {
                proximity: 0.9,
                ..MappedColumn::new(&c.heading, &c.name, false)
            })
            .collect()
    }
}

/// Fingerprint of a row of headings.
fn form_of(row: &Row) -> String {
    let texts: Vec<String> = row.cells.iter().map(|c| c.value.text()).collect();
    shape(texts.iter().map(String::as_str))
}

/// Whether the command says whose a table of activity is, which then need not say so itself. A questionnaire
/// may ask for the fonction and the diplôme of who answers: it is named by its source.
fn place_said(context: &Context) -> bool {
    context.place_given && context.source.is_none_or(|s| s == SourceCode::Don)
}

/// Columns of denominators whose headings only resemble what is measured: a person must agree, since a measure
/// that nobody knows would count for nothing.
fn seeming_measures(
    mut columns: Vec<NamedHeading>,
    row: &Row,
    context: &Context,
) -> Vec<NamedHeading> {
    let measured = measured_columns(Some(context.referentiel));
    let form = form_of(row);
    for at in 0..columns.len() {
        let own = &columns[at];
        let is_said = own.sureness == Sureness::LeftOut
            || context.leaves_out(&own.heading)
            || context.is_ignored(&form, &own.heading);
        if is_said || own.name == "structure" || measured.contains(own.name.as_str()) {
            continue;
        }
        let seems = guess(TableKind::Denominators, &own.heading);
        let free =
            seems.filter(|name| measured.contains(name) && columns.iter().all(|c| c.name != *name));
        if let Some(name) = free {
            name.clone_into(&mut columns[at].name);
            columns[at].sureness = Sureness::Guessed;
        }
    }
    columns
}

/// Whether a column counts people or hours.
pub(super) fn is_counted(name: &str) -> bool {
    name.starts_with("presents") || name.starts_with("animateurs") || name.starts_with("dont_")
}

/// Whether a column holds numbers, one cell in five at most aside: a slip costs its own cell.
fn is_numbers(sheet: &Sheet, header: &Row, col: u32) -> bool {
    let below = sheet.rows.iter().filter(|r| r.index > header.index);
    let (mut all, mut numbers) = (0, 0);
    for value in below.filter_map(|r| r.get(col)) {
        let plain = value.text().replace([',', ' ', '\u{a0}'], "");
        all += 1;
        numbers += usize::from(matches!(value, Value::Number(_)) || plain.parse::<f64>().is_ok());
    }
    numbers > 0 && numbers * 5 >= all * 4
}
