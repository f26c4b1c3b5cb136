//! What a run changes of what is in place, in words and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::actions::importer::ImportOutcome;
use crate::base::text::count;
use crate::intake::{ChangeFate, DifferenceDetails, FileOutcome, UnitChange, UnitDifference};

/// Units named one by one.
const UNITS: usize = 200;
/// What differs of a unit, named one by one.
const DETAILS: usize = 20;

/// Unit by unit in a simulation; once written, those that took the place of something, or are in conflict.
pub(super) fn changes_of(outcome: &ImportOutcome) -> String {
    let files = &outcome.intake.files;
    let is_told = |change: &&UnitChange| match change.fate {
        ChangeFate::New { .. } | ChangeFate::Unchanged => outcome.simulation,
        _ => true,
    };
    let told: Vec<(&FileOutcome, &UnitChange)> = files
        .iter()
        .flat_map(|file| file.changes.iter().filter(is_told).map(move |c| (file, c)))
        .collect();
    if told.is_empty() {
        return String::new();
    }
    let mut text = String::from(if outcome.simulation {
        "\nCe qui changerait, collecte par collecte\n"
    } else {
        "\nCe qui a changé\n"
    });
    let mut under = "";
    for (file, change) in told.iter().take(UNITS) {
        if under != file.name {
            under = &file.name;
            let _ = writeln!(text, "  {under}");
        }
        text.push_str(&unit_lines(change, outcome.simulation));
    }
    if let Some(more) = told.len().checked_sub(UNITS).filter(|n| *n > 0) {
        let more = count(more, "autre collecte", "autres collectes");
        let _ = writeln!(text, "  … et {more}. Liste entière : --json.");
    }
    text
}

fn unit_lines(change: &UnitChange, simulation: bool) -> String {
    let said = change.told(simulation);
    let mut lines = format!("    {} : {said}\n", change.unit);
    if let Some(difference) = change.fate.difference() {
        lines.push_str(&detail_lines(difference));
    }
    lines
}

fn detail_lines(difference: &UnitDifference) -> String {
    let mut lines = String::new();
    match &difference.details {
        DifferenceDetails::Counted { .. } => {
            let _ = writeln!(lines, "      {}", difference.summed_up());
        }
        DifferenceDetails::OneByOne(all) => {
            for change in all.iter().take(DETAILS) {
                let _ = writeln!(lines, "      {change}");
            }
            if let Some(more) = all.len().checked_sub(DETAILS).filter(|n| *n > 0) {
                let more = count(more, "autre changement", "autres changements");
                let _ = writeln!(lines, "      … et {more}. Liste entière : --json.");
            }
        }
    }
    lines
}

/// « 35 collectes : 30 nouvelles, 3 inchangées, 2 changées. »
pub(super) fn changes_line(outcome: &ImportOutcome) -> String {
    let files = outcome.intake.files.iter();
    let all: Vec<&ChangeFate> = files.flat_map(|f| &f.changes).map(|c| &c.fate).collect();
    if all.is_empty() {
        return String::new();
    }
    let kinds = [
        ("nouveau", "nouvelle", "nouvelles"),
        ("inchange", "inchangée", "inchangées"),
        ("change", "changée", "changées"),
        ("conflit", "en conflit", "en conflit"),
        ("refuse", "refusée", "refusées"),
    ];
    let parts = kinds.iter().filter_map(|(kind, one, many)| {
        let n = all.iter().filter(|fate| word(fate) == *kind).count();
        (n > 0).then(|| count(n, one, many))
    });
    format!(
        "\n{} : {}.",
        count(all.len(), "collecte", "collectes"),
        parts.collect::<Vec<String>>().join(", ")
    )
}

/// Word of a fate, for programs.
fn word(fate: &ChangeFate) -> &'static str {
    match fate {
        ChangeFate::New { .. } => "nouveau",
        ChangeFate::Unchanged => "inchange",
        ChangeFate::Changed(_) => "change",
        ChangeFate::Conflict { .. } => "conflit",
        ChangeFate::Refused(_) => "refuse",
    }
}

/// The units of a file, for programs.
pub(super) fn changes_json(file: &FileOutcome) -> Vec<Value> {
    let all = file.changes.iter().map(|change| {
        let difference = change.fate.difference();
        let between: &[String] = match &change.fate {
            ChangeFate::Conflict { between, .. } => between,
            _ => &[],
        };
        json!({
            "collecte": change.unit,
            "structure": change.structure,
            "source": change.source,
            "sort": word(&change.fate),
            "entre": between,
            "remplace": difference.map(difference_json),
        })
    });
    all.collect()
}

fn difference_json(difference: &UnitDifference) -> Value {
    let mut value = json!({
        "import": difference.import,
        "fichier": difference.file,
        "avant": difference.before,
        "apres": difference.after,
    });
    match &difference.details {
        DifferenceDetails::OneByOne(all) => {
            let changes = all.iter().map(|change| {
                json!({"element": change.what, "avant": change.before, "apres": change.after})
            });
            value["changements"] = changes.collect::<Vec<Value>>().into();
        }
        DifferenceDetails::Counted { new, same, gone } => {
            value["nouvelles"] = (*new).into();
            value["inchangees"] = (*same).into();
            value["disparues"] = (*gone).into();
        }
    }
    value
}
