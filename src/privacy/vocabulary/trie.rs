//! Whole words and stems in one tree of bytes: a word is walked once, whatever their number.

/// What a word or a stem leads to.
#[derive(Debug, Clone, Default)]
pub(in crate::privacy) struct WordEntry {
    /// Classes, as bits.
    pub(in crate::privacy) classes: u32,
    /// Patterns that begin so, by rank.
    pub(in crate::privacy) patterns: Vec<usize>,
}

#[derive(Debug, Default)]
struct TrieEdge {
    byte: u8,
    node: usize,
}

#[derive(Debug, Default)]
struct TrieNode {
    edges: Vec<TrieEdge>,
    word: Option<usize>,
    stem: Option<usize>,
}

/// The tree.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<TrieNode>,
    entries: Vec<WordEntry>,
}

impl Trie {
    pub(super) fn new() -> Self {
        Self {
            nodes: vec![TrieNode::default()],
            entries: Vec::new(),
        }
    }

    /// The entry of a whole word, or of a stem, made when it is not there.
    pub(super) fn entry(&mut self, key: &str, stem: bool) -> &mut WordEntry {
        let mut at = 0;
        for byte in key.bytes() {
            at = self.step(at, byte).unwrap_or_else(|| {
                let node = self.nodes.len();
                self.nodes.push(TrieNode::default());
                self.nodes[at].edges.push(TrieEdge { byte, node });
                node
            });
        }
        let node = &mut self.nodes[at];
        let place = if stem { &mut node.stem } else { &mut node.word };
        let rank = *place.get_or_insert(self.entries.len());
        if rank == self.entries.len() {
            self.entries.push(WordEntry::default());
        }
        &mut self.entries[rank]
    }

    fn step(&self, at: usize, byte: u8) -> Option<usize> {
        let edge = self.nodes[at].edges.iter().find(|e| e.byte == byte)?;
        Some(edge.node)
    }

    /// Calls `found` with the entry of each stem that begins a word, and of the word itself.
    pub(super) fn walk<'a>(&'a self, key: &str, mut found: impl FnMut(&'a WordEntry)) {
        let mut at = 0;
        for byte in key.bytes() {
            let Some(next) = self.step(at, byte) else {
                return;
            };
            at = next;
            if let Some(rank) = self.nodes[at].stem {
                found(&self.entries[rank]);
            }
        }
        if let Some(rank) = self.nodes[at].word {
            found(&self.entries[rank]);
        }
    }
}
