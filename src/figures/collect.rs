//! The one lazy polars plan over the answers: exact pairs per (structure, élément, visit), counts
//! of modalities, distinct respondents, grids received, activity lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use polars::prelude::{AnyValue, DataFrame, Expr, LazyFrame, len, lit};

use super::follow_up::FollowUp;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{ObservationColumn as C, Observations, is_note};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// What one (structure, élément, visit) received, consensus apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sum of the levels, in micro-levels.
    pub sum: i64,
    /// Sum of their squares, in micro-levels squared: what two observers disagree by.
    pub squares: i64,
    /// Answers with a level.
    pub levels: usize,
    /// Scored answers, converted or not.
    pub scored: usize,
    /// Answers « non concerné ».
    pub nc: usize,
    /// All answers, blank ones included.
    pub all: usize,
    /// Answers « ne sait pas ».
    pub nsp: usize,
    /// Whether they come from observers of a visit.
    pub is_observation: bool,
}

/// Counts per modality, the least favourable first, and « ne sait pas » apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    /// One count per modality of the scale.
    pub counts: Vec<usize>,
    /// « Ne sait pas ».
    pub nsp: usize,
}

impl Distribution {
    /// Scored answers.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

/// A line of activity data: measure → raw text.
pub type Line = BTreeMap<String, String>;

/// A grid received: visit, observer, date.
pub type Grid = (String, String, String);

/// Everything the rules need, folded once.
#[derive(Debug, Default)]
pub struct Collected {
    /// (structure, élément position) → visits, each (observers' tally, consensus tally).
    pub visits: HashMap<(String, usize), BTreeMap<String, (Tally, Tally)>>,
    /// (structure, élément position) → counts per modality.
    pub distributions: HashMap<(String, usize), Distribution>,
    /// (structure, source, critère position) → respondents with a scored answer.
    pub critere_respondents: HashMap<(String, SourceCode, usize), usize>,
    /// (structure, source) → respondents with any answer.
    pub respondents: HashMap<(String, SourceCode), usize>,
    /// (structure, source) → (visit, observer, date) of the grids received.
    pub grids: HashMap<(String, SourceCode), BTreeSet<Grid>>,
    /// structure → line id → measures.
    pub lines: HashMap<String, BTreeMap<String, (String, Line)>>,
    /// structure → what its improvement plan had become.
    pub follow_ups: BTreeMap<String, FollowUp>,
}

impl Collected {
    /// Folds the answers of one campaign. `kinds` says what applies to each structure: an answer
    /// outside makes nobody a respondent of the critère.
    pub fn from(
        observations: &Observations,
        referentiel: &Referentiel,
        kinds: &HashMap<&str, StructureType>,
    ) -> Result<Self> {
        let mut collected = Self::default();
        let answers = || observations.lazy().filter(C::Source.expr().neq(lit("DON")));
        collected.tallies(answers(), referentiel)?;
        collected.modalities(answers(), referentiel)?;
        collected.respondents(answers(), referentiel, kinds)?;
        collected.grids(answers())?;
        collected.lines(observations.lazy().filter(C::Source.expr().eq(lit("DON"))))?;
        Ok(collected)
    }

    fn tallies(&mut self, plan: LazyFrame, referentiel: &Referentiel) -> Result<()> {
        let is = |word: &'static str| C::Statut.expr().eq(lit(word));
        let consensus = C::Observateur.expr().eq(lit("consensus"));
        let frame = plan
            .group_by([
                C::Structure.expr(),
                C::Element.expr(),
                C::Visite.expr(),
                consensus.alias("consensus"),
            ])
            .agg([
                C::Micro.expr().sum().alias("sum"),
                C::Micro.expr().count().alias("levels"),
                count_if(is("note")).alias("scored"),
                count_if(is("nc")).alias("nc"),
                count_if(is("nsp")).alias("nsp"),
                len().alias("all"),
                (C::Micro.expr() * C::Micro.expr()).sum().alias("squares"),
            ])
            .collect()?;
        for row in rows(&frame) {
            let Some(element) = referentiel.element(&row.text(1)) else {
                continue;
            };
            let tally = Tally {
                sum: row.whole(4),
                levels: row.count(5),
                scored: row.count(6),
                nc: row.count(7),
                nsp: row.count(8),
                all: row.count(9),
                squares: row.whole(10),
                is_observation: referentiel.elements[element].source == SourceCode::Obs,
            };
            let visits = self.visits.entry((row.text(0), element)).or_default();
            let visit = visits.entry(row.text(2)).or_default();
            if row.boolean(3) {
                visit.1 = tally;
            } else {
                visit.0 = tally;
            }
        }
        Ok(())
    }

    fn modalities(&mut self, plan: LazyFrame, referentiel: &Referentiel) -> Result<()> {
        let frame = plan
            .filter(C::Observateur.expr().neq(lit("consensus")))
            .group_by([
                C::Structure.expr(),
                C::Element.expr(),
                C::Statut.expr(),
                C::Modalite.expr(),
            ])
            .agg([len().alias("count")])
            .collect()?;
        for row in rows(&frame) {
            let Some(element) = referentiel.element(&row.text(1)) else {
                continue;
            };
            let size = referentiel.scales[referentiel.elements[element].scale]
                .modalities
                .len();
            let distribution = self
                .distributions
                .entry((row.text(0), element))
                .or_default();
            distribution.counts.resize(size, 0);
            match (row.text(2).as_str(), row.optional_whole(3)) {
                ("note", Some(modality)) => {
                    if let Some(slot) = distribution.counts.get_mut(modality as usize) {
                        *slot += row.count(4);
                    }
                }
                ("nsp", _) => distribution.nsp += row.count(4),
                _ => {}
            }
        }
        Ok(())
    }

    fn respondents(
        &mut self,
        plan: LazyFrame,
        referentiel: &Referentiel,
        kinds: &HashMap<&str, StructureType>,
    ) -> Result<()> {
        let frame = plan
            .filter(
                C::Repondant
                    .expr()
                    .neq(lit(""))
                    .and(C::Statut.expr().neq(lit("vide"))),
            )
            .group_by([
                C::Structure.expr(),
                C::Source.expr(),
                C::Repondant.expr(),
                C::Element.expr(),
                C::Statut.expr(),
            ])
            .agg([len().alias("count")])
            .collect()?;
        let mut any: BTreeSet<(String, SourceCode, String)> = BTreeSet::new();
        let mut scored: BTreeSet<(String, SourceCode, usize, String)> = BTreeSet::new();
        for row in rows(&frame) {
            let (Ok(source), Some(element)) =
                (row.text(1).parse(), referentiel.element(&row.text(3)))
            else {
                continue;
            };
            any.insert((row.text(0), source, row.text(2)));
            let applies = kinds
                .get(row.text(0).as_str())
                .is_some_and(|kind| referentiel.elements[element].types.contains(*kind));
            if row.text(4) == "note" && applies {
                let critere = referentiel.elements[element].critere;
                scored.insert((row.text(0), source, critere, row.text(2)));
            }
        }
        for (structure, source, _) in any {
            *self.respondents.entry((structure, source)).or_default() += 1;
        }
        for (structure, source, critere, _) in scored {
            *self
                .critere_respondents
                .entry((structure, source, critere))
                .or_default() += 1;
        }
        Ok(())
    }

    fn grids(&mut self, plan: LazyFrame) -> Result<()> {
        let frame = plan
            .filter(C::Repondant.expr().eq(lit("")))
            .group_by([
                C::Structure.expr(),
                C::Source.expr(),
                C::Visite.expr(),
                C::Observateur.expr(),
                C::Date.expr(),
            ])
            .agg([len().alias("count")])
            .collect()?;
        for row in rows(&frame) {
            let Ok(source) = row.text(1).parse() else {
                continue;
            };
            let grid = (row.text(2), row.text(3), row.text(4));
            self.grids
                .entry((row.text(0), source))
                .or_default()
                .insert(grid);
        }
        Ok(())
    }

    fn lines(&mut self, plan: LazyFrame) -> Result<()> {
        let columns = [C::Structure, C::Visite, C::Date, C::Element, C::ValeurBrute];
        let frame = plan.select(columns.map(TableColumn::expr)).collect()?;
        for row in rows(&frame) {
            let id = row.text(1);
            if is_note(&id) {
                continue;
            }
            let lines = self.lines.entry(row.text(0)).or_default();
            let line = lines.entry(row.text(1)).or_default();
            line.0 = row.text(2);
            line.1.insert(row.text(3), row.text(4));
        }
        Ok(())
    }
}

fn count_if(condition: Expr) -> Expr {
    polars::prelude::when(condition)
        .then(lit(1_i64))
        .otherwise(lit(0_i64))
        .sum()
}

/// Rows of a small folded frame, read by position.
fn rows(frame: &DataFrame) -> impl Iterator<Item = RowView<'_>> {
    let columns = frame.columns();
    (0..frame.height()).map(move |i| RowView {
        values: columns
            .iter()
            .map(|c| c.get(i).unwrap_or(AnyValue::Null))
            .collect(),
    })
}

struct RowView<'a> {
    values: Vec<AnyValue<'a>>,
}

impl RowView<'_> {
    fn text(&self, column: usize) -> String {
        self.values[column].get_str().unwrap_or("").to_owned()
    }

    fn optional_whole(&self, column: usize) -> Option<i64> {
        self.values[column].extract::<i64>()
    }

    fn whole(&self, column: usize) -> i64 {
        self.optional_whole(column).unwrap_or(0)
    }

    fn count(&self, column: usize) -> usize {
        usize::try_from(self.whole(column)).unwrap_or(0)
    }

    fn boolean(&self, column: usize) -> bool {
        matches!(self.values[column], AnyValue::Boolean(true))
    }
}
