//! **CTG**: the convention territoriale globale.
//!
//! | page | file |
//! |---|---|
//! | what is missing before the next échéance, registers, indicators, documents | `ctg_home` |
//! | a register: a table, a line of which is edited in place | `ctg_register` |
//! | – a line as fields of a form | `ctg_fields` |
//! | – a line kept, removed, put back; a cell settled | `ctg_row` |
//! | indicators over a period, one explained | `ctg_indicators` |
//! | the workbook down and up | `ctg_workbooks` |
//! | – what a list or a calendar does not say | `ctg_incoming` |
//! | documents written and opened; what each form asks of which action | `ctg_documents`; `ctg_writing` |
//! | – their files, as people call them | `ctg_files` |
//! | what people write in the bilan | `ctg_text_pages` |
//! | what was signed: its blocks, its faults, the file itself | `ctg_signed_page` |
//! | – a block of it as a form: kept, removed | `ctg_signed_block` |
//! | – which convention, where its page is | `ctg_signed_place` |
//! | what is to be typed again in « CTG dans ma poche » | `ctg_pocket` |
//! | exchanges of data | `ctg_exchanges` |

mod ctg_fields;
mod ctg_signed_place;
mod ctg_writing;

pub(crate) mod ctg_documents;
pub(crate) mod ctg_exchanges;
pub(crate) mod ctg_files;
pub(crate) mod ctg_home;
pub(crate) mod ctg_incoming;
pub(crate) mod ctg_indicators;
pub(crate) mod ctg_pocket;
pub(crate) mod ctg_register;
pub(crate) mod ctg_row;
pub(crate) mod ctg_signed_block;
pub(crate) mod ctg_signed_page;
pub(crate) mod ctg_text_pages;
pub(crate) mod ctg_workbooks;

/// Tab of the menu.
const TAB: &str = "CTG";
