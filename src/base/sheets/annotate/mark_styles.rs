//! The styles of lit cells: each is the cell's own (number format, font, protection, alignment) with a fill and a
//! border. Both are told apart in greys: what keeps a file out has a thick frame, the rest a dashed one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cell_marks::{INCOHERENT, Unmarkable};
use super::part_links::NameFamily;
use super::tag_places::{Edits, PlacedTag, TagKind, each_tag};

/// Fill and frame of what keeps a file out, then of the rest.
const FILLS: [&str; 2] = ["FFFBDCD8", "FFFFF0C2"];
const FRAMES: [(&str, &str); 2] = [("medium", "FF9B1C1C"), ("mediumDashed", "FF8A5A00")];

/// What stands in styles, in this order.
const ORDER: [&str; 11] = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// A list of styles, where it stands.
#[derive(Debug, Clone)]
struct StyleList {
    kind: TagKind,
    opens: Range<usize>,
    /// The tag, its count to be set.
    closes: usize,
    children: usize,
    prefix: String,
}

/// The styles of a workbook, and those that marks add.
pub(super) struct MarkStyles {
    xml: String,
    lists: BTreeMap<&'static str, StyleList>,
    /// Places of the styles of cells.
    cells: Vec<Range<usize>>,
    /// Of its first tag.
    prefix: String,
    /// Where each list that is not there would stand.
    room: BTreeMap<&'static str, usize>,
    /// Style of the cell, whether grave → rank among those added.
    added: BTreeMap<(usize, bool), usize>,
}

/// The styles of a workbook that has none.
pub(super) fn none(family: NameFamily) -> String {
    let plain = "numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{}\"><cellStyleXfs count=\"1\"><xf {plain}/></cellStyleXfs><cellXfs count=\"1\"><xf {plain} xfId=\"0\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>",
        family.main()
    )
}

impl MarkStyles {
    /// Reads a part of styles.
    pub(super) fn of(xml: &str) -> Result<Self, Unmarkable> {
        let mut styles = Self {
            xml: xml.to_owned(),
            lists: BTreeMap::new(),
            cells: Vec::new(),
            prefix: String::new(),
            room: BTreeMap::new(),
            added: BTreeMap::new(),
        };
        let (mut within, mut end, mut cell) = (None, None, 0);
        each_tag(xml, |tag| {
            match (tag.depth, tag.kind) {
                (0, TagKind::Opens) => tag.prefix().clone_into(&mut styles.prefix),
                (0, TagKind::Closes) => end = Some(tag.place.start),
                (1, TagKind::Closes) => {
                    if let Some(list) = within.and_then(|name| styles.lists.get_mut(name)) {
                        list.closes = tag.place.start;
                    }
                    within = None;
                }
                (1, kind) => within = styles.begin(tag).filter(|_| kind == TagKind::Opens),
                (2, kind) => {
                    if kind != TagKind::Closes {
                        cell = tag.place.start;
                        if let Some(list) = within.and_then(|name| styles.lists.get_mut(name)) {
                            list.children += 1;
                        }
                    }
                    if within == Some("cellXfs") && kind != TagKind::Opens {
                        styles.cells.push(cell..tag.place.end);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        let end = end.ok_or(INCOHERENT)?;
        for name in ORDER {
            styles.room.entry(name).or_insert(end);
        }
        Ok(styles)
    }

    /// A list begins: which one; those that would stand before it have their room.
    fn begin(&mut self, tag: &PlacedTag) -> Option<&'static str> {
        let known = ORDER.iter().position(|name| *name == tag.local());
        for name in &ORDER[..known.unwrap_or(0)] {
            self.room.entry(name).or_insert(tag.place.start);
        }
        let name = known.map(|at| ORDER[at])?;
        self.lists.insert(
            name,
            StyleList {
                kind: tag.kind,
                opens: tag.place.clone(),
                closes: tag.place.end,
                children: 0,
                prefix: tag.prefix().to_owned(),
            },
        );
        Some(name)
    }

    /// The style of a cell that bears another, once lit.
    pub(super) fn lit(&mut self, own: usize, grave: bool) -> usize {
        let own = if own < self.cells.len() { own } else { 0 };
        let next = self.added.len();
        let rank = *self.added.entry((own, grave)).or_insert(next);
        self.cells.len().max(1) + rank
    }

    /// The part, with what was added.
    pub(super) fn finish(self) -> Result<String, Unmarkable> {
        let p = &self.prefix;
        let children = |name: &str, base: usize| {
            let known = self.lists.get(name);
            known.map_or(base, |list| list.children)
        };
        // The first two fills are set by the format: none, then grey dots.
        let (fills, borders) = (children("fills", 2), children("borders", 1));
        let mut ranked: Vec<(usize, (usize, bool))> = self
            .added
            .iter()
            .map(|(style, rank)| (*rank, *style))
            .collect();
        ranked.sort_unstable();
        let mut cells = String::new();
        for (_, (own, grave)) in ranked {
            let look = usize::from(!grave);
            cells.push_str(&self.clone_of(own, fills + look, borders + look)?);
        }
        let plain_fills = format!(
            "<{p}fill><{p}patternFill patternType=\"none\"/></{p}fill><{p}fill><{p}patternFill patternType=\"gray125\"/></{p}fill>"
        );
        let sides = ["left", "right", "top", "bottom", "diagonal"];
        let plain = sides.map(|side| format!("<{p}{side}/>")).concat();
        let plain_border = format!("<{p}border>{plain}</{p}border>");
        let plain_cell =
            format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>");
        let plain_fonts =
            format!("<{p}font><{p}sz val=\"11\"/><{p}name val=\"Calibri\"/></{p}font>");
        let mut edits = Edits::default();
        self.grow(&mut edits, "fonts", &plain_fonts, 1, "", 0);
        let both = FILLS.map(|colour| fill(p, colour)).concat();
        self.grow(&mut edits, "fills", &plain_fills, 2, &both, FILLS.len());
        let both = FRAMES.map(|(line, colour)| frame(p, line, colour)).concat();
        self.grow(&mut edits, "borders", &plain_border, 1, &both, FRAMES.len());
        let added = self.added.len();
        self.grow(&mut edits, "cellXfs", &plain_cell, 1, &cells, added);
        Ok(edits.applied(&self.xml))
    }

    /// The style of a cell, its fill and frame changed.
    fn clone_of(&self, own: usize, fill: usize, border: usize) -> Result<String, Unmarkable> {
        let p = &self.prefix;
        let plain = format!("<{p}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>");
        let text = match self.cells.get(own) {
            Some(place) => self.xml.get(place.clone()).ok_or(INCOHERENT)?,
            None => &plain,
        };
        let (fill, border) = (fill.to_string(), border.to_string());
        let set = [
            ("fillId", fill.as_str()),
            ("borderId", border.as_str()),
            ("applyFill", "1"),
            ("applyBorder", "1"),
        ];
        let mut made = Edits::default();
        let mut first = true;
        each_tag(text, |tag| {
            if std::mem::take(&mut first) {
                made.replace(tag.place.clone(), tag.with(&set));
            }
            Ok(())
        })?;
        Ok(made.applied(text))
    }

    /// Adds to a list; makes it where it is not, or is empty, with what must begin it.
    fn grow(
        &self,
        edits: &mut Edits,
        name: &str,
        base: &str,
        base_count: usize,
        added: &str,
        count: usize,
    ) {
        let p = &self.prefix;
        let list = self.lists.get(name);
        match list {
            Some(list) if list.kind == TagKind::Opens && list.children > 0 => {
                if count == 0 {
                    return;
                }
                let text = self.xml.get(list.opens.clone()).unwrap_or_default();
                let total = (list.children + count).to_string();
                edits.replace(list.opens.clone(), recounted(text, &total));
                edits.replace(list.closes..list.closes, added);
            }
            known => {
                let p = known.map_or(p, |list| &list.prefix);
                let total = base_count + count;
                let made = format!("<{p}{name} count=\"{total}\">{base}{added}</{p}{name}>");
                let place = match known {
                    Some(list) if list.kind == TagKind::Whole => list.opens.clone(),
                    Some(list) => {
                        edits.replace(list.closes..list.closes, format!("{base}{added}"));
                        return;
                    }
                    None => {
                        let at = self.room.get(name).copied().unwrap_or(0);
                        at..at
                    }
                };
                edits.replace(place, made);
            }
        }
    }
}

/// A tag that opens, with the count of what it holds.
fn recounted(tag: &str, total: &str) -> String {
    let closed = format!("{}/>", tag.trim_end_matches('>'));
    let mut made = tag.to_owned();
    let read = each_tag(&closed, |t| {
        made = t.with(&[("count", total)]);
        Ok(())
    });
    if read.is_err() {
        return tag.to_owned();
    }
    format!("{}>", made.trim_end_matches('>').trim_end_matches('/'))
}

fn fill(p: &str, colour: &str) -> String {
    format!(
        "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
    )
}

fn frame(p: &str, line: &str, colour: &str) -> String {
    let sides = ["left", "right", "top", "bottom"];
    let sides = sides.map(|side| {
        format!("<{p}{side} style=\"{line}\"><{p}color rgb=\"{colour}\"/></{p}{side}>")
    });
    format!("<{p}border>{}<{p}diagonal/></{p}border>", sides.concat())
}
