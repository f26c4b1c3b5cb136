//! What a form asks: the éléments of a source that apply, axe by axe, and the answers allowed.

use crate::vocabulary::referentiel::{
    Axe, Element, Referentiel, SourceCode, StructureType, VisitMoment,
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
    pub(super) fn protocol(&self) -> Vec<&'a str> {
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
