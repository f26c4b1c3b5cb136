//! The table of an attendance list, anywhere in a sheet: which columns, who sent each person, whether she came. Names,
//! e-mails, telephones and signatures are looked at here and never leave.

use super::attendance_headings::AttendanceColumn as A;
use super::attendance_marks::AttendanceMark;
use crate::base::diagnostics::{CellRef, Code, Diagnostic};
use crate::base::sheets::{Row, Sheet, Value, Workbook};
use crate::base::text::{count, fold};
use crate::convention::convention_words::{Attendance, OuiNon};
use crate::privacy::{is_personal_content, names_someone};

/// Rows in which headings are looked for: a list begins with titles, logos, a date.
const DEPTH: u32 = 40;

/// An attendance list, without anybody's name.
#[derive(Debug, Default)]
pub(in crate::convention) struct AttendanceList {
    /// Sheet that it stands in.
    pub sheet: String,
    /// What is written above the table, and the name of the sheet.
    pub above: Vec<String>,
    pub lines: Vec<AttendanceLine>,
    /// Lines of persons of no service: counted nowhere.
    pub without_service: usize,
    /// Whether any line says whether its person came.
    pub is_marked: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// A line: what sent the person, and whether she came.
#[derive(Debug, Clone)]
pub(in crate::convention) struct AttendanceLine {
    pub at: CellRef,
    pub organisation: String,
    pub service: String,
    pub function: String,
    /// None where nothing says it.
    pub standing: Option<Attendance>,
    /// Persons that the line stands for.
    pub number: f64,
    pub invited: Option<OuiNon>,
}

/// Where the columns stand.
struct ListColumns {
    header: u32,
    all: Vec<(u32, A, String)>,
}

impl ListColumns {
    /// The first row that names a service and says who came, or who was there.
    fn find(sheet: &Sheet) -> Option<Self> {
        let rows = sheet.rows.iter().take_while(|r| r.index < DEPTH);
        rows.map(|row| Self::of_row(sheet, row)).find(|columns| {
            let has =
                |wanted: &dyn Fn(A) -> bool| columns.all.iter().any(|(_, kind, _)| wanted(*kind));
            has(&|k| matches!(k, A::Organisation | A::Service))
                && has(&|k| k.tells_who_came() || k == A::Person)
        })
    }

    fn of_row(sheet: &Sheet, row: &Row) -> Self {
        let mut cols: Vec<u32> = row.cells.iter().map(|c| c.col).collect();
        // A heading merged over several columns is that of each: « Signature », matin and après-midi.
        let merged = sheet.merges.iter().filter(|m| m.first.row == row.index);
        cols.extend(merged.flat_map(|m| m.first.col..=m.last.col));
        cols.sort_unstable();
        cols.dedup();
        let named = cols.into_iter().map(|col| {
            let heading = sheet.merged_text(row.index, col);
            (col, A::of(&heading), heading)
        });
        Self {
            header: row.index,
            all: named
                .filter(|(_, _, heading)| !heading.is_empty())
                .collect(),
        }
    }

    fn of(&self, wanted: A) -> impl Iterator<Item = u32> + '_ {
        let own = self.all.iter().filter(move |(_, kind, _)| *kind == wanted);
        own.map(|(col, _, _)| *col)
    }
}

/// What a list of attendance is called, folded.
const ANNOUNCED: [&str; 3] = ["emargement", "presence", "presents"];

impl AttendanceList {
    /// Whether the sheet says itself that it is a list of attendance: its name, or a line above the table.
    pub(in crate::convention) fn is_announced(&self) -> bool {
        let said = self.above.iter().map(|text| fold(text));
        said.into_iter()
            .any(|text| ANNOUNCED.iter().any(|word| text.contains(word)))
    }
}

/// The list of a sheet; none when no table of it is one.
pub(in crate::convention) fn attendance_list(
    book: &Workbook,
    sheet: &Sheet,
) -> Option<AttendanceList> {
    let columns = ListColumns::find(sheet)?;
    let mut above = vec![sheet.name.to_string()];
    let rows = sheet.rows.iter().take_while(|r| r.index < columns.header);
    above.extend(rows.flat_map(|r| r.cells.iter().map(|c| c.value.text())));
    let mut list = AttendanceList {
        sheet: sheet.name.to_string(),
        above,
        diagnostics: dropped(book, sheet, &columns),
        ..AttendanceList::default()
    };
    let mut reading = ListReading {
        book,
        sheet,
        columns: &columns,
        section: None,
    };
    for row in sheet.rows.iter().filter(|r| r.index > columns.header) {
        reading.row(row, &mut list);
    }
    Some(list)
}

/// Columns that are not kept: what names or reaches someone is not quoted.
fn dropped(book: &Workbook, sheet: &Sheet, columns: &ListColumns) -> Vec<Diagnostic> {
    let told = columns.all.iter().filter_map(|(col, kind, heading)| {
        let at = book.at(sheet, CellRef::new(columns.header, *col));
        let rows = sheet.rows.iter().filter(|r| r.index > columns.header);
        let cells: Vec<String> = rows
            .map(|r| r.text(*col))
            .filter(|t| !t.is_empty())
            .collect();
        let is_personal = matches!(kind, A::Person | A::Signature)
            || *kind == A::Other && is_personal_content(&cells);
        match kind {
            _ if is_personal => {
                let message = if *kind == A::Signature {
                    "la signature dit qui est venu, ce qui est compté ; rien n’en est gardé."
                } else {
                    "la colonne désigne ou joint des personnes : rien n’en est gardé."
                };
                Some(Diagnostic::new(Code::PersonalColumn, at, message))
            }
            A::Other if !names_someone(heading) => {
                let message = format!("colonne « {heading} » ignorée.");
                Some(Diagnostic::new(Code::ColumnIgnored, at, message))
            }
            _ => None,
        }
    });
    told.collect()
}

struct ListReading<'a> {
    book: &'a Workbook,
    sheet: &'a Sheet,
    columns: &'a ListColumns,
    /// « Excusés : », « Présents : » above the lines that follow.
    section: Option<Attendance>,
}

impl ListReading<'_> {
    fn row(&mut self, row: &Row, list: &mut AttendanceList) {
        if let [only] = row.cells.as_slice()
            && let AttendanceMark::Word(standing) = AttendanceMark::of(Some(&only.value))
        {
            self.section = Some(standing);
            return;
        }
        let Some(mut line) = self.line(row) else {
            return;
        };
        let at = |cell| self.book.at(self.sheet, cell);
        if let Some((cell, error)) = self.broken(row) {
            let message =
                format!("« {error} » est une erreur de calcul : la ligne ne dit pas qui est venu.");
            list.diagnostics
                .push(Diagnostic::new(Code::AttendanceUnread, at(cell), message));
            return;
        }
        if fold(&line.organisation).starts_with("total") || fold(&line.service).starts_with("total")
        {
            let message = "ligne de total laissée de côté.";
            list.diagnostics
                .push(Diagnostic::new(Code::LineIgnored, at(line.at), message));
            return;
        }
        if [&line.organisation, &line.service]
            .iter()
            .any(|t| names_someone(t))
        {
            let message = "le service ou l’organisme désigne ou joint une personne.";
            list.diagnostics
                .push(Diagnostic::new(Code::SuiviPerson, at(line.at), message));
            return;
        }
        match self.standing(row) {
            Ok((standing, number)) => {
                list.is_marked |= standing.is_some();
                line.standing = standing;
                line.number = number.unwrap_or(1.0);
            }
            Err((cell, message)) => {
                list.diagnostics
                    .push(Diagnostic::new(Code::AttendanceUnread, at(cell), message));
                return;
            }
        }
        if line.organisation.is_empty() && line.service.is_empty() {
            list.without_service += 1;
        } else {
            list.lines.push(line);
        }
    }

    /// A formula that failed, or that nobody computed, where something is read: its words name no service.
    fn broken(&self, row: &Row) -> Option<(CellRef, String)> {
        let mut read = self
            .columns
            .all
            .iter()
            .filter(|(_, kind, _)| *kind != A::Other);
        read.find_map(|(col, ..)| match row.get(*col)? {
            Value::Error(error) => Some((CellRef::new(row.index, *col), error.clone())),
            _ => None,
        })
    }

    /// What sent the person; none when the row is of nobody: a second row of headings, a note under the table.
    fn line(&self, row: &Row) -> Option<AttendanceLine> {
        let text = |kind: A| {
            let mut texts = self
                .columns
                .of(kind)
                .map(|col| self.sheet.column_text(row.index, col));
            texts.find(|t| !t.is_empty()).unwrap_or_default()
        };
        let own = |kind: A| self.columns.of(kind).any(|col| row.cell(col).is_some());
        let is_someone = own(A::Person) || own(A::Organisation) || own(A::Service);
        // A note under the table stands alone in its first cell.
        let is_note = row.cells.len() == 1
            && self.columns.all.len() > 2
            && !own(A::Organisation)
            && !own(A::Service);
        if !is_someone || is_note {
            return None;
        }
        let col = self
            .columns
            .of(A::Organisation)
            .chain(self.columns.of(A::Service))
            .next();
        let invited = self
            .columns
            .of(A::Invited)
            .next()
            .map(|col| AttendanceMark::of(row.get(col)));
        Some(AttendanceLine {
            at: CellRef::new(row.index, col.unwrap_or(0)),
            organisation: text(A::Organisation),
            service: text(A::Service),
            function: text(A::Function),
            standing: None,
            number: 1.0,
            invited: invited.and_then(|mark| match mark {
                AttendanceMark::No => Some(OuiNon::Non),
                AttendanceMark::Cross => Some(OuiNon::Oui),
                _ => None,
            }),
        })
    }

    /// Whether the person of a row came, and how many the row stands for; the cell that contradicts or says nothing
    /// that is known otherwise.
    fn standing(&self, row: &Row) -> Result<(Option<Attendance>, Option<f64>), (CellRef, String)> {
        let mut number = None;
        for col in self.columns.of(A::Number) {
            number = row.get(col).and_then(counted);
        }
        for col in self.columns.of(A::Standing) {
            match AttendanceMark::of(row.get(col)) {
                AttendanceMark::Word(standing) => return Ok((Some(standing), number)),
                AttendanceMark::Blank => {}
                AttendanceMark::Cross => return Ok((Some(Attendance::Present), number)),
                AttendanceMark::No => return Ok((Some(Attendance::Absent), number)),
                AttendanceMark::Number(_) | AttendanceMark::Ink => {
                    let message = "ce mot ne dit pas si la personne est venue.".to_owned();
                    return Err((CellRef::new(row.index, col), message));
                }
            }
        }
        let crosses = [A::Present, A::Excused, A::Absent, A::Remote];
        let meaning = [
            Attendance::Present,
            Attendance::Excused,
            Attendance::Absent,
            Attendance::Remote,
        ];
        let mut ticked: Option<Attendance> = None;
        for (kind, standing) in crosses.into_iter().zip(meaning) {
            for col in self.columns.of(kind) {
                let said = match AttendanceMark::of(row.get(col)) {
                    AttendanceMark::Number(n) => {
                        number = Some(n);
                        standing
                    }
                    AttendanceMark::Cross | AttendanceMark::Ink => standing,
                    AttendanceMark::Word(word) => word,
                    AttendanceMark::Blank => continue,
                    AttendanceMark::No => {
                        if kind == A::Present {
                            ticked = ticked.or(Some(Attendance::Absent));
                        }
                        continue;
                    }
                };
                if ticked.is_some_and(|t| t != said && t != Attendance::Absent) {
                    let message = "deux cases contraires sont cochées sur la ligne.".to_owned();
                    return Err((CellRef::new(row.index, col), message));
                }
                ticked = Some(said);
            }
        }
        let signed = self.signed(row);
        let by_number = number.map(|n| {
            if n > 0.0 {
                Attendance::Present
            } else {
                Attendance::Absent
            }
        });
        Ok((ticked.or(signed).or(self.section).or(by_number), number))
    }

    /// A signature is ink; « excusé » is often written in its place.
    fn signed(&self, row: &Row) -> Option<Attendance> {
        let marks: Vec<AttendanceMark> = self
            .columns
            .of(A::Signature)
            .map(|col| AttendanceMark::of(row.get(col)))
            .collect();
        let word = marks.iter().find_map(|m| match m {
            AttendanceMark::Word(standing) => Some(*standing),
            _ => None,
        });
        if marks.iter().any(|m| m.is_made()) {
            return Some(Attendance::Present);
        }
        word
    }
}

fn counted(value: &Value) -> Option<f64> {
    let read = match value {
        Value::Number(n) => Some(*n),
        other => other.text().replace(',', ".").parse().ok(),
    };
    read.filter(|n: &f64| n.is_finite() && *n >= 0.0)
}

impl AttendanceList {
    /// What is said of persons of no service.
    pub(super) fn told_without_service(&self) -> Option<String> {
        let one = "personne sans structure ni service : comptée nulle part";
        let many = "personnes sans structure ni service : comptées nulle part";
        (self.without_service > 0).then(|| format!("{}.", count(self.without_service, one, many)))
    }
}
