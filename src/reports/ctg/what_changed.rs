//! « Ce qui a changé » : access to the accueils with maps, needs and use, quality of the same accueils, inclusion, continuity,
//! words, and what may have contributed. Sections that a bilan takes as they are.

use super::access_maps::access_map;
use super::ctg_keys::CtgKeys;
use super::indicator_rows::indicator_rows;
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::base::written::WrittenText;
use crate::disclosure::{CtgAxePanel, CtgContribution, CtgIndicator, CtgMap, CtgView};
use crate::reports::document::{Block, Document, Head, ListItem, ReportSection};
use crate::reports::writing_box::WritingBox;
use crate::vocabulary::config::CommuneOutline;

/// Axes of the référentiel that inclusion and continuity are read on.
const INCLUSION: &str = "INC";
const CONTINUITY: &str = "LIE";
/// Themes that are listed.
const THEMES: usize = 8;

/// What changed for who lives there.
pub(crate) struct WhatChanged<'a> {
    /// The convention.
    pub view: &'a CtgView,
    /// Keys.
    pub keys: CtgKeys,
    /// Indicators of measures and series, cleared.
    pub indicators: &'a [CtgIndicator],
    /// Codes of the indicators of each measure: (`T01`, code of the indicator).
    pub measures: &'a [(String, String)],
    /// Maps.
    pub maps: &'a [CtgMap],
    /// Outlines.
    pub outlines: &'a [CommuneOutline],
    /// Campaigns that axes are compared over: before, now; empty when there is one alone.
    pub campaigns: [String; 2],
    /// Axes.
    pub panels: &'a [CtgAxePanel],
    /// What may have contributed.
    pub contributions: &'a [CtgContribution],
    /// Where people type that.
    pub contributions_file: &'a str,
}

impl WhatChanged<'_> {
    /// The document.
    pub(crate) fn document(&self, head: Head) -> Result<Document> {
        Ok(Document {
            head,
            sections: self.sections()?,
        })
    }

    /// The sections, those that have something to say.
    pub(crate) fn sections(&self) -> Result<Vec<ReportSection>> {
        let mut sections = vec![self.access()?];
        sections.extend(self.needs());
        sections.push(self.quality());
        sections.extend(self.axis(INCLUSION, "Inclusion", &["T07"]));
        sections.extend(self.axis(CONTINUITY, "Continuité éducative", &[]));
        sections.extend(self.words());
        sections.push(self.contributed());
        Ok(sections)
    }

    /// Indicators of some measures; series when none is named.
    fn of(&self, measures: &[&str]) -> Vec<CtgIndicator> {
        let measure = |i: &CtgIndicator| {
            let found = self.measures.iter().find(|(_, code)| *code == i.code);
            found.map(|(measure, _)| measure.as_str())
        };
        let is_kept = |i: &&CtgIndicator| match measure(i) {
            Some(own) => measures.contains(&own),
            None => measures.is_empty(),
        };
        self.indicators.iter().filter(is_kept).cloned().collect()
    }

    fn access(&self) -> Result<ReportSection> {
        let mut blocks = Vec::new();
        blocks.extend(indicator_rows(
            "L’accès aux accueils",
            &self.of(&["T01", "T02", "T03", "T04"]),
        ));
        for map in self.maps {
            blocks.extend(access_map(map, self.outlines, &self.keys)?);
        }
        if blocks.is_empty() {
            blocks.push(Block::note("Aucune commune n’est décrite (data/communes.csv), aucun indicateur d’accès n’est déclaré."));
        }
        Ok(ReportSection::new("Le maillage", "Maillage", blocks))
    }

    fn needs(&self) -> Option<ReportSection> {
        let mut blocks = Vec::new();
        blocks.extend(indicator_rows("Les besoins du territoire", &self.of(&[])));
        blocks.extend(indicator_rows(
            "Le recours aux accueils",
            &self.of(&["T05", "T06"]),
        ));
        (!blocks.is_empty())
            .then(|| ReportSection::new("Besoins et recours", "Besoins et recours", blocks))
    }

    fn quality(&self) -> ReportSection {
        let mut blocks = Vec::new();
        blocks.extend(indicator_rows("Ensemble des axes", &self.of(&["T08"])));
        blocks.push(match self.panel_table("Accueils à l’objectif, axe par axe", |_| true) {
            Some(table) => table,
            None => Block::note("Aucun accueil n’a encore de niveau comparable à deux campagnes : rien ne se dit d’un changement."),
        });
        ReportSection::new("La qualité des accueils", "Qualité", blocks)
    }

    fn axis(&self, code: &str, title: &str, measures: &[&str]) -> Option<ReportSection> {
        let mut blocks = Vec::new();
        if !measures.is_empty() {
            blocks.extend(indicator_rows("Ce qui est mesuré", &self.of(measures)));
        }
        blocks.extend(self.panel_table("Accueils à l’objectif", |p| p.code == code));
        (!blocks.is_empty()).then(|| ReportSection::new(title, title, blocks))
    }

    fn panel_table(&self, title: &str, wanted: impl Fn(&CtgAxePanel) -> bool) -> Option<Block> {
        let kept: Vec<&CtgAxePanel> = self.panels.iter().filter(|p| wanted(p)).collect();
        if kept.is_empty() {
            return None;
        }
        let [before, now] = &self.campaigns;
        let columns = vec![
            Heading::words("Axe").wide(4.0),
            Heading::figures("Accueils comparés").wide(1.4),
            Heading::figures(before.clone()).wide(1.4),
            Heading::figures(now.clone()).wide(1.4),
        ];
        let code = self
            .measures
            .iter()
            .find(|(m, _)| m == "T08")
            .map(|(_, code)| code.clone());
        let key = code.map_or_else(String::new, |code| self.keys.key(&code));
        let told = |n: Option<usize>| match n {
            Some(n) => Datum::count(n).keyed(key.clone()),
            None => Datum::words("non diffusable"),
        };
        let rows = kept.iter().map(|p| {
            vec![
                Datum::words(format!("{} ({})", p.label, p.code)),
                Datum::count(p.of).keyed(key.clone()),
                told(p.before),
                told(p.now),
            ]
        });
        let table = Table::new(title, columns, rows.collect());
        Some(Block::Table(table.noted("Mêmes accueils aux deux campagnes, sur les critères que les deux ont regardés ; l’objectif est celui du référentiel.")))
    }

    fn words(&self) -> Option<ReportSection> {
        let mut blocks = Vec::new();
        blocks.extend(indicator_rows(
            "Ce que disent les familles",
            &self.of(&["T09"]),
        ));
        if self.view.audience.reads_words() && !self.view.themes.is_empty() {
            let themes = self.view.themes.iter().take(THEMES);
            let said = themes.map(|t| {
                let told = ListItem::plain(format!("{} : {}", t.theme, t.told));
                told.keyed(self.keys.keys("PAROLES"))
            });
            blocks.push(Block::heading("Thèmes des paroles recueillies"));
            blocks.push(Block::items(said.collect()));
        }
        (!blocks.is_empty()).then(|| ReportSection::new("Paroles", "Paroles", blocks))
    }

    fn contributed(&self) -> ReportSection {
        let title = "Ce qui a pu y contribuer";
        let told = "Les changements retenus par le comité de pilotage";
        if self.contributions.is_empty() {
            let left = "Écrivez les changements retenus, une ligne chacun : changement, combien, fiches, preuves, autres explications, confiance.";
            return ReportSection::new(title, "Contributions", vec![self.left_to_write(left)]);
        }
        let columns = [
            ("Changement", 2.3),
            ("Combien", 1.5),
            ("Fiches qui ont pu y contribuer", 2.2),
            ("Preuves", 2.0),
            ("Autres explications", 2.2),
            ("Confiance", 1.5),
        ]
        .map(|(name, wide)| Heading::words(name).wide(wide));
        let rows = self.contributions.iter().map(|c| {
            let cell = |text: &String| {
                if text.is_empty() {
                    Datum::words("[à compléter]")
                } else {
                    Datum::words(text)
                }
            };
            c.cells.iter().map(cell).collect()
        });
        let table = Table::new(told, columns.to_vec(), rows.collect());
        let table = table.noted("Écrit par des personnes, jamais calculé ; la confiance est décidée en comité de pilotage : établi, probable, possible, non établi.");
        let mut blocks = vec![Block::Table(table)];
        let cells = self.contributions.iter().flat_map(|c| &c.cells);
        let blank = cells.filter(|text| text.is_empty()).count();
        if blank > 0 {
            let left = count(blank, "case reste à remplir", "cases restent à remplir");
            blocks.push(self.left_to_write(&format!("{left}.")));
        }
        ReportSection::new(title, "Contributions", blocks)
    }

    /// A table is typed in its file, not in a box: the box says so, and is counted with those that are left.
    fn left_to_write(&self, left: &str) -> Block {
        Block::Writing(WritingBox {
            file: self.contributions_file.to_owned(),
            left: left.to_owned(),
            text: WrittenText::read("[à compléter]"),
        })
    }
}
