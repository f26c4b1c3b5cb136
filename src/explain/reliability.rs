//! Agreement of observers, training, consistency of questionnaires: the sums behind each coefficient.
//! An observer's severity is shown by `fidelite` alone (`docs/confidentiality.md`).

use crate::stats::interval::Interval;
use std::fmt::Write;

use crate::base::text::{count, decimals, percent};
use crate::figures::reliability::{
    AxeAgreement, LEAST_ELEMENTS, LEAST_VISITS, Observers, QuestionnaireScale, RatedAnswer,
    Trainee, train,
};
use crate::stats::Stat;
use crate::stats::calibration::Standard;
use crate::vocabulary::referentiel::Referentiel;
use crate::wording::reliability_words;

/// What `SEVERITE` answers.
const SEVERITY: &str = "Sévérité d’un observateur : moyenne, sur les éléments d’une même visite, de sa note moins la moyenne des notes des autres observateurs, avec un intervalle à 95 %. Elle est dite marquée à partir d’un quart de niveau quand l’intervalle ne contient pas zéro. Ces chiffres ne sortent pas d’« observatoire fidelite », où chaque observateur est désigné par son code.\n";

fn share(stat: Stat<f64>) -> String {
    match stat {
        Ok(v) => percent(v),
        Err(reason) => format!("non calculable : {}", reason.label()),
    }
}

fn between(bounds: Interval) -> String {
    format!(
        "entre {} et {}",
        decimals(bounds.low, 2),
        decimals(bounds.high, 2)
    )
}

/// Explains how far observers agree, what trainees reach, whether questions go the same way.
pub struct Reliability<'a> {
    /// Vocabulary.
    pub referentiel: &'a Referentiel,
    /// Whether observers agree.
    pub observers: &'a Observers,
    /// What observers wrote.
    pub answers: &'a [RatedAnswer],
    /// What trainees must reach.
    pub standard: Standard,
    /// Each questionnaire as a scale.
    pub scales: &'a [QuestionnaireScale],
}

/// What `FORMATION:O1` begins with.
const TRAINING: &str = "FORMATION:";

impl Reliability<'_> {
    /// Figures that it explains.
    pub(super) const NAMES: &'static str = "FIDELITE, FORMATION:O1, SEVERITE, QUESTIONNAIRES";

    /// Whether a code is one of them.
    pub fn has(code: &str) -> bool {
        let code = code.to_uppercase();
        let names = ["FIDELITE", "SEVERITE", "QUESTIONNAIRES"];
        names.contains(&code.as_str()) || code.starts_with(TRAINING)
    }

    /// The explanation of one of them; none of any other code.
    pub fn explain(&self, code: &str) -> Option<String> {
        let code = code.to_uppercase();
        Some(match code.as_str() {
            "FIDELITE" => self.agreement(),
            // How it is counted, and where it is shown.
            "SEVERITE" => SEVERITY.to_owned(),
            "QUESTIONNAIRES" => self.questionnaires(),
            code => {
                let master = code.strip_prefix(TRAINING)?;
                let trainees = train(self.answers, master, self.standard);
                self.training(&trainees, master)
            }
        })
    }

    fn agreement(&self) -> String {
        let o = self.observers;
        let mut text = format!(
            "{}, dont {} par plusieurs observateurs.\n",
            count(o.visits, "visite", "visites"),
            count(o.visited_by_several, "notée", "notées")
        );
        for axe in o.axes.iter().filter(|a| !a.axe.is_empty()) {
            let _ = writeln!(text, "  {} : {}", axe.axe, counted(axe));
        }
        if let Some(all) = o.axes.last() {
            let _ = writeln!(text, "  Ensemble : {}", counted(all));
            text.push_str(&coefficients(all));
        }
        let _ = writeln!(
            text,
            "Un élément s’applique-t-il ? Même avis dans {} des cas.",
            share(o.applicability)
        );
        match &o.critere_icc {
            Ok(icc) => {
                let _ = writeln!(
                    text,
                    "Corrélation intraclasse des scores de critères : ({} − {}) / ({} + {}) = {}{}. Variance entre critères et visites, moins variance entre deux observateurs d’une même visite, rapportée à leur somme.",
                    decimals(icc.msr, 3),
                    decimals(icc.msw, 3),
                    decimals(icc.msr, 3),
                    decimals((icc.k as f64 - 1.0) * icc.msw, 3),
                    decimals(icc.one, 2),
                    icc.one_bounds
                        .map_or(String::new(), |b| format!(", {}", between(b)))
                );
            }
            Err(reason) => {
                let _ = writeln!(
                    text,
                    "Corrélation intraclasse non calculable : {}.",
                    reason.label()
                );
            }
        }
        text.push_str("Accord exact : part des paires de notes égales parmi toutes les paires de notes données au même élément d’une même visite. À un niveau près, le hasard seul donne de 62 à 88 % : ce chiffre ne suffit jamais.\n");
        text
    }

    /// Each questionnaire's coefficient.
    fn questionnaires(&self) -> String {
        let mut text = String::from(
            "Les questions d’un questionnaire vont-elles dans le même sens ? Alpha de Cronbach : k / (k − 1) × (1 − somme des variances des questions / variance du total), sur les réponses complètes ; intervalle de Feldt. Une question à laquelle moins d’une personne sur deux a répondu n’est pas comptée.\n",
        );
        if self.scales.is_empty() {
            text.push_str(
                "Aucun questionnaire de familles, d’équipe ou d’école dans cette campagne.\n",
            );
        }
        for scale in self.scales {
            let _ = writeln!(text, "  {} : {}", scale.source.label(), consistency(scale));
        }
        text
    }

    /// Trainees against a master rating.
    fn training(&self, trainees: &[Trainee], master: &str) -> String {
        let standard = self.standard;
        let mut text = format!(
            "Cotation de référence : {master}. Seuils : {} de notes égales et {} à un niveau près (réglage [formation] d’observatoire.toml), sur {} éléments et {} visites au moins.\n",
            percent(standard.exact),
            percent(standard.within_one),
            LEAST_ELEMENTS,
            LEAST_VISITS
        );
        if trainees.is_empty() {
            let _ = writeln!(
                text,
                "Aucun observateur n’a noté une visite que {master} a notée aussi."
            );
        }
        for t in trainees {
            let _ = writeln!(text, "  {} : {}", t.observer, calibrated(t));
            for missed in &t.missed {
                let _ = writeln!(
                    text,
                    "      {} : {} niveau d’écart, {} fois",
                    self.referentiel.elements[missed.element].code,
                    decimals(missed.gap.abs(), 1),
                    missed.times
                );
            }
        }
        text
    }
}

fn counted(axe: &AxeAgreement) -> String {
    if let Err(reason) = axe.exact {
        return format!("non calculable : {}", reason.label());
    }
    format!(
        "{} à plusieurs, accord exact {}, à un niveau près {}",
        count(axe.units, "élément noté", "éléments notés"),
        share(axe.exact),
        share(axe.within_one)
    )
}

/// Gwet's AC2 and Krippendorff's alpha, with their terms.
fn coefficients(all: &AxeAgreement) -> String {
    let mut text = String::new();
    if let Ok(found) = &all.ac2 {
        let _ = match found.coefficient {
            Ok(value) => writeln!(
                text,
                "AC2 de Gwet (écarts au carré, échelle de 1 à 4) : accord observé {}, accord attendu du hasard {} ; ({} − {}) / (1 − {}) = {}{}.",
                decimals(found.observed, 3),
                decimals(found.expected, 3),
                decimals(found.observed, 3),
                decimals(found.expected, 3),
                decimals(found.expected, 3),
                decimals(value, 2),
                found
                    .interval
                    .map_or(String::new(), |b| format!(", {}", between(b)))
            ),
            Err(reason) => writeln!(text, "AC2 de Gwet non calculable : {}.", reason.label()),
        };
    }
    if let Ok(found) = &all.alpha {
        let _ = match found.alpha {
            Ok(value) => writeln!(
                text,
                "Alpha de Krippendorff (ordinal) : désaccord observé {}, attendu du hasard {} ; 1 − {} / {} = {}{}.",
                decimals(found.observed, 1),
                decimals(found.expected, 1),
                decimals(found.observed, 1),
                decimals(found.expected, 1),
                decimals(value, 2),
                all.alpha_interval().map_or(String::new(), |b| format!(
                    ", {} en tirant les éléments au sort 9 999 fois",
                    between(b)
                ))
            ),
            Err(reason) => writeln!(
                text,
                "Alpha de Krippendorff non calculable : {}.",
                reason.label()
            ),
        };
    }
    text
}

fn consistency(s: &QuestionnaireScale) -> String {
    let mut text = format!(
        "{} sur {}, {}",
        count(s.complete, "réponse complète", "réponses complètes"),
        s.respondents,
        count(s.items.len(), "question", "questions")
    );
    if let Ok(a) = &s.alpha {
        let _ = write!(text, " ; alpha {}", decimals(a.alpha, 2));
        if let Some(bounds) = a.interval {
            let _ = write!(text, ", {}", between(bounds));
        }
    }
    if let Some(omega) = s.omega.as_ref().ok().and_then(|o| o.omega.ok()) {
        let _ = write!(text, " ; oméga de McDonald {}", decimals(omega, 2));
    }
    let warning = reliability_words::warning(s);
    if !warning.is_empty() {
        let _ = write!(text, " ; {warning}");
    }
    text
}

fn calibrated(t: &Trainee) -> String {
    let c = match &t.calibration {
        Ok(c) => c,
        Err(reason) => return format!("non calculable : {}", reason.label()),
    };
    format!(
        "{} en {}, {} de notes égales (le vrai taux est sans doute entre {} et {}), {} à un niveau près, même avis sur ce qui s’applique dans {} des cas ; {}",
        count(c.n, "élément comparé", "éléments comparés"),
        count(t.visits, "visite", "visites"),
        percent(c.exact),
        percent(c.exact_interval.low),
        percent(c.exact_interval.high),
        percent(c.within_one),
        percent(c.applicability),
        reliability_words::verdict(t)
    )
}
