//! Names of groups before those of questions, whatever joins them: some tools let people choose (« / », a
//! point, a space, nothing). A beginning that several titles share, before what is known, is a group's name.

use std::collections::BTreeMap;

use super::labels::Labels;
use super::titles::{ColumnTitle, key};
use super::usual_headings::common;
use crate::vocabulary::referentiel::Referentiel;

/// What may join a group and a question, when it is not written together.
const JOINTS: [char; 8] = ['.', ' ', '_', '-', ':', '>', '|', '/'];
/// Joints of a title that are tried: groups are nested a few times at most.
const DEPTH: usize = 12;

/// Gives each title that begins with the name of a group its own text without it.
pub(super) fn ungroup(titles: &mut [ColumnTitle], referentiel: &Referentiel) {
    let labels = Labels::new(referentiel, None);
    let is_known = |text: &str| {
        let code = text.len() <= 20 && referentiel.element(text).is_some();
        code || common(&key(text)).is_some() || labels.exact(text).is_some()
    };
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for title in titles.iter() {
        // The tool's own columns (`_submission__uuid`) belong to no group.
        let own = |t: &&String| !t.contains('/') && !t.starts_with('_');
        let Some(text) = title.texts.first().filter(own) else {
            continue;
        };
        let places = joints(text).chain(code_place(text, referentiel));
        let mut before: Vec<&str> = places
            .filter(|at| is_known(&text[*at..]))
            .map(|at| &text[..at])
            .collect();
        before.sort_unstable();
        before.dedup();
        for group in before {
            *groups.entry(group.to_owned()).or_default() += 1;
        }
    }
    groups.retain(|_, n| *n >= 2);
    for title in titles {
        let text = title.texts.first().filter(|t| !t.starts_with('_'));
        let Some(text) = text.cloned() else {
            continue;
        };
        let mut rests: Vec<&str> = groups
            .keys()
            .filter_map(|g| text.strip_prefix(g.as_str()))
            .collect();
        rests.sort_by_key(|rest| rest.len());
        if let Some(rest) = rests.first().filter(|r| !r.trim().is_empty()) {
            title.texts.push((*rest).trim().to_owned());
        }
    }
}

/// Places right after what may join a group and a question.
fn joints(text: &str) -> impl Iterator<Item = usize> {
    let after = text.char_indices().filter(|(_, c)| JOINTS.contains(c));
    after.map(|(at, c)| at + c.len_utf8()).take(DEPTH)
}

/// Where a code begins that nothing joins to what stands before: « visiteREL1FAM1 ».
fn code_place(text: &str, referentiel: &Referentiel) -> Option<usize> {
    let places = text.char_indices().map(|(at, _)| at).skip(1);
    let is_code = |at: &usize| {
        let rest = &text[*at..];
        (7..=20).contains(&rest.len()) && referentiel.element(rest).is_some()
    };
    places.into_iter().find(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn last_texts(headings: &[String]) -> Vec<String> {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        let titles = headings.iter().zip(0..).map(|(text, col)| ColumnTitle {
            col,
            texts: vec![text.clone()],
            block: None,
        });
        let mut titles: Vec<ColumnTitle> = titles.collect();
        ungroup(&mut titles, &referentiel);
        titles
            .into_iter()
            .map(|t| t.texts.last().expect("a text").clone())
            .collect()
    }

    #[test]
    fn a_group_is_what_titles_share_whatever_joins() {
        for joint in [".", " ", "_", "", " - ", ": "] {
            let grouped =
                ["REL1FAM1", "REL1FAM2_motif", "LIE1FAM1"].map(|n| format!("visite{joint}{n}"));
            let found = last_texts(&grouped);
            assert_eq!(
                found,
                ["REL1FAM1", "REL1FAM2_motif", "LIE1FAM1"],
                "« {joint} »"
            );
        }
        let named = ["structure", "date", "REL1FAM1"].map(|n| format!("visite.{n}"));
        assert_eq!(last_texts(&named), ["structure", "date", "REL1FAM1"]);
    }

    #[test]
    fn a_sentence_that_ends_like_a_question_is_no_group() {
        let wording = "Mon enfant est attendu et salué quand il arrive.";
        let alone = [
            format!("Je ne trouve pas que {wording}"),
            "Autre chose".to_owned(),
        ];
        assert_eq!(last_texts(&alone), alone);
    }
}
