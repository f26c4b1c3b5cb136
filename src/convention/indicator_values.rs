//! Every indicator over a period, from the registers as known on a day: which calculation, what is declared, what is
//! still to come.

use super::calculation::{Calculation, CalculationInput};
use super::calculation_kind::CalculationKind;
use super::computed_indicator::{ComputedIndicator, Found, IndicatorStatus, SeenRow, SourceLine};
use super::convention_model::DeclaredIndicator;
use super::convention_words::Grain;
use super::meetings::MeetingTable;
use super::register_columns::{Register, RelevesColumn};
use super::same_code::same_code;
use super::suivi_period::SuiviPeriod;
use super::surveys::favourable;
use super::{
    action_calculations, attendance_calculations, document_calculations, function_calculations,
    practice_calculations, territory,
};

/// What the number of teams that are judged by how many of their members answered is called beside a figure.
pub(crate) const STAFFED_TEAMS: &str = "équipes jugées sur le nombre de leurs réponses";

/// Computes one indicator over a period.
pub fn compute(
    input: &CalculationInput,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> ComputedIndicator {
    compute_with(input, &MeetingTable::of(input.registers), indicator, period)
}

/// The same with the meetings of its registers, made once for many indicators.
pub(crate) fn compute_with(
    input: &CalculationInput,
    table: &MeetingTable,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> ComputedIndicator {
    let (status, found) = decide(input, table, indicator, period);
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
        notes: found.notes,
        seats: found.seats,
        rooms: found.rooms,
        lines: found.lines,
    }
}

fn decide(
    input: &CalculationInput,
    table: &MeetingTable,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> (IndicatorStatus, Found) {
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
    let calculation = Calculation {
        input,
        table,
        period,
        parameters: &indicator.parameters,
    };
    let found = beside_declared(
        found(&calculation, indicator.kind),
        input,
        indicator,
        period,
    );
    let status = if found.value.is_some() {
        IndicatorStatus::Ok
    } else {
        IndicatorStatus::NotComputable
    };
    (status, found)
}

/// A value that someone declared for the same period is told beside the one that registers give: neither is corrected by
/// the other.
fn beside_declared(
    found: Found,
    input: &CalculationInput,
    indicator: &DeclaredIndicator,
    period: &SuiviPeriod,
) -> Found {
    let said = declared(input, indicator, period);
    let (Some(value), Some(row)) = (said.value, said.rows.first()) else {
        return found;
    };
    let is_share = indicator.is_share();
    let label = if is_share {
        format!("part déclarée ({})", row.says)
    } else {
        format!("déclaré ({})", row.says)
    };
    let differs = found.value.is_some_and(|own| (own - value).abs() > 1e-9);
    let mut found = found.beside(label, value);
    found.rows.extend(said.rows);
    if differs {
        let words = "La valeur déclarée et celle du suivi diffèrent : les deux sont données, aucune ne corrige l’autre.";
        found.notes.push(words.to_owned());
    }
    found
}

fn found(c: &Calculation, kind: CalculationKind) -> Found {
    match kind {
        CalculationKind::MeetingCount => attendance_calculations::meetings(c),
        CalculationKind::Participation => attendance_calculations::participation(c),
        CalculationKind::DistinctCount => attendance_calculations::distinct(c),
        CalculationKind::Diversity => attendance_calculations::diversity(c),
        CalculationKind::FunctionPresence => function_calculations::presence(c),
        CalculationKind::FunctionShare => function_calculations::share(c),
        CalculationKind::Collaborations => function_calculations::collaborations(c),
        CalculationKind::DocumentExists => document_calculations::exists(c),
        CalculationKind::DocumentShare => document_calculations::sent(c),
        CalculationKind::StructureShare => document_calculations::structures(c),
        CalculationKind::Actions => action_calculations::actions(c),
        CalculationKind::Decisions => action_calculations::decisions(c),
        CalculationKind::Spending => action_calculations::spending(c),
        CalculationKind::PracticeCount => practice_calculations::adoptions(c),
        CalculationKind::Observatory => figure(c),
        CalculationKind::Favourable => favourable(c),
        CalculationKind::Context => territory::series_indicator(c),
        CalculationKind::Access => territory::access_indicator(c),
        CalculationKind::Declared => Found::default(),
    }
}

/// A figure of the observatory, as it is.
fn figure(c: &Calculation) -> Found {
    let code = &c.parameters.figure;
    match c.input.figures.get(code) {
        Some(figure) => {
            let empty = "le dénominateur manque";
            let mut found = Found::share(figure.n as f64, figure.of as f64, figure.of, empty);
            let campaign = &figure.campaign;
            found.lines.push(SourceLine {
                place: "Observatoire".to_owned(),
                says: format!(
                    "campagne {campaign}, accueil par accueil sous {campaign}/TERRITOIRE/{code}"
                ),
            });
            if figure.staffed == 0 {
                return found;
            }
            found.beside(STAFFED_TEAMS, figure.staffed as f64)
        }
        None => Found::none(format!(
            "l’observatoire n’a pas de valeur de {code} pour la dernière campagne commencée"
        )),
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
        same_code(row.text(RelevesColumn::Indicateur), &indicator.code)
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
        rows: vec![SeenRow {
            register: Register::Releves,
            id: row.id.clone(),
            says: source,
        }],
        notes: Vec::new(),
        seats: Vec::new(),
        rooms: Vec::new(),
        lines: Vec::new(),
    }
}
