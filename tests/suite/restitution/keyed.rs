//! Every figure that a report prints carries a key, « expliquer » answers every key, and the numbers that stand beside a
//! key are those of the exports, or of what is told of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use serde_json::Value;

use super::delivered;
use crate::atelier::{Atelier, files, is};
use crate::naive::rows;

/// A piece of a page that says something: a cell, a sentence.
pub(super) struct Said {
    pub tag: String,
    pub keys: Vec<String>,
    pub text: String,
    /// Heading of its column; of its section otherwise.
    pub under: String,
}

/// What pages hold, in order.
#[derive(Default)]
struct PageReader {
    open: Vec<Said>,
    found: Vec<Said>,
    section: String,
    columns: Vec<String>,
    column: usize,
    skipped: usize,
}

/// Tags whose text is a piece by itself.
const PIECES: [&str; 9] = ["td", "th", "li", "p", "dd", "dt", "figcaption", "h2", "h3"];

impl PageReader {
    fn read(page: &str) -> Vec<Said> {
        let mut reader = Self::default();
        let body = page.split_once("<main").map_or(page, |parts| parts.1);
        let mut rest = body.split_once('>').map_or("", |parts| parts.1);
        while let Some((text, after)) = rest.split_once('<') {
            reader.text(text);
            let (tag, next) = after.split_once('>').expect("a tag ends");
            reader.tag(tag);
            rest = next;
        }
        reader.found
    }

    fn text(&mut self, text: &str) {
        if self.skipped == 0
            && let Some(piece) = self.open.last_mut()
        {
            piece.text.push_str(&unescaped(text));
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next();
        let name = name.unwrap_or_default();
        if ["svg", "style", "script"].contains(&name) {
            self.skipped = if tag.starts_with('/') {
                self.skipped - 1
            } else {
                self.skipped + 1
            };
        }
        if self.skipped > 0 || !PIECES.contains(&name) {
            match tag {
                "thead" => self.columns.clear(),
                "tr" => self.column = 0,
                _ if tag.starts_with("tr ") => self.column = 0,
                _ => {}
            }
            return;
        }
        if tag.starts_with('/') {
            let Some(mut said) = self.open.pop() else {
                return;
            };
            let trimmed = said.text.trim().to_owned();
            said.text = trimmed;
            match (name, said.under.as_str()) {
                ("h2", _) => self.section.clone_from(&said.text),
                ("th", "col") => self.columns.push(said.text.clone()),
                _ => {}
            }
            if name == "td" || name == "th" {
                self.column += 1;
            }
            self.found.push(said);
            return;
        }
        let keys = attribute(tag, "data-cles").unwrap_or_default();
        self.open.push(Said {
            tag: name.to_owned(),
            keys: keys
                .split(" ; ")
                .filter(|k| !k.is_empty())
                .map(unescaped)
                .collect(),
            text: String::new(),
            under: match name {
                "th" if tag.contains("scope=\"col\"") => "col".to_owned(),
                "td" => self.columns.get(self.column).cloned().unwrap_or_default(),
                _ => self.section.clone(),
            },
        });
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}=\""))?;
    Some(value.split('"').next()?.to_owned())
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    let plain = pairs
        .iter()
        .fold(text.to_owned(), |text, (a, b)| text.replace(a, b));
    plain.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Pieces of every page of a campaign of the example, by file.
pub(super) fn pages(folder: &Path) -> BTreeMap<String, Vec<Said>> {
    let names = files(folder)
        .into_iter()
        .filter(|n| is(n, "html") && n.contains('/'));
    let read = names.map(|name| {
        let page = std::fs::read_to_string(folder.join(&name)).expect("a page");
        (name, PageReader::read(&page))
    });
    read.collect()
}

/// A number as it is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Printed {
    value: f64,
    digits: usize,
}

/// Numbers of a text: what is quoted, codes and days apart.
pub(super) fn numbers(text: &str) -> Vec<Printed> {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    // The law has its own numbers, and so has what stands for a mask; 119 is a number to call.
    let text = text.split("Règles au ").next().unwrap_or_default();
    let text = text
        .replace("< 5", "")
        .replace("le 119", "")
        .replace(", 119", "");
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '«' => depth += 1,
            '»' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let mut found = Vec::new();
    // « 8 090 » is one number: thousands are joined.
    let letters: Vec<char> = plain.replace('−', "-").chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let before = at.checked_sub(1).map(|i| letters[i]);
        let is_start = letters[at].is_ascii_digit()
            && before.is_none_or(|c| !c.is_alphanumeric() && !"/.,".contains(c));
        if !is_start {
            at += 1;
            continue;
        }
        let mut end = at;
        let mut number = String::new();
        while end < letters.len() {
            let c = letters[end];
            let next = letters.get(end + 1);
            let joins = |c: char| c.is_ascii_digit();
            let group = c == ' '
                && number.len() <= 3
                && (1..=3).all(|k| letters.get(end + k).is_some_and(|c| joins(*c)))
                && letters.get(end + 4).is_none_or(|c| !joins(*c))
                && !number.contains(',');
            match c {
                c if joins(c) => number.push(c),
                ',' if next.is_some_and(|c| joins(*c)) && !number.contains(',') => number.push(','),
                _ if group => {}
                _ => break,
            }
            end += 1;
        }
        // A code (« REL-2 », « R01 »), a day (« 18/08/2026 », « 30 novembre »), a fraction is two numbers.
        let after = letters.get(end).copied().unwrap_or(' ');
        let is_code = before == Some('-') && at >= 2 && letters[at - 2].is_alphanumeric()
            || after.is_alphabetic()
            || after == '-';
        let rest: String = letters[end..].iter().collect();
        let is_day = is_date(&letters, at, end)
            || MONTHS.iter().any(|m| rest.starts_with(&format!(" {m}")))
            || number.len() == 4 && number.starts_with("20");
        if !is_code && !is_day {
            let value: f64 = number.replace(',', ".").parse().expect("a number");
            let sign = if before == Some('-') && (at < 2 || !letters[at - 2].is_alphanumeric()) {
                -1.0
            } else {
                1.0
            };
            let digits = number.split_once(',').map_or(0, |p| p.1.len());
            found.push(Printed {
                value: sign * value,
                digits,
            });
        }
        at = end.max(at + 1);
    }
    found
}

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Whether digits are part of « 18/08/2026 ».
fn is_date(letters: &[char], at: usize, end: usize) -> bool {
    let around: String = letters[at.saturating_sub(6)..(end + 8).min(letters.len())]
        .iter()
        .collect();
    let mut parts = around.split(|c: char| !c.is_ascii_digit() && c != '/');
    let own: String = letters[at..end].iter().collect();
    parts.any(|p| p.matches('/').count() == 2 && p.split('/').any(|d| d == own))
}

impl Printed {
    /// Whether a value is printed so.
    fn is_of(self, value: f64) -> bool {
        let scale = 10_f64.powi(i32::try_from(self.digits).expect("few digits"));
        // A value that falls between two prints is rounded one way or the other by its last bits.
        (value - self.value).abs() <= 0.5 / scale + 1e-6
    }
}

/// Explanations of keys, asked together.
pub(super) fn explained(atelier: &Atelier, keys: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    for some in keys.chunks(500) {
        let (code, said) = atelier.json(&[&["expliquer", "--date", "2026-12-15"], some].concat());
        assert_eq!(code, 0, "{said}");
        let each = said["resultat"]["chiffres"].as_array();
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        match each {
            Some(each) => all.extend(
                each.iter()
                    .map(|e| (text(&e["chiffre"]), text(&e["texte"]))),
            ),
            None => {
                all.insert(some[0].to_owned(), text(&said["resultat"]["texte"]));
            }
        }
    }
    all
}

/// Values that the exports give for a key.
fn exported(atelier: &Atelier) -> BTreeMap<String, Vec<f64>> {
    let mut all: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for campaign in ["C1", "C2"] {
        let answer = atelier.run(&["indicateurs", "--campagne", campaign]);
        for row in rows(&answer.stdout) {
            if ["element", "source", "regle"].contains(&row["niveau"].as_str()) {
                continue;
            }
            let key = format!("{campaign}/{}/{}", row["structure"], row["code"]);
            let of = ["valeur", "cible", "n", "n_attendu"];
            let values = of.iter().filter_map(|c| row[*c].parse::<f64>().ok());
            all.entry(key).or_default().extend(values);
        }
    }
    let answer = atelier.run(&["comparer", "C1", "C2"]);
    for row in rows(&answer.stdout) {
        let place = if row["structure"].is_empty() {
            "territoire"
        } else {
            &row["structure"]
        };
        let key = format!("C2/{place}/{}", row["code"]);
        let of = ["valeur_1", "valeur_2", "delta"];
        let values = of.iter().filter_map(|c| row[*c].parse::<f64>().ok());
        all.entry(key).or_default().extend(values);
    }
    all
}

/// Columns that say words of plans, of the référentiel or of a rule, and no figure of the report.
const WORDS: [&str; 11] = [
    "Comment il est calculé",
    "Ce qui est compté",
    "Constat",
    "Ce que nous ferons",
    "Besoin",
    "Décision",
    "Ce qui est engagé",
    "Qui",
    "Repère le plus proche",
    "Ce sur quoi elle repose",
    "Ce qui est demandé ou mesuré",
];

/// Sections that say the rules of the report and no figure of it, but for what carries a key.
const RULES: [&str; 9] = [
    "Méthode et limites",
    "Comment lire ce dossier",
    "Comment participer",
    "Les remarques de l’équipe",
    "Des idées à partager",
    "L’accueil, et comment il a été évalué",
    "Conclusion de l’évaluation",
    "Où en est ce rapport",
    "Comment les niveaux sont faits",
];

/// Pieces with a number and without key, outside what says words and rules.
fn without_key(pages: &BTreeMap<String, Vec<Said>>) -> BTreeSet<String> {
    let mut bare = BTreeSet::new();
    for (name, page) in pages {
        let mut section = "";
        for said in page {
            if said.tag == "h2" {
                section = &said.text;
            }
            let says = !numbers(&said.text).is_empty() && said.keys.is_empty();
            let is_words = match said.tag.as_str() {
                "td" => WORDS.contains(&said.under.as_str()),
                "th" | "h2" => true,
                _ => RULES.contains(&section) || is_rule(&said.text),
            };
            if says && !is_words {
                bare.insert(format!(
                    "{name} · {} · {} · {}",
                    said.tag, said.under, said.text
                ));
            }
        }
    }
    bare
}

/// Sentences that explain how to read: the scale, what a mark means, what is asked of the law.
fn is_rule(text: &str) -> bool {
    let rules = [
        "De 1 à 4.",
        "Hors du droit des accueils de mineurs",
        "✓ atteint",
        "Sigles : ",
        "Objectif : ",
        "Les deux réponses les plus favorables",
        "Repère le plus proche",
        "La marche suivante",
        "O2 et O2b",
        "PRO-1 ",
    ];
    rules.iter().any(|rule| text.starts_with(rule))
}

#[test]
fn every_printed_figure_carries_a_key() {
    let atelier = Atelier::demo();
    let pages = pages(&delivered(&atelier, "C2"));
    assert!(pages.len() > 40, "{}", pages.len());
    let keyed: usize = pages
        .values()
        .flatten()
        .filter(|s| !s.keys.is_empty())
        .count();
    assert!(keyed > 3_000, "{keyed}");
    let bare = without_key(&pages);
    assert!(bare.is_empty(), "{} : {bare:#?}", bare.len());
}

/// Each number beside a key is one that the exports give for it, or one that is told of it.
#[test]
fn every_number_is_found_by_its_key() {
    let atelier = Atelier::demo();
    let pages = pages(&delivered(&atelier, "C2"));
    let all = pages
        .values()
        .flatten()
        .flat_map(|s| s.keys.iter().cloned());
    let keys: BTreeSet<String> = all.collect();
    let told = explained(&atelier, &keys);
    assert_eq!(told.len(), keys.len());
    assert!(told.values().all(|text| text.lines().count() > 2));
    let exported = exported(&atelier);
    let (mut checked, mut by_export) = (0, 0);
    let mut wrong = BTreeSet::new();
    for (name, page) in &pages {
        for said in page.iter().filter(|s| !s.keys.is_empty()) {
            let values: Vec<f64> = (said.keys.iter())
                .flat_map(|key| exported.get(key).into_iter().flatten().copied())
                .collect();
            let texts: Vec<Printed> = said
                .keys
                .iter()
                .flat_map(|key| numbers(&told[key]))
                .collect();
            for number in numbers(&said.text) {
                let is_of = |v: &f64| number.is_of(*v) || number.is_of(*v * 100.0);
                checked += 1;
                if values.iter().any(is_of) {
                    by_export += 1;
                } else if !texts.iter().any(|t| number.is_of(t.value))
                    && (number.value - 4.0).abs() > 1e-9
                {
                    wrong.insert(format!(
                        "{name} · {:?} · {} · {number:?}",
                        said.keys, said.text
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} : {:#?}",
        wrong.len(),
        wrong.iter().take(60).collect::<Vec<_>>()
    );
    assert!(
        checked > 3_000 && by_export > 1_500,
        "{checked} {by_export}"
    );
}

/// The workbooks carry the same keys as the pages, beside their rows; the printed report says how to find a figure.
#[test]
fn workbooks_and_prints_lead_to_the_same_figures() {
    let atelier = Atelier::demo();
    let folder = delivered(&atelier, "C2");
    let pages = pages(&folder);
    for (name, page) in pages
        .iter()
        .filter(|(name, _)| !name.starts_with("familles"))
    {
        let keys: BTreeSet<String> = page.iter().flat_map(|s| s.keys.iter().cloned()).collect();
        let path = folder.join(name.replace(".html", ".xlsx"));
        if keys.is_empty() || !path.is_file() {
            continue;
        }
        let mut book = open_workbook_auto(&path).expect("a workbook");
        let mut held = BTreeSet::new();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).expect("a sheet");
            for (_, _, cell) in range.used_cells() {
                if let Data::String(text) = cell {
                    held.extend(text.split(" ; ").map(str::to_owned));
                }
            }
        }
        let lost: Vec<&String> = keys.iter().filter(|key| !held.contains(*key)).collect();
        assert!(lost.is_empty(), "{name} : {lost:?}");
    }
}

/// A key that opens nothing says what would, and several are answered in the order in which they were asked.
#[test]
fn a_key_that_opens_nothing_says_what_would() {
    let atelier = Atelier::demo();
    for (key, told) in [
        (
            "C2/P01/MASQUES:parents",
            "equipe, elus, familles ou renouvellement",
        ),
        ("C2/secteur:Nulle part/REL-1-FAM-1", "Central"),
        ("C2/territoire/RIEN", "IMPERATIFS, OBJECTIFS"),
        ("C2/P01/RIEN", "IMPERATIFS, REGLES"),
        ("C9/P01/PRO", "C2"),
    ] {
        let answer = atelier.run(&["expliquer", key]);
        assert_eq!(answer.code, 2, "{key} : {}", answer.stdout);
        assert!(answer.stderr.contains(told), "{key} : {}", answer.stderr);
    }
    let asked = [
        "C2/P01/PRO",
        "VAL-401",
        "C1/P01/PRO",
        "stable",
        "C2/secteur:Ouest/REL-1-FAM-1",
    ];
    let (code, said) = atelier.json(&[&["expliquer"], &asked[..]].concat());
    assert_eq!(code, 0, "{said}");
    let each = said["resultat"]["chiffres"].as_array().expect("figures");
    let keys: Vec<&str> = each.iter().filter_map(|e| e["chiffre"].as_str()).collect();
    assert_eq!(keys, asked);
    let heads = [
        "C2 · P01",
        "VAL-401",
        "C1 · P01",
        "stable",
        "C2 · secteur Ouest",
    ];
    for (told, head) in each.iter().zip(heads) {
        let text = told["texte"].as_str().unwrap_or_default();
        assert!(text.starts_with(head), "{head} : {text}");
    }
}
