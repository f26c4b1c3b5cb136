//! What the margins of a table of counts give back of its hidden cells (`docs/statistics.md` §9.2).

use std::collections::VecDeque;

/// Counts of a table, rows of the same length.
pub type Counts = [Vec<u64>];
/// Which cells are hidden.
pub type Mask = Vec<Vec<bool>>;

/// What a reader of the margins can find of a hidden cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feasible {
    /// Row.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// Least that the margins allow.
    pub least: u64,
    /// Most that they allow.
    pub most: u64,
}

/// Feasible interval of each hidden cell when every other cell and every margin is published:
/// counts are whole and not negative (§9.2). The table is a network of rows and columns, so the
/// bounds are those of a flow.
pub fn audit(table: &Counts, hidden: &Mask) -> Vec<Feasible> {
    let mut found = Vec::new();
    for (i, row) in hidden.iter().enumerate() {
        for (j, masked) in row.iter().enumerate() {
            if *masked {
                let count = table[i][j];
                found.push(Feasible {
                    row: i,
                    column: j,
                    least: count - reroute(table, hidden, i, j, false),
                    most: count + reroute(table, hidden, i, j, true),
                });
            }
        }
    }
    found
}

/// Most that a cell can rise (or fall) while the other hidden cells make up for it.
fn reroute(table: &Counts, hidden: &Mask, row: usize, col: usize, rise: bool) -> u64 {
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
