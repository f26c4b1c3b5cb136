//! A workbook (or CSV) that a team filled in → located lines, each cell as it would be kept. What
//! cannot be read is said with its cell; nothing is guessed.

use std::collections::BTreeMap;

use super::field::{ActionField, Holds};
use super::plan_layout::{BASE, COLUMNS, HEADING_ID, PlanColumn, SHEET_PLAN};
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::sheets::own_form_layout::SHEET_README;
use crate::base::sheets::{Row, Sheet, Value, Workbook};
use crate::base::text::{Suggestion, fits_a_workbook, fold, iso_date, list, suggest};
use crate::privacy::{is_a_person, names_someone};
use crate::vocabulary::config::{Observatory, Resolution};
use crate::vocabulary::referentiel::Referentiel;

/// Rows in which the headings are looked for: someone may have inserted a few.
const HEADER_DEPTH: u32 = 20;

/// A cell as it would be kept, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptCell {
    pub text: String,
    pub at: CellRef,
}

/// A line of the workbook that says something.
#[derive(Debug, Clone, Default)]
pub(super) struct Entered {
    /// Zero-based row.
    pub row: u32,
    /// Id of the action; empty on a new line.
    pub id: String,
    /// Every field that the sheet has a column for, emptied ones included.
    pub cells: BTreeMap<ActionField, KeptCell>,
}

/// What a workbook says.
#[derive(Debug, Default)]
pub(super) struct PlanSheet {
    /// Sheet that holds the actions, for places.
    pub sheet: String,
    /// Entry of the journal that the workbook was written from; empty when unknown.
    pub base: String,
    /// Lines in order.
    pub lines: Vec<Entered>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the actions of a workbook.
pub(super) fn read(book: &Workbook, observatory: &Observatory) -> PlanSheet {
    let named = book
        .sheets
        .iter()
        .find(|s| fold(&s.name) == fold(SHEET_PLAN));
    let found = named
        .into_iter()
        .chain(&book.sheets)
        .find_map(|sheet| Some((sheet, PlanColumns::find(sheet)?)));
    let Some((sheet, columns)) = found else {
        let message = "aucune feuille ne porte les titres d’un plan (Identifiant, Structure, Action, Statut).";
        let at = Location::file(&book.file);
        return PlanSheet {
            diagnostics: vec![Diagnostic::new(Code::PlanUnrecognised, at, message)],
            ..PlanSheet::default()
        };
    };
    let mut reading = PlanReading {
        book,
        sheet,
        observatory,
        diagnostics: columns.ignored(book, sheet),
    };
    let rows = sheet.rows.iter().filter(|r| r.index > columns.header);
    let lines = rows.filter_map(|row| reading.line(row, &columns)).collect();
    PlanSheet {
        sheet: sheet.name.to_string(),
        base: base(book),
        lines,
        diagnostics: reading.diagnostics,
    }
}

/// The entry of the journal named in `Lisez-moi`.
fn base(book: &Workbook) -> String {
    let readme = book.sheet(SHEET_README);
    let rows = readme.into_iter().flat_map(|s| &s.rows);
    let mut said = rows.filter(|r| fold(&r.text(0)) == fold(BASE));
    said.next().map(|r| r.text(1)).unwrap_or_default()
}

/// Where the columns stand in this sheet.
struct PlanColumns {
    header: u32,
    id: u32,
    fields: Vec<(ActionField, u32)>,
    unknown: Vec<(u32, String)>,
}

impl PlanColumns {
    fn find(sheet: &Sheet) -> Option<Self> {
        let mut rows = sheet.rows.iter().take_while(|r| r.index < HEADER_DEPTH);
        rows.find_map(Self::of)
    }

    fn of(row: &Row) -> Option<Self> {
        let mut columns = Self {
            header: row.index,
            id: u32::MAX,
            fields: Vec::new(),
            unknown: Vec::new(),
        };
        for cell in &row.cells {
            let heading = cell.value.text();
            let wanted = fold(&heading);
            let known = COLUMNS.iter().find(|(c, _)| fold(c.heading()) == wanted);
            match known.map(|k| k.0) {
                Some(PlanColumn::Field(field)) => columns.fields.push((field, cell.col)),
                Some(_) if wanted == fold(HEADING_ID) => columns.id = cell.col,
                Some(_) => {}
                None => columns.unknown.push((cell.col, heading)),
            }
        }
        let has = |field| columns.fields.iter().any(|(f, _)| *f == field);
        let whole = columns.id != u32::MAX
            && [
                ActionField::Structure,
                ActionField::Action,
                ActionField::Statut,
            ]
            .into_iter()
            .all(has);
        whole.then_some(columns)
    }

    fn ignored(&self, book: &Workbook, sheet: &Sheet) -> Vec<Diagnostic> {
        let said = self.unknown.iter().map(|(col, heading)| {
            let at = book.at(sheet, CellRef::new(self.header, *col));
            let message = format!("colonne « {heading} » ignorée.");
            Diagnostic::new(Code::ColumnIgnored, at, message)
        });
        said.collect()
    }
}

struct PlanReading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    observatory: &'a Observatory,
    diagnostics: Vec<Diagnostic>,
}

/// Why a cell cannot be kept.
struct CellRefusal {
    code: Code,
    message: String,
    remedy: Option<String>,
}

impl CellRefusal {
    fn new(code: Code, message: String) -> Self {
        Self {
            code,
            message,
            remedy: None,
        }
    }

    fn with_remedy(mut self, remedy: Option<String>) -> Self {
        self.remedy = remedy;
        self
    }
}

impl<'a> PlanReading<'a> {
    /// A line; none when it is blank.
    fn line(&mut self, row: &Row, columns: &PlanColumns) -> Option<Entered> {
        let blank = |(_, col): &(ActionField, u32)| row.get(*col).is_none();
        let id = row.text(columns.id);
        if id.is_empty() && columns.fields.iter().all(blank) {
            return None;
        }
        let referentiel = self.referentiel(row, columns);
        let mut cells = BTreeMap::new();
        for (field, col) in &columns.fields {
            let at = CellRef::new(row.index, *col);
            let kept = match row.get(*col) {
                None => Ok(String::new()),
                Some(value) => self.kept(*field, value, referentiel),
            };
            match kept {
                Ok(text) => {
                    self.screen(*field, &text, at);
                    cells.insert(*field, KeptCell { text, at });
                }
                Err(CellRefusal {
                    code,
                    message,
                    remedy,
                }) => {
                    let place = self.book.at(self.sheet, at);
                    let mut said = Diagnostic::new(code, place, message);
                    if let Some(remedy) = remedy {
                        said = said.with_remedy(remedy);
                    }
                    self.diagnostics.push(said);
                }
            }
        }
        Some(Entered {
            row: row.index,
            id,
            cells,
        })
    }

    /// The référentiel of the line's campaign, else of the latest one.
    fn referentiel(&self, row: &Row, columns: &PlanColumns) -> Option<&'a Referentiel> {
        let mut fields = columns.fields.iter();
        let column = fields.find(|(f, _)| *f == ActionField::Campagne);
        let written = column.map(|(_, col)| row.text(*col)).unwrap_or_default();
        let observatory = self.observatory;
        let campaigns = &observatory.settings.campaigns;
        let own = campaigns
            .iter()
            .find(|c| c.id.eq_ignore_ascii_case(&written));
        let campaign = own.or_else(|| campaigns.iter().max_by_key(|c| (c.debut, &c.id)))?;
        Some(observatory.referentiel(campaign))
    }

    fn kept(
        &self,
        field: ActionField,
        value: &Value,
        referentiel: Option<&Referentiel>,
    ) -> Result<String, CellRefusal> {
        let text = value.text().replace("\r\n", "\n");
        if let Value::Error(_) = value {
            let message = format!("« {text} » est une erreur de calcul, pas un texte.");
            return Err(CellRefusal::new(Code::PlanWord, message));
        }
        match field.holds() {
            Holds::Text => Ok(text),
            Holds::Date => date(value),
            Holds::Euros => euros(value),
            Holds::Word => word(field, &text),
            Holds::Structure => self.structure(&text),
            Holds::Campagne => self.campaign(&text),
            Holds::Criteres => criteres(&text, referentiel),
        }
    }

    fn structure(&self, text: &str) -> Result<String, CellRefusal> {
        let registry = &self.observatory.registry;
        match registry.resolve(text) {
            Resolution::Code(i) | Resolution::Name(i) => Ok(registry.all()[i].code.clone()),
            Resolution::Ambiguous(codes) => {
                let message = format!("« {text} » est le nom de {}.", list(&codes));
                Err(CellRefusal::new(Code::StructureAmbiguous, message))
            }
            Resolution::Unknown(near) => {
                let message = format!("« {text} » n’est pas au registre des structures.");
                Err(CellRefusal::new(Code::StructureUnknown, message).with_remedy(closest(&near)))
            }
        }
    }

    fn campaign(&self, text: &str) -> Result<String, CellRefusal> {
        let campaigns = &self.observatory.settings.campaigns;
        let found = campaigns.iter().find(|c| c.id.eq_ignore_ascii_case(text));
        found.map(|c| c.id.clone()).ok_or_else(|| {
            let known: Vec<&str> = campaigns.iter().map(|c| c.id.as_str()).collect();
            let message =
                format!("la campagne « {text} » n’est pas décrite dans observatoire.toml.");
            let remedy = format!(
                "Écrivez l’une des campagnes connues : {}.",
                known.join(", ")
            );
            CellRefusal::new(Code::PlanCampaign, message).with_remedy(Some(remedy))
        })
    }

    /// Nobody is named or reached through a plan.
    fn screen(&mut self, field: ActionField, text: &str, at: CellRef) {
        let is_function = matches!(field, ActionField::Responsable | ActionField::Appui);
        let is_person = names_someone(text) || is_function && is_a_person(text);
        if field.holds() == Holds::Text && is_person {
            let message = format!(
                "la colonne « {} » semble désigner ou joindre une personne.",
                field.heading()
            );
            let place = self.book.at(self.sheet, at);
            self.diagnostics
                .push(Diagnostic::new(Code::PlanPerson, place, message));
        }
    }
}

fn closest(near: &Suggestion) -> Option<String> {
    near.best()?;
    Some(format!(
        "{} Corrigez la cellule.",
        near.question().trim_start()
    ))
}

fn date(value: &Value) -> Result<String, CellRefusal> {
    let text = value.text();
    let day = match value {
        Value::Date(_) | Value::Text(_) => iso_date(&text),
        _ => None,
    };
    let refused = |message: String| CellRefusal::new(Code::DateUnreadable, message);
    let day = day.ok_or_else(|| refused(format!("« {text} » n’est pas une date.")))?;
    if fits_a_workbook(&day) {
        Ok(day)
    } else {
        Err(refused(format!(
            "« {text} » : une date se situe entre 1901 et 2099."
        )))
    }
}

/// « 120 », « 1 200,50 », « 300 € ».
fn euros(value: &Value) -> Result<String, CellRefusal> {
    let text = value.text();
    let number = match value {
        Value::Number(number) => Some(*number),
        Value::Text(_) => {
            let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let plain = plain.trim_end_matches('€').replace(',', ".");
            plain.parse().ok()
        }
        _ => None,
    };
    let amount = number.filter(|n: &f64| n.is_finite() && *n >= 0.0);
    amount.map(|n| n.to_string()).ok_or_else(|| {
        let remedy = "Écrivez un nombre en euros, ou laissez vide ; les précisions vont dans la colonne Appui.";
        let message = format!("« {text} » n’est pas un montant.");
        CellRefusal::new(Code::NumberUnreadable, message).with_remedy(Some(remedy.to_owned()))
    })
}

fn word(field: ActionField, text: &str) -> Result<String, CellRefusal> {
    field.word(text).map(str::to_owned).ok_or_else(|| {
        let remedy = format!("Choisissez dans la liste : {}.", field.words().join(", "));
        let heading = field.heading();
        let message = format!("« {text} » n’est pas admis dans la colonne « {heading} ».");
        CellRefusal::new(Code::PlanWord, message).with_remedy(Some(remedy))
    })
}

/// Codes separated by commas, semicolons or line breaks; a label may follow a code.
fn criteres(text: &str, referentiel: Option<&Referentiel>) -> Result<String, CellRefusal> {
    let mut codes: Vec<&str> = Vec::new();
    for part in text.split([',', ';', '\n']).map(str::trim) {
        let Some(code) = part.split_whitespace().next() else {
            continue;
        };
        let Some(r) = referentiel else { continue };
        let Some(position) = r.critere(code) else {
            let near = suggest(
                &code.to_uppercase(),
                r.criteres.iter().map(|c| c.code.as_str()),
            );
            let message = format!("le critère « {code} » n’existe pas dans le référentiel.");
            return Err(CellRefusal::new(Code::PlanCritere, message).with_remedy(closest(&near)));
        };
        let code = r.criteres[position].code.as_str();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        let read = |text: &str| euros(&Value::Text(text.to_owned())).ok();
        assert_eq!(read("1 200,50 €").as_deref(), Some("1200.5"));
        assert_eq!(read("1\u{202f}200").as_deref(), Some("1200"));
        assert_eq!(euros(&Value::Number(90.0)).ok().as_deref(), Some("90"));
        for wrong in ["-3", "un peu", "12 h", "NaN", "inf"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
