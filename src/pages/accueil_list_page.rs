//! **Mes accueils**, her own list: dropped or pasted, its columns agreed, its lines looked at, then let in.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::listed_words::{columns, field_words, fields, outcome};
use crate::actions::registry_list::{RegistryListRequest, list_columns, list_into_registry};
use crate::actions::registry_undo::{RegistryBefore, put_back, registry_hash, registry_text};
use crate::base::error::{Error, Result};
use crate::base::text::{count, hex};
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::dropped_file::Upload;
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::{Reception, SaidOfFile, WaitingFile};
use crate::pages::said_on_pages::page_words;
use crate::vocabulary::referentiel::StructureType;

const HERE: &str = "/accueils/liste";

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let waiting = reception(asked, &opened)?.waiting()?.pop();
    let choices = waiting.as_ref().map(ListChoices::kept).unwrap_or_default();
    let (list, unread) = match &waiting {
        Some(file) => match looked(&opened, file, &choices) {
            Ok(list) => (Some(list), String::new()),
            Err(Error::Usage(why)) => (None, page_words(&why)),
            Err(other) => return Err(other),
        },
        None => (None, String::new()),
    };
    // A list that is not recognised is not refused: a person says what its columns are.
    let to_say = waiting.as_ref().filter(|_| list.is_none());
    let to_say = to_say.and_then(|file| list_columns(&opened, &file.path).ok());
    let content = json!({
        "fichier": waiting.map(|w| w.name),
        "vu": list.as_ref().map(stamp),
        "liste": list,
        "illisible": unread,
        "colonnes": columns(&to_say.unwrap_or_default(), &choices.columns()),
        "champs": fields().into_iter().map(|f| json!({ "code": f, "mot": field_words(f) })).collect::<Vec<_>>(),
        "types": StructureType::ALL.map(|t| json!({ "code": t.as_str(), "mot": t.label() })),
        "type": choices.field("type"),
    });
    asked.page(
        "accueils_liste.html",
        "Faire entrer ma liste",
        "Mes accueils",
        content,
    )
}

fn reception(asked: &PageAsk, opened: &OpenObservatory) -> Result<Reception> {
    Reception::of_list(&asked.desk.user, &opened.observatory.root)
}

/// What a list would do with what was answered.
fn looked(opened: &OpenObservatory, file: &WaitingFile, choices: &ListChoices) -> Result<Value> {
    let found = list_into_registry(opened, &choices.request(file))?;
    let answers = choices.answers();
    Ok(outcome(&found, &|name| {
        answers.get(name).cloned().unwrap_or_default()
    }))
}

/// What is shown, in short: what changed since is not let in unseen.
fn stamp(list: &Value) -> String {
    hex(<sha2::Sha256 as sha2::Digest>::digest(list.to_string()))
}

/// What was chosen of columns and names, field by field: « t3 » names, « c3 » says.
#[derive(Default)]
struct ListChoices(Vec<(String, String)>);

impl ListChoices {
    /// Those that were kept beside the list.
    fn kept(file: &WaitingFile) -> Self {
        Self(file.said.choices.clone())
    }

    /// Those of the form.
    fn sent(asked: &PageAsk) -> Self {
        let own = asked.fields.iter().filter(|(name, _)| {
            let rank = name.strip_prefix(['t', 'c', 'n', 'l']).unwrap_or("-");
            name == "type" || rank.parse::<usize>().is_ok()
        });
        Self(own.map(|(n, v)| (n.clone(), v.trim().to_owned())).collect())
    }

    fn field(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, said)| said.as_str())
    }

    fn pairs(&self, names: char, says: char) -> BTreeMap<String, String> {
        let named = self.0.iter().filter_map(|(field, name)| {
            let rank: usize = field.strip_prefix(names)?.parse().ok()?;
            let said = self.field(&format!("{says}{rank}"));
            (!said.is_empty()).then(|| (name.clone(), said.to_owned()))
        });
        named.collect()
    }

    /// Name in the list → what was answered: a code, or « nouveau ».
    fn answers(&self) -> BTreeMap<String, String> {
        self.pairs('n', 'l')
    }

    /// Title of a column → what it is.
    fn columns(&self) -> BTreeMap<String, String> {
        self.pairs('t', 'c')
    }

    fn request(&self, file: &WaitingFile) -> RegistryListRequest {
        let (new, same): (Vec<_>, Vec<_>) = self
            .answers()
            .into_iter()
            .partition(|(_, said)| said == "nouveau");
        let columns = self.columns().into_iter();
        RegistryListRequest {
            file: file.path.clone(),
            columns: columns
                .map(|(title, field)| format!("{title}={field}"))
                .collect(),
            kind: self.field("type").parse().ok(),
            same: same.into_iter().collect(),
            new: new.into_iter().map(|(name, _)| name).collect(),
            agreed: false,
        }
    }
}

/// A list was dropped, or pasted: it waits in the user's own folder, in place of the one before.
pub(crate) fn drop_list(asked: &PageAsk) -> Result<PageAnswer> {
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

/// « Regarder » keeps what was answered, and leads to what it gives; « Faire entrer » lets in what was looked at.
pub(crate) fn look_or_enter(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = reception(asked, &opened)?;
    let Some(file) = reception.waiting()?.pop() else {
        return Err(Error::Usage(
            "Cette liste n’attend plus : déposez-la à nouveau.".to_owned(),
        ));
    };
    let choices = ListChoices::sent(asked);
    let request = RegistryListRequest {
        agreed: true,
        ..choices.request(&file)
    };
    let shown = looked(&opened, &file, &choices);
    reception.say(
        &file.rank,
        &SaidOfFile {
            choices: choices.0,
            ..file.said.clone()
        },
    )?;
    if asked.field("geste") != "entrer" {
        return Ok(PageAnswer::See(HERE.to_owned()));
    }
    if stamp(&shown?) != asked.field("vu") {
        return asked.done(
            HERE,
            "Vos choix, la liste ou le registre ont changé depuis ce qui était montré : rien n’a été écrit. Voici ce que cela donne ; si c’est juste, faites entrer.",
        );
    }
    // What was there is kept first: a stop between leaves the registry as it was.
    let looked = list_into_registry(&opened, &ListChoices::sent(asked).request(&file))?;
    if let (Some(text), Some(after)) = (registry_text(&opened), looked.after) {
        reception.keep_before(&RegistryBefore { text, after })?;
    }
    let found = list_into_registry(&opened, &request)?;
    if found.written.is_none() {
        return asked.done(
            HERE,
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
            "{} de votre liste. Chaque accueil se modifie ci-dessous ; « Annuler l’entrée de la liste » remet le registre d’avant.",
            count(
                entered,
                "accueil est entré ou mis à jour à partir",
                "accueils sont entrés ou mis à jour à partir"
            )
        ),
    )
}

/// The last list that entered is taken back.
pub(crate) fn take_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let reception = reception(asked, &opened)?;
    let before = reception
        .before()
        .ok_or_else(|| Error::Usage("Aucune liste entrée n’est à reprendre.".to_owned()))?;
    put_back(&opened, &before)?;
    reception.forget_before()?;
    asked.done(
        "/accueils",
        "La liste est reprise : le registre est celui d’avant.",
    )
}

/// Whether the last list that entered may be taken back: nothing changed in the registry since.
pub(super) fn may_take_back(asked: &PageAsk, opened: &OpenObservatory) -> bool {
    let before = reception(asked, opened).ok().and_then(|r| r.before());
    before.is_some_and(|b| b.after == registry_hash(opened))
}

/// The list no longer waits.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let reception = reception(asked, &asked.open()?)?;
    for old in reception.waiting()? {
        reception.remove(&old.rank)?;
    }
    asked.done(
        HERE,
        "La liste n’attend plus. Votre fichier, lui, est toujours où il était.",
    )
}
