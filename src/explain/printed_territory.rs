//! Figures of the territory as reports print them: over which accueils, which are left out and why. What is told is
//! what elected people are given, worked out again from the accueils that they are shown.

use std::fmt::Write;

use super::charter_counts::charter_counts;

use strum::VariantArray;

use crate::base::text::{count, decimals, list, printed_level, share_of, signed};
use crate::decide::plans::Standing;
use crate::disclosure::{
    AskedAs, ClearedAction, ClearedDelivery, ClearedDistribution, ClearedFigure, ClearedSite,
    Favour, Mask, MissedSince, MustLife, Respondents, Shown,
};
use crate::figures::{FigureStatus, Indicators, Level};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};
use crate::wording::verdict_words::verdict_words;

/// The territory as the synthesis prints it.
pub struct PrintedTerritory<'a> {
    /// What elected people are given.
    pub delivery: &'a ClearedDelivery,
    /// Accueils of the campaign.
    pub structures: &'a [&'a Structure],
    /// Vocabulary.
    pub referentiel: &'a Referentiel,
    /// Figures, for those that are shown.
    pub indicators: &'a Indicators,
}

/// Figures of the synthesis that have a name of their own.
const NAMES: [&str; 8] = [
    "IMPERATIFS",
    "OBJECTIFS",
    "CRITERES",
    "REPONDANTS",
    "PLANS",
    "PANEL",
    "MERCREDI",
    "MASQUES",
];

impl PrintedTerritory<'_> {
    /// The names, for who wrote none of them.
    pub(crate) fn names() -> String {
        NAMES.join(", ")
    }

    /// An axe, a critère, a question, or one of the names; none of anything else.
    pub fn explain(&self, code: &str) -> Option<String> {
        let r = self.referentiel;
        let named = code.to_uppercase();
        Some(match named.as_str() {
            "IMPERATIFS" => self.imperatifs(),
            "OBJECTIFS" => self.on_target(),
            "CRITERES" => self.below(),
            "REPONDANTS" => self.respondents(),
            "PLANS" => plans(&self.delivery.territory.actions),
            "PANEL" => self.panel(),
            "MERCREDI" => charter_counts(self.delivery, self.structures, self.referentiel),
            "MASQUES" => masked(&self.delivery.territory.masked),
            code if r.axes.iter().any(|a| a.code == code) => self.mean(Level::Axe, code),
            code if r.critere(code).is_some() => self.critere(code)?,
            code => self.question(code)?,
        })
    }

    /// Answers of a sector to a question, as they are printed.
    pub fn of_sector(&self, sector: &str, code: &str) -> Option<String> {
        let mut sectors = self.delivery.sectors.iter();
        let own = sectors.find(|s| s.secteur.eq_ignore_ascii_case(sector))?;
        let mut questions = own.distributions.values().flatten();
        let asked = questions.find(|q| q.code.eq_ignore_ascii_case(code))?;
        Some(format!(
            "{}\nAccueils du secteur : {}.\n",
            answers(asked),
            list(&own.structures)
        ))
    }

    fn figure<'s>(site: &'s ClearedSite, code: &str) -> Option<&'s ClearedFigure> {
        let mut all = site.axes.iter().chain(&site.criteres);
        all.find(|f| f.code == code)
    }

    /// The mean, accueil by accueil, and those that are not in it.
    fn mean(&self, level: Level, code: &str) -> String {
        let t = &self.delivery.territory;
        let mean = (t.axes.iter().chain(&t.criteres)).find(|mean| mean.figure.code == code);
        let mut shown = Vec::new();
        let mut left = Vec::new();
        for site in &self.delivery.sites {
            let Some(figure) = Self::figure(site, code) else {
                continue;
            };
            let why = match figure.value {
                Some(Shown::Value(_)) => {
                    let exact = self.indicators.get(&site.structure, level, code);
                    if let Some(value) = exact.and_then(|f| f.value) {
                        shown.push((site.structure.as_str(), value));
                    }
                    continue;
                }
                Some(Shown::Masked(mask)) => mask.words(),
                None => figure.status.label(),
            };
            left.push(format!("{} ({why})", site.structure));
        }
        let sum: f64 = shown.iter().map(|s| s.1).sum();
        let value = mean.and_then(|m| m.figure.value.as_ref()?.value());
        let target = mean.map_or(String::new(), |m| {
            format!(", objectif {}", decimals(m.figure.target, 1))
        });
        let mut text = match value {
            Some(value) => format!(
                "Moyenne du territoire, telle que la synthèse l’imprime : {}{target} ; chaque accueil compte une fois : {} / {} = {}.\n",
                printed_level(value),
                decimals(sum, 2),
                shown.len(),
                decimals(sum / shown.len().max(1) as f64, 2)
            ),
            None => "Aucune moyenne du territoire n’est imprimée.\n".to_owned(),
        };
        let said: Vec<String> = shown
            .iter()
            .map(|(site, value)| format!("{site} {}", decimals(*value, 2)))
            .collect();
        let _ = writeln!(
            text,
            "  {} : {}.",
            count(shown.len(), "accueil compté", "accueils comptés"),
            said.join(" ; ")
        );
        if !left.is_empty() {
            let _ = writeln!(
                text,
                "  {} : {}.",
                count(left.len(), "accueil non compté", "accueils non comptés"),
                left.join(" ; ")
            );
        }
        text.push_str(&self.change(code));
        text
    }

    /// What is printed of the change of an axe over the panel, with its margin; nothing where nothing is.
    fn change(&self, code: &str) -> String {
        let all = &self.delivery.territory.evolution;
        let Some(axe) = all.iter().find(|axe| axe.code == code) else {
            return String::new();
        };
        let delta = axe.change.delta.map_or_else(
            || "sans différence imprimée".to_owned(),
            |delta| format!("différence {}", signed(delta, 1)),
        );
        let margin = axe.margin.map_or(String::new(), |margin| {
            format!(
                ", marge ± {} pour tous les axes ensemble, arrondie vers le haut",
                decimals(margin, 1)
            )
        });
        let least = decimals(self.referentiel.rules.mic, 1);
        format!(
            "  D’une campagne à l’autre, sur les accueils comparés : de {} à {}, {delta}{margin} ; moins de {least} ne compte pas.\n",
            printed_level(axe.before),
            printed_level(axe.after)
        )
    }

    /// Its mean, how many are under its target or at level 2, and where it is met when it is an impératif.
    fn critere(&self, code: &str) -> Option<String> {
        let r = self.referentiel;
        let critere = &r.criteres[r.critere(code)?];
        if critere.organiser {
            return None;
        }
        let mut text = self.mean(Level::Critere, code);
        let levels: Vec<(&str, f64)> = (self.delivery.sites.iter())
            .filter_map(|site| {
                let value = Self::figure(site, code)?.value.as_ref()?.value()?;
                Some((site.structure.as_str(), value))
            })
            .collect();
        let under = |bar: f64| -> Vec<&str> {
            let low = levels.iter().filter(|l| l.1 < bar);
            low.map(|l| l.0).collect()
        };
        let reached = levels.len() - under(critere.cible - 1e-9).len();
        let _ = writeln!(
            text,
            "  À l’objectif {} : {reached} sur {} ; sous l’objectif : {} ; au niveau 2 ou moins : {}.",
            decimals(critere.cible, 1),
            levels.len(),
            counted(&under(critere.cible - 1e-9)),
            counted(&under(2.0 + 1e-9))
        );
        if critere.imperatif {
            for site in &self.delivery.sites {
                let must = site.imperatifs.iter().find(|i| i.code == code);
                if let Some(must) = must {
                    let _ = writeln!(text, "  {} : {}", site.structure, status(must.status));
                }
            }
        }
        Some(text)
    }

    /// How many of its impératifs each accueil meets.
    fn imperatifs(&self) -> String {
        let mut text = String::new();
        let (mut all_met, mut failing) = (Vec::new(), Vec::new());
        for site in &self.delivery.sites {
            let is = |wanted| {
                let own = site.imperatifs.iter();
                own.filter(|i| i.status == Shown::Value(wanted)).count()
            };
            let (met, missed) = (is(FigureStatus::Atteint), is(FigureStatus::NonAtteint));
            let applicable = site.imperatifs.len();
            if met == applicable {
                all_met.push(site.structure.as_str());
            }
            if missed > 0 {
                failing.push(site.structure.as_str());
            }
            let rules = site.rules.map_or(String::new(), |r| {
                format!(" ; règles {}/{}", r.met, r.checked)
            });
            let _ = writeln!(
                text,
                "  {} : {met}/{applicable}{}{rules}",
                site.structure,
                match missed {
                    0 => String::new(),
                    n => format!(", dont {}", count(n, "non atteint", "non atteints")),
                }
            );
        }
        let life = MustLife::of(&self.delivery.sites);
        let unknown = self.delivery.sites.iter().flat_map(|site| &site.imperatifs);
        let unknown = unknown.filter(|i| i.status == Shown::Value(FigureStatus::NonEvalue));
        format!(
            "Accueils qui atteignent tous les impératifs qui s’appliquent à eux : {} sur {}.\nUn impératif au moins à reprendre : {}.\nÉcarts relevés à la campagne précédente, dans les accueils évalués de nouveau : {} ; corrigés : {} ; encore là : {} ; ni confirmés ni levés : {}.\nÉcarts nouveaux : {}. Impératifs non évalués : {}.\n{text}",
            all_met.len(),
            self.delivery.sites.len(),
            counted(&failing),
            life.before,
            life.corrected,
            life.before - life.corrected - life.unsaid,
            life.unsaid,
            life.since(MissedSince::Anew),
            unknown.count(),
        )
    }

    /// Axes whose mean reaches its target.
    fn on_target(&self) -> String {
        let mut text = String::new();
        let (mut reached, mut valued) = (0, 0);
        for mean in &self.delivery.territory.axes {
            let f = &mean.figure;
            let said = match f.value.as_ref().and_then(Shown::value) {
                Some(value) => {
                    let is_met = value >= f.target - 1e-9;
                    valued += 1;
                    reached += usize::from(is_met);
                    let met = if is_met { "atteint" } else { "non atteint" };
                    let (value, target) = (printed_level(value), decimals(f.target, 1));
                    format!("{value}, objectif {target} {met}")
                }
                None => "aucune moyenne montrée".to_owned(),
            };
            let _ = writeln!(text, "  {} {} : {said}", f.code, f.label);
        }
        format!("Axes à leur objectif en moyenne du territoire : {reached} sur {valued}.\n{text}")
    }

    /// Critères by number of accueils under their target.
    fn below(&self) -> String {
        let t = &self.delivery.territory;
        let mut text = String::from(
            "Critères sous leur objectif, ceux du plus grand nombre d’accueils d’abord :\n",
        );
        for c in &t.below_target {
            let low = t.low.iter().find(|l| l.code == c.code);
            let _ = writeln!(
                text,
                "  {} {} : {} sur {} dont le niveau est montré, {} au niveau 2 ou moins",
                c.code,
                c.label,
                c.below,
                c.valued,
                low.map_or(0, |l| l.below)
            );
        }
        text
    }

    /// People, not answers to a question.
    fn respondents(&self) -> String {
        let mut text = String::from(
            "Personnes qui ont répondu à une question au moins, tous accueils ensemble :\n",
        );
        for (source, told) in &self.delivery.territory.returns {
            let _ = writeln!(text, "  {} : {}", source.label(), told.number());
        }
        for (source, questions) in &self.delivery.territory.distributions {
            let n = questions
                .iter()
                .filter_map(|q| Some(q.shares.as_ref().ok()?.respondents));
            let most = n.max_by_key(|n| n.least()).map(Respondents::number);
            let favours = questions.iter().filter_map(|q| Some((Favour::of(q)?, q)));
            let mut favours: Vec<_> = favours.collect();
            favours.sort_by(|a, b| a.0.order(b.0));
            if let (Some(most), Some((favour, q))) = (most, favours.first()) {
                let _ = writeln!(
                    text,
                    "  {} : {most} à la question la plus répondue ; la plus réservée : {} « {} », {}",
                    source.label(),
                    q.code,
                    q.label,
                    favour.said()
                );
            }
        }
        text
    }

    fn panel(&self) -> String {
        let panel = &self.delivery.territory.panel;
        format!(
            "Suivis d’une campagne à l’autre : {}.\nPrésents à celle-ci seulement : {}.\nPrésents à la précédente seulement : {}.\n",
            counted(
                &panel
                    .compared
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>()
            ),
            counted(&panel.entered.iter().map(String::as_str).collect::<Vec<_>>()),
            counted(&panel.left.iter().map(String::as_str).collect::<Vec<_>>())
        )
    }

    fn question(&self, code: &str) -> Option<String> {
        let t = &self.delivery.territory;
        let mut all = t.distributions.values().flatten().chain(&t.outside);
        let asked = all.find(|q| q.code == code)?;
        let mut text = answers(asked);
        text.push('\n');
        for sector in &self.delivery.sectors {
            let mut own = sector.distributions.values().flatten();
            if let Some(q) = own.find(|q| q.code == code) {
                let told = match &q.shares {
                    Err(mask) => mask.words().to_owned(),
                    Ok(_) => Favour::of(q).map(Favour::said).unwrap_or_default(),
                };
                let _ = writeln!(text, "  Secteur {} : {told}", sector.secteur);
            }
        }
        Some(text)
    }
}

/// « 2 : P05 et R03 », « aucun ».
fn counted(codes: &[&str]) -> String {
    if codes.is_empty() {
        return "aucun".to_owned();
    }
    format!("{} : {}", codes.len(), list(codes))
}

fn status(status: Shown<FigureStatus>) -> &'static str {
    match status {
        Shown::Value(status) => status.label(),
        Shown::Masked(mask) => mask.words(),
    }
}

/// The parts of a question as they are printed.
pub(super) fn answers(q: &ClearedDistribution) -> String {
    let mut text = format!("{} « {} »\n", q.code, q.label);
    let shares = match &q.shares {
        Err(mask) => {
            let _ = writeln!(text, "Réponses non montrées : {}.", mask.words());
            return text;
        }
        Ok(shares) => shares,
    };
    let _ = writeln!(
        text,
        "Réponses : {}{}.",
        shares.respondents.number(),
        if shares.nsp > 0.0 {
            format!(" ; ne sait pas {}", share_of(shares.nsp, shares.out_of))
        } else {
            String::new()
        }
    );
    if q.asked == AskedAs::Outside {
        for part in q.told_answers() {
            let _ = writeln!(text, "  {} : {}", part.answer, part.told.text);
        }
        return text;
    }
    match shares.unanimous {
        Some(modality) => {
            let _ = writeln!(
                text,
                "  {} : {} ou plus",
                q.modalities[modality],
                share_of(shares.at_least, shares.least_out_of())
            );
        }
        None => {
            for (label, part) in q.modalities.iter().zip(&shares.parts) {
                let _ = writeln!(text, "  {label} : {}", share_of(*part, shares.out_of));
            }
        }
    }
    if let Some(favour) = Favour::of(q) {
        let _ = writeln!(text, "Réponses favorables : {}.", favour.words());
    }
    if let Some(agree) = Favour::agreeing(q).filter(|_| q.reversed) {
        let _ = writeln!(
            text,
            "D’accord avec ce qui est écrit, ce qui est défavorable : {}.",
            agree.words()
        );
    }
    text
}

/// Actions one by one, and how many stand so.
pub(super) fn plans(actions: &[ClearedAction]) -> String {
    let done = actions.iter().filter(|a| a.realisation.is_some()).count();
    let late = actions.iter().filter(|a| a.late).count();
    let integrated = actions.iter().filter(|a| a.integree.is_some()).count();
    let open = actions.iter().filter(|a| a.open);
    let cost: f64 = open.clone().filter_map(|a| a.cout).sum();
    let open = open.count();
    let mut text = format!(
        "{} : {}, {} dont {late} en retard à la date du rapport, {} à un projet ; coût chiffré de ce qui reste à faire : {} €.\n",
        count(actions.len(), "action", "actions"),
        count(done, "réalisée", "réalisées"),
        count(open, "engagée", "engagées"),
        count(integrated, "intégrée", "intégrées"),
        decimals(cost, 0)
    );
    for standing in Standing::VARIANTS {
        let n = actions.iter().filter(|a| a.standing == *standing).count();
        let _ = writeln!(text, "  {} : {n}", standing.heading());
    }
    for a in actions {
        let due = a
            .echeance
            .map_or(String::new(), |d| format!(" ; échéance {}", d.short()));
        let done = a
            .realisation
            .map_or(String::new(), |d| format!(" ; réalisée {}", d.short()));
        let proof = a.integree.as_ref().and_then(|i| i.date);
        let proof = proof.map_or(String::new(), |d| format!(" ; intégrée {}", d.short()));
        let cost = a
            .cout
            .map_or(String::new(), |c| format!(" ; {} €", decimals(c, 0)));
        let effect = a.effet.as_ref().and_then(|e| e.verdict.zip(e.delta));
        let effect = effect.map_or(String::new(), |(verdict, delta)| {
            let sign = if delta > 0.0 { "+" } else { "" };
            format!(
                " ; sur le critère, d’une campagne à l’autre : {} ({sign}{})",
                verdict_words(verdict),
                decimals(delta, 1)
            )
        });
        let _ = writeln!(
            text,
            "  {} ({}) : {}{due}{done}{proof}{cost}{effect}",
            a.id,
            list(&a.criteres),
            a.standing.heading()
        );
    }
    text
}

/// How many figures are masked, by reason.
pub(super) fn masked(masked: &std::collections::BTreeMap<Mask, usize>) -> String {
    let all: usize = masked.values().sum();
    let mut text = format!("{}.\n", count(all, "chiffre masqué", "chiffres masqués"));
    for (mask, n) in masked {
        let _ = writeln!(text, "  {} : {n}", mask.reason());
    }
    text
}

/// Who is counted by a questionnaire of an accueil.
pub(super) fn returned(source: SourceCode, told: Respondents) -> String {
    format!("{} : {}", source.label(), told.number())
}
