//! What each column of a table asks: by code, by correspondence, by the tool's own headings, by
//! the wording of an élément; and what to say of the others.

use std::collections::BTreeSet;

use super::column_role::Column;
use super::correspondence::{Mapped, Mapping, Worth, shape};
use super::dialect::{Dialect, Frame};
use super::element_codes::{comment_code, element_code, last_part, looks_like_code};
use super::heading::{comment_stem, is_other, without_precision};
use super::labels::{Labels, Score};
use super::personal::{is_personal_content, is_personal_heading};
use super::practice_columns;
use super::titles::{Title, key};
use super::usual_headings::{common, cuts, is_open_question, modality};
use crate::base::diagnostics::{CellRef, Code};
use crate::base::sheets::Sheet;
use crate::base::text::{decimals, suggest};
use crate::intake::sources::source::Context;
use crate::vocabulary::referentiel::SourceCode;

/// Reads the columns of one sheet.
pub(super) struct Reader<'a> {
    sheet: &'a Sheet,
    frame: Frame,
    context: &'a Context<'a>,
    tool: &'a Dialect,
    labels: Labels<'a>,
    mapping: Option<&'a Mapping>,
    form: String,
    /// Whether the columns are those of an observation.
    observed: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
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
        let source = context.source.or(sources.min());
        let labels = Labels::new(context.referentiel, source);
        Self {
            sheet,
            frame,
            context,
            tool,
            labels: labels.settled(titles),
            mapping: context.mapping_of(&form),
            form,
            observed: source == Some(SourceCode::Obs),
        }
    }

    pub(super) fn column(&self, title: &Title) -> Column {
        if let Some(found) = self.mapped(title) {
            return found;
        }
        let shared = || practice_columns::column(title, self.context.referentiel);
        if let Some(found) = self.observed.then(shared).flatten() {
            return found;
        }
        if title.texts.iter().any(|t| is_other(t)) {
            return Column::Personal;
        }
        if let Some(found) = self.coded(title) {
            return found;
        }
        if let Some(found) = self.own(title) {
            return found;
        }
        if let Some(e) = title.texts.iter().find_map(|t| self.labels.exact(t)) {
            return self.element(e);
        }
        if let Some(e) = title.texts.iter().find_map(|t| self.numbered(t)) {
            let element = &self.context.referentiel.elements[e];
            return Column::Part(element.code.clone(), element.source);
        }
        self.uncertain(title)
    }

    fn element(&self, e: usize) -> Column {
        let element = &self.context.referentiel.elements[e];
        Column::Element(element.code.clone(), element.source)
    }

    /// Comments, choices and answers, by the code that the heading carries; comments and choices
    /// by the wording of an élément, too.
    fn coded(&self, title: &Title) -> Option<Column> {
        let r = self.context.referentiel;
        let worded = |t: &String| self.labels.exact(&comment_stem(t)?);
        let comment = title.texts.iter().find_map(|t| comment_code(t, r));
        if let Some(c) = comment.or_else(|| title.texts.iter().find_map(worded)) {
            return Some(Column::Comment(r.elements[c].code.clone()));
        }
        if let Some(choice) = self.choice(title) {
            return Some(choice);
        }
        let e = title.texts.iter().find_map(|t| element_code(t, r))?;
        Some(self.element(e))
    }

    /// One column per modality: `REL1FAM1/3`, « question [Plutôt d’accord] », the modality under
    /// the question.
    fn choice(&self, title: &Title) -> Option<Column> {
        let r = self.context.referentiel;
        let whole = |t: &&String| self.labels.exact(t).is_none();
        let cut = title.texts.iter().filter(whole).flat_map(|t| cuts(t));
        let pair = title.pair.as_ref().map(|(q, a)| (q.as_str(), a.as_str()));
        pair.into_iter().chain(cut).find_map(|(stem, tail)| {
            let e = element_code(stem, r).or_else(|| self.labels.exact(stem))?;
            let element = &r.elements[e];
            let code = modality(&r.scales[element.scale], tail)?;
            Some(Column::Choice(element.code.clone(), element.source, code))
        })
    }

    /// `REL1FAM1_2`, « question_2 »: the answers of a question in several numbered columns.
    fn numbered(&self, heading: &str) -> Option<usize> {
        let (stem, rank) = heading.rsplit_once('_')?;
        let counts = (1..=2).contains(&rank.len()) && rank.bytes().all(|b| b.is_ascii_digit());
        let found =
            || element_code(stem, self.context.referentiel).or_else(|| self.labels.exact(stem));
        counts.then(found).flatten()
    }

    /// Columns of the tool, of persons, and those that every form may have.
    fn own(&self, title: &Title) -> Option<Column> {
        let tool = self.tool;
        let keys: Vec<String> = title.texts.iter().map(|t| key(t)).collect();
        let is = |words: &[&str]| keys.iter().any(|k| words.contains(&k.as_str()));
        if is(tool.respondent) {
            return Some(Column::Respondent);
        }
        if title.texts.iter().any(|t| is_personal_heading(t)) {
            return Some(Column::Personal);
        }
        if is(tool.date) {
            return Some(Column::Stamp);
        }
        let prefix = |k: &String| tool.silent_prefixes.iter().any(|p| k.starts_with(p));
        if is(tool.silent) || keys.iter().any(prefix) {
            return Some(Column::Silent);
        }
        let names = title
            .texts
            .iter()
            .map(|t| key(t.rsplit(tool.path).next().unwrap_or(t)));
        keys.iter()
            .map(|k| last_part(k).to_owned())
            .chain(names)
            .find_map(|k| common(&k).or_else(|| common(without_precision(&k))))
    }

    /// Columns that only their content or their nearness tells.
    fn uncertain(&self, title: &Title) -> Column {
        if is_personal_content(self.sheet, title.col, self.frame.data) {
            return Column::Personal;
        }
        if title.texts.iter().any(|t| is_open_question(&key(t))) {
            return Column::Open;
        }
        match self.near(title) {
            Some((e, _)) if self.context.accept_near => self.element(e),
            Some((e, score)) => {
                Column::Near(self.context.referentiel.elements[e].code.clone(), score)
            }
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
    pub(super) fn remark(
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
            let codes = r.elements.iter().map(|e| e.code.as_str());
            let near = suggest(&to.to_uppercase(), codes).listed();
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
                let codes = r.elements.iter().map(|e| e.code.as_str());
                let near = suggest(heading, codes).listed();
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

    /// Name of the correspondence in use, empty when there is none.
    pub(super) fn mapping_name(&self) -> String {
        self.mapping.map_or_else(String::new, Mapping::file_name)
    }

    /// A correspondence to read and correct, when some column was matched by its words.
    pub(super) fn proposal(&self, titles: &[Title], read: &[Column]) -> Option<Mapping> {
        if self.mapping.is_some() {
            return None;
        }
        let r = self.context.referentiel;
        let coded = |t: &Title| t.texts.iter().any(|x| element_code(x, r).is_some());
        // A table of questions that nobody knows is worth a correspondence to fill in, too.
        let mut matched = !titles.iter().any(coded);
        let columns = titles.iter().zip(read).filter_map(|(t, column)| {
            let titre = t.texts.first()?.clone();
            if coded(t) {
                return None;
            }
            let (vers, proximite, confirme) = match column {
                Column::Near(code, score) => (code.clone(), score.0, false),
                Column::Element(code, _) => {
                    let exact = t.texts.iter().any(|x| self.labels.exact(x).is_some());
                    let score = || self.near(t).map_or(1.0, |n| n.1.0);
                    (code.clone(), if exact { 1.0 } else { score() }, true)
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
        matched.then(|| Mapping {
            outil: self.tool.name.to_owned(),
            forme: self.form.clone(),
            colonnes,
            valeurs: self.foreign_words(titles, read),
        })
    }

    /// Answers that the scales do not know, at most a dozen, to translate in the correspondence.
    fn foreign_words(&self, titles: &[Title], read: &[Column]) -> Vec<Worth> {
        let r = self.context.referentiel;
        let mut words: BTreeSet<String> = BTreeSet::new();
        for (title, column) in titles.iter().zip(read) {
            let (Column::Element(code, _) | Column::Near(code, _)) = column else {
                continue;
            };
            let scale = r.element(code).map(|e| &r.scales[r.elements[e].scale]);
            let rows = self
                .sheet
                .rows
                .iter()
                .filter(|row| row.index >= self.frame.data);
            let written = rows.map(|row| row.text(title.col));
            let unknown = |w: &String| {
                // Only what can be a choice: what people wrote stays in the file.
                (1..=40).contains(&w.chars().count())
                    && !self.tool.blank.contains(&w.as_str())
                    && scale.is_some_and(|s| modality(s, w.trim_end_matches(';')).is_none())
            };
            words.extend(written.take(SEEN).filter(unknown).take(FOREIGN));
        }
        let blank = |lu: String| Worth {
            lu,
            vaut: String::new(),
            confirme: false,
        };
        words.into_iter().take(FOREIGN).map(blank).collect()
    }

    /// The correspondence that this file uses.
    pub(super) fn mapping(&self) -> Option<&'a Mapping> {
        self.mapping
    }
}

/// Most words to translate that a correspondence lists.
const FOREIGN: usize = 12;
/// Rows in which they are looked for.
const SEEN: usize = 2_000;
