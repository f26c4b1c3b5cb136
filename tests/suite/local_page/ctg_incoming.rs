//! What a list or a calendar does not say is chosen on the page: no word of the command line.

use super::served::{Response, Served};
use crate::atelier::Atelier;

fn read(served: &Served, response: Response) -> String {
    let text = served.follow(response).text();
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

fn enter(served: &Served) -> String {
    let form = served.form("/ctg/classeurs", "/ctg/classeurs/entrer", &[]);
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    read(served, served.post("/ctg/classeurs/entrer", &form))
}

const DROP: &str = "/ctg/classeurs/deposer";
const SAY: &str = "/ctg/classeurs/dire";
const LIST: &str = "Nom;Structure;Service\nMartinelli;CDC;coopération enfance\nRoumier;FOY;\n";

#[test]
fn a_list_without_day_nor_mark_is_asked_for_both() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let asked = read(
        &served,
        served.drop_files(DROP, &[], &[("liste.csv", LIST.as_bytes())]),
    );
    assert!(
        asked.contains("Liste d’émargement")
            && asked.contains("De quelle réunion")
            && !asked.contains("--"),
        "{asked}"
    );
    let no_longer = [("rang", "000009"), ("temps", "T-031")];
    assert_eq!(served.post(SAY, &no_longer).status, 400);
    let meeting = [("rang", "000001"), ("temps", "T-031")];
    let said = read(&served, served.post(SAY, &meeting));
    assert!(
        said.contains("Toutes les personnes de la liste sont venues")
            && said.contains("value=\"T-031\" selected"),
        "{said}"
    );
    let all = [
        ("rang", "000001"),
        ("temps", "T-031"),
        ("tous_presents", "oui"),
    ];
    let said = read(&served, served.post(SAY, &all));
    assert!(
        said.contains("Peut entrer") && !said.contains("Martinelli"),
        "{said}"
    );
    let entered = enter(&served);
    assert!(
        entered.contains("L’historique de chaque ligne"),
        "{entered}"
    );
    let came = read(&served, served.get("/ctg/registre/presences?temps=T-031"));
    assert!(
        came.contains("T-031") && !came.contains("Roumier"),
        "{came}"
    );
}

#[test]
fn a_calendar_is_asked_for_its_kind_or_gives_a_workbook() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Coordination du mardi\r\nDTSTART:20270112T130000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let asked = read(
        &served,
        served.drop_files(DROP, &[], &[("agenda.ics", calendar.as_bytes())]),
    );
    assert!(
        asked.contains("Type de toutes ces réunions") && !asked.contains("--type"),
        "{asked}"
    );
    let book = served.get("/ctg/classeurs/propositions?rang=000001");
    assert!(
        book.status == 200 && book.body.starts_with(b"PK"),
        "{}",
        book.head
    );
    assert_eq!(
        served.get("/ctg/classeurs/propositions?rang=000009").status,
        400
    );
    let odd = [("rang", "000001"), ("type", "goûter")];
    assert_eq!(served.post(SAY, &odd).status, 400);
    let form = served.form("/ctg/classeurs", SAY, &[]);
    assert!(
        form.iter()
            .any(|(name, value)| name == "type" && value.is_empty())
    );
    let said = read(
        &served,
        served.post(SAY, &[("rang", "000001"), ("type", "coordination")]),
    );
    assert!(said.contains("Peut entrer"), "{said}");
    assert!(enter(&served).contains("1 ligne nouvelle"));
    assert!(read(&served, served.get("/ctg/registre/temps")).contains("Coordination du mardi"));
}
