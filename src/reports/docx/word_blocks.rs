//! Blocks of a document as paragraphs and tables.

use super::word_picture::WordPicture;
use super::word_styles::id;
use super::word_table::{facts_table, table, untitled_table};
use super::word_text::{bold, looking, paragraph, run, runs, runs_with, with_properties};
use super::word_written::WrittenParts;
use crate::base::error::Result;
use crate::base::palette::ALERT;
use crate::reports::document::{
    Block, CritereView, DrawnFigure, ListItem, ListStyle, Must, ReportSection, Style,
};

/// What a document is made of, as its sections are written.
#[derive(Default)]
pub(super) struct WordBody {
    /// Paragraphs and tables.
    pub xml: String,
    /// Charts that it draws, in order.
    pub pictures: Vec<WordPicture>,
    /// Comments and numbered lists of what people write by hand.
    pub written: WrittenParts,
    /// The figures of those charts, each under its idea.
    figures: String,
}

impl WordBody {
    /// Writes a section under its heading.
    ///
    /// # Errors
    ///
    /// A chart that cannot be drawn: always a bug.
    pub(super) fn section(&mut self, section: &ReportSection) -> Result<()> {
        let properties = if section.page_break {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        let heading = with_properties(id("Titre 1"), properties, &section.title);
        self.xml.push_str(&heading);
        for block in &section.blocks {
            match block {
                Block::Figure(figure) => self.figure(figure)?,
                Block::Writing(own) => self.xml.push_str(&self.written.write(own)),
                other => write_block(&mut self.xml, other),
            }
        }
        Ok(())
    }

    /// A chart by its idea, its picture, its caption; its figures come at the end. Without a picture, by its
    /// sentence and its figures.
    fn figure(&mut self, figure: &DrawnFigure) -> Result<()> {
        let body = &mut self.xml;
        body.push_str(&paragraph(id("Titre 2"), &figure.title));
        let Some(drawn) = WordPicture::of(figure, self.pictures.len() + 1)? else {
            body.push_str(&paragraph(id("Normal"), &figure.alt));
            body.push_str(&untitled_table(&figure.table));
            if !figure.caption.is_empty() {
                body.push_str(&paragraph(id("Second"), &figure.caption));
            }
            return Ok(());
        };
        body.push_str(&drawn.paragraph(figure));
        if !figure.caption.is_empty() {
            // A caption under a chart is not kept with what follows it.
            let said = looking(&figure.caption, "<w:b w:val=\"0\"/>");
            body.push_str(&runs_with(
                id("Légende"),
                "<w:keepNext w:val=\"0\"/>",
                &said,
            ));
        }
        self.pictures.push(drawn);
        let heading = paragraph(id("Légende"), &figure.title);
        self.figures.push_str(&heading);
        self.figures.push_str(&untitled_table(&figure.table));
        Ok(())
    }

    /// The figures of the charts, after all the rest: who rewords the document has them at hand.
    pub(super) fn chart_figures(&mut self) {
        if self.figures.is_empty() {
            return;
        }
        let heading = "Les chiffres des graphiques";
        let heading = with_properties(id("Titre 1"), "<w:pageBreakBefore/>", heading);
        self.xml.push_str(&heading);
        self.xml.push_str(&std::mem::take(&mut self.figures));
    }
}

fn write_block(body: &mut String, block: &Block) {
    match block {
        Block::Subheading { text } => body.push_str(&paragraph(id("Titre 2"), text)),
        Block::Paragraph { text, style, .. } => body.push_str(&paragraph(
            match style {
                Style::Plain => id("Normal"),
                Style::Secondary => id("Second"),
                Style::Strong => id("Fort"),
            },
            text,
        )),
        Block::List { items, style } => {
            for item in items {
                write_item(body, item, *style);
            }
        }
        Block::Facts { rows } => body.push_str(&facts_table(rows)),
        Block::Musts { items } => {
            for must in items {
                write_must(body, must);
            }
        }
        // Charts are written with their pictures, boxes with their comments.
        Block::Figure(_) | Block::Writing(_) => {}
        Block::Table(shown) => body.push_str(&table(shown)),
        Block::Cards { cards } => {
            for card in cards {
                write_card(body, card);
            }
        }
    }
}

fn write_item(body: &mut String, item: &ListItem, style: ListStyle) {
    let (own, under) = match style {
        ListStyle::Bullets => (id("Puce"), id("Puce 2")),
        ListStyle::Messages => (id("Message"), id("Puce")),
        ListStyle::Practices => (id("Message"), id("Second")),
    };
    let mut said = String::new();
    if !item.strong.is_empty() {
        let joined = if item.text.is_empty() { "" } else { " : " };
        said.push_str(&bold(&format!("{}{joined}", item.strong)));
    }
    if !item.text.is_empty() {
        said.push_str(&run(&item.text));
    }
    body.push_str(&runs(own, &said));
    for line in &item.under {
        body.push_str(&paragraph(under, line));
    }
}

fn write_must(body: &mut String, must: &Must) {
    let is_wrong = matches!(must.class.as_str(), "non-atteint" | "hors");
    let look = if is_wrong {
        format!("<w:b/><w:color w:val=\"{ALERT:06X}\"/>")
    } else {
        String::new()
    };
    let said = [
        looking(&format!("{} ", must.mark), &look),
        bold(&must.code),
        run(&format!(" {} : ", must.label)),
        looking(&must.word, &look),
    ];
    body.push_str(&runs(id("Normal"), &said.concat()));
    for detail in &must.details {
        body.push_str(&paragraph(id("Puce"), detail));
    }
}

fn write_card(body: &mut String, card: &CritereView) {
    let title = format!("{} {}", card.code, card.label);
    body.push_str(&paragraph(id("Titre 2"), &title));
    let figures = [&card.value, &card.target, &card.evolution];
    let figures: Vec<&str> = figures.iter().map(|t| t.as_str()).collect();
    let figures: Vec<&str> = figures.into_iter().filter(|t| !t.is_empty()).collect();
    let lines = [
        (id("Second"), card.reason.clone()),
        (id("Fort"), figures.join(" · ")),
        (id("Second"), card.marks.join(" · ")),
        (
            id("Normal"),
            labelled("Ce qui a été noté", &card.rated.join(" ; ")),
        ),
        (
            id("Normal"),
            labelled("Repère le plus proche", &card.descriptor),
        ),
        (
            id("Second"),
            labelled("La marche suivante", &card.next_step),
        ),
    ];
    for (style, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        body.push_str(&paragraph(style, text));
    }
}

/// « label : text »; nothing without a text.
fn labelled(label: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{label} : {text}")
    }
}
