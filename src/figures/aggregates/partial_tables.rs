//! Partials as Parquet tables, written chunk of units after chunk of units and read back the same way:
//! neither needs more memory than a chunk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::Tally;
use super::partial_columns::{
    CritereColumn, ElementColumn, FamilyColumn, GridColumn, MaskedColumn, ModalityColumn,
    UnitRespondentColumn,
};
use super::partials::{
    CritereRespondents, ElementTally, FamilyPairs, GridDay, MaskedCell, ModalityCount, Partials,
    UnitRespondents,
};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::store::{TableSum, TableWriter};

/// What to do about shared partials that are damaged.
pub(super) const ASK: &str = "Demandez ces agrégats de nouveau à qui les a exportés.";
/// Names of the tables, without extension.
pub(crate) const ELEMENTS: &str = "elements";
/// See [`ELEMENTS`].
pub(crate) const MODALITIES: &str = "modalites";
/// See [`ELEMENTS`].
pub(crate) const CRITERES: &str = "criteres";
/// See [`ELEMENTS`].
pub(crate) const RESPONDENTS: &str = "repondants";
/// See [`ELEMENTS`].
pub(crate) const GRIDS: &str = "grilles";
/// See [`ELEMENTS`].
pub(crate) const FAMILIES: &str = "familles";
/// See [`ELEMENTS`]; only there when a purge masked something.
pub(crate) const MASKED: &str = "masques";

/// The tables of an import being written.
pub(crate) struct PartialWriter {
    elements: TableWriter<ElementColumn>,
    modalities: TableWriter<ModalityColumn>,
    criteres: TableWriter<CritereColumn>,
    respondents: TableWriter<UnitRespondentColumn>,
    grids: TableWriter<GridColumn>,
    families: TableWriter<FamilyColumn>,
    masked: Option<TableWriter<MaskedColumn>>,
    masked_path: PathBuf,
}

impl PartialWriter {
    /// Opens the tables in a folder that exists.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn create(dir: &Path) -> Result<Self> {
        let path = |table: &str| dir.join(format!("{table}.parquet"));
        Ok(Self {
            elements: TableWriter::create(&path(ELEMENTS))?,
            modalities: TableWriter::create(&path(MODALITIES))?,
            criteres: TableWriter::create(&path(CRITERES))?,
            respondents: TableWriter::create(&path(RESPONDENTS))?,
            grids: TableWriter::create(&path(GRIDS))?,
            families: TableWriter::create(&path(FAMILIES))?,
            masked: None,
            masked_path: path(MASKED),
        })
    }

    /// Writes the partials of the units that come next.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn write(&mut self, partials: &Partials) -> Result<()> {
        push(&mut self.elements, &element_frame(&partials.elements)?)?;
        push(&mut self.modalities, &modality_frame(&partials.modalities)?)?;
        push(&mut self.criteres, &critere_frame(&partials.criteres)?)?;
        push(
            &mut self.respondents,
            &respondent_frame(&partials.respondents)?,
        )?;
        push(&mut self.grids, &grid_frame(&partials.grids)?)?;
        push(&mut self.families, &family_frame(&partials.families)?)?;
        if partials.masked.is_empty() {
            return Ok(());
        }
        let masked = match self.masked.take() {
            Some(open) => open,
            None => TableWriter::create(&self.masked_path)?,
        };
        push(self.masked.insert(masked), &masked_frame(&partials.masked)?)
    }

    /// Closes the tables; gives what the bytes of each come to.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(crate) fn finish(self) -> Result<BTreeMap<String, TableSum>> {
        let sums = [
            (ELEMENTS, self.elements.close()?),
            (MODALITIES, self.modalities.close()?),
            (CRITERES, self.criteres.close()?),
            (RESPONDENTS, self.respondents.close()?),
            (GRIDS, self.grids.close()?),
            (FAMILIES, self.families.close()?),
        ];
        let named = sums.into_iter().map(|(table, sum)| (table.to_owned(), sum));
        let mut named: BTreeMap<String, TableSum> = named.collect();
        if let Some(masked) = self.masked {
            named.insert(MASKED.to_owned(), masked.close()?);
        }
        Ok(named)
    }
}

/// Adds a chunk, which is none when nothing is in it.
fn push<C: TableColumn>(table: &mut TableWriter<C>, frame: &DataFrame) -> Result<()> {
    if frame.height() > 0 {
        table.push(frame)?;
    }
    Ok(())
}

/// A column of one field of every row.
fn column<C, R, T>(column: C, rows: &[R], get: impl Fn(&R) -> T) -> Column
where
    C: TableColumn,
    Series: NamedFrom<Vec<T>, [T]>,
{
    let values: Vec<T> = rows.iter().map(get).collect();
    Series::new(column.name().into(), values).into()
}

fn element_frame(rows: &[ElementTally]) -> Result<DataFrame> {
    use ElementColumn as C;
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        column(C::Element, rows, |r| r.element),
        column(C::Somme, rows, |r| r.tally.sum),
        column(C::Carres, rows, |r| r.tally.squares),
        column(C::Niveaux, rows, |r| r.tally.levels),
        column(C::Notes, rows, |r| r.tally.scored),
        column(C::Nc, rows, |r| r.tally.nc),
        column(C::Nsp, rows, |r| r.tally.nsp),
        column(C::Lignes, rows, |r| r.tally.all),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn modality_frame(rows: &[ModalityCount]) -> Result<DataFrame> {
    use ModalityColumn as C;
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        column(C::Element, rows, |r| r.element),
        column(C::Modalite, rows, |r| r.modality),
        column(C::Notes, rows, |r| r.count),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn critere_frame(rows: &[CritereRespondents]) -> Result<DataFrame> {
    use CritereColumn as C;
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        column(C::Critere, rows, |r| r.critere),
        column(C::Types, rows, |r| u32::from(r.types)),
        column(C::Repondants, rows, |r| r.respondents),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn respondent_frame(rows: &[UnitRespondents]) -> Result<DataFrame> {
    use UnitRespondentColumn as C;
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        column(C::Repondants, rows, |r| r.respondents),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn grid_frame(rows: &[GridDay]) -> Result<DataFrame> {
    use GridColumn as C;
    let days: Vec<Option<i32>> = rows.iter().map(|r| r.day).collect();
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        Series::new(C::Jour.name().into(), days).into(),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn family_frame(rows: &[FamilyPairs]) -> Result<DataFrame> {
    use FamilyColumn as C;
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        column(C::Critere, rows, |r| r.critere),
        column(C::Somme, rows, |r| r.sum),
        column(C::Niveaux, rows, |r| r.levels),
        column(C::SommeReste, rows, |r| r.rest_sum),
        column(C::NiveauxReste, rows, |r| r.rest_levels),
        column(C::Familles, rows, |r| r.count),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

fn masked_frame(rows: &[MaskedCell]) -> Result<DataFrame> {
    use MaskedColumn as C;
    let means: Vec<Option<f64>> = rows.iter().map(|r| r.mean).collect();
    let columns = vec![
        column(C::Unite, rows, |r| r.unit),
        column(C::Element, rows, |r| r.element),
        Series::new(C::Moyenne.name().into(), means).into(),
        column(C::Ecarts, rows, |r| r.deviations),
        column(C::Libertes, rows, |r| r.freedom),
    ];
    Ok(DataFrame::new(rows.len(), columns)?)
}

/// A column without holes, as plain numbers.
struct Whole<'a>(&'a DataFrame);

impl Whole<'_> {
    fn counts<C: TableColumn>(&self, column: C) -> Result<Vec<u32>> {
        let values = self.0.column(column.name())?.u32()?;
        values.iter().collect::<Option<_>>().ok_or_else(holes)
    }

    fn sums<C: TableColumn>(&self, column: C) -> Result<Vec<i64>> {
        let values = self.0.column(column.name())?.i64()?;
        values.iter().collect::<Option<_>>().ok_or_else(holes)
    }
}

fn holes() -> Error {
    Error::Store(
        "Les agrégats d’un import sont abîmés. Effacez le dossier « agregats » de cet import : il sera refait."
            .to_owned(),
    )
}

/// Tallies of a chunk of `elements`.
pub(crate) fn element_rows(frame: &DataFrame) -> Result<Vec<ElementTally>> {
    use ElementColumn as C;
    let read = Whole(frame);
    let (units, elements) = (read.counts(C::Unite)?, read.counts(C::Element)?);
    let (sums, squares) = (read.sums(C::Somme)?, read.sums(C::Carres)?);
    let (levels, scored) = (read.counts(C::Niveaux)?, read.counts(C::Notes)?);
    let (nc, nsp) = (read.counts(C::Nc)?, read.counts(C::Nsp)?);
    let all = read.counts(C::Lignes)?;
    let rows = (0..units.len()).map(|i| ElementTally {
        unit: units[i],
        element: elements[i],
        tally: Tally {
            sum: sums[i],
            squares: squares[i],
            levels: levels[i],
            scored: scored[i],
            nc: nc[i],
            nsp: nsp[i],
            all: all[i],
        },
    });
    Ok(rows.collect())
}

/// Counts of a chunk of `modalites`.
pub(crate) fn modality_rows(frame: &DataFrame) -> Result<Vec<ModalityCount>> {
    use ModalityColumn as C;
    let read = Whole(frame);
    let (units, elements) = (read.counts(C::Unite)?, read.counts(C::Element)?);
    let (modalities, counts) = (read.counts(C::Modalite)?, read.counts(C::Notes)?);
    let rows = (0..units.len()).map(|i| ModalityCount {
        unit: units[i],
        element: elements[i],
        modality: modalities[i],
        count: counts[i],
    });
    Ok(rows.collect())
}

/// Respondents of a chunk of `criteres`.
pub(crate) fn critere_rows(frame: &DataFrame) -> Result<Vec<CritereRespondents>> {
    use CritereColumn as C;
    let read = Whole(frame);
    let (units, criteres) = (read.counts(C::Unite)?, read.counts(C::Critere)?);
    let (types, respondents) = (read.counts(C::Types)?, read.counts(C::Repondants)?);
    let rows = (0..units.len()).map(|i| CritereRespondents {
        unit: units[i],
        critere: criteres[i],
        types: types[i] as u8,
        respondents: respondents[i],
    });
    Ok(rows.collect())
}

/// Respondents of a chunk of `repondants`.
pub(crate) fn respondent_rows(frame: &DataFrame) -> Result<Vec<UnitRespondents>> {
    use UnitRespondentColumn as C;
    let read = Whole(frame);
    let (units, respondents) = (read.counts(C::Unite)?, read.counts(C::Repondants)?);
    let rows = units.into_iter().zip(respondents);
    Ok(rows
        .map(|(unit, respondents)| UnitRespondents { unit, respondents })
        .collect())
}

/// Days of a chunk of `grilles`.
pub(crate) fn grid_rows(frame: &DataFrame) -> Result<Vec<GridDay>> {
    let units = Whole(frame).counts(GridColumn::Unite)?;
    let days = frame.column(GridColumn::Jour.name())?.i32()?;
    let rows = units.into_iter().zip(days.iter());
    Ok(rows.map(|(unit, day)| GridDay { unit, day }).collect())
}

/// Families of a chunk of `familles`.
pub(crate) fn family_rows(frame: &DataFrame) -> Result<Vec<FamilyPairs>> {
    use FamilyColumn as C;
    let read = Whole(frame);
    let (units, criteres) = (read.counts(C::Unite)?, read.counts(C::Critere)?);
    let (sums, levels) = (read.sums(C::Somme)?, read.counts(C::Niveaux)?);
    let (rest_sums, rest_levels) = (read.sums(C::SommeReste)?, read.counts(C::NiveauxReste)?);
    let counts = read.counts(C::Familles)?;
    let rows = (0..units.len()).map(|i| FamilyPairs {
        unit: units[i],
        critere: criteres[i],
        sum: sums[i],
        levels: levels[i],
        rest_sum: rest_sums[i],
        rest_levels: rest_levels[i],
        count: counts[i],
    });
    Ok(rows.collect())
}

/// Cells of a chunk of `masques`.
pub(crate) fn masked_rows(frame: &DataFrame) -> Result<Vec<MaskedCell>> {
    use MaskedColumn as C;
    let read = Whole(frame);
    let (units, elements) = (read.counts(C::Unite)?, read.counts(C::Element)?);
    let decimals = |column: C| frame.column(column.name())?.f64();
    let (means, deviations) = (decimals(C::Moyenne)?, decimals(C::Ecarts)?);
    let freedom = read.counts(C::Libertes)?;
    let rows = (0..units.len()).map(|i| MaskedCell {
        unit: units[i],
        element: elements[i],
        mean: means.get(i),
        deviations: deviations.get(i).unwrap_or(0.0),
        freedom: freedom[i],
    });
    Ok(rows.collect())
}
