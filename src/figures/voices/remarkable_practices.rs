//! Practices that someone found remarkable, as described, and whether each team agrees to share them.

use std::collections::BTreeMap;

use polars::prelude::AnyValue;

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{
    CONSENT, ObservationColumn as C, Observations, REMARKABLE, agrees,
};

/// A practice that someone found remarkable.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remarkable {
    /// Structure code.
    pub structure: String,
    /// Code of the élément or of the critère it is about.
    pub code: String,
    /// What was seen.
    pub texte: String,
    /// File, sheet and cell.
    pub place: String,
}

/// One answer of a team.
#[derive(Debug, Clone, PartialEq)]
struct ConsentAnswer {
    agrees: bool,
    /// Its day; none when unknown.
    date: Option<Day>,
    /// Whether it comes from notes, which follow the visits.
    noted: bool,
    /// `I001`: imports are numbered in order.
    import: String,
}

impl ConsentAnswer {
    /// Whether it was surely given after another: by its day; notes after a grid of the same day, or
    /// when either has no date; else by the order of imports.
    fn follows(&self, other: &Self) -> bool {
        if let (Some(own), Some(other)) = (self.date, other.date)
            && own != other
        {
            return own > other;
        }
        if self.noted != other.noted {
            return self.noted;
        }
        let rank = |said: &Self| (said.import.len(), said.import.clone());
        rank(self) > rank(other)
    }
}

/// The latest answer wins; where that cannot be told, a refusal does.
fn settled(said: &[ConsentAnswer]) -> Option<bool> {
    if said.is_empty() {
        return None;
    }
    let lifted = |no: &ConsentAnswer| said.iter().any(|yes| yes.agrees && yes.follows(no));
    Some(said.iter().all(|s| s.agrees || lifted(s)))
}

/// Practices by structure, in the order of files, and the consent of the structures that answered.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn read(
    observations: &Observations,
) -> Result<(Vec<Remarkable>, BTreeMap<String, bool>)> {
    let columns = [
        C::Structure,
        C::Element,
        C::ValeurBrute,
        C::Commentaire,
        C::Date,
        C::Source,
        C::Import,
        C::Fichier,
        C::Feuille,
        C::Cellule,
    ];
    let all = observations.frame();
    let rows = &C::Element.is(all, REMARKABLE)? | &C::Element.is(all, CONSENT)?;
    let frame = C::select(all, &rows, &columns)?;
    let values = frame.columns();
    let mut practices = Vec::new();
    let mut consents: BTreeMap<String, Vec<ConsentAnswer>> = BTreeMap::new();
    for row in 0..frame.height() {
        let text = |column: usize| -> String {
            let value = values[column].get(row).unwrap_or(AnyValue::Null);
            value.get_str().unwrap_or("").to_owned()
        };
        if text(1) == REMARKABLE {
            let place = [text(7), text(8), text(9)];
            let place: Vec<String> = place.into_iter().filter(|p| !p.is_empty()).collect();
            practices.push(Remarkable {
                structure: text(0),
                code: text(2),
                texte: text(3),
                place: place.join(" › "),
            });
        } else {
            consents.entry(text(0)).or_default().push(ConsentAnswer {
                agrees: agrees(&text(2)),
                date: text(4).parse().ok(),
                noted: text(5) == "DON",
                import: text(6),
            });
        }
    }
    practices.sort_by(|a, b| a.structure.cmp(&b.structure));
    let answered = consents.into_iter();
    let answered = answered.filter_map(|(site, said)| Some((site, settled(&said)?)));
    Ok((practices, answered.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(answer: &str, date: &str, noted: bool, import: &str) -> ConsentAnswer {
        ConsentAnswer {
            agrees: agrees(answer),
            date: date.parse().ok(),
            noted,
            import: import.to_owned(),
        }
    }

    #[test]
    fn the_latest_answer_wins_and_doubt_is_a_refusal() {
        let (may, june) = ("2026-05-12", "2026-06-01");
        for (answers, expected) in [
            (vec![], None),
            (vec![said("oui", may, false, "I001")], Some(true)),
            (vec![said("non", may, false, "I001")], Some(false)),
            // A team that refused on the day of the visit agrees later, or the reverse.
            (
                vec![
                    said("non", may, false, "I001"),
                    said("oui", june, true, "I002"),
                ],
                Some(true),
            ),
            (
                vec![
                    said("oui", may, false, "I001"),
                    said("non", june, true, "I002"),
                ],
                Some(false),
            ),
            // The grid is corrected and imported again: the refusal still comes after.
            (
                vec![
                    said("non", june, true, "I002"),
                    said("oui", may, false, "I003"),
                ],
                Some(false),
            ),
            (
                vec![
                    said("non", "", true, "I002"),
                    said("oui", may, false, "I003"),
                ],
                Some(false),
            ),
            // Without dates, by imports, the thousandth after the second.
            (
                vec![
                    said("non", "", true, "I002"),
                    said("oui", "", true, "I1000"),
                ],
                Some(true),
            ),
            (
                vec![
                    said("oui", "", true, "I002"),
                    said("non", "", true, "I1000"),
                ],
                Some(false),
            ),
            // Two observers of one visit wrote different answers.
            (
                vec![
                    said("oui", may, false, "I001"),
                    said("non", may, false, "I001"),
                ],
                Some(false),
            ),
        ] {
            assert_eq!(settled(&answers), expected, "{answers:?}");
        }
    }
}
