//! A command line that a person copies from a message and pastes.

use std::path::Path;

/// A command line on a folder.
pub(crate) struct PastedLine<'a> {
    folder: Option<&'a Path>,
}

impl<'a> PastedLine<'a> {
    /// Lines on the folder that was given (`--dossier`), if any.
    pub(crate) fn new(folder: Option<&'a Path>) -> Self {
        Self { folder }
    }

    /// « observatoire », the words, then the folder, each as a shell reads it back.
    pub(crate) fn with<W: AsRef<str>>(&self, words: &[W]) -> String {
        let mut line = "observatoire".to_owned();
        let folder = self.folder.map(|f| f.display().to_string());
        let words = words.iter().map(|w| w.as_ref().to_owned());
        let option = folder.into_iter().flat_map(|f| ["--dossier".to_owned(), f]);
        for word in words.chain(option) {
            line.push(' ');
            line.push_str(&quoted(&word));
        }
        line
    }
}

/// A word as `cmd`, PowerShell and Unix shells all read it back: bare when it is plain, else between
/// double quotes.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:=,+".contains(c);
    if !word.is_empty() && word.chars().all(plain) && (cfg!(windows) || !word.contains('\\')) {
        return word.to_owned();
    }
    if cfg!(windows) {
        return format!("\"{word}\"");
    }
    let escaped: String = word
        .chars()
        .flat_map(|c| "\\\"$`".contains(c).then_some('\\').into_iter().chain([c]))
        .collect();
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_spaces_can_be_pasted() {
        let folder = Path::new("Observatoire [CTG] été");
        let line = PastedLine::new(Some(folder)).with(&[
            "importer",
            "Grilles d’accueil",
            "--campagne",
            "C1",
        ]);
        assert_eq!(
            line,
            "observatoire importer \"Grilles d’accueil\" --campagne C1 --dossier \"Observatoire [CTG] été\""
        );
        assert_eq!(
            PastedLine::new(None).with(&["plan", "suivi"]),
            "observatoire plan suivi"
        );
        if cfg!(unix) {
            assert_eq!(quoted("a$b\"c"), "\"a\\$b\\\"c\"");
        }
    }
}
