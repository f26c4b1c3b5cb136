//! Who carries an action or a decision: a function by its title for those who type it; for others, a function that one
//! person holds is its kind alone, a service stays a service.

use std::collections::BTreeSet;

use super::ctg_audience::CtgAudience;
use super::ctg_material::CtgMaterial;
use crate::base::text::fold;
use crate::convention::{
    ClosedWord, FonctionsColumn, FunctionNature, PartenairesColumn, Register, RegisterRow,
};

/// Words by which a group of people is named, and not a post.
const GROUPS: [&str; 14] = [
    "service",
    "services",
    "pole",
    "direction",
    "commune",
    "communes",
    "communaute",
    "mairie",
    "association",
    "reseau",
    "equipe",
    "equipes",
    "comite",
    "caf",
];

/// A post that no register lists.
const SOME_POST: &str = "une fonction";

/// Who is named between commas, each once.
pub(super) fn told(material: &CtgMaterial, named: &[&str], audience: CtgAudience) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let told = named.iter().map(|name| one(material, name, audience));
    told.filter(|name| seen.insert(name.clone())).collect()
}

fn one(material: &CtgMaterial, name: &str, audience: CtgAudience) -> String {
    if let Some(row) = find(material, Register::Fonctions, name, |row| {
        row.text(FonctionsColumn::Intitule)
    }) {
        return function(row, audience);
    }
    let partner = find(material, Register::Partenaires, name, |row| {
        row.text(PartenairesColumn::Nom)
    });
    if let Some(row) = partner {
        let name = material
            .texts
            .title(row.text(PartenairesColumn::Nom), audience);
        return name.unwrap_or_else(|| "un partenaire".to_owned());
    }
    if audience.reads_all() {
        return name.to_owned();
    }
    let words = fold(name);
    let is_group = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| GROUPS.contains(&w));
    let title = material.texts.title(name, audience).filter(|_| is_group);
    title.unwrap_or_else(|| SOME_POST.to_owned())
}

fn function(row: &RegisterRow, audience: CtgAudience) -> String {
    if audience.reads_all() {
        return row.text(FonctionsColumn::Intitule).to_owned();
    }
    let nature = row.word(FonctionsColumn::Nature);
    nature.map_or_else(|| SOME_POST.to_owned(), kind)
}

/// The kind of a function, as it is read.
pub(super) fn kind(nature: FunctionNature) -> String {
    let words = match nature {
        FunctionNature::CcTerritorial => "coopération territoriale",
        FunctionNature::CcThematique => "coopération thématique",
        FunctionNature::Elu => "élu",
        FunctionNature::Autre => SOME_POST,
        FunctionNature::EquipeProjet | FunctionNature::Caf => nature.label(),
    };
    words.to_owned()
}

fn find<'a>(
    material: &'a CtgMaterial,
    register: Register,
    name: &str,
    title: impl Fn(&'a RegisterRow) -> &'a str,
) -> Option<&'a RegisterRow> {
    let wanted = fold(name);
    let mut rows = material.registers.rows(register).iter();
    rows.find(|row| fold(&row.id) == wanted || fold(title(row)) == wanted)
}
