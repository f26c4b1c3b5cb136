//! What is to be explained, as it is written on a command line or in a link.

use crate::base::diagnostics::Code;
use crate::base::error::{Error, Result};
use crate::explain::{LexiconWord, explain_word, is_whole};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExplainRequest {
    /// A diagnostic.
    Diagnostic(Code),
    /// A word of tables and reports.
    Word(&'static LexiconWord),
    /// A critère or an élément, without campaign.
    Reference(String),
    /// An indicator of the convention, over a period.
    Convention {
        /// `G07`.
        code: String,
        /// `2026-T4`.
        period: String,
    },
    /// A figure.
    Figure(AskedFigure),
}

/// A figure by its key, the one that reports carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedFigure {
    /// Campaign.
    pub campaign: String,
    /// Code of the structure, `territoire`, `secteur:NOM`, or pilots joined by « + ».
    pub place: String,
    /// Code of the figure, with what it asks after « : ».
    pub code: String,
}

impl ExplainRequest {
    /// Reads `C1/R01/REL-2`, `VAL-401`, `SEC-1`, or `OBS`.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub(crate) fn read(written: &str) -> Result<Self> {
        if let Ok(code) = written.parse::<Code>() {
            return Ok(Self::Diagnostic(code));
        }
        // The name of a sector may hold a bar.
        let key = written.split_once('/').and_then(|(campaign, rest)| {
            let (place, code) = rest.rsplit_once('/')?;
            Some([campaign, place, code].map(str::trim))
        });
        let is_key = |[campaign, place, code]: &[&str; 3]| {
            let is_sector = place.to_lowercase().starts_with("secteur:");
            ![campaign, place, code].iter().any(|part| part.is_empty())
                && (is_sector || !place.contains('/'))
        };
        let Some([campaign, place, code]) = key.filter(is_key) else {
            if let Ok(word) = explain_word(written) {
                return Ok(Self::Word(word));
            }
            if is_code(written) || is_whole(written) {
                return Ok(Self::Reference(written.trim().to_owned()));
            }
            return explain_word(written).map(Self::Word).map_err(|near| {
                Error::Usage(format!(
                    "« {written} » : écrivez CAMPAGNE/STRUCTURE/CODE (C1/R01/REL-2), un critère (SEC-1), un code de diagnostic (VAL-401) ou un mot des tableaux (OBS, fragile){}.",
                    near.best_clause()
                ))
            });
        };
        if campaign.eq_ignore_ascii_case("CTG") {
            return Ok(Self::Convention {
                code: place.to_owned(),
                period: code.to_owned(),
            });
        }
        Ok(Self::Figure(AskedFigure {
            campaign: campaign.to_owned(),
            place: place.to_owned(),
            code: code.to_owned(),
        }))
    }
}

/// « SEC-1 », « rel-2-obs-3 »: letters, then numbers.
fn is_code(written: &str) -> bool {
    let mut parts = written.trim().split('-');
    let letters = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphabetic());
    let digits = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit());
    parts.next().is_some_and(letters) && parts.next().is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_and_a_diagnostic_are_told_apart() {
        let figure = ExplainRequest::read("C1/ R01 /REL-2").expect("a figure");
        let asked = |place: &str| {
            ExplainRequest::Figure(AskedFigure {
                campaign: "C1".to_owned(),
                place: place.to_owned(),
                code: "REL-2".to_owned(),
            })
        };
        assert_eq!(figure, asked("R01"));
        let sector = ExplainRequest::read("C1/secteur:Est / Ouest/REL-2").expect("a figure");
        assert_eq!(sector, asked("secteur:Est / Ouest"));
        let code = ExplainRequest::read("VAL-401").expect("a diagnostic");
        assert!(matches!(code, ExplainRequest::Diagnostic(_)));
        let word = ExplainRequest::read("obs").expect("a word");
        assert!(matches!(word, ExplainRequest::Word(w) if w.word == "OBS"));
        for wrong in ["pas un code", "C1/R01", "C1/R01/REL/2", ""] {
            let refused = ExplainRequest::read(wrong).expect_err(wrong);
            assert_eq!(refused.exit_code(), 2);
        }
    }
}
