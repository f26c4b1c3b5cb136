//! The frames in which spreadsheets show notes: an old drawing (VML) that is no clean XML, so it is changed as a text.

use std::fmt::Write;

use super::cell_marks::{INCOHERENT, Unmarkable};
use super::note_anchor::anchor;
use super::sheet_outline::SheetOutline;
use crate::base::diagnostics::CellRef;

/// A drawing without any frame.
pub(super) const NONE: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";
/// Shape of notes.
const SHAPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
/// Namespaces of the drawing, by their prefixes.
const NAMESPACES: [(&str, &str); 3] = [
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
];
/// Numbers of a lot of shapes.
const LOT: usize = 1024;

/// The frame of a note.
#[derive(Debug, Clone)]
pub(super) struct NoteFrame {
    at: CellRef,
    anchor: String,
}

impl NoteFrame {
    /// Of the note of a cell, for what it says.
    pub(super) fn of(at: CellRef, text: &str, outline: &SheetOutline) -> Self {
        Self {
            at,
            anchor: anchor(at, text, outline),
        }
    }
}

/// A drawing with more frames.
pub(super) fn with_frames(drawing: &str, frames: &[NoteFrame]) -> Result<String, Unmarkable> {
    let end = drawing.rfind("</xml>").or_else(|| drawing.rfind("</XML>"));
    let (head, tail) = drawing
        .split_at_checked(end.ok_or(INCOHERENT)?)
        .ok_or(INCOHERENT)?;
    let mut made = String::with_capacity(drawing.len() + frames.len() * 700);
    let declared = NAMESPACES.iter().filter(|(prefix, _)| {
        let root = head.split('>').next().unwrap_or_default();
        !root.contains(&format!("xmlns:{prefix}="))
    });
    let mut namespaces = String::new();
    for (prefix, uri) in declared {
        let _ = write!(namespaces, " xmlns:{prefix}=\"{uri}\"");
    }
    let first = greatest_number(head).map_or(LOT, |n| n) + 1;
    made.push_str(&with_lots(head, first + frames.len()));
    if !head.contains("_x0000_t202\"") {
        made.push_str(&SHAPE.replacen("<v:shapetype", &format!("<v:shapetype{namespaces}"), 1));
    }
    for (number, frame) in (first..).zip(frames) {
        let _ = write!(
            made,
            "<v:shape{namespaces} id=\"_x0000_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;margin-top:2pt;width:248pt;height:90pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            frame.anchor, frame.at.row, frame.at.col
        );
    }
    made.push_str(tail);
    Ok(made)
}

/// The greatest number that a shape bears.
fn greatest_number(drawing: &str) -> Option<usize> {
    let marks = drawing.split("_x0000_s").skip(1);
    let numbers = marks.filter_map(|rest| {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        rest[..end].parse::<usize>().ok()
    });
    numbers.max()
}

/// The drawing, saying which lots its shapes are numbered in.
fn with_lots(head: &str, most: usize) -> String {
    let lots = |from: usize| {
        (from..=most / LOT)
            .map(|n| n.to_string())
            .collect::<Vec<String>>()
    };
    let Some(at) = head.find("<o:idmap") else {
        let layout = format!(
            "<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/></o:shapelayout>",
            lots(1).join(",")
        );
        let begins = head.contains("xmlns:o=") && head.contains("xmlns:v=");
        return match head
            .find("<xml")
            .and_then(|x| Some(x + head[x..].find('>')? + 1))
        {
            Some(root) if begins => format!("{}{layout}{}", &head[..root], &head[root..]),
            _ => head.to_owned(),
        };
    };
    let Some((data, quote)) = head[at..].find("data=").and_then(|d| {
        let quote = head[at + d + 5..].chars().next()?;
        Some((at + d + 6, quote))
    }) else {
        return head.to_owned();
    };
    let Some(end) = head[data..].find(quote).map(|e| data + e) else {
        return head.to_owned();
    };
    let mut known: Vec<String> = head[data..end].split(',').map(str::to_owned).collect();
    let least = known.iter().filter_map(|n| n.trim().parse::<usize>().ok());
    let least = least.min().unwrap_or(1);
    for lot in lots(least) {
        if !known.contains(&lot) {
            known.push(lot);
        }
    }
    format!("{}{}{}", &head[..data], known.join(","), &head[end..])
}
