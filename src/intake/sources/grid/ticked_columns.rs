//! Columns of crosses in a grid made by hand.

use std::collections::BTreeSet;

use super::lines::GridLines;
use crate::base::sheets::Sheet;
use crate::intake::sources::usual_headings::is_tick;

/// Columns of nothing but crosses, side by side, none of those whose meaning is known: as many as the scale has
/// modalities, else from the first that holds a cross to the last.
pub(super) fn run_of_ticks(
    sheet: &Sheet,
    lines: &GridLines,
    wanted: usize,
    taken: &BTreeSet<u32>,
) -> Option<Vec<u32>> {
    let on_lines = || {
        let rows = lines.rated.iter().filter_map(|line| sheet.row(line.row));
        rows.flat_map(|r| &r.cells).filter(|c| c.col > lines.col)
    };
    let ticked: BTreeSet<u32> = on_lines()
        .filter(|c| is_tick(&c.value.text()))
        .map(|c| c.col)
        .collect();
    let other: BTreeSet<u32> = on_lines()
        .filter(|c| !is_tick(&c.value.text()))
        .map(|c| c.col)
        .chain(taken.iter().copied())
        .collect();
    let first = *ticked.iter().find(|c| !other.contains(c))?;
    // A modality that nobody chose has an empty column, with a heading all the same.
    let headed = |col: u32| {
        let above = (1..=3).filter_map(|up| lines.first.checked_sub(up));
        above
            .into_iter()
            .any(|row| !sheet.text(row, col).is_empty())
    };
    let mut start = first;
    while start > lines.col + 1 && headed(start - 1) && !other.contains(&(start - 1)) {
        start -= 1;
    }
    let side_by_side = (start..).take_while(|c| headed(*c) && !other.contains(c));
    let run: Vec<u32> = side_by_side.collect();
    if run.len() == wanted {
        return Some(run);
    }
    // « Oui », « Un peu », « Non » of a scale of four: what stands empty beside them may be anything else.
    let last = run.iter().rposition(|c| ticked.contains(c))?;
    let crossed: Vec<u32> = run[..=last]
        .iter()
        .copied()
        .skip_while(|c| !ticked.contains(c))
        .collect();
    (crossed.len() > 1).then_some(crossed)
}
