//! What answers that came in hold to: settings that would lose their campaign, or change the sentences that people
//! answered, are refused.

use crate::base::error::Result;
use crate::base::text::list;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::Observatory;

/// Whether answers of a campaign count.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn answered(opened: &OpenObservatory, campaign: &str) -> Result<bool> {
    let state = opened.store.state()?;
    Ok(!opened.store.live(&state, campaign)?.is_empty())
}

/// Why an observatory cannot become another one, if it cannot.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn breaks_answers(
    opened: &OpenObservatory,
    before: &Observatory,
    after: &Observatory,
) -> Result<Option<String>> {
    let state = opened.store.state()?;
    let kept = |id: &str| after.settings.campaigns.iter().find(|c| c.id == id);
    for campaign in &before.settings.campaigns {
        let id = &campaign.id;
        let Some(new) = kept(id) else {
            if state.imports.iter().any(|i| i.manifest.campaign == *id) {
                return Ok(Some(format!(
                    "La campagne « {id} » a reçu des fichiers : elle ne peut plus disparaître des réglages. Rien n’a été écrit."
                )));
            }
            continue;
        };
        if opened.store.live(&state, id)?.is_empty() {
            continue;
        }
        let (then, now) = (before.referentiel(campaign), after.referentiel(new));
        let changed = then.criteres.iter().filter(|c| {
            let same = now.critere(&c.code).map(|n| &now.criteres[n].hash);
            same != Some(&c.hash)
        });
        let changed: Vec<&str> = changed.map(|c| c.code.as_str()).collect();
        if !changed.is_empty() {
            let named = list(&changed[..changed.len().min(6)]);
            return Ok(Some(format!(
                "{id} : des réponses y sont déjà, données aux phrases de maintenant, et ce changement (version ou début) ferait lire d’autres phrases ({named}{}). Une campagne garde ses phrases. Rien n’a été écrit.",
                if changed.len() > 6 { "…" } else { "" }
            )));
        }
    }
    Ok(None)
}
