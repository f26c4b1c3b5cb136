//! Notes of interviews, as the coordinator keeps them in a spreadsheet.

use super::dice::WordDice;
use super::quality::Quality;

/// Who, critère, themes, what was said.
const INTERVIEWS: [[&str; 4]; 12] = [
    [
        "direction",
        "EQU-1",
        "temps de préparation",
        "On prépare le soir, chez soi ; une heure payée par semaine changerait tout.",
    ],
    [
        "parent",
        "LIE-1",
        "information des familles",
        "Je sais que ça se passe bien, mais je ne sais pas ce qu’ils font.",
    ],
    [
        "animation",
        "ENV-4",
        "bruit ; fatigue",
        "Après l'école ils ont besoin de souffler, et la salle résonne.",
    ],
    [
        "parent",
        "REL-1",
        "accueil du matin",
        "Le matin il y a toujours quelqu’un pour lui dire bonjour par son prénom.",
    ],
    [
        "école",
        "LIE-3",
        "passerelle école",
        "On se croise au portail ; un vrai temps commun par trimestre suffirait.",
    ],
    [
        "animation",
        "ACT-5",
        "temps de préparation ; matériel",
        "Les idées sont là, il manque le temps et une armoire ouverte.",
    ],
    [
        "direction",
        "INC-1",
        "inclusion",
        "Le protocole écrit rassure tout le monde, la famille d’abord.",
    ],
    [
        "parent",
        "ENV-5",
        "goûter",
        "Le goûter est pris calmement ; ma fille parle des fruits qu'elle coupe.",
    ],
    [
        "élu",
        "EQU-3",
        "stabilité de l’équipe",
        "Les contrats courts usent les équipes ; les enfants changent de visage tous les mois.",
    ],
    [
        "animation",
        "REL-4",
        "choix des enfants",
        "Quand le conseil des enfants a décidé, ils tiennent la règle mieux que nous.",
    ],
    [
        "parent",
        "ENV-2",
        "sorties et dehors",
        "Ils sont dehors presque tous les jours, même par temps gris.",
    ],
    [
        "école",
        "LIE-3",
        "passerelle école ; bruit",
        "La salle partagée fonctionne depuis qu'on a écrit qui range quoi.",
    ],
];

pub(super) fn line(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|c| {
            if c.contains([';', '"']) {
                format!("\"{}\"", c.replace('"', "\"\""))
            } else {
                (*c).to_owned()
            }
        })
        .collect();
    format!("{}\r\n", quoted.join(";"))
}

/// A CSV of interviews: one per site, several where the list is longer than the sites.
pub(super) fn interviews(q: &Quality, k: usize) -> Vec<u8> {
    let campaign = &q.plan.campaigns[k];
    let sites: Vec<_> = q.plan.open_sites(campaign).collect();
    let mut text = format!(
        "\u{feff}{}",
        line(&["Structure", "Date", "Qui", "Critère", "Thèmes", "Propos"])
    );
    for (i, [who, critere, themes, said]) in INTERVIEWS.iter().enumerate() {
        let Some(site) = sites.get(i % sites.len().max(1)) else {
            break;
        };
        let mut dice = WordDice::new(q.plan.seed, &["entretien", &campaign.id, &i.to_string()]);
        let first = campaign.first_day.date();
        let day = format!(
            "{:02}/{:02}/{}",
            dice.between(2, 27),
            first.month(),
            first.year()
        );
        text.push_str(&line(&[&site.code, &day, who, critere, themes, said]));
    }
    text.into_bytes()
}
