//! The convention territoriale globale: what was signed, its follow-up filled by several people, its indicators computed
//! a second time, laws that they hold, what is explained.

mod all_indicators;
mod attack;
mod bilan;
mod convention_mistakes;
mod documents;
mod exchanges;
mod experiment;
mod formats_alike;
mod governance;
mod incoming;
mod meetings;
mod naive_calculations;
mod past_days;
mod random_registers;
mod suivi_bases;
mod suivi_faults;
mod surveys;
mod written_texts;

pub use incoming::incoming_faults;
pub use suivi_faults::suivi_faults;

use std::collections::BTreeMap;
use std::path::Path;

use observatoire::base::sheets::{self, Workbook};
use observatoire::convention::territory::TerritoryData;
use observatoire::convention::{
    CalculationInput, ComputedIndicator, Convention, KnownSurveys, NewRow, PresencesColumn,
    Register, Registers, SuiviBook, SuiviPeriod, TempsColumn, compute, parse_convention,
    write_suivi,
};
use observatoire::vocabulary::config::Observatory;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook as Written;

use crate::atelier::{Atelier, on};
use naive_calculations::{Asked, Book, Counting, Naive};

/// One indicator a kind of calculation, on the fiches of the example.
const KINDS: &str = include_str!("ctg/kinds.toml");

/// The observatory of the example with a convention that has every kind of calculation.
struct World {
    observatory: Observatory,
    convention: Convention,
    written: toml::Value,
}

impl World {
    fn new(root: &Path, text: &str) -> Self {
        let observatory = Observatory::open(Some(root)).expect("an observatory");
        let convention = parse_convention("convention.toml", text, &observatory);
        Self {
            convention: convention.expect("it holds together").value,
            observatory,
            written: toml::from_str(text).expect("TOML"),
        }
    }

    fn kinds(root: &Path) -> Self {
        let text = std::fs::read_to_string(root.join("ctg/convention.toml")).expect("a convention");
        let head = text.split("[[indicateurs]]").next().expect("a head");
        Self::new(root, &format!("{head}\n{KINDS}"))
    }

    fn period(&self, label: &str, asked: &str) -> SuiviPeriod {
        let campaigns = &self.observatory.settings.campaigns;
        SuiviPeriod::read(label, &self.convention, campaigns, on(asked)).expect("a period")
    }

    fn computed(&self, registers: &Registers, period: &SuiviPeriod) -> Vec<ComputedIndicator> {
        let input = CalculationInput {
            convention: &self.convention,
            registers,
            registry: &self.observatory.registry,
            figures: &BTreeMap::new(),
            surveys: &KnownSurveys::default(),
            territory: &TerritoryData::default(),
            facts: None,
        };
        let all = self.convention.indicators.iter();
        all.map(|i| compute(&input, i, period)).collect()
    }

    fn workbook(&self, registers: &Registers) -> Workbook {
        let book = SuiviBook::new(&self.convention, registers, None, on("2026-12-15"), true);
        let bytes = write_suivi(&book).expect("a workbook");
        sheets::open(Path::new("suivi.xlsx"), &bytes)
            .expect("it opens")
            .value
    }

    /// What differs between both computations, over some periods.
    fn differences(&self, registers: &Registers, book: &Workbook) -> Vec<String> {
        let book = Book::of(book);
        let day =
            |d: Option<observatoire::base::day::Day>| d.map_or_else(String::new, |d| d.to_string());
        let structures: Vec<(String, String, String)> = (self.observatory.registry.all().iter())
            .map(|s| (s.code.clone(), day(s.ouverture), day(s.fermeture)))
            .collect();
        let indicators = self.written["indicateurs"].as_array().expect("indicators");
        let mut wrong = Vec::new();
        for (label, asked) in [
            ("2026", "2026-12-15"),
            ("2026-T2", "2026-12-15"),
            ("2025", "2026-06-30"),
            ("2026-T4", "2026-11-02"),
            ("2027", "2026-12-15"),
        ] {
            let period = self.period(label, asked);
            let (from, to) = (period.from.to_string(), period.to.to_string());
            let asked = Asked {
                label,
                from: &from,
                to: &to,
                seen_on: asked,
                structures: &structures,
                convention: &self.written,
            };
            for (c, indicator) in self.computed(registers, &period).iter().zip(indicators) {
                let naive = Counting {
                    book: &book,
                    asked: &asked,
                    indicator,
                }
                .value();
                let own: Naive = (c.value, c.numerator, c.denominator, c.n);
                if c.status.key() != "a_venir" && !same(own, naive) {
                    wrong.push(format!("{} {label}: {own:?}, naively {naive:?}", c.code));
                }
            }
        }
        wrong
    }
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        (None, None) => true,
        _ => false,
    }
}

fn same(a: Naive, b: Naive) -> bool {
    close(a.0, b.0) && close(a.1, b.1) && close(a.2, b.2) && a.3 == b.3
}

/// Every shipped indicator of the example, from the registers as a person has them in Excel.
#[test]
fn indicators_of_the_example_are_those_of_a_second_computation() {
    let demo = Atelier::demo();
    let root = demo.root();
    let out = root.join("suivi.xlsx");
    let answer = demo.run(&[
        "ctg",
        "exporter",
        "--sortie",
        &out.to_string_lossy(),
        "--date",
        "2026-12-15",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let bytes = std::fs::read(&out).expect("written");
    let book = sheets::open(&out, &bytes).expect("it opens").value;
    let text = std::fs::read_to_string(root.join("ctg/convention.toml")).expect("a convention");
    let registers = Registers::load(&root, None).expect("a follow-up");
    for world in [World::new(&root, &text), World::kinds(&root)] {
        let wrong = world.differences(&registers, &book);
        assert!(wrong.is_empty(), "{wrong:#?}");
        let period = world.period("2026", "2026-12-15");
        let known = world.computed(&registers, &period);
        let some = known.iter().filter(|c| c.value.is_some()).count();
        println!(
            "{} indicateurs de l’exemple, cinq périodes, deux calculs ; {some} ont une valeur en 2026",
            known.len()
        );
        assert!(some > 12, "{some} of {} have a value", known.len());
    }
}

#[test]
fn two_hundred_random_registers_give_the_same_twice() {
    let demo = Atelier::demo();
    let world = World::kinds(&demo.root());
    let mut valued: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..200 {
        let registers = Registers::of_rows(random_registers::registers(seed), "");
        let wrong = world.differences(&registers, &world.workbook(&registers));
        assert!(wrong.is_empty(), "seed {seed}: {wrong:#?}");
        let period = world.period("2026", "2026-12-15");
        for c in world.computed(&registers, &period) {
            *valued.entry(c.code).or_default() += usize::from(c.value.is_some_and(|v| v > 0.0));
        }
    }
    println!(
        "200 registres au hasard × {} indicateurs × 5 périodes : 0 différence à 1e-9 ; valeurs non nulles en 2026 : {valued:?}",
        valued.len()
    );
    let idle: Vec<_> = valued.iter().filter(|(_, n)| **n < 5).collect();
    assert!(idle.is_empty(), "kinds that were hardly tried: {idle:?}");
}

fn told(computed: &[ComputedIndicator]) -> Vec<(String, Option<f64>, usize)> {
    computed
        .iter()
        .map(|c| (c.code.clone(), c.value, c.n))
        .collect()
}

fn of<'a>(computed: &'a [ComputedIndicator], code: &str) -> &'a ComputedIndicator {
    computed.iter().find(|c| c.code == code).expect("computed")
}

fn world() -> &'static World {
    static WORLD: std::sync::OnceLock<World> = std::sync::OnceLock::new();
    WORLD.get_or_init(|| World::kinds(&Atelier::demo().root()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The order of lines says nothing.
    #[test]
    fn shuffled_lines_change_nothing(seed in 0_u64..100_000, turn in 1_usize..50) {
        let world = world();
        let period = world.period("2026", "2026-12-15");
        let rows = random_registers::registers(seed);
        // Of several declared values of one period the last stands: their order does say something.
        let (declared, others): (Vec<NewRow>, Vec<NewRow>) = rows.into_iter().partition(|r| r.register == Register::Releves);
        let mut turned = others.clone();
        let middle = turn % turned.len().max(1);
        turned.rotate_left(middle);
        turned.reverse();
        let both = [others, turned].map(|rows| {
            let registers = Registers::of_rows(rows.into_iter().chain(declared.clone()), "");
            told(&world.computed(&registers, &period))
        });
        prop_assert_eq!(&both[0], &both[1]);
    }

    /// A meeting without anybody is counted and weighs on no participation; a service listed twice counts once; one
    /// more that is excused lowers it.
    #[test]
    fn meetings_and_services_count_as_they_should(seed in 0_u64..100_000) {
        let world = world();
        let period = world.period("2026", "2026-12-15");
        let rows = random_registers::registers(seed);
        let after = |more: Vec<NewRow>| {
            let registers = Registers::of_rows(rows.clone().into_iter().chain(more), "");
            world.computed(&registers, &period)
        };
        let before = after(Vec::new());
        let meeting = NewRow::new(Register::Temps, "T-900").with(TempsColumn::Date, "2026-03-03").with(TempsColumn::Type, "groupe de travail");
        let seen = |id: &str, service: &str, status: &str| {
            NewRow::new(Register::Presences, id)
                .with(PresencesColumn::Temps, "T-900")
                .with(PresencesColumn::Organisme, "Seul")
                .with(PresencesColumn::Service, service)
                .with(PresencesColumn::Statut, status)
        };
        let empty = after(vec![meeting.clone()]);
        prop_assert_eq!(of(&empty, "X01").n, of(&before, "X01").n + 1);
        prop_assert_eq!(of(&empty, "X02").value, of(&before, "X02").value);
        let once = after(vec![meeting.clone(), seen("PRE-900", "a", "présent")]);
        let twice = after(vec![meeting.clone(), seen("PRE-900", "a", "présent"), seen("PRE-901", "A", "présent")]);
        prop_assert_eq!(of(&once, "X02").value, of(&twice, "X02").value);
        let excused = after(vec![meeting, seen("PRE-900", "a", "présent"), seen("PRE-901", "b", "excusé")]);
        prop_assert!(of(&excused, "X02").value < of(&once, "X02").value);
    }
}

/// A quarter printed as it was known then is the same whatever came since.
#[test]
fn a_state_is_the_same_whatever_was_imported_later() {
    let demo = Atelier::demo();
    let asked = [
        "ctg",
        "indicateurs",
        "--periode",
        "2026-T2",
        "--date",
        "2026-07-15",
    ];
    let (code, before) = demo.json(&asked);
    assert_eq!(code, 0);
    let out = demo.root().join("suivi.xlsx");
    assert_eq!(
        demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()])
            .code,
        0
    );
    let path = demo.write(
        "rempli.xlsx",
        &edited(
            &std::fs::read(&out).expect("written"),
            &[("Temps", 12, 2, "COPIL")],
        ),
    );
    let (code, said) = demo.json(&["ctg", "importer", &path]);
    assert_eq!(
        (code, &said["resultat"]["fichiers"][0]["resultat"]),
        (0, &"importé".into()),
        "{said:#}"
    );
    let (_, after) = demo.json(&asked);
    assert_eq!(before["resultat"], after["resultat"]);
    let (_, now) = demo.json(&["ctg", "indicateurs", "--periode", "2026-T2"]);
    assert_ne!(
        before["resultat"], now["resultat"],
        "what came since shows in the state of today"
    );
}

/// A workbook written again with some cells replaced: sheet, row, column, text; what reads as a number is one.
pub fn edited(bytes: &[u8], edits: &[(&str, u32, u16, &str)]) -> Vec<u8> {
    let book = sheets::open(Path::new("suivi.xlsx"), bytes)
        .expect("it opens")
        .value;
    let mut written = Written::new();
    for sheet in &book.sheets {
        let page = written.add_worksheet();
        page.set_name(&*sheet.name).expect("a name");
        for row in &sheet.rows {
            for cell in &row.cells {
                put(page, (row.index, cell.col as u16), &cell.value.text());
            }
        }
        for (_, row, column, text) in edits.iter().filter(|e| *e.0 == *sheet.name) {
            put(page, (*row, *column), text);
        }
    }
    written.save_to_buffer().expect("a workbook")
}

fn put(page: &mut rust_xlsxwriter::Worksheet, (row, column): (u32, u16), text: &str) {
    let iso = (text.len() == 10).then(|| rust_xlsxwriter::ExcelDateTime::parse_from_str(text));
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    match (iso, text.parse::<f64>()) {
        (Some(Ok(day)), _) => page
            .write_datetime_with_format(row, column, &day, &date)
            .map(|_| ()),
        (_, Ok(number)) => page.write_number(row, column, number).map(|_| ()),
        _ if text.is_empty() => page
            .write_blank(row, column, &rust_xlsxwriter::Format::new())
            .map(|_| ()),
        _ => page.write_string(row, column, text).map(|_| ()),
    }
    .expect("a cell");
}

/// Two people fill the same workbook: both enter, one cell is told with both values, nothing else is lost.
#[test]
fn two_people_fill_the_same_workbook() {
    let demo = Atelier::demo();
    let root = demo.root();
    let out = root.join("suivi.xlsx");
    assert_eq!(
        demo.run(&["ctg", "exporter", "--sortie", &out.to_string_lossy()])
            .code,
        0
    );
    let bytes = std::fs::read(&out).expect("written");
    // Hours of the first meeting (contested), of the second (one alone), a new meeting and who came to it.
    let one = edited(
        &bytes,
        &[
            ("Temps", 2, 8, "3"),
            ("Temps", 3, 8, "4"),
            ("Temps", 33, 1, "2026-12-14"),
            ("Temps", 33, 2, "formation"),
            ("Temps", 33, 3, "Ajoutée par la première"),
        ],
    );
    let two = edited(
        &bytes,
        &[
            ("Temps", 2, 8, "5"),
            ("Temps", 4, 8, "6"),
            ("Temps", 33, 1, "2026-12-13"),
            ("Temps", 33, 2, "visite"),
            ("Temps", 33, 3, "Ajoutée par la seconde"),
            ("Présences", 142, 1, "Ajoutée par la seconde"),
            ("Présences", 142, 2, "CDC"),
        ],
    );
    let paths = [demo.write("un.xlsx", &one), demo.write("deux.xlsx", &two)];
    let (code, said) = demo.json(&["ctg", "importer", &paths[0]]);
    assert_eq!(code, 0, "{said:#}");
    let (code, said) = demo.json(&["ctg", "importer", &paths[1]]);
    assert_eq!(code, 0, "{said:#}");
    let contested: Vec<String> = (said["diagnostics"].as_array().expect("a list").iter())
        .filter(|d| d["code"] == "CTG-213")
        .map(|d| d["message"].to_string())
        .collect();
    assert_eq!(contested.len(), 1, "{said:#}");
    assert!(
        contested[0].contains("« 3 »") && contested[0].contains("« 5 »"),
        "{contested:?}"
    );
    let registers = Registers::load(&root, None).expect("a follow-up");
    let hours = |id: &str| {
        registers
            .row(Register::Temps, id)
            .expect("a line")
            .number(TempsColumn::Duree)
    };
    assert_eq!(
        [hours("T-001"), hours("T-002"), hours("T-003")],
        [Some(5.0), Some(4.0), Some(6.0)]
    );
    let titles: Vec<&str> = registers
        .rows(Register::Temps)
        .iter()
        .map(|r| r.text(TempsColumn::Intitule))
        .collect();
    assert_eq!(registers.rows(Register::Temps).len(), 33, "{titles:?}");
    let added = registers
        .rows(Register::Presences)
        .iter()
        .find(|p| p.id == "PRE-141")
        .expect("a line");
    assert_eq!(added.text(PresencesColumn::Temps), "T-033");
    // The same bytes again change nothing.
    let (_, again) = demo.json(&["ctg", "importer", &paths[1]]);
    assert_eq!(again["resultat"]["fichiers"][0]["resultat"], "déjà importé");
}

/// Exported and brought back untouched, whole or of one fiche: nothing changes.
#[test]
fn what_is_exported_and_brought_back_changes_nothing() {
    let demo = Atelier::demo();
    let before = Registers::load(&demo.root(), None).expect("a follow-up");
    for more in [&[][..], &["--fiche", "GOUVERNANCE"]] {
        let out = demo.root().join("suivi.xlsx");
        let out = out.to_string_lossy();
        let mut asked = vec!["ctg", "exporter", "--sortie", &*out];
        asked.extend(more);
        assert_eq!(demo.run(&asked).code, 0);
        let (code, said) = demo.json(&["ctg", "importer", &out]);
        assert_eq!(
            (code, &said["resultat"]["fichiers"][0]["resultat"]),
            (0, &"rien de nouveau".into()),
            "{said:#}"
        );
    }
    assert_eq!(
        before,
        Registers::load(&demo.root(), None).expect("a follow-up")
    );
    let sizes = [
        (Register::Actions, 24),
        (Register::Temps, 31),
        (Register::Presences, 140),
        (Register::Partenaires, 18),
        (Register::Fonctions, 9),
        (Register::Documents, 27),
        (Register::Decisions, 11),
        (Register::Pratiques, 6),
    ];
    for (register, lines) in sizes {
        assert_eq!(before.rows(register).len(), lines, "{}", register.sheet());
    }
}

/// « expliquer CTG/G07/2026-T4 »: meetings and services, in sentences; a figure that is none says why.
#[test]
fn an_indicator_is_explained_to_its_lines() {
    let demo = Atelier::demo();
    let answer = demo.run(&["expliquer", "CTG/G07/2026-T4", "--date", "2026-12-15"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let said = answer.stdout.replace('\u{a0}', " ");
    for words in [
        "12 ÷ 14 = 86 %",
        "Temps › T-023",
        "4 services présents sur 5 invités",
        "ne sont pas venus : MDA",
        "Cible : 70 %",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let none = demo.run(&["expliquer", "CTG/E1/2025"]);
    assert!(
        none.stdout.contains("non calculable") && none.stdout.contains("aucune réponse"),
        "{}",
        none.stdout
    );
    let unknown = demo.run(&["expliquer", "CTG/G77/2026-T4"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("G07"), "{}", unknown.stderr);
    let period = demo.run(&["expliquer", "CTG/G07/2026-T5"]);
    assert!(
        period.code == 2 && period.stderr.contains("2026-T2"),
        "{}",
        period.stderr
    );
}

/// Tables of indicators, in every format, and without a convention.
#[test]
fn indicators_are_written_as_tables() {
    let demo = Atelier::demo();
    for name in ["i.csv", "i.xlsx"] {
        let out = demo.root().join(name);
        let answer = demo.run(&["ctg", "indicateurs", "--sortie", &out.to_string_lossy()]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        assert!(out.exists());
    }
    let blank = Atelier::blank();
    let none = blank.run(&["ctg", "indicateurs"]);
    assert!(
        none.code == 2 && none.stderr.contains("ctg init"),
        "{}",
        none.stderr
    );
}
