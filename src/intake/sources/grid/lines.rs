//! Which lines of a hand-made grid ask which élément: by its code, by its wording, by a
//! correspondence; and the grids whose lines nobody knows yet.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::meanings::status;
use super::shaped_table::{HEADING_DEPTH, ShapedTable, WIDTH, rows};
use crate::base::sheets::{Row, Sheet};
use crate::base::text::fold;
use crate::intake::sources::column_proposal::{COMPARED, NEAREST};
use crate::intake::sources::correspondence::{
    Correspondence, IGNORED, MappedColumn, referentiel_mark, shape,
};
use crate::intake::sources::element_codes::looks_like_code;
use crate::intake::sources::known_wordings::{KnownWordings, SaidWording};
use crate::intake::sources::labels::{Labels, Proximity};
use crate::intake::sources::source::Context;
use crate::intake::sources::usual_headings::is_tick;
use crate::vocabulary::referentiel::SourceCode;

/// The importer’s name for `--outil`.
pub(crate) const HAND_MADE: &str = "grille-main";

/// Words of the lines that say where, when and who, above a grid.
const IDENTITY: [&str; 8] = [
    "visite",
    "date",
    "accueil",
    "structure",
    "centre",
    "observateur",
    "observatrice",
    "site",
];

/// A row that is rated.
pub(super) struct RatedRow {
    /// Its index.
    pub(super) row: u32,
    pub(super) asks: GridLine,
    /// Whether a person said that its answers go the other way.
    pub(super) reversed: bool,
    /// Whether it was said in another grid.
    pub(super) shared: bool,
    /// Whether it was taken for what it resembles, as asked.
    pub(super) assumed: bool,
}

/// What one line asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GridLine {
    /// An élément, by the code that the file or a correspondence writes.
    Element(String),
    /// Worded nearly like an élément.
    Near(String, Proximity),
    /// Answered differently in other grids.
    Disputed(Vec<String>),
    /// Begins with the code of an élément, and goes on with the words of another.
    Contradicted(String, usize),
    /// A person said that it does not count.
    LeftOut,
    /// Nothing known.
    Unknown,
}

/// The lines of one sheet.
pub(super) struct GridLines<'a> {
    /// Column of the codes or wordings.
    pub(super) col: u32,
    /// First line.
    pub(super) first: u32,
    /// Row of the headings of columns; none when nothing stands above.
    pub(super) headings: Option<u32>,
    /// Whether lines carry codes.
    pub(super) coded: bool,
    /// What people agreed on.
    pub(super) mapping: Option<&'a Correspondence>,
    /// Fingerprint of the lines.
    pub(super) form: String,
    /// From the first to the last.
    pub(super) rated: Vec<RatedRow>,
    /// The question whether it is a grid at all, where its shape alone does not say so.
    pub(super) doubt: Option<Correspondence>,
    /// Other columns that hold wordings of éléments: nobody knows which ones the notes are of.
    pub(super) rivals: Vec<u32>,
}

/// Cells of a column that are worded like éléments.
struct ColumnHits {
    count: usize,
    /// Row of the first.
    first: u32,
}

/// By column, the cells that are worded as `is_one` says of a text and a column.
fn wording_hits(sheet: &Sheet, is_one: impl Fn(&str, u32) -> bool) -> BTreeMap<u32, ColumnHits> {
    let mut hits: BTreeMap<u32, ColumnHits> = BTreeMap::new();
    for row in rows(sheet) {
        for cell in row.cells.iter().take_while(|c| c.col < WIDTH) {
            if is_one(&cell.value.text(), cell.col) {
                let column = hits.entry(cell.col).or_insert(ColumnHits {
                    count: 0,
                    first: row.index,
                });
                column.count += 1;
            }
        }
    }
    hits
}

impl<'a> GridLines<'a> {
    /// The lines of a sheet; none when it is no grid.
    pub(super) fn of(sheet: &Sheet, context: &'a Context) -> Option<Self> {
        Self::coded(sheet, context)
            .or_else(|| Self::worded(sheet, context))
            .or_else(|| Self::shaped(sheet, context))
    }

    /// How many lines ask an élément for sure.
    pub(super) fn known(&self) -> usize {
        let asked = self.rated.iter().map(|line| &line.asks);
        asked
            .filter(|asks| matches!(asks, GridLine::Element(_)))
            .count()
    }

    /// The column with the most codes.
    fn coded(sheet: &Sheet, context: &'a Context) -> Option<Self> {
        let referentiel = context.referentiel;
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for cell in sheet.rows.iter().flat_map(|r| &r.cells) {
            let text = cell.value.text();
            if looks_like_code(&text) && referentiel.element(&text).is_some() {
                *counts.entry(cell.col).or_default() += 1;
            }
        }
        let (col, _) = counts
            .into_iter()
            .max_by_key(|(col, n)| (*n, std::cmp::Reverse(*col)))?;
        let coded = sheet.rows.iter().map(|r| (r.index, r.text(col)));
        let line = |row, code| RatedRow {
            row,
            asks: GridLine::Element(code),
            reversed: false,
            shared: false,
            assumed: false,
        };
        let mut rated: Vec<RatedRow> = coded
            .filter(|(_, text)| looks_like_code(text))
            .map(|(row, text)| line(row, text))
            .collect();
        let first = first_line(sheet, context, col, rated.first()?.row);
        // Lines say what they ask; what a person agrees on is what the columns hold, and what the lines ask
        // that bear no code.
        let headings = heading_row(sheet, first);
        let row = headings.and_then(|index| sheet.row(index));
        let texts: Vec<String> = row
            .into_iter()
            .flat_map(|r| r.cells.iter().map(|c| c.value.text()))
            .collect();
        let form = shape(texts.iter().map(String::as_str));
        let mapping = context.mapping_of(&form);
        let uncoded = rows(sheet).filter(|r| r.index >= first && !looks_like_code(&r.text(col)));
        rated.extend(uncoded.filter_map(|row| {
            let title = row.cells.first()?.value.text();
            let code = mapping?.target(&title)?;
            referentiel.element(code)?;
            Some(line(row.index, code.to_owned()))
        }));
        rated.sort_by_key(|line| line.row);
        Some(Self {
            col,
            first,
            headings,
            coded: true,
            mapping,
            form,
            rated,
            doubt: None,
            rivals: Vec::new(),
        })
    }

    /// The column with the most wordings of éléments, two of them for sure or three nearly. Wordings that
    /// are nearly those of éléments are only looked for where they decide.
    fn worded(sheet: &Sheet, context: &'a Context) -> Option<Self> {
        let labels = Labels::new(context.referentiel, source(sheet, context));
        let mut exact = wording_hits(sheet, |text, _| labels.exact_line(text).is_some());
        exact.retain(|col, hits| !is_named_out(sheet, context, *col, hits.first));
        let most = exact.values().map(|hits| hits.count).max().unwrap_or(0);
        let is_tied = |col: u32| exact.get(&col).map_or(0, |hits| hits.count) == most;
        let all = wording_hits(sheet, |text, col| {
            exact.contains_key(&col) == (most > 0)
                && is_tied(col)
                && (labels.exact_line(text).is_some() || labels.near(text).is_some())
        });
        let (col, hits) = all.into_iter().max_by_key(|(_, hits)| hits.count)?;
        let others = exact.iter().filter(|(c, h)| **c != col && h.count >= 2);
        let rivals: Vec<u32> = others.map(|(c, _)| *c).collect();
        (most >= 2 || hits.count >= 3).then(|| {
            // Notes may stand left of what they rate, and « Oui » head crosses: the shape of the table says where
            // it begins, where it has one.
            let shaped = ShapedTable::of(sheet, context);
            let first = match shaped.filter(|t| t.col == col && t.header < hits.first) {
                Some(table) => table.header + 1,
                None => first_line(sheet, context, col, hits.first),
            };
            Self {
                rivals,
                ..Self::new(sheet, context, &labels, col, first)
            }
        })
    }

    /// A table that is a grid by its shape, in the words of whoever made it. What people wrote in a
    /// questionnaire must never be taken for the lines of a grid: where the shape may be either, a person
    /// is asked.
    fn shaped(sheet: &Sheet, context: &'a Context) -> Option<Self> {
        let table = ShapedTable::of(sheet, context)?;
        let labels = Labels::new(context.referentiel, source(sheet, context));
        let mut lines = Self::new(sheet, context, &labels, table.col, table.header + 1);
        lines.headings = Some(table.header);
        lines.doubt = (!table.sure).then(|| table.question());
        Some(lines)
    }

    fn new(sheet: &Sheet, context: &'a Context, labels: &Labels, col: u32, first: u32) -> Self {
        let lines: Vec<(u32, String)> = rows(sheet)
            .filter(|r| r.index >= first)
            .map(|r| (r.index, r.text(col)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let form = shape(lines.iter().map(|(_, text)| text.as_str()));
        let mapping = context.mapping_of(&form);
        // Looked up only where neither the form nor the référentiel says what a line asks.
        let wordings = LazyCell::new(|| KnownWordings::of(context, HAND_MADE));
        let said_elsewhere = |text: &str| {
            let own = mapping.is_some_and(|m| m.target(text).is_some());
            let known = own || labels.exact_line(text).is_some();
            (!known).then(|| wordings.said(text)).flatten()
        };
        let code = |e: usize| context.referentiel.elements[e].code.clone();
        let assumes = |text: &str, e: usize| context.accept_near && !labels.denies(text, e);
        let asks = |text: &str| match mapping.and_then(|m| m.target(text)) {
            Some(IGNORED) => GridLine::LeftOut,
            Some(to) => GridLine::Element(to.to_owned()),
            None if let Some(coded) = coded_line(context, labels, text) => coded,
            None => match (labels.exact_line(text), said_elsewhere(text)) {
                (Some(e), _) => GridLine::Element(code(e)),
                (None, Some(SaidWording::Twice(codes))) => GridLine::Disputed(codes.clone()),
                (None, Some(SaidWording::LeftOut)) => GridLine::LeftOut,
                (None, Some(SaidWording::Once { code, .. })) => GridLine::Element(code.clone()),
                (None, None) => match labels.near(text) {
                    Some((e, _)) if assumes(text, e) => GridLine::Element(code(e)),
                    Some((e, score)) => GridLine::Near(code(e), score),
                    None => GridLine::Unknown,
                },
            },
        };
        let is_reversed = |text: &str| match said_elsewhere(text) {
            Some(said) => matches!(said, SaidWording::Once { reversed: true, .. }),
            None => mapping.is_some_and(|m| m.is_reversed(text)),
        };
        let is_shared = |text: &str| said_elsewhere(text).is_some();
        let is_assumed = |text: &str| {
            let said = mapping.is_some_and(|m| m.target(text).is_some()) || is_shared(text);
            let near = || labels.near(text).is_some_and(|(e, _)| assumes(text, e));
            !said && labels.exact_line(text).is_none() && near()
        };
        let rated = lines.iter().map(|(row, text)| RatedRow {
            row: *row,
            asks: asks(text),
            reversed: is_reversed(text),
            shared: is_shared(text),
            assumed: is_assumed(text),
        });
        Self {
            col,
            first,
            headings: heading_row(sheet, first),
            coded: false,
            mapping,
            form,
            rated: rated.collect(),
            doubt: None,
            rivals: Vec::new(),
        }
    }

    /// What a person has yet to say of the lines, those that bear a note alone; none when they carry codes.
    pub(super) fn proposal(
        &self,
        sheet: &Sheet,
        context: &Context,
        bears_note: impl Fn(&RatedRow) -> bool,
    ) -> Option<Correspondence> {
        if self.coded {
            return None;
        }
        let labels = Labels::new(context.referentiel, source(sheet, context));
        let worded = LazyCell::new(|| labels.by_words());
        let mut columns: Vec<MappedColumn> = Vec::new();
        let mut seen = BTreeSet::new();
        for line in &self.rated {
            let (target, proximity) = match &line.asks {
                // What was said of it in another grid stays said there alone.
                GridLine::Element(_) | GridLine::LeftOut if line.shared => continue,
                GridLine::Element(code) => (code.as_str(), 1.0),
                GridLine::Near(code, proximity) => (code.as_str(), proximity.0),
                // A line without note is a title here, and may be a question in the next grid.
                _ if !bears_note(line) => continue,
                GridLine::Contradicted(..) => continue,
                GridLine::LeftOut | GridLine::Disputed(_) | GridLine::Unknown => (IGNORED, 1.0),
            };
            let heading = sheet.text(line.row, self.col);
            if !seen.insert(heading.clone()) {
                continue;
            }
            let known = matches!(line.asks, GridLine::Element(_) | GridLine::LeftOut);
            let nearest = match &line.asks {
                GridLine::Disputed(codes) => codes.clone(),
                _ if known || seen.len() > COMPARED => Vec::new(),
                _ => labels.codes(&worded.nearest(&heading, NEAREST)),
            };
            columns.push(MappedColumn {
                proximity: (proximity * 100.0).round() / 100.0,
                nearest,
                reversed: known && line.reversed,
                // A line that was rated is left out by a person alone.
                ..MappedColumn::new(&heading, target, known)
            });
        }
        let proposal = Correspondence {
            tool: HAND_MADE.to_owned(),
            shape: self.form.clone(),
            referentiel: referentiel_mark(context.referentiel),
            columns,
            words: Vec::new(),
            reads: None,
        };
        match self.mapping {
            None => Some(proposal),
            Some(said) => Some(said.open(&proposal)).filter(Correspondence::is_awaited),
        }
    }
}

/// Whether a person leaves out a column of wordings, by its heading.
fn is_named_out(sheet: &Sheet, context: &Context, col: u32, first: u32) -> bool {
    let above = sheet.rows.iter().take_while(|r| r.index < first);
    let lowest = above
        .map(|r| r.text(col))
        .filter(|text| !text.is_empty())
        .last();
    lowest.is_some_and(|heading| context.names_out(&heading))
}

/// What a line asks that begins with a code: « REL-1-OBS-1 – … ».
fn coded_line(context: &Context, labels: &Labels, text: &str) -> Option<GridLine> {
    let (first, rest) = text.trim().split_once(char::is_whitespace)?;
    let code = first.trim_end_matches([':', '.', '-', '–', ')']);
    let own = context
        .referentiel
        .element(code)
        .filter(|_| looks_like_code(code))?;
    let rest = rest.trim_start_matches([':', '.', '-', '–', '—', ' ']);
    let code = context.referentiel.elements[own].code.clone();
    Some(match labels.of_others(rest, own) {
        Some(other) => GridLine::Contradicted(code, other),
        None => GridLine::Element(code),
    })
}

/// The first line of a grid whose first known one is given: rated lines may stand above it, in words that
/// nobody knows; titles may stand between them.
fn first_line(sheet: &Sheet, context: &Context, col: u32, known: u32) -> u32 {
    let mut first = known;
    for row in rows(sheet)
        .filter(|r| r.index < known)
        .collect::<Vec<_>>()
        .iter()
        .rev()
    {
        let is_title = row.cells.len() == 1 && !row.text(col).is_empty();
        if is_rated(row, col, context) && !heads_crosses(sheet, row, col, context) {
            first = row.index;
        } else if !is_title || first - row.index > 2 {
            break;
        }
    }
    first
}

/// Whether a row names a modality above crosses: the headings of a grid, of which one alone is known.
fn heads_crosses(sheet: &Sheet, row: &Row, col: u32, context: &Context) -> bool {
    let below = |at: u32| {
        let rows = rows(sheet).filter(|r| r.index > row.index);
        rows.take(HEADING_DEPTH as usize)
            .any(|r| is_tick(&r.text(at)))
    };
    marks(row, col, context).any(|at| !is_tick(&row.text(at)) && below(at))
}

/// Whether a row bears a wording and one rating, or one cross: the headings of a grid bear several, or none.
fn is_rated(row: &Row, col: u32, context: &Context) -> bool {
    let marks = marks(row, col, context).count();
    let text = row.text(col);
    let says_where = fold(&text)
        .split_whitespace()
        .any(|w| IDENTITY.contains(&w));
    text.chars().count() > 3 && marks == 1 && !says_where && !text.ends_with(':')
}

/// Cells beside the lines that hold a cross, a status or a modality.
fn marks<'r>(row: &'r Row, col: u32, context: &'r Context) -> impl Iterator<Item = u32> + 'r {
    let scales = &context.referentiel.scales;
    let beside = row.cells.iter().filter(move |c| c.col > col);
    beside.filter_map(move |cell| {
        let text = cell.value.text();
        let is_mark = is_tick(&text)
            || status(&text).is_some()
            || scales.iter().any(|scale| scale.find(&text).is_some());
        is_mark.then_some(cell.col)
    })
}

/// The lowest of the three rows above the lines that holds several cells.
fn heading_row(sheet: &Sheet, first: u32) -> Option<u32> {
    let above = (1..=3).filter_map(|up| first.checked_sub(up));
    let several = |row: &u32| sheet.row(*row).is_some_and(|r| r.cells.len() >= 2);
    above.into_iter().find(several)
}

/// The source that most wordings speak from, when the user does not say.
fn source(sheet: &Sheet, context: &Context) -> Option<SourceCode> {
    if context.source.is_some() {
        return context.source;
    }
    let grids = [SourceCode::Obs, SourceCode::Aut, SourceCode::Dir];
    let count = |source: &SourceCode| {
        let labels = Labels::new(context.referentiel, Some(*source));
        let cells = rows(sheet).flat_map(|r| &r.cells).filter(|c| c.col < WIDTH);
        cells
            .filter(|c| labels.exact_line(&c.value.text()).is_some())
            .count()
    };
    let best = grids
        .into_iter()
        .max_by_key(|s| (count(s), std::cmp::Reverse(*s)))?;
    Some(best)
}
