//! How a figure was made, down to file and cell; or what a diagnostic means.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::composite_weight::CompositeWeight;
use super::fidelite::standard;
use super::reference_check::reference_changes;
use crate::base::diagnostics::Code;
use crate::base::error::{Error, Result};
use crate::base::text::{list, suggest};
use crate::campaign::{OpenObservatory, Picture, PurgedAnswers, Reach, side};
use crate::compare::{Gallery, Moment, follow, side_by_side};
use crate::explain::{
    Explainer, History, LexiconWord, Overall, ReferencePage, Since, explain_experiment,
    explain_organiser, explain_territory_activity, explain_word, is_whole,
};
use crate::figures::Indicators;
use crate::figures::reliability::{observers, questionnaires};
use crate::intake::store::Wanted;
use crate::vocabulary::config::{Campaign, Structure};
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
    /// A figure.
    Figure {
        /// Campaign.
        campaign: String,
        /// Code of the structure, `territoire`, or pilots joined by « + ».
        structure: String,
        /// Code of the figure, with what it asks after « : ».
        code: String,
    },
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
        let parts: Vec<&str> = written.split('/').map(str::trim).collect();
        let [campaign, structure, code] = parts.as_slice() else {
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
        Ok(Self::Figure {
            campaign: (*campaign).to_owned(),
            structure: (*structure).to_owned(),
            code: (*code).to_owned(),
        })
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

/// Explains a figure.
///
/// # Errors
///
/// An unknown campaign, structure or code, with the nearest ones; a store that cannot be read.
pub(crate) fn explain(
    opened: &OpenObservatory,
    campaign: &str,
    structure: &str,
    code: &str,
) -> Result<ExplainOutcome> {
    let campaign = opened.observatory.campaign(Some(campaign))?;
    let picture = Picture::of(opened, campaign, Reach::Territory, campaign.fin)?;
    let (name, detail) = code.split_once(':').unwrap_or((code, ""));
    if structure.eq_ignore_ascii_case("territoire") {
        territory(opened, &picture, code)
    } else if name.eq_ignore_ascii_case("pilote") {
        pilots(opened, &picture, structure, detail)
    } else {
        let structure = opened.structure(structure)?;
        site(opened, &picture, structure, name, &composite(detail)?)
    }
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

fn since<'a>(picture: &'a Picture) -> Option<Since<'a>> {
    let before = picture.before.as_ref()?;
    Some(Since {
        earlier: &before.campaign.id,
        compared: &before.compared,
    })
}

/// A campaign up to the one explained, with its figures.
struct Past<'a> {
    campaign: &'a Campaign,
    indicators: Indicators,
}

/// The oldest first.
fn past<'a>(opened: &'a OpenObservatory, picture: &Picture) -> Result<Vec<Past<'a>>> {
    let campaigns = opened.observatory.settings.campaigns.iter();
    let mut past: Vec<&Campaign> = campaigns
        .filter(|c| c.debut <= picture.campaign.debut)
        .collect();
    past.sort_by_key(|c| (c.debut, &c.id));
    let mut figures = Vec::new();
    for campaign in past {
        let indicators = opened.indicators(campaign)?.value;
        figures.push(Past {
            campaign,
            indicators,
        });
    }
    Ok(figures)
}

fn moments<'a>(opened: &'a OpenObservatory, past: &'a [Past<'a>]) -> Vec<Moment<'a>> {
    past.iter()
        .map(|p| Moment {
            side: side(opened, p.campaign, &p.indicators),
            year: p.campaign.middle(),
        })
        .collect()
}

fn site(
    opened: &OpenObservatory,
    picture: &Picture,
    site: &Structure,
    code: &str,
    weights: &BTreeMap<String, f64>,
) -> Result<ExplainOutcome> {
    let beside = side_by_side(&Gallery {
        indicators: &picture.indicators,
        referentiel: picture.referentiel,
        structures: &picture.structures,
        composite: (!weights.is_empty()).then_some(weights),
    })?;
    let purged = opened.purged(picture.campaign)?;
    let past = past(opened, picture)?;
    let names: Vec<&str> = past.iter().map(|p| p.campaign.id.as_str()).collect();
    let explainer = Explainer {
        scope: &opened.scope(picture.campaign),
        indicators: &picture.indicators,
        observations: &opened.store.long_table(Wanted {
            campaign: Some(&picture.campaign.id),
            structure: Some(&site.code),
        })?,
        since: since(picture),
        history: History {
            names: &names,
            moments: &moments(opened, &past),
        },
        beside: &beside,
        priorities: &picture.priorities,
        plans: &opened.plans,
        structure: &site.code,
        wordings: &picture.wordings,
        purged: &purged.records,
    };
    Ok(ExplainOutcome {
        explained: explainer.explain(code)? + &asked_then(opened, picture.campaign, code)?,
        head: format!(
            "{} · {} {} · {}",
            picture.campaign.id,
            site.code,
            site.nom,
            written(code)
        ),
    })
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
fn pilots(
    opened: &OpenObservatory,
    picture: &Picture,
    structures: &str,
    code: &str,
) -> Result<ExplainOutcome> {
    let pilots: Vec<String> = structures
        .split('+')
        .map(|code| Ok(opened.structure(code.trim())?.code.clone()))
        .collect::<Result<_>>()?;
    let since = since(picture).ok_or_else(|| {
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

fn territory(opened: &OpenObservatory, picture: &Picture, code: &str) -> Result<ExplainOutcome> {
    let head = || format!("{} · territoire · {}", picture.campaign.id, written(code));
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
    let stored = opened.store.load(Some(&picture.campaign.id))?;
    let purged = opened.purged(picture.campaign)?;
    let answers = opened.fold(picture.campaign)?.observed()?;
    let scales = questionnaires(&stored, picture.referentiel)?;
    let past = past(opened, picture)?;
    let moments = moments(opened, &past);
    let trends = (moments.len() > 2).then(|| follow(&moments).value);
    let overall = Overall {
        referentiel: picture.referentiel,
        since: since(picture),
        priorities: &picture.priorities,
        observers: &observers(&answers, picture.referentiel),
        answers: &answers,
        standard: standard(opened.observatory.settings.training),
        scales: &scales,
        trends: trends.as_ref(),
        voices: &picture.voices,
    };
    let organiser = explain_organiser(
        &picture.indicators,
        picture.referentiel,
        &picture.wordings,
        code,
    );
    let explained = match organiser {
        // Its change, where there is one.
        Some(made) => match overall.explain(code) {
            Ok(change) => format!("{made}\n{change}"),
            Err(_) => made,
        },
        None => overall.explain(code)?,
    };
    Ok(ExplainOutcome {
        explained: with_purge(explained, &purged),
        head: head(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_and_a_diagnostic_are_told_apart() {
        let figure = ExplainRequest::read("C1/ R01 /REL-2").expect("a figure");
        let expected = ExplainRequest::Figure {
            campaign: "C1".to_owned(),
            structure: "R01".to_owned(),
            code: "REL-2".to_owned(),
        };
        assert_eq!(figure, expected);
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
