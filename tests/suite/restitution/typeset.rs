//! PDF read back as it is laid out: how large each word is, where the page ends.

use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};

use super::delivered;
use crate::atelier::{Atelier, files, is};

/// A transformation of the plane, as PDF writes it.
type Matrix = [f64; 6];

const STILL: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn numbers(operands: &[Object]) -> Vec<f64> {
    let read = operands
        .iter()
        .map(|o| f64::from(o.as_float().unwrap_or(0.0)));
    read.collect()
}

/// A word as it stands on a page: its size in points, and how far its line is from the bottom.
struct Laid {
    size: f64,
    height: f64,
}

/// Words of a page. Only the operators that typst writes are read; another would show by an absurd size.
fn laid(document: &Document, page: ObjectId) -> Vec<Laid> {
    let bytes = document.get_page_content(page);
    let content = Content::decode(&bytes).expect("operators");
    let (mut now, mut kept) = (STILL, Vec::new());
    let (mut line, mut size) = (STILL, 0.0);
    let mut words = Vec::new();
    for operation in &content.operations {
        let given = numbers(&operation.operands);
        match operation.operator.as_str() {
            "q" => kept.push(now),
            "Q" => now = kept.pop().unwrap_or(STILL),
            "cm" => now = times(given.try_into().expect("six numbers"), now),
            "BT" => line = STILL,
            "Tm" => line = given.try_into().expect("six numbers"),
            "Td" => line = times([1.0, 0.0, 0.0, 1.0, given[0], given[1]], line),
            "Tf" => size = given[1],
            "Tj" | "TJ" => {
                let place = times(line, now);
                words.push(Laid {
                    size: size * place[2].hypot(place[3]),
                    height: place[5],
                });
            }
            _ => {}
        }
    }
    words
}

/// Where the footer is, in points from the bottom.
const FOOTER: f64 = 46.0;
/// Height of a page, in points.
const A4: f64 = 841.9;

/// Every report of both campaigns: no word under nine points, charts included, and no page half empty before another.
#[test]
fn no_word_is_small_and_no_page_is_half_empty() {
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
    let (mut words, mut empty) = (0, Vec::new());
    for campaign in ["C1", "C2"] {
        let folder = delivered(&atelier, campaign);
        for name in files(&folder).into_iter().filter(|n| is(n, "pdf")) {
            let document = Document::load(folder.join(&name)).expect("a PDF");
            let pages = document.get_pages();
            for (page, id) in &pages {
                let all = laid(&document, *id);
                assert!(all.len() > 3, "{name}: page {page} is read");
                for word in &all {
                    assert!(
                        (8.99..40.0).contains(&word.size),
                        "{campaign}/{name}, page {page}: {:.2} pt",
                        word.size
                    );
                }
                words += all.len();
                let text = all.iter().map(|w| w.height).filter(|h| *h > FOOTER);
                let lowest = text.fold(A4, f64::min);
                if (*page as usize) < pages.len() && lowest > A4 / 2.0 {
                    empty.push(format!("{campaign}/{name}, page {page} : {lowest:.0} pt"));
                }
            }
        }
    }
    assert!(words > 10_000, "{words}");
    assert!(empty.is_empty(), "{empty:#?}");
}
