//! The territory's own layer as it was before a change: kept beside under the day, told, put back.

use super::dated_copies::DatedCopies;
use super::referentiel_local::{LayerPreview, LayerSaved, preview_text, write};
use crate::base::error::Result;
use crate::base::files::sha256;
use crate::campaign::OpenObservatory;
use crate::vocabulary::config::read_text;

/// A layer that was kept.
pub(crate) struct KeptLayer {
    /// `grids/local.avant-2026-11-28.toml`.
    pub(crate) name: String,
    /// What putting it back would do.
    pub(crate) preview: LayerPreview,
}

/// Names the state of the layer that a person sees; it changes with any byte of it.
pub(crate) fn seen_layer(opened: &OpenObservatory) -> String {
    sha256(opened.observatory.local.text.as_bytes())
}

/// The last layer that was kept and differs from that of today; none when there is none.
///
/// # Errors
///
/// One that can no more be read as a layer; a store that cannot be read.
pub(crate) fn layer_before(opened: &OpenObservatory) -> Result<Option<KeptLayer>> {
    let grids = opened.observatory.root.join("grids");
    for name in DatedCopies::of_layer(&grids).names()?.into_iter().rev() {
        let text = read_text(&grids.join(&name))?;
        if text != opened.observatory.local.text {
            return Ok(Some(KeptLayer {
                name: format!("grids/{name}"),
                preview: preview_text(opened, text)?,
            }));
        }
    }
    Ok(None)
}

/// Puts it back; that of today is kept in its turn.
///
/// # Errors
///
/// Answers that were given to the sentences that would change; a file that somebody changed meanwhile; a disk that
/// refuses.
pub(crate) fn put_layer_back(opened: &OpenObservatory, kept: KeptLayer) -> Result<LayerSaved> {
    write(opened, kept.preview)
}
