//! Rules 3 to 6: critère, impératif, axe, overall mark.

use super::compute::{CritereScore, Site, SourceScore, TOLERANCE};
use super::element::ElementValue;
use super::figure::{Figure, FigureStatus as Status, Level};
use super::noise::Noise;
use crate::vocabulary::referentiel::SourceCode;

impl Site<'_, '_> {
    /// Rule 3.
    pub(super) fn critere_figure(
        &mut self,
        position: usize,
        scores: &[SourceScore],
    ) -> CritereScore {
        let r = self.scope.referentiel;
        let critere = &r.criteres[position];
        let weight = |s: &SourceScore| critere.source_weights[s.source as usize];
        let expected: Vec<&SourceScore> = scores
            .iter()
            .filter(|s| weight(s) > 0.0 && s.status != Status::Nc)
            .collect();
        let used: Vec<&SourceScore> = expected
            .iter()
            .copied()
            .filter(|s| s.value.is_some())
            .collect();
        let mut sum: f64 = used
            .iter()
            .map(|s| weight(s) * s.value.unwrap_or(0.0))
            .sum();
        let mut total: f64 = used.iter().map(|s| weight(s)).sum();
        let missing_obs = expected
            .iter()
            .find(|s| s.source == SourceCode::Obs && s.value.is_none());
        let stand_in = missing_obs
            .filter(|_| r.rules.auto_remplace_obs)
            .and_then(|obs| {
                let aut = scores.iter().find(|s| s.source == SourceCode::Aut)?;
                Some((weight(obs), aut.value?))
            });
        if let Some((weight, value)) = stand_in {
            sum += weight * value;
            total += weight;
        }
        let value = (total > 0.0).then(|| sum / total);
        let weights: f64 = expected.iter().map(|s| weight(s)).sum();
        let covered: f64 = expected.iter().map(|s| weight(s) * s.coverage).sum();
        let coverage = (weights > 0.0).then(|| covered / weights);
        let status = match value {
            Some(_) if missing_obs.is_some() => Status::Provisoire,
            Some(_) => Status::Ok,
            None => without_value(scores, &expected),
        };
        let low = coverage.is_some_and(|c| c < r.rules.couverture_fragile - TOLERANCE);
        let mut figure = self.plain(Level::Critere, position, status);
        figure.value = value;
        figure.n = used.len();
        figure.expected = expected.len();
        figure.coverage = coverage;
        figure.target = Some(critere.cible);
        figure.fragile = value.is_some() && (low || used.iter().any(|s| s.fragile));
        figure.limite = used.iter().any(|s| s.limite);
        let stand_in = stand_in.map(|(weight, _)| (weight, Noise::default()));
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

    /// Rule 4: every applicable élément of OBS, DIR and DON scored and at 4.
    pub(super) fn imperatif(&mut self, critere: usize, musts: &[(ElementValue, bool)]) {
        let applicable: Vec<&(ElementValue, bool)> =
            musts.iter().filter(|(v, _)| !v.is_nc()).collect();
        let scored = applicable.iter().filter(|(v, _)| v.value.is_some()).count();
        let below = applicable
            .iter()
            .any(|(v, _)| v.value.is_some_and(|x| x < 4.0 - TOLERANCE));
        let status = match (below, scored == applicable.len() && scored > 0) {
            (true, _) => Status::NonAtteint,
            (false, true) => Status::Atteint,
            (false, false) => Status::NonEvalue,
        };
        let mut figure = self.plain(Level::Imperatif, critere, status);
        figure.value = match status {
            Status::Atteint => Some(1.0),
            Status::NonAtteint => Some(0.0),
            _ => None,
        };
        figure.n = scored;
        figure.expected = applicable.len();
        figure.coverage = coverage(scored as f64, applicable.len() as f64);
        figure.limite = applicable.iter().any(|(_, limite)| *limite);
        self.figures.push(figure);
    }

    /// Rule 5.
    pub(super) fn axe(&self, position: usize, scores: &[CritereScore]) -> Option<Figure> {
        let r = self.scope.referentiel;
        let axe = &r.axes[position];
        let own: Vec<&CritereScore> = scores
            .iter()
            .filter(|s| r.criteres[s.position].axe == position)
            .collect();
        if own.is_empty() {
            return None;
        }
        let weight = |s: &&&CritereScore| r.criteres[s.position].weight;
        let applicable: Vec<&CritereScore> = own
            .iter()
            .copied()
            .filter(|s| s.status != Status::Nc)
            .collect();
        let valued: Vec<&CritereScore> = applicable
            .iter()
            .copied()
            .filter(|s| s.value.is_some())
            .collect();
        let all: f64 = applicable.iter().map(|s| weight(&s)).sum();
        let seen: f64 = valued.iter().map(|s| weight(&s)).sum();
        let covered = (all > 0.0).then(|| seen / all);
        let enough = covered.is_some_and(|c| c >= r.rules.couverture_axe - TOLERANCE);
        let provisional = valued.iter().any(|s| s.status == Status::Provisoire);
        let status = match (applicable.is_empty(), enough, provisional) {
            (true, ..) => Status::Nc,
            (_, false, _) => Status::NonPubliable,
            (_, true, true) => Status::Provisoire,
            (_, true, false) => Status::Ok,
        };
        let mut figure = self.plain(Level::Axe, position, status);
        if enough {
            let sum: f64 = valued
                .iter()
                .map(|s| weight(&s) * s.value.unwrap_or(0.0))
                .sum();
            figure.value = Some(sum / seen);
            figure.noise = Noise::mean(valued.iter().map(|s| (weight(&s), s.noise)));
            figure.fragile = covered.is_some_and(|c| c < r.rules.couverture_fragile - TOLERANCE);
        }
        figure.n = valued.len();
        figure.expected = applicable.len();
        figure.coverage = covered;
        figure.target = Some(axe.cible);
        Some(figure)
    }

    /// Rule 6: an overall mark only where the référentiel asks for one, and then only when every
    /// applicable axe has a value; their plain mean.
    pub(super) fn overall(&self, axes: &[Figure]) -> Option<Figure> {
        let applicable: Vec<&Figure> = axes.iter().filter(|f| f.status != Status::Nc).collect();
        let values: Vec<f64> = applicable.iter().filter_map(|f| f.value).collect();
        let provisional = applicable.iter().any(|f| f.status == Status::Provisoire);
        let complete = !values.is_empty() && values.len() == applicable.len();
        let status = match (complete, provisional) {
            (false, _) => Status::NonPubliable,
            (true, true) => Status::Provisoire,
            (true, false) => Status::Ok,
        };
        let mut figure = self.plain(Level::Axe, self.scope.referentiel.axes.len(), status);
        figure.value = complete.then(|| values.iter().sum::<f64>() / values.len() as f64);
        figure.n = values.len();
        figure.expected = applicable.len();
        figure.coverage = coverage(values.len() as f64, applicable.len() as f64);
        (self.scope.referentiel.rules.note_globale && !axes.is_empty()).then_some(figure)
    }
}

/// Why a critère has no value, the most telling reason first.
fn without_value(scores: &[SourceScore], expected: &[&SourceScore]) -> Status {
    if expected.is_empty() {
        let nc = scores.iter().any(|s| s.status == Status::Nc);
        return if nc {
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
