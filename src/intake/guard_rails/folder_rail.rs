//! A folder whose name says something else than what its files hold: « Visite 2 », « 2025 », « Auto-évaluations »,
//! « à ne pas importer », another accueil, another campaign. People sort files that way, and files bear no trace of it.

use std::collections::BTreeSet;

use super::title_lexicon::ASIDE;
use super::title_words::{Contradiction, said, visit_said, words};
use super::{Asking, RailRun, Rails};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::text::fold;
use crate::intake::observations::{TypedRecord, UnitKey};
use crate::vocabulary::referentiel::SourceCode;

impl Rails<'_> {
    pub(super) fn folders(&self, run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            let about = &run.about[file];
            let records = &run.files[file].records;
            let mut folders = about.folders.iter().rev();
            let Some(message) = folders.find_map(|folder| self.said_by_folder(folder, records))
            else {
                continue;
            };
            let said = Diagnostic::new(Code::TitleContradicts, Location::file(about.name), message);
            asking.ask(file, said.with_remedy(
                "Renommez le dossier ou déplacez le fichier s’il est bien à sa place dans cette campagne, ou ajoutez --confirmer ; sinon, retirez-le.",
            ));
        }
    }

    /// What the name of a folder says against what a file in it was read as; the name itself may be a person's.
    fn said_by_folder(&self, folder: &str, records: &[TypedRecord]) -> Option<String> {
        let folded = format!(" {} ", words(folder).join(" "));
        if ASIDE.iter().any(|w| folded.contains(&format!(" {w} "))) {
            return Some("le nom du dossier qui le contient dit qu’il est mis de côté.".to_owned());
        }
        // A folder that is described by a sentence tells what its files are about, not what they are.
        if words(folder).len() > WORDIEST {
            return None;
        }
        let campaigns = self.observatory.settings.campaigns.iter();
        let mut others = campaigns.filter(|c| c.id != self.campaign.id);
        if let Some(other) = others.find(|c| fold(&c.id) == fold(folder)) {
            return Some(format!(
                "il est rangé dans un dossier nommé comme la campagne {}, et serait importé dans {}.",
                other.id, self.campaign.id
            ));
        }
        if let Ok(source) = folder.trim().to_uppercase().parse::<SourceCode>()
            && records.iter().all(|r| r.unit.source() != source)
        {
            return Some(format!(
                "il est rangé dans un dossier {source}, et aucune de ses réponses n’est lue comme {source}."
            ));
        }
        let mut visits = records
            .iter()
            .filter(|r| matches!(r.unit, UnitKey::Visit { .. }));
        let is_observed = visits.clone().next().is_some();
        if let Some(visit) =
            visit_said(folder).filter(|v| is_observed && visits.all(|r| *r.visit != **v))
        {
            return Some(format!(
                "le nom du dossier dit visite {visit}, et la grille est lue comme celle d’une autre visite."
            ));
        }
        self.sorted_elsewhere(folder, records, is_observed)
    }

    fn sorted_elsewhere(
        &self,
        folder: &str,
        records: &[TypedRecord],
        is_observed: bool,
    ) -> Option<String> {
        let years = self.campaign_years();
        let own_view = || {
            // « Auto-évaluations » holds several.
            let each: Vec<String> = (words(folder).iter())
                .map(|w| w.strip_suffix('s').unwrap_or(w).to_owned())
                .collect();
            let found = said(&each.join(" "), !self.source_given, &years);
            let is_own = found == Some(Contradiction::OwnView);
            (is_own && is_observed).then_some(Contradiction::OwnView)
        };
        let structures: BTreeSet<&str> = records.iter().map(|r| &**r.unit.structure()).collect();
        let place = || match structures.iter().collect::<Vec<_>>()[..] {
            [own] => self.other_place(folder, own),
            _ => None,
        };
        let past = || is_of_other_years(folder, &years).then_some(Contradiction::Past);
        // An observatory of examples keeps its files in a folder of examples.
        let is_fictitious = self.observatory.settings.territory.donnees_fictives;
        let by_name = (self.said_by_name(folder))
            .filter(|said| !(is_fictitious && *said == Contradiction::Unreal));
        let what = by_name.or_else(past).or_else(own_view).or_else(place)?;
        let own = structures.iter().next().copied().unwrap_or_default();
        Some(self.said_by("dossier", &what, own))
    }
}

/// Words of a name by which people sort.
const WORDIEST: usize = 3;

/// « Automne 2025 », where the campaign is of another year: a folder of few words sorts by them.
fn is_of_other_years(folder: &str, campaign: &BTreeSet<i32>) -> bool {
    let words = words(folder);
    let years = words.iter().filter_map(|w| w.parse::<i32>().ok());
    let years: Vec<i32> = years.filter(|y| (2000..2100).contains(y)).collect();
    words.len() <= 2 && !years.is_empty() && years.iter().all(|y| !campaign.contains(y))
}
