//! Columns of a file that name or reach a person, by their heading or by what their cells look like.

use super::addresses::is_email;
use super::telephones::is_telephone;
use crate::base::text::fold;

/// Headings, folded, of columns that name or reach a person.
const HEADINGS: [&str; 58] = [
    "nom",
    "prenom",
    "nom de famille",
    "nom et prenom",
    "nom prenom",
    "vos nom et prenom",
    "name",
    "first name",
    "last name",
    "firstname",
    "lastname",
    "full name",
    "email",
    "e mail",
    "mail",
    "courriel",
    "adresse e mail",
    "adresse mail",
    "adresse de messagerie",
    "email address",
    "adresse",
    "adresse postale",
    "telephone",
    "tel",
    "tel.",
    "portable",
    "phone",
    "ipaddr",
    "adresse ip",
    "ip address",
    "token",
    "jeton",
    "username",
    "emailaddress",
    "ipaddress",
    "remote ip address",
    "submittername",
    "adresse ip distante",
    "ip",
    "votre nom",
    "votre prenom",
    "vos nom prenom",
    "nom de l enfant",
    "prenom de l enfant",
    "nom du parent",
    "nom de votre enfant",
    "prenom de votre enfant",
    "vos coordonnees",
    "coordonnees",
    "date de naissance",
    "access code",
    "code d acces",
    "submitted by",
    "phonenumber",
    "simserial",
    "subscriberid",
    "webform ip address",
    "webform username",
];

/// Words that only a personal column asks for, wherever they stand in a short heading.
const WORDS: [&str; 9] = [
    "prenom",
    "e mail",
    "email",
    "courriel",
    "telephone",
    "adresse mail",
    "adresse postale",
    "numero d allocataire",
    "numero de securite sociale",
];

/// Headings longer than this are questions: they may speak of a telephone without asking for it.
const SHORT: usize = 48;

/// Tool columns that identify a device or a participant.
const PREFIXES: [&str; 6] = [
    "attribute",
    "deviceid",
    "device id",
    "refurl",
    "referrer",
    "nom d utilisateur",
];

/// Whether a heading announces a personal column.
pub(crate) fn is_personal_heading(heading: &str) -> bool {
    let folded = fold(heading);
    let folded = folded.split(". ").next().unwrap_or("");
    let folded = folded.trim_end_matches([':', '*', ' ', '?']);
    let padded = format!(" {folded} ");
    HEADINGS.contains(&folded)
        || PREFIXES.iter().any(|p| folded.starts_with(p))
        || folded.len() <= SHORT && WORDS.iter().any(|w| padded.contains(&format!(" {w} ")))
        || is_place_of_a_device(heading)
}

/// The four columns of a geographical point, as tools for tablets split it.
fn is_place_of_a_device(heading: &str) -> bool {
    let folded = fold(heading);
    let ends = ["latitude", "longitude", "altitude", "precision", "accuracy"];
    let point = ends.iter().any(|e| folded.ends_with(e));
    point && (heading.starts_with('_') || heading.contains('-'))
}

/// Whether at least half of a column's cells, blank ones left out, look like e-mails or French
/// telephones.
pub(crate) fn is_personal_content(cells: &[String]) -> bool {
    let personal = cells.iter().filter(|c| is_email(c) || is_telephone(c));
    !cells.is_empty() && personal.count() * 2 >= cells.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_recognised() {
        for heading in [
            "Nom",
            "Prénom :",
            "E-mail",
            "Adresse IP",
            "token",
            "attribute_1",
            "Téléphone",
            "Votre adresse e-mail (facultatif)",
            "token. Access code",
            "_submitted_by",
            "_lieu_latitude",
        ] {
            assert!(is_personal_heading(heading), "{heading}");
        }
        for heading in [
            "Nom de la structure",
            "Précision",
            "L’équipe me rappelle quand je laisse un message au téléphone pour mon enfant.",
        ] {
            assert!(!is_personal_heading(heading), "{heading}");
        }
        let cells = ["a.b@mairie.fr", "06 12 34 56 78", "rien"].map(str::to_owned);
        assert!(is_personal_content(&cells[..2]) && is_personal_content(&cells));
        assert!(!is_personal_content(&cells[2..]) && !is_personal_content(&[]));
    }
}
