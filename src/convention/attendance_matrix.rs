//! Who comes to what: services × instances, how many times each came out of how many it was invited.

use std::collections::BTreeMap;

use super::convention_words::{PartnerKind, TempsKind};
use super::meetings::MeetingTable;
use super::registers::Registers;
use super::suivi_period::SuiviPeriod;
use crate::base::text::fold;

/// Times that a service came, out of those it was invited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Came {
    /// Came.
    pub came: usize,
    /// Invited.
    pub invited: usize,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttendingService {
    /// « CDC, service enfance ».
    pub name: String,
    /// Kind of its organisation.
    pub kind: Option<PartnerKind>,
    /// By instance.
    pub by_instance: BTreeMap<TempsKind, Came>,
}

/// Services that were invited over a period, by name.
pub fn attendance_matrix(registers: &Registers, period: &SuiviPeriod) -> Vec<AttendingService> {
    let table = MeetingTable::of(registers);
    let mut services: BTreeMap<(String, String), AttendingService> = BTreeMap::new();
    for meeting in table.meetings.iter().filter(|m| period.holds(m.date)) {
        let Some(instance) = meeting.kind else {
            continue;
        };
        for seen in meeting.services.iter().filter(|s| s.is_invited) {
            let key = (fold(&seen.organisation), fold(&seen.service));
            let own = services.entry(key).or_insert_with(|| AttendingService {
                name: seen.name(),
                kind: seen.kind,
                by_instance: BTreeMap::new(),
            });
            let came = own.by_instance.entry(instance).or_default();
            came.invited += 1;
            came.came += usize::from(seen.is_present);
        }
    }
    services.into_values().collect()
}
