//! Format 1 → format 2, when a store is opened. Everything of format 2 is written beside; the mark that
//! says the format is replaced last, at once: a crash before leaves format 1 as it was, a crash after
//! leaves only files to put aside. What format 1 held is kept in `format1/`: a person deletes it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::format1::{FORMAT_1, Import1, Manifest1, is_parquet_name};
use super::import_tables::ImportTables;
use super::import_writer::{self, FORMAT_FILE, WrittenTables, format_of, mark_format};
use super::kept_referentiels::KeptReferentiels;
use super::manifest::{ActionManifest, ImportManifest, ImportedFile, StoreAction, TakenBack};
use crate::base::error::{Error, Result};
use crate::base::files::{Lock, content_name, create_dir};
use crate::base::table::TableColumn;
use crate::base::text::count;
use crate::intake::observations::{
    CONSENT, ElementCodes, LongFile, OPEN_ANSWER, OWN_QUESTION, ObservationColumn, Observations,
    REMARKABLE, TypedRecord, typed_files,
};
use crate::vocabulary::config::Observatory;

/// Folder of what format 1 held.
pub(super) const KEPT: &str = "format1";

/// Converts a store of format 1; returns what to tell, nothing when there was nothing to convert.
///
/// # Errors
///
/// A store that cannot be read or written: it is left as it was.
pub(super) fn run(
    dir: &Path,
    referentiels: &KeptReferentiels,
    observatory: &Observatory,
) -> Result<Option<String>> {
    // What cannot be read is said by whoever reads answers: other commands have no use for them.
    if format_of(dir).ok().flatten() != Some(FORMAT_1) {
        if dir.join(KEPT).is_dir() && !leftovers(dir)?.is_empty() {
            let _lock = Lock::take(dir)?;
            put_aside(dir)?;
        }
        return Ok(None);
    }
    let _lock = Lock::take(dir)?;
    // Another process may have converted it while this one waited for the lock.
    if format_of(dir)? != Some(FORMAT_1) {
        return Ok(None);
    }
    let old = Manifest1::read(dir)?;
    let conversion = StoreConversion {
        dir,
        referentiels,
        observatory,
    };
    let brought: Vec<ImportManifest> = old
        .imports
        .iter()
        .map(|import| conversion.import(import))
        .collect::<Result<_>>()?;
    conversion.manifests(&old, brought)?;
    let kept = dir.join(KEPT);
    let marks = (dir.join(FORMAT_FILE), kept.join(FORMAT_FILE));
    fs::copy(&marks.0, &marks.1).map_err(Error::io(&marks.1, "écriture"))?;
    mark_format(dir)?;
    put_aside(dir)?;
    Ok(Some(format!(
        "La base importée a été convertie au format 2 ({}) ; l’ancienne est gardée dans {}.",
        count(old.imports.len(), "import", "imports"),
        kept.display()
    )))
}

/// Parquet files of format 1 that still stand in the store's folder.
fn leftovers(dir: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(dir).map_err(Error::io(dir, "lecture"))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Error::io(dir, "lecture"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_parquet_name(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

fn put_aside(dir: &Path) -> Result<()> {
    let kept = dir.join(KEPT);
    for name in leftovers(dir)? {
        let from = dir.join(&name);
        fs::rename(&from, kept.join(&name)).map_err(Error::io(&from, "déplacement"))?;
    }
    Ok(())
}

/// What converting needs.
struct StoreConversion<'a> {
    dir: &'a Path,
    referentiels: &'a KeptReferentiels,
    observatory: &'a Observatory,
}

impl StoreConversion<'_> {
    /// The tables of an import, written; what its manifest will say.
    fn import(&self, import: &Import1) -> Result<ImportManifest> {
        // A file that is missing or damaged stays so until the import is taken back: its label is not
        // given again, and reading it says what it said.
        let (written, rows) = match import.table(self.dir) {
            None => (self.lost(import), None),
            Some(table) => {
                let (written, rows) = self.tables(import, &table)?;
                (written, Some(rows))
            }
        };
        let first = import.files.first();
        let files = import
            .files
            .iter()
            .enumerate()
            .map(|(f, file)| ImportedFile {
                name: file.name.clone(),
                sha256: file.sha256.clone(),
                tool: file.tool.clone(),
                mapping: file.mapping.clone(),
                wordings: None,
                questions: BTreeMap::new(),
                rows: rows
                    .as_ref()
                    .and_then(|r| r.get(f).copied())
                    .unwrap_or(file.rows),
                cells: Vec::new(),
                corrected: Vec::new(),
                diagnostics: file.diagnostics.clone(),
            });
        Ok(ImportManifest {
            label: import.label.clone(),
            campaign: first.map(|f| f.campaign.clone()).unwrap_or_default(),
            version: first.map(|f| f.version.clone()).unwrap_or_default(),
            referentiel: first.map(|f| f.referentiel.clone()).unwrap_or_default(),
            files: files.collect(),
            content: written.content,
            tables: written.tables,
            replaces: Vec::new(),
        })
    }

    fn lost(&self, import: &Import1) -> WrittenTables {
        let what = format!("{} {} {}", self.dir.display(), import.label, import.date);
        WrittenTables {
            content: content_name(what.as_bytes()),
            tables: std::collections::BTreeMap::new(),
        }
    }

    /// The tables written, and the rows of each file.
    fn tables(
        &self,
        import: &Import1,
        table: &Observations,
    ) -> Result<(WrittenTables, Vec<usize>)> {
        let one = |get: fn(&super::format1::File1) -> &str| {
            let first = import.files.first().map(get).unwrap_or_default();
            let same = import.files.iter().all(|f| get(f) == first);
            same.then_some(first).ok_or_else(|| self.refused(import))
        };
        let (campaign, hash) = (one(|f| &f.campaign)?, one(|f| &f.referentiel)?);
        let codes = self.codes(hash, one(|f| &f.version)?, table)?;
        let files: Vec<LongFile> = import
            .files
            .iter()
            .map(|f| LongFile {
                name: f.name.clone(),
                units: f.units.clone(),
            })
            .collect();
        let typed = typed_files(table, &files, &codes)?;
        let records: Vec<Vec<&TypedRecord>> =
            typed.iter().map(|f| f.records.iter().collect()).collect();
        let rows: Vec<usize> = (records.iter())
            .map(|file| file.iter().map(|r| r.rows()).sum())
            .collect();
        if rows.len() != import.files.len() || rows.iter().sum::<usize>() != table.len() {
            return Err(self.refused(import));
        }
        let tables = ImportTables::of(campaign, &records)?;
        let written = import_writer::write(&self.dir.join("imports"), |w| w.push(&tables))?;
        Ok((written, rows))
    }

    fn refused(&self, import: &Import1) -> Error {
        Error::Store(format!(
            "{} : l’import {} ne correspond pas à son manifeste ; la base reste au format 1. Reprenez-le avec la version du programme qui l’a écrit (« annuler {} »).",
            self.dir.display(),
            import.label,
            import.label
        ))
    }

    /// Éléments of the référentiel that an import was read with. Where its text is lost, the codes that
    /// are met follow those of the same version.
    fn codes(&self, hash: &str, version: &str, table: &Observations) -> Result<ElementCodes> {
        let open = self.observatory.referentiels.values();
        if let Some(same) = open.clone().find(|r| r.hash == hash) {
            self.referentiels.keep(same)?;
            return Ok(ElementCodes::of(same));
        }
        let near = open.filter(|r| r.version == version);
        let near = near.flat_map(|r| r.elements.iter().map(|e| e.code.clone()));
        let first: Vec<String> = match self.referentiels.codes(hash) {
            Ok(kept) => kept.all().to_vec(),
            Err(_) => near.collect(),
        };
        let codes: ElementCodes = first.into_iter().chain(answered(table)?).collect();
        self.referentiels.keep_codes(hash, &codes)?;
        Ok(codes)
    }

    /// All manifests, one after the other: the imports, then what was taken back. What an interrupted
    /// conversion left is put aside first.
    fn manifests(&self, old: &Manifest1, brought: Vec<ImportManifest>) -> Result<()> {
        let (dir, kept) = (self.dir.join("manifestes"), self.dir.join(KEPT));
        create_dir(&kept)?;
        if dir.is_dir() {
            let mut mark = [0_u8; 8];
            getrandom::fill(&mut mark)
                .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
            let aside = kept.join(format!("reste-{}", crate::base::text::hex(mark)));
            fs::rename(&dir, &aside).map_err(Error::io(&dir, "déplacement"))?;
        }
        let mut seen: Vec<String> = Vec::new();
        let mut taken = Vec::new();
        for (import, brought) in old.imports.iter().zip(brought) {
            let action = StoreAction::Import(brought);
            let name = ActionManifest::new(import.date, seen, action).write(&dir)?;
            let files = import.files_taken_back();
            if !files.is_empty() {
                let back = TakenBack {
                    import: name.clone(),
                    files,
                };
                taken.push((import.date, back));
            }
            seen = vec![name];
        }
        for (date, back) in taken {
            let action = StoreAction::Annulation(back);
            seen = vec![ActionManifest::new(date, seen, action).write(&dir)?];
        }
        Ok(())
    }
}

/// Codes of the éléments that a long table answers.
fn answered(table: &Observations) -> Result<Vec<String>> {
    use ObservationColumn as C;
    let elements = table.frame().column(C::Element.name())?.str()?;
    let sources = table.frame().column(C::Source.name())?.str()?;
    let rows = elements.iter().zip(sources.iter());
    let codes = rows.filter_map(|(element, source)| {
        let code =
            element.filter(|e| ![OPEN_ANSWER, OWN_QUESTION, REMARKABLE, CONSENT].contains(e))?;
        (source != Some("DON")).then(|| code.to_owned())
    });
    Ok(codes.collect())
}
