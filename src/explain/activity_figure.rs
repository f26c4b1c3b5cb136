//! An activity indicator: its formula, its terms with their cells, its sessions one by one.

use std::fmt::Write;

use super::answer_places::Place;
use super::explainer::Explainer;
use super::team_return::trainings;
use crate::base::error::Result;
use crate::base::text::{count, date_short, decimals, percent};
use crate::figures::{CapacityFinding, Level, Session, SiteActivity, SourceBreak};
use crate::vocabulary::referentiel::regulation::{AgesReading, Regulation};
use crate::vocabulary::referentiel::{ActivityCode, ActivityUnit};
use crate::wording::rule_sentences::plain;
use crate::wording::source_breaks::source_break;

/// Sessions listed at most, those that fall short first.
const LISTED: usize = 40;

impl Explainer<'_> {
    /// Runs something on the activity data of the structure.
    fn with_activity<T>(&self, f: impl FnOnce(&SiteActivity) -> T) -> Option<T> {
        let mut structures = self.scope.structures.iter();
        let structure = structures.find(|s| s.code == self.structure)?;
        let (campaign, law) = (self.scope.campaign, self.scope.regulation);
        Some(f(&SiteActivity::new(
            structure,
            campaign,
            law,
            &self.indicators.collected,
        )))
    }

    /// Value of an indicator, a column or a ratio of two.
    pub(super) fn activity_value(&self, code: &str) -> Option<f64> {
        self.with_activity(|a| a.measure(code).value).flatten()
    }

    /// The cells that a measure is made from.
    pub(super) fn measure_cells(&self, code: &str) -> Result<Vec<String>> {
        let columns = SiteActivity::columns(code);
        let places = self.activity_data()?;
        let mut lines: Vec<String> = places
            .iter()
            .filter(|p| p.visite == "denominateurs" && columns.contains(&p.element.as_str()))
            .map(|p| format!("{} = {} — {}", p.element, p.raw, p.at()))
            .collect();
        let missing = columns.iter().filter(|c| {
            let mut cells = places
                .iter()
                .filter(|p| p.element == **c && !p.raw.is_empty());
            cells.next().is_none()
        });
        lines.extend(missing.map(|c| format!("{c} : donnée absente du tableau des dénominateurs")));
        Ok(lines)
    }

    pub(super) fn activity(&self, code: ActivityCode) -> Result<String> {
        let mut text = format!(
            "Indicateur {} « {} » ({})\nFormule : {}\n",
            code.as_str(),
            code.label(),
            code.unit().as_str(),
            code.formula()
        );
        if code == ActivityCode::O1 {
            return Ok(text + &trainings());
        }
        let Some(figure) = self.figure(Level::Activite, code.as_str(), None) else {
            return Ok(text + "Cet indicateur ne s’applique pas à cet accueil dans cette campagne.");
        };
        let is_share = code.unit() == ActivityUnit::Share;
        let value = match figure.value {
            // What a share of sessions rests on is said below, with the sessions.
            Some(v) if is_share && SiteActivity::rests_on_sessions(code) => percent(v),
            Some(v) if is_of_team(code) => if v > 0.5 { "oui" } else { "non" }.to_owned(),
            Some(v) if is_share => {
                let terms = self
                    .with_activity(|activity| activity.terms(code))
                    .flatten();
                let (n, of) = terms.unwrap_or((figure.n as f64, figure.expected as f64));
                format!("{} ({} sur {})", percent(v), plain(n), plain(of))
            }
            Some(v) => decimals(v, 2),
            None => format!(
                "{} : il manque une donnée de la formule",
                figure.status.label()
            ),
        };
        let _ = writeln!(text, "Valeur : {value}");
        if figure.limite {
            text.push_str("Limite : deux lectures d’une règle (âges mélangés, direction comptée) ne donnent pas le même résultat.\n");
        }
        if is_of_team(code) {
            return Ok(text + &self.own_team(code));
        }
        if let Some(broken) = self.broken(code) {
            let _ = writeln!(text, "Attention, {}.", source_break(&broken));
        }
        if code == ActivityCode::O3 && !self.scope.follow_ups.contains_key(self.structure) {
            text.push_str("Aucune action n’était émise à la fin de la campagne : O3 vient des plans seuls, et rien de déclaré n’en tient lieu.\n");
            return Ok(text);
        }
        if let Some(told) = self.plan(code) {
            return Ok(text + &told);
        }
        for line in self.measure_cells(code.as_str())? {
            let _ = writeln!(text, "  {line}");
        }
        let places = self.activity_data()?;
        if SiteActivity::rests_on_sessions(code) {
            self.sessions(code, &places, &mut text);
        } else if SiteActivity::rests_on_posts(code) {
            posts(&places, &mut text);
        }
        Ok(text)
    }

    /// What changed of where the figure comes from, since the campaign before.
    fn broken(&self, code: ActivityCode) -> Option<SourceBreak> {
        let [.., before, _] = self.history.moments else {
            return None;
        };
        let before = before.side.indicators;
        (self.indicators).source_break(before, self.structure, code.as_str())
    }

    /// Sessions, those that fall short first, each with its line.
    fn sessions(&self, code: ActivityCode, places: &[Place], text: &mut String) {
        let law = self.scope.regulation;
        let mut sessions = self
            .with_activity(|a| a.sessions().to_vec())
            .unwrap_or_default();
        let verdict = |s: &Session| verdict(code, s, law);
        sessions.sort_by_key(verdict);
        let of = |wanted: SessionVerdict| sessions.iter().filter(|s| verdict(s) == wanted).count();
        let (short, doubtful) = (of(SessionVerdict::Short), of(SessionVerdict::ToVerify));
        let unknown = of(SessionVerdict::Unknown);
        let _ = writeln!(
            text,
            "\n{} ; non conforme{} {} : {short}",
            count(
                sessions.len() - unknown,
                "séance examinée",
                "séances examinées"
            ),
            if short > 1 { "s" } else { "" },
            rule(code),
        );
        if doubtful > 0 {
            let _ = writeln!(
                text,
                "{} à vérifier auprès du SDJES : la règle d’âges mélangés y décide seule.",
                count(doubtful, "séance", "séances")
            );
        }
        if unknown > 0 {
            let _ = writeln!(
                text,
                "{} : il y manque ce que la règle demande (une case vide n’est pas un zéro).",
                count(unknown, "séance non examinée", "séances non examinées")
            );
        }
        for s in sessions.iter().take(LISTED) {
            let at = places
                .iter()
                .find(|p| p.visite == s.id && p.element == "animateurs");
            let at = at.map(Place::at).unwrap_or_default();
            let _ = writeln!(text, "  {} — {at}", facts(s, law));
        }
        if sessions.len() > LISTED {
            let rest = sessions.len() - LISTED;
            let hidden = short.saturating_sub(LISTED);
            let _ = match hidden {
                0 => writeln!(text, "  … et {rest} autres, conformes ou non examinées"),
                _ => writeln!(text, "  … et {rest} autres, dont {hidden} non conformes"),
            };
        }
    }
}

fn is_of_team(code: ActivityCode) -> bool {
    matches!(code, ActivityCode::O2 | ActivityCode::O2b)
}

/// What a session is to a rule, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SessionVerdict {
    Short,
    ToVerify,
    Conforms,
    Unknown,
}

fn rule(code: ActivityCode) -> &'static str {
    match code {
        ActivityCode::I04 | ActivityCode::I05a | ActivityCode::I05b => "au taux d’encadrement",
        ActivityCode::I22 => "à la capacité autorisée",
        _ => "à la règle de qualification",
    }
}

fn verdict(code: ActivityCode, s: &Session, law: &Regulation) -> SessionVerdict {
    let ages = law.mixed_ages;
    let by = |reading: AgesReading| match code {
        ActivityCode::I04 | ActivityCode::I05a | ActivityCode::I05b => Some(s.is_staffed(reading)),
        ActivityCode::I22 => s.capacity.map(CapacityFinding::fits),
        _ => s.is_qualified(reading, law),
    };
    let (own, other) = (by(ages.counted()), by(ages.other()));
    match own {
        None => SessionVerdict::Unknown,
        Some(_) if own != other && !ages.is_settled() => SessionVerdict::ToVerify,
        Some(true) => SessionVerdict::Conforms,
        Some(false) => SessionVerdict::Short,
    }
}

/// What a session had and needed.
fn facts(s: &Session, law: &Regulation) -> String {
    let reading = if s.strict == s.global {
        String::new()
    } else {
        format!(
            " ({} si l’on arrondit sur l’ensemble du groupe, {} par tranche d’âge)",
            s.global, s.strict
        )
    };
    let heads = |known: Option<u32>, one: &str, many: &str| {
        known.map_or_else(
            || format!("nombre de {many} non renseigné"),
            |n| count(n as usize, one, many),
        )
    };
    format!(
        "{} : {} de moins de 6 ans et {} de 6 ans et plus ; {} sur {} requis{reading}, dont {} et {}{}",
        day(s.name()),
        count(s.under6 as usize, "enfant", "enfants"),
        s.over6,
        count(s.present as usize, "adulte compté", "adultes comptés"),
        s.required(law.mixed_ages.counted()),
        heads(s.qualified, "qualifié", "qualifiés"),
        heads(s.unqualified, "non-qualifié", "non-qualifiés"),
        particulars(s, law)
    )
}

/// Who counts and who does not, and children above what is authorised.
fn particulars(s: &Session, law: &Regulation) -> String {
    let mut told = Vec::new();
    if s.speakers > 0 {
        told.push(format!(
            "{}, sous PEDT (R.227-20)",
            count(
                s.speakers as usize,
                "intervenant compté",
                "intervenants comptés"
            )
        ));
    }
    if s.is_director_out() {
        told.push(format!(
            "la direction ne compte pas (accueil organisé pour plus de {} mineurs)",
            law.director_counts_up_to
        ));
    }
    let over = s.capacity.unwrap_or(CapacityFinding {
        under6_over: 0,
        total_over: 0,
    });
    if over.under6_over > 0 {
        told.push(format!(
            "{} de moins de 6 ans au-delà des places autorisées",
            count(over.under6_over as usize, "enfant", "enfants")
        ));
    }
    if over.total_over > 0 {
        told.push(format!(
            "{} au-delà du total autorisé",
            count(over.total_over as usize, "enfant", "enfants")
        ));
    }
    told.into_iter()
        .fold(String::new(), |all, one| all + " ; " + &one)
}

/// « 2026-05-12 soir » → « 12/05/2026 soir ».
fn day(session: &str) -> String {
    let (date, rest) = session.split_once(' ').unwrap_or((session, ""));
    format!("{} {rest}", date_short(date)).trim_end().to_owned()
}

/// Posts of the team, one line each.
fn posts(places: &[Place], text: &mut String) {
    let mut ids: Vec<&str> = places
        .iter()
        .map(|p| p.visite.as_str())
        .filter(|id| id.starts_with("poste"))
        .collect();
    ids.dedup();
    for id in ids {
        let mut cells = places
            .iter()
            .filter(|p| p.visite == id && !p.raw.is_empty());
        let Some(first) = cells.clone().next() else {
            continue;
        };
        let said: Vec<String> = cells
            .by_ref()
            .map(|p| format!("{} {}", p.element, p.raw))
            .collect();
        let _ = writeln!(text, "  {id} : {} — {}", said.join(", "), first.at());
    }
}
