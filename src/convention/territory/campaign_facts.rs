//! What the observatory knows of a campaign that measures of the territory need (T04–T09): given by who reads the store.

/// What is known at a campaign.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CampaignFacts {
    /// Its id.
    pub campaign: String,
    /// The campaign before, that T08 and T09 set it beside; empty for the first.
    pub before: String,
    /// What accueils declare, by code.
    pub sites: Vec<SiteFacts>,
    /// Levels of axes at both campaigns, for accueils that have both.
    pub axes: Vec<AxePanel>,
    /// What families answered.
    pub families: FamilyFacts,
}

/// What an accueil declares; none where it does not say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SiteFacts {
    /// Its code.
    pub structure: String,
    /// Hours × places that were open.
    pub capacity_hours: Option<f64>,
    /// Different children.
    pub children: Option<f64>,
    /// Requests.
    pub asked: Option<f64>,
    /// Requests refused for want of a place.
    pub refused: Option<f64>,
    /// Children with an AEEH.
    pub aeeh_children: Option<f64>,
    /// Their hours.
    pub aeeh_hours: Option<f64>,
    /// Whether so few children with an AEEH that their number was not kept.
    pub aeeh_masked: bool,
}

/// An axe at two campaigns.
#[derive(Debug, Clone, PartialEq)]
pub struct AxePanel {
    /// Its code.
    pub code: String,
    /// Its label.
    pub label: String,
    /// What an accueil should reach, 1..4.
    pub target: f64,
    /// Accueils that have a level at both, on what both campaigns asked.
    pub sites: Vec<PairedSite>,
}

impl AxePanel {
    /// Accueils at target before, and now.
    pub fn at_target(&self) -> (usize, usize) {
        let reach = |level: f64| level >= self.target - 1e-9;
        let before = self.sites.iter().filter(|s| reach(s.before)).count();
        (before, self.sites.iter().filter(|s| reach(s.now)).count())
    }
}

/// An accueil at two campaigns.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedSite {
    /// Its code.
    pub structure: String,
    /// Level before.
    pub before: f64,
    /// Level now.
    pub now: f64,
}

/// What families answered to the questions that both campaigns asked; to those of the only one otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FamilyFacts {
    /// How many questions.
    pub items: usize,
    /// At the campaign before.
    pub before: Option<FamilyAnswers>,
    /// At this one.
    pub now: FamilyAnswers,
}

/// Answers, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FamilyAnswers {
    /// In the two top modalities.
    pub favourable: usize,
    /// All that say something.
    pub answers: usize,
    /// Families who answered.
    pub families: usize,
    /// Interval of the share at 95 %, counting families and not answers.
    pub interval: Option<ShareInterval>,
}

/// Both ends of a share, 0..1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ShareInterval {
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}
