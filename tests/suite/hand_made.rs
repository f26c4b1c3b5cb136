//! Grids that no software wrote: read by their words, by a correspondence, as people see them; and
//! activity tables as local services keep them.

use observatoire::intake::sources::correspondence::Correspondence;

use crate::layouts::{book, chosen, context, csv, label, read, records, zip};

/// Grids made before the référentiel had codes: one sheet per structure, the wording of éléments,
/// crosses under words, decimals with comma, totals.
pub fn wordings() -> Vec<u8> {
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
    let agreed = [Correspondence::parse(&agreed).expect("read back")];
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
    // Whose grid it is may be asked at once; nothing of it is read before someone said what lines ask.
    assert!(first.records.iter().all(|r| r.answers.is_empty()) && first.lines == 5);
    let mut mapping = first.proposal.expect("a correspondence");
    mapping.columns[0].target = "REL-1-OBS-1".to_owned();
    mapping.columns[3].target = "ENV-1-OBS-1".to_owned();
    // A line that was rated is never left out before a person says so.
    assert!(mapping.columns.iter().all(|column| !column.confirmed));
    for column in [0, 3] {
        mapping.columns[column].confirmed = true;
    }
    let yes = mapping
        .words
        .iter_mut()
        .find(|v| v.written == "C")
        .expect("a word");
    (yes.worth, yes.confirmed) = ("4".to_owned(), true);
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

/// A table of staff with a title, names, and the service's own headings.
#[test]
fn a_table_of_staff_loses_its_names() {
    let text = csv(
        ";",
        &[
            &["Personnel au 1er mai", "", "", "", "", ""],
            &[
                "Accueil",
                "Nom",
                "Poste",
                "Diplômes",
                "Date d’entrée",
                "Observations",
            ],
            &[
                "R01",
                "Durand",
                "animateur",
                "BAFA",
                "01/09/2024",
                "temps partiel",
            ],
        ],
    );
    let book = book("personnel.csv", text.as_bytes());
    let source = chosen(&book);
    assert_eq!(source.name(), "activite");
    let found = source.read(&book, &context(&[]));
    assert_eq!(
        records(&found.value),
        ["R01  fonction=animateur, diplome=BAFA, entree=2024-09-01"]
    );
    let said: Vec<&str> = found.diagnostics.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(said, ["ELE-305"]);
}
