//! Workbooks whose reading ends a process, or never ends: they cost themselves alone.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::atelier::Atelier;
use crate::mutated::pack;

/// A sound ODS of so many lines: one response each.
fn long_table(lines: usize) -> Vec<u8> {
    let mut xml = String::from(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body>\
         <office:spreadsheet><table:table table:name=\"A\">",
    );
    let mut line = |texts: [&str; 3]| {
        xml.push_str("<table:table-row>");
        for text in texts {
            let cell = "<table:table-cell office:value-type=\"string\"><text:p>";
            let _ = write!(xml, "{cell}{text}</text:p></table:table-cell>");
        }
        xml.push_str("</table:table-row>");
    };
    line(["structure", "REL-1-FAM-1", "REL-1-FAM-2"]);
    (0..lines).for_each(|_| line(["R01", "3", "2"]));
    xml.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", xml.as_str()),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"m\"/>",
        ),
    ];
    let parts = parts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    pack(&parts).expect("an archive")
}

/// What a reader says of bytes, when it may hold so much.
fn reader(bytes: &[u8], room: &str) -> (Option<i32>, Vec<u8>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_observatoire"))
        .args(["lire-a-part", "60"])
        .env("MIMALLOC_RESERVE_OS_MEMORY", room)
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .env("MIMALLOC_DISALLOW_OS_ALLOC", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("an input");
    let given = [b"a.ods\0", bytes].concat();
    // One that dies takes no more.
    let _ = input.write_all(&given);
    drop(input);
    let ended = child.wait_with_output().expect("it ends");
    (ended.status.code(), ended.stdout)
}

#[test]
fn a_reader_is_given_so_much_memory_and_no_more() {
    let bytes = long_table(150_000);
    let (code, said) = reader(&bytes, "640MiB");
    assert_eq!(code, Some(0));
    assert!(said.starts_with(b">{") && said.ends_with(b"}"));
    let (code, said) = reader(&bytes, "48MiB");
    assert_ne!(code, Some(0), "it was not stopped");
    assert!(!said.ends_with(b"}"), "{} bytes", said.len());
}

#[cfg(target_os = "linux")]
mod signals {
    use std::time::{Duration, Instant};

    use super::*;

    /// Hundredths of a second that a process must have worked, so that it has begun.
    const BEGUN: u32 = 5;

    /// The process that reads for another.
    fn reader_of(parent: u32) -> Option<u32> {
        let all = std::fs::read_dir("/proc").expect("processes").flatten();
        let ids = all.filter_map(|e| e.file_name().to_str()?.parse::<u32>().ok());
        ids.into_iter().find(|id| {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            let mut after = stat.rsplit(") ").next().unwrap_or_default().split(' ');
            let is_child = after.nth(1) == Some(parent.to_string().as_str());
            let worked = after
                .nth(9)
                .and_then(|t| t.parse::<u32>().ok())
                .unwrap_or(0);
            let words = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            is_child && worked >= BEGUN && words.windows(11).any(|w| w == b"lire-a-part")
        })
    }

    /// Imports a folder that holds a table and a workbook read apart, whose reader is sent a signal.
    fn struck(signal: &str) -> (i32, String, String) {
        let atelier = Atelier::blank();
        let folder = atelier.root().join("reçus").to_string_lossy().into_owned();
        atelier.write(
            "reçus/a.csv",
            b"structure;REL-1-FAM-1;REL-1-FAM-2\nR01;3;2\nR01;2;2\n",
        );
        atelier.write("reçus/b.ods", &long_table(60_000));
        atelier.write(
            "reçus/c.csv",
            b"structure;REL-1-FAM-1;REL-1-FAM-2\nR02;3;2\n",
        );
        let child = Command::new(env!("CARGO_BIN_EXE_observatoire"))
            .args(["--dossier", &atelier.root().to_string_lossy()])
            .args(["importer", &folder, "--campagne", "C1", "--source", "FAM"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let begun = Instant::now();
        let reader = loop {
            if let Some(id) = reader_of(child.id()) {
                break id;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "nothing reads apart"
            );
            std::thread::sleep(Duration::from_millis(1));
        };
        let sent = Command::new("kill")
            .args([signal, &reader.to_string()])
            .status();
        assert!(sent.expect("sent").success());
        let ended = child.wait_with_output().expect("it ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        let entered = atelier.run(&["exporter", "observations"]).stdout;
        assert!(
            entered.contains("a.csv") && entered.contains("c.csv"),
            "{entered}"
        );
        assert!(!entered.contains("b.ods"));
        (
            ended.status.code().expect("a code"),
            text(ended.stdout),
            text(ended.stderr),
        )
    }

    #[test]
    fn a_workbook_that_ends_its_reader_is_refused_and_the_others_enter() {
        let (code, stdout, stderr) = struck("-KILL");
        assert_eq!(code, 1, "{stderr}");
        let all = stdout + &stderr;
        assert!(all.contains("FIC-116") && all.contains("b.ods"), "{all}");
        assert!(
            all.contains("s’est arrêtée net") && all.contains(".xlsx"),
            "{all}"
        );
    }

    #[test]
    fn a_workbook_whose_reading_never_ends_is_left_and_the_others_enter() {
        let begun = Instant::now();
        let (code, stdout, stderr) = struck("-STOP");
        assert_eq!(code, 1, "{stderr}");
        let all = stdout + &stderr;
        assert!(
            all.contains("FIC-116") && all.contains("au bout de 17 secondes"),
            "{all}"
        );
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "{:?}",
            begun.elapsed()
        );
    }
}

/// What is read apart is what is read here.
#[test]
fn a_workbook_read_apart_enters_whole() {
    let atelier = Atelier::blank();
    for name in ["reponses.xls", "reponses.xlsb", "reponses.ods"] {
        let bytes = std::fs::read(format!("tests/suite/mutated/graines/{name}")).expect("a seed");
        let here = observatoire::base::sheets::open(std::path::Path::new(name), &bytes);
        let cells: usize = here
            .expect("read")
            .value
            .sheets
            .iter()
            .flat_map(|s| &s.rows)
            .map(|r| r.cells.len())
            .sum();
        let path = atelier.write(&format!("reçus/{name}"), &bytes);
        let (_, told) = atelier.json(&["importer", &path, "--campagne", "C1", "--simulation"]);
        let text = told.to_string();
        assert!(!text.contains("FIC-1"), "{text}");
        let counted = told["resultat"]["fichiers"][0]["cellules"]
            .as_array()
            .map(Vec::len);
        assert!(counted.is_some() && cells > 0, "{name}: {text}");
    }
}
