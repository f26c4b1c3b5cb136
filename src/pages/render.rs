//! Pages from templates: the frame that all share, what was done, what was noticed; errors as pages.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, context, value::Serde};
use serde_json::json;

use super::answer::{PageContent, SentBytes};
use super::page_ask::{FOLDER_MARK, PageAsk};
use super::said_on_pages::page_words;
use crate::base::diagnostics::{Diagnostic, Severity};
use crate::base::error::{Error, Result};
use crate::base::text::{count, visible};
use crate::reports::typeset;
use crate::vocabulary::config::SETTINGS_FILE;

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("modeles/", $name)))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = embedded![
    "a_corriger.html",
    "a_lire.html",
    "accueil.html",
    "accueils.html",
    "accueils_liste.html",
    "blocs.html",
    "cadre.html",
    "campagne.html",
    "campagnes.html",
    "chiffre.html",
    "correspondances.html",
    "ctg.html",
    "ctg_classeurs.html",
    "ctg_convention.html",
    "ctg_convention_bloc.html",
    "ctg_documents.html",
    "ctg_echanges.html",
    "ctg_explique.html",
    "ctg_indicateurs.html",
    "ctg_poche.html",
    "ctg_registre.html",
    "ctg_texte.html",
    "ctg_textes.html",
    "dossiers.html",
    "dossiers_epci.html",
    "dossiers_parcourir.html",
    "erreur.html",
    "ferme.html",
    "formulaires.html",
    "plan.html",
    "plan_action.html",
    "plan_classeurs.html",
    "plan_propositions.html",
    "plan_suivi.html",
    "purge.html",
    "rapports.html",
    "recevoir.html",
    "referentiel.html",
    "referentiel_apercu.html",
    "referentiel_critere.html",
    "reglages.html",
    "restaurer.html",
    "resultats.html",
    "resultats_accueil.html",
    "saisie_grille.html",
    "saisie_papier.html",
    "saisie_relue.html",
    "saisir.html",
    "territoire.html",
    "travail.html",
];

/// Style of the reports, then what only these pages need. Faces are loaded apart, as the policy asks.
pub(crate) const STYLE: &str = concat!(
    "@font-face{font-family:'Atkinson Hyperlegible Next';font-weight:400;font-display:swap;src:url(/police-400.woff2) format('woff2')}\n",
    "@font-face{font-family:'Atkinson Hyperlegible Next';font-weight:700;font-display:swap;src:url(/police-700.woff2) format('woff2')}\n",
    include_str!("../../reports/modeles/style.css"),
    include_str!("modeles/atelier.css"),
);
pub(crate) const SCRIPT: &str = concat!(
    include_str!("modeles/atelier.js"),
    include_str!("../../reports/modeles/tableaux.js")
);
pub(crate) const REGULAR: &[u8] =
    include_bytes!("../../reports/modeles/polices/atkinson-next-400.woff2");
pub(crate) const BOLD: &[u8] =
    include_bytes!("../../reports/modeles/polices/atkinson-next-700.woff2");

/// A page of the menu: address, word, what is done there.
type MenuPage = (&'static str, &'static str, &'static str);

/// The menu, in the order of the work: the word of a group, its pages. A page that is alone stands for itself.
const MENU: &[(&str, &[MenuPage])] = &[
    ("", &[("/", HOME, "")]),
    (
        "Préparer",
        &[
            (
                "/accueils",
                "Mes accueils",
                "la liste, les communes, les ouvertures",
            ),
            (
                "/campagnes",
                "Campagnes",
                "quand, quels critères, qui répond",
            ),
            (
                "/referentiel",
                "Référentiel",
                "ce qui est regardé, vos cibles, vos questions",
            ),
        ],
    ),
    (
        "Recueillir",
        &[
            (
                "/formulaires",
                "Formulaires",
                "vierges, à imprimer, envoyer ou mettre en ligne",
            ),
            (
                "/saisir",
                "Saisir",
                "taper ici une grille, un entretien, un papier",
            ),
            (
                "/recevoir",
                "Recevoir",
                "déposer les fichiers remplis, les faire entrer",
            ),
            (
                "/a-corriger",
                "À corriger",
                "ce qui ne se lit pas, cellule par cellule",
            ),
        ],
    ),
    ("", &[("/resultats", "Résultats", "")]),
    ("", &[("/rapports", "Rapports", "")]),
    (
        "Suivre",
        &[
            (
                "/plan",
                "Plan",
                "les actions décidées, ce qui est en retard",
            ),
            (
                "/ctg",
                "CTG",
                "la convention : réunions, fiches, indicateurs, échéances",
            ),
        ],
    ),
    ("", &[("/reglages", "Réglages", "")]),
];
/// The first page: where the work stands.
pub(crate) const HOME: &str = "Où j’en suis";

fn environment() -> Result<&'static Environment<'static>> {
    static MADE: OnceLock<std::result::Result<Environment<'static>, String>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        for (name, text) in TEMPLATES {
            environment.add_template(name, text).map_err(|e| told(&e))?;
        }
        Ok(environment)
    });
    made.as_ref().map_err(|said| Error::Render(said.clone()))
}

fn told(error: &minijinja::Error) -> String {
    let place = error.name().unwrap_or("modèle");
    let line = error.line().unwrap_or(0);
    format!("{place}, ligne {line} : {error}.")
}

/// A page in the frame.
///
/// # Errors
///
/// A mistake in a template.
pub(crate) fn page(asked: &PageAsk, page: PageContent) -> Result<SentBytes> {
    let template = environment()?
        .get_template(page.template)
        .map_err(|e| Error::Render(told(&e)))?;
    let frame = frame(asked, page.tab);
    let PageContent {
        title,
        tab,
        content,
        ..
    } = page;
    let page = template
        .render(context! { cadre => Serde(&frame), titre => title, onglet => tab, page => Serde(&content) })
        .map_err(|e| Error::Render(told(&e)))?;
    Ok(SentBytes::shown(
        "text/html; charset=utf-8",
        typeset(&visible(&page)),
    ))
}

/// What goes wrong, as a page that says what to do.
pub(crate) fn error_page(asked: &PageAsk, error: &Error) -> SentBytes {
    let content = PageContent {
        template: "erreur.html",
        title: "Cela n’a pas pu se faire".to_owned(),
        tab: "",
        content: json!({ "dit": page_words(&error.to_string()) }),
    };
    page(asked, content).unwrap_or_else(|_| {
        SentBytes::shown("text/plain; charset=utf-8", page_words(&error.to_string()))
    })
}

/// What surrounds every page.
fn frame(asked: &PageAsk, tab: &str) -> serde_json::Value {
    let folder = asked.desk.folder();
    let observatory = folder
        .as_ref()
        .filter(|dir| dir.join(SETTINGS_FILE).is_file());
    let territory = observatory.and_then(|_| asked.territory());
    let menu = MENU.iter().map(|(word, pages)| {
        let words: Vec<&str> = pages.iter().map(|(_, word, _)| *word).collect();
        let pages = pages
            .iter()
            .map(|(address, word, help)| json!({ "adresse": address, "mot": word, "aide": help }));
        json!({ "mot": word, "mots": words, "pages": pages.collect::<Vec<_>>() })
    });
    let (mut shown, elsewhere): (Vec<_>, Vec<_>) = asked
        .of_folder()
        .into_iter()
        .partition(|d| is_told_on(d, tab));
    shown.extend(asked.noticed());
    json!({
        "menu": if observatory.is_some() { menu.collect::<Vec<_>>() } else { Vec::new() },
        "territoire": territory.map(|t| t.nom.as_str()),
        "fictif": territory.is_some_and(|t| t.donnees_fictives),
        "dossier": folder.as_ref().map(|dir| dir.display().to_string()),
        "champ": FOLDER_MARK,
        "marque": folder.as_ref().map(|dir| asked.desk.mark_of(dir)),
        "dit": said(asked),
        "remarques": folded(&shown),
        "ailleurs": (!elsewhere.is_empty()).then(|| count(elsewhere.len(), "remarque sur le dossier", "remarques sur le dossier")),
        "travail": asked.desk.jobs.is_running(),
    })
}

/// What was just done, when the key seals it: said once, to the page that the form led to. A page reloaded, or found
/// again by « Précédent », does not say it again.
fn said(asked: &PageAsk) -> Option<&str> {
    let (said, seal) = (asked.query("dit"), asked.query("sceau"));
    let is_ours = asked.desk.host.sealed(said, seal);
    (is_ours && asked.desk.untold.take(seal)).then_some(said)
}

/// Whether a page tells what opening the folder notices: the first one, and the one where it is mended; what is an error,
/// all of them.
fn is_told_on(remark: &Diagnostic, tab: &str) -> bool {
    let own = match remark.code.as_str().get(..3) {
        Some("STR") => "Mes accueils",
        Some("PLA") => "Plan",
        Some("CTG") => "CTG",
        _ => "Campagnes",
    };
    tab == HOME || tab == own || remark.severity() == Severity::Error
}

/// From how many remarks of one code on they are one line, that opens.
const FOLDED_FROM: usize = 4;

/// Remarks; those of one code that would fill the page, one line with their count. What is an error stays open.
fn folded(all: &[Diagnostic]) -> Vec<serde_json::Value> {
    let mut lines: Vec<serde_json::Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for told in all {
        let alike: Vec<&Diagnostic> = all.iter().filter(|d| d.code == told.code).collect();
        if alike.len() < FOLDED_FROM || told.severity() == Severity::Error {
            lines.push(remark(told));
        } else if seen.insert(told.code.as_str()) {
            let mut line = remark(told);
            line["titre"] = json!(page_words(told.code.title()));
            line["combien"] = json!(count(alike.len(), "remarque", "remarques"));
            line["alike"] = json!(alike.iter().map(|d| remark(d)).collect::<Vec<_>>());
            lines.push(line);
        }
    }
    lines
}

fn remark(told: &Diagnostic) -> serde_json::Value {
    json!({
        "mot": match told.severity() { Severity::Error => "Erreur", Severity::Warning => "À vérifier", Severity::Info => "À savoir" },
        "ou": page_words(&told.at.to_string()),
        "quoi": page_words(&told.message),
        "que_faire": page_words(&told.remedy),
        "alike": [],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_read_and_none_is_forgotten() {
        environment().expect("no mistake");
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages/modeles");
        let mut there: Vec<String> = std::fs::read_dir(dir)
            .expect("a folder")
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| {
                std::path::Path::new(name)
                    .extension()
                    .is_some_and(|e| e == "html")
            })
            .collect();
        let mut named: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        there.sort();
        named.sort_unstable();
        assert_eq!(there, named);
    }

    #[test]
    fn the_script_stays_short() {
        assert!(SCRIPT.lines().count() <= 200 && !SCRIPT.contains("http"));
    }
}
