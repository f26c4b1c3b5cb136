//! What a template can see, and its making into a PDF.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::fonts::{fonts, legible};
use super::info::Info;
use crate::base::error::{Error, Result};

/// What was laid out is kept for the next documents, whose tables share many of their lines. Every
/// so many pages, what none of them used is dropped: looking through it all takes time.
const BETWEEN: usize = 60;
/// Sweeps that what is not used survives.
const KEPT: usize = 1;
/// Pages made so far.
static PAGES: AtomicUsize = AtomicUsize::new(0);

/// Compiles a template into a PDF/UA-1 document.
///
/// `main` is the template's text, `name` its file name (errors give it), `files` what it may read
/// (`json("/data.json")`, `image("/figures/1.svg")`) or import (`"/commun.typ"`). The same paths
/// should serve for every document: each path ever used is kept by the library until the end.
/// The template must set the document's language and describe its figures; it may set its title.
///
/// # Errors
///
/// [`Error::Render`] with file, line and column of the mistake.
pub fn compile(main: &str, name: &str, files: &[(&str, Vec<u8>)], info: Info) -> Result<Vec<u8>> {
    let world = Folder::new(main, name, files, info)?;
    let made = document(&world, info);
    let pages = made.as_ref().map_or(1, |m| m.1);
    let before = PAGES.fetch_add(pages, Ordering::Relaxed);
    if before / BETWEEN != (before + pages) / BETWEEN {
        comemo::evict(KEPT);
    }
    made.map(|m| m.0)
        .map_err(|mistakes| world.explain(&mistakes))
}

/// The bytes of a document and how many pages it has.
fn document(world: &Folder, info: Info) -> Result<(Vec<u8>, usize), Vec<SourceDiagnostic>> {
    let mut document = typst::compile::<PagedDocument>(world)
        .output
        .map_err(|e| e.to_vec())?;
    let said = document.info_mut();
    if said.title.is_none() && !info.title.is_empty() {
        said.title = Some(legible(info.title).into());
    }
    if said.author.is_empty() && !info.author.is_empty() {
        said.author.push(legible(info.author).into());
    }
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| vec![mistake(e.message().as_str())])?;
    let options = PdfOptions {
        creator: typst::foundations::Smart::Custom(Some("observatoire".to_owned())),
        timestamp: world.today.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    let made = typst_pdf::pdf(&document, &options).map_err(|e| e.to_vec())?;
    Ok((made, document.pages().len()))
}

fn mistake(message: &str) -> SourceDiagnostic {
    SourceDiagnostic::error(typst::syntax::Span::detached(), message)
}

/// The files of one document, in memory.
struct Folder {
    main: FileId,
    name: String,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    today: Option<Datetime>,
}

impl Folder {
    fn new(main: &str, name: &str, files: &[(&str, Vec<u8>)], info: Info) -> Result<Self> {
        let day = info.date.get(..10).and_then(|d| d.parse::<Date>().ok());
        let today = day.and_then(|d| {
            let (month, day) = (d.month().unsigned_abs(), d.day().unsigned_abs());
            Datetime::from_ymd_hms(i32::from(d.year()), month, day, 0, 0, 0)
        });
        let id = file_id(name)?;
        let mut folder = Self {
            main: id,
            name: name.to_owned(),
            sources: HashMap::from([(id, Source::new(id, legible(main)))]),
            files: HashMap::new(),
            today,
        };
        for (path, bytes) in files {
            let id = file_id(path)?;
            let extension = path.rsplit_once('.').map_or("", |p| p.1);
            match (extension, std::str::from_utf8(bytes)) {
                ("typ", Ok(text)) => {
                    folder.sources.insert(id, Source::new(id, legible(text)));
                }
                ("json" | "svg", Ok(text)) => {
                    folder.files.insert(id, Bytes::from_string(legible(text)));
                }
                _ => {
                    folder.files.insert(id, Bytes::new(bytes.clone()));
                }
            }
        }
        Ok(folder)
    }

    /// The first mistake, placed; what was being called when it is nowhere in a template.
    fn explain(&self, mistakes: &[SourceDiagnostic]) -> Error {
        let Some(first) = mistakes.first() else {
            return Error::Render(format!("reports/modeles/{} : document vide.", self.name));
        };
        let calls = first.trace.iter().map(|t| t.span.into());
        let placed = std::iter::once(first.span)
            .chain(calls)
            .find_map(|span: typst::syntax::DiagSpan| Some((span.id()?, self.range(span)?)));
        let (file, place) = match placed {
            Some((id, range)) => {
                let lines = self.sources.get(&id).map(|s| s.lines().clone());
                let at = lines.and_then(|l| l.byte_to_line_column(range.start));
                let place = at.map(|(l, c)| format!(", ligne {}, colonne {}", l + 1, c + 1));
                let file = id.get().vpath().get_without_slash().to_owned();
                (file, place.unwrap_or_default())
            }
            None => (self.name.clone(), String::new()),
        };
        let hints: Vec<&str> = first.hints.iter().map(|h| h.v.as_str()).collect();
        let hints = match hints.as_slice() {
            [] => String::new(),
            some => format!(" ({})", some.join(" ; ")),
        };
        Error::Render(format!(
            "reports/modeles/{file}{place} : {}{hints}. Corrigez le modèle, ou supprimez-le pour reprendre celui du programme.",
            first.message
        ))
    }
}

fn file_id(path: &str) -> Result<FileId> {
    let path = VirtualPath::new(path)
        .map_err(|e| Error::Render(format!("« {path} » n’est pas un chemin de modèle ({e}).")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Folder {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: LazyLock<LazyHash<Library>> =
            // Row headers of tables, for screen readers, are among what typst calls extras.
            LazyLock::new(|| {
                let extras = [Feature::A11yExtras].into_iter().collect();
                LazyHash::new(Library::builder().with_features(extras).build())
            });
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = self.sources.get(&id).cloned();
        source.ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.files.get(&id).cloned();
        let source = || Some(Bytes::from_string(self.sources.get(&id)?.text().to_owned()));
        file.or_else(source).ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "#set document(title: \"Essai\")\n#set text(lang: \"fr\", font: \"Atkinson Hyperlegible Next\")\n";
    const INFO: Info = Info {
        date: "2026-07-04",
        title: "",
        author: "",
    };

    fn page(text: &str, files: &[(&str, Vec<u8>)]) -> Result<Vec<u8>> {
        compile(&format!("{HEAD}{text}"), "essai.typ", files, INFO)
    }

    #[test]
    fn a_document_reads_its_files_and_is_the_same_each_time() {
        let data = br#"{"mot": "bravo \u00e9t\u00e9"}"#.to_vec();
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>".to_vec();
        let files = [("/data.json", data), ("/figures/1.svg", svg)];
        let text = "= Titre\n#json(\"/data.json\").mot\n#image(\"/figures/1.svg\", alt: \"carré\", width: 2cm)\n#datetime.today().display(\"[day]/[month]/[year]\")";
        let made = page(text, &files).expect("a document");
        assert_eq!(made, page(text, &files).expect("a document"));
        let read = lopdf::Document::load_mem(&made).expect("a PDF");
        assert_eq!(read.get_pages().len(), 1);
        let words = read.extract_text(&[1]).expect("text");
        assert!(
            words.contains("bravo été") && words.contains("04/07/2026"),
            "{words}"
        );
        let catalog = read.catalog().expect("a catalogue");
        assert!(catalog.get(b"StructTreeRoot").is_ok(), "tagged");
    }

    #[test]
    fn a_mistake_is_placed() {
        let said = page("= Titre\n  #json(\"/rien.json\")", &[]).expect_err("refused");
        let said = said.to_string();
        assert!(said.contains("essai.typ, ligne 4, colonne"), "{said}");
        let files = [("/commun.typ", b"#let a = 1\n#let b = (".to_vec())];
        let said = page("#import \"/commun.typ\": a\n#a", &files).expect_err("refused");
        assert!(said.to_string().contains("commun.typ, ligne 2"), "{said}");
    }

    #[test]
    fn a_figure_without_words_and_a_document_without_title_are_refused() {
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"9\" height=\"9\"/></svg>".to_vec();
        let said = page("= T\n#image(\"/a.svg\")", &[("/a.svg", svg)]).expect_err("refused");
        assert!(said.to_string().contains("alt"), "{said}");
        assert!(compile("= T", "essai.typ", &[], INFO).is_err());
    }

    #[test]
    fn a_title_is_given_or_set_by_the_template() {
        let info = Info {
            title: "Rapport de l’été",
            author: "Territoire",
            ..INFO
        };
        let titles = |text: &str| {
            let made = compile(text, "essai.typ", &[], info).expect("a document");
            let read = lopdf::Document::load_mem(&made).expect("a PDF");
            let all = read
                .trailer
                .get(b"Info")
                .and_then(lopdf::Object::as_reference);
            let all = read.get_dictionary(all.expect("properties")).expect("read");
            ["Title", "Author"].map(|key| {
                let text = all.get(key.as_bytes()).expect("a property");
                lopdf::decode_text_string(text).expect("words")
            })
        };
        let french = "#set text(lang: \"fr\")\n= T";
        assert_eq!(titles(french), ["Rapport de l’été", "Territoire"]);
        let set = format!("#set document(title: \"Le mien\")\n{french}");
        assert_eq!(titles(&set), ["Le mien", "Territoire"]);
    }

    #[test]
    fn an_emoji_does_not_cost_the_document() {
        let files = [(
            "/data.json",
            "\"🎉 ≥ 3\u{202f}000 ✓ Łódź\"".as_bytes().to_vec(),
        )];
        assert!(page("= T\n#json(\"/data.json\")", &files).is_ok());
    }
}
