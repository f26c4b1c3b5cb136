//! One pass over typed columns: answers in, partials out. Rows come sorted by unit, then by
//! respondent, so that a unit is closed when the next one begins and nothing is kept of the answers:
//! memory follows the units.

use super::Tally;
use super::partials::{
    CritereRespondents, ElementTally, FamilyPairs, GridDay, ModalityCount, Partials,
    UnitRespondents,
};
use crate::base::error::{Error, Result};
use crate::intake::observations::Statut;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Columns of some answers, as many values in each; positions are those of the store.
pub(crate) struct AnswerColumns<'a> {
    /// Position of the unit.
    pub units: &'a [u32],
    /// Rank of the respondent within the unit; none for grids.
    pub respondents: &'a [Option<u32>],
    /// Days since 1970-01-01.
    pub days: &'a [Option<i32>],
    /// Position of the élément in the référentiel of the import.
    pub elements: &'a [u32],
    /// Rank of the status.
    pub statuts: &'a [u32],
    /// Level in micro-levels.
    pub micros: &'a [Option<i32>],
    /// Position in the scale.
    pub modalities: &'a [Option<u32>],
}

/// A respondent's levels on one critère.
#[derive(Debug, Clone, Copy, Default)]
struct Levels {
    sum: i64,
    count: u32,
}

/// The fold of one import, chunk of rows after chunk of rows.
pub(crate) struct AnswerFold<'a> {
    referentiel: &'a Referentiel,
    /// Position in the référentiel of the import → position in that of the fold.
    positions: &'a [Option<u32>],
    /// Source of each unit.
    sources: &'a [SourceCode],
    /// Where the modalities of each élément begin.
    offsets: Vec<usize>,
    unit: Option<u32>,
    respondent: Option<u32>,
    tallies: Vec<Tally>,
    touched: Vec<u32>,
    counts: Vec<u32>,
    days: Vec<Option<i32>>,
    respondents: u32,
    answered: bool,
    /// Of the present respondent, by critère: types that its scored éléments apply to.
    types: Vec<u8>,
    scored: Vec<u32>,
    /// Of the unit: (critère, types) of each respondent.
    reached: Vec<(u32, u8)>,
    /// Of the present family, by critère.
    levels: Vec<Levels>,
    levelled: Vec<u32>,
    families: Vec<FamilyPairs>,
    partials: Partials,
}

impl<'a> AnswerFold<'a> {
    /// A fold that has seen nothing yet.
    pub(crate) fn new(
        referentiel: &'a Referentiel,
        positions: &'a [Option<u32>],
        sources: &'a [SourceCode],
    ) -> Self {
        let mut offsets = vec![0];
        for element in &referentiel.elements {
            let size = referentiel.scales[element.scale].modalities.len();
            offsets.push(offsets[offsets.len() - 1] + size);
        }
        let criteres = referentiel.criteres.len();
        Self {
            referentiel,
            positions,
            sources,
            unit: None,
            respondent: None,
            tallies: vec![Tally::default(); referentiel.elements.len()],
            touched: Vec::new(),
            counts: vec![0; offsets[offsets.len() - 1]],
            offsets,
            days: Vec::new(),
            respondents: 0,
            answered: false,
            types: vec![0; criteres],
            scored: Vec::new(),
            reached: Vec::new(),
            levels: vec![Levels::default(); criteres],
            levelled: Vec::new(),
            families: Vec::new(),
            partials: Partials::default(),
        }
    }

    /// Folds more rows.
    ///
    /// # Errors
    ///
    /// Rows that do not follow the order of units and respondents, positions that do not exist.
    pub(crate) fn push(&mut self, columns: &AnswerColumns) -> Result<()> {
        for row in 0..columns.units.len() {
            let (unit, respondent) = (columns.units[row], columns.respondents[row]);
            if self.unit != Some(unit) {
                self.open_unit(unit)?;
                self.respondent = respondent;
            } else if self.respondent != respondent {
                if self.respondent > respondent {
                    return Err(damaged("répondants en désordre"));
                }
                self.close_respondent();
                self.respondent = respondent;
            }
            self.answer(columns, row)?;
        }
        Ok(())
    }

    /// What has been folded of the units closed so far, so that it can be written as it comes.
    pub(crate) fn take(&mut self) -> Partials {
        std::mem::take(&mut self.partials)
    }

    /// Closes the last unit.
    pub(crate) fn finish(mut self) -> Partials {
        self.close_unit();
        self.partials
    }

    fn open_unit(&mut self, unit: u32) -> Result<()> {
        if self.unit.is_some_and(|before| before > unit) {
            return Err(damaged("unités en désordre"));
        }
        if unit as usize >= self.sources.len() {
            return Err(damaged("unité inconnue"));
        }
        self.close_unit();
        self.unit = Some(unit);
        Ok(())
    }

    fn answer(&mut self, columns: &AnswerColumns, row: usize) -> Result<()> {
        let statut = statut(columns.statuts[row])?;
        if self.respondent.is_none() {
            let day = columns.days[row];
            if self.days.last() != Some(&day) {
                self.days.push(day);
            }
        }
        let Some(position) = self.positions.get(columns.elements[row] as usize) else {
            return Err(damaged("élément inconnu"));
        };
        // An élément that the référentiel of the campaign no longer has.
        let Some(position) = *position else {
            return Ok(());
        };
        let element = position as usize;
        let micro = columns.micros[row];
        if self.tallies[element].all == 0 {
            self.touched.push(position);
        }
        self.tallies[element].count(statut, micro)?;
        if statut == Statut::Note
            && let Some(modality) = columns.modalities[row]
        {
            let slot = self.offsets[element] + modality as usize;
            if slot < self.offsets[element + 1] {
                self.counts[slot] += 1;
            }
        }
        if self.respondent.is_some() {
            self.answered |= statut != Statut::Vide;
            self.respondent_answer(element, statut, micro);
        }
        Ok(())
    }

    fn respondent_answer(&mut self, element: usize, statut: Statut, micro: Option<i32>) {
        let element = &self.referentiel.elements[element];
        let critere = element.critere;
        let types = element.types.bits();
        if statut == Statut::Note && types != 0 {
            if self.types[critere] == 0 {
                self.scored.push(critere as u32);
            }
            self.types[critere] |= types;
        }
        if let Some(micro) = micro
            && element.source == SourceCode::Fam
        {
            let levels = &mut self.levels[critere];
            if levels.count == 0 {
                self.levelled.push(critere as u32);
            }
            levels.count += 1;
            levels.sum += i64::from(micro);
        }
    }

    fn close_respondent(&mut self) {
        self.respondents += u32::from(self.answered);
        self.answered = false;
        for critere in self.scored.drain(..) {
            let types = std::mem::take(&mut self.types[critere as usize]);
            self.reached.push((critere, types));
        }
        self.close_family();
    }

    /// One row per critère that the family gave a level to, if it gave one to another too.
    fn close_family(&mut self) {
        let unit = self.unit.unwrap_or_default();
        let mut all = Levels::default();
        for critere in &self.levelled {
            let own = self.levels[*critere as usize];
            all.sum += own.sum;
            all.count += own.count;
        }
        for critere in self.levelled.drain(..) {
            let own = std::mem::take(&mut self.levels[critere as usize]);
            if all.count > own.count {
                self.families.push(FamilyPairs {
                    unit,
                    critere,
                    sum: own.sum,
                    levels: own.count,
                    rest_sum: all.sum - own.sum,
                    rest_levels: all.count - own.count,
                    count: 1,
                });
            }
        }
    }

    fn close_unit(&mut self) {
        let Some(unit) = self.unit else {
            return;
        };
        self.close_respondent();
        self.close_elements(unit);
        if self.respondents > 0 {
            self.partials.respondents.push(UnitRespondents {
                unit,
                respondents: std::mem::take(&mut self.respondents),
            });
        }
        self.reached.sort_unstable();
        let alike = self.reached.chunk_by(|a, b| a == b);
        self.partials
            .criteres
            .extend(alike.map(|group| CritereRespondents {
                unit,
                critere: group[0].0,
                types: group[0].1,
                respondents: group.len() as u32,
            }));
        self.reached.clear();
        self.days.sort_unstable();
        self.days.dedup();
        let days = self.days.drain(..);
        self.partials
            .grids
            .extend(days.map(|day| GridDay { unit, day }));
        self.families.sort_unstable();
        let alike = self.families.chunk_by(|a, b| a == b);
        self.partials
            .families
            .extend(alike.map(|group| FamilyPairs {
                count: group.len() as u32,
                ..group[0]
            }));
        self.families.clear();
    }

    fn close_elements(&mut self, unit: u32) {
        self.touched.sort_unstable();
        for element in self.touched.drain(..) {
            let position = element as usize;
            let tally = std::mem::take(&mut self.tallies[position]);
            self.partials.elements.push(ElementTally {
                unit,
                element,
                tally,
            });
            let own = &mut self.counts[self.offsets[position]..self.offsets[position + 1]];
            for (modality, count) in own.iter_mut().enumerate() {
                if *count > 0 {
                    self.partials.modalities.push(ModalityCount {
                        unit,
                        element,
                        modality: modality as u32,
                        count: std::mem::take(count),
                    });
                }
            }
        }
    }
}

/// A status by its rank, the order of the enum.
fn statut(rank: u32) -> Result<Statut> {
    Ok(match rank {
        0 => Statut::Note,
        1 => Statut::Nc,
        2 => Statut::No,
        3 => Statut::Nsp,
        4 => Statut::Vide,
        _ => return Err(damaged("statut inconnu")),
    })
}

fn damaged(what: &str) -> Error {
    Error::Store(format!(
        "Les réponses d’un import sont abîmées ({what}). Reprenez cet import avec « annuler », puis réimportez les fichiers."
    ))
}
