//! The commune of an accueil against those of the territory, when the settings say them: told, never changed.

use std::path::Path;

use super::registry::{Registry, Structure};
use super::settings::Territory;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{fold, list};
use crate::vocabulary::communes::{CommuneReading, OfficialCommune, official_list, read_commune};

/// Homonyms that are told one by one.
const TOLD: usize = 4;

/// What is to be said of the communes of a registry.
pub(super) fn remarks(territory: &Territory, registry: &Registry, path: &Path) -> Vec<Diagnostic> {
    let communes = territory.communes.iter();
    let own: Vec<(&str, &str)> = communes
        .map(|c| (c.insee.as_str(), c.nom.as_str()))
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let at = Location::file(&file);
    let all = registry.all().iter();
    all.filter_map(|s| remark(&own, s, &at)).collect()
}

fn remark(own: &[(&str, &str)], structure: &Structure, at: &Location) -> Option<Diagnostic> {
    let (name, insee) = (structure.commune.trim(), structure.insee.trim());
    if name.is_empty() && insee.is_empty() {
        return None;
    }
    let written = match (name.is_empty(), insee.is_empty()) {
        (true, _) => format!("le code Insee {insee}"),
        (_, true) => format!("« {name} »"),
        _ => format!("« {name} » ({insee})"),
    };
    let (code, why) = match read_commune(own, name, insee) {
        CommuneReading::Own => return None,
        CommuneReading::Former { now } => {
            let why = format!("{written} fait maintenant partie de « {now} »");
            (Code::CommuneFormer, why)
        }
        CommuneReading::CodeOfAnother { named } => {
            let why = format!("{written} : ce code Insee est celui de « {named} »");
            (Code::CommuneElsewhere, why)
        }
        CommuneReading::Elsewhere(_) | CommuneReading::Unknown(_)
            if !longer(own, name).is_empty() =>
        {
            let names: Vec<String> = longer(own, name)
                .iter()
                .map(|n| format!("« {n} »"))
                .collect();
            let why = format!(
                "{written} n’est pas une commune du territoire, qui a {}",
                list(&names)
            );
            (Code::CommuneElsewhere, why)
        }
        CommuneReading::Elsewhere(all) => (Code::CommuneElsewhere, elsewhere(&written, &all)),
        CommuneReading::Unknown(near) => {
            let why = format!(
                "{written} n’est pas une commune du territoire{}",
                near.best_clause()
            );
            (Code::CommuneElsewhere, why)
        }
    };
    Some(Diagnostic::new(
        code,
        at.clone(),
        format!("{} : {why}.", structure.code),
    ))
}

/// Communes of the territory whose name goes on after what is written: « Villedieu » of « Villedieu-les-Poêles ».
fn longer<'t>(own: &[(&str, &'t str)], name: &str) -> Vec<&'t str> {
    let begun = format!("{} ", fold(name));
    let all = own.iter().map(|(_, own)| *own);
    let longer = all.filter(|own| fold(own).starts_with(&begun));
    longer.take(TOLD).collect()
}

fn elsewhere(written: &str, communes: &[&OfficialCommune]) -> String {
    let all = official_list();
    if let [one] = communes {
        let of = match all.epci_of(one) {
            Some(epci) => format!("de {} ({})", epci.nom, all.departement_of(&one.insee)),
            None => format!(
                "de {} sans intercommunalité",
                all.departement_of(&one.insee)
            ),
        };
        return format!(
            "{written} n’est pas une commune du territoire ; « {} » ({}) est {of}",
            one.nom, one.insee
        );
    }
    let told = communes.iter().take(TOLD);
    let mut told: Vec<String> = told
        .map(|c| format!("{} ({})", c.insee, all.departement_of(&c.insee)))
        .collect();
    if communes.len() > TOLD {
        told.push("d’autres".to_owned());
    }
    format!(
        "{written} n’est pas une commune du territoire ; {} portent ce nom : {}",
        communes.len(),
        list(&told)
    )
}
