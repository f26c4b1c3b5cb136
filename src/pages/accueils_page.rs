//! **Mes accueils**: the registry as a table; an accueil is changed, added, closed from here.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::accueil_list_page::may_take_back;
use super::days_words::{before_writing, once_written};
use super::registry_words::{CELLS, KIND, YES, changes, in_words};
use crate::actions::accueils_map::{AccueilsMap, accueils_map};
use crate::actions::registry_days::{DaysEffect, days_effect};
use crate::actions::registry_edit::{
    ChangedRegistryCell, RegistryFault, RegistryGesture, WrittenCell, edit_registry,
};
use crate::actions::registry_uses::why_it_stays;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::{count, fold};
use crate::campaign::OpenObservatory;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::{FOLDER_MARK, PageAsk};
use crate::vocabulary::referentiel::StructureType;

/// What a person typed that could not be written.
struct RefusedLine {
    /// Empty for an accueil that is added.
    code: String,
    typed: BTreeMap<String, String>,
    why: Vec<Value>,
    /// What would be set aside, when nobody agreed to it yet.
    aside: Value,
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    laid(asked, &asked.open()?, None)
}

fn laid(
    asked: &PageAsk,
    opened: &OpenObservatory,
    refused: Option<&RefusedLine>,
) -> Result<PageAnswer> {
    let all = opened.observatory.registry.all();
    let lines = all.iter().map(|s| {
        let cells = opened.observatory.registry_cells(&s.code);
        let cell = |name: &str| cells.get(name).cloned().unwrap_or_default();
        json!({
            "code": s.code, "nom": s.nom, "type": s.kind.label(), "commune": s.commune,
            "petits": cell("capacite_moins6"), "grands": cell("capacite_6plus"),
            "ouverture": s.ouverture.map(Day::short), "fermeture": s.fermeture.map(Day::short),
        })
    });
    let wanted = refused.map_or(asked.query("code"), |r| r.code.as_str());
    let found = opened.observatory.registry.get(wanted);
    let stays = match found {
        Some(site) => why_it_stays(opened, &site.code)?,
        None => None,
    };
    let card = found.map(|s| {
        let held = opened.observatory.registry_cells(&s.code);
        json!({ "code": s.code, "nom": s.nom, "reste": stays, "ferme": held.get("fermeture").cloned().unwrap_or_default(), "cases": cells(opened, &held, refused) })
    });
    let adding = refused.filter(|r| r.code.is_empty());
    let content = json!({
        "accueils": lines.collect::<Vec<_>>(),
        "carte": accueils_map(opened)?.map(|m| json!({ "alt": m.alt, "dit": placed(&m) })),
        "reprendre": may_take_back(asked, opened),
        "fiche": card,
        "mis_a_part": refused.map_or(Value::Null, |r| r.aside.clone()),
        "refus": refused.map(|r| r.why.clone()).unwrap_or_default(),
        "ajout": cells(opened, &BTreeMap::new(), adding),
        "ajout_ouvert": adding.is_some(),
        "code_ajoute": adding.and_then(|r| r.typed.get("code")),
    });
    asked.page("accueils.html", "Mes accueils", "Mes accueils", content)
}

/// « 14 accueils placés, 2 sans coordonnées ».
fn placed(map: &AccueilsMap) -> String {
    let placed = count(map.placed, "accueil placé", "accueils placés");
    match map.elsewhere {
        0 => format!("{placed} à ses coordonnées."),
        n => format!(
            "{placed} ; {}.",
            count(
                n,
                "accueil n’a pas de coordonnées",
                "accueils n’ont pas de coordonnées"
            )
        ),
    }
}

/// Where the accueils are.
pub(crate) fn map(asked: &PageAsk) -> Result<PageAnswer> {
    let drawn = accueils_map(&asked.open()?)?;
    let drawn =
        drawn.ok_or_else(|| Error::Usage("Aucun accueil n’a encore de coordonnées.".to_owned()))?;
    Ok(PageAnswer::Bytes(SentBytes::shown(
        "image/svg+xml",
        drawn.svg,
    )))
}

/// Communes of the territory, when the settings say them; what a line holds stays offered, whatever it is.
fn communes(opened: &OpenObservatory, held: &str) -> Vec<Value> {
    let all = &opened.observatory.settings.territory.communes;
    if all.is_empty() {
        return Vec::new();
    }
    let mut names: Vec<&str> = all.iter().map(|c| c.nom.as_str()).collect();
    names.sort_by_key(|name| fold(name));
    let known = names.contains(&held);
    let other = (!known).then_some(held).into_iter();
    let offered = other
        .chain(names)
        .map(|name| json!({ "code": name, "mot": name }));
    offered.collect()
}

fn cells(
    opened: &OpenObservatory,
    held: &BTreeMap<String, String>,
    refused: Option<&RefusedLine>,
) -> Vec<Value> {
    let cells = CELLS.iter().map(|(name, label, way)| {
        let held = held.get(*name).cloned().unwrap_or_default();
        let typed = refused.and_then(|r| r.typed.get(*name)).unwrap_or(&held);
        let choices: Vec<Value> = match *way {
            // What nobody chose is not the first of the list.
            KIND => (typed.is_empty().then(|| json!({ "code": "", "mot": "à choisir" })))
                .into_iter()
                .chain(kinds())
                .collect(),
            YES => vec![
                json!({ "code": "", "mot": "ne sait pas encore" }),
                json!({ "code": "oui", "mot": "oui" }),
                json!({ "code": "non", "mot": "non" }),
            ],
            _ if *name == "commune" => communes(opened, typed),
            _ => Vec::new(),
        };
        json!({ "nom": name, "mot": label, "genre": way, "choix": choices, "vu": held, "dit": typed })
    });
    cells.collect()
}

fn kinds() -> impl Iterator<Item = Value> {
    let all = StructureType::ALL.iter();
    all.map(|t| json!({ "code": t.as_str(), "mot": t.label() }))
}

/// What was typed, by column.
fn typed(asked: &PageAsk) -> BTreeMap<String, String> {
    let sent = |name: &str| asked.fields.iter().any(|(n, _)| n == name);
    let names = std::iter::once("code").chain(CELLS.iter().map(|(name, ..)| *name));
    names
        .filter(|name| sent(name))
        .map(|name| (name.to_owned(), asked.field(name).to_owned()))
        .collect()
}

/// A commune chosen among those of the territory brings its code, unless another code was typed.
fn with_insee(asked: &PageAsk, typed: &mut BTreeMap<String, String>) -> Result<()> {
    let opened = asked.open()?;
    let chosen = typed
        .get("commune")
        .filter(|name| **name != asked.field("vu_commune"));
    let mut all = opened.observatory.settings.territory.communes.iter();
    let commune = chosen.and_then(|name| all.find(|c| c.nom == *name));
    let untouched = asked.field("insee") == asked.field("vu_insee");
    if let Some(commune) = commune.filter(|_| untouched) {
        typed.insert("insee".to_owned(), commune.insee.clone());
    }
    Ok(())
}

/// A change of the registry, and what is said of it.
struct PageGesture {
    gesture: RegistryGesture,
    /// Empty for an accueil that is added.
    code: String,
    typed: BTreeMap<String, String>,
}

/// Writes, or shows again what was typed with what is wrong; what would set answers aside is agreed first.
fn written(
    asked: &PageAsk,
    asks: PageGesture,
    said: &dyn Fn(&[ChangedRegistryCell]) -> String,
) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let effect = match &asks.gesture {
        RegistryGesture::Set { code, cells } => days_effect(&opened, code, cells)?,
        RegistryGesture::Add { .. } | RegistryGesture::Remove { .. } => DaysEffect::default(),
    };
    let PageGesture {
        gesture,
        code,
        typed,
    } = asks;
    let refused = RefusedLine {
        code,
        typed,
        why: Vec::new(),
        aside: Value::Null,
    };
    if !effect.set_aside.is_empty() && asked.field(AGREED) != effect.mark() {
        let refused = RefusedLine {
            aside: set_aside(asked, &effect),
            ..refused
        };
        return laid(asked, &opened, Some(&refused));
    }
    let why = match edit_registry(&opened, &gesture) {
        Ok(outcome) if outcome.faults.is_empty() => {
            let told = match outcome.written {
                Some(_) => said(&outcome.changed) + &once_written(&effect),
                None => "Rien n’a changé : ce qui est écrit est ce qui était.".to_owned(),
            };
            return asked.done("/accueils", &told);
        }
        Ok(outcome) => outcome.faults.iter().map(fault).collect(),
        Err(Error::Usage(message)) => vec![json!({ "ou": "", "quoi": in_words(&message) })],
        Err(other) => return Err(other),
    };
    laid(asked, &opened, Some(&RefusedLine { why, ..refused }))
}

/// What is agreed by who read that answers would be set aside.
const AGREED: &str = "mis_a_part";

/// What would be set aside, and the same form to send again once it was read.
fn set_aside(asked: &PageAsk, effect: &DaysEffect) -> Value {
    let sent = asked.fields.iter();
    let own = sent.filter(|(name, _)| name != FOLDER_MARK && name != AGREED);
    let closes = !asked.field("jour").is_empty();
    json!({
        "dit": before_writing(effect),
        "adresse": if closes { "/accueils/fermer" } else { "/accueils/garder" },
        "geste": if closes { "Fermer tout de même" } else { "Écrire tout de même" },
        "champs": own.map(|(name, value)| json!({ "nom": name, "vaut": value })).collect::<Vec<_>>(),
        "champ": AGREED,
        "marque": effect.mark(),
    })
}

fn fault(fault: &RegistryFault) -> Value {
    json!({ "ou": fault.cell.as_deref().unwrap_or(""), "quoi": in_words(&fault.message) })
}

/// Cells of an accueil are written, unless they changed since they were seen.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let code = asked.needed("code", "l’accueil")?.to_owned();
    let mut typed = typed(asked);
    typed.remove("code");
    with_insee(asked, &mut typed)?;
    let cells = typed.iter().map(|(column, text)| WrittenCell {
        column: column.clone(),
        text: text.clone(),
        seen: Some(asked.field(&format!("vu_{column}")).to_owned()),
    });
    let gesture = RegistryGesture::Set {
        code: code.clone(),
        cells: cells.collect(),
    };
    let named = code.clone();
    let said = move |changed: &[ChangedRegistryCell]| {
        format!(
            "C’est écrit pour {named} : {}. Pour revenir en arrière, remettez ce qui était.",
            changes(changed)
        )
    };
    let asks = PageGesture {
        gesture,
        code,
        typed,
    };
    written(asked, asks, &said)
}

/// An accueil is added.
pub(crate) fn add(asked: &PageAsk) -> Result<PageAnswer> {
    let mut typed = typed(asked);
    with_insee(asked, &mut typed)?;
    let gesture = RegistryGesture::Add {
        cells: typed.clone(),
    };
    let said = |_: &[ChangedRegistryCell]| format!("{} est au registre.", asked.field("nom"));
    let asks = PageGesture {
        gesture,
        code: String::new(),
        typed,
    };
    written(asked, asks, &said)
}

/// An accueil closes: it stays, with its answers, and is expected nowhere after its last day.
pub(crate) fn close(asked: &PageAsk) -> Result<PageAnswer> {
    let code = asked.needed("code", "l’accueil")?.to_owned();
    let day: Day = asked
        .needed("jour", "le dernier jour")?
        .parse()
        .map_err(|_| {
            Error::Usage("Ce jour n’existe pas : choisissez-le au calendrier.".to_owned())
        })?;
    let named = code.clone();
    let said = move |_: &[ChangedRegistryCell]| {
        format!(
            "{named} ferme après le {}. Pour revenir en arrière : « Modifier », puis videz « Fermé après le ».",
            day.short()
        )
    };
    let gesture = RegistryGesture::Set {
        code: code.clone(),
        cells: vec![WrittenCell {
            column: "fermeture".to_owned(),
            text: day.to_string(),
            seen: Some(asked.field("vu").to_owned()),
        }],
    };
    let asks = PageGesture {
        gesture,
        code,
        typed: BTreeMap::new(),
    };
    written(asked, asks, &said)
}

/// An accueil of which nothing speaks leaves the registry; its code is given to nobody else.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let code = asked.needed("code", "l’accueil")?.to_owned();
    if asked.field("confirme") != "oui" {
        return Err(Error::Usage(
            "Rien n’a été retiré : cochez d’abord la case qui le confirme.".to_owned(),
        ));
    }
    let named = code.clone();
    let said = move |_: &[ChangedRegistryCell]| {
        format!("{named} n’est plus au registre. Son code ne sera donné à aucun autre accueil.")
    };
    let asks = PageGesture {
        gesture: RegistryGesture::Remove { code: code.clone() },
        code,
        typed: BTreeMap::new(),
    };
    written(asked, asks, &said)
}
