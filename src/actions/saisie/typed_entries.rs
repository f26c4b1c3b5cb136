//! Entries: begun, kept at each answer, thrown away and taken back.

use std::collections::BTreeMap;

use super::entered_state::StoredEntries;
use super::entry_draft::{self, EntryDraft, EntryHead, TypedPaper, TypedRating};
use super::entry_form::{EntryForm, EntryQuestion, entry_form};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::campaign::{OpenObservatory, today};
use crate::vocabulary::config::is_observer_code;
use crate::vocabulary::referentiel::{SourceCode, VisitMoment};

/// Characters of what was seen, of free words.
const LONGEST: usize = 2_000;
/// Characters of a line of the head, of a count.
const LONGEST_LINE: usize = 200;
/// Papers of one entry: the sheet offers as many lines.
const PAPERS: usize = 500;

/// What to begin.
pub(crate) struct EntryStart {
    /// Campaign.
    pub(crate) campaign: String,
    /// Who answers.
    pub(crate) source: SourceCode,
    /// Code of the accueil.
    pub(crate) structure: String,
    /// Moments of the visit; none for all of them.
    pub(crate) moments: Vec<VisitMoment>,
}

/// What a person typed: of a grid, all of it; of a questionnaire, one paper.
pub(crate) struct EntryChange {
    /// Who and when.
    pub(crate) head: EntryHead,
    /// Élément → what was rated.
    pub(crate) ratings: BTreeMap<String, TypedRating>,
    /// Rank of a paper, and what it says; a rank past the last adds one, an empty paper goes away.
    pub(crate) paper: Option<(usize, TypedPaper)>,
}

/// Begins an entry.
///
/// # Errors
///
/// An unknown campaign or accueil; a source that has no form, or that asks nothing of the accueil; a disk that refuses.
pub(crate) fn begin(opened: &OpenObservatory, start: &EntryStart) -> Result<EntryDraft> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(Some(&start.campaign))?;
    if start.source == SourceCode::Don {
        return Err(Error::Usage(
            "Les données d’activité ne se saisissent pas ici : déposez les trois tableaux dans Recevoir.".to_owned(),
        ));
    }
    let structure = opened.structure(&start.structure)?;
    let _hold = opened.store.hold()?;
    let visited = start.source == SourceCode::Obs;
    let draft = EntryDraft {
        code: entry_draft::free_code(&observatory.root, &structure.code, start.source)?,
        campagne: campaign.id.clone(),
        source: start.source,
        structure: structure.code.clone(),
        moments: if visited {
            start.moments.clone()
        } else {
            Vec::new()
        },
        begun: today(),
        head: EntryHead::default(),
        ratings: BTreeMap::new(),
        papers: Vec::new(),
        entered: None,
        modified: false,
        thrown: false,
    };
    entry_form(opened, &draft)?;
    entry_draft::write(&observatory.root, &draft)?;
    Ok(draft)
}

/// An entry by its code, with what the store says of it.
///
/// # Errors
///
/// A code that none has; a damaged file; a store that cannot be read.
pub(crate) fn read_entry(opened: &OpenObservatory, code: &str) -> Result<EntryDraft> {
    let draft = entry_draft::read(&opened.observatory.root, code)?;
    Ok(StoredEntries::of(opened)?.settled(draft))
}

/// The draft as it is on the disk, the folder held: changed since it was seen, nothing is written.
pub(super) fn unchanged(opened: &OpenObservatory, code: &str, seen: &str) -> Result<EntryDraft> {
    let draft = read_entry(opened, code)?;
    if draft.stamp()? != seen {
        return Err(Error::Usage(
            "Cette saisie a changé depuis que vous l’avez ouverte (autre onglet, autre poste) : rien n’a été gardé. Rouvrez-la depuis « Saisir », puis recommencez.".to_owned(),
        ));
    }
    Ok(draft)
}

/// Keeps what was typed.
///
/// # Errors
///
/// A draft that changed since; an answer that the form does not offer; a text too long; a disk that refuses.
pub(crate) fn keep(
    opened: &OpenObservatory,
    code: &str,
    seen: &str,
    change: EntryChange,
) -> Result<EntryDraft> {
    let _hold = opened.store.hold()?;
    let mut draft = unchanged(opened, code, seen)?;
    let before = draft.clone();
    let form = entry_form(opened, &draft)?;
    check_head(&change.head, draft.source)?;
    draft.head = change.head;
    if draft.source.is_questionnaire() {
        if let Some((rank, paper)) = change.paper {
            keep_paper(&form, &mut draft.papers, rank, paper)?;
        }
    } else {
        for (code, typed) in &change.ratings {
            check_rating(&form, code, typed)?;
        }
        draft.ratings = change.ratings;
        draft
            .ratings
            .retain(|_, typed| *typed != TypedRating::default());
    }
    if draft == before {
        return Ok(draft);
    }
    draft.modified = draft.entered.is_some();
    entry_draft::write(&opened.observatory.root, &draft)?;
    Ok(draft)
}

fn keep_paper(
    form: &EntryForm,
    papers: &mut Vec<TypedPaper>,
    rank: usize,
    mut paper: TypedPaper,
) -> Result<()> {
    paper.answers.retain(|_, answer| !answer.is_empty());
    for (code, answer) in &paper.answers {
        check_choice(asked(form, code)?, answer)?;
    }
    short_enough("La réponse libre", &paper.free, LONGEST)?;
    let known = rank < papers.len();
    if known && paper.is_empty() {
        papers.remove(rank);
    } else if known {
        papers[rank] = paper;
    } else if papers.len() >= PAPERS {
        return Err(Error::Usage(format!(
            "Une saisie tient {PAPERS} questionnaires : faites-la entrer, puis commencez-en une autre."
        )));
    } else if !paper.is_empty() {
        papers.push(paper);
    }
    Ok(())
}

fn asked<'a>(form: &'a EntryForm, code: &str) -> Result<&'a EntryQuestion> {
    form.question(code)
        .ok_or_else(|| Error::Usage(format!("« {code} » n’est pas demandé par ce formulaire.")))
}

fn check_rating(form: &EntryForm, code: &str, typed: &TypedRating) -> Result<()> {
    let question = asked(form, code)?;
    short_enough(code, &typed.comment, LONGEST)?;
    if question.written.is_empty() {
        check_choice(question, &typed.rating)
    } else {
        short_enough(code, &typed.rating, LONGEST_LINE)
    }
}

fn check_choice(question: &EntryQuestion, answer: &str) -> Result<()> {
    if answer.is_empty() || question.choices.iter().any(|c| c.code == answer) {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "« {answer} » n’est pas une réponse de {}.",
        question.code
    )))
}

fn short_enough(what: &str, text: &str, most: usize) -> Result<()> {
    if text.chars().count() <= most {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "{what} : {most} caractères au plus ; rien n’a été gardé."
    )))
}

fn check_head(head: &EntryHead, source: SourceCode) -> Result<()> {
    if !head.date.is_empty() {
        head.date
            .parse::<Day>()
            .map_err(|_| Error::Usage(format!("« {} » n’est pas une date.", head.date)))?;
    }
    let is_number = head.visit.chars().all(|c| c.is_ascii_digit()) && head.visit.len() <= 3;
    if !is_number {
        return Err(Error::Usage(format!(
            "« {} » n’est pas un numéro de visite.",
            head.visit
        )));
    }
    let who = &head.observer;
    if !who.is_empty() && !is_observer_code(who) {
        let whose = if source == SourceCode::Dir {
            "du second codeur"
        } else {
            "de l’observateur"
        };
        return Err(Error::Usage(format!(
            "« {who} » n’est pas un code {whose} : écrivez O1, O2…, jamais un nom."
        )));
    }
    short_enough("Heures", &head.hours, LONGEST_LINE)?;
    short_enough("Présents", &head.present, LONGEST_LINE)
}

/// Throws an entry away, or takes it back. What entered is taken back with its import, not here.
///
/// # Errors
///
/// A draft that changed since, or that entered; a disk that refuses.
pub(crate) fn set_thrown(
    opened: &OpenObservatory,
    code: &str,
    seen: &str,
    thrown: bool,
) -> Result<EntryDraft> {
    let _hold = opened.store.hold()?;
    let mut draft = unchanged(opened, code, seen)?;
    if let Some(entered) = draft.entered.as_ref().filter(|_| thrown) {
        return Err(Error::Usage(format!(
            "Cette saisie est entrée ({}) : annulez cet import dans « Recevoir » si elle ne doit plus compter.",
            entered.import
        )));
    }
    draft.thrown = thrown;
    entry_draft::write(&opened.observatory.root, &draft)?;
    Ok(draft)
}
