//! Rules 3 to 6: critère, impératif, axe, overall mark.

use super::critere_sources::is_unvisited;
use super::element::{ImperatifElement, RatedElement, TOP, is_met};
use super::figure::{Figure, FigureStatus as Status};
use super::figure_level::Level;
use super::noise::Noise;
use super::rule_count::RuleCount;
use super::score_sheet::{CritereScore, ScoreSheet, SourceScore};
use crate::stats::score::{self, Child, Least, SourceTerm, TOLERANCE, Weighted};
use crate::vocabulary::referentiel::SourceCode;

impl ScoreSheet<'_> {
    /// « Règles vérifiées »: the share met of those that were checked; none of those where none applies.
    pub(super) fn rules(&mut self, position: usize, count: RuleCount) {
        if count.applicable == 0 {
            return;
        }
        let status = if count.checked > 0 {
            Status::Ok
        } else {
            Status::NonEvalue
        };
        let mut figure = self.plain(Level::Regle, position, status);
        figure.value = coverage(count.met as f64, count.checked as f64);
        figure.n = count.checked;
        figure.expected = count.applicable;
        figure.coverage = coverage(count.checked as f64, count.applicable as f64);
        figure.limite = count.limite;
        figure.corrected = count.corrected > 0;
        self.figures.push(figure);
    }

    /// One rule of law: conforme, put right since, or not; what nobody has decided the reading of is neither.
    pub(super) fn rule(&mut self, element: usize, rated: &RatedElement) {
        let level = rated.settled();
        let status = match level {
            _ if rated.value.is_nc() => Status::Nc,
            None => Status::NonEvalue,
            Some(level) if !is_met(level) => Status::NonConforme,
            Some(_) if rated.corrected => Status::Corrige,
            Some(_) => Status::Conforme,
        };
        // Critères come first among the rules, then all of them together.
        let position = self.referentiel.criteres.len() + 1 + element;
        let mut figure = self.plain(Level::Regle, position, status);
        figure.source = Some(self.referentiel.elements[element].source);
        figure.value = match status {
            Status::Conforme | Status::Corrige => Some(1.0),
            Status::NonConforme => Some(0.0),
            _ => None,
        };
        figure.n = rated.value.n;
        figure.expected = rated.value.expected;
        figure.limite = rated.is_rule_limite();
        self.figures.push(figure);
    }

    /// Rule 3.
    pub(super) fn critere_figure(
        &mut self,
        position: usize,
        scores: &[SourceScore],
    ) -> CritereScore {
        let r = self.referentiel;
        let critere = &r.criteres[position];
        let weight = |s: &SourceScore| critere.source_weights[s.source as usize];
        let terms: Vec<SourceTerm> = scores
            .iter()
            .map(|s| SourceTerm {
                weight: weight(s),
                score: s.value,
                applies: s.status != Status::Nc,
                coverage: s.coverage,
            })
            .collect();
        let expected: Vec<&SourceScore> = scores
            .iter()
            .zip(&terms)
            .filter(|(_, term)| term.is_expected())
            .map(|(s, _)| s)
            .collect();
        let used: Vec<&SourceScore> = expected
            .iter()
            .copied()
            .filter(|s| s.value.is_some())
            .collect();
        let missing_obs = expected
            .iter()
            .find(|s| s.source == SourceCode::Obs && s.value.is_none());
        // What was seen, however little, is not set aside for what others say.
        let is_thin = missing_obs.is_some_and(|s| s.status == Status::CouvertureInsuffisante);
        let aut = scores.iter().find(|s| s.source == SourceCode::Aut);
        let stand_in = missing_obs
            .filter(|obs| r.rules.auto_remplace_obs && is_unvisited(obs.status))
            .and_then(|obs| {
                let term = Weighted {
                    weight: weight(obs),
                    value: aut?.value?,
                };
                Some((term, aut?.noise))
            });
        let mean = score::critere(&terms, stand_in.map(|s| s.0));
        let (value, coverage) = (mean.score.filter(|_| !is_thin), mean.coverage);
        let status = match value {
            None if is_thin => Status::CouvertureInsuffisante,
            Some(_) if missing_obs.is_some() => Status::Provisoire,
            Some(_) => Status::Ok,
            None => without_value(scores, &expected),
        };
        let low = coverage.is_some_and(|c| c < r.rules.couverture_fragile - TOLERANCE);
        let mut figure = self.plain(Level::Critere, position, status);
        figure.value = value;
        figure.n = mean.used;
        figure.expected = mean.expected;
        figure.coverage = coverage;
        figure.target = Some(critere.cible);
        figure.fragile = value.is_some() && (low || used.iter().any(|s| s.fragile));
        figure.limite = used.iter().any(|s| s.limite);
        figure.corrected = used.iter().any(|s| s.corrected);
        let stand_in = stand_in.map(|(term, noise)| (term.weight, noise));
        let noise = Noise::mean(used.iter().map(|s| (weight(s), s.noise)).chain(stand_in));
        figure.noise = noise;
        self.figures.push(figure);
        CritereScore {
            position,
            value,
            status,
            noise,
        }
    }

    /// Rule 4: every applicable élément that the law asks for, and every fact of violence, scored and at 4. What
    /// nobody has decided the reading of is neither met nor failed. It is `limite` where another reading of a
    /// rule turns its verdict, not where one of its éléments alone would change.
    pub(super) fn imperatif(&mut self, critere: usize, musts: &[ImperatifElement]) {
        if musts.is_empty() {
            // No text asks anything of this kind of accueil.
            return;
        }
        let applicable: Vec<&ImperatifElement> =
            musts.iter().filter(|m| !m.rated.value.is_nc()).collect();
        let verdict = |level: &dyn Fn(&RatedElement) -> Option<f64>| {
            let levels: Vec<Option<f64>> = applicable.iter().map(|m| level(&m.rated)).collect();
            score::imperatif(&levels, TOP)
        };
        let scored: Vec<&&ImperatifElement> = (applicable.iter())
            .filter(|m| m.rated.settled().is_some())
            .collect();
        let status = match verdict(&RatedElement::settled) {
            Some(false) => Status::NonAtteint,
            Some(true) => Status::Atteint,
            None => Status::NonEvalue,
        };
        let own = verdict(&|m| m.value.value);
        let by_ages = verdict(&|m| m.readings.ages.or(m.value.value));
        let by_size = verdict(&|m| m.readings.size.or(m.value.value));
        let mut figure = self.plain(Level::Imperatif, critere, status);
        figure.value = match status {
            Status::Atteint => Some(1.0),
            Status::NonAtteint => Some(0.0),
            _ => None,
        };
        figure.n = scored.len();
        figure.expected = applicable.len();
        figure.coverage = coverage(
            scored.iter().map(|m| m.weight).sum(),
            applicable.iter().map(|m| m.weight).sum(),
        );
        figure.limite = by_ages != own || by_size != own;
        figure.corrected = applicable.iter().any(|m| m.rated.corrected);
        self.figures.push(figure);
    }

    /// Rule 5.
    pub(super) fn axe(&self, position: usize, scores: &[CritereScore]) -> Option<Figure> {
        let r = self.referentiel;
        let axe = &r.axes[position];
        let own: Vec<&CritereScore> = scores
            .iter()
            .filter(|s| r.criteres[s.position].axe == position)
            .collect();
        if own.is_empty() {
            return None;
        }
        let weight = |s: &CritereScore| r.criteres[s.position].weight;
        let children: Vec<Child> = own
            .iter()
            .map(|s| Child {
                weight: weight(s),
                score: s.value,
                applies: s.status != Status::Nc,
            })
            .collect();
        let least = Least {
            coverage: r.rules.couverture_axe,
            children: 1,
        };
        let node = score::node(&children, least);
        let valued: Vec<&CritereScore> = own
            .iter()
            .copied()
            .filter(|s| s.status != Status::Nc && s.value.is_some())
            .collect();
        let provisional = valued.iter().any(|s| s.status == Status::Provisoire);
        let status = match (node.applicable, node.score.is_some(), provisional) {
            (0, ..) => Status::Nc,
            (_, false, _) => Status::NonPubliable,
            (_, true, true) => Status::Provisoire,
            (_, true, false) => Status::Ok,
        };
        let mut figure = self.plain(Level::Axe, position, status);
        figure.value = node.score;
        if node.score.is_some() {
            figure.noise = Noise::mean(valued.iter().map(|s| (weight(s), s.noise)));
            figure.fragile = node
                .coverage
                .is_some_and(|c| c < r.rules.couverture_fragile - TOLERANCE);
        }
        figure.n = node.scored;
        figure.expected = node.applicable;
        figure.coverage = node.coverage;
        figure.target = Some(axe.cible);
        Some(figure)
    }

    /// Rule 6: an overall mark only where the référentiel asks for one, and then only when every
    /// applicable axe has a value; their plain mean.
    pub(super) fn overall(&self, axes: &[Figure]) -> Option<Figure> {
        let children: Vec<Child> = axes
            .iter()
            .map(|f| Child {
                weight: 1.0,
                score: f.value,
                applies: f.status != Status::Nc,
            })
            .collect();
        let least = Least {
            coverage: 1.0,
            children: 1,
        };
        let node = score::node(&children, least);
        let provisional = axes.iter().any(|f| f.status == Status::Provisoire);
        let complete = node.score.is_some();
        let status = match (complete, provisional) {
            (false, _) => Status::NonPubliable,
            (true, true) => Status::Provisoire,
            (true, false) => Status::Ok,
        };
        let mut figure = self.plain(Level::Axe, self.referentiel.axes.len(), status);
        figure.value = node.score;
        figure.n = node.scored;
        figure.expected = node.applicable;
        figure.coverage = node.coverage;
        (self.referentiel.rules.note_globale && !axes.is_empty()).then_some(figure)
    }
}

/// Why a critère has no value, the most telling reason first.
fn without_value(scores: &[SourceScore], expected: &[&SourceScore]) -> Status {
    if expected.is_empty() {
        let nc = scores.iter().any(|s| s.status == Status::Nc);
        // Who marked it was concerned, though their mark weighs nothing.
        let is_marked = scores.iter().any(|s| s.value.is_some());
        return if nc && !is_marked {
            Status::Nc
        } else {
            Status::NonCalculable
        };
    }
    let order = [
        Status::CouvertureInsuffisante,
        Status::EffectifInsuffisant,
        Status::NonObserve,
        Status::NonCalculable,
    ];
    order
        .into_iter()
        .find(|status| expected.iter().any(|s| s.status == *status))
        .unwrap_or(Status::Absent)
}

/// A share, none of nothing.
pub(super) fn coverage(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
