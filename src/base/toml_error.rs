//! toml's own errors, said in French with file, line, column and the nearest valid key.

use crate::base::text::suggest;

/// One-based line and column (in characters) of a byte offset.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// « referentiel-v1.toml, ligne 12, colonne 3 : clé inconnue « poid » ; la plus proche est « poids ». »
pub fn toml_message(name: &str, text: &str, error: &toml::de::Error) -> String {
    if text.trim().is_empty() {
        return format!(
            "{name} : le fichier est vide. Remettez-le depuis une sauvegarde, ou retirez-le et refaites-le."
        );
    }
    let (line, column) = line_column(text, error.span().map_or(0, |s| s.start));
    let reason = french(error.message());
    format!("{name}, ligne {line}, colonne {column} : {reason}.")
}

/// The shapes that messages of serde and of the TOML parser take; our own are French already.
fn french(message: &str) -> String {
    let message = message.trim();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let what = if message.starts_with("unknown field") {
            "clé inconnue"
        } else {
            "mot inconnu"
        };
        let (wrong, allowed) = quoted.split_first().map_or(("", &[][..]), |(w, a)| (*w, a));
        let near = suggest(wrong, allowed.iter().copied());
        let advice = match near.best() {
            Some(_) => near.best_clause(),
            None => format!(" ; admis : {}", allowed.join(", ")),
        };
        return format!("{what} « {wrong} »{advice}");
    }
    if message.starts_with("missing field") {
        return format!("il manque la clé « {} »", quoted.first().unwrap_or(&""));
    }
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        return another_kind(rest);
    }
    if let Some(rest) = message.strip_prefix("invalid length ") {
        let count: String = rest.chars().take_while(char::is_ascii_digit).collect();
        return format!("la liste a {count} valeur(s), ce n’est pas le nombre attendu");
    }
    syntax(message)
}

/// « string "trois", expected f64 » in French.
fn another_kind(rest: &str) -> String {
    let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, ""));
    let found = match found.split_once(' ') {
        Some(("string", text)) => format!("le texte {}", text.replace('"', "").trim()),
        Some(("integer", number)) => format!("le nombre {}", number.replace('`', "")),
        Some(("boolean", word)) => format!("le mot {}", word.replace('`', "")),
        Some(("floating", number)) => {
            format!("le nombre {}", number.replace("point", "").replace('`', ""))
        }
        _ => "ce qui est écrit".to_owned(),
    };
    let has = |words: &[&str]| words.iter().any(|w| expected.contains(w));
    let wanted = if has(&["bool"]) {
        "true ou false"
    } else if has(&["sequence", "array"]) {
        "une liste entre crochets"
    } else if has(&["string"]) {
        "un texte entre guillemets"
    } else if has(&["u32", "u64", "usize", "i64", "integer"]) {
        "un nombre entier"
    } else if has(&["f64", "float"]) {
        "un nombre"
    } else {
        "une table de clés"
    };
    format!(
        "{} n’est pas admis ici ; il faut {wanted}",
        found.replace("  ", " ")
    )
}

/// A slip of TOML itself. What is not one of the parser's phrases is a sentence of ours.
fn syntax(message: &str) -> String {
    const SLIPS: [(&str, &str); 9] = [
        (
            "duplicate key",
            "cette clé ou cette table figure déjà plus haut",
        ),
        ("unclosed", "il manque le crochet ou l’accolade qui ferme"),
        ("invalid basic string", "il manque un guillemet"),
        ("missing opening quote", "il manque un guillemet"),
        (
            "string values must be quoted",
            "il manque une valeur, une virgule, ou les guillemets d’un texte",
        ),
        ("key with no value", "il manque « = » et une valeur"),
        ("missing comma", "il manque une virgule entre deux éléments"),
        ("missing value", "il manque une valeur après « = »"),
        (
            "invalid unquoted key",
            "une clé s’écrit sans accent ni espace",
        ),
    ];
    let first = message.lines().next().unwrap_or("");
    if let Some((_, french)) = SLIPS.iter().find(|(start, _)| first.starts_with(start)) {
        return (*french).to_owned();
    }
    let foreign = [
        "expected",
        "unexpected",
        "invalid",
        "missing",
        "extra",
        "cannot",
        "must",
        "redundant",
    ];
    if foreign.iter().any(|word| first.contains(word)) {
        return "la ligne est mal écrite : guillemet, crochet, virgule ou signe « = » de trop ou manquant"
            .to_owned();
    }
    first.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        #[derive(serde::Deserialize, Debug)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            #[serde(default, rename = "nombre")]
            _n: f64,
            #[serde(default, rename = "entier")]
            _i: u32,
            #[serde(default, rename = "mot")]
            _s: String,
            #[serde(default, rename = "oui")]
            _b: bool,
            #[serde(default, rename = "trois")]
            _l: [f64; 3],
        }
        let error = toml::from_str::<Shape>(text).expect_err("a mistake");
        toml_message("f.toml", text, &error)
    }

    #[test]
    fn an_empty_file_is_said_to_be_empty() {
        #[derive(serde::Deserialize, Debug)]
        struct Kept {
            #[expect(dead_code, reason = "only that it is missing counts")]
            cle: String,
        }
        let error = toml::from_str::<Kept>("\n").expect_err("a key is missing");
        assert!(toml_message("c.toml", "\n", &error).starts_with("c.toml : le fichier est vide"));
    }

    /// No English reaches the person who edits the file, and the place is that of the slip.
    #[test]
    fn every_slip_is_said_in_french_with_its_place() {
        let cases = [
            (
                "nombre = \"beaucoup\"",
                "ligne 1, colonne 10 : le texte beaucoup n’est pas admis ici ; il faut un nombre",
            ),
            (
                "entier = 2.5",
                "le nombre 2.5 n’est pas admis ici ; il faut un nombre entier",
            ),
            (
                "\nmot = 3",
                "ligne 2, colonne 7 : le nombre 3 n’est pas admis ici ; il faut un texte entre guillemets",
            ),
            ("oui = \"oui\"", "il faut true ou false"),
            ("trois = 3", "il faut une liste entre crochets"),
            (
                "nombr = 3",
                "clé inconnue « nombr » ; le plus proche est « nombre »",
            ),
            (
                "nombre = 3\nnombre = 4",
                "ligne 2, colonne 1 : cette clé ou cette table figure déjà plus haut",
            ),
            (
                "mot = bonjour",
                "il manque une valeur, une virgule, ou les guillemets d’un texte",
            ),
            ("mot", "il manque « = » et une valeur"),
            ("mot =", "il manque une valeur, une virgule"),
            (
                "trois = [1, 2, 3",
                "il manque le crochet ou l’accolade qui ferme",
            ),
            ("trois = [1 2 3]", "une virgule"),
            ("mot = \"a", "il manque un guillemet"),
            ("clé = 3", "sans accent ni espace"),
        ];
        let wrong: Vec<String> = cases
            .iter()
            .map(|(text, wanted)| (said(text), *wanted))
            .filter(|(said, wanted)| !said.contains(wanted))
            .map(|(said, wanted)| format!("{said} — {wanted}"))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
