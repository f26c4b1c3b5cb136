//! An élément: its sentence, its value, and every answer with its cell.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::answer_places::Place;
use super::explainer::Explainer;
use super::phrases::short;
use crate::base::error::Result;
use crate::base::text::{count, decimals};
use crate::figures::{Level, SiteActivity};
use crate::intake::observations::Headcount;
use crate::vocabulary::AskedWording;
use crate::vocabulary::referentiel::{ActivityCode, DonMeasure, Element, LocalSentence, MICRO};

impl Explainer<'_> {
    pub(super) fn element(&self, position: usize) -> Result<String> {
        let r = self.referentiel();
        let element = &r.elements[position];
        let critere = &r.criteres[element.critere];
        let mut text = format!(
            "Élément du critère {} « {} » ; source : {}\n",
            critere.code,
            critere.label,
            element.source.label()
        );
        match &element.local {
            Some(LocalSentence::Added) => {
                text.push_str("Ajouté par le territoire (grids/local.toml).\n");
            }
            Some(LocalSentence::Reworded { shipped }) => {
                let _ = writeln!(
                    text,
                    "Reformulé par le territoire ; au référentiel : « {shipped} »."
                );
            }
            None => {}
        }
        self.element_lines(position, &mut text)?;
        let expected = self.figure(Level::Element, &element.code, Some(element.source));
        if let Some(aside) = &critere.put_aside {
            text.push_str(&aside.sentence(&critere.code));
        } else if expected.is_none() {
            text.push_str("Cet élément n’est pas attendu pour cet accueil dans cette campagne.");
        }
        Ok(text)
    }

    /// One élément and its answers; nothing when it is not expected here.
    pub(super) fn element_lines(&self, position: usize, text: &mut String) -> Result<()> {
        let element = &self.referentiel().elements[position];
        let Some(figure) = self.figure(Level::Element, &element.code, Some(element.source)) else {
            return Ok(());
        };
        let value = if self.referentiel().scales[element.scale].converted {
            short(figure)
        } else {
            "répartition seulement".to_owned()
        };
        let _ = writeln!(text, "  {} « {} » : {value}", element.code, element.label);
        let asked = self
            .wordings
            .asked(&element.code, |code| code == self.structure);
        for line in asked_lines(&asked, element) {
            let _ = writeln!(text, "      {line}");
        }
        let lines = match &element.don {
            Some(don) => self.measure_lines(don)?,
            None if element.source.is_questionnaire() => self.survey_lines(element)?,
            None => self
                .answers_to(&element.code)?
                .iter()
                .flat_map(|place| [Some(grid_line(place)), self.count_line(element, place)])
                .flatten()
                .collect(),
        };
        let no_more = self.no_more(element.source);
        let corrections = self.correction_lines(position)?;
        for line in lines.into_iter().chain(no_more).chain(corrections) {
            let _ = writeln!(text, "      {line}");
        }
        if element.negative && !element.source.is_questionnaire() {
            text.push_str("      phrase négative : le niveau est 5 moins la note\n");
        }
        Ok(())
    }

    /// An observer’s count, and how many adults the rule asks for.
    fn count_line(&self, element: &Element, place: &Place) -> Option<String> {
        let count = Headcount::parse(&place.raw).filter(|_| element.headcount)?;
        let structures = self.scope.structures.iter();
        let structure = structures.copied().find(|s| s.code == self.structure)?;
        Some(count.said(structure, self.scope.regulation, place.day))
    }

    /// A measure, its thresholds, and the cells it is made from.
    fn measure_lines(&self, don: &DonMeasure) -> Result<Vec<String>> {
        let thresholds: Vec<String> = don.thresholds.iter().map(|t| decimals(*t, 2)).collect();
        let way = if don.low_is_good {
            "au plus"
        } else {
            "au moins"
        };
        let value = self.activity_value(&don.measure);
        let mut lines = vec![format!(
            "mesure {} = {} ; niveaux 2, 3 et 4 à partir de : {way} {}",
            don.measure,
            value.map_or_else(|| "non calculable".to_owned(), |v| decimals(v, 3)),
            thresholds.join(" ; ")
        )];
        lines.extend(self.measure_cells(&don.measure)?);
        let by_line = |code: ActivityCode| {
            SiteActivity::rests_on_sessions(code) || SiteActivity::rests_on_posts(code)
        };
        if don.measure.parse().is_ok_and(by_line) {
            lines.push(format!(
                "ligne par ligne, avec leurs cellules : observatoire expliquer {}/{}/{}",
                self.indicators.campagne, self.structure, don.measure
            ));
        }
        Ok(lines)
    }

    /// A questionnaire: how many answered what, and in which cells.
    fn survey_lines(&self, element: &Element) -> Result<Vec<String>> {
        let places = self.answers_to(&element.code)?;
        let mut lines = Vec::new();
        let mut counts: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let scale = &self.referentiel().scales[element.scale];
        for place in &places {
            let position = (place.statut == "note")
                .then(|| scale.find(&place.raw))
                .flatten();
            let (rank, label) = match position {
                Some(p) => (p, scale.modalities[p].label.clone()),
                None if place.statut == "nsp" => (usize::MAX - 1, "ne sait pas".to_owned()),
                None => (usize::MAX, "sans réponse".to_owned()),
            };
            *counts.entry((rank, label)).or_default() += 1;
        }
        let said: Vec<String> = counts
            .iter()
            .map(|((_, label), n)| format!("{label} {n}"))
            .collect();
        if !said.is_empty() {
            let answers = count(places.len(), "réponse reçue", "réponses reçues");
            lines.push(format!("{answers} : {}", said.join(", ")));
        }
        if element.negative && !said.is_empty() {
            lines.push("phrase négative : le niveau est 5 moins celui de la réponse".to_owned());
        }
        lines.extend(ranges(&places));
        Ok(lines)
    }
}

/// What is said where words are not known.
const LOST: &str = "en d’autres mots, qui ne sont pas gardés : ils pourraient désigner une personne, leur temps est passé, ou le fichier a été lu avant que les mots le soient. Est écrit ici ce que dit le référentiel.";

/// In which words people were asked, where these are not the référentiel's.
pub(super) fn asked_lines(asked: &AskedWording, element: &Element) -> Vec<String> {
    if asked.is_reference() {
        return Vec::new();
    }
    let (code, label) = (&element.code, &element.label);
    if let Some(words) = asked.only() {
        return vec![format!(
            "question posée : « {words} », rapprochée de {code} « {label} »"
        )];
    }
    if asked.count() == 1 {
        return vec![format!("question posée {LOST}")];
    }
    let mut lines = Vec::new();
    if asked.count() > 1 {
        lines.push(format!(
            "question posée sous {} formulations :",
            asked.count()
        ));
    }
    for words in &asked.own {
        lines.push(format!("– « {words} », rapprochée de {code} « {label} »"));
    }
    if asked.reference {
        lines.push(format!("– « {label} », les mots du référentiel"));
    }
    if asked.lost {
        lines.push(format!("– {LOST}"));
    }
    lines
}

/// What is written in a grid, by whom, and in which cell.
fn grid_line(place: &Place) -> String {
    let who = match (place.visite.as_str(), place.observateur.as_str()) {
        ("", "") => String::new(),
        (visit, "consensus") => format!("visite {visit}, consensus : "),
        (visit, observer) => format!("visite {visit}, {observer} : "),
    };
    let level = place
        .micro
        .map(|micro| decimals(micro as f64 / MICRO as f64, 0));
    let written = match level {
        _ if place.raw.is_empty() => "sans réponse".to_owned(),
        // The cell is quoted as it is; what a cross is worth is said beside it.
        Some(level) if !place.raw.contains(&level) => {
            format!("« {} » (niveau {level})", place.raw)
        }
        _ => format!("« {} »", place.raw),
    };
    let reason = if place.statut == "nc" && !place.comment.is_empty() {
        format!(" (motif : {})", place.comment)
    } else {
        String::new()
    };
    format!("{who}{written}{reason} — {}", place.at())
}

/// « Enfants C1.xlsx › ENF (import I001), cellules C2 à C33 », one line per file.
fn ranges(places: &[Place]) -> Vec<String> {
    let mut files: BTreeMap<String, (Vec<&str>, usize)> = BTreeMap::new();
    for place in places {
        let (cells, corrected) = files.entry(place.whole()).or_default();
        cells.push(&place.cell);
        *corrected += usize::from(place.is_corrected());
    }
    let line = |(file, (cells, corrected)): (String, (Vec<&str>, usize))| {
        let row = |cell: &&str| -> u32 {
            let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
            digits.parse().unwrap_or(0)
        };
        let first = cells.iter().copied().min_by_key(row).unwrap_or("");
        let last = cells.iter().copied().max_by_key(row).unwrap_or("");
        let range = if first == last {
            format!("cellule {first}")
        } else {
            format!("entre les cellules {first} et {last}")
        };
        let by_hand = match corrected {
            0 => String::new(),
            n => format!(", dont {} à la main", count(n, "corrigée", "corrigées")),
        };
        format!("{file}, {range}{by_hand}")
    };
    files.into_iter().map(line).collect()
}
