//! One file per tool: what it writes around the answers, and how it is told apart.

pub mod drupal;
pub mod framaforms;
pub mod google_forms;
mod header_rows;
pub mod kobo;
pub mod limesurvey;
pub mod ms_forms;
pub mod odk;
pub mod plain;
pub mod qualtrics;
pub mod sphinx;
pub mod surveymonkey;
pub mod typeform;
