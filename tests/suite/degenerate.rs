//! Nothing, one value, everything equal, everything missing, raters who never meet: a statistic
//! answers a number or a stated reason, never NaN, never a panic (`statistics.md` 0.2).

use std::fmt::Debug;

use observatoire::stats::agreement::{Chance, Weights, cohen, percent, several};
use observatoire::stats::average::{
    BootstrapKind, bootstrap_mean, cluster_mean, nesting, t_interval,
};
use observatoire::stats::calibration::{Standard, calibrate};
use observatoire::stats::composite::{Scenario, Trait, dominance, gower, robustness};
use observatoire::stats::consistency::{complete, cronbach, item_analysis, omega};
use observatoire::stats::icc::icc;
use observatoire::stats::importance::{
    RankCorrelation, correlation, lmg, quadrants, relative_weights, target_gap,
};
use observatoire::stats::independent::{
    CliffQuantile, CliffVariance, cliffs_delta, hedges_independent, hedges_paired, mann_whitney,
    mean_permutation,
};
use observatoire::stats::krippendorff::{Metric, krippendorff, krippendorff_interval};
use observatoire::stats::multiplicity::{Correction, adjust};
use observatoire::stats::paired::{PMethod, Zeros, equivalence, signed_rank, signs};
use observatoire::stats::pilot::pilot;
use observatoire::stats::proportion::{
    DifferenceMethod, ShareMethod, difference, finite, fisher_exact, hypergeometric, interval,
    mcnemar_exact, response_rate,
};
use observatoire::stats::ranks::{Critical, binomial_limits, funnel, mean_limits, rank_intervals};
use observatoire::stats::score::{Across, MeanKind, combine, generalised_mean, perception_gap};
use observatoire::stats::shrinkage::{
    Tau, james_stein, rankability, shrink, shrink_shares, standouts, tau2,
};
use observatoire::stats::sign_flip::sign_flip;
use observatoire::stats::trend::{jonckheere, mann_kendall, page, theil_sen};
use observatoire::stats::{Stat, likert, themes, words};

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
        answered("t", t_interval(&v, None, 0.95));
        answered("t", t_interval(&v, Some(v.len()), 0.95));
        for kind in [BootstrapKind::Percentile, BootstrapKind::Bca] {
            answered("bootstrap", bootstrap_mean(&v, 0.95, kind));
        }
        answered("likert", likert::summary(&v, (1.0, 4.0)));
        answered("sign_flip", sign_flip(&v));
        answered("equivalence", equivalence(&v, 0.3));
        finite_words("signs", &signs(&v));
        for zeros in [Zeros::Drop, Zeros::Pratt] {
            for method in [
                PMethod::Exact,
                PMethod::Asymptotic,
                PMethod::AsymptoticCorrected,
            ] {
                finite_words("signed_rank", &signed_rank(&v, zeros, method));
                let still = vec![0.0; v.len()];
                finite_words("signed_rank", &signed_rank(&still, zeros, method));
            }
        }
        answered("james_stein", james_stein(&v, 0.1));
        answered("mann_kendall", mann_kendall(&v));
        answered("theil_sen", theil_sen(&vec![1.0; v.len()], &v));
        let zeros: Vec<(f64, f64)> = v.iter().map(|x| (0.0, *x)).collect();
        for kind in [
            MeanKind::Arithmetic,
            MeanKind::Geometric,
            MeanKind::Harmonic,
        ] {
            answered("mean", generalised_mean(&zeros, kind));
        }
        let p: Vec<Option<f64>> = v.iter().map(|_| None).collect();
        finite_words("adjust", &adjust(&p, Correction::Holm));
        finite_words("combine", &combine(&[], Across::Mean));
    }
}

#[test]
fn two_series_of_values() {
    for x in series() {
        for y in series() {
            for method in [
                PMethod::Exact,
                PMethod::Asymptotic,
                PMethod::AsymptoticCorrected,
            ] {
                answered("mann_whitney", mann_whitney(&x, &y, method));
            }
            answered("permutation", mean_permutation(&x, &y));
            for kind in [CliffVariance::Unbiased, CliffVariance::Consistent] {
                let found = cliffs_delta(&x, &y, 0.95, (kind, CliffQuantile::Student));
                answered("cliff", found);
            }
            answered("hedges", hedges_independent(&x, &y));
            answered("pilot", pilot(&x, &y));
            answered("jonckheere", jonckheere(&[x.clone(), y.clone()]));
            answered("clusters", cluster_mean(&[x.clone(), y.clone()], 0.95));
            answered("nesting", nesting(&[x.clone(), y.clone()]));
            let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
            answered(
                "hedges",
                hedges_paired(&x[..pairs.len()], &y[..pairs.len()]),
            );
            answered("gap", perception_gap(&pairs, 0.95));
            for kind in [RankCorrelation::Spearman, RankCorrelation::Kendall] {
                answered("correlation", correlation(&pairs, kind));
            }
            let points: Vec<Option<(f64, f64)>> = pairs.iter().map(|p| Some(*p)).collect();
            answered("quadrants", quadrants(&points, None));
            answered("dominance", dominance(&x[..pairs.len()], &y[..pairs.len()]));
            let rows: Vec<Vec<f64>> = pairs.iter().map(|p| vec![p.0, p.1]).collect();
            answered("page", page(&rows));
            answered("cronbach", cronbach(&rows, 0.95));
            answered("omega", omega(&rows, false));
            finite_words("items", &item_analysis(&rows));
            answered("weights", relative_weights(&rows, &y[..rows.len()]));
            answered("lmg", lmg(&rows, &y[..rows.len()]));
        }
    }
    finite_words("target", &target_gap((3.0, Some(0.0)), 3.0, 1.0, 3.0, 0.95));
}

#[test]
fn counts_of_nothing_and_of_everything() {
    for (x, n) in [(0, 0), (0, 1), (1, 1), (0, 2), (2, 2), (0, 40), (40, 40)] {
        for method in [
            ShareMethod::Wilson,
            ShareMethod::WilsonCorrected,
            ShareMethod::ClopperPearson,
            ShareMethod::AgrestiCoull,
            ShareMethod::Jeffreys,
        ] {
            answered("share", interval(x as f64, n as f64, 0.95, method));
            for population in [0, 1, n, n + 1, 100] {
                answered("finite", finite(x, n, population, 0.95, method));
            }
        }
        for population in [0, 1, n, n + 1, 100] {
            answered("hypergeometric", hypergeometric(x, n, population, 0.95));
        }
        for (y, m) in [(0, 0), (0, 1), (1, 1), (5, 5)] {
            for method in [DifferenceMethod::Newcombe, DifferenceMethod::AgrestiCaffo] {
                answered("difference", difference((x, n), (y, m), 0.95, method));
            }
            finite_words("fisher", &fisher_exact((x, n), (y, m)));
            answered("shares", shrink_shares(&[(x, n), (y, m)]));
            answered("funnel", funnel(&[(x, n), (y, m)], None));
            finite_words("mcnemar", &mcnemar_exact(x, y));
        }
        answered("rate", response_rate(None, n, n, x));
        answered("rate", response_rate(Some(0), n, n, x));
        answered("limits", binomial_limits(n, 0.5, &[0.001, 0.999]));
        answered("limits", binomial_limits(n, 1.0, &[0.001, 0.999]));
        answered("limits", mean_limits(n, 3.0, 0.0, &[0.001, 0.999]));
        answered("net", likert::net_score(x, n - x, n, 0.95, true));
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
        for metric in [Metric::Nominal, Metric::Ordinal, Metric::Interval] {
            answered("krippendorff", krippendorff(&table, metric));
            answered("interval", krippendorff_interval(&table, metric, 0.95));
        }
        answered("icc", icc(&table, 0.95));
        answered("cronbach", cronbach(&complete(&table), 0.95));
        let pairs: Vec<_> = table.iter().map(|r| (r[0], r[1])).collect();
        let both: Vec<(f64, f64)> = pairs.iter().filter_map(|p| p.0.zip(p.1)).collect();
        for scale in [&[][..], &[3.0], &[1.0, 2.0, 3.0, 4.0]] {
            for weights in [
                Weights::Identity,
                Weights::Linear,
                Weights::Quadratic,
                Weights::Ordinal,
            ] {
                for chance in [Chance::Gwet, Chance::Fleiss] {
                    answered("several", several(&table, scale, weights, chance, 0.95));
                }
                answered("cohen", cohen(&both, scale, weights, 0.95));
            }
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
        for tau in [Tau::PauleMandel, Tau::DerSimonianLaird, Tau::Reml] {
            answered("tau2", tau2(&sites, tau));
            answered("shrink", shrink(&sites, tau));
            answered("rankability", rankability(&sites, tau));
            answered("standouts", standouts(&sites, tau, 0.1));
        }
        answered("ranks", rank_intervals(&sites, Critical::Tukey, 0.95));
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
    finite_words("gower", &gower(&blank));
}

#[test]
fn words_and_themes_of_nobody() {
    for interviews in [vec![], vec![vec![]], vec![vec!["bruit".to_owned()]]] {
        finite_words("themes", &themes::count(&interviews, 0.95));
        finite_words("saturation", &themes::saturation(&interviews, 4, 2, 0.05));
        finite_words("accumulation", &themes::accumulation(&interviews));
        finite_words("chao2", &themes::chao2(&interviews));
        finite_words("tf_idf", &words::tf_idf(&interviews));
    }
    finite_words("keyness", &words::keyness((0.0, 0.0), (0.0, 0.0), true));
    finite_words("keyness", &words::keyness((0.0, 5.0), (0.0, 5.0), false));
    assert!(words::tokens("", &[], 2).is_empty());
}
