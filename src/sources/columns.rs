//! What each column of a table asks: by code, by correspondence, by the tool's own headings, by
//! the wording of an élément; and what to say of the others.

use super::Context;
use super::Sheet;
use super::codes::{comment_code, element_code, last_part, looks_like_code};
use super::header::{Column, Title, key};
use super::labels::{Labels, Score};
use super::mapping::{Mapped, Mapping, shape};
use super::personal::{is_personal_content, is_personal_heading};
use super::responses::{Dialect, Frame};
use crate::diagnostics::{CellRef, Code};
use crate::text::{decimals, nearest};

/// Reads the columns of one sheet.
pub(super) struct Reader<'a> {
    sheet: &'a Sheet,
    frame: Frame,
    context: &'a Context<'a>,
    tool: &'a Dialect,
    labels: Labels<'a>,
    mapping: Option<&'a Mapping>,
    form: String,
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

    pub(super) fn column(&self, title: &Title) -> Column {
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

    /// Name of the correspondence in use, empty when there is none.
    pub(super) fn mapping_name(&self) -> String {
        self.mapping.map_or_else(String::new, Mapping::file_name)
    }

    /// A correspondence to read and correct, when some column was matched by its words.
    pub(super) fn proposal(&self, titles: &[Title]) -> Option<Mapping> {
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
