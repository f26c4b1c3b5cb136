//! One section as a sheet: blocks one under the other, figures as tables with their chart.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::block_tables::{cards_table, cut, musts_table, write_cell};
use super::chart_image::{ChartImage, POINTS};
use super::page_flow::{Flow, LINE, SheetFlow, page_height};
use super::told_writing::written_lines;
use crate::base::error::{Error, Result};
use crate::base::looks::{CellPlace, LETTER, ReportLooks, fitting, text_lines};
use crate::base::tabular::Table;
use crate::base::text::{Datum, visible};
use crate::reports::document::{Block, DrawnFigure, Fact, Head, ListItem, ReportSection, Style};
use crate::reports::writing_box::WritingBox;

/// Columns that running text spans.
const SPAN: u16 = 6;
/// Width of a column of figures, in characters.
const UNIT: f64 = 11.0;
/// Widest first column.
const WIDEST: f64 = 60.0;
/// Height of a heading, of the title, in points.
const HEADING: f64 = 18.0;
const TITLE: f64 = 24.0;
/// From so many rows on, the headings of the only table of a sheet stay in sight and come again on each page.
const LONG_TABLE: u32 = 8;
/// A heading stays in sight when it is no lower than this row.
const IN_SIGHT: u32 = 8;
/// A chart is made smaller to stay on the page of its table down to this share of its height.
const SMALLEST: f64 = 0.5;
/// Tallest row that Excel accepts, in points.
const TALLEST: f64 = 409.0;
/// Heading of the column of keys.
const KEYS: &str = "Clé (observatoire expliquer …)";
/// How much wider bold letters are.
const BOLD: f64 = 1.12;
/// Width of a character, in pixels.
const PIXELS: f64 = 7.2;

/// Where a table stands.
#[derive(Debug, Clone, Copy)]
struct WrittenTable {
    head: u32,
    last: u32,
    columns: u16,
    /// Whether rows of headings divide it.
    divided: bool,
}

/// A sheet being filled from top to bottom.
pub(super) struct SheetPage<'a> {
    sheet: &'a mut Worksheet,
    formats: &'a ReportLooks,
    row: u32,
    widths: Vec<f64>,
    /// Heights of its rows, and how they go with pages.
    rows: SheetFlow,
    /// Tables written: row of headings, last row, columns.
    tables: Vec<WrittenTable>,
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
    ) -> std::result::Result<Self, XlsxError> {
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
            rows: SheetFlow::default(),
            tables: Vec::new(),
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

    /// Writes a section, then sets widths, pages and the print area.
    pub(super) fn fill(mut self, section: &ReportSection) -> Result<()> {
        self.title(&section.title).map_err(unwritten)?;
        // Widths first: the height of a wrapped text depends on them.
        self.measure(section);
        self.flow(0, Flow::Leads);
        for (at, block) in section.blocks.iter().enumerate() {
            let first = self.row;
            let flow = match block {
                Block::Figure(figure) => {
                    let after = self.running_after(&section.blocks[at + 1..]);
                    self.figure(figure, after)?;
                    continue;
                }
                Block::Subheading { .. } => Flow::Leads,
                Block::Table(_) => Flow::Whole,
                _ => Flow::Runs,
            };
            self.block(block).map_err(unwritten)?;
            self.flow(first, flow);
        }
        self.set_up().map_err(unwritten)
    }

    fn title(&mut self, title: &str) -> std::result::Result<(), XlsxError> {
        let (row, formats) = (self.row, self.formats);
        self.sheet
            .write_string_with_format(row, 0, cut(title), &formats.title)?;
        self.set_height(row, TITLE)?;
        self.row += 2;
        Ok(())
    }

    /// Widths of columns, pages, headings that stay.
    fn set_up(&mut self) -> std::result::Result<(), XlsxError> {
        for (c, width) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(c as u16, *width)?;
        }
        if self.has_keys {
            let column = self.key_column();
            self.sheet.set_column_width(column, 30.0)?;
        }
        let breaks = self.rows.breaks(page_height(&self.widths));
        if !breaks.is_empty() {
            self.sheet.set_page_breaks(&breaks)?;
        }
        let last = (self.widths.len() as u16).max(SPAN) - 1;
        self.sheet.set_print_area(0, 0, self.row.max(1) - 1, last)?;
        self.keep_headings()
    }

    /// The headings of the only table of the sheet stay in sight, come again on each page, and filter its rows.
    fn keep_headings(&mut self) -> std::result::Result<(), XlsxError> {
        let &[table] = self.tables.as_slice() else {
            return Ok(());
        };
        let rows = table.last - table.head;
        if rows < LONG_TABLE {
            return Ok(());
        }
        // On a page of something else they would head what is not theirs.
        if f64::from(rows) * LINE > page_height(&self.widths) / 2.0 {
            self.sheet.set_repeat_rows(table.head, table.head)?;
        }
        if table.head <= IN_SIGHT {
            self.sheet.set_freeze_panes(table.head + 1, 1)?;
        }
        if !table.divided {
            let last = table.columns - 1;
            self.sheet.autofilter(table.head, 0, table.last, last)?;
        }
        Ok(())
    }

    /// How the rows written since `first` go with pages.
    fn flow(&mut self, first: u32, flow: Flow) {
        self.rows.push(first, self.row, flow);
    }

    /// Height of the texts that follow a chart and speak of it.
    fn running_after(&self, blocks: &[Block]) -> f64 {
        let room = self.span();
        let texts = blocks.iter().map_while(|block| match block {
            Block::Paragraph { text, .. } => Some((text_lines(text, room) + 1.0) * LINE),
            _ => None,
        });
        texts.sum()
    }

    /// Width of a text over several columns, in characters.
    fn span(&self) -> f64 {
        self.widths[..usize::from(SPAN)].iter().sum()
    }

    fn set_height(&mut self, row: u32, height: f64) -> std::result::Result<(), XlsxError> {
        self.rows.set(row, height);
        self.sheet.set_row_height(row, height)?;
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
                let words = heading.name.split([' ', '\n']);
                let word = words.map(|w| w.chars().count()).max().unwrap_or(0);
                let least = (word as f64 * LETTER * BOLD + 1.0).max(UNIT);
                let wanted = (heading.width * UNIT).max(least).min(WIDEST);
                match self.widths.get_mut(c) {
                    Some(width) => *width = width.max(wanted),
                    None => self.widths.push(wanted),
                }
            }
        }
    }

    fn block(&mut self, block: &Block) -> std::result::Result<(), XlsxError> {
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
            // Charts are written with their pictures.
            Block::Figure(_) => {}
            Block::Table(table) => {
                self.heading(&table.title)?;
                self.table(table)?;
                if !table.note.is_empty() {
                    self.keys(&table.keys)?;
                    self.running(&table.note, &formats.second)?;
                }
            }
            Block::Cards { cards } => self.table(&cards_table(cards))?,
            Block::Writing(own) => self.writing(own)?,
        }
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> std::result::Result<(), XlsxError> {
        let (row, format) = (self.row, &self.formats.heading);
        self.sheet
            .write_string_with_format(row, 0, cut(text), format)?;
        self.set_height(row, HEADING)?;
        self.row += 1;
        Ok(())
    }

    /// A text over several columns: merged cells do not grow by themselves, so the height is set
    /// from the number of lines that the text needs.
    fn running(&mut self, text: &str, format: &Format) -> std::result::Result<(), XlsxError> {
        let text = cut(text);
        let room = self.span();
        self.sheet
            .merge_range(self.row, 0, self.row, SPAN - 1, &text, format)?;
        self.height(text_lines(&text, room))?;
        self.row += 1;
        Ok(())
    }

    /// What people wrote by hand: a line a paragraph, their looks kept.
    fn writing(&mut self, own: &WritingBox) -> std::result::Result<(), XlsxError> {
        let format = if own.is_complete() {
            &self.formats.text
        } else {
            self.running(&own.left, &self.formats.second)?;
            &self.formats.to_write
        };
        for line in written_lines(&own.text) {
            let text = cut(&line.plain());
            self.running(&text, format)?;
            if line.has_looks() && text == line.plain() {
                let parts = line.parts();
                let parts: Vec<(&Format, &str)> =
                    parts.iter().map(|(f, t)| (f, t.as_str())).collect();
                (self.sheet).write_rich_string_with_format(self.row - 1, 0, &parts, format)?;
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &ListItem) -> std::result::Result<(), XlsxError> {
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

    fn fact(&mut self, fact: &Fact) -> std::result::Result<(), XlsxError> {
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
        self.height(text_lines(&value, room).max(text_lines(&fact.name, self.widths[0])))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table<Datum>) -> std::result::Result<(), XlsxError> {
        let formats = self.formats;
        let head = self.row;
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
        let tallest = heads.map(|(h, w)| text_lines(&h.name, w / BOLD));
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
                let at = (self.row, c as u16);
                write_cell(self.sheet, at, cell, &format)?;
            }
            let keys = line.iter().map(|c| c.key.as_str());
            self.keys(keys.filter(|key| !key.is_empty()))?;
            let bold = if style == "axe" { BOLD } else { 1.0 };
            let cells = line.iter().zip(&self.widths);
            let tallest = cells.map(|(cell, w)| text_lines(&cell.text, w / bold));
            self.height(tallest.fold(1.0, f64::max))?;
            self.row += 1;
        }
        let is_axe = |line: &Vec<Datum>| line.first().is_some_and(|c| c.class == "axe");
        self.tables.push(WrittenTable {
            head,
            last: self.row - 1,
            columns: table.columns.len().max(1) as u16,
            divided: table.rows.iter().any(is_axe),
        });
        Ok(())
    }

    /// The keys of the figures of the current row, in the column that follows all others; it is not printed.
    fn keys<'k>(
        &mut self,
        keys: impl IntoIterator<Item = impl AsRef<str> + 'k>,
    ) -> std::result::Result<(), XlsxError> {
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
    fn height(&mut self, lines: f64) -> std::result::Result<(), XlsxError> {
        self.set_height(self.row, (lines.max(1.0) * LINE).min(TALLEST))
    }

    /// A chart by its idea, its figures, its caption, its picture; smaller if that keeps all of it on one page, with
    /// the texts that follow it, so high.
    fn figure(&mut self, figure: &DrawnFigure, after: f64) -> Result<()> {
        let first = self.row;
        self.told(figure).map_err(unwritten)?;
        let printed: f64 = self.widths.iter().sum::<f64>() * PIXELS;
        let Some(image) = ChartImage::of(figure, printed as u32)? else {
            self.row += 1;
            self.flow(first, Flow::Whole);
            return Ok(());
        };
        let page = page_height(&self.widths) - 2.0 * LINE;
        let left = page - self.rows.leading() - self.rows.height(first, self.row);
        let least = f64::from(image.height) * POINTS * SMALLEST;
        let room = [left - after, left].into_iter().find(|room| *room >= least);
        let from = if room.is_some() {
            first
        } else {
            self.flow(first, Flow::Whole);
            self.row
        };
        let image = image.within((room.unwrap_or(page) / POINTS) as u32);
        let drawn = image.image().map_err(unwritten)?;
        let placed = self.sheet.insert_image(self.row, 0, &drawn);
        placed.map_err(unwritten)?;
        self.row += (f64::from(image.height) * POINTS / LINE).ceil() as u32 + 1;
        self.flow(from, Flow::Chart);
        Ok(())
    }

    /// What a chart says, before its picture.
    fn told(&mut self, figure: &DrawnFigure) -> std::result::Result<(), XlsxError> {
        self.keys(&figure.keys)?;
        self.heading(&figure.title)?;
        self.table(&figure.table)?;
        if !figure.caption.is_empty() {
            self.running(&figure.caption, &self.formats.second)?;
        }
        Ok(())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
pub(super) fn unwritten(error: XlsxError) -> Error {
    Error::Render(format!(
        "Le classeur du rapport ne peut pas être écrit ({error})."
    ))
}

/// `&` begins a command in headers and footers.
fn escape(text: &str) -> String {
    let short: String = text.chars().take(80).collect();
    short.replace('&', "&&")
}
