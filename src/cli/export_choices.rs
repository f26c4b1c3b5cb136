//! In which formats `exporter` writes: those of tables, and those of documents for what people read and sign.

use clap::builder::TypedValueParser;

use super::choices::{OptionWord, one_of};
use crate::base::tabular::FileFormat;
use crate::reports::ReportFormat;

/// A format of `exporter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExportFormat {
    /// A table.
    Table(FileFormat),
    /// A document.
    Document(ReportFormat),
}

impl ExportFormat {
    /// What names of files end with.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Table(FileFormat::Csv) => "csv",
            Self::Table(FileFormat::Xlsx) => "xlsx",
            Self::Table(FileFormat::Parquet) => "parquet",
            Self::Table(FileFormat::Json) => "json",
            Self::Document(format) => format.extension(),
        }
    }
}

const EXPORT_FORMATS: &[OptionWord<ExportFormat>] = &[
    OptionWord {
        value: ExportFormat::Table(FileFormat::Csv),
        word: "csv",
        help: "Texte séparé par des virgules, point décimal, UTF-8",
    },
    OptionWord {
        value: ExportFormat::Table(FileFormat::Xlsx),
        word: "xlsx",
        help: "Classeur Excel",
    },
    OptionWord {
        value: ExportFormat::Table(FileFormat::Parquet),
        word: "parquet",
        help: "Pour les outils d’analyse",
    },
    OptionWord {
        value: ExportFormat::Table(FileFormat::Json),
        word: "json",
        help: "Pour un programme",
    },
    OptionWord {
        value: ExportFormat::Document(ReportFormat::Docx),
        word: "docx",
        help: "Word (registre)",
    },
    OptionWord {
        value: ExportFormat::Document(ReportFormat::Pdf),
        word: "pdf",
        help: "À imprimer (registre)",
    },
];

/// Reads a format of `exporter`.
pub(super) fn export_format() -> impl TypedValueParser<Value = ExportFormat> {
    one_of(EXPORT_FORMATS)
}
