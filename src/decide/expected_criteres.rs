//! What an experiment expects of its pilots, and what of it nothing will measure: read before the campaign, when
//! its scope can still be mended.

use crate::base::text::list;
use crate::figures::Scope;
use crate::vocabulary::config::{ExperimentSettings, SETTINGS_FILE, Structure};
use crate::vocabulary::referentiel::{SourceCode, StructureType};

/// An expected critère that a campaign does not measure at a pilot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmeasuredCritere {
    /// Code of the experiment.
    pub experiment: String,
    /// Code of the pilot.
    pub pilot: String,
    /// Code of the critère.
    pub critere: String,
    /// Campaign id.
    pub campaign: String,
    /// Why nothing measures it.
    pub why: Unmeasured,
}

/// Why nothing measures a critère at a pilot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmeasured {
    /// The pilot is not open during the campaign.
    Closed,
    /// The référentiel of the campaign does not have it.
    Unknown,
    /// The campaign leaves it out.
    OutOfCampaign,
    /// It does not apply on the territory.
    PutAside,
    /// It is not for accueils of that type.
    OutOfType(StructureType),
    /// None of the sources that the campaign expects gives it a value; those that would.
    NoSource(Vec<SourceCode>),
}

impl UnmeasuredCritere {
    /// « EXP1 : PRO-3, attendu à P01, n’est pas mesuré à C2 : … ».
    pub fn sentence(&self) -> String {
        let why = match &self.why {
            Unmeasured::Closed => "l’accueil n’est pas ouvert pendant cette campagne".to_owned(),
            Unmeasured::Unknown => "le référentiel de la campagne ne l’a pas".to_owned(),
            Unmeasured::OutOfCampaign => {
                format!("la campagne le laisse hors de son champ (criteres, dans {SETTINGS_FILE})")
            }
            Unmeasured::PutAside => "il est écarté sur ce territoire (grids/local.toml)".to_owned(),
            Unmeasured::OutOfType(kind) => {
                format!(
                    "le référentiel ne l’applique pas à ce type d’accueil ({})",
                    kind.label()
                )
            }
            Unmeasured::NoSource(would) if would.is_empty() => {
                "aucune question de ce critère ne s’adresse à ce type d’accueil".to_owned()
            }
            Unmeasured::NoSource(would) => {
                let would: Vec<&str> = would.iter().map(|s| s.as_str()).collect();
                format!(
                    "aucune source attendue ne lui donne de valeur (il faudrait {} ; sources, dans {SETTINGS_FILE})",
                    list(&would)
                )
            }
        };
        format!(
            "{} : {}, attendu chez {}, n’est pas mesuré à {} : {why}.",
            self.experiment, self.critere, self.pilot, self.campaign
        )
    }
}

/// What of an experiment a campaign will not measure, pilot by pilot.
pub fn unmeasured(experiment: &ExperimentSettings, scope: &Scope) -> Vec<UnmeasuredCritere> {
    let mut found = Vec::new();
    for pilot in &experiment.pilotes {
        let structure = scope.structures.iter().find(|s| s.code == *pilot);
        for critere in &experiment.attendus {
            let why = match structure {
                None => Some(Unmeasured::Closed),
                Some(structure) => why(scope, structure, critere),
            };
            found.extend(why.map(|why| UnmeasuredCritere {
                experiment: experiment.code.clone(),
                pilot: pilot.clone(),
                critere: critere.clone(),
                campaign: scope.campaign.id.clone(),
                why,
            }));
        }
    }
    found
}

fn why(scope: &Scope, structure: &Structure, critere: &str) -> Option<Unmeasured> {
    let (r, campaign, kind) = (scope.referentiel, scope.campaign, structure.kind);
    let Some(position) = r.critere(critere) else {
        return Some(Unmeasured::Unknown);
    };
    if !campaign.expects_critere(critere) {
        return Some(Unmeasured::OutOfCampaign);
    }
    if r.criteres[position].put_aside.is_some() {
        return Some(Unmeasured::PutAside);
    }
    if !r.applies(position, kind) {
        return Some(Unmeasured::OutOfType(kind));
    }
    // What weighs nothing is shown beside and makes no value.
    let sources = SourceCode::ALL.into_iter().filter(|source| {
        let mut elements = r.elements_of(position, *source, kind);
        r.criteres[position].source_weights[*source as usize] > 0.0 && elements.next().is_some()
    });
    let would: Vec<SourceCode> = sources.collect();
    let is_measured = would.iter().any(|source| campaign.expects_source(*source));
    (!is_measured).then_some(Unmeasured::NoSource(would))
}
