//! Cross-references and sums of a référentiel: every problem is collected, with its place.

use std::collections::HashSet;

use toml::Spanned;

use super::raw::{Conversion, RawCritere, RawElement, RawScale};
use crate::error::{Error, Result};
use crate::referentiel::model::{Referentiel, compact};
use crate::text::nearest;

/// Collects problems, each with file, line and column.
pub(super) struct Checker<'a> {
    name: &'a str,
    text: &'a str,
    problems: Vec<String>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        Self {
            name,
            text,
            problems: Vec::new(),
        }
    }

    /// A problem at a spanned value.
    pub(super) fn at(&mut self, value: &Spanned<String>, message: &str) {
        let (line, column) = crate::config::line_column(self.text, value.span().start);
        let name = self.name;
        let code = value.get_ref();
        self.problems.push(format!(
            "{name}, ligne {line}, colonne {column} : « {code} » : {message}."
        ));
    }

    /// A problem of an item known by its code alone.
    fn of(&mut self, code: &str, message: &str) {
        let quoted = format!("\"{code}\"");
        let offset = self.text.find(&quoted).unwrap_or(0);
        let (line, column) = crate::config::line_column(self.text, offset);
        let name = self.name;
        self.problems.push(format!(
            "{name}, ligne {line}, colonne {column} : « {code} » : {message}."
        ));
    }

    /// Position of a code among those declared; a dangling one is reported with the nearest.
    pub(super) fn lookup(&mut self, code: &Spanned<String>, known: &[String], what: &str) -> usize {
        if let Some(position) = known.iter().position(|k| k == code.get_ref()) {
            return position;
        }
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        let near = nearest(code.get_ref(), &names);
        let advice = near
            .first()
            .map_or(String::new(), |n| format!(" ; le plus proche est « {n} »"));
        self.at(
            code,
            &format!("cette {what} n’est pas déclarée{advice}")
                .replace("cette axe n’est pas déclarée", "cet axe n’est pas déclaré"),
        );
        0
    }

    pub(super) fn scale(&mut self, scale: &RawScale) {
        let levels: Vec<f64> = scale.modalites.iter().filter_map(|m| m.niveau).collect();
        if scale.conversion == Conversion::Niveaux && !scale.modalites.is_empty() {
            if levels.len() != scale.modalites.len() {
                self.at(
                    &scale.code,
                    "chaque modalité d’une échelle convertie a besoin d’un « niveau »",
                );
            }
            if levels.windows(2).any(|w| w[0] >= w[1]) {
                self.at(
                    &scale.code,
                    "les niveaux doivent aller en croissant, de la première modalité à la dernière",
                );
            }
            if levels.iter().any(|l| !(1.0..=4.0).contains(l)) {
                self.at(&scale.code, "un niveau est compris entre 1 et 4");
            }
        }
        if scale.conversion == Conversion::Jamais && !levels.is_empty() {
            self.at(
                &scale.code,
                "une échelle jamais convertie n’a pas de « niveau »",
            );
        }
        let mut seen = HashSet::new();
        for modality in &scale.modalites {
            if !seen.insert(compact(&modality.code)) {
                self.at(
                    &scale.code,
                    &format!("la modalité « {} » est déclarée deux fois", modality.code),
                );
            }
        }
    }

    /// An élément's code starts with its critère's code and names its source.
    pub(super) fn element_belongs(&mut self, element: &RawElement, critere: &RawCritere) {
        let wanted = format!("{}-{}-", critere.code.get_ref(), element.source);
        if !element.code.get_ref().starts_with(&wanted) {
            self.at(
                &element.code,
                &format!("le code doit commencer par « {wanted} »"),
            );
        }
    }

    /// What can only be seen on the whole.
    pub(super) fn referentiel(&mut self, r: &Referentiel) {
        let mut seen = HashSet::new();
        let codes = (r.axes.iter().map(|a| &a.code))
            .chain(r.criteres.iter().map(|c| &c.code))
            .chain(r.elements.iter().map(|e| &e.code))
            .chain(r.fiches.iter().map(|f| &f.code));
        let repeated: Vec<String> = codes
            .filter(|code| !seen.insert(compact(code)))
            .cloned()
            .collect();
        for code in repeated {
            self.of(&code, "ce code est déclaré deux fois");
        }
        for element in &r.elements {
            if element.weight <= 0.0 {
                self.of(&element.code, "le poids doit être positif");
            }
            if element.types.is_empty() {
                self.of(
                    &element.code,
                    "cet élément ne s’applique à aucun type d’accueil",
                );
            }
        }
        for critere in &r.criteres {
            self.critere(r, critere);
        }
        for axe in &r.axes {
            if axe.criteres.is_empty() {
                self.of(&axe.code, "cet axe n’a aucun critère");
            }
        }
    }

    fn critere(&mut self, r: &Referentiel, critere: &crate::referentiel::Critere) {
        let weight: f64 = critere
            .elements
            .iter()
            .map(|&e| critere.source_weights[r.elements[e].source as usize])
            .sum();
        if critere.source_weights.iter().any(|w| *w < 0.0) || critere.weight <= 0.0 {
            self.of(
                &critere.code,
                "un poids ne peut pas être négatif, ni celui du critère nul",
            );
        }
        if weight <= 0.0 {
            self.of(
                &critere.code,
                "aucune de ses sources n’a de poids : le critère n’aurait jamais de valeur",
            );
        }
        if !(1.0..=4.0).contains(&critere.cible) {
            self.of(&critere.code, "la cible est comprise entre 1 et 4");
        }
        let counted = |e: &usize| r.elements[*e].source.counts_for_imperatif();
        if critere.imperatif && !critere.elements.iter().any(counted) {
            self.of(
                &critere.code,
                "un impératif a besoin d’un élément OBS, DIR ou DON",
            );
        }
    }

    /// Fails with every problem, one per line.
    pub(super) fn finish(self) -> Result<()> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Config(self.problems.join("\n")))
        }
    }
}
