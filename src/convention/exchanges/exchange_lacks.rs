//! What an exchange lacks before anything may leave, and who must give it.

use super::exchange_model::{DataExchange, ExchangeOpinion};
use super::exchange_words::{DecisionWord, DpoWord, ImpactStudy, OpinionWord};
use crate::base::day::Day;

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeLack {
    /// « l’avis du délégué à la protection des données ».
    pub what: String,
    /// « le délégué à la protection des données du détenteur, Communauté de communes ».
    pub who: String,
    /// Whether nothing may leave meanwhile.
    pub blocks: bool,
}

impl ExchangeLack {
    /// « Il manque l’avis du DPO : à donner par le délégué à la protection des données du détenteur, … »
    pub fn sentence(&self) -> String {
        format!("Il manque {} : à donner par {}.", self.what, self.who)
    }
}

/// Where an exchange stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExchangeStanding {
    /// Nothing is decided.
    Waiting,
    /// It was refused.
    Refused,
    /// It was agreed to, and something that it needs is missing.
    AgreedTooSoon,
    /// It was agreed to.
    Agreed,
    /// Its time is over.
    Over,
}

impl ExchangeStanding {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "en attente de décision",
            Self::Refused => "refusé",
            Self::AgreedTooSoon => "accord donné, incomplet",
            Self::Agreed => "accord",
            Self::Over => "terminé",
        }
    }
}

impl DataExchange {
    /// Where it stands on a day.
    pub fn standing(&self, day: Day) -> ExchangeStanding {
        match self.decision.word {
            DecisionWord::Waiting => ExchangeStanding::Waiting,
            DecisionWord::Refused => ExchangeStanding::Refused,
            DecisionWord::Agreed if self.until.is_some_and(|end| day > end) => {
                ExchangeStanding::Over
            }
            DecisionWord::Agreed if self.lacks().iter().any(|lack| lack.blocks) => {
                ExchangeStanding::AgreedTooSoon
            }
            DecisionWord::Agreed => ExchangeStanding::Agreed,
        }
    }

    /// What is missing, in the order of the steps; nothing of an exchange that was refused.
    pub fn lacks(&self) -> Vec<ExchangeLack> {
        if self.decision.word == DecisionWord::Refused {
            return Vec::new();
        }
        let mut lacks = self.request_lacks();
        lacks.extend(self.opinion_lacks());
        if self.is_sensitive() || self.dpo.asked_on.is_some() || self.dpo.word.is_some() {
            lacks.extend(self.dpo_lack());
        }
        if !self.is_agreed() {
            lacks.push(blocking(
                "l’accord de qui détient les données",
                &self.holder("le"),
            ));
        }
        if self.is_agreed() && self.register.day.is_none() {
            lacks.push(ExchangeLack {
                what: "l’inscription au registre des traitements (inscrit_le, reference)"
                    .to_owned(),
                who: format!(
                    "{}, avec son délégué à la protection des données",
                    self.holder("le")
                ),
                blocks: false,
            });
        }
        lacks
    }

    /// « du détenteur, Communauté de communes (exemple) »; `of` is « le » or « du ».
    fn holder(&self, of: &str) -> String {
        match self.holder.as_str() {
            "" => format!("{of} détenteur, à nommer (detenteur)"),
            name => format!("{of} détenteur, {name}"),
        }
    }

    /// « le demandeur, Caf (exemple) ».
    fn requester(&self) -> String {
        match self.requester.as_str() {
            "" => "le demandeur, à nommer (demandeur)".to_owned(),
            name => format!("le demandeur, {name}"),
        }
    }

    fn request_lacks(&self) -> Vec<ExchangeLack> {
        let asked = [
            (
                self.requester.is_empty(),
                "le nom de qui demande (demandeur)",
            ),
            (self.holder.is_empty(), "le nom de qui détient (detenteur)"),
            (
                self.data.is_empty(),
                "la liste exacte des données (donnees)",
            ),
            (self.purpose.is_empty(), "la finalité (finalite)"),
            (self.basis.is_empty(), "la base légale (base_legale)"),
            (
                self.months.is_none(),
                "la durée pendant laquelle les données reçues seront gardées (conservation_mois)",
            ),
        ];
        let missing = asked.into_iter().filter(|(missing, _)| *missing);
        missing
            .map(|(_, what)| blocking(what, &self.requester()))
            .collect()
    }

    /// Opinions are needed of anything but totals; one that says no always counts.
    fn opinion_lacks(&self) -> Vec<ExchangeLack> {
        let holder = self.holder("du");
        let steps = [
            (
                &self.opportunity,
                "d’opportunité (opportunite)",
                format!("la direction {holder}"),
            ),
            (
                &self.feasibility,
                "de faisabilité (faisabilite)",
                format!("le service {holder}, qui produit ces données"),
            ),
            (
                &self.conformity,
                "de conformité (conformite)",
                format!("la personne chargée de la protection des données {holder}"),
            ),
        ];
        let mut lacks = Vec::new();
        for (opinion, what, who) in steps {
            if let Some(words) = self.opinion_lack(opinion) {
                lacks.push(blocking(&format!("un avis {words}{what}"), &who));
            }
        }
        if self.tells_of_health()
            && !matches!(
                self.impact_study,
                Some(ImpactStudy::Done | ImpactStudy::NotNeeded)
            )
        {
            lacks.push(blocking(
                "l’analyse d’impact, que des données de santé demandent (aipd)",
                &format!("le responsable du traitement {holder}"),
            ));
        }
        lacks
    }

    /// « favorable » after a no; nothing after « un avis » where none was given; none when all is well.
    fn opinion_lack(&self, opinion: &ExchangeOpinion) -> Option<&'static str> {
        match opinion.word {
            Some(OpinionWord::No) => Some("favorable "),
            Some(_) => None,
            None => self.is_sensitive().then_some(""),
        }
    }

    fn dpo_lack(&self) -> Option<ExchangeLack> {
        let who = format!(
            "le délégué à la protection des données {}",
            self.holder("du")
        );
        let asked = |since: Option<Day>| {
            since.map_or_else(String::new, |day| format!(", saisi le {}", day.short()))
        };
        match self.dpo.word {
            Some(_) if !self.dpo.of_holder => Some(blocking(
                "l’avis du DPO du détenteur (celui du demandeur ne suffit pas)",
                &who,
            )),
            Some(DpoWord::Unfavourable) => Some(blocking(
                "un avis favorable du DPO (celui qui est donné est défavorable)",
                &who,
            )),
            Some(_) => None,
            None => Some(blocking(
                &format!("l’avis du DPO{}", asked(self.dpo.asked_on)),
                &who,
            )),
        }
    }
}

fn blocking(what: &str, who: &str) -> ExchangeLack {
    ExchangeLack {
        what: what.to_owned(),
        who: who.to_owned(),
        blocks: true,
    }
}
