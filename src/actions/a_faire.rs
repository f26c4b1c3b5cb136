//! What is left to do in a campaign, in the order in which it is done, for the first page of the local page.

use std::collections::BTreeSet;

use super::textes_a_lire::texts_to_read;
use super::verifier::CheckOutcome;
use crate::base::day::Day;
use crate::base::error::Result;
use crate::campaign::{OpenObservatory, day_or_today};
use crate::decide::completeness::{Return, State};
use crate::disclosure::DeliveryLog;
use crate::figures::{FigureStatus, Indicators, Level};
use crate::vocabulary::config::{Campaign, Structure};
use crate::wording::rule_sentences::axe_published;

/// Of which campaign, on which day.
pub(crate) struct TasksLeftRequest<'a> {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Day on which it is looked at, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// What `verifier` says of it.
    pub checked: &'a CheckOutcome,
}

/// An impératif that is not met, without or with an open action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MissedImperatif {
    /// Name of the accueil.
    pub nom: String,
    /// Code of the critère.
    pub critere: String,
    /// Whether an action that is not closed serves it.
    pub has_action: bool,
}

/// Something that is left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TaskLeft {
    /// The registry holds no accueil, or the one that `init` lays.
    DescribeAccueils,
    /// The campaign is over and none follows.
    PlanNext {
        /// Its last day.
        over_since: Day,
    },
    /// Nothing came in yet.
    HandOutForms {
        /// How many returns are awaited.
        awaited: usize,
    },
    /// Returns that are late or still awaited.
    Chase {
        /// After the end of the campaign.
        late: usize,
        /// Before it.
        awaited: usize,
    },
    /// Answers came in, and no axe of any accueil has a level by them.
    NoAxe {
        /// Critères that have a level somewhere.
        valued: usize,
        /// Critères of the campaign.
        of: usize,
        /// When an axe has one: « les deux tiers de ses critères ont une valeur ».
        rule: String,
    },
    /// Texts that tell perhaps of violence or of a danger.
    ReadTexts(usize),
    /// Impératifs that are not met.
    Imperatifs(Vec<MissedImperatif>),
    /// Actions of plans whose deadline is past.
    LateActions(usize),
    /// Answers came in and no report was written.
    WriteReports,
    /// Answers came in after the last reports.
    RewriteReports {
        /// Day of the last edition.
        written: Day,
    },
}

/// What is left, in order.
///
/// # Errors
///
/// An unknown campaign, a day that is none; a store, plans or a log that cannot be read.
pub(crate) fn to_do(opened: &OpenObservatory, request: &TasksLeftRequest) -> Result<Vec<TaskLeft>> {
    let day = day_or_today(request.date.as_deref())?;
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let mut left = Vec::new();
    let texts = texts_to_read(opened, campaign)?.len();
    if texts > 0 {
        left.push(TaskLeft::ReadTexts(texts));
    }
    let missed = missed(opened, campaign, &request.checked.indicators);
    if !missed.is_empty() {
        left.push(TaskLeft::Imperatifs(missed));
    }
    let bare = is_bare(opened);
    if bare {
        left.push(TaskLeft::DescribeAccueils);
    }
    left.extend(returns(request.checked));
    left.extend(no_axe(opened, campaign, request.checked));
    let late = opened.plans.actions.iter().filter(|a| a.late(day)).count();
    if late > 0 {
        left.push(TaskLeft::LateActions(late));
    }
    left.extend(reports(opened, campaign)?);
    let campaigns = &opened.observatory.settings.campaigns;
    // Without accueils a campaign of nobody is over for nobody: they come first.
    if !bare && day > campaign.fin && campaigns.iter().all(|c| c.debut <= campaign.debut) {
        left.push(TaskLeft::PlanNext {
            over_since: campaign.fin,
        });
    }
    Ok(left)
}

/// Whether nobody described the accueils yet.
fn is_bare(opened: &OpenObservatory) -> bool {
    let all = opened.observatory.registry.all();
    all.iter().all(Structure::is_example)
}

fn returns(checked: &CheckOutcome) -> Option<TaskLeft> {
    let count = |state: State| {
        checked
            .followed
            .returns
            .iter()
            .filter(|r| r.state == state)
            .count()
    };
    let (received, late, awaited) = (
        count(State::Received),
        count(State::Late),
        count(State::Awaited),
    );
    match (received, late + awaited) {
        (_, 0) => None,
        (0, _) if late == 0 => Some(TaskLeft::HandOutForms { awaited }),
        _ => Some(TaskLeft::Chase { late, awaited }),
    }
}

/// Whether what came in gives no axe any level: who finds it on the day of the reports has worked for nothing.
fn no_axe(
    opened: &OpenObservatory,
    campaign: &Campaign,
    checked: &CheckOutcome,
) -> Option<TaskLeft> {
    let is_in = |r: &Return| r.state == State::Received;
    if !checked.followed.returns.iter().any(is_in) {
        return None;
    }
    let (mut asked, mut valued) = (BTreeSet::new(), BTreeSet::new());
    for structure in opened.active_in(campaign) {
        for figure in checked.indicators.of(&structure.code) {
            let is_known = figure.value.is_some();
            match figure.level {
                Level::Axe if is_known => return None,
                Level::Critere if figure.status != FigureStatus::Nc => {
                    asked.insert(figure.code.to_string());
                    valued.extend(is_known.then(|| figure.code.to_string()));
                }
                _ => {}
            }
        }
    }
    let rules = &opened.observatory.referentiel(campaign).rules;
    Some(TaskLeft::NoAxe {
        valued: valued.len(),
        of: asked.len(),
        rule: axe_published(rules),
    })
}

fn missed(
    opened: &OpenObservatory,
    campaign: &Campaign,
    indicators: &Indicators,
) -> Vec<MissedImperatif> {
    let mut found = Vec::new();
    for structure in opened.active_in(campaign) {
        let of = indicators.of(&structure.code).iter();
        for figure in
            of.filter(|f| f.level == Level::Imperatif && f.status == FigureStatus::NonAtteint)
        {
            let critere = figure.code.to_string();
            let mut actions = opened.plans.of(Some(&structure.code));
            found.push(MissedImperatif {
                nom: structure.nom.clone(),
                has_action: actions
                    .any(|a| !a.is_draft && !a.statut.is_closed() && a.criteres.contains(&critere)),
                critere,
            });
        }
    }
    found
}

/// Whether reports are to be written, for the first time or again.
fn reports(opened: &OpenObservatory, campaign: &Campaign) -> Result<Option<TaskLeft>> {
    let imports = opened.store.state()?.imports;
    let of = imports
        .iter()
        .filter(|i| i.manifest.campaign == campaign.id && !i.taken_back.iter().all(|back| *back));
    let Some(last) = of.map(|i| i.date).max() else {
        return Ok(None);
    };
    let log = DeliveryLog::open(&opened.observatory.root)?;
    let of = log
        .deliveries()
        .iter()
        .filter(|d| d.campagne == campaign.id);
    let written = of.filter_map(|d| d.date.parse::<Day>().ok()).max();
    Ok(match written {
        None => Some(TaskLeft::WriteReports),
        Some(written) if written < last => Some(TaskLeft::RewriteReports { written }),
        Some(_) => None,
    })
}
