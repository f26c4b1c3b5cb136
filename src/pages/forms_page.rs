//! **Formulaires**: for whom, in which form, all in one archive; the code to scan of an online one; where to click to bring answers back.

use serde_json::json;

use super::choices_offered::{accueils, campaign, campaigns, named, named_campaign};
use crate::actions::forms_archive::{ArchiveRequest, forms_archive};
use crate::actions::grille::{FormFormat, FormSubject};
use crate::actions::qr_code::draw_code;
use crate::base::error::{Error, Result};
use crate::base::text::in_address;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::{SourceCode, VisitMoment};

/// The word of what a team answers to its report.
const RETURNS: &str = "RETOURS";
const FORMATS: [(&str, FormFormat, &str); 4] = [
    ("xlsx", FormFormat::Xlsx, "Excel"),
    ("pdf", FormFormat::Pdf, "papier (PDF)"),
    (
        "xlsform",
        FormFormat::Xlsform,
        "tablette (KoboToolbox, ODK)",
    ),
    (
        "limesurvey",
        FormFormat::Limesurvey,
        "en ligne (LimeSurvey)",
    ),
];
/// Tool, where to click so that its answers come back in a file that « Recevoir » reads.
const EXPORTS: [(&str, &str); 6] = [
    (
        "Excel",
        "Enregistrez le classeur rempli, sans changer sa mise en forme, et déposez-le tel quel.",
    ),
    (
        "KoboToolbox",
        "Projet › Données › Téléchargements : type « XLS », format « valeurs et titres XML », puis Exporter.",
    ),
    (
        "ODK Central",
        "Formulaire › Réponses › Télécharger : l’archive .zip se dépose sans être ouverte.",
    ),
    (
        "LimeSurvey",
        "Réponses › Exporter : format CSV ou Excel, titres « code de la question », réponses « code de la réponse ».",
    ),
    (
        "Microsoft Forms",
        "Réponses › Ouvrir dans Excel : le fichier téléchargé se dépose tel quel.",
    ),
    (
        "Google Forms",
        "Réponses › trois points › Télécharger les réponses (.csv).",
    ),
];

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let sources = SourceCode::ALL
        .into_iter()
        .filter(|s| *s != SourceCode::Don && current.expects_source(*s));
    let mut sources: Vec<_> = sources
        .map(|s| json!({ "code": s.as_str(), "nom": s.label() }))
        .collect();
    sources.push(json!({ "code": RETURNS, "nom": "ce que l’équipe répond à son rapport" }));
    let (code, refused) = match asked.query("lien") {
        "" => (None, None),
        link => match draw_code(link) {
            Ok(drawn) => (
                Some(
                    json!({ "lien": drawn.link, "site": drawn.site, "image": image(&drawn.link) }),
                ),
                None,
            ),
            Err(error) => (None, Some(error.to_string())),
        },
    };
    let content = json!({
        "campagne": campaign(&opened, current),
        "campagnes": campaigns(&opened),
        "sources": sources,
        "formats": FORMATS.map(|(code, _, word)| json!({ "code": code, "mot": word })),
        "moments": VisitMoment::ALL.iter().map(|m| json!({ "code": m.as_str(), "nom": m.label() })).collect::<Vec<_>>(),
        "accueils": accueils(&opened, current),
        "lien": asked.query("lien"),
        "code": code,
        "lien_refus": refused,
        "exports": EXPORTS.map(|(tool, how)| json!({ "outil": tool, "comment": how })),
    });
    asked.page("formulaires.html", "Formulaires", "Formulaires", content)
}

fn image(link: &str) -> String {
    format!("/formulaires/code?lien={}", in_address(link, ""))
}

/// The code of a link: shown in the page, or kept by the browser.
pub(crate) fn code(asked: &PageAsk) -> Result<PageAnswer> {
    let drawn = draw_code(asked.query("lien"))?;
    Ok(PageAnswer::Bytes(match asked.query("garder") {
        "" => SentBytes::shown("image/svg+xml", drawn.svg),
        _ => SentBytes::kept(&format!("Code {}.svg", drawn.site), drawn.svg),
    }))
}

/// The archive, kept by the browser. Nothing is written into the folder.
pub(crate) fn make(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let source = asked.needed("source", "qui répond")?;
    let subject = match source {
        RETURNS => FormSubject::Returns,
        source => FormSubject::Source(
            source
                .parse()
                .map_err(|()| Error::Usage(format!("« {source} » n’est pas une source.")))?,
        ),
    };
    let format = FORMATS
        .iter()
        .find(|(code, ..)| *code == asked.field("format"));
    let (_, format, _) = format.ok_or_else(|| {
        Error::Usage("Choisissez une forme : Excel, papier, tablette ou en ligne.".to_owned())
    })?;
    let chosen: Vec<&str> = asked.values("moment").collect();
    let request = ArchiveRequest {
        subject,
        format: *format,
        structures: asked
            .values("structure")
            .filter(|c| !c.is_empty())
            .map(str::to_owned)
            .collect(),
        moments: VisitMoment::ALL
            .iter()
            .copied()
            .filter(|m| chosen.contains(&m.as_str()))
            .collect(),
        campaign: Some(current.id.clone()),
    };
    let archive = forms_archive(&opened, &request)?;
    if archive.files == 0 {
        return Err(Error::Usage(
            "Aucun de ces accueils n’est concerné par ce formulaire : choisissez-en d’autres."
                .to_owned(),
        ));
    }
    let asked_of = match subject {
        FormSubject::Source(source) => source.label(),
        FormSubject::Returns => "retours de l’équipe",
    };
    let whom = match request.structures.as_slice() {
        [one] => named(opened.structure(one)?),
        _ => String::new(),
    };
    let said = ["Formulaires", asked_of, &whom, &named_campaign(current)];
    Ok(PageAnswer::Bytes(SentBytes::named(
        &said,
        "zip",
        archive.bytes,
    )))
}
