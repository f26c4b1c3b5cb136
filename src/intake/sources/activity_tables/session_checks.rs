//! What a session says that cannot be: counts that contradict each other, terms that are missing.

use super::expected_columns::{CellReading, NEEDED, TableKind};
use super::table_reading::{ActivityColumn, ActivityReading};
use crate::base::diagnostics::Code;
use crate::base::sheets::Row;
use crate::base::text::date_short;
use crate::intake::sources::answers::Answer;

/// What a session lacks, for a person.
fn in_words(column: &str) -> &str {
    match column {
        "duree_h" => "durée",
        "presents_moins6" => "enfants de moins de 6 ans",
        "presents_6plus" => "enfants de 6 ans et plus",
        other => other,
    }
}

impl ActivityReading<'_> {
    /// A session that lacks what the ratio depends on is kept but cannot be examined.
    pub(super) fn check_complete(&mut self, row: &Row, answers: &[Answer]) {
        // What waits for a person is not missing.
        let awaits = |c: &ActivityColumn| c.reads == CellReading::Awaited;
        if self.kind != TableKind::Sessions || self.columns.iter().any(awaits) {
            return;
        }
        let said = |name: &str| {
            answers
                .iter()
                .any(|a| &*a.element == name && !a.raw.is_empty())
        };
        let missing: Vec<&str> = NEEDED.iter().copied().filter(|n| !said(n)).collect();
        if let Some(first) = missing.first() {
            let col = self
                .col(first)
                .or_else(|| self.col("structure"))
                .unwrap_or(0);
            let message = format!(
                "séance sans {} : son taux d’encadrement ne peut pas être examiné.",
                missing
                    .iter()
                    .map(|name| in_words(name))
                    .collect::<Vec<_>>()
                    .join(", ")
            );
            self.report(Code::SessionIncomplete, row.index, col, message);
        }
    }

    /// Nobody leaves before coming.
    pub(super) fn check_stay(&mut self, row: &Row, answers: &[Answer]) {
        let day = |name: &str| {
            let said = answers.iter().find(|a| *a.element == *name)?;
            (!said.raw.is_empty()).then(|| said.raw.clone())
        };
        if self.kind != TableKind::Posts {
            return;
        }
        if let (Some(entry), Some(exit)) = (day("entree"), day("sortie"))
            && exit < entry
        {
            let col = self.col("sortie").unwrap_or(0);
            let message = format!(
                "sortie le {}, avant l’entrée, le {}.",
                date_short(&exit),
                date_short(&entry)
            );
            self.report(Code::ImpossibleMeasure, row.index, col, message);
        }
    }

    pub(super) fn check_counts(&mut self, row: &Row, answers: &[Answer]) {
        if self.kind != TableKind::Sessions {
            return;
        }
        let count = |name: &str| -> Option<f64> {
            answers
                .iter()
                .find(|a| *a.element == *name)?
                .raw
                .parse()
                .ok()
        };
        let parts: f64 = ["dont_qualifies", "dont_stagiaires", "dont_non_qualifies"]
            .into_iter()
            .filter_map(count)
            .sum();
        if let Some(all) = count("animateurs").filter(|all| parts > *all) {
            let col = self.col("animateurs").unwrap_or(0);
            let staff = if all < 2.0 { "animateur" } else { "animateurs" };
            let message = format!(
                "{parts} qualifiés, stagiaires et non qualifiés en tout, pour {all} {staff}."
            );
            self.report(Code::CountsInconsistent, row.index, col, message);
        }
    }
}
