//! Notes of interviews and remarks of teams, as the coordinator keeps them in a spreadsheet.

use super::dice::WordDice;
use super::life::after;
use super::quality::Quality;
use super::site_grids::{said, visit_date};
use crate::base::sheets::own_form_layout::RETURNS_HEADINGS;
use crate::vocabulary::referentiel::SourceCode;

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

/// Critère and remark, during the phase contradictoire.
const REMARKS: [[&str; 2]; 4] = [
    [
        "ENV-1",
        "Le jour de la visite, la salle calme était en travaux ; elle a rouvert depuis.",
    ],
    [
        "LIE-1",
        "Nous envoyons aussi un message chaque vendredi, que la grille ne montre pas.",
    ],
    ["", "L’équipe partage l’essentiel de ce qui est écrit."],
    [
        "ACT-3",
        "Le jeu libre est plus long le mercredi que le soir de la visite.",
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

/// A CSV of what a few teams answered: remarks, and what one of them put right.
pub(super) fn remarks(q: &Quality, k: usize) -> Vec<u8> {
    let campaign = &q.plan.campaigns[k];
    let mut text = format!("\u{feff}{}", line(&RETURNS_HEADINGS));
    // Two campaigns with the same sites do not bring the same file back; the example's differ already.
    let turn = if q.plan.exemple { 0 } else { k };
    let remarks = REMARKS.into_iter().cycle().skip(turn).take(REMARKS.len());
    for (site, [critere, remark]) in q.plan.open_sites(campaign).step_by(3).zip(remarks) {
        text.push_str(&line(&[&site.code, critere, "", "", "", remark]));
    }
    if let Some(found) = q.plan.exemple.then(|| put_right(q, k)).flatten() {
        let cells = [&found.site, &found.element, "", &found.day, PROOF, ""];
        text.push_str(&line(&cells));
    }
    text.into_bytes()
}

/// What shows that it was put right.
const PROOF: &str = "procédure écrite, présentée en réunion d’équipe";

/// A fact that a direction put right.
struct PutRight {
    site: String,
    element: String,
    day: String,
}

/// The first fact that a direction told otherwise and no impératif depends on, put right a week later.
fn put_right(q: &Quality, k: usize) -> Option<PutRight> {
    let campaign = &q.plan.campaigns[k];
    q.plan.open_sites(campaign).find_map(|site| {
        let told = said(q, site, k, SourceCode::Dir, 0.1);
        let mut asked = q.referentiel.instrument(SourceCode::Dir, site.kind);
        let (_, element) = asked.find(|(_, e)| {
            let is_short = told.get(&e.code).is_some_and(|a| a.rating == "NF");
            is_short && !e.must && q.referentiel.why_not_correctable(e).is_none()
        })?;
        let seen = visit_date(q.plan, campaign, site);
        Some(PutRight {
            site: site.code.clone(),
            element: element.code.clone(),
            day: after(seen, 7)?
                .or_working_day()
                .min(campaign.last_day)
                .short(),
        })
    })
}
