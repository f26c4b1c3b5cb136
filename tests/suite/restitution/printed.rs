//! Workbooks and printed reports hold the same content as the page, typed.

use calamine::{Data, Reader, open_workbook_auto};
use lopdf::Document;

use super::delivered;
use crate::atelier::{Atelier, files, is};

#[test]
fn a_workbook_opens_on_what_it_is_and_holds_typed_cells() {
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    let mut book = open_workbook_auto(folder.join("elus/synthese-elus.xlsx")).expect("a workbook");
    let names = book.sheet_names();
    assert_eq!(names[0], "Lisez-moi");
    assert!(names.iter().all(|n| n.chars().count() <= 31), "{names:?}");
    let range = book.worksheet_range("Accueils × axes").expect("the matrix");
    let (mut levels, mut fictive) = (0, false);
    for (_, _, cell) in range.used_cells() {
        match cell {
            Data::Float(v) => {
                assert!((1.0..=4.0).contains(v), "{v}");
                assert!(
                    ((v * 100.0).round() - v * 100.0).abs() < 1e-9,
                    "{v}: as printed"
                );
                levels += 1;
            }
            Data::String(text) => fictive |= text == "DONNÉES FICTIVES",
            _ => {}
        }
    }
    assert!(levels > 60 && fictive, "{levels}");
}

/// The sentences of the page are those of the printed report.
#[test]
fn the_printed_report_says_what_the_page_says() {
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    for name in [
        "elus/synthese-elus",
        "familles/familles-R01",
        "renouvellement/renouvellement-P06",
    ] {
        let document = Document::load(folder.join(format!("{name}.pdf"))).expect("a PDF");
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        let text = document.extract_text(&pages).expect("text");
        let words = |text: &str| -> String {
            // Lines are broken where the page ends: hyphens and spaces aside.
            text.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let printed = words(&text);
        let page = std::fs::read_to_string(folder.join(format!("{name}.html"))).expect("a page");
        // What is folded on screen is on the sheets of the workbook, and paper says so.
        let unfolded = page.split("<section class=\"detail\">").next();
        let headings: Vec<&str> = unfolded
            .unwrap_or_default()
            .split("<h2>")
            .skip(1)
            .filter_map(|part| part.split("</h2>").next())
            .collect();
        assert!(headings.len() > 3, "{name}");
        for heading in headings {
            assert!(printed.contains(&words(heading)), "{name}: {heading}");
        }
        assert!(printed.contains("DONNÉESFICTIVES"), "{name}");
    }
}

/// Pages that each reader is given at most, in both campaigns; what elected people are given to read is half of what it
/// was (3 860 words).
#[test]
fn reports_are_short_enough_to_be_read() {
    let atelier = Atelier::demo();
    let first = [
        "rapport",
        "--campagne",
        "C1",
        "--format",
        "pdf",
        "--date",
        "2026-07-10",
    ];
    assert_eq!(atelier.run(&first).code, 0);
    for campaign in ["C1", "C2"] {
        let folder = delivered(&atelier, campaign);
        let mut counted = 0;
        for name in files(&folder).into_iter().filter(|n| is(n, "pdf")) {
            let most = match name.split('/').next().expect("a folder") {
                "elus" | "equipes" => 4,
                "renouvellement" => 2,
                "familles" => 1,
                _ => continue,
            };
            let document = Document::load(folder.join(&name)).expect("a PDF");
            let pages: Vec<u32> = document.get_pages().keys().copied().collect();
            assert!(
                pages.len() <= most,
                "{campaign}/{name}: {} pages",
                pages.len()
            );
            counted += 1;
            if name.starts_with("elus") {
                let text = document.extract_text(&pages).expect("text");
                let words = text.split_whitespace().count();
                assert!(words <= 1_930, "{campaign}/{name}: {words} words");
            }
        }
        assert!(counted > 40, "{counted}");
    }
}
