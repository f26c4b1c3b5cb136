//! A campaign as a person typed it, and what is wrong with it: a code that names folders, days that cannot be, nothing to
//! look at.

use crate::base::day::Day;
use crate::base::text::{list, safe_file_name, visible};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{Campaign, namesake, versions_offered};
use crate::vocabulary::referentiel::SourceCode;

/// A campaign as a person typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CampaignDraft {
    /// Its code; that of a campaign that is there when it is changed.
    pub(crate) id: String,
    /// Its name.
    pub(crate) label: String,
    /// First day, ISO.
    pub(crate) debut: String,
    /// Last day, ISO.
    pub(crate) fin: String,
    /// Version of the référentiel.
    pub(crate) referentiel: String,
    /// Critères, by code; none when all are looked at.
    pub(crate) criteres: Option<Vec<String>>,
    /// Sources, by code.
    pub(crate) sources: Vec<String>,
}

/// What to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CampaignRequest {
    /// What was typed.
    pub(crate) draft: CampaignDraft,
    /// Whether it is added; changed otherwise.
    pub(crate) is_new: bool,
}

/// What is wrong, and with which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CampaignFault {
    /// `debut`.
    pub(crate) field: &'static str,
    /// One sentence.
    pub(crate) message: String,
}

/// Longest campaign that is taken for one, in days: more is a slip in a year.
const LONGEST: i32 = 370;

/// What is wrong with what was typed, field by field.
pub(super) fn faults(opened: &OpenObservatory, request: &CampaignRequest) -> Vec<CampaignFault> {
    let CampaignRequest { draft, is_new } = request;
    let mut found = Vec::new();
    let mut wrong =
        |field: &'static str, message: String| found.push(CampaignFault { field, message });
    let all = &opened.observatory.settings.campaigns;
    if *is_new && let Some(message) = odd_id(&draft.id, all) {
        wrong("id", message);
    }
    if let Some(message) = odd_label(&draft.label).or_else(|| taken_label(draft, all)) {
        wrong("label", message);
    }
    let days = (draft.debut.parse::<Day>(), draft.fin.parse::<Day>());
    if days.0.is_err() {
        wrong("debut", day_missing("premier", &draft.debut));
    }
    if days.1.is_err() {
        wrong("fin", day_missing("dernier", &draft.fin));
    }
    if let (Ok(debut), Ok(fin)) = days
        && let Some(message) = odd_days(draft, debut, fin, all)
    {
        wrong("fin", message);
    }
    if !versions_offered(&opened.observatory.root).contains(&draft.referentiel) {
        wrong(
            "referentiel",
            format!(
                "La version « {} » du référentiel n’est pas dans ce dossier.",
                draft.referentiel
            ),
        );
    }
    if draft.criteres.as_ref().is_some_and(Vec::is_empty) {
        wrong(
            "criteres",
            "Cochez un critère au moins, ou choisissez « tous ».".to_owned(),
        );
    }
    if draft.sources.is_empty() {
        wrong(
            "sources",
            "Cochez une source au moins : qui répond ?".to_owned(),
        );
    }
    for source in draft
        .sources
        .iter()
        .filter(|s| s.parse::<SourceCode>().is_err())
    {
        wrong("sources", format!("« {source} » n’est pas une source."));
    }
    found
}

/// Longest name: it heads reports, on a line or two.
const LONGEST_NAME: usize = 120;

fn odd_label(label: &str) -> Option<String> {
    if label.chars().count() > LONGEST_NAME {
        return Some(format!(
            "Ce nom est trop long : {LONGEST_NAME} caractères au plus, il s’imprime en tête des rapports."
        ));
    }
    let odd = label.chars().any(char::is_control) || visible(label) != label;
    (label.is_empty() || odd).then(|| {
        "Donnez un nom à la campagne, sur une ligne, en caractères qui se voient : il s’imprime en tête des rapports.".to_owned()
    })
}

/// A name that another campaign bears: two of one name cannot be told apart where campaigns are chosen. One that was
/// there before this was asked may stay.
fn taken_label(draft: &CampaignDraft, all: &[Campaign]) -> Option<String> {
    let own = |c: &&Campaign| c.id == draft.id;
    if all.iter().find(own).is_some_and(|c| c.label == draft.label) {
        return None;
    }
    let other = namesake(all, &draft.id, &draft.label)?;
    Some(format!(
        "« {} » est déjà le nom de {} (du {} au {}) : donnez-en un autre, l’année par exemple, pour ne pas les confondre.",
        other.label,
        other.id,
        other.debut.short(),
        other.fin.short()
    ))
}

fn day_missing(which: &str, typed: &str) -> String {
    match typed {
        "" => format!("Donnez le {which} jour."),
        typed => {
            format!("« {typed} » n’est pas un jour : choisissez le {which} jour au calendrier.")
        }
    }
}

/// What is wrong with the code of a new campaign: it names folders, on any system.
fn odd_id(id: &str, all: &[Campaign]) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.is_empty() || id.len() > 20 || !id.chars().all(plain) || safe_file_name(id, 20, "_") != id
    {
        return Some(format!(
            "« {id} » ne peut pas être un code : quelques lettres sans accent, chiffres ou tirets, « C3 » par exemple."
        ));
    }
    let same = all.iter().find(|c| c.id.eq_ignore_ascii_case(id))?;
    Some(format!(
        "Le code « {} » est pris par « {} ».",
        same.id, same.label
    ))
}

/// What is wrong with days that were changed.
fn odd_days(draft: &CampaignDraft, debut: Day, fin: Day, all: &[Campaign]) -> Option<String> {
    let there = all.iter().find(|c| c.id == draft.id);
    if there.is_some_and(|c| c.debut == debut && c.fin == fin) {
        return None;
    }
    if fin < debut {
        return Some(format!(
            "La fin ({}) précède le début ({}).",
            fin.short(),
            debut.short()
        ));
    }
    if fin.number() - debut.number() > LONGEST {
        return Some(format!(
            "Du {} au {} : plus d’un an. Vérifiez les années.",
            debut.short(),
            fin.short()
        ));
    }
    let others = all.iter().filter(|c| c.id != draft.id);
    let over: Vec<String> = others
        .filter(|c| debut <= c.fin && c.debut <= fin)
        .map(|c| {
            format!(
                "« {} » ({}, du {} au {})",
                c.label,
                c.id,
                c.debut.short(),
                c.fin.short()
            )
        })
        .collect();
    (!over.is_empty()).then(|| {
        format!(
            "Ces dates chevauchent {} : une réponse ne saurait pas de quelle campagne elle est.",
            list(&over)
        )
    })
}
