//! The program's own workbooks (OBS, AUT, DIR): identity block, then one line per élément.

use std::collections::HashMap;
use std::sync::Arc;

use super::cell_fate::{Fate, ReadCells, announces_total};
use super::doubtful_day::says_more;
use super::element_codes::contradicted;
use super::grid::{ordinal, takes_back};
use super::labels::Labels;
use super::own_form_columns::{HeadingDoubt, OwnFormColumns, is_headed};
use super::practices::{consent, remarkable, yes_or_no};
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic, Location};
use crate::base::sheets::own_form_layout::{
    CONSENT, HEADINGS, IDENTITY, MARK, REMARKABLE, SECOND_CODER, SHEET_DESCRIPTORS, SHEET_GRID,
    SHEET_README,
};
use crate::base::sheets::{Row, Sheet, Value, Workbook};
use crate::base::text::{fold, iso_date, plain_words};
use crate::intake::sources::answers::{Answer, AnswerArea, Answers, Record};
use crate::intake::sources::shown_title;
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::{Absence, LocalSentence, SourceCode};

/// The form that the program writes.
pub(super) struct OwnWorkbook;

impl Source for OwnWorkbook {
    fn name(&self) -> &'static str {
        "observatoire"
    }

    fn label(&self) -> &'static str {
        "grille fournie"
    }

    fn recognises(&self, book: &Workbook, _: &Context) -> Confidence {
        let marked = book
            .sheet(SHEET_README)
            .is_some_and(|s| s.text(0, 0) == MARK);
        let headed = book.sheet(SHEET_GRID).is_some_and(is_headed);
        if marked || headed {
            Confidence::Certain
        } else {
            Confidence::None
        }
    }

    /// Every sheet that has the headings: a copy of the grid is another visit.
    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        let pages = book.sheets.iter().filter(|s| !s.hidden && !s.unopened);
        let headed = pages.filter(|s| is_headed(s)).collect::<Vec<_>>();
        if headed.is_empty() {
            return refused(match book.sheet(SHEET_GRID) {
                None => sheet_missing(book),
                Some(sheet) => headings_missing(book, sheet),
            });
        }
        for sheet in headed {
            let found = OwnFormColumns::find(sheet, context);
            let mut reading = OwnFormReading {
                book,
                sheet,
                columns: found.columns,
                context,
                labels: None,
                diagnostics: Vec::new(),
            };
            reading.doubts(&found.doubts);
            all.value.blocks.push(reading.block(found.shape));
            let record = reading.record();
            all.value.lines += 1;
            if let Some(record) = &record {
                let r = context.referentiel;
                let own = (0..r.elements.len()).filter(|e| r.elements[*e].source == record.source);
                let scale = r.usual_scale(own);
                all.value
                    .doubts
                    .extend(scale.map(|s| reading.changed(s)).into_iter().flatten());
                all.value.titles.extend(reading.titles());
            }
            all.value.records.extend(record);
            all.diagnostics.append(&mut reading.diagnostics);
        }
        for page in &book.sheets {
            let own = [SHEET_README, SHEET_DESCRIPTORS].contains(&&*page.name);
            if own && !is_headed(page) {
                page.rows
                    .iter()
                    .for_each(|row| row.claim_rest(Fate::FormPage));
            }
        }
        all
    }
}

fn headings_missing(book: &Workbook, sheet: &Sheet) -> Diagnostic {
    let message = format!(
        "les titres de colonnes « {} » manquent.",
        HEADINGS.join(", ")
    );
    Diagnostic::new(Code::ToolUnknown, book.at_sheet(sheet), message).with_remedy(
        "Remettez la ligne des titres telle qu’elle est dans la grille fournie, puis relancez.",
    )
}

fn refused(diagnostic: Diagnostic) -> Checked<Answers> {
    Checked {
        value: Answers::default(),
        diagnostics: vec![diagnostic],
    }
}

fn sheet_missing(book: &Workbook) -> Diagnostic {
    let found: Vec<&str> = book.sheets.iter().map(|s| &*s.name).collect();
    let message = format!(
        "la feuille « {SHEET_GRID} » manque ; feuilles trouvées : {}.",
        found.join(", ")
    );
    Diagnostic::new(Code::SheetMissing, Location::file(&book.file), message)
}

/// A code as the form writes it, whatever the hand that retyped it.
fn same_code(written: &str) -> String {
    let as_made = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    if written.bytes().all(as_made) {
        return written.to_owned();
    }
    fold(written).replace(' ', "-").to_uppercase()
}

/// One sheet of our own form being read.
pub(super) struct OwnFormReading<'a> {
    pub(super) book: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    pub(super) columns: OwnFormColumns,
    pub(super) context: &'a Context<'a>,
    /// Wordings of all éléments, where a line does not bear its own.
    labels: Option<Labels<'a>>,
    diagnostics: Vec<Diagnostic>,
}

impl OwnFormReading<'_> {
    fn report(&mut self, code: Code, cell: CellRef, message: String) {
        self.diagnostics.push(Diagnostic::new(
            code,
            self.book.at(self.sheet, cell),
            message,
        ));
    }

    /// Where the answers stand.
    fn block(&self, shape: String) -> AnswerArea {
        let header = self.columns.header;
        let headings = self.sheet.row(header);
        let last = headings
            .and_then(|row| row.cells.last())
            .map_or(0, |c| c.col);
        AnswerArea {
            answer_columns: Vec::new(),
            names: Vec::new(),
            sheet: self.sheet.name.clone(),
            headings: Some(header),
            first_row: header + 1,
            first_col: 0,
            last_col: last,
            shape,
            expected: &HEADINGS,
        }
    }

    /// Headings that several columns bear: nobody chooses between them.
    fn doubts(&mut self, doubts: &[HeadingDoubt]) {
        for doubt in doubts {
            let at = CellRef::new(self.columns.header, doubt.cols[0]);
            self.report(
                Code::ColumnAmbiguous,
                at,
                doubt.sentence(self.columns.header),
            );
        }
    }

    fn record(&mut self) -> Option<Record> {
        self.own_head();
        self.wordings();
        let instrument = self.identity(IDENTITY[0]);
        let word = instrument.text.split_whitespace().next().unwrap_or("");
        let Ok(source) = word.parse::<SourceCode>() else {
            let message = if word.is_empty() {
                "la case Instrument est vide : écrivez OBS, AUT, DIR…".to_owned()
            } else {
                format!(
                    "« {} » n’est pas un instrument (OBS, AUT, DIR…).",
                    instrument.text
                )
            };
            self.report(Code::ValueOutOfScale, instrument.cell, message);
            return None;
        };
        let mut answers = self.answers(source);
        if answers.iter().all(|a| a.raw.is_empty()) {
            let message = "aucune note dans cette grille.";
            self.diagnostics.push(Diagnostic::new(
                Code::FileWithoutAnswer,
                self.book.at_sheet(self.sheet),
                message,
            ));
        }
        if source == SourceCode::Obs {
            answers.extend(self.practices());
        }
        let (code, name) = (self.identity(IDENTITY[2]), self.identity(IDENTITY[3]));
        // An interview whose form still has the box of an observer: whoever it names led it, and marked it first.
        let observer = self.identity(IDENTITY[6]);
        let who = match source {
            SourceCode::Dir => self.identity(SECOND_CODER),
            _ => observer,
        };
        let mut places = [code, name].into_iter().filter(|l| !l.text.is_empty());
        Some(Record {
            source,
            structure: places.next(),
            also: places.next(),
            visit: ordinal(&self.identity(IDENTITY[4]).text),
            observer_at: Some(who.cell),
            observer: who.text,
            respondent: String::new(),
            date: self.date(),
            sheet: self.sheet.name.clone(),
            at: CellRef::new(0, 0),
            answers,
        })
    }

    /// What the form itself says at its head: the protocol, what answers mean.
    fn own_head(&self) {
        let own = &self.context.referentiel.form_heads;
        let above = self.sheet.rows.iter();
        for row in above.take_while(|r| r.index < self.columns.header) {
            for cell in &row.cells {
                if matches!(&cell.value, Value::Text(text) if own.iter().any(|line| **line == **text))
                {
                    cell.leave(Fate::FormPage as u8);
                }
            }
        }
    }

    fn date(&mut self) -> String {
        let written = self.identity(IDENTITY[5]);
        if written.text.is_empty() {
            return String::new();
        }
        let read = iso_date(&written.text).filter(|_| !says_more(&written.text));
        read.unwrap_or_else(|| {
            self.report(
                Code::DateUnreadable,
                written.cell,
                format!(
                    "« {} » n’est pas une date, ou dit plus qu’un jour.",
                    written.text
                ),
            );
            String::new()
        })
    }

    fn answers(&mut self, source: SourceCode) -> Vec<Answer> {
        let (mut answers, mut seen) = (Vec::new(), HashMap::new());
        let (sheet, header) = (self.sheet, self.columns.header);
        let mut worded = None;
        for row in sheet.rows.iter().filter(|r| r.index > header) {
            // A line whose code was wiped out is known by its words; without them it is nobody's: what it holds
            // is told by the ledger.
            let mut element = row.text(self.columns.code);
            if element.is_empty()
                && let Some(col) = self.columns.label
            {
                let r = self.context.referentiel;
                let labels = worded.get_or_insert_with(|| Labels::new(r, Some(source)));
                let written = row.text(col);
                let sentence = written.lines().next().unwrap_or_default();
                if let Some(e) = labels.exact_line(sentence) {
                    element.clone_from(&r.elements[e].code);
                    row.claim(col, Fate::Wording);
                }
            }
            if element.is_empty() || announces_total(&element) {
                continue;
            }
            row.claim(self.columns.code, Fate::Identity);
            let raw = self.note(row);
            let col = self.columns.rating.unwrap_or(self.columns.code);
            let cell = CellRef::new(row.index, col);
            let comment = self.columns.comment.map(|c| row.read(c, Fate::Answer));
            let comment = comment.unwrap_or_default();
            let comment = sheet.with_comments(comment, row.index, |_| true);
            self.against_note(&element, &raw, &comment, cell);
            self.own_words(row, &element);
            if let Some(first) = seen.insert(same_code(&element), cell) {
                self.report(
                    Code::ElementTwice,
                    cell,
                    format!("« {element} » est déjà noté en {first}."),
                );
                continue;
            }
            answers.push(Answer {
                element: Arc::from(element),
                raw,
                written: None,
                comment,
                cell,
            });
        }
        answers
    }

    /// A remark that takes its note back, or that stands in place of one.
    fn against_note(&mut self, element: &str, raw: &str, comment: &str, cell: CellRef) {
        if comment.is_empty() {
            return;
        }
        let said: String = comment.chars().take(80).collect();
        let year = self.context.days.map(|d| i32::from(d.first.date().year()));
        let is_note = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit());
        // A sentence explains a note; a few words take it back.
        let words = comment.split(|c: char| !c.is_alphanumeric());
        let is_short = words.filter(|w| !w.is_empty()).count() <= 8;
        let in_place =
            raw.is_empty() && (is_note(comment.trim()) || Absence::of(comment).is_some());
        if in_place {
            let message = format!(
                "« {element} » n’a pas de note, et son commentaire dit « {said} » : elle reste sans note."
            );
            self.report(Code::RemarkAgainstNote, cell, message);
        } else if is_note(raw) && is_short && takes_back(comment, year) {
            let message = format!(
                "« {element} » est noté {raw}, et sa remarque dit « {said} » : la note entre telle quelle."
            );
            self.report(Code::RemarkAgainstNote, cell, message);
        }
    }

    /// The words of a line must be those of its code: lines sorted without their codes would be noted as others.
    fn own_words(&mut self, row: &Row, code: &str) {
        let r = self.context.referentiel;
        let own = r.element(&same_code(code)).map(|e| (e, &r.elements[e]));
        let (Some((e, element)), Some(col)) = (own, self.columns.label) else {
            return;
        };
        let Some(Value::Text(written)) = row.get(col) else {
            return;
        };
        // Under the sentence a form says what each level looks like.
        let sentence = written.lines().next().unwrap_or(written);
        if *sentence == *element.label {
            return;
        }
        if let Some(LocalSentence::Reworded { shipped }) = &element.local
            && plain_words(sentence) == plain_words(shipped)
        {
            let message = format!(
                "cette ligne porte la phrase d’avant, « {} » ; dans cette campagne {} demande « {} » : ce n’est plus la même question.",
                shown_title(shipped),
                element.code,
                element.label
            );
            self.report(
                Code::CodeAgainstWords,
                CellRef::new(row.index, col),
                message,
            );
            return;
        }
        let labels = self.labels.get_or_insert_with(|| Labels::new(r, None));
        let message = match labels.of_others(sentence, e) {
            Some(other) => contradicted(&element.code, &r.elements[other]),
            None if labels.denies(sentence, e) => format!(
                "le code {} est à côté de mots qui disent le contraire des siens : « {} ».",
                element.code,
                shown_title(sentence)
            ),
            None => return,
        };
        self.report(
            Code::CodeAgainstWords,
            CellRef::new(row.index, col),
            message,
        );
    }

    /// The note of a line, or that of the merged area that covers its cell.
    fn note(&self, row: &Row) -> String {
        let Some(col) = self.columns.rating else {
            return String::new();
        };
        let own = row.read(col, Fate::Answer);
        if own.is_empty() {
            return self.sheet.column_text(row.index, col);
        }
        own
    }

    /// Lines flagged as remarkable, described by their comment; then what the team answered.
    fn practices(&mut self) -> Vec<Answer> {
        let mut found = Vec::new();
        let (sheet, header) = (self.sheet, self.columns.header);
        for row in sheet.rows.iter().filter(|r| r.index > header) {
            let (code, col) = (row.text(self.columns.code), self.columns.remarkable);
            let Some(col) = col.filter(|_| !code.is_empty()) else {
                continue;
            };
            let (written, cell) = (row.read(col, Fate::Answer), CellRef::new(row.index, col));
            match yes_or_no(&written) {
                Some(false) => {}
                Some(true) => {
                    let described = self.columns.comment.map(|c| row.text(c));
                    found.push(remarkable(&code, &described.unwrap_or_default(), cell));
                }
                None => {
                    let message = format!(
                        "« {written} » dans la colonne {REMARKABLE}, où une croix est attendue."
                    );
                    self.report(Code::SharingUnreadable, cell, message);
                }
            }
        }
        let said = self.identity(CONSENT);
        found.extend((!said.text.is_empty()).then(|| consent(&said.text, said.cell)));
        found
    }
}
