//! **Plan**: the actions of all accueils, filtered; what changes most is changed from the list.

use serde_json::{Value, json};

use super::choices_offered::{campaigns, remarks};
use super::plan_words::{contested, last_change, statuses};
use crate::actions::plan_lister::{ActionsOutcome, ActionsRequest, list};
use crate::base::day::{Day, short_day};
use crate::base::error::Result;
use crate::base::text::{count, in_address, list as listed};
use crate::campaign::OpenObservatory;
use crate::decide::plans::{Action, ActionField, Status, Word};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;

/// Which actions are listed, as the address or a form of the list says.
pub(super) struct PlanFilters {
    accueil: String,
    campagne: String,
    statut: String,
    late: bool,
    without_lead: bool,
}

impl PlanFilters {
    pub(super) fn of(asked: &PageAsk) -> Self {
        let said = |name: &str| match asked.query(name) {
            "" => asked.field(name).to_owned(),
            text => text.to_owned(),
        };
        Self {
            accueil: said("accueil"),
            campagne: said("campagne"),
            statut: said("statut"),
            late: said("retard") == "oui",
            without_lead: said("sans") == "oui",
        }
    }

    /// Address of the list so filtered.
    pub(super) fn address(&self) -> String {
        let yes = |on: bool| if on { "oui" } else { "" };
        let all = [
            ("accueil", self.accueil.as_str()),
            ("campagne", &self.campagne),
            ("statut", &self.statut),
            ("retard", yes(self.late)),
            ("sans", yes(self.without_lead)),
        ];
        let said: Vec<String> = all
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| format!("{name}={}", in_address(text, "")))
            .collect();
        match said.as_slice() {
            [] => "/plan".to_owned(),
            said => format!("/plan?{}", said.join("&")),
        }
    }

    fn request(&self) -> ActionsRequest {
        let chosen = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ActionsRequest {
            structure: chosen(&self.accueil),
            campaign: chosen(&self.campagne),
            status: Status::read(&self.statut),
            late: self.late,
            without_lead: self.without_lead,
            date: None,
        }
    }

    fn told(&self) -> Value {
        json!({
            "accueil": self.accueil, "campagne": self.campagne, "statut": self.statut,
            "retard": self.late, "sans": self.without_lead, "tous": self.address() == "/plan",
        })
    }
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let filters = PlanFilters::of(asked);
    let found = list(&opened, &filters.request())?;
    let lines = found.actions.iter().map(|a| line(&opened, a, found.day));
    let content = json!({
        "filtres": filters.told(),
        "accueils": sites(&opened),
        "campagnes": campaigns(&opened),
        "statuts": statuses(),
        "actions": lines.collect::<Vec<_>>(),
        "bilan": summary(&found),
        "rien": found.nothing_yet,
        "vu": opened.plans.version(),
        "derniere": opened.plans.last_change().map(|last| last_change(&last)),
        "a_trancher": opened.plans.contested().iter().map(contested).collect::<Vec<_>>(),
        "remarques": remarks(&opened.plans.remarks()),
    });
    asked.page("plan.html", "Plan", "Plan", content)
}

/// Every accueil of the registry: plans outlive closings.
pub(super) fn sites(opened: &OpenObservatory) -> Vec<Value> {
    let mut all: Vec<_> = opened.observatory.registry.all().iter().collect();
    all.sort_by(|a, b| a.nom.cmp(&b.nom).then_with(|| a.code.cmp(&b.code)));
    let told = all.iter().map(|s| json!({ "code": s.code, "nom": s.nom }));
    told.collect()
}

fn line(opened: &OpenObservatory, action: &Action, day: Day) -> Value {
    let site = opened.observatory.registry.get(&action.structure);
    let what = if action.action.is_empty() {
        &action.constat
    } else {
        &action.action
    };
    json!({
        "id": action.id,
        "accueil": site.map_or(action.structure.as_str(), |s| s.nom.as_str()),
        "criteres": action.criteres.join(", "),
        "priorite": action.priorite.label(),
        "quoi": what,
        "a_ecrire": action.action.is_empty(),
        "responsable": action.responsable,
        "echeance": short_day(action.echeance),
        "jour": action.text(ActionField::Echeance),
        "close": action.text(ActionField::Close),
        "statut": action.statut.label(),
        "dit": action.status_word(day),
        "retard": action.late(day),
    })
}

/// « 32 actions : 20 à lancer, 8 en cours… dont 3 en retard. »
fn summary(found: &ActionsOutcome<'_>) -> String {
    let counts = &found.counts;
    let parts = [
        (counts.to_launch, "à lancer", "à lancer"),
        (counts.running, "en cours", "en cours"),
        (counts.done, "réalisée", "réalisées"),
        (counts.abandoned, "abandonnée", "abandonnées"),
    ];
    let parts = parts.iter().filter(|(n, ..)| *n > 0);
    let told: Vec<String> = parts.map(|(n, one, many)| count(*n, one, many)).collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let late = match counts.late {
        0 => String::new(),
        n => format!(" ; {} en retard", count(n, "est", "sont")),
    };
    match counts.issued {
        0 => "Aucune action ne répond à ces choix.".to_owned(),
        n => format!(
            "{} : {}{late}.",
            count(n, "action", "actions"),
            listed(&told)
        ),
    }
}
