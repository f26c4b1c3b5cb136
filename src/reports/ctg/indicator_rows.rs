//! Indicators in one table: where one started, where one stands, what is aimed at.

use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::disclosure::{CtgIndicator, CtgStatus};
use crate::reports::document::Block;

/// Indicators, one line each; none without any.
pub(crate) fn indicator_rows(title: &str, indicators: &[CtgIndicator]) -> Option<Block> {
    if indicators.is_empty() {
        return None;
    }
    let has_rows = indicators.iter().any(|i| i.rows.is_some());
    // A column that nothing is in stays, narrow: the same thing is at the same place in every table.
    let start = if indicators.iter().any(|i| i.start.is_some()) {
        1.5
    } else {
        1.2
    };
    let target = if indicators.iter().any(|i| i.target.is_some()) {
        1.1
    } else {
        0.8
    };
    let mut columns = vec![
        Heading::words("Indicateur").wide(3.8),
        Heading::words("Période").wide(2.0),
        Heading::figures("Départ").wide(start),
        Heading::figures("Aujourd’hui").wide(1.9),
        Heading::figures("Cible").wide(target),
        Heading::words("À noter").wide(4.2),
    ];
    if has_rows {
        let lines = Heading::figures("Lignes").wide(0.9);
        columns.push(lines.meaning("Lignes du tableau de suivi dont le chiffre vient"));
    }
    let rows = indicators.iter().map(|i| row(i, has_rows)).collect();
    Some(Block::Table(Table::new(title, columns, rows)))
}

fn row(indicator: &CtgIndicator, has_rows: bool) -> Vec<Datum> {
    let mut row = vec![
        Datum::words(format!("{} {}", indicator.code, indicator.label)),
        Datum::words(indicator.period_words()),
        start(indicator),
        value(indicator).keyed(&indicator.key),
        indicator.target.clone().unwrap_or_else(Datum::none),
        Datum::words(noted(indicator)).keyed(&indicator.key),
    ];
    if has_rows {
        let rows = indicator.rows.map(Datum::count);
        row.push(rows.map_or_else(Datum::none, |n| n.keyed(&indicator.key)));
    }
    row
}

/// The value, with its unit where the number alone would not say what it counts.
fn value(indicator: &CtgIndicator) -> Datum {
    let own = indicator.value.clone();
    let has_unit = ["h", "€"].contains(&indicator.unit.as_str());
    if !has_unit || own.number.is_none() {
        return own;
    }
    Datum {
        text: format!("{}\u{a0}{}", own.text, indicator.unit),
        ..own
    }
}

fn start(indicator: &CtgIndicator) -> Datum {
    let Some(start) = &indicator.start else {
        return Datum::none();
    };
    match start.day {
        Some(day) => Datum {
            text: format!("{} ({})", start.value.text, day.short()),
            ..start.value.clone()
        },
        None => start.value.clone(),
    }
}

/// A share beside a value is another share, even where both are equal.
fn is_share(label: &str) -> bool {
    label.starts_with("part ")
}

/// « 12 sur 14 ; cible atteinte », or why there is no value.
fn noted(indicator: &CtgIndicator) -> String {
    let mut told = Vec::new();
    match indicator.status {
        CtgStatus::Known => {}
        CtgStatus::Declared => told.push("déclaré".to_owned()),
        CtgStatus::NotComputable | CtgStatus::ToCome | CtgStatus::Hidden => {
            told.push(indicator.reason.clone());
        }
    }
    if !indicator.divided.is_empty() {
        told.push(indicator.divided.clone());
    }
    told.extend(indicator.reaches_target.map(|reached| {
        let words = if reached {
            "cible atteinte"
        } else {
            "cible non atteinte"
        };
        words.to_owned()
    }));
    told.extend(indicator.beside.iter().map(|b| match b.value.number {
        Some(0.0) => String::new(),
        // The row says it already.
        Some(own) if indicator.value.number == Some(own) && !is_share(&b.label) => String::new(),
        _ => format!("{} : {}", b.label, b.value.text),
    }));
    if indicator.repeats {
        told.push("repris d’une édition précédente".to_owned());
    }
    told.retain(|t| !t.is_empty());
    if told.is_empty() {
        "–".to_owned()
    } else {
        told.join(" ; ")
    }
}
