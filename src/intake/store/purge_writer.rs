//! Puts what is left of an import in a folder of its own, before anything else changes.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use polars::prelude::{BooleanChunked, Column, DataFrame, NamedFrom, Series, UInt32Chunked};

use super::columns::{AnswerColumn, RespondentColumn, WordColumn};
use super::import_writer::{self, TableWriters, WrittenTables};
use super::live::{LiveImport, kept_folder, kept_table};
use super::purge_measures::{MeasureRow, measure_table};
use super::purge_units::{UnitFate, unit_table};
use super::stored_unit::StoredUnit;
use super::table_writer::{TableSum, TableWriter};
use crate::base::error::{Error, Result};
use crate::base::files::{create_dir, sync_dir};
use crate::base::table::TableColumn;
use crate::vocabulary::referentiel::SourceCode;

/// What is left of an import.
pub(super) struct LeftTables<'a> {
    pub(super) live: &'a LiveImport<'a>,
    pub(super) fates: &'a [UnitFate],
    pub(super) units: &'a [StoredUnit],
    pub(super) measures: &'a [MeasureRow],
    /// Writes the aggregates that take the place of answers in a folder that exists.
    pub(super) fold: &'a dyn Fn(&Path) -> Result<BTreeMap<String, TableSum>>,
}

impl LeftTables<'_> {
    /// Writes the tables in a new folder of `imports`; no manifest names it yet.
    pub(super) fn write(&self, imports: &Path) -> Result<WrittenTables> {
        let folders = self.live.kept();
        import_writer::write_with(
            imports,
            |writers| self.fill(writers),
            |dir| {
                let mut sums = BTreeMap::new();
                for (rank, former) in folders.iter().enumerate() {
                    let kept = kept_folder(dir, rank);
                    copy_files(&former.dir, &kept)?;
                    sync_files(&kept)?;
                    let same = former.tables.iter();
                    sums.extend(same.map(|(t, sum)| (kept_table(rank, t), (*sum).clone())));
                }
                let rank = folders.len();
                let kept = kept_folder(dir, rank);
                create_dir(&kept)?;
                let written = (self.fold)(&kept)?.into_iter();
                sums.extend(written.map(|(t, sum)| (kept_table(rank, &t), sum)));
                sync_files(&kept)?;
                Ok(sums)
            },
        )
    }

    fn fill(&self, writers: &mut TableWriters) -> Result<()> {
        let campaign = &self.live.import.manifest.campaign;
        writers.units.push(&unit_table(campaign, self.units)?)?;
        writers.measures.push(&measure_table(self.measures)?)?;
        self.keep(
            &self.live.answers()?,
            AnswerColumn::Unite,
            &mut writers.answers,
        )?;
        let respondents = self.live.respondents()?;
        self.keep(
            &respondents,
            RespondentColumn::Unite,
            &mut writers.respondents,
        )?;
        self.words(writers)
    }

    fn is_kept(&self, units: &UInt32Chunked) -> BooleanChunked {
        let is_kept = |unit: Option<u32>| {
            let fate = unit.and_then(|u| self.fates.get(u as usize));
            fate == Some(&UnitFate::Kept)
        };
        units.iter().map(|unit| Some(is_kept(unit))).collect()
    }

    /// Rows of the units that stay, row group after row group.
    fn keep<C: TableColumn>(
        &self,
        table: &super::TableReader<C>,
        unit: C,
        writer: &mut TableWriter<C>,
    ) -> Result<()> {
        if !self.fates.contains(&UnitFate::Kept) {
            return Ok(());
        }
        table.for_each_group(C::ALL, |_, frame| {
            let kept = self.is_kept(frame.column(unit.name())?.u32()?);
            let rows = frame.filter(&kept)?;
            if rows.height() > 0 {
                writer.push(&rows)?;
            }
            Ok(())
        })
    }

    /// Words of the units that stay; a comment goes with the row where its answer now stands.
    fn words(&self, writers: &mut TableWriters) -> Result<()> {
        use WordColumn as C;
        let table = self.live.words()?;
        if !self.fates.contains(&UnitFate::Kept) {
            return Ok(());
        }
        table.for_each_group(C::ALL, |_, frame| {
            let units = frame.column(C::Unite.name())?.u32()?;
            let rows = frame.filter(&self.is_kept(units))?;
            if rows.height() > 0 {
                writers.words.push(&self.moved(rows)?)?;
            }
            Ok(())
        })
    }

    fn moved(&self, mut rows: DataFrame) -> Result<DataFrame> {
        use WordColumn as C;
        let units = rows.column(C::Unite.name())?.u32()?;
        let answers = rows.column(C::Reponse.name())?.u32()?;
        let measures = self.measures.iter().enumerate();
        let measures: HashMap<u32, u32> = measures
            .filter_map(|(row, measure)| Some((measure.from?, row as u32)))
            .collect();
        let moved: Vec<Option<u32>> = (units.iter().zip(answers.iter()))
            .map(|(unit, answer)| {
                let unit = unit? as usize;
                let (old, new) = (self.live.units.get(unit)?, self.units.get(unit)?);
                if old.source == SourceCode::Don {
                    return measures.get(&answer?).copied();
                }
                let within = (answer? as usize).checked_sub(old.answers.start)?;
                u32::try_from(new.answers.start + within).ok()
            })
            .collect();
        let column: Column = Series::new(C::Reponse.name().into(), moved).into();
        rows.with_column(column)?;
        Ok(rows)
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    create_dir(to)?;
    for path in files_of(from)? {
        if let Some(name) = path.file_name() {
            let copy = to.join(name);
            fs::copy(&path, &copy).map_err(Error::io(&copy, "écriture"))?;
        }
    }
    Ok(())
}

fn files_of(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).map_err(Error::io(dir, "lecture"))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(Error::io(dir, "lecture"))?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Makes the files of a folder of aggregates last through a power cut: they cannot be made again.
fn sync_files(kept: &Path) -> Result<()> {
    for path in files_of(kept)? {
        let file = fs::OpenOptions::new().write(true).open(&path);
        file.and_then(|f| f.sync_all())
            .map_err(Error::io(&path, "écriture"))?;
    }
    sync_dir(kept)
}
