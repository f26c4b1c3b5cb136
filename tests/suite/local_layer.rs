//! A territory's own layer, `grids/local.toml`: a target changes and nothing breaks; a sentence changes and its critère is
//! a break, said before it is saved; what does not apply is asked of nobody and said as such; a campaign that was over is
//! as it was.

mod layer_mistakes;

use std::collections::HashMap;
use std::fmt::Write;

use observatoire::forms::{self, FilledRating, FormIdentity};
use observatoire::vocabulary::config::Observatory;
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

use crate::atelier::{Atelier, files, is};
use crate::reference_life::cells;

const LOCAL: &str = "grids/local.toml";

/// The text of a folder's layer.
fn layer(atelier: &Atelier) -> String {
    std::fs::read_to_string(atelier.root().join(LOCAL)).expect("a layer")
}

/// The référentiel of a campaign, as the folder has it.
fn of_campaign(atelier: &Atelier, campaign: &str) -> Referentiel {
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    let campaign = observatory.campaign(Some(campaign)).expect("a campaign");
    observatory.referentiel(campaign).clone()
}

/// A command that must succeed; NBSP are spaces in what it answers.
fn told(atelier: &Atelier, arguments: &[&str]) -> String {
    let answer = atelier.run(arguments);
    assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.stderr);
    answer.stdout.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Figures of a campaign, line by line.
fn figures(atelier: &Atelier, campaign: &str) -> Vec<String> {
    let out = atelier.run(&["indicateurs", "--campagne", campaign]).stdout;
    out.lines().map(str::to_owned).collect()
}

/// Every page that an audience reads of C2.
fn reported(atelier: &Atelier, audience: &str) -> String {
    let dir = atelier.root().join("reports/rendus/essai").join(audience);
    let out = dir.to_string_lossy().into_owned();
    let all = [
        "rapport",
        "--public",
        audience,
        "--campagne",
        "C2",
        "--format",
        "html",
        "--sortie",
        &out,
    ];
    told(atelier, &all);
    let pages = files(&dir).into_iter().filter(|p| is(p, "html"));
    // Keys are attributes, whose bars a page escapes.
    let read = |p: String| {
        let page = std::fs::read_to_string(dir.join(p)).expect("a page");
        page.replace("&#x2f;", "/")
    };
    pages.map(read).collect()
}

/// The line of a comparison of R01.
fn compared(atelier: &Atelier, code: &str) -> serde_json::Value {
    let (_, said) = atelier.json(&["comparer", "C1", "C2"]);
    let lines = said["resultat"].as_array().expect("lines");
    let line = lines
        .iter()
        .find(|l| l["code"] == code && l["structure"] == "R01" && l["niveau"] == "critere");
    line.unwrap_or_else(|| panic!("{code}")).clone()
}

#[test]
fn a_target_changes_where_it_was_decided_and_breaks_nothing() {
    let atelier = Atelier::demo();
    let [c1, c2] = ["C1", "C2"].map(|c| figures(&atelier, c));
    let before = compared(&atelier, "REL-2");
    let set = |more: &[&str]| {
        let mut all = vec!["referentiel", "objectif", "REL-2", "3,6"];
        all.extend(["--decision", "2026-09-15", "--instance", "COPIL"]);
        all.extend(more);
        told(&atelier, &all)
    };
    let said = set(&["--simulation"]);
    assert!(
        said.contains("C2, REL-2") && said.contains("à 3,6 (COPIL, le 15/09/2026)"),
        "{said}"
    );
    assert!(
        said.contains("Aucune série n’est rompue") && !said.contains("C1, REL-2"),
        "{said}"
    );
    assert_eq!(figures(&atelier, "C2"), c2, "a simulation writes nothing");
    set(&[]);
    // The campaign that was over keeps its own target.
    assert_eq!(figures(&atelier, "C1"), c1);
    let now = figures(&atelier, "C2");
    let targets = |lines: &[String]| -> Vec<String> {
        let own = lines.iter().filter(|l| l.contains(",R01,critere,REL-2,"));
        own.map(|l| l.split(',').nth(10).expect("a target").to_owned())
            .collect()
    };
    assert_eq!(targets(&now), ["3.600000"]);
    assert_ne!(targets(&c2), targets(&now));
    let others = |lines: &[String]| -> Vec<String> {
        let others = lines.iter().filter(|l| !l.contains(",critere,REL-2,"));
        others.cloned().collect()
    };
    assert_eq!(others(&now), others(&c2));
    assert_eq!(compared(&atelier, "REL-2")["delta"], before["delta"]);
    assert_eq!(compared(&atelier, "REL-2")["verdict"], before["verdict"]);
    let explained = told(&atelier, &["expliquer", "C2/R01/REL-2"]);
    assert!(
        explained.contains("Cible : 3,6, fixée ici (COPIL, le 15/09/2026)"),
        "{explained}"
    );
    assert!(!told(&atelier, &["expliquer", "C1/R01/REL-2"]).contains("3,6, fixée ici"));
    let (_, checked) = atelier.json(&["verifier", "--campagne", "C2"]);
    assert!(!checked.to_string().contains("BAS-115"), "{checked:#}");
    let pages = reported(&atelier, "equipe");
    assert!(pages.contains("Cibles fixées par le territoire") && pages.contains("C2/R01/REL-2"));
}

#[test]
fn a_sentence_said_otherwise_is_a_break_said_before_it_is_saved() {
    let atelier = Atelier::demo();
    let c1 = figures(&atelier, "C1");
    let own = "Les adultes parlent calmement, même pour se faire entendre.";
    let refused = atelier.run(&[
        "referentiel",
        "reformuler",
        "REL-2-OBS-1",
        own,
        "--depuis",
        "2026-11-02",
    ]);
    assert_eq!(refused.code, 2, "{}", refused.stdout);
    assert!(
        refused.stderr.contains("C2") && refused.stderr.contains("--depuis"),
        "{}",
        refused.stderr
    );
    // Nobody has answered the next campaign: it may ask otherwise.
    let settings =
        std::fs::read_to_string(atelier.root().join("observatoire.toml")).expect("settings");
    let next = "[[campagnes]]\nid = \"C3\"\nlabel = \"Printemps 2027\"\ndebut = \"2027-04-26\"\nfin = \"2027-07-02\"\nreferentiel = \"v2\"\n\n[[experimentations]]";
    atelier.write(
        "observatoire.toml",
        settings
            .replacen("[[experimentations]]", next, 1)
            .as_bytes(),
    );
    let said = told(
        &atelier,
        &[
            "referentiel",
            "reformuler",
            "REL-2-OBS-1",
            own,
            "--simulation",
        ],
    );
    for words in [
        "C3, REL-2",
        "ne se comparera plus à C1 et C2",
        "dit maintenant « Les adultes parlent calmement",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!layer(&atelier).contains("parlent calmement, même"));
    told(&atelier, &["referentiel", "reformuler", "REL-2-OBS-1", own]);
    assert!(
        layer(&atelier).contains("depuis = \"2027-04-26\""),
        "{}",
        layer(&atelier)
    );
    let [was, is] = ["C1", "C3"].map(|c| of_campaign(&atelier, c));
    let hash = |r: &Referentiel, code: &str| r.criteres[r.critere(code).expect(code)].hash.clone();
    assert_ne!(hash(&was, "REL-2"), hash(&is, "REL-2"));
    assert_eq!(hash(&was, "REL-3"), hash(&is, "REL-3"));
    assert_eq!(
        figures(&atelier, "C1"),
        c1,
        "a campaign that was over is as it was"
    );
    let differences = told(&atelier, &["referentiel", "--ecarts"]);
    assert!(
        differences.contains("rupture : ne se compare plus à C1 et C2"),
        "{differences}"
    );
    let read = told(&atelier, &["referentiel", "lire", "--critere", "REL-2"]);
    assert!(
        read.contains("[reformulé ici]") && read.contains("au référentiel : «"),
        "{read}"
    );
    // What was there before is kept beside, once a layer is replaced.
    told(
        &atelier,
        &[
            "referentiel",
            "objectif",
            "REL",
            "3,1",
            "--decision",
            "2027-05-01",
        ],
    );
    let kept = files(&atelier.root().join("grids"));
    assert!(
        kept.iter().any(|n| n.starts_with("local.avant-")),
        "{kept:?}"
    );
}

/// A grid of R01 in C1, of the référentiel that the folder has then.
fn grid(atelier: &Atelier, rate: impl Fn(&str) -> &'static str) -> String {
    let r = of_campaign(atelier, "C1");
    let kind = StructureType::Mixte;
    let asked = r.instrument(SourceCode::Obs, kind);
    let answers: HashMap<String, FilledRating> = asked
        .map(|(_, e)| (e.code.clone(), FilledRating::new(rate(&e.code), "")))
        .collect();
    let identity = FormIdentity {
        code: "R01".to_owned(),
        name: "ALSH Les Colombages".to_owned(),
        visit: "1".to_owned(),
        date: "2026-05-13".to_owned(),
        observer: "O1".to_owned(),
        ..FormIdentity::default()
    };
    let bytes = forms::write(&r, SourceCode::Obs, kind, &identity, &answers, true);
    atelier.write("reçus/OBS.xlsx", &bytes.expect("a form"))
}

#[test]
fn an_element_added_is_asked_imported_counted_and_explained() {
    let atelier = crate::reference_life::shipped();
    let sentence = "L’équipe d’un accueil salue l’enfant qui revient.";
    told(
        &atelier,
        &[
            "referentiel",
            "ajouter",
            "REL-2",
            sentence,
            "--source",
            "OBS",
            "--echelle",
            "frequence4",
            "--moments",
            "activite",
            "--depuis",
            "2026-04-01",
        ],
    );
    assert!(
        layer(&atelier).contains("code = \"REL-2-OBS-L1\""),
        "{}",
        layer(&atelier)
    );
    told(&atelier, &["grille", "OBS", "--structure", "R01"]);
    let made = files(&atelier.root().join("grids/vierges"));
    let blank = std::fs::read(atelier.root().join("grids/vierges").join(&made[0])).expect("a form");
    let asked = cells(&blank, "Grille").concat().join("\n");
    assert!(
        asked.contains("REL-2-OBS-L1") && asked.contains(sentence),
        "{asked}"
    );
    for format in ["xlsform", "pdf"] {
        told(
            &atelier,
            &["grille", "OBS", "--structure", "R01", "--format", format],
        );
    }
    let path = grid(&atelier, |code| {
        if code == "REL-2-OBS-L1" {
            "2"
        } else if code.starts_with("REL-2-OBS") {
            "4"
        } else {
            "NO"
        }
    });
    let (code, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
    let lines = figures(&atelier, "C1");
    let own = |start: &str| {
        lines
            .iter()
            .find(|l| l.starts_with(start))
            .unwrap_or_else(|| panic!("{start}"))
            .clone()
    };
    assert!(
        own("C1,R01,element,REL-2-OBS-L1,OBS,").contains(",2.000000,ok,"),
        "{lines:#?}"
    );
    let source: Vec<String> = own("C1,R01,source,REL-2,OBS,")
        .split(',')
        .map(str::to_owned)
        .collect();
    let value: f64 = source[5].parse().expect("a level");
    assert!(value < 4.0 && value > 3.0, "{source:?}");
    let explained = told(&atelier, &["expliquer", "C1/R01/REL-2-OBS-L1"]);
    assert!(
        explained.contains("Ajouté par le territoire") && explained.contains("OBS.xlsx"),
        "{explained}"
    );
    assert!(told(&atelier, &["expliquer", "REL-2-OBS-L1"]).contains("ajouté par le territoire"));
    // What it was read with is kept: a layer that is lost does not take the answer away in silence.
    std::fs::remove_file(atelier.root().join(LOCAL)).expect("removed");
    let (_, checked) = atelier.json(&["verifier", "--campagne", "C1"]);
    let checked = checked.to_string();
    assert!(
        checked.contains("BAS-115") && checked.contains("REL-2-OBS-L1"),
        "{checked}"
    );
}

#[test]
fn a_critere_put_aside_is_asked_of_nobody_and_said_with_its_reason() {
    let atelier = Atelier::demo();
    let [c1, c2] = ["C1", "C2"].map(|c| figures(&atelier, c));
    let before = reported(&atelier, "elus");
    assert!(before.contains("/ENV-4-"), "nothing to take away");
    let reason = "Aucun temps calme n’est prévu en accueil du soir";
    let said = told(
        &atelier,
        &[
            "referentiel",
            "sans-objet",
            "ENV-4",
            "--motif",
            reason,
            "--decision",
            "2026-10-01",
        ],
    );
    assert!(
        said.contains("C2, ENV-4")
            && said.contains("ne comptent plus")
            && !said.contains("C1, ENV-4"),
        "{said}"
    );
    assert_eq!(figures(&atelier, "C1"), c1);
    let now = figures(&atelier, "C2");
    assert!(c2.iter().any(|l| l.contains(",ENV-4,")));
    assert!(
        !now.iter()
            .any(|l| l.contains(",ENV-4,") || l.contains(",ENV-4-")),
        "a figure of it is left"
    );
    let explained = told(&atelier, &["expliquer", "C2/R01/ENV-4"]);
    assert!(
        explained.contains(reason) && explained.contains("ce n’est pas « non évalué »"),
        "{explained}"
    );
    assert!(told(&atelier, &["expliquer", "C2/territoire/ENV-4"]).contains(reason));
    assert!(told(&atelier, &["expliquer", "C2/R01/ENV"]).contains(reason));
    assert!(compared(&atelier, "ENV-4")["delta"].is_null());
    let raison = compared(&atelier, "ENV-4")["raison"].to_string();
    assert!(raison.contains("sans objet sur ce territoire"), "{raison}");
    told(&atelier, &["grille", "OBS", "--structure", "R01"]);
    let made = files(&atelier.root().join("grids/vierges"));
    let blank = std::fs::read(atelier.root().join("grids/vierges").join(&made[0])).expect("a form");
    let asked = cells(&blank, "Grille").concat().join("\n");
    assert!(
        !asked.contains("ENV-4") && asked.contains("ENV-1"),
        "{asked}"
    );
    for audience in ["equipe", "elus", "renouvellement", "familles"] {
        let all = reported(&atelier, audience);
        assert!(
            !all.contains("/ENV-4-"),
            "{audience}: a question of it is left"
        );
        if audience != "familles" {
            assert!(
                all.contains("ne s’applique pas sur ce territoire"),
                "{audience}"
            );
        }
    }
    told(
        &atelier,
        &[
            "referentiel",
            "reprendre",
            "ENV-4",
            "--decision",
            "2026-10-02",
        ],
    );
    assert_eq!(figures(&atelier, "C2"), c2);
}

#[test]
fn what_protects_a_child_is_never_put_aside() {
    let atelier = Atelier::demo();
    for (code, says) in [
        ("SEC-1", "impératif"),
        ("REL-5", "impératif"),
        ("SEC-6", "protège les enfants"),
        ("SEC-9", "protège les enfants"),
        ("EQU-6", "regle"),
    ] {
        let refused = atelier.run(&["referentiel", "sans-objet", code, "--motif", "Non."]);
        assert_eq!(refused.code, 3, "{code}");
        assert!(refused.stderr.contains(says), "{code}: {}", refused.stderr);
    }
    let rule = "Aucun salarié : les équipes sont mises à disposition par un autre employeur";
    told(
        &atelier,
        &[
            "referentiel",
            "sans-objet",
            "EQU-6",
            "--motif",
            "Équipes prêtées.",
            "--regle",
            rule,
        ],
    );
    assert!(told(&atelier, &["expliquer", "EQU-6"]).contains(rule));
    let reworded = atelier.run(&[
        "referentiel",
        "reformuler",
        "SEC-7-OBS-1",
        "Le 119 se voit.",
        "--depuis",
        "2030-01-01",
    ]);
    assert_eq!(reworded.code, 3);
    assert!(
        reworded.stderr.contains("règle de droit"),
        "{}",
        reworded.stderr
    );
}

/// A layer that changes nothing (comments alone, entries of no campaign, words as shipped) changes no byte of anything.
#[test]
fn a_layer_that_changes_nothing_changes_no_byte() {
    let atelier = Atelier::demo();
    std::fs::remove_file(atelier.root().join(LOCAL)).expect("the layer that demo laid");
    let bare = of_campaign(&atelier, "C2");
    let outputs = |atelier: &Atelier| -> Vec<String> {
        let commands: [&[&str]; 5] = [
            &["indicateurs", "--campagne", "C1", "C2"],
            &["exporter", "referentiel"],
            &["comparer", "C1", "C2"],
            &["exporter", "sql"],
            &["expliquer", "C2/R01/REL-2"],
        ];
        commands.iter().map(|c| atelier.run(c).stdout).collect()
    };
    let before = outputs(&atelier);
    let same = &bare.elements[bare.element("REL-2-OBS-1").expect("an élément")].label;
    let layers = [
        "# Rien.\n".to_owned(),
        format!("[[reformulations]]\nelement = \"REL-2-OBS-1\"\nphrase = \"{same}\"\ndepuis = \"2026-01-01\"\n"),
        "[[reformulations]]\nelement = \"REL-2-OBS-1\"\nphrase = \"Plus tard.\"\ndepuis = \"2031-01-01\"\n\n[[cibles]]\ncode = \"REL-2\"\ncible = 3.9\ndecision = \"2031-01-01\"\n\n[[sans_objet]]\ncritere = \"ENV-2\"\nmotif = \"Plus tard.\"\ndecision = \"2031-01-01\"\n\n[[ajouts]]\ncritere = \"REL-2\"\ncode = \"REL-2-OBS-L1\"\nsource = \"OBS\"\nechelle = \"frequence4\"\nphrase = \"Plus tard encore.\"\ndepuis = \"2031-01-01\"\n".to_owned(),
    ];
    for text in layers {
        atelier.write(LOCAL, text.as_bytes());
        let now = of_campaign(&atelier, "C2");
        assert_eq!(now, bare, "{text}");
        assert_eq!(outputs(&atelier), before, "{text}");
    }
}

/// Whatever is decided, hashes of critères are those of the sentences alone.
#[test]
fn targets_and_what_applies_are_in_no_hash() {
    let atelier = Atelier::demo();
    let bare = of_campaign(&atelier, "C2");
    let mut text = String::new();
    for (rank, critere) in bare.criteres.iter().enumerate() {
        let level = 1.0 + (rank % 31) as f64 / 10.0;
        let _ = write!(
            text,
            "[[cibles]]\ncode = \"{}\"\ncible = {level:.1}\ndecision = \"2026-05-01\"\n",
            critere.code
        );
        let is_open = !critere.imperatif && !critere.protection && rank % 3 == 0;
        if is_open {
            let _ = write!(
                text,
                "[[sans_objet]]\ncritere = \"{}\"\nmotif = \"Essai.\"\nregle = \"Essai.\"\ndecision = \"2026-05-01\"\n",
                critere.code
            );
        }
    }
    atelier.write(LOCAL, text.as_bytes());
    let now = of_campaign(&atelier, "C2");
    assert_ne!(now.hash, bare.hash);
    for (then, now) in bare.criteres.iter().zip(&now.criteres) {
        assert_eq!(then.hash, now.hash, "{}", then.code);
    }
    assert!(
        now.criteres
            .iter()
            .filter(|c| c.put_aside.is_some())
            .count()
            > 5
    );
    told(&atelier, &["indicateurs", "--campagne", "C2"]);
    let (_, checked) = atelier.json(&["verifier", "--campagne", "C2"]);
    assert!(!checked.to_string().contains("BAS-115"));
}

/// A grid printed before a sentence was said otherwise answers another question.
#[test]
fn a_form_of_before_does_not_answer_the_new_sentence() {
    let atelier = crate::reference_life::shipped();
    let path = grid(
        &atelier,
        |code| {
            if code == "REL-2-OBS-1" { "4" } else { "NO" }
        },
    );
    let text = "[[reformulations]]\nelement = \"REL-2-OBS-1\"\nphrase = \"Un adulte parle bas.\"\ndepuis = \"2026-01-01\"\n";
    atelier.write(LOCAL, text.as_bytes());
    let (code, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    let said = said.to_string();
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("ELE-314") && said.contains("ce n’est plus la même question"),
        "{said}"
    );
    let path = grid(
        &atelier,
        |code| {
            if code == "REL-2-OBS-1" { "4" } else { "NO" }
        },
    );
    let (code, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(code, 0, "{said:#}");
}
