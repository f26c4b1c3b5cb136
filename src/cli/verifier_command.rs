//! `verifier`: the référentiel and configuration are valid (opening has proved it), and who has
//! returned what for the campaign.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::choices::audience;
use super::deep_check;
use super::done::Done;
use super::masking_plan;
use super::opening::open;
use crate::actions::masquage::MaskingRequest;
use crate::actions::personal_check::PersonalLine;
use crate::actions::verifier::{
    CheckOutcome, CheckRequest, ExperimentSummary, LocalCounts, RegistrySummary, VocabularyCounts,
    Withheld, check,
};
use crate::base::error::Result;
use crate::base::text::{count, date_short, list, percent};
use crate::decide::completeness::{Completeness, Return, State, UnpublishedAxes};
use crate::exports::{PeopleBook, PeopleTable};
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::SourceCode;
use crate::vocabulary::referentiel::local::LOCAL_FILE;

/// Imports that a terminal lists.
const LISTED: usize = 20;

/// `verifier`.
#[derive(Args)]
pub(super) struct VerifierArgs {
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Jour où l’on regarde, AAAA-MM-JJ (par défaut : aujourd’hui) : dit ce qui est en retard
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Montre ce qui sera masqué à un public, et pourquoi, avant que rien ne soit écrit
    #[arg(long, value_parser = audience(), value_name = "PUBLIC")]
    pub public: Option<Audience>,
    /// Relit chaque octet de la base, des plans et des agrégats, et nomme tout ce qui n’est plus ce qui a
    /// été écrit ; puis cherche chaque chiffre caché dans tout ce qui serait publié, public par public
    #[arg(long, conflicts_with_all = ["campagne", "date", "public", "sortie"])]
    pub profond: bool,
    /// Classeur .xlsx du suivi, ou avec --public du plan de masquage, à écrire
    #[arg(long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &VerifierArgs) -> Result<Done> {
    if args.profond {
        return deep_check::show(folder);
    }
    let opened = open(folder)?;
    if let Some(audience) = args.public {
        let request = MaskingRequest {
            campaign: args.campagne.clone(),
            date: args.date.clone(),
            audience,
        };
        return masking_plan::show(&opened, &request, args.sortie.as_deref());
    }
    let request = CheckRequest {
        campaign: args.campagne.clone(),
        date: args.date.clone(),
    };
    let outcome = check(&opened, &request)?;
    let mut summary = closing_line(outcome.followed.missing());
    if let Some(path) = &args.sortie {
        let file = opened.destination(path)?;
        file.write(&PeopleBook::of(&opened.observatory).write(&followed(&outcome))?)?;
        summary = format!("{summary} Suivi écrit dans {}.", file.told());
    }
    Ok(Done {
        text: text(&outcome),
        result: as_json(&outcome),
        diagnostics: outcome.diagnostics,
        summary,
        ..Done::default()
    })
}

/// The sheets of the follow-up.
fn followed(outcome: &CheckOutcome) -> [PeopleTable; 2] {
    let caption = format!("Campagne {} : qui a rendu quoi", outcome.campaign);
    outcome.sheets().map(|table| PeopleTable {
        caption: caption.clone(),
        ..PeopleTable::from(table)
    })
}

fn closing_line(missing: usize) -> String {
    if missing == 0 {
        return "Tout ce qui était attendu est arrivé.".to_owned();
    }
    format!(
        "{} (« manque » ou « en retard » dans le tableau).",
        count(missing, "retour manque encore", "retours manquent encore")
    )
}

fn text(outcome: &CheckOutcome) -> String {
    format!(
        "{}\n{}\n{}Campagne {} ({}) : qui a rendu quoi\n\n{}{}{}",
        vocabulary(&outcome.vocabulary),
        registry(&outcome.registry),
        experiments(&outcome.experiments),
        outcome.campaign,
        outcome.label,
        matrix(&outcome.followed),
        unpublishable(outcome),
        personal(&outcome.personal)
    )
}

/// What experiments expect, and whether it is measured.
fn experiments(all: &[ExperimentSummary]) -> String {
    let told = all.iter().map(|e| {
        let measured = match e.unmeasured {
            0 => format!("tous mesurés à {}", list(&e.campaigns)),
            n => format!("{} (voir les alertes)", count(n, "manque", "manques")),
        };
        format!(
            "Expérimentation {} « {} » ({}) : {}, {measured}.\n",
            e.code,
            e.intitule,
            list(&e.pilots),
            count(e.expected, "critère attendu", "critères attendus")
        )
    });
    told.collect()
}

/// What the store still holds of persons, and until when.
fn personal(lines: &[PersonalLine]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let told = lines.iter().take(LISTED).map(personal_line);
    let others = lines.len().saturating_sub(LISTED);
    let others =
        (others > 0).then(|| format!("  et {others} autres imports (liste entière : --json)"));
    let told: Vec<String> = told.chain(others).collect();
    format!(
        "\nCe que la base garde des personnes\n\n{}\n",
        told.join("\n")
    )
}

fn personal_line(line: &PersonalLine) -> String {
    let held = &line.held;
    let state = match (&held.purged, held.cancelled) {
        (Some(date), _) => format!(", purgé le {}", date.short()),
        (None, true) => ", annulé mais encore là".to_owned(),
        (None, false) => String::new(),
    };
    let head = format!("  {} ({}{state})", held.import, held.campaign);
    let Some(due) = &line.due else {
        return format!("{head} : plus rien.");
    };
    format!(
        "{head} : {}, {}, {} ; clé {} ; à purger à partir du {} ; compte des cellules {}.",
        count(held.words, "propos", "propos"),
        count(
            held.respondents,
            "identifiant de répondant",
            "identifiants de répondants"
        ),
        count(held.observers, "code d’observateur", "codes d’observateurs"),
        if line.key { "présente" } else { "absente" },
        due.short(),
        held.cells.map_or_else(
            || "non tenu".to_owned(),
            |n| format!("tenu ({})", count(n as usize, "cellule", "cellules"))
        )
    )
}

/// Sites × sources.
fn matrix(followed: &Completeness) -> String {
    let mut sources: Vec<SourceCode> = followed.returns.iter().map(|r| r.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut headers = vec!["Code", "Structure"];
    headers.extend(sources.iter().map(|s| s.as_str()));
    let by_site = followed
        .returns
        .chunk_by(|a, b| a.structure == b.structure)
        .map(site_row);
    aligned(&headers, &by_site.collect::<Vec<_>>())
}

fn site_row(returns: &[Return]) -> Vec<String> {
    let mut row: Vec<String> = returns
        .first()
        .map(|r| vec![r.structure.clone(), r.nom.clone()])
        .unwrap_or_default();
    row.extend(returns.iter().map(|given| match given.state {
        State::Received => {
            let rate = given.rate.map(|v| format!(" ({})", percent(v)));
            format!("{}{}", given.n, rate.unwrap_or_default())
        }
        state => state.label().to_owned(),
    }));
    row
}

/// What reports will not show, and why.
fn unpublishable(outcome: &CheckOutcome) -> String {
    let mut lines: Vec<String> = outcome.withheld.iter().map(withheld).collect();
    for UnpublishedAxes { structure, axes } in &outcome.followed.unpublished {
        lines.push(format!(
            "  {structure} : {} non publiable{}, trop peu de critères ont une valeur.",
            list(axes),
            if axes.len() > 1 { "s" } else { "" }
        ));
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("\nCe qui ne sera pas publié\n\n{}\n", lines.join("\n"))
}

fn withheld(withheld: &Withheld) -> String {
    let who = if withheld.audience == Audience::Equipe {
        "à l’équipe"
    } else {
        "aux élus, par accueil"
    };
    format!(
        "  {} ne sera pas montré {who} : {}.",
        withheld.source,
        list(&withheld.structures)
    )
}

fn experiment_json(e: &ExperimentSummary) -> serde_json::Value {
    json!({
        "code": e.code,
        "intitule": e.intitule,
        "pilotes": e.pilots,
        "attendus": e.expected,
        "non_mesures": e.unmeasured,
        "campagnes": e.campaigns,
    })
}

fn as_json(outcome: &CheckOutcome) -> serde_json::Value {
    let followed = &outcome.followed;
    let structures = followed
        .returns
        .chunk_by(|a, b| a.structure == b.structure)
        .map(|returns| {
            json!({
                "structure": returns.first().map(|r| &r.structure),
                "sources": returns.iter().map(return_json).collect::<Vec<_>>(),
            })
        });
    let axes = followed
        .unpublished
        .iter()
        .map(|site| json!({ "structure": site.structure, "axes": site.axes }));
    json!({
        "campagne": outcome.campaign,
        "referentiel": outcome.vocabulary.version,
        "experimentations": outcome.experiments.iter().map(experiment_json).collect::<Vec<_>>(),
        "structures": structures.collect::<Vec<_>>(),
        "axes_non_publiables": axes.collect::<Vec<_>>(),
        "donnees_personnelles": outcome.personal.iter().map(personal_json).collect::<Vec<_>>(),
    })
}

fn personal_json(line: &PersonalLine) -> serde_json::Value {
    let held = &line.held;
    json!({
        "import": held.import, "campagne": held.campaign, "annule": held.cancelled,
        "reponses": held.answers, "propos": held.words, "identifiants": held.respondents,
        "observateurs": held.observers, "noms_de_fichiers": held.files, "cle": line.key,
        "cellules": held.cells, "purge_le": held.purged, "echeance": line.due,
        "en_retard": line.overdue.iter().map(|s| s.as_str()).collect::<Vec<_>>(),
    })
}

fn return_json(given: &Return) -> serde_json::Value {
    let missing = matches!(given.state, State::Awaited | State::Late);
    json!({
        "source": given.source.as_str(), "recu": given.n, "manque": missing,
        "etat": given.state.label(), "taux_reponse": given.rate,
        "non_diffusable_a": given.hidden_from.iter().map(|a| a.as_str()).collect::<Vec<_>>(),
    })
}

fn vocabulary(counts: &VocabularyCounts) -> String {
    let by_source: Vec<String> = counts
        .by_source
        .iter()
        .map(|c| format!("{} {}", c.source, c.elements))
        .collect();
    let local = local(&counts.local);
    format!(
        "Référentiel {} : {}, {} dont {}, {} ({}). Valide.{local}",
        counts.version,
        count(counts.axes, "axe", "axes"),
        count(counts.criteres, "critère", "critères"),
        count(counts.imperatifs, "impératif", "impératifs"),
        count(counts.elements, "élément", "éléments"),
        by_source.join(", ")
    )
}

/// « Local (grids/local.toml) : 2 cibles, 1 critère sans objet. »; nothing of nothing.
fn local(counts: &LocalCounts) -> String {
    let said = [
        (counts.targets, "cible fixée ici", "cibles fixées ici"),
        (
            counts.put_aside,
            "critère sans objet",
            "critères sans objet",
        ),
        (counts.reworded, "élément reformulé", "éléments reformulés"),
        (counts.added, "élément ajouté", "éléments ajoutés"),
    ];
    let said = said.into_iter().filter(|(n, _, _)| *n > 0);
    let said: Vec<String> = said.map(|(n, one, many)| count(n, one, many)).collect();
    if said.is_empty() {
        return String::new();
    }
    format!(" {LOCAL_FILE} : {}.", said.join(", "))
}

fn registry(summary: &RegistrySummary) -> String {
    let ignored = match summary.ignored.as_slice() {
        [] => String::new(),
        columns => format!(" (colonnes non utilisées : {})", columns.join(", ")),
    };
    format!(
        "Registre : {}{ignored}. Paramètres réglementaires {} (en vigueur le {}).",
        count(summary.structures, "structure", "structures"),
        summary.regulation,
        date_short(&summary.in_force)
    )
}
