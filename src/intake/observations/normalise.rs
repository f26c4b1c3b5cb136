//! Answers in the words of a file → typed observations of one campaign. Every problem of the file
//! is collected; one `erreur` keeps the whole file out.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::base::day::Day;
use crate::base::diagnostics::{CellRef, Checked, Code, Diagnostic, Location};
use crate::base::text::fold;
use crate::intake::sources::dated_corrections::corrected_element;
use crate::intake::sources::practices::{CONSENT, REMARKABLE};
use crate::intake::sources::{Answer, Answers, OPEN_ANSWER, OWN_QUESTION, Record};
use crate::vocabulary::config::{
    Campaign, KnownObservers, ObserverFound, Registry, Resolution, Structure, is_observer_code,
};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};

use super::RespondentKey;
use super::kinds::WordKind;
use super::practice_checks;
use super::typed::{
    FileObservations, SheetMoment, SheetTitle, TypedMeasure, TypedRecord, TypedWords,
};
use super::unit_key::UnitKey;
use super::unknown_names::{UnknownName, unknown_observer, unknown_structure};

/// What typing needs besides the answers.
pub struct Campaigned<'a> {
    /// Campaign that the user declares.
    pub campaign: &'a Campaign,
    /// Its référentiel.
    pub referentiel: &'a Referentiel,
    /// Regulatory parameters.
    pub regulation: &'a Regulation,
    /// Known structures.
    pub registry: &'a Registry,
    /// Who is behind the codes of observers.
    pub observers: &'a KnownObservers,
    /// Folder that the user named, for the commands that are proposed.
    pub folder: Option<&'a Path>,
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
        counts: HashMap::new(),
        words: HashSet::new(),
        unknown: HashMap::new(),
    };
    let records = answers
        .records
        .iter()
        .filter_map(|r| normaliser.record(r))
        .collect();
    let beyond = normaliser.beyond();
    normaliser.diagnostics.extend(beyond);
    Checked {
        value: FileObservations {
            held: Vec::new(),
            file: file.to_owned(),
            records,
            titles: titles(file, answers),
            doubts: Vec::new(),
            moments: moments(file, answers),
        },
        diagnostics: normaliser.diagnostics,
    }
}

/// What stands over the grids of a file.
fn titles(file: &str, answers: &Answers) -> Vec<SheetTitle> {
    let written = answers.titles.iter();
    let titles = written.map(|t| SheetTitle {
        sheet: t.sheet.clone(),
        at: Location::cell(file, &t.sheet, t.title.cell),
        text: t.title.text.clone(),
    });
    titles.collect()
}

/// What the words of the sessions of a file say of their moments.
fn moments(file: &str, answers: &Answers) -> Vec<SheetMoment> {
    let written = answers.moments.iter();
    let moments = written.map(|m| SheetMoment {
        at: Location::cell(file, &m.sheet, m.at),
        plage: m.plage.clone(),
        site: m.site.clone(),
        temps: m.temps.clone(),
    });
    moments.collect()
}

pub(super) struct Normaliser<'a> {
    file: &'a str,
    pub(super) context: &'a Campaigned<'a>,
    diagnostics: Vec<Diagnostic>,
    /// Remarks of each code.
    counts: HashMap<Code, usize>,
    words: HashSet<Arc<str>>,
    /// What was said of names that are not at the registry.
    unknown: HashMap<String, UnknownName>,
}

/// Where a remark points.
struct RemarkPlace<'a> {
    sheet: &'a str,
    cell: CellRef,
}

/// Remarks of one code that are told of a file, one by one; those beyond are counted.
const TOLD: usize = 10_000;

impl<'a> Normaliser<'a> {
    pub(super) fn report(&mut self, code: Code, record: &Record, cell: CellRef, message: String) {
        let at = Location::cell(self.file, &record.sheet, cell);
        self.tell(Diagnostic::new(code, at, message));
    }

    /// The same with what to do about it.
    pub(super) fn report_at(
        &mut self,
        code: Code,
        record: &Record,
        cell: CellRef,
        message: String,
        remedy: &'static str,
    ) {
        let at = Location::cell(self.file, &record.sheet, cell);
        self.tell(Diagnostic::new(code, at, message).with_remedy(remedy));
    }

    /// The same with what to do about it; empty for what its code says.
    fn report_with(&mut self, code: Code, place: &RemarkPlace, message: String, remedy: String) {
        let said = UnknownName {
            message,
            remedy,
            asks: None,
        };
        self.report_name(code, place, said);
    }

    fn report_name(&mut self, code: Code, place: &RemarkPlace, said: UnknownName) {
        let at = Location::cell(self.file, place.sheet, place.cell);
        let diagnostic = Diagnostic::new(code, at, said.message).asking(said.asks);
        self.tell(if said.remedy.is_empty() {
            diagnostic
        } else {
            diagnostic.with_remedy(said.remedy)
        });
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        let code = diagnostic.code;
        // One remark per cell and code: a structure named on 500 lines is resolved 500 times.
        let repeated = matches!(
            code,
            Code::StructureByName
                | Code::StructureClosed
                | Code::StructureContradicted
                | Code::StructureNameUnlike
                | Code::ObserverByName
        ) && self
            .diagnostics
            .iter()
            .any(|d| d.code == code && d.message == diagnostic.message);
        let count = self.counts.entry(code).or_default();
        *count += usize::from(!repeated);
        if !repeated && *count <= TOLD {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Remarks beyond those that are told one by one.
    fn beyond(&self) -> Vec<Diagnostic> {
        let mut codes: Vec<Code> = self.counts.keys().copied().collect();
        codes.sort_unstable();
        let beyond = codes.into_iter().filter_map(|code| {
            let more = self.counts.get(&code)?.checked_sub(TOLD + 1)? + 1;
            let message = format!("et {more} fois encore dans ce fichier.");
            Some(Diagnostic::new(code, Location::file(self.file), message))
        });
        beyond.collect()
    }

    fn record(&mut self, record: &Record) -> Option<TypedRecord> {
        // Both are asked at once: who corrects one would meet the other at the next import.
        let (structure, observer) = (self.structure(record), self.observer(record));
        let (structure, observer) = (structure?, observer?);
        // A grid that waits for its lines to be known has been asked whose it is, and holds nothing yet.
        if record.answers.is_empty()
            && !record.source.is_questionnaire()
            && record.source != SourceCode::Don
        {
            return None;
        }
        self.check_date(record, structure);
        let day = record.date.parse().ok();
        let unit = self.unit(record, structure, day, &observer);
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

    /// The structure that a record speaks of, and nothing in it that speaks of another.
    fn structure(&mut self, record: &Record) -> Option<&'a Structure> {
        let found = self.stated(record)?;
        let Some(also) = record.also.as_ref().filter(|_| record.structure.is_some()) else {
            return Some(found);
        };
        let registry = self.context.registry;
        let other = match registry.resolve(&also.text) {
            Resolution::Code(i) | Resolution::Name(i) => Some(&registry.all()[i]),
            // Several structures bear the name: this one may be among them.
            Resolution::Ambiguous(codes) if codes.contains(&found.code) => return Some(found),
            Resolution::Ambiguous(_) | Resolution::Unknown(_) => None,
        };
        let (code, message) = match other {
            Some(other) if other.code == found.code => return Some(found),
            Some(other) => (
                Code::StructureContradicted,
                format!(
                    "le fichier dit {} ({}) et « {} », qui est {}.",
                    found.code, found.nom, also.text, other.code
                ),
            ),
            None => (
                Code::StructureNameUnlike,
                format!(
                    "« {} » n’est pas le nom de {} au registre ({}).",
                    also.text, found.code, found.nom
                ),
            ),
        };
        self.report(code, record, also.cell, message);
        Some(found)
    }

    /// By code, else by exact folded name; never a guess.
    fn stated(&mut self, record: &Record) -> Option<&'a Structure> {
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
                let said = self.unknown.entry(text.clone());
                let unknown = said.or_insert_with(|| {
                    unknown_structure(registry, self.context.folder, text, &near)
                });
                let unknown = unknown.clone();
                let place = RemarkPlace {
                    sheet: &record.sheet,
                    cell: written.cell,
                };
                self.report_name(Code::StructureUnknown, &place, unknown);
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

    /// An observer is a code, or a name that a person said is one's; a visit without one could not be
    /// told from another. An interview names the second person who marks it, alone.
    fn observer(&mut self, record: &Record) -> Option<String> {
        let observer = record.observer.trim();
        match record.source {
            SourceCode::Obs => {}
            SourceCode::Dir if !observer.is_empty() => return self.second_coder(record, observer),
            _ => return Some(String::new()),
        }
        if fold(observer) == "consensus" {
            return Some("consensus".to_owned());
        }
        let place = RemarkPlace {
            sheet: &record.sheet,
            cell: record.observer_at.unwrap_or(record.at),
        };
        let code = Code::VisitIncomplete;
        if record.visit.trim().is_empty() && is_observer_code(observer) {
            let message = "le numéro de la visite manque.".to_owned();
            let place = RemarkPlace {
                sheet: &record.sheet,
                cell: record.at,
            };
            self.report_with(code, &place, message, String::new());
            return None;
        }
        if observer.is_empty() {
            let message = "l’observateur manque ; un code est attendu, comme O1.".to_owned();
            self.report_with(code, &place, message, String::new());
            return None;
        }
        if is_observer_code(observer) {
            return Some(observer.to_ascii_uppercase());
        }
        match self.context.observers.find(observer) {
            ObserverFound::One(found) if !record.visit.trim().is_empty() => {
                let message = format!("l’observateur de cette grille est lu comme {found}.");
                self.report_with(Code::ObserverByName, &place, message, String::new());
                Some(found)
            }
            found => {
                let unknown = unknown_observer(self.context.folder, observer, &found);
                self.report_name(code, &place, unknown);
                None
            }
        }
    }

    fn second_coder(&mut self, record: &Record, written: &str) -> Option<String> {
        if is_observer_code(written) {
            return Some(written.to_ascii_uppercase());
        }
        let place = RemarkPlace {
            sheet: &record.sheet,
            cell: record.at,
        };
        let ObserverFound::One(found) = self.context.observers.find(written) else {
            let message = "le second codeur de cet entretien n’est pas un code, comme O2.";
            let message = message.to_owned();
            self.report_with(Code::SecondCoderUnread, &place, message, String::new());
            return None;
        };
        let message = format!("le second codeur de cet entretien est lu comme {found}.");
        self.report_with(Code::ObserverByName, &place, message, String::new());
        Some(found)
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
            _ if record.source == SourceCode::Don => {
                self.correction(record, structure);
                line(answer, typed);
            }
            OPEN_ANSWER => typed.words.push(TypedWords {
                kind: WordKind::ReponseLibre,
                field: self.word(""),
                text: answer.comment.clone(),
                cell: answer.cell,
            }),
            OWN_QUESTION => typed.words.push(TypedWords {
                kind: WordKind::QuestionPropre,
                field: self.word(&answer.comment),
                text: answer.raw.clone(),
                cell: answer.cell,
            }),
            _ => typed.answers.extend(self.level(record, answer, structure)),
        }
    }

    /// A correction of what nobody asks this kind of accueil corrects nothing.
    fn correction(&mut self, record: &Record, structure: &Structure) {
        let r = self.context.referentiel;
        let element = corrected_element(&record.visit).and_then(|code| r.element(code));
        let Some(element) = element.map(|e| &r.elements[e]) else {
            return;
        };
        if !element.types.contains(structure.kind) {
            let message = format!(
                "{} : il ne s’applique pas à {}, {}.",
                element.code,
                structure.code,
                structure.kind.label()
            );
            self.report(Code::NotCorrectable, record, record.at, message);
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

    /// What a later import replaces as a whole: a grid; a questionnaire of a structure with the
    /// same tool (and the same file when the tool gives no response id); a day of sessions; a
    /// structure's other tables.
    fn unit(
        &mut self,
        record: &Record,
        structure: &Structure,
        day: Option<Day>,
        observer: &str,
    ) -> UnitKey {
        let (source, structure) = (record.source, self.word(&structure.code));
        match source {
            SourceCode::Obs => UnitKey::Visit {
                structure,
                visit: fold(&record.visit),
                observer: fold(observer),
            },
            SourceCode::Aut | SourceCode::Dir => UnitKey::grid(structure, source, observer),
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
