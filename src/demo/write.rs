//! Raw files of every campaign of a plan, one folder each, names valid on Windows.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::dice::Dice;
use super::plan::{CampaignPlan, Plan, Site};
use super::quality::Quality;
use super::{actions, activity, comments, hand_made, notes, practices, surveys};
use crate::base::error::{Error, Result};
use crate::forms::{self, FormIdentity, Rating};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// A file to write: path under the folder, bytes.
pub(super) type RawFile = (String, Vec<u8>);

/// Writes the raw files of a plan under a folder; returns their paths, sorted.
pub fn write(plan: &Plan, referentiel: &Referentiel, dir: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for (k, campaign) in plan.campaigns.iter().enumerate() {
        let folder = dir.join(&campaign.id);
        std::fs::create_dir_all(&folder).map_err(Error::io(&folder, "création du dossier"))?;
        let quality = Quality { plan, referentiel };
        let sites: Vec<&Site> = plan.open_sites(campaign).collect();
        let per_site: Vec<Vec<RawFile>> = sites
            .par_iter()
            .map(|site| grids(&quality, site, k))
            .collect::<Result<_>>()?;
        let mut files: Vec<RawFile> = per_site.into_iter().flatten().collect();
        files.extend(collective(&quality, k)?);
        for (name, bytes) in files {
            let path = folder.join(name);
            std::fs::write(&path, bytes).map_err(Error::io(&path, "écriture"))?;
            paths.push(path);
        }
    }
    let folder = dir.join("plans");
    std::fs::create_dir_all(&folder).map_err(Error::io(&folder, "création du dossier"))?;
    for (name, bytes) in actions::workbooks(&Quality { plan, referentiel })? {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(Error::io(&path, "écriture"))?;
        paths.push(path);
    }
    paths.sort();
    Ok(paths)
}

/// Grids of one site: visits, self-assessment, director.
fn grids(q: &Quality, site: &Site, k: usize) -> Result<Vec<RawFile>> {
    let campaign = &q.plan.campaigns[k];
    let mut files = Vec::new();
    for (visit, observer) in visits(q.plan, site) {
        files.push(observation(q, site, k, visit, &observer)?);
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
pub(super) fn visits(plan: &Plan, site: &Site) -> Vec<(&'static str, String)> {
    if plan.exemple {
        let own = match site.secteur {
            "Ouest" => "O1",
            "Central" => "O2",
            _ => "O3",
        };
        let mut visits = vec![("1", own.to_owned())];
        if site.code == "R02" {
            visits.push(("1", "O1".to_owned()));
        }
        return visits;
    }
    let mut dice = Dice::new(plan.seed, &["visites", &site.code]);
    let first = dice.between(1, 5);
    let mut visits = vec![("1", format!("O{first}"))];
    // One visit in five is scored twice, as the domain brief advises.
    if dice.chance(0.2) {
        visits.push(("1", format!("O{}", first % 5 + 1)));
    }
    visits
}

/// Day of the visit, inside the campaign but for the site that only opens in holidays.
pub(super) fn visit_date(plan: &Plan, campaign: &CampaignPlan, site: &Site) -> String {
    match (plan.exemple, site.code.as_str(), campaign.id.as_str()) {
        (true, "R03", "C1") => return "2026-07-08".to_owned(),
        (true, "R03", "C2") => return "2026-10-22".to_owned(),
        _ => {}
    }
    let mut dice = Dice::new(plan.seed, &["jour", &site.code, &campaign.id]);
    let days = jiff::Span::new().days(i64::from(dice.between(3, 30)));
    let start: Option<jiff::civil::Date> = campaign.dates.0.parse().ok();
    start
        .and_then(|d| d.checked_add(days).ok())
        .map_or_else(String::new, |d| d.to_string())
}

fn observation(q: &Quality, site: &Site, k: usize, visit: &str, observer: &str) -> Result<RawFile> {
    let campaign = &q.plan.campaigns[k];
    let mut answers = answers(q, site, k, SourceCode::Obs, |element| {
        let level = q.observed(site, element, k, visit, observer);
        q.rating(site, element, k, level, visit)
    });
    let date = visit_date(q.plan, campaign, site);
    let by_hand = q.plan.exemple && site.code == "R05" && k == 0;
    if by_hand {
        let bytes = hand_made::grid(q.referentiel, site, &date, observer, &answers)?;
        return Ok((format!("grille maison Les Marais {observer}.xlsx"), bytes));
    }
    // Two observers of a visit do not write the same words: the first one does.
    let first = visits(q.plan, site)
        .first()
        .is_some_and(|v| v.1 == observer);
    let identity = FormIdentity {
        code: site.code.clone(),
        nom: site.nom.clone(),
        visit: visit.to_owned(),
        date,
        observer: observer.to_owned(),
        consent: practices::consent(q, site, k).to_owned(),
        remarkable: if first {
            practices::flag(q, site, k, &mut answers)
        } else {
            BTreeSet::new()
        },
    };
    let bytes = forms::write(
        q.referentiel,
        SourceCode::Obs,
        site.kind,
        &identity,
        &answers,
        true,
    )?;
    Ok((
        format!("Grille OBS {} visite {visit} {observer}.xlsx", site.code),
        bytes,
    ))
}

fn said_by(
    q: &Quality,
    site: &Site,
    k: usize,
    source: SourceCode,
    name: &str,
    leniency: f64,
) -> Result<RawFile> {
    let campaign = &q.plan.campaigns[k];
    let answers = answers(q, site, k, source, |element| {
        let level = q.said(site, element, k, source.as_str(), leniency, 0.4);
        q.rating(site, element, k, level, source.as_str())
    });
    let identity = FormIdentity {
        code: site.code.clone(),
        nom: site.nom.clone(),
        date: visit_date(q.plan, campaign, site),
        ..FormIdentity::default()
    };
    let bytes = forms::write(q.referentiel, source, site.kind, &identity, &answers, true)?;
    Ok((format!("{name} {}.xlsx", site.code), bytes))
}

/// Ratings and comments of a grid, for what the campaign asks.
pub(super) fn answers(
    q: &Quality,
    site: &Site,
    k: usize,
    source: SourceCode,
    rate: impl Fn(&crate::vocabulary::referentiel::Element) -> String,
) -> HashMap<String, Rating> {
    let r = q.referentiel;
    let campaign = &q.plan.campaigns[k];
    let mut answers = HashMap::new();
    for (_, element) in r.instrument(source, site.kind) {
        let critere = &r.criteres[element.critere];
        if !campaign.asks(&critere.code) {
            continue;
        }
        let mut dice = Dice::new(
            q.plan.seed,
            &["mot", &site.code, &campaign.id, &element.code],
        );
        let mut rating = rate(element);
        let mut comment = comments::on_rating(&mut dice, &rating);
        // The site decides, whoever observes: its own draw, whatever was rated before.
        let words = ["nc", site.code.as_str(), &element.code];
        let mut fate = Dice::new(q.plan.seed, &words);
        if let Some(reason) = comments::not_concerned(&mut fate, &element.code) {
            "NC".clone_into(&mut rating);
            reason.clone_into(&mut comment);
        }
        answers.insert(element.code.clone(), (rating, comment));
    }
    answers
}

/// Files that cover every site: questionnaires and activity data.
fn collective(q: &Quality, k: usize) -> Result<Vec<RawFile>> {
    let campaign = &q.plan.campaigns[k];
    let mut files: Vec<RawFile> = Vec::new();
    if campaign.has(SourceCode::Fam) {
        files.push((
            format!("results-survey{}.csv", 998_100 + k),
            surveys::families(q, k).into_bytes(),
        ));
    }
    if campaign.has(SourceCode::Enf) {
        files.push((
            format!("Enfants {}.xlsx", campaign.id),
            surveys::workbook(q, k, SourceCode::Enf)?,
        ));
    }
    if campaign.has(SourceCode::Eqp) {
        files.push((
            format!("Questionnaire équipes {}.xlsx", campaign.id),
            surveys::workbook(q, k, SourceCode::Eqp)?,
        ));
    }
    if campaign.has(SourceCode::Ens) {
        files.push((
            format!("Écoles {}.csv", campaign.id),
            surveys::schools(q, k),
        ));
    }
    if campaign.has(SourceCode::Don) {
        files.push((
            "seances.csv".to_owned(),
            activity::sessions(q.plan, campaign).into_bytes(),
        ));
        files.push((
            "equipe.csv".to_owned(),
            activity::posts(q.plan, campaign).into_bytes(),
        ));
        files.push((
            "denominateurs.csv".to_owned(),
            activity::denominators(q.plan, campaign).into_bytes(),
        ));
    }
    if campaign.has(SourceCode::Enf) {
        // The full campaign also meets people and lets teams answer.
        let name = |what: &str| format!("{what} {}.csv", campaign.id);
        files.push((name("Notes d’entretiens"), notes::interviews(q, k)));
        files.push((name("Remarques des équipes"), notes::remarks(q, k)));
    }
    if k > 0 {
        // By then, the coordinator has heard of more, and teams have had time to answer.
        let name = format!("Pratiques remarquables {}.csv", campaign.id);
        files.push((name, practices::heard(q, k)));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use crate::demo::{exemple, write};
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_windows_names() {
        let referentiel = parse("referentiel-v1.toml", embedded_v1()).expect("valid");
        let plan = exemple(&referentiel);
        let folders = [
            tempfile::tempdir().expect("folder"),
            tempfile::tempdir().expect("folder"),
        ];
        let [a, b] = folders
            .each_ref()
            .map(|d| write(&plan, &referentiel, d.path()).expect("written"));
        assert_eq!(a.len(), b.len());
        for (x, y) in a.iter().zip(&b) {
            assert_eq!(
                std::fs::read(x).expect("read"),
                std::fs::read(y).expect("read"),
                "{}",
                x.display()
            );
            let name = x.file_name().expect("name").to_string_lossy();
            assert!(
                !name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']),
                "{name}"
            );
        }
    }
}
