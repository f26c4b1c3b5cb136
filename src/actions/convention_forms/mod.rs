//! `ctg/convention.toml`, or the one that could come next, changed by forms: block by block, field by field, over the same
//! file. What is not changed keeps its bytes; what is written goes through [`super::ctg_convention::keep_convention`].
//!
//! | question | file |
//! |---|---|
//! | which parts; which fields, in which words | `convention_parts`; `convention_fields` |
//! | what may be chosen | `convention_choices` |
//! | which block is meant, where it stands in the text | `convention_document` |
//! | a value as a form shows it; what was typed, as the file keeps it | `convention_values`; lists: `written_lists` |
//! | the text with a block changed, added, removed | `convention_edits` |
//! | what a page lists; a block as a form | `block_form` |
//! | a block kept or removed, or why not | `block_keeping`; told where it was typed: `block_faults` |
//! | what is held of all that, without a page | `form_tests`, `block_tests` |

mod block_faults;
mod block_form;
mod block_keeping;
#[cfg(test)]
mod block_tests;
mod convention_choices;
mod convention_document;
mod convention_edits;
mod convention_fields;
mod convention_parts;
mod convention_values;
#[cfg(test)]
mod form_tests;
mod written_lists;

pub(crate) use block_faults::{BlockFault, faults_by_block};
pub(crate) use block_form::{
    BlockForm, FormField, SignedBlock, SignedForms, SignedPart, TypedFields, signed_forms,
};
pub(crate) use block_keeping::{BlockOutcome, BlockRequest, keep_block, remove_block};
pub(crate) use convention_fields::FieldHolds;
pub(crate) use convention_parts::ConventionPart;
