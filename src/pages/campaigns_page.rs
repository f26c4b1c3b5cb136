//! **Campagnes**: what each one is and what came in; the next one created from the last; settings of before put back.

use serde_json::{Value, json};

use super::campaign_form::{CampaignForm, form_page};
use super::campaign_lines::{listed, lost_mark, settings_lines};
use crate::actions::campaign_draft::{CampaignDraft, CampaignRequest};
use crate::actions::campaign_edit::{
    may_be_removed, preview_campaign, remove_campaign, save_campaign,
};
use crate::actions::campaign_effects::CampaignPreview;
use crate::actions::campaign_list::list_campaigns;
use crate::actions::settings_edit::{
    SettingsOutcome, put_settings_back, seen_settings, settings_before,
};
use crate::base::error::{Error, Result};
use crate::campaign::today;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::config::versions_offered;

const PAGE: &str = "/campagnes";
const STALE_FORM: &str = "Les réglages ont changé depuis que vous les avez vus, dans un autre onglet ou dans le fichier. Relisez-les dans « Toutes les campagnes » ; « Garder » écrira ce qui est saisi ici.";
/// What is said when another window wrote meanwhile.
const STALE: &str = "Les réglages ont changé depuis que vous les avez vus : rien n’a été écrit. Relisez, puis recommencez.";

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let campaigns = list_campaigns(&opened, today())?;
    let mut lines: Vec<Value> = Vec::new();
    for campaign in &campaigns {
        let mut line = listed(campaign);
        line["retirable"] = json!(may_be_removed(&opened, campaign.campaign)?);
        lines.push(line);
    }
    let observatory = &opened.observatory;
    let versions = versions_offered(&observatory.root)
        .into_iter()
        .map(|version| {
            let users = observatory.settings.campaigns.iter();
            let users: Vec<&str> = users
                .filter(|c| c.referentiel == version)
                .map(|c| c.id.as_str())
                .collect();
            json!({ "code": version, "campagnes": users.join(", ") })
        });
    let before = settings_before(&opened)?;
    let content = json!({
        "campagnes": lines,
        "versions": versions.collect::<Vec<_>>(),
        "avant": before.as_ref().map(settings_lines),
        "vu": seen_settings(&opened)?,
    });
    asked.page("campagnes.html", "Campagnes", "Campagnes", content)
}

/// The form of a new campaign, begun from the last.
pub(crate) fn create(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let draft = CampaignForm::new_draft(&opened, asked.query("partir"))?;
    let request = CampaignRequest {
        draft,
        is_new: true,
    };
    form_page(asked, &opened, &CampaignForm::fresh(&opened, request)?)
}

/// The form of a campaign that is there.
pub(crate) fn change(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let campaign = asked.campaign(&opened)?;
    let draft = CampaignForm::draft_of(&opened, campaign);
    let request = CampaignRequest {
        draft,
        is_new: false,
    };
    form_page(asked, &opened, &CampaignForm::fresh(&opened, request)?)
}

/// What was typed is looked at, or kept.
pub(crate) fn keep(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let request = CampaignRequest {
        draft: typed(asked),
        is_new: asked.field("nouvelle") == "oui",
    };
    let preview = preview_campaign(&opened, &request)?;
    let looks = asked.field("geste") != "garder" || !preview.faults.is_empty();
    let yes = asked.field("confirme") == "oui" && asked.field("perdu") == lost_mark(&preview);
    let needs_yes = preview.asks_yes() && !yes;
    if looks || needs_yes {
        let form = CampaignForm {
            refused: needs_yes && !looks,
            ..CampaignForm::looked_at(request, preview, asked.field("vu"))
        };
        return form_page(asked, &opened, &form);
    }
    match save_campaign(&opened, &preview, asked.field("vu"))? {
        SettingsOutcome::Written { kept } => {
            let CampaignDraft { id, label, .. } = &request.draft;
            let done = if request.is_new {
                "est créée"
            } else {
                "est changée"
            };
            asked.done(PAGE, &format!("« {label} » ({id}) {done}. Les réglages d’avant sont gardés ({kept}) : « Remettre les réglages d’avant », plus bas."))
        }
        SettingsOutcome::Same => {
            asked.done(PAGE, "Rien n’a changé : ce qui est écrit est ce qui était.")
        }
        SettingsOutcome::Stale => refused(
            asked,
            &opened,
            request,
            preview,
            STALE_FORM,
            &seen_settings(&opened)?,
        ),
        SettingsOutcome::Refused(why) => {
            refused(asked, &opened, request, preview, &why, asked.field("vu"))
        }
    }
}

fn refused(
    asked: &PageAsk,
    opened: &crate::campaign::OpenObservatory,
    request: CampaignRequest,
    preview: CampaignPreview,
    why: &str,
    seen: &str,
) -> Result<PageAnswer> {
    let form = CampaignForm {
        why: Some(why.to_owned()),
        ..CampaignForm::looked_at(request, preview, seen)
    };
    form_page(asked, opened, &form)
}

fn typed(asked: &PageAsk) -> CampaignDraft {
    let all = |name: &str| -> Vec<String> { asked.values(name).map(str::to_owned).collect() };
    let criteres = all("critere");
    let offered = asked.field("combien").parse::<usize>();
    CampaignDraft {
        id: asked.field("id").to_owned(),
        label: asked.field("label").to_owned(),
        debut: asked.field("debut").to_owned(),
        fin: asked.field("fin").to_owned(),
        referentiel: asked.field("referentiel").to_owned(),
        criteres: (offered != Ok(criteres.len())).then_some(criteres),
        sources: all("source"),
    }
}

/// A campaign that nothing came into is taken out.
pub(crate) fn remove(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let id = asked.needed("id", "la campagne")?;
    let outcome = remove_campaign(&opened, id, asked.field("vu"))?;
    told(
        asked,
        outcome,
        &format!(
            "{id} n’est plus dans les réglages. Pour revenir en arrière : « Remettre les réglages d’avant », plus bas."
        ),
    )
}

/// Settings of before are put back.
pub(crate) fn put_back(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let name = asked.needed("copie", "la copie à remettre")?;
    let outcome = put_settings_back(&opened, name, asked.field("vu"))?;
    told(
        asked,
        outcome,
        "Les réglages d’avant sont remis ; ceux de tout à l’heure sont gardés à leur tour.",
    )
}

fn told(asked: &PageAsk, outcome: SettingsOutcome, done: &str) -> Result<PageAnswer> {
    match outcome {
        SettingsOutcome::Written { .. } => asked.done(PAGE, done),
        SettingsOutcome::Same => {
            asked.done(PAGE, "Rien n’a changé : ce qui est écrit est ce qui était.")
        }
        SettingsOutcome::Stale => asked.done(PAGE, STALE),
        SettingsOutcome::Refused(why) => Err(Error::Usage(why)),
    }
}
