//! The attacker of aggregates that may leave: holding the folder, the totals printed for elected people
//! and the levels of every critère, it tries to find what a structure's few respondents answered.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use super::drawn_territory::{Drawn, DrawnTerritory, temporary};
use crate::base::day::on;
use crate::campaign::{OpenObservatory, Picture, Reach};
use crate::disclosure::{Audience, ClearedDelivery, ClearedDistribution, DeliveryLog};
use crate::figures::{Collected, Distribution, FoldReach, HeldLevels, Indicators, Level};
use crate::intake::observations::{Observation, Statut};
use crate::vocabulary::config::Thresholds;
use crate::vocabulary::referentiel::{Critere, MICRO, Referentiel, SourceCode};

const TERRITORY: &str = "T";

/// Six to fourteen structures, in none to three sectors.
fn registry(seed: u64) -> String {
    let mut text = String::from("code,nom,type,pedt,secteur\n");
    for i in 0..6 + seed % 9 {
        let types = ["mixte", "periscolaire", "mercredi", "extrascolaire"];
        let kind = types[((i * 5 + seed) % 4) as usize];
        let sector = match seed / 3 % 4 {
            0 => String::new(),
            sectors => format!("secteur {}", i % sectors),
        };
        let _ = writeln!(text, "A{i:02},Accueil {i},{kind},oui,{sector}");
    }
    text
}

/// Opinions that lean to the best answer, more or less from one seed to the next; every other structure
/// has twice as many respondents, so that some are enough and some are few.
fn lean(drawn: &mut Drawn, seed: u64) {
    let lean = [0, 3, 6, 9][(seed % 4) as usize];
    let r = &drawn.world.referentiel;
    for answers in &mut drawn.answers {
        for (i, answer) in answers.iter_mut().enumerate() {
            let Some(element) = r.element(&answer.element).map(|e| &r.elements[e]) else {
                continue;
            };
            let scored = answer.statut == Statut::Note && element.source.is_questionnaire();
            if scored && (i as u64 * 7 + seed) % 10 < lean {
                let best = r.scales[element.scale].modalities.len() - 1;
                answer.modalite = Some(best as i64);
                answer.micro = answer.micro.map(|_| 4 * MICRO);
            }
        }
        let crowded = |o: &&Observation| {
            let rank = o.structure.bytes().last().unwrap_or(0);
            o.source.is_questionnaire() && (u64::from(rank) + seed).is_multiple_of(2)
        };
        let others = answers.iter().filter(crowded).map(|o| Observation {
            repondant: format!("{} bis", o.repondant).into(),
            ..o.clone()
        });
        let others: Vec<Observation> = others.collect();
        answers.extend(others);
    }
}

/// What is printed of a level: a tenth, or a hundredth where a tenth would cross the target.
fn printed(level: f64, target: f64) -> [f64; 2] {
    for (digits, half) in [(10.0, 0.05), (100.0, 0.005)] {
        let said = (level * digits).round() / digits;
        if (said < target - 1e-9) == (level < target - 1e-9) {
            return [said - half, said + half];
        }
    }
    [level - 0.01, level + 0.01]
}

/// Tenths from which on an answer is everyone's.
fn common(n: usize) -> usize {
    if n < 10 { 8 } else { 9 }
}

/// What was tried, and found.
#[derive(Debug, Default)]
struct Tried {
    found: Vec<String>,
    /// Questions of a structure that the folder does not hold.
    hidden: usize,
    /// Those that it holds.
    held: usize,
    /// Questions that stay although enough people answered, and not all alike.
    protected: usize,
    /// Hidden means that level and ratings together leave in doubt.
    told: usize,
    /// Hidden means that would be found if ratings that stay were told.
    careless: usize,
}

/// What is true, what the folder holds, and what elected people are printed.
struct Attack<'a> {
    referentiel: &'a Referentiel,
    truth: &'a Picture<'a>,
    /// Down to each élément.
    figures: &'a Indicators,
    folder: &'a Collected,
    printed: &'a ClearedDelivery,
    thresholds: Thresholds,
    tried: &'a mut Tried,
}

impl Attack<'_> {
    fn true_answers(&self, structure: &str, element: usize) -> Distribution {
        let collected = &self.truth.indicators.collected;
        collected
            .distribution(structure, element)
            .unwrap_or_default()
    }

    fn folder_answers(&self, structure: &str, element: usize) -> Option<Distribution> {
        let code = format!("{TERRITORY}:{structure}");
        self.folder.distribution(&code, element)
    }

    fn questions(&self) -> Vec<usize> {
        let elements = &self.referentiel.elements;
        let all = 0..elements.len();
        all.filter(|e| elements[*e].source.is_questionnaire())
            .collect()
    }

    /// What the folder holds of a question is whole, enough, and not nearly all alike.
    fn cells(&mut self) {
        for element in self.questions() {
            let source = self.referentiel.elements[element].source;
            for structure in &self.truth.structures {
                let truth = self.true_answers(&structure.code, element);
                let (n, most) = (truth.total(), truth.counts.iter().max().copied());
                let least = self.thresholds.per_site(source);
                let alike = most.is_some_and(|m| m * 10 >= n * common(n));
                let may_be_shown = least > 0 && n >= least && !alike;
                let Some(held) = self.folder_answers(&structure.code, element) else {
                    self.tried.hidden += usize::from(n > 0);
                    self.tried.protected += usize::from(may_be_shown);
                    continue;
                };
                self.tried.held += 1;
                if held != truth || !may_be_shown {
                    let code = &self.referentiel.elements[element].code;
                    self.tried
                        .found
                        .push(format!("{} {code} : {held:?}", structure.code));
                }
            }
        }
    }

    /// A total printed, less what the folder holds of it: nobody, or enough people of two structures.
    fn remainders(&mut self) {
        let printed = self.printed;
        let all: Vec<&str> = self
            .truth
            .structures
            .iter()
            .map(|s| s.code.as_str())
            .collect();
        self.remainder(&all, printed.territory.distributions.values().flatten());
        for sector in &printed.sectors {
            let members: Vec<&str> = sector.structures.iter().map(String::as_str).collect();
            self.remainder(&members, sector.distributions.values().flatten());
        }
    }

    fn remainder<'d>(
        &mut self,
        members: &[&str],
        questions: impl Iterator<Item = &'d ClearedDistribution>,
    ) {
        for question in questions {
            let exact = question
                .shares
                .as_ref()
                .is_ok_and(|s| s.unanimous.is_none());
            let Some(element) = self.referentiel.element(&question.code).filter(|_| exact) else {
                continue;
            };
            let (mut rest, mut sites) = (0, 0);
            for member in members {
                let n = self.true_answers(member, element).total();
                if self.folder_answers(member, element).is_none() {
                    rest += n;
                    sites += usize::from(n > 0);
                }
            }
            if rest > 0 && (rest < self.thresholds.territoire || sites < 2) {
                self.tried
                    .found
                    .push(format!("{members:?} {} : {rest} de {sites}", question.code));
            }
        }
    }

    /// The level of a critère, taken as printed to a tenth, less the ratings that the folder holds.
    fn means(&mut self) {
        let r = self.referentiel;
        for structure in &self.truth.structures {
            for critere in &r.criteres {
                self.mean(&structure.code, critere);
            }
        }
    }

    fn mean(&mut self, structure: &str, critere: &Critere) {
        let figures = self.figures;
        let level = figures.get(structure, Level::Critere, &critere.code);
        let Some(level) = level.and_then(|f| f.value) else {
            return;
        };
        let told = self.holds_ratings(structure, critere);
        let mut terms: Vec<LevelTerm> = Vec::new();
        let mut stands_in = false;
        for source in SourceCode::ALL {
            let figure = figures.get_source(structure, Level::Source, &critere.code, Some(source));
            let weight = critere.source_weights[source as usize];
            let Some(value) = figure.and_then(|f| f.value).filter(|_| weight > 0.0) else {
                stands_in |= source == SourceCode::Obs && figure.is_some() && weight > 0.0;
                continue;
            };
            terms.push(LevelTerm {
                weight,
                value,
                // What of ratings that stay, were they told?
                known: self.is_known(structure, critere, source)
                    || (!told && !source.is_questionnaire()),
                hidden: self.is_few(structure, critere, source),
            });
        }
        // The self-assessment in place of an observation: its weight is not worked out here.
        if stands_in {
            return;
        }
        let weight: f64 = terms.iter().map(|t| t.weight).sum();
        let [low, high] = printed(level, critere.cible);
        for term in terms.iter().filter(|t| t.hidden) {
            let others: Vec<&LevelTerm> =
                terms.iter().filter(|t| !std::ptr::eq(*t, term)).collect();
            let bound = |said: f64, unknown: f64| {
                let rest = others
                    .iter()
                    .map(|t| t.weight * if t.known { t.value } else { unknown });
                ((said * weight - rest.sum::<f64>()) / term.weight).clamp(1.0, 4.0)
            };
            let width = bound(high, 1.0) - bound(low, 4.0);
            let narrow = width < self.thresholds.marge_niveau - 1e-6;
            self.tried.told += usize::from(told);
            self.tried.careless += usize::from(narrow && !told);
            if narrow && told {
                let code = &critere.code;
                self.tried.found.push(format!(
                    "{structure} {code} : une moyenne à {width:.2} près"
                ));
            }
        }
    }

    /// A questionnaire whose mean stays hidden.
    fn is_few(&self, structure: &str, critere: &Critere, source: SourceCode) -> bool {
        let position = self.referentiel.critere(&critere.code).expect("a critère");
        let collected = &self.truth.indicators.collected;
        let n = collected.critere_respondents(structure, source, position);
        let least = self.thresholds.per_site(source);
        source.is_questionnaire() && (least == 0 || n < least)
    }

    /// Ratings of a critère are held.
    fn holds_ratings(&self, structure: &str, critere: &Critere) -> bool {
        let mut ratings = critere.elements.iter().filter(|e| {
            let source = self.referentiel.elements[**e].source;
            !source.is_questionnaire() && source != SourceCode::Don
        });
        ratings.any(|e| self.folder_answers(structure, *e).is_some())
    }

    /// A source whose every answer is held; activity data are everybody's.
    fn is_known(&self, structure: &str, critere: &Critere, source: SourceCode) -> bool {
        let mut own = critere
            .elements
            .iter()
            .filter(|e| self.referentiel.elements[**e].source == source);
        source == SourceCode::Don
            || own.all(|e| {
                let asked = self.true_answers(structure, *e).total() > 0;
                !asked || self.folder_answers(structure, *e).is_some()
            })
    }
}

/// A source in the level of a critère.
struct LevelTerm {
    weight: f64,
    value: f64,
    known: bool,
    hidden: bool,
}

fn attack(seed: u64, tried: &mut Tried) {
    let registry = registry(seed);
    let mut drawn = Drawn::new(seed, &registry);
    lean(&mut drawn, seed);
    let root = temporary();
    let territory =
        DrawnTerritory::lay(root.path().join("territoire"), &drawn, TERRITORY, &registry);
    let shared = territory.release(&drawn.answers, "partage");
    let own = territory.open();
    let campaign = own.observatory.campaign(Some("C1")).expect("a campaign");
    let truth = Picture::of(&own, campaign, Reach::Territory, campaign.fin).expect("a picture");
    let figures = own
        .indicators_of(campaign, HeldLevels::ALL)
        .expect("figures")
        .value;
    let empty = DeliveryLog::open(root.path()).expect("an empty log");
    let delivered = truth
        .clear(
            &own,
            &truth.structures,
            Audience::Elus,
            on("2026-12-15"),
            &empty,
        )
        .expect("cleared")
        .cleared;
    let department = DrawnTerritory::lay(root.path().join("departement"), &drawn, "D", &registry);
    let sum = OpenObservatory::over(Some(&department.dir), &[shared]).expect("aggregates");
    assert_eq!(sum.shared_remarks().len(), 1);
    let fold = sum.fold(campaign).expect("folded");
    let scope = sum.scope(campaign);
    let folder = fold
        .collected(&scope.kinds(), FoldReach::Territory)
        .expect("partials");
    let mut attack = Attack {
        referentiel: truth.referentiel,
        truth: &truth,
        figures: &figures,
        folder: &folder,
        printed: &delivered,
        thresholds: own.observatory.settings.audiences[Audience::Departement],
        tried,
    };
    attack.cells();
    attack.remainders();
    attack.means();
}

#[test]
fn nothing_hidden_is_found_from_aggregates_that_may_leave() {
    let mut tried = Tried::default();
    for seed in 500..540 {
        let found = tried.found.len();
        attack(seed, &mut tried);
        for one in &mut tried.found[found..] {
            one.insert_str(0, &format!("graine {seed} : "));
        }
    }
    assert!(tried.found.is_empty(), "{:#?}", tried.found);
    let enough = tried.hidden > 1_000 && tried.held > 300 && tried.protected > 50;
    assert!(
        enough && tried.told > 100 && tried.careless > 50,
        "{tried:?}"
    );
}

/// No observer, no day, no family tied from one critère to the next, nothing of a person's post.
#[test]
fn nobody_is_named_in_aggregates_that_may_leave() {
    let registry = registry(503);
    let drawn = Drawn::new(503, &registry);
    let root = temporary();
    let territory =
        DrawnTerritory::lay(root.path().join("territoire"), &drawn, TERRITORY, &registry);
    let folder = territory.release(&drawn.answers, "partage");
    let sum = OpenObservatory::over(Some(&territory.dir), &[folder]).expect("aggregates");
    let campaign = sum.observatory.campaign(None).expect("a campaign");
    let fold = sum.fold(campaign).expect("folded");
    let scope = sum.scope(campaign);
    let collected = fold
        .collected(&scope.kinds(), FoldReach::Territory)
        .expect("partials");
    let mut sources: BTreeMap<SourceCode, usize> = BTreeMap::new();
    let mut sessions = 0;
    for structure in &scope.structures {
        for source in SourceCode::ALL {
            for grid in collected.grids(&structure.code, source) {
                let named = grid.observer.chars().any(|c| !c.is_ascii_digit());
                assert!(!named || grid.observer == "consensus", "{grid:?}");
                assert!(grid.date.is_some_and(|day| day.month() == day), "{grid:?}");
                *sources.entry(source).or_default() += 1;
            }
        }
        for line in collected.lines(&structure.code) {
            assert!(line.day().is_none());
            let session = line.id().starts_with("seance");
            assert!(session || line.id() == "denominateurs", "{}", line.id());
            sessions += usize::from(session);
        }
    }
    assert!(sources[&SourceCode::Obs] > 5 && sessions > 5, "{sources:?}");
    let families = fold.families().expect("families");
    assert!(families == crate::figures::FamilyLevels::default());
    assert!(
        fold.rated(SourceCode::Obs)
            .expect("ratings")
            .iter()
            .all(|r| {
                let observer: &str = &r.who;
                observer.chars().all(|c| c.is_ascii_digit())
            })
    );
}

/// The counts that a folder holds of the families of a territory, by structure and position of the
/// question.
fn family_counts(
    territory: &DrawnTerritory,
    folder: PathBuf,
) -> BTreeMap<(String, usize), Distribution> {
    let sum = OpenObservatory::over(Some(&territory.dir), &[folder]).expect("aggregates");
    let campaign = sum.observatory.campaign(None).expect("a campaign");
    let scope = sum.scope(campaign);
    let fold = sum.fold(campaign).expect("folded");
    let collected = fold
        .collected(&scope.kinds(), FoldReach::Territory)
        .expect("partials");
    let elements = scope.referentiel.elements.iter().enumerate();
    let asked: Vec<usize> = elements
        .filter(|(_, e)| e.source == SourceCode::Fam)
        .map(|(position, _)| position)
        .collect();
    let mut counts = BTreeMap::new();
    for structure in &scope.structures {
        for &element in &asked {
            if let Some(answers) = collected.distribution(&structure.code, element) {
                counts.insert((structure.code.clone(), element), answers);
            }
        }
    }
    counts
}

/// Aggregates handed over twice, one family of each structure having answered meanwhile: no question
/// tells what it said. While nobody answers, nothing else is handed over.
#[test]
fn a_late_family_is_not_told_apart_by_two_folders() {
    let (mut same, mut withheld) = (0, 0);
    for seed in 601..625 {
        let registry = registry(seed);
        let mut drawn = Drawn::new(seed, &registry);
        lean(&mut drawn, seed);
        let root = temporary();
        let territory =
            DrawnTerritory::lay(root.path().join("territoire"), &drawn, TERRITORY, &registry);
        let early: Vec<Vec<Observation>> = drawn
            .answers
            .iter()
            .map(|all| {
                all.iter()
                    .filter(|o| &*o.repondant != "FAM0")
                    .cloned()
                    .collect()
            })
            .collect();
        let before = family_counts(&territory, territory.release(&early, "avant"));
        let again = family_counts(&territory, territory.release(&early, "encore"));
        for (place, answers) in &again {
            assert_eq!(before.get(place), Some(answers), "graine {seed} {place:?}");
            same += 1;
        }
        let after = family_counts(&territory, territory.release(&drawn.answers, "apres"));
        for (place, answers) in &before {
            match after.get(place) {
                None => withheld += 1,
                Some(later) => {
                    assert_eq!(answers, later, "graine {seed} {place:?}");
                    same += 1;
                }
            }
        }
        let new: Vec<_> = after
            .keys()
            .filter(|place| !before.contains_key(*place))
            .collect();
        assert!(new.is_empty(), "graine {seed} {new:?}");
    }
    assert!(same > 0 && withheld > 20, "{same} {withheld}");
}
