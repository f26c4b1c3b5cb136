//! What was imported, kept between commands: one Parquet file per import and a manifest that
//! says what came from where. An import is visible only once the manifest that names it has been
//! renamed into place: a crash leaves the state before or the state after, never a half.

#[expect(dead_code, reason = "the tables of format 2, not yet written")]
mod columns;
mod files;
mod manifest;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use polars::prelude::{
    Column, DataFrame, Expr, IntoLazy, JoinArgs, JoinType, LazyFrame, concat, lit,
};
use polars_io::SerReader as _;
use polars_io::prelude::ParquetReader;

pub use manifest::{Import, ImportedFile, Manifest};

use crate::base::error::{Error, Result};
pub(crate) use crate::base::files::{Lock, create_dir, is_temporary, write_atomic};
use crate::base::table::TableColumn;
use crate::intake::observations::{Observation, ObservationColumn, Observations, RespondentKey};

const MANIFEST: &str = "manifeste.json";
const KEY: &str = "cle-repondants";

/// The store of an observatory folder.
#[derive(Debug)]
pub struct Store {
    dir: PathBuf,
}

/// A file about to enter, with its typed answers.
pub struct Incoming<'a> {
    /// What the manifest keeps of it; rows and units are filled in here.
    pub file: ImportedFile,
    /// Its answers.
    pub observations: Vec<&'a Observation>,
}

/// What became of an import.
pub struct Outcome {
    /// Id given, `I001`.
    pub import: String,
    /// Units that earlier imports held and that this one replaces, as (unit, earlier import).
    pub replaced: Vec<(String, String)>,
}

impl Store {
    /// The store in a folder, which need not exist yet.
    pub fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// The manifest as it stands.
    pub fn manifest(&self) -> Result<Manifest> {
        Manifest::read(&self.dir.join(MANIFEST))
    }

    /// The key of opaque respondents, made at the first use.
    pub fn respondent_key(&self) -> Result<RespondentKey> {
        create_dir(&self.dir)?;
        let path = self.dir.join(KEY);
        let lock = (!path.is_file())
            .then(|| Lock::take(&self.dir))
            .transpose()?;
        // Another process may have made it while this one waited for the lock.
        if lock.is_some() && !path.is_file() {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes)
                .map_err(|e| Error::Store(format!("Le système ne donne pas de hasard ({e}).")))?;
            let text = crate::base::text::hex(&bytes);
            write_atomic(&path, text.as_bytes())?;
        }
        let text = std::fs::read_to_string(&path).map_err(Error::io(&path, "lecture"))?;
        let bytes: Option<Vec<u8>> = (0..32)
            .map(|i| {
                text.get(2 * i..2 * i + 2)
                    .and_then(|h| u8::from_str_radix(h, 16).ok())
            })
            .collect();
        bytes
            .and_then(|b| <[u8; 32]>::try_from(b).ok())
            .map(RespondentKey::new)
            .ok_or_else(|| Error::Store(format!("{} : clé illisible.", path.display())))
    }

    /// Import that still holds the very same bytes for a campaign, if any.
    pub fn already_holds(&self, sha256: &str, campaign: &str) -> Result<Option<String>> {
        Ok(self
            .manifest()?
            .live_file(sha256, campaign)
            .map(|(import, _)| import.id.clone()))
    }

    /// Adds one import. Waits for another process that holds the store.
    pub fn add(&self, date: &str, mut incoming: Vec<Incoming>) -> Result<Outcome> {
        create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let mut manifest = self.manifest()?;
        self.sweep(&manifest)?;
        let id = manifest.next_id();
        let mut rows: Vec<(&str, &Observation)> = Vec::new();
        for one in &mut incoming {
            let units: BTreeSet<String> = one
                .observations
                .iter()
                .map(|o| o.unite.to_string())
                .collect();
            one.file.unites = units.into_iter().collect();
            one.file.lignes = one.observations.len();
        }
        for one in &incoming {
            rows.extend(one.observations.iter().map(|o| (one.file.nom.as_str(), *o)));
        }
        let table = Observations::from_rows(&id, &rows)?;
        files::write_parquet(&self.dir.join(parquet_name(&id)), table.frame())?;
        let replaced = manifest.push(Import {
            id: id.clone(),
            date: date.to_owned(),
            annule: false,
            fichiers: incoming.into_iter().map(|one| one.file).collect(),
        });
        manifest.write(&self.dir.join(MANIFEST))?;
        Ok(Outcome {
            import: id,
            replaced,
        })
    }

    /// Takes an import back, or one of its files; what it had replaced is visible again.
    pub fn undo(&self, id: &str, file: Option<&str>) -> Result<Vec<String>> {
        create_dir(&self.dir)?;
        let _lock = Lock::take(&self.dir)?;
        let mut manifest = self.manifest()?;
        let undone = manifest.undo(id, file)?;
        manifest.write(&self.dir.join(MANIFEST))?;
        Ok(undone)
    }

    /// Every live answer, of one campaign or of all, as a lazy plan over the Parquet files.
    pub fn scan(&self, campaign: Option<&str>) -> Result<LazyFrame> {
        use ObservationColumn as C;
        let manifest = self.manifest()?;
        let mut plans = Vec::new();
        for import in manifest.imports.iter().filter(|i| i.is_live()) {
            let path = self.dir.join(parquet_name(&import.id));
            let plan = scan_one(&path)?;
            let plan = match hidden_units(&manifest, import)? {
                Some(hidden) => without(plan, hidden),
                None => plan,
            };
            plans.push(plan);
        }
        if plans.is_empty() {
            plans.push(Observations::empty().frame().clone().lazy());
        }
        let all = concat(&plans, polars::prelude::UnionArgs::default())?;
        Ok(match campaign {
            Some(id) => all.filter(C::Campagne.expr().eq(lit(id.to_owned()))),
            None => all,
        })
    }

    /// Every live answer, collected and checked, in a canonical order.
    pub fn load(&self, campaign: Option<&str>) -> Result<Observations> {
        use ObservationColumn as C;
        let keys = [
            C::Campagne,
            C::Structure,
            C::Source,
            C::Visite,
            C::Observateur,
            C::Repondant,
            C::Element,
            C::Fichier,
            C::Feuille,
            C::Cellule,
        ];
        let order = polars::prelude::SortMultipleOptions::default().with_maintain_order(true);
        let frame = self
            .scan(campaign)?
            .sort_by_exprs(keys.map(TableColumn::expr), order)
            .collect()?;
        Observations::new(&frame)
    }

    /// Removes what an interrupted import left: Parquet files that no manifest names.
    fn sweep(&self, manifest: &Manifest) -> Result<()> {
        let named: BTreeSet<String> = manifest
            .imports
            .iter()
            .map(|i| parquet_name(&i.id))
            .collect();
        let entries = std::fs::read_dir(&self.dir).map_err(Error::io(&self.dir, "lecture"))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_leftover(&name) && !named.contains(&name) {
                std::fs::remove_file(entry.path())
                    .map_err(Error::io(entry.path(), "suppression"))?;
            }
        }
        Ok(())
    }
}

/// Whether a name is one that only an interrupted import leaves: a file that a person put in the
/// folder is never touched.
fn is_leftover(name: &str) -> bool {
    if is_temporary(name) {
        return true;
    }
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let digits = stem.strip_prefix('I').unwrap_or("");
    let import = digits.len() >= 3 && digits.chars().all(|c| c.is_ascii_digit());
    let own = stem == KEY || name == "manifeste.tmp";
    (import && ["parquet", "tmp"].contains(&extension)) || (own && extension == "tmp")
}

/// A lazy plan over one import.
fn scan_one(path: &Path) -> Result<LazyFrame> {
    let damaged = |e: &dyn std::fmt::Display| {
        Error::Store(format!(
            "{} : le fichier d’un import manque ou est abîmé ({e}). Reprenez cet import avec « annuler », puis réimportez les fichiers.",
            path.display()
        ))
    };
    let file = std::fs::File::open(path).map_err(|e| damaged(&e))?;
    let frame = ParquetReader::new(file).finish().map_err(|e| damaged(&e))?;
    Ok(frame.lazy())
}

/// The units of an import that must not be seen, as a frame to join on; none when all is seen.
fn hidden_units(manifest: &Manifest, import: &Import) -> Result<Option<DataFrame>> {
    use ObservationColumn as C;
    let hidden = manifest.hidden(import);
    if hidden.is_empty() {
        return Ok(None);
    }
    let column = |c: C, get: &dyn Fn(&(&ImportedFile, &str)) -> String| {
        Column::new(c.name().into(), hidden.iter().map(get).collect::<Vec<_>>())
    };
    let columns = vec![
        column(C::Campagne, &|(file, _)| file.campagne.clone()),
        column(C::Fichier, &|(file, _)| file.nom.clone()),
        column(C::Unite, &|(_, unit)| (*unit).to_owned()),
        Column::new(HIDDEN.into(), vec![true; hidden.len()]),
    ];
    Ok(Some(DataFrame::new(hidden.len(), columns)?))
}

const HIDDEN: &str = "masque";

/// A plan without the rows of hidden units. A join, since a filter per unit would not scale.
fn without(plan: LazyFrame, hidden: DataFrame) -> LazyFrame {
    use ObservationColumn as C;
    let keys = [C::Campagne.expr(), C::Fichier.expr(), C::Unite.expr()];
    let seen: Vec<_> = C::ALL.iter().map(|c| c.expr()).collect();
    plan.join(
        hidden.lazy(),
        keys.clone(),
        keys,
        JoinArgs::new(JoinType::Left),
    )
    .filter(marker().is_null())
    .select(seen)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a column that lives within this file"
)]
fn marker() -> Expr {
    polars::prelude::col(HIDDEN)
}

fn parquet_name(id: &str) -> String {
    format!("{id}.parquet")
}

#[cfg(test)]
mod tests {
    use super::is_leftover;

    #[test]
    fn only_what_an_import_leaves_is_swept() {
        for ours in [
            "I002.parquet",
            "I1234.tmp",
            "manifeste.tmp",
            "cle-repondants.tmp",
        ] {
            assert!(is_leftover(ours), "{ours}");
        }
        let theirs = [
            "Indicateurs.parquet",
            "I002.xlsx",
            "manifeste.json",
            "notes.tmp",
            "I.parquet",
            "cle-repondants",
        ];
        for other in theirs {
            assert!(!is_leftover(other), "{other}");
        }
    }
}
