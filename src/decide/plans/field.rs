//! The fields of an action (`docs/domain.md` §10): the name each is kept under, the heading of
//! its column, what it may hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::action_words::{DocumentKind, Status, Urgency, Word, YesNo};
use crate::vocabulary::referentiel::ActionKind;

/// What an action is made of, as it is kept: field → text. Dates are ISO, words are their labels,
/// numbers have a dot, critères are separated by « , »; what is empty is absent.
pub type ActionRecord = BTreeMap<ActionField, String>;

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Free text.
    Text,
    /// A day.
    Date,
    /// An amount in euros.
    Euros,
    /// Codes of critères.
    Criteres,
    /// A structure of the registry.
    Structure,
    /// A campaign of the settings.
    Campagne,
    /// A word of a closed list.
    Word,
}

macro_rules! fields {
    ($($variant:ident $key:literal $heading:literal $holds:ident;)*) => {
        /// A field of an action.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum ActionField {
            $(#[doc = $heading] #[serde(rename = $key)] $variant,)*
        }

        impl ActionField {
            /// Every field, in the order of the domain.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Name in the journal, in `--json` and in CSV.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// Heading of its column.
            pub fn heading(self) -> &'static str {
                match self { $(Self::$variant => $heading,)* }
            }

            /// What it may hold.
            pub fn holds(self) -> Holds {
                match self { $(Self::$variant => Holds::$holds,)* }
            }
        }
    };
}

fields! {
    Structure "structure" "Structure" Structure;
    Campagne "campagne" "Campagne" Campagne;
    Criteres "criteres" "Critères" Criteres;
    Priorite "priorite" "Priorité" Word;
    Constat "constat" "Constat" Text;
    Objectif "objectif" "Objectif" Text;
    Action "action" "Action" Text;
    Type "type" "Type" Word;
    Responsable "responsable" "Responsable (fonction)" Text;
    Appui "appui" "Appui" Text;
    Cout "cout" "Coût (€)" Euros;
    Debut "debut" "Début" Date;
    Echeance "echeance" "Échéance" Date;
    Indicateur "indicateur" "Indicateur" Text;
    Cible "cible" "Cible" Text;
    Statut "statut" "Statut" Word;
    Close "close_le" "Réalisée ou abandonnée le" Date;
    Raison "raison" "Raison de l’abandon" Text;
    Integree "integree" "Recommandation intégrée" Word;
    Document "document" "Document" Text;
    TypeDocument "type_document" "Type du document" Word;
    Page "page" "Page" Text;
    DateIntegration "date_integration" "Intégrée le" Date;
    Organisateur "organisateur_informe" "Organisateur informé" Word;
    Causes "causes_analysees" "Causes analysées" Word;
    Mesure "mesure_identifiee" "Mesure identifiée" Word;
    Pilote "pilote_et_date" "Pilote et date fixés" Word;
}

impl ActionField {
    /// The words of its list; empty when it holds something else.
    pub fn words(self) -> Vec<&'static str> {
        match self {
            Self::Priorite => Urgency::labels(),
            Self::Type => ActionKind::labels(),
            Self::Statut => Status::labels(),
            Self::TypeDocument => DocumentKind::labels(),
            field if field.holds() == Holds::Word => YesNo::labels(),
            _ => Vec::new(),
        }
    }

    /// The label of its list that a cell means.
    pub(super) fn word(self, text: &str) -> Option<&'static str> {
        match self {
            Self::Priorite => Urgency::read(text).map(Word::label),
            Self::Type => ActionKind::read(text).map(Word::label),
            Self::Statut => Status::read(text).map(Word::label),
            Self::TypeDocument => DocumentKind::read(text).map(Word::label),
            _ => YesNo::read(text).map(Word::label),
        }
    }

    /// Whether it says what an action is about for good: it never changes once the action exists.
    pub fn is_identity(self) -> bool {
        matches!(self, Self::Structure | Self::Campagne)
    }
}
