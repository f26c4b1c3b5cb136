//! What was answered already in **Correspondances**: shown folded, changed or taken back.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::form_answers::{ElementLists, FieldFaults, column_field, element_said, word_field};
use crate::actions::redire::{AgainRequest, NameAgain, read_so, redire, said_before};
use crate::base::error::{Error, Result};
use crate::base::text::{count, hex, plain_words};
use crate::campaign::OpenObservatory;
use crate::intake::sources::correspondence::{Correspondence, MappedColumn, MappedWord};
use crate::intake::{FormChoices, SaidAgain};
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::referentiel::Referentiel;

/// Chosen for what is to be asked again.
const TAKEN_BACK: &str = "reprendre";

/// The forms that were answered, those that wait first; what a title says by itself was no answer.
fn answered(
    opened: &OpenObservatory,
    referentiel: &Referentiel,
    waiting: &[Correspondence],
) -> Result<Vec<Correspondence>> {
    let mut all = said_before(opened)?;
    for form in &mut all {
        form.columns.retain(|c| !says_itself(referentiel, c));
        let own = waiting.iter().find(|w| w.stem() == form.stem());
        form.reads = own.and_then(|w| w.reads);
    }
    all.retain(|form| !form.is_empty());
    let is_waiting = |form: &Correspondence| waiting.iter().any(|w| w.stem() == form.stem());
    all.sort_by_key(|form| (!is_waiting(form), form.stem()));
    Ok(all)
}

/// Whether a heading bears the words of the élément that it leads to.
fn says_itself(referentiel: &Referentiel, column: &MappedColumn) -> bool {
    let element = referentiel.element(&column.target);
    element.is_some_and(|e| {
        !column.reversed && plain_words(&column.heading) == referentiel.elements[e].words
    })
}

/// Names that files give to accueils, besides their own.
fn names(opened: &OpenObservatory) -> Vec<(&str, &str, &str)> {
    let registry = opened.observatory.registry.all().iter();
    let names = registry.flat_map(|s| {
        let own = s.alias.iter().map(String::as_str);
        own.map(|name| (name, s.code.as_str(), s.nom.as_str()))
    });
    let mut all: Vec<_> = names.collect();
    all.sort_unstable();
    all
}

/// Which answers were shown.
fn seen(forms: &[Correspondence], names: &[(&str, &str, &str)]) -> String {
    let forms = forms.iter().map(Correspondence::write);
    let names = names.iter().map(|(name, code, _)| format!("{name}={code}"));
    hex(Sha256::digest(
        forms.chain(names).collect::<Vec<_>>().join("\n"),
    ))
}

/// What the page shows of it.
pub(super) fn said_content(
    opened: &OpenObservatory,
    referentiel: &Referentiel,
    waiting: &[Correspondence],
    lists: &mut ElementLists,
) -> Result<Value> {
    let forms = answered(opened, referentiel, waiting)?;
    let names = names(opened);
    let seen = seen(&forms, &names);
    let lines = forms.iter().enumerate();
    let lines = lines.map(|(at, mapping)| form(opened, referentiel, at, mapping, lists));
    let lines: Vec<Value> = lines.collect::<Result<_>>()?;
    let told = names.iter().enumerate().map(|(at, (name, code, own))| {
        json!({ "champ": format!("m{at}"), "ecrit": name, "code": code, "nom": own })
    });
    let told: Vec<Value> = told.collect();
    let all: usize = forms.iter().map(|f| f.columns.len() + f.words.len()).sum();
    Ok(json!({
        "combien": match all + names.len() { 0 => String::new(), n => count(n, "réponse", "réponses") },
        "formes": lines,
        "noms": told,
        "vu": seen,
    }))
}

fn form(
    opened: &OpenObservatory,
    referentiel: &Referentiel,
    at: usize,
    mapping: &Correspondence,
    lists: &mut ElementLists,
) -> Result<Value> {
    let choices = FormChoices {
        mapping,
        referentiel,
    };
    let meaning = |target: &str| {
        let mut roles = choices.roles();
        let role = roles.find(|(word, _)| *word == target);
        role.map_or_else(|| choices.shown(target), |(_, sense)| sense.to_owned())
    };
    let columns = mapping.columns.iter().enumerate().map(|(k, column)| {
        json!({
            "champ": format!("s{at}.{k}"),
            "titre": column.heading,
            "cible": column.target,
            "nom": meaning(&column.target),
            "inverse": column.reversed,
        })
    });
    let words = mapping.words.iter().enumerate();
    let words = words.map(|(k, word)| word_field(&choices, &format!("s{at}.{k}"), word, "", None));
    let roles = choices
        .roles()
        .map(|(word, meaning)| json!({ "mot": word, "sens": meaning }));
    let read = read_so(opened, mapping)?;
    Ok(json!({
        "outil": mapping.tool,
        "forme": mapping.stem(),
        "colonnes": columns.collect::<Vec<_>>(),
        "valeurs": words.collect::<Vec<_>>(),
        "roles": roles.collect::<Vec<_>>(),
        "liste": lists.of(&choices),
        "entres": match read { 0 => String::new(), n => count(n, "fichier déjà entré a été lu ainsi", "fichiers déjà entrés ont été lus ainsi") },
    }))
}

/// Answers are changed, or taken back.
pub(crate) fn change(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let current = asked.campaign(&opened)?;
    let referentiel = opened.observatory.referentiel(current);
    let address = format!("/correspondances?campagne={}", current.id);
    // Which of them wait changes their order alone.
    let forms = answered(&opened, referentiel, &[])?;
    let names = names(&opened);
    let order: Vec<&str> = asked.values("forme").collect();
    let mut shown: Vec<Correspondence> = Vec::new();
    for stem in &order {
        shown.extend(forms.iter().find(|f| f.stem() == *stem).cloned());
    }
    if shown.len() != forms.len() || seen(&shown, &names) != asked.field("vu") {
        return asked.done(&address, "Ces réponses ont changé depuis que vous les avez vues : rien n’a été changé. Les voici à nouveau.");
    }
    let mut request = AgainRequest::default();
    for (at, (name, code, _)) in names.iter().enumerate() {
        let chosen = asked.field(&format!("m{at}"));
        if chosen.is_empty() || chosen == *code {
            continue;
        }
        request.names.push(NameAgain {
            name: (*name).to_owned(),
            was: (*code).to_owned(),
            now: (chosen != TAKEN_BACK).then(|| chosen.to_owned()),
        });
    }
    let mut faults = FieldFaults::new();
    for (at, mapping) in shown.iter().enumerate() {
        let again = said_again(asked, referentiel, at, mapping, &mut faults);
        if !again.is_empty() {
            request.forms.push((mapping.clone(), again));
        }
    }
    if let Some(why) = faults.into_values().next() {
        return Err(Error::Usage(format!("{why} Rien n’a été changé.")));
    }
    let changed = |s: &SaidAgain| s.headings.len() + s.unsaid.len();
    let all: usize = request.forms.iter().map(|(_, s)| changed(s)).sum();
    let all = all + request.names.len();
    if all == 0 {
        return asked.done(
            &address,
            "Rien n’est changé : toutes ces réponses valent encore.",
        );
    }
    let mut read = 0;
    for (form, _) in &request.forms {
        read += read_so(&opened, form)?;
    }
    redire(&opened, &request)?;
    let mut told = format!(
        "{}.",
        count(
            all,
            "réponse changée ou reprise",
            "réponses changées ou reprises"
        )
    );
    if read > 0 {
        told = format!(
            "{told} {} avec l’ancienne réponse : pour {} autrement, {} dans « Recevoir », sous « Ce qui est entré », et {} à nouveau.",
            count(
                read,
                "fichier entré a été lu",
                "fichiers entrés ont été lus"
            ),
            if read == 1 { "le lire" } else { "les lire" },
            if read == 1 {
                "retirez-le"
            } else {
                "retirez-les"
            },
            if read == 1 {
                "déposez-le"
            } else {
                "déposez-les"
            },
        );
    }
    asked.done(&address, &told)
}

fn said_again(
    asked: &PageAsk,
    referentiel: &Referentiel,
    at: usize,
    mapping: &Correspondence,
    faults: &mut FieldFaults,
) -> SaidAgain {
    let choices = FormChoices {
        mapping,
        referentiel,
    };
    let mut again = SaidAgain::default();
    for (k, column) in mapping.columns.iter().enumerate() {
        let field = format!("s{at}.{k}");
        let target = match asked.field(&format!("a{field}")) {
            "" => column_field(asked, referentiel, &field),
            typed => element_said(referentiel, typed),
        };
        let reversed = asked.field(&format!("i{field}")) == "oui";
        let is_shown = asked.field(&format!("v{field}")) == "oui";
        if target.is_empty() || !is_shown {
            continue;
        }
        if target == column.target && reversed == column.reversed {
            continue;
        }
        again.headings.push(column.heading.clone());
        if target == TAKEN_BACK {
            continue;
        }
        if let Some(why) = choices.refusal(target) {
            faults.insert(field, why);
            continue;
        }
        let answers = (target == column.target).then(|| column.answers.clone());
        again.columns.push(MappedColumn {
            reversed,
            answers: answers.unwrap_or_default(),
            ..MappedColumn::new(&column.heading, target, true)
        });
    }
    for (k, word) in mapping.words.iter().enumerate() {
        let worth = asked.field(&format!("ws{at}.{k}"));
        if worth.is_empty() || worth == word.worth {
            continue;
        }
        again.unsaid.push(word.clone());
        if worth == TAKEN_BACK {
            continue;
        }
        if let Some(why) = choices.worth_refusal(word, worth) {
            faults.insert(format!("ws{at}.{k}"), why);
            continue;
        }
        again.words.push(MappedWord {
            worth: worth.to_owned(),
            ..word.clone()
        });
    }
    again
}
