//! Observations → indicators, by the rules of `docs/rules.md`. polars folds the answers into
//! exact pairs (sum of micro-levels, count); the few levels above are computed from those pairs,
//! in the order of the référentiel, so that the same answers always give the same bytes.
//!
//! | question | file |
//! |---|---|
//! | what is one élément worth, over observers, visits, respondents? (rule 1) | `element` |
//! | what does a source say of a critère; share of favourable answers; an élément’s figure? (rule 2) | `scores` |
//! | critère, impératif, axe (« provisoire »), overall mark, coverage? (rules 3 to 6) | `score_rules`; the arithmetic alone: `stats::score` |
//! | – where they write what they find: a structure, or the territory | `score_sheet` |
//! | what the organiser decides (`niveau = "organisateur"`): one value over the answers of all | `organiser`; what each structure brings: `site_organiser` |
//! | which activity indicator is made how; « non calculable »; which sessions are examined (hours unknown: none); does the director count (rule 9) | `site_activity` |
//! | does the other reading of a rule turn an answer (`limite`)? | `other_readings` |
//! | a finding put right since: does it count, or has a later grid the last word? | `put_right` |
//! | rules of law of a critère, counted apart from levels (`niveau=regle`) | `rule_count` |
//! | – one session: enough animateurs, qualified, within its places? | `session`; which ratio (PEDT, journey, 5 h): `referentiel::regulation` |
//! | – diplomas of posts, turnover (I08), training (I11), who directs (I23) | `posts` |
//! | – what plans had become (O3, I20, I21), as input; declared or from plans | `follow_up`; counted in `decide::plans::state` |
//! | did the team take part in the campaign (O2), instrument by instrument | `team_participation` |
//! | how many posts a team has, children, partners: counted as they are, for the carte d’identité | `team_posts` |
//! | what the convention asks of the territory (O1–O3), added up | `convention_totals` |
//! | which sources enter a critère; when the self-assessment stands in | `critere_sources` |
//! | whom is a centre set beside: the territory, or its secteur beyond 300 structures? | `neighbourhood` |
//! | how sure is a figure; when do days differ by more than observers (three pairs of visits)? | `noise` |
//! | – agreement, training, questionnaires | `reliability` |
//! | lines of activity data while they are gathered; a later cell replaces an earlier one | `activity_lines` |
//! | how does the store become figures: aggregates of each import | `aggregates` |
//! | – those of a campaign brought together: folded, shared, purged | `campaign_fold` |
//! | – dense, what rules look up: distributions, grids, visits | `collect` |
//! | – partials put there, import after import | `collected_builder` |
//! | – every figure, in which order; said of all: measures missing, mixed ages read two ways, a number against an NC | `compute` |
//! | – the same some structures at a time | `parted_campaign` |
//! | – which of them are held once they are computed | `held_levels` |
//! | what a campaign is computed with: structures, référentiel, law, plans; is a source asked of a structure | `scope` |
//! | one figure: its statuses and their words, marks | `figure` |
//! | all of them, found by structure | `indicators` |
//! | – of éléments and sources, what they are worth, in little room | `scored` |
//! | kinds of figures (`niveau`): question, source, critère, axe… | `figure_level` |
//! | where is a figure found? | `figure_slots` |
//! | what may leave a territory (days become months, observers numbers)? | `released_partials` |
//! | – what is kept back of one structure (a type; decided in `clear::clear_aggregates`) | `site_release` |
//! | the folder of aggregates: its format, registry, description | `shared_folder` |
//! | what is kept of purged answers: masks under the threshold, families as ranks | `forgetting` |
//! | – questionnaires of a structure added up, « ne sait pas » alone | `forgotten_questionnaire` |
//! | – a campaign’s figures as they will be, before anything is written | `forgotten_campaign` |
//! | what do people say? | `voices` |
//! | a finding that goes to the SDJES or 119 and not to a report (level under 2) | `serious` |

pub(crate) mod aggregates;
pub mod reliability;
pub mod voices;

mod activity_lines;
mod campaign_fold;
mod collect;
mod collected_builder;
mod compute;
mod convention_totals;
mod critere_sources;
mod element;
mod figure;
mod figure_level;
mod figure_slots;
mod follow_up;
mod forgetting;
mod forgotten_campaign;
mod forgotten_questionnaire;
mod held_levels;
mod indicators;
mod neighbourhood;
mod noise;
mod organiser;
mod other_readings;
mod parted_campaign;
mod posts;
mod put_right;
mod released_partials;
mod rule_count;
mod scope;
mod score_rules;
mod score_sheet;
mod scored;
mod scores;
mod serious;
mod session;
mod shared_folder;
mod site_activity;
mod site_organiser;
mod site_release;
mod team_participation;
mod team_posts;

pub use activity_lines::ActivityLine;
pub use aggregates::Tally;
pub(crate) use aggregates::{FamilyLevels, FoldReach, LEAST_FAMILIES, TableSums, check_fold};
pub(crate) use campaign_fold::CampaignFold;
pub use collect::{Collected, Distribution, Grid, MaskedLevel, VisitTally};
pub use compute::compute;
pub(crate) use compute::{Computation, SiteFigures};
pub(crate) use convention_totals::ConventionTotals;
pub use convention_totals::convention;
pub(crate) use critere_sources::{UsedSource, used_sources};
pub(crate) use element::TOP;
pub use figure::{Figure, FigureStatus};
pub use figure_level::Level;
pub use follow_up::{ActivityOrigin, FollowUp, OF_TWO_ORIGINS, SourceBreak};
pub(crate) use forgotten_campaign::ForgottenCampaign;
pub(crate) use held_levels::{HeldFigures, HeldLevels, SingledOut};
pub use indicators::Indicators;
pub(crate) use neighbourhood::{neighbourhoods, neighbours};
pub use noise::{Basis, Noise, Spread};
pub(crate) use noise::{DOUBLE_CODED_NEEDED, PAIRS_NEEDED};
pub(crate) use parted_campaign::PartedCampaign;
pub use put_right::CorrectionFate;
pub(crate) use released_partials::CampaignRelease;
pub use scope::Scope;
pub(crate) use scored::HeldScore;
pub use serious::{OUTSIDE, SERIOUS_UNDER, leaves_the_tool};
pub use session::{CapacityFinding, Session};
pub(crate) use shared_folder::{SharedFolder, WithheldByCampaign, WrittenCampaign, campaign_dir};
pub use site_activity::SiteActivity;
pub(crate) use site_release::SiteRelease;
pub use team_participation::{TeamParticipation, TeamReturn, TeamState};
pub use team_posts::{CountedAround, TeamPosts};
