//! How often does `comparer` claim a change that is not there, and what are its four words worth?
//!
//! Fifteen centres, 24 critères of 8 axes: two éléments observed each, one asked of the director, and by
//! turns one of families, one of staff, one of activity data. Noise, rounding to 1–4 included: 0.6 level per
//! élément and visit, a day that colours a whole visit (0 to 0.3), 0.4 per mark of an interview, 0.9 per
//! respondent. Two visits a campaign, or one (three centres visited twice, as recommended).
//!
//! First table: nothing changes, share of centres of which anything is announced. Second: true changes are
//! drawn for every critère (normal of 0.3 level, half and twice as wide, Student of 3 degrees), what each word
//! says and how often it is true.
//!
//! `cargo run --release --example fausses_alertes [RÉPÉTITIONS]`

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use observatoire::base::diagnostics::CellRef;
use observatoire::compare::{Comparisons, Side, compare};
use observatoire::figures::{Indicators, Level, Scope, compute};
use observatoire::intake::observations::{Observation, Observations, Statut};
use observatoire::stats::change::Verdict;
use observatoire::vocabulary::config::{Registry, Settings, parse_registry};
use observatoire::vocabulary::referentiel::regulation::{self, Regulation};
use observatoire::vocabulary::referentiel::{MICRO, Referentiel, SourceCode, parse};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const CENTRES: usize = 15;
const AXES: [&str; 8] = ["PRO", "REL", "SEC", "ENV", "ACT", "INC", "LIE", "EQU"];
const CRITERES: usize = 24;
/// Standard deviations, in levels, before ratings are rounded: rounding adds 0.29 of its own, which makes
/// those that the référentiel declares (0.6, 0.4 and 0.9).
const ELEMENT: f64 = 0.53;
const MARK: f64 = 0.28;
const ANSWER: f64 = 0.85;
/// The smallest change that counts.
const MIC: f64 = 0.3;

/// Fixed surroundings of every draw.
struct World {
    referentiel: Referentiel,
    registry: Registry,
    settings: Settings,
    regulation: Regulation,
}

/// Sources of a critère beside two éléments observed and one of the interview.
fn other_source(critere: usize) -> &'static str {
    ["FAM", "EQP", "DON", "FAM"][critere % 4]
}

fn world() -> World {
    let mut text = String::from(
        "[referentiel]\nversion = \"v1\"\ntitre = \"simulation\"\n[[echelles]]\ncode = \"niveaux4\"\n\
         conversion = \"niveaux\"\nstatuts = [\"nc\", \"no\"]\nmodalites = [\
         { code = \"1\", label = \"a\", niveau = 1 }, { code = \"2\", label = \"b\", niveau = 2 },\
         { code = \"3\", label = \"c\", niveau = 3 }, { code = \"4\", label = \"d\", niveau = 4 }]\n\
         [[echelles]]\ncode = \"avis4\"\nconversion = \"niveaux\"\nstatuts = [\"nsp\"]\nmodalites = [\
         { code = \"A\", label = \"a\", niveau = 1 }, { code = \"B\", label = \"b\", niveau = 2 },\
         { code = \"C\", label = \"c\", niveau = 3 }, { code = \"D\", label = \"d\", niveau = 4 }]\n\
         [[echelles]]\ncode = \"mesure\"\nconversion = \"niveaux\"\n",
    );
    for axe in AXES {
        let _ = writeln!(
            text,
            "[[axes]]\ncode = \"{axe}\"\nlabel = \"{axe}\"\nmarque = \"▲\""
        );
    }
    for c in 0..CRITERES {
        let (axe, rank) = (AXES[c % AXES.len()], c / AXES.len() + 1);
        let code = format!("{axe}-{rank}");
        let _ = writeln!(
            text,
            "[[criteres]]\ncode = \"{code}\"\naxe = \"{axe}\"\nlabel = \"x\"\nimperatif = false\n\
             descripteurs = [\"a\", \"b\", \"c\", \"d\"]"
        );
        let other = other_source(c);
        for (source, number) in [("OBS", 1), ("OBS", 2), ("DIR", 1), (other, 1)] {
            let (scale, more) = match source {
                "FAM" | "EQP" => ("avis4", ""),
                "DON" => ("mesure", "mesure = \"I11\"\nseuils = [0.25, 0.5, 0.75]\n"),
                _ => ("niveaux4", ""),
            };
            let _ = writeln!(
                text,
                "[[criteres.elements]]\ncode = \"{code}-{source}-{number}\"\nsource = \"{source}\"\n\
                 echelle = \"{scale}\"\nlabel = \"x\"\n{more}"
            );
        }
    }
    let mut registry = String::from("code,nom,type,pedt\n");
    for i in 0..CENTRES {
        let _ = writeln!(registry, "S{i:02},Accueil {i},periscolaire,oui");
    }
    let settings = "[territoire]\nnom = \"T\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"C1\"\n\
        debut = \"2026-04-01\"\nfin = \"2026-07-03\"\nreferentiel = \"v1\"\n\
        [[campagnes]]\nid = \"C2\"\nlabel = \"C2\"\n\
        debut = \"2027-04-01\"\nfin = \"2027-07-02\"\nreferentiel = \"v1\"\n";
    World {
        referentiel: parse("referentiel-v1.toml", &text).expect("a référentiel"),
        registry: parse_registry(Path::new("structures.csv"), registry.as_bytes())
            .expect("a registry"),
        settings: Settings::parse("observatoire.toml", settings).expect("settings"),
        regulation: Regulation::parse("reglement.toml", regulation::embedded())
            .expect("parameters"),
    }
}

/// A standard normal draw (Box and Muller).
fn normal(dice: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (dice.random(), dice.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// Student's law with three degrees of freedom, brought to a standard deviation of one.
fn heavy(dice: &mut ChaCha8Rng) -> f64 {
    let squares: f64 = (0..3).map(|_| normal(dice).powi(2)).sum();
    normal(dice) / (squares / 3.0).sqrt() / 3_f64.sqrt()
}

/// How a campaign is led.
#[derive(Clone, Copy)]
struct Fieldwork {
    /// Everybody visited twice, or three centres.
    twice: bool,
    /// What a day colours a visit by.
    day: f64,
}

/// Levels of each critère at each centre.
type Truth = Vec<Vec<f64>>;

/// What is collected in one campaign.
struct Collection<'a> {
    world: &'a World,
    campaign: usize,
    dice: &'a mut ChaCha8Rng,
    answers: Vec<Observation>,
}

impl Collection<'_> {
    /// One rating around a level, whole and on the scale.
    fn rated(&mut self, level: f64, noise: f64) -> i64 {
        let seen = level + noise * normal(self.dice);
        seen.round().clamp(1.0, 4.0) as i64
    }

    fn centre(&mut self, site: usize, levels: &[f64], fieldwork: Fieldwork) {
        let structure = format!("S{site:02}");
        let visits = if fieldwork.twice || site < 3 { 2 } else { 1 };
        let days: Vec<f64> = (0..visits)
            .map(|_| fieldwork.day * normal(self.dice))
            .collect();
        let families = 8 + site % 5 * 6;
        let staff = 5 + site % 3;
        // The same data twice: what changes of them is said, and judged by nobody.
        for (column, n) in [("formes", 6), ("animateurs", 10)] {
            let cell = Rated {
                structure: &structure,
                source: SourceCode::Don,
                visit: "denominateurs",
                who: "",
                element: column,
                rating: None,
                words: n.to_string(),
            };
            self.push(cell);
        }
        for (c, level) in levels.iter().enumerate() {
            let code = self.world.referentiel.criteres[c].code.clone();
            for (visit, day) in days.iter().enumerate() {
                for number in [1, 2] {
                    let rating = self.rated(level + day, ELEMENT);
                    let element = format!("{code}-OBS-{number}");
                    let visit = format!("V{visit}");
                    self.note(&structure, (SourceCode::Obs, &visit, ""), &element, rating);
                }
            }
            let rating = self.rated(*level, MARK);
            let element = format!("{code}-DIR-1");
            self.note(&structure, (SourceCode::Dir, "V0", ""), &element, rating);
            let (source, people) = match other_source(c) {
                "FAM" => (SourceCode::Fam, families),
                "EQP" => (SourceCode::Eqp, staff),
                _ => continue,
            };
            let element = format!("{code}-{source}-1");
            for person in 0..people {
                let rating = self.rated(*level, ANSWER);
                let who = format!("{source}{person}");
                self.note(&structure, (source, "", &who), &element, rating);
            }
        }
    }

    fn note(
        &mut self,
        structure: &str,
        (source, visit, who): (SourceCode, &str, &str),
        element: &str,
        rating: i64,
    ) {
        self.push(Rated {
            structure,
            source,
            visit,
            who,
            element,
            rating: Some(rating),
            words: rating.to_string(),
        });
    }

    fn push(&mut self, rated: Rated) {
        let is_person = rated.source.is_questionnaire();
        let observer = if rated.source == SourceCode::Obs {
            "O1"
        } else {
            ""
        };
        self.answers.push(Observation {
            campagne: self.world.settings.campaigns[self.campaign]
                .id
                .clone()
                .into(),
            structure: rated.structure.into(),
            source: rated.source,
            version: "v1".into(),
            visite: rated.visit.into(),
            observateur: observer.into(),
            repondant: rated.who.into(),
            date: "2026-05-12".into(),
            element: rated.element.into(),
            statut: Statut::Note,
            micro: rated.rating.map(|r| r * MICRO),
            modalite: rated.rating.filter(|_| is_person).map(|r| r - 1),
            valeur_brute: rated.words,
            commentaire: String::new(),
            feuille: "".into(),
            cellule: CellRef::new(0, 0),
            unite: "".into(),
        });
    }
}

/// One answer.
struct Rated<'a> {
    structure: &'a str,
    source: SourceCode,
    visit: &'a str,
    who: &'a str,
    element: &'a str,
    rating: Option<i64>,
    words: String,
}

fn collected(
    world: &World,
    campaign: usize,
    truth: &Truth,
    fieldwork: Fieldwork,
    dice: &mut ChaCha8Rng,
) -> Indicators {
    let mut collection = Collection {
        world,
        campaign,
        dice,
        answers: Vec::new(),
    };
    for (site, levels) in truth.iter().enumerate() {
        collection.centre(site, levels, fieldwork);
    }
    let lines: Vec<(&str, &Observation)> = collection.answers.iter().map(|o| ("f", o)).collect();
    let observations = Observations::from_rows("I001", &lines).expect("a table");
    let scope = Scope {
        campaign: &world.settings.campaigns[campaign],
        referentiel: &world.referentiel,
        structures: world.registry.all().iter().collect(),
        regulation: &world.regulation,
        follow_ups: BTreeMap::new(),
        released: std::collections::BTreeSet::new(),
    };
    compute(&observations, &scope).expect("indicators").value
}

fn compared(
    world: &World,
    truths: [&Truth; 2],
    fieldwork: Fieldwork,
    dice: &mut ChaCha8Rng,
) -> Comparisons {
    let [before, after] =
        [0, 1].map(|campaign| collected(world, campaign, truths[campaign], fieldwork, dice));
    let side = |indicators| Side {
        indicators,
        referentiel: &world.referentiel,
    };
    compare(side(&before), side(&after)).value
}

/// Levels of every critère at every centre, where a change stays within the scale.
fn levels(dice: &mut ChaCha8Rng) -> Truth {
    let centre = |dice: &mut ChaCha8Rng| -> Vec<f64> {
        (0..CRITERES).map(|_| 2.0 + dice.random::<f64>()).collect()
    };
    (0..CENTRES).map(|_| centre(dice)).collect()
}

/// Share of centres of which anything is announced though nothing changed.
fn false_claims(world: &World, fieldwork: Fieldwork, draws: u64) -> f64 {
    let mut claimed = 0;
    for draw in 0..draws {
        let mut dice = ChaCha8Rng::seed_from_u64(draw);
        let truth = levels(&mut dice);
        let still = compared(world, [&truth, &truth], fieldwork, &mut dice);
        let is_claimed = |structure: &&String| {
            let mut own = still.lines.iter().filter(|l| &l.structure == *structure);
            own.any(|l| l.level != Level::Enquete && l.verdict.is_some_and(Verdict::is_firm))
        };
        claimed += still.panel.iter().filter(is_claimed).count();
    }
    claimed as f64 / (draws as usize * CENTRES) as f64
}

/// Lines of a word, and of how many it is true.
#[derive(Default, Clone, Copy)]
struct Word {
    said: usize,
    is_true: usize,
}

/// What the words are worth under one law of true changes.
#[derive(Default)]
struct Calibration {
    firm: Word,
    likely: Word,
    stable: Word,
    /// The same ratings twice: nothing is claimed of what is true.
    same: usize,
    unknown: usize,
    centres: usize,
    /// Centres of which something is announced that went the other way.
    misled: usize,
}

impl Calibration {
    fn add(&mut self, compared: &Comparisons, changes: &Truth, level: Level) {
        for (site, own) in changes.iter().enumerate() {
            let structure = format!("S{site:02}");
            let mut is_misled = false;
            let lines = compared.lines.iter();
            for line in lines.filter(|l| l.structure == structure && l.level == level) {
                let truth = change_of(own, &line.code, level);
                let agrees = line.delta.is_some_and(|d| d * truth > 0.0);
                if line.rise.is_none() && line.verdict == Some(Verdict::Stable) {
                    self.same += 1;
                    continue;
                }
                let word = match line.verdict {
                    Some(Verdict::Progresse | Verdict::Recule) => {
                        is_misled |= !agrees;
                        &mut self.firm
                    }
                    Some(Verdict::PlutotProgresse | Verdict::PlutotRecule) => &mut self.likely,
                    Some(Verdict::Stable) => &mut self.stable,
                    Some(Verdict::Indetermine) => {
                        self.unknown += 1;
                        continue;
                    }
                    _ => continue,
                };
                let is_stable = line.verdict == Some(Verdict::Stable);
                word.said += 1;
                word.is_true += usize::from(if is_stable { truth.abs() < MIC } else { agrees });
            }
            self.misled += usize::from(is_misled);
            self.centres += 1;
        }
    }

    fn row(&self) -> String {
        let words = [self.firm, self.likely, self.stable];
        let all = self.unknown + self.same + words.iter().map(|w| w.said).sum::<usize>();
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let cells: Vec<String> = words
            .iter()
            .map(|w| {
                format!(
                    "{:5.1} % ({:5.1} %)",
                    share(w.said, all),
                    share(w.is_true, w.said)
                )
            })
            .collect();
        format!(
            "{} | {:5.1} % | {:5.1} % | {:4.2} %",
            cells.join(" | "),
            share(self.same, all),
            share(self.unknown, all),
            share(self.misled, self.centres)
        )
    }
}

/// True change of a critère, or of an axe.
fn change_of(own: &[f64], code: &str, level: Level) -> f64 {
    let axe = |c: usize| AXES[c % AXES.len()];
    let of = (0..CRITERES).filter(|c| match level {
        Level::Axe => axe(*c) == code,
        _ => format!("{}-{}", axe(*c), c / AXES.len() + 1) == code,
    });
    let all: Vec<f64> = of.map(|c| own[c]).collect();
    all.iter().sum::<f64>() / all.len() as f64
}

/// A law of true changes: its name, what draws one.
type Law = (&'static str, fn(&mut ChaCha8Rng) -> f64);

const LAWS: [Law; 4] = [
    ("deux fois moins (0,15)", |d| 0.15 * normal(d)),
    ("0,3 niveau", |d| 0.3 * normal(d)),
    ("deux fois plus (0,6)", |d| 0.6 * normal(d)),
    ("queues lourdes (0,3)", |d| 0.3 * heavy(d)),
];

fn calibrations(world: &World, law: Law, fieldwork: Fieldwork, draws: u64) -> [Calibration; 2] {
    let mut both = [Calibration::default(), Calibration::default()];
    for draw in 0..draws {
        let mut dice = ChaCha8Rng::seed_from_u64(10_000 + draw);
        let first = levels(&mut dice);
        let moved: Truth = first
            .iter()
            .map(|own| {
                let after = |level: &f64| (level + law.1(&mut dice)).clamp(1.0, 4.0);
                own.iter().map(after).collect()
            })
            .collect();
        let changes: Truth = (first.iter().zip(&moved))
            .map(|(a, b)| a.iter().zip(b).map(|(a, b)| b - a).collect())
            .collect();
        let found = compared(world, [&first, &moved], fieldwork, &mut dice);
        both[0].add(&found, &changes, Level::Critere);
        both[1].add(&found, &changes, Level::Axe);
    }
    both
}

fn main() {
    let draws = std::env::args().nth(1).and_then(|n| n.parse().ok());
    let draws: u64 = draws.unwrap_or(100);
    let world = world();
    println!("{draws} tirages de {CENTRES} accueils, {CRITERES} critères de cinq sources.\n");
    println!("Rien ne change : accueils dont quelque chose est annoncé (5 % au plus)");
    println!("effet du jour | une visite | deux visites");
    for day in [0.0, 0.1, 0.2, 0.3] {
        let [once, twice] = [false, true]
            .map(|twice| 100.0 * false_claims(&world, Fieldwork { twice, day }, draws));
        println!("{day:13.1} | {once:8.1} % | {twice:10.1} %");
    }
    println!(
        "\nDe vrais changements : part des lignes de chaque mot (part des fois où il est vrai)"
    );
    println!(
        "vrais changements | visites | lignes | en hausse, en baisse | plutôt | stable | mêmes notes | on ne sait pas encore | accueils trompés"
    );
    for law in LAWS {
        for (name, twice) in [("une", false), ("deux", true)] {
            let found = calibrations(&world, law, Fieldwork { twice, day: 0.2 }, draws);
            for (level, calibration) in ["critères", "axes"].iter().zip(&found) {
                println!("{} | {name} | {level} | {}", law.0, calibration.row());
            }
        }
    }
}
