//! What an experiment of the convention took: its meetings and their hours, what actions of its fiche cost.

use std::fmt::Write;

use crate::base::day::Day;
use crate::base::text::{count, decimals};
use crate::convention::{
    ActionsColumn, Register, RegisterRow, Registers, TempsColumn, TriedExperiment,
};

/// Its means on a day, line by line.
pub(super) fn explain_means(registers: &Registers, tried: &TriedExperiment, day: Day) -> String {
    format!(
        "CTG · {} au {}\n\n{} : {}\n\n{}",
        tried.code,
        day.short(),
        tried.title,
        meetings(registers, tried, day),
        costs(registers, tried)
    )
}

fn meetings(registers: &Registers, tried: &TriedExperiment, day: Day) -> String {
    let rows = registers.rows(Register::Temps).iter();
    let held: Vec<&RegisterRow> = rows
        .filter(|r| r.text(TempsColumn::Experimentation) == tried.code)
        .filter(|r| r.day(TempsColumn::Date).is_some_and(|d| d <= day))
        .collect();
    let hours = held.iter().filter_map(|r| r.number(TempsColumn::Duree));
    let mut text = format!(
        "{} qui nomment l’essai, {} h en tout :",
        count(held.len(), "temps tenu", "temps tenus"),
        number(hours.sum())
    );
    for row in held {
        let hours = row.number(TempsColumn::Duree);
        let hours = hours.map_or_else(
            || "durée non saisie".to_owned(),
            |h| format!("{} h", number(h)),
        );
        let date = row.day(TempsColumn::Date);
        _ = write!(
            text,
            "\n- Temps › {} : {}, {}, {hours}",
            row.id,
            date.map_or_else(String::new, Day::short),
            row.text(TempsColumn::Intitule)
        );
    }
    text
}

fn costs(registers: &Registers, tried: &TriedExperiment) -> String {
    let actions = registers.rows(Register::Actions).iter();
    let own: Vec<&RegisterRow> = actions
        .filter(|r| r.list(ActionsColumn::Fiche).contains(&tried.fiche.as_str()))
        .collect();
    let sum = |column: ActionsColumn| number(own.iter().filter_map(|r| r.number(column)).sum());
    let mut text = format!(
        "Coûts des actions de la fiche {}, là où ils sont saisis : {} € dépensés, {} € prévus.",
        tried.fiche,
        sum(ActionsColumn::CoutReel),
        sum(ActionsColumn::CoutPrevu)
    );
    for row in own {
        let cost = |column| {
            let typed = row.number(column);
            typed.map_or_else(|| "non saisi".to_owned(), |v| format!("{} €", number(v)))
        };
        _ = write!(
            text,
            "\n- Actions › {} : {}, dépensé {}, prévu {}",
            row.id,
            row.text(ActionsColumn::Action),
            cost(ActionsColumn::CoutReel),
            cost(ActionsColumn::CoutPrevu)
        );
    }
    text
}

fn number(value: f64) -> String {
    decimals(value, usize::from(value.fract().abs() >= 1e-9))
}
