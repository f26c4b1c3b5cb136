//! The registry as cells of text, however its file wrote them: what two copies are compared by, and what
//! is remembered of it.

use std::collections::BTreeMap;
use std::path::Path;

use super::registry::{Registry, Structure};
use super::registry_reader::{known_columns, parse_registry};
use crate::base::day::Day;
use crate::base::error::{Error, Result};

/// Code of a structure → column → text; empty cells are not there.
pub(super) type RegistryLines = BTreeMap<String, BTreeMap<String, String>>;

/// The cells of a registry.
pub(super) fn lines_of(registry: &Registry) -> RegistryLines {
    let lines = registry.all().iter();
    lines.map(|s| (s.code.clone(), cells_of(s))).collect()
}

/// How the registry writes an answer.
fn yes_or_no(there: bool) -> &'static str {
    if there { "oui" } else { "non" }
}

fn cells_of(s: &Structure) -> BTreeMap<String, String> {
    let whole = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let degrees = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let day = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let texts = [
        s.code.clone(),
        s.nom.clone(),
        s.kind.as_str().to_owned(),
        s.secteur.clone(),
        s.commune.clone(),
        s.insee.clone(),
        s.pedt.declared.map_or("", yes_or_no).to_owned(),
        whole(s.capacite_moins6),
        whole(s.capacite_6plus),
        whole(s.jours_an),
        degrees(s.latitude),
        degrees(s.longitude),
        day(s.ouverture),
        day(s.fermeture),
        day(s.pedt.debut),
        day(s.pedt.fin),
        s.pedt.times(),
        s.alias.join(" ; "),
        s.told.horaires.clone(),
        s.told.tarifs.clone(),
        s.told.partenaires.clone(),
        s.told.contrats.clone(),
    ];
    let cells = known_columns().zip(texts);
    let filled = cells.filter(|(_, text)| !text.is_empty());
    filled.map(|(c, text)| (c.to_owned(), text)).collect()
}

/// The registry that cells make.
///
/// # Errors
///
/// Cells that are no registry, which those of sound ones are not.
pub(super) fn registry_of(path: &Path, lines: &RegistryLines, like: &Registry) -> Result<Registry> {
    let refused = |e: &dyn std::fmt::Display| Error::Config(format!("{} : {e}.", path.display()));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns: Vec<&str> = known_columns().collect();
    writer.write_record(&columns).map_err(|e| refused(&e))?;
    for cells in lines.values() {
        let text = |column: &str| cells.get(column).map_or("", String::as_str);
        let record = columns.iter().map(|column| text(column));
        writer.write_record(record).map_err(|e| refused(&e))?;
    }
    let bytes = writer.into_inner().map_err(|e| refused(&e))?;
    let merged = parse_registry(path, &bytes)?;
    Ok(Registry::new(
        merged.all().to_vec(),
        like.ignored().to_vec(),
    ))
}
