//! The bilan of a convention: computed parts and what people wrote, laid for an audience; the convention that could come
//! next, as a file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::ctg_bilan_material::{BilanMaterial, BilanScope};
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::campaign::{
    ConventionState, CtgDelivered, CtgEdition, CtgEditionRequest, OpenObservatory,
};
use crate::convention::{
    BilanText, CONVENTION_FILE, ComputedIndicator, IndicatorStatus, NextChoice, NextStart,
    TextFolder, lay_starters, next_choices, next_convention, parse_convention, text_places,
};
use crate::disclosure::{CtgAudience, CtgIndicator, CtgMaterial, CtgView};
use crate::reports::{BilanKind, Block, CtgTitles, Document, ReportFormat, WritingBox};

/// The field whose extract is owed to the comité départemental.
const EARLY_CHILDHOOD: &str = "petite_enfance";

/// Which bilan, for whom.
pub(crate) struct BilanRequest {
    /// Which.
    pub kind: BilanKind,
    /// Whether only the fiches of early childhood are wanted.
    pub early_childhood: bool,
    /// Who reads.
    pub audience: CtgAudience,
    /// Formats.
    pub formats: BTreeSet<ReportFormat>,
    /// Day of the state, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// Folder to write.
    pub out: Option<PathBuf>,
    /// Where the convention that could come next is written, when it is asked for.
    pub next: Option<PathBuf>,
}

/// What was written.
pub(crate) struct BilanOutcome {
    /// Day of the state.
    pub day: Day,
    /// Files.
    pub delivered: CtgDelivered,
    /// Boxes that are whole.
    pub complete: usize,
    /// Files that are left to write, in order.
    pub to_complete: Vec<String>,
    /// Files of texts that were laid.
    pub laid: Vec<String>,
    /// The convention that could come next.
    pub next: Option<PathBuf>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the bilan.
///
/// # Errors
///
/// No convention; an extract that the convention does not foresee, or that has no fiche; a journal, a store, a log or a
/// template that cannot be read; a folder that cannot be written.
pub(crate) fn write_bilan(
    opened: &OpenObservatory,
    request: &BilanRequest,
) -> Result<BilanOutcome> {
    let state = ConventionState::signed(opened, request.date.as_deref())?;
    bilan_of(&state, request)
}

/// The same of a state that is known already.
///
/// # Errors
///
/// As [`write_bilan`].
pub(crate) fn bilan_of(state: &ConventionState, request: &BilanRequest) -> Result<BilanOutcome> {
    let part = scope(state, request)?;
    let measured = part.measured(state)?;
    let mut edition = begin(state, request)?;
    let view = viewed(&edition, part.is_extract)?;
    let root = &state.opened.observatory.root;
    let places = text_places(&state.convention);
    let laid = lay_starters(root, &places)?;
    let folder = TextFolder::read(root, &places);
    let (choices, unclear) = choices(state, &folder);
    let computed = state.compute_all(None)?;
    let cleared = edition.cleared(&computed);
    let starts = starts(&edition, request.audience, &computed, &cleared);
    let indicators = view.own_indicators(cleared, part.is_extract);
    let head = edition.head(titles(request, &view));
    let mut known = BilanMaterial::of(state, &edition, part, view, indicators)?;
    known.texts = CtgMaterial::bilan_texts(&folder, &choices);
    let document = known.document(state, &edition, &measured, head)?;
    let boxes = boxes(&document);
    let mut diagnostics = state.diagnostics.clone();
    diagnostics.extend(folder.diagnostics.iter().cloned());
    diagnostics.extend(unclear);
    diagnostics.append(&mut known.diagnostics);
    diagnostics.extend(edition.screened(printed(&folder, &boxes)));
    let next = request.next.as_ref();
    let next = next.map(|path| write_next(state, path, &choices, &starts));
    let left = boxes.iter().filter(|b| !b.is_complete());
    Ok(BilanOutcome {
        day: state.day,
        complete: boxes.iter().filter(|b| b.is_complete()).count(),
        to_complete: left.map(|b| b.file.clone()).collect(),
        laid,
        next: next.transpose()?,
        delivered: edition.deliver(&document)?,
        diagnostics,
    })
}

/// Which bilan, for whom; refused where the convention does not foresee the extract.
fn scope(state: &ConventionState, request: &BilanRequest) -> Result<BilanScope> {
    if request.early_childhood && !state.convention.early_childhood_scheme {
        return Err(Error::Usage(format!(
            "L’extrait de la petite enfance n’est dû que si la convention vaut schéma local : écrivez « schema_petite_enfance = true » dans {CONVENTION_FILE}."
        )));
    }
    Ok(BilanScope {
        kind: request.kind,
        is_extract: request.early_childhood || request.audience == CtgAudience::Cdsf,
        audience: request.audience,
    })
}

fn begin<'a>(state: &'a ConventionState<'a>, request: &'a BilanRequest) -> Result<CtgEdition<'a>> {
    CtgEdition::begin(
        state,
        CtgEditionRequest {
            kind: "bilan",
            stem: stem(request),
            audience: request.audience,
            formats: &request.formats,
            out: request.out.clone(),
        },
    )
}

fn stem(request: &BilanRequest) -> String {
    let field = if request.early_childhood {
        "-petite-enfance"
    } else {
        ""
    };
    format!("bilan-{}{field}", request.kind.as_str())
}

/// The convention as its reader may see it, or its fiches of early childhood.
fn viewed(edition: &CtgEdition, is_extract: bool) -> Result<CtgView> {
    let view = edition.view();
    if !is_extract {
        return Ok(view);
    }
    let view = view.of_field(EARLY_CHILDHOOD);
    if view.fiches.is_empty() {
        return Err(Error::Usage(format!(
            "Aucune fiche de {CONVENTION_FILE} n’a « champ = \"{EARLY_CHILDHOOD}\" » : l’extrait serait vide."
        )));
    }
    Ok(view)
}

fn titles(request: &BilanRequest, view: &CtgView) -> CtgTitles {
    let extract = if request.early_childhood {
        ", extrait de la petite enfance"
    } else {
        ""
    };
    CtgTitles {
        title: format!("{}{extract}", request.kind.title()),
        line: format!("Du {} au {}", view.from.long(), view.to.long()),
    }
}

fn choices(state: &ConventionState, folder: &TextFolder) -> (Vec<NextChoice>, Vec<Diagnostic>) {
    use crate::convention::TextPart;
    match folder.get(&TextPart::Next) {
        Some(text) => next_choices(&state.convention, text),
        None => (Vec::new(), Vec::new()),
    }
}

fn boxes(document: &Document) -> Vec<&WritingBox> {
    let blocks = document.sections.iter().flat_map(|s| &s.blocks);
    let boxes = blocks.filter_map(|block| match block {
        Block::Writing(own) => Some(own),
        _ => None,
    });
    boxes.collect()
}

/// Texts of which this document prints a box.
fn printed<'f>(folder: &'f TextFolder, boxes: &[&WritingBox]) -> Vec<&'f BilanText> {
    let all = folder.all().map(|(_, text)| text);
    let printed = all.filter(|text| boxes.iter().any(|b| b.file == text.path));
    printed.collect()
}

/// Values from which the next convention would start, as they may be read: later documents print them to everybody. Those
/// who type exact figures are given what the committee reads, less what only its own editions would say can be told.
fn starts(
    edition: &CtgEdition,
    audience: CtgAudience,
    computed: &[ComputedIndicator],
    cleared: &[CtgIndicator],
) -> BTreeMap<String, NextStart> {
    let reads_all = audience.reads_all();
    let material = edition.material();
    let is_known = |c: &&ComputedIndicator| {
        matches!(c.status, IndicatorStatus::Ok | IndicatorStatus::Declared)
    };
    let starts = computed.iter().filter(is_known).map(|c| {
        let declared = material.convention.indicator(&c.code);
        let told = if reads_all {
            let committee = CtgAudience::Copil;
            declared.and_then(|d| material.indicator(d, c, committee))
        } else {
            let same = |i: &&CtgIndicator| i.code == c.code && i.period == c.period.label;
            cleared.iter().find(same).cloned()
        };
        let start = match told {
            None => Err("que ces lecteurs ne reçoivent pas".to_owned()),
            Some(i) if reads_all && i.counts_persons() => Err(
                "elle compte des personnes : reprenez celle d’un bilan écrit pour le COPIL"
                    .to_owned(),
            ),
            Some(i) => i.to_start_from(),
        };
        let (value, said) = match start {
            Ok((value, said)) => (Some(value), said),
            Err(why) => (None, why),
        };
        let period = c.period.label.clone();
        (
            c.code.clone(),
            NextStart {
                value,
                said,
                period,
            },
        )
    });
    starts.collect()
}

/// The convention that could come next, with the values of this day; read again before it is written.
fn write_next(
    state: &ConventionState,
    path: &Path,
    choices: &[NextChoice],
    starts: &BTreeMap<String, NextStart>,
) -> Result<PathBuf> {
    let observatory = &state.opened.observatory;
    let file = observatory.root.join(CONVENTION_FILE);
    let written = std::fs::read_to_string(&file).map_err(Error::io(&file, "lecture"))?;
    let bare = written.strip_prefix('\u{feff}').unwrap_or(&written);
    let next = next_convention(bare, &state.convention, choices, starts, state.day);
    let text = next.ok_or_else(|| {
        Error::Usage(format!(
            "La convention suivante ne peut pas être tirée de {CONVENTION_FILE} : ses dates vont trop loin."
        ))
    })?;
    // What is handed over must be readable by who will sign it.
    parse_convention(&path.display().to_string(), &text, observatory)?;
    let destination = state.opened.destination(path)?;
    destination.write(text.as_bytes())?;
    Ok(destination.path)
}
