//! A block of `ctg/convention.toml` kept as it was typed, or removed: the whole file is read before anything is written, and
//! what does not hold together is said where it was typed.

use super::block_faults::{BlockFault, placed};
use super::block_form::{TypedFields, is_share};
use super::convention_choices::ChoiceLists;
use super::convention_document::{BlockTable, ConventionDocument, held};
use super::convention_edits::{KeyChanges, with_block, with_keys, without_block};
use super::convention_parts::ConventionPart;
use super::convention_values::{KeyChange, change, text};
use crate::actions::ctg_convention::{WrittenConvention, keep_convention, open_convention};
use crate::actions::ctg_registre::open_desk;
use crate::actions::typed_file::TypedFileOutcome;
use crate::base::error::Result;
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::convention::{
    CalculationKind, ClosedWord, Register, RegisterHolds, convention_or_fiches, same_code,
};

/// A block as a page sends it.
pub(crate) struct BlockRequest<'a> {
    pub(crate) which: WrittenConvention,
    /// Its id; the key of its part for a new one.
    pub(crate) block: &'a str,
    pub(crate) is_new: bool,
    /// Fields that the form had; others stay as they are.
    pub(crate) typed: TypedFields,
    /// State of the file that the page showed.
    pub(crate) seen: &'a str,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockOutcome {
    /// Written, or nothing was to be; what the file made of it.
    Done(TypedFileOutcome),
    /// The block is no longer there.
    Gone,
    /// Nothing was written.
    Refused(Vec<BlockFault>),
}

/// Keeps a block.
///
/// # Errors
///
/// As [`keep_convention`].
pub(crate) fn keep_block(
    opened: &OpenObservatory,
    request: &BlockRequest<'_>,
) -> Result<BlockOutcome> {
    let found = open_convention(opened, request.which)?;
    if found.shown.seen != request.seen {
        return Ok(BlockOutcome::Done(TypedFileOutcome::Stale));
    }
    let Some(document) = ConventionDocument::of(&found.shown.text) else {
        return Ok(BlockOutcome::Gone);
    };
    let lists = ChoiceLists::of(opened, &document);
    let (part, block) = if request.is_new {
        (ConventionPart::named(request.block), None)
    } else {
        let block = document.find(request.block);
        (block.as_ref().map(|b| b.part), block)
    };
    let Some(part) = part.filter(|_| request.is_new || block.is_some()) else {
        return Ok(BlockOutcome::Gone);
    };
    let (mut changes, mut faults) =
        key_changes(part, block.as_ref(), &request.typed, &document, &lists);
    if let Some(block) = &block {
        faults.extend(still_cited(opened, request.which, block, &changes)?);
    }
    if !faults.is_empty() {
        return Ok(BlockOutcome::Refused(faults));
    }
    let new = if let Some(block) = &block {
        with_keys(&document, block, &changes)
    } else {
        if part == ConventionPart::Indicators {
            let calculation = text(CalculationKind::Declared.key());
            changes.push(("calcul", KeyChange::Set(calculation)));
        }
        with_block(&document, part, &changes)
    };
    let rank = block
        .as_ref()
        .map_or_else(|| document.blocks(part).len(), |b| b.rank);
    let own = |block: &BlockTable<'_>| block.part == part && block.rank == rank;
    kept(opened, request.which, &new, request.seen, &own)
}

/// Removes a block, unless something rests on it.
///
/// # Errors
///
/// As [`keep_convention`].
pub(crate) fn remove_block(
    opened: &OpenObservatory,
    which: WrittenConvention,
    id: &str,
    seen: &str,
) -> Result<BlockOutcome> {
    let found = open_convention(opened, which)?;
    if found.shown.seen != seen {
        return Ok(BlockOutcome::Done(TypedFileOutcome::Stale));
    }
    let document = ConventionDocument::of(&found.shown.text);
    let block = document.as_ref().and_then(|document| document.find(id));
    let (Some(document), Some(block)) = (&document, block) else {
        return Ok(BlockOutcome::Gone);
    };
    let gone = vec![("code", KeyChange::Removed)];
    if let Some(fault) = still_cited(opened, which, &block, &gone)? {
        return Ok(BlockOutcome::Refused(vec![fault]));
    }
    kept(
        opened,
        which,
        &without_block(document, &block),
        seen,
        &|_| false,
    )
}

/// What each field that was typed does to its key.
pub(super) fn key_changes(
    part: ConventionPart,
    block: Option<&BlockTable<'_>>,
    typed: &TypedFields,
    document: &ConventionDocument<'_>,
    lists: &ChoiceLists,
) -> (KeyChanges, Vec<BlockFault>) {
    let unit = typed.get("unite").and_then(|unit| unit.first());
    let is_share = match unit {
        Some(unit) => unit.trim() == "%",
        None => block.is_some_and(is_share),
    };
    let (mut changes, mut faults) = (KeyChanges::new(), Vec::new());
    for field in part.fields() {
        let Some(own) = typed.get(field.key) else {
            continue;
        };
        let item = block.and_then(|block| held(block.table, field.key));
        let span = item.and_then(toml_edit::Item::span);
        let written = span.map_or("", |span| &document.text[span]);
        match change(field, own, item, written, lists, is_share) {
            Ok(change) => changes.push((field.key, change)),
            Err(message) => faults.push(BlockFault {
                field: Some(field.key),
                elsewhere: None,
                message,
            }),
        }
    }
    let says = |key: &str| {
        let held = block.and_then(|block| held(block.table, key));
        (typed.get(key)).map_or(held.is_some(), |t| t.iter().any(|t| !t.trim().is_empty()))
    };
    if !says("reference.valeur") && (says("reference.date") || says("reference.source")) {
        faults.push(BlockFault {
            field: Some("reference.valeur"),
            elsewhere: None,
            message: "Il manque\u{a0}: la valeur de départ elle-même.".to_owned(),
        });
    }
    (changes, faults)
}

/// Lines of the follow-up that name a block whose code changes or goes: they would name nothing.
fn still_cited(
    opened: &OpenObservatory,
    which: WrittenConvention,
    block: &BlockTable<'_>,
    changes: &KeyChanges,
) -> Result<Option<BlockFault>> {
    let goes = changes
        .iter()
        .any(|(key, change)| *key == "code" && *change != KeyChange::Kept);
    let wanted = match block.part {
        ConventionPart::Fiches => RegisterHolds::Fiches,
        ConventionPart::Experiments => RegisterHolds::Experiment,
        ConventionPart::Indicators => RegisterHolds::Indicator,
        _ => return Ok(None),
    };
    // Where the file does not hold, its lines cannot be shown: what is mended is read whole before it is written.
    let is_read = || convention_or_fiches(&opened.observatory).is_ok();
    if !goes || which == WrittenConvention::Next || !is_read() {
        return Ok(None);
    }
    let found = open_desk(opened)?;
    let code = block.text("code");
    let mut lines = 0;
    for register in Register::ALL {
        for row in found.desk.rows(&found.convention, *register, found.day) {
            let own = row
                .cells
                .iter()
                .filter(|(field, _)| field.spec().holds == wanted);
            let mut codes = own.flat_map(|(_, text)| text.split(','));
            lines += usize::from(codes.any(|named| same_code(named, &code)));
        }
    }
    let way = match block.part {
        ConventionPart::Fiches => {
            " Une fiche qui n’a plus cours se garde\u{a0}: dites-la abrogée, et par quel avenant."
        }
        _ => "",
    };
    Ok((lines > 0).then(|| BlockFault {
        field: Some("code"),
        elsewhere: None,
        message: format!(
            "Le suivi nomme {code} sur {}\u{a0}: changer ou retirer ce code les laisserait sans rien.{way}",
            count(lines, "ligne", "lignes")
        ),
    }))
}

/// Keeps the new text; a fault is told with the field, or the block, that it stands in.
fn kept(
    opened: &OpenObservatory,
    which: WrittenConvention,
    new: &str,
    seen: &str,
    is_own: &dyn Fn(&BlockTable<'_>) -> bool,
) -> Result<BlockOutcome> {
    let outcome = keep_convention(opened, which, new, seen)?;
    let TypedFileOutcome::Refused(told) = outcome else {
        return Ok(BlockOutcome::Done(outcome));
    };
    let document = ConventionDocument::of(new);
    let lines = told.lines().filter(|line| !line.trim().is_empty());
    let faults = lines.map(|line| placed(line, document.as_ref(), is_own));
    Ok(BlockOutcome::Refused(faults.collect()))
}
