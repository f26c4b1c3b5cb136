//! Whether an exchange holds together: what is asked exists, at a grain that it is told at; days in their order; nobody
//! named.

use super::exchange_model::{DataExchange, ExchangedData};
use super::exchange_raw::{RawExchange, RawExchanged, given};
use super::exchange_words::{DataNature, DecisionWord, ExchangeSide};
use super::exchanged_field::{ExchangedField, is_elsewhere, known_codes, leaves_the_tool};
use crate::base::day::Day;
use crate::base::text::suggest;
use crate::convention::convention_problems::ConventionProblems;
use crate::convention::convention_raw::PlacedText;
use crate::convention::convention_words::{ClosedWord, Grain};
use crate::privacy::names_someone;
use crate::vocabulary::config::Observatory;

/// Under how many answers or events a figure is hidden, when nothing is said.
const LEAST: usize = 5;

/// What is exchanged, checked.
pub(super) fn exchanged(
    raw: &RawExchange,
    side: ExchangeSide,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) -> Vec<ExchangedData> {
    let mut all: Vec<ExchangedData> = Vec::new();
    for one in &raw.donnees {
        let Some(data) = checked(one, side, observatory, problems) else {
            continue;
        };
        if (all.iter()).any(|d| d.code == data.code && d.grain == data.grain) {
            let message = format!("le champ « {} » est déjà plus haut", data.code);
            problems.refuse(one.champ.span().start, &message);
        }
        all.push(data);
    }
    all
}

fn checked(
    raw: &RawExchanged,
    side: ExchangeSide,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) -> Option<ExchangedData> {
    let code = raw.champ.get_ref().trim().to_owned();
    let nature: Option<DataNature> = problems.word(&raw.nature);
    let grain = match given(raw.maille.as_ref()) {
        Some(written) => problems.word(written),
        None => Some(Grain::Structure),
    };
    let field = match side {
        ExchangeSide::Outgoing => field(&raw.champ, observatory, problems),
        ExchangeSide::Incoming => None,
    };
    if code.is_empty() {
        problems.refuse(raw.champ.span().start, "un champ n’a pas de nom");
    }
    let (nature, grain) = (nature?, grain?);
    if let Some(field) = &field {
        check_nature(raw, field, nature, problems);
        if !field.has_grain(grain) {
            let place = raw.maille.as_ref().unwrap_or(&raw.champ);
            let message = format!("« {code} » n’est pas connu par {}", grain.label());
            problems.refuse(place.span().start, &message);
        }
    }
    Some(ExchangedData {
        code,
        field,
        nature,
        grain,
        least: raw.effectif_min.as_ref().map_or(LEAST, |n| *n.get_ref()),
    })
}

/// The field of a code that the observatory has; told with the nearest when it has none.
fn field(
    written: &PlacedText,
    observatory: &Observatory,
    problems: &mut ConventionProblems,
) -> Option<ExchangedField> {
    let code = written.get_ref().trim();
    if leaves_the_tool(code, observatory) {
        let message = format!(
            "« {code} » touche à la protection des enfants : il se traite hors de l’observatoire et ne s’échange pas"
        );
        problems.refuse(written.span().start, &message);
        return None;
    }
    let field = ExchangedField::read(code, observatory);
    if field.is_none() && !is_elsewhere(code) {
        let known = known_codes(observatory);
        let near = suggest(code, known.iter().map(String::as_str)).best_clause();
        let message = format!(
            "l’observatoire n’a pas de champ « {code} »{near} ; ce qu’il ne tient pas s’écrit « autre:… »"
        );
        problems.refuse(written.span().start, &message);
    }
    field
}

/// A total is no answer, an answer is no total.
fn check_nature(
    raw: &RawExchanged,
    field: &ExchangedField,
    nature: DataNature,
    problems: &mut ConventionProblems,
) {
    let code = raw.champ.get_ref();
    let message = match (field.is_figure(), nature) {
        (true, DataNature::Aggregated) => return,
        (true, _) => format!("« {code} » ne tient que des totaux : sa nature est « agregee »"),
        (false, DataNature::Aggregated) => {
            format!(
                "« {code} » tient des réponses, non des totaux : sa nature n’est pas « agregee »"
            )
        }
        (false, _) => return,
    };
    problems.refuse(raw.nature.span().start, &message);
}

/// An id names files and is typed in commands.
pub(super) fn check_id(raw: &RawExchange, problems: &mut ConventionProblems) {
    let id = raw.id.get_ref();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_plain = id.len() <= 20 && id.chars().all(plain);
    if !is_plain {
        let message = format!(
            "l’identifiant « {id} » n’est pas fait de lettres sans accent, de chiffres, de tirets (vingt au plus) ; par exemple E01"
        );
        problems.refuse(raw.id.span().start, &message);
    }
}

/// Functions and services, never persons: the register is printed.
pub(super) fn check_texts(raw: &RawExchange, problems: &mut ConventionProblems) {
    for text in raw.free_texts() {
        if names_someone(text.get_ref()) {
            let message =
                "une personne est désignée ou joignable ici ; écrivez une fonction ou un service";
            problems.refuse(text.span().start, message);
        }
    }
}

/// What is said of an exchange is said in the order of the steps.
pub(super) fn check_dates(
    exchange: &DataExchange,
    raw: &RawExchange,
    problems: &mut ConventionProblems,
) {
    let at = raw.id.span().start;
    let asked = ("la demande", exchange.asked_on);
    let decided = ("la décision", exchange.decision.day);
    let steps = [
        (asked, ("l’avis d’opportunité", exchange.opportunity.day)),
        (asked, ("l’avis de faisabilité", exchange.feasibility.day)),
        (asked, ("l’avis de conformité", exchange.conformity.day)),
        (asked, ("la saisine du DPO", exchange.dpo.asked_on)),
        (
            ("la saisine du DPO", exchange.dpo.asked_on),
            ("l’avis du DPO", exchange.dpo.day),
        ),
        (asked, decided),
        (decided, ("la fin de l’échange", exchange.until)),
    ];
    for ((first, earlier), (then, later)) in steps {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && later < earlier
        {
            let message = format!(
                "échange « {} » : {then} ({}) précède {first} ({})",
                exchange.id,
                later.short(),
                earlier.short()
            );
            problems.report(at, &message);
        }
    }
    if exchange.decision.word != DecisionWord::Waiting && exchange.decision.day.is_none() {
        let message = format!("échange « {} » : la décision n’a pas de date", exchange.id);
        problems.report(at, &message);
    }
    opinions_after(exchange, at, problems);
}

/// An opinion that comes once all is decided weighed on nothing.
fn opinions_after(exchange: &DataExchange, at: usize, problems: &mut ConventionProblems) {
    let late = |day: Option<Day>| day.zip(exchange.decision.day).is_some_and(|(a, b)| a > b);
    let opinions = [
        ("l’avis d’opportunité", exchange.opportunity.day),
        ("l’avis de faisabilité", exchange.feasibility.day),
        ("l’avis de conformité", exchange.conformity.day),
        ("l’avis du DPO", exchange.dpo.day),
    ];
    for (what, _) in opinions.iter().filter(|(_, day)| late(*day)) {
        let message = format!(
            "échange « {} » : {what} est daté d’après la décision",
            exchange.id
        );
        problems.report(at, &message);
    }
}
