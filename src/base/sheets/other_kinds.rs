//! What is no table at all, told for what it is: a photo, a PDF, a document of a word processor.

/// What a file is, and what to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OtherKind {
    /// « c’est une photo ou une image ».
    pub(super) what: &'static str,
    pub(super) remedy: &'static str,
}

const IMAGE: OtherKind = OtherKind {
    what: "c’est une photo ou une image",
    remedy: "Le programme ne lit pas les images. Recopiez ses réponses dans la grille fournie, ou saisissez-les à la page « Saisir » ; gardez l’image hors de l’import.",
};
const PDF: OtherKind = OtherKind {
    what: "c’est un PDF",
    remedy: "Le programme ne lit pas les PDF. Demandez à qui l’envoie le classeur ou l’export d’où il vient ; sinon, recopiez ses réponses dans la grille fournie.",
};
const DOCUMENT: OtherKind = OtherKind {
    what: "c’est un document de traitement de texte (Word ou Writer)",
    remedy: "Le programme ne lit pas les documents de texte. Si les réponses y sont dans un tableau, copiez ce tableau dans un classeur, une ligne par question, et importez ce classeur ; sinon, recopiez-les dans la grille fournie.",
};
const SLIDES: OtherKind = OtherKind {
    what: "c’est une présentation",
    remedy: "Le programme ne lit pas les présentations. Recopiez ses réponses dans la grille fournie, ou importez le fichier d’où elles viennent.",
};

/// What only such files begin with.
const STARTS: [(&[u8], OtherKind); 7] = [
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"%PDF-", PDF),
    (b"{\\rtf", DOCUMENT),
];
/// Parts that only such archives hold, as their names are written.
const PARTS: [(&[u8], OtherKind); 3] = [
    (b"word/document.xml", DOCUMENT),
    (b"opendocument.text", DOCUMENT),
    (b"ppt/presentation.xml", SLIDES),
];

/// What the first bytes of a file say that it is, whatever its name; none for what may be a table.
pub(super) fn by_its_start(bytes: &[u8]) -> Option<OtherKind> {
    let start = STARTS.iter().find(|(mark, _)| bytes.starts_with(mark));
    // Phones: « ....ftypheic », « RIFF....WEBP ».
    let is_phone = bytes.get(4..8) == Some(b"ftyp") || bytes.get(8..12) == Some(b"WEBP");
    start.map(|s| s.1).or(is_phone.then_some(IMAGE))
}

/// What an archive that is no workbook is, by the names of its parts.
pub(super) fn by_its_parts(bytes: &[u8]) -> Option<OtherKind> {
    const NAMED: usize = 64 << 10;
    let is_zip = bytes.starts_with(b"PK\x03\x04");
    let end = &bytes[bytes.len().saturating_sub(NAMED)..];
    let begin = &bytes[..bytes.len().min(NAMED)];
    let holds = |mark: &[u8]| {
        [begin, end]
            .iter()
            .any(|b| b.windows(mark.len()).any(|w| w == mark))
    };
    let found = PARTS.iter().find(|(mark, _)| is_zip && holds(mark));
    found.map(|p| p.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_and_documents_are_known_and_tables_are_not() {
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], IMAGE),
            (b"\xff\xd8\xff\xe0..JFIF", IMAGE),
            (b"\0\0\0\x18ftypheic", IMAGE),
            (b"%PDF-1.7", PDF),
            (b"{\\rtf1", DOCUMENT),
        ] {
            assert_eq!(by_its_start(bytes), Some(kind));
        }
        for table in [&b"structure;note\nR01;3\n"[..], b"PK\x03\x04", b"", b"II"] {
            assert_eq!(by_its_start(table), None);
            assert_eq!(by_its_parts(table), None);
        }
        assert_eq!(
            by_its_parts(b"PK\x03\x04...word/document.xml..."),
            Some(DOCUMENT)
        );
        assert_eq!(
            by_its_parts(b"word/document.xml"),
            None,
            "a text that says so"
        );
    }
}
