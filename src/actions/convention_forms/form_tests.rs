//! Blocks changed, added, removed over texts: what is meant changes, every other byte stays.

use super::block_form::TypedFields;
use super::block_keeping::key_changes;
use super::convention_choices::{ChoiceLists, FieldChoice};
use super::convention_document::{ConventionDocument, held};
use super::convention_edits::{with_block, with_keys, without_block};
use super::convention_parts::ConventionPart;
use super::convention_values::shown;

const MODEL: &str = include_str!("../../../data/init/convention.toml");

/// What a person types by hand: comments everywhere, keys in another order, another way to say a reference.
const BY_HAND: &str = "# À nous.
[convention] # la nôtre
fin = \"2026-12-31\"
debut = '2022-01-01'   # signée en janvier
intitule = \"\"\"CTG\"\"\"
signataires = [
  \"Caf\", # l’Eure
  \"CDC\",
]

# Les fiches.
[[fiches]]
code = \"F1\" # la première
# ce qu’elle veut
objectifs = [\"Un\", 'Deux']
intitule = \"Une fiche\"
etat = \"Abrogée\"
criteres = [\"rel-2\", \"PRO-*\"]
champ = \"ailleurs\"
# dessous

# garder : elle sert
[[fiches]]
code = \"F2\"
intitule = \"L’autre\"

[[indicateurs]]
code = \"G1\"
libelle = \"Réunions\"
calcul = \"compte_temps\"
types = [\"copil\"] # et eux seuls
periode = \"annee\"
unite = \"%\"
reference = { valeur = 0.45, date = \"2025-12-31\" } # bilan
";

fn lists(document: &ConventionDocument<'_>) -> ChoiceLists {
    let choices = |codes: &[&str]| codes.iter().map(|c| FieldChoice::new(c, c)).collect();
    let criteres = choices(&["PRO-*", "PRO-1", "REL-*", "REL-2", "LIE-3"]);
    ChoiceLists::with(document, choices(&["R01", "R02"]), criteres)
}

fn typed(fields: &[(&str, &[&str])]) -> TypedFields {
    let texts = |all: &[&str]| all.iter().map(|t| (*t).to_owned()).collect();
    let fields = fields
        .iter()
        .map(|(key, all)| ((*key).to_owned(), texts(all)));
    fields.collect()
}

/// The text once this was typed in a block, or what is refused.
fn changed(text: &str, id: &str, fields: &[(&str, &[&str])]) -> Result<String, Vec<String>> {
    let document = ConventionDocument::of(text).expect("toml");
    let block = document.find(id).expect("a block");
    let (changes, faults) = key_changes(
        block.part,
        Some(&block),
        &typed(fields),
        &document,
        &lists(&document),
    );
    if !faults.is_empty() {
        return Err(faults.into_iter().map(|f| f.message).collect());
    }
    let new = with_keys(&document, &block, &changes);
    assert!(ConventionDocument::of(&new).is_some(), "still toml: {new}");
    Ok(new)
}

fn added(text: &str, part: ConventionPart, fields: &[(&str, &[&str])]) -> String {
    let document = ConventionDocument::of(text).expect("toml");
    let (changes, faults) = key_changes(part, None, &typed(fields), &document, &lists(&document));
    assert!(faults.is_empty(), "{faults:?}");
    with_block(&document, part, &changes)
}

fn removed(text: &str, id: &str) -> String {
    let document = ConventionDocument::of(text).expect("toml");
    let block = document.find(id).expect("a block");
    without_block(&document, &block)
}

/// What the form of a block shows, sent back as a browser does.
fn form(text: &str, id: &str) -> TypedFields {
    let document = ConventionDocument::of(text).expect("toml");
    let block = document.find(id).expect("a block");
    let fields = block.part.fields().iter().map(|field| {
        let value = shown(field, held(block.table, field.key), &lists(&document));
        let value = value.iter().map(|v| v.replace('\n', "\r\n")).collect();
        (field.key.to_owned(), value)
    });
    fields.collect()
}

#[test]
fn a_form_sent_back_untouched_changes_not_a_byte() {
    for text in [MODEL, BY_HAND] {
        let document = ConventionDocument::of(text).expect("toml");
        let blocks = document.all();
        assert!(blocks.len() > 3);
        for block in blocks {
            let own = form(text, &block.id);
            let (changes, faults) =
                key_changes(block.part, Some(&block), &own, &document, &lists(&document));
            assert!(faults.is_empty(), "{}: {faults:?}", block.id);
            assert_eq!(with_keys(&document, &block, &changes), text, "{}", block.id);
        }
    }
}

#[test]
fn each_kind_of_field_is_written_where_it_stood() {
    let cases: [(&str, &str, &[&str], &str, &str); 9] = [
        (
            "convention",
            "intitule",
            &["La « CTG »  \"d’ici\""],
            "\"\"\"CTG\"\"\"",
            "'La « CTG » \"d’ici\"'",
        ),
        (
            "convention",
            "debut",
            &["2023-01-01"],
            "'2022-01-01'",
            "\"2023-01-01\"",
        ),
        (
            "convention",
            "signataires",
            &["CDC\r\n\r\nCaf"],
            "  \"Caf\", # l’Eure\n  \"CDC\",\n",
            "  \"CDC\",\n  \"Caf\", # l’Eure\n",
        ),
        (
            "fiches-F1",
            "objectifs",
            &["Deux\nTrois"],
            "[\"Un\", 'Deux']",
            "['Deux', \"Trois\"]",
        ),
        (
            "fiches-F1",
            "etat",
            &["modifiee"],
            "\"Abrogée\"",
            "\"modifiee\"",
        ),
        (
            "fiches-F1",
            "criteres",
            &["PRO-*", "LIE-3", "REL-2"],
            "[\"rel-2\", \"PRO-*\"]",
            "[\"rel-2\", \"PRO-*\", \"LIE-3\"]",
        ),
        (
            "fiches-F1",
            "champ",
            &["enfance"],
            "\"ailleurs\"",
            "\"enfance\"",
        ),
        (
            "indicateurs-G1",
            "reference.valeur",
            &["33,3 %"],
            "valeur = 0.45,",
            "valeur = 0.333,",
        ),
        (
            "indicateurs-G1",
            "unite",
            &["réunions"],
            "unite = \"%\"",
            "unite = \"réunions\"",
        ),
    ];
    for (block, key, value, from, to) in cases {
        let wanted = BY_HAND.replacen(from, to, 1);
        assert_ne!(wanted, BY_HAND, "{key}");
        assert_eq!(
            changed(BY_HAND, block, &[(key, value)]).expect(key),
            wanted,
            "{key}"
        );
    }
    // A word already said otherwise stays as it is written.
    assert_eq!(
        changed(BY_HAND, "fiches-F1", &[("etat", &["abrogee"])]).expect("same"),
        BY_HAND
    );
    assert_eq!(
        changed(
            BY_HAND,
            "convention",
            &[("schema_petite_enfance", &["non"])]
        )
        .expect("same"),
        BY_HAND
    );
}

#[test]
fn a_new_key_goes_under_its_block_and_an_emptied_one_goes_alone() {
    let new = changed(
        BY_HAND,
        "fiches-F1",
        &[
            ("echeance", &["31/12/2026"]),
            ("objectifs", &[""]),
            ("avenant", &[""]),
        ],
    );
    let wanted = BY_HAND
        .replacen("objectifs = [\"Un\", 'Deux']\n", "", 1)
        .replacen(
            "champ = \"ailleurs\"\n",
            "champ = \"ailleurs\"\necheance = \"2026-12-31\"\n",
            1,
        );
    assert_eq!(new.expect("changed"), wanted);
    let new = changed(
        BY_HAND,
        "indicateurs-G1",
        &[("cible", &["80 %"]), ("reference.source", &["Bilan"])],
    );
    let wanted = BY_HAND.replacen(
        "date = \"2025-12-31\" } # bilan\n",
        "date = \"2025-12-31\", source = \"Bilan\" } # bilan\ncible = 0.8\n",
        1,
    );
    assert_eq!(new.expect("changed"), wanted);
    let gone: &[(&str, &[&str])] = &[
        ("reference.valeur", &[""]),
        ("reference.date", &[""]),
        ("reference.source", &[""]),
    ];
    let without = changed(BY_HAND, "indicateurs-G1", gone).expect("changed");
    assert_eq!(without, BY_HAND.split("reference").next().expect("before"));
    let again = changed(
        &without,
        "indicateurs-G1",
        &[("reference.valeur", &["0,5"])],
    );
    assert_eq!(
        again.expect("changed"),
        format!("{without}reference = {{ valeur = 0.5 }}\n")
    );
}

#[test]
fn what_a_field_cannot_hold_is_said_and_nothing_is_made_of_it() {
    for (block, key, value, said) in [
        ("convention", "intitule", "", "Il manque"),
        ("convention", "debut", "demain", "n’est pas un jour"),
        ("fiches-F1", "code", "F 1 é", "des lettres sans accent"),
        ("fiches-F1", "axe", "A9", "n’est plus dans la liste"),
        ("indicateurs-G1", "cible", "beaucoup", "n’est pas un nombre"),
        ("indicateurs-G1", "cible", "80", "cent fois trop"),
        ("indicateurs-G1", "periode", "", "Il manque"),
    ] {
        let refused = changed(BY_HAND, block, &[(key, &[value])]).expect_err(key);
        assert!(refused[0].contains(said), "{key}: {refused:?}");
    }
    let alone: &[(&str, &[&str])] = &[
        ("reference.valeur", &[""]),
        ("reference.date", &["2025-12-31"]),
    ];
    let refused = changed(BY_HAND, "indicateurs-G1", alone).expect_err("no value");
    assert!(refused[0].contains("la valeur de départ"), "{refused:?}");
}

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
