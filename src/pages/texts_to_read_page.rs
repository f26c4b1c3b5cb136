//! Texts that came in and that someone must read: where each is, whom to call. What they say stays in its file.

use serde_json::{Value, json};

use super::choices_offered::{campaign, campaigns};
use crate::actions::textes_a_lire::{TextToRead, texts_to_read};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::render::HOME;

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let found = texts_to_read(&opened, current)?;
    let calls = opened.observatory.settings.protection.all();
    let calls = calls.iter().filter(|n| !n.number.is_empty());
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "textes": found.iter().map(|t| line(&opened, t)).collect::<Vec<_>>(),
        "numeros": calls.map(|n| json!({ "qui": n.label, "numero": n.number })).collect::<Vec<_>>(),
    });
    asked.page("a_lire.html", "Textes à lire", HOME, content)
}

fn line(opened: &OpenObservatory, text: &TextToRead) -> Value {
    let place = opened.observatory.registry.get(&text.structure);
    json!({
        "accueil": place.map_or(text.structure.as_str(), |s| s.nom.as_str()),
        "code": text.structure,
        "source": text.said_in,
        "fichier": text.file, "feuille": text.sheet, "cellule": text.cell, "import": text.import,
    })
}
