//! What every document of the convention asks: who reads, in which formats, as of which day, where.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::choices::{ctg_audience, report_format};
use crate::disclosure::CtgAudience;
use crate::reports::ReportFormat;

/// Arguments of `ctg suivi`, `gouvernance`, `territoire`, `experimentation` and `bilan`.
#[derive(Args)]
pub(super) struct CtgDocumentArgs {
    /// Qui lira
    #[arg(long, value_parser = ctg_audience(), default_value = "copil")]
    pub public: CtgAudience,
    /// Formats, séparés par des virgules
    #[arg(
        long,
        value_parser = report_format(),
        value_name = "html,pdf,xlsx,docx",
        default_value = "html,pdf",
        value_delimiter = ','
    )]
    pub format: Vec<ReportFormat>,
    /// État tel qu’il était connu ce jour-là, AAAA-MM-JJ (par défaut : aujourd’hui ; le dernier jour de la période pour un trimestre
    /// ou une année de gouvernance qui est finie)
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Dossier à écrire (par défaut : celui du document, sous reports/ctg)
    #[arg(long, value_name = "DOSSIER")]
    pub sortie: Option<PathBuf>,
}

impl CtgDocumentArgs {
    /// Formats, each once.
    pub(super) fn formats(&self) -> BTreeSet<ReportFormat> {
        self.format.iter().copied().collect()
    }
}
