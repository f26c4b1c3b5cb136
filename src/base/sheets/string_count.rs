//! How many texts a workbook says that it holds: its library makes room for all of them before it reads
//! one, and a refused allocation ends the program.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::opened::Opened;
use crate::base::diagnostics::Diagnostic;

/// The part that holds texts, wherever it is.
const PART: &str = "sharedstrings.xml";
/// Bytes that a text takes at least: `<si/>`.
const SHORTEST: u64 = 5;
/// What is inflated at once: the count stands in the first tag.
const HEAD: usize = 512;

/// Refuses a workbook that says that it holds more texts than its bytes can.
///
/// # Errors
///
/// See above.
pub(super) fn check_counts(
    file: &Opened,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
) -> Result<(), Diagnostic> {
    let named: Vec<usize> = (archive.file_names().enumerate())
        .filter(|(_, name)| (name.as_ref()).is_ok_and(|n| n.to_lowercase().ends_with(PART)))
        .map(|(rank, _)| rank)
        .collect();
    for rank in named {
        // A part that cannot be opened is refused by who reads it.
        let Ok(part) = archive.by_index(rank) else {
            continue;
        };
        let most = part.size() / SHORTEST + 1;
        if said(part).is_some_and(|count| count > most) {
            return Err(file.unreadable("il annonce plus de textes qu’il n’en contient"));
        }
    }
    Ok(())
}

/// What the part says; none when it says nothing or is no such part.
fn said(part: impl Read) -> Option<u64> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(HEAD, part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "sst" => return count(&tag),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

fn count(tag: &BytesStart) -> Option<u64> {
    let found = tag.attributes().flatten();
    let mut counts = found.filter(|a| a.key.local_name().as_ref() == "uniqueCount");
    let value = counts.next()?.value;
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    // More digits than a number has are too many texts as well.
    (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
}
