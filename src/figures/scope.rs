//! What a campaign is computed with: who takes part, by which vocabulary and law, with which plans.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::follow_up::FollowUp;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// What a campaign is computed with.
pub struct Scope<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Structures active in it, by code.
    pub structures: Vec<&'a Structure>,
    /// Regulatory parameters.
    pub regulation: &'a Regulation,
    /// Structure code → what its improvement plan had become by the end of the campaign.
    pub follow_ups: BTreeMap<String, FollowUp>,
    /// Structures known by aggregates that may leave: some of their answers may have stayed.
    pub released: BTreeSet<String>,
}

impl Scope<'_> {
    /// Structure code → its type.
    pub(crate) fn kinds(&self) -> HashMap<&str, StructureType> {
        let kinds = self.structures.iter().map(|s| (s.code.as_str(), s.kind));
        kinds.collect()
    }

    /// Whether the campaign asks anything of a source at a structure: its type, the référentiel and what the
    /// campaign leaves out decide.
    pub fn asks(&self, structure: &Structure, source: SourceCode) -> bool {
        let (campaign, r) = (self.campaign, self.referentiel);
        let mut instrument = r.instrument(source, structure.kind);
        campaign.expects_source(source)
            && instrument.any(|(_, e)| campaign.expects_critere(&r.criteres[e.critere].code))
    }
}
