//! Dates and content of another campaign: the wrong `--campagne` would move a figure that nobody would
//! look for.

use std::collections::BTreeSet;

use super::stored_grids::{GridNotes, stored_grids};
use super::{Asking, RailRun, Rails};
use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::text::count;
use crate::intake::observations::{ElementCodes, TypedRecord, UnitKey, corrected_element};
use crate::vocabulary::config::Campaign;

/// Days from a campaign, whose dates are indicative, beyond which a date is that of no late visit: half
/// a year.
const FAR: i32 = 183;

/// Whose a date is, if it is not the campaign's.
#[derive(Clone, Copy)]
enum OtherTime<'a> {
    Of(&'a Campaign),
    Far,
    /// After the day of the import.
    Future,
}

fn is_in(campaign: &Campaign, day: Day) -> bool {
    (campaign.debut..=campaign.fin).contains(&day)
}

impl Rails<'_> {
    pub(super) fn campaigns(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        for file in run.entering() {
            let records = &run.files[file].records;
            if let Some(said) = self.dates(run.about[file].name, records) {
                asking.ask(file, said);
            }
        }
        self.content(run, asking)
    }

    fn other_time(&self, day: Day) -> Option<OtherTime<'_>> {
        if is_in(self.campaign, day) {
            return None;
        }
        if day > self.today {
            return Some(OtherTime::Future);
        }
        let mut others = self.observatory.settings.campaigns.iter();
        let others = others.find(|c| c.id != self.campaign.id && is_in(c, day));
        if let Some(other) = others {
            return Some(OtherTime::Of(other));
        }
        let before = self.campaign.debut.number() - day.number();
        let after = day.number() - self.campaign.fin.number();
        (before.max(after) > FAR).then_some(OtherTime::Far)
    }

    /// A grid or a table is asked about as soon as one of its days is another campaign's.
    fn dates(&self, name: &str, records: &[TypedRecord]) -> Option<Diagnostic> {
        let is_grid =
            |r: &TypedRecord| matches!(r.unit, UnitKey::Visit { .. } | UnitKey::Grid { .. });
        let dated: Vec<(&TypedRecord, Day)> =
            records.iter().filter_map(|r| Some((r, r.day?))).collect();
        // What was found in a campaign is put right after it, in the time of the next one too; not yet to come.
        let is_later = |r: &TypedRecord, day: Day| {
            corrected_element(&r.visit).is_some() && day > self.campaign.fin && day <= self.today
        };
        let odd: Vec<(&TypedRecord, Day, OtherTime)> = (dated.iter())
            .filter(|(r, day)| !is_later(r, *day))
            .filter_map(|(r, day)| {
                // What is put right is so already, whatever the campaign: a promise is no correction.
                let is_promise = corrected_element(&r.visit).is_some() && *day > self.today;
                let time = if is_promise {
                    Some(OtherTime::Future)
                } else {
                    self.other_time(*day)
                };
                Some((*r, *day, time?))
            })
            .collect();
        let first = odd.iter().find(|o| is_grid(o.0));
        let &(record, day, time) = first.or_else(|| odd.first())?;
        let whose = match time {
            OtherTime::Of(other) => format!(
                "de {}, du {} au {}",
                other.id,
                other.debut.short(),
                other.fin.short()
            ),
            OtherTime::Future => "qui n’est pas encore venue".to_owned(),
            OtherTime::Far => format!(
                "à plus de six mois de {}, du {} au {}",
                self.campaign.id,
                self.campaign.debut.short(),
                self.campaign.fin.short()
            ),
        };
        let message = if is_grid(record) {
            format!(
                "la grille de {} est datée du {}, une date {whose} ; l’import est fait pour {}.",
                record.unit.structure(),
                day.short(),
                self.campaign.id
            )
        } else {
            format!(
                "{} sur {} {} d’une autre période ; la première, du {}, est une date {whose}, et l’import est fait pour {}.",
                count(odd.len(), "ligne", "lignes"),
                dated.len(),
                if odd.len() < 2 { "est" } else { "sont" },
                day.short(),
                self.campaign.id
            )
        };
        let said = Diagnostic::new(Code::OtherCampaignDate, record.at.clone(), message);
        let at = Location::file(name);
        let said = Diagnostic {
            at: if is_grid(record) { said.at } else { at },
            ..said
        };
        Some(match time {
            OtherTime::Of(other) => said.with_remedy(format!(
                "Si ces réponses sont de {0}, relancez avec --campagne {0} ; si elles sont bien de {1}, corrigez la date ou ajoutez --confirmer.",
                other.id, self.campaign.id
            )),
            OtherTime::Far => said,
            OtherTime::Future => said.with_remedy(
                "Le jour et le mois sont peut-être inversés : corrigez la date ; si elle est juste, ajoutez --confirmer.",
            ),
        })
    }

    /// The same bytes, or a grid with the same notes, in another campaign.
    fn content(&self, run: &RailRun, asking: &mut Asking) -> Result<()> {
        let elsewhere = |sha: &str| {
            let imports = self.state.imports.iter().filter(|i| i.is_live());
            let others = imports.filter(|i| i.manifest.campaign != self.campaign.id);
            let mut holding = others.filter(|i| {
                let files = i.manifest.files.iter().zip(&i.taken_back);
                let mut own = files.filter(|(_, taken_back)| !**taken_back);
                own.any(|(f, _)| f.sha256 == sha)
            });
            holding
                .next()
                .map(|i| (i.manifest.campaign.clone(), i.label.clone()))
        };
        // A list of the team, or of the families, may well be the same a season later.
        let is_lasting = |file: &usize| {
            let records = &run.files[*file].records;
            records
                .iter()
                .all(|r| matches!(r.unit, UnitKey::Table { .. }))
        };
        let mut left = Vec::new();
        for file in run.entering().filter(|file| !is_lasting(file)) {
            let Some((campaign, label)) = elsewhere(run.about[file].sha256) else {
                left.push(file);
                continue;
            };
            let message = format!(
                "ce même fichier a déjà été importé pour {campaign} (import {label}), et l’import est fait pour {}.",
                self.campaign.id
            );
            let at = Location::file(run.about[file].name);
            asking.ask(
                file,
                Diagnostic::new(Code::OtherCampaignContent, at, message),
            );
        }
        self.same_notes(run, &left, asking)
    }

    fn same_notes(&self, run: &RailRun, files: &[usize], asking: &mut Asking) -> Result<()> {
        let mut live = self.state.imports.iter().filter(|i| i.is_live());
        if live.all(|i| i.manifest.campaign == self.campaign.id) {
            return Ok(());
        }
        let codes = ElementCodes::of(self.observatory.referentiel(self.campaign));
        let grids: Vec<(usize, &TypedRecord, GridNotes)> = (files.iter())
            .flat_map(|f| run.files[*f].records.iter().map(move |r| (*f, r)))
            .filter(|(_, r)| matches!(r.unit, UnitKey::Visit { .. } | UnitKey::Grid { .. }))
            .map(|(f, r)| (f, r, GridNotes::of(r, &codes)))
            .filter(|(_, _, levels)| levels.is_telling())
            .collect();
        if grids.is_empty() {
            return Ok(());
        }
        let structures: BTreeSet<&str> = grids.iter().map(|g| &**g.1.unit.structure()).collect();
        let concerns = |structure: &str| structures.contains(structure);
        for other in &self.observatory.settings.campaigns {
            if other.id == self.campaign.id {
                continue;
            }
            let live = self.store.live(self.state, &other.id)?;
            let stored = stored_grids(self.store, &live, concerns)?;
            for (file, record, levels) in &grids {
                let structure = record.unit.structure();
                let own = stored.get(structure).into_iter().flatten();
                let mut own = own.filter(|s| s.source == record.unit.source());
                let Some(same) = own.find(|s| s.levels == *levels) else {
                    continue;
                };
                let message = format!(
                    "cette grille de {} a exactement les notes de celle de {} (import {}), et l’import est fait pour {}.",
                    structure, other.id, same.import, self.campaign.id
                );
                let said = Diagnostic::new(Code::OtherCampaignContent, record.at.clone(), message);
                asking.ask(*file, said);
            }
        }
        Ok(())
    }
}
