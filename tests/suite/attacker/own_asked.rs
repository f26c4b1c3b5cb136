//! Closed questions of a service's own in the random worlds: each respondent of a questionnaire answers those that were
//! added to it, most of them alike in some places, and a few by « autre réponse ». Who left all the rest blank is not among
//! those whose number is printed, and answers none here.

use std::collections::{BTreeMap, BTreeSet};

use observatoire::figures::Distribution;
use observatoire::figures::voices::OutsideQuestion;
use observatoire::intake::observations::{Observation, Statut};
use observatoire::vocabulary::referentiel::SourceCode;

/// Questions added to each questionnaire, with how many answers they admit besides « autre réponse ».
const ADDED: [(&str, SourceCode, usize); 3] = [
    ("Q-FAM-0000000A", SourceCode::Fam, 2),
    ("Q-FAM-0000000B", SourceCode::Fam, 4),
    ("Q-EQP-0000000C", SourceCode::Eqp, 3),
];

/// A number that a text always gives.
fn draw(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 13
}

/// What was answered to them.
pub fn own_questions(answers: &[Observation]) -> Vec<OutsideQuestion> {
    let asked = ADDED.into_iter().map(|(code, source, n)| {
        let own = answers
            .iter()
            .filter(|o| o.source == source && !o.repondant.is_empty() && o.statut != Statut::Vide);
        let people: BTreeSet<(String, String)> = own
            .map(|o| (o.structure.to_string(), o.repondant.to_string()))
            .collect();
        let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (site, person) in people {
            let at = draw(&format!("{code}|{site}|{person}"));
            // In a third of the places nearly everybody says the same.
            let is_alike = draw(&format!("{code}|{site}")).is_multiple_of(3);
            let answer = match at % 20 {
                0 => n,
                1..=16 if is_alike => 0,
                other => (other as usize) % n,
            };
            counts.entry(site).or_insert_with(|| vec![0; n + 1])[answer] += 1;
        }
        let named = |rank| {
            if rank == n {
                "autre réponse".to_owned()
            } else {
                format!("réponse {rank}")
            }
        };
        OutsideQuestion {
            code: code.to_owned(),
            source,
            label: format!("Question {code} ?"),
            answers: (0..=n).map(named).collect(),
            counts,
        }
    });
    asked
        .filter(|question| !question.counts.is_empty())
        .collect()
}

/// Who was asked a question outside the référentiel; none of an élément.
pub fn asked_of(code: &str) -> Option<SourceCode> {
    let added = ADDED.iter().find(|(own, ..)| *own == code)?;
    Some(added.1)
}

/// True answers, by accueil and question.
pub fn true_answers(questions: &[OutsideQuestion]) -> Vec<((String, String), Distribution)> {
    let each = questions.iter().flat_map(|question| {
        question.counts.iter().map(|(site, counts)| {
            let answers = Distribution {
                counts: counts.clone(),
                nsp: 0,
            };
            ((site.clone(), question.code.clone()), answers)
        })
    });
    each.collect()
}
