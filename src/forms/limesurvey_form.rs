//! LimeSurvey's survey structure, tab-separated (never `.lss`): one group per axe; questionnaires
//! as arrays, grids as lists with a comment. Codes are those of éléments without hyphens.

use super::asked::{AskedForm, Choice, FormPlace, filter_name, short};
use crate::base::sheets::own_form_layout::{SECOND_CODER, SECOND_CODER_WHEN};
use crate::vocabulary::referentiel::{
    AgeBand, Element, HEADCOUNT_WRITTEN, SourceCode, VisitMoment,
};

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

/// Name of the question on the moments of a visit.
const MOMENTS: &str = "MOMENTSVUS";

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
    if !asked.welcome.is_empty() {
        let welcome = asked.welcome.join("\n");
        file.push(["SL", "", "surveyls_welcometext", "1", &welcome, "", ""]);
    }
    file.group(0, "Accueil");
    file.protocol(asked);
    file.place(asked);
    file.moments(asked);
    file.ages(asked);
    file.filters(asked);
    for (rank, (axe, elements)) in asked.axes().into_iter().enumerate() {
        file.group(rank + 1, &axe.label);
        if asked.is_questionnaire() {
            file.arrays(asked, &axe.code, &elements);
        } else {
            for own in elements.chunk_by(|a, b| a.critere == b.critere) {
                file.landmarks(asked, own);
                for e in own {
                    file.list(asked, e);
                }
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

/// The same file of rows made elsewhere: class, type or scale, name, relevance, text, help, mandatory.
pub(super) fn structure(rows: &[[String; 7]]) -> String {
    let mut file = File { rows: Vec::new() };
    for row in rows {
        file.push(row.each_ref().map(String::as_str));
    }
    file.text()
}

/// What LimeSurvey takes for « always ».
fn always() -> String {
    "1".to_owned()
}

/// `arriveematin`: LimeSurvey's names hold no underscore.
fn moment_name(moment: VisitMoment) -> String {
    moment.as_str().replace('_', "")
}

fn age_code(band: AgeBand) -> &'static str {
    match band {
        AgeBand::Young => "A4",
        AgeBand::Older => "A8",
    }
}

/// When an élément is asked: the accueils, the moments and the age that it applies to.
fn condition(asked: &AskedForm, element: &Element) -> String {
    let any = |all: Vec<String>| format!("({})", all.join(" or "));
    let places = asked.places_of(element).map(|codes| {
        let is = codes.iter().map(|c| format!("STRUCTURE.NAOK == \"{c}\""));
        any(is.collect())
    });
    let moments = Some(element.moments).filter(|m| asked.has_open_moments() && !m.is_empty());
    let moments = moments.map(|own| {
        let is = own.iter().map(moment_name);
        any(is.map(|m| format!("{MOMENTS}_{m}.NAOK == \"Y\"")).collect())
    });
    let age = element.ages.map(age_code);
    let age = age.map(|code| format!("AGE.NAOK == \"{code}\""));
    let all: Vec<String> = [places, moments, age].into_iter().flatten().collect();
    if all.is_empty() {
        always()
    } else {
        all.join(" and ")
    }
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
            let relevance = list[0].filter.map_or_else(always, |f| {
                let filter = filter_name(&asked.referentiel.filters[f].code);
                format!("{filter}.NAOK == \"Y\"")
            });
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
                    &condition(asked, element),
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
        let relevance = condition(asked, element);
        if element.headcount {
            let help = format!("Écrivez : {HEADCOUNT_WRITTEN}, ou NO.");
            self.push(["Q", "S", &name, &relevance, &element.label, &help, "Y"]);
            return;
        }
        let help = "Commentaire : ce qui a été vu ; obligatoire pour « non concerné ».";
        self.push(["Q", "O", &name, &relevance, &element.label, help, "Y"]);
        self.answers(&asked.worded_choices(element));
    }

    /// The descriptors of a critère, before its éléments.
    fn landmarks(&mut self, asked: &AskedForm, own: &[&Element]) {
        if !asked.has_landmarks(own) {
            return;
        }
        let critere = &asked.referentiel.criteres[own[0].critere];
        let levels = critere.descripteurs.iter().zip(1..);
        let title = format!("{} {}", critere.code, critere.label);
        let text = levels.fold(title, |all, (text, n)| format!("{all}\n{n} : {text}"));
        let name = format!("REPERES{}", short(&critere.code));
        let help = "Repères pour se situer ; personne ne les coche.";
        let mut any: Vec<String> = own.iter().map(|e| condition(asked, e)).collect();
        any.sort_unstable();
        any.dedup();
        let relevance = if any.iter().any(|c| *c == always()) {
            always()
        } else {
            any.join(" or ")
        };
        self.push(["Q", "X", &name, &relevance, &text, help, "N"]);
    }

    /// What is seen of a visit: éléments of other moments are not asked.
    fn moments(&mut self, asked: &AskedForm) {
        if !asked.has_open_moments() {
            return;
        }
        let help = "Ce que vous verrez pendant cette visite : le reste n’est pas demandé, et se note à une autre visite, sous un autre numéro.";
        self.push(["Q", "M", MOMENTS, "1", "Moments vus", help, "Y"]);
        for moment in VisitMoment::ALL {
            let name = moment_name(*moment);
            self.push(["SQ", "0", &name, "1", moment.label(), "", ""]);
        }
        self.push([
            "Q",
            "S",
            "HEURESVISITE",
            "1",
            "Heures de la visite",
            "De … à …",
            "N",
        ]);
    }

    /// Whom questions for some ages are for.
    fn ages(&mut self, asked: &AskedForm) {
        let axes = asked.axes();
        let mut all = axes.iter().flat_map(|(_, elements)| elements);
        if all.all(|e| e.ages.is_none()) {
            return;
        }
        self.push(["Q", "L", "AGE", "1", "Quel âge as-tu ?", "", "N"]);
        self.answers(&[
            Choice::new(age_code(AgeBand::Young), "4 à 7 ans"),
            Choice::new(age_code(AgeBand::Older), "8 à 11 ans"),
        ]);
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
