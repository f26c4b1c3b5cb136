//! Tables of the file that no figure is made from: documents to have ready for a visit, axes of the charte qualité Plan
//! mercredi. What they name must be there.

use super::cross_checks::Checker;
use super::raw::{RawCharterAxe, RawFile, RawPiece};
use crate::vocabulary::referentiel::model::{Critere, Element};
use crate::vocabulary::referentiel::side_tables::{CharterAxe, VisitPiece};

/// Documents to have ready, in order.
pub(super) fn pieces(
    raw: &RawFile,
    elements: &[Element],
    checker: &mut Checker,
) -> Vec<VisitPiece> {
    let known: Vec<String> = elements.iter().map(|e| e.code.clone()).collect();
    let piece = |piece: &RawPiece| VisitPiece {
        heading: piece.rubrique.clone(),
        name: piece.nom.clone(),
        held_by: piece.tenu_par.clone(),
        elements: (piece.elements.iter())
            .map(|code| checker.lookup(code, &known, "élément"))
            .collect(),
    };
    raw.pieces.iter().map(piece).collect()
}

/// Axes of the charte, in order.
pub(super) fn charter(
    raw: &RawFile,
    criteres: &[Critere],
    checker: &mut Checker,
) -> Vec<CharterAxe> {
    let known: Vec<String> = criteres.iter().map(|c| c.code.clone()).collect();
    let axe = |axe: &RawCharterAxe| CharterAxe {
        label: axe.label.clone(),
        criteres: (axe.criteres.iter())
            .map(|code| checker.lookup(code, &known, "critère"))
            .collect(),
    };
    raw.plan_mercredi.iter().map(axe).collect()
}
