//! What an audience will not see of a campaign, and why, before anything is written.

use std::collections::BTreeMap;

use crate::base::error::Result;
use crate::base::tabular::{Field, Heading, Table};
use crate::campaign::{OpenObservatory, Picture, Reach, day_or_today};
use crate::disclosure::{Audit, DeliveryLog, MaskedCell, Masking, StoppedWords};
use crate::vocabulary::Audience;

/// Whose plan of masking.
pub(crate) struct MaskingRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// Day of the edition, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
    /// Who reads.
    pub audience: Audience,
}

/// The plan of masking.
pub(crate) struct MaskingOutcome {
    /// Campaign.
    pub campaign: String,
    /// Who reads.
    pub audience: Audience,
    /// Cell by cell.
    pub masked: Masking,
    /// Figures that will repeat an earlier edition.
    pub repeated: usize,
    /// Whether what is published would give back what is hidden.
    pub audit: Audit,
    /// Texts that no audience may be given, by reason.
    pub stopped: Vec<StoppedWords>,
}

/// One place, figure and reason; questions of one source masked for the same reason at the same place
/// are counted together.
pub(crate) struct MaskedGroup {
    /// Where.
    pub place: String,
    /// What.
    pub what: MaskedFigure,
    /// Source, when it is one of questionnaires.
    pub source: &'static str,
    /// Why.
    pub reason: &'static str,
    /// What it protects.
    pub protects: String,
}

/// What is masked.
pub(crate) enum MaskedFigure {
    /// A figure by its code and label.
    Figure {
        /// Code.
        code: String,
        /// Label.
        label: String,
    },
    /// So many questions.
    Questions(usize),
}

/// Plans what will be masked.
///
/// # Errors
///
/// An unknown campaign, a day that is none; a store or a log that cannot be read.
pub(crate) fn plan(opened: &OpenObservatory, request: &MaskingRequest) -> Result<MaskingOutcome> {
    let campaign = opened.observatory.campaign(request.campaign.as_deref())?;
    let day = day_or_today(request.date.as_deref())?;
    let picture = Picture::of(opened, campaign, Reach::Territory, day)?;
    let log = DeliveryLog::open(&opened.observatory.root)?;
    let (view, masked) = picture.clear_listing(opened, request.audience, day, &log)?;
    Ok(MaskingOutcome {
        campaign: campaign.id.clone(),
        audience: request.audience,
        masked,
        repeated: view.repeats.figures,
        audit: picture.audit(opened, request.audience, day),
        stopped: picture.stopped_words(opened, request.audience, day),
    })
}

/// What one audience will not see.
pub(crate) struct MaskedFor {
    /// Cell by cell.
    pub masked: Masking,
    /// Figures that will repeat an earlier edition.
    pub repeated: usize,
    /// Texts that no audience may be given, by reason.
    pub stopped: Vec<StoppedWords>,
}

/// The same for several audiences at once, in their order, as their reports will be masked; nothing is attacked, as [`plan`] does.
///
/// # Errors
///
/// As [`plan`].
pub(crate) fn masked_for(
    opened: &OpenObservatory,
    campaign: &str,
    audiences: &[Audience],
) -> Result<Vec<MaskedFor>> {
    let campaign = opened.observatory.campaign(Some(campaign))?;
    let day = day_or_today(None)?;
    let picture = Picture::of(opened, campaign, Reach::Territory, day)?;
    let log = DeliveryLog::open(&opened.observatory.root)?;
    let plans = audiences.iter().map(|audience| {
        let (view, masked) = picture.clear_listing(opened, *audience, day, &log)?;
        Ok(MaskedFor {
            masked,
            repeated: view.repeats.figures,
            stopped: picture.stopped_words(opened, *audience, day),
        })
    });
    plans.collect()
}

impl MaskedGroup {
    /// A plan as a person reads it.
    pub(crate) fn all(masked: &Masking) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        let mut questions: BTreeMap<[String; 4], usize> = BTreeMap::new();
        for cell in &masked.cells {
            let group = Self::of(cell);
            if cell.source.is_none() {
                groups.push(group);
                continue;
            }
            let key = [
                group.place.clone(),
                group.source.to_owned(),
                group.reason.to_owned(),
                group.protects.clone(),
            ];
            let row = *questions.entry(key).or_insert(groups.len());
            if let Some(Self {
                what: MaskedFigure::Questions(n),
                ..
            }) = groups.get_mut(row)
            {
                *n += 1;
            } else {
                groups.push(group);
            }
        }
        groups
    }
}

impl MaskingOutcome {
    /// The plan, cell by cell.
    pub(crate) fn table(&self) -> Table {
        let columns = [
            "lieu",
            "code",
            "libelle",
            "source",
            "raison",
            "explication",
            "protege",
        ];
        Table::new(
            "Masquage",
            columns.map(Heading::text).to_vec(),
            self.masked.cells.iter().map(fields).collect(),
        )
    }
}

impl MaskedGroup {
    fn of(cell: &MaskedCell) -> Self {
        let what = if cell.source.is_some() {
            MaskedFigure::Questions(1)
        } else {
            MaskedFigure::Figure {
                code: cell.code.to_string(),
                label: cell.label.to_string(),
            }
        };
        Self {
            place: cell.place.words(),
            what,
            source: cell.source.map_or("", |s| s.as_str()),
            reason: cell.mask.reason(),
            protects: cell.protects.clone(),
        }
    }
}

fn fields(cell: &MaskedCell) -> Vec<Field> {
    let texts = [
        cell.place.words(),
        cell.code.to_string(),
        cell.label.to_string(),
        cell.source.map_or("", |s| s.as_str()).to_owned(),
        cell.mask.as_str().to_owned(),
        cell.mask.reason().to_owned(),
        cell.protects.clone(),
    ];
    texts.map(Field::Text).to_vec()
}
