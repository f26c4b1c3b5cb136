//! A finding put right since, on a dated line beside its grid; an observer’s count; reports before the remarks of a team,
//! then final.

use std::collections::{BTreeMap, HashMap};

use observatoire::forms::{self, FilledRating, FormIdentity};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType, embedded, parse};
use rust_xlsxwriter::{Format, Workbook};

use crate::atelier::{Atelier, files, is};
use crate::fixtures::sheet;
use crate::naive::rows;
use crate::reference_life::{cells, shipped};

/// The grid of a visit, all met but what `edits` say.
fn visit(atelier: &Atelier, number: &str, day: &str, edits: &[(&str, &str)]) {
    grid(atelier, SourceCode::Obs, number, day, edits);
}

/// A grid of R01 imported, facts met and the rest at 3, but what `edits` say.
pub fn grid(
    atelier: &Atelier,
    source: SourceCode,
    number: &str,
    day: &str,
    edits: &[(&str, &str)],
) {
    let path = written(atelier, source, number, day, edits);
    let said = atelier.run(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
}

/// The file of such a grid.
fn written(
    atelier: &Atelier,
    source: SourceCode,
    number: &str,
    day: &str,
    edits: &[(&str, &str)],
) -> String {
    let kind = StructureType::Mixte;
    let r = parse("v2", embedded()).expect("the shipped référentiel");
    let rate = |code: &str, finding: bool| {
        let edited = edits
            .iter()
            .find(|(c, _)| *c == code)
            .map(|(_, note)| *note);
        edited.unwrap_or(if finding { "CF" } else { "3" })
    };
    let answers: HashMap<String, FilledRating> = r
        .instrument(source, kind)
        .map(|(_, e)| {
            let note = rate(&e.code, r.scales[e.scale].is_finding());
            (e.code.clone(), FilledRating::new(note, ""))
        })
        .collect();
    let observed = source == SourceCode::Obs;
    let identity = FormIdentity {
        code: "R01".to_owned(),
        name: "ALSH Les Colombages".to_owned(),
        visit: if observed { number } else { "" }.to_owned(),
        date: day.to_owned(),
        observer: if observed { "O1" } else { "" }.to_owned(),
        ..FormIdentity::default()
    };
    let bytes = forms::write(&r, source, kind, &identity, &answers, true);
    let name = format!("reçus/{source} {number}.xlsx");
    atelier.write(&name, &bytes.expect("a form"))
}

fn returns(atelier: &Atelier, lines: &str) -> crate::atelier::Answer {
    let text = format!("Structure;Élément;Corrigé le;Preuve;Remarque de l’équipe\n{lines}\n");
    let path = atelier.write("reçus/retours.csv", text.as_bytes());
    atelier.run(&["importer", &path, "--campagne", "C1"])
}

/// niveau/code → valeur and statut of R01.
pub fn figures(atelier: &Atelier) -> BTreeMap<String, String> {
    let answer = atelier.run(&["indicateurs", "--campagne", "C1", "--format", "csv"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let own = rows(&answer.stdout)
        .into_iter()
        .filter(|r| r["structure"] == "R01");
    own.map(|r| {
        let key = format!("{}/{}", r["niveau"], r["code"]);
        let value = r["valeur"]
            .parse::<f64>()
            .map_or(String::new(), |v| v.to_string());
        (key, format!("{value} {}", r["statut"]))
    })
    .collect()
}

const DISPLAY: &str = "SEC-7-OBS-1";

/// The 119 was not displayed on the day of the visit, and is since: conforme with its date, everywhere; the grid says
/// what it said.
#[test]
fn a_finding_put_right_counts_as_conforme_and_says_when() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    let before = figures(&atelier);
    assert_eq!(before["regle/SEC-7-OBS-1"], "0 non_conforme");
    assert_eq!(before["imperatif/SEC-7"], "0 non_atteint");
    assert_eq!(before["regle/SEC-3-OBS-3"], "1 conforme");
    let said = returns(
        &atelier,
        "R01;SEC-7-OBS-1;20/05/2026;affiche posée dans l’entrée;",
    );
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let after = figures(&atelier);
    assert_eq!(after["regle/SEC-7-OBS-1"], "1 corrige");
    assert_eq!(after["element/SEC-7-OBS-1"], "4 ok+corrige");
    assert_eq!(after["imperatif/SEC-7"], "1 atteint+corrige");
    assert!(
        after["regle/REGLES"].ends_with("ok+corrige"),
        "{}",
        after["regle/REGLES"]
    );
    let moved: Vec<&String> = after.keys().filter(|k| after[*k] != before[*k]).collect();
    let allowed = ["SEC-7", "REGLES", "SEC", "GLOBAL"];
    for key in moved {
        let code = key.split('/').nth(1).unwrap_or_default();
        assert!(
            code.starts_with("SEC-7") || allowed.contains(&code),
            "{key}"
        );
    }
    let answers = atelier
        .run(&["exporter", "observations", "--campagne", "C1"])
        .stdout;
    let graded = rows(&answers);
    let graded = graded
        .iter()
        .find(|r| r["element"] == DISPLAY)
        .expect("the answer");
    assert_eq!(graded["valeur_brute"], "NF");
    let told = atelier.run(&["expliquer", "C1/R01/SEC-7-OBS-1"]).stdout;
    for words in [
        "« NF »",
        "corrigé depuis, le 20/05/2026",
        "affiche posée",
        "retours.csv",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let report = report(&atelier, "2026-05-21", &[]);
    for words in [
        "dont une corrigée depuis le constat",
        "Corrigé depuis le 20/05/2026",
    ] {
        assert!(report.contains(words), "{words}");
    }
}

/// A later visit that still finds it otherwise has the last word, and a correction of what nobody found changes nothing:
/// both are said.
#[test]
fn a_later_visit_has_the_last_word() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    visit(&atelier, "2", "2026-05-26", &[(DISPLAY, "NF")]);
    let said = returns(
        &atelier,
        "R01;SEC-7-OBS-1;20/05/2026;affiche posée;\nR01;SEC-3-OBS-3;20/05/2026;plan posé;",
    );
    assert_eq!(said.code, 0, "{}", said.stderr);
    // Said at once, while who imports still has the file in hand; and again whenever the campaign is looked at.
    assert_eq!(said.stderr.matches("VIS-526").count(), 2, "{}", said.stderr);
    let all = figures(&atelier);
    assert_eq!(all["regle/SEC-7-OBS-1"], "0 non_conforme");
    assert_eq!(all["element/SEC-3-OBS-3"], "4 ok");
    let checked = atelier.run(&["verifier", "--campagne", "C1"]);
    let checked = checked.stdout + &checked.stderr;
    for words in [
        "VIS-526",
        "dit corrigé le 20/05/2026, et constaté encore non conforme le 26/05/2026",
        "aucune grille ne l’a constaté non conforme",
    ] {
        assert!(checked.contains(words), "{words}\n{checked}");
    }
    // Corrected once more, after the second visit: the new line takes the place of the first.
    let said = returns(&atelier, "R01;SEC-7-OBS-1;28/05/2026;affiche reposée;");
    assert_eq!(said.code, 0, "{}", said.stderr);
    // What is left of it is the other line, which this file did not bring.
    assert!(!said.stderr.contains("« SEC-7-OBS-1 »"), "{}", said.stderr);
    assert_eq!(figures(&atelier)["regle/SEC-7-OBS-1"], "1 corrige");
}

/// What no dated line can put right is refused with its place.
#[test]
fn what_a_line_cannot_put_right_is_refused() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    let before = figures(&atelier);
    for (line, code, words) in [
        (
            "R01;REL-2-OBS-1;20/05/2026;;",
            "VAL-413",
            "à la visite suivante",
        ),
        (
            "R01;SEC-1-DON-1;20/05/2026;;",
            "VAL-413",
            "données d’activité",
        ),
        ("R01;SEC-1-OBS-1;20/05/2026;;", "VAL-413", "celui d’un jour"),
        (
            "R01;REL-5-OBS-1;20/05/2026;;",
            "VAL-413",
            "hors de l’observatoire",
        ),
        ("R01;;20/05/2026;;", "VAL-413", "sans dire de quel élément"),
        (
            "R01;SEC-7-OBS-9;20/05/2026;;",
            "STR",
            "n’est pas un élément",
        ),
        (
            "R01;SEC-7-OBS-1;;affiche posée;",
            "VAL-406",
            "sans dire de quel jour",
        ),
        ("R01;SEC-7-OBS-1;bientôt;;", "VAL-406", "n’est pas une date"),
        (
            "R01;SEC-7-OBS-1;20/05/2099;affiche;",
            "VIS-510",
            "pas encore venue",
        ),
        (
            "R01;SEC-7-OBS-1;20/05/2026;affiche;\nR01;SEC-7-OBS-1;21/05/2026;affiche;",
            "VIS-501",
            "structure R01, correction SEC-7-OBS-1",
        ),
        ("R01;REL-99;;;trop court", "STR", "n’est pas un critère"),
    ] {
        let said = returns(&atelier, line);
        let all = said.stdout + &said.stderr;
        assert_ne!(said.code, 0, "{line}\n{all}");
        assert!(code == "STR" || all.contains(code), "{line}\n{all}");
        assert!(all.contains(words), "{line}\n{all}");
        assert_eq!(figures(&atelier), before, "{line}");
    }
}

/// A day alone, or a word that shows nothing, makes no finding of law conforme: a person answers for it.
#[test]
fn a_correction_without_proof_is_asked() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    let before = figures(&atelier);
    for proof in ["oui", "En cours…", "-", ""] {
        let said = returns(&atelier, &format!("R01;SEC-7-OBS-1;20/05/2026;{proof};"));
        let all = said.stdout + &said.stderr;
        assert_ne!(said.code, 0, "{proof}\n{all}");
        assert!(all.contains("VIS-527"), "{proof}\n{all}");
        assert!(
            all.contains("datée sans preuve : R01 SEC-7-OBS-1."),
            "{all}"
        );
        assert_eq!(figures(&atelier), before, "{proof}");
    }
    let path = atelier.root().join("reçus/retours.csv");
    let path = path.to_string_lossy();
    let said = atelier.run(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(said.stderr.contains("VIS-515"), "{}", said.stderr);
    assert_eq!(figures(&atelier)["regle/SEC-7-OBS-1"], "1 corrige");
    let told = atelier.run(&["expliquer", "C1/R01/SEC-7-OBS-1"]).stdout;
    assert!(told.contains("sans preuve écrite"), "{told}");
}

/// One accueil, one day, one proof merged down several lines, as a team fills its workbook: each line has them.
#[test]
fn merged_cells_hold_for_the_lines_that_they_cover() {
    let atelier = shipped();
    let found = [(DISPLAY, "NF"), ("SEC-3-OBS-3", "NF")];
    visit(&atelier, "1", "2026-05-12", &found);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heads = ["Structure", "Élément", "Corrigé le", "Preuve"];
    sheet.write_row(0, 0, heads).expect("headings");
    sheet
        .write_column(1, 1, [DISPLAY, "SEC-3-OBS-3"])
        .expect("éléments");
    for (col, text) in [(0, "R01"), (2, "20/05/2026"), (3, "affiches posées")] {
        sheet
            .merge_range(1, col, 2, col, text, &Format::new())
            .expect("a merged area");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let path = atelier.write("reçus/retours.xlsx", &bytes);
    let said = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    for (code, _) in found {
        let rule = &figures(&atelier)[&format!("regle/{code}")];
        assert_eq!(rule, "1 corrige", "{code}");
        let told = atelier
            .run(&["expliquer", &format!("C1/R01/{code}")])
            .stdout;
        assert!(told.contains("« affiches posées »"), "{told}");
    }
}

/// A visit that comes after a correction, and still finds the same, says so when it enters.
#[test]
fn a_visit_that_contradicts_a_correction_says_so_as_it_enters() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    let said = returns(&atelier, "R01;SEC-7-OBS-1;20/05/2026;affiche posée;");
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert!(!said.stderr.contains("VIS-526"), "{}", said.stderr);
    let path = written(
        &atelier,
        SourceCode::Obs,
        "2",
        "2026-05-26",
        &[(DISPLAY, "NF")],
    );
    let said = atelier.run(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let words = "dit corrigé le 20/05/2026, et constaté encore non conforme le 26/05/2026";
    assert!(said.stderr.contains(words), "{}", said.stderr);
}

pub fn report(atelier: &Atelier, day: &str, more: &[&str]) -> String {
    let out = atelier.root().join("rendus");
    let mut asked = vec![
        "rapport",
        "--campagne",
        "C1",
        "--public",
        "equipe",
        "--structure",
        "R01",
    ];
    let place = out.to_string_lossy();
    asked.extend(["--format", "html", "--date", day, "--sortie", &place]);
    asked.extend(more);
    let made = atelier.run(&asked);
    assert_eq!(made.code, 0, "{}{}", made.stdout, made.stderr);
    let pages = files(&out);
    let dated = |name: &&String| name.starts_with("editions") || name.ends_with("index.html");
    let pages = pages.iter().filter(|n| is(n, "html") && !dated(n));
    let read = |name: &String| std::fs::read_to_string(out.join(name)).expect("a page");
    let text: String = pages.map(read).collect();
    assert!(!text.is_empty(), "{:?}", files(&out));
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

/// Ten working days after it was first given to its team, a report is final; or as soon as somebody says so. What the
/// team answered is in it.
#[test]
fn a_report_is_final_once_its_team_had_time_to_answer() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    let first = report(&atelier, "2026-05-15", &[]);
    // Two week-ends and Whit Monday between.
    for words in ["avant les remarques de l’équipe", "jusqu’au 01/06/2026"] {
        assert!(first.contains(words), "{words}");
    }
    let said = returns(
        &atelier,
        "R01;SEC-7-OBS-1;20/05/2026;affiche posée;\nR01;ENV-1;;;L’affiche était commandée.",
    );
    assert_eq!(said.code, 0, "{}", said.stderr);
    let second = report(&atelier, "2026-05-29", &[]);
    assert!(
        second.contains("jusqu’au 01/06/2026"),
        "the time runs from the first delivery"
    );
    let last = report(&atelier, "2026-06-01", &[]);
    for words in [
        "rapport définitif",
        "1 remarque de l’équipe et 1 correction datée y sont jointes",
        "L’affiche était commandée.",
    ] {
        assert!(last.contains(words), "{words}");
    }
    let hurried = shipped();
    visit(&hurried, "1", "2026-05-12", &[]);
    let page = report(&hurried, "2026-05-15", &["--definitif"]);
    assert!(
        page.contains("aucune remarque de l’équipe n’y est jointe"),
        "final at once"
    );
}

/// The workbook in which a team answers lists what can be put right, and comes back as it was filled.
#[test]
fn the_answer_of_a_team_comes_back_as_it_was_filled() {
    let atelier = shipped();
    visit(&atelier, "1", "2026-05-12", &[(DISPLAY, "NF")]);
    let made = atelier.run(&["grille", "RETOURS", "--structure", "R01"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let path = atelier.root().join("grids/vierges/Retours R01.xlsx");
    let blank = std::fs::read(&path).expect("the workbook");
    let as_made = atelier.run(&["importer", &path.to_string_lossy(), "--campagne", "C1"]);
    let nothing = as_made.stdout + &as_made.stderr;
    assert!(
        nothing.contains("0 réponse") || as_made.code != 0,
        "{nothing}"
    );
    let mut lines = cells(&blank, "Retours");
    let listed: Vec<String> = lines.iter().map(|l| l[1].clone()).collect();
    assert!(listed.iter().any(|c| c == DISPLAY), "{listed:?}");
    assert!(
        !listed
            .iter()
            .any(|c| c == "REL-5-OBS-1" || c.contains("DON")),
        "{listed:?}"
    );
    for line in lines.iter_mut().filter(|l| l[1] == DISPLAY) {
        line[3] = "20/05/2026".to_owned();
        line[4] = "affiche posée".to_owned();
    }
    let last = lines.len() - 1;
    lines[last][1] = "ENV-3".to_owned();
    lines[last][5] = "Le portail était en travaux.".to_owned();
    let rows: Vec<Vec<&str>> = lines
        .iter()
        .map(|l| l.iter().map(String::as_str).collect())
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let filled = atelier.write("reçus/Retours R01.xlsx", &sheet("Retours", &rows));
    let said = atelier.run(&["importer", &filled, "--campagne", "C1"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    assert_eq!(figures(&atelier)["regle/SEC-7-OBS-1"], "1 corrige");
    let page = report(&atelier, "2026-05-21", &[]);
    assert!(
        page.contains("Le portail était en travaux."),
        "the remark is printed"
    );
    let wrong = atelier.run(&["grille", "RETOURS", "--format", "pdf"]);
    assert_eq!(wrong.code, 2, "{}", wrong.stdout);
}

/// An observer counts; the program reads the count against the ratio: nobody has to know it, and what it depends on is
/// said where nobody settled it.
#[test]
fn an_observers_count_is_read_against_the_ratio() {
    for (count, expected) in [
        ("16h45 : 8 + 12 / 2", "1 conforme"),
        ("9 + 12 / 2", "0 non_conforme"),
        ("4 + 6 / 1", " non_evalue"),
        ("NO", " non_evalue"),
    ] {
        let atelier = shipped();
        // A Tuesday of an accueil of Wednesdays and holidays: holidays, R.227-15.
        visit(&atelier, "1", "2026-05-12", &[("SEC-1-OBS-1", count)]);
        assert_eq!(figures(&atelier)["regle/SEC-1-OBS-1"], expected, "{count}");
        if count != "NO" {
            let told = atelier.run(&["expliquer", "C1/R01/SEC-1-OBS-1"]).stdout;
            assert!(told.contains("il en faut"), "{told}");
        }
        let checked = atelier.run(&["imports"]).stdout;
        assert!(!checked.is_empty());
    }
    let atelier = shipped();
    let wrong = written(
        &atelier,
        SourceCode::Obs,
        "1",
        "2026-05-12",
        &[("SEC-1-OBS-1", "12/20/3")],
    );
    let said = atelier.run(&["importer", &wrong, "--campagne", "C1"]);
    let all = said.stdout + &said.stderr;
    assert!(
        said.code != 0 && all.contains("Un comptage s’écrit"),
        "{all}"
    );
}
