//! `data/structures.csv` or `data/structures.xlsx`: every invalid row is said, with its cell.

use crate::base::day::Day;
use std::collections::HashMap;
use std::path::Path;

use super::registry::{Registry, Structure, ToldByAccueil};
use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::sheets::{Sheet, open};
use crate::base::text::{LONGEST_WORD, fold, iso_date};
use crate::vocabulary::referentiel::{Pedt, PedtTime, StructureType};

/// Columns of the registry, in the order of the contract.
pub const COLUMNS: [&str; 17] = [
    "code",
    "nom",
    "type",
    "secteur",
    "commune",
    "insee",
    "pedt",
    "capacite_moins6",
    "capacite_6plus",
    "jours_an",
    "latitude",
    "longitude",
    "ouverture",
    "fermeture",
    "pedt_debut",
    "pedt_fin",
    "pedt_temps",
];

/// The column of other names, separated by « ; »: how files call an accueil concerns nobody else, and
/// it is not among those of the contract.
pub(super) const ALIAS: &str = "alias";

/// What an accueil says of itself in words of its own, one sentence a cell. Somebody may have named a person there: no
/// export hands them on, and the carte d’identité prints what the screen lets through.
const TOLD: [&str; 4] = ["horaires", "tarifs", "partenaires", "contrats"];

/// Columns that are read.
pub(super) fn known_columns() -> impl Iterator<Item = &'static str> {
    COLUMNS.into_iter().chain([ALIAS]).chain(TOLD)
}

/// The column that a heading names; a sentence of an accueil may be headed in the singular.
pub(super) fn column_named(name: &str) -> Option<&'static str> {
    let is_told = |c: &&str| TOLD.contains(c) && c.strip_suffix('s') == Some(name);
    known_columns().find(|c| *c == name || is_told(c))
}

/// What is wrong in a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegistryProblem {
    /// The cell; none for what concerns the whole table.
    pub(crate) cell: Option<CellRef>,
    /// One sentence, without its end.
    pub(crate) message: String,
}

/// Everything wrong in a registry, cell by cell; nothing when it reads.
///
/// # Errors
///
/// A file that is no table at all.
pub(crate) fn registry_problems(path: &Path, bytes: &[u8]) -> Result<Vec<RegistryProblem>> {
    let opened = open(path, bytes).map_err(|d| Error::Config(d.to_string()))?;
    let sheets = opened.value.sheets.iter();
    let Some(sheet) = sheets.into_iter().find(|s| !s.rows.is_empty()) else {
        return Ok(Vec::new());
    };
    let file = opened.value.file.clone();
    let mut reader = RegistryReader::new(&file, sheet)?;
    for row in sheet.rows.iter().skip(1) {
        reader.structure(row.index);
    }
    Ok(reader.problems)
}

/// Reads a registry from its bytes.
///
/// # Errors
///
/// [`Error::Config`] with every invalid row, one per line, each with its cell.
pub fn parse_registry(path: &Path, bytes: &[u8]) -> Result<Registry> {
    let opened = open(path, bytes).map_err(|d| Error::Config(d.to_string()))?;
    let file = opened.value.file.clone();
    let empty = || Error::Config(format!("{file} : le registre est vide."));
    let sheet = opened
        .value
        .sheets
        .iter()
        .find(|s| !s.rows.is_empty())
        .ok_or_else(empty)?;
    let mut reader = RegistryReader::new(&file, sheet)?;
    let structures: Vec<Structure> = sheet
        .rows
        .iter()
        .skip(1)
        .filter_map(|row| reader.structure(row.index))
        .collect();
    let ignored = std::mem::take(&mut reader.ignored);
    reader.finish()?;
    if structures.is_empty() {
        return Err(empty());
    }
    Ok(Registry::new(structures, ignored))
}

/// Reads rows by column name and collects what is wrong.
struct RegistryReader<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    columns: HashMap<&'static str, u32>,
    seen: HashMap<String, u32>,
    problems: Vec<RegistryProblem>,
    ignored: Vec<String>,
}

/// The column that a heading was meant to be, two slips away at most; a longer way off, it is a
/// column of the user's own. So is what resembles a sentence of the accueil (« contacts »).
fn misspelt(name: &str) -> Option<&'static str> {
    COLUMNS
        .into_iter()
        .chain([ALIAS])
        .find(|known| known.len() >= 5 && strsim::damerau_levenshtein(name, known) <= 2)
}

impl<'a> RegistryReader<'a> {
    fn new(file: &'a str, sheet: &'a Sheet) -> Result<Self> {
        let header = &sheet.rows[0];
        let mut columns = HashMap::new();
        let (mut problems, mut ignored) = (Vec::new(), Vec::new());
        for cell in &header.cells {
            let written = cell.value.text();
            let name = fold(&written).replace(' ', "_");
            let at = CellRef::new(header.index, cell.col);
            if let Some(known) = column_named(&name) {
                if columns.insert(known, cell.col).is_some() {
                    problems.push(RegistryProblem {
                        cell: Some(at),
                        message: format!("la colonne « {known} » est déjà là"),
                    });
                }
            } else if let Some(near) = misspelt(&name) {
                problems.push(RegistryProblem {
                    cell: Some(at),
                    message: format!(
                        "colonne « {written} » inconnue ; la plus proche est « {near} »"
                    ),
                });
            } else {
                ignored.push(written);
            }
        }
        let missing: Vec<&str> = ["code", "nom", "type"]
            .into_iter()
            .filter(|c| !columns.contains_key(c))
            .collect();
        if !missing.is_empty() {
            problems.push(RegistryProblem {
                cell: None,
                message: format!(
                    "il manque au registre la colonne {} ; colonnes attendues : {}",
                    missing.join(", "),
                    COLUMNS.join(", ")
                ),
            });
            return Err(told(file, &problems));
        }
        Ok(Self {
            file,
            sheet,
            columns,
            seen: HashMap::new(),
            problems,
            ignored,
        })
    }

    fn text(&self, row: u32, column: &str) -> String {
        self.columns
            .get(column)
            .map_or_else(String::new, |&col| self.sheet.text(row, col))
    }

    fn problem(&mut self, row: u32, column: &str, message: &str) {
        let col = self.columns.get(column).copied().unwrap_or(0);
        self.problems.push(RegistryProblem {
            cell: Some(CellRef::new(row, col)),
            message: message.to_owned(),
        });
    }

    fn number<T: std::str::FromStr>(&mut self, row: u32, column: &str) -> Option<T> {
        let text = self.text(row, column).replace(',', ".");
        if text.is_empty() {
            return None;
        }
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problem(row, column, &format!("« {text} » n’est pas un nombre"));
        }
        parsed
    }

    fn date(&mut self, row: u32, column: &str) -> Option<Day> {
        let text = self.text(row, column);
        if text.is_empty() {
            return None;
        }
        if let Some(day) = iso_date(&text).and_then(|iso| iso.parse().ok()) {
            return Some(day);
        }
        self.problem(
            row,
            column,
            &format!("« {text} » n’est pas une date (AAAA-MM-JJ)"),
        );
        None
    }

    /// Other names. In a text whose columns « ; » separates, those that nobody quoted go on in the cells
    /// that follow, when the column is the last.
    fn alias(&self, row: u32) -> Vec<String> {
        let Some(&col) = self.columns.get(ALIAS) else {
            return Vec::new();
        };
        let header = self.sheet.rows[0].cells.iter();
        let is_last = header.map(|c| c.col).max() == Some(col);
        let cells = self.sheet.row(row).into_iter().flat_map(|r| &r.cells);
        let own = cells.filter(|c| c.col == col || (is_last && c.col > col));
        let texts: Vec<String> = own.map(|c| c.value.text()).collect();
        let names = texts.iter().flat_map(|text| text.split(';'));
        let names = names.map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    }

    fn structure(&mut self, row: u32) -> Option<Structure> {
        let code = self.text(row, "code");
        let kind = self.text(row, "type");
        if code.is_empty() {
            self.problem(row, "code", "le code de la structure manque");
            return None;
        }
        if self.text(row, "nom").is_empty() {
            self.problem(row, "nom", "le nom de la structure manque");
        }
        for column in ["nom", "secteur", "commune"] {
            let text = self.text(row, column);
            let mut words = text.split([' ', '-', '’', '\'']);
            if words.any(|w| w.chars().count() > LONGEST_WORD) {
                let message = format!(
                    "un mot de plus de {LONGEST_WORD} lettres ne tient dans aucune page ; écrivez-le en plusieurs"
                );
                self.problem(row, column, &message);
            }
        }
        if let Some(first) = self.seen.insert(fold(&code), row) {
            let message = format!(
                "le code « {code} » est déjà celui de la ligne {}",
                first + 1
            );
            self.problem(row, "code", &message);
        }
        let Ok(kind) = kind.parse::<StructureType>() else {
            let names: Vec<&str> = StructureType::ALL.iter().map(|t| t.as_str()).collect();
            let message = format!("type « {kind} » inconnu ; admis : {}", names.join(", "));
            self.problem(row, "type", &message);
            return None;
        };
        let alias = self.alias(row);
        let pedt = self.pedt(row);
        Some(Structure {
            nom: self.text(row, "nom"),
            alias,
            kind,
            secteur: self.text(row, "secteur"),
            commune: self.text(row, "commune"),
            insee: self.text(row, "insee"),
            pedt,
            capacite_moins6: self.number(row, "capacite_moins6"),
            capacite_6plus: self.number(row, "capacite_6plus"),
            jours_an: self.number(row, "jours_an"),
            latitude: self.number(row, "latitude"),
            longitude: self.number(row, "longitude"),
            ouverture: self.date(row, "ouverture"),
            fermeture: self.date(row, "fermeture"),
            told: ToldByAccueil {
                horaires: self.text(row, "horaires"),
                tarifs: self.text(row, "tarifs"),
                partenaires: self.text(row, "partenaires"),
                contrats: self.text(row, "contrats"),
            },
            code,
        })
    }

    /// The PEDT: « oui » alone is one that covers every day and time; an empty cell says nothing, not « non ».
    fn pedt(&mut self, row: u32) -> Pedt {
        let said = self.text(row, "pedt");
        let answer = match fold(&said).as_str() {
            "" => None,
            "oui" | "o" | "1" | "vrai" => Some(true),
            "non" | "n" | "0" | "faux" | "–" | "-" => Some(false),
            _ => {
                let message = format!("« {said} » : répondez oui ou non");
                self.problem(row, "pedt", &message);
                Some(false)
            }
        };
        let pedt = Pedt {
            declared: answer,
            debut: self.date(row, "pedt_debut"),
            fin: self.date(row, "pedt_fin"),
            temps: self.pedt_times(row),
        };
        let is_told = pedt.debut.is_some() || pedt.fin.is_some() || !pedt.temps.is_empty();
        if is_told && answer == Some(false) {
            self.problem(
                row,
                "pedt",
                "il n’y a pas de PEDT, et ses dates ou ses temps sont remplis",
            );
        }
        if pedt
            .debut
            .zip(pedt.fin)
            .is_some_and(|(debut, fin)| fin < debut)
        {
            self.problem(row, "pedt_fin", "le PEDT finit avant de commencer");
        }
        Pedt {
            declared: answer.or_else(|| is_told.then_some(true)),
            ..pedt
        }
    }

    /// « matin / soir »: none for all of them.
    fn pedt_times(&mut self, row: u32) -> Vec<PedtTime> {
        let text = self.text(row, "pedt_temps");
        let mut times = Vec::new();
        for word in text.split([';', ',', '/', '+']).map(fold) {
            match word.parse() {
                Ok(time) => times.push(time),
                Err(_) if word.is_empty() => {}
                Err(_) => {
                    let known: Vec<&str> = PedtTime::ALL.iter().map(|t| t.as_str()).collect();
                    let message = format!(
                        "« {word} » n’est pas un temps de PEDT ; admis : {}",
                        known.join(", ")
                    );
                    self.problem(row, "pedt_temps", &message);
                }
            }
        }
        times.sort_unstable();
        times.dedup();
        times
    }

    fn finish(self) -> Result<()> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(told(self.file, &self.problems))
        }
    }
}

/// Problems, one a line, each with its cell.
fn told(file: &str, problems: &[RegistryProblem]) -> Error {
    let lines = problems.iter().map(|problem| match problem.cell {
        Some(cell) => format!("{file}, cellule {cell} : {}.", problem.message),
        None => format!("{file} : {}.", problem.message),
    });
    Error::Config(lines.collect::<Vec<_>>().join("\n"))
}
