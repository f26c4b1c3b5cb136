//! What becomes of each non-empty cell of a file: whoever reads a cell says what for, and what nobody
//! claimed is named to the person who imports.

use crate::base::sheets::Row;

/// What became of a cell. Left on the cells of a sheet as they are read, by its rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::FromRepr, strum::EnumIter)]
#[repr(u8)]
pub(crate) enum Fate {
    /// Nobody read it.
    Unread,
    /// Read as an answer, a comment, a measure or words.
    Answer,
    /// Read as a heading, or as what says who, where and when.
    Identity,
    /// Named in a diagnostic by its reader.
    Named,
    /// May point at a person.
    Personal,
    /// Who respondents are: their age, their seniority, their work.
    Profile,
    /// Written by the tool around the answers.
    ToolColumn,
    /// A person said that it does not count.
    LeftOut,
    /// A total or a mean under or between the answers.
    Total,
    /// A title or a legend among the lines of a grid.
    Legend,
    /// A response that is no finished one.
    ResponseAside,
    /// A response that answers nothing.
    BlankResponse,
    /// The wording of what is asked, beside its code.
    Wording,
    /// A column that only checks the others.
    Check,
    /// Another page of the program's own form.
    FormPage,
    /// Where a tool keeps its own marks, on a sheet that it hides.
    ToolSheet,
}

impl Fate {
    /// The name of the rule that set it aside, none where no rule did.
    pub(crate) fn rule(self) -> Option<&'static str> {
        Some(match self {
            Self::Unread | Self::Answer | Self::Identity | Self::Named => return None,
            Self::Personal => "colonne personnelle",
            Self::Profile => "profil du répondant",
            Self::ToolColumn => "colonne de l’outil",
            Self::LeftOut => "ignorée à la demande",
            Self::Total => "ligne de total",
            Self::Legend => "titre ou légende",
            Self::ResponseAside => "réponse non retenue",
            Self::BlankResponse => "réponse vide",
            Self::Wording => "intitulé",
            Self::Check => "colonne de contrôle",
            Self::FormPage => "page de la grille fournie",
            Self::ToolSheet => "feuille masquée de l’outil",
        })
    }
}

/// Reading the cells of a row, and saying so.
pub(crate) trait ReadCells {
    /// The text at a column, which becomes so; empty when there is nothing.
    fn read(&self, col: u32, fate: Fate) -> String;
    /// Says what becomes of the cell at a column.
    fn claim(&self, col: u32, fate: Fate);
    /// Says what becomes of every cell that nobody claimed.
    fn claim_rest(&self, fate: Fate);
}

impl ReadCells for Row {
    fn read(&self, col: u32, fate: Fate) -> String {
        let Some(cell) = self.cell(col) else {
            return String::new();
        };
        cell.leave(fate as u8);
        cell.value.text()
    }

    fn claim(&self, col: u32, fate: Fate) {
        if let Some(cell) = self.cell(col) {
            cell.leave(fate as u8);
        }
    }

    fn claim_rest(&self, fate: Fate) {
        self.cells.iter().for_each(|cell| cell.leave(fate as u8));
    }
}

/// First words of a line that adds up those above.
const TOTALS: [&str; 12] = [
    "total",
    "totaux",
    "sous total",
    "moyenne",
    "moyennes",
    "moy",
    "moy.",
    "somme",
    "nombre de",
    "nb de",
    "ecart type",
    "mediane",
];

/// Letters that those words begin with, as people write them.
const INITIALS: &str = "tmsneéTMSNEÉ";
/// Characters of the longest text that announces one.
const LONGEST_TOTAL: usize = 40;

/// Whether a text announces a line of totals: « Total », « Moyenne générale », « TOTAL : ».
pub(crate) fn announces_total(text: &str) -> bool {
    // Most texts are codes and sentences: told by their first letter before they are folded.
    let first = text.chars().find(|c| c.is_alphanumeric());
    if !first.is_some_and(|c| INITIALS.contains(c)) {
        return false;
    }
    let folded = crate::base::text::fold(text);
    let begins = |word: &str| {
        let after = folded.strip_prefix(word);
        after.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let children = folded.starts_with("moyenne section");
    !children && folded.chars().count() <= LONGEST_TOTAL && TOTALS.iter().any(|word| begins(word))
}

/// Whether a line sums up the others: what it holds was answered by nobody.
pub(crate) fn is_total_line(row: &Row) -> bool {
    const FIRST: usize = 3;
    let mut first = row.cells.iter().take(FIRST).map(|c| c.value.text());
    first.any(|text| announces_total(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_what_begins_like_them() {
        for total in [
            "TOTAL",
            "Total :",
            "Moyenne générale",
            "Sous-total",
            "Nombre de « 4 »",
        ] {
            assert!(announces_total(total), "{total}");
        }
        for other in [
            "Totalement d’accord",
            "Moyen",
            "Moyennement",
            "Moyenne section",
            "R01",
            "",
        ] {
            assert!(!announces_total(other), "{other}");
        }
    }
}
