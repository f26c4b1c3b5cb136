//! Small questionnaires, the annual bilan of the CCT, « CTG dans ma poche »: what is counted, computed a second time from
//! the export itself; what is hidden, confirmed, cancelled, purged, brought in twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use observatoire::base::diagnostics::Code;
use observatoire::base::sheets;
use observatoire::convention::parse_survey;
use serde_json::Value;

use super::incoming::{brought, says};
use crate::atelier::{Atelier, files};

fn figure(demo: &Atelier, code: &str, period: &str) -> Value {
    let (_, said) = demo.json(&[
        "ctg",
        "indicateurs",
        "--periode",
        period,
        "--date",
        "2026-12-31",
    ]);
    let all = said["resultat"]
        .as_array()
        .or_else(|| said["resultat"]["lignes"].as_array());
    let all = all.unwrap_or_else(|| panic!("rows in {said:#}")).clone();
    all.into_iter()
        .find(|row| row["indicateur"] == code)
        .unwrap_or_else(|| panic!("{code}"))
}

/// A value as its terms give it: files round what they divide.
fn exact(row: &Value) -> Option<f64> {
    let value = row["numerateur"].as_f64()? / row["denominateur"].as_f64()?;
    assert!(
        (row["valeur"].as_f64().expect("a value") - value).abs() < 1e-6,
        "{row:#}"
    );
    Some(value)
}

/// Favourable and given answers of an export, counted cell by cell.
pub fn naive(
    demo: &Atelier,
    file: &str,
    items: &[(&str, bool)],
    top: &[&str],
    low: &[&str],
) -> Vec<(usize, usize)> {
    let path = demo.root().join("data/exemple/ctg").join(file);
    let bytes = std::fs::read(&path).expect("of the example");
    let book = sheets::open(Path::new(file), &bytes)
        .expect("it opens")
        .value;
    let rows = &book.sheets[0].rows;
    let count = |(heading, reversed): &(&str, bool)| {
        let head = rows[0]
            .cells
            .iter()
            .find(|c| c.value.text() == *heading)
            .expect("a column");
        let answers: Vec<String> = rows[1..].iter().map(|r| r.text(head.col)).collect();
        let favourable = if *reversed { low } else { top };
        let given = answers
            .iter()
            .filter(|a| top.contains(&a.as_str()) || low.contains(&a.as_str()))
            .count();
        (
            answers
                .iter()
                .filter(|a| favourable.contains(&a.as_str()))
                .count(),
            given,
        )
    };
    items.iter().map(count).collect()
}

pub const TOOLS: [(&str, bool); 6] = [
    ("Je trouve facilement l’outil dont j’ai besoin", false),
    (
        "Remplir le tableau de suivi me prend un temps raisonnable",
        false,
    ),
    ("Ce que j’ai saisi m’est rendu sous une forme utile", false),
    (
        "La grille d’observation m’aide à parler des pratiques en équipe",
        false,
    ),
    ("Je sais à qui demander quand je bloque", false),
    ("On me demande plusieurs fois la même information", true),
];

/// G10, E1, E2 of the example are those of the exports, to 1e-9.
#[test]
fn favourable_answers_are_those_of_a_second_computation() {
    let demo = Atelier::demo();
    let counted = naive(
        &demo,
        "Forms Les outils de la coopération.xlsx",
        &TOOLS,
        &["Tout à fait", "Plutôt oui"],
        &["Plutôt non", "Pas du tout"],
    );
    let (favourable, given) = counted.iter().fold((0, 0), |(f, g), (a, b)| (f + a, g + b));
    let g10 = figure(&demo, "G10", "2026");
    assert!(
        (exact(&g10).expect("a value") - favourable as f64 / given as f64).abs() < 1e-9,
        "{g10:#}"
    );
    assert_eq!(g10["n"], 9, "{g10:#}");
    let agree = ["Tout à fait d’accord", "Plutôt d’accord"];
    let not = ["Plutôt pas d’accord", "Pas du tout d’accord"];
    let teams = naive(
        &demo,
        "LimeSurvey Retours des équipes.csv",
        &[("EXP1", false), ("EXP2", false)],
        &agree,
        &not,
    );
    for (code, (favourable, given)) in ["E1", "E2"].into_iter().zip(teams) {
        let own = figure(&demo, code, "2026");
        assert!(
            (exact(&own).expect("a value") - favourable as f64 / given as f64).abs() < 1e-9,
            "{own:#}"
        );
        assert_eq!(own["n"], given, "{own:#}");
    }
    let told = demo
        .run(&["expliquer", "CTG/G10/2026", "--date", "2026-12-31"])
        .stdout
        .replace(['\u{a0}', '\u{202f}'], " ");
    for part in [
        "favorables (les deux premières",
        "OUT6",
        "Les plus réservées",
        "E001",
        "intervalle",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

const CHILDREN: &str = "[enquete]\ncode = \"TEST\"\nintitule = \"Essai\"\nechelle = [\"Souvent\", \"Parfois\", \"Jamais\"]\nfavorables = 1\nconservation_mois = 1\n\n[[items]]\ncode = \"T1\"\nlibelle = \"Je choisis ce que je fais\"\n\n[[items]]\ncode = \"T2\"\nlibelle = \"Je m’ennuie pendant le temps d’accueil\"\ninverse = true\n";

/// An observatory with a questionnaire of two sentences, an indicator of each.
fn asking() -> Atelier {
    let demo = Atelier::demo();
    demo.write("ctg/enquetes/test.toml", CHILDREN.as_bytes());
    let path = demo.root().join("ctg/convention.toml");
    let mut text = std::fs::read_to_string(&path).expect("a convention");
    for (code, item) in [
        ("Y1", "T1"),
        ("Y2", "Je m’ennuie pendant le temps d’accueil"),
        ("Y3", ""),
    ] {
        let item = if item.is_empty() {
            String::new()
        } else {
            format!("item = \"{item}\"\n")
        };
        _ = write!(
            text,
            "\n[[indicateurs]]\ncode = \"{code}\"\nlibelle = \"Essai\"\ncalcul = \"favorable\"\nenquete = \"TEST\"\n{item}unite = \"%\"\nperiode = \"annee\"\n"
        );
    }
    demo.write("ctg/convention.toml", text.as_bytes());
    demo
}

/// Google Forms: a moment, two sentences.
fn google(answers: &[(&str, &str)]) -> Vec<u8> {
    let mut text =
        "Horodateur,Je choisis ce que je fais,Je m’ennuie pendant le temps d’accueil\n".to_owned();
    for (i, (one, two)) in answers.iter().enumerate() {
        _ = writeln!(text, "2026/05/{:02} 10:0{}:00,{one},{two}", 10 + i, i);
    }
    text.into_bytes()
}

const SIX: [(&str, &str); 6] = [
    ("Souvent", "Jamais"),
    ("Souvent", "Parfois"),
    ("Parfois", "Jamais"),
    ("Jamais", "Souvent"),
    ("Souvent", "Jamais"),
    ("Parfois", ""),
];

#[test]
fn five_answers_are_told_and_four_are_not_even_by_difference() {
    let demo = asking();
    let (code, said) = brought(&demo, "reponses.csv", &google(&SIX[..4]), &[]);
    assert_eq!(code, 0, "{said:#}");
    for code in ["Y1", "Y2", "Y3"] {
        let few = figure(&demo, code, "2026");
        assert!(
            few["valeur"].is_null() && few["numerateur"].is_null() && few["n"] == 0,
            "{few:#}"
        );
        assert!(few["raison"].to_string().contains("moins de 5"), "{few:#}");
    }
    // The export again, grown: the first four are known.
    let (code, said) = brought(&demo, "reponses 2.csv", &google(&SIX[..5]), &[]);
    assert_eq!(code, 0, "{said:#}");
    assert!(
        says(&said, Code::IncomingLeftOut, "4 réponses étaient déjà là"),
        "{said:#}"
    );
    let (y1, y2) = (figure(&demo, "Y1", "2026"), figure(&demo, "Y2", "2026"));
    assert_eq!(
        (&y1["numerateur"], &y1["denominateur"]),
        (&3.0.into(), &5.0.into()),
        "« Souvent » alone: {y1:#}"
    );
    assert_eq!(
        (&y2["numerateur"], &y2["denominateur"]),
        (&3.0.into(), &5.0.into()),
        "« Jamais » of a reversed one: {y2:#}"
    );
    let (_, again) = brought(&demo, "reponses 2.csv", &google(&SIX[..5]), &[]);
    assert_eq!(again["resultat"]["fichiers"][0]["resultat"], "déjà importé");
}

/// One more answer to one item only: the item of four stays out of the whole, which gives it not back.
#[test]
fn an_item_under_five_is_out_of_the_whole() {
    let demo = asking();
    let rows = [
        ("Souvent", "Jamais"),
        ("Souvent", ""),
        ("Parfois", "Jamais"),
        ("Jamais", "Souvent"),
        ("Souvent", "Jamais"),
    ];
    brought(&demo, "reponses.csv", &google(&rows), &[]);
    let whole = figure(&demo, "Y3", "2026");
    assert_eq!(
        (&whole["numerateur"], &whole["denominateur"]),
        (&3.0.into(), &5.0.into()),
        "T2 has four answers: {whole:#}"
    );
    assert!(figure(&demo, "Y2", "2026")["valeur"].is_null());
}

#[test]
fn an_import_is_cancelled_then_another_is_purged_and_its_figure_stays() {
    let demo = asking();
    brought(&demo, "reponses.csv", &google(&SIX), &[]);
    let (_, listed) = demo.json(&["ctg", "enquetes"]);
    let last = listed["resultat"]["imports"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|i| i["enquete"] == "TEST")
        .expect("one")
        .clone();
    assert_eq!(
        (&last["enquete"], &last["reponses"]),
        (&"TEST".into(), &6.into())
    );
    let id = last["import"].as_str().expect("an id");
    let (code, _) = demo.json(&["ctg", "enquetes", "--annuler", id]);
    assert_eq!(code, 0);
    assert!(
        figure(&demo, "Y1", "2026")["valeur"].is_null(),
        "it counts no more"
    );
    assert_eq!(
        demo.run(&["ctg", "enquetes", "--annuler", id]).code,
        2,
        "once"
    );
    assert_eq!(demo.run(&["ctg", "enquetes", "--annuler", "E999"]).code, 2);
    let (code, said) = brought(&demo, "reponses bis.csv", &google(&SIX), &[]);
    assert_eq!(code, 0, "{said:#}");
    let before = figure(&demo, "Y1", "2026");
    assert!(before["valeur"].is_number(), "{before:#}");
    let folder = demo.root().join("data/ctg/enquetes");
    let kept = |word: &str| {
        files(&folder)
            .iter()
            .filter(|f| {
                std::fs::read_to_string(folder.join(f))
                    .expect("text")
                    .contains(word)
            })
            .count()
    };
    assert!(kept("\"cle\"") > 2);
    let (code, said) = demo.json(&["purger", "--avant", "2026-08-01", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
    let texts: Vec<String> = files(&folder)
        .iter()
        .map(|f| std::fs::read_to_string(folder.join(f)).expect("text"))
        .collect();
    let own: Vec<&String> = texts.iter().filter(|t| t.contains("\"TEST\"")).collect();
    assert!(
        !own.is_empty() && own.iter().all(|t| !t.contains("\"cle\"")),
        "responses became counts"
    );
    let after = figure(&demo, "Y1", "2026");
    assert_eq!(
        (&before["valeur"], &before["n"]),
        (&after["valeur"], &after["n"]),
        "whole quarters stay what they were"
    );
}

/// What is gone is missed.
#[test]
fn a_file_of_responses_that_is_gone_is_missed() {
    let demo = Atelier::demo();
    let folder = demo.root().join("data/ctg/enquetes");
    let first = files(&folder)
        .into_iter()
        .find(|f| f.starts_with("E00"))
        .expect("one");
    std::fs::remove_file(folder.join(first)).expect("gone");
    let answer = demo.run(&["ctg", "indicateurs"]);
    assert!(
        answer.code != 0 && answer.stderr.contains("manque"),
        "{}",
        answer.stderr
    );
}

/// Near wordings wait for a person, once; an answer outside the scale keeps the file out; names are dropped.
#[test]
fn near_wordings_are_confirmed_once() {
    let demo = asking();
    let text =
        "Horodateur,Nom,Je choisis ce que je fais ici,Je m’ennuie pendant les temps d’accueil\n";
    let rows: Vec<String> = SIX
        .iter()
        .enumerate()
        .map(|(i, (a, b))| format!("2026/05/1{i} 10:00:00,Camille Martinelli,{a},{b}\n"))
        .collect();
    let bytes = format!("{text}{}", rows.concat()).into_bytes();
    let (code, said) = brought(&demo, "../proches.csv", &bytes, &[]);
    assert!(
        code == 1 && says(&said, Code::NearWording, "ressemble à T1"),
        "{said:#}"
    );
    let (code, said) = brought(&demo, "../proches.csv", &bytes, &["--confirmer"]);
    assert!(
        code == 0 && says(&said, Code::PersonalColumn, "rien n’en est gardé"),
        "{said:#}"
    );
    let more = format!(
        "{text}{}2026/05/20 10:00:00,Camille Martinelli,Souvent,Jamais\n",
        rows.concat()
    );
    let more = more.into_bytes();
    let (code, said) = brought(&demo, "../proches 2.csv", &more, &[]);
    assert!(code == 0, "remembered: {said:#}");
    for file in files(&demo.root().join("data/ctg")) {
        let kept = std::fs::read(demo.root().join("data/ctg").join(&file)).expect("readable");
        assert!(
            !String::from_utf8_lossy(&kept).contains("Martinelli"),
            "{file}"
        );
    }
    let odd = google(&[("Toujours", "Jamais")]);
    let (code, said) = brought(&demo, "hors echelle.csv", &odd, &[]);
    assert!(
        code == 1 && says(&said, Code::IncomingWord, "« Toujours »"),
        "{said:#}"
    );
}

#[test]
fn mistakes_of_a_questionnaire_are_told_with_their_place() {
    for (text, wanted) in [
        (
            CHILDREN.replace("\"Jamais\"]", "\"souvent\"]"),
            "ligne 4, colonne 11",
        ),
        (
            CHILDREN.replace("favorables = 1", "favorables = 3"),
            "ligne 5, colonne 14",
        ),
        (
            CHILDREN.replace("code = \"T2\"", "code = \"T1\""),
            "déjà plus haut",
        ),
        (
            CHILDREN.replace("code = \"T2\"", "code = \"T-2\""),
            "vingt au plus",
        ),
        (CHILDREN.replace("inverse", "inverser"), "inverser"),
    ] {
        let told = parse_survey("test.toml", &text)
            .expect_err("refused")
            .to_string();
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
}

/// The form that is written comes back: every answer by its code or its words, in each tool.
#[test]
fn forms_of_a_questionnaire_are_written_for_each_tool() {
    let demo = Atelier::demo();
    let mut seen = BTreeMap::new();
    for format in ["xlsx", "xlsform", "limesurvey", "pdf"] {
        let out = demo.root().join(format);
        let answer = demo.run(&[
            "grille",
            "--enquete",
            "outils",
            "--format",
            format,
            "--sortie",
            &out.to_string_lossy(),
        ]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let written = files(&out);
        assert_eq!(written.len(), 1, "{written:?}");
        seen.insert(
            format,
            std::fs::read(out.join(&written[0])).expect("written"),
        );
    }
    let lime = String::from_utf8(seen["limesurvey"].clone()).expect("text");
    assert!(
        lime.contains("SQ\t0\tOUT6") && lime.contains("A\t0\tA1") && lime.contains("A\t0\tN1"),
        "{lime}"
    );
    assert!(seen["pdf"].starts_with(b"%PDF"));
    let typed = super::edited(
        &seen["xlsx"],
        &[
            ("Réponses", 3, 0, "Partenaire"),
            ("Réponses", 3, 1, "Tout à fait"),
            ("Réponses", 3, 6, "Pas du tout"),
        ],
    );
    let (code, said) = brought(&demo, "saisie.xlsx", &typed, &[]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["genre"]),
        (0, &"réponses d’enquête".into()),
        "{said:#}"
    );
    assert_eq!(
        said["resultat"]["fichiers"][0]["nouvelles"]
            .as_array()
            .expect("a list")
            .len(),
        1
    );
    let none = demo.run(&["grille", "--enquete", "OUTIL"]);
    assert!(
        none.code == 2 && none.stderr.contains("OUTILS"),
        "{}",
        none.stderr
    );
}

const REVIEW: &str = "N°Obs;Nom du répondant;Nombre d’ETP consacrés à la coopération;Nombre d’interventions et d’accompagnements dans l’année;Thématique;Quelles difficultés avez-vous rencontrées ?;De quoi auriez-vous besoin ?;Avez-vous un véhicule ?\n1;Camille Martinelli;0,8;9;enfance;les agendas des communes ne se croisent pas;un outil commun;oui\n2;Dominique Perronet;0,5;4;jeunesse;écrire à Camille Martinelli au 06 12 34 56 78;;non\n";

/// Figures are declared beside those of the registers, words enter without consent, the rest is named and kept nowhere.
#[test]
fn the_annual_bilan_of_the_cct_is_declared_beside_the_registers() {
    let demo = Atelier::demo();
    let shipped = include_str!("../../../data/init/sphinx-cct-2026.toml");
    demo.write(
        "grids/correspondances/sphinx-cct-2026.toml",
        shipped.as_bytes(),
    );
    let own = figure(&demo, "G03", "2026");
    let (code, said) = brought(&demo, "../bilan.csv", REVIEW.as_bytes(), &[]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["genre"]),
        (0, &"bilan CCT".into()),
        "{said:#}"
    );
    assert!(
        says(&said, Code::IncomingLeftOut, "« Avez-vous un véhicule ? »"),
        "{said:#}"
    );
    assert!(
        says(
            &said,
            Code::IncomingLeftOut,
            "1 réponse ouverte semble nommer"
        ),
        "{said:#}"
    );
    assert!(!said.to_string().contains("Martinelli"));
    let after = figure(&demo, "G03", "2026");
    assert_eq!(own["valeur"], after["valeur"], "the registers stand");
    assert!(
        after["detail"]
            .to_string()
            .contains("déclaré (Bilan CCT 2026 (Sphinx)) : 13"),
        "{after:#}"
    );
    let told = demo
        .run(&["expliquer", "CTG/G03/2026", "--date", "2026-12-31"])
        .stdout;
    assert!(told.contains("aucune ne corrige l’autre"), "{told}");
    let again = REVIEW.replace("N°Obs", "N° Obs");
    let (_, same) = brought(&demo, "../bilan 2.csv", again.as_bytes(), &[]);
    assert_eq!(
        same["resultat"]["fichiers"][0]["resultat"], "rien de nouveau",
        "{same:#}"
    );
}

/// A table of labels and statuses: exact labels enter, near ones are confirmed once, others are named.
#[test]
fn a_table_of_ctg_dans_ma_poche_is_matched_by_label() {
    let demo = Atelier::demo();
    let out = demo.root().join("suivi.xlsx");
    demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()]);
    let bytes = std::fs::read(&out).expect("written");
    let book = sheets::open(&out, &bytes).expect("it opens").value;
    let actions = book.sheet("Actions").expect("a sheet");
    let (one, two) = (actions.text(2, 2), actions.text(3, 2));
    assert!(one.len() > 10 && two.len() > 10, "{one} {two}");
    let near = format!("{two} (2026)");
    let table = format!(
        "Export du 12/12\n\nIntitulé de l’action;Pilote;Statut\n{one};x;suspendue\n{near};x;en pause\nRepeindre la lune;x;en cours\n"
    );
    let (code, said) = brought(&demo, "poche.csv", table.as_bytes(), &[]);
    assert!(
        code == 1 && says(&said, Code::NearWording, "proximité"),
        "{said:#}"
    );
    let (code, said) = brought(&demo, "poche.csv", table.as_bytes(), &["--confirmer"]);
    assert!(
        code == 0 && says(&said, Code::IncomingLeftOut, "« Repeindre la lune »"),
        "{said:#}"
    );
    assert_eq!(
        said["resultat"]["fichiers"][0]["modifiees"]
            .as_array()
            .expect("a list")
            .len(),
        2,
        "{said:#}"
    );
    let (code, said) = brought(&demo, "poche 2.csv", format!("{table}\n").as_bytes(), &[]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"rien de nouveau".into()),
        "{said:#}"
    );
    let odd = format!("Action;Statut\n{one};peut-être\n");
    let (code, said) = brought(&demo, "poche 3.csv", odd.as_bytes(), &[]);
    assert!(
        code == 1 && says(&said, Code::IncomingWord, "« peut-être »"),
        "{said:#}"
    );
}

/// A number of a sequence that is the same every day.
fn drawn(seed: &mut u64, below: u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % below
}

/// Two hundred questionnaires at random: answers left out, reversed sentences, scales of three to five, one to three favourable answers.
#[test]
fn two_hundred_random_questionnaires_give_the_same_twice() {
    let demo = Atelier::demo();
    let mut convention =
        std::fs::read_to_string(demo.root().join("ctg/convention.toml")).expect("a convention");
    let mut expected = Vec::new();
    let mut paths = Vec::new();
    for rank in 0..200_u64 {
        let mut seed = rank + 1;
        let scale = 3 + drawn(&mut seed, 3);
        let top = 1 + drawn(&mut seed, scale - 1);
        let words: Vec<String> = (0..scale).map(|i| format!("\"Réponse {i}\"")).collect();
        let reversed: Vec<bool> = (0..3).map(|_| drawn(&mut seed, 3) == 0).collect();
        let mut text = format!(
            "[enquete]\ncode = \"Z{rank}\"\nintitule = \"Z{rank}\"\nechelle = [{}]\nfavorables = {top}\n",
            words.join(", ")
        );
        for (i, inverse) in reversed.iter().enumerate() {
            _ = write!(
                text,
                "\n[[items]]\ncode = \"Z{rank}I{i}\"\nlibelle = \"Phrase {i} du questionnaire {rank}\"\ninverse = {inverse}\n"
            );
        }
        demo.write(&format!("ctg/enquetes/z{rank}.toml"), text.as_bytes());
        _ = write!(
            convention,
            "\n[[indicateurs]]\ncode = \"Z{rank}\"\nlibelle = \"Z\"\ncalcul = \"favorable\"\nenquete = \"Z{rank}\"\nunite = \"%\"\nperiode = \"annee\"\n"
        );
        let people = 3 + drawn(&mut seed, 14);
        let mut rows = format!("\"id\",\"submitdate\",\"Z{rank}I0\",\"Z{rank}I1\",\"Z{rank}I2\"\n");
        let mut counted = [(0_u32, 0_u32); 3];
        for person in 0..people {
            _ = write!(
                rows,
                "\"{}\",\"2026-06-{:02} 10:00:00\"",
                person + 1,
                person + 1
            );
            for (i, own) in counted.iter_mut().enumerate() {
                let answer = drawn(&mut seed, scale + 1);
                if answer == scale {
                    rows.push_str(",\"\"");
                } else {
                    _ = write!(rows, ",\"Réponse {answer}\"");
                }
                if answer < scale {
                    let is_favourable = if reversed[i] {
                        answer + top >= scale
                    } else {
                        answer < top
                    };
                    *own = (own.0 + u32::from(is_favourable), own.1 + 1);
                }
            }
            rows.push('\n');
        }
        paths.push(demo.write(&format!("reponses z{rank}.csv"), rows.as_bytes()));
        let told: Vec<(u32, u32)> = counted
            .into_iter()
            .filter(|(_, given)| *given >= 5)
            .collect();
        let (n, of) = told.iter().fold((0, 0), |(n, of), (a, b)| (n + a, of + b));
        // Somebody who answers nothing is no response.
        expected.push((of > 0).then(|| f64::from(n) / f64::from(of)));
    }
    demo.write("ctg/convention.toml", convention.as_bytes());
    let mut asked = vec!["ctg", "importer"];
    asked.extend(paths.iter().map(String::as_str));
    let (code, said) = demo.json(&asked);
    assert_eq!(code, 0, "{said:#}");
    let (_, said) = demo.json(&[
        "ctg",
        "indicateurs",
        "--periode",
        "2026",
        "--date",
        "2026-12-31",
    ]);
    let all = said["resultat"].as_array().expect("rows");
    let mut valued = 0;
    for (rank, naive) in expected.iter().enumerate() {
        let code = format!("Z{rank}");
        let own = all
            .iter()
            .find(|row| row["indicateur"] == code.as_str())
            .expect("computed");
        let own = exact(own);
        let is_same = match (own, naive) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (None, None) => true,
            _ => false,
        };
        assert!(is_same, "{code}: {own:?}, naively {naive:?}");
        valued += usize::from(naive.is_some());
    }
    println!("200 questionnaires au hasard, {valued} avec une valeur : 0 différence à 1e-9");
    assert!(valued > 100, "{valued} have a value");
}
