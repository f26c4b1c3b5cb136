//! In which commune of the territory is a school? By the INSEE code where a table bears one; else by the name of its commune in
//! the département that its number begins with: names of communes are borne twice in France.

use super::communes_file::CommuneLine;
use super::territory_table::{TableLine, TerritoryTable};
use crate::base::text::fold;

/// The INSEE code of the commune of a line, when it is of the territory.
pub(super) fn commune_of(
    table: &TerritoryTable,
    at: TableLine,
    communes: &[CommuneLine],
) -> Option<String> {
    let code = table.text(at, "insee");
    let code = if code.len() == 4 {
        format!("0{code}")
    } else {
        code
    };
    if !code.is_empty() {
        let own = communes.iter().find(|c| c.insee == code);
        return own.map(|c| c.insee.clone());
    }
    let number = school_number(&table.text(at, "uai"));
    let wanted = words(&table.text(at, "commune"));
    let mut codes: Vec<&str> = communes
        .iter()
        .filter(|c| words(&c.name) == wanted && is_of(&number, &c.insee))
        .map(|c| c.insee.as_str())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    match codes.as_slice() {
        [one] => Some((*one).to_owned()),
        _ => None,
    }
}

/// The number of a school; a spreadsheet eats the zero of « 0270001A ».
pub(super) fn school_number(written: &str) -> String {
    let uai = written.trim().to_uppercase();
    if uai.len() == 7 {
        format!("0{uai}")
    } else {
        uai
    }
}

/// « ST-PIERRE-DU-VAUVRAY » is « Saint-Pierre-du-Vauvray ».
fn words(name: &str) -> String {
    let spaced: String = (name.chars())
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    fold(&spaced)
}

/// Whether a number of school and an INSEE code are of one département. A number that is none decides nothing: its cell is told.
fn is_of(number: &str, insee: &str) -> bool {
    let (Some(own), Some(two)) = (number.get(..3), insee.get(..2)) else {
        return true;
    };
    if !own.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    match two {
        "2A" => own == "620",
        "2B" => own == "720",
        "97" | "98" => insee.starts_with(own),
        two => own.strip_prefix('0') == Some(two),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_begins_with_its_departement() {
        for (number, insee, same) in [
            ("0270001A", "27701", true),
            ("0760001A", "27701", false),
            ("6200001A", "2A004", true),
            ("7200001A", "2B033", true),
            ("6200001A", "2B033", false),
            ("9740001A", "97411", true),
            ("9710001A", "97411", false),
            ("n° inconnu", "27701", true),
        ] {
            assert_eq!(is_of(number, insee), same, "{number} {insee}");
        }
    }

    #[test]
    fn capitals_hyphens_and_saints_are_one_name() {
        assert_eq!(
            words("ST-PIERRE-DU-VAUVRAY"),
            words("Saint-Pierre-du-Vauvray")
        );
        assert_eq!(words("L'HABIT"), words("L’Habit"));
        assert_ne!(words("Linetot"), words("Le Linetot"));
    }
}
