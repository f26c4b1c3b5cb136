//! The parts of a package: what is not changed is copied as it is packed, byte for byte.

use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::cell_marks::{INCOHERENT, Unmarkable};

/// A package, and what is changed in it.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Name of a part, without case nor backslash → its rank.
    ranks: HashMap<String, usize>,
    changed: BTreeMap<usize, String>,
    added: BTreeMap<String, String>,
}

/// What a part that is read here may inflate to; the reader of the workbook bounds it before.
const MAX_READ: u64 = 512 << 20;

fn key(path: &str) -> String {
    path.trim_start_matches(['/', '\\'])
        .replace('\\', "/")
        .to_lowercase()
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Unmarkable> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Unmarkable("ce n’est pas un classeur .xlsx"))?;
        let mut ranks = HashMap::new();
        for rank in 0..archive.len() {
            let part = archive.by_index_raw(rank).map_err(|_| INCOHERENT)?;
            let name = part.name().map_err(|_| INCOHERENT)?;
            ranks.insert(key(&name), rank);
        }
        Ok(Self {
            archive,
            ranks,
            changed: BTreeMap::new(),
            added: BTreeMap::new(),
        })
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.ranks.contains_key(&key(path)) || self.added.contains_key(path)
    }

    /// A part as it stands now; none where there is none.
    pub(super) fn text(&mut self, path: &str) -> Result<Option<String>, Unmarkable> {
        if let Some(added) = self.added.get(path) {
            return Ok(Some(added.clone()));
        }
        let Some(rank) = self.ranks.get(&key(path)).copied() else {
            return Ok(None);
        };
        if let Some(changed) = self.changed.get(&rank) {
            return Ok(Some(changed.clone()));
        }
        let part = self.archive.by_index(rank).map_err(|_| INCOHERENT)?;
        let mut bytes = Vec::new();
        let read = part.take(MAX_READ).read_to_end(&mut bytes);
        read.map_err(|_| INCOHERENT)?;
        let other = "il est écrit dans un encodage peu courant (UTF-16)";
        Ok(Some(
            String::from_utf8(bytes).map_err(|_| Unmarkable(other))?,
        ))
    }

    /// Changes a part, or adds it.
    pub(super) fn put(&mut self, path: &str, text: String) {
        match self.ranks.get(&key(path)) {
            Some(rank) => {
                self.changed.insert(*rank, text);
            }
            None => {
                self.added.insert(path.to_owned(), text);
            }
        }
    }

    /// A name that no part bears: `xl/comments3.xml`.
    pub(super) fn fresh(&self, stem: &str, extension: &str) -> String {
        let mut names = (1_u32..).map(|n| format!("{stem}{n}.{extension}"));
        let free = names.find(|name| !self.has(name));
        free.unwrap_or_default()
    }

    /// The package, packed again in its order, what is new at its end.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Unmarkable> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default();
        for rank in 0..self.archive.len() {
            let part = self.archive.by_index_raw(rank).map_err(|_| INCOHERENT)?;
            let Some(text) = self.changed.get(&rank) else {
                writer.raw_copy_file(part).map_err(|_| INCOHERENT)?;
                continue;
            };
            let name = part.name().map_err(|_| INCOHERENT)?.into_owned();
            let options = match part.last_modified() {
                Some(then) => options.last_modified_time(then),
                None => options,
            };
            writer.start_file(name, options).map_err(|_| INCOHERENT)?;
            let written = writer.write_all(text.as_bytes());
            written.map_err(|_| INCOHERENT)?;
        }
        for (name, text) in &self.added {
            writer
                .start_file(name.as_str(), options)
                .map_err(|_| INCOHERENT)?;
            let written = writer.write_all(text.as_bytes());
            written.map_err(|_| INCOHERENT)?;
        }
        let packed = writer.finish().map_err(|_| INCOHERENT)?;
        Ok(packed.into_inner())
    }
}
