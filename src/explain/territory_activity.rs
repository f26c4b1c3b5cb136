//! An activity indicator of the whole territory: the counts of its accueils, added up, each with its own.

use std::fmt::Write;

use super::phrases::short;
use crate::base::text::{count, percent};
use crate::figures::{Figure, Indicators, Level};
use crate::vocabulary::referentiel::ActivityCode;

/// Those that the territory prints as a sum of counts over a sum of counts.
const ADDED: [ActivityCode; 5] = [
    ActivityCode::I11,
    ActivityCode::I12a,
    ActivityCode::I12b,
    ActivityCode::I20,
    ActivityCode::I21,
];

/// How the figure of the territory is made, accueil by accueil; where counts do not add up, the figure of each.
pub(crate) fn explain_territory_activity(indicators: &Indicators, code: ActivityCode) -> String {
    let figures = indicators.figures().iter();
    let own = figures.filter(|f| f.level == Level::Activite && f.code == *code.as_str());
    let (known, missing): (Vec<&Figure>, Vec<&Figure>) = own.partition(|f| f.value.is_some());
    let mut text = format!(
        "Indicateur {} « {} »\nFormule : {}\n",
        code.as_str(),
        code.label(),
        code.formula()
    );
    if ADDED.contains(&code) {
        let n: usize = known.iter().map(|f| f.n).sum();
        let of: usize = known.iter().map(|f| f.expected).sum();
        let share = (of > 0).then(|| percent(n as f64 / of as f64));
        let _ = writeln!(
            text,
            "Territoire : {} ({n} sur {of}), somme de {}. Les parts des accueils ne se moyennent pas : un petit accueil ne pèse pas autant qu’un grand.",
            share.unwrap_or_else(|| "non calculable".to_owned()),
            count(known.len(), "accueil", "accueils")
        );
        for f in &known {
            let _ = writeln!(text, "  {} : {} sur {}", f.structure, f.n, f.expected);
        }
    } else {
        text.push_str("Aucune valeur de territoire n’en est imprimée : un accueil se lit avec ses séances et ses effectifs.\n");
        for f in &known {
            let _ = writeln!(text, "  {} : {}", f.structure, short(f));
        }
    }
    if !missing.is_empty() {
        let codes: Vec<&str> = missing.iter().map(|f| f.structure.as_str()).collect();
        let _ = writeln!(
            text,
            "Sans donnée, et hors du calcul : {}.",
            codes.join(", ")
        );
    }
    text
}
