//! What the page of settings shows of them: each key with its words, what it holds, what typing there changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::vocabulary::Audience;
use crate::vocabulary::config::{Settings, SettingsChange, SettingsPlace, SettingsValue};
use crate::vocabulary::referentiel::SourceCode;

/// Letters of a text: it is printed on a page.
const LONGEST: usize = 200;

/// What a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SettingKind {
    Text,
    Whole,
    Decimal,
}

impl SettingKind {
    /// Kind of field: decimals are typed with a comma, which no browser takes everywhere in a field of numbers.
    pub(super) fn input(self) -> &'static str {
        match self {
            Self::Whole => "number",
            Self::Text | Self::Decimal => "text",
        }
    }
}

/// A key of the settings, as the page shows it.
pub(super) struct SettingField {
    /// Name in the form: « publics.elus.equipe ».
    pub(super) name: String,
    place: SettingsPlace,
    key: String,
    pub(super) label: String,
    pub(super) help: &'static str,
    pub(super) kind: SettingKind,
    /// What holds now, defaults included.
    pub(super) shown: String,
    section: &'static str,
}

impl SettingField {
    /// What typing a text there changes; nothing typed is the default again.
    ///
    /// # Errors
    ///
    /// What is no number; a text that is too long.
    pub(super) fn change(&self, typed: &str) -> Result<Option<SettingsChange>, String> {
        if typed == self.shown {
            return Ok(None);
        }
        if typed.is_empty() {
            if self.name == "territoire.nom" {
                return Err("Il manque le nom du territoire.".to_owned());
            }
            return Ok(Some(SettingsChange::Remove {
                place: self.place.clone(),
                key: self.key.clone(),
            }));
        }
        let value = match self.kind {
            SettingKind::Text if typed.chars().count() > LONGEST => {
                return Err(format!(
                    "{} : {} signes, {LONGEST} au plus.",
                    self.label,
                    typed.chars().count()
                ));
            }
            SettingKind::Text if typed.chars().any(char::is_control) => {
                return Err(format!("{} : une seule ligne de texte.", self.label));
            }
            SettingKind::Text => SettingsValue::Text(typed.to_owned()),
            SettingKind::Whole => SettingsValue::Whole(self.number(typed)?),
            SettingKind::Decimal => SettingsValue::Decimal(self.number(&typed.replace(',', "."))?),
        };
        Ok(Some(SettingsChange::Set {
            place: self.place.clone(),
            key: self.key.clone(),
            value,
        }))
    }

    fn number<T: std::str::FromStr + PartialOrd + Default>(
        &self,
        typed: &str,
    ) -> Result<T, String> {
        let read = typed.parse::<T>().ok().filter(|n| *n >= T::default());
        read.ok_or_else(|| format!("{} : « {typed} » n’est pas un nombre.", self.label))
    }
}

/// Audiences whose thresholds are set, as people call them.
const AUDIENCES: [(Audience, &str); 5] = [
    (Audience::Equipe, "Les équipes"),
    (Audience::Elus, "Les élus et le comité de pilotage"),
    (Audience::Familles, "Les familles"),
    (
        Audience::Renouvellement,
        "Le renouvellement des conventions",
    ),
    (Audience::Departement, "Le département"),
];

/// Every key that the page shows.
pub(super) fn fields(settings: &Settings) -> Vec<SettingField> {
    let mut all = territory(settings);
    all.extend(thresholds(settings));
    all.extend(delays(settings));
    all.extend(retention(settings));
    all
}

fn field(section: &'static str, path: &[&str], label: &str, shown: String) -> SettingField {
    let (key, tables) = path.split_last().unwrap_or((&"", &[]));
    let tables: Vec<String> = tables.iter().map(|t| (*t).to_owned()).collect();
    SettingField {
        name: path.join("."),
        place: if tables.is_empty() {
            SettingsPlace::Top
        } else {
            SettingsPlace::Table(tables)
        },
        key: (*key).to_owned(),
        label: label.to_owned(),
        help: "",
        kind: SettingKind::Text,
        shown,
        section,
    }
}

const TERRITORY: &str = "Le territoire";
const CALLS: &str = "Qui appeler quand un enfant est en danger";
const THRESHOLDS: &str = "À partir de combien de réponses un chiffre est montré";
const DELAYS: &str = "Délais proposés par les plans, formation des observateurs";
const RETENTION: &str = "Combien de temps les réponses sont gardées";

fn territory(settings: &Settings) -> Vec<SettingField> {
    let own = &settings.territory;
    let mut all = vec![
        field(TERRITORY, &["territoire", "nom"], "Nom", own.nom.clone()),
        SettingField {
            help: "un service, jamais le nom d’une personne",
            ..field(
                TERRITORY,
                &["territoire", "contact"],
                "Contact, à la fin des rapports",
                own.contact.clone(),
            )
        },
        SettingField {
            help: "comme #1F4E79, assez foncée pour être lue sur du blanc",
            ..field(
                TERRITORY,
                &["territoire", "couleur"],
                "Couleur des rapports",
                own.couleur.clone(),
            )
        },
    ];
    let calls = settings.protection.all();
    all.extend(calls.iter().map(|number| {
        field(
            CALLS,
            &["protection", number.key],
            number.label,
            number.number.to_owned(),
        )
    }));
    all
}

fn thresholds(settings: &Settings) -> Vec<SettingField> {
    let mut all = Vec::new();
    for (audience, word) in AUDIENCES {
        let own = settings.audiences[audience];
        let whole = [
            (
                "repondants",
                "familles ou enfants, par accueil",
                own.repondants,
            ),
            ("equipe", "équipe ou enseignants, par accueil", own.equipe),
            ("territoire", "réponses, sur le territoire", own.territoire),
        ];
        for (key, label, held) in whole {
            let path = ["publics", audience.as_str(), key];
            all.push(SettingField {
                kind: SettingKind::Whole,
                ..field(
                    THRESHOLDS,
                    &path,
                    &format!("{word} : {label}"),
                    held.to_string(),
                )
            });
        }
        let path = ["publics", audience.as_str(), "marge_niveau"];
        all.push(SettingField {
            kind: SettingKind::Decimal,
            ..field(
                THRESHOLDS,
                &path,
                &format!("{word} : marge d’un niveau caché"),
                decimal(own.marge_niveau),
            )
        });
    }
    all
}

fn delays(settings: &Settings) -> Vec<SettingField> {
    let (plan, training) = (settings.plan, settings.training);
    let days = [
        (
            "imperatif_jours",
            "Pour un impératif, en jours",
            plan.imperatif_jours,
        ),
        (
            "haute_jours",
            "Pour une priorité haute, en jours",
            plan.haute_jours,
        ),
        (
            "moyenne_jours",
            "Pour une priorité moyenne, en jours",
            plan.moyenne_jours,
        ),
    ];
    let days = days.map(|(key, label, held)| SettingField {
        kind: SettingKind::Whole,
        ..field(DELAYS, &["plan", key], label, held.to_string())
    });
    let shares = [
        (
            "exact",
            "Observateur formé : part d’éléments notés comme le maître, de 0 à 1",
            training.exact,
        ),
        (
            "a_un_niveau",
            "et à un niveau près, de 0 à 1",
            training.a_un_niveau,
        ),
    ];
    let shares = shares.map(|(key, label, held)| SettingField {
        kind: SettingKind::Decimal,
        ..field(DELAYS, &["formation", key], label, decimal(held))
    });
    days.into_iter().chain(shares).collect()
}

fn retention(settings: &Settings) -> Vec<SettingField> {
    let default = SettingField {
        kind: SettingKind::Whole,
        ..field(
            RETENTION,
            &["conservation_mois"],
            "En mois, après la fin de la campagne",
            settings.retention.default_months().to_string(),
        )
    };
    let sources = SourceCode::ALL.map(|source| SettingField {
        kind: SettingKind::Whole,
        help: "vide : comme ci-dessus",
        ..field(
            RETENTION,
            &["conservation", source.as_str()],
            source.label(),
            settings
                .retention
                .own_months(source)
                .map_or_else(String::new, |m| m.to_string()),
        )
    });
    std::iter::once(default).chain(sources).collect()
}

fn decimal(held: f64) -> String {
    held.to_string().replace('.', ",")
}

/// The fields in their sections, in order.
pub(super) fn sections(all: &[SettingField], typed: &BTreeMap<String, String>) -> Vec<Value> {
    let named = [TERRITORY, CALLS, THRESHOLDS, DELAYS, RETENTION];
    let told = named.iter().map(|name| {
        let own = all.iter().filter(|f| f.section == *name);
        let own: Vec<Value> = own.map(|f| field_told(f, typed)).collect();
        let open = all
            .iter()
            .any(|f| f.section == *name && typed.contains_key(&f.name));
        json!({ "nom": name, "champs": own, "ouverte": open || *name == TERRITORY })
    });
    told.collect()
}

/// A field, with what was typed over it.
fn field_told(field: &SettingField, typed: &BTreeMap<String, String>) -> Value {
    let said = typed.get(&field.name).unwrap_or(&field.shown);
    json!({
        "nom": field.name, "mot": field.label, "dit": said, "aide": field.help,
        "genre": field.kind.input(),
        "maintenant": (*said != field.shown).then_some(&field.shown),
    })
}
