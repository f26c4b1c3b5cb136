//! A hundred territories share their aggregates, each folded by itself: their sum is the one store that
//! holds all their answers, to the byte, whatever the référentiel.

use std::fmt::Write as _;
use std::path::PathBuf;

use rayon::prelude::*;

use super::drawn_territory::{Drawn, DrawnTerritory, temporary};
use crate::actions::indicateurs::{IndicatorsRequest, StreamFormat, write_rows};
use crate::campaign::{OpenObservatory, Picture, Reach};
use crate::figures::{CampaignFold, FoldReach, HeldLevels};
use crate::vocabulary::referentiel::SourceCode;

const TERRITORIES: usize = 100;
const TYPES: [&str; 6] = [
    "extrascolaire",
    "mercredi",
    "mixte",
    "periscolaire",
    "periscolaire_repas",
    "non_declaree",
];

/// Structures of one territory as lines of a registry; some are alone, some are three, and every
/// territory has its S0.
fn structures(seed: u64, territory: usize, prefix: &str) -> String {
    let mut lines = String::new();
    for i in 0..=(territory + seed as usize) % 3 {
        let kind = TYPES[(territory * 5 + i * 7 + seed as usize) % TYPES.len()];
        let pedt = ["oui", "non"][(territory + i) % 2];
        let _ = writeln!(
            lines,
            "{prefix}S{i},Accueil {i},{kind},{pedt},{prefix}centre"
        );
    }
    lines
}

fn registry(lines: &str) -> String {
    format!("code,nom,type,pedt,secteur\n{lines}")
}

fn name(territory: usize) -> String {
    format!("T{territory:03}")
}

/// What `indicateurs` writes of every campaign, and what it notices.
fn tables(opened: &OpenObservatory) -> Vec<String> {
    let mut tables = Vec::new();
    for campaign in &opened.observatory.settings.campaigns {
        let mut bytes = Vec::new();
        let request = IndicatorsRequest {
            campaigns: vec![campaign.id.clone()],
        };
        let written = write_rows(opened, &request, StreamFormat::Csv, &mut bytes).expect("figures");
        assert!(written.rows > TERRITORIES, "{}", written.rows);
        tables.push(String::from_utf8(bytes).expect("UTF-8"));
        tables.push(format!("{:?}", written.diagnostics));
    }
    tables
}

/// What is said of the territory as a whole: evolutions, families, observers, the convention.
fn territory_figures(opened: &OpenObservatory) -> String {
    let campaign = opened.observatory.campaign(None).expect("a campaign");
    let picture = Picture::of(opened, campaign, Reach::Territory, campaign.fin).expect("a picture");
    let compared = picture.before.as_ref().map(|before| &before.compared);
    format!(
        "{compared:#?}{:#?}{:#?}{:#?}{:#?}{:#?}",
        picture.priorities,
        picture.together.as_ref().map(|all| &all.observers),
        picture.together.as_ref().map(|all| &all.ctg),
        picture.proposals,
        opened
            .indicators_of(campaign, HeldLevels::ALL)
            .expect("figures")
            .value
            .figures(),
    )
}

/// Every figure of a sum is that of the whole.
fn assert_alike(sum: &OpenObservatory, whole: &OpenObservatory, context: &str) {
    for campaign in &whole.observatory.settings.campaigns {
        let (scope, whole) = (whole.scope(campaign), whole.fold(campaign).expect("folded"));
        let sum = sum.fold(campaign).expect("folded");
        assert!(sum.different().is_empty(), "{context}");
        let collected = |fold: &CampaignFold| {
            fold.collected(&scope.kinds(), FoldReach::Territory)
                .expect("partials")
        };
        assert!(collected(&sum) == collected(&whole), "{context}: partials");
        let families = |fold: &CampaignFold| fold.families().expect("families");
        assert!(families(&sum) == families(&whole), "{context}: families");
        let observed = |fold: &CampaignFold| fold.rated(SourceCode::Obs).expect("observers");
        assert!(observed(&sum) == observed(&whole), "{context}: observers");
    }
    for (found, expected) in tables(sum).iter().zip(tables(whole)) {
        let mut lines = found.lines().zip(expected.lines());
        let differs = lines.find(|(a, b)| a != b);
        assert_eq!(differs, None, "{context}");
        assert_eq!(*found, expected, "{context}");
    }
    let (found, expected) = (territory_figures(sum), territory_figures(whole));
    let mut lines = found.lines().zip(expected.lines());
    assert_eq!(lines.find(|(a, b)| a != b), None, "{context}");
    assert_eq!(found.len(), expected.len(), "{context}");
}

/// One random référentiel; gives how many answers there were.
fn merge(seed: u64) -> usize {
    let prefix = |territory: usize| format!("{}:", name(territory));
    let lines: Vec<String> = (0..TERRITORIES)
        .map(|t| structures(seed, t, &prefix(t)))
        .collect();
    let every = registry(&lines.concat());
    let drawn = Drawn::new(seed, &every);
    let root = temporary();
    let shared: Vec<PathBuf> = (0..TERRITORIES)
        .into_par_iter()
        .map(|t| {
            let registry = registry(&structures(seed, t, ""));
            let dir = root.path().join(name(t));
            let folder = DrawnTerritory::lay(dir, &drawn, &name(t), &registry);
            folder.share(&drawn.of(&prefix(t)))
        })
        .collect();
    let whole = DrawnTerritory::lay(root.path().join("tout"), &drawn, "Tout", &every);
    whole.share(&drawn.answers);
    // Who adds up has no answer of its own, and its registry is not read.
    let own = registry(&structures(seed, 0, ""));
    let department = DrawnTerritory::lay(root.path().join("departement"), &drawn, "D", &own);
    let sum = OpenObservatory::over(Some(&department.dir), &shared).expect("aggregates");
    assert_alike(&sum, &whole.open(), &format!("graine {seed}"));
    drawn.answers.iter().map(Vec::len).sum()
}

/// Twenty référentiels, a hundred territories each.
#[test]
fn a_hundred_territories_add_up_to_one_store_of_all_their_answers() {
    let answers: usize = (400..420).map(merge).sum();
    assert!(answers > 100_000, "{answers}");
}
