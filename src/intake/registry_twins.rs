//! Whether two descriptions may be of one accueil: an accueil of a list and one of the registry, two lines of one list.

use crate::base::text::fold;
use crate::intake::sources::accueil_list::{ListField, ListedAccueil};
use crate::vocabulary::config::{Structure, telling_words};

/// Whether nothing says that it is in another commune.
pub(super) fn is_there(accueil: &ListedAccueil, structure: &Structure) -> bool {
    let said = fold(accueil.cell(ListField::Commune));
    said.is_empty() || structure.commune.is_empty() || said == fold(&structure.commune)
}

/// Whether two lines may be the same accueil: same telling words, no other commune, no other type.
pub(super) fn twins(one: &ListedAccueil, other: &ListedAccueil) -> bool {
    let both = [one, other];
    let communes = both.map(|a| a.cell(ListField::Commune));
    let kinds = both.map(|a| a.kind.filter(|k| !k.supposed).map(|k| k.kind));
    let said = communes.iter().all(|c| !c.is_empty());
    let elsewhere = said && fold(communes[0]) != fold(communes[1]);
    if elsewhere || kinds[0].zip(kinds[1]).is_some_and(|(a, b)| a != b) {
        return false;
    }
    let commune = communes.iter().find(|c| !c.is_empty()).unwrap_or(&"");
    let words = both.map(|a| telling_words(a.name(), commune));
    !words[0].is_empty() && words[0] == words[1]
}
