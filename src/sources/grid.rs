//! Grids made by hand: titles above, merged headings, crosses under one of several columns, totals
//! below, one sheet per structure. Lines are found by their élément code.

use std::collections::HashMap;

use super::codes::looks_like_code;
use super::{Answer, Answers, Confidence, Context, Located, Record, Row, Sheet, Source, Workbook};
use crate::diagnostics::{CellRef, Checked, Code, Diagnostic};
use crate::referentiel::{Referentiel, Scale, SourceCode};
use crate::text::{fold, iso_date};

/// A grid that nobody's software wrote.
pub struct HandMadeGrid;

impl Source for HandMadeGrid {
    fn name(&self) -> &'static str {
        "grille-main"
    }

    fn label(&self) -> &'static str {
        "grille faite à la main"
    }

    /// At least three codes one under the other.
    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let most = book
            .sheets
            .iter()
            .filter_map(|s| code_column(s, context.referentiel))
            .map(|c| c.1)
            .max();
        match most {
            Some(3..) => Confidence::Likely,
            Some(_) => Confidence::Possible,
            None => Confidence::None,
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        for sheet in book.sheets.iter().filter(|s| !s.hidden) {
            let Some((code_col, _)) = code_column(sheet, context.referentiel) else {
                continue;
            };
            let mut reading = Reading {
                book,
                sheet,
                context,
                code_col,
                diagnostics: Vec::new(),
            };
            let record = reading.record();
            all.value.records.extend(record);
            all.diagnostics.append(&mut reading.diagnostics);
        }
        all
    }
}

/// The column with the most élément codes, and how many.
fn code_column(sheet: &Sheet, referentiel: &Referentiel) -> Option<(u32, usize)> {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for cell in sheet.rows.iter().flat_map(|r| &r.cells) {
        if is_code(&cell.value.text(), referentiel) {
            *counts.entry(cell.col).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(col, n)| (*n, std::cmp::Reverse(*col)))
}

fn is_code(text: &str, referentiel: &Referentiel) -> bool {
    text.len() <= 14 && looks_like_code(text) && referentiel.element(text).is_some()
}

/// What a column right of the codes means.
enum Meaning {
    /// A cross here is this modality or status.
    Tick(String),
    /// The rating is written here.
    Rating,
    Comment,
}

struct Reading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    context: &'a Context<'a>,
    code_col: u32,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn report(&mut self, code: Code, row: u32, col: u32, message: String) {
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        self.diagnostics.push(Diagnostic::new(code, at, message));
    }

    fn record(&mut self) -> Option<Record> {
        let r = self.context.referentiel;
        let lines: Vec<&Row> = self
            .sheet
            .rows
            .iter()
            .filter(|row| looks_like_code(&row.text(self.code_col)))
            .collect();
        let first = lines.first()?.index;
        let sources = lines
            .iter()
            .filter_map(|row| r.element(&row.text(self.code_col)));
        let source = self
            .context
            .source
            .or_else(|| majority(sources.map(|e| r.elements[e].source)))?;
        let scale = lines
            .iter()
            .find_map(|row| r.element(&row.text(self.code_col)))
            .map(|e| &r.scales[r.elements[e].scale])?;
        let meanings = self.meanings(first, scale);
        self.leftovers(first);
        let answers = self.answers(&lines, &meanings);
        let labels = self.labels(first);
        let get = |names: &[&str]| names.iter().find_map(|n| labels.get(*n)).cloned();
        let visit = get(&["visite", "numero de visite", "n° de visite"]).map(|l| l.text);
        if visit.is_none() && source == SourceCode::Obs {
            let message =
                "la grille ne dit pas de quelle visite elle vient : lue comme la visite 1.";
            self.report(Code::VisitAssumed, first, self.code_col, message.to_owned());
        }
        let observer = get(&["observateur", "observatrice", "observe par"]).map(|l| l.text);
        let date = get(&["date", "date de la visite", "date de visite"]);
        Some(Record {
            source,
            structure: get(&[
                "structure",
                "accueil",
                "centre",
                "site",
                "nom de la structure",
            ]),
            visit: visit.unwrap_or_else(|| "1".to_owned()),
            observer: observer.unwrap_or_default(),
            respondent: format!("ligne {first}"),
            date: date.map(|l| self.date(&l)).unwrap_or_default(),
            sheet: self.sheet.name.clone(),
            at: CellRef::new(first, self.code_col),
            answers,
        })
    }

    /// Whether a text is a modality of the élément's scale.
    fn is_modality(&self, element: &str, text: &str) -> bool {
        let r = self.context.referentiel;
        let scale = r.element(element).map(|e| &r.scales[r.elements[e].scale]);
        scale.is_some_and(|s| s.find(text).is_some())
    }

    fn date(&mut self, written: &Located) -> String {
        iso_date(&written.text).unwrap_or_else(|| {
            let message = format!("« {} » n’est pas une date.", written.text);
            self.report(
                Code::DateUnreadable,
                written.cell.row,
                written.cell.col,
                message,
            );
            String::new()
        })
    }

    /// « Structure : ALSH Les Marais » in one cell, or the label then its value to the right.
    fn labels(&self, before: u32) -> HashMap<String, Located> {
        let mut labels = HashMap::new();
        for row in self.sheet.rows.iter().take_while(|r| r.index < before) {
            for (i, cell) in row.cells.iter().enumerate() {
                let text = cell.value.text();
                let (label, value) = text.split_once(':').unwrap_or((&text, ""));
                let next = row.cells.get(i + 1);
                let (value, col) = match (value.trim(), next) {
                    ("", Some(next)) => (next.value.text(), next.col),
                    ("", None) => continue,
                    (value, _) => (value.to_owned(), cell.col),
                };
                let located = Located {
                    text: value,
                    cell: CellRef::new(row.index, col),
                };
                labels
                    .entry(fold(label).trim().to_owned())
                    .or_insert(located);
            }
        }
        labels
    }

    /// Meaning of each column, from the up to three header rows above the first line.
    fn meanings(&self, first: u32, scale: &Scale) -> Vec<(u32, Meaning)> {
        let last_col = self
            .sheet
            .rows
            .iter()
            .flat_map(|r| &r.cells)
            .map(|c| c.col)
            .max()
            .unwrap_or(0);
        let mut meanings = Vec::new();
        for col in (0..=last_col).filter(|c| *c != self.code_col) {
            let heading = (1..=3)
                .filter_map(|up| first.checked_sub(up))
                .map(|row| self.sheet.merged_text(row, col));
            if let Some(meaning) = heading
                .filter(|h| !h.is_empty())
                .find_map(|h| meaning(&h, scale))
            {
                meanings.push((col, meaning));
            }
        }
        meanings
    }

    fn answers(&mut self, lines: &[&Row], meanings: &[(u32, Meaning)]) -> Vec<Answer> {
        let (mut answers, mut seen) = (Vec::new(), HashMap::new());
        for row in lines {
            let element = row.text(self.code_col);
            if let Some(first) = seen.insert(fold(&element), row.index) {
                let message = format!("« {element} » est déjà noté ligne {}.", first + 1);
                self.report(Code::ElementTwice, row.index, self.code_col, message);
                continue;
            }
            let comment = meanings.iter().find(|(_, m)| matches!(m, Meaning::Comment));
            let comment = comment.map(|(col, _)| row.text(*col)).unwrap_or_default();
            let (raw, col) = self.rating(row, meanings, &element);
            answers.push(Answer {
                element,
                raw,
                comment,
                cell: CellRef::new(row.index, col),
            });
        }
        answers
    }

    /// The rating of a line: what is written under « Note », or the column that is ticked.
    fn rating(&mut self, row: &Row, meanings: &[(u32, Meaning)], element: &str) -> (String, u32) {
        let mut found: Option<(String, u32)> = None;
        for (col, meaning) in meanings {
            let written = row.text(*col);
            if written.is_empty() {
                continue;
            }
            let raw = match meaning {
                Meaning::Comment => continue,
                Meaning::Rating => status(&written).unwrap_or(written),
                Meaning::Tick(code) if is_tick(&written) || fold(&written) == fold(code) => {
                    code.clone()
                }
                Meaning::Tick(code) if self.is_modality(element, &written) => {
                    let message = format!(
                        "« {element} » : « {written} » est écrit dans la colonne « {code} », où une croix est attendue."
                    );
                    self.report(Code::ValueOutOfScale, row.index, *col, message);
                    continue;
                }
                // Something else than a cross: let the scale judge what is written.
                Meaning::Tick(_) => written,
            };
            match &found {
                None => found = Some((raw, *col)),
                Some((first, _)) => {
                    let message = format!(
                        "« {element} » : deux réponses sur la ligne (« {first} » et « {raw} »)."
                    );
                    self.report(Code::SeveralTicks, row.index, *col, message);
                }
            }
        }
        found.unwrap_or((String::new(), self.code_col))
    }

    /// Totals and legends under the grid are left out, and said so.
    fn leftovers(&mut self, first: u32) {
        let below: Vec<(u32, u32, String)> = self
            .sheet
            .rows
            .iter()
            .filter(|r| r.index > first && !looks_like_code(&r.text(self.code_col)))
            .filter_map(|r| r.cells.first().map(|c| (r.index, c.col, c.value.text())))
            .collect();
        for (row, col, text) in below {
            let shown: String = text.chars().take(40).collect();
            self.report(
                Code::LineIgnored,
                row,
                col,
                format!("ligne « {shown} » ignorée : elle ne porte aucun code."),
            );
        }
    }
}

fn majority(sources: impl Iterator<Item = SourceCode>) -> Option<SourceCode> {
    let mut counts = [0_usize; 8];
    sources.for_each(|s| counts[s as usize] += 1);
    let best = (0..8).max_by_key(|&i| (counts[i], std::cmp::Reverse(i)))?;
    (counts[best] > 0).then_some(SourceCode::ALL[best])
}

/// « N.O. », « non observé » → NO; « non concerné » → NC; « ne sait pas » → NSP.
fn status(text: &str) -> Option<String> {
    let code = match fold(text).as_str() {
        "nc" | "n.c." | "n.c" | "non concerne" | "sans objet" => "NC",
        "no" | "n.o." | "n.o" | "non observe" => "NO",
        "nsp" | "ne sait pas" => "NSP",
        _ => return None,
    };
    Some(code.to_owned())
}

fn is_tick(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "x" | "✓" | "✔" | "✗" | "✕" | "1" | "oui" | "o"
    )
}

fn meaning(heading: &str, scale: &Scale) -> Option<Meaning> {
    let folded = fold(heading);
    if let Some(position) = scale.find(heading) {
        return Some(Meaning::Tick(scale.modalities[position].code.clone()));
    }
    if let Some(code) = status(heading) {
        return Some(Meaning::Tick(code));
    }
    let starts = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    if starts(&["commentaire", "observation", "remarque", "preuve", "motif"]) {
        Some(Meaning::Comment)
    } else if starts(&["note", "niveau", "cotation", "score", "reponse"]) {
        Some(Meaning::Rating)
    } else {
        None
    }
}
