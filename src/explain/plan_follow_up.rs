//! O3, and I20 and I21 when they come from the improvement plan: the actions behind the figure, one by one.

use std::fmt::Write;

use super::explainer::Explainer;
use crate::base::day::{Day, short_day};
use crate::base::text::count;
use crate::decide::plans::{Action, Word};
use crate::figures::FollowUp;
use crate::vocabulary::referentiel::ActivityCode;

impl Explainer<'_> {
    /// What an indicator owes to the plan; none when it does not come from one.
    pub(super) fn plan(&self, code: ActivityCode) -> Option<String> {
        let day = self.scope.campaign.fin;
        let follow_up: &FollowUp = self.scope.follow_ups.get(self.structure)?;
        let issued = self.plans.of(Some(self.structure));
        let issued = issued.filter(|a| a.is_issued(day));
        let (what, kept): (&str, Vec<&Action>) = match code {
            ActivityCode::I20 | ActivityCode::O3 => (
                "Chaque action d’une campagne terminée est une recommandation émise ; elle est intégrée quand le plan donne le document, qui est un projet pédagogique ou un projet de fonctionnement, la page et une date.",
                issued.collect(),
            ),
            ActivityCode::I21 => (
                "Une action est échue quand son échéance est passée, abandons compris ; elle est close à temps quand elle est réalisée à l’échéance ou avant.",
                issued.filter(|a| a.is_due(day)).collect(),
            ),
            _ => return None,
        };
        let mut text = format!(
            "Vient du plan d’amélioration, vu à la fin de la campagne ({}) : {}.\n{what}\n",
            day.short(),
            count(follow_up.issued, "action émise", "actions émises")
        );
        for action in kept {
            let said = if code == ActivityCode::I21 {
                deadline(action, day)
            } else {
                proof(action, day)
            };
            let criteres = action.criteres.join(", ");
            let _ = writeln!(text, "  {} ({criteres}) : {said}", action.id);
        }
        text.push_str("Pour l’historique d’une action : observatoire plan historique ID\n");
        Some(text)
    }
}

fn proof(action: &Action, day: Day) -> String {
    let proof = &action.integration;
    if action.is_integrated(day) {
        format!(
            "intégrée — {}, page {}, {}",
            proof.document,
            proof.page,
            short_day(proof.date)
        )
    } else if let (Some(true), Some(date)) = (proof.integree, proof.date.filter(|d| *d > day)) {
        format!("pas encore : intégrée le {}", date.short())
    } else if action.is_written_elsewhere() {
        format!(
            "gardée, non comptée — {} n’est pas un projet",
            proof.document
        )
    } else if proof.integree == Some(true) {
        "non comptée : il manque le document, la page ou la date".to_owned()
    } else {
        "non intégrée".to_owned()
    }
}

fn deadline(action: &Action, day: Day) -> String {
    let due = short_day(action.echeance);
    if action.closed_in_time(day) {
        return format!(
            "à temps — échéance {due}, réalisée le {}",
            short_day(action.close)
        );
    }
    let status = action.status_at(day);
    let closed = action.close.filter(|_| status.is_closed());
    let when = closed.map_or_else(String::new, |day| format!(" le {}", day.short()));
    format!("pas à temps — échéance {due}, {}{when}", status.label())
}
