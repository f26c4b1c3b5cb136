//! `data/ecoles.csv`: pupils of each school, as the open file of the Éducation nationale has them (« effectifs d’élèves par
//! école »), laid in the folder as it is or brought in by `ctg importer`. A series of its own.

use std::collections::BTreeMap;

use super::communes_file::CommuneLine;
use super::context_file::{ContextGrain, ContextLine};
use super::school_place::{commune_of, school_number};
use super::schools_columns::{NEEDED, TITLES};
use super::territory_table::{TableLine, TerritoryTable};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::{count, list};
use crate::convention::versions::KnownFiles;
pub use crate::convention::versions::SCHOOLS_TABLE;

/// The series that it gives.
pub(crate) const PUPILS: &str = "eleves";
const SOURCE: &str = "Éducation nationale, effectifs d’élèves par école";
const LICENCE: &str = "Licence Ouverte 2.0";
/// Schools named when they are left aside.
const NAMED: usize = 3;
/// Pupils of a school at most.
const MOST: u32 = 5_000;

/// Pupils of a school, a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::convention) struct SchoolLine {
    /// Line of the file, as people count.
    pub line: usize,
    /// `0270001A`.
    pub uai: String,
    /// Year of the rentrée.
    pub year: i16,
    /// What it is called.
    pub name: String,
    /// INSEE code of its commune.
    pub insee: String,
    /// All its pupils; of which, before and after six, where they are told.
    pub pupils: u32,
    pub levels: [Option<u32>; 2],
    /// Who says so; empty for the open file.
    pub source: String,
}

/// Schools of the territory, what is wrong, those of other places.
#[derive(Default)]
pub(in crate::convention) struct ReadSchools {
    pub lines: Vec<SchoolLine>,
    pub problems: Vec<Diagnostic>,
    /// Names of the schools that are not of the territory.
    pub aside: Vec<String>,
}

/// Reads pupils; communes say which schools are of the territory.
///
/// # Errors
///
/// A file that cannot be read.
pub(in crate::convention) fn read_schools(
    files: &KnownFiles,
    communes: &[CommuneLine],
) -> Result<ReadSchools> {
    let table = TerritoryTable::open_titled(files, SCHOOLS_TABLE, &TITLES, &NEEDED)?;
    Ok(table.map_or_else(ReadSchools::default, |table| schools_of(table, communes)))
}

/// Schools of a table.
pub(in crate::convention) fn schools_of(
    mut table: TerritoryTable,
    communes: &[CommuneLine],
) -> ReadSchools {
    let mut read = ReadSchools::default();
    if table.problems.is_empty() {
        let mut seen: BTreeMap<(String, i16), usize> = BTreeMap::new();
        for at in table.lines() {
            let Some(place) = commune_of(&table, at, communes) else {
                read.aside.push(named(&table, at));
                continue;
            };
            let Some(line) = read_line(&mut table, at, &place) else {
                continue;
            };
            if let Some(first) = seen.insert((line.uai.clone(), line.year), line.line) {
                let why = format!("la ligne {first} est déjà celle de cette école, cette année-là");
                table.wrong(at, "uai", &why);
            }
            read.lines.push(line);
        }
    }
    read.problems = table.problems;
    read
}

impl ReadSchools {
    /// Lines of the series, and what is told of the others.
    pub(super) fn series(&self) -> (Vec<ContextLine>, Option<Diagnostic>) {
        let told = (self.problems.is_empty() && !self.aside.is_empty()).then(|| {
            let message = left_aside(&self.aside);
            Diagnostic::new(Code::SchoolsAside, Location::file(SCHOOLS_TABLE), message)
        });
        (self.lines.iter().map(SchoolLine::of_series).collect(), told)
    }
}

/// Schools of communes that are not of the territory, in a sentence.
pub(in crate::convention) fn left_aside(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = if names.len() > NAMED { "…" } else { "" };
    format!(
        "{} dans des communes qui ne sont pas dans data/communes.csv : {}{more}.",
        count(names.len(), "ligne", "lignes"),
        list(&first)
    )
}

impl SchoolLine {
    fn of_series(&self) -> ContextLine {
        ContextLine {
            file: SCHOOLS_TABLE,
            line: self.line,
            series: PUPILS.to_owned(),
            label: "Élèves des écoles".to_owned(),
            unit: "élèves".to_owned(),
            year: self.year,
            grain: ContextGrain::Commune,
            code: format!("{}, {} ({})", self.insee, self.name, self.uai),
            value: f64::from(self.pupils),
            rounded: false,
            source: if self.source.is_empty() {
                SOURCE.to_owned()
            } else {
                self.source.clone()
            },
            licence: LICENCE.to_owned(),
        }
    }
}

/// « ECOLE MATERNELLE PUBLIQUE ANNA FOUCART »; its number where it has no name.
fn named(table: &TerritoryTable, at: TableLine) -> String {
    let words = ["nom", "patronyme"].map(|column| table.text(at, column));
    let name = words.join(" ").trim().to_owned();
    if name.is_empty() {
        table.text(at, "uai")
    } else {
        name
    }
}

fn read_line(table: &mut TerritoryTable, at: TableLine, insee: &str) -> Option<SchoolLine> {
    let uai = school_number(&table.needed(at, "uai"));
    let is_code = uai.len() == 8
        && uai.is_ascii()
        && uai[..7].bytes().all(|b| b.is_ascii_digit())
        && uai.ends_with(|c: char| c.is_ascii_uppercase());
    if !uai.is_empty() && !is_code {
        let why = format!("« {uai} » n’est pas un numéro d’école (sept chiffres et une lettre)");
        table.wrong(at, "uai", &why);
    }
    let year = year(table, at);
    let pupils = table.whole(at, "eleves", 0, MOST);
    let levels = ["maternelle", "elementaire"].map(|level| {
        let told = !table.text(at, level).is_empty();
        told.then(|| table.whole(at, level, 0, MOST)).flatten()
    });
    let of_levels: u32 = levels.iter().flatten().sum();
    if pupils.is_some_and(|all| of_levels > all) {
        table.wrong(at, "eleves", "maternelle et élémentaire dépassent ce total");
    }
    Some(SchoolLine {
        line: at.number(),
        uai,
        year: year?,
        name: named(table, at),
        insee: insee.to_owned(),
        pupils: pupils?,
        levels,
        source: table.text(at, "source"),
    })
}

/// « 2025 », « 2025-2026 »: that of the rentrée.
fn year(table: &mut TerritoryTable, at: TableLine) -> Option<i16> {
    let text = table.needed(at, "annee");
    let first: String = text.chars().take(4).collect();
    let read = first
        .parse::<i16>()
        .ok()
        .filter(|y| (1990..=2200).contains(y));
    let goes_on = text.len() == 4 || text[first.len()..].starts_with(['-', '/', ' ']);
    if read.is_none() && !text.is_empty() || read.is_some() && !goes_on {
        let why = format!("« {text} » n’est pas une rentrée, comme 2025 ou 2025-2026");
        table.wrong(at, "annee", &why);
        return None;
    }
    read
}
