//! Workbooks: the same document as sheets that a French user opens in Excel. Typed cells, native
//! charts where they help, a « Lisez-moi » sheet, print areas on A4.
//!
//! | question | file |
//! |---|---|
//! | a section as a sheet: widths, heights, print areas | `section_sheet` |
//! | charts that Excel draws: colours, size, alternative text | `native_chart` |

mod native_chart;
mod section_sheet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::section_sheet::SheetPage;
use super::document::{Block, Document, Fact, Head, ReportSection};
use crate::base::error::{Error, Result};
use crate::base::looks::ReportLooks;

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
    let head = &document.head;
    let mut properties = DocProperties::new()
        .set_title(&head.title)
        .set_subject(&head.subtitle)
        .set_author(&head.territory);
    // The date of edition keeps the bytes equal from one run to the next.
    if let Ok(date) = ExcelDateTime::parse_from_str(&head.date) {
        properties = properties.set_creation_datetime(&date);
    }
    book.set_properties(&properties);
    let formats = ReportLooks::new();
    let sections: Vec<&ReportSection> = document
        .sections
        .iter()
        .filter(|s| !s.blocks.is_empty())
        .collect();
    let readme = readme(document, &sections);
    SheetPage::new(book.add_worksheet(), README, head, &formats)?.fill(&readme)?;
    for section in sections {
        SheetPage::new(book.add_worksheet(), &section.sheet, head, &formats)?.fill(section)?;
    }
    book.save_to_buffer()
}

/// What the workbook is, and what each sheet holds.
fn readme(document: &Document, sections: &[&ReportSection]) -> ReportSection {
    let Head {
        title,
        subtitle,
        campaign,
        territory,
        edition,
        version,
        contact,
        ..
    } = &document.head;
    let mut about = vec![
        Fact::new("Ce classeur", subtitle),
        Fact::new("Campagne", campaign),
        Fact::new("Territoire", territory),
        Fact::new("Édition", edition),
        Fact::new("Référentiel", format!("version {version}")),
    ];
    if !contact.is_empty() {
        about.push(Fact::new("Contact", contact));
    }
    let sheets = sections
        .iter()
        .map(|s| Fact::new(&s.sheet, &s.title))
        .collect();
    let lines = [
        "Un niveau va de 1 à 4. Les nombres sont arrondis comme dans le rapport imprimé : rien de plus n’est caché dans les cellules.",
        "« Effectif trop faible » et « < 5 » remplacent ce qui pourrait désigner quelqu’un. Il n’y a ni note d’ensemble ni classement.",
    ];
    ReportSection {
        title: title.clone(),
        sheet: README.to_owned(),
        page_break: false,
        annex: false,
        blocks: vec![
            Block::Facts { rows: about },
            Block::heading("Les feuilles"),
            Block::Facts { rows: sheets },
            Block::heading("Comment lire"),
            Block::text(lines[0]),
            Block::text(lines[1]),
        ],
    }
}
