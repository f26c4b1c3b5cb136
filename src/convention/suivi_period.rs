//! The time that an indicator is computed over: `2026-T2`, `2026`, `C2`, `convention`; never beyond the day asked.

use super::convention_model::Convention;
use super::convention_words::Rhythm;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::decide::plans::Quarter;
use crate::vocabulary::config::Campaign;

/// A period, and the day that it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuiviPeriod {
    /// `2026-T2`.
    pub label: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Day of the state that is looked at.
    pub asked: Day,
}

impl SuiviPeriod {
    /// Last day that counts.
    pub fn end(&self) -> Day {
        self.to.min(self.asked)
    }

    /// Whether it had begun on the day asked.
    pub fn has_begun(&self) -> bool {
        self.from <= self.asked
    }

    /// Whether a day is in it, and had come.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.end()
    }

    /// The same length, just before: the quarter, year before; none for a campaign or the convention.
    pub fn before(&self) -> Option<Self> {
        let year = self.label.parse::<i16>().ok()?;
        Self::year(year - 1, self.asked)
    }

    fn year(year: i16, asked: Day) -> Option<Self> {
        Some(Self {
            label: year.to_string(),
            from: format!("{year:04}-01-01").parse().ok()?,
            to: format!("{year:04}-12-31").parse().ok()?,
            asked,
        })
    }

    fn quarter(quarter: Quarter, asked: Day) -> Self {
        let to = quarter.last_day();
        // Two months before the month that it ends with.
        let from = Day::from_number(to.number() - 75).map_or(to, Day::month);
        Self {
            label: quarter.to_string(),
            from,
            to,
            asked,
        }
    }

    /// From the day after the campaign before, up to its own last day.
    fn campaign(
        campaign: &Campaign,
        convention: &Convention,
        all: &[Campaign],
        asked: Day,
    ) -> Self {
        let before = all
            .iter()
            .filter(|c| c.fin < campaign.fin)
            .map(|c| c.fin)
            .max();
        let after = before.and_then(|day| day.after(1));
        Self {
            label: campaign.id.clone(),
            from: after.unwrap_or(convention.from).min(campaign.debut),
            to: campaign.fin,
            asked,
        }
    }

    fn whole(convention: &Convention, asked: Day) -> Self {
        Self {
            label: "convention".to_owned(),
            from: convention.from,
            to: convention.to,
            asked,
        }
    }

    /// The period that an indicator is told of on a day: the quarter, the year of that day, the last campaign begun.
    pub fn of_rhythm(
        rhythm: Rhythm,
        convention: &Convention,
        campaigns: &[Campaign],
        asked: Day,
    ) -> Option<Self> {
        match rhythm {
            Rhythm::Quarter => Some(Self::quarter(Quarter::of(asked), asked)),
            Rhythm::Year => Self::year(asked.date().year(), asked),
            Rhythm::Convention => Some(Self::whole(convention, asked)),
            Rhythm::Campaign => {
                let begun = campaigns.iter().filter(|c| c.debut <= asked);
                let last = begun.max_by_key(|c| (c.debut, &c.id));
                let first = || campaigns.iter().min_by_key(|c| (c.debut, &c.id));
                let campaign = last.or_else(first)?;
                Some(Self::campaign(campaign, convention, campaigns, asked))
            }
        }
    }

    /// The period that someone wrote.
    ///
    /// # Errors
    ///
    /// No period, with the nearest campaign.
    pub fn read(
        written: &str,
        convention: &Convention,
        campaigns: &[Campaign],
        asked: Day,
    ) -> Result<Self> {
        let text = written.trim();
        if let Ok(quarter) = text.parse::<Quarter>() {
            return Ok(Self::quarter(quarter, asked));
        }
        if text.len() == 4
            && let Ok(year) = text.parse::<i16>()
            && let Some(period) = Self::year(year, asked)
        {
            return Ok(period);
        }
        if text.eq_ignore_ascii_case("convention") {
            return Ok(Self::whole(convention, asked));
        }
        let campaign = campaigns.iter().find(|c| c.id.eq_ignore_ascii_case(text));
        if let Some(campaign) = campaign {
            return Ok(Self::campaign(campaign, convention, campaigns, asked));
        }
        let near = suggest(text, campaigns.iter().map(|c| c.id.as_str())).question();
        Err(Error::Usage(format!(
            "« {written} » n’est pas une période : écrivez un trimestre (2026-T2), une année (2026), une campagne ou « convention ».{near}"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    #[test]
    fn quarters_begin_with_their_first_month() {
        for (quarter, from, to) in [
            ("2026-T1", "2026-01-01", "2026-03-31"),
            ("2026-T2", "2026-04-01", "2026-06-30"),
            ("2024-T1", "2024-01-01", "2024-03-31"),
            ("2026-T4", "2026-10-01", "2026-12-31"),
        ] {
            let quarter = quarter.parse().expect("a quarter");
            let period = SuiviPeriod::quarter(quarter, on("2026-12-31"));
            assert_eq!((period.from, period.to), (on(from), on(to)));
        }
    }
}
