//! How many favourable answers, item by item, over a period; hidden under five.

use super::survey_entry::{KeptCount, SurveyDeed, SurveyEntry};
use super::survey_model::{Survey, SurveyItem};
use super::survey_store::{KnownSurveys, SurveyAnswers};
use crate::base::day::Day;
use crate::convention::suivi_period::SuiviPeriod;
use crate::stats::proportion::wilson;

/// Fewest responses that are told.
pub(super) const FEWEST: usize = 5;

/// Answers to one item.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemCount {
    /// Its code.
    pub code: String,
    /// Its sentence.
    pub words: String,
    /// Whether agreeing with it is unfavourable.
    pub reversed: bool,
    /// Favourable answers; agreeing with a reversed item is none.
    pub favourable: usize,
    /// Answers given.
    pub given: usize,
    /// Each of them, by the response or the count that it comes from: not what was answered.
    pub(in crate::convention) seats: Vec<String>,
}

impl ItemCount {
    /// Whether enough people answered for it to be told.
    pub fn is_told(&self) -> bool {
        self.given >= FEWEST
    }

    /// Its sentence between quotation marks; one that agreeing with is unfavourable says so.
    pub fn quoted(&self) -> String {
        let turned = if self.reversed {
            " (dite à l’envers)"
        } else {
            ""
        };
        format!("« {} »{turned}", self.words)
    }

    /// Share of favourable answers.
    pub fn share(&self) -> f64 {
        self.favourable as f64 / self.given.max(1) as f64
    }
}

/// Answers to a questionnaire, over a period.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyCount {
    /// Responses.
    pub responses: usize,
    /// In the order of the questionnaire.
    pub items: Vec<ItemCount>,
    /// Labels of the imports that they come from: « E001, 12/05/2026 ».
    pub imports: Vec<String>,
}

impl SurveyCount {
    /// Counts the responses of a period, as known on a day.
    pub(super) fn of(
        answers: &SurveyAnswers,
        survey: &Survey,
        from: Day,
        to: Day,
        known: Option<Day>,
    ) -> Self {
        let items = survey.items.iter().map(|item| ItemCount {
            code: item.code.clone(),
            words: item.words.clone(),
            reversed: item.reversed,
            favourable: 0,
            given: 0,
            seats: Vec::new(),
        });
        let mut counted = Self {
            responses: 0,
            items: items.collect(),
            imports: Vec::new(),
        };
        for entry in answers.live(&survey.code, known) {
            let before = counted.responses;
            match &entry.deed {
                SurveyDeed::Reponses {
                    echelle,
                    favorables,
                    inverses,
                    reponses,
                } => {
                    let scale = KeptScale {
                        len: echelle.len(),
                        top: *favorables,
                        reversed: inverses,
                    };
                    let own = reponses.iter().enumerate();
                    for (place, response) in own.filter(|(_, r)| from <= r.date && r.date <= to) {
                        counted.responses += 1;
                        let seat = format!("{}·{place}", seat_of(entry));
                        for (item, rank) in &response.reponses {
                            let favourable = usize::from(scale.is_favourable(item, *rank));
                            counted.add(item, 1, favourable, &seat);
                        }
                    }
                }
                SurveyDeed::Purge {
                    echelle,
                    favorables,
                    inverses,
                    comptes,
                    ..
                } => {
                    let scale = KeptScale {
                        len: *echelle,
                        top: *favorables,
                        reversed: inverses,
                    };
                    for kept in comptes.iter().filter(|c| from <= c.du && c.au <= to) {
                        counted.responses += kept.n;
                        let seat = format!("{}·{}", seat_of(entry), kept.du);
                        counted.add_counts(kept, &scale, &seat);
                    }
                }
                SurveyDeed::Annulation { .. } => {}
            }
            if counted.responses > before {
                counted
                    .imports
                    .push(format!("{}, {}", entry.id, entry.date.short()));
            }
        }
        counted
    }

    /// Counts the responses of a period, among those that are known.
    pub fn over(known: &KnownSurveys, survey: &Survey, period: &SuiviPeriod) -> Self {
        Self::of(
            &known.answers,
            survey,
            period.from,
            period.end(),
            known.known,
        )
    }

    fn add(&mut self, item: &str, given: usize, favourable: usize, seat: &str) {
        if let Some(own) = self.items.iter_mut().find(|i| i.code == item) {
            let seats = (0..given).map(|rank| format!("{seat}·{item}·{rank}"));
            own.seats.extend(seats);
            own.given += given;
            own.favourable += favourable;
        }
    }

    fn add_counts(&mut self, kept: &KeptCount, scale: &KeptScale, seat: &str) {
        for (item, ranks) in &kept.reponses {
            let favourable = ranks
                .iter()
                .enumerate()
                .filter(|(rank, _)| scale.is_favourable(item, *rank));
            let favourable = favourable.map(|(_, n)| n).sum();
            self.add(item, ranks.iter().sum(), favourable, seat);
        }
    }

    /// Items that enough people answered.
    pub fn told(&self) -> impl Iterator<Item = &ItemCount> {
        self.items.iter().filter(|i| i.is_told())
    }

    /// The items on which people are the most reserved, three at most.
    pub fn most_reserved(&self) -> Vec<&ItemCount> {
        let mut told: Vec<&ItemCount> = self.told().collect();
        told.sort_by(|a, b| a.share().total_cmp(&b.share()));
        told.truncate(3);
        told
    }

    /// One item.
    pub(super) fn item(&self, item: &SurveyItem) -> Option<&ItemCount> {
        self.items.iter().find(|i| i.code == item.code)
    }
}

/// What answers of an entry are called: its id, and its bytes, since two machines may give one id.
fn seat_of(entry: &SurveyEntry) -> String {
    let bytes: String = entry.sha256.chars().take(8).collect();
    format!("{}-{bytes}", entry.id)
}

/// The scale that responses were given on.
struct KeptScale<'a> {
    len: usize,
    top: usize,
    reversed: &'a [String],
}

impl KeptScale<'_> {
    fn is_favourable(&self, item: &str, rank: usize) -> bool {
        if self.reversed.iter().any(|r| r == item) {
            rank + self.top >= self.len
        } else {
            rank < self.top
        }
    }
}

/// Wilson’s interval of a share, 95 %.
pub(super) fn interval(favourable: usize, given: usize) -> Option<(f64, f64)> {
    let interval = wilson(favourable, given, 0.95).ok()?;
    Some((interval.low, interval.high))
}
