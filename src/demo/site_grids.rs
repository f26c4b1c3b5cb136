//! Grids of a fictitious site as observers, teams and directors filled them in.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::{Weekday, date};

use super::dice::WordDice;
use super::life::after;
use super::quality::Quality;
use super::raw_file::DemoFile;
use super::scenario::{DemoCampaign, DemoScenario, DemoSite};
use super::{comments, hand_made, remarkable_practices};
use crate::base::day::Day;
use crate::base::error::Result;
use crate::forms::{self, FilledRating, FormIdentity};
use crate::vocabulary::referentiel::{SourceCode, StructureType};

/// A visit scored by one observer.
pub(super) struct DemoVisit {
    /// Rank in the campaign.
    pub number: &'static str,
    /// Code of the observer.
    pub observer: String,
}

impl DemoVisit {
    /// The first visit of a campaign, by an observer.
    fn first(observer: impl Into<String>) -> Self {
        Self {
            number: "1",
            observer: observer.into(),
        }
    }
}

/// Grids of one site: visits, self-assessment, director.
pub(super) fn grids(q: &Quality, site: &DemoSite, k: usize) -> Result<Vec<DemoFile>> {
    let campaign = &q.plan.campaigns[k];
    let mut files = Vec::new();
    for visit in visits(q.plan, site) {
        files.push(observation(q, site, k, &visit)?);
    }
    let silent_team = q.plan.exemple && site.code == "P05";
    if campaign.has(SourceCode::Aut) && !silent_team {
        files.push(said_by(
            q,
            site,
            k,
            SourceCode::Aut,
            "Auto-évaluation",
            0.3,
        )?);
    }
    if campaign.has(SourceCode::Dir) {
        files.push(said_by(
            q,
            site,
            k,
            SourceCode::Dir,
            "Entretien direction",
            0.1,
        )?);
    }
    Ok(files)
}

/// One visit a site, by one of five observers; R02 is scored twice.
pub(super) fn visits(plan: &DemoScenario, site: &DemoSite) -> Vec<DemoVisit> {
    if plan.exemple {
        let own = match &*site.secteur {
            "Ouest" => "O1",
            "Central" => "O2",
            _ => "O3",
        };
        let mut visits = vec![DemoVisit::first(own)];
        if site.code == "R02" {
            visits.push(DemoVisit::first("O1"));
        }
        return visits;
    }
    let mut dice = WordDice::new(plan.seed, &["visites", &site.code]);
    let first = dice.between(1, 5);
    let mut visits = vec![DemoVisit::first(format!("O{first}"))];
    // One visit in five is scored twice, as `docs/domain.md` §1 advises.
    if dice.chance(0.2) {
        visits.push(DemoVisit::first(format!("O{}", first % 5 + 1)));
    }
    visits
}

/// Day of the visit, inside the campaign but for the site that only opens in holidays.
pub(super) fn visit_date(plan: &DemoScenario, campaign: &DemoCampaign, site: &DemoSite) -> Day {
    match (plan.exemple, site.code.as_str(), campaign.id.as_str()) {
        (true, "R03", "C1") => return date(2026, 7, 8).into(),
        (true, "R03", "C2") => return date(2026, 10, 22).into(),
        _ => {}
    }
    let mut dice = WordDice::new(plan.seed, &["jour", &site.code, &campaign.id]);
    let first = campaign.first_day;
    // Nobody visits a closed accueil.
    let visit = after(first, dice.between(3, 30)).unwrap_or(first);
    let visit = visit.or_working_day();
    // An accueil of Wednesdays is seen on one.
    let of_wednesdays = matches!(site.kind, StructureType::Mercredi | StructureType::Mixte);
    let mut week = (0..7).filter_map(|later| after(visit, later));
    week.find(|day| {
        of_wednesdays
            && day.date().weekday() == Weekday::Wednesday
            && day.closed_everywhere().is_none()
    })
    .unwrap_or(visit)
}

fn observation(q: &Quality, site: &DemoSite, k: usize, seen: &DemoVisit) -> Result<DemoFile> {
    let (visit, observer) = (seen.number, seen.observer.as_str());
    let campaign = &q.plan.campaigns[k];
    let mut answers = answers(q, site, k, SourceCode::Obs, |element| {
        let level = q.observed(site, element, k, visit, observer);
        q.rating(site, element, k, level, visit)
    });
    let date = visit_date(q.plan, campaign, site).to_string();
    let by_hand = q.plan.exemple && site.code == "R05" && k == 0;
    if by_hand {
        let bytes = hand_made::grid(q.referentiel, site, &date, observer, &answers)?;
        let name = format!("grille maison Les Marais {observer}.xlsx");
        return Ok(DemoFile::new(name, bytes));
    }
    // Two observers of a visit do not write the same words: the first one does.
    let first = visits(q.plan, site)
        .first()
        .is_some_and(|v| v.observer == observer);
    let identity = FormIdentity {
        hours: String::new(),
        present: String::new(),
        code: site.code.clone(),
        name: site.nom.clone(),
        visit: visit.to_owned(),
        date,
        observer: observer.to_owned(),
        consent: remarkable_practices::consent(q, site, k).to_owned(),
        remarkable: if first {
            remarkable_practices::flag(q, site, k, &mut answers)
        } else {
            BTreeSet::new()
        },
        moments: Vec::new(),
        call: String::new(),
    };
    let bytes = forms::write(
        q.referentiel,
        SourceCode::Obs,
        site.kind,
        &identity,
        &answers,
        true,
    )?;
    let name = format!("Grille OBS {} visite {visit} {observer}.xlsx", site.code);
    Ok(DemoFile::new(name, bytes))
}

fn said_by(
    q: &Quality,
    site: &DemoSite,
    k: usize,
    source: SourceCode,
    name: &str,
    leniency: f64,
) -> Result<DemoFile> {
    let campaign = &q.plan.campaigns[k];
    let answers = said(q, site, k, source, leniency);
    let identity = FormIdentity {
        code: site.code.clone(),
        name: site.nom.clone(),
        date: visit_date(q.plan, campaign, site).to_string(),
        ..FormIdentity::default()
    };
    let bytes = forms::write(q.referentiel, source, site.kind, &identity, &answers, true)?;
    Ok(DemoFile::new(format!("{name} {}.xlsx", site.code), bytes))
}

/// What a team or a director says.
pub(super) fn said(
    q: &Quality,
    site: &DemoSite,
    k: usize,
    source: SourceCode,
    leniency: f64,
) -> HashMap<String, FilledRating> {
    answers(q, site, k, source, |element| {
        let level = q.said(site, element, k, source.as_str(), leniency, 0.4);
        q.rating(site, element, k, level, source.as_str())
    })
}

/// Ratings and comments of a grid, for what the campaign asks.
pub(super) fn answers(
    q: &Quality,
    site: &DemoSite,
    k: usize,
    source: SourceCode,
    rate: impl Fn(&crate::vocabulary::referentiel::Element) -> String,
) -> HashMap<String, FilledRating> {
    let r = q.referentiel;
    let campaign = &q.plan.campaigns[k];
    let mut answers = HashMap::new();
    for (_, element) in r.instrument(source, site.kind) {
        let critere = &r.criteres[element.critere];
        if !campaign.asks(&critere.code) {
            continue;
        }
        let mut dice = WordDice::new(
            q.plan.seed,
            &["mot", &site.code, &campaign.id, &element.code],
        );
        let mut rating = rate(element);
        let mut comment = comments::on_rating(&mut dice, &rating);
        // The site decides, whoever observes: its own draw, whatever was rated before.
        let words = ["nc", site.code.as_str(), &element.code];
        let mut fate = WordDice::new(q.plan.seed, &words);
        if let Some(reason) = comments::not_concerned(&mut fate, &element.code) {
            "NC".clone_into(&mut rating);
            reason.clone_into(&mut comment);
        }
        answers.insert(element.code.clone(), FilledRating { rating, comment });
    }
    answers
}
