//! XLSForm, for KoboToolbox and ODK: French labels, one page per critère with its repères, levels in the words of each
//! élément, a place for what was seen, a reason required when « non concerné » is chosen; what applies neither to the
//! accueil, nor to the moments seen, nor to the age is not asked. Names are élément codes without hyphens, so that what
//! comes back needs no correspondence.
//!
//! | question | file |
//! |---|---|
//! | whom, where and when an élément is asked | `asked_when` |

mod asked_when;

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, XlsxError};

use super::asked::{AskedForm, Choice, short};
use crate::base::error::{Error, Result};
use crate::base::looks::fixed_workbook;
use crate::base::sheets::own_form_layout::{SECOND_CODER, SECOND_CODER_WHEN};
use crate::intake::sources::practices::CONSENT_LABEL;
use crate::vocabulary::referentiel::{Axe, Element, HEADCOUNT_WRITTEN, SourceCode};

/// How a group shows all its questions on one page.
const FIELD_LIST: &str = "field-list";
const LANGUAGE: &str = "Français (fr)";

/// Columns of the `survey` sheet.
const SURVEY: [&str; 9] = [
    "type",
    "name",
    "label::Français (fr)",
    "hint::Français (fr)",
    "required",
    "relevant",
    "constraint",
    "constraint_message::Français (fr)",
    "appearance",
];

/// What a tablet lets in as a count: « 16h45 : 12 + 20 / 3 », or NO.
const COUNT: &str = r"regex(., '^(NO|([0-9]{1,2} ?[hH:] ?([0-9]{2})? ?: ?)?[0-9]{1,3} ?[+] ?[0-9]{1,3} ?/ ?[0-9]{1,3})$')";

type SurveyLine = [String; 9];

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
    let [a, b, c, d, e, f, g, h] = cells;
    [a, b, c, d, e, f, g, h, ""].map(str::to_owned)
}

/// The questions of a group that is shown on one page.
fn page(name: &str, label: &str, relevant: &str) -> SurveyLine {
    let mut begin = line(["begin_group", name, label, "", "", relevant, "", ""]);
    FIELD_LIST.clone_into(&mut begin[8]);
    begin
}

impl SurveyForm<'_> {
    fn ask(&mut self) {
        let places = self.asked.places.iter();
        let list = places.map(|p| Choice::new(&p.code, format!("{} {}", p.code, p.name)));
        self.lists.insert("structures".to_owned(), list.collect());
        self.notes(
            "presentation",
            self.asked.welcome.iter().map(String::as_str),
        );
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
            self.notes("protocole", self.asked.protocol().into_iter());
            self.identity();
            self.moments();
        }
        self.ages();
        self.filters();
        for (axe, elements) in self.asked.axes() {
            self.axe(axe, &elements);
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

    fn notes<'n>(&mut self, name: &str, texts: impl Iterator<Item = &'n str>) {
        for (rank, text) in (1..).zip(texts) {
            let name = format!("note_{name}_{rank}");
            self.survey
                .push(line(["note", &name, text, "", "", "", "", ""]));
        }
    }

    /// A questionnaire shows the questions of an axe together; a grid, those of a critère, with its repères and a place
    /// to write what was seen.
    fn axe(&mut self, axe: &Axe, elements: &[&Element]) {
        let name = axe.code.to_lowercase();
        let end = || line(["end_group", "", "", "", "", "", "", ""]);
        if self.asked.is_questionnaire() {
            let relevant = self.condition_of_any(elements);
            self.survey.push(page(&name, &axe.label, &relevant));
            for e in elements {
                self.element(e);
            }
            self.survey.push(end());
            return;
        }
        self.survey
            .push(line(["begin_group", &name, &axe.label, "", "", "", "", ""]));
        for own in elements.chunk_by(|a, b| a.critere == b.critere) {
            self.critere(own);
            self.survey.push(end());
        }
        if self.asked.source == SourceCode::Obs {
            self.remarkable(axe, elements);
        }
        self.survey.push(end());
    }

    fn critere(&mut self, own: &[&Element]) {
        let asked = self.asked;
        let critere = &asked.referentiel.criteres[own[0].critere];
        let (code, must) = (short(&critere.code), critere.imperatif);
        let must = if must { " · impératif" } else { "" };
        let label = format!("{} {}{must}", critere.code, critere.label);
        let relevant = self.condition_of_any(own);
        self.survey
            .push(page(&format!("critere_{code}"), &label, &relevant));
        if asked.has_landmarks(own) {
            let levels = critere.descripteurs.iter().zip(1..);
            let levels = levels.fold(String::new(), |all, (text, n)| {
                format!("{all}\n{n} : {text}")
            });
            let text = format!("Repères pour se situer ; personne ne les coche.{levels}");
            let name = format!("{code}_reperes");
            self.survey
                .push(line(["note", &name, &text, "", "", "", "", ""]));
        }
        for e in own {
            self.element(e);
        }
        let (what, hint) = match asked.source {
            SourceCode::Obs => (
                "ce qui a été vu",
                "En quelques mots : qui fait quoi, où, quand. Aucun nom.",
            ),
            SourceCode::Aut => (
                "un exemple",
                "Ce que l’équipe fait, en quelques mots. Aucun nom.",
            ),
            _ => (
                "pièces vues, exemples",
                "Ce que la direction montre, en quelques mots. Aucun nom.",
            ),
        };
        self.survey.push(line([
            "text",
            &format!("{code}_commentaire"),
            // The code tells which critère it is about in an export by labels.
            &format!("Commentaire : {what} ({})", critere.code),
            hint,
            "",
            "",
            "",
            "",
        ]));
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
        let title = format!("Pratiques remarquables ({})", axe.code);
        self.survey
            .push(page(&format!("{prefix}_pratiques"), &title, ""));
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
        self.survey
            .push(line(["end_group", "", "", "", "", "", "", ""]));
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
        let list = if element.anchors.is_some() {
            // Its levels are its own words.
            format!("niveaux_{}", short(&element.code))
        } else {
            format!("{}{}", scale.code, if must { "_imperatif" } else { "" })
        };
        let choices = asked.worded_choices(element);
        self.lists.entry(list.clone()).or_insert(choices);
        let (name, kind) = (short(&element.code), format!("select_one {list}"));
        let required = if asked.is_questionnaire() { "" } else { "yes" };
        let relevant = self.condition(element);
        self.survey.push(line([
            &kind,
            &name,
            &element.label,
            "",
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
            &self.condition(element),
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
