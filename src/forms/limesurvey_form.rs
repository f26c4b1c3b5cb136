//! LimeSurvey's survey structure, tab-separated (never `.lss`): one group per axe; questionnaires
//! as arrays, grids as lists with a comment. Codes are those of éléments without hyphens.

use super::asked::{AskedForm, Choice, FormPlace, filter_name, short};
use crate::base::sheets::own_form_layout::{SECOND_CODER, SECOND_CODER_WHEN};
use crate::vocabulary::referentiel::{Element, HEADCOUNT_WRITTEN, SourceCode};

/// Columns of the file; the importer reads them by name.
const COLUMNS: [&str; 9] = [
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "mandatory",
    "other",
];

/// Longest answer code that LimeSurvey takes.
const LONGEST: usize = 5;

/// Writes the structure, UTF-8 with its mark so that nobody reads it otherwise.
pub fn write(asked: &AskedForm) -> String {
    let mut file = File { rows: Vec::new() };
    let title: String = asked.title.chars().take(200).collect();
    for (name, value) in [
        ("language", "fr"),
        ("format", "G"),
        ("anonymized", "Y"),
        ("datestamp", "N"),
    ] {
        file.push(["S", "", name, "1", value, "", ""]);
    }
    file.push(["SL", "", "surveyls_title", "1", &title, "", ""]);
    file.group(0, "Accueil");
    file.protocol(asked);
    file.place(asked);
    file.filters(asked);
    for (rank, (axe, elements)) in asked.axes().into_iter().enumerate() {
        file.group(rank + 1, &axe.label);
        if asked.is_questionnaire() {
            file.arrays(asked, &axe.code, &elements);
        } else {
            for element in elements {
                file.list(asked, element);
            }
        }
    }
    if asked.is_questionnaire() {
        file.group(99, "Pour finir");
        let help = "N’écrivez ni nom, ni téléphone : ce texte peut être lu par d’autres.";
        file.push([
            "Q",
            "T",
            "LIBRE",
            "1",
            "Souhaitez-vous ajouter quelque chose ?",
            help,
            "N",
        ]);
    }
    file.text()
}

struct File {
    rows: Vec<[String; 9]>,
}

impl File {
    /// Class, type or scale, name, relevance, text, help, mandatory.
    fn push(&mut self, [class, kind, name, relevance, text, help, mandatory]: [&str; 7]) {
        let other = if class == "Q" { "N" } else { "" };
        let cells = [
            class, kind, name, relevance, text, help, "fr", mandatory, other,
        ];
        self.rows.push(cells.map(str::to_owned));
    }

    fn group(&mut self, rank: usize, name: &str) {
        self.push(["G", &rank.to_string(), name, "1", "", "", ""]);
    }

    fn answers(&mut self, choices: &[Choice]) {
        for choice in choices {
            self.push(["A", "0", &choice.code, "", &choice.label, "", ""]);
        }
    }

    /// A list of structures, or their code in a text when LimeSurvey's codes are too short for it.
    fn place(&mut self, asked: &AskedForm) {
        let fits =
            |code: &str| code.len() <= LONGEST && code.chars().all(|c| c.is_ascii_alphanumeric());
        let all = !asked.places.is_empty() && asked.places.iter().all(|p| fits(&p.code));
        let kind = if all { "L" } else { "S" };
        let help = if all {
            ""
        } else {
            "Écrivez le code de l’accueil, donné avec le lien."
        };
        self.push(["Q", kind, "STRUCTURE", "1", "Quel accueil ?", help, "Y"]);
        if all {
            let places = asked.places.iter();
            // Several accueils may bear the same name: the code stands in the label, too.
            let label = |p: &FormPlace| format!("{} {}", p.code, p.name);
            let choices: Vec<Choice> = places.map(|p| Choice::new(&p.code, label(p))).collect();
            self.answers(&choices);
        }
        if !asked.is_questionnaire() {
            self.push(["Q", "D", "DATE", "1", "Date", "", "Y"]);
        }
        if asked.source == SourceCode::Dir {
            self.push([
                "Q",
                "S",
                "SECONDCODEUR",
                "1",
                SECOND_CODER,
                SECOND_CODER_WHEN,
                "",
            ]);
        }
        if asked.source == SourceCode::Obs {
            self.push(["Q", "S", "VISITE", "1", "Numéro de la visite", "", "Y"]);
            self.push([
                "Q",
                "S",
                "OBSERVATEUR",
                "1",
                "Code de l’observateur (O1, O2…)",
                "",
                "Y",
            ]);
        }
    }

    /// What to do before a grave fact, shown before anything is asked of who observes.
    fn protocol(&mut self, asked: &AskedForm) {
        let lines = asked.protocol();
        if !lines.is_empty() {
            self.push(["Q", "X", "PROTOCOLE", "1", &lines.join("\n"), "", "N"]);
        }
    }

    /// Questions that say whom others are for.
    fn filters(&mut self, asked: &AskedForm) {
        for (position, filter) in asked.referentiel.filters.iter().enumerate() {
            let all = asked.axes();
            let mut elements = all.iter().flat_map(|(_, elements)| elements);
            if elements.any(|e| e.filter == Some(position)) {
                let name = filter_name(&filter.code);
                self.push(["Q", "Y", &name, "1", &filter.label, "", "N"]);
            }
        }
    }

    /// One array per set of answers of an axe, and per question that says whom they are for.
    fn arrays(&mut self, asked: &AskedForm, axe: &str, elements: &[&Element]) {
        let mut sets: Vec<(Vec<Choice>, Vec<&Element>)> = Vec::new();
        for element in elements {
            let choices = asked.choices(element);
            let same = |(c, list): &&mut (Vec<Choice>, Vec<&Element>)| {
                *c == choices && list[0].filter == element.filter
            };
            match sets.iter_mut().find(same) {
                Some((_, list)) => list.push(element),
                None => sets.push((choices, vec![element])),
            }
        }
        for (rank, (choices, list)) in sets.into_iter().enumerate() {
            let relevance = list[0].filter.map_or_else(
                || "1".to_owned(),
                |f| {
                    let filter = filter_name(&asked.referentiel.filters[f].code);
                    format!("{filter}.NAOK == \"Y\"")
                },
            );
            let name = format!("{axe}{}{}", asked.source, rank + 1);
            self.push([
                "Q",
                "F",
                &name,
                &relevance,
                "Que pensez-vous de ces phrases ?",
                "",
                "N",
            ]);
            for element in list {
                self.push([
                    "SQ",
                    "0",
                    &short(&element.code),
                    "1",
                    &element.label,
                    "",
                    "",
                ]);
            }
            self.answers(&choices);
        }
    }

    /// A list with a comment: the reason of an NC, or what was seen.
    fn list(&mut self, asked: &AskedForm, element: &Element) {
        let name = short(&element.code);
        let scale = &asked.referentiel.scales[element.scale];
        let anchors = element.form_text(scale);
        let anchors: Vec<&str> = anchors.lines().skip(1).collect();
        let help = format!(
            "{}Commentaire : ce qui a été vu ; obligatoire pour « non concerné ».",
            anchors
                .iter()
                .fold(String::new(), |all, one| all + one + "\n")
        );
        if element.headcount {
            let help = format!("Écrivez : {HEADCOUNT_WRITTEN}, ou NO.");
            self.push(["Q", "S", &name, "1", &element.label, &help, "Y"]);
            return;
        }
        self.push(["Q", "O", &name, "1", &element.label, &help, "Y"]);
        self.answers(&asked.choices(element));
    }

    /// Tab-separated; the importer reads line by line, so that a text may hold none.
    fn text(&self) -> String {
        let cell = |text: &String| {
            let one_line = text.replace(['\r', '\t'], " ").replace('\n', "<br />");
            if one_line.contains('"') {
                format!("\"{}\"", one_line.replace('"', "\"\""))
            } else {
                one_line
            }
        };
        let mut out = format!("\u{feff}{}\r\n", COLUMNS.join("\t"));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            out.push_str(&cells.join("\t"));
            out.push_str("\r\n");
        }
        out
    }
}
