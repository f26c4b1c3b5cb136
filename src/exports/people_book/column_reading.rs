//! Which columns of a table people see, in which order, and how each is read. A column of the contract that only
//! machines need stands on « Données » alone.

use crate::base::people_sheet::NumberLook;
use crate::base::tabular::{Kind, Table};
use crate::exports::column_words::{EUROS, LEVELS, OF_VALUE, SHARE};
use crate::exports::convention_columns::CONVENTION_INDICATORS;
use crate::exports::workbook_columns::{COEFFICIENT, GAP, workbook_words_of};

/// How a cell is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnReading {
    /// As it is.
    AsIs,
    /// An accueil, its name beside its code; the territory where there is none.
    Place,
    /// A code and what it stands for.
    Coded,
    /// Several codes, separated by commas.
    CodeList,
    /// Types of accueil.
    Types,
    /// Whom something is shown to.
    Audiences,
    /// Kind of figure.
    FigureKind,
    /// Who answers.
    Source,
    /// Status of a figure or of an answer.
    Status,
    /// Verdict on a change.
    Verdict,
    /// A quarter.
    Quarter,
    /// A day written as text.
    WrittenDay,
    /// A number that is always of one sort.
    Number(NumberLook),
    /// The value of the row's figure.
    RowValue,
    /// A difference of such values.
    RowGap,
    /// What is wrong when it says « oui ».
    Wrong,
}

/// A column that people see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ShownColumn<'a> {
    /// Its name in the contract.
    pub name: &'a str,
    /// Its position in the table.
    pub at: usize,
    /// Position of the column that holds the name of its codes, when there is one.
    pub named_at: Option<usize>,
    /// How it is read.
    pub reading: ColumnReading,
}

/// Columns that hold the names of the codes of another: they are read with it.
const NAMES: &[(&str, &[&str])] = &[
    ("structure", &["nom"]),
    ("code", &["libelle"]),
    ("element", &["libelle"]),
    ("axe", &["axe_libelle", "intitule"]),
    ("critere", &["critere_libelle"]),
];

/// What people do not need of a table.
const LEFT_OUT: &[(&str, &[&str])] = &[
    ("Indicateurs", &["version"]),
    (CONVENTION_INDICATORS, &["statut", "valeur", "unite"]),
    (
        "Comparaison",
        &[
            "erreur_type",
            "probabilite_hausse",
            "version_1",
            "version_2",
        ],
    ),
    (
        "Observations",
        &["version", "repondant", "import", "feuille", "cellule"],
    ),
    (
        "Référentiel",
        &[
            "version",
            "poids_critere",
            "echelle",
            "poids_source",
            "poids",
            "mesure",
            "seuils",
            "empreinte",
        ],
    ),
    (
        "Actions",
        &[
            "emise_le",
            "campagne",
            "objectif",
            "type",
            "appui",
            "debut",
            "indicateur",
            "cible",
            "statut",
            "close_le",
            "raison",
            "integree",
            "document",
            "type_document",
            "page",
            "date_integration",
            "organisateur_informe",
            "causes_analysees",
            "mesure_identifiee",
            "pilote_et_date",
        ],
    ),
    ("Masquage", &["raison"]),
    ("Registre", &["responsable"]),
];

/// What people read first, before the other columns.
const FIRST: &[&str] = &["trimestre", "au", "campagne", "structure", "id", "lieu"];

/// What people read last.
const LAST: &[&str] = &["version", "fichier"];

/// The columns that people see.
pub(super) fn shown_columns(table: &Table) -> Vec<ShownColumn<'_>> {
    let position = |name: &str| table.columns.iter().position(|c| c.name == name);
    let names_of = |name: &str| {
        let known = NAMES.iter().find(|(own, _)| *own == name);
        let names = known.map_or(&[][..], |(_, names)| names);
        names.iter().find_map(|name| position(name))
    };
    let read_with: Vec<usize> = table
        .columns
        .iter()
        .filter_map(|column| names_of(&column.name))
        .collect();
    let left_out = LEFT_OUT.iter().find(|(title, _)| *title == table.title);
    let left_out = left_out.map_or(&[][..], |(_, names)| names);
    let mut shown: Vec<ShownColumn> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| !read_with.contains(at) && !left_out.contains(&&*column.name))
        .map(|(at, column)| ShownColumn {
            name: &column.name,
            at,
            named_at: names_of(&column.name),
            reading: reading(table, at),
        })
        .collect();
    shown.sort_by_key(|column| rank(column.name));
    shown
}

fn rank(name: &str) -> usize {
    let first = FIRST.iter().position(|own| *own == name);
    let last = LAST.iter().position(|own| *own == name);
    first.unwrap_or(FIRST.len() + last.map_or(0, |at| at + 1))
}

/// Columns up to the last one that says what a row is about, three at most.
pub(super) fn kept_in_sight(shown: &[ShownColumn]) -> u16 {
    let about = |column: &ShownColumn| {
        matches!(
            column.reading,
            ColumnReading::Place | ColumnReading::Coded | ColumnReading::Quarter
        ) || matches!(
            column.name,
            "id" | "lieu" | "observateur" | "traitement" | "campagne"
        )
    };
    let last = shown.iter().take(3).rposition(about).unwrap_or(0);
    last as u16 + 1
}

/// How a column is read: by its name, else by its unit.
fn reading(table: &Table, at: usize) -> ColumnReading {
    let column = &table.columns[at];
    if table.title == CONVENTION_INDICATORS {
        return by_unit(&table.title, &column.name, column.kind);
    }
    match (column.name.as_str(), column.kind) {
        ("structure" | "lieu", _) => ColumnReading::Place,
        ("types", _) => ColumnReading::Types,
        ("non_diffusable_a", _) => ColumnReading::Audiences,
        ("code" | "element" | "axe" | "critere", _) => ColumnReading::Coded,
        ("axes", _) => ColumnReading::CodeList,
        ("niveau", Kind::Text) => ColumnReading::FigureKind,
        ("source" | "sources", _) => ColumnReading::Source,
        ("statut" | "imperatif", _) => ColumnReading::Status,
        ("verdict", _) => ColumnReading::Verdict,
        ("trimestre", _) => ColumnReading::Quarter,
        ("au" | "emise_le" | "debut" | "echeance" | "close_le", Kind::Text) => {
            ColumnReading::WrittenDay
        }
        ("en_retard", Kind::Text) | ("etat", _) => ColumnReading::Wrong,
        ("valeur" | "valeur_1" | "valeur_2" | "cible", Kind::Decimal) => ColumnReading::RowValue,
        (name, kind) => by_unit(&table.title, name, kind),
    }
}

fn by_unit(table: &str, name: &str, kind: Kind) -> ColumnReading {
    let unit = workbook_words_of(table, name).map_or("", |words| words.unit);
    match (kind, unit) {
        (Kind::Text | Kind::Day, _) => ColumnReading::AsIs,
        (Kind::Whole, _) => ColumnReading::Number(NumberLook::Whole),
        (Kind::Decimal, OF_VALUE) => ColumnReading::RowGap,
        (Kind::Decimal, LEVELS) => ColumnReading::Number(NumberLook::Level),
        (Kind::Decimal, SHARE | "part de 1") => ColumnReading::Number(NumberLook::Share),
        (Kind::Decimal, COEFFICIENT) => ColumnReading::Number(NumberLook::Coefficient),
        (Kind::Decimal, GAP) => ColumnReading::Number(NumberLook::Gap),
        (Kind::Decimal, EUROS) => ColumnReading::Number(NumberLook::Euros),
        (Kind::Decimal, _) => ColumnReading::Number(NumberLook::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::comparison_columns;

    #[test]
    fn a_comparison_begins_with_where_and_hides_what_machines_need() {
        let table = Table::new("Comparaison", comparison_columns(), Vec::new());
        let shown = shown_columns(&table);
        let names: Vec<&str> = shown.iter().map(|c| c.name).collect();
        assert_eq!(names[..4], ["structure", "niveau", "code", "source"]);
        assert!(!names.contains(&"erreur_type") && names.ends_with(&["verdict", "raison"]));
        assert_eq!(kept_in_sight(&shown), 3);
    }
}
