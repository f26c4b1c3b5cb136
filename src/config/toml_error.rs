//! toml's own errors, said in French with file, line, column and the nearest valid key.

use crate::text::nearest;

/// One-based line and column (in characters) of a byte offset.
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// « referentiel-v1.toml, ligne 12, colonne 3 : clé inconnue « poid » ; la plus proche est « poids ». »
pub fn toml_message(name: &str, text: &str, error: &toml::de::Error) -> String {
    let (line, column) = line_column(text, error.span().map_or(0, |s| s.start));
    let reason = french(error.message());
    format!("{name}, ligne {line}, colonne {column} : {reason}.")
}

/// The few shapes that serde's messages take; anything else is quoted as it is.
fn french(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let what = if message.starts_with("unknown field") {
            "clé inconnue"
        } else {
            "mot inconnu"
        };
        let (wrong, allowed) = quoted.split_first().map_or(("", &[][..]), |(w, a)| (*w, a));
        let near = nearest(wrong, allowed);
        let advice = match near.first() {
            Some(near) => format!(" ; le plus proche est « {near} »"),
            None => format!(" ; admis : {}", allowed.join(", ")),
        };
        return format!("{what} « {wrong} »{advice}");
    }
    if message.starts_with("missing field") {
        return format!("il manque la clé « {} »", quoted.first().unwrap_or(&""));
    }
    if message.starts_with("invalid type") {
        return format!("valeur d’un autre type que celui attendu ({message})");
    }
    message.replace('\n', " ").trim().to_owned()
}
