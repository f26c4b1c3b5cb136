//! A delivery being cleared: the material, its figures found by structure, its sites and sectors.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::{Material, words};
use crate::compare::Line;
use crate::figures::{Figure, Level};
use crate::privacy::NameScreen;
use crate::vocabulary::config::Structure;

/// What every part of a clearance looks things up in.
pub(super) struct Ground<'a> {
    pub material: &'a Material<'a>,
    /// Structures of the campaign, in order of code.
    pub structures: Vec<&'a Structure>,
    /// Names of the sectors.
    pub sectors: Vec<&'a str>,
    /// Hides who could be named in what people wrote.
    pub screen: NameScreen,
    figures: HashMap<&'a str, Range<usize>>,
    lines: HashMap<(&'a str, Level, &'a str), &'a Line>,
}

impl<'a> Ground<'a> {
    pub fn new(material: &'a Material<'a>, structures: &[&'a Structure]) -> Self {
        let mut figures: HashMap<&str, Range<usize>> = HashMap::new();
        for (i, figure) in material.indicators.figures().iter().enumerate() {
            let range = figures.entry(&figure.structure).or_insert(i..i);
            range.end = i + 1;
        }
        let mut lines: HashMap<(&str, Level, &str), &Line> = HashMap::new();
        for line in material.evolution.into_iter().flat_map(|e| &e.lines) {
            let key = (line.structure.as_str(), line.level, line.code.as_str());
            lines.entry(key).or_insert(line);
        }
        let sectors: BTreeSet<&str> = structures
            .iter()
            .map(|s| s.secteur.as_str())
            .filter(|s| !s.is_empty())
            .collect();
        Self {
            material,
            structures: structures.to_vec(),
            sectors: sectors.into_iter().collect(),
            screen: words::screen(material),
            figures,
            lines,
        }
    }

    /// Figures of a structure at a level, in the order of the référentiel.
    pub fn figures(&self, structure: &str, level: Level) -> impl Iterator<Item = &'a Figure> {
        let own = self.figures.get(structure).cloned().unwrap_or(0..0);
        let own = &self.material.indicators.figures()[own];
        own.iter().filter(move |f| f.level == level)
    }

    /// A figure without source.
    pub fn figure(&self, structure: &str, level: Level, code: &str) -> Option<&'a Figure> {
        self.material.indicators.get(structure, level, code)
    }

    /// What changed in a figure of a structure; empty code of structure: the territory.
    pub fn line<'b>(&self, structure: &'b str, level: Level, code: &'b str) -> Option<&'a Line>
    where
        'a: 'b,
    {
        let lines: &HashMap<(&'b str, Level, &'b str), &'a Line> = &self.lines;
        lines.get(&(structure, level, code)).copied()
    }

    /// Sector of a structure, by position.
    pub fn sector_of(&self, structure: &Structure) -> Option<usize> {
        let named = |name: &&str| *name == structure.secteur;
        self.sectors.iter().position(named)
    }
}
