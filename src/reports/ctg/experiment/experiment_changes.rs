//! What changed at the pilots beside the others: expected critères with their words, then those that moved without being
//! expected; and what cannot be concluded from so few.

use super::experiment_parts::ExperimentReport;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, number_word};
use crate::disclosure::{CtgPilotChanges, CtgPilotCritere};
use crate::reports::document::{Block, ListItem};
use crate::reports::sentences::{capital, verdict};
use crate::stats::change::Verdict;

/// The blocks.
pub(super) fn changes(report: &ExperimentReport) -> Vec<Block> {
    let Some(changes) = report.changes else {
        return vec![Block::text(
            "Non calculable : il faut une campagne avant l’essai et une après.",
        )];
    };
    let (expected, others): (Vec<_>, Vec<_>) = changes.criteres.iter().partition(|c| c.expected);
    let title = if report.is_test() {
        "Les effets attendus"
    } else {
        "Les effets attendus, exploratoires"
    };
    let mut blocks = vec![cannot_conclude(report)];
    if expected.is_empty() {
        blocks.push(Block::text("Aucun critère attendu n’est mesuré."));
    } else {
        blocks.push(critere_table(title, changes, &expected));
        let sentences = expected.iter().map(|c| {
            let key = Some(c.key.clone()).filter(|_| c.change().is_some());
            ListItem::plain(sentence(c)).keyed(key)
        });
        blocks.push(Block::items(sentences.collect()));
    }
    let moved: Vec<&CtgPilotCritere> = others.into_iter().filter(|c| has_moved(c)).collect();
    blocks.push(Block::heading("Ce qui a bougé sans être attendu"));
    if moved.is_empty() {
        blocks.push(Block::text(
            "Aucun autre critère du pilote n’a nettement bougé.",
        ));
    } else {
        blocks.push(Block::text(
            "À lire comme exploratoire : parmi tant de critères, quelques-uns bougent toujours, et ceux-ci ont été remarqués après coup.",
        ));
        blocks.push(critere_table("Exploratoire", changes, &moved));
    }
    blocks
}

/// Whether something may be said of it in one direction.
fn has_moved(critere: &CtgPilotCritere) -> bool {
    let told = critere.evolution.as_ref().and_then(|e| e.verdict);
    matches!(
        told,
        Some(
            Verdict::Progresse | Verdict::PlutotProgresse | Verdict::PlutotRecule | Verdict::Recule
        )
    )
}

fn critere_table(title: &str, changes: &CtgPilotChanges, rows: &[&CtgPilotCritere]) -> Block {
    let columns = vec![
        Heading::words("Critère").wide(3.2),
        Heading::figures(format!("Pilote, {}", changes.before)).wide(1.6),
        Heading::figures(format!("Pilote, {}", changes.after)).wide(1.6),
        Heading::figures("Son écart").wide(1.2),
        Heading::figures("Celui des autres").wide(1.4),
        Heading::words("Ce qu’on peut en dire").wide(3.0),
    ];
    let rows = rows.iter().map(|c| row(c));
    let table = Table::new(title, columns, rows.collect());
    Block::Table(table.noted(
        "Niveaux de 1 à 4. « Les autres » : la moyenne des accueils dont le niveau est diffusé aux deux campagnes. Un tiret dit qu’il n’y a pas de chiffre à comparer.",
    ))
}

fn row(c: &CtgPilotCritere) -> Vec<Datum> {
    let level = |value: Option<f64>| value.map_or_else(Datum::none, Datum::level);
    let keyed = |datum: Datum| match datum.number {
        Some(_) => datum.keyed(&c.key),
        None => datum,
    };
    let change = |value: Option<f64>| value.map_or_else(Datum::none, Datum::change);
    let words = match (&c.evolution, c.reason.as_str()) {
        (_, reason) if !reason.is_empty() => reason.to_owned(),
        (Some(evolution), _) if !evolution.raison.is_empty() => {
            format!("{} ({})", verdict(evolution), evolution.raison)
        }
        (Some(evolution), _) => verdict(evolution),
        (None, _) => String::new(),
    };
    vec![
        Datum::words(format!("{} {}", c.code, c.label)),
        keyed(level(c.before)),
        keyed(level(c.after)),
        keyed(change(c.change())),
        keyed(change(c.others)),
        Datum::words(words),
    ]
}

/// « LIE-3 : le pilote gagne 0,6 ; les 12 autres, 0,1 en moyenne. 1 d’entre eux a progressé au moins autant. »
fn sentence(c: &CtgPilotCritere) -> String {
    let Some(change) = c.change() else {
        return format!("{} : rien à comparer ({}).", c.code, c.reason);
    };
    let Some(others) = c.others else {
        return format!(
            "{} : {} au pilote ; aucun autre accueil ne se compare.",
            c.code,
            Datum::change(change).text
        );
    };
    let above = match c.others_above.filter(|_| change > 0.0) {
        Some(0) => " Aucun d’eux n’a autant progressé.".to_owned(),
        Some(n) if n == c.others_count => " Tous ont progressé au moins autant.".to_owned(),
        Some(n) => {
            let verb = if n == 1 { "a" } else { "ont" };
            let who = capital(&number_word(n, false));
            format!(" {who} d’entre eux {verb} progressé au moins autant.")
        }
        None => String::new(),
    };
    format!(
        "{} : {} au pilote, {} en moyenne chez {}.{above}",
        c.code,
        Datum::change(change).text,
        Datum::change(others).text,
        count(c.others_count, "autre accueil", "autres accueils")
    )
}

/// What so few pilots do not allow to say, in plain words.
fn cannot_conclude(report: &ExperimentReport) -> Block {
    let pilots = report.experiment.pilots.len();
    let criteres = report.changes.into_iter().flat_map(|c| &c.criteres);
    let most = criteres.max_by_key(|c| (c.others_count, c.expected));
    let others = most.map_or(0, |c| c.others_count);
    if pilots == 0 {
        return Block::text("Aucun accueil pilote n’est désigné (pilotes) : rien ne se compare.");
    }
    if pilots > 1 {
        return Block::text(format!(
            "Ce que l’on ne peut pas conclure : {pilots} accueils ont essayé, et ils n’ont pas été tirés au sort. Ce qui y a changé peut venir d’autre chose (une équipe, une rentrée, un lieu) ; le dossier dit ce qui a bougé, non pourquoi."
        ));
    }
    let chance = if others > 0 {
        format!(
            " Même le plus fort progrès de tous n’y suffirait pas : parmi {} accueils, il faut bien que l’un progresse le plus, et le hasard désignerait celui-ci une fois sur {}.",
            others + 1,
            others + 1
        )
    } else {
        String::new()
    };
    let key = most.filter(|_| others > 0).map(|c| c.key.clone());
    Block::text(format!(
        "Ce que l’on ne peut pas conclure : un seul accueil a essayé. Ce qui y a changé peut venir d’autre chose (une équipe, une rentrée, un lieu) ; rien ne prouve que l’essai en est la cause, ni qu’il donnerait la même chose ailleurs.{chance}"
    ))
    .keyed(key)
}
