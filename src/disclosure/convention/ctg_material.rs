//! From what the convention is cleared.

use super::typed_texts::TypedTexts;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::convention::{Convention, Registers};
use crate::vocabulary::config::{Observatory, Thresholds};
use crate::vocabulary::{Audience, referentiel};

/// The convention, its registers as known on a day, and what texts are judged by.
pub(crate) struct CtgMaterial<'a> {
    /// What was signed.
    pub convention: &'a Convention,
    /// What people typed, as known that day.
    pub registers: &'a Registers,
    /// Day of the state.
    pub day: Day,
    /// From how many of its members a team is told of them, to elected people.
    pub(super) thresholds: &'a Thresholds,
    /// Judge of what was typed.
    pub(super) texts: TypedTexts,
}

impl<'a> CtgMaterial<'a> {
    /// What is cleared. Nothing in it depends on what was typed after the day of the registers.
    ///
    /// # Errors
    ///
    /// A référentiel that cannot be read, where no campaign has one.
    pub(crate) fn new(
        observatory: &'a Observatory,
        convention: &'a Convention,
        registers: &'a Registers,
        day: Day,
    ) -> Result<Self> {
        let last = observatory.settings.campaigns.last();
        let texts = if let Some(campaign) = last {
            let referentiel = observatory.referentiel(campaign);
            TypedTexts::new(referentiel, &observatory.registry, registers)
        } else {
            let shipped = referentiel::parse("référentiel", referentiel::embedded())?;
            TypedTexts::new(&shipped, &observatory.registry, registers)
        };
        Ok(Self {
            convention,
            registers,
            day,
            thresholds: &observatory.settings.audiences[Audience::Elus],
            texts,
        })
    }
}
