//! The convention on a day: what was signed, what people had typed by then, what indicators come to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use super::clock::{day_or_today, today};
use super::facts_of_campaign::campaign_facts;
use super::open_observatory::OpenObservatory;
use super::picture::{Picture, Reach};
use crate::base::day::Day;
use crate::base::diagnostics::{Checked, Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::convention::territory::{CampaignFacts, TerritoryData, territory_among};
use crate::convention::{
    CONVENTION_FILE, CalculationInput, CalculationKind, ComputedIndicator, Convention,
    DeclaredIndicator, KnownFiles, KnownSurveys, MeetingTable, ObservatoryFigure, Registers,
    SuiviPeriod, compute_with, convention_among, convention_or_fiches_among,
};
use crate::decide::ctg;
use crate::disclosure::{ClearedDelivery, DeliveryLog};
use crate::figures::{HeldLevels, Indicators, Level};
use crate::vocabulary::Audience;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::ActivityCode;

/// Figures of the observatory, by campaign then code; each campaign is computed once.
type FiguresByCampaign = BTreeMap<String, BTreeMap<String, ObservatoryFigure>>;

/// The observatory that a state is of.
pub(crate) enum KnownObservatory<'a> {
    /// As it is.
    Now(&'a OpenObservatory),
    /// As it was known on a past day.
    Then(Box<OpenObservatory>),
}

impl Deref for KnownObservatory<'_> {
    type Target = OpenObservatory;

    fn deref(&self) -> &OpenObservatory {
        match self {
            Self::Now(opened) => opened,
            Self::Then(opened) => opened,
        }
    }
}

/// The convention and its registers on a day.
pub(crate) struct ConventionState<'a> {
    /// Where it is kept: what was known that day of settings, accueils, imports and plans.
    pub opened: KnownObservatory<'a>,
    /// What people write by hand, as known that day.
    pub files: KnownFiles,
    /// What was signed.
    pub convention: Convention,
    /// What people typed: as known that day when a day was asked for, all of it otherwise.
    pub registers: Registers,
    /// The day.
    pub day: Day,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
    /// Small questionnaires, as known that day.
    pub surveys: KnownSurveys,
    /// Series and communes of the folder.
    pub territory: TerritoryData,
    /// Computed once a campaign: figures and facts both rest on them.
    indicators: RefCell<BTreeMap<String, Rc<Indicators>>>,
    figures: RefCell<FiguresByCampaign>,
    facts: RefCell<BTreeMap<String, CampaignFacts>>,
    told: RefCell<BTreeMap<String, Rc<ClearedDelivery>>>,
}

impl<'a> ConventionState<'a> {
    /// The convention that was signed, on the day written (AAAA-MM-JJ) or as it is today.
    ///
    /// # Errors
    ///
    /// No convention, or one that does not hold together; a day that is none; a journal that cannot be read.
    pub(crate) fn signed(opened: &'a OpenObservatory, date: Option<&str>) -> Result<Self> {
        let day = day_or_today(date)?;
        Self::known_on(opened, date.map(|_| day), day)
    }

    /// The same as it was known on a day, whatever came since.
    ///
    /// # Errors
    ///
    /// As [`Self::signed`].
    pub(crate) fn on(opened: &'a OpenObservatory, day: Day) -> Result<Self> {
        Self::known_on(opened, Some(day), day)
    }

    /// The same, with the fiches of the référentiel where no convention was written.
    ///
    /// # Errors
    ///
    /// A convention that does not hold together; a day that is none; a journal that cannot be read.
    pub(crate) fn followed(opened: &'a OpenObservatory, date: Option<&str>) -> Result<Self> {
        let day = day_or_today(date)?;
        let known = date.map(|_| day);
        let (opened, files) = known_then(opened, known)?;
        let checked = convention_or_fiches_among(&opened.observatory, &files)?;
        Self::of(opened, checked, files, known, day)
    }

    fn known_on(opened: &'a OpenObservatory, known: Option<Day>, day: Day) -> Result<Self> {
        let (opened, files) = known_then(opened, known)?;
        let checked = convention_among(&opened.observatory, &files)?.ok_or_else(|| {
            Error::Usage(format!(
                "{CONVENTION_FILE} n’existe pas : « observatoire ctg init » en écrit un modèle commenté."
            ))
        })?;
        Self::of(opened, checked, files, known, day)
    }

    fn of(
        opened: KnownObservatory<'a>,
        checked: Checked<Convention>,
        files: KnownFiles,
        known: Option<Day>,
        day: Day,
    ) -> Result<Self> {
        let registers = Registers::load(&opened.observatory.root, known)?;
        let mut diagnostics = checked.diagnostics;
        diagnostics.extend(registers.remarks().iter().cloned());
        diagnostics.extend(written_since(&files, day)?);
        let territory = territory_among(&files)?;
        diagnostics.extend(territory.diagnostics);
        let surveys = KnownSurveys::among(&files, &opened.observatory.root, known)?;
        Ok(Self {
            opened,
            files,
            convention: checked.value,
            registers,
            day,
            diagnostics,
            surveys,
            territory: territory.value,
            indicators: RefCell::default(),
            figures: RefCell::default(),
            facts: RefCell::default(),
            told: RefCell::default(),
        })
    }

    fn campaigns(&self) -> &[Campaign] {
        &self.opened.observatory.settings.campaigns
    }

    /// What a campaign is called, by its code; the code of one that is not described.
    pub(crate) fn campaign_name(&self, id: &str) -> String {
        let mut all = self.campaigns().iter();
        let own = all.find(|c| c.id == id);
        own.map_or_else(|| id.to_owned(), |c| c.called(self.campaigns()).name)
    }

    /// The period that someone wrote: `2026-T2`, `2026`, `C2`, `convention`.
    ///
    /// # Errors
    ///
    /// No period.
    pub(crate) fn period(&self, written: &str) -> Result<SuiviPeriod> {
        SuiviPeriod::read(written, &self.convention, self.campaigns(), self.day)
    }

    /// The period that an indicator is told of on this day.
    pub(crate) fn own_period(&self, indicator: &DeclaredIndicator) -> Option<SuiviPeriod> {
        SuiviPeriod::of_rhythm(
            indicator.rhythm,
            &self.convention,
            self.campaigns(),
            self.day,
        )
    }

    /// An indicator by its code.
    ///
    /// # Errors
    ///
    /// An unknown one, with the nearest.
    pub(crate) fn indicator(&self, code: &str) -> Result<&DeclaredIndicator> {
        self.convention.indicator(code).ok_or_else(|| {
            let codes = self.convention.indicators.iter().map(|i| i.code.as_str());
            let near = suggest(&code.to_uppercase(), codes).question();
            Error::Usage(format!(
                "L’indicateur « {code} » n’est pas dans {CONVENTION_FILE}.{near}"
            ))
        })
    }

    /// Every indicator over a period, or each over its own.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn compute_all(
        &self,
        period: Option<&SuiviPeriod>,
    ) -> Result<Vec<ComputedIndicator>> {
        self.compute_those(period, |_| true)
    }

    /// The same of some indicators.
    ///
    /// # Errors
    ///
    /// As [`Self::compute_all`].
    pub(crate) fn compute_those(
        &self,
        period: Option<&SuiviPeriod>,
        wanted: impl Fn(&DeclaredIndicator) -> bool,
    ) -> Result<Vec<ComputedIndicator>> {
        let mut computed = Vec::new();
        let meetings = MeetingTable::of(&self.registers);
        let all = self.convention.indicators.iter();
        for indicator in all.filter(|i| wanted(i)) {
            let own = period.cloned().or_else(|| self.own_period(indicator));
            if let Some(own) = own {
                computed.push(self.compute_with(&meetings, indicator, &own)?);
            }
        }
        Ok(computed)
    }

    /// One indicator over a period.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn compute(
        &self,
        indicator: &DeclaredIndicator,
        period: &SuiviPeriod,
    ) -> Result<ComputedIndicator> {
        self.compute_with(&MeetingTable::of(&self.registers), indicator, period)
    }

    fn compute_with(
        &self,
        meetings: &MeetingTable,
        indicator: &DeclaredIndicator,
        period: &SuiviPeriod,
    ) -> Result<ComputedIndicator> {
        let campaign = match indicator.kind {
            CalculationKind::Observatory => self.campaign_of(period)?,
            CalculationKind::Access => self.facts_of(period)?,
            _ => None,
        };
        let none = BTreeMap::new();
        let (known, facts) = (self.figures.borrow(), self.facts.borrow());
        let figures = campaign.as_ref().and_then(|c| known.get(c));
        let input = CalculationInput {
            convention: &self.convention,
            registers: &self.registers,
            registry: &self.opened.observatory.registry,
            surveys: &self.surveys,
            figures: figures.unwrap_or(&none),
            territory: &self.territory,
            facts: campaign.as_ref().and_then(|c| facts.get(c)),
        };
        Ok(compute_with(&input, meetings, indicator, period))
    }

    /// The last campaign begun in a period, whose figures are then known; none before the first.
    fn campaign_of(&self, period: &SuiviPeriod) -> Result<Option<String>> {
        let begun = self.campaigns().iter().filter(|c| c.debut <= period.end());
        let Some(campaign) = begun.max_by_key(|c| (c.debut, &c.id)) else {
            return Ok(None);
        };
        let is_known = self.figures.borrow().contains_key(&campaign.id);
        if !is_known {
            let figures = self.figures_of(campaign)?;
            let mut known = self.figures.borrow_mut();
            known.insert(campaign.id.clone(), figures);
        }
        Ok(Some(campaign.id.clone()))
    }

    /// What the observatory knows of the last campaign begun in a period; none before the first.
    ///
    /// # Errors
    ///
    /// A store that cannot be read.
    pub(crate) fn facts(&self, period: &SuiviPeriod) -> Result<Option<CampaignFacts>> {
        let campaign = self.facts_of(period)?;
        let known = self.facts.borrow();
        Ok(campaign.and_then(|c| known.get(&c).cloned()))
    }

    /// The same, for what measures of the territory need.
    fn facts_of(&self, period: &SuiviPeriod) -> Result<Option<String>> {
        let begun = self.campaigns().iter().filter(|c| c.debut <= period.end());
        let Some(campaign) = begun.max_by_key(|c| (c.debut, &c.id)) else {
            return Ok(None);
        };
        let is_known = self.facts.borrow().contains_key(&campaign.id);
        if !is_known {
            let facts = campaign_facts(&self.opened, campaign)?;
            let mut known = self.facts.borrow_mut();
            known.insert(campaign.id.clone(), facts);
        }
        Ok(Some(campaign.id.clone()))
    }

    /// What elected people and partners are told of a campaign: remembered as a delivery to them before anything of it is
    /// printed, so before a document of the convention holds the log.
    ///
    /// # Errors
    ///
    /// A store or a log that cannot be read or written.
    pub(crate) fn told_to_elus(&self, campaign: &Campaign) -> Result<Rc<ClearedDelivery>> {
        if let Some(known) = self.told.borrow().get(&campaign.id) {
            return Ok(Rc::clone(known));
        }
        let mut log = DeliveryLog::begin(&self.opened.observatory.root)?;
        let picture = Picture::of(&self.opened, campaign, Reach::Territory, self.day)?;
        let structures = &picture.structures;
        let view = picture.clear(&self.opened, structures, Audience::Elus, self.day, &log)?;
        log.record(&view.cleared, &view.repeats, self.day)?;
        drop(log.save()?);
        let told = Rc::new(view.cleared);
        let mut all = self.told.borrow_mut();
        all.insert(campaign.id.clone(), Rc::clone(&told));
        Ok(told)
    }

    fn indicators_of(&self, campaign: &Campaign) -> Result<Rc<Indicators>> {
        if let Some(known) = self.indicators.borrow().get(&campaign.id) {
            return Ok(Rc::clone(known));
        }
        let held = HeldLevels::of(&[Level::Activite]);
        let made = Rc::new(self.opened.indicators_of(campaign, held)?.value);
        let mut known = self.indicators.borrow_mut();
        known.insert(campaign.id.clone(), Rc::clone(&made));
        Ok(made)
    }

    fn figures_of(&self, campaign: &Campaign) -> Result<BTreeMap<String, ObservatoryFigure>> {
        let indicators = self.indicators_of(campaign)?;
        let moments = ctg::ctg([&*indicators]);
        let known = moments.iter().flat_map(|moment| {
            ActivityCode::OF_CONVENTION.iter().map(|code| {
                let part = moment.territoire.part(*code);
                let figure = ObservatoryFigure {
                    campaign: campaign.id.clone(),
                    n: part.n,
                    of: part.of,
                    staffed: moment.staffed(*code),
                };
                (code.as_str().to_owned(), figure)
            })
        });
        Ok(known.filter(|(_, figure)| figure.of > 0).collect())
    }
}

/// The observatory and the files that people write by hand: those of the folder today and after, what was kept or had
/// come in by then before.
fn known_then(
    opened: &OpenObservatory,
    known: Option<Day>,
) -> Result<(KnownObservatory<'_>, KnownFiles)> {
    let past = known.filter(|day| *day < today());
    let files = KnownFiles::on(&opened.observatory.root, past)?;
    let Some(day) = past else {
        return Ok((KnownObservatory::Now(opened), files));
    };
    let then = opened.known_on(&files, day)?;
    Ok((KnownObservatory::Then(Box::new(then)), files))
}

/// Files that were written otherwise since: told to who asks for an earlier day, in no document.
fn written_since(files: &KnownFiles, day: Day) -> Result<Vec<Diagnostic>> {
    let told = files.changed()?.into_iter().map(|name| {
        let message = format!(
            "lu tel qu’il était connu le {} ; il a changé depuis.",
            day.short()
        );
        Diagnostic::new(Code::WrittenSince, Location::file(&name), message)
    });
    Ok(told.collect())
}
