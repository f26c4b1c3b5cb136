//! What a grid says of its own notes: « 1 = tout à fait, 4 = pas du tout » goes the other way, and nobody
//! may guess it.

use super::grid_reading::{GridReading, ReversedLegend};
use super::meanings::{HIGH, LOW};
use crate::base::diagnostics::{CellRef, Code};
use crate::base::text::fold;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::MappedWord;
use crate::vocabulary::referentiel::Scale;

/// What a legend says of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Low,
    High,
}

impl GridReading<'_> {
    /// Looks for a legend that goes the other way.
    pub(super) fn find_legend(&mut self, scale: &Scale) {
        let found = self.reversed_legend(scale);
        self.legend = found.map(|(at, text)| ReversedLegend { at, text });
    }

    /// Under what a person says what the notes of a column are worth: the legend that turns them, else the
    /// column’s own heading.
    pub(super) fn question(&self, col: u32) -> String {
        match &self.legend {
            Some(legend) => legend.text.clone(),
            None => self.named(col),
        }
    }

    /// A legend that goes the other way than the scale keeps the grid out until a person has said what its
    /// notes are worth.
    pub(super) fn turned_legend(&mut self, scale: &Scale) {
        let Some(ReversedLegend { at, text }) = self.legend.clone() else {
            return;
        };
        let Some(lowest) = scale.modalities.first() else {
            return;
        };
        let mapping = self.lines.mapping;
        if mapping.is_some_and(|m| m.worth(&text, &lowest.code).is_some()) {
            if let Some(row) = self.sheet.row(at.row) {
                row.claim(at.col, Fate::Identity);
            }
            return;
        }
        let shown: String = text.chars().take(80).collect();
        let message = format!(
            "« {shown} » : ici les notes vont dans l’autre sens que l’échelle, où « {} » est la plus basse.",
            lowest.code
        );
        self.report(Code::LabelToConfirm, at.row, at.col, message);
        if let Some(row) = self.sheet.row(at.row) {
            row.claim(at.col, Fate::Named);
        }
        let turned = scale.modalities.iter().map(|modality| MappedWord {
            worth: scale
                .opposite(&modality.code)
                .unwrap_or_default()
                .to_owned(),
            ..MappedWord::awaited(&text, modality.code.clone())
        });
        self.propose_words(turned.collect());
    }

    fn reversed_legend(&self, scale: &Scale) -> Option<(CellRef, String)> {
        let rated = |row: u32| self.lines.rated.iter().any(|line| line.row == row);
        let rows = self.sheet.rows.iter().filter(|row| !rated(row.index));
        let mut cells = rows.flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
        cells.find_map(|(row, cell)| {
            let text = cell.value.text();
            is_reversed(&text, scale).then(|| (CellRef::new(row, cell.col), text))
        })
    }
}

/// Whether a text says that the lowest note of a scale is the best, or the highest the worst.
fn is_reversed(text: &str, scale: &Scale) -> bool {
    let (Some(lowest), Some(highest)) = (scale.modalities.first(), scale.modalities.last()) else {
        return false;
    };
    let said = |equal: &[char]| {
        (
            side(text, &lowest.code, equal),
            side(text, &highest.code, equal),
        )
    };
    // One end alone is a legend where it says « = »: « visite 1 : bien passée » is none.
    match said(&['=']) {
        (Some(Side::High), other) => other != Some(Side::High),
        (None, Some(Side::Low)) => true,
        _ => said(&['=', ':', '→']) == (Some(Side::High), Some(Side::Low)),
    }
}

/// What a legend says of a note: « 1 = tout à fait », « 4 : pas du tout ».
fn side(text: &str, code: &str, equal: &[char]) -> Option<Side> {
    let chars: Vec<char> = text.chars().collect();
    let code: Vec<char> = code.chars().collect();
    let starts = (0..chars.len()).filter(|at| chars[*at..].starts_with(&code));
    for at in starts {
        let before = at.checked_sub(1).map(|i| chars[i]);
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let after: String = chars[at + code.len()..].iter().collect();
        let Some(said) = after.trim_start().strip_prefix(equal) else {
            continue;
        };
        let ends = |c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | ')' | '/' | '|' | '\n');
        let word = fold(said.split(ends).next().unwrap_or("")) + " ";
        if LOW.iter().any(|w| word.contains(w)) {
            return Some(Side::Low);
        }
        if HIGH.iter().any(|w| word.contains(w)) {
            return Some(Side::High);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn a_legend_the_other_way_round_is_seen() {
        let referentiel = parse("v1", embedded_v1()).expect("a référentiel");
        let rated = referentiel.element("REL-1-OBS-1").expect("an élément");
        let scale = &referentiel.scales[referentiel.elements[rated].scale];
        for reversed in [
            "Note de 1 à 4 (1 = tout à fait, 4 = pas du tout)",
            "1 : très bien ; 2 : bien ; 3 : peu ; 4 : jamais",
            "1= Excellent",
            "4 = insuffisant",
        ] {
            assert!(is_reversed(reversed, scale), "{reversed}");
        }
        for plain in [
            "Note de 1 à 4 (1 = pas du tout, 4 = tout à fait)",
            "1 = non engagé, 2 = en démarrage, 3 = installé, 4 = maîtrisé",
            "Visite 1 : bien passée avec 14 enfants",
            "11 = oui",
            "",
        ] {
            assert!(!is_reversed(plain, scale), "{plain}");
        }
    }
}
