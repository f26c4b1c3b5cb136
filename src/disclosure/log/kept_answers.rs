//! What the log keeps of a question: what was printed, and the answers of what was shown (never
//! those of what was hidden, of which it keeps the number alone).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::disclosure::cleared::{Mask, Respondents, Shares};
use crate::figures::Distribution;

/// What one delivery printed of a question at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptAnswers {
    /// Answers behind it.
    pub(crate) n: usize,
    /// Counts and « ne sait pas », of what was shown alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comptes: Option<(Vec<usize>, usize)>,
    /// Why nothing was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    masque: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<f64>,
    /// What the parts were told of; percents in deliveries that do not say.
    #[serde(default = "percents")]
    sur: usize,
    #[serde(default)]
    nsp: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unanime: Option<usize>,
    #[serde(default)]
    au_moins: f64,
    /// Its answers in their order, of a question outside the référentiel that was shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    modalites: Vec<String>,
}

/// What parts were told of before they said it.
fn percents() -> usize {
    100
}

impl KeptAnswers {
    /// The same, of a question whose answers are those of a questionnaire alone.
    pub(crate) fn labelled(self, labels: &[String]) -> Self {
        let is_shown = self.comptes.is_some();
        let modalites = if is_shown {
            labels.to_vec()
        } else {
            Vec::new()
        };
        Self { modalites, ..self }
    }

    pub(crate) fn of(answers: &Distribution, shares: &Result<Shares, Mask>) -> Self {
        let empty = Self {
            n: answers.total(),
            comptes: None,
            masque: None,
            parts: Vec::new(),
            sur: percents(),
            nsp: 0.0,
            unanime: None,
            au_moins: 0.0,
            modalites: Vec::new(),
        };
        match shares {
            Err(mask) => Self {
                masque: Some(mask.as_str().to_owned()),
                ..empty
            },
            Ok(shares) => Self {
                comptes: Some((answers.counts.clone(), answers.nsp)),
                parts: shares.parts.clone(),
                sur: shares.out_of,
                nsp: shares.nsp,
                unanime: shares.unanimous,
                au_moins: shares.at_least,
                ..empty
            },
        }
    }

    fn answers(&self) -> Option<Distribution> {
        let (counts, nsp) = self.comptes.clone()?;
        Some(Distribution { counts, nsp })
    }

    fn shares(&self) -> Shares {
        let respondents = Respondents::of(self.n);
        let favourable = || {
            let counts = &self.comptes.as_ref()?.0;
            (!self.parts.is_empty()).then(|| match self.sur {
                100 => Shares::favourable_of(counts),
                _ => Shares::favourable_among(&self.parts),
            })
        };
        Shares {
            parts: self.parts.clone(),
            out_of: self.sur,
            favourable: favourable().unwrap_or(0.0),
            n: respondents.least(),
            respondents,
            nsp: self.nsp,
            unanimous: self.unanime,
            at_least: self.au_moins,
        }
    }
}

/// Answers to a question at a place as they once stood: what they were, and who was shown what.
#[derive(Debug, Clone)]
pub(crate) struct PrintedAnswers {
    /// Rank of the delivery that first rested on them.
    pub(crate) moment: usize,
    /// How many.
    pub(crate) n: usize,
    /// What they were, once anyone was shown them.
    answers: Option<Distribution>,
    shares: Option<Shares>,
    /// Its answers in their order, of a question outside the référentiel.
    labels: Vec<String>,
    /// Audiences that were told nothing, and why.
    masks: BTreeMap<String, Mask>,
}

impl PrintedAnswers {
    /// Answers as an audience holds them: from its own delivery or, where it had none, from
    /// another that the same persons may read.
    pub(crate) fn seen_by(&self, audience: &str) -> Option<&Distribution> {
        let hidden = self.masks.contains_key(audience);
        self.answers.as_ref().filter(|_| !hidden)
    }

    /// What an audience is told once more, that needs so many answers.
    pub(crate) fn told(&self, audience: &str, least: usize) -> Result<Shares, Mask> {
        if let Some(mask) = self.masks.get(audience) {
            return Err(*mask);
        }
        let enough = least > 0 && self.n >= least;
        let shares = self.shares.clone().filter(|_| enough);
        shares.ok_or(Mask::Derivable)
    }

    /// Its answers in their order, of a question outside the référentiel.
    pub(crate) fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The same in the order of a list that holds all of its answers.
    pub(crate) fn in_order(&self, list: &[String]) -> Self {
        let places: Vec<Option<usize>> = (self.labels.iter())
            .map(|label| list.iter().position(|known| known == label))
            .collect();
        let mut moved = self.clone();
        if places.is_empty() {
            return moved;
        }
        if let Some(answers) = &mut moved.answers {
            answers.counts = in_places(&answers.counts, &places, list.len());
        }
        if let Some(shares) = &mut moved.shares {
            if !shares.parts.is_empty() {
                shares.parts = in_places(&shares.parts, &places, list.len());
            }
            let unanimous = shares.unanimous.and_then(|rank| places.get(rank));
            shares.unanimous = unanimous.copied().flatten();
        }
        moved.labels = list.to_vec();
        moved
    }

    fn is_same(&self, kept: &KeptAnswers) -> bool {
        let differ = match (&self.answers, kept.answers()) {
            (Some(before), Some(now)) => *before != now || self.labels != kept.modalites,
            _ => false,
        };
        self.n == kept.n && !differ
    }

    fn add(&mut self, kept: &KeptAnswers, audiences: &[String]) {
        if let Some(word) = &kept.masque {
            let masks = audiences.iter().map(|a| (a.clone(), Mask::parse(word)));
            self.masks.extend(masks);
        } else {
            self.answers = kept.answers();
            self.shares = Some(kept.shares());
            self.labels.clone_from(&kept.modalites);
            for audience in audiences {
                self.masks.remove(audience);
            }
        }
    }
}

/// Values moved to other places, of so many.
fn in_places<T: Copy + Default>(values: &[T], places: &[Option<usize>], all: usize) -> Vec<T> {
    let mut moved = vec![T::default(); all];
    for (value, place) in values.iter().zip(places) {
        if let Some(slot) = place.and_then(|place| moved.get_mut(place)) {
            *slot = *value;
        }
    }
    moved
}

/// Adds what a delivery printed to what earlier ones did.
pub(crate) fn add_answers(
    history: &mut Vec<PrintedAnswers>,
    kept: &KeptAnswers,
    moment: usize,
    audiences: &[String],
) {
    if let Some(last) = history.last_mut().filter(|last| last.is_same(kept)) {
        last.add(kept, audiences);
        return;
    }
    let mut printed = PrintedAnswers {
        moment,
        n: kept.n,
        answers: None,
        shares: None,
        labels: Vec::new(),
        masks: BTreeMap::new(),
    };
    printed.add(kept, audiences);
    history.push(printed);
}
