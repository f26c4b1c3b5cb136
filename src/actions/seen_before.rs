//! What the last campaign found of the rules of an accueil, as its team is given it: for who prepares the next visit.

use std::collections::BTreeMap;

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::text::SharedText;
use crate::campaign::{OpenObservatory, Picture, Reach};
use crate::disclosure::{ClearedSite, DeliveryLog, Shown};
use crate::figures::FigureStatus;
use crate::guides::{SeenBefore, SeenRule};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Looks at a campaign, then at those before it, for the first where somebody visited the accueil or interviewed its
/// direction; none when none did.
///
/// # Errors
///
/// A store or a log that cannot be read.
pub(super) fn seen_before(
    opened: &OpenObservatory,
    latest: &Campaign,
    site: &Structure,
    day: Day,
) -> Result<Option<SeenBefore>> {
    let earlier = opened.before(latest).into_iter().rev();
    for campaign in std::iter::once(latest).chain(earlier) {
        if !site.active(campaign.debut, campaign.fin) {
            continue;
        }
        let log = DeliveryLog::open(&opened.observatory.root)?;
        let picture = Picture::of(opened, campaign, Reach::Structure(site), day)?;
        let view = picture.clear(opened, &[site], Audience::Equipe, day, &log)?;
        let Some(own) = view.cleared.site(&site.code) else {
            continue;
        };
        let mut received = own.received.iter();
        if received.any(|r| matches!(r.source, SourceCode::Obs | SourceCode::Dir)) {
            return Ok(Some(SeenBefore {
                campaign: campaign.id.clone(),
                rules: rules(own, picture.referentiel, site),
            }));
        }
    }
    Ok(None)
}

/// What was found of each élément that an impératif depends on, but for a finding that leaves the tool.
fn rules(
    own: &ClearedSite,
    referentiel: &Referentiel,
    site: &Structure,
) -> BTreeMap<String, SeenRule> {
    let mut rules = BTreeMap::new();
    for must in &own.imperatifs {
        let Shown::Value(status) = must.status else {
            continue;
        };
        let Some(critere) = referentiel.critere(&must.code) else {
            continue;
        };
        let elements = referentiel.criteres[critere].elements.iter();
        let elements = elements.map(|e| &referentiel.elements[*e]);
        for element in elements.filter(|e| e.must && e.types.contains(site.kind)) {
            // A rule that is read two ways is missing under its label and why.
            let is = |labels: &[SharedText]| labels.iter().any(|l| l.starts_with(&*element.label));
            let put_right = must.corrected.iter().any(|c| c.label == element.label);
            let found = if is(&must.below) {
                SeenRule::Missed
            } else if is(&must.missing) {
                SeenRule::Unseen
            } else if put_right {
                SeenRule::PutRight
            } else if matches!(
                status,
                FigureStatus::Atteint | FigureStatus::NonAtteint | FigureStatus::NonEvalue
            ) {
                SeenRule::Met
            } else {
                continue;
            };
            rules.insert(element.code.clone(), found);
        }
    }
    rules
}
