//! Workbooks whose parts bear other names than Excel's (`xl/workbook22.xml`, `office/document.xml`, paths
//! with backslashes): allowed, since relations say which part is what, but libraries look for the usual
//! names. They are packed again under those.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::guard::Archive;
use super::xlsx_extras::{RelationTarget, part, relations};

/// Names by which the parts of a workbook are looked for.
const USUAL: [&str; 2] = ["xl/workbook.xml", "xl/workbook.bin"];
/// Parts beside the workbook that are looked for by their name.
const BESIDE: [&str; 2] = ["sharedStrings", "styles"];
/// Parts that are packed again; more are no workbook.
const MOST: usize = 20_000;

/// The same workbook under the usual names; none when it bears them, or is no workbook.
pub(super) fn usual(archive: &Archive, bytes: &[u8]) -> Option<Vec<u8>> {
    if archive.len() > MOST || !is_unusual(archive) {
        return None;
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let slashed = slashed(&mut archive);
    let mut archive = match &slashed {
        Some(bytes) => ZipArchive::new(Cursor::new(bytes.as_slice())).ok()?,
        None => archive,
    };
    renamed(&mut archive).or(slashed)
}

/// Whether a package of documents has a name that libraries do not look for.
fn is_unusual(archive: &Archive) -> bool {
    let (mut package, mut usual, mut odd) = (false, false, false);
    for name in archive.file_names().flatten() {
        let name = name.as_ref();
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let strings = base
            .get(..13)
            .is_some_and(|b| b.eq_ignore_ascii_case("sharedStrings"));
        package |= name.starts_with("_rels/") || name.starts_with("_rels\\");
        usual |= USUAL.contains(&name);
        odd |= name.contains('\\') || (strings && !name.starts_with("xl/sharedStrings."));
    }
    package && (!usual || odd)
}

/// The archive with slashes in its names, when some have backslashes.
fn slashed(archive: &mut Archive) -> Option<Vec<u8>> {
    let is_odd = archive.file_names().flatten().any(|n| n.contains('\\'));
    is_odd.then(|| packed(archive, |name| Some(name.replace('\\', "/")), &[]))?
}

/// The archive with some names changed, some parts left out (none), some added.
fn packed(
    archive: &mut Archive,
    rename: impl Fn(&str) -> Option<String>,
    added: &[(&str, String)],
) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let file = archive.by_index_raw(i).ok()?;
        let name = file.name().ok()?.into_owned();
        if let Some(to) = rename(&name) {
            writer.raw_copy_file_rename(file, to).ok()?;
        }
    }
    for (name, content) in added {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .ok()?;
        writer.write_all(content.as_bytes()).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

/// The parts of a workbook that libraries look for, found by its relations, under the names looked for.
fn renamed(archive: &mut Archive) -> Option<Vec<u8>> {
    let root = relations(&part(archive, "_rels/.rels")?, "");
    let is = |target: &RelationTarget, kind: &str| target.kind.ends_with(&format!("/{kind}"));
    let workbook = root
        .values()
        .find(|t| is(t, "officeDocument"))?
        .path
        .clone();
    let binary = workbook.to_lowercase().ends_with(".bin");
    if !is_workbook(archive, &workbook, binary) {
        return None;
    }
    let end = if binary { "bin" } else { "xml" };
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let slash = if folder.is_empty() { "" } else { "/" };
    let links = format!("{folder}{slash}_rels/{name}.rels");
    let related = relations(&part(archive, &links)?, folder);
    let mut names: HashMap<String, String> = HashMap::new();
    names.insert(workbook.clone(), format!("xl/workbook.{end}"));
    for beside in BESIDE {
        if let Some(target) = related.values().find(|t| is(t, beside)) {
            names.insert(target.path.clone(), format!("xl/{beside}.{end}"));
        }
    }
    let usual = format!("xl/_rels/workbook.{end}.rels");
    let dropped = [links.as_str(), "_rels/.rels"];
    let taken: Vec<&String> = names.values().collect();
    let rename = |old: &str| match names.get(old) {
        Some(new) => Some(new.clone()),
        // What bears a name that is given to another part is none of the workbook's.
        None if dropped.contains(&old) || old == usual || taken.iter().any(|t| *t == old) => None,
        None => Some(old.to_owned()),
    };
    let main = [(
        "rId1".to_owned(),
        RelationTarget {
            kind: OFFICE_DOCUMENT.to_owned(),
            path: format!("xl/workbook.{end}"),
        },
    )];
    let added = [
        ("_rels/.rels", written(main.into(), &names, "")),
        (usual.as_str(), written(related, &names, "xl/")),
    ];
    packed(archive, rename, &added)
}

const OFFICE_DOCUMENT: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

/// Whether the main part of a package is a workbook, and no text nor slides.
fn is_workbook(archive: &mut Archive, path: &str, binary: bool) -> bool {
    let Ok(main) = archive.by_name(path) else {
        return false;
    };
    let mut head = Vec::new();
    let read = main.take(4096).read_to_end(&mut head);
    let mark = b"workbook";
    read.is_ok() && (binary || head.windows(mark.len()).any(|w| w == mark))
}

/// Relations as a part, their targets renamed, and relative to a folder.
fn written(
    all: HashMap<String, RelationTarget>,
    names: &HashMap<String, String>,
    folder: &str,
) -> String {
    let quoted = |text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('"', "&quot;")
    };
    let mut xml = String::from(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    let mut all: Vec<(String, RelationTarget)> = all.into_iter().collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    for (id, target) in all {
        let path = names.get(&target.path).unwrap_or(&target.path);
        let path = match path.strip_prefix(folder) {
            Some(relative) => relative.to_owned(),
            None => format!("/{path}"),
        };
        let (id, kind, path) = (quoted(&id), quoted(&target.kind), quoted(&path));
        let _ = write!(
            xml,
            "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{path}\"/>"
        );
    }
    xml + "</Relationships>"
}
