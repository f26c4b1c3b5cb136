//! Functions as they hang on each other (`Rattachée à`): a tree in the order in which it is drawn, what closes on itself,
//! what hangs on something that is no function of the register.

use super::register_columns::{FonctionsColumn, Register};
use super::registers::{RegisterRow, Registers};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{fold, list};

/// A function where it stands in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeFunction<'a> {
    /// Its line.
    pub row: &'a RegisterRow,
    /// How many functions are above it.
    pub depth: usize,
    /// What it hangs on and is no function of the register: « direction »; empty otherwise.
    pub outside: &'a str,
    /// Id of the function that it hangs on.
    pub above: Option<&'a str>,
}

/// The functions of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionTree<'a> {
    /// In the order of the drawing: each before those that hang on it.
    pub functions: Vec<TreeFunction<'a>>,
    /// Ids of functions that hang on themselves through others, circle by circle.
    pub circles: Vec<Vec<&'a str>>,
}

impl<'a> FunctionTree<'a> {
    /// The tree. A circle is cut at its first function, and told.
    pub fn of(registers: &'a Registers) -> Self {
        let rows = registers.rows(Register::Fonctions);
        let above: Vec<Option<usize>> = rows.iter().map(|row| parent(rows, row)).collect();
        let circles = circles(&above);
        let cut: Vec<usize> = circles.iter().filter_map(|c| c.first().copied()).collect();
        let is_root = |i: usize| above[i].is_none() || cut.contains(&i);
        let mut tree = Self {
            functions: Vec::new(),
            circles: circles
                .iter()
                .map(|c| c.iter().map(|i| rows[*i].id.as_str()).collect())
                .collect(),
        };
        let mut roots: Vec<usize> = (0..rows.len()).filter(|i| is_root(*i)).collect();
        // Those that hang on the same service stand together.
        roots.sort_by_key(|i| fold(rows[*i].text(FonctionsColumn::Rattachee)));
        let mut stack: Vec<(usize, usize)> = roots.into_iter().rev().map(|i| (i, 0)).collect();
        while let Some((i, depth)) = stack.pop() {
            let own = above[i].filter(|_| !is_root(i));
            tree.functions.push(TreeFunction {
                row: &rows[i],
                depth,
                outside: if own.is_none() && above[i].is_none() {
                    rows[i].text(FonctionsColumn::Rattachee)
                } else {
                    ""
                },
                above: own.map(|p| rows[p].id.as_str()),
            });
            let under = (0..rows.len())
                .rev()
                .filter(|j| above[*j] == Some(i) && !is_root(*j));
            stack.extend(under.map(|j| (j, depth + 1)));
        }
        tree
    }

    /// What is said of circles.
    pub fn remarks(&self) -> Vec<Diagnostic> {
        let told = self.circles.iter().map(|ids| {
            let message = format!(
                "{} {} : l’organigramme coupe cette boucle à {}.",
                list(ids),
                if ids.len() == 1 {
                    "est rattachée à elle-même"
                } else {
                    "sont rattachées l’une à l’autre en rond"
                },
                ids[0]
            );
            Diagnostic::new(Code::FunctionCircle, Location::none(), message)
        });
        told.collect()
    }
}

/// The function that another hangs on, named by its code or its title.
fn parent(rows: &[RegisterRow], row: &RegisterRow) -> Option<usize> {
    let wanted = fold(row.text(FonctionsColumn::Rattachee));
    let named = |r: &RegisterRow| {
        fold(&r.id) == wanted || fold(r.text(FonctionsColumn::Intitule)) == wanted
    };
    (!wanted.is_empty())
        .then(|| rows.iter().position(named))
        .flatten()
}

/// Functions that are above themselves, circle by circle, each from its first line.
fn circles(above: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..above.len() {
        let mut path = vec![start];
        let mut at = above[start];
        while let Some(next) = at {
            if next == start {
                if !found.iter().any(|c| c.contains(&start)) {
                    found.push(path);
                }
                break;
            }
            if path.contains(&next) {
                break;
            }
            path.push(next);
            at = above[next];
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convention::NewRow;

    fn function(id: &str, above: &str) -> NewRow {
        NewRow::new(Register::Fonctions, id)
            .with(FonctionsColumn::Intitule, format!("Fonction {id}"))
            .with(FonctionsColumn::Rattachee, above)
    }

    #[test]
    fn a_circle_is_cut_and_told_and_nobody_is_lost() {
        let rows = [
            function("A", "direction"),
            function("B", "a"),
            function("C", "E"),
            function("D", "Fonction C"),
            function("E", "D"),
            function("F", "F"),
        ];
        let registers = Registers::of_rows(rows, "");
        let tree = FunctionTree::of(&registers);
        let told: Vec<(&str, usize)> = tree
            .functions
            .iter()
            .map(|f| (f.row.id.as_str(), f.depth))
            .collect();
        assert_eq!(told.len(), 6);
        assert!(
            told.contains(&("B", 1))
                && told.contains(&("C", 0))
                && told.contains(&("D", 1))
                && told.contains(&("E", 2)),
            "{told:?}"
        );
        assert_eq!(tree.circles, [vec!["C", "E", "D"], vec!["F"]]);
        assert_eq!(tree.remarks().len(), 2);
    }
}
