//! What a page is asked: its address, what was typed, what was dropped, and the folder that is open.
#![expect(
    clippy::unnecessary_wraps,
    clippy::unused_self,
    reason = "pages end by these, all in the same way"
)]

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::Value;

use super::answer::{PageAnswer, PageContent};
use super::desk::Desk;
use super::dropped_file::Upload;
use crate::base::diagnostics::{Diagnostic, Notices};
use crate::base::error::{Error, Result};
use crate::base::text::in_address;
use crate::campaign::{OpenObservatory, today};
use crate::vocabulary::config::{Campaign, Observatory, Territory, campaign_on};

/// Field of every form that writes into the folder.
pub(crate) const FOLDER_MARK: &str = "_dossier";

/// What a page is asked.
pub(crate) struct PageAsk {
    pub(crate) desk: Arc<Desk>,
    /// Parts of the address.
    pub(crate) parts: HashMap<String, String>,
    /// What follows « ? » in it.
    pub(crate) query: Vec<(String, String)>,
    /// What was typed.
    pub(crate) fields: Vec<(String, String)>,
    /// What was dropped.
    pub(crate) files: Vec<Upload>,
    /// What readers of the store noticed meanwhile.
    noticed: Mutex<Vec<Arc<Notices>>>,
    /// What opening the folder notices, on every page alike.
    of_folder: Mutex<BTreeSet<Diagnostic>>,
    /// Whose folder it is, once it was opened.
    territory: OnceLock<Territory>,
}

impl PageAsk {
    pub(crate) fn new(
        desk: Arc<Desk>,
        parts: HashMap<String, String>,
        query: Vec<(String, String)>,
    ) -> Self {
        Self {
            desk,
            parts,
            query,
            fields: Vec::new(),
            files: Vec::new(),
            noticed: Mutex::default(),
            of_folder: Mutex::default(),
            territory: OnceLock::new(),
        }
    }

    /// A part of the address; empty when there is none.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    /// A word after « ? »; empty when there is none.
    pub(crate) fn query(&self, name: &str) -> &str {
        first(&self.query, name)
    }

    /// A field, without the spaces around it; empty when there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        first(&self.fields, name).trim()
    }

    /// A field byte for byte; empty when there is none.
    pub(crate) fn typed(&self, name: &str) -> &str {
        first(&self.fields, name)
    }

    /// All values of a field: boxes that are ticked.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }

    /// A field that must be filled in.
    ///
    /// # Errors
    ///
    /// It is empty.
    pub(crate) fn needed(&self, name: &str, label: &str) -> Result<&str> {
        match self.field(name) {
            "" => Err(Error::Usage(format!(
                "Il manque : {label}. Revenez en arrière, remplissez, recommencez."
            ))),
            text => Ok(text),
        }
    }

    /// The folder that is open.
    ///
    /// # Errors
    ///
    /// None is.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        self.desk.folder().ok_or_else(|| {
            Error::Usage("Aucun dossier n’est ouvert : choisissez-en un, ou créez-le.".to_owned())
        })
    }

    /// The observatory that is open, read anew: the folder is the state.
    ///
    /// # Errors
    ///
    /// As [`OpenObservatory::open`].
    pub(crate) fn open(&self) -> Result<OpenObservatory> {
        let opened = OpenObservatory::open(Some(&self.folder()?))?;
        let mut of_folder = self
            .of_folder
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        of_folder.extend(opened.store.notices().take());
        drop(of_folder);
        let mut noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
        noticed.push(opened.store.notices());
        drop(noticed);
        let territory = &opened.observatory.settings.territory;
        self.territory.get_or_init(|| territory.clone());
        Ok(opened)
    }

    /// Whose folder is open; none when it cannot be read.
    pub(crate) fn territory(&self) -> Option<&Territory> {
        if self.territory.get().is_none() {
            let read = Observatory::open(Some(&self.folder().ok()?)).ok()?;
            self.territory.get_or_init(|| read.settings.territory);
        }
        self.territory.get()
    }

    /// What opening the folder noticed.
    pub(crate) fn of_folder(&self) -> Vec<Diagnostic> {
        let of_folder = self.of_folder.lock();
        let of_folder = of_folder.unwrap_or_else(PoisonError::into_inner);
        of_folder.iter().cloned().collect()
    }

    /// What readers of the store noticed since.
    pub(crate) fn noticed(&self) -> Vec<Diagnostic> {
        let noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
        noticed.iter().flat_map(|n| n.take()).collect()
    }

    /// The campaign that the address or the form names, else the one that today is lived in: the next one, prepared
    /// ahead, must not hide what came into this one.
    ///
    /// # Errors
    ///
    /// One that does not exist; none is described.
    pub(crate) fn campaign<'a>(&self, opened: &'a OpenObservatory) -> Result<&'a Campaign> {
        let named = [self.field("campagne"), self.query("campagne")];
        let settings = &opened.observatory.settings;
        let named = named.into_iter().find(|id| !id.is_empty());
        let lived = campaign_on(&settings.campaigns, today()).filter(|_| named.is_none());
        lived.map_or_else(|| settings.campaign(named), Ok)
    }

    /// A page.
    pub(crate) fn page(
        &self,
        template: &'static str,
        title: impl Into<String>,
        tab: &'static str,
        content: Value,
    ) -> Result<PageAnswer> {
        Ok(PageAnswer::Page(PageContent {
            template,
            title: title.into(),
            tab,
            content,
        }))
    }

    /// Leads to a page that says what was done.
    pub(crate) fn done(&self, address: &str, said: &str) -> Result<PageAnswer> {
        Ok(PageAnswer::See(told(&self.desk, address, said)))
    }

    /// Whether a form was made for the folder that is open.
    pub(crate) fn is_for(&self, folder: &Path) -> bool {
        first(&self.fields, FOLDER_MARK) == self.desk.mark_of(folder)
    }
}

/// An address whose page says what was done; the key's seal keeps anybody else from making it say things,
/// and it is said once.
pub(crate) fn told(desk: &Desk, address: &str, said: &str) -> String {
    let (path, anchor) = address
        .split_once('#')
        .map_or((address, String::new()), |(p, a)| (p, format!("#{a}")));
    let joint = if path.contains('?') { '&' } else { '?' };
    let seal = desk.host.seal(said);
    desk.untold.add(&seal);
    format!(
        "{path}{joint}dit={}&sceau={seal}{anchor}",
        in_address(said, "")
    )
}

fn first<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs
        .iter()
        .find(|(n, _)| n == name)
        .map_or("", |(_, v)| v.as_str())
}
