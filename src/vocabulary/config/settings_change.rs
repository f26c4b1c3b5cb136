//! A change to the settings: which key, where, and what it says.

/// Where a key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SettingsPlace {
    /// Before any table: `conservation_mois`.
    Top,
    /// In `[territoire]`; two words for `[publics.elus]`. The table is made when it lacks.
    Table(Vec<String>),
    /// In an entry of `[[campagnes]]`, known by the value of a key: `id = "C2"`.
    Entry {
        /// `campagnes`.
        table: String,
        /// `id`.
        key: String,
        /// `C2`.
        is: String,
    },
}

/// What a key says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SettingsValue {
    /// Text, a day (`2026-11-02`), a code.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Decimal(f64),
    /// A list of words.
    Words(Vec<String>),
    /// A list of entries, one a line.
    Lines(Vec<SettingsLine>),
}

/// An entry within a list: its keys, in order.
pub(crate) type SettingsLine = Vec<(&'static str, SettingsValue)>;

/// A change to the settings.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SettingsChange {
    /// A key says this.
    Set {
        /// Where it stands.
        place: SettingsPlace,
        /// Its name.
        key: String,
        /// What it says.
        value: SettingsValue,
    },
    /// A key says nothing any more: the default holds. Nothing happens when it is not there.
    Remove {
        /// Where it stands.
        place: SettingsPlace,
        /// Its name.
        key: String,
    },
    /// An entry is added under those of its table.
    Add {
        /// `campagnes`.
        table: String,
        /// Its keys, in order.
        keys: Vec<(String, SettingsValue)>,
    },
    /// An entry is taken away, with the comment above it.
    Drop {
        /// `campagnes`.
        table: String,
        /// `id`.
        key: String,
        /// `C2`.
        is: String,
    },
}

impl SettingsPlace {
    /// The campaign of an id.
    pub(crate) fn campaign(id: &str) -> Self {
        Self::Entry {
            table: "campagnes".to_owned(),
            key: "id".to_owned(),
            is: id.to_owned(),
        }
    }
}
