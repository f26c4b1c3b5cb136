//! Boxes that people write in, in every format: lists are lists, headings are headings, a comment of the program stands
//! where something is left to write, and no word is lost.

use std::io::{Cursor, Read};
use std::path::Path;

use observatoire::base::written::WrittenText;
use observatoire::reports::{
    Block, Document, Head, ReportFormat, ReportSection, Templates, WritingBox, render,
};
use observatoire::vocabulary::config::Brand;

const TYPED: &str = "Ce qui a **compté** : l’_écoute_ [à compléter].\r\n\r\n## Un titre\r\n\r\n- un\r\n  - dessous\r\n- deux\r\n\r\n3. trois\r\n4. quatre\r\n\r\n### Plus bas\r\n\r\n| a | b |\r\n<script>x</script> & reste\r\n";

fn document() -> Document {
    let text = WrittenText::read(TYPED);
    let written = WritingBox {
        file: "ctg/textes/04-changements.md".to_owned(),
        left: "À compléter dans ctg/textes/04-changements.md (1 endroit).".to_owned(),
        text,
    };
    let whole = WritingBox {
        file: "ctg/textes/08-demarche.md".to_owned(),
        left: String::new(),
        text: WrittenText::read("Tout est dit."),
    };
    let blocks = vec![Block::Writing(written), Block::Writing(whole)];
    Document {
        head: Head {
            title: "Bilan".to_owned(),
            audience: "elus".to_owned(),
            campaign: "Convention".to_owned(),
            territory: "Val-Fictif".to_owned(),
            date: "2026-12-15".to_owned(),
            ..Head::default()
        },
        sections: vec![ReportSection::new(
            "4. Ce qui a changé",
            "4 Changements",
            blocks,
        )],
    }
}

fn rendered(format: ReportFormat) -> Vec<u8> {
    let templates = Templates::load(Path::new("/nowhere"), Brand::default()).expect("templates");
    render(&templates, &document(), format).expect("a document")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect(name);
    part.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_page_has_lists_headings_and_marks_and_no_tag_that_was_typed() {
    let page = String::from_utf8(rendered(ReportFormat::Html)).expect("text");
    for wanted in [
        "<strong>compté</strong>",
        "<em>écoute</em>",
        "<mark>[à compléter]</mark>",
        "<h3>Un titre</h3>",
        "<h4>Plus bas</h4>",
        "<li>un<ul><li>dessous</li></ul></li>",
        "<ol start=\"3\"><li>trois</li><li>quatre</li></ol>",
        "| a | b |",
        "&lt;script&gt;",
        "Tout est dit.",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    assert_eq!(page.matches("a-completer\"").count(), 1);
}

#[test]
fn a_word_processor_has_real_styles_and_a_comment_where_something_is_left() {
    let bytes = rendered(ReportFormat::Docx);
    assert_eq!(bytes, rendered(ReportFormat::Docx), "the same bytes twice");
    let body = part(&bytes, "word/document.xml");
    for style in [
        "Heading1",
        "Heading2",
        "Heading3",
        "ListBullet",
        "ListBullet2",
        "ListNumber",
    ] {
        assert!(body.contains(&format!("w:val=\"{style}\"")), "{style}");
    }
    let comments = part(&bytes, "word/comments.xml");
    assert_eq!(comments.matches("<w:comment ").count(), 1);
    assert!(comments.contains("w:author=\"observatoire\""), "{comments}");
    assert!(comments.contains("l’édition suivante repart de ctg/textes/04-changements.md"));
    let anchored = body
        .split("<w:commentRangeStart w:id=\"0\"/>")
        .nth(1)
        .expect("an anchor");
    let anchored = anchored
        .split("<w:commentRangeEnd w:id=\"0\"/>")
        .next()
        .expect("its end");
    assert!(anchored.contains("[à compléter]") && !anchored.contains("écoute"));
    assert!(body.contains("<w:commentReference w:id=\"0\"/>"));
    assert!(part(&bytes, "word/_rels/document.xml.rels").contains("comments.xml"));
    assert!(part(&bytes, "[Content_Types].xml").contains("wordprocessingml.comments+xml"));
    let numbering = part(&bytes, "word/numbering.xml");
    assert!(
        numbering.contains("<w:startOverride w:val=\"3\"/>"),
        "{numbering}"
    );
    assert!(body.contains("&lt;script&gt;x&lt;/script&gt; &amp; reste"));
}

#[test]
fn a_workbook_and_a_printed_page_keep_every_word() {
    let strings = part(&rendered(ReportFormat::Xlsx), "xl/sharedStrings.xml");
    for wanted in ["compté", "• un", "3. trois", "| a | b |", "Tout est dit."] {
        assert!(strings.contains(wanted), "{wanted}");
    }
    let pdf = lopdf::Document::load_mem(&rendered(ReportFormat::Pdf)).expect("a PDF");
    let text = pdf.extract_text(&[1]).expect("its text");
    for wanted in [
        "compté",
        "[à compléter]",
        "dessous",
        "Plus bas",
        "| a | b |",
        "Tout est dit.",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
}
