//! A day of sessions whose date was corrected, or that was taken out of its file: what the file brought before
//! would stay beside what it brings now.

use std::collections::{BTreeMap, BTreeSet};

use super::file_name_rail::stem;
use super::title_words::words;
use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::text::count;
use crate::intake::observations::{FileObservations, TypedRecord, UnitKey};
use crate::intake::store::LiveImport;
use crate::intake::store::columns::MeasureColumn;

/// What a day of sessions says, but its date: measures and what they hold, in order.
type DayContent = Vec<(String, String)>;

/// Measures of a day that are enough to know it again.
const TELLING: usize = 3;

/// Days of sessions of one structure.
type Days = BTreeMap<(String, Day), DayContent>;

fn incoming(file: &FileObservations) -> Days {
    let mut days = Days::new();
    for record in &file.records {
        if let UnitKey::Sessions {
            structure,
            day: Some(day),
        } = &record.unit
        {
            let said = days.entry((structure.to_string(), *day)).or_default();
            let measures = record.measures.iter().filter(|m| &*m.code != "date");
            said.extend(measures.map(|m| (m.code.to_string(), m.raw.clone())));
        }
    }
    for said in days.values_mut() {
        said.sort_unstable();
    }
    days
}

/// Days that a file of an import still holds.
fn stored(live: &LiveImport, name: &str) -> Result<Days> {
    use MeasureColumn as C;
    let files = &live.import.manifest.files;
    let mut wanted: BTreeMap<u32, (String, Day)> = BTreeMap::new();
    for (position, unit) in live.units.iter().enumerate() {
        let is_own = !unit.hidden && files.get(unit.file).is_some_and(|f| f.name == name);
        if let (
            true,
            Ok(UnitKey::Sessions {
                structure,
                day: Some(day),
            }),
        ) = (is_own, unit.key.parse())
        {
            wanted.insert(position as u32, (structure.to_string(), day));
        }
    }
    let mut days = Days::new();
    if wanted.is_empty() {
        return Ok(days);
    }
    let frame = live.measures()?.whole(&[C::Unite, C::Mesure, C::Valeur])?;
    let units = frame.column(C::Unite.name())?.u32()?;
    let (codes, values) = (
        frame.column(C::Mesure.name())?.str()?,
        frame.column(C::Valeur.name())?.str()?,
    );
    for row in 0..frame.height() {
        let text = |values: &polars::prelude::StringChunked| {
            values.get(row).unwrap_or_default().to_owned()
        };
        let key = units.get(row).and_then(|u| wanted.get(&u));
        if let (Some(key), true) = (key, codes.get(row) != Some("date")) {
            days.entry(key.clone())
                .or_default()
                .push((text(codes), text(values)));
        }
    }
    for said in days.values_mut() {
        said.sort_unstable();
    }
    Ok(days)
}

/// The session that a line says a second time, as `line_id` of the reader numbers it.
fn said_again(line: &str) -> Option<&str> {
    let (session, rank) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let is_rank = !rank.is_empty() && rank.bytes().all(|b| b.is_ascii_digit());
    is_rank.then_some(session.strip_prefix("seance ").unwrap_or(session))
}

impl Rails<'_> {
    /// Two lines of a file for one session.
    pub(super) fn sessions_twice(run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let records = &run.files[file].records;
            let is_session = |r: &&TypedRecord| matches!(r.unit, UnitKey::Sessions { .. });
            let again = records.iter().filter(is_session);
            let again: Vec<(&TypedRecord, &str)> = again
                .filter_map(|r| Some((r, said_again(&r.visit)?)))
                .collect();
            let Some((first, session)) = again.first() else {
                continue;
            };
            let message = format!(
                "{} une autre du même fichier : même accueil, même jour, même plage, même site. La première : {}, {}.",
                count(again.len(), "ligne répète la séance d’", "lignes répètent la séance d’"),
                first.unit.structure(),
                session
            )
            .replace("d’ une", "d’une");
            asking.ask(
                file,
                Diagnostic::new(Code::SessionTwice, first.at.clone(), message),
            );
        }
    }

    pub(super) fn sessions(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let all = run.entering().map(|file| incoming(&run.files[file]));
        let coming: BTreeSet<(String, Day)> = all.flat_map(BTreeMap::into_keys).collect();
        for file in run.entering() {
            let name = run.about[file].name;
            let new = incoming(&run.files[file]);
            if new.is_empty() {
                continue;
            }
            for live in &self.live {
                let files = live.import.manifest.files.iter().map(|f| f.name.as_str());
                let versions = files.filter(|before| is_version(before, name));
                for before in versions.collect::<BTreeSet<&str>>() {
                    let old = stored(live, before)?;
                    let back = Returned {
                        name,
                        before,
                        import: &live.import.label,
                        old: &old,
                        new: &new,
                    };
                    let moved = back.moved();
                    let other = || back.gone(&coming).or_else(|| back.elsewhere(&coming));
                    let asked = moved.is_empty().then(other).flatten();
                    for said in moved.into_iter().chain(asked) {
                        asking.ask(file, said);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether a file is another version of one: the same name, but for « v2 », « corrigé », « (1) ».
fn is_version(one: &str, other: &str) -> bool {
    const VERSIONS: [&str; 9] = [
        "v", "version", "corrige", "corrigee", "corriges", "final", "copie", "bis", "rectifie",
    ];
    let is_rank = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
    let own = |name: &str| {
        // « semaine 2 » is another file than « semaine 1 »; « juin (2) » and « juin v2 » are « juin » again.
        let whole = stem(name).trim_end();
        let copied = whole
            .strip_suffix(')')
            .and_then(|s| s.rsplit_once('('))
            .filter(|(_, rank)| is_rank(rank));
        let mut own = words(copied.map_or(whole, |(before, _)| before));
        own.retain(|w| {
            let is_version = w.strip_prefix('v').is_some_and(is_rank);
            !is_version && !VERSIONS.contains(&w.as_str())
        });
        own
    };
    one == other || (own(one) == own(other) && !own(one).is_empty())
}

/// A file that comes back, and the days that it brought.
struct Returned<'a> {
    name: &'a str,
    before: &'a str,
    import: &'a str,
    old: &'a Days,
    new: &'a Days,
}

impl Returned<'_> {
    fn second(&self, message: String) -> Diagnostic {
        let said = Diagnostic::new(Code::SecondGrid, Location::file(self.name), message);
        said.with_remedy(corrected(self.import, self.before))
    }

    /// Days whose date was corrected.
    fn moved(&self) -> Vec<Diagnostic> {
        let (old, new) = (self.old, self.new);
        let gone = old.iter().filter(|(key, _)| !new.contains_key(*key));
        let moved = gone.filter(|d| d.1.len() >= TELLING).filter_map(|((structure, before), said)| {
            let ((_, after), _) = new.iter().find(|((s, day), now)| {
                s == structure && !old.contains_key(&(s.clone(), *day)) && *now == said
            })?;
            Some(self.second(format!(
                "les séances de {structure} du {} disent la même chose que celles du {}, que ce fichier apportait à l’import {} : si la date a été corrigée, la journée compterait deux fois.",
                after.short(),
                before.short(),
                self.import
            )))
        });
        moved.collect()
    }

    /// Days that the file brought for one accueil, and brings now for another, word for word.
    fn elsewhere(&self, coming: &BTreeSet<(String, Day)>) -> Option<Diagnostic> {
        let gone = self.old.iter().filter(|(key, _)| !coming.contains(*key));
        let mut again = gone.filter_map(|((structure, day), said)| {
            let mut others = self
                .new
                .iter()
                .filter(|((s, d), _)| d == day && s != structure);
            let ((other, _), _) = others.find(|(_, now)| *now == said)?;
            Some((structure, other, day))
        });
        let (structure, other, day) = again.next()?;
        // One day may be like another one; two are a copy.
        again.next().filter(|next| next.1 == other)?;
        Some(self.second(format!(
            "les séances de {other}, à partir du {}, disent la même chose que celles que ce fichier apportait pour {structure} à l’import {} : si l’accueil a été corrigé, elles compteraient deux fois.",
            day.short(),
            self.import
        )))
    }

    /// Days that the file no longer brings, among others that it does: they would still count. What a file of
    /// the last weeks leaves behind is before all that it holds.
    fn gone(&self, coming: &BTreeSet<(String, Day)>) -> Option<Diagnostic> {
        let of = |days: &Days, structure: &str| -> BTreeSet<Day> {
            let own = days.keys().filter(|(s, _)| s == structure);
            own.map(|(_, day)| *day).collect()
        };
        let is_gone = |(structure, day): &(String, Day)| {
            let (old, new) = (of(self.old, structure), of(self.new, structure));
            let slides = new.first() > Some(day) && new.last() > old.last();
            let returns = new.intersection(&old).next().is_some();
            returns && !slides && !coming.contains(&(structure.clone(), *day))
        };
        let gone: Vec<&(String, Day)> = self.old.keys().filter(|key| is_gone(key)).collect();
        let (structure, day) = gone.first()?;
        let days = count(
            gone.len(),
            "journée de séances n’est plus dans ce fichier, et compterait",
            "journées de séances ne sont plus dans ce fichier, et compteraient",
        );
        Some(self.second(format!(
            "{days} encore par l’import {} ({}) ; la première : {structure}, le {}.",
            self.import,
            self.before,
            day.short()
        )))
    }
}

/// What to do of what was corrected.
pub(super) fn corrected(import: &str, file: &str) -> String {
    format!(
        "Si c’est une correction, retirez d’abord l’ancien fichier : observatoire annuler {import} --fichier \"{file}\" ; si ce sont bien deux collectes, ajoutez --confirmer."
    )
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn versions_of_a_file_are_told_from_other_files() {
        for (one, other) in [
            ("juin.xlsx", "juin v2.xlsx"),
            ("juin.xlsx", "Juin (1).csv"),
            ("séances corrigé.xlsx", "séances.xlsx"),
            ("s.xlsx", "s.xlsx"),
        ] {
            assert!(is_version(one, other), "{one} / {other}");
        }
        assert!(!is_version("juin.xlsx", "mai.xlsx"));
        assert!(!is_version("semaine 1.xlsx", "semaine 2.xlsx"));
        assert!(!is_version("v1.xlsx", "v2.xlsx"));
    }
}
