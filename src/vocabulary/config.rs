//! The observatory folder: `observatoire.toml`, the registry of structures, the référentiels and
//! regulatory parameters. Flag, then file, then default; unknown keys are refused with their place.
//!
//! | question | file |
//! |---|---|
//! | `observatoire.toml`: what it may say (territory, campaigns, scope) | `settings` |
//! | – changed key by key, what was typed by hand kept around | `settings_text`, `settings_change`; a list of words within: `words_array`; lines that stay to the byte: `untouched_lines` |
//! | which campaign a day is lived in | `campaign_of_day` |
//! | what a campaign is called: « automne 2026 » | `campaign_name` |
//! | what an experiment expects of its pilots (`[[experimentations]]`) | `experiments`; what of it nothing measures: `decide::expected_criteres` |
//! | from how many answers on a figure is shown, by audience; `marge_niveau`; none under three | `thresholds` |
//! | whom to call when a child is in danger | `protection` |
//! | how many months answers are kept (12) | `retention` |
//! | is a structure open; to which one does a name lead? | `registry` |
//! | – names that share their words | `name_words` |
//! | another name learnt, written into the registry alone | `registry_alias`, `list_cell` |
//! | cells and lines of the registry written in its own file | `registry_cells`; the bytes of a text’s cells: `text_cells` |
//! | who is behind the code of an observer | `observers` |
//! | the registry’s file: its columns, which rows are refused | `registry_reader` |
//! | copies that two people filled in; a second registry in Excel | `registry_copies` |
//! | the commune of an accueil, against those of the territory | `registry_communes` |
//! | – which file it is, today or once | `registry_file` |
//! | – what it held before | `registry_history` |
//! | – a registry as cells of text | `registry_lines` |
//! | logo (2 MB at most) and colour (contrast of 4.5) | `brand` |
//! | outlines under the map | `outlines` |
//! | a text file as an editor saved it (UTF-8, BOM) | `text_file` |

mod brand;
mod campaign_name;
mod campaign_of_day;
mod experiments;
mod list_cell;
mod name_words;
mod observers;
mod outlines;
mod protection;
mod registry;
mod registry_alias;
mod registry_cells;
mod registry_communes;
mod registry_copies;
mod registry_file;

mod registry_history;
mod registry_lines;
mod registry_reader;
mod retention;
mod settings;
mod settings_change;
mod settings_text;
mod text_cells;
mod text_file;
mod thresholds;
mod untouched_lines;
mod words_array;

pub use brand::{Brand, Logo};
pub(crate) use campaign_name::namesake;
pub(crate) use campaign_of_day::campaign_on;
pub use experiments::ExperimentSettings;
pub(crate) use name_words::telling_words;
pub use observers::KnownObservers;
pub(crate) use observers::{
    OBSERVERS_FILE, ObserverFound, forget_observers, is_observer_code, learn_observer, observer_key,
};
pub use outlines::{
    CommuneOutline, OUTLINES_FILE, Rings, read as read_outlines,
    read_by_commune as read_outlines_by_commune,
};
pub(crate) use outlines::{parse_outlines, read_at as read_outlines_at};
pub use protection::{ProtectionNumber, ProtectionNumbers};
pub use registry::{Registry, Resolution, Structure, ToldByAccueil};
pub(crate) use registry_alias::learn_alias;
pub(crate) use registry_cells::{EditedRegistry, RegistryEdit, edited_registry, registry_column};
pub(crate) use registry_file::REGISTRY_FILES;
pub(crate) use registry_history::CodeBearer;
pub(crate) use registry_reader::RegistryProblem;
pub use registry_reader::{COLUMNS, parse_registry};
pub use retention::Retention;
pub use settings::{
    Campaign, PlanDelays, SETTINGS_FILE, Settings, Territory, TerritoryCommune, Training,
};
pub(crate) use settings_change::{SettingsChange, SettingsLine, SettingsPlace, SettingsValue};
pub(crate) use settings_text::changed_settings;
pub use text_file::read_text;
pub use thresholds::{AudienceThresholds, Thresholds};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::registry_history::RegistryHistory;
use self::registry_lines::lines_of;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::files::{finish_swap, swap_pending};
use crate::vocabulary::referentiel::local::{CampaignWindow, LOCAL_FILE, LocalLayer};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{self, Referentiel};

/// An observatory folder, read and checked.
pub struct Observatory {
    /// The folder.
    pub root: PathBuf,
    /// `observatoire.toml`.
    pub settings: Settings,
    /// `data/structures.csv` or `.xlsx`, with what copies beside it add.
    pub registry: Registry,
    /// Who is behind the codes of observers; local, never exported.
    pub(crate) observers: KnownObservers,
    /// What is to be said of those copies, and of campaigns at the same time.
    pub(crate) registry_remarks: Vec<Diagnostic>,
    /// Référentiels by campaign: as shipped, with what holds then of the territory's own layer.
    pub referentiels: BTreeMap<String, Arc<Referentiel>>,
    /// The same as shipped, by version.
    pub(crate) shipped: BTreeMap<String, Arc<Referentiel>>,
    /// The territory's own layer.
    pub(crate) local: LocalLayer,
    /// Regulatory parameters.
    pub regulation: Regulation,
}

impl Observatory {
    /// Opens the folder given, or the nearest parent of the current one that is an observatory.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        let root = Self::root_of(folder)?;
        let path = root.join(SETTINGS_FILE);
        if let (false, Some(odd)) = (path.exists(), almost_settings(&root)) {
            return Err(misnamed(&odd));
        }
        let text = read_text(&path)?;
        Self::with_settings(&root, &text)
    }

    /// The observatory of a folder, if its settings said this: what would be written is read like what is.
    ///
    /// # Errors
    ///
    /// Whatever keeps an observatory from being opened.
    pub(crate) fn with_settings(root: &Path, text: &str) -> Result<Self> {
        let settings = Settings::parse(SETTINGS_FILE, text)?;
        let mut merged = registry_copies::read_registry(root)?;
        merged.remarks.extend(settings.overlaps(text));
        merged.remarks.extend(registry_communes::remarks(
            &settings.territory,
            &merged.registry,
            &registry_file::registry_file(root)?,
        ));
        let local = LocalLayer::of(root, read_text)?;
        let places = |name: &str| Some(root.join(name)).filter(|path| path.is_file());
        let own = Self::assemble(root, settings, merged.registry, local, &places)?;
        Ok(Self {
            registry_remarks: merged.remarks,
            ..own
        })
    }

    /// The same observatory as its files were once: `places` says where each is read, by its name from the folder.
    /// Who is behind the code of an observer is never of another day.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub(crate) fn among(&self, places: &dyn Fn(&str) -> Option<PathBuf>) -> Result<Self> {
        let root = &self.root;
        let text = |name: &str| places(name).map(|path| read_text(&path)).transpose();
        let settings = text(SETTINGS_FILE)?
            .ok_or_else(|| Error::Config(format!("{SETTINGS_FILE} manque ce jour-là.")))?;
        let settings = Settings::parse(SETTINGS_FILE, &settings)?;
        let registry = registry_file::registry_among(root, places)?;
        let layer = text(LOCAL_FILE)?.map(|text| LocalLayer::parse(&text));
        let local = layer.transpose()?.unwrap_or_default();
        Self::assemble(root, settings, registry, local, places)
    }

    fn assemble(
        root: &Path,
        settings: Settings,
        registry: Registry,
        local: LocalLayer,
        places: &dyn Fn(&str) -> Option<PathBuf>,
    ) -> Result<Self> {
        let observers = KnownObservers::read(root)?;
        let mut shipped: BTreeMap<String, Arc<Referentiel>> = BTreeMap::new();
        for campaign in &settings.campaigns {
            let version = &campaign.referentiel;
            if !shipped.contains_key(version) {
                let loaded = read_referentiel(places, version)?;
                shipped.insert(version.clone(), loaded);
            }
        }
        let referentiels = layered(&settings.campaigns, &shipped, &local)?;
        for campaign in &settings.campaigns {
            Settings::check_scope(campaign, &referentiels[&campaign.id])?;
        }
        for experiment in &settings.experiments {
            experiment.check_codes(SETTINGS_FILE, &registry, &referentiels)?;
        }
        Ok(Self {
            root: root.to_owned(),
            settings,
            registry,
            observers,
            registry_remarks: Vec::new(),
            referentiels,
            shipped,
            local,
            regulation: read_regulation(places)?,
        })
    }

    /// The folder given, or the nearest parent of the current one that is an observatory; a restoration that a
    /// kill stopped there is finished first.
    ///
    /// # Errors
    ///
    /// No observatory above; a restoration that cannot be finished yet.
    pub(crate) fn root_of(folder: Option<&Path>) -> Result<PathBuf> {
        let root = match folder {
            Some(folder) => folder.to_path_buf(),
            None => find_root()?,
        };
        finish_swap(&root)?;
        Ok(root)
    }

    /// Notes what the registry holds, when it has changed since it was last noted: copies of it that two
    /// people filled in at once are told apart by it.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn note_registry(&self) -> Result<()> {
        let dir = registry_copies::history_dir(&self.root);
        let history = RegistryHistory::read(&dir)?;
        history.note(&dir, &lines_of(&self.registry))
    }

    /// Every code that the registry ever held, with the accueils that bore it: papers and files that went out under
    /// it may come back.
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub(crate) fn codes_ever(&self) -> Result<BTreeMap<String, BTreeSet<CodeBearer>>> {
        let history = RegistryHistory::read(&registry_copies::history_dir(&self.root))?;
        Ok(history.bearers())
    }

    /// Whether the settings hold with another registry.
    ///
    /// # Errors
    ///
    /// A pilot of an experiment that it has not.
    pub(crate) fn holds_with(&self, registry: &Registry) -> Result<()> {
        let mut experiments = self.settings.experiments.iter();
        experiments.try_for_each(|e| e.check_codes(SETTINGS_FILE, registry, &self.referentiels))
    }

    /// A campaign by its id, else the latest one by date of start.
    pub fn campaign(&self, id: Option<&str>) -> Result<&Campaign> {
        self.settings.campaign(id)
    }

    /// The référentiel of a campaign; `open` has proved that it is loaded.
    pub fn referentiel(&self, campaign: &Campaign) -> &Referentiel {
        &self.referentiels[&campaign.id]
    }

    /// What the registry holds of an accueil, as cells of text; nothing when it has none of this code.
    pub(crate) fn registry_cells(&self, code: &str) -> BTreeMap<String, String> {
        lines_of(&self.registry).remove(code).unwrap_or_default()
    }

    /// Where imports are kept.
    pub fn store_dir(&self) -> PathBuf {
        self.root.join("data").join("store")
    }

    /// Logo and colour of the collectivité.
    ///
    /// # Errors
    ///
    /// See [`Brand::read`].
    pub fn brand(&self) -> Result<Brand> {
        Brand::read(&self.root, &self.settings.territory)
    }

    /// Where template overrides may stand.
    pub fn templates_dir(&self) -> PathBuf {
        self.root.join("reports").join("modeles")
    }
}

fn find_root() -> Result<PathBuf> {
    let start = std::env::current_dir().map_err(Error::io(".", "lecture"))?;
    start
        .ancestors()
        .find(|dir| dir.join(SETTINGS_FILE).is_file() || swap_pending(dir))
        .map(Path::to_path_buf)
        .ok_or_else(|| {
            if let Some(odd) = start.ancestors().find_map(almost_settings) {
                return misnamed(&odd);
            }
            Error::Config(format!(
                "Aucun fichier {SETTINGS_FILE} dans {} ni au-dessus. Créez un dossier d’observatoire avec « observatoire init DOSSIER », ou indiquez-le avec --dossier.",
                start.display()
            ))
        })
}

/// Settings under a name that an editor or a synchroniser gave them: Windows hides `.txt`, Word adds its
/// own ending, a copy is numbered.
fn almost_settings(dir: &Path) -> Option<PathBuf> {
    let names = std::fs::read_dir(dir).ok()?;
    let mut alike: Vec<PathBuf> = names
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
            let name = name.to_lowercase();
            name != SETTINGS_FILE
                && name.starts_with("observatoire")
                && name.contains(".toml")
                && path.is_file()
        })
        .collect();
    alike.sort();
    alike.into_iter().next()
}

fn misnamed(odd: &Path) -> Error {
    let name = odd.file_name().unwrap_or_default().to_string_lossy();
    Error::Config(format!(
        "{} : les réglages doivent s’appeler « {SETTINGS_FILE} », et ce fichier s’appelle « {name} ». Renommez-le ; sous Windows, cochez « Extensions de noms de fichiers » dans l’onglet Affichage de l’Explorateur pour voir le nom entier.",
        odd.display()
    ))
}

/// The référentiel of each campaign, by its id: as shipped, with what holds of the layer then.
///
/// # Errors
///
/// A layer that says what cannot be.
pub(crate) fn layered(
    campaigns: &[Campaign],
    shipped: &BTreeMap<String, Arc<Referentiel>>,
    local: &LocalLayer,
) -> Result<BTreeMap<String, Arc<Referentiel>>> {
    let known: Vec<&Referentiel> = shipped.values().map(Arc::as_ref).collect();
    if !local.tables.is_empty() {
        local.check(&known)?;
    }
    let mut all: BTreeMap<String, Arc<Referentiel>> = BTreeMap::new();
    for campaign in campaigns {
        let own = &shipped[&campaign.referentiel];
        let one = if local.tables.is_empty() {
            own.clone()
        } else {
            let window = CampaignWindow {
                begins: campaign.debut,
                ends: campaign.fin,
            };
            Arc::new(local.over(&campaign.referentiel, own, window)?)
        };
        all.insert(campaign.id.clone(), one);
    }
    Ok(all)
}

/// Versions of the référentiel that a campaign of this folder may ask for, the oldest first.
pub(crate) fn versions_offered(root: &Path) -> Vec<String> {
    let names = std::fs::read_dir(root.join("grids")).into_iter().flatten();
    let mut all: Vec<String> = names
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = name.strip_prefix("referentiel-")?.strip_suffix(".toml")?;
            Some(version.to_owned())
        })
        .collect();
    all.push(referentiel::SHIPPED.to_owned());
    all.sort();
    all.dedup();
    all
}

/// `grids/referentiel-<version>.toml`, else the embedded one when the version is the one shipped. A version that
/// was shipped once stays embedded: folders hold no copy of it.
fn read_referentiel(
    places: &dyn Fn(&str) -> Option<PathBuf>,
    version: &str,
) -> Result<Arc<Referentiel>> {
    let name = format!("referentiel-{version}.toml");
    let loaded = if let Some(path) = places(&format!("grids/{name}")) {
        referentiel::parse_once(&name, &read_text(&path)?, None)?
    } else if version == referentiel::SHIPPED {
        referentiel::parse_once(&name, referentiel::embedded(), None)?
    } else {
        return Err(Error::Config(format!(
            "{SETTINGS_FILE} : la version « {version} » du référentiel est demandée, mais grids/{name} n’existe pas."
        )));
    };
    if loaded.version != version {
        return Err(Error::Config(format!(
            "grids/{name} : le fichier se dit de version « {} », son nom dit « {version} ».",
            loaded.version
        )));
    }
    Ok(loaded)
}

fn read_regulation(places: &dyn Fn(&str) -> Option<PathBuf>) -> Result<Regulation> {
    let name = referentiel::regulation::FILE_NAME;
    let text = match places(&format!("grids/{name}")) {
        Some(path) => read_text(&path)?,
        None => referentiel::regulation::embedded().to_owned(),
    };
    Regulation::parse(name, &text)
}
