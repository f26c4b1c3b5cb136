//! What a table of responses says of the scale of its answers: in the title of a question, above the headings, in
//! a comment, on another sheet; and the answers themselves, where some are no level. Digits of another scale are
//! worth what a person says; words of an answer say it themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::column_reader::ColumnReader;
use super::column_role::ColumnRole;
use super::correspondence::MappedWord;
use super::near_texts::{pieces, said_by_all, without_end};
use super::other_numbers::{is_number, is_of_another_scale};
use super::said_before::{codes_beside, contradicts, is_said_code, other_range};
use super::said_scale::{SaidScale, TextPlace, said_scale};
use super::titles::ColumnTitle;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Sheet, Workbook};
use crate::base::text::{count, fold};
use crate::intake::sources::shown_title;
use crate::vocabulary::referentiel::Scale;

/// Digits, all questions together, from which a scale of which nobody ever chose the best is doubtful.
const MANY: usize = 12;
/// Levels of the shortest scale of which that is asked.
const LONG: usize = 5;

/// What is to be said of the answers of a table.
#[derive(Default)]
pub(super) struct SaidColumns {
    /// Under what the answers of a column are said, where its title is not enough.
    pub(super) questions: BTreeMap<u32, String>,
    /// Words that wait for someone.
    pub(super) words: Vec<MappedWord>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A column of answers.
struct QuestionColumn<'a> {
    title: &'a ColumnTitle,
    element: usize,
    scale: usize,
    /// Its different digits, and how often each stands in it.
    digits: BTreeMap<String, usize>,
    /// Its other codes of which people said the worth: « A », « TB ».
    codes: BTreeSet<String>,
}

/// Something said of answers that does not fit their scale.
struct SaidOfAnswers {
    /// Where, when not in the column's own title.
    at: Option<CellRef>,
    text: String,
    reversed: bool,
}

impl ColumnReader<'_> {
    /// What the table says of the scales of its columns.
    pub(super) fn said_columns(
        &self,
        book: &Workbook,
        titles: &[ColumnTitle],
        roles: &[ColumnRole],
    ) -> SaidColumns {
        let mut said = SaidColumns::default();
        let columns = self.answer_columns(titles, roles);
        let mut scales: BTreeSet<usize> = columns.iter().map(|c| c.scale).collect();
        scales.retain(|s| self.context.referentiel.scales[*s].modalities.len() > 1);
        for rank in scales {
            let scale = &self.context.referentiel.scales[rank];
            let of_scale: Vec<&QuestionColumn> =
                columns.iter().filter(|c| c.scale == rank).collect();
            let around = self.said_around(book, &of_scale, scale);
            let mut others = Vec::new();
            for column in of_scale.iter().copied() {
                match self
                    .said_in_title(column, scale)
                    .or(around.as_ref().map(SaidOfAnswers::again))
                {
                    Some(found) => self.ask(book, column, &found, scale, &mut said),
                    None => others.push(column),
                }
            }
            self.ask_numbers(book, &others, scale, &mut said);
            self.ask_lone_sign(book, &of_scale, &mut said);
        }
        said
    }

    fn answer_columns<'t>(
        &self,
        titles: &'t [ColumnTitle],
        roles: &[ColumnRole],
    ) -> Vec<QuestionColumn<'t>> {
        let r = self.context.referentiel;
        let mut columns = Vec::new();
        for (title, role) in titles.iter().zip(roles) {
            let (ColumnRole::Element(code, _)
            | ColumnRole::Near(code, _)
            | ColumnRole::Part(code, _)) = role
            else {
                continue;
            };
            let Some(element) = r.element(code) else {
                continue;
            };
            let mut digits = BTreeMap::new();
            let mut codes = BTreeSet::new();
            for word in self.column_words(title) {
                let word = word.trim_end_matches(';');
                if is_number(word) {
                    *digits
                        .entry(crate::base::text::whole(word).to_owned())
                        .or_default() += 1;
                } else if self.mapping.is_some_and(|m| is_said_code(word, m)) {
                    codes.insert(word.to_owned());
                }
            }
            columns.push(QuestionColumn {
                title,
                element,
                scale: r.elements[element].scale,
                digits,
                codes,
            });
        }
        columns
    }

    /// What the title of a question says, its élément's own words aside.
    fn said_in_title(&self, column: &QuestionColumn, scale: &Scale) -> Option<SaidOfAnswers> {
        let own = fold(&self.context.referentiel.elements[column.element].label);
        let comments = self.sheet.comments.iter().filter(|c| {
            let heads = c.at.row >= self.frame.header.first && c.at.row <= self.frame.header.last;
            heads && c.at.col == column.title.col
        });
        let comments = comments.map(|c| c.text.as_str());
        for text in column.title.texts().chain(comments) {
            let rest = beside(text, &own);
            let said = said_scale(&rest, TextPlace::Question, scale);
            if let Some(reversed) = is_other(said) {
                return Some(SaidOfAnswers {
                    at: None,
                    text: text.to_owned(),
                    reversed,
                });
            }
        }
        None
    }

    /// What stands above the headings or below the responses, or on a sheet that holds none.
    fn said_around(
        &self,
        book: &Workbook,
        columns: &[&QuestionColumn],
        scale: &Scale,
    ) -> Option<SaidOfAnswers> {
        const FEW: usize = 2;
        let (top, data) = (self.frame.header.first, self.frame.data);
        let is_wide = self
            .sheet
            .row(self.frame.header.last)
            .is_some_and(|r| r.cells.len() > FEW + 1);
        let counts = |row: u32, _: u32| {
            let is_note = || self.sheet.row(row).is_some_and(|r| r.cells.len() <= FEW);
            row < top || row >= data && is_wide && is_note()
        };
        let own = pieces(self.sheet, &counts, &|_| false, None);
        let own = own.into_iter().map(|(at, text)| (Some(at), text));
        let commented = self.sheet.comments.iter().map(|c| (None, c.text.clone()));
        let is_asked = |at: CellRef| {
            let mut asked = columns.iter();
            asked.any(|c| c.title.col == at.col)
        };
        let pages = self.sheet.page_words.iter();
        let pages = pages.filter(|w| w.at.is_none_or(is_asked));
        let pages = pages.map(|w| (None, w.text.clone()));
        let named = [&*self.sheet.name, without_end(&book.file)];
        let named = named.into_iter().map(|name| (None, name.to_owned()));
        let others = book
            .sheets
            .iter()
            .filter(|s| s.name != self.sheet.name && is_short(s));
        let elsewhere = others.flat_map(|s| pieces(s, &|_, _| true, &|_| false, None));
        let elsewhere = elsewhere.map(|(_, text)| (None, text));
        let all: Vec<(Option<CellRef>, String)> = (own.chain(commented).chain(pages).chain(named))
            .chain(elsewhere)
            .collect();
        let found = |at: Option<CellRef>, text: String, reversed: bool| SaidOfAnswers {
            at: at.or(Some(CellRef::new(0, 0))),
            text,
            reversed,
        };
        for (at, text) in &all {
            if let Some(reversed) = is_other(said_scale(text, TextPlace::Around, scale)) {
                return Some(found(*at, text.clone(), reversed));
            }
        }
        if let Some(kept) = self.mapping {
            let others = book.sheets.iter().filter(|s| s.name != self.sheet.name);
            let beside = others.filter(|s| is_short(s)).flat_map(codes_beside);
            let texts = all.iter().cloned();
            let mut texts = texts.chain(beside.map(|text| (None, text)));
            if let Some((at, text)) = texts.find(|(_, text)| contradicts(text, kept, scale)) {
                return Some(found(at, text, false));
            }
        }
        let texts: Vec<&str> = all.iter().map(|(_, text)| text.as_str()).collect();
        let (first, text, reversed) = said_by_all(&texts, scale)?;
        Some(found(all[first].0, text, reversed))
    }

    /// Digits of a column whose scale is said to be another.
    fn ask(
        &self,
        book: &Workbook,
        column: &QuestionColumn,
        found: &SaidOfAnswers,
        scale: &Scale,
        said: &mut SaidColumns,
    ) {
        let title = column.title.name().unwrap_or_default();
        let question = match found.at {
            Some(_) => found.text.as_str(),
            None => title,
        };
        said.questions.insert(column.title.col, question.to_owned());
        let open: Vec<&String> = (column.digits.keys().chain(&column.codes))
            .filter(|w| !self.mapping.is_some_and(|m| m.says(question, w)))
            .collect();
        if open.is_empty() {
            return;
        }
        let at = found
            .at
            .unwrap_or(CellRef::new(self.frame.header.last, column.title.col));
        let at = book.at(self.sheet, at);
        let shown = shown_title(&found.text);
        let lowest = scale.modalities.first().map_or("", |m| m.code.as_str());
        let message = if found.reversed {
            format!(
                "« {shown} » : ici les réponses vont dans l’autre sens que l’échelle, où « {lowest} » est la plus basse."
            )
        } else {
            format!(
                "« {shown} » : ces réponses ne semblent pas suivre l’échelle du référentiel ({}).",
                codes(scale)
            )
        };
        if !said.diagnostics.iter().any(|d| d.message == message) {
            said.diagnostics
                .push(Diagnostic::new(Code::ScaleToSay, at, message));
        }
        for word in open {
            let opposite = scale.opposite(word).filter(|_| found.reversed);
            let awaited = MappedWord {
                worth: opposite.unwrap_or_default().to_owned(),
                ..MappedWord::awaited(question, word.clone())
            };
            if !said.words.contains(&awaited) {
                said.words.push(awaited);
            }
        }
    }

    /// Digits beyond a scale, or of which nobody ever chose the best: what its other digits are worth is a
    /// question, too.
    fn ask_numbers(
        &self,
        book: &Workbook,
        columns: &[&QuestionColumn],
        scale: &Scale,
        said: &mut SaidColumns,
    ) {
        let mut digits: BTreeMap<&String, usize> = BTreeMap::new();
        for (word, times) in columns.iter().flat_map(|c| &c.digits) {
            *digits.entry(word).or_default() += times;
        }
        if self.ask_again(book, columns, &digits, scale, said) {
            return;
        }
        let beyond: Vec<&String> = (digits.keys().copied())
            .filter(|w| is_of_another_scale(w, scale))
            .collect();
        let times: usize = beyond.iter().map(|w| digits[*w]).sum();
        let all: usize = digits.values().sum();
        let best = scale.modalities.last().map(|m| m.code.as_str());
        // Of four levels, none of the best two among a few, or not one best among many.
        let is_low = |w: &&String| {
            let at = scale.modalities.iter().position(|m| m.code == ***w);
            at.is_some_and(|at| at * 2 < scale.modalities.len())
        };
        let many = match scale.modalities.len() {
            n if n >= LONG => MANY,
            4 if digits.len() > 1 && digits.keys().all(is_low) => 4 * MANY,
            4 => 8 * MANY,
            _ => usize::MAX,
        };
        let is_unreached = all >= many && !digits.keys().any(|w| Some(w.as_str()) == best);
        let Some(first) = columns.first() else { return };
        if times < self.least() && !is_unreached {
            return;
        }
        let unsaid = |column: &&&QuestionColumn, word: &String| {
            let question = column.title.name().unwrap_or_default();
            column.digits.contains_key(word)
                && self
                    .mapping
                    .is_none_or(|m| m.worth_in(question, word, &scale.code).is_none())
        };
        let open: Vec<&String> = (digits.keys().copied())
            .filter(|w| columns.iter().any(|c| unsaid(&c, w)))
            .collect();
        if open.is_empty() {
            return;
        }
        let message = if beyond.is_empty() {
            format!(
                "{} en chiffres sur une échelle qui va jusqu’à {}, et pas une seule de {} : dites ce que vaut chaque chiffre.",
                count(all, "réponse", "réponses"),
                best.unwrap_or_default(),
                best.unwrap_or_default()
            )
        } else {
            let shown: Vec<String> = beyond.iter().take(5).map(|w| format!("« {w} »")).collect();
            format!(
                "{}, hors de l’échelle ({}) : dites ce que vaut chaque chiffre, même ceux qui semblent en être.",
                shown.join(", "),
                codes(scale)
            )
        };
        let at = CellRef::new(self.frame.header.last, first.title.col);
        let at = book.at(self.sheet, at);
        said.diagnostics
            .push(Diagnostic::new(Code::ScaleToSay, at, message));
        for word in open {
            let bearing: Vec<&str> = (columns.iter())
                .filter(|c| unsaid(c, word))
                .filter_map(|c| c.title.name())
                .collect();
            match bearing[..] {
                [question] => said.words.push(MappedWord::awaited(question, word.clone())),
                _ => said.words.push(MappedWord::awaited("", word.clone())),
            }
        }
    }
}

impl ColumnReader<'_> {
    /// « - » among words, in a form where « -- », « - », « + » and « ++ » were answers: here it may well be no answer.
    fn ask_lone_sign(&self, book: &Workbook, columns: &[&QuestionColumn], said: &mut SaidColumns) {
        let Some((kept, first)) = self.mapping.zip(columns.first()) else {
            return;
        };
        let met: BTreeSet<&String> = columns.iter().flat_map(|c| &c.codes).collect();
        let is_sign = |word: &str| !word.chars().any(char::is_alphanumeric);
        let signs = kept.words.iter().filter(|w| is_sign(&w.written)).count();
        let [sign] = met.into_iter().collect::<Vec<_>>()[..] else {
            return;
        };
        if signs < 2 || !is_sign(sign) {
            return;
        }
        let question = format!("« {sign} » parmi d’autres réponses");
        for column in columns.iter().filter(|c| c.codes.contains(sign)) {
            said.questions.insert(column.title.col, question.clone());
        }
        if kept.says(&question, sign) {
            return;
        }
        let message = format!(
            "« {sign} » a été dit une réponse dans un fichier qui ne répond que par signes ; ici il est seul de son espèce : dites ce qu’il vaut."
        );
        let at = book.at(
            self.sheet,
            CellRef::new(self.frame.header.last, first.title.col),
        );
        said.diagnostics
            .push(Diagnostic::new(Code::ScaleToSay, at, message));
        said.words
            .push(MappedWord::awaited(&question, sign.clone()));
    }

    /// Digits of a file that are others than those of which people said the worth for this form.
    fn ask_again(
        &self,
        book: &Workbook,
        columns: &[&QuestionColumn],
        digits: &BTreeMap<&String, usize>,
        scale: &Scale,
        said: &mut SaidColumns,
    ) -> bool {
        let Some((kept, first)) = self.mapping.zip(columns.first()) else {
            return false;
        };
        let unsaid = |word: &str| {
            let bearing = columns.iter().filter(|c| c.digits.contains_key(word));
            let mut names = bearing.map(|c| c.title.name().unwrap_or_default());
            names.any(|question| kept.worth_in(question, word, &scale.code).is_none())
        };
        let Some(question) = other_range(digits, kept, &unsaid, scale) else {
            return false;
        };
        for column in columns {
            said.questions.insert(column.title.col, question.clone());
        }
        let open: Vec<&String> = (digits.keys().copied())
            .filter(|w| !kept.says(&question, w))
            .collect();
        if !open.is_empty() {
            let message = format!(
                "{question} : ce qui a été dit des chiffres de cette forme l’a été d’une autre échelle ; dites ce que vaut chacun dans ce fichier."
            );
            let at = CellRef::new(self.frame.header.last, first.title.col);
            let at = book.at(self.sheet, at);
            said.diagnostics
                .push(Diagnostic::new(Code::ScaleToSay, at, message));
        }
        let awaited = open.into_iter();
        said.words
            .extend(awaited.map(|w| MappedWord::awaited(&question, w.clone())));
        true
    }
}

impl SaidOfAnswers {
    fn again(&self) -> Self {
        Self {
            at: self.at.or(Some(CellRef::new(0, 0))),
            text: self.text.clone(),
            reversed: self.reversed,
        }
    }
}

/// Whether what is said does not fit, and then whether it goes the other way round.
fn is_other(said: SaidScale) -> Option<bool> {
    match said {
        SaidScale::Reversed => Some(true),
        SaidScale::Other => Some(false),
        SaidScale::Same | SaidScale::Nothing => None,
    }
}

/// A title without the words of its élément.
fn beside(text: &str, label: &str) -> String {
    let folded = fold(text);
    if !folded.contains(label.trim_end_matches('.')) {
        return text.to_owned();
    }
    // Signs are needed, and folding keeps them but dashes: what is left is read as it is folded.
    folded.replace(label.trim_end_matches('.'), " ")
}

/// Whether a sheet may be a legend, and no table of responses.
fn is_short(sheet: &Sheet) -> bool {
    const ROWS: usize = 60;
    sheet.rows.len() <= ROWS
}

/// « 1, 2, 3, 4 ».
fn codes(scale: &Scale) -> String {
    let codes: Vec<&str> = scale.modalities.iter().map(|m| m.code.as_str()).collect();
    codes.join(", ")
}
