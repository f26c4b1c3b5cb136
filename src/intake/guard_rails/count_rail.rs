//! Numbers of activity tables that nobody meant: a year in place of children, columns that changed places, sums
//! that grow from line to line; what is odd in the lines of the other tables is asked with them.

use std::collections::BTreeMap;

use super::moment_rail::{listed, measure};
use super::post_roles::direction_twice;
use super::session_odds::lone_days;
use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{count, decimals, fold};
use crate::intake::observations::{TypedRecord, UnitKey};

/// Children of one animateur beyond which a count is doubted: twice what any rule admits, and more.
const CROWD: f64 = 40.0;
/// How many times the places of an accueil may be taken.
const CAPACITIES: f64 = 1.5;
/// Children of a session where nobody knows how many places there are.
const MOST: f64 = 500.0;
/// How many times a session may hold what others of the same moment do, and so many children more.
const USUAL: f64 = 4.0;
const MORE: f64 = 40.0;
/// Sessions of one moment that tell what is usual.
const TELLING: usize = 4;
/// How many times the first session the last one holds, where counts add up.
const GROWN: f64 = 3.0;

/// A session’s counts.
struct Counted<'a> {
    record: &'a TypedRecord,
    day: Day,
    children: f64,
    adults: Option<f64>,
}

impl Rails<'_> {
    pub(super) fn counts(&self, run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let read = &run.files[file];
            let counted: Vec<Counted> = read.records.iter().filter_map(counted).collect();
            let moments: BTreeMap<_, _> = read.moments.iter().map(|m| (&m.at, m)).collect();
            let mut alike: BTreeMap<(&str, String), Vec<&Counted>> = BTreeMap::new();
            for session in &counted {
                let said = moments.get(&session.record.at);
                let words = said.map_or_else(String::new, |m| {
                    format!("{}|{}", fold(&m.plage), fold(&m.site))
                });
                let key = (&**session.record.unit.structure(), words);
                alike.entry(key).or_default().push(session);
            }
            let mut odd: Vec<(&Location, String)> = Vec::new();
            for sessions in alike.values() {
                let usual = usual(sessions);
                let found = sessions
                    .iter()
                    .filter_map(|s| Some((&s.record.at, self.odd_count(s, usual)?)));
                odd.extend(found);
                odd.extend(added_up(sessions));
            }
            let places = read.records.iter();
            odd.extend(places.filter_map(|r| {
                let said = moments.get(&r.at).copied();
                Some((&r.at, self.odd_place(r, said)?))
            }));
            odd.extend(lone_days(&read.records));
            let lines = read.records.iter();
            odd.extend(lines.filter_map(|r| Some((&r.at, self.odd_line(r)?))));
            odd.extend(direction_twice(&read.records));
            if let Some((at, _)) = odd.first() {
                let at = (*at).clone();
                let all: Vec<String> = odd.into_iter().map(|(_, why)| why).collect();
                asking.ask(file, Diagnostic::new(Code::UnlikelyLine, at, listed(&all)));
            }
        }
    }

    /// What a session counts, where it is not likely.
    fn odd_count(&self, session: &Counted, usual: Option<f64>) -> Option<String> {
        let why = self.why_odd(session, usual)?;
        let with = session.adults.map_or_else(String::new, |n| {
            format!(" pour {}", count(n as usize, "animateur", "animateurs"))
        });
        Some(format!(
            "{}, le {} : {}{with}{why}",
            session.record.unit.structure(),
            session.day.short(),
            count(session.children as usize, "enfant", "enfants")
        ))
    }

    /// Counts of a session that do not go together, or with what is known of the accueil.
    fn why_odd(&self, session: &Counted, usual: Option<f64>) -> Option<String> {
        let children = session.children;
        let code = session.record.unit.structure();
        let structure = self.observatory.registry.get(code);
        let places = structure.and_then(|s| s.capacite_moins6.zip(s.capacite_6plus));
        let places = places.map(|(small, big)| f64::from(small + big));
        let places = places.filter(|p| *p > 0.0);
        if children > places.map_or(MOST, |p| p * CAPACITIES) {
            let known = places.map(|p| format!(", dans un accueil de {} places", whole(p)));
            return Some(known.unwrap_or_default());
        }
        if let Some(adults) = session.adults.filter(|_| children > 0.0) {
            if children > CROWD * adults {
                return Some(String::new());
            }
            let is_turned =
                (adults >= 4.0 && adults > children) || (adults >= 6.0 && 2.0 * adults > children);
            if is_turned {
                return Some(" (colonnes inversées ?)".to_owned());
            }
        }
        let usual = usual.filter(|u| children > USUAL * u && children > MORE + u)?;
        let usual = whole(usual);
        Some(format!(
            ", quand la même plage en compte {usual} d’ordinaire"
        ))
    }
}

fn counted(record: &TypedRecord) -> Option<Counted<'_>> {
    let UnitKey::Sessions { day: Some(day), .. } = &record.unit else {
        return None;
    };
    let groups = ["presents_moins6", "presents_6plus"].map(|name| measure(record, name));
    if groups.iter().all(Option::is_none) {
        return None;
    }
    Some(Counted {
        record,
        day: *day,
        children: groups.into_iter().flatten().sum(),
        adults: measure(record, "animateurs"),
    })
}

fn whole(n: f64) -> String {
    decimals(n, 0)
}

/// What sessions of one moment hold in the middle.
fn usual(sessions: &[&Counted]) -> Option<f64> {
    let mut all: Vec<f64> = sessions.iter().map(|s| s.children).collect();
    all.sort_by(f64::total_cmp);
    (all.len() >= TELLING).then(|| all[all.len() / 2])
}

/// Counts that add up from one day to the next, instead of those of each day.
fn added_up<'a>(sessions: &[&Counted<'a>]) -> Option<(&'a Location, String)> {
    let mut by_day: Vec<&Counted> = sessions.to_vec();
    by_day.sort_by_key(|s| s.day);
    let (first, last) = (by_day.first()?, by_day.last()?);
    let grows = by_day.windows(2).all(|w| w[0].children < w[1].children);
    let is_sum = by_day.len() >= TELLING
        && first.children > 0.0
        && grows
        && last.children >= GROWN * first.children;
    is_sum.then(|| {
        let message = format!(
            "{} : les enfants présents augmentent à chaque séance, de {} à {}, comme un cumul",
            last.record.unit.structure(),
            whole(first.children),
            whole(last.children)
        );
        (&last.record.at, message)
    })
}
