//! The form of a campaign: what is offered, what was typed, what it would do.

use serde_json::{Value, json};

use super::campaign_lines::{effects, story};
use crate::actions::campaign_draft::{CampaignDraft, CampaignRequest};
use crate::actions::campaign_edit::next_campaign_id;
use crate::actions::campaign_effects::CampaignPreview;
use crate::actions::campaign_list::{CritereStory, critere_stories, last_answered};
use crate::actions::settings_edit::seen_settings;
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::vocabulary::config::{Campaign, versions_offered};
use crate::vocabulary::referentiel::SourceCode;

/// What the form shows.
pub(super) struct CampaignForm {
    /// What was typed.
    pub(super) request: CampaignRequest,
    /// What it would do, when it was looked at.
    pub(super) preview: Option<CampaignPreview>,
    /// Whether a person must say yes first, and did not.
    pub(super) refused: bool,
    /// Why it was not written.
    pub(super) why: Option<String>,
    /// Which state of the settings the person saw.
    pub(super) seen: String,
}

impl CampaignForm {
    /// Nothing looked at yet.
    pub(super) fn fresh(opened: &OpenObservatory, request: CampaignRequest) -> Result<Self> {
        Ok(Self {
            request,
            preview: None,
            refused: false,
            why: None,
            seen: seen_settings(opened)?,
        })
    }

    /// Looked at.
    pub(super) fn looked_at(
        request: CampaignRequest,
        preview: CampaignPreview,
        seen: &str,
    ) -> Self {
        Self {
            request,
            preview: Some(preview),
            refused: false,
            why: None,
            seen: seen.to_owned(),
        }
    }

    /// A campaign as its form begins.
    pub(super) fn draft_of(opened: &OpenObservatory, campaign: &Campaign) -> CampaignDraft {
        let expected = opened.observatory.referentiel(campaign).criteres.iter();
        let expected = expected.filter(|c| campaign.expects_critere(&c.code));
        let sources = SourceCode::ALL
            .into_iter()
            .filter(|s| campaign.expects_source(*s));
        CampaignDraft {
            id: campaign.id.clone(),
            label: campaign.label.clone(),
            debut: campaign.debut.to_string(),
            fin: campaign.fin.to_string(),
            referentiel: campaign.referentiel.clone(),
            criteres: (!campaign.criteres.is_empty())
                .then(|| expected.map(|c| c.code.clone()).collect()),
            sources: sources.map(|s| s.as_str().to_owned()).collect(),
        }
    }

    /// The next campaign, from the last: a year after the one of the same season, its scope or what is left to see again.
    pub(super) fn new_draft(opened: &OpenObservatory, from: &str) -> Result<CampaignDraft> {
        let settings = &opened.observatory.settings;
        let last = settings.campaign(None)?;
        let earlier = opened.before(last);
        let year_after = |c: &Campaign| Some((c.debut.months_after(12)?, c.fin.months_after(12)?));
        let candidates = earlier.into_iter().rev().take(1).chain([last]);
        let mut days = candidates
            .filter_map(year_after)
            .filter(|(debut, _)| *debut > last.fin);
        let mut draft = Self::draft_of(opened, last);
        draft.id = next_campaign_id(&settings.campaigns);
        draft.label = String::new();
        (draft.debut, draft.fin) = (String::new(), String::new());
        if let Some((debut, fin)) = days.next() {
            let next = Campaign {
                debut,
                fin,
                ..last.clone()
            };
            draft.label = format!("Suivi, {}", next.called(&[]).name);
            (draft.debut, draft.fin) = (debut.to_string(), fin.to_string());
        }
        match from {
            "tous" => draft.criteres = None,
            "revoir" => {
                let stories = critere_stories(opened, last_answered(opened)?, last)?;
                let again = stories.iter().filter(|s| s.to_see_again());
                draft.criteres = Some(again.map(|s| s.critere.code.clone()).collect());
            }
            _ => {}
        }
        Ok(draft)
    }
}

pub(super) fn form_page(
    asked: &PageAsk,
    opened: &OpenObservatory,
    form: &CampaignForm,
) -> Result<PageAnswer> {
    let CampaignRequest { draft, is_new } = &form.request;
    let settings = &opened.observatory.settings;
    let there = settings
        .campaigns
        .iter()
        .find(|c| !is_new && c.id == draft.id);
    let base = there.map_or_else(|| settings.campaign(None), Ok)?;
    let last = last_answered(opened)?;
    let stories = critere_stories(opened, last, base)?;
    let preview = form.preview.as_ref();
    let faults = preview.map(|p| p.faults.as_slice()).unwrap_or_default();
    let wrong = |field: &str| faults.iter().any(|f| f.field == field);
    let mut said: Vec<Value> = faults
        .iter()
        .map(|f| json!({ "champ": f.field, "quoi": f.message }))
        .collect();
    said.extend(
        form.why
            .iter()
            .map(|why| json!({ "champ": "", "quoi": why })),
    );
    let content = json!({
        "nouvelle": is_new,
        "id": draft.id, "label": draft.label, "debut": draft.debut, "fin": draft.fin,
        "faux": { "id": wrong("id"), "label": wrong("label"), "debut": wrong("debut"), "fin": wrong("fin") },
        "versions": versions_offered(&opened.observatory.root).iter().map(|v| json!({ "code": v, "choisi": *v == draft.referentiel })).collect::<Vec<_>>(),
        "axes": axes(opened, base, draft, &stories),
        "combien": stories.len(),
        "sources": SourceCode::ALL.map(|s| json!({ "code": s.as_str(), "mot": s.label(), "choisi": draft.sources.iter().any(|d| d == s.as_str()) })),
        "derniere": last.map(|c| json!({ "id": c.id, "nom": c.label })),
        "base": base.id,
        "refus": said,
        "effets": preview.filter(|p| p.faults.is_empty()).map(|p| effects(p, draft)),
        "demande_oui": preview.is_some_and(CampaignPreview::asks_yes),
        "oui_manque": form.refused,
        "vu": form.seen,
    });
    let title = if *is_new {
        "Créer une campagne".to_owned()
    } else {
        format!("Changer la campagne {}", draft.id)
    };
    asked.page("campagne.html", title, "Campagnes", content)
}

fn axes(
    opened: &OpenObservatory,
    base: &Campaign,
    draft: &CampaignDraft,
    stories: &[CritereStory],
) -> Vec<Value> {
    let r = opened.observatory.referentiel(base);
    let chosen = |code: &str| {
        draft
            .criteres
            .as_ref()
            .is_none_or(|all| all.iter().any(|c| c == code))
    };
    let axes = r.axes.iter().enumerate().map(|(rank, axe)| {
        let own = stories.iter().filter(|s| s.critere.axe == rank);
        let lines = own.map(|s| {
            let mut line = story(s);
            line["choisi"] = json!(chosen(&s.critere.code));
            line
        });
        json!({ "nom": axe.label, "criteres": lines.collect::<Vec<_>>() })
    });
    axes.collect()
}
