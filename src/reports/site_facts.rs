//! How a site was looked at, and its activity in figures.

use super::document::Fact;
use super::report_context::FigureKeys;
use super::sentences;
use super::shared_blocks::ChartField;
use crate::base::text::{Datum, count, list};
use crate::disclosure::{ClearedActivity, ClearedSite, Mask, Shown};
use crate::vocabulary::referentiel::SourceCode;
use crate::wording::source_breaks::source_break;

/// How the site was looked at: source by source, how many, when.
pub(super) fn method(site: &ClearedSite, key: &str) -> Vec<Fact> {
    site.received
        .iter()
        .map(|received| {
            let (source, n) = (received.source, received.count);
            let value = match source {
                SourceCode::Obs => count(n, "grille d’observation", "grilles d’observation"),
                SourceCode::Aut => "rendue".to_owned(),
                SourceCode::Dir => "mené".to_owned(),
                SourceCode::Don => count(n, "séance examinée", "séances examinées"),
                _ => (site.returns.get(&source))
                    .map(|r| r.words("réponse", "réponses"))
                    .unwrap_or_default(),
            };
            let note = match (source, received.days.as_slice()) {
                (SourceCode::Don, _) | (_, []) => String::new(),
                (_, days) => format!(
                    "le {}",
                    list(&days.iter().map(|day| day.long()).collect::<Vec<_>>())
                ),
            };
            Fact {
                name: sentences::capital(source.label()),
                value,
                note,
                keys: vec![key.to_owned()],
            }
        })
        .collect()
}

/// Over what the levels of a site are, in a sentence.
pub(super) fn visited(site: &ClearedSite, key: String) -> ChartField {
    let of = |source: SourceCode| site.received.iter().find(|r| r.source == source);
    let grids = of(SourceCode::Obs)
        .map(|r| count(r.count, "grille d’observation", "grilles d’observation"));
    let interview = of(SourceCode::Dir).map(|_| "entretien avec la direction".to_owned());
    let over: Vec<String> = grids.into_iter().chain(interview).collect();
    let words = if over.is_empty() {
        "critères qui ont un niveau".to_owned()
    } else {
        format!("critères qui ont un niveau ({})", list(&over))
    };
    ChartField {
        words,
        keys: vec![key],
    }
}

/// One activity indicator; none when it is not for this audience.
pub(super) fn activity_row(a: &ClearedActivity, keys: FigureKeys) -> Option<Vec<Datum>> {
    let value = match a.value.as_ref()? {
        // One team took part, or it did not: no share.
        Shown::Value(v) if ["O2", "O2b"].contains(&a.code) => {
            Datum::words(if *v > 0.5 { "oui" } else { "non" })
        }
        Shown::Value(v) => sentences::with_unit(*v, a.unit),
        Shown::Masked(mask @ (Mask::Rare | Mask::TooFew)) => Datum::words(mask.words()),
        Shown::Masked(_) => return None,
    };
    let limit = if a.limite {
        " · limite : la règle d’âges mélangés se lit de deux façons"
    } else {
        ""
    };
    let broken = a.rupture.as_ref().map(source_break);
    let broken = broken.map_or_else(String::new, |said| format!(" · {said}"));
    Some(vec![
        Datum::words(format!("{} {}", a.code, a.label)),
        value.keyed(keys.of(a.code)),
        Datum::words(format!("{}{limit}{broken}", a.formula)),
    ])
}
