//! Many critères tested at once (`docs/statistics.md` §5.7).

/// Which error is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// Any wrong claim at all (Holm 1979).
    Holm,
    /// The share of wrong claims (Benjamini & Hochberg 1995).
    BenjaminiHochberg,
}

/// Adjusted p-values in the order given; missing ones are left out of the count.
pub fn adjust(p: &[Option<f64>], correction: Correction) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p
        .iter()
        .enumerate()
        .filter_map(|(i, p)| p.map(|p| (i, p)))
        .collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1));
    let m = order.len() as f64;
    let mut adjusted = vec![None; p.len()];
    match correction {
        Correction::Holm => {
            let mut so_far = 0.0_f64;
            for (j, (i, p)) in order.iter().enumerate() {
                so_far = so_far.max(((m - j as f64) * p).min(1.0));
                adjusted[*i] = Some(so_far);
            }
        }
        Correction::BenjaminiHochberg => {
            let mut so_far = 1.0_f64;
            for (j, (i, p)) in order.iter().enumerate().rev() {
                so_far = so_far.min((m * p / (j + 1) as f64).min(1.0));
                adjusted[*i] = Some(so_far);
            }
        }
    }
    adjusted
}
