//! The table of responses that a tool wrote, for questionnaires that are not the référentiel's: where it stands, what
//! heads its columns, which of its rows are no finished response. What a column asks is the reader's business.

use super::dialect::{Dialect, TableFrame};
use super::source::{Confidence, Context};
use super::titles::{key, titles};
use super::tools;
use crate::base::sheets::{Row, Sheet, Workbook};
use crate::vocabulary::referentiel::Referentiel;

/// Tools that are told by what they write around answers.
const TOOLS: [&Dialect; 11] = [
    &tools::limesurvey::TOOL,
    &tools::kobo::TOOL,
    &tools::odk::TOOL,
    &tools::ms_forms::TOOL,
    &tools::nextcloud_forms::TOOL,
    &tools::google_forms::TOOL,
    &tools::framaforms::TOOL,
    &tools::drupal::TOOL,
    &tools::surveymonkey::TOOL,
    &tools::typeform::TOOL,
    &tools::sphinx::TOOL,
];

/// A column of a table of responses.
#[derive(Debug, Clone)]
pub(crate) struct SurveyColumn {
    pub col: u32,
    /// What stands above it, the lowest first; then both rows of headings joined.
    pub titles: Vec<String>,
}

/// A table of responses.
pub(crate) struct SurveyTable<'a> {
    pub sheet: &'a Sheet,
    /// Row that the columns are told by.
    pub header: u32,
    /// Columns that ask something, those of the tool left out.
    pub columns: Vec<SurveyColumn>,
    /// Column of the tool’s own response id.
    pub respondent: Option<u32>,
    /// Column of the day.
    pub date: Option<u32>,
    /// Finished responses.
    pub rows: Vec<&'a Row>,
    /// Responses that are no finished one, in words.
    pub aside: Vec<String>,
    blank: &'static [&'static str],
}

impl SurveyTable<'_> {
    /// What an answer says, without the marks of the tool; empty when it was not given.
    pub(crate) fn answer(&self, row: &Row, col: u32) -> String {
        let text = row.text(col);
        let text = text.strip_suffix(';').unwrap_or(&text).trim();
        if self.blank.contains(&text) {
            String::new()
        } else {
            text.to_owned()
        }
    }
}

/// The tables of a file that a tool wrote.
pub(crate) fn survey_tables<'a>(
    book: &'a Workbook,
    referentiel: &Referentiel,
) -> Vec<SurveyTable<'a>> {
    let context = Context {
        referentiel,
        source: None,
        mappings: &[],
        accept_near: false,
        place_given: false,
        forced: false,
        days: None,
        ignored: &[],
    };
    let sheets = book.sheets.iter().filter(|s| !s.hidden);
    let found = sheets.filter_map(|sheet| {
        let framed = TOOLS
            .iter()
            .filter_map(|tool| Some((*tool, (tool.frame)(sheet, &context)?)));
        let (tool, frame) = framed.max_by_key(|(_, frame)| frame.confidence)?;
        Some(table(sheet, tool, frame))
    });
    found.collect()
}

/// A table of no tool: its headings stand in a row that the reader found.
pub(crate) fn headed_table(sheet: &Sheet, row: u32) -> SurveyTable<'_> {
    let plain = &tools::plain::TOOL;
    table(sheet, plain, TableFrame::under(Confidence::Possible, row))
}

fn table<'a>(sheet: &'a Sheet, tool: &'static Dialect, frame: TableFrame) -> SurveyTable<'a> {
    let all = titles(sheet, frame);
    let named = |wanted: &[&str]| {
        let mut own = all.iter();
        own.find(|t| t.texts().any(|text| wanted.contains(&key(text).as_str())))
            .map(|t| t.col)
    };
    let (respondent, date) = (named(tool.respondent), named(tool.date));
    let is_silent = |text: &str| {
        let key = key(text);
        tool.silent.contains(&key.as_str())
            || tool.silent_prefixes.iter().any(|p| key.starts_with(p))
    };
    let asked = all
        .iter()
        .filter(|t| !t.texts().any(is_silent) && Some(t.col) != respondent && Some(t.col) != date);
    let columns = asked
        .map(|t| SurveyColumn {
            col: t.col,
            titles: t.texts.clone(),
        })
        .collect();
    let mut rows = Vec::new();
    let mut aside = std::collections::BTreeMap::new();
    for row in sheet.rows.iter().filter(|r| r.index >= frame.data) {
        let cell = |heading: &str| {
            let col = all
                .iter()
                .find(|t| t.texts().any(|text| key(text) == heading))?
                .col;
            Some(row.text(col))
        };
        match (tool.aside)(&cell) {
            Some(reason) => *aside.entry(reason).or_insert(0) += 1,
            None => rows.push(row),
        }
    }
    SurveyTable {
        sheet,
        header: frame.header.last,
        columns,
        respondent,
        date,
        rows,
        aside: aside
            .into_iter()
            .map(|(reason, n)| reason.sentence(n))
            .collect(),
        blank: tool.blank,
    }
}
