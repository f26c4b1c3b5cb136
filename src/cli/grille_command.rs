//! `grille`: blank forms of a source, for a structure, a type of accueil, or everybody.

use std::path::{Path, PathBuf};

use clap::Args;

use super::choices::{form_format, form_subject, structure_type, visit_moment};
use super::done::Done;
use super::opening::open;
use crate::actions::grille::{FormFormat, FormSubject, FormsOutcome, FormsRequest, write_forms};
use crate::actions::survey_form_file::{SurveyFormRequest, write_survey_form};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::vocabulary::referentiel::{StructureType, VisitMoment};

/// `grille`.
#[derive(Args)]
pub(super) struct GrilleArgs {
    /// Source : OBS, AUT, DIR, FAM, ENF, EQP, ENS ; ou RETOURS : ce qu’une équipe répond à son rapport
    #[arg(value_name = "SOURCE", value_parser = form_subject, required_unless_present = "enquete")]
    pub source: Option<FormSubject>,
    /// Le formulaire d’une enquête de ctg/enquetes, à la place d’une source
    #[arg(long, value_name = "CODE", conflicts_with_all = ["source", "structure", "type", "moment", "campagne"])]
    pub enquete: Option<String>,
    /// Outil visé
    #[arg(long, value_parser = form_format(), default_value = "xlsx")]
    pub format: FormFormat,
    /// Un seul accueil
    #[arg(long, value_name = "CODE", conflicts_with = "type")]
    pub structure: Option<String>,
    /// Un seul type d’accueil
    #[arg(long, value_name = "T", value_parser = structure_type)]
    pub r#type: Option<StructureType>,
    /// Moments de la visite, séparés par des virgules (OBS) : lieux, arrivee_matin, activite, repas, gouter, depart ;
    /// une grille par moment tient en trente éléments, et porte son propre numéro de visite
    #[arg(long, value_name = "M", value_delimiter = ',', value_parser = visit_moment)]
    pub moment: Vec<VisitMoment>,
    /// Campagne, pour sa version du référentiel (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Dossier à écrire (par défaut : grids/vierges)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &GrilleArgs) -> Result<Done> {
    let opened = open(folder)?;
    let outcome = match (&args.enquete, args.source) {
        (Some(survey), _) => write_survey_form(
            &opened,
            &SurveyFormRequest {
                survey: survey.clone(),
                format: args.format,
                out: args.sortie.clone(),
            },
        )?,
        (None, Some(subject)) => write_forms(&opened, &request(args, subject))?,
        (None, None) => return Err(Error::Usage("Dites une source, ou --enquete.".to_owned())),
    };
    Ok(done(&outcome))
}

fn request(args: &GrilleArgs, subject: FormSubject) -> FormsRequest {
    FormsRequest {
        subject,
        format: args.format,
        structure: args.structure.clone(),
        kind: args.r#type,
        moments: args.moment.clone(),
        campaign: args.campagne.clone(),
        out: args.sortie.clone(),
    }
}

fn done(outcome: &FormsOutcome) -> Done {
    let written = outcome.written.iter();
    let names: Vec<String> = written.map(|p| p.display().to_string()).collect();
    let summary = match outcome.replaced {
        0 => String::new(),
        n => format!(
            "{} à la place de {}.",
            count(n, "grille écrite", "grilles écrites"),
            count(n, "fichier qui s’y trouvait", "fichiers qui s’y trouvaient")
        ),
    };
    Done {
        summary,
        text: format!(
            "{} dans {}.",
            count(
                names.len(),
                "grille vierge écrite",
                "grilles vierges écrites"
            ),
            outcome.out.display()
        ),
        result: serde_json::json!({ "grilles": names }),
        ..Done::default()
    }
}
