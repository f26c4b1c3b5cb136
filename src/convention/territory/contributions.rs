//! `ctg/textes/contributions.md`: what may have contributed to each change, as people typed it. Read, never written, never
//! computed: one line of the table a change.

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::{fold, suggest};
use crate::convention::versions::KnownFiles;
use crate::vocabulary::config::read_text;

/// Where it stands in an observatory folder.
pub use crate::convention::versions::CONTRIBUTIONS_FILE;
const COLUMNS: usize = 6;
/// How sure the steering committee is.
const CONFIDENCE: [&str; 4] = ["établi", "probable", "possible", "non établi"];

/// A change, and what may have contributed to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// What changed.
    pub change: String,
    /// What moved, and by how much.
    pub amount: String,
    /// Fiches that may have contributed.
    pub fiches: String,
    /// Figures, words, documents.
    pub evidence: String,
    /// Births, school map, closures…
    pub otherwise: String,
    /// One of four words, as it was typed; empty when nobody decided yet.
    pub confidence: String,
}

/// Reads them; what is wrong is told with its line, and that line is left out.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn read_contributions(
    files: &KnownFiles,
) -> Result<(Vec<Contribution>, Vec<Diagnostic>)> {
    let Some(path) = files.path(CONTRIBUTIONS_FILE) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let text = read_text(&path)?;
    let (mut found, mut told) = (Vec::new(), Vec::new());
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| l.trim_start().starts_with('|'));
    // The titles, then the rule under them.
    for (rank, line) in lines.skip(2) {
        match contribution(line) {
            Ok(contribution) => found.extend(contribution),
            Err(why) => {
                let mut at = Location::file(CONTRIBUTIONS_FILE);
                at.cell = Some(format!("ligne {}", rank + 1));
                told.push(Diagnostic::new(Code::ContributionLine, at, why));
            }
        }
    }
    Ok((found, told))
}

/// A line; none when it is empty.
fn contribution(line: &str) -> Result<Option<Contribution>, String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    let mut cells: Vec<String> = inner.split('|').map(|c| c.trim().to_owned()).collect();
    if cells.iter().all(String::is_empty) {
        return Ok(None);
    }
    if cells.len() != COLUMNS {
        return Err(format!("{} colonnes au lieu de {COLUMNS}.", cells.len()));
    }
    let confidence = cells.pop().unwrap_or_default();
    let is_known = CONFIDENCE.iter().any(|c| fold(c) == fold(&confidence));
    if !confidence.is_empty() && !is_known {
        let near = suggest(&confidence, CONFIDENCE).listed_or(&CONFIDENCE);
        return Err(format!("confiance « {confidence} » : écrivez {near}."));
    }
    let mut next = cells.into_iter();
    let mut take = || next.next().unwrap_or_default();
    Ok(Some(Contribution {
        change: take(),
        amount: take(),
        fiches: take(),
        evidence: take(),
        otherwise: take(),
        confidence,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_mistakes_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(CONTRIBUTIONS_FILE);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        let text = "Texte.\n\n| Changement | Combien | Fiches | Preuves | Autres explications | Confiance |\n|---|---|---|---|---|---|\n| Plus d’accueils | + 1 | A | T01 | naissances | Probable |\n| Autre | 1 | A | B | C | sûr |\n| court |\n| | | | | | |\n";
        std::fs::write(&path, text).expect("written");
        let (found, told) = read_contributions(&KnownFiles::of_today(folder.path())).expect("read");
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].change.as_str(), found[0].confidence.as_str()),
            ("Plus d’accueils", "Probable")
        );
        let places: Vec<_> = told.iter().filter_map(|d| d.at.cell.clone()).collect();
        assert_eq!(places, ["ligne 6", "ligne 7"]);
    }
}
