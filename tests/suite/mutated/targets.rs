//! What reads a file: one target per format, loader and register. Each says whether the file was read.

use std::path::{Path, PathBuf};

use crate::atelier::on;
use observatoire::base::sheets::open;
use observatoire::decide::plans::{PlanImport, import};
use observatoire::intake::observations::{Campaigned, RespondentKey, normalise};
use observatoire::intake::sources::correspondence::Correspondence;
use observatoire::intake::sources::{Context, SOURCES, choose};
use observatoire::intake::store::Store;
use observatoire::vocabulary::config::{
    Campaign, KnownObservers, Observatory, Registry, SETTINGS_FILE, Settings, parse_registry,
};
use observatoire::vocabulary::referentiel::regulation::{self, Regulation};
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode, parse};

use crate::former::embedded_v1;

use super::delivery_target::{deliveries, delivery_seeds};
use super::mutations::Shape;
use crate::atelier::{Atelier, files};
use crate::fixtures::{form, v1};

/// Reads an input; whether it was taken.
pub type Call = Box<dyn FnMut(&[u8]) -> bool>;

/// Something that reads files.
pub struct Target {
    pub name: &'static str,
    pub shape: Shape,
    pub seeds: fn() -> Vec<Vec<u8>>,
    pub make: fn() -> Call,
}

/// Every target.
pub const TARGETS: [Target; 13] = [
    target("xlsx", Shape::Zip, xlsx_seeds, sources),
    target("xlsb", Shape::Zip, || kept("reponses.xlsb"), sources),
    target("ods", Shape::Zip, || kept("reponses.ods"), sources),
    target("xls", Shape::Compound, || kept("reponses.xls"), sources),
    target("csv", Shape::Table, csv_seeds, sources),
    target(
        "referentiel",
        Shape::Text,
        || vec![embedded_v1().into()],
        || text(|t| parse("referentiel-v1.toml", t).is_ok()),
    ),
    target(
        "reglement",
        Shape::Text,
        || vec![regulation::embedded().into()],
        || text(|t| Regulation::parse("reglement.toml", t).is_ok()),
    ),
    target("reglages", Shape::Text, settings_seeds, || {
        text(|t| Settings::parse(SETTINGS_FILE, t).is_ok())
    }),
    target("registre", Shape::Table, registry_seeds, || {
        Box::new(|b| parse_registry(Path::new("structures.csv"), b).is_ok())
    }),
    target("correspondance", Shape::Text, mapping_seeds, || {
        text(|t| {
            let Ok(mapping) = Correspondence::parse(t) else {
                return false;
            };
            let written = mapping.write();
            assert!(Correspondence::parse(&written).is_ok(), "{written}");
            true
        })
    }),
    target("manifeste", Shape::Text, manifest_seeds, manifests),
    target("livraison", Shape::Text, delivery_seeds, deliveries),
    target("plan", Shape::Zip, plan_seeds, plans),
];

pub const fn target(
    name: &'static str,
    shape: Shape,
    seeds: fn() -> Vec<Vec<u8>>,
    make: fn() -> Call,
) -> Target {
    Target {
        name,
        shape,
        seeds,
        make,
    }
}

pub fn text(read: impl Fn(&str) -> bool + 'static) -> Call {
    Box::new(move |bytes| std::str::from_utf8(bytes).is_ok_and(&read))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(name: &str) -> Vec<u8> {
    std::fs::read(root().join(name)).expect("a seed")
}

fn kept(name: &str) -> Vec<Vec<u8>> {
    vec![read(&format!("tests/suite/mutated/graines/{name}"))]
}

/// A grid of ours, a questionnaire of the example, a grid made by hand.
fn xlsx_seeds() -> Vec<Vec<u8>> {
    let example = |name: &str| read(&format!("data/exemple/C1/{name}"));
    vec![
        form(SourceCode::Obs, "1", "O1", &[]),
        example("Enfants C1.xlsx"),
        example("grille maison Les Marais O2.xlsx"),
        form(SourceCode::Dir, "1", "O1", &[]),
    ]
}

/// Every table of the example, its head alone when it is long.
fn csv_seeds() -> Vec<Vec<u8>> {
    let folder = root().join("data/exemple/C1");
    let tables = files(&folder)
        .into_iter()
        .filter(|name| name.contains(".csv"));
    let head = |name: String| {
        let bytes = std::fs::read(folder.join(name)).expect("a seed");
        let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').take(30).collect();
        lines.concat()
    };
    tables.map(head).collect()
}

fn settings_seeds() -> Vec<Vec<u8>> {
    let atelier = Atelier::blank();
    let small = std::fs::read(atelier.root().join(SETTINGS_FILE)).expect("settings");
    vec![small, read("data/init/observatoire.toml")]
}

fn registry_seeds() -> Vec<Vec<u8>> {
    let small = b"code,nom,type,pedt,capacite_moins6,latitude,ouverture,fermeture\r\n\
        R01,ALSH Les Colombages,mixte,oui,24,45.5,2020-01-01,\r\nP01,\xc3\x89cole,periscolaire,non,,,,2026-07-05\r\n";
    vec![small.to_vec(), read("data/init/structures.csv")]
}

fn mapping_seeds() -> Vec<Vec<u8>> {
    let atelier = Atelier::blank();
    let table = b"structure;L\xe2\x80\x99accueil du matin;Le repas\r\nR01;3;4\r\nR01;2;1\r\n";
    let path = atelier.write("reçus/enquête.csv", table);
    atelier.run(&["importer", &path, "--campagne", "C1", "--source", "FAM"]);
    let folder = atelier.root().join("grids/correspondances");
    let all = files(&folder).into_iter();
    let proposed: Vec<String> = all.filter(|n| crate::atelier::is(n, "toml")).collect();
    assert!(!proposed.is_empty(), "no mapping was proposed");
    let read = |name: String| std::fs::read(folder.join(name)).expect("a mapping");
    proposed.into_iter().map(read).collect()
}

/// A store with one import, and its manifests.
fn imported() -> (Atelier, Vec<PathBuf>) {
    let atelier = Atelier::blank();
    atelier.write("reçus/a.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    let folder = atelier.root().join("reçus").to_string_lossy().into_owned();
    let answer = atelier.run(&["importer", &folder, "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let store = atelier.root().join("data/store");
    let manifests = files(&store)
        .into_iter()
        .filter(|name| crate::atelier::is(name, "json"))
        .map(|name| store.join(name));
    let manifests = manifests.collect();
    (atelier, manifests)
}

fn manifest_seeds() -> Vec<Vec<u8>> {
    let (_atelier, manifests) = imported();
    let seeds = manifests
        .iter()
        .map(|m| std::fs::read(m).expect("a manifest"));
    seeds.collect()
}

/// The input in place of each manifest, in turn: the store says what is wrong, or reads.
fn manifests() -> Call {
    let (atelier, manifests) = imported();
    let true_ones: Vec<Vec<u8>> = manifests
        .iter()
        .map(|m| std::fs::read(m).expect("read"))
        .collect();
    let store = atelier.root().join("data/store");
    Box::new(move |bytes| {
        let mut read = false;
        for (path, truth) in manifests.iter().zip(&true_ones) {
            std::fs::write(path, bytes).expect("written");
            read |= Store::at(store.clone()).load(None).is_ok();
            std::fs::write(path, truth).expect("written");
        }
        let _ = &atelier;
        read
    })
}

fn plan_seeds() -> Vec<Vec<u8>> {
    let folder = "data/exemple/plans";
    let names = files(&root().join(folder)).into_iter();
    names
        .map(|name| read(&format!("{folder}/{name}")))
        .collect()
}

/// The input as the workbook of a team.
fn plans() -> Call {
    let atelier = Atelier::blank();
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    Box::new(move |bytes| {
        let path = atelier.root().join("plan.xlsx");
        std::fs::write(&path, bytes).expect("written");
        let request = PlanImport {
            paths: &[path],
            date: on("2026-12-15"),
            simulation: true,
        };
        let intake = import(&observatory, &request).expect("read or refused");
        intake.files.iter().any(|f| f.lines > 0)
    })
}

/// Where answers come to be typed.
struct World {
    referentiel: Referentiel,
    registry: Registry,
    regulation: Regulation,
    campaign: Campaign,
    key: RespondentKey,
}

impl World {
    fn new() -> Self {
        let atelier = Atelier::blank();
        let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
        Self {
            referentiel: v1(),
            campaign: observatory.settings.campaigns[0].clone(),
            registry: observatory.registry,
            regulation: observatory.regulation,
            key: RespondentKey::new([7; 32]),
        }
    }

    /// Whether the bytes are a workbook or a table; every importer reads it, whichever it is for.
    fn read(&self, bytes: &[u8]) -> bool {
        let Ok(book) = open(Path::new("reçu.xlsx"), bytes) else {
            return false;
        };
        let context = Context {
            referentiel: &self.referentiel,
            source: None,
            mappings: &[],
            accept_near: true,
            place_given: false,
            forced: false,
            days: None,
            ignored: &[],
        };
        let chosen =
            choose(&book.value, &context, None).map(observatoire::intake::sources::Source::name);
        for source in SOURCES {
            let recognised = source.recognises(&book.value, &context);
            let _ = recognised;
            let answers = source.read(&book.value, &context).value;
            if chosen == Some(source.name()) {
                let observers = KnownObservers::default();
                let campaigned = Campaigned {
                    observers: &observers,
                    folder: None,
                    campaign: &self.campaign,
                    referentiel: &self.referentiel,
                    registry: &self.registry,
                    regulation: &self.regulation,
                    structure: None,
                    key: &self.key,
                    tool: source.name(),
                };
                let _ = normalise("reçu.xlsx", &answers, &campaigned);
            }
        }
        true
    }
}

fn sources() -> Call {
    let world = World::new();
    Box::new(move |bytes| world.read(bytes))
}
