//! Columns of the tables that the partials of an import are kept in (`docs/formats.md`): whole
//! numbers only; positions are those of the import's `unites` and of the référentiel of the fold.

use polars::prelude::DataType;

use crate::base::table::TableColumn;

/// An enum of columns, each with its name and type.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($column:ident: $text:literal $dtype:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name {
            $(#[doc = $text] $column,)*
        }

        impl TableColumn for $name {
            const ALL: &'static [Self] = &[$(Self::$column,)*];

            fn name(self) -> &'static str {
                match self { $(Self::$column => $text,)* }
            }

            fn dtype(self) -> DataType {
                match self { $(Self::$column => DataType::$dtype,)* }
            }
        }
    };
}

columns! {
    /// `elements.parquet`: the tally of each (unit, élément).
    ElementColumn {
        Unite: "unite" UInt32,
        Element: "element" UInt32,
        Somme: "somme" Int64,
        Carres: "carres" Int64,
        Niveaux: "niveaux" UInt32,
        Notes: "notes" UInt32,
        Nc: "nc" UInt32,
        Nsp: "nsp" UInt32,
        Lignes: "lignes" UInt32,
    }
}

columns! {
    /// `modalites.parquet`: scored answers per (unit, élément, modality).
    ModalityColumn {
        Unite: "unite" UInt32,
        Element: "element" UInt32,
        Modalite: "modalite" UInt32,
        Notes: "notes" UInt32,
    }
}

columns! {
    /// `criteres.parquet`: respondents with a scored answer per (unit, critère, types of structure that
    /// the answer applies to, one bit per type).
    CritereColumn {
        Unite: "unite" UInt32,
        Critere: "critere" UInt32,
        Types: "types" UInt32,
        Repondants: "repondants" UInt32,
    }
}

columns! {
    /// `repondants.parquet`: respondents with any answer per unit.
    UnitRespondentColumn {
        Unite: "unite" UInt32,
        Repondants: "repondants" UInt32,
    }
}

columns! {
    /// `grilles.parquet`: the days of each unit without respondents.
    GridColumn {
        Unite: "unite" UInt32,
        Jour: "jour" Int32,
    }
}

columns! {
    /// `familles.parquet`: families per (unit, critère, what they gave it, what they gave to the rest).
    FamilyColumn {
        Unite: "unite" UInt32,
        Critere: "critere" UInt32,
        Somme: "somme" Int64,
        Niveaux: "niveaux" UInt32,
        SommeReste: "somme_reste" Int64,
        NiveauxReste: "niveaux_reste" UInt32,
        Familles: "familles" UInt32,
    }
}

columns! {
    /// `masques.parquet`: (unit, élément) that too few people answered, once purged. `moyenne` is shared
    /// with others of the critère; `ecarts` and `libertes` are those of all the cells of the élément.
    MaskedColumn {
        Unite: "unite" UInt32,
        Element: "element" UInt32,
        Moyenne: "moyenne" Float64,
        Ecarts: "ecarts" Float64,
        Libertes: "libertes" UInt32,
    }
}

columns! {
    /// `unites.parquet` of a shared folder: what answers of a unit share.
    SharedUnitColumn {
        Unite: "unite" UInt32,
        Structure: "structure" String,
        Source: "source" String,
        Visite: "visite" String,
        Observateur: "observateur" String,
        Consensus: "consensus" Boolean,
    }
}

columns! {
    /// `mesures.parquet` of a shared folder: activity data, cell by cell.
    SharedMeasureColumn {
        Structure: "structure" String,
        Fiche: "fiche" String,
        Jour: "jour" String,
        Mesure: "mesure" String,
        Valeur: "valeur" String,
    }
}
