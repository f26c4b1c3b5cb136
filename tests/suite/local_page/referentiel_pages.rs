//! The référentiel read and changed from its page: what a change does to comparisons is said before it is kept, what cannot
//! be is refused with what was typed, and the layer of before comes back.

use super::served::{Response, Served};
use crate::atelier::Atelier;

fn read(served: &Served, answer: Response) -> String {
    let page = served.follow(answer).text();
    let page = page.split("<main").nth(1).unwrap_or("");
    page.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = after.unwrap_or("").split('"').next().unwrap_or("");
    value.replace("&#x2f;", "/")
}

fn layer(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join("grids/local.toml")).unwrap_or_default()
}

/// What a person types on the page of a code: looked at, or kept.
fn sent(served: &Served, path: &str, code: &str, typed: &[(&str, &str)]) -> String {
    let page = served.get(&format!("/referentiel/{code}")).text();
    let vu = hidden(&page, "vu");
    let mut fields = vec![("vu", vu.as_str()), ("code", code), ("campagne", "C2")];
    fields.extend(typed);
    read(served, served.post(path, &fields))
}

const LOOK: &str = "/referentiel/regarder";
const KEEP: &str = "/referentiel/garder";

#[test]
fn it_is_read_as_a_person_would() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let page = read(&served, served.get("/referentiel"));
    for said in [
        "Relations",
        "SEC-1",
        "impératif · cible",
        "Observation externe",
        "Rien de local",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let one = read(&served, served.get("/referentiel/REL-2?campagne=C1"));
    for said in [
        "Ce que donnent à voir les niveaux",
        "REL-2-OBS-1",
        "Fixer la cible",
        "Ajouter une question",
    ] {
        assert!(one.contains(said), "{said}: {one}");
    }
    // A finding of law says why its sentence stays; what protects a child is never put aside.
    let law = read(&served, served.get("/referentiel/SEC-1"));
    assert!(
        law.contains("Cette phrase ne se change pas") && law.contains("ne s’écarte pas"),
        "{law}"
    );
    assert!(!law.contains("value=\"sans-objet\""), "{law}");
    assert_eq!(served.get("/referentiel/REL-99").status, 400);
}

#[test]
fn a_target_breaks_nothing_and_a_sentence_breaks_its_series_both_said_first() {
    let atelier = Atelier::demo();
    let begun = layer(&atelier);
    let served = Served::on(Some(&atelier.root()));
    let target = [
        ("geste", "cible"),
        ("niveau", "3,4"),
        ("decision", "2026-11-20"),
        ("instance", "COPIL « d’hiver »"),
    ];
    let looked = sent(&served, LOOK, "REL-2", &target);
    assert!(
        looked.contains("la cible passe de")
            && looked.contains("à 3,4 (COPIL « d’hiver », le 20/11/2026)"),
        "{looked}"
    );
    assert!(
        looked.contains("Aucune série n’est rompue") && looked.contains("Rien n’est encore écrit"),
        "{looked}"
    );
    assert_eq!(layer(&atelier), begun);
    let kept = sent(&served, KEEP, "REL-2", &target);
    assert!(
        kept.contains("C’est gardé pour REL-2") && kept.contains("3,0 au référentiel"),
        "{kept}"
    );
    let with_target = layer(&atelier);
    assert!(
        with_target.starts_with(begun.trim_end()),
        "what was typed by hand stays: {with_target}"
    );

    // From a campaign that has answers: refused. From the next one: a break, said.
    let since = |day: &'static str| {
        [
            ("geste", "reformuler"),
            ("element", "REL-2-OBS-1"),
            ("phrase", "Un adulte parle à\nhauteur d’enfant."),
            ("depuis", day),
        ]
    };
    let held = sent(&served, LOOK, "REL-2", &since("2026-11-01"));
    assert!(
        held.contains("Une campagne garde ses phrases") && !held.contains(">Garder<"),
        "{held}"
    );
    assert!(
        !held.contains("--depuis"),
        "no word of the command line: {held}"
    );
    let refused = sent(&served, KEEP, "REL-2", &since("2026-11-01"));
    assert!(
        refused.contains("Rien n’a été écrit") && refused.contains("hauteur d’enfant"),
        "{refused}"
    );
    assert_eq!(layer(&atelier), with_target);
    let next = sent(&served, LOOK, "REL-2", &since("2027-01-04"));
    assert!(
        next.contains("ne se compareront pas aux précédentes sur REL-2 (rupture)"),
        "{next}"
    );
    let kept = sent(&served, KEEP, "REL-2", &since("2027-01-04"));
    assert!(kept.contains("C’est gardé"), "{kept}");
    assert!(
        layer(&atelier).contains("phrase = \"Un adulte parle à hauteur d’enfant.\""),
        "{}",
        layer(&atelier)
    );

    // Put back, told first; then the one before is what is offered.
    let offer = served.get("/referentiel/remettre").text();
    let back = [
        ("vu", hidden(&offer, "vu")),
        ("copie", hidden(&offer, "copie")),
    ];
    let fields: Vec<(&str, &str)> = back.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let done = read(
        &served,
        served.post("/referentiel/remettre/garder", &fields),
    );
    assert!(done.contains("est remis"), "{done}");
    assert_eq!(layer(&atelier), with_target);
    // Seen before it changed: not put back.
    let stale = read(
        &served,
        served.post("/referentiel/remettre/garder", &fields),
    );
    assert!(stale.contains("rien n’a été remis"), "{stale}");
    assert_eq!(layer(&atelier), with_target);
}

/// A code, what is typed of it, what is said.
type Refused = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

const REFUSED: &[Refused] = &[
    (
        "REL-2",
        &[
            ("geste", "cible"),
            ("niveau", "5"),
            ("decision", "2026-11-20"),
        ],
        "entre 1 et 4",
    ),
    (
        "REL-2",
        &[
            ("geste", "cible"),
            ("niveau", "beaucoup"),
            ("decision", "2026-11-20"),
        ],
        "entre 1 et 4",
    ),
    (
        "REL-2",
        &[
            ("geste", "cible"),
            ("niveau", "3"),
            ("decision", "30/02/2026"),
        ],
        "n’est pas un jour",
    ),
    (
        "ENV-2",
        &[
            ("geste", "sans-objet"),
            ("motif", " "),
            ("decision", "2026-11-20"),
        ],
        "Il manque le motif",
    ),
    (
        "SEC-1",
        &[
            ("geste", "sans-objet"),
            ("motif", "non"),
            ("decision", "2026-11-20"),
        ],
        "impératif",
    ),
    (
        "REL-2",
        &[("geste", "reprendre"), ("decision", "2026-11-20")],
        "rien à retirer",
    ),
    (
        "REL-2",
        &[
            ("geste", "reformuler"),
            ("element", "REL-2-OBS-99"),
            ("phrase", "x"),
            ("depuis", "2027-01-04"),
        ],
        "n’existe pas",
    ),
    (
        "REL-2",
        &[
            ("geste", "ajouter"),
            ("phrase", "Une phrase."),
            ("reponse", "OBS|accord4"),
            ("depuis", "2027-01-04"),
        ],
        "n’est pas une échelle",
    ),
    (
        "REL-2",
        &[
            ("geste", "ajouter"),
            ("phrase", "Une phrase."),
            ("reponse", "OBS|frequence4"),
            ("depuis", "2027-01-04"),
            ("ancre1", "Rien."),
        ],
        "quatre niveaux",
    ),
    ("REL-2", &[("geste", "danser")], "n’existe pas"),
];

#[test]
fn what_cannot_be_is_refused_with_what_was_typed() {
    let atelier = Atelier::demo();
    let begun = layer(&atelier);
    let served = Served::on(Some(&atelier.root()));
    for (code, typed, says) in REFUSED {
        for path in [LOOK, KEEP] {
            let said = sent(&served, path, code, typed);
            assert!(
                said.contains(says) && said.contains("Rien n’a été écrit"),
                "{typed:?}: {said}"
            );
            assert!(!said.contains("local.toml, ligne"), "{typed:?}: {said}");
            for (name, value) in *typed {
                if matches!(*name, "niveau" | "decision" | "phrase") {
                    assert!(said.contains(value), "{name} {value}: {said}");
                }
            }
        }
        assert_eq!(layer(&atelier), begun, "{typed:?}");
    }
    // Another window wrote meanwhile.
    let stale = [
        ("vu", "0"),
        ("code", "REL-2"),
        ("campagne", "C2"),
        ("geste", "cible"),
        ("niveau", "3,7"),
        ("decision", "2026-11-20"),
    ];
    for path in [LOOK, KEEP] {
        let said = read(&served, served.post(path, &stale));
        assert!(
            said.contains("ont changé depuis") && said.contains("value=\"3,7\""),
            "{said}"
        );
    }
    assert_eq!(layer(&atelier), begun);
}

#[test]
fn a_question_of_its_own_is_added_then_asked_no_more() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let own = [
        ("geste", "ajouter"),
        (
            "phrase",
            "Un adulte salue l’enfant qui revient après une absence.",
        ),
        ("reponse", "OBS|frequence4"),
        ("moment", "arrivee_matin"),
        ("depuis", "2026-11-01"),
    ];
    // C2 has answers: it is for the next one, and for C3 as soon as there is one.
    let held = sent(&served, LOOK, "REL-2", &own);
    assert!(held.contains("Cela ne peut pas être gardé"), "{held}");
    let mut next = own;
    next[4].1 = "2027-01-04";
    let said = sent(&served, KEEP, "REL-2", &next);
    assert!(said.contains("C’est gardé"), "{said}");
    let text = layer(&atelier);
    assert!(
        text.contains("code = \"REL-2-OBS-L1\"") && text.contains("moments = [\"arrivee_matin\"]"),
        "{text}"
    );
    let third = "\n[[campagnes]]\nid = \"C3\"\nlabel = \"Printemps 2027\"\ndebut = \"2027-04-26\"\nfin = \"2027-07-02\"\nreferentiel = \"v2\"\n";
    let path = atelier.root().join("observatoire.toml");
    let settings = std::fs::read_to_string(&path).expect("settings") + third;
    atelier.write("observatoire.toml", settings.as_bytes());
    let page = read(&served, served.get("/referentiel/REL-2?campagne=C3"));
    assert!(
        page.contains("ajouté ici") && page.contains("Ne plus demander REL-2-OBS-L1"),
        "{page}"
    );
    let list = read(&served, served.get("/campagnes"));
    assert!(list.contains("1 série est rompue (REL-2)"), "{list}");
    let retire = [
        ("geste", "retirer"),
        ("element", "REL-2-OBS-L1"),
        ("depuis", "2027-01-05"),
    ];
    let told = sent(&served, LOOK, "REL-2", &retire);
    assert!(told.contains("C3, REL-2"), "{told}");
    assert!(sent(&served, KEEP, "REL-2", &retire).contains("C’est gardé"));
    let page = read(&served, served.get("/referentiel/REL-2?campagne=C3"));
    assert!(!page.contains("REL-2-OBS-L1"), "{page}");
}
