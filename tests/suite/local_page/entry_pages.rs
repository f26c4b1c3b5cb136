//! Answers typed on screen: a draft that is kept at each answer, what enters, what is corrected by entering again.

use super::browser::Browser;
use super::served::{Response, Served};
use crate::atelier::{Atelier, files};

fn read(served: &Served, answer: Response) -> String {
    let page = served.follow(answer).text();
    page.replace(['\u{a0}', '\u{202f}'], " ")
}

fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let after = after.unwrap_or_else(|| panic!("{name}: {page}"));
    after.split('"').next().unwrap_or("").to_owned()
}

/// Begins an entry of R01 and gives its page.
fn begun(served: &Served, source: &str) -> String {
    let fields = [("campagne", "C1"), ("structure", "R01"), ("source", source)];
    let page = read(served, served.post("/saisir/commencer", &fields));
    assert!(page.contains("La saisie est commencée"), "{page}");
    page
}

/// Keeps what was typed, then does what a button says.
fn kept(served: &Served, page: &str, typed: &[(&str, &str)], then: &str) -> String {
    let (code, seen) = (hidden(page, "saisie"), hidden(page, "vu"));
    let mut fields = vec![("saisie", code.as_str()), ("vu", &seen), ("suite", then)];
    fields.extend(typed);
    read(served, served.post("/saisir/garder", &fields))
}

fn let_in(served: &Served, page: &str) -> String {
    let (code, seen) = (hidden(page, "saisie"), hidden(page, "vu"));
    let fields = [
        ("saisie", code.as_str()),
        ("vu", &seen),
        ("confirme", "oui"),
    ];
    read(served, served.post("/saisir/entrer", &fields))
}

const HEAD: [(&str, &str); 3] = [
    ("date", "2026-05-12"),
    ("visite", "1"),
    ("observateur", "O1"),
];

/// Notes of an accueil in the store, « élément, note ».
fn notes(atelier: &Atelier, source: &str) -> Vec<String> {
    let table = atelier.run(&["exporter", "observations", "--campagne", "C1"]);
    assert_eq!(table.code, 0, "{}", table.stderr);
    let mut lines = table.stdout.lines();
    let head: Vec<&str> = lines.next().expect("headings").split(',').collect();
    let at = |name: &str| {
        head.iter()
            .position(|h| *h == name)
            .unwrap_or_else(|| panic!("{name}: {head:?}"))
    };
    let [element, given, from] = ["element", "valeur_brute", "source"].map(at);
    let rows = lines.map(|line| line.split(',').collect::<Vec<_>>());
    let own = rows.filter(|cells| cells[from] == source && !cells[given].is_empty());
    let mut all: Vec<String> = own
        .map(|cells| format!("{} {}", cells[element], cells[given]))
        .collect();
    all.sort();
    all
}

#[test]
fn a_grid_is_typed_let_in_and_corrected_by_entering_again() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let page = begun(&served, "OBS");
    let typed = [
        &HEAD[..],
        &[
            ("note.REL-1-OBS-1", "2"),
            ("vu.REL-1-OBS-1", "Deux sur quatre l’ont fait."),
        ],
    ]
    .concat();
    let looked = kept(&served, &page, &typed, "relire");
    assert!(
        looked.contains("Rien n’est encore entré") && looked.contains("1 question répondue sur"),
        "{looked}"
    );
    assert!(
        notes(&atelier, "OBS").is_empty(),
        "a draft counts for nothing"
    );
    let done = let_in(&served, &looked);
    assert!(
        done.contains("La saisie est entrée (I001)") && done.contains("entrée le"),
        "{done}"
    );
    assert_eq!(notes(&atelier, "OBS"), ["REL-1-OBS-1 2"]);

    // The same entry, corrected: said before, then in the place of what it said.
    let code = hidden_code(&done);
    let again = read(&served, served.get(&format!("/saisir/{code}")));
    assert!(again.contains("Deux sur quatre"), "{again}");
    let typed = [&HEAD[..], &[("note.REL-1-OBS-1", "4")]].concat();
    let looked = kept(&served, &again, &typed, "relire");
    assert!(
        looked.contains("remplacera") && looked.contains("2 → 4"),
        "{looked}"
    );
    let done = let_in(&served, &looked);
    assert!(done.contains("I002"), "{done}");
    assert_eq!(notes(&atelier, "OBS"), ["REL-1-OBS-1 4"]);

    // A figure leads to the cell of the workbook that stays in the folder.
    let told = atelier.run(&["expliquer", "C1/R01/REL-1-OBS-1"]);
    let name = format!("Saisie {code}.xlsx");
    assert!(told.stdout.contains(&name), "{}", told.stdout);
    assert!(files(&atelier.root()).contains(&format!("data/saisies/{name}")));
    let bytes = served.get(&format!("/saisir/{code}/classeur")).body;
    let kept = std::fs::read(atelier.root().join("data/saisies").join(name)).expect("the workbook");
    assert_eq!(bytes, kept, "what is downloaded is what entered");
    let refused = served.post(
        "/saisir/jeter",
        &[("saisie", &code), ("vu", &hidden(&again, "vu"))],
    );
    assert_eq!(refused.status, 400, "what entered is not thrown away");
}

/// Lets a grid of R01 in, of visit 1 by O1; gives the code of the entry.
fn entered(served: &Served) -> String {
    let page = begun(served, "OBS");
    let typed = [&HEAD[..], &[("note.REL-1-OBS-1", "2")]].concat();
    let looked = kept(served, &page, &typed, "relire");
    let done = let_in(served, &looked);
    assert!(done.contains("La saisie est entrée (I001)"), "{done}");
    hidden(&page, "saisie")
}

/// The visit or the observer corrected makes another unit of the store: it takes the place of the former all the same,
/// and taken back, gives it its place again.
#[test]
fn an_entry_whose_visit_or_observer_is_corrected_counts_once() {
    for (field, value) in [("visite", "2"), ("observateur", "O2")] {
        let atelier = Atelier::blank();
        let served = Served::on(Some(&atelier.root()));
        let code = entered(&served);
        let page = read(&served, served.get(&format!("/saisir/{code}")));
        let mut typed = [&HEAD[..], &[("note.REL-1-OBS-1", "4")]].concat();
        typed
            .iter_mut()
            .filter(|(name, _)| *name == field)
            .for_each(|one| one.1 = value);
        let looked = kept(&served, &page, &typed, "relire");
        assert!(looked.contains("remplacera tout"), "{looked}");
        let done = let_in(&served, &looked);
        assert!(done.contains("I002"), "{field}: {done}");
        assert_eq!(notes(&atelier, "OBS"), ["REL-1-OBS-1 4"], "{field}");
        assert_eq!(atelier.run(&["annuler", "I002"]).code, 0);
        assert_eq!(notes(&atelier, "OBS"), ["REL-1-OBS-1 2"], "{field}");
    }
}

/// Stopped between the import and the draft, the draft is that of before: the store says that it entered.
#[test]
fn what_entered_is_told_by_the_store_and_not_by_the_draft() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let page = begun(&served, "OBS");
    let code = hidden(&page, "saisie");
    let typed = [&HEAD[..], &[("note.REL-1-OBS-1", "2")]].concat();
    let looked = kept(&served, &page, &typed, "relire");
    let file = atelier.root().join(format!("data/saisies/{code}.json"));
    let before = std::fs::read(&file).expect("a draft");
    assert!(let_in(&served, &looked).contains("I001"));
    std::fs::write(&file, before).expect("put back");
    let list = read(&served, served.get("/saisir?campagne=C1"));
    assert!(
        list.contains("entrée le") && list.contains("(I001)") && !list.contains("modifiée depuis"),
        "{list}"
    );
    let shown = read(&served, served.get(&format!("/saisir/{code}")));
    let fields = [("saisie", code.as_str()), ("vu", &hidden(&shown, "vu"))];
    let refused = served.post("/saisir/jeter", &fields);
    assert_eq!(refused.status, 400, "it counts: it is not thrown away");
    // Corrected, it takes the place of what entered and it had forgotten.
    let typed = [HEAD[0], ("visite", "2"), HEAD[2], ("note.REL-1-OBS-1", "4")];
    let looked = kept(&served, &shown, &typed, "relire");
    assert!(let_in(&served, &looked).contains("I002"));
    assert_eq!(notes(&atelier, "OBS"), ["REL-1-OBS-1 4"]);
}

#[test]
fn an_entry_whose_import_was_taken_back_is_a_draft_again() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let code = entered(&served);
    assert_eq!(atelier.run(&["annuler", "I001"]).code, 0);
    let list = read(&served, served.get("/saisir?campagne=C1"));
    assert!(
        list.contains("brouillon, commencé le") && !list.contains("I001"),
        "{list}"
    );
    let shown = read(&served, served.get(&format!("/saisir/{code}")));
    let typed = [&HEAD[..], &[("note.REL-1-OBS-1", "2")]].concat();
    let looked = kept(&served, &shown, &typed, "relire");
    assert!(!looked.contains("déjà entré"), "{looked}");
    assert!(let_in(&served, &looked).contains("I002"));
    assert_eq!(notes(&atelier, "OBS"), ["REL-1-OBS-1 2"]);
}

/// The code of the first entry of the list.
fn hidden_code(list: &str) -> String {
    let after = list.split("href=\"/saisir/").nth(1).expect("an entry");
    after.split('"').next().unwrap_or("").to_owned()
}

#[test]
fn papers_are_typed_one_after_another_and_more_come_later() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut page = begun(&served, "FAM");
    for (rank, note) in ["4", "3", "1"].iter().enumerate() {
        let rank = rank.to_string();
        page = kept(
            &served,
            &page,
            &[("rang", &rank), ("note.REL-1-FAM-1", note)],
            "suivant",
        );
    }
    assert!(
        page.contains("3 questionnaires saisis") && page.contains("Questionnaire n° 4"),
        "{page}"
    );
    // The second one is opened again and emptied: it goes away.
    let code = hidden(&page, "saisie");
    let second = read(&served, served.get(&format!("/saisir/{code}?rang=1")));
    let looked = kept(&served, &second, &[("rang", "1")], "relire");
    assert!(looked.contains("2 questionnaires saisis"), "{looked}");
    assert!(let_in(&served, &looked).contains("I001"));
    assert_eq!(
        notes(&atelier, "FAM"),
        [
            "REL-1-FAM-1 Pas du tout d’accord",
            "REL-1-FAM-1 Tout à fait d’accord"
        ]
    );

    let page = read(&served, served.get(&format!("/saisir/{code}")));
    let typed = [("rang", "2"), ("note.REL-1-FAM-1", "2"), ("libre", "Merci")];
    let looked = kept(&served, &page, &typed, "relire");
    assert!(let_in(&served, &looked).contains("I002"), "{looked}");
    assert_eq!(
        notes(&atelier, "FAM"),
        [
            "REL-1-FAM-1 Pas du tout d’accord",
            "REL-1-FAM-1 Plutôt pas d’accord",
            "REL-1-FAM-1 Tout à fait d’accord"
        ]
    );
}

#[test]
fn what_a_form_does_not_offer_is_refused_and_nothing_is_lost() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let page = begun(&served, "OBS");
    let code = hidden(&page, "saisie");
    let good = [&HEAD[..], &[("note.REL-1-OBS-1", "3")]].concat();
    let page = kept(&served, &page, &good, "");
    let long = "x".repeat(2_001);
    for (field, value, why) in [
        ("note.REL-1-OBS-1", "9", "n’est pas une réponse"),
        ("observateur", "Marie Dupont", "jamais un nom"),
        ("date", "31/02/2026", "n’est pas une date"),
        ("visite", "deux", "n’est pas un numéro"),
        ("vu.REL-1-OBS-1", long.as_str(), "caractères au plus"),
    ] {
        let refused = kept(&served, &page, &[(field, value)], "");
        assert!(refused.contains(why), "{field}: {refused}");
    }
    // Another tab kept something since: what this one shows is no longer so.
    kept(
        &served,
        &page,
        &[&HEAD[..], &[("note.REL-1-OBS-1", "4")]].concat(),
        "",
    );
    let stale = kept(&served, &page, &good, "");
    assert!(stale.contains("rien n’a été gardé"), "{stale}");
    let now = read(&served, served.get(&format!("/saisir/{code}")));
    assert!(now.contains("value=\"4\" checked"), "{now}");

    for path in [
        "/saisir/..%2F..%2Fobservatoire",
        "/saisir/R99-OBS-0000-1",
        "/saisir/R01-OBS-0000-1/classeur",
    ] {
        assert_eq!(served.get(path).status, 400, "{path}");
    }
    for (source, site) in [("DON", "R01"), ("ZZZ", "R01"), ("OBS", "R99")] {
        let fields = [("campagne", "C1"), ("structure", site), ("source", source)];
        assert_eq!(
            served.post("/saisir/commencer", &fields).status,
            400,
            "{source} {site}"
        );
    }

    // Thrown away, taken back.
    let list = read(
        &served,
        served.post(
            "/saisir/jeter",
            &[("saisie", &code), ("vu", &hidden(&now, "vu"))],
        ),
    );
    assert!(list.contains("Saisies jetées"), "{list}");
    let refused = served.post(
        "/saisir/entrer",
        &[("saisie", &code), ("vu", &hidden(&list, "vu"))],
    );
    assert_eq!(refused.status, 400, "what was thrown away does not enter");
    let back = served.post(
        "/saisir/reprendre",
        &[("saisie", &code), ("vu", &hidden(&list, "vu"))],
    );
    assert!(read(&served, back).contains("value=\"4\" checked"));

    // A damaged draft is named, never used, never deleted.
    let path = atelier.root().join(format!("data/saisies/{code}.json"));
    let whole = std::fs::read(&path).expect("a draft");
    std::fs::write(&path, &whole[..whole.len() / 2]).expect("cut");
    let list = read(&served, served.get("/saisir"));
    assert!(list.contains("n’est plus celui qui a été écrit"), "{list}");
    assert_eq!(served.get(&format!("/saisir/{code}")).status, 500);
    assert!(path.is_file());
}

/// In a real browser: each answer is kept by itself, and a paper is typed with figures alone.
#[test]
fn answers_are_kept_as_they_are_typed() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let Some(browser) = Browser::open(&[]) else {
        return;
    };
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("a[href='/saisir']");
    browser.press_on("Saisir");
    browser.click("select[name=structure] option[value=R01]");
    browser.click("input[name=source][value=FAM]");
    browser.press_on("Commencer");
    browser.wait_for("form.chiffres");
    browser.run("for (const k of ['1', '2', '0', '1']) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: k, bubbles: true, cancelable: true }))");
    browser.wait_for(".garde-dit");
    let start = std::time::Instant::now();
    while !browser.text(".garde-dit").contains("Gardé") && start.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    browser.picture("saisie-papier");
    browser.press_on("Questionnaire suivant");
    browser.wait_for(".dit");
    let page = browser.source().replace("&nbsp;", " ");
    assert!(
        page.contains("Questionnaire n° 2") && page.contains("1 questionnaire saisi"),
        "{page}"
    );
    let kept = files(&atelier.root())
        .into_iter()
        .find(|n| n.starts_with("data/saisies/"))
        .expect("a draft");
    let text = std::fs::read_to_string(atelier.root().join(kept)).expect("text");
    let answers = text
        .split("\"reponses\"")
        .nth(1)
        .and_then(|t| t.split('}').next())
        .unwrap_or("");
    assert_eq!(
        answers.matches(':').count(),
        4,
        "a key, and three answers: {text}"
    );
}

#[test]
fn forms_to_type_into_break_no_rule_of_accessibility() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let grid = begun(&served, "OBS");
    let typed = [&HEAD[..], &[("note.REL-1-OBS-1", "2")]].concat();
    kept(&served, &grid, &typed, "relire");
    let paper = hidden(&begun(&served, "FAM"), "saisie");
    let grid = hidden(&grid, "saisie");
    for (width, scripts) in [(1280, true), (320, true), (1280, false)] {
        let Some(browser) = Browser::sized(width, &[], scripts) else {
            return;
        };
        browser.go(&format!("file://{}", served.handover.display()));
        browser.wait_for("a[href='/saisir']");
        for (name, path) in [
            ("saisir", "/saisir".to_owned()),
            ("grille", format!("/saisir/{grid}")),
            ("relue", format!("/saisir/{grid}/relire")),
            ("papier", format!("/saisir/{paper}")),
        ] {
            browser.go(&served.address(&path));
            let Some(broken) = browser.broken_rules() else {
                return;
            };
            assert!(broken.is_empty(), "{path}, {width} px : {broken:#?}");
            browser.picture(&format!("saisie-{name}-{width}"));
        }
    }
}
