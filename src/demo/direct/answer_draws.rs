//! What each answer says: the hidden quality of a site, blurred by who speaks, against the scale of the
//! élément.

use crate::base::day::Day;
use crate::demo::counter_dice::{CounterDice, bell};
use crate::demo::quality::{ELEMENT_SD, VISIT_SD};
use crate::demo::scenario::DemoSite;
use crate::intake::observations::{Statut, scored};
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// What a campaign changes on an axe, standard deviation in levels.
const PROGRESS_SD: f64 = 0.25;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DrawnAnswer<'a> {
    pub(super) statut: Statut,
    pub(super) micro: Option<i32>,
    pub(super) modality: Option<u32>,
    /// Content of the cell.
    pub(super) raw: &'a str,
}

/// Reasons for no level that an élément admits.
struct AllowedAbsences {
    nc: bool,
    no: bool,
    nsp: bool,
}

/// What can be answered to an élément.
struct DrawnElement<'a> {
    critere: usize,
    /// How much harder it is than others, in levels.
    difficulty: f64,
    /// Whether an impératif depends on it.
    must: bool,
    absences: AllowedAbsences,
    /// The least favourable first.
    modalities: Vec<DrawnAnswer<'a>>,
}

/// Who speaks about a site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speaker {
    pub(super) source: SourceCode,
    /// How lenient they are, in levels.
    pub(super) leniency: f64,
}

impl Speaker {
    /// Draws how lenient who speaks is: observers agree better than families.
    pub(super) fn drawn(source: SourceCode, dice: &mut CounterDice) -> Self {
        let (mean, sd) = match source {
            SourceCode::Obs | SourceCode::Dir | SourceCode::Don => (0.0, VISIT_SD + 0.05),
            SourceCode::Aut => (0.2, 0.1),
            SourceCode::Fam => (0.2, 0.4),
            SourceCode::Enf => (0.1, 0.45),
            SourceCode::Eqp | SourceCode::Ens => (0.05, 0.35),
        };
        Self {
            source,
            leniency: mean + sd * dice.normal(),
        }
    }
}

/// All that answers of a campaign are drawn from.
pub(super) struct AnswerDraws<'a> {
    seed: u64,
    campaign: usize,
    first_day: Day,
    referentiel: &'a Referentiel,
    elements: Vec<DrawnElement<'a>>,
    /// By type of accueil, then source: positions of éléments.
    instruments: Vec<Vec<usize>>,
}

impl<'a> AnswerDraws<'a> {
    pub(super) fn new(
        seed: u64,
        referentiel: &'a Referentiel,
        campaign: usize,
        first_day: Day,
    ) -> Self {
        let instrument = |kind: StructureType, source: SourceCode| {
            let asked = referentiel.instrument(source, kind);
            asked.map(|(position, _)| position).collect()
        };
        let elements = 0..referentiel.elements.len();
        Self {
            seed,
            campaign,
            first_day,
            referentiel,
            elements: elements.map(|e| element(seed, referentiel, e)).collect(),
            instruments: (StructureType::ALL.into_iter())
                .flat_map(|kind| SourceCode::ALL.map(|source| instrument(kind, source)))
                .collect(),
        }
    }

    /// Positions of the éléments that a source is asked in a type of accueil.
    pub(super) fn instrument(&self, kind: StructureType, source: SourceCode) -> &[usize] {
        let place = |kind: StructureType| kind as usize * SourceCode::ALL.len() + source as usize;
        &self.instruments[place(kind)]
    }

    /// Draws about a site that are the same in every campaign.
    pub(super) fn site_dice(&self, rank: u64, purpose: u64) -> CounterDice {
        CounterDice::new(self.seed, &[rank, purpose])
    }

    /// Draws of a source of a site in this campaign.
    pub(super) fn answer_dice(&self, rank: u64, source: SourceCode) -> CounterDice {
        CounterDice::new(self.seed, &[rank, 2, self.campaign as u64, source as u64])
    }

    /// A day of the first nine weeks of the campaign.
    pub(super) fn day(&self, dice: &mut CounterDice) -> i32 {
        let later = (dice.next() % 60) as i32;
        self.first_day.number() + later
    }

    /// The hidden level of every élément of a site in this campaign.
    pub(super) fn levels(&self, site: &DemoSite, rank: u64) -> Vec<f64> {
        let mut dice = self.site_dice(rank, 3);
        let axes: Vec<f64> = (self.referentiel.axes.iter())
            .map(|_| {
                let own = 0.3 * dice.normal();
                own + PROGRESS_SD * dice.normal() * self.campaign as f64
            })
            .collect();
        let criteres: Vec<f64> = (self.referentiel.criteres.iter())
            .map(|critere| site.quality + axes[critere.axe] + 0.3 * dice.normal())
            .collect();
        let elements = self.elements.iter();
        elements
            .map(|e| {
                // What the law demands is nearly always met.
                let lawful = if e.must { 1.6 } else { 0.0 };
                criteres[e.critere] + lawful - e.difficulty
            })
            .collect()
    }

    /// One answer to an élément whose hidden level is given.
    pub(super) fn answer(
        &self,
        element: usize,
        level: f64,
        speaker: Speaker,
        dice: &mut CounterDice,
    ) -> DrawnAnswer<'a> {
        let element = &self.elements[element];
        let bits = dice.next();
        let is_grid = !speaker.source.is_questionnaire();
        if let Some(absent) = element.absence(speaker.source, is_grid, (bits >> 48) % 1000) {
            return absent;
        }
        let sd = if is_grid { ELEMENT_SD } else { 0.6 };
        let seen = level + speaker.leniency + sd * bell(bits);
        let highest = element.modalities.len() - 1;
        if element.must {
            return element.modalities[highest - usize::from(seen < 2.6)];
        }
        let rank = ((seen - 1.0) / 3.0 * highest as f64).round();
        element.modalities[rank.clamp(0.0, highest as f64) as usize]
    }
}

impl<'a> DrawnElement<'a> {
    /// An answer without level, for the lowest of a thousand draws.
    fn absence(&self, source: SourceCode, is_grid: bool, draw: u64) -> Option<DrawnAnswer<'a>> {
        let absent = |statut: Statut, raw: &'a str| {
            Some(DrawnAnswer {
                statut,
                micro: None,
                modality: None,
                raw,
            })
        };
        match draw {
            0..10 if is_grid && self.absences.nc => absent(Statut::Nc, "NC"),
            10..40 if source == SourceCode::Obs && self.absences.no && !self.must => {
                absent(Statut::No, "NO")
            }
            0..20 if !is_grid => absent(Statut::Vide, ""),
            20..50 if !is_grid && self.absences.nsp => absent(Statut::Nsp, "NSP"),
            _ => None,
        }
    }
}

fn element(seed: u64, referentiel: &Referentiel, position: usize) -> DrawnElement<'_> {
    let element = &referentiel.elements[position];
    let scale = &referentiel.scales[element.scale];
    let mut modalities: Vec<DrawnAnswer> = (scale.modalities.iter().enumerate())
        .map(|(rank, modality)| {
            let typed = scored(rank, element, scale);
            DrawnAnswer {
                statut: typed.statut,
                micro: typed.micro,
                modality: typed.modality,
                raw: &modality.code,
            }
        })
        .collect();
    modalities.sort_by_key(|m| m.modality);
    DrawnElement {
        critere: element.critere,
        difficulty: 0.2 * CounterDice::new(seed, &[position as u64]).normal(),
        must: element.must,
        absences: AllowedAbsences {
            nc: scale.nc && !scale.is_finding() && !referentiel.forbids_nc(element),
            no: scale.no,
            nsp: scale.nsp,
        },
        modalities,
    }
}
