//! `verifier`: the référentiel and configuration are valid (opening has proved it), and who has
//! returned what for the campaign.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::Done;
use super::arguments::VerifierArgs;
use super::importer::today;
use super::masquage;
use super::output::aligned;
use super::session::{Session, iso_day, write_file};
use crate::base::error::Result;
use crate::base::table_files::workbook;
use crate::base::text::{count, list, percent};
use crate::decide::completeness::{Completeness, State, follow_up};
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &VerifierArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let observatory = &session.observatory;
    let campaign = observatory.campaign(args.campagne.as_deref())?;
    let day = match &args.date {
        Some(date) => iso_day(date)?,
        None => today(),
    };
    if let Some(audience) = args.public {
        return masquage::plan(&session, campaign, (audience, &day), args.sortie.as_deref());
    }
    let checked = session.indicators(campaign)?;
    let scope = session.scope(campaign);
    let followed = follow_up(&checked.value, &scope, &observatory.settings, &day);
    let mut text = format!(
        "{}\n{}\nCampagne {} ({}) : qui a rendu quoi\n\n{}",
        vocabulary(scope.referentiel),
        registry(&session),
        campaign.id,
        campaign.label,
        matrix(&followed)
    );
    text.push_str(&unpublishable(&followed));
    let missing = followed.missing();
    let mut summary = match missing {
        0 => "Tout ce qui était attendu est arrivé.".to_owned(),
        n => format!(
            "{} (« manque » ou « en retard » dans le tableau).",
            count(n, "retour manque encore", "retours manquent encore")
        ),
    };
    if let Some(path) = &args.sortie {
        write_file(path, &workbook(&[followed.table(), followed.axes_table()])?)?;
        summary = format!("{summary} Suivi écrit dans {}.", path.display());
    }
    Ok(Done {
        text,
        result: as_json(&followed, campaign, scope.referentiel),
        diagnostics: checked.diagnostics,
        summary,
        bytes: None,
    })
}

/// Sites × sources.
fn matrix(followed: &Completeness) -> String {
    let mut sources: Vec<SourceCode> = followed.returns.iter().map(|r| r.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for found in &followed.returns {
        if rows.last().is_none_or(|row| row[0] != found.structure) {
            rows.push(vec![found.structure.clone(), found.nom.clone()]);
        }
        let rate = found.rate.map(|v| format!(" ({})", percent(v)));
        let cell = match found.state {
            State::Received => format!("{}{}", found.n, rate.unwrap_or_default()),
            state => state.label().to_owned(),
        };
        if let Some(row) = rows.last_mut() {
            row.push(cell);
        }
    }
    let mut headers = vec!["Code", "Structure"];
    headers.extend(sources.iter().map(|s| s.as_str()));
    aligned(&headers, &rows)
}

/// What reports will not show, and why.
fn unpublishable(followed: &Completeness) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (audience, who) in [("equipe", "à l’équipe"), ("elus", "aux élus, par accueil")] {
        let mut by_source: BTreeMap<SourceCode, Vec<&str>> = BTreeMap::new();
        for found in &followed.returns {
            if found.hidden_from.contains(&audience) {
                by_source
                    .entry(found.source)
                    .or_default()
                    .push(&found.structure);
            }
        }
        for (source, sites) in by_source {
            lines.push(format!(
                "  {source} ne sera pas montré {who} : {}.",
                list(&sites)
            ));
        }
    }
    for (structure, axes) in &followed.axes {
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

fn as_json(followed: &Completeness, campaign: &Campaign, r: &Referentiel) -> serde_json::Value {
    let mut sites: Vec<(&str, Vec<serde_json::Value>)> = Vec::new();
    for found in &followed.returns {
        if sites.last().is_none_or(|s| s.0 != found.structure) {
            sites.push((&found.structure, Vec::new()));
        }
        let missing = matches!(found.state, State::Awaited | State::Late);
        if let Some(site) = sites.last_mut() {
            site.1.push(json!({
                "source": found.source.as_str(), "recu": found.n, "manque": missing,
                "etat": found.state.label(), "taux_reponse": found.rate,
                "non_diffusable_a": found.hidden_from,
            }));
        }
    }
    json!({
        "campagne": campaign.id,
        "referentiel": r.version,
        "structures": sites.iter().map(|(s, sources)| json!({
            "structure": s, "sources": sources,
        })).collect::<Vec<_>>(),
        "axes_non_publiables": followed.axes.iter().map(|(s, axes)| json!({
            "structure": s, "axes": axes,
        })).collect::<Vec<_>>(),
    })
}

fn vocabulary(r: &Referentiel) -> String {
    let imperatifs = r.criteres.iter().filter(|c| c.imperatif).count();
    let counts: Vec<String> = SourceCode::ALL
        .iter()
        .map(|s| {
            format!(
                "{s} {}",
                r.elements.iter().filter(|e| e.source == *s).count()
            )
        })
        .collect();
    format!(
        "Référentiel {} : {}, {} dont {}, {} ({}). Valide.",
        r.version,
        count(r.axes.len(), "axe", "axes"),
        count(r.criteres.len(), "critère", "critères"),
        count(imperatifs, "impératif", "impératifs"),
        count(r.elements.len(), "élément", "éléments"),
        counts.join(", ")
    )
}

fn registry(session: &Session) -> String {
    let registry = &session.observatory.registry;
    let all = registry.all().len();
    let regulation = &session.observatory.regulation;
    let ignored = match registry.ignored() {
        [] => String::new(),
        some => format!(" (colonnes non utilisées : {})", some.join(", ")),
    };
    format!(
        "Registre : {}{ignored}. Paramètres réglementaires {} (en vigueur le {}).",
        count(all, "structure", "structures"),
        regulation.version,
        crate::base::text::date_short(&regulation.en_vigueur)
    )
}
