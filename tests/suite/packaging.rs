//! What is handed to people with the program: read by Windows as it should be, naming nothing that is not there.

use std::path::{Path, PathBuf};

fn packaging() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(packaging().join(name)).expect(name)
}

#[test]
fn notepad_reads_the_first_text_and_cmd_the_shortcut() {
    let readme = text("windows/LISEZ-MOI.txt");
    assert!(readme.starts_with('\u{feff}'), "its mark says UTF-8");
    let shortcut = text("windows/creer-raccourci.cmd");
    assert!(shortcut.is_ascii(), "a console reads nothing else for sure");
    for lines in [readme, shortcut] {
        assert_eq!(lines.matches('\n').count(), lines.matches("\r\n").count());
    }
}

#[test]
fn the_icon_has_every_size_and_the_installer_names_files_that_are_there() {
    let icon = std::fs::read(packaging().join("windows/observatoire.ico")).expect("an icon");
    let sizes: Vec<u8> = (0..usize::from(icon[4]))
        .map(|i| icon[6 + 16 * i])
        .collect();
    // 256 is written 0.
    assert_eq!(sizes, [16, 24, 32, 48, 64, 128, 0]);
    let installer = text("windows/observatoire.wxs");
    let named = installer
        .split('"')
        .filter(|part| part.starts_with("packaging/"));
    let named: Vec<&str> = named.collect();
    assert!(named.len() > 1, "{named:?}");
    let root = packaging();
    let root = root.parent().expect("the project");
    for name in named.into_iter().chain(["LICENSE", "packaging/zip.sh"]) {
        assert!(root.join(name).is_file(), "{name}");
    }
}
