//! A table of text that people type: its columns by name, every cell that does not read told with its place.

use std::collections::BTreeMap;

use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::sheets::{Row, Sheet, open};
use crate::base::text::{fold, suggest};
use crate::convention::versions::KnownFiles;

/// A column, and the titles that publishers give it.
pub(super) type PublishedColumn = (&'static str, &'static [&'static str]);

/// Which columns a row of titles announces: letters and figures count alone, so that a name of a field and its label are one.
pub(super) fn published_columns(
    head: &Row,
    titles: &[PublishedColumn],
) -> BTreeMap<&'static str, u32> {
    let cells: Vec<(String, u32)> = (head.cells.iter())
        .map(|c| (bare(&c.value.text()), c.col))
        .collect();
    let found = titles.iter().filter_map(|(column, known)| {
        let mut known = known.iter();
        let own = known.find_map(|title| cells.iter().find(|c| c.0 == bare(title)))?;
        Some((*column, own.1))
    });
    found.collect()
}

/// « Numéro de l’école » and `numero_de_l_ecole` are one title.
fn bare(title: &str) -> String {
    fold(title)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A table, and what is wrong in it.
pub(in crate::convention) struct TerritoryTable {
    file: String,
    sheet: Option<Sheet>,
    columns: BTreeMap<&'static str, u32>,
    pub(super) problems: Vec<Diagnostic>,
}

/// One of its lines.
#[derive(Clone, Copy)]
pub(super) struct TableLine {
    index: u32,
}

impl TableLine {
    /// As people count lines.
    pub(super) fn number(self) -> usize {
        self.index as usize + 1
    }
}

impl TerritoryTable {
    /// Opens a file; nothing when it is not there.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub(super) fn open(
        files: &KnownFiles,
        name: &str,
        columns: &[&'static str],
        optional: &[&'static str],
    ) -> Result<Option<Self>> {
        let Some(path) = files.path(name) else {
            return Ok(None);
        };
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        let mut table = Self {
            file: name.to_owned(),
            sheet: None,
            columns: BTreeMap::new(),
            problems: Vec::new(),
        };
        match open(&path, &bytes) {
            Ok(opened) => {
                let sheets = opened.value.sheets.into_iter();
                table.sheet = sheets.into_iter().find(|s| !s.rows.is_empty());
                table.head(columns, optional);
            }
            Err(refused) => table.tell(None, &refused.message),
        }
        Ok(Some(table))
    }

    /// The same of a table that others publish: a column has one of several titles, columns that nobody asks for are let be.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub(super) fn open_titled(
        files: &KnownFiles,
        name: &str,
        titles: &[PublishedColumn],
        needed: &[&'static str],
    ) -> Result<Option<Self>> {
        let Some(mut table) = Self::open(files, name, &[], &[])? else {
            return Ok(None);
        };
        // Nothing was asked of its titles yet, so that all of them were told as unknown.
        if table.sheet.is_some() {
            table.problems.clear();
            table.title(titles, needed);
        }
        Ok(Some(table))
    }

    /// The same of a sheet that was read already.
    pub(super) fn of_sheet(name: &str, sheet: Sheet, titles: &[PublishedColumn]) -> Self {
        let mut table = Self {
            file: name.to_owned(),
            sheet: Some(sheet),
            columns: BTreeMap::new(),
            problems: Vec::new(),
        };
        table.title(titles, &[]);
        table
    }

    fn title(&mut self, titles: &[PublishedColumn], needed: &[&'static str]) {
        let Some(head) = self.sheet.as_ref().and_then(|s| s.rows.first()).cloned() else {
            return;
        };
        self.columns = published_columns(&head, titles);
        let missing: Vec<&str> = (needed.iter().copied())
            .filter(|c| !self.columns.contains_key(c))
            .collect();
        if !missing.is_empty() {
            let at = CellRef::new(head.index, 0);
            let why = format!("il manque la colonne {}", missing.join(", "));
            self.tell(Some(at), &why);
        }
    }

    fn head(&mut self, columns: &[&'static str], optional: &[&'static str]) {
        let Some(head) = self.sheet.as_ref().and_then(|s| s.rows.first()).cloned() else {
            return self.tell(None, "le fichier est vide");
        };
        for cell in &head.cells {
            let written = cell.value.text();
            let name = fold(&written).replace(' ', "_");
            let all = || columns.iter().chain(optional).copied();
            let at = CellRef::new(head.index, cell.col);
            match all().find(|known| *known == name) {
                Some(known) if self.columns.contains_key(known) => {
                    self.tell(Some(at), &format!("la colonne « {known} » est déjà là"));
                }
                Some(known) => {
                    self.columns.insert(known, cell.col);
                }
                None => {
                    let near = suggest(&name, all()).best_clause();
                    self.tell(Some(at), &format!("colonne « {written} » inconnue{near}"));
                }
            }
        }
        let missing: Vec<&str> = (columns.iter().copied())
            .filter(|c| !self.columns.contains_key(c))
            .collect();
        if !missing.is_empty() {
            let why = format!("il manque la colonne {}", missing.join(", "));
            self.tell(Some(CellRef::new(head.index, 0)), &why);
        }
    }

    /// Lines under the titles that hold something.
    pub(super) fn lines(&self) -> Vec<TableLine> {
        let rows = self.sheet.iter().flat_map(|s| s.rows.iter().skip(1));
        let filled = rows.filter(|r| r.cells.iter().any(|c| !c.value.text().trim().is_empty()));
        filled.map(|r| TableLine { index: r.index }).collect()
    }

    /// A cell; empty when its column is not there.
    pub(super) fn text(&self, line: TableLine, column: &str) -> String {
        let cell = self.columns.get(column).zip(self.sheet.as_ref());
        cell.map_or_else(String::new, |(&col, s)| {
            s.text(line.index, col).trim().to_owned()
        })
    }

    /// A cell that must hold something; empty, and told, when it does not.
    pub(super) fn needed(&mut self, line: TableLine, column: &'static str) -> String {
        let text = self.text(line, column);
        if text.is_empty() {
            self.wrong(line, column, &format!("« {column} » est à remplir"));
        }
        text
    }

    /// A number that must be there, within bounds.
    pub(super) fn number(
        &mut self,
        line: TableLine,
        column: &'static str,
        from: f64,
        to: f64,
    ) -> Option<f64> {
        let text = self.needed(line, column);
        if text.is_empty() {
            return None;
        }
        let plain = text
            .replace(['\u{a0}', '\u{202f}', ' '], "")
            .replace(',', ".");
        let read = plain.parse::<f64>().ok().filter(|v| v.is_finite());
        match read {
            Some(value) if (from..=to).contains(&value) => Some(value),
            Some(_) => {
                self.wrong(
                    line,
                    column,
                    &format!("« {text} » n’est pas entre {from} et {to}"),
                );
                None
            }
            None => {
                self.wrong(line, column, &format!("« {text} » n’est pas un nombre"));
                None
            }
        }
    }

    /// A whole number that must be there.
    pub(super) fn whole(
        &mut self,
        line: TableLine,
        column: &'static str,
        from: u32,
        to: u32,
    ) -> Option<u32> {
        let value = self.number(line, column, f64::from(from), f64::from(to))?;
        if value.fract() == 0.0 {
            return Some(value as u32);
        }
        self.wrong(
            line,
            column,
            &format!("« {value} » n’est pas un nombre entier"),
        );
        None
    }

    /// Says what is wrong in a cell.
    pub(super) fn wrong(&mut self, line: TableLine, column: &str, why: &str) {
        let col = self.columns.get(column).copied().unwrap_or(0);
        self.tell(Some(CellRef::new(line.index, col)), why);
    }

    fn tell(&mut self, cell: Option<CellRef>, why: &str) {
        let mut at = Location::file(&self.file);
        at.cell = cell.map(|c| c.to_string());
        let told = format!("{}.", why.trim_end_matches('.'));
        self.problems
            .push(Diagnostic::new(Code::TerritoryCell, at, told));
    }
}
