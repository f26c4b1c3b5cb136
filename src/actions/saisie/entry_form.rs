//! What is asked of who types an entry, as a page shows it.

use super::entry_draft::EntryDraft;
use crate::base::error::{Error, Result};
use crate::campaign::OpenObservatory;
use crate::forms::{AskedForm, Choice, FormPlace, welcome};
use crate::vocabulary::referentiel::{Element, HEADCOUNT_WRITTEN};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryQuestion {
    /// Code of the élément.
    pub(crate) code: String,
    /// Its words.
    pub(crate) label: String,
    /// Answers, the lowest first; none where a count is written.
    pub(crate) choices: Vec<Choice>,
    /// How a count is written; empty where an answer is chosen.
    pub(crate) written: &'static str,
    /// Whether « non concerné » is no answer: an impératif.
    pub(crate) must: bool,
}

/// Questions of a critère.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryGroup {
    /// Axe.
    pub(crate) axe: String,
    /// Code and label of the critère.
    pub(crate) critere: String,
    /// In the order of the form.
    pub(crate) questions: Vec<EntryQuestion>,
}

/// A form to type into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryForm {
    /// Name of the accueil.
    pub(crate) place: String,
    /// What to do before a grave fact.
    pub(crate) protocol: Vec<String>,
    /// Questions by critère; of a questionnaire, one group in the order of the paper.
    pub(crate) groups: Vec<EntryGroup>,
}

impl EntryForm {
    /// A question by its code.
    pub(crate) fn question(&self, code: &str) -> Option<&EntryQuestion> {
        let mut all = self.groups.iter().flat_map(|g| &g.questions);
        all.find(|q| q.code == code)
    }

    /// How many questions there are.
    pub(crate) fn len(&self) -> usize {
        self.groups.iter().map(|g| g.questions.len()).sum()
    }
}

/// Does something with what a draft's form asks.
///
/// # Errors
///
/// An accueil or a campaign that no longer is.
pub(super) fn with_asked<T>(
    opened: &OpenObservatory,
    draft: &EntryDraft,
    then: impl FnOnce(&AskedForm) -> Result<T>,
) -> Result<T> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(Some(&draft.campagne))?;
    let structure = opened.structure(&draft.structure)?;
    let places = [FormPlace {
        code: structure.code.clone(),
        name: structure.nom.clone(),
        kind: structure.kind,
    }];
    let title = format!(
        "{} : {}",
        observatory.settings.territory.nom,
        draft.source.label()
    );
    then(&AskedForm {
        referentiel: observatory.referentiel(campaign),
        source: draft.source,
        places: &places,
        kinds: &[structure.kind],
        moments: &draft.moments,
        title: &title,
        call: &observatory.settings.protection.line(),
        welcome: &welcome(&observatory.settings, campaign, draft.source),
    })
}

/// The form of a draft.
///
/// # Errors
///
/// An accueil or a campaign that no longer is; a form that asks nothing of this accueil.
pub(crate) fn entry_form(opened: &OpenObservatory, draft: &EntryDraft) -> Result<EntryForm> {
    with_asked(opened, draft, |asked| {
        let groups = if asked.is_questionnaire() {
            paper_order(asked)
        } else {
            by_critere(asked)
        };
        if groups.iter().all(|g| g.questions.is_empty()) {
            return Err(Error::Usage(format!(
                "Rien n’est demandé à cet accueil par ce formulaire ({}).",
                asked.source.label()
            )));
        }
        Ok(EntryForm {
            place: asked.places[0].name.clone(),
            protocol: asked.protocol().into_iter().map(str::to_owned).collect(),
            groups,
        })
    })
}

fn paper_order(asked: &AskedForm) -> Vec<EntryGroup> {
    let questions = asked.printed().into_iter().map(|e| question(asked, e));
    vec![EntryGroup {
        axe: String::new(),
        critere: String::new(),
        questions: questions.collect(),
    }]
}

fn by_critere(asked: &AskedForm) -> Vec<EntryGroup> {
    let mut groups: Vec<EntryGroup> = Vec::new();
    for (axe, elements) in asked.axes() {
        for element in elements {
            let critere = &asked.referentiel.criteres[element.critere];
            let title = format!("{} {}", critere.code, critere.label);
            if groups.last().is_none_or(|g| g.critere != title) {
                groups.push(EntryGroup {
                    axe: axe.label.to_string(),
                    critere: title,
                    questions: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.questions.push(question(asked, element));
            }
        }
    }
    groups
}

fn question(asked: &AskedForm, element: &Element) -> EntryQuestion {
    let mut choices = asked.worded_choices(element);
    if asked.is_questionnaire() {
        choices = asked.choices(element);
    } else {
        // Whoever types a grid reads notes on it, not words.
        let bare = choices.iter_mut().filter(|c| !c.label.starts_with(&c.code));
        bare.for_each(|c| c.label = format!("{} : {}", c.code, c.label));
    }
    EntryQuestion {
        code: element.code.clone(),
        label: element.label.to_string(),
        choices,
        written: if element.headcount {
            HEADCOUNT_WRITTEN
        } else {
            ""
        },
        must: asked.is_must(element),
    }
}
