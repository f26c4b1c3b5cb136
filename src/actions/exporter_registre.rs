//! The register of treatments as a document to be read and signed: the same entries as its table.

use std::path::{Path, PathBuf};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::convention::load_exchanges;
use crate::exports::all_treatments;
use crate::reports::{Head, ReportFormat, Templates, TreatmentEntry, render, treatment_entries};

/// Writes the register in a format of documents; gives its file.
///
/// # Errors
///
/// No file given; a register of exchanges that does not hold together; a template that is wrong; a disk that refuses.
pub(crate) fn write_register(
    opened: &OpenObservatory,
    out: Option<&Path>,
    format: ReportFormat,
    day: Day,
) -> Result<PathBuf> {
    let Some(out) = out else {
        return Err(Error::Usage(format!(
            "Le format {} demande --sortie FICHIER.",
            format.extension()
        )));
    };
    let observatory = &opened.observatory;
    let territory = &observatory.settings.territory;
    let exchanges = load_exchanges(observatory)?.value;
    let entries = all_treatments(&observatory.settings, &exchanges);
    let entries = entries.into_iter().map(|t| {
        let sources: Vec<&str> = t.sources.iter().map(|s| s.label()).collect();
        let sources = match sources.as_slice() {
            [] => "aucun questionnaire ni grille".to_owned(),
            some => some.join(", "),
        };
        TreatmentEntry {
            code: t.code,
            name: t.name,
            facts: vec![
                ("Responsable du traitement", territory.nom.clone()),
                ("Finalité", t.purpose),
                ("Base légale", t.basis),
                ("Personnes concernées", t.people),
                ("Données", t.data),
                ("Sources", sources),
                ("Destinataires", t.recipients),
                ("Durée de conservation", t.retention),
                ("Transfert hors de l’Union européenne", "aucun".to_owned()),
                ("Mesures de sécurité", t.measures),
                (
                    "Avis du délégué à la protection des données",
                    "[à compléter]".to_owned(),
                ),
            ],
        }
    });
    let document = treatment_entries(
        &entries.collect::<Vec<_>>(),
        Head {
            title: "Registre des traitements de l’observatoire".to_owned(),
            subtitle: "RGPD, article 30".to_owned(),
            territory: territory.nom.clone(),
            fictitious: territory.donnees_fictives,
            contact: territory.contact.clone(),
            edition: format!("Édité le {}", day.long()),
            date: day.to_string(),
            ..Head::default()
        },
    );
    let templates = Templates::load(&observatory.templates_dir(), observatory.brand()?)?;
    let bytes = render(&templates, &document, format)?;
    opened.destination(out)?.write(&bytes)?;
    Ok(out.to_path_buf())
}
