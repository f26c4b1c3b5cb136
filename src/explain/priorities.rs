//! Why a critère comes first, why another is a point to lean on, where to go and see.

use std::fmt::Write;

use super::explainer::Explainer;
use crate::base::text::{decimals, list};
use crate::decide::priorities::{Practice, Priority, PriorityKind, Strength};
use crate::wording::practice_words::confirmation;

impl Explainer<'_> {
    /// Points to lean on and priorities of the structure, with their sums.
    pub(super) fn forward(&self) -> String {
        let r = self.referentiel();
        let Some(advice) = self.priorities.sites.get(self.structure) else {
            return "Cet accueil n’est pas dans la campagne.".to_owned();
        };
        let name = |position: usize| {
            let critere = &r.criteres[position];
            format!("{} {}", critere.code, critere.label)
        };
        let mut text = String::from(
            "Points d’appui : critères à l’objectif ou au-dessus, les plus sûrs d’abord, trois au plus ; ni impératif, ni chiffre fragile.\n",
        );
        if advice.strengths.is_empty() {
            text.push_str("  Aucun dans cette campagne.\n");
        }
        for s in &advice.strengths {
            let _ = writeln!(
                text,
                "  {} : {}{}",
                name(s.critere),
                self.leaning(s),
                self.tied(&s.ties)
            );
        }
        text.push_str("\nPriorités : impératifs non atteints d’abord, puis poids × écart à l’objectif / 3 × probabilité d’être vraiment en dessous ; trois au plus.\n");
        if advice.priorities.is_empty() {
            text.push_str("  Aucune : tout ce qui est noté atteint son objectif.\n");
        }
        for p in &advice.priorities {
            let _ = writeln!(
                text,
                "  {} : {}{}",
                name(p.critere),
                weighed(p),
                self.tied(&p.ties)
            );
        }
        text.push_str(if self.priorities.importance.is_empty() {
            "\nLe poids est celui du référentiel : trop peu de familles ont répondu pour savoir ce à quoi elles tiennent.\n"
        } else if !advice.by_importance {
            "\nLe poids est celui du référentiel : ce à quoi les familles tiennent n’est pas connu de tous les critères sous leur objectif, et n’en avantage aucun.\n"
        } else {
            "\nLe poids est celui du référentiel, augmenté du lien entre ce critère et l’avis des familles sur tout le reste (un lien, pas une cause).\n"
        });
        text
    }

    /// Who shares the place.
    fn tied(&self, ties: &[usize]) -> String {
        let codes = ties
            .iter()
            .map(|c| self.referentiel().criteres[*c].code.as_str());
        let codes: Vec<&str> = codes.collect();
        if codes.is_empty() {
            return String::new();
        }
        format!(
            " ; à égalité avec {}, dans l’ordre du référentiel",
            list(&codes)
        )
    }

    fn leaning(&self, s: &Strength) -> String {
        let r = self.referentiel();
        format!(
            "{} au-dessus de l’objectif {} ; {}",
            decimals(s.above, 2),
            decimals(r.criteres[s.critere].cible, 1),
            if s.certain {
                "au-delà du bruit de mesure"
            } else {
                "l’écart reste dans la marge de mesure"
            }
        )
    }

    /// What is put forward of one critère.
    pub(super) fn priority(&self, code: &str) -> String {
        let Some(position) = self.referentiel().critere(code) else {
            return String::new();
        };
        let mut text = String::new();
        if let Some(advice) = self.priorities.sites.get(self.structure) {
            let rank = advice.priorities.iter().position(|p| p.critere == position);
            if let Some(rank) = rank {
                let p = &advice.priorities[rank];
                let _ = writeln!(text, "\nPriorité {} : {}.", rank + 1, weighed(p));
            }
            let mut strengths = advice.strengths.iter();
            if let Some(s) = strengths.find(|s| s.critere == position) {
                let _ = writeln!(text, "\nPoint d’appui : {}.", self.leaning(s));
            }
        }
        if let Some(rho) = self.priorities.importance.get(&position) {
            let _ = writeln!(
                text,
                "Ce que les familles en disent suit leur avis sur le reste : ρ = {} (un lien, pas une cause).",
                decimals(*rho, 2)
            );
        }
        let practices = self.priorities.practices.iter();
        for practice in practices.filter(|p| p.critere == position) {
            let _ = writeln!(text, "Pratique à aller voir : {}.", seen(practice));
        }
        text
    }
}

fn weighed(p: &Priority) -> String {
    match p.kind {
        PriorityKind::Imperatif => "critère impératif non atteint, avant toute autre".to_owned(),
        PriorityKind::Gap => format!(
            "poids {} × écart à l’objectif {} / 3 × probabilité d’être en dessous {} = {}{}",
            decimals(p.weight, 2),
            decimals(p.gap, 2),
            decimals(p.p_below, 2),
            decimals(p.score, 3),
            if p.certain {
                ""
            } else {
                " ; l’écart reste dans la marge de mesure"
            }
        ),
    }
}

/// « 3,8 à R04 (confirmé par plusieurs sources ; score 3,1, p corrigé 0,012), utile à P02 ».
pub(super) fn seen(p: &Practice) -> String {
    let learners = if p.learners.is_empty() {
        String::new()
    } else {
        format!(", utile à {}", list(&p.learners))
    };
    format!(
        "{} à {} ({} ; score {}, p corrigé {}){learners}",
        decimals(p.value, 1),
        p.structure,
        confirmation(p.confirmed_by),
        decimals(p.z, 1),
        decimals(p.adjusted, 3)
    )
}
