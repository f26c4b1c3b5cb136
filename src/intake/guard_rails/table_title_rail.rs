//! A table of activity under a title that says something else than what came that day: « Prévisionnel »,
//! « Inscrits », another year or month, another accueil. Its numbers would be read as those of the campaign.

use std::collections::BTreeSet;

use super::file_name_rail::stem;
use super::table_title_words::{TableTitle, said_of_table};
use super::title_words::dates_something_else;
use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::intake::observations::{SheetTitle, TypedRecord, UnitKey};
use crate::intake::sources::shown_title;

/// What numbers may be, other than what is collected.
fn of_other_numbers(said: &TableTitle) -> Option<&'static str> {
    Some(match said {
        TableTitle::Unreal => "ce n’est peut-être pas un vrai tableau",
        TableTitle::Foreseen => {
            "ces nombres sont peut-être ceux que l’on prévoit, ou des inscrits, et pas ceux des présents"
        }
        TableTitle::Wanted => "ces postes ne sont peut-être pas occupés",
        TableTitle::Others => {
            "ces nombres sont peut-être ceux d’un territoire, ou une moyenne, et pas ceux de l’accueil"
        }
        TableTitle::Places => {
            "ces nombres sont peut-être ceux des places, et pas ceux des présents"
        }
        TableTitle::Percents => "ces nombres sont peut-être des pourcentages",
        TableTitle::Sums => "ces nombres sont peut-être la somme de plusieurs périodes",
        TableTitle::Redefined => {
            "cette légende donne peut-être à une colonne un autre sens que son titre"
        }
        TableTitle::Past | TableTitle::Months(_) => return None,
    })
}

impl Rails<'_> {
    pub(super) fn table_titles(&self, run: &RailRun, asking: &mut Asking) {
        let year = |day: Day| i32::from(day.date().year());
        let years: BTreeSet<i32> = (year(self.campaign.debut)..=year(self.campaign.fin)).collect();
        for file in run.entering() {
            let read = &run.files[file];
            let is_line = |r: &&TypedRecord| {
                matches!(r.unit, UnitKey::Sessions { .. } | UnitKey::Table { .. })
            };
            let mut told: BTreeSet<String> = BTreeSet::new();
            for title in &read.titles {
                let lines = read.records.iter().filter(is_line);
                let lines: Vec<&TypedRecord> = lines.filter(|r| r.sheet == title.sheet).collect();
                let why = self.table_says(title, &lines, &years);
                let message = why.map(|why| format!("« {} » : {why}.", shown_title(&title.text)));
                let Some(message) = message.filter(|m| told.insert(m.clone())) else {
                    continue;
                };
                let said = Diagnostic::new(Code::TitleContradicts, title.at.clone(), message);
                asking.ask(file, said.with_remedy(
                    "Corrigez le titre ou le tableau ; si le tableau dit bien ce qui s’est passé, dans cet accueil et pendant cette campagne, ajoutez --confirmer.",
                ));
            }
        }
    }

    /// The same of the name of a file that holds such tables alone.
    pub(super) fn table_names(&self, run: &RailRun, asking: &mut Asking) {
        let years = self.campaign_years();
        for file in run.entering() {
            let (name, records) = (run.about[file].name, &run.files[file].records);
            let is_sessions = |r: &TypedRecord| matches!(r.unit, UnitKey::Sessions { .. });
            let is_line =
                |r: &TypedRecord| is_sessions(r) || matches!(r.unit, UnitKey::Table { .. });
            if !records.iter().all(is_line) {
                continue;
            }
            let said = said_of_table(stem(name), records.iter().any(is_sessions), &years);
            // What is no table at all is told by the name of any file.
            let said = said.filter(|said| *said != TableTitle::Unreal);
            if let Some(why) = said.as_ref().and_then(of_other_numbers) {
                let message = format!("d’après le nom du fichier, {why}.");
                let said = Diagnostic::new(Code::TitleContradicts, Location::file(name), message);
                asking.ask(file, said.with_remedy(
                    "Renommez le fichier s’il dit bien ce qui s’est passé pendant cette campagne, ou ajoutez --confirmer ; sinon, retirez-le.",
                ));
            }
        }
    }

    /// What a title says that its table does not.
    fn table_says(
        &self,
        title: &SheetTitle,
        lines: &[&TypedRecord],
        years: &BTreeSet<i32>,
    ) -> Option<String> {
        let first = lines.first()?;
        let is_sessions = matches!(first.unit, UnitKey::Sessions { .. });
        let days: BTreeSet<Day> = lines.iter().filter_map(|r| r.day).collect();
        let campaign = &self.campaign.id;
        let said = said_of_table(&title.text, is_sessions, years);
        if let Some(why) = said.as_ref().and_then(of_other_numbers) {
            return Some(why.to_owned());
        }
        match said {
            Some(TableTitle::Past) if !dates_something_else(&title.text) => {
                return Some(format!(
                    "ces nombres sont peut-être ceux d’une autre année que celle de {campaign}"
                ));
            }
            Some(TableTitle::Months(months))
                if !days.is_empty()
                    && !days
                        .iter()
                        .any(|d| months.contains(&(d.date().month() as usize)))
                    && !dates_something_else(&title.text) =>
            {
                return Some("aucune séance du tableau n’est de ce mois".to_owned());
            }
            _ => {}
        }
        let own = first.unit.structure();
        let is_alone = lines.iter().all(|r| r.unit.structure() == own);
        let other = self
            .named_elsewhere(&title.text, own)
            .filter(|_| is_alone)?;
        let name = |code: &str| {
            let known = self.observatory.registry.get(code);
            known.map_or_else(|| code.to_owned(), |s| format!("{} ({})", s.code, s.nom))
        };
        Some(format!(
            "le tableau est lu comme celui de {}, et ce titre parle de {}",
            name(own),
            name(&other)
        ))
    }
}
