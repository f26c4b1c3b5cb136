//! What other tools gave in the example: responses to two small questionnaires, an attendance list, a calendar.
//! Everything in them is invented, names too.

use rust_xlsxwriter::{DocProperties, Format, XlsxError};
use std::fmt::Write as _;

use super::raw_file::DemoFile;
use crate::base::error::{Error, Result};
use crate::base::looks::fixed_workbook;

/// Nine responses: ranks of the answers to the six sentences, 0 for the first, 4 for « Je ne sais pas ».
const TOOLS: [[usize; 6]; 9] = [
    [0, 1, 0, 0, 0, 2],
    [1, 2, 1, 1, 0, 1],
    [1, 1, 1, 0, 1, 2],
    [2, 2, 1, 1, 1, 0],
    [0, 1, 0, 0, 0, 3],
    [1, 3, 2, 4, 1, 1],
    [1, 1, 1, 1, 2, 2],
    [0, 2, 1, 1, 0, 1],
    [2, 1, 2, 0, 1, 2],
];
const TOOLS_SCALE: [&str; 5] = [
    "Tout à fait",
    "Plutôt oui",
    "Plutôt non",
    "Pas du tout",
    "Je ne sais pas",
];
const TOOLS_ITEMS: [&str; 6] = [
    "Je trouve facilement l’outil dont j’ai besoin",
    "Remplir le tableau de suivi me prend un temps raisonnable",
    "Ce que j’ai saisi m’est rendu sous une forme utile",
    "La grille d’observation m’aide à parler des pratiques en équipe",
    "Je sais à qui demander quand je bloque",
    "On me demande plusieurs fois la même information",
];
const WHO: [&str; 9] = [
    "Dans un accueil",
    "Dans un accueil",
    "Dans un service",
    "Dans un accueil",
    "Dans un service",
    "Partenaire",
    "Dans un accueil",
    "Dans un service",
    "Dans un accueil",
];
/// Six responses of teams to what is tried.
const TRIED: [[usize; 5]; 6] = [
    [0, 1, 0, 1, 0],
    [0, 2, 1, 1, 1],
    [1, 1, 1, 2, 1],
    [0, 1, 0, 1, 0],
    [1, 3, 1, 2, 1],
    [0, 0, 0, 0, 0],
];
const TRIED_SCALE: [&str; 4] = [
    "Tout à fait d’accord",
    "Plutôt d’accord",
    "Plutôt pas d’accord",
    "Pas du tout d’accord",
];
const TRIED_CODES: [&str; 5] = ["EXP1", "EXP2", "EXP3", "EXP4", "EXP5"];

/// The exports that are brought in.
///
/// # Errors
///
/// A workbook that cannot be made.
pub(crate) fn survey_returns() -> Result<Vec<DemoFile>> {
    let mut rows = vec![
        [
            &[
                "ID",
                "Heure de début",
                "Heure de fin",
                "Adresse de messagerie",
                "Nom",
                "Vous êtes plutôt…",
            ][..],
            &TOOLS_ITEMS[..],
        ]
        .concat(),
    ];
    let moments: Vec<[String; 3]> = (0..TOOLS.len())
        .map(|i| {
            let day = 17 + i % 4;
            [
                (i + 1).to_string(),
                format!("2026-11-{day:02}T09:{:02}:00", i * 5),
                format!("2026-11-{day:02}T09:{:02}:00", i * 5 + 4),
            ]
        })
        .collect();
    for ((ranks, who), [id, start, end]) in TOOLS.iter().zip(WHO).zip(&moments) {
        let answers = ranks.iter().map(|rank| TOOLS_SCALE[*rank]);
        rows.push(
            [id.as_str(), start, end, "anonymous", "", who]
                .into_iter()
                .chain(answers)
                .collect(),
        );
    }
    let forms = workbook("Sheet1", &rows)?;
    let mut text = format!(
        "\u{feff}\"id\",\"submitdate\",\"lastpage\",{}\r\n",
        TRIED_CODES.map(|c| format!("\"{c}\"")).join(",")
    );
    for (i, ranks) in TRIED.iter().enumerate() {
        let answers: Vec<String> = ranks
            .iter()
            .map(|rank| format!("\"{}\"", TRIED_SCALE[*rank]))
            .collect();
        _ = write!(
            text,
            "\"{}\",\"2026-11-{:02} 18:{:02}:00\",\"1\",{}\r\n",
            i + 1,
            9 + i,
            10 + i,
            answers.join(",")
        );
    }
    Ok(vec![
        DemoFile::new("Forms Les outils de la coopération.xlsx", forms),
        DemoFile::new("LimeSurvey Retours des équipes.csv", text),
        DemoFile::new("Sphinx Bilan des coopérations 2026.csv", REVIEW),
    ])
}

/// What is left for a person to bring in: an attendance list, a calendar.
///
/// # Errors
///
/// A workbook that cannot be made.
pub(crate) fn files_to_try() -> Result<Vec<DemoFile>> {
    let rows: [&[&str]; 10] = [
        &["Communauté de communes du Val-Fictif"],
        &["Émargement – Groupe de travail Qualité d’accueil 3"],
        &["jeudi 10 décembre 2026, 14 h – 16 h"],
        &[],
        &[
            "NOM, Prénom",
            "Structure",
            "Service",
            "Fonction",
            "Courriel",
            "Signature",
        ],
        &[
            "MARTINELLI Camille (fictif)",
            "Communauté de communes du Val-Fictif",
            "service enfance-jeunesse",
            "Coordination enfance-jeunesse",
            "c.martinelli@exemple.fr",
            "CM",
        ],
        &[
            "PERRONET Dominique (fictif)",
            "Communauté de communes du Val-Fictif",
            "coopération enfance",
            "Coopération enfance",
            "d.perronet@exemple.fr",
            "DP",
        ],
        &[
            "VASSEUR Claude (fictif)",
            "Caf (exemple)",
            "action sociale",
            "Conseil technique",
            "",
            "excusée",
        ],
        &[
            "ROUMIER Alix (fictif)",
            "Foyer rural du Lin",
            "",
            "",
            "",
            "AR",
        ],
        &[
            "LENOIR Sacha (fictif)",
            "Inspection de circonscription (exemple)",
            "",
            "",
            "",
            "",
        ],
    ];
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
    Ok(vec![
        DemoFile::new(
            "Émargement du 10 décembre.xlsx",
            workbook("Émargement", &rows)?,
        ),
        DemoFile::new(
            "Agenda de la coopération.ics",
            CALENDAR.replace('\n', "\r\n"),
        ),
    ])
}

/// The annual bilan of three CCT, as Sphinx exports it; persons in it are invented.
const REVIEW: &str = "\u{feff}N°Obs;Nom du répondant;Nombre d’ETP consacrés à la coopération;Nombre d’interventions et d’accompagnements dans l’année;Thématique;Quelles difficultés avez-vous rencontrées ?;De quoi auriez-vous besoin ?;Votre bureau est-il bien chauffé ?\r
1;PERRONET Dominique (fictif);0,8;3;enfance;les agendas des communes et des écoles se croisent rarement;un calendrier partagé dès la rentrée;oui\r
2;ROUMIER Alix (fictif);0,5;2;jeunesse;les locaux prêtés changent souvent;un lieu stable pour les rencontres;non\r
3;LENOIR Sacha (fictif);0,5;1;parentalité;;du temps pour aller au-devant des familles;oui\r
";

const CALENDAR: &str = "BEGIN:VCALENDAR
PRODID:-//Exemple fictif//FR
VERSION:2.0
METHOD:PUBLISH
BEGIN:VEVENT
UID:exemple-1
SUMMARY:Coordination enfance\\, réunion de rentrée de janv
 ier
DTSTART;TZID=\"Romance Standard Time\":20270112T140000
DTEND;TZID=\"Romance Standard Time\":20270112T153000
ORGANIZER;CN=\"Perronet (fictif)\":mailto:d.perronet@exemple.fr
DESCRIPTION:Ordre du jour envoyé à part
END:VEVENT
BEGIN:VEVENT
UID:exemple-2
SUMMARY:Point des accueils
DTSTART:20270114T080000Z
DURATION:PT45M
RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=TH
END:VEVENT
BEGIN:VEVENT
UID:exemple-3
SUMMARY:Comité technique de décembre
DTSTART;VALUE=DATE:20261203
DTEND;VALUE=DATE:20261204
END:VEVENT
END:VCALENDAR
";

fn workbook(name: &str, rows: &[Vec<&str>]) -> Result<Vec<u8>> {
    build(name, rows).map_err(|e| Error::Render(format!("L’exemple ne peut pas être écrit ({e}).")))
}

fn build(name: &str, rows: &[Vec<&str>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = fixed_workbook(1, DocProperties::new())?;
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            let (r, c) = (r as u32, c as u16);
            match (text.contains('T') && text.len() == 19)
                .then(|| rust_xlsxwriter::ExcelDateTime::parse_from_str(text))
            {
                Some(Ok(at)) => sheet.write_datetime_with_format(r, c, &at, &moment)?,
                _ => sheet.write_string(r, c, *text)?,
            };
        }
    }
    book.save_to_buffer()
}
