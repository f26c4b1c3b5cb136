//! A fixture per diagnostic of plans: the workbook that causes it, where it points, and that nothing
//! changes when it is an error.

use observatoire::base::diagnostics::{Code, Severity};
use observatoire::decide::plans::{ActionField, PlanLine};

use super::{NEW, actions, enter, line, with, workbook};
use crate::atelier::Atelier;
use crate::fixtures::sheet;

/// What a team can get wrong, where it is said, and what must be said of it.
pub struct Fault {
    pub code: Code,
    cell: &'static str,
    says: &'static str,
    bytes: Vec<u8>,
}

fn fault(code: Code, cell: &'static str, says: &'static str, lines: Vec<PlanLine>) -> Fault {
    let bytes = workbook("A002", lines);
    Fault {
        code,
        cell,
        says,
        bytes,
    }
}

/// Each is imported over one action of R01 and one of P01, R01's having changed since A002.
pub fn faults() -> Vec<Fault> {
    let all = [identities(), cells(), wholes(), texts()];
    all.into_iter().flatten().collect()
}

fn one(id: &str, more: &[(ActionField, &'static str)]) -> Vec<PlanLine> {
    vec![line(id, &with(more))]
}

fn own(more: &[(ActionField, &'static str)]) -> Vec<PlanLine> {
    one("R01-C1-01", more)
}

/// Which action is it?
fn identities() -> Vec<Fault> {
    use ActionField as F;
    use Code as C;
    vec![
        Fault {
            code: C::PlanUnrecognised,
            cell: "",
            says: "titres d’un plan",
            bytes: sheet("Feuil1", &[&["Nom", "Âge"], &["x", "3"]]),
        },
        fault(C::ActionUnknown, "A3", "R01-C1-01", one("R01-C1-07", &[])),
        fault(
            C::ActionTwice,
            "A4",
            "déjà plus haut",
            vec![line("R01-C1-01", &NEW), line("R01-C1-01", &NEW)],
        ),
        fault(
            C::ActionMoved,
            "B3",
            "« R01 »",
            own(&[(F::Structure, "P01")]),
        ),
        fault(C::PlanCampaign, "D3", "C9", one("", &[(F::Campagne, "C9")])),
        fault(
            C::PlanCampaign,
            "D3",
            "de quelle campagne",
            one("", &[(F::Campagne, "")]),
        ),
        fault(
            C::StructureUnknown,
            "B3",
            "R1",
            one("", &[(F::Structure, "R1")]),
        ),
        fault(
            C::StructureMissing,
            "B3",
            "quelle structure",
            one("", &[(F::Structure, "")]),
        ),
        fault(C::ActionRecognised, "A3", "R01-C1-01", one("", &[])),
    ]
}

/// What a cell may not hold.
fn cells() -> Vec<Fault> {
    use ActionField as F;
    use Code as C;
    vec![
        fault(
            C::PlanCritere,
            "E3",
            "REL-22",
            own(&[(F::Criteres, "REL-22")]),
        ),
        fault(
            C::PlanWord,
            "R3",
            "en retard",
            own(&[(F::Statut, "en retard")]),
        ),
        fault(
            C::PlanPerson,
            "K3",
            "personne",
            own(&[(F::Responsable, "Mme Durand")]),
        ),
        fault(
            C::PlanPerson,
            "K3",
            "personne",
            own(&[(F::Responsable, "Nadège Leroy")]),
        ),
        fault(
            C::PlanPerson,
            "I3",
            "personne",
            own(&[(F::Action, "appeler le 06 12 34 56 78")]),
        ),
        fault(
            C::ChangedMeanwhile,
            "Q3",
            "« 3,5 »",
            own(&[(F::Cible, "4,0")]),
        ),
        unknown(C::ChangedMeanwhile, "de quel export", &[(F::Cible, "4,0")]),
        unknown(C::PlanEmptied, "« 3,5 » reste", &[(F::Cible, "")]),
    ]
}

/// The workbook does not say which state it was written from.
fn unknown(code: Code, says: &'static str, more: &[(ActionField, &'static str)]) -> Fault {
    Fault {
        code,
        cell: "Q3",
        says,
        bytes: workbook("", own(more)),
    }
}

/// What does not hold together.
fn wholes() -> Vec<Fault> {
    use ActionField as F;
    use Code as C;
    vec![
        fault(
            C::AbandonedWithoutReason,
            "U3",
            "sans raison",
            own(&[(F::Statut, "abandonnée")]),
        ),
        fault(
            C::DoneWithoutDate,
            "S3",
            "sans date",
            own(&[(F::Statut, "réalisée")]),
        ),
        fault(
            C::IntegratedWithoutProof,
            "Y3",
            "la page et la date",
            own(&[(F::Integree, "oui"), (F::Document, "Projet")]),
        ),
        fault(
            C::IntegratedElsewhere,
            "W3",
            "« Livret d’accueil » n’est ni",
            own(&[
                (F::Integree, "oui"),
                (F::Document, "Livret d’accueil"),
                (F::Page, "4"),
                (F::DateIntegration, "2026-10-01"),
            ]),
        ),
        fault(
            C::PlanDates,
            "O3",
            "précède le début",
            own(&[(F::Debut, "2026-10-01"), (F::Echeance, "2026-09-01")]),
        ),
        fault(
            C::PlanDates,
            "S3",
            "n’est pas venu",
            own(&[(F::Statut, "réalisée"), (F::Close, "2098-01-01")]),
        ),
        fault(
            C::PlanIncomplete,
            "K3",
            "le responsable et l’échéance",
            own(&[(F::Statut, "en cours")]),
        ),
    ]
}

/// What only a text file can get wrong: Excel guards these cells.
fn texts() -> Vec<Fault> {
    use Code as C;
    let csv = |code, cell, says, text: &str| Fault {
        code,
        cell,
        says,
        bytes: text.as_bytes().to_vec(),
    };
    let minimal = "Identifiant;Structure;Campagne;Critères;Action;Statut;Échéance;Météo\n";
    vec![
        csv(
            C::DateUnreadable,
            "G2",
            "bientôt",
            &format!(
                "{minimal}R01-C1-01;R01;C1;REL-2;Une demi-journée de formation;à lancer;bientôt;\n"
            ),
        ),
        csv(
            C::ColumnIgnored,
            "H1",
            "Météo",
            &format!("{minimal}R01-C1-01;R01;C1;REL-2;Une demi-journée;à lancer;01/10/2026;beau\n"),
        ),
        csv(
            C::NumberUnreadable,
            "E2",
            "un peu",
            "Identifiant;Structure;Action;Statut;Coût (€)\nR01-C1-01;R01;Une demi-journée;à lancer;un peu\n",
        ),
    ]
}

fn fails(fault: &Fault) -> Option<String> {
    let atelier = Atelier::blank();
    enter(&atelier, "un.xlsx", &workbook("", vec![line("", &NEW)]));
    let site = with(&[(ActionField::Structure, "P01")]);
    enter(
        &atelier,
        "deux.xlsx",
        &workbook("A001", vec![line("", &site)]),
    );
    let changed = with(&[(ActionField::Cible, "3,5")]);
    enter(
        &atelier,
        "trois.xlsx",
        &workbook("A002", vec![line("R01-C1-01", &changed)]),
    );
    let before = actions(&atelier, &[]);
    let path = atelier.write("rendu.xlsx", &fault.bytes);
    let (exit, said) = atelier.json(&["plan", "importer", &path]);
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let found = all.iter().find(|d| {
        d["code"] == fault.code.as_str()
            && (fault.cell.is_empty() || d["cellule"] == fault.cell)
            && d["message"]
                .as_str()
                .is_some_and(|m| m.contains(fault.says))
    });
    let error = fault.code.severity() == Severity::Error;
    let unchanged = actions(&atelier, &[]) == before;
    let remedy = found.and_then(|d| d["remede"].as_str()).unwrap_or("");
    let whole = found.is_some() && (!error || (unchanged && !remedy.is_empty()));
    if whole && (exit == 1) == error {
        None
    } else {
        Some(format!(
            "{} {:?}: exit {exit}, {all:#?}",
            fault.code, fault.says
        ))
    }
}

#[test]
fn every_fault_of_a_plan_is_named_located_and_harmless() {
    let failures: Vec<String> = faults().iter().filter_map(fails).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
