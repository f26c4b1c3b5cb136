//! Laws that hold whatever the référentiel and the answers.

use std::collections::BTreeMap;

use observatoire::compare::{Comparisons, LineReason, Side, compare};
use observatoire::decide::priorities::{PriorityGround, importance, priorities};
use observatoire::figures::reliability::{observers, read, scale};
use observatoire::figures::{Indicators, Level, Scope, compute};
use observatoire::intake::observations::{Observation, Statut};
use observatoire::stats::change::Verdict;
use observatoire::vocabulary::referentiel::SourceCode;

use super::random_worlds::{World, table};

const WORLDS: std::ops::Range<u64> = 500..560;

fn figures(world: &World, answers: &[Observation]) -> Indicators {
    compute(&table(answers), &world.scope())
        .expect("indicators")
        .value
}

fn compared(world: &World, before: &Indicators, after: &Indicators) -> Comparisons {
    let side = |indicators| Side {
        indicators,
        referentiel: &world.referentiel,
    };
    compare(side(before), side(after)).value
}

/// structure, level, code, source → value.
fn values(indicators: &Indicators) -> BTreeMap<(String, Level, String, String), Option<f64>> {
    let figures = indicators.figures().iter();
    figures
        .map(|f| {
            let source = f.source.map_or(String::new(), |s| s.to_string());
            let key = (f.structure.to_string(), f.level, f.code.to_string(), source);
            (key, f.value)
        })
        .collect()
}

#[test]
fn a_campaign_against_itself_is_stable_everywhere() {
    let mut judged = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        let answers = world.answers();
        let indicators = figures(&world, &answers);
        for line in compared(&world, &indicators, &indicators).lines {
            if let Some(verdict) = line.verdict.filter(|_| line.delta.is_some()) {
                assert_eq!(verdict, Verdict::Stable, "graine {seed} {line:?}");
                judged += 1;
            }
        }
    }
    assert!(judged > 500, "{judged}");
}

/// The order of answers is that of files, sheets and threads: comparisons, agreement of observers,
/// questionnaires and priorities stay the same to the last bit.
#[test]
fn the_order_of_answers_changes_no_conclusion() {
    let mut lines = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        let first = world.answers();
        let second = world.changed(&first);
        let conclude = |before: &[Observation], after: &[Observation]| {
            let (a, b) = (figures(&world, before), figures(&world, after));
            let compared = compared(&world, &a, &b);
            let stored = table(after);
            let read = |source| read(&stored, &world.referentiel, source).expect("answers");
            let scale = scale(SourceCode::Fam, &read(SourceCode::Fam));
            let scope = world.scope();
            let importance = importance(&stored, &world.referentiel).expect("importance");
            let first = priorities(&PriorityGround {
                indicators: &b,
                previous: Some(&a),
                referentiel: &world.referentiel,
                structures: &scope.structures,
                importance,
            });
            let agreed = observers(&read(SourceCode::Obs), &world.referentiel);
            let said = format!("{:?} {agreed:?} {scale:?} {first:?}", compared.lines);
            (said, compared.lines.len())
        };
        let turned = |answers: &[Observation]| {
            let mut turned = answers.to_vec();
            turned.reverse();
            let middle = turned.len() / 3;
            turned.rotate_left(middle);
            turned
        };
        let (straight, n) = conclude(&first, &second);
        let (other, _) = conclude(&turned(&first), &turned(&second));
        assert!(straight == other, "graine {seed}");
        lines += n;
    }
    assert!(lines > 500, "{lines}");
}

/// One more observer says « non concerné »: no mean that existed moves.
#[test]
fn adding_an_nc_never_moves_a_mean() {
    let mut added = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        let mut answers = world.answers();
        let before = values(&figures(&world, &answers));
        let observed: Vec<Observation> = answers
            .iter()
            .filter(|o| &*o.visite == "V1" && &*o.observateur == "O1" && o.statut == Statut::Note)
            .cloned()
            .collect();
        added += observed.len();
        answers.extend(observed.into_iter().map(|o| Observation {
            observateur: "O9".into(),
            statut: Statut::Nc,
            micro: None,
            ..o
        }));
        let after = values(&figures(&world, &answers));
        let levels = [Level::Element, Level::Source, Level::Critere, Level::Axe];
        for (key, value) in before {
            if value.is_some() && levels.contains(&key.1) {
                assert_eq!(after[&key], value, "graine {seed} {key:?}");
            }
        }
    }
    assert!(added > 200, "{added}");
}

/// Every family answers twice: the same means, narrower intervals.
#[test]
fn duplicating_every_respondent_leaves_means_and_narrows_intervals() {
    let (mut narrower, mut seen) = (0, 0);
    for seed in WORLDS {
        let mut world = World::new(seed);
        let first = world.answers();
        let second = world.changed(&first);
        let twice = |answers: &[Observation]| {
            let mut all = answers.to_vec();
            let respondents = answers.iter().filter(|o| !o.repondant.is_empty());
            all.extend(respondents.map(|o| Observation {
                repondant: format!("{} bis", o.repondant).into(),
                ..o.clone()
            }));
            figures(&world, &all)
        };
        let once = [figures(&world, &first), figures(&world, &second)];
        let more = [twice(&first), twice(&second)];
        for (key, value) in values(&once[0]) {
            let other = values(&more[0])[&key];
            if let (Some(a), Some(b)) = (value, other) {
                // The response rate counts respondents: it is no mean of what they say.
                let mean = key.1 == Level::Element && key.3 != "DON";
                assert!(!mean || (a - b).abs() < 1e-9, "{key:?}");
            }
        }
        let lines = compared(&world, &more[0], &more[1]);
        for line in compared(&world, &once[0], &once[1]).lines {
            let same = lines.get(&line.structure, line.level, &line.code);
            // A critère that gains a source under its threshold before is another figure.
            let found = same.filter(|l| l.value1 == line.value1 && l.value2 == line.value2);
            let pair = line.interval.zip(found.and_then(|l| l.interval));
            if let Some((a, b)) = pair.filter(|_| line.level == Level::Critere) {
                seen += 1;
                narrower += usize::from(b.width() < a.width() - 1e-12);
            }
        }
    }
    assert!(seen > 100 && narrower > seen / 4, "{narrower} of {seen}");
}

/// Even where the threshold is one answer, one answer concludes nothing.
#[test]
fn a_structure_with_one_answer_never_gets_a_verdict() {
    let mut lone = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        world.referentiel.rules.effectif_min = 1;
        let only_questionnaires = |answers: Vec<Observation>| -> Vec<Observation> {
            let kept = answers.into_iter().filter(|o| {
                o.source.is_questionnaire() && o.repondant.ends_with('0') && o.repondant.len() == 4
            });
            kept.collect()
        };
        let first = only_questionnaires(world.answers());
        let second = only_questionnaires(world.answers());
        let (a, b) = (figures(&world, &first), figures(&world, &second));
        for line in compared(&world, &a, &b).lines {
            if line.delta.is_some() && !line.structure.is_empty() {
                assert_eq!(line.verdict, None, "graine {seed} {line:?}");
                lone += 1;
            }
        }
    }
    assert!(lone > 50, "{lone}");
}

/// A campaign against itself less something: what is left was given the same marks, and nothing else is a
/// change.
fn nothing_changes(seed: u64, lines: &Comparisons) -> usize {
    let mut judged = 0;
    for line in lines.lines.iter().filter(|l| l.delta.is_some()) {
        if let Some(verdict) = line.verdict {
            assert_eq!(verdict, Verdict::Stable, "graine {seed} {line:?}");
            judged += 1;
        }
    }
    judged
}

#[test]
fn a_source_that_came_or_went_is_no_change() {
    let mut judged = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        let answers = world.answers();
        let whole = figures(&world, &answers);
        for gone in [SourceCode::Obs, SourceCode::Dir, SourceCode::Eqp] {
            let left: Vec<Observation> = (answers.iter())
                .filter(|o| o.source != gone)
                .cloned()
                .collect();
            // Where no observer comes any more, the team's own marks stand in: they are no change either.
            let less = figures(&world, &left);
            judged += nothing_changes(seed, &compared(&world, &whole, &less));
            judged += nothing_changes(seed, &compared(&world, &less, &whole));
        }
    }
    assert!(judged > 500, "{judged}");
}

#[test]
fn a_campaign_against_itself_under_a_lighter_scope_is_stable() {
    let mut judged = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        let answers = world.answers();
        let whole = figures(&world, &answers);
        let mut light = world.settings.campaigns[0].clone();
        light.sources = vec![SourceCode::Obs, SourceCode::Fam];
        let codes = world.referentiel.criteres.iter().step_by(2);
        light.criteres = codes.map(|c| c.code.clone()).collect();
        let scope = Scope {
            campaign: &light,
            ..world.scope()
        };
        let less = compute(&table(&answers), &scope).expect("indicators").value;
        judged += nothing_changes(seed, &compared(&world, &whole, &less));
        judged += nothing_changes(seed, &compared(&world, &less, &whole));
    }
    assert!(judged > 200, "{judged}");
}

/// As many favourable answers in another campaign come from other families: that is no proof that nothing
/// changed.
#[test]
fn as_many_answers_of_other_families_are_not_the_same() {
    let mut questions = 0;
    for seed in WORLDS {
        let mut world = World::new(seed);
        let answers = world.answers();
        let first = figures(&world, &answers);
        let mut later = world.settings.campaigns[0].clone();
        "C2".clone_into(&mut later.id);
        let scope = Scope {
            campaign: &later,
            ..world.scope()
        };
        let second = compute(&table(&answers), &scope).expect("indicators").value;
        let lines = compared(&world, &first, &second).lines;
        let shares = lines.iter().filter(|l| l.level == Level::Enquete);
        for line in shares.filter(|l| l.verdict.is_some()) {
            assert!(!line.reasons.contains(&LineReason::SameRatings), "{line:?}");
            assert_ne!(line.rise, None, "{line:?}");
            questions += 1;
        }
    }
    assert!(questions > 100, "{questions}");
}
