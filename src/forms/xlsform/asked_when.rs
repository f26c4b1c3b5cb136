//! Whom, where and when an élément is asked: questions on the moments of a visit and on ages, and what others make of them.

use super::{SurveyForm, line};
use crate::forms::asked::{COUNTED_OCCASIONS, Choice, filter_name};
use crate::vocabulary::referentiel::{AgeBand, Element, VisitMoment};

/// Name of the question on the moments of a visit.
const MOMENTS: &str = "moments_vus";
/// Name of the question on the age of who answers.
const AGE: &str = "age";

impl SurveyForm<'_> {
    /// What is seen of a visit: éléments of other moments are not asked.
    pub(super) fn moments(&mut self) {
        if !self.asked.has_open_moments() {
            return;
        }
        let all = VisitMoment::ALL.iter();
        let choices = all.map(|m| Choice::new(m.as_str(), m.label()));
        self.lists.insert("moments".to_owned(), choices.collect());
        for (kind, name, label, hint, required) in [
            (
                "select_multiple moments",
                MOMENTS,
                "Moments vus",
                "Ce que vous verrez pendant cette visite : le reste n’est pas demandé, et se note à une autre visite, sous un autre numéro.",
                "yes",
            ),
            ("time", "heure_debut", "Heure de début de la visite", "", ""),
            ("time", "heure_fin", "Heure de fin de la visite", "", ""),
        ] {
            self.survey
                .push(line([kind, name, label, hint, required, "", "", ""]));
        }
        let occasions = [COUNTED_OCCASIONS].into_iter();
        self.notes("frequence", occasions);
    }

    /// Whom questions for some ages are for.
    pub(super) fn ages(&mut self) {
        let axes = self.asked.axes();
        let mut all = axes.iter().flat_map(|(_, elements)| elements);
        if all.all(|e| e.ages.is_none()) {
            return;
        }
        let bands = [
            (AgeBand::Young, "4 à 7 ans"),
            (AgeBand::Older, "8 à 11 ans"),
        ];
        let choices = bands.map(|(band, label)| Choice::new(band.as_str(), label));
        self.lists.insert("ages".to_owned(), choices.into());
        self.survey.push(line([
            "select_one ages",
            AGE,
            "Quel âge as-tu ?",
            "",
            "",
            "",
            "",
            "",
        ]));
    }

    /// When an élément is asked: its filter, its age, the accueils and the moments that it applies to; empty for always.
    pub(super) fn condition(&self, element: &Element) -> String {
        let r = self.asked.referentiel;
        let filter = element.filter.map(|f| {
            let filter = &r.filters[f];
            format!("${{{}}} = 'oui'", filter_name(&filter.code))
        });
        let age = element
            .ages
            .map(|band| format!("${{{AGE}}} = '{}'", band.as_str()));
        let places = self.asked.places_of(element).map(|codes| {
            let codes = codes.join(" ");
            format!("selected('{codes}', ${{structure}})")
        });
        let moments =
            Some(element.moments).filter(|m| self.asked.has_open_moments() && !m.is_empty());
        let moments = moments.map(|own| {
            let one = |m: VisitMoment| format!("selected(${{{MOMENTS}}}, '{}')", m.as_str());
            let any: Vec<String> = own.iter().map(one).collect();
            format!("({})", any.join(" or "))
        });
        let all = [filter, age, places, moments];
        let all: Vec<String> = all.into_iter().flatten().collect();
        all.join(" and ")
    }

    /// When one of them at least is asked: a page of nothing is not shown.
    pub(super) fn condition_of_any(&self, elements: &[&Element]) -> String {
        let mut all: Vec<String> = elements.iter().map(|e| self.condition(e)).collect();
        if all.iter().any(String::is_empty) {
            return String::new();
        }
        all.sort_unstable();
        all.dedup();
        match all.as_slice() {
            [only] => only.clone(),
            several => {
                let parts: Vec<String> = several.iter().map(|c| format!("({c})")).collect();
                parts.join(" or ")
            }
        }
    }

    /// Questions that say whom others are for.
    pub(super) fn filters(&mut self) {
        let asked = self.asked;
        for (position, filter) in asked.referentiel.filters.iter().enumerate() {
            let all = asked.axes();
            let mut elements = all.iter().flat_map(|(_, elements)| elements);
            if elements.any(|e| e.filter == Some(position)) {
                self.yes_or_no();
                let (name, hint) = (
                    filter_name(&filter.code),
                    "Laissez vide si vous ne souhaitez pas répondre.",
                );
                self.survey.push(line([
                    "select_one oui_non",
                    &name,
                    &filter.label,
                    hint,
                    "",
                    "",
                    "",
                    "",
                ]));
            }
        }
    }
}
