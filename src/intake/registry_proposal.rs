//! A list of accueils beside the registry: which are there already, what of them would change, which are new and
//! under which code. A name that only resembles one is asked, never taken.

use std::collections::{BTreeMap, BTreeSet};

use super::registry_twins::{is_there, twins};
use crate::base::error::Result;
use crate::base::text::fold;
use crate::intake::sources::accueil_list::{ListField, ListedAccueil};
use crate::vocabulary::config::{
    CodeBearer, Observatory, Registry, RegistryEdit, Resolution, Structure, registry_column,
};
use crate::vocabulary::referentiel::StructureType;

/// What a person said of the lines of a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct SaidOfLines {
    /// The type of accueils of which nothing says it.
    pub(crate) kind: Option<StructureType>,
    /// Name in the list → code of the accueil that it is.
    pub(crate) same: BTreeMap<String, String>,
    /// Names of accueils that are new, whatever they resemble.
    pub(crate) new: Vec<String>,
}

/// A cell of the registry that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellChange {
    /// Column of the registry.
    pub(crate) column: &'static str,
    /// What it holds.
    pub(crate) old: String,
    /// What the list says.
    pub(crate) new: String,
}

/// What becomes of an accueil of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ListedFate {
    /// The registry says the same.
    Unchanged {
        /// Its code.
        code: String,
    },
    /// Cells of it would change.
    Changed {
        /// Its code.
        code: String,
        /// Which ones.
        cells: Vec<CellChange>,
    },
    /// It would enter.
    New {
        /// Code proposed.
        code: String,
        /// Its type.
        kind: StructureType,
        /// Whether the type is only supposed.
        supposed: bool,
    },
    /// A person has something to say first: it stays out until then.
    Asked(AskedOfLine),
}

/// What is asked of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AskedOfLine {
    /// Which type it is of.
    Type {
        /// Two were said at once.
        both: bool,
    },
    /// Whether it is one of these, code and name.
    Same(Vec<(String, String)>),
    /// Whether it is another line of the list, by its name.
    Twin(String),
}

/// An accueil of the list and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProposedLine {
    /// As the list says it.
    pub(crate) accueil: ListedAccueil,
    /// What becomes of it.
    pub(crate) fate: ListedFate,
}

/// Compares accueils of a list with a registry, in order; `fresh` is a registry that nobody filled in.
///
/// # Errors
///
/// What the registry held before, that cannot be listed.
pub(crate) fn proposed_lines(
    accueils: &[ListedAccueil],
    observatory: &Observatory,
    fresh: bool,
    said: &SaidOfLines,
) -> Result<Vec<ProposedLine>> {
    let nobody = Registry::default();
    let registry = if fresh {
        &nobody
    } else {
        &observatory.registry
    };
    let mut codes = FreeCodes::of(registry, observatory.codes_ever()?);
    codes.keep(accueils.iter().map(|a| a.cell(ListField::Code)));
    let compared = Comparing {
        registry,
        observatory,
        said,
    };
    let mut lines: Vec<ProposedLine> = Vec::new();
    for accueil in accueils {
        let is_new = matches!(compared.known(accueil), ListedAs::Nobody) && !said.is_new(accueil);
        let twin = lines
            .iter()
            .filter(|_| is_new)
            .find(|l| enters(&l.fate) && twins(&l.accueil, accueil));
        let fate = match twin {
            Some(twin) => ListedFate::Asked(AskedOfLine::Twin(twin.accueil.name().to_owned())),
            None => compared.fate(accueil, &mut codes),
        };
        lines.push(ProposedLine {
            accueil: accueil.clone(),
            fate,
        });
    }
    Ok(lines)
}

impl SaidOfLines {
    /// Whether a person said that it is an accueil of its own.
    fn is_new(&self, accueil: &ListedAccueil) -> bool {
        let wanted = fold(accueil.name());
        self.new.iter().any(|n| fold(n) == wanted)
    }
}

/// Whether a line enters, now or once its type is said.
fn enters(fate: &ListedFate) -> bool {
    matches!(
        fate,
        ListedFate::New { .. } | ListedFate::Asked(AskedOfLine::Type { .. })
    )
}

/// The changes that lines make in the registry.
pub(crate) fn edits_of(lines: &[ProposedLine]) -> Vec<RegistryEdit> {
    let mut edits = Vec::new();
    for line in lines {
        match &line.fate {
            ListedFate::Changed { code, cells } => {
                edits.extend(cells.iter().map(|cell| RegistryEdit::Cell {
                    code: code.clone(),
                    column: cell.column,
                    text: cell.new.clone(),
                }));
            }
            ListedFate::New { code, kind, .. } => {
                let mut cells = cells_of(&line.accueil);
                cells.insert("code", code.clone());
                cells.insert("type", kind.as_str().to_owned());
                edits.push(RegistryEdit::Line(cells));
            }
            ListedFate::Unchanged { .. } | ListedFate::Asked(_) => {}
        }
    }
    edits
}

/// Cells of a line that the registry has a column for.
fn cells_of(accueil: &ListedAccueil) -> BTreeMap<&'static str, String> {
    let cells = accueil.cells.iter().filter(|(f, _)| f.is_of_registry());
    cells
        .filter_map(|(field, text)| Some((registry_column(field.as_str())?, text.clone())))
        .collect()
}

struct Comparing<'a> {
    registry: &'a Registry,
    observatory: &'a Observatory,
    said: &'a SaidOfLines,
}

impl Comparing<'_> {
    fn fate(&self, accueil: &ListedAccueil, codes: &mut FreeCodes) -> ListedFate {
        match self.known(accueil) {
            ListedAs::Is(structure) => self.compared(accueil, structure),
            ListedAs::Said(structure) => self.said_to_be(accueil, structure),
            ListedAs::MayBe(places) => ListedFate::Asked(AskedOfLine::Same(places)),
            ListedAs::Nobody => self.entering(accueil, codes),
        }
    }

    /// Which structure of the registry it is.
    fn known(&self, accueil: &ListedAccueil) -> ListedAs<'_> {
        let name = accueil.name();
        let wanted = fold(name);
        let same = self.said.same.iter().find(|(n, _)| fold(n) == wanted);
        if let Some(structure) = same.and_then(|(_, code)| self.registry.get(code)) {
            return ListedAs::Said(structure);
        }
        let code = accueil.cell(ListField::Code);
        if let Some(structure) = self.registry.get(code).filter(|_| !code.is_empty()) {
            return ListedAs::Is(structure);
        }
        if self.said.is_new(accueil) {
            return ListedAs::Nobody;
        }
        let all = self.registry.all();
        match self.registry.resolve(name) {
            Resolution::Code(i) | Resolution::Name(i) => Self::of_its_commune(accueil, &all[i]),
            Resolution::Ambiguous(several) => {
                let several = several.iter().filter_map(|c| self.registry.get(c));
                let alike: Vec<&Structure> = several.filter(|s| is_there(accueil, s)).collect();
                match alike.as_slice() {
                    [one] if !accueil.cell(ListField::Commune).is_empty() => ListedAs::Is(one),
                    _ => ListedAs::MayBe(alike.iter().map(|s| told(s)).collect()),
                }
            }
            Resolution::Unknown(_) => {
                let near = self.registry.neighbours(name).into_iter();
                let near: Vec<_> = near.filter(|s| is_there(accueil, s)).map(told).collect();
                if near.is_empty() {
                    ListedAs::Nobody
                } else {
                    ListedAs::MayBe(near)
                }
            }
        }
    }

    /// The same name in another commune is asked: « École Jules-Ferry » is in many.
    fn of_its_commune<'s>(accueil: &ListedAccueil, structure: &'s Structure) -> ListedAs<'s> {
        if is_there(accueil, structure) {
            ListedAs::Is(structure)
        } else {
            ListedAs::MayBe(vec![told(structure)])
        }
    }

    fn compared(&self, accueil: &ListedAccueil, structure: &Structure) -> ListedFate {
        let held = self.observatory.registry_cells(&structure.code);
        let mut said = cells_of(accueil);
        said.remove("code");
        if let Some(kind) = accueil.kind.filter(|k| !k.supposed) {
            said.insert("type", kind.kind.as_str().to_owned());
        }
        let mut cells = Vec::new();
        for (column, new) in said {
            let old = held.get(column).cloned().unwrap_or_default();
            let alias = column == "nom" && structure.alias.iter().any(|a| fold(a) == fold(&new));
            if !same(column, &old, &new) && !alias {
                cells.push(CellChange { column, old, new });
            }
        }
        let code = structure.code.clone();
        if cells.is_empty() {
            ListedFate::Unchanged { code }
        } else {
            ListedFate::Changed { code, cells }
        }
    }

    /// The registry keeps its name, and learns the one of the list.
    fn said_to_be(&self, accueil: &ListedAccueil, structure: &Structure) -> ListedFate {
        let fate = self.compared(accueil, structure);
        let code = structure.code.clone();
        let mut cells = match fate {
            ListedFate::Changed { cells, .. } => cells,
            _ => Vec::new(),
        };
        cells.retain(|cell| cell.column != "nom");
        let mut names = structure.alias.clone();
        let wanted = fold(accueil.name());
        let known = names
            .iter()
            .chain([&structure.nom])
            .any(|n| fold(n) == wanted);
        if !known && let Some(column) = registry_column("alias") {
            let old = names.join(" ; ");
            names.push(accueil.name().to_owned());
            let new = names.join(" ; ");
            cells.push(CellChange { column, old, new });
        }
        if cells.is_empty() {
            ListedFate::Unchanged { code }
        } else {
            ListedFate::Changed { code, cells }
        }
    }

    fn entering(&self, accueil: &ListedAccueil, codes: &mut FreeCodes) -> ListedFate {
        let said = accueil.kind.map(|k| (k.kind, k.supposed));
        let Some((kind, supposed)) = said.or_else(|| Some((self.said.kind?, false))) else {
            return ListedFate::Asked(AskedOfLine::Type { both: accueil.both });
        };
        let own = accueil.cell(ListField::Code);
        let code = if own.is_empty() {
            codes.given(accueil, kind)
        } else {
            own.to_owned()
        };
        ListedFate::New {
            code,
            kind,
            supposed,
        }
    }
}

enum ListedAs<'a> {
    Is(&'a Structure),
    /// A person said so: its name in the list is another name.
    Said(&'a Structure),
    MayBe(Vec<(String, String)>),
    Nobody,
}

fn told(structure: &Structure) -> (String, String) {
    (structure.code.clone(), structure.nom.clone())
}

/// Whether two texts say the same in a column.
fn same(column: &str, old: &str, new: &str) -> bool {
    let number = |text: &str| text.replace(',', ".").parse::<f64>().ok();
    match column {
        "latitude" | "longitude" => number(old) == number(new),
        _ => fold(old) == fold(new),
    }
}

/// Codes that nobody bears nor ever bore, in the manner of those that are there.
struct FreeCodes {
    taken: BTreeSet<String>,
    /// Codes that left the registry, with who bore them.
    left: BTreeMap<String, BTreeSet<CodeBearer>>,
    /// Type → the letters that most of its codes begin with.
    letters: BTreeMap<StructureType, String>,
}

impl FreeCodes {
    fn of(registry: &Registry, ever: BTreeMap<String, BTreeSet<CodeBearer>>) -> Self {
        let mut counts: BTreeMap<StructureType, BTreeMap<String, usize>> = BTreeMap::new();
        for s in registry.all() {
            let letters: String = s.code.chars().take_while(|c| c.is_alphabetic()).collect();
            if letters.len() < s.code.len() && !letters.is_empty() {
                *counts
                    .entry(s.kind)
                    .or_default()
                    .entry(letters)
                    .or_default() += 1;
            }
        }
        let most = |counts: BTreeMap<String, usize>| {
            let best = counts.into_iter().max_by_key(|(_, n)| *n);
            best.map(|(letters, _)| letters)
        };
        Self {
            taken: (registry.all().iter().map(|s| &s.code))
                .chain(ever.keys())
                .map(|code| fold(code))
                .collect(),
            left: (ever.into_iter())
                .filter(|(code, _)| registry.get(code).is_none())
                .collect(),
            letters: counts
                .into_iter()
                .filter_map(|(kind, counts)| Some((kind, most(counts)?)))
                .collect(),
        }
    }

    fn keep<'a>(&mut self, codes: impl Iterator<Item = &'a str> + Clone) {
        let kept: BTreeSet<String> = codes.clone().map(fold).collect();
        self.left.retain(|code, _| !kept.contains(&fold(code)));
        self.taken.extend(codes.filter(|c| !c.is_empty()).map(fold));
    }

    /// The code of an accueil that enters: the one that it had before it left, or the next one.
    fn given(&mut self, accueil: &ListedAccueil, kind: StructureType) -> String {
        let commune = accueil.cell(ListField::Commune);
        let bearer = CodeBearer::new(accueil.name(), commune, kind.as_str());
        let mut left = self.left.iter();
        let own = left.find(|(_, bearers)| bearers.contains(&bearer));
        let own = own.map(|(code, _)| code.clone());
        match own {
            Some(code) => {
                self.left.remove(&code);
                code
            }
            None => self.next(kind),
        }
    }

    /// The next one: after the greatest number of its letters, so that no code of a closed accueil serves twice.
    fn next(&mut self, kind: StructureType) -> String {
        let usual = match kind {
            StructureType::Extrascolaire | StructureType::Mercredi | StructureType::Mixte => "R",
            _ => "P",
        };
        let letters = self.letters.get(&kind).map_or(usual, String::as_str);
        let folded = fold(letters);
        let numbers = self.taken.iter().filter_map(|code| {
            let rest = code.strip_prefix(&folded)?;
            rest.parse::<u32>().ok()
        });
        let code = format!("{letters}{:02}", numbers.max().unwrap_or(0) + 1);
        self.taken.insert(fold(&code));
        code
    }
}
