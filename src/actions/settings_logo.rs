//! The logo of the collectivité: laid in the folder under a name of its own, then read by the loader of the reports
//! before the settings name it.

use std::path::PathBuf;

use super::settings_edit::{SettingsOutcome, SettingsRequest, edit_settings};
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{SettingsChange, SettingsPlace, SettingsValue};

/// A file that is to be the logo.
pub(crate) struct LogoFile {
    /// Its name: its extension alone is kept.
    pub(crate) name: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

/// Sets the logo. One that the reports could not use is refused, and nothing of it stays; the one before stays in
/// the folder, for whoever puts the settings of before back.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn set_logo(
    opened: &OpenObservatory,
    file: &LogoFile,
    seen: &str,
) -> Result<SettingsOutcome> {
    let root = &opened.observatory.root;
    let extension = file.name.rsplit_once('.').map_or("", |(_, end)| end);
    let extension = extension.to_ascii_lowercase();
    if !matches!(extension.as_str(), "png" | "jpg" | "jpeg" | "svg") {
        return Ok(SettingsOutcome::Refused(format!(
            "« {} » : le logo est un fichier png, jpg ou svg.",
            file.name
        )));
    }
    let names = std::iter::once(format!("logo.{extension}"))
        .chain((2..).map(|rank| format!("logo-{rank}.{extension}")));
    let mut free = names.filter(|name| {
        let path = root.join(name);
        !path.exists() || std::fs::read(path).is_ok_and(|had| had == file.bytes)
    });
    let name = free.next().unwrap_or_default();
    let path: PathBuf = root.join(&name);
    let was_there = path.exists();
    write_file(&path, &file.bytes)?;
    let request = SettingsRequest {
        changes: vec![SettingsChange::Set {
            place: SettingsPlace::Table(vec!["territoire".to_owned()]),
            key: "logo".to_owned(),
            value: SettingsValue::Text(name),
        }],
        seen: seen.to_owned(),
    };
    let outcome = edit_settings(opened, &request);
    let is_used = matches!(
        outcome,
        Ok(SettingsOutcome::Written { .. } | SettingsOutcome::Same)
    );
    if !is_used && !was_there {
        std::fs::remove_file(&path).map_err(Error::io(&path, "suppression"))?;
    }
    outcome
}
