//! A grid under a title that says something else than what is read in it: an example, what is aimed at, the visit
//! of another year, a self-assessment, another accueil, another day. Titles are written once and copied often: a
//! person says which of the two is right.

use std::collections::BTreeSet;

use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::text::{date_short, dates_in, fold};
use crate::intake::observations::{SheetTitle, TypedRecord, UnitKey};
use crate::intake::sources::shown_title;
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::SourceCode;

/// What a title says that its grid does not.
#[derive(Debug, PartialEq, Eq)]
enum Contradiction {
    /// It counts for nothing.
    Example,
    /// Its notes are aimed at, and were not seen.
    Aim,
    /// Its notes are those of an earlier visit.
    Past,
    /// The team's own view.
    OwnView,
    /// The code of another accueil.
    Place(String),
    /// Another day.
    Day(String),
}

/// Words of a title that is no title of a grid of the day.
const EXAMPLES: [&str; 7] = [
    "exemple",
    "specimen",
    "brouillon",
    "fictif",
    "fictive",
    "essai",
    "annulee",
];
const NOTES: [&str; 12] = [
    "note",
    "notes",
    "niveau",
    "niveaux",
    "score",
    "scores",
    "cotation",
    "resultat",
    "resultats",
    "visite",
    "visites",
    "grille",
];
const AIMS: [&str; 11] = [
    "vise",
    "vises",
    "visee",
    "visees",
    "souhaite",
    "souhaites",
    "souhaitee",
    "attendu",
    "attendus",
    "cible",
    "objectif",
];
const PAST: [&str; 7] = [
    "rappel",
    "precedent",
    "precedents",
    "precedente",
    "precedentes",
    "derniere",
    "ancienne",
];
/// Characters of the longest title: what is longer explains.
const LONGEST: usize = 120;
/// Words that any accueil may bear in its name.
const GENERIC: [&str; 24] = [
    "accueil",
    "accueils",
    "periscolaire",
    "periscolaires",
    "alsh",
    "centre",
    "de",
    "loisirs",
    "loisir",
    "mercredi",
    "mercredis",
    "la",
    "le",
    "les",
    "l",
    "du",
    "des",
    "d",
    "ecole",
    "maison",
    "espace",
    "enfance",
    "garderie",
    "vacances",
];

fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// What words of a title say, whatever the grid.
fn said(title: &str, own_view: bool, years: &BTreeSet<i32>) -> Option<Contradiction> {
    if title.chars().count() > LONGEST {
        return None;
    }
    let words = words(title);
    let has = |all: &[&str]| words.iter().any(|w| all.contains(&w.as_str()));
    let together = words.join(" ");
    let is_for_instance = together.contains("par exemple") || together.contains("exemple de note");
    if has(&EXAMPLES) && !is_for_instance || together.contains("ne pas tenir compte") {
        return Some(Contradiction::Example);
    }
    if own_view
        && [
            "auto evaluation",
            "autoevaluation",
            "rempli par l equipe",
            "remplie par l equipe",
        ]
        .iter()
        .any(|said| together.contains(said))
    {
        return Some(Contradiction::OwnView);
    }
    if !has(&NOTES) {
        return None;
    }
    let of_levels = has(&NOTES[..7]);
    if of_levels && has(&AIMS) {
        return Some(Contradiction::Aim);
    }
    let year = |w: &String| w.parse::<i32>().ok().filter(|y| (2000..2100).contains(y));
    let named: Vec<i32> = words.iter().filter_map(year).collect();
    let is_other_year = !named.is_empty() && named.iter().all(|y| !years.contains(y));
    let is_dated = !dates_in(title).is_empty();
    let is_past =
        has(&PAST) || together.contains("annee derniere") || together.contains("an dernier");
    let is_year = is_other_year && !is_dated && !(words.len() < 3 && has(&["grille"]));
    (is_past || is_year).then_some(Contradiction::Past)
}

/// Whether words stand one after the other among others.
fn stands(wanted: &[String], among: &[String]) -> bool {
    !wanted.is_empty() && among.windows(wanted.len()).any(|w| w == wanted)
}

/// The words of a name that no other accueil need bear.
fn own_words(name: &str) -> Vec<String> {
    let mut own = words(name);
    own.retain(|w| !GENERIC.contains(&w.as_str()));
    own
}

/// Whether a title names an accueil: its code, or the words of its name that are its own.
fn names(title: &[String], structure: &Structure) -> bool {
    let code = words(&structure.code);
    let has_digit = structure.code.chars().any(|c| c.is_ascii_digit());
    if has_digit && stands(&code, title) {
        return true;
    }
    let all = std::iter::once(&structure.nom).chain(&structure.alias);
    all.map(|name| own_words(name)).any(|own| {
        let letters: usize = own.iter().map(|w| w.chars().count()).sum();
        letters >= 5 && stands(&own, title)
    })
}

impl Rails<'_> {
    pub(super) fn titles(&self, run: &RailRun, asking: &mut Asking) {
        let debut = i32::from(self.campaign.debut.date().year());
        let years: BTreeSet<i32> = (debut..=i32::from(self.campaign.fin.date().year())).collect();
        for file in run.entering() {
            let read = &run.files[file];
            let grids = read
                .records
                .iter()
                .filter(|r| matches!(r.unit, UnitKey::Visit { .. } | UnitKey::Grid { .. }));
            let mut told: BTreeSet<String> = BTreeSet::new();
            for grid in grids {
                let own = read.titles.iter().filter(|t| t.sheet == grid.sheet);
                let found = own.filter_map(|t| Some((t, self.contradiction(t, grid, &years)?)));
                for (title, what) in found {
                    let said = self.titled(title, grid, &what);
                    if told.insert(said.message.clone()) {
                        asking.ask(file, said);
                    }
                }
            }
        }
    }

    fn contradiction(
        &self,
        title: &SheetTitle,
        grid: &TypedRecord,
        years: &BTreeSet<i32>,
    ) -> Option<Contradiction> {
        let own_view = grid.unit.source() == SourceCode::Obs && !self.source_given;
        if let Some(found) = said(&title.text, own_view, years) {
            return Some(found);
        }
        self.other_place(&title.text, grid.unit.structure())
            .or_else(|| {
                let day = grid.day?.to_string();
                let dates = dates_in(&title.text);
                let is_of_something_else =
                    ["date", "imprim", "version", "mise a jour", "maj", "edit"]
                        .iter()
                        .any(|begins| fold(&title.text).starts_with(begins));
                let other = dates
                    .first()
                    .filter(|_| !dates.contains(&day) && !is_of_something_else)?;
                Some(Contradiction::Day(other.clone()))
            })
    }

    /// Another accueil that a title names, and not its own.
    fn other_place(&self, title: &str, own: &str) -> Option<Contradiction> {
        let registry = &self.observatory.registry;
        let written = words(title);
        let own = registry.get(own)?;
        if names(&written, own) {
            return None;
        }
        let communes: BTreeSet<Vec<String>> =
            registry.all().iter().map(|s| words(&s.commune)).collect();
        let mut others = registry.all().iter().filter(|s| s.code != own.code);
        // A commune named in a title is a place, and no accueil that bears its name.
        let other =
            others.find(|s| names(&written, s) && !communes.contains(&own_words(&s.nom)))?;
        Some(Contradiction::Place(other.code.clone()))
    }

    fn titled(&self, title: &SheetTitle, grid: &TypedRecord, what: &Contradiction) -> Diagnostic {
        let shown = shown_title(&title.text);
        let structure = grid.unit.structure();
        let name = |code: &str| {
            let known = self.observatory.registry.get(code);
            known.map_or_else(|| code.to_owned(), |s| format!("{} ({})", s.code, s.nom))
        };
        let message = match what {
            Contradiction::Example => {
                format!("« {shown} » : ce n’est peut-être pas une vraie grille de {structure}.")
            }
            Contradiction::Aim => {
                format!(
                    "« {shown} » : ces notes sont peut-être celles que l’on vise, et pas celles du jour."
                )
            }
            Contradiction::Past => {
                format!(
                    "« {shown} » : ces notes sont peut-être celles d’une autre visite que celle de {}.",
                    self.campaign.id
                )
            }
            Contradiction::OwnView => {
                format!(
                    "« {shown} » : la grille de {structure} serait lue comme celle d’un observateur."
                )
            }
            Contradiction::Place(other) => format!(
                "« {shown} » parle de {}, et la grille est lue comme celle de {}.",
                name(other),
                name(structure)
            ),
            Contradiction::Day(day) => format!(
                "« {shown} » dit le {}, et la grille est datée du {}.",
                date_short(day),
                grid.day.map_or_else(String::new, |d| d.short())
            ),
        };
        let said = Diagnostic::new(Code::TitleContradicts, title.at.clone(), message);
        match what {
            Contradiction::OwnView => said.with_remedy(
                "Si c’est la grille de l’équipe, relancez avec --source AUT ; si c’est bien celle de l’observateur, ajoutez --source OBS ou --confirmer.",
            ),
            _ => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_something_else_are_told_from_others() {
        let years = BTreeSet::from([2026]);
        let of = |title: &str| said(title, true, &years);
        assert_eq!(
            of("EXEMPLE DE GRILLE REMPLIE - ne pas tenir compte"),
            Some(Contradiction::Example)
        );
        assert_eq!(of("Niveau VISÉ pour 2027"), Some(Contradiction::Aim));
        assert_eq!(
            of("Rappel des notes de la visite 2025"),
            Some(Contradiction::Past)
        );
        assert_eq!(of("AUTO-ÉVALUATION"), Some(Contradiction::OwnView));
        assert_eq!(said("Auto-évaluation", false, &years), None);
        for plain in [
            "Grille d’observation – visite 1",
            "Visite du 12 mai 2026",
            "Objectif de la visite : observer l’accueil du matin",
            "Notez par exemple ce que vous avez vu",
            "Feuil1",
            "Convention 2023-2026",
        ] {
            assert_eq!(of(plain), None, "{plain}");
        }
    }
}
