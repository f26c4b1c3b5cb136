//! Manners of the command line: help at hand, what comes next, names that Windows changed.

use crate::atelier::Atelier;

/// The line that a command proposes.
fn next(stderr: &str) -> Option<&str> {
    let lines = stderr.lines();
    lines
        .filter_map(|line| line.strip_prefix("Et maintenant ? observatoire "))
        .next_back()
}

/// Words as a shell cuts them.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            words.push(part);
        } else {
            words.extend(part.split_whitespace());
        }
    }
    words
}

#[test]
fn a_mistake_points_to_the_help_of_its_command() {
    let atelier = Atelier::blank();
    let help = |arguments: &[&str]| {
        let answer = atelier.raw(arguments);
        assert_eq!(answer.code, 2, "{arguments:?}");
        answer.stderr.lines().last().map(str::to_owned)
    };
    assert_eq!(
        help(&["importer", "x.xlsx"]).as_deref(),
        Some("Aide : observatoire importer --help")
    );
    assert_eq!(
        help(&["plan", "exporter", "--sorti", "x"]).as_deref(),
        Some("Aide : observatoire plan exporter --help")
    );
    assert_eq!(
        help(&["inconnu"]).as_deref(),
        Some("Aide : observatoire --help")
    );
    // An English alias leads to the same page.
    assert_eq!(
        help(&["report", "--formta", "pdf"]).as_deref(),
        Some("Aide : observatoire rapport --help")
    );
}

/// Nothing of clap's own words is left around values.
#[test]
fn help_is_in_french_to_the_values() {
    let atelier = Atelier::blank();
    for command in [
        "exporter",
        "rapport",
        "indicateurs",
        "grille",
        "comparer",
        "importer",
    ] {
        let page = atelier.raw(&[command, "--help"]).stdout;
        for word in ["Possible", "possible values", "default", "alias"] {
            assert!(!page.contains(word), "{command}: {page}");
        }
    }
}

#[test]
fn help_answers_to_its_french_and_english_names() {
    let atelier = Atelier::blank();
    let page = |arguments: &[&str]| {
        let answer = atelier.raw(arguments);
        assert_eq!(answer.code, 0, "{arguments:?} : {}", answer.stderr);
        answer.stdout
    };
    let whole = page(&["--help"]);
    assert!(whole.contains("Utilisation :"));
    for asked in ["aide", "help"] {
        assert_eq!(page(&[asked]), whole);
        assert_eq!(
            page(&[asked, "plan", "exporter"]),
            page(&["plan", "exporter", "--help"])
        );
    }
    let importer = page(&["aide", "importer"]);
    assert!(
        importer.contains("Exemples :\n  observatoire importer"),
        "{importer}"
    );
}

#[test]
fn words_of_tables_are_explained_without_a_folder() {
    let atelier = Atelier::empty();
    for (word, meaning) in [
        ("OBS", "Observation externe"),
        ("indéterminé", "on ne conclut pas"),
        ("non_evalue", "Non évalué"),
        ("PEDT", "Projet éducatif territorial"),
    ] {
        let answer = atelier.raw(&["expliquer", word]);
        assert_eq!(answer.code, 0, "{word}");
        assert!(answer.stdout.contains(meaning), "{}", answer.stdout);
    }
    let wrong = atelier.raw(&["expliquer", "fragil"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("« fragile »"), "{}", wrong.stderr);
}

#[test]
fn imports_are_listed_with_where_they_stand() {
    let atelier = Atelier::demo();
    let (_, listed) = atelier.json(&["imports"]);
    let rows = listed["resultat"].as_array().expect("rows").clone();
    assert!(
        rows.len() > 10 && rows.iter().all(|r| r["etat"] == "en place"),
        "{listed}"
    );
    let first = rows[0]["import"].as_str().expect("a label");
    let file = rows[0]["fichier"].as_str().expect("a name");
    assert_eq!(atelier.run(&["annuler", first, "--fichier", file]).code, 0);
    let text = atelier.run(&["imports", "--campagne", "C1"]).stdout;
    assert!(text.contains("annulé en partie"), "{text}");
    assert_eq!(atelier.run(&["annuler", first]).code, 0);
    let (_, listed) = atelier.json(&["imports"]);
    let of = |state: &str| {
        let rows = listed["resultat"].as_array().expect("rows").iter();
        rows.filter(|r| r["import"] == first && r["etat"] == state)
            .count()
    };
    assert!(of("annulé") > 0 && of("en place") == 0, "{listed}");
}

/// Each proposal is pasted as it stands, until none is made or the same comes again.
#[test]
fn what_is_proposed_can_be_pasted() {
    let atelier = Atelier::demo();
    let first: [&[&str]; 8] = [
        &["verifier"],
        &["indicateurs"],
        &["comparer", "C1", "C2"],
        &["fidelite", "--campagne", "C1"],
        &["exporter", "structures"],
        &["imports"],
        &["plan", "lister"],
        &["rapport", "--format", "html", "--public", "pratiques"],
    ];
    let mut pasted = 0;
    for arguments in first {
        let mut answer = atelier.run(arguments);
        for _ in 0..2 {
            let Some(line) = next(&answer.stderr).map(str::to_owned) else {
                break;
            };
            // The whole delivery is for other tests.
            if line.starts_with("rapport") {
                break;
            }
            answer = atelier.raw(&words(&line));
            assert_eq!(answer.code, 0, "{line} : {}", answer.stderr);
            pasted += 1;
        }
    }
    assert!(pasted > 8, "{pasted}");
    // A program that reads the result is told nothing more, nor who asked for silence.
    for quiet in ["--json", "--silencieux"] {
        assert_eq!(next(&atelier.run(&["verifier", quiet]).stderr), None);
    }
}

#[test]
fn a_refused_file_leads_to_its_explanation() {
    let atelier = Atelier::blank();
    let path = atelier.write("vide.xlsx", b"");
    let answer = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(answer.code, 1);
    let line = next(&answer.stderr).expect("a proposal");
    assert!(line.starts_with("expliquer FIC-"), "{line}");
    assert_eq!(atelier.raw(&words(line)).code, 0);
}

#[test]
fn settings_under_the_name_that_windows_gave_them_are_recognised() {
    for name in [
        "observatoire.toml.txt",
        "observatoire (1).toml",
        "Observatoire.TOML.txt",
    ] {
        let atelier = Atelier::blank();
        let root = atelier.root();
        std::fs::rename(root.join("observatoire.toml"), root.join(name)).expect("renamed");
        let answer = atelier.run(&["verifier"]);
        assert_eq!(answer.code, 3);
        assert!(
            answer.stderr.contains(&format!("« {name} »")) && answer.stderr.contains("Renommez-le"),
            "{}",
            answer.stderr
        );
    }
}

/// The guide is what the help says, on one page.
#[test]
fn the_guide_is_one_page_of_the_help() {
    let atelier = Atelier::empty();
    let path = atelier.root().with_file_name("guide.pdf");
    let out = path.to_str().expect("a path");
    let answer = atelier.raw(&["guide", "--sortie", out, "--date", "2026-12-01"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let document = lopdf::Document::load(&path).expect("a PDF");
    assert_eq!(document.get_pages().len(), 1);
    let text = document
        .extract_text(&[1])
        .expect("a text")
        .replace('\n', " ");
    for said in [
        "Importe des fichiers",
        "observatoire importer",
        "7. Oublier",
        "plan suivi",
    ] {
        assert!(text.contains(said), "{said} : {text}");
    }
    let own = atelier.raw(&["init", "obs"]);
    assert_eq!(own.code, 0);
    let refused = atelier.raw(&["guide", "--sortie", "obs/observatoire.toml"]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
}
