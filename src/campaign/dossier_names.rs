//! How the folder that is sent to who directs an accueil is called, and the files in it: names that a person knows, and
//! that any system takes.

use sha2::{Digest, Sha256};

use crate::base::day::Day;
use crate::base::text::{hex, in_address, safe_file_name};

/// Folder of what is sent, within that of the reports.
const DOSSIERS: &str = "dossiers";

/// Longest name of an accueil in names of files, in UTF-16 units: with the folders above, paths stay under the 260 that
/// Windows allows.
const LONGEST_NAME: usize = 40;
/// Longest code there.
const LONGEST_CODE: usize = 24;

/// How what is sent to one accueil is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DossierNames {
    /// Its folder, relative to that of the reports.
    pub(crate) folder: String,
    /// What the accueil is called in names of files.
    name: String,
    day: Day,
}

impl DossierNames {
    /// Of an accueil, by its name and by what its code is in names of files, which tells apart two of one name.
    pub(super) fn of(name: &str, plain_code: &str, day: Day) -> Self {
        let name = safe_name(name);
        Self {
            folder: format!("{}/{name} ({})", day_folder(day), short_code(plain_code)),
            name,
            day,
        }
    }

    /// « dossiers/2026-12-15/Les Pommiers (R03)/Rapport à l’équipe - Les Pommiers - 2026-12-15 ».
    pub(crate) fn stem(&self, what: &str) -> String {
        format!("{}/{what} - {} - {}", self.folder, self.name, self.day)
    }
}

/// Folder of what is sent on a day.
pub(super) fn day_folder(day: Day) -> String {
    format!("{DOSSIERS}/{day}")
}

/// The day and the folder of a file that is sent, then its own name; none for any other file.
pub(super) fn sent_parts(file: &str) -> Option<(Day, &str, &str)> {
    let rest = file.strip_prefix(DOSSIERS)?.strip_prefix('/')?;
    let mut parts = rest.splitn(3, '/');
    let (day, folder, name) = (parts.next()?, parts.next()?, parts.next()?);
    Some((day.parse().ok()?, folder, name))
}

/// A code as short as a name allows; digits tell apart those that are cut.
fn short_code(plain_code: &str) -> String {
    if plain_code.len() <= LONGEST_CODE {
        return plain_code.to_owned();
    }
    let digest = Sha256::digest(plain_code.as_bytes());
    let kept: String = plain_code.chars().take(LONGEST_CODE - 7).collect();
    format!("{kept}-{}", hex(&digest[..3]))
}

/// The name of an accueil as a part of a file name.
fn safe_name(name: &str) -> String {
    safe_file_name(name, LONGEST_NAME, "Accueil")
}

/// The address of a file in a page, by its relative name.
pub(super) fn address(name: &str) -> String {
    in_address(name, "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;

    fn folder(name: &str, code: &str) -> String {
        DossierNames::of(name, code, on("2026-12-15")).folder
    }

    #[test]
    fn a_folder_says_the_day_the_name_and_the_code() {
        let names = DossierNames::of("Les Pommiers", "R03", on("2026-12-15"));
        assert_eq!(names.folder, "dossiers/2026-12-15/Les Pommiers (R03)");
        let file = format!("{}.pdf", names.stem("Carte d’identité"));
        let (day, folder, name) = sent_parts(&file).expect("a file that is sent");
        assert_eq!(day, on("2026-12-15"));
        assert_eq!(folder, "Les Pommiers (R03)");
        assert_eq!(name, "Carte d’identité - Les Pommiers - 2026-12-15.pdf");
        assert_eq!(sent_parts("equipes/equipe-R03.pdf"), None);
        assert_eq!(
            address("Les Pommiers/é#.pdf"),
            "Les%20Pommiers/%C3%A9%23.pdf"
        );
    }

    #[test]
    fn any_name_makes_a_name_that_windows_takes() {
        let hostile = [
            ("A/B", "A-B"),
            ("CON", "Accueil CON"),
            ("con.txt", "Accueil con.txt"),
            ("COM¹", "Accueil COM¹"),
            ("Console", "Console"),
            ("Les Pommiers...", "Les Pommiers"),
            (" . ", "Accueil"),
            ("???", "Accueil"),
            ("a\u{202e}b\tc", "a-b c"),
            ("L\u{a0}École  du  bourg", "L École du bourg"),
        ];
        for (name, safe) in hostile {
            assert_eq!(safe_name(name), safe);
        }
        let long = "é".repeat(150);
        assert_eq!(safe_name(&long).chars().count(), LONGEST_NAME);
        assert_eq!(
            safe_name(&"🙂a".repeat(75)).encode_utf16().count(),
            LONGEST_NAME - 1
        );
        let code = "R".repeat(80);
        assert_eq!(short_code(&code).len(), LONGEST_CODE);
        assert_ne!(short_code(&code), short_code(&format!("{code}1")));
    }

    #[test]
    fn two_accueils_of_one_name_have_two_folders() {
        let all = [
            folder("Les Pommiers", "R01"),
            folder("LES POMMIERS", "R02"),
            folder("Les Pommiers (R01)", "R03"),
        ];
        let lower: std::collections::BTreeSet<String> =
            all.iter().map(|folder| folder.to_lowercase()).collect();
        assert_eq!(lower.len(), all.len(), "{all:?}");
    }
}
