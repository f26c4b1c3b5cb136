//! T04–T09 and series a second time, from lines of text as files have them: written from docs/ctg.md; on the example, from
//! what it imported and what it exports; on two hundred territories at random.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use observatoire::convention::territory::{
    AxePanel, CampaignFacts, FamilyAnswers, FamilyFacts, PairedSite, SiteFacts, TerritoryData,
};
use observatoire::convention::{
    CalculationInput, KnownSurveys, Registers, SuiviPeriod, compute, parse_convention,
};
use observatoire::vocabulary::config::Observatory;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::atelier::{Atelier, on};

pub type Line = BTreeMap<String, String>;

/// Lines of a CSV.
pub fn lines(text: &str) -> Vec<Line> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = (reader.headers().expect("titles").iter())
        .map(str::to_owned)
        .collect();
    let rows = reader.records().map(|r| r.expect("a line"));
    rows.map(|r| {
        heads
            .iter()
            .cloned()
            .zip(r.iter().map(str::to_owned))
            .collect()
    })
    .collect()
}

fn get<'a>(line: &'a Line, column: &str) -> &'a str {
    line.get(column).map_or("", String::as_str)
}

fn number(line: &Line, column: &str) -> Option<f64> {
    get(line, column).parse().ok()
}

fn over(n: f64, of: f64) -> Option<f64> {
    (of > 0.0).then(|| n / of)
}

/// What lines say of a territory.
pub struct Written {
    /// `denominateurs`.
    pub sites: Vec<Line>,
    /// `communes`.
    pub communes: Vec<Line>,
    /// `contexte`.
    pub context: Vec<Line>,
    /// axe, cible, structure, avant, apres: levels of the same accueils.
    pub levels: Vec<Line>,
    /// Answers of families: favorables, reponses.
    pub families: Vec<Line>,
    /// Whether there was a campaign before.
    pub is_second: bool,
}

impl Written {
    fn children(&self, year: i32) -> Option<f64> {
        let years = self
            .communes
            .iter()
            .filter_map(|c| get(c, "annee").parse::<i32>().ok());
        let last = years.filter(|y| *y <= year).max()?;
        let own = self
            .communes
            .iter()
            .filter(|c| get(c, "annee") == last.to_string());
        Some(own.filter_map(|c| number(c, "enfants_3_11")).sum())
    }

    fn sum(&self, column: &str) -> Option<f64> {
        let told: Vec<f64> = self
            .sites
            .iter()
            .filter_map(|s| number(s, column))
            .collect();
        (!told.is_empty()).then(|| told.iter().sum())
    }

    /// T04 to T09, by their codes; an axe alone for T08.
    pub fn value(&self, measure: &str, axe: &str, year: i32) -> Option<f64> {
        match measure {
            "T04" => self.sum("heures_capacite"),
            "T05" => over(self.sum("enfants")?, self.children(year)?),
            "T06" => {
                let both = self.sites.iter();
                let both: Vec<(f64, f64)> = both
                    .filter_map(|s| Some((number(s, "refusees")?, number(s, "demandes")?)))
                    .collect();
                over(
                    both.iter().map(|b| b.0).sum(),
                    both.iter().map(|b| b.1).sum(),
                )
            }
            "T07" => {
                let masked = |s: &&Line| {
                    ["aeeh_enfants", "aeeh_heures"]
                        .iter()
                        .any(|c| get(s, c) == "moins de 5")
                };
                if self.sites.iter().any(|s| masked(&s)) {
                    return None;
                }
                let children = self.sum("aeeh_enfants").unwrap_or(0.0);
                (children >= 5.0).then(|| self.sum("aeeh_heures"))?
            }
            "T08" if self.is_second => {
                let own = self
                    .levels
                    .iter()
                    .filter(|l| axe.is_empty() || get(l, "axe") == axe);
                let (mut reached, mut all) = (0.0, 0.0);
                for line in own {
                    let (level, target) = (number(line, "apres")?, number(line, "cible")?);
                    reached += f64::from(u8::from(level > target - 1e-9));
                    all += 1.0;
                }
                over(reached, all)
            }
            "T09" => {
                let sum = |column: &str| -> f64 {
                    self.families.iter().filter_map(|f| number(f, column)).sum()
                };
                over(sum("favorables"), sum("reponses"))
            }
            _ => None,
        }
    }

    /// The last year of a series that is told by then.
    pub fn series(&self, series: &str, year: i32) -> Option<f64> {
        let own: Vec<&Line> = self
            .context
            .iter()
            .filter(|l| get(l, "serie") == series)
            .collect();
        let mut told: BTreeMap<i32, f64> = BTreeMap::new();
        let years: BTreeSet<i32> = own
            .iter()
            .filter_map(|l| get(l, "annee").parse().ok())
            .collect();
        for y in years.into_iter().filter(|y| *y <= year) {
            let of = |grain: &str| -> Vec<f64> {
                let all = own.iter().filter(|l| get(l, "annee") == y.to_string());
                all.filter(|l| get(l, "maille") == grain)
                    .filter_map(|l| number(l, "valeur"))
                    .collect()
            };
            let unit = own.first().map_or("", |l| get(l, "unite"));
            let counts = !["%", "pour ", "par ", "/"].iter().any(|w| unit.contains(w));
            match (of("epci").as_slice(), of("commune")) {
                ([one], _) => {
                    told.insert(y, *one);
                }
                (_, communes) if counts && !communes.is_empty() => {
                    told.insert(y, communes.iter().sum());
                }
                _ => {}
            }
        }
        told.into_values().next_back()
    }

    /// The same, in the words of the program.
    fn facts(&self) -> CampaignFacts {
        let sites = self.sites.iter().map(|s| SiteFacts {
            structure: get(s, "structure").to_owned(),
            capacity_hours: number(s, "heures_capacite"),
            children: number(s, "enfants"),
            asked: number(s, "demandes"),
            refused: number(s, "refusees"),
            aeeh_children: number(s, "aeeh_enfants"),
            aeeh_hours: number(s, "aeeh_heures"),
            aeeh_masked: ["aeeh_enfants", "aeeh_heures"]
                .iter()
                .any(|c| get(s, c) == "moins de 5"),
        });
        let mut axes: Vec<AxePanel> = Vec::new();
        for line in &self.levels {
            let code = get(line, "axe");
            if axes.iter().all(|a| a.code != code) {
                axes.push(AxePanel {
                    code: code.to_owned(),
                    label: code.to_owned(),
                    target: number(line, "cible").expect("a target"),
                    sites: Vec::new(),
                });
            }
            let axe = axes.iter_mut().find(|a| a.code == code).expect("there");
            axe.sites.push(PairedSite {
                structure: get(line, "structure").to_owned(),
                before: number(line, "avant").expect("a level"),
                now: number(line, "apres").expect("a level"),
            });
        }
        let whole = |column: &str| {
            let all = self.families.iter().filter_map(|f| number(f, column));
            all.sum::<f64>() as usize
        };
        CampaignFacts {
            campaign: "C2".to_owned(),
            before: if self.is_second {
                "C1".to_owned()
            } else {
                String::new()
            },
            sites: sites.collect(),
            axes,
            families: FamilyFacts {
                items: 1,
                before: None,
                now: FamilyAnswers {
                    favourable: whole("favorables"),
                    answers: whole("reponses"),
                    families: self.families.len(),
                    interval: None,
                },
            },
        }
    }
}

const MEASURES: [(&str, &str); 7] = [
    ("T04", ""),
    ("T05", ""),
    ("T06", ""),
    ("T07", ""),
    ("T08", ""),
    ("T08", "A1"),
    ("T09", ""),
];
const SERIES: [(&str, &str); 4] = [
    ("naissances", "naissances"),
    ("pauvrete", "%"),
    ("taux", "pour 100 enfants"),
    ("eleves", "élèves"),
];

fn convention(head: &str) -> String {
    let mut text = head.to_owned();
    for (rank, (measure, axe)) in MEASURES.iter().enumerate() {
        let axe = if axe.is_empty() {
            String::new()
        } else {
            format!("axe = \"{axe}\"\n")
        };
        _ = write!(
            text,
            "\n[[indicateurs]]\ncode = \"M{rank}\"\nlibelle = \"x\"\ncalcul = \"maillage\"\nmesure = \"{measure}\"\nperiode = \"annee\"\n{axe}"
        );
    }
    for (series, _) in SERIES {
        _ = write!(
            text,
            "\n[[indicateurs]]\ncode = \"{series}\"\nlibelle = \"x\"\ncalcul = \"contexte\"\nserie = \"{series}\"\nperiode = \"annee\"\n"
        );
    }
    text
}

fn one_of(dice: &mut ChaCha8Rng, share: f64, most: u32) -> String {
    if dice.random_bool(share) {
        String::new()
    } else {
        dice.random_range(0..most).to_string()
    }
}

fn context(dice: &mut ChaCha8Rng) -> String {
    let mut text = "serie,libelle,unite,annee,maille,code,valeur,source,licence\n".to_owned();
    for (series, unit) in SERIES {
        for year in 2022..2028 {
            for (grain, codes) in [("commune", 4), ("epci", 1), ("departement", 1)] {
                for code in 0..codes {
                    if dice.random_bool(0.5) {
                        let value = f64::from(dice.random_range(0..90_000)) / 10.0;
                        _ = writeln!(
                            text,
                            "{series},{series},{unit},{year},{grain},{code},{value},Essai,Essai"
                        );
                    }
                }
            }
        }
    }
    text
}

fn random(dice: &mut ChaCha8Rng) -> (Written, String, String) {
    let mut sites =
        "structure,heures_capacite,enfants,demandes,refusees,aeeh_enfants,aeeh_heures\n".to_owned();
    let masks = dice.random_bool(0.2);
    for s in 0..dice.random_range(0..12) {
        let asked = one_of(dice, 0.2, 80);
        let (few, aeeh) = (masks && dice.random_bool(0.2), one_of(dice, 0.4, 9));
        let aeeh = if few { "moins de 5".to_owned() } else { aeeh };
        _ = writeln!(
            sites,
            "S{s:02},{},{},{asked},{},{aeeh},{}",
            one_of(dice, 0.2, 9000),
            one_of(dice, 0.2, 90),
            one_of(dice, 0.3, 20),
            one_of(dice, 0.3, 900)
        );
    }
    let mut communes = "insee,nom,latitude,longitude,enfants_3_11,enfants_0_2,annee\n".to_owned();
    let first = dice.random_range(2022..2028);
    for year in [first, first + 1] {
        for c in 0..dice.random_range(0..4) {
            let children = if dice.random_bool(0.2) {
                0
            } else {
                dice.random_range(0..300)
            };
            _ = writeln!(communes, "2790{c},C{c},49.1,0.7,{children},3,{year}");
        }
    }
    let mut levels = "axe,cible,structure,avant,apres\n".to_owned();
    for (axe, target) in [("A1", 3.0), ("A2", 2.5)] {
        for s in 0..dice.random_range(0..9) {
            let (before, after) = (dice.random_range(10..41), dice.random_range(10..41));
            _ = writeln!(
                levels,
                "{axe},{target},S{s:02},{},{}",
                f64::from(before) / 10.0,
                f64::from(after) / 10.0
            );
        }
    }
    let mut families = "favorables,reponses\n".to_owned();
    for _ in 0..dice.random_range(0..30) {
        let given = dice.random_range(0..7);
        _ = writeln!(families, "{},{given}", dice.random_range(0..=given));
    }
    let context = context(dice);
    let written = Written {
        sites: lines(&sites),
        communes: lines(&communes),
        context: lines(&context),
        levels: lines(&levels),
        families: lines(&families),
        is_second: dice.random_bool(0.8),
    };
    (written, communes, context)
}

fn same(own: Option<f64>, wanted: Option<f64>) -> bool {
    match (own, wanted) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    }
}

#[test]
fn needs_use_and_series_of_200_random_territories_are_the_same_computed_twice() {
    let example = Atelier::demo();
    let root = example.root();
    let observatory = Observatory::open(Some(&root)).expect("an observatory");
    let text = std::fs::read_to_string(root.join("ctg/convention.toml")).expect("a convention");
    let text = convention(text.split("[[indicateurs]]").next().expect("a head"));
    let signed = parse_convention("convention.toml", &text, &observatory);
    let signed = signed.expect("it holds together").value;
    let (registers, figures) = (Registers::default(), BTreeMap::new());
    let mut dice = ChaCha8Rng::seed_from_u64(417);
    let mut compared: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for _ in 0..200 {
        let (written, communes, context) = random(&mut dice);
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("data")).expect("made");
        std::fs::write(folder.path().join("data/communes.csv"), communes).expect("written");
        std::fs::write(folder.path().join("data/contexte.csv"), context).expect("written");
        let territory = TerritoryData::load(folder.path()).expect("read");
        assert!(
            territory.diagnostics.is_empty(),
            "{:?}",
            territory.diagnostics
        );
        let facts = written.facts();
        for year in [2023, 2026] {
            let day = format!("{year}-12-15");
            let period = SuiviPeriod::read(&day[..4], &signed, &[], on(&day)).expect("a year");
            for indicator in &signed.indicators {
                let input = CalculationInput {
                    convention: &signed,
                    registers: &registers,
                    registry: &observatory.registry,
                    figures: &figures,
                    surveys: &KnownSurveys::default(),
                    territory: &territory.value,
                    facts: Some(&facts),
                };
                let own = compute(&input, indicator, &period).value;
                let rank = indicator
                    .code
                    .strip_prefix('M')
                    .and_then(|r| r.parse::<usize>().ok());
                let (name, wanted) = match rank.map(|r| MEASURES[r]) {
                    Some((measure, axe)) => (measure, written.value(measure, axe, year)),
                    None => ("contexte", written.series(&indicator.code, year)),
                };
                assert!(
                    same(own, wanted),
                    "{name} {year}: {own:?}, naively {wanted:?}"
                );
                compared.entry(name.to_owned()).or_default()[usize::from(wanted.is_some())] += 1;
            }
        }
    }
    println!("200 territoires au hasard, sans valeur puis avec : {compared:?}");
    let idle: Vec<_> = compared.iter().filter(|(_, n)| n[1] < 40).collect();
    assert!(
        idle.is_empty() && compared.len() == 7,
        "hardly tried: {idle:?}"
    );
}
