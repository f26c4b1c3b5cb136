//! The day it is: that of what is written in the folder, and the default of `--date`.

use crate::base::day::Day;
use crate::base::error::{Error, Result};

/// Today, where the machine is.
pub(crate) fn today() -> Day {
    jiff::ZonedDateTime::now().date().into()
}

/// The day that a person wrote, else today.
///
/// # Errors
///
/// Anything but AAAA-MM-JJ.
pub(crate) fn day_or_today(written: Option<&str>) -> Result<Day> {
    let Some(written) = written else {
        return Ok(today());
    };
    written.parse().map_err(|_| {
        Error::Usage(format!(
            "« {written} » n’est pas une date ; écrivez AAAA-MM-JJ."
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_iso_and_nothing_else() {
        let day = day_or_today(Some("2026-12-15")).expect("a day");
        assert_eq!(day.to_string(), "2026-12-15");
        for wrong in ["15/12/2026", "2026-13-01", "hier", ""] {
            let refused = day_or_today(Some(wrong)).expect_err(wrong);
            assert_eq!(refused.exit_code(), 2);
        }
    }
}
