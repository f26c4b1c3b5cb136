//! Cleared figures → reports. Nothing is computed here and nothing uncleared can be shown: content
//! is built from `disclosure`'s types, rounded and worded once into a [`Document`], then laid out by
//! one renderer per format.
//!
//! | question | file |
//! |---|---|
//! | what is said in the report of a team; its plan before there is one; gaps from 0.5 on? | `equipe` |
//! | – on its page one (what to lean on, what must be, what to begin) | `team_essentials` |
//! | – what each of its levels rests on | `evidence`; where that is on its page: `evidence_links` |
//! | – in the synthesis for elected people (order of its sections)? | `elus` |
//! | – on the page for families; at most five things of a kind? | `familles` |
//! | – of an action, to families: what changes for children, by when | `family_actions` |
//! | – in the file of renewal of a convention (which nine indicators)? | `renouvellement` |
//! | – its undertakings in order, the decision to tick, who signs | `renewal_undertakings` |
//! | – on the carte d’identité of an accueil | `identite`; its lines: `wording::identity_words` |
//! | – on the page of the Plan mercredi of an accueil | `plan_mercredi` |
//! | – on that of the Plan mercredi over the territory | `plan_mercredi_territory`; the counts: `disclosure::cleared::charter_stand` |
//! | – in the booklet of practices | `pratiques`; whose practices: `disclosure::clear::clear_booklet` |
//! | the messages of page one, most pressing first | `messages` |
//! | impératifs missed: since when, answered by what; what is asked of those who decide | `missed_musts`; `decisions_asked` |
//! | acronyms that a page uses, said at its end | `acronym_note` |
//! | the title of a profile | `profile_title` |
//! | sentences: « il manque 0,4 », verdicts, « en hausse (+0,4) » | `sentences` |
//! | before the remarks of a team, or final: working days to answer | `report_state`; which it is: `campaign::report_states` |
//! | – what each report says of it | `state_sentences` |
//! | what every report needs: names of sites, campaigns, the map | `report_context` |
//! | blocks of several reports: profile, critères, words | `shared_blocks` |
//! | what the organiser decides, to élus; to a team, that it is not theirs | `organiser_section` |
//! | closed questions of a service’s own, outside the référentiel | `outside_section` |
//! | – actions of a plan | `plan_block` |
//! | how a site was looked at, its activity in figures | `site_facts` |
//! | keys of figures, said in print | `key_lines` |
//! | what the territory changed to the référentiel, at the end of a report | `local_lines` |
//! | charts placed with their caption | `drawn_figure`; their figures to download: `figure_csv` |
//! | who agrees, with what; the order of questions; how shares of few answers are told | `told_answers` |
//! | – how each is drawn | `charts` |
//! | sites × impératifs, sites × axes, map, annexes by CTG action | `sites_side_by_side` |
//! | the CTG indicators over campaigns | `convention_section` |
//! | what plans ask for, where they stand | `territory_plans` |
//! | what people say on the territory, by sector | `territory_voices` |
//! | documents of the protection of data: study of an exchange, register of treatments | `data_protection` |
//! | documents of the convention, and the blocks that they share | `ctg` |
//! | the content whatever the format: sections, blocks | `document` |
//! | – what people write by hand, what is left to write | `writing_box` |
//! | formats | `html`, `pdf`, `xlsx`, `docx` |
//! | the index of a delivery, as a page | `index_page`; which reports it lists: `campaign::edition` |
//! | what a user may override (`reports/modeles`) | `templates` |

mod acronym_note;
pub mod charts;
mod convention_section;
mod ctg;
mod data_protection;
mod decisions_asked;
mod document;
mod docx;
mod drawn_figure;
mod elus;
mod equipe;
mod evidence;
mod evidence_links;
mod familles;
mod family_actions;
mod figure_csv;
mod html;
mod identite;
mod index_page;
mod key_lines;
mod local_lines;
mod messages;
mod missed_musts;
mod organiser_section;
mod outside_section;
#[cfg(feature = "pdf")]
mod pdf;
mod plan_block;
mod plan_mercredi;
mod plan_mercredi_territory;
mod pratiques;
mod profile_title;
mod renewal_undertakings;
mod renouvellement;
mod report_context;
mod report_state;
mod sentences;
mod shared_blocks;
mod site_facts;
mod sites_side_by_side;
mod state_sentences;
mod team_essentials;
mod templates;
mod territory_plans;
mod territory_voices;
mod told_answers;
mod writing_box;
mod xlsx;

pub(crate) use ctg::{
    BilanKind, BilanReport, CtgKeys, CtgTitles, ExperimentReport, GovernanceReport, MeetingPages,
    QuarterReport, StateBefore, WhatChanged, ctg_head,
};
pub(crate) use data_protection::{
    ExchangeStudy, StudiedField, StudyStep, TreatmentEntry, treatment_entries,
};
pub use document::{Block, Document, Fact, Head, ReportSection};
pub(crate) use document::{ListItem, ListStyle};
pub use elus::build as build_elus;
pub use equipe::build as build_equipe;
pub use familles::{build_site as build_familles_site, build_territory as build_familles};
pub use html::page_index;
pub use identite::build as build_identite;
pub use index_page::{IndexEntry, IndexGroup, IndexLink, IndexPage};
pub use plan_mercredi::build as build_plan_mercredi;
pub use plan_mercredi_territory::build as build_mercredi_territory;
pub use pratiques::build as build_pratiques;
pub use renouvellement::build as build_renouvellement;
pub use report_context::{CalledCampaigns, CampaignLabels, ReportContext};
pub(crate) use report_state::DAYS_TO_ANSWER;
pub use report_state::ReportState;
pub use templates::Templates;
pub(crate) use templates::typeset;
pub use writing_box::WritingBox;

use crate::base::error::Result;

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportFormat {
    /// A self-contained page.
    Html,
    /// Tagged, PDF/UA-1.
    Pdf,
    /// Workbook with typed cells and the charts of the report.
    Xlsx,
    /// For a word processor: texts and tables to be reworded, charts as their tables.
    Docx,
}

impl ReportFormat {
    /// All of them, in the order of the index.
    pub const ALL: [Self; 4] = [Self::Html, Self::Pdf, Self::Xlsx, Self::Docx];

    /// Extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
        }
    }
}

/// Lays a document out in a format.
///
/// # Errors
///
/// A mistake in a template, with file, line and column; a program built without PDF.
pub fn render(templates: &Templates, document: &Document, format: ReportFormat) -> Result<Vec<u8>> {
    match format {
        ReportFormat::Html => html::page(templates, document),
        #[cfg(feature = "pdf")]
        ReportFormat::Pdf => pdf::render(templates, document),
        #[cfg(not(feature = "pdf"))]
        ReportFormat::Pdf => Err(crate::base::error::Error::Usage(
            "Ce programme a été construit sans le format pdf.".to_owned(),
        )),
        ReportFormat::Xlsx => xlsx::render(document),
        ReportFormat::Docx => docx::render(templates, document),
    }
}
