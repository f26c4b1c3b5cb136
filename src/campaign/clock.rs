//! The day it is: that of what is written in the folder, and the default of `--date`.

use crate::base::error::{Error, Result};

/// Today's date, ISO.
pub(crate) fn today() -> String {
    jiff::ZonedDateTime::now().date().to_string()
}

/// The day that a person wrote, else today; ISO.
///
/// # Errors
///
/// Anything but AAAA-MM-JJ.
pub(crate) fn day_or_today(written: Option<&str>) -> Result<String> {
    let Some(written) = written else {
        return Ok(today());
    };
    let day = written.parse::<jiff::civil::Date>();
    day.map(|d| d.to_string()).map_err(|_| {
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
        assert_eq!(
            day_or_today(Some("2026-12-15")).ok().as_deref(),
            Some("2026-12-15")
        );
        for wrong in ["15/12/2026", "2026-13-01", "hier", ""] {
            let refused = day_or_today(Some(wrong)).expect_err(wrong);
            assert_eq!(refused.exit_code(), 2);
        }
    }
}
