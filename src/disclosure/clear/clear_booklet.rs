//! Practices that may be shared with all teams: those of the sites whose team agreed, screened.

use super::clear_words::{is_must, screen_of};
use super::clearance_input::ClearanceInput;
use crate::disclosure::cleared::{
    ClearedBooklet, ClearedDelivery, ClearedPractice, ClearedRemarkable,
};
use crate::figures::voices::Remarkable;
use crate::privacy::QuoteScreen;
use crate::vocabulary::config::Structure;

/// A practice, with the positions of its critère and site.
#[derive(PartialEq)]
struct SeenPractice {
    critere: usize,
    site: usize,
    shown: ClearedRemarkable,
}

/// Clears the booklet of a campaign. `delivery` is what the same readers may see of its figures;
/// `structures` are those active in the campaign, in order of code.
pub fn clear_booklet(
    input: &ClearanceInput,
    structures: &[&Structure],
    delivery: &ClearedDelivery,
) -> ClearedBooklet {
    let screen = input.decided.screen_or(|| screen_of(input));
    let mut seen: Vec<SeenPractice> = Vec::new();
    for practice in &input.voices.practices {
        let site = structures.iter().position(|s| s.code == practice.structure);
        let cleared = site.and_then(|site| clear_practice(input, screen, practice, site));
        // Two observers of a visit may hand in the same words.
        seen.extend(cleared.filter(|c| !seen.contains(c)));
    }
    seen.sort_by_key(|practice| (practice.critere, practice.site));
    let (shared, withheld): (Vec<_>, Vec<_>) = seen
        .into_iter()
        .map(|practice| practice.shown)
        .partition(|p| has_agreed(input, &p.structure));
    ClearedBooklet {
        practices: shared,
        withheld: withheld.len(),
        visits: visits(&delivery.territory.practices, |site| {
            has_agreed(input, site)
        }),
    }
}

fn has_agreed(input: &ClearanceInput, structure: &str) -> bool {
    input.voices.consents.get(structure) == Some(&true)
}

/// The practice seen at a site; none where nothing of it may be printed.
fn clear_practice(
    input: &ClearanceInput,
    screen: &QuoteScreen,
    practice: &Remarkable,
    site: usize,
) -> Option<SeenPractice> {
    let r = input.referentiel;
    let element = r.element(&practice.code).map(|e| r.elements[e].critere);
    let critere = element.or_else(|| r.critere(&practice.code))?;
    let code = &r.criteres[critere].code;
    if is_must(input, code, &practice.texte) {
        return None;
    }
    let texte = screen.quote_plan(&practice.texte)?;
    let says = texte.as_str().contains(char::is_alphabetic);
    says.then(|| SeenPractice {
        critere,
        site,
        shown: ClearedRemarkable {
            critere: code.clone(),
            structure: practice.structure.clone(),
            texte,
        },
    })
}

/// Every team reads the booklet: it names only sites whose team agreed, whether they may be visited
/// or would gain from a visit.
fn visits(all: &[ClearedPractice], agreed: impl Fn(&str) -> bool) -> Vec<ClearedPractice> {
    let open = all.iter().filter(|p| agreed(&p.structure)).cloned();
    open.map(|mut p| {
        p.learners.retain(|site| agreed(site));
        p
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_names_only_teams_that_agreed() {
        let practice = |structure: &str| ClearedPractice {
            code: "INC-1".to_owned(),
            label: "Accueil préparé".to_owned(),
            structure: structure.to_owned(),
            confirmed_by: "confirmé par plusieurs sources",
            learners: ["P01", "P02", "P03"].map(str::to_owned).to_vec(),
        };
        let all = [practice("R01"), practice("P02")];
        let found = visits(&all, |site| ["R01", "P03"].contains(&site));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].structure, "R01");
        assert_eq!(found[0].learners, ["P03"]);
    }
}
