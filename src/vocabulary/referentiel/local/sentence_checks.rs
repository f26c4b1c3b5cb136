//! Sentences of a layer: of law, they are not for a territory to say otherwise; its own éléments have codes that no
//! référentiel can ever give, answers that their source knows, and words that no other has.

use super::entry_places::EntryRank;
use super::layer_checks::LayerChecker;
use crate::base::text::{plain_words, suggest};
use crate::vocabulary::referentiel::ids::SourceCode;
use crate::vocabulary::referentiel::local_tables::{AdditionEntry, RewordingEntry, is_local_code};
use crate::vocabulary::referentiel::model::{Critere, Element, Referentiel, compact};

impl<'a> LayerChecker<'a> {
    pub(super) fn rewording(&mut self, rank: usize, said: &RewordingEntry, own: &[AdditionEntry]) {
        let entry = EntryRank {
            table: "reformulations",
            rank,
        };
        let RewordingEntry {
            element, phrase, ..
        } = said;
        let found = self.elements(element);
        if found.is_empty() && !own.iter().any(|a| a.code == *element) {
            let codes = self.known.iter().flat_map(|r| &r.elements);
            let codes = codes.map(|e| e.code.as_str());
            let near = suggest(element, codes.chain(own.iter().map(|a| a.code.as_str())));
            let message = format!("l’élément « {element} » n’existe pas{}", near.best_clause());
            self.at(entry, "element", &message);
        }
        for (referentiel, known) in found {
            if let Some(message) = kept_as_is(referentiel, known) {
                self.at(entry, "element", &message);
                break;
            }
        }
        self.phrase(entry, phrase, element);
    }

    pub(super) fn addition(&mut self, rank: usize, added: &AdditionEntry) {
        let entry = EntryRank {
            table: "ajouts",
            rank,
        };
        let found = self.criteres(entry, "critere", &added.critere);
        let start = format!("{}-{}-", added.critere, added.source);
        let tail = added.code.strip_prefix(&start);
        if tail.is_none_or(|t| t.contains('-')) || !is_local_code(&added.code) {
            let message = format!(
                "un code local s’écrit « {start}L1 », « {start}L2 »… : le L le distingue pour toujours de ceux du référentiel"
            );
            self.at(entry, "code", &message);
        } else if self.is_taken(&added.code) {
            let message = format!("« {} » existe déjà dans le référentiel", added.code);
            self.at(entry, "code", &message);
        }
        if added.retire.is_some_and(|retired| retired < added.depuis) {
            self.at(entry, "retire", "le retrait vient après l’ajout");
        }
        if added.source == SourceCode::Don {
            let message = "un élément DON se calcule, personne n’y répond : il ne s’ajoute pas ici";
            self.at(entry, "source", message);
        } else if !found.is_empty() {
            self.scale(entry, added);
        }
        self.phrase(entry, &added.phrase, &added.code);
    }

    fn is_taken(&self, code: &str) -> bool {
        let mut elements = self.known.iter().flat_map(|r| &r.elements);
        elements.any(|e| compact(&e.code) == compact(code))
    }

    fn elements(&self, code: &str) -> Vec<(&'a Referentiel, &'a Element)> {
        let known = self.known.iter();
        known
            .filter_map(|r| Some((*r, r.elements.iter().find(|e| e.code == code)?)))
            .collect()
    }

    /// Its scale is one that forms of its source have already.
    fn scale(&mut self, entry: EntryRank, added: &AdditionEntry) {
        let mut used: Vec<&str> = Vec::new();
        for r in self.known {
            let own = r.elements.iter().filter(|e| e.source == added.source);
            used.extend(own.map(|e| r.scales[e.scale].code.as_str()));
        }
        used.sort_unstable();
        used.dedup();
        if !used.contains(&added.echelle.as_str()) {
            let message = format!(
                "« {} » n’est pas une échelle des formulaires {} ({})",
                added.echelle,
                added.source,
                used.join(", ")
            );
            self.at(entry, "echelle", &message);
        } else if added.ancres.is_none() && self.is_anchored(added) {
            let message = format!(
                "l’échelle « {} » demande quatre « ancres » : ce que chaque niveau donne à voir",
                added.echelle
            );
            self.at(entry, "echelle", &message);
        }
    }

    /// Whether every élément of its scale has anchors of its own.
    fn is_anchored(&self, added: &AdditionEntry) -> bool {
        let known = self.known.iter();
        let mut own = known.flat_map(|r| {
            let same = |e: &&Element| r.scales[e.scale].code == added.echelle;
            r.elements.iter().filter(same)
        });
        own.all(|e| e.anchors.is_some())
    }

    /// A sentence that can be printed, and recognised among all.
    fn phrase(&mut self, entry: EntryRank, phrase: &str, code: &str) {
        let words = plain_words(phrase);
        if words.is_empty() {
            self.at(entry, "phrase", "écrivez la phrase que l’on lira");
            return;
        }
        if phrase.chars().any(char::is_control) || phrase.trim_start().starts_with(['=', '+', '@'])
        {
            let message = "une phrase tient sur une ligne et ne commence ni par =, ni par +, ni par @ (un tableur la calculerait)";
            self.at(entry, "phrase", message);
        }
        let source = code.rsplit('-').nth(1).unwrap_or("");
        let mut others = self.known.iter().flat_map(|r| &r.elements);
        let same =
            others.find(|e| e.words == words && e.code != code && e.source.as_str() == source);
        if let Some(other) = same.map(|e| e.code.clone()) {
            let message = format!("c’est déjà la phrase de {other} : on ne les distinguerait plus");
            self.at(entry, "phrase", &message);
        }
    }
}

/// Why a sentence may not be said otherwise.
pub(crate) fn kept_as_is(r: &Referentiel, element: &Element) -> Option<String> {
    let critere: &Critere = &r.criteres[element.critere];
    let code = &element.code;
    if let Some(article) = element.origin.article() {
        return Some(format!(
            "{code} constate une règle de droit ({article}) : sa phrase suit le texte. Ajoutez un élément local à côté pour ce que vous voulez observer en plus"
        ));
    }
    if critere.imperatif && element.must {
        return Some(format!(
            "{code} décide d’un impératif : sa phrase ne change pas. Ajoutez un élément local à côté"
        ));
    }
    (element.source == SourceCode::Don)
        .then(|| format!("{code} se calcule, personne n’y répond : il ne se reformule pas"))
}
