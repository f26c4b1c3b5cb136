//! Rule 9 and the activity indicators I01–I21 (`docs/domain.md` §5), per structure. A missing
//! denominator gives « non calculable », never zero.

use super::activity_lines::ActivityLine;
use super::collect::Collected;
use super::session::Session;
use crate::intake::observations::FEW;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::regulation::{MixedAges, Regulation, Situation};
use crate::vocabulary::referentiel::{
    ActivityCode, SourceCode, StructureType, column_ratio, counted_column,
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
    /// Whether the two readings of the mixed-age rule give another value.
    pub limite: bool,
}

impl Measure {
    pub(super) fn of(value: Option<f64>, n: usize, expected: usize) -> Self {
        Self {
            value,
            n,
            expected,
            limite: false,
        }
    }
}

/// The activity data of one structure.
pub struct SiteActivity<'a> {
    structure: &'a Structure,
    pub(super) campaign: &'a Campaign,
    regulation: &'a Regulation,
    lines: Vec<ActivityLine<'a>>,
    collected: &'a Collected,
    sessions: Vec<Session>,
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
            sessions: Vec::new(),
        };
        let sessions = activity.prefixed("seance");
        activity.sessions = sessions.filter_map(|line| activity.session(line)).collect();
        activity
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
        use ActivityCode::{I04, I05a, I05b, I06a, I06c, I07a};
        matches!(code, I04 | I05a | I05b | I06a | I06c | I07a)
    }

    /// Whether an indicator is made from posts of the team.
    pub fn rests_on_posts(code: ActivityCode) -> bool {
        use ActivityCode::{I06b, I07b, I08};
        matches!(code, I06b | I07b | I08)
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
        use ActivityCode::{I06b, I07b};
        let law = Self::rests_on_sessions(code) || matches!(code, I06b | I07b);
        let source = match code {
            ActivityCode::I12a => SourceCode::Aut,
            ActivityCode::I12b => SourceCode::Eqp,
            ActivityCode::I16 => SourceCode::Fam,
            _ => SourceCode::Don,
        };
        (self.campaign.expects_source(source) || self.is_followed(code))
            && !(law && self.structure.kind == StructureType::NonDeclaree)
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
            ActivityCode::I06b => self.posts(|diploma| {
                diploma != "aucun" && diploma != "stagiaire" && !diploma.is_empty()
            }),
            ActivityCode::I07b => self.posts(|diploma| diploma == "aucun" || diploma.is_empty()),
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

    fn responses(&self, source: SourceCode, denominator: &str) -> Measure {
        let received = self.collected.respondents(&self.structure.code, source);
        let eligible = self.denominator(denominator).filter(|d| *d > 0.0);
        let value = eligible.map(|e| received as f64 / e);
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
        let situation = Situation {
            extrascolaire,
            pedt: self.structure.pedt,
            hours: number("duree_h")?,
            travel: said("trajet", "oui"),
        };
        let required = self.regulation.required(situation, under6, over6);
        let director_out = said("directeur_compte", "oui")
            && under6 + over6 > self.regulation.director_counts_up_to;
        Some(Session {
            id: line.id().to_owned(),
            under6,
            over6,
            present: present.saturating_sub(u32::from(director_out)),
            director_out,
            strict: required.strict,
            global: required.global,
            qualified: head("dont_qualifies").unwrap_or(0),
            unqualified: head("dont_non_qualifies").unwrap_or(0),
        })
    }

    fn over_sessions(&self, code: ActivityCode) -> Measure {
        let own = self.sessions_value(code, self.regulation.mixed_ages);
        let other = match self.regulation.mixed_ages {
            MixedAges::Strict => self.sessions_value(code, MixedAges::Global),
            MixedAges::Global => self.sessions_value(code, MixedAges::Strict),
        };
        let differ = match (own, other) {
            // Two readings may fail as many sessions, but not the same ones.
            _ if code == ActivityCode::I06c => self.sessions.iter().any(|s| {
                s.is_qualified(MixedAges::Strict, self.regulation)
                    != s.is_qualified(MixedAges::Global, self.regulation)
            }),
            (Some(a), Some(b)) => (a - b).abs() > 1e-9,
            _ => false,
        };
        let n = self.sessions.len();
        Measure {
            limite: differ,
            ..Measure::of(own, n, n)
        }
    }

    fn sessions_value(&self, code: ActivityCode, reading: MixedAges) -> Option<f64> {
        let required = |s: &Session| s.required(reading);
        let total = self.sessions.len();
        if total == 0 {
            return None;
        }
        let share = |ok: &dyn Fn(&Session) -> bool| {
            Some(self.sessions.iter().filter(|s| ok(s)).count() as f64 / total as f64)
        };
        let over_required = |count: &dyn Fn(&Session) -> u32| {
            let needed: u32 = self.sessions.iter().map(required).sum();
            let found: u32 = self.sessions.iter().map(count).sum();
            (needed > 0).then(|| f64::from(found) / f64::from(needed))
        };
        let mut margins: Vec<f64> = self
            .sessions
            .iter()
            .filter(|s| required(s) > 0)
            .map(|s| f64::from(s.present) / f64::from(required(s)))
            .collect();
        margins.sort_by(f64::total_cmp);
        match code {
            ActivityCode::I04 => share(&|s| s.is_staffed(reading)),
            ActivityCode::I06c => share(&|s| s.is_qualified(reading, self.regulation)),
            ActivityCode::I05a => median(&margins),
            ActivityCode::I05b => margins.first().copied(),
            ActivityCode::I06a => over_required(&|s| s.qualified),
            _ => over_required(&|s| s.unqualified),
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
