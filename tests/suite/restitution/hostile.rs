//! What people write may hold anything: it comes out safe and legible in each format.

use std::fmt::Write;

use calamine::{Data, Reader, open_workbook_auto};
use lopdf::Document;

use super::deliver;
use crate::atelier::Atelier;

/// Remarks of a team, as a person or a machine could write them.
fn remarks() -> String {
    let long = "le bruit du soir ".repeat(620);
    let said = [
        "<script>alert('x')</script> dans la cour",
        "=somme(a1:a9) pour rire",
        "=HYPERLINK(\"http://exemple.fr\";\"cliquez\") pour voir",
        "+33 6 12 34 56 78 pour appeler",
        "ma fille Éloïse aime le goûter",
        "super 🎉👨‍👩‍👧 la fête",
        "écrit \u{202e}sruoc ne ta\u{202c} à lire",
        "\u{5d0}\u{5d1}\u{5d2} puis la suite",
        "une puce \u{7} et un saut \u{b} de ligne",
        long.as_str(),
    ];
    let mut csv = "structure;critère;remarque\n".to_owned();
    for (i, text) in said.iter().enumerate() {
        let codes = [
            "REL-1", "REL-2", "REL-3", "ENV-1", "ENV-4", "ACT-3", "ACT-5", "INC-2", "LIE-1",
            "EQU-2",
        ];
        let quoted = text.replace('"', "\"\"");
        let _ = writeln!(csv, "R04;{};\"{quoted}\"", codes[i]);
    }
    csv
}

#[test]
fn hostile_remarks_come_out_safe_and_legible() {
    let atelier = Atelier::demo();
    let path = atelier.write("remarques.csv", remarks().as_bytes());
    let answer = atelier.run(&["importer", &path, "--campagne", "C2"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let folder = deliver(&atelier, &["--public", "equipe", "--structure", "R04"]);

    let page = std::fs::read_to_string(folder.join("equipes/equipe-R04.html")).expect("a page");
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("&lt;script&gt;"), "shown as it was written");
    checked(&page, "HTML");

    let document = Document::load(folder.join("equipes/equipe-R04.pdf")).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("text");
    checked(&text, "PDF");

    let mut book = open_workbook_auto(folder.join("equipes/equipe-R04.xlsx")).expect("a workbook");
    let mut texts = String::new();
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).expect("formulas");
        assert!(
            formulas.used_cells().next().is_none(),
            "{sheet}: no formula"
        );
        let range = book.worksheet_range(&sheet).expect("a sheet");
        for (_, _, cell) in range.used_cells() {
            if let Data::String(said) = cell {
                texts.push_str(said);
                texts.push('\n');
            }
        }
    }
    assert!(texts.contains("=somme(a1:a9)"), "a text stays a text");
    checked(&texts, "XLSX");
}

/// What must not come out, and what must still be read.
fn checked(text: &str, format: &str) {
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for gone in [
        "Éloïse",
        "exemple.fr",
        "12 34 56 78",
        "\u{202e}",
        "\u{202c}",
        "\u{7}",
        "\u{b}",
    ] {
        assert!(!flat.contains(gone), "{format}: {gone:?}");
    }
    // A sentence that names someone is not said at all, not even in part.
    for kept in ["puis la suite", "la fête"] {
        assert!(flat.contains(kept), "{format}: {kept}");
    }
    // Ten thousand characters are cut between words.
    assert!(flat.contains("le bruit du soir"), "{format}");
    assert!(flat.matches("le bruit du soir").count() < 60, "{format}");
}
