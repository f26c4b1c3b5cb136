//! The files of the reports of a campaign, as they are in the folder: what is not listed is not sent.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::base::error::{Error, Result};
use crate::base::files::EDITIONS;
use crate::base::text::in_address;
use crate::pages::answer::{SentBytes, kind_of};
use crate::vocabulary::config::{Campaign, Registry};

/// Formats, in the order in which they are offered, with their words.
const FORMATS: [(&str, &str); 6] = [
    ("html", "Page"),
    ("pdf", "PDF"),
    ("xlsx", "Excel"),
    ("docx", "Word"),
    ("csv", "CSV"),
    ("txt", "Texte"),
];
/// Files of a delivery: a bound, for a folder that is something else.
const MOST: usize = 50_000;

/// Folder of the reports of a campaign.
pub(super) fn folder_of(root: &Path, campaign: &Campaign) -> PathBuf {
    root.join("reports").join("rendus").join(&campaign.id)
}

/// Names relative to the folder, with « / », in order.
pub(super) fn listed(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}

fn walk(folder: &Path, before: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if found.len() >= MOST || name.starts_with('.') {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&entry.path(), &format!("{before}{name}/"), found),
            Ok(kind) if kind.is_file() && format_of(&name).is_some() => {
                found.push(format!("{before}{name}"));
            }
            _ => {}
        }
    }
}

fn format_of(name: &str) -> Option<usize> {
    let end = name.rsplit_once('.')?.1;
    FORMATS.iter().position(|(format, _)| *format == end)
}

/// What people call a report, by the beginning of its name.
const KINDS: [(&str, &str); 8] = [
    ("synthese-elus", "Synthèse pour les élus"),
    ("equipe", "Rapport à l’équipe"),
    ("familles", "Page pour les familles"),
    ("renouvellement", "Dossier de renouvellement"),
    ("bonnes-pratiques", "Livret des pratiques remarquables"),
    ("carte-identite", "Carte d’identité"),
    ("plan-mercredi", "Plan mercredi"),
    ("aggregats", "Agrégats"),
];
/// What people call a folder of reports.
const FOLDERS: [(&str, &str); 5] = [
    ("elus", "Pour les élus"),
    ("equipes", "Pour les équipes"),
    ("familles", "Pour les familles"),
    ("pratiques", "Pour toutes les équipes"),
    ("renouvellement", "Pour le renouvellement des conventions"),
];

/// « Rapport à l’équipe · La Boucle (R04) »; the name of the file where it is none of ours.
fn called(stem: &str, registry: &Registry) -> String {
    let kind = KINDS.iter().find_map(|(begins, words)| {
        let rest = stem.strip_prefix(begins)?;
        (rest.is_empty() || rest.starts_with('-')).then(|| (*words, rest.trim_start_matches('-')))
    });
    match kind {
        None => stem.to_owned(),
        Some((words, "")) => format!("{words} · tout le territoire"),
        Some((words, code)) => match registry.get(code) {
            Some(site) => format!("{words} · {} ({})", site.nom, site.code),
            None => format!("{words} · {code}"),
        },
    }
}

fn folder_called(folder: &str) -> String {
    match FOLDERS.iter().find(|(name, _)| *name == folder) {
        Some((_, words)) => (*words).to_owned(),
        None if folder.is_empty() => "Pour tous".to_owned(),
        None => folder.replace('/', " › "),
    }
}

/// Address of a file, by its name relative to the folder.
pub(super) fn address_of(name: &str, campaign: &Campaign) -> String {
    let id = in_address(&campaign.id, "");
    format!("/rapports/fichier/{id}/{}", in_address(name, "/"))
}

/// Stem of a name → ranks of its formats, with the names.
type FilesByStem<'a> = BTreeMap<&'a str, Vec<(usize, &'a String)>>;

/// Groups by folder, each file with its formats.
pub(super) fn grouped(names: &[String], campaign: &Campaign, registry: &Registry) -> Vec<Value> {
    let mut groups: BTreeMap<&str, FilesByStem> = BTreeMap::new();
    for name in names.iter().filter(|n| !n.ends_with("index.html")) {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let rank = format_of(name).unwrap_or(FORMATS.len());
        let files = groups.entry(folder).or_default();
        files.entry(stem).or_default().push((rank, name));
    }
    let groups = groups.into_iter().map(|(folder, files)| {
        let count = files.len();
        let files = files.into_iter().map(|(stem, mut formats)| {
            formats.sort();
            let links = formats.iter().map(|(rank, name)| {
                let word = FORMATS.get(*rank).map_or("", |f| f.1);
                json!({ "mot": word, "adresse": address_of(name, campaign), "voir": *rank < 2 })
            });
            json!({ "nom": called(stem, registry), "liens": links.collect::<Vec<_>>() })
        });
        json!({
            "titre": folder_called(folder),
            "combien": count,
            "fichiers": files.collect::<Vec<_>>(),
        })
    });
    groups.collect()
}

/// Editions that stand in the folder, the current one first: its day (empty for the current one), its files.
pub(super) fn editions(names: &[String]) -> Vec<(String, Vec<String>)> {
    let mut all: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for name in names {
        let mut parts = name.split('/');
        let day = match (parts.next(), parts.next()) {
            (Some(EDITIONS), Some(day)) => day,
            _ => "",
        };
        all.entry(day).or_default().push(name.clone());
    }
    let current = all.remove_entry("").into_iter();
    let all = current.chain(all.into_iter().rev());
    all.map(|(day, names)| (day.to_owned(), names)).collect()
}

/// The bytes of a file that is listed.
///
/// # Errors
///
/// One that is not, or cannot be read.
pub(super) fn read(folder: &Path, wanted: &str) -> Result<Vec<u8>> {
    let name = listed(folder).into_iter().find(|name| name == wanted);
    let name = name.ok_or_else(|| {
        Error::Usage("Ce rapport n’est plus dans le dossier : écrivez-le à nouveau.".to_owned())
    })?;
    let path = folder.join(name);
    std::fs::read(&path).map_err(Error::io(&path, "lecture"))
}

/// A file as a browser gets it: a page or a PDF is shown, a workbook is kept, with what it is of in its name.
pub(super) fn sent(name: &str, bytes: Vec<u8>, of: &str) -> SentBytes {
    let last = name.rsplit('/').next().unwrap_or(name);
    match kind_of(name) {
        kind if kind.starts_with("text/html") => SentBytes {
            policy: Some(policy(&bytes)),
            ..SentBytes::shown(kind, bytes)
        },
        kind @ "application/pdf" => SentBytes::shown(kind, bytes),
        _ => match last.rsplit_once('.') {
            Some((stem, end)) => SentBytes::named(&[stem, of], end, bytes),
            None => SentBytes::kept(last, bytes),
        },
    }
}

/// The policy under which a report is shown: its own scripts alone, known by what they hold.
fn policy(page: &[u8]) -> String {
    let text = String::from_utf8_lossy(page);
    let mut scripts = String::new();
    for held in text.split("<script>").skip(1) {
        let script = held.split("</script>").next().unwrap_or("");
        scripts.push_str(" 'sha256-");
        scripts.push_str(&STANDARD.encode(Sha256::digest(script.as_bytes())));
        scripts.push('\'');
    }
    let scripts = if scripts.is_empty() {
        " 'none'".to_owned()
    } else {
        scripts
    };
    format!(
        "default-src 'none'; script-src{scripts}; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_listed_is_sent() {
        let dir = tempfile::tempdir().expect("a folder");
        let inside = dir.path().join("rendus");
        std::fs::create_dir_all(inside.join("2026-12-15")).expect("made");
        std::fs::write(inside.join("a.html"), "x").expect("written");
        std::fs::write(inside.join("2026-12-15/b.pdf"), "y").expect("written");
        std::fs::write(dir.path().join("secret.html"), "z").expect("written");
        assert_eq!(listed(&inside), ["2026-12-15/b.pdf", "a.html"]);
        assert!(read(&inside, "2026-12-15/b.pdf").is_ok());
        for path in [
            "../secret.html",
            "/etc/passwd",
            "2026-12-15/../../secret.html",
            "a.html\0",
            "",
        ] {
            assert!(read(&inside, path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_report_runs_its_own_script_alone() {
        let policy = policy(b"<script>a()</script><p>");
        assert!(policy.contains("script-src 'sha256-"), "{policy}");
        assert!(super::policy(b"<p>").contains("script-src 'none'"));
    }
}
