//! Comments as people write them: accents, apostrophes of both kinds, semicolons, quotes.

use super::dice::Dice;

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

/// Reasons of an NC.
const NOT_CONCERNED: [&str; 3] = [
    "Accueil du soir seulement ; l'élément ne s’y présente pas.",
    "Aucun enfant de cet âge n'est inscrit cette année",
    "Local prêté, sans accès à l’extérieur : convention en cours",
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
pub(super) fn on_rating(dice: &mut Dice, rating: &str) -> String {
    let from = match rating {
        "1" | "2" if dice.chance(0.35) => &LOW,
        "4" if dice.chance(0.12) => &HIGH,
        _ => return String::new(),
    };
    (*dice.pick(from)).to_owned()
}

/// Why an élément does not apply.
pub(super) fn not_concerned(dice: &mut Dice) -> String {
    (*dice.pick(&NOT_CONCERNED)).to_owned()
}

/// A family's open answer, one time in four.
pub(super) fn family(dice: &mut Dice) -> String {
    if dice.chance(0.25) {
        (*dice.pick(&FAMILIES)).to_owned()
    } else {
        String::new()
    }
}
