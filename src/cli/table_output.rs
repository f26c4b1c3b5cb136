//! Where a table goes: a file, or stdout.

use std::io::BufWriter;
use std::path::PathBuf;

use clap::Args;

use super::choices::file_format;
use super::done::Done;
use super::row_stream::{RowStream, Rows};
use crate::actions::described_file::describe;
use crate::base::error::{Error, Result};
use crate::base::files::{KeptRefusal, write_through};
use crate::base::tabular::{FileFormat, Heading};
use crate::campaign::OpenObservatory;
use crate::exports::{PeopleBook, PeopleTable};

/// Where a table goes.
#[derive(Args)]
pub(super) struct TableOutput {
    /// Format du tableau
    #[arg(long, value_parser = file_format(), default_value = "csv")]
    pub format: FileFormat,
    /// Fichier à écrire (obligatoire pour xlsx et parquet)
    #[arg(long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,
    /// En CSV, laisse tel quel ce qu’un tableur prendrait pour une formule (=, +, -, @)
    #[arg(long)]
    pub brut: bool,
}

impl TableOutput {
    /// Whether rows may be handed over as they come: no workbook and no columns want all of them at once.
    pub(super) fn streams(&self) -> bool {
        !self.format.needs_file()
    }

    /// Whether what is asked for can go somewhere, before anything is computed.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] for a file that nobody named.
    pub(super) fn has_a_place(&self) -> Result<()> {
        if self.format.needs_file() && self.sortie.is_none() {
            return Err(Error::Usage(
                "Les formats xlsx et parquet demandent --sortie FICHIER.".to_owned(),
            ));
        }
        Ok(())
    }

    /// Writes the rows of a table as they come, or hands them to output; for who asks for `json`, both.
    pub(super) fn deliver_rows(
        &self,
        opened: &OpenObservatory,
        json: bool,
        title: &str,
        (columns, rows): (Vec<Heading>, Rows),
    ) -> Result<Done> {
        let stream = RowStream {
            columns,
            rows,
            format: self.format,
            raw: self.brut,
        };
        let mut done = Done::default();
        if let Some(path) = &self.sortie {
            let destination = opened.destination(path)?;
            write_through(path, |file| {
                let refusal = KeptRefusal::default();
                let written = stream.write(BufWriter::new(refusal.of(file)));
                let count = written.map_err(|e| refusal.told(path, e))?;
                done.summary = format!("{count} lignes écrites dans {}.", destination.told());
                Ok(())
            })?;
            if self.format == FileFormat::Csv {
                let described = describe(opened, path, title, &stream.columns)?;
                done.diagnostics.extend(described);
            }
        }
        done.rows = (json || self.sortie.is_none()).then_some(stream);
        Ok(done)
    }

    /// Writes a table, or hands it to output; a workbook is laid out for people, the table of the contract on its
    /// second sheet.
    pub(super) fn deliver(
        &self,
        opened: &OpenObservatory,
        told: impl Into<PeopleTable>,
    ) -> Result<Done> {
        self.has_a_place()?;
        let told = told.into();
        let bytes = match self.format {
            FileFormat::Xlsx => {
                PeopleBook::of(&opened.observatory).write(std::slice::from_ref(&told))?
            }
            format if self.brut => told.table.write_raw(format)?,
            format => told.table.write(format)?,
        };
        let table = told.table;
        let mut done = Done::default();
        match &self.sortie {
            Some(path) => {
                let file = opened.destination(path)?;
                file.write(&bytes)?;
                done.summary = format!("{} lignes écrites dans {}.", table.rows.len(), file.told());
                if self.format == FileFormat::Csv {
                    let described = describe(opened, path, &table.title, &table.columns)?;
                    done.diagnostics.extend(described);
                }
            }
            None => done.bytes = Some(bytes),
        }
        done.table = Some(table);
        Ok(done)
    }
}
