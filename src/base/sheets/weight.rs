//! How much a file may come to in memory, told without reading it: heavy files are read one at a time.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use zip::ZipArchive;

/// Files beyond this are not read beside another.
const LIGHT: u64 = 16 << 20;

/// Whether a file must be read alone: by its size, or by what its parts say that they inflate to (what
/// inflates to more is refused as damaged). One that cannot be opened is no weight: its reading tells why.
pub(crate) fn is_heavy(path: &Path) -> bool {
    // Asked before opening: a pipe that nobody writes into would be waited for without end.
    let Ok(about) = path.metadata() else {
        return false;
    };
    if !about.is_file() {
        return false;
    }
    let file = File::open(path).ok();
    about.len() > LIGHT || file.and_then(inflated).is_some_and(|size| size > LIGHT)
}

fn inflated(file: File) -> Option<u64> {
    let mut archive = ZipArchive::new(BufReader::new(file)).ok()?;
    let mut total: u64 = 0;
    for i in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(i).ok()?.size());
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    #[test]
    fn what_inflates_to_much_is_heavy_however_small_its_file() {
        let dir = tempfile::tempdir().expect("a folder");
        let written = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).expect("written");
            path
        };
        let zipped = |size: u64| {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let options = zip::write::SimpleFileOptions::default();
            writer.start_file("xl/a.xml", options).expect("begun");
            let zeros = vec![0; size as usize];
            writer.write_all(&zeros).expect("written");
            writer.finish().expect("ended").into_inner()
        };
        let bomb = zipped(LIGHT + 1);
        assert!(bomb.len() < 1 << 20);
        assert!(is_heavy(&written("a.xlsx", &bomb)));
        assert!(!is_heavy(&written("b.xlsx", &zipped(1000))));
        assert!(!is_heavy(&written("c.csv", b"a;b")));
        assert!(!is_heavy(dir.path()) && !is_heavy(&dir.path().join("absent")));
    }
}
