//! Posts and denominators that are not likely: who is to come in forty years, a post that nobody holds, a part
//! greater than its whole.

use super::Rails;
use super::moment_rail::{measure, word};
use super::post_roles::odd_role;
use crate::base::day::Day;
use crate::base::text::decimals;
use crate::intake::observations::{TypedRecord, UnitKey};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{ColumnRatio, column_ratios};

/// Trainings of one post in a year.
const TRAININGS: f64 = 30.0;
/// The smallest part of full time: a smaller one was a percent.
const SMALLEST: f64 = 0.02;
/// Year before which nobody was hired.
const OLDEST: i16 = 1950;
/// Kinds of activities that there are.
const KINDS: f64 = 8.0;
/// Days of a year.
const DAYS: f64 = 366.0;
/// Children, or families, of a year for one place.
const TURNOVER: f64 = 20.0;

impl Rails<'_> {
    /// Why a post or denominators are not likely.
    pub(super) fn odd_line(&self, record: &TypedRecord) -> Option<String> {
        let UnitKey::Table { structure, table } = &record.unit else {
            return None;
        };
        let why = if table == "poste" {
            self.odd_post(record)
        } else {
            let known = self.observatory.registry.get(structure);
            odd_parts(record).or_else(|| odd_size(record, known))
        };
        why.map(|why| format!("{structure} : {why}"))
    }

    fn odd_post(&self, record: &TypedRecord) -> Option<String> {
        if let Some(n) = measure(record, "formations").filter(|n| *n > TRAININGS) {
            return Some(format!("un poste aurait suivi {} formations", whole(n)));
        }
        let part = measure(record, "quotite");
        if let Some(part) = part.filter(|n| *n > 0.0 && *n < SMALLEST) {
            let percent = decimals(100.0 * part, 1);
            return Some(format!("un poste serait à {percent} % d’un temps plein"));
        }
        if let Some(why) = word(record, "fonction").and_then(odd_role) {
            return Some(why);
        }
        let entry: Day = word(record, "entree")?.parse().ok()?;
        // Who is yet to come counts for nothing, and nobody would see it.
        let is_coming = entry > self.today && entry > self.campaign.fin;
        let is_odd = is_coming || entry.date().year() < OLDEST;
        is_odd.then(|| format!("un poste serait occupé à partir du {}", entry.short()))
    }
}

fn whole(n: f64) -> String {
    decimals(n, 0)
}

/// A part greater than its whole, among denominators.
fn odd_parts(record: &TypedRecord) -> Option<String> {
    let of = |name: &str| measure(record, name);
    let trained = [("formes", "animateurs"), ("formes_inclusion", "animateurs")];
    let shares = column_ratios().filter(ColumnRatio::is_share);
    let pairs = shares.map(|ratio| (ratio.top, ratio.bottom)).chain(trained);
    let told = |name: &str| name.replace('_', " ");
    for (part, all) in pairs {
        if let (Some(n), Some(of)) = (of(part), of(all))
            && n > of
        {
            let (part, all) = (told(part), told(all));
            return Some(format!(
                "{part} ({}) dépasse {all} ({})",
                whole(n),
                whole(of)
            ));
        }
    }
    let (children, families) = (of("enfants")?, of("familles")?);
    (children < families).then(|| {
        let (children, families) = (whole(children), whole(families));
        format!("moins d’enfants ({children}) que de familles ({families})")
    })
}

/// Denominators beyond what a year, or the accueil, can hold.
fn odd_size(record: &TypedRecord, structure: Option<&Structure>) -> Option<String> {
    let over = |name: &str, most: f64| measure(record, name).filter(|n| *n > most);
    if let Some(kinds) = over("domaines_activites", KINDS) {
        let kinds = whole(kinds);
        return Some(format!(
            "{kinds} familles d’activités, quand il y en a huit"
        ));
    }
    if let Some(days) = over("jours_ouverts", DAYS) {
        return Some(format!("{} jours d’ouverture dans l’année", whole(days)));
    }
    let places = structure.and_then(|s| s.capacite_moins6.zip(s.capacite_6plus));
    let places = places.map(|(small, big)| f64::from(small + big));
    let places = places.filter(|p| *p > 0.0)?;
    ["familles", "enfants"].into_iter().find_map(|name| {
        let n = whole(over(name, TURNOVER * places)?);
        let places = whole(places);
        Some(format!("{n} {name} pour un accueil de {places} places"))
    })
}
