//! Agreement, what observers disagree on, severity.

use super::{Section, bound, text};
use crate::base::tabular::{Field, Heading, Table};
use crate::base::text::{count, decimals, list, percent};
use crate::figures::reliability::{
    AxeAgreement, LEAST_ELEMENTS, LEAST_VISITS, ObserverSeverity, Observers,
};
use crate::stats::Stat;
use crate::stats::interval::Interval;
use crate::vocabulary::referentiel::Referentiel;

/// Agreement, disputed éléments, severity.
pub fn of_observers(found: &Observers, r: &Referentiel) -> Vec<Section> {
    vec![
        agreement(found, r),
        disputed(found, r),
        severity(&found.severities),
    ]
}

fn agreement(found: &Observers, r: &Referentiel) -> Section {
    Section {
        words: advice(found, r),
        table: agreement_table("Accord", found, r),
    }
}

/// Agreement of each axe, then of all.
pub(super) fn agreement_table(name: &str, found: &Observers, r: &Referentiel) -> Table {
    let rows = found.axes.iter().map(|a| {
        let ac2 = a.ac2.and_then(|x| x.coefficient);
        // Observers who agree everywhere leave nothing to measure an interval on.
        let wide = |i: &Interval| i.width() > 1e-9;
        let interval = a.ac2.ok().and_then(|x| x.interval).filter(wide);
        let alpha = a.alpha.and_then(|x| x.alpha);
        let around = a.alpha_interval().ok().filter(wide);
        let label = r.axes.iter().find(|x| x.code == a.axe);
        vec![
            text(a.axe.as_str()),
            text(label.map_or("Tous les axes", |x| x.label.as_str())),
            Field::Whole(a.units as i64),
            Field::decimal(a.exact.ok()),
            Field::decimal(a.within_one.ok()),
            Field::decimal(ac2.ok()),
            bound(interval, false),
            bound(interval, true),
            Field::decimal(alpha.ok()),
            bound(around, false),
            bound(around, true),
            text(reasons(&a.exact, &ac2, &alpha)),
        ]
    });
    Table::new(
        name,
        vec![
            Heading::text("axe"),
            Heading::text("intitule"),
            Heading::whole("elements_notes"),
            Heading::decimal("accord_exact"),
            Heading::decimal("accord_a_un_niveau"),
            Heading::decimal("ac2"),
            Heading::decimal("ac2_bas"),
            Heading::decimal("ac2_haut"),
            Heading::decimal("alpha"),
            Heading::decimal("alpha_bas"),
            Heading::decimal("alpha_haut"),
            Heading::text("raison"),
        ],
        rows.collect(),
    )
}

/// What to do about the agreement (targets of `docs/domain.md` §8.3).
fn advice(found: &Observers, r: &Referentiel) -> Vec<String> {
    let (all, twice) = (found.visits, found.visited_by_several);
    let mut words = vec![format!(
        "{} sur {} par plusieurs observateurs.",
        count(twice, "visite notée", "visites notées"),
        all
    )];
    if twice * 5 < all {
        let wanted = all.div_ceil(5) - twice;
        words.push(format!(
            "Objectif : une visite sur cinq. Faites noter {} de plus à deux.",
            count(wanted, "visite", "visites")
        ));
    }
    let Some(overall) = found.axes.last() else {
        return words;
    };
    let (Ok(exact), Ok(near)) = (overall.exact, overall.within_one) else {
        words.push("L’accord n’est pas calculable : rien n’a été noté deux fois.".to_owned());
        return words;
    };
    words.push(format!(
        "Les observateurs donnent la même note {} fois sur cent, à un niveau près {} fois sur cent.",
        decimals(exact * 100.0, 0),
        decimals(near * 100.0, 0)
    ));
    if exact < 0.6 || near < 0.95 {
        words.push(
            "C’est sous l’objectif (60 % exact, 95 % à un niveau près) : relisez ensemble les descripteurs des éléments ci-dessous, notez une visite filmée ou un récit, et recommencez."
                .to_owned(),
        );
    } else if found.is_enough() {
        words.push("L’objectif (60 % exact, 95 % à un niveau près) est atteint.".to_owned());
    } else {
        words.push(format!(
            "C’est au niveau de l’objectif (60 % exact, 95 % à un niveau près), mais sur {}, en {} : il faut {LEAST_ELEMENTS} éléments et {LEAST_VISITS} visites pour le dire atteint.",
            count(overall.units, "élément noté à plusieurs", "éléments notés à plusieurs"),
            count(found.rated_by_several, "visite", "visites"),
        ));
    }
    if let Ok(share) = found.applicability
        && share < 0.9
    {
        words.push(format!(
            "Dans {} des cas, l’un note ce que l’autre juge non concerné : fixez par écrit quand un élément ne s’applique pas.",
            percent(1.0 - share)
        ));
    }
    words.extend(prevalence(overall));
    words.push(exchange(found));
    let weak: Vec<&str> = found
        .axes
        .iter()
        .filter(|a| !a.axe.is_empty() && a.exact.is_ok_and(|e| e < 0.6))
        .filter_map(|a| r.axes.iter().find(|x| x.code == a.axe))
        .map(|x| x.label.as_str())
        .collect();
    if !weak.is_empty() {
        words.push(format!("Accord exact sous 60 % sur : {}.", list(&weak)));
    }
    words
}

/// AC2 is the lenient end, alpha the severe one: far apart, most ratings are the same.
fn prevalence(all: &AxeAgreement) -> Option<String> {
    let ac2 = all.ac2.as_ref().ok()?.coefficient.ok()?;
    let alpha = all.alpha.as_ref().ok()?.alpha.ok()?;
    (ac2 - alpha > 0.2).then(|| {
        format!(
            "AC2 ({}) et alpha ({}) s’écartent : presque toutes les notes se ressemblent (prévalence), l’accord dit peu de chose des notes rares.",
            decimals(ac2, 2),
            decimals(alpha, 2)
        )
    })
}

/// The interval is read, not the point (Koo & Li).
fn exchange(found: &Observers) -> String {
    const NAME: &str = "Scores des critères : corrélation intraclasse";
    let icc = match &found.critere_icc {
        Ok(icc) => icc,
        Err(reason) => return format!("{NAME} non calculable : {}.", reason.label()),
    };
    let Some(Interval { low, high }) = icc.one_bounds else {
        let value = decimals(icc.one, 2);
        return format!("{NAME} {value}, sans intervalle : les scores ne varient pas assez.");
    };
    let reading = match low {
        _ if !found.is_enough() => {
            return format!(
                "{NAME} {} (de {} à {}), sur trop peu de visites pour dire si un observateur en vaut un autre.",
                decimals(icc.one, 2),
                decimals(low, 2),
                decimals(high, 2)
            );
        }
        l if l >= 0.75 => "un observateur peut en remplacer un autre",
        l if l >= 0.5 => "un observateur peut en remplacer un autre, avec prudence",
        _ => "on ne peut pas affirmer qu’un observateur en vaut un autre",
    };
    format!(
        "{NAME} {} (de {} à {}) : {reading}.",
        decimals(icc.one, 2),
        decimals(low, 2),
        decimals(high, 2)
    )
}

fn disputed(found: &Observers, r: &Referentiel) -> Section {
    Section {
        words: vec![if found.disputed.is_empty() {
            "Aucun désaccord relevé.".to_owned()
        } else {
            "Les éléments qui divisent le plus les observateurs, le plus discuté d’abord."
                .to_owned()
        }],
        table: disputed_table("Éléments à revoir", "visites", found, r),
    }
}

/// Éléments that people who marked the same grid mark most differently; `grids` is what was marked.
pub(super) fn disputed_table(
    name: &str,
    grids: &'static str,
    found: &Observers,
    r: &Referentiel,
) -> Table {
    let rows = found.disputed.iter().map(|d| {
        let element = &r.elements[d.element];
        vec![
            text(element.code.as_str()),
            text(element.label.as_str()),
            Field::Whole(d.visits as i64),
            Field::decimal((d.visits > 0).then_some(d.gap)),
            Field::Whole(d.applicability as i64),
        ]
    });
    Table::new(
        name,
        vec![
            Heading::text("code"),
            Heading::text("libelle"),
            Heading::whole(grids),
            Heading::decimal("ecart_moyen"),
            Heading::whole("note_contre_nc"),
        ],
        rows.collect(),
    )
}

fn severity(all: &[ObserverSeverity]) -> Section {
    let reading = |s: &ObserverSeverity| match (s.is_marked(), s.bias > 0.0) {
        (false, _) => "pas d’écart notable",
        (true, true) => "plus indulgent que ses co-observateurs",
        (true, false) => "plus exigeant que ses co-observateurs",
    };
    let rows = all.iter().map(|s| {
        vec![
            text(s.observer.as_str()),
            Field::Whole(s.n as i64),
            Field::Decimal(s.bias),
            bound(s.interval, false),
            bound(s.interval, true),
            text(reading(s)),
        ]
    });
    let marked: Vec<&str> = all
        .iter()
        .filter(|s| s.is_marked())
        .map(|s| s.observer.as_str())
        .collect();
    let words = if marked.is_empty() {
        vec!["Aucun observateur ne s’écarte nettement des autres.".to_owned()]
    } else {
        vec![format!(
            "{} : un quart de niveau ou plus d’écart avec les autres. Parlez des pratiques de cotation, pas de la personne ; ne comparez pas des accueils vus par des observateurs différents.",
            list(&marked)
        )]
    };
    Section {
        words,
        table: Table::new(
            "Sévérité",
            vec![
                Heading::text("observateur"),
                Heading::whole("notes_communes"),
                Heading::decimal("ecart"),
                Heading::decimal("bas"),
                Heading::decimal("haut"),
                Heading::text("lecture"),
            ],
            rows.collect(),
        ),
    }
}

/// Why a row has no agreement, or why one of its coefficients is missing.
fn reasons(exact: &Stat<f64>, ac2: &Stat<f64>, alpha: &Stat<f64>) -> String {
    if let Err(reason) = exact {
        return format!("non calculable : {}", reason.label());
    }
    let named = [("AC2", ac2), ("alpha", alpha)];
    let missing = named.iter().filter_map(|(name, stat)| {
        let reason = stat.as_ref().err()?;
        Some(format!("{name} non calculable : {}", reason.label()))
    });
    missing.collect::<Vec<_>>().join(" ; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::reliability::{RatedAnswer, observers};
    use crate::vocabulary::referentiel::{embedded, parse};

    /// Two observers who agree on everything, of `visits` visits of `elements` éléments.
    fn said(visits: usize, elements: usize) -> String {
        let r = parse("v2", embedded()).expect("the référentiel");
        let observed: Vec<usize> = (0..r.elements.len())
            .filter(|e| r.elements[*e].source.as_str() == "OBS")
            .collect();
        let mut answers = Vec::new();
        for visit in 0..visits {
            for (rank, element) in observed.iter().take(elements).enumerate() {
                for who in ["O1", "O2"] {
                    answers.push(RatedAnswer {
                        structure: "R01".into(),
                        visite: visit.to_string().as_str().into(),
                        who: who.into(),
                        element: *element,
                        level: Some((rank % 4 + 1) as f64),
                        nc: false,
                    });
                }
            }
        }
        advice(&observers(&answers, &r), &r).join(" ")
    }

    /// One afternoon proves nothing, whatever it shows; nor do many visits of three éléments.
    #[test]
    fn an_objective_is_reached_on_enough() {
        for (visits, elements) in [(1, 70), (2, 40), (10, 3)] {
            let few = said(visits, elements);
            assert!(few.contains("il faut 60 éléments et 3 visites"), "{few}");
            assert!(!few.contains("peut en remplacer") && !few.contains("est atteint."));
        }
        let enough = said(3, 20);
        assert!(
            enough.contains("est atteint.") && !enough.contains("il faut"),
            "{enough}"
        );
    }
}
