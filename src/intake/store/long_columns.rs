//! Columns of the long table while it is rebuilt.

use polars::prelude::{Column, DataFrame};

use super::columns::Statut;
use super::store_state::Import;
use super::stored_unit::StoredUnit;
use crate::base::diagnostics::CellRef;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::ObservationColumn as C;

/// One row.
pub(super) struct LongRow<'a> {
    pub(super) unit: &'a StoredUnit,
    pub(super) visit: &'a str,
    pub(super) respondent: &'a str,
    pub(super) day: &'a str,
    pub(super) element: &'a str,
    pub(super) statut: Statut,
    pub(super) micro: Option<i64>,
    pub(super) modality: Option<i64>,
    pub(super) raw: &'a str,
    pub(super) comment: &'a str,
    pub(super) sheet: &'a str,
    pub(super) cell: CellRef,
}

/// The columns so far.
#[derive(Default)]
pub(super) struct LongColumns<'a> {
    units: Vec<&'a StoredUnit>,
    visits: Vec<&'a str>,
    respondents: Vec<&'a str>,
    days: Vec<&'a str>,
    elements: Vec<&'a str>,
    statuts: Vec<&'a str>,
    micros: Vec<Option<i64>>,
    modalities: Vec<Option<i64>>,
    raws: Vec<&'a str>,
    comments: Vec<&'a str>,
    sheets: Vec<&'a str>,
    cells: Vec<String>,
}

impl<'a> LongColumns<'a> {
    pub(super) fn push(&mut self, row: &LongRow<'a>) {
        self.units.push(row.unit);
        self.visits.push(row.visit);
        self.respondents.push(row.respondent);
        self.days.push(row.day);
        self.elements.push(row.element);
        self.statuts.push(row.statut.as_str());
        self.micros.push(row.micro);
        self.modalities.push(row.modality);
        self.raws.push(row.raw);
        self.comments.push(row.comment);
        self.sheets.push(row.sheet);
        self.cells.push(row.cell.to_string());
    }

    /// The table, checked.
    pub(super) fn table(self, import: &Import) -> Result<DataFrame> {
        let height = self.units.len();
        let brought = &import.manifest;
        let same = |c: C, text: &str| Column::new(c.name().into(), vec![text; height]);
        let text = |c: C, values: Vec<&str>| Column::new(c.name().into(), values);
        let whole = |c: C, values: Vec<Option<i64>>| Column::new(c.name().into(), values);
        let unit = |c: C, get: fn(&StoredUnit) -> &str| -> Column {
            let values: Vec<&str> = self.units.iter().map(|u| get(u)).collect();
            Column::new(c.name().into(), values)
        };
        let files: Vec<&str> = (self.units.iter())
            .map(|u| brought.files[u.file].name.as_str())
            .collect();
        let columns = vec![
            same(C::Campagne, &brought.campaign),
            unit(C::Structure, |u| &u.structure),
            unit(C::Source, |u| u.source.as_str()),
            same(C::Version, &brought.version),
            text(C::Visite, self.visits),
            unit(C::Observateur, |u| &u.observer),
            text(C::Repondant, self.respondents),
            text(C::Date, self.days),
            text(C::Element, self.elements),
            text(C::Statut, self.statuts),
            whole(C::Micro, self.micros),
            whole(C::Modalite, self.modalities),
            text(C::ValeurBrute, self.raws),
            text(C::Commentaire, self.comments),
            same(C::Import, &import.label),
            text(C::Fichier, files),
            text(C::Feuille, self.sheets),
            Column::new(C::Cellule.name().into(), self.cells),
            unit(C::Unite, |u| &u.key),
        ];
        C::check(&DataFrame::new(height, columns)?)
    }
}
