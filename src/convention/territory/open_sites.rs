//! Which accueils are open on a day, and in which commune: declared ones alone count in the access to accueils.

use super::access_measure::AccessTime;
use super::communes_file::CommuneLine;
use super::great_circle::PlaceOnEarth;
use crate::base::day::Day;
use crate::base::text::fold;
use crate::vocabulary::config::{Registry, Structure};
use crate::vocabulary::referentiel::StructureType;

/// A declared accueil that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenSite {
    /// Its code.
    pub code: String,
    /// Its kind.
    pub kind: StructureType,
    /// INSEE code of its commune; none when it is none of those of the territory.
    pub commune: Option<String>,
    /// Where it is; none when the registry does not say.
    pub at: Option<PlaceOnEarth>,
    /// Its places; none when they are not said.
    pub places: Option<u32>,
}

/// Declared accueils open on a day, at a time of the week or at any.
pub fn open_sites(
    registry: &Registry,
    communes: &[&CommuneLine],
    day: Day,
    time: Option<AccessTime>,
) -> Vec<OpenSite> {
    let open = registry.all().iter().filter(|s| {
        s.kind != StructureType::NonDeclaree
            && s.active(day, day)
            && time.is_none_or(|t| t.is_of(s.kind))
    });
    open.map(|s| OpenSite {
        code: s.code.clone(),
        kind: s.kind,
        commune: commune_of(s, communes),
        at: s
            .latitude
            .zip(s.longitude)
            .map(|(north, east)| PlaceOnEarth { north, east }),
        places: s.places(),
    })
    .collect()
}

/// By its INSEE code where the registry says one, by its name otherwise.
fn commune_of(structure: &Structure, communes: &[&CommuneLine]) -> Option<String> {
    let insee = structure.insee.trim();
    let name = fold(&structure.commune);
    let found = communes.iter().find(|c| {
        if insee.is_empty() {
            !name.is_empty() && fold(&c.name) == name
        } else {
            c.insee == insee
        }
    });
    found.map(|c| c.insee.clone())
}
