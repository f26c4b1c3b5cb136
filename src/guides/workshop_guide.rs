//! The workshop with children: their agreement, half an hour of it, questions as the paper draws them.

use super::field_guide::{GuideSubject, cell};
use super::guide_words::{GuideWords, WorkshopWords};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::forms::{AskedForm, PaperAnswer, answers, instructions};
use crate::reports::{Block, ReportSection};
use crate::vocabulary::Audience;
use crate::vocabulary::referentiel::{AgeBand, Element, SourceCode};

/// Every section, in the order in which it is read.
pub(super) fn sections(subject: &GuideSubject, words: &GuideWords) -> Result<Vec<ReportSection>> {
    let asked = subject.something_asked(SourceCode::Enf)?;
    let own = &words.atelier;
    let bulleted = |lines: &[String]| Block::bullets(lines.iter().cloned());
    let mut entering = vec![bulleted(&own.saisir), Block::text(threshold(subject, own))];
    entering.push(subject.provenance(words));
    Ok(vec![
        subject.protection(words),
        ReportSection::new(
            "L’accord des familles et des enfants",
            "Accord",
            vec![bulleted(&own.accord)],
        ),
        ReportSection::new("Le matériel", "Matériel", vec![bulleted(&own.materiel)]),
        course(own),
        ReportSection::new(
            "Ce que l’on dit aux enfants",
            "À dire",
            vec![
                Block::strong(&own.dire),
                Block::bullets(instructions(&asked)),
                Block::heading("Selon l’âge"),
                Block::bullets([own.jeunes.clone(), own.grands.clone()]),
            ],
        ),
        questions(&asked),
        ReportSection::new(
            "Ce que l’on ne fait pas",
            "À ne pas faire",
            vec![bulleted(&own.ne_pas)],
        ),
        ReportSection::new("Saisir les réponses", "Saisie", entering),
    ])
}

/// From how many answers on a team sees them.
fn threshold(subject: &GuideSubject, words: &WorkshopWords) -> String {
    let least = subject.settings.audiences[Audience::Equipe].per_site(SourceCode::Enf);
    words.seuil.replace("{effectif}", &least.to_string())
}

fn course(words: &WorkshopWords) -> ReportSection {
    let rows = words.deroule.iter().map(|step| {
        vec![
            cell(&step.titre),
            Datum::count(step.minutes),
            cell(&step.quoi),
        ]
    });
    let minutes = words.deroule.iter().map(|step| step.minutes).sum();
    let columns = vec![
        Heading::words("Étape").wide(2.4),
        Heading::figures("Minutes").wide(1.2),
        Heading::words("Ce que l’on fait").wide(6.4),
    ];
    let title = format!("Le déroulé : {}", count(minutes, "minute", "minutes"));
    let table = Block::Table(Table::new("", columns, rows.collect()));
    ReportSection::new(&title, "Déroulé", vec![table])
}

/// Questions in the order of the sheet, whom each is for, its answers as they are drawn.
fn questions(asked: &AskedForm) -> ReportSection {
    let axes = asked.axes();
    let elements = axes.iter().flat_map(|(_, elements)| elements);
    let rows = elements.map(|e| {
        let drawn: Vec<String> = answers(asked, e).iter().map(drawing).collect();
        vec![
            cell(&e.label),
            cell(band(e)),
            cell(drawn.join(" · ")),
            cell(&e.code),
        ]
    });
    let rows: Vec<Vec<Datum>> = rows.collect();
    let columns = vec![
        Heading::words("Question, lue telle quelle").wide(4.0),
        Heading::words("Âges").wide(1.3),
        Heading::words("Réponses à entourer").wide(4.8),
        Heading::words("Code").wide(1.6),
    ];
    let title = format!("Les {}", count(rows.len(), "question", "questions"));
    let table = Block::Table(Table::new("", columns, rows));
    ReportSection::new(&title, "Questions", vec![table])
}

fn band(element: &Element) -> String {
    element
        .ages
        .map_or_else(|| "tous".to_owned(), |band| format!("{} ans", ages(band)))
}

/// « 4–7 »: a dash, as a span is printed.
fn ages(band: AgeBand) -> String {
    band.as_str().replace('-', "–")
}

/// An answer and what it looks like on the sheet: a circle as full, a face told by its mouth.
fn drawing(answer: &PaperAnswer) -> String {
    let label = &answer.label;
    match (answer.full, answer.mouth) {
        (Some(full), _) if full <= 0.0 => format!("○ {label}"),
        (Some(full), _) if full >= 1.0 => format!("● {label}"),
        (Some(_), _) => format!("◐ {label}"),
        (_, Some(mouth)) if mouth < 0.0 => format!("{label} (visage triste)"),
        (_, Some(mouth)) if mouth > 0.0 => format!("{label} (visage souriant)"),
        (_, Some(_)) => format!("{label} (visage neutre)"),
        _ if answer.code == "NSP" => format!("{label} (?)"),
        _ => label.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_says_how_full_or_which_mouth() {
        let of = |full, mouth| {
            drawing(&PaperAnswer {
                code: "1".to_owned(),
                label: "ça dépend".to_owned(),
                mouth,
                full,
            })
        };
        assert_eq!(of(Some(0.5), None), "◐ ça dépend");
        assert_eq!(of(Some(1.0), None), "● ça dépend");
        assert_eq!(of(None, Some(0.0)), "ça dépend (visage neutre)");
        assert_eq!(of(None, None), "ça dépend");
    }
}
