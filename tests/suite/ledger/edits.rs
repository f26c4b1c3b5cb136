//! Good workbooks changed at random as people change them: columns inserted, moved, renamed, cells
//! merged, sheets copied. Whatever enters without a word says what the workbook said before.
//! `OBSERVATOIRE_EDITIONS=2000` tries so many.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use observatoire::forms::{FilledRating, FormIdentity, write};
use observatoire::vocabulary::referentiel::{SourceCode, StructureType};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::unbalanced;
use super::workbooks::{TextSheet, read, written};
use crate::atelier::{Atelier, worth};
use crate::fixtures::v1;
use crate::layouts::label;

/// Titles that people give to columns of their own, many of them near ours.
const TITLES: [&str; 22] = [
    "",
    "Note",
    "Note 2025",
    "Note de la visite précédente",
    "Notes",
    "Ma note",
    "Commentaire",
    "Commentaires 2025",
    "Observations",
    "Niveau",
    "Cote",
    "Avis",
    "Thème",
    "Structure",
    "Date",
    "Code",
    "Élément",
    "4",
    "REL-1-OBS-1",
    "REL-1-FAM-1",
    "Moyenne",
    "À revoir",
];

/// What such a column holds.
const CONTENTS: [&str; 12] = [
    "1",
    "2",
    "3",
    "4",
    "x",
    "NO",
    "oui",
    "ancien",
    "voir avec la direction",
    "R02",
    "0",
    "2,5",
];

/// A workbook, the sheet that holds answers, where its headings and answers stand, what it says.
struct Good {
    sheets: Vec<TextSheet>,
    heading: usize,
    /// Columns of notes.
    notes: Vec<usize>,
    /// « élément=note », sorted.
    truth: Vec<String>,
}

fn place(i: usize) -> String {
    format!("S{i:04}")
}

fn own_form(i: usize, rng: &mut ChaCha8Rng) -> Good {
    let referentiel = v1();
    let asked = referentiel.instrument(SourceCode::Obs, StructureType::Mixte);
    let codes: Vec<String> = asked.map(|(_, e)| e.code.clone()).collect();
    let mut truth = Vec::new();
    let mut answers = std::collections::HashMap::new();
    for code in codes {
        let note = rng.random_range(1..=4).to_string();
        truth.push(format!("{code}={note}"));
        answers.insert(code, FilledRating::new(note, ""));
    }
    let identity = FormIdentity {
        code: place(i),
        name: format!("Accueil {i}"),
        visit: "1".into(),
        date: "2026-05-12".into(),
        observer: "O1".into(),
        ..FormIdentity::default()
    };
    let kind = StructureType::Mixte;
    let bytes = write(
        &referentiel,
        SourceCode::Obs,
        kind,
        &identity,
        &answers,
        false,
    );
    truth.sort();
    Good {
        sheets: read(&bytes.expect("a form")),
        heading: 9,
        notes: vec![4],
        truth,
    }
}

const ASKED: [&str; 8] = [
    "PRO-1-OBS-1",
    "PRO-1-OBS-2",
    "REL-1-OBS-1",
    "REL-1-OBS-2",
    "REL-2-OBS-1",
    "REL-2-OBS-2",
    "REL-2-OBS-3",
    "REL-3-OBS-1",
];

/// Coded or worded lines, a column of notes or one per modality.
fn hand_made(i: usize, rng: &mut ChaCha8Rng) -> Good {
    let (worded, ticked) = (rng.random_bool(0.4), rng.random_bool(0.4));
    let place = place(i);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let line = |cells: &[&str]| {
        cells
            .iter()
            .map(|c| (*c).to_owned())
            .collect::<Vec<String>>()
    };
    rows.push(line(&["Grille d’observation"]));
    rows.push(line(&["Structure :", &place, "Visite :", "1"]));
    rows.push(line(&["Date :", "12/05/2026", "Observateur :", "O1"]));
    rows.push(Vec::new());
    let first = if worded {
        "Ce que l’on regarde"
    } else {
        "Code"
    };
    let mut headings = line(&[first, "Thème"]);
    let notes: Vec<usize> = if ticked {
        headings.extend(line(&["1", "2", "3", "4"]));
        vec![2, 3, 4, 5]
    } else {
        headings.push("Note".to_owned());
        vec![2]
    };
    headings.push("Commentaire".to_owned());
    rows.push(headings);
    let mut truth = Vec::new();
    for code in ASKED {
        let note = rng.random_range(1..=4_usize);
        truth.push(format!("{code}={note}"));
        let asks = if worded { label(code) } else { code.to_owned() };
        let mut cells = vec![asks, "Relations".to_owned()];
        if ticked {
            cells.extend((1..=4).map(|m| if m == note { "x" } else { "" }.to_owned()));
        } else {
            cells.push(note.to_string());
        }
        cells.push(if rng.random_bool(0.3) {
            "vu à 8 h".to_owned()
        } else {
            String::new()
        });
        rows.push(cells);
    }
    truth.sort();
    let sheet = TextSheet {
        name: "Feuil1".to_owned(),
        rows,
        merges: Vec::new(),
    };
    Good {
        sheets: vec![sheet],
        heading: 4,
        notes,
        truth,
    }
}

const FAMILY: [&str; 4] = ["REL-1-FAM-1", "REL-1-FAM-2", "ENV-4-FAM-1", "ENV-5-FAM-1"];

fn questionnaire(i: usize, rng: &mut ChaCha8Rng) -> Good {
    let worded = rng.random_bool(0.5);
    let mut headings = vec!["Structure".to_owned()];
    headings.extend(
        FAMILY
            .iter()
            .map(|c| if worded { label(c) } else { (*c).to_owned() }),
    );
    let mut rows = vec![headings];
    let mut truth = Vec::new();
    for _ in 0..6 {
        let mut cells = vec![place(i)];
        for code in FAMILY {
            let note = rng.random_range(1..=4);
            truth.push(format!("{code}={note}"));
            cells.push(note.to_string());
        }
        rows.push(cells);
    }
    truth.sort();
    let sheet = TextSheet {
        name: "Réponses".to_owned(),
        rows,
        merges: Vec::new(),
    };
    Good {
        sheets: vec![sheet],
        heading: 0,
        notes: (1..=FAMILY.len()).collect(),
        truth,
    }
}

impl Good {
    fn edit(&mut self, rng: &mut ChaCha8Rng) -> String {
        match rng.random_range(0..6) {
            0 | 1 => self.insert(rng),
            2 => self.move_column(rng),
            3 => self.rename(rng),
            4 => self.merge(rng),
            _ => self.copy(rng),
        }
    }

    fn insert(&mut self, rng: &mut ChaCha8Rng) -> String {
        let sheet = &mut self.sheets[0];
        let at = rng.random_range(0..=sheet.width());
        let title = *TITLES.choose(rng).expect("a title");
        let constant = *CONTENTS.choose(rng).expect("a content");
        let kind = rng.random_range(0..3);
        let width = sheet.width();
        for (r, row) in sheet.rows.iter_mut().enumerate() {
            let text = match (r.cmp(&self.heading), kind) {
                (std::cmp::Ordering::Less, _) => "",
                (std::cmp::Ordering::Equal, _) => title,
                (_, 0) => constant,
                (_, 1) => ["1", "2", "3", "4"].choose(rng).expect("a note"),
                _ if rng.random_bool(0.3) => CONTENTS.choose(rng).expect("a content"),
                _ => "",
            };
            row.resize(width.max(row.len()), String::new());
            row.insert(at, text.to_owned());
        }
        for merge in &mut sheet.merges {
            merge.2 += u16::from(usize::from(merge.2) >= at);
        }
        self.notes
            .iter_mut()
            .for_each(|c| *c += usize::from(*c >= at));
        format!("column « {title} » ({constant}, {kind}) inserted at {at}")
    }

    fn move_column(&mut self, rng: &mut ChaCha8Rng) -> String {
        let sheet = &mut self.sheets[0];
        // Merged cells do not let themselves be moved.
        if !sheet.merges.is_empty() {
            return String::new();
        }
        let width = sheet.width();
        let (from, to) = (rng.random_range(0..width), rng.random_range(0..width));
        for row in &mut sheet.rows {
            row.resize(width, String::new());
            let cell = row.remove(from);
            row.insert(to, cell);
        }
        let moved = |c: usize| match c {
            c if c == from => to,
            c if from < c && c <= to => c - 1,
            c if to <= c && c < from => c + 1,
            c => c,
        };
        self.notes.iter_mut().for_each(|c| *c = moved(*c));
        format!("column {from} moved to {to}")
    }

    fn rename(&mut self, rng: &mut ChaCha8Rng) -> String {
        let sheet = &mut self.sheets[0];
        let col = rng.random_range(0..sheet.width());
        let title = *TITLES.choose(rng).expect("a title");
        sheet.set(self.heading, col, title);
        format!("column {col} renamed « {title} »")
    }

    /// Two notes one under the other become one cell; a person reads the first for both, and so must
    /// the program, or say something.
    fn merge(&mut self, rng: &mut ChaCha8Rng) -> String {
        let rows = self.sheets[0].rows.len();
        let row = rng.random_range(self.heading + 1..rows - 1);
        let col = *self.notes.choose(rng).expect("a column");
        let sheet = &mut self.sheets[0];
        if !sheet.merges.is_empty() || sheet.get(row, col) != sheet.get(row + 1, col) {
            return String::new();
        }
        // Only equal neighbours: what it says is beyond doubt.
        sheet.set(row + 1, col, "");
        sheet.merges.push((row as u32, row as u32 + 1, col as u16));
        format!("cells of column {col} merged from row {row}")
    }

    fn copy(&mut self, rng: &mut ChaCha8Rng) -> String {
        let mut copy = self.sheets[0].clone();
        copy.name = format!("{} ({})", copy.name, self.sheets.len() + 1);
        let changed = rng.random_bool(0.7);
        if changed {
            let col = *self.notes.choose(rng).expect("a column");
            let note = ["1", "2", "3", "4", ""].choose(rng).expect("a note");
            for row in self.heading + 1..copy.rows.len() {
                copy.set(row, col, note);
            }
        }
        self.sheets.push(copy);
        format!("sheet copied, changed: {changed}")
    }
}

fn good(i: usize, rng: &mut ChaCha8Rng) -> Good {
    match i % 3 {
        0 => own_form(i, rng),
        1 => hand_made(i, rng),
        _ => questionnaire(i, rng),
    }
}

/// The notes in the store, by structure.
fn stored(atelier: &Atelier) -> BTreeMap<String, Vec<String>> {
    let table = atelier.run(&["exporter", "observations"]).stdout;
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().expect("headings").clone();
    let at = |name: &str| names.iter().position(|n| n == name).expect(name);
    let columns = [
        "structure",
        "element",
        "valeur_brute",
        "statut",
        "source",
        "niveau",
    ]
    .map(at);
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for record in reader.records().flatten() {
        let [structure, element, raw, statut, source, level] =
            columns.map(|c| record[c].to_owned());
        let raw = worth(&source, &level, &statut, &raw);
        if statut != "vide" {
            all.entry(structure)
                .or_default()
                .push(format!("{element}={raw}"));
        }
    }
    for notes in all.values_mut() {
        notes.sort();
    }
    all
}

/// Files of which something is said that a person cannot miss.
fn warned(said: &serde_json::Value) -> BTreeSet<String> {
    let all = said["diagnostics"].as_array().expect("diagnostics").iter();
    let loud = all.filter(|d| d["severite"] != "info");
    loud.filter_map(|d| d["fichier"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn nothing_of_a_workbook_changed_at_random_enters_wrong_in_silence() {
    let wanted = std::env::var("OBSERVATOIRE_EDITIONS")
        .ok()
        .and_then(|n| n.parse().ok());
    let wanted: usize = wanted.unwrap_or(90);
    let mut rng = ChaCha8Rng::seed_from_u64(15);
    let atelier = Atelier::blank();
    let mut registry = "code,nom,type,pedt,fermeture\n".to_owned();
    for i in 0..wanted {
        writeln!(registry, "{},Accueil {i},mixte,oui,", place(i)).expect("a line");
    }
    atelier.write("data/structures.csv", registry.as_bytes());
    let mut edited = Vec::new();
    for i in 0..wanted {
        let mut good = good(i, &mut rng);
        let edits: Vec<String> = (0..rng.random_range(0..4))
            .map(|_| good.edit(&mut rng))
            .collect();
        let bytes = written(&good.sheets);
        atelier.write(&format!("reçus/{}.xlsx", place(i)), &bytes);
        edited.push((good.truth, edits, bytes));
    }
    let folder = atelier.root().join("reçus");
    let (_, said) = atelier.json(&["importer", &folder.to_string_lossy(), "--campagne", "C1"]);
    let (stored, warned) = (stored(&atelier), warned(&said));
    let (mut wrong, mut entered, mut kept_out) = (Vec::new(), 0, 0);
    for (i, (truth, edits, bytes)) in edited.iter().enumerate() {
        let file = format!("{}.xlsx", place(i));
        wrong.extend(unbalanced(&said, &file, bytes));
        match stored.get(&place(i)) {
            Some(notes) if notes == truth => entered += 1,
            _ if warned.contains(&file) => kept_out += 1,
            found => wrong.push(format!("{file} {edits:?}: {found:?} for {truth:?}")),
        }
        // A workbook that nobody changed enters.
        if edits.iter().all(String::is_empty) && stored.get(&place(i)) != Some(truth) {
            wrong.push(format!("{file}, unchanged, did not enter"));
        }
    }
    eprintln!("{wanted} workbooks changed: {entered} entered right, {kept_out} kept out or said");
    assert!(entered * 5 > wanted, "{entered} of {wanted} entered");
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
