//! An EPCI by its name: what it fills, what is told when there are several or none; a registry held against its communes;
//! outlines that a browser fetched.

use std::fmt::Write as _;

use crate::atelier::Atelier;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// A new folder of « Roumois Seine ».
fn roumois() -> Atelier {
    let atelier = Atelier::empty();
    let answer = atelier.raw(&["init", "observatoire", "--epci", "roumois-seine"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(
        plain(&answer.stdout).contains("40 communes, 41 848 habitants"),
        "{}",
        answer.stdout
    );
    atelier
}

#[test]
fn init_fills_the_territory_by_its_name() {
    let atelier = roumois();
    let settings =
        std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings");
    assert!(settings.contains("nom = \"Communauté de communes Roumois Seine\""));
    assert!(settings.contains("{ insee = \"27103\", nom = \"Bourg-Achard\", population = 4026 }"));
    let (_, json) = atelier.json(&["territoire"]);
    let result = &json["resultat"];
    assert_eq!(
        result["communes"].as_array().map(Vec::len),
        Some(40),
        "{json}"
    );
    let link = result["lien_contours"].as_str().expect("a link");
    assert!(
        link.contains("200066405") && link.contains("geometry=contour"),
        "{link}"
    );
    // Nothing is asked of a registry that nobody filled in yet.
    let fresh = atelier.run(&["verifier"]);
    assert!(!fresh.stderr.contains("CTG-255"), "{}", fresh.stderr);
}

#[test]
fn several_or_none_are_told_and_nothing_is_laid() {
    let atelier = Atelier::empty();
    for (name, told) in [
        (
            "Quatre Rivières",
            &["247000623", "Haute-Saône", "247400666", "Haute-Savoie"][..],
        ),
        ("Romois Seine", &["Vouliez-vous dire", "200066405"]),
        ("Bourg-Achard", &["Vouliez-vous dire", "CC Roumois Seine"]),
        ("zzzzzz", &["Aucun EPCI"]),
    ] {
        let answer = atelier.raw(&["init", "observatoire", "--epci", name]);
        assert_eq!(answer.code, 2, "{name}");
        assert!(
            told.iter().all(|t| answer.stderr.contains(t)),
            "{}",
            answer.stderr
        );
        assert!(!atelier.root().exists(), "{name}");
    }
}

#[test]
fn a_folder_that_is_there_takes_an_epci_and_keeps_its_name() {
    let atelier = Atelier::blank();
    let before =
        std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings");
    let answer = atelier.run(&["territoire", "--epci", "200066405"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let after =
        std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings");
    for line in before.lines() {
        assert!(after.contains(line), "{line}");
    }
    assert!(after.contains("epci = \"200066405\""));
    let again = atelier.run(&["territoire", "--epci", "Roumois Seine"]);
    assert!(again.stdout.contains("déjà"), "{}", again.stdout);
}

#[test]
fn the_commune_of_an_accueil_is_held_against_the_territory() {
    let atelier = roumois();
    let head = "code,nom,type,secteur,commune,insee\n";
    let mut registry = head.to_owned();
    for (code, commune, insee) in [
        ("A01", "BOURG ACHARD", ""),
        ("A02", "Bourg-Achar", ""),
        ("A03", "Amfreville-la-Campagne", ""),
        ("A04", "Saint-Denis", ""),
        ("A05", "Rouen", "76540"),
        ("A06", "Aizier", "27011"),
        ("A07", "Saint-Sauveur", ""),
    ] {
        writeln!(registry, "{code},Accueil {code},mixte,S,{commune},{insee}").expect("written");
    }
    atelier.write("data/structures.csv", registry.as_bytes());
    let told = plain(&atelier.run(&["verifier"]).stderr);
    let list = plain(&atelier.run(&["--json", "verifier"]).stdout);
    for said in [
        "A02 : « Bourg-Achar » n’est pas une commune du territoire ; le plus proche est « Bourg-Achard »",
        "A03 : « Amfreville-la-Campagne » fait maintenant partie de « Amfreville-Saint-Amand »",
        "A04 : « Saint-Denis » n’est pas une commune du territoire, qui a « Saint-Denis-des-Monts »",
        "A07 : « Saint-Sauveur » n’est pas une commune du territoire",
        "portent ce nom",
        "Métropole Rouen Normandie (Seine-Maritime)",
        "A06 : « Aizier » (27011) : ce code Insee est celui de « Amfreville-Saint-Amand »",
    ] {
        assert!(
            list.contains(said) || told.contains(said),
            "{said}\n{list}\n{told}"
        );
    }
    assert!(!list.contains("A01 : « BOURG"));
}

/// A file of outlines: one square a commune.
fn geojson(codes: &[&str], epci: &str, geometry: bool) -> String {
    let features = codes.iter().enumerate().map(|(i, code)| {
        let west = 0.5 + 0.01 * i as f64;
        let east = west + 0.01;
        let shape = if geometry {
            format!(r#"{{"type":"Polygon","coordinates":[[[{west},49.3],[{east},49.3],[{east},49.4],[{west},49.3]]]}}"#)
        } else {
            format!(r#"{{"type":"Point","coordinates":[{west},49.3]}}"#)
        };
        format!(r#"{{"type":"Feature","properties":{{"code":"{code}","nom":"N","codeEpci":"{epci}"}},"geometry":{shape}}}"#)
    });
    let features: Vec<String> = features.collect();
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

#[test]
fn outlines_that_a_browser_fetched_are_checked_then_laid() {
    let atelier = roumois();
    let (_, json) = atelier.json(&["territoire"]);
    let communes = json["resultat"]["communes"]
        .as_array()
        .expect("communes")
        .clone();
    let codes: Vec<&str> = communes
        .iter()
        .filter_map(|c| c["insee"].as_str())
        .collect();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let import = |text: &str| {
        let path = elsewhere.path().join("communes.geojson");
        std::fs::write(&path, text).expect("written");
        let path = path.to_string_lossy().into_owned();
        atelier.run(&["importer", &path, "--campagne", "C1"])
    };
    let laid = atelier.root().join("data/communes.geojson");
    for (text, said) in [
        (
            geojson(&["76540", "76681"], "200023414", true),
            "l’EPCI du fichier est 200023414",
        ),
        (geojson(&codes, "200066405", false), "geometry=contour"),
        (
            r#"[{"nom":"Aizier","code":"27006"}]"#.to_owned(),
            "format=geojson",
        ),
        ("{ \"type\": ".to_owned(), "n’est pas du GeoJSON"),
    ] {
        let answer = import(&text);
        assert!(
            answer.stderr.contains("CTG-258") && answer.stderr.contains(said),
            "{said} {}",
            answer.stderr
        );
        assert_eq!(answer.code, 1, "{said}");
        assert!(!laid.exists(), "{said}");
    }
    let most = import(&geojson(&codes[1..], "200066405", true));
    assert!(
        most.stderr.contains("CTG-259") && most.stderr.contains("Aizier"),
        "{}",
        most.stderr
    );
    let whole = import(&geojson(&codes, "200066405", true));
    assert!(
        whole.stderr.contains("CTG-257") && whole.stderr.contains("communes.avant-"),
        "{}",
        whole.stderr
    );
    assert_eq!(whole.code, 0, "{}", whole.stderr);
    assert!(laid.exists());
}
