//! A test bench: an observatory folder of its own, the real binary, what it says and writes.

use std::path::{Path, PathBuf};
use std::process::Command;

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
    /// The fictitious example, imported and reported.
    pub fn demo() -> Self {
        let atelier = Self {
            dir: tempfile::tempdir().expect("a folder"),
        };
        let answer = atelier.raw(&["demo", &atelier.root().to_string_lossy()]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        atelier
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
