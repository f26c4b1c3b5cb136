//! Do the items of a questionnaire hold together? For reflective scales only, never for the
//! éléments of a critère (`docs/statistics.md` §4).

use super::describe::{covariance, mean, pearson, sd, variance};
use super::dist::f_quantile;
use super::interval::Interval;
use super::{Reason, Stat};

/// Cronbach's alpha.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cronbach {
    /// Complete respondents.
    pub n: usize,
    /// Items, constant ones included.
    pub k: usize,
    /// Alpha; strongly negative when an item is not reversed.
    pub alpha: f64,
    /// Feldt's interval.
    pub interval: Option<Interval>,
    /// Alpha of standardised items; none when an item is constant.
    pub standardised: Option<f64>,
}

/// Respondents who answered every item.
pub fn complete(rows: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    rows.iter()
        .filter(|r| r.iter().all(Option::is_some))
        .map(|r| r.iter().flatten().copied().collect())
        .collect()
}

fn columns(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let k = rows.first().map_or(0, Vec::len);
    (0..k)
        .map(|j| rows.iter().map(|r| r[j]).collect())
        .collect()
}

/// k/(k − 1)·(1 − Σs_jj/Σs_ij) from columns.
fn raw_alpha(items: &[Vec<f64>]) -> Stat<f64> {
    let (k, n) = (items.len(), items.first().map_or(0, Vec::len));
    let totals: Vec<f64> = (0..n).map(|i| items.iter().map(|c| c[i]).sum()).collect();
    let own: f64 = items.iter().filter_map(|c| variance(c)).sum();
    alpha_of(k, own, &totals)
}

/// The same from the number of items, the sum of their variances and what each respondent sums to.
fn alpha_of(k: usize, own: f64, totals: &[f64]) -> Stat<f64> {
    if k < 2 || totals.len() < 2 {
        return Err(Reason::TooFew);
    }
    let total = variance(totals).unwrap_or(0.0);
    if total < 1e-12 {
        return Err(Reason::NoTotalVariance);
    }
    Ok(k as f64 / (k as f64 - 1.0) * (1.0 - own / total))
}

/// Alpha with Feldt's interval, on complete rows (§4.1).
///
/// # Errors
///
/// Fewer than two items or respondents; a total that never varies.
pub fn cronbach(rows: &[Vec<f64>], conf: f64) -> Stat<Cronbach> {
    let items = columns(rows);
    let alpha = raw_alpha(&items)?;
    let (n, k) = (rows.len() as f64, items.len() as f64);
    let (d1, d2) = (n - 1.0, (n - 1.0) * (k - 1.0));
    let tail = (1.0 - conf) / 2.0;
    let bound = |p: f64| Some(1.0 - (1.0 - alpha) * f_quantile(p, d1, d2)?);
    let standardised = mean_correlation(&items).map(|r| k * r / (1.0 + (k - 1.0) * r));
    Ok(Cronbach {
        n: rows.len(),
        k: items.len(),
        alpha,
        interval: bound(1.0 - tail)
            .zip(bound(tail))
            .map(|(low, high)| Interval { low, high }),
        standardised,
    })
}

/// Mean of the correlations of all pairs, none when an item is constant: the variance of a sum of
/// standardised items is their number plus all their correlations, and no pair need be looked at.
fn mean_correlation(items: &[Vec<f64>]) -> Option<f64> {
    let mut sums = vec![0.0; items.first()?.len()];
    for item in items {
        let (mean, sd) = (mean(item)?, sd(item).filter(|s| *s > 1e-12)?);
        for (sum, value) in sums.iter_mut().zip(item) {
            *sum += (value - mean) / sd;
        }
    }
    let k = items.len() as f64;
    Some((variance(&sums)? - k) / (k * (k - 1.0)))
}

/// What each item does to its scale (§4.2).
#[derive(Debug, Clone, PartialEq)]
pub struct ItemAnalysis {
    /// Correlation with the sum of the others; none for a constant item.
    pub item_rest: Vec<Option<f64>>,
    /// Alpha without the item; none with two items.
    pub alpha_if_deleted: Vec<Option<f64>>,
}

/// Item-rest correlations and alphas if deleted, on complete rows.
pub fn item_analysis(rows: &[Vec<f64>]) -> ItemAnalysis {
    let items = columns(rows);
    let totals: Vec<f64> = rows.iter().map(|r| r.iter().sum()).collect();
    let variances: Vec<f64> = items.iter().map(|c| variance(c).unwrap_or(0.0)).collect();
    let own: f64 = variances.iter().sum();
    let rest = |j: usize| -> Vec<f64> {
        let values = totals.iter().zip(&items[j]);
        values.map(|(total, value)| total - value).collect()
    };
    let mut analysis = ItemAnalysis {
        item_rest: Vec::new(),
        alpha_if_deleted: Vec::new(),
    };
    for j in 0..items.len() {
        let others = rest(j);
        analysis.item_rest.push(pearson(&items[j], &others));
        let alpha = alpha_of(items.len() - 1, own - variances[j], &others);
        analysis.alpha_if_deleted.push(alpha.ok());
    }
    analysis
}

/// One-factor model by unweighted least squares.
#[derive(Debug, Clone, PartialEq)]
pub struct OneFactor {
    /// Loadings, mostly positive.
    pub loadings: Vec<f64>,
    /// What the factor leaves of each item.
    pub uniqueness: Vec<f64>,
    /// McDonald's omega with the observed variance, or why not.
    pub omega: Stat<f64>,
    /// Omega with the variance of the model.
    pub omega_model: Stat<f64>,
}

/// McDonald's omega (§4.3): λ_i ← Σ s_ij λ_j / Σ λ_j² until nothing moves by 1e-12.
///
/// # Errors
///
/// Fewer than three items; a constant item.
pub fn omega(rows: &[Vec<f64>]) -> Stat<OneFactor> {
    let items = columns(rows);
    let k = items.len();
    if k < 3 || rows.len() < 3 {
        return Err(Reason::TooFew);
    }
    let constant = |column: &Vec<f64>| sd(column).is_none_or(|s| s < 1e-12);
    if items.iter().any(constant) {
        return Err(Reason::ConstantVariable);
    }
    let shared = |a: &[f64], b: &[f64]| covariance(a, b).unwrap_or(0.0);
    let s: Vec<Vec<f64>> = items
        .iter()
        .map(|a| items.iter().map(|b| shared(a, b)).collect())
        .collect();
    let loadings = fit(&s);
    let uniqueness: Vec<f64> = (0..k).map(|i| s[i][i] - loadings[i].powi(2)).collect();
    let total: f64 = s.iter().flatten().sum();
    let common = loadings.iter().sum::<f64>().powi(2);
    let heywood = uniqueness.iter().any(|u| *u <= 0.0);
    let given = |below: f64| {
        if heywood {
            Err(Reason::Heywood)
        } else {
            Ok(common / below)
        }
    };
    Ok(OneFactor {
        omega: given(total),
        omega_model: given(common + uniqueness.iter().sum::<f64>()),
        loadings,
        uniqueness,
    })
}

/// Loadings that minimise the off-diagonal residuals, from the first principal direction.
fn fit(s: &[Vec<f64>]) -> Vec<f64> {
    let k = s.len();
    let mut v = vec![1.0; k];
    for _ in 0..200 {
        let next: Vec<f64> = s
            .iter()
            .map(|r| r.iter().zip(&v).map(|(a, b)| a * b).sum())
            .collect();
        let norm = next
            .iter()
            .map(|x: &f64| x * x)
            .sum::<f64>()
            .sqrt()
            .max(1e-300);
        v = next.iter().map(|x| x / norm).collect();
    }
    let eigen: f64 = (0..k)
        .map(|i| v[i] * (0..k).map(|j| s[i][j] * v[j]).sum::<f64>())
        .sum();
    let mut l: Vec<f64> = v.iter().map(|x| x * eigen.max(0.0).sqrt()).collect();
    for _ in 0..100_000 {
        let mut change = 0.0_f64;
        for i in 0..k {
            let others = || (0..k).filter(|j| *j != i);
            let below: f64 = others().map(|j| l[j] * l[j]).sum();
            let above: f64 = others().map(|j| s[i][j] * l[j]).sum();
            let next = if below > 1e-300 { above / below } else { 0.0 };
            change = change.max((next - l[i]).abs());
            l[i] = next;
        }
        if change < 1e-12 {
            break;
        }
    }
    if l.iter().sum::<f64>() < 0.0 {
        for x in &mut l {
            *x = -*x;
        }
    }
    l
}
