//! Why a line of a comparison reads as it does: what was counted and found, never words; `wording`
//! puts them into a sentence where they are printed.

use crate::figures::FigureStatus;
use crate::stats::Reason;
use crate::stats::level_filter::FollowedLevel;
use crate::vocabulary::referentiel::SourceCode;

/// One thing to know of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum LineReason {
    /// The structure is in the first campaign only.
    LeftPanel,
    /// The structure is in the second campaign only.
    EnteredPanel,
    /// Why either campaign has no value; none where it has one.
    Missing {
        /// First campaign.
        first: Option<MissingSide>,
        /// Second campaign.
        second: Option<MissingSide>,
    },
    /// The figure has no value.
    NoValue(FigureStatus),
    /// The critère is not the same in both versions.
    VersionBreak,
    /// Not the same observers visited.
    ObserverChanged,
    /// A source that the first campaign had not.
    SourceAppeared(SourceCode),
    /// A source that the second campaign has no more.
    SourceGone(SourceCode),
    /// The change is that of these sources alone, which both campaigns have.
    OnSources(Vec<SourceCode>),
    /// What was verified of an impératif is not the same: its change of status is none of what was met.
    OtherRulesVerified,
    /// Activity data changed: nobody judges them.
    DataChanged,
    /// The critère rests on activity data alone, which are the same.
    SameData,
    /// The same ratings, one by one.
    SameRatings,
    /// What would be enough to know.
    WouldTell(MissingEvidence),
    /// The overall mark has no change of its own.
    OverallMark,
    /// No critère of the axe is in both campaigns.
    NoCommonCritere,
    /// Too few critères of the axe have a value in both.
    TooFewCommon {
        /// With a value in both.
        common: usize,
        /// Expected in both.
        expected: usize,
    },
    /// The critères that the axe is compared on.
    OnCommon(usize),
    /// A questionnaire has a single answer.
    LoneAnswer,
    /// Fewer answers than a verdict needs.
    FewAnswers {
        /// What it needs.
        least: usize,
    },
    /// Fewer centres than a verdict needs.
    FewCentres {
        /// What it needs.
        least: usize,
    },
    /// What the organiser decides, over the answers of the centres present in both campaigns.
    Organiser {
        /// How many they are.
        centres: usize,
    },
    /// The matched panel behind a mean of the territory.
    Panel {
        /// Centres present in both campaigns.
        centres: usize,
        /// Of which rise.
        rising: usize,
        /// Of which fall.
        falling: usize,
        /// Of which do neither.
        still: usize,
    },
    /// Probability that chance alone would move the panel as much.
    Chance {
        /// Two-sided p.
        p: f64,
    },
    /// So few centres that no test can conclude.
    TooFewForTest,
    /// How a level moved over three campaigns or more.
    Trend(Box<LevelTrend>),
    /// How centres moved together over three campaigns or more.
    CommonTrend(CommonTrend),
    /// No change on one side of an experiment.
    NoEffect,
    /// Every centre changed alike.
    SameChangeEverywhere,
    /// Where the pilot's change stands.
    PilotRank {
        /// Rank of the best pilot, 1 for the most favourable change.
        rank: usize,
        /// Centres in all.
        centres: usize,
        /// Permutation p.
        p: f64,
        /// Smallest p that so few centres can give.
        attainable: f64,
    },
    /// p was found on changes divided by their margins.
    StandardisedChanges,
    /// What may be said of the experiment.
    Experiment(ExperimentReading),
    /// Too many centres have no known margin.
    UnknownMargins,
    /// No difference between centres beyond noise.
    NoDifference,
    /// How much of the centre's own value is kept.
    Reliability(f64),
    /// From which centres it can be told apart.
    Apart {
        /// Surely below it.
        below: Vec<String>,
        /// Surely above it.
        above: Vec<String>,
        /// Neither.
        alike: usize,
    },
    /// The same among too many centres to be named.
    ApartInNumber {
        /// Surely below it.
        below: usize,
        /// Surely above it.
        above: usize,
        /// Neither.
        alike: usize,
    },
    /// Where it stands around the mean.
    Standing(Standing),
    /// Ranks that it could truly have.
    PossibleRanks {
        /// Best.
        best: usize,
        /// Worst.
        worst: usize,
        /// Centres ranked.
        centres: usize,
    },
    /// Its distance to the mean of its peers.
    BesidePeers {
        /// Value minus the mean of the peers, in levels.
        gap: f64,
        /// Their codes.
        peers: Vec<String>,
    },
    /// Too few centres, or all answers alike.
    NotComparedShares,
    /// Too few answers per centre for a funnel.
    NoFunnel,
    /// Its value is one note of one person: it is set apart from no other.
    OneMark,
    /// Centres differ by more than chance as a whole, φ: limits are widened by what they truly differ by.
    Overdispersed(f64),
    /// Outside the limits at 99.8 %.
    OutsideFunnel,
    /// Inside them.
    InsideFunnel,
    /// How much ranks owe to the choice of weights, all centres together.
    WeightShift {
        /// Mean number of places moved from one choice to another.
        places: f64,
    },
    /// Centres that lack an axe of the composite.
    Without(Vec<String>),
    /// Where the choice of weights places a centre.
    CompositePlace(CompositePlace),
    /// How often it is ahead of the nearest one.
    Ahead {
        /// Code of the nearest.
        rival: String,
        /// Share of the choices of weights.
        share: f64,
        /// Whether noise leaves them alike.
        alike: bool,
    },
    /// The composite's own margin, in levels; none when it is not known.
    CompositeMargin(Option<f64>),
}

/// Why one side of a line has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingSide {
    /// Nothing is asked there.
    OutOfScope,
    /// Its critère does not apply on the territory.
    PutAside,
    /// Asked, without value.
    Status(FigureStatus),
}

/// What would be enough to tell whether something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingEvidence {
    /// A second visit during the campaign.
    SecondVisit,
    /// Somebody else who marks the same interview.
    SecondReader,
    /// Twice as many answers.
    TwiceTheAnswers,
    /// All of these together.
    AllOfThem,
    /// Nothing that can still be collected: the change is too small beside the noise of the first campaign.
    NextCampaign,
}

/// How a level moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelTrend {
    /// Level of the last campaign and change since the first, all campaigns together; none where the error of
    /// one of them is not known.
    pub followed: Option<FollowedLevel>,
    /// Median slope, in levels per year, from five campaigns on; none when they share one date.
    pub per_year: Option<f64>,
    /// Campaigns.
    pub campaigns: usize,
    /// Mann-Kendall's p, from five campaigns on.
    pub p: Option<f64>,
}

/// How centres moved together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CommonTrend {
    /// Too few centres present at all campaigns.
    TooFew {
        /// How many are.
        centres: usize,
    },
    /// No statistic.
    Unknown(Reason),
    /// Page's test both ways.
    Tested {
        /// Centres.
        centres: usize,
        /// Two-sided p.
        p: f64,
        /// Which way; none beyond chance.
        way: Option<Way>,
    },
}

/// Which way levels go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Up.
    Up,
    /// Down.
    Down,
}

/// What so few centres allow to say of an experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExperimentReading {
    /// No number of relabellings could prove an effect.
    Unprovable,
    /// Beyond chance.
    Proven,
    /// Chance may do as much.
    Unproven,
}

/// Where a centre stands around the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its interval is above.
    Above,
    /// Its interval is below.
    Below,
    /// Its interval holds the mean.
    Near,
}

/// Ranks of a centre under other choices of weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompositePlace {
    /// Rank at the 5th percentile of the choices.
    pub best: f64,
    /// Median rank.
    pub usual: f64,
    /// Rank at the 95th percentile.
    pub worst: f64,
    /// Centres ranked.
    pub centres: usize,
    /// Lowest and highest rank when one axe is left out; none with a single axe.
    pub left_out: Option<LeftOut>,
}

/// Ranks when one axe is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeftOut {
    /// Best.
    pub best: f64,
    /// Worst.
    pub worst: f64,
}
