//! Deadlines that a plan proposes: so many days after the day it is proposed, and before the next campaign
//! looks at what changed (`docs/domain.md` §6).

use super::action_words::Urgency;
use crate::base::day::Day;
use crate::vocabulary::config::PlanDelays;

/// The deadline proposed for an action, from the day it is proposed and the first day of the next campaign,
/// which says nothing once it has begun; none outside the calendar.
pub fn deadline(
    proposed: Day,
    next: Option<Day>,
    urgency: Urgency,
    delays: PlanDelays,
) -> Option<Day> {
    let planned = proposed.after(match urgency {
        Urgency::Imperatif => delays.imperatif_jours,
        Urgency::Haute => delays.haute_jours,
        Urgency::Moyenne => delays.moyenne_jours,
    })?;
    Some(
        match next.and_then(Day::eve).filter(|eve| *eve > proposed) {
            Some(eve) if urgency != Urgency::Moyenne => planned.min(eve),
            _ => planned,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_follow_the_campaign_and_precede_the_next() {
        let day = |iso: &str| iso.parse::<Day>().expect(iso);
        let end = day("2026-07-03");
        let due = |urgency, next| {
            let due = deadline(end, next, urgency, PlanDelays::default());
            due.expect("a day").to_string()
        };
        // Back to school on 1 September, the eve of the second campaign, the end of the year.
        let second = Some(day("2026-11-02"));
        assert_eq!(due(Urgency::Imperatif, second), "2026-09-01");
        assert_eq!(due(Urgency::Haute, None), "2026-10-31");
        assert_eq!(due(Urgency::Moyenne, second), "2026-12-30");
        let early = Some(day("2026-09-01"));
        assert_eq!(due(Urgency::Haute, early), "2026-08-31");
        // Proposed once the next campaign has begun: nothing is due before it was proposed.
        let late = deadline(
            day("2026-11-20"),
            second,
            Urgency::Imperatif,
            PlanDelays::default(),
        );
        assert_eq!(late, Some(day("2027-01-19")));
    }
}
