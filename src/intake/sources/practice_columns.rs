//! The columns of remarkable practices in the exports of tablets.

use super::column_role::ColumnRole;
use super::practices::is_consent;
use super::titles::ColumnTitle;
use crate::base::text::fold;
use crate::vocabulary::referentiel::Referentiel;

/// What a column of a tablet's export says of remarkable practices: `rel/REL2_pratique`, its label
/// « … remarquable (REL-2) », the list of critères ticked and its split columns, the consent.
pub(super) fn column(title: &ColumnTitle, referentiel: &Referentiel) -> Option<ColumnRole> {
    title.texts().find_map(|text| {
        let folded = fold(text);
        let steps: Vec<&str> = folded.split('/').map(str::trim).collect();
        let list =
            |s: &&&str| s.ends_with(" remarquables") || s.starts_with("pratiques remarquables");
        let last = steps.last().copied().unwrap_or("");
        match steps.iter().rev().find(list) {
            Some(step) if *step == last => return Some(ColumnRole::Flags),
            Some(_) => return Some(ColumnRole::Silent),
            None => {}
        }
        if is_consent(last) {
            return Some(ColumnRole::Consent);
        }
        let critere = referentiel.critere(described(text, last)?)?;
        Some(ColumnRole::Practice(
            referentiel.criteres[critere].code.clone(),
        ))
    })
}

/// The critère of `REL2_pratique` or of « Décrivez la pratique remarquable (REL-2) ».
fn described<'a>(text: &'a str, folded: &str) -> Option<&'a str> {
    if folded.ends_with(" pratique") {
        let (stem, _) = text.rsplit_once('_')?;
        return stem.rsplit(['/', '-', ' ', ':']).next();
    }
    if !folded.contains("pratique remarquable") {
        return None;
    }
    let (_, code) = text.trim().strip_suffix(')')?.rsplit_once('(')?;
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::sources::practices::CONSENT_LABEL;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn columns_of_tablets_are_told_apart() {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        let practice = || Some(ColumnRole::Practice("REL-2".to_owned()));
        for (heading, expected) in [
            ("rel/REL2_pratique", practice()),
            ("rel-REL2_pratique", practice()),
            ("Décrivez la pratique remarquable (REL-2)", practice()),
            ("rel/rel_remarquables", Some(ColumnRole::Flags)),
            ("Pratiques remarquables vues (REL)", Some(ColumnRole::Flags)),
            ("rel/rel_remarquables/REL2", Some(ColumnRole::Silent)),
            (
                "Pratiques remarquables vues (REL)/REL-2 Écoute",
                Some(ColumnRole::Silent),
            ),
            ("accord", Some(ColumnRole::Consent)),
            (CONSENT_LABEL, Some(ColumnRole::Consent)),
            ("rel/REL2OBS1", None),
            ("rel/REL2OBS1_motif", None),
            ("Pratique sportive", None),
        ] {
            let title = ColumnTitle {
                col: 0,
                texts: vec![heading.to_owned()],
                block: None,
            };
            assert_eq!(column(&title, &referentiel), expected, "{heading}");
        }
    }
}
