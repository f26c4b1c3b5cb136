//! What becomes of a fictitious action: who leads it, what it costs, whether it is done in time,
//! late, given up, written into a project.

use super::dice::WordDice;
use super::quality::Quality;
use super::scenario::{DemoCampaign, DemoSite};
use crate::base::day::Day;
use crate::base::text::nbsp;
use crate::decide::plans::{Action, DocumentKind, Finding, Integration, Status};
use crate::vocabulary::referentiel::ActionKind as K;

const REASONS: [&str; 3] = [
    "Le local est rendu à l’école à la rentrée ; reprise avec le nouveau lieu.",
    "La formation n’a pas réuni assez d’inscrits ; demandée pour l’an prochain.",
    "Sans objet : l’équipe a trouvé plus simple et l’a noté dans une autre action.",
];

const DOCUMENTS: [&str; 4] = [
    "Projet pédagogique 2026-2027",
    "Projet de fonctionnement",
    "Projet pédagogique 2026-2027",
    "Livret d’accueil",
];

/// So many days after a day.
pub(super) fn after(day: Day, days: u32) -> Option<Day> {
    day.after(u16::try_from(days).ok()?)
}

/// What the team decides to do, from what was found.
pub(super) fn decided(dice: &mut WordDice, finding: &Finding) -> (K, String) {
    let kind = finding.critere.action.unwrap_or(K::Organisation);
    let about = finding.evidence.first().map_or("", |e| e.label.as_str());
    // What the référentiel advises answers what was found.
    let steps = &finding.critere.first_steps;
    let step = dice.pick(steps).trim_end_matches('.');
    let words = format!("{step} (« {} »).", about.trim_end_matches('.'));
    (kind, nbsp(&words).into_owned())
}

/// A function, never a name.
pub(super) fn leader(dice: &mut WordDice, kind: K) -> &'static str {
    let choices: &[&str] = match kind {
        K::Moyens => &["coordination enfance", "responsable du service"],
        K::Formation => &["coordination enfance", "direction de l’accueil"],
        _ => &["direction de l’accueil", "direction adjointe"],
    };
    dice.pick::<&str>(choices)
}

/// Who helps.
pub(super) fn support(dice: &mut WordDice, kind: K) -> &'static str {
    let choices: &[&str] = match kind {
        K::Organisation => &["coordination enfance", ""],
        K::Formation => &["CEMÉA", "Francas", "pôle ressources handicap"],
        K::Amenagement => &["services techniques"],
        K::Projet => &["école", "coordination enfance"],
        K::Moyens => &["ressources humaines", "élus"],
    };
    dice.pick::<&str>(choices)
}

/// In tens of euros; what only takes time costs nothing.
pub(super) fn cost(dice: &mut WordDice, kind: K) -> Option<f64> {
    let tens = match kind {
        K::Formation => dice.between(30, 90),
        K::Amenagement => dice.between(15, 150),
        K::Moyens => dice.between(80, 400),
        K::Organisation | K::Projet => return None,
    };
    Some(f64::from(10 * tens))
}

/// The fate of one action.
pub(super) struct Life {
    dice: WordDice,
    /// Day on which the team fills the workbook in again.
    until: Day,
    /// The site closes before the next campaign.
    closes: Option<Day>,
}

impl Life {
    pub(super) fn new(
        q: &Quality,
        site: &DemoSite,
        campaign: &DemoCampaign,
        next: &DemoCampaign,
        critere: &str,
    ) -> Self {
        Self {
            dice: WordDice::new(q.plan.seed, &["suite", &site.code, &campaign.id, critere]),
            until: next.last_day,
            closes: site.closes.filter(|day| *day < next.first_day),
        }
    }

    /// What the team writes at the next campaign.
    pub(super) fn follow(&mut self, action: &mut Action) {
        if let Some(closed) = self.closes {
            action.statut = Status::Abandoned;
            action.raison = format!("Accueil fermé le {}.", closed.long());
            return;
        }
        // What the law demands is mended more often.
        let bonus = if action.questions.pilote.is_some() {
            0.4
        } else {
            0.0
        };
        match self.dice.uniform() - bonus {
            fate if fate < 0.5 => self.done(action),
            fate if fate < 0.8 => action.statut = Status::Running,
            fate if fate < 0.95 => {}
            _ => {
                action.statut = Status::Abandoned;
                (*self.dice.pick(&REASONS)).clone_into(&mut action.raison);
                action.close = self.day(action);
            }
        }
    }

    /// A day between the start and the deadline, or somewhat later.
    fn day(&mut self, action: &Action) -> Option<Day> {
        let span = |(from, to): (Day, Day)| (to.number() - from.number()).max(1).unsigned_abs();
        let planned = action.debut.zip(action.echeance).map_or(30, span);
        let late = if self.dice.chance(0.25) { 20 } else { 0 };
        let days = self.dice.between(planned / 2, planned + late);
        let day = action.debut.and_then(|start| after(start, days));
        day.map(|day| day.min(self.until))
    }

    fn done(&mut self, action: &mut Action) {
        action.statut = Status::Done;
        action.close = self.day(action);
        if !self.dice.chance(0.6) {
            action.integration.integree = self.dice.chance(0.5).then_some(false);
            return;
        }
        let days = self.dice.between(1, 25);
        let written = action.close.and_then(|done| after(done, days));
        let document = *self.dice.pick(&DOCUMENTS);
        action.integration = Integration {
            integree: Some(true),
            document: document.to_owned(),
            kind: Some(DocumentKind::of_title(document)),
            page: self.dice.between(3, 28).to_string(),
            date: written.map(|day| day.min(self.until)),
        };
    }
}
