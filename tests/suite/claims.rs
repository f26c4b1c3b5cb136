//! What is claimed of a change, case by case: found on the example and on simulated territories, where more
//! was said than the data carry, or less.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use observatoire::base::diagnostics::CellRef;
use observatoire::compare::{Comparisons, Gallery, Line, LineReason, Side, compare, side_by_side};
use observatoire::decide::priorities::{PriorityGround, priorities};
use observatoire::figures::{FigureStatus, Indicators, Level, Scope, compute};
use observatoire::intake::observations::{Observation, Observations, Statut};
use observatoire::stats::change::Verdict;
use observatoire::vocabulary::config::{Registry, Settings, Structure, parse_registry};
use observatoire::vocabulary::referentiel::regulation::{self, Regulation};
use observatoire::vocabulary::referentiel::{MICRO, Referentiel, SourceCode, parse};

const REFERENTIEL: &str = r#"
[referentiel]
version = "v1"
titre = "cas"
[poids_sources]
OBS = 3
DIR = 2
FAM = 1
[[echelles]]
code = "niveaux4"
conversion = "niveaux"
statuts = ["nc", "no"]
modalites = [
  { code = "1", label = "a", niveau = 1 }, { code = "2", label = "b", niveau = 2 },
  { code = "3", label = "c", niveau = 3 }, { code = "4", label = "d", niveau = 4 }]
[[axes]]
code = "ENV"
label = "Environnement"
marque = "▲"
[[criteres]]
code = "ENV-5"
axe = "ENV"
label = "x"
imperatif = false
descripteurs = ["a", "b", "c", "d"]
elements = [
  { code = "ENV-5-OBS-1", source = "OBS", echelle = "niveaux4", label = "x" },
  { code = "ENV-5-OBS-2", source = "OBS", echelle = "niveaux4", label = "x" },
  { code = "ENV-5-OBS-3", source = "OBS", echelle = "niveaux4", label = "x" },
  { code = "ENV-5-AUT-1", source = "AUT", echelle = "niveaux4", label = "x" },
  { code = "ENV-5-FAM-1", source = "FAM", echelle = "niveaux4", label = "x" }]
[[criteres]]
code = "ENV-6"
axe = "ENV"
label = "x"
imperatif = false
descripteurs = ["a", "b", "c", "d"]
elements = [
  { code = "ENV-6-DIR-1", source = "DIR", echelle = "niveaux4", label = "x" }]
[[axes]]
code = "INC"
label = "Inclusion"
marque = "●"
[[criteres]]
code = "INC-1"
axe = "INC"
label = "x"
imperatif = false
descripteurs = ["a", "b", "c", "d"]
elements = [
  { code = "INC-1-DIR-1", source = "DIR", echelle = "niveaux4", label = "x" }]
[[criteres]]
code = "INC-2"
axe = "INC"
label = "x"
imperatif = true
descripteurs = ["a", "b", "c", "d"]
elements = [
  { code = "INC-2-DIR-1", source = "DIR", echelle = "niveaux4", label = "x", poids = 2 },
  { code = "INC-2-DIR-2", source = "DIR", echelle = "niveaux4", label = "x" },
  { code = "INC-2-DIR-3", source = "DIR", echelle = "niveaux4", label = "x" },
  { code = "INC-2-DIR-4", source = "DIR", echelle = "niveaux4", label = "x" }]
"#;

/// Fourteen centres, two campaigns.
struct Territory {
    referentiel: Referentiel,
    registry: Registry,
    settings: Settings,
    regulation: Regulation,
    answers: [Vec<Observation>; 2],
}

const CENTRES: usize = 14;

impl Territory {
    fn new() -> Self {
        let mut registry = String::from("code,nom,type,pedt\n");
        for i in 0..CENTRES {
            let _ = writeln!(registry, "{},Accueil {i},periscolaire,oui", site(i));
        }
        let settings = "[territoire]\nnom = \"T\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"C1\"\n\
            debut = \"2026-04-01\"\nfin = \"2026-07-03\"\nreferentiel = \"v1\"\n\
            [[campagnes]]\nid = \"C2\"\nlabel = \"C2\"\n\
            debut = \"2027-04-01\"\nfin = \"2027-07-02\"\nreferentiel = \"v1\"\n";
        Self {
            referentiel: parse("referentiel-v1.toml", REFERENTIEL).expect("a référentiel"),
            registry: parse_registry(Path::new("structures.csv"), registry.as_bytes())
                .expect("a registry"),
            settings: Settings::parse("observatoire.toml", settings).expect("settings"),
            regulation: Regulation::parse("reglement.toml", regulation::embedded())
                .expect("parameters"),
            answers: [Vec::new(), Vec::new()],
        }
    }

    /// One mark; `who` is the visit of a grid, the number of a respondent.
    fn rate(&mut self, campaign: usize, site: usize, element: &str, who: &str, level: Option<i64>) {
        let source = element.split('-').nth(2).expect("a source");
        let source: SourceCode = source.parse().expect("a source");
        let is_person = source.is_questionnaire();
        let observed = if source == SourceCode::Obs { "O1" } else { "" };
        self.answers[campaign].push(Observation {
            campagne: self.settings.campaigns[campaign].id.clone().into(),
            structure: self::site(site).into(),
            source,
            version: "v1".into(),
            visite: if is_person { "" } else { who }.into(),
            observateur: observed.into(),
            repondant: if is_person { who } else { "" }.into(),
            date: "2026-05-12".into(),
            element: element.into(),
            statut: if level.is_some() {
                Statut::Note
            } else {
                Statut::No
            },
            micro: level.map(|l| l * MICRO),
            modalite: level.filter(|_| is_person).map(|l| l - 1),
            valeur_brute: level.map_or("NO".to_owned(), |l| l.to_string()),
            commentaire: String::new(),
            feuille: "".into(),
            cellule: CellRef::new(0, 0),
            unite: "".into(),
        });
    }

    fn visit(&mut self, campaign: usize, site: usize, who: &str, levels: [Option<i64>; 3]) {
        for (i, level) in levels.into_iter().enumerate() {
            let element = format!("ENV-5-OBS-{}", i + 1);
            self.rate(campaign, site, &element, who, level);
        }
    }

    fn families(&mut self, campaign: usize, site: usize, levels: &[i64]) {
        for (i, level) in levels.iter().enumerate() {
            self.rate(
                campaign,
                site,
                "ENV-5-FAM-1",
                &format!("F{i}"),
                Some(*level),
            );
        }
    }

    fn figures(&self, campaign: usize) -> Indicators {
        let answers = &self.answers[campaign];
        let lines: Vec<(&str, &Observation)> = answers.iter().map(|o| ("f", o)).collect();
        let observations = Observations::from_rows("I001", &lines).expect("a table");
        let scope = Scope {
            campaign: &self.settings.campaigns[campaign],
            referentiel: &self.referentiel,
            structures: self.registry.all().iter().collect(),
            regulation: &self.regulation,
            follow_ups: BTreeMap::new(),
            released: BTreeSet::new(),
        };
        compute(&observations, &scope).expect("indicators").value
    }

    fn compared(&self) -> Comparisons {
        let [before, after] = [0, 1].map(|campaign| self.figures(campaign));
        let side = |indicators| Side {
            indicators,
            referentiel: &self.referentiel,
        };
        compare(side(&before), side(&after)).value
    }
}

fn site(rank: usize) -> String {
    format!("P{rank:02}")
}

fn line<'a>(lines: &'a Comparisons, structure: &str, code: &str) -> &'a Line {
    let found = lines.get(structure, Level::Critere, code);
    found.unwrap_or_else(|| panic!("{structure} {code}"))
}

/// The observer saw one élément of three and gave 2; families gave 2,8; the team gave itself 4. The level was
/// 3,70, « objectif atteint, faute d'observation ».
#[test]
fn what_was_seen_is_not_set_aside_for_what_the_team_says() {
    let mut territory = Territory::new();
    for i in [0, 1] {
        territory.families(0, i, &[3, 3, 3, 2, 3]);
        territory.rate(0, i, "ENV-5-AUT-1", "A", Some(4));
    }
    territory.visit(0, 0, "V1", [Some(2), None, None]);
    let figures = territory.figures(0);
    let thin = figures.get("P00", Level::Critere, "ENV-5").expect("a row");
    assert_eq!(thin.value, None);
    assert_eq!(thin.status, FigureStatus::CouvertureInsuffisante);
    // Where nobody came, the team's own marks stand in.
    let stood_in = figures.get("P01", Level::Critere, "ENV-5").expect("a row");
    assert!((stood_in.value.expect("a level") - 3.7).abs() < 1e-9);
    assert_eq!(stood_in.status, FigureStatus::Provisoire);
}

/// A self-assessment in the place of an observation is no rise, nor a source that only one campaign has.
#[test]
fn what_is_compared_is_what_both_campaigns_have() {
    let mut territory = Territory::new();
    for i in 0..CENTRES {
        territory.families(0, i, &[3, 3, 2, 3, 2, 3]);
        territory.families(1, i, &[3, 2, 3, 3, 2, 3]);
    }
    territory.visit(0, 0, "V1", [Some(1), Some(2), Some(1)]);
    territory.rate(1, 0, "ENV-5-AUT-1", "A", Some(4));
    let lines = territory.compared();
    let own = line(&lines, "P00", "ENV-5");
    assert_eq!(own.sources, [SourceCode::Fam]);
    assert!(own.delta.is_some_and(|d| d.abs() < 1e-9), "{own:?}");
    assert!(own.verdict.is_some_and(|v| !v.is_firm()), "{own:?}");
    for said in [
        LineReason::SourceGone(SourceCode::Obs),
        LineReason::SourceAppeared(SourceCode::Aut),
        LineReason::OnSources(vec![SourceCode::Fam]),
    ] {
        assert!(own.reasons.contains(&said), "{own:?}");
    }
}

/// One mark of one person moves by a level, and nothing else: nothing is announced.
#[test]
fn one_mark_of_an_interview_announces_nothing() {
    let mut territory = Territory::new();
    for i in 0..CENTRES {
        territory.rate(0, i, "ENV-6-DIR-1", "E", Some(2));
        let later = if i == 0 { 3 } else { 2 };
        territory.rate(1, i, "ENV-6-DIR-1", "E", Some(later));
    }
    let lines = territory.compared();
    let moved = line(&lines, "P00", "ENV-6");
    assert_eq!(moved.delta, Some(1.0));
    assert!(moved.se.is_some_and(|se| se > 0.5), "{moved:?}");
    assert!(moved.verdict.is_some_and(|v| !v.is_firm()), "{moved:?}");
    let same = line(&lines, "P01", "ENV-6");
    assert_eq!(same.verdict, Some(Verdict::Stable));
    assert_eq!(same.reasons, [LineReason::SameRatings]);
}

/// Eleven centres of thirteen rise by less than what counts: the territory is not « stable ».
#[test]
fn a_rise_in_nearly_all_centres_is_not_stable() {
    let mut territory = Territory::new();
    for i in 0..CENTRES {
        for visit in ["V1", "V2"] {
            territory.visit(0, i, visit, [Some(2), Some(3), Some(3)]);
            let last = if i < 11 { 3 } else { 2 };
            territory.visit(1, i, visit, [Some(last), Some(3), Some(3)]);
        }
    }
    let lines = territory.compared();
    let whole = line(&lines, "", "ENV-5");
    assert!(whole.delta.is_some_and(|d| d > 0.2 && d < 0.3), "{whole:?}");
    assert_eq!(whole.verdict, Some(Verdict::PlutotProgresse), "{whole:?}");
    let down: Vec<&Line> = (lines.lines.iter())
        .filter(|l| matches!(l.verdict, Some(Verdict::Recule | Verdict::PlutotRecule)))
        .collect();
    assert!(down.is_empty(), "{down:?}");
}

/// What is not known says what would have been enough, and that is so: the second visit, made, tells.
#[test]
fn what_is_missing_is_what_would_have_told() {
    let mut territory = Territory::new();
    for i in 0..CENTRES {
        let first = 1 + (i % 2) as i64;
        territory.visit(0, i, "V1", [Some(first), Some(2), Some(2)]);
        territory.visit(0, i, "V2", [Some(first), Some(2), Some(2)]);
        territory.visit(
            1,
            i,
            "V1",
            [Some(first + 1), Some(2), Some(2 + (i % 3) as i64 / 2)],
        );
    }
    let lines = territory.compared();
    let would: Vec<&Line> = (lines.lines.iter())
        .filter(|l| {
            l.reasons
                .iter()
                .any(|r| matches!(r, LineReason::WouldTell(_)))
        })
        .collect();
    for line in &would {
        assert_eq!(line.verdict, Some(Verdict::Indetermine), "{line:?}");
        assert!(!line.structure.is_empty(), "{line:?}");
    }
    let unknown = |lines: &Comparisons| {
        let all = lines.lines.iter();
        all.filter(|l| l.verdict == Some(Verdict::Indetermine))
            .count()
    };
    let before = unknown(&lines);
    for i in 0..CENTRES {
        let first = 1 + (i % 2) as i64;
        territory.visit(
            1,
            i,
            "V2",
            [Some(first + 1), Some(2), Some(2 + (i % 3) as i64 / 2)],
        );
    }
    assert!(unknown(&territory.compared()) <= before);
}

/// Fourteen interviews, one mark each: no centre is surely above another, whatever its mark.
#[test]
fn one_mark_sets_no_centre_apart() {
    let mut territory = Territory::new();
    for i in 0..CENTRES {
        let level = if i < 7 { 1 } else { 4 };
        territory.rate(1, i, "ENV-6-DIR-1", "E", Some(level));
    }
    let indicators = territory.figures(1);
    let structures: Vec<&Structure> = territory.registry.all().iter().collect();
    let beside = side_by_side(&Gallery {
        indicators: &indicators,
        referentiel: &territory.referentiel,
        structures: &structures,
        composite: None,
        only: None,
    });
    let beside = beside.expect("lines");
    for i in 0..CENTRES {
        let reasons = &line(&beside, &site(i), "ENV-6").reasons;
        assert!(reasons.contains(&LineReason::OneMark), "{reasons:?}");
        let is_apart =
            |r: &LineReason| matches!(r, LineReason::Apart { .. } | LineReason::Standing(_));
        assert!(!reasons.iter().any(is_apart), "{reasons:?}");
    }
}

/// Impératifs first, even one without a level; importance for all or for none; ties told.
#[test]
fn what_comes_first_owes_nothing_to_who_was_asked() {
    let mut territory = Territory::new();
    territory.rate(1, 0, "ENV-6-DIR-1", "E", Some(2));
    territory.rate(1, 0, "INC-1-DIR-1", "E", Some(2));
    territory.rate(1, 0, "INC-2-DIR-2", "E", Some(1));
    let indicators = territory.figures(1);
    let structures: Vec<&Structure> = territory.registry.all().iter().collect();
    let r = &territory.referentiel;
    let [env, inc, must] = ["ENV-6", "INC-1", "INC-2"].map(|c| r.critere(c).expect("a critère"));
    let advice = |importance: &[(usize, f64)]| {
        let all = priorities(&PriorityGround {
            indicators: &indicators,
            previous: None,
            referentiel: r,
            structures: &structures,
            importance: importance.iter().copied().collect(),
        });
        all.sites["P00"].clone()
    };
    let figure = indicators.get("P00", Level::Critere, "INC-2");
    assert_eq!(figure.expect("a figure").value, None);
    let plain = advice(&[]);
    let order: Vec<usize> = plain.priorities.iter().map(|p| p.critere).collect();
    assert_eq!(order, [must, env, inc]);
    assert_eq!(
        (&plain.priorities[1].ties, &plain.priorities[2].ties),
        (&vec![inc], &vec![env])
    );
    // A single mark is never sure.
    assert!(plain.priorities[1..].iter().all(|p| !p.certain));
    // Families were asked about one of the two: it does not pass before the other.
    let some = advice(&[(inc, 0.9)]);
    assert!(!some.by_importance && some.priorities == plain.priorities);
    let all = advice(&[(inc, 0.9), (env, 0.1)]);
    assert!(all.by_importance);
    let order: Vec<usize> = all.priorities.iter().map(|p| p.critere).collect();
    assert_eq!(order, [must, inc, env]);
    // What was looked at weighs as it does: one élément of weight 1 of a total of 5.
    let coverage = indicators.get("P00", Level::Imperatif, "INC-2");
    let coverage = coverage.and_then(|f| f.coverage).expect("a coverage");
    assert!((coverage - 0.2).abs() < 1e-12, "{coverage}");
}
