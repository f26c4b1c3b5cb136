//! The store as its callers see it: what enters is read back, and nothing is seen by half.

use std::collections::BTreeMap;
use std::path::Path;

use polars::prelude::{DataFrame, SortMultipleOptions};

use super::columns::AnswerColumn;
use super::*;
use crate::base::day::on;
use crate::base::diagnostics::CellRef;
use crate::base::table::TableColumn;
use crate::intake::observations::{
    CONSENT, FileObservations, OPEN_ANSWER, Observation, ObservationColumn, Observations,
    REMARKABLE, Statut, typed_files,
};
use crate::vocabulary::referentiel::{SourceCode, embedded_v1, parse};

pub(super) fn v1() -> Referentiel {
    parse("v1", embedded_v1()).expect("the référentiel")
}

/// A row of the long table, from « SOURCE|structure|visite|observateur|répondant|élément ».
pub(super) fn row(place: &str, statut: Statut, raw: &str, comment: &str) -> Observation {
    let parts: Vec<&str> = place.split('|').collect();
    let source: SourceCode = parts[0].parse().expect("a source");
    Observation {
        campagne: "C1".into(),
        structure: parts[1].into(),
        source,
        version: "v1".into(),
        visite: parts[2].into(),
        observateur: parts[3].into(),
        repondant: parts[4].into(),
        date: "2026-05-12".into(),
        element: parts[5].into(),
        statut,
        micro: (statut == Statut::Note && source != SourceCode::Don).then_some(2_500_000),
        modalite: (statut == Statut::Note && source != SourceCode::Don).then_some(2),
        valeur_brute: raw.into(),
        commentaire: comment.into(),
        feuille: "Grille".into(),
        cellule: CellRef::new(parts[5].len() as u32, 27),
        unite: "".into(),
    }
}

/// Everything that an import may hold, in no order.
fn rows() -> Vec<Observation> {
    use Statut::{Nc, Note, Nsp, Vide};
    let mut rows = vec![
        row("FAM|R02|||b1|REL-1-FAM-1", Note, "3", ""),
        row("FAM|R01|||a1|REL-1-FAM-1", Nsp, "NSP", ""),
        row("FAM|R02|||b1|LIBRE", Vide, "", "Merci"),
        row("FAM|R01||| a2|REL-1-FAM-1", Note, "4", "en marge"),
        // A questionnaire that asks for a visit.
        row("EQP|R01|matin||e1|PRO-2-EQP-1", Note, "4", ""),
        row("OBS|R01|1|O1||REL-1-OBS-1", Nc, "NC", "personne"),
        row("OBS|R01|1|O1||REL-2-OBS-1", Vide, "", ""),
        row("OBS|R01|1|O1||REMARQUABLE", Vide, "REL-2", "un coin calme"),
        row("OBS|R01|1|O1||ACCORD", Vide, "oui", ""),
        row("OBS|R01|1|consensus||REL-1-OBS-1", Note, "3", ""),
        row("OBS|R01|Mardi|O2||REL-1-OBS-1", Note, "3", ""),
        row("AUT|R03|été|||REL-1-AUT-1", Note, "3", "preuve"),
        row("DON|R01|seance 2026-05-12 soir|||animateurs", Note, "4", ""),
        row("DON|R01|seance 2026-05-12 soir|||duree_h", Vide, "", ""),
        row("DON|R01|poste 001|||diplome", Note, "BAFA", "équivalence"),
        row("DON|R01|denominateurs|||familles", Note, "40", ""),
        row("DON|R01||||familles", Note, "40", ""),
        row(
            "DON|R01|entretien 3fa2|||propos",
            Note,
            "on manque de place",
            "",
        ),
        row(
            "DON|R01|remarque 3fa2|||remarque",
            Note,
            "changé depuis",
            "",
        ),
        row("DON|R01|pratique 3fa2|||REMARQUABLE", Vide, "REL-1", "vu"),
        row("DON|R01|pratique 3fa2|||ACCORD", Vide, "non", ""),
    ];
    rows[0].date = "".into();
    rows
}

pub(super) fn long(rows: &[Observation], label: &str) -> Observations {
    let lines: Vec<(&str, &Observation)> = rows.iter().map(|o| ("f.csv", o)).collect();
    Observations::from_rows(label, &lines).expect("a table")
}

/// A store in a folder of its own.
struct Bench {
    dir: tempfile::TempDir,
    store: Store,
    referentiel: Referentiel,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        Self {
            store: Store::at(dir.path().join("store")),
            referentiel: v1(),
            dir,
        }
    }

    fn typed(&self, rows: &[Observation]) -> Vec<FileObservations> {
        let codes = ElementCodes::of(&self.referentiel);
        typed_files(&long(rows, "I001"), &[], &codes).expect("typed")
    }

    fn add(&self, rows: &[Observation]) -> EnteredImport {
        let typed = self.typed(rows);
        let files = typed.iter().map(|file| Incoming {
            file: ImportedFile {
                name: file.file.clone(),
                sha256: format!("{}", rows.len()),
                tool: "essai".to_owned(),
                mapping: String::new(),
                wordings: None,
                questions: BTreeMap::new(),
                rows: 0,
                cells: Vec::new(),
                corrected: Vec::new(),
                diagnostics: BTreeMap::new(),
            },
            records: file.records.iter().collect(),
        });
        let new = NewImport {
            replaces: &[],
            date: on("2026-05-12"),
            campaign: "C1",
            referentiel: &self.referentiel,
            files: files.collect(),
        };
        self.store.add(new).expect("entered")
    }

    fn tables(&self, rows: &[Observation]) -> ImportTables {
        let typed = self.typed(rows);
        let records: Vec<Vec<_>> = typed.iter().map(|f| f.records.iter().collect()).collect();
        ImportTables::of("C1", &records).expect("tables")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("store").join(name)
    }
}

/// A table in an order of its own, units apart: those of the rows are empty.
fn sorted(table: &Observations) -> DataFrame {
    use ObservationColumn as C;
    let columns: Vec<_> = (C::ALL.iter())
        .filter(|c| !matches!(c, C::Unite | C::Import))
        .map(|c| c.name())
        .collect();
    let order = SortMultipleOptions::default();
    let chosen = table.frame().select(columns.clone()).expect("columns");
    chosen.sort(columns, order).expect("sorted")
}

#[test]
fn what_enters_is_read_back_to_the_cell() {
    let bench = Bench::new();
    let rows = rows();
    assert_eq!(bench.add(&rows).import, "I001");
    let read = bench.store.load(Some("C1")).expect("answers");
    assert_eq!(read.len(), rows.len());
    assert!(sorted(&read).equals_missing(&sorted(&long(&rows, "I001"))));
    assert!(bench.store.load(Some("C2")).expect("nothing").is_empty());
    // The words are in none of the columns of codes.
    let tables = bench.tables(&rows);
    let elements = tables.answers.column("element").expect("éléments");
    let codes = ElementCodes::of(&bench.referentiel);
    for position in elements.u32().expect("positions").iter().flatten() {
        let code = codes.code(position).expect("an élément");
        assert!(![OPEN_ANSWER, REMARKABLE, CONSENT].contains(&code));
    }
}

#[test]
fn one_structure_is_read_alone() {
    let bench = Bench::new();
    bench.add(&rows());
    for structure in ["R01", "R02", "R03", "R09"] {
        let wanted = Wanted {
            campaign: Some("C1"),
            structure: Some(structure),
        };
        let alone = bench.store.long_table(wanted).expect("answers");
        let whole = bench.store.load(Some("C1")).expect("answers");
        let rows = ObservationColumn::Structure.is(whole.frame(), structure);
        let expected = whole.frame().filter(&rows.expect("a mask"));
        let expected = expected.expect("filtered");
        assert!(alone.frame().equals_missing(&expected), "{structure}");
    }
}

#[test]
fn rows_of_a_structure_follow_each_other_and_units_count_them() {
    let bench = Bench::new();
    bench.add(&rows());
    let state = bench.store.state().expect("a state");
    let live = bench.store.live(&state, "C1").expect("imports");
    let answers = live[0].answers().expect("a table");
    let mut from = 0;
    for (position, unit) in live[0].units.iter().enumerate() {
        assert_eq!(unit.answers.start, from);
        from += unit.answers.rows;
        let frame = answers
            .read(&[AnswerColumn::Unite], unit.answers)
            .expect("rows");
        let units = frame.columns()[0].u32().expect("units");
        assert!(units.iter().all(|u| u == Some(position as u32)));
    }
    assert_eq!(from, answers.rows());
    let structures: Vec<&str> = live[0].units.iter().map(|u| &*u.structure).collect();
    assert!(structures.is_sorted(), "{structures:?}");
}

#[test]
fn a_later_import_replaces_units_and_annuler_brings_them_back() {
    let bench = Bench::new();
    let rows = rows();
    bench.add(&rows);
    let mut corrected = rows[5].clone();
    corrected.statut = Statut::No;
    corrected.valeur_brute = "NO".to_owned();
    let entered = bench.add(&[corrected]);
    let names: Vec<String> = (entered.replaced.iter())
        .map(|r| format!("{} {}", r.unit, r.import))
        .collect();
    assert_eq!(names, ["OBS|R01|1|o1 I001"]);
    let read = bench.store.load(None).expect("answers");
    assert_eq!(read.len(), rows.len() - 3);
    bench
        .store
        .undo(on("2026-05-13"), "I002", None)
        .expect("undone");
    let read = bench.store.load(None).expect("answers");
    assert_eq!(read.len(), rows.len());
    assert!(bench.store.undo(on("2026-05-13"), "I002", None).is_err());
    // Taken back and imported again: the tables are found in place, the label is new.
    assert_eq!(bench.add(&rows[..1]).import, "I003");
}

#[test]
fn tables_without_a_manifest_are_seen_by_nobody() {
    let bench = Bench::new();
    let tables = bench.tables(&rows());
    let imports = bench.path("imports");
    let written = import_writer::write(&imports, |w| w.push(&tables)).expect("written");
    assert!(bench.store.load(None).expect("a store").is_empty());
    // The same run again finds its folder, and mends what was cut.
    let cut = live::table_path(&imports.join(&written.content), live::WORDS);
    std::fs::write(&cut, b"PAR1").expect("cut");
    bench.add(&rows());
    assert_eq!(bench.store.load(None).expect("answers").len(), rows().len());
    assert_eq!(names(&imports), [written.content]);
}

fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("readable").flatten();
    let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
    names.collect()
}

/// Two people add to copies of one folder; whoever puts both sets of files together sees one state.
#[test]
fn two_folders_add_up_whatever_came_first() {
    let (one, two) = (Bench::new(), Bench::new());
    one.add(&rows()[..1]);
    copy(&one.path(""), &two.path(""));
    one.add(&rows()[1..2]);
    two.add(&rows()[5..8]);
    copy(&one.path(""), &two.path(""));
    copy(&two.path(""), &one.path(""));
    let labels = |bench: &Bench| -> Vec<String> {
        let state = bench.store.state().expect("a state");
        assert_eq!(state.heads.len(), 2);
        state.imports.iter().map(|i| i.label.clone()).collect()
    };
    assert_eq!(labels(&one), labels(&two));
    assert_eq!(labels(&one)[0], "I001");
    assert!(labels(&one)[1..].iter().all(|l| l.starts_with("I002-")));
    let read = |bench: &Bench| sorted(&bench.store.load(None).expect("answers"));
    assert_eq!(read(&one).height(), 5);
    assert!(read(&one).equals_missing(&read(&two)));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else if !to.is_file() {
            std::fs::copy(from, to).expect("copied");
        }
    }
}

#[test]
fn a_manifest_is_named_by_its_bytes_and_a_referentiel_by_its_hash() {
    let bench = Bench::new();
    bench.add(&rows());
    let folder = bench.path("manifestes");
    for name in names(&folder) {
        let bytes = std::fs::read(folder.join(&name)).expect("readable");
        assert_eq!(
            name,
            format!("{}.json", crate::base::files::content_name(&bytes))
        );
    }
    let kept = names(&bench.path("referentiels"));
    assert_eq!(kept, [format!("{}.toml", bench.referentiel.hash)]);
    // Another program opens the store without the campaign's file.
    let other = Store::at(bench.path(""));
    let codes = other.element_codes(&bench.referentiel.hash).expect("codes");
    assert_eq!(*codes, ElementCodes::of(&bench.referentiel));
    assert!(other.element_codes("0").is_err());
}

/// Thousands of imports are thousands of small files: each is opened once by a command, whatever it asks of the
/// store; what is counted of their tables is in their manifests.
#[test]
fn a_file_is_opened_once_and_none_to_count_what_it_holds() {
    let bench = Bench::new();
    bench.add(&rows());
    bench.add(&rows()[..3]);
    let reader = Store::at(bench.path(""));
    let before = reader.state().expect("a store");
    let counted = reader.personal_data().expect("counted");
    assert!(counted[0].answers > 0 && counted[0].words > 0 && counted[0].respondents > 0);
    // What this command has read and checked it does not open again: whoever comes next does, and refuses.
    for name in names(&bench.path("manifestes")) {
        std::fs::write(bench.path("manifestes").join(name), b"{}").expect("altered");
    }
    assert_eq!(reader.state().expect("known"), before);
    assert!(Store::at(bench.path("")).state().is_err());
    for import in names(&bench.path("imports")) {
        for table in ["reponses", "propos", "repondants"] {
            let path = bench.path("imports").join(&import);
            std::fs::write(path.join(format!("{table}.parquet")), b"").expect("altered");
        }
    }
    assert_eq!(reader.personal_data().expect("counted"), counted);
    let live = reader.live(&before, "C1").expect("units");
    assert!(live[0].answers().is_err(), "what is read is checked");
}
