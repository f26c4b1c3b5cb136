//! What is told beside an indicator: nothing that counts who came, what one post does, which of few kinds of partners.

use super::ctg_audience::CtgAudience;
use super::ctg_indicator::CtgBeside;
use super::person_figures::persons;
use crate::base::text::{Datum, Unit, decimals, rounded};
use crate::convention::{CalculationKind, ComputedIndicator, DeclaredIndicator, OF_ACTIONS};

/// What an audience is told beside a value that it is told; not how many persons came, where a share of services that came
/// to the same meetings is told: « moins de 5 » twice, then « 5 à 9 » together, are that both had some.
pub(super) fn beside(
    declared: &DeclaredIndicator,
    computed: &ComputedIndicator,
    audience: CtgAudience,
    is_beside_a_share: bool,
) -> Vec<CtgBeside> {
    let told = computed.beside.iter().filter_map(|own| {
        let counts_who = own.label == "participants" && is_beside_a_share;
        let value = if audience.reads_all() {
            exact(&own.label, own.value)
        } else if counts_who {
            return None;
        } else {
            of_others(declared, computed, &own.label, own.value, audience)?
        };
        Some(CtgBeside {
            label: own.label.clone(),
            value,
        })
    });
    told.collect()
}

/// To who does not type them: by kind of calculation, what is no person's.
fn of_others(
    declared: &DeclaredIndicator,
    computed: &ComputedIndicator,
    label: &str,
    value: f64,
    audience: CtgAudience,
) -> Option<Datum> {
    // What posts of a nature do, theme by theme or in hours, is what one of them does.
    let is_led = declared.parameters.led_by.is_some();
    match declared.kind {
        CalculationKind::MeetingCount if computed.n == 0 => None,
        CalculationKind::MeetingCount => match label {
            "participants" => Some(persons(value.round() as usize, audience)),
            _ if is_led && label != "structures" => None,
            _ => Some(exact(label, value)),
        },
        CalculationKind::Collaborations => (label == OF_ACTIONS).then(|| exact(label, value)),
        CalculationKind::DocumentShare
        | CalculationKind::Actions
        | CalculationKind::Spending
        | CalculationKind::PracticeCount
        | CalculationKind::Context
        | CalculationKind::Access => Some(exact(label, value)),
        // Services that were excused, kinds of partners, functions: few, and known to who was there.
        _ => None,
    }
}

fn exact(label: &str, value: f64) -> Datum {
    if label.starts_with("part ") {
        return Datum::share(value);
    }
    let whole = value.fract().abs() < 1e-9;
    if whole && value >= 0.0 {
        return Datum::count(value as usize);
    }
    Datum {
        number: Some(rounded(value, 1)),
        unit: Unit::Number,
        ..Datum::words(decimals(value, usize::from(!whole)))
    }
}
