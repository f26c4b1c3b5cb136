//! Heads of folders: whoever looks for the file that decides something reads one table, so every file has
//! its line there, and no line names a file that is no more.

use std::collections::{BTreeMap, BTreeSet};

use super::sources;

/// The comment at the head of a file.
fn head_comment(text: &str) -> String {
    let lines = text.lines().take_while(|line| line.starts_with("//!"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands between backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    let lines = text.lines();
    lines
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

/// The second cell of each row of two: « file » of « | question | file | ».
fn files_told(head: &str) -> Vec<&str> {
    let rows = head.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').collect();
        (cells.len() == 4).then(|| cells[2])
    });
    rows.collect()
}

/// The file that heads a folder of `src`: `mod.rs` in it, or the one of its name beside it.
fn head_file(folder: &str, texts: &BTreeMap<String, String>) -> Option<String> {
    let heads = [format!("{folder}/mod.rs"), format!("{folder}.rs")];
    heads.into_iter().find(|head| texts.contains_key(head))
}

/// Folders of `src`, with the names of the files in them; those that head one and tests aside.
fn folders(texts: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in texts.keys() {
        let Some((folder, file)) = name.rsplit_once('/') else {
            continue;
        };
        let stem = file.trim_end_matches(".rs");
        let files = folders.entry(folder.to_owned()).or_default();
        if stem != "mod" && stem != "tests" && !stem.ends_with("_tests") {
            files.push(stem.to_owned());
        }
    }
    folders
}

#[test]
fn every_file_has_its_line_in_the_head_of_its_folder() {
    let texts: BTreeMap<String, String> = sources().into_iter().collect();
    let (mut seen, mut lost) = (0, Vec::new());
    for (folder, files) in folders(&texts) {
        let Some(head) = head_file(&folder, &texts) else {
            lost.push(format!("nothing heads src/{folder}"));
            continue;
        };
        let comment = head_comment(&texts[&head]);
        let named = quoted(&comment);
        for file in files {
            seen += 1;
            if !named.contains(file.as_str()) {
                lost.push(format!(
                    "src/{head}: its `//!` table needs a line « what is decided there | `{file}` »"
                ));
            }
        }
    }
    assert!(seen > 300, "only {seen} files were seen");
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn heads_name_files_that_are_there() {
    let texts: BTreeMap<String, String> = sources().into_iter().collect();
    let modules: BTreeSet<String> = texts
        .keys()
        .map(|name| name.trim_end_matches(".rs").trim_end_matches("/mod"))
        .map(str::to_owned)
        .collect();
    let is_path = |word: &str| {
        word.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == ':')
    };
    let (mut followed, mut lost) = (0, Vec::new());
    for folder in folders(&texts).into_keys() {
        let Some(head) = head_file(&folder, &texts) else {
            continue;
        };
        let comment = head_comment(&texts[&head]);
        for cell in files_told(&comment) {
            for word in quoted(cell).into_iter().filter(|word| is_path(word)) {
                followed += 1;
                let path = word.replace("::", "/");
                let own = modules.contains(&format!("{folder}/{path}"));
                let end = format!("/{path}");
                let elsewhere =
                    word.contains("::") && modules.iter().any(|m| *m == path || m.ends_with(&end));
                if !own && !elsewhere {
                    lost.push(format!(
                        "src/{head}: `{word}` is no file of src/{folder}; elsewhere is written `folder::file`"
                    ));
                }
            }
        }
    }
    assert!(followed > 300, "only {followed} names were followed");
    assert!(lost.is_empty(), "{lost:#?}");
}
