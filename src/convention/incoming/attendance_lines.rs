//! An attendance list as lines of `Présences`: services counted, under the names that the registers know them by,
//! against the lines that are already there.

use std::collections::BTreeMap;

use super::attendance_table::{AttendanceLine, AttendanceList};
use super::made_lines::{IncomingSetting, MadeLines, line};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::{count, fold, suggest};
use crate::convention::convention_words::{Attendance, ClosedWord, OuiNon};
use crate::convention::meetings::MeetingTable;
use crate::convention::register_columns::{
    PartenairesColumn, PresencesColumn as P, Register, RegisterColumn, TempsColumn,
};
use crate::convention::registers::{RegisterRow, Registers};

use super::attendance_meeting::meeting_of;

/// A service of a list.
#[derive(Debug, Default)]
struct ListedService {
    organisation: String,
    service: String,
    function: String,
    came: f64,
    is_remote: bool,
    is_excused: bool,
    invited: Option<OuiNon>,
    row: u32,
}

/// The lines of a list.
pub(super) fn lines(setting: &IncomingSetting, list: &AttendanceList) -> MadeLines {
    let mut made = MadeLines::default();
    made.diagnostics.extend(list.diagnostics.iter().cloned());
    let at = Location::sheet(setting.file, &list.sheet);
    let meeting = match meeting_of(setting, list, &at) {
        Ok(meeting) => meeting,
        Err(refused) => {
            made.diagnostics.push(*refused);
            return made;
        }
    };
    if !list.is_marked && !setting.choices.all_present {
        let message =
            "rien n’y dit qui est venu : ni signature, ni croix, ni « présent » ou « excusé ».";
        made.diagnostics
            .push(Diagnostic::new(Code::AttendanceUnmarked, at, message));
        return made;
    }
    if let Some(message) = list.told_without_service() {
        let told = Diagnostic::new(Code::AttendanceLeftOut, at.clone(), message);
        made.diagnostics.push(told);
    }
    let names = ServiceNames::of(setting.registers);
    let services = counted(setting, list, &names);
    made.diagnostics.extend(strangers(&services, &names, &at));
    made.diagnostics.push(told(meeting, &services, &at));
    let seen = setting.registers.rows(Register::Presences).iter();
    let seen: Vec<&RegisterRow> = seen.filter(|r| r.text(P::Temps) == meeting.id).collect();
    let mut taken: Vec<&str> = Vec::new();
    for service in services.values() {
        let known = service.among(&seen, &taken);
        taken.extend(known.map(|row| row.id.as_str()));
        let against = known.and_then(|row| service.against(row, &at));
        made.diagnostics.extend(against);
        let line = service.line(&list.sheet, &meeting.id, known);
        made.lines.push(line);
    }
    made
}

/// Services of a list, by organisation, service and function, folded.
type ListedServices = BTreeMap<[String; 3], ListedService>;

/// The services of a list, under the names that the registers know them by.
fn counted(
    setting: &IncomingSetting,
    list: &AttendanceList,
    names: &ServiceNames,
) -> ListedServices {
    let table = MeetingTable::of(setting.registers);
    let mut services = ListedServices::new();
    for said in &list.lines {
        let (organisation, service) = names.known(said);
        let function = table.function(&said.function);
        let function = function.map_or_else(String::new, |f| f.id.clone());
        let key = [fold(&organisation), fold(&service), function.clone()];
        let own = services.entry(key).or_insert_with(|| ListedService {
            organisation,
            service,
            function,
            row: said.at.row,
            ..ListedService::default()
        });
        own.add(said, list.is_marked);
    }
    services
}

/// Organisations that are no partners.
fn strangers(services: &ListedServices, names: &ServiceNames, at: &Location) -> Vec<Diagnostic> {
    let mut unknown: Vec<&str> = services.values().map(|s| s.organisation.as_str()).collect();
    unknown.retain(|name| !names.is_partner(name));
    unknown.dedup_by_key(|name| fold(name));
    let told = unknown.into_iter().map(|name| {
        let known = names.partners.iter().map(|p| p.text(PartenairesColumn::Nom));
        let near = suggest(name, known).best_clause();
        let message = format!(
            "« {name} » n’est pas dans la feuille « Partenaires »{near} : son type ne sera pas compté."
        );
        Diagnostic::new(Code::AttendancePartner, at.clone(), message)
    });
    told.collect()
}

/// « rattachée à T-012… : 14 personnes, 9 services présents sur 12, 2 excusés ».
fn told(meeting: &RegisterRow, services: &ListedServices, at: &Location) -> Diagnostic {
    let mut whole: BTreeMap<(String, String), (f64, bool)> = BTreeMap::new();
    for s in services.values() {
        let own = whole
            .entry((fold(&s.organisation), fold(&s.service)))
            .or_default();
        own.0 += s.came;
        own.1 |= s.is_excused;
    }
    let came = whole.values().filter(|(n, _)| *n > 0.0).count();
    let excused = whole.values().filter(|(n, e)| *n == 0.0 && *e).count();
    let persons: f64 = whole.values().map(|(n, _)| n).sum();
    let day = meeting
        .day(TempsColumn::Date)
        .map_or_else(String::new, crate::base::day::Day::short);
    let message = format!(
        "liste rattachée à {} ({day}, « {} ») : {}, {} sur {}, {}.",
        meeting.id,
        meeting.text(TempsColumn::Intitule),
        count(persons as usize, "personne venue", "personnes venues"),
        count(came, "service présent", "services présents"),
        whole.len(),
        count(excused, "excusé", "excusés"),
    );
    Diagnostic::new(Code::AttendanceRead, at.clone(), message)
}

impl ListedService {
    fn add(&mut self, said: &AttendanceLine, is_marked: bool) {
        let standing = said.standing.unwrap_or(if is_marked {
            Attendance::Absent
        } else {
            Attendance::Present
        });
        match standing {
            Attendance::Present | Attendance::Remote => {
                // All of them from afar, or some in the room.
                self.is_remote =
                    standing == Attendance::Remote && (self.came == 0.0 || self.is_remote);
                self.came += said.number.max(1.0);
            }
            Attendance::Excused => self.is_excused = true,
            Attendance::Absent => {}
        }
        self.invited = self.invited.or(said.invited);
    }

    fn standing(&self) -> Attendance {
        match (self.came > 0.0, self.is_remote, self.is_excused) {
            (true, true, _) => Attendance::Remote,
            (true, false, _) => Attendance::Present,
            (false, _, true) => Attendance::Excused,
            _ => Attendance::Absent,
        }
    }

    /// The line that this service has already at this meeting.
    fn among<'a>(&self, seen: &[&'a RegisterRow], taken: &[&str]) -> Option<&'a RegisterRow> {
        let same = |row: &&&RegisterRow| {
            fold(row.text(P::Organisme)) == fold(&self.organisation)
                && fold(row.text(P::Service)) == fold(&self.service)
                && !taken.contains(&row.id.as_str())
        };
        let own = || seen.iter().filter(same);
        own()
            .find(|row| fold(row.text(P::Fonction)) == fold(&self.function))
            .or_else(|| {
                own().find(|row| row.text(P::Fonction).is_empty() || self.function.is_empty())
            })
            .copied()
    }

    /// What the list says otherwise than the line did.
    fn against(&self, row: &RegisterRow, at: &Location) -> Option<Diagnostic> {
        let now = row.word::<Attendance>(P::Statut)?;
        let says = self.standing();
        (now != says).then(|| {
            let message = format!(
                "Présences {}, « Statut » : valait « {} » ; la liste dit « {} » et le remplace.",
                row.id,
                now.label(),
                says.label()
            );
            Diagnostic::new(Code::SuiviMeanwhile, at.clone(), message)
        })
    }

    fn line(
        &self,
        sheet: &str,
        meeting: &str,
        known: Option<&RegisterRow>,
    ) -> crate::convention::suivi_reading::SuiviLine {
        let mut made = line(Register::Presences, sheet, self.row);
        let mut put = |column: P, text: String| made.put(column.field(), text);
        put(P::Nombre, self.came.to_string());
        put(P::Statut, self.standing().label().to_owned());
        if let Some(invited) = self.invited {
            put(P::Invite, invited.label().to_owned());
        }
        let is_new = known.is_none();
        if is_new
            || known.is_some_and(|row| row.text(P::Fonction).is_empty())
                && !self.function.is_empty()
        {
            put(P::Fonction, self.function.clone());
        }
        if is_new {
            put(P::Temps, meeting.to_owned());
            put(P::Organisme, self.organisation.clone());
            put(P::Service, self.service.clone());
        }
        made.id = known.map_or_else(String::new, |row| row.id.clone());
        made
    }
}

/// Partners and services under the names that the registers know them by.
struct ServiceNames<'a> {
    partners: Vec<&'a RegisterRow>,
    /// Organisation and service of every presence.
    seen: Vec<(&'a str, &'a str)>,
}

impl<'a> ServiceNames<'a> {
    fn of(registers: &'a Registers) -> Self {
        let seen = registers.rows(Register::Presences).iter();
        Self {
            partners: registers.rows(Register::Partenaires).iter().collect(),
            seen: seen
                .map(|row| (row.text(P::Organisme), row.text(P::Service)))
                .collect(),
        }
    }

    fn partner(&self, text: &str) -> Option<&'a RegisterRow> {
        let wanted = fold(text);
        let mut partners = self.partners.iter().copied();
        partners.find(|p| fold(&p.id) == wanted || fold(p.text(PartenairesColumn::Nom)) == wanted)
    }

    fn is_partner(&self, organisation: &str) -> bool {
        self.partner(organisation).is_some()
    }

    /// The code that presences are typed under, where a partner has one.
    fn organisation(&self, text: &str) -> String {
        let Some(partner) = self.partner(text) else {
            let same = self.seen.iter().find(|(o, _)| fold(o) == fold(text));
            return same.map_or(text, |(o, _)| o).to_owned();
        };
        let name = fold(partner.text(PartenairesColumn::Nom));
        let by_name = self.seen.iter().find(|(o, _)| fold(o) == name);
        by_name.map_or_else(|| partner.id.clone(), |(o, _)| (*o).to_owned())
    }

    /// Organisation and service of a line.
    fn known(&self, said: &AttendanceLine) -> (String, String) {
        if !said.organisation.is_empty() {
            let organisation = self.organisation(&said.organisation);
            let same = self
                .seen
                .iter()
                .find(|(o, s)| fold(o) == fold(&organisation) && fold(s) == fold(&said.service));
            let service = same.map_or(said.service.as_str(), |(_, s)| s);
            return (organisation, service.to_owned());
        }
        // A service alone: of the only organisation that it is known of.
        let mut of: Vec<&(&str, &str)> = self
            .seen
            .iter()
            .filter(|(_, s)| fold(s) == fold(&said.service))
            .collect();
        of.sort_by_key(|(o, _)| fold(o));
        of.dedup_by_key(|(o, _)| fold(o));
        match of.as_slice() {
            [(organisation, service)] => ((*organisation).to_owned(), (*service).to_owned()),
            _ => (self.organisation(&said.service), String::new()),
        }
    }
}
