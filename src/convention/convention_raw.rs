//! `ctg/convention.toml` as it is written, each value with its place.

use serde::Deserialize;
use toml::Spanned;

/// A text with its place.
pub(super) type Placed = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawConvention {
    pub convention: RawHead,
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
pub(super) struct RawHead {
    pub intitule: String,
    #[serde(default)]
    pub signataires: Vec<String>,
    pub debut: Placed,
    pub fin: Placed,
    #[serde(default)]
    pub schema_petite_enfance: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAmendment {
    pub numero: Spanned<u32>,
    pub date: Placed,
    #[serde(default)]
    pub objet: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeadline {
    #[serde(rename = "type")]
    pub kind: Placed,
    pub date: Placed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAxis {
    pub code: Placed,
    pub label: String,
}

/// What only documents print is read, so that a slip in a key is told, and kept for them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSignedFiche {
    pub code: Placed,
    pub axe: Option<Placed>,
    pub intitule: String,
    pub etat: Option<Placed>,
    pub avenant: Option<Spanned<u32>>,
    #[serde(default, rename = "diagnostic")]
    pub _diagnostic: String,
    #[serde(default, rename = "public_cible")]
    pub _audience: String,
    #[serde(default, rename = "objectifs")]
    pub _objectives: Vec<String>,
    #[serde(default, rename = "resultats_attendus")]
    pub _expected: Vec<String>,
    #[serde(default, rename = "responsables")]
    pub _leads: Vec<String>,
    #[serde(default, rename = "partenaires")]
    pub _partners: Vec<String>,
    pub echeance: Option<Placed>,
    #[serde(default)]
    pub criteres: Vec<Placed>,
    #[serde(default)]
    pub champ: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStart {
    pub valeur: f64,
    pub date: Option<Placed>,
    #[serde(default)]
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIndicator {
    pub code: Placed,
    pub fiche: Option<Placed>,
    pub libelle: String,
    pub nature: Option<Placed>,
    pub calcul: Placed,
    #[serde(default)]
    pub unite: String,
    pub periode: Placed,
    pub cible: Option<f64>,
    pub sens: Option<Placed>,
    pub reference: Option<RawStart>,
    pub types: Option<Vec<Placed>>,
    pub thematique: Option<Placed>,
    pub experimentation: Option<Placed>,
    pub anime_par: Option<Placed>,
    pub fiches: Option<Vec<Placed>>,
    pub organismes: Option<Vec<Placed>>,
    pub nature_fonction: Option<Placed>,
    pub document: Option<Vec<Placed>>,
    pub delai_jours: Option<Spanned<u16>>,
    pub hors_pilotes: Option<Spanned<bool>>,
    pub services: Option<Vec<Placed>>,
    pub figure: Option<Placed>,
    pub enquete: Option<Placed>,
    pub item: Option<Placed>,
    pub serie: Option<Placed>,
    pub mesure: Option<Placed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExperiment {
    pub code: Placed,
    pub fiche: Placed,
    pub intitule: String,
    #[serde(default)]
    pub pilotes: Vec<Placed>,
    pub debut: Placed,
    pub fin: Placed,
    pub fixe_le: Option<Placed>,
    #[serde(default)]
    pub attendus: Vec<Placed>,
    #[serde(default)]
    pub etapes: Vec<String>,
}

impl RawIndicator {
    /// Parameters that are written, with their places.
    pub(super) fn written(&self) -> Vec<(&'static str, usize)> {
        let list = |l: &Option<Vec<Placed>>| l.as_ref().map(|l| l.first().map_or(0, start));
        let one = |p: &Option<Placed>| p.as_ref().map(start);
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
        ];
        let written = all.into_iter();
        written.filter_map(|(key, at)| Some((key, at?))).collect()
    }
}

/// Where a value begins.
pub(super) fn start(value: &Placed) -> usize {
    value.span().start
}
