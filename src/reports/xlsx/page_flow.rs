//! Where the pages of a sheet end: before a chart or a short table that what is left of the page cannot hold, so that
//! no page cuts one; texts and long tables go on where they are. Heights are in points.

use std::collections::BTreeMap;

/// Height of a line, in points.
pub(super) const LINE: f64 = 15.0;

/// Width and height of A4 in landscape within the margins of our sheets.
const PAGE: (f64, f64) = (769.0, 501.0);
/// Part of the page that is counted on: programs do not measure alike.
const SURE: f64 = 0.95;
/// Points of a character of a column, and of the sides of each.
const CHARACTER: f64 = 5.25;
const SIDES: f64 = 3.75;
/// What follows a heading on its page, at least: three lines.
const AFTER: f64 = 3.0 * LINE;

/// What a page holds of a sheet whose columns are so wide, printed on one width.
pub(super) fn page_height(widths: &[f64]) -> f64 {
    let wide: f64 = widths.iter().map(|w| w * CHARACTER + SIDES).sum();
    let scale = (PAGE.0 / wide).min(1.0);
    PAGE.1 * SURE / scale
}

/// How rows go with pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// A heading: it stays with what follows.
    Leads,
    /// Texts: any row may end a page.
    Runs,
    /// A table: on one page when it can be.
    Whole,
    /// A chart: cut nowhere.
    Chart,
}

/// Rows that follow each other.
#[derive(Debug, Clone, Copy, PartialEq)]
struct FlowBlock {
    /// Its first row.
    first: u32,
    /// Height of its rows.
    height: f64,
    /// How it goes with pages.
    flow: Flow,
}

/// The rows of a sheet, as they are written from top to bottom.
#[derive(Debug, Default)]
pub(super) struct SheetFlow {
    /// Heights of the rows that have one of their own, by row.
    heights: BTreeMap<u32, f64>,
    blocks: Vec<FlowBlock>,
}

impl SheetFlow {
    /// Says how high a row is.
    pub(super) fn set(&mut self, row: u32, height: f64) {
        self.heights.insert(row, height);
    }

    /// Height of rows from `first` to the one before `end`.
    pub(super) fn height(&self, first: u32, end: u32) -> f64 {
        let own = |row| self.heights.get(&row).copied().unwrap_or(LINE);
        (first..end).map(own).sum()
    }

    /// Says how rows from `first` to the one before `end` go with pages.
    pub(super) fn push(&mut self, first: u32, end: u32, flow: Flow) {
        let height = self.height(first, end);
        self.blocks.push(FlowBlock {
            first,
            height,
            flow,
        });
    }

    /// Height of what would stay with the next block.
    pub(super) fn leading(&self) -> f64 {
        let last = self.blocks.iter().rev();
        let leading = last.take_while(|b| b.flow == Flow::Leads);
        leading.map(|b| b.height).sum()
    }

    /// Rows before which a page ends.
    pub(super) fn breaks(&self, page: f64) -> Vec<u32> {
        page_breaks(&self.blocks, page)
    }
}

/// Rows before which a page ends.
fn page_breaks(blocks: &[FlowBlock], page: f64) -> Vec<u32> {
    let mut breaks = Vec::new();
    let (mut used, mut is_known) = (0.0, true);
    let mut at = 0;
    while at < blocks.len() {
        let leading = blocks[at..].iter().take_while(|b| b.flow == Flow::Leads);
        let leading: Vec<f64> = leading.map(|b| b.height).collect();
        let led: f64 = leading.iter().sum();
        let own = blocks.get(at + leading.len());
        let height = led + own.map_or(0.0, |b| b.height);
        let flow = own.map_or(Flow::Runs, |b| b.flow);
        let runs = flow == Flow::Runs || (height > page && flow != Flow::Chart);
        let needed = match (runs, led > 0.0) {
            (false, _) => height,
            (true, true) => (led + AFTER).min(height),
            (true, false) => 0.0,
        };
        // Where a page ended by itself, nobody knows how much of the next one is left.
        let is_risky = flow == Flow::Chart && !is_known;
        if used > 0.0 && (used + needed > page || is_risky) {
            breaks.push(blocks[at].first);
            (used, is_known) = (0.0, true);
        }
        used += height;
        while used > page {
            used -= page;
            is_known = false;
        }
        at += leading.len() + 1;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(first: u32, height: f64, flow: Flow) -> FlowBlock {
        FlowBlock {
            first,
            height,
            flow,
        }
    }

    #[test]
    fn a_page_ends_before_what_it_cannot_hold_and_a_heading_goes_with_it() {
        let of = |last: Flow| {
            [
                block(0, 240.0, Flow::Runs),
                block(4, 30.0, Flow::Leads),
                block(5, 260.0, last),
            ]
        };
        assert_eq!(page_breaks(&of(Flow::Chart), 400.0), [4]);
        assert_eq!(page_breaks(&of(Flow::Whole), 400.0), [4]);
        assert!(page_breaks(&of(Flow::Runs), 400.0).is_empty());
        // A heading at the foot of a page says nothing.
        assert_eq!(page_breaks(&of(Flow::Runs), 300.0), [4]);
        assert!(page_breaks(&of(Flow::Chart), 600.0).is_empty());
    }

    #[test]
    fn a_chart_begins_a_page_where_nobody_knows_what_is_left_of_it() {
        let long = block(0, 900.0, Flow::Whole);
        let after = [long, block(60, 100.0, Flow::Chart)];
        assert_eq!(page_breaks(&after, 400.0), [60]);
        let after = [long, block(60, 100.0, Flow::Runs)];
        assert!(page_breaks(&after, 400.0).is_empty());
    }

    #[test]
    fn a_wide_sheet_is_printed_smaller_and_its_page_holds_more() {
        let narrow = page_height(&[40.0, 11.0]);
        assert!((narrow - 501.0 * SURE).abs() < 1e-9);
        assert!(page_height(&[40.0; 8]) > 2.0 * narrow);
    }
}
