//! `indicateurs`: the analyst's table, complete, not for publication.

use std::fs::File;
use std::path::Path;

use super::Done;
use super::arguments::TableArgs;
use super::session::{Session, deliver, not_added, write_through};
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::Result;
use crate::base::tabular::FileFormat;
use crate::exports::{self, IndicatorWriter, stream_indicators};
use crate::figures::Computation;

/// Runs the command; rows are handed over one by one where nobody asked for all of them at once.
pub fn run(folder: Option<&Path>, args: &TableArgs, json: bool) -> Result<Done> {
    let session = Session::over(folder, &args.agregats)?;
    let campaign = session.observatory.campaign(args.campagne.as_deref())?;
    let scope = session.scope(campaign);
    let fold = session.fold(campaign)?;
    let computation = fold.computation(&scope)?;
    let mut done = match (args.table.format, &args.table.sortie) {
        (format @ (FileFormat::Csv | FileFormat::Parquet), Some(path)) if !json => {
            to_file(&computation, format, path)?
        }
        (FileFormat::Csv, None) if !json => to_stdout(&computation)?,
        _ => {
            let checked = computation.indicators();
            let table = exports::indicators(std::slice::from_ref(&checked.value));
            let mut done = deliver(&table, &args.table)?;
            done.diagnostics = checked.diagnostics;
            done
        }
    };
    let warning = "ce tableau est complet : il n’est pas destiné à la diffusion.";
    let warning = Diagnostic::new(Code::NotForPublication, Location::none(), warning);
    done.diagnostics.insert(0, warning);
    done.diagnostics.extend(not_added(&fold));
    Ok(done)
}

fn to_file(computation: &Computation, format: FileFormat, path: &Path) -> Result<Done> {
    let mut done = Done::default();
    write_through(path, |file: &mut File| {
        let writer = match format {
            FileFormat::Parquet => IndicatorWriter::parquet(file)?,
            _ => IndicatorWriter::csv(file)?,
        };
        let streamed = stream_indicators(computation, writer)?;
        done.summary = format!("{} lignes écrites dans {}.", streamed.rows, path.display());
        done.diagnostics = streamed.diagnostics;
        Ok(())
    })?;
    Ok(done)
}

fn to_stdout(computation: &Computation) -> Result<Done> {
    let mut bytes = Vec::new();
    let streamed = stream_indicators(computation, IndicatorWriter::csv(&mut bytes)?)?;
    Ok(Done {
        diagnostics: streamed.diagnostics,
        bytes: Some(bytes),
        ..Done::default()
    })
}
