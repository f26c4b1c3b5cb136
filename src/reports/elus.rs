//! The synthesis of the territory, for elected people.

use std::collections::BTreeMap;

use super::equipe::{must, profile};
use super::figure::{place, voices};
use super::model::{ElusReport, Fact, Figure, Head, SiteMusts};
use super::sentences;
use crate::charts::{self, Cell, Heatmap, Slope};
use crate::disclosure::{ClearedFigure, ClearedTerritory, Shown};
use crate::error::Result;
use crate::indicators::FigureStatus;
use crate::referentiel::Referentiel;
use crate::stats::change::Verdict;
use crate::text::{count, list, percent};

/// Builds the content of the synthesis; `names` gives a site's name by its code.
pub fn build(
    territory: &ClearedTerritory,
    referentiel: &Referentiel,
    tete: Head,
    names: &BTreeMap<String, String>,
    campaigns: (&str, Option<&str>),
) -> Result<ElusReport> {
    let axes: Vec<ClearedFigure> = territory.axes.iter().map(|(f, _)| f.clone()).collect();
    let (panel, entries, exits) = &territory.panel;
    let compared = campaigns.1.is_some() && !territory.evolution.is_empty();
    Ok(ElusReport {
        tete,
        messages: messages(territory, names),
        profil: Some(profile(&without_previous(axes), campaigns)?),
        evolution: if compared {
            evolution(territory, campaigns)?
        } else {
            None
        },
        panel: if compared {
            sentences::panel(panel, entries, exits)
        } else {
            String::new()
        },
        imperatifs_codes: must_codes(referentiel),
        imperatifs: musts(territory, referentiel, names),
        carte: Some(map(territory, referentiel, names)?),
        ecarts: gaps(territory),
        mots: sentences::words(&territory.words.keywords, "réponse", "réponses"),
        themes: sentences::words(&territory.words.themes, "entretien", "entretiens"),
        pratiques: practices(territory, names),
        accord: sentences::agreement(territory.agreement),
        participation: participation(territory),
        voix: voices(&territory.distributions)?,
        limites: limits(territory),
    })
}

/// The mean of all sites and that of the panel are not the same figure: the profile shows the
/// first alone, the slopes show the second.
fn without_previous(axes: Vec<ClearedFigure>) -> Vec<ClearedFigure> {
    axes.into_iter()
        .map(|f| ClearedFigure {
            previous: None,
            ..f
        })
        .collect()
}

fn label_of(code: &str, names: &BTreeMap<String, String>) -> String {
    names
        .get(code)
        .map_or_else(|| code.to_owned(), |n| format!("{code} {n}"))
}

fn messages(t: &ClearedTerritory, names: &BTreeMap<String, String>) -> Vec<String> {
    let mut messages = Vec::new();
    let all_met = |musts: &[crate::disclosure::ClearedImperatif]| {
        !musts.is_empty()
            && musts
                .iter()
                .all(|i| i.status == Shown::Value(FigureStatus::Atteint))
    };
    let met = t.imperatifs.iter().filter(|(_, m)| all_met(m)).count();
    messages.push(format!(
        "{} sur {} {} tous les critères impératifs qui s’appliquent à eux.",
        count(met, "accueil", "accueils"),
        t.imperatifs.len(),
        if met < 2 { "atteint" } else { "atteignent" }
    ));
    let failing: Vec<String> = t
        .imperatifs
        .iter()
        .filter(|(_, m)| {
            m.iter()
                .any(|i| i.status == Shown::Value(FigureStatus::NonAtteint))
        })
        .map(|(code, _)| label_of(code, names))
        .collect();
    if !failing.is_empty() {
        messages.push(format!(
            "Un impératif au moins est à reprendre sans attendre dans {} : {}.",
            count(failing.len(), "accueil", "accueils"),
            failing.join(", ")
        ));
    }
    let on_target = t
        .axes
        .iter()
        .filter(|(f, _)| {
            f.value
                .as_ref()
                .and_then(Shown::value)
                .is_some_and(|v| v >= f.target - 1e-9)
        })
        .count();
    messages.push(format!(
        "{} sur {} {} en moyenne du territoire.",
        count(on_target, "axe", "axes"),
        t.axes.len(),
        if on_target < 2 {
            "atteint son objectif"
        } else {
            "atteignent leur objectif"
        }
    ));
    messages.push(moved(t));
    if let Some((code, label, below, of)) = t.below_target.first() {
        messages.push(format!("Le critère le plus souvent sous son objectif : {code} « {label} », dans {below} accueils sur {of}."));
    }
    if let Some((k, n)) = t.participation.get("I12a").filter(|(_, n)| *n > 0) {
        messages.push(format!(
            "{k} équipes sur {n} ont rendu leur auto-évaluation."
        ));
    }
    messages.retain(|m| !m.is_empty());
    messages
}

fn moved(t: &ClearedTerritory) -> String {
    let labels = |wanted: Verdict| -> Vec<String> {
        let moved = t
            .evolution
            .iter()
            .filter(|(.., e)| e.verdict == Some(wanted));
        moved.map(|(_, label, ..)| format!("« {label} »")).collect()
    };
    let (up, down) = (labels(Verdict::Progresse), labels(Verdict::Recule));
    if t.evolution.is_empty() {
        return String::new();
    }
    match (up.is_empty(), down.is_empty()) {
        (true, true) => {
            "D’une campagne à l’autre, aucun axe ne progresse ni ne recule nettement.".to_owned()
        }
        (false, true) => format!(
            "En progrès d’une campagne à l’autre : {}.",
            crate::text::list(&up)
        ),
        (true, false) => format!(
            "En recul d’une campagne à l’autre : {}.",
            crate::text::list(&down)
        ),
        (false, false) => format!(
            "En progrès : {} ; en recul : {}.",
            crate::text::list(&up),
            crate::text::list(&down)
        ),
    }
}

fn evolution(t: &ClearedTerritory, campaigns: (&str, Option<&str>)) -> Result<Option<Figure>> {
    let slopes: Vec<Slope> = t
        .evolution
        .iter()
        .map(|(_, label, before, after, e)| Slope {
            label: label.clone(),
            before: *before,
            after: *after,
            emphasis: matches!(e.verdict, Some(Verdict::Progresse | Verdict::Recule)),
            words: sentences::verdict(e),
        })
        .collect();
    if slopes.is_empty() {
        return Ok(None);
    }
    let firm = slopes.iter().filter(|s| s.emphasis).count();
    let title = match firm {
        0 => "Aucun axe ne progresse ni ne recule nettement".to_owned(),
        1 => "Un axe bouge nettement".to_owned(),
        n => format!("{n} axes bougent nettement"),
    };
    let before = campaigns.1.unwrap_or("");
    place(charts::evolution(&title, (before, campaigns.0), &slopes), "Moyenne des accueils présents aux deux campagnes, sur les critères communs. En gris : axes stables, ou écarts trop faibles pour conclure.").map(Some)
}

fn must_codes(r: &Referentiel) -> Vec<Fact> {
    let musts = r.criteres.iter().filter(|c| c.imperatif);
    musts
        .map(|c| Fact {
            nom: c.code.clone(),
            valeur: c.label.clone(),
            note: String::new(),
        })
        .collect()
}

fn musts(
    t: &ClearedTerritory,
    r: &Referentiel,
    names: &BTreeMap<String, String>,
) -> Vec<SiteMusts> {
    let codes: Vec<&str> = r
        .criteres
        .iter()
        .filter(|c| c.imperatif)
        .map(|c| c.code.as_str())
        .collect();
    t.imperatifs
        .iter()
        .map(|(code, own)| {
            let met = own
                .iter()
                .filter(|i| i.status == Shown::Value(FigureStatus::Atteint))
                .count();
            let cases = codes
                .iter()
                .map(|c| match own.iter().find(|i| i.code == *c) {
                    Some(i) => must(i),
                    None => super::model::Must {
                        code: (*c).to_owned(),
                        marque: "–".to_owned(),
                        mot: "sans objet".to_owned(),
                        classe: "sans-objet".to_owned(),
                        ..super::model::Must::default()
                    },
                })
                .collect();
            SiteMusts {
                nom: label_of(code, names),
                bilan: format!("{met}/{}", own.len()),
                cases,
            }
        })
        .collect()
}

fn map(t: &ClearedTerritory, r: &Referentiel, names: &BTreeMap<String, String>) -> Result<Figure> {
    let columns: Vec<(String, String)> = r
        .axes
        .iter()
        .map(|a| (a.code.clone(), a.label.clone()))
        .collect();
    let rows = t
        .sites
        .iter()
        .map(|(code, axes)| {
            let cells = columns
                .iter()
                .map(|(axe, _)| match axes.iter().find(|(c, _)| c == axe) {
                    Some((_, Some(Shown::Value(v)))) => Cell::Value(*v),
                    Some(_) => Cell::Hatched("n. p.".to_owned()),
                    None => Cell::Blank,
                })
                .collect();
            (label_of(code, names), cells)
        })
        .collect();
    let title = "Chaque accueil a ses points d’appui et ses pistes de progrès";
    let caption = "Accueils dans l’ordre de leur code : ce tableau n’est pas un classement. Un écart de quelques dixièmes entre deux accueils ne les distingue pas.";
    place(charts::heatmap(title, &Heatmap { columns, rows }), caption)
}

fn gaps(t: &ClearedTerritory) -> Vec<Fact> {
    t.below_target
        .iter()
        .take(10)
        .map(|(code, label, below, of)| Fact {
            nom: format!("{code} {label}"),
            valeur: format!("{below} sur {of}"),
            note: String::new(),
        })
        .collect()
}

/// Where something is done better than elsewhere by more than noise, and who could go and see.
fn practices(t: &ClearedTerritory, names: &BTreeMap<String, String>) -> Vec<Fact> {
    t.practices
        .iter()
        .map(|p| {
            let learners: Vec<String> = p.learners.iter().map(|c| label_of(c, names)).collect();
            Fact {
                nom: format!("{} {}", p.code, p.label),
                valeur: label_of(&p.structure, names),
                note: if learners.is_empty() {
                    p.confirmed_by.to_owned()
                } else {
                    format!("{} ; une visite pour {}", p.confirmed_by, list(&learners))
                },
            }
        })
        .collect()
}

fn participation(t: &ClearedTerritory) -> Vec<Fact> {
    let rows = [
        (
            "I11",
            "Participation des équipes aux formations",
            "animateurs formés dans l’année ; indicateur de la CTG",
        ),
        (
            "I12a",
            "Participation des équipes à la campagne",
            "auto-évaluations rendues ; indicateur de la CTG",
        ),
        (
            "I12b",
            "Participation des animateurs à la campagne",
            "questionnaires d’animateurs reçus",
        ),
        (
            "I16",
            "Taux de réponse des familles",
            "réponses reçues / familles utilisatrices",
        ),
    ];
    rows.into_iter()
        .filter_map(|(code, nom, what)| {
            let (k, n) = t.participation.get(code)?;
            let share = *k as f64 / (*n).max(1) as f64;
            Some(Fact {
                nom: nom.to_owned(),
                valeur: percent(share),
                note: format!("{k} sur {n} : {what}"),
            })
        })
        .collect()
}

fn limits(t: &ClearedTerritory) -> Vec<String> {
    let mut lines: Vec<String> = [
        "Le référentiel compte 8 axes et 40 critères ; seuls des éléments observables sont notés, de 1 à 4, et tout le reste se calcule.",
        "L’observation extérieure pèse le plus ; l’auto-évaluation et la parole des enfants sont montrées à côté, jamais mélangées.",
        "Il n’y a ni note d’ensemble ni classement : la plupart des écarts entre accueils tiennent au hasard d’une visite.",
        "La moyenne du territoire compte chaque accueil une fois, quelle que soit sa taille.",
        "Une évolution ne compare que les mêmes accueils, sur les mêmes critères, dans la même version du référentiel.",
        "Un changement n’est annoncé que s’il dépasse à la fois 0,3 niveau et la marge de mesure connue.",
        "Un impératif est atteint quand tous ses éléments le sont ; aucune moyenne ne compense.",
        "Les réponses des familles, des enfants et des équipes ne sont montrées qu’à l’échelle du territoire.",
        "Une campagne partielle ne juge que ce qu’elle a regardé.",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.extend(crate::disclosure::summary(&t.masked));
    lines
}
