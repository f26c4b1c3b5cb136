//! The convention as an audience may see it: which fiches, and what hangs on them.

use super::clear_lines::{actions, decisions, meetings};
use super::clear_sayings::{sayings, themes};
use super::ctg_audience::CtgAudience;
use super::ctg_material::CtgMaterial;
use super::ctg_scope::CtgScope;
use super::ctg_view::{CtgAmendment, CtgAxis, CtgDeadline, CtgFiche, CtgView};
use crate::convention::{ClosedWord, SignedFiche};

impl CtgMaterial<'_> {
    /// The convention as an audience may see it.
    pub(crate) fn view(&self, audience: CtgAudience) -> CtgView {
        let scope = CtgScope::new(self, audience);
        let convention = self.convention;
        let fiches: Vec<CtgFiche> = (convention.fiches.iter())
            .filter(|f| scope.fiches.contains(f.code.as_str()))
            .map(fiche)
            .collect();
        let mut withheld = 0;
        CtgView {
            audience,
            day: self.day,
            title: convention.title.clone(),
            signatories: convention.signatories.clone(),
            from: convention.from,
            to: convention.to,
            amendments: (convention.amendments.iter())
                .filter(|a| a.date <= self.day)
                .map(|a| CtgAmendment {
                    number: a.number,
                    date: a.date,
                    subject: a.subject.clone(),
                })
                .collect(),
            deadlines: (convention.deadlines.iter())
                .map(|d| CtgDeadline {
                    what: d.kind.label(),
                    date: d.date,
                })
                .collect(),
            axes: axes(&scope, &fiches),
            actions: actions(&scope, &mut withheld),
            decisions: decisions(&scope, &mut withheld),
            meetings: meetings(&scope),
            sayings: sayings(&scope, &mut withheld),
            themes: themes(&scope),
            fiches,
            withheld,
        }
    }
}

fn fiche(signed: &SignedFiche) -> CtgFiche {
    CtgFiche {
        code: signed.code.clone(),
        axis: signed.axis.clone(),
        title: signed.title.clone(),
        state: signed.state_words(),
        is_abrogated: signed.is_abrogated(),
        field: signed.field.clone(),
    }
}

/// Axes that have a fiche, as signed; fiches without axe come last, under no name.
fn axes(scope: &CtgScope, fiches: &[CtgFiche]) -> Vec<CtgAxis> {
    let has = |code: &str| fiches.iter().any(|f| f.axis == code);
    let signed = scope.material.convention.axes.iter();
    let mut axes: Vec<CtgAxis> = signed
        .filter(|a| has(&a.code))
        .map(|a| CtgAxis {
            code: a.code.clone(),
            label: a.label.clone(),
        })
        .collect();
    if has("") {
        axes.push(CtgAxis {
            code: String::new(),
            label: String::new(),
        });
    }
    axes
}
