//! Raw files of every campaign of a plan, one folder each, names valid on Windows.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::quality::Quality;
use super::raw_file::DemoFile;
use super::scenario::{DemoScenario, DemoSite};
use super::site_grids::grids;
use super::{
    activity_data, interview_notes, plan_workbooks, remarkable_practices, surveys, team_returns,
};
use crate::base::error::{Error, Result};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Writes the raw files of a plan under a folder; returns their paths, sorted.
pub fn write(plan: &DemoScenario, referentiel: &Referentiel, dir: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for (k, campaign) in plan.campaigns.iter().enumerate() {
        let folder = dir.join(&campaign.id);
        std::fs::create_dir_all(&folder).map_err(Error::io(&folder, "création du dossier"))?;
        let quality = Quality { plan, referentiel };
        let sites: Vec<&DemoSite> = plan.open_sites(campaign).collect();
        let per_site: Vec<Vec<DemoFile>> = sites
            .par_iter()
            .map(|site| grids(&quality, site, k))
            .collect::<Result<_>>()?;
        let mut files: Vec<DemoFile> = per_site.into_iter().flatten().collect();
        files.extend(collective(&quality, k)?);
        lay(&folder, files, &mut paths)?;
    }
    let folder = dir.join("plans");
    std::fs::create_dir_all(&folder).map_err(Error::io(&folder, "création du dossier"))?;
    let plans = plan_workbooks::workbooks(&Quality { plan, referentiel })?;
    lay(&folder, plans, &mut paths)?;
    paths.sort();
    Ok(paths)
}

/// Writes files into a folder and keeps their paths.
fn lay(folder: &Path, files: Vec<DemoFile>, paths: &mut Vec<PathBuf>) -> Result<()> {
    for file in files {
        let path = folder.join(file.name);
        std::fs::write(&path, file.bytes).map_err(Error::io(&path, "écriture"))?;
        paths.push(path);
    }
    Ok(())
}

/// Files that cover every site: questionnaires and activity data.
fn collective(q: &Quality, k: usize) -> Result<Vec<DemoFile>> {
    let campaign = &q.plan.campaigns[k];
    let mut files: Vec<DemoFile> = Vec::new();
    if campaign.has(SourceCode::Fam) {
        files.push(DemoFile::new(
            format!("results-survey{}.csv", 998_100 + k),
            surveys::families(q, k),
        ));
    }
    if campaign.has(SourceCode::Enf) {
        files.push(DemoFile::new(
            format!("Enfants {}.xlsx", campaign.id),
            surveys::workbook(q, k, SourceCode::Enf)?,
        ));
    }
    if campaign.has(SourceCode::Eqp) {
        files.push(DemoFile::new(
            format!("Questionnaire équipes {}.xlsx", campaign.id),
            surveys::workbook(q, k, SourceCode::Eqp)?,
        ));
    }
    if campaign.has(SourceCode::Ens) {
        files.push(DemoFile::new(
            format!("Écoles {}.csv", campaign.id),
            surveys::schools(q, k),
        ));
    }
    if campaign.has(SourceCode::Don) {
        files.push(DemoFile::new(
            "seances.csv".to_owned(),
            activity_data::sessions(q.plan, campaign),
        ));
        files.push(DemoFile::new(
            "equipe.csv".to_owned(),
            activity_data::posts(q.plan, campaign),
        ));
        files.push(DemoFile::new(
            "denominateurs.csv".to_owned(),
            activity_data::denominators(q.plan, campaign),
        ));
    }
    if campaign.has(SourceCode::Enf) {
        // The full campaign also meets people and lets teams answer.
        let name = |what: &str| format!("{what} {}.csv", campaign.id);
        files.push(DemoFile::new(
            name("Notes d’entretiens"),
            interview_notes::interviews(q, k),
        ));
        files.push(DemoFile::new(
            name("Remarques des équipes"),
            team_returns::remarks(q, k),
        ));
    }
    if k > 0 {
        // By then, the coordinator has heard of more, and teams have had time to answer.
        let name = format!("Pratiques remarquables {}.csv", campaign.id);
        files.push(DemoFile::new(name, remarkable_practices::heard(q, k)));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use crate::demo::{exemple, write};
    use crate::vocabulary::referentiel::{embedded, parse};

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_windows_names() {
        let referentiel = parse("referentiel-v2.toml", embedded()).expect("valid");
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
