//! How many edits turn one wording into others, sixty-four letters at a time: a file may hold thousands of
//! wordings, each compared with every élément.
//!
//! Myers 1999, *A fast bit-vector algorithm for approximate string matching*; in blocks, Hyyrö 2003.

use std::collections::HashMap;

const WORD: usize = u64::BITS as usize;

/// A wording to be compared with others.
pub(super) struct EditPattern {
    /// Letters.
    length: usize,
    /// Where each ASCII letter stands, by block.
    ascii: Vec<u64>,
    /// The same of the other letters.
    others: HashMap<char, Vec<u64>>,
}

/// A column of the table of edits, as its differences from one line to the next.
#[derive(Clone, Copy)]
struct EditBlock {
    more: u64,
    less: u64,
}

impl EditPattern {
    pub(super) fn new(text: &str) -> Self {
        let length = text.chars().count();
        let blocks = length.div_ceil(WORD);
        let mut pattern = Self {
            length,
            ascii: vec![0; 128 * blocks],
            others: HashMap::new(),
        };
        for (at, letter) in text.chars().enumerate() {
            let (block, bit) = (at / WORD, 1 << (at % WORD));
            if let Some(byte) = u8::try_from(letter).ok().filter(u8::is_ascii) {
                pattern.ascii[usize::from(byte) * blocks + block] |= bit;
            } else {
                let places = pattern.others.entry(letter);
                places.or_insert_with(|| vec![0; blocks])[block] |= bit;
            }
        }
        pattern
    }

    /// Where a letter stands; nothing where it does not.
    fn places(&self, letter: char) -> Option<&[u64]> {
        let blocks = self.length.div_ceil(WORD);
        match u8::try_from(letter).ok().filter(u8::is_ascii) {
            Some(byte) => {
                let start = usize::from(byte) * blocks;
                self.ascii.get(start..start + blocks)
            }
            None => self.others.get(&letter).map(Vec::as_slice),
        }
    }

    /// Letters to insert, remove or replace (Levenshtein).
    fn edits(&self, text: &str) -> usize {
        if self.length == 0 {
            return text.chars().count();
        }
        let blocks = self.length.div_ceil(WORD);
        let mut column = vec![
            EditBlock {
                more: u64::MAX,
                less: 0
            };
            blocks
        ];
        let last = 1 << ((self.length - 1) % WORD);
        let mut edits = self.length;
        for letter in text.chars() {
            let places = self.places(letter);
            // What the block above hands down: one more, at the top of the table.
            let (mut more, mut less) = (1, 0);
            for (rank, block) in column.iter_mut().enumerate() {
                let same = places.map_or(0, |p| p[rank]);
                let vertical = same | block.less;
                let same = same | less;
                let horizontal = ((same & block.more).wrapping_add(block.more) ^ block.more) | same;
                let rises = block.less | !(horizontal | block.more);
                let falls = block.more & horizontal;
                if rank + 1 == blocks {
                    edits += usize::from(rises & last != 0);
                    edits -= usize::from(falls & last != 0);
                }
                let (down_more, down_less) = (rises >> (WORD - 1), falls >> (WORD - 1));
                let rises = (rises << 1) | more;
                let falls = (falls << 1) | less;
                block.more = falls | !(vertical | rises);
                block.less = rises & vertical;
                (more, less) = (down_more, down_less);
            }
        }
        edits
    }

    /// 1 for the same wording, 0 when nothing is left of it.
    pub(super) fn likeness(&self, text: &str) -> f64 {
        let longest = self.length.max(text.chars().count());
        if longest == 0 {
            return 1.0;
        }
        1.0 - self.edits(text) as f64 / longest as f64
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};

    use super::*;

    /// Against a table of edits written by others.
    #[test]
    fn edits_are_counted_as_a_table_counts_them() {
        let mut draw = rand_chacha::ChaCha8Rng::seed_from_u64(7);
        for _ in 0..4_000 {
            let mut text = |most: usize| -> String {
                let length = draw.random_range(0..most);
                let letters = ['a', 'b', 'c', 'é', ' ', '…'];
                let drawn = (0..length).map(|_| letters[draw.random_range(0..letters.len())]);
                drawn.collect()
            };
            let (a, b) = (text(200), text(200));
            let pattern = EditPattern::new(&a);
            assert_eq!(pattern.edits(&b), strsim::levenshtein(&a, &b), "{a} | {b}");
            let expected = strsim::normalized_levenshtein(&a, &b);
            assert!((pattern.likeness(&b) - expected).abs() < 1e-15, "{a} | {b}");
        }
    }
}
