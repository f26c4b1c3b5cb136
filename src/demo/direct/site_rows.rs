//! The rows of some sites, as plain columns: positions of units and rows count from the first of them.

use super::answer_draws::{AnswerDraws, Speaker};
use super::answer_shares::{SiteShare, SourceShare};
use super::site_measures::MeasureLine;
use crate::demo::counter_dice::CounterDice;
use crate::demo::scenario::DemoSite;
use crate::intake::observations::{MeasureKind, Statut, UnitKey};
use crate::vocabulary::referentiel::SourceCode;

/// Reason of an answer « non concerné ».
pub(super) const REASON: &str = "sans objet ici";
/// Visit of all grids of observers.
const VISIT: &str = "1";
/// Observers of a territory.
const OBSERVERS: u64 = 200;

/// Columns of answers, by row.
#[derive(Default)]
pub(super) struct DrawnAnswers<'a> {
    pub(super) units: Vec<u32>,
    pub(super) respondents: Vec<Option<u32>>,
    pub(super) days: Vec<Option<i32>>,
    pub(super) elements: Vec<u32>,
    pub(super) statuts: Vec<u32>,
    pub(super) micros: Vec<Option<i32>>,
    pub(super) modalities: Vec<Option<u32>>,
    pub(super) raws: Vec<&'a str>,
    pub(super) rows: Vec<u32>,
    pub(super) columns: Vec<u32>,
}

/// A unit.
pub(super) struct DrawnUnit {
    pub(super) key: UnitKey,
    pub(super) visit: &'static str,
    pub(super) observer: String,
    pub(super) answers: u32,
}

/// A respondent.
pub(super) struct DrawnRespondent {
    pub(super) unit: u32,
    pub(super) rank: u32,
    /// What stands for the keyed hash of a response id.
    pub(super) hash: u64,
}

/// A reason beside an answer.
pub(super) struct DrawnReason {
    pub(super) unit: u32,
    /// Row of the answer.
    pub(super) answer: u32,
    pub(super) day: Option<i32>,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// A measure and its unit.
pub(super) struct PlacedMeasure {
    pub(super) unit: u32,
    pub(super) kind: MeasureKind,
    pub(super) line: String,
    pub(super) day: Option<i32>,
    pub(super) code: &'static str,
    pub(super) value: String,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// The rows of some sites that follow each other.
#[derive(Default)]
pub(super) struct SiteRows<'a> {
    pub(super) answers: DrawnAnswers<'a>,
    pub(super) units: Vec<DrawnUnit>,
    pub(super) respondents: Vec<DrawnRespondent>,
    pub(super) reasons: Vec<DrawnReason>,
    pub(super) measures: Vec<PlacedMeasure>,
}

/// Adds sites to rows.
pub(super) struct SiteWriter<'d, 'a> {
    draws: &'d AnswerDraws<'a>,
    rows: SiteRows<'a>,
}

/// Someone who answers, once.
struct Turn<'t> {
    unit: u32,
    respondent: Option<u32>,
    source: SourceCode,
    /// Positions of the éléments that are answered.
    asked: &'t [usize],
    /// Hidden level of every élément.
    levels: &'t [f64],
}

impl<'d, 'a> SiteWriter<'d, 'a> {
    pub(super) fn new(draws: &'d AnswerDraws<'a>) -> Self {
        Self {
            draws,
            rows: SiteRows::default(),
        }
    }

    /// The answers of a site.
    pub(super) fn site(&mut self, share: &SiteShare) {
        let levels = self.draws.levels(share.site, share.rank);
        for source in &share.sources {
            let mut dice = self.draws.answer_dice(share.rank, source.source);
            if source.source.is_questionnaire() {
                self.questionnaire(share.site, *source, &levels, &mut dice);
            } else {
                self.grids(share.site, *source, &levels, &mut dice);
            }
        }
    }

    fn questionnaire(
        &mut self,
        site: &DemoSite,
        share: SourceShare,
        levels: &[f64],
        dice: &mut CounterDice,
    ) {
        let source = share.source;
        let unit = self.unit(DrawnUnit {
            key: UnitKey::Questionnaire {
                structure: site.code.as_str().into(),
                source,
                tool: "simuler".to_owned(),
                file: None,
            },
            visit: "",
            observer: String::new(),
            answers: share.answers,
        });
        let asked = self.draws.instrument(site.kind, source);
        let mut left = share.answers as usize;
        for rank in 0.. {
            let asked = &asked[..asked.len().min(left)];
            if asked.is_empty() {
                break;
            }
            left -= asked.len();
            self.rows.respondents.push(DrawnRespondent {
                unit,
                rank,
                hash: dice.next(),
            });
            let turn = Turn {
                unit,
                respondent: Some(rank),
                source,
                asked,
                levels,
            };
            self.turn(&turn, dice);
        }
    }

    /// One grid, or those of two observers of the same visit.
    fn grids(
        &mut self,
        site: &DemoSite,
        share: SourceShare,
        levels: &[f64],
        dice: &mut CounterDice,
    ) {
        let source = share.source;
        let asked = self.draws.instrument(site.kind, source);
        let grids = share.answers as usize / asked.len().max(1);
        let first = dice.next() % OBSERVERS;
        // Keys are in the order of their text.
        let mut observers: Vec<String> = (0..grids as u64)
            .map(|grid| format!("O{}", (first + 7 * grid) % OBSERVERS + 1))
            .collect();
        observers.sort();
        for observer in observers {
            let unit = self.unit(grid_unit(site, source, observer, asked.len() as u32));
            let turn = Turn {
                unit,
                respondent: None,
                source,
                asked,
                levels,
            };
            self.turn(&turn, dice);
        }
    }

    fn unit(&mut self, unit: DrawnUnit) -> u32 {
        self.rows.units.push(unit);
        self.rows.units.len() as u32 - 1
    }

    fn turn(&mut self, turn: &Turn, dice: &mut CounterDice) {
        let day = Some(self.draws.day(dice));
        let speaker = Speaker::drawn(turn.source, dice);
        let answers = &mut self.rows.answers;
        for (column, &element) in (0..).zip(turn.asked) {
            let drawn = (self.draws).answer(element, turn.levels[element], speaker, dice);
            // A row per respondent, a row per élément of a grid.
            let cell = match turn.respondent {
                Some(rank) => [rank + 1, column + 2],
                None => [column + 8, 3],
            };
            if drawn.statut == Statut::Nc {
                self.rows.reasons.push(DrawnReason {
                    unit: turn.unit,
                    answer: answers.units.len() as u32,
                    day,
                    row: cell[0],
                    column: cell[1],
                });
            }
            answers.units.push(turn.unit);
            answers.respondents.push(turn.respondent);
            answers.days.push(day);
            answers.elements.push(element as u32);
            answers.statuts.push(drawn.statut as u32);
            answers.micros.push(drawn.micro);
            answers.modalities.push(drawn.modality);
            answers.raws.push(drawn.raw);
            answers.rows.push(cell[0]);
            answers.columns.push(cell[1]);
        }
    }

    /// The activity data of a site: lines come in order of unit.
    pub(super) fn measures(&mut self, site: &DemoSite, lines: &[MeasureLine]) {
        for line in lines {
            let key = UnitKey::of_line(site.code.as_str().into(), &line.line, line.day);
            let is_open = self.rows.units.last().is_some_and(|u| u.key == key);
            let unit = if is_open {
                self.rows.units.len() as u32 - 1
            } else {
                self.unit(DrawnUnit {
                    key,
                    visit: "",
                    observer: String::new(),
                    answers: 0,
                })
            };
            for (column, measure) in (1..).zip(&line.measures) {
                self.rows.measures.push(PlacedMeasure {
                    unit,
                    kind: MeasureKind::of(&line.line),
                    line: line.line.clone(),
                    day: line.day.map(crate::base::day::Day::number),
                    code: measure.code,
                    value: measure.value.clone(),
                    row: 1,
                    column,
                });
            }
        }
    }

    pub(super) fn finish(self) -> SiteRows<'a> {
        self.rows
    }
}

fn grid_unit(site: &DemoSite, source: SourceCode, observer: String, answers: u32) -> DrawnUnit {
    let structure = site.code.as_str().into();
    if source == SourceCode::Obs {
        return DrawnUnit {
            key: UnitKey::Visit {
                structure,
                visit: VISIT.to_owned(),
                observer: observer.to_lowercase(),
            },
            visit: VISIT,
            observer,
            answers,
        };
    }
    DrawnUnit {
        key: UnitKey::grid(structure, source, ""),
        visit: "",
        observer: String::new(),
        answers,
    }
}
