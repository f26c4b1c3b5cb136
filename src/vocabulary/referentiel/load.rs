//! TOML → [`Referentiel`], checked: unknown keys, dangling or repeated codes, weights that sum to
//! nothing, scales out of order are refused with file, line, column and the nearest valid name.
//!
//! | question | file |
//! |---|---|
//! | keys of the file, and their defaults | `raw` |
//! | codes that lead nowhere, weights, scales out of order | `cross_checks` |
//! | documents of a visit, axes of the Plan mercredi | `other_tables` |
//! | a territory's own sentences, targets and critères put aside, over the rest | `layered` |

mod cross_checks;
mod layered;
mod other_tables;
mod raw;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use self::cross_checks::Checker;
pub(crate) use self::cross_checks::NamedText;
use self::raw::{RawFile, RawScale};
use super::hash;
use super::ids::{SourceCode, TypeSet};
use super::model::{
    Axe, Critere, DeclaredSpread, DonMeasure, Element, Fiche, MICRO, Modality, Referentiel, Rules,
    Scale, compact,
};
use super::origin::{ElementOrigin, Filter, Purpose};
use crate::base::error::{Error, Result};
use crate::base::text::plain_words;
use crate::base::toml_error::toml_message;

/// Version of the référentiel as shipped.
pub const SHIPPED: &str = "v2";

/// Text of the référentiel as shipped.
pub fn embedded() -> &'static str {
    include_str!("../../../grids/referentiel-v2.toml")
}

/// A référentiel of before, for tests that know its words and figures by heart.
#[cfg(test)]
pub(crate) fn embedded_v1() -> &'static str {
    include_str!("../../../tests/suite/fixtures/referentiel-v1.toml")
}

/// Reads and checks a référentiel.
///
/// # Errors
///
/// [`Error::Config`] with every problem found, one per line, each with `name`, line and column.
pub fn parse(name: &str, text: &str) -> Result<Referentiel> {
    parse_over(name, text, None)
}

/// The same, kept as long as the program runs: what a text says is read once, and again once a letter of it changed.
///
/// # Errors
///
/// See [`parse`].
pub(crate) fn parse_once(
    name: &str,
    text: &str,
    layer: Option<NamedText>,
) -> Result<Arc<Referentiel>> {
    /// The last few texts: a folder has one or two versions, a layer makes one of each campaign.
    const KEPT: usize = 12;
    type ReadTexts = Vec<([u8; 32], Arc<Referentiel>)>;
    static READ: Mutex<ReadTexts> = Mutex::new(Vec::new());
    let read = || READ.lock().unwrap_or_else(PoisonError::into_inner);
    let key: [u8; 32] = Sha256::digest(text).into();
    if let Some((_, known)) = read().iter().find(|(of, _)| *of == key) {
        return Ok(Arc::clone(known));
    }
    let made = Arc::new(parse_over(name, text, layer)?);
    let mut all = read();
    all.insert(0, (key, Arc::clone(&made)));
    all.truncate(KEPT);
    Ok(made)
}

/// The same, of a text to whose end what holds of a layer was added; what is wrong with an élément of the layer is
/// told where the layer has it.
///
/// # Errors
///
/// See [`parse`].
fn parse_over(name: &str, text: &str, layer: Option<NamedText>) -> Result<Referentiel> {
    let mut raw: RawFile =
        toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
    layered::apply(&mut raw);
    let mut checker = Checker::new(name, text, layer);
    let scales = scales(&raw.echelles, &mut checker);
    let mut referentiel = assemble(&raw, scales, text, &mut checker);
    checker.referentiel(&referentiel);
    checker.finish()?;
    for c in 0..referentiel.criteres.len() {
        referentiel.criteres[c].hash = hash::critere(
            &referentiel.criteres[c],
            &referentiel.elements,
            &referentiel.scales,
        );
    }
    // Once hashed: neither who set a target nor what applies is part of what a critère is.
    layered::mark(&raw.local, &mut referentiel);
    Ok(referentiel)
}

fn rules(raw: &raw::RawRules) -> Rules {
    Rules {
        couverture_critere: raw.couverture_critere.0,
        elements_min: raw.elements_min,
        couverture_axe: raw.couverture_axe.0,
        couverture_fragile: raw.couverture_fragile.0,
        effectif_min: raw.effectif_min,
        effectif_fragile: raw.effectif_fragile,
        mic: raw.mic.0,
        mic_part: raw.mic_part.0,
        declared: DeclaredSpread {
            element: raw.ecart_element.0,
            day: raw.ecart_jour.0,
            mark: raw.ecart_entretien.0,
            answer: raw.ecart_reponse.0,
        },
        auto_remplace_obs: raw.auto_remplace_obs,
        note_globale: raw.note_globale,
    }
}

fn scales(raw: &[RawScale], checker: &mut Checker) -> Vec<Scale> {
    raw.iter()
        .map(|scale| {
            checker.scale(scale);
            Scale {
                code: scale.code.get_ref().clone(),
                converted: scale.conversion == raw::Conversion::Niveaux,
                nc: scale.statuts.contains(&raw::RawStatus::Nc),
                no: scale.statuts.contains(&raw::RawStatus::No),
                nsp: scale.statuts.contains(&raw::RawStatus::Nsp),
                no_label: scale.libelle_no.clone(),
                drawing: scale.dessin,
                modalities: scale
                    .modalites
                    .iter()
                    .map(|m| Modality {
                        code: m.code.clone(),
                        label: m.label.clone(),
                        alias: m.alias.clone(),
                        micro: m.niveau.map(|n| (n * MICRO as f64).round() as i64),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// What éléments may cite.
struct KnownCodes {
    scales: Vec<String>,
    filters: Vec<String>,
    /// A file that says where no élément comes from holds its impératifs to all of them.
    tells_origins: bool,
}

impl KnownCodes {
    fn of(raw: &RawFile, scales: &[Scale]) -> Self {
        let filters = raw.filtres.iter().map(|f| f.code.get_ref().clone());
        let mut elements = raw.criteres.iter().flat_map(|c| &c.elements);
        Self {
            scales: scales.iter().map(|s| s.code.clone()).collect(),
            filters: filters.collect(),
            tells_origins: elements.any(|e| e.origine.is_some()),
        }
    }

    /// An élément of a critère, by its position; `types` are those of the critère.
    fn element(
        &self,
        re: &raw::RawElement,
        critere: usize,
        types: TypeSet,
        checker: &mut Checker,
    ) -> Element {
        let is_asked = re.compte_imperatif || re.origine == Some(raw::RawOrigin::Loi);
        let filter = re.filtre.as_ref();
        Element {
            code: re.code.get_ref().clone(),
            words: plain_words(&re.label),
            label: re.label.as_str().into(),
            source: re.source,
            critere,
            scale: checker.lookup(&re.echelle, &self.scales, "échelle"),
            negative: re.polarite == raw::Polarity::Negative,
            weight: re.poids.0,
            types: types.and(raw::type_set(re.types.as_deref())),
            don: don_measure(re, checker),
            origin: origin(re, checker),
            must: re.source.counts_for_imperatif()
                && !re.is_local
                && (!self.tells_origins || is_asked),
            moments: re.moments.iter().copied().collect(),
            anchors: re.ancres.clone(),
            ages: re.ages,
            headcount: re.comptage,
            filter: filter.map(|f| checker.lookup(f, &self.filters, "question")),
            local: None,
        }
    }
}

/// Builds the model; a code that leads nowhere is reported and replaced by position 0, which no
/// caller sees since `finish` then fails.
fn assemble(raw: &RawFile, scales: Vec<Scale>, text: &str, checker: &mut Checker) -> Referentiel {
    let mut axes: Vec<Axe> = raw
        .axes
        .iter()
        .map(|a| Axe {
            code: a.code.get_ref().clone(),
            label: a.label.as_str().into(),
            marque: a.marque.clone(),
            cible: a.cible.0,
            local_target: None,
            criteres: Vec::new(),
        })
        .collect();
    let axe_codes: Vec<String> = axes.iter().map(|a| a.code.clone()).collect();
    let fiche_codes: Vec<String> = raw
        .fiches
        .iter()
        .map(|f| f.code.get_ref().clone())
        .collect();
    let known = KnownCodes::of(raw, &scales);
    let default_weights = raw
        .poids_sources
        .array([3.0, 0.0, 2.0, 1.0, 0.0, 1.0, 1.0, 2.0]);
    let (mut criteres, mut elements) = (Vec::new(), Vec::new());
    for (c, rc) in raw.criteres.iter().enumerate() {
        let axe = checker.lookup(&rc.axe, &axe_codes, "axe");
        if let Some(axe) = axes.get_mut(axe) {
            axe.criteres.push(c);
        }
        let types = raw::type_set(rc.types.as_deref());
        let mut positions = Vec::new();
        for re in &rc.elements {
            checker.element_belongs(re, rc);
            positions.push(elements.len());
            elements.push(known.element(re, c, types, checker));
        }
        criteres.push(Critere {
            code: rc.code.get_ref().clone(),
            label: rc.label.as_str().into(),
            axe,
            imperatif: rc.imperatif,
            cible: rc.cible.0,
            weight: rc.poids.0,
            descripteurs: rc.descripteurs.clone(),
            types,
            source_weights: rc.poids_sources.array(default_weights),
            fiches: (rc.fiches.iter())
                .map(|f| checker.lookup(f, &fiche_codes, "fiche"))
                .collect(),
            action: rc.type_action,
            protection: rc.protection,
            hors_observatoire: false,
            organiser: rc.niveau == raw::RawDecider::Organisateur,
            first_steps: rc.premiers_pas.clone(),
            help: rc.appuis.clone(),
            proofs: rc.preuves.clone(),
            elements: positions,
            hash: String::new(),
            local_target: None,
            put_aside: None,
        });
    }
    mark_serious(raw, &mut criteres, checker);
    let element_index = index(elements.iter().map(|e| e.code.as_str()));
    let critere_index = index(criteres.iter().map(|c: &Critere| c.code.as_str()));
    let pieces = other_tables::pieces(raw, &elements, checker);
    let charter = other_tables::charter(raw, &criteres, checker);
    let mut referentiel = Referentiel {
        version: raw.referentiel.version.clone(),
        titre: raw.referentiel.titre.clone(),
        purpose: purpose(&raw.referentiel),
        filters: raw.filtres.iter().map(filter).collect(),
        rules: rules(&raw.regles),
        scales,
        fiches: raw.fiches.iter().map(fiche).collect(),
        pieces,
        charter,
        axes,
        criteres,
        elements,
        hash: crate::base::text::hex(Sha256::digest(text.as_bytes())),
        text: text.into(),
        element_index,
        form_heads: Vec::new(),
        critere_index,
    };
    referentiel.form_heads = referentiel.all_heads();
    referentiel
}

/// Critères whose low level leaves the tool when the file does not say which: a file written before
/// it could must not begin to print them.
const SERIOUS: [&str; 2] = ["REL-5", "SEC-7"];

fn mark_serious(raw: &RawFile, criteres: &mut [Critere], checker: &mut Checker) {
    let Some(named) = &raw.regles.hors_observatoire else {
        for critere in criteres {
            critere.hors_observatoire = SERIOUS.contains(&critere.code.as_str());
        }
        return;
    };
    let codes: Vec<String> = criteres.iter().map(|c| c.code.clone()).collect();
    for code in named {
        if let Some(critere) = criteres.get_mut(checker.lookup(code, &codes, "critère")) {
            critere.hors_observatoire = true;
        }
    }
}

fn purpose(raw: &raw::RawHead) -> Purpose {
    Purpose {
        objet: raw.objet.clone(),
        ages: raw.ages.clone(),
        leaves_out: raw.laisse_de_cote.clone(),
        changes: raw.modifications.clone(),
        protocol: raw.protocole.clone(),
    }
}

fn filter(raw: &raw::RawFilter) -> Filter {
    Filter {
        code: raw.code.get_ref().clone(),
        label: raw.label.clone(),
    }
}

/// An article is what makes an élément one of law.
fn origin(re: &raw::RawElement, checker: &mut Checker) -> ElementOrigin {
    match (re.origine, &re.article) {
        (Some(raw::RawOrigin::Loi), Some(article)) => ElementOrigin::Law(article.clone()),
        (Some(raw::RawOrigin::Loi), None) => {
            checker.at(&re.code, "un élément de loi cite son « article »");
            ElementOrigin::Framework
        }
        (_, Some(_)) => {
            checker.at(&re.code, "« article » va avec origine = \"loi\"");
            ElementOrigin::Framework
        }
        (_, None) => ElementOrigin::Framework,
    }
}

fn fiche(raw: &raw::RawFiche) -> Fiche {
    Fiche {
        code: raw.code.get_ref().clone(),
        label: raw.label.clone(),
    }
}

fn index<'a>(codes: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    codes
        .enumerate()
        .map(|(i, code)| (compact(code), i))
        .collect()
}

fn don_measure(re: &raw::RawElement, checker: &mut Checker) -> Option<DonMeasure> {
    match (&re.mesure, &re.seuils, re.source) {
        (Some(measure), Some(thresholds), SourceCode::Don) => {
            let thresholds = thresholds.map(|t| t.0);
            let low_is_good = re.sens == raw::BetterSide::Bas;
            let ordered = |a: f64, b: f64| if low_is_good { a > b } else { a < b };
            if thresholds.windows(2).any(|w| !ordered(w[0], w[1])) {
                let message = if low_is_good {
                    "avec sens = \"bas\", les trois seuils vont en décroissant"
                } else {
                    "les trois seuils vont en croissant"
                };
                checker.at(&re.code, message);
            }
            Some(DonMeasure {
                measure: measure.clone(),
                thresholds,
                low_is_good,
            })
        }
        (None, None, source) if source != SourceCode::Don => None,
        _ => {
            checker.at(
                &re.code,
                "« mesure » et « seuils » vont ensemble, sur les éléments DON seulement",
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{embedded, parse};
    use crate::vocabulary::referentiel::regulation::{self, FILE_NAME, Regulation};
    use crate::vocabulary::referentiel::{SourceCode, StructureType, VisitMoment};

    /// What one grid of a moment may ask.
    const MOST_AT_ONCE: usize = 30;

    #[test]
    fn the_v2_asks_what_can_be_seen_and_cites_what_is_verified() {
        let r = parse("referentiel-v2.toml", embedded()).expect("the shipped référentiel");
        let law = Regulation::parse(FILE_NAME, regulation::embedded()).expect("the parameters");
        for kind in StructureType::ALL {
            for moment in VisitMoment::ALL {
                let asked = r.instrument(SourceCode::Obs, kind);
                let seen = asked.filter(|(_, e)| e.moments.admits(*moment)).count();
                assert!(seen <= MOST_AT_ONCE, "{kind:?} {moment:?} : {seen}");
            }
        }
        for element in &r.elements {
            let articles = element.origin.article().into_iter();
            for cited in articles.flat_map(|a| a.split(" ; ")) {
                assert!(law.article(cited).is_some(), "{} : {cited}", element.code);
            }
        }
        let facts = r.elements.iter();
        let facts = facts.filter(|e| e.must && e.origin.article().is_none());
        let codes: Vec<&str> = facts.map(|e| e.code.as_str()).collect();
        assert_eq!(codes, ["REL-5-OBS-1", "REL-5-DIR-1"]);
        assert!(
            r.criteres
                .iter()
                .all(|c| c.first_steps.len() == 3 && !c.help.is_empty())
        );
    }
}
