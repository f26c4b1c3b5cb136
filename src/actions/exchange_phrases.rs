//! What a field of an exchange is, in words: for who receives it, for who gives an opinion.

use std::fmt::Write as _;

use crate::convention::{ClosedWord, ExchangedData, ExchangedField, ExchangedTable};

/// « I20 (Recommandations intégrées au projet), donnée agrégée, par structure, masquée sous 5 »; `label` is what a level is of.
pub(super) fn exchanged_words(data: &ExchangedData, label: &str) -> String {
    let told = match &data.field {
        Some(ExchangedField::Activity(code)) => format!(" ({})", code.label()),
        Some(ExchangedField::Table(ExchangedTable::Words)) => {
            " (paroles recueillies, avec accord pour citer, relues pour ne désigner personne)"
                .to_owned()
        }
        Some(ExchangedField::Table(ExchangedTable::Structures)) => {
            " (liste des accueils)".to_owned()
        }
        Some(ExchangedField::Table(ExchangedTable::Answers)) => {
            " (réponses une à une : l’observatoire n’en envoie jamais)".to_owned()
        }
        Some(_) if label.is_empty() => String::new(),
        Some(_) => format!(" (niveau de 1 à 4 : {label})"),
        None => String::new(),
    };
    let mut line = format!(
        "{}{told}, donnée {}, par {}",
        data.code,
        data.nature.label(),
        data.grain.label()
    );
    if matches!(&data.field, Some(field) if !matches!(field, ExchangedField::Table(_))) {
        let _ = write!(line, ", masquée sous {}", data.least);
    }
    line
}
