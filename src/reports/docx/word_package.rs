//! The parts of the file and what joins them (ECMA-376, parts 1 and 2), in an archive that bears no clock.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::word_logo::LogoPicture;
use super::word_numbering::numbering;
use super::word_picture::WordPicture;
use super::word_styles::{MARGIN, id, styles};
use super::word_text::{escaped, looking, run, runs};
use super::word_written::WrittenParts;
use crate::base::error::{Error, Result};
use crate::reports::document::Head;

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const KINDS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PROPERTIES: &str = "application/vnd.openxmlformats-package.core-properties+xml";

/// What the file is made of.
pub(super) struct WordPackage<'a> {
    /// Title, territory, day.
    pub head: &'a Head,
    /// Paragraphs and tables.
    pub body: &'a str,
    /// Colour of headings, `RRGGBB`.
    pub accent: &'a str,
    /// Logo, when there is one to draw.
    pub logo: Option<&'a LogoPicture<'a>>,
    /// Charts that the body draws.
    pub pictures: &'a [WordPicture],
    /// Comments, and lists that are numbered.
    pub written: &'a WrittenParts,
}

/// A part of the document that another part names.
struct WordPart {
    /// Its identifier among relations.
    id: String,
    /// Last word of the kind of relation.
    relation: &'static str,
    /// Its place under `word/`.
    target: String,
    /// Kind of content; empty for pictures, whose extension says it.
    content: &'static str,
}

/// The archive.
pub(super) fn packed(package: &WordPackage) -> Result<Vec<u8>> {
    let parts = parts(package);
    let mut texts = vec![
        ("[Content_Types].xml", content_types(package, &parts)),
        ("_rels/.rels", root_relations()),
        ("docProps/core.xml", core(package.head)),
        ("word/document.xml", main_part(package)),
        ("word/_rels/document.xml.rels", relations(&parts)),
        ("word/styles.xml", styles(WORDS, package.accent)),
        (
            "word/numbering.xml",
            numbering(WORDS, &package.written.numbered),
        ),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer(package.head)),
        ("word/header1.xml", header(package.head)),
    ];
    if package.written.has_comments() {
        let part = package.written.comments_part(WORDS, &package.head.date);
        texts.push(("word/comments.xml", part));
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, text) in texts {
        let declared =
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{text}");
        files.push((name.to_owned(), declared.into_bytes()));
    }
    if let Some(logo) = package.logo {
        files.push((format!("word/{}", logo_name(logo)), logo.bytes.to_vec()));
    }
    for picture in package.pictures {
        let name = format!("word/{}", picture.target());
        files.push((name, picture.drawn.png.clone()));
    }
    archived(&files)
        .map_err(|e| Error::Render(format!("Le document Word ne peut pas être écrit ({e}).")))
}

/// The same files give the same bytes: the day of each is the first that the format knows.
fn archived(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), options)?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn logo_name(logo: &LogoPicture) -> String {
    format!("media/logo.{}", logo.extension)
}

fn parts(package: &WordPackage) -> Vec<WordPart> {
    let part = |id: &str, relation, target: &str, content| WordPart {
        id: id.to_owned(),
        relation,
        target: target.to_owned(),
        content,
    };
    let mut parts = vec![
        part("styles", "styles", "styles.xml", "styles"),
        part("puces", "numbering", "numbering.xml", "numbering"),
        part("reglages", "settings", "settings.xml", "settings"),
        part("pied", "footer", "footer1.xml", "footer"),
        part("entete", "header", "header1.xml", "header"),
    ];
    if package.written.has_comments() {
        parts.push(part("notes", "comments", "comments.xml", "comments"));
    }
    if let Some(logo) = package.logo {
        parts.push(part("logo", "image", &logo_name(logo), ""));
    }
    let pictures = package.pictures.iter();
    parts.extend(pictures.map(|p| part(&p.relation(), "image", &p.target(), "")));
    parts
}

fn content_types(package: &WordPackage, parts: &[WordPart]) -> String {
    let charts = (!package.pictures.is_empty()).then_some("png");
    let mut extensions: Vec<&str> = charts
        .into_iter()
        .chain(package.logo.map(|l| l.extension))
        .collect();
    extensions.dedup();
    let pictures = extensions.iter().map(|extension| {
        format!("<Default Extension=\"{extension}\" ContentType=\"image/{extension}\"/>")
    });
    let pictures: String = pictures.collect();
    let named = parts.iter().filter(|part| !part.content.is_empty());
    let named = named.map(|part| {
        let (target, content) = (&part.target, part.content);
        format!("<Override PartName=\"/word/{target}\" ContentType=\"{KINDS}.{content}+xml\"/>")
    });
    let named: String = named.collect();
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{pictures}<Override PartName=\"/word/document.xml\" ContentType=\"{KINDS}.document.main+xml\"/>{named}<Override PartName=\"/docProps/core.xml\" ContentType=\"{PROPERTIES}\"/></Types>"
    )
}

fn root_relations() -> String {
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"document\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"proprietes\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn relations(parts: &[WordPart]) -> String {
    let all = parts.iter().map(|part| {
        let (id, relation, target) = (&part.id, part.relation, &part.target);
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{relation}\" Target=\"{target}\"/>")
    });
    let all: String = all.collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

/// Title, author, language and day of the document.
fn core(head: &Head) -> String {
    let day = if head.date.is_empty() {
        String::new()
    } else {
        let kinds = ["created", "modified"];
        let said = kinds.map(|kind| {
            format!(
                "<dcterms:{kind} xsi:type=\"dcterms:W3CDTF\">{}T00:00:00Z</dcterms:{kind}>",
                escaped(&head.date)
            )
        });
        said.concat()
    };
    let author = if head.territory.is_empty() {
        "observatoire"
    } else {
        &head.territory
    };
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>fr-FR</dc:language>{day}</cp:coreProperties>",
        escaped(&head.title),
        escaped(&head.subtitle),
        escaped(author)
    )
}

fn main_part(package: &WordPackage) -> String {
    format!(
        "<w:document xmlns:w=\"{WORDS}\" xmlns:r=\"{RELATIONS}\" xmlns:wp=\"{DRAWING}\"><w:body>{}<w:sectPr><w:headerReference w:type=\"default\" r:id=\"entete\"/><w:footerReference w:type=\"default\" r:id=\"pied\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{MARGIN}\" w:right=\"{MARGIN}\" w:bottom=\"{MARGIN}\" w:left=\"{MARGIN}\" w:header=\"500\" w:footer=\"500\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
        package.body
    )
}

/// What stands on each page of fictitious data.
fn header(head: &Head) -> String {
    let notice = if head.fictitious {
        run("DONNÉES FICTIVES")
    } else {
        String::new()
    };
    format!(
        "<w:hdr xmlns:w=\"{WORDS}\">{}</w:hdr>",
        runs(id("En-tête"), &notice)
    )
}

/// Title and edition at the left, page at the right.
fn footer(head: &Head) -> String {
    let said = [head.title.as_str(), head.edition.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|t| !t.is_empty()).collect();
    let field = |name: &str| {
        format!(
            "<w:fldSimple w:instr=\" {name} \">{}</w:fldSimple>",
            looking("1", "")
        )
    };
    let line = [
        run(&said.join(" · ")),
        "<w:r><w:tab/></w:r>".to_owned(),
        field("PAGE"),
        run(" / "),
        field("NUMPAGES"),
    ];
    format!(
        "<w:ftr xmlns:w=\"{WORDS}\">{}</w:ftr>",
        runs(id("Pied"), &line.concat())
    )
}

fn settings() -> String {
    format!(
        "<w:settings xmlns:w=\"{WORDS}\"><w:defaultTabStop w:val=\"708\"/><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"fr-FR\"/></w:settings>"
    )
}
