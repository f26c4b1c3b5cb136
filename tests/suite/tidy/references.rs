//! Reasons live in `docs/`: every page and section that a comment names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::root;

/// The pages, by name, with the numbers of their sections.
fn pages() -> BTreeMap<String, BTreeSet<String>> {
    let mut pages = BTreeMap::new();
    for folder in ["docs", "."] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|e| e == "md") {
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let text = std::fs::read_to_string(&path).expect("readable");
                pages.insert(name, text.lines().filter_map(section).collect());
            }
        }
    }
    pages
}

/// « 6.1 » of « ### 6.1 Shrinkage ».
fn section(line: &str) -> Option<String> {
    let title = line.trim_start_matches('#');
    let number = title.trim_start().split(' ').next()?.trim_end_matches('.');
    let numbered = number.starts_with(|c: char| c.is_ascii_digit());
    (title.len() < line.len() && numbered).then(|| number.to_owned())
}

/// One reference: a page and the sections of it that are named.
#[derive(Debug, PartialEq, Eq)]
struct Reference {
    page: String,
    sections: Vec<String>,
}

/// Every « name.md » of a text, with what follows: « `statistics.md` 2.1, 2.2 and 5.5 »,
/// « `domain.md` section 7 », « docs/rules.md §8 ».
fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(".md") {
        let name_char = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let name: String = text[..at].chars().rev().take_while(name_char).collect();
        let name: String = name.chars().rev().collect();
        let after = &text[at + 3..];
        if name.is_empty() || after.starts_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        // What people write in an observatory folder is no page of ours.
        let before = &text[..at - name.len()];
        if before.ends_with("ctg/textes/")
            || name == "contributions"
            || name.starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        found.push(Reference {
            page: format!("{name}.md"),
            sections: sections(after),
        });
    }
    found
}

fn sections(after: &str) -> Vec<String> {
    // Comments fold their lines: what continues the sentence is on the next one.
    let unfolded = after
        .replace("\n//!", " ")
        .replace('\n', " ")
        .replace("///", " ")
        .replace("// ", " ");
    let mut rest = unfolded.trim_start_matches('`').trim_start();
    let mut found = Vec::new();
    loop {
        for word in ["sections", "section", "rules", "rule", "§"] {
            rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
        }
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let number = rest[..end].trim_matches('.');
        if number.is_empty() {
            return found;
        }
        found.push(number.to_owned());
        rest = rest[end..].trim_start();
        let Some(next) = [", ", "and ", "to "]
            .iter()
            .find_map(|j| rest.strip_prefix(j))
        else {
            return found;
        };
        rest = next.trim_start();
    }
}

fn texts(folder: &str, ends: &[&str]) -> Vec<(String, String)> {
    let dir = root().join(folder);
    let names = crate::atelier::files(&dir);
    let wanted = names
        .into_iter()
        .filter(|n| ends.iter().any(|e| n.ends_with(e)));
    wanted
        .map(|name| {
            let text = std::fs::read_to_string(dir.join(&name)).expect("readable");
            (format!("{folder}/{name}"), text)
        })
        .collect()
}

#[test]
fn every_reference_leads_to_a_page_and_a_section() {
    let pages = pages();
    let mut files = texts("src", &[".rs", ".sql"]);
    files.extend(texts("benches", &[".rs"]));
    files.extend(texts("tests", &[".rs", ".py", ".toml"]));
    files.extend(texts("docs", &[".md"]));
    for top in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(root().join(top)).expect("readable");
        files.push((top.to_owned(), text));
    }
    let (mut followed, mut lost) = (0, Vec::new());
    for (file, text) in &files {
        // This file shows what references look like.
        if file.ends_with("tidy/references.rs") {
            continue;
        }
        for reference in references(text) {
            // « 04-changements.md » is a file that a service writes, not a page.
            if reference.page.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            followed += 1;
            let Some(known) = pages.get(&reference.page) else {
                lost.push(format!("{file}: {}", reference.page));
                continue;
            };
            let missing = reference.sections.iter().filter(|s| !known.contains(*s));
            lost.extend(missing.map(|s| format!("{file}: {} §{s}", reference.page)));
        }
    }
    assert!(followed > 100, "only {followed} references were seen");
    assert!(lost.is_empty(), "{lost:#?}");
}

/// « (§6.1) » without its page, where the file has named it above: some page has that section.
#[test]
fn every_section_sign_leads_somewhere() {
    let known: BTreeSet<String> = pages().into_values().flatten().collect();
    let mut lost = Vec::new();
    for (file, text) in texts("src", &[".rs"]) {
        for after in text.split('§').skip(1) {
            let end = after
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(after.len());
            let number = after[..end].trim_end_matches('.');
            if !number.is_empty() && !known.contains(number) {
                lost.push(format!("{file}: §{number}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// Each vector names the section that defines its method.
#[test]
fn every_vector_has_its_section() {
    let path = Path::new("tests/vectors/reference-values.json");
    let text = std::fs::read_to_string(root().join(path)).expect("vectors");
    let vectors: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let known = &pages()["statistics.md"];
    let entries = vectors["entries"].as_array().expect("entries");
    let named: BTreeSet<&str> = entries
        .iter()
        .filter_map(|e| e["section"].as_str())
        .collect();
    let lost: Vec<&&str> = named.iter().filter(|s| !known.contains(**s)).collect();
    assert!(named.len() > 10 && lost.is_empty(), "{lost:?}");
}

/// Relative links of pages lead to files.
#[test]
fn links_between_pages_lead_somewhere() {
    let mut lost = Vec::new();
    let mut files = texts("docs", &[".md"]);
    for top in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(root().join(top)).expect("readable");
        files.push((top.to_owned(), text));
    }
    for (file, text) in &files {
        let folder = root().join(file).parent().expect("a folder").to_owned();
        for after in text.split("](").skip(1) {
            let link = after.split(')').next().unwrap_or_default();
            let target = link.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !folder.join(target).exists() {
                lost.push(format!("{file}: {link}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

/// The paths under `src/` that pages show exist: the answer to « where is… » must not age.
#[test]
fn paths_shown_by_pages_exist() {
    let mut lost = Vec::new();
    for (file, text) in texts("docs", &[".md"]) {
        for shown in text.split('`').skip(1).step_by(2) {
            let path = shown.split([' ', ':']).next().unwrap_or_default();
            if path.starts_with("src/") && !path.contains(['<', '*']) && !root().join(path).exists()
            {
                lost.push(format!("{file}: {path}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn references_are_read_as_people_write_them() {
    let read = |text: &str| references(text).pop();
    let reference = |page: &str, sections: &[&str]| {
        Some(Reference {
            page: page.to_owned(),
            sections: sections.iter().map(|s| (*s).to_owned()).collect(),
        })
    };
    assert_eq!(
        read("(`statistics.md` 2.1, 2.2 and 5.5)."),
        reference("statistics.md", &["2.1", "2.2", "5.5"])
    );
    assert_eq!(
        read("`docs/domain.md` §7, `x`"),
        reference("domain.md", &["7"])
    );
    assert_eq!(
        read("by `domain.md` section 7."),
        reference("domain.md", &["7"])
    );
    assert_eq!(
        read("statistics.md\n//! 6.4; OECD"),
        reference("statistics.md", &["6.4"])
    );
    assert_eq!(
        read("see formats.md, 3 times"),
        reference("formats.md", &[])
    );
    assert_eq!(read("lost.mdx"), None);
}
