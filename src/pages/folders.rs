//! Which folder: the example, a new one, one that is there; folders walked by links, where a browser has no chooser.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::territory_page::offered;
use crate::actions::demo::{DemoRequest, run_example};
use crate::actions::folder_walk::{
    FolderPlace, documents, free_path, usual_places, walk, whole_path,
};
use crate::actions::init::{FirstCampaign, InitRequest, init};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::{count, in_address};
use crate::campaign::today;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::{PageAsk, told};
use crate::pages::user_folder::home;
use crate::vocabulary::config::{Observatory, SETTINGS_FILE};

const WALK: &str = "/dossiers/parcourir";
const WHICH_EPCI: &str = "/dossiers/epci";
/// What was typed for a new folder, carried along while folders are walked.
const CARRIED: [&str; 3] = ["territoire", "debut", "fin"];

/// The three doors.
pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let proposed = |what: &str, name: &str| {
        let chosen =
            Some(asked.query("dossier")).filter(|d| asked.query("pour") == what && !d.is_empty());
        chosen.map_or_else(
            || {
                free_path(&documents(&home()).join(name))
                    .display()
                    .to_string()
            },
            str::to_owned,
        )
    };
    let first = FirstCampaign::from(today());
    let or = |name: &str, begins: Day| match asked.query(name) {
        "" => begins.to_string(),
        typed => typed.to_owned(),
    };
    let content = json!({
        "recents": asked.desk.user.recent().iter().map(|dir| known(dir)).collect::<Vec<_>>(),
        "territoire": asked.query("territoire"),
        "debut": or("debut", first.debut),
        "fin": or("fin", first.fin),
        "propose": proposed("creer", "Observatoire"),
        "exemple": proposed("exemple", "Exemple observatoire"),
    });
    asked.page("dossiers.html", "Bienvenue", "", content)
}

fn known(dir: &Path) -> Value {
    let name = Observatory::open(Some(dir)).map(|o| o.settings.territory.nom);
    json!({
        "chemin": dir.display().to_string(),
        "nom": name.unwrap_or_else(|_| "Dossier à vérifier".to_owned()),
    })
}

/// A folder looked into; the usual places when none is said.
pub(crate) fn walk_page(asked: &PageAsk) -> Result<PageAnswer> {
    let (what, place) = (asked.query("pour"), asked.query("lieu"));
    let (title, new) = match what {
        "creer" => ("Où ranger votre dossier", "Observatoire"),
        "exemple" => ("Où écrire l’exemple", "Exemple observatoire"),
        _ => ("Ouvrir un dossier qui existe", ""),
    };
    let found = if place.trim().is_empty() {
        None
    } else {
        Some(walk(place, &home()))
    };
    let (found, wrong) = match found {
        None => (None, None),
        Some(Ok(found)) => (Some(found), None),
        // A folder that does not open is no dead end: the usual places are still there.
        Some(Err(Error::Usage(why))) => (None, Some(why)),
        Some(Err(other)) => return Err(other),
    };
    let here = found.as_ref().and_then(|f| f.way.last());
    let taken = here.filter(|_| !new.is_empty()).map(|here| {
        let path = free_path(&here.path.join(new)).display().to_string();
        json!({ "chemin": path, "adresse": carried(asked, "/dossiers", &[("pour", what), ("dossier", &path)]) })
    });
    let links = |places: &[FolderPlace]| {
        places
            .iter()
            .map(|p| link(asked, what, p))
            .collect::<Vec<_>>()
    };
    let content = json!({
        "refus": wrong,
        "pour": what,
        "portes": CARRIED.map(|name| json!({ "nom": name, "dit": asked.query(name) })),
        "ici": here.map(|h| link(asked, what, h)),
        "chemin": found.as_ref().map(|f| links(&f.way)),
        "dossiers": found.as_ref().map(|f| links(&f.inside)),
        "reste": found.as_ref().filter(|f| f.more > 0).map(|f| count(f.more, "autre dossier", "autres dossiers")),
        "prendre": taken,
        "lieux": links(&usual_places(&home())),
    });
    asked.page("dossiers_parcourir.html", title, "", content)
}

fn link(asked: &PageAsk, what: &str, place: &FolderPlace) -> Value {
    let path = place.path.display().to_string();
    json!({
        "nom": place.name, "chemin": path, "observatoire": place.is_observatory,
        "adresse": carried(asked, WALK, &[("pour", what), ("lieu", &path)]),
    })
}

/// An address with what was typed so far.
fn carried(asked: &PageAsk, address: &str, own: &[(&str, &str)]) -> String {
    let typed = CARRIED.iter().map(|name| (*name, asked.query(name)));
    let all = own
        .iter()
        .copied()
        .chain(typed.filter(|(_, v)| !v.is_empty()));
    let all: Vec<String> = all
        .map(|(n, v)| format!("{n}={}", in_address(v, "")))
        .collect();
    format!("{address}?{}", all.join("&"))
}

/// Opens a folder that is there.
pub(crate) fn open(asked: &PageAsk) -> Result<PageAnswer> {
    let dir = place(asked)?;
    if !dir.join(SETTINGS_FILE).is_file() {
        return Err(Error::Usage(format!(
            "{} n’est pas un dossier d’observatoire : il n’y a pas de fichier {SETTINGS_FILE}. Cherchez-le dans « Ouvrir un dossier qui existe », ou créez un dossier neuf.",
            dir.display()
        )));
    }
    // What cannot be read is told here, and the folder that was open stays.
    Observatory::open(Some(&dir))?;
    asked.desk.choose(&dir)?;
    asked.done("/", "Dossier ouvert.")
}

/// A new folder, for a territory: her list of accueils comes next.
pub(crate) fn create(asked: &PageAsk) -> Result<PageAnswer> {
    let dir = place(asked)?;
    let territory = asked.needed("territoire", "le nom du territoire")?;
    let first = match first_campaign(asked) {
        Ok(first) => first,
        // Said on the page that asks it, with all that was typed.
        Err(Error::Usage(why)) => return asked.done(&retyped(asked, "/dossiers"), &why),
        Err(other) => return Err(other),
    };
    if asked.field("epci").is_empty() && !offered(territory).is_empty() {
        return Ok(PageAnswer::See(retyped(asked, WHICH_EPCI)));
    }
    init(&InitRequest {
        dir: dir.clone(),
        territory: Some(territory.to_owned()),
        first: Some(first),
        epci: Some(asked.field("epci"))
            .filter(|e| !e.is_empty() && *e != "aucun")
            .map(str::to_owned),
    })?;
    asked.desk.choose(&dir)?;
    let said = format!(
        "Dossier créé : {}. La première campagne va du {} au {} ; Campagnes la change. Il reste à déposer votre liste d’accueils.",
        dir.display(),
        first.debut.short(),
        first.fin.short()
    );
    asked.done("/accueils/liste", &said)
}

/// The days of the first campaign as they were typed.
fn first_campaign(asked: &PageAsk) -> Result<FirstCampaign> {
    let mut first = FirstCampaign::from(today());
    if let Some(debut) = typed_day(asked, "debut", "premier")? {
        first = FirstCampaign::from(debut);
    }
    if let Some(fin) = typed_day(asked, "fin", "dernier")? {
        first.fin = fin;
    }
    if first.fin < first.debut {
        return Err(Error::Usage(format!(
            "La première campagne finirait le {}, avant de commencer le {}. Rien n’a été créé : corrigez les dates.",
            first.fin.short(),
            first.debut.short()
        )));
    }
    Ok(first)
}

/// An address with what was typed, so that « Précédent » leads to a page, and nothing is sent twice.
fn retyped(asked: &PageAsk, address: &str) -> String {
    let typed = ["territoire", "debut", "fin", "dossier"].map(|name| (name, asked.field(name)));
    let all: Vec<String> = std::iter::once(("pour", "creer"))
        .chain(typed)
        .map(|(n, v)| format!("{n}={}", in_address(v, "")))
        .collect();
    format!("{address}?{}", all.join("&"))
}

/// A name that may be that of several EPCI: which one, before anything is created.
pub(crate) fn which_epci(asked: &PageAsk) -> Result<PageAnswer> {
    let territory = asked.query("territoire");
    let carried = ["territoire", "debut", "fin", "dossier"];
    let content = json!({
        "territoire": territory,
        "choix": offered(territory),
        "portes": carried.map(|name| json!({ "nom": name, "dit": asked.query(name) })),
    });
    asked.page(
        "dossiers_epci.html",
        "De quel territoire s’agit-il ?",
        "",
        content,
    )
}

/// A day of the first campaign; none when it is left empty.
fn typed_day(asked: &PageAsk, name: &str, which: &str) -> Result<Option<Day>> {
    let typed = asked.field(name);
    if typed.is_empty() {
        return Ok(None);
    }
    let day = typed.parse();
    day.map(Some).map_err(|_| {
        Error::Usage(format!(
            "« {typed} » n’est pas un jour : le {which} jour de la première campagne s’écrit comme 2026-09-28. Rien n’a été créé."
        ))
    })
}

/// The example, which takes a minute.
pub(crate) fn example(asked: &PageAsk) -> Result<PageAnswer> {
    let dir = place(asked)?;
    let desk = std::sync::Arc::clone(&asked.desk);
    asked
        .desk
        .jobs
        .begin("L’exemple s’écrit", move |progress| {
            run_example(&DemoRequest { dir: dir.clone() }, progress)?;
            desk.choose(&dir)?;
            Ok(told(
                &desk,
                "/",
                "L’exemple est prêt : aucun de ces accueils n’existe.",
            ))
        })?;
    Ok(PageAnswer::See("/travail".to_owned()))
}

/// The folder that was typed, pasted or chosen by links.
fn place(asked: &PageAsk) -> Result<PathBuf> {
    whole_path(asked.needed("dossier", "le dossier")?, &home())
}
