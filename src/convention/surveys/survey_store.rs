//! Everything that questionnaires brought: read whole or refused, what was cancelled told apart; one entry written at
//! once. A file that a machine has seen and that is gone is missed, unless a purge replaced it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::survey_entry::{SURVEY_FORMAT, SurveyDeed, SurveyEntry};
use super::survey_file::surveys_among;
use super::survey_model::Survey;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::{
    ContentNamed, Lock, SeenMarks, content_name, create_dir, remember_seen, remove_temporaries,
    steadily, write_atomic,
};
use crate::base::journal::JournalPlaces;
use crate::base::machine::machine_name;
use crate::convention::same_code;
use crate::convention::versions::KnownFiles;
use crate::intake::store::DeepCheck;

/// Questionnaires and what they brought, as known on a day.
#[derive(Debug, Clone, Default)]
pub struct KnownSurveys {
    /// Questionnaires.
    pub surveys: Vec<Survey>,
    /// Responses.
    pub answers: SurveyAnswers,
    /// Day of the state; all that is known otherwise.
    pub known: Option<Day>,
}

impl KnownSurveys {
    /// Reads both.
    ///
    /// # Errors
    ///
    /// See [`super::load_surveys`] and [`SurveyAnswers::load`].
    pub(crate) fn among(files: &KnownFiles, root: &Path, known: Option<Day>) -> Result<Self> {
        Ok(Self {
            surveys: surveys_among(files)?,
            answers: SurveyAnswers::load(root)?,
            known,
        })
    }
}

/// Where responses are kept in an observatory folder.
pub(crate) fn survey_places(root: &Path) -> JournalPlaces {
    let data = root.join("data");
    JournalPlaces {
        entries: data.join("ctg").join("enquetes"),
        marks: data.join("reperes").join("enquetes"),
    }
}

/// Every entry.
#[derive(Debug, Clone, Default)]
pub struct SurveyAnswers {
    /// By name of their bytes, with those that count no more.
    pub(super) entries: Vec<(String, SurveyEntry)>,
    cancelled: BTreeMap<String, Day>,
    /// Files that a purge replaced and had not the time to remove.
    pub(super) outlived: Vec<String>,
}

impl SurveyAnswers {
    /// Reads the responses of an observatory; none is no error.
    ///
    /// # Errors
    ///
    /// An entry that is missing, damaged or of another format.
    pub fn load(root: &Path) -> Result<Self> {
        let places = survey_places(root);
        steadily(|| Self::read(&places))
    }

    /// Checks every file of the responses of an observatory folder.
    pub(crate) fn deep_check(root: &Path, check: &mut DeepCheck) {
        check.looked_at_all(&survey_places(root).entries);
        if let Err(error) = Self::load(root) {
            check.not_whole(&error);
        }
    }

    fn read(places: &JournalPlaces) -> Result<Self> {
        let read = ContentNamed::read(&places.entries)?;
        if let Some((file, damage)) = read.damaged().next() {
            return Err(Error::Store(format!(
                "{} : {damage}. {RESTORE}",
                file.path.display()
            )));
        }
        let mut answers = Self::default();
        for (name, bytes) in &read.sound {
            let entry = parse(&places.entries.join(name), bytes)?;
            answers.entries.push((name.clone(), entry));
        }
        answers
            .entries
            .sort_by(|(na, a), (nb, b)| (a.date, &a.id, na).cmp(&(b.date, &b.id, nb)));
        let mut replaced = BTreeSet::new();
        for (_, entry) in &answers.entries {
            match &entry.deed {
                SurveyDeed::Annulation { vise } => {
                    answers.cancelled.insert(vise.clone(), entry.date);
                }
                SurveyDeed::Purge { vise, .. } => {
                    replaced.insert(vise.clone());
                }
                SurveyDeed::Reponses { .. } => {}
            }
        }
        // A purge was stopped between its entry and the file that it replaces: the counts stand, the next one removes it.
        let (gone, kept): (Vec<_>, Vec<_>) =
            (answers.entries.into_iter()).partition(|(name, _)| replaced.contains(name));
        answers.entries = kept;
        answers.outlived = gone.into_iter().map(|(name, _)| name).collect();
        let there: BTreeSet<&String> = answers.entries.iter().map(|(name, _)| name).collect();
        let marks = SeenMarks::read(&places.marks)?;
        let lost = marks.lost(|name| there.contains(&name.to_owned()) || replaced.contains(name));
        match lost {
            None => Ok(answers),
            Some(lost) => Err(Error::Store(format!(
                "{} : l’entrée …-{}.json manque, alors que le poste {} l’a enregistrée. {RESTORE} Si vous avez effacé des réponses exprès, effacez aussi {}.",
                places.entries.display(),
                lost.name,
                lost.machine,
                lost.mark.display()
            ))),
        }
    }

    /// The day that an entry was cancelled.
    pub(crate) fn cancelled(&self, name: &str) -> Option<Day> {
        self.cancelled.get(name).copied()
    }

    /// Imports and purges, by name of their bytes, in order.
    pub(crate) fn imports(&self) -> impl Iterator<Item = &(String, SurveyEntry)> {
        self.entries
            .iter()
            .filter(|(_, e)| !matches!(e.deed, SurveyDeed::Annulation { .. }))
    }

    /// Entries of a questionnaire that count, as known on a day.
    pub(super) fn live<'a>(
        &'a self,
        survey: &'a str,
        known: Option<Day>,
    ) -> impl Iterator<Item = &'a SurveyEntry> {
        let had_come = move |day: Day| known.is_none_or(|known| day <= known);
        let entries = self
            .imports()
            .filter(move |(_, e)| same_code(&e.enquete, survey) && had_come(e.date));
        entries
            .filter(move |(name, _)| !self.cancelled(name).is_some_and(had_come))
            .map(|(_, e)| e)
    }

    /// The entry that read the very same bytes, and counts.
    pub(crate) fn holding(&self, sha256: &str) -> Option<&SurveyEntry> {
        let mut all = self
            .imports()
            .filter(|(name, e)| e.sha256 == sha256 && self.cancelled(name).is_none());
        all.next().map(|(_, e)| e)
    }

    /// Keys of the responses of a questionnaire that are there.
    pub(crate) fn keys(&self, survey: &str) -> BTreeSet<String> {
        self.live(survey, None)
            .flat_map(SurveyEntry::responses)
            .map(|r| r.cle.clone())
            .collect()
    }

    /// Adds an entry in memory; gives its id.
    fn append(&mut self, name: String, mut entry: SurveyEntry) -> String {
        entry.id = self.next_id();
        let id = entry.id.clone();
        self.entries.push((name, entry));
        id
    }

    fn next_id(&self) -> String {
        let number = |e: &SurveyEntry| e.id.strip_prefix('E')?.parse::<usize>().ok();
        let last = self
            .entries
            .iter()
            .filter_map(|(_, e)| number(e))
            .max()
            .unwrap_or(0);
        format!("E{:03}", last + 1)
    }
}

const RESTORE: &str = "Attendez la fin de la synchronisation, ou remettez ce fichier depuis une sauvegarde : sans lui, les enquêtes sont fausses.";

fn parse(path: &Path, bytes: &[u8]) -> Result<SurveyEntry> {
    let entry: SurveyEntry = serde_json::from_slice(bytes).map_err(|e| {
        Error::Store(format!(
            "{} : réponses illisibles, ligne {} ({e}). {RESTORE}",
            path.display(),
            e.line()
        ))
    })?;
    if entry.format == SURVEY_FORMAT {
        return Ok(entry);
    }
    Err(Error::Store(format!(
        "{} : format {}, ce programme lit le format {SURVEY_FORMAT}.",
        path.display(),
        entry.format
    )))
}

/// Where entries go: into the folder, held; or in memory for a simulation.
pub(crate) struct SurveyTarget {
    places: JournalPlaces,
    pub answers: SurveyAnswers,
    lock: Option<Lock>,
}

impl SurveyTarget {
    /// Opens the responses, held unless nothing is to be written.
    ///
    /// # Errors
    ///
    /// See [`SurveyAnswers::load`]; another command holds them.
    pub(crate) fn open(root: &Path, simulation: bool) -> Result<Self> {
        let places = survey_places(root);
        let lock = if simulation {
            None
        } else {
            create_dir(&places.entries)?;
            let lock = Lock::take(&places.entries)?;
            remove_temporaries(&places.entries)?;
            Some(lock)
        };
        let answers = steadily(|| SurveyAnswers::read(&places))?;
        Ok(Self {
            places,
            answers,
            lock,
        })
    }

    /// Adds an entry; gives its id.
    pub(crate) fn commit(
        &mut self,
        date: Day,
        survey: &str,
        file: &str,
        sha256: &str,
        deed: SurveyDeed,
    ) -> Result<String> {
        let entry = SurveyEntry {
            format: SURVEY_FORMAT,
            id: self.answers.next_id(),
            date,
            enquete: survey.to_owned(),
            fichier: file.to_owned(),
            sha256: sha256.to_owned(),
            poste: machine_name(),
            deed,
        };
        let text = serde_json::to_string_pretty(&entry).map_err(|e| {
            Error::Store(format!("Les réponses ne peuvent pas être écrites ({e})."))
        })?;
        let name = content_name(text.as_bytes());
        if self.lock.is_some() {
            write_atomic(
                &self
                    .places
                    .entries
                    .join(format!("{}-{name}.json", entry.id)),
                text.as_bytes(),
            )?;
            // Marks name all that is there: nothing else names these files.
            let mut seen: Vec<String> = self
                .answers
                .entries
                .iter()
                .map(|(n, _)| n.clone())
                .collect();
            seen.push(name.clone());
            remember_seen(&self.places.marks, &seen)?;
        }
        Ok(self.answers.append(name, entry))
    }

    /// Removes the file of an entry that a purge replaced.
    pub(super) fn remove(&mut self, name: &str) -> Result<()> {
        self.answers.entries.retain(|(n, _)| n != name);
        for file in std::fs::read_dir(&self.places.entries)
            .map_err(Error::io(&self.places.entries, "lecture"))?
        {
            let path = file
                .map_err(Error::io(&self.places.entries, "lecture"))?
                .path();
            let is_own = path
                .file_name()
                .is_some_and(|n| n.to_string_lossy().contains(name));
            if is_own && self.lock.is_some() {
                std::fs::remove_file(&path).map_err(Error::io(&path, "effacement"))?;
            }
        }
        Ok(())
    }
}

/// Cancels an import: it counts no more, and stays.
///
/// # Errors
///
/// No such import, or cancelled already; responses that cannot be read or written.
pub(crate) fn cancel_survey(root: &Path, id: &str, date: Day) -> Result<SurveyEntry> {
    let mut target = SurveyTarget::open(root, false)?;
    let found = target
        .answers
        .imports()
        .find(|(_, e)| e.id.eq_ignore_ascii_case(id))
        .cloned();
    let Some((name, entry)) = found else {
        let ids: Vec<&str> = target
            .answers
            .imports()
            .map(|(_, e)| e.id.as_str())
            .collect();
        let near = crate::base::text::suggest(id, ids.iter().copied()).question();
        return Err(Error::Usage(format!(
            "L’import d’enquête « {id} » n’existe pas.{near}"
        )));
    };
    if let Some(day) = target.answers.cancelled(&name) {
        return Err(Error::Usage(format!(
            "{} est déjà annulé, depuis le {}.",
            entry.id,
            day.short()
        )));
    }
    target.commit(
        date,
        &entry.enquete,
        "",
        "",
        SurveyDeed::Annulation { vise: name },
    )?;
    Ok(entry)
}
