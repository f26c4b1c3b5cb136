//! Tables that keep their secrets: which counts to hide, and what margins would give back
//! (`docs/statistics.md` §9).

use std::collections::VecDeque;

/// Counts of a table, rows of the same length.
pub type Counts = [Vec<u64>];
/// Which cells are hidden.
pub type Mask = Vec<Vec<bool>>;

/// Cells too small to be shown: 0 < count < threshold, and zeros of small groups (rows) when zeros
/// tell something (§9.1).
pub fn primary(table: &Counts, threshold: u64, zero_sensitive: bool) -> Mask {
    let small = |n: &u64| *n < threshold && (*n > 0 || zero_sensitive);
    table
        .iter()
        .map(|row| row.iter().map(small).collect())
        .collect()
}

/// Why a distribution stays hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
pub enum Refusal {
    /// Too few answers.
    #[strum(serialize = "effectif")]
    Few,
    /// Everyone answered alike: everyone's answer would be known.
    #[strum(serialize = "unanimite")]
    Unanimous,
}

/// Whether a distribution may be shown (§9.1).
pub fn attribute(counts: &[u64], threshold: u64, unanimity: bool) -> Result<(), Refusal> {
    let total: u64 = counts.iter().sum();
    if total < threshold {
        return Err(Refusal::Few);
    }
    if unanimity && counts.contains(&total) {
        return Err(Refusal::Unanimous);
    }
    Ok(())
}

/// What a reader of the margins can find of a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feasible {
    /// Row and column.
    pub cell: (usize, usize),
    /// Least and most that the margins allow.
    pub bounds: (u64, u64),
}

/// Feasible interval of each hidden cell when every other cell and every margin is published:
/// counts are whole and not negative (§9.2). The table is a network of rows and columns, so the
/// bounds are those of a flow.
pub fn audit(table: &Counts, hidden: &Mask) -> Vec<Feasible> {
    let mut found = Vec::new();
    for (i, row) in hidden.iter().enumerate() {
        for (j, masked) in row.iter().enumerate() {
            if *masked {
                let more = reroute(table, hidden, (i, j), true);
                let less = reroute(table, hidden, (i, j), false);
                let count = table[i][j];
                found.push(Feasible {
                    cell: (i, j),
                    bounds: (count - less, count + more),
                });
            }
        }
    }
    found
}

/// Most that a cell can rise (or fall) while the other hidden cells make up for it.
fn reroute(table: &Counts, hidden: &Mask, cell: (usize, usize), rise: bool) -> u64 {
    let (row, col) = cell;
    let rows = table.len();
    let nodes = rows + table.first().map_or(0, Vec::len);
    let most = if rise { u64::MAX / 4 } else { table[row][col] };
    // Capacity from a row to a column is what its cell may lose, back is what it may gain.
    let mut capacity = vec![vec![0_u64; nodes]; nodes];
    for (i, line) in hidden.iter().enumerate() {
        for (j, masked) in line.iter().enumerate() {
            if *masked && (i, j) != (row, col) {
                let (lose, gain) = (table[i][j], u64::MAX / 4);
                let (down, up) = if rise { (lose, gain) } else { (gain, lose) };
                capacity[i][rows + j] = down;
                capacity[rows + j][i] = up;
            }
        }
    }
    let (mut flow, target) = (0_u64, rows + col);
    while flow < most {
        let Some(path) = shortest(&capacity, row, target) else {
            break;
        };
        let steps = || path.windows(2);
        let room = steps().map(|s| capacity[s[0]][s[1]]).min().unwrap_or(0);
        let room = room.min(most - flow);
        for s in path.windows(2) {
            capacity[s[0]][s[1]] -= room;
            capacity[s[1]][s[0]] = capacity[s[1]][s[0]].saturating_add(room);
        }
        flow += room;
    }
    flow
}

fn shortest(capacity: &[Vec<u64>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut before = vec![usize::MAX; capacity.len()];
    let mut queue = VecDeque::from([from]);
    before[from] = from;
    while let Some(node) = queue.pop_front() {
        if node == to {
            let mut path = vec![to];
            while path[path.len() - 1] != from {
                path.push(before[path[path.len() - 1]]);
            }
            path.reverse();
            return Some(path);
        }
        for (next, room) in capacity[node].iter().enumerate() {
            if *room > 0 && before[next] == usize::MAX {
                before[next] = node;
                queue.push_back(next);
            }
        }
    }
    None
}

/// Cells hidden so that no small one can be found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// All hidden cells.
    pub mask: Mask,
    /// Small cells.
    pub primary: usize,
    /// Cells hidden for their sake.
    pub secondary: usize,
    /// Their total count: what the protection costs.
    pub cost: u64,
    /// Whether every small cell is safe; a row alone with published totals cannot be.
    pub safe: bool,
}

/// Most candidates of an exhaustive search.
const EXHAUSTIVE: usize = 20;

/// Fewest secondary cells, then the smallest total, such that every small cell keeps an interval
/// of `width` (§9.2): every choice up to 20 candidates, else the smallest cells one by one.
pub fn protect(table: &Counts, threshold: u64, width: u64) -> Protection {
    let first = primary(table, threshold, false);
    let is_safe = |mask: &Mask| {
        audit(table, mask)
            .iter()
            .filter(|f| first[f.cell.0][f.cell.1])
            .all(|f| f.bounds.1 - f.bounds.0 >= width)
    };
    let cells = first.iter().flatten().filter(|m| **m).count();
    let mut candidates: Vec<(usize, usize)> = Vec::new();
    for (i, row) in table.iter().enumerate() {
        for (j, count) in row.iter().enumerate() {
            if *count > 0 && !first[i][j] {
                candidates.push((i, j));
            }
        }
    }
    candidates.sort_by_key(|(i, j)| (table[*i][*j], *i, *j));
    let chosen = if is_safe(&first) {
        Some(Vec::new())
    } else if candidates.len() <= EXHAUSTIVE {
        fewest(table, &first, &candidates, &is_safe)
    } else {
        greedy(&first, &candidates, &is_safe)
    };
    let safe = chosen.is_some();
    let chosen = chosen.unwrap_or_default();
    Protection {
        mask: hiding(&first, &chosen),
        primary: cells,
        secondary: chosen.len(),
        cost: chosen.iter().map(|(i, j)| table[*i][*j]).sum(),
        safe,
    }
}

fn hiding(mask: &Mask, cells: &[(usize, usize)]) -> Mask {
    let mut mask = mask.clone();
    for (i, j) in cells {
        mask[*i][*j] = true;
    }
    mask
}

fn fewest(
    table: &Counts,
    first: &Mask,
    candidates: &[(usize, usize)],
    is_safe: &dyn Fn(&Mask) -> bool,
) -> Option<Vec<(usize, usize)>> {
    for size in 1..=candidates.len() {
        let mut best: Option<(u64, Vec<(usize, usize)>)> = None;
        for bits in 0_u32..1 << candidates.len() {
            if bits.count_ones() as usize != size {
                continue;
            }
            let chosen: Vec<(usize, usize)> = candidates
                .iter()
                .enumerate()
                .filter(|(k, _)| bits >> k & 1 == 1)
                .map(|(_, c)| *c)
                .collect();
            let cost: u64 = chosen.iter().map(|(i, j)| table[*i][*j]).sum();
            let cheaper = best.as_ref().is_none_or(|(least, _)| cost < *least);
            if cheaper && is_safe(&hiding(first, &chosen)) {
                best = Some((cost, chosen));
            }
        }
        if let Some((_, chosen)) = best {
            return Some(chosen);
        }
    }
    None
}

/// Hides the smallest cells until everything is safe, then shows again what is not needed.
fn greedy(
    first: &Mask,
    candidates: &[(usize, usize)],
    is_safe: &dyn Fn(&Mask) -> bool,
) -> Option<Vec<(usize, usize)>> {
    let enough = (1..=candidates.len()).find(|n| is_safe(&hiding(first, &candidates[..*n])))?;
    let mut chosen = candidates[..enough].to_vec();
    for cell in candidates[..enough].iter().rev() {
        let without: Vec<(usize, usize)> = chosen.iter().copied().filter(|c| c != cell).collect();
        if is_safe(&hiding(first, &without)) {
            chosen = without;
        }
    }
    Some(chosen)
}
