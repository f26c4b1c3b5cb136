//! One session against the ratio, qualification and capacity rules (`docs/domain.md` §2.2 and §2.3).

use crate::vocabulary::referentiel::regulation::{AgesReading, Regulation};

/// One session against the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Line id: date, plage, site.
    pub id: String,
    /// Children under six.
    pub under6: u32,
    /// Children of six and over.
    pub over6: u32,
    /// Adults who count: animateurs, and those that take part beside them under a PEDT (R.227-20).
    pub present: u32,
    /// Of them, those that take part beside animateurs under a PEDT.
    pub speakers: u32,
    /// How the director counts.
    pub director: DirectorCount,
    /// Required, reading per age group.
    pub strict: u32,
    /// Required, reading for the group.
    pub global: u32,
    /// Qualified present; none when nobody wrote it.
    pub qualified: Option<u32>,
    /// Neither qualified nor trainee; none when nobody wrote it.
    pub unqualified: Option<u32>,
    /// How its children fit in what is authorised; none when nothing says how many may come.
    pub capacity: Option<CapacityFinding>,
}

/// Whether the director is among those who count (R.227-17, arrêté of 13/02/2007): only in an accueil
/// organised for so many minors at most, however many are there that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectorCount {
    /// Was not announced among animateurs, or counts.
    AsSaid,
    /// Announced among animateurs, and left out.
    LeftOut,
    /// Left out for the size of the accueil, though the children of that session are few enough.
    LeftOutThoughFew,
}

/// The children of a moment against what is authorised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapacityFinding {
    /// Children above the places for those under six.
    pub under6_over: u32,
    /// Children above all places, or above the most that an accueil may receive.
    pub total_over: u32,
}

impl CapacityFinding {
    /// Whether no child is above what is authorised.
    pub fn fits(self) -> bool {
        self.under6_over == 0 && self.total_over == 0
    }
}

impl Session {
    /// Animateurs required under a reading of the rule of mixed ages.
    pub fn required(&self, reading: AgesReading) -> u32 {
        match reading {
            AgesReading::Strict => self.strict,
            AgesReading::Global => self.global,
        }
    }

    /// Whether enough animateurs are there (CASF R.227-15, R.227-16).
    pub fn is_staffed(&self, reading: AgesReading) -> bool {
        self.present >= self.required(reading)
    }

    /// The same, were the director of a session with few children counted.
    pub fn is_staffed_with_director(&self, reading: AgesReading) -> bool {
        let more = u32::from(self.director == DirectorCount::LeftOutThoughFew);
        self.present + more >= self.required(reading)
    }

    /// Whether the director was left out of those who count.
    pub fn is_director_out(&self) -> bool {
        self.director != DirectorCount::AsSaid
    }

    /// Whether their qualifications fit (CASF R.227-12); none when they are not all written: an empty cell is
    /// no zero. A session that needs nobody needs no qualification.
    pub fn is_qualified(&self, reading: AgesReading, regulation: &Regulation) -> Option<bool> {
        let required = self.required(reading);
        let enough = self
            .qualified
            .map(|n| n >= regulation.qualified_min(required));
        let few = (self.unqualified).map(|n| n <= regulation.unqualified_max(required));
        match (enough, few) {
            // One part that fails is enough to say so.
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }

    /// Its id as a person would say it: « 2026-05-12 soir ».
    pub fn name(&self) -> &str {
        self.id.trim_start_matches("seance ")
    }
}
