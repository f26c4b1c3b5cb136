//! The words of guides that no other file holds, and the file of the folder that replaces them.

use std::path::Path;

use serde::Deserialize;

use crate::base::error::{Error, Result};
use crate::base::toml_error::toml_message;
use crate::vocabulary::config::read_text;
use crate::vocabulary::referentiel::{StructureType, VisitMoment};

/// Name of the file in `reports/modeles`.
const FILE_NAME: &str = "guides.toml";
const EMBEDDED: &str = include_str!("../../reports/modeles/guides.toml");

/// The words of every guide.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideWords {
    pub(super) commun: SharedWords,
    pub(super) visite: VisitWords,
    pub(super) entretien: InterviewWords,
    pub(super) atelier: WorkshopWords,
    pub(super) lecture: ReadingWords,
    /// A file reworded before this guide existed has not its words.
    #[serde(default = "embedded_preparation")]
    pub(super) preparation: PreparationWords,
    #[serde(default = "embedded_papers")]
    pub(super) dossier: PapersWords,
}

/// The words of the program for guides younger than some files of the folder.
#[derive(Deserialize)]
struct YoungerWords {
    preparation: PreparationWords,
    dossier: PapersWords,
}

impl YoungerWords {
    fn embedded() -> Self {
        toml::from_str(EMBEDDED).expect("the words of the program")
    }
}

fn embedded_preparation() -> PreparationWords {
    YoungerWords::embedded().preparation
}

fn embedded_papers() -> PapersWords {
    YoungerWords::embedded().dossier
}

/// The words of the list of documents.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PapersWords {
    #[serde(flatten)]
    pub title: GuideTitle,
    pub mode_emploi: Vec<String>,
    pub deja_vu: String,
    pub pret: String,
    pub document: String,
    pub chez_qui: String,
    pub texte: String,
    pub constate: String,
    pub conforme: String,
    pub corrige: String,
    pub pas_vu: String,
    pub a_reprendre: String,
}

/// The words of the guide that prepares a campaign.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PreparationWords {
    #[serde(flatten)]
    pub title: GuideTitle,
    pub avant: Vec<String>,
    pub visites: Vec<String>,
    pub reponses: Vec<String>,
    pub annoncer: Vec<String>,
}

impl GuideWords {
    /// Those of the folder of templates, else those of the program.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, with a mistake of syntax, a key that is missing or unknown.
    pub fn load(folder: &Path) -> Result<Self> {
        let own = folder.join(FILE_NAME);
        if own.is_file() {
            Self::parse(&format!("reports/modeles/{FILE_NAME}"), &read_text(&own)?)
        } else {
            Self::parse(FILE_NAME, EMBEDDED)
        }
    }

    fn parse(name: &str, text: &str) -> Result<Self> {
        toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))
    }
}

/// Title and what stands under it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct GuideTitle {
    pub titre: String,
    pub sous_titre: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SharedWords {
    pub protection: String,
    pub protection_phrase: String,
    pub a_ecrire: String,
    pub source: String,
}

/// The observer’s visit.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct VisitWords {
    #[serde(flatten)]
    pub title: GuideTitle,
    pub qui: Vec<String>,
    pub avant: Vec<String>,
    pub pendant: Vec<String>,
    pub apres: Vec<String>,
    pub dans_le_doute: Vec<String>,
    pub comptage: String,
    pub comptage_hors_droit: String,
    pub direction_compte: String,
    pub ages_melanges: String,
    pub constats: String,
    pub frequences: String,
    pub ancres: String,
    pub vu_aussi: String,
    pub hors_parcours: String,
    pub moments: MomentsWords,
    pub parcours: Vec<VisitCourse>,
}

/// What to do at each moment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MomentsWords {
    lieux: MomentAdvice,
    arrivee_matin: MomentAdvice,
    activite: MomentAdvice,
    repas: MomentAdvice,
    gouter: MomentAdvice,
    depart: MomentAdvice,
}

impl MomentsWords {
    pub(super) fn of(&self, moment: VisitMoment) -> &MomentAdvice {
        match moment {
            VisitMoment::Lieux => &self.lieux,
            VisitMoment::ArriveeMatin => &self.arrivee_matin,
            VisitMoment::Activite => &self.activite,
            VisitMoment::Repas => &self.repas,
            VisitMoment::Gouter => &self.gouter,
            VisitMoment::Depart => &self.depart,
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MomentAdvice {
    pub consigne: String,
    pub preparer: Vec<String>,
}

/// How the visit of some types of accueil goes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitCourse {
    pub types: Vec<StructureType>,
    pub phrase: String,
    pub passages: Vec<VisitPassage>,
}

/// Moments seen in one go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitPassage {
    pub nom: String,
    pub etapes: Vec<VisitStep>,
}

/// A moment, and how many minutes are given to it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitStep {
    pub moment: VisitMoment,
    pub minutes: usize,
}

/// The interview with the direction.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct InterviewWords {
    #[serde(flatten)]
    pub title: GuideTitle,
    pub minutes: usize,
    pub conduire: Vec<String>,
    pub deux_seances: String,
    pub pieces: String,
    pub preuves: Vec<String>,
    pub loi: String,
}

/// The workshop with children.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct WorkshopWords {
    #[serde(flatten)]
    pub title: GuideTitle,
    pub accord: Vec<String>,
    pub materiel: Vec<String>,
    pub jeunes: String,
    pub grands: String,
    pub dire: String,
    pub ne_pas: Vec<String>,
    pub saisir: Vec<String>,
    pub seuil: String,
    pub deroule: Vec<WorkshopStep>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkshopStep {
    pub minutes: usize,
    pub titre: String,
    pub quoi: String,
}

/// The results read in a team.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ReadingWords {
    #[serde(flatten)]
    pub title: GuideTitle,
    pub regles: Vec<String>,
    pub mots: Vec<ReadingWord>,
    pub conclure_pas: Vec<String>,
    pub choisir: Vec<String>,
    pub remarques: String,
    pub deroule: Vec<ReadingStep>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingWord {
    pub mot: String,
    pub sens: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingStep {
    pub minutes: usize,
    pub titre: String,
    /// The section of the report to the team to be opened.
    pub rubrique: String,
    pub questions: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_accueil_has_its_visit_and_a_mistake_is_placed() {
        let words = GuideWords::parse(FILE_NAME, EMBEDDED).expect("the shipped words");
        for kind in StructureType::ALL {
            let courses = words.visite.parcours.iter();
            let own = courses.filter(|c| c.types.contains(&kind)).count();
            assert_eq!(own, 1, "{}", kind.label());
        }
        let wrong = EMBEDDED.replace("moment = \"depart\"", "moment = \"départs\"");
        let said = GuideWords::parse("reports/modeles/guides.toml", &wrong)
            .expect_err("no such moment")
            .to_string();
        assert!(
            said.contains("reports/modeles/guides.toml, ligne"),
            "{said}"
        );
    }
}
