//! What a form asks: the éléments of a source that apply, axe by axe, and the answers allowed.

use crate::vocabulary::referentiel::{
    AgeBand, Axe, Element, Referentiel, SourceCode, StructureType, VisitMoment,
};

/// How a practice is rated on its frequency.
pub const COUNTED_OCCASIONS: &str = "Fréquence : comptez les occasions vues. 2 : la moitié ou moins ; 3 : plus de la moitié ; 4 : à chaque occasion, chez tous les adultes vus.";

/// A structure that a form may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPlace {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Type of accueil.
    pub kind: StructureType,
}

/// One form to make.
pub struct AskedForm<'a> {
    /// Vocabulary.
    pub referentiel: &'a Referentiel,
    /// Who answers.
    pub source: SourceCode,
    /// Structures it may be about; what applies to none of them is not asked.
    pub places: &'a [FormPlace],
    /// Types of accueil it is made for.
    pub kinds: &'a [StructureType],
    /// Moments of a visit that it is for; none for all of them.
    pub moments: &'a [VisitMoment],
    /// Title.
    pub title: &'a str,
    /// Whom to call when a child is in danger, beside the protocol; empty where it is said elsewhere.
    pub call: &'a str,
    /// What a questionnaire says before its questions: what it is for, until when, what becomes of the answers.
    pub welcome: &'a [String],
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Code.
    pub code: String,
    /// What people read.
    pub label: String,
}

impl Choice {
    /// A possible answer.
    pub fn new(code: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            label: label.into(),
        }
    }
}

impl<'a> AskedForm<'a> {
    /// What to do before a grave fact, and whom to call: what adults read before anything is asked of them.
    pub(crate) fn protocol(&self) -> Vec<&'a str> {
        let own = &self.referentiel.purpose.protocol;
        if own.is_empty() || self.is_questionnaire() {
            return Vec::new();
        }
        let call = Some(self.call).filter(|c| !c.is_empty());
        own.iter().map(String::as_str).chain(call).collect()
    }

    /// Éléments in order, under their axe.
    pub fn axes(&self) -> Vec<(&'a Axe, Vec<&'a Element>)> {
        let r = self.referentiel;
        let at_a_moment = |e: &Element| {
            self.moments.is_empty() || self.moments.iter().any(|m| e.moments.admits(*m))
        };
        let applies =
            |e: &Element| self.kinds.iter().any(|k| e.types.contains(*k)) && at_a_moment(e);
        let of = |axe: usize| {
            let elements = r.elements.iter();
            let kept = elements.filter(|e| e.source == self.source && applies(e));
            kept.filter(|e| r.criteres[e.critere].axe == axe).collect()
        };
        let all = (0..r.axes.len()).map(|a| (&r.axes[a], of(a)));
        all.filter(|(_, e): &(_, Vec<&Element>)| !e.is_empty())
            .collect()
    }

    /// Éléments in the order in which people read them, and in which their answers are typed: of an axe, what is for some
    /// comes after what is for all; what some ages alone are asked comes last.
    pub fn printed(&self) -> Vec<&'a Element> {
        let axes = self.axes().into_iter();
        let mut all: Vec<&Element> = axes
            .flat_map(|(_, mut elements)| {
                elements.sort_by_key(|e| e.filter.map(|f| f + 1));
                elements
            })
            .collect();
        all.sort_by_key(|e| e.ages.map(|band| band == AgeBand::Older));
        all
    }

    /// Whether the answer « non concerné » is refused: an impératif concerns everybody.
    pub fn is_must(&self, element: &Element) -> bool {
        self.referentiel.forbids_nc(element)
    }

    /// Answers of an élément, the lowest first, then the reasoned absences.
    pub fn choices(&self, element: &Element) -> Vec<Choice> {
        let scale = &self.referentiel.scales[element.scale];
        // A count is written: whoever counts need not know what it should be.
        let modalities = scale.modalities.iter().filter(|_| !element.headcount);
        let mut all: Vec<Choice> = modalities.map(|m| Choice::new(&m.code, &m.label)).collect();
        if scale.nc && !self.is_must(element) {
            // « NC » of a finding would be read as « non conforme ».
            let code = if scale.is_finding() { "SO" } else { "NC" };
            all.push(Choice::new(code, "Non concerné"));
        }
        if scale.no {
            all.push(Choice::new("NO", scale.no_label()));
        }
        if scale.nsp {
            all.push(Choice::new("NSP", "Ne sait pas"));
        }
        all
    }

    /// The same, the levels of an élément that says what they look like in its own words: « 2 : Un déroulement est affiché ».
    pub(crate) fn worded_choices(&self, element: &Element) -> Vec<Choice> {
        let mut all = self.choices(element);
        for (choice, words) in all.iter_mut().zip(element.anchors.iter().flatten()) {
            choice.label = format!("{} : {words}", choice.code);
        }
        all
    }

    /// Whether the form is for a visit whose moments are not chosen yet, and asks some éléments at some of them alone.
    pub(super) fn has_open_moments(&self) -> bool {
        let axes = self.axes();
        let mut elements = axes.iter().flat_map(|(_, elements)| elements);
        self.source == SourceCode::Obs
            && self.moments.is_empty()
            && elements.any(|e| !e.moments.is_empty())
    }

    /// Codes of the accueils that an élément applies to; none when it applies to all of them.
    pub(super) fn places_of(&self, element: &Element) -> Option<Vec<&'a str>> {
        let own = self
            .places
            .iter()
            .filter(|p| element.types.contains(p.kind));
        let codes: Vec<&str> = own.map(|p| p.code.as_str()).collect();
        (codes.len() < self.places.len()).then_some(codes)
    }

    /// Whether the descriptors of a critère help: where one of these éléments is rated on words that any other has.
    pub(super) fn has_landmarks(&self, own: &[&Element]) -> bool {
        let r = self.referentiel;
        let is_graded = |e: &&Element| {
            let scale = &r.scales[e.scale];
            e.anchors.is_none() && !scale.is_finding() && scale.modalities.len() == 4
        };
        let critere = own.first().map(|e| &r.criteres[e.critere]);
        let is_described = critere.is_some_and(|c| c.descripteurs.iter().any(|d| !d.is_empty()));
        is_described && own.iter().any(is_graded)
    }

    /// Whether people answer for themselves, without visit nor observer.
    pub fn is_questionnaire(&self) -> bool {
        self.source.is_questionnaire()
    }
}

/// Name of a question that says whom others are for, as every tool takes it: `FILTREbesoins`.
pub(super) fn filter_name(code: &str) -> String {
    format!("FILTRE{}", short(code))
}

/// `REL-2-OBS-3` → `REL2OBS3`, for tools that refuse hyphens; it reads back unambiguously.
pub fn short(code: &str) -> String {
    code.replace('-', "")
}
