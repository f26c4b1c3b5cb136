//! `ctg/echanges.toml` → exchanges: what does not hold together is refused with its place, all at once.

use super::exchange_checks::{check_dates, check_id, check_texts, exchanged};
use super::exchange_model::{
    DataExchange, DpoOpinion, EXCHANGES_FILE, ExchangeDecision, ExchangeOpinion, RegisterEntry,
};
use super::exchange_raw::{
    RawDpoOpinion, RawExchange, RawExchangeDecision, RawExchangeOpinion, RawExchanges, given, words,
};
use super::exchange_words::DecisionWord;
use crate::base::day::Day;
use crate::base::diagnostics::{Checked, Code};
use crate::base::error::{Error, Result};
use crate::base::toml_error::toml_message;
use crate::convention::convention_problems::ConventionProblems;
use crate::convention::convention_raw::PlacedText;
use crate::convention::convention_words::ClosedWord;
use crate::convention::versions::KnownFiles;
use crate::vocabulary::config::{Observatory, read_text};

/// Reads the register of an observatory; empty when it has no file.
///
/// # Errors
///
/// A file that cannot be read, or that does not hold together: every problem with its line.
pub fn load_exchanges(observatory: &Observatory) -> Result<Checked<Vec<DataExchange>>> {
    exchanges_among(observatory, &KnownFiles::of_today(&observatory.root))
}

/// The same as it was known on a day.
///
/// # Errors
///
/// See [`load_exchanges`].
pub(crate) fn exchanges_among(
    observatory: &Observatory,
    files: &KnownFiles,
) -> Result<Checked<Vec<DataExchange>>> {
    let Some(path) = files.path(EXCHANGES_FILE) else {
        return Ok(Checked {
            value: Vec::new(),
            diagnostics: Vec::new(),
        });
    };
    parse_exchanges(EXCHANGES_FILE, &read_text(&path)?, observatory)
}

/// The exchanges that a text describes.
///
/// # Errors
///
/// See [`load_exchanges`].
pub fn parse_exchanges(
    name: &str,
    text: &str,
    observatory: &Observatory,
) -> Result<Checked<Vec<DataExchange>>> {
    let raw: RawExchanges =
        toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
    let mut problems = ConventionProblems::new(name, text, Code::ExchangeDoubt);
    problems.once(raw.echanges.iter().map(|e| &e.id), "l’échange");
    let mut read = Vec::new();
    for exchange in &raw.echanges {
        check_id(exchange, &mut problems);
        check_texts(exchange, &mut problems);
        let made = assemble(exchange, observatory, &mut problems);
        if let Some(made) = made {
            check_dates(&made, exchange, &mut problems);
            read.push(made);
        }
    }
    if problems.refused.is_empty() {
        return Ok(Checked {
            value: read,
            diagnostics: problems.reported,
        });
    }
    Err(Error::Config(problems.refused.join("\n")))
}

/// None when a word is wrong: it was told.
fn assemble(
    raw: &RawExchange,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) -> Option<DataExchange> {
    let side = problems.word(&raw.sens);
    let asked_on = day(raw.demande_le.as_ref(), problems);
    let until = day(raw.fin.as_ref(), problems);
    let impact_study = word(raw.conformite.aipd.as_ref(), problems);
    let opportunity = opinion(&raw.opportunite, problems);
    let feasibility = opinion(&raw.faisabilite, problems);
    let conformity = opinion(&raw.conformite, problems);
    for (name, opinion) in [
        ("opportunite", &raw.opportunite),
        ("faisabilite", &raw.faisabilite),
    ] {
        if let Some(aipd) = given(opinion.aipd.as_ref()) {
            let message = format!("« aipd » se dit de la conformité, pas de « {name} »");
            problems.refuse(aipd.span().start, &message);
        }
    }
    let dpo = dpo(&raw.dpo, problems);
    let decision = decision(&raw.decision, problems);
    let register = RegisterEntry {
        day: day(raw.registre.inscrit_le.as_ref(), problems),
        reference: words(raw.registre.reference.as_ref()),
    };
    let side = side?;
    Some(DataExchange {
        id: raw.id.get_ref().clone(),
        side,
        requester: words(raw.demandeur.as_ref()),
        holder: words(raw.detenteur.as_ref()),
        asked_on,
        subject: words(raw.objet.as_ref()),
        purpose: words(raw.finalite.as_ref()),
        basis: words(raw.base_legale.as_ref()),
        data: exchanged(raw, side, observatory, problems),
        opportunity,
        feasibility,
        conformity,
        impact_study,
        dpo,
        decision,
        register,
        months: raw.conservation_mois.as_ref().map(|m| *m.get_ref()),
        until,
    })
}

fn opinion(raw: &RawExchangeOpinion, problems: &mut ConventionProblems) -> ExchangeOpinion {
    ExchangeOpinion {
        word: word(raw.avis.as_ref(), problems),
        reason: words(raw.motif.as_ref()),
        day: day(raw.le.as_ref(), problems),
        by: words(raw.par.as_ref()),
    }
}

fn dpo(raw: &RawDpoOpinion, problems: &mut ConventionProblems) -> DpoOpinion {
    let of = given(raw.de.as_ref());
    if let Some(of) = of {
        problems.known(of, &["detenteur", "demandeur"], "le rôle");
    }
    DpoOpinion {
        of_holder: of.is_none_or(|of| of.get_ref() == "detenteur"),
        asked_on: day(raw.saisi_le.as_ref(), problems),
        word: word(raw.avis.as_ref(), problems),
        advice: raw.recommandations.iter().map(|r| words(Some(r))).collect(),
        day: day(raw.le.as_ref(), problems),
    }
}

fn decision(raw: &RawExchangeDecision, problems: &mut ConventionProblems) -> ExchangeDecision {
    ExchangeDecision {
        word: word(raw.etat.as_ref(), problems).unwrap_or(DecisionWord::Waiting),
        reason: words(raw.motif.as_ref()),
        day: day(raw.le.as_ref(), problems),
    }
}

fn day(value: Option<&PlacedText>, problems: &mut ConventionProblems) -> Option<Day> {
    problems.day(given(value)?)
}

fn word<W: ClosedWord>(value: Option<&PlacedText>, problems: &mut ConventionProblems) -> Option<W> {
    problems.word(given(value)?)
}
