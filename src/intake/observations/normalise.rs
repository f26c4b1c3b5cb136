//! Answers in the words of a file → typed observations of one campaign. Every problem of the file
//! is collected; one `erreur` keeps the whole file out.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic, Location};
use crate::base::text::{fold, suggest};
use crate::intake::sources::notes::is_note;
use crate::intake::sources::practices::{CONSENT, REMARKABLE};
use crate::intake::sources::{Answer, Answers, OPEN_ANSWER, Record};
use crate::vocabulary::config::{Campaign, Registry, Resolution, Structure};
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

use super::practices;
use super::value::{Statut, Typed, type_cell};
use super::{Observation, RespondentKey};

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

/// The typed content of one file, record by record.
#[derive(Debug, Clone, Default)]
pub struct FileObservations {
    /// File name without folder.
    pub file: String,
    /// One group per record that could be identified.
    pub records: Vec<TypedRecord>,
}

/// One grid, response or line, typed.
#[derive(Debug, Clone)]
pub struct TypedRecord {
    /// What makes it unique within a campaign.
    pub key: String,
    /// Where it starts.
    pub at: Location,
    /// Its answers.
    pub observations: Vec<Observation>,
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
        let campaign = &self.context.campaign.id;
        let unit = self.unit(record, structure);
        let respondent = if record.source.is_questionnaire() {
            self.context
                .key
                .opaque(&[campaign, &unit, &record.respondent])
        } else {
            String::new()
        };
        let key = match record.source {
            SourceCode::Obs | SourceCode::Aut | SourceCode::Dir => unit.clone(),
            SourceCode::Don => format!("DON|{}|{}", structure.code, record.visit),
            _ => format!("{unit}|{respondent}"),
        };
        let shared = Observation {
            campagne: self.word(campaign),
            structure: self.word(&structure.code),
            source: record.source,
            version: self.word(&self.context.referentiel.version),
            visite: Arc::from(record.visit.as_str()),
            observateur: self.word(&observer),
            repondant: Arc::from(respondent.as_str()),
            date: self.word(&record.date),
            element: self.word(""),
            statut: Statut::Vide,
            micro: None,
            modalite: None,
            valeur_brute: String::new(),
            commentaire: String::new(),
            feuille: record.sheet.clone(),
            cellule: record.at,
            unite: Arc::from(unit.as_str()),
        };
        let mut observations = Vec::with_capacity(record.answers.len());
        for answer in &record.answers {
            let Some((element, typed)) = self.answer(record, answer, structure) else {
                continue;
            };
            observations.push(Observation {
                element: if *element == *answer.element {
                    answer.element.clone()
                } else {
                    self.word(&element)
                },
                statut: typed.statut,
                micro: typed.micro,
                modalite: typed.modalite,
                valeur_brute: answer.raw.clone(),
                commentaire: answer.comment.clone(),
                cellule: answer.cell,
                ..shared.clone()
            });
        }
        let at = Location::cell(self.file, &record.sheet, record.at);
        Some(TypedRecord {
            key,
            at,
            observations,
        })
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
        if !found.active(&campaign.debut, &campaign.fin) {
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
        let outside = !record.date.is_empty()
            && (record.date < campaign.debut || record.date > campaign.fin)
            && record.source == SourceCode::Obs;
        if outside {
            let message = format!(
                "la visite de {} date du {}, hors de {} ({} au {}).",
                structure.code,
                crate::base::text::date_short(&record.date),
                campaign.id,
                crate::base::text::date_short(&campaign.debut),
                crate::base::text::date_short(&campaign.fin)
            );
            self.report(Code::DateOutsideCampaign, record, record.at, message);
        }
    }

    /// The élément's code (or the measure's name) and the typed value; none when it is in error.
    fn answer<'b>(
        &mut self,
        record: &Record,
        answer: &'b Answer,
        structure: &Structure,
    ) -> Option<(Cow<'b, str>, Typed)>
    where
        'a: 'b,
    {
        if [REMARKABLE, CONSENT].contains(&&*answer.element) {
            let found = practices::check(answer, self.context.referentiel);
            return found
                .map(|()| (Cow::Borrowed(&*answer.element), Typed::absent(Statut::Vide)))
                .map_err(|(code, message)| self.report(code, record, answer.cell, message))
                .ok();
        }
        if record.source == SourceCode::Don {
            let statut = if answer.raw.is_empty() {
                Statut::Vide
            } else {
                Statut::Note
            };
            return Some((Cow::Borrowed(&answer.element), Typed::absent(statut)));
        }
        if &*answer.element == OPEN_ANSWER {
            return Some((Cow::Borrowed(OPEN_ANSWER), Typed::absent(Statut::Vide)));
        }
        let referentiel = self.context.referentiel;
        let Some(position) = referentiel.element(&answer.element) else {
            let codes = referentiel.elements.iter().map(|e| e.code.as_str());
            let near = suggest(&answer.element.to_uppercase(), codes);
            let message = format!(
                "l’élément « {} » n’existe pas dans le référentiel {}. Les plus proches : {}.",
                answer.element,
                referentiel.version,
                near.listed()
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
            Ok(typed) => Some((Cow::Borrowed(element.code.as_str()), typed)),
            Err((code, message)) => {
                self.report(code, record, answer.cell, message);
                None
            }
        }
    }

    /// What a later import replaces as a whole: a grid; a questionnaire of a structure with the
    /// same tool (and the same file when the tool gives no response id); a day of sessions; a
    /// structure's other tables.
    fn unit(&self, record: &Record, structure: &Structure) -> String {
        let (source, code) = (record.source, &structure.code);
        match source {
            SourceCode::Obs => {
                format!(
                    "OBS|{code}|{}|{}",
                    fold(&record.visit),
                    fold(&record.observer)
                )
            }
            SourceCode::Aut | SourceCode::Dir => format!("{source}|{code}"),
            SourceCode::Don if record.visit.starts_with("seance") => {
                format!("DON|{code}|seances|{}", record.date)
            }
            // Each interview and each remark stands by itself: a later file adds to them.
            SourceCode::Don if is_note(&record.visit) => {
                format!("DON|{code}|{}", record.visit)
            }
            SourceCode::Don => {
                format!(
                    "DON|{code}|{}",
                    record.visit.split(' ').next().unwrap_or("")
                )
            }
            _ if record.respondent.starts_with("ligne ") => {
                format!("{source}|{code}|{}|{}", self.context.tool, self.file)
            }
            _ => format!("{source}|{code}|{}", self.context.tool),
        }
    }
}
