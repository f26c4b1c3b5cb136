//! **Réglages**: who runs the observatory, whom to call, thresholds, delays, retention; its logo; the codes of
//! observers; settings of before put back. Backup, restoration and purge: `safety_page`.

use std::collections::BTreeMap;

use serde_json::json;

use super::safety_words::{backups, places};
use super::settings_words::{fields, sections};
use crate::actions::reconnaitre::{NameRequest, NamedOne, forget_observer, learn};
use crate::actions::settings_edit::{
    SettingsOutcome, SettingsRequest, edit_settings, put_settings_back, seen_settings,
    settings_before,
};
use crate::actions::settings_logo::{LogoFile, set_logo};
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::config::{SettingsChange, SettingsPlace};

const HERE: &str = "/reglages";

/// What was typed and could not be written, and why.
#[derive(Default)]
struct RefusedSettings {
    typed: BTreeMap<String, String>,
    why: Vec<String>,
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    laid(asked, &asked.open()?, &RefusedSettings::default())
}

fn laid(
    asked: &PageAsk,
    opened: &OpenObservatory,
    refused: &RefusedSettings,
) -> Result<PageAnswer> {
    let observatory = &opened.observatory;
    let brand = observatory.brand();
    let before = settings_before(opened)?;
    let content = json!({
        "vu": seen_settings(opened)?,
        "sections": sections(&fields(&observatory.settings), &refused.typed),
        "refus": refused.why,
        "logo": observatory.settings.territory.logo,
        "logo_faute": brand.err().map(|e| e.to_string()),
        "observateurs": observatory.observers.codes().collect::<Vec<_>>(),
        "avant": before.map(|b| json!({ "nom": b.name, "partent": b.gone, "reviennent": b.back })),
        "sauvegardes": backups(opened),
        "lieux": places(asked, opened)?,
        "ouvre": asked.desk.opens_files,
    });
    asked.page("reglages.html", "Réglages", "Réglages", content)
}

/// Keys of a section are written, unless the settings changed since they were seen.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let sent = |name: &str| asked.fields.iter().any(|(n, _)| n == name);
    let all = fields(&opened.observatory.settings);
    let mut refused = RefusedSettings::default();
    let mut changes = Vec::new();
    for field in all.iter().filter(|f| sent(&f.name)) {
        let typed = asked.field(&field.name);
        match field.change(typed) {
            Ok(change) => changes.extend(change),
            Err(why) => refused.why.push(why),
        }
        refused.typed.insert(field.name.clone(), typed.to_owned());
    }
    if !refused.why.is_empty() {
        return laid(asked, &opened, &refused);
    }
    let request = SettingsRequest {
        changes,
        seen: asked.field("vu").to_owned(),
    };
    let outcome = edit_settings(&opened, &request)?;
    answered(asked, &opened, outcome, refused)
}

/// What became of a change of the settings, told.
fn answered(
    asked: &PageAsk,
    opened: &OpenObservatory,
    outcome: SettingsOutcome,
    mut refused: RefusedSettings,
) -> Result<PageAnswer> {
    match outcome {
        SettingsOutcome::Written { kept } => asked.done(
            HERE,
            &format!("C’est écrit. Les réglages d’avant sont gardés ({kept}) ; « Remettre les réglages d’avant », au bas de la page, les fait revenir."),
        ),
        SettingsOutcome::Same => asked.done(HERE, "Rien n’a changé : ce qui est écrit est ce qui était."),
        SettingsOutcome::Stale => {
            refused.why = vec!["Les réglages ont changé depuis que vous les avez vus : rien n’a été écrit. Ce que vous avez saisi est encore là, avec ce qu’il y a maintenant ; relisez, puis gardez.".to_owned()];
            laid(asked, &asked.open()?, &refused)
        }
        SettingsOutcome::Refused(said) => {
            refused.why = vec![said];
            laid(asked, opened, &refused)
        }
    }
}

/// A logo was dropped, or is no longer wanted.
pub(crate) fn logo(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let seen = asked.field("vu").to_owned();
    let outcome = match asked.files.as_slice() {
        [] if asked.field("geste") == "retirer" => {
            let remove = SettingsChange::Remove {
                place: SettingsPlace::Table(vec!["territoire".to_owned()]),
                key: "logo".to_owned(),
            };
            edit_settings(
                &opened,
                &SettingsRequest {
                    changes: vec![remove],
                    seen,
                },
            )?
        }
        [] => {
            return Err(Error::Usage(
                "Aucun logo n’a été déposé : choisissez un fichier, puis recommencez.".to_owned(),
            ));
        }
        [one] => {
            let path = one.file.path();
            let file = LogoFile {
                name: one.name.clone(),
                bytes: std::fs::read(path).map_err(Error::io(path, "lecture"))?,
            };
            set_logo(&opened, &file, &seen)?
        }
        _ => {
            return Err(Error::Usage(
                "Un seul logo à la fois : déposez un seul fichier.".to_owned(),
            ));
        }
    };
    answered(asked, &opened, outcome, RefusedSettings::default())
}

/// Settings of before come back; those of today are kept in turn.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let name = asked.needed("nom", "la copie à remettre")?;
    let outcome = put_settings_back(&opened, name, asked.field("vu"))?;
    answered(asked, &opened, outcome, RefusedSettings::default())
}

/// Nobody is behind the code of an observer any longer.
pub(crate) fn forget(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let code = asked.needed("code", "le code de l’observateur")?;
    forget_observer(&opened, code)?;
    asked.done(HERE, &format!("Le nom de {code} est oublié : il n’en reste pas de copie ici. Les grilles déjà entrées gardent le code ; pour remettre le nom, notez-le de nouveau."))
}

/// Who is behind the code of an observer, so that hand-made grids are recognised.
pub(crate) fn observer(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let code = asked.needed("code", "le code de l’observateur")?;
    let request = NameRequest {
        name: asked.needed("nom", "son nom ou ses initiales")?.to_owned(),
        of: NamedOne::Observer(code.to_owned()),
    };
    let learnt = learn(&opened, &request)?;
    let said = match learnt.written {
        Some(file) => format!(
            "C’est noté pour {} ({file}), qui reste sur cet ordinateur et ne paraît dans aucun rapport.",
            learnt.who
        ),
        None => format!("C’était déjà noté pour {}.", learnt.who),
    };
    asked.done(HERE, &said)
}
