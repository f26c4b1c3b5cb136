//! What copil, Caf and everybody are handed, quarter after quarter and document after document, is read back from its
//! pages and solved: nobody's attendance, no answer, no number under five may come out of it. The attacker knows the
//! convention, every meeting, who was invited, who holds which function, how many answered when, and how numbers are
//! rounded; it keeps every edition. It solves by propagation and trial, where the program looks at differences.
//!
//! `OBSERVATOIRE_ATTAQUES=200 … ctg::attack --nocapture` tries so many territories at random.

mod constraints;
mod pages;
mod territories;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::atelier::Atelier;
use constraints::{Tie, Unknowns};
use pages::{Told, words};
use territories::{Held, OWN, QUARTERS, Territory};

/// Documents that are printed in turn: command, quarter of the state, audience.
const PRINTED: [(&[&str], usize, &str); 17] = [
    (&["suivi", "--trimestre", "2026-T1"], 0, "copil"),
    (&["suivi", "--trimestre", "2026-T1"], 0, "habitants"),
    (&["suivi", "--trimestre", "2026-T2"], 1, "caf"),
    (&["bilan", "--type", "point_etape"], 1, "copil"),
    (&["gouvernance", "--annee", "2026"], 1, "copil"),
    (&["suivi", "--trimestre", "2026-T2"], 1, "cdsf"),
    (&["suivi", "--trimestre", "2026-T3"], 2, "copil"),
    (&["gouvernance", "--annee", "2026"], 2, "caf"),
    (&["bilan", "--type", "intermediaire"], 2, "habitants"),
    (&["experimentation", "EXP1"], 2, "copil"),
    (&["suivi", "--trimestre", "2026-T4"], 3, "caf"),
    (&["suivi", "--trimestre", "2026-T4"], 3, "copil"),
    (&["bilan", "--type", "final"], 3, "copil"),
    (&["bilan", "--type", "final"], 3, "habitants"),
    (&["gouvernance", "--annee", "2026"], 3, "habitants"),
    (&["territoire", "--annee", "2026"], 3, "copil"),
    (&["gouvernance", "--annee", "2026"], 3, "copil"),
];

/// Every page that was handed, with the quarter at the end of which it was printed.
fn handed_of(atelier: &Atelier) -> Vec<(usize, String)> {
    let mut pages = Vec::new();
    for (rank, (command, quarter, audience)) in PRINTED.iter().enumerate() {
        let out = atelier.root().join(format!("remis-{rank}"));
        let out_text = out.to_string_lossy();
        let (_, _, to) = QUARTERS[*quarter];
        let mut asked = vec!["ctg"];
        asked.extend(*command);
        asked.extend(["--public", *audience, "--date", to]);
        asked.extend(["--format", "html", "--sortie", &*out_text]);
        let answer = atelier.run(&asked);
        assert_eq!(answer.code, 0, "{asked:?}: {}", answer.stderr);
        for name in crate::atelier::files(&out) {
            if crate::atelier::is(&name, "html") {
                let page = std::fs::read_to_string(out.join(name)).expect("a page");
                pages.push((*quarter, page));
            }
        }
    }
    pages
}

/// What is read of seats and answers, before seats that stand for each other are put together: each tie is a list of
/// groups of seats, and two bounds.
enum Read {
    Sum(Vec<usize>, i64, i64),
    AnyOf(Vec<Vec<usize>>, i64, i64),
    Both(Vec<(Vec<usize>, Vec<usize>)>, i64, i64),
    /// Meetings whose persons are added up.
    Persons(Vec<usize>, i64, i64),
}

/// What the attacker holds of a territory.
#[derive(Default)]
struct Loot {
    reads: Vec<Read>,
    /// Where each was read.
    places: Vec<String>,
    answers: Vec<(Vec<usize>, i64, i64)>,
    users: Vec<(usize, i64, i64)>,
    figures: usize,
}

struct Attack<'a> {
    of: &'a Territory,
    /// Meeting and place of each seat.
    seats: Vec<(usize, usize)>,
    /// Response and item of each answer that was given.
    answers: Vec<(usize, usize)>,
}

impl<'a> Attack<'a> {
    fn on(of: &'a Territory) -> Self {
        let seats = of.year.iter().enumerate();
        let answers = of.responses.iter().enumerate();
        Self {
            of,
            seats: seats
                .flat_map(|(m, held)| (0..held.seats.len()).map(move |s| (m, s)))
                .collect(),
            answers: answers
                .flat_map(|(r, said)| {
                    let given = said.items.iter().enumerate();
                    given.filter(|(_, a)| a.is_some()).map(move |(i, _)| (r, i))
                })
                .collect(),
        }
    }

    fn seat(&self, rank: usize) -> (&'a Held, &'a territories::Seat) {
        let (m, s) = self.seats[rank];
        (&self.of.year[m], &self.of.year[m].seats[s])
    }

    fn came(&self, rank: usize) -> i64 {
        i64::from(self.seat(rank).1.came)
    }

    fn all(&self, keep: impl Fn(&Held, &territories::Seat) -> bool) -> Vec<usize> {
        (0..self.seats.len())
            .filter(|rank| {
                let (held, seat) = self.seat(*rank);
                keep(held, seat)
            })
            .collect()
    }

    fn by<K: Ord>(
        &self,
        keep: impl Fn(&Held) -> bool,
        key: impl Fn(&territories::Seat) -> K,
    ) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for rank in self.all(|held, _| keep(held)) {
            groups.entry(key(self.seat(rank).1)).or_default().push(rank);
        }
        groups.into_values().collect()
    }

    /// What one line of a page says.
    #[expect(clippy::too_many_lines, reason = "a table of indicators")]
    fn take(&self, told: &Told, printed: usize, loot: &mut Loot) {
        loot.figures += 1;
        if told.noted.contains("repris") {
            return;
        }
        let known = QUARTERS[printed].2;
        let (from, to) = match QUARTERS.iter().find(|q| q.0 == told.period) {
            Some((_, from, to)) => (*from, (*to).min(known)),
            None if told.period == "2026" => ("2026-01-01", known),
            None => return,
        };
        let within = |date: &str| from <= date && date <= to;
        let works = |h: &Held| !h.is_copil && within(&h.date);
        let steers = |h: &Held| h.is_copil && within(&h.date);
        match told.code.as_str() {
            "G21" | "G22" => Self::share(told, self.all(|h, _| works(h)), None, loot),
            "G23" => Self::share(told, self.all(|h, _| within(&h.date)), None, loot),
            "G38" => Self::share(told, self.all(|h, _| steers(h)), None, loot),
            "G24" | "G25" => {
                let own = self.all(|h, s| steers(h) && self.of.holds(s, h));
                let meetings = self.of.year.iter().filter(|h| steers(h)).count();
                Self::share(told, own, Some(meetings * self.of.functions.len()), loot);
            }
            "G26" | "G27" => {
                if let Some((least, most)) = pages::persons(&told.noted) {
                    let own = (0..self.of.year.len()).filter(|m| works(&self.of.year[*m]));
                    loot.reads.push(Read::Persons(own.collect(), least, most));
                }
            }
            "G28" | "G29" | "G30" => {
                let groups = match told.code.as_str() {
                    "G28" => self.by(works, |s| s.service),
                    "G29" => self.by(works, |s| self.of.kinds[s.service]),
                    _ => self.by(steers, |s| self.of.kinds[s.service]),
                };
                let listed = match told.code.as_str() {
                    "G28" => groups.len(),
                    _ => self.of.kinds.iter().collect::<BTreeSet<_>>().len(),
                };
                let could = groups.len();
                if let Some((least, most)) = pages::at_least_once(&told.value, listed, could) {
                    loot.reads.push(Read::AnyOf(groups, least, most));
                }
            }
            "G31" | "G32" => {
                let pairs: Vec<_> = (0..self.of.year.len())
                    .filter(|m| within(&self.of.year[*m].date))
                    .map(|m| {
                        let of_meeting = |keep: &dyn Fn(&territories::Seat, &Held) -> bool| {
                            let own = (0..self.seats.len()).filter(|r| self.seats[*r].0 == m);
                            own.filter(|r| keep(self.seat(*r).1, self.seat(*r).0))
                                .collect()
                        };
                        let functions: Vec<usize> = of_meeting(&|s, h| self.of.holds(s, h));
                        let services: Vec<usize> = of_meeting(&|s, _| OWN.contains(&s.service));
                        (functions, services)
                    })
                    .filter(|(a, b)| !a.is_empty() && !b.is_empty())
                    .collect();
                let most = pairs.len() as i64;
                if let Some((least, most)) = pages::collaborations(&told.value, most) {
                    loot.reads.push(Read::Both(pairs, least, most));
                }
            }
            "G33" => {
                let functions = self.of.functions.len();
                let quarter = QUARTERS.iter().position(|q| q.1 <= to && to <= q.2);
                if let (Some(q), Some((least, most))) =
                    (quarter, pages::counts(&told.value, functions, functions))
                {
                    loot.users.push((q, least, most));
                }
            }
            "G34" | "G35" | "G36" | "G37" => {
                let own: Vec<usize> = (0..self.answers.len())
                    .filter(|a| {
                        let (r, i) = self.answers[*a];
                        let is_item = match told.code.as_str() {
                            "G36" => true,
                            "G37" => i == 1,
                            _ => i == 0,
                        };
                        is_item && within(&self.of.responses[r].date)
                    })
                    .collect();
                // An item under five is out of the whole.
                let own: Vec<usize> = if told.code == "G36" {
                    let of = |i: usize| own.iter().filter(|a| self.answers[**a].1 == i).count();
                    let told = [of(0) >= 5, of(1) >= 5];
                    own.into_iter()
                        .filter(|a| told[self.answers[*a].1])
                        .collect()
                } else {
                    own
                };
                let of = own.len();
                if let Some((least, most)) = pages::counts(&told.value, of, of) {
                    loot.answers.push((own, least, most));
                }
            }
            _ => {}
        }
    }

    fn share(told: &Told, own: Vec<usize>, of: Option<usize>, loot: &mut Loot) {
        let of = of.unwrap_or(own.len());
        if let Some((least, most)) = pages::counts(&told.value, of, own.len()) {
            loot.reads.push(Read::Sum(own, least, most));
        }
    }

    fn read(&self, pages: &[(usize, String)]) -> Loot {
        let mut loot = Loot::default();
        for (printed, page) in pages {
            for told in pages::read(page) {
                self.take(&told, *printed, &mut loot);
                let place = format!(
                    "{}/{} le {} : {} ; {}",
                    told.code, told.period, QUARTERS[*printed].2, told.value, told.noted
                );
                loot.places.resize(loot.reads.len(), place);
            }
        }
        loot
    }
}

/// Meetings whose persons are counted together, then ties and groups: seats that have both alike stand for each other.
type Class<'a> = (&'a [usize], &'a [(usize, usize)]);

/// What was found, what could not be decided.
#[derive(Default, Debug)]
struct Found {
    /// What was enough to find one of them.
    by: Vec<Vec<String>>,
    seats: usize,
    persons: usize,
    answers: usize,
    users: usize,
    undecided: usize,
}

impl Found {
    fn nothing(&self) -> bool {
        self.seats + self.persons + self.answers + self.users == 0
    }

    /// One value alone is left when neither less nor more is possible.
    fn alone(&mut self, unknowns: &Unknowns, of: &[usize], truth: &[i64]) -> bool {
        let own: i64 = of.iter().map(|v| truth[*v]).sum();
        let most: i64 = of.iter().map(|v| unknowns.most[*v]).sum();
        for (least, most) in [(0, own - 1), (own + 1, most)] {
            if least > most {
                continue;
            }
            match unknowns.is_possible(Tie::Sum(of.to_vec(), least, most), truth) {
                Some(true) => return false,
                Some(false) => {}
                None => {
                    self.undecided += 1;
                    return false;
                }
            }
        }
        true
    }
}

impl Found {
    /// Ties none of which may be left out.
    fn enough(unknowns: &Unknowns, v: usize, truth: &[i64]) -> Vec<usize> {
        let mut kept: Vec<usize> = (0..unknowns.ties.len()).collect();
        let mut rank = 0;
        while rank < kept.len() {
            let mut fewer = kept.clone();
            fewer.remove(rank);
            let less = Unknowns {
                most: unknowns.most.clone(),
                ties: fewer.iter().map(|t| unknowns.ties[*t].clone()).collect(),
            };
            if Self::default().alone(&less, &[v], truth) {
                kept = fewer;
            } else {
                rank += 1;
            }
        }
        kept
    }
}

impl Attack<'_> {
    /// Seats, and persons, that all that was read leaves one value.
    #[expect(clippy::too_many_lines, reason = "one system of ties, laid in order")]
    fn solve_seats(&self, loot: &Loot, found: &mut Found) {
        // Seats that are in the same groups of the same ties stand for each other.
        let mut marks: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.seats.len()];
        let mut mark = |rank: usize, group: usize, seats: &[usize]| {
            for seat in seats {
                marks[*seat].push((rank, group));
            }
        };
        let mut meetings: Vec<Vec<usize>> = vec![Vec::new(); self.of.year.len()];
        for (rank, read) in loot.reads.iter().enumerate() {
            match read {
                Read::Sum(own, ..) => mark(rank, 0, own),
                Read::AnyOf(groups, ..) => {
                    for (g, own) in groups.iter().enumerate() {
                        mark(rank, g, own);
                    }
                }
                Read::Both(pairs, ..) => {
                    for (g, (a, b)) in pairs.iter().enumerate() {
                        mark(rank, 2 * g, a);
                        mark(rank, 2 * g + 1, b);
                    }
                }
                Read::Persons(own, ..) => {
                    for m in own {
                        meetings[*m].push(rank);
                    }
                }
            }
        }
        let mut classes: BTreeMap<Class, Vec<usize>> = BTreeMap::new();
        for (seat, own) in marks.iter().enumerate() {
            let (m, _) = self.seats[seat];
            classes.entry((&meetings[m], own)).or_default().push(seat);
        }
        let mut unknowns = Unknowns::default();
        let mut truth = Vec::new();
        let mut of_seat = vec![0; self.seats.len()];
        let mut came_of: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
        for ((persons, _), seats) in &classes {
            let v = unknowns.add(seats.len() as i64);
            truth.push(seats.iter().map(|s| self.came(*s)).sum());
            came_of.entry(persons).or_default().push(v);
            for seat in seats {
                of_seat[*seat] = v;
            }
        }
        let seats = unknowns.most.len();
        let vars = |own: &[usize]| -> Vec<usize> {
            let own: BTreeSet<usize> = own.iter().map(|s| of_seat[*s]).collect();
            own.into_iter().collect()
        };
        let mut persons_of: BTreeMap<&[usize], usize> = BTreeMap::new();
        for (ranks, came) in &came_of {
            let own = self.seats.iter().filter(|(m, _)| meetings[*m] == *ranks);
            let told: i64 = own
                .map(|(m, s)| self.of.year[*m].seats[*s].persons as i64)
                .sum();
            let room: i64 = came.iter().map(|v| unknowns.most[*v]).sum();
            let v = unknowns.add(room * 6);
            truth.push(told);
            unknowns.ties.push(Tie::Persons(v, came.clone()));
            persons_of.insert(ranks, v);
        }
        for (rank, read) in loot.reads.iter().enumerate() {
            unknowns.ties.push(match read {
                Read::Sum(own, least, most) => Tie::Sum(vars(own), *least, *most),
                Read::AnyOf(groups, least, most) => {
                    Tie::AnyOf(groups.iter().map(|g| vars(g)).collect(), *least, *most)
                }
                Read::Both(pairs, least, most) => Tie::Both(
                    pairs.iter().map(|(a, b)| (vars(a), vars(b))).collect(),
                    *least,
                    *most,
                ),
                Read::Persons(_, least, most) => {
                    let own = persons_of.iter().filter(|(ranks, _)| ranks.contains(&rank));
                    Tie::Sum(own.map(|(_, v)| *v).collect(), *least, *most)
                }
            });
        }
        assert!(
            unknowns.fits(&truth),
            "the attacker reads what was not printed"
        );
        for v in 0..unknowns.most.len() {
            let small = v >= seats && (1..5).contains(&truth[v]);
            let whole = v < seats && (truth[v] == 0 || truth[v] == unknowns.most[v]);
            if (small || whole) && found.alone(&unknowns, &[v], &truth) {
                let enough = Found::enough(&unknowns, v, &truth);
                let told = enough.into_iter().map(|tie| {
                    let read = tie.checked_sub(came_of.len());
                    let words = read.map_or("qui vient est compté", |r| &loot.places[r]);
                    format!("{words} {:?}", unknowns.ties[tie])
                });
                let mut told: Vec<String> = told.collect();
                told.push(format!(
                    "inconnue {v} = {} sur {}",
                    truth[v], unknowns.most[v]
                ));
                found.by.push(told);
                *(if small {
                    &mut found.persons
                } else {
                    &mut found.seats
                }) += 1;
            }
        }
    }

    fn solve_answers(&self, loot: &Loot, found: &mut Found) {
        let mut classes: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for answer in 0..self.answers.len() {
            let own = loot.answers.iter().enumerate();
            let own = own.filter(|(_, (all, ..))| all.contains(&answer));
            classes
                .entry(own.map(|(rank, _)| rank).collect())
                .or_default()
                .push(answer);
        }
        let mut unknowns = Unknowns::default();
        let mut truth = Vec::new();
        for answers in classes.values() {
            unknowns.add(answers.len() as i64);
            let yes = answers.iter().filter(|a| {
                let (r, i) = self.answers[**a];
                self.of.responses[r].items[i] == Some(true)
            });
            truth.push(yes.count() as i64);
        }
        for (rank, (_, least, most)) in loot.answers.iter().enumerate() {
            let own = classes
                .keys()
                .enumerate()
                .filter(|(_, ranks)| ranks.contains(&rank));
            let own = own.map(|(v, _)| v).collect();
            unknowns.ties.push(Tie::Sum(own, *least, *most));
        }
        assert!(
            unknowns.fits(&truth),
            "the attacker reads what was not answered"
        );
        for v in 0..truth.len() {
            if (truth[v] == 0 || truth[v] == unknowns.most[v])
                && found.alone(&unknowns, &[v], &truth)
            {
                found.answers += 1;
            }
        }
    }

    /// Functions that use the application, at the end of each quarter: those that began in each.
    fn solve_users(&self, loot: &Loot, found: &mut Found) {
        let functions = self.of.functions.len() as i64;
        let mut unknowns = Unknowns::default();
        let mut truth = Vec::new();
        for q in 0..QUARTERS.len() {
            unknowns.add(functions);
            let own = self.of.functions.iter().filter(|f| **f == Some(q));
            truth.push(own.count() as i64);
        }
        let until = |q: usize| -> Vec<usize> { (0..=q).collect() };
        unknowns.ties.push(Tie::Sum(until(3), 0, functions));
        for (q, least, most) in &loot.users {
            unknowns.ties.push(Tie::Sum(until(*q), *least, *most));
        }
        assert!(
            unknowns.fits(&truth),
            "the attacker reads what was not used"
        );
        for q in 0..QUARTERS.len() {
            let used: i64 = truth[..=q].iter().sum();
            if !loot.users.is_empty()
                && (used == 0 || used == functions)
                && found.alone(&unknowns, &until(q), &truth)
            {
                found.users += 1;
            }
        }
    }
}

#[test]
fn nobody_is_found_in_what_committees_and_everybody_receive() {
    let worlds = std::env::var("OBSERVATOIRE_ATTAQUES").ok();
    let worlds: u64 = worlds.and_then(|n| n.parse().ok()).unwrap_or(4);
    let first = std::env::var("OBSERVATOIRE_PREMIER").ok();
    let first: u64 = first.and_then(|n| n.parse().ok()).unwrap_or(0);
    let (mut pages_read, mut figures, mut equations) = (0, 0, 0);
    let (mut seats, mut answers, mut undecided) = (0, 0, 0);
    let mut leaks = Vec::new();
    for seed in first..first + worlds {
        let of = Territory::at_random(seed);
        let atelier = territories::world(seed, &of);
        let pages = handed_of(&atelier);
        let attack = Attack::on(&of);
        let loot = attack.read(&pages);
        let mut found = Found::default();
        attack.solve_seats(&loot, &mut found);
        attack.solve_answers(&loot, &mut found);
        attack.solve_users(&loot, &mut found);
        pages_read += pages.len();
        figures += loot.figures;
        equations += loot.reads.len() + loot.answers.len() + loot.users.len();
        seats += attack.seats.len();
        answers += attack.answers.len();
        undecided += found.undecided;
        if !found.nothing() {
            leaks.push(format!("{seed}: {found:#?}"));
        }
    }
    println!(
        "{worlds} territoires, {pages_read} pages, {figures} chiffres lus, {equations} équations ; {seats} présences, {answers} réponses : {} territoires où l’on retrouve quelque chose, {undecided} questions indécises",
        leaks.len()
    );
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(
        equations > worlds as usize * 12,
        "{equations} equations: nothing was tried"
    );
}

/// Text of every file that an audience is handed of the example, whatever its format.
fn handed(root: &Path) -> String {
    let mut text = String::new();
    for name in crate::atelier::files(root) {
        let path = root.join(&name);
        let bytes = std::fs::read(&path).expect("readable");
        match path.extension().and_then(|e| e.to_str()) {
            Some("html") => {
                let page = String::from_utf8(bytes).expect("a page");
                let body = page.split("<body").nth(1).unwrap_or_default();
                text.push_str(&words(body.split("<script").next().unwrap_or_default()));
            }
            Some("xlsx" | "docx") => {
                let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
                for i in 0..archive.len() {
                    let mut part = archive.by_index(i).expect("a part");
                    let mut xml = String::new();
                    if std::io::Read::read_to_string(&mut part, &mut xml).is_ok() {
                        text.push_str(&words(&xml));
                    }
                }
            }
            _ => {}
        }
    }
    text
}

/// The example, in every format: no function by its title, nobody's presence, nothing of the services’ own notes.
#[test]
fn files_of_the_example_hold_no_function_nor_presence() {
    let demo = Atelier::demo();
    let mut read = 0;
    for audience in ["copil", "caf", "habitants"] {
        for (quarter, day) in [("2026-T2", "2026-06-30"), ("2026-T4", "2026-12-15")] {
            let out = demo.root().join(format!("remis-{audience}-{quarter}"));
            let answer = demo.run(&[
                "ctg",
                "suivi",
                "--trimestre",
                quarter,
                "--public",
                audience,
                "--date",
                day,
                "--format",
                "html,xlsx,docx",
                "--sortie",
                &out.to_string_lossy(),
            ]);
            assert_eq!(answer.code, 0, "{}", answer.stderr);
            let text = handed(&out);
            read += text.len();
            for secret in [
                "Coopération jeunesse",
                "coopération jeunesse",
                "CCT-ENF",
                "EP-COORD",
                "Référente inclusion",
                "Conseil technique de la Caf",
                "Vice-présidence",
                "excusé",
                "visioconférence",
                "PRE-0",
            ] {
                assert!(
                    !text.contains(secret),
                    "{audience} {quarter} reads « {secret} »"
                );
            }
        }
    }
    println!("{read} caractères lus chez trois publics, deux trimestres, trois formats");
    assert!(read > 50_000, "{read}");
}
