//! A file of the convention given to `importer`: said what it is and where it comes in, in place of what is asked of a table that
//! nobody knows.

use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::campaign::{OpenObservatory, today};
use crate::convention::{convention_or_fiches, kind_of_file};

/// The refusal of a file that is of the convention; none where it is not, or where the convention does not hold together: its own
/// commands tell that.
pub(super) fn taken_by_convention(
    opened: &OpenObservatory,
    name: &str,
    bytes: &[u8],
) -> Option<Diagnostic> {
    let observatory = &opened.observatory;
    let convention = convention_or_fiches(observatory).ok()?.value;
    let kind = kind_of_file(observatory, &convention, name, bytes, today()).ok()??;
    let message = format!(
        "c’est un fichier du suivi de la convention ({kind}), et non des réponses sur un accueil."
    );
    Some(Diagnostic::new(
        Code::OfConvention,
        Location::file(name),
        message,
    ))
}
