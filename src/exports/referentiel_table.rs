//! `exporter referentiel`: one row per élément, with the critère and the axe it serves, so that
//! codes in other tables can be read without the program.

use super::text;
use crate::base::tabular::{Field, Heading, Table};
use crate::base::text::decimals;
use crate::vocabulary::referentiel::{Element, Referentiel, Scale, SourceCode, StructureType};

/// The référentiel as a table, in its own order.
pub(crate) fn referentiel(r: &Referentiel) -> Table {
    let columns = vec![
        Heading::text("version"),
        Heading::text("axe"),
        Heading::text("axe_libelle"),
        Heading::text("critere"),
        Heading::text("critere_libelle"),
        Heading::decimal("cible"),
        Heading::text("imperatif"),
        Heading::text("protection"),
        Heading::decimal("poids_critere"),
        Heading::text("element"),
        Heading::text("source"),
        Heading::text("libelle"),
        Heading::text("types"),
        Heading::text("echelle"),
        Heading::text("modalites"),
        Heading::text("sens"),
        Heading::decimal("poids_source"),
        Heading::decimal("poids"),
        Heading::text("mesure"),
        Heading::text("seuils"),
        Heading::text("empreinte"),
    ];
    let rows = r.elements.iter().map(|element| row(r, element));
    Table::new("Référentiel", columns, rows.collect())
}

fn row(r: &Referentiel, element: &Element) -> Vec<Field> {
    let critere = &r.criteres[element.critere];
    let axe = &r.axes[critere.axe];
    let scale = &r.scales[element.scale];
    let source = SourceCode::ALL.iter().position(|s| *s == element.source);
    let don = element.don.as_ref();
    vec![
        text(&r.version),
        text(&axe.code),
        text(&axe.label),
        text(&critere.code),
        text(&critere.label),
        Field::Decimal(critere.cible),
        text(yes(critere.imperatif)),
        text(yes(critere.protection)),
        Field::Decimal(critere.weight),
        text(&element.code),
        text(element.source.as_str()),
        text(&element.label),
        text(&types(element)),
        text(&scale.code),
        text(&modalities(scale)),
        text(if element.negative {
            "négatif"
        } else {
            "positif"
        }),
        Field::decimal(source.map(|s| critere.source_weights[s])),
        Field::Decimal(element.weight),
        text(don.map_or("", |d| d.measure.as_str())),
        text(&don.map_or_else(String::new, |d| {
            d.thresholds.map(|t| decimals(t, 2)).join(" ; ")
        })),
        text(&critere.hash),
    ]
}

fn yes(holds: bool) -> &'static str {
    if holds { "oui" } else { "non" }
}

fn types(element: &Element) -> String {
    let applies = StructureType::ALL
        .iter()
        .filter(|t| element.types.contains(**t));
    applies.map(|t| t.as_str()).collect::<Vec<_>>().join(" ")
}

/// « 1 = Jamais ; 2 = Parfois ; … », then what else may be answered.
fn modalities(scale: &Scale) -> String {
    let graded = scale.modalities.iter().map(|m| {
        if m.code == m.label {
            m.code.clone()
        } else {
            format!("{} = {}", m.code, m.label)
        }
    });
    let beside = [
        (scale.nc, "non concerné"),
        (scale.no, "non observé"),
        (scale.nsp, "ne sait pas"),
    ];
    let beside = beside.iter().filter(|b| b.0).map(|b| b.1.to_owned());
    graded.chain(beside).collect::<Vec<_>>().join(" ; ")
}
