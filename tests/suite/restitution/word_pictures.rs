//! Charts in documents for Word: one picture each, with its alternative and its caption, and its figures in a table
//! at the end; small files, the same bytes twice.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use super::deliver;
use crate::atelier::Atelier;

/// Widest file that is sent by mail without a second thought.
const LARGEST: usize = 1_500_000;
/// Pixels of 174 mm at 200 an inch.
const WIDTH: u32 = 1_370;

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("readable");
        parts.insert(name, content);
    }
    parts
}

/// What an attribute says, each time that it stands in a text.
fn said<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    let rest = text.split(mark.as_str()).skip(1);
    rest.filter_map(|t| t.split('"').next()).collect()
}

/// Charts of a document, each with its alternative.
fn charts(path: &Path) -> usize {
    let bytes = std::fs::read(path).expect("a document");
    assert!(bytes.len() < LARGEST, "{}: {}", path.display(), bytes.len());
    let parts = parts(&bytes);
    let text = |name: &str| String::from_utf8(parts[name].clone()).expect("text");
    let body = text("word/document.xml");
    let relations = text("word/_rels/document.xml.rels");
    let pictures: Vec<&String> = parts
        .keys()
        .filter(|n| n.starts_with("word/media/figure"))
        .collect();
    let drawings: Vec<&str> = body.split("<wp:docPr ").skip(1).collect();
    assert_eq!(drawings.len(), pictures.len(), "{}", path.display());
    for (rank, drawing) in (1..).zip(&drawings) {
        let own = drawing.split("</w:drawing>").next().expect("a drawing");
        let alternative = said(own, "descr")[0];
        assert!(alternative.chars().count() > 20, "{alternative}");
        let target = format!("Id=\"figure{rank}\"");
        let relation = relations
            .split("<Relationship ")
            .find(|r| r.contains(&target));
        let target = said(relation.expect("a relation"), "Target")[0];
        let png = &parts[&format!("word/{target}")];
        assert!(png.starts_with(b"\x89PNG"));
        let width = u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
        assert_eq!(width, WIDTH);
        assert!(
            said(own, "r:embed").is_empty() || own.contains(&format!("r:embed=\"figure{rank}\""))
        );
    }
    // As many tables of figures as charts, at the end.
    let figures = body
        .split("Les chiffres des graphiques")
        .nth(1)
        .unwrap_or("");
    let tables = figures.matches("<w:tblHeader/>").count();
    assert_eq!(tables, drawings.len(), "{}", path.display());
    drawings.len()
}

#[test]
fn each_chart_is_a_picture_with_its_alternative_and_its_figures() {
    let atelier = Atelier::demo();
    let ask = |public: &'static str| deliver(&atelier, &["--public", public, "--format", "docx"]);
    let folder = ask("elus");
    ask("equipe");
    ask("renouvellement");
    let elus = folder.join("elus/synthese-elus.docx");
    assert!(charts(&elus) >= 3);
    assert!(charts(&folder.join("equipes/equipe-R01.docx")) >= 2);
    charts(&folder.join("renouvellement/renouvellement-R01.docx"));
    let first = std::fs::read(&elus).expect("a document");
    ask("elus");
    assert_eq!(std::fs::read(&elus).expect("a document"), first);
}
