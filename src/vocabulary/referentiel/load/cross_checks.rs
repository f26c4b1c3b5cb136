//! Cross-references and sums of a référentiel: every problem is collected, with its place.

use std::collections::{HashMap, HashSet};

use toml::Spanned;

use super::raw::{Conversion, RawCritere, RawElement, RawScale};
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::base::toml_error::line_column;
use crate::vocabulary::referentiel::activity_codes::ActivityCode;
use crate::vocabulary::referentiel::ids::SourceCode;
use crate::vocabulary::referentiel::local_tables::is_local_code;
use crate::vocabulary::referentiel::model::{Critere, Element, Referentiel, Rules, compact};

/// First steps of a critère.
const FIRST_STEPS: usize = 3;

/// A file by its name and its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedText<'a> {
    /// As told.
    pub(in crate::vocabulary::referentiel) name: &'a str,
    /// What it holds.
    pub(in crate::vocabulary::referentiel) text: &'a str,
}

/// Collects problems, each with file, line and column.
pub(super) struct Checker<'a> {
    name: &'a str,
    text: &'a str,
    layer: Option<NamedText<'a>>,
    problems: Vec<String>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(name: &'a str, text: &'a str, layer: Option<NamedText<'a>>) -> Self {
        Self {
            name,
            text,
            layer,
            problems: Vec::new(),
        }
    }

    /// A problem at a spanned value.
    pub(super) fn at(&mut self, value: &Spanned<String>, message: &str) {
        let (line, column) = line_column(self.text, value.span().start);
        let name = self.name;
        let code = value.get_ref();
        self.problems.push(format!(
            "{name}, ligne {line}, colonne {column} : « {code} » : {message}."
        ));
    }

    /// A problem of an item known by its code alone.
    fn of(&mut self, code: &str, message: &str) {
        self.of_nth(code, 0, message);
    }

    /// The same, where the code is declared for the `nth` time, counted from 0.
    fn of_nth(&mut self, code: &str, nth: usize, message: &str) {
        let quoted = format!("\"{code}\"");
        let of_layer = self
            .layer
            .filter(|l| l.text.contains(&quoted) && is_local_code(code));
        let NamedText { name, text } = of_layer.unwrap_or(NamedText {
            name: self.name,
            text: self.text,
        });
        let (line, column) = line_column(text, declared(text, code, nth));
        self.problems.push(format!(
            "{name}, ligne {line}, colonne {column} : « {code} » : {message}."
        ));
    }

    /// Position of a code among those declared; a dangling one is reported with the nearest.
    pub(super) fn lookup(&mut self, code: &Spanned<String>, known: &[String], what: &str) -> usize {
        if let Some(position) = known.iter().position(|k| k == code.get_ref()) {
            return position;
        }
        let near = suggest(code.get_ref(), known.iter().map(String::as_str));
        let advice = near.best_clause();
        self.at(
            code,
            &format!("cette {what} n’est pas déclarée{advice}")
                .replace("cette axe n’est pas déclarée", "cet axe n’est pas déclaré")
                .replace(
                    "cette critère n’est pas déclarée",
                    "ce critère n’est pas déclaré",
                )
                .replace(
                    "cette élément n’est pas déclarée",
                    "cet élément n’est pas déclaré",
                ),
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
            let turns = levels.windows(2).any(|w| w[0] > w[1]);
            let is_flat = levels.first() == levels.last() && levels.len() > 1;
            if turns || is_flat {
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
        self.rules(&r.rules);
        let mut seen: HashMap<String, usize> = HashMap::new();
        let codes = (r.scales.iter().map(|s| &s.code))
            .chain(r.axes.iter().map(|a| &a.code))
            .chain(r.criteres.iter().map(|c| &c.code))
            .chain(r.elements.iter().map(|e| &e.code))
            .chain(r.fiches.iter().map(|f| &f.code))
            .chain(r.filters.iter().map(|f| &f.code));
        for code in codes {
            let before = seen.entry(compact(code)).or_default();
            if *before > 0 {
                self.of_nth(code, *before, "ce code est déclaré deux fois");
            }
            *before += 1;
        }
        for element in &r.elements {
            let scale = &r.scales[element.scale];
            if scale.modalities.is_empty() != element.don.is_some() {
                let message = if element.don.is_some() {
                    "une mesure demande une échelle sans modalités"
                } else {
                    "son échelle n’a aucune modalité : personne ne pourrait répondre"
                };
                self.of(&element.code, message);
            }
            if let Some(don) = &element.don {
                self.measure(&element.code, &don.measure);
            }
            self.own_keys(r, element);
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

    /// Parameters of the rules that would make every figure nonsense.
    fn rules(&mut self, rules: &Rules) {
        let shares = [
            ("couverture_critere", rules.couverture_critere),
            ("couverture_axe", rules.couverture_axe),
            ("couverture_fragile", rules.couverture_fragile),
            ("mic_part", rules.mic_part),
        ];
        for (key, value) in shares {
            if !(0.0..=1.0).contains(&value) {
                self.key(key, "une part est comprise entre 0 et 1");
            }
        }
        if !(0.0..=3.0).contains(&rules.mic) {
            self.key("mic", "un changement de niveau est compris entre 0 et 3");
        }
        let spread = [
            ("ecart_element", rules.declared.element),
            ("ecart_jour", rules.declared.day),
            ("ecart_entretien", rules.declared.mark),
            ("ecart_reponse", rules.declared.answer),
        ];
        // Without any error every change would be one.
        for (key, value) in spread {
            if !(0.05..=3.0).contains(&value) {
                self.key(
                    key,
                    "un écart type, en niveaux, est compris entre 0,05 et 3",
                );
            }
        }
        for (key, value) in [
            ("elements_min", rules.elements_min),
            ("effectif_min", rules.effectif_min),
        ] {
            if value == 0 {
                self.key(key, "ce nombre vaut au moins 1");
            }
        }
        if rules.effectif_fragile < rules.effectif_min {
            self.key(
                "effectif_fragile",
                "il ne peut pas être sous « effectif_min »",
            );
        }
    }

    /// A problem of a key of `[regles]`.
    fn key(&mut self, key: &str, message: &str) {
        let starts = |line: &&str| {
            let rest = line.trim_start().strip_prefix(key);
            rest.is_some_and(|r| r.trim_start().starts_with('='))
        };
        let line = self
            .text
            .lines()
            .position(|l| starts(&l))
            .map_or(1, |l| l + 1);
        let name = self.name;
        self.problems.push(format!(
            "{name}, ligne {line}, colonne 1 : « {key} » : {message}."
        ));
    }

    /// What a DON élément measures: an activity indicator, a column, or a ratio of two columns.
    fn measure(&mut self, element: &str, measure: &str) {
        let codes = ActivityCode::all()
            .filter(|code| !code.is_of_convention())
            .map(ActivityCode::as_str);
        let is_code =
            measure.starts_with('I') && measure[1..].starts_with(|c: char| c.is_ascii_digit());
        let is_column = |part: &str| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            !part.is_empty() && part.chars().all(plain)
        };
        let valid = measure
            .parse::<ActivityCode>()
            .is_ok_and(|code| !code.is_of_convention())
            || (!is_code && measure.split('/').count() <= 2 && measure.split('/').all(is_column));
        if !valid {
            let near = suggest(measure, codes);
            let advice = match near.best() {
                Some(_) => near.best_clause(),
                None => " (un indicateur comme I04, une colonne de « denominateurs », ou le rapport de deux : « formes/animateurs »)".to_owned(),
            };
            self.of(
                element,
                &format!("la mesure « {measure} » n’existe pas{advice}"),
            );
        }
    }

    /// Keys that only some sources have.
    fn own_keys(&mut self, r: &Referentiel, element: &Element) {
        let code = &element.code;
        if !element.moments.is_empty() && element.source != SourceCode::Obs {
            self.of(code, "« moments » va avec les éléments OBS seulement");
        }
        if element.ages.is_some() && element.source != SourceCode::Enf {
            self.of(code, "« ages » va avec les éléments ENF seulement");
        }
        if element.filter.is_some() && !element.source.is_questionnaire() {
            self.of(code, "« filtre » va avec les questionnaires seulement");
        }
        let is_law = element.origin.article().is_some();
        let is_finding = r.scales[element.scale].is_finding();
        if element.headcount && !(element.source == SourceCode::Obs && is_law && is_finding) {
            self.of(
                code,
                "« comptage » va avec les éléments OBS de loi, sur une échelle de constat",
            );
        }
        let levels = r.scales[element.scale].modalities.len();
        if element.anchors.is_some() && levels != 4 {
            self.of(
                code,
                "quatre « ancres » demandent une échelle de quatre modalités",
            );
        }
    }

    fn critere(&mut self, r: &Referentiel, critere: &Critere) {
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
        if critere.organiser && (critere.imperatif || critere.hors_observatoire) {
            self.of(
                &critere.code,
                "un impératif, ou ce qui se traite hors de l’observatoire, se vérifie dans chaque accueil : il ne peut pas être de niveau « organisateur »",
            );
        }
        if !(1.0..=4.0).contains(&critere.cible) {
            self.of(&critere.code, "la cible est comprise entre 1 et 4");
        }
        let counted = |e: &usize| r.elements[*e].must;
        if critere.imperatif && !critere.elements.iter().any(counted) {
            self.of(
                &critere.code,
                "un impératif a besoin d’un élément de loi, ou « compte_imperatif », parmi OBS, DIR et DON",
            );
        }
        if !critere.first_steps.is_empty() && critere.first_steps.len() != FIRST_STEPS {
            self.of(&critere.code, "trois premiers pas, ou aucun");
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

/// Byte offset of the `nth` declaration `code = "…"` of a code, else of its first mention.
fn declared(text: &str, code: &str, nth: usize) -> usize {
    let quoted = format!("\"{code}\"");
    let at = |(offset, _): &(usize, &str)| {
        let before = text[..*offset].trim_end();
        before.ends_with('=') && before[..before.len() - 1].trim_end().ends_with("code")
    };
    let found = text.match_indices(&quoted).filter(at).nth(nth);
    found.map_or_else(|| text.find(&quoted).unwrap_or(0), |(offset, _)| offset)
}
