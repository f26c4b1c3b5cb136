//! Campaigns in words: where they stand, what they compare on, what a change would do.

use serde_json::{Value, json};

use crate::actions::campaign_draft::CampaignDraft;
use crate::actions::campaign_effects::{CampaignPreview, ComparedWith};
use crate::actions::campaign_list::{CampaignStanding, CritereStory, ListedCampaign, SeriesBreaks};
use crate::actions::settings_edit::KeptSettings;
use crate::base::text::{count, list};
use crate::vocabulary::referentiel::SourceCode;

/// A line of the list.
pub(super) fn listed(listed: &ListedCampaign) -> Value {
    let c = listed.campaign;
    let standing = match listed.standing {
        CampaignStanding::Ahead => "à venir",
        CampaignStanding::Runs => "en cours",
        CampaignStanding::Over => "finie",
    };
    let sources = SourceCode::ALL.into_iter().filter(|s| c.expects_source(*s));
    let sources: Vec<&str> = sources.map(SourceCode::label).collect();
    json!({
        "id": c.id, "nom": c.label, "etat": standing,
        "debut": c.debut.short(), "fin": c.fin.short(), "version": c.referentiel,
        "criteres": if c.criteres.is_empty() { format!("tous ({})", listed.criteres) } else { count(listed.criteres, "critère", "critères") },
        "sources": if c.sources.is_empty() { "toutes".to_owned() } else { sources.join(", ") },
        "accueils": listed.sites,
        "recus": format!("{} sur {}", listed.received, listed.asked),
        "compare": listed.beside.as_ref().map(|b| beside(b, listed)),
    })
}

fn beside(found: &SeriesBreaks, listed: &ListedCampaign) -> Value {
    let (now, then) = (listed.campaign, found.before);
    let versions = if now.referentiel == then.referentiel {
        format!("même version ({})", now.referentiel)
    } else {
        format!(
            "{} suit la version {}, {} la version {}",
            then.id, then.referentiel, now.id, now.referentiel
        )
    };
    let broken = found
        .broken
        .iter()
        .map(|b| json!({ "code": b.code, "nom": b.label, "quoi": b.changes.join(" ; ") }));
    let compared = ComparedWith {
        before: then.id.clone(),
        same: found.same,
        broken: found.broken.iter().map(|b| b.code.clone()).collect(),
        left_out: found.left_out,
    };
    // Without an answer nothing is compared yet, whatever could be.
    let said = match listed.received {
        0 => format!(
            "Rien n’est encore arrivé pour {} : rien ne se compare encore. {}",
            now.id,
            compared_words(&compared, false)
        ),
        _ => compared_words(&compared, true),
    };
    json!({
        "avec": then.id,
        "dit": format!("{versions}. {said}"),
        "ruptures": broken.collect::<Vec<_>>(),
    })
}

/// « 24 critères se comparent à C1, aucun n’est rompu ; 22 ne sont regardés que par l’une des deux. »; « pourront se
/// comparer » as long as nothing came.
fn compared_words(found: &ComparedWith, came: bool) -> String {
    let ComparedWith {
        before,
        same,
        broken,
        left_out,
    } = found;
    let mut said = vec![match same {
        0 if came => format!("Aucun critère ne se compare à {before}"),
        0 => format!("Aucun critère ne pourra se comparer à {before}"),
        n if came => count(
            *n,
            &format!("critère se compare à {before}"),
            &format!("critères se comparent à {before}"),
        ),
        n => count(
            *n,
            &format!("critère pourra se comparer à {before}"),
            &format!("critères pourront se comparer à {before}"),
        ),
    }];
    match broken.as_slice() {
        [] if *same > 0 => said.push("aucune série n’est rompue".to_owned()),
        [] => {}
        codes => said.push(format!(
            "{} ({}) : phrase, échelle ou règle n’est plus la même",
            count(codes.len(), "série est rompue", "séries sont rompues"),
            list(codes)
        )),
    }
    if *left_out > 0 {
        let many = "critères ne sont regardés";
        let counted = count(*left_out, "critère n’est regardé", many);
        said.push(format!("{counted} que par l’une des deux"));
    }
    format!("{}.", said.join(" ; "))
}

/// A critère in the form of a campaign: « revu » says what was done, « à revoir » what is left.
pub(super) fn story(story: &CritereStory) -> Value {
    let measured = match story.measured.as_slice() {
        [] => "jamais mesuré".to_owned(),
        [once] => format!("mesuré une fois ({once})"),
        all => format!("revu ({})", list(all)),
    };
    let mut why = Vec::new();
    if story.unmet > 0 {
        why.push(format!(
            "non atteint dans {}",
            count(story.unmet, "accueil", "accueils")
        ));
    }
    if story.below > 0 {
        why.push(format!(
            "sous la cible dans {} sur {}",
            count(story.below, "accueil", "accueils"),
            story.sites
        ));
    }
    if story.actions > 0 {
        why.push(count(
            story.actions,
            "action ouverte au plan",
            "actions ouvertes au plan",
        ));
    }
    json!({
        "code": story.critere.code, "nom": story.critere.label,
        "imperatif": story.critere.imperatif,
        "sans_objet": story.critere.put_aside.is_some(),
        "revu": measured, "est_revu": story.seen_again(),
        "a_revoir": story.to_see_again(), "pourquoi": why.join(", "),
    })
}

/// What a campaign would be, one sentence a line.
pub(super) fn effects(preview: &CampaignPreview, draft: &CampaignDraft) -> Value {
    let mut said = vec![match preview.sites.as_slice() {
        [] => "Aucun accueil du registre n’est ouvert à ces dates : personne ne serait attendu."
            .to_owned(),
        sites => format!(
            "{} : ceux du registre ouverts à ces dates.",
            count(sites.len(), "accueil attendu", "accueils attendus")
        ),
    }];
    if !preview.closed.is_empty() {
        said.push(format!(
            "Pas attendus, fermés à ces dates ou pas encore ouverts : {}.",
            list(&preview.closed)
        ));
    }
    said.push(match &draft.criteres {
        None => "Tous les critères du référentiel sont regardés.".to_owned(),
        Some(codes) => format!(
            "{} au périmètre.",
            count(codes.len(), "critère", "critères")
        ),
    });
    said.push(match &preview.beside {
        None => "Aucune campagne avant elle : il n’y a rien à comparer encore.".to_owned(),
        Some(found) => compared_words(found, false),
    });
    if !preview.targets.is_empty() {
        said.push(format!(
            "Cibles fixées ici qui vaudront : {}.",
            preview.targets.join(" ; ")
        ));
    }
    json!({ "dit": said, "perdu": lost(preview, &draft.id), "marque": lost_mark(preview) })
}

/// What came in already and would count no more.
fn lost(preview: &CampaignPreview, id: &str) -> Vec<String> {
    let mut said = Vec::new();
    if !preview.criteres_lost.is_empty() {
        said.push(format!(
            "Critères qui quittent {id} alors que des réponses y sont : {}.",
            list(&preview.criteres_lost)
        ));
    }
    if !preview.sources_lost.is_empty() {
        said.push(format!(
            "Sources qui ne sont plus attendues alors que des réponses y sont : {}.",
            list(&preview.sources_lost)
        ));
    }
    if !preview.sites_lost.is_empty() {
        said.push(format!(
            "Accueils qui ne sont plus attendus : {}.",
            list(&preview.sites_lost)
        ));
    }
    if !said.is_empty() {
        said.push("Leurs réponses restent dans la base et comptent de nouveau si vous revenez en arrière ; les chiffres et les rapports changent.".to_owned());
    }
    said
}

/// Names what would be lost: who says yes says it to this, and to nothing else.
pub(super) fn lost_mark(preview: &CampaignPreview) -> String {
    let all = [&preview.criteres_lost, &preview.sites_lost].map(|l| l.join(","));
    format!("{};{};{}", all[0], all[1], preview.sources_lost.join(","))
}

/// Settings that were kept, and what putting them back would do.
pub(super) fn settings_lines(kept: &KeptSettings) -> Value {
    json!({ "nom": kept.name, "partent": kept.gone, "reviennent": kept.back })
}
