//! **CTG**, a line of a register: kept, removed, put back; a cell that two machines filled at once, settled.

use super::ctg_fields::typed_cells;
use super::ctg_home::row_address;
use super::ctg_register::{RetypedRow, laid, named};
use crate::actions::ctg_registre::{
    RowRequest, edit_row, open_desk, put_back as restore_row, remove_row, settle_row_cell,
};
use crate::base::error::{Error, Result};
use crate::convention::TypedRowOutcome;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;

const STALE: &str = "Le suivi a changé depuis que cette page a été montrée : rien n’a été tranché. Rouvrez la page, regardez, puis recommencez.";

/// A line is kept, unless others changed the same cells since they were shown.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let register = named(asked.field("registre"))?;
    let (id, is_new) = (asked.field("id"), asked.field("nouvelle") == "oui");
    let cells = typed_cells(asked, register);
    let seen = asked.field("vu");
    let outcome = edit_row(
        &opened,
        RowRequest {
            register,
            id: id.to_owned(),
            is_new,
            cells: cells.clone(),
            seen: seen.to_owned(),
            replaces: asked.field("remplace") == "oui",
        },
    )?;
    if outcome.refused || (outcome.written.is_none() && !outcome.crossed.is_empty()) {
        let retyped = RetypedRow {
            id,
            is_new,
            cells: &cells,
            seen,
            outcome: &outcome,
        };
        return laid(asked, &opened, register, Some(&retyped));
    }
    let back = format!("/ctg/registre/{}", register.key());
    match (&outcome.written, &outcome.recognised) {
        (Some(id), _) => {
            let said = format!(
                "{id} : c’est écrit.{} L’historique de la ligne garde ce qu’il y avait.",
                noticed(&outcome)
            );
            asked.done(&format!("{back}#{id}"), &said)
        }
        (None, Some(id)) => asked.done(
            &row_address(register, id),
            &format!("{id} est déjà cette ligne : rien n’a été ajouté. La voici ; changez-la, s’il y a plus à dire."),
        ),
        (None, None) if is_new => asked.done(&back, "Rien n’a été ajouté : la ligne est vide."),
        (None, None) => asked.done(
            &back,
            "Rien n’a changé : ce qui est écrit est ce qui était.",
        ),
    }
}

/// What should be looked at, after what was written.
fn noticed(outcome: &TypedRowOutcome) -> String {
    let told: Vec<&str> = outcome
        .remarks
        .iter()
        .map(|r| r.said.message.as_str())
        .collect();
    match told.as_slice() {
        [] => String::new(),
        told => format!(" À savoir : {}", told.join(" ")),
    }
}

/// A line no longer counts.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let register = named(asked.field("registre"))?;
    let id = asked.needed("id", "la ligne")?;
    let outcome = remove_row(&opened, register, id, asked.field("vu"))?;
    if outcome.written.is_none() {
        return Err(Error::Usage(format!(
            "{id} a changé depuis que vous l’avez vue : rien n’a été retiré. Rouvrez la page, regardez, puis recommencez."
        )));
    }
    let back = format!("/ctg/registre/{}#retirees", register.key());
    asked.done(
        &back,
        &format!("{id} est retirée. « Lignes retirées », au bas de la page, la remet."),
    )
}

/// A removed line comes back.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let register = named(asked.field("registre"))?;
    let id = asked.needed("id", "la ligne")?;
    restore_row(&opened, register, id)?;
    asked.done(
        &row_address(register, id),
        &format!("{id} est remise, telle qu’elle était."),
    )
}

/// What was chosen of a contested cell is kept.
pub(crate) fn settle(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let desk = open_desk(&opened)?.desk;
    let register = named(asked.field("registre"))?;
    let (id, key) = (asked.field("ligne"), asked.field("champ"));
    let stale = || Error::Usage(STALE.to_owned());
    let cells = desk.contested();
    let mut own = cells
        .iter()
        .filter(|c| c.register == register && c.id == id && c.field.spec().key == key);
    let cell = own.next().filter(|_| asked.field("vu") == desk.version());
    let cell = cell.ok_or_else(stale)?;
    let chosen = match asked.needed("choix", "ce qui est gardé")? {
        "reste" => &cell.kept,
        rank => {
            let rank: usize = rank.parse().map_err(|_| stale())?;
            cell.written
                .get(rank)
                .map(|(text, _)| text)
                .ok_or_else(stale)?
        }
    };
    let told = settle_row_cell(&opened, cell, chosen, desk.version())?;
    if told.is_some_and(|outcome| outcome.written.is_none()) {
        return Err(Error::Usage(format!(
            "{id} : ce choix ne tient pas avec le reste de la ligne, rien n’a été écrit. Changez la ligne elle-même."
        )));
    }
    asked.done(
        "/ctg",
        &format!(
            "{id}, « {} » : c’est tranché. L’historique garde ce que chacun avait écrit.",
            cell.field.spec().heading
        ),
    )
}
