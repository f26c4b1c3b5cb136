//! What the organiser decides: its value for the territory, with what each structure's answers gave; of one
//! structure, where to look.

use std::fmt::Write;

use super::element_figure::asked_lines;
use super::explainer::Explainer;
use super::phrases::{Term, recipe, said, short};
use crate::base::error::Result;
use crate::base::text::count;
use crate::figures::{Figure, Indicators, Level};
use crate::vocabulary::AskedWordings;
use crate::vocabulary::referentiel::{Critere, Referentiel, SourceCode};

/// How the value of the territory is made, source by source, élément by élément, then what the answers of
/// each structure gave; none where `code` is no critère that the organiser decides.
pub(crate) fn explain_organiser(
    indicators: &Indicators,
    r: &Referentiel,
    wordings: &AskedWordings,
    code: &str,
) -> Option<String> {
    let critere = r.critere(code).map(|c| &r.criteres[c]);
    let critere = critere.filter(|c| c.organiser)?;
    let mut text = format!("Critère « {} », décidé par l’organisateur\n", critere.label);
    let Some(figure) = indicators.organiser_figure(Level::Critere, &critere.code, None) else {
        text.push_str("Il n’est pas attendu dans cette campagne.\n");
        return Some(text);
    };
    text.push_str(&said(figure));
    text.push_str("Règle : une seule valeur, sur les réponses de tous les accueils ensemble. Chaque personne qui répond à un questionnaire compte une fois, où qu’elle ait répondu ; une mesure est celle de l’ensemble, chaque accueil y pesant son dénominateur, avant d’être convertie en niveau ; une grille compte une fois par accueil. Cette valeur n’entre dans l’axe d’aucun accueil.\n");
    let told = OrganiserExplanation {
        wordings,
        indicators,
        r,
        critere,
    };
    if figure.value.is_some() {
        text.push_str(&recipe(&told.terms()));
    }
    for source in SourceCode::ALL {
        told.source(source, &mut text);
    }
    Some(text)
}

struct OrganiserExplanation<'a> {
    wordings: &'a AskedWordings,
    indicators: &'a Indicators,
    r: &'a Referentiel,
    critere: &'a Critere,
}

impl OrganiserExplanation<'_> {
    fn score(&self, source: SourceCode) -> Option<&Figure> {
        let code = &self.critere.code;
        self.indicators
            .organiser_figure(Level::Source, code, Some(source))
    }

    fn terms(&self) -> Vec<Term> {
        let sources = SourceCode::ALL.into_iter();
        let terms = sources.filter_map(|source| {
            let weight = self.critere.source_weights[source as usize];
            let value = self.score(source)?.value?;
            (weight > 0.0).then_some(Term { weight, value })
        });
        terms.collect()
    }

    fn source(&self, source: SourceCode, text: &mut String) {
        let Some(score) = self.score(source) else {
            return;
        };
        let weight = self.critere.source_weights[source as usize];
        let beside = if weight > 0.0 {
            String::new()
        } else {
            ", montrée à côté".to_owned()
        };
        let label = source.label();
        let _ = writeln!(text, "\n{label}{beside} : {}", short(score));
        for &e in &self.critere.elements {
            let element = &self.r.elements[e];
            let own = |code: &str| {
                let level = Level::Element;
                self.indicators.organiser_figure(level, code, Some(source))
            };
            let Some(figure) = own(&element.code).filter(|_| element.source == source) else {
                continue;
            };
            let code = &element.code;
            let _ = writeln!(text, "  {code} « {} » : {}", element.label, short(figure));
            let asked = self.wordings.asked(code, |_| true);
            for line in asked_lines(&asked, element) {
                let _ = writeln!(text, "      {line}");
            }
            if element.negative {
                text.push_str(
                    "      phrase négative : le niveau est 5 moins celui de la réponse\n",
                );
            }
            self.sites(code, source, text);
        }
    }

    /// What each structure's answers gave; those without any are counted.
    fn sites(&self, code: &str, source: SourceCode, text: &mut String) {
        let figures = self.indicators.figures().iter();
        let own = figures
            .filter(|f| f.level == Level::Element && f.source == Some(source) && f.code == *code);
        let (known, missing): (Vec<&Figure>, Vec<&Figure>) = own.partition(|f| f.value.is_some());
        for f in known {
            let answers = if source.is_questionnaire() {
                format!(", {}", count(f.n, "réponse", "réponses"))
            } else {
                String::new()
            };
            let _ = writeln!(text, "      {} : {}{answers}", f.structure, short(f));
        }
        if !missing.is_empty() {
            let missing = count(missing.len(), "accueil", "accueils");
            let _ = writeln!(text, "      sans valeur : {missing}");
        }
    }
}

impl Explainer<'_> {
    /// A critère that the organiser decides, asked of one structure: it is not its own.
    pub(super) fn organiser(&self, critere: &Critere) -> Result<String> {
        let mut text = format!(
            "Critère « {} »\nDécidé par l’organisateur, et non par l’équipe : il n’a de valeur que pour tout le territoire, et n’entre pas dans l’axe de cet accueil. Cette valeur : observatoire expliquer {}/TERRITOIRE/{}\n",
            critere.label, self.indicators.campagne, critere.code
        );
        let asked = critere.elements.iter().filter(|&&e| {
            let element = &self.referentiel().elements[e];
            let figure = self.figure(Level::Element, &element.code, Some(element.source));
            figure.is_some()
        });
        let asked: Vec<usize> = asked.copied().collect();
        text.push_str(if asked.is_empty() {
            "Rien n’en est demandé dans cet accueil pour cette campagne.\n"
        } else {
            "Ce que donnent les réponses de cet accueil, qui y comptent :\n"
        });
        for element in asked {
            self.element_lines(element, &mut text)?;
        }
        Ok(text)
    }
}
