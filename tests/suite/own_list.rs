//! A person’s own list of accueils, with her titles, her merged cells and her habits, becomes the registry; nothing
//! of persons goes with it, and nothing is written before it is agreed.

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use crate::atelier::Atelier;

/// Twelve accueils as a service keeps them: a title, two rows of headings, a merged commune, the headings once
/// more, a total, persons, a line twice.
pub fn by_hand() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    sheet.set_name("Nos accueils").expect("named");
    sheet
        .merge_range(
            0,
            0,
            0,
            8,
            "COMMUNAUTÉ DE COMMUNES – LISTE DES ACCUEILS AU 01/09/2026",
            &bold,
        )
        .expect("merged");
    let high = [
        "Nom du centre",
        "Ville",
        "ALSH ou périscolaire",
        "Gestionnaire / Association",
        "Capacité",
        "",
        "Responsable",
        "Téléphone",
        "Date d'ouverture",
    ];
    for (col, text) in high.iter().enumerate() {
        if !text.is_empty() && col != 4 {
            sheet.write(2, col as u16, *text).expect("written");
        }
    }
    sheet
        .merge_range(2, 4, 2, 5, "Capacité", &bold)
        .expect("merged");
    sheet.write(3, 4, "- de 6 ans").expect("written");
    sheet.write(3, 5, "6 ans et +").expect("written");
    let lines: [(&str, &str, &str, i32, i32); 12] = [
        (
            "ALSH L'Île aux Enfants",
            "Saint-Éloi",
            "ALSH extrascolaire",
            24,
            40,
        ),
        ("LES P'TITS LOUPS", "Saint-Éloi", "Périscolaire", 12, 20),
        ("Centre des Pins", "Aubac", "Mercredis et vacances", 16, 32),
        ("Périscolaire Jules Ferry", "Aubac", "périscolaire", 10, 24),
        ("Maison de l’enfance", "Bourg-Neuf", "ALSH", 24, 36),
        (
            "Périscolaire Bourg-Neuf",
            "Bourg-Neuf",
            "Périscolaire (matin, midi, soir)",
            20,
            50,
        ),
        ("ALSH Les Érables", "Thil", "vacances", 8, 16),
        ("Périscolaire Thil", "Thil", "périscolaire", 8, 16),
        ("Accueil du mercredi", "Verneuil", "Mercredi", 12, 24),
        ("Périscolaire Verneuil", "Verneuil", "Péri scolaire", 12, 24),
        ("Périscolaire Les Haies", "Hayes", "périscolaire", 6, 12),
        ("La Ruche", "Hayes", "Garderie", 0, 12),
    ];
    for (i, (name, town, kind, small, large)) in lines.iter().enumerate() {
        // The headings come back at the top of the second page.
        let row = 4 + i as u32 + u32::from(i > 5);
        sheet.write(row, 0, *name).expect("written");
        sheet.write(row, 1, *town).expect("written");
        sheet.write(row, 2, *kind).expect("written");
        sheet.write(row, 3, "Les Francas").expect("written");
        sheet.write(row, 4, *small).expect("written");
        sheet.write(row, 5, *large).expect("written");
        sheet.write(row, 6, "Mme Zoé Martin").expect("written");
        sheet.write(row, 7, "02 61 91 00 12").expect("written");
        sheet.write(row, 8, "01/09/2019").expect("written");
    }
    for (col, text) in high.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
        sheet.write(10, col as u16, *text).expect("written");
    }
    sheet.write(17, 0, "Centre des Pins").expect("written");
    sheet.write(17, 1, "AUBAC").expect("written");
    sheet.write(18, 0, "TOTAL").expect("written");
    sheet.write(18, 4, 152).expect("written");
    book.save_to_buffer().expect("saved")
}

fn fate<'a>(said: &'a Value, name: &str) -> &'a Value {
    let lines = said["resultat"]["accueils"].as_array().expect("lines");
    let found = lines.iter().find(|l| l["nom"] == name);
    found.unwrap_or_else(|| panic!("{name} in {said:#}"))
}

fn field<'a>(said: &'a Value, heading: &str) -> &'a Value {
    let columns = said["resultat"]["colonnes"].as_array().expect("columns");
    let found = columns.iter().find(|c| c["titre"] == heading);
    found.unwrap_or_else(|| panic!("{heading} in {columns:#?}"))
}

#[test]
fn her_list_becomes_the_registry_and_nothing_of_persons_does() {
    let atelier = Atelier::empty();
    let init = atelier.raw(&["init", &atelier.root().display().to_string()]);
    assert_eq!(init.code, 0, "{}", init.stderr);
    let registry = atelier.root().join("data/structures.csv");
    let before = std::fs::read(&registry).expect("readable");
    let path = atelier.write("../Nos accueils.xlsx", &by_hand());
    let (code, said) = atelier.json(&["accueils", &path]);
    assert_eq!(code, 0, "{said:#}");
    assert_eq!(
        std::fs::read(&registry).expect("readable"),
        before,
        "nothing is agreed yet"
    );
    for (heading, wanted) in [
        ("Nom du centre", "nom"),
        ("Ville", "commune"),
        ("ALSH ou périscolaire", "type"),
        ("Capacité - de 6 ans", "capacite_moins6"),
        ("Capacité 6 ans et +", "capacite_6plus"),
        ("Responsable", "personnes"),
        ("Téléphone", "personnes"),
        ("Date d'ouverture", "ouverture"),
        ("Gestionnaire / Association", "ignorer"),
    ] {
        assert_eq!(
            field(&said, heading)["champ"],
            wanted,
            "{heading}: {said:#}"
        );
    }
    let all = said.to_string();
    assert!(!all.contains("Zoé") && !all.contains("02 61"), "{all}");
    assert_eq!(
        said["resultat"]["accueils"]
            .as_array()
            .expect("lines")
            .len(),
        12
    );
    assert_eq!(fate(&said, "Centre des Pins")["type"], "mixte");
    assert_eq!(fate(&said, "ALSH Les Érables")["type"], "extrascolaire");
    assert_eq!(
        fate(&said, "Périscolaire Bourg-Neuf")["type"],
        "periscolaire_repas"
    );
    assert_eq!(fate(&said, "La Ruche")["sort"], "question");
    let left = said["resultat"]["lignes_a_part"].as_array().expect("lines");
    assert_eq!(left.len(), 1, "{left:#?}");
    assert!(
        left[0]["ou"].as_str().expect("a place").ends_with("A18"),
        "{left:#?}"
    );
    let (code, said) = atelier.json(&["accueils", &path, "--type", "non_declaree", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
    let after = std::fs::read_to_string(&registry).expect("readable");
    assert!(
        !after.contains("Accueil à nommer") && !after.contains("Zoé"),
        "{after}"
    );
    assert_eq!(after.lines().count(), 13, "{after}");
    assert!(
        after.contains("R01,ALSH L'Île aux Enfants,extrascolaire"),
        "{after}"
    );
    assert!(after.contains("2019-09-01"), "{after}");
    // The same list once more changes nothing; a corrected one changes what was corrected.
    let (_, again) = atelier.json(&["accueils", &path, "--confirmer"]);
    assert_eq!(again["resultat"]["ecrit"], Value::Null, "{again:#}");
    let corrected =
        "Accueil;Commune;Nb places - de 6 ans\nCENTRE DES PINS;Aubac;20\nLes Tilleuls;Aubac;8\n";
    let path = atelier.write("../corrigée.csv", corrected.as_bytes());
    let (code, said) = atelier.json(&["accueils", &path, "--type", "periscolaire"]);
    assert_eq!(code, 0, "{said:#}");
    let change = &fate(&said, "CENTRE DES PINS")["changements"];
    assert_eq!(change[0]["avant"], "16", "{said:#}");
    assert_eq!(change[0]["après"], "20", "{said:#}");
    assert_eq!(fate(&said, "Les Tilleuls")["sort"], "nouveau");
    let verified = atelier.run(&["exporter", "structures"]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
}

#[test]
fn what_is_in_the_registry_stays_as_it_was_written() {
    let atelier = Atelier::blank();
    let before = "\u{feff}code;nom;type;notes;commune\r\nR01;\"ALSH; Les Colombages\";mixte;à garder;\r\n\r\nP07;Périscolaire Jean Moulin;periscolaire;;Aubac\r\n";
    atelier.write("data/structures.csv", before.as_bytes());
    let list = "Site;Ville;Type;Âges;Capacité;Mail\r\nPérisco Jean Moulin;Aubac;périscolaire;6-11 ans;40;a@b.fr\r\nÉcole Hugo;Thil;périscolaire;3-11 ans;40;c@d.fr\r\n";
    let path = atelier.write("../liste.csv", list.as_bytes());
    let (_, said) = atelier.json(&["accueils", &path]);
    assert_eq!(
        fate(&said, "Périsco Jean Moulin")["sort"],
        "question",
        "{said:#}"
    );
    assert_eq!(
        said["resultat"]["cases_refusees"]
            .as_array()
            .expect("cells")
            .len(),
        1,
        "{said:#}"
    );
    let same = "Périsco Jean Moulin=P07";
    let (code, said) = atelier.json(&[
        "accueils",
        &path,
        "--meme",
        same,
        "--colonne",
        "Site=nom",
        "--confirmer",
    ]);
    assert_eq!(code, 0, "{said:#}");
    let after = std::fs::read_to_string(atelier.root().join("data/structures.csv")).expect("read");
    let expected = before
        .replace(";commune\r\n", ";commune;capacite_moins6;capacite_6plus;alias\r\n")
        .replace("P07;Périscolaire Jean Moulin;periscolaire;;Aubac\r\n", "P07;Périscolaire Jean Moulin;periscolaire;;Aubac;0;40;Périsco Jean Moulin\r\nP08;École Hugo;periscolaire;;Thil;;;\r\n");
    assert_eq!(after, expected);
    for (option, told) in [("Sitte=nom", "Site"), ("Site=nomm", "nom"), ("Site", "=")] {
        let refused = atelier.run(&["accueils", &path, "--colonne", option]);
        assert_eq!(refused.code, 2, "{option}");
        assert!(refused.stderr.contains(told), "{}", refused.stderr);
    }
}

/// A formula that failed is no name and no commune.
#[test]
fn a_failed_formula_is_kept_nowhere() {
    let atelier = Atelier::blank();
    let list =
        "Nom;Commune;Type\r\nLes Pins;#N/A;mixte\r\n#REF!;Aubac;mixte\r\nLa Source;Aubac;mixte\r\n";
    let path = atelier.write("../liste.csv", list.as_bytes());
    let (code, said) = atelier.json(&["accueils", &path, "--confirmer"]);
    assert!(code < 2, "{said:#}");
    let text = said.to_string();
    for words in [
        "« #N/A » est une erreur de calcul",
        "« #REF! » est une erreur de calcul",
    ] {
        assert!(text.replace('\u{a0}', " ").contains(words), "{said:#}");
    }
    let kept = std::fs::read_to_string(atelier.root().join("data/structures.csv")).expect("read");
    assert!(
        kept.contains("Les Pins") && kept.contains("La Source") && !kept.contains('#'),
        "{kept}"
    );
}

#[test]
fn importer_knows_a_list_and_says_which_command_takes_it() {
    let atelier = Atelier::blank();
    let path = atelier.write("../Nos accueils.xlsx", &by_hand());
    let answer = atelier.run(&["importer", &path, "--campagne", "C1", "--simulation"]);
    assert_eq!(answer.code, 1, "{}", answer.stdout);
    assert!(
        answer.stderr.contains("liste d’accueils"),
        "{}",
        answer.stderr
    );
    assert!(
        answer.stderr.contains("observatoire accueils"),
        "{}",
        answer.stderr
    );
    let families = "Accueil;REL-1-FAM-1;Commune\nR01;4;x\nP01;3;y\n";
    let path = atelier.write("../familles.csv", families.as_bytes());
    let answer = atelier.run(&["importer", &path, "--campagne", "C1", "--simulation"]);
    assert!(
        !answer.stderr.contains("liste d’accueils"),
        "{}",
        answer.stderr
    );
}
