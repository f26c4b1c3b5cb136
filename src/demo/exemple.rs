//! The shipped example: the fifteen sites of `docs/domain.md` §1 and two campaigns of 2026.

use jiff::civil::date;

use super::scenario::{Capacity, DemoCampaign, DemoExperiment, DemoScenario, DemoSite};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType as T};

/// Priority critères of the light campaign, beside the impératifs and what the experiment expects.
const PRIORITIES: [&str; 13] = [
    "PRO-2", "PRO-3", "REL-1", "REL-2", "REL-3", "REL-4", "ENV-1", "ENV-4", "ACT-3", "ACT-5",
    "INC-2", "LIE-1", "EQU-2",
];

/// The passerelle between school and accueil.
const EXPERIMENT: DemoExperiment = DemoExperiment {
    code: "EXP1",
    intitule: "Passerelle entre l’école et l’accueil",
    pilot: "P01",
    expected: &["LIE-3", "PRO-3", "REL-2", "ENV-4", "EQU-4", "INC-2"],
};

/// The example of the README, the demo and the tests.
pub fn exemple(referentiel: &Referentiel) -> DemoScenario {
    let imperatifs = referentiel
        .criteres
        .iter()
        .filter(|c| c.imperatif)
        .map(|c| c.code.clone());
    let mut criteres: Vec<String> = imperatifs
        .chain(PRIORITIES.into_iter().map(str::to_owned))
        .chain(EXPERIMENT.expected.iter().map(|code| (*code).to_owned()))
        .collect();
    criteres.sort_by_key(|code| referentiel.critere(code));
    criteres.dedup();
    DemoScenario {
        seed: 2026,
        territory: "Communauté de communes du Val d’Orme (exemple)",
        sites: sites(),
        campaigns: vec![
            DemoCampaign {
                id: "C1".to_owned(),
                label: "État des lieux, printemps 2026".to_owned(),
                first_day: date(2026, 4, 27).into(),
                last_day: date(2026, 7, 3).into(),
                criteres: Vec::new(),
                sources: Vec::new(),
            },
            DemoCampaign {
                id: "C2".to_owned(),
                label: "Suivi, automne 2026".to_owned(),
                first_day: date(2026, 11, 2).into(),
                last_day: date(2026, 12, 11).into(),
                criteres,
                sources: vec![
                    SourceCode::Obs,
                    SourceCode::Dir,
                    SourceCode::Fam,
                    SourceCode::Eqp,
                    SourceCode::Don,
                ],
            },
        ],
        experiment: Some(EXPERIMENT),
        answers: None,
        exemple: true,
    }
}

/// One row of the table below: code, name, kind, sector, commune, INSEE code, PEDT, places under six
/// and from six on, days, degrees north and east, hidden quality, families, staff.
type SiteRow = (
    &'static str,
    &'static str,
    T,
    &'static str,
    (&'static str, &'static str),
    bool,
    Option<(u32, u32)>,
    u32,
    (f64, f64),
    f64,
    u32,
    u32,
);

#[rustfmt::skip]
const SITES: [SiteRow; 15] = [
    ("P01", "Périscolaire La Chaumière", T::Periscolaire, "Ouest", ("Sainte-Aubine-la-Chaume", "27901"), true, Some((20, 36)), 140, (49.3930, 0.6210), 3.15, 44, 6),
    ("P02", "Périscolaire Les Tilleuls", T::Periscolaire, "Central", ("Tilleville", "27902"), true, Some((14, 18)), 140, (49.2790, 0.8020), 2.85, 26, 4),
    ("P03", "Périscolaire Le Lin", T::PeriscolaireRepas, "Ouest", ("Linetot", "27903"), true, Some((40, 80)), 140, (49.3980, 0.7720), 3.00, 70, 11),
    ("P04", "Périscolaire La Forge", T::Periscolaire, "Central", ("Le Mesnil-Forgier", "27904"), false, Some((10, 28)), 140, (49.2820, 0.7540), 2.55, 30, 4),
    ("P05", "Périscolaire Les Haies", T::Periscolaire, "Ouest", ("Hayetot-sur-Orme", "27905"), true, Some((12, 24)), 140, (49.3270, 0.7750), 2.90, 32, 5),
    ("P06", "Périscolaire Le Bac", T::Periscolaire, "Est", ("Port-Varin", "27906"), true, Some((10, 18)), 140, (49.3680, 0.8900), 2.95, 22, 4),
    ("P07", "Périscolaire La Mare", T::Periscolaire, "Ouest", ("Les Mares-d’Orme", "27907"), true, Some((14, 36)), 140, (49.3620, 0.6810), 2.75, 28, 5),
    ("P08", "Périscolaire L’Oison", T::Periscolaire, "Central", ("Le Thuit-Oisel", "27908"), true, Some((28, 54)), 140, (49.2650, 0.9300), 3.10, 56, 8),
    ("P09", "Périscolaire Le Four à pain", T::Periscolaire, "Est", ("Saint-Ouin-du-Four", "27909"), true, Some((12, 20)), 140, (49.3600, 0.8770), 3.05, 34, 5),
    ("P10", "Garderie des Sources", T::NonDeclaree, "Central", ("Les Sources-Saint-Denys", "27910"), false, None, 140, (49.2500, 0.7860), 2.60, 14, 2),
    ("R01", "ALSH Les Colombages", T::Mixte, "Ouest", ("Bourg-Colombe", "27911"), true, Some((32, 60)), 105, (49.3530, 0.8160), 3.30, 68, 10),
    ("R02", "ALSH Le Colombier", T::Mixte, "Central", ("Grand-Thérolde", "27912"), true, Some((24, 36)), 95, (49.2980, 0.8740), 3.10, 52, 7),
    ("R03", "ALSH Les Pommiers", T::Extrascolaire, "Ouest", ("Pommereval-en-Orme", "27913"), false, Some((16, 36)), 55, (49.3120, 0.7210), 2.95, 36, 6),
    ("R04", "ALSH La Boucle", T::Mixte, "Est", ("Saint-Perrin-de-la-Boucle", "27914"), true, Some((24, 48)), 100, (49.2510, 0.9650), 2.80, 48, 8),
    ("R05", "ALSH Les Marais", T::Mixte, "Central", ("Bosc-des-Marais", "27915"), true, Some((16, 24)), 85, (49.2860, 0.9120), 3.20, 34, 5),
];

fn sites() -> Vec<DemoSite> {
    SITES.into_iter().map(site).collect()
}

fn site(row: SiteRow) -> DemoSite {
    let (code, nom, kind, secteur, town, pedt, places, days, at, quality, families, staff) = row;
    let (opens, closes) = match code {
        "P07" => (None, Some(date(2026, 7, 3).into())),
        "P08" => (Some(date(2026, 9, 1).into()), None),
        _ => (None, None),
    };
    DemoSite {
        code: code.to_owned(),
        nom: nom.to_owned(),
        kind,
        secteur: secteur.into(),
        commune: town.0,
        insee: town.1,
        pedt,
        capacity: places.map(|(under6, over6)| Capacity { under6, over6 }),
        days,
        north: at.0,
        east: at.1,
        opens,
        closes,
        quality,
        families,
        staff,
    }
}
