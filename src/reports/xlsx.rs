//! Workbooks: the same document as sheets that a French user opens in Excel. Typed cells, the charts that the
//! report prints under their figures, a « Lisez-moi » sheet, print areas on A4.
//!
//! | question | file |
//! |---|---|
//! | a section as a sheet: widths, heights, headings that stay, print areas | `section_sheet` |
//! | impératifs and critères put forward, as tables | `block_tables` |
//! | charts as pictures: size, alternative text | `chart_image` |
//! | what people wrote by hand, as lines | `told_writing` |
//! | where pages end, so that none cuts a chart | `page_flow` |

mod block_tables;
mod chart_image;
mod page_flow;
mod section_sheet;
mod told_writing;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use self::section_sheet::{SheetPage, unwritten};
use super::document::{Block, Document, Fact, Head, ReportSection};
use crate::base::error::Result;
use crate::base::looks::ReportLooks;

/// Name of the first sheet.
const README: &str = "Lisez-moi";

/// A document as a workbook.
pub(super) fn render(document: &Document) -> Result<Vec<u8>> {
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
    let named = std::iter::once((README, &readme));
    for (name, section) in named.chain(sections.iter().map(|s| (s.sheet.as_str(), *s))) {
        let sheet = SheetPage::new(book.add_worksheet(), name, head, &formats);
        sheet.map_err(unwritten)?.fill(section)?;
    }
    book.save_to_buffer().map_err(unwritten)
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
