//! Dates that say more than a day: « 12/05/2026 (reportée au 19/05) », « 12/05/2026 ? ». Which day it was is a
//! question.

use crate::base::text::fold;

/// Whether what stands beside a date says that it may be another, or none.
pub(super) fn says_more(text: &str) -> bool {
    const MORE: [&str; 15] = [
        "reporte", "reportee", "annule", "annulee", "non", "saisie", "environ", "vers", "prevu",
        "prevue", "ou", "puis", "pas", "barre", "decale",
    ];
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    text.contains(['?', '→']) || words.any(|w| MORE.contains(&w))
}

#[cfg(test)]
mod tests {
    use super::says_more;

    #[test]
    fn a_day_and_its_moment_are_told_from_a_doubtful_day() {
        for text in [
            "12/05/2026 (reportée au 19/05)",
            "12/05/2026 ?",
            "12/05/2026 (annulée)",
            "environ 12/05/2026",
            "12/05/2026 (barré)",
        ] {
            assert!(says_more(text), "{text}");
        }
        for text in [
            "12/05/2026",
            "Mardi 12/05/2026 matin",
            "le 2 juin 2026",
            "2026-05-12 10:00",
        ] {
            assert!(!says_more(text), "{text}");
        }
    }
}
