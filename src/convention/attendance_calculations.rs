//! Meetings held, who came out of who was invited, how many and which kinds of organisations.

use std::collections::{BTreeMap, BTreeSet};

use super::calculation::Calculation;
use super::computed_indicator::{Found, SeenRow};
use super::convention_words::{ClosedWord, PartnerKind};
use super::meetings::{Meeting, SeenService};
use super::register_columns::{PartenairesColumn, Register, TempsColumn};
use crate::base::text::{count, fold, list};

/// Meetings held; hours, structures and persons beside.
pub(super) fn meetings(c: &Calculation) -> Found {
    let kept = c.kept();
    let hours: f64 = kept
        .iter()
        .filter_map(|m| m.row.number(TempsColumn::Duree))
        .sum();
    let structures: BTreeSet<&str> = kept
        .iter()
        .flat_map(|m| m.row.list(TempsColumn::Structures))
        .collect();
    let persons: f64 = kept
        .iter()
        .flat_map(|m| &m.services)
        .map(|s| s.persons)
        .sum();
    let mut themes: BTreeMap<&str, usize> = BTreeMap::new();
    for meeting in &kept {
        let theme = meeting.row.text(TempsColumn::Thematique);
        if !theme.is_empty() {
            *themes.entry(theme).or_default() += 1;
        }
    }
    let rows = kept.iter().map(|m| seen(m, m.told())).collect();
    let mut found = Found::count(kept.len())
        .beside("heures", hours)
        .beside("structures", structures.len() as f64)
        .beside("participants", persons)
        .seen(rows);
    for (theme, number) in themes {
        found = found.beside(format!("temps sur « {theme} »"), number as f64);
    }
    c.counted(found)
}

fn seen(meeting: &Meeting, says: String) -> SeenRow {
    SeenRow {
        register: Register::Temps,
        id: meeting.row.id.clone(),
        says,
    }
}

/// Services present out of services invited.
pub(super) fn participation(c: &Calculation) -> Found {
    let kinds = &c.parameters.organisations;
    let counts = |s: &&SeenService| kinds.is_empty() || s.kind.is_some_and(|k| kinds.contains(&k));
    let (mut present, mut invited, mut excused, mut others, mut rested) = (0, 0, 0, 0, 0);
    let (mut rows, mut seats) = (Vec::new(), Vec::new());
    for meeting in c.kept() {
        let services: Vec<&SeenService> = meeting.services.iter().filter(counts).collect();
        let asked: Vec<&SeenService> = services.iter().copied().filter(|s| s.is_invited).collect();
        let came: Vec<&SeenService> = asked.iter().copied().filter(|s| s.is_present).collect();
        let away = asked
            .iter()
            .filter(|s| s.is_excused && !s.is_present)
            .count();
        others += services
            .iter()
            .filter(|s| !s.is_invited && s.is_present)
            .count();
        if asked.is_empty() {
            continue;
        }
        rested += 1;
        invited += asked.len();
        seats.extend(asked.iter().map(|s| meeting.seat(s)));
        present += came.len();
        excused += away;
        rows.push(seen(meeting, told(meeting, &asked, &came)));
    }
    let empty = "aucun temps de ce type n’a de service invité dans la période";
    Found::share(
        f64::from(present as u32),
        f64::from(invited as u32),
        rested,
        empty,
    )
    .beside("services excusés", f64::from(excused as u32))
    .beside("services venus sans être invités", f64::from(others as u32))
    .seated(seats)
    .seen(rows)
}

/// « 12/05/2026, groupe de travail : 5 services sur 7 : A, B… ; absents ou excusés : F, G ».
fn told(meeting: &Meeting, asked: &[&SeenService], came: &[&SeenService]) -> String {
    let names = |services: Vec<&SeenService>| {
        let names: Vec<String> = services.iter().map(|s| s.name()).collect();
        names.join(" ; ")
    };
    let away: Vec<&SeenService> = asked.iter().copied().filter(|s| !s.is_present).collect();
    let present = if came.is_empty() {
        String::new()
    } else {
        format!(" ({})", names(came.to_vec()))
    };
    let missing = if away.is_empty() {
        String::new()
    } else {
        format!(" ; ne sont pas venus : {}", names(away))
    };
    format!(
        "{} : {} sur {}{present}{missing}.",
        meeting.told(),
        count(came.len(), "service présent", "services présents"),
        count(asked.len(), "invité", "invités")
    )
}

/// Organisations that came at least once, by name.
fn organisations<'a>(kept: &[&'a Meeting<'a>]) -> BTreeMap<String, &'a SeenService> {
    let mut came = BTreeMap::new();
    for service in kept
        .iter()
        .flat_map(|m| &m.services)
        .filter(|s| s.is_present)
    {
        came.entry(fold(&service.organisation)).or_insert(service);
    }
    came
}

/// Distinct organisations that came, by kind beside.
pub(super) fn distinct(c: &Calculation) -> Found {
    let kept = c.kept();
    let came = organisations(&kept);
    let mut found = Found::count(came.len());
    for kind in PartnerKind::ALL {
        let number = came.values().filter(|s| s.kind == Some(*kind)).count();
        if number > 0 {
            found = found.beside(kind.label(), number as f64);
        }
    }
    let unknown = came.values().filter(|s| s.kind.is_none()).count();
    if unknown > 0 {
        found = found.beside("sans type dans « Partenaires »", unknown as f64);
    }
    let named = kept.iter().flat_map(|m| &m.services);
    let rooms = rooms(named.map(|s| fold(&s.organisation)));
    let rows = came_rows(&kept);
    c.counted(found.roomed(rooms).seen(rows))
}

/// How many seats each has.
fn rooms<K: Ord>(seats: impl Iterator<Item = K>) -> Vec<usize> {
    let mut rooms: BTreeMap<K, usize> = BTreeMap::new();
    for seat in seats {
        *rooms.entry(seat).or_default() += 1;
    }
    rooms.into_values().collect()
}

fn came_rows(kept: &[&Meeting]) -> Vec<SeenRow> {
    let told = kept.iter().map(|m| {
        let names: BTreeSet<&str> = (m.services.iter().filter(|s| s.is_present))
            .map(|s| s.organisation.as_str())
            .collect();
        let names: Vec<&str> = names.into_iter().collect();
        let who = if names.is_empty() {
            "personne".to_owned()
        } else {
            list(&names)
        };
        seen(m, format!("{} : {who}.", m.told()))
    });
    told.collect()
}

/// Kinds of partners that came out of the kinds listed.
pub(super) fn diversity(c: &Calculation) -> Found {
    let kept = c.kept();
    let (from, end) = (c.period.from, c.period.end());
    let partners = c.input.registers.rows(Register::Partenaires).iter();
    let listed: BTreeSet<PartnerKind> = partners
        .filter(|p| {
            p.day(PartenairesColumn::Depuis).is_none_or(|d| d <= end)
                && p.day(PartenairesColumn::Jusqua).is_none_or(|d| d >= from)
        })
        .filter_map(|p| p.word(PartenairesColumn::Type))
        .collect();
    let presences: Vec<&SeenService> = (kept.iter().flat_map(|m| &m.services))
        .filter(|s| s.is_present)
        .collect();
    let came: BTreeSet<PartnerKind> = presences
        .iter()
        .filter_map(|s| s.kind)
        .filter(|k| listed.contains(k))
        .collect();
    let mut found = if kept.is_empty() {
        Found::none("aucun temps de ce type n’est saisi pour cette période")
    } else {
        let empty = "la feuille « Partenaires » ne liste aucun type";
        Found::share(came.len() as f64, listed.len() as f64, kept.len(), empty)
    };
    found = found.beside("organismes différents", organisations(&kept).len() as f64);
    for kind in PartnerKind::ALL {
        let own = presences.iter().filter(|s| s.kind == Some(*kind)).count();
        if own > 0 {
            let share = own as f64 / presences.len() as f64;
            found = found.beside(format!("part des présences : {}", kind.label()), share);
        }
    }
    let named = kept.iter().flat_map(|m| &m.services);
    let rooms = rooms(named.filter_map(|s| s.kind).filter(|k| listed.contains(k)));
    found.roomed(rooms).seen(came_rows(&kept))
}
