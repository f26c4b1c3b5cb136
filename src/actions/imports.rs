//! What was imported, run by run.

use crate::base::day::Day;
use crate::base::error::Result;
use crate::base::tabular::{Field, Heading, Table};
use crate::campaign::OpenObservatory;

/// Which imports.
pub(crate) struct ImportsRequest {
    /// The only campaign wanted.
    pub campaign: Option<String>,
}

/// One run of `importer`.
pub(crate) struct ListedImport {
    /// Label, as `I003`.
    pub label: String,
    /// Day of the run, ISO.
    pub date: Day,
    /// Machine that brought it; may be empty.
    pub machine: String,
    /// Campaign.
    pub campaign: String,
    /// Files, by their kept names, and whether each was taken back.
    pub files: Vec<ListedFile>,
    /// Whether answers were replaced by aggregates.
    pub purged: bool,
}

/// A file of an import.
pub(crate) struct ListedFile {
    /// Name.
    pub name: String,
    /// Whether it was taken back.
    pub taken_back: bool,
}

impl ListedImport {
    /// Where it stands, in a few words.
    pub(crate) fn state(&self) -> &'static str {
        let back = self.files.iter().filter(|f| f.taken_back).count();
        match (self.purged, back) {
            (_, n) if n == self.files.len() => "annulé",
            (true, _) => "purgé",
            (false, 0) => "en place",
            (false, _) => "annulé en partie",
        }
    }
}

/// Imports in the order in which they count.
///
/// # Errors
///
/// An unknown campaign; a store that cannot be read.
pub(crate) fn list_imports(
    opened: &OpenObservatory,
    request: &ImportsRequest,
) -> Result<Vec<ListedImport>> {
    let wanted = match request.campaign.as_deref() {
        Some(id) => Some(opened.observatory.campaign(Some(id))?.id.clone()),
        None => None,
    };
    let imports = opened.store.state()?.imports;
    let kept = imports.into_iter().filter(|i| {
        let campaign = &i.manifest.campaign;
        wanted.as_ref().is_none_or(|id| id == campaign)
    });
    Ok(kept
        .map(|i| ListedImport {
            files: (i.manifest.files.iter().zip(&i.taken_back))
                .map(|(file, back)| ListedFile {
                    name: file.name.clone(),
                    taken_back: *back,
                })
                .collect(),
            label: i.label,
            date: i.date,
            machine: i.machine,
            campaign: i.manifest.campaign,
            purged: i.purged.is_some(),
        })
        .collect())
}

/// One row per file.
pub(crate) fn imports_table(imports: &[ListedImport]) -> Table {
    let text = |t: &str| Field::Text(t.to_owned());
    let rows = imports.iter().flat_map(|import| {
        import.files.iter().map(move |file| {
            vec![
                text(&import.label),
                Field::day(Some(import.date)),
                text(&import.campaign),
                text(&import.machine),
                text(&file.name),
                text(if file.taken_back {
                    "annulé"
                } else {
                    import.state()
                }),
            ]
        })
    });
    Table::new(
        "Imports",
        vec![
            Heading::text("import"),
            Heading::day("date"),
            Heading::text("campagne"),
            Heading::text("poste"),
            Heading::text("fichier"),
            Heading::text("etat"),
        ],
        rows.collect(),
    )
}
