//! Answers to a question at a place as editions printed them. A vast territory has hundreds of thousands of them, most
//! told alike to several audiences: what was shown is held once.

use std::sync::Arc;

use crate::disclosure::cleared::{Mask, Shares};
use crate::figures::Distribution;
use crate::vocabulary::Audience;

/// What was printed of answers that some were shown.
#[derive(Debug, PartialEq)]
pub(crate) struct ShownAnswers {
    pub(crate) answers: Option<Distribution>,
    pub(crate) shares: Shares,
    /// Its answers in their order, of a question outside the référentiel.
    pub(crate) labels: Vec<String>,
}

/// What one delivery told of a question at a place.
#[derive(Debug, Clone)]
pub(crate) struct ToldAnswers {
    /// Answers behind it.
    pub(crate) n: usize,
    /// What was shown of them, or why nothing was.
    pub(crate) shown: Result<Arc<ShownAnswers>, Mask>,
}

/// Answers to a question at a place as they once stood: what they were, and who was shown what.
#[derive(Debug, Clone)]
pub(crate) struct PrintedAnswers {
    /// Rank of the delivery that first rested on them.
    pub(crate) moment: usize,
    /// How many.
    pub(crate) n: usize,
    /// What they were and what was printed of them, once anyone was shown them.
    shown: Option<Arc<ShownAnswers>>,
    /// Why audiences were told nothing, in their order.
    masks: [Option<Mask>; Audience::ALL.len()],
}

impl PrintedAnswers {
    /// Answers as an audience holds them: from its own delivery or, where it had none, from
    /// another that the same persons may read.
    pub(crate) fn seen_by(&self, audience: Audience) -> Option<&Distribution> {
        let hidden = self.masks[audience as usize].is_some();
        self.shown.as_ref().filter(|_| !hidden)?.answers.as_ref()
    }

    /// What an audience is told once more, that needs so many answers.
    pub(crate) fn told(&self, audience: Audience, least: usize) -> Result<Shares, Mask> {
        if let Some(mask) = self.masks[audience as usize] {
            return Err(mask);
        }
        let enough = least > 0 && self.n >= least;
        let shown = self.shown.as_ref().filter(|_| enough);
        shown
            .map(|shown| shown.shares.clone())
            .ok_or(Mask::Derivable)
    }

    /// Its answers in their order, of a question outside the référentiel.
    pub(crate) fn labels(&self) -> &[String] {
        self.shown.as_ref().map_or(&[], |shown| &shown.labels)
    }

    /// The same in the order of a list that holds all of its answers.
    pub(crate) fn in_order(&self, list: &[String]) -> Self {
        let shown = self.shown.as_ref().filter(|s| !s.labels.is_empty());
        Self {
            shown: shown.map_or_else(|| self.shown.clone(), |s| Some(Arc::new(s.in_order(list)))),
            ..self.clone()
        }
    }

    fn is_same(&self, told: &ToldAnswers) -> bool {
        let before = self.shown.as_ref();
        let differ = match (before, &told.shown) {
            (Some(before), Ok(now)) => match (&before.answers, &now.answers) {
                (Some(then), Some(today)) => then != today || before.labels != now.labels,
                _ => false,
            },
            _ => false,
        };
        self.n == told.n && !differ
    }

    fn add(&mut self, told: &ToldAnswers, audiences: &[Audience]) {
        let mask = told.shown.as_ref().err().copied();
        for audience in audiences {
            self.masks[*audience as usize] = mask;
        }
        if let Ok(shown) = &told.shown
            && self.shown.as_ref() != Some(shown)
        {
            self.shown = Some(Arc::clone(shown));
        }
    }
}

impl ShownAnswers {
    fn in_order(&self, list: &[String]) -> Self {
        let places: Vec<Option<usize>> = (self.labels.iter())
            .map(|label| list.iter().position(|known| known == label))
            .collect();
        let moved = |counts: &[usize]| in_places(counts, &places, list.len());
        let mut shares = self.shares.clone();
        if !shares.parts.is_empty() {
            shares.parts = in_places(&shares.parts, &places, list.len());
        }
        let unanimous = shares.unanimous.and_then(|rank| places.get(rank));
        shares.unanimous = unanimous.copied().flatten();
        Self {
            answers: self.answers.as_ref().map(|answers| Distribution {
                counts: moved(&answers.counts),
                nsp: answers.nsp,
            }),
            shares,
            labels: list.to_vec(),
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

/// Whether an audience that is told this is told nothing that it does not hold: adding it would change nothing.
pub(crate) fn holds_answers(
    history: &[PrintedAnswers],
    told: &ToldAnswers,
    audience: Audience,
) -> bool {
    let last = history.last().filter(|last| last.is_same(told));
    last.is_some_and(|last| match &told.shown {
        Err(mask) => last.masks[audience as usize] == Some(*mask),
        Ok(shown) => last.masks[audience as usize].is_none() && last.shown.as_ref() == Some(shown),
    })
}

/// Adds what a delivery told to what earlier ones did.
pub(crate) fn add_answers(
    history: &mut Vec<PrintedAnswers>,
    told: &ToldAnswers,
    moment: usize,
    audiences: &[Audience],
) {
    if let Some(last) = history.last_mut().filter(|last| last.is_same(told)) {
        last.add(told, audiences);
        return;
    }
    let mut printed = PrintedAnswers {
        moment,
        n: told.n,
        shown: None,
        masks: [None; Audience::ALL.len()],
    };
    printed.add(told, audiences);
    if history.is_empty() {
        // Most are printed once: no room for more.
        history.reserve_exact(1);
    }
    history.push(printed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::clear::shares_of;

    fn told(counts: [usize; 3]) -> ToldAnswers {
        let answers = Distribution {
            counts: counts.to_vec(),
            nsp: 0,
        };
        ToldAnswers {
            n: answers.total(),
            shown: Ok(Arc::new(ShownAnswers {
                shares: shares_of(&answers),
                answers: Some(answers),
                labels: Vec::new(),
            })),
        }
    }

    fn hidden(n: usize) -> ToldAnswers {
        ToldAnswers {
            n,
            shown: Err(Mask::TooFew),
        }
    }

    #[test]
    fn answers_told_to_one_and_hidden_from_another_are_the_same_answers() {
        let mut states = Vec::new();
        add_answers(&mut states, &hidden(9), 0, &[Audience::Familles]);
        add_answers(&mut states, &told([2, 3, 4]), 1, &[Audience::Equipe]);
        assert_eq!(states.len(), 1);
        let state = &states[0];
        assert_eq!(state.moment, 0);
        assert!(state.seen_by(Audience::Familles).is_none());
        assert_eq!(state.told(Audience::Familles, 5), Err(Mask::TooFew));
        // Élus had none of their own: they hold what teams do.
        assert!(state.seen_by(Audience::Equipe).is_some());
        assert!(state.seen_by(Audience::Elus).is_some());
        assert_eq!(state.told(Audience::Elus, 10), Err(Mask::Derivable));
        // Told later what was hidden, they hold it.
        add_answers(&mut states, &told([2, 3, 4]), 2, &[Audience::Familles]);
        assert!(states[0].seen_by(Audience::Familles).is_some());
    }

    #[test]
    fn what_an_audience_holds_already_adds_nothing() {
        let mut states = Vec::new();
        assert!(!holds_answers(&states, &hidden(9), Audience::Elus));
        add_answers(&mut states, &hidden(9), 0, &[Audience::Familles]);
        assert!(holds_answers(&states, &hidden(9), Audience::Familles));
        assert!(!holds_answers(&states, &hidden(9), Audience::Elus));
        assert!(!holds_answers(&states, &hidden(8), Audience::Familles));
        // What others are shown of the same answers is more than familles held.
        assert!(!holds_answers(&states, &told([2, 3, 4]), Audience::Equipe));
        add_answers(&mut states, &told([2, 3, 4]), 1, &[Audience::Equipe]);
        assert!(holds_answers(&states, &told([2, 3, 4]), Audience::Equipe));
        assert!(holds_answers(&states, &told([2, 3, 4]), Audience::Elus));
        assert!(!holds_answers(
            &states,
            &told([2, 3, 4]),
            Audience::Familles
        ));
        assert!(!holds_answers(&states, &told([4, 3, 2]), Audience::Equipe));
    }

    #[test]
    fn other_answers_are_another_state_and_the_same_are_held_once() {
        let mut states = Vec::new();
        for (moment, audience) in [Audience::Equipe, Audience::Elus].into_iter().enumerate() {
            add_answers(&mut states, &told([2, 3, 4]), moment, &[audience]);
        }
        assert_eq!(states.len(), 1);
        let first = states[0].shown.clone().expect("shown");
        add_answers(&mut states, &told([2, 3, 4]), 2, &[Audience::Familles]);
        assert!(Arc::ptr_eq(
            &first,
            states[0].shown.as_ref().expect("shown")
        ));
        // As many answers, but others.
        add_answers(&mut states, &told([4, 3, 2]), 3, &[Audience::Equipe]);
        assert_eq!(states.len(), 2);
        assert_eq!(states[1].moment, 3);
    }
}
