//! Workbooks that wait before they enter the plan or the follow-up: dropped, looked at, taken away.

use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::text::{count, hex};
use crate::campaign::OpenObservatory;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;
use crate::pages::reception::{Reception, WaitingFile};
use crate::pages::user_folder::UserFolder;

/// Where workbooks wait, and what they would enter.
pub(super) struct WaitingBooks {
    /// Their page.
    pub(super) here: &'static str,
    /// « plan », « suivi ».
    pub(super) into: &'static str,
    /// « classeur », « classeurs ».
    pub(super) called: [&'static str; 2],
    pub(super) at: fn(&UserFolder, &std::path::Path) -> Result<Reception>,
}

impl WaitingBooks {
    /// Where they wait.
    pub(super) fn reception(&self, asked: &PageAsk, opened: &OpenObservatory) -> Result<Reception> {
        (self.at)(&asked.desk.user, &opened.observatory.root)
    }

    /// Files were dropped: they wait.
    pub(super) fn dropped(&self, asked: &PageAsk) -> Result<PageAnswer> {
        let opened = asked.open()?;
        let [one, many] = self.called;
        if asked.files.is_empty() {
            return Err(Error::Usage(format!(
                "Aucun {one} n’a été déposé : choisissez-en un, puis recommencez."
            )));
        }
        let dropped = self.reception(asked, &opened)?.keep(&asked.files)?;
        let received = [format!("{one} reçu"), format!("{many} reçus")];
        let all = count(dropped.all(), &received[0], &received[1]);
        let into = self.into;
        let said = format!("{all}. Rien n’est encore au {into} : regardez, puis faites entrer.");
        asked.done(self.here, &said)
    }

    /// What was looked at changed meanwhile.
    pub(super) fn stale(&self, asked: &PageAsk) -> Result<PageAnswer> {
        let said = format!(
            "Le {} ou les {} ont changé depuis que vous avez regardé : rien n’est entré. Regardez à nouveau, puis faites entrer.",
            self.into, self.called[1]
        );
        asked.done(self.here, &said)
    }

    /// A file no longer waits.
    pub(super) fn removed(&self, asked: &PageAsk) -> Result<PageAnswer> {
        let opened = asked.open()?;
        let name = self
            .reception(asked, &opened)?
            .remove(asked.field("rang"))?;
        let said =
            format!("« {name} » n’attend plus. Votre fichier, lui, est toujours où il était.");
        asked.done(self.here, &said)
    }
}

/// What was looked at: the files that wait, what was said of them, and the state that they would change.
pub(super) fn seen(version: &str, waiting: &[WaitingFile]) -> String {
    let stamp = |w: &WaitingFile| {
        let size = std::fs::metadata(&w.path).map_or(0, |m| m.len());
        format!("{}:{}:{size}:{:?}", w.rank, w.name, w.said)
    };
    let mut all: Vec<String> = waiting.iter().map(stamp).collect();
    all.push(version.to_owned());
    hex(Sha256::digest(all.join("\n")))
}
