//! A cell of a table of the contract as a person reads it: words for the words of machines, numbers in the unit
//! that its row says.

use super::code_names::CodeNames;
use super::column_reading::{ColumnReading, ShownColumn};
use crate::base::people_sheet::{NumberLook, ReadCell};
use crate::base::tabular::{Field, Table};
use crate::decide::plans::Quarter;
use crate::figures::{FigureStatus, Level};
use crate::intake::observations::Statut;
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::{ActivityCode, ActivityUnit, SourceCode, StructureType};
use crate::wording::verdict_words::told_verdict;

/// What a row is about, for those of its cells that depend on it.
pub(super) struct RowReading<'a> {
    names: &'a CodeNames<'a>,
    row: &'a [Field],
    /// Version of the référentiel that its codes are of; empty when no column says it.
    version: &'a str,
    /// Campaign that it is about; empty when no column says it.
    campaign: &'a str,
    /// Kind of figure; none in tables of one kind alone.
    kind: Option<Level>,
    /// Unit of activity indicators.
    activity: Option<ActivityUnit>,
}

impl<'a> RowReading<'a> {
    pub(super) fn of(names: &'a CodeNames<'a>, table: &Table, row: &'a [Field]) -> Self {
        let text = |name: &str| {
            let at = table.columns.iter().position(|c| c.name == name);
            at.and_then(|at| row.get(at)?.as_text()).unwrap_or("")
        };
        let version = match text("version_2") {
            "" => text("version"),
            version => version,
        };
        let level = text("niveau");
        let activity: Option<ActivityCode> = text("code").parse().ok();
        Self {
            names,
            row,
            version,
            campaign: text("campagne"),
            kind: Level::ALL.into_iter().find(|l| l.as_str() == level),
            activity: activity.map(ActivityCode::unit),
        }
    }

    /// A cell as it is read.
    pub(super) fn cell(&self, column: &ShownColumn) -> ReadCell {
        let Some(field) = self.row.get(column.at) else {
            return ReadCell::Nothing;
        };
        match (field, column.reading) {
            (Field::Text(text), reading) => self.words(text, reading, column),
            (Field::Empty, ColumnReading::Place) => self.words("", ColumnReading::Place, column),
            (Field::Empty, _) => ReadCell::Nothing,
            (Field::Day(day), _) => ReadCell::Day(*day),
            (Field::Whole(number), _) => ReadCell::Number(*number as f64, NumberLook::Whole),
            (Field::Decimal(number), ColumnReading::RowValue) => {
                ReadCell::Number(*number, self.value_look())
            }
            (Field::Decimal(number), ColumnReading::RowGap) => {
                ReadCell::Number(*number, self.gap_look())
            }
            (Field::Decimal(number), ColumnReading::Number(look)) => {
                ReadCell::Number(*number, look)
            }
            (Field::Decimal(number), _) => ReadCell::Number(*number, NumberLook::Other),
        }
    }

    /// What the value of the row is counted in.
    fn value_look(&self) -> NumberLook {
        match self.kind {
            Some(Level::Imperatif) => NumberLook::Met,
            Some(Level::Enquete | Level::Regle) => NumberLook::Share,
            Some(Level::Activite) => match self.activity {
                Some(ActivityUnit::Share) => NumberLook::Share,
                Some(ActivityUnit::Ratio) => NumberLook::Coefficient,
                _ => NumberLook::OneDigit,
            },
            _ => NumberLook::Level,
        }
    }

    fn gap_look(&self) -> NumberLook {
        match self.value_look() {
            NumberLook::Share => NumberLook::ShareGap,
            _ => NumberLook::Gap,
        }
    }

    fn words(&self, text: &str, reading: ColumnReading, column: &ShownColumn) -> ReadCell {
        let said = match reading {
            ColumnReading::Place => self.place(text, column),
            ColumnReading::Coded => self.coded(text, column),
            ColumnReading::CodeList => self.code_list(text),
            ColumnReading::Audiences => audiences(text),
            ColumnReading::Types => types(text),
            ColumnReading::FigureKind => figure_kind(text).to_owned(),
            ColumnReading::Source => sources(text),
            ColumnReading::Status => return status(text),
            ColumnReading::Verdict => told_verdict(text),
            ColumnReading::Quarter => quarter(text),
            ColumnReading::WrittenDay => match text.parse() {
                Ok(day) => return ReadCell::Day(day),
                Err(_) => text.to_owned(),
            },
            ColumnReading::Wrong if matches!(text, "oui" | "en retard" | "manque") => {
                return ReadCell::Alert(text.to_owned());
            }
            _ => text.to_owned(),
        };
        if said.is_empty() {
            ReadCell::Nothing
        } else {
            ReadCell::Words(said)
        }
    }

    /// The name that stands in another column of the row.
    fn name_beside(&self, column: &ShownColumn) -> Option<&str> {
        let name = self.row.get(column.named_at?)?.as_text()?;
        (!name.is_empty()).then_some(name)
    }

    fn place(&self, code: &str, column: &ShownColumn) -> String {
        match (code, self.name_beside(column)) {
            ("", None) => "Territoire".to_owned(),
            ("", Some(name)) => name.to_owned(),
            (code, Some(name)) => format!("{code} {name}"),
            (code, None) => self.names.place(code),
        }
    }

    fn coded(&self, code: &str, column: &ShownColumn) -> String {
        let beside = self.name_beside(column);
        let name = beside.or_else(|| self.names.label(code, self.campaign, self.version));
        match (code, name) {
            (code, None) => CodeNames::said_of(code).unwrap_or(code).to_owned(),
            ("", name) => name.unwrap_or("").to_owned(),
            (code, Some(name)) if name != code => format!("{code} {name}"),
            (code, _) => code.to_owned(),
        }
    }

    fn code_list(&self, codes: &str) -> String {
        let named = codes.split(", ").map(|code| {
            let name = self.names.label(code, self.campaign, self.version);
            name.map_or_else(|| code.to_owned(), |name| format!("{code} {name}"))
        });
        named.collect::<Vec<_>>().join(" ; ")
    }
}

fn figure_kind(word: &str) -> &str {
    let known = Level::ALL.into_iter().find(|l| l.as_str() == word);
    known.map_or(word, |level| match level {
        Level::Element => "élément",
        Level::Source => "critère, une source",
        Level::Critere => "critère",
        Level::Axe => "axe",
        Level::Imperatif => "impératif",
        Level::Activite => "activité",
        Level::Enquete => "question",
        Level::Regle => "règle",
    })
}

/// Types of accueil in words.
fn types(text: &str) -> String {
    let codes: Vec<&str> = text.split(' ').collect();
    if codes.len() == StructureType::ALL.len() {
        return "tous".to_owned();
    }
    let words = codes.iter().map(|code| {
        let known = StructureType::ALL.into_iter().find(|t| t.as_str() == *code);
        known.map_or(*code, |kind| kind.label())
    });
    words.collect::<Vec<_>>().join(" ; ")
}

/// Audiences in words; a text that names none stays.
fn audiences(text: &str) -> String {
    let words = text.split(", ").map(|word| {
        let known = Audience::ALL.into_iter().find(|a| a.as_str() == word);
        known.map_or(word, |audience| audience.to_whom())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Sources in words; a text that names none stays.
fn sources(text: &str) -> String {
    let words = text.split(", ").map(|code| {
        let known: Result<SourceCode, ()> = code.parse();
        known.map_or(code, |source| source.label())
    });
    words.collect::<Vec<_>>().join(", ")
}

/// « établi, fragile »; what is not met asks for someone's eye.
fn status(text: &str) -> ReadCell {
    let mut parts = text.split('+');
    let word = parts.next().unwrap_or("");
    let figure = FigureStatus::ALL.into_iter().find(|s| s.as_str() == word);
    let label = match figure {
        Some(status) => status.label(),
        None => Statut::of(word).map_or(word, |answer| answer.label()),
    };
    let marks = parts.map(|mark| match mark {
        "limite" => "selon la lecture des âges mêlés",
        "corrige" => "corrigé depuis",
        other => other,
    });
    let said: Vec<&str> = std::iter::once(label).chain(marks).collect();
    let said = said.join(", ");
    match figure {
        Some(FigureStatus::NonAtteint | FigureStatus::NonConforme) => ReadCell::Alert(said),
        _ if said.is_empty() => ReadCell::Nothing,
        _ => ReadCell::Words(said),
    }
}

fn quarter(text: &str) -> String {
    let known: Option<Quarter> = text.parse().ok();
    known.map_or_else(|| text.to_owned(), Quarter::label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_machines_are_words_of_people() {
        assert_eq!(
            status("ok+fragile"),
            ReadCell::Words("établi, fragile".into())
        );
        assert_eq!(status("non_atteint"), ReadCell::Alert("non atteint".into()));
        assert_eq!(status("nsp"), ReadCell::Words("ne sait pas".into()));
        assert_eq!(status("à lancer"), ReadCell::Words("à lancer".into()));
        assert_eq!(
            sources("FAM, EQP"),
            "questionnaire aux familles, questionnaire à l’équipe"
        );
        assert_eq!(quarter("2026-T4"), "4e trimestre 2026");
        assert_eq!(figure_kind("enquete"), "question");
    }
}
