//! Blocks added and removed over texts, told apart, found again by a line.

use super::convention_document::ConventionDocument;
use super::convention_parts::ConventionPart;
use super::form_tests::{BY_HAND, EXAMPLE, MODEL, added, removed};

#[test]
fn a_block_is_added_after_its_kind_and_removed_with_what_is_about_it_alone() {
    let fields: &[(&str, &[&str])] = &[
        ("code", &["F3"]),
        ("intitule", &["Neuve"]),
        ("criteres", &["REL-2"]),
    ];
    let new = added(BY_HAND, ConventionPart::Fiches, fields);
    let block = "\n[[fiches]]\ncode = \"F3\"\nintitule = \"Neuve\"\ncriteres = [\"REL-2\"]\n";
    assert_eq!(
        new,
        BY_HAND.replacen("\"L’autre\"\n", &format!("\"L’autre\"\n{block}"), 1)
    );
    assert_eq!(removed(&new, "fiches-F3"), BY_HAND);
    // Where its part has none yet: after the part before.
    let new = added(
        BY_HAND,
        ConventionPart::Deadlines,
        &[("type", &["bilan_final"]), ("date", &["2026-11-30"])],
    );
    assert!(
        new.contains(
            "]\n\n[[echeances]]\ntype = \"bilan_final\"\ndate = \"2026-11-30\"\n\n# Les fiches."
        ),
        "{new}"
    );
    assert_eq!(removed(&new, "echeances-bilan_final-2026-11-30"), BY_HAND);
    let first = removed(BY_HAND, "fiches-F1");
    assert!(
        first.contains("]\n\n# Les fiches.\n\n# garder : elle sert\n[[fiches]]\ncode = \"F2\""),
        "{first}"
    );
    let second = removed(BY_HAND, "fiches-F2");
    assert!(second.contains("# dessous\n\n[[indicateurs]]"), "{second}");
    let head = "[convention]\nintitule = \"CTG\"";
    let new = added(
        head,
        ConventionPart::Axes,
        &[("code", &["A1"]), ("label", &["Un"])],
    );
    assert_eq!(
        new,
        format!("{head}\n\n[[axes]]\ncode = \"A1\"\nlabel = \"Un\"\n")
    );
}

#[test]
fn blocks_of_the_model_go_one_after_the_other() {
    let mut text = MODEL.to_owned();
    let mut ids: Vec<String> = {
        let document = ConventionDocument::of(MODEL).expect("toml");
        document.all().iter().map(|b| b.id.clone()).collect()
    };
    ids.retain(|id| id != "convention");
    for id in ids.into_iter().rev() {
        text = removed(&text, &id);
        assert!(
            ConventionDocument::of(&text)
                .expect("toml")
                .find(&id)
                .is_none(),
            "{id}"
        );
    }
    assert!(
        text.contains("# Un avenant par bloc") && text.contains("[convention]"),
        "{text}"
    );
    assert!(!text.contains("\n\n\n\n"), "{text}");
    let new = added(
        &text,
        ConventionPart::Fiches,
        &[("code", &["F1"]), ("intitule", &["Une"])],
    );
    assert!(
        ConventionDocument::of(&new)
            .expect("toml")
            .find("fiches-F1")
            .is_some(),
        "{new}"
    );
}

#[test]
fn two_blocks_that_say_the_same_are_told_apart_and_lines_lead_to_them() {
    let twice = BY_HAND.replace("\"F2\"", "\"F1\"");
    let document = ConventionDocument::of(&twice).expect("toml");
    let line = |words: &str| {
        twice
            .lines()
            .position(|l| l.contains(words))
            .expect("a line")
            + 1
    };
    assert_eq!(document.find("fiches-F1~2").map(|b| b.rank), Some(1));
    let at = |words: &str| {
        document
            .at_line(line(words))
            .map(|(block, key)| (block.id, key))
    };
    assert_eq!(
        at("L’autre"),
        Some(("fiches-F1~2".to_owned(), Some("intitule".to_owned())))
    );
    assert_eq!(
        at("et eux seuls"),
        Some(("indicateurs-G1".to_owned(), Some("types".to_owned())))
    );
    assert_eq!(
        at("\"CDC\""),
        Some(("convention".to_owned(), Some("signataires".to_owned())))
    );
    assert!(ConventionDocument::of("[convention\n").is_none());
    let odd = ConventionDocument::of("fiches = [{ code = \"F1\" }]\n").expect("toml");
    assert!(odd.is_odd(ConventionPart::Fiches) && odd.blocks(ConventionPart::Fiches).is_empty());
}

/// Each block with the text from its header to its last value.
fn told(text: &str) -> Vec<(String, String)> {
    let document = ConventionDocument::of(text).expect("toml");
    let all = document.all().into_iter();
    all.map(|block| (block.id.clone(), text[block.span()].to_owned()))
        .collect()
}

#[test]
fn what_is_added_or_removed_leaves_every_other_block_as_it_was() {
    for text in [MODEL, EXAMPLE, BY_HAND] {
        let before = told(text);
        for (id, _) in before.iter().filter(|(id, _)| id != "convention") {
            let mut wanted = before.clone();
            wanted.retain(|(own, _)| own != id);
            assert_eq!(told(&removed(text, id)), wanted, "{id}");
        }
        for part in ConventionPart::ALL.into_iter().skip(1) {
            let mut after = told(&added(text, part, &[("code", &["NEUF"])]));
            let new = after
                .iter()
                .position(|(id, _)| !before.iter().any(|(own, _)| own == id));
            after.remove(new.expect("one more"));
            assert_eq!(after, before, "{part:?}");
        }
    }
}
