//! `data/contexte.csv` and `data/communes.csv`: cells that do not read are told with their place, and the file is left as it is;
//! what the example's measures come to, and where they come from; what the document of the territory prints.

use crate::atelier::Atelier;

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn cells_that_do_not_read_are_told_and_nothing_is_rewritten() {
    let atelier = Atelier::demo();
    let context = "serie,libelle,unite,annee,maille,code,valeur,source,licence\nnaissances,Naissances,enfants,2026,comune,27901,douze,Insee,LO\n";
    let communes = "insee,nom,latitude,longitude,enfants_3_11,enfants_0_2,annee\n27901,A,493,0.6,10,2,2026\n27902,B,49.3,0.6,1.5,2,2026\n27902,B,49.3,0.6,4,2,2026\n27902,B,49.3,0.6,4,2,2026\n";
    atelier.write("data/contexte.csv", context.as_bytes());
    atelier.write("data/communes.csv", communes.as_bytes());
    let answer = atelier.run(&["ctg", "indicateurs", "--date", "2026-12-15", "--json"]);
    let told = plain(&(answer.stdout.clone() + &answer.stderr));
    for said in [
        "E2",
        "G2",
        "« douze » n’est pas un nombre",
        "commune",
        "C2",
        "n’est pas entre -90 et 90",
        "E3",
        "n’est pas un nombre entier",
        "la ligne 4 est déjà",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    assert!(told.contains("CTG-263"));
    for (name, text) in [
        ("data/contexte.csv", context),
        ("data/communes.csv", communes),
    ] {
        assert_eq!(
            std::fs::read_to_string(atelier.root().join(name)).expect("there"),
            text
        );
    }
}

#[test]
fn measures_of_the_example_are_computed_and_explained() {
    let atelier = Atelier::demo();
    let table = plain(
        &atelier
            .run(&["ctg", "indicateurs", "--date", "2026-12-15"])
            .stdout,
    );
    for code in [
        "T01", "T02", "T03", "T04", "T05", "T06", "T08", "T09", "N01", "N02",
    ] {
        let line = table
            .lines()
            .find(|l| l.split_whitespace().any(|w| w == code))
            .unwrap_or_else(|| panic!("{code}\n{table}"));
        assert!(
            !line.contains("non calculable") && !line.contains("à venir"),
            "{line}"
        );
        println!("{line}");
    }
    let told = plain(
        &atelier
            .run(&["expliquer", "CTG/T02/2026", "--date", "2026-12-15"])
            .stdout,
    );
    for said in [
        "à vol d’oiseau",
        "Sainte-Aubine-la-Chaume",
        "data/communes.csv › ligne",
        "distance en km",
    ] {
        assert!(told.contains(said), "{said}\n{told}");
    }
    let births = plain(
        &atelier
            .run(&["expliquer", "CTG/N02/2026", "--date", "2026-12-15"])
            .stdout,
    );
    assert!(births.contains("environ"), "{births}");
}

#[test]
fn what_changed_is_printed_with_its_maps_and_what_people_typed() {
    let atelier = Atelier::demo();
    let typed = "| Changement | Combien | Fiches | Preuves | Autres explications | Confiance |\n|---|---|---|---|---|---|\n| Le Thuit-Oisel a un accueil du soir | un de plus | PASSERELLES | T01 | naissances en baisse | probable |\n| autre | | | | | certain |\n";
    let path = atelier.write("ctg/textes/contributions.md", typed.as_bytes());
    let out = atelier.root().join("reports/ctg/territoire");
    for public in ["equipe_projet", "copil", "habitants"] {
        let answer = atelier.run(&[
            "ctg",
            "territoire",
            "--annee",
            "2026",
            "--date",
            "2026-12-15",
            "--public",
            public,
            "--format",
            "html,xlsx,docx",
        ]);
        assert!(answer.code <= 1, "{}", answer.stderr);
        assert!(
            answer.stderr.contains("CTG-264") && answer.stderr.contains("ligne 4"),
            "{}",
            answer.stderr
        );
        let page = std::fs::read_to_string(out.join(format!("territoire-2026-{public}.html")))
            .expect("a page");
        let page = plain(&page);
        for said in [
            "à vol d’oiseau",
            "Le Thuit-Oisel a un accueil du soir",
            "probable",
            "Le 31/12/2025",
            "Le 15/12/2026",
            "accueil périscolaire",
        ] {
            assert!(page.contains(said), "{public} {said}");
        }
    }
    assert_eq!(std::fs::read_to_string(path).expect("there"), typed);
}
