//! Forms to fill in with a pen, as PDF: a table of circles for adults, large drawn faces for
//! children. Codes stand beside each line, for whoever types the answers in.

use std::path::Path;

use serde::Serialize;

use super::asked::{AskedForm, Choice};
use crate::base::error::{Error, Result};
use crate::base::text::make_visible;
use crate::base::typeset::{Info, compile};
use crate::vocabulary::config::ProtectionNumbers;
use crate::vocabulary::referentiel::{AgeBand, AnswerDrawing, Axe, Element, SourceCode, own_visit};

const ADULTS: (&str, &str) = (
    "grille.typ",
    include_str!("../../reports/modeles/grille.typ"),
);
const CHILDREN: (&str, &str) = (
    "grille-enfants.typ",
    include_str!("../../reports/modeles/grille-enfants.typ"),
);

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

/// Writes a form; one place asked about is printed, else a line is left for it.
///
/// # Errors
///
/// [`Error::Render`] when the template is wrong, [`Error::Io`] when it cannot be read.
pub fn paper(asked: &AskedForm, paper: &Paper) -> Result<Vec<u8>> {
    let (name, embedded) = if asked.source == SourceCode::Enf {
        CHILDREN
    } else {
        ADULTS
    };
    let own = paper.templates.join(name);
    let template = if own.is_file() {
        std::fs::read_to_string(&own).map_err(Error::io(&own, "lecture"))?
    } else {
        embedded.to_owned()
    };
    let mut data = serde_json::to_value(PaperPage::new(asked, paper))
        .map_err(|e| Error::Render(format!("La grille ne peut pas être écrite ({e}).")))?;
    make_visible(&mut data);
    let data = data.to_string().into_bytes();
    let info = Info {
        date: paper.date,
        ..Info::default()
    };
    compile(&template, name, &[("/donnees.json", data)], info)
}

/// What the templates read, under its French names.
#[derive(Serialize)]
struct PaperPage<'a> {
    #[serde(rename = "titre")]
    title: &'static str,
    #[serde(rename = "sous_titre")]
    subtitle: String,
    #[serde(rename = "territoire")]
    territory: &'a str,
    #[serde(rename = "mention")]
    notice: &'static str,
    #[serde(rename = "paysage")]
    landscape: bool,
    #[serde(rename = "commentaires")]
    comments: bool,
    #[serde(rename = "protocole")]
    protocol: Vec<String>,
    #[serde(rename = "consignes")]
    instructions: Vec<String>,
    #[serde(rename = "identite")]
    identity: Vec<Blank>,
    #[serde(rename = "colonne")]
    column: &'static str,
    #[serde(rename = "colonne_commentaire")]
    comment_column: &'static str,
    axes: Vec<Group<'a>>,
    #[serde(rename = "libre")]
    open_question: &'static str,
    #[serde(rename = "libre_consigne")]
    open_notice: &'static str,
    #[serde(rename = "niveaux")]
    levels: Vec<String>,
    #[serde(rename = "descripteurs")]
    descriptors: Vec<Descriptor>,
    #[serde(rename = "pied")]
    footer: String,
}

/// A place to write in, or what is known already.
#[derive(Serialize)]
struct Blank {
    label: &'static str,
    #[serde(rename = "valeur")]
    value: String,
}

#[derive(Serialize)]
struct Group<'a> {
    label: &'a str,
    #[serde(rename = "marque")]
    mark: &'a str,
    #[serde(rename = "blocs")]
    blocks: Vec<AnswerBlock<'a>>,
}

/// Lines that share their answers, and their critère where it is shown.
#[derive(Serialize)]
struct AnswerBlock<'a> {
    #[serde(rename = "titre")]
    title: String,
    #[serde(rename = "choix")]
    choices: Vec<PaperAnswer>,
    #[serde(rename = "lignes")]
    lines: Vec<PaperLine<'a>>,
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

#[derive(Serialize)]
struct PaperLine<'a> {
    code: &'a str,
    #[serde(rename = "texte")]
    text: String,
    /// What each level looks like, the lowest first.
    #[serde(rename = "ancres")]
    anchors: Vec<String>,
    /// Answers of the block that this line does not admit.
    #[serde(rename = "refus")]
    refused: Vec<String>,
}

#[derive(Serialize)]
struct Descriptor {
    critere: String,
    #[serde(rename = "niveaux")]
    levels: Vec<String>,
}

impl<'a> PaperPage<'a> {
    fn new(asked: &'a AskedForm<'a>, paper: &Paper<'a>) -> Self {
        let people = asked.is_questionnaire();
        let place = match asked.places {
            [only] => format!("{} {}", only.code, only.name),
            _ => String::new(),
        };
        let territory = paper.territory.to_owned();
        let shown = [territory, place.clone()];
        let shown: Vec<String> = shown.into_iter().filter(|p| !p.is_empty()).collect();
        let (open_question, open_notice) = open_question(asked.source);
        Self {
            title: title(asked.source),
            subtitle: shown.join(" · "),
            territory: paper.territory,
            notice: if paper.fictitious {
                "DONNÉES FICTIVES"
            } else {
                ""
            },
            landscape: !people,
            comments: !people,
            protocol: protocol(asked, paper.numbers),
            instructions: instructions(asked),
            identity: identity(asked.source, place),
            column: if people { "Votre avis" } else { "Élément" },
            comment_column: "Ce qui a été vu ; motif du « non concerné »",
            axes: groups(asked),
            open_question,
            open_notice,
            levels: levels(asked),
            descriptors: descriptors(asked),
            footer: format!(
                "Référentiel {} · {}",
                asked.referentiel.version, asked.source
            ),
        }
    }
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

const LEVELS: &str = "Notez de 1 (non engagé) à 4 (maîtrisé). NO : l’élément s’applique, mais on ne l’a pas vu ce jour-là.";
const UNSEEN: &str = "NO : l’élément s’applique, mais on ne l’a ni vu ni vérifié ce jour-là. Les ancres écrites sous un élément disent ce que vaut chaque note.";
const NOT_CONCERNED: &str = "NC : l’élément ne s’applique pas à cet accueil ; écrivez pourquoi. Le NC n’est pas admis là où un tiret remplace le rond.";
const NO_NAME: &str = "On note des pratiques, jamais des personnes. N’écrivez aucun nom.";

/// What to do before a grave fact: on the first page of what adults observe, and of the workshop with children.
fn protocol(asked: &AskedForm, numbers: &ProtectionNumbers) -> Vec<String> {
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
            "Ce questionnaire est anonyme. Cochez un seul rond par ligne ; laissez vide ce à quoi vous ne souhaitez pas répondre.",
            "N’écrivez aucun nom, ni d’adulte, ni d’enfant.",
        ],
        SourceCode::Obs => &[
            NOT_CONCERNED,
            "Pratique remarquable, à montrer à d’autres équipes : mettez une étoile devant votre commentaire et décrivez ce qui a été vu. Elle ne change aucune note.",
            NO_NAME,
        ],
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

/// Where the form is from; a visit also has its number, and its observer's code.
fn identity(source: SourceCode, place: String) -> Vec<Blank> {
    let blank = |label| Blank {
        label,
        value: String::new(),
    };
    let place = Blank {
        label: if source == SourceCode::Enf {
            "Ton accueil :"
        } else {
            "Accueil :"
        },
        value: place,
    };
    match source {
        SourceCode::Obs => vec![
            place,
            blank("Date :"),
            blank("Visite n° :"),
            blank("Observateur (O1, O2…) :"),
            blank("Accord de l’équipe pour partager ses pratiques (oui/non) :"),
        ],
        SourceCode::Aut => vec![place, blank("Date :")],
        SourceCode::Dir => vec![
            place,
            blank("Date :"),
            blank("Second codeur (vide au premier codage ; sinon O1, O2…) :"),
        ],
        _ => vec![place],
    }
}

fn open_question(source: SourceCode) -> (&'static str, &'static str) {
    match source {
        SourceCode::Enf => (
            "Si tu veux, dessine ou écris ce que tu préfères ici.",
            "N’écris pas de nom.",
        ),
        SourceCode::Fam | SourceCode::Eqp | SourceCode::Ens => (
            "Souhaitez-vous ajouter quelque chose ?",
            "Ni nom, ni téléphone : ce texte peut être lu par d’autres.",
        ),
        _ => ("", ""),
    }
}

/// Questionnaires gather the lines that share their answers; grids keep each critère together.
fn groups<'a>(asked: &'a AskedForm<'a>) -> Vec<Group<'a>> {
    let group = |(axe, elements): (&'a Axe, Vec<&'a Element>)| {
        let mut blocks: Vec<AnswerBlock> = Vec::new();
        for element in elements {
            let critere = &asked.referentiel.criteres[element.critere];
            let title = if let Some(filter) = element.filter {
                format!("Si : « {} »", asked.referentiel.filters[filter].label)
            } else if asked.is_questionnaire() {
                String::new()
            } else {
                let must = if critere.imperatif {
                    " (impératif)"
                } else {
                    ""
                };
                format!("{} {}{must}", critere.code, critere.label)
            };
            let choices = answers(asked, element);
            let line = |choices: &[PaperAnswer]| line(asked, element, choices);
            match blocks
                .iter_mut()
                .find(|b| b.title == title && b.choices == choices)
            {
                Some(block) => block.lines.push(line(&choices)),
                None => blocks.push(AnswerBlock {
                    title,
                    lines: vec![line(&choices)],
                    choices,
                }),
            }
        }
        // What is for some comes after what is for all.
        if asked.is_questionnaire() {
            blocks.sort_by_key(|block| !block.title.is_empty());
        }
        // The answers of a critère may be of several scales: its title stands once.
        for at in (1..blocks.len()).rev() {
            if blocks[at].title == blocks[at - 1].title {
                blocks[at].title.clear();
            }
        }
        Group {
            label: &axe.label,
            mark: &axe.marque,
            blocks,
        }
    };
    asked.axes().into_iter().map(group).collect()
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
    let child = asked.source == SourceCode::Enf;
    let answers = all.into_iter().enumerate().map(|(rank, choice)| {
        let unsure = child && choice.code == "NSP";
        PaperAnswer {
            label: if unsure {
                "je ne sais pas".to_owned()
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

fn line<'a>(asked: &AskedForm, element: &'a Element, choices: &[PaperAnswer]) -> PaperLine<'a> {
    let allowed = asked.choices(element);
    let refused = choices
        .iter()
        .filter(|a| !allowed.iter().any(|c| c.code == a.code));
    let scale = &asked.referentiel.scales[element.scale];
    let anchors = element.anchors.iter().flatten().zip(&scale.modalities);
    PaperLine {
        code: &element.code,
        text: match element.ages {
            Some(AgeBand::Older) => format!("{} (à partir de 8 ans)", element.label),
            Some(AgeBand::Young) => format!("{} (avant 8 ans)", element.label),
            // Room to write numbers in.
            None if element.headcount => element.label.replace('…', "………"),
            None => element.label.clone(),
        },
        anchors: anchors
            .map(|(words, m)| format!("{} : {words}", m.code))
            .collect(),
        refused: refused.map(|a| a.code.clone()).collect(),
    }
}

fn levels(asked: &AskedForm) -> Vec<String> {
    if !asked.referentiel.purpose.protocol.is_empty() {
        return (1..=4).map(|n| format!("Niveau {n}")).collect();
    }
    let first = asked.axes().into_iter().flat_map(|(_, e)| e).next();
    let scale = first.map(|e| &asked.referentiel.scales[e.scale]);
    let named = scale.into_iter().flat_map(|s| &s.modalities);
    named.map(|m| format!("{} {}", m.code, m.label)).collect()
}

/// Descriptors of the critères asked about, for grids.
fn descriptors(asked: &AskedForm) -> Vec<Descriptor> {
    if asked.is_questionnaire() {
        return Vec::new();
    }
    let mut shown: Vec<usize> = asked
        .axes()
        .into_iter()
        .flat_map(|(_, e)| e)
        .map(|e| e.critere)
        .collect();
    shown.dedup();
    let criteres = shown.into_iter().map(|c| &asked.referentiel.criteres[c]);
    criteres
        .filter(|c| c.descripteurs.iter().any(|d| !d.is_empty()))
        .map(|c| Descriptor {
            critere: format!("{} {}", c.code, c.label),
            levels: c.descripteurs.to_vec(),
        })
        .collect()
}
