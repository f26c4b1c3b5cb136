//! Forgetting: answers whose time is over become aggregates. What it will do is computed whole before
//! anything is written, figures included: none may change but those that too few people stand behind.

use crate::base::day::Day;
use std::collections::BTreeSet;

use super::purge_effect::{MaskedFigure, PurgeEffect};
use super::remaining_files::{RemainingFile, remaining_files};
use crate::base::error::{Error, Result};
use crate::campaign::{AT_ONCE, OpenObservatory, day_or_today, today};
use crate::convention::{PurgedSurvey, load_surveys, purge_surveys, purge_words};
use crate::figures::{ForgottenCampaign, HeldLevels, PartedCampaign};
use crate::intake::observations::plage_of;
use crate::intake::store::{
    ActivityKeeping, LiveImport, NeutralNames, PersonalData, PostWindow, PurgeOrder, PurgedImport,
    StoreState, Swept,
};
use crate::vocabulary::config::{Campaign, forget_observers};
use crate::vocabulary::referentiel::{PedtTime, Referentiel, SourceCode};

/// What to purge.
pub(crate) struct PurgeRequest {
    /// Answers whose retention ended by that day, AAAA-MM-JJ; today otherwise.
    pub before: Option<String>,
    /// Say what would be done, change nothing.
    pub simulation: bool,
}

/// What was purged, or would be.
pub(crate) struct PurgeOutcome {
    /// The day asked for.
    pub before: Day,
    /// Whether that day is still to come.
    pub ahead: bool,
    /// Whether nothing was changed.
    pub simulation: bool,
    /// Campaigns with something to purge.
    pub campaigns: Vec<CampaignPurge>,
    /// What earlier purges replaced and had not removed; completed by this one.
    pub unfinished: usize,
    /// Observers whose names leave, since no grid bears their code any more.
    pub observers: usize,
    /// What left the disk.
    pub swept: Swept,
    /// Responses to small questionnaires that became counts.
    pub surveys: Vec<PurgedSurvey>,
    /// Lines of what people said that left the follow-up of the convention.
    pub words: usize,
    /// What a person has to look at: raw files, reports, backups.
    pub remaining: Vec<RemainingFile>,
}

/// One campaign.
pub(crate) struct CampaignPurge {
    /// Campaign.
    pub campaign: String,
    /// Whether the settings still describe it.
    pub described: bool,
    /// Sources whose answers go, and since when they should have.
    pub sources: Vec<SourceDue>,
    /// Labels of the imports that change.
    pub imports: Vec<String>,
    /// Labels of cancelled imports that go whole.
    pub cancelled: Vec<String>,
    /// Answers, words and respondents of those imports.
    pub counts: HeldCounts,
    /// Figures that become `effectif_insuffisant`.
    pub masked: Vec<MaskedFigure>,
}

/// A source whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceDue {
    /// Source.
    pub source: SourceCode,
    /// Day from which it is to be purged.
    pub due: Day,
}

/// What imports hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct HeldCounts {
    /// Answers.
    pub answers: usize,
    /// Comments, open answers, notes.
    pub words: usize,
    /// Respondents.
    pub respondents: usize,
}

/// Purges what is due, or says what would be.
///
/// # Errors
///
/// A day that is none; a store that is held or damaged; a figure that would change: nothing is purged
/// then.
pub(crate) fn purge(opened: &OpenObservatory, request: &PurgeRequest) -> Result<PurgeOutcome> {
    let before = day_or_today(request.before.as_deref())?;
    let day = today();
    // What is computed must hold until it is written.
    let held = (!request.simulation)
        .then(|| opened.store.hold())
        .transpose()?;
    let state = opened.store.state()?;
    let unfinished = opened.store.leftovers()?.len();
    let due = due_campaigns(opened, &opened.store.personal_data()?, before)?;
    let mut live: Vec<Vec<LiveImport>> = Vec::new();
    for one in &due {
        live.push(opened.store.live(&state, &one.campaign)?);
    }
    let names = NeutralNames::draw(live.iter().flatten())?;
    let gone = forgotten_observers(opened, &state, &due, &live)?;
    let mut campaigns = Vec::new();
    for (one, live) in due.into_iter().zip(&live) {
        let purge = DuePurge {
            opened,
            due: &one,
            names: &names,
            day,
        };
        let masked = purge.run(live, &state, request.simulation)?;
        campaigns.push(CampaignPurge { masked, ..one });
    }
    let swept = if request.simulation {
        Swept::default()
    } else {
        opened.store.sweep()?
    };
    let observers = if request.simulation {
        let known = opened.observatory.observers.codes();
        known.filter(|code| gone.contains(*code)).count()
    } else {
        forget_observers(&opened.observatory.root, &gone)?
    };
    drop(held);
    let root = &opened.observatory.root;
    let questionnaires = load_surveys(root)?;
    let (surveys, outlived) =
        purge_surveys(root, &questionnaires, before, day, request.simulation)?;
    let retention = &opened.observatory.settings.retention;
    let words = purge_words(root, retention, before, day, request.simulation)?;
    Ok(PurgeOutcome {
        surveys,
        words,
        observers,
        ahead: before > day,
        remaining: remaining_files(&opened.observatory.root, &state, opened.store.strays()?)?,
        simulation: request.simulation,
        before,
        campaigns,
        unfinished: unfinished + outlived,
        swept,
    })
}

/// Codes of observers that only grids about to be purged bear.
fn forgotten_observers(
    opened: &OpenObservatory,
    state: &StoreState,
    due: &[CampaignPurge],
    purged: &[Vec<LiveImport>],
) -> Result<BTreeSet<String>> {
    let observed = |one: &CampaignPurge| one.sources.iter().any(|s| s.source == SourceCode::Obs);
    let leaving = due.iter().zip(purged).filter(|(one, _)| observed(one));
    let mut gone = observers_of(leaving.flat_map(|(_, live)| live));
    let kept: BTreeSet<&str> = (state.imports.iter())
        .map(|i| i.manifest.campaign.as_str())
        .filter(|id| !due.iter().any(|one| one.campaign == *id && observed(one)))
        .collect();
    for campaign in kept {
        let staying = opened.store.live(state, campaign)?;
        let staying = observers_of(staying.iter());
        gone.retain(|code| !staying.contains(code));
    }
    Ok(gone)
}

fn observers_of<'a>(imports: impl Iterator<Item = &'a LiveImport<'a>>) -> BTreeSet<String> {
    let units = imports.flat_map(|live| &live.units);
    let codes = units.filter(|u| u.source == SourceCode::Obs && !u.observer.is_empty());
    codes.map(|u| u.observer.to_ascii_uppercase()).collect()
}

/// Day from which the answers of a source of a campaign are to be purged. A campaign that the
/// settings no longer describe ended, for all we know, the day of its last import.
///
/// # Errors
///
/// A day outside the calendar.
pub(crate) fn due_day(
    opened: &OpenObservatory,
    campaign: &str,
    last_import: Day,
    source: SourceCode,
) -> Result<Day> {
    let settings = &opened.observatory.settings;
    let known = settings.campaigns.iter().find(|c| c.id == campaign);
    let end = known.map_or(last_import, |c| c.fin);
    settings.retention.due(source, end)
}

/// Campaigns with answers whose time is over by a day, in order of their first import.
fn due_campaigns(
    opened: &OpenObservatory,
    held: &[PersonalData],
    before: Day,
) -> Result<Vec<CampaignPurge>> {
    let mut order: Vec<&str> = Vec::new();
    for import in held {
        if !order.contains(&import.campaign.as_str()) {
            order.push(&import.campaign);
        }
    }
    let mut due = Vec::new();
    for campaign in order {
        let own: Vec<&PersonalData> = held.iter().filter(|h| h.campaign == campaign).collect();
        let Some(last) = own.iter().map(|h| h.date).max() else {
            continue;
        };
        let sources: BTreeSet<SourceCode> =
            own.iter().flat_map(|h| h.sources.iter().copied()).collect();
        let mut over = Vec::new();
        for source in sources {
            let day = due_day(opened, campaign, last, source)?;
            if day <= before {
                over.push(SourceDue { source, due: day });
            }
        }
        if !over.is_empty() {
            due.push(CampaignPurge::of(opened, campaign, over, &own));
        }
    }
    Ok(due)
}

impl CampaignPurge {
    fn of(
        opened: &OpenObservatory,
        campaign: &str,
        sources: Vec<SourceDue>,
        held: &[&PersonalData],
    ) -> Self {
        let settings = &opened.observatory.settings;
        let concerned = |h: &&&PersonalData| {
            h.cancelled && h.is_left() || sources.iter().any(|s| h.sources.contains(&s.source))
        };
        let concerned: Vec<&&PersonalData> = held.iter().filter(concerned).collect();
        let labels = |cancelled: bool| {
            let own = concerned.iter().filter(|h| h.cancelled == cancelled);
            own.map(|h| h.import.clone()).collect::<Vec<String>>()
        };
        let sum = |get: fn(&PersonalData) -> usize| concerned.iter().map(|h| get(h)).sum();
        Self {
            campaign: campaign.to_owned(),
            described: settings.campaigns.iter().any(|c| c.id == campaign),
            imports: labels(false),
            cancelled: labels(true),
            counts: HeldCounts {
                answers: sum(|h| h.answers),
                words: sum(|h| h.words),
                respondents: sum(|h| h.respondents),
            },
            sources,
            masked: Vec::new(),
        }
    }
}

/// One campaign being purged.
struct DuePurge<'a> {
    opened: &'a OpenObservatory,
    due: &'a CampaignPurge,
    names: &'a NeutralNames,
    day: Day,
}

impl DuePurge<'_> {
    /// Purges it unless it is a simulation; gives the figures that become `effectif_insuffisant`.
    fn run(
        &self,
        live: &[LiveImport],
        state: &StoreState,
        simulation: bool,
    ) -> Result<Vec<MaskedFigure>> {
        let observatory = &self.opened.observatory;
        let settings = observatory.settings.campaigns.iter();
        let described = settings.into_iter().find(|c| c.id == self.due.campaign);
        let kept = self.kept_referentiel(state)?;
        let referentiel = match (described, &kept) {
            (Some(campaign), _) => observatory.referentiel(campaign),
            (None, Some(kept)) => kept,
            (None, None) => any_referentiel(self.opened)?,
        };
        let sources: Vec<SourceCode> = self.due.sources.iter().map(|s| s.source).collect();
        let registry = &self.opened.observatory.registry;
        let law = &self.opened.observatory.regulation;
        let pedt = |structure: &str, day: Option<i32>, line: &str| {
            let day = day.and_then(Day::from_number);
            let time = PedtTime::of(day, plage_of(line));
            registry.get(structure)?.pedt.covers(day, time)
        };
        let direction = |structure: &str, diploma: Option<&str>| {
            let known = registry.get(structure)?;
            law.direction_finding(known.jours_an, known.places(), diploma)
                .is_enough()
        };
        let keeping = ActivityKeeping {
            window: self.window(described, live)?,
            pedt: &pedt,
            direction: &direction,
        };
        let imports: Vec<PurgedImport> = (live.iter())
            .map(|live| PurgedImport::of(live, &sources, self.names, &keeping))
            .collect::<Result<_>>()?;
        let structures = registry.all().iter();
        let kinds = structures.map(|s| (s.code.as_str(), s.kind)).collect();
        let after = ForgottenCampaign::of(&self.opened.store, referentiel, kinds, &imports)?;
        let masked = match described {
            Some(campaign) => self.masked(campaign, &after)?,
            None => Vec::new(),
        };
        if simulation {
            return Ok(masked);
        }
        let changing: Vec<usize> = (0..imports.len())
            .filter(|i| imports[*i].changes())
            .collect();
        let imports: Vec<PurgedImport> = (imports.into_iter())
            .filter(PurgedImport::changes)
            .collect();
        let order = PurgeOrder {
            date: self.day,
            campaign: &self.due.campaign,
            sources: &sources,
            referentiel,
            imports: &imports,
        };
        let store = &self.opened.store;
        store.purge(&order, &|rank, dir| after.write(changing[rank], dir))?;
        Ok(masked)
    }

    /// What the last import of the campaign was read with, when its text is kept.
    fn kept_referentiel(&self, state: &StoreState) -> Result<Option<Referentiel>> {
        let imports = state.imports.iter().rev();
        let mut own = imports.filter(|i| i.manifest.campaign == self.due.campaign);
        match own.next() {
            Some(import) => {
                let store = &self.opened.store;
                store.kept_referentiel(&import.manifest.referentiel)
            }
            None => Ok(None),
        }
    }

    /// The year before the end of the campaign, as turnover reads it.
    fn window(&self, described: Option<&Campaign>, live: &[LiveImport]) -> Result<PostWindow> {
        let last = live.iter().map(|l| l.import.date).max();
        let end = described.map_or(last.unwrap_or(self.day), |campaign| campaign.fin);
        let start = end.year_before();
        let start =
            start.ok_or_else(|| Error::Config(format!("« {end} » est hors du calendrier.")))?;
        Ok(PostWindow {
            start: start.to_string(),
            end: end.to_string(),
        })
    }

    /// The figures that differ once purged: each must be one that too few people stand behind.
    fn masked(&self, campaign: &Campaign, after: &ForgottenCampaign) -> Result<Vec<MaskedFigure>> {
        let scope = self.opened.scope(campaign);
        let now = self.opened.fold(campaign)?.computation(&scope)?;
        let then = after.fold.computation(&scope)?;
        let [mut now, mut then] =
            [now, then].map(|one| PartedCampaign::new(one, HeldLevels::NOTHING.into()));
        let mut effect = PurgeEffect::default();
        for some in scope.structures.chunks(AT_ONCE) {
            effect.add(&now.part(some), &then.part(some));
        }
        effect.settled(now.settled(), then.settled(), scope.referentiel)
    }
}

/// Any référentiel: answers are found by the codes of their éléments.
fn any_referentiel(opened: &OpenObservatory) -> Result<&Referentiel> {
    let last = opened.observatory.referentiels.values().next_back();
    let last = last.map(std::sync::Arc::as_ref);
    last.ok_or_else(|| Error::Config("Aucun référentiel n’est ouvert.".to_owned()))
}
