//! Documents for a word processor (Office Open XML, ECMA-376): the same blocks, with real styles, lists and
//! tables, to be reworded before they are handed on. Charts are pictures (a word processor draws no SVG without
//! one beside it), their figures are tables at the end; a program built without `pdf` has no rasteriser, and tells
//! each by its sentence and its table. The same document gives the same bytes.
//!
//! | question | file |
//! |---|---|
//! | a block as paragraphs and tables | `word_blocks` |
//! | tables: widths, repeated headings, shades | `word_table` |
//! | paragraphs and runs; what is escaped | `word_text` |
//! | styles, language | `word_styles` |
//! | bullets, numbered lists | `word_numbering` |
//! | headers and footers, what joins the parts, their archive | `word_package` |
//! | pictures: charts, their size, their alternative | `word_picture` |
//! | what people write by hand, comments where something is left to write | `word_written` |
//! | the logo of the collectivité | `word_logo` |

mod word_blocks;
mod word_logo;
mod word_numbering;
mod word_package;
mod word_picture;
mod word_styles;
mod word_table;
mod word_text;
mod word_written;

use self::word_blocks::WordBody;
use self::word_logo::{LogoPicture, drawn};
use self::word_package::{WordPackage, packed};
use self::word_text::paragraph;
use super::document::{Document, Head};
use super::templates::Templates;
use crate::base::error::Result;
use crate::base::palette::ACCENT;
use crate::vocabulary::config::Brand;

/// A document as a file of a word processor.
pub(super) fn render(templates: &Templates, document: &Document) -> Result<Vec<u8>> {
    let brand = templates.brand();
    let logo = brand.logo.as_ref().and_then(LogoPicture::read);
    let head = &document.head;
    let mut body = WordBody::default();
    if let Some(logo) = &logo {
        body.xml.push_str(&drawn(logo, &head.territory));
    }
    write_head(&mut body.xml, head);
    for section in document.printed() {
        body.section(section)?;
    }
    if let Some(elsewhere) = document.elsewhere() {
        let line = paragraph(word_styles::id("Lieu"), &elsewhere);
        body.xml.push_str(&line);
    }
    body.chart_figures();
    packed(&WordPackage {
        head,
        body: &body.xml,
        accent: &accent(brand),
        logo: logo.as_ref(),
        pictures: &body.pictures,
        written: &body.written,
    })
}

/// The colour of headings, `RRGGBB`.
fn accent(brand: &Brand) -> String {
    let chosen = brand.couleur.as_ref();
    chosen.map_or_else(
        || format!("{ACCENT:06X}"),
        |colour| colour.trim_start_matches('#').to_owned(),
    )
}

/// The first band: what, where, when.
fn write_head(body: &mut String, head: &Head) {
    let together = |parts: &[&str]| {
        let said: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
        said.join(" · ")
    };
    let version = if head.version.is_empty() {
        String::new()
    } else {
        format!("référentiel {}", head.version)
    };
    let lines = [
        ("Titre", head.title.clone()),
        ("Sous-titre", head.subtitle.clone()),
        ("Lieu", together(&[&head.campaign, &head.territory])),
        ("Lieu", together(&[&head.edition, &version, &head.contact])),
    ];
    for (style, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        body.push_str(&paragraph(word_styles::id(style), text));
    }
}
