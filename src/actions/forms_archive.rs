//! Blank forms of several accueils in one archive, ready to be sent.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{Cursor, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::grille::{FormFormat, FormSubject, FormsRequest, write_forms};
use crate::base::error::{Error, Result};
use crate::base::text::safe_file_name;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::{SourceCode, VisitMoment};

/// Which forms.
pub(crate) struct ArchiveRequest {
    /// What is asked, in which form.
    pub subject: FormSubject,
    /// Tool.
    pub format: FormFormat,
    /// Codes of the accueils; empty for all of them.
    pub structures: Vec<String>,
    /// Moments of the visit; empty for the whole grid.
    pub moments: Vec<VisitMoment>,
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
}

/// The archive.
pub(crate) struct FormsArchive {
    /// How many files it holds.
    pub files: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes the forms and packs them.
///
/// # Errors
///
/// As [`write_forms`]; a disk that is full.
pub(crate) fn forms_archive(
    opened: &OpenObservatory,
    request: &ArchiveRequest,
) -> Result<FormsArchive> {
    let place = tempfile::tempdir().map_err(Error::io(std::env::temp_dir(), "création"))?;
    let one = |structure: Option<&String>| FormsRequest {
        subject: request.subject,
        format: request.format,
        structure: structure.cloned(),
        kind: None,
        moments: request.moments.clone(),
        campaign: request.campaign.clone(),
        out: Some(place.path().to_owned()),
    };
    let mut written = BTreeSet::new();
    if request.structures.is_empty() {
        written.extend(write_forms(opened, &one(None))?.written);
    }
    for structure in &request.structures {
        written.extend(write_forms(opened, &one(Some(structure)))?.written);
    }
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let refused = |e: zip::result::ZipError| {
        Error::Render(format!("L’archive ne peut pas être écrite ({e})."))
    };
    for path in &written {
        let name = told_name(opened, campaign, path);
        let bytes = std::fs::read(path).map_err(Error::io(path, "lecture"))?;
        archive
            .start_file(name, SimpleFileOptions::default())
            .map_err(refused)?;
        archive
            .write_all(&bytes)
            .map_err(Error::io(path, "écriture"))?;
    }
    let bytes = archive.finish().map_err(refused)?.into_inner();
    Ok(FormsArchive {
        files: written.len(),
        bytes,
    })
}

/// A form by its name: « Grille observation externe - La Ruche (R01) - C2.xlsx » of « Grille OBS R01.xlsx ». Codes become
/// words, so that whoever receives it alone knows what it is, whose and of when.
fn told_name(opened: &OpenObservatory, campaign: &Campaign, path: &Path) -> String {
    /// Longest name, without its end.
    const LONGEST: usize = 140;
    let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, end) = (text(path.file_stem()), text(path.extension()));
    let registry = &opened.observatory.registry;
    let words = stem.split(' ').map(|word| {
        let source = word.parse::<SourceCode>().map(SourceCode::label);
        let site = registry
            .get(word)
            .map(|site| format!(" - {} ({})", site.nom, site.code));
        site.unwrap_or_else(|| format!(" {}", source.unwrap_or(word)))
    });
    let whole: String = words.collect();
    let told = format!("{} - {}", whole.trim(), campaign.id);
    format!("{}.{end}", safe_file_name(&told, LONGEST, "Formulaire"))
}
