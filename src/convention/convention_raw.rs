//! `ctg/convention.toml` as it is written, each value with its place.

use serde::Deserialize;
use toml::Spanned;

use super::same_code::same_code;

/// A text with its place.
pub(super) type PlacedText = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConvention {
    pub convention: RawSignedHead,
    #[serde(default)]
    pub avenants: Vec<RawAmendment>,
    #[serde(default)]
    pub echeances: Vec<RawDeadline>,
    #[serde(default)]
    pub axes: Vec<RawAxis>,
    #[serde(default)]
    pub fiches: Vec<RawSignedFiche>,
    #[serde(default)]
    pub indicateurs: Vec<RawIndicator>,
    #[serde(default)]
    pub experimentations: Vec<RawExperiment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSignedHead {
    pub intitule: String,
    #[serde(default)]
    pub signataires: Vec<String>,
    pub debut: PlacedText,
    pub fin: PlacedText,
    #[serde(default)]
    pub schema_petite_enfance: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAmendment {
    pub numero: Spanned<u32>,
    pub date: PlacedText,
    #[serde(default)]
    pub objet: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeadline {
    #[serde(rename = "type")]
    pub kind: PlacedText,
    pub date: PlacedText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAxis {
    pub code: PlacedText,
    pub label: String,
}

/// What only documents print is read, so that a slip in a key is told, and kept for them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSignedFiche {
    pub code: PlacedText,
    pub axe: Option<PlacedText>,
    pub intitule: String,
    pub etat: Option<PlacedText>,
    pub avenant: Option<Spanned<u32>>,
    #[serde(default, rename = "diagnostic")]
    pub _diagnostic: String,
    #[serde(default, rename = "public_cible")]
    pub _audience: String,
    #[serde(default, rename = "objectifs")]
    pub objectives: Vec<String>,
    #[serde(default, rename = "resultats_attendus")]
    pub expected: Vec<String>,
    #[serde(default, rename = "responsables")]
    pub leads: Vec<String>,
    #[serde(default, rename = "partenaires")]
    pub _partners: Vec<String>,
    pub echeance: Option<PlacedText>,
    #[serde(default)]
    pub criteres: Vec<PlacedText>,
    #[serde(default)]
    pub champ: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStart {
    pub valeur: f64,
    pub date: Option<PlacedText>,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndicator {
    pub code: PlacedText,
    pub fiche: Option<PlacedText>,
    pub libelle: String,
    pub nature: Option<PlacedText>,
    pub calcul: PlacedText,
    #[serde(default)]
    pub unite: String,
    pub periode: PlacedText,
    pub cible: Option<f64>,
    pub sens: Option<PlacedText>,
    pub reference: Option<RawStart>,
    pub types: Option<Vec<PlacedText>>,
    pub thematique: Option<PlacedText>,
    pub experimentation: Option<PlacedText>,
    pub anime_par: Option<PlacedText>,
    pub fiches: Option<Vec<PlacedText>>,
    pub organismes: Option<Vec<PlacedText>>,
    pub nature_fonction: Option<PlacedText>,
    pub document: Option<Vec<PlacedText>>,
    pub delai_jours: Option<Spanned<u16>>,
    pub hors_pilotes: Option<Spanned<bool>>,
    pub services: Option<Vec<PlacedText>>,
    pub figure: Option<PlacedText>,
    pub enquete: Option<PlacedText>,
    pub item: Option<PlacedText>,
    pub serie: Option<PlacedText>,
    pub mesure: Option<PlacedText>,
    pub temps: Option<PlacedText>,
    pub distance_km: Option<Spanned<f64>>,
    pub axe: Option<PlacedText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExperiment {
    pub code: PlacedText,
    pub fiche: PlacedText,
    pub intitule: String,
    #[serde(default)]
    pub pilotes: Vec<PlacedText>,
    pub debut: PlacedText,
    pub fin: PlacedText,
    pub fixe_le: Option<PlacedText>,
    #[serde(default)]
    pub attendus: Vec<PlacedText>,
    #[serde(default)]
    pub etapes: Vec<String>,
}

impl RawIndicator {
    /// Parameters that are written, with their places.
    pub(super) fn written(&self) -> Vec<(&'static str, usize)> {
        let list = |l: &Option<Vec<PlacedText>>| l.as_ref().map(|l| l.first().map_or(0, start));
        let one = |p: &Option<PlacedText>| p.as_ref().map(start);
        let all = [
            ("types", list(&self.types)),
            ("thematique", one(&self.thematique)),
            ("experimentation", one(&self.experimentation)),
            ("anime_par", one(&self.anime_par)),
            ("fiches", list(&self.fiches)),
            ("organismes", list(&self.organismes)),
            ("nature_fonction", one(&self.nature_fonction)),
            ("document", list(&self.document)),
            (
                "delai_jours",
                self.delai_jours.as_ref().map(|p| p.span().start),
            ),
            (
                "hors_pilotes",
                self.hors_pilotes.as_ref().map(|p| p.span().start),
            ),
            ("services", list(&self.services)),
            ("figure", one(&self.figure)),
            ("enquete", one(&self.enquete)),
            ("item", one(&self.item)),
            ("serie", one(&self.serie)),
            ("mesure", one(&self.mesure)),
            ("temps", one(&self.temps)),
            (
                "distance_km",
                self.distance_km.as_ref().map(|p| p.span().start),
            ),
            ("axe", one(&self.axe)),
        ];
        let written = all.into_iter();
        written.filter_map(|(key, at)| Some((key, at?))).collect()
    }
}

/// Where a value begins.
pub(super) fn start(value: &PlacedText) -> usize {
    value.span().start
}

/// Without their places.
pub(super) fn texts(placed: &[PlacedText]) -> Vec<String> {
    placed.iter().map(|p| p.get_ref().clone()).collect()
}

impl RawConvention {
    /// Codes that lead somewhere take the form in which they were declared, so that one comparison is enough afterwards.
    pub(super) fn as_declared(&mut self) {
        let all = |codes: Vec<&PlacedText>| -> Vec<String> {
            codes.into_iter().map(|c| c.get_ref().clone()).collect()
        };
        let axes = all(self.axes.iter().map(|a| &a.code).collect());
        let fiches = all(self.fiches.iter().map(|f| &f.code).collect());
        let tried = all(self.experimentations.iter().map(|e| &e.code).collect());
        for axis in self.fiches.iter_mut().filter_map(|f| f.axe.as_mut()) {
            declared(axis, &axes);
        }
        for indicator in &mut self.indicateurs {
            let listed = indicator.fiches.iter_mut().flatten();
            for fiche in indicator.fiche.iter_mut().chain(listed) {
                declared(fiche, &fiches);
            }
            if let Some(experiment) = &mut indicator.experimentation {
                declared(experiment, &tried);
            }
        }
        for experiment in &mut self.experimentations {
            declared(&mut experiment.fiche, &fiches);
        }
    }
}

fn declared(written: &mut PlacedText, known: &[String]) {
    if let Some(code) = known.iter().find(|k| same_code(k, written.get_ref())) {
        written.get_mut().clone_from(code);
    }
}
