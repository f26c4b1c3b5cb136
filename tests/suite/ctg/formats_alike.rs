//! A workbook and a Word document hand no figure over that the page does not print: what was weighed for the page holds for
//! all of them, and no cell keeps the decimals that print had left out.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};

use crate::atelier::{Atelier, files, is};

/// Documents that committees, the Caf and everybody are handed.
const HANDED: [(&[&str], &str); 9] = [
    (&["suivi", "--trimestre", "2026-T4"], "copil"),
    (&["suivi", "--trimestre", "2026-T4"], "caf"),
    (&["suivi", "--trimestre", "2026-T4"], "habitants"),
    (&["gouvernance", "--annee", "2026"], "copil"),
    (&["gouvernance", "--annee", "2026"], "habitants"),
    (&["territoire", "--annee", "2026"], "copil"),
    (&["experimentation", "EXP1"], "copil"),
    (&["bilan", "--type", "final"], "caf"),
    (&["bilan", "--type", "final"], "habitants"),
];

/// Numbers of a text, in thousandths: « 1 234,5 », « 45 % », « 12/11/2026 » is three of them.
fn numbers(text: &str) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut at = 0;
    while at < chars.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let mut written = String::new();
        loop {
            while digit(at) {
                written.push(chars[at]);
                at += 1;
            }
            let thousands = matches!(chars.get(at), Some('\u{a0}' | '\u{202f}'))
                && (1..=3).all(|more| digit(at + more))
                && !digit(at + 4);
            let decimals =
                matches!(chars.get(at), Some(',' | '.')) && digit(at + 1) && !written.contains('.');
            if thousands {
                at += 1;
            } else if decimals {
                written.push('.');
                at += 1;
            } else {
                break;
            }
        }
        if let Ok(value) = written.parse::<f64>() {
            found.insert(thousandths(value));
        }
    }
    found
}

fn thousandths(value: f64) -> i64 {
    (value * 1_000.0).round() as i64
}

/// The words of a page or of a part of a document; what is not read aloud is left out.
fn words(source: &str) -> String {
    let mut text = String::new();
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let tag = &rest[open..];
        let skipped = ["style", "script"].iter().find_map(|name| {
            let starts = tag[1..].starts_with(name);
            starts.then(|| tag.find(&format!("</{name}>"))).flatten()
        });
        let Some(close) = tag[skipped.unwrap_or(0)..].find('>') else {
            break;
        };
        text.push(' ');
        // What a picture says to who does not see it is said.
        let whole = &tag[..close];
        for attribute in ["alt=\"", "aria-label=\"", "title=\"", "content=\""] {
            let said = whole.split(attribute).skip(1);
            said.for_each(|s| text.push_str(s.split('"').next().unwrap_or_default()));
        }
        rest = &tag[skipped.unwrap_or(0) + close + 1..];
    }
    text.push_str(rest);
    text.replace("&nbsp;", "\u{a0}").replace("&#160;", "\u{a0}")
}

/// Figures of a workbook, each with its place.
fn cells(path: &Path) -> Vec<(String, String, BTreeSet<i64>)> {
    let mut book = open_workbook_auto(path).expect("a workbook");
    let mut all = Vec::new();
    // What explains how to read the others is the same in every workbook.
    let sheets = book.worksheets().into_iter();
    for (name, range) in sheets.filter(|(name, _)| name != "Lisez-moi") {
        for (row, col, cell) in range.used_cells() {
            let told = match cell {
                Data::Float(value) => BTreeSet::from([thousandths(value.abs())]),
                Data::Int(value) => BTreeSet::from([value * 1_000]),
                // The name that « expliquer » is given, and no figure.
                Data::String(key) if key.starts_with("CTG/") => continue,
                Data::String(text) => numbers(text),
                _ => continue,
            };
            all.push((format!("{name} {row}:{col}"), cell.to_string(), told));
        }
    }
    all
}

fn parts(path: &Path) -> String {
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("a zip");
    let mut text = String::new();
    for part in ["word/document.xml", "word/comments.xml"] {
        if let Ok(mut file) = archive.by_name(part) {
            file.read_to_string(&mut text).expect("a part");
        }
    }
    // Runs of one word follow each other without a space.
    let joined = text.replace("</w:t>", "\u{1}").replace("</w:p>", "\u{1} ");
    words(&joined).replace("\u{1} ", "\u{1}\n")
}

#[test]
fn a_workbook_and_a_word_document_say_no_more_than_the_page() {
    let demo = Atelier::demo();
    let (mut figures, mut books) = (0, 0);
    for (rank, (command, audience)) in HANDED.iter().enumerate() {
        let out = demo.root().join(format!("formats-{rank}"));
        let folder = out.to_string_lossy();
        let mut asked = vec!["ctg"];
        asked.extend(*command);
        asked.extend(["--public", audience, "--date", "2026-12-15"]);
        asked.extend(["--format", "html,xlsx,docx", "--sortie", &folder]);
        let answer = demo.run(&asked);
        assert_eq!(answer.code, 0, "{asked:?}: {}", answer.stderr);
        let names = files(&out);
        let mut pages = names.iter().filter(|name| is(name, "html"));
        let page = out.join(pages.next().expect("a page"));
        let page = words(&std::fs::read_to_string(page).expect("read"));
        let printed = numbers(&page);
        assert!(printed.len() > 10, "{asked:?}");
        for name in names.iter().filter(|name| is(name, "xlsx")) {
            books += 1;
            for (place, cell, told) in cells(&out.join(name)) {
                for value in told {
                    figures += 1;
                    // A share is a percentage on the page.
                    assert!(
                        printed.contains(&value) || printed.contains(&(value * 100)),
                        "{asked:?}, {place}: « {cell} » is not on the page"
                    );
                }
            }
        }
        for name in names.iter().filter(|name| is(name, "docx")) {
            let text = parts(&out.join(name));
            for value in numbers(&text.replace('\u{1}', "")) {
                figures += 1;
                assert!(
                    printed.contains(&value),
                    "{asked:?}, {name}: {value} is not on the page"
                );
            }
        }
    }
    assert!(books > 3 && figures > 500, "{books} {figures}");
    println!("{books} classeurs, {figures} nombres relus : tous sont sur les pages");
}
