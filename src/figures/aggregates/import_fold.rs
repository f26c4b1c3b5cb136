//! The partials of one import, kept beside its tables under the hash of the référentiel that they were
//! folded with; folded again when the campaign has another, or when they are not what was written.
//! They can be deleted at any time, as long as the answers are there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use polars::prelude::DataFrame;

use super::kept_fold::{
    FOLDER, FORMAT, FoldMark, FoldedBytes, IRREPLACEABLE, Kept, MARK, REMEDY, beside, kept, put,
    table_path, unusable,
};
use super::partial_columns::{
    CritereColumn, ElementColumn, FamilyColumn, GridColumn, MaskedColumn, ModalityColumn,
    UnitRespondentColumn,
};
use super::partial_tables::{self as tables, PartialWriter};
use super::{
    AnswerColumns, AnswerFold, AnswerUnit, FamilyLevels, FoldReach, Partials, Remap, SharedTables,
    counted_visit,
};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::{Damage, read_checked, write_sealed};
use crate::base::parallel::in_parallel;
use crate::base::table::TableColumn;
use crate::intake::observations::ElementCodes;
use crate::intake::store::columns::AnswerColumn;
use crate::intake::store::{KeptAggregates, LiveImport, StoredUnit, TableReader};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// One import, folded.
pub(crate) struct ImportFold {
    /// Its units, by position.
    pub units: Vec<AnswerUnit>,
    partials: FoldPlace,
    /// Where its positions stand in our référentiel, when it comes from elsewhere.
    remap: Option<Remap>,
    /// Whether its partials took the place of answers that are no more.
    pub stands_alone: bool,
}

/// Where partials are.
enum FoldPlace {
    /// Tables of another territory.
    Shared(SharedTables),
    /// Bytes of each table, checked.
    Read(BTreeMap<String, FoldedBytes>),
    /// The folder of the import cannot be written.
    Memory(Box<Partials>),
}

impl ImportFold {
    /// Folds an import unless it is folded already; `codes` are those of the référentiel that it was
    /// read with. Partials that are damaged are told, and folded again.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged.
    pub(crate) fn of(
        live: &LiveImport,
        codes: &ElementCodes,
        referentiel: &Referentiel,
    ) -> Result<Self> {
        let units = units(&live.units);
        let folder = live.dir().join(FOLDER);
        let partials = match kept(&folder, referentiel, live.answers_sum()) {
            Kept::Sound(tables) => FoldPlace::Read(tables),
            Kept::None => fold(live, codes, referentiel, &folder, &units)?,
            Kept::Damaged { path, damage } => {
                let again = fold(live, codes, referentiel, &folder, &units).map_err(|e| {
                    Error::Store(format!(
                        "{} : {damage}, et les réponses ne permettent pas de le refaire ({e})",
                        path.display()
                    ))
                })?;
                let at = Location::file(&path.display().to_string());
                let message = format!("{damage}.");
                live.tell(Diagnostic::new(Code::FoldedAgain, at, message));
                again
            }
        };
        Ok(Self {
            units,
            partials,
            remap: None,
            stands_alone: false,
        })
    }

    /// Partials that took the place of answers of an import; `remap` leads to our référentiel when they
    /// were folded with another.
    ///
    /// # Errors
    ///
    /// A table that is missing or damaged: it cannot be folded again.
    pub(crate) fn stand_in(
        live: &LiveImport,
        kept: &KeptAggregates,
        remap: Option<Remap>,
    ) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for (table, sum) in &kept.tables {
            let path = table_path(&kept.dir, table);
            let bytes = read_checked(&path, &sum.sha256).map_err(|damage| {
                Error::Store(format!("{} : {damage}. {IRREPLACEABLE}", path.display()))
            })?;
            let bytes = Arc::new(bytes);
            tables.insert((*table).to_owned(), FoldedBytes { path, bytes });
        }
        Ok(Self {
            units: units(&live.units),
            partials: FoldPlace::Read(tables),
            remap,
            stands_alone: true,
        })
    }

    /// Partials that another territory shared.
    pub(crate) fn shared(tables: SharedTables, units: Vec<AnswerUnit>, remap: Remap) -> Self {
        Self {
            units,
            partials: FoldPlace::Shared(tables),
            remap: Some(remap),
            stands_alone: false,
        }
    }

    /// Partials at hand.
    pub(crate) fn at_hand(units: Vec<AnswerUnit>, partials: Partials) -> Self {
        Self {
            units,
            partials: FoldPlace::Memory(Box::new(partials)),
            remap: None,
            stands_alone: false,
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
        if let FoldPlace::Memory(partials) = &self.partials {
            return each(partials);
        }
        self.for_each_tally(&mut each)?;
        self.for_each_reached(reach, tables::MODALITIES, ModalityColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                modalities: tables::modality_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        self.for_each_reached(reach, tables::CRITERES, CritereColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                criteres: tables::critere_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        let unit = UnitRespondentColumn::Unite;
        self.for_each_reached(reach, tables::RESPONDENTS, unit, |frame| {
            each(&self.ours(&Partials {
                respondents: tables::respondent_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        self.for_each_reached(reach, tables::GRIDS, GridColumn::Unite, |frame| {
            each(&self.ours(&Partials {
                grids: tables::grid_rows(frame)?,
                ..Partials::default()
            }))
        })?;
        if !self.has_masks() {
            return Ok(());
        }
        self.for_each_chunk::<MaskedColumn>(tables::MASKED, |frame| {
            each(&self.ours(&Partials {
                masked: tables::masked_rows(frame)?,
                ..Partials::default()
            }))
        })
    }

    /// Whether a purge masked something: the table is there then alone.
    fn has_masks(&self) -> bool {
        match &self.partials {
            FoldPlace::Memory(_) => false,
            FoldPlace::Shared(shared) => shared.has(tables::MASKED),
            FoldPlace::Read(read) => read.contains_key(tables::MASKED),
        }
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
        if let FoldPlace::Memory(partials) = &self.partials {
            return Ok(drawn(partials));
        }
        let Some(reader) = self.reader::<FamilyColumn>(tables::FAMILIES)? else {
            return Ok(FamilyLevels::default());
        };
        let groups = in_parallel(&reader.groups(), |group| {
            let families = tables::family_rows(&reader.read(FamilyColumn::ALL, *group)?)?;
            Ok(drawn(&self.ours(&Partials {
                families,
                ..Partials::default()
            })))
        })?;
        let groups = groups.into_iter();
        Ok(groups.fold(FamilyLevels::default(), FamilyLevels::merged))
    }

    /// Hands over what families said, chunk after chunk.
    ///
    /// # Errors
    ///
    /// See [`Self::for_each`].
    pub(crate) fn for_each_family(
        &self,
        mut each: impl FnMut(&Partials) -> Result<()>,
    ) -> Result<()> {
        if let FoldPlace::Memory(partials) = &self.partials {
            return each(partials);
        }
        self.for_each_chunk::<FamilyColumn>(tables::FAMILIES, |frame| {
            each(&self.ours(&Partials {
                families: tables::family_rows(frame)?,
                ..Partials::default()
            }))
        })
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
        if let FoldPlace::Memory(partials) = &self.partials {
            return each(partials);
        }
        self.for_each_chunk::<ElementColumn>(tables::ELEMENTS, |frame| {
            each(&self.ours(&Partials {
                elements: tables::element_rows(frame)?,
                ..Partials::default()
            }))
        })
    }

    fn for_each_chunk<C: TableColumn>(
        &self,
        table: &str,
        mut each: impl FnMut(&DataFrame) -> Result<()>,
    ) -> Result<()> {
        let Some(reader) = self.reader::<C>(table)? else {
            return Ok(());
        };
        reader.for_each_group(C::ALL, |_, frame| each(&frame))
    }

    /// Chunks with rows of units within reach.
    fn for_each_reached<C: TableColumn>(
        &self,
        reach: FoldReach,
        table: &str,
        unit: C,
        each: impl FnMut(&DataFrame) -> Result<()>,
    ) -> Result<()> {
        let Some(reader) = self.reader::<C>(table)? else {
            return Ok(());
        };
        reach.for_each_group(&self.units, &reader, unit, C::ALL, each)
    }

    /// A table of the partials; none when they are at hand, or have no such table.
    fn reader<C: TableColumn>(&self, table: &str) -> Result<Option<TableReader<C>>> {
        let reader = match &self.partials {
            FoldPlace::Memory(_) => return Ok(None),
            FoldPlace::Shared(shared) => shared.reader(table),
            FoldPlace::Read(read) => {
                let Some(read) = read.get(table) else {
                    return Ok(None);
                };
                TableReader::checked(&read.path, read.bytes.clone(), REMEDY)
            }
        };
        reader.map(Some)
    }
}

/// Folds an import, and keeps the partials beside it where that can be written.
fn fold(
    live: &LiveImport,
    codes: &ElementCodes,
    referentiel: &Referentiel,
    folder: &Path,
    units: &[AnswerUnit],
) -> Result<FoldPlace> {
    let positions = codes.positions_in(referentiel);
    let positions: Vec<Option<u32>> = positions.into_iter().map(|p| p.map(|p| p as u32)).collect();
    let sources: Vec<SourceCode> = units.iter().map(|u| u.source).collect();
    let folding = Folding {
        referentiel,
        positions: &positions,
        sources: &sources,
    };
    let Some(temporary) = beside(folder) else {
        let mut all = Partials::default();
        folding.run(live, |partials| {
            all.append(partials);
            Ok(())
        })?;
        return Ok(FoldPlace::Memory(Box::new(all)));
    };
    let mut writer = PartialWriter::create(temporary.path())?;
    folding.run(live, |partials| writer.write(&partials))?;
    let mark = FoldMark {
        format: FORMAT,
        referentiel: referentiel.hash.clone(),
        answers: live.answers_sum().to_owned(),
        tables: writer.finish()?,
    };
    write_sealed(&temporary.path().join(MARK), &mark)?;
    // Read before it has its name: from then on, another command may take its place.
    let is_kept = |dir: &Path| kept(dir, referentiel, live.answers_sum());
    let tables = match is_kept(temporary.path()) {
        Kept::Sound(tables) => tables,
        Kept::Damaged { path, damage } => return Err(unusable(&path, &damage)),
        Kept::None => return Err(unusable(temporary.path(), &Damage::Different)),
    };
    put(&temporary, folder, || {
        matches!(is_kept(folder), Kept::Sound(_))
    })?;
    Ok(FoldPlace::Read(tables))
}

/// Units of an import as folds read them.
pub(crate) fn units(stored: &[StoredUnit]) -> Vec<AnswerUnit> {
    let units = stored.iter().map(|unit| {
        let consensus = unit.observer == "consensus";
        AnswerUnit {
            structure: unit.structure.to_string(),
            source: unit.source,
            visit: counted_visit(unit.source, &unit.visit).to_owned(),
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
