//! How people answered, in the order of what they agree with: a question to which agreeing is unfavourable is drawn
//! among the others, the side that agrees at the same end, and who agrees is said.

use crate::base::text::{list, share_of};
use crate::disclosure::{ClearedDistribution, Favour, Shares};
use crate::reports::charts::{AnswerBar, AnswerRow};

type Set<'a> = (Vec<String>, Vec<&'a ClearedDistribution>);

/// Labels in the order in which they are drawn: those who agree last.
pub(super) fn drawn_modalities(q: &ClearedDistribution) -> Vec<String> {
    let mut labels = q.modalities.to_vec();
    if q.reversed {
        labels.reverse();
    }
    labels
}

/// Questions with the same modalities share a chart, the most reserved answers first, what is hidden last.
pub(super) fn by_modalities(questions: &[ClearedDistribution]) -> Vec<Set<'_>> {
    let mut sets: Vec<Set> = Vec::new();
    let known = by_favour(questions).into_iter().map(|(_, q)| q);
    let hidden = questions.iter().filter(|q| q.shares.is_err());
    for question in known.chain(hidden) {
        let drawn = drawn_modalities(question);
        match sets.iter_mut().find(|(modalities, _)| *modalities == drawn) {
            Some((_, list)) => list.push(question),
            None => sets.push((drawn, vec![question])),
        }
    }
    sets
}

/// The bar of a question, or the answer that nearly everyone gave.
pub(super) fn answer_bar(q: &ClearedDistribution, shares: &Shares) -> AnswerBar {
    let last = q.modalities.len().saturating_sub(1);
    let drawn = |m: usize| if q.reversed { last - m.min(last) } else { m };
    if let Some(modality) = shares.unanimous {
        let least = share_of(shares.at_least, shares.least_out_of());
        return AnswerBar::AtLeast(drawn(modality), format!("{least} ou plus"));
    }
    let mut parts = shares.parts.clone();
    if q.reversed {
        parts.reverse();
    }
    AnswerBar::Shares(parts, shares.out_of)
}

/// A question as a row of a chart.
pub(super) fn row(q: &ClearedDistribution) -> AnswerRow {
    let (answers, n, nsp) = match &q.shares {
        Err(mask) => (
            AnswerBar::Words(mask.words().to_owned()),
            String::new(),
            String::new(),
        ),
        Ok(s) => {
            let nsp = if s.nsp > 0.0 {
                format!("nsp {}", share_of(s.nsp, s.out_of))
            } else {
                String::new()
            };
            let n = format!("n = {}", s.respondents.number());
            (answer_bar(q, s), n, nsp)
        }
    };
    AnswerRow {
        label: q.label.to_string(),
        answers,
        n,
        nsp,
    }
}

/// Questions whose answers are shown, the most reserved first, then by code.
pub(super) fn by_favour<'a>(
    questions: impl IntoIterator<Item = &'a ClearedDistribution>,
) -> Vec<(Favour, &'a ClearedDistribution)> {
    let known = questions
        .into_iter()
        .filter_map(|q| Some((Favour::of(q)?, q)));
    let mut known: Vec<_> = known.collect();
    known.sort_by(|a, b| a.0.order(b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    known
}

/// A question without its full stop, between quotes.
pub(super) fn quoted(q: &ClearedDistribution) -> String {
    format!("« {} »", q.label.trim_end_matches(['.', ' ']))
}

/// « 75 % de réponses favorables »; where agreeing is unfavourable, who agrees: « 17 % d’accord ».
pub(super) fn told(q: &ClearedDistribution, favour: Favour) -> String {
    let Some(agree) = Favour::agreeing(q).filter(|_| q.reversed) else {
        return favour.said();
    };
    let top = crate::vocabulary::referentiel::favourable_modalities(q.modalities.len());
    if q.modalities.first().is_some_and(|l| l.contains("accord")) {
        return format!("{} d’accord", agree.words());
    }
    let given: Vec<String> = (q.modalities.iter().take(top))
        .map(|label| format!("« {label} »"))
        .collect();
    format!("{} répondent {}", agree.words(), list(&given))
}

/// The most reserved answer makes the title.
pub(super) fn headline(questions: &[&ClearedDistribution], who: &str) -> String {
    let known = by_favour(questions.iter().copied());
    let all = known.len() == questions.len();
    match known.as_slice() {
        [] => format!("{who} : réponses trop peu nombreuses pour être montrées"),
        [(favour, q)] if all => format!("{} : {}", quoted(q), told(q, *favour)),
        // Nobody is reserved: naming a last question would mislead.
        [(favour, _), ..] if favour.told() >= 0.9 => format!(
            "À chaque question{}, au moins neuf réponses sur dix sont favorables",
            if all { "" } else { " montrée" }
        ),
        [(favour, q), others @ ..] => {
            let is_alone = others.first().is_none_or(|other| other.0 != *favour);
            format!(
                "{}{} : {} ({})",
                if is_alone {
                    "La réponse la plus réservée"
                } else {
                    "L’une des réponses les plus réservées"
                },
                if all {
                    ""
                } else {
                    " de celles qui sont montrées"
                },
                quoted(q),
                told(q, *favour)
            )
        }
    }
}

/// What is read in the chart: how parts of few answers are rounded, and to which questions agreeing is unfavourable.
pub(super) fn how_to_read(questions: &[&ClearedDistribution]) -> String {
    let mut said = Vec::new();
    let shown = questions.iter().filter_map(|q| q.shares.as_ref().ok());
    let is_of = |out_of: usize| shown.clone().any(|s| s.out_of == out_of);
    said.extend(match (is_of(5), is_of(10)) {
        (true, true) => Some("Sous vingt réponses, les parts sont des dixièmes, et sous dix des cinquièmes : « 2 sur 5 » ne compte pas deux personnes."),
        (true, false) => Some("Sous dix réponses, les parts sont des cinquièmes : « 2 sur 5 » ne compte pas deux personnes."),
        (false, true) => Some("Sous vingt réponses, les parts sont des dixièmes : « 4 sur 10 » ne compte pas quatre personnes."),
        (false, false) => None,
    }.map(str::to_owned));
    let reversed = questions.iter().filter(|q| q.reversed && q.shares.is_ok());
    let reversed: Vec<String> = reversed.map(|q| quoted(q)).collect();
    if !reversed.is_empty() {
        said.push(format!(
            "Être d’accord est défavorable pour {}.",
            list(&reversed)
        ));
    }
    let mut said = said.join(" ");
    if !said.is_empty() {
        said.push(' ');
    }
    said
}

/// What the line in the middle of the bars parts, where there is one.
pub(super) fn parted(modalities: &[String]) -> String {
    match (modalities.len(), modalities.last()) {
        (4.., Some(last)) if last.contains("accord") => {
            "à droite du trait, ceux qui sont d’accord ; ".to_owned()
        }
        (4.., Some(last)) => format!("à droite du trait, le côté « {last} » ; "),
        _ => String::new(),
    }
}
