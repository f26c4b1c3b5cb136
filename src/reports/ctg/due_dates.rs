//! What is due from a day on: échéances of the convention, then those of its actions and decisions.

use super::action_table::who;
use super::ctg_keys::CtgKeys;
use crate::base::day::Day;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::disclosure::CtgView;
use crate::reports::document::Block;

/// One thing that is due.
struct Due {
    date: Day,
    what: String,
    who: String,
    key: String,
}

/// « Prochaine échéance : bilan final, le 31 décembre 2026, dans 184 jours. »; nothing when none is left.
pub(crate) fn next_due(view: &CtgView) -> Option<Block> {
    let next = view.to_come().next()?;
    let days = next.date.number() - view.day.number();
    let when = match days {
        0 => "ce jour même".to_owned(),
        n => format!("dans {}", count(n.unsigned_abs() as usize, "jour", "jours")),
    };
    Some(Block::strong(format!(
        "Prochaine échéance : {}, le {}, {when}.",
        next.what,
        next.date.long()
    )))
}

/// What is due from the day of the state to another one: the convention, its actions, its decisions, in order of day.
pub(crate) fn due_dates(view: &CtgView, keys: &CtgKeys, until: Day) -> Option<Block> {
    let mut due: Vec<Due> = (view.to_come())
        .map(|d| Due {
            date: d.date,
            what: format!("Convention : {}", d.what),
            who: String::new(),
            key: String::new(),
        })
        .collect();
    due.extend(view.running().filter(|a| !a.is_closed).filter_map(|a| {
        Some(Due {
            date: a.due?,
            what: format!("Action : {}", a.text),
            who: who(&a.carriers),
            key: keys.key(&a.id),
        })
    }));
    due.extend(view.decisions.iter().filter(|d| d.is_open).filter_map(|d| {
        Some(Due {
            date: d.due?,
            what: format!("Décision : {}", d.text),
            who: who(&d.carriers),
            key: keys.key(&d.id),
        })
    }));
    due.retain(|d| d.date >= view.day && (d.date <= until || d.key.is_empty()));
    due.sort_by_key(|d| d.date);
    if due.is_empty() {
        return None;
    }
    let columns = vec![
        Heading::words("Le").wide(1.2),
        Heading::words("Échéance").wide(5.0),
        Heading::words("Portée par").wide(2.4),
    ];
    let rows = due.into_iter().map(|d| {
        vec![
            Datum::words(d.date.short()).keyed(d.key),
            Datum::words(d.what),
            if d.who.is_empty() {
                Datum::none()
            } else {
                Datum::words(d.who)
            },
        ]
    });
    Some(Block::Table(Table::new(
        "Les échéances à venir",
        columns,
        rows.collect(),
    )))
}
