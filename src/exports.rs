//! The tables of the contract (`docs/contract.md`): column names and order are stable.
//!
//! | question | file |
//! |---|---|
//! | columns of `indicateurs`, `comparer`, of the registry; what `exporter observations` leaves out, renames | this file |
//! | `indicateurs` written structure after structure (CSV, Parquet) | `indicator_stream`; columns: this file |
//! | `exporter referentiel` | `referentiel_table` |
//! | `exporter sql` | `partial_sql` |
//! | what each column means, its unit | `column_words` |
//! | – a column described | `described_column` |
//! | – of the indicators of the convention | `convention_columns` |
//! | – of workbooks alone | `workbook_columns` |
//! | – as `datapackage.json` | `data_package` |
//! | the same tables in workbooks for people: headings and words in French, which columns they see | `people_book` |
//! | notices | `notices` |
//! | register of treatments | `treatments`; of exchanges of data: `exchange_treatments`; an entry: `treatment` |

mod column_words;
mod convention_columns;
mod data_package;
mod described_column;
mod exchange_treatments;
mod indicator_stream;
mod notices;
mod partial_sql;
mod people_book;
mod referentiel_table;
mod treatment;
mod treatments;
mod workbook_columns;

use polars::prelude::AnyValue;

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::table_files::RowTaker;
use crate::base::tabular::{Field, Heading, Kind, Table};
use crate::compare::{Comparisons, Line};
use crate::figures::Figure;
use crate::intake::observations::{ObservationColumn, Observations};
use crate::vocabulary::config::Registry;
use crate::vocabulary::referentiel::MICRO;
use crate::wording::comparison_reasons;

pub(crate) use data_package::{DescribedTable, PACKAGE};
pub(crate) use indicator_stream::{IndicatorWriter, stream_indicators};
pub(crate) use notices::{Notice, notices};
pub(crate) use partial_sql::partial_sql;
pub(crate) use people_book::{PeopleBook, PeopleTable};
pub(crate) use referentiel_table::referentiel;
pub(crate) use treatments::{all_treatments, register};

fn text(value: &str) -> Field {
    Field::Text(value.to_owned())
}

/// Columns of `indicateurs`.
const INDICATOR_COLUMNS: [(&str, Kind); 13] = [
    ("campagne", Kind::Text),
    ("structure", Kind::Text),
    ("niveau", Kind::Text),
    ("code", Kind::Text),
    ("source", Kind::Text),
    ("valeur", Kind::Decimal),
    ("statut", Kind::Text),
    ("n", Kind::Whole),
    ("n_attendu", Kind::Whole),
    ("couverture", Kind::Decimal),
    ("cible", Kind::Decimal),
    ("ecart_cible", Kind::Decimal),
    ("version", Kind::Text),
];

/// Title of `indicateurs`.
pub const INDICATORS: &str = "Indicateurs";

/// Columns of `indicateurs`.
pub fn indicator_headings() -> Vec<Heading> {
    let columns = INDICATOR_COLUMNS.iter();
    columns.map(|c| Heading::typed(c.0, c.1)).collect()
}

/// A figure of a campaign, in the order of [`indicator_headings`].
pub fn indicator_row(campaign: &str, version: &str, f: &Figure) -> Vec<Field> {
    vec![
        text(campaign),
        text(&f.structure),
        text(f.level.as_str()),
        text(&f.code),
        text(f.source.map_or("", |s| s.as_str())),
        Field::decimal(f.value),
        text(&f.statut()),
        Field::Whole(f.n as i64),
        Field::Whole(f.expected as i64),
        Field::decimal(f.coverage),
        Field::decimal(f.target),
        Field::decimal(f.target_gap()),
        text(version),
    ]
}

/// Title of `exporter observations`.
pub(crate) const OBSERVATIONS: &str = "Observations";

/// Columns of the long table that leave.
fn exported_columns() -> impl Iterator<Item = ObservationColumn> {
    let all = ObservationColumn::ALL.iter().copied();
    all.filter(|c| !matches!(c, ObservationColumn::Modalite | ObservationColumn::Unite))
}

/// Columns of `exporter observations`.
pub(crate) fn observation_headings() -> Vec<Heading> {
    let heading = |c: ObservationColumn| match c {
        ObservationColumn::Micro => Heading::decimal("niveau"),
        ObservationColumn::Date => Heading::day(c.name()),
        _ => Heading::text(c.name()),
    };
    exported_columns().map(heading).collect()
}

/// `exporter observations`: the long table, `niveau` as a decimal.
pub fn observations(observations: &Observations) -> Result<Table> {
    let mut rows = Vec::with_capacity(observations.frame().height());
    each_observation(observations, &mut |row| {
        rows.push(row.to_vec());
        Ok(())
    })?;
    Ok(Table::new(OBSERVATIONS, observation_headings(), rows))
}

/// The same rows, handed over one by one.
pub(crate) fn each_observation(observations: &Observations, put: &mut RowTaker) -> Result<()> {
    use ObservationColumn as C;
    let frame = observations.frame();
    let sources: Vec<_> = exported_columns()
        .map(|c| Ok((c, frame.column(c.name())?)))
        .collect::<Result<_>>()?;
    let mut row = Vec::with_capacity(sources.len());
    for i in 0..frame.height() {
        row.clear();
        for (column, values) in &sources {
            let value = values.get(i)?;
            row.push(match (column, &value) {
                (C::Micro, AnyValue::Int64(micro)) => Field::Decimal(*micro as f64 / MICRO as f64),
                (C::Micro, _) => Field::Empty,
                (C::Date, _) => Field::day(value.get_str().and_then(|iso| iso.parse().ok())),
                _ => Field::Text(value.get_str().unwrap_or("").to_owned()),
            });
        }
        put(&row)?;
    }
    Ok(())
}

fn registry_heading(name: &str) -> Heading {
    match name {
        "capacite_moins6" | "capacite_6plus" | "jours_an" => Heading::whole(name),
        "latitude" | "longitude" => Heading::decimal(name),
        "ouverture" | "fermeture" | "pedt_debut" | "pedt_fin" => Heading::day(name),
        _ => Heading::text(name),
    }
}

/// `exporter structures`: the registry.
pub fn structures(registry: &Registry) -> Table {
    let whole = |n: Option<u32>| n.map_or(Field::Empty, |n| Field::Whole(i64::from(n)));
    let rows = registry.all().iter().map(|s| {
        vec![
            text(&s.code),
            text(&s.nom),
            text(s.kind.as_str()),
            text(&s.secteur),
            text(&s.commune),
            text(&s.insee),
            match s.pedt.declared {
                Some(there) => text(if there { "oui" } else { "non" }),
                None => Field::Empty,
            },
            whole(s.capacite_moins6),
            whole(s.capacite_6plus),
            whole(s.jours_an),
            Field::decimal(s.latitude),
            Field::decimal(s.longitude),
            Field::day(s.ouverture),
            Field::day(s.fermeture),
            Field::day(s.pedt.debut),
            Field::day(s.pedt.fin),
            text(&s.pedt.times()),
        ]
    });
    Table::new(
        "Structures",
        crate::vocabulary::config::COLUMNS
            .iter()
            .map(|c| registry_heading(c))
            .collect(),
        rows.collect(),
    )
}

/// Name of the table of `comparer`.
pub(crate) const COMPARISON: &str = "Comparaison";

/// `comparer`.
pub fn comparisons(comparisons: &Comparisons) -> Table {
    let rows = comparisons.lines.iter().map(comparison_row);
    Table::new(COMPARISON, comparison_columns(), rows.collect())
}

/// Columns of `comparer`.
pub(crate) fn comparison_columns() -> Vec<Heading> {
    vec![
        Heading::text("niveau"),
        Heading::text("code"),
        Heading::text("source"),
        Heading::text("structure"),
        Heading::decimal("valeur_1"),
        Heading::decimal("valeur_2"),
        Heading::decimal("delta"),
        Heading::decimal("borne_basse"),
        Heading::decimal("borne_haute"),
        Heading::decimal("erreur_type"),
        Heading::decimal("probabilite_hausse"),
        Heading::text("verdict"),
        Heading::text("raison"),
        Heading::text("version_1"),
        Heading::text("version_2"),
    ]
}

/// A line of `comparer`, in the order of its columns.
pub(crate) fn comparison_row(l: &Line) -> Vec<Field> {
    vec![
        text(l.level.as_str()),
        text(&l.code),
        text(l.source.map_or("", |s| s.as_str())),
        text(&l.structure),
        Field::decimal(l.value1),
        Field::decimal(l.value2),
        Field::decimal(l.delta),
        Field::decimal(l.interval.map(|i| i.low)),
        Field::decimal(l.interval.map(|i| i.high)),
        Field::decimal(l.se),
        Field::decimal(l.rise),
        text(&l.verdict_text()),
        text(&comparison_reasons::of_line(l)),
        text(&l.version1),
        text(&l.version2),
    ]
}
