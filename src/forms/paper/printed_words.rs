//! What printed forms share: who prints them, their title, how they are filled in, how answers are drawn.

use std::path::Path;

use serde::Serialize;

use crate::forms::asked::{AskedForm, Choice};
use crate::vocabulary::config::ProtectionNumbers;
use crate::vocabulary::referentiel::{AnswerDrawing, Element, SourceCode, own_visit};

/// What a printed form says besides its questions.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Name of the territory.
    pub territory: &'a str,
    /// Whether the data are invented: said at the head of every form.
    pub fictitious: bool,
    /// ISO date of the document.
    pub date: &'a str,
    /// Whom to call when a child is in danger: on the first page of what carries the protocol.
    pub numbers: &'a ProtectionNumbers,
    /// Folder whose templates replace the embedded ones, by name.
    pub templates: &'a Path,
}

/// What every printed form says at its head.
#[derive(Serialize)]
pub(super) struct FormHead<'a> {
    #[serde(rename = "titre")]
    title: &'static str,
    #[serde(rename = "territoire")]
    territory: &'a str,
    /// Code and name of the accueil; empty where a line is left for it.
    #[serde(rename = "accueil")]
    place: String,
    #[serde(rename = "mention")]
    notice: &'static str,
    #[serde(rename = "consignes")]
    instructions: Vec<String>,
}

impl<'a> FormHead<'a> {
    pub(super) fn new(asked: &AskedForm, paper: &Paper<'a>, instructions: Vec<String>) -> Self {
        let place = match asked.places {
            [only] if asked.is_questionnaire() => only.name.clone(),
            [only] => format!("{} {}", only.code, only.name),
            _ => String::new(),
        };
        Self {
            title: title(asked.source),
            territory: paper.territory,
            place,
            notice: if paper.fictitious {
                "DONNÉES FICTIVES"
            } else {
                ""
            },
            instructions,
        }
    }
}

/// An answer as it is drawn on paper.
#[derive(Debug, Serialize, Clone, PartialEq)]
pub struct PaperAnswer {
    /// Code.
    pub code: String,
    /// Its words.
    pub label: String,
    /// Mouth of the face, −1 to 1; none for what is no face.
    #[serde(rename = "bouche")]
    pub mouth: Option<f64>,
    /// How full the circle is, 0 to 1; none for what is no circle.
    #[serde(rename = "plein")]
    pub full: Option<f64>,
}

fn title(source: SourceCode) -> &'static str {
    match source {
        SourceCode::Obs => "Grille d’observation",
        SourceCode::Aut => "Auto-évaluation de l’équipe",
        SourceCode::Dir => "Entretien avec la direction",
        SourceCode::Fam => "Votre avis de parent",
        SourceCode::Enf => "Ce que tu penses de ton accueil",
        SourceCode::Eqp => "Votre avis d’animateur ou d’animatrice",
        SourceCode::Ens => "L’avis de l’école",
        SourceCode::Don => "Données d’activité",
    }
}

pub(super) const LEVELS: &str = "Notez de 1 (non engagé) à 4 (maîtrisé). NO : l’élément s’applique, mais on ne l’a pas vu ce jour-là.";
const UNSEEN: &str = "NO : l’élément s’applique, mais on ne l’a ni vu ni vérifié ce jour-là. Là où un élément a ses propres mots, ils disent ce que vaut chaque note.";
const NOT_CONCERNED: &str = "NC : l’élément ne s’applique pas à cet accueil ; écrivez pourquoi. Le NC n’est pas admis là où un tiret remplace la case.";
pub(super) const NO_NAME: &str =
    "On note des pratiques, jamais des personnes. N’écrivez aucun nom.";
pub(super) const REMARKABLE: &str = "Pratique remarquable, à montrer à d’autres équipes : mettez une étoile devant votre commentaire et décrivez ce qui a été vu. Elle ne change aucune note.";

/// What to do before a grave fact: on the first page of what adults observe, and of the workshop with children.
pub(super) fn protocol(asked: &AskedForm, numbers: &ProtectionNumbers) -> Vec<String> {
    let with_children = asked.source == SourceCode::Enf;
    let own = &asked.referentiel.purpose.protocol;
    if own.is_empty() || (asked.is_questionnaire() && !with_children) {
        return Vec::new();
    }
    let mut lines = own.clone();
    lines.push(numbers.line());
    lines
}

/// How a form is filled in, one sentence after the other: what the answers of its scales mean, what an absence is.
pub fn instructions(asked: &AskedForm) -> Vec<String> {
    let r = asked.referentiel;
    let plain: &[&str] = match asked.source {
        SourceCode::Enf if r.purpose.protocol.is_empty() => &[
            "Entoure le visage qui dit ce que tu penses.",
            "Toutes les réponses sont bonnes. N’écris pas ton nom.",
        ],
        SourceCode::Enf => &[
            "Entoure la réponse qui te va. Toutes les réponses sont bonnes. N’écris pas ton nom.",
            "Tu peux passer une question. Tu peux t’arrêter quand tu veux.",
            "Si quelque chose te fait du souci, parles-en à un adulte de confiance, ou appelle le 119 : c’est gratuit.",
        ],
        SourceCode::Fam | SourceCode::Eqp | SourceCode::Ens => &[
            "Ce questionnaire est anonyme. Cochez une seule case par phrase ; laissez vide ce à quoi vous ne souhaitez pas répondre.",
            "N’écrivez aucun nom, ni d’adulte, ni d’enfant.",
        ],
        SourceCode::Obs => &[NOT_CONCERNED, REMARKABLE, NO_NAME],
        _ => &[NOT_CONCERNED, NO_NAME],
    };
    let mut all: Vec<String> = if asked.is_questionnaire() {
        Vec::new()
    } else if r.purpose.protocol.is_empty() {
        vec![LEVELS.to_owned()]
    } else {
        let legends = r.legends(asked.source).into_iter();
        legends.chain([UNSEEN.to_owned()]).collect()
    };
    all.extend(own_visit(asked.moments));
    all.extend(plain.iter().map(|line| (*line).to_owned()));
    all
}

/// Answers of the scale, the NC of an impératif included: the line says that it is refused.
pub fn answers(asked: &AskedForm, element: &Element) -> Vec<PaperAnswer> {
    let scale = &asked.referentiel.scales[element.scale];
    let faces = scale.modalities.len();
    let mut all = asked.choices(element);
    if scale.nc && asked.is_must(element) && !element.headcount {
        let code = if scale.is_finding() { "SO" } else { "NC" };
        all.insert(faces, Choice::new(code, "Non concerné"));
    }
    let unsure = match asked.source {
        SourceCode::Enf => "je ne sais pas",
        _ => "Je ne sais pas",
    };
    let answers = all.into_iter().enumerate().map(|(rank, choice)| {
        let is_unsure = asked.is_questionnaire() && choice.code == "NSP";
        PaperAnswer {
            label: if is_unsure {
                unsure.to_owned()
            } else {
                choice.label
            },
            code: choice.code,
            mouth: (rank < faces && scale.drawing == AnswerDrawing::Visages)
                .then(|| mouth(rank, faces)),
            full: (rank < faces && scale.drawing == AnswerDrawing::Cercles)
                .then(|| rank as f64 / (faces.max(2) - 1) as f64),
        }
    });
    answers.collect()
}

/// Three faces go from sad to happy; five are five degrees of happy, which spreads the answers of
/// 8 to 11 year-olds (Hall, Hume & Tazzyman 2016).
fn mouth(rank: usize, faces: usize) -> f64 {
    let part = rank as f64 / (faces.max(2) - 1) as f64;
    if faces <= 3 {
        2.0f64.mul_add(part, -1.0)
    } else {
        0.8f64.mul_add(part, 0.2)
    }
}

/// What people are asked in their own words, and what they are told before they write it.
pub(super) fn open_question(source: SourceCode) -> (&'static str, &'static str) {
    match source {
        SourceCode::Enf => (
            "Si tu veux, dessine ou écris ce que tu préfères ici.",
            "N’écris pas de nom.",
        ),
        _ => (
            "Souhaitez-vous ajouter quelque chose ?",
            "Ni nom, ni téléphone : ce texte peut être lu par d’autres.",
        ),
    }
}
