//! The pair that every level is made from, and what goes with it.

use crate::base::error::{Error, Result};
use crate::intake::observations::Statut;
use crate::stats::score::Ratings;
use crate::vocabulary::referentiel::MICRO;

/// What one élément received in one place: a unit, or a visit of a structure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sum of the levels, in micro-levels.
    pub sum: i64,
    /// Sum of their squares, in micro-levels squared: what two observers disagree by.
    pub squares: i64,
    /// Answers with a level.
    pub levels: u32,
    /// Scored answers, converted or not.
    pub scored: u32,
    /// Answers « non concerné ».
    pub nc: u32,
    /// Answers « ne sait pas ».
    pub nsp: u32,
    /// All answers, blank ones included.
    pub all: u32,
}

impl Tally {
    /// Counts one answer.
    pub(super) fn count(&mut self, statut: Statut, micro: Option<i32>) -> Result<()> {
        self.all += 1;
        match statut {
            Statut::Note => self.scored += 1,
            Statut::Nc => self.nc += 1,
            Statut::Nsp => self.nsp += 1,
            Statut::No | Statut::Vide => {}
        }
        if let Some(micro) = micro {
            let micro = i64::from(micro);
            self.levels += 1;
            self.sum += micro;
            self.squares = self
                .squares
                .checked_add(micro * micro)
                .ok_or_else(too_many)?;
        }
        Ok(())
    }

    /// Adds the tally of other answers.
    ///
    /// # Errors
    ///
    /// More answers than whole numbers hold.
    pub fn add(&mut self, other: &Self) -> Result<()> {
        let sums = (
            self.sum.checked_add(other.sum),
            self.squares.checked_add(other.squares),
        );
        let (Some(sum), Some(squares)) = sums else {
            return Err(too_many());
        };
        let count = |own: u32, other: u32| own.checked_add(other).ok_or_else(too_many);
        *self = Self {
            sum,
            squares,
            levels: count(self.levels, other.levels)?,
            scored: count(self.scored, other.scored)?,
            nc: count(self.nc, other.nc)?,
            nsp: count(self.nsp, other.nsp)?,
            all: count(self.all, other.all)?,
        };
        Ok(())
    }

    /// As rule 1 reads it.
    pub fn ratings(&self) -> Ratings {
        Ratings {
            sum: self.sum,
            levels: self.levels as usize,
            nc: self.nc as usize,
        }
    }

    /// Mean level.
    pub fn mean(&self) -> f64 {
        self.sum as f64 / f64::from(self.levels) / MICRO as f64
    }

    /// Sum of squared deviations from the mean, in levels squared; exact until the last division.
    pub fn squared_deviations(&self) -> f64 {
        let n = i128::from(self.levels);
        let spread = n * i128::from(self.squares) - i128::from(self.sum).pow(2);
        spread as f64 / n as f64 / (MICRO * MICRO) as f64
    }
}

fn too_many() -> Error {
    Error::Store(
        "Un élément d’une structure a plus de réponses que le programme n’en peut compter."
            .to_owned(),
    )
}
