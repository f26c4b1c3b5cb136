//! The convention territoriale globale: what was signed, what people type about it, what comes of it
//! (`docs/ctg.md`). Nothing in `figures` knows of it.
//!
//! | question | file |
//! |---|---|
//! | what was signed: fiches, indicators, experiments | `convention_model` |
//! | – the closed words of files and registers | `convention_words` |
//! | – kinds of calculation, what each reads | `calculation_kind` |
//! | how is `ctg/convention.toml` read | `convention_file`; as it is written: `convention_raw` |
//! | – an indicator and its parameters | `convention_indicators` |
//! | – codes and dates that do not hold together | `convention_checks`; told with their places: `convention_problems` |
//! | what stands where there is no such file | `without_file` |
//! | the registers edited on a page | `on_screen` |
//! | the registers and their columns | `register_columns` |
//! | – what a column may hold | `column_kinds` |
//! | – a cell as the journal keeps it | `suivi_field` |
//! | – the registers as known on a day | `registers` |
//! | – what people said, once its time is over | `purged_words` |
//! | the workbook: what it holds, whole or of one fiche | `suivi_book` |
//! | – how it is written | `suivi_workbook`; its layout: `suivi_layout`; « Lisez-moi »: `suivi_help` |
//! | – what is missing, line by line | `to_complete` |
//! | – late, sleeping, followed | `action_standing` |
//! | how is a filled workbook read | `suivi_reading`; which sheet, which column: `suivi_columns`; a cell: `suivi_cells` |
//! | – which line is it, what does it change | `suivi_merge`; meetings named by their title: `meeting_names` |
//! | – a run of `ctg importer` | `suivi_import`; what is asked, what becomes of each file: `suivi_outcome`; responses entered: `survey_import`; pupils of schools: `schools_import` |
//! | files that are no workbook of the follow-up | `incoming/` |
//! | small questionnaires that are about no structure | `surveys/` |
//! | words that a person agreed on once | `remembered_words` |
//! | over what is an indicator computed | `suivi_period` |
//! | what is a computed indicator | `computed_indicator` |
//! | which calculation, what is declared, what is still to come | `indicator_values` |
//! | – what a calculation reads | `calculation` |
//! | – meetings and who came, services once each | `meetings` |
//! | – – services × instances | `attendance_matrix` |
//! | – – counted, present out of invited, kinds of partners | `attendance_calculations` |
//! | – functions | `function_calculations`; who hangs on whom: `function_tree` |
//! | – documents, comptes rendus, proofs | `document_calculations` |
//! | – actions, decisions, costs | `action_calculations` |
//! | – practices | `practice_calculations` |
//! | exchanges of data: the register, what each lacks | `exchanges` (a folder) |
//! | series, communes, access to accueils (T01–T09) | `territory` |
//! | are two codes one? | `same_code` |
//! | the table of indicators | `indicator_table` |
//! | what people write in a bilan, kept as typed | `texts` |
//! | files written by hand, as they were known on a day | `versions` |
//! | what changed since, who is expected at a meeting | `follow_up` |
//!
//! Nothing here reads the clock.

mod action_calculations;
mod action_standing;
mod attendance_calculations;
mod attendance_matrix;
mod calculation;
mod calculation_kind;
mod column_kinds;
mod computed_indicator;
mod convention_checks;
mod convention_file;
mod convention_indicators;
mod convention_model;
mod convention_problems;
mod convention_raw;
mod convention_words;
mod document_calculations;
mod exchanges;

mod follow_up;
mod function_calculations;
mod function_tree;
mod incoming;
mod indicator_table;
mod indicator_values;
mod meeting_names;
mod meetings;
mod on_screen;
mod practice_calculations;
mod purged_words;
mod register_columns;
mod registers;
mod remembered_words;
mod same_code;
mod schools_import;
mod suivi_book;
mod suivi_cells;
mod suivi_columns;
mod suivi_field;
mod suivi_help;
mod suivi_import;
mod suivi_layout;
mod suivi_merge;
mod suivi_outcome;
mod suivi_period;
mod suivi_reading;
mod suivi_workbook;
mod survey_import;
mod surveys;
pub mod territory;
mod texts;
mod to_complete;
mod versions;
mod without_file;

pub(crate) use action_standing::{Sequel, action_status, days_late, is_closed, is_dormant};
pub use attendance_matrix::{AttendingService, Came, attendance_matrix};
pub use calculation::{CalculationInput, ObservatoryFigure};
pub use calculation_kind::CalculationKind;
pub use column_kinds::{ColumnSpec, RegisterHolds, WordList};
pub use computed_indicator::{
    BesideValue, ComputedIndicator, IndicatorStatus, SeenRow, SourceLine,
};
pub(crate) use convention_file::convention_among;
pub use convention_file::{load_convention, parse_convention};
pub(crate) use convention_model::UNNAMED;
pub use convention_model::{
    Amendment, CONVENTION_FILE, CalculationParameters, Convention, ConventionAxis,
    ConventionDeadline, DeclaredIndicator, Sense, SignedFiche, StartingValue, TriedExperiment,
};
pub use convention_words::{
    Appreciation, Attendance, ClosedWord, DeadlineKind, FicheState, FunctionNature, Grain,
    IndicatorNature, OuiNon, PartnerKind, PracticeProof, Rhythm, Speaker, SuiviDocument,
    SuiviStatus, TempsKind, UsualDomain,
};
pub use exchanges::{
    DataExchange, DataNature, DecisionWord, DpoOpinion, DpoWord, EXCHANGES_FILE, ExchangeDecision,
    ExchangeLack, ExchangeOpinion, ExchangeSide, ExchangeStanding, ExchangedData, ExchangedField,
    ExchangedTable, ImpactStudy, OpinionWord, RegisterEntry, Transmission, load_exchanges,
    parse_exchanges, transmissions,
};
pub(crate) use exchanges::{NewExchange, exchanges_among, with_new_exchange};
pub(crate) use follow_up::{PocketLine, PocketMark, PocketSince, attendance_sheet, pocket_changes};
pub(crate) use function_calculations::{FILLED_FUNCTIONS, OF_ACTIONS};
pub use function_tree::{FunctionTree, TreeFunction};
pub use incoming::IncomingChoices;
pub(crate) use indicator_table::{ReadByCommittee, indicator_table, value_words};
pub use indicator_values::compute;
pub(crate) use indicator_values::{STAFFED_TEAMS, compute_with};
pub(crate) use meetings::MeetingTable;
pub(crate) use on_screen::{
    ContestedRowCell, RegisterDesk, RowRemark, ShownRow, TypedRegisterRow, TypedRowOutcome,
    keep_standing_cell, put_row_back, type_row,
};
pub(crate) use purged_words::purge_words;
pub use register_columns::{
    ActionsColumn, DecisionsColumn, DocumentsColumn, FonctionsColumn, ParolesColumn,
    PartenairesColumn, PratiquesColumn, PresencesColumn, Register, RegisterColumn, RelevesColumn,
    SuiviField, TempsColumn,
};
pub use registers::{NewRow, RegisterRow, Registers};
pub(crate) use same_code::same_code;
pub use suivi_book::SuiviBook;
pub(crate) use suivi_field::register_field;
pub use suivi_import::import_suivi;
pub(crate) use suivi_import::kind_of_file;
pub use suivi_outcome::{SuiviFileOutcome, SuiviImport, SuiviIntake};
pub use suivi_period::SuiviPeriod;
pub use suivi_workbook::write_suivi;
pub use surveys::{
    ItemCount, KnownSurveys, Survey, SurveyAnswers, SurveyCount, SurveyItem, load_surveys,
    parse_survey,
};
pub(crate) use surveys::{
    PurgedSurvey, SHIPPED_REVIEW, SHIPPED_SURVEYS, cancel_survey, purge_surveys,
};
pub use texts::{
    BilanText, BilanTextFile, NextChoice, NextStart, NextVerdict, TEXTS_FOLDER, TextFolder,
    TextPart, TextState, lay_starters, next_choices, next_convention, text_places,
};
pub use to_complete::{GapKind, MissingCell};
pub(crate) use versions::{KnownFiles, check_versions, keep_versions};
pub(crate) use without_file::{convention_or_fiches, convention_or_fiches_among};
