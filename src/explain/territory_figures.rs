//! Figures of the whole territory: its evolution on the matched panel, practices worth a visit, words of people.

use std::fmt::Write;

use super::campaign_history::Since;
use super::comparison::change;
use super::printed_territory::PrintedTerritory;
use super::priorities::seen;
use super::reliability::Reliability;
use crate::base::error::{Error, Result};
use crate::compare::Comparisons;
use crate::decide::priorities::{FALSE_DISCOVERIES, Priorities};
use crate::figures::Level;
use crate::figures::voices::Voices;
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::{comparison_reasons, rule_sentences};

/// Explains the figures that belong to no single structure.
pub struct Overall<'a> {
    /// Vocabulary.
    pub referentiel: &'a Referentiel,
    /// The evolution since the campaign before.
    pub since: Option<Since<'a>>,
    /// What comes first.
    pub priorities: &'a Priorities,
    /// Campaigns up to this one, compared from the first to the last when they are three or more.
    pub trends: Option<&'a Comparisons>,
    /// What people say in their own words.
    pub voices: &'a Voices,
}

impl Overall<'_> {
    /// Figures of the territory that have a name of their own.
    const NAMES: &'static str = "PRATIQUES, ENTRETIENS, MOTS";

    /// An axe, a critère or a question on the matched panel; practices, interviews, open answers.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for any other code.
    pub fn explain(&self, code: &str) -> Result<String> {
        match code.to_uppercase().as_str() {
            "PRATIQUES" => Ok(self.practices()),
            "ENTRETIENS" => Ok(self.interviews()),
            "MOTS" => Ok(self.open_answers()),
            code => self.evolution(code),
        }
    }

    fn evolution(&self, code: &str) -> Result<String> {
        let found = self.since.and_then(|Since { earlier, compared }| {
            let levels = [Level::Axe, Level::Critere, Level::Enquete];
            let line = levels.iter().find_map(|l| compared.get("", *l, code))?;
            Some((earlier, line))
        });
        let Some((earlier, line)) = found else {
            return Err(Error::Usage(format!(
                "« {code} » n’a pas d’évolution sur le territoire : écrivez un axe, un critère ou une question comparés entre deux campagnes, ou l’un de ces noms : {}, {}, {}.",
                PrintedTerritory::names(),
                Reliability::NAMES,
                Self::NAMES
            )));
        };
        let trend = self.trends.and_then(|t| t.get("", line.level, &line.code));
        let trend = trend.map_or(String::new(), |t| {
            format!(
                "Depuis la première campagne : {}.\n",
                comparison_reasons::of_line(t)
            )
        });
        let is_organisers = |code: &str| {
            let r = self.referentiel;
            r.critere(code).is_some_and(|c| r.criteres[c].organiser)
        };
        if line.level == Level::Critere && is_organisers(&line.code) {
            return Ok(format!(
                "Évolution du territoire depuis {earlier} : {}\n{trend}Seules comptent les réponses des accueils présents aux deux campagnes.\n",
                change(line, &self.referentiel.rules)
            ));
        }
        Ok(format!(
            "Évolution du territoire depuis {earlier} : {}\n{trend}Chaque accueil présent aux deux campagnes compte une fois. Les entrées et sorties ne sont pas dans cette moyenne.\n",
            change(line, &self.referentiel.rules)
        ))
    }

    fn practices(&self) -> String {
        let rate = rule_sentences::plain(FALSE_DISCOVERIES * 100.0);
        let mut text = format!(
            "Une pratique est citée quand un accueil dépasse les autres au-delà du bruit (taux de fausses découvertes de {rate} %), dépasse l’objectif, et que la campagne précédente ou une seconde source le confirme.\n",
        );
        if self.priorities.practices.is_empty() {
            text.push_str("Aucune dans cette campagne, et c’est une réponse possible.\n");
        }
        for p in &self.priorities.practices {
            let critere = &self.referentiel.criteres[p.critere];
            let _ = writeln!(text, "  {} {} : {}.", critere.code, critere.label, seen(p));
        }
        text.push('\n');
        text.push_str(&self.remarkable());
        text
    }
}
