//! What the observatory knows of a campaign that measures of the territory need: what accueils declare, axes at two campaigns,
//! what families answered.

use super::campaigns_by_parts::ComparedCampaigns;
use super::open_observatory::OpenObservatory;
use crate::base::error::Result;
use crate::compare::Comparisons;
use crate::convention::territory::{
    AxePanel, CampaignFacts, FamilyAnswers, FamilyFacts, PairedSite, ShareInterval, SiteFacts,
};
use crate::figures::{HeldLevels, Indicators, Level};
use crate::intake::observations::FEW;
use crate::stats::proportion::wilson;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Where the numbers that an accueil declares stand among its activity data.
const DENOMINATORS: &str = "denominateurs";
/// Modalities from which « the two top ones » mean something.
const LEAST_MODALITIES: usize = 4;
const CONFIDENCE: f64 = 0.95;

/// What is known at a campaign, beside the one before.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn campaign_facts(
    opened: &OpenObservatory,
    campaign: &Campaign,
) -> Result<CampaignFacts> {
    let referentiel = opened.observatory.referentiel(campaign);
    let Some(before) = opened.before(campaign).pop() else {
        let now = opened.indicators_of(campaign, HeldLevels::NOTHING)?.value;
        return Ok(CampaignFacts {
            campaign: campaign.id.clone(),
            before: String::new(),
            sites: declared(opened, campaign, &now),
            axes: Vec::new(),
            families: families(referentiel, &now, None),
        });
    };
    let axes = HeldLevels::of(&[Level::Axe]);
    let held = (HeldLevels::NOTHING.into(), axes.into());
    let compared = ComparedCampaigns::of(opened, &[before, campaign], held, |_| ())?;
    let [then, now] = compared.figures.as_slice() else {
        unreachable!("two campaigns were compared");
    };
    let old = (opened.observatory.referentiel(before), then);
    Ok(CampaignFacts {
        campaign: campaign.id.clone(),
        before: before.id.clone(),
        sites: declared(opened, campaign, now),
        axes: panels(referentiel, &compared.comparisons.value),
        families: families(referentiel, now, Some(old)),
    })
}

fn declared(opened: &OpenObservatory, campaign: &Campaign, now: &Indicators) -> Vec<SiteFacts> {
    let sites = opened.active_in(campaign).into_iter();
    let site = |code: &str| {
        let mut lines = now.collected.lines(code);
        let line = lines.find(|l| l.id() == DENOMINATORS);
        let cell = |column: &str| line.and_then(|l| l.get(column));
        let number = |column: &str| cell(column)?.parse::<f64>().ok();
        SiteFacts {
            structure: code.to_owned(),
            capacity_hours: number("heures_capacite"),
            children: number("enfants"),
            asked: number("demandes"),
            refused: number("refusees"),
            aeeh_children: number("aeeh_enfants"),
            aeeh_hours: number("aeeh_heures"),
            aeeh_masked: ["aeeh_enfants", "aeeh_heures"]
                .iter()
                .any(|c| cell(c) == Some(FEW)),
        }
    };
    sites.map(|s| site(&s.code)).collect()
}

fn panels(referentiel: &Referentiel, compared: &Comparisons) -> Vec<AxePanel> {
    let panel = |code: &str| {
        let lines = compared.lines.iter().filter(|l| {
            l.level == Level::Axe && l.code == code && !l.structure.is_empty() && l.is_in_panel()
        });
        lines
            .filter_map(|l| {
                Some(PairedSite {
                    structure: l.structure.to_string(),
                    before: l.value1?,
                    now: l.value2?,
                })
            })
            .collect()
    };
    let axes = referentiel.axes.iter();
    axes.map(|axe| AxePanel {
        code: axe.code.clone(),
        label: axe.label.to_string(),
        target: axe.cible,
        sites: panel(&axe.code),
    })
    .collect()
}

/// Questions to families that both campaigns asked in the same words; those of the only one otherwise.
fn families(
    referentiel: &Referentiel,
    now: &Indicators,
    before: Option<(&Referentiel, &Indicators)>,
) -> FamilyFacts {
    let items: Vec<(usize, Option<usize>)> = (referentiel.elements.iter().enumerate())
        .filter(|(_, e)| e.source == SourceCode::Fam)
        .filter_map(|(i, e)| match before {
            None => Some((i, None)),
            Some((old, _)) => {
                let there = old.element(&e.code)?;
                (old.elements[there].label == e.label).then_some((i, Some(there)))
            }
        })
        .filter(|(i, there)| {
            has_answers(now, *i)
                && before
                    .zip(*there)
                    .is_none_or(|((_, old), there)| has_answers(old, there))
        })
        .collect();
    let pooled = |of: &Indicators, elements: &[usize]| pool(of, elements);
    let own: Vec<usize> = items.iter().map(|(i, _)| *i).collect();
    let old: Vec<usize> = items.iter().filter_map(|(_, there)| *there).collect();
    FamilyFacts {
        items: items.len(),
        before: before.map(|(_, indicators)| pooled(indicators, &old)),
        now: pooled(now, &own),
    }
}

fn has_answers(of: &Indicators, element: usize) -> bool {
    let sites = of.collected.sites().iter();
    let mut scored = sites.filter_map(|s| of.collected.distribution(s, element));
    scored.any(|d| d.counts.len() >= LEAST_MODALITIES && d.total() > 0)
}

fn pool(of: &Indicators, elements: &[usize]) -> FamilyAnswers {
    let mut sum = FamilyAnswers::default();
    for site in of.collected.sites() {
        for element in elements {
            let Some(told) = of.collected.distribution(site, *element) else {
                continue;
            };
            sum.answers += told.total();
            sum.favourable += told.counts.iter().rev().take(2).sum::<usize>();
        }
        sum.families += of.collected.respondents(site, SourceCode::Fam);
    }
    // Answers of one family go together: counting them one by one would make the interval too short.
    let share = sum.favourable as f64 / sum.answers.max(1) as f64;
    let favourable = (share * sum.families as f64).round() as usize;
    let interval = wilson(favourable, sum.families, CONFIDENCE).ok();
    sum.interval = interval.map(|i| ShareInterval {
        low: i.low,
        high: i.high,
    });
    sum
}
