//! **CTG**, documents: what a form asks → the action that writes it → what is said of it.

use std::collections::BTreeSet;

use crate::actions::ctg_bilan::{BilanRequest, write_bilan};
use crate::actions::ctg_convention::place_of_next;
use crate::actions::ctg_experimentation::{ExperimentRequest, write_experiment};
use crate::actions::ctg_gouvernance::{GovernanceRequest, write_governance};
use crate::actions::ctg_seance::{MeetingRequest, prepare_meeting};
use crate::actions::ctg_suivi::{QuarterRequest, write_quarter};
use crate::actions::ctg_territoire::{TerritoryRequest, write_territory};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::{CtgDelivered, OpenObservatory};
use crate::disclosure::CtgAudience;
use crate::pages::page_ask::PageAsk;
use crate::reports::{BilanKind, ReportFormat};

pub(super) const FORMATS: [(ReportFormat, &str); 4] = [
    (ReportFormat::Pdf, "PDF"),
    (ReportFormat::Html, "page"),
    (ReportFormat::Docx, "Word"),
    (ReportFormat::Xlsx, "Excel"),
];

/// A kind of document.
pub(super) struct PaperKind {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) help: &'static str,
    /// Forms that are ticked.
    pub(super) usual: &'static [ReportFormat],
    /// Whether its form is chosen: the papers of a meeting have their own.
    pub(super) has_formats: bool,
}

const fn kind(
    code: &'static str,
    name: &'static str,
    help: &'static str,
    usual: &'static [ReportFormat],
) -> PaperKind {
    PaperKind {
        code,
        name,
        help,
        usual,
        has_formats: !usual.is_empty(),
    }
}

/// All of them, in the order of a year.
pub(super) const KINDS: &[PaperKind] = &[
    kind(
        "suivi",
        "Le suivi d’un trimestre",
        "Deux pages : où en sont les actions, ce qui a été décidé, ce qui vient. Un trimestre passé est écrit tel qu’il était connu à son dernier jour.",
        &[ReportFormat::Pdf],
    ),
    kind(
        "seance",
        "Une réunion à préparer",
        "L’ordre du jour (PDF et Word), la trame du compte rendu, la feuille des présences. Le compte rendu rempli se rapporte comme un classeur.",
        &[],
    ),
    kind(
        "gouvernance",
        "La gouvernance d’une année",
        "L’organigramme des fonctions, qui vient à quoi, ce qu’en disent les partenaires.",
        &[ReportFormat::Pdf],
    ),
    kind(
        "experimentation",
        "Le dossier d’une expérimentation",
        "Ce qui a été essayé, ce qui a changé chez les pilotes et ailleurs, qui l’a repris.",
        &[ReportFormat::Pdf],
    ),
    kind(
        "territoire",
        "Ce qui a changé sur le territoire",
        "Le maillage et ses cartes, les besoins et le recours, la qualité, l’inclusion, les paroles.",
        &[ReportFormat::Pdf],
    ),
    kind(
        "bilan",
        "Le bilan de la convention",
        "Ce qui a été fait, ce qui a changé, la suite, avec vos textes.",
        &[ReportFormat::Docx, ReportFormat::Pdf],
    ),
];

impl PaperKind {
    /// Who may read it.
    pub(super) fn audiences(&self) -> impl Iterator<Item = CtgAudience> {
        let shows_sites = self.code == "experimentation";
        let all = CtgAudience::ALL.into_iter();
        all.filter(move |a| !shows_sites || a.reads_sites())
    }
}

/// What each kind asks.
enum AskedDocument {
    Quarter(String),
    Meeting(String),
    Governance(i16),
    Experiment {
        code: String,
        campaign: Option<String>,
    },
    Territory(String),
    Bilan {
        kind: BilanKind,
        early_childhood: bool,
        with_next: bool,
    },
}

/// A document to be written.
pub(super) struct DocumentWriting {
    what: AskedDocument,
    audience: CtgAudience,
    formats: BTreeSet<ReportFormat>,
}

impl DocumentWriting {
    /// What a form asks.
    ///
    /// # Errors
    ///
    /// Something is missing, or is no choice of its list.
    pub(super) fn asked(asked: &PageAsk) -> Result<Self> {
        let code = asked.needed("document", "le document")?;
        let kind = KINDS.iter().find(|k| k.code == code);
        let kind = kind.ok_or_else(|| wrong(code, "un document"))?;
        let chosen = |f: &ReportFormat| asked.values("format").any(|c| c == f.extension());
        let formats: BTreeSet<ReportFormat> =
            FORMATS.iter().map(|(f, _)| *f).filter(chosen).collect();
        if kind.has_formats && formats.is_empty() {
            return Err(Error::Usage(
                "Choisissez au moins une forme : PDF, page, Word ou Excel.".to_owned(),
            ));
        }
        let public = asked.needed("public", "qui lira")?;
        let audience = kind.audiences().find(|a| a.as_str() == public);
        Ok(Self {
            what: what(asked, code)?,
            audience: audience.ok_or_else(|| wrong(public, "un public de ce document"))?,
            formats,
        })
    }

    /// Writes it; says what it is.
    ///
    /// # Errors
    ///
    /// Those of its action.
    pub(super) fn write(self, opened: &OpenObservatory) -> Result<String> {
        let Self {
            what,
            audience,
            formats,
        } = self;
        let (name, delivered) = match what {
            AskedDocument::Quarter(quarter) => {
                let request = QuarterRequest {
                    quarter: Some(quarter),
                    audience,
                    formats,
                    date: None,
                    out: None,
                };
                let done = write_quarter(opened, &request)?;
                let known = done.day.short();
                let name = format!("Suivi du {}, tel que connu au {known}", done.quarter);
                (name, done.delivered)
            }
            AskedDocument::Meeting(meeting) => meeting_papers(opened, meeting, audience)?,
            AskedDocument::Governance(year) => {
                let request = GovernanceRequest {
                    year: Some(year),
                    audience,
                    formats,
                    date: None,
                    out: None,
                };
                let done = write_governance(opened, &request)?;
                (format!("Gouvernance de {}", done.year), done.delivered)
            }
            AskedDocument::Experiment { code, campaign } => {
                dossier(opened, code, campaign, (audience, formats))?
            }
            AskedDocument::Territory(year) => {
                let request = TerritoryRequest {
                    year: Some(year),
                    audience,
                    formats,
                    date: None,
                    out: None,
                };
                let done = write_territory(opened, &request)?;
                let name = format!("Ce qui a changé sur le territoire, {}", done.year);
                (name, done.delivered)
            }
            AskedDocument::Bilan {
                kind,
                early_childhood,
                with_next,
            } => {
                let next = with_next.then(|| place_of_next(opened));
                let request = BilanRequest {
                    kind,
                    early_childhood,
                    audience,
                    formats,
                    date: None,
                    out: None,
                    next: next.transpose()?,
                };
                let done = write_bilan(opened, &request)?;
                let left = match done.to_complete.len() {
                    0 => "tous les textes sont complets".to_owned(),
                    n => count(n, "texte reste à compléter", "textes restent à compléter"),
                };
                let next = match done.next {
                    Some(_) => ", et la convention qui pourrait suivre, à relire",
                    None => "",
                };
                (format!("{}, {left}{next}", kind.title()), done.delivered)
            }
        };
        Ok(said(&name, audience, &delivered))
    }
}

fn meeting_papers(
    opened: &OpenObservatory,
    meeting: String,
    audience: CtgAudience,
) -> Result<(String, CtgDelivered)> {
    let request = MeetingRequest {
        meeting,
        audience,
        date: None,
        out: None,
    };
    let done = prepare_meeting(opened, &request)?;
    let name = format!(
        "« {} » : ordre du jour, trame du compte rendu, feuille des présences",
        done.name
    );
    Ok((name, done.delivered))
}

fn dossier(
    opened: &OpenObservatory,
    experiment: String,
    campaign: Option<String>,
    (audience, formats): (CtgAudience, BTreeSet<ReportFormat>),
) -> Result<(String, CtgDelivered)> {
    let request = ExperimentRequest {
        experiment,
        campaign,
        audience,
        formats,
        date: None,
        out: None,
    };
    let done = write_experiment(opened, &request)?;
    let compared = done.compared.map_or_else(
        || "une seule campagne, rien à comparer".to_owned(),
        |(before, after)| format!("{before} comparée à {after}"),
    );
    Ok((
        format!("Dossier « {} », {compared}", done.title),
        done.delivered,
    ))
}

fn what(asked: &PageAsk, code: &str) -> Result<AskedDocument> {
    Ok(match code {
        "suivi" => AskedDocument::Quarter(asked.needed("trimestre", "le trimestre")?.to_owned()),
        "seance" => AskedDocument::Meeting(asked.needed("temps", "la réunion")?.to_owned()),
        "gouvernance" => {
            let year = asked.needed("annee", "l’année")?;
            AskedDocument::Governance(year.parse().map_err(|_| wrong(year, "une année"))?)
        }
        "experimentation" => AskedDocument::Experiment {
            code: asked
                .needed("experimentation", "l’expérimentation")?
                .to_owned(),
            campaign: Some(asked.field("campagne"))
                .filter(|c| !c.is_empty())
                .map(str::to_owned),
        },
        "territoire" => AskedDocument::Territory(asked.needed("annee", "l’année")?.to_owned()),
        _ => {
            let typed = asked.needed("type", "quel bilan")?;
            let mut all = BilanKind::ALL.into_iter();
            let kind = all.find(|kind| kind.as_str() == typed);
            AskedDocument::Bilan {
                kind: kind.ok_or_else(|| wrong(typed, "un bilan"))?,
                early_childhood: asked.field("champ") == "petite_enfance",
                with_next: asked.field("prochaine") == "oui",
            }
        }
    })
}

fn wrong(typed: &str, what: &str) -> Error {
    Error::Usage(format!("« {typed} » n’est pas {what}."))
}

fn said(name: &str, audience: CtgAudience, delivered: &CtgDelivered) -> String {
    let hidden = match delivered.hidden {
        0 => String::new(),
        n => {
            let n = count(
                n,
                "chiffre n’est pas montré",
                "chiffres ne sont pas montrés",
            );
            format!(" {n} à ce public.")
        }
    };
    format!(
        "{name}, pour : {}.{hidden} Relisez avant de transmettre.",
        audience.label()
    )
}
