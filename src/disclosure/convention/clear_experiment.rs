//! An experiment, cleared: its texts through the screen, its figures out of what elected people are told.

use super::ctg_audience::CtgAudience;
use super::ctg_experiment::{
    CtgExperiment, CtgPilot, CtgPilotAnswer, CtgPilotChanges, CtgPilotCritere, CtgPractice,
};
use super::ctg_material::CtgMaterial;
use super::typed_texts::WITHHELD;
use crate::base::day::Day;
use crate::convention::same_code;
use crate::convention::{
    ClosedWord, PracticeProof, PratiquesColumn, Register, RegisterRow, TempsColumn, TriedExperiment,
};
use crate::disclosure::cleared::{ClearedDelivery, ClearedFigure, ClearedSite, Shown};
use crate::stats::change::Verdict;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::SourceCode;

impl CtgMaterial<'_> {
    /// An experiment as an audience may see it.
    pub(crate) fn experiment(
        &self,
        tried: &TriedExperiment,
        audience: CtgAudience,
        places: &[Structure],
    ) -> CtgExperiment {
        let name = |code: &str| {
            let found = places.iter().find(|s| s.code == code);
            found.map_or(code, |s| s.nom.as_str()).to_owned()
        };
        let rows = self.registers.rows(Register::Temps).iter();
        let held: Vec<&RegisterRow> = rows
            .filter(|r| same_code(r.text(TempsColumn::Experimentation), &tried.code))
            .filter(|r| r.day(TempsColumn::Date).is_some_and(|d| d <= self.day))
            .collect();
        let rows = self.registers.rows(Register::Pratiques).iter();
        let own = rows.filter(|r| same_code(r.text(PratiquesColumn::Experimentation), &tried.code));
        let practices = own.map(|row| {
            let text = self
                .texts
                .title(row.text(PratiquesColumn::Pratique), audience);
            let origin = row.text(PratiquesColumn::Origine);
            let adopters = row.list(PratiquesColumn::Adoptants).into_iter();
            CtgPractice {
                id: row.id.clone(),
                text: text.unwrap_or_else(|| WITHHELD.to_owned()),
                adopters: adopters
                    .filter(|adopter| *adopter != origin)
                    .map(name)
                    .collect(),
                since: row.day(PratiquesColumn::Depuis),
                proof: (row.word::<PracticeProof>(PratiquesColumn::Preuve))
                    .map_or("", ClosedWord::label),
                proof_day: row.day(PratiquesColumn::DatePreuve),
            }
        });
        CtgExperiment {
            code: tried.code.clone(),
            fiche: tried.fiche.clone(),
            title: tried.title.clone(),
            pilots: (tried.pilots.iter())
                .map(|code| CtgPilot {
                    code: code.clone(),
                    name: name(code),
                })
                .collect(),
            from: tried.from,
            to: tried.to,
            fixed_on: tried.fixed_on,
            expected: self.expected(tried),
            steps: tried.steps.clone(),
            meetings: held.iter().map(|row| row.id.clone()).collect(),
            hours: held
                .iter()
                .filter_map(|r| r.number(TempsColumn::Duree))
                .sum(),
            practices: practices.collect(),
        }
    }

    /// What changed at the pilots of an experiment, out of what a delivery tells.
    pub(crate) fn pilot_changes(
        &self,
        tried: &TriedExperiment,
        told: &ClearedDelivery,
        campaigns: (&Campaign, &Campaign),
        places: &[Structure],
    ) -> CtgPilotChanges {
        let (before, after) = campaigns;
        let expected = self.expected(tried);
        let mut codes: Vec<(&str, &str)> = Vec::new();
        for figure in told.sites.iter().flat_map(|s| &s.criteres) {
            let is_new = !codes.iter().any(|(code, _)| *code == figure.code);
            // What leaves the tool is in no document of the convention.
            if is_new && !self.texts.is_serious(&figure.code) {
                codes.push((&figure.code, &figure.label));
            }
        }
        let is_own = |site: &ClearedSite| tried.pilots.contains(&site.structure);
        let criteres = codes
            .iter()
            .map(|(code, label)| critere(tried, told, &after.id, code, label));
        let own = told.sites.iter().filter(|site| is_own(site));
        CtgPilotChanges {
            before: before.id.clone(),
            after: after.id.clone(),
            after_end: after.fin,
            criteres: criteres.collect(),
            answers: own
                .flat_map(|site| answers(&expected, told, site, &after.id, places))
                .collect(),
            confirmed: self.confirmed(tried, told, after, places),
        }
    }

    /// Critères that are expected to move, those that leave the tool left out.
    fn expected(&self, tried: &TriedExperiment) -> Vec<String> {
        let all = tried.expected.iter();
        all.filter(|code| !self.texts.is_serious(code))
            .cloned()
            .collect()
    }

    /// Adopters where an expected critère rises at a visit held after they took a practice up.
    fn confirmed(
        &self,
        tried: &TriedExperiment,
        told: &ClearedDelivery,
        after: &Campaign,
        places: &[Structure],
    ) -> Vec<(String, String)> {
        let expected = self.expected(tried);
        let mut confirmed: Vec<(String, String)> = Vec::new();
        for row in self.registers.rows(Register::Pratiques) {
            if row.text(PratiquesColumn::Experimentation) != tried.code {
                continue;
            }
            let since: Option<Day> = row.day(PratiquesColumn::Depuis);
            let is_before = since.is_some_and(|day| day <= after.debut);
            let adopters = row.list(PratiquesColumn::Adoptants).into_iter();
            for adopter in adopters.filter(|a| is_before && !tried.pilots.iter().any(|p| p == a)) {
                let Some(site) = told.site(adopter) else {
                    continue;
                };
                let rises = site.criteres.iter().filter(|f| {
                    let verdict = f.evolution.as_ref().and_then(|e| e.verdict);
                    expected.contains(&f.code) && verdict == Some(Verdict::Progresse)
                });
                for figure in rises {
                    let named = places.iter().find(|s| s.code == adopter);
                    let name = named.map_or(adopter, |s| s.nom.as_str()).to_owned();
                    let pair = (name, figure.code.clone());
                    if !confirmed.contains(&pair) {
                        confirmed.push(pair);
                    }
                }
            }
        }
        confirmed
    }
}

/// Level at both campaigns, where both are told.
fn both(figure: &ClearedFigure) -> Option<(f64, f64)> {
    Some((figure.previous?, figure.value.as_ref()?.value()?))
}

fn critere(
    tried: &TriedExperiment,
    told: &ClearedDelivery,
    campaign: &str,
    code: &str,
    label: &str,
) -> CtgPilotCritere {
    let of = |site: &&ClearedSite| tried.pilots.contains(&site.structure);
    let figure = |site: &&'_ ClearedSite| -> Option<ClearedFigure> {
        site.criteres.iter().find(|f| f.code == code).cloned()
    };
    let own: Vec<ClearedFigure> = told
        .sites
        .iter()
        .filter(of)
        .filter_map(|s| figure(&s))
        .collect();
    let others = told.sites.iter().filter(|s| !of(s));
    let others: Vec<(f64, f64)> = others.filter_map(|s| both(&figure(&s)?)).collect();
    let levels: Vec<(f64, f64)> = own.iter().filter_map(both).collect();
    let mean = |values: Vec<f64>| -> Option<f64> {
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let changes: Vec<f64> = others.iter().map(|(a, b)| b - a).collect();
    let above = match levels.as_slice() {
        [(a, b)] => Some(changes.iter().filter(|c| **c >= b - a - 1e-9).count()),
        _ => None,
    };
    CtgPilotCritere {
        code: code.to_owned(),
        label: label.to_owned(),
        expected: tried.expected.iter().any(|e| e == code),
        before: mean(levels.iter().map(|(a, _)| *a).collect()),
        after: mean(levels.iter().map(|(_, b)| *b).collect()),
        reason: why_none(&own, &levels),
        evolution: match own.as_slice() {
            [one] => one.evolution.clone(),
            _ => None,
        },
        pilots: levels.len(),
        others_count: changes.len(),
        others: mean(changes),
        others_above: above,
        key: format!("{campaign}/{}/PILOTE:{code}", tried.pilots.join("+")),
    }
}

fn why_none(own: &[ClearedFigure], levels: &[(f64, f64)]) -> String {
    if !levels.is_empty() {
        return String::new();
    }
    let reasons = own.iter().map(|figure| match figure.value {
        None => figure.status.label().to_owned(),
        Some(Shown::Masked(mask)) => mask.words().to_owned(),
        Some(Shown::Value(_)) => figure.evolution.as_ref().map_or_else(
            || "pas de niveau comparable à la campagne d’avant".to_owned(),
            |evolution| evolution.raison.clone(),
        ),
    });
    reasons
        .into_iter()
        .find(|reason| !reason.is_empty())
        .unwrap_or_else(|| "pas mesuré chez le pilote".to_owned())
}

/// Answers of children and families of a pilot to questions of expected critères.
fn answers(
    expected: &[String],
    told: &ClearedDelivery,
    site: &ClearedSite,
    campaign: &str,
    places: &[Structure],
) -> Vec<CtgPilotAnswer> {
    let asked =
        |code: &str| (expected.iter()).any(|critere| code.starts_with(&format!("{critere}-")));
    let name = places.iter().find(|s| s.code == site.structure);
    let mut all = Vec::new();
    for source in [SourceCode::Enf, SourceCode::Fam] {
        let own = site.distributions.get(&source).into_iter().flatten();
        for question in own.filter(|q| asked(&q.code)) {
            let whole = told.territory.distributions.get(&source);
            let mut whole = whole.into_iter().flatten();
            all.push(CtgPilotAnswer {
                pilot: name.map_or(&site.structure, |s| &s.nom).clone(),
                territory: whole.find(|q| q.code == question.code).cloned(),
                own: question.clone(),
                keys: [site.structure.as_str(), "TERRITOIRE"]
                    .map(|of| format!("{campaign}/{of}/{}", question.code)),
            });
        }
    }
    all
}
