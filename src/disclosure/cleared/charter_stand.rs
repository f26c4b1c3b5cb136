//! Where a critère of the Plan mercredi stands at an accueil, as far as its reader is told.

use super::cleared_figure::ClearedFigure;
use super::cleared_organiser::ClearedOrganiser;
use super::cleared_site::ClearedSite;
use super::mask::Shown;
use crate::figures::FigureStatus;
use crate::vocabulary::referentiel::{CharterAxe, Referentiel, StructureType};

/// Where a critère stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharterStand {
    /// At its target, or met.
    Reached,
    /// Under it, or not met.
    Short,
    /// No level is told.
    Unknown,
    /// Of no concern to this type of accueil.
    Aside,
}

impl CharterStand {
    /// By the level that is shown.
    pub(crate) fn of_figure(figure: &ClearedFigure) -> Self {
        match figure.value.as_ref().and_then(Shown::value) {
            None => Self::Unknown,
            Some(value) if value >= figure.target - 1e-9 => Self::Reached,
            Some(_) => Self::Short,
        }
    }

    /// Of a critère by its position, at an accueil of this type.
    pub(crate) fn at(
        position: usize,
        site: &ClearedSite,
        organiser: &[ClearedOrganiser],
        (r, kind): (&Referentiel, StructureType),
    ) -> Self {
        let critere = &r.criteres[position];
        if critere.organiser {
            let found = organiser.iter().find(|o| o.figure.code == critere.code);
            return found.map_or(Self::Unknown, |o| Self::of_figure(&o.figure));
        }
        if !r.applies(position, kind) {
            return Self::Aside;
        }
        if critere.imperatif {
            let found = site.imperatifs.iter().find(|i| i.code == critere.code);
            return match found.map(|i| i.status) {
                Some(Shown::Value(FigureStatus::Atteint)) => Self::Reached,
                Some(Shown::Value(FigureStatus::NonAtteint)) => Self::Short,
                _ => Self::Unknown,
            };
        }
        let found = site.criteres.iter().find(|f| f.code == critere.code);
        found.map_or(Self::Unknown, Self::of_figure)
    }
}

/// Critères of an axe at their target, and those of which it is known where they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CharterCount {
    pub(crate) reached: usize,
    pub(crate) known: usize,
}

impl CharterCount {
    /// Over the stands of several critères, or of several accueils.
    pub(crate) fn of(stands: impl Iterator<Item = CharterStand>) -> Self {
        let mut count = Self::default();
        for stand in stands {
            count.reached += usize::from(stand == CharterStand::Reached);
            count.known +=
                usize::from(matches!(stand, CharterStand::Reached | CharterStand::Short));
        }
        count
    }

    /// Of an axe at an accueil.
    pub(crate) fn of_axe(
        axe: &CharterAxe,
        site: &ClearedSite,
        organiser: &[ClearedOrganiser],
        of: (&Referentiel, StructureType),
    ) -> Self {
        let criteres = axe.criteres.iter();
        Self::of(criteres.map(|c| CharterStand::at(*c, site, organiser, of)))
    }
}
