//! `grille`: blank forms of a source, for a structure, a type of accueil, or everybody.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::Done;
use super::arguments::{FormFormat, GrilleArgs};
use super::session::{Session, write_file};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::forms::{self, AskedForm, FormIdentity, FormPlace, Paper};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// Runs the command.
pub fn run(folder: Option<&Path>, args: &GrilleArgs) -> Result<Done> {
    if args.source == SourceCode::Don {
        return Err(Error::Usage(
            "Les données d’activité n’ont pas de grille : trois CSV (séances, équipe, dénominateurs), décrits dans le README."
                .to_owned(),
        ));
    }
    let session = Session::open(folder)?;
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let templates = session.observatory.root.join("reports/modeles");
    let maker = Maker {
        referentiel: session.observatory.referentiel(campaign),
        source: args.source,
        places: places(&session, args)?,
        kinds: Vec::new(),
        paper: Paper {
            territory: &session.observatory.settings.territory.nom,
            fictitious: session.observatory.settings.territory.donnees_fictives,
            date: &campaign.debut,
            templates: &templates,
        },
    };
    let maker = Maker {
        kinds: kinds(&maker.places, args),
        ..maker
    };
    let files = maker.files(args)?;
    let out = args
        .sortie
        .clone()
        .unwrap_or_else(|| session.observatory.root.join("grids/vierges"));
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, bytes) in files {
        let path = out.join(name);
        write_file(&path, &bytes)?;
        written.push(path);
    }
    let list: Vec<String> = written.iter().map(|p| p.display().to_string()).collect();
    Ok(Done {
        text: format!(
            "{} dans {}.",
            count(
                list.len(),
                "grille vierge écrite",
                "grilles vierges écrites"
            ),
            out.display()
        ),
        result: json!({ "grilles": list }),
        ..Done::default()
    })
}

/// The structures that the forms may be about.
fn places(session: &Session, args: &GrilleArgs) -> Result<Vec<FormPlace>> {
    let place = |s: &Structure| FormPlace {
        code: s.code.clone(),
        name: s.nom.clone(),
        kind: s.kind,
    };
    if let Some(code) = &args.structure {
        return Ok(vec![place(session.structure(code)?)]);
    }
    let all = session.observatory.registry.all().iter();
    let kept = all.filter(|s| args.r#type.is_none_or(|t| t == s.kind));
    Ok(kept.map(place).collect())
}

/// The types of accueil that they apply to.
fn kinds(places: &[FormPlace], args: &GrilleArgs) -> Vec<StructureType> {
    match args.r#type {
        Some(kind) if places.is_empty() => vec![kind],
        _ => places.iter().map(|p| p.kind).collect(),
    }
}

struct Maker<'a> {
    referentiel: &'a Referentiel,
    source: SourceCode,
    places: Vec<FormPlace>,
    kinds: Vec<StructureType>,
    paper: Paper<'a>,
}

impl Maker<'_> {
    /// (file name, content) of every form.
    fn files(&self, args: &GrilleArgs) -> Result<Vec<(String, Vec<u8>)>> {
        let source = self.source.as_str();
        let titre = format!("{} : {}", self.paper.territory, self.source.label());
        let asked = self.asked(&self.places, &self.kinds, &titre);
        if asked.axes().is_empty() {
            return Err(Error::Usage(format!(
                "Aucun élément {source} ne s’applique à cet accueil ou à ce type d’accueil."
            )));
        }
        match args.format {
            FormFormat::Xlsx if self.source.is_questionnaire() => Ok(vec![(
                format!("Saisie {source}.xlsx"),
                forms::entry_sheet(&asked)?,
            )]),
            FormFormat::Xlsx => self.workbooks(args),
            FormFormat::Xlsform => Ok(vec![(
                format!("XLSForm {source}.xlsx"),
                forms::xlsform(&asked)?,
            )]),
            FormFormat::Limesurvey => Ok(vec![(
                format!("LimeSurvey {source}.txt"),
                forms::limesurvey(&asked).into_bytes(),
            )]),
            FormFormat::Pdf => self.papers(&asked),
        }
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
            title,
        }
    }

    /// One paper per structure that it applies to, its name printed; or one for a type.
    fn papers(&self, all: &AskedForm) -> Result<Vec<(String, Vec<u8>)>> {
        let source = self.source;
        if self.places.is_empty() {
            let name = format!("Papier {source} {}.pdf", kind_name(&self.kinds));
            return Ok(vec![(name, forms::paper(all, &self.paper)?)]);
        }
        let mut made = Vec::new();
        for place in &self.places {
            let (places, kinds) = ([place.clone()], [place.kind]);
            let asked = self.asked(&places, &kinds, all.title);
            if !asked.axes().is_empty() {
                let name = format!("Papier {source} {}.pdf", file_code(&place.code));
                made.push((name, forms::paper(&asked, &self.paper)?));
            }
        }
        Ok(made)
    }

    /// One workbook per structure, or one for a type of accueil.
    fn workbooks(&self, args: &GrilleArgs) -> Result<Vec<(String, Vec<u8>)>> {
        let blank = |identity: &FormIdentity, kind: StructureType| {
            let none = HashMap::new();
            forms::write(
                self.referentiel,
                self.source,
                kind,
                identity,
                &none,
                self.paper.fictitious,
            )
        };
        if self.places.is_empty() {
            let kind = args.r#type.ok_or_else(|| {
                Error::Usage(
                    "Le registre est vide : ajoutez des structures, ou précisez --type.".to_owned(),
                )
            })?;
            let name = format!("Grille {} {}.xlsx", self.source, kind.as_str());
            return Ok(vec![(name, blank(&FormIdentity::default(), kind)?)]);
        }
        self.places
            .iter()
            .map(|place| {
                let identity = FormIdentity {
                    code: place.code.clone(),
                    name: place.name.clone(),
                    ..FormIdentity::default()
                };
                let name = format!("Grille {} {}.xlsx", self.source, file_code(&place.code));
                Ok((name, blank(&identity, place.kind)?))
            })
            .collect()
    }
}

/// A structure's code as part of a file name.
fn file_code(code: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    code.chars().map(safe).collect()
}

fn kind_name(kinds: &[StructureType]) -> &'static str {
    kinds.first().map_or("tous", |k| k.as_str())
}
