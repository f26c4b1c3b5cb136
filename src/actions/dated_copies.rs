//! What a file held before it was changed, kept beside it under the day: `observatoire.avant-2026-11-28.toml`, then `-2`.

use std::path::{Path, PathBuf};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::campaign::today;

/// Copies of a file: in which folder, and what their names begin with.
pub(super) struct DatedCopies<'a> {
    /// The folder.
    dir: &'a Path,
    /// `observatoire`.
    stem: &'a str,
    /// What they end with: `.toml`.
    end: &'static str,
}

const TOML: &str = ".toml";

impl<'a> DatedCopies<'a> {
    /// Of the settings, in the folder of an observatory.
    pub(super) fn of_settings(dir: &'a Path) -> Self {
        let (stem, end) = ("observatoire", TOML);
        Self { dir, stem, end }
    }

    /// Of the territory's own layer, in `grids`.
    pub(super) fn of_layer(dir: &'a Path) -> Self {
        let (stem, end) = ("local", TOML);
        Self { dir, stem, end }
    }

    /// Of the outlines of communes, in `data`.
    pub(super) fn of_outlines(dir: &'a Path) -> Self {
        let (stem, end) = ("communes", ".geojson");
        Self { dir, stem, end }
    }

    /// Of a text that people write on a page.
    pub(super) fn of_text(dir: &'a Path, stem: &'a str, end: &'static str) -> Self {
        Self { dir, stem, end }
    }

    /// Where one of them is.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    fn start(&self) -> String {
        format!("{}.avant-", self.stem)
    }

    /// Their names, the oldest first.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    pub(super) fn names(&self) -> Result<Vec<String>> {
        let ranked = self.ranked()?.into_iter();
        Ok(ranked.map(|(_, _, name)| name).collect())
    }

    fn last_day(&self) -> Result<Option<Day>> {
        Ok(self.ranked()?.last().map(|(day, _, _)| *day))
    }

    /// Day, rank in it and name of each, in order.
    fn ranked(&self) -> Result<Vec<(Day, u32, String)>> {
        if !self.dir.is_dir() {
            return Ok(Vec::new());
        }
        let entries = std::fs::read_dir(self.dir).map_err(Error::io(self.dir, "lecture"))?;
        let start = self.start();
        let mut ranked: Vec<(Day, u32, String)> = entries
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let rest = name.strip_prefix(&start)?.strip_suffix(self.end)?;
                let day = rest.get(..10)?.parse().ok()?;
                let rank = match rest.get(10..)? {
                    "" => 1,
                    more => more.strip_prefix('-')?.parse().ok()?,
                };
                Some((day, rank, name))
            })
            .collect();
        ranked.sort();
        Ok(ranked)
    }

    /// Keeps bytes after all that was kept before; gives the name. The last copy, when it is the same, is enough.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn keep(&self, bytes: &[u8]) -> Result<String> {
        if let Some(last) = self.names()?.pop()
            && std::fs::read(self.dir.join(&last)).is_ok_and(|held| held == bytes)
        {
            return Ok(last);
        }
        // After the last one, even where the clock went back or one before it was deleted: the last is what was there
        // last.
        let day = self.last_day()?.map_or(today(), |last| last.max(today()));
        let start = format!("{}{day}", self.start());
        let ranks = self.names()?.into_iter().filter_map(|name| {
            match name.strip_prefix(&start)?.strip_suffix(self.end)? {
                "" => Some(1),
                more => more.strip_prefix('-')?.parse::<u32>().ok(),
            }
        });
        let name = match ranks.max() {
            None => format!("{start}{}", self.end),
            Some(rank) => format!("{start}-{}{}", rank.saturating_add(1), self.end),
        };
        write_file(&self.dir.join(&name), bytes)?;
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_last_is_the_last_copy_whatever_the_clock_says() {
        let dir = tempfile::tempdir().expect("a folder");
        for copies in [
            DatedCopies::of_settings(dir.path()),
            DatedCopies::of_layer(dir.path()),
        ] {
            // The clock was once far ahead.
            let ahead = format!("{}2999-01-01{}", copies.start(), copies.end);
            std::fs::write(dir.path().join(&ahead), "before").expect("written");
            for text in ["one", "two"] {
                let kept = copies.keep(text.as_bytes()).expect("kept");
                let last = copies.names().expect("listed").pop();
                assert_eq!(last.as_ref(), Some(&kept));
            }
            assert_eq!(copies.names().expect("listed").len(), 3);
        }
    }
}
