//! Styles that a person finds in the list of her word processor: titles and headings are the built-in ones, so
//! that the navigation pane and a table of contents know them.

use std::fmt::Write;

use crate::base::palette::{INK, RULE, SECOND};

/// Margins, in twentieths of a point.
pub(super) const MARGIN: usize = 1_020;
/// Width of the text, in twentieths of a point: A4 without two margins of 18 mm.
pub(super) const TEXT_WIDTH: usize = 11_906 - 2 * MARGIN;

/// A style of paragraphs.
struct WordStyle {
    /// What this program calls it.
    name: &'static str,
    /// Its identifier in the file.
    id: &'static str,
    /// Name that word processors know, in English for those that they translate.
    known: &'static str,
    /// Properties of the paragraph, in the order of the schema.
    paragraph: &'static str,
    /// Properties of its runs; `{accent}`, `{ink}` and `{second}` are colours.
    run: &'static str,
}

const STYLES: &[WordStyle] = &[
    WordStyle {
        name: "Normal",
        id: "Normal",
        known: "Normal",
        paragraph: "<w:spacing w:after=\"100\" w:line=\"264\" w:lineRule=\"auto\"/>",
        run: "",
    },
    WordStyle {
        name: "Titre",
        id: "Title",
        known: "Title",
        paragraph: "<w:keepNext/><w:spacing w:after=\"80\"/>",
        run: "<w:b/><w:color w:val=\"{ink}\"/><w:sz w:val=\"40\"/><w:szCs w:val=\"40\"/>",
    },
    WordStyle {
        name: "Sous-titre",
        id: "Subtitle",
        known: "Subtitle",
        paragraph: "<w:spacing w:after=\"80\"/>",
        run: "<w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>",
    },
    WordStyle {
        name: "Lieu",
        id: "Lieu",
        known: "Lieu et date",
        paragraph: "<w:spacing w:after=\"40\"/>",
        run: "<w:color w:val=\"{second}\"/><w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    },
    WordStyle {
        name: "Titre 1",
        id: "Heading1",
        known: "heading 1",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"320\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        run: "<w:b/><w:color w:val=\"{accent}\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>",
    },
    WordStyle {
        name: "Titre 2",
        id: "Heading2",
        known: "heading 2",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"200\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/>",
        run: "<w:b/><w:color w:val=\"{ink}\"/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>",
    },
    WordStyle {
        name: "Titre 3",
        id: "Heading3",
        known: "heading 3",
        paragraph: "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/>",
        run: "<w:b/><w:i/><w:color w:val=\"{ink}\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>",
    },
    WordStyle {
        name: "Second",
        id: "Second",
        known: "Texte secondaire",
        paragraph: "<w:spacing w:before=\"40\" w:after=\"60\"/>",
        run: "<w:color w:val=\"{second}\"/>",
    },
    WordStyle {
        name: "Fort",
        id: "Fort",
        known: "Phrase forte",
        paragraph: "<w:spacing w:after=\"100\"/>",
        run: "<w:b/><w:sz w:val=\"23\"/><w:szCs w:val=\"23\"/>",
    },
    WordStyle {
        name: "Puce",
        id: "ListBullet",
        known: "List Bullet",
        paragraph: "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/>",
        run: "",
    },
    WordStyle {
        name: "Puce 2",
        id: "ListBullet2",
        known: "List Bullet 2",
        paragraph: "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"40\"/>",
        run: "<w:color w:val=\"{second}\"/>",
    },
    WordStyle {
        name: "Numéro",
        id: "ListNumber",
        known: "List Number",
        paragraph: "<w:spacing w:after=\"60\"/>",
        run: "",
    },
    WordStyle {
        name: "Commentaire",
        id: "CommentText",
        known: "annotation text",
        paragraph: "<w:spacing w:after=\"0\"/>",
        run: "<w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    },
    WordStyle {
        name: "Message",
        id: "Message",
        known: "Message",
        paragraph: "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"8\" w:color=\"{accent}\"/></w:pBdr><w:spacing w:before=\"80\" w:after=\"120\"/>",
        run: "",
    },
    WordStyle {
        name: "Cellule",
        id: "Cellule",
        known: "Cellule",
        paragraph: "<w:spacing w:before=\"30\" w:after=\"30\"/>",
        run: "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    },
    WordStyle {
        name: "Cellule centrée",
        id: "CelluleCentree",
        known: "Cellule centrée",
        paragraph: "<w:spacing w:before=\"30\" w:after=\"30\"/><w:jc w:val=\"center\"/>",
        run: "<w:sz w:val=\"19\"/><w:szCs w:val=\"19\"/>",
    },
    WordStyle {
        name: "Légende",
        id: "Caption",
        known: "caption",
        paragraph: "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/>",
        run: "<w:b/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/>",
    },
    WordStyle {
        name: "Figure",
        id: "Figure",
        known: "Graphique",
        paragraph: "<w:spacing w:before=\"40\" w:after=\"40\"/>",
        run: "",
    },
    WordStyle {
        name: "En-tête",
        id: "Header",
        known: "header",
        paragraph: "<w:jc w:val=\"right\"/>",
        run: "<w:b/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/>",
    },
    WordStyle {
        name: "Pied",
        id: "Footer",
        known: "footer",
        paragraph: "<w:tabs><w:tab w:val=\"right\" w:pos=\"9866\"/></w:tabs>",
        run: "<w:color w:val=\"{second}\"/><w:sz w:val=\"17\"/><w:szCs w:val=\"17\"/>",
    },
];

/// The style of tables.
const TABLE: &str = "Tableau";

/// The identifier of a style, by what this program calls it; that of plain text for any other word.
pub(super) fn id(name: &str) -> &'static str {
    if name == TABLE {
        return "Tableau";
    }
    let known = STYLES.iter().find(|style| style.name == name);
    known.map_or("Normal", |style| style.id)
}

/// `word/styles.xml`; the accent is `RRGGBB`.
pub(super) fn styles(namespace: &str, accent: &str) -> String {
    let mut out = format!(
        "<w:styles xmlns:w=\"{namespace}\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/><w:color w:val=\"{INK:06X}\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"fr-FR\" w:eastAsia=\"fr-FR\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    );
    let (ink, second) = (format!("{INK:06X}"), format!("{SECOND:06X}"));
    let coloured = |text: &str| {
        text.replace("{accent}", accent)
            .replace("{ink}", &ink)
            .replace("{second}", &second)
    };
    for style in STYLES {
        let is_default = if style.id == "Normal" {
            " w:default=\"1\""
        } else {
            ""
        };
        let based = if style.id == "Normal" {
            ""
        } else {
            "<w:basedOn w:val=\"Normal\"/>"
        };
        let next = if style.id.starts_with("Heading") || style.id.ends_with("itle") {
            "<w:next w:val=\"Normal\"/>"
        } else {
            ""
        };
        let (paragraph, run) = (coloured(style.paragraph), coloured(style.run));
        let _ = write!(
            out,
            "<w:style w:type=\"paragraph\"{is_default} w:styleId=\"{}\"><w:name w:val=\"{}\"/>{based}{next}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>",
            style.id, style.known
        );
    }
    let rule = format!("w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{RULE:06X}\"");
    let _ = write!(
        out,
        "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"80\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style><w:style w:type=\"table\" w:styleId=\"Tableau\"><w:name w:val=\"{TABLE}\"/><w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders></w:tblPr></w:style></w:styles>"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_have_one_name_each_and_headings_are_the_built_in_ones() {
        for (at, style) in STYLES.iter().enumerate() {
            let alike = |other: &WordStyle| other.id == style.id || other.name == style.name;
            assert!(!STYLES[..at].iter().any(alike), "{}", style.name);
        }
        let headings = ["Titre", "Titre 1", "Titre 2", "Titre 3"].map(id);
        assert_eq!(headings, ["Title", "Heading1", "Heading2", "Heading3"]);
        assert!(!styles("urn:w", "123456").contains('{'));
    }
}
