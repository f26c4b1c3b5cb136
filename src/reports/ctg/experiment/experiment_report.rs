//! The dossier of an experiment: seven sections, in the order in which a committee reads them.

use super::experiment_changes::changes;
use super::experiment_done::done;
use super::experiment_parts::ExperimentReport;
use super::experiment_uptake::uptake;
use super::experiment_voices::voices;
use crate::base::text::{list, number_word};
use crate::reports::document::{Block, Document, Fact, Head, ListItem, ReportSection};
use crate::reports::sentences::capital;

impl ExperimentReport<'_> {
    /// The whole dossier.
    pub(crate) fn document(&self, head: Head) -> Document {
        let sections = vec![
            self.tried(),
            ReportSection::new("2. Ce qui a été fait", "2 Fait", done(self)),
            ReportSection::new("3. Ce que l’on en dit", "3 Paroles", voices(self)),
            ReportSection::new("4. Ce qui a changé", "4 Changements", self.changed()),
            ReportSection::new("5. Qui l’a reprise", "5 Reprises", self.taken_up()),
            ReportSection::new(
                "6. Ce qu’il faut pour le faire ailleurs",
                "6 Ailleurs",
                vec![Block::Writing(self.text.clone())],
            ),
            ReportSection::new("7. La décision proposée", "7 Décision", self.decision()),
        ];
        Document { head, sections }
    }

    /// What changed at the pilots beside the others; a bilan takes it too.
    pub(crate) fn changed(&self) -> Vec<Block> {
        changes(self)
    }

    /// Who took it up; a bilan takes it too.
    pub(crate) fn taken_up(&self) -> Vec<Block> {
        uptake(self)
    }

    /// What was tried, where, since when; what was expected, and the day that it was written. A bilan takes it too.
    pub(crate) fn tried(&self) -> ReportSection {
        let own = self.experiment;
        let pilots: Vec<String> = own.pilots.iter().map(|p| p.name.clone()).collect();
        let fiche = self.view.fiche(&own.fiche);
        let rows = vec![
            Fact::new(
                "Fiche",
                fiche.map_or_else(|| own.fiche.clone(), |f| f.title.clone()),
            ),
            Fact::new(
                if pilots.len() == 1 {
                    "Accueil pilote"
                } else {
                    "Accueils pilotes"
                },
                list(&pilots),
            ),
            Fact::new(
                "Période",
                format!("du {} au {}", own.from.short(), own.to.short()),
            ),
            Fact::new("Effets attendus", self.expected_words()),
        ];
        let blocks = vec![Block::Facts { rows }, Block::strong(self.written_on())];
        ReportSection::new("1. Ce qui a été essayé", "1 Essai", blocks)
    }

    /// « une hausse de LIE-3 (…), PRO-3 (…) ».
    fn expected_words(&self) -> String {
        let own = &self.experiment.expected;
        if own.is_empty() {
            return "aucun n’a été écrit".to_owned();
        }
        let named = own.iter().map(|code| {
            let found = self
                .changes
                .and_then(|c| c.criteres.iter().find(|x| x.code == *code));
            found.map_or_else(|| code.clone(), |x| format!("{code} ({})", x.label))
        });
        format!("une hausse de {}", list(&named.collect::<Vec<_>>()))
    }

    /// The day that what is expected was written, and what that allows to say.
    fn written_on(&self) -> String {
        let own = self.experiment;
        if own.expected.is_empty() {
            return "Aucun effet attendu n’a été écrit : tout ce qui a changé est exploratoire."
                .to_owned();
        }
        let Some(day) = own.fixed_on else {
            return "Le jour où les effets attendus ont été écrits n’est pas noté (fixe_le) : ils se lisent comme exploratoires.".to_owned();
        };
        let written = format!("Les effets attendus ont été écrits le {}", day.long());
        if let Some(why) = self.too_late() {
            return format!("{written}, {why} : ils se lisent comme exploratoires.");
        }
        if day > own.from {
            let measured = if self.changes.is_some() {
                " et avant la fin de la campagne qui le mesure"
            } else {
                ""
            };
            return format!("{written}, après le début de l’essai{measured}.");
        }
        format!("{written}, avant le début de l’essai.")
    }

    /// Decisions of the register on its fiche, then four boxes.
    fn decision(&self) -> Vec<Block> {
        let own = self.view.decisions.iter();
        let own = own.filter(|d| d.fiches.contains(&self.experiment.fiche));
        let own = own.map(|d| {
            let told = format!("{} ({})", d.text.trim_end_matches('.'), d.sequel);
            ListItem::plain(told).keyed(self.keys.keys(&d.id))
        });
        let own: Vec<ListItem> = own.collect();
        let mut blocks = Vec::new();
        if !own.is_empty() {
            let verb = if own.len() == 1 {
                "décision est"
            } else {
                "décisions sont"
            };
            blocks.push(Block::text(format!(
                "{} {verb} déjà au registre sur cette fiche :",
                capital(&number_word(own.len(), true))
            )));
            blocks.push(Block::items(own));
        }
        blocks.push(Block::text(
            "Le comité de pilotage décide ; rien ici n’est calculé.",
        ));
        blocks.push(Block::strong(
            "☐ généraliser     ☐ adapter     ☐ prolonger     ☐ arrêter",
        ));
        blocks.push(Block::text(
            "Pourquoi : ……………………………………………………………………………………    Le ……/……/…………",
        ));
        blocks
    }
}
