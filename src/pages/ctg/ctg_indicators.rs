//! **CTG**, indicators over a period; one of them explained down to its lines.

use serde_json::{Value, json};

use super::TAB;
use crate::actions::ctg_indicateurs::{
    ConventionIndicatorsOutcome, ConventionIndicatorsRequest, compute_all, explain_indicator,
    periods_offered,
};
use crate::base::error::Result;
use crate::base::text::{decimals, percent};
use crate::convention::{ClosedWord, ComputedIndicator, DeclaredIndicator, value_words};
use crate::pages::answer::PageAnswer;
use crate::pages::choices_offered::remarks_but_convention;
use crate::pages::page_ask::PageAsk;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let wanted = Some(asked.query("periode")).filter(|p| !p.is_empty());
    let request = ConventionIndicatorsRequest {
        period: wanted.map(str::to_owned),
        date: None,
    };
    let found = compute_all(&opened, &request)?;
    let periods = periods_offered(&opened, &found.convention, found.day);
    let (told, convention) = remarks_but_convention(&found.diagnostics);
    let content = json!({
        "periode": wanted,
        "periodes": periods,
        "groupes": groups(&found),
        "remarques": told,
        "convention": convention,
    });
    asked.page(
        "ctg_indicateurs.html",
        "Indicateurs de la convention",
        TAB,
        content,
    )
}

/// Indicators, fiche by fiche; those of the whole convention first.
fn groups(found: &ConventionIndicatorsOutcome) -> Vec<Value> {
    let mut fiches = vec![("", "Toute la convention")];
    fiches.extend(
        found
            .convention
            .fiches
            .iter()
            .map(|f| (f.code.as_str(), f.title.as_str())),
    );
    let of = |code: &str| -> Vec<Value> {
        let all = found
            .computed
            .iter()
            .filter_map(|c| Some((found.convention.indicator(&c.code)?, c)));
        all.filter(|(indicator, _)| indicator.fiche == code)
            .map(|(indicator, c)| line(indicator, c))
            .collect()
    };
    let all = fiches
        .into_iter()
        .map(|(code, title)| (code, title, of(code)));
    let all = all.filter(|(.., lines)| !lines.is_empty());
    all.map(|(code, title, lines)| json!({ "code": code, "nom": title, "lignes": lines }))
        .collect()
}

fn line(indicator: &DeclaredIndicator, c: &ComputedIndicator) -> Value {
    let target = indicator.target.map(|t| {
        if indicator.is_share() {
            percent(t)
        } else {
            plain(t)
        }
    });
    json!({
        "code": c.code, "nom": indicator.label, "nature": indicator.nature.label(), "periode": c.period.label,
        "valeur": value_words(indicator, c), "calcul": divided(c), "cible": target.unwrap_or_default(), "n": c.n,
        "adresse": format!("/ctg/indicateurs/{}?periode={}", c.code, c.period.label),
    })
}

/// « 14 ÷ 22 », or why there is no value.
fn divided(c: &ComputedIndicator) -> String {
    match (c.numerator, c.denominator) {
        (Some(n), Some(of)) => format!("{} ÷ {}", plain(n), plain(of)),
        _ if c.value.is_none() => c.reason.clone(),
        _ => String::new(),
    }
}

fn plain(value: f64) -> String {
    decimals(value, usize::from(value.fract().abs() >= 1e-9))
}

/// Why an indicator has this value.
pub(crate) fn explain(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let (code, period) = (asked.part("code"), asked.query("periode"));
    let told = explain_indicator(&opened, code, period, None)?;
    let content = json!({
        "lignes": told.lines().map(|l| json!({ "dit": l.trim_start(), "retrait": (l.len() - l.trim_start().len()) / 2 })).collect::<Vec<_>>(),
        "periode": period,
    });
    asked.page(
        "ctg_explique.html",
        format!("{code}, {period}"),
        TAB,
        content,
    )
}
