//! An export of a tool → the responses of a questionnaire. What names or reaches someone is dropped; an answer that is
//! none of the scale keeps the file out.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::survey_columns::{AskedItem, SurveyColumns};
use super::survey_entry::{KeptResponse, SurveyDeed};
use super::survey_model::Survey;
use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Row, Sheet, Value, Workbook};
use crate::base::text::{count, decimals, hex, iso_date, plain_words};
use crate::convention::remembered_words::RememberedWords;
use crate::intake::sources::{SurveyTable, headed_table, survey_tables};
use crate::privacy::{is_personal_content, is_personal_heading};
use crate::vocabulary::referentiel::Referentiel;

/// Rows in which the headings of a table of no tool are looked for.
const DEPTH: usize = 10;

/// What is asked to recognise a questionnaire.
pub(in crate::convention) struct SurveyReader<'a> {
    pub surveys: &'a [Survey],
    pub referentiel: &'a Referentiel,
    /// By questionnaire.
    pub remembered: &'a dyn Fn(&str) -> RememberedWords,
    /// Whether near wordings are agreed on.
    pub accepts: bool,
    /// Day of a response that bears none.
    pub date: Day,
}

/// The responses of a file.
#[derive(Debug)]
pub(in crate::convention) struct SurveyReturn {
    pub survey: Survey,
    pub responses: Vec<KeptResponse>,
    /// Headings near an item, to be remembered once they are agreed on.
    pub learnt: Vec<(String, String, f64)>,
    pub diagnostics: Vec<Diagnostic>,
}

impl SurveyReturn {
    /// As an entry keeps them.
    pub(in crate::convention) fn deed(&self, responses: Vec<KeptResponse>) -> SurveyDeed {
        let reversed = self.survey.items.iter().filter(|i| i.reversed);
        SurveyDeed::Reponses {
            echelle: self.survey.scale.clone(),
            favorables: self.survey.top,
            inverses: reversed.map(|i| i.code.clone()).collect(),
            reponses: responses,
        }
    }
}

/// The questionnaire that a file holds the responses of; none when it is of none.
pub(in crate::convention) fn survey_return(
    book: &Workbook,
    reader: &SurveyReader,
) -> Option<SurveyReturn> {
    let mut tables = survey_tables(book, reader.referentiel);
    for sheet in book.sheets.iter().filter(|s| !s.hidden) {
        // Of two rows of headings (words, then codes), the lower one is right above the answers.
        let rows: Vec<u32> = sheet.rows.iter().take(DEPTH).map(|row| row.index).collect();
        tables.extend(rows.into_iter().rev().map(|row| headed_table(sheet, row)));
    }
    let mut best: Option<(usize, &Survey, &SurveyTable, SurveyColumns)> = None;
    for table in &tables {
        for survey in reader.surveys {
            let remembered = (reader.remembered)(&survey.code);
            let columns = SurveyColumns::of(survey, table, &remembered, reader.accepts);
            let items = columns.items();
            let is_more = best.as_ref().is_none_or(|(most, ..)| items > *most);
            if items * 2 >= survey.items.len() && items > 0 && is_more {
                best = Some((items, survey, table, columns));
            }
        }
    }
    let (_, survey, table, columns) = best?;
    let mut reading = ResponseReading {
        book,
        reader,
        survey,
        table,
        columns: &columns,
        told: Vec::new(),
    };
    reading.remarks();
    let responses = reading.responses();
    let learnt = columns
        .near
        .iter()
        .map(|n| (n.heading.clone(), n.code.clone(), n.score));
    Some(SurveyReturn {
        survey: survey.clone(),
        responses,
        learnt: learnt.collect(),
        diagnostics: reading.told,
    })
}

struct ResponseReading<'a> {
    book: &'a Workbook,
    reader: &'a SurveyReader<'a>,
    survey: &'a Survey,
    table: &'a SurveyTable<'a>,
    columns: &'a SurveyColumns,
    told: Vec<Diagnostic>,
}

impl ResponseReading<'_> {
    fn sheet(&self) -> &Sheet {
        self.table.sheet
    }

    fn tell(&mut self, code: Code, cell: CellRef, message: String) {
        let at = self.book.at(self.sheet(), cell);
        self.told.push(Diagnostic::new(code, at, message));
    }

    /// What is said of the columns.
    fn remarks(&mut self) {
        for near in self.columns.near.iter().filter(|_| !self.reader.accepts) {
            let message = format!(
                "« {} » ressemble à {} (proximité {}), sans être la même question.",
                near.heading,
                near.code,
                decimals(near.score, 2)
            );
            self.tell(
                Code::NearWording,
                CellRef::new(self.table.header, near.col),
                message,
            );
        }
        for (col, heading) in &self.columns.others {
            let rows = self.table.rows.iter();
            let cells: Vec<String> = rows
                .map(|r| r.text(*col))
                .filter(|t| !t.is_empty())
                .collect();
            let at = CellRef::new(self.table.header, *col);
            if is_personal_heading(heading) || is_personal_content(&cells) {
                let message = "la colonne désigne ou joint des personnes : rien n’en est gardé.";
                self.tell(Code::PersonalColumn, at, message.to_owned());
            } else if !heading.is_empty() {
                self.tell(
                    Code::ColumnIgnored,
                    at,
                    format!("colonne « {heading} » ignorée."),
                );
            }
        }
        let top = CellRef::new(self.table.header, 0);
        for (rank, item) in self.survey.items.iter().enumerate() {
            let is_near = self.columns.near.iter().any(|n| n.code == item.code);
            if !is_near
                && !self
                    .columns
                    .asked
                    .iter()
                    .any(|(_, a)| *a == AskedItem::Item(rank))
            {
                let message = format!(
                    "la question {} (« {} ») n’y est pas.",
                    item.code, item.words
                );
                self.tell(Code::IncomingLeftOut, top, message);
            }
        }
        for sentence in self.table.aside.clone() {
            self.tell(Code::LineIgnored, top, sentence);
        }
    }

    fn responses(&mut self) -> Vec<KeptResponse> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut responses = Vec::new();
        let mut blank = 0;
        let table = self.table;
        for row in &table.rows {
            let answers = self.answers(row);
            if answers.is_empty() {
                blank += usize::from(!row.cells.is_empty());
                continue;
            }
            let date = table.date.and_then(|col| row.get(col)).and_then(day);
            let mut response = KeptResponse {
                cle: String::new(),
                date: date.unwrap_or(self.reader.date),
                groupe: self.group(row),
                reponses: answers,
            };
            response.cle = self.key(row, &response, &mut seen);
            responses.push(response);
        }
        if blank > 0 {
            let told = count(
                blank,
                "ligne sans réponse laissée de côté",
                "lignes sans réponse laissées de côté",
            );
            self.tell(
                Code::LineIgnored,
                CellRef::new(table.header, 0),
                format!("{told}."),
            );
        }
        responses
    }

    fn answers(&mut self, row: &Row) -> BTreeMap<String, usize> {
        let mut answers = BTreeMap::new();
        for (col, asked) in &self.columns.asked {
            let AskedItem::Item(item) = asked else {
                continue;
            };
            let text = self.table.answer(row, *col);
            let wanted = plain_words(&text);
            let is_none = self
                .survey
                .no_opinion
                .iter()
                .any(|w| plain_words(w) == wanted);
            if wanted.is_empty() || is_none {
                continue;
            }
            let scale = self.survey.scale.iter();
            let rank = scale.enumerate().position(|(rank, word)| {
                plain_words(word) == wanted || Survey::answer_code(rank).eq_ignore_ascii_case(&text)
            });
            if let Some(rank) = rank {
                answers.insert(self.survey.items[*item].code.clone(), rank);
            } else {
                let shown: String = text.chars().take(40).collect();
                let message = format!(
                    "« {shown} » n’est pas une réponse de l’enquête ({}).",
                    self.survey.scale.join(", ")
                );
                self.tell(Code::IncomingWord, CellRef::new(row.index, *col), message);
            }
        }
        answers
    }

    /// The group, when it is one of those that may be answered.
    fn group(&self, row: &Row) -> String {
        let col = self
            .columns
            .asked
            .iter()
            .find(|(_, a)| *a == AskedItem::Group)
            .map(|(col, _)| *col);
        let (Some(col), Some(group)) = (col, &self.survey.group) else {
            return String::new();
        };
        let wanted = plain_words(&self.table.answer(row, col));
        let known = group.choices.iter().find(|c| plain_words(c) == wanted);
        known.cloned().unwrap_or_default()
    }

    /// What tells a response from others and is the same when the export comes back: the id and the moment that the
    /// tool gave it; else what it answers, and its rank among those that answer the same.
    fn key(
        &self,
        row: &Row,
        response: &KeptResponse,
        seen: &mut BTreeMap<String, usize>,
    ) -> String {
        let cell = |col: Option<u32>| col.map(|c| row.text(c)).unwrap_or_default();
        let (id, moment) = (cell(self.table.respondent), cell(self.table.date));
        let answers: Vec<String> = response
            .reponses
            .iter()
            .map(|(item, rank)| format!("{item}={rank}"))
            .collect();
        let content = if id.is_empty() || moment.is_empty() {
            answers.join(",")
        } else {
            String::new()
        };
        let told = format!(
            "{}|{id}|{moment}|{}|{content}",
            self.survey.code, response.groupe
        );
        let rank = seen.entry(told.clone()).or_insert(0);
        *rank += 1;
        hex(&Sha256::digest(format!("{told}|{rank}").as_bytes())[..12])
    }
}

fn day(value: &Value) -> Option<Day> {
    iso_date(&value.text()).and_then(|iso| iso.parse().ok())
}
