//! Blocks that several reports share.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::document::{Block, CritereView, Drawing, ListItem, ListStyle, Must};
use super::drawn_figure::{place, with_keys};
use super::evidence_links;
use super::profile_title::{ProfileSubject, profile_title};
use super::report_context::{FigureKeys, ReportContext};
use super::sentences::{self, in_short};
use crate::base::error::Result;
use crate::base::tabular::{Heading, Table};
use crate::base::text::{Datum, count, decimal1};
use crate::disclosure::{
    ClearedFigure, ClearedImperatif, ClearedSite, ClearedWord, ClearedWords, CountOf, Shown,
};
use crate::figures::{FigureStatus, OUTSIDE};
use crate::reports::charts::{self, ProfileLegend, ProfileRow};
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::verdict_words::VERDICTS_READ;

/// An impératif with its mark, always with the word.
pub(super) fn must(i: &ClearedImperatif, keys: FigureKeys) -> Must {
    let (mark, word, class) = match i.status {
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
        label: i.label.to_string(),
        mark: mark.to_owned(),
        word: word.to_owned(),
        class: class.to_owned(),
        details,
        key: keys.of(&i.code),
    }
}

/// Axes on the scale, campaign before and target beside; `over` says what each rests on (« 3 critères »), `field`
/// over whom all of it is.
pub(super) fn profile(
    (axes, of): (&[ClearedFigure], ProfileSubject),
    context: &ReportContext,
    keys: FigureKeys,
    (over, field): (impl Fn(&ClearedFigure) -> String, &ChartField),
) -> Result<Block> {
    let rows: Vec<ProfileRow> = axes
        .iter()
        .map(|f| ProfileRow {
            label: f.label.to_string(),
            value: f.value.as_ref().and_then(Shown::value),
            previous: f.previous,
            target: Some(f.target),
            note: sentences::level(f),
            under: over(f),
        })
        .collect();
    let known = rows.iter().any(|r| r.previous.is_some());
    let legend = ProfileLegend {
        current: &context.called.current,
        previous: context.called.previous.as_deref().filter(|_| known),
    };
    let drawn = place(
        Drawing::Profile,
        charts::profile(&profile_title(axes, of), legend, &rows),
        &profile_caption(axes, context, known, field),
    )?;
    let drawn = with_keys(drawn, |row, _| Some(keys.of(&axes.get(row)?.code)));
    let read = axes
        .iter()
        .find(|f| matches!(f.value, Some(Shown::Value(_))));
    Ok(drawn
        .keyed(read.map(|f| keys.of(&f.code)))
        .keyed(field.keys.clone()))
}

/// Over whom or what a chart is, and the keys of the numbers in these words.
pub(super) struct ChartField {
    pub(super) words: String,
    pub(super) keys: Vec<String>,
}

/// How to read a profile, over whom it is, where it comes from.
fn profile_caption(
    axes: &[ClearedFigure],
    context: &ReportContext,
    known: bool,
    field: &ChartField,
) -> String {
    let first = axes.iter().find_map(|f| {
        f.value.as_ref().and_then(Shown::value)?;
        Some(format!(
            "« {} » est à {}, pour un objectif de {}",
            f.label,
            sentences::level(f),
            decimal1(f.target)
        ))
    });
    let read = first.map_or_else(String::new, |said| format!("Lecture : {said}. "));
    let small = decimal1(context.referentiel.rules.mic);
    let small = if known && context.referentiel.rules.mic > 0.0 {
        format!(" D’une campagne à l’autre, moins de {small} ne compte pas.")
    } else {
        String::new()
    };
    format!(
        "{read}Champ : {}. Source : {}.{small}",
        field.words,
        context.source()
    )
}

/// What an axe of an accueil rests on: its critères that have a level.
pub(super) fn rests_on(site: &ClearedSite) -> impl Fn(&ClearedFigure) -> String {
    |axe| {
        let own = site.criteres.iter().filter(|f| f.axe == axe.code);
        let valued = own.filter(|f| f.value.is_some()).count();
        match (&axe.value, valued) {
            (Some(Shown::Value(_)), 1..) => count(valued, "critère", "critères"),
            _ => String::new(),
        }
    }
}

/// A critère with what its level looks like and what the next one would.
pub(super) fn critere(f: &ClearedFigure, r: &Referentiel, keys: FigureKeys) -> CritereView {
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
        reason: String::new(),
        code: f.code.clone(),
        label: f.label.to_string(),
        value: sentences::level(f),
        target: sentences::target(f),
        evolution: f
            .evolution
            .as_ref()
            .map(sentences::verdict)
            .filter(|said| !said.is_empty())
            .map_or_else(String::new, |said| format!("évolution : {said}")),
        marks: sentences::marks(f),
        rated: Vec::new(),
        rated_keys: Vec::new(),
        descriptor: reached.map(at).unwrap_or_default(),
        next_step: reached
            .filter(|l| *l < 4)
            .map(|l| step(l, r, &f.code, at))
            .unwrap_or_default(),
        evidence: String::new(),
        key: keys.of(&f.code),
    }
}

/// What comes next, as a step. The words of level 2 tell what is still missing: from level 1 on, the step is the first
/// thing to do, and what it leads to.
fn step(reached: usize, r: &Referentiel, code: &str, at: impl Fn(usize) -> String) -> String {
    let first = r
        .critere(code)
        .and_then(|c| r.criteres[c].first_steps.first());
    match (reached, first) {
        (1, Some(first)) => format!("{}, pour aller vers ceci : {}", in_short(first), at(3)),
        (1, None) => at(3),
        _ => at(reached + 1),
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
pub(super) fn criteres_table(site: &ClearedSite, context: &ReportContext) -> Block {
    let r = context.referentiel;
    let keys = context.keys(&site.structure);
    let objective = objective(site, r);
    let each = objective.is_none();
    let mut rows = Vec::new();
    for axe in &site.axes {
        let mark = r.axes.iter().find(|a| a.code == axe.code);
        let mark = mark.map_or("", |a| a.marque.as_str());
        let name = Datum::words(format!("{mark} {}", axe.label)).styled("axe");
        rows.push(critere_row(name, axe, String::new(), each, keys));
        let own = site.criteres.iter().filter(|f| f.axe == axe.code);
        rows.extend(own.map(|f| {
            let mut name = Datum::words(format!("{} {}", f.code, f.label));
            if evidence_links::is_told(site, f, r) {
                name = name.linked(evidence_links::anchor(&f.code));
            }
            critere_row(name, f, seen(f, r, keys), each, keys)
        }));
    }
    let mut columns = vec![
        Heading::words("Critère").wide(4.0),
        Heading::figures("Niveau").wide(1.3),
        Heading::figures("Évolution").wide(2.3),
        Heading::words("Repère le plus proche").wide(6.2),
    ];
    let mut note = format!(
        "{VERDICTS_READ} Tendance fragile : peu de réponses ou d’éléments notés. \
         Provisoire : sans observation extérieure."
    );
    if each {
        columns.insert(2, Heading::figures("Objectif").wide(1.1));
    }
    if let Some(objective) = objective {
        note.insert_str(0, &objective);
    }
    Block::Table(Table::new("Niveau de chaque critère".to_owned(), columns, rows).noted(note))
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
    let said = f.evolution.as_ref().map(sentences::verdict);
    Datum::words(said.unwrap_or_default())
}

/// What is seen at a level, then the marks of its reliability.
fn seen(f: &ClearedFigure, r: &Referentiel, keys: FigureKeys) -> String {
    let view = critere(f, r, keys);
    let mut seen = view.descriptor;
    for mark in view.marks {
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
fn critere_row(
    name: Datum,
    f: &ClearedFigure,
    seen: String,
    target: bool,
    keys: FigureKeys,
) -> Vec<Datum> {
    let key = || keys.of(&f.code);
    let mut row = vec![name, level_cell(f).keyed(key())];
    if target {
        row.push(Datum::words(decimal1(f.target)).keyed(key()));
    }
    row.extend([evolution_cell(f).keyed(key()), Datum::words(seen)]);
    row
}

/// What comes back in open answers and interviews, and how to read it.
pub(super) fn words(words: &ClearedWords, keys: FigureKeys) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut put = |title: &str, all: &[ClearedWord], [one, many, key]: [&str; 3]| {
        if !all.is_empty() {
            blocks.push(Block::heading(title));
            blocks.push(Block::List {
                items: all
                    .iter()
                    .map(|w| word_item(w, one, many).keyed([keys.of(key)]))
                    .collect(),
                style: ListStyle::Bullets,
            });
        }
    };
    put(
        "Les mots qui reviennent dans les réponses libres des familles",
        &words.keywords,
        ["réponse", "réponses", "MOTS"],
    );
    put(
        "Les thèmes des entretiens",
        &words.themes,
        ["entretien", "entretiens", "ENTRETIENS"],
    );
    if !blocks.is_empty() {
        blocks.push(Block::note("Un mot seul n’est pas une opinion : lisez-le avec la réponse où il figure. Ce qui pourrait désigner ou accuser quelqu’un n’est pas cité."));
    }
    blocks
}

/// Words of families and themes of interviews: a keyword never stands without what it means.
fn word_item(word: &ClearedWord, one: &str, many: &str) -> ListItem {
    let CountOf { n, of } = word.count;
    let used = if n < 2 { one } else { many };
    ListItem {
        strong: word.word.to_string(),
        text: format!("dans {n} {used} sur {of}"),
        under: word.quotes.iter().map(|q| format!("« {q} »")).collect(),
        ..ListItem::default()
    }
}
