//! What a person changed in the program's own form, and that may say that its notes are not those that it asks for:
//! a heading that speaks of another scale, a legend above the lines, the référentiel of another year, two visits
//! in one grid. The form is then read as ever, once somebody has said so.

use super::own_form::OwnFormReading;
use super::said_scale::{SaidScale, TextPlace, said_scale};
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::sheets::own_form_layout::{
    FICTITIOUS, IDENTITY, SHEET_GRID, SHEET_README, TITLES,
};
use crate::base::sheets::{Row, Value};
use crate::base::text::fold;
use crate::intake::sources::answers::{GridTitle, Located};
use crate::intake::sources::cell_fate::Fate;
use crate::intake::sources::shown_title;
use crate::vocabulary::referentiel::Scale;

/// Whether a title is the one that the form wrote.
fn is_own_title(text: &str) -> bool {
    TITLES.contains(&text.strip_suffix(FICTITIOUS).unwrap_or(text))
}

impl OwnFormReading<'_> {
    /// What is to be asked of the form before it enters.
    pub(super) fn changed(&self, scale: &Scale) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        found.extend(self.other_referentiel());
        found.extend(self.several_visits());
        if self.columns.rating.is_some() {
            found.extend(self.other_scale(scale));
            found.extend(self.written_first(scale));
        }
        found
    }

    /// The name of the sheet, and what somebody wrote above the lines.
    pub(super) fn titles(&self) -> Vec<GridTitle> {
        let name = (&*self.sheet.name != SHEET_GRID).then(|| Located {
            text: self.sheet.name.trim().to_owned(),
            cell: CellRef::new(0, 0),
        });
        let texts = name
            .into_iter()
            .chain(self.written_above())
            .chain(self.heads());
        texts
            .map(|title| GridTitle {
                sheet: self.sheet.name.clone(),
                title,
            })
            .collect()
    }

    /// Texts above the lines that are no part of the form.
    fn written_above(&self) -> Vec<Located> {
        let above = self.sheet.rows.iter();
        let above = above.take_while(|r| r.index < self.columns.header);
        let cells = above.flat_map(|row: &Row| row.cells.iter().map(move |c| (row.index, c)));
        // The form's own title is the first cell.
        let own = cells.filter(|(row, c)| {
            let is_own = *row == 0 && is_own_title(&c.value.text());
            !is_own && (*row == 0 || c.mark() == Fate::Unread as u8)
        });
        own.map(|(row, c)| Located {
            text: c.value.text(),
            cell: CellRef::new(row, c.col),
        })
        .collect()
    }

    /// Lines without code nor note: « À partir d’ici : notes de O2 » heads those under it.
    fn heads(&self) -> Vec<Located> {
        let below = self
            .sheet
            .rows
            .iter()
            .filter(|r| r.index > self.columns.header);
        let is_head = |row: &&Row| {
            let rating = self.columns.rating.map(|col| row.text(col));
            row.text(self.columns.code).is_empty() && rating.is_none_or(|r| r.is_empty())
        };
        below
            .filter(is_head)
            .flat_map(|row| row.cells.iter().take(1).map(move |c| (row.index, c)))
            .map(|(row, c)| Located {
                text: c.value.text(),
                cell: CellRef::new(row, c.col),
            })
            .collect()
    }

    fn doubt(&self, cell: CellRef, message: String) -> Diagnostic {
        Diagnostic::new(
            Code::TitleContradicts,
            self.book.at(self.sheet, cell),
            message,
        )
    }

    fn other_referentiel(&self) -> Option<Diagnostic> {
        let written = self.identity(IDENTITY[1]);
        let own = &self.context.referentiel.version;
        (!written.text.is_empty() && fold(&written.text) != fold(own)).then(|| {
            let message = format!(
                "cette grille est faite pour le référentiel « {} », et la campagne suit « {own} » : ses éléments n’y demandent peut-être pas la même chose.",
                shown_title(&written.text)
            );
            self.doubt(written.cell, message)
                .with_remedy("Recopiez ses notes dans la grille de la campagne (« observatoire grille ») ; si c’est la case qui est fausse, corrigez-la ou ajoutez --confirmer.")
        })
    }

    /// « 1 et 2 », « 1-2 ».
    fn several_visits(&self) -> Option<Diagnostic> {
        let written = self.identity(IDENTITY[4]);
        let numbers = written.text.split(|c: char| !c.is_ascii_digit());
        let several = numbers.filter(|n| !n.is_empty()).count() > 1;
        several.then(|| {
            let message = format!(
                "« {} » : une grille ne porte qu’une visite.",
                shown_title(&written.text)
            );
            self.doubt(written.cell, message)
                .with_remedy("Faites une grille par visite, et donnez à chacune son numéro ; si c’en est une seule, corrigez la case ou ajoutez --confirmer.")
        })
    }

    /// A heading, a line above, a comment on either or the name of the sheet that speak of other notes.
    fn other_scale(&self, scale: &Scale) -> Option<Diagnostic> {
        let rating = self.columns.rating?;
        let header = CellRef::new(self.columns.header, rating);
        let heading = Located {
            text: self.sheet.text(header.row, header.col),
            cell: header,
        };
        let laid = self.sheet.comments.iter();
        let laid = laid.filter(|c| c.at.row < self.columns.header || c.at == header);
        let laid = laid.map(|c| Located {
            text: c.text.clone(),
            cell: c.at,
        });
        let around = self.written_above().into_iter().chain(laid);
        let around = around.map(|text| (text, TextPlace::Around));
        let mut all = std::iter::once((heading, TextPlace::Heading)).chain(around);
        let (found, _) = all.find(|(text, place)| {
            let said = said_scale(&text.text, *place, scale);
            matches!(said, SaidScale::Reversed | SaidScale::Other)
        })?;
        Some(other_notes(
            self.book.at(self.sheet, found.cell),
            &found.text,
        ))
    }

    /// What somebody wrote on the first page of the form, of the notes.
    fn written_first(&self, scale: &Scale) -> Option<Diagnostic> {
        let page = self.book.sheet(SHEET_README)?;
        let own = &self.context.referentiel.form_heads;
        let cells = page
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().map(move |c| (row.index, c)));
        let mut words = cells.filter_map(|(row, cell)| match &cell.value {
            Value::Text(text) if !own.iter().any(|line| **line == **text) => {
                Some((CellRef::new(row, cell.col), text))
            }
            _ => None,
        });
        let (at, text) = words.find(|(_, text)| {
            let said = said_scale(text, TextPlace::Around, scale);
            matches!(said, SaidScale::Reversed | SaidScale::Other)
        })?;
        Some(other_notes(self.book.at(page, at), text))
    }
}

/// What a text says against the notes of the form.
fn other_notes(at: Location, text: &str) -> Diagnostic {
    let message = format!(
        "« {} » : ces notes ne sont peut-être pas celles de la grille, de 1 (non engagé) à 4 (maîtrisé).",
        shown_title(text)
    );
    Diagnostic::new(Code::TitleContradicts, at, message).with_remedy(
        "Reportez les notes sur l’échelle de la grille ; si elles y sont déjà, remettez le texte de la grille fournie ou ajoutez --confirmer.",
    )
}
