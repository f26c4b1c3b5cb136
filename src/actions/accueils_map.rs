//! Where the accueils of the registry are, over the outlines of communes when these are there.

use crate::base::error::Result;
use crate::campaign::{OpenObservatory, today};
use crate::reports::charts::{MapKey, MapPoint, MappedSite, TerritoryMap, map};
use crate::vocabulary::config::read_outlines;

/// A map, drawn.
pub(crate) struct AccueilsMap {
    /// The drawing.
    pub(crate) svg: String,
    /// One sentence, for who cannot see it.
    pub(crate) alt: String,
    /// How many accueils are on it.
    pub(crate) placed: usize,
    /// How many have no place yet.
    pub(crate) elsewhere: usize,
}

/// Draws it; none when no accueil has a place.
///
/// # Errors
///
/// Outlines that cannot be read.
pub(crate) fn accueils_map(opened: &OpenObservatory) -> Result<Option<AccueilsMap>> {
    let day = today();
    let all = opened.observatory.registry.all();
    let places: Vec<MappedSite> = all
        .iter()
        .filter_map(|site| {
            let (north, east) = site.latitude.zip(site.longitude)?;
            let is_open = site.active(day, day);
            Some(MappedSite {
                code: site.code.clone(),
                name: site.nom.clone(),
                at: MapPoint { east, north },
                filled: is_open,
                words: if is_open { "ouvert" } else { "fermé" }.to_owned(),
            })
        })
        .collect();
    let placed = places.len();
    let rings = read_outlines(&opened.observatory.root)?;
    let outlines = rings.iter().map(|ring| {
        let points = ring.iter().map(|(east, north)| MapPoint {
            east: *east,
            north: *north,
        });
        points.collect()
    });
    let territory = TerritoryMap {
        outlines: outlines.collect(),
        places,
        key: MapKey {
            filled: "ouvert".to_owned(),
            hollow: "fermé".to_owned(),
        },
    };
    // Without a place for anybody, or of one alone, there is nothing to see.
    let drawn = if placed == 0 {
        None
    } else {
        map("Où sont les accueils", &territory).ok()
    };
    Ok(drawn.map(|chart| AccueilsMap {
        svg: chart.svg,
        alt: chart.alt,
        placed,
        elsewhere: all.len() - placed,
    }))
}
