//! Laws of the fold: whatever the order of rows, of chunks and of merges, and however answers are
//! split between imports, a campaign comes out the same; and one case counted by hand.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::partials::{CritereRespondents, ElementTally, FamilyPairs, GridDay, UnitRespondents};
use super::{
    AnswerColumns, AnswerFold, AnswerUnit, FamilyLevels, FoldReach, ImportFold, Partials, Remap,
    SharedMeasure, SharedTables, Tally, shared_measures, shared_units, write_shared,
};
use crate::base::day::on;
use crate::figures::collect::Collected;
use crate::figures::collected_builder::CollectedBuilder;
use crate::vocabulary::referentiel::{
    Element, MICRO, Referentiel, SourceCode, StructureType, embedded_v1, parse,
};

/// One answer and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Given {
    structure: &'static str,
    source: usize,
    visit: String,
    observer: String,
    consensus: bool,
    respondent: Option<u32>,
    day: Option<i32>,
    element: u32,
    statut: u32,
    micro: Option<i32>,
    modality: Option<u32>,
}

impl Given {
    fn unit(&self) -> AnswerUnit {
        AnswerUnit {
            structure: self.structure.to_owned(),
            source: SourceCode::ALL[self.source],
            visit: self.visit.clone(),
            observer: self.observer.clone(),
            consensus: self.consensus,
            hidden: false,
        }
    }
}

fn referentiel() -> Referentiel {
    parse("v1", embedded_v1()).expect("the référentiel")
}

/// Answers of one grid or of one respondent.
fn record(r: &Referentiel, dice: &mut ChaCha8Rng, source: SourceCode, rank: u32) -> Vec<Given> {
    let grid = !source.is_questionnaire();
    let shared = Given {
        structure: ["A01", "B02", "C03"][dice.random_range(0..3)],
        source: source as usize,
        visit: if source == SourceCode::Obs {
            dice.random_range(1..4).to_string()
        } else {
            String::new()
        },
        observer: if source == SourceCode::Obs {
            format!("O{rank}")
        } else {
            String::new()
        },
        consensus: false,
        respondent: (!grid).then_some(rank),
        day: grid.then(|| 20_000 + dice.random_range(0..2)),
        element: 0,
        statut: 0,
        micro: None,
        modality: None,
    };
    let elements = (0..r.elements.len()).filter(|e| r.elements[*e].source == source);
    let kept: Vec<usize> = elements.filter(|_| dice.random_range(0..5) > 0).collect();
    let answers = kept.into_iter().map(|e| {
        let scale = &r.scales[r.elements[e].scale];
        let statut = if dice.random_range(0..4) > 0 {
            0
        } else {
            dice.random_range(1..5)
        };
        let modality = dice.random_range(0..scale.modalities.len());
        let micro = scale.modalities[modality].micro.map(|m| m as i32);
        Given {
            element: e as u32,
            statut,
            micro: micro.filter(|_| statut == 0),
            modality: (statut == 0).then_some(modality as u32),
            ..shared.clone()
        }
    });
    answers.collect()
}

/// Grids with at most one consensus per visit, and respondents.
fn campaign(r: &Referentiel, seed: u64) -> Vec<Vec<Given>> {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut records = Vec::new();
    for rank in 0..60 {
        let source = SourceCode::ALL[dice.random_range(0..7)];
        let mut given = record(r, &mut dice, source, rank);
        let consensus = source == SourceCode::Obs && dice.random_range(0..4) == 0;
        for answer in &mut given {
            answer.consensus = consensus;
            if consensus {
                answer.observer = String::new();
            }
        }
        records.push(given);
    }
    records
}

/// Folds answers as one import, by chunks.
fn fold(r: &Referentiel, answers: &[Given], chunk: usize) -> (Vec<AnswerUnit>, Partials) {
    let mut ranks: HashMap<String, u32> = HashMap::new();
    let mut units = Vec::new();
    let mut rows: Vec<(u32, &Given)> = Vec::new();
    for given in answers {
        let unit = given.unit();
        let rank = *ranks.entry(format!("{unit:?}")).or_insert_with(|| {
            units.push(unit);
            units.len() as u32 - 1
        });
        rows.push((rank, given));
    }
    rows.sort_by_key(|(unit, given)| (*unit, given.respondent));
    let positions: Vec<Option<u32>> = (0..r.elements.len() as u32).map(Some).collect();
    let sources: Vec<SourceCode> = units.iter().map(|u| u.source).collect();
    let mut folder = AnswerFold::new(r, &positions, &sources);
    for rows in rows.chunks(chunk) {
        let columns = AnswerColumns {
            units: &rows.iter().map(|r| r.0).collect::<Vec<_>>(),
            respondents: &rows.iter().map(|r| r.1.respondent).collect::<Vec<_>>(),
            days: &rows.iter().map(|r| r.1.day).collect::<Vec<_>>(),
            elements: &rows.iter().map(|r| r.1.element).collect::<Vec<_>>(),
            statuts: &rows.iter().map(|r| r.1.statut).collect::<Vec<_>>(),
            micros: &rows.iter().map(|r| r.1.micro).collect::<Vec<_>>(),
            modalities: &rows.iter().map(|r| r.1.modality).collect::<Vec<_>>(),
        };
        folder.push(&columns).expect("rows in order");
    }
    let partials = folder.finish();
    (units, partials)
}

/// Adds imports up, in the order given.
fn collect(r: &Referentiel, imports: &[(Vec<AnswerUnit>, Partials)]) -> (Collected, FamilyLevels) {
    let kinds = HashMap::from([
        ("A01", StructureType::Mixte),
        ("B02", StructureType::Periscolaire),
        ("C03", StructureType::NonDeclaree),
    ]);
    let units = imports.iter().flat_map(|i| &i.0);
    let reach = FoldReach::Territory;
    let mut builder = CollectedBuilder::new(r, reach, units, std::iter::empty());
    let mut families = FamilyLevels::default();
    for (units, partials) in imports {
        let places = builder.places(units, &kinds).expect("known units");
        builder.add(&places, partials).expect("sums");
        families.add(units, &partials.families);
    }
    (builder.finish(), families)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Answers split between imports, by grids and respondents, in any order and by any chunks.
    #[test]
    fn any_split_adds_up_to_the_whole(seed: u64, imports in 1..6_usize, chunk in 1..200_usize) {
        let r = referentiel();
        let mut records = campaign(&r, seed);
        let whole = fold(&r, &records.concat(), usize::MAX);
        let expected = collect(&r, std::slice::from_ref(&whole));
        let mut dice = ChaCha8Rng::seed_from_u64(seed ^ 1);
        records.shuffle(&mut dice);
        let mut parts: BTreeMap<usize, Vec<Given>> = BTreeMap::new();
        for record in records {
            parts.entry(dice.random_range(0..imports)).or_default().extend(record);
        }
        for part in parts.values_mut() {
            part.shuffle(&mut dice);
        }
        let folded: Vec<_> = parts.values().map(|part| fold(&r, part, chunk)).collect();
        let found = collect(&r, &folded);
        prop_assert!(found == expected);
    }
}

/// What a territory writes is read back whole, hidden units left out; a critère that is not the same
/// here brings nothing, whatever else is added.
#[test]
fn a_shared_folder_is_read_back_under_our_positions() {
    let r = referentiel();
    let (mut units, partials) = fold(&r, &campaign(&r, 11).concat(), usize::MAX);
    units[0].hidden = true;
    let own = vec![ImportFold::at_hand(units, partials)];
    let measure = SharedMeasure {
        structure: "A01".to_owned(),
        id: "denominateurs".to_owned(),
        day: None,
        measure: "familles".to_owned(),
        value: "40".to_owned(),
    };
    let dir = tempfile::tempdir().expect("a folder");
    let sums = write_shared(&own, std::slice::from_ref(&measure), dir.path()).expect("written");
    let tables = SharedTables {
        dir: dir.path().to_owned(),
        sums,
    };
    let read = |ours: &Referentiel| {
        let units = shared_units(&tables).expect("units");
        let remap = Remap::between(&r, ours);
        vec![ImportFold::shared(tables.clone(), units, remap)]
    };
    assert_eq!(shared_measures(&tables).expect("measures"), [measure]);
    let expected = added(&r, &own);
    assert!(added(&r, &read(&r)) == expected);
    let mut other = r.clone();
    let families = |e: &&Element| e.source == SourceCode::Fam && r.scales[e.scale].converted;
    let asked = r.elements.iter().find(families);
    let changed = asked.expect("a question to families").critere;
    other.criteres[changed].hash = "another".to_owned();
    let (collected, levels) = added(&other, &read(&other));
    // The rest that families gave cannot be parted from what they gave to that critère.
    assert!(expected.1 != FamilyLevels::default() && levels == FamilyLevels::default());
    for element in 0..r.elements.len() {
        let seen = |c: &Collected| ["A01", "B02", "C03"].map(|s| c.visits(s, element).count());
        if r.elements[element].critere == changed {
            assert_eq!(seen(&collected), [0; 3]);
        } else {
            assert_eq!(seen(&collected), seen(&expected.0));
        }
    }
}

/// Adds folded imports up.
fn added(r: &Referentiel, imports: &[ImportFold]) -> (Collected, FamilyLevels) {
    let kinds = HashMap::from([("A01", StructureType::Mixte)]);
    let units = imports.iter().flat_map(|i| &i.units);
    let reach = FoldReach::Territory;
    let mut builder = CollectedBuilder::new(r, reach, units, std::iter::empty());
    let mut families = FamilyLevels::default();
    for import in imports {
        let places = builder.places(&import.units, &kinds).expect("known units");
        let add = |partials: &Partials| builder.add(&places, partials);
        import.for_each(reach, add).expect("sums");
        families = families.merged(import.families().expect("families"));
    }
    (builder.finish(), families)
}

/// By hand: two families, two critères; the second family blanks one answer.
#[test]
fn two_families_counted_by_hand() {
    let r = referentiel();
    let asked: Vec<usize> = (0..r.elements.len())
        .filter(|e| r.elements[*e].source == SourceCode::Fam)
        .filter(|e| r.scales[r.elements[*e].scale].converted)
        .collect();
    let first = asked[0];
    let critere = |e: usize| r.elements[e].critere;
    let second = *asked
        .iter()
        .find(|e| critere(**e) != critere(first))
        .expect("two");
    let given = |respondent: u32, element: usize, level: Option<i32>| Given {
        structure: "A01",
        source: SourceCode::Fam as usize,
        visit: String::new(),
        observer: String::new(),
        consensus: false,
        respondent: Some(respondent),
        day: None,
        element: element as u32,
        statut: if level.is_some() { 0 } else { 4 },
        micro: level.map(|l| l * MICRO as i32),
        modality: level.map(|l| l as u32 - 1),
    };
    let answers = [
        given(0, first, Some(4)),
        given(0, second, Some(1)),
        given(1, first, Some(3)),
        given(1, second, None),
    ];
    let (_, partials) = fold(&r, &answers, 3);
    let tally = |element: usize| {
        let row = partials
            .elements
            .iter()
            .find(|row| row.element == element as u32);
        row.expect("a tally").tally
    };
    let million = MICRO * MICRO;
    let both = Tally {
        sum: 7 * MICRO,
        squares: 25 * million,
        levels: 2,
        scored: 2,
        all: 2,
        ..Tally::default()
    };
    assert_eq!(tally(first), both);
    let one = Tally {
        sum: MICRO,
        squares: million,
        levels: 1,
        scored: 1,
        all: 2,
        ..Tally::default()
    };
    assert_eq!(tally(second), one);
    assert_eq!(
        partials.respondents,
        [UnitRespondents {
            unit: 0,
            respondents: 2
        }]
    );
    let row = |element: usize, respondents: u32| CritereRespondents {
        unit: 0,
        critere: critere(element) as u32,
        types: r.elements[element].types.bits(),
        respondents,
    };
    let mut expected = [row(first, 2), row(second, 1)];
    expected.sort_by_key(|row| row.critere);
    assert_eq!(partials.criteres, expected);
    let pair = |element: usize, sum: i64, rest_sum: i64| FamilyPairs {
        unit: 0,
        critere: critere(element) as u32,
        sum: sum * MICRO,
        levels: 1,
        rest_sum: rest_sum * MICRO,
        rest_levels: 1,
        count: 1,
    };
    let mut expected = [pair(first, 4, 1), pair(second, 1, 4)];
    expected.sort_unstable();
    assert_eq!(partials.families, expected);
    assert!(partials.grids.is_empty());
}

/// A grid has a day and no respondent.
#[test]
fn a_grid_is_received_on_a_day() {
    let r = referentiel();
    let element = (0..r.elements.len())
        .find(|e| r.elements[*e].source == SourceCode::Dir)
        .expect("an interview");
    let given = |day: Option<i32>| Given {
        structure: "A01",
        source: SourceCode::Dir as usize,
        visit: String::new(),
        observer: String::new(),
        consensus: false,
        respondent: None,
        day,
        element: element as u32,
        statut: 1,
        micro: None,
        modality: None,
    };
    let (units, partials) = fold(&r, &[given(Some(20_585)), given(Some(20_585))], 9);
    let day = Some(20_585);
    assert_eq!(partials.grids, [GridDay { unit: 0, day }]);
    let tally = Tally {
        nc: 2,
        all: 2,
        ..Tally::default()
    };
    let row = ElementTally {
        unit: 0,
        element: element as u32,
        tally,
    };
    assert_eq!(partials.elements, [row]);
    let (collected, _) = collect(&r, &[(units, partials)]);
    let grids = collected.grids("A01", SourceCode::Dir);
    assert_eq!(grids.len(), 1);
    assert_eq!(grids[0].date, Some(on("2026-05-12")));
}

/// Rows out of order would count a respondent twice: they are refused.
#[test]
fn rows_out_of_order_are_refused() {
    let r = referentiel();
    let positions: Vec<Option<u32>> = (0..r.elements.len() as u32).map(Some).collect();
    let sources = [SourceCode::Fam; 2];
    let refused = |units: &[u32], respondents: &[Option<u32>]| {
        let rows = units.len();
        let columns = AnswerColumns {
            units,
            respondents,
            days: &vec![None; rows],
            elements: &vec![0; rows],
            statuts: &vec![4; rows],
            micros: &vec![None; rows],
            modalities: &vec![None; rows],
        };
        AnswerFold::new(&r, &positions, &sources)
            .push(&columns)
            .is_err()
    };
    assert!(!refused(&[0, 0, 1], &[Some(0), Some(1), Some(0)]));
    assert!(refused(&[1, 0], &[Some(0), Some(0)]));
    assert!(refused(&[0, 0], &[Some(1), Some(0)]));
    assert!(refused(&[2], &[Some(0)]));
}
