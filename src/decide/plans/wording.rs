//! What a proposed action says: the finding with its evidence, and where to begin. Comments are
//! never copied: what someone wrote in a grid is not the team's to publish.

use crate::base::day::Day;
use crate::base::text::{decimal1, list, nbsp};
use crate::vocabulary::referentiel::{Critere, SourceCode};

/// Éléments named in a finding at most.
pub(super) const NAMED: usize = 3;

/// An élément that explains a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Who saw or said it.
    pub source: SourceCode,
    /// Wording of the élément.
    pub label: String,
    /// Its level, 1 to 4.
    pub level: f64,
    /// Whether the form had other words, read as these.
    pub is_reworded: bool,
}

/// What was found on a critère.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    /// The critère.
    pub critere: &'a Critere,
    /// Whether it is an impératif of which a rule is not met.
    pub is_missed: bool,
    /// Its level, when it is known.
    pub level: Option<f64>,
    /// Days of the visits.
    pub visits: Vec<Day>,
    /// The lowest éléments, the lowest first.
    pub evidence: Vec<Evidence>,
}

impl Finding<'_> {
    /// « Impératif non atteint : niveau 3,7 sur 4. Visite du 12 mai 2026. À corriger : « … »
    /// (observation, niveau 3,0). »
    pub fn sentences(&self) -> String {
        let mut said = Vec::new();
        let level = self.level.map(|v| format!("niveau {} sur 4", decimal1(v)));
        let target = decimal1(self.critere.cible);
        said.push(match (self.is_missed, level) {
            (true, _) => "Impératif non atteint.".to_owned(),
            (false, Some(level)) => format!("Critère au {level}, objectif {target}."),
            (false, None) => format!("Critère en dessous de l’objectif ({target})."),
        });
        let days: Vec<String> = self.visits.iter().map(|day| day.long()).collect();
        match days.as_slice() {
            [] => {}
            [day] => said.push(format!("Visite du {day}.")),
            several => said.push(format!("Visites des {}.", list(several))),
        }
        let is_must = self.is_missed;
        let evidence = self.evidence.iter().take(NAMED);
        let named: Vec<String> = evidence.map(|e| named(e, is_must)).collect();
        if !named.is_empty() {
            let what = if self.is_missed {
                "À corriger"
            } else {
                "Le plus bas"
            };
            said.push(format!("{what} : {}.", named.join(" ; ")));
        }
        nbsp(&said.join(" ")).into_owned()
    }

    /// Where to begin; the team makes it an action.
    pub fn first_step(&self) -> String {
        let label = self
            .evidence
            .first()
            .map_or(self.critere.label.as_str(), |e| &e.label);
        let step = self.critere.first_steps.first();
        let text = match (self.is_missed, step) {
            (true, Some(step)) => {
                format!(
                    "Corriger sans attendre : « {} ». Pour commencer : {step}",
                    bare(label)
                )
            }
            (true, None) => format!("Corriger sans attendre : « {} ».", bare(label)),
            (false, Some(step)) => step.clone(),
            (false, None) => format!("Travailler en équipe : « {} ».", bare(label)),
        };
        nbsp(&text).into_owned()
    }

    /// What is aimed at: full conformity for an impératif, else the next level.
    pub fn aim(&self) -> &str {
        let next = self.level.map_or(3, |v| (v + 1e-9).floor() as usize + 1);
        let next = if self.is_missed { 4 } else { next };
        &self.critere.descripteurs[next.clamp(2, 4) - 1]
    }

    /// What will tell that it worked.
    pub fn indicator(&self) -> String {
        let (code, proofs) = (&self.critere.code, &self.critere.proofs);
        let said = if self.is_missed {
            format!("{code} : tout ce que demande la règle conforme à la prochaine campagne")
        } else {
            format!("{code} : niveau du critère à la prochaine campagne")
        };
        let shown = if proofs.is_empty() {
            said
        } else {
            format!("{said}. Ce qui fait preuve : {}", bare(proofs))
        };
        nbsp(&shown).into_owned()
    }
}

/// What falls short of a rule is no level.
fn named(evidence: &Evidence, is_must: bool) -> String {
    let who = match evidence.source {
        SourceCode::Obs => "observation",
        SourceCode::Dir => "entretien",
        source => source.label(),
    };
    let level = if is_must && evidence.level <= 1.0 + 1e-9 {
        "non conforme".to_owned()
    } else {
        format!("niveau {}", decimal1(evidence.level))
    };
    let reworded = if evidence.is_reworded {
        ", noté sous d’autres mots"
    } else {
        ""
    };
    format!("« {} » ({who}, {level}{reworded})", bare(&evidence.label))
}

fn bare(label: &str) -> &str {
    label.trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn a_finding_says_the_level_the_day_and_the_lowest_elements() {
        let r = parse("referentiel-v1.toml", embedded_v1()).expect("valid");
        let of = |code: &str, level, visits: &[&str]| Finding {
            critere: &r.criteres[r.critere(code).expect("there")],
            is_missed: r.criteres[r.critere(code).expect("there")].imperatif,
            level: Some(level),
            visits: visits.iter().map(|day| on(day)).collect(),
            evidence: vec![Evidence {
                source: SourceCode::Obs,
                label: "Les sorties sont dégagées.".to_owned(),
                level: 3.0,
                is_reworded: false,
            }],
        };
        let must = of("SEC-5", 3.66, &["2026-05-12"]);
        assert_eq!(
            must.sentences().replace('\u{a0}', " "),
            "Impératif non atteint. Visite du 12 mai 2026. À corriger : « Les sorties sont dégagées » (observation, niveau 3,0)."
        );
        assert_eq!(must.aim(), must.critere.descripteurs[3]);
        let gap = of("REL-2", 2.0, &["2026-05-12", "2026-06-01"]);
        let said = gap.sentences().replace('\u{a0}', " ");
        assert!(
            said.contains("Visites des 12 mai 2026 et 1er juin 2026."),
            "{said}"
        );
        assert!(
            said.starts_with("Critère au niveau 2,0 sur 4, objectif 3,0."),
            "{said}"
        );
        assert_eq!(gap.aim(), gap.critere.descripteurs[2]);
    }
}
