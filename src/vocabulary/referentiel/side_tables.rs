//! What the référentiel says beside its figures: the documents that a visit asks for, and which critères speak of each
//! axe of the charte qualité Plan mercredi. No hash of a critère holds any of it.

/// A document to have ready for a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPiece {
    /// What it goes with.
    pub heading: String,
    /// What it is.
    pub name: String,
    /// Who holds it.
    pub held_by: String,
    /// Positions of the éléments that it shows.
    pub elements: Vec<usize>,
}

/// An axe of the charte qualité Plan mercredi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharterAxe {
    /// What a person reads.
    pub label: String,
    /// Positions of the critères that speak of it.
    pub criteres: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use crate::vocabulary::referentiel::{SourceCode, embedded, parse};

    const NAME: &str = "referentiel-v2.toml";

    /// Every text of law that an interview asks about has its document.
    #[test]
    fn what_the_law_asks_of_who_directs_is_among_the_documents() {
        let r = parse(NAME, embedded()).expect("the shipped référentiel");
        let shown = |code: &str| {
            let mut all = r.pieces.iter().flat_map(|piece| &piece.elements);
            all.any(|e| r.elements[*e].code == code)
        };
        let asked = r.elements.iter().filter(|e| e.source == SourceCode::Dir);
        let missing: Vec<&str> = asked
            .filter(|e| e.origin.article().is_some() && !shown(&e.code))
            .map(|e| e.code.as_str())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(r.pieces.len() > 25 && r.charter.len() == 4);
    }

    #[test]
    fn these_tables_change_no_series_and_their_mistakes_are_placed() {
        let whole = embedded();
        let r = parse(NAME, whole).expect("the shipped référentiel");
        let begin = whole.find("[[pieces]]").expect("documents");
        let end = whole.find("[[axes]]").expect("axes");
        let without = format!("{}{}", &whole[..begin], &whole[end..]);
        let bare = parse(NAME, &without).expect("they may be left out");
        assert!(bare.pieces.is_empty() && bare.charter.is_empty());
        let hashes = |r: &crate::vocabulary::referentiel::Referentiel| -> Vec<String> {
            r.criteres.iter().map(|c| c.hash.clone()).collect()
        };
        assert_eq!(hashes(&r), hashes(&bare));
        for (right, wrong, said) in [
            (
                "\"LIE-4\", \"ACT-4\", \"ENV-4\"]",
                "\"LIE-44\"]",
                "« LIE-44 » : ce critère",
            ),
            (
                "[\"SEC-3-DIR-2\"]",
                "[\"SEC-3-DIR-9\"]",
                "« SEC-3-DIR-9 » : cet élément",
            ),
        ] {
            assert_eq!(whole.matches(right).count(), 1, "{right}");
            let refused = parse(NAME, &whole.replace(right, wrong));
            let message = refused.expect_err("no such code").to_string();
            assert!(
                message.contains("ligne") && message.contains(said),
                "{message}"
            );
        }
    }
}
