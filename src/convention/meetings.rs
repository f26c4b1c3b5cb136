//! Meetings with who came, as calculations read them: a service counts once per meeting, however many lines name it.

use std::collections::{BTreeMap, HashMap};

use super::convention_words::{
    Attendance, ClosedWord, FunctionNature, OuiNon, PartnerKind, TempsKind,
};
use super::register_columns::{
    FonctionsColumn, PartenairesColumn, PresencesColumn, Register, RegisterColumn, TempsColumn,
};
use super::registers::{RegisterRow, Registers};
use crate::base::day::Day;
use crate::base::text::fold;

/// A service at a meeting.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SeenService {
    /// As it is written.
    pub organisation: String,
    pub service: String,
    /// Kind of its organisation, when it is in `Partenaires`.
    pub kind: Option<PartnerKind>,
    pub is_invited: bool,
    pub is_present: bool,
    pub is_excused: bool,
    /// Persons that it sent.
    pub persons: f64,
    /// Ids of its functions that came, as `Fonctions` has them.
    pub functions: Vec<String>,
    /// Those that its lines name, came or not.
    pub named: Vec<String>,
}

impl SeenService {
    /// « Commune de Val-Fictif, service enfance ».
    pub(super) fn name(&self) -> String {
        if self.service.is_empty() {
            self.organisation.clone()
        } else {
            format!("{}, {}", self.organisation, self.service)
        }
    }
}

/// A meeting that has a date.
#[derive(Debug, Clone)]
pub(super) struct Meeting<'a> {
    pub row: &'a RegisterRow,
    pub date: Day,
    pub kind: Option<TempsKind>,
    /// By organisation and service.
    pub services: Vec<SeenService>,
}

impl Meeting<'_> {
    /// The place of a service at this meeting: « T-007·cdc·service enfance ».
    pub(super) fn seat(&self, service: &SeenService) -> String {
        let id = &self.row.id;
        format!(
            "{id}·{}·{}",
            fold(&service.organisation),
            fold(&service.service)
        )
    }

    /// « 12/05/2026, groupe de travail, « Passerelles » ».
    pub(super) fn told(&self) -> String {
        let kind = self.kind.map_or("temps", ClosedWord::label);
        let title = self.row.text(TempsColumn::Intitule);
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(", «\u{a0}{title}\u{a0}»")
        };
        format!("{}, {kind}{title}", self.date.short())
    }
}

/// Meetings, partners and functions of the registers.
pub(crate) struct MeetingTable<'a> {
    pub(super) meetings: Vec<Meeting<'a>>,
    registers: &'a Registers,
    partners: RowsByName<'a>,
    functions: RowsByName<'a>,
}

/// The first row that bears a name or a code, whatever its case and accents.
struct RowsByName<'a>(HashMap<String, &'a RegisterRow>);

impl<'a> RowsByName<'a> {
    fn of(rows: &'a [RegisterRow], column: impl RegisterColumn) -> Self {
        let mut named = HashMap::new();
        for row in rows {
            for name in [row.id.as_str(), row.text(column)] {
                named.entry(fold(name)).or_insert(row);
            }
        }
        Self(named)
    }

    fn get(&self, name: &str) -> Option<&'a RegisterRow> {
        self.0.get(&fold(name)).copied()
    }
}

impl<'a> MeetingTable<'a> {
    pub(crate) fn of(registers: &'a Registers) -> Self {
        let mut seen: BTreeMap<&str, Vec<&RegisterRow>> = BTreeMap::new();
        for row in registers.rows(Register::Presences) {
            seen.entry(row.text(PresencesColumn::Temps))
                .or_default()
                .push(row);
        }
        let mut table = Self {
            meetings: Vec::new(),
            registers,
            partners: RowsByName::of(
                registers.rows(Register::Partenaires),
                PartenairesColumn::Nom,
            ),
            functions: RowsByName::of(
                registers.rows(Register::Fonctions),
                FonctionsColumn::Intitule,
            ),
        };
        for row in registers.rows(Register::Temps) {
            let Some(date) = row.day(TempsColumn::Date) else {
                continue;
            };
            let own = seen.get(row.id.as_str()).map_or(&[][..], Vec::as_slice);
            let services = table.services(own);
            table.meetings.push(Meeting {
                row,
                date,
                kind: row.word(TempsColumn::Type),
                services,
            });
        }
        table
            .meetings
            .sort_by(|a, b| (a.date, &a.row.id).cmp(&(b.date, &b.row.id)));
        table
    }

    fn services(&self, rows: &[&RegisterRow]) -> Vec<SeenService> {
        let mut services: BTreeMap<(String, String), SeenService> = BTreeMap::new();
        for row in rows {
            let organisation = row.text(PresencesColumn::Organisme);
            let service = row.text(PresencesColumn::Service);
            let key = (fold(organisation), fold(service));
            let seen = services.entry(key).or_insert_with(|| SeenService {
                organisation: organisation.to_owned(),
                service: service.to_owned(),
                kind: self.partner_kind(organisation),
                is_invited: false,
                is_present: false,
                is_excused: false,
                persons: 0.0,
                functions: Vec::new(),
                named: Vec::new(),
            });
            let came = has_come(row);
            seen.is_invited |= row.word(PresencesColumn::Invite) != Some(OuiNon::Non);
            seen.is_present |= came;
            seen.is_excused |= row.word(PresencesColumn::Statut) == Some(Attendance::Excused);
            let function = self.function(row.text(PresencesColumn::Fonction));
            seen.named.extend(function.map(|f| f.id.clone()));
            if came {
                seen.persons += row.number(PresencesColumn::Nombre).unwrap_or(1.0);
                seen.functions.extend(function.map(|f| f.id.clone()));
            }
        }
        services.into_values().collect()
    }

    /// Kind of an organisation, named by its code or its name.
    pub(super) fn partner_kind(&self, organisation: &str) -> Option<PartnerKind> {
        self.partners
            .get(organisation)?
            .word(PartenairesColumn::Type)
    }

    /// A function, named by its code or its title.
    pub(super) fn function(&self, name: &str) -> Option<&'a RegisterRow> {
        self.functions.get(name)
    }

    /// Nature of a function, named by its code or its title.
    pub(super) fn nature(&self, name: &str) -> Option<FunctionNature> {
        self.function(name)?.word(FonctionsColumn::Nature)
    }

    /// Functions of a nature that someone holds.
    pub(super) fn filled(&self, nature: FunctionNature) -> Vec<&'a RegisterRow> {
        let functions = self.registers.rows(Register::Fonctions).iter();
        let of_nature = functions.filter(|f| f.word(FonctionsColumn::Nature) == Some(nature));
        of_nature
            .filter(|f| f.word(FonctionsColumn::Pourvu) == Some(OuiNon::Oui))
            .collect()
    }
}

/// A line says that its service came: by its status, else by the number of those who did.
fn has_come(row: &RegisterRow) -> bool {
    match row.word(PresencesColumn::Statut) {
        Some(Attendance::Present | Attendance::Remote) => true,
        Some(Attendance::Excused | Attendance::Absent) => false,
        None => row
            .number(PresencesColumn::Nombre)
            .is_some_and(|n| n >= 1.0),
    }
}
