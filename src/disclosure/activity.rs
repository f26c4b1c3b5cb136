//! Activity indicators: what is rare, what tells of a few persons, what counts respondents.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::Answers;
use super::ground::Ground;
use super::tree::{Node, State};
use super::{Mask, Shown};
use crate::figures::{Figure, Level};
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{ActivityCode, ActivityUnit, SourceCode};

/// Events and children so few that their number names them.
const RARE: [&str; 2] = ["I13a", "I18"];
/// Rare events hide under this number.
const RARE_UNDER: f64 = 5.0;
/// Their hours tell as much as their number.
const HOURS: &str = "I13b";
/// A share of children with a health plan.
const PLANS: &str = "I14";
/// Diplomas, departures and trainings of a team, one by one.
const OF_STAFF: [&str; 4] = ["I06b", "I07b", "I08", "I11"];
/// Response rates and whose they are.
const RETURNS: [(&str, SourceCode); 2] = [("I12b", SourceCode::Eqp), ("I16", SourceCode::Fam)];
/// Sites needed for a total of staff or events.
const SITES_MIN: usize = 3;

/// An activity indicator, cleared.
#[derive(Debug, Clone, PartialEq)]
pub struct ClearedActivity {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Unit: « % », « rapport », « h »…
    pub unit: String,
    /// How it is computed.
    pub formula: String,
    /// Value; none when it cannot be computed.
    pub value: Option<Shown<f64>>,
    /// The two readings of the mixed-age rule differ.
    pub limite: bool,
}

/// The questionnaire whose respondents an indicator counts.
pub(super) fn counts(code: &str) -> Option<SourceCode> {
    RETURNS.iter().find(|r| r.0 == code).map(|r| r.1)
}

/// Clears an activity indicator of a site.
pub(super) fn clear(
    ground: &Ground,
    (thresholds, answers): (&Thresholds, &Answers),
    site: usize,
    f: &Figure,
) -> Option<ClearedActivity> {
    let activity: ActivityCode = f.code.parse().ok()?;
    let (code, unit) = (&activity.as_str(), activity.unit());
    let together = ground.material.audience.reads_all_sites();
    let returns = counts(code).and_then(|source| {
        let (state, _) = answers.returns(source, Node::Site(site));
        state.mask()
    });
    let rare = |v: f64| RARE.contains(code) && v > 0.0 && v < RARE_UNDER;
    let few_plans = *code == PLANS && (1..RARE_UNDER as usize).contains(&f.expected);
    let value = f.value.map(|v| {
        if *code == HOURS || (together && (RARE.contains(code) || *code == PLANS)) {
            Shown::Masked(Mask::NotForAudience)
        } else if rare(v) || few_plans {
            Shown::Masked(Mask::Rare)
        } else if thresholds.equipe == 0 && OF_STAFF.contains(code) {
            Shown::Masked(Mask::NotForAudience)
        } else if let Some(mask) = returns {
            Shown::Masked(mask)
        } else {
            Shown::Value(precise(v, unit))
        }
    });
    Some(ClearedActivity {
        code: (*code).to_owned(),
        label: activity.label().to_owned(),
        unit: unit.as_str().to_owned(),
        formula: activity.formula().to_owned(),
        value,
        limite: f.limite,
    })
}

/// As many digits as are printed: whole percents, hundredths of a ratio, tenths of the rest.
fn precise(value: f64, unit: ActivityUnit) -> f64 {
    let digits = if matches!(unit, ActivityUnit::Share | ActivityUnit::Ratio) {
        2
    } else {
        1
    };
    crate::base::text::rounded(value, digits)
}

/// Codes of the indicators that a site's readers see.
pub(super) fn printed_codes(
    ground: &Ground,
    masks: (&Thresholds, &Answers),
    site: usize,
) -> BTreeSet<&'static str> {
    let structure = &ground.structures[site].code;
    let shown = ground
        .figures(structure, Level::Activite)
        .filter_map(|f| clear(ground, masks, site, f))
        .filter(|a| matches!(a.value, Some(Shown::Value(_))));
    let codes: BTreeSet<String> = shown.map(|a| a.code).collect();
    let all = ActivityCode::all().map(ActivityCode::as_str);
    all.filter(|code| codes.contains(*code)).collect()
}

/// The participation figures of the CTG (I11, I12) and the families' response rate (I16), summed
/// over the sites that know both counts; none where one site could be told apart.
pub(super) fn participation(
    ground: &Ground,
    thresholds: &Thresholds,
    answers: &Answers,
) -> BTreeMap<String, (usize, usize)> {
    let mut sums = BTreeMap::new();
    for code in ["I11", "I12a", "I12b", "I16"] {
        let known: Vec<(usize, &Figure)> = sites_with(ground, code)
            .filter(|(_, f)| f.expected > 0)
            .collect();
        let total = |of: &dyn Fn(&Figure) -> usize| known.iter().map(|(_, f)| of(f)).sum::<usize>();
        let sum = (total(&|f| f.n), total(&|f| f.expected));
        let staff = OF_STAFF.contains(&code) && thresholds.equipe == 0;
        let open = match counts(code) {
            Some(source) => rest_is_safe(answers, source, &known, thresholds),
            None => !staff || (known.len() >= SITES_MIN && sum.1 >= thresholds.territoire),
        };
        if open && !known.is_empty() {
            sums.insert(code.to_owned(), sum);
        }
    }
    sums
}

/// Respondents of the sites that are not told, as the total gives them back.
fn rest_is_safe(
    answers: &Answers,
    source: SourceCode,
    known: &[(usize, &Figure)],
    thresholds: &Thresholds,
) -> bool {
    let hidden = known.iter().filter(|(site, f)| {
        f.n > 0
            && answers
                .returns(source, Node::Site(*site))
                .0
                .mask()
                .is_some()
    });
    let counts: Vec<usize> = hidden.map(|(_, f)| f.n).collect();
    let least = thresholds.territoire.max(1);
    let territory = answers.returns(source, Node::Territory).0 == State::Exact;
    territory && (counts.is_empty() || (counts.len() >= 2 && counts.iter().sum::<usize>() >= least))
}

fn sites_with<'a>(
    ground: &'a Ground,
    code: &'static str,
) -> impl Iterator<Item = (usize, &'a Figure)> {
    let sites = ground.structures.iter().enumerate();
    let own =
        sites.filter_map(move |(i, s)| Some((i, ground.figure(&s.code, Level::Activite, code)?)));
    own.filter(|(_, f)| f.value.is_some())
}

/// Rare events over the territory: their total, or « < 5 ».
pub(super) fn rare(ground: &Ground) -> BTreeMap<String, Shown<f64>> {
    let mut totals = BTreeMap::new();
    for code in RARE {
        let values: Vec<f64> = sites_with(ground, code)
            .filter_map(|(_, f)| f.value)
            .collect();
        if values.len() < SITES_MIN {
            continue;
        }
        let total: f64 = values.iter().sum();
        let shown = if total > 0.0 && total < RARE_UNDER {
            Shown::Masked(Mask::Rare)
        } else {
            Shown::Value(total)
        };
        totals.insert(code.to_owned(), shown);
    }
    totals
}
