//! The Plan mercredi at an accueil, one page: the four axes of its charte qualité, the critères that speak of each, and
//! where each stands. No mean is made of them; what was not evaluated is said.

use super::document::{Block, Document, Head, ReportSection};
use super::report_context::ReportContext;
use super::sentences;
use super::shared_blocks::level_cell;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, decimal1, list};
use crate::disclosure::{CharterStand, ClearedFigure, ClearedOrganiser, ClearedSite, Shown};
use crate::figures::FigureStatus;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{CharterAxe, Critere};

/// Where a critère stands, and whether the campaign asks about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineStand {
    /// As the accueil is told.
    Told(CharterStand),
    /// The campaign does not ask about it.
    Unasked,
}

/// A critère on the page.
struct CharterLine {
    code: String,
    stand: LineStand,
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

/// What is said of a critère that the campaign does not ask about.
const NOT_ASKED: &str = "non retenu dans cette campagne";

/// How to read the page, and what it does not say.
const READING: &str = "La correspondance entre la charte et les critères est celle du référentiel ; elle se discute avec le SDJES, la DSDEN et la Caf. Aucune moyenne n’est faite par axe. Cette page ne dit pas si la convention de la charte est respectée : c’est une évaluation partagée, pas un contrôle.";

/// What is said of an axe: what is to be worked on, what is not known, or that all is at its target.
fn conclusion(lines: &[CharterLine]) -> String {
    let stands = [
        (LineStand::Told(CharterStand::Short), "sous l’objectif"),
        (LineStand::Told(CharterStand::Reached), "à l’objectif"),
        (LineStand::Told(CharterStand::Unknown), "sans niveau montré"),
        (LineStand::Unasked, NOT_ASKED),
    ];
    let said = stands.iter().filter_map(|(stand, words)| {
        let own = lines.iter().filter(|line| line.stand == *stand);
        let codes: Vec<String> = own.map(|line| line.code.clone()).collect();
        let words = match (stand, codes.len()) {
            (LineStand::Unasked, 2..) => "non retenus dans cette campagne",
            _ => *words,
        };
        (!codes.is_empty()).then(|| format!("{words} : {}", list(&codes)))
    });
    let said: Vec<String> = said.collect();
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
                LineStand::Told(CharterStand::Aside),
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
            None => self.unknown(critere, name),
        }
    }

    /// Nothing is told of a critère, and why: a light campaign leaves some out, which is no gap of the accueil.
    fn unknown(&self, critere: &Critere, name: Datum) -> CharterLine {
        if self.context.campaign.expects_critere(&critere.code) {
            let stand = LineStand::Told(CharterStand::Unknown);
            line(critere, stand, name, "non évalué : rien n’a été reçu")
        } else {
            line(critere, LineStand::Unasked, name, "non retenu")
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
            None => self.unknown(critere, name),
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
            None => return self.unknown(critere, name),
        };
        line(critere, LineStand::Told(stand), name, word)
    }
}

/// A critère of which a word is said.
fn line(critere: &Critere, stand: LineStand, name: Datum, word: &str) -> CharterLine {
    CharterLine {
        code: critere.code.clone(),
        stand,
        row: vec![name, Datum::words(word), Datum::words(""), Datum::words("")],
    }
}

fn with_level(critere: &Critere, figure: &ClearedFigure, name: Datum, key: &str) -> CharterLine {
    let change = figure.evolution.as_ref().map(sentences::verdict);
    CharterLine {
        code: critere.code.clone(),
        stand: LineStand::Told(CharterStand::of_figure(figure)),
        row: vec![
            name,
            level_cell(figure).keyed(key),
            Datum::words(decimal1(figure.target)).keyed(key),
            Datum::words(change.unwrap_or_default()).keyed(key),
        ],
    }
}
