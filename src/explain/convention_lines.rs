//! Counts and lines of the follow-up that documents print: how many actions of each status, which; what a line holds.

use std::fmt::Write;

use super::experiment_means::explain_means;
use super::sayings_lines::explain_sayings;
use crate::base::day::Day;
use crate::base::text::{count, decimals};
use crate::convention::{
    ActionsColumn, ClosedWord, Convention, DecisionsColumn, Register, RegisterRow, Registers,
    Sequel, SignedFiche, SuiviPeriod, SuiviStatus, TempsColumn, TempsKind, action_status,
    days_late, is_dormant,
};

/// What documents print of a state, over a period.
pub(crate) struct ConventionLines<'a> {
    /// What was signed.
    pub convention: &'a Convention,
    /// Registers, as known on the day.
    pub registers: &'a Registers,
    /// The day.
    pub day: Day,
    /// Period of the meetings that are counted.
    pub period: &'a SuiviPeriod,
}

impl ConventionLines<'_> {
    /// `ACTIONS`, `ACTIONS:A1` (an axe, a fiche), `TEMPS`, `PAROLES`, `EXP1`, `ACT-007`, `DEC-003`; none of anything else.
    pub(crate) fn explain(&self, code: &str) -> Option<String> {
        let (name, detail) = code.split_once(':').unwrap_or((code, ""));
        if name.eq_ignore_ascii_case("ACTIONS") {
            return Some(self.actions(detail));
        }
        if name.eq_ignore_ascii_case("TEMPS") {
            return Some(self.meetings());
        }
        if name.eq_ignore_ascii_case("PAROLES") {
            return Some(explain_sayings(self.registers));
        }
        let mut experiments = self.convention.experiments.iter();
        if let Some(tried) = experiments.find(|e| e.code.eq_ignore_ascii_case(code)) {
            return Some(explain_means(self.registers, tried, self.day));
        }
        let find = |register| {
            let mut rows = self.registers.rows(register).iter();
            rows.find(|r| r.id.eq_ignore_ascii_case(code))
        };
        if let Some(row) = find(Register::Actions) {
            return Some(self.action(row));
        }
        find(Register::Decisions).map(|row| self.decision(row))
    }

    /// Actions of fiches in force, by status.
    fn actions(&self, of: &str) -> String {
        let rows = self.registers.rows(Register::Actions).iter();
        let kept: Vec<&RegisterRow> = rows.filter(|row| self.is_of(row, of)).collect();
        let what = if of.is_empty() {
            "fiches en vigueur".to_owned()
        } else {
            format!("fiches en vigueur de {of}")
        };
        let mut text = format!(
            "CTG · actions au {}\n\n{} des {what}, tel que connu ce jour-là. Une action sans statut est à lancer ; elle est en retard quand son échéance est passée et qu’elle n’est ni réalisée ni abandonnée ; elle dort quand rien n’y a changé depuis plus de 90 jours.",
            self.day.short(),
            count(kept.len(), "action", "actions")
        );
        for status in SuiviStatus::ALL {
            let own = kept.iter().filter(|row| action_status(row) == *status);
            let own: Vec<String> = own.map(|row| self.line(row)).collect();
            if !own.is_empty() {
                _ = write!(text, "\n\n{} : {}", status.label(), own.len());
                for line in own {
                    _ = write!(text, "\n- {line}");
                }
            }
        }
        text
    }

    fn is_of(&self, row: &RegisterRow, of: &str) -> bool {
        let own = row.list(ActionsColumn::Fiche);
        let fiches: Vec<&SignedFiche> = own
            .iter()
            .filter_map(|code| self.convention.fiche(code))
            .collect();
        let is_over =
            !own.is_empty() && fiches.len() == own.len() && fiches.iter().all(|f| f.is_abrogated());
        let mut named = fiches.iter();
        !is_over
            && (of.is_empty()
                || named.any(|f| {
                    !f.is_abrogated()
                        && (f.axis.eq_ignore_ascii_case(of) || f.code.eq_ignore_ascii_case(of))
                }))
    }

    /// « Actions › ACT-007 : Écrire un livret, en retard de 12 jours ».
    fn line(&self, row: &RegisterRow) -> String {
        let late = days_late(row, self.day).map_or_else(String::new, |days| {
            format!(", en retard de {}", count(days as usize, "jour", "jours"))
        });
        let sleeping = if is_dormant(row, self.day) {
            ", sans changement depuis plus de 90 jours"
        } else {
            ""
        };
        format!(
            "Actions › {} : {}{late}{sleeping}",
            row.id,
            row.text(ActionsColumn::Action)
        )
    }

    fn action(&self, row: &RegisterRow) -> String {
        let updated = row.updated.map_or_else(String::new, |day| {
            format!("\nDernière mise à jour : {}.", day.short())
        });
        format!(
            "CTG · {} au {}\n\n{}.{updated}\n{}",
            row.id,
            self.day.short(),
            self.line(row),
            cells(row)
        )
    }

    fn decision(&self, row: &RegisterRow) -> String {
        format!(
            "CTG · {} au {}\n\n{} : {}. Une décision est faite ou engagée par son statut ; sans suite quand sa date est passée et que rien ne dit ce qu’elle est devenue.\n{}",
            row.id,
            self.day.short(),
            row.text(DecisionsColumn::Texte),
            Sequel::of(row, self.day).words(),
            cells(row)
        )
    }

    fn meetings(&self) -> String {
        let rows = self.registers.rows(Register::Temps).iter();
        let held: Vec<String> = rows
            .filter_map(|row| {
                let date = row.day(TempsColumn::Date)?;
                let kind = row.word::<TempsKind>(TempsColumn::Type);
                self.period.holds(date).then(|| {
                    format!(
                        "Temps › {} : {}, {}, {}",
                        row.id,
                        date.short(),
                        kind.map_or("temps", ClosedWord::label),
                        row.text(TempsColumn::Intitule)
                    )
                })
            })
            .collect();
        let mut text = format!(
            "CTG · temps, {}\n\n{} du {} au {} :",
            self.period.label,
            count(held.len(), "temps tenu", "temps tenus"),
            self.period.from.short(),
            self.period.end().short()
        );
        for line in held {
            _ = write!(text, "\n- {line}");
        }
        text
    }
}

/// What a line holds, column after column.
fn cells(row: &RegisterRow) -> String {
    let mut text = String::new();
    for (heading, held) in row.filled() {
        let shown = held.parse::<f64>().map_or_else(
            |_| {
                held.parse::<Day>()
                    .map_or_else(|_| held.to_owned(), Day::short)
            },
            |n| decimals(n, usize::from(n.fract().abs() >= 1e-9)),
        );
        _ = write!(text, "\n- {heading} : {shown}");
    }
    text
}
