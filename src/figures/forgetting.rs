//! What is kept of answers whose time is over: the partials of a campaign, coarsened. Questionnaires of
//! a structure are added up whatever file or tool they came by; a cell that fewer people answered than
//! the threshold keeps their number alone (`docs/domain.md` §7); families' levels become ranks over the
//! territory. Observations and interviews speak of a structure: their partials stay as they are, without
//! their days.

use std::collections::{BTreeMap, HashMap};

use super::aggregates::{
    FamilyLevels, FoldReach, GridDay, ImportFold, MaskedCell, Partials, Tally,
};
use super::forgotten_questionnaire::{Carrier, Questionnaire, add_questionnaires};
use crate::base::error::Result;
use crate::intake::store::{PurgedImport, UnitFate};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// Insee shows no cell of fewer than three units: no référentiel may ask for less.
const LEAST: usize = 3;

/// One campaign about to be purged.
pub(crate) struct Forgetting<'a> {
    /// What its answers are folded with.
    pub referentiel: &'a Referentiel,
    /// Structure code → its type.
    pub kinds: HashMap<&'a str, StructureType>,
    /// Its imports, as they will be.
    pub imports: &'a [PurgedImport<'a>],
    /// The same, folded as they stand.
    pub folds: &'a [ImportFold],
}

/// A cell that too few people answered, before its spread is put with the others'.
struct FewAnswers {
    carrier: Carrier,
    element: u32,
    tally: Tally,
    shared_mean: Option<f64>,
}

impl Forgetting<'_> {
    /// What is kept of each import, in their order; rows follow each other by unit.
    ///
    /// # Errors
    ///
    /// Partials that are damaged; counts that no whole number holds.
    pub(crate) fn partials(&self) -> Result<Vec<Partials>> {
        let carriers = self.carriers();
        let mut kept: Vec<Partials> = vec![Partials::default(); self.imports.len()];
        let mut questionnaires: BTreeMap<Carrier, Questionnaire> = BTreeMap::new();
        for (import, fold) in self.folds.iter().enumerate() {
            let purged = &self.imports[import];
            let carrier = |unit: u32| -> Option<Carrier> {
                let stored = purged.live.units.get(unit as usize)?;
                let is_folded = purged.fates.get(unit as usize) == Some(&UnitFate::Folded);
                let place = (&*stored.structure, stored.source);
                carriers.get(&place).copied().filter(|_| is_folded)
            };
            let grids = &mut kept[import];
            fold.for_each(FoldReach::Territory, |partials| {
                add_questionnaires(&mut questionnaires, partials, &carrier)?;
                self.add_grids(grids, import, partials);
                Ok(())
            })?;
        }
        self.add_families(&carriers, &mut kept)?;
        let mut few = Vec::new();
        for (carrier, questionnaire) in &mut questionnaires {
            few.extend(self.coarsen(*carrier, questionnaire));
        }
        for (carrier, questionnaire) in questionnaires {
            questionnaire.put(carrier.unit, &mut kept[carrier.import]);
        }
        for masked in self.masked_cells(few) {
            kept[masked.carrier.import].masked.push(masked.cell);
        }
        for partials in &mut kept {
            without_days(&mut partials.grids);
        }
        Ok(kept)
    }

    /// Where each questionnaire goes: its last unit.
    fn carriers(&self) -> HashMap<(&str, SourceCode), Carrier> {
        let mut carriers = HashMap::new();
        for (import, purged) in self.imports.iter().enumerate() {
            for (unit, stored) in purged.live.units.iter().enumerate() {
                let is_folded = purged.fates[unit] == UnitFate::Folded;
                if stored.source.is_questionnaire() && is_folded {
                    let carrier = Carrier {
                        import,
                        unit: unit as u32,
                    };
                    carriers.insert((&*stored.structure, stored.source), carrier);
                }
            }
        }
        carriers
    }

    /// Partials of what is no questionnaire, as they are.
    fn add_grids(&self, kept: &mut Partials, import: usize, partials: &Partials) {
        let purged = &self.imports[import];
        let is_grid = |unit: u32| {
            let stored = purged.live.units.get(unit as usize);
            let is_folded = purged.fates.get(unit as usize) == Some(&UnitFate::Folded);
            is_folded && stored.is_some_and(|u| !u.source.is_questionnaire())
        };
        let elements = partials.elements.iter().filter(|r| is_grid(r.unit));
        kept.elements.extend(elements.copied());
        let modalities = partials.modalities.iter().filter(|r| is_grid(r.unit));
        kept.modalities.extend(modalities.copied());
        let criteres = partials.criteres.iter().filter(|r| is_grid(r.unit));
        kept.criteres.extend(criteres.copied());
        let grids = partials.grids.iter().filter(|r| is_grid(r.unit));
        kept.grids.extend(grids.copied());
    }

    /// What families hold to, over the whole territory, under one of their units.
    fn add_families(
        &self,
        carriers: &HashMap<(&str, SourceCode), Carrier>,
        kept: &mut [Partials],
    ) -> Result<()> {
        let own = carriers
            .iter()
            .filter(|(place, _)| place.1 == SourceCode::Fam);
        let Some(first) = own.map(|(_, carrier)| *carrier).min() else {
            return Ok(());
        };
        let mut families = FamilyLevels::default();
        for fold in self.folds {
            fold.for_each_family(|partials| {
                families.add(&fold.units, &partials.families);
                Ok(())
            })?;
        }
        kept[first.import].families = families.ranked(first.unit);
        Ok(())
    }

    /// From how many answers on a cell is kept.
    fn least(&self) -> usize {
        self.referentiel.rules.effectif_min.max(LEAST)
    }

    /// Takes what too few people answered out of a questionnaire.
    fn coarsen(&self, carrier: Carrier, questionnaire: &mut Questionnaire) -> Vec<FewAnswers> {
        let unit = &self.imports[carrier.import].live.units[carrier.unit as usize];
        let kind = self.kinds.get(&*unit.structure).copied();
        let mut few = Vec::new();
        questionnaire.silence_the_unsure();
        for critere in 0..self.referentiel.criteres.len() {
            let masked = self.few_of_critere(questionnaire, critere, unit.source, kind);
            few.extend(masked.elements.into_iter().filter_map(|element| {
                let tally = questionnaire.mask(element)?;
                let is_shared = masked.shared.contains(&element);
                Some(FewAnswers {
                    carrier,
                    element,
                    tally,
                    shared_mean: masked.mean.filter(|_| is_shared),
                })
            }));
        }
        few
    }

    /// What to mask of a critère, so that the score of its source stays where it has one.
    fn few_of_critere(
        &self,
        questionnaire: &Questionnaire,
        critere: usize,
        source: SourceCode,
        kind: Option<StructureType>,
    ) -> MaskedCritere {
        let r = self.referentiel;
        let scored = |e: &u32| {
            questionnaire
                .tallies
                .get(e)
                .map_or(0, |t| t.scored as usize)
        };
        let own = r.criteres[critere].elements.iter();
        let own: Vec<u32> = own
            .filter(|e| r.elements[**e].source == source)
            .map(|e| *e as u32)
            .collect();
        let is_few = |e: &u32| (1..self.least()).contains(&scored(e));
        let mut elements: Vec<u32> = own.iter().copied().filter(is_few).collect();
        let respondents = questionnaire.respondents_of(critere as u32, kind);
        if elements.is_empty() || respondents < r.rules.effectif_min {
            return MaskedCritere {
                elements,
                ..MaskedCritere::default()
            };
        }
        // The score of the source is shown: with one cell alone hidden, it would give it back.
        let applying: Vec<u32> = match kind {
            Some(kind) => r
                .elements_of(critere, source, kind)
                .map(|e| e as u32)
                .collect(),
            None => own,
        };
        let has_level = |e: &u32| questionnaire.tallies.get(e).is_some_and(|t| t.levels > 0);
        let is_shared = |e: &u32| applying.contains(e) && has_level(e);
        let mut shared: Vec<u32> = elements.iter().copied().filter(is_shared).collect();
        if shared.len() == 1 {
            let others = applying.iter().copied();
            let others = others.filter(|e| !elements.contains(e) && has_level(e));
            if let Some(companion) = others.min_by_key(scored) {
                elements.push(companion);
                shared.push(companion);
            }
        }
        let weighed = shared.iter().filter_map(|e| {
            let tally = questionnaire.tallies.get(e)?;
            Some((r.elements[*e as usize].weight, tally.mean()))
        });
        let (sum, weight) = weighed.fold((0.0, 0.0), |(sum, total), (w, mean)| {
            (sum + w * mean, total + w)
        });
        MaskedCritere {
            mean: (weight > 0.0).then(|| sum / weight),
            elements,
            shared,
        }
    }

    /// The cells, the spread of each élément put on the first of its own: where fewer people are behind
    /// all of them than the threshold, or one site alone, it is not kept.
    fn masked_cells(&self, few: Vec<FewAnswers>) -> Vec<PlacedMask> {
        let mut spread: BTreeMap<u32, ElementSpread> = BTreeMap::new();
        for cell in few.iter().filter(|c| c.tally.levels > 0) {
            let of_element = spread.entry(cell.element).or_default();
            of_element.answers += cell.tally.levels as usize;
            of_element.cells += 1;
            if cell.tally.levels >= 2 {
                of_element.deviations += cell.tally.squared_deviations();
                of_element.freedom += cell.tally.levels - 1;
            }
        }
        spread.retain(|_, s| s.answers >= self.least() && s.cells > 1);
        let cells = few.into_iter().map(|cell| {
            let of_element = spread.remove(&cell.element).unwrap_or_default();
            PlacedMask {
                carrier: cell.carrier,
                cell: MaskedCell {
                    unit: cell.carrier.unit,
                    element: cell.element,
                    mean: cell.shared_mean,
                    deviations: of_element.deviations,
                    freedom: of_element.freedom,
                },
            }
        });
        cells.collect()
    }
}

/// What is masked of a critère.
#[derive(Default)]
struct MaskedCritere {
    elements: Vec<u32>,
    /// Those that share a mean.
    shared: Vec<u32>,
    mean: Option<f64>,
}

#[derive(Default)]
struct ElementSpread {
    answers: usize,
    cells: usize,
    deviations: f64,
    freedom: u32,
}

struct PlacedMask {
    carrier: Carrier,
    cell: MaskedCell,
}

/// A grid is counted once a day (rule 1): where a unit has one, the day is of no use any more.
fn without_days(grids: &mut [GridDay]) {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for grid in grids.iter() {
        *counts.entry(grid.unit).or_default() += 1;
    }
    for grid in grids.iter_mut().filter(|g| counts[&g.unit] == 1) {
        grid.day = None;
    }
}
