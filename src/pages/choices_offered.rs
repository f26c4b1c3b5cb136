//! Lists that several pages offer to choose from.

use serde_json::{Value, json};

use crate::base::diagnostics::{Code, Diagnostic, Severity};
use crate::base::text::count;
use crate::campaign::{OpenObservatory, today};
use crate::pages::said_on_pages::page_words;
use crate::vocabulary::config::{Campaign, Structure};

/// A campaign, by its id and its words; two of one name are told apart.
pub(super) fn campaign(opened: &OpenObservatory, campaign: &Campaign) -> Value {
    let all = &opened.observatory.settings.campaigns;
    json!({ "id": campaign.id, "nom": campaign.label_among(all) })
}

/// Every campaign, the last one first.
pub(super) fn campaigns(opened: &OpenObservatory) -> Vec<Value> {
    let mut all: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
    all.sort_by_key(|c| std::cmp::Reverse((c.debut, c.id.clone())));
    all.into_iter().map(|c| campaign(opened, c)).collect()
}

/// Accueils of a campaign, by name.
pub(super) fn accueils(opened: &OpenObservatory, campaign: &Campaign) -> Vec<Value> {
    let mut all = opened.active_in(campaign);
    all.sort_by(|a, b| a.nom.cmp(&b.nom).then_with(|| a.code.cmp(&b.code)));
    all.into_iter().map(offered).collect()
}

/// Every accueil of the registry, by name: a file may name one that closed.
pub(super) fn every_accueil(opened: &OpenObservatory) -> Vec<Value> {
    let mut all: Vec<&Structure> = opened.observatory.registry.all().iter().collect();
    all.sort_by(|a, b| a.nom.cmp(&b.nom).then_with(|| a.code.cmp(&b.code)));
    all.into_iter().map(offered).collect()
}

/// An accueil to choose; one that closed says so.
fn offered(site: &Structure) -> Value {
    let closed = site.fermeture.filter(|last| *last < today());
    let closed = closed.map_or_else(String::new, |last| format!(", fermé le {}", last.short()));
    json!({ "code": site.code, "nom": format!("{}{closed}", site.nom) })
}

/// An accueil in the name of a file: « La Ruche (R01) ».
pub(super) fn named(site: &Structure) -> String {
    format!("{} ({})", site.nom, site.code)
}

/// A campaign in the name of a file: « Suivi, automne 2026 (C2) ».
pub(super) fn named_campaign(campaign: &Campaign) -> String {
    format!("{} ({})", campaign.label, campaign.id)
}

/// Remarks, as `blocs.html` lays them out.
pub(super) fn remarks(all: &[Diagnostic]) -> Vec<Value> {
    let told = all.iter().map(|d| {
        let (word, kind) = match d.severity() {
            Severity::Error => ("À corriger", "erreur-ligne"),
            Severity::Warning => ("À vérifier", "alerte-ligne"),
            Severity::Info => ("À savoir", "info-ligne"),
        };
        json!({ "mot": word, "genre": kind, "ou": page_words(&d.at.to_string()), "quoi": page_words(&d.message), "que_faire": page_words(&d.remedy) })
    });
    told.collect()
}

/// Remarks that are not those of the file of the convention, told on the page that edits it and on that of the CTG; how
/// many those are, in words.
pub(super) fn remarks_but_convention(all: &[Diagnostic]) -> (Vec<Value>, String) {
    let (convention, own): (Vec<Diagnostic>, Vec<Diagnostic>) =
        (all.iter().cloned()).partition(|d| d.code == Code::ConventionDoubt);
    let told = match convention.len() {
        0 => String::new(),
        n => count(
            n,
            "remarque sur la convention",
            "remarques sur la convention",
        ),
    };
    (remarks(&own), told)
}
