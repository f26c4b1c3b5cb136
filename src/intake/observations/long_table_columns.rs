//! Columns of the long table, in the order of the contract; `modalite` and `unite` are the
//! store's own and are left out of exports, `micro` is exported as the decimal `niveau`.

use polars::prelude::DataType;

use crate::base::table::TableColumn;

/// A column of the long table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "named after the columns that `docs/contract.md` describes"
)]
pub enum ObservationColumn {
    Campagne,
    Structure,
    Source,
    Version,
    Visite,
    Observateur,
    Repondant,
    Date,
    Element,
    Statut,
    Micro,
    Modalite,
    ValeurBrute,
    Commentaire,
    Import,
    Fichier,
    Feuille,
    Cellule,
    Unite,
}

use ObservationColumn as C;

impl TableColumn for ObservationColumn {
    const ALL: &'static [Self] = &[
        C::Campagne,
        C::Structure,
        C::Source,
        C::Version,
        C::Visite,
        C::Observateur,
        C::Repondant,
        C::Date,
        C::Element,
        C::Statut,
        C::Micro,
        C::Modalite,
        C::ValeurBrute,
        C::Commentaire,
        C::Import,
        C::Fichier,
        C::Feuille,
        C::Cellule,
        C::Unite,
    ];

    fn name(self) -> &'static str {
        match self {
            C::Campagne => "campagne",
            C::Structure => "structure",
            C::Source => "source",
            C::Version => "version",
            C::Visite => "visite",
            C::Observateur => "observateur",
            C::Repondant => "repondant",
            C::Date => "date",
            C::Element => "element",
            C::Statut => "statut",
            C::Micro => "micro",
            C::Modalite => "modalite",
            C::ValeurBrute => "valeur_brute",
            C::Commentaire => "commentaire",
            C::Import => "import",
            C::Fichier => "fichier",
            C::Feuille => "feuille",
            C::Cellule => "cellule",
            C::Unite => "unite",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            C::Micro | C::Modalite => DataType::Int64,
            _ => DataType::String,
        }
    }
}
