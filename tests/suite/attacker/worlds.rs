//! Random pairs of campaigns: a random référentiel, six to fourteen sites in zero to three
//! sectors, answers in every number around the thresholds.

use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::atelier::on;
use observatoire::compare::{Side, compare};
use observatoire::decide::priorities::{PriorityGround, importance, priorities};
use observatoire::disclosure::{
    Audience, ClearanceInput, ClearedDelivery, DecisionMemo, DeliveryLog, EarlierCampaign,
    EditionKey, OtherReader, Repeats, ToldEdition, clear_delivery,
};

use observatoire::figures::reliability::{observers, read};
use observatoire::figures::voices::{self, OutsideQuestion, Voices};
use observatoire::figures::{Indicators, compute};
use observatoire::intake::observations::{Observation, Observations, Statut};
use observatoire::vocabulary::AskedWordings;
use observatoire::vocabulary::config::{AudienceThresholds, Structure, parse_registry};
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode};

use crate::naive::random_worlds::{World, table};

/// One campaign, computed.
pub struct Campaign {
    pub indicators: Indicators,
    pub observations: Observations,
    pub referentiel: Referentiel,
    pub structures: Vec<Structure>,
    pub thresholds: AudienceThresholds,
    /// Closed questions outside the référentiel, answered by the same people.
    pub outside: Vec<OutsideQuestion>,
    /// Names this edition among all.
    pub grounds: String,
}

/// A name that no other edition has.
pub fn new_grounds() -> String {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    format!("édition {}", MADE.fetch_add(1, Ordering::Relaxed))
}

/// Two campaigns of the same sites.
pub struct Campaigns {
    pub before: Campaign,
    pub after: Campaign,
}

fn registry(seed: u64, sites: u64) -> String {
    let mut text = String::from("code,nom,type,pedt,secteur\n");
    let sectors = seed / 3 % 4;
    for i in 0..sites {
        let types = ["mixte", "periscolaire", "mercredi", "extrascolaire"];
        let sector = match sectors {
            0 => String::new(),
            n if (i + seed) % 7 == 6 => format!("S{}", n + 1),
            n => format!("S{}", i % n),
        };
        let kind = types[((i * 5 + seed) % 4) as usize];
        let _ = writeln!(text, "A{i:02},Accueil {i},{kind},oui,{sector}");
    }
    text
}

/// Answers with the position of their modality, which importing would have given; opinions lean
/// more or less to one side from one world to the next, up to near unanimity.
fn positioned(referentiel: &Referentiel, answers: &mut [Observation], seed: u64) {
    let lean = [0, 3, 6, 9][(seed % 4) as usize];
    for (i, o) in answers.iter_mut().enumerate() {
        let Some(e) = referentiel.element(&o.element) else {
            continue;
        };
        let element = &referentiel.elements[e];
        let modalities = &referentiel.scales[element.scale].modalities;
        if o.statut != Statut::Note || !element.source.is_questionnaire() {
            continue;
        }
        let mut rank = modalities
            .iter()
            .position(|m| m.code == o.valeur_brute)
            .expect("a modality");
        if (i as u64 * 7 + seed) % 10 < lean {
            rank = modalities.len() - 1;
        }
        let micro = modalities[rank].micro;
        o.modalite = Some(rank as i64);
        o.micro = micro;
        if element.negative {
            o.modalite = Some((modalities.len() - 1 - rank) as i64);
            o.micro = micro.map(|m| 5 * observatoire::vocabulary::referentiel::MICRO - m);
        }
    }
}

/// Most answers to a questionnaire at small centres, and at the few others there are.
const SMALL: [u64; 8] = [1, 4, 2, 6, 3, 20, 5, 8];

/// Whether an answer is among the first that a small centre received in a campaign.
fn is_of_a_small_centre(o: &Observation, seed: u64, campaign: u64) -> bool {
    let number = |text: &str| {
        let digits = text.trim_start_matches(char::is_alphabetic);
        digits.parse::<u64>().ok()
    };
    let Some(rank) = number(&o.repondant) else {
        return true;
    };
    let site = number(&o.structure).unwrap_or(0);
    let at = site * 3 + o.source as u64 * 5 + seed;
    rank < SMALL[(at % 8) as usize] + campaign * (site % 2)
}

/// A world with this registry.
fn world_of(seed: u64, sites: u64) -> World {
    let mut world = World::new(seed);
    world.registry = parse_registry(
        Path::new("structures.csv"),
        registry(seed, sites).as_bytes(),
    )
    .expect("a registry");
    world
}

/// A world of a few centres, asked a few questions: so small that all can be solved at once.
fn small_world(seed: u64) -> World {
    let few = |world: &World| {
        let elements = world.referentiel.elements.iter();
        let asked = elements.filter(|e| e.source.is_questionnaire()).count();
        (4..=10).contains(&asked)
    };
    let mut draws = (0..).map(|k| world_of(seed + 1_000 * k, 5 + seed % 4));
    draws.find(few).expect("a small world")
}

impl Campaigns {
    pub fn draw(seed: u64) -> Self {
        Self::of(world_of(seed, 6 + seed % 9), seed, |_, _| true)
    }

    /// Small centres: one to eight answers to most questionnaires, and here and there one more in the
    /// second campaign.
    pub fn small(seed: u64) -> Self {
        let is_there = |o: &Observation, campaign| is_of_a_small_centre(o, seed, campaign);
        Self::of(small_world(seed), seed, is_there)
    }

    fn of(mut world: World, seed: u64, is_there: impl Fn(&Observation, u64) -> bool) -> Self {
        let mut first = world.answers();
        positioned(&world.referentiel, &mut first, seed);
        let mut second = world.changed(&first);
        positioned(&world.referentiel, &mut second, seed);
        first.retain(|o| is_there(o, 0));
        second.retain(|o| is_there(o, 1));
        Self {
            before: Campaign::of(&world, &first),
            after: Campaign::of(&world, &second),
        }
    }
}

impl Campaign {
    /// Three editions of the same campaign: the second has a few late respondents at some sites,
    /// and many at others; then the import that brought the many is cancelled, and one of them
    /// answers again.
    pub fn editions(seed: u64) -> [Self; 3] {
        Self::editions_of(world_of(seed, 6 + seed % 9), seed)
    }

    /// The same in a small world.
    pub fn small_editions(seed: u64) -> [Self; 3] {
        Self::editions_of(small_world(seed), seed)
    }

    fn editions_of(mut world: World, seed: u64) -> [Self; 3] {
        let mut all = world.answers();
        positioned(&world.referentiel, &mut all, seed);
        let is_late = |o: &Observation, edition: usize| {
            let rank = o
                .repondant
                .trim_start_matches(char::is_alphabetic)
                .parse::<u64>();
            let site = o
                .structure
                .trim_start_matches('A')
                .parse::<u64>()
                .unwrap_or(0);
            let late = match (edition, (site + seed) % 3) {
                (0, group) => [0, 1, 12][group as usize],
                (1, _) => 0,
                (_, group) => [0, 1, 11][group as usize],
            };
            rank.is_ok_and(|r| r < late)
        };
        [0, 1, 2].map(|edition| {
            let there = all.iter().filter(|o| !is_late(o, edition));
            let answers: Vec<Observation> = there.cloned().collect();
            Self::of(&world, &answers)
        })
    }

    pub fn of(world: &World, answers: &[Observation]) -> Self {
        let observations = table(answers);
        Self {
            indicators: compute(&observations, &world.scope())
                .expect("indicators")
                .value,
            observations,
            referentiel: world.referentiel.clone(),
            structures: world.registry.all().to_vec(),
            thresholds: world.settings.audiences,
            outside: super::own_asked::own_questions(answers),
            grounds: new_grounds(),
        }
    }

    /// Everything this audience may read of the campaign, beside the one before.
    pub fn deliver(&self, audience: Audience, before: Option<&Self>) -> ClearedDelivery {
        let mut voices = voices::read(&self.observations).expect("voices");
        voices.outside.clone_from(&self.outside);
        self.deliver_with(audience, before, &voices)
    }

    /// What this audience is given of it after the editions that a log remembers, others being told this.
    pub fn told(
        &self,
        audience: Audience,
        log: &DeliveryLog,
        told: &mut ToldEdition,
    ) -> (ClearedDelivery, Repeats) {
        let clear = |audience| self.deliver(audience, None);
        let mut delivery = clear(audience);
        let edition = EditionKey {
            campaign: delivery.campagne.clone(),
            grounds: self.grounds_of_delivery(),
        };
        let compared = told.compared(log, (&edition, audience), &clear);
        let compared = compared.expect("a log that is read");
        let repeats = told.apply(log, &mut delivery, &compared, true);
        (delivery, repeats.expect("a log that is read"))
    }

    /// The same with other words.
    pub fn deliver_with(
        &self,
        audience: Audience,
        before: Option<&Self>,
        voices: &Voices,
    ) -> ClearedDelivery {
        let structures: Vec<&Structure> = self.structures.iter().collect();
        let former: Vec<&Structure> = before.iter().flat_map(|b| &b.structures).collect();
        let evolution = before.map(|b| {
            compare(
                Side {
                    indicators: &b.indicators,
                    referentiel: &b.referentiel,
                },
                Side {
                    indicators: &self.indicators,
                    referentiel: &self.referentiel,
                },
            )
            .value
        });
        let first = priorities(&PriorityGround {
            indicators: &self.indicators,
            previous: before.map(|b| &b.indicators),
            referentiel: &self.referentiel,
            structures: &structures,
            importance: importance(&self.observations, &self.referentiel).expect("importance"),
        });
        let observed = read(&self.observations, &self.referentiel, SourceCode::Obs).expect("read");
        let input = ClearanceInput {
            indicators: &self.indicators,
            before: before
                .zip(evolution.as_ref())
                .map(|(b, evolution)| EarlierCampaign {
                    indicators: &b.indicators,
                    referentiel: &b.referentiel,
                    structures: &former,
                    evolution,
                }),
            priorities: &first,
            voices,
            wordings: &AskedWordings::default(),
            places: &structures,
            observers: Some(&observers(&observed, &self.referentiel)),
            referentiel: &self.referentiel,
            thresholds: self.thresholds[audience],
            also: (audience.also_read_by().iter())
                .map(|other| OtherReader {
                    audience: *other,
                    thresholds: self.thresholds[*other],
                })
                .collect(),
            actions: &[],
            proposals: &[],
            ctg: &[],
            day: on("2026-12-15"),
            audience,
            decided: &DecisionMemo::default(),
            grounds: &self.grounds_of_delivery(),
        };
        clear_delivery(&input, &structures)
    }

    fn grounds_of_delivery(&self) -> String {
        format!("{} {:?}", self.grounds, self.thresholds)
    }
}
