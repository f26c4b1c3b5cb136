//! Which guides there are, what one is about, and what all of them begin with.

use std::collections::BTreeMap;

use super::guide_words::{GuideTitle, GuideWords};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::forms::AskedForm;
use crate::reports::{Block, Head, ReportSection};
use crate::vocabulary::config::{Settings, Structure};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{
    Element, Referentiel, SourceCode, StructureType, VisitMoment,
};

/// A guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldGuide {
    /// For who plans a campaign.
    Preparation,
    /// For who observes.
    Visite,
    /// For who interviews the direction.
    Entretien,
    /// For who leads the workshop with children.
    Atelier,
    /// For a team that reads its results.
    Lecture,
    /// For who gathers documents before a visit.
    Dossier,
}

impl FieldGuide {
    /// All of them, in the order of a campaign.
    pub const ALL: [Self; 6] = [
        Self::Preparation,
        Self::Dossier,
        Self::Visite,
        Self::Entretien,
        Self::Atelier,
        Self::Lecture,
    ];

    /// The word of commands and of names of files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preparation => "preparation",
            Self::Visite => "visite",
            Self::Entretien => "entretien",
            Self::Atelier => "atelier",
            Self::Lecture => "lecture",
            Self::Dossier => "dossier",
        }
    }

    pub(super) fn titles(self, words: &GuideWords) -> &GuideTitle {
        match self {
            Self::Preparation => &words.preparation.title,
            Self::Visite => &words.visite.title,
            Self::Entretien => &words.entretien.title,
            Self::Atelier => &words.atelier.title,
            Self::Lecture => &words.lecture.title,
            Self::Dossier => &words.dossier.title,
        }
    }
}

/// What a collection would show, in words already.
#[derive(Debug, Clone, Default)]
pub struct Foreseen {
    /// What was counted with.
    pub design: String,
    /// What errors rest on.
    pub errors: String,
    /// What is followed, then from which change it is told as likely, and announced.
    pub rows: Vec<[String; 3]>,
    /// What is called seen.
    pub seen: String,
    /// What to do.
    pub advice: Vec<String>,
}

/// What the last campaign found of a rule, the most pressing last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeenRule {
    /// It was met.
    Met,
    /// It was not, and was put right since.
    PutRight,
    /// Nobody saw it.
    Unseen,
    /// It was not met.
    Missed,
}

/// What the last campaign found at an accueil, as its team is given it.
#[derive(Debug, Clone, Default)]
pub struct SeenBefore {
    /// Id of the campaign.
    pub campaign: String,
    /// Code of an élément that an impératif depends on → what was found.
    pub rules: BTreeMap<String, SeenRule>,
}

/// What a guide is about.
pub struct GuideSubject<'a> {
    /// What is rated.
    pub referentiel: &'a Referentiel,
    /// Articles and ratios.
    pub regulation: &'a Regulation,
    /// Territory, numbers to call, thresholds.
    pub settings: &'a Settings,
    /// The only accueil that it is for.
    pub site: Option<&'a Structure>,
    /// Types of accueil that it is for; at least one.
    pub kinds: Vec<StructureType>,
    /// Whether these are all that the territory has.
    pub is_whole: bool,
    /// What a campaign of the territory would show.
    pub foreseen: Foreseen,
    /// What the last campaign found at this accueil; none where there was none.
    pub seen: Option<SeenBefore>,
    /// Day that it carries.
    pub day: Day,
}

impl GuideSubject<'_> {
    /// « P01 · accueil périscolaire »: its code, never a name, which may be that of a person.
    fn about(&self) -> String {
        if let Some(site) = self.site {
            return format!("{} · {}", site.code, site.kind.label());
        }
        if self.is_whole {
            return "Tous les accueils".to_owned();
        }
        let kinds: Vec<&str> = self.kinds.iter().map(|k| k.label()).collect();
        kinds.join(", ")
    }

    pub(super) fn head(&self, title: &GuideTitle) -> Head {
        let territory = &self.settings.territory;
        Head {
            title: title.titre.clone(),
            subtitle: title.sous_titre.clone(),
            audience: "guide".to_owned(),
            campaign: self.about(),
            territory: territory.nom.clone(),
            edition: format!("Édité le {}", self.day.long()),
            date: self.day.to_string(),
            version: self.referentiel.version.clone(),
            fictitious: territory.donnees_fictives,
            contact: territory.contact.clone(),
        }
    }

    /// What a form would ask of these accueils, at some moments or at all of them.
    pub(super) fn asked<'b>(
        &'b self,
        source: SourceCode,
        moments: &'b [VisitMoment],
    ) -> AskedForm<'b> {
        AskedForm {
            referentiel: self.referentiel,
            source,
            places: &[],
            kinds: &self.kinds,
            moments,
            title: "",
            call: "",
            welcome: &[],
        }
    }

    /// The same, refused when it is nothing.
    pub(super) fn something_asked(&self, source: SourceCode) -> Result<AskedForm<'_>> {
        let asked = self.asked(source, &[]);
        if asked.axes().is_empty() {
            return Err(Error::Usage(format!(
                "Aucun élément {source} ne s’applique à cet accueil ou à ce type d’accueil."
            )));
        }
        Ok(asked)
    }

    /// What to do before a grave fact, and whom to call: what comes before all the rest.
    pub(super) fn protection(&self, words: &GuideWords) -> ReportSection {
        let protocol = self.referentiel.purpose.protocol.iter().cloned();
        let numbers = self.settings.protection.all();
        let rows = numbers.iter().map(|n| {
            let number = match n.number {
                "" => &words.commun.a_ecrire,
                number => number,
            };
            vec![Datum::words(n.label), Datum::words(number)]
        });
        let columns = vec![
            Heading::words("Qui appeler").wide(3.0),
            Heading::words("Numéro").wide(3.0),
        ];
        let blocks = vec![
            Block::note(&words.commun.protection_phrase),
            Block::bullets(protocol),
            Block::Table(Table::new("", columns, rows.collect())),
        ];
        ReportSection::new(&words.commun.protection, "Protection", blocks)
    }

    /// Where what is printed comes from, and which day the law is of.
    pub(super) fn provenance(&self, words: &GuideWords) -> Block {
        let version = &self.referentiel.version;
        let said = words.commun.source.replace("{version}", version);
        Block::note(said.replace("{regles}", &self.regulation.dated()))
    }

    /// The text that asks for an élément, else whether its impératif depends on it all the same.
    pub(super) fn text_of(&self, element: &Element) -> String {
        let is_must = element.must && self.referentiel.criteres[element.critere].imperatif;
        match element.origin.article() {
            Some(cited) => format!("Loi : {cited}"),
            None if is_must => "Compte pour l’impératif".to_owned(),
            None => "Bonne pratique".to_owned(),
        }
    }

    /// « (seulement : accueil périscolaire) », of what some only of these types are asked.
    pub(super) fn only(&self, applies: impl Fn(StructureType) -> bool) -> String {
        let some: Vec<&str> = self
            .kinds
            .iter()
            .filter(|kind| applies(**kind))
            .map(|kind| kind.label())
            .collect();
        if some.len() == self.kinds.len() {
            String::new()
        } else {
            format!(" (seulement : {})", some.join(" ; "))
        }
    }
}

/// A cell of a table.
pub(super) fn cell(text: impl Into<String>) -> Datum {
    Datum::words(text)
}
