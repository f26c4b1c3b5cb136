//! `[[indicateurs]]`: each kind of calculation reads its own parameters, and no other.

use super::calculation_kind::CalculationKind;
use super::convention_model::{CalculationParameters, DeclaredIndicator, Sense, StartingValue};
use super::convention_problems::ConventionProblems;
use super::convention_raw::{PlacedText, RawIndicator, RawStart, texts};
use super::convention_words::{ClosedWord, IndicatorNature};
use crate::base::text::suggest;

/// An indicator; none, and told, when a word of it is none.
pub(super) fn indicator(
    raw: &RawIndicator,
    problems: &mut ConventionProblems,
) -> Option<DeclaredIndicator> {
    let kind: Option<CalculationKind> = problems.word(&raw.calcul);
    let rhythm = problems.word(&raw.periode);
    let nature = match &raw.nature {
        Some(word) => problems.word(word),
        None => Some(IndicatorNature::Realisation),
    };
    let sense = sense(raw.sens.as_ref(), problems);
    let start = raw.reference.as_ref().map(|r| start(r, problems));
    if let Some(kind) = kind {
        misplaced(raw, kind, problems);
        missing(raw, kind, problems);
    }
    let parameters = parameters(raw, problems);
    Some(DeclaredIndicator {
        code: raw.code.get_ref().clone(),
        fiche: text(raw.fiche.as_ref()),
        label: raw.libelle.clone(),
        nature: nature?,
        kind: kind?,
        unit: raw.unite.clone(),
        rhythm: rhythm?,
        target: raw.cible,
        sense: sense?,
        start,
        parameters,
    })
}

fn text(placed: Option<&PlacedText>) -> String {
    placed.map_or_else(String::new, |p| p.get_ref().clone())
}

fn sense(raw: Option<&PlacedText>, problems: &mut ConventionProblems) -> Option<Sense> {
    let Some(placed) = raw else {
        return Some(Sense::None);
    };
    let own = |sense: &&Sense| sense.key() == placed.get_ref();
    let known = Sense::ALL.iter().find(own).copied();
    if known.is_none() {
        let other = placed.get_ref();
        let near = suggest(other, Sense::ALL.iter().map(|s| s.key())).best_clause();
        let message = format!("sens « {other} » : écrivez haut, bas ou aucun{near}");
        problems.refuse(placed.span().start, &message);
    }
    known
}

fn start(raw: &RawStart, problems: &mut ConventionProblems) -> StartingValue {
    StartingValue {
        value: raw.valeur,
        date: raw.date.as_ref().and_then(|d| problems.day(d)),
        source: raw.source.clone(),
    }
}

/// A parameter that this kind would never read is a slip.
fn misplaced(raw: &RawIndicator, kind: CalculationKind, problems: &mut ConventionProblems) {
    for (key, at) in raw.written() {
        if kind.parameters().contains(&key) {
            continue;
        }
        let at = if at == 0 { raw.code.span().start } else { at };
        let near = suggest(key, kind.parameters().iter().copied()).best_clause();
        let message = format!(
            "indicateur « {} » : le calcul « {} » ne lit pas « {key} »{near}",
            raw.code.get_ref(),
            kind.key()
        );
        problems.refuse(at, &message);
    }
}

/// What a kind cannot do without.
fn missing(raw: &RawIndicator, kind: CalculationKind, problems: &mut ConventionProblems) {
    let needed: &[&str] = match kind {
        CalculationKind::FunctionPresence | CalculationKind::FunctionShare => &["nature_fonction"],
        CalculationKind::DocumentExists => &["document"],
        CalculationKind::Collaborations => &["nature_fonction", "services"],
        CalculationKind::Observatory => &["figure"],
        CalculationKind::Favourable => &["enquete"],
        CalculationKind::Context => &["serie"],
        CalculationKind::Access => &["mesure"],
        _ => &[],
    };
    let written = raw.written();
    for key in needed {
        if !written.iter().any(|(own, _)| own == key) {
            let message = format!(
                "indicateur « {} » : le calcul « {} » demande la clé « {key} »",
                raw.code.get_ref(),
                kind.key()
            );
            problems.refuse(raw.code.span().start, &message);
        }
    }
}

fn parameters(raw: &RawIndicator, problems: &mut ConventionProblems) -> CalculationParameters {
    let list = |placed: &Option<Vec<PlacedText>>| placed.as_deref().map(texts).unwrap_or_default();
    CalculationParameters {
        types: problems.words(raw.types.as_ref()),
        theme: text(raw.thematique.as_ref()),
        experiment: text(raw.experimentation.as_ref()),
        led_by: raw.anime_par.as_ref().and_then(|w| problems.word(w)),
        fiches: list(&raw.fiches),
        organisations: problems.words(raw.organismes.as_ref()),
        nature: raw.nature_fonction.as_ref().and_then(|w| problems.word(w)),
        documents: problems.words(raw.document.as_ref()),
        delay_days: raw.delai_jours.as_ref().map(|d| *d.get_ref()),
        without_pilots: raw.hors_pilotes.as_ref().is_some_and(|h| *h.get_ref()),
        services: list(&raw.services),
        figure: text(raw.figure.as_ref()),
        survey: text(raw.enquete.as_ref()),
        item: text(raw.item.as_ref()),
        series: text(raw.serie.as_ref()),
        measure: raw.mesure.as_ref().and_then(|w| problems.word(w)),
        time: raw.temps.as_ref().and_then(|w| problems.word(w)),
        distance_km: raw.distance_km.as_ref().map(|d| *d.get_ref()),
        axe: text(raw.axe.as_ref()),
    }
}
