//! What one audience may see (`docs/domain.md` §7, `docs/confidentiality.md`). Reports are built
//! from the types of this module and from nothing else: a figure that was not cleared cannot be
//! printed, and none holds more digits than are printed.
//!
//! Four rooms, and arrows one way only:
//!
//! ```text
//!  figures ─► decide ─► clear ─► cleared ─► reports
//!             (what        (carries    (plain     ▲
//!              stays        it out)     values)   │
//!              hidden)                  └──► log ─┘ repeats what too few answers have changed
//! ```
//!
//! # What is protected, and how much
//!
//! A reader holds every file of a delivery, every edition, the deliveries of both campaigns and of
//! other audiences that the same persons read (a team reads its own report, what elected people are
//! given and what families are), and knows the référentiel, its weights, the rounding and how many
//! answered where. Then:
//!
//! - **Answers** (`decide::grouped_question`). Whatever a difference of published groups isolates must itself be a group
//!   that could be published: enough answers, from three sites at least, none 85 % of it, none so
//!   common (90 %) that everyone's is known, and at least `marge_niveau` apart; a site's mean in it
//!   stays open by half of that. Counts are taken as known to the unit: protection owes nothing to
//!   rounding. (Insee, *Manuel de protection des données tabulées*; `docs/statistics.md` §9.2.)
//! - **Means** (`decide::levels`). What remains possible for a hidden mean, once all equations between
//!   printed levels are solved, spans at least `marge_niveau` (one whole level by default): intervals,
//!   then the exact solver on rings; what it cannot decide is hidden.
//! - **Near unanimity** (`decide::answer_sums`, `clear::clear_distribution`). « 90 % ou plus » is printed from nine answers in
//!   ten on, not for unanimity alone, which it would then mean; of fewer than twenty answers the words
//!   begin lower, so that who alone answered otherwise does not learn what all others did.
//!   The means that such answers enter leave at least one of them undecided.
//! - **Levels beside totals** (`decide::levels_beside_totals`). A level that is one questionnaire’s mean
//!   takes its site out of totals: three sites stay in them, or enough rounding.
//! - **Editions** (`log`). What two editions of a campaign differ by is no one, or a group that could
//!   be published; otherwise the later repeats the earlier. An audience is settled after those who read
//!   its delivery beside their own.
//! - **Words** (`privacy`). No sentence that names or reaches someone, accuses, tells of violence or of
//!   someone's health; no comment on an impératif, no character that shows nothing.
//!
//! Not protected: what two members of a hidden group find together; and a third campaign, whose own
//! delivery is taken as if it had been compared with nothing.

mod clear;
mod cleared;
mod convention;
mod decide;
mod exchanged;
mod log;

pub use crate::privacy::Quotation;
pub use clear::{
    ClearanceInput, EarlierCampaign, StoppedWords, audit, clear_booklet, clear_delivery,
    count_stopped,
};
pub(crate) use clear::{ReleasedAggregates, clear_aggregates, clear_listing};
pub use cleared::{
    AgreementShares, AskedAs, AxeEvolution, ClearedAction, ClearedActivity, ClearedAdvice,
    ClearedAgreement, ClearedBooklet, ClearedCorrection, ClearedCtg, ClearedDelivery,
    ClearedDistribution, ClearedFigure, ClearedGap, ClearedIdentity, ClearedImperatif,
    ClearedOrganiser, ClearedPanel, ClearedPosts, ClearedPractice, ClearedRating, ClearedRemark,
    ClearedRemarkable, ClearedRules, ClearedSector, ClearedSite, ClearedTerritory, ClearedWord,
    ClearedWords, CountOf, CritereCount, CtgCampaign, CtgSite, Evolution, Favour, FigurePlace,
    IntegrationProof, Mask, MaskedCell, Masking, NotCounted, OrganiserElement, Received,
    Respondents, Shares, Shown, SiteAxe, SiteAxes, SiteImperatifs, TerritoryMean, ToldAnswer,
    ToldCount, ToldWords, Why, summary,
};
pub(crate) use cleared::{CharterCount, CharterStand, MissedMust, MissedSince, MustLife};
pub use convention::{
    CtgAction, CtgAmendment, CtgAttendance, CtgAudience, CtgAxis, CtgBeside, CtgChange,
    CtgDeadline, CtgDecision, CtgDefinition, CtgExperiment, CtgFiche, CtgGovernance, CtgIndicator,
    CtgItem, CtgMeeting, CtgMove, CtgNext, CtgPilot, CtgPilotAnswer, CtgPilotChanges,
    CtgPilotCritere, CtgPost, CtgPractice, CtgSaying, CtgStart, CtgStatus, CtgText, CtgTexts,
    CtgTheme, CtgTried, CtgView,
};
pub use convention::{CtgAxePanel, CtgCommune, CtgContribution, CtgMap, CtgMapDay, CtgMapSite};
pub(crate) use convention::{CtgMaterial, DayAccess, cleared_map, cleared_panels};
pub use decide::{Audit, DecisionMemo, OtherReader};
pub(crate) use exchanged::{
    AgreedFigure, ClearedExchange, ExchangedFigure, ExchangedWords, SaidWords, clear_exchange,
    clear_said,
};
pub(crate) use log::{CarriedLog, carry_deliveries};
pub use log::{Compared, Delivered, DeliveryLog, EditionKey, Repeats, SavedLog, ToldEdition};

pub use crate::decide::plans::Standing;
pub use crate::vocabulary::Audience;
