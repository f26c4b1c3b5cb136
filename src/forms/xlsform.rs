//! XLSForm, for KoboToolbox and ODK: French labels, one group per axe, a reason required when
//! « non concerné » is chosen. Names are élément codes without hyphens, so that what comes back
//! needs no correspondence.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, XlsxError};

use super::asked::{AskedForm, Choice, filter_name, short};
use crate::base::error::{Error, Result};
use crate::base::looks::fixed_workbook;
use crate::base::sheets::own_form_layout::{SECOND_CODER, SECOND_CODER_WHEN};
use crate::intake::sources::practices::CONSENT_LABEL;
use crate::vocabulary::referentiel::{Axe, Element, HEADCOUNT_WRITTEN, SourceCode};

const LANGUAGE: &str = "Français (fr)";

/// Columns of the `survey` sheet.
const SURVEY: [&str; 8] = [
    "type",
    "name",
    "label::Français (fr)",
    "hint::Français (fr)",
    "required",
    "relevant",
    "constraint",
    "constraint_message::Français (fr)",
];

/// What a tablet lets in as a count: « 16h45 : 12 + 20 / 3 », or NO.
const COUNT: &str = r"regex(., '^(NO|([0-9]{1,2} ?[hH:] ?([0-9]{2})? ?: ?)?[0-9]{1,3} ?[+] ?[0-9]{1,3} ?/ ?[0-9]{1,3})$')";

type SurveyLine = [String; 8];

/// Writes the form.
///
/// # Errors
///
/// [`Error::Render`] when the workbook cannot be made.
pub fn write(asked: &AskedForm) -> Result<Vec<u8>> {
    let mut form = SurveyForm {
        asked,
        survey: Vec::new(),
        lists: BTreeMap::new(),
    };
    form.ask();
    form.book()
        .map_err(|e| Error::Render(format!("Le formulaire ne peut pas être écrit ({e}).")))
}

struct SurveyForm<'a> {
    asked: &'a AskedForm<'a>,
    survey: Vec<SurveyLine>,
    /// Name of a list → its choices.
    lists: BTreeMap<String, Vec<Choice>>,
}

fn line(cells: [&str; 8]) -> SurveyLine {
    cells.map(str::to_owned)
}

impl SurveyForm<'_> {
    fn ask(&mut self) {
        let places = self.asked.places.iter();
        let list = places.map(|p| Choice::new(&p.code, format!("{} {}", p.code, p.name)));
        self.lists.insert("structures".to_owned(), list.collect());
        self.survey.push(line([
            "select_one structures",
            "structure",
            "Quel accueil ?",
            "",
            "yes",
            "",
            "",
            "",
        ]));
        if !self.asked.is_questionnaire() {
            for (rank, line_of_protocol) in self.asked.protocol().into_iter().enumerate() {
                let name = format!("protocole_{}", rank + 1);
                self.survey
                    .push(line(["note", &name, line_of_protocol, "", "", "", "", ""]));
            }
            self.identity();
        }
        self.filters();
        for (axe, elements) in self.asked.axes() {
            let name = axe.code.to_lowercase();
            self.survey
                .push(line(["begin_group", &name, &axe.label, "", "", "", "", ""]));
            for element in &elements {
                self.element(element);
            }
            if self.asked.source == SourceCode::Obs {
                self.remarkable(axe, &elements);
            }
            self.survey
                .push(line(["end_group", "", "", "", "", "", "", ""]));
        }
        if self.asked.is_questionnaire() {
            let open = "Souhaitez-vous ajouter quelque chose ?";
            self.survey.push(line([
                "text",
                "LIBRE",
                open,
                "N’écrivez ni nom, ni téléphone : ce texte peut être lu par d’autres.",
                "",
                "",
                "",
                "",
            ]));
        }
    }

    /// Questions that say whom others are for.
    fn filters(&mut self) {
        let asked = self.asked;
        for (position, filter) in asked.referentiel.filters.iter().enumerate() {
            let all = asked.axes();
            let mut elements = all.iter().flat_map(|(_, elements)| elements);
            if elements.any(|e| e.filter == Some(position)) {
                self.yes_or_no();
                let (name, hint) = (
                    filter_name(&filter.code),
                    "Laissez vide si vous ne souhaitez pas répondre.",
                );
                self.survey.push(line([
                    "select_one oui_non",
                    &name,
                    &filter.label,
                    hint,
                    "",
                    "",
                    "",
                    "",
                ]));
            }
        }
    }

    fn yes_or_no(&mut self) {
        let choices = vec![Choice::new("oui", "Oui"), Choice::new("non", "Non")];
        self.lists.insert("oui_non".to_owned(), choices);
    }

    fn identity(&mut self) {
        self.survey.push(line([
            "date",
            "date",
            "Date",
            "",
            "yes",
            "",
            ". <= today()",
            "Cette date est à venir.",
        ]));
        if self.asked.source == SourceCode::Obs {
            self.survey.push(line([
                "text",
                "visite",
                "Numéro de la visite dans la campagne",
                "1 pour la première ; le même numéro pour deux observateurs de la même visite.",
                "yes",
                "",
                "",
                "",
            ]));
            self.survey.push(line([
                "text",
                "observateur",
                "Code de l’observateur",
                "O1, O2… jamais un nom.",
                "yes",
                "",
                "regex(., '^[A-Za-z]{1,3}[0-9]{1,3}$|^consensus$')",
                "Un code comme O1, ou consensus.",
            ]));
            self.consent();
        }
        if self.asked.source == SourceCode::Dir {
            self.survey.push(line([
                "text",
                "second_codeur",
                SECOND_CODER,
                SECOND_CODER_WHEN,
                "",
                "",
                "regex(., '^[A-Za-z]{1,3}[0-9]{1,3}$')",
                "Un code comme O2.",
            ]));
        }
    }

    /// Which critères of an axe showed something remarkable, then what was seen for each of those.
    fn remarkable(&mut self, axe: &Axe, elements: &[&Element]) {
        let r = self.asked.referentiel;
        let mut criteres: Vec<usize> = elements.iter().map(|e| e.critere).collect();
        criteres.dedup();
        criteres.retain(|c| !r.criteres[*c].imperatif);
        if criteres.is_empty() {
            return;
        }
        let prefix = axe.code.to_lowercase();
        let (list, name) = (
            format!("criteres_{prefix}"),
            format!("{prefix}_remarquables"),
        );
        self.survey.push(line([
            &format!("select_multiple {list}"),
            &name,
            &format!("Pratiques remarquables vues ({})", axe.code),
            "Ce qui mérite d’être montré à d’autres équipes. Cela ne change aucune note.",
            "",
            "",
            "",
            "",
        ]));
        let mut choices = Vec::new();
        for critere in criteres.into_iter().map(|c| &r.criteres[c]) {
            let code = short(&critere.code);
            self.survey.push(line([
                "text",
                &format!("{code}_pratique"),
                &format!("Décrivez la pratique remarquable ({})", critere.code),
                "Qui fait quoi, avec quoi, ce que cela change pour les enfants. Aucun nom.",
                "yes",
                &format!("selected(${{{name}}}, '{code}')"),
                "",
                "",
            ]));
            let label = format!("{} {}", critere.code, critere.label);
            choices.push(Choice::new(code, label));
        }
        self.lists.insert(list, choices);
    }

    fn consent(&mut self) {
        self.yes_or_no();
        self.survey.push(line([
            "select_one oui_non",
            "accord",
            CONSENT_LABEL,
            "Laissez sans réponse si l’équipe n’a pas encore été interrogée.",
            "",
            "",
            "",
            "",
        ]));
    }

    fn element(&mut self, element: &Element) {
        if element.headcount {
            self.count(element);
            return;
        }
        let asked = self.asked;
        let scale = &asked.referentiel.scales[element.scale];
        let must = asked.is_must(element) && scale.nc;
        let list = format!("{}{}", scale.code, if must { "_imperatif" } else { "" });
        let choices = asked.choices(element);
        self.lists.entry(list.clone()).or_insert(choices);
        let (name, kind) = (short(&element.code), format!("select_one {list}"));
        let required = if asked.is_questionnaire() { "" } else { "yes" };
        let critere = &asked.referentiel.criteres[element.critere];
        let hint = if asked.is_questionnaire() {
            String::new()
        } else {
            let anchors = element.form_text(scale);
            let anchors = anchors
                .lines()
                .skip(1)
                .fold(String::new(), |all, one| all + "\n" + one);
            format!("{} {}{}", critere.code, critere.label, anchors)
        };
        let relevant = element.filter.map_or_else(String::new, |f| {
            let filter = &asked.referentiel.filters[f];
            format!("${{{}}} = 'oui'", filter_name(&filter.code))
        });
        self.survey.push(line([
            &kind,
            &name,
            &element.label,
            &hint,
            required,
            &relevant,
            "",
            "",
        ]));
        if scale.nc && !must {
            let absence = if scale.is_finding() { "SO" } else { "NC" };
            let relevant = format!("${{{name}}} = '{absence}'");
            self.survey.push(line([
                "text",
                &format!("{name}_motif"),
                // The code tells which élément it is about in an export by labels.
                &format!("Pourquoi « non concerné » ? ({})", element.code),
                "Ce qui fait que l’élément ne s’applique pas à cet accueil.",
                "yes",
                &relevant,
                "",
                "",
            ]));
        }
    }

    /// A count of children and adults, or NO: it is written, and the program reads it against the ratio.
    fn count(&mut self, element: &Element) {
        self.survey.push(line([
            "text",
            &short(&element.code),
            &element.label,
            &format!("Écrivez : {HEADCOUNT_WRITTEN}, ou NO."),
            "yes",
            "",
            COUNT,
            &format!("Écrivez : {HEADCOUNT_WRITTEN}, ou NO."),
        ]));
    }

    fn book(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = fixed_workbook(1, DocProperties::new())?;
        let sheet = book.add_worksheet();
        sheet.set_name("survey")?;
        sheet.write_row(0, 0, SURVEY)?;
        for (r, cells) in self.survey.iter().enumerate() {
            for (c, cell) in cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| !cell.is_empty())
            {
                sheet.write_string(r as u32 + 1, c as u16, cell)?;
            }
        }
        let sheet = book.add_worksheet();
        sheet.set_name("choices")?;
        sheet.write_row(0, 0, ["list_name", "name", "label::Français (fr)"])?;
        let mut row = 1;
        for (list, choices) in &self.lists {
            for choice in choices {
                sheet.write_row(row, 0, [list.as_str(), &choice.code, &choice.label])?;
                row += 1;
            }
        }
        let sheet = book.add_worksheet();
        sheet.set_name("settings")?;
        sheet.write_row(
            0,
            0,
            ["form_title", "form_id", "version", "default_language"],
        )?;
        let version = &self.asked.referentiel.version;
        let id = format!("{}_{version}", self.asked.source.as_str().to_lowercase());
        sheet.write_row(1, 0, [self.asked.title, &id, version, LANGUAGE])?;
        book.save_to_buffer()
    }
}
