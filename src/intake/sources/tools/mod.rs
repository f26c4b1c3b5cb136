//! One file per tool: what it writes around the answers, and how it is told apart.
//!
//! | question | file |
//! |---|---|
//! | in which top rows (ten) is a header looked for? | `header_rows` |
//! | any table of codes or wordings, of no tool in particular | `plain` |
//! | LimeSurvey: codes or full text; no submission date = unfinished; « N/A » = not asked | `limesurvey` |
//! | KoboToolbox: group prefixes, HXL tags, system columns | `kobo` |
//! | ODK Central: a CSV or a zip of a table and its repeats; `KEY` last | `odk` |
//! | Google Forms: « Horodateur », « Question [ligne] » | `google_forms` |
//! | Microsoft Forms: five columns of its own; « ; » after a choice; points of quizzes | `ms_forms` |
//! | Nextcloud Forms: « Question (ligne) » | `nextcloud_forms` |
//! | Framaforms: the form’s title, its questions, then its columns; drafts | `framaforms` |
//! | Drupal Webform (8 and later): one header row, « Question: élément » | `drupal` |
//! | Qualtrics: the row of JSON `ImportId` | `qualtrics` |
//! | Sphinx: « N°Obs » or « CLE »; « Non réponse » | `sphinx` |
//! | SurveyMonkey: the question, then its options on the row below | `surveymonkey` |
//! | Typeform: a token under « # »; dates in UTC | `typeform` |

pub(super) mod drupal;
pub(super) mod framaforms;
pub(super) mod google_forms;
mod header_rows;
pub(super) mod kobo;
pub(super) mod limesurvey;
pub(super) mod ms_forms;
pub(super) mod nextcloud_forms;
pub(super) mod odk;
pub(super) mod plain;
pub(super) mod qualtrics;
pub(super) mod sphinx;
pub(super) mod surveymonkey;
pub(super) mod typeform;
