//! Themes of interviews and words of open answers: how they are counted; remarkable practices, and why
//! the booklet holds each or not.

use std::fmt::Write;

use super::territory_figures::Overall;
use crate::base::text::{count, percent};
use crate::figures::voices::{Interview, keywords, themes};

/// Answers that must share a word before it is counted.
const SHARED: usize = 5;
/// Words and themes listed.
const LISTED: usize = 20;

impl Overall<'_> {
    /// Every practice flagged, with its file and cell, and what the team answered.
    pub(super) fn remarkable(&self) -> String {
        let all = &self.voices.practices;
        let mut text = format!(
            "{} dans les grilles et les notes. Une pratique entre dans le livret (observatoire rapport --public pratiques) si l’équipe a donné son accord ; sa dernière réponse compte, et dans le doute c’est un refus. Elle ne change aucun chiffre.\n",
            count(
                all.len(),
                "pratique remarquable décrite",
                "pratiques remarquables décrites"
            )
        );
        for practice in all {
            let fate = match self.voices.consents.get(&practice.structure) {
                Some(true) => "l’équipe est d’accord",
                Some(false) => "gardée : l’équipe a refusé",
                None => "gardée : l’équipe n’a pas encore répondu",
            };
            let (code, site, place) = (&practice.code, &practice.structure, &practice.place);
            let _ = writeln!(text, "  {code} à {site} : {fate} ({place})");
        }
        text
    }

    pub(super) fn interviews(&self) -> String {
        let all: Vec<&Interview> = self.voices.interviews.iter().collect();
        let mut text = format!(
            "{}. Un thème compte une fois par entretien qui l’aborde, quel que soit le nombre de mentions. Les personnes n’ont pas été tirées au sort : le nombre se lit « tant sur tant », sans intervalle.\n",
            count(all.len(), "entretien saisi", "entretiens saisis")
        );
        for (theme, n) in themes(&all).into_iter().take(LISTED) {
            let _ = writeln!(
                text,
                "  {theme} : {} sur {} ({})",
                n.interviews,
                all.len(),
                count(n.mentions, "mention", "mentions")
            );
        }
        text
    }

    pub(super) fn open_answers(&self) -> String {
        let all: Vec<&str> = self
            .voices
            .families
            .iter()
            .map(|f| f.texte.as_str())
            .collect();
        let mut text = format!(
            "{} de familles. Les formes d’un mot (sortie, sorties) comptent ensemble par leur radical ; les mots-outils sont écartés, ainsi que les mots toujours écrits avec une majuscule, qui peuvent être des noms. Un mot compte une fois par réponse, à partir de {SHARED} réponses. Un mot seul n’est pas un avis : lisez les exemples dans les rapports.\n",
            count(all.len(), "réponse libre", "réponses libres")
        );
        for word in keywords(&all, SHARED).into_iter().take(LISTED) {
            let share = percent(word.answers as f64 / all.len() as f64);
            let _ = writeln!(
                text,
                "  {} : {} ({share})",
                word.word,
                count(word.answers, "réponse", "réponses")
            );
        }
        text
    }
}
