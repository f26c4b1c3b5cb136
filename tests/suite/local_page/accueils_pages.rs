//! The registry changed from its page; her own list looked at, then let in.

use super::served::{Response, Served};
use crate::atelier::Atelier;

pub fn read(served: &Served, answer: Response) -> String {
    let page = served.follow(answer).text();
    page.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

pub fn hidden(page: &str, name: &str) -> String {
    let after = page
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap_or("");
    after.split('"').next().unwrap_or("").to_owned()
}

pub fn registry(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join("data").join("structures.csv")).expect("a registry")
}

/// What a person begins for an accueil.
type Begins<'a> = &'a dyn Fn(&Served, &str) -> super::served::Response;

#[test]
fn an_accueil_is_changed_added_closed_or_refused_with_what_was_typed() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let card = served.get("/accueils?code=R01").text();
    let seen = hidden(&card, "vu_commune");
    let keep = |text: &str, seen: &str| {
        let fields = [("code", "R01"), ("commune", text), ("vu_commune", seen)];
        read(&served, served.post("/accueils/garder", &fields))
    };
    let done = keep("Valbonne", &seen);
    // What to put back is said.
    let was = if seen.is_empty() { "vide" } else { &seen };
    let told = format!("C’est écrit pour R01 : Commune : {was} → Valbonne.");
    assert!(done.contains(&told), "{done}");
    let after = registry(&atelier);
    assert!(after.contains("Valbonne"), "{after}");
    // Another tab, that saw what was before.
    let stale = keep("Thil", "Nulle part");
    assert!(
        stale.contains("a changé entre-temps") && stale.contains("value=\"Thil\""),
        "{stale}"
    );
    let places = [
        ("code", "R01"),
        ("capacite_6plus", "beaucoup"),
        ("vu_capacite_6plus", &*hidden(&card, "vu_capacite_6plus")),
    ];
    let wrong = read(&served, served.post("/accueils/garder", &places));
    assert!(
        wrong.contains("Rien n’a été écrit") && wrong.contains("value=\"beaucoup\""),
        "{wrong}"
    );
    assert_eq!(registry(&atelier), after);

    let new = [("code", "R99"), ("nom", "Les Tilleuls"), ("type", "mixte")];
    assert!(
        read(&served, served.post("/accueils/ajouter", &new))
            .contains("Les Tilleuls est au registre")
    );
    let twice = read(&served, served.post("/accueils/ajouter", &new));
    assert!(
        twice.contains("Rien n’a été écrit") && twice.contains("R99"),
        "{twice}"
    );

    let close = |day: &str, seen: &str| {
        let fields = [("code", "R99"), ("jour", day), ("vu", seen)];
        served.post("/accueils/fermer", &fields)
    };
    assert_eq!(close("hier", "").status, 400);
    assert!(read(&served, close("2026-12-31", "")).contains("R99 ferme après le"));
    assert!(registry(&atelier).contains("2026-12-31"));
    // Another tab, where it was still open.
    let stale = read(&served, close("2027-01-31", ""));
    assert!(
        stale.contains("« Fermé après le » de R99 a changé entre-temps"),
        "{stale}"
    );
    assert!(!registry(&atelier).contains("2027-01-31"));
}

#[test]
fn a_list_is_looked_at_agreed_then_let_in() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let before = registry(&atelier);
    let list =
        "Site\tVille\tType\nLes Ormeaux\tAubac\tmixte\nLa Grange aux Loups\tThil\tpériscolaire\n";
    let none = served.drop_files("/accueils/liste/deposer", &[("texte", "")], &[]);
    assert_eq!(none.status, 400);
    let pasted = served.drop_files("/accueils/liste/deposer", &[("texte", list)], &[]);
    let page = read(&served, pasted);
    assert!(
        page.contains("Les Ormeaux") && page.contains("Colonnes de « Liste collée.tsv »"),
        "{page}"
    );
    assert_eq!(registry(&atelier), before);
    // Another choice than what was shown: shown anew, not written.
    let vu = hidden(&page, "vu");
    let other = [
        ("geste", "entrer"),
        ("vu", vu.as_str()),
        ("t2", "Ville"),
        ("c2", "secteur"),
    ];
    let again = read(&served, served.post("/accueils/liste/entrer", &other));
    assert!(
        again.contains("ont changé depuis") && again.contains("dit par vous"),
        "{again}"
    );
    assert_eq!(registry(&atelier), before);
    let enter = [("geste", "entrer"), ("vu", vu.as_str())];
    let done = read(&served, served.post("/accueils/liste/entrer", &enter));
    assert!(done.contains("2 accueils sont entrés"), "{done}");
    let after = registry(&atelier);
    assert!(
        after.contains("Les Ormeaux") && after.contains("La Grange aux Loups"),
        "{after}"
    );
    assert_eq!(served.post("/accueils/liste/entrer", &enter).status, 400);
    // It is taken back, once, byte for byte.
    let mine = served.get("/accueils").text();
    assert!(mine.contains("Annuler l’entrée de la liste"), "{mine}");
    let back = read(&served, served.post("/accueils/liste/reprendre", &[]));
    assert!(back.contains("La liste est reprise"), "{back}");
    assert_eq!(registry(&atelier), before);
    assert_eq!(served.post("/accueils/liste/reprendre", &[]).status, 400);
    let dropped = served.drop_files("/accueils/liste/deposer", &[], &[("liste.csv", b"rien\n")]);
    assert!(read(&served, dropped).contains("liste.csv"));
    let gone = read(&served, served.post("/accueils/liste/retirer", &[]));
    assert!(
        gone.contains("n’attend plus") && !gone.contains("Retirer «"),
        "{gone}"
    );
}

/// A list that is let in is not taken back over what was changed since.
#[test]
fn a_list_is_not_taken_back_over_what_changed_since() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let list = "Site\tVille\tType\nLes Ormeaux\tAubac\tmixte\n";
    let pasted = served.drop_files("/accueils/liste/deposer", &[("texte", list)], &[]);
    let vu = hidden(&read(&served, pasted), "vu");
    let enter = [("geste", "entrer"), ("vu", vu.as_str())];
    let done = read(&served, served.post("/accueils/liste/entrer", &enter));
    assert!(done.contains("1 accueil est entré"), "{done}");
    let fields = [("code", "R01"), ("commune", "Thil"), ("vu_commune", "")];
    read(&served, served.post("/accueils/garder", &fields));
    let changed = registry(&atelier);
    assert!(changed.contains("Thil"), "{changed}");
    assert!(
        !served
            .get("/accueils")
            .text()
            .contains("Reprendre la liste")
    );
    assert_eq!(served.post("/accueils/liste/reprendre", &[]).status, 400);
    assert_eq!(registry(&atelier), changed);
}

/// Lets a list of one new accueil in; gives its code.
fn let_one_in(atelier: &Atelier, served: &Served, name: &str) -> String {
    let list = format!("Site\tVille\tType\n{name}\tAubac\tmixte\n");
    let pasted = served.drop_files("/accueils/liste/deposer", &[("texte", &list)], &[]);
    let vu = hidden(&read(served, pasted), "vu");
    let enter = [("geste", "entrer"), ("vu", vu.as_str())];
    let done = read(served, served.post("/accueils/liste/entrer", &enter));
    assert!(done.contains("1 accueil est entré"), "{done}");
    let lines = registry(atelier);
    let line = lines.lines().find(|l| l.contains(name)).expect("its line");
    line.split(',').next().expect("a code").to_owned()
}

/// What is refused is refused before the file is touched: a kill in between leaves nothing half done.
#[test]
fn a_list_that_answers_rest_on_is_kept_and_its_file_not_even_touched() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let code = let_one_in(&atelier, &served, "Les Ormeaux");
    let families = format!("structure,date,REL-1-FAM-1\n{code},2026-05-12,3\n");
    let path = atelier.write("reçus/familles.csv", families.as_bytes());
    let answer = atelier.run(&["importer", &path, "--campagne", "C1", "--source", "FAM"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let file = atelier.root().join("data/structures.csv");
    let before = registry(&atelier);
    let touched = || file.metadata().and_then(|m| m.modified()).expect("a day");
    let since = touched();
    let refused = served.post("/accueils/liste/reprendre", &[]);
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains(&code), "{}", refused.text());
    assert_eq!((registry(&atelier), touched()), (before, since));
}

/// What was begun for an accueil of the list keeps it: a draft, an action, a line of the follow-up.
#[test]
fn a_list_that_something_rests_on_is_not_taken_back() {
    let begun = |served: &Served, code: &str| {
        let fields = [("campagne", "C1"), ("structure", code), ("source", "OBS")];
        served.post("/saisir/commencer", &fields)
    };
    let added = |served: &Served, code: &str| {
        let fields = [
            ("c_structure", code),
            ("c_campagne", "C1"),
            ("c_priorite", "haute"),
            ("c_constat", "Niveau 2,3."),
            ("c_action", "Ouvrir le portail"),
            ("c_statut", "à lancer"),
            ("criteres_vus", ""),
            ("critere", "REL-2"),
            ("vu", ""),
        ];
        served.post("/plan/ajouter", &fields)
    };
    let ways: [(&str, Begins); 2] = [("saisies", &begun), ("plan", &added)];
    for (what, begin) in ways {
        let atelier = Atelier::blank();
        let served = Served::on(Some(&atelier.root()));
        let code = let_one_in(&atelier, &served, "Les Ormeaux");
        let answer = begin(&served, &code);
        assert_eq!(answer.status, 303, "{what}: {}", answer.text());
        let before = registry(&atelier);
        let refused = served.post("/accueils/liste/reprendre", &[]);
        assert_eq!(refused.status, 400, "{what}");
        let said = refused.text();
        assert!(said.contains(what) && said.contains(&code), "{said}");
        assert_eq!(registry(&atelier), before);
    }
}

/// Papers may have gone out under a code that was taken back: another accueil never gets it, the same one does.
#[test]
fn a_code_that_left_is_given_again_to_the_same_accueil_alone() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let code = let_one_in(&atelier, &served, "Les Ormeaux");
    let take_back = || assert_eq!(served.post("/accueils/liste/reprendre", &[]).status, 303);
    take_back();
    let other = let_one_in(&atelier, &served, "Tout Autre");
    assert_ne!(other, code);
    take_back();
    assert_eq!(let_one_in(&atelier, &served, "Les Ormeaux"), code);
}

/// Headings that nobody understands: a person says what they are, on the page.
#[test]
fn a_list_that_is_not_recognised_offers_its_columns() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let list = "Truc\tMachin\tQui\nLes Ormeaux\tAubac\tMme Josiane Martineau\nLa Grange\tThil\tMme Odile Lefèvre\n";
    let pasted = served.drop_files("/accueils/liste/deposer", &[("texte", list)], &[]);
    let page = read(&served, pasted);
    assert!(page.contains("Dites ce que sont vos colonnes"), "{page}");
    assert!(
        !page.contains("--colonne") && page.contains("Places, 6 ans et plus"),
        "{page}"
    );
    assert!(
        page.contains("Les Ormeaux · La Grange") && !page.contains("Martineau"),
        "{page}"
    );
    let said = [
        ("geste", "regarder"),
        ("t1", "Truc"),
        ("c1", "nom"),
        ("t2", "Machin"),
        ("c2", "commune"),
        ("type", "mixte"),
    ];
    let answer = served.post("/accueils/liste/entrer", &said);
    assert_eq!(
        answer.status, 303,
        "what was chosen is looked at by GET: F5 sends nothing again"
    );
    let looked = read(&served, answer);
    assert!(
        looked.contains("Ce qui se passerait") && looked.contains("dit par vous"),
        "{looked}"
    );
    // Another tab, another day: what was chosen is still there.
    let again = read(&served, served.get("/accueils/liste"));
    assert!(again.contains("dit par vous"), "{again}");
    let vu = hidden(&again, "vu");
    let mut enter = said.to_vec();
    enter[0] = ("geste", "entrer");
    enter.push(("vu", &vu));
    let done = read(&served, served.post("/accueils/liste/entrer", &enter));
    assert!(done.contains("2 accueils sont entrés"), "{done}");
    assert!(!registry(&atelier).contains("Martineau"));
}
