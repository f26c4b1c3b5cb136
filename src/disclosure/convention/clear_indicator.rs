//! An indicator as an audience may see it: whether it is shown at all, in which steps, from how many persons on.

use super::clear_beside::beside;
use super::ctg_audience::CtgAudience;
use super::ctg_indicator::{CtgIndicator, CtgStart, CtgStatus};
use super::ctg_material::CtgMaterial;
use super::ctg_scope::CtgScope;
use super::least_once::{at_most_one, collaborations, has_room};
use super::person_figures::{FEW, persons, share};
use crate::base::text::{Datum, Unit, decimals, fold, rounded};
use crate::convention::territory::AccessMeasure;
use crate::convention::{
    CalculationKind, ClosedWord, ComputedIndicator, DeclaredIndicator, FILLED_FUNCTIONS,
    IndicatorNature, IndicatorStatus, STAFFED_TEAMS, Sense, value_words,
};
use crate::disclosure::decide::may_count_teams;

/// Why a figure is not told.
const FEW_PERSONS: &str = "moins de 5 personnes ou services derrière ce chiffre";
const FEW_ANSWERS: &str = "moins de 5 réponses";
const FEW_SEATS: &str = "certains ont été invités moins de cinq fois : il dirait qui est venu";
const BESIDE_A_SHARE: &str = "avec la participation aux mêmes temps, il pourrait dire qui est venu";
const TOGETHER: &str = "aucune par une action ; par des temps, il pourrait dire qui est venu";
const TEAMS: &str = "il dirait si une équipe, parfois de deux personnes, a répondu";
const FEW_CASES: &str = "moins de 5 cas";

/// Words of a unit or of a label that say that persons are counted.
const PERSONS: [&str; 17] = [
    "personne",
    "personnes",
    "enfant",
    "enfants",
    "jeune",
    "jeunes",
    "famille",
    "familles",
    "parent",
    "parents",
    "habitant",
    "habitants",
    "eleve",
    "eleves",
    "participant",
    "participants",
    "beneficiaires",
];

/// Words by which an indicator tells of children that are few everywhere.
const RARE: [&str; 3] = ["aeeh", "pai", "handicap"];

/// What may be printed of a value.
enum Printed {
    /// The value, in these words; the share's own terms where they may be told.
    Value(Datum, String),
    /// Nothing, and why.
    Hidden(&'static str),
}

impl CtgMaterial<'_> {
    /// An indicator over a period, none where this audience is not told that it exists.
    pub(crate) fn indicator(
        &self,
        declared: &DeclaredIndicator,
        computed: &ComputedIndicator,
        audience: CtgAudience,
    ) -> Option<CtgIndicator> {
        let scope = CtgScope::new(self, audience);
        if !is_read(&scope, declared) {
            return None;
        }
        let printed = computed
            .value
            .map(|value| self.printed(declared, computed, value, audience));
        let (status, value, divided, reason) = match printed {
            None => (
                unknown(computed),
                Datum::words(computed.status.words()),
                String::new(),
                computed.reason.clone(),
            ),
            Some(Printed::Hidden(why)) => (
                CtgStatus::Hidden,
                Datum::words("non diffusable"),
                String::new(),
                why.to_owned(),
            ),
            Some(Printed::Value(value, divided)) => {
                (known(computed), value, divided, String::new())
            }
        };
        let is_told = matches!(status, CtgStatus::Known | CtgStatus::Declared);
        Some(CtgIndicator {
            code: declared.code.clone(),
            fiche: declared.fiche.clone(),
            label: declared.label.clone(),
            nature: declared.nature.label(),
            unit: declared.unit.clone(),
            period: computed.period.label.clone(),
            from: computed.period.from,
            to: computed.period.end().max(computed.period.from),
            reaches_target: reaches(declared, &value).filter(|_| is_told),
            rows: (audience.reads_row_counts() && is_told && !counts_who(declared))
                .then_some(computed.n),
            start: declared.start.as_ref().map(|start| CtgStart {
                value: plain(declared, start.value),
                day: start.date,
                source: start.source.clone(),
            }),
            target: declared.target.map(|t| plain(declared, t)),
            beside: if is_told {
                beside(
                    declared,
                    computed,
                    audience,
                    self.is_beside_a_share(declared),
                )
            } else {
                Vec::new()
            },
            key: if audience.reads_follow_up() {
                format!("CTG/{}/{}", declared.code, computed.period.label)
            } else {
                String::new()
            },
            repeats: false,
            persons: persons_of(declared, computed).filter(|_| !audience.reads_all()),
            seats: if audience.reads_all() {
                Vec::new()
            } else {
                computed.seats.clone()
            },
            status,
            value,
            divided,
            reason,
        })
    }

    fn printed(
        &self,
        declared: &DeclaredIndicator,
        c: &ComputedIndicator,
        value: f64,
        audience: CtgAudience,
    ) -> Printed {
        let exact = || Printed::Value(as_is(declared, c, value), divided(c));
        if counts_few(declared) && value < FEW as f64 && c.denominator.is_none() {
            return Printed::Hidden(FEW_CASES);
        }
        if audience.reads_all() {
            return match declared.kind {
                CalculationKind::Favourable if c.n < FEW => Printed::Hidden(FEW_ANSWERS),
                _ => exact(),
            };
        }
        match declared.kind {
            CalculationKind::Participation => of_persons(c, c.denominator, FEW_PERSONS),
            CalculationKind::FunctionPresence | CalculationKind::FunctionShare => of_persons(
                c,
                told_beside(c, FILLED_FUNCTIONS).or(c.denominator),
                FEW_PERSONS,
            ),
            CalculationKind::Favourable => of_persons(c, c.denominator, FEW_ANSWERS),
            CalculationKind::Diversity | CalculationKind::DistinctCount if !has_room(c) => {
                Printed::Hidden(FEW_SEATS)
            }
            CalculationKind::Diversity | CalculationKind::DistinctCount
                if self.is_beside_a_share(declared) =>
            {
                Printed::Hidden(BESIDE_A_SHARE)
            }
            CalculationKind::Diversity | CalculationKind::DistinctCount => {
                at_most_one(c).map_or_else(exact, |told| Printed::Value(told, String::new()))
            }
            CalculationKind::Collaborations => collaborations(c)
                .map_or(Printed::Hidden(TOGETHER), |told| {
                    Printed::Value(told, String::new())
                }),
            CalculationKind::Observatory => {
                let staffed = told_beside(c, STAFFED_TEAMS).unwrap_or(0.0);
                if may_count_teams(self.thresholds, staffed as usize) {
                    exact()
                } else {
                    Printed::Hidden(TEAMS)
                }
            }
            CalculationKind::Access
                if declared.parameters.measure == Some(AccessMeasure::Families) =>
            {
                // Neither its terms: less what reports tell question by question, they would tell the rest.
                if c.n < FEW {
                    return Printed::Hidden(FEW_ANSWERS);
                }
                Printed::Value(as_is(declared, c, value), String::new())
            }
            CalculationKind::Declared | CalculationKind::Context | CalculationKind::Access
                if is_of_persons(declared) =>
            {
                if declared.is_share() {
                    return share_of_persons(c, exact);
                }
                let told = persons(value.max(0.0).round() as usize, audience);
                Printed::Value(told, String::new())
            }
            _ => exact(),
        }
    }
}

/// A share of persons, or of services that came, from five of them on.
fn of_persons(c: &ComputedIndicator, behind: Option<f64>, few: &'static str) -> Printed {
    let whole = |n: Option<f64>| n.unwrap_or(0.0).max(0.0).round() as usize;
    if whole(behind) < FEW {
        return Printed::Hidden(few);
    }
    match share(whole(c.numerator), whole(c.denominator)) {
        Some(datum) => Printed::Value(datum, String::new()),
        None => Printed::Hidden(few),
    }
}

/// A share of persons whom somebody counted: fewer than five of a side are told within what others could be.
fn share_of_persons(c: &ComputedIndicator, exact: impl Fn() -> Printed) -> Printed {
    let (Some(n), Some(of)) = (c.numerator, c.denominator) else {
        return exact();
    };
    if n.min(of - n) >= FEW as f64 {
        return exact();
    }
    of_persons(c, Some(of), FEW_PERSONS)
}

/// The terms of a figure that rests on persons, for the log.
fn persons_of(declared: &DeclaredIndicator, c: &ComputedIndicator) -> Option<(usize, usize)> {
    let is_share = matches!(
        declared.kind,
        CalculationKind::Participation
            | CalculationKind::FunctionPresence
            | CalculationKind::FunctionShare
            | CalculationKind::Favourable
    );
    let terms = c.numerator.zip(c.denominator).filter(|_| is_share);
    terms.map(|(n, of)| (n.round() as usize, of.round() as usize))
}

/// Whether how many lines it rests on says who answered or came.
fn counts_who(declared: &DeclaredIndicator) -> bool {
    matches!(
        declared.kind,
        CalculationKind::Favourable
            | CalculationKind::DistinctCount
            | CalculationKind::Collaborations
    )
}

fn told_beside(c: &ComputedIndicator, label: &str) -> Option<f64> {
    let told = c.beside.iter().find(|b| b.label == label);
    told.map(|b| b.value)
}

fn is_read(scope: &CtgScope, declared: &DeclaredIndicator) -> bool {
    let is_of_fiche = if declared.fiche.is_empty() {
        scope.reads_the_rest
    } else {
        scope.fiches.contains(declared.fiche.as_str())
    };
    let is_for_all = scope.audience.reads_follow_up()
        || (declared.nature == IndicatorNature::Changement
            && declared.kind != CalculationKind::Observatory);
    let is_serious = scope
        .material
        .texts
        .title(
            &format!("{} {}", declared.label, declared.parameters.figure),
            CtgAudience::EquipeProjet,
        )
        .is_none();
    is_of_fiche && is_for_all && !is_serious
}

fn is_of_persons(declared: &DeclaredIndicator) -> bool {
    // « Places pour 100 enfants » counts places.
    let measure = declared.parameters.measure;
    let counts = [AccessMeasure::Use, AccessMeasure::Refusals].map(Some);
    measure != Some(AccessMeasure::Places)
        && (counts.contains(&measure) || says(declared, &PERSONS))
}

/// Whether it counts what is few everywhere.
fn counts_few(declared: &DeclaredIndicator) -> bool {
    says(declared, &RARE)
}

fn says(declared: &DeclaredIndicator, words: &[&str]) -> bool {
    let text = fold(&format!("{} {}", declared.unit, declared.label));
    let mut own = text.split(|c: char| !c.is_alphanumeric());
    own.any(|w| words.contains(&w))
}

fn known(c: &ComputedIndicator) -> CtgStatus {
    if c.status == IndicatorStatus::Declared {
        CtgStatus::Declared
    } else {
        CtgStatus::Known
    }
}

fn unknown(c: &ComputedIndicator) -> CtgStatus {
    if c.status == IndicatorStatus::ToCome {
        CtgStatus::ToCome
    } else {
        CtgStatus::NotComputable
    }
}

/// As `ctg indicateurs` tells it.
fn as_is(declared: &DeclaredIndicator, c: &ComputedIndicator, value: f64) -> Datum {
    Datum {
        text: value_words(declared, c),
        ..plain(declared, value)
    }
}

/// A value of the unit of an indicator.
pub(super) fn plain(declared: &DeclaredIndicator, value: f64) -> Datum {
    if declared.unit == "oui / non" {
        return Datum::words(if value >= 1.0 {
            "oui, diffusé"
        } else if value > 0.0 {
            "oui, non diffusé"
        } else {
            "non"
        });
    }
    if declared.is_share() {
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

/// « 12 sur 14 ».
fn divided(c: &ComputedIndicator) -> String {
    let shown = |v: f64| decimals(v, usize::from(v.fract().abs() >= 1e-9));
    match (c.numerator, c.denominator) {
        (Some(n), Some(of)) => format!("{} sur {}", shown(n), shown(of)),
        _ => String::new(),
    }
}

/// Whether what is printed is at the target: by the number that is printed, so that nothing more is told.
fn reaches(declared: &DeclaredIndicator, value: &Datum) -> Option<bool> {
    let (target, number) = (declared.target?, value.number?);
    match declared.sense {
        Sense::Up => Some(number >= target - 1e-9),
        Sense::Down => Some(number <= target + 1e-9),
        Sense::None => None,
    }
}
