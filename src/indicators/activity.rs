//! Rule 9 and the activity indicators I01–I21 (`domain.md` section 5), per structure. A missing
//! denominator gives « non calculable », never zero.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::collect::{Collected, Line};
use crate::config::{Campaign, Structure};
use crate::referentiel::regulation::{MixedAges, Regulation, Situation};
use crate::referentiel::{SourceCode, StructureType};

/// What an activity indicator is, for the reader: code, label, unit, formula.
pub const ACTIVITIES: &[(&str, &str, &str, &str)] = &[
    (
        "I01",
        "Taux d’occupation",
        "%",
        "heures réalisées / heures de capacité ouverte",
    ),
    (
        "I02",
        "Taux de fréquentation",
        "%",
        "présences / inscriptions",
    ),
    (
        "I03",
        "Couverture",
        "%",
        "enfants accueillis / enfants scolarisés de 3 à 11 ans",
    ),
    (
        "I04",
        "Séances conformes au taux d’encadrement",
        "%",
        "séances où les animateurs suffisent / séances examinées (CASF R.227-15 et R.227-16)",
    ),
    (
        "I05a",
        "Marge d’encadrement, médiane",
        "rapport",
        "animateurs présents / requis, médiane des séances",
    ),
    (
        "I05b",
        "Marge d’encadrement, minimum",
        "rapport",
        "animateurs présents / requis, plus petite valeur",
    ),
    (
        "I06a",
        "Qualifiés sur l’effectif requis",
        "%",
        "qualifiés présents / animateurs requis (CASF R.227-12)",
    ),
    (
        "I06b",
        "Diplômés dans l’équipe",
        "%",
        "postes diplômés / postes occupés",
    ),
    (
        "I06c",
        "Séances conformes à la qualification",
        "%",
        "séances où qualifiés et non-qualifiés respectent R.227-12 / séances examinées",
    ),
    (
        "I07a",
        "Non-qualifiés sur l’effectif requis",
        "%",
        "non-qualifiés présents / animateurs requis",
    ),
    (
        "I07b",
        "Non-diplômés dans l’équipe",
        "%",
        "postes sans diplôme / postes occupés",
    ),
    (
        "I08",
        "Renouvellement de l’équipe",
        "%",
        "départs sur douze mois / effectif moyen",
    ),
    (
        "I09",
        "Stabilité vue de l’enfant",
        "%",
        "séances avec un référent connu / séances observées",
    ),
    (
        "I10",
        "Heures de préparation payées",
        "h",
        "heures de préparation / animateurs",
    ),
    (
        "I11",
        "Participation aux formations",
        "%",
        "animateurs formés dans l’année / animateurs",
    ),
    (
        "I12a",
        "Participation de l’équipe à la campagne",
        "%",
        "auto-évaluation rendue (1) ou non (0)",
    ),
    (
        "I12b",
        "Participation des animateurs à la campagne",
        "%",
        "réponses d’animateurs / animateurs",
    ),
    (
        "I13a",
        "Bénéficiaires de l’AEEH",
        "enfants",
        "déclaration Caf",
    ),
    (
        "I13b",
        "Heures d’accueil d’enfants bénéficiaires de l’AEEH",
        "h",
        "déclaration Caf",
    ),
    (
        "I14",
        "Accueils préparés par un protocole",
        "%",
        "protocoles écrits / enfants concernés",
    ),
    (
        "I15",
        "Participation des familles",
        "%",
        "familles présentes à un temps fort ou une instance / familles",
    ),
    (
        "I16",
        "Taux de réponse des familles",
        "%",
        "réponses / familles utilisatrices",
    ),
    (
        "I17",
        "Sorties et intervenants",
        "pour 100 jours",
        "100 × sorties et intervenants / jours ouverts",
    ),
    (
        "I18",
        "Accidents déclarés",
        "accidents",
        "déclarations de la période",
    ),
    (
        "I19",
        "Refus faute de place",
        "%",
        "demandes refusées / demandes",
    ),
    (
        "I20",
        "Recommandations intégrées au projet",
        "%",
        "recommandations intégrées / émises",
    ),
    (
        "I21",
        "Actions closes à l’échéance",
        "%",
        "actions closes à temps / échues",
    ),
];

/// Plain ratios of two columns of `denominateurs`, with a factor.
const RATIOS: &[(&str, &str, &str, f64)] = &[
    ("I01", "heures_realisees", "heures_capacite", 1.0),
    ("I02", "presences", "inscriptions", 1.0),
    ("I03", "enfants", "enfants_scolarises", 1.0),
    ("I09", "seances_avec_referent", "seances_observees", 1.0),
    ("I10", "heures_preparation", "animateurs", 1.0),
    ("I14", "pai_protocoles", "pai_enfants", 1.0),
    ("I15", "familles_presentes", "familles", 1.0),
    ("I17", "sorties", "jours_ouverts", 100.0),
    ("I19", "refusees", "demandes", 1.0),
    (
        "I20",
        "recommandations_integrees",
        "recommandations_emises",
        1.0,
    ),
    ("I21", "actions_closes", "actions_echues", 1.0),
];

/// Counts shown as they are.
const COUNTS: &[(&str, &str)] = &[
    ("I13a", "aeeh_enfants"),
    ("I13b", "aeeh_heures"),
    ("I18", "accidents"),
];

/// One activity figure.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measure {
    /// Share 0..1, ratio or count; none when the denominator is missing.
    pub value: Option<f64>,
    /// Lines or people it rests on.
    pub n: usize,
    /// Out of how many.
    pub expected: usize,
    /// Whether the two readings of the mixed-age rule give another value.
    pub limite: bool,
}

impl Measure {
    fn of(value: Option<f64>, n: usize, expected: usize) -> Self {
        Self {
            value,
            n,
            expected,
            limite: false,
        }
    }
}

/// One session against the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Line id: date, plage, site.
    pub id: String,
    /// Children under six.
    pub under6: u32,
    /// Children of six and over.
    pub over6: u32,
    /// Animateurs who count.
    pub present: u32,
    /// Whether the director was left out of them.
    pub director_out: bool,
    /// Required, reading per age group.
    pub strict: u32,
    /// Required, reading for the group.
    pub global: u32,
    /// Qualified present.
    pub qualified: u32,
    /// Neither qualified nor trainee.
    pub unqualified: u32,
}

impl Session {
    /// Animateurs required under the reading that the parameters choose.
    pub fn required(&self, regulation: &Regulation) -> u32 {
        match regulation.mixed_ages {
            MixedAges::Strict => self.strict,
            MixedAges::Global => self.global,
        }
    }

    /// Whether enough animateurs are there (CASF R.227-15, R.227-16).
    pub fn enough(&self, regulation: &Regulation) -> bool {
        self.present >= self.required(regulation)
    }

    /// Whether their qualifications fit (CASF R.227-12).
    pub fn qualified(&self, regulation: &Regulation) -> bool {
        let required = self.required(regulation);
        self.qualified >= regulation.qualified_min(required)
            && self.unqualified <= regulation.unqualified_max(required)
    }

    /// Its id as a person would say it: « 2026-05-12 soir ».
    pub fn name(&self) -> &str {
        self.id.trim_start_matches("seance ")
    }
}

/// The activity data of one structure.
pub struct Activity<'a> {
    structure: &'a Structure,
    campaign: &'a Campaign,
    regulation: &'a Regulation,
    lines: Option<&'a BTreeMap<String, (String, Line)>>,
    collected: &'a Collected,
    sessions: Vec<Session>,
}

impl<'a> Activity<'a> {
    /// Reads the lines of a structure.
    pub fn new(
        structure: &'a Structure,
        campaign: &'a Campaign,
        regulation: &'a Regulation,
        collected: &'a Collected,
    ) -> Self {
        let lines = collected.lines.get(&structure.code);
        let mut activity = Self {
            structure,
            campaign,
            regulation,
            lines,
            collected,
            sessions: Vec::new(),
        };
        activity.sessions = activity
            .prefixed("seance")
            .filter_map(|(id, _, line)| activity.session(id, line))
            .collect();
        activity
    }

    /// The sessions examined, in the order of their ids.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// Columns of `denominateurs` that a code is made from.
    pub fn columns(code: &str) -> Vec<&str> {
        if let Some((_, top, bottom, _)) = RATIOS.iter().find(|r| r.0 == code) {
            return vec![top, bottom];
        }
        if let Some((_, column)) = COUNTS.iter().find(|c| c.0 == code) {
            return vec![column];
        }
        match code {
            "I11" => vec!["formes", "animateurs"],
            "I12b" => vec!["animateurs"],
            "I16" => vec!["familles"],
            _ if ACTIVITIES.iter().any(|a| a.0 == code) => Vec::new(),
            _ => code.split('/').collect(),
        }
    }

    /// Whether an indicator is made from sessions.
    pub fn rests_on_sessions(code: &str) -> bool {
        ["I04", "I05a", "I05b", "I06a", "I06c", "I07a"].contains(&code)
    }

    /// Whether an indicator is made from posts of the team.
    pub fn rests_on_posts(code: &str) -> bool {
        ["I06b", "I07b", "I08"].contains(&code)
    }

    /// Whether the structure sent any activity table.
    pub fn has_lines(&self) -> bool {
        self.lines.is_some()
    }

    /// Whether an indicator applies: ratios and qualification concern declared accueils only, and
    /// what rests on a source out of scope is not expected.
    pub fn applies(&self, code: &str) -> bool {
        let law = [
            "I04", "I05a", "I05b", "I06a", "I06b", "I06c", "I07a", "I07b",
        ]
        .contains(&code);
        let source = match code {
            "I12a" => SourceCode::Aut,
            "I12b" => SourceCode::Eqp,
            "I16" => SourceCode::Fam,
            _ => SourceCode::Don,
        };
        self.campaign.expects_source(source)
            && !(law && self.structure.kind == StructureType::NonDeclaree)
    }

    /// The figure of an indicator, of a column of `denominateurs`, or of a ratio `a/b`.
    pub fn measure(&self, code: &str) -> Measure {
        if let Some(&(_, top, bottom, factor)) = RATIOS.iter().find(|r| r.0 == code) {
            return self.ratio(top, bottom, factor);
        }
        if let Some(&(_, column)) = COUNTS.iter().find(|c| c.0 == code) {
            return self.count(column);
        }
        match code {
            _ if Self::rests_on_sessions(code) => self.over_sessions(code),
            "I06b" => self.posts(|diploma| {
                diploma != "aucun" && diploma != "stagiaire" && !diploma.is_empty()
            }),
            "I07b" => self.posts(|diploma| diploma == "aucun" || diploma.is_empty()),
            "I08" => self.turnover(),
            "I11" => self.trained(),
            "I12a" => {
                let key = (self.structure.code.clone(), SourceCode::Aut);
                let returned = usize::from(self.collected.grids.contains_key(&key));
                Measure::of(Some(returned as f64), returned, 1)
            }
            "I12b" => self.responses(SourceCode::Eqp, "animateurs"),
            "I16" => self.responses(SourceCode::Fam, "familles"),
            _ => match code.split_once('/') {
                Some((top, bottom)) => self.ratio(top, bottom, 1.0),
                None => self.count(code),
            },
        }
    }

    fn prefixed(
        &self,
        prefix: &'static str,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a Line)> + use<'a> {
        self.lines
            .into_iter()
            .flatten()
            .filter(move |(id, _)| id.starts_with(prefix))
            .map(|(id, (date, line))| (id.as_str(), date.as_str(), line))
    }

    fn denominator(&self, column: &str) -> Option<f64> {
        let (_, line) = self.lines?.get("denominateurs")?;
        line.get(column)?.parse().ok()
    }

    fn count(&self, column: &str) -> Measure {
        let value = self.denominator(column);
        Measure::of(value, usize::from(value.is_some()), 1)
    }

    fn ratio(&self, top: &str, bottom: &str, factor: f64) -> Measure {
        let (top, bottom) = (self.denominator(top), self.denominator(bottom));
        let value = match (top, bottom) {
            (Some(top), Some(bottom)) if bottom > 0.0 => Some(factor * top / bottom),
            _ => None,
        };
        Measure::of(
            value,
            top.unwrap_or(0.0) as usize,
            bottom.unwrap_or(0.0) as usize,
        )
    }

    fn responses(&self, source: SourceCode, denominator: &str) -> Measure {
        let key = (self.structure.code.clone(), source);
        let received = self.collected.respondents.get(&key).copied().unwrap_or(0);
        let eligible = self.denominator(denominator).filter(|d| *d > 0.0);
        let value = eligible.map(|e| received as f64 / e);
        Measure::of(value, received, eligible.unwrap_or(0.0) as usize)
    }

    /// A session is examined when its children and animateurs are known.
    fn session(&self, id: &str, line: &Line) -> Option<Session> {
        let number = |column: &str| line.get(column)?.parse::<f64>().ok();
        let head = |column: &str| number(column).map(|v| v as u32);
        let (under6, over6) = (head("presents_moins6")?, head("presents_6plus")?);
        let present = head("animateurs")?;
        let said = |column: &str, word: &str| line.get(column).is_some_and(|v| v == word);
        let situation = Situation {
            extrascolaire: said("temps", "extrascolaire"),
            pedt: self.structure.pedt,
            hours: number("duree_h")?,
            travel: said("trajet", "oui"),
        };
        let required = self.regulation.required(situation, under6, over6);
        let director_out = said("directeur_compte", "oui")
            && under6 + over6 > self.regulation.director_counts_up_to;
        Some(Session {
            id: id.to_owned(),
            under6,
            over6,
            present: present.saturating_sub(u32::from(director_out)),
            director_out,
            strict: required.strict,
            global: required.global,
            qualified: head("dont_qualifies").unwrap_or(0),
            unqualified: head("dont_non_qualifies").unwrap_or(0),
        })
    }

    fn over_sessions(&self, code: &str) -> Measure {
        let own = self.sessions_value(code, self.regulation.mixed_ages);
        let other = match self.regulation.mixed_ages {
            MixedAges::Strict => self.sessions_value(code, MixedAges::Global),
            MixedAges::Global => self.sessions_value(code, MixedAges::Strict),
        };
        let differ = match (own, other) {
            (Some(a), Some(b)) => (a - b).abs() > 1e-9,
            _ => false,
        };
        let n = self.sessions.len();
        Measure {
            limite: differ,
            ..Measure::of(own, n, n)
        }
    }

    fn sessions_value(&self, code: &str, reading: MixedAges) -> Option<f64> {
        let required = |s: &Session| match reading {
            MixedAges::Strict => s.strict,
            MixedAges::Global => s.global,
        };
        let total = self.sessions.len();
        if total == 0 {
            return None;
        }
        let share = |ok: &dyn Fn(&Session) -> bool| {
            Some(self.sessions.iter().filter(|s| ok(s)).count() as f64 / total as f64)
        };
        let over_required = |count: &dyn Fn(&Session) -> u32| {
            let needed: u32 = self.sessions.iter().map(required).sum();
            let found: u32 = self.sessions.iter().map(count).sum();
            (needed > 0).then(|| f64::from(found) / f64::from(needed))
        };
        let mut margins: Vec<f64> = self
            .sessions
            .iter()
            .filter(|s| required(s) > 0)
            .map(|s| f64::from(s.present) / f64::from(required(s)))
            .collect();
        margins.sort_by(f64::total_cmp);
        match code {
            "I04" => share(&|s| s.present >= required(s)),
            "I06c" => share(&|s| {
                s.qualified >= self.regulation.qualified_min(required(s))
                    && s.unqualified <= self.regulation.unqualified_max(required(s))
            }),
            "I05a" => median(&margins),
            "I05b" => margins.first().copied(),
            "I06a" => over_required(&|s| s.qualified),
            _ => over_required(&|s| s.unqualified),
        }
    }

    /// Share of the posts occupied at the end of the campaign whose diploma fits.
    fn posts(&self, fits: impl Fn(&str) -> bool) -> Measure {
        let end = &self.campaign.fin;
        let occupied: Vec<&Line> = self
            .prefixed("poste")
            .map(|(_, _, l)| l)
            .filter(|l| occupied_at(l, end))
            .collect();
        let diploma = |l: &Line| {
            l.get("diplome")
                .map(|d| d.to_lowercase())
                .unwrap_or_default()
        };
        let found = occupied.iter().filter(|l| fits(&diploma(l))).count();
        let total = occupied.len();
        Measure::of(
            (total > 0).then(|| found as f64 / total as f64),
            found,
            total,
        )
    }

    /// Departures over the twelve months before the end of the campaign, over the mean of the
    /// posts occupied at both ends of that year.
    fn turnover(&self) -> Measure {
        let end = &self.campaign.fin;
        let Some(start) = year_before(end) else {
            return Measure::default();
        };
        let posts: Vec<&Line> = self.prefixed("poste").map(|(_, _, l)| l).collect();
        let left = |l: &&&Line| {
            l.get("sortie")
                .is_some_and(|d| !d.is_empty() && *d > start && d <= end)
        };
        let departures = posts.iter().filter(left).count();
        let at = |day: &str| posts.iter().filter(|l| occupied_at(l, day)).count() as f64;
        let mean = f64::midpoint(at(&start), at(end));
        Measure::of(
            (mean > 0.0).then(|| departures as f64 / mean),
            departures,
            mean as usize,
        )
    }

    /// Trained animateurs: from `denominateurs` when both counts are there, else from the posts.
    fn trained(&self) -> Measure {
        let declared = self.ratio("formes", "animateurs", 1.0);
        if declared.value.is_some() {
            return declared;
        }
        let end = &self.campaign.fin;
        let posts: Vec<&Line> = self
            .prefixed("poste")
            .map(|(_, _, l)| l)
            .filter(|l| occupied_at(l, end))
            .collect();
        let trained = |l: &&&Line| {
            l.get("formations")
                .and_then(|f| f.parse::<f64>().ok())
                .is_some_and(|f| f > 0.0)
        };
        let found = posts.iter().filter(trained).count();
        let total = posts.len();
        Measure::of(
            (total > 0).then(|| found as f64 / total as f64),
            found,
            total,
        )
    }
}

fn occupied_at(line: &Line, day: &str) -> bool {
    let get = |column: &str| line.get(column).map_or("", String::as_str);
    let (entry, exit) = (get("entree"), get("sortie"));
    (entry.is_empty() || entry <= day) && (exit.is_empty() || exit > day)
}

fn year_before(day: &str) -> Option<String> {
    let date: Date = day.parse().ok()?;
    date.checked_sub(jiff::Span::new().years(1))
        .ok()
        .map(|d| d.to_string())
}

fn median(sorted: &[f64]) -> Option<f64> {
    let n = sorted.len();
    match (n, n % 2) {
        (0, _) => None,
        (_, 1) => Some(sorted[n / 2]),
        _ => Some(f64::midpoint(sorted[n / 2 - 1], sorted[n / 2])),
    }
}
