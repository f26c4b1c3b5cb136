//! What every report of the example says, word for word: kept beside, read again whenever it changes.
//! `OBSERVATOIRE_PAGES=1 cargo test --release --test suite -- golden` writes them anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::delivered;
use crate::atelier::{Atelier, files, is};

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/restitution/pages")
}

/// The words of a page, a line for each block; drawings are said by their tables.
fn words(page: &str) -> String {
    let body = page.split("<body").nth(1).unwrap_or_default();
    let mut text = String::new();
    let mut rest = body.split_once('>').map_or(body, |(_, rest)| rest);
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let tag = &rest[open..];
        let name: String = tag[1..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        let skipped = ["svg", "script", "style"].iter().find(|s| **s == name);
        let end = match skipped {
            Some(skipped) => {
                let close = format!("</{skipped}>");
                tag.find(&close).map_or(tag.len(), |i| i + close.len())
            }
            None => tag.find('>').map_or(tag.len(), |i| i + 1),
        };
        match name.as_str() {
            "td" | "dd" => text.push_str(" | "),
            "p" | "li" | "h1" | "h2" | "h3" | "tr" | "dt" | "figure" | "figcaption" | "caption"
            | "details" | "section" | "table" | "ul" | "div" => text.push('\n'),
            _ => {}
        }
        rest = &tag[end..];
    }
    let plain = text
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace(['\u{a0}', '\u{202f}'], " ");
    let lines = plain.lines().map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.join(" ")
    });
    lines
        .filter(|line| !line.is_empty())
        .fold(String::new(), |mut all, line| {
            let _ = writeln!(all, "{line}");
            all
        })
}

/// Both campaigns, every report. A difference is a sentence that changed: read it before keeping it.
#[test]
fn every_report_says_what_was_read_over() {
    let atelier = Atelier::demo();
    let first = [
        "rapport",
        "--campagne",
        "C1",
        "--format",
        "html",
        "--date",
        "2026-07-10",
    ];
    assert_eq!(atelier.run(&first).code, 0);
    let renew = std::env::var_os("OBSERVATOIRE_PAGES").is_some();
    let (mut seen, mut changed) = (Vec::new(), Vec::new());
    for campaign in ["C1", "C2"] {
        let folder = delivered(&atelier, campaign);
        for name in files(&folder).into_iter().filter(|n| is(n, "html")) {
            let page = std::fs::read_to_string(folder.join(&name)).expect("a page");
            let file = format!(
                "{campaign}-{}.txt",
                name.replace('/', "-").trim_end_matches(".html")
            );
            let now = words(&page);
            assert!(now.lines().count() > 5, "{name}");
            let place = kept().join(&file);
            if renew {
                std::fs::create_dir_all(kept()).expect("a folder");
                std::fs::write(&place, &now).expect("written");
            }
            let before = std::fs::read_to_string(&place).unwrap_or_default();
            // A checkout on Windows may have other line ends.
            let before: Vec<&str> = before.lines().collect();
            let first = (now
                .lines()
                .zip(before.iter().copied().chain(std::iter::repeat(""))))
            .find(|(now, before)| now != before);
            if let Some((now, before)) = first {
                changed.push(format!("{file} : « {before} » est devenu « {now} »"));
            } else if before.len() != now.lines().count() {
                changed.push(format!("{file} : la fin a changé"));
            }
            seen.push(file);
        }
    }
    let kept = files(&kept());
    let gone: Vec<&String> = kept.iter().filter(|f| !seen.contains(f)).collect();
    assert!(gone.is_empty(), "sans rapport : {gone:?}");
    assert!(
        changed.is_empty(),
        "{} pages ont changé : relisez-les, puis OBSERVATOIRE_PAGES=1. {:#?}",
        changed.len(),
        &changed[..changed.len().min(8)]
    );
}
