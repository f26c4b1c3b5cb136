//! What is answered once for all files: in the words of the référentiel, of the instrument that the file is, changed and
//! taken back; what a workbook of answers is when it is dropped.

use super::served::{Response, Served};
use crate::atelier::{Atelier, is};
use crate::layouts::label;

/// A grid of an observation of R01 made by hand: three sentences of the référentiel, one of her own.
fn grid() -> Vec<u8> {
    let mut made = rust_xlsxwriter::Workbook::new();
    let sheet = made.add_worksheet();
    let known = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let rows = [
        ["Accueil :", "R01"],
        ["Visite :", "1"],
        ["Observateur :", "O1"],
        ["Ce que l’on regarde", "Note"],
        [&known[0], "3"],
        [&known[1], "2"],
        [&known[2], "4"],
        ["On me demande mon avis sur le goûter", "3"],
    ];
    for (row, cells) in (0..).zip(rows) {
        sheet.write_row(row, 0, cells).expect("a row");
    }
    made.save_to_buffer().expect("a workbook")
}

fn read(served: &Served, answer: Response) -> String {
    served
        .follow(answer)
        .text()
        .replace(['\u{a0}', '\u{202f}'], " ")
}

fn dropped(served: &Served, name: &str, bytes: &[u8]) -> String {
    let answer = served.drop_files("/recevoir/deposer", &[("campagne", "C1")], &[(name, bytes)]);
    read(served, answer)
}

fn page(served: &Served) -> String {
    read(served, served.get("/correspondances?campagne=C1"))
}

/// The name of the first field that a label calls, after the first `from` of them.
fn field(page: &str, label: &str, from: usize) -> String {
    let marked = format!("aria-label=\"{label}\"");
    let at = page.match_indices(&marked).nth(from);
    let (at, _) = at.unwrap_or_else(|| panic!("« {label} » n° {from} : {page}"));
    let before = page[..at].rsplit("name=\"").next().expect("a name");
    before.split('"').next().unwrap_or_default().to_owned()
}

/// What a hidden field of the form of an address holds.
fn hidden(page: &str, action: &str, name: &str) -> String {
    let form = page
        .split(&format!("action=\"{action}\""))
        .nth(1)
        .unwrap_or("");
    let after = form.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let after = after.unwrap_or("");
    after.split('"').next().unwrap_or("").to_owned()
}

fn answered(served: &Served, page: &str, fields: &[(&str, &str)]) -> String {
    let vu = hidden(page, "/correspondances/garder", "vu");
    let all = [&[("campagne", "C1"), ("vu", &*vu)], fields].concat();
    read(served, served.post("/correspondances/garder", &all))
}

fn changed(served: &Served, page: &str, fields: &[(&str, &str)]) -> String {
    let action = "/correspondances/changer";
    let (vu, form) = (hidden(page, action, "vu"), hidden(page, action, "forme"));
    let shown = [("campagne", "C1"), ("vu", &*vu), ("forme", &*form)];
    read(served, served.post(action, &[&shown[..], fields].concat()))
}

const OWN: &str = "« On me demande mon avis sur le goûter » est";
const OTHER: &str = "Autre élément pour « On me demande mon avis sur le goûter »";

#[test]
fn an_answer_of_another_instrument_is_refused_beside_its_field_and_given_ones_are_changed() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    dropped(&served, "Grille R01.xlsx", &grid());
    let asked = page(&served);
    assert!(asked.contains("Ce fichier est lu comme"), "{asked}");
    assert!(
        asked.contains("(REL-3-OBS-1)") && !asked.contains("(REL-1-FAM-1)"),
        "éléments of observations alone: {asked}"
    );
    let (own, other) = (field(&asked, OWN, 0), field(&asked, OTHER, 0));
    let refused = answered(&served, &asked, &[(&own, "autre"), (&other, "REL-1-FAM-1")]);
    assert!(
        refused.contains("REL-1-FAM-1 » est de l’instrument FAM"),
        "{refused}"
    );
    assert!(
        refused.contains("rien n’a été gardé") && refused.contains("value=\"REL-1-FAM-1\""),
        "what was typed stays: {refused}"
    );
    assert!(!page(&served).contains("Ce que vous avez déjà répondu"));

    let kept = answered(&served, &asked, &[(&own, "autre"), (&other, "REL-3-OBS-1")]);
    assert!(kept.contains("1 fichier peut entrer"), "{kept}");
    let said = page(&served);
    assert!(said.contains("Ce que vous avez déjà répondu"), "{said}");
    assert!(said.contains("REL-3-OBS-1 — "), "{said}");

    // Changed, to an élément of this instrument alone.
    let (own, shown) = (field(&said, OWN, 0), "oui");
    let seen = own.replacen('c', "v", 1);
    let now = changed(&served, &said, &[(&own, "REL-4-OBS-1"), (&seen, shown)]);
    assert!(now.contains("1 réponse changée ou reprise"), "{now}");
    assert!(now.contains("REL-4-OBS-1 — "), "{now}");
    assert!(dropped_again(&served).contains("1 fichier peut entrer"));
    // Taken back: it is asked again.
    let back = changed(&served, &now, &[(&own, "reprendre"), (&seen, shown)]);
    assert!(
        !back.contains("Ce que vous avez déjà répondu") && back.contains(OWN),
        "{back}"
    );
    assert!(!dropped_again(&served).contains("1 fichier peut entrer"));
}

fn dropped_again(served: &Served) -> String {
    read(served, served.get("/recevoir?campagne=C1"))
}

#[test]
fn a_name_said_by_mistake_is_taken_back() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let table = "structure;visite;observateur;REL-1-OBS-1\nLe centre du bourg;1;O1;3\n";
    dropped(&served, "export.csv", table.as_bytes());
    let asked = page(&served);
    answered(&served, &asked, &[("n0", "R01")]);
    let said = page(&served);
    let name = field(&said, "« Le centre du bourg » est", 0);
    let now = changed(&served, &said, &[(&name, "R02")]);
    assert!(now.contains("1 réponse changée ou reprise"), "{now}");
    let waiting = dropped_again(&served);
    assert!(
        waiting.contains("R02") && waiting.contains("1 fichier peut entrer"),
        "{waiting}"
    );
    let back = changed(&served, &now, &[(&name, "reprendre")]);
    assert!(back.contains("Qui est-ce ?"), "{back}");
}

#[test]
fn a_value_bears_its_words_and_no_other_is_offered() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut table = "structure;REL-2-ENF-1;REL-3-ENF-1\n".to_owned();
    for _ in 0..6 {
        table += "R01;Un peu;Un peu\n";
    }
    dropped(&served, "enfants.csv", table.as_bytes());
    let asked = page(&served);
    assert!(asked.contains(">2 · moyen<"), "{asked}");
    let first = field(&asked, "« Un peu » vaut", 0);
    assert!(!asked.contains("value=\"5\"") && !asked.contains("value=\"NF\""));
    let wrong = answered(&served, &asked, &[(&first, "NF")]);
    assert!(wrong.contains("ne peut pas valoir « NF » ici"), "{wrong}");
    let kept = answered(&served, &asked, &[(&first, "2")]);
    assert!(kept.contains("1 fichier peut entrer"), "{kept}");
}

#[test]
fn a_workbook_of_answers_is_taken_for_what_it_is_whatever_its_name() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    dropped(&served, "Grille R01.xlsx", &grid());
    let asked = page(&served);
    let own = field(&asked, OWN, 0);
    let other = field(&asked, OTHER, 0);
    answered(&served, &asked, &[(&own, "autre"), (&other, "REL-3-OBS-1")]);
    let folder = atelier.root().join("grids/correspondances");
    let mut all = std::fs::read_dir(&folder).expect("a folder").flatten();
    let book = all.find(|e| is(&e.file_name().to_string_lossy(), "xlsx"));
    let bytes = std::fs::read(book.expect("a workbook").path()).expect("bytes");
    std::fs::remove_dir_all(&folder).expect("forgotten");
    assert!(!dropped_again(&served).contains("1 fichier peut entrer"));
    let taken = dropped(&served, "Réponses d’Anne (1).xlsx", &bytes);
    assert!(
        taken.contains("sont gardées") || taken.contains("est gardée"),
        "{taken}"
    );
    assert!(
        taken.contains("1 fichier peut entrer") && !taken.contains("<h3>Réponses d’Anne"),
        "{taken}"
    );
}
