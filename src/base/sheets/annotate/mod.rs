//! Somebody's own workbook with some cells lit: a fill and a border, and a note that says why. Everything else is
//! theirs: parts that need no change are copied as they are packed, those that do are changed where they must be
//! and nowhere else.
//!
//! | question | file |
//! |---|---|
//! | a workbook and its marks → the workbook lit; which sheet is which part | this file |
//! | cells to light, and why they cannot be | `cell_marks` |
//! | the parts of a package: read, changed, added, packed again | `package_parts` |
//! | tags of a part with their places; what is changed in it | `tag_places` |
//! | what leads from a part to another, which kind each part is | `part_links` |
//! | fills, borders, and the styles of cells cloned with them | `mark_styles` |
//! | what a sheet says of its columns, rows, merged cells and drawing | `sheet_outline` |
//! | the styles of its cells; cells and rows that are not there | `marked_cells` |
//! | the notes themselves, after those that people laid | `note_texts` |
//! | the frames in which notes are shown | `note_frames`; where each stands: `note_anchor` |
//! | which words of a note are the program's: no reader takes them for somebody's | `note_words` |

mod cell_marks;
mod mark_styles;
mod marked_cells;
mod note_anchor;
mod note_frames;
mod note_texts;
mod note_words;
mod package_parts;
mod part_links;
mod sheet_outline;
mod tag_places;

use std::collections::BTreeMap;

pub(super) use note_words::without_own_words;

pub(crate) use cell_marks::{CellMark, SheetMarks, Unmarkable};

use self::cell_marks::INCOHERENT;
use self::mark_styles::MarkStyles;
use self::marked_cells::marked;
use self::note_frames::{NoteFrame, with_frames};
use self::note_texts::{NotesMade, with_notes};
use self::package_parts::Package;
use self::part_links::{NameFamily, add_link, declare, links_of};
use self::sheet_outline::SheetOutline;
use super::xml_names::{attribute, local};
use crate::base::diagnostics::CellRef;

/// A workbook lit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LitWorkbook {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Cells filled.
    pub(crate) cells: usize,
    /// Of these, cells without a note of ours: a conversation is held on them, or there are too many.
    pub(crate) unnoted: usize,
    /// Marks whose sheet is not there.
    pub(crate) lost: usize,
}

/// Notes of one sheet: spreadsheets draw each, and open slowly beyond.
const MOST_NOTES: usize = 2_000;

/// Lights cells of a workbook.
///
/// # Errors
///
/// What is no OOXML workbook, or one whose parts contradict each other.
pub(crate) fn lit(bytes: &[u8], marks: &SheetMarks) -> Result<LitWorkbook, Unmarkable> {
    let mut package = Package::open(bytes)?;
    let book = BookParts::of(&mut package)?;
    let mut styles = MarkStyles::of(&book.styles_xml(&mut package)?)?;
    let (mut cells, mut unnoted, mut lost) = (0, 0, 0);
    for (sheet, marks) in marks {
        let Some(path) = book.sheets.get(sheet) else {
            lost += marks.len();
            continue;
        };
        let xml = package.text(path)?.ok_or(INCOHERENT)?;
        let outline = SheetOutline::of(&xml)?;
        let marks = outline.gathered(marks);
        let graves: BTreeMap<CellRef, bool> = marks.iter().map(|(at, m)| (*at, m.grave)).collect();
        let lit = marked(&xml, &graves, &outline, &mut styles)?;
        package.put(path, lit);
        cells += marks.len();
        let noted = noted(&mut package, &book, path, &outline, &marks)?;
        unnoted += marks.len() - noted;
    }
    book.put_styles(&mut package, styles.finish()?)?;
    Ok(LitWorkbook {
        bytes: package.finish()?,
        cells,
        unnoted,
        lost,
    })
}

/// Where the parts of a workbook are.
struct BookParts {
    family: NameFamily,
    workbook: String,
    styles: Option<String>,
    /// Name of a sheet → its part.
    sheets: BTreeMap<String, String>,
}

impl BookParts {
    fn of(package: &mut Package) -> Result<Self, Unmarkable> {
        const OTHER: Unmarkable = Unmarkable("ce n’est pas un classeur .xlsx");
        let root = links_of(package, "")?;
        let main = root.values().find(|t| t.kind.ends_with("/officeDocument"));
        let main = main.ok_or(OTHER)?;
        let workbook = main.path.clone();
        if workbook.to_lowercase().ends_with(".bin") {
            return Err(Unmarkable(
                "un classeur binaire (.xlsb) ne peut pas être annoté",
            ));
        }
        let xml = package.text(&workbook)?.ok_or(OTHER)?;
        let links = links_of(package, &workbook)?;
        let mut sheets = BTreeMap::new();
        super::xlsx_extras::each_tag(xml.as_bytes(), |tag| {
            if local(tag) == "sheet"
                && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
                && let Some(target) = links.get(&id)
                && target.kind.ends_with("/worksheet")
            {
                sheets.insert(name, target.path.clone());
            }
        });
        if sheets.is_empty() {
            return Err(OTHER);
        }
        let styles = links.values().find(|t| t.kind.ends_with("/styles"));
        Ok(Self {
            family: NameFamily::of(&main.kind),
            styles: styles.map(|t| t.path.clone()),
            workbook,
            sheets,
        })
    }

    fn styles_xml(&self, package: &mut Package) -> Result<String, Unmarkable> {
        let own = match &self.styles {
            Some(path) => package.text(path)?,
            None => None,
        };
        Ok(own.unwrap_or_else(|| mark_styles::none(self.family)))
    }

    fn put_styles(&self, package: &mut Package, xml: String) -> Result<(), Unmarkable> {
        if let Some(path) = self.styles.as_ref().filter(|path| package.has(path)) {
            package.put(path, xml);
            return Ok(());
        }
        // Where every reader looks for it, unless something else bears the name.
        let usual = "xl/styles.xml".to_owned();
        let path = if package.has(&usual) {
            package.fresh("xl/styles", "xml")
        } else {
            usual
        };
        package.put(&path, xml);
        add_link(package, self.family, &self.workbook, "styles", &path)?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
        declare(package, &path, kind)
    }
}

/// Lays the notes of a sheet; how many.
fn noted(
    package: &mut Package,
    book: &BookParts,
    sheet: &str,
    outline: &SheetOutline,
    marks: &BTreeMap<CellRef, CellMark>,
) -> Result<usize, Unmarkable> {
    let links = links_of(package, sheet)?;
    let comments = links.values().find(|t| t.kind.ends_with("/comments"));
    let former = match comments {
        Some(target) => package.text(&target.path)?,
        None => None,
    };
    let wanted = marks.iter().take(MOST_NOTES);
    let wanted: BTreeMap<CellRef, &str> = wanted.map(|(at, m)| (*at, m.text.as_str())).collect();
    let made: NotesMade = with_notes(former.as_deref(), book.family, &wanted)?;
    match comments.filter(|_| former.is_some()) {
        Some(target) => package.put(&target.path, made.xml),
        None if !made.new.is_empty() => {
            let path = package.fresh("xl/comments", "xml");
            package.put(&path, made.xml);
            add_link(package, book.family, sheet, "comments", &path)?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
            declare(package, &path, kind)?;
        }
        None => {}
    }
    let new = made.new.iter();
    let frames = new.map(|at| NoteFrame::of(*at, wanted.get(at).unwrap_or(&""), outline));
    let frames: Vec<NoteFrame> = frames.collect();
    if !frames.is_empty() {
        framed(package, book, sheet, outline, &frames)?;
    }
    Ok(made.laid)
}

/// Draws the frames of new notes, in the drawing of the sheet that has one.
fn framed(
    package: &mut Package,
    book: &BookParts,
    sheet: &str,
    outline: &SheetOutline,
    frames: &[NoteFrame],
) -> Result<(), Unmarkable> {
    let links = links_of(package, sheet)?;
    let known = outline.drawing.as_ref().and_then(|id| links.get(id));
    if let Some(path) = known.map(|t| t.path.clone())
        && let Some(drawing) = package.text(&path)?
    {
        package.put(&path, with_frames(&drawing, frames)?);
        return Ok(());
    }
    let path = package.fresh("xl/drawings/vmlDrawing", "vml");
    package.put(&path, with_frames(note_frames::NONE, frames)?);
    let id = add_link(package, book.family, sheet, "vmlDrawing", &path)?;
    declare(package, "vml", part_links::VML)?;
    let xml = package.text(sheet)?.ok_or(INCOHERENT)?;
    let drawn = sheet_outline::with_drawing(&xml, book.family, &id)?;
    package.put(sheet, drawn);
    Ok(())
}
