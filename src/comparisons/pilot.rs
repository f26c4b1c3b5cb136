//! One centre's experiment against the rest: what can be said from so few treated centres, and
//! what cannot (statistics.md 5.11).

use super::{Comparisons, Line};
use crate::indicators::Level;
use crate::stats::change::Verdict;
use crate::stats::multiplicity::{Correction, adjust};
use crate::stats::pilot::{PilotEffect, pilot};
use crate::text::decimals;

/// Difference between the change of the pilots and that of the others, for each critère and axe.
/// `value1` is the mean change of the pilots, `value2` that of the others, `delta` the difference.
pub fn against_the_rest(compared: &Comparisons, pilots: &[String]) -> Comparisons {
    let own = |l: &&Line| pilots.contains(&l.structure);
    let mut lines: Vec<(Line, Option<PilotEffect>)> = Vec::new();
    for line in compared.lines.iter().filter(own) {
        let known = lines
            .iter()
            .any(|(l, _)| (l.level, &l.code) == (line.level, &line.code));
        if known || !matches!(line.level, Level::Critere | Level::Axe) {
            continue;
        }
        lines.push(contrast(compared, line, pilots));
    }
    let p: Vec<Option<f64>> = lines.iter().map(|(_, e)| e.as_ref().map(|e| e.p)).collect();
    let corrected = adjust(&p, Correction::Holm);
    for ((line, effect), p) in lines.iter_mut().zip(corrected) {
        conclude(line, effect.as_ref(), p);
    }
    Comparisons {
        lines: lines.into_iter().map(|(l, _)| l).collect(),
        panel: compared.panel.clone(),
        ..Comparisons::default()
    }
}

fn contrast(compared: &Comparisons, like: &Line, pilots: &[String]) -> (Line, Option<PilotEffect>) {
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for line in &compared.lines {
        let same = (line.level, &line.code) == (like.level, &like.code);
        if let Some(delta) = line.delta.filter(|_| same && !line.structure.is_empty()) {
            let side = if pilots.contains(&line.structure) {
                &mut own
            } else {
                &mut others
            };
            side.push(delta);
        }
    }
    let versions = (like.version1.as_str(), like.version2.as_str());
    let mut line = Line::new(like.level, &like.code, &pilots.join("+"), versions);
    let mean = |v: &[f64]| (!v.is_empty()).then(|| v.iter().sum::<f64>() / v.len() as f64);
    (line.value1, line.value2) = (mean(&own), mean(&others));
    let effect = pilot(&own, &others).ok();
    line.delta = effect.as_ref().map(|e| e.did);
    (line, effect)
}

/// What so few centres allow to say: never more than their number of relabellings.
fn conclude(line: &mut Line, effect: Option<&PilotEffect>, corrected: Option<f64>) {
    let Some(effect) = effect else {
        return line.say("non calculable : il faut un changement chez le pilote et ailleurs");
    };
    let all = effect.sizes.0 + effect.sizes.1;
    let rank = match effect.rank {
        1 => "le changement le plus favorable".to_owned(),
        n => format!("le {n}e changement le plus favorable"),
    };
    line.say(&format!(
        "{rank} de {all} accueils ; p = {}, au mieux {}",
        decimals(effect.p, 3),
        decimals(effect.attainable, 3)
    ));
    let proven = corrected.is_some_and(|p| p <= 0.05);
    line.verdict = Some(match (proven, effect.did > 0.0) {
        (true, true) => Verdict::Progresse,
        (true, false) => Verdict::Recule,
        _ => Verdict::Indetermine,
    });
    line.say(if effect.attainable > 0.05 {
        "trop peu d’accueils pour prouver un effet : un indice, à confirmer par d’autres pilotes"
    } else if proven {
        "écart qui dépasse le hasard, si le pilote n’a pas été choisi pour son élan"
    } else {
        "l’écart peut être dû au hasard"
    });
}
