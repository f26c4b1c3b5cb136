//! Words of people that themes are counted over: their lines, never what was said.

use std::fmt::Write;

use crate::base::day::Day;
use crate::base::text::count;
use crate::convention::{ClosedWord, ParolesColumn, Register, Registers, Speaker};

/// Lines of what was said, with their themes.
pub(super) fn explain_sayings(registers: &Registers) -> String {
    let rows = registers.rows(Register::Paroles);
    let mut text = format!(
        "CTG · paroles\n\n{} dans la feuille « Paroles ». Un thème est compté une fois par parole qui le nomme, citée ou non.\n",
        count(rows.len(), "parole inscrite", "paroles inscrites")
    );
    for row in rows {
        let date = row.day(ParolesColumn::Date);
        let who = row.word::<Speaker>(ParolesColumn::Qui);
        _ = write!(
            text,
            "\n- Paroles › {} : {}, {}, thèmes : {}",
            row.id,
            date.map_or_else(|| "sans date".to_owned(), Day::short),
            who.map_or("non précisé", ClosedWord::label),
            row.list(ParolesColumn::Themes).join(", ")
        );
    }
    text
}
