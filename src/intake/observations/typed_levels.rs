//! One answer against the scale of its élément, or one count against the ratio; what applies to no such accueil is said.

use super::headcount::{Headcount, HeadcountFinding};
use super::normalise::Normaliser;
use super::typed::TypedAnswer;
use super::value::{Statut, Typed, scored, type_cell};
use crate::base::diagnostics::Code;
use crate::base::text::{short, suggest};
use crate::intake::sources::{Answer, Record};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{Element, HEADCOUNT_WRITTEN};

impl Normaliser<'_> {
    /// An answer to an élément against its scale; none when it is in error.
    pub(super) fn level(
        &mut self,
        record: &Record,
        answer: &Answer,
        structure: &Structure,
    ) -> Option<TypedAnswer> {
        let referentiel = self.context.referentiel;
        let Some(position) = referentiel.element(&answer.element) else {
            let codes = referentiel.elements.iter().map(|e| e.code.as_str());
            let near = suggest(&answer.element.to_uppercase(), codes);
            let message = format!(
                "l’élément « {} » n’existe pas dans le référentiel {}.{}",
                answer.element,
                referentiel.version,
                near.code_sentence()
            );
            self.report(Code::ElementUnknown, record, answer.cell, message);
            return None;
        };
        let element = &referentiel.elements[position];
        if element.source != record.source {
            let message = format!(
                "l’élément « {} » est de l’instrument {} ; ce fichier est lu comme {}.",
                element.code, element.source, record.source
            );
            let remedy = "Si c’est une réponse donnée à un titre de ce fichier, changez-la dans le classeur de sa correspondance, dans grids/correspondances, puis relancez l’import ; sinon, corrigez le code, ou dites l’instrument avec --source.";
            self.report_at(Code::ElementUnknown, record, answer.cell, message, remedy);
            return None;
        }
        if !element.types.contains(structure.kind) && !answer.raw.is_empty() {
            let aside = &referentiel.criteres[element.critere].put_aside;
            let message = match aside {
                Some(aside) => aside.sentence(&element.code),
                None => format!(
                    "« {} » ne s’applique pas à {} ({}).",
                    element.code,
                    structure.code,
                    structure.kind.label()
                ),
            };
            self.report(Code::ElementOutOfScope, record, answer.cell, message);
        }
        let imperatif = referentiel.forbids_nc(element);
        let scale = &referentiel.scales[element.scale];
        let count = Headcount::parse(&answer.raw).filter(|_| element.headcount);
        let typed = match count {
            Some(count) => Ok(self.counted(record, answer, structure, element, &count)),
            None => type_cell(&answer.raw, &answer.comment, element, imperatif, scale),
        };
        match typed {
            Ok(typed) => Some(TypedAnswer {
                element: position as u32,
                statut: typed.statut,
                micro: typed.micro,
                modality: typed.modality,
                raw: answer.written.as_ref().unwrap_or(&answer.raw).clone(),
                comment: answer.comment.clone(),
                cell: answer.cell,
            }),
            Err((code, message)) => {
                let how = if element.headcount {
                    format!(" Un comptage s’écrit : {HEADCOUNT_WRITTEN}.")
                } else {
                    String::new()
                };
                let read = as_written(answer);
                self.report(code, record, answer.cell, message + &read + &how);
                None
            }
        }
    }

    /// A count read against the ratio that holds there; « non vérifié » where that depends on what nobody said.
    fn counted(
        &mut self,
        record: &Record,
        answer: &Answer,
        structure: &Structure,
        element: &Element,
        count: &Headcount,
    ) -> Typed {
        let scale = &self.context.referentiel.scales[element.scale];
        let day = record.date.parse().ok();
        match count.finding(structure, self.context.regulation, day) {
            HeadcountFinding::Enough => scored(scale.modalities.len() - 1, element, scale),
            HeadcountFinding::Short => scored(0, element, scale),
            HeadcountFinding::Unclear(least, most) => {
                let message = format!(
                    "« {} » sur « {} » : {least} ou {most} adultes sont exigés selon la lecture de la règle (âges mélangés, durée, vacances ou PEDT) ; le constat est « non vérifié ».",
                    answer.raw, element.code
                );
                self.report(Code::HeadcountUnclear, record, answer.cell, message);
                Typed::absent(Statut::No)
            }
        }
    }
}

/// What the cell itself holds, where it was read as something else: a cross under « parfois » is no « 2 » to whoever drew it.
fn as_written(answer: &Answer) -> String {
    match answer.written.as_deref() {
        Some(written) if written != answer.raw => format!(
            " La case porte « {} », lu comme « {} ».",
            short(written, 40),
            answer.raw
        ),
        _ => String::new(),
    }
}
