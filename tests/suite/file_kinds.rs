//! Good files in forms that few programs write: old workbooks coloured or commented, parts under other names,
//! tables that stand in one column, archives of grids, groups joined by what people chose.

use std::io::{Read, Write};

use crate::atelier::Atelier;
use crate::layouts::{book, csv, read, zip};

/// Records of an old workbook: kind, then content.
pub type Records = Vec<(u16, Vec<u8>)>;

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// A text of one byte a letter, behind its length.
fn text(letters: &str) -> Vec<u8> {
    [
        &words(&[letters.len() as u16]),
        &[0_u8][..],
        letters.as_bytes(),
    ]
    .concat()
}

fn bof(kind: u16) -> (u16, Vec<u8>) {
    (0x0809, words(&[0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 0, 0]))
}

fn label(row: u16, col: u16, letters: &str) -> (u16, Vec<u8>) {
    (0x0204, [words(&[row, col, 0]), text(letters)].concat())
}

/// A table of two answers, one of them commented, in the records of Excel 97.
pub fn sheet() -> Records {
    let heads = ["structure", "REL-1-FAM-1", "REL-1-FAM-2"];
    let mut all: Records = heads
        .iter()
        .zip(0..)
        .map(|(h, col)| label(0, col, h))
        .collect();
    for row in [1, 2] {
        all.push(label(row, 0, "R01"));
        for col in [1, 2] {
            let number = [words(&[row, col, 0]), 3_f64.to_le_bytes().to_vec()].concat();
            all.push((0x0203, number));
        }
    }
    all
}

/// A workbook of one sheet, in its compound file.
pub fn xls(globals: &[(u16, Vec<u8>)], sheet: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let written = |records: &[(u16, Vec<u8>)]| -> Vec<u8> {
        let head = |r: &(u16, Vec<u8>)| words(&[r.0, r.1.len() as u16]);
        records
            .iter()
            .flat_map(|r| [head(r), r.1.clone()].concat())
            .collect()
    };
    let before = written(&[&[bof(5)], globals].concat());
    let bound = |start: u32| {
        let name = [&start.to_le_bytes()[..], &[0, 0, 7, 0], b"Feuille"].concat();
        written(&[(0x0085, name), (0x000a, Vec::new())])
    };
    let start = (before.len() + bound(0).len()) as u32;
    let body = written(&[&[bof(16)], sheet, &[(0x000a, Vec::new())]].concat());
    let mut stream = [before, bound(start), body].concat();
    // Shorter streams are kept elsewhere in the file.
    stream.resize(stream.len().max(4096), 0);
    let file = std::io::Cursor::new(Vec::new());
    let mut compound =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, file).expect("a file");
    let mut into = compound.create_stream("/Workbook").expect("a stream");
    into.write_all(&stream).expect("written");
    drop(into);
    compound.flush().expect("written");
    compound.into_inner().into_inner()
}

const READ: [&str; 2] = ["R01  REL-1-FAM-1=3, REL-1-FAM-2=3"; 2];

#[test]
fn a_coloured_sheet_of_an_old_workbook_is_no_larger_than_what_it_holds() {
    let mut records = sheet();
    // Blanks to the last row and the last column.
    records.push((0x0201, words(&[65_535, 255, 0])));
    records.push((0x00be, words(&[65_534, 0, 0, 0, 0, 255])));
    assert_eq!(read("a.xls", &xls(&[], &records)).1, READ);
    // A chart in the sheet has cells of its own, far away.
    let mut nested = sheet();
    nested.push(bof(32));
    nested.push((0x0203, [words(&[65_535, 255, 0]), vec![0; 8]].concat()));
    nested.push((0x000a, Vec::new()));
    assert_eq!(read("a.xls", &xls(&[], &nested)).1, READ);
    // What is filled so far away is refused.
    let mut far = sheet();
    far.push(label(65_535, 255, "x"));
    let refused = observatoire::base::sheets::open(std::path::Path::new("a.xls"), &xls(&[], &far));
    assert_eq!(refused.expect_err("too far").code.as_str(), "FIC-104");
}

/// Excel 5 wrote its records without a file around them.
#[test]
fn a_workbook_without_its_compound_file_is_read_and_an_older_one_named() {
    let written = |records: &[(u16, Vec<u8>)]| -> Vec<u8> {
        let head = |r: &(u16, Vec<u8>)| words(&[r.0, r.1.len() as u16]);
        let all = records.iter().flat_map(|r| [head(r), r.1.clone()].concat());
        all.collect()
    };
    let begin = |kind: u16| (0x0809, words(&[0x0500, kind, 0x0dbb, 0x07cc]));
    let short = |record: (u16, Vec<u8>)| {
        // No mark of width before the letters.
        let (kind, mut body) = record;
        if kind == 0x0204 {
            body.remove(8);
        }
        (kind, body)
    };
    let before = written(&[begin(5), (0x0042, words(&[1252]))]);
    let bound = |start: u32| {
        let name = [&start.to_le_bytes()[..], &[0, 0, 7], b"Feuille"].concat();
        written(&[(0x0085, name), (0x000a, Vec::new())])
    };
    let mut body = vec![begin(16)];
    body.extend(sheet().into_iter().map(short));
    body.push((0x000a, Vec::new()));
    let start = (before.len() + bound(0).len()) as u32;
    let bytes = [before, bound(start), written(&body)].concat();
    assert_eq!(read("a.xls", &bytes).1, READ);
    let older = written(&[(0x0409, words(&[0x0400, 16, 0])), (0x000a, Vec::new())]);
    let refused = observatoire::base::sheets::open(std::path::Path::new("a.xls"), &older);
    let said = refused.expect_err("too old").to_string();
    assert!(
        said.contains("FIC-102") && said.contains("Excel 5"),
        "{said}"
    );
}

#[test]
fn an_encrypted_old_workbook_says_so_with_the_way_out() {
    // XOR, then RC4: the rest would be read as noise.
    for method in [0, 1] {
        let pass = (0x002f, words(&[method, 0x1234, 0x5678]));
        let refused = observatoire::base::sheets::open(
            std::path::Path::new("a.xls"),
            &xls(&[pass], &sheet()),
        );
        let said = refused.expect_err("encrypted").to_string();
        assert!(
            said.contains("FIC-103")
                && said.contains("mot de passe")
                && said.contains("enregistrez"),
            "{said}"
        );
    }
}

#[test]
fn comments_of_old_workbooks_and_of_opendocument_are_read() {
    let mut records = sheet();
    let object = words(&[0x15, 0x12, 0x19, 1, 0, 0, 0, 0, 0, 0, 0]);
    records.push((0x005d, object));
    let said = "Jeanne D.:\nvu deux fois";
    let shown = [words(&[0; 5]), words(&[said.len() as u16, 16, 0, 0])].concat();
    records.push((0x01b6, shown));
    records.push((0x003c, [&[0_u8][..], said.as_bytes()].concat()));
    records.push((0x003c, vec![0; 16]));
    records.push((0x001c, [words(&[1, 2, 0, 1]), text("Jeanne D.")].concat()));
    let read_xls = read("a.xls", &xls(&[], &records)).1;
    let expected = ["R01  REL-1-FAM-1=3, REL-1-FAM-2=3 (vu deux fois)", READ[1]];
    assert_eq!(read_xls, expected);
    let cell = |inside: &str| {
        format!("<table:table-cell office:value-type=\"string\">\n{inside}</table:table-cell>\n")
    };
    let row =
        |cells: &[String]| format!("<table:table-row>\n{}</table:table-row>\n", cells.concat());
    let said = |t: &str| cell(&format!("<text:p>{t}</text:p>"));
    let note = "<office:annotation><dc:creator>Jeanne D.</dc:creator><text:p>vu deux fois</text:p></office:annotation>";
    let rows = [
        row(&["structure", "REL-1-FAM-1", "REL-1-FAM-2"].map(said)),
        row(&[
            said("R01"),
            said("3"),
            cell(&format!("{note}<text:p>3</text:p>")),
        ]),
        row(&["R01", "3", "3"].map(said)),
    ];
    let content = format!(
        "<office:document-content>\n <office:body>\n  <office:spreadsheet>\n<table:table table:name=\"A\">\n{}</table:table>\n\
         </office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let ods = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ]);
    assert_eq!(read("a.ods", &ods).1, expected);
}

/// A workbook of today, its parts by name.
fn parts() -> Vec<(String, Vec<u8>)> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let lines = [
        ["structure", "REL-1-FAM-1", "REL-1-FAM-2"],
        ["R01", "3", "3"],
        ["R01", "3", "3"],
    ];
    for (row, line) in (0..).zip(lines) {
        for (col, cell) in (0..).zip(line) {
            sheet.write(row, col, cell).expect("written");
        }
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut all = Vec::new();
    for i in 0..archive.len() {
        let mut part = archive.by_index(i).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("read");
        all.push((part.name().expect("a name").into_owned(), content));
    }
    all
}

#[test]
fn parts_of_a_workbook_may_bear_any_name() {
    let renamed = |changes: &[(&str, &str)]| {
        let change = |text: &str| {
            let all = changes.iter();
            all.fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
        };
        let parts = parts().into_iter().map(|(name, content)| {
            let links = name.contains("_rels/") || name.starts_with("[Content");
            let content = match String::from_utf8(content) {
                Ok(text) if links => change(&text).into_bytes(),
                Ok(text) => text.into_bytes(),
                Err(bytes) => bytes.into_bytes(),
            };
            (change(&name), content)
        });
        crate::mutated::pack(&parts.collect::<Vec<_>>()).expect("an archive")
    };
    for changes in [
        &[][..],
        &[("workbook.xml", "workbook22.xml")],
        &[
            ("sharedStrings.xml", "sharedStrings3.xml"),
            ("styles.xml", "styles7.xml"),
        ],
        &[("xl/", "classeur/"), ("workbook.xml", "document.xml")],
    ] {
        assert_eq!(read("a.xlsx", &renamed(changes)).1, READ, "{changes:?}");
    }
    let backslashes: Vec<(String, Vec<u8>)> = parts()
        .into_iter()
        .map(|(name, content)| (name.replace('/', "\\"), content))
        .collect();
    let bytes = crate::mutated::pack(&backslashes).expect("an archive");
    assert_eq!(read("a.xlsx", &bytes).1, READ);
}

#[test]
fn a_table_that_stands_in_its_first_column_gets_its_columns() {
    let lines = ["structure;REL-1-FAM-1;REL-1-FAM-2", "R01;3;3", "R01;3;3"];
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in (0..).zip(lines) {
        sheet.write(row, 0, line).expect("written");
    }
    let bytes = workbook.save_to_buffer().expect("a workbook");
    assert_eq!(read("a.xlsx", &bytes).1, READ);
    let quoted = lines.map(|l| format!("\"{l}\"\r\n")).concat();
    assert_eq!(read("a.csv", quoted.as_bytes()).1, READ);
    let atelier = Atelier::blank();
    let path = atelier.write("reçus/a.xlsx", &bytes);
    let answer = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!((answer.stdout + &answer.stderr).contains("FIC-117"));
}

#[test]
fn an_archive_of_grids_is_read_file_by_file() {
    let atelier = Atelier::blank();
    let mut workbook = parts();
    workbook.retain(|(name, _)| !name.starts_with("docProps"));
    let workbook = crate::mutated::pack(&workbook).expect("a workbook");
    let table = csv(
        ";",
        &[
            &["structure", "REL-1-FAM-1", "REL-1-FAM-2"],
            &["R02", "3", "2"],
        ],
    );
    let files = [
        ("Reçus/familles R01.xlsx", workbook.clone()),
        ("Reçus/familles R02.csv", table.into_bytes()),
        ("Reçus/abîmé.xls", xls(&[], &[(0x00fd, vec![0; 3])])),
        ("Reçus/mode d’emploi.docx", b"x".to_vec()),
        ("__MACOSX/Reçus/._familles R01.xlsx", b"x".to_vec()),
    ];
    let files = files.map(|(name, bytes)| (name.to_owned(), bytes));
    let archive = crate::mutated::pack(&files).expect("an archive");
    let path = atelier.write("reçus/tout.zip", &archive);
    let answer = atelier.run(&["importer", &path, "--campagne", "C1"]);
    let told = answer.stdout + &answer.stderr;
    assert_eq!(answer.code, 1, "{told}");
    for word in [
        "familles R01.xlsx",
        "familles R02.csv",
        "abîmé.xls",
        "1 .docx",
        "1 fichier du système",
    ] {
        assert!(told.contains(word), "{word}: {told}");
    }
    let entered = atelier.run(&["exporter", "observations"]).stdout;
    assert_eq!(entered.lines().count(), 1 + 4 + 2, "{entered}");
    // The same file alone is the same file.
    let path = atelier.write("reçus/seul.xlsx", &workbook);
    let again = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert!((again.stdout + &again.stderr).contains("FIC-109"));
}

/// What Kobo writes after the questions.
const KOBO: [&str; 4] = ["_id", "_uuid", "_submission_time", "_index"];

#[test]
fn whatever_joins_the_groups_of_kobo_is_understood() {
    let expected = read("kobo.csv", kobo("/").as_bytes());
    assert_eq!(expected.0, "kobo");
    assert_eq!(expected.1, ["R01 2026-05-12 REL-1-FAM-1=3, REL-1-FAM-2=2"]);
    for joint in [".", " ", "", "_", " - ", ": "] {
        assert_eq!(
            read("kobo.csv", kobo(joint).as_bytes()),
            expected,
            "« {joint} »"
        );
    }
}

fn kobo(joint: &str) -> String {
    let heads = ["structure", "date", "REL1FAM1", "REL1FAM2"].map(|n| format!("visite{joint}{n}"));
    let heads: Vec<&str> = heads.iter().map(String::as_str).chain(KOBO).collect();
    let answers = [
        "R01",
        "2026-05-12",
        "3",
        "2",
        "1",
        "u1",
        "2026-05-12T10:00:00",
        "1",
    ];
    csv(";", &[&heads, &answers])
}

/// A response that asks nothing itself, with an open question: its words belong to who speaks in its groups.
#[test]
fn words_beside_repeated_groups_are_kept() {
    let root = csv(
        ",",
        &[
            &["SubmissionDate", "structure", "suggestions", "KEY"],
            &["2026-05-12T10:00:00Z", "R01", "Trop de bruit", "uuid:1"],
        ],
    );
    let group = csv(
        ",",
        &[
            &["enfants-REL1FAM1", "enfants-REL1FAM2", "PARENT_KEY", "KEY"],
            &["3", "2", "uuid:1", "uuid:1/enfants[1]"],
            &["4", "2", "uuid:1", "uuid:1/enfants[2]"],
        ],
    );
    let expected = [
        "R01 2026-05-12 LIBRE= (Trop de bruit)",
        "R01 2026-05-12 REL-1-FAM-1=3, REL-1-FAM-2=2",
        "R01 2026-05-12 REL-1-FAM-1=4, REL-1-FAM-2=2",
    ];
    for folder in ["", "export/"] {
        let archive = zip(&[
            (&format!("{folder}f.csv"), &root),
            (&format!("{folder}f-enfants.csv"), &group),
            (&format!("{folder}media/lieux.csv"), "a,b\n1,2\n"),
        ]);
        assert_eq!(
            read("odk.zip", &archive),
            ("odk", expected.map(str::to_owned).into()),
            "{folder}"
        );
    }
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let fill = |sheet: &mut rust_xlsxwriter::Worksheet, lines: &[&[&str]]| {
        for (row, line) in (0..).zip(lines) {
            for (col, cell) in (0..).zip(*line) {
                sheet.write(row, col, *cell).expect("written");
            }
        }
    };
    let root = [&["structure", "date", "suggestions"], &KOBO[..]].concat();
    let said = [
        "R01",
        "2026-05-12",
        "Trop de bruit",
        "1",
        "u1",
        "2026-05-12T10:00:00",
        "1",
    ];
    fill(workbook.add_worksheet(), &[&root, &said]);
    let linked = [
        "enfants/REL1FAM1",
        "enfants/REL1FAM2",
        "_index",
        "_parent_table_name",
        "_parent_index",
        "_submission__uuid",
    ];
    let line = |a, n| [a, "2", n, "f", "1", "u1"];
    fill(
        workbook.add_worksheet(),
        &[&linked, &line("3", "1"), &line("4", "2")],
    );
    let bytes = workbook.save_to_buffer().expect("a workbook");
    assert_eq!(
        read("kobo.xlsx", &bytes),
        ("kobo", expected.map(str::to_owned).into())
    );
}

/// An ODS says in its own way what is hidden, and what is no spreadsheet.
#[test]
fn an_opendocument_that_is_no_workbook_or_is_locked_says_so() {
    let refused = |parts: &[(&str, &str)]| {
        let read = observatoire::base::sheets::open(std::path::Path::new("a.ods"), &zip(parts));
        read.expect_err("refused").to_string()
    };
    let text = "<office:document-content><office:body><office:text/></office:body></office:document-content>";
    assert!(refused(&[("content.xml", text)]).contains("pas un classeur"));
    let manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    assert!(
        refused(&[
            ("content.xml", "\u{7}"),
            ("META-INF/manifest.xml", manifest)
        ])
        .contains("FIC-103")
    );
    let hidden = "<o:d><style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>\
         <table:table table:name=\"A\" table:style-name=\"ta1\"/><table:table table:name=\"B\" table:style-name=\"ta2\"></table:table></o:d>";
    let book = book("a.ods", &zip(&[("content.xml", hidden)]));
    let seen: Vec<(&str, bool)> = book.sheets.iter().map(|s| (&*s.name, s.hidden)).collect();
    assert_eq!(seen, [("A", false), ("B", true)]);
}
