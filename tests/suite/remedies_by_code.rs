//! What each error of an import proposes is done, on the very file that shows the error: it ends in a file that
//! enters, or is taken away where that is what is proposed.

use observatoire::base::diagnostics::{Code, Severity};
use serde_json::Value;

use crate::atelier::Atelier;
use crate::fixtures::tables::{crosses, session};
use crate::fixtures::{Case, LINE, WHO, cases, families, named, obs, retyped};

/// What a person does who reads a remedy.
enum Done {
    /// The same file, as the remedy asks for.
    File(Vec<u8>),
    /// The same command, with options that the remedy names.
    Options(&'static [&'static str]),
    /// The file is taken away.
    Removed,
}

/// Words that a remedy must hold, and what is done of them.
fn done(case: &Case) -> Option<(&'static str, Done)> {
    use Code as C;
    let good = || Done::File(obs(&[]));
    let typed = || Done::File(retyped(&WHO, &[LINE]));
    let text = |text: &str| Done::File(text.as_bytes().to_vec());
    Some(match (case.code, case.says) {
        (C::FileEmpty, _) | (C::FileUnreadable, "abîmée") => ("l’original", good()),
        (C::FileUnreadable, "pas un classeur" | "ni un classeur ni du texte") => {
            ("retirez-le de l’import", Done::Removed)
        }
        (C::FileUnreadable, "extension .xlsx") => ("original", good()),
        (C::FileUnreadable, _) => (
            "Fermez ou retirez ce guillemet",
            text("Structure;LIE-1-FAM-1;Remarques\nR01;3;bien\nR01;3;Super dit-elle\nR01;4;oui\n"),
        ),
        (C::FileProtected, _) => ("retirez la protection", good()),
        (C::FileTooLarge, "16 Mio") => ("retirez ce fichier", Done::Removed),
        (C::FileTooLarge, _) => ("les seules lignes utiles", good()),
        (C::SheetMissing, _) => ("la grille fournie", good()),
        (C::ToolUnknown, _) => ("donnez un titre à chaque colonne", typed()),
        (C::FileWithoutAnswer, _) => ("Remplissez la grille", typed()),
        (C::StructureUnknown, _) => ("Corrigez le code", typed()),
        (C::StructureContradicted, _) => (
            "",
            Done::File(retyped(&named("ALSH Les Colombages"), &[LINE])),
        ),
        (C::StructureMissing, _) => ("--structure CODE", Done::Options(&["--structure", "R01"])),
        (C::StructureAmbiguous, _) => {
            ("code", text("Structure;LIE-1-FAM-1;REL-1-FAM-1\nP01;4;3\n"))
        }
        (C::NotCorrectable, _) => (
            "retirez la ligne",
            text("Structure;Critère;Remarque\nR01;REL-2;à revoir ensemble\n"),
        ),
        (C::ElementUnknown, "REL-2-OBS") | (C::ElementTwice | C::VisitIncomplete, _) => {
            ("", typed())
        }
        (C::ElementUnknown, "LIE-1-FAM") => ("", Done::File(families("REL-1-FAM-1", "3"))),
        (C::ElementUnknown, _) => (
            "",
            text("Structure;Critère;Pratique;Accord\nR01;REL-2;le conseil des enfants;oui\n"),
        ),
        (C::ColumnNotUnderstood | C::LineNotUnderstood, _) => ("--ignorer", Done::Options(&[])),
        (C::ColumnAmbiguous, _) => ("un autre titre", typed()),
        (C::ValueOutOfScale, "« 4 » est écrit dans la colonne « 2 »") => {
            ("", Done::File(crosses(&["REL-2-OBS-1", "", "x"])))
        }
        (C::ValueOutOfScale | C::DateUnreadable, says) if says != "mardi" => ("", typed()),
        (C::NcOnImperatif, _) => ("", Done::File(obs(&[("SEC-1-OBS-1", "NO", "")]))),
        (C::NcWithoutReason, _) => (
            "",
            Done::File(obs(&[("REL-2-OBS-2", "NC", "pas de cantine")])),
        ),
        (C::SeveralTicks, _) => ("une seule", Done::File(crosses(&["REL-2-OBS-1", "", "x"]))),
        (C::NumberUnreadable | C::DateUnreadable | C::CountsInconsistent, _) => {
            ("", Done::File(session("2026-05-12", "12", "2")))
        }
        (C::DuplicateGrid, _) => ("retirez l’autre", Done::Removed),
        _ => return None,
    })
}

/// The first error of a code that an import tells.
fn told(atelier: &Atelier, code: Code, more: &[&str]) -> (i32, Option<Value>, Value) {
    let folder = atelier.root().join("reçus").display().to_string();
    let all = [&["importer", &folder, "--campagne", "C1"], more].concat();
    let (exit, said) = atelier.json(&all);
    let all = said["diagnostics"].as_array().into_iter().flatten();
    let found = all
        .into_iter()
        .find(|d| d["code"] == code.as_str())
        .cloned();
    (exit, found, said)
}

fn follow(case: &Case) -> Result<(), String> {
    let shown = format!("{} « {} »", case.code, case.says);
    let atelier = Atelier::blank();
    for (name, bytes) in &case.files {
        atelier.write(&format!("reçus/{name}"), bytes);
    }
    let (exit, found, said) = told(&atelier, case.code, &[]);
    let remedy = found.map(|d| d["remede"].as_str().unwrap_or_default().to_owned());
    let remedy = remedy
        .filter(|_| exit == 1)
        .ok_or(format!("{shown}: not refused: {said:#}"))?;
    let (words, done) = done(case).ok_or(format!("{shown}: nobody follows « {remedy} »"))?;
    if !remedy.contains(words) || remedy.is_empty() {
        return Err(format!("{shown}: « {words} » is not in « {remedy} »"));
    }
    let name = format!("reçus/{}", case.files.last().map_or("", |f| f.0));
    let quoted = remedy.split('"').nth(1).unwrap_or_default().to_owned();
    let mut options: Vec<&str> = Vec::new();
    match &done {
        Done::File(bytes) => drop(atelier.write(&name, bytes)),
        Done::Options([]) => options.extend(["--ignorer", &quoted]),
        Done::Options(all) => options.extend(*all),
        Done::Removed => std::fs::remove_file(atelier.root().join(&name)).expect("removed"),
    }
    if matches!(done, Done::Removed) && case.files.len() == 1 {
        return Ok(());
    }
    let (exit, _, said) = told(&atelier, case.code, &options);
    (exit == 0)
        .then_some(())
        .ok_or(format!("{shown}: « {remedy} » leads to {said:#}"))
}

#[test]
fn the_remedy_of_each_fixture_is_followed() {
    let errors = cases()
        .into_iter()
        .filter(|c| c.code.severity() == Severity::Error);
    let failed: Vec<String> = errors.filter_map(|case| follow(&case).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
