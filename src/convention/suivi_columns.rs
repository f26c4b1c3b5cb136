//! Which register is a sheet, where do its columns stand, what was added, renamed, taken away or merged.

use super::column_kinds::RegisterHolds;
use super::register_columns::Register;
use super::register_columns::SuiviField;
use super::suivi_layout::SUIVI_HEADINGS;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::base::text::fold;
use crate::privacy::{is_personal_content, is_personal_heading};

/// Rows in which headings are looked for: someone may have inserted a few.
const DEPTH: u32 = 20;

/// Where the columns of a register stand in a sheet.
pub(super) struct SheetColumns {
    pub register: Register,
    pub header: u32,
    pub id: Option<u32>,
    pub fields: Vec<(SuiviField, u32)>,
    unknown: Vec<(u32, String)>,
    is_renamed: bool,
}

impl SheetColumns {
    /// By the name of the sheet, else by its headings: the register that most of them are of.
    pub(super) fn find(sheet: &Sheet) -> Option<Self> {
        let mut named = Register::ALL.iter();
        let named = named.find(|r| fold(r.sheet()) == fold(&sheet.name));
        if let Some(register) = named
            && let Some(found) = Self::of(sheet, *register)
        {
            return Some(found);
        }
        let all = Register::ALL.iter().filter_map(|r| Self::of(sheet, *r));
        let found = all.max_by_key(|c| c.fields.len())?;
        // Two columns in common are no register.
        let enough = found.fields.len() * 2 > found.register.columns().len();
        enough.then_some(Self {
            is_renamed: true,
            ..found
        })
    }

    fn of(sheet: &Sheet, register: Register) -> Option<Self> {
        let mut rows = sheet.rows.iter().take_while(|r| r.index < DEPTH);
        rows.find_map(|row| Self::of_row(row, register))
    }

    /// A row that has the heading of every column that a line cannot do without.
    fn of_row(row: &Row, register: Register) -> Option<Self> {
        let mut columns = Self {
            register,
            header: row.index,
            id: None,
            fields: Vec::new(),
            unknown: Vec::new(),
            is_renamed: false,
        };
        for cell in &row.cells {
            let heading = cell.value.text();
            let wanted = fold(&heading);
            let known = SuiviField::all(register).find(|f| fold(f.spec().heading) == wanted);
            let is_twice = |f| columns.fields.iter().any(|(own, _)| *own == f);
            match known {
                Some(field) if !is_twice(field) => columns.fields.push((field, cell.col)),
                None if wanted == fold(register.id_heading()) && columns.id.is_none() => {
                    columns.id = Some(cell.col);
                }
                _ => columns.unknown.push((cell.col, heading)),
            }
        }
        let has = |field: SuiviField| columns.fields.iter().any(|(f, _)| *f == field);
        let needed = SuiviField::all(register)
            .filter(|f| f.spec().needed)
            .all(has);
        needed.then_some(columns)
    }

    /// What is to be said of the sheet as a whole.
    pub(super) fn remarks(&self, book: &Workbook, sheet: &Sheet) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        let mut tell = |code, at, message: String| told.push(Diagnostic::new(code, at, message));
        if self.is_renamed {
            let message = format!(
                "ses titres sont ceux de « {} » : elle est lue ainsi.",
                self.register.sheet()
            );
            tell(Code::SuiviSheetRenamed, book.at_sheet(sheet), message);
        }
        if self.header > SUIVI_HEADINGS {
            let at = book.at(sheet, CellRef::new(self.header, 0));
            let message = format!(
                "les titres de colonnes sont à la ligne {} ; ce qui est au-dessus n’est pas lu.",
                self.header + 1
            );
            tell(Code::SuiviTitleRows, at, message);
        }
        for area in sheet.merges.iter().filter(|m| m.last.row > self.header) {
            let message = format!(
                "de {} à {} : une seule de ces cellules porte une valeur.",
                area.first, area.last
            );
            tell(Code::SuiviMergedCells, book.at(sheet, area.first), message);
        }
        for field in SuiviField::all(self.register) {
            let spec = field.spec();
            let has = self.fields.iter().any(|(f, _)| *f == field);
            if !has && spec.holds != RegisterHolds::Computed {
                let message = format!(
                    "la colonne « {} » n’y est plus : ce qu’elle tenait reste tel quel.",
                    spec.heading
                );
                tell(Code::SuiviColumnMissing, book.at_sheet(sheet), message);
            }
        }
        told.extend(self.added(book, sheet));
        told
    }

    /// Columns that are none of the register's: what names people is said without being quoted.
    fn added(&self, book: &Workbook, sheet: &Sheet) -> Vec<Diagnostic> {
        let said = self.unknown.iter().map(|(col, heading)| {
            let rows = sheet.rows.iter().filter(|r| r.index > self.header);
            let cells: Vec<String> = rows
                .map(|r| r.text(*col))
                .filter(|t| !t.is_empty())
                .collect();
            let at = book.at(sheet, CellRef::new(self.header, *col));
            if is_personal_heading(heading) || is_personal_content(&cells) {
                let message = "la colonne désigne ou joint des personnes : rien n’en est gardé.";
                Diagnostic::new(Code::PersonalColumn, at, message)
            } else {
                let message = format!("colonne « {heading} » ignorée.");
                Diagnostic::new(Code::ColumnIgnored, at, message)
            }
        });
        said.collect()
    }
}
