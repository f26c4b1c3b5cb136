//! One section as a sheet: blocks one under the other, figures as tables with a native chart.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::chart;
use super::formats::Formats;
use crate::base::text::{Datum, nbsp};
use crate::reports::document::{
    Block, CritereView, Fact, Figure, Head, Item, Must, Section, Style, Tableau,
};

/// Columns that running text spans.
const SPAN: u16 = 6;
/// Width of a column of figures, in characters.
const UNIT: f64 = 11.0;
/// Widest first column.
const WIDEST: f64 = 60.0;
/// Height of a line, in points.
const LINE: f64 = 15.0;
/// How much wider bold letters are.
const BOLD: f64 = 1.12;
/// Width of a character, in pixels.
const PIXELS: f64 = 7.2;
/// Excel refuses longer texts.
const LONGEST: usize = 32_000;

/// A sheet being filled from top to bottom.
pub(super) struct Page<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    row: u32,
    widths: Vec<f64>,
    /// Rows where figures begin: each but the first begins a page.
    figures: Vec<u32>,
}

impl<'a> Page<'a> {
    /// An empty sheet with its page set-up.
    pub(super) fn new(
        sheet: &'a mut Worksheet,
        name: &str,
        tete: &Head,
        formats: &'a Formats,
    ) -> Result<Self, XlsxError> {
        sheet
            .set_name(name)?
            .set_paper_size(9)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3)
            .set_screen_gridlines(false);
        let fictif = if tete.fictif { "DONNÉES FICTIVES" } else { "" };
        sheet.set_header(format!("&L{}&R&B{fictif}", escape(&tete.titre)));
        sheet.set_footer(format!("&L{}&RPage &P sur &N", escape(&tete.campagne)));
        let mut page = Self {
            sheet,
            formats,
            row: 0,
            widths: vec![44.0],
            figures: Vec::new(),
        };
        if tete.fictif {
            let warning = &formats.warning;
            page.sheet
                .write_string_with_format(0, 0, "DONNÉES FICTIVES", warning)?;
            page.row = 1;
        }
        Ok(page)
    }

    /// Writes a section, then sets widths and the print area.
    pub(super) fn fill(mut self, section: &Section) -> Result<(), XlsxError> {
        let (row, formats) = (self.row, self.formats);
        self.sheet
            .write_string_with_format(row, 0, cut(&section.titre), &formats.title)?;
        self.sheet.set_row_height(row, 24.0)?;
        self.row += 2;
        // Widths first: the height of a wrapped text depends on them.
        self.measure(section);
        for block in &section.blocs {
            self.block(block)?;
        }
        for (c, width) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(c as u16, *width)?;
        }
        let breaks = self.figures.get(1..).unwrap_or_default();
        if !breaks.is_empty() {
            self.sheet.set_page_breaks(breaks)?;
        }
        let last = (self.widths.len() as u16).max(SPAN) - 1;
        self.sheet.set_print_area(0, 0, self.row.max(1) - 1, last)?;
        Ok(())
    }

    fn measure(&mut self, section: &Section) {
        self.widths.resize(usize::from(SPAN), UNIT);
        for block in &section.blocs {
            let made;
            let table = match block {
                Block::Tableau(t) => t,
                Block::Figure(f) => &f.tableau,
                Block::Imperatifs { items } => {
                    made = musts(items);
                    &made
                }
                Block::Cartes { cartes } => {
                    made = cards(cartes);
                    &made
                }
                _ => continue,
            };
            for (c, heading) in table.entetes.iter().enumerate() {
                let wanted = (heading.largeur * UNIT).clamp(UNIT, WIDEST);
                match self.widths.get_mut(c) {
                    Some(width) => *width = width.max(wanted),
                    None => self.widths.push(wanted),
                }
            }
        }
    }

    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        let formats = self.formats;
        match block {
            Block::SousTitre { texte } => self.heading(texte)?,
            Block::Paragraphe { texte, style } => {
                let format = match style {
                    Style::Courant => &formats.text,
                    Style::Second => &formats.second,
                    Style::Fort => &formats.strong,
                };
                self.running(texte, format)?;
            }
            Block::Liste { items, .. } => items.iter().try_for_each(|i| self.item(i))?,
            Block::Faits { lignes } => lignes.iter().try_for_each(|f| self.fact(f))?,
            Block::Imperatifs { items } => self.table(&musts(items))?,
            Block::Figure(figure) => self.figure(figure)?,
            Block::Tableau(table) => {
                self.heading(&table.titre)?;
                self.table(table)?;
                if !table.note.is_empty() {
                    self.running(&table.note, &formats.second)?;
                }
            }
            Block::Cartes { cartes } => self.table(&cards(cartes))?,
        }
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        let (row, format) = (self.row, &self.formats.heading);
        self.sheet
            .write_string_with_format(row, 0, cut(text), format)?;
        self.row += 1;
        Ok(())
    }

    /// A text over several columns: merged cells do not grow by themselves, so the height is set
    /// from the number of lines that the text needs.
    fn running(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = cut(text);
        let room: f64 = self.widths[..usize::from(SPAN)].iter().sum();
        self.sheet
            .merge_range(self.row, 0, self.row, SPAN - 1, &text, format)?;
        self.height(lines(&text, room))?;
        self.row += 1;
        Ok(())
    }

    fn item(&mut self, item: &Item) -> Result<(), XlsxError> {
        let text = match (item.fort.as_str(), item.texte.as_str()) {
            ("", text) => format!("• {text}"),
            (strong, "") => format!("• {strong}"),
            (strong, text) => format!("• {strong} : {text}"),
        };
        self.running(&text, &self.formats.text)?;
        for sub in &item.sous {
            self.running(&format!("      {sub}"), &self.formats.second)?;
        }
        Ok(())
    }

    fn fact(&mut self, fact: &Fact) -> Result<(), XlsxError> {
        let value = match fact.note.as_str() {
            "" => fact.valeur.clone(),
            note => format!("{} · {note}", fact.valeur),
        };
        let value = cut(&value);
        let formats = self.formats;
        self.sheet
            .write_string_with_format(self.row, 0, cut(&fact.nom), &formats.label)?;
        self.sheet
            .merge_range(self.row, 1, self.row, SPAN - 1, &value, &formats.text)?;
        let room: f64 = self.widths[1..usize::from(SPAN)].iter().sum();
        self.height(lines(&value, room).max(lines(&fact.nom, self.widths[0])))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Tableau) -> Result<(), XlsxError> {
        let formats = self.formats;
        for (c, heading) in table.entetes.iter().enumerate() {
            let format = if heading.centre && c > 0 {
                &formats.head_centred
            } else {
                &formats.head
            };
            self.sheet
                .write_string_with_format(self.row, c as u16, cut(&heading.texte), format)?;
        }
        let heads = table.entetes.iter().zip(&self.widths);
        let tallest = heads.map(|(h, w)| lines(&h.texte, w / BOLD));
        self.height(tallest.fold(1.0, f64::max))?;
        self.row += 1;
        for line in &table.lignes {
            let style = line.first().map_or("", |c| c.classe.as_str());
            for (c, cell) in line.iter().enumerate() {
                let centred = table.entetes.get(c).is_some_and(|h| h.centre);
                let format = Formats::cell(cell, style, c == 0, centred);
                self.cell(c as u16, cell, &format)?;
            }
            let bold = if style == "axe" { BOLD } else { 1.0 };
            let cells = line.iter().zip(&self.widths);
            let tallest = cells.map(|(cell, w)| lines(&cell.texte, w / bold));
            self.height(tallest.fold(1.0, f64::max))?;
            self.row += 1;
        }
        Ok(())
    }

    /// Height of the current row, for so many lines of text: a wrapped cell only grows by itself
    /// when someone edits it.
    fn height(&mut self, lines: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, lines.max(1.0) * LINE)?;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Datum, format: &Format) -> Result<(), XlsxError> {
        let row = self.row;
        match cell.nombre {
            // A text that says more than its number (« 72 % (18 sur 25) ») stays a text.
            Some(number) if !cell.texte.contains('(') => {
                self.sheet
                    .write_number_with_format(row, column, number, format)?;
            }
            _ => {
                self.sheet
                    .write_string_with_format(row, column, cut(&cell.texte), format)?;
            }
        }
        Ok(())
    }

    fn figure(&mut self, figure: &Figure) -> Result<(), XlsxError> {
        self.figures.push(self.row);
        self.heading(&figure.titre)?;
        let first = self.row;
        self.table(&figure.tableau)?;
        if !figure.legende.is_empty() {
            self.running(&figure.legende, &self.formats.second)?;
        }
        let name = self.sheet.name();
        let printed: f64 = self.widths.iter().sum::<f64>() * PIXELS;
        if let Some(native) = chart::native(figure, (&name, first), printed as u32) {
            self.sheet.insert_chart(self.row + 1, 0, &native.chart)?;
            self.row += native.rows + 2;
        }
        Ok(())
    }
}

/// Impératifs as a table.
fn musts(items: &[Must]) -> Tableau {
    use crate::reports::document::Heading;
    let lignes = items
        .iter()
        .map(|i| {
            vec![
                Datum::words(format!("{} {}", i.code, i.label)),
                Datum::words(format!("{} {}", i.marque, i.mot)).styled(&i.classe),
                Datum::words(i.details.join("\n")),
            ]
        })
        .collect();
    Tableau {
        titre: String::new(),
        entetes: vec![
            Heading::words("Critère impératif").wide(4.5),
            Heading::words("État").wide(1.6),
            Heading::words("À reprendre ou à évaluer").wide(5.0),
        ],
        lignes,
        note: String::new(),
    }
}

/// Critères put forward as a table.
fn cards(cards: &[CritereView]) -> Tableau {
    use crate::reports::document::Heading;
    let lignes = cards
        .iter()
        .map(|c| {
            let state = [c.valeur.as_str(), &c.objectif, &c.evolution];
            let state: Vec<&str> = state.into_iter().filter(|s| !s.is_empty()).collect();
            vec![
                Datum::words(format!("{} {}", c.code, c.label)),
                Datum::words(state.join(" · ")),
                Datum::words(&c.pourquoi),
                Datum::words(&c.descripteur),
                Datum::words(&c.suite),
            ]
        })
        .collect();
    Tableau {
        titre: String::new(),
        entetes: [
            "Critère",
            "Niveau",
            "Pourquoi ce critère",
            "Ce que l’on voit",
            "La marche suivante",
        ]
        .map(|h| Heading::words(h).wide(2.8))
        .to_vec(),
        lignes,
        note: String::new(),
    }
}

/// Lines that a text needs in a column of so many characters.
fn lines(text: &str, room: f64) -> f64 {
    let one = |line: &str| (line.chars().count() as f64 * 1.08 / room).ceil().max(1.0);
    text.lines().map(one).sum::<f64>().max(1.0)
}

/// French typography, and no longer than Excel accepts.
fn cut(text: &str) -> String {
    nbsp(text).chars().take(LONGEST).collect()
}

/// `&` begins a command in headers and footers.
fn escape(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    short.replace('&', "&&")
}
