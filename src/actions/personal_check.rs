//! What the store still holds of persons, import by import, and until when it may.

use super::purger::due_day;
use crate::base::day::{Day, short_day};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::{count, list};
use crate::campaign::OpenObservatory;
use crate::intake::store::PersonalData;
use crate::vocabulary::referentiel::SourceCode;

/// What one import still holds of persons.
pub(crate) struct PersonalLine {
    /// Counted.
    pub held: PersonalData,
    /// Whether the key of its campaign's respondents is there.
    pub key: bool,
    /// First day from which something of it is to be purged; none when nothing is left.
    pub due: Option<Day>,
    /// Sources whose time is over.
    pub overdue: Vec<SourceCode>,
}

/// What was found, and what is to be said of it.
pub(crate) struct PersonalCheck {
    /// Import by import.
    pub lines: Vec<PersonalLine>,
    /// Overdue, unfinished, undescribed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks at a day.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn personal_check(opened: &OpenObservatory, day: Day) -> Result<PersonalCheck> {
    let store = &opened.store;
    let all = store.personal_data()?;
    let mut lines = Vec::new();
    for held in &all {
        let own = all.iter().filter(|h| h.campaign == held.campaign);
        let last = own.map(|h| h.date).fold(held.date, Day::max);
        let mut days = Vec::new();
        let mut overdue = Vec::new();
        for source in &held.sources {
            let due = due_day(opened, &held.campaign, last, *source)?;
            if due <= day {
                overdue.push(*source);
            }
            days.push(due);
        }
        lines.push(PersonalLine {
            key: store.has_key(&held.campaign)?,
            due: days.into_iter().min(),
            held: held.clone(),
            overdue,
        });
    }
    let mut diagnostics = overdue(&lines);
    diagnostics.extend(undescribed(opened, &lines));
    let left = store.leftovers()?;
    if !left.is_empty() {
        let message = format!(
            "{} d’une purge précédente encore sur le disque.",
            count(left.len(), "fichier ou dossier", "fichiers ou dossiers")
        );
        diagnostics.push(Diagnostic::new(
            Code::PurgeUnfinished,
            Location::none(),
            message,
        ));
    }
    Ok(PersonalCheck { lines, diagnostics })
}

/// One alerte per campaign: its imports and sources whose time is over, since when.
fn overdue(lines: &[PersonalLine]) -> Vec<Diagnostic> {
    let late: Vec<&PersonalLine> = lines.iter().filter(|l| !l.overdue.is_empty()).collect();
    let mut campaigns: Vec<&str> = late.iter().map(|l| l.held.campaign.as_str()).collect();
    campaigns.dedup();
    let told = campaigns.into_iter().map(|campaign| {
        let own = || late.iter().filter(|l| l.held.campaign == campaign);
        let mut sources: Vec<SourceCode> = own().flat_map(|l| l.overdue.clone()).collect();
        sources.sort_unstable();
        sources.dedup();
        let sources: Vec<&str> = sources.into_iter().map(SourceCode::as_str).collect();
        let imports: Vec<&str> = own().map(|l| l.held.import.as_str()).collect();
        let due = own().filter_map(|l| l.due).min();
        let message = format!(
            "campagne {campaign} : réponses {} à purger depuis le {} ({}).",
            list(&sources),
            short_day(due),
            list(&imports)
        );
        Diagnostic::new(Code::RetentionOverdue, Location::none(), message)
    });
    told.collect()
}

fn undescribed(opened: &OpenObservatory, lines: &[PersonalLine]) -> Vec<Diagnostic> {
    let settings = &opened.observatory.settings;
    let is_described = |id: &str| settings.campaigns.iter().any(|c| c.id == id);
    let lost = lines.iter().filter(|l| l.held.is_left());
    let mut lost: Vec<&str> = lost
        .map(|l| l.held.campaign.as_str())
        .filter(|id| !is_described(id))
        .collect();
    lost.dedup();
    let told = lost.into_iter().map(|campaign| {
        let own = lines.iter().filter(|l| l.held.campaign == campaign);
        let imports: Vec<&str> = own.map(|l| l.held.import.as_str()).collect();
        let message = format!(
            "campagne {campaign} : n’est plus dans observatoire.toml, et {} de ses réponses.",
            if imports.len() == 1 {
                format!("l’import {} garde", imports[0])
            } else {
                format!("les imports {} gardent", list(&imports))
            }
        );
        Diagnostic::new(Code::CampaignUndescribed, Location::none(), message)
    });
    told.collect()
}
