//! Where something stands: « Grille R01.xlsx › Grille › D14 ».

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A cell by absolute zero-based row and column; prints as `D14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub col: u32,
}

impl CellRef {
    /// The cell at a zero-based row and column.
    pub fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut col = u64::from(self.col) + 1;
        while col > 0 {
            let digit = ((col - 1) % 26) as u8;
            letters.push(b'A' + digit);
            col = (col - 1) / 26;
        }
        letters.reverse();
        let letters: String = letters.into_iter().map(char::from).collect();
        write!(f, "{letters}{}", u64::from(self.row) + 1)
    }
}

impl std::str::FromStr for CellRef {
    type Err = ();

    /// Reads `D14`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let letters = &text[..text.len() - digits.len()];
        let number = |col: Option<u32>, letter: u8| {
            let digit = u32::from(letter - b'A') + 1;
            col?.checked_mul(26)?.checked_add(digit)
        };
        let col = letters.bytes().fold(Some(0), number).ok_or(())?;
        let row: u32 = digits.parse().map_err(|_| ())?;
        match (row.checked_sub(1), col.checked_sub(1)) {
            (Some(row), Some(col)) => Ok(Self { row, col }),
            _ => Err(()),
        }
    }
}

/// A place: file, sheet (none in a CSV) and cell, each as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// File name, without its folder.
    pub file: Option<Arc<str>>,
    /// Sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// Cell in A1 notation, or « ligne 3, colonne 7 » in a configuration file.
    pub cell: Option<String>,
}

impl Location {
    /// Nowhere in particular.
    pub fn none() -> Self {
        Self::default()
    }

    /// A whole file.
    pub fn file(file: &str) -> Self {
        Self {
            file: Some(Arc::from(file)),
            ..Self::default()
        }
    }

    /// A sheet of a file; an empty sheet name means a CSV.
    pub fn sheet(file: &str, sheet: &str) -> Self {
        let sheet = (!sheet.is_empty()).then(|| Arc::from(sheet));
        Self {
            file: Some(Arc::from(file)),
            sheet,
            cell: None,
        }
    }

    /// A cell of a sheet.
    pub fn cell(file: &str, sheet: &str, cell: CellRef) -> Self {
        Self {
            cell: Some(cell.to_string()),
            ..Self::sheet(file, sheet)
        }
    }

    /// Whether nothing is known of the place.
    pub fn is_empty(&self) -> bool {
        self.file.is_none() && self.sheet.is_none() && self.cell.is_none()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.file.as_deref(),
            self.sheet.as_deref(),
            self.cell.as_deref(),
        ];
        let known: Vec<&str> = parts.into_iter().flatten().collect();
        f.write_str(&known.join(" › "))
    }
}

#[cfg(test)]
mod tests {
    use super::CellRef;

    #[test]
    fn cells_print_as_excel_names_them() {
        assert_eq!(CellRef::new(13, 3).to_string(), "D14");
        assert_eq!(CellRef::new(0, 25).to_string(), "Z1");
        assert_eq!(CellRef::new(0, 26).to_string(), "AA1");
        assert_eq!(CellRef::new(1_048_575, 16_383).to_string(), "XFD1048576");
        for cell in ["D14", "Z1", "AA1", "XFD1048576", "A4294967295"] {
            let read: CellRef = cell.parse().expect(cell);
            assert_eq!(read.to_string(), cell);
        }
        for text in ["", "D", "14", "D0", "d14", "ZZZZZZZZ1", "D-1"] {
            assert!(text.parse::<CellRef>().is_err(), "{text}");
        }
    }
}
