//! Layouts that each tool may write besides the plainest one, after its own exporter: what they
//! read to, answer by answer, and that no other importer takes them for its own.

use std::io::Write;
use std::path::Path;

use observatoire::base::sheets::{Workbook, open};
use observatoire::intake::sources::correspondence::Correspondence;
use observatoire::intake::sources::{Answers, Confidence, Context, SOURCES, Source, choose};
use observatoire::vocabulary::referentiel::{Referentiel, SourceCode, parse};

use crate::former::embedded_v1;

use crate::fixtures;
use crate::tools;

pub fn referentiel() -> &'static Referentiel {
    static READ: std::sync::OnceLock<Referentiel> = std::sync::OnceLock::new();
    READ.get_or_init(|| parse("v1", embedded_v1()).expect("the référentiel"))
}

pub fn context(mappings: &[Correspondence]) -> Context<'_> {
    Context {
        referentiel: referentiel(),
        source: None,
        mappings,
        accept_near: false,
        place_given: false,
        forced: false,
        days: None,
        ignored: &[],
    }
}

pub fn label(code: &str) -> String {
    let r = referentiel();
    r.elements[r.element(code).expect(code)].label.to_string()
}

pub fn book(file: &str, bytes: &[u8]) -> Workbook {
    open(Path::new(file), bytes).expect(file).value
}

pub fn chosen(book: &Workbook) -> &'static dyn Source {
    choose(book, &context(&[]), None).expect("an importer")
}

/// Tool, then « structure date élément=réponse (commentaire) » of each record.
pub fn read(file: &str, bytes: &[u8]) -> (&'static str, Vec<String>) {
    let book = book(file, bytes);
    let source = chosen(&book);
    (
        source.name(),
        records(&source.read(&book, &context(&[])).value),
    )
}

pub fn records(answers: &Answers) -> Vec<String> {
    let said = answers.records.iter().map(|r| {
        let place = r.structure.as_ref().map_or("", |s| s.text.as_str());
        let given = r
            .answers
            .iter()
            .filter(|a| !a.raw.is_empty() || !a.comment.is_empty());
        let given = given.map(|a| match a.comment.as_str() {
            "" => format!("{}={}", a.element, a.raw),
            comment => format!("{}={} ({comment})", a.element, a.raw),
        });
        let given: Vec<String> = given.collect();
        format!("{place} {} {}", r.date, given.join(", "))
    });
    said.collect()
}

pub fn csv(delimiter: &str, lines: &[&[&str]]) -> String {
    let quoted = |line: &&[&str]| {
        let cells: Vec<String> = line
            .iter()
            .map(|c| format!("\"{}\"", c.replace('"', "\"\"")))
            .collect();
        cells.join(delimiter)
    };
    lines.iter().map(quoted).collect::<Vec<_>>().join("\r\n") + "\r\n"
}

pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("a zip").into_inner()
}

#[test]
fn limesurvey_writes_codes_comments_others_and_timings() {
    let heads = [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "STRUCTURE",
        "REL1OBS1",
        "REL1OBS1[comment]",
        "REL1OBS2",
        "REL1OBS2[other]",
        "interviewtime",
        "groupTime12",
    ];
    let text = csv(
        ",",
        &[
            &heads,
            &[
                "3",
                "1980-01-01 00:00:00",
                "2",
                "fr",
                "R01",
                "3",
                "vu à 16 h",
                "NO",
                "Mme Durand",
                "61.2",
                "4",
            ],
            &["4", "", "1", "fr", "R01", "2", "", "", "", "", ""],
        ],
    );
    let (tool, found) = read(
        "results-survey1.csv",
        format!("\u{feff}{text}\r\n").as_bytes(),
    );
    assert_eq!(tool, "limesurvey");
    assert_eq!(found, ["R01  REL-1-OBS-1=3 (vu à 16 h), REL-1-OBS-2=NO"]);
}

#[test]
fn limesurvey_writes_full_texts_with_entities_and_underscores() {
    let (a, b) = (label("REL-1-FAM-1"), label("LIE-1-FAM-1"));
    let under = |t: &str| t.replace(' ', "_");
    let first = format!("Vos_réponses_&amp;_avis:_[{}]", under(&a));
    let second = format!("Vos_réponses_&amp;_avis:_[{}]", under(&b));
    let comment = format!("{}_[Commentaire]", under(&a));
    let text = csv(
        ";",
        &[
            &[
                "ID_de_la_réponse",
                "Date_de_soumission",
                "Quel_accueil_?",
                &first,
                &comment,
                &second,
            ],
            &[
                "1",
                "2026-05-12 10:00:00",
                "R01",
                "Plutôt d’accord",
                "merci",
                "N/A",
            ],
        ],
    );
    let (tool, found) = read("results.csv", text.as_bytes());
    assert_eq!(tool, "limesurvey");
    assert_eq!(
        found,
        ["R01 2026-05-12 REL-1-FAM-1=Plutôt d’accord (merci)"]
    );
}

#[test]
fn kobo_writes_labels_split_choices_and_reviews() {
    let label = label("REL-1-FAM-1");
    let split = |to: &str| format!("Avis/{label}/{to}");
    let text = csv(
        ";",
        &[
            &[
                "start",
                "Quel accueil ?",
                &split("Plutôt d’accord"),
                &split("Tout à fait d’accord"),
                "_id",
                "_uuid",
                "_submission_time",
                "_validation_status",
                "_submitted_by",
                "_index",
            ],
            &[
                "2026-05-12T10:00:00",
                "R01 ALSH Les Colombages",
                "0",
                "1",
                "1",
                "u1",
                "2026-05-12T08:00:00",
                "",
                "lea",
                "1",
            ],
            &[
                "2026-05-12T11:00:00",
                "R01 ALSH Les Colombages",
                "",
                "",
                "2",
                "u2",
                "2026-05-12T09:00:00",
                "Approved",
                "lea",
                "2",
            ],
            &[
                "2026-05-12T12:00:00",
                "R01 ALSH Les Colombages",
                "1",
                "0",
                "3",
                "u3",
                "2026-05-12T10:00:00",
                "Not approved",
                "lea",
                "3",
            ],
        ],
    );
    let (tool, found) = read("avis - latest version - labels.csv", text.as_bytes());
    assert_eq!(tool, "kobo");
    assert_eq!(found, ["R01 ALSH Les Colombages 2026-05-12 REL-1-FAM-1=4"]);
}

/// Two crosses are never settled by taking the first.
#[test]
fn two_choices_of_one_question_are_an_error() {
    let text = csv(
        ";",
        &[
            &[
                "structure",
                "REL1FAM1/3",
                "REL1FAM1/4",
                "_uuid",
                "_submission_time",
                "_index",
            ],
            &["R01", "1", "1", "u1", "2026-05-12T08:00:00", "1"],
        ],
    );
    let book = book("avis.csv", text.as_bytes());
    let said = chosen(&book).read(&book, &context(&[])).diagnostics;
    let twice = said
        .iter()
        .find(|d| d.code.as_str() == "VAL-404")
        .expect("an error");
    assert!(twice.to_string().contains("C2"), "{twice}");
}

#[test]
fn kobo_repeats_have_their_sheet_and_belong_to_their_submission() {
    let mut made = rust_xlsxwriter::Workbook::new();
    let sheets: [(&str, &[&[&str]]); 2] = [
        (
            "Enfants",
            &[
                &["structure", "date", "_uuid", "_submission_time", "_index"],
                &["R01", "2026-05-12", "u1", "2026-05-13T08:00:00", "1"],
                &["R02", "2026-05-14", "u2", "2026-05-15T08:00:00", "2"],
            ],
        ),
        (
            "enfant",
            &[
                &[
                    "enfant/REL2ENF1",
                    "_index",
                    "_parent_table_name",
                    "_parent_index",
                    "_submission__id",
                    "_submission__uuid",
                    "_submission__submission_time",
                ],
                &["3", "1", "Enfants", "1", "1", "u1", "2026-05-13T08:00:00"],
                &["1", "2", "Enfants", "1", "1", "u1", "2026-05-13T08:00:00"],
                &["2", "3", "Enfants", "2", "2", "u2", "2026-05-15T08:00:00"],
            ],
        ),
    ];
    for (name, lines) in sheets {
        let sheet = made.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (r, line) in lines.iter().enumerate() {
            sheet
                .write_row(r as u32, 0, line.iter().copied())
                .expect("a row");
        }
    }
    let (tool, found) = read("enfants.xlsx", &made.save_to_buffer().expect("a workbook"));
    assert_eq!(tool, "kobo");
    assert_eq!(
        found,
        [
            "R01 2026-05-12 REL-2-ENF-1=3",
            "R01 2026-05-12 REL-2-ENF-1=1",
            "R02 2026-05-14 REL-2-ENF-1=2",
        ]
    );
}

#[test]
fn odk_zips_its_repeats_and_joins_groups_with_hyphens() {
    let root = "SubmissionDate,visite-structure,visite-date,KEY,SubmitterName,ReviewState\n\
        2026-05-13T08:00:00.000Z,R01,2026-05-12,uuid:a,Léa,\n\
        2026-05-13T09:00:00.000Z,R02,2026-05-12,uuid:b,Léa,rejected\n";
    let child = "REL2ENF1,PARENT_KEY,KEY\n3,uuid:a,uuid:a/enfant[1]\n2,uuid:b,uuid:b/enfant[1]\n";
    let bytes = zip(&[("avis-enfant.csv", child), ("avis.csv", root)]);
    let (tool, found) = read("avis.csv.zip", &bytes);
    assert_eq!(tool, "odk");
    // What belongs to a rejected submission is rejected with it.
    assert_eq!(found, ["R01 2026-05-12 REL-2-ENF-1=3"]);
}

#[test]
fn ms_forms_quizzes_have_columns_of_their_own() {
    let (a, b) = (label("REL-1-FAM-1"), label("LIE-1-FAM-1"));
    let text = csv(
        ";",
        &[
            &["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"],
            &[
                "ID",
                "Start time",
                "Completion time",
                "Email",
                "Name",
                "Total points",
                "Votre accueil",
                &format!("{a}\u{a0}"),
                &format!("Points - {a}"),
                &format!("{b}\n"),
            ],
            &[
                "1",
                "5/25/26 10:00:03",
                "5/25/26 10:04:03",
                "anonymous",
                "",
                "0",
                "R01",
                "Plutôt d’accord;",
                "0",
                "Ne sait pas",
            ],
        ],
    );
    let (tool, found) = read("5S APP.csv", text.as_bytes());
    assert_eq!(tool, "msforms");
    assert_eq!(
        found,
        ["R01 2026-05-25 REL-1-FAM-1=Plutôt d’accord, LIE-1-FAM-1=Ne sait pas"]
    );
}

#[test]
fn google_dates_follow_the_locale_of_the_sheet() {
    let question = format!("Votre avis  [{} ]", label("REL-1-FAM-1"));
    let american = csv(
        ",",
        &[
            &["Timestamp", "Site", &question],
            &["5/12/2026 14:55:21", "R01", "4"],
            &["5/25/2026 14:55:21", "R02", "Non, pas du tout"],
        ],
    );
    let (tool, found) = read(
        "Avis (Responses) - Form Responses 1.csv",
        american.as_bytes(),
    );
    assert_eq!(tool, "googleforms");
    assert_eq!(
        found,
        [
            "R01 2026-05-12 REL-1-FAM-1=4",
            "R02 2026-05-25 REL-1-FAM-1=Non, pas du tout",
        ]
    );
    let direct = csv(
        ",",
        &[
            &["Timestamp", "Site", &question],
            &["2026/05/12 11:07:29 AM AST", "R01", "4"],
        ],
    );
    assert_eq!(
        read("Avis.csv", direct.as_bytes()).1,
        ["R01 2026-05-12 REL-1-FAM-1=4"]
    );
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The older « Excel » of Framaforms is text; its choices may stand one per column, its drafts stay.
#[test]
fn framaforms_writes_utf16_named_xls() {
    let label = label("REL-1-FAM-1");
    let text = csv(
        "\t",
        &[
            &["Questionnaire familles", "", "", "", "", "", "", "", ""],
            &[
                "Détails de la soumission",
                "",
                "",
                "",
                "",
                "",
                &label,
                "",
                "",
            ],
            &[
                "Numéro de série",
                "SID",
                "Heure de soumission",
                "Brouillon",
                "Adresse IP",
                "Accueil",
                "Plutôt d’accord",
                "Tout à fait d’accord",
                "Autre…",
            ],
            &[
                "1",
                "101",
                "12/05/2026 - 14:55",
                "",
                "10.0.0.1",
                "R01",
                "",
                "X",
                "",
            ],
            &[
                "2",
                "102",
                "12/05/2026 - 15:55",
                "1",
                "10.0.0.1",
                "R01",
                "X",
                "",
                "",
            ],
        ],
    );
    let (tool, found) = read("webform.xls", &utf16(&text));
    assert_eq!(tool, "framaforms");
    assert_eq!(found, ["R01 2026-05-12 REL-1-FAM-1=4"]);
    let keys = csv(
        "\t",
        &[
            &["Questionnaire familles", "", "", "", "", "", ""],
            &["submission_details", "", "", "", "", "", "avis"],
            &[
                "webform_serial",
                "webform_sid",
                "webform_time",
                "webform_draft",
                "webform_ip_address",
                "structure",
                "rel1fam1",
            ],
            &["1", "101", "12/05/2026 - 14:55", "", "10.0.0.1", "R01", "3"],
        ],
    );
    let (tool, found) = read("webform.tsv", keys.as_bytes());
    assert_eq!(tool, "framaforms");
    assert_eq!(found, ["R01 2026-05-12 REL-1-FAM-1=3"]);
}

#[test]
fn surveymonkey_and_sphinx_spread_one_answer_over_columns() {
    let label = label("REL-1-FAM-1");
    let monkey = csv(
        ",",
        &[
            &[
                "Respondent ID",
                "Collector ID",
                "End Date",
                "Votre accueil",
                &label,
                "",
                "",
            ],
            &[
                "",
                "",
                "",
                "Open-Ended Response",
                "Plutôt d’accord",
                "Tout à fait d’accord",
                "Other (please specify)",
            ],
            &[
                "1",
                "7",
                "05/25/2026 10:00:00 AM",
                "R01",
                "",
                "Tout à fait d’accord",
                "",
            ],
        ],
    );
    let (tool, found) = read("survey.csv", monkey.as_bytes());
    assert_eq!(tool, "surveymonkey");
    assert_eq!(found, ["R01 2026-05-25 REL-1-FAM-1=Tout à fait d’accord"]);
    let sphinx = csv(
        ";",
        &[
            &["", "", "", ""],
            &[
                "N°Obs",
                "Structure",
                &format!("{label}_1"),
                &format!("{label}_2"),
            ],
            &["1", "R01", "", "Plutôt d’accord"],
        ],
    );
    let (tool, found) = read("sphinx.csv", sphinx.as_bytes());
    assert_eq!(tool, "sphinx");
    assert_eq!(found, ["R01  REL-1-FAM-1=Plutôt d’accord"]);
}

#[test]
fn a_web_page_named_xls_is_read() {
    let label = label("REL-1-FAM-1");
    let page = format!(
        "<html><head><meta charset=\"utf-8\"></head><body><table border=1><tr><th>Structure</th><th>{label}</th><th>LIE-1-FAM-1</th></tr>\
         <tr><td>R01</td><td>3</td><td>4</td></tr></table></body></html>"
    );
    let (tool, found) = read("export.xls", page.as_bytes());
    assert_eq!(tool, "tableau");
    assert_eq!(found, ["R01  REL-1-FAM-1=3, LIE-1-FAM-1=4"]);
}

#[test]
fn definitions_of_forms_are_no_answers() {
    let structure = "class\ttype/scale\tname\trelevance\ttext\nS\t\tlanguage\t1\tfr\n";
    let book = book("limesurvey.txt", structure.as_bytes());
    assert!(choose(&book, &context(&[]), None).is_none());
    let said = observatoire::intake::sources::unrecognised(&book).to_string();
    assert!(
        said.contains("LimeSurvey") && said.contains("définition"),
        "{said}"
    );
}

/// Every fixture of the suite against every importer: the right one is surer than all others.
#[test]
fn no_importer_takes_the_file_of_another() {
    let mut all = tools::files();
    all.push((
        "grille-main",
        "grille 2019.xlsx",
        crate::hand_made::wordings(),
    ));
    all.push((
        "observatoire",
        "Grille R01.xlsx",
        fixtures::form(SourceCode::Obs, "1", "O1", &[]),
    ));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/exemple");
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for name in crate::atelier::files(&root) {
        found.push((
            name.clone(),
            std::fs::read(root.join(&name)).expect("readable"),
        ));
    }
    let expected = |name: &str| {
        let is = |words: &[&str]| words.iter().any(|w| name.contains(w));
        match () {
            () if is(&["results-survey"]) => "limesurvey",
            () if is(&["seances", "equipe.csv", "denominateurs"]) => "activite",
            () if is(&["Notes d", "Remarques"]) => "notes",
            () if is(&["Grille OBS", "Entretien", "Auto-"]) => "observatoire",
            () if is(&["maison"]) => "grille-main",
            () if is(&["Questionnaire équipes"]) => "tableau",
            () => "",
        }
    };
    all.extend(
        found
            .iter()
            .map(|(name, bytes)| (expected(name), name.as_str(), bytes.clone())),
    );
    let mut wrong = Vec::new();
    for (tool, file, bytes) in all.iter().filter(|c| !c.0.is_empty()) {
        let book = book(file, bytes);
        let sure = |s: &&dyn Source| s.recognises(&book, &context(&[]));
        let own = SOURCES
            .iter()
            .find(|s| s.name() == *tool)
            .map(sure)
            .expect(tool);
        let rivals = SOURCES
            .iter()
            .filter(|s| s.name() != *tool && sure(s) >= own);
        let rivals: Vec<&str> = rivals.map(|s| s.name()).collect();
        if own == Confidence::None || !rivals.is_empty() || chosen(&book).name() != *tool {
            wrong.push(format!("{file}: {tool} {own:?}, rivals {rivals:?}"));
        }
    }
    assert!(all.len() > 60 && wrong.is_empty(), "{wrong:#?}");
}
