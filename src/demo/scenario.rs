//! What to simulate: sites, campaigns, and the folder's settings and registry that go with them.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::civil::date;

use super::dice::WordDice;
use super::told_sites::{TOLD_COLUMNS, told_cells};
use crate::base::day::Day;
use crate::vocabulary::config::COLUMNS;
use crate::vocabulary::referentiel::{Referentiel, SourceCode, StructureType};

/// A fictitious site.
#[derive(Debug, Clone)]
pub struct DemoSite {
    /// Code.
    pub code: String,
    /// Invented name.
    pub nom: String,
    /// Kind of accueil.
    pub kind: StructureType,
    /// Sector.
    pub secteur: Cow<'static, str>,
    /// Real commune, as a place only.
    pub commune: &'static str,
    /// INSEE code of the commune.
    pub insee: &'static str,
    /// Whether a PEDT covers it.
    pub pedt: bool,
    /// Places, when they are declared.
    pub capacity: Option<Capacity>,
    /// Days open a year.
    pub days: u32,
    /// Degrees north.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
    /// First day, ISO or empty.
    pub opens: Option<Day>,
    /// Last day, ISO or empty.
    pub closes: Option<Day>,
    /// Mean quality hidden behind everything, on 1..4.
    pub quality: f64,
    /// Families that use the site.
    pub families: u32,
    /// Animateurs.
    pub staff: u32,
}

/// Places of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Under six.
    pub under6: u32,
    /// From six on.
    pub over6: u32,
}

/// A fictitious campaign.
#[derive(Debug, Clone)]
pub struct DemoCampaign {
    /// Id.
    pub id: String,
    /// Label.
    pub label: String,
    /// First day.
    pub first_day: Day,
    /// Last day.
    pub last_day: Day,
    /// Expected critères; empty means all.
    pub criteres: Vec<String>,
    /// Expected sources; empty means all.
    pub sources: Vec<SourceCode>,
}

impl DemoCampaign {
    /// Whether a source is collected.
    pub(super) fn has(&self, source: SourceCode) -> bool {
        self.sources.is_empty() || self.sources.contains(&source)
    }

    /// Whether a critère is collected.
    pub(super) fn asks(&self, critere: &str) -> bool {
        self.criteres.is_empty() || self.criteres.iter().any(|c| c == critere)
    }
}

/// An experiment of one pilot.
#[derive(Debug, Clone)]
pub struct DemoExperiment {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub intitule: &'static str,
    /// Code of the pilot.
    pub pilot: &'static str,
    /// Critères that are expected to move.
    pub expected: &'static [&'static str],
}

/// Everything to simulate.
#[derive(Debug, Clone)]
pub struct DemoScenario {
    /// Seed of every draw.
    pub seed: u64,
    /// Name of the territory.
    pub territory: &'static str,
    /// Sites in order of code.
    pub sites: Vec<DemoSite>,
    /// Campaigns in order of time.
    pub campaigns: Vec<DemoCampaign>,
    /// What the pilot of an experiment is expected to change; none without experiment.
    pub experiment: Option<DemoExperiment>,
    /// Family answers per site, when the user fixes it.
    pub answers: Option<usize>,
    /// Whether the particularities of the shipped example apply.
    pub exemple: bool,
}

impl DemoScenario {
    /// Sites open during a campaign.
    pub(super) fn open_sites<'a>(
        &'a self,
        campaign: &'a DemoCampaign,
    ) -> impl Iterator<Item = &'a DemoSite> {
        self.sites.iter().filter(|s| {
            s.opens.is_none_or(|day| day <= campaign.last_day)
                && s.closes.is_none_or(|day| day >= campaign.first_day)
        })
    }
}

const SECTORS: [&str; 3] = ["Ouest", "Central", "Est"];
const NAMES: [&str; 16] = [
    "Les Charmes",
    "La Source",
    "Le Verger",
    "Les Hirondelles",
    "La Clairière",
    "Les Bleuets",
    "Le Moulin",
    "Les Cerisiers",
    "La Passerelle",
    "Les Roseaux",
    "Le Chêne",
    "Les Alouettes",
    "La Prairie",
    "Les Noisetiers",
    "Le Vallon",
    "Les Coquelicots",
];

/// A territory of any size.
pub fn random(
    _referentiel: &Referentiel,
    structures: usize,
    campaigns: usize,
    seed: u64,
    answers: Option<usize>,
) -> DemoScenario {
    let sites = (1..=structures).map(|i| site(seed, i)).collect();
    let campaigns = (0..campaigns)
        .map(|k| {
            let year = 2026 + i16::try_from(k / 2).unwrap_or(0);
            let (label, start, end) = if k % 2 == 0 {
                ("printemps", date(year, 4, 27), date(year, 7, 3))
            } else {
                ("automne", date(year, 11, 2), date(year, 12, 11))
            };
            DemoCampaign {
                id: format!("C{}", k + 1),
                label: format!("Campagne fictive, {label} {year}"),
                first_day: start.into(),
                last_day: end.into(),
                criteres: Vec::new(),
                sources: Vec::new(),
            }
        })
        .collect();
    DemoScenario {
        seed,
        territory: "Territoire fictif",
        sites,
        campaigns,
        experiment: None,
        answers,
        exemple: false,
    }
}

/// A territory as large as a département or a country: its secteurs are of thirty sites, as a
/// commune's are, however many there are.
pub fn vast(
    referentiel: &Referentiel,
    structures: usize,
    campaigns: usize,
    seed: u64,
) -> DemoScenario {
    let mut plan = random(referentiel, structures, campaigns, seed, None);
    for (i, site) in plan.sites.iter_mut().enumerate() {
        site.secteur = format!("Secteur {}", i / 30 + 1).into();
    }
    plan
}

fn site(seed: u64, i: usize) -> DemoSite {
    let code = format!("S{i:03}");
    let mut dice = WordDice::new(seed, &["site", &code]);
    let kind = *dice.pick(&[
        StructureType::Mixte,
        StructureType::Periscolaire,
        StructureType::Periscolaire,
        StructureType::PeriscolaireRepas,
        StructureType::Mercredi,
        StructureType::Extrascolaire,
    ]);
    let name = NAMES[i % NAMES.len()];
    let what = if matches!(
        kind,
        StructureType::Periscolaire | StructureType::PeriscolaireRepas
    ) {
        "Périscolaire"
    } else {
        "ALSH"
    };
    let capacity = Capacity {
        under6: dice.between(10, 40),
        over6: dice.between(18, 80),
    };
    DemoSite {
        nom: format!("{what} {name} {i}"),
        code,
        kind,
        secteur: SECTORS[i % 3].into(),
        commune: "",
        insee: "",
        pedt: dice.chance(0.8),
        capacity: Some(capacity),
        days: dice.between(36, 180),
        north: 49.2 + dice.uniform() * 0.3,
        east: 0.5 + dice.uniform() * 0.5,
        opens: None,
        closes: None,
        quality: 3.0 + 0.35 * dice.normal(),
        families: dice.between(12, 70),
        staff: (capacity.under6 / 10 + capacity.over6 / 14).max(2) + 1,
    }
}

/// `data/structures.csv` of a plan.
pub fn registry_csv(plan: &DemoScenario) -> String {
    let mut columns = COLUMNS.to_vec();
    if plan.exemple {
        columns.extend(TOLD_COLUMNS);
    }
    let mut text = format!("\u{feff}{}\r\n", columns.join(","));
    for s in &plan.sites {
        let (small, big) = s.capacity.map_or_else(Default::default, |c| {
            (c.under6.to_string(), c.over6.to_string())
        });
        let _ = write!(
            text,
            "{},{},{},{},{},{},{},{small},{big},{},{:.4},{:.4},{},{}",
            s.code,
            s.nom,
            s.kind.as_str(),
            s.secteur,
            s.commune,
            s.insee,
            if s.pedt { "oui" } else { "non" },
            s.days,
            s.north,
            s.east,
            s.opens.map_or_else(String::new, |day| day.to_string()),
            s.closes.map_or_else(String::new, |day| day.to_string())
        );
        // No PEDT of the example has an end nor times of its own.
        if plan.exemple {
            let _ = write!(text, ",,,,{}", told_cells(&s.code));
        }
        text.push_str("\r\n");
    }
    text
}

/// `"PRO-1", "REL-2"`.
fn quoted(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
    items.join(", ")
}

/// `observatoire.toml` of a plan.
pub fn settings_toml(plan: &DemoScenario) -> String {
    let mut text = format!(
        "# Réglages de l’observatoire. DONNÉES FICTIVES : aucun de ces accueils n’existe.\n\n\
         [territoire]\nnom = \"{}\"\ndonnees_fictives = true\n\
         contact = \"Service enfance (fictif)\"\n\n\
         # Numéros réservés aux fictions : personne n’y répond.\n\
         [protection]\norganisateur = \"02 61 91 00 01\"\nsdjes = \"02 61 91 00 02\"\ncrip = \"02 61 91 00 03\"\n",
        plan.territory
    );
    for c in &plan.campaigns {
        let _ = write!(
            text,
            "\n[[campagnes]]\nid = \"{}\"\nlabel = \"{}\"\ndebut = \"{}\"\nfin = \"{}\"\nreferentiel = \"v2\"\n",
            c.id, c.label, c.first_day, c.last_day
        );
        if !c.criteres.is_empty() {
            let codes: Vec<&str> = c.criteres.iter().map(String::as_str).collect();
            let codes = quoted(&codes);
            let _ = writeln!(text, "criteres = [{codes}]");
        }
        if !c.sources.is_empty() {
            let codes: Vec<&str> = c.sources.iter().map(|s| s.as_str()).collect();
            let codes = quoted(&codes);
            let _ = writeln!(text, "sources = [{codes}]");
        }
    }
    if let Some(e) = &plan.experiment {
        let _ = write!(
            text,
            "\n# Ce que l’expérimentation attend de voir changer chez son pilote.\n[[experimentations]]\ncode = \"{}\"\nintitule = \"{}\"\npilotes = [\"{}\"]\nattendus = [{}]\n",
            e.code,
            e.intitule,
            e.pilot,
            quoted(e.expected)
        );
    }
    text
}
