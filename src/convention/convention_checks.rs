//! Whether a convention holds together: codes that exist and are given once, dates in their order, what an abrogated
//! fiche still carries.

use super::convention_problems::ConventionProblems;
use super::convention_raw::{PlacedText, RawConvention, RawExperiment};
use super::convention_words::{ClosedWord, FicheState};
use crate::base::day::Day;
use crate::vocabulary::config::Observatory;

/// Checks codes and dates.
pub(super) fn check(
    raw: &RawConvention,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) {
    problems.once(raw.avenants.iter().map(|a| &a.numero), "l’avenant");
    problems.once(raw.axes.iter().map(|a| &a.code), "l’axe");
    problems.once(raw.fiches.iter().map(|f| &f.code), "la fiche");
    problems.once(raw.indicateurs.iter().map(|i| &i.code), "l’indicateur");
    problems.once(
        raw.experimentations.iter().map(|e| &e.code),
        "l’expérimentation",
    );
    fiches(raw, observatory, problems);
    indicators(raw, problems);
    for experiment in &raw.experimentations {
        check_experiment(raw, experiment, observatory, problems);
    }
    overlaps(raw, problems);
    dates(raw, problems);
}

fn codes<'a>(placed: impl IntoIterator<Item = &'a PlacedText>) -> Vec<&'a str> {
    placed.into_iter().map(|p| p.get_ref().as_str()).collect()
}

fn fiches(raw: &RawConvention, observatory: &Observatory, problems: &mut ConventionProblems) {
    let axes = codes(raw.axes.iter().map(|a| &a.code));
    for fiche in &raw.fiches {
        if let Some(axe) = &fiche.axe {
            problems.known(axe, &axes, "l’axe");
        }
        if let Some(number) = &fiche.avenant {
            let known = raw
                .avenants
                .iter()
                .any(|a| a.numero.get_ref() == number.get_ref());
            if !known {
                let message = format!("l’avenant n° {} n’existe pas", number.get_ref());
                problems.refuse(number.span().start, &message);
            }
        }
        for critere in &fiche.criteres {
            check_critere(critere, observatory, problems);
        }
    }
}

/// A critère of one of the référentiels at least, or `AXE-*`.
fn check_critere(
    written: &PlacedText,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) {
    let referentiels = observatory.referentiels.values();
    if let Some(axe) = written.get_ref().strip_suffix("-*") {
        let mut axes = referentiels.flat_map(|r| &r.axes);
        if !axes.any(|a| a.code == axe) {
            let message = format!("aucun axe du référentiel n’a le code « {axe} »");
            problems.refuse(written.span().start, &message);
        }
        return;
    }
    let known = referentiels.flat_map(|r| r.criteres.iter().map(|c| c.code.as_str()));
    problems.known(written, &known.collect::<Vec<_>>(), "le critère");
}

fn is_abrogated(raw: &RawConvention, code: &str) -> bool {
    let fiche = raw.fiches.iter().find(|f| f.code.get_ref() == code);
    let state = fiche.and_then(|f| FicheState::read(f.etat.as_ref()?.get_ref()));
    state == Some(FicheState::Abrogated)
}

fn indicators(raw: &RawConvention, problems: &mut ConventionProblems) {
    let fiches = codes(raw.fiches.iter().map(|f| &f.code));
    let experiments = codes(raw.experimentations.iter().map(|e| &e.code));
    for indicator in &raw.indicateurs {
        let listed = indicator.fiches.iter().flatten();
        for fiche in indicator.fiche.iter().chain(listed) {
            problems.known(fiche, &fiches, "la fiche");
        }
        if let Some(experiment) = &indicator.experimentation {
            problems.known(experiment, &experiments, "l’expérimentation");
        }
        if let Some(fiche) = &indicator.fiche
            && is_abrogated(raw, fiche.get_ref())
        {
            let message = format!(
                "l’indicateur « {} » est celui de la fiche « {} », abrogée : ses chiffres passés restent, aucune valeur nouvelle n’est attendue",
                indicator.code.get_ref(),
                fiche.get_ref()
            );
            problems.report(fiche.span().start, &message);
        }
    }
}

fn check_experiment(
    raw: &RawConvention,
    experiment: &RawExperiment,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) {
    let fiches = codes(raw.fiches.iter().map(|f| &f.code));
    problems.known(&experiment.fiche, &fiches, "la fiche");
    let sites = observatory.registry.all().iter().map(|s| s.code.as_str());
    let sites: Vec<&str> = sites.collect();
    for pilot in &experiment.pilotes {
        problems.known(pilot, &sites, "l’accueil");
    }
    for critere in &experiment.attendus {
        check_critere(critere, observatory, problems);
    }
    if let (Some(from), Some(to)) = (day(&experiment.debut), day(&experiment.fin))
        && to < from
    {
        problems.refuse(
            experiment.fin.span().start,
            "l’expérimentation finit avant de commencer",
        );
    }
}

/// Two experiments at once at the same pilot: neither can be told from the other.
fn overlaps(raw: &RawConvention, problems: &mut ConventionProblems) {
    for (rank, later) in raw.experimentations.iter().enumerate() {
        let span = |e: &RawExperiment| day(&e.debut).zip(day(&e.fin));
        let Some((from, to)) = span(later) else {
            continue;
        };
        for earlier in &raw.experimentations[..rank] {
            let at_once = span(earlier).is_some_and(|(a, b)| a <= to && from <= b);
            let shared = later
                .pilotes
                .iter()
                .find(|p| codes(&earlier.pilotes).contains(&p.get_ref().as_str()));
            if let (true, Some(pilot)) = (at_once, shared) {
                let message = format!(
                    "« {} » et « {} » ont lieu en même temps chez « {} » : ce qui y change ne pourra être attribué à l’une",
                    earlier.code.get_ref(),
                    later.code.get_ref(),
                    pilot.get_ref()
                );
                problems.report(pilot.span().start, &message);
            }
        }
    }
}

fn day(placed: &PlacedText) -> Option<Day> {
    placed.get_ref().trim().parse().ok()
}

/// Avenants and échéances stand in the convention, avenants in the order of their numbers.
fn dates(raw: &RawConvention, problems: &mut ConventionProblems) {
    let span = (day(&raw.convention.debut), day(&raw.convention.fin));
    let (Some(from), Some(to)) = span else {
        return;
    };
    let amendments = raw.avenants.iter().map(|a| (&a.date, "l’avenant"));
    let deadlines = raw.echeances.iter().map(|e| (&e.date, "l’échéance"));
    for (placed, what) in amendments.chain(deadlines) {
        if day(placed).is_some_and(|d| d < from || d > to) {
            let message = format!(
                "{what} du {} n’est pas dans la convention (du {from} au {to})",
                placed.get_ref()
            );
            problems.report(placed.span().start, &message);
        }
    }
    for later in &raw.avenants {
        let earlier = raw.avenants.iter().find(|a| {
            a.numero.get_ref() < later.numero.get_ref()
                && day(&a.date)
                    .zip(day(&later.date))
                    .is_some_and(|(a, b)| a > b)
        });
        if let Some(earlier) = earlier {
            let message = format!(
                "l’avenant n° {} est daté d’avant l’avenant n° {}",
                later.numero.get_ref(),
                earlier.numero.get_ref()
            );
            problems.refuse(later.date.span().start, &message);
        }
    }
}
