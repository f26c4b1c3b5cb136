//! `plan exporter`: the workbook that teams fill in.

use super::arguments::ExportArgs;
use super::{day, effects};
use crate::base::error::Result;
use crate::base::text::{count, decimals};
use crate::cli::Done;
use crate::cli::session::{Session, write_file};
use crate::decide::plans::{Action, Book, Effect, Line, write};
use crate::figures::{OUTSIDE, leaves_the_tool};
use crate::stats::change::Verdict;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::Referentiel;

/// Runs the command.
pub fn run(session: &Session, args: &ExportArgs) -> Result<Done> {
    let day = day(args.date.as_ref())?;
    let site = match &args.structure {
        Some(code) => Some(session.structure(code)?),
        None => None,
    };
    let book = book(session, site, &day)?;
    write_file(&args.sortie, &write(&book)?)?;
    Ok(Done {
        result: serde_json::json!({
            "fichier": args.sortie,
            "actions": book.lines.len(),
            "etat": book.version,
        }),
        summary: format!(
            "{} dans {}. Une fois rempli : observatoire plan importer {}",
            count(book.lines.len(), "action", "actions"),
            args.sortie.display(),
            args.sortie.display()
        ),
        ..Done::default()
    })
}

fn book(session: &Session, site: Option<&Structure>, day: &str) -> Result<Book> {
    let observatory = &session.observatory;
    let latest = observatory.campaign(None)?;
    let effects = effects(session, latest)?;
    let registry = observatory.registry.all();
    let referentiel = observatory.referentiel(latest);
    let line = |action: &Action| Line {
        id: action.id.clone(),
        nom: registry
            .iter()
            .find(|s| s.code == action.structure)
            .map_or_else(String::new, |s| s.nom.clone()),
        record: action.record(),
        late: action.late(day),
        effect: said(&effects, &action.id, &latest.id, referentiel),
    };
    let offered = registry
        .iter()
        .filter(|s| site.is_none_or(|own| own.code == s.code));
    let territory = &observatory.settings.territory;
    Ok(Book {
        territory: territory.nom.clone(),
        lines: session
            .plans
            .of(site.map(|s| s.code.as_str()))
            .map(line)
            .collect(),
        structures: offered.map(|s| s.code.clone()).collect(),
        campaigns: observatory
            .settings
            .campaigns
            .iter()
            .map(|c| c.id.clone())
            .collect(),
        criteres: referentiel
            .criteres
            .iter()
            .map(|c| c.code.clone())
            .collect(),
        version: session.plans.version().to_owned(),
        date: day.to_owned(),
        fictitious: territory.donnees_fictives,
    })
}

/// « REL-2 à C2 : +0,4, progresse », one line per critère.
fn said(effects: &[Effect], action: &str, later: &str, referentiel: &Referentiel) -> String {
    let own = effects.iter().filter(|e| e.action == action);
    let lines: Vec<String> = own
        .filter_map(|e| {
            let outside = [e.before, e.after].map(|v| leaves_the_tool(referentiel, &e.critere, v));
            if outside.contains(&true) {
                return Some(OUTSIDE.to_owned());
            }
            let change = match (e.delta, e.verdict, e.met) {
                (_, _, Some(true)) => "impératif atteint".to_owned(),
                (_, _, Some(false)) => "impératif encore non atteint".to_owned(),
                (Some(delta), Some(verdict), None) => {
                    let sign = if delta >= 0.0 { "+" } else { "" };
                    format!("{sign}{}, {}", decimals(delta, 1), words(verdict))
                }
                _ => return None,
            };
            let check = if e.a_verifier { " (à vérifier)" } else { "" };
            Some(format!("{} à {later} : {change}{check}", e.critere))
        })
        .collect();
    lines.join("\n")
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Progresse => "progresse",
        Verdict::Recule => "recule",
        Verdict::Stable => "stable",
        Verdict::Indetermine => "trop faible pour conclure",
        Verdict::NonComparable => "non comparable",
    }
}
