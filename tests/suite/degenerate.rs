//! Nothing, one value, everything equal, everything missing, raters who never meet: a statistic
//! answers a number or a stated reason, never NaN, never a panic (`docs/statistics.md` §0.2).

use std::fmt::Debug;

use observatoire::stats::agreement::{gwet_ac2, percent, quadratic_kappa};
use observatoire::stats::average::t_interval;
use observatoire::stats::calibration::{Standard, calibrate};
use observatoire::stats::composite::{Gower, Scenario, Trait, robustness};
use observatoire::stats::consistency::{complete, cronbach, item_analysis, omega};
use observatoire::stats::icc::icc;
use observatoire::stats::importance::{CountedPair, Estimate, spearman, target_gap};
use observatoire::stats::krippendorff::{krippendorff, krippendorff_interval};
use observatoire::stats::multiplicity::{Correction, adjust};
use observatoire::stats::paired::signs;
use observatoire::stats::pilot::pilot;
use observatoire::stats::proportion::{ShareCount, difference, wilson};
use observatoire::stats::ranks::{binomial_limits, funnel, mean_limits, rank_intervals};
use observatoire::stats::score::{
    Child, Least, MeanKind, SourceTerm, Visit, Weighted, combine, critere, generalised_mean,
    imperatif, node,
};
use observatoire::stats::shrinkage::{Centre, rankability, shrink, shrink_shares, standouts, tau2};
use observatoire::stats::sign_flip::sign_flip;
use observatoire::stats::trend::{mann_kendall, page, theil_sen};
use observatoire::stats::{Stat, themes, words};

/// What is said holds no NaN and no infinity.
fn finite_words(name: &str, said: &dyn Debug) {
    let text = format!("{said:?}");
    for wrong in ["NaN", "inf"] {
        let inside = text
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == wrong);
        assert!(!inside, "{name} : {text}");
    }
}

/// A number, or a reason that a person can read.
fn answered<T: Debug>(name: &str, stat: Stat<T>) {
    match stat.map(|value| format!("{value:?}")) {
        Ok(text) => finite_words(name, &text),
        Err(reason) => {
            assert!(!reason.label().is_empty(), "{name}");
            assert!(!reason.as_str().is_empty(), "{name}");
        }
    }
}

/// Nothing, one, two and several equal values, one value apart.
fn series() -> Vec<Vec<f64>> {
    vec![
        vec![],
        vec![3.0],
        vec![3.0, 3.0],
        vec![3.0; 12],
        vec![3.0, 4.0],
        vec![1.0, 3.0, 3.0, 3.0, 3.0],
    ]
}

#[test]
fn one_series_of_values() {
    for v in series() {
        answered("t", t_interval(&v, 0.95));
        answered("sign_flip", sign_flip(&v));
        finite_words("signs", &signs(&v));
        answered("mann_kendall", mann_kendall(&v));
        answered("theil_sen", theil_sen(&vec![1.0; v.len()], &v));
        let weightless: Vec<Weighted> = v
            .iter()
            .map(|x| Weighted {
                weight: 0.0,
                value: *x,
            })
            .collect();
        for kind in [MeanKind::Arithmetic, MeanKind::Geometric] {
            answered("mean", generalised_mean(&weightless, kind));
        }
        let p: Vec<Option<f64>> = v.iter().map(|_| None).collect();
        finite_words("adjust", &adjust(&p, Correction::Holm));
    }
}

#[test]
fn two_series_of_values() {
    for x in series() {
        for y in series() {
            answered("pilot", pilot(&x, &y));
            let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
            let counted = pairs.iter().map(|p| CountedPair {
                x: p.0,
                y: p.1,
                count: 1,
            });
            answered("correlation", spearman(&counted.collect::<Vec<_>>()));
            let rows: Vec<Vec<f64>> = pairs.iter().map(|p| vec![p.0, p.1]).collect();
            answered("page", page(&rows));
            answered("cronbach", cronbach(&rows, 0.95));
            answered("omega", omega(&rows));
            finite_words("items", &item_analysis(&rows));
        }
    }
    let sure = Estimate {
        score: 3.0,
        se: Some(0.0),
    };
    finite_words("target", &target_gap(sure, 3.0, 1.0, 3.0, 0.95));
}

#[test]
fn counts_of_nothing_and_of_everything() {
    for (x, n) in [(0, 0), (0, 1), (1, 1), (0, 2), (2, 2), (0, 40), (40, 40)] {
        answered("share", wilson(x, n, 0.95));
        let count = |favourable, answers| ShareCount {
            favourable,
            answers,
        };
        for (y, m) in [(0, 0), (0, 1), (1, 1), (5, 5)] {
            let sides = [count(x, n), count(y, m)];
            answered("difference", difference(sides[0], sides[1], 0.95));
            answered("shares", shrink_shares(&sides));
            answered("funnel", funnel(&sides, None));
        }
        answered("limits", binomial_limits(n, 0.5, &[0.001, 0.999]));
        answered("limits", binomial_limits(n, 1.0, &[0.001, 0.999]));
        answered("limits", mean_limits(n, 3.0, 0.0, &[0.001, 0.999]));
    }
}

/// Ratings that no coefficient can be drawn from, or only just.
fn ratings() -> Vec<Vec<Vec<Option<f64>>>> {
    let row = |a: Option<f64>, b: Option<f64>| vec![a, b];
    vec![
        vec![],
        vec![row(None, None); 3],
        vec![row(Some(3.0), None), row(None, Some(2.0))],
        vec![row(Some(3.0), Some(3.0))],
        vec![row(Some(3.0), Some(2.0))],
        vec![row(Some(4.0), Some(4.0)); 10],
        vec![row(Some(3.0), Some(4.0)); 10],
        vec![row(Some(1.0), Some(2.0)), row(Some(2.0), Some(1.0))],
        vec![row(Some(7.0), Some(1.0))],
    ]
}

#[test]
fn raters_who_never_meet_or_never_vary() {
    let standard = Standard {
        exact: 0.8,
        within_one: 0.95,
    };
    for table in ratings() {
        answered("percent", percent(&table, 0.0));
        answered("krippendorff", krippendorff(&table));
        answered("interval", krippendorff_interval(&table, 0.95));
        answered("icc", icc(&table, 0.95));
        answered("cronbach", cronbach(&complete(&table), 0.95));
        let pairs: Vec<_> = table.iter().map(|r| (r[0], r[1])).collect();
        let both: Vec<(f64, f64)> = pairs.iter().filter_map(|p| p.0.zip(p.1)).collect();
        for scale in [&[][..], &[3.0], &[1.0, 2.0, 3.0, 4.0]] {
            answered("gwet", gwet_ac2(&table, scale, 0.95));
            answered("kappa", quadratic_kappa(&both, scale, 0.95));
            answered("calibrate", calibrate(&pairs, scale, standard, 0.95));
        }
    }
}

#[test]
fn centres_without_error_or_without_difference() {
    let centres = [
        vec![],
        vec![(3.0, 0.1)],
        vec![(3.0, 0.0); 6],
        vec![(3.0, 0.1); 6],
        vec![
            (3.0, 0.0),
            (2.0, 0.1),
            (4.0, 0.1),
            (3.0, 0.2),
            (3.0, 0.2),
            (1.0, 0.1),
        ],
        vec![(f64::NAN, 0.1); 6],
    ];
    for sites in centres {
        let sites: Vec<Centre> = sites
            .into_iter()
            .map(|(value, se)| Centre { value, se })
            .collect();
        answered("tau2", tau2(&sites));
        answered("shrink", shrink(&sites));
        answered("rankability", rankability(&sites));
        answered("standouts", standouts(&sites, 0.1));
        answered("ranks", rank_intervals(&sites, 0.95));
    }
    let scenario = |weights: Vec<f64>| Scenario {
        weights,
        kind: MeanKind::Geometric,
    };
    answered("robustness", robustness(&[], &[scenario(vec![1.0])]));
    answered("robustness", robustness(&[vec![3.0]], &[]));
    answered(
        "robustness",
        robustness(&[vec![0.0]], &[scenario(vec![1.0])]),
    );
    answered(
        "robustness",
        robustness(&[vec![3.0]], &[scenario(vec![0.0])]),
    );
    let blank = vec![vec![Trait::Missing, Trait::Number(2.0)]; 2];
    finite_words("gower", &Gower::of(&blank).distance(0, 1));
}

#[test]
fn words_and_themes_of_nobody() {
    for interviews in [vec![], vec![vec![]], vec![vec!["bruit".to_owned()]]] {
        finite_words("themes", &themes::count(&interviews, 0.95));
    }
    assert!(words::tokens("", &[], 2).is_empty());
}

/// A structure where nothing is expected, nothing applies or nothing was scored has no score.
#[test]
fn rules_over_nothing() {
    let least = Least {
        coverage: 0.0,
        children: 0,
    };
    let child = |score, applies| Child {
        weight: 1.0,
        score,
        applies,
    };
    let nowhere = [
        vec![],
        vec![child(None, true); 3],
        vec![child(Some(3.0), false)],
    ];
    for children in nowhere {
        let found = node(&children, least);
        assert_eq!(found.score, None, "{children:?}");
        finite_words("node", &found);
    }
    let source = SourceTerm {
        weight: 0.0,
        score: Some(3.0),
        applies: true,
        coverage: 1.0,
    };
    for sources in [vec![], vec![source]] {
        let found = critere(&sources, None);
        assert_eq!(found.score, None, "{sources:?}");
        finite_words("critere", &found);
    }
    for visits in [vec![], vec![Visit::default(); 2]] {
        finite_words("combine", &combine(visits, 1_000_000));
    }
    assert_eq!(imperatif(&[], 4.0), None);
}
