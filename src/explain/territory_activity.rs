//! An activity indicator of the whole territory: the counts of its accueils, added up, each with its own.

use std::fmt::Write;

use super::phrases::short;
use super::team_return::{territory_teams, trainings};
use crate::base::text::{count, percent};
use crate::figures::{Figure, Indicators, Level, Scope};
use crate::vocabulary::referentiel::ActivityCode;
use crate::wording::source_breaks::source_break;

/// Those that the territory prints as a sum of counts over a sum of counts.
const ADDED: [ActivityCode; 8] = [
    ActivityCode::O2,
    ActivityCode::O2b,
    ActivityCode::O3,
    ActivityCode::I11,
    ActivityCode::I12a,
    ActivityCode::I12b,
    ActivityCode::I20,
    ActivityCode::I21,
];

/// How the figure of the territory is made, accueil by accueil; where counts do not add up, the figure of each.
/// `before` is the campaign before, whose figure may come from another source.
pub(crate) fn explain_territory_activity(
    scope: &Scope,
    indicators: &Indicators,
    before: Option<&Indicators>,
    code: ActivityCode,
) -> String {
    let figures = indicators.figures().iter();
    let own = figures.filter(|f| f.level == Level::Activite && f.code == *code.as_str());
    let (known, missing): (Vec<&Figure>, Vec<&Figure>) = own.partition(|f| f.value.is_some());
    let mut text = format!(
        "Indicateur {} « {} »\nFormule : {}\n",
        code.as_str(),
        code.label(),
        code.formula()
    );
    if code == ActivityCode::O1 {
        return text + &trainings();
    }
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
        if code == ActivityCode::O3 && of == 0 {
            text.push_str("Aucune recommandation n’était émise à la fin de la campagne : O3 vient des plans seuls, et rien de déclaré n’en tient lieu.\n");
            return text;
        }
        if matches!(code, ActivityCode::O2 | ActivityCode::O2b) {
            return text + &territory_teams(scope, indicators, code);
        }
        let mut broken = known.iter().filter_map(|f| {
            let code = code.as_str();
            before.and_then(|before| indicators.source_break(before, &f.structure, code))
        });
        if let Some(broken) = broken.next() {
            let _ = writeln!(text, "Attention, {}.", source_break(&broken));
        }
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
