//! One cell of a returned workbook: what it held when the workbook was exported, what it holds now, what is written.

/// What a written cell does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellMerge {
    /// Nothing: nobody touched it in this workbook, or it says what is kept already.
    Untouched,
    /// It becomes what is written; nobody else had changed it since.
    Changed,
    /// It becomes what is written, and takes the place of what someone else wrote since, or what it held at the export
    /// is not known.
    Replaces,
}

impl CellMerge {
    /// `base` is what the cell held at the export, none when the workbook does not say which state it was written from.
    pub(crate) fn of(base: Option<&str>, now: &str, written: &str) -> Self {
        let before = base.unwrap_or(now);
        if written == before || written == now {
            Self::Untouched
        } else if base.is_some() && before == now {
            Self::Changed
        } else {
            Self::Replaces
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_this_workbook_changed_enters() {
        let cases = [
            (Some("a"), "a", "a", CellMerge::Untouched),
            (Some("a"), "b", "a", CellMerge::Untouched),
            (Some("a"), "b", "b", CellMerge::Untouched),
            (Some("a"), "a", "b", CellMerge::Changed),
            (Some("a"), "b", "c", CellMerge::Replaces),
            (None, "a", "b", CellMerge::Replaces),
            (None, "a", "a", CellMerge::Untouched),
        ];
        for (base, now, written, merge) in cases {
            assert_eq!(
                CellMerge::of(base, now, written),
                merge,
                "{base:?} {now} {written}"
            );
        }
    }
}
