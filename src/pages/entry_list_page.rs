//! **Saisir**: entries under way, begun, thrown away and taken back.

use serde_json::{Value, json};

use super::choices_offered::{accueils, campaign, campaigns};
use crate::actions::saisie::{EntryDraft, EntryStart, begin, list_entries, read_entry, set_thrown};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::{SourceCode, VisitMoment};

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let all = list_entries(&opened, &current.id)?;
    let told = |thrown: bool| -> Result<Vec<Value>> {
        let own = all.drafts.iter().filter(|d| d.thrown == thrown);
        own.map(|draft| line(&opened, draft)).collect()
    };
    let sources = SourceCode::ALL
        .into_iter()
        .filter(|s| *s != SourceCode::Don && current.expects_source(*s));
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "accueils": accueils(&opened, current),
        "sources": sources.map(|s| json!({ "code": s.as_str(), "nom": s.label() })).collect::<Vec<_>>(),
        "moments": VisitMoment::ALL.iter().map(|m| json!({ "code": m.as_str(), "nom": m.label() })).collect::<Vec<_>>(),
        "saisies": told(false)?,
        "jetees": told(true)?,
        "illisibles": all.unread,
    });
    asked.page("saisir.html", "Saisir", "Saisir", content)
}

/// An entry in words.
fn line(opened: &OpenObservatory, draft: &EntryDraft) -> Result<Value> {
    let place = opened.observatory.registry.get(&draft.structure);
    let answered = draft.answered();
    let held = if draft.source.is_questionnaire() {
        count(answered, "questionnaire", "questionnaires")
    } else {
        count(answered, "réponse", "réponses")
    };
    Ok(json!({
        "code": draft.code,
        "vu": draft.stamp()?,
        "accueil": place.map_or(draft.structure.as_str(), |s| s.nom.as_str()),
        "source": draft.source.label(),
        "moments": draft.moments.iter().map(|m| m.label()).collect::<Vec<_>>().join(", "),
        "tient": if answered == 0 { "rien encore".to_owned() } else { held },
        "etat": state(draft),
        "entree": draft.entered.is_some(),
    }))
}

/// « brouillon, commencé le 28/11/2026 », « entrée le… (I004) ».
pub(super) fn state(draft: &EntryDraft) -> String {
    match &draft.entered {
        None => format!("brouillon, commencé le {}", draft.begun.short()),
        Some(entered) => {
            let since = if draft.modified {
                ", modifiée depuis : à faire entrer à nouveau"
            } else {
                ""
            };
            format!(
                "entrée le {} ({}){since}",
                entered.day.short(),
                entered.import
            )
        }
    }
}

pub(super) fn address(draft: &EntryDraft) -> String {
    format!("/saisir/{}", draft.code)
}

fn list_address(draft: &EntryDraft) -> String {
    format!("/saisir?campagne={}", draft.campagne)
}

/// A new entry.
pub(crate) fn start(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let source = asked.needed("source", "qui répond")?;
    let source: SourceCode = source
        .parse()
        .map_err(|()| Error::Usage(format!("« {source} » n’est pas une source.")))?;
    let chosen: Vec<&str> = asked.values("moment").collect();
    let start = EntryStart {
        campaign: current.id.clone(),
        source,
        structure: asked.needed("structure", "l’accueil")?.to_owned(),
        moments: VisitMoment::ALL
            .iter()
            .copied()
            .filter(|m| chosen.contains(&m.as_str()))
            .collect(),
    };
    let draft = begin(&opened, &start)?;
    asked.done(
        &address(&draft),
        "La saisie est commencée : chaque réponse est gardée, rien n’entre avant « Faire entrer ».",
    )
}

/// An entry is thrown away, and can be taken back.
pub(crate) fn throw(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let code = asked.needed("saisie", "la saisie")?;
    let draft = set_thrown(&opened, code, asked.field("vu"), true)?;
    asked.done(
        &list_address(&draft),
        "La saisie est jetée. Elle reste reprenable, en bas de cette page.",
    )
}

/// An entry that was thrown away is taken back.
pub(crate) fn take_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let code = asked.needed("saisie", "la saisie")?;
    let draft = set_thrown(&opened, code, asked.field("vu"), false)?;
    asked.done(
        &address(&draft),
        "La saisie est reprise où vous l’aviez laissée.",
    )
}

/// The entry that an address or a form names.
pub(super) fn named(asked: &PageAsk, opened: &OpenObservatory) -> Result<EntryDraft> {
    let code = match asked.part("saisie") {
        "" => asked.needed("saisie", "la saisie")?,
        code => code,
    };
    read_entry(opened, code)
}
