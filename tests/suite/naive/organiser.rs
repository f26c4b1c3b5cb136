//! The second computation of what the organiser decides: the answers of all structures poured together, from
//! the rules and not from the program.

use std::collections::BTreeMap;

use toml::Table;

use super::{Element, Expected, Given, QUESTIONNAIRES, SOURCES, activity, list, number, word};

/// Whether a critère is one.
pub fn decides(critere: &Table) -> bool {
    word(critere, "niveau") == "organisateur"
}

/// What one structure brings to an élément: its level, or its measure, and how much it counts.
struct Share {
    element: Element,
    value: Option<f64>,
    counts: f64,
}

fn share(given: &Given, element: &Table) -> Share {
    let found = given.element(element);
    let (code, source) = (word(element, "mesure"), word(element, "source"));
    let (value, counts) = match source {
        "DON" => (
            activity::measure(given, code),
            activity::divided_by(given, code),
        ),
        s if QUESTIONNAIRES.contains(&s) => (found.0, found.2 as f64),
        _ => (found.0, 1.0),
    };
    Share {
        element: found,
        value,
        counts,
    }
}

/// One élément over the structures.
fn poured(element: &Table, shares: &[Share]) -> Element {
    let known: Vec<(f64, f64)> = shares
        .iter()
        .filter_map(|s| Some((s.value?, s.counts)))
        .collect();
    let all: f64 = known.iter().map(|k| k.1).sum();
    let mean = known.iter().map(|(v, n)| v * n / all).sum::<f64>();
    let level = if word(element, "source") == "DON" {
        let low = word(element, "sens") == "bas";
        let steps = element["seuils"].as_array().expect("thresholds");
        let passed = steps.iter().filter(|s| {
            let gap = mean - number(Some(s), 0.0);
            if low { gap <= 1e-9 } else { gap >= -1e-9 }
        });
        1.0 + passed.count() as f64
    } else {
        mean
    };
    (
        (!known.is_empty()).then_some(level),
        known.is_empty() && shares.iter().all(|s| s.element.1),
        shares.iter().map(|s| s.element.2).sum(),
        shares.iter().any(|s| s.element.3),
    )
}

/// Rows without structure: the éléments, sources and values of what the organiser decides.
pub fn territory(sites: &[Given]) -> Expected {
    let mut all = Expected::new();
    let Some(any) = sites.first() else {
        return all;
    };
    let key = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    let criteres = list(any.referentiel, "criteres").into_iter();
    for critere in criteres.filter(|c| decides(c)) {
        let code = word(critere, "code");
        if !any.criteres.is_empty() && !any.criteres.iter().any(|c| c == code) {
            continue;
        }
        let mut scores = BTreeMap::new();
        for (source, default) in SOURCES {
            if !any.sources.is_empty() && !any.sources.iter().any(|s| s == source) {
                continue;
            }
            let elements = list(critere, "elements").into_iter();
            let elements = elements.filter(|e| word(e, "source") == source);
            let (mut asked, mut values) = (Vec::new(), Vec::new());
            for element in elements {
                let concerned = sites
                    .iter()
                    .filter(|g| g.applies(critere) && g.applies(element));
                let shares: Vec<Share> = concerned.map(|g| share(g, element)).collect();
                if shares.is_empty() {
                    continue;
                }
                let value = poured(element, &shares);
                let status = if value.1 { "nc" } else { "" };
                let row = (value.0, status, value.2, 0);
                all.insert(key("element", word(element, "code"), source), row);
                asked.push(element);
                values.push(value);
            }
            if asked.is_empty() {
                continue;
            }
            let people = sites.iter().filter(|g| g.applies(critere)).map(|g| {
                let own: Vec<&Table> = asked.iter().copied().filter(|e| g.applies(e)).collect();
                g.respondents(source, &own)
            });
            let score = any.source(source, &asked, &values, people.sum());
            all.insert(key("source", code, source), score);
            scores.insert(source, (any.weight(critere, source, default), score));
        }
        if !scores.is_empty() {
            all.insert(key("critere", code, ""), any.critere(&scores));
        }
    }
    all
}
