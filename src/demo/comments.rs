//! Comments as people write them: accents, apostrophes of both kinds, semicolons, quotes.

use super::dice::WordDice;

const LOW: [&str; 6] = [
    "Le coin calme sert de réserve ; à dégager.",
    "On attend longtemps entre l'arrivée et le goûter",
    "Consigne donnée d’une voix forte, plusieurs enfants n'ont pas compris.",
    "Matériel sous clé : « il faut demander »",
    "Pas vu aujourd’hui, l'équipe dit que c'est rare ; à revoir.",
    "Les plus petits suivent le rythme des grands",
];

const HIGH: [&str; 6] = [
    "Accueil très posé ; chaque enfant est attendu.",
    "Les CM2 tiennent le coin jeux : beau relais, à montrer ailleurs",
    "Météo des émotions à l’entrée ; les enfants s'en servent vraiment.",
    "Goûter préparé par les enfants, avec l'aide d'un animateur",
    "Affichage à hauteur d'enfant, dessins et photos d’objets.",
    "Temps de jeu libre long ; l'adulte joue sans diriger",
];

/// Éléments that some sites are not concerned by, and why.
const NOT_CONCERNED: [(&str, &str); 4] = [
    (
        "REL-1-OBS-3",
        "Retour en car : les familles ne viennent pas sur place, l'accompagnatrice transmet.",
    ),
    (
        "LIE-1-OBS-1",
        "Retour en car ; aucune famille n’entre dans l'accueil.",
    ),
    (
        "ENV-2-OBS-2",
        "Local prêté, sans accès à l’extérieur : convention en cours",
    ),
    (
        "ENV-1-OBS-3",
        "Salle de classe partagée ; le mobilier appartient à l'école",
    ),
];

/// What families write in the open question.
const FAMILIES: [&str; 6] = [
    "Merci à l'équipe ; mon fils y va avec plaisir.",
    "J’aimerais savoir plus souvent ce qu'ils font",
    "Le bruit le soir, c'est fatigant : « il rentre épuisé »",
    "Horaires parfaits, inscription un peu compliquée",
    "Plus de sorties dehors, s'il vous plaît ; même l'hiver !",
    "Équipe à l’écoute",
];

/// A comment on a rating, now and then.
pub(super) fn on_rating(dice: &mut WordDice, rating: &str) -> String {
    let from = match rating {
        "1" | "2" if dice.chance(0.35) => &LOW,
        "4" if dice.chance(0.12) => &HIGH,
        _ => return String::new(),
    };
    (*dice.pick(from)).to_owned()
}

/// Why an élément does not apply at a site, if it is one of those that may not.
pub(super) fn not_concerned(dice: &mut WordDice, element: &str) -> Option<&'static str> {
    let (_, reason) = NOT_CONCERNED.iter().find(|(code, _)| *code == element)?;
    dice.chance(0.15).then_some(*reason)
}

/// A family's open answer, one time in four.
pub(super) fn family(dice: &mut WordDice) -> String {
    if dice.chance(0.25) {
        (*dice.pick(&FAMILIES)).to_owned()
    } else {
        String::new()
    }
}
