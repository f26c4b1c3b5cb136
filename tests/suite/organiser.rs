//! What the organiser decides (`niveau = "organisateur"`): one value for the territory, in no accueil's axe, told
//! to élus where the totals that it is made of are, and to a team as not its own.

use std::fmt::Write;

use crate::atelier::Atelier;
use crate::naive::{Row, rows};

const REFERENTIEL: &str = r#"
[referentiel]
version = "v9"
titre = "Inclusion"
[regles]
note_globale = true
[[echelles]]
code = "accord4"
conversion = "niveaux"
statuts = ["nsp"]
modalites = [{ code = "1", label = "Non", niveau = 1 }, { code = "2", label = "Plutôt non", niveau = 2 },
  { code = "3", label = "Plutôt oui", niveau = 3 }, { code = "4", label = "Oui", niveau = 4 }]
[[echelles]]
code = "mesure"
conversion = "niveaux"
[[axes]]
code = "INC"
label = "Inclusion"
marque = "▲"
[[criteres]]
code = "INC-1"
axe = "INC"
label = "Chaque enfant trouve sa place"
descripteurs = ["a", "b", "c", "d"]
[[criteres.elements]]
code = "INC-1-DON-1"
source = "DON"
echelle = "mesure"
label = "Part des PAI avec protocole."
mesure = "I14"
seuils = [0.5, 0.7, 0.9]
[[criteres]]
code = "INC-4"
axe = "INC"
label = "Inscription et tarifs accessibles"
NIVEAU
descripteurs = ["Le tarif est unique.", "Quelques tranches.", "Plusieurs tranches.", "De près."]
[[criteres.elements]]
code = "INC-4-DON-1"
source = "DON"
echelle = "mesure"
label = "Part des demandes refusées faute de place."
mesure = "I19"
seuils = [0.15, 0.10, 0.05]
sens = "bas"
[[criteres.elements]]
code = "INC-4-FAM-1"
source = "FAM"
echelle = "accord4"
label = "Inscrire mon enfant à l’accueil est simple."
"#;

const REGISTRY: &str = "code,nom,type\nR01,Les Colombages,mixte\nR02,La Mare,mixte\nR03,Saint-Évroult,mixte\nR04,Le Pré,mixte\n";

/// Four accueils: all children of a PAI have a protocol; R01 refuses two requests of ten, the others none.
fn territory(niveau: &str) -> Atelier {
    let atelier = Atelier::blank();
    let text = REFERENTIEL.replace("NIVEAU", niveau);
    atelier.write("grids/referentiel-v9.toml", text.as_bytes());
    atelier.write("data/structures.csv", REGISTRY.as_bytes());
    let path = atelier.root().join("observatoire.toml");
    let settings = std::fs::read_to_string(&path).expect("settings");
    let settings = settings.replace("referentiel = \"v1\"", "referentiel = \"v9\"");
    std::fs::write(&path, settings).expect("written");
    for campaign in ["C1", "C2"] {
        fill(&atelier, campaign, 20);
    }
    atelier
}

/// Activity and families of a campaign; `refused` of the hundred requests of R01.
fn fill(atelier: &Atelier, campaign: &str, refused: u32) {
    let mut activity =
        "structure,familles,pai_enfants,pai_protocoles,demandes,refusees\n".to_owned();
    let _ = writeln!(activity, "R01,40,10,10,100,{refused}");
    activity.push_str("R02,40,10,10,100,0\nR03,40,10,10,100,0\nR04,40,10,10,100,0\n");
    import(atelier, campaign, "denominateurs.csv", &activity);
    // Twenty families answer « Non » at R01, ten « Oui » or « Plutôt oui » at each of the others.
    let mut answers = "Structure;INC-4-FAM-1\n".to_owned();
    answers.push_str(&"R01;Non\n".repeat(20));
    for site in ["R02", "R03", "R04"] {
        answers.push_str(&format!("{site};Oui\n{site};Plutôt oui\n").repeat(5));
    }
    import(atelier, campaign, "familles.csv", &answers);
}

fn import(atelier: &Atelier, campaign: &str, name: &str, text: &str) {
    let path = atelier.write(&format!("reçus/{campaign}/{name}"), text.as_bytes());
    let answer = atelier.run(&["importer", &path, "--campagne", campaign, "--confirmer"]);
    assert_eq!(answer.code, 0, "{text}\n{}", answer.stderr);
}

fn figures(atelier: &Atelier, campaign: &str) -> Vec<Row> {
    let answer = atelier.run(&["indicateurs", "--campagne", campaign, "--format", "csv"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    rows(&answer.stdout)
}

fn value(all: &[Row], structure: &str, niveau: &str, code: &str) -> Option<f64> {
    let mut own = all
        .iter()
        .filter(|r| r["structure"] == structure && r["niveau"] == niveau && r["code"] == code);
    own.next().map(|r| r["valeur"].parse().expect("a value"))
}

fn text_of(atelier: &Atelier, name: &str) -> String {
    let folder = atelier.root().join("reports/rendus");
    let found = crate::atelier::files(&folder)
        .into_iter()
        .find(|f| f.contains(name) && crate::atelier::is(f, "html"));
    let found = found.unwrap_or_else(|| panic!("no {name}"));
    std::fs::read_to_string(folder.join(found)).expect("a page")
}

/// Tariffs and refusals of the collectivité lowered the axe of the team that suffers them.
#[test]
fn an_axe_is_not_lowered_by_what_the_organiser_decides() {
    let counted = figures(&territory(""), "C1");
    assert_eq!(value(&counted, "R01", "critere", "INC-4"), Some(1.0));
    assert_eq!(value(&counted, "R01", "axe", "INC"), Some(2.5));
    let apart = figures(&territory("niveau = \"organisateur\""), "C1");
    assert_eq!(value(&apart, "R01", "axe", "INC"), Some(4.0));
    assert_eq!(value(&apart, "R01", "axe", "GLOBAL"), Some(4.0));
    for niveau in ["critere", "source"] {
        assert_eq!(value(&apart, "R01", niveau, "INC-4"), None);
    }
    // What was answered there stays.
    assert_eq!(value(&apart, "R01", "element", "INC-4-FAM-1"), Some(1.0));
    assert_eq!(value(&apart, "R01", "element", "INC-4-DON-1"), Some(1.0));
    // Twenty requests refused of four hundred; fifty families, (20 × 1 + 15 × 4 + 15 × 3) / 50.
    assert_eq!(value(&apart, "", "element", "INC-4-DON-1"), Some(4.0));
    assert_eq!(value(&apart, "", "element", "INC-4-FAM-1"), Some(2.5));
    assert_eq!(value(&apart, "", "critere", "INC-4"), Some(3.5));
}

/// A référentiel where the organiser decides all of an axe: no accueil has that axe, nor is it missed.
#[test]
fn an_axe_of_nothing_else_is_no_axe_of_an_accueil() {
    let text = REFERENTIEL.replace(
        "label = \"Chaque enfant trouve sa place\"",
        "label = \"Chaque enfant trouve sa place\"\nniveau = \"organisateur\"",
    );
    let atelier = territory("niveau = \"organisateur\"");
    let text = text.replace("NIVEAU", "niveau = \"organisateur\"");
    atelier.write("grids/referentiel-v9.toml", text.as_bytes());
    let all = figures(&atelier, "C1");
    assert!(!all.iter().any(|r| r["niveau"] == "axe"));
    assert_eq!(value(&all, "", "critere", "INC-1"), Some(4.0));
    let said = atelier.run(&["expliquer", "C1/R01/INC"]).stdout;
    assert!(
        said.contains("INC-1") && said.contains("hors de cet axe"),
        "{said}"
    );
    let made = atelier.run(&["rapport", "--campagne", "C2", "--format", "html"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
}

#[test]
fn a_site_says_where_to_look_and_the_territory_what_each_gave() {
    let atelier = territory("niveau = \"organisateur\"");
    let site = atelier.run(&["expliquer", "C2/R01/INC-4"]).stdout;
    for wanted in [
        "Décidé par l’organisateur",
        "expliquer C2/TERRITOIRE/INC-4",
        "INC-4-FAM-1",
    ] {
        assert!(site.contains(wanted), "{wanted}\n{site}");
    }
    assert!(!site.contains("Priorité"), "{site}");
    let whole = atelier.run(&["expliquer", "C2/TERRITOIRE/INC-4"]).stdout;
    for wanted in [
        "3,500",
        "R01 : 1,00",
        "R04 : 3,50",
        "Évolution du territoire depuis C1",
    ] {
        assert!(whole.contains(wanted), "{wanted}\n{whole}");
    }
}

/// Neither side by side, nor from one campaign to the next, is it an accueil's.
#[test]
fn it_is_compared_for_the_territory_alone() {
    let atelier = territory("niveau = \"organisateur\"");
    let beside = atelier.run(&["comparer", "--structures", "--campagne", "C2"]);
    assert_eq!(beside.code, 0, "{}", beside.stderr);
    assert!(!beside.stdout.contains("INC-4"), "{}", beside.stdout);
    fill(&atelier, "C2", 100);
    let between = rows(&atelier.run(&["comparer", "C1", "C2"]).stdout);
    let own: Vec<&Row> = between
        .iter()
        .filter(|r| r["niveau"] == "critere" && r["code"] == "INC-4")
        .collect();
    assert_eq!(own.len(), 1, "{own:?}");
    // A quarter of the requests are refused now: the data changed, and no opinion did.
    assert_eq!(own[0]["structure"], "");
    assert_eq!(own[0]["delta"], "0.000000");
    assert!(own[0]["raison"].contains("la donnée a changé"), "{own:?}");
}

/// Élus read it, with what it rests on; the team reads that it is not theirs; nobody has it as a priority.
#[test]
fn elus_read_it_and_a_team_reads_that_it_is_not_theirs() {
    let atelier = territory("niveau = \"organisateur\"");
    let made = atelier.run(&["rapport", "--campagne", "C2", "--format", "html"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    for name in ["synthese-elus", "renouvellement-R02"] {
        let page = text_of(&atelier, name);
        for wanted in [
            "Décidé par l’organisateur",
            "Inscription et tarifs accessibles",
            "3,5",
        ] {
            assert!(page.contains(wanted), "{name} : {wanted}");
        }
        assert!(page.contains("Part des demandes refusées"), "{name}");
    }
    let team = text_of(&atelier, "equipe-R01");
    assert!(team.contains("Décidé par l’organisateur"), "{team}");
    let plan = atelier.json(&["plan", "proposer", "--campagne", "C2"]).1;
    assert!(!plan.to_string().contains("INC-4"), "{plan}");
}

/// Where élus are not given a total that it is made of, they are not given what that total would be read from.
#[test]
fn it_is_kept_back_with_the_totals_that_it_is_made_of() {
    let atelier = territory("niveau = \"organisateur\"");
    // Everybody of the territory says the same: « 90 % ou plus » is all that is said.
    let mut answers = "Structure;INC-4-FAM-1\n".to_owned();
    for site in ["R01", "R02", "R03", "R04"] {
        answers.push_str(&format!("{site};Oui\n").repeat(20));
    }
    import(&atelier, "C2", "familles.csv", &answers);
    let made = atelier.run(&[
        "rapport",
        "--campagne",
        "C2",
        "--public",
        "elus",
        "--format",
        "html",
    ]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let page = text_of(&atelier, "synthese-elus");
    let section = page.split("Une valeur pour tout le territoire").last();
    let section = section.expect("the table").split("</table>").next();
    let section = section.expect("its end");
    assert!(section.contains("non diffusé"), "{section}");
    assert!(!page.contains("Ce sur quoi elle repose"));
}

#[test]
fn an_imperatif_is_verified_in_each_accueil() {
    let atelier = territory("niveau = \"organisateur\"");
    let text = REFERENTIEL.replace("NIVEAU", "niveau = \"organisateur\"\nimperatif = true");
    atelier.write("grids/referentiel-v9.toml", text.as_bytes());
    let said = atelier.run(&["verifier"]);
    let all = format!("{}{}", said.stdout, said.stderr);
    assert!(all.contains("se vérifie dans chaque accueil"), "{all}");
}
