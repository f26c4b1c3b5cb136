//! I20 and I21 when they come from the improvement plan: the actions behind the figure, one by one.

use std::fmt::Write;

use super::explainer::Explainer;
use crate::base::text::{count, date_short};
use crate::decide::plans::{Action, Word};
use crate::figures::FollowUp;
use crate::vocabulary::referentiel::ActivityCode;

impl Explainer<'_> {
    /// What an indicator owes to the plan; none when it does not come from one.
    pub(super) fn plan(&self, code: ActivityCode) -> Option<String> {
        let day = &self.scope.campaign.fin.to_string();
        let follow_up: &FollowUp = self.scope.follow_ups.get(self.structure)?;
        let issued = self.plans.of(Some(self.structure));
        let issued = issued.filter(|a| a.is_issued(day));
        let (what, kept): (&str, Vec<&Action>) = match code {
            ActivityCode::I20 => (
                "Chaque action d’une campagne terminée est une recommandation émise ; elle est intégrée quand le plan donne le document et une date.",
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
            date_short(day),
            count(follow_up.issued, "action émise", "actions émises")
        );
        for action in kept {
            let said = if code == ActivityCode::I20 {
                proof(action, day)
            } else {
                deadline(action, day)
            };
            let criteres = action.criteres.join(", ");
            let _ = writeln!(text, "  {} ({criteres}) : {said}", action.id);
        }
        text.push_str("Pour l’historique d’une action : observatoire plan historique ID\n");
        Some(text)
    }
}

fn proof(action: &Action, day: &str) -> String {
    let proof = &action.integration;
    if action.is_integrated(day) {
        format!(
            "intégrée — {}, page {}, {}",
            proof.document,
            proof.page,
            date_short(&proof.date)
        )
    } else if proof.integree == Some(true) && proof.date.as_str() > day {
        format!("pas encore : intégrée le {}", date_short(&proof.date))
    } else {
        "non intégrée".to_owned()
    }
}

fn deadline(action: &Action, day: &str) -> String {
    let due = date_short(&action.echeance);
    if action.closed_in_time(day) {
        return format!(
            "à temps — échéance {due}, réalisée le {}",
            date_short(&action.close)
        );
    }
    let status = action.status_at(day);
    let when = if status.is_closed() && !action.close.is_empty() {
        format!(" le {}", date_short(&action.close))
    } else {
        String::new()
    };
    format!("pas à temps — échéance {due}, {}{when}", status.label())
}
