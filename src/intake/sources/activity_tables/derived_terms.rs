//! What a session owes to the words of its plage where no column says it: its length, from its hours; its
//! temps, from what a person said of « Matin » or « Vacances ».

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cell_values::TIMES;
use super::expected_columns::TableKind;
use super::plage::Plage;
use super::table_reading::ActivityReading;
use crate::base::diagnostics::CellRef;
use crate::base::sheets::{Row, Value};
use crate::base::text::fold;
use crate::intake::sources::answers::Answer;
use crate::intake::sources::correspondence::MappedWord;

/// Most words of a column that a person is asked about.
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
                written: None,
                comment: String::new(),
                cell: CellRef::new(row.index, plage),
            });
        };
        if self.col("duree_h").is_none()
            && let Some(hours) = Plage::read(&written).hours()
        {
            add("duree_h", Value::Number(hours).text());
        }
        if self.col("temps").is_none()
            && let Some(temps) = self.told_temps(plage, &written)
        {
            add("temps", temps);
        }
    }

    /// What a person said that a word of a column is worth.
    pub(super) fn told_temps(&self, plage: u32, written: &str) -> Option<String> {
        let worth = self.mapping?.worth(self.heading(plage), written)?;
        let known = ["periscolaire", "extrascolaire"];
        known
            .into_iter()
            .find(|word| fold(worth) == *word)
            .map(str::to_owned)
    }

    /// Words that a person has yet to say the worth of: of the temps, else of the plage when no column says it;
    /// of diplomas.
    pub(super) fn awaited_words(&self) -> Vec<MappedWord> {
        let of = |name: &str| self.col(name);
        match self.kind {
            TableKind::Sessions => {
                let Some(col) = of("temps").or_else(|| of("plage")) else {
                    return Vec::new();
                };
                let is_temps = of("temps").is_some();
                let is_known = |written: &str| {
                    let folded = fold(written);
                    let known = TIMES.iter().any(|(_, all)| all.contains(&folded.as_str()));
                    is_temps && known || self.told_temps(col, written).is_some()
                };
                self.asked(col, is_known, seeming_temps)
            }
            TableKind::Posts => of("diplome").map_or_else(Vec::new, |col| {
                self.asked(col, |w| !self.is_unsaid_diploma(col, w), |_| "")
            }),
            TableKind::Denominators => Vec::new(),
        }
    }

    /// The words of a column that are not known, with what they seem to be worth.
    fn asked(
        &self,
        col: u32,
        is_known: impl Fn(&str) -> bool,
        seems: impl Fn(&str) -> &'static str,
    ) -> Vec<MappedWord> {
        let rows = self.sheet.rows.iter().filter(|r| r.index > self.header);
        let mut words: BTreeSet<String> = BTreeSet::new();
        for row in rows.filter(|r| !self.is_set_aside(r)) {
            let written = row.text(col);
            if !written.is_empty() && !is_known(&written) {
                words.insert(written);
            }
        }
        let question = self.heading(col);
        let words = words.into_iter().take(ASKED);
        words
            .map(|written| MappedWord {
                worth: seems(&written).to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plage_suggests_a_temps_and_imposes_none() {
        assert_eq!(seeming_temps("Accueil du matin"), "periscolaire");
        assert_eq!(seeming_temps("Vacances – matin"), "extrascolaire");
        assert_eq!(seeming_temps("Groupe A"), "");
    }
}
