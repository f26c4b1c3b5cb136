//! Fields of a block changed over texts: what is meant changes, every other byte stays.

use super::block_form::TypedFields;
use super::block_keeping::key_changes;
use super::convention_choices::{ChoiceLists, FieldChoice};
use super::convention_document::{ConventionDocument, held};
use super::convention_edits::{with_block, with_keys, without_block};
use super::convention_parts::ConventionPart;
use super::convention_values::shown;

pub(super) const MODEL: &str = include_str!("../../../data/init/convention.toml");

pub(super) const EXAMPLE: &str = include_str!("../../../data/init/convention_exemple.toml");

/// What a person types by hand: comments everywhere, keys in another order, another way to say a reference.
pub(super) const BY_HAND: &str = "# À nous.
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

pub(super) fn added(text: &str, part: ConventionPart, fields: &[(&str, &[&str])]) -> String {
    let document = ConventionDocument::of(text).expect("toml");
    let (changes, faults) = key_changes(part, None, &typed(fields), &document, &lists(&document));
    assert!(faults.is_empty(), "{faults:?}");
    with_block(&document, part, &changes)
}

pub(super) fn removed(text: &str, id: &str) -> String {
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
    for text in [MODEL, EXAMPLE, BY_HAND] {
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
fn a_table_within_a_block_is_changed_as_it_is_written() {
    let head = "[[indicateurs]]\ncode = \"G1\"\n";
    for (before, after) in [
        (
            "reference.valeur = 0.4 # ici\nunite = \"%\"\n",
            "reference.valeur = 0.5 # ici\nunite = \"%\"\nreference.source = \"Bilan\"\n",
        ),
        (
            "unite = \"%\"\n[indicateurs.reference]\nvaleur = 0.4 # ici\n# la suite\n",
            "unite = \"%\"\n[indicateurs.reference]\nvaleur = 0.5 # ici\nsource = \"Bilan\"\n# la suite\n",
        ),
    ] {
        let end = "\n[[indicateurs]]\ncode = \"G2\"\n";
        let text = format!("{head}{before}{end}");
        let typed: &[(&str, &[&str])] = &[
            ("reference.valeur", &["50 %"]),
            ("reference.source", &["Bilan"]),
        ];
        let new = changed(&text, "indicateurs-G1", typed).expect("changed");
        assert_eq!(new, format!("{head}{after}{end}"));
        assert_eq!(
            removed(&new, "indicateurs-G2").trim_end(),
            format!("{head}{after}").trim_end()
        );
        assert_eq!(
            added(&text, ConventionPart::Indicators, &[("code", &["G3"])]),
            format!("{text}\n[[indicateurs]]\ncode = \"G3\"\n")
        );
    }
}
