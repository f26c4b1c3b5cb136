//! What stands under a heading, and what the column seems to be by both.

use super::closed_words::year_in;
use super::heading_turns::fields_of;
use super::heading_words::is_about_persons;
use super::list_fields::ListField;
use super::list_role::ListRole;
use super::type_words::{TypeWords, type_in};
use crate::base::sheets::{Row, Value};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::titles::ColumnTitle;
use crate::intake::sources::usual_headings::is_tick;
use crate::privacy::{is_personal_content, is_personal_heading};

/// Values shown of a column.
const SAMPLES: usize = 3;
/// Letters shown of a value.
const LONGEST: usize = 40;
/// Under this score a column waits for a person.
const LEAST: f64 = 0.45;

/// What stands under a heading.
pub(super) struct ColumnCells {
    pub(super) texts: Vec<String>,
    /// How many are numbers, dates.
    numbers: usize,
    dates: usize,
}

impl ColumnCells {
    pub(super) fn of(title: &ColumnTitle, rows: &[&Row]) -> Self {
        // Headings that come back at the top of a page are no values.
        let is_heading = |row: &Row| {
            let text = fold(&row.text(title.col));
            title.texts().any(|heading| fold(heading) == text)
        };
        let rows = rows.iter().filter(|row| !is_heading(row));
        let values: Vec<&Value> = rows.filter_map(|r| r.get(title.col)).collect();
        let texts: Vec<String> = values
            .iter()
            .map(|v| v.text())
            .filter(|t| !t.is_empty())
            .collect();
        let number = |t: &&String| t.replace(',', ".").trim().parse::<f64>().is_ok();
        let is_date = |v: &&&Value| matches!(v, Value::Date(_)) || iso_date(&v.text()).is_some();
        Self {
            numbers: texts.iter().filter(number).count(),
            dates: values.iter().filter(is_date).count(),
            texts,
        }
    }

    pub(super) fn role(&self, title: &ColumnTitle, own: &str) -> (ListRole, f64) {
        let ticks = self.share(is_tick);
        if ticks >= 0.7
            && let TypeWords::Said(kind) | TypeWords::Supposed(kind) = type_in(own)
        {
            return (ListRole::Tick(kind), ticks);
        }
        // « Nom » alone is that of a person in any other file; here lines are accueils.
        let personal = is_personal_heading(own) && !matches!(fold(own).as_str(), "nom" | "name");
        if personal || title.texts().any(is_about_persons) || is_personal_content(&self.texts) {
            return (ListRole::Persons, 1.0);
        }
        let mut best = (ListRole::Nothing, 0.0);
        for guess in title.texts().flat_map(fields_of) {
            let score = guess.score * (0.4 + 0.6 * self.fits(guess.field));
            if score > best.1 && score >= LEAST {
                best = (ListRole::Field(guess.field), score);
            }
        }
        best
    }

    fn share(&self, is: impl Fn(&str) -> bool) -> f64 {
        let held = self.texts.iter().filter(|t| is(t)).count();
        held as f64 / self.texts.len().max(1) as f64
    }

    /// How much of what stands there may be of a field, 0..1.
    fn fits(&self, field: ListField) -> f64 {
        let all = self.texts.len().max(1) as f64;
        let worded = |t: &str| t.chars().any(char::is_alphabetic);
        match field {
            ListField::Capacite
            | ListField::CapaciteMoins6
            | ListField::Capacite6Plus
            | ListField::JoursAn => self.share(|t| t.chars().any(|c| c.is_ascii_digit())),
            ListField::Latitude | ListField::Longitude => self.numbers as f64 / all,
            // A year alone is no date that can be kept, and says all the same what the column is.
            ListField::Ouverture | ListField::Fermeture => {
                let told = self.share(|t| year_in(t).is_some());
                told.max(self.dates as f64 / all)
            }
            ListField::Insee => {
                self.share(|t| t.len() == 5 && t.bytes().skip(2).all(|b| b.is_ascii_digit()))
            }
            ListField::Type => self.share(|t| type_in(t) != TypeWords::Nothing),
            ListField::Nom | ListField::Commune | ListField::Secteur | ListField::Alias => {
                self.share(worded)
            }
            // A rank is no code.
            ListField::Code => self.share(worded),
            _ => 1.0,
        }
    }

    pub(super) fn samples(&self) -> Vec<String> {
        let mut shown: Vec<String> = Vec::new();
        for text in &self.texts {
            let cut: String = text.chars().take(LONGEST).collect();
            if shown.len() < SAMPLES
                && !shown.contains(&cut)
                && !is_personal_content(std::slice::from_ref(text))
            {
                shown.push(cut);
            }
        }
        shown
    }
}
