//! Which fiches an audience reads, and what hangs on them.

use std::collections::BTreeSet;

use super::ctg_audience::CtgAudience;
use super::ctg_material::CtgMaterial;
use crate::convention::same_code;

/// What an audience reads of the fiches.
pub(super) struct CtgScope<'a> {
    pub material: &'a CtgMaterial<'a>,
    pub audience: CtgAudience,
    /// Codes of the fiches that it reads.
    pub fiches: BTreeSet<&'a str>,
    /// Whether it reads what is of no fiche.
    pub reads_the_rest: bool,
}

impl<'a> CtgScope<'a> {
    pub(super) fn new(material: &'a CtgMaterial<'a>, audience: CtgAudience) -> Self {
        let only = audience.only_field();
        let fiches = material.convention.fiches.iter();
        let read = fiches.filter(|f| only.is_none_or(|field| f.field == field));
        Self {
            material,
            audience,
            fiches: read.map(|f| f.code.as_str()).collect(),
            reads_the_rest: only.is_none(),
        }
    }

    /// Of the fiches that a line names, those that are read; none where the line is not.
    pub(super) fn fiches_of(&self, named: &[&str]) -> Option<Vec<String>> {
        let read = named.iter().filter_map(|code| {
            let own = self.fiches.iter().find(|fiche| same_code(fiche, code));
            own.map(|fiche| (*fiche).to_owned())
        });
        let read: Vec<String> = read.collect();
        (self.reads_the_rest || !read.is_empty()).then_some(read)
    }
}
