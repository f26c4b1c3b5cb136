//! A measure of the territory, or a series, as an indicator: value, what is divided, what is told beside, the lines of the
//! files that it comes from.

use super::access::{AccessFigure, access};
use super::access_measure::{AccessMeasure, AccessTime};
use super::campaign_facts::{AxePanel, CampaignFacts, SiteFacts};
use super::communes_file::{COMMUNES_TABLE, CommuneLine};
use super::context_file::CONTEXT_TABLE;
use super::schools_file::PUPILS;
use super::territory_data::SeriesValue;
use crate::base::text::{decimals, integer};
use crate::convention::calculation::Calculation;
use crate::convention::computed_indicator::{Found, SourceLine};
use crate::convention::convention_words::ClosedWord;

/// Kilometres under which an accueil is near, unless the indicator says otherwise.
pub(crate) const NEAR_KM: f64 = 10.0;
/// Children under which nothing is said of those with an AEEH.
const FEW_CHILDREN: f64 = 5.0;

/// A measure of the territory.
pub(in crate::convention) fn access_indicator(c: &Calculation) -> Found {
    let Some(measure) = c.parameters.measure else {
        return Found::none("l’indicateur ne dit pas sa mesure");
    };
    match measure {
        AccessMeasure::Covered | AccessMeasure::Near | AccessMeasure::Places => on_map(c, measure),
        _ => of_campaign(c, measure),
    }
}

fn communes<'a>(c: &Calculation<'a>) -> Vec<&'a CommuneLine> {
    c.input.territory.communes_in(c.period.end().date().year())
}

fn no_commune(c: &Calculation) -> Found {
    let year = c.period.end().date().year();
    Found::none(if c.input.territory.communes.is_empty() {
        format!("{COMMUNES_TABLE} ne dit aucune commune")
    } else {
        format!("{COMMUNES_TABLE} ne dit rien de {year} ni d’avant")
    })
}

fn on_map(c: &Calculation, measure: AccessMeasure) -> Found {
    let communes = communes(c);
    if communes.is_empty() {
        return no_commune(c);
    }
    let km = c.parameters.distance_km.unwrap_or(NEAR_KM);
    let figure_of = |time| {
        let (registry, day) = (c.input.registry, c.period.end());
        access(measure, registry, &communes, day, time, km)
    };
    // « Près d’un accueil de vacances », unless another time is asked.
    let time = match (c.parameters.time, measure) {
        (None, AccessMeasure::Near) => Some(AccessTime::Holidays),
        (time, _) => time,
    };
    let figure = figure_of(time);
    let empty = "les communes n’ont aucun enfant de 3 à 11 ans";
    let mut found = Found::share(
        figure.numerator,
        figure.denominator,
        figure.sites.len(),
        empty,
    );
    found.value = figure.value(measure);
    if c.parameters.time.is_none() {
        for time in AccessTime::ALL.iter().copied() {
            if let Some(value) = figure_of(Some(time)).value(measure) {
                let share = if measure == AccessMeasure::Places {
                    "places"
                } else {
                    "part"
                };
                found = found.beside(format!("{share} {}", time.label()), value);
            }
        }
    }
    if measure == AccessMeasure::Near {
        found = found.beside("distance en km, à vol d’oiseau", km);
    }
    if let Some(first) = communes.first() {
        let label = format!("enfants de 3 à 11 ans en {}", first.year);
        found = found.beside(label, figure.denominator);
    }
    if !figure.lacking.is_empty() {
        let label = match measure {
            AccessMeasure::Near => "accueils ouverts sans coordonnées",
            AccessMeasure::Places => "accueils ouverts sans places ou hors des communes",
            _ => "accueils ouverts hors des communes",
        };
        found = found.beside(label, figure.lacking.len() as f64);
    }
    found.lines = map_lines(&figure, measure, &communes);
    found
}

fn map_lines(
    figure: &AccessFigure,
    measure: AccessMeasure,
    lines: &[&CommuneLine],
) -> Vec<SourceLine> {
    let all = figure.communes.iter().zip(lines);
    all.map(|(commune, line)| {
        let children = integer(commune.children.into());
        let has = if commune.amount > 0.0 { "oui" } else { "non" };
        let what = match measure {
            AccessMeasure::Places => format!("{} places", integer(commune.amount as i64)),
            AccessMeasure::Near => match commune.distance {
                Some(km) => format!(
                    "{has}, le plus proche à {} km à vol d’oiseau",
                    decimals(km, 1)
                ),
                None => "non, aucun accueil situé".to_owned(),
            },
            _ => has.to_owned(),
        };
        SourceLine {
            place: format!("{COMMUNES_TABLE} › ligne {}", line.line),
            says: format!(
                "{} ({}), {children} enfants : {what}",
                commune.name, commune.insee
            ),
        }
    })
    .collect()
}

fn of_campaign(c: &Calculation, measure: AccessMeasure) -> Found {
    let Some(facts) = c.input.facts else {
        return Found::none("aucune campagne n’a commencé dans cette période ni avant");
    };
    let found = match measure {
        AccessMeasure::Hours => added(facts, "ne déclare ses heures de capacité", |s| {
            s.capacity_hours
        }),
        AccessMeasure::Use => use_of(c, facts),
        AccessMeasure::Refusals => refusals(facts),
        AccessMeasure::Aeeh => aeeh(c, facts),
        AccessMeasure::AtTarget => at_target(c, facts),
        _ => families(facts),
    };
    let told = SourceLine {
        place: "Observatoire".to_owned(),
        says: format!("campagne {}", facts.campaign),
    };
    let mut found = found;
    if found.value.is_some() {
        found.lines.insert(0, told);
    }
    found
}

fn site_line(site: &SiteFacts, says: String) -> SourceLine {
    SourceLine {
        place: format!("Accueil {}", site.structure),
        says,
    }
}

/// A declared number, added up over accueils that say it.
fn added(facts: &CampaignFacts, nobody: &str, of: impl Fn(&SiteFacts) -> Option<f64>) -> Found {
    let told: Vec<(&SiteFacts, f64)> = (facts.sites.iter())
        .filter_map(|s| Some((s, of(s)?)))
        .collect();
    if told.is_empty() {
        return Found::none(format!("aucun accueil {nobody} pour {}", facts.campaign));
    }
    let sum = told.iter().map(|(_, v)| v).sum();
    let silent = facts.sites.len() - told.len();
    let mut found = Found {
        value: Some(sum),
        numerator: Some(sum),
        n: told.len(),
        ..Found::default()
    };
    if silent > 0 {
        found = found.beside("accueils qui ne le disent pas", silent as f64);
    }
    found.lines = (told.iter())
        .map(|(site, v)| site_line(site, integer(v.round() as i64)))
        .collect();
    found
}

/// Children of accueils of a time, where one is asked, out of children of the communes; out of pupils of the schools before
/// and after school, where they are known.
fn use_of(c: &Calculation, facts: &CampaignFacts) -> Found {
    let time = c.parameters.time;
    let is_of_time = |site: &SiteFacts| {
        let known = c.input.registry.get(&site.structure);
        time.is_none_or(|time| known.is_some_and(|s| time.is_of(s.kind)))
    };
    let pupils = pupils(c).filter(|_| time == Some(AccessTime::School));
    let communes = communes(c);
    if pupils.is_none() && communes.is_empty() {
        return no_commune(c);
    }
    let own = CampaignFacts {
        sites: facts
            .sites
            .iter()
            .filter(|s| is_of_time(s))
            .cloned()
            .collect(),
        ..facts.clone()
    };
    let mut found = added(&own, "ne déclare ses enfants", |s| s.children);
    let Some(children) = found.value else {
        return found;
    };
    let (all, label) = if let Some((year, pupils)) = pupils {
        (pupils, format!("élèves des écoles, rentrée {year}"))
    } else {
        let all = communes.iter().map(|c| f64::from(c.children_3_11)).sum();
        (all, String::new())
    };
    found.value = (all > 0.0).then(|| children / all);
    found.denominator = (all > 0.0).then_some(all);
    if found.value.is_none() {
        "les communes n’ont aucun enfant de 3 à 11 ans".clone_into(&mut found.reason);
    } else if !label.is_empty() {
        found = found.beside(label, all);
    }
    found
}

/// Pupils of the territory at the last rentrée told by then.
fn pupils(c: &Calculation) -> Option<(i16, f64)> {
    let year = c.period.end().date().year();
    let mut told = c.input.territory.series(PUPILS).into_iter();
    let last = told.rfind(|v| v.year <= year)?;
    Some((last.year, last.value))
}

fn refusals(facts: &CampaignFacts) -> Found {
    let told: Vec<(&SiteFacts, f64, f64)> = (facts.sites.iter())
        .filter_map(|s| Some((s, s.refused?, s.asked?)))
        .collect();
    let refused = told.iter().map(|(_, r, _)| r).sum();
    let asked = told.iter().map(|(_, _, a)| a).sum();
    let nobody = "aucun accueil ne dit ses demandes et ses refus";
    let mut found = Found::share(refused, asked, told.len(), nobody);
    let silent = facts.sites.len() - told.len();
    if silent > 0 {
        found = found.beside("accueils qui ne le disent pas", silent as f64);
    }
    found.lines = (told.iter())
        .map(|(site, r, a)| {
            let says = format!(
                "{} refus pour {} demandes",
                integer(*r as i64),
                integer(*a as i64)
            );
            site_line(site, says)
        })
        .collect();
    found
}

/// Never site by site: an accueil that has one such child would tell it.
fn aeeh(c: &Calculation, facts: &CampaignFacts) -> Found {
    if facts.sites.iter().any(|s| s.aeeh_masked) {
        return Found::none("un accueil en a trop peu pour que leur nombre ait été gardé");
    }
    let children: f64 = facts.sites.iter().filter_map(|s| s.aeeh_children).sum();
    let open = c
        .input
        .territory
        .series(&c.parameters.series)
        .into_iter()
        .rev();
    let open = open
        .into_iter()
        .find(|v| v.year <= c.period.end().date().year());
    let beside = |found: Found| match &open {
        Some(open) => found.beside(
            format!("enfants dans les données ouvertes, {}", open.year),
            open.value,
        ),
        None => found,
    };
    if children < FEW_CHILDREN {
        return beside(Found::none("moins de 5 enfants : rien n’en est dit"));
    }
    let mut found = added(facts, "ne déclare les heures de ces enfants", |s| {
        s.aeeh_hours
    });
    found.lines.clear();
    beside(found.beside("enfants accueillis", children))
}

fn at_target(c: &Calculation, facts: &CampaignFacts) -> Found {
    let axe = &c.parameters.axe;
    let kept: Vec<&AxePanel> = (facts.axes.iter())
        .filter(|p| axe.is_empty() || p.code == *axe)
        .collect();
    let pairs: usize = kept.iter().map(|p| p.sites.len()).sum();
    if facts.before.is_empty() {
        return Found::none("il faut deux campagnes pour suivre les mêmes accueils");
    }
    let sums = kept.iter().map(|p| p.at_target());
    let (before, now) = sums.fold((0, 0), |(b, n), (before, now)| (b + before, n + now));
    let nobody = "aucun accueil n’a de niveau comparable aux deux campagnes";
    let mut found = Found::share(now as f64, pairs as f64, pairs, nobody);
    if pairs == 0 {
        return found;
    }
    found = found.beside(
        format!("part à {}", facts.before),
        before as f64 / pairs as f64,
    );
    for panel in kept.iter().filter(|p| !p.sites.is_empty()) {
        let (before, now) = panel.at_target();
        found.lines.push(SourceLine {
            place: format!("Axe {}", panel.code),
            says: format!(
                "{} : {now} accueils sur {} à la cible ({}), {before} à {}",
                panel.label,
                panel.sites.len(),
                decimals(panel.target, 1),
                facts.before
            ),
        });
    }
    found
}

fn families(facts: &CampaignFacts) -> Found {
    let all = &facts.families;
    let nobody = "aucune famille n’a répondu";
    let now = all.now;
    let mut found = Found::share(
        now.favourable as f64,
        now.answers as f64,
        now.families,
        nobody,
    );
    if found.value.is_none() {
        return found;
    }
    found = found
        .beside("questions", all.items as f64)
        .beside("familles", now.families as f64);
    if let Some(interval) = now.interval {
        found = found.beside("part basse de l’intervalle à 95 %", interval.low);
        found = found.beside("part haute de l’intervalle à 95 %", interval.high);
    }
    if let Some(before) = all.before.filter(|b| b.answers > 0) {
        let share = before.favourable as f64 / before.answers as f64;
        found = found.beside(format!("part à {}", facts.before), share);
        found = found.beside(
            format!("familles à {}", facts.before),
            before.families as f64,
        );
    }
    found
}

/// A series and its change, as of the last year told within the period.
pub(in crate::convention) fn series_indicator(c: &Calculation) -> Found {
    let year = c.period.end().date().year();
    let series = c.input.territory.series(&c.parameters.series);
    let told: Vec<&SeriesValue> = series.iter().filter(|v| v.year <= year).collect();
    let Some(last) = told.last() else {
        return Found::none(format!(
            "{CONTEXT_TABLE} n’a pas de valeur de « {} » pour le territoire en {year} ni avant",
            c.parameters.series
        ));
    };
    let mut found = Found {
        value: Some(last.value),
        numerator: Some(last.value),
        n: last.lines.len(),
        ..Found::default()
    };
    found = found.beside(format!("valeur de {}", last.year), last.value);
    if let [.., before, _] = told.as_slice() {
        found = found.beside(
            format!("écart avec {}", before.year),
            last.value - before.value,
        );
    }
    if let Some(first) = told.first().filter(|f| f.year < last.year) {
        found = found.beside(
            format!("écart avec {}", first.year),
            last.value - first.value,
        );
        let last_but_one = told.len() >= 2 && told[told.len() - 2].year == first.year;
        if last_but_one {
            found.beside.pop();
        }
    }
    if last.is_about {
        found = found.beside(
            "environ : valeurs arrondies à la source",
            last.lines.iter().filter(|l| l.rounded).count() as f64,
        );
    }
    found.lines = (last.lines.iter())
        .map(|l| SourceLine {
            place: format!("{} › ligne {}", l.file, l.line),
            says: format!(
                "{} {}, {} : {}{} {} ({}, {})",
                l.grain.label(),
                l.code,
                l.year,
                if l.rounded { "environ " } else { "" },
                decimals(l.value, usize::from(l.value.fract() != 0.0)),
                l.unit,
                l.source,
                l.licence
            ),
        })
        .collect();
    found
}
