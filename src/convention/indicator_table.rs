//! The table of indicators of a convention, as files have it.

use super::computed_indicator::{ComputedIndicator, IndicatorStatus};
use super::convention_model::{Convention, DeclaredIndicator};
use super::convention_words::ClosedWord;
use crate::base::tabular::{Field, Heading, Table};
use crate::base::text::{decimals, percent};

/// « 64 % », « 12 »; what says why there is none otherwise.
pub(crate) fn value_words(indicator: &DeclaredIndicator, computed: &ComputedIndicator) -> String {
    let Some(value) = computed.value else {
        return computed.status.words().to_owned();
    };
    let shown = if indicator.unit == "oui / non" {
        let words = match value {
            v if v >= 1.0 => "oui, diffusé",
            v if v > 0.0 => "oui, non diffusé",
            _ => "non",
        };
        words.to_owned()
    } else if indicator.is_share() {
        percent(value)
    } else {
        let digits = usize::from(value.fract().abs() >= 1e-9);
        decimals(value, digits)
    };
    if computed.status == IndicatorStatus::Declared {
        format!("{shown} (déclaré)")
    } else {
        shown
    }
}

/// What the steering committee reads of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadByCommittee {
    /// « oui », « arrondi », « non ».
    pub spread: &'static str,
    /// The value as it reads it, or why it does not.
    pub words: String,
}

/// One line an indicator and a period; what the committee reads of each, in the same order.
pub(crate) fn indicator_table(
    convention: &Convention,
    computed: &[ComputedIndicator],
    read: &[ReadByCommittee],
) -> Table {
    let columns = vec![
        Heading::text("fiche"),
        Heading::text("indicateur"),
        Heading::text("libelle"),
        Heading::text("nature"),
        Heading::text("periode"),
        Heading::day("debut"),
        Heading::day("fin"),
        Heading::text("lecture"),
        Heading::text("statut"),
        Heading::decimal("valeur"),
        Heading::decimal("numerateur"),
        Heading::decimal("denominateur"),
        Heading::whole("n"),
        Heading::text("unite"),
        Heading::decimal("cible"),
        Heading::decimal("depart"),
        Heading::text("detail"),
        Heading::text("raison"),
        Heading::text("lignes"),
        Heading::text("diffusable"),
        Heading::text("lecture_comite"),
    ];
    let rows = computed.iter().zip(read).filter_map(|(c, read)| {
        let indicator = convention.indicator(&c.code)?;
        let mut row = row(indicator, c);
        row.push(Field::Text(read.spread.to_owned()));
        row.push(Field::Text(read.words.clone()));
        Some(row)
    });
    Table::new("Indicateurs de la convention", columns, rows.collect())
}

fn row(indicator: &DeclaredIndicator, c: &ComputedIndicator) -> Vec<Field> {
    let text = |t: &str| Field::Text(t.to_owned());
    let seen: Vec<String> = c.rows.iter().map(|r| r.id.clone()).collect();
    let beside: Vec<String> = c
        .beside
        .iter()
        .map(|b| format!("{} : {}", b.label, plain(b.value)))
        .collect();
    vec![
        text(&indicator.fiche),
        text(&indicator.code),
        text(&indicator.label),
        text(indicator.nature.label()),
        text(&c.period.label),
        Field::Day(c.period.from),
        Field::Day(c.period.end().max(c.period.from)),
        text(&value_words(indicator, c)),
        text(c.status.key()),
        Field::decimal(c.value),
        Field::decimal(c.numerator),
        Field::decimal(c.denominator),
        Field::Whole(c.n as i64),
        text(&indicator.unit),
        Field::decimal(indicator.target),
        Field::decimal(indicator.start.as_ref().map(|s| s.value)),
        text(&beside.join(" ; ")),
        text(&c.reason),
        text(&seen.join(", ")),
    ]
}

/// As few digits as say it.
fn plain(value: f64) -> String {
    let digits = if value.fract().abs() < 1e-9 { 0 } else { 2 };
    decimals(value, digits)
}
