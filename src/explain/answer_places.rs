//! Answers read back from the long table, each with its place.

use polars::prelude::{AnyValue, BooleanChunked};

use super::corrected_cell::CorrectedCell;
use super::explainer::Explainer;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::ObservationColumn as C;
use crate::vocabulary::referentiel::SourceCode;

/// One answer and where it stands.
pub(super) struct Place {
    pub visite: String,
    pub observateur: String,
    pub element: String,
    pub statut: String,
    pub raw: String,
    /// Level of a rating, in parts of a level.
    pub micro: Option<i64>,
    pub comment: String,
    pub cell: String,
    /// Day of the answer.
    pub day: Option<Day>,
    file: String,
    sheet: String,
    import: String,
    /// What a person typed in the place of what its cell holds, in words; empty when nobody did.
    corrected: String,
    /// Day of the purge that left its content alone.
    purged: Option<Day>,
}

impl Place {
    /// « Grille R01.xlsx › Grille › D14 (import I001) ».
    pub(super) fn at(&self) -> String {
        let cell = self.cell.as_str();
        if let Some(date) = &self.purged {
            return format!("données purgées le {}", date.short());
        }
        let corrected = match self.corrected.as_str() {
            "" => String::new(),
            told => format!(", {told}"),
        };
        format!(
            "{} (import {}{corrected})",
            self.path(Some(cell)),
            self.import
        )
    }

    /// Whether a person typed it in the place of what its cell holds.
    pub(super) fn is_corrected(&self) -> bool {
        !self.corrected.is_empty()
    }

    /// The same without the cell.
    pub(super) fn whole(&self) -> String {
        if let Some(date) = &self.purged {
            return format!("données purgées le {}", date.short());
        }
        format!("{} (import {})", self.path(None), self.import)
    }

    fn path(&self, cell: Option<&str>) -> String {
        let parts = [Some(self.file.as_str()), Some(self.sheet.as_str()), cell];
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .filter(|p| !p.is_empty())
            .collect();
        parts.join(" › ")
    }
}

impl Explainer<'_> {
    /// Answers to an élément of this structure, in the order of the store.
    pub(super) fn answers_to(&self, element: &str) -> Result<Vec<Place>> {
        self.places(&C::Element.is(self.observations.frame(), element)?)
    }

    /// Activity data of this structure.
    pub(super) fn activity_data(&self) -> Result<Vec<Place>> {
        self.places(&C::Source.is(self.observations.frame(), "DON")?)
    }

    /// Day of the purge of a source's answers.
    fn purged_on(&self, source: &str) -> Option<Day> {
        let records = self.purged.iter();
        let mut own = records.filter(|r| r.source.as_str() == source);
        own.next().map(|r| r.date)
    }

    /// What to say where answers of a source would have been listed.
    pub(super) fn no_more(&self, source: SourceCode) -> Option<String> {
        let date = self.purged_on(source.as_str())?;
        Some(format!(
            "réponses purgées le {} : leurs cellules n’existent plus, le chiffre vient des agrégats gardés",
            date.short()
        ))
    }

    pub(super) fn places(&self, wanted: &BooleanChunked) -> Result<Vec<Place>> {
        let columns = [
            C::Visite,
            C::Observateur,
            C::Element,
            C::Statut,
            C::ValeurBrute,
            C::Commentaire,
            C::Cellule,
            C::Fichier,
            C::Feuille,
            C::Import,
            C::Source,
            C::Date,
            C::Micro,
        ];
        let all = self.observations.frame();
        let rows = &C::Structure.is(all, self.structure)? & wanted;
        let frame = C::select(all, &rows, &columns)?;
        let text = |row: usize, column: usize| -> String {
            let value = frame.columns()[column].get(row).unwrap_or(AnyValue::Null);
            value.get_str().unwrap_or("").to_owned()
        };
        let micro = |row: usize| match frame.columns()[12].get(row) {
            Ok(AnyValue::Int64(micro)) => Some(micro),
            _ => None,
        };
        let corrected = |i: usize| {
            let is_there = |c: &&CorrectedCell| {
                c.import == text(i, 9)
                    && c.file == text(i, 7)
                    && c.correction.sheet == text(i, 8)
                    && c.correction.cell == text(i, 6)
            };
            let found = self.corrected.iter().find(is_there);
            found.map(|c| c.correction.told()).unwrap_or_default()
        };
        let place = |i: usize| Place {
            corrected: corrected(i),
            visite: text(i, 0),
            observateur: text(i, 1),
            element: text(i, 2),
            statut: text(i, 3),
            raw: text(i, 4),
            micro: micro(i),
            comment: text(i, 5),
            cell: text(i, 6),
            day: text(i, 11).parse().ok(),
            file: text(i, 7),
            sheet: text(i, 8),
            import: text(i, 9),
            purged: self.purged_on(&text(i, 10)),
        };
        Ok((0..frame.height()).map(place).collect())
    }
}
