//! A meeting prepared and brought back; what is missing, with its cell; what is typed again elsewhere; a past day.

use std::io::{Cursor, Read, Write};

use observatoire::base::sheets;
use observatoire::convention::{DecisionsColumn, PresencesColumn, Register, Registers};

use super::edited;
use crate::atelier::Atelier;

/// The text of a document of a word processor with some blank cells of its table of decisions filled, row after row.
fn filled(docx: &[u8], rows: &[[&str; 5]]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        if name == "word/document.xml" {
            let xml = String::from_utf8(bytes).expect("XML");
            bytes = with_decisions(&xml, rows).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(name, options).expect("a part");
        out.write_all(&bytes).expect("written");
    }
    out.finish().expect("closed").into_inner()
}

fn with_decisions(xml: &str, rows: &[[&str; 5]]) -> String {
    let begins = xml.rfind("<w:tbl>").expect("a table");
    let (before, table) = xml.split_at(begins);
    let mut lines: Vec<String> = table.split("<w:tr>").map(str::to_owned).collect();
    // The first part is what stands before the headings, the second the headings.
    for (line, texts) in lines.iter_mut().skip(2).zip(rows) {
        let mut cells: Vec<String> = line.split("</w:tc>").map(str::to_owned).collect();
        for (cell, text) in cells.iter_mut().skip(1).zip(texts) {
            let at = cell.rfind("</w:p>").expect("a paragraph");
            cell.insert_str(at, &format!("<w:r><w:t>{text}</w:t></w:r>"));
        }
        *line = cells.join("</w:tc>");
    }
    format!("{before}{}", lines.join("<w:tr>"))
}

/// Agenda, attendance, compte rendu: what is typed in the two last comes back, and nothing of the rest.
#[test]
fn a_meeting_is_prepared_then_brought_back() {
    let demo = Atelier::demo();
    let answer = demo.run(&[
        "ctg",
        "seance",
        "Comité technique de décembre",
        "--date",
        "2026-12-15",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let folder = demo.root().join("reports/ctg/seances/T-030");
    for name in [
        "ordre-du-jour-T-030-copil.pdf",
        "ordre-du-jour-T-030-copil.docx",
        "compte-rendu-T-030.docx",
        "presences-T-030.xlsx",
    ] {
        assert!(folder.join(name).exists(), "{name}: {}", answer.stdout);
    }
    let docx = std::fs::read(folder.join("compte-rendu-T-030.docx")).expect("written");
    let rows = [
        [
            "Inviter les directrices d’école",
            "PASSERELLES",
            "CCT-ENF",
            "31/01/2027",
            "à lancer",
        ],
        [
            "Publier le calendrier",
            "GOUVERNANCE",
            "CCT-TER",
            "15/01/2027",
            "en cours",
        ],
    ];
    let path = demo.write("compte-rendu.docx", &filled(&docx, &rows));
    let (code, said) = demo.json(&["ctg", "importer", &path]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"importé".into()),
        "{said:#}"
    );
    let registers = Registers::load(&demo.root(), None).expect("a follow-up");
    let decisions = registers.rows(Register::Decisions);
    assert_eq!(decisions.len(), 13, "two lines, none for the blank ones");
    let added = decisions
        .iter()
        .find(|d| d.text(DecisionsColumn::Texte) == "Publier le calendrier")
        .expect("a line");
    assert_eq!(
        [
            added.text(DecisionsColumn::Temps),
            added.text(DecisionsColumn::Echeance),
            added.text(DecisionsColumn::Statut)
        ],
        ["T-030", "2027-01-15", "en cours"]
    );
    // Untouched, a compte rendu changes nothing; a word that is none is told with its cell.
    let blank = demo.write("vide.docx", &docx);
    let (_, said) = demo.json(&["ctg", "importer", &blank]);
    assert_eq!(
        said["resultat"]["fichiers"][0]["resultat"], "rien de nouveau",
        "{said:#}"
    );
    let wrong = filled(&docx, &[["Une décision", "PASSERELE", "", "demain", ""]]);
    let wrong = demo.write("faux.docx", &wrong);
    let (code, said) = demo.json(&["ctg", "importer", &wrong]);
    let told = said["diagnostics"].to_string();
    assert!(
        code == 1 && told.contains("PASSERELLES") && told.contains("Tableau"),
        "{code} {told}"
    );
    // A text for a word processor without any such table.
    let none = std::fs::read(folder.join("ordre-du-jour-T-030-copil.docx")).expect("written");
    let none = demo.write("ordre.docx", &none);
    let (code, said) = demo.json(&["ctg", "importer", &none]);
    assert!(
        code == 1 && said["diagnostics"].to_string().contains("CTG-2"),
        "{said:#}"
    );
}

/// Services expected: those that the register names, else those of the last meeting of the kind.
#[test]
fn who_came_is_typed_and_comes_back() {
    let demo = Atelier::demo();
    let out = demo.root().join("suivi.xlsx");
    assert_eq!(
        demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()])
            .code,
        0
    );
    let book = edited(
        &std::fs::read(&out).expect("written"),
        &[
            ("Temps", 33, 1, "2026-12-18"),
            ("Temps", 33, 2, "COPIL"),
            ("Temps", 33, 3, "COPIL d’hiver"),
        ],
    );
    let path = demo.write("rempli.xlsx", &book);
    assert_eq!(demo.run(&["ctg", "importer", &path]).code, 0);
    let answer = demo.run(&["ctg", "seance", "COPIL d’hiver", "--date", "2026-12-31"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let sheet = demo
        .root()
        .join("reports/ctg/seances/T-032/presences-T-032.xlsx");
    let bytes = std::fs::read(&sheet).expect("written");
    let read = sheets::open(&sheet, &bytes).expect("it opens").value;
    let lines = read
        .sheet("Présences")
        .expect("a sheet")
        .rows
        .iter()
        .filter(|r| r.text(1) == "T-032")
        .count();
    assert_eq!(lines, 5, "the five services of the COPIL before");
    let came: Vec<(&str, u32, u16, &str)> = vec![
        ("Présences", 2, 6, "2"),
        ("Présences", 2, 7, "présent"),
        ("Présences", 3, 7, "excusé"),
    ];
    let back = demo.write("presences.xlsx", &edited(&bytes, &came));
    let (code, said) = demo.json(&["ctg", "importer", &back]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"importé".into()),
        "{said:#}"
    );
    let registers = Registers::load(&demo.root(), None).expect("a follow-up");
    let own = registers
        .rows(Register::Presences)
        .iter()
        .filter(|p| p.text(PresencesColumn::Temps) == "T-032");
    assert_eq!(own.count(), 5);
    let unknown = demo.run(&["ctg", "seance", "COPIL d’étée"]);
    assert!(
        unknown.code == 2 && unknown.stderr.contains("COPIL"),
        "{}",
        unknown.stderr
    );
}

/// The next meeting of a kind is found by the kind; none is an error that names those to come.
#[test]
fn the_next_meeting_of_a_kind_is_found_by_its_kind() {
    let demo = Atelier::demo();
    let told = |asked: &[&str]| demo.run(&[&["ctg", "seance"], asked].concat());
    let none = told(&["copil"]);
    assert!(
        none.code == 2
            && none
                .stderr
                .contains("Aucun temps à venir n’est du type « COPIL »"),
        "{}",
        none.stderr
    );
    // Far from the day of the run, which counts. One that was is titled by its kind alone: the next is meant all the same.
    let events: String = [
        ("20260113", "COPIL"),
        ("20900112", "Pilotage de la convention"),
        ("20900316", "Pilotage de la convention"),
    ]
        .map(|(day, title)| {
            format!("BEGIN:VEVENT\r\nSUMMARY:{title}\r\nDTSTART:{day}T130000Z\r\nDURATION:PT2H\r\nEND:VEVENT\r\n")
        })
        .concat();
    let calendar = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n");
    let path = demo.write("agenda.ics", calendar.as_bytes());
    let kept = demo.run(&["ctg", "importer", &path, "--type", "copil"]);
    assert_eq!(kept.code, 0, "{}", kept.stderr);
    let next = told(&["copil"]);
    assert!(
        next.code == 0 && (next.stdout.clone() + &next.stderr).contains("T-033"),
        "{}{}",
        next.stdout,
        next.stderr
    );
    let all = told(&[]);
    assert!(
        all.code == 2
            && all
                .stderr
                .contains("T-033 (12/01/2090, Pilotage de la convention)")
            && all.stderr.contains("T-034"),
        "{}",
        all.stderr
    );
}

/// What is missing is where it says.
#[test]
fn what_is_missing_is_in_the_cell_that_is_named() {
    let demo = Atelier::demo();
    let (code, said) = demo.json(&["ctg", "verifier", "--date", "2026-12-15"]);
    assert_eq!(code, 0, "{said:#}");
    let gaps = said["resultat"]["a_completer"].as_array().expect("a list");
    let of = |kind: &str| gaps.iter().filter(|g| g["genre"] == kind).count();
    assert_eq!((of("en_retard"), of("dormante")), (4, 7), "{said:#}");
    assert!(of("a_completer") > 3);
    let title = said["resultat"]["resume"]
        .as_str()
        .expect("a title")
        .replace('\u{a0}', " ");
    assert!(
        title.contains(&format!("Il vous reste {} choses", gaps.len())),
        "{title}"
    );
    let out = demo.root().join("suivi.xlsx");
    assert_eq!(
        demo.run(&[
            "ctg",
            "exporter",
            "--date",
            "2026-12-15",
            "--sortie",
            &out.to_string_lossy()
        ])
        .code,
        0
    );
    let book = sheets::open(&out, &std::fs::read(&out).expect("written"))
        .expect("it opens")
        .value;
    for gap in gaps {
        let text = |key: &str| gap[key].as_str().expect("a text");
        let sheet = book.sheet(text("feuille")).expect("a sheet");
        let cell = text("cellule");
        let row: u32 = cell
            .trim_start_matches(char::is_alphabetic)
            .parse()
            .expect("a row");
        let col = u32::from(cell.as_bytes()[0] - b'A');
        assert_eq!(
            sheet.row(row - 1).expect("a row").text(0),
            text("ligne"),
            "{gap}"
        );
        assert_eq!(
            sheet.row(1).expect("headings").text(col),
            text("colonne"),
            "{gap}"
        );
    }
}

/// What changed since the last time, once.
#[test]
fn what_is_typed_again_is_what_changed_since_the_last_time() {
    let demo = Atelier::demo();
    let cells = |args: &[&str]| {
        let (code, said) = demo.json(args);
        assert_eq!(code, 0, "{said:#}");
        said["resultat"]["cases"]
            .as_array()
            .expect("a list")
            .clone()
    };
    let since = cells(&["ctg", "poche", "--depuis", "2026-06-30", "--simulation"]);
    let changed = since
        .iter()
        .find(|c| c["action"] == "ACT-003" && c["colonne"] == "Statut")
        .expect("a change");
    assert_eq!(
        (&changed["avant"], &changed["apres"]),
        (&"en cours".into(), &"réalisée".into())
    );
    let fiches: Vec<&str> = since.iter().filter_map(|c| c["fiche"].as_str()).collect();
    let mut once = fiches.clone();
    once.dedup();
    assert_eq!(
        once,
        ["OBSERVATOIRE", "PASSERELLES", "GOUVERNANCE", "PARENTALITE"],
        "in order of fiches"
    );
    assert!(
        cells(&["ctg", "poche"]).len() > since.len(),
        "everything, the first time"
    );
    assert!(cells(&["ctg", "poche"]).is_empty(), "nothing, the second");
    let out = demo.root().join("suivi.xlsx");
    assert_eq!(
        demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()])
            .code,
        0
    );
    let book = edited(
        &std::fs::read(&out).expect("written"),
        &[("Actions", 2, 9, "suspendue")],
    );
    let path = demo.write("rempli.xlsx", &book);
    assert_eq!(demo.run(&["ctg", "importer", &path]).code, 0);
    let again = cells(&["ctg", "poche"]);
    assert_eq!(again.len(), 1, "{again:?}");
}

/// A quarter printed as it was known then is the same byte for byte, whatever came since, in every format.
#[test]
fn a_past_quarter_is_printed_again_byte_for_byte() {
    let demo = Atelier::demo();
    let print = |name: &str| {
        let out = demo.root().join(name);
        let answer = demo.run(&[
            "ctg",
            "suivi",
            "--trimestre",
            "2026-T2",
            "--date",
            "2026-07-15",
            "--public",
            "equipe_projet",
            "--format",
            "html,pdf,xlsx,docx",
            "--sortie",
            &out.to_string_lossy(),
        ]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        ["html", "pdf", "xlsx", "docx"].map(|e| {
            std::fs::read(out.join(format!("suivi-2026-T2-equipe_projet.{e}"))).expect("written")
        })
    };
    let before = print("avant");
    let out = demo.root().join("suivi.xlsx");
    assert_eq!(
        demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()])
            .code,
        0
    );
    let book = edited(
        &std::fs::read(&out).expect("written"),
        &[
            ("Actions", 2, 9, "suspendue"),
            ("Temps", 5, 2, "COPIL"),
            ("Actions", 4, 2, "Renommée depuis"),
        ],
    );
    let path = demo.write("rempli.xlsx", &book);
    let (code, said) = demo.json(&["ctg", "importer", &path]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"importé".into()),
        "{said:#}"
    );
    let after = print("apres");
    for (rank, (one, two)) in before.iter().zip(&after).enumerate() {
        assert!(
            one == two,
            "format {rank} differs: {} and {} bytes",
            one.len(),
            two.len()
        );
    }
}

/// What is sent to who carries a fiche: its own lines, neither who came, nor functions, nor words.
#[test]
fn a_partner_is_handed_the_share_of_its_fiche() {
    let demo = Atelier::demo();
    let out = demo.root().join("part.xlsx");
    let answer = demo.run(&[
        "ctg",
        "exporter",
        "--fiche",
        "PASSERELLES",
        "--public",
        "partenaire",
        "--sortie",
        &out.to_string_lossy(),
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let book = sheets::open(&out, &std::fs::read(&out).expect("written"))
        .expect("it opens")
        .value;
    let names: Vec<&str> = book
        .sheets
        .iter()
        .filter(|s| !s.hidden)
        .map(|s| &*s.name)
        .collect();
    assert_eq!(
        names,
        [
            "Actions",
            "Temps",
            "Documents",
            "Pratiques",
            "À compléter",
            "Lisez-moi"
        ]
    );
    let (code, said) = demo.json(&["ctg", "importer", &out.to_string_lossy()]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"rien de nouveau".into()),
        "{said:#}"
    );
    assert_eq!(
        demo.run(&[
            "ctg",
            "exporter",
            "--public",
            "partenaire",
            "--sortie",
            &out.to_string_lossy()
        ])
        .code,
        2
    );
}

/// What a document prints leads to its lines.
#[test]
fn counts_and_lines_of_documents_are_explained() {
    let demo = Atelier::demo();
    for (key, words) in [
        ("CTG/ACTIONS/2026-T2", "actions au 30/06/2026"),
        ("CTG/ACTIONS:A1/2026-T2", "à lancer : 5"),
        ("CTG/TEMPS/2026-T2", "8 temps tenus"),
        ("CTG/ACT-008/2026-T2", "Écrire un livret de transition"),
        ("CTG/DEC-002/2026-T2", "Diffuser l’organigramme"),
    ] {
        let answer = demo.run(&["expliquer", key]);
        let said = answer.stdout.replace('\u{a0}', " ");
        assert!(
            answer.code == 0 && said.contains(words),
            "{key}: {said} {}",
            answer.stderr
        );
    }
}
