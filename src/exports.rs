//! The tables of the contract (`design.md` section 9): column names and order are stable.

mod indicator_stream;

use polars::prelude::AnyValue;

use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::base::tabular::{Field, Kind, Table};
use crate::compare::Comparisons;
use crate::figures::Indicators;
use crate::intake::observations::{ObservationColumn, Observations};
use crate::vocabulary::config::Registry;
use crate::vocabulary::referentiel::MICRO;
use crate::wording::comparison_reasons;

pub(crate) use indicator_stream::stream_indicators;

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

/// `indicateurs`.
pub fn indicators(all: &[Indicators]) -> Table {
    let columns = INDICATOR_COLUMNS.to_vec();
    let rows = all.iter().flat_map(|campaign| {
        campaign.figures().iter().map(|f| {
            vec![
                text(&campaign.campagne),
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
                text(&campaign.version),
            ]
        })
    });
    Table {
        name: "Indicateurs",
        columns,
        rows: rows.collect(),
    }
}

/// `exporter observations`: the long table, `niveau` as a decimal.
pub fn observations(observations: &Observations) -> Result<Table> {
    use ObservationColumn as C;
    let exported: Vec<C> = C::ALL
        .iter()
        .copied()
        .filter(|c| !matches!(c, C::Modalite | C::Unite))
        .collect();
    let frame = observations.frame();
    let sources: Vec<_> = exported
        .iter()
        .map(|c| frame.column(c.name()))
        .collect::<Result<_, _>>()?;
    let mut rows = Vec::with_capacity(frame.height());
    for i in 0..frame.height() {
        let mut row = Vec::with_capacity(exported.len());
        for (column, values) in exported.iter().zip(&sources) {
            let value = values.get(i)?;
            row.push(match (column, &value) {
                (C::Micro, AnyValue::Int64(micro)) => Field::Decimal(*micro as f64 / MICRO as f64),
                (C::Micro, _) => Field::Empty,
                _ => Field::Text(value.get_str().unwrap_or("").to_owned()),
            });
        }
        rows.push(row);
    }
    let columns = exported
        .iter()
        .map(|c| match c {
            C::Micro => ("niveau", Kind::Decimal),
            _ => (c.name(), Kind::Text),
        })
        .collect();
    Ok(Table {
        name: "Observations",
        columns,
        rows,
    })
}

/// `exporter structures`: the registry.
pub fn structures(registry: &Registry) -> Table {
    let kinds = |name: &str| match name {
        "capacite_moins6" | "capacite_6plus" | "jours_an" => Kind::Whole,
        "latitude" | "longitude" => Kind::Decimal,
        _ => Kind::Text,
    };
    let whole = |n: Option<u32>| n.map_or(Field::Empty, |n| Field::Whole(i64::from(n)));
    let rows = registry.all().iter().map(|s| {
        vec![
            text(&s.code),
            text(&s.nom),
            text(s.kind.as_str()),
            text(&s.secteur),
            text(&s.commune),
            text(&s.insee),
            text(if s.pedt { "oui" } else { "non" }),
            whole(s.capacite_moins6),
            whole(s.capacite_6plus),
            whole(s.jours_an),
            Field::decimal(s.latitude),
            Field::decimal(s.longitude),
            text(&s.ouverture),
            text(&s.fermeture),
        ]
    });
    Table {
        name: "Structures",
        columns: crate::vocabulary::config::COLUMNS
            .iter()
            .map(|c| (*c, kinds(c)))
            .collect(),
        rows: rows.collect(),
    }
}

/// `comparer`.
pub fn comparisons(comparisons: &Comparisons) -> Table {
    let columns = vec![
        ("niveau", Kind::Text),
        ("code", Kind::Text),
        ("source", Kind::Text),
        ("structure", Kind::Text),
        ("valeur_1", Kind::Decimal),
        ("valeur_2", Kind::Decimal),
        ("delta", Kind::Decimal),
        ("borne_basse", Kind::Decimal),
        ("borne_haute", Kind::Decimal),
        ("verdict", Kind::Text),
        ("raison", Kind::Text),
        ("version_1", Kind::Text),
        ("version_2", Kind::Text),
    ];
    let rows = comparisons.lines.iter().map(|l| {
        vec![
            text(l.level.as_str()),
            text(&l.code),
            text(l.source.map_or("", |s| s.as_str())),
            text(&l.structure),
            Field::decimal(l.value1),
            Field::decimal(l.value2),
            Field::decimal(l.delta),
            Field::decimal(l.interval.map(|i| i.0)),
            Field::decimal(l.interval.map(|i| i.1)),
            text(&l.verdict_text()),
            text(&comparison_reasons::of_line(l)),
            text(&l.version1),
            text(&l.version2),
        ]
    });
    Table {
        name: "Comparaison",
        columns,
        rows: rows.collect(),
    }
}
