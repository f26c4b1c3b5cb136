//! Which campaign a day is lived in: pages open on it. The next one, prepared months ahead, must not hide what came into
//! this one.

use super::settings::Campaign;
use crate::base::day::Day;

/// The campaign that runs on a day, else the last that has begun, else the next; none where none is described.
pub(crate) fn campaign_on(all: &[Campaign], day: Day) -> Option<&Campaign> {
    let last = |of: &dyn Fn(&Campaign) -> bool| {
        let own = all.iter().filter(|c| of(c));
        own.max_by_key(|c| (c.debut, &c.id))
    };
    let runs = last(&|c| c.debut <= day && day <= c.fin);
    let begun = || last(&|c| c.debut <= day);
    let next = || all.iter().min_by_key(|c| (c.debut, &c.id));
    runs.or_else(begun).or_else(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    fn campaign(id: &str, debut: &str, fin: &str) -> Campaign {
        Campaign {
            id: id.to_owned(),
            label: String::new(),
            debut: on(debut),
            fin: on(fin),
            referentiel: "v2".to_owned(),
            criteres: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn a_day_is_lived_in_the_campaign_that_runs_else_the_last_begun_else_the_next() {
        let all = [
            campaign("C2", "2026-11-02", "2026-12-18"),
            campaign("C1", "2026-04-27", "2026-06-26"),
            campaign("C4", "2028-04-27", "2028-06-26"),
            campaign("C3", "2027-04-27", "2027-06-26"),
        ];
        let on_day = |day: &str| campaign_on(&all, on(day)).map(|c| c.id.as_str());
        assert_eq!(on_day("2026-11-02"), Some("C2"));
        assert_eq!(on_day("2026-12-18"), Some("C2"));
        assert_eq!(on_day("2026-12-19"), Some("C2"), "the last begun");
        assert_eq!(on_day("2026-11-01"), Some("C1"));
        assert_eq!(on_day("2026-01-01"), Some("C1"), "the next");
        assert_eq!(on_day("2030-01-01"), Some("C4"));
        assert!(campaign_on(&[], on("2026-01-01")).is_none());
        // A year-long one that a short one interrupts is still lived in.
        let long = [
            campaign("C1", "2026-01-01", "2026-12-31"),
            campaign("C2", "2026-03-01", "2026-03-31"),
        ];
        let id = |day: &str| campaign_on(&long, on(day)).map(|c| c.id.as_str());
        assert_eq!(
            (id("2026-03-15"), id("2026-05-01")),
            (Some("C2"), Some("C1"))
        );
    }
}
