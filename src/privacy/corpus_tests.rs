//! The corpus of sentences (`tests/suite/fixtures/phrases_*.tsv`), written before the screen and by
//! someone who did not see it: what is stopped, by reason and by channel.

use std::collections::BTreeMap;

use super::*;
use crate::vocabulary::referentiel::{embedded, embedded_v1, parse};

/// The corpora, by name.
pub(in crate::privacy) const CORPORA: &[(&str, &str)] = &[
    (
        "a",
        include_str!("../../tests/suite/fixtures/phrases_a.tsv"),
    ),
    (
        "b",
        include_str!("../../tests/suite/fixtures/phrases_b.tsv"),
    ),
    (
        "c",
        include_str!("../../tests/suite/fixtures/phrases_c.tsv"),
    ),
    (
        "d",
        include_str!("../../tests/suite/fixtures/phrases_d.tsv"),
    ),
    (
        "e",
        include_str!("../../tests/suite/fixtures/phrases_e.tsv"),
    ),
    (
        "f",
        include_str!("../../tests/suite/fixtures/phrases_f.tsv"),
    ),
    (
        "g",
        include_str!("../../tests/suite/fixtures/phrases_g.tsv"),
    ),
];

/// What the weights of `likeness` learn from besides, written by who had seen the screen: measures nothing.
pub(in crate::privacy) const LEARNT: [(&str, &str); 1] = [(
    "appris",
    include_str!("../../tests/suite/fixtures/phrases_apprises.tsv"),
)];

/// Least share of the guilty sentences stopped, by reason.
const RECALL: f64 = 0.95;
/// Least share of the innocent sentences let through; those of `c` and `d` were written to look guilty.
const KEPT: f64 = 0.65;

pub(in crate::privacy) struct Sentence {
    id: &'static str,
    channel: &'static str,
    pub(in crate::privacy) motifs: Vec<Motif>,
    pub(in crate::privacy) text: &'static str,
}

pub(in crate::privacy) fn sentences(corpus: &'static str) -> Vec<Sentence> {
    let lines = corpus.lines().skip(1).filter(|l| !l.is_empty());
    lines
        .map(|line| {
            let cells: Vec<&str> = line.splitn(4, '\t').collect();
            let named = |word: &&str| !word.is_empty();
            Sentence {
                id: cells[0],
                channel: cells[1],
                motifs: cells[2].split(';').filter(named).map(motif).collect(),
                text: cells[3],
            }
        })
        .collect()
}

fn motif(word: &str) -> Motif {
    let found = Motif::ALL
        .into_iter()
        .find(|m| fold_word(m.label()) == word);
    found.unwrap_or_else(|| panic!("{word}"))
}

pub(in crate::privacy) fn screen<'a>(texts: impl IntoIterator<Item = &'a str>) -> QuoteScreen {
    let referentiel = parse("v1", embedded_v1()).expect("the référentiel");
    QuoteScreen::new(&referentiel, [], texts)
}

#[derive(Default)]
struct Count {
    of: usize,
    good: usize,
}

impl Count {
    fn add(&mut self, good: bool) {
        self.of += 1;
        self.good += usize::from(good);
    }

    fn share(&self) -> f64 {
        if self.of == 0 {
            1.0
        } else {
            self.good as f64 / self.of as f64
        }
    }
}

/// Recall by reason and by channel; of innocent sentences, those let through; of those stopped,
/// those that were to be.
#[test]
fn the_corpus_is_stopped_where_it_must_be() {
    for (name, corpus) in CORPORA {
        let all = sentences(corpus);
        let screen = screen(all.iter().map(|s| s.text));
        let mut by_motif: BTreeMap<&str, Count> = BTreeMap::new();
        let mut by_channel: BTreeMap<&str, [Count; 3]> = BTreeMap::new();
        let (mut kept, mut total) = (Count::default(), Count::default());
        for sentence in &all {
            let found = screen.motifs(sentence.text);
            let (stopped, guilty) = (!found.is_empty(), !sentence.motifs.is_empty());
            for motif in &sentence.motifs {
                by_motif.entry(motif.label()).or_default().add(stopped);
            }
            let channel = by_channel.entry(sentence.channel).or_default();
            if guilty {
                channel[0].add(stopped);
                total.add(stopped);
            } else {
                channel[1].add(!stopped);
                kept.add(!stopped);
            }
            if stopped {
                channel[2].add(guilty);
            }
            if stopped != guilty {
                let said: Vec<&str> = found.iter().map(Motif::label).collect();
                println!(
                    "  {} {} {said:?} {}",
                    sentence.id, sentence.channel, sentence.text
                );
            }
        }
        println!("corpus {name} : {} phrases", all.len());
        for (motif, count) in &by_motif {
            println!(
                "  rappel {motif} : {}/{} ({:.1} %)",
                count.good,
                count.of,
                100.0 * count.share()
            );
        }
        for (channel, [stopped, kept, precise]) in &by_channel {
            println!(
                "  {channel} : coupables arrêtées {}/{}, innocentes gardées {}/{}, précision {:.1} %",
                stopped.good,
                stopped.of,
                kept.good,
                kept.of,
                100.0 * precise.share()
            );
        }
        println!(
            "  en tout : arrêtées {}/{}, gardées {}/{}",
            total.good, total.of, kept.good, kept.of
        );
        for (motif, count) in &by_motif {
            assert!(count.share() >= RECALL, "{motif} : {:.3}", count.share());
        }
        assert!(kept.share() >= KEPT, "gardées : {:.3}", kept.share());
    }
}

/// What is hostile in a clause is not drowned by what is harmless around it.
#[test]
fn a_hostile_clause_among_harmless_ones_is_stopped() {
    let screen = screen([]);
    let around = "Tout est très bien, les repas sont bons et variés, les activités aussi";
    for text in [
        "Dommage qu’on attache les enfants aux chaises",
        "Il faudrait écarter l’animateur qui serre les enfants contre lui",
        &format!("{around}, mais la dame du midi tire les oreilles des petits."),
        &format!("La dame du midi tire les oreilles des petits. {around}."),
    ] {
        assert!(screen.quote(text).is_none(), "{text}");
    }
    assert!(screen.quote(around).is_some());
}

/// What the référentiel says itself is said of nobody, cut in clauses or not, and with its sentences quoted one in the other.
#[test]
fn what_the_referentiel_says_is_let_through() {
    let referentiel = parse("v2", embedded()).expect("the référentiel");
    let screen = QuoteScreen::new(&referentiel, [], []);
    let steps = referentiel
        .criteres
        .iter()
        .enumerate()
        .flat_map(|(rank, c)| {
            let own = referentiel
                .elements
                .iter()
                .filter(move |e| e.critere == rank);
            own.flat_map(|element| {
                c.first_steps
                    .iter()
                    .map(|step| format!("{} (« {} »).", step.trim_end_matches('.'), element.label))
            })
        });
    let held: Vec<String> = steps
        .filter(|text| screen.quote_plan(text).is_none())
        .collect();
    assert!(
        held.is_empty(),
        "{} : {:#?}",
        held.len(),
        &held[..held.len().min(20)]
    );
}

/// What forms of services ask families: nobody is pointed at by what everybody is asked.
#[test]
fn questions_put_to_everybody_are_let_through_and_names_are_not() {
    let screen = screen([]);
    let asked = [
        "Par quel moyen venez-vous le plus souvent à l’accueil de loisirs avec votre enfant ?",
        "Quel âge a votre enfant ?",
        "Qui vient chercher votre enfant le soir ?",
        "Votre enfant se repose-t-il assez ?",
        "Que pensez-vous de l’animatrice de votre enfant ?",
        "par la navette de la commune, quand elle passe devant l’école",
    ];
    for text in asked {
        assert!(screen.quote_title(text).is_some(), "{text}");
    }
    let pointing = [
        "Mme Martin accueille-t-elle bien votre enfant ?",
        "Votre enfant est-il avec le petit Théo ?",
        "Appelez-vous le 06 12 34 56 78 ?",
        "Que pensez-vous de Kevin Lemoine ?",
    ];
    for text in pointing {
        assert!(screen.quote_title(text).is_none(), "{text}");
    }
}
