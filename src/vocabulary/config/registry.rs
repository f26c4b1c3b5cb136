//! The registry of structures: who they are, and which one a name or a code leads to.

use crate::base::day::Day;
use std::collections::HashMap;
use std::sync::OnceLock;

use super::name_words::{NameWords, PlaceNames};
use crate::base::text::{Suggestion, fold, suggest};
use crate::vocabulary::referentiel::{Pedt, PedtTime, StructureType};

/// One accueil.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Stable code.
    pub code: String,
    /// Name.
    pub nom: String,
    /// Other names that people give it, learnt once confirmed.
    pub alias: Vec<String>,
    /// Kind of accueil.
    pub kind: StructureType,
    /// Sector or pole.
    pub secteur: String,
    /// Commune.
    pub commune: String,
    /// INSEE code, text.
    pub insee: String,
    /// The PEDT that covers it.
    pub pedt: Pedt,
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
    /// First day; none when it has always been.
    pub ouverture: Option<Day>,
    /// Last day; none when it goes on.
    pub fermeture: Option<Day>,
    /// What its own words say of it.
    pub told: ToldByAccueil,
}

/// What the registry says of an accueil in words of its own, each empty when nobody wrote it. Somebody may have
/// named a person there: nothing of it is printed unscreened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldByAccueil {
    /// When it is open.
    pub horaires: String,
    /// What families pay.
    pub tarifs: String,
    /// Whom it works with.
    pub partenaires: String,
    /// Under which contracts its team works.
    pub contrats: String,
}

/// Name of the line that shows how the registry is filled in.
const EXAMPLE_LINE: &str = "Accueil à nommer";

impl Structure {
    /// Whether it is the line that a new registry holds for an example: nobody awaits anything of it.
    pub fn is_example(&self) -> bool {
        self.nom == EXAMPLE_LINE
    }

    /// Places that are declared, both ages together; none when those of one are not said: an empty cell is
    /// no zero, and an accueil without children under six writes 0.
    pub fn places(&self) -> Option<u32> {
        Some(self.capacite_moins6? + self.capacite_6plus?)
    }

    /// Whether the Plan mercredi may concern it: it receives children on Wednesdays, under a PEDT that covers them.
    pub fn is_of_plan_mercredi(&self) -> bool {
        let times = &self.pedt.temps;
        matches!(self.kind, StructureType::Mercredi | StructureType::Mixte)
            && self.pedt.is_declared()
            && (times.is_empty() || times.contains(&PedtTime::Mercredi))
    }

    /// Whether it is open at some time between two days.
    pub fn active(&self, debut: Day, fin: Day) -> bool {
        self.ouverture.is_none_or(|first| first <= fin)
            && self.fermeture.is_none_or(|last| last >= debut)
    }
}

/// How a name or code written in a file leads to a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// By its code.
    Code(usize),
    /// By its name or one of its other names, case, accents, hyphens and « St/Saint » aside.
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
    words: OnceLock<NameWords>,
}

impl Registry {
    /// Indexes structures; codes are known to be unique.
    pub(crate) fn new(mut structures: Vec<Structure>, ignored: Vec<String>) -> Self {
        structures.sort_by(|a, b| a.code.cmp(&b.code));
        let mut registry = Self {
            structures,
            ignored,
            ..Self::default()
        };
        for (i, s) in registry.structures.iter().enumerate() {
            registry.by_code.insert(fold(&s.code), i);
            for name in std::iter::once(&s.nom).chain(&s.alias) {
                let bearers = registry.by_name.entry(fold(name)).or_default();
                if !bearers.contains(&i) {
                    bearers.push(i);
                }
            }
        }
        registry
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

    /// Structures whose names share the words of a name that is nobody's: « Jean Moulin » finds
    /// « Périscolaire Jean Moulin ». They are proposed, never taken.
    pub(crate) fn neighbours(&self, written: &str) -> Vec<&Structure> {
        let places = self.structures.iter().map(|s| PlaceNames {
            names: std::iter::once(&s.nom)
                .chain(&s.alias)
                .map(String::as_str)
                .collect(),
            commune: &s.commune,
        });
        let words = self.words.get_or_init(|| NameWords::of(places));
        let found = words.neighbours(written).into_iter();
        found.map(|i| &self.structures[i]).collect()
    }

    fn nearest(&self, written: &str) -> Suggestion {
        let names = self.structures.iter().flat_map(|s| [&s.code, &s.nom]);
        suggest(written, names.map(String::as_str))
    }
}
