//! The pages of the convention: a line of a register edited in place, what is missing, indicators, the workbook.

use observatoire::convention::Register;

use super::served::{Response, Served};
use crate::atelier::{Atelier, files};

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
        .replace("&quot;", "\"")
}

fn read(served: &Served, response: Response) -> String {
    plain(&served.follow(response).text())
}

/// A form of a page, as it stands, some fields typed over.
fn sent(served: &Served, fields: &[(String, String)], to: &str) -> String {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    read(served, served.post(to, &fields))
}

/// The form of a line that is open.
fn row_form(
    served: &Served,
    register: &str,
    id: &str,
    typed: &[(&str, &str)],
) -> Vec<(String, String)> {
    let page = format!("/ctg/registre/{register}?ligne={id}");
    let html = served.get(&page).text();
    let mark = format!("name=\"id\" value=\"{id}\"");
    assert!(html.contains(&mark), "{page}: {id} is not open");
    let mut fields = served.form_holding(&page, "/ctg/ligne", &mark, typed);
    fields.retain(|(n, _)| n != "_dossier");
    fields
}

fn last_id(page: &str) -> String {
    let said = page.split("role=\"status\">").nth(1).expect("a message");
    said.split(' ').next().expect("its line").to_owned()
}

/// A workbook that somebody made with the headings of the register.
pub fn one_meeting_book(day: &str, kind: &str, title: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Temps").expect("a name");
    sheet.write_string(1, 0, "Identifiant").expect("written");
    for (rank, column) in Register::Temps.columns().iter().enumerate() {
        let col = rank as u16 + 1;
        sheet.write_string(1, col, column.heading).expect("written");
        let text = match column.key {
            "date" => day,
            "type" => kind,
            "intitule" => title,
            _ => continue,
        };
        sheet.write_string(2, col, text).expect("written");
    }
    book.save_to_buffer().expect("a workbook")
}

const MEETING: [(&str, &str); 6] = [
    ("registre", "temps"),
    ("nouvelle", "oui"),
    ("c_date", "2026-11-20"),
    ("c_type", "COPIL"),
    ("c_intitule", "COPIL de novembre"),
    ("c_duree", "1,5"),
];

/// One meeting, one line: noted, changed, crossed by another tab, removed, put back; its history says all.
#[test]
fn a_meeting_is_a_line() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let added = read(&served, served.post("/ctg/ligne", &MEETING));
    assert!(
        added.contains("c’est écrit")
            && added.contains("COPIL de novembre")
            && added.contains("1,5"),
        "{added}"
    );
    let id = last_id(&added);
    let again = read(&served, served.post("/ctg/ligne", &MEETING));
    assert!(again.contains("est déjà cette ligne"), "{again}");

    let first = row_form(&served, "temps", &id, &[("c_invites", "14")]);
    let second = row_form(
        &served,
        "temps",
        &id,
        &[("c_invites", "12"), ("c_remarque", "Salle changée")],
    );
    assert!(sent(&served, &first, "/ctg/ligne").contains("c’est écrit"));
    let crossed = sent(&served, &second, "/ctg/ligne");
    for words in [
        "Rien n’a été écrit",
        "« 14 » maintenant",
        "« 12 » que vous écrivez",
        "Salle changée",
    ] {
        assert!(crossed.contains(words), "{words} : {crossed}");
    }
    let mut forced = second;
    forced.push(("remplace".to_owned(), "oui".to_owned()));
    assert!(sent(&served, &forced, "/ctg/ligne").contains("c’est écrit"));
    let page = plain(
        &served
            .get(&format!("/ctg/registre/temps?ligne={id}"))
            .text(),
    );
    assert!(
        page.contains("« 14 » devient « 12 »") && page.contains("page CTG"),
        "{page}"
    );
    let same = row_form(&served, "temps", &id, &[]);
    assert!(sent(&served, &same, "/ctg/ligne").contains("Rien n’a changé"));

    let stale = [("registre", "temps"), ("id", id.as_str()), ("vu", "A001")];
    assert_eq!(served.post("/ctg/ligne/retirer", &stale).status, 400);
    let seen = row_form(&served, "temps", &id, &[])
        .into_iter()
        .find(|(n, _)| n == "vu")
        .expect("its state")
        .1;
    let removal = [
        ("registre", "temps"),
        ("id", id.as_str()),
        ("vu", seen.as_str()),
    ];
    let removed = read(&served, served.post("/ctg/ligne/retirer", &removal));
    assert!(
        removed.contains("est retirée") && removed.contains("Lignes retirées"),
        "{removed}"
    );
    let back = [("registre", "temps"), ("id", id.as_str())];
    let back_again = read(&served, served.post("/ctg/ligne/remettre", &back));
    assert!(
        back_again.contains("telle qu’elle était") && back_again.contains("COPIL de novembre"),
        "{back_again}"
    );
    assert_eq!(served.post("/ctg/ligne/remettre", &back).status, 400);
    // What the page wrote is what the workbook holds.
    let told = atelier.run(&["ctg", "exporter", "--sortie", "suivi.xlsx"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
}

/// What a workbook is refused, a page is refused, with what was typed.
#[test]
fn what_cannot_be_kept_is_said_beside_its_field() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let before = files(&atelier.root().join("data/ctg/journal")).len();
    for (field, typed, words) in [
        ("c_type", "Goûter", "n’est pas admis ici"),
        ("c_duree", "longtemps", "n’est pas un nombre"),
        (
            "c_remarque",
            "Appeler Mme Dupont au 06 12 34 56 78",
            "désigner ou joindre une personne",
        ),
        ("c_date", "", "est vide"),
        ("c_structures", "ZZZ", "n’est pas au registre"),
    ] {
        let mut fields = MEETING.to_vec();
        fields.retain(|(n, _)| *n != field);
        fields.push((field, typed));
        let said = read(&served, served.post("/ctg/ligne", &fields));
        assert!(
            said.contains(words) && said.contains("COPIL de novembre"),
            "{field} : {said}"
        );
    }
    let code = [
        ("registre", "fonctions"),
        ("nouvelle", "oui"),
        ("id", "COORD"),
        ("c_intitule", "Une autre coordination"),
        ("c_nature", "CCTerritorial"),
    ];
    let twice = read(&served, served.post("/ctg/ligne", &code));
    let again = served.post("/ctg/ligne", &code);
    assert!(
        twice.contains("COORD : c’est écrit") && again.status == 400,
        "{twice} {}",
        again.text()
    );
    assert_eq!(served.get("/ctg/registre/danse").status, 400);
    assert_eq!(
        files(&atelier.root().join("data/ctg/journal")).len(),
        before + 1
    );
}

#[test]
fn what_is_missing_leads_to_its_line_and_indicators_to_theirs() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let home = plain(&served.get("/ctg").text());
    assert!(
        home.contains("à compléter ; prochaine échéance") || home.contains("Il vous reste"),
        "{home}"
    );
    let link = home
        .split("<th scope=\"row\"><a href=\"")
        .nth(1)
        .expect("a line")
        .split('"')
        .next()
        .expect("its end");
    let line = plain(&served.get(link).text());
    assert!(line.contains("Garder "), "{link}");
    let all = plain(&served.get("/ctg/indicateurs").text());
    assert!(
        all.contains("G07")
            && all.contains("non calculable")
            && all.contains("<option value=\"2026-T4\""),
        "{all}"
    );
    let one = plain(&served.get("/ctg/indicateurs?periode=2026-T2").text());
    assert!(
        one.contains("2026-T2") && !one.contains("<td>2026-T4</td>"),
        "{one}"
    );
    let told = plain(&served.get("/ctg/indicateurs/G07?periode=2026-T4").text());
    assert!(told.contains("T-0") && told.contains("G07"), "{told}");
    assert_eq!(
        served.get("/ctg/indicateurs/ZZ9?periode=2026-T4").status,
        400
    );
    assert_eq!(served.get("/ctg/indicateurs?periode=jamais").status, 400);
}

/// Down, up unchanged, up again with a line more: looked at before anything enters.
#[test]
fn the_workbook_goes_and_comes_back() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let book = served.get("/ctg/classeur");
    let name = book.header("content-disposition").expect("a name");
    assert!(
        name.contains("Suivi de la CTG - ") && name.contains(".xlsx"),
        "{name}"
    );
    let looked = read(
        &served,
        served.drop_files("/ctg/classeurs/deposer", &[], &[("Suivi.xlsx", &book.body)]),
    );
    assert!(
        looked.contains("Ne change rien") && !looked.contains("Faire entrer 1"),
        "{looked}"
    );
    let taken = read(
        &served,
        served.post("/ctg/classeurs/retirer", &[("rang", "000001")]),
    );
    assert!(taken.contains("n’attend plus"), "{taken}");
    let more = one_meeting_book("2026-11-21", "COPIL", "Un COPIL du classeur");
    let looked = read(
        &served,
        served.drop_files("/ctg/classeurs/deposer", &[], &[("Un temps.xlsx", &more)]),
    );
    assert!(
        looked.contains("Peut entrer") && looked.contains("ajoute Temps T-"),
        "{looked}"
    );
    let stale = read(
        &served,
        served.post("/ctg/classeurs/entrer", &[("vu", "ailleurs")]),
    );
    assert!(stale.contains("rien n’est entré"), "{stale}");
    let form = served.form("/ctg/classeurs", "/ctg/classeurs/entrer", &[]);
    let entered = sent(&served, &form, "/ctg/classeurs/entrer");
    assert!(entered.contains("1 ligne nouvelle"), "{entered}");
    assert!(plain(&served.get("/ctg/registre/temps").text()).contains("Un COPIL du classeur"));
    let odd = read(
        &served,
        served.drop_files(
            "/ctg/classeurs/deposer",
            &[],
            &[("photo.xlsx", b"rien".as_slice())],
        ),
    );
    assert!(
        odd.contains("Ne peut pas entrer") || odd.contains("Ce n’est pas un fichier du suivi"),
        "{odd}"
    );
    assert_eq!(served.post("/ctg/classeurs/deposer", &[]).status, 400);
}

/// Two machines, one cell; and a folder without a convention yet.
#[test]
fn a_contested_cell_is_settled_and_a_convention_is_begun() {
    let (one, two) = (Atelier::blank(), Atelier::blank());
    let (here, there) = (Served::on(Some(&one.root())), Served::on(Some(&two.root())));
    assert!(plain(&here.get("/ctg").text()).contains("n’est pas encore décrite"));
    let begun = read(&here, here.post("/ctg/commencer", &[]));
    assert!(
        begun.contains("Le modèle est écrit") && one.root().join("ctg/convention.toml").is_file(),
        "{begun}"
    );
    assert_eq!(here.post("/ctg/commencer", &[]).status, 400);
    let bring = |from: &Atelier, to: &Atelier| {
        let dir = |a: &Atelier| a.root().join("data/ctg/journal");
        for name in files(&dir(from)).iter().filter(|n| n.starts_with('A')) {
            let bytes = std::fs::read(dir(from).join(name)).expect("readable");
            to.write(&format!("data/ctg/journal/{name}"), &bytes);
        }
    };
    for (rank, choice) in ["reste", "0", "1"].into_iter().enumerate() {
        let title = format!("Réunion {rank}");
        let mut meeting = MEETING.to_vec();
        meeting[4].1 = &title;
        let id = last_id(&read(&here, here.post("/ctg/ligne", &meeting)));
        bring(&one, &two);
        for (served, invited) in [(&here, "10"), (&there, "20")] {
            let form = row_form(served, "temps", &id, &[("c_invites", invited)]);
            assert!(sent(served, &form, "/ctg/ligne").contains("c’est écrit"));
        }
        bring(&two, &one);
        let page = plain(&here.get("/ctg").text());
        assert!(
            page.contains(&format!("À trancher : {id}"))
                && page.contains("« 10 »")
                && page.contains("« 20 »"),
            "{page}"
        );
        let stale = here.form(
            "/ctg",
            "/ctg/trancher",
            &[("choix", choice), ("vu", "A001")],
        );
        let stale: Vec<(&str, &str)> = stale
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(here.post("/ctg/trancher", &stale).status, 400);
        let settled = sent(
            &here,
            &here.form("/ctg", "/ctg/trancher", &[("choix", choice)]),
            "/ctg/trancher",
        );
        assert!(
            settled.contains("c’est tranché") && !settled.contains("À trancher"),
            "{settled}"
        );
        let held = row_form(&here, "temps", &id, &[])
            .into_iter()
            .find(|(n, _)| n == "c_invites")
            .expect("a cell")
            .1;
        assert_eq!(held.is_empty(), choice == "reste", "{held}");
        bring(&one, &two);
    }
}
