//! A campaign of the settings, created or changed: what is wrong with what a person typed, what the change does to what is
//! there already, told before it is written.

use super::campaign_list::{SeriesBreaks, breaks};
use super::settings_edit::{SettingsOutcome, SettingsRequest, edit_settings};
use super::settings_guard::{answered, breaks_answers};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::{list, safe_file_name};
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::{
    Campaign, Observatory, SETTINGS_FILE, SettingsChange, SettingsPlace, SettingsValue,
    changed_settings, read_text, versions_offered,
};
use crate::vocabulary::referentiel::SourceCode;

/// A campaign as a person typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CampaignDraft {
    /// Its code; that of a campaign that is there when it is changed.
    pub(crate) id: String,
    /// Its name.
    pub(crate) label: String,
    /// First day, ISO.
    pub(crate) debut: String,
    /// Last day, ISO.
    pub(crate) fin: String,
    /// Version of the référentiel.
    pub(crate) referentiel: String,
    /// Critères, by code; none when all are looked at.
    pub(crate) criteres: Option<Vec<String>>,
    /// Sources, by code.
    pub(crate) sources: Vec<String>,
}

/// What to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CampaignRequest {
    /// What was typed.
    pub(crate) draft: CampaignDraft,
    /// Whether it is added; changed otherwise.
    pub(crate) is_new: bool,
}

/// What is wrong, and with which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CampaignFault {
    /// `debut`.
    pub(crate) field: &'static str,
    /// One sentence.
    pub(crate) message: String,
}

/// What a change would do; nothing is written yet.
#[derive(Debug, Default)]
pub(crate) struct CampaignPreview {
    /// What is wrong; nothing else is told then.
    pub(crate) faults: Vec<CampaignFault>,
    /// Accueils that the campaign expects, by name.
    pub(crate) sites: Vec<String>,
    /// Accueils of the registry that are closed then, or not open yet.
    pub(crate) closed: Vec<String>,
    /// Accueils that it expected and expects no more.
    pub(crate) sites_lost: Vec<String>,
    /// Critères that leave its scope although answers came.
    pub(crate) criteres_lost: Vec<String>,
    /// Sources that are expected no more although answers came.
    pub(crate) sources_lost: Vec<&'static str>,
    /// The campaign before: id, critères that compare, critères whose series stops, critères that one leaves out.
    pub(crate) beside: Option<ComparedWith>,
    /// Targets that the territory set and that hold then: code, level, who decided.
    pub(crate) targets: Vec<String>,
    /// The changes to the settings.
    changes: Vec<SettingsChange>,
}

/// What a campaign would compare with the one before on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ComparedWith {
    /// Its code.
    pub(crate) before: String,
    /// Critères that compare.
    pub(crate) same: usize,
    /// Critères whose series stops, by code.
    pub(crate) broken: Vec<String>,
    /// Critères that one of both leaves out.
    pub(crate) left_out: usize,
}

impl CampaignPreview {
    /// Whether what came in already would be read otherwise: a person says yes first.
    pub(crate) fn asks_yes(&self) -> bool {
        !(self.criteres_lost.is_empty()
            && self.sources_lost.is_empty()
            && self.sites_lost.is_empty())
    }
}

/// What a campaign would be.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn preview_campaign(
    opened: &OpenObservatory,
    request: &CampaignRequest,
) -> Result<CampaignPreview> {
    let faults = faults(opened, request);
    if !faults.is_empty() {
        return Ok(CampaignPreview {
            faults,
            ..CampaignPreview::default()
        });
    }
    let changes = changes(opened, request);
    let root = &opened.observatory.root;
    let text = changed_settings(&read_text(&root.join(SETTINGS_FILE))?, &changes)?;
    let after = match Observatory::with_settings(root.clone(), &text) {
        Ok(after) => after,
        Err(error) => return Ok(refused(error.to_string())),
    };
    if let Some(why) = breaks_answers(opened, &opened.observatory, &after)? {
        return Ok(refused(why));
    }
    let mut told = effects(opened, &after, request)?;
    told.changes = changes;
    Ok(told)
}

/// Writes it.
///
/// # Errors
///
/// As [`preview_campaign`]; a disk that refuses.
pub(crate) fn save_campaign(
    opened: &OpenObservatory,
    preview: &CampaignPreview,
    seen: &str,
) -> Result<SettingsOutcome> {
    let request = SettingsRequest {
        changes: preview.changes.clone(),
        seen: seen.to_owned(),
    };
    edit_settings(opened, &request)
}

/// Takes a campaign that nothing came into out of the settings.
///
/// # Errors
///
/// A campaign that does not exist, the only one, one that has answers or actions; a disk that refuses.
pub(crate) fn remove_campaign(
    opened: &OpenObservatory,
    id: &str,
    seen: &str,
) -> Result<SettingsOutcome> {
    let campaign = opened.observatory.campaign(Some(id))?;
    if !may_be_removed(opened, campaign)? {
        return Err(Error::Usage(format!(
            "La campagne « {id} » ne se retire pas : des fichiers y sont entrés, des actions la citent, ou elle est la seule."
        )));
    }
    let request = SettingsRequest {
        changes: vec![SettingsChange::Drop {
            table: "campagnes".to_owned(),
            key: "id".to_owned(),
            is: campaign.id.clone(),
        }],
        seen: seen.to_owned(),
    };
    edit_settings(opened, &request)
}

/// Whether a campaign can be taken out: nothing came into it, no action cites it, another stays.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn may_be_removed(opened: &OpenObservatory, campaign: &Campaign) -> Result<bool> {
    let state = opened.store.state()?;
    let is_used = state
        .imports
        .iter()
        .any(|i| i.manifest.campaign == campaign.id)
        || opened
            .plans
            .actions
            .iter()
            .any(|a| a.campagne == campaign.id);
    Ok(!is_used && opened.observatory.settings.campaigns.len() > 1)
}

fn refused(message: String) -> CampaignPreview {
    CampaignPreview {
        faults: vec![CampaignFault { field: "", message }],
        ..CampaignPreview::default()
    }
}

/// Longest campaign that is taken for one, in days: more is a slip in a year.
const LONGEST: i32 = 370;

fn faults(opened: &OpenObservatory, request: &CampaignRequest) -> Vec<CampaignFault> {
    let CampaignRequest { draft, is_new } = request;
    let mut found = Vec::new();
    let mut wrong =
        |field: &'static str, message: String| found.push(CampaignFault { field, message });
    let all = &opened.observatory.settings.campaigns;
    if *is_new && let Some(message) = odd_id(&draft.id, all) {
        wrong("id", message);
    }
    if draft.label.is_empty() || draft.label.chars().any(char::is_control) {
        wrong(
            "label",
            "Donnez un nom à la campagne, sur une ligne : il s’imprime en tête des rapports."
                .to_owned(),
        );
    }
    let days = (draft.debut.parse::<Day>(), draft.fin.parse::<Day>());
    if days.0.is_err() {
        wrong("debut", day_missing("premier", &draft.debut));
    }
    if days.1.is_err() {
        wrong("fin", day_missing("dernier", &draft.fin));
    }
    if let (Ok(debut), Ok(fin)) = days
        && let Some(message) = odd_days(draft, debut, fin, all)
    {
        wrong("fin", message);
    }
    if !versions_offered(&opened.observatory.root).contains(&draft.referentiel) {
        wrong(
            "referentiel",
            format!(
                "La version « {} » du référentiel n’est pas dans ce dossier.",
                draft.referentiel
            ),
        );
    }
    if draft.criteres.as_ref().is_some_and(Vec::is_empty) {
        wrong(
            "criteres",
            "Cochez un critère au moins, ou choisissez « tous ».".to_owned(),
        );
    }
    if draft.sources.is_empty() {
        wrong(
            "sources",
            "Cochez une source au moins : qui répond ?".to_owned(),
        );
    }
    for source in draft
        .sources
        .iter()
        .filter(|s| s.parse::<SourceCode>().is_err())
    {
        wrong("sources", format!("« {source} » n’est pas une source."));
    }
    found
}

fn day_missing(which: &str, typed: &str) -> String {
    match typed {
        "" => format!("Donnez le {which} jour."),
        typed => {
            format!("« {typed} » n’est pas un jour : choisissez le {which} jour au calendrier.")
        }
    }
}

/// What is wrong with the code of a new campaign: it names folders, on any system.
fn odd_id(id: &str, all: &[Campaign]) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if id.is_empty() || id.len() > 20 || !id.chars().all(plain) || safe_file_name(id, 20, "_") != id
    {
        return Some(format!(
            "« {id} » ne peut pas être un code : quelques lettres sans accent, chiffres ou tirets, « C3 » par exemple."
        ));
    }
    let same = all.iter().find(|c| c.id.eq_ignore_ascii_case(id))?;
    Some(format!(
        "Le code « {} » est pris par « {} ».",
        same.id, same.label
    ))
}

/// What is wrong with days that were changed.
fn odd_days(draft: &CampaignDraft, debut: Day, fin: Day, all: &[Campaign]) -> Option<String> {
    let there = all.iter().find(|c| c.id == draft.id);
    if there.is_some_and(|c| c.debut == debut && c.fin == fin) {
        return None;
    }
    if fin < debut {
        return Some(format!(
            "La fin ({}) précède le début ({}).",
            fin.short(),
            debut.short()
        ));
    }
    if fin.number() - debut.number() > LONGEST {
        return Some(format!(
            "Du {} au {} : plus d’un an. Vérifiez les années.",
            debut.short(),
            fin.short()
        ));
    }
    let others = all.iter().filter(|c| c.id != draft.id);
    let over: Vec<String> = others
        .filter(|c| debut <= c.fin && c.debut <= fin)
        .map(|c| {
            format!(
                "« {} » ({}, du {} au {})",
                c.label,
                c.id,
                c.debut.short(),
                c.fin.short()
            )
        })
        .collect();
    (!over.is_empty()).then(|| {
        format!(
            "Ces dates chevauchent {} : une réponse ne saurait pas de quelle campagne elle est.",
            list(&over)
        )
    })
}

fn changes(opened: &OpenObservatory, request: &CampaignRequest) -> Vec<SettingsChange> {
    let CampaignRequest { draft, is_new } = request;
    let text = |s: &String| SettingsValue::Text(s.clone());
    let mut keys = vec![
        ("label", text(&draft.label)),
        ("debut", text(&draft.debut)),
        ("fin", text(&draft.fin)),
        ("referentiel", text(&draft.referentiel)),
    ];
    let mut silent = Vec::new();
    match &draft.criteres {
        Some(codes) => keys.push(("criteres", SettingsValue::Words(codes.clone()))),
        None => silent.push("criteres"),
    }
    // All of them is what saying nothing means, unless the file lists them.
    let listed = opened.observatory.settings.campaigns.iter();
    let is_listed = listed
        .filter(|c| !is_new && c.id == draft.id)
        .any(|c| c.sources.len() == SourceCode::ALL.len());
    if draft.sources.len() < SourceCode::ALL.len() || is_listed {
        keys.push(("sources", SettingsValue::Words(draft.sources.clone())));
    } else {
        silent.push("sources");
    }
    let named = keys.into_iter().map(|(key, value)| (key.to_owned(), value));
    if *is_new {
        let id = ("id".to_owned(), text(&draft.id));
        return vec![SettingsChange::Add {
            table: "campagnes".to_owned(),
            keys: std::iter::once(id).chain(named).collect(),
        }];
    }
    let place = SettingsPlace::campaign(&draft.id);
    let set = named.map(|(key, value)| SettingsChange::Set {
        place: place.clone(),
        key,
        value,
    });
    let removed = silent.into_iter().map(|key| SettingsChange::Remove {
        place: place.clone(),
        key: key.to_owned(),
    });
    set.chain(removed).collect()
}

fn effects(
    opened: &OpenObservatory,
    after: &Observatory,
    request: &CampaignRequest,
) -> Result<CampaignPreview> {
    let new = after.campaign(Some(&request.draft.id))?;
    let mut told = CampaignPreview::default();
    for site in after.registry.all() {
        let open = site.active(new.debut, new.fin);
        (if open {
            &mut told.sites
        } else {
            &mut told.closed
        })
        .push(site.nom.clone());
    }
    let earlier = after
        .settings
        .campaigns
        .iter()
        .filter(|c| c.debut < new.debut);
    let before = earlier.max_by_key(|c| (c.debut, &c.id));
    told.beside = before.map(|before| compared(&breaks(after, before, new)));
    told.targets = targets(after, new);
    if let Some(old) = opened
        .observatory
        .settings
        .campaigns
        .iter()
        .find(|c| c.id == new.id)
        && answered(opened, &new.id)?
    {
        lost(&mut told, opened, old, new);
    }
    Ok(told)
}

fn compared(found: &SeriesBreaks) -> ComparedWith {
    ComparedWith {
        before: found.before.id.clone(),
        same: found.same,
        broken: found.broken.iter().map(|b| b.code.clone()).collect(),
        left_out: found.left_out,
    }
}

/// « REL-2 : 3,2 (COPIL, le 12/03/2026) ».
fn targets(after: &Observatory, campaign: &Campaign) -> Vec<String> {
    let r = after.referentiel(campaign);
    let criteres = r
        .criteres
        .iter()
        .map(|c| (&c.code, c.cible, &c.local_target));
    let axes = r.axes.iter().map(|a| (&a.code, a.cible, &a.local_target));
    let all = axes.chain(criteres).filter_map(|(code, level, local)| {
        let decision = local.as_ref()?.decision.dated();
        Some(format!(
            "{code} : {} ({decision})",
            crate::base::text::decimals(level, 1)
        ))
    });
    all.collect()
}

/// What came in already and would count no more.
fn lost(told: &mut CampaignPreview, opened: &OpenObservatory, old: &Campaign, new: &Campaign) {
    let r = opened.observatory.referentiel(old);
    let left = r
        .criteres
        .iter()
        .filter(|c| old.expects_critere(&c.code) && !new.expects_critere(&c.code));
    told.criteres_lost = left.map(|c| c.code.clone()).collect();
    let left = SourceCode::ALL
        .into_iter()
        .filter(|s| old.expects_source(*s) && !new.expects_source(*s));
    told.sources_lost = left.map(SourceCode::label).collect();
    let sites = opened.observatory.registry.all().iter();
    let left = sites.filter(|s| s.active(old.debut, old.fin) && !s.active(new.debut, new.fin));
    told.sites_lost = left.map(|s| s.nom.clone()).collect();
}

/// The code that a new campaign is offered: the number after the last one.
pub(crate) fn next_campaign_id(all: &[Campaign]) -> String {
    let taken = |id: &String| all.iter().any(|c| c.id.eq_ignore_ascii_case(id));
    let mut free = (all.len() + 1..).map(|n| format!("C{n}"));
    free.find(|id| !taken(id)).unwrap_or_default()
}
