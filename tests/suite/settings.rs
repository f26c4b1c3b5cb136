//! Mistakes in the référentiel, the settings and the registry: file, line, column, and the
//! nearest valid name; nothing is computed from a doubtful file.

use crate::atelier::Atelier;

/// Replaces a text in a file of a blank observatory and gives what `verifier` answers.
fn broken(file: &str, from: &str, to: &str) -> (i32, String) {
    let atelier = Atelier::blank();
    let path = atelier.root().join(file);
    let text = std::fs::read_to_string(&path).expect(file);
    assert!(text.contains(from), "{from} in {file}");
    std::fs::write(&path, text.replacen(from, to, 1)).expect("written");
    let answer = atelier.run(&["verifier"]);
    (answer.code, answer.stderr)
}

/// Each replacement is refused by `verifier`, with its place and these words, and no English.
fn refused(file: &str, cases: &[(&str, &str, &str)]) {
    for (from, to, says) in cases {
        let (code, said) = broken(file, from, to);
        assert_eq!(code, 3, "{to}: {said}");
        assert!(
            !said.contains("expected") && !said.contains("untagged"),
            "{said}"
        );
        assert!(
            said.contains("referentiel-v1.toml") && said.contains("ligne") && said.contains(says),
            "{to} → {said}"
        );
    }
}

#[test]
fn a_mistake_in_the_referentiel_is_located_and_explained() {
    let file = "grids/referentiel-v1.toml";
    let cases = [
        (
            "couverture_critere = 0.5",
            "couverture_critère = 0.5",
            "ligne ",
        ),
        (
            "couverture_critere = 0.5",
            "couvertur_critere = 0.5",
            "couverture_critere",
        ),
        (
            "axe = \"PRO\"",
            "axe = \"PROJ\"",
            "le plus proche est « PRO »",
        ),
        (
            "echelle = \"niveaux4\"",
            "echelle = \"niveau4\"",
            "le plus proche est « niveaux4 »",
        ),
        (
            "code = \"PRO-1-OBS-2\"",
            "code = \"PRO-1-OBS-1\"",
            "déclaré deux fois",
        ),
        (
            "code = \"PRO-1-OBS-2\"",
            "code = \"PRO-2-OBS-2\"",
            "doit commencer par",
        ),
        (
            "label = \"En démarrage\", niveau = 2",
            "label = \"En démarrage\", niveau = 3.5",
            "en croissant",
        ),
        (
            "label = \"Maîtrisé\", niveau = 4",
            "label = \"Maîtrisé\", niveau = 5",
            "entre 1 et 4",
        ),
        (
            "cible = 4.0",
            "cible = 7",
            "la cible est comprise entre 1 et 4",
        ),
        ("OBS = 3", "OBS = -1", "négatif"),
        ("source = \"OBS\"", "source = \"OBSS\"", "OBS"),
        (
            "seuils = [0.90, 0.97, 1.0]",
            "seuils = [0.99, 0.97, 1.0]",
            "seuils",
        ),
        ("mesure = \"I04\"\n", "", "mesure"),
        (
            "couverture_axe = \"2/3\"",
            "couverture_axe = \"2/0\"",
            "fraction",
        ),
        ("[referentiel]", "[referentiel", "ligne 6"),
    ];
    refused(file, &cases);
}

#[test]
fn parameters_without_sense_are_refused() {
    refused(
        "grids/referentiel-v1.toml",
        &[
            (
                "mesure = \"I04\"",
                "mesure = \"I4\"",
                "le plus proche est « I04 »",
            ),
            (
                "mesure = \"I04\"",
                "mesure = \"formes/animateurs/an\"",
                "n’existe pas",
            ),
            (
                "code = \"accord5\"",
                "code = \"accord4\"",
                "déclaré deux fois",
            ),
            (
                "effectif_min = 5 ",
                "effectif_min = 0 ",
                "« effectif_min » : ce nombre vaut au moins 1",
            ),
            (
                "couverture_axe = \"2/3\"",
                "couverture_axe = 2",
                "entre 0 et 1",
            ),
            (
                "elements_min = 2 ",
                "elements_min = \"deux\" ",
                "il faut un nombre entier",
            ),
            (
                "source = \"OBS\"\nechelle = \"niveaux4\"",
                "source = \"OBS\"\nechelle = \"mesure\"",
                "aucune modalité",
            ),
        ],
    );
}

#[test]
fn a_repeated_code_is_shown_where_it_is_repeated() {
    let file = "grids/referentiel-v1.toml";
    let atelier = Atelier::blank();
    let text = std::fs::read_to_string(atelier.root().join(file)).expect(file);
    let second = text
        .find("code = \"PRO-1-OBS-2\"")
        .expect("the second élément");
    let line = text[..second].matches('\n').count() + 1;
    let (_, said) = broken(file, "code = \"PRO-1-OBS-2\"", "code = \"PRO-1-OBS-1\"");
    assert!(said.contains(&format!("ligne {line}, colonne 8")), "{said}");
}

#[test]
fn a_mistake_in_the_settings_is_located_and_explained() {
    let file = "observatoire.toml";
    let cases = [
        ("referentiel = \"v1\"", "referentiel = \"v7\"", "v7"),
        (
            "debut = \"2026-04-27\"",
            "debut = \"27/04/2026\"",
            "« 27/04/2026 » n’est pas une date",
        ),
        ("fin = \"2026-07-03\"", "fin = \"2026-01-03\"", "C1"),
        ("id = \"C2\"", "id = \"C1\"", "C1"),
        ("id = \"C2\"", "id = \"c1\"", "« C1 » est le même code"),
        ("nom = \"Essai\"", "nomm = \"Essai\"", "nom"),
        (
            "label = \"Automne\"",
            "label = \"Automne\"\ncriteres = [\"REL-22\"]",
            "REL-2",
        ),
        (
            "label = \"Automne\"",
            "label = \"Automne\"\nsources = [\"OBZ\"]",
            "OBS",
        ),
    ];
    for (from, to, says) in cases {
        let (code, said) = broken(file, from, to);
        assert_eq!(code, 3, "{to}: {said}");
        assert!(
            said.contains("observatoire.toml") && said.contains(says),
            "{to} → {said}"
        );
    }
}

/// The registry holds « ÉCO » and « éco » for one code: whoever asks for either has it.
#[test]
fn a_code_is_known_again_whatever_its_case_and_accents() {
    let atelier = Atelier::blank();
    let path = atelier.root().join("data/structures.csv");
    let text = std::fs::read_to_string(&path).expect("a registry");
    std::fs::write(&path, text.replacen("R01,", "ÉCO,", 1)).expect("written");
    let families = "structure,date,REL-1-FAM-1\nÉCO,2026-05-12,3\n";
    let file = atelier.write("reçus/familles.csv", families.as_bytes());
    let entered = atelier.run(&["importer", &file, "--campagne", "C1", "--source", "FAM"]);
    assert_eq!(entered.code, 0, "{}", entered.stderr);
    for code in ["ÉCO", "éco", "Eco"] {
        let asked = ["rapport", "--campagne", "C1", "--structure", code];
        let answer = atelier.run(&[&asked[..], &["--format", "html"]].concat());
        assert!(answer.code < 2, "{code}: {}", answer.stderr);
    }
}

#[test]
fn a_mistake_in_the_registry_is_located_and_explained() {
    let file = "data/structures.csv";
    let cases = [
        (
            "R01,ALSH Les Colombages,mixte",
            "R01,ALSH Les Colombages,mixt",
            "mixte",
        ),
        ("R02,", "R01,", "R01"),
        ("code,nom,type", "code,nom,typ", "type"),
        (
            "R02,ALSH Saint-Évroult,mixte,oui",
            "R02,ALSH Saint-Évroult,mixte,peut-être",
            "peut-être",
        ),
        ("2025-07-05", "été 2025", "été 2025"),
        ("E01,", ",", "code"),
        (
            "type,pedt",
            "type,pedt,capacite_moin6",
            "E1 : colonne « capacite_moin6 » inconnue ; la plus proche est « capacite_moins6 »",
        ),
        ("P03,Périscolaire Fermé", "P03,", "B7 : le nom"),
        (
            "P03,Périscolaire Fermé",
            "P03,Périscolaireperiscolaireperiscolaireperiscolaire",
            "B7 : un mot de plus de 40 lettres",
        ),
    ];
    for (from, to, says) in cases {
        let (code, said) = broken(file, from, to);
        assert_eq!(code, 3, "{to}: {said}");
        assert!(
            said.contains("structures.csv") && said.contains(says),
            "{to} → {said}"
        );
    }
}

#[test]
fn outside_an_observatory_a_command_says_where_to_begin() {
    let dir = tempfile::tempdir().expect("a folder");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .arg("indicateurs")
        .current_dir(dir.path())
        .output()
        .expect("the binary runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("observatoire init"), "{said}");
}

#[test]
fn wrong_usage_exits_with_two_and_names_what_exists() {
    let atelier = Atelier::blank();
    let cases: [(&[&str], &str); 6] = [
        (&["importer", "rien.xlsx", "--campagne", "C1"], "rien.xlsx"),
        (&["importer", "observatoire.toml", "--campagne", "C9"], "C1"),
        (&["indicateurs", "--campagne", "C9"], "C2"),
        (&["indicateurs", "--format", "xlsx"], "--sortie"),
        (&["rapport", "--structure", "R99"], "R99"),
        (&["indicateur"], "indicateurs"),
    ];
    for (arguments, says) in cases {
        let answer = atelier.run(arguments);
        assert_eq!(answer.code, 2, "{arguments:?}: {}", answer.stderr);
        assert!(
            answer.stderr.contains(says),
            "{arguments:?}: {}",
            answer.stderr
        );
    }
}
