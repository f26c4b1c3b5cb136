//! A grid under a title that says something else than what is read in it: an example, what is aimed at, the visit
//! of another year, a self-assessment, another accueil, another day. Titles are written once and copied often: a
//! person says which of the two is right.

use std::collections::BTreeSet;

use super::title_words::{
    Contradiction, answered_by, dates_something_else, measures_else, said, speaker,
};
use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic};
use crate::base::text::{date_short, dates_in, fold};
use crate::intake::observations::{SheetTitle, TypedRecord, UnitKey};
use crate::intake::sources::shown_title;
use crate::vocabulary::referentiel::SourceCode;

impl Rails<'_> {
    pub(super) fn titles(&self, run: &RailRun, asking: &mut Asking) {
        let years = self.campaign_years();
        for file in run.entering() {
            let read = &run.files[file];
            let titled = |r: &&TypedRecord| {
                matches!(
                    r.unit,
                    UnitKey::Visit { .. } | UnitKey::Grid { .. } | UnitKey::Questionnaire { .. }
                )
            };
            let mut told: BTreeSet<String> = BTreeSet::new();
            let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
            for grid in read.records.iter().filter(titled) {
                // What is said over responses is said of all of them.
                let is_response = matches!(grid.unit, UnitKey::Questionnaire { .. });
                if is_response && !seen.insert((&grid.sheet, grid.unit.structure())) {
                    continue;
                }
                let of_sheet = || read.records.iter().filter(|r| r.sheet == grid.sheet);
                let is_alone = of_sheet().all(|r| r.unit.structure() == grid.unit.structure());
                let days: BTreeSet<_> = of_sheet().filter_map(|r| r.day).collect();
                let own = read.titles.iter().filter(|t| t.sheet == grid.sheet);
                let found = own.filter_map(|t| Some((t, self.contradiction(t, grid, &years)?)));
                for (title, what) in found {
                    let is_of_one = match what {
                        Contradiction::Place(_) => is_alone,
                        Contradiction::Day(_) => !is_response && days.len() == 1,
                        // « L’avis des familles » heads what families answered.
                        Contradiction::Others => !is_response,
                        _ => true,
                    };
                    let said = self.titled(title, grid, &what);
                    if is_of_one && told.insert(said.message.clone()) {
                        asking.ask(file, said);
                    }
                }
            }
        }
    }

    /// Years that a title may bear.
    pub(super) fn campaign_years(&self) -> BTreeSet<i32> {
        let debut = i32::from(self.campaign.debut.date().year());
        (debut..=i32::from(self.campaign.fin.date().year())).collect()
    }

    /// An accueil by its code and its name.
    pub(super) fn named(&self, code: &str) -> String {
        let known = self.observatory.registry.get(code);
        known.map_or_else(|| code.to_owned(), |s| format!("{} ({})", s.code, s.nom))
    }

    fn contradiction(
        &self,
        title: &SheetTitle,
        grid: &TypedRecord,
        years: &BTreeSet<i32>,
    ) -> Option<Contradiction> {
        let own_view = grid.unit.source() == SourceCode::Obs && !self.source_given;
        if let Some(found) = said(&title.text, own_view, years) {
            // What is made up says so in an observatory that is.
            let is_made_up = self.observatory.settings.territory.donnees_fictives;
            let is_mark = is_made_up && fold(&title.text).contains("donnees fictives");
            return (found != Contradiction::Unreal || !is_mark).then_some(found);
        }
        if matches!(grid.unit, UnitKey::Questionnaire { .. }) {
            if measures_else(&title.text) {
                return Some(Contradiction::Measure);
            }
            if let Some(source) = answered_by(&title.text, grid.unit.source()) {
                return Some(Contradiction::Source(source));
            }
        }
        // A sheet of the list of a workbook is often named after who fills it.
        let other = speaker(&title.text).filter(|source| {
            let team = [SourceCode::Aut, SourceCode::Eqp];
            let own = grid.unit.source();
            *source != own && !(team.contains(source) && team.contains(&own)) && !self.source_given
        });
        if let Some(source) = other {
            return Some(Contradiction::Source(source));
        }
        self.other_place(&title.text, grid.unit.structure())
            .or_else(|| {
                let day = grid.day?.to_string();
                let dates = dates_in(&title.text);
                let is_of_something_else = dates_something_else(&title.text);
                let other = dates
                    .first()
                    .filter(|_| !dates.contains(&day) && !is_of_something_else)?;
                Some(Contradiction::Day(other.clone()))
            })
    }

    pub(super) fn other_place(&self, title: &str, own: &str) -> Option<Contradiction> {
        self.named_elsewhere(title, own).map(Contradiction::Place)
    }

    /// Another accueil that a title names, and not its own.
    pub(super) fn named_elsewhere(&self, title: &str, own: &str) -> Option<String> {
        self.places.other_than(own, title).map(str::to_owned)
    }

    fn titled(&self, title: &SheetTitle, grid: &TypedRecord, what: &Contradiction) -> Diagnostic {
        let shown = shown_title(&title.text);
        let structure = grid.unit.structure();
        let message = match what {
            Contradiction::Unreal => {
                format!("« {shown} » : ce n’est peut-être pas une vraie grille de {structure}.")
            }
            Contradiction::Others => format!(
                "« {shown} » : ces notes sont peut-être celles de quelqu’un d’autre, ou de plusieurs visites."
            ),
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
                self.named(other),
                self.named(structure)
            ),
            Contradiction::Source(source) => format!(
                "« {shown} » : ces notes seraient lues comme {}, et le titre dit {}.",
                grid.unit.source().label(),
                source.label()
            ),
            Contradiction::Measure => format!(
                "« {shown} » : ces réponses ne disent peut-être pas ce que leurs questions demandent."
            ),
            Contradiction::Looks => format!(
                "« {shown} » : le programme ne voit ni les couleurs ni le gras ; ce qu’ils disent des notes serait perdu."
            ),
            Contradiction::Day(day) => format!(
                "« {shown} » dit le {}, et la grille est datée du {}.",
                date_short(day),
                grid.day.map_or_else(String::new, Day::short)
            ),
        };
        let said = Diagnostic::new(Code::TitleContradicts, title.at.clone(), message);
        match what {
            Contradiction::OwnView => said.with_remedy(
                "Si c’est la grille de l’équipe, relancez avec --source AUT ; si c’est bien celle de l’observateur, ajoutez --source OBS ou --confirmer.",
            ),
            Contradiction::Source(source) => said.with_remedy(format!(
                "Si c’est vrai, relancez avec --source {source} ; sinon renommez la feuille, ou ajoutez --confirmer."
            )),
            Contradiction::Looks => said.with_remedy(
                "Écrivez dans les cellules ce que disent les couleurs (NO, une autre grille…), retirez la légende, puis relancez ; si elles ne changent aucune note, ajoutez --confirmer.",
            ),
            _ => said,
        }
    }
}
