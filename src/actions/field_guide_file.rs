//! A guide to hold in one’s hand, for an accueil, a type of accueil or all of them, written as a file.

use std::path::PathBuf;

use super::grille::plain_code;
use super::puissance::{PowerOutcome, PowerRequest, foresee};
use super::seen_before::seen_before;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::guides::{self, FieldGuide, Foreseen, GuideSubject, GuideWords};
use crate::reports::{ReportFormat, Templates, render};
use crate::vocabulary::referentiel::StructureType;
use crate::wording::power_words;

/// Folder of the observatory where guides go when nothing else is said.
const FOLDER: &str = "guides";

/// Which guide, and for whom.
pub(crate) struct FieldGuideRequest {
    /// Which one.
    pub guide: FieldGuide,
    /// Code of the only structure that it is for.
    pub structure: Option<String>,
    /// The only type of accueil that it is for.
    pub kind: Option<StructureType>,
    /// Campaign, for its version of the référentiel; the latest otherwise.
    pub campaign: Option<String>,
    /// How it is laid out.
    pub format: ReportFormat,
    /// The file; one of the folder `guides` otherwise.
    pub out: Option<PathBuf>,
    /// Day that it carries.
    pub day: Day,
}

/// Writes a guide; gives its file.
///
/// # Errors
///
/// An unknown campaign or structure; a source that asks nothing there; a file that stands there already and says
/// something else: somebody may have reworded it; a mistake in a template or in the words of the folder.
pub(crate) fn write_field_guide(
    opened: &OpenObservatory,
    request: &FieldGuideRequest,
) -> Result<PathBuf> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(request.campaign.as_deref())?;
    let code = request.structure.as_deref();
    let site = code.map(|code| opened.structure(code)).transpose()?;
    let asked = request.kind.or(site.map(|s| s.kind));
    let subject = GuideSubject {
        referentiel: observatory.referentiel(campaign),
        regulation: &observatory.regulation,
        settings: &observatory.settings,
        site,
        kinds: asked.map_or_else(|| kinds(opened), |kind| vec![kind]),
        is_whole: asked.is_none(),
        foreseen: foreseen(opened, request)?,
        seen: match site.filter(|_| request.guide == FieldGuide::Dossier) {
            Some(site) => seen_before(opened, campaign, site, request.day)?,
            None => None,
        },
        day: request.day,
    };
    let folder = observatory.templates_dir();
    let document = guides::build(request.guide, &subject, &GuideWords::load(&folder)?)?;
    let default = || observatory.root.join(FOLDER).join(file_name(request));
    let place = opened.destination(&request.out.clone().unwrap_or_else(default))?;
    let templates = Templates::load(&folder, observatory.brand()?)?;
    let bytes = render(&templates, &document, request.format)?;
    let is_other = |former: Vec<u8>| former != bytes;
    if place.replaces {
        let former = std::fs::read(&place.path).map_err(Error::io(&place.path, "lecture"))?;
        if is_other(former) {
            return Err(Error::Usage(format!(
                "{} existe déjà, et a peut-être été retouché : rien n’a été écrit. Donnez un autre nom avec --sortie, ou déplacez ce fichier.",
                place.path.display()
            )));
        }
    }
    place.write(&bytes)?;
    Ok(place.path)
}

/// What a campaign would show, the accueils that are recommended visited twice; nothing for other guides.
fn foreseen(opened: &OpenObservatory, request: &FieldGuideRequest) -> Result<Foreseen> {
    if request.guide != FieldGuide::Preparation {
        return Ok(Foreseen::default());
    }
    let asked = |second_visits| PowerRequest {
        campaign: request.campaign.clone(),
        centres: None,
        second_visits,
        families: None,
        staff: None,
    };
    let recommended = foresee(opened, &asked(0))?.power.recommended;
    let PowerOutcome {
        design,
        measured_in,
        mic,
        power,
        ..
    } = foresee(opened, &asked(recommended))?;
    let rows = power.lines.iter().map(|line| {
        [
            power_words::subject(line.subject),
            power_words::change(line, line.likely),
            power_words::change(line, line.firm),
        ]
    });
    Ok(Foreseen {
        design: power_words::design(design),
        errors: power_words::errors_from(measured_in.as_deref()),
        rows: rows.collect(),
        seen: power_words::seen(mic),
        advice: power_words::advice(&power, design),
    })
}

/// Types of accueil of the territory, in order; all of them when it has none yet.
fn kinds(opened: &OpenObservatory) -> Vec<StructureType> {
    let registry = opened.observatory.registry.all();
    let has = |kind: &StructureType| registry.iter().any(|s| s.kind == *kind);
    let all = StructureType::ALL.into_iter();
    let some: Vec<StructureType> = all.clone().filter(has).collect();
    if some.is_empty() { all.collect() } else { some }
}

/// « guide-visite-P01.docx », « guide-visite-periscolaire.pdf », « guide-visite.pdf ».
fn file_name(request: &FieldGuideRequest) -> String {
    let code = request.structure.as_deref().map(plain_code);
    let kind = request.kind.map(|kind| kind.as_str().to_owned());
    let about = code
        .or(kind)
        .map_or_else(String::new, |of| format!("-{of}"));
    format!(
        "guide-{}{about}.{}",
        request.guide.as_str(),
        request.format.extension()
    )
}
