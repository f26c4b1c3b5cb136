//! A change to the territory's own layer: what it does to campaigns, told before anything is written; then written, the
//! layer of before kept beside.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dated_copies::DatedCopies;
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::campaign::{OpenObservatory, today};
use crate::vocabulary::config::{Campaign, layered, read_text};
use crate::vocabulary::referentiel::Referentiel;
use crate::vocabulary::referentiel::local::{
    BLANK_LAYER, LOCAL_FILE, LayerEdit, LocalLayer, LocalTables, edited,
};
use crate::wording::layer_sentences::{
    AsideChange, LaterChange, LayerChanges, SentenceBreak, TargetChange, layer_sentences,
};

/// What to change.
pub(crate) struct LayerRequest {
    /// In order.
    pub edits: Vec<LayerEdit>,
}

/// What a change does; nothing is written yet.
pub(crate) struct LayerPreview {
    /// In plain French, one a line; never empty.
    pub sentences: Vec<String>,
    /// The same, for who lays them out.
    pub changes: LayerChanges,
    /// What keeps it from being saved: answers were given already to the sentences that would change.
    pub refused: Option<String>,
    /// The file once changed.
    text: String,
}

/// What was written.
pub(crate) struct LayerSaved {
    /// What it does, as it was told.
    pub preview: LayerPreview,
    /// The layer of before, kept beside (one that says nothing, where there was none); none when nothing changed.
    pub kept: Option<String>,
}

/// What the layer changes to what is shipped, as it stands.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn differences(opened: &OpenObservatory) -> Result<LayerPreview> {
    let observatory = &opened.observatory;
    let campaigns = &observatory.settings.campaigns;
    let shipped = layered(campaigns, &observatory.shipped, &LocalLayer::default())?;
    let mut changes = changes(opened, &shipped, &observatory.referentiels)?;
    changes.later = later(&all_edits(&observatory.local.tables), campaigns);
    Ok(LayerPreview {
        sentences: layer_sentences(&changes, true),
        changes,
        refused: None,
        text: observatory.local.text.clone(),
    })
}

/// What a change would do.
///
/// # Errors
///
/// A change that the layer refuses, with the place where it would stand; a store that cannot be read.
pub(crate) fn preview(opened: &OpenObservatory, request: &LayerRequest) -> Result<LayerPreview> {
    let observatory = &opened.observatory;
    let text = edited(&observatory.local.text, &request.edits)?;
    let mut found = preview_text(opened, text)?;
    found.changes.later = later(&request.edits, &observatory.settings.campaigns);
    found.sentences = layer_sentences(&found.changes, false);
    Ok(found)
}

/// What another text of the layer would do.
pub(super) fn preview_text(opened: &OpenObservatory, text: String) -> Result<LayerPreview> {
    let observatory = &opened.observatory;
    let layer = LocalLayer::parse(&text)?;
    let campaigns = &observatory.settings.campaigns;
    let after = layered(campaigns, &observatory.shipped, &layer)?;
    let changes = changes(opened, &observatory.referentiels, &after)?;
    Ok(LayerPreview {
        sentences: layer_sentences(&changes, false),
        refused: refused(&changes),
        changes,
        text,
    })
}

/// Writes a change. Waits for another process that writes into the folder.
///
/// # Errors
///
/// What [`preview`] refuses; answers given already; a file that somebody changed meanwhile; a disk that refuses.
pub(crate) fn save(opened: &OpenObservatory, request: &LayerRequest) -> Result<LayerSaved> {
    write(opened, preview(opened, request)?)
}

/// Writes the layer that was looked at; that of before is kept beside.
pub(super) fn write(opened: &OpenObservatory, preview: LayerPreview) -> Result<LayerSaved> {
    if let Some(refused) = &preview.refused {
        return Err(Error::Usage(refused.clone()));
    }
    let root = &opened.observatory.root;
    let before = &opened.observatory.local.text;
    let _held = opened.store.hold()?;
    let path = root.join(LOCAL_FILE);
    let there = if path.is_file() {
        read_text(&path)?
    } else {
        String::new()
    };
    if there != *before {
        return Err(Error::Config(format!(
            "{LOCAL_FILE} a été modifié pendant ce temps : rien n’a été écrit. Relancez."
        )));
    }
    let mut kept = None;
    if preview.text != *before {
        let was = if before.is_empty() {
            BLANK_LAYER
        } else {
            before
        };
        let name = DatedCopies::of_layer(&root.join("grids")).keep(was.as_bytes())?;
        kept = Some(format!("grids/{name}"));
        write_file(&path, preview.text.as_bytes())?;
    }
    Ok(LayerSaved { preview, kept })
}

type ByCampaign = BTreeMap<String, Arc<Referentiel>>;

/// What differs between two states of the référentiel of each campaign.
fn changes(
    opened: &OpenObservatory,
    before: &ByCampaign,
    after: &ByCampaign,
) -> Result<LayerChanges> {
    let mut campaigns: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
    campaigns.sort_by_key(|c| (c.debut, &c.id));
    let state = opened.store.state()?;
    let mut changes = LayerChanges::default();
    for (rank, campaign) in campaigns.iter().enumerate() {
        let (old, new) = (&before[&campaign.id], &after[&campaign.id]);
        let answered = !opened.store.live(&state, &campaign.id)?.is_empty();
        targets(&mut changes.targets, campaign, old, new);
        asides(&mut changes.asides, campaign, answered, old, new);
        for then in &old.criteres {
            let Some(now) = new.critere(&then.code).map(|c| &new.criteres[c]) else {
                continue;
            };
            if now.hash == then.hash {
                continue;
            }
            let own = |code: &str, all: &ByCampaign, other: &Campaign| {
                let r = &all[&other.id];
                r.critere(code).map(|c| r.criteres[c].hash.clone())
            };
            let earlier = campaigns[..rank].iter();
            let lost = earlier.filter(|other| {
                own(&then.code, before, other).as_ref() == Some(&then.hash)
                    && own(&then.code, after, other).as_ref() != Some(&now.hash)
            });
            changes.breaks.push(SentenceBreak {
                campaign: campaign.id.clone(),
                answered,
                critere: now.code.clone(),
                label: now.label.to_string(),
                lost: lost.map(|other| other.id.clone()).collect(),
                elements: element_changes(old, new, &then.code),
            });
        }
    }
    Ok(changes)
}

/// What became of the éléments of a critère, in sentences.
fn element_changes(old: &Referentiel, new: &Referentiel, critere: &str) -> Vec<String> {
    let start = format!("{critere}-");
    let all = new.changes_since(old).into_iter();
    all.filter(|change| change.code().starts_with(&start))
        .map(|change| change.sentence())
        .collect()
}

fn targets(all: &mut Vec<TargetChange>, campaign: &Campaign, old: &Referentiel, new: &Referentiel) {
    let criteres = old.criteres.iter().filter_map(|then| {
        let now = &new.criteres[new.critere(&then.code)?];
        Some((
            &now.code,
            &now.label,
            then.cible,
            now.cible,
            &now.local_target,
        ))
    });
    let axes = old.axes.iter().filter_map(|then| {
        let now = new.axes.iter().find(|a| a.code == then.code)?;
        Some((
            &now.code,
            &now.label,
            then.cible,
            now.cible,
            &now.local_target,
        ))
    });
    for (code, label, was, is, local) in axes.chain(criteres) {
        if (was - is).abs() > f64::EPSILON {
            all.push(TargetChange {
                campaign: campaign.id.clone(),
                code: code.clone(),
                label: label.to_string(),
                was,
                is,
                decision: local.as_ref().map(|l| l.decision.clone()),
            });
        }
    }
}

fn asides(
    all: &mut Vec<AsideChange>,
    campaign: &Campaign,
    answered: bool,
    old: &Referentiel,
    new: &Referentiel,
) {
    for then in &old.criteres {
        let Some(now) = new.critere(&then.code).map(|c| &new.criteres[c]) else {
            continue;
        };
        if now.put_aside.is_some() != then.put_aside.is_some() {
            all.push(AsideChange {
                campaign: campaign.id.clone(),
                answered,
                critere: now.code.clone(),
                label: now.label.to_string(),
                put_aside: now.put_aside.clone(),
            });
        }
    }
}

/// Answers that were given to the sentences that would change.
fn refused(changes: &LayerChanges) -> Option<String> {
    let mut answered: Vec<&str> = (changes.breaks.iter())
        .filter(|b| b.answered)
        .map(|b| b.campaign.as_str())
        .collect();
    answered.dedup();
    (!answered.is_empty()).then(|| {
        format!(
            "{} : des réponses ont déjà été importées, données aux phrases d’avant. Une campagne garde ses phrases : choisissez avec --depuis un jour après son début, ou retirez d’abord ses imports (« observatoire annuler »). Rien n’a été écrit.",
            answered.join(", ")
        )
    })
}

/// What no campaign reaches yet.
fn later(edits: &[LayerEdit], campaigns: &[Campaign]) -> Vec<LaterChange> {
    let decided = |day: Day| campaigns.iter().any(|c| day <= c.fin);
    let asked = |day: Day| campaigns.iter().any(|c| day <= c.debut);
    let all = edits.iter().map(|edit| match edit {
        LayerEdit::Target(t) => (&t.code, t.decision, decided(t.decision), false),
        LayerEdit::Aside(a) => (&a.critere, a.decision, decided(a.decision), false),
        LayerEdit::Back { critere, day } => (critere, *day, decided(*day), false),
        LayerEdit::Rewording(r) => (&r.element, r.depuis, asked(r.depuis), true),
        LayerEdit::Addition(a) => (&a.code, a.depuis, asked(a.depuis), true),
        LayerEdit::Retired { element, day } => (element, *day, asked(*day), true),
    });
    all.filter(|(_, _, reached, _)| !reached)
        .map(|(code, day, _, breaks)| LaterChange {
            code: code.clone(),
            day,
            broken: breaks.then(|| critere_of(code)),
        })
        .collect()
}

/// `REL-2` of `REL-2-OBS-L1`.
fn critere_of(element: &str) -> String {
    let mut parts = element.rsplitn(3, '-');
    parts.nth(2).unwrap_or(element).to_owned()
}

/// A layer, as if all of it were asked for.
fn all_edits(tables: &LocalTables) -> Vec<LayerEdit> {
    let mut edits: Vec<LayerEdit> = Vec::new();
    edits.extend(tables.cibles.iter().cloned().map(LayerEdit::Target));
    edits.extend(tables.sans_objet.iter().cloned().map(LayerEdit::Aside));
    edits.extend(
        tables
            .reformulations
            .iter()
            .cloned()
            .map(LayerEdit::Rewording),
    );
    edits.extend(tables.ajouts.iter().cloned().map(LayerEdit::Addition));
    let back = tables.sans_objet.iter().filter_map(|aside| {
        let critere = aside.critere.clone();
        aside.retire.map(|day| LayerEdit::Back { critere, day })
    });
    edits.extend(back);
    let retired = tables.ajouts.iter().filter_map(|added| {
        let element = added.code.clone();
        added.retire.map(|day| LayerEdit::Retired { element, day })
    });
    edits.extend(retired);
    edits
}

/// The day from which a sentence is asked when nobody says: the start of the first campaign that has no answers yet, else
/// today, for the next one.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn next_start(opened: &OpenObservatory) -> Result<Day> {
    let state = opened.store.state()?;
    let mut campaigns: Vec<&Campaign> = opened.observatory.settings.campaigns.iter().collect();
    campaigns.sort_by_key(|c| (c.debut, &c.id));
    let mut next = None;
    // After the last one that has some: those before it that have none are over.
    for campaign in campaigns {
        if !opened.store.live(&state, &campaign.id)?.is_empty() {
            next = None;
        } else if next.is_none() {
            next = Some(campaign.debut);
        }
    }
    Ok(next.unwrap_or_else(today))
}

/// The next free code of a critère and a source, `REL-2-OBS-L1`.
pub(crate) fn next_code(opened: &OpenObservatory, critere: &str, source: &str) -> String {
    let taken = &opened.observatory.local.tables.ajouts;
    let free = (1..).map(|rank: u32| format!("{critere}-{source}-L{rank}"));
    let mut free = free.filter(|code| !taken.iter().any(|a| a.code == *code));
    free.next().unwrap_or_default()
}
