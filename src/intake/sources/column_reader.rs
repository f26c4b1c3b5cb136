//! What each column of a table asks: by code, by correspondence, by the tool's own headings, by
//! the wording of an élément; and what to say of the others.

use super::cell_fate::is_total_line;
use super::closed_questions::refusal;
use super::column_role::ColumnRole;
use super::correspondence::{Correspondence, IGNORED, OWN_QUESTION_ROLE, shape};
use super::dialect::{Dialect, TableFrame};
use super::element_codes::{comment_code, contradicted, element_code, last_part, looks_like_code};
use super::grid::is_comment_heading;
use super::heading::{comment_stem, is_other, without_precision};
use super::labels::{DENIED, Labels, Proximity};
use super::personal::{is_personal_content, is_personal_heading};
use super::titles::{ColumnTitle, key};
use super::usual_headings::{common, cuts, is_open_question, is_profile, modality};
use super::{form_fields, practice_columns};
use crate::base::diagnostics::{CellRef, Code};
use crate::base::sheets::{Sheet, Value};
use crate::base::text::{decimals, iso_date, iso_date_month_first, short, suggest};
use crate::intake::sources::source::Context;
use crate::vocabulary::referentiel::SourceCode;

/// Something to say of a column.
pub(super) struct ColumnRemark {
    pub code: Code,
    pub message: String,
}

impl ColumnRemark {
    fn new(code: Code, message: String) -> Self {
        Self { code, message }
    }
}

/// Reads the columns of one sheet.
pub(super) struct ColumnReader<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) frame: TableFrame,
    pub(super) context: &'a Context<'a>,
    pub(super) tool: &'a Dialect,
    pub(super) labels: Labels<'a>,
    pub(super) mapping: Option<&'a Correspondence>,
    pub(super) form: String,
    /// Whether some column carries the code of an élément.
    pub(super) is_coded: bool,
    /// Whether the columns are those of an observation.
    observed: bool,
}

impl<'a> ColumnReader<'a> {
    pub(super) fn new(
        sheet: &'a Sheet,
        frame: TableFrame,
        context: &'a Context<'a>,
        tool: &'a Dialect,
        titles: &[ColumnTitle],
    ) -> Self {
        let form = shape(titles.iter().filter_map(ColumnTitle::name));
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
            is_coded: (titles.iter().flat_map(|t| &t.texts))
                .any(|text| element_code(text, context.referentiel).is_some()),
            observed: source == Some(SourceCode::Obs),
        }
    }

    pub(super) fn column(&self, title: &ColumnTitle) -> ColumnRole {
        if title.texts().any(|text| self.context.names_out(text)) {
            return ColumnRole::LeftOut;
        }
        if let Some(found) = self.mapped(title) {
            return found;
        }
        let shared = || practice_columns::column(title, self.context.referentiel);
        if let Some(found) = self.observed.then(shared).flatten() {
            return found;
        }
        if let Some(found) = form_fields::column(title, self.context.referentiel) {
            return found;
        }
        if title.texts.iter().any(|t| is_other(t)) {
            return ColumnRole::Personal;
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
            return ColumnRole::Part(element.code.clone(), element.source);
        }
        self.uncertain(title)
    }

    fn element(&self, e: usize) -> ColumnRole {
        let element = &self.context.referentiel.elements[e];
        ColumnRole::Element(element.code.clone(), element.source)
    }

    /// Comments, choices and answers, by the code that the heading carries; comments and choices
    /// by the wording of an élément, too.
    fn coded(&self, title: &ColumnTitle) -> Option<ColumnRole> {
        let r = self.context.referentiel;
        let worded = |t: &String| self.labels.exact(&comment_stem(t)?);
        let comment = title.texts.iter().find_map(|t| comment_code(t, r));
        if let Some(c) = comment.or_else(|| title.texts.iter().find_map(worded)) {
            return Some(ColumnRole::Comment(r.elements[c].code.clone()));
        }
        if let Some(choice) = self.choice(title) {
            return Some(choice);
        }
        let e = title.texts.iter().find_map(|t| element_code(t, r))?;
        Some(self.element(e))
    }

    /// One column per modality: `REL1FAM1/3`, « question [Plutôt d’accord] », the modality under
    /// the question.
    fn choice(&self, title: &ColumnTitle) -> Option<ColumnRole> {
        let r = self.context.referentiel;
        let whole = |t: &&String| self.labels.exact(t).is_none();
        let cut = title.texts.iter().filter(whole).flat_map(|t| cuts(t));
        let block = title.block.as_ref();
        let pair = block.map(|b| (b.question.as_str(), b.line.as_str()));
        pair.into_iter().chain(cut).find_map(|(stem, tail)| {
            let e = element_code(stem, r).or_else(|| self.labels.exact(stem))?;
            let element = &r.elements[e];
            let code = modality(&r.scales[element.scale], tail)?;
            Some(ColumnRole::Choice(
                element.code.clone(),
                element.source,
                code,
            ))
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
    fn own(&self, title: &ColumnTitle) -> Option<ColumnRole> {
        let tool = self.tool;
        let keys: Vec<String> = title.texts.iter().map(|t| key(t)).collect();
        let is = |words: &[&str]| keys.iter().any(|k| words.contains(&k.as_str()));
        if is(tool.respondent) {
            return Some(ColumnRole::Respondent);
        }
        if title
            .texts
            .iter()
            .any(|t| self.context.referentiel.is_filter(t))
        {
            return Some(ColumnRole::Profile);
        }
        if title.texts.iter().any(|t| is_personal_heading(t)) {
            return Some(ColumnRole::Personal);
        }
        if is(tool.date) {
            return Some(ColumnRole::Stamp);
        }
        let prefix = |k: &String| tool.silent_prefixes.iter().any(|p| k.starts_with(p));
        if is(tool.silent) || keys.iter().any(prefix) {
            return Some(ColumnRole::Silent);
        }
        let names = title
            .texts
            .iter()
            .map(|t| key(t.rsplit(tool.path).next().unwrap_or(t)));
        let found = keys
            .iter()
            .map(|k| last_part(k).to_owned())
            .chain(names)
            .find_map(|k| common(&k).or_else(|| common(without_precision(&k))));
        // A column of notes that was renamed « Date » holds no date.
        let doubtful = found == Some(ColumnRole::Date) && self.holds_no_date(title);
        found.filter(|_| !doubtful)
    }

    /// Columns that only their content or their nearness tells.
    fn uncertain(&self, title: &ColumnTitle) -> ColumnRole {
        if is_personal_content(self.sheet, title.col, self.frame.data) {
            return ColumnRole::Personal;
        }
        if title.texts.iter().any(|t| is_profile(&key(t))) {
            return ColumnRole::Profile;
        }
        if title.texts.iter().any(|t| is_open_question(&key(t))) {
            // What holds nothing but notes is no words, whatever its heading.
            return if self.holds_notes(title) {
                ColumnRole::Ignored
            } else {
                ColumnRole::Open
            };
        }
        match self.near(title) {
            Some((e, _)) if self.context.accept_near && !self.denies(title, e) => self.element(e),
            Some((e, score)) => {
                ColumnRole::Near(self.context.referentiel.elements[e].code.clone(), score)
            }
            None => ColumnRole::Ignored,
        }
    }

    /// « Remarques » after each question, as tables repeat it: words on the question just before.
    pub(super) fn remarks_beside(&self, titles: &[ColumnTitle], roles: &mut [ColumnRole]) {
        // « Remarques », « Commentaires 2 »: a longer heading says what it is about.
        let bare = |title: &ColumnTitle| {
            let mut keys = title.texts.iter().map(|t| key(t));
            keys.any(|k| {
                let word = k.trim_end_matches(|c: char| !c.is_alphabetic());
                !word.contains(' ') && is_comment_heading(word)
            })
        };
        let beside = |at: usize| {
            let (before, here) = (titles.get(at.checked_sub(1)?)?, &titles[at]);
            let is_free = matches!(roles[at], ColumnRole::Open | ColumnRole::Ignored);
            let follows = before.col + 1 == here.col && is_free && bare(here);
            match &roles[at - 1] {
                ColumnRole::Element(code, _) if follows && !self.holds_notes(here) => {
                    Some((at, code.clone()))
                }
                _ => None,
            }
        };
        // A single one, at the end, is about the whole.
        let found: Vec<(usize, String)> = (0..titles.len()).filter_map(beside).collect();
        if found.len() > 1 {
            for (at, code) in found {
                roles[at] = ColumnRole::Comment(code);
            }
        }
    }

    /// What a column holds.
    fn written(&self, title: &ColumnTitle) -> impl Iterator<Item = String> {
        let below = self
            .sheet
            .rows
            .iter()
            .filter(|r| r.index >= self.frame.data);
        below.filter_map(move |r| r.get(title.col).map(Value::text))
    }

    /// Whether a column holds figures alone.
    fn holds_notes(&self, title: &ColumnTitle) -> bool {
        let mut any = false;
        let all = self.written(title).all(|text| {
            any = true;
            text.chars().count() <= 3 && text.chars().any(|c| c.is_ascii_digit())
        });
        any && all
    }

    /// Whether a column holds something, and no date at all.
    fn holds_no_date(&self, title: &ColumnTitle) -> bool {
        let mut any = false;
        let none = self.written(title).all(|text| {
            any = true;
            iso_date(&text)
                .or_else(|| iso_date_month_first(&text))
                .is_none()
        });
        any && none
    }

    /// What the correspondence says of a column.
    fn mapped(&self, title: &ColumnTitle) -> Option<ColumnRole> {
        let to = title.texts.iter().find_map(|t| self.mapping?.target(t))?;
        let r = self.context.referentiel;
        if let Some(e) = r.element(to) {
            return Some(ColumnRole::Element(
                r.elements[e].code.clone(),
                r.elements[e].source,
            ));
        }
        Some(match to {
            "structure" => ColumnRole::Structure,
            "repondant" => ColumnRole::Respondent,
            "date" => ColumnRole::Date,
            "visite" => ColumnRole::Visit,
            "observateur" => ColumnRole::Observer,
            "second_codeur" => ColumnRole::SecondCoder,
            "libre" => ColumnRole::Open,
            OWN_QUESTION_ROLE => self.own_question(title),
            IGNORED => ColumnRole::LeftOut,
            _ => ColumnRole::Ignored,
        })
    }

    /// A question outside the référentiel: whoever said so, what points at persons is none.
    fn own_question(&self, title: &ColumnTitle) -> ColumnRole {
        let names = title.texts.iter().any(|t| is_personal_heading(t));
        if names || is_personal_content(self.sheet, title.col, self.frame.data) {
            return ColumnRole::Personal;
        }
        let agreed = title.texts.iter().find_map(|t| self.mapping?.agreed(t));
        let answers = agreed
            .map(|column| column.answers.clone())
            .unwrap_or_default();
        let cells = self.answer_cells(title);
        match refusal(&answers, cells.iter().map(String::as_str)) {
            Some(why) => ColumnRole::OwnRefused(why),
            None => ColumnRole::OwnQuestion(answers),
        }
    }

    /// What people answered in a column, the tool's words for nothing and lines of totals aside.
    pub(super) fn answer_cells(&self, title: &ColumnTitle) -> Vec<String> {
        let rows = self.sheet.rows.iter();
        let below = rows.filter(|row| row.index >= self.frame.data && !is_total_line(row));
        let written = below.map(|row| row.text(title.col));
        let blank = |text: &String| text.is_empty() || self.tool.blank.contains(&text.as_str());
        written.filter(|text| !blank(text)).collect()
    }

    pub(super) fn near(&self, title: &ColumnTitle) -> Option<(usize, Proximity)> {
        let found = title.texts.iter().filter_map(|t| self.labels.near(t));
        found.max_by_key(|f| f.1)
    }

    /// What to say of a column; `twin` is a column before it that holds the same.
    pub(super) fn remark(
        &self,
        title: &ColumnTitle,
        role: &ColumnRole,
        twin: Option<u32>,
    ) -> Option<ColumnRemark> {
        let heading = title.name().unwrap_or("");
        let shown = short(heading, 60);
        let r = self.context.referentiel;
        match (role, twin) {
            (ColumnRole::Ignored, _) => self.astray(title, heading, &shown),
            (ColumnRole::OwnRefused(why), _) => {
                let message =
                    format!("« {shown} » ne se lit pas comme une question fermée : {why}.");
                Some(ColumnRemark::new(Code::OwnQuestionRefused, message))
            }
            (ColumnRole::Element(code, _), Some(first)) => {
                let first = CellRef::new(self.frame.header.last, first);
                let message = format!("« {code} » est déjà en {first}.");
                Some(ColumnRemark::new(Code::ElementTwice, message))
            }
            (ColumnRole::Element(code, _), None) if self.other_words(title, code).is_some() => {
                let other = self.other_words(title, code)?;
                let message = contradicted(code, &r.elements[other]);
                Some(ColumnRemark::new(Code::CodeAgainstWords, message))
            }
            (ColumnRole::Element(code, _), None) if self.assumed(title) => {
                let message = format!("« {shown} » lue comme {code}.");
                Some(ColumnRemark::new(Code::LabelAssumed, message))
            }
            (ColumnRole::Near(code, proximity), _) => {
                let element = r.element(code);
                let label = element.map_or("", |e| r.elements[e].label.as_str());
                let denies = element.is_some_and(|e| self.denies(title, e));
                let message = format!(
                    "« {shown} » ressemble à {code} « {label} » (ressemblance {} %){}.",
                    decimals(100.0 * proximity.0, 0),
                    if denies { DENIED } else { "" }
                );
                Some(ColumnRemark::new(Code::LabelToConfirm, message))
            }
            (ColumnRole::Profile, _) => {
                let message = format!(
                    "colonne « {shown} » écartée : le profil des répondants n’est pas conservé."
                );
                Some(ColumnRemark::new(Code::ColumnIgnored, message))
            }
            (ColumnRole::Personal, _) => {
                let message =
                    format!("colonne « {shown} » écartée : elle peut désigner une personne.");
                Some(ColumnRemark::new(Code::PersonalColumn, message))
            }
            _ => None,
        }
    }

    /// What to say of a correspondence or of a code that leads nowhere; a heading like any other, that
    /// nobody understands, is told by the ledger of cells.
    fn astray(&self, title: &ColumnTitle, heading: &str, shown: &str) -> Option<ColumnRemark> {
        let r = self.context.referentiel;
        let version = &r.version;
        let codes = r.elements.iter().map(|e| e.code.as_str());
        if let Some(to) = title.texts().find_map(|t| self.mapping?.target(t)) {
            let near = suggest(&to.to_uppercase(), codes).code_sentence();
            let message = format!(
                "la correspondance mène « {shown} » vers « {to} », qui n’est pas un élément du référentiel {version}.{near}"
            );
            return Some(ColumnRemark::new(Code::ElementUnknown, message));
        }
        if looks_like_code(heading) {
            let near = suggest(heading, codes).code_sentence();
            let message =
                format!("l’élément « {shown} » n’existe pas dans le référentiel {version}.{near}");
            return Some(ColumnRemark::new(Code::ElementUnknown, message));
        }
        None
    }

    /// The élément whose words a title bears beside the code of another; a person may have said which.
    fn other_words(&self, title: &ColumnTitle, code: &str) -> Option<usize> {
        let is_said = self.mapped(title).is_some();
        let mut texts = title.texts().filter(|_| !is_said);
        texts.find_map(|text| self.labels.other_words(text, code))
    }

    /// Whether a title denies what the élément that it resembles says.
    fn denies(&self, title: &ColumnTitle, element: usize) -> bool {
        title
            .name()
            .is_some_and(|name| self.labels.denies(name, element))
    }

    /// Whether a column was read by nearness alone.
    fn assumed(&self, title: &ColumnTitle) -> bool {
        let r = self.context.referentiel;
        let known = |t: &String| element_code(t, r).is_some() || self.labels.exact(t).is_some();
        self.context.accept_near && self.mapped(title).is_none() && !title.texts.iter().any(known)
    }

    /// Name of the correspondence in use, empty when there is none.
    pub(super) fn mapping_name(&self) -> String {
        self.mapping
            .map_or_else(String::new, Correspondence::file_name)
    }

    /// The correspondence that this file uses.
    pub(super) fn mapping(&self) -> Option<&'a Correspondence> {
        self.mapping
    }
}
