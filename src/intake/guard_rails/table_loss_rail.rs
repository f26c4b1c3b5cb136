//! Posts, or denominators, that a second file would take away: it replaces the table of the accueil whole, and a
//! file of the direction after one of the animateurs is no correction of it.

use std::collections::BTreeMap;

use super::loss_rail::{Succeeded, Succession, named};
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::{count, fold};
use crate::intake::store::columns::MeasureColumn;

/// What a line says: its measures that are filled.
type LineContent = BTreeMap<String, String>;

/// Letters by which a fonction is known again, in whatever gender or number.
const ROOT: usize = 5;
/// What to do of a table in two files.
const TOGETHER: &str = "Si chaque fichier n’en dit qu’une partie, réunissez-les dans un seul tableau, puis importez-le ; si le nouveau remplace bien l’ancien, ajoutez --confirmer.";

impl Succession<'_> {
    /// The lines of a table of posts or of denominators.
    pub(super) fn table(&self, table: &str) -> Result<Succeeded> {
        let (before, now) = (self.stored_lines()?, self.coming_lines());
        let lost = if table == "poste" {
            lost_posts(&before, &now)
        } else {
            lost_measures(&before, &now)
        };
        Ok(lost.map_or(Succeeded::Same, |what| self.loses_with(&what, TOGETHER)))
    }

    fn stored_lines(&self) -> Result<Vec<LineContent>> {
        use MeasureColumn as C;
        let columns = [C::Unite, C::Fiche, C::Mesure, C::Valeur];
        let frame = self.live.measures()?.whole(&columns)?;
        let units = frame.column(C::Unite.name())?.u32()?;
        let text = |column: C| -> Result<_> { Ok(frame.column(column.name())?.str()?.clone()) };
        let (lines, measures, values) = (text(C::Fiche)?, text(C::Mesure)?, text(C::Valeur)?);
        let mut found: BTreeMap<&str, LineContent> = BTreeMap::new();
        for row in (0..frame.height()).filter(|r| units.get(*r) == Some(self.position as u32)) {
            let (line, measure) = (lines.get(row), measures.get(row));
            let value = values.get(row).filter(|v| !v.is_empty());
            if let (Some(line), Some(measure), Some(value)) = (line, measure, value) {
                let own = found.entry(line).or_default();
                own.insert(measure.to_owned(), value.to_owned());
            }
        }
        Ok(found.into_values().collect())
    }

    fn coming_lines(&self) -> Vec<LineContent> {
        let lines = self.records.iter().map(|record| {
            let filled = record.measures.iter().filter(|m| !m.raw.is_empty());
            filled.map(|m| (m.code.to_string(), m.raw.clone()))
        });
        lines.map(Iterator::collect).collect()
    }
}

/// Posts of a fonction that would be fewer; all of them, where none is the same.
fn lost_posts(before: &[LineContent], now: &[LineContent]) -> Option<String> {
    let role = |line: &LineContent| line.get("fonction").map(|f| fold(f));
    // What was purged tells no fonction.
    let known: Vec<&LineContent> = before.iter().filter(|l| role(l).is_some()).collect();
    let root = |role: &str| role.chars().take(ROOT).collect::<String>();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for role in now.iter().filter_map(role) {
        *left.entry(root(&role)).or_default() += 1;
    }
    let mut lost: Vec<String> = Vec::new();
    for role in known.iter().filter_map(|l| role(l)) {
        match left.get_mut(&root(&role)).filter(|n| **n > 0) {
            Some(n) => *n -= 1,
            None => lost.push(role),
        }
    }
    let is_other = known.len() > 1 && !known.iter().any(|l| now.contains(l));
    if lost.is_empty() && !is_other {
        return None;
    }
    if lost.is_empty() {
        let posts = count(known.len(), "poste", "postes");
        return Some(format!(
            "aucun des {posts} d’avant n’y serait plus le même : c’est peut-être une autre partie de l’équipe"
        ));
    }
    let posts = count(
        lost.len(),
        "poste n’y serait plus",
        "postes n’y seraient plus",
    );
    Some(format!("{posts} : {}", named(lost.into_iter())))
}

/// Measures that the denominators would no longer say.
fn lost_measures(before: &[LineContent], now: &[LineContent]) -> Option<String> {
    let is_kept = |name: &&String| now.iter().any(|line| line.contains_key(*name));
    let all = before.iter().flat_map(BTreeMap::keys);
    let lost: Vec<String> = all.filter(|name| !is_kept(name)).cloned().collect();
    (!lost.is_empty()).then(|| {
        let numbers = count(
            lost.len(),
            "nombre n’y serait plus",
            "nombres n’y seraient plus",
        );
        format!("{numbers} : {}", named(lost.into_iter()))
    })
}
