//! What the program's own forms ask on a screen besides the éléments: a few words on a critère, the moments and the hours
//! of a visit; and the notes that they show, which some tools export as empty columns.

use super::column_role::ColumnRole;
use super::titles::ColumnTitle;
use crate::base::text::fold;
use crate::vocabulary::referentiel::Referentiel;

/// Names and labels of what says when a visit was.
const CIRCUMSTANCES: [&str; 8] = [
    "moments vus",
    "momentsvus",
    "heuresvisite",
    "heures de la visite",
    "heure debut",
    "heure fin",
    "heure de debut de la visite",
    "heure de fin de la visite",
];
/// Names of notes, before their rank.
const NOTES: [&str; 3] = ["note protocole ", "note presentation ", "note frequence "];

/// What a column of a tablet's export holds: `rel/critere_REL1/REL1_commentaire`, its label « Commentaire : ce qui a
/// été vu (REL-1) », `moments_vus/gouter`, `REL1_reperes`.
pub(super) fn column(title: &ColumnTitle, referentiel: &Referentiel) -> Option<ColumnRole> {
    title.texts().find_map(|text| {
        if let Some(critere) = commented(text).and_then(|code| referentiel.critere(code)) {
            let code = referentiel.criteres[critere].code.clone();
            return Some(ColumnRole::CritereComment(code));
        }
        let folded = fold(text);
        let mut steps = folded.split(['/', '[']).map(str::trim);
        if steps.any(|step| CIRCUMSTANCES.contains(&step)) {
            return Some(ColumnRole::Circumstance);
        }
        is_note(&folded, referentiel).then_some(ColumnRole::Silent)
    })
}

/// The code of `REL1_commentaire`, or that between the last parentheses of its label.
fn commented(text: &str) -> Option<&str> {
    let last = text.rsplit('/').next().unwrap_or(text).trim();
    if let Some(stem) = last.strip_suffix("_commentaire") {
        return stem.rsplit(|c: char| !c.is_alphanumeric()).next();
    }
    let (words, code) = last.strip_suffix(')')?.rsplit_once('(')?;
    fold(words).starts_with("commentaire ").then_some(code)
}

fn is_note(folded: &str, referentiel: &Referentiel) -> bool {
    let last = folded.rsplit(['/', '-']).next().unwrap_or(folded).trim();
    let is_ranked = |name: &&str| {
        let rank = last.strip_prefix(*name);
        rank.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit()))
    };
    // `REL2_reperes`, and `REPERESREL2` where names hold no underscore.
    let landmarks = last
        .strip_suffix(" reperes")
        .map(|before| before.rsplit(' ').next().unwrap_or(before))
        .or_else(|| last.strip_prefix("reperes"));
    NOTES.iter().any(is_ranked) || landmarks.is_some_and(|c| referentiel.critere(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn what_forms_ask_besides_is_told_apart() {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        let comment = || Some(ColumnRole::CritereComment("REL-2".to_owned()));
        for (heading, expected) in [
            ("rel/critere_REL2/REL2_commentaire", comment()),
            ("rel-critere_REL2-REL2_commentaire", comment()),
            ("rel.critere_REL2.REL2_commentaire", comment()),
            ("Commentaire : ce qui a été vu (REL-2)", comment()),
            (
                "Relations/REL-2 Écoute/Commentaire : un exemple (REL-2)",
                comment(),
            ),
            ("REL2OBS1_commentaire", None),
            ("Commentaire (REL-2-OBS-1)", None),
            ("Commentaire", None),
            ("moments_vus", Some(ColumnRole::Circumstance)),
            ("moments_vus/gouter", Some(ColumnRole::Circumstance)),
            ("Moments vus/Goûter", Some(ColumnRole::Circumstance)),
            ("MOMENTSVUS[gouter]", Some(ColumnRole::Circumstance)),
            ("heure_debut", Some(ColumnRole::Circumstance)),
            ("note_protocole_2", Some(ColumnRole::Silent)),
            ("rel-critere_REL2-REL2_reperes", Some(ColumnRole::Silent)),
            ("REPERESREL2", Some(ColumnRole::Silent)),
            ("Repères", None),
            ("Fréquence 1", None),
            ("rel/critere_REL2/REL2OBS1", None),
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
