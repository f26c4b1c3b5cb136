//! What may become of a file: bytes flipped, cut, repeated; parts of an archive edited and packed
//! again; cells and tokens replaced by what programs seldom expect.

use std::io::{Cursor, Read, Write};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How a file is made, for mutations that keep most of it readable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An archive of texts or of binary records.
    Zip,
    /// Delimited text.
    Table,
    /// Settings: TOML, JSON.
    Text,
    /// A compound file that holds records.
    Compound,
}

/// What takes the place of a cell or of a token.
const NASTY: [&str; 45] = [
    "",
    "0",
    "-1",
    "1e308",
    "-1e-320",
    "1e999",
    "NaN",
    "inf",
    "99999999999999999999",
    "-0",
    "4294967296",
    "9999999999",
    "18446744073709551615",
    "9223372036854775807",
    "2147483648",
    "1048577",
    "true",
    "null",
    "\"",
    "\"\"\"",
    "'",
    "[[[[[[[[",
    "{{{{{{{{",
    "]]>",
    "<!--",
    "&amp;amp;",
    "&#0;",
    "&#x110000;",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "e\u{301}\u{301}\u{301}",
    "😀",
    "ﬁ",
    "İ",
    "ß",
    "=1+1",
    "2026-02-30",
    "0000-00-00",
    "+99999-12-31",
    "XFD1048576",
    "A0",
    "R01",
    "REL-1-FAM-1",
    "nsp",
];

/// Texts are repeated no further.
const LONGEST: usize = 1 << 20;

/// Mutations of one input, drawn from its number alone.
pub struct Mutator {
    draw: ChaCha8Rng,
}

impl Mutator {
    /// The mutations of the input of this rank.
    pub fn new(target: &str, rank: u64) -> Self {
        let name = target.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
        Self {
            draw: ChaCha8Rng::seed_from_u64(name ^ rank.rotate_left(17)),
        }
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.draw.random_range(0..end.max(1))
    }

    fn nasty(&mut self) -> &'static str {
        NASTY[self.below(NASTY.len())]
    }

    /// One of the seeds, changed.
    pub fn mutate(&mut self, seeds: &[Vec<u8>], shape: Shape) -> Vec<u8> {
        let seed = seeds[self.below(seeds.len())].clone();
        let kept = match (shape, self.below(4)) {
            (_, 0) => self.bytes(seed.clone(), seeds),
            (Shape::Zip, _) => self.archive(&seed, seeds).unwrap_or_else(|| seed.clone()),
            (Shape::Table, _) => self.table(&seed),
            (Shape::Compound, _) => super::compound::mutate(self, seed.clone()),
            (Shape::Text, _) => self.tokens(seed.clone()),
        };
        if kept == seed {
            self.bytes(kept, seeds)
        } else {
            kept
        }
    }

    fn bytes(&mut self, mut bytes: Vec<u8>, seeds: &[Vec<u8>]) -> Vec<u8> {
        for _ in 0..=self.below(4) {
            if bytes.is_empty() {
                bytes.push(0);
            }
            let at = self.below(bytes.len());
            match self.below(9) {
                0..3 => bytes[at] ^= 1 << self.below(8),
                3 => bytes[at] = [0, 0xff, 0x7f, 0x80, b'<', b'"'][self.below(6)],
                4 => bytes.truncate(at),
                5 => {
                    let end = (at + self.below(64)).min(bytes.len());
                    bytes.drain(at..end);
                }
                6 => {
                    let end = (at + self.below(256)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
                7 => {
                    let number =
                        [0_u32, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX, 0xffff][self.below(6)];
                    for (byte, new) in bytes[at..].iter_mut().zip(number.to_le_bytes()) {
                        *byte = new;
                    }
                }
                _ => {
                    let other = &seeds[self.below(seeds.len())];
                    let from = self.below(other.len());
                    bytes.truncate(at);
                    bytes.extend_from_slice(&other[from..]);
                }
            }
        }
        bytes
    }

    /// Edits one part, or more, and packs everything again.
    fn archive(&mut self, seed: &[u8], seeds: &[Vec<u8>]) -> Option<Vec<u8>> {
        let mut parts = unpack(seed)?;
        for _ in 0..=self.below(2) {
            let at = self.below(parts.len());
            match self.below(10) {
                0 => {
                    parts.remove(at);
                }
                1 => {
                    let twin = parts[at].clone();
                    parts.push((format!("{}x", twin.0), twin.1));
                }
                2 => {
                    let to = self.below(parts.len());
                    let bytes = parts[at].1.clone();
                    parts[to].1 = bytes;
                }
                _ => {
                    let bytes = std::mem::take(&mut parts[at].1);
                    let is_text = std::str::from_utf8(&bytes).is_ok() && self.below(5) > 0;
                    parts[at].1 = if is_text {
                        self.tokens(bytes)
                    } else {
                        self.bytes(bytes, seeds)
                    };
                }
            }
            if parts.is_empty() {
                break;
            }
        }
        pack(&parts)
    }

    /// Lines and cells of a delimited text.
    fn table(&mut self, seed: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(seed).into_owned();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for _ in 0..=self.below(5) {
            let at = self.below(lines.len());
            let Some(line) = lines.get(at).cloned() else {
                break;
            };
            match self.below(7) {
                0 => {
                    lines.remove(at);
                }
                1 => lines.insert(at, line),
                2 => lines.insert(at, self.nasty().to_owned()),
                3 => lines[at].push_str(&";".repeat(self.below(3000))),
                4 => lines[at] = line.repeat(1 + self.below(40).min(LONGEST / line.len().max(1))),
                _ => {
                    let delimiter = if line.contains(';') { ';' } else { ',' };
                    let mut cells: Vec<&str> = line.split(delimiter).collect();
                    let cell = self.below(cells.len());
                    cells[cell] = self.nasty();
                    lines[at] = cells.join(&delimiter.to_string());
                }
            }
        }
        let end = ["\n", "\r\n", "\r"][self.below(3)];
        lines.join(end).into_bytes()
    }

    /// Words and numbers of a text replaced, repeated, removed, nested.
    fn tokens(&mut self, bytes: Vec<u8>) -> Vec<u8> {
        let mut text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return error.into_bytes(),
        };
        for _ in 0..=self.below(3) {
            let Some((from, to)) = self.token(&text).filter(|_| text.len() < LONGEST) else {
                break;
            };
            let word = text[from..to].to_owned();
            match self.below(8) {
                0 => text.replace_range(from..to, ""),
                1 => text.insert_str(to, &word),
                2 => text.insert_str(from, &"[".repeat(1 + self.below(2000))),
                3 => {
                    let times = self.below(500).min(LONGEST / word.len());
                    text.insert_str(to, &word.repeat(times));
                }
                4 => {
                    let end = self.token(&text).map_or(to, |t| t.1);
                    text.replace_range(from.min(end)..from.max(end), "");
                }
                _ => {
                    let nasty = self.nasty();
                    text.replace_range(from..to, nasty);
                }
            }
        }
        text.into_bytes()
    }

    /// A run of letters and digits, or one other character.
    fn token(&mut self, text: &str) -> Option<(usize, usize)> {
        let mut at = self.below(text.len());
        while at > 0 && !text.is_char_boundary(at) {
            at -= 1;
        }
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        let first = text[at..].chars().next()?;
        if !is_word(first) {
            return Some((at, at + first.len_utf8()));
        }
        let from = text[..at].rfind(|c| !is_word(c)).map_or(0, |i| {
            i + text[i..].chars().next().map_or(1, char::len_utf8)
        });
        let to = text[at..]
            .find(|c| !is_word(c))
            .map_or(text.len(), |i| at + i);
        Some((from, to))
    }
}

/// The parts of an archive by name, when it is one.
fn unpack(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        parts.push((name, content));
    }
    Some(parts)
}

/// An archive of parts by name.
pub fn pack(parts: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .ok()?;
        writer.write_all(content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}
