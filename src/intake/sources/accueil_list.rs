//! A table of accueils, whatever its headings: what a person already keeps, as the registry would say it.
//! Nothing is written here, and nothing that names or reaches a person goes further than this folder.
//!
//! | question | file |
//! |---|---|
//! | what a column may be | `list_fields`; by which words of its heading: `heading_turns`, `heading_words` |
//! | where the table stands, which column is which, what a person said of them | `list_columns` |
//! | – what one seems to be by what it holds; persons’ columns | `column_cells`, `list_role` |
//! | – what says that an accueil is closed, a year that is no date | `closed_words` |
//! | which type of accueil some words say | `type_words` |
//! | one line: its name, its cells, why it cannot be understood | `listed_accueil` |
//! | a remark and its cell | `list_remark` |
//! | the whole list | this file |

mod closed_words;
mod column_cells;
mod heading_turns;
mod heading_words;
mod list_columns;
mod list_fields;
mod list_remark;
mod list_role;
mod listed_accueil;
mod type_words;

use std::collections::{BTreeMap, HashMap};

use self::list_columns::{ListTable, SaidTitle};
use self::list_remark::at;
use self::listed_accueil::LineReader;
use crate::base::error::Result;
use crate::base::sheets::{Sheet, Workbook};
use crate::base::text::fold;

pub(crate) use list_columns::ListColumn;
pub(crate) use list_fields::ListField;
pub(crate) use list_remark::ListRemark;
pub(crate) use list_role::ListRole;
pub(crate) use listed_accueil::ListedAccueil;

/// A list of accueils, read.
#[derive(Debug)]
pub(crate) struct AccueilList {
    /// The sheet that holds it; empty for a text.
    pub(crate) sheet: String,
    /// Its columns in order, with what each seems to be.
    pub(crate) columns: Vec<ListColumn>,
    /// Its accueils in order, each once.
    pub(crate) accueils: Vec<ListedAccueil>,
    /// Lines that are none, or cannot be understood: they stay out.
    pub(crate) left: Vec<ListRemark>,
    /// Cells that say something that the registry cannot take.
    pub(crate) doubts: Vec<ListRemark>,
}

/// Whether a file is a list of accueils rather than anything else that is imported.
pub(crate) fn is_accueil_list(book: &Workbook) -> bool {
    visible(book)
        .any(|sheet| ListTable::find(sheet, &[]).is_some_and(|table| table.is_surely_a_list(sheet)))
}

/// Reads the list that a file holds; `said` are the columns that a person named: « Site=nom ».
///
/// # Errors
///
/// A column that is not there, or a meaning that does not exist.
pub(crate) fn read_list(book: &Workbook, said: &[String]) -> Result<Option<AccueilList>> {
    let said: Vec<SaidTitle> = said.iter().map(|s| s.parse()).collect::<Result<_>>()?;
    let tables = visible(book).filter_map(|s| Some((s, ListTable::find(s, &said)?)));
    let best = tables.max_by_key(|(sheet, table)| (table.known(), sheet.rows.len()));
    let Some((sheet, table)) = best else {
        return Ok(None);
    };
    list_columns::all_said(&said, &table)?;
    Ok(Some(lines(book, sheet, table)))
}

/// The columns of a file in which no list of accueils is recognised, for a person to say what they are; none where it
/// has no table.
pub(crate) fn columns_to_say(book: &Workbook) -> Vec<ListColumn> {
    let tables = visible(book).filter_map(ListTable::likeliest);
    tables.max_by_key(Vec::len).unwrap_or_default()
}

fn visible(book: &Workbook) -> impl Iterator<Item = &Sheet> {
    book.sheets.iter().filter(|s| !s.hidden)
}

/// Reads every line under the headings.
fn lines(book: &Workbook, sheet: &Sheet, table: ListTable) -> AccueilList {
    let mut reader = LineReader::new(book, sheet, &table);
    let mut met: HashMap<String, usize> = HashMap::new();
    let mut accueils: Vec<ListedAccueil> = Vec::new();
    let mut left = Vec::new();
    for row in sheet.rows.iter().filter(|r| r.index >= table.data) {
        match reader.read(row) {
            Ok(None) => {}
            Err(remark) => left.push(remark),
            Ok(Some(accueil)) => match met.get(&accueil.key()) {
                None => {
                    met.insert(accueil.key(), accueils.len());
                    accueils.push(accueil);
                }
                Some(&first) => left.push(twin(book, sheet, &accueil, &accueils[first])),
            },
        }
    }
    AccueilList {
        sheet: sheet.name.to_string(),
        doubts: reader.doubts,
        columns: table.columns,
        accueils,
        left,
    }
}

/// Why the second line of an accueil stays out.
fn twin(
    book: &Workbook,
    sheet: &Sheet,
    second: &ListedAccueil,
    first: &ListedAccueil,
) -> ListRemark {
    let line = first.at.row + 1;
    let same = |a: &BTreeMap<ListField, String>, b: &BTreeMap<ListField, String>| {
        a.iter()
            .all(|(field, text)| b.get(field).is_none_or(|t| fold(t) == fold(text)))
    };
    let message = if same(&second.cells, &first.cells)
        && (second.kind.is_none() || second.kind == first.kind)
    {
        format!(
            "« {} » est déjà à la ligne {line} : compté une fois.",
            second.name()
        )
    } else {
        format!(
            "« {} » est déjà à la ligne {line}, avec autre chose : cette ligne reste à part. Donnez deux noms différents à deux accueils, ou corrigez l’une des lignes.",
            second.name()
        )
    };
    at(book, sheet, second.at, message)
}
