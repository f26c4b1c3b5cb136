//! `ctg/echanges.toml` as it is written, each value with its place.

use serde::Deserialize;
use toml::Spanned;

use crate::convention::convention_raw::PlacedText;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExchanges {
    #[serde(default)]
    pub echanges: Vec<RawExchange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExchange {
    pub id: PlacedText,
    pub sens: PlacedText,
    pub demandeur: Option<PlacedText>,
    pub detenteur: Option<PlacedText>,
    pub demande_le: Option<PlacedText>,
    pub objet: Option<PlacedText>,
    pub finalite: Option<PlacedText>,
    pub base_legale: Option<PlacedText>,
    #[serde(default)]
    pub donnees: Vec<RawExchanged>,
    #[serde(default)]
    pub opportunite: RawExchangeOpinion,
    #[serde(default)]
    pub faisabilite: RawExchangeOpinion,
    #[serde(default)]
    pub conformite: RawExchangeOpinion,
    #[serde(default)]
    pub dpo: RawDpoOpinion,
    #[serde(default)]
    pub decision: RawExchangeDecision,
    #[serde(default)]
    pub registre: RawRegisterEntry,
    pub conservation_mois: Option<Spanned<u32>>,
    pub fin: Option<PlacedText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExchanged {
    pub champ: PlacedText,
    pub nature: PlacedText,
    pub maille: Option<PlacedText>,
    pub effectif_min: Option<Spanned<usize>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExchangeOpinion {
    pub avis: Option<PlacedText>,
    pub motif: Option<PlacedText>,
    pub le: Option<PlacedText>,
    pub par: Option<PlacedText>,
    pub aipd: Option<PlacedText>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDpoOpinion {
    pub de: Option<PlacedText>,
    pub saisi_le: Option<PlacedText>,
    pub avis: Option<PlacedText>,
    #[serde(default)]
    pub recommandations: Vec<PlacedText>,
    pub le: Option<PlacedText>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExchangeDecision {
    pub etat: Option<PlacedText>,
    pub motif: Option<PlacedText>,
    pub le: Option<PlacedText>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRegisterEntry {
    pub inscrit_le: Option<PlacedText>,
    pub reference: Option<PlacedText>,
}

/// What is written, blanks being nothing: a block that waits to be filled holds empty quotes.
pub(super) fn given(value: Option<&PlacedText>) -> Option<&PlacedText> {
    value.filter(|text| !text.get_ref().trim().is_empty())
}

/// A text, empty when nothing is written.
pub(super) fn words(value: Option<&PlacedText>) -> String {
    given(value).map_or_else(String::new, |text| text.get_ref().trim().to_owned())
}

impl RawExchange {
    /// Every text that people typed freely, with its place.
    pub(super) fn free_texts(&self) -> Vec<&PlacedText> {
        let opinions = [&self.opportunite, &self.faisabilite, &self.conformite];
        let own = [
            &self.demandeur,
            &self.detenteur,
            &self.objet,
            &self.finalite,
            &self.base_legale,
            &self.decision.motif,
            &self.registre.reference,
        ];
        let said = opinions.into_iter().flat_map(|o| [&o.motif, &o.par]);
        let texts = own.into_iter().chain(said).flatten();
        texts.chain(&self.dpo.recommandations).collect()
    }
}
