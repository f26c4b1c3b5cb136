//! A table of activity under a title that says something else than what came that day: « Prévisionnel »,
//! « Inscrits », another year or month, another accueil. Its numbers would be read as those of the campaign.

use std::collections::BTreeSet;

use super::table_title_words::{TableTitle, said_of_table};
use super::title_words::dates_something_else;
use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic};
use crate::intake::observations::{SheetTitle, TypedRecord, UnitKey};
use crate::intake::sources::shown_title;

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
        match said_of_table(&title.text, is_sessions, years) {
            Some(TableTitle::Unreal) => {
                return Some("ce n’est peut-être pas un vrai tableau".to_owned());
            }
            Some(TableTitle::Foreseen) => {
                return Some(
                    "ces nombres sont peut-être ceux que l’on prévoit, ou des inscrits, et pas ceux des présents".to_owned(),
                );
            }
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
