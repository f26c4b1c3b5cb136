//! What cells say of opening and closing without being a date: a year alone, « FERMÉ depuis juillet 2025 ».

use crate::base::text::{fold, iso_date};

/// The year that a text tells; none when it tells none.
pub(super) fn year_in(text: &str) -> Option<u16> {
    let years = text.split(|c: char| !c.is_ascii_digit());
    let mut years = years
        .filter(|n| n.len() == 4)
        .filter_map(|n| n.parse().ok());
    years.find(|year| (1900..2100).contains(year))
}

/// Whether a cell says that the accueil is closed for good: « fermé », « FERMÉ depuis juillet 2025 », and not « La Ferme »,
/// « fermé le mercredi » nor « fermé en août ».
pub(super) fn says_closed(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let accented = text.to_lowercase().contains("fermé");
    let at = words.iter().position(|w| matches!(*w, "ferme" | "fermee"));
    let Some(at) = at else {
        return false;
    };
    match words.get(at + 1).copied() {
        None => accented,
        Some("depuis" | "definitivement") => true,
        Some("le" | "en" | "au") => {
            accented && (year_in(text).is_some() || iso_date(text).is_some())
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_for_good_is_told_from_a_farm_and_from_a_day_off() {
        for closed in [
            "FERMÉ depuis juillet 2025",
            "FERME DEPUIS 2024",
            "fermé",
            "Fermée définitivement",
            "fermé le 31/07/2025",
            "Fermé en juillet 2025",
        ] {
            assert!(says_closed(closed), "{closed}");
        }
        for open in [
            "La Ferme",
            "La Ferme aux loups",
            "fermé le mercredi",
            "fermé en août",
            "7h30, fermé entre midi et deux",
            "ouvert",
        ] {
            assert!(!says_closed(open), "{open}");
        }
        assert_eq!(year_in("septembre 2009"), Some(2009));
        assert_eq!(year_in("61150"), None);
    }
}
