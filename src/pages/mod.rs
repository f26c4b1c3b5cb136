//! The pages of the local page, in the order of her year: each reads what it is asked, has an action do it, and lays out
//! what came of it. A page knows no HTTP: it is given names and texts, it gives a template and what it reads; `web`
//! makes one of the other.
//!
//! | what all pages share | file |
//! |---|---|
//! | what a page is asked: address, what was typed, what was dropped | `page_ask`; a file that was dropped: `dropped_file` |
//! | what a page answers | `answer` |
//! | which folder is open, which job runs, what the server does for pages | `desk` |
//! | a long job: begun, told, left and found again | `job` |
//! | folders opened before; where the user's own files are | `user_folder` |
//! | files that were dropped and wait for « Faire entrer » | `reception` |
//! | pages from templates, style sheet, script | `render` |
//! | what actions say at a terminal, in the words of the page | `said_on_pages`; names of files: `file_words` |
//!
//! | page | file |
//! |---|---|
//! | « Quitter l’observatoire » | `closing` |
//! | which folder: an example, a new one, one that is there | `folders` |
//! | a long job | `job_page` |
//! | **Où j’en suis** | `first_page`; what is left to do, in words: `to_do_words` |
//! | texts that someone must read, and whom to call | `texts_to_read_page` |
//! | **Formulaires** | `forms_page` |
//! | **Saisir**: entries under way | `entry_list_page`; one entry: `entry_page` |
//! | **Mes accueils**: the registry, edited in place | `accueils_page`; her own list into it: `accueil_list_page`; a list that waits, in words: `listed_words`; columns of the registry in words: `registry_words`; what days of closing change, in words: `days_words` |
//! | **Campagnes**: listed, created, changed, put back | `campaigns_page`; the form: `campaign_form`; in words: `campaign_lines` |
//! | **Référentiel**: read | `referentiel_page`; changed, put back: `referentiel_change`; in words: `referentiel_words` |
//! | **Recevoir**: drop, look, let in, take back | `receiving`; a file that waits, in words: `waiting_words` |
//! | **À corriger**: the sheet around each cell, a value typed in its place | `correcting` |
//! | **Correspondances**: names, headings and words answered once | `correspondences_page`; its fields: `form_answers`; what was answered already: `said_answers` |
//! | **Résultats**: accueils, one accueil | `results`; a figure explained: `figure_page` |
//! | **Rapports** | `reports_page`; their files: `report_files`; what will be masked, in words: `masked_words` |
//! | **Plan**: all actions, filtered | `plan_page`; one action, a new one, the last change taken back: `plan_action_page`; a contested cell settled: `plan_settling`; the workbook down and up: `plan_workbook_page`, files that wait there or in the follow-up: `waiting_books`; proposals, follow-up, effects: `plan_follow_page`; in words: `plan_words` |
//! | **CTG**: the convention, its registers, its indicators | `ctg` |
//! | **Réglages**: settings, logo, observers | `settings_page`; its keys, in words: `settings_words`; the territory by its name: `territory_page`; backup, restoration, purge, « ouvrir le dossier »: `safety_page`; in words: `safety_words` |
//! | « ouvrir le dossier » | `opened_folder` |
//! | lists that several pages offer: campaigns, accueils | `choices_offered` |

pub(crate) mod ctg;

mod campaign_form;
mod campaign_lines;
mod choices_offered;
mod days_words;
mod file_words;
mod form_answers;
mod listed_words;
mod masked_words;
mod opened_folder;
mod plan_words;
mod reception;
mod referentiel_words;
mod registry_words;
mod report_files;
mod safety_words;
mod said_on_pages;
mod settings_words;
mod to_do_words;
mod waiting_books;
mod waiting_words;

pub(crate) mod accueil_list_page;
pub(crate) mod accueils_page;
pub(crate) mod answer;
pub(crate) mod campaigns_page;
pub(crate) mod closing;
pub(crate) mod correcting;
pub(crate) mod correspondences_page;
pub(crate) mod desk;
pub(crate) mod dropped_file;
pub(crate) mod entry_list_page;
pub(crate) mod entry_page;
pub(crate) mod figure_page;
pub(crate) mod first_page;
pub(crate) mod folders;
pub(crate) mod forms_page;
pub(crate) mod job;
pub(crate) mod job_page;
pub(crate) mod page_ask;
pub(crate) mod plan_action_page;
pub(crate) mod plan_follow_page;
pub(crate) mod plan_page;
pub(crate) mod plan_settling;
pub(crate) mod plan_workbook_page;
pub(crate) mod receiving;
pub(crate) mod referentiel_change;
pub(crate) mod referentiel_page;
pub(crate) mod render;
pub(crate) mod reports_page;
pub(crate) mod results;
pub(crate) mod safety_page;
pub(crate) mod said_answers;
pub(crate) mod settings_page;
pub(crate) mod territory_page;
pub(crate) mod texts_to_read_page;
pub(crate) mod user_folder;
