//! Printed reports: the document as data, the template `rapport.typ`, the charts as drawings.

use serde_json::Value;

use super::document::{Block, Document, Drawing};
use super::key_lines::key_line;
use super::templates::Templates;
use crate::base::error::{Error, Result};
use crate::base::palette::ACCENT;
use crate::base::text::{nbsp, visible};
use crate::base::typeset::{self, Info};

/// A document as tagged PDF.
pub(super) fn render(templates: &Templates, document: &Document) -> Result<Vec<u8>> {
    let (template, brand) = templates.typst();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let suite = document.elsewhere().unwrap_or_default();
    let document = &Document {
        head: document.head.clone(),
        sections: document.printed().cloned().collect(),
    };
    let mut content = serde_json::to_value(document).map_err(|e| not_laid_out(&e))?;
    content["suite"] = Value::from(suite);
    content["couleur"] = Value::from(match &brand.couleur {
        Some(chosen) => chosen.clone(),
        None => format!("#{ACCENT:06X}"),
    });
    content["logo"] = Value::from("");
    if let Some(logo) = &brand.logo {
        let path = format!("/logo.{}", logo.extension);
        content["logo"] = Value::from(path.as_str());
        files.push((path, logo.bytes.clone()));
    }
    for (s, section) in document.sections.iter().enumerate() {
        content["sections"][s]["cles"] = Value::from(key_line(section));
    }
    drawings(document, &mut content, &mut files)?;
    typeset(&mut content);
    for (path, part) in [
        ("/document.json", &content),
        ("/tete.json", &content["tete"]),
    ] {
        files.push((path.to_owned(), part.to_string().into_bytes()));
    }
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(p, b)| (p.as_str(), b.clone())).collect();
    let head = &document.head;
    let info = Info {
        date: &head.date,
        title: &shown(&format!("{} · {}", head.title, head.campaign)),
        author: &shown(&head.territory),
    };
    typeset::compile(template, "rapport.typ", &files, info)
}

/// Width of the text of a page, in points (176 mm).
const TEXT_WIDTH: f64 = 498.9;

/// Charts leave the data for files of their own, without their words; their width is in percents
/// of the text's. Matrices are printed as their tables: they have no drawing.
fn drawings(
    document: &Document,
    content: &mut Value,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Result<()> {
    for (s, section) in document.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            let Block::Figure(figure) = block else {
                continue;
            };
            let place = &mut content["sections"][s]["blocs"][b];
            place["svg"] = Value::Null;
            place["etroit"] = Value::Null;
            place["csv"] = Value::Null;
            if figure.drawing == Drawing::Matrix {
                continue;
            }
            // A pixel of paper is three quarters of a point, in percents of a text of 176 mm.
            let width = figure.print.width * 0.75 / TEXT_WIDTH * 100.0;
            let path = format!("/figures/{}.svg", files.len());
            place["imprime"] = serde_json::to_value(&figure.print).map_err(|e| not_laid_out(&e))?;
            place["fichier"] = Value::from(path.as_str());
            place["largeur"] = Value::from(width);
            files.push((path, visible(&figure.print.svg).into_owned().into_bytes()));
        }
    }
    Ok(())
}

fn not_laid_out(error: &serde_json::Error) -> Error {
    Error::Render(format!(
        "Le rapport ne peut pas être mis en page ({error})."
    ))
}

/// French typography, and nothing that acts rather than shows: a control character is no XML, and
/// would be taken for a mistake of the template.
fn shown(text: &str) -> String {
    nbsp(&visible(text)).into_owned()
}

/// The same for every text.
fn typeset(value: &mut Value) {
    match value {
        Value::String(text) => *text = shown(text),
        Value::Array(all) => all.iter_mut().for_each(typeset),
        Value::Object(all) => all.values_mut().for_each(typeset),
        _ => {}
    }
}
