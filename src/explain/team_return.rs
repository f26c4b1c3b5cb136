//! O1 and O2: what the convention asks of teams, down to which instrument is missing where.

use std::fmt::Write;

use super::explainer::Explainer;
use crate::base::text::{count, list};
use crate::figures::{Indicators, Level, Scope, TeamParticipation, TeamReturn, TeamState};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{ActivityCode, SourceCode, TRAININGS_UNKNOWN};

/// Why O1 has no value.
pub(super) fn trainings() -> String {
    format!(
        "Non calculable : {TRAININGS_UNKNOWN}. I11 compte les animateurs formés à quoi que ce soit : il ne tient pas lieu de O1.\n"
    )
}

/// What is awaited from a team, and what came.
fn team_of(scope: &Scope, indicators: &Indicators, structure: &Structure) -> TeamParticipation {
    let answered = indicators.get(&structure.code, Level::Activite, "I12b");
    let team = answered.map_or(0, |f| f.expected);
    TeamParticipation::of(scope, structure, &indicators.collected, team)
}

/// One instrument: « entretien avec la direction : manque ».
fn one(r: &TeamReturn) -> String {
    let name = r.source.label();
    let half = r.team.div_ceil(2);
    match (r.state, r.source) {
        (TeamState::NoHeadcount, _) => format!(
            "{name} : non demandé, faute d’effectif de l’équipe ({} ; colonne « animateurs » des dénominateurs)",
            count(r.n, "réponse reçue", "réponses reçues")
        ),
        (TeamState::Withheld, _) => {
            format!(
                "{name} : les réponses de ce territoire n’ont peut-être pas toutes été transmises"
            )
        }
        (TeamState::Missing, SourceCode::Eqp) => format!(
            "{name} : manque ({} sur {}, il en faut {half})",
            count(r.n, "réponse", "réponses"),
            r.team
        ),
        (TeamState::Missing, _) => format!("{name} : manque"),
        (TeamState::Received, SourceCode::Eqp) => format!(
            "{name} : reçu ({} sur {}, il en fallait {half})",
            count(r.n, "réponse", "réponses"),
            r.team
        ),
        (TeamState::Received, SourceCode::Obs) => {
            format!("{name} : reçu ({})", count(r.n, "grille", "grilles"))
        }
        (TeamState::Received, _) => format!("{name} : reçu"),
    }
}

/// What a site is in the count.
fn verdict(team: &TeamParticipation, code: ActivityCode) -> &'static str {
    let (said, yes, no) = match code {
        ActivityCode::O2b => (
            team.is_begun(),
            "au moins un retour est là",
            "rien n’est là",
        ),
        _ => (team.is_whole(), "tout est là", "il manque un retour"),
    };
    match said {
        Some(true) => yes,
        Some(false) => no,
        None => "hors du calcul : rien ne permet de juger",
    }
}

/// The teams of a territory, those from which something is missing with what.
pub(super) fn territory_teams(
    scope: &Scope,
    indicators: &Indicators,
    code: ActivityCode,
) -> String {
    let mut text = String::new();
    for structure in &scope.structures {
        let team = team_of(scope, indicators, structure);
        if !team.is_expected() {
            let _ = writeln!(
                text,
                "  {} : hors du calcul, rien n’est attendu de l’équipe",
                structure.code
            );
            continue;
        }
        let asked: Vec<String> = (team.returns.iter())
            .filter(|r| r.state != TeamState::Received)
            .map(one)
            .collect();
        let beside = if asked.is_empty() {
            String::new()
        } else {
            format!(" ; {}", asked.join(" ; "))
        };
        let _ = writeln!(
            text,
            "  {} : {}{beside}",
            structure.code,
            verdict(&team, code)
        );
    }
    text
}

impl Explainer<'_> {
    /// What is awaited from the team of the structure, instrument by instrument.
    pub(super) fn own_team(&self, code: ActivityCode) -> String {
        let mut structures = self.scope.structures.iter();
        let Some(structure) = structures.find(|s| s.code == self.structure) else {
            return String::new();
        };
        let team = team_of(self.scope, self.indicators, structure);
        let awaited: Vec<&str> = team.returns.iter().map(|r| r.source.label()).collect();
        let mut text = format!(
            "Attendu de l’équipe : {}. Les familles, les enfants, les écoles et les tableaux d’activité ne dépendent pas d’elle.\nPour cet accueil, {}.\n",
            list(&awaited),
            verdict(&team, code),
        );
        for r in &team.returns {
            let _ = writeln!(text, "  {}", one(r));
        }
        text
    }
}
