//! **CTG**, documents: each with what it asks (quarter, meeting, year, experiment), its readers and its forms; written as
//! a long job, opened here.

use std::collections::VecDeque;

use serde_json::{Value, json};

use super::TAB;
use super::ctg_files::written;
use super::ctg_writing::{DocumentWriting, FORMATS, KINDS};
use crate::actions::ctg_convention::WrittenConvention;
use crate::actions::ctg_indicateurs::periods_offered;
use crate::actions::ctg_registre::{FollowUpDesk, open_desk};
use crate::base::error::Result;
use crate::base::text::date_short;
use crate::campaign::OpenObservatory;
use crate::convention::{Register, RegisterColumn, ShownRow, TempsColumn};
use crate::disclosure::CtgAudience;
use crate::pages::answer::PageAnswer;
use crate::pages::choices_offered::campaigns;
use crate::pages::page_ask::{PageAsk, told};
use crate::reports::BilanKind;

const HERE: &str = "/ctg/documents";

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let found = open_desk(&opened)?;
    let content = json!({
        "signee": found.is_signed,
        "documents": if found.is_signed { documents(asked, &opened, &found) } else { Vec::new() },
        "fichiers": written(&opened),
    });
    asked.page(
        "ctg_documents.html",
        "Documents de la convention",
        TAB,
        content,
    )
}

/// What can be written, each with the lists that its form offers.
fn documents(asked: &PageAsk, opened: &OpenObservatory, found: &FollowUpDesk) -> Vec<Value> {
    let periods = periods_offered(opened, &found.convention, found.day);
    let those = |keep: &dyn Fn(&str) -> bool| -> Vec<Value> {
        let own = periods.iter().filter(|p| keep(p));
        own.map(|p| choice(p, p)).collect()
    };
    let is_year = |p: &str| p.len() == 4 && p.bytes().all(|b| b.is_ascii_digit());
    let experiments = found.convention.experiments.iter();
    let experiments: Vec<Value> = experiments.map(|e| choice(&e.code, &e.title)).collect();
    let all = KINDS
        .iter()
        .filter(|kind| kind.code != "experimentation" || !experiments.is_empty());
    let documents = all.map(|kind| {
        let lists = match kind.code {
            "suivi" => vec![list(
                "trimestre",
                "Trimestre",
                &those(&|p| p.contains("-T")),
                false,
            )],
            "seance" => vec![list("temps", "Réunion", &meetings(found), false)],
            "gouvernance" | "territoire" => vec![list("annee", "Année", &those(&is_year), false)],
            "experimentation" => {
                let all = campaigns(opened);
                let all = all
                    .iter()
                    .map(|c| json!({ "code": c["id"], "mot": c["nom"] }));
                vec![
                    list("experimentation", "Expérimentation", &experiments, false),
                    list(
                        "campagne",
                        "Campagne qui mesure ses effets",
                        &all.collect::<Vec<Value>>(),
                        true,
                    ),
                ]
            }
            _ => vec![list("type", "Lequel", &bilans(), false)],
        };
        let publics = kind.audiences().map(
            |a| json!({ "code": a.as_str(), "mot": a.label(), "choisi": a == CtgAudience::Copil }),
        );
        let formats = FORMATS.iter().filter(|_| kind.has_formats).map(|(f, word)| {
            json!({ "code": f.extension(), "mot": word, "coche": kind.usual.contains(f) })
        });
        json!({
            "code": kind.code, "nom": kind.name, "aide": kind.help, "listes": lists,
            "ouvert": kind.code == match asked.query("document") { "" => "suivi", code => code },
            "publics": publics.collect::<Vec<_>>(),
            "formats": formats.collect::<Vec<_>>(),
            "prochaine": kind.code == "bilan" && !WrittenConvention::Next.is_there(opened),
            "petite_enfance": kind.code == "bilan" && found.convention.early_childhood_scheme,
            "textes": kind.code == "bilan",
        })
    });
    documents.collect()
}

fn choice(code: &str, words: &str) -> Value {
    json!({ "code": code, "mot": words })
}

fn list(name: &str, label: &str, choices: &[Value], may_be_empty: bool) -> Value {
    json!({ "nom": name, "mot": label, "choix": choices, "vide": may_be_empty })
}

fn bilans() -> Vec<Value> {
    let all = BilanKind::ALL.iter();
    all.map(|kind| choice(kind.as_str(), kind.title()))
        .collect()
}

/// The next meeting, from today on.
pub(super) fn next_meeting(found: &FollowUpDesk) -> Option<Value> {
    let (mut coming, _) = dated_meetings(found);
    coming.pop_front()
}

/// Meetings, those to come first, then the last ones.
fn meetings(found: &FollowUpDesk) -> Vec<Value> {
    let (coming, past) = dated_meetings(found);
    coming.into_iter().chain(past).collect()
}

/// Meetings to come, the nearest first; those that were, the last one first.
fn dated_meetings(found: &FollowUpDesk) -> (VecDeque<Value>, VecDeque<Value>) {
    let rows = found
        .desk
        .rows(&found.convention, Register::Temps, found.day);
    let cell = |row: &ShownRow, column: TempsColumn| super::ctg_fields::shown(row, column.field());
    let mut dated: Vec<(String, &ShownRow)> = rows
        .iter()
        .map(|row| (cell(row, TempsColumn::Date), row))
        .filter(|(day, _)| !day.is_empty())
        .collect();
    dated.sort_by(|a, b| a.0.cmp(&b.0));
    let today = found.day.to_string();
    let (mut coming, mut past) = (VecDeque::new(), VecDeque::new());
    for (day, row) in dated {
        let (kind, title) = (
            cell(row, TempsColumn::Type),
            cell(row, TempsColumn::Intitule),
        );
        let words = format!("{} · {kind} · {title}", date_short(&day));
        let value = choice(&row.id, words.trim_end_matches([' ', '·']));
        if day >= today {
            coming.push_back(value);
        } else {
            past.push_front(value);
        }
    }
    (coming, past)
}

/// Writes the document that was chosen.
pub(crate) fn write(asked: &PageAsk) -> Result<PageAnswer> {
    let writing = DocumentWriting::asked(asked)?;
    let desk = std::sync::Arc::clone(&asked.desk);
    let folder = asked.folder()?;
    asked.desk.jobs.begin("Le document s’écrit", move |_| {
        let opened = OpenObservatory::open(Some(&folder))?;
        let said = writing.write(&opened)?;
        Ok(told(&desk, &format!("{HERE}#ecrits"), &said))
    })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}
