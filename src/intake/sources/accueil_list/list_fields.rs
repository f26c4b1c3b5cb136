//! What a column of a list of accueils may be.

use std::str::FromStr;

use crate::base::text::fold;

/// What a column may be. The names are those of the registry’s columns, two of them apart.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::IntoStaticStr,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum ListField {
    Code,
    Nom,
    Type,
    Secteur,
    Commune,
    Insee,
    Pedt,
    #[strum(serialize = "capacite_moins6")]
    CapaciteMoins6,
    #[strum(serialize = "capacite_6plus")]
    Capacite6Plus,
    /// Places of all ages together; the registry holds them by age.
    Capacite,
    /// Ages received: they say which of the two places are meant.
    Ages,
    JoursAn,
    Latitude,
    Longitude,
    Ouverture,
    Fermeture,
    Alias,
    Horaires,
    Tarifs,
    Partenaires,
}

impl ListField {
    /// Its name.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether the registry has such a column.
    pub(crate) fn is_of_registry(self) -> bool {
        !matches!(self, Self::Capacite | Self::Ages)
    }

    /// The field that a person named.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::from_str(&fold(name).replace(' ', "_")).ok()
    }
}
