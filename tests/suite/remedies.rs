//! Remedies lead somewhere: each is followed to the letter on a file that calls for it, until the file enters.

use serde_json::Value;

use crate::atelier::{Atelier, files, is};
use crate::correspondences::{Choice, fill, workbook};
use crate::file_kinds::{sheet, xls};
use crate::layouts::{csv, label};

/// A file that does not enter, and what a person does about it.
struct Way {
    code: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    /// Words that the remedy must hold: what is followed.
    remedy: &'static str,
    follow: Follow,
}

/// What the remedy asks for.
enum Follow {
    /// A better file, under the same name or another.
    File(&'static str, Vec<u8>),
    /// An option, its value being what the remedy quotes.
    Option(&'static str),
    /// Words that the remedy names, with what the person knows.
    Said(&'static [&'static str]),
    /// « Accepter » in the workbook that was proposed: the first proposition for a heading.
    Accept(String),
    /// A target for a heading in what was proposed; the others do not count.
    Target(&'static str, &'static str),
}

/// What `importer --json` says of one file.
fn import(atelier: &Atelier, path: &str, more: &[&str]) -> (i32, Vec<Value>) {
    let all = [
        &["importer", path, "--campagne", "C1", "--source", "FAM"],
        more,
    ]
    .concat();
    let (code, told) = atelier.json(&all);
    let said = told["diagnostics"].as_array().cloned().unwrap_or_default();
    (code, said)
}

fn fails(way: &Way) -> Option<String> {
    let atelier = Atelier::blank();
    let path = atelier.write(&format!("reçus/{}", way.name), &way.bytes);
    let (code, said) = import(&atelier, &path, &[]);
    let found = said.iter().find(|d| d["code"] == way.code);
    let Some(found) = found.filter(|_| code == 1) else {
        return Some(format!(
            "{} {}: not refused so: {said:?}",
            way.code, way.name
        ));
    };
    let remedy = found["remede"].as_str().unwrap_or_default();
    if !remedy.contains(way.remedy) {
        return Some(format!("{}: « {remedy} »", way.code));
    }
    let quoted = remedy.split('"').nth(1).unwrap_or_default();
    let (code, said) = match &way.follow {
        Follow::File(name, bytes) => {
            let path = atelier.write(&format!("reçus/{name}"), bytes);
            import(&atelier, &path, &[])
        }
        Follow::Option(option) => import(&atelier, &path, &[option, quoted]),
        Follow::Said(words) => import(&atelier, &path, words),
        Follow::Accept(heading) => {
            let choice = Choice {
                sheet: "Colonnes",
                row: heading,
                under: "Accepter",
                value: "1",
            };
            fill(&workbook(&atelier), &[choice]);
            import(&atelier, &path, &[])
        }
        Follow::Target(heading, target) => {
            correct(&atelier, |text| {
                with_target(text, heading, target).replace("confirme = false", "confirme = true")
            });
            import(&atelier, &path, &[])
        }
    };
    let rows = atelier
        .run(&["exporter", "observations"])
        .stdout
        .lines()
        .count();
    (code != 0 || rows < 2).then(|| format!("{} {}: {rows} {said:#?}", way.code, way.name))
}

/// Changes every correspondence that was proposed.
fn correct(atelier: &Atelier, change: impl Fn(&str) -> String) {
    let folder = atelier.root().join("grids/correspondances");
    for name in files(&folder).into_iter().filter(|n| is(n, "toml")) {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).expect("a correspondence");
        std::fs::write(&path, change(&text)).expect("written");
    }
}

/// The proposal with a target for one heading, confirmed.
fn with_target(text: &str, heading: &str, target: &str) -> String {
    let mut inside = false;
    let line = |line: &str| {
        if line.starts_with("[[") {
            inside = false;
        }
        inside |= line.starts_with("titre") && line.contains(heading);
        match (inside, line.split(' ').next()) {
            (true, Some("vers")) => format!("vers = \"{target}\""),
            (true, Some("confirme")) => "confirme = true".to_owned(),
            _ => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn table(lines: &[&[&str]]) -> Vec<u8> {
    csv(";", lines).into_bytes()
}

/// Ways to a file.
fn of_files() -> Vec<Way> {
    let whole = table(&[
        &["structure", "REL-1-FAM-1", "REL-1-FAM-2"],
        &["R01", "3", "2"],
    ]);
    let answers = b"structure;REL-1-FAM-1;Mot\r\nR01;3;\"tr\xc3\xa8s bien\r\nR01;2;d\xc3\xa9\xc3\xa9\xc3\xa9\r\n";
    let closed = "structure;REL-1-FAM-1;commentaire libre\r\nR01;3;\r\nR01;2;\r\n";
    let twice = "structure;REL-1-FAM-1;LIE-1-FAM-1\r\nR01;3;Ã©tÃ© trÃ¨s\r\n";
    let pass = (0x002f, vec![0; 6]);
    let torn = "enfants-REL1FAM1,enfants-REL1FAM2,PARENT_KEY,KEY\n3,2,uuid:1,uuid:1/enfants[1]\n";
    let root = "SubmissionDate,structure,KEY\n2026-05-12T10:00:00Z,R01,uuid:1\n2026-05-13T10:00:00Z,R02,uuid:2\n";
    let archive = || crate::layouts::zip(&[("f.csv", root), ("f-enfants.csv", torn)]);
    let way = |code, name, bytes, remedy, follow| Way {
        code,
        name,
        bytes,
        remedy,
        follow,
    };
    vec![
        way(
            "FIC-102",
            "guillemet.csv",
            answers.to_vec(),
            "Fermez ou retirez ce guillemet",
            Follow::File("guillemet.csv", closed.into()),
        ),
        way(
            "FIC-102",
            "accents.csv",
            twice.into(),
            "Exportez-le de nouveau",
            Follow::File("accents.csv", whole.clone()),
        ),
        way(
            "FIC-102",
            "cassé.xls",
            vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0],
            "enregistrez-le",
            Follow::File("cassé.csv", whole),
        ),
        way(
            "FIC-103",
            "verrou.xls",
            xls(&[pass], &sheet()),
            "retirez la protection",
            Follow::File("verrou.xls", xls(&[], &sheet())),
        ),
        way(
            "FIC-106",
            "f-enfants.csv",
            torn.into(),
            ".zip",
            Follow::File("f.zip", archive()),
        ),
        way(
            "FIC-111",
            "f.csv",
            root.into(),
            "groupe répété",
            Follow::File("f.zip", archive()),
        ),
    ]
}

/// Ways to a word, said once.
fn of_words() -> Vec<Way> {
    let label = label("REL-1-FAM-1");
    let near = label.replace("salué", "bien salué");
    let nobody = table(&[&["REL-1-FAM-1", "REL-1-FAM-2"], &["3", "2"], &["2", "2"]]);
    let stranger = table(&[&["structure", "REL-1-FAM-1"], &["Centre Inconnu", "3"]]);
    let known = table(&[&["structure", "REL-1-FAM-1"], &["R01", "3"]]);
    let out = table(&[&["structure", "REL-1-FAM-1"], &["R01", "9"]]);
    let two = table(&[
        &["structure", "REL-1-FAM-1", "REL-1-FAM-1"],
        &["R01", "3", "2"],
    ]);
    let nearly = table(&[&["structure", &near, "LIE-1-FAM-1"], &["R01", "3", "2"]]);
    let foreign = table(&[
        &["structure", "L’accueil du matin", "Le repas de midi"],
        &["R01", "3", "4"],
        &["R02", "2", "1"],
    ]);
    let way = |code, name, bytes: &Vec<u8>, remedy, follow| Way {
        code,
        name,
        bytes: bytes.clone(),
        remedy,
        follow,
    };
    vec![
        way(
            "ELE-306",
            "proche.csv",
            &nearly,
            "« Accepter »",
            Follow::Accept(near.clone()),
        ),
        way(
            "ELE-306",
            "proche.csv",
            &nearly,
            "--accepter-proches",
            Follow::Said(&["--accepter-proches"]),
        ),
        way(
            "STR-203",
            "sans nom.csv",
            &nobody,
            "--structure CODE",
            Follow::Said(&["--structure", "R01"]),
        ),
        way(
            "STR-201",
            "inconnu.csv",
            &stranger,
            "Corrigez le code",
            Follow::File("inconnu.csv", known.clone()),
        ),
        way(
            "VAL-401",
            "neuf.csv",
            &out,
            "",
            Follow::File("neuf.csv", known.clone()),
        ),
        way(
            "ELE-303",
            "deux.csv",
            &two,
            "",
            Follow::File("deux.csv", known),
        ),
        way(
            "FIC-111",
            "étranger.csv",
            &foreign,
            "correspondance",
            Follow::Target("accueil du matin", "REL-1-FAM-1"),
        ),
    ]
}

/// Ways to leave a column out: by its title, a long one too, and all at once.
fn of_columns() -> Vec<Way> {
    let with = |title: &str| {
        table(&[
            &["structure", "REL-1-FAM-1", title, "REL-1-FAM-2"],
            &["R01", "3", "beau", "2"],
        ])
    };
    let way = |name, title, follow| Way {
        code: "ELE-309",
        name,
        bytes: with(title),
        remedy: "--ignorer",
        follow,
    };
    // Longer than what a message shows of it.
    let long = "Du temps d’accueil qui précède l’école, chaque matin de la semaine, diriez-vous qu’il est trop court ?";
    vec![
        way("météo.csv", "Météo", Follow::Option("--ignorer")),
        way("longue.csv", long, Follow::Option("--ignorer")),
        way("météo.csv", "Météo", Follow::Said(&["--ignorer", "toutes"])),
    ]
}

#[test]
fn following_each_remedy_ends_in_a_file_that_enters() {
    let ways = of_files().into_iter().chain(of_words()).chain(of_columns());
    let failed: Vec<String> = ways.filter_map(|way| fails(&way)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
