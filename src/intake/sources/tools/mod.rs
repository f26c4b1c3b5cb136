//! One file per tool: what it writes around the answers, and how it is told apart.

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
