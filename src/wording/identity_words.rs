//! The carte d’identité of an accueil, line by line: the same words on the page and in what explains them.

use crate::base::text::{count, decimal1};
use crate::disclosure::{ClearedIdentity, ClearedPosts, Shown, ToldWords};
use crate::vocabulary::config::Structure;

/// What stands in place of a sentence of the registry that may not be printed.
const STOPPED: &str =
    "non imprimé : ce texte paraît nommer une personne ou donner un contact, ou il est trop long";

/// A line of the card.
pub(crate) struct IdentityLine {
    /// What it is about, as a heading.
    pub(crate) name: &'static str,
    /// What is said of it; none when no file says it.
    pub(crate) value: Option<String>,
    /// Where it was read.
    pub(crate) origin: &'static str,
}

const REGISTRY: &str = "registre des accueils";
const POSTS: &str = "table des postes";
const COUNTED: &str = "données d’activité";

fn line(name: &'static str, value: Option<String>, origin: &'static str) -> IdentityLine {
    IdentityLine {
        name,
        value,
        origin,
    }
}

fn told(name: &'static str, words: &ToldWords) -> IdentityLine {
    let value = match words {
        ToldWords::Absent => None,
        ToldWords::Said(quotation) => Some(quotation.to_string()),
        ToldWords::Stopped => Some(STOPPED.to_owned()),
    };
    line(name, value, REGISTRY)
}

/// Where and when, for how many children, at which price, with whom.
pub(crate) fn place_lines(site: &Structure, identity: &ClearedIdentity) -> Vec<IdentityLine> {
    let written = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let whom = match (&identity.partners, identity.partner_count) {
        (ToldWords::Absent, Some(n)) => line(
            "Partenaires",
            Some(count(
                n,
                "partenaire dans l’année",
                "partenaires dans l’année",
            )),
            COUNTED,
        ),
        (words, _) => told("Partenaires", words),
    };
    let children = identity.children;
    vec![
        line(
            "Type d’accueil",
            Some(site.kind.label().to_owned()),
            REGISTRY,
        ),
        line("Commune", written(&site.commune), REGISTRY),
        line("Secteur", written(&site.secteur), REGISTRY),
        told("Horaires", &identity.hours),
        line("Ouverture", days(site), REGISTRY),
        line("Places", places(site), REGISTRY),
        line(
            "Enfants accueillis",
            children
                .map(|n| count(n, "enfant différent", "enfants différents") + " dans la période"),
            COUNTED,
        ),
        line("PEDT", pedt(site), REGISTRY),
        told("Tarifs", &identity.tariff),
        whom,
    ]
}

/// Posts and contracts.
pub(crate) fn team_lines(identity: &ClearedIdentity) -> Vec<IdentityLine> {
    let mut lines = vec![line(
        "Postes d’encadrement",
        identity.posts.as_ref().map(posts),
        POSTS,
    )];
    let full_time = identity.posts.as_ref().and_then(|posts| posts.full_time);
    match full_time {
        Some(Shown::Value(n)) => {
            let text = format!("{} équivalents temps plein", decimal1(n));
            lines.push(line("Temps de travail", Some(text), POSTS));
        }
        // What this reader is never told is no gap.
        Some(Shown::Masked(mask)) if mask == crate::disclosure::Mask::TooFew => {
            lines.push(line(
                "Temps de travail",
                Some(mask.words().to_owned()),
                POSTS,
            ));
        }
        Some(Shown::Masked(_)) | None => {}
    }
    lines.push(told("Contrats de l’équipe", &identity.contracts));
    lines
}

fn posts(posts: &ClearedPosts) -> String {
    let occupied = count(posts.occupied, "poste occupé", "postes occupés");
    let directing = match posts.directing {
        0 => String::new(),
        n => format!(", dont {n} de direction"),
    };
    format!("{occupied} le {}{directing}", posts.day.long())
}

fn days(site: &Structure) -> Option<String> {
    let days = site
        .jours_an
        .map(|n| count(n as usize, "jour par an", "jours par an"));
    let since = site
        .ouverture
        .map(|day| format!("depuis le {}", day.long()));
    let until = site.fermeture.map(|day| format!("jusqu’au {}", day.long()));
    let said: Vec<String> = [days, since, until].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn places(site: &Structure) -> Option<String> {
    let young = site.capacite_moins6;
    let old = site.capacite_6plus;
    let young = young.map(|n| count(n as usize, "place", "places") + " pour les moins de six ans");
    let old = old.map(|n| count(n as usize, "place", "places") + " à partir de six ans");
    let all = site
        .places()
        .map(|n| count(n as usize, "place", "places") + " en tout");
    let said: Vec<String> = [young, old, all].into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// None while nobody said it.
fn pedt(site: &Structure) -> Option<String> {
    let pedt = &site.pedt;
    if !pedt.declared? {
        return Some("non couvert par un PEDT".to_owned());
    }
    let times = match pedt.times() {
        times if times.is_empty() => String::new(),
        times => format!(" ({times})"),
    };
    let since = pedt
        .debut
        .map_or_else(String::new, |d| format!(", depuis le {}", d.long()));
    let until = pedt
        .fin
        .map_or_else(String::new, |d| format!(", jusqu’au {}", d.long()));
    Some(format!("couvert par un PEDT{times}{since}{until}"))
}
