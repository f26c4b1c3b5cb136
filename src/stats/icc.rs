//! Intraclass correlations of scores given by several observers (`docs/statistics.md` §3.6; Shrout
//! & Fleiss 1979, McGraw & Wong 1996).

use super::describe::{mean, sum_of_squares};
use super::dist::f_quantile;
use super::interval::Interval;
use super::{Reason, Stat};

/// The six forms, with their mean squares; negative values are given as computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// Units rated by everyone.
    pub n: usize,
    /// Raters.
    pub k: usize,
    /// Mean square of units.
    pub msr: f64,
    /// Mean square of raters.
    pub msc: f64,
    /// Residual mean square.
    pub mse: f64,
    /// Mean square within units.
    pub msw: f64,
    /// ICC(1), one-way, one rater.
    pub one: f64,
    /// ICC(1,k), their mean.
    pub one_k: Option<f64>,
    /// ICC(A,1): can observers be exchanged? None when the variances it adds up cancel out.
    pub agreement: Option<f64>,
    /// ICC(A,k).
    pub agreement_k: Option<f64>,
    /// ICC(C,1): do they order alike, whatever their severity? None when neither units nor
    /// residuals vary.
    pub consistency: Option<f64>,
    /// ICC(C,k).
    pub consistency_k: Option<f64>,
    /// Interval of ICC(1).
    pub one_bounds: Option<Interval>,
    /// Interval of ICC(1,k).
    pub one_k_bounds: Option<Interval>,
    /// Satterthwaite degrees of freedom of ICC(A,1).
    pub agreement_df: Option<f64>,
    /// Interval of ICC(A,1).
    pub agreement_bounds: Option<Interval>,
    /// Interval of ICC(A,k).
    pub agreement_k_bounds: Option<Interval>,
    /// Interval of ICC(C,1).
    pub consistency_bounds: Option<Interval>,
    /// Interval of ICC(C,k).
    pub consistency_k_bounds: Option<Interval>,
    /// Why the averaged forms are missing.
    pub reason: Option<Reason>,
}

/// n units and k raters of a table, and its four mean squares.
struct Squares {
    n: f64,
    k: f64,
    msr: f64,
    msc: f64,
    mse: f64,
    msw: f64,
}

fn squares(rows: &[Vec<f64>]) -> Squares {
    let (n, k) = (rows.len() as f64, rows[0].len() as f64);
    let all: Vec<f64> = rows.iter().flatten().copied().collect();
    let by_unit: Vec<f64> = rows.iter().filter_map(|r| mean(r)).collect();
    let by_rater: Vec<f64> = (0..rows[0].len())
        .filter_map(|j| mean(&rows.iter().map(|r| r[j]).collect::<Vec<_>>()))
        .collect();
    let (units, raters) = (k * sum_of_squares(&by_unit), n * sum_of_squares(&by_rater));
    let total = sum_of_squares(&all);
    // What rounding leaves of a sum of squares is no variance.
    let clean = |x: f64| if x < total.max(1.0) * 1e-13 { 0.0 } else { x };
    Squares {
        n,
        k,
        msr: clean(units) / (n - 1.0),
        msc: clean(raters) / (k - 1.0),
        mse: clean(total - units - raters) / ((n - 1.0) * (k - 1.0)),
        msw: clean(total - units) / (n * (k - 1.0)),
    }
}

/// Every form on the units rated by all raters.
///
/// # Errors
///
/// Fewer than two complete units or raters; ratings that never vary.
pub fn icc(ratings: &[Vec<Option<f64>>], conf: f64) -> Stat<Icc> {
    let complete: Vec<Vec<f64>> = ratings
        .iter()
        .filter(|r| r.iter().all(Option::is_some))
        .map(|r| r.iter().flatten().copied().collect())
        .collect();
    if complete.len() < 2 || complete[0].len() < 2 {
        return Err(Reason::TooFew);
    }
    let s = squares(&complete);
    if s.msr + s.msc + s.mse < 1e-15 {
        return Err(Reason::NoVariation);
    }
    let Squares {
        n,
        k,
        msr,
        msc,
        mse,
        msw,
    } = s;
    let raters = (msc - mse) / n;
    let total = msr + (k - 1.0) * mse + k * raters;
    let agreement = (total.abs() > 1e-12).then(|| (msr - mse) / total);
    let averaged = |x: f64| (msr > 0.0).then_some(x);
    let one_f = (msw > 0.0)
        .then(|| f_bounds(msr / msw, n - 1.0, n * (k - 1.0), conf))
        .flatten();
    let two_f = (mse > 0.0)
        .then(|| f_bounds(msr / mse, n - 1.0, (n - 1.0) * (k - 1.0), conf))
        .flatten();
    let single = |f: Interval| f.map(|x| (x - 1.0) / (x + k - 1.0));
    let mean_of = |f: Interval| f.map(|x| 1.0 - 1.0 / x);
    let vary = |b: Option<Interval>| b.filter(|_| msr > 0.0);
    let agreed = agreement.and_then(|rho| agreement_bounds(&s, rho, conf));
    let agreed = agreed.filter(|_| msr > 0.0);
    let step_up = |r: f64| k * r / (1.0 + (k - 1.0) * r);
    Ok(Icc {
        n: complete.len(),
        k: complete[0].len(),
        msr,
        msc,
        mse,
        msw,
        one: (msr - msw) / (msr + (k - 1.0) * msw),
        one_k: averaged((msr - msw) / msr),
        agreement,
        agreement_k: averaged((msr - mse) / (msr + raters)),
        consistency: (msr + mse > 0.0).then(|| (msr - mse) / (msr + (k - 1.0) * mse)),
        consistency_k: averaged((msr - mse) / msr),
        one_bounds: vary(one_f.map(single)),
        one_k_bounds: vary(one_f.map(mean_of)),
        agreement_df: agreed.map(|a| a.df),
        agreement_bounds: agreed.map(|a| a.bounds),
        agreement_k_bounds: agreed.map(|a| a.bounds.map(step_up)),
        consistency_bounds: vary(two_f.map(single)),
        consistency_k_bounds: vary(two_f.map(mean_of)),
        reason: (msr <= 0.0).then_some(Reason::NoVarianceBetweenUnits),
    })
}

/// F divided and multiplied by its quantiles.
fn f_bounds(f: f64, d1: f64, d2: f64, conf: f64) -> Option<Interval> {
    let p = 0.5 + conf / 2.0;
    Some(Interval {
        low: f / f_quantile(p, d1, d2)?,
        high: f * f_quantile(p, d2, d1)?,
    })
}

/// What ICC(A,1) is known to.
#[derive(Clone, Copy)]
struct AgreementBounds {
    /// Degrees of freedom.
    df: f64,
    bounds: Interval,
}

/// Degrees of freedom and interval of ICC(A,1) (McGraw & Wong 1996).
fn agreement_bounds(s: &Squares, rho: f64, conf: f64) -> Option<AgreementBounds> {
    let Squares {
        n,
        k,
        msr,
        msc,
        mse,
        ..
    } = *s;
    if (1.0 - rho).abs() < 1e-12 {
        return None;
    }
    let a = k * rho / (n * (1.0 - rho));
    let b = 1.0 + k * rho * (n - 1.0) / (n * (1.0 - rho));
    let below = (a * msc).powi(2) / (k - 1.0) + (b * mse).powi(2) / ((n - 1.0) * (k - 1.0));
    let v = (a * msc + b * mse).powi(2) / below;
    if !v.is_finite() || v <= 0.0 {
        return None;
    }
    let p = 0.5 + conf / 2.0;
    let (high, low) = (f_quantile(p, n - 1.0, v)?, f_quantile(p, v, n - 1.0)?);
    let c = k * msc + (k * n - k - n) * mse;
    Some(AgreementBounds {
        df: v,
        bounds: Interval {
            low: n * (msr - high * mse) / (high * c + n * msr),
            high: n * (low * msr - mse) / (c + n * low * msr),
        },
    })
}
