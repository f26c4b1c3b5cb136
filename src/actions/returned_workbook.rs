//! The sender's own workbook, sent back with what is wrong lit: each faulty cell filled and framed, the reason and
//! the remedy in a note. Nothing else of it changes, and its file stays where it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::diagnostics::{CellRef, Code, Diagnostic, Severity};
use crate::base::error::{Error, Result};
use crate::base::files::create_dir;
use crate::base::sheets::annotate::{CellMark, LitWorkbook, SheetMarks, Unmarkable, lit};
use crate::base::text::count;
use crate::campaign::OpenObservatory;
use crate::intake::{FileOutcome, returned_name};

/// A file that has something wrong, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReturnedFile {
    /// Name that it is kept under.
    pub(crate) name: String,
    /// Its own name where it is not kept: for the eyes of who imports.
    pub(crate) given: Option<String>,
    /// SHA-256 of its bytes, by which it is known wherever it moves.
    pub(crate) sha256: String,
    /// What became of it.
    pub(crate) fate: ReturnFate,
}

/// What became of a file that has something wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReturnFate {
    /// Its workbook was made.
    Made {
        /// Where it is.
        path: PathBuf,
        /// Whether the same stood there already, byte for byte.
        stood: bool,
        /// Cells lit.
        cells: usize,
        /// Of these, those without a note.
        unnoted: usize,
        /// Remarks that are about no cell.
        elsewhere: usize,
    },
    /// It cannot be marked: what is to be corrected is in the list.
    Unmarked {
        /// Why, in French: « ce n’est pas un classeur .xlsx ».
        why: String,
        /// How many remarks.
        remarks: usize,
    },
}

/// What was sent back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ReturnOutcome {
    /// Folder of the workbooks.
    pub(crate) dir: PathBuf,
    /// Files that have something wrong, in order.
    pub(crate) files: Vec<ReturnedFile>,
}

impl ReturnOutcome {
    /// How many workbooks were made.
    pub(crate) fn made(&self) -> usize {
        let is_made = |f: &&ReturnedFile| matches!(f.fate, ReturnFate::Made { .. });
        self.files.iter().filter(is_made).count()
    }
}

/// Makes the workbooks to send back of the files of a run. The files of the store are among them where the run read
/// them again: they are known by their bytes, wherever they moved.
///
/// # Errors
///
/// A folder that is the observatory's own, or cannot be written.
pub(crate) fn return_workbooks(
    opened: &OpenObservatory,
    files: &[FileOutcome],
    dir: &Path,
) -> Result<ReturnOutcome> {
    if dir.exists() && !dir.is_dir() {
        return Err(Error::Usage(format!(
            "{} est un fichier. Donnez à --renvoyer le nom d’un dossier, à créer ou non.",
            dir.display()
        )));
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut outcome = ReturnOutcome {
        dir: dir.to_path_buf(),
        files: Vec::new(),
    };
    for file in files {
        let remarks = remarks(file);
        if remarks.is_empty() {
            continue;
        }
        let fate = match lit_workbook(file) {
            Ok(made) => put(opened, file, &made, dir, &mut taken)?,
            Err(why) => ReturnFate::Unmarked {
                why,
                remarks: remarks.len(),
            },
        };
        outcome.files.push(ReturnedFile {
            name: file.name.clone(),
            given: file.given.clone(),
            sha256: file.origin.sha256().to_owned(),
            fate,
        });
    }
    Ok(outcome)
}

/// A workbook to send back.
pub(crate) struct MadeWorkbook {
    /// What it is.
    pub(crate) lit: LitWorkbook,
    /// Remarks that are about no cell of it.
    pub(crate) elsewhere: usize,
}

/// The workbook of a file with what is wrong lit.
///
/// # Errors
///
/// Why there is none, in French.
pub(crate) fn lit_workbook(file: &FileOutcome) -> Result<MadeWorkbook, String> {
    let remarks = remarks(file);
    let mut marks = SheetMarks::new();
    let mut elsewhere = 0;
    for remark in &remarks {
        let sheet = file.origin.sheet(&remark.at);
        let cell = remark
            .at
            .cell
            .as_deref()
            .and_then(|c| c.parse::<CellRef>().ok());
        match (sheet, cell) {
            (Some(sheet), Some(cell)) if cell.row < 1_048_576 && cell.col < 16_384 => {
                add(marks.entry(sheet.to_string()).or_default(), cell, remark);
            }
            _ => elsewhere += 1,
        }
    }
    let bytes = file.origin.bytes().map_err(|lost| lost.why().to_owned())?;
    // What it is comes first: that no remark is about a cell says nothing of a text.
    let lit = lit(&bytes, &marks).map_err(|Unmarkable(why)| why.to_owned())?;
    if lit.cells == 0 {
        return Err("aucune de ses remarques ne porte sur une cellule".to_owned());
    }
    elsewhere += lit.lost;
    Ok(MadeWorkbook { lit, elsewhere })
}

fn add(marks: &mut BTreeMap<CellRef, CellMark>, cell: CellRef, remark: &Diagnostic) {
    let line = said(remark);
    let grave = remark.severity() == Severity::Error;
    let mark = marks.entry(cell).or_insert_with(|| CellMark {
        text: String::new(),
        grave: false,
    });
    mark.grave |= grave;
    if mark.text.lines().any(|known| known == line) {
        return;
    }
    if !mark.text.is_empty() {
        mark.text.push('\n');
    }
    mark.text.push_str(&line);
}

/// Codes of what the run did, or of what only who imports can settle: nothing that a sender would correct.
const NOT_FOR_SENDERS: [Code; 8] = [
    Code::Confirmed,
    Code::Correction,
    Code::GridCopied,
    Code::InterviewCopied,
    Code::LotTwice,
    Code::NotesLost,
    Code::UnitContested,
    Code::VisitNumbered,
];

/// What is wrong in a file, for who sent it: errors and warnings.
fn remarks(file: &FileOutcome) -> Vec<&Diagnostic> {
    let all = file.diagnostics.iter().chain(file.origin.read_again());
    let all = all.filter(|d| d.severity() != Severity::Info && !NOT_FOR_SENDERS.contains(&d.code));
    all.collect()
}

/// A remark in a note: what is wrong, then what to do where its sender can do it.
fn said(remark: &Diagnostic) -> String {
    let grave = remark.severity() == Severity::Error;
    let opening = if grave { "Erreur" } else { "À vérifier" };
    let mut line = format!("{opening} : {}", remark.message);
    let remedy = remark.remedy.trim();
    // Who filled the workbook in has neither the program nor its folders.
    let remedy = remedy.replace(", puis relancez l’import", "");
    let remedy = remedy.replace(", puis relancez", "");
    let remedy = remedy.replace(" et relancez l’import", "");
    let words = [
        "--",
        "observatoire ",
        "grids/",
        "« importer »",
        "data/",
        "relancez",
    ];
    if words.iter().any(|word| remedy.contains(word)) {
        line.push_str(" Voyez-le avec la personne qui vous renvoie ce classeur.");
    } else if !remedy.is_empty() {
        line = format!("{line} {remedy}");
    }
    line.replace(['\n', '\r'], " ")
}

/// Puts a workbook in the folder, in the place of nothing: what stands there may have been filled in meanwhile.
fn put(
    opened: &OpenObservatory,
    file: &FileOutcome,
    made: &MadeWorkbook,
    dir: &Path,
    taken: &mut BTreeSet<String>,
) -> Result<ReturnFate> {
    let origin = &file.origin;
    for rank in 1_usize.. {
        let name = plain(&returned_name(&origin.name(), 1));
        // Two senders may give their files one name: their folders tell them apart.
        let name = match (rank, origin.folder()) {
            (1, _) => name,
            (2, Some(folder)) if taken.contains(&name.to_lowercase()) => {
                plain(&format!("{folder} - {name}"))
            }
            (rank, _) => plain(&returned_name(&origin.name(), rank)),
        };
        let path = dir.join(&name);
        let is_free = !taken.contains(&name.to_lowercase());
        let stands = std::fs::read(&path).ok();
        let stood = stands.as_deref() == Some(&made.lit.bytes[..]);
        if !is_free || (path.exists() && !stood) {
            continue;
        }
        taken.insert(name.to_lowercase());
        if !stood {
            let destination = opened.destination(&path)?;
            create_dir(dir)?;
            destination.write(&made.lit.bytes)?;
        }
        return Ok(ReturnFate::Made {
            path,
            stood,
            cells: made.lit.cells,
            unnoted: made.lit.unnoted,
            elsewhere: made.elsewhere,
        });
    }
    Err(Error::Usage(format!(
        "{} : trop de classeurs de ce nom.",
        dir.display()
    )))
}

/// Longest name, in UTF-16 units: with the folders above, paths stay under the 260 that Windows allows.
const LONGEST: usize = 120;

/// A name that every system takes: it may come from an archive, or from another system.
fn plain(name: &str) -> String {
    let refused = |c: char| "<>:\"/\\|?*".contains(c) || c.is_control();
    let kept = |c: char| if refused(c) { '-' } else { c };
    let whole: String = name.chars().map(kept).collect();
    let (stem, end) = whole.rsplit_once('.').unwrap_or((&whole, "xlsx"));
    let excess = whole.encode_utf16().count().saturating_sub(LONGEST);
    if excess == 0 {
        return whole;
    }
    // What is added stays: by it the file is known when it comes back.
    let (own, added) = stem.rfind(" (").map_or((stem, ""), |at| stem.split_at(at));
    let room = own.encode_utf16().count().saturating_sub(excess);
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= room
    };
    let own: String = own.chars().take_while(fits).collect();
    format!("{}{added}.{end}", own.trim_end())
}

impl ReturnedFile {
    /// One line for a person: « Grille R01.xlsx : 4 cellules marquées, dans … ».
    pub(crate) fn told(&self) -> String {
        let name = self.given.as_ref().unwrap_or(&self.name);
        match &self.fate {
            ReturnFate::Made {
                path,
                stood,
                cells,
                unnoted,
                elsewhere,
            } => {
                let file = path.file_name().map(|n| n.to_string_lossy().into_owned());
                let mut line = format!(
                    "{name} : {}, dans « {} »",
                    count(*cells, "cellule marquée", "cellules marquées"),
                    file.unwrap_or_default()
                );
                if *stood {
                    line.push_str(" (déjà là, à l’identique)");
                }
                if *unnoted > 0 {
                    let said = count(*unnoted, "cellule sans note", "cellules sans note");
                    line = format!(
                        "{line} ; {said}, parce qu’une conversation s’y trouve ou qu’il y en a trop"
                    );
                }
                if *elsewhere > 0 {
                    let said = count(*elsewhere, "remarque ne porte", "remarques ne portent");
                    line = format!("{line} ; {said} sur aucune cellule (liste : --liste)");
                }
                format!("{line}.")
            }
            ReturnFate::Unmarked { why, remarks } => format!(
                "{name} : ne peut pas être marqué, {why} ; {} dans la liste (--liste LISTE.xlsx).",
                count(*remarks, "remarque à lire", "remarques à lire")
            ),
        }
    }
}
