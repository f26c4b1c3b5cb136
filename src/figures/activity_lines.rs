//! Activity data of every structure, dense: words that cells share are kept once, a line is a few
//! pairs of ranks.

use std::collections::HashMap;
use std::ops::Range;

use crate::base::day::Day;
use crate::base::text::SharedText;

/// Words and their ranks.
#[derive(Debug, Default)]
struct Lexicon {
    words: Vec<SharedText>,
    ranks: HashMap<SharedText, u32>,
}

impl Lexicon {
    fn rank(&mut self, word: &str) -> u32 {
        if let Some(rank) = self.ranks.get(word) {
            return *rank;
        }
        let rank = self.words.len() as u32;
        let word: SharedText = SharedText::from(word);
        self.words.push(word.clone());
        self.ranks.insert(word, rank);
        rank
    }

    fn word(&self, rank: u32) -> &str {
        &self.words[rank as usize]
    }
}

/// One cell of activity data, as ranks of words.
#[derive(Debug, Clone, Copy)]
struct LineCell {
    site: u32,
    id: u32,
    day: Option<Day>,
    measure: u32,
    value: u32,
}

/// What a line is called, and where its cells are.
#[derive(Debug, PartialEq)]
struct LineHead {
    id: u32,
    day: Option<Day>,
    cells: Range<u32>,
}

/// Activity data being gathered.
#[derive(Debug, Default)]
pub(crate) struct ActivityCells {
    lexicon: Lexicon,
    cells: Vec<LineCell>,
}

/// One cell of activity data, as it is read.
pub(crate) struct ReadMeasure<'a> {
    /// Identity of the line: kind, then what tells it from the others of the structure.
    pub id: &'a str,
    /// Its day; none when unknown.
    pub day: Option<Day>,
    /// Code of the measure.
    pub measure: &'a str,
    /// Content of the cell.
    pub value: &'a str,
}

impl ActivityCells {
    /// Takes a cell of a site; a later one replaces an earlier one of the same line and measure.
    pub(super) fn add(&mut self, site: u32, read: &ReadMeasure) {
        let cell = LineCell {
            site,
            id: self.lexicon.rank(read.id),
            day: read.day,
            measure: self.lexicon.rank(read.measure),
            value: self.lexicon.rank(read.value),
        };
        self.cells.push(cell);
    }

    /// Lines of `sites` sites, in order of id.
    pub(super) fn into_lines(mut self, sites: usize) -> ActivityLines {
        let lexicon = &self.lexicon;
        // Stable: the last of equals came last.
        self.cells.sort_by(|a, b| {
            let line = a
                .site
                .cmp(&b.site)
                .then_with(|| lexicon.word(a.id).cmp(lexicon.word(b.id)));
            line.then_with(|| lexicon.word(a.measure).cmp(lexicon.word(b.measure)))
        });
        let mut lines = ActivityLines {
            sites: vec![0..0; sites],
            ..ActivityLines::default()
        };
        for line in self.cells.chunk_by(|a, b| (a.site, a.id) == (b.site, b.id)) {
            lines.push_line(line);
        }
        lines.words = self.lexicon.words;
        lines
    }
}

/// Activity data of every site.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ActivityLines {
    words: Vec<SharedText>,
    heads: Vec<LineHead>,
    /// Ranks of a measure and of its value.
    cells: Vec<[u32; 2]>,
    sites: Vec<Range<u32>>,
}

impl ActivityLines {
    fn push_line(&mut self, line: &[LineCell]) {
        let start = self.cells.len() as u32;
        for measure in line.chunk_by(|a, b| a.measure == b.measure) {
            let last = measure[measure.len() - 1];
            self.cells.push([last.measure, last.value]);
        }
        let head = self.heads.len() as u32;
        let site = &mut self.sites[line[0].site as usize];
        let first = if site.start == site.end {
            head
        } else {
            site.start
        };
        *site = first..head + 1;
        self.heads.push(LineHead {
            id: line[0].id,
            day: line[line.len() - 1].day,
            cells: start..self.cells.len() as u32,
        });
    }

    /// Lines of a site, in order of id.
    pub(super) fn of(&self, site: usize) -> impl ExactSizeIterator<Item = ActivityLine<'_>> {
        let heads = self.sites.get(site).cloned().unwrap_or(0..0);
        let heads = &self.heads[heads.start as usize..heads.end as usize];
        heads.iter().map(|head| ActivityLine { book: self, head })
    }
}

/// A line of activity data.
#[derive(Debug, Clone, Copy)]
pub struct ActivityLine<'a> {
    book: &'a ActivityLines,
    head: &'a LineHead,
}

impl<'a> ActivityLine<'a> {
    /// Its identity: kind, then what tells it from the others of the structure.
    pub fn id(self) -> &'a str {
        &self.book.words[self.head.id as usize]
    }

    /// Its day; none when unknown.
    pub fn day(self) -> Option<Day> {
        self.head.day
    }

    /// Content of a measure.
    pub fn get(self, measure: &str) -> Option<&'a str> {
        let cells = self.head.cells.start as usize..self.head.cells.end as usize;
        let cell = self.book.cells[cells]
            .iter()
            .find(|[name, _]| *self.book.words[*name as usize] == *measure)?;
        Some(&self.book.words[cell[1] as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'a>(id: &'a str, measure: &'a str, value: &'a str) -> ReadMeasure<'a> {
        ReadMeasure {
            id,
            day: Day::from_number(20_585),
            measure,
            value,
        }
    }

    #[test]
    fn lines_come_in_order_of_id_and_the_last_cell_wins() {
        let mut cells = ActivityCells::default();
        cells.add(1, &cell("seance b", "animateurs", "3"));
        cells.add(1, &cell("seance a", "animateurs", "2"));
        cells.add(1, &cell("seance b", "animateurs", "4"));
        cells.add(0, &cell("poste 1", "diplome", "BAFA"));
        let lines = cells.into_lines(3);
        let told = |site| -> Vec<(&str, Option<&str>)> {
            lines
                .of(site)
                .map(|l| (l.id(), l.get("animateurs")))
                .collect()
        };
        assert_eq!(told(0), [("poste 1", None)]);
        assert_eq!(told(1), [("seance a", Some("2")), ("seance b", Some("4"))]);
        assert!(told(2).is_empty());
    }
}
