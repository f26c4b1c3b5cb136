//! `data/ecoles.csv`: pupils of each school, as the open file of the Éducation nationale has them (« effectifs d’élèves par
//! école »): laid in the folder as it is, read by its titles whatever their order, never written. A series of its own.

use std::collections::BTreeMap;

use super::communes_file::CommuneLine;
use super::context_file::{ContextGrain, ContextLine};
use super::territory_table::{TableLine, TerritoryTable};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::{count, fold, list};
use crate::convention::versions::KnownFiles;
pub use crate::convention::versions::SCHOOLS_TABLE;

/// The series that it gives.
pub(crate) const PUPILS: &str = "eleves";

/// Columns, and the titles that say each; those of the open file first.
const TITLES: [(&str, &[&str]); 9] = [
    (
        "annee",
        &["rentree_scolaire", "annee_scolaire", "rentree", "annee"],
    ),
    ("uai", &["numero_ecole", "code_uai", "uai", "numero_uai"]),
    (
        "nom",
        &[
            "denomination_principale",
            "denomination",
            "appellation_officielle",
            "nom",
        ],
    ),
    (
        "insee",
        &["code_commune", "code_insee", "code_insee_commune", "insee"],
    ),
    ("commune", &["commune", "nom_commune", "libelle_commune"]),
    (
        "eleves",
        &["nombre_total_eleves", "nombre_eleves", "effectif", "eleves"],
    ),
    (
        "maternelle",
        &[
            "nombre_eleves_preelementaire_hors_ulis",
            "preelementaire",
            "maternelle",
        ],
    ),
    (
        "elementaire",
        &["nombre_eleves_elementaire_hors_ulis", "elementaire"],
    ),
    ("source", &["source"]),
];
const NEEDED: [&str; 3] = ["annee", "uai", "eleves"];
const SOURCE: &str = "Éducation nationale, effectifs d’élèves par école";
const LICENCE: &str = "Licence Ouverte 2.0";
/// Schools named when they are left aside.
const NAMED: usize = 3;

/// What is read of it: lines of the series, what is wrong, what is left aside.
#[derive(Default)]
pub(super) struct SchoolPupils {
    pub lines: Vec<ContextLine>,
    pub problems: Vec<Diagnostic>,
    pub told: Vec<Diagnostic>,
}

/// Reads pupils; communes say which schools are of the territory.
///
/// # Errors
///
/// A file that cannot be read.
pub(super) fn read_schools(files: &KnownFiles, communes: &[CommuneLine]) -> Result<SchoolPupils> {
    let Some(mut table) = TerritoryTable::open_titled(files, SCHOOLS_TABLE, &TITLES, &NEEDED)?
    else {
        return Ok(SchoolPupils::default());
    };
    let mut read = SchoolPupils::default();
    let mut aside: Vec<String> = Vec::new();
    if table.problems.is_empty() {
        let mut seen: BTreeMap<(String, i16), usize> = BTreeMap::new();
        for at in table.lines() {
            let Some(place) = commune_of(&table, at, communes) else {
                aside.push(table.text(at, "nom"));
                continue;
            };
            let Some((uai, line)) = read_line(&mut table, at, &place) else {
                continue;
            };
            if let Some(first) = seen.insert((uai, line.year), line.line) {
                let why = format!("la ligne {first} est déjà celle de cette école, cette année-là");
                table.wrong(at, "uai", &why);
            }
            read.lines.push(line);
        }
    }
    if table.problems.is_empty() && !aside.is_empty() {
        read.told.push(left_aside(&aside));
    }
    read.problems = table.problems;
    Ok(read)
}

fn left_aside(names: &[String]) -> Diagnostic {
    let first: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let message = format!(
        "{} dans des communes qui ne sont pas dans data/communes.csv : {}.",
        count(names.len(), "ligne", "lignes"),
        list(&first)
    );
    Diagnostic::new(Code::SchoolsAside, Location::file(SCHOOLS_TABLE), message)
}

/// The commune of a line: by its code, else by its name where one alone bears it.
fn commune_of(table: &TerritoryTable, at: TableLine, communes: &[CommuneLine]) -> Option<String> {
    let code = table.text(at, "insee");
    let code = if code.len() == 4 {
        format!("0{code}")
    } else {
        code
    };
    if !code.is_empty() {
        let own = communes.iter().find(|c| c.insee == code);
        return own.map(|c| c.insee.clone());
    }
    let name = fold(&table.text(at, "commune"));
    let mut codes: Vec<&str> = communes
        .iter()
        .filter(|c| fold(&c.name) == name)
        .map(|c| c.insee.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    match codes.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

fn read_line(
    table: &mut TerritoryTable,
    at: TableLine,
    insee: &str,
) -> Option<(String, ContextLine)> {
    let uai = table.needed(at, "uai").to_uppercase();
    // A spreadsheet eats the zero of « 0270001A ».
    let uai = if uai.len() == 7 {
        format!("0{uai}")
    } else {
        uai
    };
    let is_code = uai.len() == 8
        && uai.is_ascii()
        && uai[..7].bytes().all(|b| b.is_ascii_digit())
        && uai.ends_with(|c: char| c.is_ascii_uppercase());
    if !uai.is_empty() && !is_code {
        let why = format!("« {uai} » n’est pas un numéro d’école (sept chiffres et une lettre)");
        table.wrong(at, "uai", &why);
    }
    let year = year(table, at);
    let pupils = table.whole(at, "eleves", 0, 5_000);
    let levels = ["maternelle", "elementaire"].map(|level| {
        let told = !table.text(at, level).is_empty();
        told.then(|| table.whole(at, level, 0, 5_000))
            .flatten()
            .unwrap_or(0)
    });
    if pupils.is_some_and(|all| levels[0] + levels[1] > all) {
        let why = "maternelle et élémentaire dépassent ce total";
        table.wrong(at, "eleves", why);
    }
    let source = table.text(at, "source");
    let name = table.text(at, "nom");
    Some((
        uai.clone(),
        ContextLine {
            file: SCHOOLS_TABLE,
            line: at.number(),
            series: PUPILS.to_owned(),
            label: "Élèves des écoles".to_owned(),
            unit: "élèves".to_owned(),
            year: year?,
            grain: ContextGrain::Commune,
            code: format!("{insee}, {name} ({uai})"),
            value: f64::from(pupils?),
            rounded: false,
            source: if source.is_empty() {
                SOURCE.to_owned()
            } else {
                source
            },
            licence: LICENCE.to_owned(),
        },
    ))
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
