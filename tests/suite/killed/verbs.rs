//! Every verb that writes: a folder to begin from, the command, and what it is there to change.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use observatoire::vocabulary::referentiel::SourceCode;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::atelier::{Atelier, files};
use crate::fixtures::form;

/// A verb that writes.
pub struct Verb {
    pub name: &'static str,
    /// From which folder.
    from: Start,
    arguments: &'static [&'static str],
    /// What it changes.
    changes: Changes,
    /// What a stop may leave.
    pub leaves: Leaves,
    /// Takes seconds.
    pub long: bool,
    /// Makes documents: a second or two, all by the same way of putting them in place.
    pub slow: bool,
    /// Done twice, it adds twice: begun again once it was done, it is another change.
    pub adds: bool,
}

impl Verb {
    /// What the command line says.
    pub fn line(&self) -> Vec<String> {
        let mut all = Vec::new();
        if self.from != Start::Nothing {
            all.extend(["--dossier".to_owned(), "observatoire".to_owned()]);
        }
        all.extend(self.arguments.iter().map(|a| (*a).to_owned()));
        all
    }
}

/// What a stop may leave.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// All or nothing.
    Whole,
    /// Each file as before or as after, none missing, remembered by the log before it is changed.
    EachFile,
    /// A folder that the same command completes.
    Unfinished,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Start {
    /// No folder at all.
    Nothing,
    /// Files to import.
    Received,
    /// Imported.
    Imported,
    /// Imported, planned, a workbook filled in.
    Planned,
    /// The same, and an edition of its reports some days before.
    Delivered,
    /// The same, backed up, its import then taken back; a list of accueils beside.
    Saved,
    /// Imported, a convention laid, files for its follow-up beside.
    Signed,
    /// The same, a calendar and responses brought in, an exchange agreed on.
    Followed,
}

enum Changes {
    /// What this command prints.
    Printed(&'static [&'static str]),
    /// This file or folder.
    Files(&'static str),
}

const DATE: &str = "2026-12-15";
const ANSWERS: &[&str] = &["exporter", "observations"];
const ACTIONS: &[&str] = &["--json", "plan", "lister", "--date", DATE];
const SURVEYS: &[&str] = &["--json", "ctg", "enquetes"];
/// An exchange that may be made.
const AGREED: &str = include_str!("agreed.toml");

/// Every verb that writes.
pub const VERBS: [Verb; 37] = [
    verb(
        "importer",
        Start::Received,
        &["importer", "reçus", "--campagne", "C1"],
    )
    .printing(ANSWERS),
    verb("annuler", Start::Imported, &["annuler", "I001"]).printing(ANSWERS),
    // After the retention of every source: its answers go, and what stands for them is in place.
    verb(
        "purger",
        Start::Imported,
        &["purger", "--avant", "2050-01-01", "--confirmer"],
    )
    .printing(ANSWERS),
    verb(
        "reconnaitre",
        Start::Imported,
        &["reconnaitre", "Jean Moulin", "--structure", "R01"],
    )
    .writing("observatoire/data/structures.csv"),
    verb(
        "accueils",
        Start::Saved,
        &["accueils", "liste.csv", "--confirmer"],
    )
    .writing("observatoire/data/structures.csv"),
    verb(
        "sauvegarder",
        Start::Imported,
        &["sauvegarder", "--sortie", "sorti/s.zip"],
    )
    .writing("sorti"),
    // What was taken back since comes back.
    verb(
        "restaurer",
        Start::Saved,
        &["restaurer", "s.zip", "--confirmer"],
    )
    .printing(ANSWERS),
    verb(
        "referentiel objectif",
        Start::Imported,
        &[
            "referentiel",
            "objectif",
            "REL-2",
            "3,4",
            "--decision",
            "2026-05-01",
        ],
    )
    .writing("observatoire/grids/local.toml"),
    verb(
        "guide",
        Start::Imported,
        &["guide", "visite", "--sortie", "sorti/visite.pdf"],
    )
    .writing("sorti"),
    verb(
        "plan proposer",
        Start::Imported,
        &["plan", "proposer", "--campagne", "C1", "--date", DATE],
    )
    .printing(ACTIONS),
    verb(
        "plan importer",
        Start::Planned,
        &["plan", "importer", "plan.xlsx"],
    )
    .printing(ACTIONS),
    verb(
        "plan exporter",
        Start::Planned,
        &[
            "plan",
            "exporter",
            "--sortie",
            "sorti/p.xlsx",
            "--date",
            DATE,
        ],
    )
    .writing("sorti"),
    verb(
        "exporter",
        Start::Imported,
        &["exporter", "observations", "--sortie", "sorti/o.csv"],
    )
    .writing("sorti")
    // The table, then its description.
    .laid(),
    verb(
        "indicateurs",
        Start::Imported,
        &[
            "indicateurs",
            "--format",
            "parquet",
            "--sortie",
            "sorti/i.parquet",
        ],
    )
    .writing("sorti"),
    verb(
        "rapport",
        Start::Delivered,
        &[
            "rapport",
            "--campagne",
            "C1",
            "--format",
            "html",
            "--date",
            DATE,
        ],
    )
    .writing("observatoire/reports/rendus/C1")
    .each_file(),
    verb(
        "grille",
        Start::Imported,
        &["grille", "OBS", "--sortie", "sorti"],
    )
    .writing("sorti")
    .laid(),
    verb("init", Start::Nothing, &["init", "observatoire"])
        .writing("observatoire/grids")
        .laid(),
    verb(
        "simuler",
        Start::Nothing,
        &[
            "simuler",
            "observatoire",
            "--structures",
            "4",
            "--campagnes",
            "1",
            "--graine",
            "7",
            "--direct",
            "--reponses",
            "3000",
        ],
    )
    .writing("observatoire/grids")
    .laid(),
    verb("ctg init", Start::Imported, &["ctg", "init"])
        .writing("observatoire/ctg")
        .laid(),
    verb(
        "ctg importer agenda",
        Start::Signed,
        &["ctg", "importer", "agenda.ics", "--type", "coordination"],
    )
    .writing("observatoire/data/ctg/journal"),
    verb(
        "ctg importer enquete",
        Start::Signed,
        &["ctg", "importer", "retours.csv"],
    )
    .printing(SURVEYS),
    verb(
        "ctg importer ecoles",
        Start::Signed,
        &["ctg", "importer", "effectifs.csv"],
    )
    .writing("observatoire/data/ecoles.csv"),
    verb(
        "ctg enquetes annuler",
        Start::Followed,
        &["ctg", "enquetes", "--annuler", "E001"],
    )
    .printing(SURVEYS),
    verb(
        "ctg exporter",
        Start::Followed,
        &[
            "ctg",
            "exporter",
            "--sortie",
            "sorti/s.xlsx",
            "--date",
            DATE,
        ],
    )
    .writing("sorti"),
    verb(
        "ctg suivi",
        Start::Followed,
        &["ctg", "suivi", "--format", "html,docx", "--date", DATE],
    )
    .writing("observatoire/reports/ctg/suivi")
    .each_file()
    .slow(),
    verb(
        "ctg gouvernance",
        Start::Followed,
        &[
            "ctg",
            "gouvernance",
            "--annee",
            "2026",
            "--format",
            "html,docx",
            "--date",
            DATE,
        ],
    )
    .writing("observatoire/reports/ctg/gouvernance")
    .each_file()
    .slow(),
    verb(
        "ctg territoire",
        Start::Followed,
        &[
            "ctg",
            "territoire",
            "--annee",
            "2026",
            "--format",
            "html,docx",
            "--date",
            DATE,
        ],
    )
    .writing("observatoire/reports/ctg/territoire")
    .each_file()
    .slow(),
    verb(
        "ctg bilan",
        Start::Followed,
        &[
            "ctg",
            "bilan",
            "--type",
            "point_etape",
            "--format",
            "html,docx",
            "--date",
            DATE,
        ],
    )
    .writing("observatoire/reports/ctg/bilan")
    .each_file()
    .slow(),
    verb(
        "ctg experimentation",
        Start::Followed,
        &[
            "ctg",
            "experimentation",
            "EXP1",
            "--format",
            "html,docx",
            "--date",
            DATE,
        ],
    )
    .writing("observatoire/reports/ctg/experimentation")
    .each_file()
    .slow(),
    // Agenda, minutes, attendance sheet.
    verb(
        "ctg seance",
        Start::Followed,
        &["ctg", "seance", "T-001", "--date", DATE],
    )
    .writing("observatoire/reports/ctg/seances")
    .each_file()
    .slow(),
    verb("ctg poche", Start::Followed, &["ctg", "poche"])
        .writing("observatoire/data/ctg/poche.json"),
    verb(
        "echange nouveau",
        Start::Followed,
        &[
            "echange",
            "nouveau",
            "--sens",
            "entrant",
            "--demandeur",
            "X",
            "--detenteur",
            "Y",
            "--objet",
            "Z",
            "--date",
            DATE,
        ],
    )
    .writing("observatoire/ctg/echanges.toml")
    .adding(),
    verb(
        "echange fiche",
        Start::Followed,
        &[
            "echange", "fiche", "E01", "--format", "docx", "--date", DATE,
        ],
    )
    .writing("observatoire/reports/ctg/echanges"),
    verb(
        "exporter echange",
        Start::Followed,
        &[
            "exporter",
            "--echange",
            "E01",
            "--sortie",
            "sorti/e.csv",
            "--date",
            DATE,
        ],
    )
    .writing("sorti")
    // The table, then what reads it, then the sums of both.
    .laid(),
    verb(
        "grille enquete",
        Start::Signed,
        &["grille", "--enquete", "OUTILS", "--sortie", "sorti"],
    )
    .writing("sorti")
    .laid(),
    verb(
        "init epci",
        Start::Nothing,
        &["init", "observatoire", "--epci", "Grand Reims"],
    )
    .writing("observatoire/grids")
    .laid(),
    verb("demo", Start::Nothing, &["demo", "observatoire"])
        .writing("observatoire/reports")
        .laid()
        .long(),
];

const fn verb(name: &'static str, from: Start, arguments: &'static [&'static str]) -> Verb {
    Verb {
        name,
        from,
        arguments,
        changes: Changes::Printed(&[]),
        leaves: Leaves::Whole,
        long: false,
        slow: false,
        adds: false,
    }
}

impl Verb {
    const fn printing(mut self, command: &'static [&'static str]) -> Self {
        self.changes = Changes::Printed(command);
        self
    }

    const fn writing(mut self, place: &'static str) -> Self {
        self.changes = Changes::Files(place);
        self
    }

    const fn laid(mut self) -> Self {
        self.leaves = Leaves::Unfinished;
        self
    }

    const fn each_file(mut self) -> Self {
        self.leaves = Leaves::EachFile;
        self
    }

    const fn long(mut self) -> Self {
        self.long = true;
        self
    }

    const fn slow(mut self) -> Self {
        self.slow = true;
        self
    }

    const fn adding(mut self) -> Self {
        self.adds = true;
        self
    }

    /// The file or folder that it writes, when it is one.
    pub fn place(&self) -> Option<&'static str> {
        match self.changes {
            Changes::Files(place) => Some(place),
            Changes::Printed(_) => None,
        }
    }
}

/// What a verb changed, as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen(BTreeMap<String, Vec<u8>>);

impl Seen {
    /// How it differs, in short.
    pub fn against(&self, other: &Self) -> String {
        let names = self.0.keys().chain(other.0.keys());
        let differ = names.filter(|name| self.0.get(*name) != other.0.get(*name));
        let differ: Vec<&String> = differ.take(5).collect();
        format!("{} of {} files, {differ:?}", self.0.len(), other.0.len())
    }
}

impl Seen {
    /// Whether every file is as before or as after, and none of those before is missing.
    pub fn is_between(&self, before: &Self, after: &Self) -> bool {
        let known = |name: &String, bytes: &Vec<u8>| {
            [before, after]
                .iter()
                .any(|end| end.0.get(name) == Some(bytes))
        };
        before.0.keys().all(|name| self.0.contains_key(name))
            && self.0.iter().all(|(n, b)| known(n, b))
    }
}

/// A folder to stop a verb in.
pub struct Bench {
    atelier: Atelier,
}

impl Bench {
    pub fn of(verb: &Verb) -> Self {
        let atelier = Atelier::empty();
        if verb.from != Start::Nothing {
            let from = made(verb.from).folder();
            for name in files(&from) {
                let bytes = std::fs::read(from.join(&name)).expect("readable");
                atelier.write(&format!("../{name}"), &bytes);
            }
        }
        Self { atelier }
    }

    /// Another one, as this one is at this instant: its folders, empty ones too, and its files.
    #[cfg(target_os = "linux")]
    pub fn copied(&self) -> Self {
        let copy = Self {
            atelier: Atelier::empty(),
        };
        let (from, to) = (self.folder(), copy.folder());
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            std::fs::create_dir_all(to.join(&folder)).expect("a folder");
            for entry in std::fs::read_dir(from.join(&folder)).expect("a folder") {
                let entry = entry.expect("an entry");
                let name = folder.join(entry.file_name());
                if entry.file_type().expect("a kind").is_dir() {
                    folders.push(name);
                } else {
                    std::fs::copy(entry.path(), to.join(&name)).expect("copied");
                }
            }
        }
        copy
    }

    /// The folder that holds the observatory.
    pub fn folder(&self) -> PathBuf {
        self.atelier
            .root()
            .parent()
            .expect("a folder")
            .to_path_buf()
    }

    /// When a folder under the one that the verb changes was last changed itself.
    pub fn touched(&self, verb: &Verb) -> Option<SystemTime> {
        let mut latest = None;
        let place = verb.place().map(|place| self.folder().join(place));
        let mut folders = vec![
            place
                .filter(|p| p.is_dir())
                .unwrap_or_else(|| self.folder()),
        ];
        while let Some(folder) = folders.pop() {
            let about = std::fs::metadata(&folder).ok();
            latest = latest.max(about.and_then(|a| a.modified().ok()));
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                // What is gone since it was listed is a change too, seen the next time.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(entry.path());
                }
            }
        }
        latest
    }

    fn is_laid(&self) -> bool {
        self.atelier.root().join("observatoire.toml").is_file()
    }

    /// What the verb changes, as it is now. The observatory opens, whatever happened.
    pub fn look(&self, verb: &Verb) -> Seen {
        let mut seen = BTreeMap::new();
        let command = match &verb.changes {
            Changes::Printed(command) => command,
            Changes::Files(place) => {
                let place = self.folder().join(place);
                if place.is_file() {
                    let bytes = std::fs::read(&place).expect("readable");
                    seen.insert(String::new(), bytes);
                }
                for name in files_if_any(&place)
                    .into_iter()
                    .filter(|n| !is_temporary(n) && !n.ends_with("verrou"))
                {
                    let bytes = std::fs::read(place.join(&name)).expect("readable");
                    seen.insert(name, bytes);
                }
                &["exporter", "structures"][..]
            }
        };
        if self.is_laid() {
            let answer = self.atelier.run(command);
            assert!(answer.code < 2, "{}: {}", verb.name, answer.stderr);
            if verb.place().is_none() {
                let mut lines: Vec<&str> = answer.stdout.lines().collect();
                lines.sort_unstable();
                seen.insert("stdout".to_owned(), lines.join("\n").into_bytes());
            }
        }
        Seen(seen)
    }

    /// What remembers deliveries.
    pub fn log(&self) -> Seen {
        let data = self.atelier.root().join("data");
        let names = files_if_any(&data).into_iter();
        let log = names.filter(|name| name.starts_with("livraisons") && !is_temporary(name));
        let read = |name: String| {
            let bytes = std::fs::read(data.join(&name)).expect("readable");
            (name, bytes)
        };
        Seen(log.map(read).collect())
    }

    /// What stays in the observatory's own folders of a command that was stopped.
    pub fn leftover(&self) -> Option<String> {
        let own = |name: &String| name.starts_with("data/") && is_temporary(name);
        files_if_any(&self.atelier.root()).into_iter().find(own)
    }
}

/// Left by a stop beside what it was writing, under a name that nobody opens.
fn is_temporary(name: &str) -> bool {
    // The mark of a delivery is the program's, and says more than files do.
    let begins = [".observatoire-", ".livraison-"];
    name.split('/')
        .any(|part| begins.iter().any(|b| part.starts_with(b)))
}

fn files_if_any(dir: &Path) -> Vec<String> {
    if dir.is_dir() { files(dir) } else { Vec::new() }
}

/// The folder to begin from, made once.
fn made(start: Start) -> &'static Bench {
    static MADE: [OnceLock<Bench>; 8] = [const { OnceLock::new() }; 8];
    MADE[start as usize].get_or_init(|| {
        let atelier = Atelier::blank();
        for i in 1..=4 {
            let bytes = form(SourceCode::Obs, "1", &format!("O{i}"), &[]);
            atelier.write(&format!("../reçus/O{i}.xlsx"), &bytes);
        }
        let run = |arguments: &[&str]| {
            let answer = atelier.run(arguments);
            assert!(answer.code < 2, "{arguments:?}: {}", answer.stderr);
        };
        // The convention stands beside plans and deliveries, not after them.
        let signed = start >= Start::Signed;
        if start >= Start::Imported {
            run(&["importer", "reçus", "--campagne", "C1"]);
        }
        if start >= Start::Planned && !signed {
            run(&["plan", "proposer", "--campagne", "C1", "--date", DATE]);
            run(&["plan", "exporter", "--sortie", "plan.xlsx", "--date", DATE]);
            fill(&atelier.root().with_file_name("plan.xlsx"));
        }
        if start >= Start::Delivered && !signed {
            run(&[
                "rapport",
                "--campagne",
                "C1",
                "--format",
                "html",
                "--date",
                "2026-12-01",
            ]);
        }
        if start >= Start::Saved && !signed {
            run(&["sauvegarder", "--sortie", "s.zip"]);
            run(&["annuler", "I001"]);
            let list = "Nom de l’accueil;Ville;Type\nLes Pins;Aubac;périscolaire\n";
            atelier.write("../liste.csv", list.as_bytes());
        }
        if signed {
            sign(&atelier);
        }
        if start >= Start::Followed {
            run(&["ctg", "importer", "agenda.ics", "--type", "coordination"]);
            run(&["ctg", "importer", "retours.csv"]);
            atelier.write("ctg/echanges.toml", AGREED.as_bytes());
        }
        Bench { atelier }
    })
}

/// Lays a convention, and files of the example beside.
fn sign(atelier: &Atelier) {
    let answer = atelier.run(&["ctg", "init"]);
    assert!(answer.code < 2, "{}", answer.stderr);
    atelier.signed_model();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/exemple/ctg");
    let files = [
        ("Agenda de la coopération.ics", "agenda.ics"),
        ("LimeSurvey Retours des équipes.csv", "retours.csv"),
    ];
    for (of_example, name) in files {
        let bytes = std::fs::read(example.join(of_example)).expect("of the example");
        atelier.write(&format!("../{name}"), &bytes);
    }
    atelier.write(
        "data/communes.csv",
        b"insee;nom;latitude;longitude;enfants_3_11;enfants_0_2;annee\r\n51454;Reims;49.25;4.03;1200;400;2024\r\n",
    );
    let titles = "rentree_scolaire;numero_ecole;commune;nombre_total_eleves";
    let there = format!("{titles}\r\n2024;0510001A;Reims;83\r\n");
    atelier.write("data/ecoles.csv", there.as_bytes());
    let more = format!("{titles}\r\n2025;0510001A;Reims;80\r\n2025;0510002B;Reims;41\r\n");
    atelier.write("../effectifs.csv", more.as_bytes());
}

/// Makes a team's change in a workbook of plans: what was to be begun is under way.
fn fill(workbook: &Path) {
    let bytes = std::fs::read(workbook).expect("a workbook");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("read");
        if name.ends_with("sharedStrings.xml") {
            let said = String::from_utf8(content).expect("text");
            content = said.replace(">à lancer<", ">en cours<").into_bytes();
        }
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(&content).expect("written");
    }
    let filled = writer.finish().expect("ended").into_inner();
    std::fs::write(workbook, filled).expect("written");
}
