//! Aggregates that may leave a territory: what is decided of a delivery, carried to the counts that it
//! is made from. Nothing is masked here that `decide` did not decide.

use std::collections::BTreeMap;

use super::clear_delivery::{clear_with, delivered};
use super::clearance_input::ClearanceInput;
use super::clearing::Clearing;
use crate::disclosure::cleared::{ClearedDelivery, Mask};
use crate::disclosure::decide::{
    AnswerGroup, GroupState, PRINTED_SOURCES, hidden_activity, hidden_ratings,
};
use crate::figures::{Level, SiteActivity, SiteRelease};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{ActivityCode, Referentiel, SourceCode};

/// Children of the school, which is no one's answer.
const SCHOOL: &str = "effectif_ecole";

/// Reason of answers that nearly all gave alike: their counts would be everyone's.
const UNANIMOUS: &str = "réponses presque unanimes";
/// Reason of answers of which too few have changed since they were first handed over.
const REPEATED: &str = "trop peu changé depuis une remise précédente";

/// Aggregates that may leave.
pub(crate) struct ReleasedAggregates {
    /// Structure code → what may leave.
    pub(crate) sites: BTreeMap<String, SiteRelease>,
    /// Why something stays → how many questions, numbers of respondents, indicators and ratings of a
    /// critère, over all structures.
    pub(crate) withheld: BTreeMap<String, usize>,
}

/// Clears aggregates, and the delivery that the log remembers of them. `structures` are all those active in the campaign, in
/// order of code.
pub(crate) fn clear_aggregates(
    input: &ClearanceInput,
    structures: &[&Structure],
) -> (ClearedDelivery, ReleasedAggregates) {
    clear_with(input, structures, |clearing| {
        let delivery = delivered(clearing);
        let mut released = ReleasedAggregates {
            sites: BTreeMap::new(),
            withheld: BTreeMap::new(),
        };
        for (site, structure) in clearing.figures.structures.iter().enumerate() {
            let mut releasing = SiteReleasing {
                clearing,
                site,
                release: SiteRelease::default(),
                withheld: &mut released.withheld,
            };
            releasing.all();
            let release = releasing.release;
            released.sites.insert(structure.code.clone(), release);
        }
        (delivery, released)
    })
}

impl ReleasedAggregates {
    /// Withholds, once the log of deliveries gave back the delivery, the counts that go with what it repeats: where a
    /// question of a structure (`replaced`, by their codes) repeats an earlier edition, too few answers have changed,
    /// and the counts of the day would tell them apart.
    pub(crate) fn withhold_repeated(
        &mut self,
        replaced: impl Fn(&str, &str) -> bool,
        referentiel: &Referentiel,
    ) {
        for (structure, release) in &mut self.sites {
            let elements = release.elements.iter().copied();
            let stays = |e: &usize| replaced(structure, &referentiel.elements[*e].code);
            let staying: Vec<usize> = elements.filter(stays).collect();
            for element in staying {
                release.withhold(element, referentiel);
                *self.withheld.entry(REPEATED.to_owned()).or_default() += 1;
            }
        }
    }
}

/// One structure being decided on.
struct SiteReleasing<'a, 'b> {
    clearing: &'b Clearing<'a>,
    site: usize,
    release: SiteRelease,
    withheld: &'b mut BTreeMap<String, usize>,
}

impl SiteReleasing<'_, '_> {
    fn all(&mut self) {
        for position in 0..self.clearing.figures.referentiel.elements.len() {
            self.question(position);
        }
        for position in 0..self.clearing.figures.referentiel.criteres.len() {
            self.ratings(position);
        }
        for source in SourceCode::ALL {
            self.respondents(source);
        }
        self.activity();
    }

    fn withhold(&mut self, reason: &str) {
        *self.withheld.entry(reason.to_owned()).or_default() += 1;
    }

    /// A question leaves where its exact answers may be shown.
    fn question(&mut self, position: usize) {
        let figures = self.clearing.figures;
        let source = figures.referentiel.elements[position].source;
        let answers = &self.clearing.decisions.answers;
        let state = answers.state(position, AnswerGroup::Site(self.site));
        match state {
            _ if !source.is_questionnaire() => {}
            GroupState::Exact => {
                self.release.elements.insert(position);
            }
            GroupState::Blurred => self.withhold(UNANIMOUS),
            GroupState::Masked(mask) => self.withhold(mask.reason()),
            GroupState::Empty => {
                let code = &figures.structures[self.site].code;
                let collected = &figures.indicators.collected;
                // Teachers are never told apart, in no delivery.
                let is_told = PRINTED_SOURCES.contains(&source);
                if !is_told && collected.distribution(code, position).is_some() {
                    self.withhold(Mask::NotForAudience.reason());
                }
            }
        }
    }

    /// Grids and interviews of a critère leave together or stay together.
    fn ratings(&mut self, position: usize) {
        let figures = self.clearing.figures;
        let decisions = self.clearing.decisions;
        let view = decisions.view(figures, self.site);
        let hidden = &decisions.levels[self.site].hidden;
        if let Some(mask) = hidden_ratings(&view, hidden, position) {
            self.withhold(mask.reason());
            return;
        }
        let r = figures.referentiel;
        let elements = r.criteres[position].elements.iter();
        let ratings = elements.filter(|e| {
            let source = r.elements[**e].source;
            !source.is_questionnaire() && source != SourceCode::Don
        });
        self.release.elements.extend(ratings);
    }

    fn respondents(&mut self, source: SourceCode) {
        let group = AnswerGroup::Site(self.site);
        match self.clearing.decisions.answers.return_state(source, group) {
            GroupState::Exact => {
                self.release.respondents.insert(source);
            }
            GroupState::Masked(mask) => self.withhold(mask.reason()),
            GroupState::Empty | GroupState::Blurred => {}
        }
    }

    /// The columns of the indicators that are printed, and sessions.
    fn activity(&mut self) {
        let (figures, decisions) = (self.clearing.figures, self.clearing.decisions);
        let structure = &figures.structures[self.site].code;
        for figure in figures.figures(structure, Level::Activite) {
            let (Some(value), Ok(code)) = (figure.value, figure.code.parse::<ActivityCode>())
            else {
                continue;
            };
            let mask = hidden_activity(
                figures,
                &decisions.thresholds,
                &decisions.answers,
                self.site,
                figure,
                value,
            );
            if let Some(mask) = mask {
                self.withhold(mask.reason());
                continue;
            }
            if SiteActivity::rests_on_sessions(code) {
                self.release.sessions = true;
                // No accueil périscolaire may receive more children than its school has (I22).
                self.release.columns.insert(SCHOOL.to_owned());
            }
            let columns = SiteActivity::columns(&figure.code).into_iter();
            self.release.columns.extend(columns.map(str::to_owned));
        }
    }
}
