//! The pages, in the order of her year: each reads what it is asked, has an action do it, and lays out what
//! came of it.
//!
//! | page | file |
//! |---|---|
//! | the door: key, proof of presence, signs of life, style, script, faces | `doors` |
//! | « Quitter l’observatoire » | `closing` |
//! | which folder: an example, a new one, one that is there | `folders` |
//! | a long job | `job_page` |
//! | **Où j’en suis** | `first_page`; what is left to do, in words: `to_do_words` |
//! | **Formulaires** | `forms_page` |
//! | **Saisir**: entries under way | `entry_list_page`; one entry: `entry_page` |
//! | **Mes accueils**: the registry, edited in place | `accueils_page`; her own list into it: `accueil_list_page`; a list that waits, in words: `listed_words` |
//! | **Mes accueils**: the registry, edited in place | `accueils_page`; her own list into it: `accueil_list_page`; a list that waits, in words: `listed_words`; columns of the registry in words: `registry_words` |
//! | **Campagnes**: listed, created, changed, put back | `campaigns_page`; the form: `campaign_form`; in words: `campaign_lines` |
//! | **Référentiel**: read | `referentiel_page`; changed, put back: `referentiel_change`; in words: `referentiel_words` |
//! | **Recevoir**: drop, look, let in, take back | `receiving`; a file that waits, in words: `waiting_words` |
//! | **À corriger**: the sheet around each cell, a value typed in its place | `correcting` |
//! | **Correspondances**: names, headings and words answered once | `correspondences_page` |
//! | **Résultats**: accueils, one accueil | `results`; a figure explained: `figure_page` |
//! | **Rapports** | `reports_page`; their files: `report_files`; what will be masked, in words: `masked_words` |
//! | **Plan**: all actions, filtered | `plan_page`; one action, a new one, the last change taken back: `plan_action_page`; a contested cell settled: `plan_settling`; the workbook down and up: `plan_workbook_page`, files that wait there or in the follow-up: `waiting_books`; proposals, follow-up, effects: `plan_follow_page`; in words: `plan_words` |
//! | **Rapports** | `reports_page`; their files: `report_files` |
//! | **CTG**: the convention, its registers, its indicators | `ctg` |
//! | **Réglages**: settings, logo, observers | `settings_page`; its keys, in words: `settings_words`; the territory by its name: `territory_page`; backup, restoration, purge, « ouvrir le dossier »: `safety_page`; in words: `safety_words` |
//! | « ouvrir le dossier » | `opened_folder` |
//! | lists that several pages offer: campaigns, accueils | `choices_offered` |

pub(super) mod ctg;

mod campaign_form;
mod campaign_lines;
mod choices_offered;
mod listed_words;
mod masked_words;
mod opened_folder;
mod plan_words;
mod referentiel_words;
mod registry_words;
mod report_files;
mod safety_words;
mod settings_words;
mod to_do_words;
mod waiting_books;
mod waiting_words;

pub(super) mod accueil_list_page;
pub(super) mod accueils_page;
pub(super) mod campaigns_page;
pub(super) mod closing;
pub(super) mod correcting;
pub(super) mod correspondences_page;
pub(super) mod doors;
pub(super) mod entry_list_page;
pub(super) mod entry_page;
pub(super) mod figure_page;
pub(super) mod first_page;
pub(super) mod folders;
pub(super) mod forms_page;
pub(super) mod job_page;
pub(super) mod plan_action_page;
pub(super) mod plan_follow_page;
pub(super) mod plan_page;
pub(super) mod plan_settling;
pub(super) mod plan_workbook_page;
pub(super) mod receiving;
pub(super) mod referentiel_change;
pub(super) mod referentiel_page;
pub(super) mod reports_page;
pub(super) mod results;
pub(super) mod safety_page;
pub(super) mod settings_page;
pub(super) mod territory_page;
