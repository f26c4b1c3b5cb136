//! Tables of activity that a hostile hand, or an ordinary mistake, wrote: a team whose diplomas are denied, sessions
//! of another accueil, tables that come in two files, titles that say other numbers; and the ways in that ended nowhere.

use crate::activity_rails::{Tables, sessions, tells};

const TEAM: &str = "structure,fonction,diplome,entree\n";

fn team(lines: &[&str]) -> String {
    format!("{TEAM}{}\n", lines.join("\n"))
}

fn june(code: &str, days: &[&str]) -> String {
    let line = |(n, day): (usize, &&str)| {
        let (small, big) = (8 + n, 14 + n);
        format!("{code},,2026-{day},Matin,periscolaire,1,{small},{big},3")
    };
    let lines: Vec<String> = days.iter().enumerate().map(line).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    sessions(&lines)
}

const DAYS: [&str; 5] = ["06-01", "06-02", "06-04", "06-05", "06-08"];

#[test]
fn a_table_without_structures_is_that_of_the_command() {
    let own = june("P01", &DAYS)
        .replace("P01,", "")
        .replace("structure,", "");
    let tables = Tables::new();
    let (exit, said) = tables.import("t.csv", &own, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "STR-203", &["--structure"]);
    let (exit, said) = tables.import("t.csv", &own, &["--structure", "P01"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(
        tables.values("presents_moins6"),
        ["8", "9", "10", "11", "12"]
    );
    let tables = Tables::new();
    let posts = "fonction,diplome\ndirection,BAFD\nanimation,BAFA\n";
    let (exit, said) = tables.import("e.csv", posts, &["--structure", "P01"]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("diplome"), ["BAFD", "BAFA"]);
}

#[test]
fn denominators_enter_by_parts_and_a_part_takes_nothing_away() {
    let tables = Tables::enters("structure,partenaires,tranches_tarif\nP01,9,5\n");
    assert_eq!(tables.values("partenaires"), ["9"]);
    let tables = Tables::enters("structure,familles,enfants\nP01,120,160\n");
    let rest = "structure,animateurs,formes\nP01,8,4\n";
    let (exit, said) = tables.import("rh.csv", rest, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(
        &said,
        "VIS-518",
        &["enfants, familles", "dans un seul tableau"],
    );
    let whole = "structure,familles,enfants,animateurs,formes\nP01,120,160,8,4\n";
    let (exit, said) = tables.import("tout.csv", whole, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("familles"), ["120"]);
}

#[test]
fn a_team_in_two_files_is_asked_and_a_team_corrected_is_not() {
    let direction = team(&["P01,directrice,BAFD,2023-09-01"]);
    let others = team(&[
        "P01,animateur,BAFA,2024-09-01",
        "P01,animatrice,sans,2025-09-01",
    ]);
    let tables = Tables::enters(&direction);
    let (exit, said) = tables.import("a.csv", &others, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VIS-518", &["directrice", "dans un seul tableau"]);
    // Another half of the team, as numerous.
    let more = team(&[
        "P01,animateur,BAFA,2022-09-01",
        "P01,animatrice,BAFD,2021-09-01",
    ]);
    let tables = Tables::enters(&others);
    let (exit, said) = tables.import("a.csv", &more, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VIS-518", &["autre partie de l’équipe"]);
    let corrected = others.replace("sans", "BAFA");
    let (exit, said) = tables.import("a.csv", &corrected, &[]);
    assert_eq!(exit, 0, "{said:#}");
}

#[test]
fn diplomas_denied_or_to_come_are_no_diplomas() {
    let tables = Tables::enters(&team(&[
        "P01,animation,pas de BAFA,",
        "P01,animation,sans (BAFA demandé),",
        "P01,animation,BAFA,",
    ]));
    assert_eq!(tables.values("diplome"), ["aucun", "aucun", "BAFA"]);
    for said in [
        "BAFA prévu en 2027",
        "équivalence",
        "pas de BAFA mais CAP AEPE",
    ] {
        let line = format!("P01,animation,{said},");
        Tables::refuses(&team(&[&line]), "VAL-401", &[said]);
    }
}

#[test]
fn lines_of_a_team_that_are_no_post_are_asked() {
    for role in [
        "3 animateurs",
        "ex-animateur",
        "agent de cantine",
        "bénévole",
    ] {
        let line = format!("P01,{role},BAFA,2024-09-01");
        Tables::asks(&team(&[&line]), "VIS-524", &[role]);
    }
    let director = "P01,directeur,BAFD,2023-09-01";
    Tables::asks(&team(&[director, director]), "VIS-524", &["deux fois"]);
    let animateur = "P01,animateur,BAFA,2024-09-01";
    Tables::enters(&team(&[director, animateur, animateur]));
    Tables::asks(
        &team(&["P01,animateur,BAFA,2099-01-01"]),
        "VIS-524",
        &["2099"],
    );
}

#[test]
fn sessions_of_another_accueil_or_period_are_asked() {
    let site = june("P01", &DAYS).replace("P01,,", "P01,Les Colombages,");
    Tables::asks(&site, "VIS-524", &["R01 (Les Colombages)"]);
    Tables::enters(&june("P01", &DAYS).replace("P01,,", "P01,salle des fêtes,"));
    let crowd = june("P01", &DAYS).replace(",8,14,3", ",8,84,6");
    Tables::asks(&crowd, "VIS-524", &["60 places"]);
    let holidays = june("P01", &DAYS).replace("periscolaire", "extrascolaire");
    Tables::asks(&holidays, "VIS-524", &["jours d’école"]);
    let swapped = june("P01", &["06-01", "02-06", "06-04", "06-05", "06-08"]);
    Tables::asks(&swapped, "VIS-524", &["06/02/2026", "inversés"]);
}

#[test]
fn hours_and_minutes_are_no_decimals() {
    let line = |plage: &str, hours: &str| {
        sessions(&[&format!(
            "P01,,2026-06-01,{plage},periscolaire,{hours},8,14,3"
        )])
    };
    Tables::refuses(&line("Soir", "1.30"), "VAL-405", &["deux façons"]);
    Tables::asks(&line("7h-8h30", "1.3"), "VIS-524", &["dure 1,5"]);
    for (plage, hours) in [("Soir", "1.50"), ("Soir", "1.25"), ("7h-8h12", "1.20")] {
        Tables::enters(&line(plage, hours));
    }
}

#[test]
fn a_day_taken_out_of_a_file_that_comes_back_is_asked() {
    let tables = Tables::enters(&june("P01", &DAYS));
    let shorter = june("P01", &DAYS).replace("P01,,2026-06-04,Matin,periscolaire,1,10,16,3\n", "");
    let (exit, said) = tables.import("t v2.csv", &shorter, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VIS-512", &["04/06/2026", "annuler"]);
    let moved = june("M01", &DAYS).replace("M01", "R01");
    let (exit, said) = tables.import("t corrigé.csv", &moved, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VIS-512", &["R01", "P01"]);
    // The next days, and those of before again, come by themselves.
    let days = ["06-02", "06-04", "06-05", "06-08", "06-09"];
    let next = june("P01", &days);
    let (exit, said) = tables.import("t.csv", &next, &[]);
    assert_eq!(exit, 0, "{said:#}");
    assert_eq!(tables.values("animateurs").len(), 6);
}

#[test]
fn titles_and_names_that_say_other_numbers_are_asked() {
    let sessions = june("P01", &DAYS);
    for title in [
        "Mat. = total dont élém.",
        "Capacités d’accueil",
        "En pourcentage",
    ] {
        let text = format!("{title},,,,,,,,\n{sessions}");
        Tables::asks(&text, "VIS-517", &[title]);
    }
    for title in [
        "Moyenne intercommunale",
        "Département de la Loire",
        "Cumul depuis 2020",
    ] {
        let text = format!("{title},,\nstructure,familles,enfants\nP01,120,160\n");
        Tables::asks(&text, "VIS-517", &[title]);
    }
    for title in ["Postes à pourvoir", "Candidatures reçues"] {
        let text = format!("{title},,,\n{}", team(&["P01,animation,BAFA,"]));
        Tables::asks(&text, "VIS-517", &[title]);
    }
    let tables = Tables::new();
    let (exit, said) = tables.import("effectifs prévisionnels juin.csv", &sessions, &[]);
    assert_eq!(exit, 1, "{said:#}");
    tells(&said, "VIS-517", &["nom du fichier"]);
}

#[test]
fn ordinary_headings_of_sessions_need_no_list() {
    let heads = "Accueil,Lieu,Jour,Horaire,Temps,Durée,Présents - 6 ans,Présents + 6 ans,Anim.";
    let text = june("P01", &DAYS).replace(
        "structure,site,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs",
        heads,
    );
    let tables = Tables::enters(&text);
    assert_eq!(tables.values("animateurs").len(), 5);
    // The day of the week beside the date is none.
    let both = "structure,Jour,date,plage,temps,duree_h,presents_moins6,presents_6plus,animateurs";
    let text = format!("{both}\nP01,lundi,2026-06-01,Matin,periscolaire,1,8,14,3\n");
    let tables = Tables::new();
    let (_, said) = tables.import("t.csv", &text, &["--ignorer", "Jour"]);
    assert_eq!(tables.values("animateurs"), ["3"], "{said:#}");
}
