//! A test bench: an observatory folder of its own, the real binary, what it says and writes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const SETTINGS: &str = r#"
[territoire]
nom = "Essai"
donnees_fictives = true
[[campagnes]]
id = "C1"
label = "Printemps"
debut = "2026-04-27"
fin = "2026-07-03"
referentiel = "v1"
[[campagnes]]
id = "C2"
label = "Automne"
debut = "2026-11-02"
fin = "2026-12-11"
referentiel = "v1"
"#;

const REGISTRY: &str = "code,nom,type,pedt,fermeture
R01,ALSH Les Colombages,mixte,oui,
R02,ALSH Saint-Évroult,mixte,oui,
E01,ALSH Vacances,extrascolaire,oui,
P01,Périscolaire La Mare,periscolaire,oui,
P02,Périscolaire La Mare,periscolaire,non,
P03,Périscolaire Fermé,periscolaire,non,2025-07-05
";

/// A day of a test.
pub fn on(iso: &str) -> observatoire::base::day::Day {
    iso.parse().expect("a day")
}

/// What a command answered.
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// An observatory folder that vanishes with the test.
pub struct Atelier {
    dir: tempfile::TempDir,
}

impl Atelier {
    /// The fictitious example, imported and reported: a copy of the one that `demo` made first.
    pub fn demo() -> Self {
        static MADE: OnceLock<Atelier> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let atelier = Self::empty();
            let answer = atelier.raw(&["demo", &atelier.root().to_string_lossy()]);
            assert_eq!(answer.code, 0, "{}", answer.stderr);
            atelier
        });
        let copy = Self::empty();
        for name in files(&made.root()) {
            let bytes = std::fs::read(made.root().join(&name)).expect("readable");
            copy.write(&name, &bytes);
        }
        copy.own_referentiel();
        copy
    }

    pub fn empty() -> Self {
        Self {
            dir: tempfile::tempdir().expect("a folder"),
        }
    }

    /// A small observatory that holds nothing yet: two campaigns, four structures.
    pub fn blank() -> Self {
        let atelier = Self::empty();
        let answer = atelier.raw(&["init", "observatoire"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        atelier.write("observatoire.toml", SETTINGS.as_bytes());
        atelier.write("data/structures.csv", REGISTRY.as_bytes());
        atelier.write(
            "grids/referentiel-v1.toml",
            crate::former::embedded_v1().as_bytes(),
        );
        atelier.own_referentiel();
        atelier
    }

    /// A référentiel of the folder's own, the same as shipped: what tests of its text edit.
    fn own_referentiel(&self) {
        let shipped = observatoire::vocabulary::referentiel::embedded();
        self.write("grids/referentiel-v2.toml", shipped.as_bytes());
    }

    /// Puts a file in the observatory folder; gives its path.
    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.root().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("written");
        path.to_string_lossy().into_owned()
    }

    /// Writes over the words of a convention that was just laid: no document is made of what nobody signed.
    pub fn signed_model(&self) {
        let file = "ctg/convention.toml";
        let model = std::fs::read_to_string(self.root().join(file)).expect("the model");
        self.write(file, model.replace(" à nommer", " (essai)").as_bytes());
    }

    /// Runs a command with `--json` and gives its exit code and what it said.
    pub fn json(&self, arguments: &[&str]) -> (i32, serde_json::Value) {
        let mut all = vec!["--json"];
        all.extend(arguments);
        let answer = self.run(&all);
        let value = serde_json::from_str(&answer.stdout).unwrap_or_else(|e| {
            panic!("{e}: {} {}", answer.stdout, answer.stderr);
        });
        (answer.code, value)
    }

    /// The folder.
    pub fn root(&self) -> PathBuf {
        self.dir.path().join("observatoire")
    }

    /// Runs the binary as it is.
    pub fn raw(&self, arguments: &[&str]) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_observatoire"))
            .args(arguments)
            .env("NO_COLOR", "1")
            .current_dir(self.dir.path())
            .output()
            .expect("the binary runs");
        Answer {
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs the binary in the observatory folder.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        let root = self.root();
        let root = root.to_string_lossy();
        let mut all = vec!["--dossier", &root];
        all.extend(arguments);
        self.raw(&all)
    }
}

/// Whether a name ends with an extension.
pub fn is(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == extension)
}

/// Files under a folder, relative, sorted.
pub fn files(dir: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("inside");
                names.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    names.sort();
    names
}

/// What an answer of `exporter observations` is worth in the words of its scale: the cell of a grid may hold a cross, or a
/// note of another scale.
pub fn worth(source: &str, level: &str, statut: &str, raw: &str) -> String {
    if !["OBS", "AUT", "DIR"].contains(&source) {
        return raw.to_owned();
    }
    match (level.parse::<f64>(), statut) {
        (Ok(level), _) => level.to_string(),
        (Err(_), "no" | "nc") => statut.to_uppercase(),
        _ => raw.to_owned(),
    }
}
