//! A territory's aggregates as a folder: what `exporter agregats` writes and `--agregats` reads, so that
//! a département adds up its territories without seeing an answer.

use crate::base::day::Day;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::aggregates::{SharedTables, TableSums};
use super::follow_up::FollowUp;
use super::scope::Scope;
use crate::base::error::{Error, Result};
use crate::base::files::{Damage, read_checked, read_sealed, sha256, write_file, write_sealed};
use crate::vocabulary::config::{Registry, Structure, parse_registry};
use crate::vocabulary::referentiel::{Referentiel, parse};

/// What says what the folder holds.
const DESCRIPTION: &str = "agregats.json";
/// Its layout.
const FORMAT: u32 = 2;
/// The registry of the territory.
pub(crate) const REGISTRY: &str = "structures.csv";

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FolderDescription {
    format: u32,
    /// Name of the collectivité.
    territoire: String,
    /// Whether what could point at someone was left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    diffusable: bool,
    campagnes: Vec<SharedCampaign>,
    /// File that is no table → its SHA-256.
    fichiers: BTreeMap<String, String>,
}

/// A campaign of the folder, in a subfolder of its rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedCampaign {
    id: String,
    label: String,
    debut: Day,
    fin: Day,
    /// Version of its référentiel.
    version: String,
    /// Hash of its référentiel, kept in `referentiels/`.
    referentiel: String,
    /// Structure code → what its improvement plan had become by the end of the campaign.
    plans: BTreeMap<String, FollowUp>,
    /// Why figures were left out → how many.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    masques: BTreeMap<String, usize>,
    /// What the bytes of each table come to.
    tables: TableSums,
}

/// Campaign id → why figures were left out of aggregates that may leave → how many.
pub(crate) type WithheldByCampaign = BTreeMap<String, BTreeMap<String, usize>>;

/// A folder of aggregates.
#[derive(Debug)]
pub(crate) struct SharedFolder {
    dir: PathBuf,
    description: FolderDescription,
}

impl SharedFolder {
    /// Writes the registry, the référentiels and the description of a folder whose tables are there, in
    /// the order of its campaigns. `release` says what was left out of aggregates that may leave; none
    /// for whole ones.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn describe(
        dir: &Path,
        territory: &str,
        registry: &[u8],
        campaigns: Vec<WrittenCampaign>,
        release: Option<&WithheldByCampaign>,
    ) -> Result<()> {
        let mut files = BTreeMap::new();
        let mut put = |name: String, bytes: &[u8]| {
            write_file(&dir.join(&name), bytes)?;
            files.insert(name, sha256(bytes));
            Ok::<(), Error>(())
        };
        put(REGISTRY.to_owned(), registry)?;
        let mut shared = Vec::new();
        for WrittenCampaign { scope, tables } in campaigns {
            let (campaign, referentiel) = (scope.campaign, scope.referentiel);
            put(kept_at(&referentiel.hash), referentiel.text.as_bytes())?;
            shared.push(SharedCampaign {
                id: campaign.id.clone(),
                label: campaign.label.clone(),
                debut: campaign.debut,
                fin: campaign.fin,
                version: referentiel.version.clone(),
                referentiel: referentiel.hash.clone(),
                plans: scope.follow_ups.clone(),
                masques: release
                    .and_then(|r| r.get(&campaign.id).cloned())
                    .unwrap_or_default(),
                tables,
            });
        }
        // The description comes last: a folder without it is not whole.
        let description = FolderDescription {
            format: FORMAT,
            territoire: territory.to_owned(),
            diffusable: release.is_some(),
            campagnes: shared,
            fichiers: files,
        };
        write_sealed(&dir.join(DESCRIPTION), &description)
    }

    /// Opens a folder that another observatory wrote.
    ///
    /// # Errors
    ///
    /// A folder that holds no aggregates, or those of another version of the program.
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        if !dir.is_dir() {
            return Err(Error::Usage(format!(
                "« {} » n’est pas un dossier : donnez celui que « exporter agregats » a écrit.",
                dir.display()
            )));
        }
        let path = dir.join(DESCRIPTION);
        let description: FolderDescription = match read_sealed(&path) {
            Ok(description) => description,
            Err(_) if is_of_earlier_layout(&path) => {
                let why = "il vient d’une version précédente du programme, sans empreintes";
                return Err(damaged(dir, &why));
            }
            Err(damage) => return Err(not_as_written(&path, &damage)),
        };
        if description.format != FORMAT {
            return Err(damaged(dir, &format!("format {}", description.format)));
        }
        Ok(Self {
            dir: dir.to_owned(),
            description,
        })
    }

    /// Name of the collectivité.
    pub(crate) fn territory(&self) -> &str {
        &self.description.territoire
    }

    /// How many figures were left out of the campaigns, when what could point at someone was.
    pub(crate) fn masked(&self) -> Option<usize> {
        let campaigns = self.description.campagnes.iter();
        let masked = campaigns.flat_map(|c| c.masques.values()).sum();
        self.description.diffusable.then_some(masked)
    }

    /// Structures of the territory, under their names in the sum of several.
    ///
    /// # Errors
    ///
    /// A registry that cannot be read.
    pub(crate) fn structures(&self) -> Result<Vec<Structure>> {
        let bytes = self.checked(REGISTRY)?;
        let registry: Registry = parse_registry(&self.dir.join(REGISTRY), &bytes)?;
        let structures = registry.all().iter().cloned().map(|mut structure| {
            structure.code = self.apart(&structure.code);
            // A sector of the same name elsewhere is another one.
            if !structure.secteur.is_empty() {
                structure.secteur = self.apart(&structure.secteur);
            }
            structure
        });
        Ok(structures.collect())
    }

    /// A code of this territory, apart from the same one elsewhere.
    pub(crate) fn apart(&self, code: &str) -> String {
        format!("{}:{code}", self.description.territoire)
    }

    /// The tables of a campaign, none when the territory did not take part.
    pub(crate) fn campaign(&self, id: &str) -> Option<SharedTables> {
        let campaigns = &self.description.campagnes;
        let rank = campaigns.iter().position(|c| c.id == id)?;
        Some(SharedTables {
            dir: campaign_dir(&self.dir, rank),
            sums: campaigns[rank].tables.clone(),
        })
    }

    /// A file that is no table, as it was written.
    fn checked(&self, name: &str) -> Result<Vec<u8>> {
        let path = self.dir.join(name);
        let sum = self.description.fichiers.get(name);
        let sum = sum.ok_or_else(|| not_as_written(&path, &Damage::Missing))?;
        read_checked(&path, sum).map_err(|damage| not_as_written(&path, &damage))
    }

    /// What improvement plans had become by the end of a campaign.
    pub(crate) fn follow_ups(&self, campaign: &str) -> impl Iterator<Item = (String, FollowUp)> {
        let mut campaigns = self.description.campagnes.iter();
        let plans = campaigns.find(|c| c.id == campaign).map(|c| &c.plans);
        let plans = plans.into_iter().flatten();
        plans.map(|(code, follow_up)| (self.apart(code), *follow_up))
    }

    /// The référentiel of a campaign.
    ///
    /// # Errors
    ///
    /// A référentiel that is missing or cannot be read.
    pub(crate) fn referentiel(&self, campaign: &str) -> Result<Referentiel> {
        let mut campaigns = self.description.campagnes.iter();
        let shared = campaigns
            .find(|c| c.id == campaign)
            .ok_or_else(|| damaged(&self.dir, &campaign))?;
        let name = kept_at(&shared.referentiel);
        let text = String::from_utf8(self.checked(&name)?).map_err(|e| damaged(&self.dir, &e))?;
        parse(&self.dir.join(&name).display().to_string(), &text)
    }
}

/// A campaign whose tables were written.
pub(crate) struct WrittenCampaign<'a> {
    /// The campaign.
    pub(crate) scope: Scope<'a>,
    /// What the bytes of each of its tables come to.
    pub(crate) tables: TableSums,
}

/// Where the référentiel of a hash is kept in the folder.
fn kept_at(hash: &str) -> String {
    format!("referentiels/{hash}.toml")
}

/// Whether a description is one of those that bore no sums.
fn is_of_earlier_layout(path: &Path) -> bool {
    #[derive(Deserialize)]
    struct EarlierDescription {
        format: u32,
    }
    let bytes = std::fs::read(path).ok();
    let read = bytes.and_then(|b| serde_json::from_slice::<EarlierDescription>(&b).ok());
    read.is_some_and(|d| d.format < FORMAT)
}

fn not_as_written(path: &Path, damage: &Damage) -> Error {
    Error::Store(format!("{} : {damage}. {ASK}", path.display()))
}

/// What to do about a folder that cannot be used.
const ASK: &str = "Demandez ce dossier d’agrégats de nouveau à qui l’a exporté.";

/// Folder of a campaign by its rank: an id may hold what no folder name may.
pub(crate) fn campaign_dir(dir: &Path, rank: usize) -> PathBuf {
    dir.join(format!("campagne-{}", rank + 1))
}

fn damaged(dir: &Path, reason: &dyn std::fmt::Display) -> Error {
    Error::Store(format!(
        "{} : ce dossier d’agrégats ne se lit pas ({reason}). {ASK}",
        dir.display()
    ))
}
