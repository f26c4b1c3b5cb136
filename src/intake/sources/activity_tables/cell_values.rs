//! What one cell of an activity table says: a number, a share, one of a few words. What could be read in two
//! ways is not read.

use super::expected_columns::{CellReading, Known, TableKind};
use super::plage::Plage;
use super::table_reading::{ActivityColumn, ActivityReading};
use crate::base::diagnostics::Code;
use crate::base::sheets::{Row, Value};
use crate::base::text::fold;
use crate::intake::sources::cell_fate::{Fate, ReadCells};

/// Hours of the longest session.
const LONGEST: f64 = 24.0;
/// Minutes that are no usual decimals of an hour: « 1.30 », and not « 1,50 » or « 1,25 ».
const CLOCK_MINUTES: [&str; 6] = ["10", "15", "20", "30", "40", "45"];
/// What to do of a word that a person may say the worth of.
pub(super) const SAY_IT: &str = "Corrigez la cellule ; ou dites ce que ce mot vaut dans la liste à corriger (« importer » avec --liste), une fois pour tous les fichiers de cette forme.";
/// Words of a temps.
pub(super) const TIMES: Known = &[
    (
        "extrascolaire",
        &["extrascolaire", "vacances", "extra", "extra scolaire"],
    ),
    (
        "periscolaire",
        &["periscolaire", "mercredi", "peri", "peri scolaire"],
    ),
];
/// Words of a yes or no.
const YES_NO: Known = &[
    ("oui", &["oui", "o", "x", "1", "vrai"]),
    ("non", &["non", "n", "0", "faux"]),
];

/// A number as people type it: « 3,5 », « 1 234 »; none where spaces part anything but thousands.
fn plain(written: &str) -> Option<f64> {
    let parts: Vec<&str> = written.split_whitespace().collect();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let whole = |part: &str| part.split([',', '.']).next().unwrap_or("").to_owned();
    let (first, rest) = parts.split_first()?;
    let are_thousands = rest.is_empty()
        || (digits(first) && first.len() <= 3 && rest.iter().all(|p| whole(p).len() == 3));
    let is_cut = rest.iter().rev().skip(1).any(|part| !digits(part));
    if !are_thousands || is_cut {
        return None;
    }
    parts.concat().replace(',', ".").parse().ok()
}

/// The digits of « 1.120 » and « 1,120 »: one thousand and more, or one and a little.
fn two_ways(written: &str) -> Option<String> {
    let mut parts = written.split([',', '.']);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_first = digits(&first) && first.len() <= 3 && !first.starts_with('0');
    let are_thousands = rest.iter().all(|p| digits(p) && p.len() == 3);
    (is_first && !rest.is_empty() && are_thousands).then(|| format!("{first}{}", rest.concat()))
}

impl ActivityReading<'_> {
    /// What a filled cell says; empty when it does not read, which is then said.
    pub(super) fn value(&mut self, row: &Row, column: &ActivityColumn, written: String) -> String {
        let col = column.col;
        match column.reads {
            CellReading::Number | CellReading::Minutes => self.length(row, column, &written),
            CellReading::Amount => self.number(row, col, &written, Written::Amount),
            CellReading::Count => self.number(row, col, &written, Written::Count),
            CellReading::Share | CellReading::Percent => self.share(row, column, &written),
            CellReading::Date => self.date(row, col, &written),
            CellReading::YesNo => self.word(row, col, &written, YES_NO),
            CellReading::Time => match self.told_temps(col, &written) {
                Some(temps) => temps,
                None => self.word(row, col, &written, TIMES),
            },
            CellReading::Diploma => self.diploma(row, col, &written),
            CellReading::Text if self.names.name_someone(&written) => {
                row.claim(col, Fate::Personal);
                let message = "cellule écartée : elle peut désigner une personne.".to_owned();
                self.report(Code::PersonalColumn, row.index, col, message);
                String::new()
            }
            _ => written,
        }
    }

    /// 3,5 and 1 234 are read; text, signs and units are not, nor half a person.
    pub(super) fn number(&mut self, row: &Row, col: u32, written: &str, kind: Written) -> String {
        let is_typed = matches!(row.get(col), Some(Value::Number(_)));
        if kind != Written::Any
            && !is_typed
            && let Some(digits) = two_ways(written)
        {
            let message = format!(
                "« {written} » se lit de deux façons : écrivez le nombre sans point ni virgule (« {digits} »), ou avec une autre décimale."
            );
            self.report(Code::NumberUnreadable, row.index, col, message);
            return String::new();
        }
        let read = match row.get(col) {
            Some(Value::Number(n)) => Some(*n),
            _ => plain(written),
        };
        let of = match self.kind {
            TableKind::Denominators => "",
            _ => " de personnes",
        };
        let message = match read.filter(|n| n.is_finite() && *n >= 0.0) {
            Some(n) if kind == Written::Count && n.fract() != 0.0 => {
                format!("« {written} » n’est pas un nombre entier{of}.")
            }
            Some(n) => return Value::Number(n).text(),
            None => format!("« {written} » n’est pas un nombre positif."),
        };
        self.report(Code::NumberUnreadable, row.index, col, message);
        String::new()
    }

    /// Hours of a session, or a number of another table; minutes become hours.
    fn length(&mut self, row: &Row, column: &ActivityColumn, written: &str) -> String {
        let raw = self.number(row, column.col, written, Written::Any);
        let is_length = &*column.name == "duree_h";
        let Some(n) = raw.parse::<f64>().ok().filter(|_| is_length) else {
            return raw;
        };
        let is_minutes = column.reads == CellReading::Minutes;
        if !is_minutes && self.is_clock(row, column.col, written, n) {
            let message = format!(
                "« {written} » se lit de deux façons : des heures et des minutes, ou {} heure.",
                Value::Number(n).text().replace('.', ",")
            );
            self.report_with(
                Code::NumberUnreadable,
                row.index,
                column.col,
                message,
                "Écrivez 1,5 pour une heure et demie, ou une heure de fin et de début dans la plage (« 7h30-9h »).",
            );
            return String::new();
        }
        let hours = if is_minutes { n / 60.0 } else { n };
        if hours <= LONGEST {
            return Value::Number(hours).text();
        }
        if !is_minutes {
            self.doubt(column.col, "duree_min");
        }
        let message = format!(
            "« {written} » : une séance ne dure pas {} heures.",
            Value::Number(hours).text().replace('.', ",")
        );
        self.report_with(
            Code::ImpossibleMeasure,
            row.index,
            column.col,
            message,
            "Écrivez la durée en heures (1,5 pour une heure et demie) ; si toute la colonne est en minutes, dites-le dans la liste à corriger (« importer » avec --liste) : duree_min.",
        );
        String::new()
    }

    /// Whether a typed length may be hours and minutes, « 1.30 »: its decimals are such as nobody writes of an
    /// hour, and no plage says them.
    fn is_clock(&self, row: &Row, col: u32, written: &str, hours: f64) -> bool {
        let typed = !matches!(row.get(col), Some(Value::Number(_)));
        let minutes = written.rsplit_once([',', '.']).map(|(_, m)| m);
        let is_clock = minutes.is_some_and(|m| CLOCK_MINUTES.contains(&m));
        let plage = self.col("plage");
        let told = plage.and_then(|c| Plage::read(&self.sheet.column_text(row.index, c)).hours());
        typed && is_clock && told.is_none_or(|told| (told - hours).abs() > 0.02)
    }

    /// A part of full time, from 0 to 1; « 50 % » is half of it.
    fn share(&mut self, row: &Row, column: &ActivityColumn, written: &str) -> String {
        let bare = written.strip_suffix('%').map(str::trim_end);
        let raw = self.number(row, column.col, bare.unwrap_or(written), Written::Any);
        let Ok(n) = raw.parse::<f64>() else {
            return raw;
        };
        let is_percent = bare.is_some() || column.reads == CellReading::Percent;
        let share = if is_percent { n / 100.0 } else { n };
        if share <= 1.0 {
            return Value::Number(share).text();
        }
        if !is_percent && n <= 100.0 {
            self.doubt(column.col, "quotite_pct");
        }
        let message = format!("« {written} » : une quotité est une part de temps plein, de 0 à 1.");
        self.report_with(
            Code::ImpossibleMeasure,
            row.index,
            column.col,
            message,
            "Écrivez 0,5 ou 50 % pour un mi-temps (des heures se divisent par celles d’un temps plein) ; si toute la colonne est en pour cent, dites-le dans la liste à corriger (« importer » avec --liste) : quotite_pct.",
        );
        String::new()
    }

    fn word(&mut self, row: &Row, col: u32, written: &str, words: Known) -> String {
        let folded = fold(written);
        if let Some((word, _)) = words.iter().find(|(_, all)| all.contains(&folded.as_str())) {
            return (*word).to_owned();
        }
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!("« {written} » n’est pas admis ({}).", allowed.join(", "));
        let code = Code::ValueOutOfScale;
        if words == TIMES {
            self.report_with(code, row.index, col, message, SAY_IT);
        } else {
            self.report(code, row.index, col, message);
        }
        String::new()
    }
}

/// How a number may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// With any decimals.
    Any,
    /// With decimals that are no thousands.
    Amount,
    /// Without decimals.
    Count,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_part_thousands_and_nothing_else() {
        for (written, expected) in [
            ("14", Some(14.0)),
            ("3,5", Some(3.5)),
            ("1 234", Some(1234.0)),
            ("1\u{202f}234\u{a0}567,5", Some(1_234_567.5)),
            ("1 2", None),
            ("12 34", None),
            ("1,5 200", None),
            ("8e", None),
        ] {
            assert_eq!(plain(written), expected, "{written}");
        }
    }

    #[test]
    fn a_separator_before_three_digits_is_read_in_two_ways() {
        assert_eq!(two_ways("1.120").as_deref(), Some("1120"));
        assert_eq!(two_ways("12,000").as_deref(), Some("12000"));
        for one in ["1120", "1,5", "0,125", "1234,567", "1,12"] {
            assert_eq!(two_ways(one), None, "{one}");
        }
    }
}
