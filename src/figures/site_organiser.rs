//! What one structure brings to the value of what the organiser decides.

use super::compute::Site;
use super::element::{ElementValue, RatedElement};
use super::noise::Noise;
use super::organiser::{OrganiserAnswers, SaidElement};
use super::site_activity::{Measure, SiteActivity};
use crate::vocabulary::referentiel::SourceCode;

impl Site<'_, '_> {
    /// What the structure says of a critère through a source.
    pub(super) fn organiser_answers(
        &self,
        critere: usize,
        source: SourceCode,
        elements: &[usize],
        values: &[RatedElement],
    ) -> OrganiserAnswers {
        let said: Vec<SaidElement> = (elements.iter().zip(values))
            .map(|(&position, rated)| self.said(position, source, without_masked(*rated)))
            .collect();
        let is_masked = values.iter().any(|rated| rated.value.masked.is_some());
        let code = &self.structure.code;
        OrganiserAnswers {
            critere,
            source,
            respondents: if is_masked {
                0
            } else {
                self.collected.critere_respondents(code, source, critere)
            },
            elements: said,
        }
    }

    fn said(&self, position: usize, source: SourceCode, rated: RatedElement) -> SaidElement {
        let don = self.scope.referentiel.elements[position].don.as_ref();
        let (value, weight) = match don {
            Some(don) => {
                let measure = self.activity.measure(&don.measure);
                (measure.value, measure_weight(&don.measure, measure))
            }
            None if source.is_questionnaire() => (rated.value.value, rated.value.n as f64),
            None => (rated.value.value, 1.0),
        };
        SaidElement {
            position,
            rated,
            value,
            weight,
        }
    }
}

/// What a measure is divided by: the sessions that it examined, else its denominator; once, of a number.
fn measure_weight(code: &str, measure: Measure) -> f64 {
    let by_session = code.parse().is_ok_and(SiteActivity::rests_on_sessions);
    let weight = if by_session {
        measure.n
    } else {
        measure.expected
    };
    weight.max(1) as f64
}

/// What is left of an élément to add up: of one that a purge masked, that too few had answered.
fn without_masked(rated: RatedElement) -> RatedElement {
    if rated.value.masked.is_none() {
        return rated;
    }
    let value = ElementValue {
        n: 0,
        noise: Noise::default(),
        masked: None,
        ..rated.value
    };
    RatedElement { value, ..rated }
}
