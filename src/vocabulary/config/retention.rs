//! How long answers are kept after a campaign, source by source (`docs/domain.md` §7).

use std::collections::BTreeMap;

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::vocabulary::referentiel::SourceCode;

/// Months kept when the file says nothing.
pub(super) const DEFAULT_MONTHS: u32 = 12;
/// A century: more is a slip of the hand.
const MOST_MONTHS: u32 = 1200;

/// Months that answers are kept after the end of their campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    default: u32,
    sources: BTreeMap<SourceCode, u32>,
}

impl Retention {
    /// `conservation_mois`, then `[conservation]`: a source and its own months.
    ///
    /// # Errors
    ///
    /// A source that does not exist, more than a century.
    pub(super) fn read(name: &str, default: u32, written: &BTreeMap<String, u32>) -> Result<Self> {
        let mut sources = BTreeMap::new();
        for (key, months) in written {
            let Ok(source) = key.parse::<SourceCode>() else {
                let known = SourceCode::ALL.map(SourceCode::as_str);
                let near = suggest(key, known.iter().copied()).listed_or(&known);
                return Err(Error::Config(format!(
                    "{name} : [conservation] : « {key} » n’est pas une source ; écrivez {near}."
                )));
            };
            sources.insert(source, *months);
        }
        let retention = Self { default, sources };
        let most = SourceCode::ALL.map(|s| retention.months(s));
        if most.iter().chain([&default]).any(|m| *m > MOST_MONTHS) {
            return Err(Error::Config(format!(
                "{name} : la conservation se compte en mois, {MOST_MONTHS} au plus."
            )));
        }
        Ok(retention)
    }

    /// Months for sources that have none of their own.
    pub(crate) fn default_months(&self) -> u32 {
        self.default
    }

    /// Months that the file gives a source of its own.
    pub(crate) fn own_months(&self, source: SourceCode) -> Option<u32> {
        self.sources.get(&source).copied()
    }

    /// Months for a source.
    pub fn months(&self, source: SourceCode) -> u32 {
        self.sources.get(&source).copied().unwrap_or(self.default)
    }

    /// ISO day from which answers of a source, of a campaign that ended on a day, are to be purged.
    ///
    /// # Errors
    ///
    /// A day that is none.
    pub fn due(&self, source: SourceCode, end: Day) -> Result<Day> {
        let months = self.months(source);
        end.months_after(months).ok_or_else(|| {
            Error::Config(format!(
                "conservation : {months} mois après le {} sont hors du calendrier.",
                end.short()
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    fn read(written: &[(&str, u32)]) -> Result<Retention> {
        let written = written.iter().map(|(k, m)| ((*k).to_owned(), *m)).collect();
        Retention::read("essai", 12, &written)
    }

    #[test]
    fn each_source_has_its_months_and_a_month_ends_with_its_last_day() {
        let retention = read(&[("OBS", 36), ("fam", 6)]).expect("sources");
        let due = |source, end: &str| {
            let due = retention.due(source, on(end)).expect("a day");
            due.to_string()
        };
        assert_eq!(due(SourceCode::Enf, "2026-07-03"), "2027-07-03");
        assert_eq!(due(SourceCode::Obs, "2026-07-03"), "2029-07-03");
        assert_eq!(due(SourceCode::Fam, "2026-08-31"), "2027-02-28");
        let last = Day::from(jiff::civil::Date::MAX);
        assert!(retention.due(SourceCode::Fam, last).is_err());
    }

    #[test]
    fn what_is_no_source_is_refused_with_the_nearest() {
        let said = read(&[("FAN", 6)]).expect_err("no source").to_string();
        assert!(said.contains("« FAN »") && said.contains("FAM"), "{said}");
        assert!(read(&[("FAM", 5000)]).is_err());
    }
}
