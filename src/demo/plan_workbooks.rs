//! Improvement plans as teams could have filled them in: one workbook after each campaign, and the
//! same one again at the next, with what was done, given up, or left late. Findings come from the
//! very ratings of the grids.

use super::dice::WordDice;
use super::life::{self, Life};
use super::quality::Quality;
use super::raw_file::DemoFile;
use super::scenario::{DemoCampaign, DemoSite};
use super::site_grids::{answers, visit_date, visits};
use crate::base::error::Result;
use crate::decide::plans::{
    Action, Evidence, Finding, Integration, PlanBook, PlanLine, Questions, Status, Urgency,
    deadline, identifier, write,
};
use crate::vocabulary::config::PlanDelays;
use crate::vocabulary::referentiel::{MICRO, SourceCode};

/// Actions of a site at most.
const MOST: usize = 3;
/// Sites in a workbook at most: beyond, nobody fills one in.
const SITES: usize = 1_000;

/// The plans that go with a simulation: `DemoScenario d’amélioration C1 v1.xlsx` (proposed), `v2` (followed).
pub(super) fn workbooks(q: &Quality) -> Result<Vec<DemoFile>> {
    let mut files = Vec::new();
    for (k, pair) in q.plan.campaigns.windows(2).enumerate() {
        let (campaign, next) = (&pair[0], &pair[1]);
        let sites = q.plan.open_sites(campaign).take(SITES);
        let drafted: Vec<Drafted> = sites.flat_map(|s| drafts(q, s, k, next)).collect();
        // The first workbook becomes an entry of the journal, and so does the second.
        let bases = [String::new(), format!("A{:03}", 2 * k + 1)];
        for (version, base) in (1..).zip(bases) {
            let followed = version == 2;
            let lines = drafted.iter().map(|d| d.line(followed));
            let book = PlanBook {
                territory: q.plan.territory.to_owned(),
                lines: lines.collect(),
                structures: q.plan.sites.iter().map(|s| s.code.clone()).collect(),
                campaigns: q.plan.campaigns.iter().map(|c| c.id.clone()).collect(),
                criteres: q
                    .referentiel
                    .criteres
                    .iter()
                    .map(|c| c.code.clone())
                    .collect(),
                version: base,
                date: if followed {
                    next.last_day
                } else {
                    campaign.last_day.after(70).unwrap_or(next.last_day)
                },
                fictitious: true,
            };
            let name = format!("Plan d’amélioration {} v{version}.xlsx", campaign.id);
            files.push(DemoFile::new(name, write(&book)?));
        }
    }
    Ok(files)
}

/// An action as it was written first, and as it became.
struct Drafted {
    name: String,
    first: Action,
    then: Action,
}

impl Drafted {
    fn line(&self, followed: bool) -> PlanLine {
        let action = if followed { &self.then } else { &self.first };
        PlanLine {
            // The first time, the program gives the ids.
            id: if followed {
                action.id.clone()
            } else {
                String::new()
            },
            name: self.name.clone(),
            record: action.record(),
            late: false,
            effect: String::new(),
        }
    }
}

/// The actions of a site after the k-th campaign.
fn drafts(q: &Quality, site: &DemoSite, k: usize, next: &DemoCampaign) -> Vec<Drafted> {
    let found = findings(q, site, k).into_iter().take(MOST);
    let campaign = &q.plan.campaigns[k];
    found
        .enumerate()
        .map(|(i, finding)| {
            let first = first(q, site, campaign, next, i + 1, &finding);
            let mut life = Life::new(q, site, campaign, next, &first.criteres[0]);
            let mut then = first.clone();
            life.follow(&mut then);
            Drafted {
                name: site.nom.clone(),
                first,
                then,
            }
        })
        .collect()
}

/// Critères to work on: impératifs that fail, what protects the child first, then the furthest
/// below their target.
fn findings<'a>(q: &Quality<'a>, site: &DemoSite, k: usize) -> Vec<Finding<'a>> {
    let r = q.referentiel;
    let evidence = evidence(q, site, k);
    let mut all: Vec<(f64, Finding)> = Vec::new();
    for (position, critere) in r.criteres.iter().enumerate() {
        let own = evidence.iter().filter(|e| e.critere == position);
        let mut own: Vec<SeenElement> = own.cloned().collect();
        // What the organiser decides is no team's to work on.
        if own.is_empty() || critere.organiser {
            continue;
        }
        let mean = own.iter().map(|e| e.evidence.level).sum::<f64>() / own.len() as f64;
        if critere.imperatif {
            // A rule that is not met, and nothing else.
            own.retain(|e| e.must && e.evidence.level < 4.0 - 1e-9);
        } else {
            own.retain(|e| e.evidence.level < critere.cible - 1e-9);
        }
        let is_met = !critere.imperatif && mean > critere.cible - 1e-9;
        let mut own: Vec<Evidence> = own.into_iter().map(|e| e.evidence).collect();
        if own.is_empty() || is_met {
            continue;
        }
        own.sort_by(|a, b| a.level.total_cmp(&b.level));
        let rank = match (critere.imperatif, critere.protection) {
            (true, true) => -20.0,
            (true, false) => -10.0,
            _ => mean - critere.cible,
        };
        let finding = Finding {
            critere,
            is_missed: critere.imperatif,
            level: None,
            visits: vec![visit_date(q.plan, &q.plan.campaigns[k], site)],
            evidence: own,
        };
        all.push((rank, finding));
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, finding)| finding).collect()
}

/// An élément as it was seen.
#[derive(Debug, Clone)]
struct SeenElement {
    critere: usize,
    /// Whether an impératif depends on it.
    must: bool,
    evidence: Evidence,
}

/// Every rating of the visit and of the interview.
fn evidence(q: &Quality, site: &DemoSite, k: usize) -> Vec<SeenElement> {
    let campaign = &q.plan.campaigns[k];
    let mut all = Vec::new();
    for source in [SourceCode::Obs, SourceCode::Dir] {
        if !campaign.has(source) {
            continue;
        }
        let visit = visits(q.plan, site).into_iter().next();
        let ratings = answers(q, site, k, source, |element| {
            let seen = visit.as_ref().filter(|_| source == SourceCode::Obs);
            if let Some(visit) = seen {
                let level = q.observed(site, element, k, visit.number, &visit.observer);
                q.rating(site, element, k, level, visit.number)
            } else {
                let level = q.said(site, element, k, source.as_str(), 0.1, 0.4);
                q.rating(site, element, k, level, source.as_str())
            }
        });
        for (_, element) in q.referentiel.instrument(source, site.kind) {
            let scale = &q.referentiel.scales[element.scale];
            let level = ratings.get(&element.code).and_then(|r| {
                let micro = scale.modalities[scale.find(&r.rating)?].micro?;
                Some(micro as f64 / MICRO as f64)
            });
            all.extend(level.map(|level| SeenElement {
                critere: element.critere,
                must: element.must,
                evidence: Evidence {
                    source,
                    label: element.label.to_string(),
                    level,
                    is_reworded: false,
                },
            }));
        }
    }
    all
}

/// The action as the team wrote it in September.
fn first(
    q: &Quality,
    site: &DemoSite,
    campaign: &DemoCampaign,
    next: &DemoCampaign,
    rank: usize,
    finding: &Finding,
) -> Action {
    let critere = finding.critere;
    let mut dice = WordDice::new(
        q.plan.seed,
        &["plan", &site.code, &campaign.id, &critere.code],
    );
    let priorite = match (critere.imperatif, dice.chance(0.5)) {
        (true, _) => Urgency::Imperatif,
        (_, true) => Urgency::Haute,
        _ => Urgency::Moyenne,
    };
    let (kind, words) = life::decided(&mut dice, finding);
    let due = deadline(
        campaign.last_day,
        Some(next.first_day),
        priorite,
        PlanDelays::default(),
    );
    // What the law demands does not wait for September.
    let start = if critere.imperatif {
        dice.between(4, 25)
    } else {
        dice.between(52, 75)
    };
    let yes = |dice: &mut WordDice, p: f64| critere.imperatif.then(|| dice.chance(p));
    Action {
        id: identifier(&site.code, &campaign.id, rank),
        structure: site.code.clone(),
        campagne: campaign.id.clone(),
        issued: campaign.last_day,
        is_proposed: false,
        is_draft: false,
        criteres: vec![critere.code.clone()],
        priorite,
        constat: finding.sentences(),
        objectif: finding.aim().to_owned(),
        action: words,
        kind: Some(kind),
        responsable: life::leader(&mut dice, kind).to_owned(),
        appui: life::support(&mut dice, kind).to_owned(),
        cout: life::cost(&mut dice, kind),
        debut: life::after(campaign.last_day, start),
        echeance: due,
        indicateur: finding.indicator(),
        cible: if critere.imperatif {
            "conforme".to_owned()
        } else {
            crate::base::text::decimal1(critere.cible)
        },
        statut: Status::ToLaunch,
        close: None,
        raison: String::new(),
        integration: Integration::default(),
        questions: Questions {
            organisateur: yes(&mut dice, 0.9),
            causes: yes(&mut dice, 0.7),
            mesure: yes(&mut dice, 0.8),
            pilote: critere.imperatif.then_some(true),
        },
    }
}
