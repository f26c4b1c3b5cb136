//! `exporter sql`: the partials as plain SQL over the store's Parquet, for whoever outgrows one machine
//! and has an engine.

use std::fmt::Write as _;

use crate::vocabulary::referentiel::{Referentiel, StructureType};

/// The same partials as the program's own fold, in any engine that speaks SQL.
const PARTIALS: &str = include_str!("agregats.sql");

/// The référentiel as the table `elements`, then the partials.
pub(crate) fn partial_sql(referentiel: &Referentiel) -> String {
    let mut sql = format!(
        "-- Référentiel {}, SHA-256 {}.\nCREATE VIEW elements AS SELECT * FROM (VALUES\n",
        referentiel.version, referentiel.hash
    );
    for (position, element) in referentiel.elements.iter().enumerate() {
        let comma = if position == 0 { ' ' } else { ',' };
        // Writing to a text does not fail.
        let _ = write!(
            sql,
            " {comma} ({position}, {}, '{}'",
            element.critere, element.source
        );
        for kind in StructureType::ALL {
            let _ = write!(sql, ", {}", u8::from(element.types.contains(kind)));
        }
        sql.push_str(")\n");
    }
    sql.push_str(") AS t(element, critere, source, t1, t2, t3, t4, t5, t6);\n\n");
    sql.push_str(PARTIALS);
    sql
}

#[cfg(test)]
mod tests {
    use super::partial_sql;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn every_element_and_every_table_is_there() {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let sql = partial_sql(&r);
        let rows = sql
            .lines()
            .filter(|l| l.trim_start_matches([' ', ',']).starts_with('('));
        assert_eq!(rows.count(), r.elements.len());
        for table in [
            "elements",
            "modalites",
            "criteres",
            "repondants",
            "grilles",
            "familles",
        ] {
            assert!(sql.contains(&format!("-- table: {table}\n")), "{table}");
        }
    }
}
