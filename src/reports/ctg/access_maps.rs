//! Access to the accueils, commune by commune: hatched maps with their table; one day, or before and after.

use super::ctg_keys::CtgKeys;
use crate::base::error::Result;
use crate::base::text::{decimals, integer};
use crate::disclosure::{CtgCommune, CtgMap, CtgMapDay};
use crate::reports::charts::{
    CommuneMap, CommunePanel, MapPoint, MarkedSite, ShadedCommune, SiteMark, commune_map,
};
use crate::reports::document::{Block, Drawing};
use crate::reports::drawn_figure::{place, with_keys};
use crate::vocabulary::config::CommuneOutline;
use crate::vocabulary::referentiel::StructureType;

/// Places for a hundred children from which a commune is hatched denser.
const RATES: [f64; 2] = [15.0, 30.0];

/// The map of a measure, over the outlines of communes where there are some.
pub(crate) fn access_map(
    map: &CtgMap,
    outlines: &[CommuneOutline],
    keys: &CtgKeys,
) -> Result<Option<Block>> {
    let Some(last) = map.days.last().filter(|d| !d.communes.is_empty()) else {
        return Ok(None);
    };
    let panels = map.days.iter().map(|d| panel(map, d, outlines)).collect();
    let drawn = commune_map(
        &title(map, last),
        &CommuneMap {
            panels,
            shades: shades(map),
            marks: marks(map),
            headings: headings(map),
            rows: rows(map, last),
        },
    );
    let block = place(Drawing::Map, drawn, &caption(map, outlines))?;
    let key = keys.key(&map.key);
    Ok(Some(with_keys(block, |_, _| Some(key.clone()))))
}

fn title(map: &CtgMap, last: &CtgMapDay) -> String {
    let when = if map.time.is_empty() {
        String::new()
    } else {
        format!(", {}", map.time)
    };
    let km = map.distance_km.map_or_else(String::new, |km| {
        format!(" à moins de {} km", integer(km as i64))
    });
    let what = match map.code.as_str() {
        "T03" => format!("{} places pour 100 enfants{when}", last.value.text),
        "T02" => format!(
            "{} des enfants ont un accueil{km}, à vol d’oiseau{when}",
            last.value.text
        ),
        _ => format!(
            "{} des enfants ont un accueil dans leur commune{when}",
            last.value.text
        ),
    };
    match map.days.as_slice() {
        [first, _] => format!(
            "{what}, le {} ({} le {})",
            last.day.short(),
            first.value.text,
            first.day.short()
        ),
        _ => format!("{what}, le {}", last.day.short()),
    }
}

fn caption(map: &CtgMap, outlines: &[CommuneOutline]) -> String {
    let surfaces = if outlines.is_empty() {
        " Sans contours de communes (« observatoire territoire » en donne le lien), un carré marque le centre de chacune."
    } else {
        ""
    };
    let crow = if map.code == "T02" {
        " Les distances sont à vol d’oiseau, du centre de la commune à l’accueil : la route est plus longue."
    } else {
        ""
    };
    format!(
        "Champ : accueils déclarés, ouverts ce jour-là.{crow}{surfaces} Source : data/communes.csv et registre des accueils."
    )
}

fn shade(map: &CtgMap, commune: &CtgCommune) -> usize {
    match map.code.as_str() {
        "T03" => match commune.rate {
            None => 0,
            Some(rate) if rate <= 0.0 => 0,
            Some(rate) => 1 + RATES.iter().filter(|limit| rate >= **limit).count(),
        },
        _ => {
            if commune.amount > 0.0 {
                2
            } else {
                0
            }
        }
    }
}

fn shades(map: &CtgMap) -> Vec<(usize, String)> {
    let all = if map.code == "T03" {
        let [low, high] = RATES.map(|r| integer(r as i64));
        vec![
            (0, "aucune place".to_owned()),
            (1, format!("moins de {low} places pour 100 enfants")),
            (2, format!("de {low} à moins de {high}")),
            (3, format!("{high} ou plus")),
        ]
    } else if map.code == "T02" {
        vec![
            (2, "un accueil assez près".to_owned()),
            (0, "aucun assez près".to_owned()),
        ]
    } else {
        vec![
            (2, "un accueil dans la commune".to_owned()),
            (0, "aucun".to_owned()),
        ]
    };
    let is_used = |s: usize| {
        map.days
            .iter()
            .any(|d| d.communes.iter().any(|c| shade(map, c) == s))
    };
    all.into_iter().filter(|(s, _)| is_used(*s)).collect()
}

fn mark(kind: StructureType) -> SiteMark {
    match kind {
        StructureType::Periscolaire | StructureType::PeriscolaireRepas => SiteMark::Square,
        StructureType::Extrascolaire => SiteMark::Ring,
        StructureType::NonDeclaree => SiteMark::Box,
        StructureType::Mercredi | StructureType::Mixte => SiteMark::Disc,
    }
}

fn marks(map: &CtgMap) -> Vec<(SiteMark, String)> {
    let words = |m| match m {
        SiteMark::Square => "accueil périscolaire",
        SiteMark::Ring => "accueil des vacances",
        SiteMark::Disc => "accueil du mercredi, ou des mercredis et vacances",
        SiteMark::Box => "garderie non déclarée",
    };
    let sites = map.days.iter().flat_map(|d| &d.sites);
    let mut used: Vec<SiteMark> = sites.map(|s| mark(s.kind)).collect();
    used.sort_unstable();
    used.dedup();
    used.into_iter().map(|m| (m, words(m).to_owned())).collect()
}

fn panel(map: &CtgMap, day: &CtgMapDay, outlines: &[CommuneOutline]) -> CommunePanel {
    let point = |north, east| MapPoint { east, north };
    let rings = |insee: &str| {
        let own = outlines
            .iter()
            .filter(|o| o.insee == insee)
            .flat_map(|o| &o.rings);
        own.map(|ring| ring.iter().map(|p| point(p.1, p.0)).collect())
            .collect()
    };
    CommunePanel {
        heading: format!("Le {} : {}", day.day.short(), day.value.text),
        communes: (day.communes.iter())
            .map(|c| ShadedCommune {
                name: c.name.clone(),
                rings: rings(&c.insee),
                centre: point(c.north, c.east),
                shade: shade(map, c),
            })
            .collect(),
        sites: (day.sites.iter())
            .map(|s| MarkedSite {
                code: s.code.clone(),
                at: point(s.north, s.east),
                mark: mark(s.kind),
            })
            .collect(),
    }
}

fn headings(map: &CtgMap) -> Vec<String> {
    let mut all = vec!["Commune".to_owned(), "Enfants de 3 à 11 ans".to_owned()];
    let what = if map.code == "T03" {
        "Places pour 100 enfants, le"
    } else {
        "Le"
    };
    all.extend((map.days.iter()).map(|d| format!("{what} {}", d.day.short())));
    all
}

fn rows(map: &CtgMap, last: &CtgMapDay) -> Vec<Vec<String>> {
    let reading = |c: &CtgCommune| match (map.code.as_str(), c.distance) {
        ("T03", _) => match c.rate {
            Some(rate) => decimals(rate, 0),
            None => "sans enfants".to_owned(),
        },
        ("T02", Some(km)) => {
            let near = if c.amount > 0.0 { "oui" } else { "non" };
            format!("{near}, à {} km", decimals(km, 1))
        }
        _ => if c.amount > 0.0 { "oui" } else { "non" }.to_owned(),
    };
    let row = |commune: &CtgCommune| {
        let mut row = vec![commune.name.clone(), commune.children.text.clone()];
        row.extend(map.days.iter().map(|day| {
            let own = day.communes.iter().find(|c| c.insee == commune.insee);
            own.map_or_else(|| "–".to_owned(), reading)
        }));
        row
    };
    last.communes.iter().map(row).collect()
}
