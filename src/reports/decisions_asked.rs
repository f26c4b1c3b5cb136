//! What those who decide are asked, on page one: two to four lines, each with its cost and its day.

use super::document::Block;
use super::report_context::ReportContext;
use super::sentences::in_short;
use crate::base::day::Day;
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
        "Décisions proposées".to_owned(),
        vec![
            Heading::words("Décision").wide(6.5),
            Heading::figures("Coût").wide(1.4),
            Heading::figures("Pour quand").wide(1.9),
        ],
        rows,
    );
    vec![
        Block::heading("Ce qui est proposé à votre décision"),
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
        said(a) == said(b) && a.echeance == b.echeance
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
    let past = first.echeance.filter(|day| *day < context.day);
    let asked = if past.is_some() {
        "Relancer"
    } else {
        "Financer"
    };
    let was = past.map_or_else(String::new, |day| {
        format!(" C’était prévu pour le {}, pas encore fait.", day.long())
    });
    Decision {
        text: format!(
            "{asked}, pour {} : {}.{was}",
            list(&names),
            in_short(first.action.as_str())
        ),
        cost: cost.keyed(key.clone()),
        due: due(first.echeance, context.day).keyed(key),
    }
}

/// Days left to decide anew of what is over: no decision is asked for a day that is past.
const TO_DECIDE: u16 = 30;

/// When what is asked is due, never before the day of the edition.
fn due(planned: Option<Day>, edition: Day) -> Datum {
    Datum::words(match planned {
        Some(day) if day >= edition => day.short(),
        Some(_) => edition.after(TO_DECIDE).map_or_else(
            || "à décider sans attendre".to_owned(),
            |day| format!("à décider d’ici le {}", day.short()),
        ),
        None => "date à fixer".to_owned(),
    })
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
        due: Datum::words("date à fixer").keyed(context.territory().of(&own.figure.code)),
    });
    asked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked in December is never due in October.
    #[test]
    fn a_decision_is_never_due_before_it_is_asked() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let edition = day("2026-12-15");
        assert_eq!(due(Some(day("2026-12-30")), edition).text, "30/12/2026");
        assert_eq!(due(Some(edition), edition).text, "15/12/2026");
        let late = due(Some(day("2026-10-31")), edition).text;
        assert_eq!(late, "à décider d’ici le 14/01/2027");
        assert_eq!(due(None, edition).text, "date à fixer");
    }
}
