//! Attendance lists in any layout and calendars: what each diagnostic says, what enters, what leaves no trace, what is
//! brought in twice.

use observatoire::base::diagnostics::{Code, Severity};
use rust_xlsxwriter::{Format, Workbook as Written};
use serde_json::Value;

use super::put;
use crate::atelier::{Atelier, files};

/// A file, how it is brought in, what is said of it.
pub struct IncomingFault {
    pub code: Code,
    says: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    options: &'static [&'static str],
}

/// A list as people lay it: titles merged above, dates as text, names, e-mails, signatures, a column of their own.
fn list(title: &str, day: &str, rows: &[[&str; 6]]) -> Vec<u8> {
    let mut book = Written::new();
    let page = book.add_worksheet();
    page.set_name("Feuille du jour").expect("a name");
    page.merge_range(
        0,
        0,
        0,
        5,
        "Communauté de communes du Val d’Orme (exemple)",
        &Format::new(),
    )
    .expect("merged");
    page.merge_range(1, 0, 1, 5, title, &Format::new())
        .expect("merged");
    put(page, (2, 0), day);
    let heading = [
        "NOM, Prénom",
        "Structure",
        "Service",
        "Courriel",
        "Émargement",
        "Salle",
    ];
    for (at, row) in std::iter::once(&heading).chain(rows).enumerate() {
        for (col, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            put(page, (4 + at as u32, col as u16), text);
        }
    }
    book.save_to_buffer().expect("a workbook")
}

const ROWS: [[&str; 6]; 5] = [
    [
        "Camille Martinelli",
        "Communauté de communes du Val d’Orme (exemple)",
        "coopération enfance",
        "c.m@exemple.fr",
        "CM",
        "A",
    ],
    [
        "Dominique Perronet",
        "CDC",
        "Coopération Enfance",
        "d.p@exemple.fr",
        "DP",
        "",
    ],
    [
        "Claude Vasseur",
        "Caf (exemple)",
        "action sociale",
        "06 12 34 56 78",
        "excusée",
        "",
    ],
    ["Alix Roumier", "Foyer rural du Lin", "", "", "x", ""],
    [
        "Sacha Lenoir",
        "Inspection de circonscription (exemple)",
        "",
        "",
        "",
        "",
    ],
];

const TITLE: &str = "Émargement – Groupe de travail Qualité d’accueil 3";
const DAY: &str = "jeudi 10 décembre 2026";

fn calendar(events: &str) -> Vec<u8> {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n").into_bytes()
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
}

/// Each is looked at over the example.
#[expect(clippy::too_many_lines, reason = "a table")]
pub fn incoming_faults() -> Vec<IncomingFault> {
    use Code as C;
    let of = |code, says, rows: &[[&str; 6]], title: &str, day: &str| IncomingFault {
        code,
        says,
        name: "liste.xlsx",
        bytes: list(title, day, rows),
        options: &[],
    };
    let of_calendar = |code, says, events: &str, options| IncomingFault {
        code,
        says,
        name: "agenda.ics",
        bytes: calendar(events),
        options,
    };
    let blank = ROWS.map(|[a, b, c, d, _, f]| [a, b, c, d, "", f]);
    let odd = [
        ["Camille Martinelli", "CDC", "", "", "", ""],
        ["Alix Roumier", "", "", "", "x", ""],
    ];
    let named = [["", "Mme Durand", "", "", "x", ""]];
    let coordination = event(
        "SUMMARY:Coordination du mardi\r\nDTSTART:20270112T130000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2",
    );
    let typed: &[&str] = &["--type", "coordination"];
    vec![
        of(
            C::AttendanceMeeting,
            "11/12/2026",
            &ROWS,
            "Émargement",
            "vendredi 11 décembre 2026",
        ),
        of(
            C::AttendanceMeeting,
            "ni date, ni intitulé",
            &ROWS,
            "Émargement",
            "",
        ),
        of(
            C::AttendanceMeeting,
            "celui d’un autre",
            &ROWS,
            "COPIL de printemps",
            DAY,
        ),
        // The only meeting of that day is another: an « accompagnement » at Tilleville.
        of(
            C::AttendanceMeeting,
            "elle dit « groupe de travail »",
            &ROWS,
            "Groupe de travail continuité éducative",
            "12/11/2026",
        ),
        of(
            C::AttendanceMeeting,
            "rien de ce qu’elle porte en titre ne s’y retrouve",
            &ROWS,
            "Émargement – Les écoles de demain",
            "12/11/2026",
        ),
        // A failed formula names no service.
        IncomingFault {
            code: C::AttendanceUnread,
            says: "« #N/A » est une erreur de calcul",
            name: "liste.csv",
            bytes: format!("{TITLE};\n{DAY};\nStructure;Présent\nCDC;x\n#N/A;x\n").into_bytes(),
            options: &[],
        },
        of(
            C::AttendanceUnmarked,
            "ni signature, ni croix",
            &blank,
            TITLE,
            DAY,
        ),
        of(
            C::AttendanceLeftOut,
            "1 personne sans structure",
            &odd,
            TITLE,
            DAY,
        ),
        of(
            C::AttendanceRead,
            "3 personnes venues, 2 services présents sur 4, 1 excusé",
            &ROWS,
            TITLE,
            DAY,
        ),
        of(C::PersonalColumn, "rien n’en est gardé", &ROWS, TITLE, DAY),
        of(C::ColumnIgnored, "« Salle »", &ROWS, TITLE, DAY),
        of(
            C::AttendancePartner,
            "« Fanfare du Val »",
            &[["", "Fanfare du Val", "", "", "x", ""]],
            TITLE,
            DAY,
        ),
        of(C::SuiviPerson, "désigne ou joint", &named, TITLE, DAY),
        IncomingFault {
            code: C::AttendanceUnread,
            says: "ne dit pas si la personne est venue",
            name: "liste.csv",
            bytes: b"Structure;Statut\nCDC;peut-\xeatre\n".to_vec(),
            options: &["--temps", "T-031"],
        },
        of_calendar(C::CalendarKind, "2 temps proposés", &coordination, &[]),
        of_calendar(
            C::CalendarRepeats,
            "se répète 2 fois : 12/01/2027 et 19/01/2027",
            &coordination,
            typed,
        ),
        of_calendar(
            C::CalendarLeftOut,
            "1 événement privé",
            &format!(
                "{coordination}{}",
                event("SUMMARY:Dentiste\r\nCLASS:PRIVATE\r\nDTSTART:20270113T080000Z")
            ),
            typed,
        ),
        of_calendar(
            C::CalendarTitle,
            "1 intitulé qui semble nommer",
            &event("SUMMARY:Point avec Camille Martinelli\r\nDTSTART;VALUE=DATE:20270113"),
            typed,
        ),
        of_calendar(
            C::CalendarKnown,
            "1 temps est déjà au suivi",
            &event(
                "SUMMARY:COPIL de printemps\r\nDTSTART;TZID=Europe/Paris:20260326T140000\r\nDURATION:PT2H",
            ),
            typed,
        ),
        of_calendar(
            C::CalendarRepeats,
            "sans fin",
            &event("SUMMARY:Permanence\r\nDTSTART:20270112T130000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=TU"),
            typed,
        ),
    ]
}

pub(super) fn brought(demo: &Atelier, name: &str, bytes: &[u8], options: &[&str]) -> (i32, Value) {
    let path = demo.write(name, bytes);
    let mut asked = vec!["ctg", "importer", path.as_str()];
    asked.extend(options);
    demo.json(&asked)
}

pub(super) fn says(said: &Value, code: Code, words: &str) -> bool {
    let all = said["diagnostics"].as_array().expect("a list");
    let plain = |d: &Value| {
        format!("{} {}", d["message"], d["remede"]).replace(['\u{a0}', '\u{202f}'], " ")
    };
    all.iter()
        .any(|d| d["code"] == code.as_str() && plain(d).contains(words))
}

#[test]
fn every_diagnostic_of_incoming_files_has_its_file() {
    let demo = Atelier::demo();
    let journal = || files(&demo.root().join("data/ctg/journal"));
    let before = journal();
    let mut wrong = Vec::new();
    for fault in incoming_faults() {
        let mut options = fault.options.to_vec();
        options.push("--simulation");
        let (code, said) = brought(&demo, fault.name, &fault.bytes, &options);
        let is_error = fault.code.severity() == Severity::Error;
        if !says(&said, fault.code, fault.says) || (code == 1) != is_error {
            wrong.push(format!(
                "{} « {} »: {code} {:#}",
                fault.code.as_str(),
                fault.says,
                said["diagnostics"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(before, journal(), "a simulation writes nothing");
}

/// Nothing of those who signed is kept, told, or written anywhere in the folder.
#[test]
fn nobody_of_a_list_or_of_a_calendar_leaves_a_trace() {
    let demo = Atelier::demo();
    let (code, said) = brought(&demo, "../liste.xlsx", &list(TITLE, DAY, &ROWS), &[]);
    assert_eq!(code, 0, "{said:#}");
    let persons = event(
        "SUMMARY:Coordination enfance\r\nDTSTART:20270112T130000Z\r\nDTEND:20270112T143000Z\r\nATTENDEE;CN=Camille Martinelli:mailto:c.m@exemple.fr\r\nORGANIZER;CN=Dominique Perronet:mailto:d.p@exemple.fr\r\nDESCRIPTION:Avec Claude Vass\r\n eur",
    );
    let (code, told) = brought(
        &demo,
        "../agenda.ics",
        &calendar(&persons),
        &["--type", "coordination"],
    );
    assert_eq!(code, 0, "{told:#}");
    for name in [
        "Martinelli",
        "Perronet",
        "Vasseur",
        "exemple.fr",
        "06 12 34",
    ] {
        assert!(
            !said.to_string().contains(name) && !told.to_string().contains(name),
            "{name}"
        );
        for file in files(&demo.root().join("data/ctg")) {
            let kept = std::fs::read(demo.root().join("data/ctg").join(&file)).expect("readable");
            assert!(
                !String::from_utf8_lossy(&kept).contains(name),
                "{name} in {file}"
            );
        }
    }
}

/// The list again under other bytes changes nothing; with one signature more, one line.
#[test]
fn a_list_brought_in_twice_doubles_nothing() {
    let demo = Atelier::demo();
    let result = |said: &Value| {
        let file = &said["resultat"]["fichiers"][0];
        let count = |key: &str| file[key].as_array().expect("a list").len();
        (
            file["resultat"].as_str().expect("a word").to_owned(),
            count("nouvelles"),
            count("modifiees"),
        )
    };
    // Written once: a workbook says when it was made.
    let bytes = list(TITLE, DAY, &ROWS);
    let (_, first) = brought(&demo, "liste.xlsx", &bytes, &[]);
    assert_eq!(result(&first), ("importé".to_owned(), 4, 0), "{first:#}");
    let (_, same) = brought(&demo, "liste.xlsx", &bytes, &[]);
    assert_eq!(result(&same).0, "déjà importé");
    let (_, again) = brought(
        &demo,
        "liste 2.xlsx",
        &list(TITLE, "10/12/2026", &ROWS),
        &[],
    );
    assert_eq!(
        result(&again),
        ("rien de nouveau".to_owned(), 0, 0),
        "{again:#}"
    );
    let mut late = ROWS;
    late[4][4] = "SL";
    let (_, more) = brought(&demo, "liste 3.xlsx", &list(TITLE, DAY, &late), &[]);
    assert_eq!(result(&more), ("importé".to_owned(), 0, 1), "{more:#}");
    assert!(says(&more, Code::SuiviMeanwhile, "« absent »"), "{more:#}");
    let (_, known) = demo.json(&[
        "ctg",
        "indicateurs",
        "--periode",
        "2026-T4",
        "--date",
        "2026-12-31",
    ]);
    assert!(known["resultat"].to_string().contains("T-031"));
}

/// Attended by section, by crosses, by number, in a text separated by semicolons: the same services come.
#[test]
fn a_list_of_a_day_is_of_its_meeting_when_nothing_it_says_is_another() {
    let demo = Atelier::demo();
    let titles = [
        "Émargement",
        "Feuille de présence",
        "Accompagnement d’une équipe",
        "Tilleville, réunion d’information",
    ];
    for (k, title) in titles.into_iter().enumerate() {
        let name = format!("../liste {k}.xlsx");
        let bytes = list(title, "12/11/2026", &ROWS);
        let (code, said) = brought(&demo, &name, &bytes, &["--simulation"]);
        assert_eq!(code, 0, "{title} : {said:#}");
        assert!(
            says(&said, Code::AttendanceRead, "T-027"),
            "{title} : {said:#}"
        );
    }
}

#[test]
fn any_layout_gives_the_same_services() {
    let layouts: [&str; 4] = [
        "Structure;Service;Présent;Excusé\nCDC;coopération enfance;x;\nCAF;action sociale;;x\nFOY;;x;\n",
        "Organisme;Service;Présence\nCDC;coopération enfance;présente\nCAF;action sociale;excusé\nFOY;;en visio\n",
        "Organisme;Service;Nb de présents;Statut\nCDC;coopération enfance;1;\nCAF;action sociale;0;excusé\nFOY;;1;\nTotal;;2;\n",
        "Nom;Structure;Service\nPrésents :;;\nMartinelli;CDC;coopération enfance\nRoumier;FOY;\nExcusés :;;\nVasseur;CAF;action sociale\n",
    ];
    for (i, text) in layouts.iter().enumerate() {
        let demo = Atelier::demo();
        let name = format!("liste {i}.csv");
        let (code, said) = brought(&demo, &name, text.as_bytes(), &["--temps", "T-031"]);
        assert_eq!(code, 0, "{text} {said:#}");
        assert!(
            says(
                &said,
                Code::AttendanceRead,
                "2 personnes venues, 2 services présents sur 3, 1 excusé"
            ),
            "{text} {said:#}"
        );
    }
}

/// A calendar proposes; a person confirms in a workbook, which comes back.
#[test]
fn proposed_meetings_come_back_with_their_kind() {
    let demo = Atelier::demo();
    let two = format!(
        "{}{}",
        event("SUMMARY:Coordination enfance\r\nDTSTART:20270112T130000Z\r\nDTEND:20270112T143000Z"),
        event("SUMMARY:COPIL d’hiver\r\nDTSTART:20270120T130000Z\r\nDURATION:PT2H")
    );
    let out = demo.root().join("a confirmer.xlsx");
    let (code, said) = brought(
        &demo,
        "agenda.ics",
        &calendar(&two),
        &["--propositions", &out.to_string_lossy()],
    );
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"à confirmer".into()),
        "{said:#}"
    );
    let bytes = std::fs::read(&out).expect("written");
    let filled = super::edited(
        &bytes,
        &[("Temps", 2, 2, "coordination"), ("Temps", 3, 2, "COPIL")],
    );
    let (code, said) = brought(&demo, "rendu.xlsx", &filled, &[]);
    assert_eq!(code, 0, "{said:#}");
    assert_eq!(
        said["resultat"]["fichiers"][0]["nouvelles"]
            .as_array()
            .expect("a list")
            .len(),
        2
    );
    let (_, again) = brought(
        &demo,
        "agenda 2.ics",
        &calendar(&format!("{two}\r\n")),
        &["--type", "copil"],
    );
    assert!(
        says(&again, Code::CalendarKnown, "2 temps sont déjà au suivi"),
        "{again:#}"
    );
}

/// Given to the importer of answers, a file of the convention is told where it comes in, and nothing of it is kept there.
#[test]
fn a_file_of_the_convention_given_to_the_other_importer_is_told_so() {
    let demo = Atelier::demo();
    let folder = demo.root().join("data/exemple/ctg");
    let schools = demo.write(
        "effectifs.csv",
        b"rentree_scolaire;numero_ecole;commune;nombre_total_eleves\n2025;0270001A;Tilleville;80\n",
    );
    let files = [
        ("Suivi de la convention v1.xlsx", "tableau de suivi"),
        ("Émargement du 10 décembre.xlsx", "liste d’émargement"),
        ("Agenda de la coopération.ics", "agenda"),
        (
            "Forms Les outils de la coopération.xlsx",
            "réponses d’enquête",
        ),
        ("LimeSurvey Retours des équipes.csv", "réponses d’enquête"),
        ("Sphinx Bilan des coopérations 2026.csv", "bilan CCT"),
        (schools.as_str(), "effectifs des écoles"),
    ];
    let before = crate::atelier::files(&demo.root().join("grids"));
    for (file, kind) in files {
        let path = folder.join(file).to_string_lossy().into_owned();
        let (code, said) = demo.json(&["importer", &path, "--campagne", "C2"]);
        assert_ne!(code, 0, "{file}");
        let all = said["diagnostics"].as_array().expect("a list").iter();
        let errors: Vec<&serde_json::Value> = all.filter(|d| d["severite"] == "erreur").collect();
        assert_eq!(errors.len(), 1, "{file}: {errors:#?}");
        assert_eq!(
            errors[0]["code"],
            Code::OfConvention.as_str(),
            "{file}: {errors:#?}"
        );
        let message = errors[0]["message"].as_str().expect("words");
        assert!(message.contains(kind), "{file}: {message}");
    }
    assert_eq!(crate::atelier::files(&demo.root().join("grids")), before);
}
