//! `fidelite`: agreement between observers, training, consistency of questionnaires.

use std::path::Path;

use serde_json::json;

use super::Done;
use super::arguments::FideliteArgs;
use super::output::aligned;
use super::session::{Session, write_file};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::tabular::{Field, Table, workbook};
use crate::base::text::{decimals, integer, suggest};
use crate::figures::reliability::{
    Section, observers, of_observers, of_scales, of_training, questionnaires, read, train,
};
use crate::stats::calibration::Standard;
use crate::vocabulary::referentiel::SourceCode;

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &FideliteArgs) -> Result<Done> {
    let session = Session::open(folder)?;
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let referentiel = session.observatory.referentiel(campaign);
    let stored = session.store.load(Some(&campaign.id))?;
    let observed = read(&stored, referentiel, SourceCode::Obs)?;
    let sections = if let Some(master) = &args.reference {
        let mut known: Vec<&str> = observed.iter().map(|a| a.who.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        if !known.contains(&master.as_str()) {
            let seen = suggest(master, known.iter().copied()).listed_or(&known);
            return Err(Error::Usage(format!(
                "« {master} » n’a noté aucune visite de {} (observateurs : {seen}).",
                campaign.id
            )));
        }
        let training = session.observatory.settings.training;
        let standard = Standard {
            exact: training.exact,
            within_one: training.a_un_niveau,
        };
        of_training(
            &train(&observed, master, standard),
            (master, standard),
            referentiel,
        )
    } else {
        let mut sections = of_observers(&observers(&observed, referentiel), referentiel);
        let found = questionnaires(&stored, referentiel)?;
        sections.extend(of_scales(&found, referentiel));
        sections
    };
    deliver(&campaign.id, &sections, args.sortie.as_deref())
}

fn deliver(campaign: &str, sections: &[Section], out: Option<&Path>) -> Result<Done> {
    let mut done = Done::default();
    let result = sections
        .iter()
        .map(|s| json!({ "titre": s.table.name, "phrases": s.words, "lignes": s.table.json() }));
    done.result = json!({ "campagne": campaign, "sections": result.collect::<Vec<_>>() });
    let message =
        "la sévérité d’un observateur ne se diffuse pas : cette analyse reste au service.";
    done.diagnostics = vec![Diagnostic::new(
        Code::NotForPublication,
        Location::none(),
        message,
    )];
    if let Some(path) = out {
        let tables: Vec<Table> = sections.iter().map(|s| s.table.clone()).collect();
        write_file(path, &workbook(&tables)?)?;
        done.summary = format!("Classeur écrit : {}.", path.display());
    }
    let printed: Vec<String> = sections.iter().map(printed).collect();
    done.text = format!("Campagne {campaign}\n\n{}", printed.join("\n"));
    Ok(done)
}

fn printed(section: &Section) -> String {
    let mut text = format!("{}\n", section.table.name.to_uppercase());
    for sentence in &section.words {
        text.push_str(sentence);
        text.push('\n');
    }
    if !section.table.rows.is_empty() {
        let headers: Vec<&str> = section.table.columns.iter().map(|c| c.0).collect();
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
        Field::Text(text) if text.chars().count() > WIDTH => {
            let head: String = text.chars().take(WIDTH - 1).collect();
            format!("{head}…")
        }
        Field::Text(text) => text.clone(),
        Field::Whole(number) => integer(*number),
        Field::Decimal(number) => decimals(*number, 2),
        Field::Empty => "–".to_owned(),
    }
}
