//! Grids made by hand: titles above, merged headings, crosses under one of several columns, totals
//! below, one sheet per structure. Lines are found by élément code, by wording, or by a
//! correspondence that a person confirmed.
//!
//! | question | file |
//! |---|---|
//! | is a sheet a hand-made grid; one record of it; whose grid (by most of its lines), a visit assumed? | this file |
//! | which lines (of the first 400) ask which élément: code, wording, correspondence; a grid unknown | `lines` |
//! | what one line answers: two columns ticked on it, an élément noted twice, a mark where a cross goes | `line_answers` |
//! | what the words of one heading mean: « Note », « commentaire », another year | `meanings`; « N.O. » and the like: `referentiel::absence` |
//! | what each column means: two columns « Note », headings against crosses, foreign words | `column_meanings` |
//! | columns of crosses that no heading explains: are they a scale, and which way round? | `ticked_columns` |
//! | columns that word or number the lines (« critère », « n° »), read for nothing | `wording_columns` |
//! | structure, date, observer above the lines; a sheet named « Feuil1 » | `identity` |
//! | a legend that goes the other way than the scale | `legend` |
//! | a grid without any note: blank, or its column is unknown | `blank_grid` |
//! | what is noticed on the way; the rectangle of answers; headings claimed | `grid_reading` |

mod blank_grid;
mod column_meanings;
mod grid_reading;
mod identity;
mod legend;
mod line_answers;
mod lines;
mod meanings;
mod ticked_columns;
mod wording_columns;

use blank_grid::BlankGrid;
use grid_reading::GridReading;
use lines::{GridLine, GridLines, HAND_MADE, RatedRow};
use meanings::Meaning;

use super::cell_fate::{Fate, ReadCells};
use crate::base::diagnostics::{CellRef, Checked, Code};
use crate::base::sheets::Workbook;
use crate::base::text::{count, decimals};
use crate::intake::sources::answers::{Answers, Record};
use crate::intake::sources::correspondence::IGNORED;
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::SourceCode;

/// A grid that nobody's software wrote.
pub(super) struct HandMadeGrid;

impl Source for HandMadeGrid {
    fn name(&self) -> &'static str {
        HAND_MADE
    }

    fn label(&self) -> &'static str {
        "grille faite à la main"
    }

    /// At least three lines that ask an élément, one under the other.
    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let visible = book.sheets.iter().filter(|s| !s.hidden);
        let grids = visible.filter_map(|s| GridLines::of(s, context));
        let mut most = None;
        for lines in grids {
            most = most.max(Some(lines.known()));
            if most >= Some(3) {
                break;
            }
        }
        match most {
            Some(3..) => Confidence::Likely,
            Some(_) => Confidence::Possible,
            None => Confidence::None,
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        let mut blank = Vec::new();
        for sheet in book.sheets.iter().filter(|s| !s.hidden) {
            let Some(lines) = GridLines::of(sheet, context) else {
                continue;
            };
            let mut reading = GridReading {
                book,
                sheet,
                context,
                lines,
                proposal: None,
                diagnostics: Vec::new(),
                rated_columns: Vec::new(),
            };
            let record = reading.record();
            all.value.lines += reading.lines.rated.len();
            let noted = |r: &Record| r.answers.iter().any(|a| !a.raw.is_empty());
            match record {
                Some(record) if !noted(&record) => blank.extend(reading.blank()),
                record => all.value.records.extend(record),
            }
            // Where nobody knows what lines ask, there is nothing to say of columns yet.
            if reading.lines.known() > 0 {
                all.value.blocks.push(reading.block());
            }
            all.value.proposal = all.value.proposal.take().or(reading.proposal.take());
            all.diagnostics.append(&mut reading.diagnostics);
        }
        // A sheet that waits for its visit, beside others that were filled, keeps nobody out.
        let others = !all.value.records.is_empty();
        let said = blank.into_iter().map(|b: BlankGrid| b.said(others));
        all.diagnostics.extend(said);
        all
    }
}

impl GridReading<'_> {
    /// A line that was rated is left out by a person alone: it is never proposed as left out already.
    fn await_rated_lines(&mut self) {
        let bears = |line: &RatedRow| {
            let row = self.sheet.row(line.row);
            let rated = |col: &u32| row.is_some_and(|row| !row.text(*col).is_empty());
            self.rated_columns.iter().any(rated)
        };
        let rated = self.lines.rated.iter().filter(|line| bears(line));
        let titles: Vec<String> = rated
            .map(|line| self.sheet.text(line.row, self.lines.col))
            .collect();
        let columns = self.proposal.iter_mut().flat_map(|p| &mut p.columns);
        for column in columns.filter(|column| column.target == IGNORED) {
            column.confirmed &= !titles.contains(&column.heading);
        }
    }

    fn record(&mut self) -> Option<Record> {
        self.proposal = self.lines.proposal(self.sheet, self.context);
        let asked = self.asked();
        let r = self.context.referentiel;
        let known: Vec<usize> = asked
            .iter()
            .filter_map(|(_, code)| r.element(code))
            .collect();
        let source = self
            .context
            .source
            .or_else(|| majority(known.iter().map(|e| r.elements[*e].source)));
        let scale = match known.first() {
            Some(e) => &r.scales[r.elements[*e].scale],
            None => r.scales.first()?,
        };
        let meanings = self.meanings(scale);
        let rated = meanings.iter().filter(|m| m.1 != Meaning::Comment);
        self.rated_columns = rated.map(|m| m.0).collect();
        self.await_rated_lines();
        self.foreign_words(&meanings, scale);
        self.legend(scale, &meanings);
        if known.is_empty() && !self.lines.coded {
            let n = self.lines.rated.len();
            let message = format!(
                "{} le code ni la formulation d’aucun élément du référentiel {}.",
                count(n, "ligne notée ne porte", "lignes notées ne portent"),
                r.version
            );
            self.report(Code::LineIgnored, self.lines.first, self.lines.col, message);
            return None;
        }
        let first = self.lines.first;
        self.claim_lines();
        self.claim_wordings(&meanings);
        let answers = self.answers(&asked, &meanings);
        let labels = self.labels(first);
        let sheet = self.sheet;
        let get = |names: &[&str]| {
            let said = names.iter().find_map(|n| labels.get(*n))?;
            for cell in [said.label, said.value.cell] {
                sheet
                    .row(cell.row)
                    .into_iter()
                    .for_each(|r| r.claim(cell.col, Fate::Identity));
            }
            Some(said.value.clone())
        };
        let visit = self.visit(&labels);
        if visit.is_none() && source == Some(SourceCode::Obs) {
            let message =
                "la grille ne dit pas de quelle visite elle vient : lue comme la visite 1.";
            self.report(
                Code::VisitAssumed,
                first,
                self.lines.col,
                message.to_owned(),
            );
        }
        let observer = get(&[
            "observateur",
            "observatrice",
            "observateurs",
            "observe par",
            "obs",
            "obs.",
            "visite faite par",
        ]);
        let observer = observer.map(|l| l.text);
        let date = get(&["date", "date de la visite", "date de visite", "le"]);
        let structure = get(&[
            "structure",
            "accueil",
            "centre",
            "site",
            "nom de la structure",
        ]);
        Some(Record {
            source: source?,
            also: None,
            structure: structure.or_else(|| self.sheet_place()),
            visit: visit.unwrap_or_else(|| "1".to_owned()),
            observer: observer.unwrap_or_default(),
            respondent: format!("ligne {first}"),
            date: date.map(|l| self.date(&l)).unwrap_or_default(),
            sheet: self.sheet.name.clone(),
            at: CellRef::new(first, self.lines.col),
            answers,
        })
    }

    /// Lines that ask an élément; near ones are reported, and wait.
    fn asked(&mut self) -> Vec<(u32, String)> {
        let (mut asked, mut near) = (Vec::new(), Vec::new());
        for line in &self.lines.rated {
            match &line.asks {
                GridLine::Element(code) => asked.push((line.row, code.clone())),
                GridLine::Near(code, score) => near.push((line.row, code.clone(), score.0)),
                GridLine::Unknown => {}
            }
        }
        for (row, code, score) in near {
            let r = self.context.referentiel;
            let label = r
                .element(&code)
                .map_or("", |e| r.elements[e].label.as_str());
            let shown: String = self
                .sheet
                .text(row, self.lines.col)
                .chars()
                .take(60)
                .collect();
            let message = format!(
                "« {shown} » ressemble à {code} « {label} » (proximité {}).",
                decimals(score, 2)
            );
            self.report(Code::LabelToConfirm, row, self.lines.col, message);
        }
        asked
    }
}

fn majority(sources: impl Iterator<Item = SourceCode>) -> Option<SourceCode> {
    let mut counts = [0_usize; 8];
    sources.for_each(|s| counts[s as usize] += 1);
    let best = (0..8).max_by_key(|&i| (counts[i], std::cmp::Reverse(i)))?;
    (counts[best] > 0).then_some(SourceCode::ALL[best])
}
