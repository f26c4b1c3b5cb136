//! A territory's own layer over the référentiels that are shipped: `grids/local.toml`. Targets with the day they were
//! decided, critères that do not apply here, éléments said otherwise or added. Read over the référentiel of each campaign,
//! whichever its version; what holds of it depends on the days of the campaign alone.
//!
//! | question | file |
//! |---|---|
//! | the file: where it is, how an editor may have saved it; an empty one | `layer_file` |
//! | what is refused, with file, line and key | `layer_checks` |
//! | – sentences and codes of éléments | `sentence_checks` |
//! | – where an entry or a key stands in the file | `entry_places` |
//! | what of it holds in a campaign, put over its référentiel | `in_force` |
//! | a change written into the file, comments kept | `layer_edits` |
//!
//! The tables themselves: `referentiel::local_tables`; what they make of a référentiel: `load::layered`.

mod entry_places;
mod in_force;
mod layer_checks;
mod layer_edits;
mod layer_file;
mod sentence_checks;

pub(crate) use super::local_tables::{
    AdditionEntry, AsideEntry, LocalTables, RewordingEntry, TargetEntry,
};
pub(crate) use in_force::CampaignWindow;
pub(crate) use layer_edits::{BLANK_LAYER, LayerEdit, edited};
pub(crate) use layer_file::{LOCAL_FILE, LocalLayer};
pub(crate) use sentence_checks::kept_as_is;
