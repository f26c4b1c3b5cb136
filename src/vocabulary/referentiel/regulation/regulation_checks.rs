//! Which parameters are refused: those under which figures would say what no text does.

use super::raw_regulation::{RawRegulation, RawText};
use super::{
    Bathing, Definition, DirectionThresholds, HowRead, LawArticle, LocalRatio, Ratio, Regulation,
    SITUATIONS,
};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::fold;
use crate::base::toml_error::toml_message;
use crate::vocabulary::referentiel::TypeSet;

impl Regulation {
    /// Reads and checks the file.
    ///
    /// # Errors
    ///
    /// A key that is unknown, missing or of another kind; a situation twice or nowhere; a ratio of nobody; a
    /// local ratio that asks for less than the code; a day that is none.
    pub fn parse(name: &str, text: &str) -> Result<Self> {
        let raw: RawRegulation =
            toml::from_str(text).map_err(|e| Error::Config(toml_message(name, text, &e)))?;
        let bad = |what: &str| Error::Config(format!("{name} : {what}."));
        check(&raw).map_err(|what| bad(&what))?;
        let part = |text: &str| {
            fraction(text)
                .ok_or_else(|| bad(&format!("« {text} » n’est pas une fraction comme « 1/2 »")))
        };
        let articles = articles(&raw);
        Ok(Self {
            qualified_min: part(&raw.qualification.qualifies_min)?,
            unqualified_max: part(&raw.qualification.non_qualifies_max)?,
            unqualified_exception: raw.qualification.non_qualifies_exception,
            version: raw.version,
            en_vigueur: raw.en_vigueur,
            verified: raw.verifie_le,
            mixed_ages: raw.ages_melanges,
            mixed_ages_answered: raw.ages_melanges_repondu_le,
            director_counts_up_to: raw.directeur.compte_si_organise_pour_au_plus,
            animateurs_beside_speakers: raw.intervenants.animateurs_presents_min,
            most_minors: raw.effectif_maximal.maximum,
            direction: DirectionThresholds {
                jours: raw.direction.jours,
                mineurs: raw.direction.mineurs,
                diplomas: raw
                    .direction
                    .diplomes_professionnels
                    .iter()
                    .map(|d| fold(d))
                    .collect(),
            },
            definition: Definition {
                mineurs: raw.accueil_de_loisirs.mineurs_min,
                jours: raw.accueil_de_loisirs.jours_an_min,
                heures: raw.accueil_de_loisirs.heures_jour_min,
                heures_pedt: raw.accueil_de_loisirs.heures_jour_min_pedt,
            },
            bathing: Bathing {
                moins6: raw.baignade.moins6,
                plus6: raw.baignade.plus6,
            },
            articles,
            long_hours: raw.duree_longue_h,
            local: raw
                .pedt
                .taux_local
                .iter()
                .map(|l| LocalRatio {
                    time: l.temps,
                    moins6: l.moins6,
                    plus6: l.plus6,
                })
                .collect(),
            ratios: raw
                .encadrement
                .into_iter()
                .map(|r| Ratio {
                    situation: r.situation,
                    moins6: r.moins6,
                    plus6: r.plus6,
                    article: r.article,
                })
                .collect(),
        })
    }
}

/// What is wrong with the file, if anything.
fn check(raw: &RawRegulation) -> std::result::Result<(), String> {
    for situation in SITUATIONS {
        let found = raw.encadrement.iter();
        let found = found.filter(|r| r.situation == situation).count();
        if found != 1 {
            return Err(format!(
                "la situation « {situation} » doit figurer une fois, elle y est {found} fois"
            ));
        }
    }
    let mut ratios = raw.encadrement.iter();
    if let Some(r) = ratios.find(|r| !SITUATIONS.contains(&r.situation.as_str())) {
        return Err(format!("situation « {} » inconnue", r.situation));
    }
    let mut ratios = raw.encadrement.iter();
    if ratios.any(|r| r.moins6 == 0 || r.plus6 == 0) {
        return Err("un taux d’encadrement ne peut pas être nul".to_owned());
    }
    if raw.baignade.moins6 == 0 || raw.baignade.plus6 == 0 {
        return Err("un taux de baignade ne peut pas être nul".to_owned());
    }
    let mut under_pedt = raw.encadrement.iter();
    let pedt = under_pedt.find(|r| r.situation == "periscolaire_pedt");
    for local in &raw.pedt.taux_local {
        let is_laxer = pedt.is_some_and(|r| local.moins6 > r.moins6 || local.plus6 > r.plus6);
        if is_laxer || local.moins6 == 0 || local.plus6 == 0 {
            return Err(format!(
                "le taux local du {} ({} et {}) demande moins que le code : une convention peut exiger plus d’adultes, jamais moins",
                local.temps.as_str(),
                local.moins6,
                local.plus6
            ));
        }
    }
    let answered = &raw.ages_melanges_repondu_le;
    if raw.ages_melanges.is_settled() && answered.is_empty() {
        return Err(
            "« ages_melanges » dit une lecture : écrivez dans « ages_melanges_repondu_le » le jour où le SDJES a répondu (AAAA-MM-JJ)".to_owned(),
        );
    }
    let days = texts(raw).map(|text| text.verifie_le);
    let articles = raw.articles.iter().map(|a| a.verifie_le.clone());
    let own = [&raw.en_vigueur, &raw.verifie_le, answered].map(String::clone);
    let mut all = days.chain(articles).chain(own);
    match all.find(|day| !day.is_empty() && day.parse::<Day>().is_err()) {
        Some(day) => Err(format!("« {day} » n’est pas un jour (AAAA-MM-JJ)")),
        None => Ok(()),
    }
}

/// The text of each block.
fn texts(raw: &RawRegulation) -> impl Iterator<Item = RawText> {
    let text = |article: &str, source: &str, verifie_le: &str| RawText {
        article: article.to_owned(),
        source: source.to_owned(),
        verifie_le: verifie_le.to_owned(),
    };
    let ratios: Vec<RawText> = raw
        .encadrement
        .iter()
        .map(|r| text(&r.article, &r.source, &r.verifie_le))
        .collect();
    macro_rules! of {
        ($($block:ident)*) => {
            [$(text(&raw.$block.article, &raw.$block.source, &raw.$block.verifie_le)),*]
        };
    }
    let blocks = of!(pedt intervenants directeur effectif_maximal accueil_de_loisirs qualification direction baignade);
    ratios
        .into_iter()
        .chain(blocks)
        .chain([raw.capacite.clone()])
}

/// Every text: those that are listed, then those of the blocks that no line lists.
fn articles(raw: &RawRegulation) -> Vec<LawArticle> {
    let mut all: Vec<LawArticle> = raw
        .articles
        .iter()
        .map(|a| LawArticle {
            article: a.article.clone(),
            objet: a.objet.clone(),
            types: a
                .types
                .as_ref()
                .map_or(TypeSet::ALL, |types| types.iter().copied().collect()),
            source: a.source.clone(),
            read: a.lecture,
            verified: a.verifie_le.clone(),
        })
        .collect();
    for text in texts(raw) {
        if all.iter().all(|a| a.article != text.article) {
            all.push(LawArticle {
                article: text.article,
                objet: String::new(),
                types: TypeSet::ALL,
                source: text.source,
                read: HowRead::Guide,
                verified: text.verifie_le,
            });
        }
    }
    all
}

fn fraction(text: &str) -> Option<(u32, u32)> {
    let (top, bottom) = text.split_once('/')?;
    let (top, bottom): (u32, u32) = (top.trim().parse().ok()?, bottom.trim().parse().ok()?);
    (bottom > 0 && top <= bottom).then_some((top, bottom))
}
