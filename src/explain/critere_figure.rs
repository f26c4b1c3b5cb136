//! A critère: its sources with their weights, the sum, its impératif status.

use std::fmt::Write;

use super::explainer::Explainer;
use super::local_target::own_target;
use super::phrases::{Term, plain, recipe, said_as, short};
use crate::base::error::Result;
use crate::base::text::{count, decimals};
use crate::figures::{Figure, FigureStatus as Status, HeldScore, Level, UsedSource, used_sources};
use crate::vocabulary::referentiel::{Critere, SourceCode};

impl Explainer<'_> {
    pub(super) fn critere(&self, position: usize) -> Result<String> {
        let critere = &self.referentiel().criteres[position];
        if critere.organiser {
            return self.organiser(critere);
        }
        let mut text = format!("Critère « {} »\n", critere.label);
        if let Some(aside) = &critere.put_aside {
            let said = aside.sentence(&critere.code);
            return Ok(text
                + &said
                + " Il n’est ni demandé ni mesuré : ce n’est pas « non évalué ».");
        }
        text.push_str(&own_target(self.referentiel(), &critere.code));
        let Some(figure) = self.figure(Level::Critere, &critere.code, None) else {
            return Ok(text + "Ce critère n’est pas attendu pour cet accueil dans cette campagne.");
        };
        text.push_str(&said_as(figure, self.status_word(critere, figure)));
        text.push_str("Règle : moyenne des sources qui ont un score, chacune avec son poids. Une source de poids nul est montrée à côté, jamais mélangée.\n");
        text.push_str(&self.sum(critere, figure));
        for source in SourceCode::ALL {
            if let Some(score) = self.figure(Level::Source, &critere.code, Some(source)) {
                self.source(critere, source, score, &mut text)?;
            }
        }
        if let Some(must) = self.figure(Level::Imperatif, &critere.code, None) {
            text.push_str(&self.imperatif(critere, must));
        }
        Ok(text)
    }

    /// What its status is called. Those who answered may be few, and none of them asked.
    fn status_word(&self, critere: &Critere, figure: &Figure) -> &'static str {
        let is_few = |f: &Figure| f.status == Status::EffectifInsuffisant;
        let asked_few = SourceCode::ALL.into_iter().any(|source| {
            let score = self.figure(Level::Source, &critere.code, Some(source));
            score.is_some_and(|s| is_few(s) && !self.is_unasked(critere, source, s))
        });
        if is_few(figure) && !asked_few {
            Status::Absent.label()
        } else {
            figure.status.label()
        }
    }

    /// Whether a source sent answers, none of them to the questions of a critère.
    fn is_unasked(&self, critere: &Critere, source: SourceCode, score: &Figure) -> bool {
        let elements = &self.referentiel().elements;
        let mut own = critere
            .elements
            .iter()
            .filter(|e| elements[**e].source == source);
        score.status == Status::EffectifInsuffisant && !own.any(|&e| self.is_answered(e, source))
    }

    fn source_value(&self, critere: &Critere, source: SourceCode) -> Option<f64> {
        self.figure(Level::Source, &critere.code, Some(source))?
            .value
    }

    /// The sum that gives the figure, as one would do it by hand.
    fn sum(&self, critere: &Critere, figure: &Figure) -> String {
        if figure.value.is_none() {
            return String::new();
        }
        let used = used_sources(critere, &self.referentiel().rules, |source| {
            let figure = self.figure(Level::Source, &critere.code, Some(source));
            figure.map(HeldScore::of)
        });
        let terms: Vec<Term> = (used.iter())
            .filter_map(|u| {
                Some(Term {
                    weight: u.weight,
                    value: self.source_value(critere, u.source)?,
                })
            })
            .collect();
        let mut text = String::new();
        let own = critere.source_weights[SourceCode::Aut as usize];
        let stands_in = |u: &UsedSource| u.source == SourceCode::Aut && u.weight > own;
        if used.iter().any(stands_in) {
            text.push_str("Faute d’observation, l’auto-évaluation en tient lieu, avec le poids de l’observation : le chiffre est provisoire.\n");
        }
        text.push_str(&recipe(&terms));
        text
    }

    /// A source: its weight, its score, its éléments.
    fn source(
        &self,
        critere: &Critere,
        source: SourceCode,
        score: &Figure,
        text: &mut String,
    ) -> Result<()> {
        let r = self.referentiel();
        let elements: Vec<usize> = critere
            .elements
            .iter()
            .copied()
            .filter(|e| r.elements[*e].source == source)
            .collect();
        let unasked = self.is_unasked(critere, source, score);
        let noted = if score.n < 2 { "noté" } else { "notés" };
        let _ = writeln!(
            text,
            "\n{source} ({}), poids {} : {} · {} {noted} sur {} applicable{}",
            source.label(),
            plain(critere.source_weights[source as usize]),
            if unasked {
                "aucune réponse".to_owned()
            } else {
                short(score)
            },
            count(score.n, "élément", "éléments"),
            score.expected,
            if score.expected > 1 { "s" } else { "" }
        );
        let why = if unasked {
            Some("Des réponses sont arrivées de cette source, aucune à ces questions : elles n’étaient peut-être pas dans le questionnaire.".to_owned())
        } else {
            self.why_not(source, score)
        };
        if let Some(why) = why {
            let _ = writeln!(text, "  {why}");
        }
        if score.value.is_some() && score.n > 1 {
            let terms: Vec<Term> = elements
                .iter()
                .filter_map(|&e| {
                    let element = &r.elements[e];
                    let f = self.figure(Level::Element, &element.code, Some(source))?;
                    Some(Term {
                        weight: element.weight,
                        value: f.value?,
                    })
                })
                .collect();
            let _ = write!(text, "  {}", recipe(&terms));
        }
        for element in elements {
            self.element_lines(element, text)?;
        }
        Ok(())
    }

    /// Whether anybody answered an élément.
    fn is_answered(&self, element: usize, source: SourceCode) -> bool {
        let code = &self.referentiel().elements[element].code;
        let figure = self.figure(Level::Element, code, Some(source));
        figure.is_some_and(|f| f.n > 0)
    }

    /// Why a source has no score.
    fn why_not(&self, source: SourceCode, score: &Figure) -> Option<String> {
        let rules = &self.referentiel().rules;
        let text = match score.status {
            Status::CouvertureInsuffisante => format!(
                "Il faut au moins {} notés, et {} de l’instrument : le score n’est pas calculé.",
                count(rules.elements_min, "élément", "éléments"),
                crate::base::text::percent(rules.couverture_critere)
            ),
            Status::EffectifInsuffisant => format!(
                "Il faut au moins {} : le questionnaire n’entre pas dans le critère.",
                count(rules.effectif_min, "répondant", "répondants")
            ),
            Status::NonCalculable if source == SourceCode::Enf => {
                "Les visages des enfants ne deviennent jamais une note : seule leur répartition est montrée.".to_owned()
            }
            Status::NonCalculable => "Il manque une donnée pour calculer la mesure.".to_owned(),
            Status::Absent => "Rien n’a été reçu de cette source.".to_owned(),
            _ => return None,
        };
        Some(text)
    }

    /// The status of an impératif, and the éléments that decide it.
    fn imperatif(&self, critere: &Critere, must: &Figure) -> String {
        let r = self.referentiel();
        let counted = critere.elements.iter().map(|&e| &r.elements[e]);
        let found = counted
            .filter(|e| e.must)
            .filter_map(|e| Some((e, self.figure(Level::Element, &e.code, Some(e.source))?)));
        let (mut below, mut missing, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let unsettled = !self.scope.regulation.mixed_ages.is_settled();
        for (element, figure) in found.filter(|(_, f)| f.status != Status::Nc) {
            match figure.value {
                Some(_) if figure.limite && unsettled => open.push(element.code.clone()),
                Some(v) if v < 4.0 - 1e-9 => {
                    below.push(format!("{} ({})", element.code, decimals(v, 2)));
                }
                Some(_) => {}
                None => missing.push(format!("{} ({})", element.code, figure.status.label())),
            }
        }
        let mut parts = match must.status {
            Status::Atteint => vec!["tout ce dont il dépend est conforme, à 4".to_owned()],
            Status::NonAtteint => vec![format!("au-dessous de 4 : {}", below.join(", "))],
            _ => vec!["rien de ce dont il dépend n’est au-dessous de 4".to_owned()],
        };
        if !open.is_empty() {
            parts.push(format!(
                "à vérifier auprès du SDJES, qui dira comment se comptent les âges mélangés : {}",
                open.join(", ")
            ));
        }
        if !missing.is_empty() {
            parts.push(format!("sans note : {}", missing.join(", ")));
        }
        let noted = if must.n < 2 { "noté" } else { "notés" };
        format!(
            "\nImpératif : {} ({} {noted} sur {}) ; {}.\n",
            must.status.label(),
            count(must.n, "élément", "éléments"),
            must.expected,
            parts.join(" ; ")
        )
    }
}
