//! Blank forms of a source, or what a team answers to its report, for a structure, a type of accueil, or everybody.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::base::error::{Error, Result};
use crate::campaign::{Destination, OpenObservatory};
use crate::forms::{self, AskedForm, FormIdentity, FormPlace, Paper};
use crate::reports::DAYS_TO_ANSWER;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType, VisitMoment};

/// Tool that a blank form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormFormat {
    /// Workbook: one per structure, or a sheet to type a questionnaire's paper answers into.
    Xlsx,
    /// KoboToolbox and ODK.
    Xlsform,
    /// LimeSurvey: a structure to import, separated by tabulations.
    Limesurvey,
    /// Paper: one per structure; children circle faces.
    Pdf,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormSubject {
    /// An instrument of the référentiel.
    Source(SourceCode),
    /// What a team answers to its report before it is final.
    Returns,
}

/// Which forms.
pub(crate) struct FormsRequest {
    /// Who answers, or what.
    pub subject: FormSubject,
    /// Tool.
    pub format: FormFormat,
    /// Code of the only structure wanted.
    pub structure: Option<String>,
    /// The only type of accueil wanted.
    pub kind: Option<StructureType>,
    /// Moments of a visit; none for all of them.
    pub moments: Vec<VisitMoment>,
    /// Campaign, for its version of the référentiel; the latest otherwise.
    pub campaign: Option<String>,
    /// Folder to write; `grids/vierges` otherwise.
    pub out: Option<PathBuf>,
}

/// What was written.
pub(crate) struct FormsOutcome {
    /// Folder.
    pub out: PathBuf,
    /// Files.
    pub written: Vec<PathBuf>,
    /// How many of them took the place of another.
    pub replaced: usize,
}

/// A form made.
pub(super) struct FormFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Makes and writes blank forms.
///
/// # Errors
///
/// A source without forms, or that asks nothing of this structure or type; an unknown campaign or
/// structure; a folder that cannot be written.
pub(crate) fn write_forms(
    opened: &OpenObservatory,
    request: &FormsRequest,
) -> Result<FormsOutcome> {
    let source = match request.subject {
        FormSubject::Source(source) => source,
        FormSubject::Returns => return write_returns(opened, request),
    };
    if source == SourceCode::Don {
        return Err(Error::Usage(
            "Les données d’activité n’ont pas de grille : trois CSV (séances, équipe, dénominateurs), décrits dans le README."
                .to_owned(),
        ));
    }
    if !request.moments.is_empty() && source != SourceCode::Obs {
        return Err(Error::Usage(
            "--moment découpe la grille d’observation (OBS) ; les autres se remplissent en une fois.".to_owned(),
        ));
    }
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(request.campaign.as_deref())?;
    let templates = observatory.root.join("reports/modeles");
    let places = places(opened, request)?;
    let maker = FormMaker {
        request,
        source,
        referentiel: observatory.referentiel(campaign),
        kinds: kinds(&places, request),
        places,
        paper: Paper {
            territory: &observatory.settings.territory.nom,
            fictitious: observatory.settings.territory.donnees_fictives,
            date: &campaign.debut.to_string(),
            numbers: &observatory.settings.protection,
            templates: &templates,
        },
        call: observatory.settings.protection.line(),
        welcome: forms::welcome(&observatory.settings, campaign, source),
    };
    let files = maker.files()?;
    let out = request
        .out
        .clone()
        .unwrap_or_else(|| observatory.root.join("grids/vierges"));
    write_all(opened, out, &files)
}

/// One workbook per accueil, in which its team answers its report.
fn write_returns(opened: &OpenObservatory, request: &FormsRequest) -> Result<FormsOutcome> {
    if request.format != FormFormat::Xlsx || !request.moments.is_empty() {
        return Err(Error::Usage(
            "La réponse d’une équipe est un classeur Excel, un par accueil : sans --format ni --moment.".to_owned(),
        ));
    }
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(request.campaign.as_deref())?;
    let referentiel = observatory.referentiel(campaign);
    let places = places(opened, request)?;
    if places.is_empty() {
        return Err(Error::Usage(
            "Aucun accueil de ce type au registre : une réponse est celle d’une équipe.".to_owned(),
        ));
    }
    let files = places.iter().map(|place| {
        Ok(FormFile {
            name: format!("Retours {}.xlsx", plain_code(&place.code)),
            bytes: forms::returns(referentiel, place, DAYS_TO_ANSWER)?,
        })
    });
    let out = request.out.clone();
    let out = out.unwrap_or_else(|| observatory.root.join("grids/vierges"));
    write_all(opened, out, &files.collect::<Result<Vec<FormFile>>>()?)
}

/// Nothing is written unless everything may be: a form that was filled in and imported is not blank.
pub(super) fn write_all(
    opened: &OpenObservatory,
    out: PathBuf,
    files: &[FormFile],
) -> Result<FormsOutcome> {
    let places = files.iter().map(|f| opened.destination(&out.join(&f.name)));
    let places = places.collect::<Result<Vec<Destination>>>()?;
    let mut outcome = FormsOutcome {
        out,
        written: Vec::new(),
        replaced: 0,
    };
    for (place, file) in places.into_iter().zip(files) {
        place.write(&file.bytes)?;
        outcome.replaced += usize::from(place.replaces);
        outcome.written.push(place.path);
    }
    Ok(outcome)
}

/// The structures that the forms may be about.
fn places(opened: &OpenObservatory, request: &FormsRequest) -> Result<Vec<FormPlace>> {
    if let Some(code) = &request.structure {
        return Ok(vec![place(opened.structure(code)?)]);
    }
    let registry = opened.observatory.registry.all().iter();
    let wanted = registry.filter(|s| request.kind.is_none_or(|kind| kind == s.kind));
    Ok(wanted.map(place).collect())
}

fn place(structure: &Structure) -> FormPlace {
    FormPlace {
        code: structure.code.clone(),
        name: structure.nom.clone(),
        kind: structure.kind,
    }
}

/// The types of accueil that they apply to.
fn kinds(places: &[FormPlace], request: &FormsRequest) -> Vec<StructureType> {
    match request.kind {
        Some(kind) if places.is_empty() => vec![kind],
        _ => places.iter().map(|p| p.kind).collect(),
    }
}

struct FormMaker<'a> {
    request: &'a FormsRequest,
    source: SourceCode,
    referentiel: &'a Referentiel,
    places: Vec<FormPlace>,
    kinds: Vec<StructureType>,
    paper: Paper<'a>,
    /// Whom to call when a child is in danger.
    call: String,
    /// What a questionnaire says before its questions.
    welcome: Vec<String>,
}

impl FormMaker<'_> {
    /// Every form.
    fn files(&self) -> Result<Vec<FormFile>> {
        let source = self.source;
        let titre = format!("{} : {}", self.paper.territory, source.label());
        let asked = self.asked(&self.places, &self.kinds, &titre);
        if asked.axes().is_empty() {
            return Err(Error::Usage(format!(
                "Aucun élément {source} ne s’applique à cet accueil ou à ce type d’accueil."
            )));
        }
        let (name, bytes) = match self.request.format {
            FormFormat::Xlsx if source.is_questionnaire() => (
                format!("Saisie {source}.xlsx"),
                forms::entry_sheet(&asked, &[])?,
            ),
            FormFormat::Xlsx => return self.workbooks(),
            FormFormat::Xlsform => (
                format!("XLSForm {source}{}.xlsx", self.at()),
                forms::xlsform(&asked)?,
            ),
            FormFormat::Limesurvey => (
                format!("LimeSurvey {source}{}.txt", self.at()),
                forms::limesurvey(&asked).into_bytes(),
            ),
            FormFormat::Pdf => return self.papers(&asked),
        };
        Ok(vec![FormFile { name, bytes }])
    }

    fn asked<'b>(
        &'b self,
        places: &'b [FormPlace],
        kinds: &'b [StructureType],
        title: &'b str,
    ) -> AskedForm<'b> {
        AskedForm {
            referentiel: self.referentiel,
            source: self.source,
            places,
            kinds,
            moments: &self.request.moments,
            title,
            call: &self.call,
            welcome: &self.welcome,
        }
    }

    /// One paper per structure that it applies to, its name printed; or one for a type.
    fn papers(&self, whole: &AskedForm) -> Result<Vec<FormFile>> {
        let source = self.source;
        if self.places.is_empty() {
            let kind = self.kinds.first().map_or("tous", |k| k.as_str());
            return Ok(vec![FormFile {
                name: format!("Papier {source} {kind}{}.pdf", self.at()),
                bytes: forms::paper(whole, &self.paper)?,
            }]);
        }
        let mut papers = Vec::new();
        for place in &self.places {
            let (places, kinds) = ([place.clone()], [place.kind]);
            let asked = self.asked(&places, &kinds, whole.title);
            if !asked.axes().is_empty() {
                papers.push(FormFile {
                    name: format!(
                        "Papier {source} {}{}.pdf",
                        plain_code(&place.code),
                        self.at()
                    ),
                    bytes: forms::paper(&asked, &self.paper)?,
                });
            }
        }
        Ok(papers)
    }

    /// One workbook per structure, or one for a type of accueil.
    fn workbooks(&self) -> Result<Vec<FormFile>> {
        let source = self.source;
        if self.places.is_empty() {
            let kind = self.request.kind.ok_or_else(|| {
                Error::Usage(
                    "Le registre est vide : ajoutez des structures, ou précisez --type.".to_owned(),
                )
            })?;
            return Ok(vec![FormFile {
                name: format!("Grille {source} {}{}.xlsx", kind.as_str(), self.at()),
                bytes: self.blank(&self.identity(), kind)?,
            }]);
        }
        let mut workbooks = Vec::new();
        for place in &self.places {
            let identity = FormIdentity {
                code: place.code.clone(),
                name: place.name.clone(),
                ..self.identity()
            };
            workbooks.push(FormFile {
                name: format!(
                    "Grille {source} {}{}.xlsx",
                    plain_code(&place.code),
                    self.at()
                ),
                bytes: self.blank(&identity, place.kind)?,
            });
        }
        Ok(workbooks)
    }

    /// What every grid of the request says of itself.
    fn identity(&self) -> FormIdentity {
        FormIdentity {
            moments: self.request.moments.clone(),
            call: self.call.clone(),
            ..FormIdentity::default()
        }
    }

    /// « activite depart », at the end of a name: a grid of one moment is not that of a visit.
    fn at(&self) -> String {
        let moments = self.request.moments.iter();
        moments.fold(String::new(), |all, m| all + " " + m.as_str())
    }

    fn blank(&self, identity: &FormIdentity, kind: StructureType) -> Result<Vec<u8>> {
        forms::write(
            self.referentiel,
            self.source,
            kind,
            identity,
            &HashMap::new(),
            self.paper.fictitious,
        )
    }
}

/// A structure's code as part of a file name.
pub(super) fn plain_code(code: &str) -> String {
    code.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
}
