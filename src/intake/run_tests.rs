//! A run as a whole: what all its files bring together is bounded, a refusal replaces nothing.

use crate::base::day::on;
use crate::intake::cell_corrections::FileCorrections;
use crate::vocabulary::referentiel::SourceCode;
use std::path::{Path, PathBuf};

use super::*;

const SETTINGS: &str = r#"
[territoire]
nom = "Essai"
donnees_fictives = true
[[campagnes]]
id = "C1"
label = "Printemps"
debut = "2026-04-27"
fin = "2026-07-03"
referentiel = "v2"
"#;

fn observatory(root: &Path) -> Observatory {
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("observatoire.toml", SETTINGS);
    write(
        "data/structures.csv",
        "code,nom,type\nR01,Les Pins,mixte\nR02,Le Parc,mixte\n",
    );
    for structure in ["R01", "R02"] {
        let answers = format!(
            "structure,date,REL-1-FAM-1,REL-1-FAM-2\n{structure},2026-05-12,3,4\n{structure},2026-05-12,2,1\n"
        );
        write(&format!("reçus/{structure}.csv"), &answers);
    }
    Observatory::open(Some(root)).expect("an observatory")
}

#[test]
fn what_all_files_bring_together_is_bounded_and_nothing_of_it_enters() {
    let root = tempfile::tempdir().expect("a folder");
    let observatory = observatory(root.path());
    let store = Store::at(observatory.store_dir());
    let paths: [PathBuf; 1] = [root.path().join("reçus")];
    let request = Request {
        replaces: &[],
        corrections: &FileCorrections::new(),
        confirmation: WhoConfirms::Nobody,
        elsewhere: None,
        folder: None,
        paths: &paths,
        campaign: &observatory.settings.campaigns[0],
        source: Some(SourceCode::Fam),
        structure: None,
        tool: None,
        mapping: None,
        accept_near: false,
        ignored: &[],
        simulation: false,
        reread: false,
        date: on("2026-09-01"),
    };
    let import = |most: usize| {
        let key = store.respondent_key("C1").expect("a key");
        import_with(&observatory, &store, &request, Some(key), most)
    };
    // Each file alone would be taken: four answers.
    let Err(Error::Usage(said)) = import(5) else {
        panic!("eight answers entered where five may");
    };
    assert!(said.contains("dépassent ensemble"), "{said}");
    assert!(store.state().expect("a store").imports.is_empty());
    let intake = import(8).expect("taken").expect("a key was given");
    let rows: Vec<usize> = intake.files.iter().map(|f| f.rows).collect();
    assert_eq!(rows, [4, 4], "{:?}", intake.diagnostics);
    assert_eq!(store.state().expect("a store").imports.len(), 1);
}

/// Who sits at the keyboard says no: what is in place stays, and what would have replaced it is told.
#[test]
fn a_replacement_that_is_refused_replaces_nothing() {
    let root = tempfile::tempdir().expect("a folder");
    let observatory = observatory(root.path());
    let store = Store::at(observatory.store_dir());
    let path = root.path().join("notes.csv");
    let paths = [path.clone()];
    let corrections = FileCorrections::new();
    let run = |note: u8, confirmation: WhoConfirms| {
        let table =
            format!("structure;visite;observateur;date;REL-1-OBS-1\nR01;1;O1;2026-05-12;{note}\n");
        std::fs::write(&path, table).expect("written");
        let request = Request {
            replaces: &[],
            corrections: &corrections,
            confirmation,
            elsewhere: None,
            folder: None,
            paths: &paths,
            campaign: &observatory.settings.campaigns[0],
            source: None,
            structure: None,
            tool: None,
            mapping: None,
            accept_near: false,
            ignored: &[],
            simulation: false,
            reread: false,
            date: on("2026-09-01"),
        };
        import(&observatory, &store, &request).expect("a run")
    };
    assert!(run(2, WhoConfirms::Nobody).import.is_some());
    let heard = std::sync::Mutex::new(Vec::new());
    let no = |asked: &[Diagnostic]| {
        heard
            .lock()
            .expect("free")
            .extend(asked.iter().map(|d| d.message.clone()));
        false
    };
    let refused = run(4, WhoConfirms::Asked(&no));
    assert_eq!(refused.import, None, "{:?}", refused.files);
    let heard = heard.into_inner().expect("free");
    assert!(
        heard.len() == 1 && heard[0].contains("remplacerait") && heard[0].contains("2 → 4"),
        "{heard:?}"
    );
    let told = &refused.files[0].diagnostics;
    assert!(told.iter().any(|d| d.code == Code::NotesLost), "{told:?}");
    assert!(
        !told.iter().any(|d| d.code == Code::Correction),
        "nothing was done: {told:?}"
    );
    assert_eq!(store.state().expect("a store").imports.len(), 1);
    let yes = |_: &[Diagnostic]| true;
    assert!(run(4, WhoConfirms::Asked(&yes)).import.is_some());
}
