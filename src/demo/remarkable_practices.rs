//! Practices that observers found remarkable, consents of teams, and what was heard of beside the
//! grids.

use std::collections::{BTreeSet, HashMap};

use super::dice::WordDice;
use super::interview_notes::line;
use super::quality::Quality;
use super::scenario::DemoSite;
use crate::forms::FilledRating;
use crate::vocabulary::referentiel::SourceCode;

/// Critère and what was seen.
const SEEN: [(&str, &str); 22] = [
    (
        "REL-1",
        "À l'arrivée, chaque enfant accroche son étiquette sur l’humeur du jour ; l'adulte du coin accueil passe ensuite voir ceux qui ont choisi le nuage.",
    ),
    (
        "ENV-4",
        "Un « quart d’heure de rien » après l'école : lumière baissée, tapis, aucune consigne. Le goûter commence quand le calme est revenu, jamais à heure fixe.",
    ),
    (
        "REL-4",
        "Conseil des enfants tous les quinze jours : l’ordre du jour se remplit dans une boîte, le compte rendu dessiné est affiché, et les décisions tenues sont barrées au fur et à mesure.",
    ),
    (
        "ACT-3",
        "La caisse « à inventer » (cartons, tissus, tuyaux, cordes) reste ouverte tout le temps libre ; personne ne range les constructions avant le lendemain.",
    ),
    (
        "REL-3",
        "Banc de la paix dans la cour : deux pictogrammes, « je dis » et « j'écoute ». Les plus grands y vont d’eux-mêmes, sans qu'un adulte les y envoie.",
    ),
    (
        "LIE-1",
        "Ardoise du soir à la porte : trois phrases et un croquis sur la journée, écrits avec deux enfants volontaires. Les familles s'y arrêtent et en parlent.",
    ),
    (
        "INC-2",
        "Chaque jeu collectif est présenté avec trois rôles (jouer, arbitrer, raconter) ; ceux que le bruit fatigue ont un rôle qui compte autant que les autres.",
    ),
    (
        "REL-2",
        "Les consignes se donnent assis, à hauteur d'enfants, après un signal de lumière : personne n’élève la voix, même à l’heure du départ.",
    ),
    (
        "ACT-5",
        "Les séances tiennent sur une fiche recto : matériel, version facile, version corsée, et que faire s'il reste dix minutes. Un remplaçant s’en sert sans aide.",
    ),
    (
        "ENV-1",
        "Coin calme délimité par une ancienne barque remplie de coussins ; une règle affichée en dessins, choisie par les enfants, et jamais plus de quatre à bord.",
    ),
    (
        "REL-1",
        "Au départ, une phrase précise à chaque famille (« elle a terminé sa cabane ») grâce au carnet que l’équipe remplit pendant le goûter.",
    ),
    (
        "REL-4",
        "Goûter en libre-service sur trente minutes : chacun vient quand il a faim, se sert, débarrasse. Un sablier montre le temps qui reste.",
    ),
    (
        "ENV-4",
        "Un sonomètre en bois peint, réglé par les enfants, remplace les rappels à l'ordre : quand l’aiguille monte, un volontaire lance le jeu du silence.",
    ),
    (
        "PRO-3",
        "Le projet tient en six photos légendées à l'entrée ; sous chacune, l’équipe ajoute chaque semaine un exemple vécu. Les parents comprennent d'un coup d’œil.",
    ),
    (
        "ENV-2",
        "Bottes et capes à la taille de tous, rangées près de la porte : on sort vingt minutes par tous les temps, et le potager sert de point de rendez-vous.",
    ),
    (
        "INC-5",
        "La bibliothèque a été triée avec les enfants : « qui voit-on dans ce livre, et qui ne voit-on jamais ? ». Des achats ont suivi avec la médiathèque.",
    ),
    (
        "ENV-3",
        "Une étagère par âge, photos du contenu sur les bacs, et un bac « à réparer » dont deux enfants ont la charge chaque semaine.",
    ),
    (
        "ACT-1",
        "Deux propositions au choix chaque soir, une qui bouge et une posée, annoncées la veille sur un tableau que les enfants lisent avec leurs parents.",
    ),
    (
        "ENV-5",
        "Les fruits abîmés du marché deviennent compote avec le cuisinier de la cantine ; les enfants pèsent, goûtent et notent la recette.",
    ),
    (
        "INC-2",
        "Un casque anti-bruit et une minuterie visuelle sont à la portée de tous, pas réservés à un seul : personne n'est montré du doigt.",
    ),
    (
        "ACT-3",
        "Le mercredi, une heure entière sans programme ; l'adulte observe, note les jeux qui naissent et sort le matériel qui manque le mercredi suivant.",
    ),
    (
        "LIE-1",
        "Un film d’une minute par mois, sans visage, tourné par les enfants : les mains, les voix, les fabrications. Il passe sur la tablette de l'accueil.",
    ),
];

/// Position of the site, critère, practice, consent: what a coordinator hears of at meetings.
const HEARD: [(usize, &str, &str, &str); 6] = [
    (
        9,
        "LIE-4",
        "Un lundi sur deux, les résidents de la maison de retraite voisine viennent jouer aux cartes ; les enfants préparent les tables et l’animation de la fois suivante.",
        "",
    ),
    (
        1,
        "EQU-1",
        "Une heure de préparation payée le vendredi, à deux accueils : chacun apporte une séance qui a marché et repart avec celle de l'autre.",
        "",
    ),
    (
        5,
        "LIE-3",
        "Un cahier passe de la classe à l’accueil chaque soir : une ligne de l'école, une ligne de l’équipe, rien sur le comportement.",
        "",
    ),
    (
        11,
        "ACT-2",
        "Un chantier par période, montré sur une frise : la cabane de saule a pris trois mercredis, et ceux qui n'étaient pas là savent où en reprendre le fil.",
        "oui",
    ),
    (
        3,
        "ACT-4",
        "La ferme d’à côté prête un carré de terre ; les enfants y vont à pied avec leur brouette, et vendent les radis à la sortie de l'école.",
        "",
    ),
    (8, "", "", "non"),
];

/// Spreads the practices: each comes up once among that many sites.
const SPREAD: usize = 15;

/// Flags what deserves it in a grid, and writes the description beside the rating.
pub(super) fn flag(
    q: &Quality,
    site: &DemoSite,
    k: usize,
    answers: &mut HashMap<String, FilledRating>,
) -> BTreeSet<String> {
    let rank = q.plan.sites.iter().position(|s| s.code == site.code);
    let due = |i: usize| rank.is_some_and(|r| r % SPREAD == (7 * i + 5 * k) % SPREAD);
    let mut flagged = BTreeSet::new();
    for (_, (code, seen)) in SEEN.iter().enumerate().filter(|(i, _)| due(*i)) {
        let r = q.referentiel;
        let elements = r.instrument(SourceCode::Obs, site.kind);
        let own = elements.filter(|(_, e)| r.criteres[e.critere].code == *code);
        let own: Vec<&String> = own.map(|(_, e)| &e.code).collect();
        // The best rated; a practice may be worth showing where all is not yet at the top.
        let rated = |level: &str| {
            let mut free = own.iter().filter(|e| !flagged.contains(**e));
            free.find(|e| answers.get(**e).is_some_and(|a| a.rating == level))
        };
        let best = ["4", "3"].into_iter().find_map(|l| Some((l, *rated(l)?)));
        if let Some((level, element)) = best {
            answers.insert(element.clone(), FilledRating::new(level, *seen));
            flagged.insert(element.clone());
        }
    }
    flagged
}

/// What the team answered on the day of the visit: mostly yes, sometimes nothing yet.
pub(super) fn consent(q: &Quality, site: &DemoSite, k: usize) -> &'static str {
    if q.plan.exemple {
        return match site.code.as_str() {
            "P07" => "non",
            "P04" | "P10" | "R03" => "",
            _ => "oui",
        };
    }
    let words = ["accord", site.code.as_str(), &q.plan.campaigns[k].id];
    let mut dice = WordDice::new(q.plan.seed, &words);
    if dice.chance(0.75) {
        "oui"
    } else if dice.chance(0.4) {
        "non"
    } else {
        ""
    }
}

/// A CSV of practices heard of otherwise, and of consents given after the visit.
pub(super) fn heard(q: &Quality, k: usize) -> Vec<u8> {
    let campaign = &q.plan.campaigns[k];
    let sites: Vec<&DemoSite> = q.plan.open_sites(campaign).collect();
    let mut text = format!(
        "\u{feff}{}",
        line(&[
            "Structure",
            "Date",
            "Critère",
            "Pratique",
            "Accord de l’équipe"
        ])
    );
    let last = campaign.last_day.date();
    for (i, (position, critere, seen, agreed)) in HEARD.into_iter().enumerate() {
        let Some(site) = sites.get(position % sites.len().max(1)) else {
            break;
        };
        let day = format!("{:02}/{:02}/{}", 2 * i + 1, last.month(), last.year());
        text.push_str(&line(&[&site.code, &day, critere, seen, agreed]));
    }
    text.into_bytes()
}
