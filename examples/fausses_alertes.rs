//! How often does `comparer` claim a change that is not there, and see one that is?
//!
//! Fifteen centres, 60 éléments observed, noise of 0.6 level per élément and visit, 0.1 per visit,
//! ratings rounded to 1–4. Prints the share of structures with a false claim when nothing changed,
//! and the share with a rise on an axe when half the éléments gained a level, for two visits per
//! campaign and for one (three centres visited twice, so that the margin can be estimated).
//!
//! `cargo run --release --example fausses_alertes [RÉPÉTITIONS]`

use std::fmt::Write;
use std::path::Path;

use observatoire::base::diagnostics::CellRef;
use observatoire::compare::{Comparisons, Side, compare};
use observatoire::figures::{Indicators, Level, Scope, compute};
use observatoire::intake::observations::{Observation, Observations, Statut};
use observatoire::stats::change::Verdict;
use observatoire::vocabulary::config::{Registry, Settings, parse_registry};
use observatoire::vocabulary::referentiel::regulation::{self, Regulation};
use observatoire::vocabulary::referentiel::{MICRO, Referentiel, SourceCode, parse};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const CENTRES: usize = 15;
const AXES: usize = 8;
const ELEMENTS: usize = 60;
const NOISE: f64 = 0.6;
const DAY: f64 = 0.1;

/// Fixed surroundings of every draw.
struct World {
    referentiel: Referentiel,
    registry: Registry,
    settings: Settings,
    regulation: Regulation,
}

/// Eight axes, 20 critères of three éléments, all observed.
fn world() -> World {
    let mut text = String::from(
        "[referentiel]\nversion = \"v1\"\ntitre = \"simulation\"\n[[echelles]]\ncode = \"niveaux4\"\n\
         conversion = \"niveaux\"\nstatuts = [\"nc\", \"no\"]\nmodalites = [\
         { code = \"1\", label = \"a\", niveau = 1 }, { code = \"2\", label = \"b\", niveau = 2 },\
         { code = \"3\", label = \"c\", niveau = 3 }, { code = \"4\", label = \"d\", niveau = 4 }]\n",
    );
    let axes = ["PRO", "REL", "SEC", "ENV", "ACT", "INC", "LIE", "EQU"];
    for axe in axes {
        let _ = writeln!(
            text,
            "[[axes]]\ncode = \"{axe}\"\nlabel = \"{axe}\"\nmarque = \"▲\""
        );
    }
    let per_critere = 3;
    for c in 0..ELEMENTS / per_critere {
        let (axe, rank) = (axes[c % AXES], c / AXES + 1);
        let _ = writeln!(
            text,
            "[[criteres]]\ncode = \"{axe}-{rank}\"\naxe = \"{axe}\"\nlabel = \"x\"\nimperatif = false\n\
             descripteurs = [\"a\", \"b\", \"c\", \"d\"]"
        );
        for e in 1..=per_critere {
            let _ = writeln!(
                text,
                "[[criteres.elements]]\ncode = \"{axe}-{rank}-OBS-{e}\"\nsource = \"OBS\"\n\
                 echelle = \"niveaux4\"\nlabel = \"x\""
            );
        }
    }
    let mut registry = String::from("code,nom,type,pedt\n");
    for i in 0..CENTRES {
        let _ = writeln!(registry, "S{i:02},Accueil {i},periscolaire,oui");
    }
    let settings = "[territoire]\nnom = \"T\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"C1\"\n\
        debut = \"2026-04-01\"\nfin = \"2026-07-03\"\nreferentiel = \"v1\"\n";
    World {
        referentiel: parse("referentiel-v1.toml", &text).expect("a référentiel"),
        registry: parse_registry(Path::new("structures.csv"), registry.as_bytes())
            .expect("a registry"),
        settings: Settings::parse("observatoire.toml", settings).expect("settings"),
        regulation: Regulation::parse("reglement.toml", regulation::embedded())
            .expect("parameters"),
    }
}

/// A standard normal draw (Box and Muller).
fn normal(dice: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (dice.random(), dice.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// Ratings of one campaign; `visits` says how many each centre receives.
fn campaign(
    world: &World,
    truth: &[Vec<f64>],
    visits: &dyn Fn(usize) -> usize,
    dice: &mut ChaCha8Rng,
) -> Indicators {
    let mut answers = Vec::new();
    for (i, structure) in world.registry.all().iter().enumerate() {
        for visit in 0..visits(i) {
            let day = DAY * normal(dice);
            for (element, level) in world.referentiel.elements.iter().zip(&truth[i]) {
                let seen = level + day + NOISE * normal(dice);
                let rating = seen.round().clamp(1.0, 4.0) as i64;
                answers.push(rated(&structure.code, visit, &element.code, rating));
            }
        }
    }
    let lines: Vec<(&str, &Observation)> = answers.iter().map(|o| ("f", o)).collect();
    let observations = Observations::from_rows("I001", &lines).expect("a table");
    let scope = Scope {
        campaign: &world.settings.campaigns[0],
        referentiel: &world.referentiel,
        structures: world.registry.all().iter().collect(),
        regulation: &world.regulation,
        follow_ups: std::collections::BTreeMap::new(),
        released: std::collections::BTreeSet::new(),
    };
    compute(&observations, &scope).expect("indicators").value
}

fn rated(structure: &str, visit: usize, element: &str, rating: i64) -> Observation {
    Observation {
        campagne: "C1".into(),
        structure: structure.into(),
        source: SourceCode::Obs,
        version: "v1".into(),
        visite: format!("V{visit}").into(),
        observateur: "O1".into(),
        repondant: "".into(),
        date: "2026-05-12".into(),
        element: element.into(),
        statut: Statut::Note,
        micro: Some(rating * MICRO),
        modalite: None,
        valeur_brute: rating.to_string(),
        commentaire: String::new(),
        feuille: "".into(),
        cellule: CellRef::new(0, 0),
        unite: "".into(),
    }
}

/// Structures with a verdict among those given, on an axe only or on any line.
fn claims(compared: &Comparisons, wanted: &[Verdict], axes_only: bool) -> usize {
    let claimed = |structure: &&String| {
        compared.lines.iter().any(|l| {
            &l.structure == *structure
                && (!axes_only || l.level == Level::Axe)
                && l.verdict.is_some_and(|v| wanted.contains(&v))
        })
    };
    compared.panel.iter().filter(claimed).count()
}

/// (false claims, seen rises) as shares of structures.
fn rates(world: &World, visits: &dyn Fn(usize) -> usize, draws: u64) -> (f64, f64) {
    let (mut wrong, mut seen) = (0, 0);
    for draw in 0..draws {
        let mut dice = ChaCha8Rng::seed_from_u64(draw);
        // Levels from 1.5 to 2.9: a level gained stays within the scale.
        let mut level = || 1.5 + 1.4 * dice.random::<f64>();
        let truth: Vec<Vec<f64>> = (0..CENTRES)
            .map(|_| (0..ELEMENTS).map(|_| level()).collect())
            .collect();
        let gained: Vec<Vec<f64>> = truth
            .iter()
            .map(|t| {
                let rise = |x: &f64| x + f64::from(u8::from(dice.random::<f64>() < 0.5));
                t.iter().map(rise).collect()
            })
            .collect();
        let before = campaign(world, &truth, visits, &mut dice);
        let same = campaign(world, &truth, visits, &mut dice);
        let better = campaign(world, &gained, visits, &mut dice);
        let side = |indicators| Side {
            indicators,
            referentiel: &world.referentiel,
        };
        let still = compare(side(&before), side(&same)).value;
        let rose = compare(side(&before), side(&better)).value;
        wrong += claims(&still, &[Verdict::Progresse, Verdict::Recule], false);
        seen += claims(&rose, &[Verdict::Progresse], true);
    }
    let all = (draws as usize * CENTRES) as f64;
    (wrong as f64 / all, seen as f64 / all)
}

fn main() {
    let draws = std::env::args().nth(1).and_then(|n| n.parse().ok());
    let draws = draws.unwrap_or(100);
    let world = world();
    println!("{draws} tirages de {CENTRES} accueils, {ELEMENTS} éléments observés.");
    println!(
        "visites par campagne | fausse annonce (5 % au plus) | hausse vue sur un axe (80 % au moins)"
    );
    let twice: &dyn Fn(usize) -> usize = &|_| 2;
    let once: &dyn Fn(usize) -> usize = &|i| if i < 3 { 2 } else { 1 };
    for (name, visits) in [("deux", twice), ("une ", once)] {
        let (wrong, seen) = rates(&world, visits, draws);
        println!(
            "{name:20} | {:26.1} % | {:34.1} %",
            100.0 * wrong,
            100.0 * seen
        );
    }
}
