//! The fields in which a person says what headings and words of a form are: what is offered, what was chosen, why it
//! cannot be.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::base::text::fold;
use crate::intake::sources::HAND_MADE;
use crate::intake::sources::correspondence::{Correspondence, MappedWord};
use crate::intake::{FormChoices, WordWorth};
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

/// Titles of éléments shown beside a word.
const SHOWN: usize = 3;

/// Name of a field → why what it holds cannot be.
pub(super) type FieldFaults = BTreeMap<String, String>;

/// Lists of éléments that the forms of a page offer, once each.
pub(super) struct ElementLists<'a> {
    referentiel: &'a Referentiel,
    met: BTreeMap<String, BTreeSet<SourceCode>>,
}

impl<'a> ElementLists<'a> {
    pub(super) fn new(referentiel: &'a Referentiel) -> Self {
        Self {
            referentiel,
            met: BTreeMap::new(),
        }
    }

    /// The name of the list of a form: éléments of the instruments that it may be.
    pub(super) fn of(&mut self, choices: &FormChoices) -> String {
        let sources: BTreeSet<SourceCode> = choices.sources().into_iter().collect();
        let codes: Vec<&str> = sources.iter().map(|s| s.as_str()).collect();
        let name = format!("elements-{}", codes.join("-"));
        self.met.insert(name.clone(), sources);
        name
    }

    pub(super) fn content(&self) -> Vec<Value> {
        let lists = self.met.iter().map(|(name, sources)| {
            let all = self.referentiel.elements.iter();
            let own = all.filter(|e| e.don.is_none() && sources.contains(&e.source));
            let own = own.map(|e| json!({ "code": e.code, "nom": e.label }));
            json!({ "nom": name, "elements": own.collect::<Vec<_>>() })
        });
        lists.collect()
    }
}

/// What a person says that a heading is; empty where she says nothing.
pub(super) fn column_field<'a>(
    asked: &'a PageAsk,
    referentiel: &'a Referentiel,
    field: &str,
) -> &'a str {
    match asked.field(&format!("c{field}")) {
        "" | "autre" => element_said(referentiel, asked.field(&format!("a{field}"))),
        chosen => chosen,
    }
}

/// The code of an élément that was chosen by its words (« Mon enfant… (REL-1-FAM-1) »); what is none is handed on as it
/// was typed, to be told so.
pub(super) fn element_said<'a>(referentiel: &'a Referentiel, typed: &'a str) -> &'a str {
    let in_brackets = typed.rsplit_once('(').map(|(_, code)| code);
    let code = in_brackets.unwrap_or(typed).trim_end_matches(')');
    let mut worded = referentiel.elements.iter();
    let known = referentiel.element(code).or_else(|| {
        let wanted = fold(typed);
        worded.position(|e| fold(&e.label) == wanted)
    });
    known.map_or(typed, |e| referentiel.elements[e].code.as_str())
}

/// Why answers cannot be, field by field.
pub(super) fn answer_faults(
    asked: &PageAsk,
    referentiel: &Referentiel,
    forms: &[Correspondence],
) -> FieldFaults {
    let mut faults = FieldFaults::new();
    for (at, mapping) in forms.iter().enumerate() {
        let choices = FormChoices {
            mapping,
            referentiel,
        };
        let mut first: Option<(SourceCode, String)> = None;
        for k in 0..mapping.columns.len() {
            let field = format!("{at}.{k}");
            let target = column_field(asked, referentiel, &field);
            if target.is_empty() {
                continue;
            }
            let other = other_instrument(&choices, target, &mut first);
            if let Some(why) = choices.refusal(target).or(other) {
                faults.insert(format!("c{field}"), why);
            }
        }
        for (k, word) in mapping.words.iter().enumerate() {
            let name = format!("w{at}.{k}");
            let worth = asked.field(&name);
            if worth.is_empty() {
                continue;
            }
            if let Some(why) = choices.worth_refusal(word, worth) {
                faults.insert(name, why);
            }
        }
    }
    faults
}

/// A grid of which nobody knows yet which instrument it is asks the éléments of one.
fn other_instrument(
    choices: &FormChoices,
    target: &str,
    first: &mut Option<(SourceCode, String)>,
) -> Option<String> {
    let r = choices.referentiel;
    let own = r.elements[r.element(target)?].source;
    let is_open = choices.mapping.reads.is_none() && choices.mapping.tool == HAND_MADE;
    let (source, code) = first.get_or_insert_with(|| (own, target.to_owned()));
    (is_open && *source != own).then(|| {
        format!("« {target} » est de l’instrument {own}, et « {code} », plus haut, de l’instrument {source} : une grille n’en suit qu’un.")
    })
}

/// A word of a form, and what it may be worth in the words of the référentiel.
pub(super) fn word_field(
    choices: &FormChoices,
    field: &str,
    word: &MappedWord,
    chosen: &str,
    fault: Option<&String>,
) -> Value {
    let worths = choices.worths(word);
    let under = choices.under(word);
    let titles: Vec<&str> = under.iter().map(|e| e.label.as_str()).collect();
    let more = titles.len().saturating_sub(SHOWN);
    let offered = worths
        .iter()
        .map(|w| json!({ "code": w.code, "nom": w.shown() }));
    json!({
        "champ": field,
        "question": word.question,
        "titres": titles.iter().take(SHOWN).collect::<Vec<_>>(),
        "autres": match more { 0 => String::new(), n => format!("et {n} de plus") },
        "ecrit": word.written,
        "semble": word.worth,
        "valeurs": offered.collect::<Vec<_>>(),
        "vaut": worths.iter().find(|w| w.code == word.worth).map_or_else(|| word.worth.clone(), WordWorth::shown),
        // The same value in other words, from an élément to the other.
        "plusieurs": worths.iter().any(|w| w.words.len() > 1),
        "attend": !choices.has_scale(word),
        "choisi": chosen,
        "faute": fault,
    })
}
