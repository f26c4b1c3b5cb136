//! The Plan mercredi at an accueil, one page: the four axes of its charte qualité, the critères that speak of each, and
//! where each stands. No mean is made of them; what was not evaluated is said.

use super::document::{Block, Document, Head, ReportSection};
use super::report_context::ReportContext;
use super::sentences;
use super::shared_blocks::level_cell;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, decimal1, list};
use crate::disclosure::{ClearedFigure, ClearedOrganiser, ClearedSite, Shown};
use crate::figures::FigureStatus;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{CharterAxe, Critere};

/// Where a critère stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharterStand {
    /// At its target, or met.
    Reached,
    /// Under it, or not met.
    Short,
    /// No level is told.
    Unknown,
    /// Of no concern to this type of accueil.
    Aside,
}

/// A critère on the page.
struct CharterLine {
    code: String,
    stand: CharterStand,
    row: Vec<Datum>,
}

/// What the page is made from.
struct CharterPage<'a> {
    site: &'a ClearedSite,
    organiser: &'a [ClearedOrganiser],
    structure: &'a Structure,
    context: &'a ReportContext<'a>,
}

/// Builds the page of a site; `organiser` is what the organiser decides, of the whole territory.
pub fn build(
    site: &ClearedSite,
    organiser: &[ClearedOrganiser],
    structure: &Structure,
    context: &ReportContext,
    head: Head,
) -> Document {
    let page = CharterPage {
        site,
        organiser,
        structure,
        context,
    };
    let charter = context.referentiel.charter.iter().enumerate();
    let mut sections: Vec<ReportSection> = charter.map(|(rank, axe)| page.axe(rank, axe)).collect();
    if let Some(last) = sections.last_mut() {
        last.blocks.push(Block::note(READING));
    }
    Document { head, sections }
}

/// How to read the page, and what it does not say.
const READING: &str = "La correspondance entre la charte et les critères est celle du référentiel ; elle se discute avec le SDJES, la DSDEN et la Caf. Aucune moyenne n’est faite par axe. Cette page ne dit pas si la convention de la charte est respectée : c’est une évaluation partagée, pas un contrôle.";

/// What is said of an axe: what is to be worked on, what is not known, or that all is at its target.
fn conclusion(lines: &[CharterLine]) -> String {
    let codes = |stand: CharterStand| {
        let own = lines.iter().filter(|line| line.stand == stand);
        own.map(|line| line.code.clone()).collect::<Vec<String>>()
    };
    let (reached, short, unknown) = (
        codes(CharterStand::Reached),
        codes(CharterStand::Short),
        codes(CharterStand::Unknown),
    );
    let mut said = Vec::new();
    if !short.is_empty() {
        said.push(format!("sous l’objectif : {}", list(&short)));
    }
    if !reached.is_empty() {
        said.push(format!("à l’objectif : {}", list(&reached)));
    }
    if !unknown.is_empty() {
        said.push(format!("sans niveau montré : {}", list(&unknown)));
    }
    if said.is_empty() {
        return "Aucun critère ne s’applique à cet accueil.".to_owned();
    }
    format!("{}.", sentences::capital(&said.join(" ; ")))
}

impl CharterPage<'_> {
    /// An axe: what is said of it, then its critères.
    fn axe(&self, rank: usize, axe: &CharterAxe) -> ReportSection {
        let lines: Vec<CharterLine> = axe.criteres.iter().map(|c| self.line(*c)).collect();
        let said = conclusion(&lines);
        let rows = lines.into_iter().map(|line| line.row).collect();
        let columns = vec![
            Heading::words("Critère").wide(5.0),
            Heading::figures("Niveau").wide(2.0),
            Heading::figures("Objectif").wide(1.1),
            Heading::words("Évolution").wide(2.4),
        ];
        let table = Table::new(format!("Critères de l’axe {}", rank + 1), columns, rows);
        ReportSection::new(
            &axe.label,
            &format!("Axe {}", rank + 1),
            vec![Block::text(said), Block::Table(table)],
        )
    }

    fn line(&self, position: usize) -> CharterLine {
        let critere = &self.context.referentiel.criteres[position];
        if critere.organiser {
            return self.of_organiser(critere);
        }
        let name = Datum::words(format!("{} {}", critere.code, critere.label));
        if !(self.context.referentiel).applies(position, self.structure.kind) {
            return line(
                critere,
                CharterStand::Aside,
                name,
                "ne concerne pas cet accueil",
            );
        }
        if critere.imperatif {
            return self.of_must(critere, name);
        }
        let found = self.site.criteres.iter().find(|f| f.code == critere.code);
        let key = self.context.keys(&self.site.structure).of(&critere.code);
        match found {
            Some(figure) => with_level(critere, figure, name, &key),
            None => line(critere, CharterStand::Unknown, name, "non évalué"),
        }
    }

    /// A critère that no team decides: one value for the territory.
    fn of_organiser(&self, critere: &Critere) -> CharterLine {
        let mut told = self.organiser.iter();
        let found = told.find(|o| o.figure.code == critere.code);
        let key = self.context.territory().of(&critere.code);
        let name = Datum::words(format!(
            "{} {} (décidé par l’organisateur : tout le territoire)",
            critere.code, critere.label
        ));
        match found {
            Some(told) => with_level(critere, &told.figure, name, &key),
            None => line(critere, CharterStand::Unknown, name, "non évalué"),
        }
    }

    /// An impératif is met or not: no level stands for it.
    fn of_must(&self, critere: &Critere, name: Datum) -> CharterLine {
        let found = self.site.imperatifs.iter().find(|i| i.code == critere.code);
        let (stand, word) = match found.map(|i| i.status) {
            Some(Shown::Value(status @ FigureStatus::Atteint)) => {
                (CharterStand::Reached, status.label())
            }
            Some(Shown::Value(status @ FigureStatus::NonAtteint)) => {
                (CharterStand::Short, status.label())
            }
            Some(Shown::Value(status)) => (CharterStand::Unknown, status.label()),
            Some(Shown::Masked(mask)) => (CharterStand::Unknown, mask.words()),
            None => (CharterStand::Unknown, "non évalué"),
        };
        line(critere, stand, name, word)
    }
}

/// A critère of which a word is said.
fn line(critere: &Critere, stand: CharterStand, name: Datum, word: &str) -> CharterLine {
    CharterLine {
        code: critere.code.clone(),
        stand,
        row: vec![name, Datum::words(word), Datum::words(""), Datum::words("")],
    }
}

fn with_level(critere: &Critere, figure: &ClearedFigure, name: Datum, key: &str) -> CharterLine {
    let stand = match figure.value.as_ref().and_then(Shown::value) {
        None => CharterStand::Unknown,
        Some(value) if value >= figure.target - 1e-9 => CharterStand::Reached,
        Some(_) => CharterStand::Short,
    };
    let change = figure.evolution.as_ref().map(sentences::verdict);
    CharterLine {
        code: critere.code.clone(),
        stand,
        row: vec![
            name,
            level_cell(figure).keyed(key),
            Datum::words(decimal1(figure.target)).keyed(key),
            Datum::words(change.unwrap_or_default()).keyed(key),
        ],
    }
}
