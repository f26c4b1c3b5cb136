//! **Plan**, one action: every column of the workbook, its history; a new one; the last change taken back.

use serde_json::{Value, json};

use super::choices_offered::campaigns;
use super::plan_page::{PlanFilters, sites};
use super::plan_words::{GROUPS, change, conflict, field};
use crate::actions::plan_edit::{PlanEditOutcome, PlanEditRequest, edit_plan, take_back_last};
use crate::actions::plan_historique::{HistoryRequest, changes};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::{OpenObservatory, today};
use crate::decide::plans::{ActionField, ActionRecord, Status, TypedRemark, Urgency, Word};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::config::Campaign;

/// What was typed and could not be kept.
struct Retyped<'a> {
    cells: &'a ActionRecord,
    /// State that it was typed over.
    seen: &'a str,
    outcome: &'a PlanEditOutcome,
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    card(asked, &asked.open()?, asked.part("id"), None)
}

/// The form of a new action.
pub(crate) fn new(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let mut cells = ActionRecord::new();
    for (name, field) in [
        ("accueil", ActionField::Structure),
        ("campagne", ActionField::Campagne),
    ] {
        cells.insert(field, asked.query(name).to_owned());
    }
    new_card(asked, &opened, &cells, None)
}

fn card(
    asked: &PageAsk,
    opened: &OpenObservatory,
    id: &str,
    retyped: Option<&Retyped<'_>>,
) -> Result<PageAnswer> {
    let history = changes(opened, &HistoryRequest { id: id.to_owned() })?;
    let action = opened.plans.get(&history.action);
    let action = action.ok_or_else(|| Error::Usage(format!("L’action « {id} » n’existe pas.")))?;
    let site = opened.observatory.registry.get(&action.structure);
    let day = today();
    let own = opened.observatory.settings.campaigns.iter();
    let origin = own.into_iter().find(|c| c.id == action.campagne);
    let content = json!({
        "id": action.id,
        "accueil": site.map(|s| json!({ "code": s.code, "nom": s.nom })),
        "campagne": action.campagne,
        "dit": action.status_word(day),
        "retard": action.late(day),
        "brouillon": action.is_draft,
        "vu": retyped.map_or_else(|| opened.plans.version(), |r| r.seen.to_owned()),
        "criteres": criteres(opened, origin, retyped.and_then(|r| r.cells.get(&ActionField::Criteres)).unwrap_or(&action.text(ActionField::Criteres))),
        "groupes": groups(&|f| action.text(f), retyped),
        "refus": refusal(retyped),
        "conflits": retyped.map(|r| r.outcome.meanwhile.iter().map(conflict).collect::<Vec<_>>()).unwrap_or_default(),
        "historique": history.changes.iter().rev().map(change).collect::<Vec<_>>(),
        "nouvelle": Value::Null,
    });
    let title = format!("Action {}", action.id);
    asked.page("plan_action.html", title, "Plan", content)
}

fn new_card(
    asked: &PageAsk,
    opened: &OpenObservatory,
    cells: &ActionRecord,
    retyped: Option<&Retyped<'_>>,
) -> Result<PageAnswer> {
    let said = |f: ActionField| cells.get(&f).cloned().unwrap_or_default();
    let origin = asked.campaign(opened)?;
    let chosen = match said(ActionField::Campagne) {
        none if none.is_empty() => origin.id.clone(),
        said => said,
    };
    let content = json!({
        "nouvelle": {
            "accueils": sites(opened), "accueil": said(ActionField::Structure),
            "campagnes": campaigns(opened), "campagne": chosen,
        },
        "vu": opened.plans.version(),
        "criteres": criteres(opened, Some(origin), &said(ActionField::Criteres)),
        "groupes": groups(&|f| match f {
            ActionField::Statut => Status::ToLaunch.label().to_owned(),
            ActionField::Priorite => Urgency::Moyenne.label().to_owned(),
            _ => String::new(),
        }, retyped),
        "refus": refusal(retyped),
        "conflits": [],
        "historique": [],
        "id": "", "accueil": Value::Null, "campagne": "", "dit": "", "retard": false, "brouillon": false,
    });
    asked.page("plan_action.html", "Ajouter une action", "Plan", content)
}

fn groups(held: &dyn Fn(ActionField) -> String, retyped: Option<&Retyped<'_>>) -> Vec<Value> {
    let faults: &[TypedRemark] = retyped.map_or(&[], |r| &r.outcome.remarks);
    let one = |f: &ActionField| {
        let typed = retyped.and_then(|r| r.cells.get(f));
        field(*f, &typed.cloned().unwrap_or_else(|| held(*f)), faults)
    };
    let all = GROUPS.iter().map(|(name, fields)| {
        json!({ "nom": name, "champs": fields.iter().map(one).collect::<Vec<_>>() })
    });
    all.collect()
}

/// What is wrong, as a list at the top of the page.
fn refusal(retyped: Option<&Retyped<'_>>) -> Vec<String> {
    let remarks = retyped.into_iter().flat_map(|r| &r.outcome.remarks);
    let told = remarks.filter(|r| r.said.severity() == crate::base::diagnostics::Severity::Error);
    told.map(|r| format!("{} {}", r.said.message, r.said.remedy))
        .collect()
}

/// The critères of a campaign, those that are served ticked.
fn criteres(opened: &OpenObservatory, campaign: Option<&Campaign>, served: &str) -> Value {
    let codes: Vec<&str> = served
        .split(',')
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .collect();
    let all = campaign.map(|c| opened.observatory.referentiel(c));
    let all = all.into_iter().flat_map(|r| &r.criteres);
    let choices = all.map(
        |c| json!({ "code": c.code, "nom": c.label, "coche": codes.contains(&c.code.as_str()) }),
    );
    json!({ "servis": codes.join(", "), "choix": choices.collect::<Vec<_>>() })
}

/// What was typed; fields that the form did not have stay as they are.
fn typed(asked: &PageAsk) -> ActionRecord {
    let sent = |name: &str| asked.fields.iter().any(|(n, _)| n == name);
    let mut cells = ActionRecord::new();
    for field in ActionField::ALL {
        let name = format!("c_{}", field.key());
        if sent(&name) {
            cells.insert(*field, asked.field(&name).replace("\r\n", "\n"));
        }
    }
    if sent("criteres_vus") {
        let served = asked.field("criteres_vus").split(',').map(str::trim);
        let ticked: Vec<&str> = asked.values("critere").collect();
        // The main one stays first: those that were served keep their order.
        let mut codes: Vec<&str> = served.filter(|c| ticked.contains(c)).collect();
        codes.extend(ticked.iter().filter(|c| {
            !asked
                .field("criteres_vus")
                .split(',')
                .any(|s| s.trim() == **c)
        }));
        cells.insert(ActionField::Criteres, codes.join(", "));
    }
    cells
}

/// An action is changed, unless others changed the same cells since they were shown.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let id = asked.needed("id", "l’action")?;
    let action = opened.plans.get(id);
    let id = action.map_or(id, |a| a.id.as_str()).to_owned();
    let cells = typed(asked);
    let seen = asked.needed("vu", "l’état du plan")?;
    let outcome = edit_plan(
        &opened,
        &PlanEditRequest {
            action: Some(id.clone()),
            cells: cells.clone(),
            seen: seen.to_owned(),
            replaces: asked.field("remplace") == "oui",
        },
    )?;
    if outcome.refused || (outcome.written.is_none() && !outcome.meanwhile.is_empty()) {
        let retyped = Retyped {
            cells: &cells,
            seen,
            outcome: &outcome,
        };
        return card(asked, &opened, &id, Some(&retyped));
    }
    let said = match &outcome.written {
        None => "Rien n’a changé : ce qui est écrit est ce qui était.".to_owned(),
        Some(id) => format!(
            "{id} : c’est écrit.{} Pour revenir en arrière : « Annuler ma dernière modification », page Plan.",
            noticed(&outcome.remarks)
        ),
    };
    let back = if asked.field("depuis") == "liste" {
        format!("{}#{id}", PlanFilters::of(asked).address())
    } else {
        format!("/plan/action/{id}")
    };
    asked.done(&back, &said)
}

/// What should be looked at, after what was written.
fn noticed(remarks: &[TypedRemark]) -> String {
    let told: Vec<&str> = remarks.iter().map(|r| r.said.message.as_str()).collect();
    match told.as_slice() {
        [] => String::new(),
        told => format!(" À savoir : {}", told.join(" ")),
    }
}

/// An action is added.
pub(crate) fn add(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let cells = typed(asked);
    let seen = asked.field("vu");
    let outcome = edit_plan(
        &opened,
        &PlanEditRequest {
            action: None,
            cells: cells.clone(),
            seen: seen.to_owned(),
            replaces: false,
        },
    )?;
    let is_there = outcome.recognised.as_ref();
    let Some(id) = outcome
        .written
        .as_ref()
        .or(is_there)
        .filter(|_| !outcome.refused)
    else {
        let retyped = Retyped {
            cells: &cells,
            seen,
            outcome: &outcome,
        };
        return new_card(asked, &opened, &cells, Some(&retyped));
    };
    let said = if is_there.is_some() {
        format!(
            "{id} était déjà au plan : rien n’a été ajouté.{}",
            noticed(&outcome.remarks)
        )
    } else {
        format!("{id} est au plan.{}", noticed(&outcome.remarks))
    };
    asked.done(&format!("/plan/action/{id}"), &said)
}

/// Takes back what was changed last.
pub(crate) fn take_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let changed = take_back_last(&opened, asked.needed("vu", "la modification à annuler")?)?;
    let said = format!(
        "C’est annulé : {} ({}). L’historique garde les deux.",
        count(
            changed.len(),
            "action est revenue à ce qu’elle était",
            "actions sont revenues à ce qu’elles étaient"
        ),
        changed.join(", ")
    );
    asked.done("/plan", &said)
}
