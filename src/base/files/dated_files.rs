//! Names of what is kept of earlier editions: `editions/AAAA-MM-JJ`, then the name it had.

use std::path::Path;

use crate::base::day::Day;

/// Folder of earlier editions, within that of the reports.
pub(crate) const EDITIONS: &str = "editions";

/// Under which name a file of the edition of a day is kept, relative to the folder of the reports;
/// `rank` tells apart several of one day.
pub(super) fn dated_name(name: &str, day: Day, rank: usize) -> String {
    let folder = edition_folder(day);
    if rank < 2 {
        return format!("{folder}/{name}");
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    format!("{folder}/{stem} ({rank}).{extension}")
}

/// Folder of the edition of a day.
pub(crate) fn edition_folder(day: Day) -> String {
    format!("{EDITIONS}/{day}")
}

/// The day of a file that was kept, and the name it had; none for a report in its place.
pub(super) fn day_in_name(name: &str) -> Option<(Day, &str)> {
    let rest = name.strip_prefix(EDITIONS)?.strip_prefix('/')?;
    let (day, name) = rest.split_once('/')?;
    Some((day.parse().ok()?, name))
}

/// The day when a file was written last, where the machine is.
pub(crate) fn day_written(path: &Path) -> Option<Day> {
    let written = path.metadata().and_then(|about| about.modified()).ok()?;
    let zoned = jiff::ZonedDateTime::try_from(written).ok()?;
    Some(zoned.date().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    #[test]
    fn a_kept_file_tells_its_day_and_its_name() {
        let day = on("2026-11-26");
        let kept = dated_name("elus/synthese.html", day, 1);
        assert_eq!(kept, "editions/2026-11-26/elus/synthese.html");
        assert_eq!(day_in_name(&kept), Some((day, "elus/synthese.html")));
        let second = dated_name("elus/synthese.html", day, 2);
        assert_eq!(second, "editions/2026-11-26/elus/synthese (2).html");
        assert_eq!(day_in_name("elus/synthese.html"), None);
        assert_eq!(day_in_name("editions/avant/synthese.html"), None);
    }
}
