//! What leads from a part to another, and what each part says it is.

use std::collections::HashMap;

use super::cell_marks::{INCOHERENT, Unmarkable};
use super::package_parts::Package;
use super::tag_places::{each_tag, escaped, with_child};
use crate::base::sheets::xlsx_extras::{RelationTarget, relations};

/// Kind of the part that draws the frames of notes.
pub(super) const VML: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// Which family of names a workbook is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameFamily {
    /// What nearly all are.
    Transitional,
    /// « Feuille de calcul Open XML Strict ».
    Strict,
}

impl NameFamily {
    /// By the kind of one of its relations.
    pub(super) fn of(kind: &str) -> Self {
        if kind.starts_with("http://purl.oclc.org/") {
            Self::Strict
        } else {
            Self::Transitional
        }
    }

    /// Namespace of relations, which begins their kinds too.
    pub(super) fn relations(self) -> &'static str {
        match self {
            Self::Transitional => {
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            }
            Self::Strict => "http://purl.oclc.org/ooxml/officeDocument/relationships",
        }
    }

    /// Namespace of sheets, styles and notes.
    pub(super) fn main(self) -> &'static str {
        match self {
            Self::Transitional => "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            Self::Strict => "http://purl.oclc.org/ooxml/spreadsheetml/main",
        }
    }
}

/// Where the links of a part are; those of the package itself for an empty path.
fn links_path(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{name}.rels")
}

/// What a part leads to, by id.
pub(super) fn links_of(
    package: &mut Package,
    part: &str,
) -> Result<HashMap<String, RelationTarget>, Unmarkable> {
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let xml = package.text(&links_path(part))?;
    Ok(xml.map_or_else(HashMap::new, |xml| relations(xml.as_bytes(), folder)))
}

/// From the folder of a part to another: « ../comments1.xml » from a sheet.
fn target(from: &str, to: &str) -> String {
    match from.rsplit_once('/') {
        Some(("xl/worksheets", _)) => to
            .strip_prefix("xl/")
            .map_or_else(|| format!("/{to}"), |inside| format!("../{inside}")),
        Some((folder, _)) => to
            .strip_prefix(&format!("{folder}/"))
            .map_or_else(|| format!("/{to}"), str::to_owned),
        None => format!("/{to}"),
    }
}

/// Leads from a part to another; the id of the link.
pub(super) fn add_link(
    package: &mut Package,
    family: NameFamily,
    from: &str,
    kind: &str,
    to: &str,
) -> Result<String, Unmarkable> {
    let known = links_of(package, from)?;
    let mut ids = (1_u32..).map(|n| format!("rId{n}"));
    let id = ids.find(|id| !known.contains_key(id)).unwrap_or_default();
    let (kinds, target) = (family.relations(), escaped(&target(from, to)));
    let path = links_path(from);
    let xml = package.text(&path)?.unwrap_or_else(|| {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
    });
    let linked = with_child(&xml, "Relationships", |p| {
        format!("<{p}Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"{target}\"/>")
    })?;
    package.put(&path, linked.ok_or(INCOHERENT)?);
    Ok(id)
}

/// Says what a part is, by its path; what parts of an extension are, by the extension.
pub(super) fn declare(package: &mut Package, what: &str, kind: &str) -> Result<(), Unmarkable> {
    const TYPES: &str = "[Content_Types].xml";
    let xml = package.text(TYPES)?.ok_or(INCOHERENT)?;
    let is_path = what.contains('/');
    let mut known = false;
    each_tag(&xml, |tag| {
        let extension = tag.raw("Extension").unwrap_or_default();
        known |= !is_path && tag.begins("Default") && extension.eq_ignore_ascii_case(what);
        Ok(())
    })?;
    if known {
        return Ok(());
    }
    let declared = with_child(&xml, "Types", |p| {
        if is_path {
            format!("<{p}Override PartName=\"/{what}\" ContentType=\"{kind}\"/>")
        } else {
            format!("<{p}Default Extension=\"{what}\" ContentType=\"{kind}\"/>")
        }
    })?;
    package.put(TYPES, declared.ok_or(INCOHERENT)?);
    Ok(())
}
