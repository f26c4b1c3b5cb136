//! What new days of opening and closing change, in words.

use crate::actions::registry_days::{DaysEffect, LeftCampaign};
use crate::base::text::{count, list};

/// What a person reads before days are written, one sentence a line; nothing when nothing is set aside.
pub(super) fn before_writing(effect: &DaysEffect) -> Vec<String> {
    if effect.set_aside.is_empty() {
        return Vec::new();
    }
    let mut said: Vec<String> = effect.set_aside.iter().map(left).collect();
    said.extend(unexpected(effect));
    said.push(
        "Rien n’est effacé : ces réponses restent dans le dossier, et comptent de nouveau si la date est retirée ou remise comme avant.".to_owned(),
    );
    said
}

/// « Suivi, automne 2026 : 3 retours ne compteront plus… »
fn left(campaign: &LeftCampaign) -> String {
    let n = campaign.returned.len();
    let sources = campaign.returned.iter();
    let sources: Vec<String> = sources
        .map(|(source, n)| format!("{} ({n})", source.label()))
        .collect();
    format!(
        "« {} » : {}, {}. Ni les chiffres, ni les rapports, ni « Où j’en suis » de cette campagne ne {} compteraient plus.",
        campaign.label,
        count(n, "retour serait mis à part", "retours seraient mis à part"),
        list(&sources),
        if n > 1 { "les" } else { "le" },
    )
}

fn unexpected(effect: &DaysEffect) -> Option<String> {
    let all = &effect.unexpected;
    (!all.is_empty()).then(|| format!("Il ne serait plus attendu dans : {}.", list(all)))
}

/// What is said once days are written: nothing when no campaign is touched.
pub(super) fn once_written(effect: &DaysEffect) -> String {
    let ids: Vec<&str> = effect.set_aside.iter().map(|c| c.id.as_str()).collect();
    let labels = [
        ids.as_slice(),
        &words(&effect.unexpected),
        &words(&effect.back),
    ]
    .map(list);
    let [aside, unexpected, back] = labels;
    let told = [
        (
            " Ses réponses restent gardées, mises à part des chiffres, pour : ",
            aside,
        ),
        (" Il n’est plus attendu dans : ", unexpected),
        (" Il compte de nouveau dans : ", back),
    ];
    let said = told.iter().filter(|(_, named)| !named.is_empty());
    let said: Vec<String> = said
        .map(|(what, named)| format!("{what}{named}."))
        .collect();
    said.concat()
}

fn words(labels: &[String]) -> Vec<&str> {
    labels.iter().map(String::as_str).collect()
}
