//! Cleared figures → pages. Nothing is computed here and nothing uncleared can be shown: content
//! is built from `disclosure`'s types, rounded and worded once, then laid out by templates.

mod elus;
mod equipe;
mod figure;
mod html;
mod model;
mod sentences;
mod templates;

pub use elus::build as build_elus;
pub use equipe::build as build_equipe;
pub use html::{page_elus, page_equipe, page_index};
pub use model::{ElusReport, EquipeReport, Fact, Head, IndexEntry, IndexPage};
pub use templates::Templates;
