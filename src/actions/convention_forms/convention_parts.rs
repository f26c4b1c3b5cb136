//! The parts of `ctg/convention.toml` that people change: their tables, what people call them, what tells their blocks apart.

/// A part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ConventionPart {
    /// `[convention]`.
    Head,
    /// `[[avenants]]`.
    Amendments,
    /// `[[echeances]]`.
    Deadlines,
    /// `[[axes]]`.
    Axes,
    /// `[[fiches]]`.
    Fiches,
    /// `[[experimentations]]`.
    Experiments,
    /// `[[indicateurs]]`.
    Indicators,
}

impl ConventionPart {
    /// In the order in which the file has them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Head,
        Self::Amendments,
        Self::Deadlines,
        Self::Axes,
        Self::Fiches,
        Self::Experiments,
        Self::Indicators,
    ];

    /// Its table in the file.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Head => "convention",
            Self::Amendments => "avenants",
            Self::Deadlines => "echeances",
            Self::Axes => "axes",
            Self::Fiches => "fiches",
            Self::Experiments => "experimentations",
            Self::Indicators => "indicateurs",
        }
    }

    /// Its blocks, together.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Head => "La convention",
            Self::Amendments => "Avenants",
            Self::Deadlines => "Échéances",
            Self::Axes => "Axes",
            Self::Fiches => "Fiches",
            Self::Experiments => "Expérimentations",
            Self::Indicators => "Indicateurs",
        }
    }

    /// One of its blocks: « une fiche ».
    pub(crate) fn one(self) -> &'static str {
        match self {
            Self::Head => "la convention",
            Self::Amendments => "un avenant",
            Self::Deadlines => "une échéance",
            Self::Axes => "un axe",
            Self::Fiches => "une fiche",
            Self::Experiments => "une expérimentation",
            Self::Indicators => "un indicateur",
        }
    }

    /// The word for one of its blocks.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Head => "La convention",
            Self::Amendments => "Avenant",
            Self::Deadlines => "Échéance",
            Self::Axes => "Axe",
            Self::Fiches => "Fiche",
            Self::Experiments => "Expérimentation",
            Self::Indicators => "Indicateur",
        }
    }

    /// One of its blocks, by its name: « Fiche F4 ».
    pub(crate) fn called(self, name: &str) -> String {
        match self {
            Self::Head => self.noun().to_owned(),
            Self::Amendments => format!("Avenant n°\u{a0}{name}"),
            Self::Deadlines => format!("Échéance\u{a0}: {name}"),
            _ => format!("{} {name}", self.noun()),
        }
    }

    /// Keys whose values tell a block from the others.
    pub(super) fn identity(self) -> &'static [&'static str] {
        match self {
            Self::Head => &[],
            Self::Amendments => &["numero"],
            Self::Deadlines => &["type", "date"],
            Self::Axes | Self::Fiches | Self::Experiments | Self::Indicators => &["code"],
        }
    }

    /// The part that a key names.
    pub(crate) fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }
}
