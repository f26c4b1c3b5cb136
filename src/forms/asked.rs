//! What a form asks: the éléments of a source that apply, axe by axe, and the answers allowed.

use crate::vocabulary::referentiel::{Axe, Element, Referentiel, SourceCode, StructureType};

/// A structure that a form may be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Code.
    pub code: String,
    /// Name.
    pub nom: String,
    /// Type of accueil.
    pub kind: StructureType,
}

/// One form to make.
pub struct Asked<'a> {
    /// Vocabulary.
    pub referentiel: &'a Referentiel,
    /// Who answers.
    pub source: SourceCode,
    /// Structures it may be about; what applies to none of them is not asked.
    pub places: &'a [Place],
    /// Types of accueil it is made for.
    pub kinds: &'a [StructureType],
    /// Title.
    pub titre: &'a str,
}

/// A possible answer: code and label.
pub type Choice = (String, String);

impl<'a> Asked<'a> {
    /// Éléments in order, under their axe.
    pub fn axes(&self) -> Vec<(&'a Axe, Vec<&'a Element>)> {
        let r = self.referentiel;
        let applies = |e: &Element| self.kinds.iter().any(|k| e.types.contains(*k));
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
        self.referentiel.criteres[element.critere].imperatif
    }

    /// Answers of an élément, the lowest first, then the reasoned absences.
    pub fn choices(&self, element: &Element) -> Vec<Choice> {
        let scale = &self.referentiel.scales[element.scale];
        let modalities = scale.modalities.iter();
        let mut all: Vec<Choice> = modalities
            .map(|m| (m.code.clone(), m.label.clone()))
            .collect();
        let mut add = |code: &str, label: &str| all.push((code.to_owned(), label.to_owned()));
        if scale.nc && !self.is_must(element) {
            add("NC", "Non concerné");
        }
        if scale.no {
            add("NO", "Non observé");
        }
        if scale.nsp {
            add("NSP", "Ne sait pas");
        }
        all
    }

    /// Whether people answer for themselves, without visit nor observer.
    pub fn is_questionnaire(&self) -> bool {
        self.source.is_questionnaire()
    }
}

/// `REL-2-OBS-3` → `REL2OBS3`, for tools that refuse hyphens; it reads back unambiguously.
pub fn short(code: &str) -> String {
    code.replace('-', "")
}
