//! What a report says in one place agrees with what it says in another: what is to be done answers what was found, what
//! is asked is still to come, what is counted adds up, and every reader is told in words of their own.

use super::delivered;
use crate::atelier::{Atelier, files, is};

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
        .replace("&#x2f;", "/")
}

/// Pages of an audience, by name.
fn pages(atelier: &Atelier, head: &str) -> Vec<(String, String)> {
    let folder = delivered(atelier, "C2");
    let names = files(&folder)
        .into_iter()
        .filter(|n| n.starts_with(head) && is(n, "html"));
    let read = |name: String| {
        let page = std::fs::read_to_string(folder.join(&name)).expect("a page");
        (name, plain(&page))
    };
    names.map(read).collect()
}

/// What stands between two marks.
fn between<'a>(page: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, after) = page.split_once(from)?;
    Some(after.split_once(to).map_or(after, |(before, _)| before))
}

/// The text without its tags.
fn bare(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// Labels of the points to work on of a team, in order.
fn points(page: &str) -> Vec<String> {
    let section = between(page, "pistes de progrès</h2>", "</section>")
        .or_else(|| between(page, "piste de progrès</h2>", "</section>"));
    let cards = section.unwrap_or_default().split("<h3>").skip(1);
    let titles = cards.map(|card| card.split("</h3>").next().unwrap_or_default());
    titles
        .filter_map(|t| Some(t.split_once(' ')?.1.to_owned()))
        .collect()
}

#[test]
fn what_a_team_begins_this_month_answers_a_point_of_its_page() {
    let atelier = Atelier::demo();
    let mut told = 0;
    for (name, page) in pages(&atelier, "equipes/equipe-") {
        let Some(fact) = between(&page, "<dt>À faire ce mois-ci</dt>", "</dd>") else {
            continue;
        };
        let answered = between(&bare(fact), "pour « ", " »")
            .expect("a point")
            .to_owned();
        let section =
            between(&page, "Les critères impératifs</h2>", "</section>").unwrap_or_default();
        let missed = section.split("<li class=\"non-atteint\"").skip(1);
        let mut missed = missed.map(|li| li.split("</li>").next().unwrap_or_default());
        let is_missed = missed.any(|li| li.contains(&answered));
        assert!(
            is_missed || points(&page).contains(&answered),
            "{name}: {answered}"
        );
        told += 1;
    }
    assert!(told > 10, "{told}");
}

#[test]
fn the_title_of_a_profile_works_on_the_axe_of_the_first_point() {
    let atelier = Atelier::demo();
    let toml = std::fs::read_to_string(atelier.root().join("grids/referentiel-v2.toml"))
        .expect("a référentiel");
    let r: toml::Table = toml.parse().expect("sound");
    let axes: Vec<(String, String)> = (r["axes"].as_array().expect("axes").iter())
        .map(|a| {
            (
                a["code"].as_str().expect("a code").to_owned(),
                plain(a["label"].as_str().expect("a label")),
            )
        })
        .collect();
    let mut tried = 0;
    for (name, page) in pages(&atelier, "equipes/equipe-") {
        let profile = between(&page, "Le profil de l’accueil</h2>", "</h3>").unwrap_or_default();
        let title = bare(profile);
        let section = between(&page, "pistes de progrès</h2>", "</section>").unwrap_or_default();
        let first = section.split("<h3>").nth(1).and_then(|card| card.get(..3));
        let (Some(first), Some(worked)) =
            (first, between(&title, ", « ", " » le plus à travailler"))
        else {
            continue;
        };
        let axe = axes.iter().find(|(code, _)| code == first).expect("an axe");
        assert_eq!(axe.1, worked, "{name}");
        tried += 1;
    }
    let elected = &pages(&atelier, "elus/synthese")[0].1;
    assert!(!elected.contains("le plus à travailler"));
    assert!(tried > 2, "{tried}");
}

/// Level 2 tells what is missing: nobody is asked to go there.
#[test]
fn the_next_step_is_no_fault() {
    let atelier = Atelier::demo();
    let toml = std::fs::read_to_string(atelier.root().join("grids/referentiel-v2.toml"))
        .expect("a référentiel");
    let r: toml::Table = toml.parse().expect("sound");
    let faults: Vec<String> = (r["criteres"].as_array().expect("critères").iter())
        .map(|c| plain(c["descripteurs"][1].as_str().expect("level 2")))
        .collect();
    let mut steps = 0;
    for (name, page) in pages(&atelier, "equipes/equipe-") {
        for step in page.split("La marche suivante : ").skip(1) {
            let step = step.split("</p>").next().unwrap_or_default();
            assert!(!faults.contains(&step.to_owned()), "{name}: {step}");
            steps += usize::from(step.contains(", pour aller vers ceci : "));
        }
        assert!(
            !(!page.contains("points d’appui</h2>") && !page.contains("point d’appui</h2>")),
            "{name} says neither what to lean on nor why there is nothing"
        );
    }
    assert!(steps > 2, "{steps}");
}

/// « 31/10/2026 » asked in December is a day that nobody can hold.
#[test]
fn decisions_and_promises_are_never_for_a_day_that_is_past() {
    let atelier = Atelier::demo();
    let iso = |day: &str| {
        let parts: Vec<&str> = day.split('/').collect();
        format!("{}-{}-{}", parts[2], parts[1], parts[0])
    };
    let elected = &pages(&atelier, "elus/synthese")[0].1;
    let table = between(
        elected,
        "<caption>Décisions proposées</caption>",
        "</table>",
    )
    .expect("decisions");
    let mut dated = 0;
    for row in table.split("<tr>").skip(2) {
        let due = bare(row.rsplit("<td").next().expect("a cell"));
        let digits = |c: char| !c.is_ascii_digit() && c != '/';
        let day = due
            .split(digits)
            .find(|word| word.len() == 10 && word.matches('/').count() == 2);
        if let Some(day) = day {
            assert!(iso(day).as_str() >= "2026-12-15", "{due}");
            dated += 1;
        }
    }
    assert!(
        dated >= 2 && table.contains("C’était prévu pour le 31 octobre 2026"),
        "{table}"
    );
    for (name, page) in pages(&atelier, "familles/") {
        let changes =
            between(&page, "Ce qui va changer, et quand</h2>", "</section>").expect("changes");
        for promised in changes.split("C’est prévu d’ici le ").skip(1) {
            let day = promised.split('.').next().unwrap_or_default();
            assert!(
                day.contains("décembre 2026") || day.contains("2027"),
                "{name}: {day}"
            );
        }
        for internal in [
            "Fixer la date",
            "Nommer la personne",
            "Choisir en équipe",
            "en réunion",
            "prévu pour le ",
        ] {
            assert!(!changes.contains(internal), "{name}: {internal}: {changes}");
        }
    }
}

#[test]
fn undertakings_follow_what_was_found_and_the_choice_comes_before_the_signatures() {
    let atelier = Atelier::demo();
    let (mut weak, mut missed) = (0, 0);
    for (name, page) in pages(&atelier, "renouvellement/renouvellement-") {
        let at = |title: &str| {
            page.find(&format!("{title}</h2>"))
                .unwrap_or_else(|| panic!("{name}: {title}"))
        };
        assert!(
            at("Les engagements") < at("La décision") && at("La décision") < at("Signatures"),
            "{name}"
        );
        let choice = between(&page, "La décision</h2>", "</section>").unwrap_or_default();
        assert!(
            choice.matches('☐').count() >= 4 && choice.contains("Ne pas renouveler"),
            "{name}"
        );
        let table = between(&page, "Les engagements</h2>", "</section>").unwrap_or_default();
        let firsts: Vec<String> = (table.split("<th scope=\"row\"").skip(1))
            .map(|row| {
                bare(&format!(
                    "<{}",
                    row.split("</th>").next().unwrap_or_default()
                ))
            })
            .collect();
        let last_must = firsts
            .iter()
            .rposition(|f| f.starts_with("Impératif non atteint"));
        let first_axe = firsts.iter().position(|f| f.contains(" sur 4, objectif "));
        if let (Some(must), Some(axe)) = (last_must, first_axe) {
            assert!(must < axe, "{name}: {firsts:?}");
        }
        let of_page = page.matches("✕ non atteint").count();
        assert!(
            of_page == 0 || last_must.is_some() || !firsts.is_empty(),
            "{name}"
        );
        weak += usize::from(first_axe.is_some());
        missed += usize::from(last_must.is_some());
    }
    assert!(weak > 4 && missed > 0, "{weak} {missed}");
}

/// What is unclear is told where it is met.
#[test]
fn words_are_told_where_they_are_met() {
    let atelier = Atelier::demo();
    let elected = &pages(&atelier, "elus/synthese")[0].1;
    let changed = between(elected, "Ce qui a changé</h2>", "</section>").expect("changes");
    for told in [
        "« Stable » :",
        "« On ne sait pas encore » :",
        "ceux des seuls accueils comparés",
    ] {
        assert!(changed.contains(told), "{told}");
    }
    let matrix =
        between(elected, "Les accueils, axe par axe</h2>", "</section>").expect("accueils");
    assert!(matrix.contains("Plus une case est foncée"));
    assert!(
        elected.contains("Sigles : ") && elected.contains("PAI, projet d’accueil individualisé")
    );
    let all = [
        pages(&atelier, "familles/"),
        pages(&atelier, "renouvellement/"),
        pages(&atelier, "equipes/"),
        pages(&atelier, "elus/"),
    ];
    for (name, page) in all.concat() {
        for wrong in [
            "Écrivez-nous",
            ", avec école",
            "correction est demandée",
            "vérifiées le",
        ] {
            assert!(!page.contains(wrong), "{name}: {wrong}");
        }
        if page.contains("<dt>Places</dt>") {
            let places = between(&page, "<dt>Places</dt>", "</dd>").expect("places");
            assert!(places.matches("place").count() >= 3, "{name}: {places}");
        }
    }
}

/// The last line of the territory is the sum of its accueils, and what a light campaign leaves out is said.
#[test]
fn the_plan_mercredi_of_the_territory_adds_up() {
    let atelier = Atelier::demo();
    let (_, page) = &pages(&atelier, "elus/plan-mercredi")[0];
    let table = between(page, "<table>", "</table>").expect("a table");
    let counts = |row: &str| -> Vec<(usize, usize)> {
        let cells = row
            .split("<td")
            .skip(1)
            .map(|cell| bare(&format!("<{cell}")));
        cells
            .filter_map(|cell| {
                let (reached, known) = cell.trim().split_once(" sur ")?;
                Some((reached.parse().ok()?, known.trim().parse().ok()?))
            })
            .collect()
    };
    let rows: Vec<Vec<(usize, usize)>> = table.split("<tr").skip(2).map(counts).collect();
    let (last, sites) = rows.split_last().expect("rows");
    assert_eq!((sites.len(), last.len()), (4, 4), "{table}");
    for axe in 0..4 {
        let sum = sites
            .iter()
            .fold((0, 0), |s, row| (s.0 + row[axe].0, s.1 + row[axe].1));
        assert_eq!(sum, last[axe], "axe {axe}: {table}");
    }
    assert!(page.contains("Non retenus dans cette campagne : "));
    let told = atelier.run(&["expliquer", "C2/territoire/MERCREDI"]);
    assert_eq!(told.code, 0, "{}", told.stderr);
    for (reached, known) in last {
        let said = plain(&told.stdout);
        assert!(
            said.contains(&format!("ensemble : {reached} sur {known}")),
            "{said}"
        );
    }
    for (name, page) in pages(&atelier, "renouvellement/plan-mercredi-") {
        assert!(page.contains(">non retenu<"), "{name}");
        assert!(!page.contains(">non évalué<"), "{name}");
    }
}
