//! What the organiser decides (`niveau = "organisateur"`: tariffs, refusals): one value for the territory,
//! by rules 2 and 3 over the answers of all structures together, as though they were one.
//!
//! An élément of a questionnaire is the mean of all who answered, wherever they did; one of DON is the
//! measure of all, each structure weighing what its own is divided by, then converted; one of grids is the
//! mean of the structures, each counting once. What a purge masked is no longer among the answers.

use std::collections::BTreeMap;

use super::element::{ElementValue, RatedElement};
use super::figure::{Figure, FigureStatus as Status};
use super::figure_level::Level;
use super::figure_slots::Slots;
use super::noise::Noise;
use super::other_readings::OtherReadings;
use super::score_rules::coverage;
use super::score_sheet::{ScoreSheet, SourceScore};
use crate::vocabulary::referentiel::{DonMeasure, Referentiel, SourceCode};

/// What one structure says, through one source, of a critère that the organiser decides.
#[derive(Debug, Clone)]
pub(super) struct OrganiserAnswers {
    pub(super) critere: usize,
    pub(super) source: SourceCode,
    /// People of the structure who answered the source on this critère.
    pub(super) respondents: usize,
    pub(super) elements: Vec<SaidElement>,
}

/// What one structure says of one élément.
#[derive(Debug, Clone, Copy)]
pub(super) struct SaidElement {
    pub(super) position: usize,
    pub(super) rated: RatedElement,
    /// Its level; the measure itself of an élément of DON, which is converted once it is added up.
    pub(super) value: Option<f64>,
    /// How much it counts in the whole.
    pub(super) weight: f64,
}

/// Figures of the territory, without structure code: of each critère that the organiser decides and that
/// somebody was asked, its éléments, its sources, itself.
pub(super) fn organiser_figures<'a>(
    r: &Referentiel,
    slots: &Slots,
    answers: impl Iterator<Item = &'a OrganiserAnswers>,
) -> Vec<Figure> {
    let mut criteres: BTreeMap<usize, BTreeMap<SourceCode, Vec<&OrganiserAnswers>>> =
        BTreeMap::new();
    for own in answers {
        let sources = criteres.entry(own.critere).or_default();
        sources.entry(own.source).or_default().push(own);
    }
    let mut sheet = ScoreSheet::new(r, slots, "");
    for (critere, mut sources) in criteres {
        let asked = SourceCode::ALL
            .into_iter()
            .filter_map(|source| Some((source, sources.remove(&source)?)));
        let asked: Vec<_> = asked.collect();
        let scores: Vec<SourceScore> = asked
            .iter()
            .map(|(source, answers)| sheet.organiser_source(critere, *source, answers))
            .collect();
        sheet.critere_figure(critere, &scores);
    }
    sheet.figures
}

impl ScoreSheet<'_> {
    /// Rule 2 over the answers of all structures.
    fn organiser_source(
        &mut self,
        critere: usize,
        source: SourceCode,
        answers: &[&OrganiserAnswers],
    ) -> SourceScore {
        let mut elements: BTreeMap<usize, Vec<&SaidElement>> = BTreeMap::new();
        for said in answers.iter().flat_map(|own| &own.elements) {
            elements.entry(said.position).or_default().push(said);
        }
        let positions: Vec<usize> = elements.keys().copied().collect();
        let values: Vec<RatedElement> = elements
            .into_iter()
            .map(|(position, said)| {
                let don = self.referentiel.elements[position].don.as_ref();
                together(don, &said)
            })
            .collect();
        for (&position, rated) in positions.iter().zip(&values) {
            let value = &rated.value;
            let mut figure = self.plain(Level::Element, position, value.status);
            figure.source = Some(source);
            figure.value = value.value;
            figure.n = value.n;
            figure.expected = value.expected;
            figure.coverage = coverage(value.n as f64, value.expected as f64).map(|c| c.min(1.0));
            figure.limite = rated.limite();
            figure.corrected = rated.corrected;
            let few = value.n < self.referentiel.rules.effectif_fragile;
            figure.fragile = source.is_questionnaire() && value.status == Status::Ok && few;
            self.figures.push(figure);
        }
        let respondents = answers.iter().map(|own| own.respondents).sum();
        self.source(critere, source, &positions, &values, respondents)
    }
}

/// One élément over the structures that were asked.
fn together(don: Option<&DonMeasure>, said: &[&SaidElement]) -> RatedElement {
    let weighed: Vec<(f64, f64, Noise)> = said
        .iter()
        .filter_map(|own| Some((own.weight, own.value?, own.rated.value.noise)))
        .collect();
    let weight: f64 = weighed.iter().map(|w| w.0).sum();
    let mean = weighed.iter().map(|w| w.0 * w.1).sum::<f64>() / weight;
    let level = don.map_or(mean, |don| don.level(mean) as f64);
    let is_known = !weighed.is_empty();
    let noise: Vec<(f64, Noise)> = weighed.iter().map(|w| (w.0, w.2)).collect();
    let values = || said.iter().map(|own| &own.rated.value);
    RatedElement {
        value: ElementValue {
            value: is_known.then_some(level),
            status: status_of(is_known, &values().map(|v| v.status).collect::<Vec<_>>()),
            n: values().map(|v| v.n).sum(),
            expected: values().map(|v| v.expected).sum(),
            noise: if is_known {
                Noise::pooled(&noise)
            } else {
                Noise::default()
            },
            masked: None,
        },
        // What the organiser decides is read in no session: no rule of it has two readings.
        readings: OtherReadings::default(),
        corrected: said.iter().any(|own| own.rated.corrected),
    }
}

/// Why the whole has no value: that it does not apply anywhere, else the most telling reason of a part.
fn status_of(is_known: bool, parts: &[Status]) -> Status {
    // Faces are answered, and never become levels.
    if is_known || parts.contains(&Status::Ok) {
        return Status::Ok;
    }
    if parts.iter().all(|status| *status == Status::Nc) {
        return Status::Nc;
    }
    [
        Status::EffectifInsuffisant,
        Status::NonObserve,
        Status::NonCalculable,
    ]
    .into_iter()
    .find(|status| parts.contains(status))
    .unwrap_or(Status::Absent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: Option<f64>, weight: f64, n: usize, status: Status) -> SaidElement {
        SaidElement {
            position: 0,
            rated: RatedElement::from(ElementValue {
                value,
                status,
                n,
                expected: n.max(1),
                noise: Noise::default(),
                masked: None,
            }),
            value,
            weight,
        }
    }

    /// Thirty families of a large accueil weigh more than five of a small one.
    #[test]
    fn what_counts_more_weighs_more() {
        let large = of(Some(4.0), 30.0, 30, Status::Ok);
        let small = of(Some(1.0), 5.0, 5, Status::Ok);
        let silent = of(None, 0.0, 0, Status::Absent);
        let rated = together(None, &[&large, &small, &silent]).value;
        assert!((rated.value.expect("answers") - 125.0 / 35.0).abs() < 1e-12);
        assert_eq!((rated.status, rated.n), (Status::Ok, 35));
    }

    /// Twenty requests refused of a hundred, then none of nine hundred: one in fifty, and not one in ten.
    #[test]
    fn a_measure_is_that_of_all_before_it_is_converted() {
        let don = DonMeasure {
            measure: "I19".to_owned(),
            thresholds: [0.15, 0.10, 0.05],
            low_is_good: true,
        };
        let first = of(Some(0.2), 100.0, 1, Status::Ok);
        let second = of(Some(0.0), 900.0, 1, Status::Ok);
        let both = together(Some(&don), &[&first, &second]);
        assert_eq!(both.value.value, Some(4.0));
        assert_eq!(together(Some(&don), &[&first]).value.value, Some(1.0));
    }

    #[test]
    fn what_nobody_answered_says_why() {
        assert_eq!(status_of(false, &[Status::Ok, Status::Absent]), Status::Ok);
        assert_eq!(status_of(false, &[Status::Nc, Status::Nc]), Status::Nc);
        assert_eq!(
            status_of(false, &[Status::Nc, Status::Absent]),
            Status::Absent
        );
        assert_eq!(
            status_of(false, &[Status::Absent, Status::NonCalculable]),
            Status::NonCalculable
        );
    }
}
