//! Rows of some sites → the tables of an import, their positions counted on from the rows before.

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::site_rows::{
    DrawnAnswers, DrawnReason, DrawnRespondent, DrawnUnit, PlacedMeasure, REASON, SiteRows,
};
use crate::base::error::{Error, Result};
use crate::base::table::TableColumn;
use crate::intake::observations::WordKind;
use crate::intake::store::TableWriters;
use crate::intake::store::columns::{
    AnswerColumn, MeasureColumn, RespondentColumn, UnitColumn, WordColumn,
};

/// Where the next rows begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct FirstPositions {
    units: u32,
    answers: u32,
}

impl FirstPositions {
    fn after(self, rows: &SiteRows) -> Result<Self> {
        let add = |first: u32, more: usize| {
            let more = u32::try_from(more).ok();
            more.and_then(|more| first.checked_add(more))
                .ok_or_else(too_many)
        };
        Ok(Self {
            units: add(self.units, rows.units.len())?,
            answers: add(self.answers, rows.answers.units.len())?,
        })
    }
}

fn too_many() -> Error {
    Error::Usage("Un seul import ne peut pas contenir plus de quatre milliards de réponses. Demandez-en moins par campagne, et plus de campagnes.".to_owned())
}

/// Tables of one batch.
pub(super) struct DirectFrames<'a> {
    campaign: &'a str,
    answers: DataFrame,
    measures: DataFrame,
    words: DataFrame,
    units: DataFrame,
    respondents: DataFrame,
}

impl<'a> DirectFrames<'a> {
    /// Tables without rows.
    pub(super) fn new(campaign: &'a str) -> Self {
        Self {
            campaign,
            answers: DataFrame::empty_with_schema(&AnswerColumn::schema()),
            measures: DataFrame::empty_with_schema(&MeasureColumn::schema()),
            words: DataFrame::empty_with_schema(&WordColumn::schema()),
            units: DataFrame::empty_with_schema(&UnitColumn::schema()),
            respondents: DataFrame::empty_with_schema(&RespondentColumn::schema()),
        }
    }

    /// Adds the rows of the sites that come next.
    ///
    /// # Errors
    ///
    /// More than four billion rows.
    pub(super) fn add(&mut self, rows: SiteRows, first: &mut FirstPositions) -> Result<()> {
        let next = first.after(&rows)?;
        self.words.vstack_mut_owned(words(&rows.reasons, *first)?)?;
        self.measures
            .vstack_mut_owned(measures(&rows.measures, *first)?)?;
        self.units
            .vstack_mut_owned(units(&rows.units, *first, self.campaign)?)?;
        self.respondents
            .vstack_mut_owned(respondents(&rows.respondents, *first)?)?;
        self.answers
            .vstack_mut_owned(answers(rows.answers, *first)?)?;
        *first = next;
        Ok(())
    }

    /// Ends a row group of each table that has rows.
    ///
    /// # Errors
    ///
    /// A disk that refuses.
    pub(super) fn write(&self, writers: &mut TableWriters) -> Result<()> {
        writers.answers.push(&self.answers)?;
        writers.measures.push(&self.measures)?;
        writers.words.push(&self.words)?;
        writers.units.push(&self.units)?;
        writers.respondents.push(&self.respondents)
    }
}

fn column<C: TableColumn, T, P: ?Sized>(name: C, values: T) -> Column
where
    Series: NamedFrom<T, P>,
{
    Column::new(name.name().into(), values)
}

fn answers(rows: DrawnAnswers, first: FirstPositions) -> Result<DataFrame> {
    use AnswerColumn as C;
    let height = rows.units.len();
    let units: Vec<u32> = rows.units.iter().map(|u| u + first.units).collect();
    let columns = vec![
        column(C::Unite, units),
        column(C::Repondant, rows.respondents),
        column(C::Jour, rows.days),
        column(C::Element, rows.elements),
        column(C::Statut, rows.statuts),
        column(C::Micro, rows.micros),
        column(C::Modalite, rows.modalities),
        column(C::Valeur, rows.raws),
        column(C::Feuille, vec![""; height]),
        column(C::Ligne, rows.rows),
        column(C::Colonne, rows.columns),
    ];
    Ok(DataFrame::new(height, columns)?)
}

fn words(rows: &[DrawnReason], first: FirstPositions) -> Result<DataFrame> {
    use WordColumn as C;
    let height = rows.len();
    let of = |pick: fn(&DrawnReason) -> u32| rows.iter().map(pick).collect::<Vec<u32>>();
    let answers = rows.iter().map(|r| Some(r.answer + first.answers));
    let columns = vec![
        column(
            C::Unite,
            rows.iter()
                .map(|r| r.unit + first.units)
                .collect::<Vec<_>>(),
        ),
        column(C::Repondant, vec![None::<u32>; height]),
        column(C::Reponse, answers.collect::<Vec<_>>()),
        column(C::Nature, vec![WordKind::Commentaire as u32; height]),
        column(C::Fiche, vec![""; height]),
        column(C::Jour, rows.iter().map(|r| r.day).collect::<Vec<_>>()),
        column(C::Champ, vec![""; height]),
        column(C::Texte, vec![REASON; height]),
        column(C::Feuille, vec![""; height]),
        column(C::Ligne, of(|r| r.row)),
        column(C::Colonne, of(|r| r.column)),
    ];
    Ok(DataFrame::new(height, columns)?)
}

fn measures(rows: &[PlacedMeasure], first: FirstPositions) -> Result<DataFrame> {
    use MeasureColumn as C;
    let height = rows.len();
    let of = |pick: fn(&PlacedMeasure) -> u32| rows.iter().map(pick).collect::<Vec<u32>>();
    let text = |pick: fn(&PlacedMeasure) -> &str| rows.iter().map(pick).collect::<Vec<&str>>();
    let columns = vec![
        column(
            C::Unite,
            rows.iter()
                .map(|r| r.unit + first.units)
                .collect::<Vec<_>>(),
        ),
        column(C::Nature, of(|r| r.kind as u32)),
        column(C::Fiche, text(|r| &r.line)),
        column(C::Jour, rows.iter().map(|r| r.day).collect::<Vec<_>>()),
        column(C::Mesure, text(|r| r.code)),
        column(C::Valeur, text(|r| &r.value)),
        column(C::Feuille, vec![""; height]),
        column(C::Ligne, of(|r| r.row)),
        column(C::Colonne, of(|r| r.column)),
    ];
    Ok(DataFrame::new(height, columns)?)
}

fn units(rows: &[DrawnUnit], first: FirstPositions, campaign: &str) -> Result<DataFrame> {
    use UnitColumn as C;
    let height = rows.len();
    let positions: Vec<u32> = (first.units..).take(height).collect();
    let text = |pick: fn(&DrawnUnit) -> &str| rows.iter().map(pick).collect::<Vec<&str>>();
    let files: Vec<u32> = rows.iter().map(|u| u.key.source() as u32).collect();
    let keys: Vec<String> = rows.iter().map(|u| u.key.to_string()).collect();
    let columns = vec![
        column(C::Unite, positions),
        column(C::Campagne, vec![campaign; height]),
        column(C::Structure, text(|u| u.key.structure())),
        column(C::Source, text(|u| u.key.source().as_str())),
        column(C::Visite, text(|u| u.visit)),
        column(C::Observateur, text(|u| &u.observer)),
        column(C::Consensus, vec![false; height]),
        column(C::Fichier, files),
        column(C::Cle, keys),
        column(
            C::Reponses,
            rows.iter().map(|u| u.answers).collect::<Vec<_>>(),
        ),
    ];
    Ok(DataFrame::new(height, columns)?)
}

fn respondents(rows: &[DrawnRespondent], first: FirstPositions) -> Result<DataFrame> {
    use RespondentColumn as C;
    let height = rows.len();
    let units: Vec<u32> = rows.iter().map(|r| r.unit + first.units).collect();
    let hashes = rows
        .iter()
        .map(|r| crate::base::text::hex(r.hash.to_be_bytes()));
    let columns = vec![
        column(C::Unite, units),
        column(
            C::Repondant,
            rows.iter().map(|r| r.rank).collect::<Vec<_>>(),
        ),
        column(C::Empreinte, hashes.collect::<Vec<String>>()),
        column(C::Visite, vec![""; height]),
    ];
    Ok(DataFrame::new(height, columns)?)
}
