//! Charts placed in reports.

use super::document::{Block, Drawing, DrawnFigure};
use super::report_context::FigureKeys;
use crate::base::error::{Error, Result};
use crate::base::text::percent;
use crate::disclosure::{AskedAs, ClearedDistribution, Favour, Respondents, Shares};
use crate::reports::charts::{self, AnswerBar, AnswerRow, ChartResult};
use crate::vocabulary::referentiel::SourceCode;

/// A drawn chart with its caption.
pub(super) fn place(drawing: Drawing, chart: ChartResult, caption: &str) -> Result<Block> {
    let chart = chart
        .map_err(|e| Error::Render(format!("Un graphique ne peut pas être dessiné ({e}).")))?;
    Ok(Block::Figure(Box::new(DrawnFigure {
        drawing,
        svg: chart.svg,
        narrow: chart.narrow,
        print: chart.print,
        title: chart.title,
        alt: chart.alt,
        caption: caption.to_owned(),
        table: chart.table,
        keys: Vec::new(),
    })))
}

/// Gives each cell of a chart's table the key that `key` says, by row and column; none where it says none.
pub(super) fn with_keys(block: Block, key: impl Fn(usize, usize) -> Option<String>) -> Block {
    let Block::Figure(mut figure) = block else {
        return block;
    };
    for (row, cells) in figure.table.rows.iter_mut().enumerate() {
        for (column, cell) in cells.iter_mut().enumerate().skip(1) {
            cell.key = key(row, column).unwrap_or_default();
        }
    }
    Block::Figure(figure)
}

/// How many people answered: their own number where it may be told, else what the question that most of them
/// answered shows, as a least; none where no answer is shown.
pub(super) fn answered<'a>(
    questions: impl IntoIterator<Item = &'a ClearedDistribution>,
    people: Option<Respondents>,
) -> Option<String> {
    let shown = questions.into_iter().filter_map(|q| q.shares.as_ref().ok());
    let most = shown.map(|s| s.respondents).max_by_key(|r| r.least())?;
    let told = people.filter(|n| n.least() >= most.least());
    Some(told.map_or_else(|| format!("au moins {}", most.least()), Respondents::number))
}

/// What one kind of people said: a heading, how many answered, one chart per set of modalities.
pub(super) fn voice(
    source: SourceCode,
    questions: &[ClearedDistribution],
    people: Option<Respondents>,
    (keys, received): (FigureKeys, &str),
) -> Result<Vec<Block>> {
    let (title, who) = match source {
        SourceCode::Fam => ("Les familles", "familles"),
        SourceCode::Enf => ("Les enfants", "enfants"),
        SourceCode::Ens => ("Les écoles", "enseignants"),
        _ => ("L’équipe", "membres de l’équipe"),
    };
    let shown = answered(questions, people);
    let intro = match &shown {
        Some(n) => format!("{n} {who} ont répondu."),
        None => {
            "Trop peu de réponses pour les montrer sans risquer de désigner quelqu’un.".to_owned()
        }
    };
    let mut blocks = vec![
        Block::heading(title),
        Block::text(intro).keyed([keys.of(received)]),
    ];
    if shown.is_some() {
        for (modalities, list) in by_modalities(questions) {
            let rows: Vec<AnswerRow> = list.iter().map(|q| row(q)).collect();
            let title = headline(&list, title);
            let drawn = place(
                Drawing::Distribution,
                charts::distribution(&title, modalities, &rows),
                "Répartition des réponses, chaque part arrondie à l’entier ; « ne sait pas » à part.",
            )?;
            let reserved = by_favour(list.iter().copied());
            let reserved = reserved.first().map(|(_, q)| keys.of(&q.code));
            let drawn = with_keys(drawn, |row, _| Some(keys.of(&list.get(row)?.code)));
            blocks.push(drawn.keyed(reserved));
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

/// The bar of a question, or the answer that nearly everyone gave.
pub(super) fn answer_bar(shares: &Shares) -> AnswerBar {
    match shares.unanimous {
        Some(m) => AnswerBar::AtLeast(m, format!("{} ou plus", percent(shares.at_least))),
        None => AnswerBar::Shares(shares.parts.clone()),
    }
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
            (
                answer_bar(s),
                format!("n = {}", s.respondents.number()),
                nsp,
            )
        }
    };
    AnswerRow {
        label: q.label.clone(),
        answers,
        n,
        nsp,
    }
}

/// Questions whose answers are shown, the most reserved first, then by code.
pub(super) fn by_favour<'a>(
    questions: impl IntoIterator<Item = &'a ClearedDistribution>,
) -> Vec<(Favour, &'a ClearedDistribution)> {
    let known = questions
        .into_iter()
        .filter_map(|q| Some((Favour::of(q)?, q)));
    let mut known: Vec<_> = known.collect();
    known.sort_by(|a, b| a.0.order(b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    known
}

/// The question with the lowest favourable share makes the title.
fn headline(questions: &[&ClearedDistribution], who: &str) -> String {
    let known = by_favour(questions.iter().copied());
    let all = known.len() == questions.len();
    match known.as_slice() {
        [] => format!("{who} : réponses trop peu nombreuses pour être montrées"),
        // Nobody is reserved: naming a last question would mislead.
        [(favour, _), ..] if favour.told() >= 0.9 => format!(
            "À chaque question{}, au moins neuf réponses sur dix sont favorables",
            if all { "" } else { " montrée" }
        ),
        [(favour, q), others @ ..] => {
            let is_alone = others.first().is_none_or(|other| other.0 != *favour);
            format!(
                "{}{} : « {} » ({} de réponses favorables)",
                if is_alone {
                    "La réponse la plus réservée"
                } else {
                    "L’une des réponses les plus réservées"
                },
                if all {
                    ""
                } else {
                    " de celles qui sont montrées"
                },
                q.label.trim_end_matches(['.', ' ']),
                favour.words()
            )
        }
    }
}
