//! What those who decide are asked, on page one: two to four lines, each with its cost and its day.

use super::document::Block;
use super::report_context::ReportContext;
use super::sentences::in_short;
use crate::base::day::short_day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, list};
use crate::disclosure::{ClearedAction, ClearedTerritory, MissedMust, MustLife, Shown};

/// Decisions asked at most.
const ASKED: usize = 4;

/// A decision.
struct Decision {
    text: String,
    cost: Datum,
    due: Datum,
}

/// The decisions, the most pressing first; none where nothing is asked.
pub(super) fn decisions(
    t: &ClearedTerritory,
    life: &MustLife,
    context: &ReportContext,
) -> Vec<Block> {
    let (said_done, unanswered): (Vec<&MissedMust>, Vec<&MissedMust>) = (life.missed.iter())
        .filter(|m| m.is_unanswered())
        .partition(|m| m.action.is_some());
    let corrected = correction("Dire qui corrige, et pour quand", &unanswered, context);
    let looked_at = correction(
        "Revérifier sur place ce qui est dit corrigé et ne l’est pas",
        &said_done,
        context,
    );
    let mut asked: Vec<Decision> = corrected.into_iter().chain(looked_at).collect();
    asked.extend(means(t, context));
    asked.extend(organisers(t, context));
    asked.truncate(ASKED);
    if asked.is_empty() {
        return Vec::new();
    }
    let rows = asked
        .into_iter()
        .map(|asked| vec![Datum::words(asked.text), asked.cost, asked.due])
        .collect();
    let table = Table::new(
        "Décisions demandées".to_owned(),
        vec![
            Heading::words("Décision").wide(6.5),
            Heading::figures("Coût").wide(1.4),
            Heading::figures("Pour quand").wide(1.6),
        ],
        rows,
    );
    vec![
        Block::heading("Ce qu’il vous est demandé de décider"),
        Block::Table(table),
    ]
}

/// What is asked of impératifs that nothing still to be done answers.
fn correction(asked: &str, missed: &[&MissedMust], context: &ReportContext) -> Option<Decision> {
    let named = missed
        .iter()
        .map(|m| format!("{} ({})", context.name(m.structure), m.must.code));
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| Decision {
        text: format!("{asked} : {}.", list(&named)),
        cost: Datum::words("à chiffrer"),
        due: Datum::words("sans attendre"),
    })
}

/// Actions of the plans that wait for means: those on an impératif first, then those that are late, then the
/// most costly.
fn means(t: &ClearedTerritory, context: &ReportContext) -> Vec<Decision> {
    let mut waiting: Vec<&ClearedAction> = (t.actions.iter())
        .filter(|a| a.open && a.is_described() && a.cout.is_some_and(|cost| cost > 0.0))
        .collect();
    waiting.sort_by(|a, b| {
        let rank = |action: &ClearedAction| (!action.imperatif, !action.late);
        let cost = |action: &ClearedAction| action.cout.unwrap_or(0.0);
        (rank(a).cmp(&rank(b)))
            .then(cost(b).total_cmp(&cost(a)))
            .then(a.echeance.cmp(&b.echeance))
            .then(a.id.cmp(&b.id))
    });
    // The same action of several accueils is one decision.
    let mut alike: Vec<Vec<&ClearedAction>> = Vec::new();
    let is_same = |a: &ClearedAction, b: &ClearedAction| {
        let said = |action: &ClearedAction| in_short(action.action.as_str()).to_owned();
        said(a) == said(b) && a.late == b.late && a.echeance == b.echeance
    };
    for action in waiting {
        match alike.iter_mut().find(|own| is_same(own[0], action)) {
            Some(own) => own.push(action),
            None => alike.push(vec![action]),
        }
    }
    alike.iter().map(|own| funded(own, context)).collect()
}

/// What is asked of an action of one accueil or several: what each costs, and when it is due.
fn funded(own: &[&ClearedAction], context: &ReportContext) -> Decision {
    let first = own[0];
    let key = match own {
        [alone] => context.keys(&alone.structure).of("PLAN"),
        _ => context.territory().of("PLANS"),
    };
    let names: Vec<String> = own.iter().map(|a| context.name(&a.structure)).collect();
    let costs: Vec<Datum> = own
        .iter()
        .filter_map(|a| a.cout)
        .map(Datum::euros)
        .collect();
    let cost = match costs.as_slice() {
        [one] => one.clone(),
        all => Datum::words(list(
            &all.iter().map(|c| c.text.clone()).collect::<Vec<_>>(),
        )),
    };
    let asked = if first.late { "Relancer" } else { "Financer" };
    Decision {
        text: format!(
            "{asked}, pour {} : {}.",
            list(&names),
            in_short(first.action.as_str())
        ),
        cost: cost.keyed(key.clone()),
        due: Datum::words(short_day(first.echeance)).keyed(key),
    }
}

/// Critères that the organiser decides, under their target.
fn organisers(t: &ClearedTerritory, context: &ReportContext) -> Vec<Decision> {
    let below = t.organiser.iter().filter_map(|own| {
        let value = own.figure.value.as_ref().and_then(Shown::value)?;
        (value < own.figure.target - 1e-9).then_some(own)
    });
    let asked = below.map(|own| Decision {
        text: format!(
            "Revoir « {} », que l’organisateur décide pour tout le territoire.",
            own.figure.label
        ),
        cost: Datum::words("à chiffrer"),
        due: Datum::none().keyed(context.territory().of(&own.figure.code)),
    });
    asked.collect()
}
