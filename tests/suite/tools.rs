//! Exports of every tool, written after each one's real layout, imported without a mapping:
//! the right tool, the exact answers, nothing personal.

use observatoire::vocabulary::referentiel::{Referentiel, parse};

use crate::former::embedded_v1;
use rust_xlsxwriter::Workbook;

use crate::atelier::Atelier;
use crate::naive::rows;

const FIRST: &str = "REL-1-FAM-1";
const SECOND: &str = "LIE-1-FAM-1";
/// Two respondents: (first, second) question, as labels of the scale.
const ANSWERS: [(&str, &str); 2] = [
    ("Plutôt d’accord", "Tout à fait d’accord"),
    ("Pas du tout d’accord", "Ne sait pas"),
];

fn referentiel() -> Referentiel {
    parse("v1", embedded_v1()).expect("the référentiel")
}

fn label(code: &str) -> String {
    let r = referentiel();
    r.elements[r.element(code).expect(code)].label.to_string()
}

/// A CSV of cells, all quoted.
fn csv(delimiter: &str, lines: &[Vec<String>]) -> String {
    let quoted = |line: &Vec<String>| {
        let cells: Vec<String> = line
            .iter()
            .map(|c| format!("\"{}\"", c.replace('"', "\"\"")))
            .collect();
        cells.join(delimiter)
    };
    let lines: Vec<String> = lines.iter().map(quoted).collect();
    lines.join("\r\n") + "\r\n"
}

fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

struct Case {
    tool: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
}

fn case(tool: &'static str, file: &'static str, text: &str) -> Case {
    Case {
        tool,
        file,
        bytes: text.as_bytes().to_vec(),
    }
}

/// Header rows of a tool around two questions, then both respondents between `before` and `after`.
fn table(heads: &[Vec<String>], before: &[&str], after: &[&str]) -> Vec<Vec<String>> {
    let mut all = heads.to_vec();
    for (i, (a, b)) in ANSWERS.into_iter().enumerate() {
        let fill = |cell: &&str| cell.replace('#', &(i + 1).to_string());
        let mut row: Vec<String> = before.iter().map(fill).collect();
        row.extend(["R01".to_owned(), a.to_owned(), b.to_owned()]);
        row.extend(after.iter().map(fill));
        all.push(row);
    }
    all
}

fn heads(before: &[&str], after: &[&str]) -> Vec<String> {
    let questions = ["Structure".to_owned(), label(FIRST), label(SECOND)];
    let ends = |e: &[&str]| e.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    [ends(before), questions.to_vec(), ends(after)].concat()
}

fn ms_forms() -> Vec<u8> {
    let french = [
        "ID",
        "Heure de début",
        "Heure de fin",
        "Adresse de messagerie",
        "Nom",
    ];
    let lines = table(
        &[heads(&french, &[])],
        &[
            "#",
            "12/05/2026 10:00",
            "12/05/2026 10:04",
            "anonymous",
            "Léa Martin",
        ],
        &[],
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in lines.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            // A single choice ends with « ; » when the question allows several.
            let cell = if r > 0 && c == 6 {
                format!("{cell};")
            } else {
                cell.clone()
            };
            sheet
                .write_string(r as u32, c as u16, cell)
                .expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn zip(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(name, zip::write::SimpleFileOptions::default())
        .expect("a part");
    archive.write_all(text.as_bytes()).expect("written");
    archive.finish().expect("a zip").into_inner()
}

fn codes_of(answer: (&str, &str)) -> (String, String) {
    let code = |a: &str| match a {
        "Plutôt d’accord" => "3",
        "Tout à fait d’accord" => "4",
        "Pas du tout d’accord" => "1",
        _ => "NSP",
    };
    (code(answer.0).to_owned(), code(answer.1).to_owned())
}

/// The same answers under names without hyphens, as forms for tablets have them.
fn named(
    heads: [&str; 2],
    columns: (&[&str], &[&str]),
    values: (&[&str], &[&str]),
) -> Vec<Vec<String>> {
    let mut all = vec![[columns.0, &["structure"], &heads, columns.1].concat()]
        .into_iter()
        .map(|l| line(&l))
        .collect::<Vec<_>>();
    for (i, answer) in ANSWERS.into_iter().enumerate() {
        let fill = |cell: &&str| cell.replace('#', &(i + 1).to_string());
        let (a, b) = codes_of(answer);
        let mut row: Vec<String> = values.0.iter().map(fill).collect();
        row.extend(["R01".to_owned(), a, b]);
        row.extend(values.1.iter().map(fill));
        all.push(row);
    }
    all
}

/// Forms for tablets: names, never labels.
fn tablets() -> Vec<Case> {
    let kobo = named(
        ["famille/REL1FAM1", "famille/LIE1FAM1"],
        (
            &["start"],
            &[
                "_id",
                "_uuid",
                "_submission_time",
                "_validation_status",
                "_index",
            ],
        ),
        (
            &["2026-05-12T10:00:00.000+02:00"],
            &["#", "u-#", "2026-05-12T08:00:00", "", "#"],
        ),
    );
    let mut tagged = kobo.clone();
    let tags = ["#date", "#loc", "#a", "#b", "#id", "#u", "#t", "#v", "#i"];
    tagged.insert(1, line(&tags));
    let odk = named(
        ["famille-REL1FAM1", "famille-LIE1FAM1"],
        (
            &["SubmissionDate"],
            &["KEY", "SubmitterName", "DeviceID", "Status"],
        ),
        (
            &["2026-05-12T08:00:00.000Z"],
            &["uuid:#", "Léa Martin", "d1", ""],
        ),
    );
    let odk = csv(",", &odk).replace('"', "");
    vec![
        case("KoboToolbox", "kobo.csv", &csv(";", &kobo)),
        case("KoboToolbox", "kobo hxl.csv", &csv(";", &tagged)),
        case("ODK Central", "odk.csv", &odk),
        Case {
            tool: "ODK Central",
            file: "odk.csv.zip",
            bytes: zip("formulaire.csv", &odk),
        },
    ]
}

/// Web forms of offices and associations.
fn web_forms() -> Vec<Case> {
    let (q1, q2) = (label(FIRST), label(SECOND));
    let google = table(
        &[line(&[
            "Horodateur",
            "Adresse e-mail",
            "Structure",
            &format!("Votre avis [{q1}]"),
            &format!("Votre avis  [{q2} ]"),
        ])],
        &["12/05/2026 10:0#:00", "lea@exemple.fr"],
        &[],
    );
    let frama = table(
        &[
            line(&["Questionnaire familles"]),
            line(&["", "Submission Details", "", "", "", "", "", "Votre avis"]),
            line(&[
                "Serial",
                "SID",
                "Submitted Time",
                "Draft",
                "IP Address",
                "Structure",
                &q1,
                &q2,
            ]),
        ],
        &["#", "10#", "12/05/2026 - 10:00", "", "10.0.0.1"],
        &[],
    );
    let mut frama = frama;
    frama[1] = line(&["Submission Details", "", "", "", "", "", "Votre avis", ""]);
    let drupal = table(
        &[line(&[
            "Serial number",
            "Submission ID",
            "Created",
            "Completed",
            "Is draft",
            "Remote IP address",
            "Structure",
            &format!("Votre avis: {q1}"),
            &format!("Votre avis: {q2}"),
        ])],
        &[
            "#",
            "4#",
            "2026-05-12 10:00:00",
            "2026-05-12 10:02:00",
            "Non",
            "10.0.0.1",
        ],
        &[],
    );
    vec![
        Case {
            tool: "Microsoft Forms",
            file: "Avis des familles(1-2).xlsx",
            bytes: ms_forms(),
        },
        case("Google Forms", "Avis (réponses).csv", &csv(",", &google)),
        case("Framaforms", "framaforms.tsv", &csv("\t", &frama)),
        case("Drupal Webform", "drupal.csv", &csv(",", &drupal)),
    ]
}

/// Tools with several header rows.
fn several_headers() -> Vec<Case> {
    let (q1, q2) = (label(FIRST), label(SECOND));
    let monkey = table(
        &[
            line(&[
                "Respondent ID",
                "Collector ID",
                "Start Date",
                "End Date",
                "IP Address",
                "Structure",
                "Votre avis",
                "",
            ]),
            line(&["", "", "", "", "", "Open-Ended Response", &q1, &q2]),
        ],
        &["90#", "7", "05/12/2026", "12/05/2026", "10.0.0.1"],
        &[],
    );
    let import = |id: &str| format!("{{\"ImportId\":\"{id}\"}}");
    let qualtrics = table(
        &[
            line(&[
                "StartDate",
                "EndDate",
                "IPAddress",
                "Finished",
                "ResponseId",
                "Structure",
                "Q1_1",
                "Q1_2",
            ]),
            line(&[
                "Start Date",
                "End Date",
                "IP Address",
                "Finished",
                "Response ID",
                "Structure",
                &format!("Votre avis - {q1}"),
                &format!("Votre avis - {q2}"),
            ]),
            [
                "startDate",
                "endDate",
                "ipAddress",
                "finished",
                "_recordId",
                "QID1",
                "QID2_1",
                "QID2_2",
            ]
            .map(import)
            .to_vec(),
        ],
        &[
            "2026-05-12 10:00:00",
            "2026-05-12 10:02:00",
            "10.0.0.1",
            "1",
            "R_#",
        ],
        &[],
    );
    vec![
        case("SurveyMonkey", "surveymonkey.csv", &csv(",", &monkey)),
        case("Qualtrics", "qualtrics.csv", &csv(",", &qualtrics)),
    ]
}

/// One header row, codes or labels.
fn one_header() -> Vec<Case> {
    let (q1, q2) = (label(FIRST), label(SECOND));
    let typeform = table(
        &[heads(
            &["#"],
            &[
                "Response Type",
                "Start Date (UTC)",
                "Submit Date (UTC)",
                "Network ID",
                "Tags",
            ],
        )],
        &["tok#"],
        &[
            "completed",
            "2026-05-12 08:00:00",
            "2026-05-12 08:02:00",
            "n",
            "",
        ],
    );
    // `fill` writes ranks where « # » stands, except in Typeform's own heading.
    let sphinx = table(
        &[
            line(&["", "", "Votre accueil", "Votre avis"]),
            heads(&["N°Obs", "DATE_SAISIE"], &[]),
        ],
        &["#", "12/05/2026"],
        &[],
    );
    let sphinx_text = csv(";", &sphinx);
    let ansi = encoding_rs::WINDOWS_1252
        .encode(&sphinx_text)
        .0
        .into_owned();
    let lime = |heads: [&str; 2]| {
        let top = [
            "id. Response ID",
            "submitdate. Date submitted",
            "token. Access code",
            "STRUCTURE. Votre accueil",
            heads[0],
            heads[1],
        ];
        let mut lines = table(&[line(&top)], &["#", "2026-05-12 10:00:00", "tok#"], &[]);
        lines.push(line(&["9", "", "tok", "R01", "Plutôt d’accord", "N/A"]));
        csv(";", &lines)
    };
    let wide = table(
        &[heads(&["Nom"], &["Un commentaire ?"])],
        &["Léa Martin"],
        &["Merci !"],
    );
    vec![
        case("Typeform", "typeform.csv", &csv(",", &typeform)),
        Case {
            tool: "Sphinx",
            file: "sphinx.csv",
            bytes: ansi,
        },
        case(
            "LimeSurvey",
            "lime codes.csv",
            &lime(["FAM[REL1FAM1]. Avis", "FAM[LIE1FAM1]. Avis"]),
        ),
        case(
            "LimeSurvey",
            "lime texte.csv",
            &lime([&format!("Votre avis [{q1}]"), &format!("Votre avis [{q2}]")]),
        ),
        case(
            "tableau, une colonne par élément",
            "libellés.csv",
            &csv(";", &wide),
        ),
    ]
}

fn cases() -> Vec<Case> {
    let all = [tablets(), web_forms(), several_headers(), one_header()];
    all.into_iter().flatten().collect()
}

/// Name of the tool, name of the file, bytes: for tests of recognition.
pub fn files() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let name = |label: &str| {
        let all = observatoire::intake::sources::SOURCES;
        all.into_iter()
            .find(|s| s.label() == label)
            .map_or("", |s| s.name())
    };
    cases()
        .into_iter()
        .map(|c| (name(c.tool), c.file, c.bytes))
        .collect()
}

/// What differs from the two respondents' answers, if anything.
fn fails(case: &Case) -> Option<String> {
    let atelier = Atelier::blank();
    let path = atelier.write(&format!("reçus/{}", case.file), &case.bytes);
    let (exit, said) = atelier.json(&["importer", &path, "--campagne", "C1", "--source", "FAM"]);
    let tool = &said["resultat"]["fichiers"][0]["outil"];
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    let mut found: Vec<(String, String, String)> = stored
        .iter()
        .filter(|r| r["element"] != "LIBRE")
        .map(|r| {
            (
                r["element"].clone(),
                r["statut"].clone(),
                r["niveau"].clone(),
            )
        })
        .collect();
    found.sort();
    let expected = [
        (SECOND, "note", "4.000000"),
        (SECOND, "nsp", ""),
        (FIRST, "note", "1.000000"),
        (FIRST, "note", "3.000000"),
    ]
    .map(|(e, s, n)| (e.to_owned(), s.to_owned(), n.to_owned()));
    let people: std::collections::BTreeSet<&String> =
        stored.iter().map(|r| &r["repondant"]).collect();
    let folder = atelier.root().join("data/store");
    let leaked = crate::atelier::files(&folder).iter().any(|f| {
        let bytes = std::fs::read(folder.join(f)).unwrap_or_default();
        let has = |word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
        has("Martin") || has("lea@exemple.fr") || has("10.0.0.1")
    });
    let fine = exit == 0 && tool == case.tool && found == expected && people.len() == 2 && !leaked;
    (!fine).then(|| {
        format!(
            "{} : exit {exit}, {tool}, {found:?}, {} people, leaked {leaked}, {}",
            case.file,
            people.len(),
            said["diagnostics"]
        )
    })
}

#[test]
fn every_tool_is_recognised_and_reads_to_the_same_answers() {
    let failures: Vec<String> = cases().iter().filter_map(fails).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Near wordings wait for a person: refused with a proposal, then read once it is confirmed.
#[test]
fn nothing_near_enters_without_confirmation() {
    let atelier = Atelier::blank();
    let near = label(FIRST).replace("Mon enfant", "Votre enfant");
    let lines = [
        line(&["Structure", &near, &label(SECOND)]),
        line(&["R01", "Plutôt d’accord", "Tout à fait d’accord"]),
        line(&["R01", "Plutôt d’accord", "Plutôt d’accord"]),
    ];
    let path = atelier.write("avis.csv", csv(";", &lines).as_bytes());
    let import = |more: &[&str]| {
        let base = ["importer", &path, "--campagne", "C1", "--source", "FAM"];
        let (exit, said) = atelier.json(&[&base[..], more].concat());
        let codes: Vec<String> = said["diagnostics"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|d| d["code"].as_str().map(str::to_owned))
            .collect();
        (exit, codes)
    };
    let folder = atelier.root().join("grids/correspondances");
    let proposals = || {
        let all = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        all.map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "toml"))
            .collect::<Vec<_>>()
    };
    let (exit, codes) = import(&["--simulation"]);
    assert!(
        exit == 1 && codes.contains(&"ELE-306".to_owned()),
        "{codes:?}"
    );
    assert!(proposals().is_empty(), "a simulation writes nothing");
    let (exit, codes) = import(&[]);
    assert_eq!(exit, 1);
    assert!(codes.contains(&"ELE-308".to_owned()), "{codes:?}");
    let written = proposals();
    assert_eq!(written.len(), 1);
    let text = std::fs::read_to_string(&written[0]).expect("a proposal");
    assert!(
        text.contains("confirme = false") && text.contains(FIRST),
        "{text}"
    );
    std::fs::write(
        &written[0],
        text.replace("confirme = false", "confirme = true"),
    )
    .expect("written");
    let (exit, codes) = import(&[]);
    assert_eq!(exit, 0, "{codes:?}");
    let stored = rows(&atelier.run(&["exporter", "observations"]).stdout);
    assert_eq!(stored.iter().filter(|r| r["element"] == FIRST).count(), 2);
    let folder = atelier.root().join("data/store/manifestes");
    let manifests = crate::atelier::files(&folder);
    let read = |name: &String| std::fs::read_to_string(folder.join(name)).expect("a manifest");
    let manifest: String = manifests.iter().map(read).collect();
    let name = written[0].file_name().expect("a name").to_string_lossy();
    assert!(
        manifest.contains(&format!("\"correspondance\": \"{name}\"")),
        "{manifest}"
    );

    let other = Atelier::blank();
    let path = other.write("avis.csv", csv(";", &lines).as_bytes());
    let base = [
        "importer",
        &path,
        "--campagne",
        "C1",
        "--source",
        "FAM",
        "--accepter-proches",
    ];
    let (exit, said) = other.json(&base);
    assert_eq!(exit, 0);
    assert!(
        said["diagnostics"].to_string().contains("ELE-307"),
        "{said}"
    );

    let slip = text
        .replace("confirme = false", "confirme = true")
        .replace(FIRST, "REL-1-FAM-9");
    let slipped = Atelier::blank();
    let path2 = slipped.write("avis.csv", csv(";", &lines).as_bytes());
    slipped.write("grids/correspondances/glissee.toml", slip.as_bytes());
    let (exit, said) = slipped.json(&["importer", &path2, "--campagne", "C1", "--source", "FAM"]);
    assert!(
        exit == 1 && said.to_string().contains("REL-1-FAM-9"),
        "{said}"
    );

    std::fs::write(&written[0], "outil = 3").expect("written");
    let broken = atelier.run(&["importer", &path, "--campagne", "C1"]);
    assert_eq!(broken.code, 3);
    assert!(broken.stderr.contains("ligne 1"), "{}", broken.stderr);
}
