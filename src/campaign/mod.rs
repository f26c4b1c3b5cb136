//! A campaign put together: what the command line, a local page, tests and benches call. Below it the
//! stages know nothing of each other; above it `actions` say what a person can ask for.
//!
//! | question | file |
//! |---|---|
//! | what is opened; which structures are in a campaign; shared aggregates that lack some; figures read | `open_observatory` |
//! | how are campaigns computed and compared, some structures at a time? | `campaigns_by_parts` |
//! | what is known of a campaign, in which order is it computed; for one structure alone (`Reach`)? | `picture`; what its figures propose: `proposed` |
//! | what may an audience read of it, beside what it was told before? | `audience_view` |
//! | what is cleared for whom, and remembered? | `edition` |
//! | – on which grounds: are two deliveries one edition? | `edition_grounds` |
//! | – the pages from which it opens? | `edition_index` |
//! | what is sent to who directs an accueil? | `dossier`; under which names: `dossier_names` |
//! | which reports are there, for whom, under which names? | `report_kinds` |
//! | – titles of one | `report_titles` |
//! | which ones does an edition hold, in which files? | `report_catalogue` |
//! | before the remarks of its team, or final: which is each report? | `report_states` |
//! | where may `--sortie` write? | `destination` |
//! | what keeps every other command from writing | `folder_hold` |
//! | what is said of answers that are no more? | `purged_answers` |
//! | in which words were people asked, where a foreign questionnaire was read? | `asked_words` |
//! | which closed questions outside the référentiel, admitting which answers? | `question_lists` |
//! | the convention on a day: registers as known, indicators | `convention_state` |
//! | – a document of it: cleared for an audience, logged, laid in its folder | `ctg_edition` |
//! | what the observatory knows of a campaign that measures of the territory need? | `facts_of_campaign` |
//! | which day is it? | `clock` |

mod asked_words;
mod audience_view;
mod campaigns_by_parts;
mod clock;
mod convention_state;
mod ctg_edition;
mod destination;
mod dossier;
mod dossier_names;
mod edition;
mod edition_grounds;
mod edition_index;
mod facts_of_campaign;
mod folder_hold;
mod open_observatory;
mod picture;
mod proposed;
mod purged_answers;
mod question_lists;
mod report_catalogue;
mod report_kinds;
mod report_states;
mod report_titles;

pub(crate) use audience_view::ReleaseView;
#[cfg(test)]
pub(crate) use campaigns_by_parts::CampaignsByParts;
pub(crate) use campaigns_by_parts::{AT_ONCE, ComparedCampaigns};
pub(crate) use clock::{day_or_today, today};
pub(crate) use convention_state::ConventionState;
pub(crate) use ctg_edition::{CtgDelivered, CtgEdition, CtgEditionRequest, CtgPiece};
pub(crate) use destination::{Destination, outside_observatories};
pub(crate) use dossier::Dossier;
pub(crate) use edition::{Edition, EditionRequest};
pub(crate) use folder_hold::FolderHold;
pub(crate) use open_observatory::{OpenObservatory, figures_alone, not_added, side};
pub(crate) use picture::{Picture, Reach};
pub(crate) use proposed::CampaignProposals;
pub(crate) use purged_answers::PurgedAnswers;
pub(crate) use report_catalogue::ReportJob;
