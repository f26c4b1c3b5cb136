//! Means, spreads, quantiles, ranks: the bricks of every other file. Two passes, never a sum of
//! squares minus the square of a sum (`docs/statistics.md` §0.5).

/// Arithmetic mean; none without values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Sum of squared deviations from the mean.
pub fn sum_of_squares(values: &[f64]) -> f64 {
    let centre = mean(values).unwrap_or(0.0);
    values.iter().map(|v| (v - centre).powi(2)).sum()
}

/// Sample variance, n − 1 below; none under two values.
pub fn variance(values: &[f64]) -> Option<f64> {
    (values.len() > 1).then(|| sum_of_squares(values) / (values.len() - 1) as f64)
}

/// Sample standard deviation.
pub fn sd(values: &[f64]) -> Option<f64> {
    variance(values).map(f64::sqrt)
}

/// Sample covariance of two series of the same length.
pub fn covariance(x: &[f64], y: &[f64]) -> Option<f64> {
    let (mx, my) = (mean(x)?, mean(y)?);
    let sum: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    (x.len() > 1).then(|| sum / (x.len() - 1) as f64)
}

/// Pearson's correlation; none when one series does not vary.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    let spread = (sum_of_squares(x) * sum_of_squares(y)).sqrt();
    let (mx, my) = (mean(x)?, mean(y)?);
    let product: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    (spread > 1e-12).then(|| product / spread)
}

/// Quantile of type 7: h = (n − 1)p, linear interpolation (the default of R and numpy).
pub fn quantile7(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let h = last as f64 * p.clamp(0.0, 1.0);
    let below = (h.floor() as usize).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (h - below as f64) * (sorted[above] - sorted[below]))
}

/// Median.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile7(values, 0.5)
}

/// A difference of decimal scores, rounded so that 0.3 and 0.30000000000000004 tie.
pub fn settled(difference: f64) -> f64 {
    (difference * 1e10).round() / 1e10
}

/// A value, and how many share it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountedValue {
    /// Value.
    pub value: f64,
    /// How many.
    pub count: u64,
}

/// Midranks from 1, equal values sharing the mean of their ranks.
pub fn midranks(values: &[f64]) -> Vec<f64> {
    let once = values.iter().map(|value| CountedValue {
        value: *value,
        count: 1,
    });
    counted_midranks(&once.collect::<Vec<_>>())
}

/// The same of values that several share, one midrank for each.
pub fn counted_midranks(values: &[CountedValue]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].value.total_cmp(&values[b].value));
    let mut ranks = vec![0.0; values.len()];
    let (mut start, mut below) = (0, 0);
    while start < order.len() {
        let first = values[order[start]].value;
        let alike = order[start..].iter();
        let end = start
            + alike
                .take_while(|i| (values[**i].value - first).abs() < 1e-12)
                .count();
        let equal = &order[start..end];
        let up_to = below + equal.iter().map(|i| values[*i].count).sum::<u64>();
        let rank = f64::midpoint((below + 1) as f64, up_to as f64);
        for &i in equal {
            ranks[i] = rank;
        }
        (start, below) = (end, up_to);
    }
    ranks
}

/// Sizes of the groups of equal values.
pub fn ties(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| (b - a).abs() < 1e-12);
    groups.map(<[f64]>::len).collect()
}

/// Ranks from the highest value, ties sharing the best rank.
pub fn ranks_from_best(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let better = |v: &f64| sorted.len() - sorted.partition_point(|o| *o <= *v + 1e-12);
    values.iter().map(|v| 1 + better(v)).collect()
}

/// Values on a whole-number lattice of step 1e-9, so that sums compare exactly.
pub fn lattice(values: &[f64]) -> Vec<i64> {
    values.iter().map(|v| (v * 1e9).round() as i64).collect()
}

/// Number of ways to choose k out of n.
pub fn choose(n: usize, k: usize) -> f64 {
    if k > n {
        return 0.0;
    }
    (0..k.min(n - k)).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64)
}
