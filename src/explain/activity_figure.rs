//! An activity indicator: its formula, its terms with their cells, its sessions one by one.

use std::fmt::Write;

use super::answer_places::Place;
use super::explainer::Explainer;
use crate::base::error::Result;
use crate::base::text::{count, date_short, decimals, percent};
use crate::figures::{Level, Session, SiteActivity};
use crate::vocabulary::referentiel::regulation::Regulation;
use crate::vocabulary::referentiel::{ActivityCode, ActivityUnit};

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
        let Some(figure) = self.figure(Level::Activite, code.as_str(), None) else {
            return Ok(text + "Cet indicateur ne s’applique pas à cet accueil dans cette campagne.");
        };
        let is_share = code.unit() == ActivityUnit::Share;
        let value = match figure.value {
            // What a share of sessions rests on is said below, with the sessions.
            Some(v) if is_share && SiteActivity::rests_on_sessions(code) => percent(v),
            Some(v) if is_share => {
                format!("{} ({} sur {})", percent(v), figure.n, figure.expected)
            }
            Some(v) => decimals(v, 2),
            None => format!(
                "{} : il manque une donnée de la formule",
                figure.status.label()
            ),
        };
        let _ = writeln!(text, "Valeur : {value}");
        if figure.limite {
            text.push_str("Limite : la règle d’âges mélangés donne un autre résultat selon la lecture choisie dans les paramètres réglementaires.\n");
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

    /// Sessions, those that fall short first, each with its line.
    fn sessions(&self, code: ActivityCode, places: &[Place], text: &mut String) {
        let law = self.scope.regulation;
        let mut sessions = self
            .with_activity(|a| a.sessions().to_vec())
            .unwrap_or_default();
        let by_ratio = matches!(
            code,
            ActivityCode::I04 | ActivityCode::I05a | ActivityCode::I05b
        );
        let reading = law.mixed_ages;
        let what = if by_ratio {
            "au taux d’encadrement"
        } else {
            "à la règle de qualification"
        };
        let conforms = |s: &Session| {
            if by_ratio {
                s.is_staffed(reading)
            } else {
                s.is_qualified(reading, law)
            }
        };
        sessions.sort_by_key(conforms);
        let short = sessions.iter().filter(|s| !conforms(s)).count();
        let _ = writeln!(
            text,
            "\n{} ; non conforme{} {what} : {short}",
            count(sessions.len(), "séance examinée", "séances examinées"),
            if short > 1 { "s" } else { "" },
        );
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
                0 => writeln!(text, "  … et {rest} autres, conformes"),
                _ => writeln!(text, "  … et {rest} autres, dont {hidden} non conformes"),
            };
        }
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
    format!(
        "{} : {} de moins de 6 ans et {} de 6 ans et plus ; {} sur {} requis{reading}, dont {} et {}{}",
        day(s.name()),
        count(s.under6 as usize, "enfant", "enfants"),
        s.over6,
        count(
            s.present as usize,
            "animateur présent",
            "animateurs présents"
        ),
        s.required(law.mixed_ages),
        count(s.qualified as usize, "qualifié", "qualifiés"),
        count(s.unqualified as usize, "non-qualifié", "non-qualifiés"),
        if s.director_out {
            format!(
                " ; la direction ne compte pas (plus de {} mineurs)",
                law.director_counts_up_to
            )
        } else {
            String::new()
        }
    )
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
