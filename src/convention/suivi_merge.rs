//! The lines of one workbook against what is kept: which line each is, what it changes, what it refers to.

use std::collections::{BTreeMap, BTreeSet};

use super::column_kinds::RegisterHolds;
use super::meeting_names::MeetingNames;
use super::register_columns::SuiviField;
use super::register_columns::{FonctionsColumn, Register, RegisterColumn, TempsColumn};
use super::registers::{SuiviJournal, SuiviRecord};
use super::suivi_field::{named_record, record_name};
use super::suivi_reading::{SuiviCell, SuiviLine, SuiviSheets};
use crate::base::diagnostics::{CellRef, Code, Diagnostic, Location};
use crate::base::journal::CellMerge;
use crate::base::text::{fold, suggest};

/// Length of what tells two lines of one id apart.
const TOLD_APART: usize = 4;

/// What a workbook changes.
#[derive(Debug, Default)]
pub(super) struct SuiviMerged {
    /// Line → cells as they become.
    pub changes: BTreeMap<String, SuiviRecord>,
    pub created: Vec<String>,
    pub changed: Vec<String>,
    pub diagnostics: Vec<Diagnostic>,
}

/// One workbook being merged.
pub(super) struct SuiviMerging<'a> {
    journal: &'a SuiviJournal,
    /// State that the workbook was written from.
    base: Option<BTreeMap<String, SuiviRecord>>,
    file: &'a str,
    seen: BTreeSet<String>,
    /// Lines that this workbook calls by their id.
    called: BTreeSet<String>,
    /// Last rank given, by register.
    ranks: BTreeMap<Register, usize>,
    merged: SuiviMerged,
}

/// Merges the lines of a workbook.
pub(super) fn merge(journal: &SuiviJournal, sheets: &SuiviSheets, file: &str) -> SuiviMerged {
    let mut merging = SuiviMerging {
        journal,
        base: journal.state_of(&sheets.base),
        file,
        seen: BTreeSet::new(),
        called: BTreeSet::new(),
        ranks: BTreeMap::new(),
        merged: SuiviMerged::default(),
    };
    let called = sheets.lines.iter().filter(|line| !line.id.is_empty());
    merging.called = called.filter_map(|line| merging.kept_as(line)).collect();
    // Meetings first: what is said of them names them, whatever the order of the sheets.
    let (meetings, others): (Vec<&SuiviLine>, Vec<&SuiviLine>) = sheets
        .lines
        .iter()
        .partition(|l| l.register == Register::Temps);
    for line in meetings {
        merging.line(line, None);
    }
    let names = MeetingNames::of(&merging.whole());
    for line in others {
        merging.line(line, Some(&names));
    }
    merging.functions(&sheets.lines);
    merging.merged
}

impl SuiviMerging<'_> {
    fn tell(
        &mut self,
        code: Code,
        line: &SuiviLine,
        at: CellRef,
        message: String,
    ) -> &mut Diagnostic {
        let place = Location::cell(self.file, &line.sheet, at);
        let told = &mut self.merged.diagnostics;
        told.push(Diagnostic::new(code, place, message));
        let last = told.len() - 1;
        &mut told[last]
    }

    /// What is kept once this workbook is in.
    fn whole(&self) -> BTreeMap<String, SuiviRecord> {
        let mut whole = self.journal.records.clone();
        for (name, cells) in &self.merged.changes {
            whole.entry(name.clone()).or_default().extend(cells.clone());
        }
        whole
    }

    /// One line: one that exists, one that is recognised, or a new one.
    fn line(&mut self, line: &SuiviLine, names: Option<&MeetingNames>) {
        let cells = self.resolved(line, names);
        let at = CellRef::new(line.row, line.id_column);
        if line.id.is_empty() {
            match self.twin(line, &cells) {
                Some(name) => {
                    self.tell(
                        Code::SuiviRecognised,
                        line,
                        at,
                        format!("ligne reconnue : {name}."),
                    );
                    self.known(&name, line, &cells);
                }
                None => self.created(line, &cells, None),
            }
            return;
        }
        let known = self.kept_as(line);
        let names = self.journal.records.keys();
        match known {
            Some(name) if self.is_someone_elses(&name, line, &cells) => {
                let message = format!(
                    "« {} » a été donné à une autre ligne de « {} » depuis que ce classeur a été exporté.",
                    line.id,
                    line.register.sheet()
                );
                self.tell(Code::SuiviCodeTaken, line, at, message);
            }
            Some(name) => self.known(&name, line, &cells),
            None if line.register.has_own_codes() => self.created(line, &cells, Some(&line.id)),
            None => {
                let prefix = format!("{} ", line.register.sheet());
                let ids = names.filter_map(|k| k.strip_prefix(&prefix));
                let near = suggest(&line.id, ids).clause();
                let message = format!(
                    "« {} » n’existe pas dans « {} »{near}.",
                    line.id,
                    line.register.sheet()
                );
                self.tell(Code::SuiviRowUnknown, line, at, message);
            }
        }
    }

    /// The cells of a line, meetings named by their ids.
    fn resolved(
        &mut self,
        line: &SuiviLine,
        names: Option<&MeetingNames>,
    ) -> BTreeMap<SuiviField, SuiviCell> {
        let mut cells = line.cells.clone();
        let Some(names) = names else {
            return cells;
        };
        for (field, cell) in &mut cells {
            if field.spec().holds != RegisterHolds::Temps || cell.text.is_empty() {
                continue;
            }
            let meant = self.meant(&record_name(Register::Temps, &cell.text));
            let own = meant.and_then(|name| named_record(&name).map(|(_, id)| id.to_owned()));
            match own.map_or_else(|| names.id(&cell.text), Ok) {
                Ok(id) => cell.text = id,
                Err(refused) => {
                    let told = self.tell(refused.code, line, cell.at, refused.message);
                    if let Some(remedy) = refused.remedy {
                        told.remedy = remedy.into();
                    }
                }
            }
        }
        cells
    }

    /// The name under which a line that says its id is kept. Where two machines gave that id at once, what this
    /// workbook was written from says which of the two it means.
    fn kept_as(&self, line: &SuiviLine) -> Option<String> {
        let wanted = record_name(line.register, &line.id);
        let mut known = self.journal.records.keys();
        let meant = self.meant(&wanted);
        meant.or_else(|| known.find(|name| fold(name) == fold(&wanted)).cloned())
    }

    /// The line that a name means where it is another one now: this workbook was written where it had it alone.
    fn meant(&self, wanted: &str) -> Option<String> {
        let told_apart = |name: &&String| {
            let end = name.strip_prefix(wanted).and_then(|e| e.strip_prefix('-'));
            end.is_some_and(|end| end.len() == TOLD_APART)
        };
        let base = self.base.as_ref()?;
        let is_itself = base.keys().any(|name| fold(name) == fold(wanted));
        let mut names = base.keys().filter(|_| !is_itself);
        names.find(told_apart).cloned()
    }

    /// Whether a line was there for nobody when this workbook was written, and is another one now.
    fn is_someone_elses(
        &self,
        name: &str,
        line: &SuiviLine,
        cells: &BTreeMap<SuiviField, SuiviCell>,
    ) -> bool {
        let is_since = self
            .base
            .as_ref()
            .is_some_and(|base| !base.contains_key(name));
        let record = &self.journal.records[name];
        is_since && !record.is_empty() && !says_the_same(line.register, record, cells)
    }

    /// The line that one without id already is: what tells it from all others is the same.
    fn twin(&self, line: &SuiviLine, cells: &BTreeMap<SuiviField, SuiviCell>) -> Option<String> {
        let prefix = format!("{} ", line.register.sheet());
        let mut own = self
            .journal
            .records
            .iter()
            .filter(|(name, _)| name.starts_with(&prefix) && !self.called.contains(*name));
        let twin = own.find(|(name, record)| {
            !self.seen.contains(*name)
                && !record.is_empty()
                && says_the_same(line.register, record, cells)
        });
        twin.map(|(name, _)| name.clone())
    }

    fn known(&mut self, name: &str, line: &SuiviLine, cells: &BTreeMap<SuiviField, SuiviCell>) {
        let at = CellRef::new(line.row, line.id_column);
        if !self.seen.insert(name.to_owned()) {
            self.tell(
                Code::SuiviRowTwice,
                line,
                at,
                format!("{name} est déjà plus haut dans la feuille."),
            );
            return;
        }
        let is_gone = self.journal.records[name].is_empty();
        let changes = self.changes(name, line, cells);
        if is_gone && !changes.is_empty() {
            let message =
                format!("{name} a été retirée du suivi depuis que ce classeur a été exporté.");
            let told = self.tell(Code::SuiviRowUnknown, line, at, message);
            told.remedy =
                "Pour la remettre, effacez son identifiant : elle entrera comme une ligne nouvelle. Sinon, retirez-la de ce classeur."
                    .into();
            return;
        }
        let mut whole = self.journal.records[name].clone();
        whole.extend(changes.clone());
        whole.retain(|_, text| !text.is_empty());
        if whole.is_empty() && !changes.is_empty() {
            let message = format!("{name} : toutes ses cases sont vides, elle ne compte plus.");
            self.tell(Code::SuiviRowRemoved, line, at, message);
        } else if !whole.is_empty() {
            self.complete(line, cells, &whole);
        }
        if !changes.is_empty() {
            self.merged.changed.push(name.to_owned());
            self.merged.changes.insert(name.to_owned(), changes);
        }
    }

    /// The cells of a known line that this workbook changes.
    fn changes(
        &mut self,
        name: &str,
        line: &SuiviLine,
        cells: &BTreeMap<SuiviField, SuiviCell>,
    ) -> SuiviRecord {
        let current = self.journal.records[name].clone();
        let based = self.base.as_ref().and_then(|b| b.get(name)).cloned();
        let has_base = self.base.is_some();
        let mut changes = SuiviRecord::new();
        for (field, written) in cells {
            let held = |record: &SuiviRecord| record.get(field).cloned().unwrap_or_default();
            let now = held(&current);
            let base = based
                .as_ref()
                .map(held)
                .or_else(|| has_base.then(String::new));
            match CellMerge::of(base.as_deref(), &now, &written.text) {
                CellMerge::Untouched => continue,
                CellMerge::Changed => {}
                // What the line says of more is no one's loss.
                CellMerge::Replaces if base.is_none() && now.is_empty() => {}
                CellMerge::Replaces if base.is_none() && written.text.is_empty() => {
                    let message = format!(
                        "{name}, « {} » : vide dans ce classeur, dont on ne sait pas de quel export il vient ; « {now} » reste.",
                        field.spec().heading
                    );
                    self.tell(Code::SuiviEmptied, line, written.at, message);
                    continue;
                }
                CellMerge::Replaces => {
                    let whence = if base.is_some() {
                        "depuis un autre import"
                    } else {
                        "et l’on ne sait pas de quel export vient ce classeur"
                    };
                    let message = format!(
                        "{name}, « {} » : valait « {now} » {whence} ; « {} » le remplace.",
                        field.spec().heading,
                        written.text
                    );
                    self.tell(Code::SuiviMeanwhile, line, written.at, message);
                }
            }
            changes.insert(*field, written.text.clone());
        }
        changes
    }

    fn created(
        &mut self,
        line: &SuiviLine,
        cells: &BTreeMap<SuiviField, SuiviCell>,
        code: Option<&str>,
    ) {
        let filled = cells.iter().filter(|(_, c)| !c.text.is_empty());
        let record: SuiviRecord = filled.map(|(f, c)| (*f, c.text.clone())).collect();
        self.complete(line, cells, &record);
        let id = code.map_or_else(|| self.next(line.register), str::to_owned);
        let name = record_name(line.register, &id);
        let twice = self
            .merged
            .changes
            .keys()
            .any(|k| k.eq_ignore_ascii_case(&name));
        if twice {
            let at = CellRef::new(line.row, line.id_column);
            self.tell(
                Code::SuiviRowTwice,
                line,
                at,
                format!("{name} est déjà plus haut dans la feuille."),
            );
            return;
        }
        self.merged.created.push(name.clone());
        self.merged.changes.insert(name, record);
    }

    /// The next id of a register that nothing ever bore.
    fn next(&mut self, register: Register) -> String {
        let lead = format!("{} {}-", register.sheet(), register.prefix());
        let rank = |name: &String| {
            let rest = name.strip_prefix(&lead)?;
            rest.split('-').next()?.parse::<usize>().ok()
        };
        let known = self
            .journal
            .records
            .keys()
            .filter_map(rank)
            .max()
            .unwrap_or(0);
        let last = self.ranks.entry(register).or_insert(known);
        *last += 1;
        register.id(*last)
    }

    /// What a line cannot do without.
    fn complete(
        &mut self,
        line: &SuiviLine,
        cells: &BTreeMap<SuiviField, SuiviCell>,
        whole: &SuiviRecord,
    ) {
        for field in SuiviField::all(line.register) {
            let is_missing = field.spec().needed && !whole.contains_key(&field);
            if is_missing && !line.refused.contains(&field) {
                let at = cells
                    .get(&field)
                    .map_or(CellRef::new(line.row, 0), |c| c.at);
                let message = format!("la colonne « {} » est vide.", field.spec().heading);
                self.tell(Code::SuiviIncomplete, line, at, message);
            }
        }
    }

    /// Functions that lead a meeting are those of the register, where there is one.
    fn functions(&mut self, lines: &[SuiviLine]) {
        let title = FonctionsColumn::Intitule.field();
        let mut known: BTreeSet<String> = BTreeSet::new();
        for (name, record) in self.whole() {
            if let Some(code) = name.strip_prefix("Fonctions ") {
                known.insert(fold(code));
                known.extend(record.get(&title).map(|t| fold(t)));
            }
        }
        let led = TempsColumn::AnimePar.field();
        for line in lines {
            let Some(cell) = line.cells.get(&led) else {
                continue;
            };
            for part in super::registers::listed(&cell.text) {
                if !known.contains(&fold(part)) {
                    let message = format!("« {part} » n’est pas dans la feuille « Fonctions ».");
                    self.tell(Code::SuiviFunctionUnknown, line, cell.at, message);
                }
            }
        }
    }
}

/// Whether what tells a line from all others of its register is the same; a line that says none of it is like no other.
fn says_the_same(
    register: Register,
    record: &SuiviRecord,
    cells: &BTreeMap<SuiviField, SuiviCell>,
) -> bool {
    let written = |field: &SuiviField| cells.get(field).map_or("", |cell| cell.text.as_str());
    let held = |field: &SuiviField| record.get(field).map_or("", String::as_str);
    let identity = register.identity();
    identity.iter().all(|f| fold(written(f)) == fold(held(f)))
        && identity.iter().any(|f| !written(f).is_empty())
}
