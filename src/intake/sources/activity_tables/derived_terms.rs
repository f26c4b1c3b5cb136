//! What a session owes to the words of its plage where no column says it: its length, from its hours; its
//! temps, from what a person said of « Matin » or « Vacances ».

use std::collections::BTreeSet;
use std::sync::Arc;

use super::expected_columns::TableKind;
use super::table_reading::ActivityReading;
use crate::base::diagnostics::CellRef;
use crate::base::sheets::{Row, Value};
use crate::base::text::fold;
use crate::intake::sources::answers::Answer;
use crate::intake::sources::correspondence::MappedWord;

/// Most words of a plage that a person is asked about.
const ASKED: usize = 20;

impl ActivityReading<'_> {
    /// Adds to the answers of a session what its plage says and no column does.
    pub(super) fn derive(&self, row: &Row, answers: &mut Vec<Answer>) {
        if self.kind != TableKind::Sessions {
            return;
        }
        let Some(plage) = self.col("plage") else {
            return;
        };
        let written = self.sheet.column_text(row.index, plage);
        let mut add = |name: &str, raw: String| {
            answers.push(Answer {
                element: Arc::from(name),
                raw,
                comment: String::new(),
                cell: CellRef::new(row.index, plage),
            });
        };
        if self.col("duree_h").is_none()
            && let Some(hours) = hours(&written)
        {
            add("duree_h", Value::Number(hours).text());
        }
        if self.col("temps").is_none()
            && let Some(temps) = self.told_temps(plage, &written)
        {
            add("temps", temps);
        }
    }

    fn told_temps(&self, plage: u32, written: &str) -> Option<String> {
        let worth = self.mapping?.worth(self.heading(plage), written)?;
        let known = ["periscolaire", "extrascolaire"];
        known
            .into_iter()
            .find(|word| fold(worth) == *word)
            .map(str::to_owned)
    }

    /// Words of the plage that a person has yet to place in a temps, when no column says it.
    pub(super) fn awaited_words(&self) -> Vec<MappedWord> {
        let Some(plage) = self.col("plage").filter(|_| self.col("temps").is_none()) else {
            return Vec::new();
        };
        if self.kind != TableKind::Sessions {
            return Vec::new();
        }
        let rows = self.sheet.rows.iter().filter(|r| r.index > self.header);
        let mut words: BTreeSet<String> = BTreeSet::new();
        for row in rows {
            let written = row.text(plage);
            if !written.is_empty() && self.told_temps(plage, &written).is_none() {
                words.insert(written);
            }
        }
        let question = self.heading(plage);
        let words = words.into_iter().take(ASKED);
        words
            .map(|written| MappedWord {
                worth: seeming_temps(&written).to_owned(),
                ..MappedWord::awaited(question, written)
            })
            .collect()
    }
}

/// The temps that a plage suggests, for a person to agree; empty when nothing does.
fn seeming_temps(written: &str) -> &'static str {
    let folded = fold(written);
    let says = |turns: &[&str]| turns.iter().any(|turn| folded.contains(turn));
    if says(&[
        "vacances",
        "extra",
        "ete",
        "toussaint",
        "printemps",
        "hiver",
    ]) {
        "extrascolaire"
    } else if says(&[
        "matin", "midi", "soir", "mercredi", "peri", "pause", "meridien", "tap", "garderie",
    ]) {
        "periscolaire"
    } else {
        ""
    }
}

/// Hours between the two times of « 7h30–8h30 », « de 16:30 à 18:45 », « Matin (7h30-8h20) »; none when it
/// holds anything but two times, the later after the sooner.
pub(super) fn hours(written: &str) -> Option<f64> {
    let plain: String = (written.chars())
        .map(|c| if c == 'H' { 'h' } else { c })
        .collect();
    let parts = plain.split(|c: char| !(c.is_ascii_digit() || c == 'h' || c == ':'));
    let times: Vec<u32> = parts.filter_map(minutes).collect();
    match times.as_slice() {
        [from, to] if to > from => Some(f64::from(to - from) / 60.0),
        _ => None,
    }
}

/// Minutes since midnight of `7h30`, `7h`, `16:45`; none for anything else.
fn minutes(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(['h', ':'])?;
    let hour: u32 = hour.parse().ok().filter(|h| *h < 24)?;
    let minute: u32 = match minute {
        "" => 0,
        minute if minute.len() == 2 => minute.parse().ok().filter(|m| *m < 60)?,
        _ => return None,
    };
    Some(60 * hour + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_read_in_hours_and_nowhere_else() {
        let cases = [
            ("7h30–8h30", Some(1.0)),
            ("de 16:30 à 18:45", Some(2.25)),
            ("Matin (7H30-8H20)", Some(50.0 / 60.0)),
            ("12h - 13h30", Some(1.5)),
            ("Matin", None),
            ("18h30-16h30", None),
            ("7h30-8h30-9h", None),
            ("Groupe 7", None),
            ("25h-26h", None),
        ];
        for (written, expected) in cases {
            assert_eq!(hours(written), expected, "{written}");
        }
    }

    #[test]
    fn a_plage_suggests_a_temps_and_imposes_none() {
        assert_eq!(seeming_temps("Accueil du matin"), "periscolaire");
        assert_eq!(seeming_temps("Vacances – matin"), "extrascolaire");
        assert_eq!(seeming_temps("Groupe A"), "");
    }
}
