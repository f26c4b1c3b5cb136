//! Layouts that each tool may write besides the plainest one, after its own exporter: what they
//! read to, answer by answer, and that no other importer takes them for its own.

use std::io::Write;
use std::path::Path;

use observatoire::referentiel::{Referentiel, SourceCode, embedded_v1, parse};
use observatoire::sources::mapping::Mapping;
use observatoire::sources::{
    Answers, Confidence, Context, SOURCES, Source, Workbook, choose, open,
};

use crate::fixtures;
use crate::tools;

fn referentiel() -> &'static Referentiel {
    static READ: std::sync::OnceLock<Referentiel> = std::sync::OnceLock::new();
    READ.get_or_init(|| parse("v1", embedded_v1()).expect("the référentiel"))
}

fn context(mappings: &[Mapping]) -> Context<'_> {
    Context {
        referentiel: referentiel(),
        source: None,
        mappings,
        accept_near: false,
        place_given: false,
    }
}

fn label(code: &str) -> String {
    let r = referentiel();
    r.elements[r.element(code).expect(code)].label.clone()
}

fn book(file: &str, bytes: &[u8]) -> Workbook {
    open(Path::new(file), bytes).expect(file).value
}

fn chosen(book: &Workbook) -> &'static dyn Source {
    choose(book, &context(&[]), None).expect("an importer")
}

/// Tool, then « structure date élément=réponse (commentaire) » of each record.
fn read(file: &str, bytes: &[u8]) -> (&'static str, Vec<String>) {
    let book = book(file, bytes);
    let source = chosen(&book);
    (
        source.name(),
        records(&source.read(&book, &context(&[])).value),
    )
}

fn records(answers: &Answers) -> Vec<String> {
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

fn csv(delimiter: &str, lines: &[&[&str]]) -> String {
    let quoted = |line: &&[&str]| {
        let cells: Vec<String> = line
            .iter()
            .map(|c| format!("\"{}\"", c.replace('"', "\"\"")))
            .collect();
        cells.join(delimiter)
    };
    lines.iter().map(quoted).collect::<Vec<_>>().join("\r\n") + "\r\n"
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
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

/// Grids made before the référentiel had codes: one sheet per structure, the wording of éléments,
/// crosses under words, decimals with comma, totals.
fn wordings() -> Vec<u8> {
    let labels: Vec<String> = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"]
        .map(label)
        .to_vec();
    let mut made = rust_xlsxwriter::Workbook::new();
    for (name, cross) in [("R01", 3), ("ALSH Les Marais", 1)] {
        let sheet = made.add_worksheet();
        sheet.set_name(name).expect("a name");
        let format = rust_xlsxwriter::Format::new();
        sheet
            .merge_range(0, 0, 0, 6, "Grille d’observation 2019", &format)
            .expect("merged");
        sheet
            .write_row(1, 0, ["Observateur :", "O1"])
            .expect("a row");
        sheet
            .write_row(
                2,
                0,
                [
                    "Thème",
                    "Ce que l’on regarde",
                    "1",
                    "2",
                    "3",
                    "4",
                    "N.O.",
                    "Remarques",
                ],
            )
            .expect("a row");
        sheet
            .merge_range(3, 0, 5, 0, "Relations", &format)
            .expect("merged");
        for (i, text) in labels.iter().enumerate() {
            let row = 3 + i as u32;
            sheet
                .write_string(row, 1, text.to_uppercase())
                .expect("a cell");
            let column = if i == 2 { 6 } else { 1 + cross };
            sheet.write_string(row, column, "x").expect("a cell");
        }
        sheet.write_string(3, 7, "vu à 8 h").expect("a cell");
        sheet.write_row(7, 1, ["Total", "2"]).expect("a row");
    }
    made.save_to_buffer().expect("a workbook")
}

#[test]
fn a_hand_made_grid_is_read_by_its_words() {
    let (tool, found) = read("grille 2019.xlsx", &wordings());
    assert_eq!(tool, "grille-main");
    assert_eq!(
        found,
        [
            "R01  REL-1-OBS-1=3 (vu à 8 h), REL-1-OBS-2=3, REL-2-OBS-1=NO",
            "ALSH Les Marais  REL-1-OBS-1=1 (vu à 8 h), REL-1-OBS-2=1, REL-2-OBS-1=NO",
        ]
    );
}

/// Nothing is guessed of « -- - + ++ » before a person agrees in the correspondence.
#[test]
fn crosses_under_foreign_words_wait_for_agreement() {
    let labels = ["REL-1-OBS-1", "REL-1-OBS-2", "REL-2-OBS-1"].map(label);
    let mut lines: Vec<Vec<&str>> = vec![
        vec!["Accueil : R01"],
        vec!["Observateur : O1"],
        vec!["", "--", "-", "+", "++"],
    ];
    for (i, label) in labels.iter().enumerate() {
        let mut line = vec![label.as_str(), "", "", "", ""];
        line[2 + i] = "X";
        lines.push(line);
    }
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let book = book("grille.csv", csv(";", &lines).as_bytes());
    let source = chosen(&book);
    assert_eq!(source.name(), "grille-main");
    let first = source.read(&book, &context(&[]));
    let codes: Vec<&str> = first.diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert!(codes.contains(&"ELE-306"), "{codes:?}");
    assert!(records(&first.value).iter().all(|r| !r.contains('=')));
    let proposal = first.value.proposal.expect("a correspondence").write();
    let agreed = proposal.replace("confirme = false", "confirme = true");
    let agreed = [Mapping::parse(&agreed).expect("read back")];
    let again = source.read(&book, &context(&agreed)).value;
    assert_eq!(
        records(&again),
        ["R01  REL-1-OBS-1=2, REL-1-OBS-2=3, REL-2-OBS-1=4"]
    );
}

/// A grid whose lines and ratings are its own: a correspondence says what they are.
#[test]
fn a_foreign_grid_enters_by_its_correspondence() {
    let subjects = [
        "L’équipe dit bonjour aux enfants",
        "Les enfants choisissent leurs jeux",
        "Le goûter est un moment calme",
        "La cour est rangée le soir",
        "Un adulte est au portail",
    ];
    let mut lines: Vec<Vec<&str>> = vec![
        vec!["Audit de la qualité", "", ""],
        vec!["Critère", "Recommandation", "Statut"],
    ];
    let codes = ["1.1", "1.2", "1.3", "1.4", "1.10"];
    for (i, subject) in subjects.iter().enumerate() {
        lines.push(vec![codes[i], subject, ["C", "NC", "NA", "C", "C"][i]]);
    }
    let lines: Vec<&[&str]> = lines.iter().map(Vec::as_slice).collect();
    let book = book("audit.csv", csv(";", &lines).as_bytes());
    let source = chosen(&book);
    assert_eq!(source.name(), "grille-main");
    let first = source.read(&book, &context(&[])).value;
    assert!(first.records.is_empty() && first.lines == 5);
    let mut mapping = first.proposal.expect("a correspondence");
    mapping.colonnes[0].vers = "REL-1-OBS-1".to_owned();
    mapping.colonnes[3].vers = "ENV-1-OBS-1".to_owned();
    let yes = mapping
        .valeurs
        .iter_mut()
        .find(|v| v.lu == "C")
        .expect("a word");
    (yes.vaut, yes.confirme) = ("4".to_owned(), true);
    let again = source.read(&book, &context(&[mapping])).value;
    assert_eq!(records(&again), ["  REL-1-OBS-1=4, ENV-1-OBS-1=4"]);
}

fn ods(body: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"R01\">{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", MANIFEST),
        ("content.xml", &content),
    ])
}

const MANIFEST: &str = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";

/// Merges are read by the program itself; what they cover, and notes pinned to cells, stay hidden.
#[test]
fn an_ods_shows_what_a_person_sees() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let body = format!(
        "<table:table-row><table:table-cell table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\" office:value-type=\"string\"><text:p>Note</text:p></table:table-cell>\
         <table:covered-table-cell office:value-type=\"string\"><text:p>caché</text:p></table:covered-table-cell>{}</table:table-row>\
         <table:table-row>{}<table:table-cell office:value-type=\"string\"><office:annotation><text:p>bulle</text:p></office:annotation><text:p>3</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p></text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>",
        cell("Remarque"),
        cell("REL-1-OBS-1")
    );
    let book = book("grille.ods", &ods(&body));
    let sheet = &book.sheets[0];
    let at = |r, c| sheet.text(r, c);
    assert_eq!(
        (at(0, 0).as_str(), at(0, 1).as_str(), at(0, 2).as_str()),
        ("Note", "", "Remarque")
    );
    assert_eq!(sheet.merged_text(0, 1), "Note");
    assert_eq!((at(1, 1).as_str(), at(1, 2).as_str()), ("3", "#ERREUR"));
    assert!(sheet.rows.len() == 2);
}

#[test]
fn definitions_of_forms_are_no_answers() {
    let structure = "class\ttype/scale\tname\trelevance\ttext\nS\t\tlanguage\t1\tfr\n";
    let book = book("limesurvey.txt", structure.as_bytes());
    assert!(choose(&book, &context(&[]), None).is_none());
    let said = observatoire::sources::unrecognised(&book).to_string();
    assert!(
        said.contains("LimeSurvey") && said.contains("définition"),
        "{said}"
    );
}

/// Every fixture of the suite against every importer: the right one is surer than all others.
#[test]
fn no_importer_takes_the_file_of_another() {
    let mut all = tools::files();
    all.push(("grille-main", "grille 2019.xlsx", wordings()));
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
