//! Activity data once purged: what the indicators need of each session and of each post, and no more
//! (`docs/domain.md` §5). No day, no duty, no hours of anyone; counts of children with health needs and
//! of accidents under five say « < 5 ».

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, NamedFrom, Series};

use super::columns::MeasureColumn;
use super::live::LiveImport;
use super::purge_units::{UnitFate, mark_of};
use super::table_reader::RowRange;
use crate::base::error::Result;
use crate::base::table::TableColumn;
use crate::intake::observations::{FEW, MeasureKind, PUT_RIGHT, SITE_MARK, directs, moment_of};

/// Columns of a session that ratios and qualification are made from.
const OF_SESSIONS: [&str; 11] = [
    "animateurs",
    "directeur_compte",
    "dont_non_qualifies",
    "dont_qualifies",
    "dont_stagiaires",
    "duree_h",
    "intervenants",
    "presents_6plus",
    "presents_moins6",
    "temps",
    "trajet",
];
/// A count under five, and what goes with it.
const RARE: [(&str, &[&str]); 3] = [
    ("aeeh_enfants", &["aeeh_enfants", "aeeh_heures"]),
    ("pai_enfants", &["pai_enfants", "pai_protocoles"]),
    ("accidents", &["accidents"]),
];
/// From how many on a rare event is a count.
const RARE_UNDER: f64 = 5.0;

/// The year that turnover looks at.
#[derive(Debug, Clone)]
pub(crate) struct PostWindow {
    /// Its first day, ISO.
    pub(crate) start: String,
    /// Its last: that of the campaign.
    pub(crate) end: String,
}

/// Whether a PEDT covers a session: structure, days since 1970-01-01, identity of the line.
pub(crate) type PedtOf<'a> = dyn Fn(&str, Option<i32>, &str) -> Option<bool> + 'a;
/// Whether a diploma is enough to direct: structure, diploma.
pub(crate) type DirectionOf<'a> = dyn Fn(&str, Option<&str>) -> Option<bool> + 'a;

/// What rules ask of days and diplomas before they go.
pub(crate) struct ActivityKeeping<'a> {
    /// The year that turnover looks at.
    pub(crate) window: PostWindow,
    /// Whether the PEDT of a structure covers a session, by its identity; none when the session does not say enough.
    pub(crate) pedt: &'a PedtOf<'a>,
    /// Whether a diploma is enough to direct a structure; none when that is not known.
    pub(crate) direction: &'a DirectionOf<'a>,
}

/// A cell of activity data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeasureRow {
    /// Position of the unit.
    pub(crate) unit: u32,
    /// Identity of the line.
    pub(crate) line: String,
    /// Days since 1970-01-01.
    pub(crate) day: Option<i32>,
    /// Code of the measure.
    pub(crate) measure: String,
    /// Content of the cell.
    pub(crate) value: String,
    /// Its row in the table that it comes from; none when it is made anew.
    pub(super) from: Option<u32>,
    sheet: String,
    row: u32,
    col: u32,
}

/// Cells of one line, by measure.
type Line = BTreeMap<String, String>;

/// The cells of an import as they will be.
///
/// # Errors
///
/// A table that is damaged.
pub(super) fn purged_measures(
    live: &LiveImport,
    fates: &[UnitFate],
    keeping: &ActivityKeeping,
) -> Result<Vec<MeasureRow>> {
    let mark = mark_of(live);
    let mut kept = Vec::new();
    let mut lines: BTreeMap<LineKey, Line> = BTreeMap::new();
    for row in rows(live)? {
        match fates.get(row.unit as usize) {
            Some(UnitFate::Kept) => kept.push(row),
            Some(UnitFate::Folded) => {
                let key = LineKey {
                    structure: live.units[row.unit as usize].structure.to_string(),
                    kind: MeasureKind::of(&row.line),
                    line: row.line,
                    unit: row.unit,
                    day: row.day,
                };
                lines.entry(key).or_default().insert(row.measure, row.value);
            }
            _ => {}
        }
    }
    let mut posts: BTreeMap<String, Vec<(Line, u32)>> = BTreeMap::new();
    let mut ranks: BTreeMap<String, usize> = BTreeMap::new();
    let mut moments: BTreeMap<String, PurgedMoment> = BTreeMap::new();
    for (key, line) in lines {
        let rank = ranks.entry(key.structure.clone()).or_default();
        *rank += 1;
        let (id, cells) = match key.kind {
            MeasureKind::Seance => {
                let moment = moment_of(&key.line);
                let fresh = || PurgedMoment {
                    rank: *rank,
                    sites: 0,
                };
                let seen = moments
                    .entry(format!("{}|{moment}", key.structure))
                    .or_insert_with(fresh);
                seen.sites += 1;
                let pedt = (keeping.pedt)(&key.structure, key.day, &key.line);
                (seen.id(&mark), session(&line, pedt))
            }
            MeasureKind::Denominateurs => (key.line, denominators(&line)),
            MeasureKind::Correction => (key.line, correction(&line)),
            MeasureKind::Poste => {
                let direction = (keeping.direction)(&key.structure, diploma_of(&line));
                let of_site = posts.entry(key.structure).or_default();
                of_site.push((post(&line, &keeping.window, direction), key.unit));
                continue;
            }
            MeasureKind::Autre => {
                let nothing = Line::from([("autre".to_owned(), String::new())]);
                (format!("autre {mark} {rank:04}"), nothing)
            }
        };
        kept.extend(cells_of(key.unit, &id, cells));
    }
    for mut of_site in posts.into_values() {
        // In the order of what is left of them: theirs is nobody's any more.
        of_site.sort();
        for (rank, (cells, unit)) in of_site.into_iter().enumerate() {
            kept.extend(cells_of(
                unit,
                &format!("poste {mark} {:03}", rank + 1),
                cells,
            ));
        }
    }
    // Stable: what stays keeps its order within its unit.
    kept.sort_by_key(|row| row.unit);
    Ok(kept)
}

/// The day on which a finding was put right, about no person; what shows it goes.
fn correction(line: &Line) -> Line {
    let day = line.get_key_value(PUT_RIGHT);
    day.map(|(k, v)| (k.clone(), v.clone()))
        .into_iter()
        .collect()
}

/// A line of a structure, in the order of its kind and identity.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey {
    structure: String,
    kind: MeasureKind,
    line: String,
    unit: u32,
    day: Option<i32>,
}

fn cells_of(unit: u32, id: &str, cells: Line) -> impl Iterator<Item = MeasureRow> {
    cells.into_iter().map(move |(measure, value)| MeasureRow {
        unit,
        line: id.to_owned(),
        day: None,
        measure,
        value,
        from: None,
        sheet: String::new(),
        row: 0,
        col: 0,
    })
}

/// Sessions of one moment, which the places of an accueil are shared by.
struct PurgedMoment {
    rank: usize,
    sites: usize,
}

impl PurgedMoment {
    fn id(&self, mark: &str) -> String {
        let first = format!("seance {mark} {:04}", self.rank);
        match self.sites {
            1 => first,
            sites => format!("{first}{SITE_MARK}{sites}"),
        }
    }
}

/// The diploma of who directs; of others none is asked.
fn diploma_of(line: &Line) -> Option<&str> {
    let diploma = line.get("diplome").map(String::as_str);
    diploma.filter(|d| !d.is_empty())
}

fn session(line: &Line, pedt: Option<bool>) -> Line {
    let kept = OF_SESSIONS.iter().filter_map(|column| {
        let value = line.get(*column)?;
        Some(((*column).to_owned(), value.clone()))
    });
    // A session of which nothing counts is still one.
    let mut cells: Line = kept.collect();
    if let Some(pedt) = pedt {
        cells.insert("pedt".to_owned(), oui_non(pedt).to_owned());
    }
    if cells.is_empty() {
        cells.insert("animateurs".to_owned(), String::new());
    }
    cells
}

/// Only numbers: no rule reads anything else there.
fn denominators(line: &Line) -> Line {
    let number = |value: &str| value.parse::<f64>().ok();
    let mut cells: Line = (line.iter())
        .filter(|(_, value)| number(value).is_some())
        .map(|(column, value)| (column.clone(), value.clone()))
        .collect();
    for (count, hidden) in RARE {
        let found = cells.get(count).and_then(|v| number(v));
        if found.is_some_and(|n| n > 0.0 && n < RARE_UNDER) {
            for column in hidden {
                if let Some(value) = cells.get_mut(*column) {
                    FEW.clone_into(value);
                }
            }
        }
    }
    if cells.is_empty() {
        cells.insert("autre".to_owned(), String::new());
    }
    cells
}

/// A post: what kind of diploma, whether it was occupied at both ends of the year, whether someone left
/// meanwhile, whether training was followed.
fn post(line: &Line, window: &PostWindow, direction: Option<bool>) -> Line {
    let get = |column: &str| line.get(column).map_or("", String::as_str);
    let diploma = match get("diplome").to_lowercase().as_str() {
        "" => "",
        "aucun" => "aucun",
        "stagiaire" => "stagiaire",
        _ => "diplome",
    };
    let trained = get("formations").parse::<f64>().ok();
    let trained = trained.map_or(String::new(), |f| u8::from(f > 0.0).to_string());
    let directs = directs(get("fonction"));
    let direction = directs.then(|| {
        [
            ("fonction", "direction".to_owned()),
            ("direction", direction.map_or("", oui_non).to_owned()),
        ]
    });
    let cells = [
        ("diplome", diploma.to_owned()),
        ("entree", entry(get("entree"), window)),
        ("sortie", exit(get("sortie"), window)),
        ("formations", trained),
    ];
    let cells = cells.into_iter().chain(direction.into_iter().flatten());
    let cells = cells.map(|(c, v)| (c.to_owned(), v));
    cells.collect()
}

fn oui_non(yes: bool) -> &'static str {
    if yes { "oui" } else { "non" }
}

/// Before the year, within it, after it.
fn entry(day: &str, window: &PostWindow) -> String {
    if day.is_empty() || day <= window.start.as_str() {
        String::new()
    } else if day <= window.end.as_str() {
        window.end.clone()
    } else {
        AFTER.to_owned()
    }
}

/// Not yet at the end of the year, within it, before it.
fn exit(day: &str, window: &PostWindow) -> String {
    if day.is_empty() || day > window.end.as_str() {
        String::new()
    } else if day > window.start.as_str() {
        window.end.clone()
    } else {
        window.start.clone()
    }
}

/// After any campaign.
const AFTER: &str = "9999-12-31";

fn rows(live: &LiveImport) -> Result<Vec<MeasureRow>> {
    use MeasureColumn as C;
    let reader = live.measures()?;
    let range = RowRange {
        start: 0,
        rows: reader.rows(),
    };
    let frame = reader.read(C::ALL, range)?;
    let whole = |column: C| frame.column(column.name())?.u32();
    let text = |column: C| frame.column(column.name())?.str();
    let (units, at) = (whole(C::Unite)?, (whole(C::Ligne)?, whole(C::Colonne)?));
    let (lines, measures) = (text(C::Fiche)?, text(C::Mesure)?);
    let (values, sheets) = (text(C::Valeur)?, text(C::Feuille)?);
    let days = frame.column(C::Jour.name())?.i32()?;
    let rows = (0..frame.height()).map(|row| MeasureRow {
        unit: units.get(row).unwrap_or(u32::MAX),
        line: lines.get(row).unwrap_or_default().to_owned(),
        day: days.get(row),
        measure: measures.get(row).unwrap_or_default().to_owned(),
        value: values.get(row).unwrap_or_default().to_owned(),
        from: Some(row as u32),
        sheet: sheets.get(row).unwrap_or_default().to_owned(),
        row: at.0.get(row).unwrap_or(0),
        col: at.1.get(row).unwrap_or(0),
    });
    Ok(rows.collect())
}

/// The cells as the table keeps them.
pub(super) fn measure_table(rows: &[MeasureRow]) -> Result<DataFrame> {
    use MeasureColumn as C;
    let text = |column: C, get: fn(&MeasureRow) -> &str| -> Column {
        let values: Vec<&str> = rows.iter().map(get).collect();
        Series::new(column.name().into(), values).into()
    };
    let whole = |column: C, get: fn(&MeasureRow) -> u32| -> Column {
        let values: Vec<u32> = rows.iter().map(get).collect();
        Series::new(column.name().into(), values).into()
    };
    let days: Vec<Option<i32>> = rows.iter().map(|r| r.day).collect();
    let columns = vec![
        whole(C::Unite, |r| r.unit),
        whole(C::Nature, |r| MeasureKind::of(&r.line) as u32),
        text(C::Fiche, |r| &r.line),
        Series::new(C::Jour.name().into(), days).into(),
        text(C::Mesure, |r| &r.measure),
        text(C::Valeur, |r| &r.value),
        text(C::Feuille, |r| &r.sheet),
        whole(C::Ligne, |r| r.row),
        whole(C::Colonne, |r| r.col),
    ];
    C::check(&DataFrame::new(rows.len(), columns)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window() -> PostWindow {
        PostWindow {
            start: "2025-07-03".to_owned(),
            end: "2026-07-03".to_owned(),
        }
    }

    /// As `figures::posts` reads them.
    fn occupied(cells: &Line, day: &str) -> bool {
        let (entry, exit) = (cells["entree"].as_str(), cells["sortie"].as_str());
        (entry.is_empty() || entry <= day) && (exit.is_empty() || exit > day)
    }

    fn left(cells: &Line) -> bool {
        let exit = cells["sortie"].as_str();
        !exit.is_empty() && exit > "2025-07-03" && exit <= "2026-07-03"
    }

    /// Every way that two dates can stand about the year: what rules ask of a post answers as before.
    #[test]
    fn a_post_counts_as_before_without_its_days() {
        let days = [
            "",
            "2024-01-01",
            "2025-07-03",
            "2025-09-01",
            "2026-07-03",
            "2026-09-01",
        ];
        for (entry, exit) in days.iter().flat_map(|e| days.iter().map(move |x| (e, x))) {
            let cell = |c: &str, v: &str| (c.to_owned(), v.to_owned());
            let line = Line::from([cell("entree", entry), cell("sortie", exit)]);
            let coarse = post(&line, &window(), None);
            for day in ["2025-07-03", "2026-07-03"] {
                let told = format!("{entry} {exit} at {day}");
                assert_eq!(occupied(&coarse, day), occupied(&line, day), "{told}");
            }
            assert_eq!(left(&coarse), left(&line), "{entry} {exit}");
            assert!(
                !coarse
                    .values()
                    .any(|v| v == "2025-09-01" || v == "2024-01-01")
            );
        }
    }

    #[test]
    fn rare_counts_say_few_with_what_goes_with_them() {
        let cell = |c: &str, v: &str| (c.to_owned(), v.to_owned());
        let line = Line::from([
            cell("aeeh_enfants", "2"),
            cell("aeeh_heures", "310"),
            cell("accidents", "0"),
            cell("familles", "3"),
            cell("remarque", "la petite Zoé"),
        ]);
        let told = denominators(&line);
        assert_eq!(told["aeeh_enfants"], FEW);
        assert_eq!(told["aeeh_heures"], FEW);
        assert_eq!(
            (told["accidents"].as_str(), told["familles"].as_str()),
            ("0", "3")
        );
        assert!(!told.contains_key("remarque"));
    }
}
