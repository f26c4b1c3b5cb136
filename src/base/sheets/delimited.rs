//! Delimited text: decoded, its delimiter found, every field kept as text.

use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, UTF_16LE};

use super::cell_values::text_value;
use super::cells::{Cell, Format, Row, Sheet, Workbook};
use super::opened::{MAX_CELLS, MAX_COL, MAX_ROW, MAX_TEXT, Opened};
use super::{one_column, quotes, tagged_tables};
use crate::base::diagnostics::{Checked, Code, Diagnostic};

/// Reads text, or says what the bytes are not.
pub(super) fn read(file: &Opened, bytes: &[u8]) -> Result<Checked<Workbook>, Diagnostic> {
    let Decoded { text, assumed } = decode(file, bytes)?;
    if seems_decoded_twice(&text) {
        let message = "les accents de ce texte sont abîmés (« Ã© » pour « é ») : il a été enregistré deux fois sous deux encodages.";
        let refused = file.refuse(Code::FileUnreadable, message);
        return Err(refused.with_remedy(
            "Exportez-le de nouveau depuis l’outil, en UTF-8, et importez-le sans l’ouvrir entre-temps.",
        ));
    }
    let marked = tagged_tables::read(file, &text)?;
    if !marked.is_empty() {
        return Ok(Checked {
            value: Workbook {
                file: file.name.clone(),
                format: Format::Workbook,
                sheets: marked,
            },
            diagnostics: Vec::new(),
        });
    }
    let text = newlines(&text);
    let (body, declared, skipped) = separator_line(&text);
    let delimiter = declared.unwrap_or_else(|| sniff(body));
    if let Some(quote) = quotes::unclosed(body, delimiter) {
        let message = format!(
            "un guillemet s’ouvre ligne {}, colonne {}, et rien ne le referme : les lignes suivantes seraient perdues.",
            quote.line + skipped as usize,
            quote.column
        );
        let refused = file.refuse(Code::FileUnreadable, message);
        return Err(refused.with_remedy("Fermez ou retirez ce guillemet, puis relancez l’import."));
    }
    let mut sheet = rows(file, body, delimiter, skipped)?;
    let mut diagnostics = Vec::new();
    if let Some(split) = one_column::split(&file.name, &sheet) {
        sheet = split.sheet;
        diagnostics.push(split.said);
    }
    let widest = sheet.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    if widest < 2 {
        let extension = file.name.rsplit('.').next().unwrap_or("").to_lowercase();
        let message = format!(
            "le fichier porte l’extension .{extension} mais contient du texte sans colonnes."
        );
        return Err(file.refuse(Code::FileUnreadable, message));
    }
    let assumed =
        assumed.map(|e| file.refuse(Code::EncodingAssumed, format!("le texte est lu en {e}.")));
    diagnostics.extend(assumed);
    let value = Workbook {
        file: file.name.clone(),
        format: Format::Text { delimiter },
        sheets: vec![sheet],
    };
    Ok(Checked { value, diagnostics })
}

/// Text, and the encoding that was assumed when it is not UTF-8.
struct Decoded {
    text: String,
    assumed: Option<String>,
}

/// Byte-order mark, else UTF-8, else UTF-16 by its zeros, else what its letters make likely in
/// French: Windows-1252, nearly always.
fn decode(file: &Opened, bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return utf16(file, bytes, UTF_16LE, "UTF-16");
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return utf16(file, bytes, UTF_16BE, "UTF-16");
    }
    if is_unmarked_utf16(bytes) {
        return utf16(file, bytes, UTF_16LE, "UTF-16 sans marque");
    }
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let junk = body
        .iter()
        .filter(|b| **b < 32 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C))
        .count();
    if body.contains(&0) || junk * 100 > body.len() {
        return Err(file.refuse(
            Code::FileUnreadable,
            "le contenu n’est ni un classeur ni du texte.",
        ));
    }
    let decoded = match std::str::from_utf8(body) {
        Ok(text) => Decoded {
            text: text.to_owned(),
            assumed: None,
        },
        Err(_) => guessed(body),
    };
    Ok(decoded)
}

fn utf16(
    file: &Opened,
    bytes: &[u8],
    encoding: &'static Encoding,
    name: &str,
) -> Result<Decoded, Diagnostic> {
    let (text, _, damaged) = encoding.decode(bytes);
    if damaged {
        return Err(file.unreadable("du texte UTF-16 abîmé"));
    }
    Ok(Decoded {
        text: text.into_owned(),
        assumed: Some(name.to_owned()),
    })
}

/// Every other byte of Latin text is zero; the detector of encodings leaves UTF-16 to its mark.
fn is_unmarked_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let low_zeros = head.iter().step_by(2).filter(|b| **b == 0).count();
    let high_zeros = head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    bytes.len() >= 4 && high_zeros * 4 > head.len() && low_zeros == 0
}

/// The text of a file that has no other mark of its encoding, read as French offices write.
pub(crate) fn french_text(bytes: &[u8]) -> String {
    let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    std::str::from_utf8(body).map_or_else(|_| guessed(body).text, str::to_owned)
}

/// Files come from French offices: between encodings that a few accents do not tell apart, the
/// detector must be told so.
fn guessed(body: &[u8]) -> Decoded {
    // Old Macs, and Excel for Mac, write é as 0x8E, which Windows leaves to Ž.
    let count = |letters: &[u8]| body.iter().filter(|b| letters.contains(b)).count();
    if count(&[0x8E, 0x8F, 0x88, 0x90]) > 2 && count(&[0xE9, 0xE8, 0xE0, 0xEA]) == 0 {
        return Decoded {
            text: MACINTOSH.decode(body).0.into_owned(),
            assumed: Some("Macintosh".to_owned()),
        };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body, true);
    let encoding = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    Decoded {
        text: encoding.decode(body).0.into_owned(),
        assumed: Some(encoding.name().replace("windows", "Windows")),
    }
}

/// UTF-8 read as Windows-1252, then written again: several accents became two letters each.
fn seems_decoded_twice(text: &str) -> bool {
    const TWICE: [&str; 6] = ["Ã©", "Ã¨", "Ãª", "Ã§", "â€™", "Ã´"];
    let head: String = text.chars().take(20_000).collect();
    let found: usize = TWICE.iter().map(|t| head.matches(t).count()).sum();
    found >= 3
}

/// One kind of line end: Windows writes two characters, old Macs the other one alone.
fn newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Excel's `sep=;` first line: what follows, the delimiter, and how many lines were dropped.
fn separator_line(text: &str) -> (&str, Option<u8>, u32) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r').trim_matches('"');
    match first
        .to_ascii_lowercase()
        .strip_prefix("sep=")
        .map(str::as_bytes)
    {
        Some([delimiter]) => (rest, Some(*delimiter), 1),
        Some([]) => (rest, Some(b'\t'), 1),
        _ => (text, None, 0),
    }
}

/// The delimiter that cuts the first records into the most even number of fields.
fn sniff(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let widths: Vec<usize> = reader(text, delimiter)
            .records()
            .flatten()
            .map(|r| r.len())
            .filter(|n| *n > 0)
            .take(30)
            .collect();
        let most = widths.iter().copied().max().unwrap_or(1);
        let even = widths.iter().filter(|w| **w == most).count();
        if most < 2 {
            0
        } else {
            even * 1000 / widths.len() + most.min(200)
        }
    };
    // On equal scores the French habit wins.
    let mut best = (b';', score(b';'));
    for delimiter in *b",\t|" {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Blank records are kept out but still count, so that row numbers are those of Excel.
fn rows(file: &Opened, text: &str, delimiter: u8, skipped: u32) -> Result<Sheet, Diagnostic> {
    let mut sheet = Sheet {
        name: Arc::from(""),
        ..Sheet::default()
    };
    let mut cells = 0_usize;
    let mut index = skipped;
    for record in reader(text, delimiter).into_records() {
        let record = record.map_err(|_| file.unreadable("un champ n’est pas refermé"))?;
        // The reader swallows blank lines; they are rows all the same.
        let start = record.position().map_or(0, csv::Position::byte) as usize;
        let blank = text[start..].bytes().take_while(|b| *b == b'\n').count();
        index = index.saturating_add(blank as u32);
        if index >= MAX_ROW || record.len() > MAX_COL as usize {
            return Err(file.too_large("plus de 200 000 lignes ou de 2 000 colonnes"));
        }
        if record.iter().any(|field| field.len() > MAX_TEXT) {
            return Err(file.too_large("un champ de plus de 128 Kio de texte"));
        }
        let row: Vec<Cell> = record
            .iter()
            .enumerate()
            // A formula that failed in a spreadsheet is saved as the words that it showed.
            .filter_map(|(col, field)| Some(Cell::new(col as u32, text_value(field)?)))
            .collect();
        cells += row.len();
        if cells > MAX_CELLS {
            return Err(file.too_large("plus de 5 millions de cellules"));
        }
        if !row.is_empty() {
            sheet.rows.push(Row { index, cells: row });
        }
        index += 1;
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::base::diagnostics::Code;
    use crate::base::sheets::open;

    fn cell(bytes: &[u8], row: u32, col: u32) -> String {
        open(Path::new("f.csv"), bytes)
            .expect("readable")
            .value
            .sheets[0]
            .text(row, col)
    }

    #[test]
    fn encodings_and_delimiters_are_found() {
        assert_eq!(cell("a;b\r\né;à\r\n".as_bytes(), 1, 1), "à");
        assert_eq!(cell(b"a;b\r\n\xe9;\xe0\r\n", 1, 0), "é");
        assert_eq!(cell(b"\xef\xbb\xbfa,b\n1,\"x, y\"\n\n", 1, 1), "x, y");
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("a\tb\né\tà\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(cell(&utf16, 1, 0), "é");
        assert_eq!(cell(b"sep=,\na,b;c\n1,2;3\n", 2, 1), "2;3");
        assert_eq!(cell(b"a;b\r1;2\r", 1, 1), "2");
    }

    #[test]
    fn few_accents_are_read_as_french() {
        for word in [
            "cœur",
            "maïs",
            "Forêt",
            "Île",
            "Élu·e",
            "3 € par jour",
            "Noël",
        ] {
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(word);
            assert!(!lost, "{word}");
            let file = [b"code;texte\r\nR01;", bytes.as_ref()].concat();
            assert_eq!(cell(&file, 1, 1), word);
        }
    }

    #[test]
    fn macs_are_read_and_accents_written_twice_refused() {
        assert_eq!(
            cell(b"code;texte\nR01;\x8et\x8e tr\x8fs\n", 1, 1),
            "été très"
        );
        let twice = "a;b\nÃ©tÃ©;trÃ¨s\n";
        let refused = open(Path::new("f.csv"), twice.as_bytes()).expect_err("refused");
        assert_eq!(refused.code, Code::FileUnreadable);
    }

    #[test]
    fn rows_are_numbered_as_excel_does() {
        assert_eq!(cell(b"a;b\n\n1;\"x\ny\"\n3;4\n", 2, 0), "1");
        assert_eq!(cell(b"a;b\n\n1;\"x\ny\"\n3;4\n", 3, 1), "4");
    }

    #[test]
    fn junk_is_refused() {
        let refused = |bytes: &[u8]| open(Path::new("f.xlsx"), bytes).expect_err("refused").code;
        assert_eq!(refused(b""), Code::FileEmpty);
        assert_eq!(refused(b"bonjour"), Code::FileUnreadable);
        assert_eq!(refused(b"\x00\x01\x02\x03\x04abcdef"), Code::FileUnreadable);
    }
}
