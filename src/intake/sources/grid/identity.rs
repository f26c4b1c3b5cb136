//! Where, when, who: what stands above the lines of a hand-made grid.

use std::collections::{HashMap, HashSet};

use super::grid_reading::GridReading;
use super::lines::GridLine;
use super::visit_number::{ordinal, visit_in, words_of_visit};
use crate::base::diagnostics::{CellRef, Code};
use crate::base::text::{date_long, date_within, dates_in, fold, iso_date, weekday_contradicts};
use crate::intake::sources::answers::Located;
use crate::intake::sources::cell_fate::{Fate, ReadCells};
use crate::intake::sources::correspondence::MappedWord;
use crate::intake::sources::doubtful_day::says_more;
use crate::intake::sources::usual_headings::names_second_coder;
use crate::vocabulary::referentiel::SourceCode;

/// What stands above the lines of a grid.
pub(super) struct GridIdentity {
    pub(super) place: Option<Located>,
    /// Another name of it, under another label.
    pub(super) also: Option<Located>,
    /// What stands above and is none of these.
    pub(super) titles: Vec<Located>,
    pub(super) visit: Option<String>,
    /// Empty where nothing says who.
    pub(super) observer: String,
    pub(super) observer_at: Option<CellRef>,
    /// Who marks an interview again; its cells are claimed once the grid is known to be one.
    second_coder: Option<Labelled>,
    /// ISO, empty where nothing says when.
    pub(super) date: String,
}

/// What the cell of the accueil holds: « Bourg – visite n° 1 ».
struct PlaceCell {
    place: Located,
    visit: Option<String>,
}

impl PlaceCell {
    fn of(written: Located) -> Self {
        let spaced = written.text.replace(" - ", " – ");
        let parts = spaced
            .split(['–', '—', '(', ')', ',', ';', '|'])
            .map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let number = |part: &&str| words_of_visit(&fold(part)).filter(|n| !n.is_empty());
        let visit = parts.iter().find_map(number);
        let others: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| number(part).is_none())
            .collect();
        if visit.is_none() || others.is_empty() {
            return Self {
                place: written,
                visit: None,
            };
        }
        Self {
            place: Located {
                text: others.join(" – "),
                ..written
            },
            visit,
        }
    }
}

/// Themes beside the lines that are looked at, and their characters.
const THEMES: usize = 40;
const THEME: usize = 60;
/// Under what a person says which day a text is.
const DATE: &str = "date";
/// Labels of the observer.
pub(super) const OBSERVERS: [&str; 8] = [
    "observateur",
    "observatrice",
    "observateurs",
    "observe par",
    "obs",
    "obs.",
    "visite faite par",
    "grille remplie par",
];
/// Labels of the day, the surest first.
pub(super) const DATES: [&str; 17] = [
    "date de la visite",
    "date visite",
    "date d observation",
    "date observation",
    "date du passage",
    "date de passage",
    "date de realisation",
    "date et heure",
    "jour de la visite",
    "jour d observation",
    "observe le",
    "realisee le",
    "date de visite",
    "date de l observation",
    "date",
    "visite du",
    "le",
];
/// Labels of the accueil.
pub(super) const PLACES: [&str; 8] = [
    "structure",
    "accueil",
    "centre",
    "site",
    "nom de la structure",
    "nom de l accueil",
    "lieu",
    "alsh",
];

/// What stands above the lines under a label.
#[derive(Clone)]
pub(super) struct Labelled {
    /// The label's own cell.
    pub(super) label: CellRef,
    /// What it says.
    pub(super) value: Located,
}

impl GridReading<'_> {
    /// One sheet per structure: the sheet's own name, unless it says nothing.
    pub(super) fn sheet_place(&self) -> Option<Located> {
        const SAYS_NOTHING: [&str; 14] = [
            "",
            "feuil",
            "feuille",
            "sheet",
            "grille",
            "visite",
            "observation",
            "observations",
            "tableau",
            "form",
            "donnees",
            "data",
            "saisie",
            "auto evaluation",
        ];
        let name = fold(&self.sheet.name);
        let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let silent = SAYS_NOTHING.contains(&word) || self.context.place_given;
        (!silent).then(|| Located {
            text: self.sheet.name.trim().to_owned(),
            cell: CellRef::new(0, 0),
        })
    }

    /// What stands above the lines, its cells claimed.
    pub(super) fn identity(&mut self) -> GridIdentity {
        let labels = self.labels(self.lines.first);
        let observer = self.labelled(&labels, &OBSERVERS);
        let date = self
            .labelled(&labels, &DATES)
            .or_else(|| self.other_day(&labels));
        let second_coder = labels.iter().find(|(label, _)| names_second_coder(label));
        let second_coder = second_coder.map(|(_, said)| said.clone());
        let places = self.all_labelled(&labels, &PLACES);
        let also = places.get(1).cloned();
        let place = places.into_iter().next().map(PlaceCell::of);
        let (place, in_place) = place.map_or((None, None), |cell| (Some(cell.place), cell.visit));
        GridIdentity {
            visit: self.visit(&labels, in_place),
            titles: self.titles(&labels, date.is_none()),
            place,
            also,
            observer_at: observer.as_ref().map(|l| l.cell),
            observer: observer.map(|l| l.text).unwrap_or_default(),
            second_coder,
            date: date.map(|l| self.date(&l)).unwrap_or_default(),
        }
    }

    /// The last line above the notes that holds nothing: what is missing may be written there without covering
    /// anything.
    pub(super) fn blank_above(&self) -> Option<CellRef> {
        let filled = |row: u32| {
            let own = self.sheet.rows.iter().filter(|r| r.index == row);
            own.flat_map(|r| &r.cells)
                .any(|c| !c.value.text().trim().is_empty())
        };
        let blank = (0..self.lines.first).rev().find(|row| !filled(*row));
        blank.map(|row| CellRef::new(row, self.lines.col))
    }

    /// Who marked the grid: its observer; of an interview, its second coder, and nobody for the first.
    pub(super) fn marked_by(&self, said: &mut GridIdentity, source: SourceCode) -> String {
        if source != SourceCode::Dir {
            return std::mem::take(&mut said.observer);
        }
        let Some(coder) = said.second_coder.take() else {
            return String::new();
        };
        self.claim_identity(coder.label);
        self.claim_identity(coder.value.cell);
        coder.value.text
    }

    /// The one day that stands above under a label of its own (« Jour », « Quand », « Date (jj/mm/aaaa) »), where
    /// no usual one does; that of a birth, of an agreement, of a reply is none.
    fn other_day(&self, labels: &HashMap<String, Labelled>) -> Option<Located> {
        const OTHERS: [&str; 24] = [
            "naissance",
            "saisie",
            "restitution",
            "retour",
            "rendre",
            "limite",
            "impression",
            "imprime",
            "version",
            "maj",
            "mise",
            "convention",
            "agrement",
            "signature",
            "validation",
            "valide",
            "ouverture",
            "creation",
            "edition",
            "envoi",
            "prochaine",
            "derniere",
            "precedente",
            "debut",
        ];
        let is_other = |label: &str| {
            let mut words = label.split(|c: char| !c.is_alphanumeric());
            words.any(|w| OTHERS.contains(&w))
        };
        let is_day = |found: &Labelled| iso_date(found.value.text.trim()).is_some();
        let mut days = labels
            .iter()
            .filter(|(label, found)| is_day(found) && !is_other(label));
        let (_, found) = days.next()?;
        if days.next().is_some() {
            return None;
        }
        self.claim_identity(found.label);
        self.claim_identity(found.value.cell);
        Some(found.value.clone())
    }

    fn labelled(&self, labels: &HashMap<String, Labelled>, names: &[&str]) -> Option<Located> {
        let said = names.iter().find_map(|n| labels.get(*n))?;
        self.claim_identity(said.label);
        self.claim_identity(said.value.cell);
        Some(said.value.clone())
    }

    /// What labels of one meaning say, where they do not say the same.
    fn all_labelled(&self, labels: &HashMap<String, Labelled>, names: &[&str]) -> Vec<Located> {
        let mut said: Vec<Located> = Vec::new();
        for found in names.iter().filter_map(|name| labels.get(*name)) {
            // « Accueil : 8 h 30 » is no accueil.
            let is_hour = found.value.text.starts_with(|c: char| c.is_ascii_digit());
            if is_hour && !said.is_empty() {
                continue;
            }
            self.claim_identity(found.label);
            self.claim_identity(found.value.cell);
            if !said
                .iter()
                .any(|s| fold(&s.text) == fold(&found.value.text))
            {
                said.push(found.value.clone());
            }
        }
        said
    }

    /// What stands above the lines under no label, and the name of the sheet: titles.
    fn titles(&self, labels: &HashMap<String, Labelled>, undated: bool) -> Vec<Located> {
        let is_read = |label: &str| {
            let mut known = OBSERVERS.iter().chain(&DATES).chain(&PLACES);
            known.any(|name| *name == label) || words_of_visit(label).is_some()
        };
        let read: HashSet<CellRef> = labels
            .iter()
            .filter(|(label, _)| is_read(label))
            .flat_map(|(_, found)| [found.label, found.value.cell])
            .collect();
        let top = self.lines.headings.unwrap_or(self.lines.first);
        let above = self.sheet.rows.iter().take_while(|r| r.index < top);
        let cells = above.flat_map(|row| {
            row.cells
                .iter()
                .map(|c| (CellRef::new(row.index, c.col), c))
        });
        let cells = cells.filter(|(at, _)| !read.contains(at));
        let texts = cells.map(|(cell, c)| Located {
            text: c.value.text(),
            cell,
        });
        // Themes beside the lines say so too: « Objectif 2027 ».
        let mut themes: Vec<Located> = Vec::new();
        for row in self
            .lines
            .rated
            .iter()
            .filter_map(|l| self.sheet.row(l.row))
        {
            for c in row.cells.iter().filter(|c| c.mark() == Fate::Wording as u8) {
                let text = c.value.text();
                let is_new = themes.len() < THEMES && !themes.iter().any(|t| t.text == text);
                if is_new && text.chars().count() <= THEME {
                    let cell = CellRef::new(row.index, c.col);
                    themes.push(Located { text, cell });
                }
            }
        }
        let own_name = Located {
            text: self.sheet.name.to_string(),
            cell: CellRef::new(0, 0),
        };
        // What heads lines further down, and asks nothing, may say that they are others’.
        let heads = self.lines.rated.iter();
        let heads = heads.filter(|l| l.asks == GridLine::Unknown && !self.bears_note(l));
        let heads = heads.map(|l| Located {
            text: self.sheet.text(l.row, self.lines.col),
            cell: CellRef::new(l.row, self.lines.col),
        });
        let worded = texts.chain(heads).chain(themes).filter(|title| {
            let is_day = undated && !dates_in(&title.text).is_empty();
            is_day || title.text.chars().any(char::is_alphabetic)
        });
        // « 2025 », « 12-05-2025 » name a sheet after what it holds.
        std::iter::once(own_name).chain(worded).collect()
    }

    fn claim_identity(&self, at: CellRef) {
        let row = self.sheet.row(at.row).into_iter();
        row.for_each(|r| r.claim(at.col, Fate::Identity));
    }

    /// A date as it is written; without its year, that of the campaign when it can be no other. What reads
    /// as no date may be said once.
    pub(super) fn date(&mut self, written: &Located) -> String {
        let text = written.text.trim();
        let said = self.lines.mapping.and_then(|m| m.worth(DATE, text));
        if let Some(said) = said.and_then(iso_date) {
            return said;
        }
        let plain = fold(text);
        let bare = plain.strip_prefix("le ").unwrap_or(&plain);
        let days = self.context.days;
        let yearless = || {
            let days = days?;
            date_within(bare, &days.first.to_string(), &days.last.to_string())
        };
        let read = iso_date(text).or_else(|| iso_date(bare)).or_else(yearless);
        let contradicts = |iso: &String| weekday_contradicts(text, iso) || says_more(text);
        if let Some(date) = read.as_ref().filter(|iso| !contradicts(iso)) {
            return date.clone();
        }
        let message = match read {
            Some(_) if says_more(text) => {
                format!("« {text} » dit plus qu’un jour : écrivez la date de la visite seule.")
            }
            Some(iso) => format!(
                "« {text} » : le {} n’est pas ce jour de la semaine.",
                date_long(&iso)
            ),
            None => format!(
                "« {text} » n’est pas une date, ou n’a pas d’année et la campagne ne dit pas laquelle."
            ),
        };
        self.report(
            Code::DateUnreadable,
            written.cell.row,
            written.cell.col,
            message,
        );
        self.propose_words(vec![MappedWord::awaited(DATE, text.to_owned())]);
        String::new()
    }

    /// « Visite : 2 », « N° de visite | 2 », « Visite n° 2 », « Bourg – visite n° 2 »: the number of the visit.
    /// Two numbers are a question.
    fn visit(
        &mut self,
        labels: &HashMap<String, Labelled>,
        in_place: Option<String>,
    ) -> Option<String> {
        let labelled = labels
            .iter()
            .filter(|(label, _)| words_of_visit(label).is_some_and(|n| n.is_empty()));
        let mut labelled: Vec<&Labelled> = labelled.map(|(_, found)| found).collect();
        labelled.sort_by_key(|found| (found.label.row, found.label.col));
        let mut said: Vec<String> = in_place.into_iter().collect();
        if let Some(found) = labelled.first() {
            self.claim_identity(found.label);
            self.claim_identity(found.value.cell);
            said.push(ordinal(&found.value.text));
        }
        let above = self
            .sheet
            .rows
            .iter()
            .take_while(|r| r.index < self.lines.first);
        let cells = above.flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
        let mut titles = Vec::new();
        for (row, cell) in cells {
            let folded = fold(&cell.value.text());
            match words_of_visit(&folded) {
                Some(number) if !number.is_empty() => {
                    self.claim_identity(CellRef::new(row, cell.col));
                    said.push(number);
                }
                _ => titles.extend(visit_in(&folded)),
            }
        }
        // A title may speak of the visit among other words: where nothing else does, it says which.
        if said.is_empty() {
            said = titles;
        }
        said.sort_unstable();
        said.dedup();
        if said.len() > 1 {
            let message = format!(
                "la grille donne plusieurs numéros de visite : {}.",
                said.join(", ")
            );
            let at = self.lines.first;
            self.report(Code::VisitIncomplete, at, self.lines.col, message);
        }
        said.into_iter().next()
    }

    /// Whether a column holds something on the lines.
    fn is_filled(&self, col: u32) -> bool {
        let mut lines = self.lines.rated.iter();
        lines.any(|line| !self.sheet.text(line.row, col).is_empty())
    }

    /// « Structure : ALSH Les Marais » in one cell, or the label then its value to the right.
    fn labels(&self, before: u32) -> HashMap<String, Labelled> {
        let mut labels = HashMap::new();
        for row in self.sheet.rows.iter().take_while(|r| r.index < before) {
            for (i, cell) in row.cells.iter().enumerate() {
                let text = cell.value.text();
                // « Date | Observateur » over lines that say both head columns.
                if Some(row.index) == self.lines.headings && self.is_filled(cell.col) {
                    continue;
                }
                let (label, value) = text.split_once(':').unwrap_or((&text, ""));
                let next = row.cells.get(i + 1);
                let (value, col) = match (value.trim(), next) {
                    ("", Some(next)) => (next.value.text(), next.col),
                    ("", None) => continue,
                    (value, _) => (value.to_owned(), cell.col),
                };
                let located = Labelled {
                    label: CellRef::new(row.index, cell.col),
                    value: Located {
                        text: value,
                        cell: CellRef::new(row.index, col),
                    },
                };
                labels
                    .entry(fold(label).trim().to_owned())
                    .or_insert(located);
            }
        }
        labels
    }
}
