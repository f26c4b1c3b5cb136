//! Random référentiels, registries and answers. The unit tests of the crate draw from here too, so that
//! nothing but `observatoire` is named.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use observatoire::base::diagnostics::CellRef;
use observatoire::figures::Scope;
use observatoire::intake::observations::{Observation, Observations, Statut};
use observatoire::vocabulary::config::{Registry, Settings, parse_registry};
use observatoire::vocabulary::referentiel::regulation::Regulation;
use observatoire::vocabulary::referentiel::{Element, MICRO, Referentiel, SourceCode, parse};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SCALES: &str = r#"
[[echelles]]
code = "niveaux4"
conversion = "niveaux"
statuts = ["nc", "no"]
modalites = [{ code = "1", label = "a", niveau = 1 }, { code = "2", label = "b", niveau = 2 },
  { code = "3", label = "c", niveau = 3 }, { code = "4", label = "d", niveau = 4 }]
[[echelles]]
code = "accord5"
conversion = "niveaux"
statuts = ["nsp"]
modalites = [{ code = "1", label = "a", niveau = 1 }, { code = "2", label = "b", niveau = 1.75 },
  { code = "3", label = "c", niveau = 2.5 }, { code = "4", label = "d", niveau = 3.25 },
  { code = "5", label = "e", niveau = 4 }]
[[echelles]]
code = "visages3"
conversion = "jamais"
statuts = ["nsp"]
modalites = [{ code = "1", label = "a" }, { code = "2", label = "b" }, { code = "3", label = "c" }]
[[echelles]]
code = "mesure"
conversion = "niveaux"
"#;
/// Day of the first visit, and of all that is no visit.
const FIRST: &str = "2026-05-12";
/// Day of the second visit.
const SECOND: &str = "2026-05-26";
const TYPES: [&str; 6] = [
    "extrascolaire",
    "mercredi",
    "mixte",
    "periscolaire",
    "periscolaire_repas",
    "non_declaree",
];
const MEASURES: [&str; 6] = [
    "I04",
    "I06c",
    "I17",
    "I16",
    "formes/animateurs",
    "partenaires",
];

pub struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0.next_u64() % n
    }

    fn chance(&mut self, p: f64) -> bool {
        self.0.random::<f64>() < p
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len() as u64) as usize]
    }

    fn weight(&mut self) -> String {
        ["0.5", "1", "1", "2", "\"1/3\""][self.below(5) as usize].to_owned()
    }

    fn types(&mut self) -> String {
        if self.chance(0.7) {
            return String::new();
        }
        let kept: Vec<String> = TYPES.iter().map(|t| format!("\"{t}\"")).collect();
        let kept: Vec<String> = kept.into_iter().filter(|_| self.chance(0.6)).collect();
        if kept.is_empty() {
            return String::new();
        }
        format!("types = [{}]\n", kept.join(", "))
    }

    fn referentiel(&mut self) -> String {
        let mut text = format!(
            "[referentiel]\nversion = \"v9\"\ntitre = \"au hasard\"\n[regles]\nelements_min = {}\n\
             couverture_critere = {}\ncouverture_axe = {}\neffectif_min = {}\nauto_remplace_obs = {}\n\
             note_globale = {}\n[poids_sources]\nDIR = {}\nAUT = {}\n{SCALES}",
            1 + self.below(3),
            self.pick(&["0.4", "0.5", "\"2/3\""]),
            self.pick(&["\"1/2\"", "\"2/3\"", "0.75"]),
            3 + self.below(4),
            self.chance(0.7),
            self.chance(0.5),
            1 + self.below(3),
            self.below(2),
        );
        for axe in &["PRO", "REL", "SEC"][..=self.below(3) as usize] {
            let _ = write!(
                text,
                "[[axes]]\ncode = \"{axe}\"\nlabel = \"{axe}\"\nmarque = \"▲\"\n"
            );
            for i in 1..=1 + self.below(4) {
                self.critere(&mut text, axe, &format!("{axe}-{i}"));
            }
        }
        text
    }

    fn critere(&mut self, text: &mut String, axe: &str, code: &str) {
        let (imperatif, weight) = (self.chance(0.3), self.weight());
        // One in five or so, without another throw: what follows stays as it was.
        let decided = if !imperatif && weight == "0.5" {
            "niveau = \"organisateur\"\n"
        } else {
            ""
        };
        let _ = write!(
            text,
            "[[criteres]]\ncode = \"{code}\"\naxe = \"{axe}\"\nlabel = \"{code}\"\nimperatif = {imperatif}\n\
             poids = {weight}\n{decided}descripteurs = [\"a\", \"b\", \"c\", \"d\"]\n{}",
            self.types()
        );
        if self.chance(0.3) {
            let _ = writeln!(
                text,
                "poids_sources = {{ FAM = {}, OBS = {} }}",
                self.below(3),
                1 + self.below(3)
            );
        }
        let mut any = false;
        for source in SourceCode::ALL {
            let many = if self.chance(0.45) {
                1 + self.below(3)
            } else {
                0
            };
            let many = if !any && source == SourceCode::Don {
                many.max(1)
            } else {
                many
            };
            for i in 1..=many {
                any = true;
                self.element(text, source, &format!("{code}-{source}-{i}"));
            }
        }
    }

    fn element(&mut self, text: &mut String, source: SourceCode, code: &str) {
        let scale = match source {
            SourceCode::Don => "mesure",
            SourceCode::Enf => "visages3",
            s if s.is_questionnaire() => "accord5",
            _ => "niveaux4",
        };
        let _ = write!(
            text,
            "[[criteres.elements]]\ncode = \"{code}\"\nsource = \"{source}\"\nechelle = \"{scale}\"\n\
             label = \"x\"\npoids = {}\n{}",
            self.weight(),
            self.types()
        );
        if source == SourceCode::Don {
            let _ = writeln!(
                text,
                "mesure = \"{}\"\nseuils = [0.2, 0.5, 0.9]",
                self.pick(&MEASURES)
            );
        } else if source.is_questionnaire() && self.chance(0.2) {
            text.push_str("polarite = \"negative\"\n");
        }
    }
}

/// What a cell holds.
struct DrawnAnswer {
    statut: Statut,
    micro: Option<i64>,
    /// Position in the scale, polarity applied.
    modality: Option<i64>,
    raw: String,
}

impl DrawnAnswer {
    fn absent(statut: Statut) -> Self {
        Self {
            statut,
            micro: None,
            modality: None,
            raw: String::new(),
        }
    }

    fn measure(raw: String) -> Self {
        Self {
            raw,
            ..Self::absent(Statut::Note)
        }
    }
}

/// Answers of one campaign, as importing would have typed them.
struct Maker<'a> {
    dice: &'a mut Dice,
    referentiel: &'a Referentiel,
    all: Vec<Observation>,
}

impl Maker<'_> {
    fn push(
        &mut self,
        structure: &str,
        source: SourceCode,
        who: [&str; 3],
        element: &str,
        answer: DrawnAnswer,
    ) {
        self.all.push(Observation {
            campagne: "C1".into(),
            structure: structure.into(),
            source,
            version: "v9".into(),
            visite: who[0].into(),
            observateur: who[1].into(),
            repondant: who[2].into(),
            date: if who[0] == "V2" { SECOND } else { FIRST }.into(),
            element: element.into(),
            statut: answer.statut,
            micro: answer.micro,
            modalite: answer.modality,
            valeur_brute: answer.raw,
            commentaire: String::new(),
            feuille: "".into(),
            cellule: CellRef::new(0, 0),
            unite: "".into(),
        });
    }

    /// A modality of the scale, or one of its reasoned absences.
    fn answer(&mut self, element: &Element, imperatif: bool) -> DrawnAnswer {
        let scale = &self.referentiel.scales[element.scale];
        let absent = DrawnAnswer::absent;
        match self.dice.below(10) {
            0 => absent(Statut::Vide),
            1 if scale.no => absent(Statut::No),
            1 | 2 if scale.nsp => absent(Statut::Nsp),
            2 | 3 if scale.nc && !imperatif => absent(Statut::Nc),
            _ => {
                let size = scale.modalities.len();
                let k = self.dice.below(size as u64) as usize;
                let flip = |m: i64| if element.negative { 5 * MICRO - m } else { m };
                let rank = if element.negative { size - 1 - k } else { k };
                DrawnAnswer {
                    statut: Statut::Note,
                    micro: scale.modalities[k].micro.map(flip),
                    modality: Some(rank as i64),
                    raw: scale.modalities[k].code.clone(),
                }
            }
        }
    }

    fn grid(&mut self, structure: &str, source: SourceCode, who: [&str; 3]) {
        let r = self.referentiel;
        for element in r.elements.iter().filter(|e| e.source == source) {
            let answer = self.answer(element, r.criteres[element.critere].imperatif);
            self.push(structure, source, who, &element.code, answer);
        }
    }

    fn structure(&mut self, code: &str) {
        for visit in ["V1", "V2"] {
            if self.dice.chance(0.3) {
                continue;
            }
            self.grid(code, SourceCode::Obs, [visit, "O1", ""]);
            if self.dice.chance(0.4) {
                self.grid(code, SourceCode::Obs, [visit, "O2", ""]);
                if self.dice.chance(0.5) {
                    self.grid(code, SourceCode::Obs, [visit, "consensus", ""]);
                }
            }
        }
        for source in [SourceCode::Aut, SourceCode::Dir] {
            if self.dice.chance(0.8) {
                self.grid(code, source, ["", "", ""]);
            }
        }
        for source in SourceCode::ALL.into_iter().filter(|s| s.is_questionnaire()) {
            for i in 0..self.dice.below(14) {
                self.grid(code, source, ["", "", &format!("{source}{i}")]);
            }
        }
        if self.dice.chance(0.8) {
            self.activity(code);
        }
    }

    /// Findings that somebody says were put right, on days before, between and after visits.
    fn corrections(&mut self, code: &str) {
        let r = self.referentiel;
        let seen = |e: &&Element| [SourceCode::Obs, SourceCode::Dir].contains(&e.source);
        for element in r.elements.iter().filter(seen) {
            if !self.dice.chance(0.2) {
                continue;
            }
            let day = self
                .dice
                .pick(&["2026-05-11", FIRST, "2026-05-20", SECOND, "2026-06-01"]);
            self.push(
                code,
                SourceCode::Don,
                [&format!("correction {}", element.code), "", ""],
                "corrige_le",
                DrawnAnswer::measure(day.to_owned()),
            );
        }
    }

    fn activity(&mut self, code: &str) {
        let columns = [
            "sorties",
            "jours_ouverts",
            "formes",
            "animateurs",
            "partenaires",
            "familles",
        ];
        for column in columns {
            if self.dice.chance(0.85) {
                let n = self.dice.below(20).to_string();
                self.push(
                    code,
                    SourceCode::Don,
                    ["denominateurs", "", ""],
                    column,
                    DrawnAnswer::measure(n),
                );
            }
        }
        for i in 0..self.dice.below(6) {
            let line = format!("seance {i}");
            let times = ["extrascolaire", "periscolaire", ""];
            let cells = [
                ("presents_moins6", self.dice.below(40).to_string()),
                ("presents_6plus", self.dice.below(50).to_string()),
                ("animateurs", self.dice.below(9).to_string()),
                ("dont_qualifies", self.dice.below(5).to_string()),
                ("dont_non_qualifies", self.dice.below(3).to_string()),
                (
                    "duree_h",
                    self.dice.pick(&["2", "5", "5.5", "9"]).to_owned(),
                ),
                ("temps", self.dice.pick(&times).to_owned()),
                ("trajet", self.dice.pick(&["oui", "non"]).to_owned()),
                (
                    "directeur_compte",
                    self.dice.pick(&["oui", "non"]).to_owned(),
                ),
            ];
            for (measure, value) in cells {
                self.push(
                    code,
                    SourceCode::Don,
                    [&line, "", ""],
                    measure,
                    DrawnAnswer::measure(value),
                );
            }
        }
    }
}

fn registry(dice: &mut Dice) -> Registry {
    let mut text = String::from("code,nom,type,pedt\n");
    for i in 0..=dice.below(4) {
        let _ = writeln!(
            text,
            "S{i},Accueil {i},{},{}",
            dice.pick(&TYPES),
            dice.pick(&["oui", "non"])
        );
    }
    parse_registry(Path::new("structures.csv"), text.as_bytes()).expect("a registry")
}

fn settings(dice: &mut Dice) -> Settings {
    let scope = if dice.chance(0.7) {
        ""
    } else {
        "sources = [\"OBS\", \"DIR\", \"FAM\", \"DON\"]\n"
    };
    let text = format!(
        "[territoire]\nnom = \"T\"\n[[campagnes]]\nid = \"C1\"\nlabel = \"C1\"\ndebut = \"2026-04-01\"\n\
         fin = \"2026-07-03\"\nreferentiel = \"v9\"\n{scope}"
    );
    Settings::parse("observatoire.toml", &text).expect("settings")
}

/// A random référentiel, its parameters, structures and scope.
pub struct World {
    dice: Dice,
    pub text: String,
    pub referentiel: Referentiel,
    pub law: String,
    regulation: Regulation,
    pub registry: Registry,
    pub settings: Settings,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
        // A draw may restrict an élément to no type at all, which the loader refuses: draw again.
        let (text, referentiel) = std::iter::repeat_with(|| dice.referentiel())
            .find_map(|text| Some((parse("referentiel-v9.toml", &text).ok()?, text)))
            .map(|(referentiel, text)| (text, referentiel))
            .expect("a valid draw");
        let law = std::fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("grids/reglement-2026.toml"),
        );
        let law = law
            .expect("the parameters")
            .replace("\"strict\"", dice.pick(&["\"strict\"", "\"global\""]));
        let regulation = Regulation::parse("reglement.toml", &law).expect("parameters");
        let (registry, settings) = (registry(&mut dice), settings(&mut dice));
        Self {
            dice,
            text,
            referentiel,
            law,
            regulation,
            registry,
            settings,
        }
    }

    /// Answers of one campaign, drawn anew each time.
    pub fn answers(&mut self) -> Vec<Observation> {
        let mut maker = Maker {
            dice: &mut self.dice,
            referentiel: &self.referentiel,
            all: Vec::new(),
        };
        for structure in self.registry.all() {
            maker.structure(&structure.code);
        }
        // Drawn apart: what is drawn of answers stays what it was.
        let mut apart = Dice(ChaCha8Rng::seed_from_u64(maker.all.len() as u64));
        maker.dice = &mut apart;
        for structure in self.registry.all() {
            maker.corrections(&structure.code);
        }
        maker.all
    }

    /// The same answers, some of them given anew: what two campaigns look like.
    pub fn changed(&mut self, answers: &[Observation]) -> Vec<Observation> {
        let fresh = self.answers();
        let share = self.dice.pick(&["0", "0.1", "0.5"]).parse().unwrap_or(0.0);
        let key = |o: &Observation| {
            let who = (o.visite.clone(), o.observateur.clone(), o.repondant.clone());
            (o.structure.clone(), o.element.clone(), who)
        };
        let fresh: BTreeMap<_, _> = fresh.into_iter().map(|o| (key(&o), o)).collect();
        let mut kept = Vec::new();
        for answer in answers {
            match fresh.get(&key(answer)) {
                Some(other) if self.dice.chance(share) => kept.push(other.clone()),
                _ => kept.push(answer.clone()),
            }
        }
        kept
    }

    pub fn scope(&self) -> Scope<'_> {
        Scope {
            campaign: &self.settings.campaigns[0],
            referentiel: &self.referentiel,
            structures: self.registry.all().iter().collect(),
            regulation: &self.regulation,
            follow_ups: std::collections::BTreeMap::new(),
            released: std::collections::BTreeSet::new(),
        }
    }
}

/// The long table.
pub fn table(answers: &[Observation]) -> Observations {
    let lines: Vec<(&str, &Observation)> = answers.iter().map(|o| ("f.csv", o)).collect();
    Observations::from_rows("I001", &lines).expect("a table")
}
