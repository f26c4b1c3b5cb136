//! The registry of structures, `data/structures.csv` or `data/structures.xlsx`.

use std::collections::HashMap;
use std::path::Path;

use crate::base::diagnostics::CellRef;
use crate::base::error::{Error, Result};
use crate::base::sheets::{Sheet, open};
use crate::base::text::{LONGEST_WORD, Suggestion, fold, suggest};
use crate::vocabulary::referentiel::StructureType;

/// Columns of the registry, in the order of the contract.
pub const COLUMNS: [&str; 14] = [
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
];

/// One accueil.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Stable code.
    pub code: String,
    /// Name.
    pub nom: String,
    /// Kind of accueil.
    pub kind: StructureType,
    /// Sector or pole.
    pub secteur: String,
    /// Commune.
    pub commune: String,
    /// INSEE code, text.
    pub insee: String,
    /// Whether a PEDT covers it.
    pub pedt: bool,
    /// Places under six.
    pub capacite_moins6: Option<u32>,
    /// Places six and over.
    pub capacite_6plus: Option<u32>,
    /// Days open a year.
    pub jours_an: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// First day, ISO, empty when it has always been.
    pub ouverture: String,
    /// Last day, ISO, empty when it goes on.
    pub fermeture: String,
}

impl Structure {
    /// Whether it is open at some time between two ISO dates.
    pub fn active(&self, debut: &str, fin: &str) -> bool {
        (self.ouverture.is_empty() || self.ouverture.as_str() <= fin)
            && (self.fermeture.is_empty() || self.fermeture.as_str() >= debut)
    }
}

/// How a name or code written in a file leads to a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// By its code.
    Code(usize),
    /// By its name, case, accents, hyphens and « St/Saint » aside.
    Name(usize),
    /// Several structures bear this name.
    Ambiguous(Vec<String>),
    /// Nobody; the codes and names that resemble.
    Unknown(Suggestion),
}

/// All structures, ordered by code.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    structures: Vec<Structure>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    ignored: Vec<String>,
}

impl Registry {
    /// Indexes structures; codes are known to be unique.
    fn new(mut structures: Vec<Structure>) -> Self {
        structures.sort_by(|a, b| a.code.cmp(&b.code));
        let mut registry = Self {
            structures,
            ..Self::default()
        };
        for (i, s) in registry.structures.iter().enumerate() {
            registry.by_code.insert(fold(&s.code), i);
            registry.by_name.entry(fold(&s.nom)).or_default().push(i);
        }
        registry
    }

    /// Reads the registry of an observatory folder.
    pub fn read(root: &Path) -> Result<Self> {
        let data = root.join("data");
        let path = ["structures.csv", "structures.xlsx"]
            .into_iter()
            .map(|name| data.join(name))
            .find(|p| p.is_file())
            .ok_or_else(|| {
                Error::Config(format!(
                    "{} : le registre structures.csv (ou structures.xlsx) manque.",
                    data.display()
                ))
            })?;
        let bytes = std::fs::read(&path).map_err(Error::io(&path, "lecture"))?;
        parse_registry(&path, &bytes)
    }

    /// Structures by code.
    pub fn all(&self) -> &[Structure] {
        &self.structures
    }

    /// Headings of the file that mean nothing to the program.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// A structure by its exact code.
    pub fn get(&self, code: &str) -> Option<&Structure> {
        self.by_code.get(&fold(code)).map(|&i| &self.structures[i])
    }

    /// By code, else by exact folded name, else the nearest; never a guess.
    pub fn resolve(&self, written: &str) -> Resolution {
        let wanted = fold(written);
        if let Some(&i) = self.by_code.get(&wanted) {
            return Resolution::Code(i);
        }
        match self.by_name.get(&wanted).map(Vec::as_slice) {
            Some([i]) => Resolution::Name(*i),
            Some(many) => Resolution::Ambiguous(
                many.iter()
                    .map(|&i| self.structures[i].code.clone())
                    .collect(),
            ),
            None => match self.code_and_name(written) {
                Some(i) => Resolution::Code(i),
                None => Resolution::Unknown(self.nearest(written)),
            },
        }
    }

    /// « R01 ALSH Les Colombages », « R01 - ALSH Les Colombages »: both must be the same structure's.
    fn code_and_name(&self, written: &str) -> Option<usize> {
        let (code, name) = written.trim().split_once(' ')?;
        let &i = self.by_code.get(&fold(code))?;
        (fold(&self.structures[i].nom) == fold(name)).then_some(i)
    }

    fn nearest(&self, written: &str) -> Suggestion {
        let names = self.structures.iter().flat_map(|s| [&s.code, &s.nom]);
        suggest(written, names.map(String::as_str))
    }
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
    let mut registry = Registry::new(structures);
    registry.ignored = ignored;
    Ok(registry)
}

/// Reads rows by column name and collects what is wrong.
struct RegistryReader<'a> {
    file: &'a str,
    sheet: &'a Sheet,
    columns: HashMap<&'static str, u32>,
    seen: HashMap<String, u32>,
    problems: Vec<String>,
    ignored: Vec<String>,
}

/// The column that a heading was meant to be, two slips away at most; a longer way off, it is a
/// column of the user's own.
fn misspelt(name: &str) -> Option<&'static str> {
    COLUMNS
        .into_iter()
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
            if let Some(known) = COLUMNS.iter().find(|c| **c == name) {
                if columns.insert(*known, cell.col).is_some() {
                    problems.push(format!(
                        "{file}, cellule {at} : la colonne « {known} » est déjà là."
                    ));
                }
            } else if let Some(near) = misspelt(&name) {
                problems.push(format!(
                    "{file}, cellule {at} : colonne « {written} » inconnue ; la plus proche est « {near} »."
                ));
            } else {
                ignored.push(written);
            }
        }
        let missing: Vec<&str> = ["code", "nom", "type"]
            .into_iter()
            .filter(|c| !columns.contains_key(c))
            .collect();
        if !missing.is_empty() {
            problems.push(format!(
                "{file} : il manque au registre la colonne {} ; colonnes attendues : {}.",
                missing.join(", "),
                COLUMNS.join(", ")
            ));
            return Err(Error::Config(problems.join("\n")));
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
        let cell = CellRef::new(row, col);
        self.problems
            .push(format!("{}, cellule {cell} : {message}.", self.file));
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

    fn date(&mut self, row: u32, column: &str) -> String {
        let text = self.text(row, column);
        if text.is_empty() {
            return text;
        }
        if let Some(date) = crate::base::text::iso_date(&text) {
            return date;
        }
        self.problem(
            row,
            column,
            &format!("« {text} » n’est pas une date (AAAA-MM-JJ)"),
        );
        String::new()
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
        let pedt = self.text(row, "pedt");
        let pedt = match fold(&pedt).as_str() {
            "oui" | "o" | "1" | "vrai" => true,
            "" | "non" | "n" | "0" | "faux" | "–" | "-" => false,
            _ => {
                let message = format!("« {pedt} » : répondez oui ou non");
                self.problem(row, "pedt", &message);
                false
            }
        };
        Some(Structure {
            nom: self.text(row, "nom"),
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
            code,
        })
    }

    fn finish(self) -> Result<()> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Config(self.problems.join("\n")))
        }
    }
}
