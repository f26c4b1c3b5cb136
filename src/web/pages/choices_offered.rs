//! Lists that several pages offer to choose from.

use serde_json::{Value, json};

use crate::base::diagnostics::{Diagnostic, Severity};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::Campaign;
use crate::web::said_on_pages::page_words;

/// A campaign, by its id and its words.
pub(super) fn campaign(campaign: &Campaign) -> Value {
    json!({ "id": campaign.id, "nom": campaign.label })
}

/// Every campaign, the last one first.
pub(super) fn campaigns(opened: &OpenObservatory) -> Vec<Value> {
    let mut all: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
    all.sort_by_key(|c| std::cmp::Reverse((c.debut, c.id.clone())));
    all.into_iter().map(campaign).collect()
}

/// Accueils of a campaign, by name.
pub(super) fn accueils(opened: &OpenObservatory, campaign: &Campaign) -> Vec<Value> {
    let mut all = opened.active_in(campaign);
    all.sort_by(|a, b| a.nom.cmp(&b.nom).then_with(|| a.code.cmp(&b.code)));
    all.iter()
        .map(|s| json!({ "code": s.code, "nom": s.nom }))
        .collect()
}

/// Remarks, as `blocs.html` lays them out.
pub(super) fn remarks(all: &[Diagnostic]) -> Vec<Value> {
    let told = all.iter().map(|d| {
        let (word, kind) = match d.severity() {
            Severity::Error => ("À corriger", "erreur-ligne"),
            Severity::Warning => ("À vérifier", "alerte-ligne"),
            Severity::Info => ("À savoir", "info-ligne"),
        };
        json!({ "mot": word, "genre": kind, "ou": d.at.to_string(), "quoi": page_words(&d.message), "que_faire": page_words(&d.remedy) })
    });
    told.collect()
}
