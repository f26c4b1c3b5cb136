//! What the words mean: the référentiel, regulatory parameters, the observatory's own settings, who
//! reads.

mod audience;
pub mod config;
pub mod referentiel;

pub use audience::Audience;
