//! A change to the référentiel from its page: typed, looked at with what it does to comparisons, then kept; the layer of
//! before put back the same way.

use serde_json::json;

use super::referentiel_page::{PAGE, TypedChange, code_page};
use super::referentiel_words::refused;
use crate::actions::layer_undo::{layer_before, put_layer_back, seen_layer};
use crate::actions::referentiel_local::{LayerPreview, LayerRequest, next_code, preview, save};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::visible;
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::local::{
    AdditionEntry, AsideEntry, LOCAL_FILE, LayerEdit, RewordingEntry, TargetEntry,
};
use crate::vocabulary::referentiel::{AgeBand, SourceCode, VisitMoment};

const STALE: &str = "Les choix de votre territoire ont changé depuis que vous les avez vus, dans un autre onglet ou dans le fichier : rien n’a été écrit. Ce que vous avez saisi est encore là ; relisez, puis recommencez.";

/// What was typed is looked at: what it does is said, nothing is written.
pub(crate) fn look(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    if asked.field("retour") == "oui" {
        return again(asked, &opened, None);
    }
    if asked.field("vu") != seen_layer(&opened) {
        return again(asked, &opened, Some(STALE.to_owned()));
    }
    let looked = edit(asked, &opened).and_then(|edit| {
        let request = LayerRequest { edits: vec![edit] };
        preview(&opened, &request)
    });
    match looked {
        Ok(found) => preview_page(asked, &opened, &found),
        Err(Error::Usage(why) | Error::Config(why)) => {
            again(asked, &opened, Some(without_place(&why)))
        }
        Err(other) => Err(other),
    }
}

/// What was looked at is kept.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    if asked.field("vu") != seen_layer(&opened) {
        return again(asked, &opened, Some(STALE.to_owned()));
    }
    let kept = edit(asked, &opened).and_then(|edit| {
        let request = LayerRequest { edits: vec![edit] };
        let found = preview(&opened, &request)?;
        match refused(&found, &opened.observatory.settings.campaigns) {
            Some(why) => Err(Error::Usage(why)),
            None => save(&opened, &request),
        }
    });
    match kept {
        Ok(saved) => {
            let told = match saved.kept {
                Some(name) => format!(
                    "C’est gardé pour {}. Ce qui était écrit avant est dans {name} : « Remettre ce qui était avant », dans Référentiel.",
                    asked.field("code")
                ),
                None => "Rien n’a changé : c’était déjà écrit ainsi.".to_owned(),
            };
            asked.done(&address(asked), &told)
        }
        Err(Error::Usage(why) | Error::Config(why)) => {
            again(asked, &opened, Some(without_place(&why)))
        }
        Err(other) => Err(other),
    }
}

/// What the layer refuses, without the line of the file where it would stand: nothing is written there yet.
fn without_place(why: &str) -> String {
    let lines = why.lines().map(|line| {
        let key = line
            .strip_prefix(LOCAL_FILE)
            .and_then(|rest| rest.split_once(" » : "));
        key.map_or(line, |(_, said)| said)
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn address(asked: &PageAsk) -> String {
    format!(
        "{PAGE}/{}?campagne={}",
        asked.field("code"),
        asked.field("campagne")
    )
}

/// The page of the critère, with what was typed.
fn again(asked: &PageAsk, opened: &OpenObservatory, why: Option<String>) -> Result<PageAnswer> {
    let typed = TypedChange {
        why,
        fields: &asked.fields,
    };
    code_page(asked, opened, asked.field("code"), Some(&typed))
}

/// What a change does, and all that was typed, to be kept or changed.
fn preview_page(
    asked: &PageAsk,
    opened: &OpenObservatory,
    found: &LayerPreview,
) -> Result<PageAnswer> {
    let mine = |name: &str| !name.starts_with('_') && !matches!(name, "vu" | "copie");
    let typed = asked.fields.iter().filter(|(name, _)| mine(name));
    let content = json!({
        "code": asked.field("code"),
        "phrases": found.sentences,
        "refus": refused(found, &opened.observatory.settings.campaigns),
        "champs": typed.map(|(n, v)| json!({ "nom": n, "dit": v })).collect::<Vec<_>>(),
        "vu": seen_layer(opened),
        "copie": "",
    });
    asked.page(
        "referentiel_apercu.html",
        "Ce que cela changerait",
        "Référentiel",
        content,
    )
}

/// The layer of before: what putting it back would do.
pub(crate) fn look_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let Some(kept) = layer_before(&opened)? else {
        return asked.done(
            PAGE,
            "Il n’y a rien à remettre : rien n’a été gardé de différent.",
        );
    };
    let content = json!({
        "code": "",
        "phrases": kept.preview.sentences,
        "refus": refused(&kept.preview, &opened.observatory.settings.campaigns),
        "champs": [],
        "vu": seen_layer(&opened),
        "copie": kept.name,
    });
    asked.page(
        "referentiel_apercu.html",
        "Remettre ce qui était avant",
        "Référentiel",
        content,
    )
}

/// It is put back.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let kept = layer_before(&opened)?.filter(|k| k.name == asked.field("copie"));
    let Some(kept) = kept.filter(|_| asked.field("vu") == seen_layer(&opened)) else {
        return asked.done(PAGE, "Les choix de votre territoire ont changé depuis que vous les avez vus : rien n’a été remis. Relisez, puis recommencez.");
    };
    if let Some(why) = refused(&kept.preview, &opened.observatory.settings.campaigns) {
        return Err(Error::Usage(why));
    }
    put_layer_back(&opened, kept)?;
    asked.done(
        PAGE,
        "Ce qui était avant est remis ; ce qui était écrit tout à l’heure est gardé à son tour.",
    )
}

fn edit(asked: &PageAsk, opened: &OpenObservatory) -> Result<LayerEdit> {
    let code = asked.needed("code", "le code")?.to_owned();
    let element = || asked.needed("element", "l’élément").map(str::to_owned);
    Ok(match asked.field("geste") {
        "cible" => LayerEdit::Target(TargetEntry {
            code,
            cible: level(asked.field("niveau"))?,
            decision: day(asked, "decision", "le jour de la décision")?,
            instance: line(asked.field("instance"))?,
        }),
        "sans-objet" => LayerEdit::Aside(AsideEntry {
            critere: code,
            motif: said(
                asked,
                "motif",
                "le motif : pourquoi ce critère ne s’applique pas ici",
            )?,
            regle: line(asked.field("regle"))?,
            decision: day(asked, "decision", "le jour de la décision")?,
            instance: line(asked.field("instance"))?,
            retire: None,
        }),
        "reprendre" => LayerEdit::Back {
            critere: code,
            day: day(asked, "decision", "le jour de la décision")?,
        },
        "reformuler" => LayerEdit::Rewording(RewordingEntry {
            element: element()?,
            phrase: said(asked, "phrase", "la phrase")?,
            depuis: day(
                asked,
                "depuis",
                "le jour à partir duquel la phrase est demandée",
            )?,
        }),
        "ajouter" => LayerEdit::Addition(addition(asked, opened, code)?),
        "retirer" => LayerEdit::Retired {
            element: element()?,
            day: day(
                asked,
                "depuis",
                "le jour à partir duquel il n’est plus demandé",
            )?,
        },
        _ => return Err(Error::Usage("Ce geste n’existe pas.".to_owned())),
    })
}

fn addition(asked: &PageAsk, opened: &OpenObservatory, critere: String) -> Result<AdditionEntry> {
    let chosen = asked.needed("reponse", "qui répond, et comment")?;
    let (source, scale) = chosen.split_once('|').unwrap_or((chosen, ""));
    let source: SourceCode = source
        .parse()
        .map_err(|()| Error::Usage(format!("« {source} » n’est pas une source.")))?;
    let is_seen = source == SourceCode::Obs;
    let moments = asked.values("moment").filter(|_| is_seen);
    let moments = moments
        .filter_map(|m| m.parse::<VisitMoment>().ok())
        .collect();
    let anchors = ["ancre1", "ancre2", "ancre3", "ancre4"].map(|a| asked.field(a).to_owned());
    let given = anchors.iter().filter(|a| !a.is_empty()).count();
    if !matches!(given, 0 | 4) {
        return Err(Error::Usage(
            "Décrivez les quatre niveaux, ou aucun : ce que chacun donne à voir.".to_owned(),
        ));
    }
    let ages = match asked.field("ages") {
        "4-7" => Some(AgeBand::Young),
        "8-11" => Some(AgeBand::Older),
        _ => None,
    };
    Ok(AdditionEntry {
        code: next_code(opened, &critere, source.as_str()),
        critere,
        source,
        echelle: scale.to_owned(),
        phrase: said(asked, "phrase", "la phrase")?,
        depuis: day(asked, "depuis", "le jour à partir duquel il est demandé")?,
        retire: None,
        poids: weight(asked.field("poids"))?,
        types: None,
        moments,
        ancres: (given == 4).then_some(anchors),
        ages: ages.filter(|_| source == SourceCode::Enf),
    })
}

/// How much a question counts beside the others of its source; 1 when nothing is said.
fn weight(typed: &str) -> Result<f64> {
    if typed.is_empty() {
        return Ok(1.0);
    }
    let number = typed.replace(',', ".").parse::<f64>().ok();
    number.filter(|n| (0.1..=5.0).contains(n)).ok_or_else(|| {
        Error::Usage(format!(
            "« {typed} » n’est pas un poids : un nombre de 0,1 à 5 ; 1 compte comme les autres questions, 2 compte double."
        ))
    })
}

/// « 3,2 ».
fn level(typed: &str) -> Result<f64> {
    let number = typed.replace(',', ".").parse::<f64>();
    number
        .ok()
        .filter(|n| (1.0..=4.0).contains(n))
        .ok_or_else(|| {
            Error::Usage(format!(
                "« {typed} » : une cible est un nombre entre 1 et 4, « 3,2 » par exemple."
            ))
        })
}

fn day(asked: &PageAsk, field: &str, label: &str) -> Result<Day> {
    match asked.field(field) {
        "" => Err(Error::Usage(format!("Il manque {label}."))),
        typed => typed.parse().map_err(|_| {
            Error::Usage(format!(
                "« {typed} » n’est pas un jour : choisissez {label} au calendrier."
            ))
        }),
    }
}

fn said(asked: &PageAsk, field: &str, label: &str) -> Result<String> {
    match asked.field(field) {
        "" => Err(Error::Usage(format!("Il manque {label}."))),
        typed => line(typed),
    }
}

/// A sentence stands on one line.
fn line(typed: &str) -> Result<String> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let one = words.join(" ");
    if one.chars().any(char::is_control) || visible(&one) != one {
        return Err(Error::Usage(
            "Ce texte contient des caractères qui ne s’impriment pas.".to_owned(),
        ));
    }
    Ok(one)
}
