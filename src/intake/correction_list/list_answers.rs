//! What a person said in the list of what is to be corrected.

use std::path::Path;

use crate::base::diagnostics::{AskedKind, CellRef};
use crate::base::error::{Error, Result};
use crate::base::sheets::{self, Sheet, Workbook};
use crate::base::text::fold;
use crate::intake::correspondence_answers::{Accepted, SEPARATOR, all_of_book, may_hold_answers};

/// Content of A1 of the first sheet.
pub(super) const LIST_MARK: &str = "À corriger";
/// Content of A1 of the sheet of names.
pub(super) const NAMES_MARK: &str = "Noms à reconnaître";
/// Its name.
pub(super) const NAMES_SHEET: &str = "Noms";
/// Row of the headings.
pub(super) const HEADINGS_ROW: u32 = 4;
/// First row of content.
pub(super) const FIRST_ROW: u32 = HEADINGS_ROW + 1;
/// Row of the import that a list is of.
pub(super) const IMPORT_ROW: u32 = 2;
/// Its column.
pub(super) const IMPORT_COLUMN: u16 = 2;
/// Heading of what was chosen.
pub(super) const CHOSEN: &str = "C’est";
/// What a name may designate.
pub(super) const STRUCTURE: &str = "accueil";
/// The same.
pub(super) const OBSERVER: &str = "observateur";
/// Heading of what a name may designate.
const KIND: &str = "Désigne un";

/// What a person said.
pub(crate) struct ListAnswers {
    /// Of names.
    pub(crate) names: Vec<AnsweredName>,
    /// Of columns and words, by form.
    pub(crate) forms: Vec<Accepted>,
    /// Words of the import that the list is of; empty where they were taken away.
    pub(crate) import: Vec<String>,
}

/// Whose a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnsweredName {
    /// As files write it.
    pub(crate) written: String,
    /// What it designates.
    pub(crate) kind: AskedKind,
    /// Code of the accueil or of the observer.
    pub(crate) code: String,
    /// Where it is said.
    pub(crate) cell: String,
}

impl ListAnswers {
    /// How many answers it holds.
    pub(crate) fn len(&self) -> usize {
        self.names.len() + self.forms.iter().map(Accepted::len).sum::<usize>()
    }
}

/// Whether a workbook is such a list.
pub(crate) fn is_list(book: &Workbook) -> bool {
    let marked = |sheet: &Sheet| [LIST_MARK, NAMES_MARK].contains(&sheet.text(0, 0).as_str());
    book.sheets.iter().any(marked)
}

/// Reads a list back.
///
/// # Errors
///
/// A file that is none; an answer that contradicts itself, with its cell.
pub(crate) fn read_list(path: &Path, bytes: &[u8]) -> Result<ListAnswers> {
    let shown = path.display();
    let opened = sheets::open(path, bytes)
        .map_err(|refusal| Error::Usage(format!("{shown} : {}", refusal.message)))?;
    if !is_list(&opened.value) {
        return Err(Error::Usage(format!(
            "{shown} n’est pas une liste à corriger : c’est le classeur qu’écrit « importer … --liste »."
        )));
    }
    of_list(path, &opened.value)
}

/// What a person filled in, in a list or in the workbook of a correspondence; none where a file is neither.
///
/// # Errors
///
/// An answer that contradicts itself, with its cell.
pub(crate) fn read_answers(path: &Path, bytes: &[u8]) -> Result<Option<ListAnswers>> {
    if !may_hold_answers(bytes) {
        return Ok(None);
    }
    let Ok(opened) = sheets::open(path, bytes) else {
        return Ok(None);
    };
    let book = &opened.value;
    let is_one = is_list(book) || !all_of_book(path, book)?.is_empty();
    is_one.then(|| of_list(path, book)).transpose()
}

fn of_list(path: &Path, book: &Workbook) -> Result<ListAnswers> {
    let marked = book.sheets.iter().filter(|s| s.text(0, 0) == NAMES_MARK);
    let mut names: Vec<AnsweredName> = Vec::new();
    for sheet in marked {
        for row in sheet.rows.iter().filter(|r| r.index >= FIRST_ROW) {
            if let Some(answered) = name(sheet, row.index) {
                add(&mut names, answered, path)?;
            }
        }
    }
    let mut forms = all_of_book(path, book)?;
    forms.retain(|accepted| accepted.len() > 0);
    let first = book.sheets.iter().find(|s| s.text(0, 0) == LIST_MARK);
    let import = first.map_or_else(String::new, |s| s.text(IMPORT_ROW, IMPORT_COLUMN.into()));
    let import = import.lines().filter(|word| !word.is_empty());
    Ok(ListAnswers {
        names,
        forms,
        import: import.map(str::to_owned).collect(),
    })
}

/// Two rows of one name must say the same of it.
fn add(names: &mut Vec<AnsweredName>, said: AnsweredName, path: &Path) -> Result<()> {
    let same = |n: &&AnsweredName| n.kind == said.kind && fold(&n.written) == fold(&said.written);
    match names.iter().find(same) {
        Some(known) if !known.code.eq_ignore_ascii_case(&said.code) => Err(Error::Usage(format!(
            "{} › {} : « {} » ne peut pas désigner à la fois {} et {}. Gardez l’un des deux, enregistrez, puis relancez.",
            path.display(),
            said.cell,
            said.written,
            known.code,
            said.code
        ))),
        Some(_) => Ok(()),
        None => {
            names.push(said);
            Ok(())
        }
    }
}

/// What a row says of its name; nothing as long as it is not filled in.
fn name(sheet: &Sheet, row: u32) -> Option<AnsweredName> {
    let headings = sheet.row(HEADINGS_ROW)?;
    let under = |heading: &str| {
        let mut cells = headings.cells.iter();
        let cell = cells.find(|c| fold(&c.value.text()) == fold(heading))?;
        let text = sheet.text(row, cell.col).trim().to_owned();
        (!text.is_empty()).then_some((cell.col, text))
    };
    let (column, chosen) = under(CHOSEN)?;
    let chosen = match chosen.as_str() {
        "1" | "2" | "3" => under(&format!("Proposition {chosen}"))?.1,
        _ => chosen,
    };
    let kind = match under(KIND)?.1.as_str() {
        OBSERVER => AskedKind::Observer,
        _ => AskedKind::Structure,
    };
    let code = chosen.split(SEPARATOR).next().unwrap_or("").trim();
    Some(AnsweredName {
        written: sheet.text(row, 0),
        kind,
        code: code.to_owned(),
        cell: format!("{} › {}", sheet.name, CellRef::new(row, column)),
    })
}
