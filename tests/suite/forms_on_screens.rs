//! Forms on a screen: one page per critère with its repères and a place for what was seen; what does not apply to the
//! accueil, to the moments seen or to the age is not asked; what Kobo and ODK export of them comes back.

use crate::atelier::Atelier;
use crate::naive::rows;
use crate::reference_life::{cells, shipped};

/// The lines of a sheet of a form, by the title of each column.
struct Form {
    survey: Vec<Vec<String>>,
    choices: Vec<Vec<String>>,
}

impl Form {
    fn made(atelier: &Atelier, source: &str) -> Self {
        let answer = atelier.run(&["grille", source, "--format", "xlsform"]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let name = format!("grids/vierges/XLSForm {source}.xlsx");
        let bytes = std::fs::read(atelier.root().join(name)).expect("a form");
        let (survey, choices) = (cells(&bytes, "survey"), cells(&bytes, "choices"));
        let titles = ["type", "name", "label::Français (fr)"];
        assert_eq!(survey[0][..3], titles);
        assert_eq!((&*survey[0][5], &*survey[0][8]), ("relevant", "appearance"));
        Self { survey, choices }
    }

    fn question(&self, name: &str) -> &[String] {
        let found = self.survey.iter().find(|l| l[1] == name);
        found.unwrap_or_else(|| panic!("{name}"))
    }

    fn word(&self, list: &str, code: &str) -> String {
        let found = self.choices.iter().find(|c| c[0] == list && c[1] == code);
        found.map_or_else(String::new, |c| c[2].clone())
    }
}

#[test]
fn each_critere_is_one_page() {
    let atelier = shipped();
    for source in ["OBS", "AUT", "DIR"] {
        let form = Form::made(&atelier, source);
        let pages = form.survey.iter().filter(|l| l[1].starts_with("critere_"));
        let mut count = 0;
        for page in pages {
            count += 1;
            assert_eq!((&*page[0], &*page[8]), ("begin_group", "field-list"));
            let code = page[1].trim_start_matches("critere_");
            let seen = form.question(&format!("{code}_commentaire"));
            assert!(seen[0] == "text" && seen[2].starts_with("Commentaire : "));
        }
        assert!(count >= 30, "{source}: {count}");
    }
    let form = Form::made(&atelier, "OBS");
    let landmarks = form.question("REL2_reperes");
    assert_eq!(landmarks[0], "note");
    assert!((1..=4).all(|n| landmarks[2].contains(&format!("\n{n} : "))));
    assert!(
        form.survey.iter().all(|l| l[1] != "SEC3_reperes"),
        "facts have no landmark"
    );
}

#[test]
fn what_does_not_apply_is_not_asked() {
    let atelier = shipped();
    let form = Form::made(&atelier, "OBS");
    let relevant = |name: &str| form.question(name)[5].clone();
    assert!(relevant("REL1OBS1").contains("selected(${moments_vus}, 'arrivee_matin')"));
    // A short evening has no rest: the accueils that have one are named.
    let asked: Vec<&Vec<String>> = form
        .survey
        .iter()
        .filter(|l| l[5].contains("${structure}"))
        .collect();
    assert!(!asked.is_empty());
    for line in &asked {
        assert!(
            line[5].contains("R01") || line[5].contains("P01"),
            "{line:?}"
        );
    }
    let one = atelier.run(&["grille", "OBS", "--format", "xlsform", "--structure", "P01"]);
    assert_eq!(one.code, 0);
    let bytes = std::fs::read(atelier.root().join("grids/vierges/XLSForm OBS.xlsx"));
    let alone = cells(&bytes.expect("a form"), "survey");
    assert!(alone.iter().all(|l| !l[5].contains("${structure}")));
    assert!(alone.len() < form.survey.len());
    let children = Form::made(&atelier, "ENF");
    let older = children.question("SEC8ENF1");
    assert_eq!(older[5], "${age} = '8-11'");
    assert_eq!(children.question("REL4ENF1")[5], "");
    let families = Form::made(&atelier, "FAM");
    assert!(families.question("note_presentation_2")[2].starts_with("À rendre au plus tard le"));
    let lime = atelier.run(&["grille", "OBS", "--format", "limesurvey"]);
    assert_eq!(lime.code, 0);
    let path = atelier.root().join("grids/vierges/LimeSurvey OBS.txt");
    let text = std::fs::read_to_string(path).expect("a structure");
    let line = text
        .lines()
        .find(|l| l.contains("\tREL1OBS1\t"))
        .expect("it");
    assert!(line.contains("MOMENTSVUS_arriveematin.NAOK"), "{line}");
}

/// How a tool writes its columns.
#[derive(Clone, Copy, PartialEq)]
enum Heads {
    KoboNames,
    KoboLabels,
    OdkNames,
}

/// A visit at the afternoon snack, as a tool exports it: questions that were not asked are empty.
fn visit(form: &Form, heads: Heads) -> [Vec<String>; 2] {
    let (mut titles, mut cells, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    let joint = if heads == Heads::OdkNames { "-" } else { "/" };
    let by_label = heads == Heads::KoboLabels;
    for line in form.survey.iter().skip(1) {
        let title = if by_label { &line[2] } else { &line[1] };
        let is_asked = line[5].is_empty() || line[5].contains("'gouter'");
        match line[0].as_str() {
            "begin_group" => groups.push(format!("{title}{joint}")),
            "end_group" => _ = groups.pop(),
            // ODK exports an empty column of each note.
            "note" if heads != Heads::OdkNames => {}
            kind => {
                titles.push(format!("{}{title}", groups.concat()));
                let list = kind.split(' ').nth(1).unwrap_or("");
                let said = |code: &str| {
                    if by_label {
                        form.word(list, code)
                    } else {
                        code.to_owned()
                    }
                };
                let rating = if form.word(list, "3").is_empty() {
                    "CF"
                } else {
                    "3"
                };
                cells.push(match (kind, line[1].as_str()) {
                    ("note", _) => String::new(),
                    (_, "structure") => said("R01"),
                    (_, "date") => "2026-05-12".to_owned(),
                    (_, "visite") => "1".to_owned(),
                    (_, "observateur") => "O1".to_owned(),
                    (_, "moments_vus") => said("gouter"),
                    (_, "heure_debut") => "16:30:00.000+02:00".to_owned(),
                    (_, "heure_fin") => "17:45:00.000+02:00".to_owned(),
                    (_, "REL2_commentaire") => "l’adulte s’assoit".to_owned(),
                    (kind, _)
                        if kind.starts_with("select_one") && is_asked && list != "oui_non" =>
                    {
                        said(rating)
                    }
                    _ => String::new(),
                });
            }
        }
    }
    for (title, cell) in [("moments_vus/gouter", "1"), ("moments_vus/depart", "0")] {
        if heads == Heads::KoboNames {
            titles.push(title.to_owned());
            cells.push(cell.to_owned());
        }
    }
    if heads == Heads::OdkNames {
        titles.insert(0, "SubmissionDate".to_owned());
        cells.insert(0, "2026-05-12T17:50:00.000Z".to_owned());
        titles.extend(["KEY", "SubmitterID", "Status", "FormVersion"].map(str::to_owned));
        cells.extend(["uuid:1", "3", "", "v2"].map(str::to_owned));
    } else {
        titles.extend(["_id", "_uuid", "_submission_time", "_index"].map(str::to_owned));
        cells.extend(["1", "u1", "2026-05-12T17:50:00", "1"].map(str::to_owned));
    }
    [titles, cells]
}

#[test]
fn what_tablets_export_comes_back() {
    for heads in [Heads::KoboNames, Heads::KoboLabels, Heads::OdkNames] {
        let atelier = shipped();
        let form = Form::made(&atelier, "OBS");
        let lines = visit(&form, heads);
        let asked = lines[1].iter().filter(|c| !c.is_empty()).count();
        let delimiter = if heads == Heads::OdkNames { "," } else { ";" };
        let quoted = |line: &Vec<String>| {
            let cells = line
                .iter()
                .map(|c| format!("\"{}\"", c.replace('"', "\"\"")));
            cells.collect::<Vec<_>>().join(delimiter)
        };
        let text = lines.iter().map(quoted).collect::<Vec<_>>().join("\r\n") + "\r\n";
        let path = atelier.write("export.csv", text.as_bytes());
        let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1"]);
        assert_eq!(exit, 0, "{}", said["diagnostics"]);
        let said = said.to_string();
        for read in [
            "REL2_commentaire",
            "moments_vus",
            "heure_debut",
            "Moments vus",
            "_reperes",
        ] {
            assert!(!said.contains(read), "{read} in {said}");
        }
        let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
        let noted: Vec<_> = stored.iter().filter(|r| r["statut"] == "note").collect();
        assert!(noted.len() > 10 && noted.len() < asked, "{}", noted.len());
        let anchored = noted.iter().find(|r| r["element"] == "PRO-5-OBS-1");
        let anchored = anchored.expect("an élément with its own words");
        let level: f64 = anchored["niveau"].parse().expect("a level");
        assert!((level - 3.0).abs() < 1e-9, "{level}");
        let seen = noted
            .iter()
            .filter(|r| r["commentaire"] == "l’adulte s’assoit");
        let seen: Vec<&str> = seen.map(|r| r["element"].as_str()).collect();
        assert_eq!(
            seen,
            ["REL-2-OBS-2"],
            "kept with the first that is answered"
        );
    }
}
