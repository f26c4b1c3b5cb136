//! Columns of pupils by school, and the titles that say each: names of fields and labels of the open file « effectifs d’élèves
//! par école » (data.education.gouv.fr, `fr-en-ecoles-effectifs-nb_classes`, Licence Ouverte), which bears no INSEE code; those
//! of tables that an académie or a collectivité publishes.

use super::territory_table::{PublishedColumn, TerritoryTable, published_columns};
use crate::base::sheets::{Row, Sheet, Workbook};

/// Columns, the titles of the open file first.
pub(super) const TITLES: [PublishedColumn; 11] = [
    (
        "annee",
        &["rentree_scolaire", "annee_scolaire", "rentree", "annee"],
    ),
    (
        "uai",
        &[
            "numero_ecole",
            "Numéro de l’école",
            "code_uai",
            "uai",
            "numero_uai",
        ],
    ),
    (
        "nom",
        &[
            "denomination_principale",
            "denomination",
            "appellation_officielle",
            "nom_etablissement",
            "nom",
        ],
    ),
    ("patronyme", &["patronyme"]),
    (
        "insee",
        &["code_commune", "code_insee", "code_insee_commune", "insee"],
    ),
    ("commune", &["commune", "nom_commune", "libelle_commune"]),
    ("postal", &["code_postal"]),
    (
        "eleves",
        &[
            "nombre_total_eleves",
            "Nombre total d’élèves",
            "nombre_eleves",
            "effectif_total",
            "effectif",
            "eleves",
        ],
    ),
    (
        "maternelle",
        &[
            "nombre_eleves_preelementaire_hors_ulis",
            "Nombre d’élèves en pré-élémentaire hors ULIS",
            "effectif_pre_elementaire",
            "preelementaire",
            "maternelle",
        ],
    ),
    (
        "elementaire",
        &[
            "nombre_eleves_elementaire_hors_ulis",
            "Nombre d’élèves en élémentaire hors ULIS",
            "effectif_elementaire",
            "elementaire",
        ],
    ),
    ("source", &["source"]),
];
/// Without these a table does not say pupils of schools.
pub(super) const NEEDED: [&str; 3] = ["annee", "uai", "eleves"];

/// Rows in which titles are looked for.
const DEPTH: usize = 20;

/// A table of schools that comes in.
#[derive(Debug, Clone)]
pub(crate) struct SchoolsTable {
    sheet: Sheet,
}

/// The table of schools of a file; none where no sheet has its titles.
pub(crate) fn schools_table(book: &Workbook) -> Option<SchoolsTable> {
    let mut shown = book.sheets.iter().filter(|sheet| !sheet.hidden);
    shown.find_map(|sheet| {
        let is_head = |row: &Row| {
            let found = published_columns(row, &TITLES);
            NEEDED.iter().all(|column| found.contains_key(column))
        };
        let head = sheet.rows.iter().take(DEPTH).position(is_head)?;
        // A title may stand above; cells keep their places.
        let rows = sheet.rows[head..].to_vec();
        let sheet = Sheet {
            rows,
            ..sheet.clone()
        };
        Some(SchoolsTable { sheet })
    })
}

impl SchoolsTable {
    /// Lines under its titles.
    pub(crate) fn lines(&self) -> usize {
        self.sheet.rows.len().saturating_sub(1)
    }

    /// As a table whose cells are told by their place in a file.
    pub(in crate::convention) fn table(self, file: &str) -> TerritoryTable {
        TerritoryTable::of_sheet(file, self.sheet, &TITLES)
    }
}
