//! A fixture per diagnostic of importing: the file that causes it, where it points, and that
//! nothing is imported and nothing lost when it is an error.

pub mod tables;

use std::collections::{BTreeSet, HashMap};
use std::io::Write;

use observatoire::base::diagnostics::{Code, Severity};
use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode, StructureType, parse};

use crate::former::embedded_v1;
use rust_xlsxwriter::Workbook;

use crate::atelier::Atelier;

/// What a person drops in a folder, and what must be said of it.
pub struct Case {
    pub code: Code,
    cell: &'static str,
    pub says: &'static str,
    pub files: Vec<(&'static str, Vec<u8>)>,
}

fn case(
    code: Code,
    cell: &'static str,
    says: &'static str,
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
) -> Case {
    Case {
        code,
        cell,
        says,
        files: vec![(name, bytes.into())],
    }
}

pub fn v1() -> Referentiel {
    parse("referentiel-v1.toml", embedded_v1()).expect("the shipped référentiel")
}

/// A filled form; `edits` replace the answer of some éléments.
pub fn form(
    source: SourceCode,
    visit: &str,
    observer: &str,
    edits: &[(&str, &str, &str)],
) -> Vec<u8> {
    let referentiel = v1();
    let mut answers: HashMap<String, FilledRating> = referentiel
        .instrument(source, StructureType::Mixte)
        .map(|(_, e)| (e.code.clone(), FilledRating::new("3", "")))
        .collect();
    for (code, rating, comment) in edits {
        answers.insert((*code).to_owned(), FilledRating::new(*rating, *comment));
    }
    let identity = FormIdentity {
        code: "R01".into(),
        name: "ALSH Les Colombages".into(),
        visit: visit.into(),
        date: "2026-05-12".into(),
        observer: observer.into(),
        ..FormIdentity::default()
    };
    write(
        &referentiel,
        source,
        StructureType::Mixte,
        &identity,
        &answers,
        false,
    )
    .expect("a form")
}

pub fn obs(edits: &[(&str, &str, &str)]) -> Vec<u8> {
    form(SourceCode::Obs, "1", "O1", edits)
}

/// A workbook of one sheet holding these cells as text.
pub fn sheet(name: &str, rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(name).expect("a name");
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            sheet
                .write_string(r as u32, c as u16, *text)
                .expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The form as a hand would have retyped it: identity, headings, lines.
pub fn retyped(identity: &[(&str, &str)], lines: &[&[&str]]) -> Vec<u8> {
    let mut rows: Vec<Vec<&str>> = vec![vec!["Grille d’observation"]];
    rows.extend(identity.iter().map(|(a, b)| vec![*a, *b]));
    rows.push(vec![
        "Code",
        "Axe",
        "Critère",
        "Élément",
        "Note",
        "Commentaire",
    ]);
    rows.extend(lines.iter().map(|l| l.to_vec()));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    sheet("Grille", &rows)
}

pub const WHO: [(&str, &str); 5] = [
    ("Instrument", "OBS"),
    ("Structure", "R01"),
    ("Visite", "1"),
    ("Date", "12/05/2026"),
    ("Observateur", "O1"),
];

pub fn with(label: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    WHO.iter()
        .map(|(a, b)| (*a, if *a == label { value } else { *b }))
        .collect()
}

/// The same with the column of flags.
fn flagged(identity: &[(&str, &str)], lines: &[&[&str]]) -> Vec<u8> {
    let heads = [
        "Code",
        "",
        "",
        "Élément",
        "Note",
        "Commentaire",
        "Remarquable",
    ];
    let mut rows: Vec<Vec<&str>> = identity.iter().map(|(a, b)| vec![*a, *b]).collect();
    rows.push(heads.to_vec());
    rows.extend(lines.iter().map(|l| l.to_vec()));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    sheet("Grille", &rows)
}

pub const LINE: &[&str] = &["REL-2-OBS-1", "", "", "", "3", ""];

fn zip_of(name: &str, part: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file(name, options).expect("a part");
    zip.write_all(part).expect("a part");
    zip.finish().expect("an archive").into_inner()
}

/// One cell in the last corner of a sheet, and a dimension that promises 17 billion cells.
fn far_cell() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Structure").expect("a cell");
    sheet
        .write_string(1_048_575, 16_383, "oups")
        .expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

fn encrypted() -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

pub fn families(column: &str, value: &str) -> Vec<u8> {
    format!("Structure;{column};LIE-1-FAM-1\nR01;{value};3\n").into_bytes()
}

fn files() -> Vec<Case> {
    use Code as C;
    vec![
        case(C::FileEmpty, "", "0 octet", "vide.xlsx", ""),
        case(
            C::FileUnreadable,
            "",
            "abîmée",
            "coupé.xlsx",
            obs(&[])[..900].to_vec(),
        ),
        case(
            C::FileUnreadable,
            "",
            "pas un classeur",
            "photos.zip",
            zip_of("photo.txt", b"x"),
        ),
        case(
            C::FileUnreadable,
            "",
            "ni un classeur ni du texte",
            "image.csv",
            vec![0_u8, 159, 146, 150, 0, 1, 2, 3],
        ),
        case(
            C::FileProtected,
            "",
            "mot de passe",
            "secret.xlsx",
            encrypted(),
        ),
        case(
            C::FileTooLarge,
            "",
            "hors de portée",
            "loin.xlsx",
            far_cell(),
        ),
        case(
            C::FileTooLarge,
            "",
            "16 Mio",
            "bombe.xlsx",
            zip_of("xl/workbook.xml", &vec![b' '; 300 << 20]),
        ),
        case(
            C::SheetMissing,
            "",
            "« Grille » manque",
            "sans feuille.xlsx",
            sheet(
                "Lisez-moi",
                &[&["Observatoire de la qualité des accueils de loisirs"]],
            ),
        ),
        case(
            C::FileUnreadable,
            "",
            "extension .xlsx",
            "texte.xlsx",
            "Bonjour,\nvoici ma grille en pièce jointe.\n",
        ),
        case(
            C::FileUnreadable,
            "",
            "un guillemet s’ouvre ligne 3, colonne 3",
            "familles.csv",
            "Structure;LIE-1-FAM-1;Remarques\nR01;3;bien\nR01;3;\"Super dit-elle\nR01;4;\"oui\"\n",
        ),
        case(
            C::ToolUnknown,
            "",
            "",
            "feuille vide.xlsx",
            sheet("Feuil1", &[]),
        ),
    ]
}

fn contents() -> Vec<Case> {
    use Code as C;
    vec![
        case(
            C::FileWithoutAnswer,
            "",
            "aucune note",
            "vierge.xlsx",
            retyped(&WHO, &[&["REL-2-OBS-1"]]),
        ),
        case(
            C::EncodingAssumed,
            "",
            "UTF-16",
            "familles.csv",
            utf16("Structure;LIE-1-FAM-1;REL-1-FAM-1\r\nR02;4;3\r\n"),
        ),
        case(
            C::EncodingAssumed,
            "",
            "1252",
            "écoles.csv",
            b"Structure;\xc2ge;LIE-1-FAM-1;REL-1-FAM-1\r\nALSH Saint-\xc9vroult;1;4;3\r\n".to_vec(),
        ),
        Case {
            code: C::FilesLeftAside,
            cell: "",
            says: "d’un autre genre laissé de côté : 1 .pdf",
            files: vec![("Grille R01.xlsx", obs(&[])), ("affiche.pdf", vec![6; 165])],
        },
        Case {
            code: C::LockFile,
            cell: "",
            says: "ignoré",
            files: vec![
                ("Grille R01.xlsx", obs(&[])),
                ("~$Grille R01.xlsx", vec![6; 165]),
            ],
        },
    ]
}

/// Who and when, with the name of the structure beside its code.
pub fn named(name: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut all = WHO.to_vec();
    all.insert(1, ("Nom", name));
    all
}

fn structures() -> Vec<Case> {
    use Code as C;
    vec![
        case(
            C::StructureUnknown,
            "B3",
            "R01",
            "g.xlsx",
            retyped(&with("Structure", "R1"), &[LINE]),
        ),
        case(
            C::StructureByName,
            "A2",
            "R02",
            "f.csv",
            "Structure;LIE-1-FAM-1;REL-1-FAM-1\nalsh st evroult;4;3\n",
        ),
        case(
            C::StructureContradicted,
            "B3",
            "R02",
            "g.xlsx",
            retyped(&named("ALSH Saint-Évroult"), &[LINE]),
        ),
        case(
            C::StructureNameUnlike,
            "B3",
            "n’est pas le nom de R01",
            "g.xlsx",
            retyped(&named("ALSH Les Pommiers"), &[LINE]),
        ),
        case(
            C::StructureMissing,
            "A1",
            "aucune cellule",
            "g.xlsx",
            retyped(&with("Structure", ""), &[LINE]),
        ),
        case(
            C::StructureAmbiguous,
            "A2",
            "P01, P02",
            "f.csv",
            "Structure;LIE-1-FAM-1;REL-1-FAM-1\nPériscolaire La Mare;4;3\n",
        ),
        case(
            C::StructureClosed,
            "A2",
            "P03",
            "f.csv",
            "Structure;LIE-1-FAM-1;REL-1-FAM-1\nP03;4;3\n",
        ),
    ]
}

/// Two columns of notes, of which nobody says which one counts.
fn noted_twice() -> Vec<u8> {
    let heads = ["Code", "", "", "Élément", "Note", "Commentaire", "Note"];
    let mut rows: Vec<Vec<&str>> = WHO.iter().map(|(a, b)| vec![*a, *b]).collect();
    rows.push(vec![""]);
    rows.push(heads.to_vec());
    rows.push(vec!["REL-2-OBS-1", "", "", "", "3", "", "1"]);
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    sheet("Grille", &rows)
}

/// A grid, and a sheet that nobody knows what to do with.
fn with_another_sheet() -> Vec<u8> {
    let mut book = Workbook::new();
    let grid = book.add_worksheet();
    grid.set_name("Grille").expect("a name");
    for (r, (label, value)) in WHO.iter().enumerate() {
        grid.write_row(r as u32, 0, [*label, *value])
            .expect("a row");
    }
    let heads = ["Code", "Axe", "Critère", "Élément", "Note"];
    grid.write_row(6, 0, heads).expect("a row");
    grid.write_row(7, 0, ["REL-2-OBS-1", "", "", "", "3"])
        .expect("a row");
    let other = book.add_worksheet();
    other.write_string(0, 0, "Pense-bête").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

fn elements() -> Vec<Case> {
    use Code as C;
    let twice: &[&[&str]] = &[LINE, LINE];
    vec![
        case(
            C::ElementUnknown,
            "E9",
            "REL-2-OBS",
            "g.xlsx",
            retyped(&WHO, &[LINE, &["REL-2-OBS-9", "", "", "", "3"]]),
        ),
        case(
            C::ElementUnknown,
            "B1",
            "LIE-1-FAM",
            "f.csv",
            families("LIE-1-FAM-9", "3"),
        ),
        case(
            C::ElementOutOfScope,
            "B2",
            "ne s’applique pas",
            "f.csv",
            "Structure;PRO-3-ENS-1;LIE-3-ENS-1\nE01;3;3\n",
        ),
        case(
            C::ElementTwice,
            "E9",
            "déjà",
            "g.xlsx",
            retyped(&WHO, twice),
        ),
        case(
            C::DateAmbiguous,
            "B2",
            "« 5/3/2026 » et les autres dates",
            "f.csv",
            "Structure;Date;LIE-1-FAM-1\nR01;5/3/2026;3\nR01;5/4/2026;4\n",
        ),
        case(
            C::ColumnNotUnderstood,
            "B1",
            "« Météo » porte",
            "f.csv",
            families("Météo", "beau"),
        ),
        case(
            C::ColumnIgnored,
            "E2",
            "non lue : E2",
            "f.csv",
            "Structure;LIE-1-FAM-1;REL-1-FAM-1\nR01;3;3;;à relancer\n",
        ),
        case(
            C::LineNotUnderstood,
            "E8",
            "rien ne dit à quelle question",
            "g.xlsx",
            retyped(&WHO, &[&["", "", "", "une question à nous", "3"], LINE]),
        ),
        case(
            C::ColumnAmbiguous,
            "E7",
            "plusieurs colonnes s’appellent « Note » : E7, G7",
            "g.xlsx",
            noted_twice(),
        ),
        case(
            C::SheetUnread,
            "",
            "dont rien n’entre",
            "g.xlsx",
            with_another_sheet(),
        ),
        case(
            C::PersonalColumn,
            "B1",
            "écartée",
            "f.csv",
            families("Adresse e-mail", "a.durand@exemple.fr"),
        ),
        case(
            C::LineIgnored,
            "D9",
            "« Total » ignorée",
            "g.xlsx",
            retyped(&WHO, &[LINE, &["", "", "", "Total", "3"]]),
        ),
    ]
}

fn values() -> Vec<Case> {
    use Code as C;
    let imperatif = "SEC-1-OBS-1";
    vec![
        case(
            C::ValueOutOfScale,
            "E8",
            "« 5 »",
            "g.xlsx",
            retyped(&WHO, &[&["REL-2-OBS-1", "", "", "", "5"]]),
        ),
        case(
            C::ValueOutOfScale,
            "E8",
            "« 3,5 »",
            "g.xlsx",
            retyped(&WHO, &[&["REL-2-OBS-1", "", "", "", "3,5"]]),
        ),
        case(
            C::ValueOutOfScale,
            "E8",
            "« oui »",
            "g.xlsx",
            retyped(&WHO, &[&["REL-2-OBS-1", "", "", "", "oui"]]),
        ),
        case(
            C::ValueOutOfScale,
            "",
            "« 5 »",
            "g.xlsx",
            obs(&[("REL-2-OBS-2", "5", "")]),
        ),
        case(
            C::NcOnImperatif,
            "",
            imperatif,
            "g.xlsx",
            obs(&[(imperatif, "NC", "pas de locaux")]),
        ),
        case(
            C::NcWithoutReason,
            "",
            "sans motif",
            "g.xlsx",
            obs(&[("REL-2-OBS-2", "NC", "")]),
        ),
        case(
            C::DateUnreadable,
            "B5",
            "hier",
            "g.xlsx",
            retyped(&with("Date", "hier"), &[LINE]),
        ),
    ]
}

fn visits() -> Vec<Case> {
    use Code as C;
    let two = |code, says, a: Vec<u8>, b: Vec<u8>| Case {
        code,
        cell: "",
        says,
        files: vec![("a.xlsx", a), ("b.xlsx", b)],
    };
    let o2 = |edits| form(SourceCode::Obs, "1", "O2", edits);
    vec![
        two(
            C::DuplicateGrid,
            "deux contenus",
            obs(&[]),
            obs(&[("REL-2-OBS-1", "4", "")]),
        ),
        two(
            C::DuplicateIgnored,
            "même contenu",
            obs(&[]),
            retyped_copy(),
        ),
        two(
            C::NumberAgainstNc,
            "REL-2-OBS-2",
            obs(&[]),
            o2(&[("REL-2-OBS-2", "NC", "pas de cantine")]),
        ),
        case(
            C::DateOutsideCampaign,
            "A1",
            "hors de C1",
            "g.xlsx",
            retyped(&with("Date", "12/09/2026"), &[LINE]),
        ),
        case(
            C::VisitIncomplete,
            "B6",
            "observateur manque",
            "g.xlsx",
            retyped(&with("Observateur", ""), &[LINE]),
        ),
        case(
            C::VisitIncomplete,
            "B6",
            "les noms n’entrent jamais",
            "g.xlsx",
            retyped(&with("Observateur", "Mme Durand"), &[LINE]),
        ),
        case(
            C::VisitIncomplete,
            "A1",
            "visite manque",
            "g.xlsx",
            retyped(&with("Visite", ""), &[LINE]),
        ),
    ]
}

fn practices() -> Vec<Case> {
    use Code as C;
    let consent = (
        "Accord de l’équipe pour partager ses pratiques (oui/non)",
        "à voir",
    );
    let asked: Vec<(&str, &str)> = WHO.iter().copied().chain([consent]).collect();
    let notes = |line: &str| format!("Structure;Critère;Pratique;Accord\n{line}\n");
    let seen = "le conseil des enfants";
    vec![
        case(
            C::NotCorrectable,
            "B2",
            "à la visite suivante",
            "retours.csv",
            "Structure;Élément;Corrigé le;Preuve\nR01;SEC-1-OBS-1;2026-05-20;fait\n",
        ),
        case(
            C::RemarkableUndescribed,
            "G7",
            "« REL-2-OBS-1 » est marqué",
            "g.xlsx",
            flagged(&WHO, &[&["REL-2-OBS-1", "", "", "", "4", "", "x"]]),
        ),
        case(
            C::RemarkableUndescribed,
            "B2",
            "« REL-2 » est marqué",
            "pratiques.csv",
            notes("R01;REL-2;;oui"),
        ),
        case(
            C::RemarkableImperatif,
            "G7",
            "SEC-1-OBS-1",
            "g.xlsx",
            flagged(&WHO, &[&["SEC-1-OBS-1", "", "", "", "4", seen, "x"]]),
        ),
        case(
            C::SharingUnreadable,
            "G7",
            "« peut-être »",
            "g.xlsx",
            flagged(
                &WHO,
                &[&["REL-2-OBS-1", "", "", "", "4", seen, "peut-être"]],
            ),
        ),
        case(
            C::SharingUnreadable,
            "B6",
            "« à voir »",
            "g.xlsx",
            flagged(&asked, &[&["REL-2-OBS-1", "", "", "", "4", seen, "x"]]),
        ),
        case(
            C::ElementUnknown,
            "B2",
            "« REL-9 » n’est ni",
            "pratiques.csv",
            notes("R01;REL-9;le conseil des enfants;oui"),
        ),
        case(
            C::ElementUnknown,
            "C2",
            "sans le code de son critère",
            "pratiques.csv",
            notes("R01;;le conseil des enfants;oui"),
        ),
    ]
}

/// The same answers as `obs(&[])` in another file.
fn retyped_copy() -> Vec<u8> {
    let referentiel = v1();
    let codes: Vec<String> = referentiel
        .instrument(SourceCode::Obs, StructureType::Mixte)
        .map(|(_, e)| e.code.clone())
        .collect();
    let lines: Vec<Vec<&str>> = codes
        .iter()
        .map(|c| vec![c.as_str(), "", "", "", "3"])
        .collect();
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    retyped(&WHO, &lines)
}

pub fn cases() -> Vec<Case> {
    [
        files(),
        contents(),
        structures(),
        elements(),
        values(),
        tables::hand_made(),
        tables::activity(),
        visits(),
        practices(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every file of those cases, alone.
pub fn all_files() -> Vec<(&'static str, Vec<u8>)> {
    cases().into_iter().flat_map(|c| c.files).collect()
}

fn fails(case: &Case) -> Option<String> {
    let atelier = Atelier::blank();
    let folder = atelier.root().join("reçus");
    for (name, bytes) in &case.files {
        atelier.write(&format!("reçus/{name}"), bytes);
    }
    let folder = folder.to_string_lossy();
    let (exit, said) = atelier.json(&["importer", &folder, "--campagne", "C1"]);
    let all = said["diagnostics"].as_array().expect("diagnostics");
    let found = all.iter().find(|d| {
        d["code"] == case.code.as_str()
            && (case.cell.is_empty() || d["cellule"] == case.cell)
            && d["message"].as_str().is_some_and(|m| m.contains(case.says))
    });
    let what = format!("{} in {:?}", case.code, case.files[0].0);
    let Some(found) = found else {
        return Some(format!("{what}: said {all:#?}"));
    };
    let error = case.code.severity() == Severity::Error;
    let complete = found["remede"]
        .as_str()
        .is_some_and(|r| !r.is_empty() || !error);
    let imported = atelier
        .run(&["exporter", "observations"])
        .stdout
        .lines()
        .count()
        > 1;
    let kept = case.files.iter().all(|(name, bytes)| {
        std::fs::read(atelier.root().join("reçus").join(name)).is_ok_and(|b| b == *bytes)
    });
    match (complete, kept) {
        (true, true) if (exit == 1) == error && imported != error => None,
        _ => Some(format!(
            "{what}: exit {exit}, imported {imported}, kept {kept}, {all:#?}"
        )),
    }
}

#[test]
fn every_fault_of_a_file_is_named_located_and_harmless() {
    let failures: Vec<String> = cases().iter().filter_map(fails).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A questionnaire with a column of remarks is a questionnaire: its answers enter, each of them.
#[test]
fn a_column_of_remarks_does_not_hide_the_answers_beside_it() {
    let atelier = Atelier::blank();
    let text = "Structure;REL-1-FAM-1;LIE-1-FAM-1;Remarque\nR01;4;3;rien à dire\n";
    let path = atelier.write("reçus/familles.csv", text.as_bytes());
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(exit, 0, "{said:#}");
    let table = atelier.run(&["exporter", "observations"]).stdout;
    for answer in [",REL-1-FAM-1,note,4.000000,", ",LIE-1-FAM-1,note,3.000000,"] {
        assert!(table.contains(answer), "{answer} in {table}");
    }
}

/// Codes that another file of this suite provokes.
const ELSEWHERE: &[Code] = &[
    // `reference_life.rs`.
    Code::ReferentielChanged,
    Code::FileRenamed,
    // `names.rs`, `guard_rails.rs`.
    Code::ObserverByName,
    // `double_coding.rs`.
    Code::SecondCoderUnread,
    Code::InterviewCopied,
    Code::RegistryTwice,
    Code::RegistryTwin,
    Code::OtherCampaignDate,
    Code::OtherCampaignContent,
    Code::SecondGrid,
    Code::VisitsApart,
    Code::ClosedDay,
    Code::Confirmed,
    Code::TitleContradicts,
    Code::NotesLost,
    // `response_rails.rs`.
    Code::LotTwice,
    Code::AnswersLeft,
    Code::LineUnlike,
    Code::VisitUndated,
    Code::SessionTwice,
    // `activity_rails.rs`.
    Code::UnlikelyLine,
    Code::ImpossibleMeasure,
    Code::SheetsJoined,
    Code::VisitNumbered,
    Code::ComparedBackwards,
    // `ledger/kinds.rs`.
    Code::SheetsAlike,
    Code::AlreadyImported,
    Code::FileUnavailable,
    Code::Correction,
    Code::NotForPublication,
    Code::DescriptionLeft,
    Code::MixedAgeLimit,
    Code::MeasureMissing,
    Code::VersionBreak,
    Code::PanelChange,
    Code::NoMargin,
    Code::ObserverMargin,
    Code::MaskedAggregates,
    Code::LabelToConfirm,
    Code::LabelAssumed,
    Code::MappingProposed,
    // `forgetting.rs`.
    Code::PurgedContent,
    Code::AnswersPurged,
    Code::RetentionOverdue,
    Code::PurgeUnfinished,
    Code::CampaignUndescribed,
    // `plan.rs`.
    Code::PlanContested,
    // `integrity.rs`, `odd_files.rs`; what random synchronisations alone bring about, `sync_tests.rs` of
    // the program.
    Code::StoreCopy,
    Code::StoreRenamed,
    Code::StoreForeign,
    Code::StoreUnnamed,
    Code::FoldedAgain,
    Code::StoreFollowed,
    Code::StoreDamaged,
    Code::UnitContested,
    Code::MarkDamaged,
    Code::KeyRenewed,
    // `odd_files.rs`.
    Code::RegistryCopied,
    Code::RegistryContested,
    // `read_apart.rs`, `file_kinds.rs`.
    Code::ReadingStopped,
    Code::ColumnSplit,
    // `said_scales.rs`.
    Code::ScaleToSay,
    Code::RemarkAgainstNote,
    Code::TablesStacked,
    Code::CodeAgainstWords,
    // `own_questions.rs`.
    Code::OwnQuestionRefused,
    Code::OwnQuestionRead,
    // `correspondences.rs`, `correction_list.rs`, `own_words.rs`.
    Code::MappingAdopted,
    Code::ListGiven,
    Code::GridOrTable,
    // `ctg/convention_mistakes.rs`, `ctg/suivi_faults.rs`.
    Code::ConventionDoubt,
    Code::SuiviContested,
    // `territory/by_name.rs`.
    Code::CommuneElsewhere,
    Code::CommuneFormer,
    Code::OutlinesTaken,
    Code::OutlinesRefused,
    Code::OutlinesMissing,
    // `local_page/small_changes.rs`.
    Code::CampaignsOverlap,
    // `ctg/exchanges.rs`.
    Code::ExchangeDoubt,
    Code::ExchangeTooSoon,
    Code::ExchangeUnregistered,
    Code::ExchangeWaiting,
    Code::ExchangeOver,
    // `territory/files_typed.rs`.
    Code::TerritoryCell,
    Code::ContributionLine,
    // `ctg/past_days.rs`.
    Code::WrittenSince,
    // `territory/schools.rs`.
    Code::SchoolsAside,
    Code::SchoolsChanged,
    // `ctg/incoming.rs`.
    Code::OfConvention,
    // `ctg/surveys.rs`, `ctg/governance.rs`.
    Code::NearWording,
    Code::IncomingWord,
    Code::IncomingLeftOut,
    Code::FunctionCircle,
    // `ctg/written_texts.rs`, `ctg/bilan.rs`.
    Code::TextUnread,
    Code::TextStray,
    Code::TextScreened,
    Code::NextUnclear,
    // `convention.rs`.
    Code::SourceBreak,
    Code::ExpectedUnmeasured,
    // `corrections.rs`.
    Code::HeadcountUnclear,
    Code::CorrectionUnused,
    Code::CorrectionUnproved,
    // `sorted_files.rs`.
    Code::GridCopied,
    // `local_page/correcting_pages.rs`: typed on the local page alone.
    Code::CellCorrected,
    // Nothing gives a hidden figure back: `verifier_profond.rs` of the program.
    Code::HiddenGivenBack,
];

#[test]
fn every_diagnostic_has_its_fixture() {
    let covered: BTreeSet<&str> = cases()
        .iter()
        .map(|c| c.code.as_str())
        .chain(crate::plan::faults().iter().map(|f| f.code.as_str()))
        .chain(crate::ctg::suivi_faults().iter().map(|f| f.code.as_str()))
        .chain(
            crate::ctg::incoming_faults()
                .iter()
                .map(|f| f.code.as_str()),
        )
        .chain(ELSEWHERE.iter().map(|code| code.as_str()))
        .collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|c| c.as_str())
        .filter(|c| !covered.contains(c))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
