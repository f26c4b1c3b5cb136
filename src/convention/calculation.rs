//! Every indicator over a period, from the registers as known on a day.

use std::collections::BTreeMap;

use super::calculation_kind::CalculationKind;
use super::computed_indicator::{ComputedIndicator, Found, IndicatorStatus};
use super::convention_model::{CalculationParameters, Convention, DeclaredIndicator};
use super::convention_words::Grain;
use super::meetings::{Meeting, MeetingTable};
use super::register_columns::{Register, RelevesColumn, TempsColumn};
use super::registers::Registers;
use super::suivi_period::SuiviPeriod;
use super::{
    action_calculations, attendance_calculations, document_calculations, function_calculations,
    practice_calculations,
};
use crate::base::text::fold;
use crate::vocabulary::config::Registry;

/// A figure of the observatory, for a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservatoryFigure {
    /// Campaign that it is of.
    pub campaign: String,
    /// Numerator.
    pub n: usize,
    /// Denominator.
    pub of: usize,
}

/// What indicators are computed from.
pub struct CalculationInput<'a> {
    /// What was signed.
    pub convention: &'a Convention,
    /// What people typed, as known that day.
    pub registers: &'a Registers,
    /// Accueils.
    pub registry: &'a Registry,
    /// Figures of the observatory, by code.
    pub figures: &'a BTreeMap<String, ObservatoryFigure>,
}

/// One calculation: what it reads.
pub(super) struct Calculation<'a> {
    pub input: &'a CalculationInput<'a>,
    pub table: &'a MeetingTable<'a>,
    pub period: &'a SuiviPeriod,
    pub parameters: &'a CalculationParameters,
}

/// Computes one indicator over a period.
pub fn compute(
    input: &CalculationInput,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> ComputedIndicator {
    let (status, found) = decide(input, indicator, period);
    ComputedIndicator {
        code: indicator.code.clone(),
        period: period.clone(),
        status,
        value: found.value,
        numerator: found.numerator,
        denominator: found.denominator,
        n: found.n,
        reason: found.reason,
        beside: found.beside,
        rows: found.rows,
    }
}

fn decide(
    input: &CalculationInput,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> (IndicatorStatus, Found) {
    if let Some(reason) = indicator.kind.not_yet() {
        return (IndicatorStatus::ToCome, Found::none(reason));
    }
    if !period.has_begun() {
        let reason = format!("la période commence le {}", period.from.short());
        return (IndicatorStatus::ToCome, Found::none(reason));
    }
    if indicator.kind == CalculationKind::Declared {
        let found = declared(input, indicator, period);
        let status = if found.value.is_some() {
            IndicatorStatus::Declared
        } else {
            IndicatorStatus::NotComputable
        };
        return (status, found);
    }
    let table = MeetingTable::of(input.registers);
    let calculation = Calculation {
        input,
        table: &table,
        period,
        parameters: &indicator.parameters,
    };
    let found = calculation.found(indicator.kind);
    let status = if found.value.is_some() {
        IndicatorStatus::Ok
    } else {
        IndicatorStatus::NotComputable
    };
    (status, found)
}

impl<'a> Calculation<'a> {
    fn found(&self, kind: CalculationKind) -> Found {
        match kind {
            CalculationKind::MeetingCount => attendance_calculations::meetings(self),
            CalculationKind::Participation => attendance_calculations::participation(self),
            CalculationKind::DistinctCount => attendance_calculations::distinct(self),
            CalculationKind::Diversity => attendance_calculations::diversity(self),
            CalculationKind::FunctionPresence => function_calculations::presence(self),
            CalculationKind::FunctionShare => function_calculations::share(self),
            CalculationKind::Collaborations => function_calculations::collaborations(self),
            CalculationKind::DocumentExists => document_calculations::exists(self),
            CalculationKind::DocumentShare => document_calculations::sent(self),
            CalculationKind::StructureShare => document_calculations::structures(self),
            CalculationKind::Actions => action_calculations::actions(self),
            CalculationKind::Decisions => action_calculations::decisions(self),
            CalculationKind::Spending => action_calculations::spending(self),
            CalculationKind::PracticeCount => practice_calculations::adoptions(self),
            CalculationKind::Observatory => self.figure(),
            CalculationKind::Favourable
            | CalculationKind::Context
            | CalculationKind::Access
            | CalculationKind::Declared => Found::default(),
        }
    }

    /// Meetings of the period that the parameters keep.
    pub(super) fn kept(&self) -> Vec<&'a Meeting<'a>> {
        let meetings = self.table.meetings.iter();
        meetings
            .filter(|m| self.period.holds(m.date) && self.keeps(m))
            .collect()
    }

    fn keeps(&self, meeting: &Meeting) -> bool {
        let p = self.parameters;
        let row = meeting.row;
        let is_led = |nature| {
            let mut leaders = row.list(TempsColumn::AnimePar).into_iter();
            leaders.any(|name| self.table.nature(name) == Some(nature))
        };
        let fiches = row.list(TempsColumn::Fiches);
        (p.types.is_empty() || meeting.kind.is_some_and(|k| p.types.contains(&k)))
            && (p.theme.is_empty() || fold(row.text(TempsColumn::Thematique)) == fold(&p.theme))
            && (p.experiment.is_empty() || row.text(TempsColumn::Experimentation) == p.experiment)
            && (p.fiches.is_empty() || p.fiches.iter().any(|f| fiches.contains(&f.as_str())))
            && p.led_by.is_none_or(is_led)
    }

    /// Whether the register of meetings was filled for this period: then nothing is nothing.
    pub(super) fn is_filled(&self) -> bool {
        self.table
            .meetings
            .iter()
            .any(|m| self.period.holds(m.date))
    }

    /// A count; no value when nobody filled the register for this period.
    pub(super) fn counted(&self, found: Found) -> Found {
        if found.n > 0 || self.is_filled() {
            found
        } else {
            Found::none(
                "aucun temps n’est saisi pour cette période : on ne sait pas s’il n’y a rien eu",
            )
        }
    }

    fn figure(&self) -> Found {
        let code = &self.parameters.figure;
        match self.input.figures.get(code) {
            Some(figure) => {
                let empty = "le dénominateur manque";
                Found::share(figure.n as f64, figure.of as f64, figure.of, empty)
            }
            None => Found::none(format!(
                "l’observatoire n’a pas de valeur de {code} pour la dernière campagne commencée"
            )),
        }
    }
}

/// What a person typed for this indicator and this period, for the territory.
fn declared(
    input: &CalculationInput,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> Found {
    let rows = input.registers.rows(Register::Releves).iter();
    let mut own = rows.filter(|row| {
        let grain = row.word::<Grain>(RelevesColumn::Maille);
        row.text(RelevesColumn::Indicateur) == indicator.code
            && row
                .text(RelevesColumn::Periode)
                .eq_ignore_ascii_case(&period.label)
            && grain.is_none_or(|g| g == Grain::Territoire)
    });
    // The last line stands where several are of the same period.
    let Some(row) = own.next_back() else {
        return Found::none("aucun relevé n’est saisi pour cette période");
    };
    let (n, of) = (
        row.number(RelevesColumn::Numerateur),
        row.number(RelevesColumn::Denominateur),
    );
    let divided = n.zip(of).filter(|(_, of)| *of > 0.0).map(|(n, of)| n / of);
    let value = row.number(RelevesColumn::Valeur).or(divided);
    let source = row.text(RelevesColumn::Source);
    let source = if source.is_empty() {
        "source non dite".to_owned()
    } else {
        source.to_owned()
    };
    Found {
        value,
        numerator: n,
        denominator: of,
        n: 1,
        reason: if value.is_none() {
            "le relevé n’a ni valeur, ni numérateur et dénominateur".to_owned()
        } else {
            String::new()
        },
        beside: Vec::new(),
        rows: vec![super::computed_indicator::SeenRow {
            register: Register::Releves,
            id: row.id.clone(),
            says: source,
        }],
    }
}
