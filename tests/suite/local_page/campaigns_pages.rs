//! Campaigns created and changed from their page: the person's file keeps its comments, what cannot be is refused with what
//! was typed, and what was there comes back.

use observatoire::forms::{self, FilledRating, FormIdentity};
use observatoire::vocabulary::config::Observatory;
use observatoire::vocabulary::referentiel::SourceCode;

use super::served::{Response, Served};
use crate::atelier::Atelier;

fn read(served: &Served, answer: Response) -> String {
    let page = served.follow(answer).text();
    let page = page
        .split("<fieldset id=\"sources\"")
        .next()
        .unwrap_or("")
        .to_owned();
    page.replace(['\u{a0}', '\u{202f}'], " ")
}

fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = after.unwrap_or("").split('"').next().unwrap_or("");
    value.replace("&#x2f;", "/")
}

pub fn settings(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings")
}

/// A form as it was shown, some of its fields typed anew.
pub fn filled<'a>(page: &'a str, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let mut fields: Vec<(&str, String)> = ["vu", "combien", "id", "nouvelle"]
        .iter()
        .map(|name| (*name, hidden(page, name)))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    for part in page.split("<input ").skip(1) {
        let tag = part.split('>').next().unwrap_or("");
        for name in ["critere", "source"] {
            if tag.contains(&format!("name=\"{name}\"")) && tag.contains("checked") {
                let value = tag.split("value=\"").nth(1).unwrap_or("");
                fields.push((name, value.split('"').next().unwrap_or("").to_owned()));
            }
        }
    }
    for (name, value) in typed {
        fields.retain(|(n, _)| n != name);
        fields.push((name, (*value).to_owned()));
    }
    fields
}

pub fn send(served: &Served, path: &str, fields: &[(&str, String)]) -> Response {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    served.post(path, &fields)
}

/// Comments and layout of a person's own, the settings of `Atelier::demo` between.
fn commented(atelier: &Atelier) -> String {
    let text = settings(atelier)
        .replace(
            "[[campagnes]]\nid = \"C2\"",
            "# Décidée en bureau.\r\n[[campagnes]]  # la deuxième\nid = \"C2\"",
        )
        .replace(
            "fin = \"2026-12-11\"",
            "fin   = \"2026-12-11\" # avant Noël",
        );
    atelier.write("observatoire.toml", text.as_bytes());
    text
}

/// A grid of R01, of the third campaign.
fn grid(atelier: &Atelier) -> Vec<u8> {
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    let campaign = observatory.campaign(Some("C3")).expect("a campaign");
    let r = observatory.referentiel(campaign);
    let site = observatory.registry.get("R01").expect("an accueil");
    let asked = r.instrument(SourceCode::Obs, site.kind);
    let best = |scale: usize| r.scales[scale].modalities.last().map(|m| m.code.clone());
    let answers = asked.filter_map(|(_, e)| {
        let rating = FilledRating::new(best(e.scale)?, "");
        Some((e.code.clone(), rating))
    });
    let identity = FormIdentity {
        code: "R01".into(),
        name: site.nom.clone(),
        visit: "1".into(),
        date: "2027-05-12".into(),
        observer: "O1".into(),
        ..FormIdentity::default()
    };
    let (source, answers) = (SourceCode::Obs, answers.collect());
    forms::write(r, source, site.kind, &identity, &answers, false).expect("a grid")
}

const NEXT: &[(&str, &str)] = &[
    ("label", "Suivi, printemps 2027"),
    ("debut", "2027-04-26"),
    ("fin", "2027-07-02"),
    ("referentiel", "v2"),
    ("geste", "garder"),
];

#[test]
fn the_next_campaign_is_created_from_the_last_and_takes_files() {
    let atelier = Atelier::demo();
    let before = commented(&atelier);
    let served = Served::on(Some(&atelier.root()));
    let page = served.get("/campagnes/creer").text();
    assert!(
        page.contains("value=\"C3\"") && page.contains("Suivi, printemps 2027"),
        "{page}"
    );
    // « revu » is what two campaigns measured, « à revoir » what the last one left: both are said.
    assert!(
        page.contains("revu (C1 et C2)") && page.contains("<strong>à revoir</strong>"),
        "{page}"
    );

    // Looked at: nothing is written.
    let mut look = filled(&page, NEXT);
    look.retain(|(n, _)| *n != "geste");
    let seen = read(&served, send(&served, "/campagnes/garder", &look));
    assert!(
        seen.contains("pourront se comparer à C2 ; aucune série n’est rompue"),
        "{seen}"
    );
    assert!(seen.contains("accueils attendus"), "{seen}");
    assert_eq!(settings(&atelier), before);

    let done = read(
        &served,
        send(&served, "/campagnes/garder", &filled(&page, NEXT)),
    );
    assert!(
        done.contains("(C3) est créée") && done.contains("à venir"),
        "{done}"
    );
    let after = settings(&atelier);
    let (head, tail) = before.split_at(
        before
            .find("\n# Ce que l’expérimentation")
            .expect("a comment"),
    );
    assert!(after.starts_with(head) && after.ends_with(tail), "{after}");
    let kept: Vec<String> = std::fs::read_dir(atelier.root())
        .expect("a folder")
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| n.starts_with("observatoire.avant-"))
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let copy = std::fs::read_to_string(atelier.root().join(&kept[0])).expect("a copy");
    assert_eq!(copy, before);

    // Put back: to the byte; then the other way.
    let list = served.get("/campagnes").text();
    let put = [
        ("vu", hidden(&list, "vu")),
        ("copie", hidden(&list, "copie")),
    ];
    assert!(read(&served, send(&served, "/campagnes/remettre", &put)).contains("sont remis"));
    assert_eq!(settings(&atelier), before);
    let list = served.get("/campagnes").text();
    let put = [
        ("vu", hidden(&list, "vu")),
        ("copie", hidden(&list, "copie")),
    ];
    send(&served, "/campagnes/remettre", &put);
    assert_eq!(settings(&atelier), after);
    let outside = [
        ("vu", hidden(&list, "vu")),
        ("copie", "../observatoire.toml".to_owned()),
    ];
    assert_eq!(send(&served, "/campagnes/remettre", &outside).status, 400);

    // It is one as any other: a grid enters it, and it can no more be taken away, here or by what was there before.
    let grid = grid(&atelier);
    let into = [("campagne", "C3")];
    let dropped = served.drop_files("/recevoir/deposer", &into, &[("Grille R01.xlsx", &grid)]);
    let waiting = served.follow(dropped).text();
    let enter = [
        ("campagne", "C3".to_owned()),
        ("vu", hidden(&waiting, "vu")),
        ("confirme", "oui".to_owned()),
    ];
    let entered = read(&served, send(&served, "/recevoir/entrer", &enter));
    assert!(entered.contains("1 fichier est entré"), "{entered}");
    let list = served.get("/campagnes").text();
    let put = [
        ("vu", hidden(&list, "vu")),
        ("copie", hidden(&list, "copie")),
    ];
    let refused = send(&served, "/campagnes/remettre", &put);
    assert!(refused.status == 400 && refused.text().contains("elle a reçu des fichiers"));
    let gone = [("vu", hidden(&list, "vu")), ("id", "C3".to_owned())];
    assert_eq!(send(&served, "/campagnes/retirer", &gone).status, 400);
    assert_eq!(settings(&atelier), after);
}

/// A draft or an action holds a campaign as an import does, whichever way it would leave.
#[test]
fn a_campaign_that_a_draft_or_an_action_cites_stays() {
    for what in ["saisies", "actions"] {
        let atelier = Atelier::demo();
        let served = Served::on(Some(&atelier.root()));
        let page = served.get("/campagnes/creer").text();
        send(&served, "/campagnes/garder", &filled(&page, NEXT));
        let after = settings(&atelier);
        assert!(after.contains("C3"), "{after}");
        let list = served.get("/campagnes").text();
        let began = if what == "saisies" {
            let begun = [("campagne", "C3"), ("structure", "R01"), ("source", "OBS")];
            served.post("/saisir/commencer", &begun)
        } else {
            let added = [
                ("c_campagne", "C3"),
                ("c_structure", "R01"),
                ("critere", "REL-2"),
                ("c_priorite", "haute"),
                ("c_constat", "Niveau 2,3."),
                ("c_action", "Une sortie"),
                ("c_statut", "à lancer"),
                ("criteres_vus", ""),
                ("vu", ""),
            ];
            served.post("/plan/ajouter", &added)
        };
        assert_eq!(began.status, 303, "{what}: {}", began.text());
        let gone = [("vu", hidden(&list, "vu")), ("id", "C3".to_owned())];
        let put = [
            ("vu", hidden(&list, "vu")),
            ("copie", hidden(&list, "copie")),
        ];
        for (path, fields) in [("/campagnes/retirer", &gone), ("/campagnes/remettre", &put)] {
            let refused = send(&served, path, fields);
            assert_eq!(refused.status, 400, "{what}, {path}");
            assert!(refused.text().contains(what), "{what}: {}", refused.text());
        }
        assert_eq!(settings(&atelier), after);
    }
}

#[test]
fn what_cannot_be_is_refused_with_what_was_typed() {
    let atelier = Atelier::demo();
    let before = settings(&atelier);
    let served = Served::on(Some(&atelier.root()));
    let page = served.get("/campagnes/creer").text();
    let cases: &[(&str, &str, &str)] = &[
        ("debut", "31/02/2027", "n’est pas un jour"),
        ("debut", "", "Donnez le premier jour"),
        ("fin", "2027-04-01", "précède le début"),
        ("fin", "2037-07-02", "plus d’un an"),
        ("debut", "2026-12-01", "chevauchent « Suivi, automne 2026 »"),
        ("label", "", "Donnez un nom"),
        ("label", "Suivi\u{202e}", "caractères qui se voient"),
        ("id", "c2", "est pris par"),
        ("id", "CON", "ne peut pas être un code"),
        ("id", "C 3", "ne peut pas être un code"),
        ("referentiel", "v9", "n’est pas dans ce dossier"),
        ("critere", "REL-99", "REL-99"),
        ("source", "FAN", "n’est pas une source"),
    ];
    for (name, value, says) in cases {
        let mut typed = NEXT.to_vec();
        typed.retain(|(n, _)| n != name);
        typed.push((*name, *value));
        let said = read(
            &served,
            send(&served, "/campagnes/garder", &filled(&page, &typed)),
        );
        assert!(
            said.contains(says) && said.contains("Rien n’a été écrit"),
            "{name} = {value}: {said}"
        );
        if *name != "label" {
            assert!(
                said.contains("value=\"Suivi, printemps 2027\""),
                "{name}: {said}"
            );
        }
        assert_eq!(settings(&atelier), before, "{name} = {value}");
    }
    // Changed since, in an editor.
    let other = before.replace("(fictif)", "(fictif !)");
    atelier.write("observatoire.toml", other.as_bytes());
    let stale = read(
        &served,
        send(&served, "/campagnes/garder", &filled(&page, NEXT)),
    );
    assert!(
        stale.contains("ont changé depuis") && stale.contains("value=\"Suivi, printemps 2027\""),
        "{stale}"
    );
    assert_eq!(settings(&atelier), other);
    let list = [("vu", hidden(&page, "vu")), ("id", "C2".to_owned())];
    assert_eq!(send(&served, "/campagnes/retirer", &list).status, 400);
    assert_eq!(settings(&atelier), other);
}

#[test]
fn a_campaign_that_has_answers_keeps_its_sentences_and_asks_before_it_loses_some() {
    let atelier = Atelier::demo();
    let before = commented(&atelier);
    let served = Served::on(Some(&atelier.root()));
    let page = served.get("/campagnes/modifier?campagne=C2").text();
    let change = |typed: &[(&'static str, &'static str)]| {
        let mut all = vec![
            ("label", "Suivi, automne 2026"),
            ("debut", "2026-11-02"),
            ("fin", "2026-12-11"),
            ("referentiel", "v2"),
            ("geste", "garder"),
        ];
        all.retain(|(n, _)| !typed.iter().any(|(t, _)| t == n));
        all.extend(typed);
        filled(&page, &all)
    };
    let same = read(&served, send(&served, "/campagnes/garder", &change(&[])));
    assert!(same.contains("Rien n’a changé"), "{same}");
    // Other dates: the key alone.
    let longer = read(
        &served,
        send(
            &served,
            "/campagnes/garder",
            &change(&[("fin", "2026-12-18")]),
        ),
    );
    assert!(longer.contains("(C2) est changée"), "{longer}");
    assert_eq!(
        settings(&atelier),
        before.replace("2026-12-11\" # avant", "2026-12-18\" # avant")
    );

    // A source leaves: said first, and nothing is written until a person says yes to it.
    let page = served.get("/campagnes/modifier?campagne=C2").text();
    let mut fewer = filled(
        &page,
        &[
            ("label", "Suivi"),
            ("debut", "2026-11-02"),
            ("fin", "2026-12-18"),
            ("referentiel", "v2"),
            ("geste", "garder"),
        ],
    );
    fewer.retain(|(n, v)| !(*n == "source" && v == "FAM"));
    let now = settings(&atelier);
    let asks = read(&served, send(&served, "/campagnes/garder", &fewer));
    assert!(
        asks.contains("ne sont plus attendues") && asks.contains("questionnaire aux familles"),
        "{asks}"
    );
    assert_eq!(settings(&atelier), now);
    fewer.push(("confirme", "oui".to_owned()));
    read(&served, send(&served, "/campagnes/garder", &fewer));
    assert_eq!(settings(&atelier), now, "yes to what was not shown");
    fewer.push(("perdu", hidden(&asks, "perdu")));
    read(&served, send(&served, "/campagnes/garder", &fewer));
    assert!(
        settings(&atelier).contains("sources = [\"OBS\", \"DIR\", \"EQP\", \"DON\"]"),
        "{}",
        settings(&atelier)
    );

    // Sentences that people answered stay.
    atelier.write("grids/local.toml", "[[reformulations]]\nelement = \"REL-2-OBS-1\"\nphrase = \"Un adulte parle bas.\"\ndepuis = \"2026-11-20\"\n".as_bytes());
    let page = served.get("/campagnes/modifier?campagne=C2").text();
    let later = filled(
        &page,
        &[
            ("label", "Suivi"),
            ("debut", "2026-11-23"),
            ("fin", "2026-12-18"),
            ("referentiel", "v2"),
            ("geste", "garder"),
        ],
    );
    let now = settings(&atelier);
    let refused = read(&served, send(&served, "/campagnes/garder", &later));
    assert!(
        refused.contains("Une campagne garde ses phrases") && refused.contains("REL-2"),
        "{refused}"
    );
    assert_eq!(settings(&atelier), now);
}
