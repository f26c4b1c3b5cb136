//! Slanted lines inside a surface, so that it reads in grey: even-odd, holes stay blank.

/// A point in CSS pixels.
type At = (f64, f64);

/// Lines at 45° inside rings, so many pixels apart; none when the gap is none.
pub(super) fn hatch_lines(rings: &[Vec<At>], gap: f64) -> Vec<(At, At)> {
    if gap <= 0.0 {
        return Vec::new();
    }
    // Along u = x + y a hatch is a line of constant u; v = x − y runs along it.
    let turned = |&(x, y): &At| (x + y, x - y);
    let back = |u: f64, v: f64| (f64::midpoint(u, v), (u - v) / 2.0);
    let edges: Vec<(At, At)> = (rings.iter())
        .flat_map(|ring| ring.windows(2))
        .map(|edge| (turned(&edge[0]), turned(&edge[1])))
        .collect();
    let ends = edges.iter().flat_map(|(a, b)| [a.0, b.0]);
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), u| {
        (l.min(u), h.max(u))
    });
    let step = gap * std::f64::consts::SQRT_2;
    let mut lines = Vec::new();
    // The same lines whatever the commune: neighbours continue each other.
    let mut rank = (low / step).ceil();
    while rank * step < high {
        let u = rank * step;
        let mut crossings: Vec<f64> = (edges.iter())
            .filter(|(a, b)| (a.0 <= u) != (b.0 <= u))
            .map(|(a, b)| a.1 + (u - a.0) / (b.0 - a.0) * (b.1 - a.1))
            .collect();
        crossings.sort_by(f64::total_cmp);
        let (pairs, _) = crossings.as_chunks::<2>();
        lines.extend(
            pairs
                .iter()
                .map(|[from, to]| (back(u, *from), back(u, *to))),
        );
        rank += 1.0;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Vec<At> {
        vec![(from, from), (to, from), (to, to), (from, to), (from, from)]
    }

    #[test]
    fn lines_stay_inside_and_leave_holes_blank() {
        let whole = hatch_lines(&[square(0.0, 100.0)], 5.0);
        let inside =
            |(x, y): At| (-1e-9..=100.0 + 1e-9).contains(&x) && (-1e-9..=100.0 + 1e-9).contains(&y);
        assert!(whole.iter().all(|(a, b)| inside(*a) && inside(*b)));
        let length = |lines: &[(At, At)]| -> f64 {
            lines
                .iter()
                .map(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1))
                .sum()
        };
        // So many pixels of line as the surface holds gaps.
        assert!((length(&whole) * 5.0 / 10_000.0 - 1.0).abs() < 0.02);
        let holed = hatch_lines(&[square(0.0, 100.0), square(25.0, 75.0)], 5.0);
        assert!((length(&holed) * 5.0 / 7_500.0 - 1.0).abs() < 0.03);
        assert!(hatch_lines(&[square(0.0, 100.0)], 0.0).is_empty());
    }
}
