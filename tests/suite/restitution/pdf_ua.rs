//! What a reader of a file can check of PDF/UA-1: the title shown, tab order, fonts that are there and that say their
//! letters, nothing drawn outside a tag or an artifact; then a checker of its own, where it is there.

use std::process::Command;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use super::delivered;
use crate::atelier::{Atelier, files, is};

fn dictionary<'a>(
    document: &'a Document,
    of: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    let found = of.get(key).ok()?;
    match found {
        Object::Reference(id) => document.get_object(*id).ok()?.as_dict().ok(),
        other => other.as_dict().ok(),
    }
}

/// What shows a title bar and a tab order wrong.
fn faults_of_frame(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let catalog = document.catalog().expect("a catalogue");
    let shown = dictionary(document, catalog, b"ViewerPreferences")
        .and_then(|p| p.get(b"DisplayDocTitle").ok())
        .is_some_and(|shown| matches!(shown, Object::Boolean(true)));
    if !shown {
        faults.push("the title bar shows the name of the file".to_owned());
    }
    for (number, id) in document.get_pages() {
        let page = document.get_dictionary(id).expect("a page");
        let tabs = page.get(b"Tabs").and_then(Object::as_name);
        if page.get(b"Annots").is_ok() && tabs.ok() != Some(b"S".as_slice()) {
            faults.push(format!("page {number}: tabs do not follow the structure"));
        }
        if page.get(b"StructParents").is_err() {
            faults.push(format!("page {number}: its content leads to no structure"));
        }
    }
    faults
}

/// Fonts that are not there, or whose letters cannot be read.
fn faults_of_fonts(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = 0;
    for object in document.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        if font.get(b"Type").and_then(Object::as_name).ok() == Some(b"FontDescriptor".as_slice()) {
            seen += 1;
            let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
            if !files.iter().any(|key| font.get(key).is_ok()) {
                faults.push(format!("a font is not embedded: {font:?}"));
            }
        }
        if font.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0".as_slice())
            && font.get(b"ToUnicode").is_err()
        {
            faults.push(format!("letters of a font cannot be read: {font:?}"));
        }
    }
    if seen == 0 {
        faults.push("no font".to_owned());
    }
    faults
}

/// Whether something is painted outside every tag and every artifact.
fn unmarked(document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, id) in document.get_pages() {
        let bytes = document.get_page_content(id);
        let mut depth = 0;
        for operation in Content::decode(&bytes).expect("operations").operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => depth += 1,
                "EMC" => depth -= 1,
                "Tj" | "TJ" | "\'" | "\"" | "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b"
                | "b*" | "Do" | "sh"
                    if depth == 0 =>
                {
                    faults.push(format!(
                        "page {number}: {} outside a tag",
                        operation.operator
                    ));
                }
                _ => {}
            }
        }
        if depth != 0 {
            faults.push(format!("page {number}: {depth} marks are left open"));
        }
    }
    faults
}

#[test]
fn every_pdf_holds_what_a_reader_of_the_file_can_check() {
    let atelier = Atelier::demo();
    let reports = atelier.root().join("reports");
    let mut read = 0;
    for name in files(&reports).iter().filter(|n| is(n, "pdf")) {
        let document = Document::load(reports.join(name)).expect("a PDF");
        let faults = [
            faults_of_frame(&document),
            faults_of_fonts(&document),
            unmarked(&document),
        ];
        assert!(faults.concat().is_empty(), "{name}: {faults:#?}");
        read += 1;
    }
    assert!(read > 46, "{read}");
    // These checks do find something, in a file that is spoilt.
    let any = files(&reports)
        .into_iter()
        .find(|n| is(n, "pdf"))
        .expect("a PDF");
    let mut spoilt = Document::load(reports.join(any)).expect("a PDF");
    let pages: Vec<_> = spoilt.get_pages().into_values().collect();
    for id in pages {
        let page = spoilt
            .get_object_mut(id)
            .and_then(Object::as_dict_mut)
            .expect("a page");
        page.remove(b"StructParents");
        spoilt
            .change_page_content(id, b"BT (nu) Tj ET".to_vec())
            .expect("changed");
    }
    assert!(!faults_of_frame(&spoilt).is_empty() && !unmarked(&spoilt).is_empty());
}

/// Heuristics of the checker that take what the standard asks for a fault: headings of a table repeated on the next
/// page and the line at the foot of each are artifacts, as they must be; a table of one row has more headings than data.
const NOT_FAULTS: &str = "TAG-002,TBL-010";

#[test]
fn the_checker_of_pdf_ua_finds_nothing() {
    let Some(checker) = std::env::var_os("OBSERVATOIRE_OUTLOUD") else {
        eprintln!("OBSERVATOIRE_OUTLOUD absent : les PDF ne sont pas relus par outloud.");
        return;
    };
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    // One of each kind.
    for name in [
        "elus/synthese-elus.pdf",
        "elus/plan-mercredi.pdf",
        "equipes/equipe-R04.pdf",
        "equipes/carte-identite-R04.pdf",
        "familles/familles-R01.pdf",
        "renouvellement/renouvellement-P06.pdf",
        "renouvellement/plan-mercredi-R04.pdf",
        "pratiques/bonnes-pratiques.pdf",
        "../../ctg/bilan/bilan-final-copil.pdf",
        "../../ctg/gouvernance/gouvernance-2026-copil.pdf",
        "../../ctg/territoire/territoire-2026-copil.pdf",
        "../../ctg/experimentation/experimentation-EXP1-copil.pdf",
    ] {
        let said = Command::new(&checker)
            .args(["--skip", NOT_FAULTS, "--fail-on", "warning"])
            .arg(folder.join(name))
            .output()
            .expect("runs");
        let text = String::from_utf8_lossy(&said.stdout);
        assert!(said.status.success(), "{name}: {text}");
    }
}
