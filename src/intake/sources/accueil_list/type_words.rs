//! Which type of accueil some words say: « ALSH extrascolaire », « Périscolaire matin et soir », a name.

use crate::base::text::fold;
use crate::vocabulary::referentiel::StructureType;

/// What words say of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeWords {
    /// This one.
    Said(StructureType),
    /// This one, as far as can be supposed: « ALSH » does not say whether it is open on Wednesdays.
    Supposed(StructureType),
    /// Two at once, which are two accueils.
    Both,
    /// Nothing.
    Nothing,
}

/// The type that words say.
pub(super) fn type_in(text: &str) -> TypeWords {
    if let Ok(kind) = text.trim().parse() {
        return TypeWords::Said(kind);
    }
    let words = fold(text);
    let has = |all: &[&str]| all.iter().any(|w| words.contains(w));
    let is_peri = has(&["periscol", "peri scol", "perisco", "alae", "clae"])
        || words
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == "peri" || w == "aps");
    let holidays = has(&["vacance", "extrascol", "extra scol", "petites et grandes"]);
    let wednesday = has(&["mercredi"]);
    let single = |all: &[&str]| {
        let mut parts = words.split(|c: char| !c.is_alphanumeric());
        parts.any(|part| all.contains(&part))
    };
    let leisure = single(&["alsh", "clsh", "acm"])
        || has(&[
            "accueil de loisir",
            "accueils de loisir",
            "centre de loisir",
            "centre loisir",
        ]);
    if has(&["non declare", "hors declaration"]) {
        return TypeWords::Said(StructureType::NonDeclaree);
    }
    if words.trim() == "mixte" || (wednesday && holidays && !is_peri) {
        return TypeWords::Said(StructureType::Mixte);
    }
    if is_peri {
        // « Mercredi périscolaire »: the law calls Wednesdays périscolaires; alone, they are Wednesdays.
        if wednesday && !has(&["matin", "soir", " et ", "/", "+", ","]) {
            return TypeWords::Said(StructureType::Mercredi);
        }
        let joined = has(&[" et ", "/", "+", "&", ",", ";"]);
        if holidays || (joined && (leisure || wednesday)) {
            return TypeWords::Both;
        }
        return TypeWords::Said(
            if has(&["repas", "cantine", "meridien", "midi", "restaur"]) {
                StructureType::PeriscolaireRepas
            } else {
                StructureType::Periscolaire
            },
        );
    }
    match (holidays, wednesday, leisure) {
        (true, _, _) => TypeWords::Said(StructureType::Extrascolaire),
        (_, true, _) => TypeWords::Said(StructureType::Mercredi),
        (_, _, true) => TypeWords::Supposed(StructureType::Mixte),
        _ => TypeWords::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_field_say_a_type() {
        use StructureType as T;
        for (text, wanted) in [
            ("ALSH extrascolaire", TypeWords::Said(T::Extrascolaire)),
            ("Vacances", TypeWords::Said(T::Extrascolaire)),
            ("Mercredis et vacances", TypeWords::Said(T::Mixte)),
            ("MERCREDI", TypeWords::Said(T::Mercredi)),
            ("Périscolaire", TypeWords::Said(T::Periscolaire)),
            ("ALSH périscolaire", TypeWords::Said(T::Periscolaire)),
            (
                "Périscolaire matin, midi et soir",
                TypeWords::Said(T::PeriscolaireRepas),
            ),
            ("Péri scolaire", TypeWords::Said(T::Periscolaire)),
            ("periscolaire_repas", TypeWords::Said(T::PeriscolaireRepas)),
            ("Garderie non déclarée", TypeWords::Said(T::NonDeclaree)),
            ("ALSH", TypeWords::Supposed(T::Mixte)),
            ("Centre de loisirs Les Pins", TypeWords::Supposed(T::Mixte)),
            ("ALSH et périscolaire", TypeWords::Both),
            ("Périscolaire + vacances", TypeWords::Both),
            ("Garderie", TypeWords::Nothing),
            ("Les Pins", TypeWords::Nothing),
        ] {
            assert_eq!(type_in(text), wanted, "{text}");
        }
    }
}
