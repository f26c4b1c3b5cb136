//! Practices taken up: by whom, with which proof; since the year before.

use std::collections::BTreeSet;

use super::calculation::Calculation;
use super::computed_indicator::{Found, SeenRow};
use super::convention_words::PracticeProof;
use super::register_columns::{PratiquesColumn, Register};
use super::same_code::same_code;
use super::suivi_period::SuiviPeriod;
use crate::base::text::fold;

/// Pairs (practice, who took it up) with a dated proof, origin left out.
struct Adoptions {
    pairs: BTreeSet<(String, String)>,
    rows: Vec<SeenRow>,
}

impl Adoptions {
    fn of(c: &Calculation, period: &SuiviPeriod) -> Self {
        let experiment = &c.parameters.experiment;
        let pilots = c
            .input
            .convention
            .experiment(experiment)
            .map_or(&[][..], |e| &e.pilots);
        let mut adoptions = Self {
            pairs: BTreeSet::new(),
            rows: Vec::new(),
        };
        for row in c.input.registers.rows(Register::Pratiques) {
            let proved = row
                .day(PratiquesColumn::DatePreuve)
                .is_some_and(|d| period.holds(d))
                && row.word::<PracticeProof>(PratiquesColumn::Preuve).is_some();
            let is_of = experiment.is_empty()
                || same_code(row.text(PratiquesColumn::Experimentation), experiment);
            if !proved || !is_of {
                continue;
            }
            let origin = fold(row.text(PratiquesColumn::Origine));
            let left_out = |who: &str| {
                let is_pilot = pilots.iter().any(|p| fold(p) == fold(who));
                fold(who) == origin || (c.parameters.without_pilots && is_pilot)
            };
            let own = row.list(PratiquesColumn::Adoptants).into_iter();
            let own: Vec<&str> = own.filter(|who| !left_out(who)).collect();
            if own.is_empty() {
                continue;
            }
            let practice = fold(row.text(PratiquesColumn::Pratique));
            adoptions
                .pairs
                .extend(own.iter().map(|who| (practice.clone(), fold(who))));
            adoptions.rows.push(SeenRow {
                register: Register::Pratiques,
                id: row.id.clone(),
                says: format!(
                    "{} : adoptée par {}.",
                    row.text(PratiquesColumn::Pratique),
                    own.join(", ")
                ),
            });
        }
        adoptions
    }

    /// Those who took up at least one.
    fn adopters(&self) -> usize {
        let who: BTreeSet<&String> = self.pairs.iter().map(|(_, who)| who).collect();
        who.len()
    }
}

/// Pairs, the year before beside; for an experiment, distinct adopters.
pub(super) fn adoptions(c: &Calculation) -> Found {
    let now = Adoptions::of(c, c.period);
    let is_experiment = !c.parameters.experiment.is_empty();
    let value = if is_experiment {
        now.adopters()
    } else {
        now.pairs.len()
    };
    let mut found = Found::count(value).beside("adoptants différents", now.adopters() as f64);
    if let Some(before) = c.period.before() {
        let before = Adoptions::of(c, &before).pairs.len();
        found = found
            .beside("adoptions l’année d’avant", before as f64)
            .beside("différence", now.pairs.len() as f64 - before as f64);
    }
    c.counted(found.seen(now.rows))
}
