//! Improvement actions that an audience may read.

use super::figure::{ClearedFigure, Evolution};
use super::verbatim::Screen;
use super::{Audience, Material};
use crate::decide::plans::{Action, Standing, Status, Urgency, Word};
use crate::figures::OUTSIDE;

/// An action of a plan, cleared: texts screened, nothing on a finding that leaves the tool.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClearedAction {
    /// Identifier in the plan; empty for a proposal.
    pub id: String,
    /// Structure code.
    pub structure: String,
    /// Critères it is about.
    pub criteres: Vec<String>,
    /// What was found, with the evidence.
    pub constat: String,
    /// What is aimed at.
    pub objectif: String,
    /// What is done.
    pub action: String,
    /// Organisation, formation, aménagement, projet, moyens.
    pub kind: String,
    /// Whether it answers an impératif that is not met.
    pub imperatif: bool,
    /// Priority in words.
    pub priorite: String,
    /// Function of who leads it.
    pub responsable: String,
    /// Who helps.
    pub appui: String,
    /// Cost in euros.
    pub cout: Option<f64>,
    /// When it is due, ISO; may be empty.
    pub echeance: String,
    /// How it will be seen.
    pub indicateur: String,
    /// Where it stands at the date of edition.
    pub standing: Standing,
    /// Whether it is still to be done.
    pub open: bool,
    /// Whether its deadline is over.
    pub late: bool,
    /// When it was done, ISO; empty when it is not.
    pub realisation: String,
    /// Document, page and date where the recommendation was integrated.
    pub integree: Option<(String, String, String)>,
    /// What the critère did since.
    pub effet: Option<Evolution>,
}

/// Actions of a site as an audience reads them, the most pressing first. `criteres` are the site's
/// cleared figures: an effect is said only where the change itself may be.
pub(super) fn clear<'a>(
    material: &Material,
    screen: &Screen,
    actions: impl IntoIterator<Item = &'a Action>,
    criteres: &[(String, ClearedFigure)],
) -> Vec<ClearedAction> {
    let mut cleared: Vec<(Urgency, ClearedAction)> = actions
        .into_iter()
        .map(|a| (a.priorite, one(material, screen, a, criteres)))
        .collect();
    cleared.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
    cleared.into_iter().map(|(_, action)| action).collect()
}

fn one(
    material: &Material,
    screen: &Screen,
    a: &Action,
    criteres: &[(String, ClearedFigure)],
) -> ClearedAction {
    let day = material.day;
    // What leaves the tool is not told as an action of a plan.
    let outside = a.constat == OUTSIDE;
    let said = |text: &str| {
        if outside {
            String::new()
        } else {
            screen.clean_plan(text)
        }
    };
    let status = a.status_at(day);
    let proof = &a.integration;
    ClearedAction {
        id: a.id.clone(),
        structure: a.structure.clone(),
        criteres: a.criteres.clone(),
        // A finding names éléments with their levels: it is the team's.
        constat: match (outside, material.audience) {
            (true, _) => OUTSIDE.to_owned(),
            (false, Audience::Equipe) => screen.clean_plan(&a.constat),
            _ => String::new(),
        },
        objectif: said(&a.objectif),
        action: said(&a.action),
        kind: a.kind.map_or("", Word::label).to_owned(),
        imperatif: a.priorite == Urgency::Imperatif,
        priorite: a.priorite.label().to_owned(),
        responsable: said(&a.responsable),
        appui: said(&a.appui),
        cout: a.cout.filter(|_| !outside),
        echeance: a.echeance.clone(),
        indicateur: said(&a.indicateur),
        standing: Standing::of(a, day),
        open: !status.is_closed(),
        late: a.late(day),
        realisation: if status == Status::Done {
            a.close.clone()
        } else {
            String::new()
        },
        integree: a.is_integrated(day).then(|| {
            (
                screen.clean_plan(&proof.document),
                screen.clean_plan(&proof.page),
                proof.date.clone(),
            )
        }),
        effet: effect(material, a, criteres),
    }
}

/// What the main critère did since the campaign of origin: only when that is the campaign before,
/// and the action had begun. That the action is the cause is never said.
fn effect(
    material: &Material,
    a: &Action,
    criteres: &[(String, ClearedFigure)],
) -> Option<Evolution> {
    let begun = matches!(a.status_at(material.day), Status::Done | Status::Running);
    let before = material.previous.is_some_and(|p| p.campagne == a.campagne);
    let own = criteres
        .iter()
        .find(|(_, f)| a.criteres.first() == Some(&f.code));
    let evolution = own.and_then(|(_, f)| f.evolution.clone());
    evolution.filter(|_| begun && before)
}
