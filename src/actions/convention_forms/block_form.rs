//! What a page lists of `ctg/convention.toml`, block by block; a block as a form, with what was typed over it.

use std::collections::BTreeMap;

use super::convention_choices::{ChoiceLists, FieldChoice};
use super::convention_document::{BlockTable, ConventionDocument, held};
use super::convention_fields::{ConventionField, FieldHolds};
use super::convention_parts::ConventionPart;
use super::convention_values::{in_words, shown};
use crate::actions::ctg_convention::{OpenedConvention, WrittenConvention, open_convention};
use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::convention::{CalculationKind, ClosedWord, UNNAMED};

/// What was typed: key of a field, its texts or the codes that are ticked.
pub(crate) type TypedFields = BTreeMap<String, Vec<String>>;

/// The file with what can be changed in it by forms.
pub(crate) struct SignedForms {
    /// The file itself.
    pub(crate) opened: OpenedConvention,
    /// Its blocks; none where it is no TOML at all.
    pub(crate) whole: Option<SignedWhole>,
}

/// The blocks of the file.
pub(crate) struct SignedWhole {
    /// In order.
    pub(crate) parts: Vec<SignedPart>,
    /// Where words of the model stand still: id of the block, what people call it, field.
    pub(crate) unnamed: Vec<SignedBlock>,
}

/// A part with its blocks.
pub(crate) struct SignedPart {
    pub(crate) part: ConventionPart,
    pub(crate) blocks: Vec<SignedBlock>,
    /// Whether it is written in a way that no form changes.
    pub(crate) is_odd: bool,
}

/// A block of a list.
pub(crate) struct SignedBlock {
    /// As addresses name it.
    pub(crate) id: String,
    /// As people call it.
    pub(crate) name: String,
    /// Its listed fields: label, words.
    pub(crate) cells: Vec<(&'static str, String)>,
}

/// A block as a form.
pub(crate) struct BlockForm {
    pub(crate) part: ConventionPart,
    /// As people call it; empty for a new one.
    pub(crate) name: String,
    pub(crate) fields: Vec<FormField>,
    /// How an indicator is computed, in words; empty elsewhere.
    pub(crate) calculation: &'static str,
    /// Keys that no field shows, as they are written.
    pub(crate) others: Vec<(String, String)>,
}

/// A field of a form.
pub(crate) struct FormField {
    pub(crate) field: &'static ConventionField,
    /// What it holds, or what was typed.
    pub(crate) value: Vec<String>,
    /// What may be chosen.
    pub(crate) choices: Vec<FieldChoice>,
    /// What the file holds, where it is not what was typed.
    pub(crate) now: Option<String>,
}

/// The file, sound or not.
///
/// # Errors
///
/// A disk that refuses.
pub(crate) fn signed_forms(
    opened: &OpenObservatory,
    which: WrittenConvention,
) -> Result<SignedForms> {
    let file = open_convention(opened, which)?;
    let whole = ConventionDocument::of(&file.shown.text).map(|document| {
        let lists = ChoiceLists::of(opened, &document);
        let parts = ConventionPart::ALL.map(|part| SignedPart {
            part,
            blocks: document
                .blocks(part)
                .iter()
                .map(|b| listed(b, &lists))
                .collect(),
            is_odd: document.is_odd(part),
        });
        let unnamed = document
            .all()
            .into_iter()
            .filter_map(|b| left_of_model(&b, &lists));
        SignedWhole {
            parts: parts.into(),
            unnamed: unnamed.collect(),
        }
    });
    Ok(SignedForms {
        opened: file,
        whole,
    })
}

/// The fields whose values are parts in a hundred.
pub(super) fn is_share(block: &BlockTable<'_>) -> bool {
    block.text("unite") == "%"
}

fn listed(block: &BlockTable<'_>, lists: &ChoiceLists) -> SignedBlock {
    let fields = block.part.fields().iter().filter(|field| field.listed);
    let cells = fields.map(|field| {
        let value = shown(field, held(block.table, field.key), lists);
        (field.label, in_words(field, &value, lists, is_share(block)))
    });
    SignedBlock {
        id: block.id.clone(),
        name: block.name(),
        cells: cells.collect(),
    }
}

/// Where words of the model stand still in a block.
fn left_of_model(block: &BlockTable<'_>, lists: &ChoiceLists) -> Option<SignedBlock> {
    let fields = block.part.fields().iter().filter_map(|field| {
        let value = shown(field, held(block.table, field.key), lists);
        let left = value.into_iter().find(|text| text.contains(UNNAMED))?;
        Some((field.label, in_words(field, &[left], lists, false)))
    });
    let cells: Vec<_> = fields.collect();
    (!cells.is_empty()).then(|| SignedBlock {
        id: block.id.clone(),
        name: block.part.called(&block.name()),
        cells,
    })
}

impl SignedForms {
    /// A block as a form, with what was typed over it; none where it is no longer there.
    pub(crate) fn block(
        &self,
        opened: &OpenObservatory,
        id: &str,
        typed: Option<&TypedFields>,
    ) -> Option<BlockForm> {
        let document = ConventionDocument::of(&self.opened.shown.text)?;
        let lists = ChoiceLists::of(opened, &document);
        let block = document.find(id)?;
        let fields = block.part.fields().iter();
        let fields = fields.map(|field| {
            let there = shown(field, held(block.table, field.key), &lists);
            let own = typed.and_then(|all| all.get(field.key)).cloned();
            let differs = own.as_ref().is_some_and(|own| bare(own) != bare(&there));
            let now = differs.then(|| in_words(field, &there, &lists, is_share(&block)));
            form_field(field, own.unwrap_or(there), now, &lists)
        });
        let known = |key: &str| {
            let own = |field: &ConventionField| field.key.split('.').next() == Some(key);
            block.part.fields().iter().any(own) || key == "calcul"
        };
        let others = block.table.iter().filter(|(key, _)| !known(key));
        let others = others.map(|(key, item)| {
            let written = item.span().map_or("", |span| &document.text[span]);
            (key.to_owned(), written.trim().to_owned())
        });
        Some(BlockForm {
            part: block.part,
            name: block.name(),
            fields: fields.collect(),
            calculation: CalculationKind::read(&block.text("calcul"))
                .map_or("", CalculationKind::rule),
            others: others.collect(),
        })
    }

    /// A form for a new block, with what was typed in it; none where the file cannot be read.
    pub(crate) fn new_block(
        &self,
        opened: &OpenObservatory,
        part: ConventionPart,
        typed: Option<&TypedFields>,
    ) -> Option<BlockForm> {
        let document = ConventionDocument::of(&self.opened.shown.text)?;
        let lists = ChoiceLists::of(opened, &document);
        let fields = part.fields().iter().map(|field| {
            let own = typed.and_then(|all| all.get(field.key)).cloned();
            let value = own.unwrap_or_else(|| vec![proposed(field, part, &document)]);
            form_field(field, value, None, &lists)
        });
        let calculation = match part {
            ConventionPart::Indicators => CalculationKind::Declared.rule(),
            _ => "",
        };
        Some(BlockForm {
            part,
            name: String::new(),
            fields: fields.collect(),
            calculation,
            others: Vec::new(),
        })
    }
}

/// Texts without what a box adds.
fn bare(texts: &[String]) -> Vec<String> {
    let all = texts
        .iter()
        .map(|t| t.replace("\r\n", "\n").trim().to_owned());
    all.filter(|t| !t.is_empty()).collect()
}

/// The choices of a field, and what it holds that is none of them.
fn form_field(
    field: &'static ConventionField,
    value: Vec<String>,
    now: Option<String>,
    lists: &ChoiceLists,
) -> FormField {
    let mut choices = lists.offered(field);
    let is_chosen = !matches!(
        field.holds,
        FieldHolds::Text
            | FieldHolds::Code(_)
            | FieldHolds::LongText
            | FieldHolds::Lines
            | FieldHolds::Day
            | FieldHolds::Whole
            | FieldHolds::Decimal
    );
    for code in value.iter().filter(|code| is_chosen && !code.is_empty()) {
        if !choices.iter().any(|choice| choice.code == *code) {
            choices.push(FieldChoice {
                code: code.clone(),
                label: code.clone(),
            });
        }
    }
    FormField {
        field,
        value,
        choices,
        now,
    }
}

/// What a new block begins with: the first code or number that is free.
fn proposed(
    field: &ConventionField,
    part: ConventionPart,
    document: &ConventionDocument<'_>,
) -> String {
    let taken: Vec<String> = document
        .blocks(part)
        .iter()
        .map(|b| b.text(field.key))
        .collect();
    let free = |letters: &str| {
        let mut all = (1..).map(|rank| format!("{letters}{rank}"));
        all.find(|code| !taken.contains(code)).unwrap_or_default()
    };
    match field.holds {
        FieldHolds::Code(letters) => free(letters),
        FieldHolds::Whole => free(""),
        FieldHolds::Word(_) if field.key == "periode" => "annee".to_owned(),
        FieldHolds::Word(_) if field.key == "sens" => "haut".to_owned(),
        FieldHolds::Word(_) if field.key == "etat" => "active".to_owned(),
        FieldHolds::Word(_) if field.key == "nature" => "realisation".to_owned(),
        _ => String::new(),
    }
}
