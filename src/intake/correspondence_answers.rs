//! What a person accepted in the workbook of a correspondence, read back by its headings.

use std::collections::HashSet;
use std::io::{Cursor, Read};
use std::path::Path;

use super::correspondence_roles::is_role;
use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::sheets::{self, Sheet, Workbook};
use crate::base::text::{fold, iso_date};
use crate::intake::sources::DIPLOMAS;
use crate::intake::sources::correspondence::{
    BLANK, Correspondence, IGNORED, MappedColumn, MappedWord, OWN_QUESTION_ROLE,
};
use crate::vocabulary::referentiel::{Absence, Referentiel};

/// Content of A1 in both sheets.
pub(super) const MARK: &str = "Correspondance à remplir";
/// Beside it, what the workbook speaks of; nobody changes it.
pub(super) const FORM_LABEL: &str = "Forme (ne pas changer)";
/// Row of the form.
pub(super) const FORM_ROW: u32 = 2;
/// Beside it, the mark of the référentiel that it names; nobody changes it either.
pub(super) const MARK_COLUMN: u16 = 2;
/// Row of the headings.
pub(super) const HEADINGS_ROW: u32 = 4;
/// First row of answers.
pub(super) const FIRST_ROW: u32 = HEADINGS_ROW + 1;
/// Sheet of the columns.
pub(super) const COLUMNS_SHEET: &str = "Colonnes";
/// Sheet of the words.
pub(super) const WORDS_SHEET: &str = "Réponses";
/// Heading of what is accepted.
pub(super) const ACCEPTED: &str = "Accepter";
/// Heading of another code.
pub(super) const OTHER_CODE: &str = "Autre code";
/// Heading of what goes the other way.
pub(super) const REVERSED: &str = "Sens inversé";
/// Heading of the answers that a question outside the référentiel admits.
pub(super) const ADMITTED: &str = "Réponses admises";
/// Between two of them.
pub(super) const BETWEEN_ANSWERS: &str = " ; ";
/// Heading of the scale that a word is said of; nobody changes it.
pub(super) const OF_SCALE: &str = "Échelle (ne pas changer)";
/// Heading of what a word is worth.
pub(super) const WORTH: &str = "Vaut";
/// What says that a column goes the other way.
pub(super) const YES: &str = "oui";
/// Between a code and its wording.
pub(super) const SEPARATOR: &str = " — ";

/// What a workbook says, of which form.
pub(crate) struct Accepted {
    /// `msforms-0123456789abcdef`.
    pub(super) stem: String,
    /// Mark of the référentiel that it names; empty in workbooks that bear none.
    referentiel: String,
    columns: Vec<MappedColumn>,
    words: Vec<MappedWord>,
}

/// Reads a workbook back; none when it is no correspondence.
///
/// # Errors
///
/// A file that is no workbook; an answer that contradicts itself, with its cell.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Option<Accepted>> {
    let opened = sheets::open(path, bytes)
        .map_err(|refusal| Error::Config(format!("{} : {}", path.display(), refusal.message)))?;
    of_book(path, &opened.value)
}

/// Whether the texts of a workbook hold the mark of what people fill in: it is worth opening. Any other file, and a
/// workbook that is refused when it is opened, does not.
pub(super) fn may_hold_answers(bytes: &[u8]) -> bool {
    const MARKS: [&str; 3] = [MARK, "À corriger", "Noms à reconnaître"];
    /// Bytes of texts in which it is looked for: what such a workbook holds is short.
    const MOST: u64 = 4 << 20;
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return false;
    };
    let Ok(part) = archive.by_name("xl/sharedStrings.xml") else {
        return false;
    };
    let mut texts = Vec::new();
    let read = part.take(MOST).read_to_end(&mut texts);
    let texts = String::from_utf8_lossy(&texts);
    read.is_ok() && MARKS.iter().any(|mark| texts.contains(mark))
}

/// What an opened workbook says; none when it is no correspondence.
///
/// # Errors
///
/// An answer that contradicts itself, with its cell.
pub(super) fn of_book(path: &Path, book: &Workbook) -> Result<Option<Accepted>> {
    Ok(all_of_book(path, book)?.into_iter().next())
}

/// What an opened workbook says of each form, in the order of its sheets.
///
/// # Errors
///
/// An answer that contradicts itself, with its cell.
pub(super) fn all_of_book(path: &Path, book: &Workbook) -> Result<Vec<Accepted>> {
    let mut all: Vec<Accepted> = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| sheet.text(0, 0) == MARK) {
        let stem = sheet.text(FORM_ROW, 1);
        let known = all.iter().position(|accepted| accepted.stem == stem);
        let at = known.unwrap_or_else(|| {
            all.push(Accepted {
                stem,
                referentiel: sheet.text(FORM_ROW, MARK_COLUMN.into()),
                columns: Vec::new(),
                words: Vec::new(),
            });
            all.len() - 1
        });
        let reading = AnswerSheet { path, sheet };
        for row in sheet.rows.iter().filter(|r| r.index >= FIRST_ROW) {
            all[at].columns.extend(reading.column(row.index)?);
            all[at].words.extend(reading.word(row.index));
        }
    }
    Ok(all)
}

struct AnswerSheet<'a> {
    path: &'a Path,
    sheet: &'a Sheet,
}

impl AnswerSheet<'_> {
    /// Text of a row under a heading; empty where there is no such heading.
    fn under(&self, row: u32, heading: &str) -> String {
        let headings = self.sheet.row(HEADINGS_ROW);
        let mut cells = headings.into_iter().flat_map(|r| &r.cells);
        let cell = cells.find(|c| fold(&c.value.text()) == fold(heading));
        cell.map_or_else(String::new, |c| {
            self.sheet.text(row, c.col).trim().to_owned()
        })
    }

    fn column(&self, row: u32) -> Result<Option<MappedColumn>> {
        let heading = self.sheet.text(row, 0);
        let (accepted, other) = (self.under(row, ACCEPTED), self.under(row, OTHER_CODE));
        if self.sheet.text(HEADINGS_ROW, 3) == WORTH || heading.is_empty() {
            return Ok(None);
        }
        let code = |text: &str| {
            let word = text.split(SEPARATOR).next().unwrap_or("").trim();
            // Codes are written with hyphens, roles without.
            if word.contains('-') {
                word.to_ascii_uppercase()
            } else {
                word.to_owned()
            }
        };
        let (chosen, other) = (code(&accepted), code(&other));
        let proposal = match chosen.as_str() {
            "1" | "2" | "3" => code(&self.under(row, &format!("Proposition {chosen}"))),
            "" => String::new(),
            word if word.contains('-') => word.to_owned(),
            word if is_role(&word.to_lowercase()) => word.to_lowercase(),
            _ => return Err(self.refused(row, "ce choix n’est pas de la liste")),
        };
        let target = match (proposal.is_empty(), other.is_empty()) {
            (true, true) if accepted.is_empty() => return Ok(None),
            (true, true) => return Err(self.refused(row, "la proposition choisie est vide")),
            (false, true) => proposal,
            (true, false) => other,
            (false, false) if proposal == other => other,
            (false, false) => {
                return Err(self.refused(row, "« Accepter » et « Autre code » se contredisent"));
            }
        };
        // Of a column that leads elsewhere, what stands there was only proposed.
        let admitted = self.under(row, ADMITTED);
        let admitted = admitted.split([';', '\n']).map(str::trim);
        let admitted = admitted.filter(|answer| !answer.is_empty() && target == OWN_QUESTION_ROLE);
        Ok(Some(MappedColumn {
            reversed: fold(&self.under(row, REVERSED)) == YES,
            answers: admitted.map(str::to_owned).collect(),
            ..MappedColumn::new(&heading, &target, true)
        }))
    }

    fn word(&self, row: u32) -> Option<MappedWord> {
        let worth = self.under(row, WORTH);
        let written = self.sheet.text(row, 1);
        (!worth.is_empty() && !written.is_empty()).then(|| MappedWord {
            worth: worth
                .split(SEPARATOR)
                .next()
                .unwrap_or("")
                .trim()
                .to_owned(),
            confirmed: true,
            scale: self.under(row, OF_SCALE),
            ..MappedWord::awaited(&self.sheet.text(row, 0), written)
        })
    }

    fn refused(&self, row: u32, why: &str) -> Error {
        Error::Config(format!(
            "{} › {} › {} : {why}. Corrigez cette ligne, enregistrez, puis relancez.",
            self.path.display(),
            self.sheet.name,
            CellRef::new(row, 4)
        ))
    }
}

impl Accepted {
    /// What a person said of a form elsewhere than in its workbook.
    pub(crate) fn said(
        form: &Correspondence,
        columns: Vec<MappedColumn>,
        words: Vec<MappedWord>,
    ) -> Self {
        Self {
            stem: form.stem(),
            referentiel: form.referentiel.clone(),
            columns,
            words,
        }
    }

    /// The first word whose worth is nothing that an answer can be: « Satisfait », « 7 » where no scale has it.
    pub(super) fn worthless(&self, referentiels: &[&Referentiel]) -> Option<(&str, &str)> {
        let scales = referentiels.iter().flat_map(|r| &r.scales);
        let codes: HashSet<&str> = scales
            .flat_map(|s| s.modalities.iter().map(|m| m.code.as_str()))
            .chain([Absence::Nc, Absence::No, Absence::Nsp].map(Absence::code))
            .chain([BLANK, "periscolaire", "extrascolaire"])
            .chain(DIPLOMAS)
            .collect();
        let is_worth = |worth: &str| codes.contains(worth) || iso_date(worth).is_some();
        let mut odd = self.words.iter().filter(|w| !is_worth(&w.worth));
        odd.next().map(|w| (w.written.as_str(), w.worth.as_str()))
    }

    /// The columns and words that it speaks of, as long as nobody has said anything of them; tool and shape
    /// are left empty.
    pub(super) fn awaited(&self) -> Correspondence {
        let columns = self.columns.iter();
        let words = self.words.iter();
        Correspondence {
            tool: String::new(),
            shape: String::new(),
            referentiel: self.referentiel.clone(),
            columns: columns
                .map(|column| MappedColumn::new(&column.heading, IGNORED, false))
                .collect(),
            words: words
                .map(|word| MappedWord {
                    scale: word.scale.clone(),
                    ..MappedWord::awaited(&word.question, word.written.clone())
                })
                .collect(),
            reads: None,
        }
    }

    /// The same without what is said anew of some headings and words.
    pub(super) fn without(mut self, headings: &[String], words: &[MappedWord]) -> Self {
        let gone: HashSet<String> = headings.iter().map(|h| fold(h)).collect();
        self.columns.retain(|c| !gone.contains(c.folded()));
        self.words.retain(|w| !words.iter().any(|g| g.is_same(w)));
        self
    }

    /// The same with what was said later: a person may change her mind.
    pub(super) fn replaced_by(mut self, later: Self) -> Self {
        let again: HashSet<&str> = later.columns.iter().map(MappedColumn::folded).collect();
        self.columns
            .retain(|column| !again.contains(column.folded()));
        self.words
            .retain(|word| !later.words.iter().any(|w| w.is_same(word)));
        self.columns.extend(later.columns);
        self.words.extend(later.words);
        self
    }

    /// How many columns and words it says something of.
    pub(super) fn len(&self) -> usize {
        self.columns.len() + self.words.len()
    }

    /// The same correspondence, with what was accepted.
    ///
    /// # Errors
    ///
    /// The file of text says otherwise of the same column or word.
    pub(super) fn over(self, mut mapping: Correspondence) -> Result<Correspondence> {
        let stem = self.stem;
        for said in self.columns {
            let wanted = fold(&said.heading);
            let known = mapping
                .columns
                .iter_mut()
                .find(|c| fold(&c.heading) == wanted);
            match known {
                Some(known) if known.confirmed && known.target != said.target => {
                    return Err(contradiction(
                        &stem,
                        &said.heading,
                        &known.target,
                        &said.target,
                    ));
                }
                Some(known) if known.confirmed && is_otherwise(&known.answers, &said.answers) => {
                    let between = |answers: &[String]| answers.join(BETWEEN_ANSWERS);
                    return Err(contradiction(
                        &stem,
                        &said.heading,
                        &between(&known.answers),
                        &between(&said.answers),
                    ));
                }
                Some(known) => {
                    known.target = said.target;
                    known.reversed |= said.reversed;
                    known.confirmed = true;
                    if !said.answers.is_empty() {
                        known.answers = said.answers;
                    }
                }
                None => mapping.columns.push(said),
            }
        }
        for said in self.words {
            match mapping.words.iter_mut().find(|w| w.is_same(&said)) {
                Some(known) if known.confirmed && known.worth != said.worth => {
                    return Err(contradiction(
                        &stem,
                        &said.written,
                        &known.worth,
                        &said.worth,
                    ));
                }
                Some(known) => *known = said,
                None => mapping.words.push(said),
            }
        }
        Ok(mapping)
    }
}

/// Whether the answers admitted are said twice, and otherwise.
fn is_otherwise(text: &[String], workbook: &[String]) -> bool {
    !text.is_empty() && !workbook.is_empty() && text != workbook
}

fn contradiction(stem: &str, what: &str, text: &str, workbook: &str) -> Error {
    Error::Config(format!(
        "grids/correspondances/{stem} : « {what} » mène vers « {text} » dans le fichier .toml, et vers « {workbook} » dans le classeur. Accordez les deux, puis relancez."
    ))
}
