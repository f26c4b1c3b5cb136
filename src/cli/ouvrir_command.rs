//! `ouvrir`: the local page, which does everything without a command.

use std::path::{Path, PathBuf};

use clap::Args;

use super::done::Done;
use super::output::stderr_line;
use crate::base::error::Result;
use crate::web::{LocalPageRequest, serve};

/// `ouvrir`.
#[derive(Args, Default)]
pub(super) struct OuvrirArgs {
    /// Dossier de l’observatoire (par défaut : le dernier ouvert)
    #[arg(value_name = "DOSSIER")]
    pub dir: Option<PathBuf>,
    /// Port où la page répond (par défaut : un port libre)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// N’ouvre pas le navigateur : dit où est la page qui l’ouvre
    #[arg(long)]
    pub sans_navigateur: bool,
}

/// Runs the command; returns once the page is closed.
pub(super) fn run(folder: Option<&Path>, args: &OuvrirArgs) -> Result<Done> {
    let request = LocalPageRequest {
        folder: args.dir.clone().or_else(|| folder.map(Path::to_path_buf)),
        port: args.port,
        browser: !args.sans_navigateur,
    };
    serve(&request, &|line| stderr_line(line))?;
    Ok(Done::default())
}
