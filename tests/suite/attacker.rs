//! The attacker: holding everything delivered to one audience, and knowing the référentiel, its
//! weights and the rules of rounding, tries to find each hidden count and mean, by subtraction and
//! by intervals. Nothing may be found; and it must find something as soon as what was masked to
//! protect others is shown again.

mod all_at_once;
mod common_sources;
mod editions;
mod example;
mod exchanged;
mod files;
mod keepers;
mod knowledge;
mod organiser;
mod own_asked;
mod panel;
mod published;
mod reader_editions;
mod readers;
mod sincere;
mod solver;
mod truth;
mod words;
mod worlds;

use observatoire::disclosure::{Audience, Mask};

use truth::{Truth, found};
use worlds::Campaigns;

/// What the attacker finds in one random pair of campaigns, as delivered, then with the figures
/// masked for the sake of others shown again; how much was hidden, and how much for others.
fn attack(seed: u64, audience: Audience) -> (Vec<String>, Vec<String>, usize, usize) {
    let campaigns = Campaigns::draw(seed);
    let then = campaigns.before.deliver(audience, None);
    let now = campaigns.after.deliver(audience, Some(&campaigns.before));
    let truths = [Truth::of(&campaigns.before), Truth::of(&campaigns.after)];
    let honest = found(&campaigns, audience, [&then, &now], &truths);
    let mut leaky = [then.clone(), now.clone()];
    let mut shown = 0;
    for (delivery, truth) in leaky.iter_mut().zip(&truths) {
        shown += truth.show_again(delivery, Mask::Derivable);
    }
    let leaks = found(&campaigns, audience, [&leaky[0], &leaky[1]], &truths);
    (honest.0, leaks.0, honest.1, shown)
}

fn attack_all(audience: Audience, seeds: std::ops::Range<u64>) {
    let (mut leaked, mut hidden, mut derivable) = (0, 0, 0);
    let mut recovered = Vec::new();
    for seed in seeds {
        let (honest, leaks, cells, shown) = attack(seed, audience);
        recovered.extend(honest.into_iter().map(|f| format!("graine {seed} : {f}")));
        leaked += usize::from(!leaks.is_empty());
        hidden += cells;
        derivable += shown;
    }
    println!("{audience:?}: {hidden} hidden, {derivable} shown again, {leaked} worlds leak then");
    assert!(
        recovered.is_empty(),
        "{} found, among which {:#?}",
        recovered.len(),
        &recovered[..recovered.len().min(12)]
    );
    // The same attacker does find, once complementary masking is undone.
    assert!(
        hidden > 1_000 && derivable > 20 && leaked > 10,
        "{hidden} {derivable} {leaked}"
    );
}

#[test]
fn nothing_hidden_from_elected_people_is_found_in_200_random_campaigns() {
    attack_all(Audience::Elus, 0..200);
}

#[test]
fn nothing_hidden_from_families_is_found_in_random_campaigns() {
    attack_all(Audience::Familles, 200..260);
}

#[test]
fn nothing_hidden_from_the_departement_is_found_in_random_campaigns() {
    attack_all(Audience::Departement, 320..380);
}

#[test]
fn nothing_hidden_from_a_team_is_found_in_random_campaigns() {
    attack_all(Audience::Equipe, 260..320);
}
