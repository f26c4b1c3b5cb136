//! Deadlines that a plan proposes: so many days after the campaign, and before the next one looks
//! at what changed (`docs/domain.md` §6).

use jiff::ToSpan;
use jiff::civil::Date;

use super::action_words::Urgency;
use crate::vocabulary::config::{Campaign, PlanDelays};

/// The deadline proposed for an action, ISO; empty when the campaign has no readable end.
pub fn deadline(
    campaign: &Campaign,
    next: Option<&Campaign>,
    urgency: Urgency,
    delays: PlanDelays,
) -> String {
    let days = match urgency {
        Urgency::Imperatif => delays.imperatif_jours,
        Urgency::Haute => delays.haute_jours,
        Urgency::Moyenne => delays.moyenne_jours,
    };
    let after = |end: Date| end.checked_add(i32::from(days).days()).ok();
    let Some(planned) = campaign.fin.parse::<Date>().ok().and_then(after) else {
        return String::new();
    };
    let eve = next.and_then(|c| c.debut.parse::<Date>().ok()?.yesterday().ok());
    let due = match eve {
        Some(eve) if urgency != Urgency::Moyenne => planned.min(eve),
        _ => planned,
    };
    due.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign(debut: &str, fin: &str) -> Campaign {
        Campaign {
            id: "C".to_owned(),
            label: String::new(),
            debut: debut.to_owned(),
            fin: fin.to_owned(),
            referentiel: "v1".to_owned(),
            criteres: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn deadlines_follow_the_campaign_and_precede_the_next() {
        let (first, second) = (
            campaign("2026-04-27", "2026-07-03"),
            campaign("2026-11-02", "2026-12-11"),
        );
        let due = |urgency, next| deadline(&first, next, urgency, PlanDelays::default());
        // Back to school on 1 September, the eve of the second campaign, the end of the year.
        assert_eq!(due(Urgency::Imperatif, Some(&second)), "2026-09-01");
        assert_eq!(due(Urgency::Haute, None), "2026-10-31");
        assert_eq!(due(Urgency::Moyenne, Some(&second)), "2026-12-30");
        let early = campaign("2026-09-01", "2026-10-01");
        assert_eq!(due(Urgency::Haute, Some(&early)), "2026-08-31");
    }
}
