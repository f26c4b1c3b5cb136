//! `ctg indicateurs`: the indicators of the convention, read on a terminal or written as a table.

use std::path::PathBuf;

use clap::Args;

use super::aligned::aligned;
use super::choices::file_format;
use super::done::Done;
use super::table_output::TableOutput;
use crate::actions::ctg_indicateurs::{
    ConventionIndicatorsOutcome, ConventionIndicatorsRequest, compute_all,
};
use crate::base::error::Result;
use crate::base::tabular::FileFormat;
use crate::base::text::short;
use crate::base::text::{count, decimals};
use crate::campaign::OpenObservatory;
use crate::convention::{ComputedIndicator, IndicatorStatus, value_words};

/// `ctg indicateurs`.
#[derive(Args)]
pub(super) struct ConventionIndicatorsArgs {
    /// Trimestre (2026-T2), année (2026), campagne (C2) ou « convention » (par défaut : celle de chaque indicateur)
    #[arg(long, value_name = "PÉRIODE")]
    pub periode: Option<String>,
    /// État tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : tel qu’il est aujourd’hui)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Format du tableau
    #[arg(long, value_parser = file_format())]
    pub format: Option<FileFormat>,
    /// Fichier à écrire (obligatoire pour xlsx et parquet)
    #[arg(long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,
}

const HEADERS: [&str; 8] = [
    "Fiche",
    "Code",
    "Indicateur",
    "Période",
    "Valeur",
    "Calcul",
    "Lignes",
    "Le comité lit",
];

/// Runs the command.
pub(super) fn run(opened: &OpenObservatory, args: &ConventionIndicatorsArgs) -> Result<Done> {
    let request = ConventionIndicatorsRequest {
        period: args.periode.clone(),
        date: args.date.clone(),
    };
    let mut outcome = compute_all(opened, &request)?;
    let diagnostics = std::mem::take(&mut outcome.diagnostics);
    let mut done = if args.format.is_some() || args.sortie.is_some() {
        let table = TableOutput {
            format: args.format.unwrap_or_else(|| named_format(args)),
            sortie: args.sortie.clone(),
            brut: false,
        };
        table.deliver(opened, outcome.table())?
    } else {
        Done {
            text: text(&outcome),
            table: Some(outcome.table()),
            summary: closing_line(&outcome),
            ..Done::default()
        }
    };
    done.diagnostics.splice(0..0, diagnostics);
    Ok(done)
}

/// The format that the name of the file asks for; CSV otherwise.
fn named_format(args: &ConventionIndicatorsArgs) -> FileFormat {
    let extension = args.sortie.as_ref().and_then(|path| path.extension());
    let extension = extension.map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => FileFormat::Xlsx,
        Some("parquet") => FileFormat::Parquet,
        Some("json") => FileFormat::Json,
        _ => FileFormat::Csv,
    }
}

fn text(outcome: &ConventionIndicatorsOutcome) -> String {
    let all = outcome.computed.iter().zip(&outcome.read);
    let rows = all.filter_map(|(c, read)| {
        let indicator = outcome.convention.indicator(&c.code)?;
        Some(vec![
            indicator.fiche.clone(),
            indicator.code.clone(),
            short(&indicator.label, 48),
            c.period.label.clone(),
            value_words(indicator, c),
            divided(c),
            c.n.to_string(),
            match read.spread {
                "oui" => "de même".to_owned(),
                "non" => "rien : non diffusable".to_owned(),
                _ => read.words.clone(),
            },
        ])
    });
    let rows: Vec<Vec<String>> = rows.collect();
    if rows.is_empty() {
        return "Aucun indicateur dans ctg/convention.toml.".to_owned();
    }
    aligned(&HEADERS, &rows)
}

/// « 14 ÷ 22 », or why there is no value.
fn divided(c: &ComputedIndicator) -> String {
    let shown = |value: f64| decimals(value, usize::from(value.fract().abs() >= 1e-9));
    match (c.numerator, c.denominator) {
        (Some(n), Some(of)) => format!("{} ÷ {}", shown(n), shown(of)),
        _ if c.value.is_none() => short(&c.reason, 60),
        _ => String::new(),
    }
}

/// « 33 indicateurs au 15/12/2026 : 20 calculés, 9 à venir, 4 non calculables. »
fn closing_line(outcome: &ConventionIndicatorsOutcome) -> String {
    let number = |status| {
        outcome
            .computed
            .iter()
            .filter(|c| c.status == status)
            .count()
    };
    let kept = outcome.kept_to_the_service();
    let for_whom = if kept == 0 {
        String::new()
    } else {
        format!(
            " Pour le service seul : {} tels quels au comité (dernière colonne).",
            count(kept, "chiffre ne va pas", "chiffres ne vont pas")
        )
    };
    format!(
        "{} au {} : {}, {}, {} à venir, {}.{for_whom}",
        count(outcome.computed.len(), "indicateur", "indicateurs"),
        outcome.day.short(),
        count(number(IndicatorStatus::Ok), "calculé", "calculés"),
        count(number(IndicatorStatus::Declared), "déclaré", "déclarés"),
        number(IndicatorStatus::ToCome),
        count(
            number(IndicatorStatus::NotComputable),
            "non calculable",
            "non calculables"
        ),
    )
}
