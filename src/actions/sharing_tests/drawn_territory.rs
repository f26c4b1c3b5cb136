//! An observatory drawn at random, in a folder of its own, whose aggregates are shared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::random_worlds::{World, table};
use crate::actions::exporter::{ExportOutcome, ExportRequest, Exported, export};
use crate::base::day::on;
use crate::campaign::OpenObservatory;
use crate::intake::observations::{ElementCodes, Observation, typed_files};
use crate::intake::store::{ImportedFile, Incoming, NewImport};
use crate::vocabulary::config::parse_registry;

/// One référentiel in so many is followed over two campaigns, the others are asked once.
const FOLLOWED: u64 = 10;
const CAMPAIGNS: [&str; 2] = ["C1", "C2"];

/// An observatory in a folder of its own.
pub(super) struct DrawnTerritory {
    pub(super) dir: PathBuf,
}

impl DrawnTerritory {
    pub(super) fn lay(dir: PathBuf, drawn: &Drawn, territory: &str, registry: &str) -> Self {
        let mut settings = format!("[territoire]\nnom = \"{territory}\"\n");
        let days = ["2026-04-01", "2026-07-03", "2026-11-02", "2026-12-11"];
        for (campaign, days) in drawn.campaigns.iter().zip(days.chunks(2)) {
            let _ = writeln!(
                settings,
                "[[campagnes]]\nid = \"{campaign}\"\nlabel = \"{campaign}\"\ndebut = \"{}\"\n\
                 fin = \"{}\"\nreferentiel = \"v9\"",
                days[0], days[1]
            );
        }
        for folder in ["grids", "data"] {
            std::fs::create_dir_all(dir.join(folder)).expect("a folder");
        }
        let write = |name: &str, text: &str| std::fs::write(dir.join(name), text).expect("written");
        write("observatoire.toml", &settings);
        write("grids/referentiel-v9.toml", &drawn.world.text);
        write("grids/reglement-2026.toml", &drawn.world.law);
        write("data/structures.csv", registry);
        Self { dir }
    }

    pub(super) fn open(&self) -> OpenObservatory {
        OpenObservatory::open(Some(&self.dir)).expect("an observatory")
    }

    /// Imports every campaign and shares its aggregates, whole; gives their folder.
    pub(super) fn share(&self, campaigns: &[Vec<Observation>]) -> PathBuf {
        self.export(&self.import(campaigns), false, "partage")
    }

    /// The same with those that may leave.
    pub(super) fn release(&self, campaigns: &[Vec<Observation>], name: &str) -> PathBuf {
        self.export(&self.import(campaigns), true, name)
    }

    fn import(&self, campaigns: &[Vec<Observation>]) -> OpenObservatory {
        let opened = self.open();
        for (campaign, answers) in CAMPAIGNS.iter().zip(campaigns) {
            enter(&opened, campaign, answers);
        }
        opened
    }

    fn export(&self, opened: &OpenObservatory, released: bool, name: &str) -> PathBuf {
        let request = ExportRequest {
            exported: Exported::Aggregates,
            campaign: None,
            out: Some(self.dir.join(name)),
            released,
            date: released.then(|| "2026-12-15".to_owned()),
        };
        match export(opened, &request).expect("exported") {
            ExportOutcome::Folder(written) => written.folder,
            _ => panic!("a folder was asked for"),
        }
    }
}

/// Puts answers in the store.
fn enter(opened: &OpenObservatory, campaign: &str, answers: &[Observation]) {
    let referentiel = &opened.observatory.referentiels[campaign];
    let codes = ElementCodes::of(referentiel);
    let typed = typed_files(&table(answers), &[], &codes).expect("typed");
    let files = typed.iter().map(|file| Incoming {
        file: ImportedFile {
            name: file.file.clone(),
            sha256: format!("{campaign} {}", file.file),
            tool: "essai".to_owned(),
            mapping: String::new(),
            wordings: None,
            questions: BTreeMap::new(),
            rows: 0,
            cells: Vec::new(),
            corrected: Vec::new(),
            diagnostics: BTreeMap::new(),
        },
        records: file.records.iter().collect(),
    });
    let new = NewImport {
        replaces: &[],
        date: on("2026-12-15"),
        campaign,
        referentiel,
        files: files.collect(),
    };
    opened.store.add(new).expect("entered");
}

/// A random référentiel, and what everyone answered in each campaign.
pub(super) struct Drawn {
    pub(super) world: World,
    campaigns: &'static [&'static str],
    pub(super) answers: Vec<Vec<Observation>>,
}

impl Drawn {
    pub(super) fn new(seed: u64, registry: &str) -> Self {
        let mut world = World::new(seed);
        let path = Path::new("structures.csv");
        world.registry = parse_registry(path, registry.as_bytes()).expect("a registry");
        let campaigns = &CAMPAIGNS[..=usize::from(seed.is_multiple_of(FOLLOWED))];
        let mut answers = vec![world.answers()];
        if campaigns.len() > 1 {
            answers.push(world.changed(&answers[0]));
        }
        for (id, answers) in campaigns.iter().zip(&mut answers) {
            for answer in answers {
                // Two observers came on two days.
                let day = 10 + (answer.observateur.len() + answer.visite.len()) % 9;
                answer.campagne = (*id).into();
                answer.date = format!("2026-05-{day}").into();
            }
        }
        Self {
            world,
            campaigns,
            answers,
        }
    }

    /// The answers of a territory in each campaign, as it names its own structures.
    pub(super) fn of(&self, prefix: &str) -> Vec<Vec<Observation>> {
        let campaigns = self.answers.iter().map(|answers| {
            let own = answers.iter().filter_map(|o| {
                Some(Observation {
                    structure: o.structure.strip_prefix(prefix)?.into(),
                    ..o.clone()
                })
            });
            own.collect()
        });
        campaigns.collect()
    }
}

/// A folder in memory where the system has one: nothing here is to outlive a power cut.
pub(super) fn temporary() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    made.expect("a folder")
}
