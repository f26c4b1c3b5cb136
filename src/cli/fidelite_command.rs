//! `fidelite`: agreement between observers, training, consistency of questionnaires.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::aligned::aligned;
use super::done::Done;
use super::opening::open;
use crate::actions::fidelite::{ReliabilityRequest, analyse};
use crate::base::error::Result;
use crate::base::tabular::Field;
use crate::base::text::{decimals, integer, short};
use crate::exports::{PeopleBook, PeopleTable};
use crate::figures::reliability::Section;

/// `fidelite`.
#[derive(Args)]
pub(super) struct FideliteArgs {
    /// Campagne (par défaut : la plus récente)
    #[arg(long, value_name = "C")]
    pub campagne: Option<String>,
    /// Formation : les observateurs face à une cotation de référence
    #[arg(long, requires = "reference")]
    pub formation: bool,
    /// Observateur dont la cotation fait référence
    #[arg(long, value_name = "OBSERVATEUR", requires = "formation")]
    pub reference: Option<String>,
    /// Classeur .xlsx à écrire
    #[arg(long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(folder: Option<&Path>, args: &FideliteArgs) -> Result<Done> {
    let opened = open(folder)?;
    let request = ReliabilityRequest {
        campaign: args.campagne.clone(),
        reference: args.reference.clone(),
    };
    let outcome = analyse(&opened, &request)?;
    let mut summary = String::new();
    if let Some(path) = &args.sortie {
        let told = outcome.sections.iter().map(|section| PeopleTable {
            caption: format!("Campagne {} : {}", outcome.campaign, section.table.title),
            notes: section.words.clone(),
            ..PeopleTable::from(section.table.clone())
        });
        let told: Vec<PeopleTable> = told.collect();
        let file = opened.destination(path)?;
        file.write(&PeopleBook::of(&opened.observatory).write(&told)?)?;
        summary = format!("Classeur écrit : {}.", file.told());
    }
    let printed: Vec<String> = outcome.sections.iter().map(printed).collect();
    let sections: Vec<_> = outcome.sections.iter().map(as_json).collect();
    Ok(Done {
        text: format!("Campagne {}\n\n{}", outcome.campaign, printed.join("\n")),
        result: json!({ "campagne": outcome.campaign, "sections": sections }),
        diagnostics: outcome.diagnostics,
        summary,
        ..Done::default()
    })
}

fn as_json(section: &Section) -> serde_json::Value {
    json!({
        "titre": section.table.title,
        "phrases": section.words,
        "lignes": section.table.json(),
    })
}

fn printed(section: &Section) -> String {
    let mut text = format!("{}\n", section.table.title.to_uppercase());
    for sentence in &section.words {
        text.push_str(sentence);
        text.push('\n');
    }
    if !section.table.rows.is_empty() {
        let headers: Vec<&str> = section
            .table
            .columns
            .iter()
            .map(|c| c.name.as_str())
            .collect();
        let rows: Vec<Vec<String>> = section
            .table
            .rows
            .iter()
            .map(|row| row.iter().map(shown).collect())
            .collect();
        text.push('\n');
        text.push_str(&aligned(&headers, &rows));
    }
    text
}

/// A field for a terminal: two decimals, long labels cut.
fn shown(field: &Field) -> String {
    const WIDTH: usize = 60;
    match field {
        Field::Text(text) => short(text, WIDTH),
        Field::Whole(number) => integer(*number),
        Field::Decimal(number) => decimals(*number, 2),
        Field::Day(day) => day.short(),
        Field::Empty => "–".to_owned(),
    }
}
