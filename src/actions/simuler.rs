//! A fictitious observatory of any size, its raw files included, or its answers straight in the store.

use std::path::PathBuf;

use super::init::lay;
use crate::base::error::Result;
use crate::base::files::create_dir;
use crate::demo;
use crate::demo::DirectCampaign;
use crate::intake::store::{DirectImport, Store};
use crate::vocabulary::config::Observatory;
use crate::vocabulary::referentiel::{embedded, parse};

/// What to make up.
pub(crate) struct SimulateRequest {
    /// Folder to create.
    pub dir: PathBuf,
    /// How many structures.
    pub structures: usize,
    /// How many campaigns.
    pub campaigns: usize,
    /// The same seed gives the same data.
    pub seed: u64,
    /// Answers of families per structure; believable numbers otherwise.
    pub answers: Option<usize>,
}

/// What was made up.
pub(crate) struct SimulateOutcome {
    /// Folder of the raw files, one folder a campaign.
    pub raw: PathBuf,
    /// How many raw files.
    pub files: usize,
}

/// Lays the folder and writes its raw files.
///
/// # Errors
///
/// The folder is an observatory already, or cannot be written.
pub(crate) fn simulate(request: &SimulateRequest) -> Result<SimulateOutcome> {
    let referentiel = parse("referentiel-v2.toml", embedded())?;
    let plan = demo::random(
        &referentiel,
        request.structures,
        request.campaigns,
        request.seed,
        request.answers,
    );
    let registry = demo::registry_csv(&plan);
    lay(&request.dir, &demo::settings_toml(&plan), &registry)?;
    let raw = request.dir.join("data").join("brut");
    create_dir(&raw)?;
    let files = demo::write(&plan, &referentiel, &raw)?.len();
    Ok(SimulateOutcome { raw, files })
}

/// What to make up without raw files.
pub(crate) struct DirectRequest {
    /// Folder to create.
    pub dir: PathBuf,
    /// How many structures.
    pub structures: usize,
    /// How many campaigns.
    pub campaigns: usize,
    /// The same seed gives the same data.
    pub seed: u64,
    /// Answers of each campaign, all structures and sources together.
    pub answers: u64,
}

/// What was made up without raw files.
pub(crate) struct DirectOutcome {
    /// Answers of each campaign.
    pub answers: Vec<u64>,
}

/// Lays the folder and writes one import per campaign in its store.
///
/// # Errors
///
/// The folder is an observatory already, or cannot be written.
pub(crate) fn simulate_direct(request: &DirectRequest) -> Result<DirectOutcome> {
    let referentiel = parse("referentiel-v2.toml", embedded())?;
    let plan = demo::vast(
        &referentiel,
        request.structures,
        request.campaigns,
        request.seed,
    );
    let registry = demo::registry_csv(&plan);
    lay(&request.dir, &demo::settings_toml(&plan), &registry)?;
    let observatory = Observatory::open(Some(&request.dir))?;
    let store = Store::open(&observatory)?;
    let mut answers = Vec::new();
    for (k, campaign) in plan.campaigns.iter().enumerate() {
        let drawn = DirectCampaign::new(&plan, &referentiel, k, request.answers);
        let import = DirectImport {
            date: campaign.last_day,
            campaign: &campaign.id,
            referentiel: &referentiel,
            files: drawn.files(),
        };
        // A store that names respondents has the key that names them.
        store.respondent_key(&campaign.id)?;
        store.add_direct(import, |writers| drawn.write(writers))?;
        answers.push(drawn.answers());
    }
    Ok(DirectOutcome { answers })
}
