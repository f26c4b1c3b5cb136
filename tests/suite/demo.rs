//! The main job, from raw files to the index page.

use std::path::Path;

use crate::atelier::{Atelier, files};

#[test]
fn the_index_opens_every_report() {
    let atelier = Atelier::demo();
    let rendered = atelier.root().join("reports/rendus/C2");
    let index = std::fs::read_to_string(rendered.join("index.html")).expect("an index");
    let reports: Vec<String> = files(&rendered)
        .into_iter()
        .filter(|f| f.contains(".html") && f != "index.html")
        .collect();
    assert_eq!(reports.len(), 15);
    for report in reports {
        assert!(index.contains(&format!("href=\"{report}\"")), "{report}");
        let page = std::fs::read_to_string(rendered.join(&report)).expect("a page");
        assert!(
            page.contains("DONNÉES FICTIVES") && page.contains("lang=\"fr\""),
            "{report}"
        );
        assert!(
            !page.contains("NaN") && !page.contains("http://www.w3.org/1999"),
            "{report}"
        );
    }
}

#[test]
fn the_example_of_the_repository_is_what_the_generator_writes() {
    let atelier = Atelier::demo();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/exemple");
    let made = atelier.root().join("data/exemple");
    assert_eq!(files(&kept), files(&made));
    for file in files(&kept) {
        let read = |dir: &Path| std::fs::read(dir.join(&file)).expect("readable");
        assert!(read(&kept) == read(&made), "{file} differs");
    }
}

#[test]
fn the_same_files_twice_change_nothing() {
    let atelier = Atelier::demo();
    let before = atelier.run(&["indicateurs", "--campagne", "C1"]).stdout;
    let folder = atelier.root().join("data/exemple/C1");
    let again = atelier.run(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stderr.contains("51 déjà connus"), "{}", again.stderr);
    assert_eq!(
        atelier.run(&["indicateurs", "--campagne", "C1"]).stdout,
        before
    );
}
