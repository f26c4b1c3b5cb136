//! Exchanges of data: what does not hold together, what is missing and who must give it, what leaves and what never does.

use std::collections::BTreeMap;

use observatoire::convention::{EXCHANGES_FILE, ExchangeStanding, parse_exchanges};
use observatoire::vocabulary::config::Observatory;

use crate::atelier::{Atelier, files, on};

/// What is replaced in the register of the example, by what, what must be said.
const MISTAKES: [(&str, &str, &str); 13] = [
    (
        "sens = \"sortant\"",
        "sen = \"sortant\"",
        "clé inconnue « sen » ; le plus proche est « sens »",
    ),
    (
        "sens = \"sortant\"",
        "sens = \"sortante\"",
        "le plus proche est « sortant »",
    ),
    (
        "\"2026-03-02\"",
        "\"2026-13-02\"",
        "« 2026-13-02 » n’est pas une date",
    ),
    (
        "\"I20\"",
        "\"I2O\"",
        "pas de champ « I2O » ; le plus proche est « I20 »",
    ),
    (
        "\"axe:LIE\"",
        "\"axe:LIEN\"",
        "le plus proche est « axe:LIE »",
    ),
    ("\"axe:LIE\"", "\"critere:REL-5\"", "ne s’échange pas"),
    (
        "\"axe:LIE\"",
        "\"table:observation\"",
        "le plus proche est « table:observations »",
    ),
    (
        "id = \"E02\"",
        "id = \"E01\"",
        "l’échange « E01 » est déjà plus haut",
    ),
    ("id = \"E02\"", "id = \"E/02\"", "lettres sans accent"),
    (
        "nature = \"agregee\", maille = \"structure\"",
        "nature = \"personnelle\", maille = \"structure\"",
        "sa nature est « agregee »",
    ),
    (
        "nature = \"pseudonymisee\"",
        "nature = \"agregee\"",
        "sa nature n’est pas « agregee »",
    ),
    (
        "maille = \"structure\", effectif_min",
        "maille = \"commune\", effectif_min",
        "n’est pas connu par commune",
    ),
    (
        "par = \"juriste\"",
        "par = \"Mme Durand\"",
        "une personne est désignée",
    ),
];

fn register(demo: &Atelier) -> String {
    std::fs::read_to_string(demo.root().join(EXCHANGES_FILE)).expect("a register")
}

/// Without no-break spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn mistakes_of_the_register_are_told_where_they_are() {
    let demo = Atelier::demo();
    let observatory = Observatory::open(Some(&demo.root())).expect("an observatory");
    let own = register(&demo);
    assert!(parse_exchanges("x", &own, &observatory).is_ok());
    for (before, after, says) in MISTAKES {
        let wrong = own.replacen(before, after, 1);
        assert_ne!(wrong, own, "{before}");
        let refused = parse_exchanges("echanges.toml", &wrong, &observatory);
        let told = plain(&refused.expect_err(after).to_string());
        assert!(told.contains(says), "{after}: {told}");
        assert!(
            told.contains("ligne ") && told.contains("colonne "),
            "{told}"
        );
    }
}

/// Each step that a sensitive exchange needs, taken away in turn, stops it, and says who must give it.
#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_is_missing_is_said_with_who_must_give_it() {
    let demo = Atelier::demo();
    let observatory = Observatory::open(Some(&demo.root())).expect("an observatory");
    let whole = register(&demo)
        .split("[[echanges]]\nid = \"E02\"")
        .next()
        .expect("E01")
        .replacen(
            "{ champ = \"I20\", nature = \"agregee\", maille = \"structure\", effectif_min = 3 }",
            "{ champ = \"table:paroles\", nature = \"sante\" }",
            1,
        );
    let read = |text: &str| {
        let read = parse_exchanges("x", text, &observatory).expect("it holds together");
        read.value.into_iter().next().expect("E01")
    };
    let all = read(&whole);
    assert_eq!(
        all.standing(on("2026-12-15")),
        ExchangeStanding::Agreed,
        "{:?}",
        all.lacks()
    );
    assert_eq!(all.standing(on("2028-01-01")), ExchangeStanding::Over);
    for (key, what, who) in [
        (
            "opportunite = ",
            "d’opportunité",
            "la direction du détenteur, Communauté",
        ),
        (
            "faisabilite = ",
            "de faisabilité",
            "qui produit ces données",
        ),
        (
            "conformite = ",
            "de conformité",
            "chargée de la protection des données",
        ),
        (
            "dpo = ",
            "l’avis du DPO",
            "le délégué à la protection des données du détenteur, Communauté",
        ),
        (
            "decision = ",
            "l’accord",
            "le détenteur, Communauté de communes du Val d’Orme (exemple)",
        ),
        (
            "conservation_mois",
            "conservation_mois",
            "le demandeur, Caf (exemple)",
        ),
        ("finalite", "la finalité", "le demandeur, Caf (exemple)"),
    ] {
        let lines = whole.lines().filter(|line| !line.starts_with(key));
        let without = read(&lines.collect::<Vec<_>>().join("\n"));
        let lacks = without.lacks();
        let told = lacks.iter().find(|l| l.blocks && l.what.contains(what));
        assert!(
            told.is_some_and(|l| l.who.contains(who)),
            "{key}: {lacks:?}"
        );
        assert_ne!(without.standing(on("2026-12-15")), ExchangeStanding::Agreed);
    }
    // Whose opinion, which opinion, health without its study.
    for (before, after) in [
        ("de = \"detenteur\"", "de = \"demandeur\""),
        (
            "avis = \"favorable_avec_reserves\"",
            "avis = \"defavorable\"",
        ),
        ("aipd = \"non_requise\"", "aipd = \"a_mener\""),
    ] {
        let changed = whole.replacen(before, after, 1);
        assert_ne!(changed, whole);
        assert_eq!(
            read(&changed).standing(on("2026-12-15")),
            ExchangeStanding::AgreedTooSoon,
            "{after}"
        );
    }
    // Totals alone need no opinion; a DPO who was asked is waited for all the same.
    let totals = register(&demo)
        .split("[[echanges]]\nid = \"E02\"")
        .next()
        .expect("E01")
        .to_owned();
    let bare: String = totals
        .lines()
        .filter(|l| {
            !["opportunite", "faisabilite", "conformite", "dpo"]
                .iter()
                .any(|k| l.starts_with(k))
        })
        .flat_map(|l| [l, "\n"])
        .collect();
    assert_eq!(
        read(&bare).standing(on("2026-12-15")),
        ExchangeStanding::Agreed
    );
    let asked = format!("{bare}dpo = {{ saisi_le = \"2026-03-12\" }}\n");
    assert_eq!(
        read(&asked).standing(on("2026-12-15")),
        ExchangeStanding::AgreedTooSoon
    );
}

/// Check 9: without the opinion of the DPO nothing leaves, and the sentence says what is missing and who must give it.
#[test]
fn an_exchange_without_its_opinion_is_refused_with_who_must_give_it() {
    let demo = Atelier::demo();
    let own = register(&demo);
    let waiting = own.replacen("avis = \"favorable_avec_reserves\", ", "", 1);
    demo.write(EXCHANGES_FILE, waiting.as_bytes());
    let out = demo.root().join("e01.csv").to_string_lossy().into_owned();
    let send = |id: &str, more: &[&str]| {
        let mut asked = vec![
            "exporter",
            "--echange",
            id,
            "--sortie",
            &out,
            "--date",
            "2026-12-15",
        ];
        asked.extend(more);
        demo.run(&asked)
    };
    let refused = send("E01", &[]);
    let told = plain(&refused.stderr);
    assert_eq!(refused.code, 2, "{told}");
    assert!(
        told.contains("Il manque l’avis du DPO, saisi le 12/03/2026 : à donner par le délégué à la protection des données du détenteur, Communauté de communes du Val d’Orme (exemple)."),
        "{told}"
    );
    let (code, said) = demo.json(&["echange", "verifier", "--date", "2026-12-15"]);
    assert_eq!(
        (code, said["diagnostics"][0]["code"].as_str()),
        (1, Some("CTG-271")),
        "{said:#}"
    );
    demo.write(EXCHANGES_FILE, own.as_bytes());
    for (id, more, says) in [
        ("E02", &[][..], "refusé le 16/06/2026"),
        ("E09", &[], "n’est pas dans ctg/echanges.toml"),
        (
            "E01",
            &["--champ", "I04"],
            "« I04 » n’est pas dans sa liste",
        ),
    ] {
        let answer = send(id, more);
        assert_eq!(answer.code, 2, "{id}");
        let told = plain(&answer.stderr);
        assert!(told.contains(says), "{told}");
    }
    let late = demo.run(&[
        "exporter",
        "--echange",
        "E01",
        "--sortie",
        &out,
        "--date",
        "2028-01-01",
    ]);
    assert_eq!(late.code, 2);
    assert!(
        plain(&late.stderr).contains("pris fin le 31/12/2027"),
        "{}",
        late.stderr
    );
    assert!(!demo.root().join("e01.csv").exists());
    assert!(!demo.root().join("data/ctg/transmissions").exists());
}

/// What leaves is what is listed, hidden where reports hide it; each sending is remembered, and nothing of the observatory
/// is written over.
#[test]
fn listed_fields_alone_leave_and_the_sending_is_remembered() {
    let demo = Atelier::demo();
    let out = demo.root().join("e01.csv");
    let named = out.to_string_lossy().into_owned();
    let (code, said) = demo.json(&[
        "exporter",
        "--echange",
        "E01",
        "--sortie",
        &named,
        "--date",
        "2026-12-15",
    ]);
    assert_eq!(code, 0, "{said:#}");
    let table = std::fs::read_to_string(&out).expect("a table");
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for line in table.lines().skip(1) {
        *fields
            .entry(line.split(',').next().expect("a field"))
            .or_default() += 1;
    }
    let names: Vec<&str> = fields.keys().copied().collect();
    assert_eq!(names, ["I16", "I20", "O2", "axe:LIE"], "{table}");
    assert_eq!((fields["O2"], fields["axe:LIE"]), (1, 1));
    // Fourteen families use P10, fewer than twenty; of P06 nothing is told by reports, nor here; of P01 both are.
    let families = |site: &str| {
        let start = format!("I16,Taux de réponse des familles,structure,{site},");
        table
            .lines()
            .find(|l| l.starts_with(&start))
            .unwrap_or_else(|| panic!("{site}: {table}"))
    };
    assert!(families("P10").contains(",effectif trop faible"), "{table}");
    assert!(families("P06").contains(",,"), "{table}");
    assert!(families("P01").contains(",0.300000,"), "{table}");
    let page =
        plain(&std::fs::read_to_string(demo.root().join("e01-LISEZMOI.txt")).expect("a page"));
    for says in [
        "Registre des traitements : RT-2026-07",
        "15 décembre 2028",
        "Rappeler la date de destruction",
        "par territoire",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let sums = std::fs::read_to_string(demo.root().join("e01-SHA256.txt")).expect("sums");
    assert!(
        sums.contains("  e01.csv\n") && sums.contains("  e01-LISEZMOI.txt\n"),
        "{sums}"
    );
    let kept = files(&demo.root().join("data/ctg/transmissions"));
    assert_eq!(kept.len(), 1);
    let (_, list) = demo.json(&["echange", "lister", "--date", "2026-12-15"]);
    let sent = &list["resultat"]["echanges"][0]["transmissions"][0];
    assert!(
        sums.starts_with(sent["sha256"].as_str().expect("a sum")),
        "{list:#}"
    );
    for own in [
        "ctg/echanges.toml",
        "data/structures.csv",
        "observatoire.toml",
    ] {
        let before = std::fs::read(demo.root().join(own)).expect("a file");
        let path = demo.root().join(own).to_string_lossy().into_owned();
        let answer = demo.run(&[
            "exporter",
            "--echange",
            "E01",
            "--sortie",
            &path,
            "--date",
            "2026-12-15",
        ]);
        assert_eq!(answer.code, 2, "{own}");
        assert_eq!(
            std::fs::read(demo.root().join(own)).expect("a file"),
            before
        );
    }
    // After the time that the receiver may keep them: said.
    let (_, late) = demo.json(&["echange", "verifier", "--date", "2029-01-10"]);
    let told = late["diagnostics"].to_string();
    assert!(
        told.contains("CTG-274") && told.contains("devaient être détruites"),
        "{told}"
    );
}

/// A block more is below; not a byte of the rest changed, comments and ends of lines included.
#[test]
fn a_new_block_leaves_the_rest_as_it_was() {
    let demo = Atelier::demo();
    let own = register(&demo).replace('\n', "\r\n");
    demo.write(EXCHANGES_FILE, own.as_bytes());
    let (code, said) = demo.json(&[
        "echange",
        "nouveau",
        "--demandeur",
        "La \"Caf\"",
        "--date",
        "2026-12-15",
    ]);
    assert_eq!(
        (code, said["resultat"]["echange"].as_str()),
        (0, Some("E03")),
        "{said:#}"
    );
    let now = register(&demo);
    assert!(now.starts_with(&own));
    assert!(
        !now.replace("\r\n", "").contains('\n'),
        "ends of lines are mixed"
    );
    let (code, said) = demo.json(&["echange", "verifier", "--date", "2026-12-15"]);
    assert_eq!(code, 0, "{said:#}");
    let told = plain(&said["diagnostics"].to_string());
    assert!(
        told.contains("CTG-273") && told.contains("la liste exacte des données"),
        "{told}"
    );
    // Without a register yet, a head explains it; in a register that nobody can read, nothing is written.
    std::fs::remove_file(demo.root().join(EXCHANGES_FILE)).expect("removed");
    assert_eq!(demo.run(&["echange", "new"]).code, 0);
    assert!(register(&demo).starts_with("# Registre des échanges"));
    demo.write(EXCHANGES_FILE, b"[[echanges]]\nid = 3\n");
    assert_eq!(demo.run(&["echange", "nouveau"]).code, 3);
    assert_eq!(register(&demo), "[[echanges]]\nid = 3\n");
}

/// Told and read: an opinion after the decision, an exchange that no register of treatments has.
#[test]
fn what_astonishes_in_the_register_is_told() {
    let demo = Atelier::demo();
    let own = register(&demo);
    for (before, after, code) in [
        ("le = \"2026-03-20\"", "le = \"2026-04-20\"", "CTG-270"),
        (
            "registre = { inscrit_le = \"2026-03-26\", reference = \"RT-2026-07\" }",
            "",
            "CTG-272",
        ),
    ] {
        demo.write(EXCHANGES_FILE, own.replacen(before, after, 1).as_bytes());
        let (exit, said) = demo.json(&["echange", "verifier", "--date", "2026-12-15"]);
        assert_eq!(exit, 0, "{said:#}");
        let all = said["diagnostics"].as_array().expect("a list");
        assert!(all.iter().any(|d| d["code"] == code), "{code}: {said:#}");
    }
}

/// The study is laid once, and what was written on it since is never lost; the register of treatments has an entry for each
/// exchange that was agreed to, in every format asked for; notices name who receives data.
#[test]
fn documents_of_the_protection_of_data_rest_on_the_same_entries() {
    let demo = Atelier::demo();
    let study = [
        "echange",
        "fiche",
        "E01",
        "--format",
        "docx",
        "--date",
        "2026-12-15",
    ];
    for _ in 0..2 {
        let answer = demo.run(&study);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
    }
    let name = "reports/ctg/echanges/echange-E01.docx";
    assert!(demo.root().join(name).is_file());
    demo.write(name, b"reworded");
    assert_eq!(demo.run(&study).code, 2);
    let kept = std::fs::read(demo.root().join(name)).expect("a study");
    assert_eq!(kept, b"reworded");
    let out = demo
        .root()
        .join("registre.docx")
        .to_string_lossy()
        .into_owned();
    let asked = [
        "exporter", "registre", "--format", "docx,csv", "--sortie", &out,
    ];
    let answer = demo.run(&asked);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(demo.root().join("registre.docx").is_file());
    let table = std::fs::read_to_string(demo.root().join("registre.csv")).expect("a table");
    for entry in ["OBS-1,", "QUE-1,", "CTG-1,", "ENQ-1,", "ECH-E01,"] {
        assert!(
            table.lines().any(|l| l.starts_with(entry)),
            "{entry}: {table}"
        );
    }
    assert!(
        !table.contains("ECH-E02"),
        "a refused exchange is no treatment"
    );
    let folder = demo.root().join("notices").to_string_lossy().into_owned();
    let answer = demo.run(&["exporter", "notices", "--sortie", &folder]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let told = std::fs::read_dir(&folder)
        .expect("notices")
        .filter_map(|entry| {
            let path = entry.expect("a notice").path();
            (path.extension()? == "md").then(|| std::fs::read_to_string(path).expect("a text"))
        });
    let told: Vec<String> = told.collect();
    let naming = told
        .iter()
        .filter(|t| t.contains("Caf (exemple) reçoit aussi"));
    assert_eq!(
        (naming.count(), told.len()),
        (3, 4),
        "children are told nothing of it"
    );
}
