//! What is kept of answers whose time is over: the partials of a campaign, coarsened. Questionnaires of
//! a structure are added up whatever file or tool they came by; a cell that fewer people answered than
//! the threshold keeps their number alone (`docs/domain.md` §7); families' levels become ranks over the
//! territory. Observations and interviews speak of a structure: their partials stay as they are, without
//! their days.

use std::collections::{BTreeMap, HashMap};

use super::aggregates::{
    CritereRespondents, ElementTally, FamilyLevels, GridDay, ImportFold, MaskedCell, ModalityCount,
    Partials, Tally, UnitRespondents,
};
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

/// A questionnaire of a structure: where its partials go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Carrier {
    import: usize,
    unit: u32,
}

/// Partials of one questionnaire of a structure, whatever file they came by.
#[derive(Debug, Default)]
struct Questionnaire {
    tallies: BTreeMap<u32, Tally>,
    modalities: BTreeMap<ModalityPlace, u32>,
    criteres: BTreeMap<CriterePlace, u32>,
    respondents: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ModalityPlace {
    element: u32,
    modality: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CriterePlace {
    critere: u32,
    types: u8,
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
            fold.for_each(|partials| {
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

impl Questionnaire {
    /// Respondents with a scored answer to a critère, of éléments that apply to a type of structure.
    fn respondents_of(&self, critere: u32, kind: Option<StructureType>) -> usize {
        let own = self.criteres.iter().filter(|(p, _)| p.critere == critere);
        let bit = kind.map(|kind| 1_u8 << kind as u8);
        let apply = own.filter(|(p, _)| bit.is_none_or(|bit| p.types & bit != 0));
        apply.map(|(_, n)| *n as usize).sum()
    }

    /// Where nobody gave a level, how many did not know is nobody's figure.
    fn silence_the_unsure(&mut self) {
        for tally in self.tallies.values_mut().filter(|t| t.scored == 0) {
            (tally.nc, tally.nsp) = (0, 0);
        }
    }

    /// Leaves the number of answers alone; gives what they said.
    fn mask(&mut self, element: u32) -> Option<Tally> {
        let tally = self.tallies.get_mut(&element)?;
        let said = *tally;
        *tally = Tally {
            scored: said.scored,
            all: said.scored,
            ..Tally::default()
        };
        self.modalities.retain(|place, _| place.element != element);
        Some(said)
    }

    fn put(self, unit: u32, kept: &mut Partials) {
        let tallies = self.tallies.into_iter();
        kept.elements
            .extend(tallies.map(|(element, tally)| ElementTally {
                unit,
                element,
                tally,
            }));
        let modalities = self.modalities.into_iter();
        kept.modalities
            .extend(modalities.map(|(place, count)| ModalityCount {
                unit,
                element: place.element,
                modality: place.modality,
                count,
            }));
        let criteres = self.criteres.into_iter();
        kept.criteres
            .extend(criteres.map(|(place, respondents)| CritereRespondents {
                unit,
                critere: place.critere,
                types: place.types,
                respondents,
            }));
        kept.respondents.push(UnitRespondents {
            unit,
            respondents: self.respondents,
        });
    }
}

fn add_questionnaires(
    all: &mut BTreeMap<Carrier, Questionnaire>,
    partials: &Partials,
    carrier: &dyn Fn(u32) -> Option<Carrier>,
) -> Result<()> {
    for row in &partials.elements {
        if let Some(place) = carrier(row.unit) {
            let tallies = &mut all.entry(place).or_default().tallies;
            tallies.entry(row.element).or_default().add(&row.tally)?;
        }
    }
    for row in &partials.modalities {
        if let Some(place) = carrier(row.unit) {
            let modality = ModalityPlace {
                element: row.element,
                modality: row.modality,
            };
            let counts = &mut all.entry(place).or_default().modalities;
            *counts.entry(modality).or_default() += row.count;
        }
    }
    for row in &partials.criteres {
        if let Some(place) = carrier(row.unit) {
            let critere = CriterePlace {
                critere: row.critere,
                types: row.types,
            };
            let counts = &mut all.entry(place).or_default().criteres;
            *counts.entry(critere).or_default() += row.respondents;
        }
    }
    for row in &partials.respondents {
        if let Some(place) = carrier(row.unit) {
            all.entry(place).or_default().respondents += row.respondents;
        }
    }
    Ok(())
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
