//! A file whose name says something else than what it holds: another accueil, an example, another year. Names are
//! what people go by when they choose files; a file copied and filled in again keeps its own.

use std::collections::BTreeSet;

use super::title_words::{Contradiction, is_bare, said, visit_said, words};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::dates_in;
use crate::intake::observations::{TypedRecord, UnitKey};

impl Rails<'_> {
    pub(super) fn file_names(&self, run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let name = run.about[file].name;
            let records = run.files[file].records.iter();
            let structures: BTreeSet<&str> = records.map(|r| &**r.unit.structure()).collect();
            let stem = stem(name);
            if let Some(message) = other_grid(stem, &run.files[file].records) {
                let said = Diagnostic::new(Code::TitleContradicts, Location::file(name), message);
                asking.ask(
                    file,
                    said.with_remedy("Écrivez-le en tête de la grille (« Visite : 2 », « Observateur : O2 ») si c’est le nom qui est juste, ou renommez le fichier ; sinon, ajoutez --confirmer."),
                );
            }
            let own_view = || {
                let mut records = run.files[file].records.iter();
                let is_own = said(stem, !self.source_given, &self.campaign_years())
                    == Some(Contradiction::OwnView);
                let observed = records.any(|r| matches!(r.unit, UnitKey::Visit { .. }));
                (is_own && observed).then_some(Contradiction::OwnView)
            };
            let what = self.said_by_name(stem).or_else(own_view).or_else(|| {
                // A file about several accueils may be named after one of them.
                let [own] = structures.iter().collect::<Vec<_>>()[..] else {
                    return None;
                };
                self.other_place(stem, own)
            });
            let Some(what) = what else { continue };
            let own = structures.iter().next().copied().unwrap_or_default();
            let message = self.said_by("fichier", &what, own);
            asking.ask(
                file,
                Diagnostic::new(Code::TitleContradicts, Location::file(name), message)
                    .with_remedy("Renommez le fichier s’il est bien celui-là, ou ajoutez --confirmer ; sinon, retirez-le."),
            );
        }
    }

    /// What the name of a file, or of its folder, says against the accueil that it is read as.
    pub(super) fn said_by(&self, named: &str, what: &Contradiction, own: &str) -> String {
        match what {
            Contradiction::Place(other) => format!(
                "le nom du {named} parle de {}, et ce qu’il contient est lu comme étant de {}.",
                self.named(other),
                self.named(own)
            ),
            Contradiction::OwnView => format!(
                "d’après le nom du {named}, c’est la grille de l’équipe, et elle serait lue comme celle d’un observateur (dites --source AUT)."
            ),
            Contradiction::Past => format!(
                "d’après le nom du {named}, ce qu’il contient n’est peut-être pas de {}.",
                self.campaign.id
            ),
            _ => format!(
                "d’après le nom du {named}, ce qu’il contient n’est peut-être pas une vraie collecte."
            ),
        }
    }

    pub(super) fn said_by_name(&self, stem: &str) -> Option<Contradiction> {
        // « Grille corrigée » is the true one.
        let is_mended = words(stem).iter().any(|w| w.starts_with("corrig"));
        let years = self.campaign_years();
        let year = |iso: &String| iso.get(..4)?.parse::<i32>().ok();
        let is_of_another = |iso: &String| year(iso).is_some_and(|y| !years.contains(&y));
        let dates = dates_in(stem);
        if !dates.is_empty() && dates.iter().all(is_of_another) {
            return Some(Contradiction::Past);
        }
        // A blank form, « Modèle », « vierge », keeps its name once it is filled in.
        if is_bare(stem) {
            return None;
        }
        let found = said(stem, false, &years)?;
        let counts = matches!(
            found,
            Contradiction::Unreal | Contradiction::Past | Contradiction::Aim
        );
        (counts && !is_mended).then_some(found)
    }
}

/// « visite 2 », « O2 », where the grids of the file are all of another visit or observer.
fn other_grid(stem: &str, records: &[TypedRecord]) -> Option<String> {
    let words = words(stem);
    let grids = || {
        let own = records.iter();
        own.filter(|r| matches!(r.unit, UnitKey::Visit { .. }))
    };
    grids().next()?;
    let is_number = |w: &str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit());
    if let Some(visit) = visit_said(stem).filter(|v| grids().all(|r| *r.visit != **v)) {
        let own = &grids().next()?.visit;
        return Some(format!(
            "le nom du fichier dit visite {visit}, et la grille est lue comme celle de la visite {own}."
        ));
    }
    let is_code = |w: &str| {
        w.strip_prefix('o')
            .is_some_and(|n| !n.is_empty() && is_number(n))
    };
    let observer = words.iter().find(|w| is_code(w))?.to_uppercase();
    let coded = |r: &TypedRecord| is_code(&r.observer.to_lowercase());
    let others = grids().all(|r| coded(r) && !r.observer.eq_ignore_ascii_case(&observer));
    others.then(|| {
        format!("le nom du fichier dit {observer}, et la grille est lue comme celle d’un autre observateur.")
    })
}

/// A name without what it ends with, nor the archive that holds it.
pub(super) fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '›']).next().unwrap_or(name).trim();
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn the_name_of_a_file_is_read_without_its_end() {
        assert_eq!(stem("A06 mai.xlsx"), "A06 mai");
        assert_eq!(stem("lot.zip › juin/A06.csv"), "A06");
        assert_eq!(stem("sans fin"), "sans fin");
    }
}
