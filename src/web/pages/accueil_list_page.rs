//! **Mes accueils**, her own list: dropped or pasted, its columns agreed, its lines looked at, then let in.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::listed_words::{fields, outcome};
use crate::actions::registry_list::{RegistryListRequest, list_into_registry};
use crate::base::error::{Error, Result};
use crate::base::text::{count, hex};
use crate::campaign::OpenObservatory;
use crate::vocabulary::referentiel::StructureType;
use crate::web::answer::PageAnswer;
use crate::web::page_ask::PageAsk;
use crate::web::reception::{Reception, WaitingFile};
use crate::web::upload::Upload;

const HERE: &str = "/accueils/liste";

pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    laid(asked, &asked.open()?, "")
}

fn reception(asked: &PageAsk, opened: &OpenObservatory) -> Result<Reception> {
    Reception::of_list(&asked.desk.user, &opened.observatory.root)
}

fn laid(asked: &PageAsk, opened: &OpenObservatory, warning: &str) -> Result<PageAnswer> {
    let waiting = reception(asked, opened)?.waiting()?.pop();
    let (list, unread) = match &waiting {
        Some(file) => match looked(asked, opened, file) {
            Ok(list) => (Some(list), String::new()),
            Err(Error::Usage(why)) => (None, why),
            Err(other) => return Err(other),
        },
        None => (None, String::new()),
    };
    let content = json!({
        "fichier": waiting.map(|w| w.name),
        "vu": list.as_ref().map(stamp),
        "liste": list,
        "illisible": unread,
        "avertit": warning,
        "champs": fields().into_iter().map(|f| json!({ "code": f, "mot": f.replace('_', " ") })).collect::<Vec<_>>(),
        "types": StructureType::ALL.map(|t| json!({ "code": t.as_str(), "mot": t.label() })),
        "type": asked.field("type"),
    });
    asked.page(
        "accueils_liste.html",
        "Faire entrer ma liste",
        "Mes accueils",
        content,
    )
}

/// What a list would do with what was answered.
fn looked(asked: &PageAsk, opened: &OpenObservatory, file: &WaitingFile) -> Result<Value> {
    let found = list_into_registry(opened, &request(asked, file))?;
    let answers = answers(asked);
    Ok(outcome(&found, &|name| {
        answers.get(name).cloned().unwrap_or_default()
    }))
}

/// What is shown, in short: what changed since is not let in unseen.
fn stamp(list: &Value) -> String {
    hex(<sha2::Sha256 as sha2::Digest>::digest(list.to_string()))
}

/// Name in the list → what was answered: a code, or « nouveau ».
fn answers(asked: &PageAsk) -> BTreeMap<String, String> {
    pairs(asked, 'n', 'l')
}

/// Fields that go two by two: « t3 » names, « c3 » says.
fn pairs(asked: &PageAsk, names: char, says: char) -> BTreeMap<String, String> {
    let named = asked.fields.iter().filter_map(|(field, name)| {
        let rank: usize = field.strip_prefix(names)?.parse().ok()?;
        let said = asked.field(&format!("{says}{rank}"));
        (!said.is_empty()).then(|| (name.clone(), said.to_owned()))
    });
    named.collect()
}

fn request(asked: &PageAsk, file: &WaitingFile) -> RegistryListRequest {
    let columns = pairs(asked, 't', 'c').into_iter();
    let (new, same): (Vec<_>, Vec<_>) = answers(asked)
        .into_iter()
        .partition(|(_, said)| said == "nouveau");
    RegistryListRequest {
        file: file.path.clone(),
        columns: columns
            .map(|(title, field)| format!("{title}={field}"))
            .collect(),
        kind: asked.field("type").parse().ok(),
        same: same.into_iter().collect(),
        new: new.into_iter().map(|(name, _)| name).collect(),
        agreed: false,
    }
}

/// A list was dropped, or pasted: it waits in the user's own folder, in place of the one before.
pub(in crate::web) fn drop_list(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = reception(asked, &opened)?;
    let pasted = match (asked.files.as_slice(), asked.field("texte")) {
        ([_, _, ..], _) => {
            return Err(Error::Usage(
                "Une liste à la fois : déposez un seul fichier.".to_owned(),
            ));
        }
        ([_], _) => None,
        ([], "") => {
            return Err(Error::Usage(
                "Aucune liste : déposez un fichier, ou collez vos lignes, puis recommencez."
                    .to_owned(),
            ));
        }
        ([], text) => Some(pasted(text)?),
    };
    for old in reception.waiting()? {
        reception.remove(&old.rank)?;
    }
    let kept = pasted
        .as_ref()
        .map_or(asked.files.as_slice(), std::slice::from_ref);
    reception.keep(kept)?;
    asked.done(
        HERE,
        "Liste reçue. Rien n’est encore au registre : regardez, puis faites entrer.",
    )
}

/// Cells of Excel are separated by tabs.
fn pasted(text: &str) -> Result<Upload> {
    let mut file = NamedTempFile::new().map_err(Error::io(std::env::temp_dir(), "écriture"))?;
    let path = file.path().to_owned();
    file.write_all(text.as_bytes())
        .map_err(Error::io(path, "écriture"))?;
    let tabbed = text.contains('\t');
    let name = if tabbed {
        "Liste collée.tsv"
    } else {
        "Liste collée.csv"
    };
    Ok(Upload {
        name: name.to_owned(),
        file,
    })
}

/// « Regarder » with what was answered, or « Faire entrer » what was looked at.
pub(in crate::web) fn look_or_enter(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    if asked.field("geste") != "entrer" {
        return laid(asked, &opened, "");
    }
    let reception = reception(asked, &opened)?;
    let Some(file) = reception.waiting()?.pop() else {
        return Err(Error::Usage(
            "Cette liste n’attend plus : déposez-la à nouveau.".to_owned(),
        ));
    };
    if stamp(&looked(asked, &opened, &file)?) != asked.field("vu") {
        return laid(
            asked,
            &opened,
            "Vos choix, la liste ou le registre ont changé depuis ce qui était montré : rien n’a été écrit. Voici ce que cela donne ; si c’est juste, faites entrer.",
        );
    }
    let agreed = RegistryListRequest {
        agreed: true,
        ..request(asked, &file)
    };
    let found = list_into_registry(&opened, &agreed)?;
    if found.written.is_none() {
        return laid(
            asked,
            &opened,
            "Rien n’a été écrit : voyez ce qui est dit ci-dessous.",
        );
    }
    let entered = outcome(&found, &|_| String::new())["entrent"]
        .as_u64()
        .unwrap_or(0);
    reception.remove(&file.rank)?;
    let entered = usize::try_from(entered).unwrap_or(0);
    asked.done(
        "/accueils",
        &format!(
            "{} de votre liste. Chaque accueil se modifie ci-dessous.",
            count(
                entered,
                "accueil est entré ou mis à jour à partir",
                "accueils sont entrés ou mis à jour à partir"
            )
        ),
    )
}

/// The list no longer waits.
pub(in crate::web) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let reception = reception(asked, &asked.open()?)?;
    for old in reception.waiting()? {
        reception.remove(&old.rank)?;
    }
    asked.done(
        HERE,
        "La liste n’attend plus. Votre fichier, lui, est toujours où il était.",
    )
}
