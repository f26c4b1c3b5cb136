//! Before any workbook library sees a zip: every part is inflated through a counter, since the
//! sizes it declares cannot be trusted and a failed allocation cannot be caught.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::opened::{MAX_PART, Opened};
use super::string_count::check_counts;
use crate::base::diagnostics::Diagnostic;

const MAX_FILE: u64 = 512 << 20;
const MAX_PARTS: usize = 20_000;
/// Parts that only list sheets, styles or links: libraries keep each entry.
const MAX_LIST: u64 = 16 << 20;
/// Parts of strings: libraries keep each string, however short.
const MAX_STRINGS: u64 = 128 << 20;

/// What a part may inflate to, by its name.
fn room(name: &str) -> u64 {
    let is = |ends: &[&str]| ends.iter().any(|e| name.ends_with(e));
    if name.contains("sharedStrings.") {
        MAX_STRINGS
    } else if is(&[
        ".rels",
        "workbook.xml",
        "workbook.bin",
        "styles.xml",
        "styles.bin",
        "manifest.xml",
    ]) {
        MAX_LIST
    } else {
        MAX_PART
    }
}

/// What kind of workbook the parts make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZipKind {
    /// OOXML text parts.
    Xlsx,
    /// OOXML binary parts.
    Xlsb,
    /// OpenDocument.
    Ods,
    /// OpenDocument under a password.
    Sealed,
    /// Delimited texts, as ODK Central zips them.
    Texts,
    /// A zip of something else.
    Unknown,
}

/// Proves that a zip inflates to a reasonable size and tells what it is.
pub(super) struct Parts {
    pub kind: ZipKind,
    /// Whether some part may hold the comments of cells.
    pub comments: bool,
    /// The part of an ODS that holds its tables.
    pub content: Vec<u8>,
}

/// A zip whose directory was read.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Reads the directory of a zip.
pub(super) fn archive<'a>(file: &Opened, bytes: &'a [u8]) -> Result<Archive<'a>, Diagnostic> {
    ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| file.unreadable("l’archive du classeur est abîmée ou tronquée"))
}

/// Inflates everything once, keeping nothing but an ODS's content.
pub(super) fn check_zip(
    file: &Opened,
    mut archive: Archive,
    size: usize,
) -> Result<Parts, Diagnostic> {
    if archive.len() > MAX_PARTS {
        return Err(file.too_large("plus de 20 000 parties dans l’archive"));
    }
    let comments = archive
        .file_names()
        .flatten()
        .any(|name| name.contains("comments"));
    if let Some(kind) = proved_small(&mut archive, size as u64) {
        check_counts(file, &mut archive)?;
        return Ok(Parts {
            kind,
            comments,
            content: Vec::new(),
        });
    }
    let (mut total, mut kind) = (0_u64, ZipKind::Unknown);
    let (mut content, mut sealed) = (Vec::new(), false);
    for i in 0..archive.len() {
        let mut part = archive
            .by_index(i)
            .map_err(|_| file.unreadable("une partie du classeur est abîmée"))?;
        let name = part
            .name()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default();
        kind = match name.as_str() {
            "xl/workbook.xml" => ZipKind::Xlsx,
            "xl/workbook.bin" => ZipKind::Xlsb,
            "content.xml" => ZipKind::Ods,
            csv if kind == ZipKind::Unknown && is_csv(csv) => ZipKind::Texts,
            _ => kind,
        };
        // What says less than it holds was read beside others for its declared size.
        let (most, declared) = (room(&name).min(MAX_FILE - total), part.size());
        let mut counter = Counter {
            room: most.min(declared),
            count: 0,
            kept: None,
        };
        if ODS_PARTS.contains(&name.as_str()) {
            counter.kept = Some(Vec::new());
        }
        counter.inflate(&mut part).map_err(|full| {
            if full && declared >= most {
                file.too_large(&format!(
                    "plus de {} Mio une fois décompressé",
                    counter.room >> 20
                ))
            } else {
                file.unreadable("une partie du classeur est abîmée")
            }
        })?;
        total += counter.count;
        match (name.as_str(), counter.kept) {
            ("content.xml", Some(kept)) => content = kept,
            (name, Some(kept)) if seals(name, &kept) => sealed = true,
            _ => {}
        }
    }
    check_counts(file, &mut archive)?;
    if sealed && matches!(kind, ZipKind::Ods | ZipKind::Unknown) {
        kind = ZipKind::Sealed;
    }
    Ok(Parts {
        kind,
        comments,
        content,
    })
}

/// Parts of an ODS that are read here: its tables, and what tells whether they are under a password.
const ODS_PARTS: [&str; 3] = ["content.xml", "META-INF/manifest.xml", "encrypted-package"];

/// Whether a part says that the tables of an ODS are encrypted.
fn seals(name: &str, bytes: &[u8]) -> bool {
    let mark = b"encryption-data";
    name == "encrypted-package" || bytes.windows(mark.len()).any(|w| w == mark)
}

fn is_csv(name: &str) -> bool {
    std::path::Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("csv"))
}

/// The delimited texts of a zip whose size has been proved: name without extension, bytes.
pub(super) fn texts(file: &Opened, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let damaged = || file.unreadable("une partie de l’archive est abîmée");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut found = Vec::new();
    let folder = common_folder(&archive);
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).map_err(|_| damaged())?;
        let name = part
            .name()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default();
        let base = name.strip_prefix(&folder).unwrap_or(&name).to_owned();
        if is_csv(&base) && !base.contains('/') {
            let mut counter = Counter {
                room: MAX_PART,
                count: 0,
                kept: Some(Vec::new()),
            };
            counter.inflate(&mut part).map_err(|_| damaged())?;
            let stem = base.rsplit_once('.').map_or(base.as_str(), |n| n.0);
            found.push((stem.to_owned(), counter.kept.unwrap_or_default()));
        }
    }
    // The root table first, its repeats after it.
    found.sort_by_key(|(name, _)| (name.len(), name.clone()));
    Ok(found)
}

/// The folder in which the first text lies: whoever packs a folder again packs its name too. Texts deeper
/// down (what respondents attached) are no tables.
fn common_folder(archive: &ZipArchive<Cursor<&[u8]>>) -> String {
    let names = archive.file_names().flatten().filter(|n| is_csv(n));
    let folders = names.map(|n| n.rfind('/').map_or(String::new(), |at| n[..=at].to_owned()));
    folders.min_by_key(String::len).unwrap_or_default()
}

/// Deflate never expands by more than this (RFC 1951: 258 bytes from two bits).
const EXPANSION: u64 = 1032;
/// What any part of a workbook may inflate to without harm, strings included.
const SMALL: u64 = 64 << 20;

/// An OOXML workbook so small that no part of it can inflate beyond the limit, and whose parts do
/// not overlap: nothing is gained by inflating it twice.
fn proved_small(archive: &mut ZipArchive<Cursor<&[u8]>>, size: u64) -> Option<ZipKind> {
    let mut kind = None;
    let mut packed = 0;
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).ok()?;
        packed += part.compressed_size();
        match part.name().ok().as_deref() {
            Some("xl/workbook.xml") => kind = Some(ZipKind::Xlsx),
            Some("xl/workbook.bin") => kind = Some(ZipKind::Xlsb),
            _ => {}
        }
    }
    let fits = size.checked_mul(EXPANSION)? <= SMALL && packed <= size;
    kind.filter(|_| fits)
}

/// Parts of a spreadsheet are never packed this much; those of blank lines are, a hundred times at most.
const UNLIKELY: u64 = 250;

/// What the parts of a zip inflate to, as far as its directory can be believed; nothing for what is no zip.
pub(super) fn inflated(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return 0;
    };
    let sizes = (0..archive.len()).map(|i| archive.by_index_raw(i).map_or(0, |part| part.size()));
    let said = sizes.fold(0_u64, u64::saturating_add);
    said.min((bytes.len() as u64).saturating_mul(EXPANSION))
        .min(MAX_FILE)
}

/// Whether the library of a zip may end its process, as far as its directory tells: formats that are
/// laid out whole, or parts that no spreadsheet writes (twice the same, one over another, packed too
/// well). A zip whose directory cannot be read is refused anyway.
pub(super) fn is_risky(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let mut packed = 0;
    for i in 0..archive.len() {
        let Ok(part) = archive.by_index_raw(i) else {
            return true;
        };
        packed += part.compressed_size();
        let is_dense = matches!(
            part.name().ok().as_deref(),
            Some("content.xml" | "xl/workbook.bin")
        );
        if is_dense || part.size() > part.compressed_size().saturating_mul(UNLIKELY) + (1 << 20) {
            return true;
        }
    }
    packed > bytes.len() as u64
}

/// Counts what it reads and stops when there is no more room.
struct Counter {
    room: u64,
    count: u64,
    kept: Option<Vec<u8>>,
}

impl Counter {
    /// `Err(true)`: too large; `Err(false)`: damaged.
    fn inflate(&mut self, part: &mut impl Read) -> Result<(), bool> {
        let mut buffer = [0_u8; 8 << 10];
        loop {
            let n = part.read(&mut buffer).map_err(|_| false)?;
            if n == 0 {
                return Ok(());
            }
            self.count += n as u64;
            if self.count > self.room {
                return Err(true);
            }
            if let Some(kept) = &mut self.kept {
                kept.extend_from_slice(&buffer[..n]);
            }
        }
    }
}
