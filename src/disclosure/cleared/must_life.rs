//! What became of the impératifs since the campaign before: still missed, missed anew, put right.

use super::cleared_action::ClearedAction;
use super::cleared_imperatif::ClearedImperatif;
use super::cleared_site::ClearedSite;
use super::mask::Shown;
use crate::figures::FigureStatus;

/// Since when an impératif is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissedSince {
    /// It was met at the campaign before.
    Anew,
    /// It was missed there already.
    Before,
    /// Nothing was said of it there.
    Unknown,
}

/// An impératif that an accueil does not meet.
pub(crate) struct MissedMust<'a> {
    pub(crate) structure: &'a str,
    pub(crate) must: &'a ClearedImperatif,
    pub(crate) since: MissedSince,
    /// What answers it in the plan: what is still to be done first, else what was said done.
    pub(crate) action: Option<&'a ClearedAction>,
}

/// Impératifs of all accueils, from one campaign to the next.
pub(crate) struct MustLife<'a> {
    pub(crate) missed: Vec<MissedMust<'a>>,
    /// Findings of the campaign before, in accueils followed and on critères that have not changed.
    pub(crate) before: usize,
    /// Of those, met now.
    pub(crate) corrected: usize,
    /// Of those, not evaluated now.
    pub(crate) unsaid: usize,
}

fn is(must: &ClearedImperatif, wanted: FigureStatus) -> bool {
    must.status == Shown::Value(wanted)
}

/// Whether a finding was made, told here or treated elsewhere.
fn is_found(must: &ClearedImperatif) -> bool {
    is(must, FigureStatus::NonAtteint) || matches!(must.status, Shown::Masked(_))
}

fn same<'a>(all: &'a [ClearedImperatif], code: &str) -> Option<&'a ClearedImperatif> {
    all.iter().find(|must| must.code == code)
}

impl<'a> MustLife<'a> {
    pub(crate) fn of(sites: &'a [ClearedSite]) -> Self {
        let mut life = Self {
            missed: Vec::new(),
            before: 0,
            corrected: 0,
            unsaid: 0,
        };
        for site in sites {
            let missed = (site.imperatifs.iter()).filter(|m| is(m, FigureStatus::NonAtteint));
            life.missed
                .extend(missed.map(|must| missed_must(site, must)));
            let earlier = site.previous_imperatifs.iter();
            for earlier in earlier.filter(|m| is_found(m)) {
                let now = same(&site.imperatifs, &earlier.code);
                life.before += 1;
                match now {
                    Some(now) if is(now, FigureStatus::Atteint) => life.corrected += 1,
                    Some(now) if is_found(now) => {}
                    _ => life.unsaid += 1,
                }
            }
        }
        life
    }

    /// How many are missed since then.
    pub(crate) fn since(&self, since: MissedSince) -> usize {
        self.missed.iter().filter(|m| m.since == since).count()
    }
}

fn missed_must<'a>(site: &'a ClearedSite, must: &'a ClearedImperatif) -> MissedMust<'a> {
    let since = match same(&site.previous_imperatifs, &must.code) {
        Some(before) if is(before, FigureStatus::Atteint) => MissedSince::Anew,
        Some(before) if is(before, FigureStatus::NonAtteint) => MissedSince::Before,
        _ => MissedSince::Unknown,
    };
    let answers = || {
        site.actions
            .iter()
            .filter(|a| a.criteres.contains(&must.code))
    };
    MissedMust {
        structure: &site.structure,
        must,
        since,
        action: answers()
            .find(|a| a.open)
            .or_else(|| answers().find(|a| a.realisation.is_some())),
    }
}

impl MissedMust<'_> {
    /// Whether nothing is planned that would answer it.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.action.is_none_or(|action| !action.open)
    }
}
