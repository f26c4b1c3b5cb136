//! A territory's aggregates as a folder: what `exporter agregats` writes and `--agregats` reads, so that
//! a département adds up its territories without seeing an answer.

use crate::base::day::Day;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::compute::Scope;
use super::follow_up::FollowUp;
use crate::base::error::{Error, Result};
use crate::vocabulary::config::{Registry, Structure, parse_registry};
use crate::vocabulary::referentiel::{Referentiel, parse};

/// What says what the folder holds.
const DESCRIPTION: &str = "agregats.json";
/// Its layout.
const FORMAT: u32 = 1;
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
    /// Writes the description and the référentiels of a folder whose tables are there. `release` says
    /// what was left out of aggregates that may leave; none for whole ones.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn describe(
        dir: &Path,
        territory: &str,
        scopes: &[Scope],
        release: Option<&WithheldByCampaign>,
    ) -> Result<()> {
        let kept = dir.join("referentiels");
        std::fs::create_dir_all(&kept).map_err(Error::io(&kept, "création du dossier"))?;
        let mut shared = Vec::new();
        for scope in scopes {
            let (campaign, referentiel) = (scope.campaign, scope.referentiel);
            let path = kept.join(format!("{}.toml", referentiel.hash));
            std::fs::write(&path, referentiel.text.as_bytes())
                .map_err(Error::io(&path, "écriture"))?;
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
            });
        }
        let description = FolderDescription {
            format: FORMAT,
            territoire: territory.to_owned(),
            diffusable: release.is_some(),
            campagnes: shared,
        };
        let text = serde_json::to_vec_pretty(&description).map_err(|e| damaged(dir, &e))?;
        let path = dir.join(DESCRIPTION);
        std::fs::write(&path, text).map_err(Error::io(&path, "écriture"))
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
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        let description: FolderDescription =
            serde_json::from_slice(&bytes).map_err(|e| damaged(dir, &e))?;
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
        let path = self.dir.join(REGISTRY);
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        let registry: Registry = parse_registry(&path, &bytes)?;
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
    pub(crate) fn campaign(&self, id: &str) -> Option<PathBuf> {
        let rank = self.description.campagnes.iter().position(|c| c.id == id)?;
        Some(campaign_dir(&self.dir, rank))
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
        let path = self
            .dir
            .join(format!("referentiels/{}.toml", shared.referentiel));
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
        parse(&path.display().to_string(), &text)
    }
}

/// Folder of a campaign by its rank: an id may hold what no folder name may.
pub(crate) fn campaign_dir(dir: &Path, rank: usize) -> PathBuf {
    dir.join(format!("campagne-{}", rank + 1))
}

fn damaged(dir: &Path, reason: &dyn std::fmt::Display) -> Error {
    Error::Store(format!(
        "{} : ce dossier d’agrégats ne se lit pas ({reason}). Demandez-le de nouveau à qui l’a exporté.",
        dir.display()
    ))
}
