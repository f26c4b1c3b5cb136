//! What comes next as a `convention.toml`: fiches that are kept, adapted or added, their indicators with the value from
//! which one would start. A proposal: everything in it is to be read again before it is signed.

use std::collections::BTreeMap;
use std::fmt::Write;

use toml::{Table, Value};

use super::next_choices::{NextChoice, NextVerdict};
use crate::base::day::Day;
use crate::base::text::fold;
use crate::convention::Convention;

/// Keys in the order that they are written, the others after them.
const ORDER: [&str; 12] = [
    "code", "axe", "fiche", "intitule", "label", "libelle", "champ", "nature", "calcul", "unite",
    "periode", "sens",
];
/// Keys that an avenant of the former convention explains.
const OVER: [&str; 3] = ["etat", "avenant", "echeance"];

/// A value from which one would start: as it may be read, since later documents print it to everybody.
pub struct NextStart {
    /// Value, in the unit of the indicator; none where it may not be read as a number.
    pub value: Option<f64>,
    /// In which words it was told where these are not the number; why it is left out, where it is.
    pub said: String,
    /// Over which period.
    pub period: String,
}

/// The next convention, in words of TOML; nothing when the former one cannot be read again.
pub fn next_convention(
    written: &str,
    convention: &Convention,
    choices: &[NextChoice],
    starts: &BTreeMap<String, NextStart>,
    day: Day,
) -> Option<String> {
    let former: Table = written.parse().ok()?;
    let verdict = |code: &str| choices.iter().find(|c| c.fiche == code).map(|c| c.verdict);
    let is_kept = |code: &str| {
        let fiche = convention.fiche(code);
        fiche.is_some_and(|f| !f.is_abrogated()) && verdict(code) != Some(NextVerdict::Stop)
    };
    let mut out = head(convention, day)?;
    for axis in tables(&former, "axes") {
        push(&mut out, "axes", axis, &[]);
    }
    for fiche in tables(&former, "fiches") {
        let code = text(fiche, "code");
        if !is_kept(code) {
            continue;
        }
        let choice = choices.iter().find(|c| c.fiche == code);
        let said = match choice {
            Some(choice) => format!("{} {}", choice.verdict.word(), choice.reason),
            None => "à décider : garder, adapter ou arrêter".to_owned(),
        };
        let _ = writeln!(out, "# {}", one_line(&said));
        push(&mut out, "fiches", fiche, &OVER);
    }
    for choice in choices.iter().filter(|c| c.verdict == NextVerdict::Add) {
        let _ = writeln!(out, "# {}", one_line(&format!("ajouter {}", choice.reason)));
        let _ = writeln!(
            out,
            "[[fiches]]\ncode = {}\nintitule = {}\n",
            Value::from(code_of(&choice.fiche)),
            Value::from(choice.fiche.as_str())
        );
    }
    let mut left = Vec::new();
    for indicator in tables(&former, "indicateurs") {
        let (code, fiche) = (text(indicator, "code"), text(indicator, "fiche"));
        let is_over = indicator.contains_key("experimentation")
            || !(fiche.is_empty() || is_kept(fiche))
            || names_another(indicator, &is_kept);
        if is_over {
            left.push(code.to_owned());
            continue;
        }
        push(&mut out, "indicateurs", indicator, &["reference", "cible"]);
        out.truncate(out.trim_end().len());
        out.push('\n');
        if let Some(start) = starts.get(code) {
            let _ = writeln!(out, "{}", reference(start, day));
        }
        out.push_str("# cible = \n\n");
    }
    if !left.is_empty() {
        let _ = writeln!(
            out,
            "# Indicateurs de la convention précédente laissés de côté, avec leur fiche ou leur expérimentation : {}.",
            left.join(", ")
        );
    }
    Some(out)
}

/// The line of a reference; a comment that says why there is none.
fn reference(start: &NextStart, day: Day) -> String {
    let Some(value) = start.value else {
        return format!("# reference : laissée de côté, {}", one_line(&start.said));
    };
    let mut source = format!("bilan de la convention précédente, {}", start.period);
    if !start.said.is_empty() {
        let _ = write!(source, ", {}", one_line(&start.said));
    }
    format!(
        "reference = {{ valeur = {}, date = \"{day}\", source = {} }}",
        Value::from(value),
        Value::from(source)
    )
}

/// As long as the former one, from the day after its end.
fn head(convention: &Convention, day: Day) -> Option<String> {
    let length = convention.to.number() - convention.from.number();
    let from = Day::from_number(convention.to.number() + 1)?;
    let to = Day::from_number(convention.to.number() + 1 + length)?;
    let signatories = convention.signatories.iter();
    let signatories: Vec<Value> = signatories.map(|s| Value::from(s.as_str())).collect();
    Some(format!(
        "# Proposition tirée du bilan au {}. À relire avant de signer : dates, fiches, cibles.\n\n[convention]\nintitule = \"Convention territoriale globale, à nommer\"\nsignataires = {}\ndebut = \"{from}\"\nfin = \"{to}\"\nschema_petite_enfance = {}\n\n",
        day.long(),
        Value::Array(signatories),
        convention.early_childhood_scheme
    ))
}

fn tables<'t>(former: &'t Table, name: &str) -> impl Iterator<Item = &'t Table> {
    let all = former.get(name).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_table)
}

fn text<'t>(table: &'t Table, key: &str) -> &'t str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether a calculation reads a fiche that is no longer there.
fn names_another(indicator: &Table, is_kept: &impl Fn(&str) -> bool) -> bool {
    let named = indicator.get("fiches").and_then(Value::as_array);
    let mut named = named.into_iter().flatten().filter_map(Value::as_str);
    named.any(|code| !is_kept(code))
}

fn push(out: &mut String, name: &str, table: &Table, without: &[&str]) {
    let rank = |key: &str| ORDER.iter().position(|k| *k == key).unwrap_or(ORDER.len());
    let mut keys: Vec<&String> = table.keys().collect();
    keys.retain(|key| !without.contains(&key.as_str()));
    keys.sort_by_key(|key| (rank(key), (*key).clone()));
    let _ = writeln!(out, "[[{name}]]");
    for key in keys {
        let _ = writeln!(out, "{key} = {}", table[key]);
    }
    out.push('\n');
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// « Mobilité des jeunes » is `MOBILITE-DES-JEUNES`.
fn code_of(title: &str) -> String {
    let plain = fold(title).to_uppercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    words.join("-")
}
