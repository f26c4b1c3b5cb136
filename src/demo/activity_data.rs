//! Activity data as a coordination exports it: sessions, posts, denominators.

use std::fmt::Write;

use jiff::civil::{Date, Weekday};

use super::dice::WordDice;
use super::scenario::{Capacity, DemoCampaign, DemoScenario, DemoSite};
use crate::base::day::Day;
use crate::vocabulary::referentiel::StructureType;

/// Columns of `seances.csv`; the first four say which session it is.
pub(super) const SESSION_COLUMNS: [&str; 14] = [
    "structure",
    "site",
    "date",
    "plage",
    "temps",
    "duree_h",
    "trajet",
    "presents_moins6",
    "presents_6plus",
    "animateurs",
    "dont_qualifies",
    "dont_stagiaires",
    "dont_non_qualifies",
    "directeur_compte",
];

/// `seances.csv`.
pub(super) fn sessions(plan: &DemoScenario, campaign: &DemoCampaign) -> String {
    let mut text = format!("{}\r\n", SESSION_COLUMNS.join(","));
    for site in plan.open_sites(campaign) {
        text.push_str(&site_sessions(plan, campaign, site, usize::MAX));
    }
    text
}

/// Rows of the first sessions of a site.
pub(super) fn site_sessions(
    plan: &DemoScenario,
    campaign: &DemoCampaign,
    site: &DemoSite,
    most: usize,
) -> String {
    let mut text = String::new();
    // Out of the law of accueils collectifs: no session is declared.
    if site.kind != StructureType::NonDeclaree {
        for (i, day) in days(site, campaign).iter().take(most).enumerate() {
            session(&mut text, plan, campaign, site, i as u32, day);
        }
    }
    text
}

fn session(
    text: &mut String,
    plan: &DemoScenario,
    campaign: &DemoCampaign,
    site: &DemoSite,
    i: u32,
    day: &ActivityDay,
) {
    let rank = i.to_string();
    let mut dice = WordDice::new(plan.seed, &["seance", &site.code, &campaign.id, &rank]);
    let evening = matches!(
        site.kind,
        StructureType::Periscolaire | StructureType::PeriscolaireRepas
    );
    let travel = site.kind == StructureType::PeriscolaireRepas && i % 4 == 3;
    let holidays = day.holidays;
    let plage = match (evening, travel, i % 2) {
        (true, true, _) => "midi",
        (true, _, 0) => "matin",
        (true, _, _) => "soir",
        _ => "journée",
    };
    let hours = match (evening, travel) {
        (_, true) => 0.5,
        (true, false) => 2.0,
        _ => 9.0,
    };
    let (small, big) = present(&mut dice, site, evening);
    let ratio = match (holidays, site.pedt, hours > 5.0, travel) {
        (true, ..) | (_, false, true, _) => (8, 12),
        (_, true, false, false) => (14, 18),
        _ => (10, 14),
    };
    let needed = u32::div_ceil(small, ratio.0) + u32::div_ceil(big, ratio.1);
    // P04 runs short of one adult now and then at the first campaign.
    let short = plan.exemple && site.code == "P04" && campaign.id == "C1" && i % 7 == 2;
    let extra = u32::from(dice.chance(0.35));
    let staff = if short {
        needed.saturating_sub(1).max(1)
    } else {
        needed + extra
    };
    let qualified = (staff.div_ceil(2) + u32::from(dice.chance(0.5) && staff > 2)).min(staff);
    let unqualified = u32::from(staff - qualified > 0 && needed >= 3 && dice.chance(0.4));
    let trainees = staff - qualified - unqualified;
    let director = plan.exemple && site.code == "R05";
    let place = match (plan.exemple, site.code.as_str(), i % 2) {
        (true, "P09", 0) => "École du haut",
        (true, "P09", _) => "Salle du bas",
        _ => "",
    };
    let _ = write!(
        text,
        "{},{place},{},{plage},{},{hours},{},{small},{big},{staff},{qualified},{trainees},{unqualified},{}\r\n",
        site.code,
        day.date,
        if holidays {
            "extrascolaire"
        } else {
            "periscolaire"
        },
        if travel { "oui" } else { "non" },
        if director { "oui" } else { "non" },
    );
}

/// When a session takes place.
struct ActivityDay {
    date: String,
    holidays: bool,
}

/// Days of twenty sessions at most: two a school day before and after class, Wednesdays, weekdays
/// of the two weeks of holidays that end as the campaign begins.
fn days(site: &DemoSite, campaign: &DemoCampaign) -> Vec<ActivityDay> {
    let start = campaign.first_day.date();
    let among = |from: i64, to: i64, wanted: &[Weekday]| -> Vec<Date> {
        let day = |d: i64| start.checked_add(jiff::Span::new().days(d)).ok();
        let all = (from..to).filter_map(day);
        let is_open = |d: &Date| {
            let day = d.to_string().parse::<Day>();
            day.is_ok_and(|day| day.closed_everywhere().is_none())
        };
        all.filter(|d| wanted.contains(&d.weekday()) && is_open(d))
            .collect()
    };
    let length = i64::from(campaign.last_day.number() - campaign.first_day.number()) + 1;
    let school = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Thursday,
        Weekday::Friday,
    ];
    let evenings = || {
        let days = among(1, length.min(28), &school).into_iter().take(10);
        days.flat_map(|d| [d, d]).collect::<Vec<_>>()
    };
    let wednesdays = || among(0, length, &[Weekday::Wednesday]);
    let holidays = || {
        let week = [school.as_slice(), &[Weekday::Wednesday]].concat();
        among(-14, 0, &week)
    };
    let (term, off) = match site.kind {
        StructureType::Extrascolaire => (Vec::new(), holidays()),
        StructureType::Mercredi => (wednesdays(), Vec::new()),
        StructureType::Mixte => (wednesdays(), holidays()),
        _ => (evenings(), Vec::new()),
    };
    let day = |holidays| {
        move |d: Date| ActivityDay {
            date: d.to_string(),
            holidays,
        }
    };
    let term = term.into_iter().map(day(false));
    off.into_iter().map(day(true)).chain(term).collect()
}

fn present(dice: &mut WordDice, site: &DemoSite, evening: bool) -> (u32, u32) {
    let Capacity { under6, over6 } = site.capacity.unwrap_or(Capacity {
        under6: 6,
        over6: 10,
    });
    let fill = if evening {
        0.45 + 0.45 * dice.uniform()
    } else {
        0.6 + 0.38 * dice.uniform()
    };
    (
        (f64::from(under6) * fill).round() as u32,
        (f64::from(over6) * fill).round() as u32,
    )
}

/// `equipe.csv`: one anonymous line per post.
pub(super) fn posts(plan: &DemoScenario, campaign: &DemoCampaign) -> String {
    let mut text = String::from("structure,fonction,diplome,quotite,entree,sortie,formations\r\n");
    for site in plan.open_sites(campaign) {
        for i in 0..=site.staff {
            let rank = i.to_string();
            // The post is the same person's from one campaign to the next.
            let mut dice = WordDice::new(plan.seed, &["poste", &site.code, &rank]);
            let (role, diploma) = if i == 0 {
                ("direction", *dice.pick(&["BPJEPS", "BAFD", "DEJEPS"]))
            } else {
                (
                    "animation",
                    *dice.pick(&[
                        "BAFA",
                        "BAFA",
                        "CAP AEPE",
                        "BAFA",
                        "BAFA",
                        "BAFA",
                        "BAFA",
                        "stagiaire",
                        "aucun",
                    ]),
                )
            };
            let part = *dice.pick(&["1", "0.8", "0.5", "0.35"]);
            let entry = format!("20{}-09-01", dice.between(18, 25));
            let left = dice.chance(0.22);
            let exit = if left { "2026-07-05" } else { "" };
            let trainings = dice.between(0, 2);
            let _ = write!(
                text,
                "{},{role},{diploma},{part},{entry},{exit},{trainings}\r\n",
                site.code
            );
        }
    }
    text
}

/// Columns of `denominateurs.csv`.
pub(super) const DENOMINATOR_COLUMNS: [&str; 27] = [
    "structure",
    "familles",
    "enfants",
    "animateurs",
    "formes",
    "formes_inclusion",
    "heures_realisees",
    "heures_capacite",
    "jours_ouverts",
    "sorties",
    "demandes",
    "refusees",
    "domaines_activites",
    "tranches_tarif",
    "partenaires",
    "recommandations_emises",
    "recommandations_integrees",
    "aeeh_enfants",
    "accidents",
    "pai_enfants",
    "pai_protocoles",
    "heures_preparation",
    "familles_presentes",
    "interventions",
    "seances_observees",
    "seances_avec_referent",
    "aeeh_heures",
];

/// `denominateurs.csv`.
pub(super) fn denominators(plan: &DemoScenario, campaign: &DemoCampaign) -> String {
    let mut text = format!("{}\r\n", DENOMINATOR_COLUMNS.join(","));
    for site in plan.open_sites(campaign) {
        let values = denominator(plan, campaign, site);
        let cells: Vec<String> = values.iter().map(u32::to_string).collect();
        let _ = write!(text, "{},{}\r\n", site.code, cells.join(","));
    }
    text
}

/// Values of the columns after the first.
pub(super) fn denominator(
    plan: &DemoScenario,
    campaign: &DemoCampaign,
    site: &DemoSite,
) -> [u32; 26] {
    let mut dice = WordDice::new(plan.seed, &["denominateurs", &site.code, &campaign.id]);
    let days = site.days / 2;
    let Capacity { under6, over6 } = site.capacity.unwrap_or(Capacity {
        under6: 6,
        over6: 10,
    });
    let room = (under6 + over6) * days * 4;
    let done = (f64::from(room) * (0.6 + 0.35 * dice.uniform())) as u32;
    let part = |dice: &mut WordDice, of: u32, low: f64, high: f64| {
        (f64::from(of) * (low + (high - low) * dice.uniform())).round() as u32
    };
    // A draw of their own: those of before stay what they were.
    let mut later = WordDice::new(plan.seed, &["interventions", &site.code, &campaign.id]);
    let watched = later.between(6, 12);
    let mut hours = WordDice::new(plan.seed, &["aeeh", &site.code, &campaign.id]);
    let asked = dice.between(20, 60);
    let issued = dice.between(4, 9);
    let plans = dice.between(1, 6);
    let aeeh = if plan.exemple && site.code == "R04" {
        3
    } else {
        dice.between(0, 7)
    };
    [
        site.families,
        site.families * 3 / 2,
        site.staff,
        part(&mut dice, site.staff, 0.25, 0.8),
        part(&mut dice, site.staff, 0.0, 0.5),
        done,
        room,
        days,
        part(&mut dice, days, 0.03, 0.3),
        asked,
        part(&mut dice, asked, 0.0, 0.15),
        dice.between(3, 8),
        dice.between(1, 7),
        dice.between(0, 6),
        issued,
        part(&mut dice, issued, 0.1, 0.8),
        aeeh,
        dice.between(0, 3),
        plans,
        part(&mut dice, plans, 0.5, 1.0),
        site.staff * dice.between(8, 30),
        part(&mut dice, site.families, 0.1, 0.4),
        part(&mut later, days, 0.02, 0.15),
        watched,
        part(&mut later, watched, 0.5, 1.0),
        aeeh * hours.between(90, 240),
    ]
}
