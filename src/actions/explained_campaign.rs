//! A campaign of which figures are explained: what all explanations share is made once, what one alone needs is made
//! when it is asked for.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::{ComparedCampaigns, OpenObservatory, Picture, side};
use crate::compare::{Comparisons, Gallery, Moment, side_by_side};
use crate::disclosure::{ClearedDelivery, DeliveryLog};
use crate::explain::{CorrectedCell, History, Overall, Since};
use crate::figures::{HeldFigures, HeldLevels, Indicators, Level, SingledOut};
use crate::intake::observations::Observations;
use crate::intake::store::Wanted;
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure};

/// Campaigns up to the one explained, the oldest first.
pub(super) struct Past<'a> {
    campaigns: Vec<&'a Campaign>,
    /// All of them together, where the picture has not the figures of each.
    together: Option<ComparedCampaigns>,
}

impl<'a> Past<'a> {
    /// Of a campaign and the figures that are to be explained; what the picture computed is not computed again.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(super) fn of(
        opened: &'a OpenObservatory,
        singled_out: &SingledOut,
        picture: &Picture,
    ) -> Result<Self> {
        let all = opened.observatory.settings.campaigns.iter();
        let asked = picture.campaign;
        let mut campaigns: Vec<&Campaign> = all.filter(|c| c.debut <= asked.debut).collect();
        campaigns.sort_by_key(|c| (c.debut, &c.id));
        let is_known = campaigns.iter().all(|c| at_hand(picture, c).is_some());
        let followed = HeldLevels::of(&[Level::Axe, Level::Critere]);
        let held = [HeldLevels::NOTHING, followed];
        let [figures, lines] = held.map(|levels| HeldFigures::beside(levels, singled_out));
        let together = (!is_known)
            .then(|| ComparedCampaigns::of(opened, &campaigns, (figures, lines), |_| ()))
            .transpose()?;
        Ok(Self {
            campaigns,
            together,
        })
    }

    /// Figures of each, those that the picture holds or those that are singled out.
    fn figures<'b>(&'b self, picture: &'b Picture) -> Vec<&'b Indicators> {
        match &self.together {
            Some(together) => together.figures.iter().collect(),
            None => (self.campaigns.iter())
                .filter_map(|campaign| at_hand(picture, campaign))
                .collect(),
        }
    }
}

/// Figures of a campaign that a picture holds.
fn at_hand<'a>(picture: &'a Picture, campaign: &Campaign) -> Option<&'a Indicators> {
    let before = picture.before.as_ref();
    let before = before.filter(|b| b.campaign.id == campaign.id);
    if picture.campaign.id == campaign.id {
        Some(&picture.indicators)
    } else {
        before.map(|b| &b.indicators)
    }
}

/// A campaign whose figures are explained.
pub(super) struct ExplainedCampaign<'a> {
    pub(super) opened: &'a OpenObservatory,
    pub(super) picture: &'a Picture<'a>,
    /// Day of the report that figures are read in.
    day: Day,
    names: Vec<&'a str>,
    moments: Vec<Moment<'a>>,
    followed: Option<&'a Comparisons>,
    cleared: RefCell<HashMap<Audience, Rc<ClearedDelivery>>>,
    teams: RefCell<HashMap<String, Rc<ClearedDelivery>>>,
    answers: RefCell<HashMap<String, Rc<Observations>>>,
}

impl<'a> ExplainedCampaign<'a> {
    pub(super) fn of(
        opened: &'a OpenObservatory,
        picture: &'a Picture<'a>,
        past: &'a Past<'a>,
        day: Day,
    ) -> Self {
        let each = past.campaigns.iter().zip(past.figures(picture));
        let moments = each.map(|(campaign, indicators)| Moment {
            side: side(opened, campaign, indicators),
            year: campaign.middle(),
        });
        let moments: Vec<Moment> = moments.collect();
        let together = past.together.as_ref();
        Self {
            opened,
            day,
            names: past.campaigns.iter().map(|c| c.id.as_str()).collect(),
            followed: together
                .filter(|_| moments.len() > 2)
                .map(|together| &together.comparisons.value),
            moments,
            picture,
            cleared: RefCell::default(),
            teams: RefCell::default(),
            answers: RefCell::default(),
        }
    }

    pub(super) fn since(&self) -> Option<Since<'_>> {
        let before = self.picture.before.as_ref()?;
        Some(Since {
            earlier: &before.campaign.id,
            compared: &before.compared,
        })
    }

    pub(super) fn history(&self) -> History<'_> {
        History {
            names: &self.names,
            moments: &self.moments,
            followed: self.followed,
        }
    }

    /// The centres side by side in one figure, or with the composite that is asked for: what all figures would be
    /// beside each other is not computed to explain one.
    pub(super) fn beside(
        &self,
        code: &str,
        weights: &BTreeMap<String, f64>,
    ) -> Result<Comparisons> {
        side_by_side(&Gallery {
            indicators: &self.picture.indicators,
            referentiel: self.picture.referentiel,
            structures: &self.picture.structures,
            composite: (!weights.is_empty()).then_some(weights),
            only: weights.is_empty().then_some(code),
        })
    }

    /// The answers of a structure.
    pub(super) fn answers(&self, site: &Structure) -> Result<Rc<Observations>> {
        if let Some(known) = self.answers.borrow().get(&site.code) {
            return Ok(Rc::clone(known));
        }
        let read = self.opened.store.long_table(Wanted {
            campaign: Some(&self.picture.campaign.id),
            structure: Some(&site.code),
        })?;
        let read = Rc::new(read);
        let mut known = self.answers.borrow_mut();
        known.insert(site.code.clone(), Rc::clone(&read));
        Ok(read)
    }

    /// What an audience that reads every accueil is given.
    ///
    /// # Errors
    ///
    /// An audience that reads one accueil, or none; a log that cannot be read.
    pub(super) fn cleared(&self, audience: Audience) -> Result<Rc<ClearedDelivery>> {
        let reads_all = [Audience::Elus, Audience::Familles, Audience::Renouvellement];
        if !reads_all.contains(&audience) {
            return Err(Error::Usage(format!(
                "« {} » : écrivez elus, familles ou renouvellement.",
                audience.as_str()
            )));
        }
        if let Some(known) = self.cleared.borrow().get(&audience) {
            return Ok(Rc::clone(known));
        }
        let structures: Vec<&Structure> = self.picture.structures.clone();
        let read = self.clear(&structures, audience)?;
        let mut known = self.cleared.borrow_mut();
        known.insert(audience, Rc::clone(&read));
        Ok(read)
    }

    fn clear(&self, structures: &[&Structure], audience: Audience) -> Result<Rc<ClearedDelivery>> {
        let log = DeliveryLog::open(&self.opened.observatory.root)?;
        let picture = self.picture;
        let view = picture.clear(self.opened, structures, audience, self.day, &log)?;
        Ok(Rc::new(view.cleared))
    }

    /// What the team of an accueil is given.
    pub(super) fn of_team(&self, site: &'a Structure) -> Result<Rc<ClearedDelivery>> {
        if let Some(known) = self.teams.borrow().get(&site.code) {
            return Ok(Rc::clone(known));
        }
        let read = self.clear(&[site], Audience::Equipe)?;
        let mut known = self.teams.borrow_mut();
        known.insert(site.code.clone(), Rc::clone(&read));
        Ok(read)
    }

    /// Cells in the place of which a person typed a value.
    pub(super) fn corrected(&self) -> Result<Vec<CorrectedCell>> {
        let state = self.opened.store.state()?;
        let own = state.imports.iter();
        let own = own.filter(|i| i.manifest.campaign == self.picture.campaign.id);
        let cells = own.flat_map(|import| {
            import.manifest.files.iter().flat_map(|file| {
                file.corrected.iter().map(|correction| CorrectedCell {
                    import: import.label.clone(),
                    file: file.name.clone(),
                    correction: correction.clone(),
                })
            })
        });
        Ok(cells.collect())
    }

    /// Figures that belong to no single structure.
    pub(super) fn overall(&self) -> Overall<'_> {
        Overall {
            referentiel: self.picture.referentiel,
            since: self.since(),
            priorities: &self.picture.priorities,
            trends: self.followed,
            voices: &self.picture.voices,
        }
    }
}
