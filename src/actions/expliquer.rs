//! How a figure was made, down to file and cell; or what a diagnostic means.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::composite_weight::CompositeWeight;
use super::explained_campaign::{ExplainedCampaign, past};
use super::explained_question::{QuestionText, question};
use super::reference_check::reference_changes;
use crate::base::diagnostics::Code;
use crate::base::error::{Error, Result};
use crate::base::text::{list, suggest};
use crate::campaign::{OpenObservatory, Picture, PurgedAnswers, day_or_today};
use crate::disclosure::ClearedDelivery;
use crate::explain::{
    Explainer, LexiconWord, PrintedSite, PrintedTerritory, ReferencePage, explain_experiment,
    explain_organiser, explain_territory_activity, explain_word, is_whole, own_target,
};
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::own_question::source_of;
use crate::vocabulary::referentiel::{ActivityCode, ElementChange};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExplainRequest {
    /// A diagnostic.
    Diagnostic(Code),
    /// A word of tables and reports.
    Word(&'static LexiconWord),
    /// A critère or an élément, without campaign.
    Reference(String),
    /// An indicator of the convention, over a period.
    Convention {
        /// `G07`.
        code: String,
        /// `2026-T4`.
        period: String,
    },
    /// A figure.
    Figure(AskedFigure),
}

/// A figure by its key, the one that reports carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedFigure {
    /// Campaign.
    pub campaign: String,
    /// Code of the structure, `territoire`, `secteur:NOM`, or pilots joined by « + ».
    pub place: String,
    /// Code of the figure, with what it asks after « : ».
    pub code: String,
}

/// The explanation of a figure.
pub(crate) struct ExplainOutcome {
    /// Campaign, structure and code.
    pub head: String,
    /// How it was made.
    pub explained: String,
}

impl ExplainRequest {
    /// Reads `C1/R01/REL-2`, `VAL-401`, `SEC-1`, or `OBS`.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub(crate) fn read(written: &str) -> Result<Self> {
        if let Ok(code) = written.parse::<Code>() {
            return Ok(Self::Diagnostic(code));
        }
        // The name of a sector may hold a bar.
        let key = written.split_once('/').and_then(|(campaign, rest)| {
            let (place, code) = rest.rsplit_once('/')?;
            Some([campaign, place, code].map(str::trim))
        });
        let is_key = |[campaign, place, code]: &[&str; 3]| {
            let is_sector = place.to_lowercase().starts_with("secteur:");
            ![campaign, place, code].iter().any(|part| part.is_empty())
                && (is_sector || !place.contains('/'))
        };
        let Some([campaign, place, code]) = key.filter(is_key) else {
            if let Ok(word) = explain_word(written) {
                return Ok(Self::Word(word));
            }
            if is_code(written) || is_whole(written) {
                return Ok(Self::Reference(written.trim().to_owned()));
            }
            return explain_word(written).map(Self::Word).map_err(|near| {
                Error::Usage(format!(
                    "« {written} » : écrivez CAMPAGNE/STRUCTURE/CODE (C1/R01/REL-2), un critère (SEC-1), un code de diagnostic (VAL-401) ou un mot des tableaux (OBS, fragile){}.",
                    near.best_clause()
                ))
            });
        };
        if campaign.eq_ignore_ascii_case("CTG") {
            return Ok(Self::Convention {
                code: place.to_owned(),
                period: code.to_owned(),
            });
        }
        Ok(Self::Figure(AskedFigure {
            campaign: campaign.to_owned(),
            place: place.to_owned(),
            code: code.to_owned(),
        }))
    }
}

/// « SEC-1 », « rel-2-obs-3 »: letters, then numbers.
fn is_code(written: &str) -> bool {
    let mut parts = written.trim().split('-');
    let letters = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_alphabetic());
    let digits = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit());
    parts.next().is_some_and(letters) && parts.next().is_some_and(digits)
}

/// Explains a critère or an élément of the référentiel of the latest campaign.
///
/// # Errors
///
/// A code that it does not have, with the nearest ones.
pub(crate) fn explain_reference(opened: &OpenObservatory, code: &str) -> Result<String> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(None)?;
    let referentiel = observatory.referentiel(campaign);
    let page = ReferencePage {
        referentiel,
        regulation: &observatory.regulation,
    };
    page.of(code).ok_or_else(|| {
        let criteres = referentiel.criteres.iter().map(|c| c.code.as_str());
        let elements = referentiel.elements.iter().map(|e| e.code.as_str());
        let near = suggest(&code.to_uppercase(), criteres.chain(elements));
        Error::Usage(format!(
            "« {code} » n’est ni un critère ni un élément du référentiel {}{}.",
            referentiel.version,
            near.best_clause()
        ))
    })
}

/// Explains figures, those of one campaign together.
///
/// # Errors
///
/// An unknown campaign, structure, sector or code, with the nearest ones; a day that is none; a store that cannot be
/// read.
pub(crate) fn explain_all(
    opened: &OpenObservatory,
    asked: &[AskedFigure],
    date: Option<&str>,
) -> Result<Vec<ExplainOutcome>> {
    let mut campaigns: BTreeMap<&str, &Campaign> = BTreeMap::new();
    for figure in asked {
        let campaign = opened.observatory.campaign(Some(&figure.campaign))?;
        campaigns.insert(&figure.campaign, campaign);
    }
    let mut explained: BTreeMap<usize, ExplainOutcome> = BTreeMap::new();
    for (written, campaign) in campaigns {
        let day = match date {
            Some(_) => day_or_today(date)?,
            None => campaign.fin,
        };
        let picture = Picture::of_every_figure(opened, campaign, day)?;
        let past = past(opened, campaign, &picture)?;
        let known = ExplainedCampaign::of(opened, &picture, &past, day);
        let own = asked.iter().enumerate();
        for (at, figure) in own.filter(|(_, figure)| figure.campaign == written) {
            explained.insert(at, one(&known, figure)?);
        }
    }
    Ok(explained.into_values().collect())
}

fn one(known: &ExplainedCampaign, figure: &AskedFigure) -> Result<ExplainOutcome> {
    let AskedFigure { place, code, .. } = figure;
    let (name, detail) = code.split_once(':').unwrap_or((code, ""));
    if place.eq_ignore_ascii_case("territoire") {
        return territory(known, code);
    }
    if let Some((kind, sector)) = place.split_once(':')
        && kind.eq_ignore_ascii_case("secteur")
    {
        return of_sector(known, sector.trim(), code);
    }
    if name.eq_ignore_ascii_case("pilote") {
        return pilots(known, place, detail);
    }
    let structure = known.opened.structure(place)?;
    if source_of(code).is_some() {
        let QuestionText { head, explained } = question(known, Some(structure), code)?;
        return Ok(ExplainOutcome { head, explained });
    }
    if PrintedSite::has(name) {
        return printed(known, structure, name, detail);
    }
    site(known, structure, name, &composite(detail)?)
}

/// A count of an accueil as it is printed: for its team, or for the audience named after « : ».
fn printed(
    known: &ExplainedCampaign,
    site: &Structure,
    name: &str,
    audience: &str,
) -> Result<ExplainOutcome> {
    let structure = known.opened.structure(&site.code)?;
    let told = |delivery: &ClearedDelivery| {
        let own = delivery.site(&structure.code);
        own.and_then(|site| PrintedSite { structure, site }.explain(name))
    };
    let text = if audience.is_empty() || audience.eq_ignore_ascii_case("equipe") {
        told(&*known.of_team(structure)?)
    } else {
        let all = Audience::ALL.into_iter();
        let mut named = all.filter(|a| a.as_str().eq_ignore_ascii_case(audience));
        let audience = named.next().ok_or_else(|| {
            Error::Usage(format!(
                "« {audience} » : écrivez equipe, elus, familles ou renouvellement."
            ))
        })?;
        told(&*known.cleared(audience)?)
    };
    let campaign = &known.picture.campaign.id;
    Ok(ExplainOutcome {
        explained: text.ok_or_else(|| {
            Error::Usage(format!(
                "{} n’est pas dans la campagne {campaign}.",
                structure.code
            ))
        })?,
        head: format!(
            "{campaign} · {} {} · {}",
            structure.code,
            structure.nom,
            name.to_uppercase()
        ),
    })
}

/// Answers of a sector to a question, as elected people are given them.
fn of_sector(known: &ExplainedCampaign, sector: &str, code: &str) -> Result<ExplainOutcome> {
    let delivery = known.cleared(Audience::Elus)?;
    let printed = PrintedTerritory {
        delivery: &delivery,
        structures: &known.picture.structures,
        referentiel: known.picture.referentiel,
        indicators: &known.picture.indicators,
    };
    let explained = printed.of_sector(sector, code).ok_or_else(|| {
        let sectors: Vec<&str> = delivery
            .sectors
            .iter()
            .map(|s| s.secteur.as_str())
            .collect();
        Error::Usage(format!(
            "« {code} » n’est pas une question montrée du secteur « {sector} » (secteurs : {}).",
            list(&sectors)
        ))
    })?;
    Ok(ExplainOutcome {
        explained,
        head: format!(
            "{} · secteur {sector} · {}",
            known.picture.campaign.id,
            written(code)
        ),
    })
}

/// `REL=2,SEC=1`.
fn composite(detail: &str) -> Result<BTreeMap<String, f64>> {
    let mut weights = BTreeMap::new();
    for written in detail.split(',').filter(|w| !w.is_empty()) {
        let read: CompositeWeight = written.parse().map_err(Error::Usage)?;
        weights.insert(read.axe, read.weight);
    }
    Ok(weights)
}

fn site(
    known: &ExplainedCampaign,
    site: &Structure,
    code: &str,
    weights: &BTreeMap<String, f64>,
) -> Result<ExplainOutcome> {
    let (opened, picture) = (known.opened, known.picture);
    let beside = known.beside(code, weights)?;
    let purged = opened.purged(picture.campaign)?;
    let explainer = Explainer {
        scope: &opened.scope(picture.campaign),
        indicators: &picture.indicators,
        observations: &*known.answers(site)?,
        since: known.since(),
        history: known.history(),
        beside: &beside,
        priorities: &picture.priorities,
        plans: &opened.plans,
        structure: &site.code,
        wordings: &picture.wordings,
        purged: &purged.records,
        corrected: &known.corrected()?,
    };
    let mut explained = explainer.explain(code)?;
    if let Some(printed) = as_printed(known, site, code)? {
        explained.push_str("\n\nTel que le rapport à l’équipe l’imprime :\n");
        explained.push_str(&printed);
    }
    explained.push_str(&asked_then(opened, picture.campaign, code)?);
    Ok(ExplainOutcome {
        explained,
        head: format!(
            "{} · {} {} · {}",
            picture.campaign.id,
            site.code,
            site.nom,
            written(code)
        ),
    })
}

/// A question as the team is given it; none of anything else.
fn as_printed(known: &ExplainedCampaign, site: &Structure, code: &str) -> Result<Option<String>> {
    let r = known.picture.referentiel;
    let element = r
        .elements
        .iter()
        .find(|e| e.code.eq_ignore_ascii_case(code));
    if !element.is_some_and(|e| e.source.is_questionnaire()) {
        return Ok(None);
    }
    let structure = known.opened.structure(&site.code)?;
    let delivery = known.of_team(structure)?;
    let own = delivery.site(&structure.code);
    Ok(own.and_then(|site| PrintedSite { structure, site }.question(code)))
}

/// A code as it is printed elsewhere, however it was typed: « I12a », « SEC-7 ».
fn written(code: &str) -> String {
    let mut activities = ActivityCode::all();
    let found = activities.find(|a| a.as_str().eq_ignore_ascii_case(code));
    found.map_or_else(|| code.to_uppercase(), |a| a.as_str().to_owned())
}

/// The words that people answered, where an élément says something else today.
fn asked_then(opened: &OpenObservatory, campaign: &Campaign, code: &str) -> Result<String> {
    let mut text = String::new();
    for change in reference_changes(opened, campaign)? {
        let same = |c: &&ElementChange| c.code().eq_ignore_ascii_case(code);
        if let Some(found) = change.changes.iter().find(same) {
            let imports = list(&change.imports);
            let said = found.sentence();
            let _ = write!(
                text,
                "\n\nAttention : depuis la lecture de {imports}, {said}."
            );
        }
    }
    Ok(text)
}

/// One pilot, or several joined by « + » as `comparer --pilote` writes them.
fn pilots(known: &ExplainedCampaign, structures: &str, code: &str) -> Result<ExplainOutcome> {
    let picture = known.picture;
    let pilots: Vec<String> = structures
        .split('+')
        .map(|code| Ok(known.opened.structure(code.trim())?.code.clone()))
        .collect::<Result<_>>()?;
    let since = known.since().ok_or_else(|| {
        Error::Usage(format!(
            "{} est la première campagne : un essai se lit entre deux campagnes.",
            picture.campaign.id
        ))
    })?;
    Ok(ExplainOutcome {
        explained: explain_experiment(since, picture.referentiel, &pilots, code)?,
        head: format!("{} · {}", picture.campaign.id, pilots.join("+")),
    })
}

/// What is said of a territory rests on answers of every source: those that are no more are named.
fn with_purge(explained: String, purged: &PurgedAnswers) -> String {
    match purged.sentence() {
        Some(sentence) => format!(
            "{}\n\nAttention, {sentence} : ce qui se lit dans les réponses elles-mêmes ou dans les mots n’y est plus.",
            explained.trim_end()
        ),
        None => explained,
    }
}

fn territory(known: &ExplainedCampaign, code: &str) -> Result<ExplainOutcome> {
    let (opened, picture) = (known.opened, known.picture);
    let head = || format!("{} · territoire · {}", picture.campaign.id, written(code));
    if source_of(code).is_some() {
        let QuestionText { head, explained } = question(known, None, code)?;
        return Ok(ExplainOutcome { head, explained });
    }
    let mut activities = ActivityCode::all();
    if let Some(activity) = activities.find(|a| a.as_str().eq_ignore_ascii_case(code)) {
        return Ok(ExplainOutcome {
            explained: explain_territory_activity(
                &opened.scope(picture.campaign),
                &picture.indicators,
                picture.before.as_ref().map(|b| &b.indicators),
                activity,
            ),
            head: head(),
        });
    }
    let r = picture.referentiel;
    if let Some(aside) = r
        .critere(code)
        .and_then(|c| r.criteres[c].put_aside.as_ref())
    {
        return Ok(ExplainOutcome {
            explained: aside.sentence(&written(code)),
            head: head(),
        });
    }
    let overall = known.overall()?;
    let made = explain_organiser(
        &picture.indicators,
        picture.referentiel,
        &picture.wordings,
        code,
    );
    let delivery = known.cleared(Audience::Elus)?;
    let printed = PrintedTerritory {
        delivery: &delivery,
        structures: &picture.structures,
        referentiel: picture.referentiel,
        indicators: &picture.indicators,
    };
    let made = made.or_else(|| printed.explain(code));
    let explained = match made {
        // Its change, where there is one.
        Some(made) => match overall.explain(code) {
            Ok(change) => format!("{made}\n{change}"),
            Err(_) => made,
        },
        // A target of the territory's own is told where nothing else is.
        None => match (overall.explain(code), own_target(r, code)) {
            (Ok(told), own) => own + &told,
            (Err(_), own) if !own.is_empty() => own,
            (Err(error), _) => return Err(error),
        },
    };
    Ok(ExplainOutcome {
        explained: with_purge(explained, &opened.purged(picture.campaign)?),
        head: head(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_and_a_diagnostic_are_told_apart() {
        let figure = ExplainRequest::read("C1/ R01 /REL-2").expect("a figure");
        let asked = |place: &str| {
            ExplainRequest::Figure(AskedFigure {
                campaign: "C1".to_owned(),
                place: place.to_owned(),
                code: "REL-2".to_owned(),
            })
        };
        assert_eq!(figure, asked("R01"));
        let sector = ExplainRequest::read("C1/secteur:Est / Ouest/REL-2").expect("a figure");
        assert_eq!(sector, asked("secteur:Est / Ouest"));
        let code = ExplainRequest::read("VAL-401").expect("a diagnostic");
        assert!(matches!(code, ExplainRequest::Diagnostic(_)));
        let word = ExplainRequest::read("obs").expect("a word");
        assert!(matches!(word, ExplainRequest::Word(w) if w.word == "OBS"));
        for wrong in ["pas un code", "C1/R01", "C1/R01/REL/2", ""] {
            let refused = ExplainRequest::read(wrong).expect_err(wrong);
            assert_eq!(refused.exit_code(), 2);
        }
    }
}
