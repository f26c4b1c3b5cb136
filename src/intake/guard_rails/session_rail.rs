//! A day of sessions whose date was corrected: the file brings the day under its new date, and the one
//! that it brought before would stay beside.

use std::collections::BTreeMap;

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
        for file in run.entering() {
            let name = run.about[file].name;
            let new = incoming(&run.files[file]);
            if new.is_empty() {
                continue;
            }
            for live in &self.live {
                let old = stored(live, name)?;
                let gone = old.iter().filter(|(key, _)| !new.contains_key(*key));
                for ((structure, before), said) in gone.filter(|d| d.1.len() >= TELLING) {
                    let moved = new.iter().find(|((s, day), now)| {
                        s == structure && !old.contains_key(&(s.clone(), *day)) && *now == said
                    });
                    let Some(((_, after), _)) = moved else {
                        continue;
                    };
                    let message = format!(
                        "les séances de {structure} du {} disent la même chose que celles du {}, que ce fichier apportait à l’import {} : si la date a été corrigée, la journée compterait deux fois.",
                        after.short(),
                        before.short(),
                        live.import.label
                    );
                    let at = Location::file(name);
                    let said = Diagnostic::new(Code::SecondGrid, at, message);
                    asking.ask(file, said.with_remedy(corrected(&live.import.label, name)));
                }
            }
        }
        Ok(())
    }
}

/// What to do of what was corrected.
pub(super) fn corrected(import: &str, file: &str) -> String {
    format!(
        "Si c’est une correction, retirez d’abord l’ancien fichier : observatoire annuler {import} --fichier \"{file}\" ; si ce sont bien deux collectes, ajoutez --confirmer."
    )
}
