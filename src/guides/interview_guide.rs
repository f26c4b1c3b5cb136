//! The interview with the direction: papers at hand, sittings, questions by axe and critère.

use super::field_guide::{GuideSubject, cell};
use super::guide_words::GuideWords;
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::Datum;
use crate::forms::{AskedForm, instructions};
use crate::reports::{Block, ListItem, ListStyle, ReportSection};
use crate::vocabulary::referentiel::{Axe, Critere, Element, SourceCode};

/// An axe and what is asked of it.
type AskedAxe<'a> = (&'a Axe, Vec<&'a Element>);

/// Every section, in the order in which it is read.
pub(super) fn sections(subject: &GuideSubject, words: &GuideWords) -> Result<Vec<ReportSection>> {
    let asked = subject.something_asked(SourceCode::Dir)?;
    let axes = asked.axes();
    let own = &words.entretien;
    let bulleted = |lines: &[String]| Block::bullets(lines.iter().cloned());
    let mut sections = vec![
        subject.protection(words),
        ReportSection::new(
            "Conduire l’entretien",
            "Conduire",
            vec![bulleted(&own.conduire)],
        ),
        ReportSection::new(
            "Le temps, en une ou deux séances",
            "Séances",
            vec![Block::text(&own.deux_seances), sittings(&axes, own.minutes)],
        ),
        papers(subject, &axes, &own.pieces),
        ReportSection::new(
            "Répondre, et ce qui vaut preuve",
            "Répondre",
            vec![
                Block::bullets(instructions(&asked)),
                Block::heading("Les preuves"),
                bulleted(&own.preuves),
                Block::text(&own.loi),
            ],
        ),
    ];
    sections.extend(axes.iter().map(|axe| questions(subject, &asked, axe)));
    if let Some(last) = sections.last_mut() {
        last.blocks.push(subject.provenance(words));
    }
    Ok(sections)
}

/// Minutes of each axe as it has questions; the second sitting begins where half of them is nearest.
fn sittings(axes: &[AskedAxe], minutes: usize) -> Block {
    let all: usize = axes.iter().map(|(_, elements)| elements.len()).sum();
    let ends: Vec<usize> = axes
        .iter()
        .scan(0, |sum, (_, elements)| {
            *sum += elements.len();
            Some(*sum)
        })
        .collect();
    let from_half = |end: &usize| (2 * end).abs_diff(all);
    let half = ends.iter().copied().min_by_key(from_half).unwrap_or(all);
    // Rounded at each end, so that minutes add up to the whole.
    let at = |end: usize| (2 * minutes * end + all) / (2 * all.max(1));
    let rows = axes.iter().zip(&ends).map(|((axe, elements), end)| {
        let begin = end - elements.len();
        vec![
            cell(format!("{} {}", axe.marque, axe.label)),
            Datum::count(elements.len()),
            Datum::count(at(*end) - at(begin)),
            cell(if *end <= half { "1" } else { "2" }),
        ]
    });
    let mut rows: Vec<Vec<Datum>> = rows.collect();
    rows.push(vec![
        cell("En tout").styled("axe"),
        Datum::count(all),
        Datum::count(minutes),
        cell(""),
    ]);
    let columns = vec![
        Heading::words("Axe").wide(5.0),
        Heading::figures("Questions").wide(1.5),
        Heading::figures("Minutes").wide(1.5),
        Heading::figures("Séance").wide(1.5),
    ];
    Block::Table(Table::new("", columns, rows))
}

/// Critères that éléments belong to, in order, each once.
fn criteres<'a>(subject: &'a GuideSubject, elements: &[&Element]) -> Vec<&'a Critere> {
    let mut positions: Vec<usize> = elements.iter().map(|e| e.critere).collect();
    positions.dedup();
    let all = positions.into_iter();
    all.map(|c| &subject.referentiel.criteres[c]).collect()
}

/// What the référentiel takes for proof, critère by critère: the list that is sent beforehand.
fn papers(subject: &GuideSubject, axes: &[AskedAxe], intro: &str) -> ReportSection {
    let mut blocks = vec![Block::text(intro)];
    for (axe, elements) in axes {
        let items = criteres(subject, elements)
            .into_iter()
            .filter(|critere| !critere.proofs.is_empty())
            .map(|critere| ListItem {
                strong: format!("{} {}", critere.code, critere.label),
                text: critere.proofs.clone(),
                ..ListItem::default()
            });
        let items: Vec<ListItem> = items.collect();
        if !items.is_empty() {
            blocks.push(Block::heading(format!("{} {}", axe.marque, axe.label)));
            blocks.push(Block::List {
                items,
                style: ListStyle::Bullets,
            });
        }
    }
    ReportSection::new("Les pièces à avoir sous la main", "Pièces", blocks)
}

/// Questions of an axe, a table for each critère.
fn questions(subject: &GuideSubject, asked: &AskedForm, axe: &AskedAxe) -> ReportSection {
    let (axe, elements) = axe;
    let mut blocks = Vec::new();
    for critere in criteres(subject, elements) {
        let must = if critere.imperatif {
            " (impératif)"
        } else {
            ""
        };
        blocks.push(Block::heading(format!(
            "{} {}{must}",
            critere.code, critere.label
        )));
        let of_critere =
            |e: &&&Element| subject.referentiel.criteres[e.critere].code == critere.code;
        let rows = elements.iter().filter(of_critere);
        let rows = rows.map(|e| question(subject, asked, e));
        let columns = vec![
            Heading::words("Code").wide(1.6),
            Heading::words("Question").wide(5.4),
            Heading::words("Réponses").wide(2.0),
            Heading::words("Texte").wide(2.2),
        ];
        blocks.push(Block::Table(Table::new("", columns, rows.collect())));
    }
    let cited = texts_cited(subject, elements);
    if !cited.is_empty() {
        blocks.push(Block::heading("Les textes cités"));
        blocks.push(Block::bullets(cited));
    }
    let title = format!("{} {}", axe.marque, axe.label);
    ReportSection::new(&title, &axe.code, blocks)
}

/// Texts that the questions of an axe cite, with what each is about, in the order of the regulation.
fn texts_cited(subject: &GuideSubject, elements: &[&Element]) -> Vec<String> {
    let cites = |article: &str| {
        let mut cited = elements.iter().filter_map(|e| e.origin.article());
        cited.any(|all| all.split(';').any(|one| one.trim() == article))
    };
    let known = subject.regulation.articles.iter();
    let cited = known.filter(|law| cites(&law.article));
    cited
        .map(|law| format!("{} : {}.", law.article, law.objet))
        .collect()
}

fn question(subject: &GuideSubject, asked: &AskedForm, element: &Element) -> Vec<Datum> {
    let scale = &subject.referentiel.scales[element.scale];
    let only = subject.only(|kind| element.types.contains(kind));
    let choices = asked.choices(element);
    let codes: Vec<&str> = choices.iter().map(|c| c.code.as_str()).collect();
    let text = subject.text_of(element);
    vec![
        cell(&element.code),
        cell(format!("{}{only}", element.form_text(scale))),
        cell(codes.join(" · ")),
        cell(text),
    ]
}
