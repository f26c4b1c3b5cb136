//! What does not hold together in `ctg/convention.toml`, each with its line and the nearest name; what only astonishes.

use observatoire::convention::{CONVENTION_FILE, parse_convention};
use observatoire::vocabulary::config::Observatory;

use crate::atelier::Atelier;

/// What is replaced in the convention of the example, by what, what must be said.
const MISTAKES: [(&str, &str, &str); 24] = [
    (
        "intitule = \"Convention",
        "intitul = \"Convention",
        "clé inconnue « intitul » ; le plus proche est « intitule »",
    ),
    (
        "debut = \"2022-11-29\"",
        "debut = \"29/11/2022\"",
        "« 29/11/2022 » n’est pas une date",
    ),
    (
        "fin = \"2026-12-31\"",
        "fin = \"2020-12-31\"",
        "la convention finit avant de commencer",
    ),
    (
        "type = \"bilan_final\"",
        "type = \"bilan_finale\"",
        "le plus proche est « bilan_final »",
    ),
    (
        "etat = \"abrogee\"",
        "etat = \"abroge\"",
        "le plus proche est « abrogee »",
    ),
    ("axe = \"A3\"", "axe = \"A9\"", "l’axe « A9 » n’existe pas"),
    (
        "avenant = 1\nchamp",
        "avenant = 7\nchamp",
        "l’avenant n° 7 n’existe pas",
    ),
    (
        "criteres = [\"PRO-*\", \"REL-*\"]",
        "criteres = [\"PRX-*\"]",
        "aucun axe du référentiel n’a le code « PRX »",
    ),
    (
        "\"LIE-3\", \"PRO-3\"]\nchamp",
        "\"LIE-33\"]\nchamp",
        "le critère « LIE-33 » n’existe pas",
    ),
    (
        "code = \"PARENTALITE\"",
        "code = \"GOUVERNANCE\"",
        "la fiche « GOUVERNANCE » est déjà plus haut",
    ),
    (
        "code = \"A2\"",
        "code = \"A1\"",
        "l’axe « A1 » est déjà plus haut",
    ),
    (
        "pilotes = [\"P01\"]",
        "pilotes = [\"P1\"]",
        "l’accueil « P1 » n’existe pas ; le plus proche est « P10 »",
    ),
    (
        "debut = \"2026-01-05\"",
        "debut = \"2027-01-05\"",
        "l’expérimentation finit avant de commencer",
    ),
    (
        "date = \"2024-06-20\"",
        "date = \"2026-06-20\"",
        "l’avenant n° 2 est daté d’avant l’avenant n° 1",
    ),
    (
        "fiche = \"GOUVERNANCE\"",
        "fiche = \"GOUVERNANC\"",
        "la fiche « GOUVERNANC » n’existe pas ; le plus proche est « GOUVERNANCE »",
    ),
    (
        "calcul = \"participation\"",
        "calcul = \"participations\"",
        "le plus proche est « participation »",
    ),
    (
        "periode = \"trimestre\"",
        "periode = \"trimestres\"",
        "le plus proche est « trimestre »",
    ),
    (
        "types = [\"groupe_travail\"]",
        "types = [\"groupe_travaux\"]",
        "le plus proche est « groupe_travail »",
    ),
    (
        "delai_jours = 30",
        "delai_jour = 30",
        "le plus proche est « delai_jours »",
    ),
    (
        "types = [\"groupe_travail\"]",
        "delai_jours = 3",
        "le calcul « participation » ne lit pas « delai_jours »",
    ),
    (
        "nature_fonction = \"equipe_projet\"\n",
        "",
        "demande la clé « nature_fonction »",
    ),
    (
        "experimentation = \"EXP1\"",
        "experimentation = \"EXP2\"",
        "l’expérimentation « EXP2 » n’existe pas ; le plus proche est « EXP1 »",
    ),
    (
        "code = \"G07\"",
        "code = \"G08\"",
        "l’indicateur « G08 » est déjà plus haut",
    ),
    (
        "sens = \"haut\"",
        "sens = \"hausse\"",
        "écrivez haut, bas ou aucun",
    ),
];

fn text(demo: &Atelier) -> String {
    std::fs::read_to_string(demo.root().join(CONVENTION_FILE)).expect("a convention")
}

#[test]
fn every_mistake_is_refused_with_its_line() {
    let demo = Atelier::demo();
    let observatory = Observatory::open(Some(&demo.root())).expect("an observatory");
    let text = text(&demo);
    let mut wrong = Vec::new();
    for (before, after, says) in MISTAKES {
        assert!(text.contains(before), "{before}");
        let mistaken = text.replacen(before, after, 1);
        let said = match parse_convention(CONVENTION_FILE, &mistaken, &observatory) {
            Ok(_) => "accepted".to_owned(),
            Err(error) => error.to_string(),
        };
        if !said.contains(says) || !said.contains("ctg/convention.toml, ligne ") {
            wrong.push(format!("{after}: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Several mistakes are told at once, and commands refuse with them.
#[test]
fn all_mistakes_are_told_at_once() {
    let demo = Atelier::demo();
    let both = text(&demo)
        .replacen("axe = \"A3\"", "axe = \"A9\"", 1)
        .replacen("calcul = \"participation\"", "calcul = \"particip\"", 1);
    demo.write(CONVENTION_FILE, both.as_bytes());
    let answer = demo.run(&["ctg", "indicateurs"]);
    assert_eq!(answer.code, 3);
    assert!(
        answer.stderr.contains("« A9 »") && answer.stderr.contains("« particip »"),
        "{}",
        answer.stderr
    );
}

/// What only astonishes is told, and read.
#[test]
fn what_astonishes_is_told_and_read() {
    let demo = Atelier::demo();
    let edits = [
        ("", "", "fiche « LUDOTHEQUE », abrogée"),
        (
            "date = \"2026-12-31\"",
            "date = \"2028-01-31\"",
            "n’est pas dans la convention",
        ),
        (
            "# Les trois indicateurs",
            "[[experimentations]]\ncode = \"EXP2\"\nfiche = \"PASSERELLES\"\nintitule = \"Autre\"\npilotes = [\"P01\"]\ndebut = \"2026-06-01\"\nfin = \"2026-08-01\"\n\n# Les trois indicateurs",
            "même temps",
        ),
    ];
    let own = text(&demo);
    for (before, after, says) in edits {
        demo.write(CONVENTION_FILE, own.replacen(before, after, 1).as_bytes());
        let (code, said) = demo.json(&["ctg", "indicateurs", "--date", "2026-12-15"]);
        assert_eq!(code, 0, "{said:#}");
        let all = said["diagnostics"].as_array().expect("a list");
        let told = all.iter().find(|d| {
            d["code"] == "CTG-201" && d["message"].as_str().is_some_and(|m| m.contains(says))
        });
        assert!(
            told.is_some_and(|d| d["cellule"]
                .as_str()
                .is_some_and(|c| c.starts_with("ligne "))),
            "{says}: {said:#}"
        );
    }
}

/// The shipped model holds together in a folder that has nothing of its own yet; it is never laid twice.
#[test]
fn the_shipped_model_holds_together() {
    let atelier = Atelier::empty();
    assert_eq!(
        atelier
            .raw(&["init", &atelier.root().to_string_lossy()])
            .code,
        0
    );
    let (code, said) = atelier.json(&["ctg", "init"]);
    assert_eq!(
        (
            code,
            &said["resultat"]["fiches"],
            &said["resultat"]["indicateurs"]
        ),
        (0, &4.into(), &33.into()),
        "{said:#}"
    );
    let again = atelier.run(&["ctg", "init"]);
    assert!(
        again.code == 2 && again.stderr.contains("existe déjà"),
        "{}",
        again.stderr
    );
    let (code, said) = atelier.json(&["ctg", "indicateurs"]);
    assert_eq!(code, 0, "{said:#}");
    let rows = said["resultat"].as_array().expect("rows");
    assert_eq!(rows.len(), 33);
    // No document says what the model proposes and nobody signed.
    for document in [
        &["ctg", "suivi"][..],
        &["ctg", "gouvernance"],
        &["ctg", "bilan"],
    ] {
        let told = atelier.run(document);
        assert!(
            told.code == 2 && told.stderr.contains("mots du modèle"),
            "{document:?} : {}",
            told.stderr
        );
    }
    // Nothing was typed: nothing is worth zero.
    let zeros: Vec<_> = rows
        .iter()
        .filter(|r| r["valeur"] == 0.0 && r["lignes"] == "" && r["indicateur"] != "O2")
        .collect();
    assert!(zeros.is_empty(), "{zeros:#?}");
    assert!(
        rows.iter()
            .all(|r| r["raison"] != "" || !r["valeur"].is_null()),
        "each says why"
    );
}

/// Without `ctg/convention.toml`, the fiches of the référentiel are those of the follow-up.
#[test]
fn fiches_of_the_referentiel_stand_where_there_is_no_convention() {
    let atelier = Atelier::empty();
    assert_eq!(
        atelier
            .raw(&["init", &atelier.root().to_string_lossy()])
            .code,
        0
    );
    let out = atelier.root().join("suivi.xlsx");
    let answer = atelier.run(&[
        "ctg",
        "exporter",
        "--sortie",
        &out.to_string_lossy(),
        "--fiche",
        "F1",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let unknown = atelier.run(&[
        "ctg",
        "exporter",
        "--sortie",
        &out.to_string_lossy(),
        "--fiche",
        "F7",
    ]);
    assert!(
        unknown.code == 2 && unknown.stderr.contains("F1"),
        "{}",
        unknown.stderr
    );
}
