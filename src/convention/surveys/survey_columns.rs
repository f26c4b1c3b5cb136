//! Which column of an export asks which item: by its code, by its wording, by a wording near that a person confirmed
//! once, and that is remembered in `grids/correspondances/`.

use super::survey_model::Survey;
use crate::base::text::{nearness, plain_words};
use crate::convention::remembered_words::RememberedWords;
use crate::convention::same_code;
use crate::intake::sources::SurveyTable;

/// Under this two wordings are not the same question.
const NEAR: f64 = 0.75;

/// What a column asks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum AskedItem {
    /// An item, by its rank.
    Item(usize),
    /// The group variable.
    Group,
}

/// A heading near an item, that waits for a person.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::convention) struct NearItem {
    pub col: u32,
    pub heading: String,
    pub code: String,
    pub score: f64,
}

/// The columns of a table.
#[derive(Debug, Default)]
pub(super) struct SurveyColumns {
    pub asked: Vec<(u32, AskedItem)>,
    pub near: Vec<NearItem>,
    /// Columns that ask nothing of this questionnaire.
    pub others: Vec<(u32, String)>,
}

impl SurveyColumns {
    /// What each column asks. What is near is taken when `accepts` says so.
    pub(super) fn of(
        survey: &Survey,
        table: &SurveyTable,
        remembered: &RememberedWords,
        accepts: bool,
    ) -> Self {
        let mut columns = Self::default();
        for column in &table.columns {
            let heading = column.titles.first().cloned().unwrap_or_default();
            let exact = column.titles.iter().find_map(|t| asked(survey, t));
            let said = || {
                remembered
                    .target(&heading)
                    .and_then(|code| coded(survey, code))
            };
            let taken = |asked: &AskedItem| columns.asked.iter().any(|(_, a)| a == asked);
            match exact.or_else(said) {
                Some(asked) if !taken(&asked) => columns.asked.push((column.col, asked)),
                Some(_) => columns.others.push((column.col, heading)),
                None => match near(survey, &column.titles) {
                    Some((item, score)) if !taken(&AskedItem::Item(item)) => {
                        if accepts {
                            columns.asked.push((column.col, AskedItem::Item(item)));
                        }
                        let code = survey.items[item].code.clone();
                        columns.near.push(NearItem {
                            col: column.col,
                            heading,
                            code,
                            score,
                        });
                    }
                    _ => columns.others.push((column.col, heading)),
                },
            }
        }
        columns
    }

    /// How many items it asks, or nearly.
    pub(super) fn items(&self) -> usize {
        let asked = self
            .asked
            .iter()
            .filter(|(_, a)| matches!(a, AskedItem::Item(_)));
        asked.count().max(self.near.len())
    }
}

/// What a heading asks: « OUT1 », « OUT1. Le tableau… », « Vos avis [Le tableau…] », the sentence.
fn asked(survey: &Survey, heading: &str) -> Option<AskedItem> {
    let heading = heading.trim();
    let bracket = heading
        .rsplit_once('[')
        .and_then(|(_, end)| end.strip_suffix(']'));
    let parenthesis = heading
        .rsplit_once('(')
        .and_then(|(_, end)| end.strip_suffix(')'));
    let head = heading.split(['.', ' ', ':', '[', '_', '/']).next();
    let last = heading.rsplit(['/', '.']).next();
    let mut codes = [Some(heading), bracket, head, last].into_iter().flatten();
    if let Some(found) = codes.find_map(|c| coded(survey, c)) {
        return Some(found);
    }
    [Some(heading), bracket, parenthesis]
        .into_iter()
        .flatten()
        .find_map(|text| worded(survey, text))
}

fn coded(survey: &Survey, code: &str) -> Option<AskedItem> {
    let code = code.trim();
    let item = survey.items.iter().position(|i| same_code(&i.code, code));
    let group = survey
        .group
        .as_ref()
        .is_some_and(|g| same_code(&g.code, code));
    item.map(AskedItem::Item)
        .or(group.then_some(AskedItem::Group))
}

fn worded(survey: &Survey, text: &str) -> Option<AskedItem> {
    let wanted = plain_words(text);
    let item = survey
        .items
        .iter()
        .position(|i| plain_words(&i.words) == wanted);
    let group = survey
        .group
        .as_ref()
        .is_some_and(|g| plain_words(&g.words) == wanted);
    item.map(AskedItem::Item)
        .or(group.then_some(AskedItem::Group))
}

fn near(survey: &Survey, titles: &[String]) -> Option<(usize, f64)> {
    let scored = titles.iter().flat_map(|title| {
        let bracket = title
            .rsplit_once('[')
            .and_then(|(_, end)| end.strip_suffix(']'));
        let items = survey.items.iter().enumerate();
        items.map(move |(i, item)| (i, nearness(bracket.unwrap_or(title), &item.words)))
    });
    scored
        .filter(|(_, score)| *score >= NEAR)
        .max_by(|a, b| a.1.total_cmp(&b.1))
}
