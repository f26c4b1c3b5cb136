//! What a person may choose for the headings and the words of a form that the program does not know: the same in
//! the workbook of a correspondence and on the local page.

use std::collections::BTreeSet;

use super::correspondence_answers::SEPARATOR;
use super::correspondence_roles::roles_of;
use crate::base::text::fold;
use crate::intake::sources::correspondence::{
    BLANK, Correspondence, IGNORED, MappedColumn, OWN_QUESTION_ROLE,
};
use crate::intake::sources::{ACTIVITY, DIPLOMAS, HAND_MADE, heads_diplomas};
use crate::vocabulary::referentiel::{Absence, Referentiel, SourceCode};

/// What may be chosen for a form.
pub(crate) struct FormChoices<'a> {
    pub(crate) mapping: &'a Correspondence,
    pub(crate) referentiel: &'a Referentiel,
}

impl FormChoices<'_> {
    /// « REL-1-FAM-1 — Mon enfant est attendu ».
    pub(crate) fn shown(&self, code: &str) -> String {
        let element = self.referentiel.element(code);
        let label = element.map(|e| self.referentiel.elements[e].label.as_str());
        let own = (code == OWN_QUESTION_ROLE).then_some("question fermée de votre questionnaire");
        label.or(own).map_or_else(
            || code.to_owned(),
            |label| format!("{code}{SEPARATOR}{label}"),
        )
    }

    /// What a column may be besides an answer: word, meaning.
    pub(crate) fn roles(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        roles_of(&self.mapping.tool).map(|role| (role.word, role.meaning))
    }

    /// What a word may be worth: the modalities of the scales, the words of activity tables aside.
    pub(crate) fn worths(&self, question: &str) -> Vec<String> {
        if self.mapping.tool == ACTIVITY {
            let mut said = self.mapping.columns.iter();
            let is_told = said.any(|c| c.target == "diplome" && fold(&c.heading) == fold(question));
            return if is_told || heads_diplomas(question) {
                DIPLOMAS.map(str::to_owned).into()
            } else {
                ["periscolaire", "extrascolaire"].map(str::to_owned).into()
            };
        }
        let r = self.referentiel;
        // Of the scale of its own question, else of those of all columns; of those of grids where nothing says
        // yet what they ask.
        let own = |column: &&MappedColumn| fold(&column.heading) == fold(question);
        let is_own = self.mapping.columns.iter().any(|column| own(&column));
        let columns = self.mapping.columns.iter();
        let columns = columns.filter(|column| !is_own || own(column));
        let codes = columns.flat_map(|c| std::iter::once(&c.target).chain(&c.nearest));
        let asked = codes.filter_map(|code| r.element(code));
        let mut scales: BTreeSet<usize> = asked.map(|e| r.elements[e].scale).collect();
        let grids = [SourceCode::Obs, SourceCode::Aut, SourceCode::Dir];
        let is_grid = self.mapping.tool == HAND_MADE;
        if scales.is_empty() || is_grid {
            let rated = r.elements.iter().filter(|e| e.don.is_none());
            let rated = rated.filter(|e| !is_grid || grids.contains(&e.source));
            scales = rated.map(|e| e.scale).collect();
        }
        let scales = || scales.iter().map(|scale| &r.scales[*scale]);
        let modalities = scales().flat_map(|scale| scale.modalities.iter().map(|m| m.code.clone()));
        let absences = [Absence::Nc, Absence::No, Absence::Nsp].into_iter();
        let absences = absences
            .filter(|absence| scales().any(|scale| scale.admits(*absence)))
            .map(|absence| absence.code().to_owned())
            .chain(std::iter::once(format!("{BLANK}{SEPARATOR}sans réponse")));
        let mut seen = BTreeSet::new();
        modalities
            .chain(absences)
            .filter(|code| seen.insert(code.clone()))
            // Excel holds 255 characters in a list.
            .take(30)
            .collect()
    }
}

/// Codes of the éléments to choose from: what the program found first, then what resembles.
pub(crate) fn proposals(column: &MappedColumn) -> Vec<&str> {
    let is_own = column.target == OWN_QUESTION_ROLE;
    let found = Some(column.target.as_str()).filter(|code| *code != IGNORED && !is_own);
    let near = column.nearest.iter().map(String::as_str);
    let mut all: Vec<&str> = Vec::new();
    for code in found.into_iter().chain(near) {
        if !all.contains(&code) {
            all.push(code);
        }
    }
    // A question of her own is the last: who answers « 1 » without reading leads no élément astray.
    all.truncate(if is_own { 2 } else { 3 });
    all.extend(is_own.then_some(OWN_QUESTION_ROLE));
    all
}
