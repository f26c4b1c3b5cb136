//! Words read back from the long table.

use std::collections::BTreeMap;

use polars::prelude::AnyValue;

use super::outside_questions::OutsideQuestion;
use super::remarkable_practices::{self, Remarkable};
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{OPEN_ANSWER, ObservationColumn as C, Observations};

/// One interview.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interview {
    /// Structure code.
    pub structure: String,
    /// In what capacity: direction, parent, animateur…
    pub qui: String,
    /// Critère it is about, may be empty.
    pub critere: String,
    /// Coded themes, lower case.
    pub themes: Vec<String>,
    /// What was said.
    pub propos: String,
}

/// One remark of a team on what was written of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remark {
    /// Structure code.
    pub structure: String,
    /// Critère it is about, may be empty.
    pub critere: String,
    /// The remark.
    pub texte: String,
}

/// What a family wrote in its own words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenAnswer {
    /// Structure code.
    pub structure: String,
    /// Its words.
    pub texte: String,
}

/// All words of a campaign, in order of structure.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// Interviews.
    pub interviews: Vec<Interview>,
    /// Remarks.
    pub remarks: Vec<Remark>,
    /// Families' open answers.
    pub families: Vec<OpenAnswer>,
    /// Closed questions outside the référentiel.
    pub outside: Vec<OutsideQuestion>,
    /// Practices found remarkable, in order of structure.
    pub practices: Vec<Remarkable>,
    /// Whether each team that answered agrees to share its practices.
    pub consents: BTreeMap<String, bool>,
}

/// Reads the words of a campaign; what was answered to questions outside the référentiel is read apart, beside the
/// lists of what they admit.
///
/// # Errors
///
/// A store that cannot be read.
pub fn read(observations: &Observations) -> Result<Voices> {
    let columns = [
        C::Structure,
        C::Visite,
        C::Element,
        C::ValeurBrute,
        C::Commentaire,
        C::Source,
    ];
    let all = observations.frame();
    let rows = &C::Element.is(all, OPEN_ANSWER)? | &C::Source.is(all, "DON")?;
    let frame = C::select(all, &rows, &columns)?;
    let values = frame.columns();
    let text = |row: usize, column: usize| -> String {
        let value = values[column].get(row).unwrap_or(AnyValue::Null);
        value.get_str().unwrap_or("").to_owned()
    };
    let (practices, consents) = remarkable_practices::read(observations)?;
    let mut voices = Voices {
        practices,
        consents,
        ..Voices::default()
    };
    let mut lines: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    for row in 0..frame.height() {
        if text(row, 2) == OPEN_ANSWER {
            if text(row, 5) == "FAM" {
                voices.families.push(OpenAnswer {
                    structure: text(row, 0),
                    texte: text(row, 4),
                });
            }
        } else {
            let key = (text(row, 0), text(row, 1));
            lines
                .entry(key)
                .or_default()
                .insert(text(row, 2), text(row, 3));
        }
    }
    voices.families.sort();
    for ((structure, id), mut line) in lines {
        let mut take = |name: &str| line.remove(name).unwrap_or_default();
        if id.starts_with(crate::intake::observations::INTERVIEW) {
            voices.interviews.push(Interview {
                qui: take("qui"),
                critere: take("critere").to_uppercase(),
                themes: split(&take("themes")),
                propos: take("propos"),
                structure,
            });
        } else if id.starts_with(crate::intake::observations::REMARK) {
            voices.remarks.push(Remark {
                critere: take("critere").to_uppercase(),
                texte: take("remarque"),
                structure,
            });
        }
    }
    Ok(voices)
}

/// « Bruit ; goûter, sorties » → bruit, goûter, sorties.
fn split(themes: &str) -> Vec<String> {
    let parts = themes.split([';', ',', '/', '\n']);
    let kept = parts.map(|p| p.trim().to_lowercase());
    kept.filter(|p| !p.is_empty()).collect()
}
