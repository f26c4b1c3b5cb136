//! Charts placed in reports.

use super::document::{Block, Drawing, DrawnFigure};
use super::figure_csv;
use super::report_context::{FigureKeys, ReportContext};
use super::told_answers::{by_favour, by_modalities, headline, how_to_read, parted, row};
use crate::base::error::{Error, Result};
use crate::disclosure::{AskedAs, ClearedDistribution, Respondents};
use crate::reports::charts::{self, AnswerRow, ChartResult};
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
        csv: figure_csv::uri(&chart.table),
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
    context: &ReportContext,
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
            let drawn = place(
                Drawing::Distribution,
                charts::distribution(&headline(&list, title), &modalities, &rows),
                &format!(
                    "Lecture : {}les réponses les plus réservées sont en haut. {}Champ : {who} qui ont donné un avis ; « ne sait pas » (nsp) à part. Source : questionnaire, {}.",
                    parted(&modalities),
                    how_to_read(&list),
                    context.called.current
                ),
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
        AskedAs::Reference | AskedAs::Outside => return None,
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
