//! One line of a list of accueils, in the terms of the registry.

use std::collections::BTreeMap;

use super::closed_words::{says_closed, year_in};
use super::list_columns::ListTable;
use super::list_fields::ListField;
use super::list_remark::{ListRemark, at};
use super::list_role::ListRole;
use super::type_words::{TypeWords, type_in};
use crate::base::diagnostics::CellRef;
use crate::base::sheets::{Row, Sheet, Value, Workbook};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::cell_fate::is_total_line;
use crate::intake::sources::usual_headings::is_tick;
use crate::vocabulary::referentiel::StructureType;

/// A type, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DeducedType {
    /// The type.
    pub(crate) kind: StructureType,
    /// Whether the words leave a doubt: « ALSH » does not say when it is open.
    pub(crate) supposed: bool,
}

/// An accueil of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedAccueil {
    /// Where its name stands.
    pub(crate) at: CellRef,
    /// Its cells, as the registry writes them; empty ones are not there, nor is the type.
    pub(crate) cells: BTreeMap<ListField, String>,
    /// Its type, when something says it.
    pub(crate) kind: Option<DeducedType>,
    /// Why nothing does, when two types are said at once.
    pub(crate) both: bool,
}

impl ListedAccueil {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        self.cell(ListField::Nom)
    }

    /// A cell; empty when there is none.
    pub(crate) fn cell(&self, field: ListField) -> &str {
        self.cells.get(&field).map_or("", String::as_str)
    }

    /// Two lines of one key are of one accueil.
    pub(super) fn key(&self) -> String {
        format!(
            "{}|{}",
            fold(self.name()),
            fold(self.cell(ListField::Commune))
        )
    }
}

/// Reads lines under the headings.
pub(super) struct LineReader<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    table: &'a ListTable,
    name: u32,
    /// Cells that say something that the registry cannot take.
    pub(super) doubts: Vec<ListRemark>,
}

impl<'a> LineReader<'a> {
    pub(super) fn new(book: &'a Workbook, sheet: &'a Sheet, table: &'a ListTable) -> Self {
        Self {
            book,
            sheet,
            table,
            name: table.column(ListField::Nom).map_or(0, |c| c.at.col),
            doubts: Vec::new(),
        }
    }

    /// A line; none for what is no accueil and says so (blank, total, headings once more).
    ///
    /// # Errors
    ///
    /// Why it stays out, with its cell.
    pub(super) fn read(&mut self, row: &Row) -> Result<Option<ListedAccueil>, ListRemark> {
        if row.cells.is_empty() || is_total_line(row) || self.is_headings(row) {
            return Ok(None);
        }
        let place = CellRef::new(row.index, self.name);
        let name = one_line(&row.text(self.name));
        let others = row.cells.iter().filter(|c| c.col != self.name).count();
        if name.is_empty() {
            let first = row
                .cells
                .first()
                .map_or(place, |c| CellRef::new(row.index, c.col));
            let said = one_line(&self.sheet.text(first.row, first.col));
            let message = if others == 1 {
                format!(
                    "« {said} » est seul sur sa ligne : un titre, semble-t-il ; la ligne reste à part."
                )
            } else {
                "le nom de l’accueil manque : la ligne reste à part.".to_owned()
            };
            return Err(at(self.book, self.sheet, first, message));
        }
        if others == 0 && self.table.known() > 2 {
            let message = format!(
                "« {name} » est seul sur sa ligne : un titre, semble-t-il ; la ligne reste à part."
            );
            return Err(at(self.book, self.sheet, place, message));
        }
        if let Some(Value::Error(error)) = row.get(self.name) {
            let message = format!(
                "« {error} » est une erreur de calcul, pas un nom : la ligne reste à part."
            );
            return Err(at(self.book, self.sheet, place, message));
        }
        if !name.chars().any(char::is_alphabetic) {
            let message =
                format!("« {name} » n’est pas le nom d’un accueil : la ligne reste à part.");
            return Err(at(self.book, self.sheet, place, message));
        }
        Ok(Some(self.accueil(row, place, name)))
    }

    /// The headings repeated at the top of a page.
    fn is_headings(&self, row: &Row) -> bool {
        let same = self.table.columns.iter().filter(|c| {
            let text = row.text(c.at.col);
            !text.is_empty() && fold(&text) == fold(&c.heading)
        });
        same.count() > 1
    }

    fn accueil(&mut self, row: &Row, place: CellRef, name: String) -> ListedAccueil {
        let mut places_at = place;
        let mut cells = BTreeMap::new();
        cells.insert(ListField::Nom, name);
        let mut kinds = Vec::new();
        for column in &self.table.columns {
            let cell = CellRef::new(row.index, column.at.col);
            let text = match column.role {
                // What is merged over several lines is of each.
                ListRole::Field(ListField::Commune | ListField::Secteur | ListField::Type) => {
                    self.sheet.column_text(cell.row, cell.col)
                }
                _ => row.text(cell.col),
            };
            let text = one_line(&text);
            if text.is_empty() {
                continue;
            }
            if let Some(Value::Error(error)) = row.get(cell.col) {
                let message = format!("« {error} » est une erreur de calcul : la case reste vide.");
                self.doubts.push(at(self.book, self.sheet, cell, message));
                continue;
            }
            match column.role {
                ListRole::Tick(kind) if is_tick(&text) => kinds.push(kind),
                ListRole::Field(ListField::Type) => {
                    cells.insert(ListField::Type, text);
                }
                ListRole::Field(field) if field != ListField::Nom => {
                    if field == ListField::Capacite {
                        places_at = cell;
                    }
                    if let Some(text) = self.as_written(field, &text, cell) {
                        cells.insert(field, text);
                    }
                }
                _ => {}
            }
        }
        self.closed(row, &cells);
        self.split_places(&mut cells, places_at);
        let said = cells.remove(&ListField::Type);
        let (kind, both) = self.kind(said, &kinds, &cells, place);
        ListedAccueil {
            at: place,
            cells,
            kind,
            both,
        }
    }

    /// A cell that says that it is closed, where no day does: it would enter as open.
    fn closed(&mut self, row: &Row, cells: &BTreeMap<ListField, String>) {
        if cells.contains_key(&ListField::Fermeture) {
            return;
        }
        let of_persons = |col: u32| {
            let mut columns = self.table.columns.iter();
            columns.any(|c| c.at.col == col && c.role == ListRole::Persons)
        };
        let mut texts = row
            .cells
            .iter()
            .map(|c| (c.col, one_line(&row.text(c.col))));
        let said = texts.find(|(col, text)| says_closed(text) && !of_persons(*col));
        if let Some((col, text)) = said {
            let message = format!(
                "« {text} » : cet accueil est-il fermé ? Il entrerait comme ouvert. S’il l’est, écrivez son dernier jour (31/07/2025 par exemple) dans une colonne « Fermé après le » de votre liste, ou dans sa fiche."
            );
            let cell = CellRef::new(row.index, col);
            self.doubts.push(at(self.book, self.sheet, cell, message));
        }
    }

    /// The type: crosses, then the column, then the name.
    fn kind(
        &mut self,
        said: Option<String>,
        ticked: &[StructureType],
        cells: &BTreeMap<ListField, String>,
        place: CellRef,
    ) -> (Option<DeducedType>, bool) {
        use StructureType as T;
        let deduced = |kind, supposed| (Some(DeducedType { kind, supposed }), false);
        match ticked {
            [] => {}
            [one] => return deduced(*one, *one == T::Mixte),
            [T::Mercredi, T::Extrascolaire] | [T::Extrascolaire, T::Mercredi] => {
                return deduced(T::Mixte, false);
            }
            _ => return (None, true),
        }
        let name = cells.get(&ListField::Nom).map_or("", String::as_str);
        for text in said.as_deref().into_iter().chain([name]) {
            match type_in(text) {
                TypeWords::Said(kind) => return deduced(kind, false),
                TypeWords::Supposed(kind) => return deduced(kind, true),
                TypeWords::Both => return (None, true),
                TypeWords::Nothing => {}
            }
        }
        if let Some(text) = said {
            let message = format!("« {text} » ne dit pas le type de « {name} ».");
            self.doubts.push(at(self.book, self.sheet, place, message));
        }
        (None, false)
    }

    /// A cell as the registry writes it; none, and a remark, for what it cannot take.
    fn as_written(&mut self, field: ListField, text: &str, cell: CellRef) -> Option<String> {
        let read = match field {
            ListField::Ouverture | ListField::Fermeture => {
                iso_date(text).map(|iso| iso.chars().take(10).collect())
            }
            ListField::Capacite
            | ListField::CapaciteMoins6
            | ListField::Capacite6Plus
            | ListField::JoursAn => only_number(text),
            ListField::Latitude | ListField::Longitude => {
                let number = text.replace(',', ".");
                number.parse::<f64>().ok().map(|_| number)
            }
            ListField::Pedt => match fold(text).as_str() {
                "x" | "oui" | "o" | "1" | "vrai" => Some("oui".to_owned()),
                "non" | "n" | "0" | "faux" => Some("non".to_owned()),
                _ => None,
            },
            _ => Some(text.to_owned()),
        };
        if read.is_none() {
            let message = unread(field, text);
            self.doubts.push(at(self.book, self.sheet, cell, message));
        }
        read
    }

    /// Places of all ages go where the ages say; otherwise nobody knows how they are shared.
    fn split_places(&mut self, cells: &mut BTreeMap<ListField, String>, place: CellRef) {
        let ages = cells.remove(&ListField::Ages).unwrap_or_default();
        let Some(places) = cells.remove(&ListField::Capacite) else {
            return;
        };
        let by_age = [ListField::CapaciteMoins6, ListField::Capacite6Plus];
        if by_age.iter().any(|f| cells.contains_key(f)) {
            return;
        }
        let bounds: Vec<u32> = ages
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|n| n.parse().ok())
            .collect();
        let (small, large) = match bounds.as_slice() {
            [_, last] if *last <= 6 => (places, "0".to_owned()),
            [first, ..] if *first >= 6 => ("0".to_owned(), places),
            _ => {
                let message = format!(
                    "{places} places sans dire combien pour les moins de 6 ans : le registre les compte par âge, les deux cases restent vides."
                );
                self.doubts.push(at(self.book, self.sheet, place, message));
                return;
            }
        };
        cells.insert(ListField::CapaciteMoins6, small);
        cells.insert(ListField::Capacite6Plus, large);
    }
}

/// What is said of a cell that the registry cannot take: what to write, or what empty means.
fn unread(field: ListField, text: &str) -> String {
    let name = field.as_str();
    let wanted = match field {
        ListField::Ouverture | ListField::Fermeture => {
            let empty = match field {
                ListField::Ouverture => "ouvert depuis toujours",
                _ => "toujours ouvert",
            };
            let year = year_in(text).unwrap_or(2025);
            return format!(
                "« {text} » ne dit pas le jour : la case « {name} » reste vide ({empty}). Pour la remplir, écrivez un jour, 01/09/{year} par exemple, ici ou dans la fiche de l’accueil."
            );
        }
        ListField::Pedt => "oui ou non",
        _ => "un nombre, et un seul",
    };
    format!("« {text} » n’est pas {wanted} : la case « {name} » reste vide.")
}

/// The only number of a text: « 60 places »; none where there are two.
fn only_number(text: &str) -> Option<String> {
    let joined = text.replace(['\u{a0}', '\u{202f}'], "");
    let mut numbers = joined
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty());
    let number = numbers.next()?;
    let alone = numbers.next().is_none() && !joined.contains(['-', '%']);
    alone
        .then(|| number.trim_start_matches('0'))
        .map(|n| if n.is_empty() { "0" } else { n }.to_owned())
}

/// A text on one line, its spaces single.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
