//! `ctg/convention.toml` → convention: what does not hold together is refused with its place, all at once.

use super::convention_checks::check;
use super::convention_indicators::indicator;
use super::convention_model::{
    Amendment, CONVENTION_FILE, Convention, ConventionAxis, ConventionDeadline, SignedFiche,
    TriedExperiment,
};
use super::convention_problems::ConventionProblems;
use super::convention_raw::{RawConvention, RawExperiment, RawSignedFiche, texts};
use super::convention_words::FicheState;
use super::versions::KnownFiles;
use crate::base::diagnostics::{Checked, Code};
use crate::base::error::{Error, Result};
use crate::base::toml_error::toml_message;
use crate::vocabulary::config::{Observatory, read_text};

/// Reads the convention of an observatory; none when it has no file.
///
/// # Errors
///
/// A file that cannot be read, or that does not hold together: every problem with its line.
pub fn load_convention(observatory: &Observatory) -> Result<Option<Checked<Convention>>> {
    convention_among(observatory, &KnownFiles::of_today(&observatory.root))
}

/// The convention as it was known on a day.
///
/// # Errors
///
/// See [`load_convention`].
pub(crate) fn convention_among(
    observatory: &Observatory,
    files: &KnownFiles,
) -> Result<Option<Checked<Convention>>> {
    let Some(path) = files.path(CONVENTION_FILE) else {
        return Ok(None);
    };
    let text = read_text(&path)?;
    parse_convention(CONVENTION_FILE, &text, observatory).map(Some)
}

/// The convention that a text describes.
///
/// # Errors
///
/// See [`load_convention`].
pub fn parse_convention(
    name: &str,
    text: &str,
    observatory: &Observatory,
) -> Result<Checked<Convention>> {
    let mut raw: RawConvention =
        toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
    raw.as_declared();
    let mut problems = ConventionProblems::new(name, text, Code::ConventionDoubt);
    check(&raw, observatory, &mut problems);
    let made = assemble(&raw, &mut problems);
    match made {
        Some(value) if problems.refused.is_empty() => Ok(Checked {
            value,
            diagnostics: problems.reported,
        }),
        _ => Err(Error::Config(problems.refused.join("\n"))),
    }
}

/// None when a day or a word is wrong: each was told.
fn assemble(raw: &RawConvention, problems: &mut ConventionProblems) -> Option<Convention> {
    let head = &raw.convention;
    let (from, to) = (problems.day(&head.debut), problems.day(&head.fin));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        problems.refuse(
            head.fin.span().start,
            "la convention finit avant de commencer",
        );
    }
    let amendments = (raw.avenants.iter()).filter_map(|a| {
        Some(Amendment {
            number: *a.numero.get_ref(),
            date: problems.day(&a.date)?,
            subject: a.objet.clone(),
        })
    });
    let mut amendments: Vec<Amendment> = amendments.collect();
    amendments.sort_by_key(|a| a.number);
    let deadlines = raw.echeances.iter().filter_map(|e| {
        let (kind, date) = (problems.word(&e.kind), problems.day(&e.date));
        Some(ConventionDeadline {
            kind: kind?,
            date: date?,
        })
    });
    let mut deadlines: Vec<ConventionDeadline> = deadlines.collect();
    deadlines.sort_by_key(|d| d.date);
    let axes = raw.axes.iter().map(|a| ConventionAxis {
        code: a.code.get_ref().clone(),
        label: a.label.clone(),
    });
    let fiches = raw
        .fiches
        .iter()
        .filter_map(|f| fiche(f, problems))
        .collect();
    let indicators = (raw.indicateurs.iter()).filter_map(|i| indicator(i, problems));
    let indicators = indicators.collect();
    let experiments = (raw.experimentations.iter()).filter_map(|e| experiment(e, problems));
    let experiments = experiments.collect();
    Some(Convention {
        title: head.intitule.clone(),
        signatories: head.signataires.clone(),
        from: from?,
        to: to?,
        early_childhood_scheme: head.schema_petite_enfance,
        amendments,
        deadlines,
        axes: axes.collect(),
        fiches,
        indicators,
        experiments,
    })
}

fn fiche(raw: &RawSignedFiche, problems: &mut ConventionProblems) -> Option<SignedFiche> {
    if let Some(day) = &raw.echeance {
        problems.day(day);
    }
    let state = match &raw.etat {
        Some(word) => problems.word(word)?,
        None => FicheState::Active,
    };
    Some(SignedFiche {
        code: raw.code.get_ref().clone(),
        axis: raw
            .axe
            .as_ref()
            .map_or_else(String::new, |a| a.get_ref().clone()),
        title: raw.intitule.clone(),
        state,
        amendment: raw.avenant.as_ref().map(|a| *a.get_ref()),
        criteres: texts(&raw.criteres),
        field: raw.champ.clone(),
        objectives: raw.objectives.clone(),
        expected: raw.expected.clone(),
        leads: raw.leads.clone(),
    })
}

fn experiment(raw: &RawExperiment, problems: &mut ConventionProblems) -> Option<TriedExperiment> {
    let (from, to) = (problems.day(&raw.debut), problems.day(&raw.fin));
    let fixed_on = raw.fixe_le.as_ref().and_then(|d| problems.day(d));
    Some(TriedExperiment {
        code: raw.code.get_ref().clone(),
        fiche: raw.fiche.get_ref().clone(),
        title: raw.intitule.clone(),
        pilots: texts(&raw.pilotes),
        from: from?,
        to: to?,
        fixed_on,
        expected: texts(&raw.attendus),
        steps: raw.etapes.clone(),
    })
}
