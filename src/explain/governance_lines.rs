//! What the governance of a year prints besides indicators: functions and what they hang on, who came to what.

use std::fmt::Write;

use crate::base::text::count;
use crate::convention::{
    ClosedWord, FonctionsColumn, FunctionTree, OuiNon, Registers, SuiviPeriod, attendance_matrix,
};

/// `ORGANIGRAMME`, `PRESENCES`; none of anything else.
pub(crate) fn explain_governance(
    registers: &Registers,
    period: &SuiviPeriod,
    code: &str,
) -> Option<String> {
    match code.to_uppercase().as_str() {
        "ORGANIGRAMME" => Some(functions(registers)),
        "PRESENCES" => Some(attendance(registers, period)),
        _ => None,
    }
}

fn functions(registers: &Registers) -> String {
    let tree = FunctionTree::of(registers);
    let mut text = format!(
        "CTG · organigramme\n\n{} dans la feuille « Fonctions ». Une fonction est placée sous celle que nomme sa colonne « Rattachée à » ; une boucle est coupée à sa première fonction.\n",
        count(
            tree.functions.len(),
            "fonction inscrite",
            "fonctions inscrites"
        )
    );
    for function in &tree.functions {
        let row = function.row;
        let is_filled = row.word(FonctionsColumn::Pourvu) == Some(OuiNon::Oui);
        let above = match function.above {
            Some(id) => format!("rattachée à {id}"),
            None if function.outside.is_empty() => "rattachée à rien".to_owned(),
            None => format!("rattachée à « {} », hors du registre", function.outside),
        };
        _ = write!(
            text,
            "\n- Fonctions › {} : {}, {above}, {}",
            row.id,
            row.text(FonctionsColumn::Intitule),
            if is_filled { "pourvue" } else { "non pourvue" }
        );
    }
    text
}

fn attendance(registers: &Registers, period: &SuiviPeriod) -> String {
    let mut text = format!(
        "CTG · qui vient à quoi · {}\n\nPériode : du {} au {}. Par service et par instance : temps où il est venu sur ceux où il était invité ; un excusé n’est pas venu.\n",
        period.label,
        period.from.short(),
        period.end().short()
    );
    for service in attendance_matrix(registers, period) {
        let times = service.by_instance.iter().map(|(instance, came)| {
            format!("{} {} sur {}", instance.label(), came.came, came.invited)
        });
        let times: Vec<String> = times.collect();
        _ = write!(text, "\n- {} : {}", service.name, times.join(", "));
    }
    text
}
