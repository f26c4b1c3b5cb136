//! An observatory opened: its folder, its store, its plans; scope and figures of a campaign.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::purged_answers::PurgedAnswers;
use crate::base::day::Day;
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::text::{count, fold, suggest};
use crate::compare::Side;
use crate::convention::KnownFiles;
use crate::decide::plans::Plans;
use crate::figures::{
    CampaignFold, HeldFigures, HeldLevels, Indicators, PartedCampaign, Scope, SharedFolder,
};
use crate::intake::observations::Observations;
use crate::intake::store::Store;
use crate::vocabulary::config::{Campaign, Observatory, Registry, Structure};

/// An observatory, its store and its plans.
pub(crate) struct OpenObservatory {
    /// The folder, read.
    pub observatory: Observatory,
    /// What was imported.
    pub store: Store,
    /// Improvement plans.
    pub plans: Plans,
    /// Aggregates of other territories, computed from in place of the store.
    shared: Vec<SharedFolder>,
}

impl OpenObservatory {
    /// Opens the folder given, or the nearest one.
    ///
    /// # Errors
    ///
    /// No observatory there; settings, registry or plans that cannot be read.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self> {
        let observatory = Observatory::open(folder)?;
        let store = Store::open(&observatory)?;
        let plans = Plans::load(&observatory.root, &observatory.settings.campaigns)?;
        let registry = observatory.registry_remarks.iter().cloned();
        for told in plans.remarks().into_iter().chain(registry) {
            store.notices().tell(told);
        }
        Ok(Self {
            observatory,
            store,
            plans,
            shared: Vec::new(),
        })
    }

    /// Opens the folder given, or the nearest one, to compute from aggregates that territories shared,
    /// when there are any.
    ///
    /// # Errors
    ///
    /// As [`Self::open`]; a folder of aggregates that cannot be read, two of one territory.
    pub(crate) fn over(folder: Option<&Path>, aggregates: &[PathBuf]) -> Result<Self> {
        let mut opened = Self::open(folder)?;
        if aggregates.is_empty() {
            return Ok(opened);
        }
        let mut structures = Vec::new();
        let mut territories = BTreeSet::new();
        for dir in aggregates {
            let shared = SharedFolder::open(dir)?;
            if !territories.insert(shared.territory().to_owned()) {
                return Err(Error::Usage(format!(
                    "Deux dossiers d’agrégats sont de « {} » : n’en donnez qu’un.",
                    shared.territory()
                )));
            }
            structures.extend(shared.structures()?);
            opened.shared.push(shared);
        }
        opened.observatory.registry = Registry::new(structures, Vec::new());
        Ok(opened)
    }

    /// The same as it was known on a day: settings, registry, référentiel and plans of that day, imports of that day and
    /// before. To be read alone.
    ///
    /// # Errors
    ///
    /// A file that was kept and cannot be read; a store that cannot be.
    pub(crate) fn known_on(&self, files: &KnownFiles, day: Day) -> Result<Self> {
        let observatory = self.observatory.among(&|name| files.path(name))?;
        Ok(Self {
            store: self.store.known_on(&observatory, day)?,
            plans: Plans::load(&observatory.root, &observatory.settings.campaigns)?.known_on(day),
            observatory,
            shared: Vec::new(),
        })
    }

    /// What is to be said of the aggregates computed from.
    pub(crate) fn shared_remarks(&self) -> Vec<Diagnostic> {
        let masked = self.shared.iter().filter_map(|folder| {
            let counted = count(folder.masked()?, "chiffre masqué", "chiffres masqués");
            Some(format!("{} : {counted}", folder.territory()))
        });
        let masked: Vec<String> = masked.collect();
        if masked.is_empty() {
            return Vec::new();
        }
        let message = format!(
            "agrégats diffusables, où ce qui pouvait désigner quelqu’un a été laissé de côté : les chiffres peuvent différer de ceux du territoire ({}).",
            masked.join(" ; ")
        );
        vec![Diagnostic::new(
            Code::MaskedAggregates,
            Location::none(),
            message,
        )]
    }

    /// Whether figures come from aggregates of other territories, in place of the store.
    pub(crate) fn reads_aggregates(&self) -> bool {
        !self.shared.is_empty()
    }

    /// What people wrote during a campaign; territories do not share words.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn words(&self, campaign: &Campaign) -> Result<Observations> {
        if self.shared.is_empty() {
            self.store.words(&campaign.id)
        } else {
            Ok(Observations::empty())
        }
    }

    /// Structures active in a campaign, in order of code.
    pub(crate) fn active_in(&self, campaign: &Campaign) -> Vec<&Structure> {
        let registry = self.observatory.registry.all().iter();
        let active = registry.filter(|s| s.active(campaign.debut, campaign.fin));
        active.collect()
    }

    /// Scope of a campaign: its référentiel and the structures active in it.
    pub(crate) fn scope<'a>(&'a self, campaign: &'a Campaign) -> Scope<'a> {
        self.scope_of(campaign, self.active_in(campaign))
    }

    /// Structures of folders of aggregates that may leave.
    fn released(&self) -> BTreeSet<String> {
        let masked = self.shared.iter().filter(|f| f.masked().is_some());
        let territories: Vec<&str> = masked.map(SharedFolder::territory).collect();
        let registry = self.observatory.registry.all().iter();
        let codes = registry.map(|s| &s.code).filter(|code| {
            let territory = code.split_once(':').map(|(territory, _)| territory);
            territory.is_some_and(|t| territories.contains(&t))
        });
        codes.cloned().collect()
    }

    /// The scope of some of the structures active in a campaign.
    pub(crate) fn scope_of<'a>(
        &'a self,
        campaign: &'a Campaign,
        structures: Vec<&'a Structure>,
    ) -> Scope<'a> {
        let codes = structures.iter().map(|s| s.code.as_str());
        Scope {
            follow_ups: if self.shared.is_empty() {
                self.plans.follow_ups(campaign.fin, codes)
            } else {
                let shared = self.shared.iter();
                shared
                    .flat_map(|folder| folder.follow_ups(&campaign.id))
                    .collect()
            },
            released: self.released(),
            campaign,
            referentiel: self.observatory.referentiel(campaign),
            structures,
            regulation: &self.observatory.regulation,
        }
    }

    /// A structure of the registry.
    ///
    /// # Errors
    ///
    /// An unknown code, with the nearest ones.
    pub(crate) fn structure(&self, code: &str) -> Result<&Structure> {
        let registry = &self.observatory.registry;
        registry.get(code).ok_or_else(|| {
            let codes = registry.all().iter().map(|s| s.code.as_str());
            let hint = suggest(code, codes).question();
            Error::Usage(format!(
                "« {code} » n’est pas au registre des structures.{hint}"
            ))
        })
    }

    /// A structure active in a campaign, by its code.
    ///
    /// # Errors
    ///
    /// A structure that is not in the registry or not active in the campaign.
    pub(crate) fn active<'a>(&'a self, code: &str, campaign: &Campaign) -> Result<&'a Structure> {
        let active = self.active_in(campaign);
        // Codes are told apart as the registry does: « éco » is « ÉCO ».
        let wanted = fold(code);
        let found = active.iter().find(|s| fold(&s.code) == wanted);
        found.copied().ok_or_else(|| match self.structure(code) {
            Ok(site) => Error::Usage(away(site, campaign)),
            Err(unknown) => unknown,
        })
    }

    /// Figures of a campaign, of which those of some levels alone are held: a vast territory has millions of the others.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn indicators_of(
        &self,
        campaign: &Campaign,
        held: HeldLevels,
    ) -> Result<Checked<Indicators>> {
        let scope = self.scope(campaign);
        let fold = self.fold(campaign)?;
        let mut checked = fold.computation(&scope)?.indicators_of(held.into());
        checked.diagnostics.extend(not_added(&fold));
        checked.diagnostics.extend(figures_alone(&fold, campaign));
        Ok(checked)
    }

    /// The same, its structures handed over some at a time; what was not added is said.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn parted<'s>(
        &self,
        scope: &'s Scope<'s>,
        held: HeldFigures<'s>,
    ) -> Result<Checked<PartedCampaign<'s>>> {
        let fold = self.fold(scope.campaign)?;
        let value = PartedCampaign::new(fold.computation(scope)?, held);
        let mut diagnostics = Vec::new();
        diagnostics.extend(not_added(&fold));
        diagnostics.extend(figures_alone(&fold, scope.campaign));
        Ok(Checked { value, diagnostics })
    }

    /// Answers of a campaign that are no more.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn purged(&self, campaign: &Campaign) -> Result<PurgedAnswers> {
        let records = if self.shared.is_empty() {
            self.store.purges(&campaign.id)?
        } else {
            Vec::new()
        };
        Ok(PurgedAnswers {
            campaign: campaign.id.clone(),
            records,
        })
    }

    /// Whether it computes from aggregates of other territories.
    pub(crate) fn is_shared(&self) -> bool {
        !self.shared.is_empty()
    }

    /// A campaign, folded.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn fold<'a>(&'a self, campaign: &Campaign) -> Result<CampaignFold<'a>> {
        let referentiel = self.observatory.referentiel(campaign);
        if self.shared.is_empty() {
            CampaignFold::open(&self.store, &campaign.id, referentiel)
        } else {
            CampaignFold::shared(&self.shared, &campaign.id, referentiel)
        }
    }

    /// Campaigns that began before one, the oldest first.
    pub(crate) fn before(&self, campaign: &Campaign) -> Vec<&Campaign> {
        let campaigns = self.observatory.settings.campaigns.iter();
        let mut earlier: Vec<&Campaign> = campaigns.filter(|c| c.debut < campaign.debut).collect();
        earlier.sort_by_key(|c| (c.debut, &c.id));
        earlier
    }

    /// The campaign that follows one, when it is planned.
    pub(crate) fn after(&self, campaign: &Campaign) -> Option<&Campaign> {
        let campaigns = self.observatory.settings.campaigns.iter();
        campaigns
            .filter(|c| c.debut > campaign.debut)
            .min_by_key(|c| (c.debut, &c.id))
    }
}

/// Critères that territories share and that are not the same here.
pub(crate) fn not_added(fold: &CampaignFold) -> Option<Diagnostic> {
    let different = fold.different();
    (!different.is_empty()).then(|| {
        let message = format!(
            "critères d’une autre version, non additionnés : {}.",
            different.join(" ; ")
        );
        Diagnostic::new(Code::VersionBreak, Location::none(), message)
    })
}

/// Says that figures come from what was kept of answers that are no more.
pub(crate) fn figures_alone(fold: &CampaignFold, campaign: &Campaign) -> Option<Diagnostic> {
    let purged = PurgedAnswers {
        campaign: campaign.id.clone(),
        records: fold.purged().to_vec(),
    };
    purged.diagnostic("les chiffres viennent des agrégats gardés, ceux que trop peu de personnes portaient disent « effectif_insuffisant »")
}

/// A campaign as one side of a comparison.
pub(crate) fn side<'a>(
    opened: &'a OpenObservatory,
    campaign: &Campaign,
    indicators: &'a Indicators,
) -> Side<'a> {
    Side {
        indicators,
        referentiel: opened.observatory.referentiel(campaign),
    }
}

/// Why an accueil of the registry is in no figure of a campaign.
fn away(site: &Structure, campaign: &Campaign) -> String {
    let Structure { code, nom, .. } = site;
    let closed = site.fermeture.filter(|last| *last < campaign.debut);
    let why = match (closed, site.ouverture) {
        (Some(last), _) => format!("est fermé après le {}", last.short()),
        (None, Some(first)) => format!("n’ouvre que le {}", first.short()),
        (None, None) => "n’est pas en activité".to_owned(),
    };
    format!(
        "« {nom} » ({code}) {why} d’après le registre : il ne compte pas dans {} (du {} au {}). Ce qu’il y aurait rendu reste gardé, et compte de nouveau si cette date est corrigée.",
        campaign.id,
        campaign.debut.short(),
        campaign.fin.short()
    )
}
