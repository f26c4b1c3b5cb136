//! Visits that say no day, that a word numbers in place of a number, or that a title numbers otherwise.

use super::title_words::{dates_something_else, visit_said};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::text::dates_in;
use crate::intake::observations::{SheetTitle, TypedRecord, UnitKey};
use crate::intake::sources::shown_title;

impl Rails<'_> {
    pub(super) fn visit_words(run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let read = &run.files[file];
            let visits = read.records.iter();
            for grid in visits.filter(|r| matches!(r.unit, UnitKey::Visit { .. })) {
                let titles: Vec<&SheetTitle> = read
                    .titles
                    .iter()
                    .filter(|t| t.sheet == grid.sheet)
                    .collect();
                if !is_number(&grid.visit) {
                    asking.ask(file, worded(grid));
                }
                let other = titles
                    .iter()
                    .filter_map(|t| Some((t, visit_said(&t.text)?)))
                    .find(|(_, number)| is_number(&grid.visit) && **number != *grid.visit);
                if let Some((title, number)) = other {
                    asking.ask(file, renumbered(title, grid, &number));
                }
                if grid.day.is_none() {
                    let dated = titles
                        .iter()
                        .find(|t| !dates_in(&t.text).is_empty() && !dates_something_else(&t.text));
                    match dated {
                        Some(title) => asking.ask(file, undated(title)),
                        None => asking.tell(file, dateless(grid)),
                    }
                }
            }
        }
    }
}

/// « 1 », « v2 ».
fn is_number(visit: &str) -> bool {
    let digits = visit.trim_start_matches(['v', 'V']);
    (1..=2).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.trim_start_matches('0').is_empty()
}

fn worded(grid: &TypedRecord) -> Diagnostic {
    let message = format!(
        "la visite de {} est dite « {} », qui n’est pas un numéro : ce n’est peut-être pas une visite qui compte.",
        grid.unit.structure(),
        shown_title(&grid.visit)
    );
    Diagnostic::new(Code::TitleContradicts, grid.at.clone(), message).with_remedy(
        "Écrivez son numéro (1, 2…) si elle compte, et retirez la grille sinon ; si c’est bien ainsi que vous la nommez, ajoutez --confirmer.",
    )
}

fn renumbered(title: &SheetTitle, grid: &TypedRecord, number: &str) -> Diagnostic {
    let message = format!(
        "« {} » dit la visite {number}, et la grille est lue comme celle de la visite {}.",
        shown_title(&title.text),
        grid.visit
    );
    Diagnostic::new(Code::TitleContradicts, title.at.clone(), message).with_remedy(
        "Écrivez en tête de la grille « Visite : » et son numéro, ou corrigez le titre ; si la grille a raison, ajoutez --confirmer.",
    )
}

fn undated(title: &SheetTitle) -> Diagnostic {
    let message = format!(
        "« {} » dit un jour, et la grille n’en a pas : il n’est lu que sous « Date ».",
        shown_title(&title.text)
    );
    Diagnostic::new(Code::TitleContradicts, title.at.clone(), message).with_remedy(
        "Écrivez en tête de la grille « Date : » et le jour de la visite, puis relancez ; si elle n’en a pas, ajoutez --confirmer.",
    )
}

fn dateless(grid: &TypedRecord) -> Diagnostic {
    let message = format!(
        "la visite {} de {} n’a pas de date : ni la campagne, ni un jour de fermeture, ni une double cotation ne se vérifient.",
        grid.visit,
        grid.unit.structure()
    );
    Diagnostic::new(Code::VisitUndated, grid.at.clone(), message)
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn a_visit_is_a_number() {
        assert!(["1", "12", "v2", "V1"].into_iter().all(is_number));
        let others = [
            "test",
            "",
            "0",
            "2 bis",
            "visite blanche",
            "1 (annulée)",
            "v",
        ];
        assert!(!others.into_iter().any(is_number));
    }
}
