//! What a heading of an attendance list announces, whatever its words: who sent the person, whether she came, or who
//! she is, which is never kept.

use crate::base::text::fold;
use crate::privacy::is_personal_heading;

/// What a column of an attendance list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::convention) enum AttendanceColumn {
    /// Structure, organisme, commune…
    Organisation,
    /// Service.
    Service,
    /// Function; kept only where `Fonctions` has it.
    Function,
    /// « Présent / excusé », « statut »: a word.
    Standing,
    /// A cross, or a number.
    Present,
    /// A cross.
    Excused,
    /// A cross.
    Absent,
    /// A cross.
    Remote,
    /// What is signed.
    Signature,
    /// How many came.
    Number,
    /// Whether it was invited.
    Invited,
    /// Who it is, or how to reach her: dropped.
    Person,
    /// A rank.
    Rank,
    /// Anything else.
    Other,
}

const PERSON: [&str; 16] = [
    "nom",
    "noms",
    "prenom",
    "prenoms",
    "participant",
    "participants",
    "participante",
    "personne",
    "mail",
    "courriel",
    "email",
    "tel",
    "telephone",
    "portable",
    "mobile",
    "coordonnees",
];
const ORGANISATION: [&str; 14] = [
    "structure",
    "structures",
    "organisme",
    "organismes",
    "institution",
    "collectivite",
    "commune",
    "etablissement",
    "employeur",
    "association",
    "partenaire",
    "partenaires",
    "entite",
    "mairie",
];
const SERVICE: [&str; 4] = ["service", "services", "pole", "departement"];
const FUNCTION: [&str; 6] = [
    "fonction",
    "fonctions",
    "qualite",
    "poste",
    "mandat",
    "metier",
];
const SIGNATURE: [&str; 6] = [
    "signature",
    "signatures",
    "emargement",
    "emargements",
    "visa",
    "paraphe",
];
const REMOTE: [&str; 4] = ["visio", "visioconference", "distance", "distanciel"];
const NUMBER: [&str; 3] = ["nombre", "nb", "effectif"];
const INVITED: [&str; 4] = ["invite", "invites", "invitee", "convie"];
const RANK: [&str; 5] = ["n", "no", "n°", "numero", "#"];

/// The words of a heading: « Présent(e) » is « present » and « e ».
fn words(heading: &str) -> Vec<String> {
    let folded = fold(heading);
    let parts = folded.split(|c: char| !c.is_alphanumeric() && c != '°' && c != '#');
    parts.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

impl AttendanceColumn {
    /// What a heading announces.
    pub(in crate::convention) fn of(heading: &str) -> Self {
        let words = words(heading);
        let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        let begins = |start: &str| words.iter().any(|w| w.starts_with(start));
        let (came, excused, away) = (begins("presen"), begins("excuse"), begins("absen"));
        // « Nom et structure »: the cell holds both, and cannot be parted.
        let both = has(&["prenom", "prenoms"])
            || has(&["nom", "noms"]) && !words.iter().any(|w| w == "de");
        if has(&SIGNATURE) {
            Self::Signature
        } else if [came, excused, away].iter().filter(|k| **k).count() > 1 || has(&["statut"]) {
            Self::Standing
        } else if has(&NUMBER) {
            Self::Number
        } else if has(&INVITED) {
            Self::Invited
        } else if has(&REMOTE) {
            Self::Remote
        } else if came {
            Self::Present
        } else if excused {
            Self::Excused
        } else if away {
            Self::Absent
        } else if has(&ORGANISATION) && !both {
            Self::Organisation
        } else if has(&PERSON) || is_personal_heading(heading) {
            Self::Person
        } else if has(&SERVICE) {
            Self::Service
        } else if has(&FUNCTION) {
            Self::Function
        } else if has(&RANK) {
            Self::Rank
        } else {
            Self::Other
        }
    }

    /// Whether it says who came, or who was there to come.
    pub(super) fn tells_who_came(self) -> bool {
        matches!(
            self,
            Self::Standing
                | Self::Present
                | Self::Excused
                | Self::Absent
                | Self::Remote
                | Self::Signature
                | Self::Number
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_read_as_people_write_them() {
        use AttendanceColumn as A;
        for (heading, wanted) in [
            ("Nom de la structure", A::Organisation),
            ("NOM, Prénom", A::Person),
            ("Nom et structure", A::Person),
            ("Organisme / service", A::Organisation),
            ("Service", A::Service),
            ("Signature matin", A::Signature),
            ("Présent / excusé / absent", A::Standing),
            ("Présent(e)", A::Present),
            ("Excusé·e", A::Excused),
            ("Nb de présents", A::Number),
            ("En visio", A::Remote),
            ("Adresse e-mail", A::Person),
            ("Tél.", A::Person),
            ("Fonction", A::Function),
            ("N°", A::Rank),
            ("Remarques", A::Other),
        ] {
            assert_eq!(A::of(heading), wanted, "{heading}");
        }
    }
}
