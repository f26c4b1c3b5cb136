//! Where one question was asked, and what each total is made of: found once, whatever the number of
//! sites.

use std::collections::{BTreeMap, BTreeSet};

use crate::disclosure::cleared::{AskedQuestion, ExactAnswers, FigurePlace};

/// Where one question was asked, and what each total is made of.
pub(crate) struct AskedPlaces<'a> {
    pub(crate) all: &'a [&'a AskedQuestion],
    pub(crate) sites: Vec<&'a AskedQuestion>,
    pub(crate) sectors: Vec<&'a AskedQuestion>,
    pub(crate) territory: Vec<&'a AskedQuestion>,
    /// Sites of each sector.
    members: BTreeMap<&'a FigurePlace, Vec<&'a AskedQuestion>>,
    /// Under the territory: sectors that are shown, and the sites in none of them.
    pub(crate) parts: Vec<&'a AskedQuestion>,
}

impl<'a> AskedPlaces<'a> {
    pub(crate) fn of(all: &'a [&'a AskedQuestion], exact: &'a ExactAnswers) -> Self {
        let mut places = Self {
            all,
            sites: Vec::new(),
            sectors: Vec::new(),
            territory: Vec::new(),
            members: BTreeMap::new(),
            parts: Vec::new(),
        };
        let mut shown: BTreeSet<&FigurePlace> = BTreeSet::new();
        for &asked in all {
            match &asked.place {
                FigurePlace::Site(_) => places.sites.push(asked),
                FigurePlace::Sector(_) => places.sectors.push(asked),
                FigurePlace::Territory => places.territory.push(asked),
            }
        }
        for &sector in places.sectors.iter().filter(|sector| sector.shown) {
            shown.insert(&sector.place);
            places.parts.push(sector);
        }
        for &site in &places.sites {
            let sector = exact.sector_of(&site.place);
            if let Some(sector) = sector {
                places.members.entry(sector).or_default().push(site);
            }
            if sector.is_none_or(|sector| !shown.contains(sector)) {
                places.parts.push(site);
            }
        }
        places
    }

    /// Sites of a sector.
    pub(crate) fn members_of(&self, sector: &AskedQuestion) -> &[&'a AskedQuestion] {
        let members = self.members.get(&sector.place);
        members.map_or(&[], Vec::as_slice)
    }
}
