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

/// The last layer that was kept and differs from that of today, by its name; none when there is none.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn kept_before(opened: &OpenObservatory) -> Result<Option<String>> {
    Ok(last_kept(opened)?.map(|(name, _)| name))
}

/// The same, with what putting it back would do.
///
/// # Errors
///
/// One that can no more be read as a layer; a store that cannot be read.
pub(crate) fn layer_before(opened: &OpenObservatory) -> Result<Option<KeptLayer>> {
    let Some((name, text)) = last_kept(opened)? else {
        return Ok(None);
    };
    let preview = preview_text(opened, text)?;
    Ok(Some(KeptLayer { name, preview }))
}

fn last_kept(opened: &OpenObservatory) -> Result<Option<(String, String)>> {
    let grids = opened.observatory.root.join("grids");
    let names = DatedCopies::of_layer(&grids).names()?;
    let texts = names.into_iter().rev().filter_map(|name| {
        // A copy that somebody damaged is passed over.
        let text = read_text(&grids.join(&name)).ok()?;
        Some((format!("grids/{name}"), text))
    });
    let today = &opened.observatory.local.text;
    let mut others = texts.filter(|(_, text)| text != today);
    Ok(others.next())
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
