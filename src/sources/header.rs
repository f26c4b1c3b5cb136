//! The header row of a wide table: which column holds which élément, and what the others are.

use super::labels::{Labels, Score};
use super::mapping::{Mapped, Mapping, shape};
use super::personal::{is_personal_content, is_personal_heading};
use super::responses::{Dialect, Frame};
use super::{Context, Sheet, Workbook};
use crate::diagnostics::{CellRef, Code, Diagnostic};
use crate::referentiel::{Referentiel, SourceCode};
use crate::text::{decimals, fold, nearest};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// Answers to an élément, by its code.
    Element(String, SourceCode),
    /// Comments on an élément, by its code.
    Comment(String),
    Structure,
    Respondent,
    Date,
    Visit,
    Observer,
    /// An open question.
    Open,
    /// A tool's own column, of no interest.
    Silent,
    Ignored,
    Personal,
    /// Worded nearly like an élément: nothing enters before someone agrees.
    Near(String, Score),
}

/// Columns of a header row, by position.
pub(super) struct Header {
    pub columns: Vec<(u32, Column)>,
    /// Folded headings, by position.
    names: Vec<(u32, String)>,
}

/// Rows in which the header is looked for.
const DEPTH: usize = 10;

/// The code that a heading carries: `REL-1-FAM-1`, `REL1FAM1`, `FAM[REL1FAM1]`, `FAM_REL1FAM1`,
/// or a code followed by a separator and the question.
pub(super) fn element_code(heading: &str, referentiel: &Referentiel) -> Option<usize> {
    let heading = heading.trim();
    if let Some(found) = referentiel.element(heading).filter(|_| heading.len() <= 20) {
        return Some(found);
    }
    let bracketed = heading
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(code, _)| code);
    let prefixed = heading.rsplit_once('_').map(|(_, code)| code);
    let first = heading.split([' ', '.', ':', '\u{a0}', '\n', '[']).next();
    // A group's path before the name: `visite/REL1OBS2` (Kobo), `visite-REL1OBS2` (ODK).
    let grouped = heading.rsplit(['/', '-']).next();
    let path = heading.rsplit_once('/').map(|(_, name)| name);
    [bracketed, prefixed, first, path, grouped]
        .into_iter()
        .flatten()
        .filter(|c| c.len() >= 7 && c.len() <= 20)
        .find_map(|code| referentiel.element(code))
}

/// Whether a text has the shape of an élément's code, `AAA-1-BBB-2`, known or not.
pub(super) fn looks_like_code(text: &str) -> bool {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let bytes = plain.as_bytes();
    let shape = |i: usize, digit: bool| {
        bytes.get(i).is_some_and(|b| {
            if digit {
                b.is_ascii_digit()
            } else {
                b.is_ascii_alphabetic()
            }
        })
    };
    text.len() <= 14
        && (8..=10).contains(&bytes.len())
        && (0..3).all(|i| shape(i, false))
        && shape(3, true)
        && shape(bytes.len() - 1, true)
        && plain.chars().filter(char::is_ascii_alphabetic).count() == 6
}

/// Whether a heading is a comment on an élément, and on which.
fn comment_code(heading: &str, referentiel: &Referentiel) -> Option<usize> {
    let folded = fold(heading);
    let marks = [
        "[comment]",
        "comment]",
        " commentaire",
        " commentaires",
        " comment",
        " motif",
        " preuve",
    ];
    let stem = marks.iter().find_map(|m| folded.strip_suffix(m))?;
    let stem = last_part(stem);
    element_code(&stem.replace(' ', "-"), referentiel).or_else(|| element_code(stem, referentiel))
}

impl Header {
    /// The first row, among the first ones, that carries the most élément codes (at least one).
    pub(super) fn find(sheet: &Sheet, referentiel: &Referentiel) -> Option<(u32, usize)> {
        let count = |row: &super::Row| {
            row.cells
                .iter()
                .filter(|c| element_code(&c.value.text(), referentiel).is_some())
                .count()
        };
        let mut best: Option<(u32, usize)> = None;
        for row in sheet.rows.iter().take(DEPTH) {
            let codes = count(row);
            if codes > best.map_or(0, |b| b.1) {
                best = Some((row.index, codes));
            }
        }
        best
    }

    /// Reads the header rows: every column gets a meaning, doubtful ones a diagnostic. The
    /// correspondence proposed, when labels had to be matched, comes beside.
    pub(super) fn read(
        book: &Workbook,
        sheet: &Sheet,
        frame: Frame,
        (context, tool): (&Context, &Dialect),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Self, Option<Mapping>) {
        let titles = titles(sheet, frame);
        let reader = Reader::new(sheet, frame, context, tool, &titles);
        let mut columns: Vec<(u32, Column)> = Vec::new();
        for title in &titles {
            let at = book.at(sheet, CellRef::new(frame.header.1, title.col));
            let column = reader.column(title);
            if let Some(found) = reader.remark(title, &column, &columns) {
                diagnostics.push(Diagnostic::new(found.0, at, found.1));
            }
            let twice = columns.iter().any(|(_, c)| *c == column);
            if !(twice && matches!(column, Column::Element(..))) {
                columns.push((title.col, column));
            }
        }
        let names = titles
            .iter()
            .flat_map(|t| t.texts.iter().map(|text| (t.col, key(text))))
            .collect();
        (Self { columns, names }, reader.proposal(&titles))
    }

    /// Position of the first column with a meaning.
    pub(super) fn position(&self, wanted: &Column) -> Option<u32> {
        self.columns
            .iter()
            .find(|(_, c)| c == wanted)
            .map(|(col, _)| *col)
    }

    /// Position of a column of the tool, by its folded heading.
    pub(super) fn heading(&self, wanted: &str) -> Option<u32> {
        let found = self.names.iter().find(|(_, name)| name == wanted)?;
        Some(found.0)
    }
}

/// Folded heading, the code alone when text follows it (« id. Response ID »).
fn key(heading: &str) -> String {
    let folded = fold(heading);
    let head = folded.split(". ").next().unwrap_or("");
    head.trim_end_matches([':', ' ']).to_owned()
}

/// What stands above a column.
pub(super) struct Title {
    col: u32,
    /// Texts of the header rows, the lowest first; then both joined.
    texts: Vec<String>,
}

impl Title {
    /// Its texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(String::as_str)
    }
}

fn titles(sheet: &Sheet, frame: Frame) -> Vec<Title> {
    let (first, last) = frame.header;
    let rows = [first, last].map(|r| sheet.row(r));
    let mut cols: Vec<u32> = rows
        .iter()
        .flatten()
        .flat_map(|r| r.cells.iter().map(|c| c.col))
        .collect();
    cols.sort_unstable();
    cols.dedup();
    let mut block = String::new();
    cols.into_iter()
        .map(|col| {
            let low = sheet.text(last, col);
            let high = sheet.merged_text(first, col);
            let mut texts = vec![low.clone()];
            if first != last {
                // The question stands at the first column of its block, its lines under it.
                if !high.is_empty() {
                    block.clone_from(&high);
                }
                if !high.is_empty() {
                    texts.push(high);
                }
                if !low.is_empty() && !block.is_empty() {
                    texts.push(format!("{block} {low}"));
                }
            }
            texts.retain(|t| !t.is_empty());
            Title { col, texts }
        })
        .filter(|t| !t.texts.is_empty())
        .collect()
}

/// The first of the top rows where two headings or more are worded like éléments, or nearly.
pub(super) fn recognised_labels(sheet: &Sheet, context: &Context) -> Option<u32> {
    let labels = Labels::new(context.referentiel, context.source);
    let known = |row: &&super::Row| {
        let worded = row
            .cells
            .iter()
            .map(|c| c.value.text())
            .filter(|t| labels.exact(t).is_some() || labels.near(t).is_some())
            .count();
        let headings = row.cells.iter().map(|c| c.value.text());
        let all: Vec<String> = headings.collect();
        let form = shape(all.iter().map(String::as_str));
        worded >= 2 || context.mapping_of(&form).is_some()
    };
    sheet.rows.iter().take(DEPTH).find(known).map(|r| r.index)
}

/// Reads the columns of one sheet.
struct Reader<'a> {
    sheet: &'a Sheet,
    frame: Frame,
    context: &'a Context<'a>,
    tool: &'a Dialect,
    labels: Labels<'a>,
    mapping: Option<&'a Mapping>,
    form: String,
}

impl<'a> Reader<'a> {
    fn new(
        sheet: &'a Sheet,
        frame: Frame,
        context: &'a Context<'a>,
        tool: &'a Dialect,
        titles: &[Title],
    ) -> Self {
        let form = shape(
            titles
                .iter()
                .filter_map(|t| t.texts.first())
                .map(String::as_str),
        );
        // Once some columns are known, the others speak from the same source.
        let sources = titles.iter().flat_map(|t| &t.texts).filter_map(|text| {
            let e = element_code(text, context.referentiel)?;
            Some(context.referentiel.elements[e].source)
        });
        let labels = Labels::new(context.referentiel, context.source.or(sources.min()));
        Self {
            sheet,
            frame,
            context,
            tool,
            labels: labels.settled(titles),
            mapping: context.mapping_of(&form),
            form,
        }
    }

    fn column(&self, title: &Title) -> Column {
        let r = self.context.referentiel;
        let element = |e: usize| Column::Element(r.elements[e].code.clone(), r.elements[e].source);
        if let Some(c) = title.texts.iter().find_map(|t| comment_code(t, r)) {
            return Column::Comment(r.elements[c].code.clone());
        }
        if let Some(e) = title.texts.iter().find_map(|t| element_code(t, r)) {
            return element(e);
        }
        if let Some(found) = self.mapped(title) {
            return found;
        }
        let keys: Vec<String> = title.texts.iter().map(|t| key(t)).collect();
        let is = |words: &[&str]| keys.iter().any(|k| words.contains(&k.as_str()));
        let tool = self.tool;
        if is(tool.respondent) {
            return Column::Respondent;
        }
        if is(tool.date) {
            return Column::Date;
        }
        let prefix = |k: &String| tool.silent_prefixes.iter().any(|p| k.starts_with(p));
        if is(tool.silent) || keys.iter().any(prefix) {
            return Column::Silent;
        }
        if let Some(found) = keys.iter().find_map(|k| common(last_part(k))) {
            return found;
        }
        if let Some(e) = title.texts.iter().find_map(|t| self.labels.exact(t)) {
            return element(e);
        }
        let personal = title.texts.iter().any(|t| is_personal_heading(t))
            || is_personal_content(self.sheet, title.col, self.frame.data);
        if personal {
            return Column::Personal;
        }
        if keys.iter().any(|k| is_open_question(k)) {
            return Column::Open;
        }
        match self.near(title) {
            Some((e, _)) if self.context.accept_near => element(e),
            Some((e, score)) => Column::Near(r.elements[e].code.clone(), score),
            None => Column::Ignored,
        }
    }

    /// What the correspondence says of a column.
    fn mapped(&self, title: &Title) -> Option<Column> {
        let to = title.texts.iter().find_map(|t| self.mapping?.target(t))?;
        let r = self.context.referentiel;
        if let Some(e) = r.element(to) {
            return Some(Column::Element(
                r.elements[e].code.clone(),
                r.elements[e].source,
            ));
        }
        Some(match to {
            "structure" => Column::Structure,
            "repondant" => Column::Respondent,
            "date" => Column::Date,
            "visite" => Column::Visit,
            "observateur" => Column::Observer,
            "libre" => Column::Open,
            "ignorer" => Column::Silent,
            _ => Column::Ignored,
        })
    }

    fn near(&self, title: &Title) -> Option<(usize, Score)> {
        let found = title.texts.iter().filter_map(|t| self.labels.near(t));
        found.max_by_key(|f| f.1)
    }

    /// What to say of a column.
    fn remark(
        &self,
        title: &Title,
        column: &Column,
        before: &[(u32, Column)],
    ) -> Option<(Code, String)> {
        let heading = title.texts.first().map_or("", String::as_str);
        let shown: String = heading.chars().take(60).collect();
        let twice = before.iter().find(|(_, c)| c == column);
        let r = self.context.referentiel;
        let to = title.texts.iter().find_map(|t| self.mapping?.target(t));
        if let (Some(to), Column::Ignored) = (to, column) {
            let codes: Vec<&str> = r.elements.iter().map(|e| e.code.as_str()).collect();
            let near = nearest(&to.to_uppercase(), &codes).join(", ");
            let message = format!(
                "la correspondance mène « {shown} » vers « {to} », qui n’est pas un élément du référentiel {}. Les plus proches : {near}.",
                r.version
            );
            return Some((Code::ElementUnknown, message));
        }
        match (column, twice) {
            (Column::Element(code, _), Some((first, _))) => {
                let first = CellRef::new(self.frame.header.1, *first);
                Some((
                    Code::ElementTwice,
                    format!("« {code} » est déjà en {first}."),
                ))
            }
            (Column::Element(code, _), None) if self.assumed(title) => {
                Some((Code::LabelAssumed, format!("« {shown} » lue comme {code}.")))
            }
            (Column::Near(code, score), _) => {
                let label = r.element(code).map_or("", |e| r.elements[e].label.as_str());
                Some((
                    Code::LabelToConfirm,
                    format!(
                        "« {shown} » ressemble à {code} « {label} » (proximité {}).",
                        decimals(score.0, 2)
                    ),
                ))
            }
            (Column::Personal, _) => Some((
                Code::PersonalColumn,
                format!("colonne « {shown} » écartée : elle peut désigner une personne."),
            )),
            (Column::Ignored, _) if looks_like_code(heading) => {
                let codes: Vec<&str> = r.elements.iter().map(|e| e.code.as_str()).collect();
                let near = nearest(heading, &codes).join(", ");
                let version = &r.version;
                Some((
                    Code::ElementUnknown,
                    format!(
                        "l’élément « {shown} » n’existe pas dans le référentiel {version}. Les plus proches : {near}."
                    ),
                ))
            }
            (Column::Ignored, _) => {
                Some((Code::ColumnIgnored, format!("colonne « {shown} » ignorée.")))
            }
            _ => None,
        }
    }

    /// Whether a column was read by nearness alone.
    fn assumed(&self, title: &Title) -> bool {
        let r = self.context.referentiel;
        let known = |t: &String| element_code(t, r).is_some() || self.labels.exact(t).is_some();
        self.context.accept_near && self.mapped(title).is_none() && !title.texts.iter().any(known)
    }

    /// A correspondence to read and correct, when some column was matched by its words.
    fn proposal(&self, titles: &[Title]) -> Option<Mapping> {
        let r = self.context.referentiel;
        let coded = |t: &Title| t.texts.iter().any(|x| element_code(x, r).is_some());
        // A table of questions that nobody knows is worth a correspondence to fill in, too.
        let mut matched = !titles.iter().any(coded);
        let columns = titles.iter().filter_map(|t| {
            let titre = t.texts.first()?.clone();
            let column = if coded(t) {
                return None;
            } else {
                self.column(t)
            };
            let (vers, proximite, confirme) = match column {
                Column::Near(code, score) => (code, score.0, false),
                Column::Element(code, _) => {
                    let score = self.near(t).map_or(1.0, |n| n.1.0);
                    let exact = t.texts.iter().any(|x| self.labels.exact(x).is_some());
                    (code, if exact { 1.0 } else { score }, true)
                }
                Column::Ignored => ("ignorer".to_owned(), 1.0, true),
                _ => return None,
            };
            matched |= vers != "ignorer";
            Some(Mapped {
                titre,
                vers,
                proximite: (proximite * 100.0).round() / 100.0,
                confirme,
            })
        });
        let colonnes: Vec<Mapped> = columns.collect();
        (matched && self.mapping.is_none()).then(|| Mapping {
            outil: self.tool.name.to_owned(),
            forme: self.form.clone(),
            colonnes,
        })
    }
}

/// A group's path before a name: « visite/structure », « g1/structure ».
fn last_part(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or(key).trim()
}

/// Columns that every tool may have, by their folded heading.
fn common(folded: &str) -> Option<Column> {
    Some(match folded {
        "structure"
        | "code structure"
        | "code de la structure"
        | "nom de la structure"
        | "accueil"
        | "site"
        | "centre"
        | "votre accueil"
        | "code" => Column::Structure,
        "id"
        | "response id"
        | "id de la reponse"
        | "numero"
        | "n°"
        | "repondant"
        | "serial"
        | "uuid"
        | "identifiant de la reponse" => Column::Respondent,
        "date" | "submitdate" | "date submitted" | "date de soumission" | "horodateur"
        | "date de la visite" => Column::Date,
        "visite" => Column::Visit,
        "observateur" | "observatrice" => Column::Observer,
        _ => return None,
    })
}

/// Words that announce an open question.
const OPEN: [&str; 10] = [
    "commentaire",
    "remarque",
    "suggestion",
    "expression libre",
    "reponse libre",
    "a ajouter",
    "autre chose",
    "un mot",
    "vous dire",
    "verbatim",
];

fn is_open_question(folded: &str) -> bool {
    folded == "libre" || OPEN.iter().any(|words| folded.contains(words))
}

#[cfg(test)]
mod tests {
    use super::looks_like_code;

    #[test]
    fn the_shape_of_a_code() {
        for text in ["REL-9-OBS-1", "rel9obs12", "ZZZ-1-FAM-3"] {
            assert!(looks_like_code(text), "{text}");
        }
        for text in ["Structure", "REL-2", "Accueil 2026", "Q1"] {
            assert!(!looks_like_code(text), "{text}");
        }
    }
}
