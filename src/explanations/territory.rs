//! Figures of the whole territory: its evolution on the matched panel, agreement of observers,
//! practices worth a visit.

use std::fmt::Write;

use super::comparison::change;
use crate::comparisons::Comparisons;
use crate::error::{Error, Result};
use crate::indicators::Level;
use crate::priorities::Priorities;
use crate::referentiel::Referentiel;
use crate::reliability::Observers;
use crate::text::{decimals, list};

/// Explains the figures that belong to no single structure.
pub struct Overall<'a> {
    /// Vocabulary.
    pub referentiel: &'a Referentiel,
    /// The campaign before and the evolution since.
    pub compared: Option<(&'a str, &'a Comparisons)>,
    /// What comes first.
    pub priorities: &'a Priorities,
    /// Whether observers agree.
    pub observers: &'a Observers,
}

impl Overall<'_> {
    /// An axe, a critère or a question on the matched panel; `FIDELITE`; `PRATIQUES`.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for any other code.
    pub fn explain(&self, code: &str) -> Result<String> {
        match code.to_uppercase().as_str() {
            "FIDELITE" => Ok(self.reliability()),
            "PRATIQUES" => Ok(self.practices()),
            code => self.evolution(code),
        }
    }

    fn evolution(&self, code: &str) -> Result<String> {
        let found = self.compared.and_then(|(earlier, compared)| {
            let levels = [Level::Axe, Level::Critere, Level::Enquete];
            let line = levels.iter().find_map(|l| compared.get("", *l, code))?;
            Some((earlier, line))
        });
        let Some((earlier, line)) = found else {
            return Err(Error::Usage(format!(
                "« {code} » n’a pas d’évolution sur le territoire : écrivez un axe, un critère ou une question comparés entre deux campagnes, FIDELITE ou PRATIQUES."
            )));
        };
        Ok(format!(
            "Évolution du territoire depuis {earlier} : {}\nChaque accueil présent aux deux campagnes compte une fois. Les entrées et sorties ne sont pas dans cette moyenne.\n",
            change(line, &self.referentiel.rules)
        ))
    }

    fn reliability(&self) -> String {
        let o = self.observers;
        let mut text = format!(
            "{} visites, dont {} notées par plusieurs observateurs.\n",
            o.visits.0, o.visits.1
        );
        for axe in &o.axes {
            let name = if axe.axe.is_empty() {
                "Ensemble"
            } else {
                &axe.axe
            };
            let share = |s: &crate::stats::Stat<f64>| match s {
                Ok(v) => decimals(v * 100.0, 0),
                Err(reason) => format!("non calculable ({})", reason.label()),
            };
            let _ = writeln!(
                text,
                "  {name} : {} éléments notés à plusieurs, accord exact {}, à un niveau près {} (pour cent).",
                axe.units,
                share(&axe.exact),
                share(&axe.within_one)
            );
        }
        text.push_str("Accord exact : part des paires de notes égales parmi toutes les paires. Le détail, AC2 de Gwet et alpha de Krippendorff : observatoire fidelite.\n");
        text
    }

    fn practices(&self) -> String {
        let mut text = String::from(
            "Une pratique est citée quand un accueil dépasse les autres au-delà du bruit (taux de fausses découvertes de 10 %), dépasse l’objectif, et que la campagne précédente ou une seconde source le confirme.\n",
        );
        if self.priorities.practices.is_empty() {
            text.push_str("Aucune dans cette campagne, et c’est une réponse possible.\n");
        }
        for p in &self.priorities.practices {
            let critere = &self.referentiel.criteres[p.critere];
            let _ = writeln!(
                text,
                "  {} {} : {} ({}) ; score {}, p corrigé {} ; {} ; utile à : {}.",
                critere.code,
                critere.label,
                p.structure,
                decimals(p.value, 1),
                decimals(p.z, 1),
                decimals(p.adjusted, 3),
                p.confirmed_by,
                if p.learners.is_empty() {
                    "personne pour l’instant".to_owned()
                } else {
                    list(&p.learners)
                }
            );
        }
        text
    }
}
