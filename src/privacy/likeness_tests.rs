//! How the weights of `likeness` are learnt, and what they stop of a corpus that they were not learnt from. The same corpora
//! give the same table on every machine: additions and products alone, in one order.
//!
//! `OBSERVATOIRE_APPRENDRE=1 cargo test --lib likeness_tests` writes the table anew.

use super::{PLAIN, PRUDENCE, SURELY_PLAIN, Weights};
use crate::privacy::findings::SaidOf;
use crate::privacy::likeness_traits::TRAITS;
use crate::privacy::motif::Motif;
use crate::privacy::quote_screen::QuoteScreen;
use crate::privacy::quote_screen::corpus_tests::{CORPORA, LEARNT, Sentence, screen, sentences};

/// Passes over all sentences; the mean of those of the second half is kept.
const PASSES: usize = 20;
/// What of a weight is forgotten at each pass.
const FORGOTTEN: f64 = 0.02;
/// Sentences that only name or reach someone tell nothing wrong: what they say counts for little.
const NAMED: f64 = 0.3;

struct Lesson {
    corpus: &'static str,
    sentence: Sentence,
    /// Traits of all of it, then of its clauses; none of a text too short to be weighed.
    weighed: Vec<Vec<usize>>,
    /// Names and contacts, which stop whatever the sum.
    named: bool,
    /// Turns that were recognised; those of bodies.
    turned: bool,
    of_bodies: bool,
}

impl Lesson {
    fn has(&self, motif: Motif) -> bool {
        self.sentence.motifs.contains(&motif)
    }

    fn guilty(&self) -> bool {
        let told = [Motif::Allegation, Motif::Violence, Motif::Sante];
        told.into_iter().any(|m| self.has(m))
    }

    /// Whether the screen would stop it, its worst sum being this one.
    fn is_stopped(&self, sum: Option<f64>) -> bool {
        let Some(sum) = sum else {
            return self.named || self.turned;
        };
        let turned = self.turned && sum >= PLAIN || self.of_bodies && sum >= SURELY_PLAIN;
        self.named || sum > PRUDENCE || turned
    }

    fn innocent(&self) -> bool {
        self.sentence.motifs.is_empty()
    }
}

fn lessons() -> Vec<Lesson> {
    let mut all = Vec::new();
    for (corpus, text) in CORPORA.iter().chain(&LEARNT) {
        let sentences = sentences(text);
        let screen: QuoteScreen = screen(sentences.iter().map(|s| s.text));
        for sentence in sentences {
            let looked = screen.look(sentence.text);
            let turns = looked.found.motifs(SaidOf::Somebody);
            all.push(Lesson {
                corpus,
                weighed: screen.weighed(sentence.text, &looked),
                named: !screen.named(sentence.text, &looked).is_empty(),
                turned: !turns.is_empty(),
                of_bodies: !turns.of_bodies().is_empty(),
                sentence,
            });
        }
    }
    all
}

/// An order of so many, by a row of numbers that begins anew at each pass.
fn shuffled(many: usize, pass: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..many).collect();
    let mut state = pass as u64 + 1;
    for i in (1..many).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    order
}

/// The worst of what is weighed of a sentence, with its sum: a guilty one has something guilty in it, of an innocent one
/// everything is innocent.
fn worst<'a>(lesson: &'a Lesson, weights: &[f64], base: f64) -> Option<(f64, &'a [usize])> {
    let sums = lesson.weighed.iter().map(|traits| {
        let sum: f64 = traits.iter().map(|t| weights[*t]).sum();
        (sum / (traits.len() as f64).sqrt() + base, traits.as_slice())
    });
    sums.reduce(|most, next| if next.0 > most.0 { next } else { most })
}

/// Each sentence whose worst is on the wrong side, or too near, moves the weights of its traits.
fn learn(lessons: &[&Lesson]) -> (Vec<f64>, f64) {
    let (mut weights, mut base) = (vec![0.0; TRAITS], 0.0);
    let (mut kept, mut kept_base) = (vec![0.0; TRAITS], 0.0);
    for pass in 0..PASSES {
        let pace = 0.5 / (1.0 + 0.1 * pass as f64);
        for at in shuffled(lessons.len(), pass) {
            let lesson = lessons[at];
            let Some((sum, traits)) = worst(lesson, &weights, base) else {
                continue;
            };
            let side = if lesson.guilty() { 1.0 } else { -1.0 };
            let counts = if lesson.guilty() || lesson.innocent() {
                1.0
            } else {
                NAMED
            };
            let short = 1.0 - side * sum;
            if short > 0.0 {
                let by = counts * short.min(2.0) * pace * 0.5 * side;
                let root = (traits.len() as f64).sqrt();
                for t in traits {
                    weights[*t] += by / root;
                }
                base += 0.1 * by;
            }
        }
        for w in &mut weights {
            *w *= 1.0 - FORGOTTEN;
        }
        if pass >= PASSES / 2 {
            kept.iter_mut().zip(&weights).for_each(|(k, w)| *k += w);
            kept_base += base;
        }
    }
    let many = (PASSES - PASSES / 2) as f64;
    for k in &mut kept {
        *k /= many;
    }
    (kept, kept_base / many)
}

/// Weights as they are kept: a byte each.
fn table(lessons: &[&Lesson]) -> Vec<u8> {
    let (weights, base) = learn(lessons);
    let most = weights.iter().fold(0.0, |most: f64, w| most.max(w.abs()));
    let step = (most / 127.0) as f32;
    let mut out = Vec::with_capacity(TRAITS + 8);
    out.extend(step.to_le_bytes());
    out.extend((base as f32).to_le_bytes());
    let steps = weights.iter().map(|w| (w / f64::from(step)).round() as i8);
    out.extend(steps.map(i8::cast_unsigned));
    out
}

fn table_path() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/privacy/likeness/weights.bin")
}

#[test]
fn the_table_is_what_the_corpora_teach() {
    let all = lessons();
    let learnt = table(&all.iter().collect::<Vec<_>>());
    if std::env::var("OBSERVATOIRE_APPRENDRE").is_ok() {
        std::fs::write(table_path(), &learnt).expect("written");
    }
    let kept = std::fs::read(table_path()).expect("the table");
    assert!(
        kept == learnt,
        "the table is older than the corpora or the turns: OBSERVATOIRE_APPRENDRE=1 cargo test --lib likeness_tests"
    );
}

/// What is stopped of lessons, each with its sum.
struct WeighedLessons<'a>(Vec<(Option<f64>, &'a Lesson)>);

impl WeighedLessons<'_> {
    fn share(
        &self,
        of: impl Fn(&Lesson) -> bool,
        good: impl Fn(&Lesson, Option<f64>) -> bool,
    ) -> f64 {
        let all: Vec<_> = self.0.iter().filter(|(_, l)| of(l)).collect();
        let good = all.iter().filter(|(s, l)| good(l, *s)).count();
        good as f64 / all.len().max(1) as f64
    }

    fn told(&self, name: &str) {
        let kinds = [Motif::Allegation, Motif::Violence, Motif::Sante];
        let shares = kinds.map(|m| {
            let stopped = 100.0 * self.share(|l| l.has(m), Lesson::is_stopped);
            let weighed = 100.0 * self.share(|l| l.has(m), |_, s| s > Some(PRUDENCE));
            format!("{} {stopped:.1} % (poids seuls {weighed:.1} %)", m.label())
        });
        let kept = 100.0 * self.share(Lesson::innocent, |l, s| !l.is_stopped(s));
        println!(
            "{name} : {}, innocentes gardées {kept:.1} %",
            shares.join(", ")
        );
    }
}

/// Sums of some lessons by what the others teach.
fn weighed(all: &[Lesson], is_left_out: impl Fn(&Lesson) -> bool) -> Vec<(Option<f64>, &Lesson)> {
    let (own, others): (Vec<_>, Vec<_>) = all.iter().partition(|l| is_left_out(l));
    let weights = Weights::read(&table(&others)).expect("a table");
    own.into_iter()
        .map(|l| (weights.worst(&l.weighed), l))
        .collect()
}

/// Each corpus in turn is left out of what is learnt: what is stopped of it is what would be of sentences never seen, by the
/// weights. The turns of the vocabulary were mended by all of them, so that both together say too much, but of the last.
#[test]
fn a_corpus_that_was_not_learnt_is_stopped_too() {
    let all = lessons();
    let mut left_out = Vec::new();
    for (part, _) in CORPORA {
        let own = weighed(&all, |l| l.corpus == *part);
        WeighedLessons(own.clone()).told(part);
        left_out.extend(own);
    }
    let tally = WeighedLessons(left_out);
    tally.told("tous");
    for motif in [Motif::Allegation, Motif::Violence, Motif::Sante] {
        let recall = tally.share(|l| l.has(motif), Lesson::is_stopped);
        assert!(recall >= 0.95, "{} : {recall:.3}", motif.label());
    }
    let weighed = tally.share(|l| l.has(Motif::Allegation), |_, s| s > Some(PRUDENCE));
    assert!(weighed >= 0.9, "{weighed:.3}");
    let kept = tally.share(Lesson::innocent, |l, s| !l.is_stopped(s));
    assert!(kept >= 0.7, "{kept:.3}");
}
