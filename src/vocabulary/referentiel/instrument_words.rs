//! What instruments say of the référentiel beside their questions: what to do before a grave fact, what answers mean, what
//! each level of an élément looks like. Written by forms, known again when these come back filled in.

use std::fmt::Write;

use super::ids::SourceCode;
use super::model::{Element, Referentiel, Scale};

/// How a count of children and adults is written.
pub const HEADCOUNT_WRITTEN: &str =
    "moins de 6 ans + 6 ans et plus / membres de l’équipe, comme « 16h45 : 12 + 20 / 3 »";

/// What the first page of a grid says to who fills it in, in order.
pub const README_LINES: [&str; 5] = [
    "Cette grille se remplit dans la feuille « Grille », colonnes Note et Commentaire.",
    "NO (non observé, ou non vérifié pour un constat) : l’élément s’applique, mais on ne l’a pas vu ce jour-là.",
    "NC, ou SO pour un constat (non concerné, sans objet) : l’élément ne s’applique pas à cet accueil. Écrivez pourquoi dans la colonne Commentaire. Là où la liste de la case ne le propose pas, il n’est pas admis : la règle vaut pour tous.",
    "On note des pratiques, jamais des personnes. N’écrivez aucun nom d’enfant ni d’adulte.",
    "Une grille d’observation porte le numéro de la visite et le code de l’observateur (O1, O2…), jamais son nom.",
];
/// The same to who observes, after the third of them.
pub const README_OBSERVER_LINES: [&str; 2] = [
    "Remarquable : mettez un x en face de ce qui mérite d’être montré à d’autres équipes, et décrivez dans le commentaire ce qui a été vu : qui fait quoi, avec quoi, ce que cela change pour les enfants. Cette marque ne change aucune note ; sans description, elle ne sert à rien.",
    "Accord de l’équipe : demandez-le le jour de la visite (en haut de la feuille « Grille »). Sans un oui, ses pratiques n’entrent pas dans le livret des bonnes pratiques ; l’équipe peut changer d’avis plus tard.",
];
/// The same to who marks an interview.
pub const README_INTERVIEW_LINE: &str = "Second codeur : laissez vide au premier codage. Si l’entretien a déjà été codé par quelqu’un d’autre, écrivez votre code (O2…), jamais un nom ; les deux grilles sont gardées.";

impl Referentiel {
    /// Whether an answer « non concerné » is refused: what an impératif depends on concerns everybody.
    pub fn forbids_nc(&self, element: &Element) -> bool {
        let critere = &self.criteres[element.critere];
        critere.imperatif && (element.must || element.source == SourceCode::Aut)
    }

    /// Why a finding on an élément cannot be said put right by a dated line; none when it can: what a text asks for and
    /// what is stated as a fact can, seen on a visit or told by the direction.
    pub fn why_not_correctable(&self, element: &Element) -> Option<&'static str> {
        let is_law = element.origin.article().is_some();
        let is_fact = is_law || self.scales[element.scale].is_finding();
        match element.source {
            SourceCode::Don => Some(
                "il se calcule sur les données d’activité : corrigez-les, puis réimportez-les.",
            ),
            SourceCode::Obs if element.must && is_fact && !is_law => Some(
                "ce qui a été vu là se traite hors de l’observatoire, avec l’organisateur, le SDJES ou le 119 ; aucune ligne ne le corrige.",
            ),
            SourceCode::Obs if element.headcount => {
                Some("un comptage est celui d’un jour : il se refait à la visite suivante.")
            }
            SourceCode::Obs | SourceCode::Dir if is_fact => None,
            _ => Some(
                "ce n’est pas un constat : une pratique se note de nouveau, à la visite suivante.",
            ),
        }
    }

    /// The scale that most of some éléments are rated on, facts aside: what a person takes for that of the whole grid.
    pub fn usual_scale(&self, elements: impl Iterator<Item = usize>) -> Option<&Scale> {
        let mut counts: Vec<usize> = vec![0; self.scales.len()];
        for element in elements {
            counts[self.elements[element].scale] += 1;
        }
        let scales = self.scales.iter().zip(counts).filter(|(_, n)| *n > 0);
        // The first of those that are as many.
        let best = scales.rev().max_by_key(|(scale, n)| {
            let is_graded = !scale.is_finding() && !scale.modalities.is_empty();
            (is_graded, *n)
        });
        best.map(|(scale, _)| scale)
    }

    /// Whether a heading is a question that says whom others are for.
    pub fn is_filter(&self, heading: &str) -> bool {
        let words = crate::base::text::plain_words(heading);
        let code = super::model::compact(heading);
        self.filters.iter().any(|filter| {
            words == crate::base::text::plain_words(&filter.label)
                || code == format!("FILTRE{}", super::model::compact(&filter.code))
        })
    }

    /// The sentence of a text that is one of a form with what each level looks like; none of any other text, which may
    /// say more than its first line.
    pub fn without_anchors<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (first, rest) = text.split_once('\n')?;
        let sentence = first.trim_end();
        let is_form = |element: &&Element| {
            let own = element.form_text(&self.scales[element.scale]);
            let own = own.lines().skip(1);
            element.label == sentence && own.eq(rest.lines().map(str::trim_end))
        };
        let mut anchored = self.elements.iter().filter(|e| e.anchors.is_some());
        anchored.find(is_form).map(|_| sentence)
    }

    /// Lines at the head of a grid: the protocol, then what answers mean. None of a référentiel that has no protocol.
    pub fn head_of(&self, source: SourceCode) -> Vec<String> {
        if self.purpose.protocol.is_empty() {
            return Vec::new();
        }
        let protocol = self.purpose.protocol.iter().cloned();
        protocol.chain(self.legends(source)).collect()
    }

    /// The protocol in one cell; none of a référentiel that has none.
    pub fn protocol_line(&self) -> Option<String> {
        let lines = &self.purpose.protocol;
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    /// Every line that the workbooks of a visit, a team and an interview bear at their head, and on their first page.
    pub(super) fn all_heads(&self) -> Vec<String> {
        let sources = [SourceCode::Obs, SourceCode::Aut, SourceCode::Dir];
        let whole = self.protocol_line();
        let heads = sources
            .into_iter()
            .flat_map(|s| self.head_of(s))
            .chain(whole);
        let pages = README_LINES.iter().chain(&README_OBSERVER_LINES);
        let pages = pages.chain([&README_INTERVIEW_LINE]);
        heads.chain(pages.map(|line| (*line).to_owned())).collect()
    }

    /// What the answers of an instrument mean, one line for each scale.
    pub fn legends(&self, source: SourceCode) -> Vec<String> {
        let mut scales: Vec<usize> = Vec::new();
        let own = self.elements.iter().filter(|e| e.source == source);
        for element in own.filter(|e| e.don.is_none()) {
            if !scales.contains(&element.scale) {
                scales.push(element.scale);
            }
        }
        let is_anchored = |scale: usize| {
            let mut elements = self.elements.iter().filter(|e| e.scale == scale);
            elements.any(|e| e.anchors.is_some())
        };
        let legend = |scale: &usize| {
            let words = if is_anchored(*scale) {
                "1 à 4 : le texte écrit sous l’élément, du plus bas au plus haut".to_owned()
            } else {
                self.scales[*scale].legend()
            };
            format!("{words}{}.", self.scales[*scale].absences())
        };
        scales.iter().map(legend).collect()
    }
}

impl Scale {
    /// « 1 jamais, ou le contraire · 2 parfois… ».
    pub fn legend(&self) -> String {
        let one = |m: &super::Modality| format!("{} {}", m.code, lower_first(&m.label));
        let all: Vec<String> = self.modalities.iter().map(one).collect();
        all.join(" · ")
    }

    /// The same, with what a fact that was not seen is called.
    pub fn whole_legend(&self) -> String {
        format!("{}{}.", self.legend(), self.absences())
    }

    /// Whether it states facts, met or not, and nothing between.
    pub fn is_finding(&self) -> bool {
        self.converted && self.modalities.len() == 2
    }

    /// What « non observé » is called.
    pub fn no_label(&self) -> &str {
        self.no_label.as_deref().unwrap_or("Non observé")
    }

    /// « NO non vérifié · SO sans objet, avec le motif », of facts: other scales share theirs.
    fn absences(&self) -> String {
        if !self.is_finding() {
            return String::new();
        }
        let no = if self.no {
            format!(" · NO {}", lower_first(self.no_label()))
        } else {
            String::new()
        };
        let nc = if self.nc {
            " · SO sans objet, avec le motif"
        } else {
            ""
        };
        no + nc
    }
}

impl Element {
    /// The level that a text chosen in a form tells: « 2 : Un déroulement est affiché », or these words alone.
    pub fn anchored_level(&self, scale: &Scale, written: &str) -> Option<usize> {
        let wanted = crate::base::text::fold(written);
        let mut levels = scale.modalities.iter().zip(self.anchors.as_ref()?);
        let is_said = |(m, words): (&super::Modality, &String)| {
            let own = crate::base::text::fold(words);
            wanted == own || wanted == crate::base::text::fold(&format!("{} : {words}", m.code))
        };
        levels.position(is_said)
    }

    /// The sentence, then what its levels are in this very line, or the words of its scale: how a grid shows it.
    pub fn grid_text(&self, scale: &Scale) -> String {
        if self.anchors.is_some() || self.headcount || scale.modalities.is_empty() {
            return self.form_text(scale);
        }
        format!("{}\n{}", self.label, scale.legend())
    }

    /// The sentence, then what each level looks like, one a line: how a form shows it.
    pub fn form_text(&self, scale: &Scale) -> String {
        let mut text = self.label.to_string();
        if let Some(anchors) = &self.anchors {
            for (modality, words) in scale.modalities.iter().zip(anchors) {
                let _ = write!(text, "\n{} : {words}", modality.code);
            }
        }
        text
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
