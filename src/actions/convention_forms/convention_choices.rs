//! What may be chosen in a field: words of closed lists, and what the file, the registry and the référentiels hold.

use super::convention_document::ConventionDocument;
use super::convention_fields::{ConventionField, FieldHolds};
use super::convention_parts::ConventionPart;
use crate::base::day::Day;
use crate::campaign::OpenObservatory;
use crate::convention::same_code;

/// A choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldChoice {
    /// As the file keeps it.
    pub(crate) code: String,
    /// As people read it.
    pub(crate) label: String,
}

impl FieldChoice {
    pub(super) fn new(code: &str, label: &str) -> Self {
        Self {
            code: code.to_owned(),
            label: label.to_owned(),
        }
    }

    fn named(code: &str, label: &str) -> Self {
        Self::new(code, &format!("{code} · {label}"))
    }
}

/// What lists are made of.
pub(super) struct ChoiceLists {
    axes: Vec<FieldChoice>,
    fiches: Vec<FieldChoice>,
    amendments: Vec<FieldChoice>,
    sites: Vec<FieldChoice>,
    criteres: Vec<FieldChoice>,
}

impl ChoiceLists {
    pub(super) fn of(opened: &OpenObservatory, document: &ConventionDocument<'_>) -> Self {
        let mut sites: Vec<FieldChoice> = (opened.observatory.registry.all().iter())
            .map(|s| FieldChoice::new(&s.code, &format!("{} ({})", s.nom, s.code)))
            .collect();
        sites.sort_by(|a, b| a.label.cmp(&b.label));
        Self::with(document, sites, criteres(opened))
    }

    /// The lists of a file, over these accueils and critères.
    pub(super) fn with(
        document: &ConventionDocument<'_>,
        sites: Vec<FieldChoice>,
        criteres: Vec<FieldChoice>,
    ) -> Self {
        let named = |part: ConventionPart, key: &str| -> Vec<FieldChoice> {
            let blocks = document.blocks(part).into_iter();
            let choice = blocks.map(|b| FieldChoice::named(&b.text("code"), &b.text(key)));
            choice.filter(|c| !c.code.is_empty()).collect()
        };
        let amendments = document.blocks(ConventionPart::Amendments).into_iter();
        let amendments = amendments.map(|b| {
            let (number, date) = (b.text("numero"), b.text("date"));
            let date = date.parse::<Day>().map_or(date, Day::short);
            FieldChoice::new(&number, &format!("n°\u{a0}{number}, du {date}"))
        });
        Self {
            axes: named(ConventionPart::Axes, "label"),
            fiches: named(ConventionPart::Fiches, "intitule"),
            amendments: amendments.collect(),
            sites,
            criteres,
        }
    }

    /// What a field may be; nothing where it is typed.
    pub(super) fn offered(&self, field: &ConventionField) -> Vec<FieldChoice> {
        match field.holds {
            FieldHolds::Word(list) => (list.all)()
                .into_iter()
                .map(|(key, label)| FieldChoice::new(key, label))
                .collect(),
            FieldHolds::YesNo => vec![
                FieldChoice::new("oui", "oui"),
                FieldChoice::new("non", "non"),
            ],
            FieldHolds::Axis => self.axes.clone(),
            FieldHolds::Fiche => self.fiches.clone(),
            FieldHolds::Amendment => self.amendments.clone(),
            FieldHolds::Pilots => self.sites.clone(),
            FieldHolds::Criteres => self.criteres.clone(),
            FieldHolds::Text
            | FieldHolds::Code(_)
            | FieldHolds::LongText
            | FieldHolds::Lines
            | FieldHolds::Day
            | FieldHolds::Whole
            | FieldHolds::Decimal => Vec::new(),
        }
    }

    /// A text of the file as the choice that it means, else as it is.
    pub(super) fn meant(&self, field: &ConventionField, text: &str) -> String {
        if let FieldHolds::Word(list) = field.holds {
            return (list.read)(text).map_or_else(|| text.to_owned(), str::to_owned);
        }
        let offered = self.offered(field).into_iter();
        let mut same = offered.filter(|choice| same_code(&choice.code, text));
        same.next()
            .map_or_else(|| text.to_owned(), |choice| choice.code)
    }
}

/// Critères of all référentiels, those of an axe after the axe itself.
fn criteres(opened: &OpenObservatory) -> Vec<FieldChoice> {
    let mut all: Vec<FieldChoice> = Vec::new();
    for referentiel in opened.observatory.referentiels.values() {
        for axe in &referentiel.axes {
            let whole = format!("{}-*", axe.code);
            let label = format!("{} · tout l’axe « {} »", axe.code, axe.label);
            let own = axe
                .criteres
                .iter()
                .filter_map(|at| referentiel.criteres.get(*at));
            let own = own.map(|c| FieldChoice::named(&c.code, &c.label));
            for choice in std::iter::once(FieldChoice::new(&whole, &label)).chain(own) {
                if !all.iter().any(|known| known.code == choice.code) {
                    all.push(choice);
                }
            }
        }
    }
    all
}
