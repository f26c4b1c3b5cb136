//! A table of schools that comes in → `data/ecoles.csv`: the schools of the territory alone, one line a school and a rentrée.
//! What was there stays; a number that another replaces is told, and the file as it was is kept among versions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::suivi_outcome::SuiviFileOutcome;
use super::territory::{
    COMMUNES_TABLE, CommuneLine, SchoolLine, SchoolsTable, left_aside, read_communes, read_schools,
    schools_of,
};
use super::versions::{KnownFiles, SCHOOLS_TABLE, keep_versions};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::Result;
use crate::base::files::write_file;
use crate::base::tabular::{Field, FileFormat, Heading, Table};
use crate::base::text::{count, list};

/// Names told of one kind.
const NAMED: usize = 12;

/// Schools by number and rentrée.
type Schools = BTreeMap<(String, i16), SchoolLine>;

/// Adds the schools of a table to those that are there.
///
/// # Errors
///
/// A file that cannot be read or written.
pub(super) fn enter_schools(
    mut outcome: SuiviFileOutcome,
    table: SchoolsTable,
    root: &Path,
    writes_on: Option<Day>,
) -> Result<SuiviFileOutcome> {
    let files = KnownFiles::of_today(root);
    let (communes, faults) = read_communes(&files)?;
    outcome.diagnostics.extend(faults);
    if communes.is_empty() {
        let message = format!(
            "{COMMUNES_TABLE} ne nomme aucune commune : on ne peut savoir quelles écoles sont du territoire. Remplissez-le d’abord."
        );
        let at = Location::file(&outcome.name);
        outcome
            .diagnostics
            .push(Diagnostic::new(Code::TerritoryCell, at, message));
    }
    let there = read_schools(&files, &communes)?;
    outcome.diagnostics.extend(there.problems);
    let came = schools_of(table.table(&outcome.name), &communes);
    outcome.diagnostics.extend(came.problems);
    if has_errors(&outcome.diagnostics) {
        return Ok(outcome);
    }
    let mut all: Schools = there.lines.into_iter().map(keyed).collect();
    merge(&mut outcome, &mut all, came.lines);
    tell(&mut outcome, &all, &communes, &came.aside);
    let is_new = !outcome.created.is_empty() || !outcome.changed.is_empty();
    if let Some(day) = writes_on.filter(|_| is_new) {
        // What it held, lines of other communes included, stays among versions.
        keep_versions(root, day)?;
        write_file(&root.join(SCHOOLS_TABLE), &written(&all, &communes)?)?;
        keep_versions(root, day)?;
    }
    Ok(outcome)
}

fn keyed(line: SchoolLine) -> ((String, i16), SchoolLine) {
    ((line.uai.clone(), line.year), line)
}

/// Takes lines in; says which are new, which replace another number.
fn merge(outcome: &mut SuiviFileOutcome, all: &mut Schools, came: Vec<SchoolLine>) {
    for line in came {
        let called = format!("{} {}", line.uai, line.year);
        let Some(old) = all.get(&(line.uai.clone(), line.year)) else {
            outcome.created.push(called);
            all.insert((line.uai.clone(), line.year), line);
            continue;
        };
        let alike = |a: &SchoolLine, b: &SchoolLine| {
            (a.pupils, a.levels, &a.insee, &a.name) == (b.pupils, b.levels, &b.insee, &b.name)
        };
        if alike(old, &line) {
            continue;
        }
        if old.pupils != line.pupils {
            let message = format!(
                "{} ({}), rentrée {} : {} devient {}.",
                line.name,
                line.uai,
                line.year,
                count(old.pupils as usize, "élève", "élèves"),
                line.pupils
            );
            let mut at = Location::file(&outcome.name);
            at.cell = Some(format!("ligne {}", line.line));
            outcome
                .diagnostics
                .push(Diagnostic::new(Code::SchoolsChanged, at, message));
        }
        outcome.changed.push(called);
        all.insert((line.uai.clone(), line.year), line);
    }
}

/// Says which lines are of other places, and which communes have no school.
fn tell(outcome: &mut SuiviFileOutcome, all: &Schools, communes: &[CommuneLine], aside: &[String]) {
    let mut said = Vec::new();
    if !aside.is_empty() {
        said.push(left_aside(aside));
    }
    let schooled: BTreeSet<&str> = all.values().map(|l| l.insee.as_str()).collect();
    let without: BTreeSet<&str> = (communes.iter())
        .filter(|c| !schooled.contains(c.insee.as_str()))
        .map(|c| c.name.as_str())
        .collect();
    if !without.is_empty() {
        let first: Vec<&str> = without.iter().copied().take(NAMED).collect();
        let more = if without.len() > NAMED { "…" } else { "" };
        said.push(format!(
            "Aucune école trouvée dans {} : {}{more}. Si l’une en a une, vérifiez comment le fichier écrit son nom.",
            count(without.len(), "commune du territoire", "communes du territoire"),
            list(&first)
        ));
    }
    let at = || Location::file(&outcome.name);
    let told = said
        .into_iter()
        .map(|message| Diagnostic::new(Code::SchoolsAside, at(), message));
    let told: Vec<Diagnostic> = told.collect();
    outcome.diagnostics.extend(told);
}

/// The file, by commune, school and rentrée.
fn written(all: &Schools, communes: &[CommuneLine]) -> Result<Vec<u8>> {
    let name_of = |insee: &str| {
        let own = communes.iter().find(|c| c.insee == insee);
        own.map_or_else(String::new, |c| c.name.clone())
    };
    let level = |told: Option<u32>| told.map_or(Field::Empty, |n| Field::Whole(i64::from(n)));
    let mut lines: Vec<&SchoolLine> = all.values().collect();
    lines.sort_by(|a, b| (&a.insee, &a.uai, a.year).cmp(&(&b.insee, &b.uai, b.year)));
    let rows = lines.into_iter().map(|line| {
        vec![
            Field::Whole(i64::from(line.year)),
            Field::Text(line.uai.clone()),
            Field::Text(line.name.clone()),
            Field::Text(line.insee.clone()),
            Field::Text(name_of(&line.insee)),
            Field::Whole(i64::from(line.pupils)),
            level(line.levels[0]),
            level(line.levels[1]),
            Field::Text(line.source.clone()),
        ]
    });
    let columns = vec![
        Heading::whole("annee"),
        Heading::text("uai"),
        Heading::text("nom"),
        Heading::text("insee"),
        Heading::text("commune"),
        Heading::whole("eleves"),
        Heading::whole("maternelle"),
        Heading::whole("elementaire"),
        Heading::text("source"),
    ];
    let table = Table::new("Écoles", columns, rows.collect());
    // The mark that tells Excel which letters they are.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(table.write(FileFormat::Csv)?);
    Ok(bytes)
}
