//! What the folder says of its territory: series, communes, pupils. A file with an error is told cell by cell and counts for nothing.

use std::path::Path;

use super::communes_file::{CommuneLine, read_communes};
use super::context_file::{ContextGrain, ContextLine, read_context};
use super::schools_file::{PUPILS, SCHOOLS_TABLE, read_schools};
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::convention::versions::KnownFiles;

/// What is read of the folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TerritoryData {
    /// Values of series, in the order of the file.
    pub context: Vec<ContextLine>,
    /// Communes, year by year, in the order of the file.
    pub communes: Vec<CommuneLine>,
}

/// A series in a year, for the territory.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SeriesValue<'a> {
    pub(crate) year: i16,
    pub(crate) value: f64,
    /// Whether rounded values were added up.
    pub(crate) is_about: bool,
    pub(crate) lines: Vec<&'a ContextLine>,
}

/// Reads all of them, as they were known on a day.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn territory_among(files: &KnownFiles) -> Result<Checked<TerritoryData>> {
    fn whole<T>(read: (Vec<T>, Vec<Diagnostic>), told: &mut Vec<Diagnostic>) -> Vec<T> {
        let (lines, problems) = read;
        let kept = if problems.is_empty() {
            lines
        } else {
            Vec::new()
        };
        told.extend(problems);
        kept
    }
    let mut diagnostics = Vec::new();
    let mut value = TerritoryData {
        context: whole(read_context(files)?, &mut diagnostics),
        communes: whole(read_communes(files)?, &mut diagnostics),
    };
    let schools = read_schools(files, &value.communes)?;
    // Who types the series has it from elsewhere.
    if let Some(typed) = value.context.iter().find(|l| l.series == PUPILS) {
        if !schools.lines.is_empty() {
            diagnostics.push(typed_already(typed));
        }
    } else {
        let (lines, told) = schools.series();
        let lines = whole((lines, schools.problems), &mut diagnostics);
        value.context.extend(lines);
        diagnostics.extend(told);
    }
    Ok(Checked { value, diagnostics })
}

fn typed_already(typed: &ContextLine) -> Diagnostic {
    let message = format!(
        "ce fichier n’est pas compté : {} donne déjà la série « {PUPILS} » (ligne {}). Retirez l’une des deux.",
        typed.file, typed.line
    );
    Diagnostic::new(Code::SchoolsAside, Location::file(SCHOOLS_TABLE), message)
}

impl TerritoryData {
    /// Reads both files of a folder; what is wrong in them.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub fn load(root: &Path) -> Result<Checked<Self>> {
        territory_among(&KnownFiles::of_today(root))
    }

    /// Communes as of the last year told that is not after this one; none when all are later.
    pub fn communes_in(&self, year: i16) -> Vec<&CommuneLine> {
        let years = self.communes.iter().map(|c| c.year);
        let last = years.filter(|y| *y <= year).max();
        self.communes
            .iter()
            .filter(|c| Some(c.year) == last)
            .collect()
    }

    /// A series for the territory, year by year: the value of the EPCI where there is one, that of its communes added up
    /// where it counts something, that of the département otherwise never.
    pub(crate) fn series(&self, series: &str) -> Vec<SeriesValue<'_>> {
        let own: Vec<&ContextLine> = self.context.iter().filter(|l| l.series == series).collect();
        let mut years: Vec<i16> = own.iter().map(|l| l.year).collect();
        years.sort_unstable();
        years.dedup();
        let values = years.into_iter().filter_map(|year| {
            let of = |grain| {
                own.iter()
                    .copied()
                    .filter(move |l| l.year == year && l.grain == grain)
            };
            let epci: Vec<&ContextLine> = of(ContextGrain::Epci).collect();
            let lines = match epci.as_slice() {
                [_] => epci,
                _ => of(ContextGrain::Commune)
                    .filter(|l| adds_up(&l.unit))
                    .collect(),
            };
            (!lines.is_empty()).then(|| SeriesValue {
                year,
                value: lines.iter().map(|l| l.value).sum(),
                is_about: lines.iter().any(|l| l.rounded),
                lines,
            })
        });
        values.collect()
    }
}

/// Whether values in a unit add up: shares and rates do not.
fn adds_up(unit: &str) -> bool {
    !unit.contains('%') && !unit.contains("pour ") && !unit.contains('/') && !unit.contains("par ")
}
