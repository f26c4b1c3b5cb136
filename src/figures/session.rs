//! One session against the ratio and qualification rules (`docs/domain.md` §2.2 and §2.3).

use crate::vocabulary::referentiel::regulation::{MixedAges, Regulation};

/// One session against the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Line id: date, plage, site.
    pub id: String,
    /// Children under six.
    pub under6: u32,
    /// Children of six and over.
    pub over6: u32,
    /// Animateurs who count.
    pub present: u32,
    /// Whether the director was left out of them.
    pub director_out: bool,
    /// Required, reading per age group.
    pub strict: u32,
    /// Required, reading for the group.
    pub global: u32,
    /// Qualified present.
    pub qualified: u32,
    /// Neither qualified nor trainee.
    pub unqualified: u32,
}

impl Session {
    /// Animateurs required under a reading of the rule of mixed ages.
    pub fn required(&self, reading: MixedAges) -> u32 {
        match reading {
            MixedAges::Strict => self.strict,
            MixedAges::Global => self.global,
        }
    }

    /// Whether enough animateurs are there (CASF R.227-15, R.227-16).
    pub fn is_staffed(&self, reading: MixedAges) -> bool {
        self.present >= self.required(reading)
    }

    /// Whether their qualifications fit (CASF R.227-12).
    pub fn is_qualified(&self, reading: MixedAges, regulation: &Regulation) -> bool {
        let required = self.required(reading);
        self.qualified >= regulation.qualified_min(required)
            && self.unqualified <= regulation.unqualified_max(required)
    }

    /// Its id as a person would say it: « 2026-05-12 soir ».
    pub fn name(&self) -> &str {
        self.id.trim_start_matches("seance ")
    }
}
