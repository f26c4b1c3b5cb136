//! Closed questions of a service's own in the random worlds: each respondent of a questionnaire answers those that were
//! added to it, most of them alike in some places, and a few by « autre réponse ». Who left all the rest blank is not among
//! those whose number is printed, and answers none here. How many answered one is told with its shares or not at all, so that
//! two numbers differ by nobody, or by a group that could be told (`docs/confidentiality.md` §4).

use std::collections::{BTreeMap, BTreeSet};

use observatoire::disclosure::{Audience, ClearedDelivery};
use observatoire::figures::Distribution;
use observatoire::figures::voices::OutsideQuestion;
use observatoire::intake::observations::{Observation, Statut};
use observatoire::vocabulary::referentiel::SourceCode;

use super::worlds::Campaigns;

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

/// Sites whose number of answers to a question is told.
fn numbered<'a>(delivery: &'a ClearedDelivery, code: &str) -> BTreeSet<&'a str> {
    let told = delivery.sites.iter().filter(|site| {
        let mut own = site.outside.iter();
        own.any(|q| q.code == code && q.shares.is_ok())
    });
    told.map(|site| site.structure.as_str()).collect()
}

/// Who is left once the numbers that are told of sites are taken from that of the whole, which `team` takes its own from
/// besides: people of too few sites, or too few.
fn isolated(
    questions: &[OutsideQuestion],
    elected: &ClearedDelivery,
    team: Option<&str>,
    least: usize,
) -> Vec<String> {
    let mut found = Vec::new();
    let whole = elected.territory.outside.iter();
    for told in whole.filter(|q| q.shares.is_ok()) {
        let question = questions.iter().find(|q| q.code == told.code);
        let counts = &question.expect("asked").counts;
        let known = numbered(elected, &told.code);
        let left = counts
            .iter()
            .filter(|(site, _)| !known.contains(site.as_str()) && Some(site.as_str()) != team);
        let left: Vec<usize> = left
            .map(|(_, c)| c.iter().sum())
            .filter(|n| *n > 0)
            .collect();
        let people: usize = left.iter().sum();
        let is_few = match team {
            None => left.len() < 3 || people < least,
            Some(_) => left.len() < 2,
        };
        if people > 0 && is_few {
            found.push(format!("{} : {left:?} ({team:?})", told.code));
        }
    }
    found
}

/// Teams whose own number is told to them alone.
fn teams<'a>(team: &'a ClearedDelivery, elected: &ClearedDelivery) -> BTreeSet<&'a str> {
    let sites = team.sites.iter().filter(|site| {
        let mut own = site.outside.iter().filter(|q| q.shares.is_ok());
        own.any(|q| !numbered(elected, &q.code).contains(site.structure.as_str()))
    });
    sites.map(|site| site.structure.as_str()).collect()
}

#[test]
fn two_numbers_of_answers_to_an_own_question_differ_by_nobody_or_by_a_group() {
    let (mut told, mut noticed) = (0, 0);
    for seed in 0..60 {
        let campaigns = match seed % 2 {
            0 => Campaigns::draw(seed),
            _ => Campaigns::small(seed),
        };
        let campaign = &campaigns.after;
        for nobody in [Audience::Familles, Audience::Departement] {
            let delivery = campaign.deliver(nobody, None);
            assert!(delivery.territory.outside.is_empty());
            assert!(delivery.sites.iter().all(|site| site.outside.is_empty()));
        }
        let [elected, team] =
            [Audience::Elus, Audience::Equipe].map(|audience| campaign.deliver(audience, None));
        assert!(team.territory.outside.iter().all(|q| q.shares.is_err()));
        let least = campaign.thresholds[Audience::Elus].territoire;
        let readers = teams(&team, &elected).into_iter().map(Some);
        for reader in readers.chain([None]) {
            let found = isolated(&campaign.outside, &elected, reader, least);
            assert!(found.is_empty(), "graine {seed} : {found:#?}");
        }
        let whole = elected.territory.outside.iter();
        told += whole.filter(|q| q.shares.is_ok()).count();
        // Numbers told site by site from the least that a team is shown, whatever they give back.
        let mut careless = elected.clone();
        careless.sites.clone_from(&team.sites);
        let given_back = isolated(&campaign.outside, &careless, None, least);
        noticed += usize::from(!given_back.is_empty());
    }
    println!(
        "{told} nombres du territoire ; {noticed} mondes rendraient un nombre, dits accueil par accueil"
    );
    assert!(told > 60 && noticed > 5, "{told} {noticed}");
}
