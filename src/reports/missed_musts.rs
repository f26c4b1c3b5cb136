//! Words for what became of the impératifs since the campaign before (`disclosure::cleared::must_life`): what is missing,
//! since when, answered by what.

use super::document::{Block, Must};
use super::report_context::ReportContext;
use crate::base::text::{count, list, number_word};
use crate::disclosure::{ClearedDelivery, ClearedSite, MissedMust, MissedSince, MustLife, Shown};
use crate::figures::FigureStatus;

/// Failures named one by one on page one; those beyond are in the table of all impératifs.
const NAMED: usize = 6;

impl MustLife<'_> {
    /// « Des 9 écarts relevés à C1, 8 sont corrigés et 1 demeure. Un écart est nouveau. »; none where there is no campaign
    /// before.
    pub(super) fn sentence(&self, previous: Option<&str>) -> Option<String> {
        let previous = previous?;
        let was = match self.before {
            0 => format!("Aucun écart n’avait été relevé à {previous} dans les accueils suivis."),
            1 => format!("L’écart relevé à {previous} {}.", self.fate_of_one()),
            n => format!("Des {n} écarts relevés à {previous}, {}.", self.fates()),
        };
        let anew = match self.since(MissedSince::Anew) {
            0 => return Some(was),
            1 => "Un écart est nouveau".to_owned(),
            n => format!("{n} écarts sont nouveaux"),
        };
        Some(format!(
            "{was} {anew} : le critère était atteint à {previous}."
        ))
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
        let previous = context.campaigns.previous.unwrap_or_default();
        let since = match self.since {
            MissedSince::Anew => format!("non atteint, atteint à {previous}"),
            MissedSince::Before => format!("non atteint, comme à {previous}"),
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

/// « deux impératifs n’ont pas pu être évalués »; none where all were.
pub(super) fn unknown(delivery: &ClearedDelivery) -> Option<String> {
    let of_site = |site: &ClearedSite| {
        let musts = site.imperatifs.iter();
        musts
            .filter(|m| m.status == Shown::Value(FigureStatus::NonEvalue))
            .count()
    };
    let sites = delivery.sites.iter().filter(|s| of_site(s) > 0).count();
    let all: usize = delivery.sites.iter().map(of_site).sum();
    let said = match all {
        0 => return None,
        1 => "Un impératif n’a pas pu être évalué".to_owned(),
        n => format!("{n} impératifs n’ont pas pu être évalués"),
    };
    Some(format!(
        "{said}, dans {}.",
        if sites == 1 {
            "un accueil".to_owned()
        } else {
            format!("{} accueils", number_word(sites, false))
        }
    ))
}
