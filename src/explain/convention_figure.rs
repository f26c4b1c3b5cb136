//! An indicator of the convention: its rule, what was divided, the lines of the follow-up that it comes from.

use std::fmt::Write;

use crate::base::text::{count, decimals, percent};
use crate::convention::{
    ClosedWord, ComputedIndicator, Convention, DeclaredIndicator, IndicatorStatus, value_words,
};

/// How an indicator was made, in sentences.
pub(crate) fn explain_convention(
    convention: &Convention,
    indicator: &DeclaredIndicator,
    computed: &ComputedIndicator,
) -> String {
    let period = &computed.period;
    let mut text = format!(
        "CTG · {} · {}\n\n{}.",
        indicator.code, period.label, indicator.label
    );
    if let Some(fiche) = convention.fiche(&indicator.fiche) {
        let state = fiche.state_words();
        _ = write!(text, " Fiche {} ({state}) : {}.", fiche.code, fiche.title);
    }
    _ = write!(
        text,
        "\n\nPériode : du {} au {}, vue le {}.\nRègle ({}) : {}.",
        period.from.short(),
        period.to.short(),
        period.asked.short(),
        indicator.kind.key(),
        indicator.kind.rule()
    );
    if let Some(measure) = indicator.parameters.measure {
        _ = write!(text, "\nMesure {} : {}.", measure.key(), measure.formula());
    }
    _ = write!(text, "\n\n{}", result(indicator, computed));
    if !computed.beside.is_empty() {
        text.push_str("\n\nÀ côté :");
        for beside in &computed.beside {
            let is_share = beside.label.starts_with("part ");
            _ = write!(
                text,
                "\n- {} : {}",
                beside.label,
                number(beside.value, is_share)
            );
        }
    }
    if !computed.notes.is_empty() {
        _ = writeln!(text);
        for note in &computed.notes {
            _ = write!(text, "\n- {note}");
        }
    }
    if let Some(aim) = aim(indicator) {
        _ = write!(text, "\n\n{aim}");
    }
    if !computed.lines.is_empty() {
        text.push_str("\n\nCe chiffre vient de :");
        for line in &computed.lines {
            _ = write!(text, "\n- {} : {}", line.place, line.says);
        }
    }
    if !computed.rows.is_empty() {
        let lines = count(computed.rows.len(), "ligne", "lignes");
        _ = write!(
            text,
            "\n\nCe chiffre vient de {lines} du tableau de suivi :"
        );
        for row in &computed.rows {
            _ = write!(
                text,
                "\n- {} › {} : {}",
                row.register.sheet(),
                row.id,
                row.says
            );
        }
    }
    text
}

fn result(indicator: &DeclaredIndicator, computed: &ComputedIndicator) -> String {
    let shown = value_words(indicator, computed);
    match computed.status {
        IndicatorStatus::NotComputable | IndicatorStatus::ToCome => {
            format!(
                "Résultat : {shown}, parce que {}.",
                because(&computed.reason)
            )
        }
        _ => match (computed.numerator, computed.denominator) {
            (Some(n), Some(of)) => format!(
                "Résultat : {} ÷ {} = {shown}.",
                number(n, false),
                number(of, false)
            ),
            _ => format!("Résultat : {shown}."),
        },
    }
}

/// Reasons begin as they stand after « parce que ».
fn because(reason: &str) -> &str {
    if reason.is_empty() {
        "rien ne permet de le calculer"
    } else {
        reason
    }
}

fn number(value: f64, is_share: bool) -> String {
    if is_share {
        return percent(value);
    }
    let digits = usize::from(value.fract().abs() >= 1e-9);
    decimals(value, digits)
}

/// What is aimed at, and from where one started.
fn aim(indicator: &DeclaredIndicator) -> Option<String> {
    let shown = |value: f64| number(value, indicator.is_share());
    let target = indicator.target.map(|t| format!("Cible : {}.", shown(t)));
    let start = indicator.start.as_ref().map(|start| {
        let day = start
            .date
            .map_or_else(String::new, |d| format!(" le {}", d.short()));
        let source = if start.source.is_empty() {
            String::new()
        } else {
            format!(" ({})", start.source)
        };
        format!("Départ : {}{day}{source}.", shown(start.value))
    });
    let told: Vec<String> = target.into_iter().chain(start).collect();
    (!told.is_empty()).then(|| told.join(" "))
}
