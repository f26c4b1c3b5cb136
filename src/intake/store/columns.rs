//! Columns of the tables of the store, format 2 (`docs/formats.md`): typed from the cell on, integers
//! wherever a figure is made from them, text only for what people read.

use polars::prelude::DataType;

use crate::base::table::TableColumn;
pub(crate) use crate::intake::observations::{Statut, WordKind};

/// `reponses.parquet`. One answer to one élément, questionnaires and grids alike; DON and words have their own tables. Rows are sorted by unit, then respondent, so that a fold goes through each unit once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerColumn {
    /// Position in `unites`.
    Unite,
    /// Rank of the respondent within the unit; null for grids.
    Repondant,
    /// Days since 1970-01-01; null when unknown.
    Jour,
    /// Position in the référentiel that the import was read with.
    Element,
    /// [`Statut`] by its rank.
    Statut,
    /// Level in micro-levels; null without one.
    Micro,
    /// Position in the scale, polarity applied (0 the least favourable); null without one.
    Modalite,
    /// Content of the cell.
    Valeur,
    /// Sheet, empty for a CSV.
    Feuille,
    /// Row of the cell, from 0.
    Ligne,
    /// Column of the cell, from 0.
    Colonne,
}

impl TableColumn for AnswerColumn {
    const ALL: &'static [Self] = &[
        Self::Unite,
        Self::Repondant,
        Self::Jour,
        Self::Element,
        Self::Statut,
        Self::Micro,
        Self::Modalite,
        Self::Valeur,
        Self::Feuille,
        Self::Ligne,
        Self::Colonne,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Unite => "unite",
            Self::Repondant => "repondant",
            Self::Jour => "jour",
            Self::Element => "element",
            Self::Statut => "statut",
            Self::Micro => "micro",
            Self::Modalite => "modalite",
            Self::Valeur => "valeur",
            Self::Feuille => "feuille",
            Self::Ligne => "ligne",
            Self::Colonne => "colonne",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            Self::Unite
            | Self::Repondant
            | Self::Element
            | Self::Statut
            | Self::Modalite
            | Self::Ligne
            | Self::Colonne => DataType::UInt32,
            Self::Jour | Self::Micro => DataType::Int32,
            Self::Valeur | Self::Feuille => DataType::String,
        }
    }
}

/// `mesures.parquet`. One measure of activity data (DON): a cell of `seances`, `equipe` or `denominateurs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeasureColumn {
    /// Position in `unites`.
    Unite,
    /// [`MeasureKind`] by its rank.
    Nature,
    /// Identity of the line within the structure.
    Fiche,
    /// Days since 1970-01-01; null when unknown.
    Jour,
    /// Code of the measure.
    Mesure,
    /// Content of the cell.
    Valeur,
    /// Sheet, empty for a CSV.
    Feuille,
    /// Row of the cell, from 0.
    Ligne,
    /// Column of the cell, from 0.
    Colonne,
}

impl TableColumn for MeasureColumn {
    const ALL: &'static [Self] = &[
        Self::Unite,
        Self::Nature,
        Self::Fiche,
        Self::Jour,
        Self::Mesure,
        Self::Valeur,
        Self::Feuille,
        Self::Ligne,
        Self::Colonne,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Unite => "unite",
            Self::Nature => "nature",
            Self::Fiche => "fiche",
            Self::Jour => "jour",
            Self::Mesure => "mesure",
            Self::Valeur => "valeur",
            Self::Feuille => "feuille",
            Self::Ligne => "ligne",
            Self::Colonne => "colonne",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            Self::Unite | Self::Nature | Self::Ligne | Self::Colonne => DataType::UInt32,
            Self::Fiche | Self::Mesure | Self::Valeur | Self::Feuille => DataType::String,
            Self::Jour => DataType::Int32,
        }
    }
}

/// `propos.parquet`. What people wrote: comments beside answers, open answers, interviews, remarks, practices, consents, and answers to questions outside the référentiel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordColumn {
    /// Position in `unites`.
    Unite,
    /// Rank of the respondent within the unit; null for grids and notes.
    Repondant,
    /// Row of `reponses` that a comment goes with (of `mesures` in a unit of activity data); null for
    /// the rest.
    Reponse,
    /// [`WordKind`] by its rank.
    Nature,
    /// Identity of the note within the structure, empty for the rest.
    Fiche,
    /// Days since 1970-01-01; null when unknown.
    Jour,
    /// Field of a note (`qui`, `critere`, `themes`, `propos`, `remarque`), the code that a practice is
    /// about, or the question outside the référentiel that was answered.
    Champ,
    /// What was written.
    Texte,
    /// Sheet, empty for a CSV.
    Feuille,
    /// Row of the cell, from 0.
    Ligne,
    /// Column of the cell, from 0.
    Colonne,
}

impl TableColumn for WordColumn {
    const ALL: &'static [Self] = &[
        Self::Unite,
        Self::Repondant,
        Self::Reponse,
        Self::Nature,
        Self::Fiche,
        Self::Jour,
        Self::Champ,
        Self::Texte,
        Self::Feuille,
        Self::Ligne,
        Self::Colonne,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Unite => "unite",
            Self::Repondant => "repondant",
            Self::Reponse => "reponse",
            Self::Nature => "nature",
            Self::Fiche => "fiche",
            Self::Jour => "jour",
            Self::Champ => "champ",
            Self::Texte => "texte",
            Self::Feuille => "feuille",
            Self::Ligne => "ligne",
            Self::Colonne => "colonne",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            Self::Unite
            | Self::Repondant
            | Self::Reponse
            | Self::Nature
            | Self::Ligne
            | Self::Colonne => DataType::UInt32,
            Self::Fiche | Self::Champ | Self::Texte | Self::Feuille => DataType::String,
            Self::Jour => DataType::Int32,
        }
    }
}

/// `unites.parquet`. What a later import replaces as a whole: a grid, a questionnaire of a structure, a day of sessions, a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitColumn {
    /// Its position.
    Unite,
    /// Campaign id.
    Campagne,
    /// Structure code.
    Structure,
    /// Three letters of the source.
    Source,
    /// Visit as written (grids), empty for the rest.
    Visite,
    /// Observer’s code (OBS), empty for the rest and for a consensus.
    Observateur,
    /// Whether the rating is the one that observers agreed on.
    Consensus,
    /// Position of the file in the manifest of the import.
    Fichier,
    /// Its key: what a later import compares.
    Cle,
    /// Rows of `reponses` that it holds: they follow those of the units before.
    Reponses,
}

impl TableColumn for UnitColumn {
    const ALL: &'static [Self] = &[
        Self::Unite,
        Self::Campagne,
        Self::Structure,
        Self::Source,
        Self::Visite,
        Self::Observateur,
        Self::Consensus,
        Self::Fichier,
        Self::Cle,
        Self::Reponses,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Unite => "unite",
            Self::Campagne => "campagne",
            Self::Structure => "structure",
            Self::Source => "source",
            Self::Visite => "visite",
            Self::Observateur => "observateur",
            Self::Consensus => "consensus",
            Self::Fichier => "fichier",
            Self::Cle => "cle",
            Self::Reponses => "reponses",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            Self::Unite | Self::Fichier | Self::Reponses => DataType::UInt32,
            Self::Campagne
            | Self::Structure
            | Self::Source
            | Self::Visite
            | Self::Observateur
            | Self::Cle => DataType::String,
            Self::Consensus => DataType::Boolean,
        }
    }
}

/// `repondants.parquet`. Who answered, behind a keyed hash: dropped by `purger`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RespondentColumn {
    /// Position in `unites`.
    Unite,
    /// Rank within the unit.
    Repondant,
    /// Keyed hash of the tool’s response id.
    Empreinte,
    /// Visit as written, nearly always empty: a questionnaire asks for none.
    Visite,
}

impl TableColumn for RespondentColumn {
    const ALL: &'static [Self] = &[Self::Unite, Self::Repondant, Self::Empreinte, Self::Visite];

    fn name(self) -> &'static str {
        match self {
            Self::Unite => "unite",
            Self::Repondant => "repondant",
            Self::Empreinte => "empreinte",
            Self::Visite => "visite",
        }
    }

    fn dtype(self) -> DataType {
        match self {
            Self::Unite | Self::Repondant => DataType::UInt32,
            Self::Empreinte | Self::Visite => DataType::String,
        }
    }
}
