//! What copil, Caf and everybody are handed is read back from its files and solved: nobody's attendance, no number under
//! five, no share of fewer than five persons may come out of it. The attacker knows the convention, every meeting, who
//! was invited, who holds which function, and how numbers are rounded; it keeps every edition of every quarter.
//!
//! `OBSERVATOIRE_ATTAQUES=200 … ctg::attack --nocapture` tries so many territories at random.

use std::collections::BTreeSet;
use std::path::Path;

use observatoire::convention::{
    FonctionsColumn as F, IncomingChoices, NewRow, PresencesColumn as Pre, Register, Registers,
    SuiviBook, SuiviImport, TempsColumn as T, import_suivi, parse_convention, write_suivi,
};
use observatoire::vocabulary::config::Observatory;

use super::random_registers::Dice;
use crate::atelier::{Atelier, on};

/// Shares and counts over quarters and years, whose differences an attacker takes.
const CONVENTION: &str = r#"
[convention]
intitule = "Convention au hasard"
debut = "2025-01-01"
fin = "2026-12-31"

[[axes]]
code = "A1"
label = "Axe"

[[fiches]]
code = "F1"
axe = "A1"
intitule = "Fiche"
etat = "active"
champ = "enfance"

[[indicateurs]]
code = "PQ"
fiche = "F1"
libelle = "Participation par trimestre"
calcul = "participation"
types = ["groupe_travail"]
unite = "%"
periode = "trimestre"
nature = "realisation"
sens = "haut"

[[indicateurs]]
code = "PY"
fiche = "F1"
libelle = "Participation par an"
calcul = "participation"
types = ["groupe_travail"]
unite = "%"
periode = "annee"
nature = "realisation"
sens = "haut"

[[indicateurs]]
code = "PA"
fiche = "F1"
libelle = "Participation par an, tous les temps"
calcul = "participation"
types = ["groupe_travail", "copil"]
unite = "%"
periode = "annee"
nature = "realisation"
sens = "haut"

[[indicateurs]]
code = "FQ"
fiche = "F1"
libelle = "Instances par trimestre"
calcul = "presence_fonctions"
nature_fonction = "CCThematique"
types = ["copil"]
unite = "%"
periode = "trimestre"
nature = "realisation"
sens = "haut"

[[indicateurs]]
code = "FY"
fiche = "F1"
libelle = "Instances par an"
calcul = "presence_fonctions"
nature_fonction = "CCThematique"
types = ["copil"]
unite = "%"
periode = "annee"
nature = "realisation"
sens = "haut"

[[indicateurs]]
code = "CQ"
fiche = "F1"
libelle = "Temps par trimestre"
calcul = "compte_temps"
types = ["groupe_travail"]
unite = "temps"
periode = "trimestre"
nature = "realisation"
sens = "haut"

[[indicateurs]]
code = "CY"
fiche = "F1"
libelle = "Temps par an"
calcul = "compte_temps"
types = ["groupe_travail"]
unite = "temps"
periode = "annee"
nature = "realisation"
sens = "haut"
"#;

const FUNCTIONS: usize = 7;
const QUARTERS: [(&str, &str, &str); 4] = [
    ("2026-T1", "2026-01-01", "2026-03-31"),
    ("2026-T2", "2026-04-01", "2026-06-30"),
    ("2026-T3", "2026-07-01", "2026-09-30"),
    ("2026-T4", "2026-10-01", "2026-12-31"),
];

/// A service at a meeting: what the attacker looks for is `came` and `persons`.
struct Seat {
    function: Option<usize>,
    came: bool,
    persons: usize,
}

struct Held {
    date: String,
    is_copil: bool,
    seats: Vec<Seat>,
}

/// Meetings of a year at random: now and then nobody came, or all of them.
fn year(seed: u64) -> Vec<Held> {
    let mut dice = Dice::new(seed);
    let mood = dice.below(4);
    (0..4 + dice.below(12))
        .map(|_| {
            let is_copil = dice.below(3) == 0;
            let seats = 1 + dice.below(8);
            let alike = dice.below(3) == 0;
            let seats = (0..seats).map(|s| {
                let came = if alike {
                    mood.is_multiple_of(2)
                } else {
                    dice.below(10) > mood
                };
                Seat {
                    function: (is_copil && s < FUNCTIONS).then_some(s),
                    came,
                    persons: if came { 1 + dice.below(3) } else { 0 },
                }
            });
            let seats = seats.collect();
            Held {
                date: format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28)),
                is_copil,
                seats,
            }
        })
        .collect()
}

fn rows(year: &[Held]) -> Vec<NewRow> {
    let mut rows: Vec<NewRow> = (0..FUNCTIONS)
        .map(|f| {
            NewRow::new(Register::Fonctions, &format!("CCT-{f}"))
                .with(F::Intitule, format!("Coopération {f}"))
                .with(F::Nature, "CCThématique")
                .with(F::Instances, "COPIL")
                .with(F::Pourvu, "oui")
        })
        .collect();
    for (m, held) in year.iter().enumerate() {
        let title = format!("Temps {m}");
        let kind = if held.is_copil {
            "COPIL"
        } else {
            "groupe de travail"
        };
        rows.push(
            NewRow::new(Register::Temps, "")
                .with(T::Date, &*held.date)
                .with(T::Type, kind)
                .with(T::Intitule, &*title),
        );
        for (s, seat) in held.seats.iter().enumerate() {
            let mut row = NewRow::new(Register::Presences, "")
                .with(Pre::Temps, &*title)
                .with(Pre::Organisme, format!("Service {s}"))
                .with(Pre::Invite, "oui")
                .with(Pre::Nombre, seat.persons.to_string())
                .with(Pre::Statut, if seat.came { "présent" } else { "absent" });
            if let Some(f) = seat.function {
                row = row.with(Pre::Fonction, format!("CCT-{f}"));
            }
            rows.push(row);
        }
    }
    rows
}

/// An observatory whose registers are these, known from the first day.
fn world(year: &[Held]) -> Atelier {
    let atelier = Atelier::blank();
    atelier.write("ctg/convention.toml", CONVENTION.as_bytes());
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    let convention = parse_convention("convention.toml", CONVENTION, &observatory);
    let convention = convention.expect("it holds together").value;
    let registers = Registers::of_rows(rows(year), "");
    let book = SuiviBook::new(&convention, &registers, None, on("2026-01-01"), true);
    let path = atelier.write("suivi.xlsx", &write_suivi(&book).expect("a workbook"));
    let request = SuiviImport {
        paths: &[path.into()],
        date: on("2026-01-01"),
        simulation: false,
        choices: IncomingChoices::default(),
    };
    let intake = import_suivi(&observatory, &convention, &request).expect("it enters");
    let errors = intake.files[0]
        .diagnostics
        .iter()
        .filter(|d| format!("{:?}", d.severity()) == "Error");
    assert_eq!(errors.count(), 0, "{:?}", intake.files[0].diagnostics);
    atelier
}

/// A line of the table of indicators, as it is read on the page.
struct Told {
    code: String,
    value: String,
    noted: String,
}

/// Lines of tables whose first cell begins with one of these codes.
fn read(page: &str, codes: &[&str]) -> Vec<Told> {
    let mut told = Vec::new();
    for line in page.split("<tr").skip(1) {
        let line = line.split("</tr>").next().unwrap_or_default();
        let cells: Vec<String> = (line.split("<t").skip(1))
            .filter(|cell| cell.starts_with('d') || cell.starts_with('h'))
            .map(|cell| words(cell.split_once('>').map_or("", |(_, rest)| rest)))
            .collect();
        let code = cells.first().and_then(|first| first.split(' ').next());
        if let (Some(code), Some(value), Some(noted)) = (code, cells.get(3), cells.get(5))
            && codes.contains(&code)
        {
            told.push(Told {
                code: code.to_owned(),
                value: value.clone(),
                noted: noted.clone(),
            });
        }
    }
    told
}

/// Text without tags, entities nor no-break spaces.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            '\u{a0}' | '\u{202f}' => text.push(' '),
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&#x2f;", "/").replace("&#x27;", "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A share as the documentation says that it is told: the attacker's own reading of it.
fn shown(n: usize, of: usize) -> Option<String> {
    if of < 5 {
        return None;
    }
    let near = ((of - 2) * 10 / of).min(9);
    Some(if n * 10 >= near * of {
        format!("{} % ou plus", near * 10)
    } else if n * 10 <= (10 - near) * of {
        format!("{} % ou moins", (10 - near) * 10)
    } else if of < 10 {
        format!("{} sur 5", (n as f64 * 5.0 / of as f64).round())
    } else {
        format!("environ {} %", (n as f64 * 10.0 / of as f64).round() * 10.0)
    })
}

/// A sum over some atoms, between two bounds.
#[derive(Clone)]
struct Bound {
    atoms: BTreeSet<usize>,
    least: i64,
    most: i64,
}

/// Atoms whose sum is known to be none or all of them, by each equation and by what differences of them leave.
fn forced(bounds: &[Bound], room: impl Fn(&BTreeSet<usize>) -> i64) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for whole in bounds {
        let inside: Vec<&Bound> = bounds
            .iter()
            .filter(|b| b.atoms.len() < whole.atoms.len() && b.atoms.is_subset(&whole.atoms))
            .collect();
        let mut stack = vec![(0, whole.atoms.clone(), whole.least, whole.most)];
        while let Some((from, left, least, most)) = stack.pop() {
            if !left.is_empty() && (most <= 0 || least >= room(&left)) {
                found.extend(&left);
            }
            for (rank, part) in inside.iter().enumerate().skip(from) {
                if part.atoms.is_subset(&left) {
                    let rest = left.difference(&part.atoms).copied().collect();
                    stack.push((rank + 1, rest, least - part.most, most - part.least));
                }
            }
        }
    }
    found
}

/// What the attacker holds of a world, once every quarter was handed to every audience.
struct Loot {
    shares: Vec<Bound>,
    persons: Vec<Bound>,
    figures: usize,
}

fn bounds(year: &[Held], pages: &[(usize, String)]) -> Loot {
    let mut seats = Vec::new();
    for (m, held) in year.iter().enumerate() {
        seats.extend(held.seats.iter().map(|s| (m, s)));
    }
    let mut loot = Loot {
        shares: Vec::new(),
        persons: Vec::new(),
        figures: 0,
    };
    for (quarter, page) in pages {
        let (_, from, to) = QUARTERS[*quarter];
        for told in read(page, &["PQ", "PY", "PA", "FQ", "FY", "CQ", "CY"]) {
            loot.figures += 1;
            if told.noted.contains("repris") {
                continue;
            }
            let from = if told.code.ends_with('Q') {
                from
            } else {
                "2026-01-01"
            };
            let is_of = |held: &Held| {
                let kind = match &told.code[..1] {
                    "F" => held.is_copil,
                    _ => !held.is_copil || told.code == "PA",
                };
                kind && from <= held.date.as_str() && held.date.as_str() <= to
            };
            if told.code.starts_with('C') {
                let meetings: BTreeSet<usize> =
                    (0..year.len()).filter(|m| is_of(&year[*m])).collect();
                if let Some((least, most)) = persons(&told.noted) {
                    loot.persons.push(Bound {
                        atoms: meetings,
                        least,
                        most,
                    });
                }
                continue;
            }
            // Members that are not invited are absent: the attacker knows it.
            let own = |(_, (m, seat)): &(usize, &(usize, &Seat))| {
                is_of(&year[*m]) && (!told.code.starts_with('F') || seat.function.is_some())
            };
            let atoms: BTreeSet<usize> = seats
                .iter()
                .enumerate()
                .filter(own)
                .map(|(a, _)| a)
                .collect();
            let meetings = year.iter().filter(|h| is_of(h)).count();
            let of = if told.code.starts_with('F') {
                meetings * FUNCTIONS
            } else {
                atoms.len()
            };
            let fits: Vec<i64> = (0..=of)
                .filter(|n| shown(*n, of).is_some_and(|t| t == told.value))
                .map(|n| n as i64)
                .collect();
            if let (Some(least), Some(most)) = (fits.first(), fits.last()) {
                let most = (*most).min(atoms.len() as i64);
                loot.shares.push(Bound {
                    atoms,
                    least: *least,
                    most,
                });
            }
        }
    }
    loot
}

/// « participants : 10 à 14 ».
fn persons(noted: &str) -> Option<(i64, i64)> {
    let told = noted.split("participants : ").nth(1)?;
    let told = told.split(" ;").next()?.trim();
    let number = |text: &str| text.replace(' ', "").parse::<i64>().ok();
    if told == "moins de 5" {
        return Some((0, 4));
    }
    if let Some(n) = told.strip_prefix("environ ") {
        let n = number(n)?;
        return Some((n, n + 4));
    }
    let (a, b) = told.split_once(" à ")?;
    Some((number(a)?, number(b)?))
}

/// Small numbers of persons that the equations leave a single value.
fn counted(bounds: &[Bound], year: &[Held]) -> usize {
    let real = |atoms: &BTreeSet<usize>| -> i64 {
        let all = atoms.iter().flat_map(|m| &year[*m].seats);
        all.map(|s| s.persons as i64).sum()
    };
    let mut found = 0;
    for whole in bounds {
        for part in bounds {
            if part.atoms.len() >= whole.atoms.len() || !part.atoms.is_subset(&whole.atoms) {
                continue;
            }
            let left: BTreeSet<usize> = whole.atoms.difference(&part.atoms).copied().collect();
            let (least, most) = ((whole.least - part.most).max(0), whole.most - part.least);
            let hidden = real(&left);
            assert!(
                (least..=most).contains(&hidden),
                "{least} {hidden} {most}: the attacker reads what was not printed"
            );
            found += usize::from(least == most && (1..5).contains(&hidden));
        }
    }
    found
}

#[test]
fn nobody_is_found_in_what_committees_and_everybody_receive() {
    let worlds = std::env::var("OBSERVATOIRE_ATTAQUES").ok();
    let worlds: u64 = worlds.and_then(|n| n.parse().ok()).unwrap_or(5);
    let (mut figures, mut equations, mut secrets) = (0, 0, 0);
    for seed in 0..worlds {
        let year = year(seed);
        let atelier = world(&year);
        let mut pages = Vec::new();
        for (rank, (quarter, _, to)) in QUARTERS.iter().enumerate() {
            for audience in ["copil", "caf", "habitants"] {
                let answer = atelier.run(&[
                    "ctg",
                    "suivi",
                    "--trimestre",
                    quarter,
                    "--public",
                    audience,
                    "--date",
                    to,
                    "--format",
                    "html",
                ]);
                assert_eq!(answer.code, 0, "{}", answer.stderr);
                let name = format!("reports/ctg/suivi/suivi-{quarter}-{audience}.html");
                pages.push((
                    rank,
                    std::fs::read_to_string(atelier.root().join(name)).expect("a page"),
                ));
            }
        }
        let loot = bounds(&year, &pages);
        let seats: Vec<&Seat> = year.iter().flat_map(|h| &h.seats).collect();
        for bound in &loot.shares {
            let real = bound.atoms.iter().filter(|a| seats[**a].came).count() as i64;
            assert!(
                (bound.least..=bound.most).contains(&real),
                "seed {seed}: the attacker reads what was not printed"
            );
        }
        let found = forced(&loot.shares, |left| left.len() as i64);
        assert!(
            found.is_empty(),
            "seed {seed}: {} of {} attendances found",
            found.len(),
            seats.len()
        );
        let small = counted(&loot.persons, &year);
        assert_eq!(small, 0, "seed {seed}: numbers under five found");
        figures += loot.figures;
        equations += loot.shares.len() + loot.persons.len();
        secrets += seats.len();
    }
    println!(
        "{worlds} territoires, {figures} chiffres lus, {equations} équations, {secrets} présences : 0 retrouvée, 0 effectif sous 5"
    );
    assert!(
        equations > worlds as usize * 8,
        "{equations} equations: nothing was tried"
    );
}

/// Text of every file that an audience is handed of the example, whatever its format.
fn handed(root: &Path) -> String {
    let mut text = String::new();
    for name in crate::atelier::files(root) {
        let path = root.join(&name);
        let bytes = std::fs::read(&path).expect("readable");
        match path.extension().and_then(|e| e.to_str()) {
            Some("html") => {
                let page = String::from_utf8(bytes).expect("a page");
                let body = page.split("<body").nth(1).unwrap_or_default();
                text.push_str(&words(body.split("<script").next().unwrap_or_default()));
            }
            Some("xlsx" | "docx") => {
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
                for i in 0..archive.len() {
                    let mut part = archive.by_index(i).expect("a part");
                    let mut xml = String::new();
                    if std::io::Read::read_to_string(&mut part, &mut xml).is_ok() {
                        text.push_str(&words(&xml));
                    }
                }
            }
            _ => {}
        }
    }
    text
}

/// The example, in every format: no function by its title, nobody's presence, nothing of the services’ own notes.
#[test]
fn files_of_the_example_hold_no_function_nor_presence() {
    let demo = Atelier::demo();
    let mut read = 0;
    for audience in ["copil", "caf", "habitants"] {
        for (quarter, day) in [("2026-T2", "2026-06-30"), ("2026-T4", "2026-12-15")] {
            let out = demo.root().join(format!("remis-{audience}-{quarter}"));
            let answer = demo.run(&[
                "ctg",
                "suivi",
                "--trimestre",
                quarter,
                "--public",
                audience,
                "--date",
                day,
                "--format",
                "html,xlsx,docx",
                "--sortie",
                &out.to_string_lossy(),
            ]);
            assert_eq!(answer.code, 0, "{}", answer.stderr);
            let text = handed(&out);
            read += text.len();
            for secret in [
                "Coopération jeunesse",
                "coopération jeunesse",
                "CCT-ENF",
                "EP-COORD",
                "Référente inclusion",
                "Conseil technique de la Caf",
                "Vice-présidence",
                "excusé",
                "visioconférence",
                "PRE-0",
            ] {
                assert!(
                    !text.contains(secret),
                    "{audience} {quarter} reads « {secret} »"
                );
            }
        }
    }
    println!("{read} caractères lus chez trois publics, deux trimestres, trois formats");
    assert!(read > 50_000, "{read}");
}
