//! Grids on paper (OBS, AUT, DIR): each critère with its repères, each élément with what its levels look like in the very
//! boxes to tick, and room to write what was seen.

use serde::Serialize;

use super::printed_words::{FormHead, LEVELS, NO_NAME, Paper, REMARKABLE, protocol};
use crate::forms::asked::{AskedForm, COUNTED_OCCASIONS};
use crate::vocabulary::referentiel::{
    Axe, Critere, Element, Modality, SourceCode, VisitMoment, own_visit,
};

const TICK: &str =
    "Cochez, sur chaque ligne, la case dont le texte dit le mieux ce qui a été vu ou montré.";
const UNSEEN: &str =
    "NO (non observé) : l’élément s’applique, mais on ne l’a ni vu ni vérifié ce jour-là.";
const NOT_CONCERNED: &str = "NC (non concerné ; SO, sans objet, pour un fait) : l’élément ne s’applique pas à cet accueil ; écrivez pourquoi. Là où il n’y a pas de case, il n’est pas admis.";
const LANDMARKS: &str =
    "Les repères, sous le titre d’un critère, aident à se situer ; personne ne les coche.";

/// What the template reads, under its French names.
#[derive(Serialize)]
pub(super) struct GridPage<'a> {
    #[serde(flatten)]
    head: FormHead<'a>,
    #[serde(rename = "protocole")]
    protocol: Vec<String>,
    #[serde(rename = "identite")]
    identity: Vec<&'static str>,
    #[serde(rename = "moments")]
    moments: Vec<MomentBox>,
    /// What is written of the hours and of who was there; empty where nobody visits.
    #[serde(rename = "presence")]
    presence: Vec<&'static str>,
    #[serde(rename = "colonne_niveaux")]
    levels_column: &'static str,
    #[serde(rename = "colonne_commentaire")]
    comment_column: &'static str,
    axes: Vec<AxeLines<'a>>,
    #[serde(rename = "pied")]
    footer: String,
}

/// A moment of the day, and whether the grid is for it alone.
#[derive(Serialize)]
struct MomentBox {
    label: &'static str,
    #[serde(rename = "coche")]
    ticked: bool,
}

#[derive(Serialize)]
struct AxeLines<'a> {
    label: &'a str,
    #[serde(rename = "marque")]
    mark: &'a str,
    criteres: Vec<CritereLines<'a>>,
}

#[derive(Serialize)]
struct CritereLines<'a> {
    #[serde(rename = "titre")]
    title: String,
    /// What levels 1 to 4 of the whole critère look like; empty where each élément says it, or states a fact.
    #[serde(rename = "reperes")]
    landmarks: &'a [String],
    #[serde(rename = "lignes")]
    lines: Vec<PaperLine<'a>>,
}

#[derive(Serialize)]
struct PaperLine<'a> {
    code: &'a str,
    #[serde(rename = "texte")]
    text: String,
    /// Boxes to tick, the lowest first; none for a count, which is written.
    #[serde(rename = "niveaux")]
    levels: Vec<LevelBox<'a>>,
    #[serde(rename = "no")]
    unseen: bool,
    /// « NC » or « SO »; empty where it is refused.
    #[serde(rename = "nc")]
    not_concerned: &'static str,
}

/// A level, and what it looks like.
#[derive(Serialize)]
struct LevelBox<'a> {
    code: &'a str,
    label: &'a str,
}

impl<'a> GridPage<'a> {
    pub(super) fn new(asked: &'a AskedForm<'a>, paper: &Paper<'a>) -> Self {
        let visits = asked.source == SourceCode::Obs;
        Self {
            head: FormHead::new(asked, paper, instructions(asked)),
            protocol: protocol(asked, paper.numbers),
            identity: identity(asked.source),
            moments: if visits { moments(asked) } else { Vec::new() },
            presence: if visits {
                PRESENCE.to_vec()
            } else {
                Vec::new()
            },
            levels_column: match asked.source {
                SourceCode::Obs => "Ce que l’on voit",
                SourceCode::Aut => "Ce que l’équipe fait",
                _ => "Ce que la direction dit et montre",
            },
            comment_column: match asked.source {
                SourceCode::Obs => "Ce qui a été vu ; motif du NC",
                SourceCode::Aut => "Un exemple ; motif du NC",
                _ => "Pièces vues, exemples ; motif du NC",
            },
            axes: axes(asked),
            footer: format!(
                "Référentiel {} · {}",
                asked.referentiel.version, asked.source
            ),
        }
    }
}

/// Written at the head of a visit: when, and how many were there.
const PRESENCE: [&str; 2] = [
    "Heures : de ……… h ……… à ……… h ………",
    "Présents : ……… enfants de moins de 6 ans, ……… de 6 ans et plus, ……… membres de l’équipe",
];

fn instructions(asked: &AskedForm) -> Vec<String> {
    let r = asked.referentiel;
    let mut all: Vec<&str> = vec![TICK];
    if r.purpose.protocol.is_empty() {
        all.push(LEVELS);
    } else {
        all.push(UNSEEN);
    }
    all.push(NOT_CONCERNED);
    if asked.source == SourceCode::Obs {
        all.extend([COUNTED_OCCASIONS, REMARKABLE]);
    }
    all.extend([LANDMARKS, NO_NAME]);
    let own = own_visit(asked.moments).into_iter();
    own.chain(all.into_iter().map(str::to_owned)).collect()
}

/// What is written by hand at the head, after the accueil.
fn identity(source: SourceCode) -> Vec<&'static str> {
    match source {
        SourceCode::Obs => vec![
            "Date :",
            "Visite n° :",
            "Observateur (O1, O2…) :",
            "Accord de l’équipe pour partager ses pratiques (oui/non) :",
        ],
        SourceCode::Aut => vec!["Date :"],
        _ => vec![
            "Date :",
            "Second codeur (vide au premier codage ; sinon O1, O2…) :",
        ],
    }
}

fn moments(asked: &AskedForm) -> Vec<MomentBox> {
    let own = |m: &VisitMoment| asked.moments.contains(m);
    let all = VisitMoment::ALL.iter();
    all.map(|m| MomentBox {
        label: m.label(),
        ticked: own(m),
    })
    .collect()
}

fn axes<'a>(asked: &'a AskedForm<'a>) -> Vec<AxeLines<'a>> {
    let lines = |(axe, elements): (&'a Axe, Vec<&'a Element>)| {
        let by_critere = elements.chunk_by(|a, b| a.critere == b.critere);
        AxeLines {
            label: &axe.label,
            mark: &axe.marque,
            criteres: by_critere.map(|own| critere_lines(asked, own)).collect(),
        }
    };
    asked.axes().into_iter().map(lines).collect()
}

fn critere_lines<'a>(asked: &'a AskedForm<'a>, own: &[&'a Element]) -> CritereLines<'a> {
    let r = asked.referentiel;
    let critere: &Critere = &r.criteres[own[0].critere];
    let must = if critere.imperatif {
        " (impératif)"
    } else {
        ""
    };
    CritereLines {
        title: format!("{} {}{must}", critere.code, critere.label),
        landmarks: if asked.has_landmarks(own) {
            &critere.descripteurs
        } else {
            &[]
        },
        lines: own.iter().map(|e| line(asked, e)).collect(),
    }
}

fn line<'a>(asked: &'a AskedForm<'a>, element: &'a Element) -> PaperLine<'a> {
    let scale = &asked.referentiel.scales[element.scale];
    let absences: Vec<String> = asked.choices(element).into_iter().map(|c| c.code).collect();
    let has = |code: &str| absences.iter().any(|c| c == code);
    let levels = scale.modalities.iter().filter(|_| !element.headcount);
    let looks = element.anchors.as_ref();
    let level = |(rank, m): (usize, &'a Modality)| LevelBox {
        code: &m.code,
        label: looks.map_or(&m.label, |words| &words[rank]),
    };
    PaperLine {
        code: &element.code,
        text: if element.headcount {
            // Room to write numbers in.
            element.label.replace('…', "…………")
        } else {
            element.label.to_string()
        },
        levels: levels.enumerate().map(level).collect(),
        unseen: has("NO"),
        not_concerned: match (has("NC"), has("SO")) {
            (true, _) => "NC",
            (_, true) => "SO",
            _ => "",
        },
    }
}
