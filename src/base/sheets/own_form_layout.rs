//! Layout of the program's own workbooks (OBS, AUT, DIR), shared by what writes the forms and
//! what reads them back. Rows and columns are zero-based.

use super::cells::{Sheet, Value};

/// Sheet that holds the answers.
pub const SHEET_GRID: &str = "Grille";
/// Sheet that describes the levels of each critère.
pub const SHEET_DESCRIPTORS: &str = "Descripteurs";
/// Sheet that explains the form, and whose A1 marks the workbook as ours.
pub const SHEET_README: &str = "Lisez-moi";
/// Content of `Lisez-moi!A1`.
pub const MARK: &str = "Observatoire de la qualité des accueils de loisirs";

/// Content of `Lisez-moi!A1` in the workbook of an improvement plan, which holds no answer.
pub const PLAN_MARK: &str = "Plan d’amélioration des accueils de loisirs";

/// Content of `Lisez-moi!A1` where a team answers its report.
pub const RETURNS_MARK: &str = "Réponse de l’équipe à son rapport";
/// Sheet where it does.
pub const SHEET_RETURNS: &str = "Retours";
/// Its columns, in the first row.
pub const RETURNS_HEADINGS: [&str; 6] = [
    "Structure",
    "Élément",
    "Ce qui est demandé",
    "Corrigé le",
    "Preuve",
    "Remarque de l’équipe",
];

/// Labels of column A of the identity block, `Grille!A2:A8`; the values are in column B.
pub const IDENTITY: [&str; 7] = [
    "Instrument",
    "Référentiel",
    "Structure",
    "Nom",
    "Visite",
    "Date",
    "Observateur",
];
/// Labels in column C of the head of a visit, from its first row; the values are in column D (OBS). They tell whoever
/// reads the grid when it was and how many were there; the count that is judged is an élément.
pub const CIRCUMSTANCES: [&str; 3] = ["Moments vus", "Heures", "Présents"];
/// On the row of the observer, in column D; the answer is in column E (OBS).
pub const CONSENT: &str = "Accord de l’équipe pour partager ses pratiques (oui/non)";
/// Where an observation has its observer, an interview has who marks it again (DIR).
pub const SECOND_CODER: &str = "Second codeur";
/// When it is filled in.
pub const SECOND_CODER_WHEN: &str = "Laissez vide au premier codage. Si l’entretien a déjà été codé par quelqu’un d’autre, écrivez votre code (O2…), jamais un nom.";
/// What the first cell of the grid says, by who fills it in.
pub const TITLES: [&str; 3] = [
    "Grille d’observation",
    "Auto-évaluation de l’équipe",
    "Entretien avec la direction",
];
/// What follows it in an example.
pub const FICTITIOUS: &str = " · DONNÉES FICTIVES";

/// First row of the identity block; the title is in row 0.
pub const IDENTITY_ROW: u32 = 1;

/// Headings of the table, in order.
pub const HEADINGS: [&str; 6] = ["Code", "Axe", "Critère", "Élément", "Note", "Commentaire"];
/// What is written in place of the last of them: what a comment is for.
pub const COMMENT_HEADING: &str = "Commentaire (ce qui a été vu)";
/// Heading of the column of flags, right of the others (OBS).
pub const REMARKABLE: &str = "Remarquable";
/// Row of the headings.
pub const HEADINGS_ROW: u32 = 9;
/// Column of the élément's code.
pub const COL_CODE: u32 = 0;
/// Columns of the form's own wordings.
pub const WORDINGS: std::ops::RangeInclusive<u32> = 1..=3;
/// Those that nobody reads back: what stands beside a code must be its élément, and is compared.
pub const UNREAD_WORDINGS: std::ops::RangeInclusive<u32> = 1..=2;
/// Column of the élément's words.
pub const COL_LABEL: u32 = 3;
/// Column of the rating.
pub const COL_RATING: u32 = 4;
/// Column of the comment.
pub const COL_COMMENT: u32 = 5;
/// Column of the flag « remarquable ».
pub const COL_REMARKABLE: u32 = 6;

/// Whether the headings stand where the form put them, as nearly always.
pub fn untouched(sheet: &Sheet) -> bool {
    sheet.row(HEADINGS_ROW).is_some_and(|row| {
        let mut all = (0..).zip(HEADINGS);
        let is_own = |v: &Value, c: u32, heading: &str| {
            v.is(heading) || (c == COL_COMMENT && v.is(COMMENT_HEADING))
        };
        all.all(|(c, heading)| row.get(c).is_some_and(|v| is_own(v, c, heading)))
    })
}
