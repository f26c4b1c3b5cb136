//! Rule 9 and the activity indicators I01–I23 (`docs/domain.md` §5), per structure. A missing
//! denominator gives « non calculable », never zero; so does an empty cell.

use std::collections::BTreeMap;

use super::activity_lines::ActivityLine;
use super::collect::Collected;
use super::other_readings::OtherReadings;
use super::session::{CapacityFinding, DirectorCount, Session};
use crate::intake::observations::{FEW, moment_of, plage_of};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::regulation::{AgesReading, Regulation, Situation};
use crate::vocabulary::referentiel::{
    ActivityCode, PedtTime, SourceCode, StructureType, column_ratio, counted_column,
};

/// One activity figure.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measure {
    /// Share 0..1, ratio or count; none when the denominator is missing.
    pub value: Option<f64>,
    /// Lines or people it rests on.
    pub n: usize,
    /// Out of how many.
    pub expected: usize,
    /// Whether two readings of a rule give another value.
    pub limite: bool,
    /// What the readings that were not kept would give.
    pub readings: OtherReadings,
}

impl Measure {
    pub(super) fn of(value: Option<f64>, n: usize, expected: usize) -> Self {
        Self {
            value,
            n,
            expected,
            limite: false,
            readings: OtherReadings::default(),
        }
    }
}

/// The activity data of one structure.
pub struct SiteActivity<'a> {
    pub(super) structure: &'a Structure,
    pub(super) campaign: &'a Campaign,
    pub(super) regulation: &'a Regulation,
    lines: Vec<ActivityLine<'a>>,
    collected: &'a Collected,
    /// Children of each moment, all sites together.
    moments: BTreeMap<&'a str, Children>,
    sessions: Vec<Session>,
}

/// Children of a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Children {
    under6: u32,
    over6: u32,
}

impl<'a> SiteActivity<'a> {
    /// Reads the lines of a structure.
    pub fn new(
        structure: &'a Structure,
        campaign: &'a Campaign,
        regulation: &'a Regulation,
        collected: &'a Collected,
    ) -> Self {
        let lines = collected.lines(&structure.code).collect();
        let mut activity = Self {
            structure,
            campaign,
            regulation,
            lines,
            collected,
            moments: BTreeMap::new(),
            sessions: Vec::new(),
        };
        activity.moments = activity.children();
        let sessions = activity.prefixed("seance");
        activity.sessions = sessions.filter_map(|line| activity.session(line)).collect();
        activity
    }

    fn children(&self) -> BTreeMap<&'a str, Children> {
        let mut moments: BTreeMap<&str, Children> = BTreeMap::new();
        for line in self.prefixed("seance") {
            let head = |column: &str| line.get(column)?.parse::<f64>().ok().map(|v| v as u32);
            let all = moments.entry(moment_of(line.id())).or_default();
            all.under6 += head("presents_moins6").unwrap_or(0);
            all.over6 += head("presents_6plus").unwrap_or(0);
        }
        moments
    }

    /// The sessions examined, in the order of their ids.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Columns of `denominateurs` that a code is made from.
    pub fn columns(code: &str) -> Vec<&str> {
        let Ok(code) = code.parse::<ActivityCode>() else {
            return code.split('/').collect();
        };
        match code {
            ActivityCode::I11 => vec!["formes", "animateurs"],
            ActivityCode::I12b => vec!["animateurs"],
            ActivityCode::I16 => vec!["familles"],
            _ => match column_ratio(code) {
                Some(ratio) => vec![ratio.top, ratio.bottom],
                None => counted_column(code).into_iter().collect(),
            },
        }
    }

    /// Whether an indicator is made from sessions.
    pub fn rests_on_sessions(code: ActivityCode) -> bool {
        use ActivityCode::{I04, I05a, I05b, I06a, I06c, I07a, I22};
        matches!(code, I04 | I05a | I05b | I06a | I06c | I07a | I22)
    }

    /// Whether an indicator is made from posts of the team.
    pub fn rests_on_posts(code: ActivityCode) -> bool {
        use ActivityCode::{I06b, I07b, I08, I23};
        matches!(code, I06b | I07b | I08 | I23)
    }

    /// Whether an indicator counted too few children or accidents to be kept past its time.
    pub(super) fn is_masked(&self, code: ActivityCode) -> bool {
        let columns = Self::columns(code.as_str());
        let mut lines = self.lines.iter();
        let line = lines.find(|line| line.id() == "denominateurs");
        line.is_some_and(|line| columns.iter().any(|c| line.get(c) == Some(FEW)))
    }

    /// Whether the structure sent any activity table.
    pub fn has_lines(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether an indicator applies: ratios and qualification concern declared accueils only, and
    /// what rests on a source out of scope is not expected.
    pub fn applies(&self, code: ActivityCode) -> bool {
        use ActivityCode::{I06b, I07b, I23};
        if code.is_of_convention() {
            return false;
        }
        let law = Self::rests_on_sessions(code) || matches!(code, I06b | I07b | I23);
        let source = match code {
            ActivityCode::I12a => SourceCode::Aut,
            ActivityCode::I12b => SourceCode::Eqp,
            ActivityCode::I16 => SourceCode::Fam,
            _ => SourceCode::Don,
        };
        (self.campaign.expects_source(source) || self.is_followed(code))
            && !(law && self.structure.kind == StructureType::NonDeclaree)
    }

    /// Recommendations integrated among those that its plan issued (O3); none declared stands in for them.
    pub(super) fn integrated(&self) -> Measure {
        self.followed(ActivityCode::O3).unwrap_or_default()
    }

    /// Whether an indicator comes from the structure's improvement plan.
    pub fn is_followed(&self, code: ActivityCode) -> bool {
        self.followed(code).is_some()
    }

    /// What became of the improvement plan, when the structure has one.
    fn followed(&self, code: ActivityCode) -> Option<Measure> {
        let follow_up = self.collected.follow_ups.get(&self.structure.code)?;
        let (n, of) = follow_up.part(code)?;
        Some(Measure::of((of > 0).then(|| n as f64 / of as f64), n, of))
    }

    /// The figure of an indicator, of a column of `denominateurs`, or of a ratio `a/b`.
    pub fn measure(&self, code: &str) -> Measure {
        match (code.parse(), code.split_once('/')) {
            (Ok(indicator), _) => self.indicator(indicator),
            (_, Some((top, bottom))) => self.ratio(top, bottom, 1.0),
            _ => self.count(code),
        }
    }

    /// The figure of an indicator.
    pub fn indicator(&self, code: ActivityCode) -> Measure {
        if code.is_of_convention() {
            return Measure::default();
        }
        if let Some(measure) = self.followed(code) {
            return measure;
        }
        if let Some(ratio) = column_ratio(code) {
            return self.ratio(ratio.top, ratio.bottom, ratio.factor);
        }
        if let Some(column) = counted_column(code) {
            return self.count(column);
        }
        match code {
            ActivityCode::I06b => {
                self.posts(|diploma| diploma != "aucun" && diploma != "stagiaire")
            }
            ActivityCode::I07b => self.posts(|diploma| diploma == "aucun"),
            ActivityCode::I23 => self.direction(),
            ActivityCode::I08 => self.turnover(),
            ActivityCode::I11 => self.trained(),
            ActivityCode::I12a => {
                let grids = self.collected.grids(&self.structure.code, SourceCode::Aut);
                let returned = usize::from(!grids.is_empty());
                Measure::of(Some(returned as f64), returned, 1)
            }
            ActivityCode::I12b => self.responses(SourceCode::Eqp, "animateurs"),
            ActivityCode::I16 => self.responses(SourceCode::Fam, "familles"),
            _ => self.over_sessions(code),
        }
    }

    /// Lines of a kind.
    pub(super) fn prefixed(&self, prefix: &'static str) -> impl Iterator<Item = ActivityLine<'a>> {
        let lines = self.lines.iter().copied();
        lines.filter(move |line| line.id().starts_with(prefix))
    }

    fn denominator(&self, column: &str) -> Option<f64> {
        let mut lines = self.lines.iter();
        let line = lines.find(|line| line.id() == "denominateurs")?;
        line.get(column)?.parse().ok()
    }

    fn count(&self, column: &str) -> Measure {
        let value = self.denominator(column);
        Measure::of(value, usize::from(value.is_some()), 1)
    }

    pub(super) fn ratio(&self, top: &str, bottom: &str, factor: f64) -> Measure {
        let (top, bottom) = (self.denominator(top), self.denominator(bottom));
        let value = match (top, bottom) {
            (Some(top), Some(bottom)) if bottom > 0.0 => Some(factor * top / bottom),
            _ => None,
        };
        Measure::of(
            value,
            top.unwrap_or(0.0) as usize,
            bottom.unwrap_or(0.0) as usize,
        )
    }

    /// What an indicator divides by what, as the tables hold it: hours and posts are not whole, and a count of
    /// figures would cut them. None of what is not such a ratio.
    pub fn terms(&self, code: ActivityCode) -> Option<(f64, f64)> {
        let received = |source| self.collected.respondents(&self.structure.code, source) as f64;
        Some(match code {
            ActivityCode::I12b => (received(SourceCode::Eqp), self.denominator("animateurs")?),
            ActivityCode::I16 => (received(SourceCode::Fam), self.denominator("familles")?),
            _ => {
                let ratio = column_ratio(code).filter(|_| self.followed(code).is_none())?;
                (
                    self.denominator(ratio.top)?,
                    self.denominator(ratio.bottom)?,
                )
            }
        })
    }

    fn responses(&self, source: SourceCode, denominator: &str) -> Measure {
        let received = self.collected.respondents(&self.structure.code, source);
        let eligible = self.denominator(denominator).filter(|d| *d > 0.0);
        // Nobody answered, or their number stayed in the territory: nothing tells which.
        let unknown = received == 0 && self.collected.released.contains(&self.structure.code);
        let value = eligible.filter(|_| !unknown).map(|e| received as f64 / e);
        Measure::of(value, received, eligible.unwrap_or(0.0) as usize)
    }

    /// A session is examined when its children, its animateurs, its duration and whether it is
    /// extrascolaire are known: the ratio depends on each, and none is guessed.
    fn session(&self, line: ActivityLine) -> Option<Session> {
        let number = |column: &str| line.get(column)?.parse::<f64>().ok();
        let head = |column: &str| number(column).map(|v| v as u32);
        let (under6, over6) = (head("presents_moins6")?, head("presents_6plus")?);
        let present = head("animateurs")?;
        let said = |column: &str, word: &str| line.get(column) == Some(word);
        let extrascolaire = said("temps", "extrascolaire");
        if !extrascolaire && !said("temps", "periscolaire") {
            return None;
        }
        let time = PedtTime::of(line.day(), plage_of(line.id()));
        let pedt = match line.get("pedt") {
            // Past its time a session says it by itself: it has no day any more.
            Some(said) => said == "oui",
            None => extrascolaire || self.structure.pedt.covers(line.day(), time)?,
        };
        let situation = Situation {
            extrascolaire,
            pedt: pedt && !extrascolaire,
            time,
            hours: number("duree_h")?,
            travel: said("trajet", "oui"),
        };
        let required = self.regulation.required(situation, under6, over6);
        // R.227-20: under a PEDT, and beside animateurs.
        let beside = present >= self.regulation.animateurs_beside_speakers;
        let speakers = if situation.pedt && beside {
            head("intervenants").unwrap_or(0)
        } else {
            0
        };
        let director = self.director(said("directeur_compte", "oui"), under6 + over6);
        let director_out = u32::from(director != DirectorCount::AsSaid);
        Some(Session {
            id: line.id().to_owned(),
            under6,
            over6,
            present: present.saturating_sub(director_out) + speakers,
            speakers,
            director,
            strict: required.strict,
            global: required.global,
            qualified: head("dont_qualifies"),
            unqualified: head("dont_non_qualifies"),
            capacity: self.capacity(line, extrascolaire),
        })
    }

    /// Whether the director counts: by the size that the accueil is organised for, which its places say, else
    /// the most children of the period.
    fn director(&self, is_announced: bool, children: u32) -> DirectorCount {
        let most = self.regulation.director_counts_up_to;
        if !is_announced || self.size() <= most {
            DirectorCount::AsSaid
        } else if children <= most {
            DirectorCount::LeftOutThoughFew
        } else {
            DirectorCount::LeftOut
        }
    }

    /// Minors that the accueil is organised for.
    fn size(&self) -> u32 {
        let all = self.moments.values().map(|m| m.under6 + m.over6);
        self.structure
            .places()
            .unwrap_or_else(|| all.max().unwrap_or(0))
    }

    /// The children of the moment of a session, all sites of the accueil together, against its places.
    fn capacity(&self, line: ActivityLine, extrascolaire: bool) -> Option<CapacityFinding> {
        let children = self.moments.get(moment_of(line.id()))?;
        let all = children.under6 + children.over6;
        let under6 = self.structure.capacite_moins6;
        let enrolled = || {
            let said = self
                .denominator("effectif_ecole")
                .filter(|_| !extrascolaire);
            said.map(|enrolled| enrolled as u32)
        };
        let places = self.structure.places();
        // Without places, only what no accueil may exceed tells anything, and only when it is exceeded.
        let most = enrolled().unwrap_or(self.regulation.most_minors);
        let total_over = all.saturating_sub(places.unwrap_or(most).min(most));
        let finding = CapacityFinding {
            under6_over: under6.map_or(0, |places| children.under6.saturating_sub(places)),
            total_over,
        };
        let is_known = under6.is_some() || places.is_some() || total_over > 0;
        is_known.then_some(finding)
    }

    fn over_sessions(&self, code: ActivityCode) -> Measure {
        let ages = self.regulation.mixed_ages;
        let own = self.sessions_value(code, ages.counted());
        let other = self.sessions_value(code, ages.other());
        let [strict, global] = [AgesReading::Strict, AgesReading::Global];
        let by_ages = match code {
            // Two readings may fail as many sessions, but not the same ones.
            ActivityCode::I06c => self.sessions.iter().any(|s| {
                s.is_qualified(strict, self.regulation) != s.is_qualified(global, self.regulation)
            }),
            ActivityCode::I04 => self
                .sessions
                .iter()
                .any(|s| s.is_staffed(strict) != s.is_staffed(global)),
            _ => match (own, other) {
                (Some(a), Some(b)) => (a - b).abs() > 1e-9,
                _ => false,
            },
        };
        let with_director = |s: &Session| s.is_staffed_with_director(ages.counted());
        let by_size = code == ActivityCode::I04
            && self
                .sessions
                .iter()
                .any(|s| s.is_staffed(ages.counted()) != with_director(s));
        let staffed = self.sessions.iter().filter(|s| with_director(s)).count();
        let examined = self.sessions.iter();
        let examined = examined.filter(|s| self.examines(code, s)).count();
        let expected = if code == ActivityCode::I22 {
            examined
        } else {
            self.sessions.len()
        };
        Measure {
            limite: by_ages || by_size,
            readings: OtherReadings {
                ages: other.filter(|_| by_ages),
                size: by_size.then(|| staffed as f64 / self.sessions.len() as f64),
                to_settle: !ages.is_settled(),
            },
            ..Measure::of(own, examined, expected)
        }
    }

    /// Whether a session says what an indicator counts.
    fn examines(&self, code: ActivityCode, session: &Session) -> bool {
        match code {
            ActivityCode::I06a => session.qualified.is_some(),
            ActivityCode::I07a => session.unqualified.is_some(),
            ActivityCode::I06c => {
                let reading = self.regulation.mixed_ages.counted();
                session.is_qualified(reading, self.regulation).is_some()
            }
            ActivityCode::I22 => session.capacity.is_some(),
            _ => true,
        }
    }

    fn sessions_value(&self, code: ActivityCode, reading: AgesReading) -> Option<f64> {
        let sessions: Vec<&Session> = self
            .sessions
            .iter()
            .filter(|s| self.examines(code, s))
            .collect();
        let required = |s: &Session| s.required(reading);
        let total = sessions.len();
        if total == 0 {
            return None;
        }
        let share = |ok: &dyn Fn(&Session) -> bool| {
            Some(sessions.iter().filter(|s| ok(s)).count() as f64 / total as f64)
        };
        let over_required = |count: &dyn Fn(&Session) -> u32| {
            let needed: u32 = sessions.iter().map(|s| required(s)).sum();
            let found: u32 = sessions.iter().map(|s| count(s)).sum();
            (needed > 0).then(|| f64::from(found) / f64::from(needed))
        };
        let mut margins: Vec<f64> = sessions
            .iter()
            .filter(|s| required(s) > 0)
            .map(|s| f64::from(s.present) / f64::from(required(s)))
            .collect();
        margins.sort_by(f64::total_cmp);
        match code {
            ActivityCode::I04 => share(&|s| s.is_staffed(reading)),
            ActivityCode::I06c => {
                share(&|s| s.is_qualified(reading, self.regulation) == Some(true))
            }
            ActivityCode::I22 => share(&|s| s.capacity.is_some_and(CapacityFinding::fits)),
            ActivityCode::I05a => median(&margins),
            ActivityCode::I05b => margins.first().copied(),
            ActivityCode::I06a => over_required(&|s| s.qualified.unwrap_or(0)),
            _ => over_required(&|s| s.unqualified.unwrap_or(0)),
        }
    }
}

fn median(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    match (n, n % 2) {
        (0, _) => None,
        (_, 1) => Some(sorted[n / 2]),
        _ => Some(f64::midpoint(sorted[n / 2 - 1], sorted[n / 2])),
    }
}
