//! The file as written: keys in the users' own French, unknown ones refused.

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::vocabulary::referentiel::action_kind::ActionKind;
use crate::vocabulary::referentiel::ids::{SourceCode, StructureType, TypeSet};
use crate::vocabulary::referentiel::local_tables::LocalTables;
use crate::vocabulary::referentiel::model::{AnswerDrawing, DeclaredSpread};
use crate::vocabulary::referentiel::moment::VisitMoment;
use crate::vocabulary::referentiel::origin::AgeBand;

/// A number written as a decimal or as a fraction in quotes, `"2/3"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number(pub f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum WrittenNumber {
            Integer(i64),
            Decimal(f64),
            Text(String),
        }
        let wanted = || serde::de::Error::custom("nombre ou fraction (« 2/3 ») attendu");
        let value =
            match WrittenNumber::deserialize(deserializer).map_err(|_: D::Error| wanted())? {
                WrittenNumber::Integer(i) => Some(i as f64),
                WrittenNumber::Decimal(d) => Some(d),
                WrittenNumber::Text(text) => fraction(&text),
            };
        value.filter(|v| v.is_finite()).map(Self).ok_or_else(wanted)
    }
}

fn fraction(text: &str) -> Option<f64> {
    let (top, bottom) = text.split_once('/')?;
    let (top, bottom): (f64, f64) = (top.trim().parse().ok()?, bottom.trim().parse().ok()?);
    (bottom != 0.0).then(|| top / bottom)
}

fn one() -> Number {
    Number(1.0)
}

fn three() -> Number {
    Number(3.0)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFile {
    pub referentiel: RawHead,
    #[serde(default)]
    pub regles: RawRules,
    #[serde(default)]
    pub poids_sources: RawWeights,
    pub echelles: Vec<RawScale>,
    #[serde(default)]
    pub filtres: Vec<RawFilter>,
    #[serde(default)]
    pub fiches: Vec<RawFiche>,
    #[serde(default)]
    pub pieces: Vec<RawPiece>,
    #[serde(default)]
    pub plan_mercredi: Vec<RawCharterAxe>,
    pub axes: Vec<RawAxe>,
    pub criteres: Vec<RawCritere>,
    /// What the territory's own layer adds, once it is known to hold.
    #[serde(default)]
    pub local: LocalTables,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHead {
    pub version: String,
    pub titre: String,
    #[serde(default, rename = "date")]
    _date: String,
    #[serde(default, rename = "licence")]
    _licence: String,
    #[serde(default)]
    pub objet: String,
    #[serde(default)]
    pub ages: String,
    #[serde(default)]
    pub laisse_de_cote: Vec<String>,
    #[serde(default)]
    pub modifications: Vec<String>,
    /// What to do before a grave fact.
    #[serde(default)]
    pub protocole: Vec<String>,
}

/// A question that says whom others are for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFilter {
    pub code: Spanned<String>,
    pub label: String,
}

/// Where an élément comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawOrigin {
    Loi,
    Referentiel,
}

/// Whom a critère depends on.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawDecider {
    #[default]
    Accueil,
    Organisateur,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawRules {
    pub couverture_critere: Number,
    pub elements_min: usize,
    pub couverture_axe: Number,
    pub couverture_fragile: Number,
    pub effectif_min: usize,
    pub effectif_fragile: usize,
    pub mic: Number,
    pub mic_part: Number,
    pub ecart_element: Number,
    pub ecart_jour: Number,
    pub ecart_entretien: Number,
    pub ecart_reponse: Number,
    pub auto_remplace_obs: bool,
    pub note_globale: bool,
    /// Codes of critères; none for those of the référentiel as shipped that the file still has.
    pub hors_observatoire: Option<Vec<Spanned<String>>>,
}

impl Default for RawRules {
    fn default() -> Self {
        let declared = DeclaredSpread::default();
        Self {
            couverture_critere: Number(0.5),
            elements_min: 2,
            couverture_axe: Number(2.0 / 3.0),
            couverture_fragile: Number(0.75),
            effectif_min: 5,
            effectif_fragile: 10,
            mic: Number(0.3),
            mic_part: Number(0.1),
            ecart_element: Number(declared.element),
            ecart_jour: Number(declared.day),
            ecart_entretien: Number(declared.mark),
            ecart_reponse: Number(declared.answer),
            auto_remplace_obs: true,
            note_globale: false,
            hors_observatoire: None,
        }
    }
}

/// Weights per source; what is absent keeps the default of the level above.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "UPPERCASE")]
pub(super) struct RawWeights {
    obs: Option<Number>,
    aut: Option<Number>,
    dir: Option<Number>,
    fam: Option<Number>,
    enf: Option<Number>,
    eqp: Option<Number>,
    ens: Option<Number>,
    don: Option<Number>,
}

impl RawWeights {
    pub(super) fn array(&self, defaults: [f64; 8]) -> [f64; 8] {
        let own = [
            self.obs, self.aut, self.dir, self.fam, self.enf, self.eqp, self.ens, self.don,
        ];
        std::array::from_fn(|i| own[i].map_or(defaults[i], |n| n.0))
    }
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Conversion {
    Niveaux,
    Jamais,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawStatus {
    Nc,
    No,
    Nsp,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScale {
    pub code: Spanned<String>,
    pub conversion: Conversion,
    #[serde(default)]
    pub statuts: Vec<RawStatus>,
    /// What « non observé » is called there.
    pub libelle_no: Option<String>,
    /// How answers are drawn to children.
    #[serde(default)]
    pub dessin: AnswerDrawing,
    #[serde(default)]
    pub modalites: Vec<RawModality>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawModality {
    pub code: String,
    pub label: String,
    #[serde(default)]
    pub alias: Vec<String>,
    pub niveau: Option<f64>,
}

/// An action of the convention territoriale globale.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFiche {
    pub code: Spanned<String>,
    pub label: String,
}

/// A document to have ready for a visit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPiece {
    pub rubrique: String,
    pub nom: String,
    pub tenu_par: String,
    pub elements: Vec<Spanned<String>>,
}

/// An axe of the charte qualité Plan mercredi.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCharterAxe {
    pub label: String,
    pub criteres: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAxe {
    pub code: Spanned<String>,
    pub label: String,
    pub marque: String,
    #[serde(default = "three")]
    pub cible: Number,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCritere {
    pub code: Spanned<String>,
    pub axe: Spanned<String>,
    pub type_action: Option<ActionKind>,
    #[serde(default)]
    pub protection: bool,
    pub label: String,
    #[serde(default)]
    pub imperatif: bool,
    #[serde(default = "three")]
    pub cible: Number,
    #[serde(default = "one")]
    pub poids: Number,
    pub descripteurs: [String; 4],
    pub types: Option<Vec<StructureType>>,
    #[serde(default)]
    pub poids_sources: RawWeights,
    #[serde(default)]
    pub fiches: Vec<Spanned<String>>,
    #[serde(default)]
    pub niveau: RawDecider,
    #[serde(default)]
    pub premiers_pas: Vec<String>,
    #[serde(default)]
    pub appuis: String,
    #[serde(default)]
    pub preuves: String,
    pub elements: Vec<RawElement>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Polarity {
    #[default]
    Positive,
    Negative,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BetterSide {
    #[default]
    Haut,
    Bas,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawElement {
    pub code: Spanned<String>,
    pub source: SourceCode,
    pub echelle: Spanned<String>,
    pub label: String,
    #[serde(default)]
    pub polarite: Polarity,
    #[serde(default = "one")]
    pub poids: Number,
    pub types: Option<Vec<StructureType>>,
    pub mesure: Option<String>,
    pub seuils: Option<[Number; 3]>,
    #[serde(default)]
    pub sens: BetterSide,
    pub origine: Option<RawOrigin>,
    pub article: Option<String>,
    #[serde(default)]
    pub compte_imperatif: bool,
    #[serde(default)]
    pub moments: Vec<VisitMoment>,
    pub ancres: Option<[String; 4]>,
    pub ages: Option<AgeBand>,
    #[serde(default)]
    pub comptage: bool,
    pub filtre: Option<Spanned<String>>,
    /// Whether the territory added it.
    #[serde(skip)]
    pub is_local: bool,
}

/// The types written, or all of them.
pub(super) fn type_set(types: Option<&[StructureType]>) -> TypeSet {
    types.map_or(TypeSet::ALL, |types| types.iter().copied().collect())
}
