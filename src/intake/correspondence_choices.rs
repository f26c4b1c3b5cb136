//! What a person may choose for the headings and the words of a form that the program does not know: the same in
//! the workbook of a correspondence and on the local page.

use std::collections::BTreeSet;

use super::correspondence_answers::SEPARATOR;
use super::correspondence_roles::{is_role, roles_of};
use crate::base::text::{fold, short};
use crate::intake::sources::correspondence::{
    BLANK, Correspondence, IGNORED, MappedColumn, MappedWord, OWN_QUESTION_ROLE,
};
use crate::intake::sources::{ACTIVITY, DIPLOMAS, HAND_MADE, heads_diplomas};
use crate::vocabulary::referentiel::{Absence, Element, Referentiel, Scale, SourceCode};

/// Instruments that a grid may be.
const GRIDS: [SourceCode; 3] = [SourceCode::Obs, SourceCode::Aut, SourceCode::Dir];
/// Characters of what a level looks like.
const ANCHOR: usize = 70;

/// What may be chosen for a form.
pub(crate) struct FormChoices<'a> {
    pub(crate) mapping: &'a Correspondence,
    pub(crate) referentiel: &'a Referentiel,
}

/// What a word may be worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordWorth {
    /// « 2 », « NF », « NC », `vide`.
    pub(crate) code: String,
    /// What it says in each scale at hand, once each: « parfois », « je ne sais pas ».
    pub(crate) words: Vec<String>,
    /// Whether some scale at hand has no such value.
    pub(crate) is_partial: bool,
}

impl WordWorth {
    fn plain(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            words: Vec::new(),
            is_partial: false,
        }
    }

    /// « 2 · parfois », « 2 · parfois / je ne sais pas ».
    pub(crate) fn shown(&self) -> String {
        let words = self.words.join(" / ");
        let words = if words.is_empty() {
            self.code.clone()
        } else {
            format!("{} · {words}", self.code)
        };
        if self.is_partial {
            format!("{words} (n’existe pas pour toutes ces questions)")
        } else {
            words
        }
    }
}

impl FormChoices<'_> {
    /// « REL-1-FAM-1 — Mon enfant est attendu ».
    pub(crate) fn shown(&self, code: &str) -> String {
        let element = self.referentiel.element(code);
        let label = element.map(|e| self.referentiel.elements[e].label.as_str());
        let own = (code == OWN_QUESTION_ROLE).then_some("question fermée de votre questionnaire");
        label.or(own).map_or_else(
            || code.to_owned(),
            |label| format!("{code}{SEPARATOR}{label}"),
        )
    }

    /// What a column may be besides an answer: word, meaning.
    pub(crate) fn roles(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        roles_of(&self.mapping.tool).map(|role| (role.word, role.meaning))
    }

    /// The instruments of which its headings may ask éléments: that which the file is read as, when its reading knows it.
    pub(crate) fn sources(&self) -> Vec<SourceCode> {
        match self.mapping.reads {
            Some(source) => vec![source],
            None if self.mapping.tool == HAND_MADE => GRIDS.into(),
            None => SourceCode::ALL.into(),
        }
    }

    /// Why a heading may not be what a person says; nothing where it may.
    pub(crate) fn refusal(&self, target: &str) -> Option<String> {
        let Some(element) = self.referentiel.element(target) else {
            let is_level = || {
                let mut scales = self.referentiel.scales.iter();
                scales.any(|s| s.modalities.iter().any(|m| m.code == target))
            };
            let known = is_role(target) || Absence::of(target).is_some() || is_level();
            return (!known).then(|| {
                format!("« {target} » n’est ni le code ni la phrase d’un élément : choisissez-le dans la liste.")
            });
        };
        let own = self.referentiel.elements[element].source;
        let sources = self.sources();
        (!sources.contains(&own)).then(|| {
            let read: Vec<&str> = sources.iter().map(|s| s.label()).collect();
            format!(
                "« {target} » est de l’instrument {own} ({}), et ce fichier est lu comme : {}. Choisissez un élément de cet instrument ; si c’est le fichier qui est mal lu, dites qui a répondu dans « Recevoir », sous « Dire ce que le fichier ne dit pas ».",
                own.label(),
                read.join(", ")
            )
        })
    }

    /// Why a word may not be worth what a person says; nothing where it may.
    pub(crate) fn worth_refusal(&self, word: &MappedWord, worth: &str) -> Option<String> {
        let offered = self.worths(word);
        (!offered.iter().any(|w| w.code == worth)).then(|| {
            let shown: Vec<String> = offered.iter().map(WordWorth::shown).collect();
            format!(
                "« {} » ne peut pas valoir « {worth} » ici : {}.",
                word.written,
                shown.join(", ")
            )
        })
    }

    /// The éléments under which a word was met, where it is known.
    pub(crate) fn under(&self, word: &MappedWord) -> Vec<&Element> {
        let r = self.referentiel;
        let own = |column: &&MappedColumn| fold(&column.heading) == fold(&word.question);
        let columns = self.mapping.columns.iter().filter(own);
        let columns = columns
            .map(|c| &c.target)
            .filter(|_| word.elements.is_empty());
        let codes = word.elements.iter().chain(columns);
        let known = codes.filter_map(|code| r.element(code));
        let all: BTreeSet<usize> = known.collect();
        all.into_iter().map(|e| &r.elements[e]).collect()
    }

    /// Whether it is known which scale a word answers: without it, no value has words.
    pub(crate) fn has_scale(&self, word: &MappedWord) -> bool {
        self.mapping.tool == ACTIVITY || !word.scale.is_empty() || !self.under(word).is_empty()
    }

    /// What a word may be worth: the modalities of the scales at hand, each with its words; those of activity tables
    /// aside.
    pub(crate) fn worths(&self, word: &MappedWord) -> Vec<WordWorth> {
        if self.mapping.tool == ACTIVITY {
            let mut said = self.mapping.columns.iter();
            let own = fold(&word.question);
            let is_told = said.any(|c| c.target == "diplome" && fold(&c.heading) == own);
            return if is_told || heads_diplomas(&word.question) {
                DIPLOMAS.map(WordWorth::plain).into()
            } else {
                ["periscolaire", "extrascolaire"]
                    .map(WordWorth::plain)
                    .into()
            };
        }
        let under = self.under(word);
        let scales = self.scales(word, &under);
        let mut all: Vec<WordWorth> = Vec::new();
        for modality in scales.iter().flat_map(|s| &s.modalities) {
            if all.iter().any(|w| w.code == modality.code) {
                continue;
            }
            all.push(worth(&modality.code, &scales, &under));
        }
        for absence in [Absence::Nc, Absence::No, Absence::Nsp] {
            let admitting = scales.iter().filter(|s| s.admits(absence));
            let words: Vec<String> = admitting
                .map(|scale| match absence {
                    Absence::Nc => "Non concerné".to_owned(),
                    Absence::No => scale.no_label().to_owned(),
                    Absence::Nsp => "Ne sait pas".to_owned(),
                })
                .collect();
            if !words.is_empty() {
                let mut said = words.clone();
                said.dedup();
                all.push(WordWorth {
                    code: absence.code().to_owned(),
                    words: said,
                    is_partial: words.len() < scales.len(),
                });
            }
        }
        // Excel holds 255 characters in a list.
        all.truncate(30);
        all.push(WordWorth {
            words: vec!["sans réponse".to_owned()],
            ..WordWorth::plain(BLANK)
        });
        all
    }

    /// The scale that a word is asked of, else those of the éléments under which it was met, else of all that its form
    /// may ask.
    fn scales(&self, word: &MappedWord, under: &[&Element]) -> Vec<&Scale> {
        let r = self.referentiel;
        if let Some(own) = r.scales.iter().find(|s| s.code == word.scale) {
            return vec![own];
        }
        let mut known: BTreeSet<usize> = under.iter().map(|e| e.scale).collect();
        if known.is_empty() {
            let columns = self.mapping.columns.iter();
            let asked = columns.filter_map(|c| r.element(&c.target));
            known = asked.map(|e| r.elements[e].scale).collect();
        }
        if known.is_empty() {
            let sources = self.sources();
            let rated = r.elements.iter().filter(|e| e.don.is_none());
            let rated = rated.filter(|e| sources.contains(&e.source));
            known = rated.map(|e| e.scale).collect();
        }
        known.into_iter().map(|scale| &r.scales[scale]).collect()
    }
}

/// What a code says in each of some scales; in the words of an élément whose levels have their own, when it is alone.
fn worth(code: &str, scales: &[&Scale], under: &[&Element]) -> WordWorth {
    let mut words: Vec<String> = Vec::new();
    let mut missing = 0;
    for scale in scales {
        let Some(at) = scale.find(code) else {
            missing += 1;
            continue;
        };
        let anchored = match under {
            [one] => one.anchors.as_ref().and_then(|a| a.get(at)),
            _ => None,
        };
        let label = match anchored {
            Some(words) => short(words, ANCHOR),
            None => scale.modalities[at].label.clone(),
        };
        if !words.contains(&label) {
            words.push(label);
        }
    }
    WordWorth {
        code: code.to_owned(),
        words,
        is_partial: missing > 0,
    }
}

/// Codes of the éléments to choose from: what the program found first, then what resembles.
pub(crate) fn proposals(column: &MappedColumn) -> Vec<&str> {
    let is_own = column.target == OWN_QUESTION_ROLE;
    let found = Some(column.target.as_str()).filter(|code| *code != IGNORED && !is_own);
    let near = column.nearest.iter().map(String::as_str);
    let mut all: Vec<&str> = Vec::new();
    for code in found.into_iter().chain(near) {
        if !all.contains(&code) {
            all.push(code);
        }
    }
    // A question of her own is the last: who answers « 1 » without reading leads no élément astray.
    all.truncate(if is_own { 2 } else { 3 });
    all.extend(is_own.then_some(OWN_QUESTION_ROLE));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded_v1, parse};

    fn words_of(word: &MappedWord, tool: &str) -> Vec<String> {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        let mapping = Correspondence {
            tool: tool.to_owned(),
            ..Correspondence::default()
        };
        let choices = FormChoices {
            mapping: &mapping,
            referentiel: &referentiel,
        };
        choices.worths(word).iter().map(WordWorth::shown).collect()
    }

    #[test]
    fn a_value_bears_the_words_of_the_scale_at_hand_and_no_other_is_offered() {
        let r = parse("v1", embedded_v1()).expect("the référentiel");
        let element = |source| {
            let found = r
                .elements
                .iter()
                .find(|e| e.source == source && e.don.is_none());
            found.expect("an élément").clone()
        };
        for source in [SourceCode::Fam, SourceCode::Enf, SourceCode::Obs] {
            let element = element(source);
            let scale = &r.scales[element.scale];
            let word = MappedWord {
                scale: scale.code.clone(),
                ..MappedWord::awaited("", "Un peu".to_owned())
            };
            let said = words_of(&word, "tableau");
            for modality in &scale.modalities {
                let shown = format!("{} · {}", modality.code, modality.label);
                assert!(said.contains(&shown), "{shown} : {said:?}");
            }
            let levels = said.iter().filter(|s| s.starts_with(char::is_numeric));
            assert_eq!(levels.count(), scale.modalities.len(), "{said:?}");
        }
        // Asked of two scales at once, a value bears the words of both.
        let both = MappedWord {
            elements: [SourceCode::Fam, SourceCode::Enf]
                .map(|s| element(s).code)
                .into(),
            ..MappedWord::awaited("", "Un peu".to_owned())
        };
        let said = words_of(&both, "tableau");
        assert!(said.iter().any(|s| s.contains(" / ")), "{said:?}");
    }

    #[test]
    fn an_element_of_another_instrument_is_refused() {
        let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
        let mapping = Correspondence {
            tool: HAND_MADE.to_owned(),
            reads: Some(SourceCode::Obs),
            ..Correspondence::default()
        };
        let choices = FormChoices {
            mapping: &mapping,
            referentiel: &referentiel,
        };
        let of = |source| {
            let mut all = referentiel.elements.iter();
            all.find(|e| e.source == source).map(|e| e.code.as_str())
        };
        let family = of(SourceCode::Fam).expect("one");
        let said = choices.refusal(family).expect("refused");
        assert!(said.contains(family) && said.contains("FAM"), "{said}");
        assert_eq!(choices.refusal(of(SourceCode::Obs).expect("one")), None);
        assert_eq!(choices.refusal(IGNORED), None);
        assert!(choices.refusal("n’importe quoi").is_some());
    }
}
