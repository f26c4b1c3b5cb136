//! What both sides undertake in a renewal, in the order of what the evaluation found: impératifs that are not met, axes
//! under their target, then what the plan holds besides; then the decision, which persons write, and who signs it.

use super::document::{Block, ReportSection};
use super::plan_block::who;
use super::report_context::ReportContext;
use super::sentences::{self, in_short};
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, decimal1, list};
use crate::disclosure::{ClearedAction, ClearedFigure, ClearedSite, Shown};
use crate::figures::FigureStatus;

/// Axes under their target that an undertaking answers.
const WEAK: usize = 3;

/// What an undertaking answers.
struct AnsweredFinding {
    /// « Impératif non atteint : … ».
    words: String,
    /// Codes of its critères.
    criteres: Vec<String>,
    /// Key of the figure in these words.
    key: String,
}

/// The table of undertakings.
pub(super) fn commitments(site: &ClearedSite, context: &ReportContext) -> ReportSection {
    let mut left: Vec<&ClearedAction> = site.actions.iter().filter(|a| a.open).collect();
    let mut rows = Vec::new();
    for answered in to_answer(site, context) {
        let is_about =
            |a: &&ClearedAction| a.criteres.iter().any(|c| answered.criteres.contains(c));
        let (own, others): (Vec<_>, Vec<_>) = left.into_iter().partition(is_about);
        left = others;
        let why = || Datum::words(&answered.words).keyed(answered.key.clone());
        if own.is_empty() {
            rows.push(vec![
                why(),
                Datum::words("à écrire avant de signer"),
                Datum::words(""),
                Datum::words(""),
                Datum::words(""),
            ]);
        }
        rows.extend(own.into_iter().map(|a| action_row(why(), a, context)));
    }
    rows.extend(left.into_iter().map(|a| {
        let named: Vec<String> = a
            .criteres
            .iter()
            .map(|code| context.critere(code))
            .collect();
        action_row(Datum::words(list(&named)), a, context)
    }));
    let content = if rows.is_empty() {
        Block::text(
            "Rien n’est à reprendre parmi ce que l’évaluation montre, et aucune action n’est en cours.",
        )
    } else {
        Block::Table(Table::new(
            "Ce qui est engagé, dans l’ordre de ce que l’évaluation a trouvé".to_owned(),
            vec![
                Heading::words("À quoi cela répond").wide(3.4),
                Heading::words("Ce qui est engagé").wide(3.6),
                Heading::words("Par qui").wide(2.2),
                Heading::figures("Coût").wide(1.2),
                Heading::figures("Pour quand").wide(1.5),
            ],
            rows,
        ))
    };
    ReportSection::new("Les engagements", "Engagements", vec![content])
}

/// Impératifs that are not met, then the axes farthest under their target.
fn to_answer(site: &ClearedSite, context: &ReportContext) -> Vec<AnsweredFinding> {
    let keys = context.keys(&site.structure);
    let missed = Shown::Value(FigureStatus::NonAtteint);
    let musts = site.imperatifs.iter().filter(|i| i.status == missed);
    let mut all: Vec<AnsweredFinding> = musts
        .map(|i| AnsweredFinding {
            words: format!("Impératif non atteint : {} {}", i.code, i.label),
            criteres: vec![i.code.clone()],
            key: keys.of(&i.code),
        })
        .collect();
    let gap = |f: &ClearedFigure| {
        let value = f.value.as_ref().and_then(Shown::value)?;
        Some(f.target - value).filter(|gap| *gap > 1e-9)
    };
    let mut weak: Vec<(f64, &ClearedFigure)> = (site.axes.iter())
        .filter_map(|axe| Some((gap(axe)?, axe)))
        .collect();
    weak.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.extend(weak.into_iter().take(WEAK).map(|(_, axe)| {
        let r = context.referentiel;
        let own = r.criteres.iter().filter(|c| r.axes[c.axe].code == axe.code);
        AnsweredFinding {
            words: format!(
                "{} : {}, objectif {}",
                axe.label,
                sentences::level(axe),
                decimal1(axe.target)
            ),
            criteres: own.map(|c| c.code.clone()).collect(),
            key: keys.of(&axe.code),
        }
    }));
    all
}

/// An action; a day that is past is said so, and another is to be written.
fn action_row(why: Datum, a: &ClearedAction, context: &ReportContext) -> Vec<Datum> {
    let key = || context.keys(&a.structure).of("PLAN");
    let due = match a.echeance {
        Some(day) if day < context.day => {
            format!("était prévu le {} : date à réécrire", day.short())
        }
        Some(day) => day.short(),
        None => "à fixer".to_owned(),
    };
    vec![
        why,
        Datum::words(in_short(a.action.as_str())),
        Datum::words(who(a)),
        a.cout
            .map_or_else(|| Datum::words("à chiffrer"), Datum::euros)
            .keyed(key()),
        Datum::words(due).keyed(key()),
    ]
}

/// What persons decide, after what the evaluation says: it proposes nothing, and the choice is written before anybody
/// signs.
pub(super) fn decision(site: &ClearedSite) -> ReportSection {
    let is_met = |status: Shown<FigureStatus>| status == Shown::Value(FigureStatus::Atteint);
    let reserved = site.imperatifs.iter().any(|i| !is_met(i.status));
    let mut choices = vec!["Renouveler la convention, avec les engagements ci-dessus"];
    if reserved {
        choices.push("Renouveler sous condition : ce qui n’est pas en règle est corrigé, ou vérifié, avant le ……");
    }
    choices.push("Renouveler pour une durée plus courte, jusqu’au ……");
    choices.push("Ne pas décider encore : ce qui manque est écrit ici : ……");
    choices.push("Ne pas renouveler");
    let rows = choices
        .into_iter()
        .map(|choice| vec![Datum::words("☐"), Datum::words(choice)]);
    let table = Table::new(
        "Une seule case à cocher".to_owned(),
        vec![
            Heading::words("Choix").wide(0.8),
            Heading::words("Ce qui est décidé").wide(9.0),
        ],
        rows.collect(),
    );
    ReportSection::new("La décision", "Décision", vec![Block::Table(table)])
}

/// Room to sign, and by whom.
pub(super) fn signatures() -> ReportSection {
    let row = |who: &str| vec![Datum::words(who), Datum::words(""), Datum::words("")];
    let table = Table::new(
        "Signatures".to_owned(),
        vec![
            Heading::words("Lu, et décidé comme coché ci-dessus").wide(3.4),
            Heading::words("Nom et qualité").wide(3.0),
            Heading::words("Date et signature").wide(3.0),
        ],
        vec![
            row("Pour la collectivité : la présidente ou le président, ou la personne déléguée"),
            row("Pour l’organisateur de l’accueil : la personne qui l’engage"),
        ],
    );
    ReportSection::new("Signatures", "Signatures", vec![Block::Table(table)])
}
