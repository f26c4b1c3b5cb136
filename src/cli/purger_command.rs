//! `purger`: answers whose time is over become aggregates.

use std::fmt::Write;
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::done::Done;
use super::opening::open;
use super::output::write_stdout;
use crate::actions::purge_effect::MaskedFigure;
use crate::actions::purger::{CampaignPurge, PurgeOutcome, PurgeRequest, SourceDue, purge};
use crate::actions::remaining_files::{RemainingFile, RemainingKind};
use crate::base::error::{Error, Result};
use crate::base::text::{count, list, visible};
use crate::intake::store::RefusedRemoval;

/// Lines of a list that a terminal shows; `--json` has them all.
const LISTED: usize = 20;

/// `purger`.
#[derive(Args)]
pub(super) struct PurgerArgs {
    /// Purge les réponses dont la conservation s’est terminée ce jour-là ou avant, AAAA-MM-JJ (par défaut : aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub avant: Option<String>,
    /// Dit ce qui serait purgé, ne change rien
    #[arg(long, conflicts_with = "confirmer")]
    pub simulation: bool,
    /// Purge pour de bon : les réponses ne reviennent pas
    #[arg(long)]
    pub confirmer: bool,
}

/// Runs the command; `json` says who reads.
pub(super) fn run(folder: Option<&Path>, args: &PurgerArgs, json: bool) -> Result<Done> {
    let opened = open(folder)?;
    let request = PurgeRequest {
        before: args.avant.clone(),
        simulation: !args.confirmer,
    };
    let outcome = purge(&opened, &request)?;
    let has_work = !outcome.campaigns.is_empty()
        || outcome.unfinished > 0
        || !outcome.surveys.is_empty()
        || outcome.words > 0;
    let text = text(&outcome);
    if has_work && !args.confirmer && !args.simulation {
        if !json {
            write_stdout(&visible(&text))?;
        }
        return Err(Error::Usage(
            "Rien n’a été purgé : une purge ne se reprend pas. Regardez ce qui partirait (--simulation), gardez ce qui doit l’être, puis relancez avec --confirmer.".to_owned(),
        ));
    }
    Ok(Done {
        result: as_json(&outcome),
        summary: closing_line(&outcome),
        text,
        ..Done::default()
    })
}

fn closing_line(outcome: &PurgeOutcome) -> String {
    match (outcome.simulation, outcome.swept.refused.len()) {
        (true, _) => "Simulation : rien n’a été purgé.".to_owned(),
        (false, 0) => "Purge terminée. « verifier » dit ce qui reste.".to_owned(),
        (false, refused) => format!(
            "{} : fermez ce qui les tient ouverts, puis relancez « purger » avec --confirmer.",
            count(
                refused,
                "élément n’a pas pu être supprimé",
                "éléments n’ont pas pu être supprimés"
            )
        ),
    }
}

fn text(outcome: &PurgeOutcome) -> String {
    let mut text = String::new();
    if outcome.ahead {
        let before = outcome.before.short();
        let _ = writeln!(text, "Attention : le {before} est à venir.\n");
    }
    if outcome.campaigns.is_empty() && outcome.surveys.is_empty() && outcome.words == 0 {
        let before = outcome.before.short();
        let _ = writeln!(
            text,
            "Aucune réponse dont la conservation soit terminée au {before}."
        );
    }
    for campaign in &outcome.campaigns {
        text.push_str(&told(campaign, outcome.simulation));
        text.push('\n');
    }
    for survey in &outcome.surveys {
        let _ = writeln!(
            text,
            "Enquête {}, import {} : {} à ne garder qu’en nombres depuis le {}.\n",
            survey.survey,
            survey.id,
            count(survey.responses, "réponse", "réponses"),
            survey.due.short()
        );
    }
    if outcome.words > 0 {
        let said = count(outcome.words, "propos", "propos");
        let how = match (outcome.simulation, outcome.words) {
            (true, _) => "à effacer",
            (false, 1) => "effacé",
            (false, _) => "effacés",
        };
        let _ = writeln!(
            text,
            "Suivi de la convention, registre « Paroles » : {said} {how}.\n"
        );
    }
    if outcome.observers > 0 {
        let leave = if outcome.simulation {
            "quitterait"
        } else {
            "a quitté"
        };
        let leaves = if outcome.simulation {
            "quitteraient"
        } else {
            "ont quitté"
        };
        let _ = writeln!(
            text,
            "{} data/observateurs.csv : plus aucune grille ne porte leur code.\n",
            count(
                outcome.observers,
                &format!("nom d’observateur {leave}"),
                &format!("noms d’observateurs {leaves}")
            )
        );
    }
    text.push_str(&removals(outcome));
    text.push_str(&remaining(&outcome.remaining));
    text
}

fn told(purge: &CampaignPurge, simulation: bool) -> String {
    let unknown = if purge.described {
        ""
    } else {
        " (n’est plus dans observatoire.toml : compté depuis son dernier import)"
    };
    let sources: Vec<String> = purge.sources.iter().map(due).collect();
    let (gone, becoming) = if simulation {
        ("Partiraient", "deviendraient")
    } else {
        ("Sont partis", "sont devenus")
    };
    let counts = purge.counts;
    let mut lines = vec![
        format!("Campagne {}{unknown}", purge.campaign),
        format!("  Conservation terminée : {}.", sources.join(" ; ")),
        format!(
            "  {gone} : {}, {}, {}, les codes des observateurs, les noms des fichiers, la clé des répondants dès qu’elle ne sert plus.",
            count(counts.answers, "réponse une à une", "réponses une à une"),
            count(
                counts.words,
                "commentaire ou propos",
                "commentaires ou propos"
            ),
            count(
                counts.respondents,
                "identifiant de répondant",
                "identifiants de répondants"
            ),
        ),
    ];
    if !purge.imports.is_empty() {
        lines.push(format!("  Imports : {}.", list(&purge.imports)));
    }
    if !purge.cancelled.is_empty() {
        lines.push(format!(
            "  Imports annulés, supprimés en entier : {}.",
            list(&purge.cancelled)
        ));
    }
    if !purge.described {
        lines.push("  Ses chiffres ne se calculent plus : ils ne sont pas comparés.".to_owned());
    } else if purge.masked.is_empty() {
        lines.push("  Tous les chiffres restent les mêmes.".to_owned());
    } else {
        let (whole, own): (Vec<_>, Vec<_>) =
            purge.masked.iter().partition(|f| f.structure.is_empty());
        lines.push(format!(
            "  {} {becoming} « effectif_insuffisant », trop peu de personnes derrière ; tous les autres restent les mêmes :",
            count(own.len(), "chiffre", "chiffres")
        ));
        lines.extend(own.iter().take(LISTED).map(|f| masked(f)));
        lines.extend(others(own.len()));
        if !whole.is_empty() {
            lines.push("  Ce que décide l’organisateur se calcule sur les réponses qui restent, et change :".to_owned());
            lines.extend(whole.iter().take(LISTED).map(|f| masked(f)));
            lines.extend(others(whole.len()));
        }
    }
    lines.join("\n") + "\n"
}

fn due(source: &SourceDue) -> String {
    format!("{} le {}", source.source, source.due.short())
}

fn masked(figure: &MaskedFigure) -> String {
    let source = figure.source.map(|s| format!(" ({s})")).unwrap_or_default();
    let place = match figure.structure.as_str() {
        "" => "territoire",
        code => code,
    };
    format!("    {place} {} {}{source}", figure.level, figure.code)
}

fn masked_json<'a>(figures: impl Iterator<Item = &'a MaskedFigure>) -> Vec<serde_json::Value> {
    let row = |f: &MaskedFigure| {
        json!({
            "structure": f.structure, "niveau": f.level, "code": f.code,
            "source": f.source.map_or("", |s| s.as_str()),
        })
    };
    figures.map(row).collect()
}

fn others(found: usize) -> Option<String> {
    (found > LISTED).then(|| format!("    et {} autres (liste entière : --json)", found - LISTED))
}

fn removals(outcome: &PurgeOutcome) -> String {
    let mut text = String::new();
    if outcome.unfinished > 0 {
        let verb = if outcome.simulation {
            "à terminer"
        } else {
            "terminée"
        };
        let _ = writeln!(text, "Une purge interrompue est {verb}.");
    }
    for RefusedRemoval { path, reason } in &outcome.swept.refused {
        let path = path.display();
        let _ = writeln!(text, "N’a pas pu être supprimé : {path} ({reason}).");
    }
    text
}

/// Files that are a person's to delete.
fn remaining(files: &[RemainingFile]) -> String {
    if files.is_empty() {
        return String::new();
    }
    let mut lines = vec![
        "Reste dans le dossier, et n’est jamais supprimé par le programme (à vous d’en décider) :"
            .to_owned(),
    ];
    let shown = files.iter().take(LISTED);
    lines.extend(shown.map(|file| format!("    {} — {}", file.path.display(), file.kind.label())));
    lines.extend(others(files.len()));
    if files.iter().any(|f| f.kind == RemainingKind::Observers) {
        lines.push(
            "    data/observateurs.csv dit qui est derrière un code : retirez-en ceux qui n’observent plus."
                .to_owned(),
        );
    }
    lines.join("\n") + "\n"
}

fn as_json(outcome: &PurgeOutcome) -> serde_json::Value {
    let campaigns = outcome.campaigns.iter().map(|purge| {
        json!({
            "campagne": purge.campaign,
            "decrite": purge.described,
            "sources": purge.sources.iter().map(|s| json!({
                "source": s.source.as_str(), "echeance": s.due,
            })).collect::<Vec<_>>(),
            "imports": purge.imports,
            "imports_annules": purge.cancelled,
            "reponses": purge.counts.answers,
            "propos": purge.counts.words,
            "repondants": purge.counts.respondents,
            "chiffres_masques": masked_json(purge.masked.iter().filter(|f| !f.structure.is_empty())),
            "chiffres_territoire": masked_json(purge.masked.iter().filter(|f| f.structure.is_empty())),
        })
    });
    let remaining = outcome.remaining.iter().map(
        |file| json!({ "fichier": file.path.display().to_string(), "nature": file.kind.label() }),
    );
    let refused = outcome.swept.refused.iter();
    json!({
        "avant": outcome.before,
        "simulation": outcome.simulation,
        "campagnes": campaigns.collect::<Vec<_>>(),
        "paroles": outcome.words,
        "supprimes": outcome.swept.removed.len(),
        "non_supprimes": refused.map(|r| r.path.display().to_string()).collect::<Vec<_>>(),
        "restent": remaining.collect::<Vec<_>>(),
    })
}
