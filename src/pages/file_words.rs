//! Files of the folder in the words of the page: a person who never opens the folder knows the list, not its file.

/// Files of the folder, where a page has a name for what they hold. Those that she opens herself keep theirs.
const FILES: &[(&str, &str)] = &[
    ("au registre data/structures.csv", "à la liste des accueils"),
    ("dans data/structures.csv", "dans la liste des accueils"),
    ("data/structures.csv", "la liste des accueils"),
    ("structures.csv", "la liste des accueils"),
    (
        "dans data/observateurs.csv",
        "dans la liste des observateurs",
    ),
    ("data/observateurs.csv", "la liste des observateurs"),
    ("observateurs.csv", "la liste des observateurs"),
    ("dans observatoire.toml", "dans les réglages"),
    ("d’observatoire.toml", "des réglages"),
];
/// Two files of one registry: she has to open the folder, and needs their names.
const BOTH_NAMED: [&str; 2] = ["structures.xlsx", "d’après structures.csv"];

/// A text with the words of the page in place of names of files.
pub(crate) fn without_files(text: String) -> String {
    if BOTH_NAMED.iter().any(|both| text.contains(both)) {
        return text;
    }
    (FILES.iter()).fold(text, |said, (file, page)| without_file(&said, file, page))
}

/// A file where it is named alone: at the end of a path, or in the name of another, it stays.
fn without_file(text: &str, file: &str, page: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(file) {
        let before = rest[..at].chars().next_back();
        let is_alone = before.is_none_or(|c| c.is_whitespace() || "(’«".contains(c));
        said.push_str(&rest[..at]);
        said.push_str(if is_alone { page } else { file });
        rest = &rest[at + file.len()..];
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_called_as_its_page_is() {
        for (told, page) in [
            (
                "La structure « Z9 » n’est pas au registre data/structures.csv.",
                "La structure « Z9 » n’est pas à la liste des accueils.",
            ),
            (
                "C:\\Données\\structures.csv : lecture refusée.",
                "C:\\Données\\structures.csv : lecture refusée.",
            ),
            (
                "structures.csv › ligne 4",
                "la liste des accueils › ligne 4",
            ),
            (
                "Gardez le bon. Pour importer quand même d’après structures.csv, confirmez.",
                "Gardez le bon. Pour importer quand même d’après structures.csv, confirmez.",
            ),
        ] {
            assert_eq!(without_files(told.to_owned()), page);
        }
    }
}
