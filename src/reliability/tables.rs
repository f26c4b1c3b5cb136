//! What `fidelite` says: tables, and what to do about them in words.

use super::observers::{AxeAgreement, Observers, Severity};
use super::scales::Scale;
use super::training::Trainee;
use crate::referentiel::{Referentiel, SourceCode};
use crate::stats::Stat;
use crate::tabular::{Field, Kind, Table};
use crate::text::{count, decimals, list, percent};

/// A table and what it means.
pub struct Section {
    /// The table; its name is the title.
    pub table: Table,
    /// Sentences, the most useful first.
    pub words: Vec<String>,
}

fn text(value: impl Into<String>) -> Field {
    Field::Text(value.into())
}

fn bound(interval: Option<(f64, f64)>, high: bool) -> Field {
    Field::decimal(interval.map(|i| if high { i.1 } else { i.0 }))
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

/// Agreement, disputed éléments, severity.
pub fn of_observers(found: &Observers, r: &Referentiel) -> Vec<Section> {
    vec![
        agreement(found, r),
        disputed(found, r),
        severity(&found.severities),
    ]
}

fn agreement(found: &Observers, r: &Referentiel) -> Section {
    let rows = found.axes.iter().map(|a| {
        let ac2 = a.ac2.and_then(|x| x.coefficient);
        // Observers who agree everywhere leave nothing to measure an interval on.
        let wide = |i: &(f64, f64)| i.1 - i.0 > 1e-9;
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
    Section {
        words: advice(found, r),
        table: Table {
            name: "Accord",
            columns: vec![
                ("axe", Kind::Text),
                ("intitule", Kind::Text),
                ("elements_notes", Kind::Whole),
                ("accord_exact", Kind::Decimal),
                ("accord_a_un_niveau", Kind::Decimal),
                ("ac2", Kind::Decimal),
                ("ac2_bas", Kind::Decimal),
                ("ac2_haut", Kind::Decimal),
                ("alpha", Kind::Decimal),
                ("alpha_bas", Kind::Decimal),
                ("alpha_haut", Kind::Decimal),
                ("raison", Kind::Text),
            ],
            rows: rows.collect(),
        },
    }
}

/// What to do about the agreement (targets of `domain.md` 8.3).
fn advice(found: &Observers, r: &Referentiel) -> Vec<String> {
    let (all, twice) = found.visits;
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
    } else {
        words.push("L’objectif (60 % exact, 95 % à un niveau près) est atteint.".to_owned());
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
    let Some((low, high)) = icc.one_bounds else {
        let value = decimals(icc.one, 2);
        return format!("{NAME} {value}, sans intervalle : les scores ne varient pas assez.");
    };
    let reading = match low {
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
    let rows: Vec<_> = rows.collect();
    Section {
        words: vec![if rows.is_empty() {
            "Aucun désaccord relevé.".to_owned()
        } else {
            "Les éléments qui divisent le plus les observateurs, le plus discuté d’abord."
                .to_owned()
        }],
        table: Table {
            name: "Éléments à revoir",
            columns: vec![
                ("code", Kind::Text),
                ("libelle", Kind::Text),
                ("visites", Kind::Whole),
                ("ecart_moyen", Kind::Decimal),
                ("note_contre_nc", Kind::Whole),
            ],
            rows,
        },
    }
}

fn severity(all: &[Severity]) -> Section {
    let reading = |s: &Severity| match (s.is_marked(), s.bias > 0.0) {
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
        table: Table {
            name: "Sévérité",
            columns: vec![
                ("observateur", Kind::Text),
                ("notes_communes", Kind::Whole),
                ("ecart", Kind::Decimal),
                ("bas", Kind::Decimal),
                ("haut", Kind::Decimal),
                ("lecture", Kind::Text),
            ],
            rows: rows.collect(),
        },
    }
}

/// Certification, and what each trainee missed.
pub fn of_training(found: &[Trainee], master: &str, r: &Referentiel) -> Vec<Section> {
    let rows = found.iter().map(|t| {
        let c = t.calibration.as_ref().ok();
        let interval = c.map(|c| c.exact_interval);
        vec![
            text(t.observer.as_str()),
            Field::Whole(t.visits as i64),
            Field::Whole(c.map_or(0, |c| c.n as i64)),
            Field::decimal(c.map(|c| c.exact)),
            bound(interval, false),
            bound(interval, true),
            Field::decimal(c.map(|c| c.within_one)),
            Field::decimal(c.map(|c| c.applicability)),
            Field::decimal(c.map(|c| c.bias)),
            Field::decimal(c.and_then(|c| c.kappa.ok())),
            text(t.verdict()),
        ]
    });
    let missed = found.iter().flat_map(|t| {
        t.missed.iter().map(|(element, gap, times)| {
            vec![
                text(t.observer.as_str()),
                text(r.elements[*element].code.as_str()),
                text(r.elements[*element].label.as_str()),
                Field::Decimal(*gap),
                Field::Whole(*times as i64),
            ]
        })
    });
    let words = if found.is_empty() {
        vec![format!(
            "Aucun observateur n’a noté une visite que {master} a notée aussi."
        )]
    } else {
        vec![
            format!("Cotation de référence : {master}."),
            "L’intervalle dit ce que vaudrait le taux sur beaucoup d’éléments : 24 sur 30 peut cacher un vrai 63 %.".to_owned(),
        ]
    };
    vec![
        Section {
            words,
            table: Table {
                name: "Formation",
                columns: vec![
                    ("observateur", Kind::Text),
                    ("visites", Kind::Whole),
                    ("elements", Kind::Whole),
                    ("accord_exact", Kind::Decimal),
                    ("bas", Kind::Decimal),
                    ("haut", Kind::Decimal),
                    ("accord_a_un_niveau", Kind::Decimal),
                    ("accord_nc", Kind::Decimal),
                    ("ecart_moyen", Kind::Decimal),
                    ("kappa", Kind::Decimal),
                    ("verdict", Kind::Text),
                ],
                rows: rows.collect(),
            },
        },
        Section {
            words: vec![
                "Éléments notés autrement que la référence, le plus d’écart d’abord.".to_owned(),
            ],
            table: Table {
                name: "Éléments manqués",
                columns: vec![
                    ("observateur", Kind::Text),
                    ("code", Kind::Text),
                    ("libelle", Kind::Text),
                    ("ecart", Kind::Decimal),
                    ("fois", Kind::Whole),
                ],
                rows: missed.collect(),
            },
        },
    ]
}

/// Consistency of each questionnaire.
pub fn of_scales(found: &[(SourceCode, Scale)], r: &Referentiel) -> Vec<Section> {
    let rows = found.iter().map(|(source, s)| {
        let alpha = s.alpha.as_ref().ok();
        let interval = alpha.and_then(|a| a.interval);
        let omega = s.omega.as_ref().ok().and_then(|o| o.omega.ok());
        vec![
            text(source.as_str()),
            Field::Whole(s.respondents.0 as i64),
            Field::Whole(s.respondents.1 as i64),
            Field::Whole(s.items.len() as i64),
            Field::decimal(alpha.map(|a| a.alpha)),
            bound(interval, false),
            bound(interval, true),
            Field::decimal(omega),
            text(s.warning()),
        ]
    });
    let items = found.iter().flat_map(|(source, s)| {
        s.items.iter().map(|i| {
            let weak = i.item_rest.is_none_or(|c| c < 0.2);
            vec![
                text(source.as_str()),
                text(r.elements[i.element].code.as_str()),
                text(r.elements[i.element].label.as_str()),
                Field::decimal(i.item_rest),
                Field::decimal(i.alpha_without),
                text(match (i.item_rest, weak) {
                    (None, _) => "ne varie pas",
                    (_, true) => "mesure autre chose que les autres questions",
                    _ => "",
                }),
            ]
        })
    });
    vec![
        Section {
            words: vec![
                "Les questions d’un même questionnaire vont-elles dans le même sens ? La grille d’observation, elle, n’a pas à y aller.".to_owned(),
            ],
            table: Table {
                name: "Questionnaires",
                columns: vec![
                    ("source", Kind::Text),
                    ("repondants", Kind::Whole),
                    ("complets", Kind::Whole),
                    ("questions", Kind::Whole),
                    ("alpha", Kind::Decimal),
                    ("bas", Kind::Decimal),
                    ("haut", Kind::Decimal),
                    ("omega", Kind::Decimal),
                    ("avertissement", Kind::Text),
                ],
                rows: rows.collect(),
            },
        },
        Section {
            words: Vec::new(),
            table: Table {
                name: "Questions",
                columns: vec![
                    ("source", Kind::Text),
                    ("code", Kind::Text),
                    ("libelle", Kind::Text),
                    ("correlation_aux_autres", Kind::Decimal),
                    ("alpha_sans_elle", Kind::Decimal),
                    ("lecture", Kind::Text),
                ],
                rows: items.collect(),
            },
        },
    ]
}
