//! What may become of a compound file and of the records of an old workbook in it: chains of sectors that
//! go elsewhere, in circles or nowhere; directories that point at each other; records of another kind, length
//! or place.

use super::mutations::Mutator;

const SECTOR: usize = 512;
/// Where the header says which sectors hold the table of chains.
const TABLES: usize = 76;
/// Where the header says how many sectors and which ones hold what.
const HEADER: std::ops::Range<usize> = 24..76;

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn put(bytes: &mut [u8], at: usize, value: u32) {
    let end = (at + 4).min(bytes.len());
    let start = at.min(end);
    bytes[start..end].copy_from_slice(&value.to_le_bytes()[..end - start]);
}

/// Where a sector begins.
fn sector(rank: u32) -> usize {
    (rank as usize + 1).saturating_mul(SECTOR)
}

/// Some of its chains, entries or records, changed.
pub fn mutate(draw: &mut Mutator, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..=draw.below(4) {
        match draw.below(8) {
            0 => {
                let at = HEADER.start + draw.below(HEADER.len());
                let value = odd(draw, &bytes);
                put(&mut bytes, at - at % 4, value);
            }
            1 | 2 => chain(draw, &mut bytes),
            3 => directory(draw, &mut bytes),
            _ => record(draw, &mut bytes),
        }
    }
    bytes
}

/// A sector of the file, the end of a chain, a free one, none.
fn odd(draw: &mut Mutator, bytes: &[u8]) -> u32 {
    let sectors = bytes.len() / SECTOR;
    match draw.below(6) {
        0 => 0xffff_fffe,
        1 => u32::MAX,
        2 => 0xffff_fffd,
        3 => [0, 1, 0x7fff_ffff, 0x0100_0000][draw.below(4)],
        _ => draw.below(sectors + 2) as u32,
    }
}

/// A link of a chain of sectors, large or small.
fn chain(draw: &mut Mutator, bytes: &mut [u8]) {
    // The table of large sectors, or that of small ones.
    let place = if draw.below(2) == 0 { TABLES } else { 60 };
    let Some(table) = number(bytes, place) else {
        return;
    };
    let at = sector(table) + 4 * draw.below(SECTOR / 4).min(bytes.len() / SECTOR);
    let value = odd(draw, bytes);
    if at < bytes.len() {
        put(bytes, at, value);
    }
}

/// A field of an entry of the directory: its kind, its neighbours, where it begins, how long it is.
fn directory(draw: &mut Mutator, bytes: &mut [u8]) {
    let Some(start) = number(bytes, 48) else {
        return;
    };
    let entry = sector(start) + 128 * draw.below(4);
    let field = [64, 66, 68, 72, 76, 116, 120, 124][draw.below(8)];
    let value = odd(draw, bytes);
    if entry + 128 <= bytes.len() {
        put(bytes, entry + field, value);
    }
}

/// A record of the first run of records: its kind, its length, what it says.
fn record(draw: &mut Mutator, bytes: &mut Vec<u8>) {
    const KINDS: [u16; 24] = [
        0x0006, 0x000a, 0x000c, 0x0018, 0x001c, 0x002f, 0x0042, 0x005d, 0x0085, 0x009d, 0x00bd,
        0x00be, 0x00e0, 0x00e5, 0x00fc, 0x00fd, 0x00ff, 0x0200, 0x0203, 0x0204, 0x0207, 0x027e,
        0x041e, 0x0809,
    ];
    let is_start = |w: &[u8]| w[0] == 9 && [2, 4, 8].contains(&w[1]) && w[3] == 0 && w[2] < 32;
    let starts: Vec<usize> = (0..bytes.len().saturating_sub(8))
        .filter(|at| at % 2 == 0 && is_start(&bytes[*at..]))
        .collect();
    let Some(mut at) = starts.get(draw.below(starts.len())).copied() else {
        return;
    };
    for _ in 0..draw.below(60) {
        let Some(head) = number(bytes, at) else {
            return;
        };
        let next = at + 4 + (head >> 16) as usize;
        if next + 4 > bytes.len() {
            break;
        }
        at = next;
    }
    match draw.below(6) {
        0 => {
            let kind = KINDS[draw.below(KINDS.len())].to_le_bytes();
            bytes[at..at + 2].copy_from_slice(&kind);
        }
        1 => {
            let length = [0, 1, 2, 7, 0x2020, 0x2021, 0xffff][draw.below(7)];
            bytes[at + 2..at + 4].copy_from_slice(&u16::to_le_bytes(length));
        }
        2 => {
            let length = usize::from(u16::from_le_bytes([bytes[at + 2], bytes[at + 3]]));
            let end = (at + 4 + length).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            let keep = bytes.len();
            bytes.splice(end..end, copy);
            bytes.truncate(keep);
        }
        _ => {
            let within = at + 4 + draw.below(24);
            let value = odd(draw, bytes);
            if within < bytes.len() {
                put(bytes, within, value);
            }
        }
    }
}
