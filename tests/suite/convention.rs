//! What the convention asks of its observatory: which teams took part, what entered a projet, and what cannot be
//! said yet; what an experiment expects and nothing measures.

use observatoire::vocabulary::referentiel::SourceCode;

use crate::atelier::Atelier;
use crate::fixtures::form;
use crate::naive::{Row, rows};

/// The rows of a code: its sites, then the territory.
fn figures(atelier: &Atelier, campaign: &str, code: &str) -> (Vec<Row>, Row) {
    let all = rows(&atelier.run(&["indicateurs", "--campagne", campaign]).stdout);
    let own = all.into_iter().filter(|r| r["code"] == code);
    let (territory, sites): (Vec<Row>, Vec<Row>) = own.partition(|r| r["structure"].is_empty());
    assert_eq!(territory.len(), 1, "{code}");
    (sites, territory[0].clone())
}

/// Spaces that do not break, as any other.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn number(row: &Row, column: &str) -> usize {
    row[column].parse().expect("a count")
}

#[test]
fn the_territory_is_the_sum_of_its_sites_and_each_is_explained() {
    let atelier = Atelier::demo();
    for (campaign, code) in [("C1", "O2"), ("C2", "O2"), ("C2", "O2b"), ("C2", "O3")] {
        let (sites, territory) = figures(&atelier, campaign, code);
        for column in ["n", "n_attendu"] {
            let known = sites.iter().filter(|r| !r["valeur"].is_empty());
            let sum: usize = known.map(|r| number(r, column)).sum();
            assert_eq!(sum, number(&territory, column), "{campaign} {code}");
        }
        let said = atelier
            .run(&["expliquer", &format!("{campaign}/TERRITOIRE/{code}")])
            .stdout;
        let (n, of) = (number(&territory, "n"), number(&territory, "n_attendu"));
        assert!(said.contains(&format!("({n} sur {of})")), "{said}");
        for site in &sites {
            let line = format!("\n  {} : ", site["structure"]);
            assert!(
                said.contains(&line) || said.contains("hors du calcul"),
                "{code} {line}"
            );
        }
    }
    let teams = atelier.run(&["expliquer", "C2/TERRITOIRE/O2"]).stdout;
    let (_, territory) = figures(&atelier, "C2", "O2");
    let whole = teams.matches(" : tout est là").count();
    assert_eq!(whole, number(&territory, "n"), "{teams}");
    // Each team that lacks something says what.
    let lacking = teams.lines().filter(|l| l.contains("il manque un retour"));
    for line in lacking {
        assert!(line.contains(" : manque"), "{line}");
    }
}

#[test]
fn trainings_wait_for_their_registers_and_nothing_stands_in() {
    let atelier = Atelier::demo();
    let (sites, territory) = figures(&atelier, "C2", "O1");
    assert!(sites.is_empty());
    assert_eq!(
        (territory["valeur"].as_str(), territory["statut"].as_str()),
        ("", "non_calculable")
    );
    for figure in ["C2/TERRITOIRE/O1", "C2/R01/O1"] {
        let said = atelier.run(&["expliquer", figure]).stdout;
        assert!(said.contains("registres de la convention"), "{said}");
    }
    let page = atelier.run(&["expliquer", "o1"]).stdout;
    assert!(page.contains("formations de l’observatoire"), "{page}");
}

#[test]
fn a_figure_that_changed_its_source_is_a_break() {
    let atelier = Atelier::demo();
    let both = "déclaré en C1, tiré des plans en C2";
    let compared = atelier.run(&["comparer", "C1", "C2"]);
    assert!(compared.stderr.contains("CMP-807"), "{}", compared.stderr);
    assert!(compared.stderr.contains(both), "{}", compared.stderr);
    assert!(
        !compared.stdout.contains(",I20,"),
        "no line of it is compared"
    );
    for figure in ["C2/R01/I20", "C2/TERRITOIRE/I20"] {
        let said = atelier.run(&["expliquer", figure]).stdout;
        assert!(said.contains(both), "{figure}: {said}");
    }
    for typed in ["C2/TERRITOIRE/i12A", "C2/R01/I12A"] {
        let said = atelier.run(&["expliquer", typed]).stdout;
        assert!(
            said.lines().next().is_some_and(|l| l.ends_with("· I12a")),
            "{said}"
        );
    }
    let before = atelier.run(&["expliquer", "C1/R01/I20"]).stdout;
    assert!(!before.contains("rupture"), "{before}");
    let same = atelier.run(&["comparer", "C2", "C2"]);
    assert!(!same.stderr.contains("CMP-807"), "{}", same.stderr);
    let team = page(&atelier, "equipes/equipe-R01.html");
    assert!(
        team.contains("déclaré en C1, tiré des plans en C2"),
        "its annex"
    );
}

/// A report of the example's second campaign.
fn page(atelier: &Atelier, name: &str) -> String {
    let path = atelier.root().join("reports/rendus/C2").join(name);
    std::fs::read_to_string(path).expect(name)
}

/// R01 alone, of which a visit and the answers of the team are awaited.
fn of_team() -> Atelier {
    let atelier = Atelier::blank();
    let path = atelier.root().join("observatoire.toml");
    let text = std::fs::read_to_string(&path).expect("settings");
    let asked = text.replacen(
        "referentiel = \"v1\"",
        "referentiel = \"v1\"\nsources = [\"OBS\", \"EQP\", \"DON\"]",
        1,
    );
    std::fs::write(&path, asked).expect("written");
    atelier.write(
        "data/structures.csv",
        "code,nom,type,pedt\nR01,ALSH Les Colombages,mixte,oui\n".as_bytes(),
    );
    let grid = atelier.write("reçus/g.xlsx", &form(SourceCode::Obs, "1", "O1", &[]));
    let read = atelier.run(&["importer", &grid, "--campagne", "C1"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    atelier
}

#[test]
fn a_team_whose_size_nobody_said_is_not_asked_for_its_answers() {
    let atelier = of_team();
    let (sites, territory) = figures(&atelier, "C1", "O2");
    assert_eq!(sites[0]["valeur"], "1.000000");
    assert_eq!(sites[0]["couverture"], "0.500000", "half can be judged");
    assert_eq!(
        (number(&territory, "n"), number(&territory, "n_attendu")),
        (1, 1)
    );
    let said = atelier.run(&["expliquer", "C1/R01/O2"]).stdout;
    assert!(said.contains("non demandé, faute d’effectif"), "{said}");
    let table = "structure,animateurs\nR01,5\n";
    let path = atelier.write("reçus/denominateurs.csv", table.as_bytes());
    let read = atelier.run(&["importer", &path, "--campagne", "C1", "--confirmer"]);
    assert_eq!(read.code, 0, "{}", read.stderr);
    let (sites, _) = figures(&atelier, "C1", "O2");
    assert_eq!(
        (sites[0]["valeur"].as_str(), sites[0]["couverture"].as_str()),
        ("0.000000", "1.000000")
    );
    let said = plain(&atelier.run(&["expliquer", "C1/TERRITOIRE/O2"]).stdout);
    assert!(
        said.contains("manque (0 réponse sur 5, il en faut 3)"),
        "{said}"
    );
    // The visit came: the team has begun.
    assert_eq!(figures(&atelier, "C1", "O2b").0[0]["valeur"], "1.000000");
}

#[test]
fn who_reads_no_team_by_itself_reads_o2_of_the_territory_alone() {
    let atelier = Atelier::demo();
    let synthesis = page(&atelier, "elus/synthese-elus.html");
    let (_, territory) = figures(&atelier, "C2", "O2");
    let told = format!("({} sur {})", territory["n"], territory["n_attendu"]);
    assert!(synthesis.contains(&told), "{told}");
    let by_site = synthesis
        .split("accueil par accueil</caption>")
        .nth(1)
        .expect("the table");
    let by_site = by_site.split("</table>").next().unwrap_or_default();
    assert!(
        by_site.contains("O3") && !by_site.contains("O2"),
        "{by_site}"
    );
    assert!(synthesis.contains("registres de la convention"));
    let renewal = page(&atelier, "renouvellement/renouvellement-R01.html");
    assert!(renewal.contains("O3") && renewal.contains("registres de la convention"));
    assert!(renewal.contains("se lit pour le territoire entier"));
    for former in ["I11", "I12a", "I20"] {
        assert!(!synthesis.contains(former), "{former}");
        assert!(!renewal.contains(former), "{former}");
    }
}

/// What `verifier` says of an experiment, the scope of C1 being what is given.
fn expected(scope: &str, experiment: &str) -> (i32, String) {
    let atelier = Atelier::blank();
    let path = atelier.root().join("observatoire.toml");
    let text = std::fs::read_to_string(&path).expect("settings");
    let scoped = text.replacen(
        "referentiel = \"v1\"",
        &format!("referentiel = \"v1\"\n{scope}"),
        1,
    );
    let head = "[[experimentations]]\ncode = \"EXP1\"\nintitule = \"Passerelle\"\n";
    std::fs::write(&path, format!("{scoped}\n{head}{experiment}\n")).expect("written");
    let answer = atelier.run(&["verifier", "--campagne", "C1"]);
    (answer.code, answer.stderr)
}

#[test]
fn what_an_experiment_expects_and_nothing_measures_is_said() {
    let all = "pilotes = [\"P01\"]\nattendus = [\"LIE-3\", \"PRO-3\"]";
    let (code, said) = expected("", all);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("CMP-808"), "{said}");
    for (scope, experiment, says) in [
        (
            "criteres = [\"LIE-3\", \"SEC-1\"]",
            all,
            "EXP1 : PRO-3, attendu chez P01, n’est pas mesuré à C1 : la campagne le laisse hors de son champ",
        ),
        (
            "",
            "pilotes = [\"E01\"]\nattendus = [\"LIE-3\"]",
            "LIE-3, attendu chez E01, n’est pas mesuré à C1 : le référentiel ne l’applique pas à ce type d’accueil",
        ),
        (
            "sources = [\"FAM\", \"AUT\"]",
            all,
            "PRO-3, attendu chez P01, n’est pas mesuré à C1 : aucune source attendue",
        ),
        (
            "",
            "pilotes = [\"P03\"]\nattendus = [\"PRO-3\"]",
            "PRO-3, attendu chez P03, n’est pas mesuré à C1 : l’accueil n’est pas ouvert",
        ),
    ] {
        let (code, said) = expected(scope, experiment);
        assert_eq!(code, 0, "{said}");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.contains("CMP-808") && said.contains(says),
            "{says}\n{said}"
        );
    }
    for (experiment, says) in [
        (
            "pilotes = [\"P01\"]\nattendus = [\"PRO-33\"]",
            "le critère « PRO-33 » n’existe pas",
        ),
        (
            "pilotes = [\"P10\"]\nattendus = [\"PRO-3\"]",
            "l’accueil « P10 » n’existe pas",
        ),
        (
            "pilotes = []\nattendus = [\"PRO-3\"]",
            "aucun accueil pilote",
        ),
        (
            "pilotes = [\"P01\"]\nattendus = []",
            "aucun critère attendu",
        ),
    ] {
        let (code, said) = expected("", experiment);
        assert_eq!(code, 3, "{says}: {said}");
        assert!(said.contains(says), "{says}: {said}");
    }
}

#[test]
fn the_pilot_of_the_example_is_measured_on_all_that_is_expected_of_it() {
    let atelier = Atelier::demo();
    let settings = std::fs::read_to_string(atelier.root().join("observatoire.toml"));
    assert!(settings.expect("settings").contains("[[experimentations]]"));
    let checked = atelier.run(&["verifier", "--campagne", "C2", "--date", "2026-12-15"]);
    assert!(!checked.stderr.contains("CMP-808"), "{}", checked.stderr);
    let said = "(P01) : 6 critères attendus, tous mesurés à C1 et C2.";
    assert!(plain(&checked.stdout).contains(said), "{}", checked.stdout);
    let compared = atelier.run(&["comparer", "C1", "C2", "--pilote", "P01"]);
    assert!(!compared.stderr.contains("CMP-808"), "{}", compared.stderr);
    let lines = rows(&compared.stdout);
    for critere in ["LIE-3", "PRO-3", "REL-2", "ENV-4", "EQU-4", "INC-2"] {
        assert!(lines.iter().any(|l| l["code"] == critere), "{critere}");
    }
}
