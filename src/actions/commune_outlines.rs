//! The outlines of communes that a person's browser fetched, dropped back: checked against the communes of the settings,
//! then laid under the maps.

use std::path::Path;

use super::dated_copies::DatedCopies;
use super::epci::outlines_link;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::text::{count, list};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{
    CommuneOutline, OUTLINES_FILE, Territory, parse_outlines, read_text,
};

/// Communes that a sentence names.
const TOLD: usize = 8;

/// What became of a file of outlines.
#[derive(Debug, Clone)]
pub(crate) struct OutlinesOutcome {
    /// Communes that have an outline.
    pub(crate) communes: usize,
    /// Communes of the territory that have none.
    pub(crate) missing: Vec<String>,
    /// Name of the copy of what was there before.
    pub(crate) kept: Option<String>,
    /// What is to be told.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl OutlinesOutcome {
    /// What became of it, in one sentence.
    pub(crate) fn sentence(&self) -> String {
        let kept = match &self.kept {
            Some(name) => format!(" Les contours d’avant sont gardés dans data/{name}."),
            None => String::new(),
        };
        format!(
            "{} dans {OUTLINES_FILE}.{kept}",
            count(self.communes, "contour de commune", "contours de communes")
        )
    }
}

/// Whether a file looks like outlines, whatever its name: it is text that begins as GeoJSON does.
pub(super) fn is_outlines(path: &Path) -> bool {
    const HEAD: usize = 4096;
    let is_named = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("geojson") || e.eq_ignore_ascii_case("json"));
    let head = || -> Option<String> {
        use std::io::Read;
        let file = std::fs::File::open(path).ok()?;
        let mut bytes = Vec::new();
        file.take(HEAD as u64).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    is_named
        && path.is_file()
        && head().is_some_and(|t| {
            t.trim_start_matches('\u{feff}')
                .trim_start()
                .starts_with(['{', '['])
        })
}

/// Lays outlines under the maps.
///
/// # Errors
///
/// A file that is no outlines of this territory; a disk that refuses.
pub(crate) fn take_outlines(opened: &OpenObservatory, path: &Path) -> Result<OutlinesOutcome> {
    let text = read_text(path)?;
    match checked(&opened.observatory.settings.territory, &text) {
        Err(why) => Err(Error::Config(format!("{} : {why}", path.display()))),
        Ok(mut outcome) => {
            lay(opened, &text, &mut outcome)?;
            Ok(outcome)
        }
    }
}

/// The same among other files that are imported: a refusal is a diagnostic. Nothing is written in a simulation.
pub(super) fn import_outlines(
    opened: &OpenObservatory,
    path: &Path,
    simulation: bool,
) -> Result<Vec<Diagnostic>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let at = || Location::file(&name);
    let read = read_text(path).map_err(|e| e.to_string());
    let territory = &opened.observatory.settings.territory;
    let mut outcome = match read.and_then(|text| Ok((checked(territory, &text)?, text))) {
        Err(why) => return Ok(vec![Diagnostic::new(Code::OutlinesRefused, at(), why)]),
        Ok((mut outcome, text)) => {
            if !simulation {
                lay(opened, &text, &mut outcome)?;
            }
            outcome
        }
    };
    let told = outcome.sentence();
    let mut all = vec![Diagnostic::new(Code::OutlinesTaken, at(), told)];
    all.append(&mut outcome.diagnostics);
    Ok(all)
}

fn lay(opened: &OpenObservatory, text: &str, outcome: &mut OutlinesOutcome) -> Result<()> {
    let _held = opened.store.hold()?;
    let root = &opened.observatory.root;
    let target = root.join(OUTLINES_FILE);
    if target.is_file() {
        let before = std::fs::read(&target).map_err(Error::io(&target, "lecture"))?;
        if before == text.as_bytes() {
            return Ok(());
        }
        outcome.kept = Some(DatedCopies::of_outlines(&root.join("data")).keep(&before)?);
    }
    write_file(&target, text.as_bytes())
}

/// What a text holds for a territory.
///
/// # Errors
///
/// Why it is not its outlines, one sentence.
fn checked(territory: &Territory, text: &str) -> Result<OutlinesOutcome, String> {
    let link = if territory.epci.is_empty() {
        String::new()
    } else {
        format!(
            " Le lien de ce territoire : {}",
            outlines_link(&territory.epci)
        )
    };
    if text.trim_start().starts_with('[') {
        return Err(format!(
            "c’est une liste de communes sans leurs contours : le lien doit dire format=geojson et geometry=contour.{link}"
        ));
    }
    let outlines = parse_outlines(text).map_err(|why| format!("{why}.{link}"))?;
    let drawn: Vec<&CommuneOutline> = outlines.iter().filter(|o| !o.rings.is_empty()).collect();
    if drawn.is_empty() {
        return Err(format!(
            "aucun contour dans ce fichier (des points ou rien) : le lien doit dire geometry=contour.{link}"
        ));
    }
    let has = |insee: &str| drawn.iter().any(|o| o.insee == insee);
    let communes = &territory.communes;
    let (with, missing): (Vec<_>, Vec<_>) = communes.iter().partition(|c| has(&c.insee));
    if !communes.is_empty() && 2 * with.len() < communes.len() {
        let other = drawn
            .iter()
            .find(|o| !o.epci.is_empty() && o.epci != territory.epci);
        let whose = match other {
            Some(other) => format!(" : l’EPCI du fichier est {}", other.epci),
            None => String::new(),
        };
        return Err(format!(
            "ce ne sont pas les communes de ce territoire ({} sur {} y sont){whose}.{link}",
            with.len(),
            communes.len()
        ));
    }
    let missing: Vec<String> = missing.into_iter().map(|c| c.nom.clone()).collect();
    Ok(OutlinesOutcome {
        communes: drawn.len(),
        kept: None,
        diagnostics: missing_remark(&missing).into_iter().collect(),
        missing,
    })
}

fn missing_remark(missing: &[String]) -> Option<Diagnostic> {
    if missing.is_empty() {
        return None;
    }
    let mut told: Vec<String> = missing.iter().take(TOLD).cloned().collect();
    if missing.len() > TOLD {
        told.push(format!("{} autres", missing.len() - TOLD));
    }
    let message = format!(
        "{} sans contour : {}.",
        count(missing.len(), "commune", "communes"),
        list(&told)
    );
    let at = Location::file(OUTLINES_FILE);
    Some(Diagnostic::new(Code::OutlinesMissing, at, message))
}
