//! The partials of one import, kept beside its tables under the hash of the référentiel that they were
//! folded with; folded again when the campaign has another. They can be deleted at any time.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::sync_channel;

use polars::prelude::DataFrame;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::partial_columns::{
    CritereColumn, ElementColumn, FamilyColumn, GridColumn, ModalityColumn, UnitRespondentColumn,
};
use super::partial_tables::{self as tables, PartialWriter};
use super::{AnswerColumns, AnswerFold, AnswerUnit, FamilyLevels, FoldReach, Partials, Remap};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::observations::ElementCodes;
use crate::intake::store::columns::AnswerColumn;
use crate::intake::store::{LiveImport, TableReader};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// AnswerFold of the partials, in that of the import.
const FOLDER: &str = "agregats";
/// What says that the partials are whole, and what they were folded with.
const MARK: &str = "agregats.json";
/// Layout of the partial tables.
const FORMAT: u32 = 1;

/// What partials were folded with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FoldMark {
    format: u32,
    /// Hash of the référentiel.
    referentiel: String,
}

/// One import, folded.
pub(crate) struct ImportFold {
    /// Its units, by position.
    pub units: Vec<AnswerUnit>,
    partials: FoldPlace,
    /// Where its positions stand in our référentiel, when it comes from elsewhere.
    remap: Option<Remap>,
}

/// Where partials are.
enum FoldPlace {
    Folder(PathBuf),
    /// The folder of the import cannot be written.
    Memory(Box<Partials>),
}

impl ImportFold {
    /// Folds an import unless it is folded already; `codes` are those of the référentiel that it was
    /// read with.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn of(
        live: &LiveImport,
        codes: &ElementCodes,
        referentiel: &Referentiel,
    ) -> Result<Self> {
        let units = units(live);
        let folder = live.dir().join(FOLDER);
        let mark = FoldMark {
            format: FORMAT,
            referentiel: referentiel.hash.clone(),
        };
        if read_mark(&folder).as_ref() == Some(&mark) {
            let partials = FoldPlace::Folder(folder);
            let remap = None;
            return Ok(Self {
                units,
                partials,
                remap,
            });
        }
        let positions = codes.positions_in(referentiel);
        let positions: Vec<Option<u32>> =
            positions.into_iter().map(|p| p.map(|p| p as u32)).collect();
        let sources: Vec<SourceCode> = units.iter().map(|u| u.source).collect();
        let folding = Folding {
            referentiel,
            positions: &positions,
            sources: &sources,
        };
        let partials = if let Some(temporary) = TemporaryFolder::beside(&folder) {
            let mut writer = PartialWriter::create(&temporary.path)?;
            folding.run(live, |partials| writer.write(&partials))?;
            writer.finish()?;
            put(&temporary, &folder, &mark)?
        } else {
            let mut all = Partials::default();
            folding.run(live, |partials| {
                all.append(partials);
                Ok(())
            })?;
            FoldPlace::Memory(Box::new(all))
        };
        let remap = None;
        Ok(Self {
            units,
            partials,
            remap,
        })
    }

    /// Partials that another territory shared.
    pub(crate) fn shared(dir: PathBuf, units: Vec<AnswerUnit>, remap: Remap) -> Self {
        Self {
            units,
            partials: FoldPlace::Folder(dir),
            remap: Some(remap),
        }
    }

    /// Partials at hand.
    #[cfg(test)]
    pub(crate) fn at_hand(units: Vec<AnswerUnit>, partials: Partials) -> Self {
        Self {
            units,
            partials: FoldPlace::Memory(Box::new(partials)),
            remap: None,
        }
    }

    /// The same partials under our positions.
    fn ours<'p>(&self, partials: &'p Partials) -> Cow<'p, Partials> {
        match &self.remap {
            Some(remap) => Cow::Owned(remap.of(partials)),
            None => Cow::Borrowed(partials),
        }
    }

    /// Hands over the partials that figures are made from, chunk after chunk: tallies of all units, the
    /// rest of those within reach, others among them.
    ///
    /// # Errors
    ///
    /// A table that is damaged; the first that `each` gives.
    pub(crate) fn for_each(
        &self,
        reach: FoldReach,
        mut each: impl FnMut(&Partials) -> Result<()>,
    ) -> Result<()> {
        let dir = match &self.partials {
            FoldPlace::Memory(partials) => return each(partials),
            FoldPlace::Folder(dir) => dir,
        };
        self.for_each_tally(&mut each)?;
        let groups = ReachedGroups {
            units: &self.units,
            dir,
            reach,
        };
        groups.read(tables::MODALITIES, ModalityColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                modalities: tables::modality_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        groups.read(tables::CRITERES, CritereColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                criteres: tables::critere_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        groups.read(tables::RESPONDENTS, UnitRespondentColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                respondents: tables::respondent_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        groups.read(tables::GRIDS, GridColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                grids: tables::grid_rows(frame)?,
                ..Partials::default()
            }))
        })
    }

    /// What families said, which importance alone needs: chunks are drawn from several at a time, in
    /// no order.
    ///
    /// # Errors
    ///
    /// A table that is damaged.
    pub(crate) fn families(&self) -> Result<FamilyLevels> {
        let drawn = |partials: &Partials| {
            let mut families = FamilyLevels::default();
            families.add(&self.units, &partials.families);
            families
        };
        let dir = match &self.partials {
            FoldPlace::Memory(partials) => return Ok(drawn(partials)),
            FoldPlace::Folder(dir) => dir,
        };
        let reader = TableReader::<FamilyColumn>::open(&table_file(dir, tables::FAMILIES))?;
        let groups = reader.groups().into_par_iter().map(|group| {
            let families = tables::family_rows(&reader.read(FamilyColumn::ALL, group)?)?;
            Ok(drawn(&self.ours(&Partials {
                families,
                ..Partials::default()
            })))
        });
        groups.try_reduce(FamilyLevels::default, |a, b| Ok(a.merged(b)))
    }

    /// Hands over what families said, chunk after chunk.
    ///
    /// # Errors
    ///
    /// See [`Self::for_each`].
    pub(super) fn for_each_family(
        &self,
        mut each: impl FnMut(&Partials) -> Result<()>,
    ) -> Result<()> {
        match &self.partials {
            FoldPlace::Memory(partials) => each(partials),
            FoldPlace::Folder(dir) => {
                for_each_chunk::<FamilyColumn>(dir, tables::FAMILIES, |frame| {
                    each(&self.ours(&Partials {
                        families: tables::family_rows(frame)?,
                        ..Partials::default()
                    }))
                })
            }
        }
    }

    /// Hands over tallies alone, chunk after chunk.
    ///
    /// # Errors
    ///
    /// See [`Self::for_each`].
    pub(crate) fn for_each_tally(
        &self,
        mut each: impl FnMut(&Partials) -> Result<()>,
    ) -> Result<()> {
        match &self.partials {
            FoldPlace::Memory(partials) => each(partials),
            FoldPlace::Folder(dir) => {
                for_each_chunk::<ElementColumn>(dir, tables::ELEMENTS, |frame| {
                    each(&self.ours(&Partials {
                        elements: tables::element_rows(frame)?,
                        ..Partials::default()
                    }))
                })
            }
        }
    }
}

fn for_each_chunk<C: TableColumn>(
    dir: &Path,
    table: &str,
    mut each: impl FnMut(&DataFrame) -> Result<()>,
) -> Result<()> {
    let reader = TableReader::<C>::open(&table_file(dir, table))?;
    reader.for_each_group(C::ALL, |_, frame| each(&frame))
}

fn table_file(dir: &Path, table: &str) -> PathBuf {
    dir.join(format!("{table}.parquet"))
}

/// The row groups of the tables of an import with units within reach.
struct ReachedGroups<'a> {
    units: &'a [AnswerUnit],
    dir: &'a Path,
    reach: FoldReach<'a>,
}

impl ReachedGroups<'_> {
    fn read<C: TableColumn>(
        &self,
        table: &str,
        unit: C,
        each: impl FnMut(&DataFrame) -> Result<()>,
    ) -> Result<()> {
        let reader = TableReader::<C>::open(&table_file(self.dir, table))?;
        self.reach
            .for_each_group(self.units, &reader, unit, C::ALL, each)
    }
}

fn units(live: &LiveImport) -> Vec<AnswerUnit> {
    let units = live.units.iter().map(|unit| {
        let consensus = unit.observer == "consensus";
        AnswerUnit {
            structure: unit.structure.to_string(),
            source: unit.source,
            visit: unit.visit.clone(),
            observer: if consensus {
                String::new()
            } else {
                unit.observer.clone()
            },
            consensus,
            hidden: unit.hidden,
        }
    });
    units.collect()
}

/// None when there is no folder, or one that a crash left without its mark.
fn read_mark(folder: &Path) -> Option<FoldMark> {
    let text = std::fs::read_to_string(folder.join(MARK)).ok()?;
    serde_json::from_str(&text).ok()
}

/// A folder in the making, with the rights that any new folder has there; removed when dropped, unless
/// it was renamed meanwhile.
struct TemporaryFolder {
    path: PathBuf,
}

impl TemporaryFolder {
    /// None where nothing can be written.
    fn beside(folder: &Path) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let rank = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tmp-agregats-{}-{rank}", std::process::id());
        let path = folder.with_file_name(name);
        std::fs::create_dir(&path).ok().map(|()| Self { path })
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // Nothing to remove once in place; otherwise the first error is the one to tell.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Gives a written folder its name. Whoever folded the same import meanwhile wrote the same tables.
fn put(temporary: &TemporaryFolder, folder: &Path, mark: &FoldMark) -> Result<FoldPlace> {
    let text = serde_json::to_string_pretty(mark)
        .map_err(|e| Error::Store(format!("Les agrégats ne peuvent pas être écrits ({e}).")))?;
    let path = temporary.path.join(MARK);
    std::fs::write(&path, text).map_err(Error::io(&path, "écriture"))?;
    if folder.is_dir() && read_mark(folder).as_ref() != Some(mark) {
        std::fs::remove_dir_all(folder).map_err(Error::io(folder, "suppression"))?;
    }
    if let Err(refused) = std::fs::rename(&temporary.path, folder)
        && read_mark(folder).as_ref() != Some(mark)
    {
        return Err(Error::io(folder, "écriture")(refused));
    }
    Ok(FoldPlace::Folder(folder.to_owned()))
}

/// A fold about to run over the answers of an import.
struct Folding<'a> {
    referentiel: &'a Referentiel,
    positions: &'a [Option<u32>],
    sources: &'a [SourceCode],
}

impl Folding<'_> {
    /// Reads row groups on one thread and folds them on another.
    fn run(&self, live: &LiveImport, mut each: impl FnMut(Partials) -> Result<()>) -> Result<()> {
        use AnswerColumn as C;
        let columns = [
            C::Unite,
            C::Repondant,
            C::Jour,
            C::Element,
            C::Statut,
            C::Micro,
            C::Modalite,
        ];
        let reader = live.answers()?;
        let mut folder = AnswerFold::new(self.referentiel, self.positions, self.sources);
        let folded: Result<()> = std::thread::scope(|scope| {
            let (sender, frames) = sync_channel(1);
            scope.spawn(move || {
                for group in reader.groups() {
                    // Nobody listens any more: the fold has failed, and says why.
                    if sender.send(reader.read(&columns, group)).is_err() {
                        break;
                    }
                }
            });
            for frame in frames {
                push(&mut folder, &frame?)?;
                each(folder.take())?;
            }
            Ok(())
        });
        folded?;
        each(folder.finish())
    }
}

fn push(folder: &mut AnswerFold, frame: &DataFrame) -> Result<()> {
    use AnswerColumn as C;
    let whole = |column: C| -> Result<Cow<[u32]>> {
        let values = frame.column(column.name())?.u32()?;
        match values.cont_slice() {
            Ok(slice) => Ok(Cow::Borrowed(slice)),
            Err(_) if values.null_count() == 0 => Ok(values.into_no_null_iter().collect()),
            Err(e) => Err(e.into()),
        }
    };
    let some = |column: C| -> Result<Vec<Option<u32>>> {
        Ok(frame.column(column.name())?.u32()?.iter().collect())
    };
    let signed = |column: C| -> Result<Vec<Option<i32>>> {
        Ok(frame.column(column.name())?.i32()?.iter().collect())
    };
    folder.push(&AnswerColumns {
        units: &whole(C::Unite)?,
        respondents: &some(C::Repondant)?,
        days: &signed(C::Jour)?,
        elements: &whole(C::Element)?,
        statuts: &whole(C::Statut)?,
        micros: &signed(C::Micro)?,
        modalities: &some(C::Modalite)?,
    })
}
