//! Blocks that several reports share.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Frame;
use super::document::{Block, CritereView, Drawing, Heading, ListStyle, Must, Tableau};
use super::equipe::said;
use super::figure::place;
use super::sentences;
use crate::base::error::Result;
use crate::base::text::{Datum, date_short, decimal1, list};
use crate::disclosure::{
    ClearedAction, ClearedFigure, ClearedImperatif, ClearedSite, ClearedWord, ClearedWords, Shown,
};
use crate::figures::{FigureStatus, OUTSIDE};
use crate::reports::charts::{self, ProfileRow};
use crate::vocabulary::referentiel::Referentiel;

/// An impératif with its mark, always with the word.
pub(super) fn must(i: &ClearedImperatif) -> Must {
    let (marque, mot, classe) = match i.status {
        Shown::Value(FigureStatus::Atteint) => ("✓", "atteint", "atteint"),
        Shown::Value(FigureStatus::NonAtteint) => ("✕", "non atteint", "non-atteint"),
        Shown::Value(_) => ("?", "non évalué", "non-evalue"),
        Shown::Masked(_) => ("!", OUTSIDE, "hors"),
    };
    let mut details: Vec<String> = i
        .below
        .iter()
        .map(|l| format!("À reprendre : {l}"))
        .collect();
    details.extend(i.missing.iter().map(|l| format!("Pas encore évalué : {l}")));
    Must {
        code: i.code.clone(),
        label: i.label.clone(),
        marque: marque.to_owned(),
        mot: mot.to_owned(),
        classe: classe.to_owned(),
        details,
    }
}

/// Axes on the scale, campaign before and target beside.
pub(super) fn profile(axes: &[ClearedFigure], frame: &Frame) -> Result<Block> {
    let rows: Vec<ProfileRow> = axes
        .iter()
        .map(|f| ProfileRow {
            label: f.label.clone(),
            value: f.value.as_ref().and_then(Shown::value),
            previous: f.previous,
            target: Some(f.target),
            note: sentences::level(f),
        })
        .collect();
    let known = rows.iter().any(|r| r.previous.is_some());
    let (current, previous) = frame.campaigns;
    place(
        Drawing::Profil,
        charts::profile(
            &sentences::profile_title(axes),
            (current, previous.filter(|_| known)),
            &rows,
        ),
        if known {
            "De 1 (non engagé) à 4 (maîtrisé). Plein : cette campagne ; creux : la précédente ; trait : l’objectif."
        } else {
            "De 1 (non engagé) à 4 (maîtrisé). Point : cette campagne ; trait : l’objectif."
        },
    )
}

/// A critère with what its level looks like and what the next one would.
pub(super) fn critere(f: &ClearedFigure, r: &Referentiel) -> CritereView {
    let descriptors = r.critere(&f.code).map(|c| &r.criteres[c].descripteurs);
    let reached = f
        .value
        .as_ref()
        .and_then(Shown::value)
        .map(|v| (v + 1e-9).floor().clamp(1.0, 4.0) as usize);
    let at = |level: usize| {
        descriptors
            .and_then(|d| d.get(level - 1))
            .cloned()
            .unwrap_or_default()
    };
    CritereView {
        pourquoi: String::new(),
        code: f.code.clone(),
        label: f.label.clone(),
        valeur: sentences::level(f),
        objectif: sentences::target(f),
        evolution: f
            .evolution
            .as_ref()
            .map(sentences::verdict)
            .unwrap_or_default(),
        marques: sentences::marks(f),
        descripteur: reached.map(at).unwrap_or_default(),
        suite: reached
            .filter(|l| *l < 4)
            .map(|l| at(l + 1))
            .unwrap_or_default(),
    }
}

/// The level of a figure as a cell: a number, or why there is none.
pub(super) fn level_cell(f: &ClearedFigure) -> Datum {
    match f.value {
        Some(Shown::Value(v)) => {
            let shade = v.round().clamp(1.0, 4.0);
            sentences::level_datum(v, f.target).styled(format!("n{shade}"))
        }
        _ => Datum::words(sentences::level(f)),
    }
}

/// Every critère under its axe.
pub(super) fn criteres_table(site: &ClearedSite, r: &Referentiel) -> Block {
    let objective = objective(site, r);
    let each = objective.is_none();
    let mut lignes = Vec::new();
    for axe in &site.axes {
        let marque = r.axes.iter().find(|a| a.code == axe.code);
        let marque = marque.map_or("", |a| a.marque.as_str());
        let name = Datum::words(format!("{marque} {}", axe.label)).styled("axe");
        lignes.push(critere_row(name, axe, String::new(), each));
        let own = site.criteres.iter().filter(|f| f.axe == axe.code);
        lignes.extend(own.map(|f| {
            let name = Datum::words(format!("{} {}", f.code, f.label));
            critere_row(name, f, seen(f, r), each)
        }));
    }
    let mut entetes = vec![
        Heading::words("Critère").wide(4.0),
        Heading::figures("Niveau").wide(1.3),
        Heading::figures("Évolution").wide(2.3),
        Heading::words("Ce que l’on voit à ce niveau").wide(6.2),
    ];
    let mut note =
        "Non concluant : l’écart avec la campagne précédente est trop faible pour conclure. \
                    Tendance fragile : peu de réponses ou d’éléments notés. \
                    Provisoire : sans observation extérieure."
            .to_owned();
    if each {
        entetes.insert(2, Heading::figures("Objectif").wide(1.1));
    }
    if let Some(objective) = objective {
        note.insert_str(0, &objective);
    }
    Block::Tableau(Tableau {
        titre: "Niveau de chaque critère".to_owned(),
        entetes,
        lignes,
        note,
    })
}

/// The objectives in a sentence, when one serves for impératifs and one for all the rest; none
/// when lines have their own, which then takes a column.
fn objective(site: &ClearedSite, r: &Referentiel) -> Option<String> {
    let is_must = |f: &ClearedFigure| r.critere(&f.code).is_some_and(|i| r.criteres[i].imperatif);
    let figures = site.axes.iter().chain(&site.criteres);
    let (musts, others): (Vec<_>, Vec<_>) = figures.partition(|f| is_must(f));
    let one = |group: &[&ClearedFigure]| -> Option<Option<String>> {
        let targets: BTreeSet<String> = group.iter().map(|f| decimal1(f.target)).collect();
        (targets.len() <= 1).then(|| targets.into_iter().next())
    };
    Some(match (one(&others)?, one(&musts)?) {
        (Some(all), Some(must)) if must != all => {
            format!("Objectif : {all} sur 4, et {must} pour les critères impératifs. ")
        }
        (Some(all), _) | (None, Some(all)) => format!("Objectif : {all} sur 4. "),
        (None, None) => String::new(),
    })
}

fn evolution_cell(f: &ClearedFigure) -> Datum {
    let said = f.evolution.as_ref().map(sentences::verdict_short);
    Datum::words(said.unwrap_or_default())
}

/// What is seen at a level, then the marks of its reliability.
fn seen(f: &ClearedFigure, r: &Referentiel) -> String {
    let view = critere(f, r);
    let mut seen = view.descripteur;
    for mark in view.marques {
        if !seen.is_empty() {
            seen.push(' ');
        }
        // The note under the table says what each mark means.
        let word = mark.split_once(" : ").map_or(mark.as_str(), |m| m.0);
        let _ = write!(seen, "({word})");
    }
    seen
}

/// `target`: whether its objective has a column.
fn critere_row(name: Datum, f: &ClearedFigure, seen: String, target: bool) -> Vec<Datum> {
    let mut row = vec![name, level_cell(f)];
    if target {
        row.push(Datum::words(decimal1(f.target)));
    }
    row.extend([evolution_cell(f), Datum::words(seen)]);
    row
}

/// What comes back in open answers and interviews, and how to read it.
pub(super) fn words(words: &ClearedWords) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut put = |title: &str, all: &[ClearedWord], one: &str, many: &str| {
        if !all.is_empty() {
            blocks.push(Block::heading(title));
            blocks.push(Block::Liste {
                items: all.iter().map(|w| said(w, one, many)).collect(),
                style: ListStyle::Puces,
            });
        }
    };
    put(
        "Les mots qui reviennent dans les réponses libres des familles",
        &words.keywords,
        "réponse",
        "réponses",
    );
    put(
        "Les thèmes des entretiens",
        &words.themes,
        "entretien",
        "entretiens",
    );
    if !blocks.is_empty() {
        blocks.push(Block::note("Un mot seul n’est pas une opinion : lisez-le avec la réponse où il figure. « […] » remplace ce qui pourrait désigner quelqu’un."));
    }
    blocks
}

/// Actions of a plan: `sites` adds the site of each.
pub(super) fn plan_table(actions: &[ClearedAction], frame: &Frame, sites: bool) -> Block {
    let mut entetes = vec![
        Heading::words("Constat").wide(3.9),
        Heading::words("Ce que nous ferons").wide(3.6),
        Heading::words("Qui").wide(1.6),
        Heading::words("Pour quand").wide(1.8),
        Heading::words("Où on en est").wide(2.9),
    ];
    if sites {
        entetes.insert(0, Heading::words("Accueil").wide(1.8));
    }
    let lignes = (actions.iter())
        .map(|a| {
            let mut row = action_row(a, frame);
            if sites {
                row.insert(0, Datum::words(frame.site(&a.structure)));
            }
            row
        })
        .collect();
    Block::Tableau(Tableau {
        titre: "Actions du plan d’amélioration".to_owned(),
        entetes,
        lignes,
        note: String::new(),
    })
}

fn action_row(a: &ClearedAction, frame: &Frame) -> Vec<Datum> {
    // A finding is the team's; others read which critère it is about.
    let named = a.criteres.iter().map(|code| frame.critere(code));
    let mut found = if a.constat.is_empty() {
        list(&named.collect::<Vec<_>>())
    } else {
        format!("{} · {}", list(&a.criteres), a.constat)
    };
    if a.imperatif && !a.constat.starts_with("Impératif") {
        found.push_str(" (impératif)");
    }
    let who = [a.responsable.as_str(), a.appui.as_str()];
    let who: Vec<&str> = who.into_iter().filter(|w| !w.is_empty()).collect();
    let done = if a.action.is_empty() {
        &a.objectif
    } else {
        &a.action
    };
    vec![
        Datum::words(found),
        Datum::words(done),
        Datum::words(who.join(", avec ")),
        Datum::words(date_short(&a.echeance)),
        Datum::words(sentences::action_state(a)),
    ]
}
