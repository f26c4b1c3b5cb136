//! What nobody claimed, once a file was read: named, each by its rule. A column or a line inside a block
//! of answers keeps the file out until a person says that it does not count; a sheet of which nothing
//! was read is an alert; what stands around the answers is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Cell, Format, Row, Sheet, Workbook};
use crate::base::text::{count, fold, short, suggest};
use crate::intake::sources::cell_fate::{Fate, ReadCells, announces_total};
use crate::intake::sources::correspondence::{Correspondence, IGNORED, MappedColumn};
use crate::intake::sources::{
    ACTIVITY, AnswerArea, Answers, Context, HAND_MADE, asked_lines, asking_row, closed_answers,
    shown_title,
};

/// What became of the cells that no reader claimed.
#[derive(Default)]
pub(super) struct Unread {
    /// What is said of them.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What a person said this time of columns, to be remembered under the shape of their table.
    pub(super) learnt: Vec<Correspondence>,
    /// Columns that a person may say to leave out, by shape.
    pub(super) proposed: Vec<Correspondence>,
    /// What a person is asked before the file enters.
    pub(super) asked: Vec<Diagnostic>,
}

/// Names what is left of a file once its reader is done.
pub(super) fn name_unread(
    book: &Workbook,
    answers: &Answers,
    context: &Context,
    tool: &str,
) -> Unread {
    let mut unread = Unread::default();
    let read = |sheet: &Sheet| claimed(sheet) > 0;
    let anything = book.sheets.iter().any(read);
    for sheet in book.sheets.iter().filter(|s| !s.unopened) {
        let blocks = answers.blocks.iter().filter(|b| *b.sheet == *sheet.name);
        for block in blocks {
            let naming = BlockNaming {
                book,
                sheet,
                block,
                context,
                tool,
            };
            naming.name(&mut unread);
        }
        if read(sheet) {
            unread.diagnostics.extend(comments(book, sheet));
            unread.diagnostics.extend(around(book, sheet));
        } else if anything && !sheet.rows.is_empty() {
            unread.diagnostics.extend(whole(book, sheet));
            unread.asked.extend(answers_left(book, sheet, context));
        }
    }
    for sheet in book.sheets.iter().filter(|s| s.unopened) {
        sheet.rows.iter().for_each(|r| r.claim_rest(Fate::FormPage));
    }
    unread
}

fn claimed(sheet: &Sheet) -> usize {
    let cells = sheet.rows.iter().flat_map(|r| &r.cells);
    cells.filter(|c| c.mark() != Fate::Unread as u8).count()
}

/// A sheet of which nothing was read.
fn whole(book: &Workbook, sheet: &Sheet) -> Option<Diagnostic> {
    let n: usize = sheet.rows.iter().map(|r| r.cells.len()).sum();
    // Tools keep an identifier on a sheet that they hide.
    if sheet.hidden && n <= 2 {
        sheet
            .rows
            .iter()
            .for_each(|r| r.claim_rest(Fate::ToolSheet));
        return None;
    }
    let kind = if sheet.hidden {
        "feuille masquée"
    } else {
        "feuille"
    };
    let message = format!(
        "{kind} non lue : {}, dont rien n’entre.",
        count(n, "cellule remplie", "cellules remplies")
    );
    Some(Diagnostic::new(
        Code::SheetUnread,
        book.at_sheet(sheet),
        message,
    ))
}

/// A sheet that asks the questions of the référentiel, holds lines under them, and was not read beside the
/// one that was: a second survey, the part typed from paper.
fn answers_left(book: &Workbook, sheet: &Sheet, context: &Context) -> Option<Diagnostic> {
    let under = |header: u32| {
        let below = sheet.rows.iter().filter(|r| r.index > header);
        below.filter(|r| r.cells.len() > 1).count()
    };
    let lines = match asking_row(sheet, context) {
        Some(header) => under(header),
        None => asked_lines(sheet, context),
    };
    if lines == 0 {
        return None;
    }
    let message = format!(
        "cette feuille pose les mêmes questions et porte {}, dont rien n’entre.",
        count(lines, "ligne", "lignes")
    );
    Some(Diagnostic::new(
        Code::AnswersLeft,
        book.at_sheet(sheet),
        message,
    ))
}

/// Lines left out that are listed one by one.
const LINES_LISTED: usize = 10;
/// Characters of each that are quoted.
const QUOTED: usize = 24;
/// Cells that stand around the answers, listed at most.
const LISTED: usize = 5;

/// What stands around the answers of a sheet and was not read.
fn around(book: &Workbook, sheet: &Sheet) -> Option<Diagnostic> {
    let rows = sheet.rows.iter();
    let cells = rows.flat_map(|r| r.cells.iter().map(move |c| (r.index, c)));
    let left: Vec<(CellRef, String)> = cells
        .filter(|(_, c)| c.mark() == Fate::Unread as u8)
        .map(|(row, c)| {
            c.leave(Fate::Named as u8);
            (CellRef::new(row, c.col), c.value.text())
        })
        .collect();
    let first = left.first()?.0;
    let quoted = |(at, text): &(CellRef, String)| format!("{at} « {} »", short(text, QUOTED));
    let shown: Vec<String> = left.iter().take(LISTED).map(quoted).collect();
    let more = if left.len() > LISTED { "…" } else { "" };
    let message = format!(
        "hors des réponses, {} : {}{more}.",
        count(left.len(), "cellule non lue", "cellules non lues"),
        shown.join(", ")
    );
    Some(Diagnostic::new(
        Code::ColumnIgnored,
        book.at(sheet, first),
        message,
    ))
}

/// Comments laid on cells that hold no answer.
fn comments(book: &Workbook, sheet: &Sheet) -> Option<Diagnostic> {
    let left: Vec<CellRef> = sheet
        .comments
        .iter()
        .filter(|c| !c.was_read())
        .map(|c| c.at)
        .collect();
    let first = *left.first()?;
    let shown: Vec<String> = left.iter().take(LISTED).map(CellRef::to_string).collect();
    let message = format!(
        "{} : {}.",
        count(
            left.len(),
            "commentaire posé sur une cellule, non lu",
            "commentaires posés sur des cellules, non lus"
        ),
        shown.join(", ")
    );
    let at = book.at(sheet, first);
    Some(Diagnostic::new(Code::ColumnIgnored, at, message))
}

/// A block whose unread cells are named.
struct BlockNaming<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    block: &'a AnswerArea,
    context: &'a Context<'a>,
    tool: &'a str,
}

impl<'a> BlockNaming<'a> {
    fn name(&self, unread: &mut Unread) {
        let (alive, dead): (Vec<&Row>, Vec<&Row>) = self
            .rows()
            .filter(|row| unread_columns(row).next().is_some())
            .partition(|row| row.cells.iter().any(|c| c.mark() != Fate::Unread as u8));
        let answered = self.answer_columns();
        let mut aside = Vec::new();
        for row in dead {
            if self.is_shifted(row) {
                self.shifted(row, unread);
            } else if !self.has_stray_note(row) && is_aside(row, &answered) {
                aside.push(row);
            } else {
                self.line(row, &answered, unread);
            }
        }
        unread.diagnostics.extend(self.left_lines(&aside));
        self.columns(&alive, unread);
    }

    /// Whether a line of a text has more columns than its headings: a delimiter stands in its words.
    fn is_shifted(&self, row: &Row) -> bool {
        let is_text = matches!(self.book.format, Format::Text { .. });
        let headings = self.block.headings.and_then(|r| self.sheet.row(r));
        let last = headings.and_then(|r| r.cells.last()).map(|c| c.col);
        let own = row.cells.last().map(|c| c.col);
        is_text && last.zip(own).is_some_and(|(last, own)| own > last)
    }

    /// Whether a line of a grid that nobody knows bears a note where notes do not stand: words cut by a
    /// delimiter, a note typed one column too far.
    fn has_stray_note(&self, row: &Row) -> bool {
        let is_worded = row
            .cells
            .first()
            .is_some_and(|c| c.value.text().chars().count() > 8);
        let total = row.cells.iter().any(|c| announces_total(&c.value.text()));
        let mut others = row.cells.iter().skip(1).map(|c| c.value.text());
        self.tool == HAND_MADE && is_worded && !total && others.any(|text| self.is_note(&text))
    }

    fn shifted(&self, row: &Row, unread: &mut Unread) {
        let first = row
            .cells
            .first()
            .map(|c| c.value.text())
            .unwrap_or_default();
        row.claim_rest(Fate::Named);
        let message = format!(
            "la ligne « {} » a plus de colonnes que les titres : rien n’y est lu.",
            shown_title(&first)
        );
        let at = self.book.at(self.sheet, CellRef::new(row.index, 0));
        let said = Diagnostic::new(Code::LineNotUnderstood, at, message);
        unread.diagnostics.push(said.with_remedy(
            "Un texte de cette ligne contient sans doute le séparateur des colonnes : mettez-le entre guillemets, ou enregistrez le tableau au format .xlsx.",
        ));
    }

    fn rows(&self) -> impl Iterator<Item = &'a Row> {
        let first = self.block.first_row;
        self.sheet.rows.iter().filter(move |r| r.index >= first)
    }

    fn answer_columns(&self) -> BTreeSet<u32> {
        let cells = self.rows().flat_map(|r| &r.cells);
        let answers = cells.filter(|c| c.mark() == Fate::Answer as u8);
        let columns = self.block.answer_columns.iter().copied();
        answers.map(|c| c.col).chain(columns).collect()
    }

    /// Whether a person said that a column or a line does not count; remembered when said this time.
    fn left_out(&self, title: &str, unread: &mut Unread) -> bool {
        if self.context.is_ignored(&self.block.shape, title) {
            return true;
        }
        if !self.context.leaves_out(title) {
            return false;
        }
        self.note(&mut unread.learnt, title, true);
        true
    }

    /// Adds a column to leave out to the correspondence of this shape.
    fn note(&self, all: &mut Vec<Correspondence>, title: &str, confirmed: bool) {
        let column = MappedColumn::new(title, IGNORED, confirmed);
        let shape = &self.block.shape;
        match all.iter_mut().find(|m| m.shape == *shape) {
            Some(known) if known.columns.contains(&column) => {}
            Some(known) => known.columns.push(column),
            None => all.push(Correspondence {
                tool: self.tool.to_owned(),
                shape: shape.clone(),
                referentiel: String::new(),
                columns: vec![column],
                words: Vec::new(),
                reads: None,
            }),
        }
    }

    /// Titles between lines, totals and legends under them are left out, and said so.
    fn left_lines(&self, left: &[&Row]) -> Vec<Diagnostic> {
        let say = |row: &Row, message: String| {
            let col = row.cells.first().map_or(0, |c| c.col);
            let at = self.book.at(self.sheet, CellRef::new(row.index, col));
            Diagnostic::new(Code::LineIgnored, at, message)
        };
        let mut said: Vec<Diagnostic> = left
            .iter()
            .take(LINES_LISTED)
            .map(|row| {
                let text = row
                    .cells
                    .first()
                    .map(|c| c.value.text())
                    .unwrap_or_default();
                let shown = short(&text, 40);
                let message = format!("ligne « {shown} » ignorée : elle ne porte aucun élément.");
                say(row, message)
            })
            .collect();
        if let Some(next) = left.get(LINES_LISTED) {
            let n = left.len() - LINES_LISTED;
            let more = count(n, "autre ligne ignorée", "autres lignes ignorées");
            said.push(say(next, format!("{more}.")));
        }
        said
    }

    /// A line that bears a note, of which nobody knows what it answers.
    fn line(&self, row: &Row, answered: &BTreeSet<u32>, unread: &mut Unread) {
        let stray = || {
            row.cells
                .get(1)
                .filter(|_| self.has_stray_note(row))
                .map(|c| c.col)
        };
        let Some(col) = answer_of(row, answered).or_else(stray) else {
            return;
        };
        let first = row
            .cells
            .first()
            .map(|c| c.value.text())
            .unwrap_or_default();
        let alone = first == row.text(col);
        let title = if alone {
            format!("ligne {}", row.index + 1)
        } else {
            first
        };
        if self.left_out(&title, unread) {
            return row.claim_rest(Fate::LeftOut);
        }
        row.claim_rest(Fate::Named);
        // A line of a grid may be said to ask an élément, or nothing.
        if self.tool == HAND_MADE && !alone {
            self.note(&mut unread.proposed, &title, false);
        }
        let shown = shown_title(&title);
        let message =
            format!("la ligne « {shown} » porte une réponse, et rien ne dit à quelle question.");
        let at = self.book.at(self.sheet, CellRef::new(row.index, col));
        let said = Diagnostic::new(Code::LineNotUnderstood, at, message);
        unread.diagnostics.push(said.with_remedy(format!(
            "Dites à quel élément elle mène dans la liste à corriger (« importer » avec --liste), ou écrivez-y le code de l’élément ; si elle ne compte pas, relancez avec --ignorer \"{}\", une fois pour toutes.",
            pasted_title(&title)
        )));
    }

    /// Columns inside the block, or right beside it, that hold something on the lines that were read.
    fn columns(&self, alive: &[&Row], unread: &mut Unread) {
        let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for row in alive {
            for col in unread_columns(row) {
                found.entry(col).or_default().push(row.index);
            }
        }
        let (mut first, mut last) = (self.block.first_col, self.block.last_col);
        while first > 0 && found.contains_key(&(first - 1)) {
            first -= 1;
        }
        while found.contains_key(&(last + 1)) {
            last += 1;
        }
        for (col, rows) in found.range(first..=last) {
            let title = self.block.title(self.sheet, *col);
            // What was said of a column that held other things does not hold for notes that stand nowhere else.
            let is_new = !self.context.leaves_out(&title) && self.stands_for_notes(*col, rows);
            let left_out = !is_new && self.left_out(&title, unread);
            let fate = if left_out { Fate::LeftOut } else { Fate::Named };
            let cells = rows.iter().filter_map(|r| self.sheet.row(*r));
            cells.for_each(|row| row.claim(*col, fate));
            let headings = self.block.headings.and_then(|r| self.sheet.row(r));
            if let Some(row) = headings {
                row.claim(*col, fate);
            }
            if !left_out {
                self.note(&mut unread.proposed, &title, false);
                unread.diagnostics.push(self.column(*col, rows, &title));
            }
        }
    }

    fn column(&self, col: u32, rows: &[u32], title: &str) -> Diagnostic {
        let shown = shown_title(title);
        let near = suggest(&fold(title), self.block.expected.iter().copied());
        let message = format!(
            "la colonne « {shown} » porte {} que le programme ne comprend pas{}.",
            count(rows.len(), "cellule remplie", "cellules remplies"),
            near.best_clause_as(" ; le plus proche des titres attendus est")
        );
        let row = self.block.headings.or(rows.first().copied()).unwrap_or(0);
        let at = self.book.at(self.sheet, CellRef::new(row, col));
        let apart = if self.is_closed(col, rows) {
            " Si c’est une question fermée de votre questionnaire, hors du référentiel, choisissez « question » : ses réponses seront montrées telles quelles dans les rapports, sans entrer dans aucun indicateur."
        } else if self.holds_notes(col, rows) {
            " Si ses notes sont celles d’un accueil, d’un observateur ou d’un moment, copiez la feuille autant de fois, n’y gardez qu’une colonne de notes sous le titre « Note », et écrivez au-dessus l’accueil, la date et l’observateur."
        } else {
            ""
        };
        Diagnostic::new(Code::ColumnNotUnderstood, at, message).with_remedy(format!(
            "Si elle ne compte pas, relancez avec --ignorer \"{}\" : c’est retenu pour tous les fichiers de cette forme. Sinon, dites ce qu’elle est dans la liste à corriger (« importer » avec --liste), ou dans grids/correspondances/{}-{}.xlsx.{apart}",
            pasted_title(title),
            self.tool,
            self.block.shape
        ))
    }

    /// Whether a column of a questionnaire that nobody understands holds a few answers that come back.
    fn is_closed(&self, col: u32, rows: &[u32]) -> bool {
        let cells: Vec<String> = (rows.iter().filter_map(|r| self.sheet.row(*r)))
            .map(|row| row.text(col))
            .collect();
        ![HAND_MADE, ACTIVITY].contains(&self.tool)
            && closed_answers(cells.iter().map(String::as_str)).is_some()
    }

    /// Whether a column that nobody understands holds notes and nothing else, in a grid: those of one accueil among
    /// several, of a second observer.
    fn holds_notes(&self, col: u32, rows: &[u32]) -> bool {
        let mut cells = rows.iter().filter_map(|r| self.sheet.row(*r)?.get(col));
        self.tool == HAND_MADE && cells.all(|value| self.is_note(&value.text()))
    }

    /// Whether a column bears notes on lines of a grid that have no other.
    fn stands_for_notes(&self, col: u32, rows: &[u32]) -> bool {
        let has_note = |row: &Row| {
            let mut answers = (row.cells.iter()).filter(|c| c.mark() == Fate::Answer as u8);
            answers.any(|c| self.is_note(&c.value.text()))
        };
        let mut lines = rows.iter().filter_map(|r| self.sheet.row(*r));
        self.tool == HAND_MADE
            && lines.any(|row| {
                let is_noted = row.get(col).is_some_and(|v| self.is_note(&v.text()));
                is_noted && !has_note(row)
            })
    }

    /// Whether a text is the code of an answer of some scale.
    fn is_note(&self, text: &str) -> bool {
        let scales = self.context.referentiel.scales.iter();
        scales.flat_map(|s| &s.modalities).any(|m| m.code == text)
    }
}

/// A whole title on one line, as `--ignorer` takes it: cut short, it could be that of another column.
fn pasted_title(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ")
}

/// Whether a text could be an answer: what is longer is a sentence under the table.
fn is_brief(text: &str) -> bool {
    text.chars().count() <= 12
}

/// The unread columns of a row.
fn unread_columns(row: &Row) -> impl Iterator<Item = u32> {
    let cells = row.cells.iter();
    cells
        .filter(|c| c.mark() == Fate::Unread as u8)
        .map(|c| c.col)
}

/// The column of a line in which an answer could stand.
fn answer_of(row: &Row, answered: &BTreeSet<u32>) -> Option<u32> {
    let in_answers = |c: &&Cell| answered.contains(&c.col) && is_brief(&c.value.text());
    row.cells.iter().find(in_answers).map(|c| c.col)
}

/// Whether a line of which nothing was read is a total, or a title or a legend.
fn is_aside(row: &Row, answered: &BTreeSet<u32>) -> bool {
    let mut texts = row.cells.iter().map(|c| c.value.text());
    let total = texts.any(|text| announces_total(&text));
    let legend = answer_of(row, answered).is_none();
    if total || legend {
        row.claim_rest(if total { Fate::Total } else { Fate::Legend });
    }
    total || legend
}
