//! What a person is asked before anything is written: files that may enter, and that were probably not
//! meant so. On a terminal the question is put; a script says `--confirmer`; otherwise they stay out.
//!
//! | question | file |
//! |---|---|
//! | dates, or content, of another campaign? | `campaign_rail` |
//! | grids of one visit on several days, a grid corrected into a second one? | `visit_rail`; what the store holds: `stored_grids` |
//! | a visit without a day, numbered by a word, or by its title otherwise? | `visit_words_rail` |
//! | a day of sessions corrected into a second one, or gone from the file that brought it; a session on two lines? | `session_rail` |
//! | a file that comes back under its name, corrected into another accueil or observer? | `same_file_rail` |
//! | what would no longer be seen, replaced by what comes; what changes, old and new | `loss_rail`; posts, denominators: `table_loss_rail` |
//! | the same responses under another name, on a copied sheet, pasted twice? | `lot_rail`; responses compared: `response_lots` |
//! | a day when the accueil is closed? | `closed_day_rail` |
//! | the name of a file that says something else; that of its folder | `file_name_rail`; `folder_rail` |
//! | the notes of another accueil, one by one? | `twin_rail`; those of the interview's other coder: `second_coder_rail` |
//! | two sessions that meet, a length that its plage denies, a week as a session? | `moment_rail` |
//! | numbers of activity that nobody meant: columns that changed places, sums? | `count_rail`; sessions of another place or period: `session_odds`; posts and denominators: `table_line_rail`, `post_roles` |
//! | a correction without proof? | `correction_rail` |
//! | a title that says something else: an example, what is aimed at, another accueil or day? | `title_rail`, by its words: `title_words`, listed in `title_lexicon`, and accueils that they name: `place_words`; over a table of activity: `table_title_rail`, `table_title_words` |

mod campaign_rail;
mod closed_day_rail;
mod correction_rail;
mod count_rail;
mod file_name_rail;
mod folder_rail;
mod loss_rail;
mod lot_rail;
mod moment_rail;
mod place_words;
mod post_roles;
pub(super) mod response_lots;
mod same_file_rail;
mod second_coder_rail;
mod session_odds;
mod session_rail;
mod stored_grids;
mod table_line_rail;
mod table_loss_rail;
mod table_title_rail;
mod table_title_words;
mod title_lexicon;
mod title_rail;
mod title_words;
mod twin_rail;
mod visit_rail;
mod visit_words_rail;

pub(super) use place_words::PlaceWords;

use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location, has_errors};
use crate::base::error::Result;
use crate::intake::observations::FileObservations;
use crate::intake::store::{LiveImport, Store, StoreState};
use crate::vocabulary::config::{Campaign, Observatory};

/// Who answers.
#[derive(Clone, Copy, Default)]
pub enum WhoConfirms<'a> {
    /// Nobody: what is asked stays out.
    #[default]
    Nobody,
    /// A person has said yes beforehand.
    Given,
    /// Whoever sits there is shown the questions.
    Asked(&'a (dyn Fn(&[Diagnostic]) -> bool + Sync)),
}

/// A file of the run.
pub(super) struct RailFile<'a> {
    pub(super) name: &'a str,
    pub(super) sha256: &'a str,
    /// Names of the folders that hold it, the nearest last.
    pub(super) folders: Vec<String>,
}

/// What rails look at.
pub(super) struct Rails<'a> {
    pub(super) observatory: &'a Observatory,
    pub(super) campaign: &'a Campaign,
    pub(super) state: &'a StoreState,
    /// What is in place of the campaign.
    pub(super) live: Vec<LiveImport<'a>>,
    pub(super) store: &'a Store,
    /// Day of the import.
    pub(super) today: Day,
    /// How titles name accueils.
    pub(super) places: PlaceWords,
    /// Whether the person said whose the files are.
    pub(super) source_given: bool,
}

/// A question about a file.
pub(super) struct RailQuestion {
    /// Position of the file in the run.
    file: usize,
    diagnostic: Diagnostic,
}

/// What else a confirmation does: a grid becomes that of another visit.
pub(super) struct Renumbering {
    file: usize,
    record: usize,
    visit: String,
}

/// What is to be asked of a run.
#[derive(Default)]
pub(super) struct Asking {
    questions: Vec<RailQuestion>,
    /// What is only said.
    told: Vec<RailQuestion>,
    /// Once confirmed.
    renumbered: Vec<Renumbering>,
    /// Grids that come back under the number that their day was given.
    known: Vec<Renumbering>,
}

impl Asking {
    fn tell(&mut self, file: usize, diagnostic: Diagnostic) {
        self.told.push(RailQuestion { file, diagnostic });
    }

    fn ask(&mut self, file: usize, diagnostic: Diagnostic) {
        self.questions.push(RailQuestion { file, diagnostic });
    }
}

/// Holds a run to its rails: what nobody confirms is refused, file by file. `diagnostics` and `about` are
/// parallel to `files`.
///
/// # Errors
///
/// A store that cannot be read.
pub(super) fn hold(
    rails: &Rails,
    confirmation: WhoConfirms,
    about: &[RailFile],
    files: &mut [FileObservations],
    diagnostics: &mut [Vec<Diagnostic>],
) -> Result<()> {
    let enters: Vec<bool> = (files.iter().zip(diagnostics.iter()))
        .map(|(file, said)| !has_errors(said) && !file.records.is_empty())
        .collect();
    let run = RailRun {
        about,
        files,
        enters: &enters,
    };
    let mut asking = Asking::default();
    rails.registries(&run, &mut asking);
    Rails::doubts(&run, &mut asking);
    rails.campaigns(&run, &mut asking)?;
    rails.visits(&run, &mut asking)?;
    Rails::visit_words(&run, &mut asking);
    rails.same_files(&run, &mut asking)?;
    rails.sessions(&run, &mut asking)?;
    Rails::sessions_twice(&run, &mut asking);
    rails.closed_days(&run, &mut asking);
    rails.moments(&run, &mut asking);
    rails.counts(&run, &mut asking);
    Rails::corrections(&run, &mut asking);
    rails.titles(&run, &mut asking);
    rails.file_names(&run, &mut asking);
    rails.folders(&run, &mut asking);
    rails.table_titles(&run, &mut asking);
    rails.table_names(&run, &mut asking);
    rails.losses(&run, &mut asking)?;
    rails.lots(&run, &mut asking)?;
    rails.twins(&run, &mut asking)?;
    rails.second_coders(&run, &mut asking)?;
    for told in std::mem::take(&mut asking.told) {
        diagnostics[told.file].push(told.diagnostic);
    }
    for again in &asking.known {
        diagnostics[again.file].push(renumber(files, again));
    }
    if asking.questions.is_empty() {
        return Ok(());
    }
    let is_confirmed = match confirmation {
        WhoConfirms::Nobody => false,
        WhoConfirms::Given => true,
        WhoConfirms::Asked(ask) => {
            let shown = asking.questions.iter().map(|q| q.diagnostic.clone());
            ask(&shown.collect::<Vec<Diagnostic>>())
        }
    };
    if is_confirmed {
        for question in asking.questions {
            let said = question.diagnostic;
            let message = said.message.clone();
            let told = Diagnostic::new(Code::Confirmed, said.at, message);
            diagnostics[question.file].push(told);
        }
        for visit in &asking.renumbered {
            diagnostics[visit.file].push(renumber(files, visit));
        }
        return Ok(());
    }
    for question in asking.questions {
        let file = &mut files[question.file];
        let held = std::mem::take(&mut file.records);
        file.held.extend(held);
        diagnostics[question.file].push(question.diagnostic);
    }
    Ok(())
}

/// Gives a grid the number of its visit.
fn renumber(files: &mut [FileObservations], to: &Renumbering) -> Diagnostic {
    let record = &mut files[to.file].records[to.record];
    let message = format!(
        "la grille de {}, {}, compte comme celle de la visite {}.",
        record.unit.structure(),
        record
            .day
            .map_or_else(String::new, |d| format!("du {}", d.short())),
        to.visit
    );
    record.become_visit(&to.visit);
    Diagnostic::new(Code::VisitNumbered, record.at.clone(), message)
}

/// The files of a run, read.
struct RailRun<'a> {
    about: &'a [RailFile<'a>],
    files: &'a [FileObservations],
    enters: &'a [bool],
}

impl RailRun<'_> {
    /// Those that would enter, by position.
    fn entering(&self) -> impl Iterator<Item = usize> {
        (0..self.files.len()).filter(|f| self.enters[*f])
    }
}

impl Rails<'_> {
    /// What the reading of a file asks by itself.
    fn doubts(run: &RailRun, asking: &mut Asking) {
        for file in run.entering() {
            for doubt in &run.files[file].doubts {
                asking.ask(file, doubt.clone());
            }
        }
    }

    /// Two registries that differ: nobody knows which one is filled in.
    fn registries(&self, run: &RailRun, asking: &mut Asking) {
        let remarks = self.observatory.registry_remarks.iter();
        let Some(twice) = remarks.into_iter().find(|d| d.code == Code::RegistryTwice) else {
            return;
        };
        for file in run.entering() {
            let at = Location::file(run.about[file].name);
            asking.ask(
                file,
                Diagnostic::new(Code::RegistryTwice, at, twice.message.clone()),
            );
        }
    }
}
