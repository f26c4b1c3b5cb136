//! Names of what is backed up: paths inside the folder, with « / » between parts.

/// Begins the name of the folder that keeps what a restoration replaced.
pub(crate) const ASIDE: &str = "avant-restauration-";

/// Names that systems leave in any folder.
const OF_SYSTEMS: [&str; 4] = ["desktop.ini", "thumbs.db", ".ds_store", ".git"];

/// Whether a part of a path is a file on its way, a lock or a system's own: nothing to keep.
pub(crate) fn is_passing(part: &str) -> bool {
    let lower = part.to_lowercase();
    let begins = [".livraison-", ".restauration", "~$"];
    lower == "verrou"
        || (lower.starts_with(".observatoire-") && lower.rsplit('.').next() == Some("tmp"))
        || lower.ends_with(".en-cours")
        || OF_SYSTEMS.contains(&lower.as_str())
        || begins.iter().any(|b| lower.starts_with(b))
}

/// Whether an entry of the folder keeps what an earlier restoration replaced: a copy of another time.
pub(crate) fn is_kept_aside(part: &str) -> bool {
    part.starts_with(ASIDE)
}

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why Windows would refuse a path, in words; none when it takes it.
pub(super) fn refused_by_windows(path: &str) -> Option<&'static str> {
    path.split('/').find_map(|part| {
        let stem = part.split('.').next().unwrap_or(part).trim_end();
        let stem = stem.to_lowercase();
        let numbered = ["com", "lpt"].iter().any(|device| {
            let rest = stem.strip_prefix(device);
            rest.is_some_and(|r| r.len() == 1 && r.bytes().all(|b| b.is_ascii_digit()))
        });
        if DEVICES.contains(&stem.as_str()) || numbered {
            Some("Windows garde ce nom pour un appareil")
        } else if part.ends_with([' ', '.']) {
            Some("un nom ne finit ni par un point ni par une espace sous Windows")
        } else if part.contains(|c: char| r#"<>:"|?*\"#.contains(c) || c < ' ') {
            Some("un signe du nom est refusé par Windows")
        } else {
            None
        }
    })
}

/// Whether a path of an archive stays within the folder it is laid in, on any system.
pub(super) fn is_safe(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':');
    !path.is_empty()
        && !drive
        && !path.contains(['\\', '\0'])
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_its_folder_is_no_path() {
        for path in ["data/store/a.json", "data/brut/Été (1).xlsx", "a..b/c"] {
            assert!(is_safe(path), "{path}");
        }
        for path in [
            "",
            "../a",
            "data/../../a",
            "/etc/passwd",
            "C:/a",
            "c:a",
            "data\\..\\a",
            "data//a",
            "./a",
            "a/",
        ] {
            assert!(!is_safe(path), "{path}");
        }
    }

    #[test]
    fn names_that_windows_refuses_are_known_and_others_pass() {
        for path in [
            "data/con",
            "AUX.txt",
            "data/COM1.csv",
            "a/b. ",
            "a./b",
            "data/12:30.csv",
            "a\u{7}b",
        ] {
            assert!(refused_by_windows(path).is_some(), "{path}");
        }
        for path in [
            "data/consignes.csv",
            "commune/a",
            "grids/.gitkeep",
            "L’été – 12.xlsx",
        ] {
            assert!(refused_by_windows(path).is_none(), "{path}");
        }
    }

    #[test]
    fn what_passes_is_left_and_what_people_keep_is_not() {
        for part in [
            "verrou",
            ".observatoire-12-0.tmp",
            "~$Grille.xlsx",
            "Thumbs.db",
            ".restauration",
        ] {
            assert!(is_passing(part), "{part}");
        }
        // The mark of a delivery is no temporary file.
        for part in [
            ".observatoire-livraison",
            "store",
            "verrouillage.csv",
            "Grille.xlsx",
            ".gitkeep",
        ] {
            assert!(!is_passing(part), "{part}");
        }
    }
}
