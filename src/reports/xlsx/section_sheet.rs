//! One section as a sheet: blocks one under the other, figures as tables with a native chart.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::native_chart::{TablePlace, native};
use crate::base::looks::{CellPlace, ReportLooks, fitting};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, nbsp, visible};
use crate::reports::document::{
    Block, CritereView, DrawnFigure, Fact, Head, ListItem, Must, ReportSection, Style,
};

/// Columns that running text spans.
const SPAN: u16 = 6;
/// Width of a column of figures, in characters.
const UNIT: f64 = 11.0;
/// Widest first column.
const WIDEST: f64 = 60.0;
/// Height of a line, in points.
const LINE: f64 = 15.0;
/// Heading of the column of keys.
const KEYS: &str = "Clé (observatoire expliquer …)";
/// How much wider bold letters are.
const BOLD: f64 = 1.12;
/// Width of a character, in pixels.
const PIXELS: f64 = 7.2;

/// A sheet being filled from top to bottom.
pub(super) struct SheetPage<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a ReportLooks,
    row: u32,
    widths: Vec<f64>,
    /// Rows where figures begin: each but the first begins a page.
    figures: Vec<u32>,
    /// Whether some row has told the keys of its figures.
    has_keys: bool,
}

impl<'a> SheetPage<'a> {
    /// An empty sheet with its page set-up.
    pub(super) fn new(
        sheet: &'a mut Worksheet,
        name: &str,
        head: &Head,
        formats: &'a ReportLooks,
    ) -> Result<Self, XlsxError> {
        sheet
            .set_name(name)?
            .set_paper_size(9)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3)
            .set_screen_gridlines(false);
        let fictitious = if head.fictitious {
            "DONNÉES FICTIVES"
        } else {
            ""
        };
        sheet.set_header(format!("&L{}&R&B{fictitious}", escape(&head.title)));
        sheet.set_footer(format!("&L{}&RPage &P sur &N", escape(&head.campaign)));
        let mut page = Self {
            sheet,
            formats,
            row: 0,
            widths: vec![44.0],
            figures: Vec::new(),
            has_keys: false,
        };
        if head.fictitious {
            let warning = &formats.warning;
            page.sheet
                .write_string_with_format(0, 0, "DONNÉES FICTIVES", warning)?;
            page.row = 1;
        }
        Ok(page)
    }

    /// Writes a section, then sets widths and the print area.
    pub(super) fn fill(mut self, section: &ReportSection) -> Result<(), XlsxError> {
        let (row, formats) = (self.row, self.formats);
        self.sheet
            .write_string_with_format(row, 0, cut(&section.title), &formats.title)?;
        self.sheet.set_row_height(row, 24.0)?;
        self.row += 2;
        // Widths first: the height of a wrapped text depends on them.
        self.measure(section);
        for block in &section.blocks {
            self.block(block)?;
        }
        for (c, width) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(c as u16, *width)?;
        }
        if self.has_keys {
            let column = self.key_column();
            self.sheet.set_column_width(column, 30.0)?;
        }
        let breaks = self.figures.get(1..).unwrap_or_default();
        if !breaks.is_empty() {
            self.sheet.set_page_breaks(breaks)?;
        }
        let last = (self.widths.len() as u16).max(SPAN) - 1;
        self.sheet.set_print_area(0, 0, self.row.max(1) - 1, last)?;
        Ok(())
    }

    fn measure(&mut self, section: &ReportSection) {
        self.widths.resize(usize::from(SPAN), UNIT);
        for block in &section.blocks {
            let made;
            let table = match block {
                Block::Table(t) => t,
                Block::Figure(f) => &f.table,
                Block::Musts { items } => {
                    made = musts_table(items);
                    &made
                }
                Block::Cards { cards } => {
                    made = cards_table(cards);
                    &made
                }
                _ => continue,
            };
            for (c, heading) in table.columns.iter().enumerate() {
                let wanted = (heading.width * UNIT).clamp(UNIT, WIDEST);
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
            Block::Subheading { text } => self.heading(text)?,
            Block::Paragraph { text, style, keys } => {
                self.keys(keys)?;
                let format = match style {
                    Style::Plain => &formats.text,
                    Style::Secondary => &formats.second,
                    Style::Strong => &formats.strong,
                };
                self.running(text, format)?;
            }
            Block::List { items, .. } => items.iter().try_for_each(|i| self.item(i))?,
            Block::Facts { rows } => rows.iter().try_for_each(|f| self.fact(f))?,
            Block::Musts { items } => self.table(&musts_table(items))?,
            Block::Figure(figure) => self.figure(figure)?,
            Block::Table(table) => {
                self.heading(&table.title)?;
                self.table(table)?;
                if !table.note.is_empty() {
                    self.keys(&table.keys)?;
                    self.running(&table.note, &formats.second)?;
                }
            }
            Block::Cards { cards } => self.table(&cards_table(cards))?,
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

    fn item(&mut self, item: &ListItem) -> Result<(), XlsxError> {
        let text = match (item.strong.as_str(), item.text.as_str()) {
            ("", text) => format!("• {text}"),
            (strong, "") => format!("• {strong}"),
            (strong, text) => format!("• {strong} : {text}"),
        };
        self.keys(&item.keys)?;
        self.running(&text, &self.formats.text)?;
        for sub in &item.under {
            self.running(&format!("      {sub}"), &self.formats.second)?;
        }
        Ok(())
    }

    fn fact(&mut self, fact: &Fact) -> Result<(), XlsxError> {
        let value = match fact.note.as_str() {
            "" => fact.value.clone(),
            note => format!("{} · {note}", fact.value),
        };
        let value = cut(&value);
        let formats = self.formats;
        self.keys(&fact.keys)?;
        self.sheet
            .write_string_with_format(self.row, 0, cut(&fact.name), &formats.label)?;
        self.sheet
            .merge_range(self.row, 1, self.row, SPAN - 1, &value, &formats.text)?;
        let room: f64 = self.widths[1..usize::from(SPAN)].iter().sum();
        self.height(lines(&value, room).max(lines(&fact.name, self.widths[0])))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table<Datum>) -> Result<(), XlsxError> {
        let formats = self.formats;
        for (c, heading) in table.columns.iter().enumerate() {
            let format = if heading.centred && c > 0 {
                &formats.head_centred
            } else {
                &formats.head
            };
            self.sheet
                .write_string_with_format(self.row, c as u16, cut(&heading.name), format)?;
        }
        let heads = table.columns.iter().zip(&self.widths);
        let tallest = heads.map(|(h, w)| lines(&h.name, w / BOLD));
        self.height(tallest.fold(1.0, f64::max))?;
        self.row += 1;
        for line in &table.rows {
            let style = line.first().map_or("", |c| c.class.as_str());
            for (c, cell) in line.iter().enumerate() {
                let place = CellPlace {
                    row: style,
                    first: c == 0,
                    centred: table.columns.get(c).is_some_and(|h| h.centred),
                };
                let format = ReportLooks::cell(cell, place);
                self.cell(c as u16, cell, &format)?;
            }
            let keys = line.iter().map(|c| c.key.as_str());
            self.keys(keys.filter(|key| !key.is_empty()))?;
            let bold = if style == "axe" { BOLD } else { 1.0 };
            let cells = line.iter().zip(&self.widths);
            let tallest = cells.map(|(cell, w)| lines(&cell.text, w / bold));
            self.height(tallest.fold(1.0, f64::max))?;
            self.row += 1;
        }
        Ok(())
    }

    /// The keys of the figures of the current row, in the column that follows all others; it is not printed.
    fn keys<'k>(
        &mut self,
        keys: impl IntoIterator<Item = impl AsRef<str> + 'k>,
    ) -> Result<(), XlsxError> {
        let mut told: Vec<String> = Vec::new();
        for key in keys {
            if !told.iter().any(|known| known == key.as_ref()) {
                told.push(key.as_ref().to_owned());
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        let column = self.key_column();
        let format = &self.formats.second;
        if !self.has_keys {
            self.has_keys = true;
            self.sheet
                .write_string_with_format(0, column, KEYS, format)?;
        }
        let keys = fitting(&visible(&told.join(" ; ")));
        (self.sheet).write_string_with_format(self.row, column, keys, &self.formats.second)?;
        Ok(())
    }

    fn key_column(&self) -> u16 {
        (self.widths.len() as u16).max(SPAN)
    }

    /// Height of the current row, for so many lines of text: a wrapped cell only grows by itself
    /// when someone edits it.
    fn height(&mut self, lines: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, lines.max(1.0) * LINE)?;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Datum, format: &Format) -> Result<(), XlsxError> {
        let row = self.row;
        match cell.number {
            // A text that says more than its number (« 72 % (18 sur 25) ») stays a text.
            Some(number) if !cell.text.contains('(') => {
                self.sheet
                    .write_number_with_format(row, column, number, format)?;
            }
            _ => {
                self.sheet
                    .write_string_with_format(row, column, cut(&cell.text), format)?;
            }
        }
        Ok(())
    }

    fn figure(&mut self, figure: &DrawnFigure) -> Result<(), XlsxError> {
        self.figures.push(self.row);
        self.keys(&figure.keys)?;
        self.heading(&figure.title)?;
        let first = self.row;
        self.table(&figure.table)?;
        if !figure.caption.is_empty() {
            self.running(&figure.caption, &self.formats.second)?;
        }
        let place = TablePlace {
            sheet: self.sheet.name(),
            first,
        };
        let printed: f64 = self.widths.iter().sum::<f64>() * PIXELS;
        if let Some(native) = native(figure, &place, printed as u32) {
            self.sheet.insert_chart(self.row + 1, 0, &native.chart)?;
            self.row += native.rows + 2;
        }
        Ok(())
    }
}

/// Impératifs as a table.
fn musts_table(items: &[Must]) -> Table<Datum> {
    let rows = items
        .iter()
        .map(|i| {
            vec![
                Datum::words(format!("{} {}", i.code, i.label)),
                Datum::words(format!("{} {}", i.mark, i.word))
                    .styled(&i.class)
                    .keyed(&i.key),
                Datum::words(i.details.join("\n")),
            ]
        })
        .collect();
    Table::new(
        String::new(),
        vec![
            Heading::words("Critère impératif").wide(4.5),
            Heading::words("État").wide(1.6),
            Heading::words("À reprendre ou à évaluer").wide(5.0),
        ],
        rows,
    )
}

/// Critères put forward as a table.
fn cards_table(cards: &[CritereView]) -> Table<Datum> {
    let rows = cards
        .iter()
        .map(|c| {
            let state = [c.value.as_str(), &c.target, &c.evolution];
            let state: Vec<&str> = state.into_iter().filter(|s| !s.is_empty()).collect();
            vec![
                Datum::words(format!("{} {}", c.code, c.label)),
                Datum::words(state.join(" · ")).keyed(&c.key),
                Datum::words(&c.reason),
                Datum::words(if c.rated.is_empty() {
                    c.descriptor.clone()
                } else {
                    c.rated.join(" ; ")
                }),
                Datum::words(&c.next_step),
            ]
        })
        .collect();
    Table::new(
        String::new(),
        [
            "Critère",
            "Niveau",
            "Pourquoi ce critère",
            "Ce qui a été noté (sinon, le repère le plus proche)",
            "La marche suivante",
        ]
        .map(|h| Heading::words(h).wide(2.8))
        .to_vec(),
        rows,
    )
}

/// Lines that a text needs in a column of so many characters.
fn lines(text: &str, room: f64) -> f64 {
    let one = |line: &str| (line.chars().count() as f64 * 1.08 / room).ceil().max(1.0);
    text.lines().map(one).sum::<f64>().max(1.0)
}

/// French typography, and no longer than Excel accepts.
fn cut(text: &str) -> String {
    fitting(&nbsp(&visible(text)))
}

/// `&` begins a command in headers and footers.
fn escape(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    short.replace('&', "&&")
}
