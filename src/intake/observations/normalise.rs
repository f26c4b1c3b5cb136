//! Answers in the words of a file → typed observations of one campaign. Every problem of the file
//! is collected; one `erreur` keeps the whole file out.

use std::collections::HashSet;
use std::sync::Arc;

use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic, Location};
use crate::base::text::{fold, suggest};
use crate::intake::sources::practices::{CONSENT, REMARKABLE};
use crate::intake::sources::{Answer, Answers, OPEN_ANSWER, Record};
use crate::vocabulary::config::{Campaign, Registry, Resolution, Structure};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

use super::RespondentKey;
use super::kinds::WordKind;
use super::practice_checks;
use super::typed::{FileObservations, TypedAnswer, TypedMeasure, TypedRecord, TypedWords};
use super::unit_key::UnitKey;
use super::value::type_cell;

/// What typing needs besides the answers.
pub struct Campaigned<'a> {
    /// Campaign that the user declares.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Known structures.
    pub registry: &'a Registry,
    /// Structure that the user names, when the file does not (`--structure`).
    pub structure: Option<&'a Structure>,
    /// Key of opaque respondents.
    pub key: &'a RespondentKey,
    /// Importer that read the file.
    pub tool: &'a str,
}

/// Types every record of a file.
pub fn normalise(file: &str, answers: &Answers, context: &Campaigned) -> Checked<FileObservations> {
    let mut normaliser = Normaliser {
        file,
        context,
        diagnostics: Vec::new(),
        words: HashSet::new(),
    };
    let records = answers
        .records
        .iter()
        .filter_map(|r| normaliser.record(r))
        .collect();
    Checked {
        value: FileObservations {
            file: file.to_owned(),
            records,
        },
        diagnostics: normaliser.diagnostics,
    }
}

struct Normaliser<'a> {
    file: &'a str,
    context: &'a Campaigned<'a>,
    diagnostics: Vec<Diagnostic>,
    words: HashSet<Arc<str>>,
}

impl<'a> Normaliser<'a> {
    fn report(&mut self, code: Code, record: &Record, cell: CellRef, message: String) {
        let at = Location::cell(self.file, &record.sheet, cell);
        let diagnostic = Diagnostic::new(code, at, message);
        // One remark per cell and code: a structure named on 500 lines is resolved 500 times.
        let repeated = matches!(code, Code::StructureByName | Code::StructureClosed)
            && self
                .diagnostics
                .iter()
                .any(|d| d.code == code && d.message == diagnostic.message);
        if !repeated {
            self.diagnostics.push(diagnostic);
        }
    }

    fn record(&mut self, record: &Record) -> Option<TypedRecord> {
        let structure = self.structure(record)?;
        let observer = self.observer(record)?;
        self.check_date(record, structure);
        let day = record.date.parse().ok();
        let unit = self.unit(record, structure, day);
        let respondent = record.source.is_questionnaire().then(|| {
            let parts = [
                &self.context.campaign.id,
                &unit.to_string(),
                &record.respondent,
            ];
            Arc::from(self.context.key.opaque(&parts.map(String::as_str)))
        });
        let mut typed = TypedRecord {
            unit,
            visit: Arc::from(record.visit.as_str()),
            observer: self.word(&observer),
            respondent,
            day,
            sheet: record.sheet.clone(),
            at: Location::cell(self.file, &record.sheet, record.at),
            answers: Vec::with_capacity(record.answers.len()),
            measures: Vec::new(),
            words: Vec::new(),
        };
        for answer in &record.answers {
            self.answer(record, answer, structure, &mut typed);
        }
        Some(typed)
    }

    /// A word that many answers share, kept once.
    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.words.get(text) {
            return known.clone();
        }
        let word: Arc<str> = Arc::from(text);
        self.words.insert(word.clone());
        word
    }

    /// By code, else by exact folded name; never a guess.
    fn structure(&mut self, record: &Record) -> Option<&'a Structure> {
        let Some(written) = &record.structure else {
            if self.context.structure.is_none() {
                let message = "aucune cellule ne dit de quelle structure il s’agit.".to_owned();
                self.report(Code::StructureMissing, record, record.at, message);
            }
            return self.context.structure;
        };
        let registry = self.context.registry;
        let text = &written.text;
        let found = match registry.resolve(text) {
            Resolution::Code(i) => &registry.all()[i],
            Resolution::Name(i) => {
                let structure = &registry.all()[i];
                let message = format!(
                    "« {text} » est lu comme {} {}.",
                    structure.code, structure.nom
                );
                self.report(Code::StructureByName, record, written.cell, message);
                structure
            }
            Resolution::Ambiguous(codes) => {
                let message = format!(
                    "« {text} » est le nom de plusieurs structures : {}.",
                    codes.join(", ")
                );
                self.report(Code::StructureAmbiguous, record, written.cell, message);
                return None;
            }
            Resolution::Unknown(near) => {
                let advice = near.sentence();
                let message = format!("« {text} » n’est pas au registre.{advice}");
                self.report(Code::StructureUnknown, record, written.cell, message);
                return None;
            }
        };
        let campaign = self.context.campaign;
        if !found.active(campaign.debut, campaign.fin) {
            let message = format!(
                "{} {} n’est pas en activité pendant {}.",
                found.code, found.nom, campaign.id
            );
            self.report(Code::StructureClosed, record, written.cell, message);
        }
        Some(found)
    }

    /// An observer is a code; a visit without one could not be told from another.
    fn observer(&mut self, record: &Record) -> Option<String> {
        if record.source != SourceCode::Obs {
            return Some(String::new());
        }
        let observer = record.observer.trim();
        if fold(observer) == "consensus" {
            return Some("consensus".to_owned());
        }
        let digits = observer.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = observer.len() - digits.len();
        let is_code = (1..=4).contains(&letters)
            && (1..=4).contains(&digits.len())
            && digits.chars().all(|c| c.is_ascii_digit());
        if !is_code || record.visit.trim().is_empty() {
            let message = if is_code {
                "le numéro de la visite manque.".to_owned()
            } else if observer.is_empty() {
                "l’observateur manque ; un code est attendu, comme O1.".to_owned()
            } else {
                "l’observateur n’est pas désigné par un code comme O1 ; les noms n’entrent jamais dans la base.".to_owned()
            };
            self.report(Code::VisitIncomplete, record, record.at, message);
            return None;
        }
        Some(observer.to_ascii_uppercase())
    }

    fn check_date(&mut self, record: &Record, structure: &Structure) {
        let campaign = self.context.campaign;
        let days = campaign.debut..=campaign.fin;
        let outside = record.date.parse().is_ok_and(|day| !days.contains(&day))
            && record.source == SourceCode::Obs;
        if outside {
            let message = format!(
                "la visite de {} date du {}, hors de {} ({} au {}).",
                structure.code,
                crate::base::text::date_short(&record.date),
                campaign.id,
                campaign.debut.short(),
                campaign.fin.short()
            );
            self.report(Code::DateOutsideCampaign, record, record.at, message);
        }
    }

    /// Types one answer into its record; what is in error is said and left out.
    fn answer(
        &mut self,
        record: &Record,
        answer: &Answer,
        structure: &Structure,
        typed: &mut TypedRecord,
    ) {
        match &*answer.element {
            REMARKABLE | CONSENT => {
                match practice_checks::check(answer, self.context.referentiel) {
                    Ok(()) => typed.words.push(self.practice(answer)),
                    Err((code, message)) => self.report(code, record, answer.cell, message),
                }
            }
            _ if record.source == SourceCode::Don => line(answer, typed),
            OPEN_ANSWER => typed.words.push(TypedWords {
                kind: WordKind::ReponseLibre,
                field: self.word(""),
                text: answer.comment.clone(),
                cell: answer.cell,
            }),
            _ => typed.answers.extend(self.level(record, answer, structure)),
        }
    }

    /// A practice is about a code; a consent is about the whole team.
    fn practice(&mut self, answer: &Answer) -> TypedWords {
        let is_consent = &*answer.element == CONSENT;
        let (kind, field, text) = if is_consent {
            (WordKind::Accord, "", &answer.raw)
        } else {
            (WordKind::Pratique, answer.raw.as_str(), &answer.comment)
        };
        TypedWords {
            kind,
            field: self.word(field),
            text: text.clone(),
            cell: answer.cell,
        }
    }

    /// An answer to an élément against its scale; none when it is in error.
    fn level(
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
                "l’élément « {} » relève de {}, pas de {}.",
                element.code, element.source, record.source
            );
            self.report(Code::ElementUnknown, record, answer.cell, message);
            return None;
        }
        if !element.types.contains(structure.kind) && !answer.raw.is_empty() {
            let message = format!(
                "« {} » ne s’applique pas à {} ({}).",
                element.code,
                structure.code,
                structure.kind.label()
            );
            self.report(Code::ElementOutOfScope, record, answer.cell, message);
        }
        let imperatif = referentiel.criteres[element.critere].imperatif;
        let scale = &referentiel.scales[element.scale];
        match type_cell(&answer.raw, &answer.comment, element, imperatif, scale) {
            Ok(typed) => Some(TypedAnswer {
                element: position as u32,
                statut: typed.statut,
                micro: typed.micro,
                modality: typed.modality,
                raw: answer.raw.clone(),
                comment: answer.comment.clone(),
                cell: answer.cell,
            }),
            Err((code, message)) => {
                self.report(code, record, answer.cell, message);
                None
            }
        }
    }

    /// What a later import replaces as a whole: a grid; a questionnaire of a structure with the
    /// same tool (and the same file when the tool gives no response id); a day of sessions; a
    /// structure's other tables.
    fn unit(&mut self, record: &Record, structure: &Structure, day: Option<Day>) -> UnitKey {
        let (source, structure) = (record.source, self.word(&structure.code));
        match source {
            SourceCode::Obs => UnitKey::Visit {
                structure,
                visit: fold(&record.visit),
                observer: fold(&record.observer),
            },
            SourceCode::Aut | SourceCode::Dir => UnitKey::Grid { structure, source },
            SourceCode::Don => UnitKey::of_line(structure, &record.visit, day),
            _ => UnitKey::Questionnaire {
                structure,
                source,
                tool: self.context.tool.to_owned(),
                file: (record.respondent.starts_with("ligne ")).then(|| self.file.to_owned()),
            },
        }
    }
}

/// A cell of a line of activity data: words of a note, or a measure.
fn line(answer: &Answer, typed: &mut TypedRecord) {
    match WordKind::of_note(&typed.visit) {
        Some(kind) => typed.words.push(TypedWords {
            kind,
            field: answer.element.clone(),
            text: answer.raw.clone(),
            cell: answer.cell,
        }),
        None => typed.measures.push(TypedMeasure {
            code: answer.element.clone(),
            raw: answer.raw.clone(),
            comment: answer.comment.clone(),
            cell: answer.cell,
        }),
    }
}
