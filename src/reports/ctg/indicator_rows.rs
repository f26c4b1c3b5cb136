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
    let has = Shown {
        start: indicators.iter().any(|i| i.start.is_some()),
        target: indicators.iter().any(|i| i.target.is_some()),
        rows: indicators.iter().any(|i| i.rows.is_some()),
    };
    let mut columns = vec![
        Heading::words("Indicateur").wide(3.8),
        Heading::words("Période").wide(2.0),
    ];
    if has.start {
        columns.push(Heading::figures("Départ").wide(1.5));
    }
    columns.push(Heading::figures("Aujourd’hui").wide(1.9));
    if has.target {
        columns.push(Heading::figures("Cible").wide(1.1));
    }
    columns.push(Heading::words("À noter").wide(4.2));
    if has.rows {
        let lines = Heading::figures("Lignes").wide(0.9);
        columns.push(lines.meaning("Lignes du tableau de suivi dont le chiffre vient"));
    }
    let rows = indicators.iter().map(|i| row(i, &has)).collect();
    Some(Block::Table(Table::new(title, columns, rows)))
}

/// Columns that some line has something for.
struct Shown {
    start: bool,
    target: bool,
    rows: bool,
}

fn row(indicator: &CtgIndicator, has: &Shown) -> Vec<Datum> {
    let mut row = vec![
        Datum::words(format!("{} {}", indicator.code, indicator.label)),
        Datum::words(indicator.period_words()),
    ];
    if has.start {
        row.push(start(indicator));
    }
    row.push(value(indicator).keyed(&indicator.key));
    if has.target {
        row.push(indicator.target.clone().unwrap_or_else(Datum::none));
    }
    row.push(Datum::words(noted(indicator)).keyed(&indicator.key));
    if has.rows {
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
