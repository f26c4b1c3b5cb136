//! The visit: who observes and how, its course, then éléments moment by moment, as each is rated.

use super::field_guide::{GuideSubject, cell};
use super::guide_words::{GuideWords, VisitCourse, VisitPassage};
use super::visit_counting;
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count};
use crate::forms::{COUNTED_OCCASIONS, instructions};
use crate::reports::{Block, ReportSection};
use crate::vocabulary::referentiel::{Element, SourceCode, StructureType, VisitMoment};

/// Every section, in the order in which it is read.
pub(super) fn sections(subject: &GuideSubject, words: &GuideWords) -> Result<Vec<ReportSection>> {
    let asked = subject.something_asked(SourceCode::Obs)?;
    let own = &words.visite;
    let bulleted = |lines: &[String]| Block::bullets(lines.iter().cloned());
    let mut rated = vec![COUNTED_OCCASIONS.to_owned()];
    rated.extend(instructions(&asked));
    let mut sections = vec![
        subject.protection(words),
        ReportSection::new(
            "Qui observe, et comment",
            "Règles",
            vec![bulleted(&own.qui)],
        ),
        ReportSection::new(
            "Avant, pendant, après",
            "Avant, pendant, après",
            vec![
                Block::heading("Avant"),
                bulleted(&own.avant),
                Block::heading("Pendant"),
                bulleted(&own.pendant),
                Block::heading("Après"),
                bulleted(&own.apres),
            ],
        ),
        course(subject, words),
        visit_counting::section(subject, words),
        ReportSection::new(
            "Comment noter",
            "Comment noter",
            vec![
                Block::bullets(rated),
                Block::heading("Dans le doute"),
                bulleted(&own.dans_le_doute),
                Block::note(&own.vu_aussi),
            ],
        ),
    ];
    let moments = moments(subject, words).into_iter();
    sections.extend(moments.map(|moment| at_moment(subject, words, moment)));
    if let Some(last) = sections.last_mut() {
        last.blocks.push(subject.provenance(words));
    }
    Ok(sections)
}

/// Éléments of these accueils that are seen at a moment, in order.
fn seen<'a>(subject: &'a GuideSubject, moment: VisitMoment) -> Vec<&'a Element> {
    let moments = [moment];
    let axes = subject.asked(SourceCode::Obs, &moments).axes();
    let referentiel = subject.referentiel;
    let codes: Vec<&str> = axes
        .iter()
        .flat_map(|(_, elements)| elements)
        .map(|e| e.code.as_str())
        .collect();
    let all = referentiel.elements.iter();
    all.filter(|e| codes.contains(&e.code.as_str())).collect()
}

/// Courses of the types of accueil that the guide is for.
fn courses<'a>(subject: &GuideSubject, words: &'a GuideWords) -> Vec<&'a VisitCourse> {
    let is_own = |course: &&VisitCourse| course.types.iter().any(|t| subject.kinds.contains(t));
    words.visite.parcours.iter().filter(is_own).collect()
}

/// Moments of their course, in the order of the day, and any other at which alone something is seen.
fn moments(subject: &GuideSubject, words: &GuideWords) -> Vec<VisitMoment> {
    let courses = courses(subject, words);
    let planned = |moment: VisitMoment| {
        let passages = courses.iter().flat_map(|c| &c.passages);
        let mut steps = passages.flat_map(|p| &p.etapes);
        steps.any(|step| step.moment == moment)
    };
    let is_seen_nowhere_else = |moment: VisitMoment| {
        let elements = seen(subject, moment);
        elements.iter().any(|e| {
            let mut others = VisitMoment::ALL.iter();
            !others.any(|other| planned(*other) && e.moments.admits(*other))
        })
    };
    let all = VisitMoment::ALL.iter().copied();
    let kept = all.filter(|m| planned(*m) || is_seen_nowhere_else(*m));
    kept.filter(|m| !seen(subject, *m).is_empty()).collect()
}

/// How the visit goes: moments, minutes, how many éléments.
fn course(subject: &GuideSubject, words: &GuideWords) -> ReportSection {
    let courses = courses(subject, words);
    let mut blocks = Vec::new();
    for course in &courses {
        if courses.len() > 1 {
            let kinds = course.types.iter().filter(|t| subject.kinds.contains(t));
            let kinds: Vec<&str> = kinds.map(|t| t.label()).collect();
            blocks.push(Block::heading(capitalised(&kinds.join(", "))));
        }
        blocks.push(Block::text(&course.phrase));
        let of_kinds: Vec<StructureType> = course
            .types
            .iter()
            .copied()
            .filter(|t| subject.kinds.contains(t))
            .collect();
        let steps = course.passages.iter();
        let rows = steps.flat_map(|passage| passage_rows(subject, passage, &of_kinds));
        let columns = vec![
            Heading::words("Passage").wide(3.0),
            Heading::words("Moment").wide(2.5),
            Heading::figures("Minutes").wide(1.2),
            Heading::figures("Éléments").wide(1.2),
        ];
        blocks.push(Block::Table(Table::new("", columns, rows.collect())));
    }
    ReportSection::new("Le parcours de la visite", "Parcours", blocks)
}

/// A passage: its moments, then its minutes added up.
fn passage_rows(
    subject: &GuideSubject,
    passage: &VisitPassage,
    kinds: &[StructureType],
) -> Vec<Vec<Datum>> {
    let number_seen = |moment: VisitMoment| {
        let elements = seen(subject, moment).into_iter();
        elements
            .filter(|e| kinds.iter().any(|kind| e.types.contains(*kind)))
            .count()
    };
    let mut rows: Vec<Vec<Datum>> = passage
        .etapes
        .iter()
        .map(|step| {
            vec![
                cell(&passage.nom),
                cell(step.moment.label()),
                Datum::count(step.minutes),
                Datum::count(number_seen(step.moment)),
            ]
        })
        .collect();
    let minutes = passage.etapes.iter().map(|step| step.minutes).sum();
    rows.push(vec![
        cell(format!("{} : en tout", passage.nom)).styled("axe"),
        cell(""),
        Datum::count(minutes),
        cell(""),
    ]);
    rows
}

/// A moment: what to do, then éléments by the way they are rated.
fn at_moment(subject: &GuideSubject, words: &GuideWords, moment: VisitMoment) -> ReportSection {
    let own = &words.visite;
    let elements = seen(subject, moment);
    let advice = own.moments.of(moment);
    let mut blocks = vec![Block::strong(&advice.consigne)];
    let courses = courses(subject, words);
    let passages = courses.iter().flat_map(|c| &c.passages);
    if !passages.flat_map(|p| &p.etapes).any(|s| s.moment == moment) {
        blocks.push(Block::note(&own.hors_parcours));
    }
    blocks.push(Block::bullets(advice.preparer.iter().cloned()));
    let scale_of = |e: &Element| &subject.referentiel.scales[e.scale];
    let (findings, rated): (Vec<&Element>, Vec<&Element>) =
        elements.iter().partition(|e| scale_of(e).is_finding());
    let (anchored, frequent): (Vec<&Element>, Vec<&Element>) =
        rated.into_iter().partition(|e| e.anchors.is_some());
    blocks.extend(findings_table(subject, &own.constats, &findings));
    blocks.extend(frequent_tables(subject, &own.frequences, &frequent));
    blocks.extend(anchored_table(subject, &own.ancres, &anchored));
    let title = format!(
        "{} : {}",
        moment.label(),
        count(elements.len(), "élément", "éléments")
    );
    ReportSection::new(&title, moment.label(), blocks)
}

/// The sentence of an élément, and for whom it is when not for all.
fn sentence(subject: &GuideSubject, element: &Element) -> String {
    let only = subject.only(|kind| element.types.contains(kind));
    format!("{}{only}", element.label)
}

fn findings_table(subject: &GuideSubject, title: &str, elements: &[&Element]) -> Vec<Block> {
    let rows = elements.iter().map(|e| {
        vec![
            cell(&e.code),
            cell(sentence(subject, e)),
            cell(subject.text_of(e)),
        ]
    });
    let columns = vec![
        Heading::words("Code").wide(1.5),
        Heading::words("À constater").wide(6.0),
        Heading::words("Texte").wide(2.2),
    ];
    titled(title, subject, elements, columns, rows.collect())
}

/// One table for each scale that is neither of findings nor of anchors.
fn frequent_tables(subject: &GuideSubject, title: &str, elements: &[&Element]) -> Vec<Block> {
    let mut scales: Vec<usize> = elements.iter().map(|e| e.scale).collect();
    scales.sort_unstable();
    scales.dedup();
    let mut blocks = Vec::new();
    for scale in scales {
        let own: Vec<&Element> = elements
            .iter()
            .copied()
            .filter(|e| e.scale == scale)
            .collect();
        let rows = own.iter().map(|e| {
            let critere = &subject.referentiel.criteres[e.critere];
            vec![
                cell(&e.code),
                cell(sentence(subject, e)),
                cell(&critere.label),
            ]
        });
        let columns = vec![
            Heading::words("Code").wide(1.5),
            Heading::words("À regarder").wide(5.2),
            Heading::words("Critère").wide(3.0),
        ];
        blocks.extend(titled(title, subject, &own, columns, rows.collect()));
    }
    blocks
}

/// Éléments with what each level looks like, the lowest first.
fn anchored_table(subject: &GuideSubject, title: &str, elements: &[&Element]) -> Vec<Block> {
    let rows = elements.iter().map(|e| {
        let mut row = vec![cell(format!("{} {}", e.code, sentence(subject, e)))];
        row.extend(e.anchors.iter().flatten().map(cell));
        row
    });
    let modalities = elements
        .first()
        .map(|e| &subject.referentiel.scales[e.scale].modalities);
    let codes = modalities.into_iter().flatten();
    let mut columns = vec![Heading::words("Élément").wide(2.6)];
    columns.extend(codes.map(|m| Heading::words(&m.code).wide(2.0)));
    let rows: Vec<Vec<Datum>> = rows.collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::heading(title));
        blocks.push(Block::Table(Table::new("", columns, rows)));
    }
    blocks
}

/// A table under its heading and the answers of its scale; nothing of no élément.
fn titled(
    title: &str,
    subject: &GuideSubject,
    elements: &[&Element],
    columns: Vec<Heading>,
    rows: Vec<Vec<Datum>>,
) -> Vec<Block> {
    let Some(first) = elements.first() else {
        return Vec::new();
    };
    vec![
        Block::heading(title),
        Block::note(subject.referentiel.scales[first.scale].whole_legend()),
        Block::Table(Table::new("", columns, rows)),
    ]
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}
