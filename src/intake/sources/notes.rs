//! Notes of interviews, remarks of teams, practices and consents heard of beside the grids: one line
//! per person met, per remark or per practice, as CSV or as sheets of a workbook. They are words, never
//! figures: nothing is computed from them but counts. A line of a team’s answer may also date a correction
//! (`dated_corrections`), which is no word.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::cell_fate::{Fate, ReadCells};
use super::correspondence::shape;
use super::dated_corrections::{CORRECTION, CellOf, CorrectionLine, PUT_RIGHT};
use super::element_codes::element_code;
use super::heading::without_precision;
use super::labels::Labels;
use super::personal::is_personal_heading;
use super::practices::{consent, is_consent, remarkable};
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic};
use crate::base::sheets::own_form_layout::RETURNS_MARK;
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::base::text::{fold, hex, iso_date, suggest};
use crate::intake::sources::answers::{Answer, AnswerArea, Answers, Located, Record};
use crate::intake::sources::source::{Confidence, Context, Source};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Interviews (`entretiens`), remarks (`remarques`, phase contradictoire), practices and consents to
/// share them (`pratiques`).
pub struct Notes;

/// What a table holds: the first word of its lines' ids.
pub const INTERVIEW: &str = "entretien";
/// See [`INTERVIEW`].
pub const REMARK: &str = "remarque";
/// See [`INTERVIEW`].
pub const PRACTICE: &str = "pratique";

/// Whether the id of a line is that of a note, which holds words and no measure.
pub fn is_note(id: &str) -> bool {
    [INTERVIEW, REMARK, PRACTICE]
        .iter()
        .any(|kind| id.starts_with(kind))
}

/// Columns kept, under their own name, and the headings that announce them.
const COLUMNS: [(&str, &[&str]); 12] = [
    (
        "structure",
        &["structure", "code structure", "accueil", "site"],
    ),
    ("date", &["date", "date de l entretien"]),
    ("qui", &["qui", "fonction", "qualite", "role"]),
    ("critere", &["critere", "code critere", "criteres"]),
    ("themes", &["themes", "theme"]),
    (
        "propos",
        &["propos", "note", "notes", "compte rendu", "verbatim"],
    ),
    (
        "remarque",
        &["remarque", "remarques", "remarque de l equipe"],
    ),
    (
        "pratique",
        &[
            "pratique",
            "pratiques",
            "pratique remarquable",
            "description de la pratique",
        ],
    ),
    (WORDING, &["ce qui est demande"]),
    ("element", &["element", "code element", "elements"]),
    (
        PUT_RIGHT,
        &["corrige le", "corrigee le", "date de correction"],
    ),
    (
        "preuve",
        &["preuve", "preuve de la correction", "ce qui le montre"],
    ),
];

/// What is asked, beside its code: read by nobody.
const WORDING: &str = "ce qui est demande";

/// Names of those columns, for who misspelt one.
const EXPECTED: &[&str] = &[
    "structure",
    "date",
    "qui",
    "critere",
    "themes",
    "propos",
    "remarque",
    "pratique",
    "accord",
    "element",
    PUT_RIGHT,
    "preuve",
];

/// What a cell merged down a column says of each of its lines; words are said once.
const HELD: &[&str] = &["structure", "date", "qui", "critere", PUT_RIGHT, "preuve"];

/// Position of each known column, by name.
struct NotesLayout {
    kind: &'static str,
    columns: Vec<(u32, &'static str)>,
}

fn layout(sheet: &Sheet) -> Option<NotesLayout> {
    let header = sheet.rows.first()?;
    let columns: Vec<(u32, &'static str)> = header
        .cells
        .iter()
        .filter_map(|cell| {
            let heading = fold(&cell.value.text());
            if is_consent(&heading) {
                return Some((cell.col, "accord"));
            }
            let known = COLUMNS
                .iter()
                .find(|(_, all)| all.contains(&without_precision(&heading)));
            known.map(|(name, _)| (cell.col, *name))
        })
        .collect();
    let has = |name: &str| columns.iter().any(|(_, n)| *n == name);
    let kind = match () {
        () if !has("structure") => return None,
        () if has("propos") && (has("themes") || has("qui")) => INTERVIEW,
        () if has("element") && has(PUT_RIGHT) => CORRECTION,
        () if has("remarque") => REMARK,
        () if has("pratique") || has("accord") => PRACTICE,
        () => return None,
    };
    Some(NotesLayout { kind, columns })
}

/// Whether a table holds notes and nothing else: a questionnaire, too, may have a column of
/// remarks, and its answers would be lost.
fn is_only_notes(sheet: &Sheet, layout: &NotesLayout, context: &Context) -> bool {
    let header = sheet.rows.first().into_iter().flat_map(|h| &h.cells);
    let headings: Vec<String> = header.map(|c| c.value.text()).collect();
    let labels = Labels::new(context.referentiel, context.source);
    let asks =
        |h: &String| element_code(h, context.referentiel).is_some() || labels.exact(h).is_some();
    let known: BTreeSet<&str> = layout.columns.iter().map(|(_, name)| *name).collect();
    !headings.iter().any(asks) && headings.len() <= 2 * known.len()
}

impl Source for Notes {
    fn name(&self) -> &'static str {
        "notes"
    }

    fn label(&self) -> &'static str {
        "entretiens, remarques et pratiques"
    }

    fn recognises(&self, book: &Workbook, context: &Context) -> Confidence {
        let mut of_notes = book.sheets.iter().filter_map(|s| Some((s, layout(s)?)));
        if of_notes.any(|(sheet, layout)| is_only_notes(sheet, &layout, context)) {
            Confidence::Certain
        } else {
            Confidence::None
        }
    }

    fn read(&self, book: &Workbook, context: &Context) -> Checked<Answers> {
        let mut all = Checked::<Answers>::default();
        for sheet in &book.sheets {
            let Some(layout) = layout(sheet) else {
                if sheet.text(0, 0) == RETURNS_MARK {
                    sheet
                        .rows
                        .iter()
                        .for_each(|row| row.claim_rest(Fate::FormPage));
                }
                continue;
            };
            let header = sheet.rows.first();
            all.value.blocks.extend(block(sheet, &layout));
            for cell in header.into_iter().flat_map(|h| &h.cells) {
                let heading = cell.value.text();
                let kept = layout.columns.iter().any(|(col, _)| *col == cell.col);
                cell.leave(Fate::Identity as u8);
                if !kept && is_personal_heading(&heading) {
                    let below = sheet.rows.iter().skip(1);
                    below.for_each(|row| row.claim(cell.col, Fate::Personal));
                    let at = book.at(sheet, CellRef::new(0, cell.col));
                    let message =
                        format!("colonne « {heading} » écartée : elle peut désigner une personne.");
                    all.diagnostics
                        .push(Diagnostic::new(Code::PersonalColumn, at, message));
                }
            }
            for row in sheet.rows.iter().skip(1) {
                let reading = NoteLine {
                    book,
                    sheet,
                    layout: &layout,
                    row,
                    context,
                };
                let records = reading.records(&mut all.diagnostics);
                all.value.records.extend(records);
            }
        }
        all
    }
}

/// Where the notes stand.
fn block(sheet: &Sheet, layout: &NotesLayout) -> Option<AnswerArea> {
    let header = sheet.rows.first()?;
    let texts: Vec<String> = header.cells.iter().map(|c| c.value.text()).collect();
    let cols = || layout.columns.iter().map(|c| c.0);
    let titled = header.cells.iter().map(|c| c.col).max();
    Some(AnswerArea {
        answer_columns: Vec::new(),
        names: Vec::new(),
        sheet: sheet.name.clone(),
        headings: Some(header.index),
        first_row: header.index + 1,
        first_col: cols().min()?,
        last_col: cols().max().max(titled)?,
        shape: shape(texts.iter().map(String::as_str)),
        expected: EXPECTED,
    })
}

/// One line being read.
struct NoteLine<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    layout: &'a NotesLayout,
    row: &'a Row,
    context: &'a Context<'a>,
}

impl NoteLine<'_> {
    fn cell(&self, name: &str) -> Option<(CellRef, String)> {
        let col = self.layout.columns.iter().find(|(_, n)| *n == name)?.0;
        let own = self.row.read(col, Fate::Answer);
        let text = if own.is_empty() && HELD.contains(&name) {
            self.sheet.column_text(self.row.index, col)
        } else {
            own
        };
        (!text.is_empty()).then_some((CellRef::new(self.row.index, col), text))
    }

    fn text(&self, name: &str) -> String {
        self.cell(name).map(|c| c.1).unwrap_or_default()
    }

    /// A note; of what a team answers, a correction, a remark, or both.
    fn records(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Record> {
        let kind = self.layout.kind;
        let words = match kind {
            INTERVIEW => self.text("propos") + &self.text("themes"),
            PRACTICE => ["critere", "pratique", "accord"]
                .map(|c| self.text(c))
                .concat(),
            CORRECTION => [PUT_RIGHT, "preuve", "remarque"]
                .map(|c| self.text(c))
                .concat(),
            _ => self.text("remarque"),
        };
        let fate = if words.is_empty() {
            Fate::BlankResponse
        } else {
            Fate::Answer
        };
        for (col, name) in &self.layout.columns {
            let own = if *name == WORDING {
                Fate::Wording
            } else {
                fate
            };
            self.row.claim(*col, own);
        }
        if words.is_empty() {
            return Vec::new();
        }
        if kind != CORRECTION {
            return vec![self.note(kind, &words, diagnostics)];
        }
        let correction = CorrectionLine {
            book: self.book,
            sheet: self.sheet,
            context: self.context,
            cell: &|name| self.cell(name),
            at: CellRef::new(self.row.index, 0),
        };
        let corrected = correction.read(diagnostics);
        let remark = self.text("remarque");
        let remark = (!remark.is_empty()).then(|| self.note(REMARK, &remark, diagnostics));
        corrected.into_iter().chain(remark).collect()
    }

    fn note(&self, kind: &str, words: &str, diagnostics: &mut Vec<Diagnostic>) -> Record {
        if let Some((at, code)) = self.cell("critere").filter(|_| kind != PRACTICE) {
            let r = self.context.referentiel;
            check_critere(self.book, self.sheet, at, &code, r, diagnostics);
        }
        let date = self.cell("date").and_then(|(at, written)| {
            let date = iso_date(&written);
            if date.is_none() {
                let message = format!("« {written} » n’est pas une date.");
                let at = self.book.at(self.sheet, at);
                diagnostics.push(Diagnostic::new(Code::DateUnreadable, at, message));
            }
            date
        });
        let cell = |name: &str| self.cell(name);
        let mut answers = if kind == PRACTICE {
            practice(&cell)
        } else {
            words_of(self.layout, &cell)
        };
        if self.layout.kind == CORRECTION {
            answers = self.remark_on(&answers, diagnostics);
        }
        let structure = self.cell("structure");
        Record {
            source: SourceCode::Don,
            also: None,
            structure: structure.map(|(cell, text)| Located { text, cell }),
            // From its content: two files of interviews never collide, the same line twice is one.
            visit: format!(
                "{kind} {}",
                fingerprint(words, &self.text("qui"), date.as_deref())
            ),
            observer: String::new(),
            observer_at: None,
            respondent: String::new(),
            date: date.unwrap_or_default(),
            sheet: self.sheet.name.clone(),
            at: CellRef::new(self.row.index, 0),
            answers,
        }
    }

    /// A remark beside a line of corrections: about the critère of its élément, unless it names one itself.
    fn remark_on(&self, answers: &[Answer], diagnostics: &mut Vec<Diagnostic>) -> Vec<Answer> {
        let r = self.context.referentiel;
        let kept = answers.iter();
        let kept = kept.filter(|a| ["remarque", "critere"].contains(&&*a.element));
        let mut kept: Vec<Answer> = kept.cloned().collect();
        let is_told = kept.iter().any(|a| &*a.element == "critere");
        let Some((cell, written)) = self.cell("element").filter(|_| !is_told) else {
            return kept;
        };
        let found = element_code(&written, r).map(|e| r.elements[e].critere);
        match found.or_else(|| r.critere(&written.to_uppercase())) {
            Some(critere) => kept.push(Answer {
                element: Arc::from("critere"),
                raw: r.criteres[critere].code.clone(),
                written: None,
                comment: String::new(),
                cell,
            }),
            // A line that also dates a correction was told so already.
            None if self.text(PUT_RIGHT).is_empty() && self.text("preuve").is_empty() => {
                check_critere(self.book, self.sheet, cell, &written, r, diagnostics);
            }
            None => {}
        }
        kept
    }
}

/// Every known column of an interview or a remark, as it stands.
fn words_of(layout: &NotesLayout, cell: &CellOf) -> Vec<Answer> {
    let kept = layout.columns.iter().filter(|(_, n)| *n != "structure");
    let answers = kept.filter_map(|(_, name)| {
        let (cell, raw) = cell(name)?;
        Some(Answer {
            element: Arc::from(*name),
            raw,
            written: None,
            comment: String::new(),
            cell,
        })
    });
    answers.collect()
}

/// A practice, the team's consent, or both.
fn practice(cell: &CellOf) -> Vec<Answer> {
    let (about, seen) = (cell("critere"), cell("pratique"));
    let at = about.as_ref().or(seen.as_ref()).map(|c| c.0);
    let words = |found: Option<(CellRef, String)>| found.map(|c| c.1).unwrap_or_default();
    let found = at.map(|at| remarkable(&words(about), &words(seen), at));
    let said = cell("accord").map(|(at, written)| consent(&written, at));
    found.into_iter().chain(said).collect()
}

fn fingerprint(words: &str, who: &str, date: Option<&str>) -> String {
    let all = format!("{words}|{who}|{}", date.unwrap_or(""));
    hex(&Sha256::digest(all.as_bytes())[..6])
}

/// A remark on a critère that does not exist would be printed nowhere.
fn check_critere(
    book: &Workbook,
    sheet: &Sheet,
    at: CellRef,
    code: &str,
    referentiel: &Referentiel,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if referentiel.critere(&code.to_uppercase()).is_some() {
        return;
    }
    let codes = referentiel.criteres.iter().map(|c| c.code.as_str());
    let near = suggest(&code.to_uppercase(), codes);
    let message = format!(
        "« {code} » n’est pas un critère du référentiel.{}",
        near.code_sentence()
    );
    let at = book.at(sheet, at);
    diagnostics.push(Diagnostic::new(Code::ElementUnknown, at, message));
}
