//! What most commands need: the observatory opened, its store, figures of a campaign.

use std::path::Path;

use crate::base::diagnostics::Checked;
use crate::base::error::{Error, Result};
use crate::base::tabular::Table;
use crate::base::text::suggest;
use crate::decide::plans::Plans;
use crate::figures::{CampaignFold, Indicators, Scope};
use crate::intake::store::Store;
use crate::vocabulary::config::{Campaign, Observatory, Structure};

use super::Done;
use super::arguments::TableOutput;

/// An observatory and its store.
pub struct Session {
    /// The folder, read.
    pub observatory: Observatory,
    /// What was imported.
    pub store: Store,
    /// Improvement plans.
    pub plans: Plans,
}

impl Session {
    /// Opens the folder given, or the nearest one.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        let observatory = Observatory::open(folder)?;
        let store = Store::open(&observatory)?;
        if let Some(converted) = store.converted() {
            eprintln!("{converted}");
        }
        let plans = Plans::load(&observatory.root, &observatory.settings.campaigns)?;
        Ok(Self {
            observatory,
            store,
            plans,
        })
    }

    /// Scope of a campaign: its référentiel and the structures active in it.
    pub fn scope<'a>(&'a self, campaign: &'a Campaign) -> Scope<'a> {
        let active = self.observatory.registry.all().iter();
        let structures: Vec<&Structure> = active
            .filter(|s| s.active(&campaign.debut, &campaign.fin))
            .collect();
        let codes = structures.iter().map(|s| s.code.as_str());
        Scope {
            follow_ups: self.plans.follow_ups(&campaign.fin, codes),
            campaign,
            referentiel: self.observatory.referentiel(campaign),
            structures,
            regulation: &self.observatory.regulation,
        }
    }

    /// A structure of the registry.
    ///
    /// # Errors
    ///
    /// An unknown code, with the nearest ones.
    pub fn structure(&self, code: &str) -> Result<&Structure> {
        let registry = &self.observatory.registry;
        registry.get(code).ok_or_else(|| {
            let codes = registry.all().iter().map(|s| s.code.as_str());
            let hint = suggest(code, codes).question();
            Error::Usage(format!(
                "« {code} » n’est pas au registre des structures.{hint}"
            ))
        })
    }

    /// Figures of a campaign.
    pub fn indicators(&self, campaign: &Campaign) -> Result<Checked<Indicators>> {
        let scope = self.scope(campaign);
        Ok(self.fold(campaign)?.computation(&scope)?.indicators())
    }

    /// A campaign, folded.
    pub fn fold<'a>(&'a self, campaign: &Campaign) -> Result<CampaignFold<'a>> {
        let referentiel = self.observatory.referentiel(campaign);
        CampaignFold::open(&self.store, &campaign.id, referentiel)
    }
}

/// A day that the user wrote, as ISO.
///
/// # Errors
///
/// Anything but AAAA-MM-JJ.
pub fn iso_day(written: &str) -> Result<String> {
    let day = written.parse::<jiff::civil::Date>();
    day.map(|d| d.to_string()).map_err(|_| {
        Error::Usage(format!(
            "« {written} » n’est pas une date ; écrivez AAAA-MM-JJ."
        ))
    })
}

/// A table to a file or to stdout.
pub fn deliver(table: &Table, output: &TableOutput) -> Result<Done> {
    if output.format.needs_file() && output.sortie.is_none() {
        return Err(Error::Usage(
            "Les formats xlsx et parquet demandent --sortie FICHIER.".to_owned(),
        ));
    }
    let bytes = table.write(output.format)?;
    let mut done = Done {
        result: table.json(),
        ..Done::default()
    };
    match &output.sortie {
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

/// Writes a file through a temporary one, so that nobody opens half of it.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let dir = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(dir).map_err(Error::io(dir, "création du dossier"))?;
    let mut file = shared()
        .tempfile_in(dir)
        .map_err(Error::io(dir, "écriture"))?;
    std::io::Write::write_all(&mut file, bytes).map_err(Error::io(path, "écriture"))?;
    file.persist(path)
        .map_err(|e| Error::io(path, "écriture")(e.error))?;
    Ok(())
}

/// Temporary files are private; once in place a report must open for whoever the folder opens for.
fn shared() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(
        not(unix),
        expect(unused_mut, reason = "rights are inherited on Windows")
    )]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
