//! What people typed in the registers, read by others: whole, or not at all. Whoever types an action writes for
//! colleagues; what a committee, the Caf or everybody reads goes through the one screen of what people wrote, and what
//! tells of a serious finding goes to nobody.

use std::collections::BTreeSet;

use super::ctg_audience::CtgAudience;
use crate::base::text::fold;
use crate::convention::{
    ActionsColumn, DecisionsColumn, ParolesColumn, Register, Registers, TempsColumn,
};
use crate::privacy::{Motif, Quotation, QuoteScreen};
use crate::vocabulary::config::Registry;
use crate::vocabulary::referentiel::Referentiel;

/// What stands in the place of an action or a decision whose words are not shown.
pub(super) const WITHHELD: &str = "intitulé non diffusé";

/// Words that tell of a serious finding wherever they stand.
const SERIOUS: [&str; 3] = ["accident", "accidents", "maltraitance"];

/// Judge of what was typed.
pub(crate) struct TypedTexts {
    screen: QuoteScreen,
    /// Codes of critères whose findings leave the tool, folded.
    serious: BTreeSet<String>,
    /// Codes and names of accueils, folded, word by word.
    sites: Vec<Vec<String>>,
}

impl TypedTexts {
    /// A judge that knows places and the référentiel, and has learnt the words of these registers.
    pub(super) fn new(
        referentiel: &Referentiel,
        registry: &Registry,
        registers: &Registers,
    ) -> Self {
        let places = registry.all().iter();
        let places = places.flat_map(|s| [s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]);
        let actions = registers.rows(Register::Actions).iter();
        let actions = actions.flat_map(|r| {
            [
                r.text(ActionsColumn::Action),
                r.text(ActionsColumn::Objectif),
            ]
        });
        let decisions = registers.rows(Register::Decisions).iter();
        let decisions = decisions.map(|r| r.text(DecisionsColumn::Texte));
        let meetings = registers.rows(Register::Temps).iter();
        let meetings = meetings.map(|r| r.text(TempsColumn::Intitule));
        let said = registers.rows(Register::Paroles).iter();
        let said = said.map(|r| r.text(ParolesColumn::Propos));
        let corpus = actions.chain(decisions).chain(meetings).chain(said);
        let serious = referentiel.criteres.iter().filter(|c| c.hors_observatoire);
        let all = registry.all().iter();
        let sites = all.flat_map(|s| [words(&s.code), words(&s.nom)]);
        Self {
            screen: QuoteScreen::new(referentiel, places, corpus),
            serious: serious.map(|c| fold(&c.code)).collect(),
            sites: sites.filter(|w| !w.is_empty()).collect(),
        }
    }

    /// A text as an audience may read it, nothing when it may not. Empty stays empty.
    pub(super) fn read(&self, text: &str, audience: CtgAudience) -> Option<String> {
        let text = text.trim();
        if text.is_empty() {
            return Some(String::new());
        }
        if self.is_serious(text) {
            return None;
        }
        if audience.reads_all() {
            return Some(text.to_owned());
        }
        if !audience.reads_follow_up() && self.names_site(text) {
            return None;
        }
        let quoted = self.screen.quote_plan(text)?;
        Some(quoted.as_str().to_owned())
    }

    /// The same for what a group set itself to do, or called a meeting: « diagnostic », « santé » are words of its trade.
    /// A name, a contact or an accusation stops it.
    pub(super) fn title(&self, text: &str, audience: CtgAudience) -> Option<String> {
        let text = text.trim();
        if self.is_serious(text) {
            return None;
        }
        if audience.reads_all() || text.is_empty() {
            return Some(text.to_owned());
        }
        let is_local = !audience.reads_follow_up() && self.names_site(text);
        if is_local || self.screen.motifs(text).has(Motif::Allegation) {
            return None;
        }
        let quoted = self.screen.quote_title(text)?;
        Some(quoted.as_str().to_owned())
    }

    /// Words of someone, whoever reads.
    pub(super) fn quote(&self, text: &str) -> Option<Quotation> {
        if self.is_serious(text) {
            return None;
        }
        self.screen.quote(text)
    }

    fn is_serious(&self, text: &str) -> bool {
        let folded = text
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .map(fold);
        let mut words = folded.filter(|w| !w.is_empty());
        words.any(|w| self.serious.contains(&w) || SERIOUS.contains(&w.as_str()))
            || self.screen.motifs(text).has(Motif::Violence)
    }

    fn names_site(&self, text: &str) -> bool {
        let text = words(text);
        let mut sites = self.sites.iter();
        sites.any(|site| text.windows(site.len()).any(|w| w == site.as_slice()))
    }
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).map(fold);
    parts.filter(|w| !w.is_empty()).collect()
}
