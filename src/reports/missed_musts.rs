//! Words for what became of the impératifs since the campaign before (`disclosure::cleared::must_life`): what is missing,
//! since when, answered by what.

use super::document::{Block, Must};
use super::report_context::ReportContext;
use crate::base::text::{count, list, number_word};
use crate::disclosure::{
    ClearedDelivery, ClearedImperatif, ClearedSite, MissedMust, MissedSince, MustLife, Shown,
};
use crate::figures::{FigureStatus, OUTSIDE};

/// Failures named one by one on page one; those beyond are in the table of all impératifs.
const NAMED: usize = 6;

impl MustLife<'_> {
    /// « …, 9 écarts avaient été relevés au printemps 2026 : 8 sont corrigés et 1 demeure. Un écart est nouveau. »; none where there is no campaign
    /// before.
    pub(super) fn sentence(&self, before: Option<&str>) -> Option<String> {
        let before = before?;
        let followed = "Parmi les accueils suivis et les critères inchangés";
        let was = match self.before {
            0 => format!("{followed}, aucun écart n’avait été relevé {before}."),
            1 => format!(
                "{followed}, un écart avait été relevé {before} : il {}.",
                self.fate_of_one()
            ),
            n => format!(
                "{followed}, {n} écarts avaient été relevés {before} : {}.",
                self.fates()
            ),
        };
        let anew = match self.since(MissedSince::Anew) {
            0 => return Some(was),
            1 => "Un écart est nouveau".to_owned(),
            n => format!("{n} écarts sont nouveaux"),
        };
        Some(format!("{was} {anew} : le critère était atteint {before}."))
    }

    fn fate_of_one(&self) -> &'static str {
        match (self.corrected, self.unsaid) {
            (1, _) => "est corrigé",
            (_, 1) => "n’est ni confirmé ni levé",
            _ => "demeure",
        }
    }

    fn fates(&self) -> String {
        let stays = self.before - self.corrected - self.unsaid;
        let said = [
            (self.corrected, ["est corrigé", "sont corrigés"]),
            (stays, ["demeure", "demeurent"]),
            (
                self.unsaid,
                ["n’est ni confirmé ni levé", "ne sont ni confirmés ni levés"],
            ),
        ];
        let said = said.iter().filter(|(n, _)| *n > 0);
        let said: Vec<String> = said
            .map(|(n, [one, many])| format!("{n} {}", if *n < 2 { one } else { many }))
            .collect();
        list(&said)
    }

    /// The failures with what is missing, since when, and what answers them.
    pub(super) fn block(&self, context: &ReportContext) -> Vec<Block> {
        if self.missed.is_empty() {
            return Vec::new();
        }
        let named = self.missed.iter().take(NAMED);
        let items = named.map(|missed| missed.item(context)).collect();
        let more = self.missed.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| {
            let others = count(more, "autre écart est", "autres écarts sont");
            Block::note(format!(
                "{others} dans le tableau « Impératifs » du classeur."
            ))
            .keyed([context.territory().of("IMPERATIFS")])
        });
        std::iter::once(Block::Musts { items })
            .chain(more)
            .collect()
    }
}

impl MissedMust<'_> {
    fn item(&self, context: &ReportContext) -> Must {
        let before = context.called.before.as_deref().unwrap_or_default();
        let since = match self.since {
            MissedSince::Anew => format!("non atteint, atteint {before}"),
            MissedSince::Before => format!("non atteint, comme {before}"),
            MissedSince::Unknown => "non atteint".to_owned(),
        };
        let below: Vec<String> = self.must.below.iter().map(|l| quoted(l)).collect();
        let mut details = Vec::new();
        if !below.is_empty() {
            let many = if below.len() < 2 {
                "N’est pas entièrement en place"
            } else {
                "Ne sont pas entièrement en place"
            };
            details.push(format!("{many} : {}.", list(&below)));
        }
        details.push(self.answer());
        Must {
            code: format!("{}.", context.site(self.structure)),
            label: format!("{} ({})", self.must.label, self.must.code),
            mark: "✕".to_owned(),
            word: since,
            class: "non-atteint".to_owned(),
            details,
            key: context.keys(self.structure).of(&self.must.code),
        }
    }

    /// What the plan says of it.
    fn answer(&self) -> String {
        let Some(action) = self.action else {
            return "Aucune action n’est prévue.".to_owned();
        };
        if let Some(done) = action.realisation.filter(|_| !action.open) {
            return format!(
                "Une action est dite réalisée le {} : à revérifier sur place.",
                done.short()
            );
        }
        let due = action
            .echeance
            .map_or_else(String::new, |day| format!(", pour le {}", day.short()));
        let late = if action.late { ", en retard" } else { "" };
        format!(
            "Une action est {}{due}{late}.",
            if action.late {
                "engagée"
            } else {
                action.standing.label()
            }
        )
    }
}

/// A label inside a sentence, without its full stop.
fn quoted(label: &str) -> String {
    format!("« {} »", label.trim_end_matches(['.', ' ']))
}

/// Accueils named one by one, where so few are meant.
const FEW_NAMED: usize = 3;

/// Impératifs that could not be evaluated, then those whose finding is treated elsewhere; none where there are none.
pub(super) fn beside(delivery: &ClearedDelivery, context: &ReportContext) -> Vec<String> {
    let unknown = Shown::Value(FigureStatus::NonEvalue);
    let unknown = in_sites(delivery, |must| must.status == unknown).map(|(all, sites)| {
        let said = match all {
            1 => "Un impératif n’a pas pu être évalué".to_owned(),
            n => format!("{n} impératifs n’ont pas pu être évalués"),
        };
        let names: Vec<String> = sites.iter().map(|code| context.name(code)).collect();
        let named = if sites.len() <= FEW_NAMED {
            format!(" : {}", list(&names))
        } else {
            String::new()
        };
        format!("{said}, dans {}{named}.", how_many(sites.len()))
    });
    let outside = in_sites(delivery, |must| matches!(must.status, Shown::Masked(_)));
    let outside = outside
        .map(|(_, sites)| format!("Dans {}, un constat est {OUTSIDE}.", how_many(sites.len())));
    unknown.into_iter().chain(outside).collect()
}

fn how_many(sites: usize) -> String {
    match sites {
        1 => "un accueil".to_owned(),
        n => format!("{} accueils", number_word(n, false)),
    }
}

/// How many impératifs are so, and in which accueils, by code.
fn in_sites(
    delivery: &ClearedDelivery,
    is_so: impl Fn(&ClearedImperatif) -> bool,
) -> Option<(usize, Vec<&str>)> {
    let of_site = |site: &ClearedSite| site.imperatifs.iter().filter(|m| is_so(m)).count();
    let counts: Vec<(&str, usize)> = (delivery.sites.iter())
        .map(|site| (site.structure.as_str(), of_site(site)))
        .filter(|(_, n)| *n > 0)
        .collect();
    let all = counts.iter().map(|(_, n)| n).sum();
    (!counts.is_empty()).then(|| (all, counts.into_iter().map(|(site, _)| site).collect()))
}
