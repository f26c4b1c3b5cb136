//! How a figure was made, down to file and cell; or what a diagnostic means.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::composite_weight::CompositeWeight;
use super::explain_request::AskedFigure;
use super::explained_campaign::{ExplainedCampaign, Past};
use super::explained_question::{QuestionText, question};
use super::explained_reliability::reliability;
use super::reference_check::reference_changes;
use crate::base::error::{Error, Result};
use crate::base::text::{list, suggest};
use crate::campaign::{OpenObservatory, Picture, PurgedAnswers, day_or_today};
use crate::disclosure::ClearedDelivery;
use crate::explain::{
    Explainer, PrintedSite, PrintedTerritory, ReferencePage, explain_experiment, explain_organiser,
    explain_territory_activity, own_target,
};
use crate::figures::SingledOut;
use crate::vocabulary::Audience;
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::own_question::source_of;
use crate::vocabulary::referentiel::{ActivityCode, ElementChange};

/// The explanation of a figure.
pub(crate) struct ExplainOutcome {
    /// Campaign, structure and code.
    pub head: String,
    /// How it was made.
    pub explained: String,
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
        let own = asked.iter().enumerate();
        let own = own.filter(|(_, figure)| figure.campaign == written);
        let mut own: Vec<(usize, &AskedFigure)> = own.collect();
        for (at, outcome) in from_answers(opened, campaign, &own)? {
            explained.insert(at, outcome);
        }
        own.retain(|(at, _)| !explained.contains_key(at));
        if own.is_empty() {
            continue;
        }
        let singled_out = singled_out(opened, campaign, own.iter().map(|(_, figure)| *figure));
        let picture = Picture::explained(opened, campaign, &singled_out, day)?;
        let past = Past::of(opened, &singled_out, &picture)?;
        let known = ExplainedCampaign::of(opened, &picture, &past, day);
        for (at, figure) in own {
            explained.insert(at, one(&known, figure)?);
        }
    }
    Ok(explained.into_values().collect())
}

/// What is explained of the territory from answers alone, each at its place among what was asked.
fn from_answers(
    opened: &OpenObservatory,
    campaign: &Campaign,
    asked: &[(usize, &AskedFigure)],
) -> Result<Vec<(usize, ExplainOutcome)>> {
    let mut found = Vec::new();
    for (at, AskedFigure { place, code, .. }) in asked {
        if !is_territory(place) {
            continue;
        }
        if let Some(explained) = reliability(opened, campaign, code)? {
            let outcome = ExplainOutcome {
                explained: with_purge(explained, &opened.purged(campaign)?),
                head: of_territory(campaign, code),
            };
            found.push((*at, outcome));
        }
    }
    Ok(found)
}

fn is_territory(place: &str) -> bool {
    place.eq_ignore_ascii_case("territoire")
}

fn of_territory(campaign: &Campaign, code: &str) -> String {
    format!("{} · territoire · {}", campaign.id, written(code))
}

/// What explaining figures looks at beyond what reports print: all the figures of their accueils; of a question, of
/// what the organiser decides, those of every accueil.
fn singled_out<'f>(
    opened: &OpenObservatory,
    campaign: &Campaign,
    asked: impl Iterator<Item = &'f AskedFigure>,
) -> SingledOut {
    let r = opened.observatory.referentiel(campaign);
    let mut found = SingledOut::default();
    for AskedFigure { place, code, .. } in asked {
        let site = opened.structure(place).ok();
        found.structures.extend(site.map(|site| site.code.clone()));
        let name = code.split(':').next().unwrap_or(code);
        let decided = r.critere(name).map(|c| &r.criteres[c]);
        let decided = decided.filter(|critere| critere.organiser);
        let decided = decided.map_or(&[][..], |critere| &critere.elements);
        for element in decided.iter().copied().chain(r.element(name)) {
            let element = &r.elements[element];
            found.codes.insert(element.code.clone());
            found.is_of_questions |= element.source.is_questionnaire();
        }
    }
    found
}

fn one(known: &ExplainedCampaign, figure: &AskedFigure) -> Result<ExplainOutcome> {
    let AskedFigure { place, code, .. } = figure;
    let (name, detail) = code.split_once(':').unwrap_or((code, ""));
    if is_territory(place) {
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
    let head = || of_territory(picture.campaign, code);
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
    let overall = known.overall();
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
