//! Territories at random: functions, services, meetings of a year and who came, answers to a questionnaire. What the
//! attacker knows of them (who was invited, who holds what, how many answered) and what it looks for.

use std::fmt::Write as _;

use observatoire::convention::{
    FonctionsColumn as F, IncomingChoices, NewRow, PartenairesColumn as Par,
    PresencesColumn as Pre, Register, Registers, SuiviBook, SuiviImport, TempsColumn as T,
    WordList, import_suivi, parse_convention, write_suivi,
};
use observatoire::vocabulary::config::Observatory;

use crate::atelier::{Atelier, on};
use crate::ctg::random_registers::Dice;

/// Ends of quarters.
pub const QUARTERS: [(&str, &str, &str); 4] = [
    ("2026-T1", "2026-01-01", "2026-03-31"),
    ("2026-T2", "2026-04-01", "2026-06-30"),
    ("2026-T3", "2026-07-01", "2026-09-30"),
    ("2026-T4", "2026-10-01", "2026-12-31"),
];

/// Services beyond those of functions that collaborations look for.
pub const OWN: [usize; 2] = [7, 8];

/// Code, kind of calculation, what it takes, how often.
const INDICATORS: [(&str, &str, &str, &str); 18] = [
    (
        "G21",
        "participation",
        "types = [\"groupe_travail\"]",
        "trimestre",
    ),
    (
        "G22",
        "participation",
        "types = [\"groupe_travail\"]",
        "annee",
    ),
    (
        "G23",
        "participation",
        "types = [\"groupe_travail\", \"copil\"]",
        "annee",
    ),
    (
        "G24",
        "presence_fonctions",
        "nature_fonction = \"CCThematique\"\ntypes = [\"copil\"]",
        "trimestre",
    ),
    (
        "G25",
        "presence_fonctions",
        "nature_fonction = \"CCThematique\"\ntypes = [\"copil\"]",
        "annee",
    ),
    (
        "G26",
        "compte_temps",
        "types = [\"groupe_travail\"]",
        "trimestre",
    ),
    (
        "G27",
        "compte_temps",
        "types = [\"groupe_travail\"]",
        "annee",
    ),
    (
        "G28",
        "compte_distinct",
        "types = [\"groupe_travail\"]",
        "annee",
    ),
    ("G29", "diversite", "types = [\"groupe_travail\"]", "annee"),
    ("G30", "diversite", "types = [\"copil\"]", "trimestre"),
    (
        "G31",
        "collaborations",
        "nature_fonction = \"CCThematique\"\nservices = [\"Service 7\", \"Service 8\"]",
        "trimestre",
    ),
    (
        "G32",
        "collaborations",
        "nature_fonction = \"CCThematique\"\nservices = [\"Service 7\", \"Service 8\"]",
        "annee",
    ),
    (
        "G33",
        "part_fonctions",
        "nature_fonction = \"CCThematique\"",
        "trimestre",
    ),
    (
        "G34",
        "favorable",
        "enquete = \"ESSAI\"\nitem = \"I0\"",
        "trimestre",
    ),
    (
        "G35",
        "favorable",
        "enquete = \"ESSAI\"\nitem = \"I0\"",
        "annee",
    ),
    ("G36", "favorable", "enquete = \"ESSAI\"", "annee"),
    (
        "G37",
        "favorable",
        "enquete = \"ESSAI\"\nitem = \"I1\"",
        "annee",
    ),
    ("G38", "participation", "types = [\"copil\"]", "trimestre"),
];

/// A service at a meeting: what the attacker looks for is `came` and `persons`.
pub struct Seat {
    pub service: usize,
    pub came: bool,
    pub persons: usize,
}

/// A meeting.
pub struct Held {
    pub date: String,
    pub is_copil: bool,
    pub seats: Vec<Seat>,
}

/// A response: favourable or not, by item; none where it was left out.
pub struct Response {
    pub date: String,
    pub items: [Option<bool>; 2],
}

/// A territory over a year.
pub struct Territory {
    /// Functions of cooperation, each sent by the service of its rank; the quarter from which it uses the application.
    pub functions: Vec<Option<usize>>,
    /// Kind of each service.
    pub kinds: Vec<usize>,
    pub year: Vec<Held>,
    pub responses: Vec<Response>,
}

fn day(dice: &mut Dice) -> String {
    format!("2026-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28))
}

impl Territory {
    /// Now and then nobody came, or all; few kinds, or many.
    pub fn at_random(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mood = dice.below(5);
        let likes = dice.below(11);
        let functions = 1 + dice.below(7);
        let kinds = 1 + dice.below(6);
        let size = 1 + dice.below(4);
        Self {
            functions: (0..functions)
                .map(|_| (dice.below(3) > 0).then(|| dice.below(4)))
                .collect(),
            kinds: (0..9).map(|_| dice.below(kinds)).collect(),
            year: (0..3 + dice.below(12))
                .map(|_| held(&mut dice, mood, size))
                .collect(),
            responses: (0..dice.below(26))
                .map(|_| {
                    let answer =
                        |dice: &mut Dice| (dice.below(8) > 0).then(|| dice.below(10) < likes);
                    Response {
                        items: [answer(&mut dice), answer(&mut dice)],
                        date: day(&mut dice),
                    }
                })
                .collect(),
        }
    }

    pub fn holds(&self, seat: &Seat, held: &Held) -> bool {
        held.is_copil && seat.service < self.functions.len()
    }
}

fn held(dice: &mut Dice, mood: usize, size: usize) -> Held {
    let is_copil = dice.below(3) == 0;
    let alike = dice.below(4) == 0;
    let invited = 2 + dice.below(2 * size + 1);
    let first = dice.below(9);
    let seats = (0..invited.min(9)).map(|s| {
        let came = if alike {
            mood.is_multiple_of(2)
        } else {
            dice.below(10) > 2 * mood
        };
        Seat {
            service: (first + s) % 9,
            came,
            persons: if came { 1 + dice.below(3) } else { 0 },
        }
    });
    Held {
        seats: seats.collect(),
        date: day(dice),
        is_copil,
    }
}

/// What was signed: the same everywhere, in an order that changes.
pub fn convention(seed: u64) -> String {
    let mut text = include_str!("convention.toml").to_owned();
    let mut dice = Dice::new(seed ^ 0x5EED);
    let mut order: Vec<_> = INDICATORS.iter().collect();
    for i in (1..order.len()).rev() {
        order.swap(i, dice.below(i + 1));
    }
    for (code, kind, takes, rhythm) in order {
        let unit = match *kind {
            "compte_temps" => "temps",
            "compte_distinct" => "organismes",
            "collaborations" => "collaborations",
            _ => "%",
        };
        _ = write!(
            text,
            "\n[[indicateurs]]\ncode = \"{code}\"\nfiche = \"F1\"\nlibelle = \"Essai {code}\"\ncalcul = \"{kind}\"\n{takes}\nunite = \"{unit}\"\nperiode = \"{rhythm}\"\nnature = \"changement\"\nsens = \"haut\"\n"
        );
    }
    text
}

const SURVEY: &str = "[enquete]\ncode = \"ESSAI\"\nintitule = \"Essai\"\nechelle = [\"Oui\", \"Non\"]\nfavorables = 1\n\n[[items]]\ncode = \"I0\"\nlibelle = \"Premiere phrase de cet essai\"\n\n[[items]]\ncode = \"I1\"\nlibelle = \"Seconde question, tout autre\"\n";

fn rows(of: &Territory) -> Vec<NewRow> {
    let labels = WordList::PartnerKind.labels();
    let mut rows: Vec<NewRow> = (of.functions.iter().enumerate())
        .map(|(f, since)| {
            let row = NewRow::new(Register::Fonctions, &format!("CCT-{f}"))
                .with(F::Intitule, format!("Coopération {f}"))
                .with(F::Nature, "CCThématique")
                .with(F::Instances, "COPIL")
                .with(F::Pourvu, "oui");
            match since {
                Some(quarter) => row
                    .with(F::Poche, "oui")
                    .with(F::PocheDepuis, QUARTERS[*quarter].1),
                None => row.with(F::Poche, "non"),
            }
        })
        .collect();
    for (s, kind) in of.kinds.iter().enumerate() {
        rows.push(
            NewRow::new(Register::Partenaires, &format!("SRV-{s}"))
                .with(Par::Nom, format!("Service {s}"))
                .with(Par::Type, labels[*kind]),
        );
    }
    for (m, held) in of.year.iter().enumerate() {
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
        for seat in &held.seats {
            let mut row = NewRow::new(Register::Presences, "")
                .with(Pre::Temps, &*title)
                .with(Pre::Organisme, format!("Service {}", seat.service))
                .with(Pre::Invite, "oui")
                .with(Pre::Nombre, seat.persons.to_string())
                .with(Pre::Statut, if seat.came { "présent" } else { "absent" });
            if of.holds(seat, held) {
                row = row.with(Pre::Fonction, format!("CCT-{}", seat.service));
            }
            rows.push(row);
        }
    }
    rows
}

/// An observatory whose registers are these, known from the first day.
pub fn world(seed: u64, of: &Territory) -> Atelier {
    let atelier = Atelier::blank();
    let text = convention(seed);
    atelier.write("ctg/convention.toml", text.as_bytes());
    atelier.write("ctg/enquetes/essai.toml", SURVEY.as_bytes());
    let observatory = Observatory::open(Some(&atelier.root())).expect("an observatory");
    let convention = parse_convention("convention.toml", &text, &observatory);
    let convention = convention.expect("it holds together").value;
    let registers = Registers::of_rows(rows(of), "");
    let book = SuiviBook::new(&convention, &registers, None, on("2026-01-01"), true);
    let path = atelier.write("suivi.xlsx", &write_suivi(&book).expect("a workbook"));
    let enters = |path: String, day: &str| {
        let request = SuiviImport {
            paths: &[path.into()],
            date: on(day),
            simulation: false,
            choices: IncomingChoices::default(),
        };
        let intake = import_suivi(&observatory, &convention, &request).expect("it enters");
        let errors = intake.files[0]
            .diagnostics
            .iter()
            .filter(|d| format!("{:?}", d.severity()) == "Error");
        assert_eq!(errors.count(), 0, "{:?}", intake.files[0].diagnostics);
    };
    enters(path, "2026-01-01");
    for (path, day) in answers(&atelier, of) {
        enters(path, day);
    }
    atelier
}

/// Quarter by quarter, so that each edition knows what had come.
fn answers(atelier: &Atelier, of: &Territory) -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    for (q, (_, from, to)) in QUARTERS.iter().enumerate() {
        let own = of.responses.iter().enumerate();
        let own: Vec<_> = own
            .filter(|(_, r)| *from <= r.date.as_str() && r.date.as_str() <= *to)
            .filter(|(_, r)| r.items.iter().any(Option::is_some))
            .collect();
        if own.is_empty() {
            continue;
        }
        let mut text = "\"id\",\"submitdate\",\"I0\",\"I1\"\n".to_owned();
        for (rank, response) in own {
            let said = response.items.map(|item| match item {
                Some(true) => "Oui",
                Some(false) => "Non",
                None => "",
            });
            _ = writeln!(
                text,
                "\"{}\",\"{} 10:00:00\",\"{}\",\"{}\"",
                rank + 1,
                response.date,
                said[0],
                said[1]
            );
        }
        let path = atelier.write(&format!("reponses {q}.csv"), text.as_bytes());
        files.push((path, *to));
    }
    files
}
