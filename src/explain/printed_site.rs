//! Counts of an accueil as a report prints them: impératifs, rules, axes at their target, what was received, where
//! its plan stands, what is masked, what it is.

use std::fmt::Write;

use super::printed_territory::{answers, masked, plans, returned};
use crate::base::text::{count, decimals, list};
use crate::disclosure::{ClearedSite, Shown};
use crate::figures::FigureStatus;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::SourceCode;
use crate::wording::identity_words::{place_lines, team_lines};

/// An accueil as one audience is given it.
pub struct PrintedSite<'a> {
    /// The accueil.
    pub structure: &'a Structure,
    /// What it is given.
    pub site: &'a ClearedSite,
}

/// Figures of an accueil that have a name of their own.
const NAMES: [&str; 7] = [
    "IMPERATIFS",
    "REGLES",
    "OBJECTIFS",
    "RECU",
    "PLAN",
    "MASQUES",
    "IDENTITE",
];

impl PrintedSite<'_> {
    /// Whether a code is the name of such a figure.
    pub fn has(code: &str) -> bool {
        NAMES.iter().any(|name| name.eq_ignore_ascii_case(code))
    }

    /// The names, for who wrote none of them.
    pub(crate) fn names() -> String {
        NAMES.join(", ")
    }

    /// A question as it is printed of the accueil; none of what is no question that it is shown.
    pub fn question(&self, code: &str) -> Option<String> {
        let questions = self.site.distributions.values().flatten();
        let mut questions = questions.chain(&self.site.outside);
        let asked = questions.find(|q| q.code.eq_ignore_ascii_case(code))?;
        Some(answers(asked))
    }

    /// One of the names; none of anything else.
    pub fn explain(&self, code: &str) -> Option<String> {
        Some(match code.to_uppercase().as_str() {
            "IMPERATIFS" => self.imperatifs(),
            "REGLES" => self.rules(),
            "OBJECTIFS" => self.on_target(),
            "RECU" => self.received(),
            "PLAN" => plans(if self.site.actions.is_empty() {
                &self.site.proposals
            } else {
                &self.site.actions
            }),
            "MASQUES" => masked(&self.site.masked),
            "IDENTITE" => self.identity(),
            _ => return None,
        })
    }

    fn imperatifs(&self) -> String {
        let now = &self.site.imperatifs;
        let met = |all: &[crate::disclosure::ClearedImperatif], wanted| {
            let own = all.iter();
            own.filter(|i| i.status == Shown::Value(wanted)).count()
        };
        let mut text = format!(
            "{} sur {} qui s’appliquent ; {}, {}.\n",
            count(met(now, FigureStatus::Atteint), "atteint", "atteints"),
            now.len(),
            count(
                met(now, FigureStatus::NonAtteint),
                "non atteint",
                "non atteints"
            ),
            count(
                met(now, FigureStatus::NonEvalue),
                "non évalué",
                "non évalués"
            )
        );
        for i in now {
            let said = match i.status {
                Shown::Value(status) => status.label(),
                Shown::Masked(mask) => mask.words(),
            };
            let _ = writeln!(text, "  {} {} : {said}", i.code, i.label);
        }
        let before = &self.site.previous_imperatifs;
        if !before.is_empty() {
            let _ = writeln!(
                text,
                "À la campagne précédente, sur les mêmes critères : {} sur {}.",
                count(met(before, FigureStatus::Atteint), "atteint", "atteints"),
                before.len()
            );
        }
        text
    }

    /// Every line of the card, with where it was read.
    fn identity(&self) -> String {
        let identity = &self.site.identity;
        let mut text = String::from("La carte d’identité de l’accueil, ligne par ligne :\n");
        let lines = place_lines(self.structure, identity).into_iter();
        for line in lines.chain(team_lines(identity)) {
            let said = line.value.as_deref().unwrap_or("non renseigné");
            let _ = writeln!(text, "  {} : {said} ({})", line.name, line.origin);
        }
        text
    }

    fn rules(&self) -> String {
        match self.site.rules {
            None => "Aucune règle de droit n’est vérifiée pour cet accueil.\n".to_owned(),
            Some(r) => format!(
                "Éléments de loi : {} s’appliquent, {} vérifiés, {} conformes dont {} corrigés depuis le constat ; {} restent à vérifier.\n",
                r.applicable,
                r.checked,
                r.met,
                r.corrected,
                r.applicable - r.checked
            ),
        }
    }

    fn on_target(&self) -> String {
        let mut text = String::new();
        let (mut reached, mut valued) = (0, 0);
        for f in &self.site.axes {
            let said = match f.value {
                Some(Shown::Value(value)) => {
                    valued += 1;
                    reached += usize::from(value >= f.target - 1e-9);
                    format!("{}, objectif {}", decimals(value, 2), decimals(f.target, 1))
                }
                Some(Shown::Masked(mask)) => mask.words().to_owned(),
                None => f.status.label().to_owned(),
            };
            let _ = writeln!(text, "  {} {} : {said}", f.code, f.label);
        }
        format!(
            "Axes à leur objectif : {reached} sur {valued} dont le niveau est montré, {} en tout.\n{text}",
            self.site.axes.len()
        )
    }

    fn received(&self) -> String {
        let mut text = String::from("Ce qui a été reçu :\n");
        for received in &self.site.received {
            let days: Vec<String> = received.days.iter().map(|d| d.long()).collect();
            let days = match days.as_slice() {
                [] => String::new(),
                days => format!(", le {}", list(days)),
            };
            let what = match received.source {
                SourceCode::Don => count(received.count, "séance examinée", "séances examinées"),
                source if source.is_questionnaire() => continue,
                _ => count(received.count, "grille", "grilles"),
            };
            let _ = writeln!(text, "  {} : {what}{days}", received.source.label());
        }
        for (source, told) in &self.site.returns {
            let _ = writeln!(text, "  {}", returned(*source, *told));
        }
        text
    }
}
