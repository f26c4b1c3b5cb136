//! What the words mean: the référentiel, regulatory parameters, the observatory's own settings.

pub mod config;
pub mod referentiel;
