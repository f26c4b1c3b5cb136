//! Charts placed in reports.

use super::document::{Block, Drawing, DrawnFigure};
use crate::base::error::{Error, Result};
use crate::base::text::percent;
use crate::disclosure::{AskedAs, ClearedDistribution};
use crate::reports::charts::{self, AnswerBar, AnswerRow, ChartResult};
use crate::vocabulary::referentiel::SourceCode;

/// A drawn chart with its caption.
pub(super) fn place(drawing: Drawing, chart: ChartResult, caption: &str) -> Result<Block> {
    let chart = chart
        .map_err(|e| Error::Render(format!("Un graphique ne peut pas être dessiné ({e}).")))?;
    Ok(Block::Figure(DrawnFigure {
        drawing,
        svg: chart.svg,
        narrow: chart.narrow,
        print: chart.print,
        title: chart.title,
        alt: chart.alt,
        caption: caption.to_owned(),
        table: chart.table,
    }))
}

/// What one kind of people said: a heading, how many answered, one chart per set of modalities.
pub(super) fn voice(source: SourceCode, questions: &[ClearedDistribution]) -> Result<Vec<Block>> {
    let (title, who) = match source {
        SourceCode::Fam => ("Les familles", "familles"),
        SourceCode::Enf => ("Les enfants", "enfants"),
        SourceCode::Ens => ("Les écoles", "enseignants"),
        _ => ("L’équipe", "membres de l’équipe"),
    };
    let shown = questions
        .iter()
        .filter_map(|q| q.shares.as_ref().ok())
        .map(|s| s.respondents)
        .max_by_key(|r| r.least());
    let intro = match shown {
        Some(n) => format!("{} {who} ont répondu, selon la question.", n.number()),
        None => {
            "Trop peu de réponses pour les montrer sans risquer de désigner quelqu’un.".to_owned()
        }
    };
    let mut blocks = vec![Block::heading(title), Block::text(intro)];
    if shown.is_some() {
        for (modalities, list) in by_modalities(questions) {
            let rows: Vec<AnswerRow> = list.iter().map(|q| row(q)).collect();
            let title = headline(&list, title);
            blocks.push(place(
                Drawing::Distribution,
                charts::distribution(&title, modalities, &rows),
                "Répartition des réponses, en pourcentages entiers ; « ne sait pas » à part.",
            )?);
        }
        blocks.extend(asked_otherwise(questions));
    }
    Ok(blocks)
}

/// What was asked in other words than the référentiel's; none where nothing was.
pub(super) fn asked_otherwise(questions: &[ClearedDistribution]) -> Option<Block> {
    let shown = questions.iter().filter(|q| q.shares.is_ok());
    let said: Vec<String> = shown.filter_map(in_other_words).collect();
    (!said.is_empty()).then(|| {
        Block::note(format!(
            "Questions posées en d’autres mots que ceux du référentiel : {}.",
            said.join(" ; ")
        ))
    })
}

fn in_other_words(q: &ClearedDistribution) -> Option<String> {
    let bare = |text: &str| text.trim_end_matches(['.', ' ']).to_owned();
    Some(match &q.asked {
        AskedAs::Reference => return None,
        AskedAs::Own { reference } => format!(
            "« {} », rapprochée de {} « {} »",
            bare(&q.label),
            q.code,
            bare(reference)
        ),
        AskedAs::Several(n) => format!(
            "{} « {} », posée sous {n} formulations",
            q.code,
            bare(&q.label)
        ),
        AskedAs::Lost => format!(
            "{} « {} », posée en d’autres mots, qui ne sont pas gardés",
            q.code,
            bare(&q.label)
        ),
    })
}

type Set<'a> = (&'a Vec<String>, Vec<&'a ClearedDistribution>);

/// Questions with the same modalities share a chart.
fn by_modalities(questions: &[ClearedDistribution]) -> Vec<Set<'_>> {
    let mut sets: Vec<Set> = Vec::new();
    for question in questions {
        match sets
            .iter_mut()
            .find(|(modalities, _)| *modalities == &question.modalities)
        {
            Some((_, list)) => list.push(question),
            None => sets.push((&question.modalities, vec![question])),
        }
    }
    sets
}

fn row(q: &ClearedDistribution) -> AnswerRow {
    let (answers, n, nsp) = match &q.shares {
        Err(mask) => (
            AnswerBar::Words(mask.words().to_owned()),
            String::new(),
            String::new(),
        ),
        Ok(s) => {
            let nsp = if s.nsp > 0.0 {
                format!("nsp {}", percent(s.nsp))
            } else {
                String::new()
            };
            let answers = match s.unanimous {
                Some(m) => AnswerBar::AtLeast(m, format!("{} ou plus", percent(s.at_least))),
                None => AnswerBar::Shares(s.parts.clone()),
            };
            (answers, format!("n = {}", s.respondents.number()), nsp)
        }
    };
    AnswerRow {
        label: q.label.clone(),
        answers,
        n,
        nsp,
    }
}

/// Share of favourable answers: the two highest modalities, the highest of three.
pub(super) fn favourable(q: &ClearedDistribution) -> Option<f64> {
    let shares = q.shares.as_ref().ok().filter(|s| s.unanimous.is_none())?;
    let top = if shares.parts.len() <= 3 { 1 } else { 2 };
    Some(shares.parts.iter().rev().take(top).sum::<f64>())
}

/// The question with the lowest favourable share makes the title.
fn headline(questions: &[&ClearedDistribution], who: &str) -> String {
    let mut known: Vec<(f64, &str)> = questions
        .iter()
        .filter_map(|q| Some((favourable(q)?, q.label.as_str())))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    match known.as_slice() {
        [] => {
            format!("{who} : réponses trop peu nombreuses ou trop semblables pour être détaillées")
        }
        // Nobody is reserved: naming a last question would mislead.
        [(share, _), ..] if *share >= 0.9 => {
            "À chaque question, au moins neuf réponses sur dix sont favorables".to_owned()
        }
        [(share, label), ..] => {
            let label = label.trim_end_matches(['.', ' ']);
            format!(
                "La réponse la plus réservée : « {label} » ({} de réponses favorables)",
                percent(*share)
            )
        }
    }
}
