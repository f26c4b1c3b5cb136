//! T01–T03 a second time, from the cells of the files: written from docs/ctg.md, with another formula for distances; on the
//! example, and on two hundred territories at random.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use observatoire::convention::territory::TerritoryData;
use observatoire::convention::{
    CalculationInput, KnownSurveys, Registers, SuiviPeriod, compute, parse_convention,
};
use observatoire::vocabulary::config::{Observatory, parse_registry};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::atelier::{Atelier, on};

type Line = BTreeMap<String, String>;

fn lines(text: &str) -> Vec<Line> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader
        .headers()
        .expect("titles")
        .iter()
        .map(str::to_owned)
        .collect();
    let rows = reader.records().map(|r| r.expect("a line"));
    rows.map(|r| {
        heads
            .iter()
            .cloned()
            .zip(r.iter().map(str::to_owned))
            .collect()
    })
    .collect()
}

fn number(line: &Line, column: &str) -> f64 {
    line[column].parse().expect("a number")
}

/// The angle between two directions from the centre of the Earth, by their cross and dot products.
fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let direction = |(north, east): (f64, f64)| {
        let (n, e) = (north.to_radians(), east.to_radians());
        [n.cos() * e.cos(), n.cos() * e.sin(), n.sin()]
    };
    let (p, q) = (direction(a), direction(b));
    let cross = [
        p[1] * q[2] - p[2] * q[1],
        p[2] * q[0] - p[0] * q[2],
        p[0] * q[1] - p[1] * q[0],
    ];
    let length = cross.iter().map(|x| x * x).sum::<f64>().sqrt();
    let dot: f64 = p.iter().zip(q).map(|(x, y)| x * y).sum();
    6371.0088 * length.atan2(dot)
}

pub struct Asked<'a> {
    pub day: &'a str,
    pub time: &'a str,
    pub km: f64,
}

fn is_at(kind: &str, time: &str) -> bool {
    match time {
        "periscolaire" => kind.starts_with("periscolaire"),
        "mercredi" => kind == "mercredi" || kind == "mixte",
        "vacances" => kind == "extrascolaire" || kind == "mixte",
        _ => true,
    }
}

/// T01, T02, T03.
pub fn naive(sites: &[Line], communes: &[Line], asked: &Asked) -> [Option<f64>; 3] {
    let year: i32 = asked.day[..4].parse().expect("a year");
    let years = communes
        .iter()
        .map(|c| c["annee"].parse::<i32>().expect("a year"));
    let last = years.filter(|y| *y <= year).max();
    let own: Vec<&Line> = communes
        .iter()
        .filter(|c| c["annee"].parse::<i32>().ok() == last)
        .collect();
    let open = |time: &str| -> Vec<&Line> {
        let all = sites.iter().filter(|s| {
            let (opens, closes) = (&s["ouverture"], &s["fermeture"]);
            s["type"] != "non_declaree"
                && (opens.is_empty() || opens.as_str() <= asked.day)
                && (closes.is_empty() || closes.as_str() >= asked.day)
                && is_at(&s["type"], time)
        });
        all.collect()
    };
    let children: f64 = own.iter().map(|c| number(c, "enfants_3_11")).sum();
    if own.is_empty() || children == 0.0 {
        return [None; 3];
    }
    let (any, near) = (
        open(asked.time),
        open(if asked.time.is_empty() {
            "vacances"
        } else {
            asked.time
        }),
    );
    let mut sums = [0.0; 3];
    for commune in &own {
        let n = number(commune, "enfants_3_11");
        let here: Vec<&&Line> = any
            .iter()
            .filter(|s| s["insee"] == commune["insee"])
            .collect();
        if !here.is_empty() {
            sums[0] += n;
        }
        let centre = (number(commune, "latitude"), number(commune, "longitude"));
        let is_near = near
            .iter()
            .filter(|s| !s["latitude"].is_empty())
            .any(|s| distance(centre, (number(s, "latitude"), number(s, "longitude"))) < asked.km);
        if is_near {
            sums[1] += n;
        }
        for site in here {
            let (young, old) = (&site["capacite_moins6"], &site["capacite_6plus"]);
            if !young.is_empty() && !old.is_empty() {
                sums[2] += 100.0
                    * (young.parse::<f64>().expect("places") + old.parse::<f64>().expect("places"));
            }
        }
    }
    sums.map(|s| Some(s / children))
}

/// A convention that asks every measure at every time.
fn convention(head: &str, km: f64) -> String {
    let mut text = head.to_owned();
    for (rank, time) in ["", "periscolaire", "mercredi", "vacances"]
        .iter()
        .enumerate()
    {
        for measure in ["T01", "T02", "T03"] {
            let time = if time.is_empty() {
                String::new()
            } else {
                format!("temps = \"{time}\"\n")
            };
            _ = write!(
                text,
                "\n[[indicateurs]]\ncode = \"{measure}-{rank}\"\nlibelle = \"x\"\ncalcul = \"maillage\"\nmesure = \"{measure}\"\nperiode = \"annee\"\ndistance_km = {km:.3}\n{time}"
            );
        }
    }
    text
}

fn compared(
    observatory: &Observatory,
    head: &str,
    sites: &str,
    communes: &str,
    day: &str,
    km: f64,
) -> usize {
    let text = convention(head, km);
    let read = parse_convention("convention.toml", &text, observatory)
        .expect("it holds together")
        .value;
    let registry = parse_registry(std::path::Path::new("structures.csv"), sites.as_bytes())
        .expect("a registry");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("data")).expect("made");
    std::fs::write(folder.path().join("data/communes.csv"), communes).expect("written");
    let territory = TerritoryData::load(folder.path()).expect("read");
    assert!(
        territory.diagnostics.is_empty(),
        "{:?}",
        territory.diagnostics
    );
    let (site_lines, commune_lines) = (lines(sites), lines(communes));
    let figures = BTreeMap::new();
    let registers = Registers::default();
    let period = SuiviPeriod::read(&day[..4], &read, &[], on(day)).expect("a year");
    let mut values = 0;
    for (rank, time) in ["", "periscolaire", "mercredi", "vacances"]
        .iter()
        .enumerate()
    {
        let wanted = naive(&site_lines, &commune_lines, &Asked { day, time, km });
        for (measure, wanted) in ["T01", "T02", "T03"].iter().zip(wanted) {
            let indicator = read
                .indicator(&format!("{measure}-{rank}"))
                .expect("declared");
            let input = CalculationInput {
                convention: &read,
                registers: &registers,
                registry: &registry,
                figures: &figures,
                surveys: &KnownSurveys::default(),
                territory: &territory.value,
                facts: None,
            };
            let own = compute(&input, indicator, &period).value;
            let is_same = match (own, wanted) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
                (a, b) => a.is_none() && b.is_none(),
            };
            assert!(
                is_same,
                "{measure} {time} {day} {km}: {own:?} {wanted:?}\n{sites}\n{communes}"
            );
            values += usize::from(wanted.is_some());
        }
    }
    values
}

fn random(dice: &mut ChaCha8Rng) -> (String, String) {
    let n = dice.random_range(1..12);
    let place =
        |dice: &mut ChaCha8Rng| (dice.random_range(49.0..49.6), dice.random_range(0.4..1.2));
    let mut communes = "insee,nom,latitude,longitude,enfants_3_11,enfants_0_2,annee\n".to_owned();
    for year in [2023, 2025] {
        for i in 0..n {
            let (north, east) = place(dice);
            let children = if dice.random_bool(0.1) {
                0
            } else {
                dice.random_range(0..400)
            };
            _ = writeln!(
                communes,
                "279{i:02},C{i},{north:.4},{east:.4},{children},3,{year}"
            );
        }
    }
    let mut sites = "code,nom,type,commune,insee,capacite_moins6,capacite_6plus,latitude,longitude,ouverture,fermeture\n".to_owned();
    let kinds = [
        "periscolaire",
        "periscolaire_repas",
        "mercredi",
        "mixte",
        "extrascolaire",
        "non_declaree",
    ];
    for i in 0..dice.random_range(1..15) {
        let kind = kinds[dice.random_range(0..kinds.len())];
        let commune = dice.random_range(0..n + 2);
        let places = if dice.random_bool(0.2) {
            ",".to_owned()
        } else {
            format!("{},{}", dice.random_range(0..40), dice.random_range(0..60))
        };
        let (north, east) = place(dice);
        let at = if dice.random_bool(0.2) {
            ",".to_owned()
        } else {
            format!("{north:.4},{east:.4}")
        };
        let opens = if dice.random_bool(0.3) {
            "2025-09-01"
        } else {
            ""
        };
        let closes = if dice.random_bool(0.3) {
            "2026-03-15"
        } else {
            ""
        };
        _ = writeln!(
            sites,
            "S{i:02},Accueil {i},{kind},C,279{commune:02},{places},{at},{opens},{closes}"
        );
    }
    (sites, communes)
}

#[test]
fn access_is_the_same_computed_twice() {
    let example = Atelier::demo();
    let root = example.root();
    let observatory = Observatory::open(Some(&root)).expect("an observatory");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file");
    let text = read("ctg/convention.toml");
    let head = text.split("[[indicateurs]]").next().expect("a head");
    let (sites, communes) = (read("data/structures.csv"), read("data/communes.csv"));
    let mut values = 0;
    for day in ["2023-06-30", "2026-07-03", "2026-07-04", "2026-12-15"] {
        for km in [1.5, 5.0, 10.0] {
            values += compared(&observatory, head, &sites, &communes, day, km);
        }
    }
    let mut dice = ChaCha8Rng::seed_from_u64(2026);
    for _ in 0..200 {
        let (sites, communes) = random(&mut dice);
        for day in ["2022-05-01", "2024-05-01", "2026-03-15", "2026-03-16"] {
            let km = dice.random_range(1.0..30.0_f64);
            let km = (km * 1000.0).round() / 1000.0;
            values += compared(&observatory, head, &sites, &communes, day, km);
        }
    }
    assert!(values > 6_000, "{values}");
    println!("{values} values of T01, T02, T03 computed twice");
}
