//! `plan effet`: what a campaign shows of the actions of earlier ones.

use super::arguments::EffectArgs;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::count;
use crate::cli::Done;
use crate::cli::session::{Session, deliver};
use crate::compare::{Side, compare};
use crate::decide::plans::{Effect, effect, effects_table};
use crate::figures::Indicators;
use crate::vocabulary::config::Campaign;

/// Runs the command.
pub fn run(session: &Session, args: &EffectArgs) -> Result<Done> {
    let later = session.observatory.campaign(args.campagne.as_deref())?;
    let effects = effects(session, later)?;
    let mut done = deliver(&effects_table(&effects), &args.table)?;
    let read = format!(
        "{} à {}. Une évolution n’est pas la preuve que l’action en est la cause.",
        count(effects.len(), "effet lu", "effets lus"),
        later.id
    );
    done.summary = if done.summary.is_empty() {
        read
    } else {
        format!("{read} {}", done.summary)
    };
    done.diagnostics.push(Diagnostic::new(
        Code::NotForPublication,
        Location::none(),
        "le tableau donne des résultats par accueil : il reste au service.",
    ));
    Ok(done)
}

/// Effects that a campaign shows, by structure then action, whatever campaign each action is from.
///
/// # Errors
///
/// A store that cannot be read.
pub fn effects(session: &Session, later: &Campaign) -> Result<Vec<Effect>> {
    let campaigns = session.observatory.settings.campaigns.iter();
    let has_actions = |c: &&Campaign| session.plans.actions.iter().any(|a| a.campagne == c.id);
    let origins: Vec<&Campaign> = campaigns
        .filter(|c| c.debut < later.debut)
        .filter(has_actions)
        .collect();
    if origins.is_empty() {
        return Ok(Vec::new());
    }
    let after = session.indicators(later)?.value;
    let mut all = Vec::new();
    for origin in origins {
        let before = session.indicators(origin)?.value;
        let compared = compare(side(session, origin, &before), side(session, later, &after));
        all.extend(effect(&session.plans, origin, later, &compared.value));
    }
    all.sort_by(|a, b| (&a.structure, &a.action).cmp(&(&b.structure, &b.action)));
    Ok(all)
}

fn side<'a>(session: &'a Session, campaign: &Campaign, indicators: &'a Indicators) -> Side<'a> {
    Side {
        indicators,
        referentiel: session.observatory.referentiel(campaign),
    }
}
