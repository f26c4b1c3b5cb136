//! A campaign of which figures are explained: what all explanations share is made once, what one alone needs is made
//! when it is asked for.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::fidelite::standard;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::{OpenObservatory, Picture, side};
use crate::compare::{Comparisons, Gallery, Moment, follow, side_by_side};
use crate::disclosure::{ClearedDelivery, DeliveryLog};
use crate::explain::{CorrectedCell, History, Overall, Since};
use crate::figures::Indicators;
use crate::figures::reliability::{Observers, QuestionnaireScale, RatedAnswer};
use crate::figures::reliability::{observers, questionnaires};
use crate::intake::observations::Observations;
use crate::intake::store::Wanted;
use crate::stats::calibration::Standard;
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::SourceCode;

/// A campaign up to the one explained, with its figures where the picture has none of it.
pub(super) struct Past<'a> {
    campaign: &'a Campaign,
    indicators: Option<Indicators>,
}

/// The oldest first; what the picture computed is not computed again.
pub(super) fn past<'a>(
    opened: &'a OpenObservatory,
    asked: &Campaign,
    picture: &Picture,
) -> Result<Vec<Past<'a>>> {
    let campaigns = opened.observatory.settings.campaigns.iter();
    let mut past: Vec<&Campaign> = campaigns.filter(|c| c.debut <= asked.debut).collect();
    past.sort_by_key(|c| (c.debut, &c.id));
    let mut figures = Vec::new();
    for campaign in past {
        let indicators = match at_hand(picture, campaign) {
            Some(_) => None,
            None => Some(opened.indicators(campaign)?.value),
        };
        figures.push(Past {
            campaign,
            indicators,
        });
    }
    Ok(figures)
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

/// What is said of a territory's people and observers.
struct Spoken {
    answers: Vec<RatedAnswer>,
    observers: Observers,
    scales: Vec<QuestionnaireScale>,
}

/// A campaign whose figures are explained.
pub(super) struct ExplainedCampaign<'a> {
    pub(super) opened: &'a OpenObservatory,
    pub(super) picture: &'a Picture<'a>,
    /// Day of the report that figures are read in.
    day: Day,
    names: Vec<&'a str>,
    moments: Vec<Moment<'a>>,
    followed: Option<Comparisons>,
    standard: Standard,
    spoken: OnceCell<Spoken>,
    cleared: RefCell<HashMap<Audience, Rc<ClearedDelivery>>>,
    teams: RefCell<HashMap<String, Rc<ClearedDelivery>>>,
    answers: RefCell<HashMap<String, Rc<Observations>>>,
}

impl<'a> ExplainedCampaign<'a> {
    pub(super) fn of(
        opened: &'a OpenObservatory,
        picture: &'a Picture<'a>,
        past: &'a [Past<'a>],
        day: Day,
    ) -> Self {
        let moments: Vec<Moment> = past
            .iter()
            .filter_map(|p| {
                let own = p.indicators.as_ref();
                let indicators = own.or_else(|| at_hand(picture, p.campaign))?;
                Some(Moment {
                    side: side(opened, p.campaign, indicators),
                    year: p.campaign.middle(),
                })
            })
            .collect();
        Self {
            opened,
            day,
            names: past.iter().map(|p| p.campaign.id.as_str()).collect(),
            followed: (moments.len() > 2).then(|| follow(&moments).value),
            moments,
            standard: standard(opened.observatory.settings.training),
            picture,
            spoken: OnceCell::new(),
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
            followed: self.followed.as_ref(),
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
        let view = picture.clear(self.opened, structures, audience, self.day, &log);
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
    pub(super) fn overall(&self) -> Result<Overall<'_>> {
        if self.spoken.get().is_none() {
            let (campaign, r) = (self.picture.campaign, self.picture.referentiel);
            let answers = self.opened.fold(campaign)?.rated(SourceCode::Obs)?;
            let stored = self.opened.store.load(Some(&campaign.id))?;
            let _ = self.spoken.set(Spoken {
                observers: observers(&answers, r),
                scales: questionnaires(&stored, r)?,
                answers,
            });
        }
        let Some(spoken) = self.spoken.get() else {
            unreachable!("set just above");
        };
        Ok(Overall {
            referentiel: self.picture.referentiel,
            since: self.since(),
            priorities: &self.picture.priorities,
            observers: &spoken.observers,
            answers: &spoken.answers,
            standard: self.standard,
            scales: &spoken.scales,
            trends: self.followed.as_ref(),
            voices: &self.picture.voices,
        })
    }
}
