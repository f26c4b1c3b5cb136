//! Workbooks: the same document as sheets that a French user opens in Excel. Typed cells, native
//! charts where they help, a « Lisez-moi » sheet, print areas on A4.

mod chart;
mod formats;
mod sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::formats::Formats;
use self::sheet::Page;
use super::document::{Block, Document, Fact, Head, Section, Style};
use crate::base::error::{Error, Result};

/// Name of the first sheet.
const README: &str = "Lisez-moi";

/// A document as a workbook.
pub(super) fn render(document: &Document) -> Result<Vec<u8>> {
    book(document).map_err(|e| {
        Error::Render(format!(
            "Le classeur du rapport ne peut pas être écrit ({e})."
        ))
    })
}

fn book(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let tete = &document.tete;
    let mut properties = DocProperties::new()
        .set_title(&tete.titre)
        .set_subject(&tete.sous_titre)
        .set_author(&tete.territoire);
    // The date of edition keeps the bytes equal from one run to the next.
    if let Ok(date) = ExcelDateTime::parse_from_str(&tete.date) {
        properties = properties.set_creation_datetime(&date);
    }
    book.set_properties(&properties);
    let formats = Formats::new();
    let sections: Vec<&Section> = document
        .sections
        .iter()
        .filter(|s| !s.blocs.is_empty())
        .collect();
    let readme = readme(document, &sections);
    Page::new(book.add_worksheet(), README, tete, &formats)?.fill(&readme)?;
    for section in sections {
        Page::new(book.add_worksheet(), &section.feuille, tete, &formats)?.fill(section)?;
    }
    book.save_to_buffer()
}

/// What the workbook is, and what each sheet holds.
fn readme(document: &Document, sections: &[&Section]) -> Section {
    let Head {
        titre,
        sous_titre,
        campagne,
        territoire,
        edition,
        version,
        contact,
        ..
    } = &document.tete;
    let mut about = vec![
        Fact::new("Ce classeur", sous_titre),
        Fact::new("Campagne", campagne),
        Fact::new("Territoire", territoire),
        Fact::new("Édition", edition),
        Fact::new("Référentiel", format!("version {version}")),
    ];
    if !contact.is_empty() {
        about.push(Fact::new("Contact", contact));
    }
    let sheets = sections
        .iter()
        .map(|s| Fact::new(&s.feuille, &s.titre))
        .collect();
    let lines = [
        "Un niveau va de 1 (non engagé) à 4 (maîtrisé). Les nombres sont arrondis comme dans le rapport imprimé : rien de plus n’est caché dans les cellules.",
        "« Effectif trop faible » et « < 5 » remplacent ce qui pourrait désigner quelqu’un. Il n’y a ni note d’ensemble ni classement.",
    ];
    Section {
        titre: titre.clone(),
        feuille: README.to_owned(),
        saut: false,
        blocs: vec![
            Block::Faits { lignes: about },
            Block::heading("Les feuilles"),
            Block::Faits { lignes: sheets },
            Block::heading("Comment lire"),
            Block::Paragraphe {
                texte: lines[0].to_owned(),
                style: Style::Courant,
            },
            Block::text(lines[1]),
        ],
    }
}
