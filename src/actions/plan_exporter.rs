//! The workbook that teams fill in: for the service, or as one team is sent it.

use std::path::PathBuf;

use super::plan_effet::effects;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::text::{decimals, signed};
use crate::campaign::{Dossier, Edition, OpenObservatory, day_or_today, today};
use crate::decide::plans::{Effect, PlanBook, PlanLine, write};
use crate::disclosure::Evolution;
use crate::figures::{OUTSIDE, leaves_the_tool};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::verdict_words::verdict_words;

/// Which workbook.
pub(crate) struct PlanWorkbookRequest {
    /// Code of the only structure wanted.
    pub structure: Option<String>,
    /// File to write.
    pub out: PathBuf,
    /// Day of edition, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// What was written.
pub(crate) struct PlanWorkbookOutcome {
    /// File.
    pub file: PathBuf,
    /// Whether it took the place of another.
    pub replaced: bool,
    /// Actions in it.
    pub actions: usize,
    /// State of the plans that it was made from.
    pub version: String,
}

/// Writes the workbook.
///
/// # Errors
///
/// An unknown structure, a day that is none; a store that cannot be read; a file that cannot be written.
pub(crate) fn write_workbook(
    opened: &OpenObservatory,
    request: &PlanWorkbookRequest,
) -> Result<PlanWorkbookOutcome> {
    let day = day_or_today(request.date.as_deref())?;
    let book = service_book(opened, request.structure.as_deref(), day)?;
    let file = opened.destination(&request.out)?;
    file.write(&write(&book)?)?;
    Ok(PlanWorkbookOutcome {
        replaced: file.replaces,
        file: file.path,
        actions: book.lines.len(),
        version: book.version,
    })
}

/// The workbook for the service, as bytes.
///
/// # Errors
///
/// An unknown structure; a store that cannot be read.
pub(crate) fn workbook_bytes(opened: &OpenObservatory, structure: Option<&str>) -> Result<Vec<u8>> {
    write(&service_book(opened, structure, today())?)
}

fn service_book(opened: &OpenObservatory, structure: Option<&str>, day: Day) -> Result<PlanBook> {
    let site = match structure {
        Some(code) => Some(opened.structure(code)?),
        None => None,
    };
    let latest = opened.observatory.campaign(None)?;
    let effects = effects(opened, latest)?;
    let referentiel = opened.observatory.referentiel(latest);
    let shown = |action: &str| shown_since(&effects, action, latest, referentiel);
    book(opened, site, day, shown)
}

/// The workbook of an accueil as its team is sent it: what a later campaign shows is what was cleared for it.
///
/// # Errors
///
/// No campaign.
pub(super) fn team_book(
    opened: &OpenObservatory,
    dossier: &Dossier,
    edition: &Edition,
) -> Result<PlanBook> {
    let shown = |action: &str| {
        let own = dossier.site.actions.iter().find(|a| a.id == action);
        own.and_then(|a| {
            let critere = a.criteres.first()?;
            change_line(critere, a.effet.as_ref()?, edition.campaign())
        })
        .unwrap_or_default()
    };
    book(opened, Some(dossier.structure), edition.day(), shown)
}

/// « REL-2 à C2 : +0,4, en hausse », of a change that may be told.
fn change_line(critere: &str, change: &Evolution, campaign: &Campaign) -> Option<String> {
    let (delta, verdict) = change.delta.zip(change.verdict)?;
    let check = if change.a_verifier {
        " (à vérifier)"
    } else {
        ""
    };
    Some(format!(
        "{critere} à {} : {}, {}{check}",
        campaign.id,
        signed(delta, 1),
        verdict_words(verdict)
    ))
}

fn book(
    opened: &OpenObservatory,
    site: Option<&Structure>,
    day: Day,
    shown: impl Fn(&str) -> String,
) -> Result<PlanBook> {
    let observatory = &opened.observatory;
    let latest = observatory.campaign(None)?;
    let referentiel = observatory.referentiel(latest);
    let territory = &observatory.settings.territory;
    let structures = observatory.registry.all().iter();
    let campaigns = observatory.settings.campaigns.iter();
    Ok(PlanBook {
        territory: territory.nom.clone(),
        lines: lines(opened, site, day, shown),
        structures: structures
            .filter(|s| site.is_none_or(|only| only.code == s.code))
            .map(|s| s.code.clone())
            .collect(),
        campaigns: campaigns.map(|c| c.id.clone()).collect(),
        criteres: referentiel
            .criteres
            .iter()
            .map(|c| c.code.clone())
            .collect(),
        version: opened.plans.version(),
        date: day,
        fictitious: territory.donnees_fictives,
    })
}

fn lines(
    opened: &OpenObservatory,
    site: Option<&Structure>,
    day: Day,
    shown: impl Fn(&str) -> String,
) -> Vec<PlanLine> {
    let registry = opened.observatory.registry.all();
    let mut lines = Vec::new();
    for action in opened.plans.of(site.map(|s| s.code.as_str())) {
        let structure = registry.iter().find(|s| s.code == action.structure);
        lines.push(PlanLine {
            id: action.id.clone(),
            name: structure.map_or_else(String::new, |s| s.nom.clone()),
            record: action.record(),
            late: action.late(day),
            effect: shown(&action.id),
        });
    }
    lines
}

/// « REL-2 à C2 : +0,4, progresse », one line per critère.
fn shown_since(
    effects: &[Effect],
    action: &str,
    later: &Campaign,
    referentiel: &Referentiel,
) -> String {
    let shown = effects.iter().filter(|e| e.action == action);
    let lines: Vec<String> = shown
        .filter_map(|e| effect_line(e, later, referentiel))
        .collect();
    lines.join("\n")
}

fn effect_line(effect: &Effect, later: &Campaign, referentiel: &Referentiel) -> Option<String> {
    let outside =
        [effect.before, effect.after].map(|v| leaves_the_tool(referentiel, &effect.critere, v));
    if outside.contains(&true) {
        return Some(OUTSIDE.to_owned());
    }
    let change = match (effect.delta, effect.verdict, effect.met) {
        (_, _, Some(true)) => "impératif atteint".to_owned(),
        (_, _, Some(false)) => "impératif encore non atteint".to_owned(),
        (Some(delta), Some(verdict), None) => {
            let sign = if delta >= 0.0 { "+" } else { "" };
            format!("{sign}{}, {}", decimals(delta, 1), verdict_words(verdict))
        }
        _ => return None,
    };
    let check = if effect.a_verifier {
        " (à vérifier)"
    } else {
        ""
    };
    Some(format!(
        "{} à {} : {change}{check}",
        effect.critere, later.id
    ))
}
