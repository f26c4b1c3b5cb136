//! What belongs to each structure, found by its code: a delivery of thousands of sites looks nothing
//! up by going through all of it.

use std::collections::HashMap;
use std::sync::Arc;

use super::clearance_input::ClearanceInput;
use crate::base::text::SharedText;
use crate::decide::plans::Action;
use crate::decide::priorities::Practice;
use crate::figures::voices::{Interview, OpenAnswer, OutsideQuestion, Remark};
use crate::vocabulary::referentiel::{Element, Referentiel};

/// Some of a whole, by code of structure, in the order of the whole.
pub(crate) struct ByStructure<'a, T>(HashMap<&'a str, Vec<&'a T>>);

impl<'a, T> ByStructure<'a, T> {
    fn of(all: &'a [T], structure: impl Fn(&'a T) -> &'a str) -> Self {
        let mut found: HashMap<&str, Vec<&T>> = HashMap::new();
        for one in all {
            found.entry(structure(one)).or_default().push(one);
        }
        Self(found)
    }

    /// Those of a structure.
    pub(crate) fn get(&self, structure: &str) -> &[&'a T] {
        self.0.get(structure).map_or(&[], Vec::as_slice)
    }
}

/// What a clearance looks up by structure.
pub(crate) struct SiteMaterial<'a> {
    pub(crate) actions: ByStructure<'a, Action>,
    pub(crate) proposals: ByStructure<'a, Action>,
    pub(crate) practices: ByStructure<'a, Practice>,
    pub(crate) families: ByStructure<'a, OpenAnswer>,
    pub(crate) interviews: ByStructure<'a, Interview>,
    pub(crate) remarks: ByStructure<'a, Remark>,
    /// Codes of the questions, by position: those of éléments, then those outside the référentiel.
    pub(crate) codes: Vec<SharedText>,
    /// Labels of the answers to each élément, by position, least favourable first: they are the same everywhere.
    pub(crate) modalities: Vec<Arc<[String]>>,
}

impl<'a> SiteMaterial<'a> {
    pub(crate) fn of(input: &ClearanceInput<'a>) -> Self {
        let voices = input.voices;
        Self {
            actions: ByStructure::of(input.actions, |a| &a.structure),
            proposals: ByStructure::of(input.proposals, |a| &a.structure),
            practices: ByStructure::of(&input.priorities.practices, |p| &p.structure),
            families: ByStructure::of(&voices.families, |f| &f.structure),
            interviews: ByStructure::of(&voices.interviews, |i| &i.structure),
            remarks: ByStructure::of(&voices.remarks, |r| &r.structure),
            codes: codes(input.referentiel, &voices.outside),
            modalities: modalities(input.referentiel),
        }
    }
}

fn codes(r: &Referentiel, outside: &[OutsideQuestion]) -> Vec<SharedText> {
    let elements = r.elements.iter().map(|element| &element.code);
    let all = elements.chain(outside.iter().map(|question| &question.code));
    all.map(|code| SharedText::from(code.as_str())).collect()
}

/// Labels of the answers to each élément. Polarity is already applied to the counts: labels follow the same order.
fn modalities(r: &Referentiel) -> Vec<Arc<[String]>> {
    let of = |element: &Element| {
        let labels = r.scales[element.scale].modalities.iter();
        let mut labels: Vec<String> = labels.map(|m| m.label.clone()).collect();
        if element.negative {
            labels.reverse();
        }
        labels.into()
    };
    r.elements.iter().map(of).collect()
}
