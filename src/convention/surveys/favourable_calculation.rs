//! `favorable`: answers of the top modalities ÷ answers given, of one item or of all; nothing under five.

use super::survey_counts::{FEWEST, ItemCount, SurveyCount, interval};
use crate::base::text::{count, percent};
use crate::convention::calculation::Calculation;
use crate::convention::computed_indicator::Found;
use crate::convention::same_code;

/// Favourable answers of the questionnaire of an indicator.
pub(in crate::convention) fn favourable(c: &Calculation) -> Found {
    let p = c.parameters;
    let Some(survey) = c
        .input
        .surveys
        .surveys
        .iter()
        .find(|s| same_code(&s.code, &p.survey))
    else {
        return Found::none(format!(
            "l’enquête « {} » n’est pas dans ctg/enquetes",
            p.survey
        ));
    };
    let (from, to) = (c.period.from, c.period.end());
    let counted = SurveyCount::of(
        &c.input.surveys.answers,
        survey,
        from,
        to,
        c.input.surveys.known,
    );
    if counted.responses == 0 {
        return Found::none(format!(
            "aucune réponse à l’enquête « {} » dans la période",
            survey.code
        ));
    }
    if p.item.is_empty() {
        return whole(&counted);
    }
    let item = survey.item(&p.item).and_then(|item| counted.item(item));
    match item {
        None => Found::none(format!(
            "l’enquête « {} » n’a pas la question « {} »",
            survey.code, p.item
        )),
        Some(item) if !item.is_told() => few(),
        Some(item) => {
            let found = share(item.favourable, item.given, item.given, &counted);
            found.seated(item.seats.clone())
        }
    }
}

fn few() -> Found {
    Found::none(format!(
        "moins de {FEWEST} réponses : trop peu pour être montrées"
    ))
}

/// All items that enough people answered: one left out cannot be found back by taking the others away.
fn whole(counted: &SurveyCount) -> Found {
    if counted.responses < FEWEST || counted.told().next().is_none() {
        return few();
    }
    let favourable = counted.told().map(|i| i.favourable).sum();
    let given = counted.told().map(|i| i.given).sum();
    let seats = counted.told().flat_map(|i| i.seats.iter().cloned());
    let mut found = share(favourable, given, counted.responses, counted).seated(seats.collect());
    found.notes.extend(counted.items.iter().map(item_words));
    let reserved: Vec<String> = counted
        .most_reserved()
        .into_iter()
        .map(|i| format!("{} ({})", i.quoted(), percent(i.share())))
        .collect();
    if reserved.len() > 1 && counted.told().count() > reserved.len() {
        found
            .notes
            .push(format!("Les plus réservées : {}.", reserved.join(" ; ")));
    }
    found
}

fn share(favourable: usize, given: usize, n: usize, counted: &SurveyCount) -> Found {
    let mut found = Found::share(favourable as f64, given as f64, n, "aucune réponse donnée");
    if let Some((low, high)) = interval(favourable, given) {
        found = found
            .beside("part basse de l’intervalle à 95\u{a0}%", low)
            .beside("part haute de l’intervalle à 95\u{a0}%", high);
    }
    found = found.beside("réponses à l’enquête", counted.responses as f64);
    found.notes.push(format!(
        "Réponses reprises de {}.",
        counted.imports.join(" ; ")
    ));
    found
}

/// « OUT1, « Je trouve… » : 7 favorables sur 9, 78 % ».
fn item_words(item: &ItemCount) -> String {
    if !item.is_told() {
        return format!(
            "{}, {} : moins de {FEWEST} réponses.",
            item.code,
            item.quoted()
        );
    }
    let favourable = count(item.favourable, "favorable", "favorables");
    format!(
        "{}, {} : {favourable} sur {}, soit {}.",
        item.code,
        item.quoted(),
        item.given,
        percent(item.share())
    )
}
