//! Files dropped, looked at, corrected, let in, taken back; names and headings answered once.

use observatoire::vocabulary::referentiel::SourceCode;

use super::served::{Response, Served};
use crate::atelier::Atelier;
use crate::fixtures::form;

/// A grid of R01, with one note.
fn grid(note: &str) -> Vec<u8> {
    form(SourceCode::Obs, "1", "O1", &[("REL-1-OBS-1", note, "")])
}

fn dropped(served: &Served, name: &str, bytes: &[u8]) -> String {
    let answer = served.drop_files("/recevoir/deposer", &[("campagne", "C1")], &[(name, bytes)]);
    read(served, answer)
}

fn read(served: &Served, answer: Response) -> String {
    served
        .follow(answer)
        .text()
        .replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a hidden field of the page holds.
fn hidden(page: &str, name: &str) -> String {
    let after = page
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap_or("");
    after.split('"').next().unwrap_or("").to_owned()
}

fn enter(served: &Served, page: &str) -> String {
    let fields = [
        ("campagne", "C1"),
        ("vu", &hidden(page, "vu")),
        ("confirme", "oui"),
    ];
    read(served, served.post("/recevoir/entrer", &fields))
}

#[test]
fn nothing_enters_unseen_and_what_changes_is_said_first() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let looked = dropped(&served, "Grille R01.xlsx", &grid("2"));
    assert!(
        looked.contains("1 fichier peut entrer") && looked.contains("Peut entrer"),
        "{looked}"
    );
    assert!(
        looked.contains("Rien encore dans cette campagne"),
        "nothing is written by a look: {looked}"
    );
    let stale = read(
        &served,
        served.post("/recevoir/entrer", &[("campagne", "C1"), ("vu", "0")]),
    );
    assert!(
        stale.contains("rien n’est entré") && stale.contains("1 fichier peut entrer"),
        "{stale}"
    );
    let entered = enter(&served, &looked);
    assert!(
        entered.contains("1 fichier est entré (I001)") && !entered.contains("Ce qui attend"),
        "{entered}"
    );

    // The same again changes nothing; another note is told before it takes the place of the first.
    let again = dropped(&served, "Grille R01.xlsx", &grid("2"));
    assert!(again.contains("Déjà entré"), "{again}");
    let other = dropped(&served, "Grille R01.xlsx", &grid("4"));
    assert!(other.contains("remplace celui du même nom"), "{other}");
    assert!(other.contains("REL-1-OBS-1 : 2 → 4"), "{other}");
    // Asked, and not answered: what is in place stays.
    let unasked = [("campagne", "C1"), ("vu", &*hidden(&other, "vu"))];
    let refused = read(&served, served.post("/recevoir/entrer", &unasked));
    assert!(
        refused.contains("Rien n’est entré") && !refused.contains("(I002)"),
        "{refused}"
    );
    let entered = enter(&served, &other);
    assert!(entered.contains("(I002)"), "{entered}");
    // What would leave is said before it leaves; one file may leave alone.
    assert!(entered.contains("Retirer ce fichier"), "{entered}");
    let asked = read(&served, served.get("/recevoir?campagne=C1&annuler=I002"));
    assert!(
        asked.contains("Annuler I002 ?") && asked.contains("1 fichier, 63 réponses"),
        "{asked}"
    );
    let one = "/recevoir?campagne=C1&annuler=I002&fichier=Grille%20R01.xlsx";
    let asked = read(&served, served.get(one));
    assert!(
        asked.contains("Retirer « Grille R01.xlsx » de I002 ?"),
        "{asked}"
    );
    let undone = read(
        &served,
        served.post(
            "/recevoir/annuler",
            &[
                ("campagne", "C1"),
                ("import", "I002"),
                ("fichier", "Grille R01.xlsx"),
            ],
        ),
    );
    assert!(undone.contains("est retiré de I002"), "{undone}");
}

#[test]
fn a_faulty_workbook_goes_back_lit_and_its_correction_takes_its_place() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let looked = dropped(&served, "Grille R01.xlsx", &grid("7"));
    assert!(
        looked.contains("N’entrera pas : 1 erreur à corriger"),
        "{looked}"
    );
    let link = looked
        .split("href=\"/recevoir/renvoi/")
        .nth(1)
        .expect("a link");
    let back = served.get(&format!(
        "/recevoir/renvoi/{}",
        link.split('"').next().expect("an address")
    ));
    let named = back.header("content-disposition").expect("a name");
    assert!(back.status == 200 && named.contains("corriger"), "{named}");
    assert!(back.body.starts_with(b"PK") && back.body != grid("7"));
    // Nothing of what is refused enters, and it waits still.
    let refused = enter(&served, &looked);
    assert!(
        refused.contains("Rien n’est entré") || refused.contains("N’entrera pas"),
        "{refused}"
    );
    let mended = dropped(&served, "Grille R01 (à corriger).xlsx", &grid("3"));
    assert!(
        mended.contains("« Grille R01 (à corriger).xlsx » remplace « Grille R01.xlsx »"),
        "{mended}"
    );
    assert!(!mended.contains("0 fichier reçu"), "{mended}");
    assert!(mended.contains("1 fichier peut entrer"), "{mended}");
    assert!(
        !mended.contains("sont à corriger") && !mended.contains("est à corriger"),
        "{mended}"
    );
}

#[test]
fn what_is_left_empty_is_counted_as_no_answer() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let table = "structure;REL-1-FAM-1;REL-1-FAM-2\nR01;4;3\nR01;3;\nR01;;NSP\nR01;2;2\n";
    let looked = dropped(&served, "familles.csv", table.as_bytes());
    assert!(
        looked.contains("6 réponses sur 1 critère, 2 questions laissées vides"),
        "« ne sait pas » is an answer: {looked}"
    );
    // How far it reaches is known before it enters.
    assert!(
        looked.contains("Il contient des réponses sur 1 critère des 40 du référentiel."),
        "{looked}"
    );
}

#[test]
fn a_name_is_answered_once() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let table = "structure;visite;observateur;REL-1-OBS-1\nLe centre du bourg;1;O1;3\n";
    let looked = dropped(&served, "export.csv", table.as_bytes());
    assert!(looked.contains("question attend"), "{looked}");
    let asked = served.get("/correspondances?campagne=C1").text();
    assert!(asked.contains("Le centre du bourg"), "{asked}");
    let vu = hidden(&asked, "vu");
    let wrong = served.post(
        "/correspondances/garder",
        &[("campagne", "C1"), ("vu", &vu), ("n0", "Z99")],
    );
    assert_eq!(wrong.status, 400, "{}", wrong.text());
    let kept = read(
        &served,
        served.post(
            "/correspondances/garder",
            &[("campagne", "C1"), ("vu", &vu), ("n0", "R01")],
        ),
    );
    assert!(kept.contains("1 nom reconnu"), "{kept}");
    let registry =
        std::fs::read_to_string(atelier.root().join("data/structures.csv")).expect("a registry");
    assert!(registry.contains("Le centre du bourg"), "{registry}");
    let nothing = served.get("/correspondances?campagne=C1").text();
    assert!(!nothing.contains("Qui est-ce ?"), "{nothing}");
}

/// Awkward files: each is told, none is lost, none stops the others.
#[test]
fn awkward_files_are_each_told() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let files: [(&str, &[u8]); 4] = [
        ("vide.xlsx", b""),
        ("photo.png", b"\x89PNG\r\n\x1a\n"),
        ("L’été – « notes ».csv", b"a;b\n1;2\n"),
        ("Grille R01.xlsx", &grid("3")),
    ];
    let answer = served.drop_files("/recevoir/deposer", &[("campagne", "C1")], &files);
    let looked = read(&served, answer);
    for (name, _) in files {
        let shown = name.replace(['«', '»'], "").replace('’', "");
        let words: Vec<&str> = shown.split_whitespace().collect();
        assert!(
            words.iter().all(|w| looked.replace('’', "").contains(w)),
            "{name} : {looked}"
        );
    }
    assert!(looked.contains("1 fichier peut entrer"), "{looked}");
    // A photo is told for what it is, and no sheet of it can be seen.
    let photo = looked.split("<h3>photo.png</h3>").nth(1).unwrap_or("");
    let photo = photo.split("</section>").next().unwrap_or("");
    assert!(
        photo.contains("une photo ou une image") && !photo.contains("/a-corriger"),
        "{photo}"
    );
    let entered = enter(&served, &looked);
    assert!(
        entered.contains("1 fichier est entré") && entered.contains("vide.xlsx"),
        "{entered}"
    );
    let none = served.drop_files("/recevoir/deposer", &[("campagne", "C1")], &[]);
    assert_eq!(none.status, 400);
}

/// Forms of the accueils that are chosen, in one archive, and nothing in the folder.
#[test]
fn forms_come_in_one_archive() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let before = crate::atelier::files(&atelier.root());
    let made = served.post(
        "/formulaires/faire",
        &[
            ("campagne", "C1"),
            ("source", "OBS"),
            ("format", "xlsx"),
            ("structure", "R01"),
            ("structure", "R02"),
        ],
    );
    assert_eq!(made.status, 200, "{}", made.text());
    let archive = zip::ZipArchive::new(std::io::Cursor::new(made.body)).expect("a zip");
    let names = archive
        .file_names()
        .map(|n| n.expect("a name").into_owned());
    let names: Vec<String> = names.collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().any(|n| n.contains("R01")) && names.iter().any(|n| n.contains("R02")));
    assert_eq!(crate::atelier::files(&atelier.root()), before);
    let wrong = served.post(
        "/formulaires/faire",
        &[("campagne", "C1"), ("source", "DON"), ("format", "xlsx")],
    );
    assert_eq!(wrong.status, 400);
}

/// What a heading holds is shown beside the question, but for columns that point at persons; nothing to type.
#[test]
fn headings_show_what_they_hold_and_never_who() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut table =
        String::from("Structure;Mon enfant aime y aller le matin;Courriel du parent;Qui répond\n");
    let names = [
        "Josiane Martineau",
        "Odile Lefèvre",
        "Karim Benali",
        "Sophie Durand",
        "Paul Girard",
        "Anne Mercier",
    ];
    for (rank, name) in names.into_iter().enumerate() {
        let note = ["Souvent", "Parfois", "Toujours"][rank % 3];
        table += &["R01;", note, ";parent@exemple.fr;", name, "\n"].concat();
    }
    dropped(&served, "Avis.csv", table.as_bytes());
    let said = [
        ("campagne", "C1"),
        ("rang", "000001"),
        ("source", "FAM"),
        ("structure", ""),
        ("outil", "tableau"),
    ];
    let looked = read(&served, served.post("/recevoir/dire", &said));
    assert!(!looked.contains("--"), "{looked}");
    let page = read(&served, served.get("/correspondances?campagne=C1"));
    assert!(page.contains("Mon enfant aime y aller le matin"), "{page}");
    assert!(page.contains("Souvent · Parfois · Toujours"), "{page}");
    assert!(
        !page.contains("Martineau") && !page.contains("exemple.fr"),
        "{page}"
    );
    let unknown = [
        ("campagne", "C1"),
        ("rang", "000001"),
        ("source", ""),
        ("structure", ""),
        ("outil", "minitel"),
    ];
    assert_eq!(served.post("/recevoir/dire", &unknown).status, 400);
}

#[test]
fn files_of_more_than_two_megabytes_are_received() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let line = "x".repeat(99) + "\n";
    let large = line.repeat(30_000);
    let page = dropped(&served, "grand.csv", large.as_bytes());
    assert!(
        page.contains("1 fichier reçu") && page.contains("grand.csv"),
        "{}",
        &page[..page.len().min(3_000)]
    );
}
