//! **Correspondances**: names of accueils and of observers that lead to nobody, headings and words that the program
//! does not know, each answered once for all files, those to come too; what cannot be is said beside its field.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::choices_offered::{campaign, campaigns, every_accueil};
use super::form_answers::{ElementLists, FieldFaults, answer_faults, column_field, word_field};
use super::said_answers::said_content;
use super::waiting_words::{Look, looks};
use crate::actions::corriger::keep_answers;
use crate::actions::heading_samples::heading_samples;
use crate::base::diagnostics::{AskedKind, AskedName};
use crate::base::error::Result;
use crate::base::text::{count, hex};
use crate::campaign::OpenObservatory;
use crate::intake::sources::correspondence::{
    Correspondence, IGNORED, MappedColumn, MappedWord, OWN_QUESTION_ROLE,
};
use crate::intake::{
    Accepted, AnsweredName, FileOutcome, FormChoices, ListAnswers, place_screen, proposals,
};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::Reception;
use crate::vocabulary::config::Campaign;
use crate::vocabulary::referentiel::Referentiel;
use crate::vocabulary::referentiel::SourceCode;

/// What the files that wait ask of a person.
struct AwaitedQuestions {
    names: Vec<(AskedName, usize)>,
    forms: Vec<Correspondence>,
    /// Heading → a few values under it.
    samples: BTreeMap<String, Vec<String>>,
}

impl AwaitedQuestions {
    fn of(looks: &[Look]) -> Self {
        let mut names: Vec<(AskedName, usize)> = Vec::new();
        let mut forms: Vec<Correspondence> = Vec::new();
        for look in looks {
            let asked = &look.outcome.to_correct;
            for (name, times) in asked.names() {
                match names.iter_mut().find(|(n, _)| n == name) {
                    Some((_, all)) => *all += times,
                    None => names.push((name.clone(), times)),
                }
            }
            for form in asked.forms() {
                if !forms.iter().any(|f| f.stem() == form.stem()) {
                    forms.push(form.clone());
                }
            }
        }
        Self {
            names,
            forms,
            samples: BTreeMap::new(),
        }
    }

    /// Which questions were shown: answers to others are not taken for theirs.
    fn seen(&self) -> String {
        let names = self.names.iter().map(|(n, _)| n.written.clone());
        let forms = self.forms.iter().map(Correspondence::write);
        let all: Vec<String> = names.chain(forms).collect();
        hex(Sha256::digest(all.join("\n")))
    }
}

fn questions(
    asked: &PageAsk,
    opened: &OpenObservatory,
    current: &Campaign,
) -> Result<AwaitedQuestions> {
    let reception = Reception::of(&asked.desk.user, &opened.observatory.root, &current.id)?;
    let looks = looks(opened, &current.id, &reception.waiting()?)?;
    let mut questions = AwaitedQuestions::of(&looks);
    let files: Vec<&FileOutcome> = looks.iter().flat_map(|l| &l.outcome.intake.files).collect();
    let screen = place_screen(&opened.observatory, current);
    questions.samples = heading_samples(&files, &questions.forms, &screen);
    Ok(questions)
}

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let questions = questions(asked, &opened, current)?;
    page(asked, &opened, current, &questions, &FieldFaults::new())
}

/// The page, with what was typed and why some of it cannot be.
fn page(
    asked: &PageAsk,
    opened: &OpenObservatory,
    current: &Campaign,
    questions: &AwaitedQuestions,
    faults: &FieldFaults,
) -> Result<PageAnswer> {
    let referentiel = opened.observatory.referentiel(current);
    let mut lists = ElementLists::new(referentiel);
    let answering = AnsweringPage {
        asked,
        referentiel,
        faults,
    };
    let names = questions
        .names
        .iter()
        .enumerate()
        .map(|(at, name)| name_line(asked, opened, at, name));
    let forms = questions.forms.iter().enumerate();
    let forms: Vec<Value> = forms
        .map(|(at, form)| answering.form(at, form, &questions.samples, &mut lists))
        .collect();
    let said = said_content(opened, referentiel, &questions.forms, &mut lists)?;
    let content = json!({
        "campagne": campaign(opened, current),
        "campagnes": campaigns(opened),
        "noms": names.collect::<Vec<_>>(),
        "formes": forms,
        "accueils": every_accueil(opened),
        "listes": lists.content(),
        "dites": said,
        "fautes": match faults.len() { 0 => String::new(), n => count(n, "réponse ne va pas", "réponses ne vont pas") },
        "vu": questions.seen(),
    });
    asked.page(
        "correspondances.html",
        "Correspondances",
        "Recevoir",
        content,
    )
}

fn name_line(
    asked: &PageAsk,
    opened: &OpenObservatory,
    at: usize,
    (name, times): &(AskedName, usize),
) -> Value {
    let near = name.near.iter().map(|code| {
        let known = opened.observatory.registry.get(code);
        json!({ "code": code, "nom": known.map_or("", |s| s.nom.as_str()) })
    });
    json!({
        "champ": format!("n{at}"),
        "choisi": asked.field(&format!("n{at}")),
        "ecrit": name.written,
        "accueil": name.kind == AskedKind::Structure,
        "fois": count(*times, "fois", "fois"),
        "proches": near.collect::<Vec<_>>(),
    })
}

/// What the lines of the page are made from.
struct AnsweringPage<'a> {
    asked: &'a PageAsk,
    referentiel: &'a Referentiel,
    faults: &'a FieldFaults,
}

impl AnsweringPage<'_> {
    fn form(
        &self,
        at: usize,
        mapping: &Correspondence,
        samples: &BTreeMap<String, Vec<String>>,
        lists: &mut ElementLists,
    ) -> Value {
        let choices = FormChoices {
            mapping,
            referentiel: self.referentiel,
        };
        let columns = mapping.columns.iter().enumerate();
        let columns = columns.filter(|(_, c)| !c.confirmed);
        let columns = columns.map(|(k, column)| {
            let examples = samples.get(&column.heading).map(|all| all.join(" · "));
            self.column(&choices, &format!("{at}.{k}"), column, examples)
        });
        let words = mapping.words.iter().enumerate();
        let words = words.filter(|(_, w)| !w.confirmed);
        let words: Vec<Value> = words
            .map(|(k, word)| self.word(&choices, &format!("{at}.{k}"), word))
            .collect();
        let roles = choices.roles();
        let roles = roles.map(|(word, meaning)| json!({ "mot": word, "sens": meaning }));
        json!({
            "outil": mapping.tool,
            "lu": mapping.reads.map(SourceCode::label),
            "colonnes": columns.collect::<Vec<_>>(),
            "liste": lists.of(&choices),
            "valeurs": words,
            "roles": roles.collect::<Vec<_>>(),
        })
    }

    fn column(
        &self,
        choices: &FormChoices,
        field: &str,
        column: &MappedColumn,
        examples: Option<String>,
    ) -> Value {
        let near: Vec<Value> = proposals(column)
            .into_iter()
            .filter(|code| choices.refusal(code).is_none())
            .map(|code| json!({ "code": code, "nom": choices.shown(code) }))
            .collect();
        let is_found =
            !near.is_empty() && column.target != IGNORED && column.target != OWN_QUESTION_ROLE;
        // Éléments that are only shown to choose from resemble it least.
        let score = if is_found {
            likeness(column.proximity)
        } else if column.nearest.is_empty() {
            ""
        } else {
            likeness(0.0)
        };
        let typed = self.asked.field(&format!("r{field}"));
        json!({
            "champ": field,
            "titre": column.heading,
            "proches": near,
            "score": score,
            "exemples": examples.unwrap_or_default(),
            "admises": if typed.is_empty() { column.answers.join("\n") } else { typed.to_owned() },
            "choisi": self.asked.field(&format!("c{field}")),
            "autre": self.asked.field(&format!("a{field}")),
            "inverse": self.asked.field(&format!("i{field}")) == "oui",
            "faute": self.faults.get(&format!("c{field}")),
        })
    }

    fn word(&self, choices: &FormChoices, field: &str, word: &MappedWord) -> Value {
        word_field(
            choices,
            field,
            word,
            self.asked.field(&format!("w{field}")),
            self.faults.get(&format!("w{field}")),
        )
    }
}

/// How near a proposal is, in words.
fn likeness(proximity: f64) -> &'static str {
    match proximity {
        p if p >= 0.95 => "les mêmes mots",
        p if p >= 0.85 => "presque les mêmes mots",
        p if p >= 0.7 => "des mots proches",
        _ => "une ressemblance lointaine : à vérifier",
    }
}

/// What was answered is kept, whole or not at all; what was left alone is asked again.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let questions = questions(asked, &opened, current)?;
    let address = format!("/correspondances?campagne={}", current.id);
    if questions.seen() != asked.field("vu") {
        return asked.done(&address, "Les questions ont changé depuis que vous les avez vues : rien n’a été gardé. Les voici à nouveau.");
    }
    let referentiel = opened.observatory.referentiel(current);
    let faults = answer_faults(asked, referentiel, &questions.forms);
    if !faults.is_empty() {
        return page(asked, &opened, current, &questions, &faults);
    }
    let answers = ListAnswers {
        names: names(asked, &questions),
        forms: questions
            .forms
            .iter()
            .enumerate()
            .filter_map(|(at, form)| accepted(asked, referentiel, at, form))
            .collect(),
        import: Vec::new(),
    };
    let kept = keep_answers(&opened, answers, "")?;
    let said = if kept.names.len() + kept.known + kept.forms.len() == 0 {
        "Rien n’a été répondu : tout attend encore.".to_owned()
    } else {
        let mut parts = Vec::new();
        if kept.names.len() + kept.known > 0 {
            parts.push(count(
                kept.names.len() + kept.known,
                "nom reconnu",
                "noms reconnus",
            ));
        }
        if !kept.forms.is_empty() {
            parts.push(count(
                kept.forms.len(),
                "forme de fichier complétée",
                "formes de fichiers complétées",
            ));
        }
        format!(
            "{}. Ce sera su pour tous les fichiers à venir.",
            parts.join(", ")
        )
    };
    asked.done(&format!("/recevoir?campagne={}", current.id), &said)
}

fn names(asked: &PageAsk, questions: &AwaitedQuestions) -> Vec<AnsweredName> {
    let answered = questions
        .names
        .iter()
        .enumerate()
        .filter_map(|(at, (name, _))| {
            let code = asked.field(&format!("n{at}"));
            (!code.is_empty()).then(|| AnsweredName {
                written: name.written.clone(),
                kind: name.kind,
                code: code.to_owned(),
                cell: format!("« {} »", name.written),
            })
        });
    answered.collect()
}

/// What was said of a form; none when nothing was.
fn accepted(
    asked: &PageAsk,
    referentiel: &Referentiel,
    at: usize,
    form: &Correspondence,
) -> Option<Accepted> {
    let columns = form.columns.iter().enumerate().filter_map(|(k, column)| {
        let target = column_field(asked, referentiel, &format!("{at}.{k}"));
        let admitted = asked
            .field(&format!("r{at}.{k}"))
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty());
        let is_own = target == OWN_QUESTION_ROLE;
        (!target.is_empty()).then(|| MappedColumn {
            reversed: asked.field(&format!("i{at}.{k}")) == "oui",
            answers: admitted.filter(|_| is_own).map(str::to_owned).collect(),
            ..MappedColumn::new(&column.heading, target, true)
        })
    });
    let columns: Vec<MappedColumn> = columns.collect();
    let words = form.words.iter().enumerate().filter_map(|(k, word)| {
        let worth = asked.field(&format!("w{at}.{k}"));
        (!worth.is_empty()).then(|| MappedWord {
            worth: worth.to_owned(),
            confirmed: true,
            ..word.clone()
        })
    });
    let words: Vec<MappedWord> = words.collect();
    (!columns.is_empty() || !words.is_empty()).then(|| Accepted::said(form, columns, words))
}
