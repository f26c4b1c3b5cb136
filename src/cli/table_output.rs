//! Where a table goes: a file, or stdout.

use std::path::PathBuf;

use clap::Args;

use super::choices::file_format;
use super::done::Done;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::tabular::{FileFormat, Table};

/// Where a table goes.
#[derive(Args)]
pub(super) struct TableOutput {
    /// Format du tableau
    #[arg(long, value_parser = file_format(), default_value = "csv")]
    pub format: FileFormat,
    /// Fichier à écrire (obligatoire pour xlsx et parquet)
    #[arg(long, value_name = "F")]
    pub sortie: Option<PathBuf>,
}

impl TableOutput {
    /// Writes a table, or hands it to output.
    pub(super) fn deliver(&self, table: &Table) -> Result<Done> {
        if self.format.needs_file() && self.sortie.is_none() {
            return Err(Error::Usage(
                "Les formats xlsx et parquet demandent --sortie FICHIER.".to_owned(),
            ));
        }
        let bytes = table.write(self.format)?;
        let mut done = Done {
            result: table.json(),
            ..Done::default()
        };
        match &self.sortie {
            Some(path) => {
                write_file(path, &bytes)?;
                done.summary = format!(
                    "{} lignes écrites dans {}.",
                    table.rows.len(),
                    path.display()
                );
            }
            None => done.bytes = Some(bytes),
        }
        Ok(done)
    }
}
