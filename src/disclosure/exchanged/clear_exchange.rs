//! The figures and words of an exchange, out of what two audiences are told: a figure goes where both are told it, alike.

use super::small_groups::{SiteSize, SmallGroup, small_group};
use crate::base::text::rounded;
use crate::disclosure::cleared::{
    ClearedDelivery, ClearedFigure, ClearedSite, CountOf, Mask, Shown, TerritoryMean, ToldCount,
};
use crate::privacy::{Quotation, QuoteScreen};
use crate::vocabulary::config::Structure;
use crate::vocabulary::referentiel::{ActivityCode, Referentiel};

/// A figure that was agreed on.
#[derive(Debug, Clone)]
pub(crate) enum ExchangedFigure {
    /// An indicator.
    Activity(ActivityCode),
    /// The level of an axe.
    Axis(String),
    /// The level of a critère.
    Critere(String),
}

/// One of the lines of the list of an exchange.
#[derive(Debug, Clone)]
pub(crate) struct AgreedFigure {
    /// As the register writes it.
    pub code: String,
    /// What it is.
    pub figure: ExchangedFigure,
    /// Whether each line is a site; else the territory.
    pub of_sites: bool,
    /// Under how many answers or cases it is hidden.
    pub least: usize,
}

/// A line that may leave.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExchangedLine {
    /// As the register writes it.
    pub code: String,
    /// What it is.
    pub label: String,
    /// Code of the site; empty for the territory.
    pub structure: String,
    /// Its value, why it is hidden, or nothing.
    pub value: Option<Shown<f64>>,
}

/// What may leave under an exchange.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ClearedExchange {
    /// In the order of the list, then of sites.
    pub lines: Vec<ExchangedLine>,
}

impl ClearedExchange {
    /// How many lines say that they are hidden.
    pub(crate) fn hidden(&self) -> usize {
        let lines = self.lines.iter();
        lines
            .filter(|line| matches!(line.value, Some(Shown::Masked(_))))
            .count()
    }
}

/// Clears an exchange: `views` are what the audiences are told whom the reader may be one of, `size` how many answers or
/// cases a figure of a site rests on.
pub(crate) fn clear_exchange(
    views: &[&ClearedDelivery],
    agreed: &[AgreedFigure],
    size: impl Fn(&str, &ExchangedFigure) -> usize,
) -> ClearedExchange {
    let mut lines = Vec::new();
    let Some((first, others)) = views.split_first() else {
        return ClearedExchange::default();
    };
    for asked in agreed {
        let sites: Vec<ToldSite> = (first.sites.iter())
            .map(|site| told_site(site, others, &asked.figure))
            .collect();
        let sized = sites.iter().filter(|told| told.value.is_some());
        let sized: Vec<SiteSize> = sized
            .map(|told| SiteSize {
                site: told.site,
                size: size(told.site, &asked.figure),
            })
            .collect();
        let group = small_group(&sized, asked.least);
        if asked.of_sites {
            lines.extend(sites.iter().filter_map(|told| {
                Some(ExchangedLine {
                    code: asked.code.clone(),
                    label: told.label.clone()?,
                    structure: told.site.to_owned(),
                    value: told.value.map(|value| hidden(value, told.site, &group)),
                })
            }));
        } else {
            let told = of_territory(first, &asked.figure);
            let all = others
                .iter()
                .map(|view| of_territory(view, &asked.figure).value);
            let value = merged(told.value, all);
            lines.push(ExchangedLine {
                code: asked.code.clone(),
                label: told.label,
                structure: String::new(),
                value: value.map(|value| {
                    if group.total {
                        Shown::Masked(Mask::TooFew)
                    } else {
                        value
                    }
                }),
            });
        }
    }
    ClearedExchange { lines }
}

/// What all are told of a site.
struct ToldSite<'a> {
    site: &'a str,
    /// None where the figure does not concern it.
    label: Option<String>,
    value: Option<Shown<f64>>,
}

fn told_site<'a>(
    site: &'a ClearedSite,
    others: &[&ClearedDelivery],
    figure: &ExchangedFigure,
) -> ToldSite<'a> {
    let told = others.iter().map(|view| {
        let same = view.site(&site.structure)?;
        of_site(same, figure)?.value
    });
    let own = of_site(site, figure);
    ToldSite {
        site: &site.structure,
        label: own.as_ref().map(|told| told.label.clone()),
        value: own.and_then(|own| merged(own.value, told)),
    }
}

/// A figure of a delivery.
struct ToldFigure {
    label: String,
    value: Option<Shown<f64>>,
}

/// What all are told alike; hidden as soon as one is not told it, or is told otherwise (an earlier edition).
fn merged(
    own: Option<Shown<f64>>,
    others: impl Iterator<Item = Option<Shown<f64>>>,
) -> Option<Shown<f64>> {
    let mut own = own?;
    for other in others {
        match (own, other) {
            (Shown::Masked(_), _) => {}
            (_, Some(Shown::Masked(mask))) => own = Shown::Masked(mask),
            (Shown::Value(a), Some(Shown::Value(b))) if (a - b).abs() < 1e-9 => {}
            _ => own = Shown::Masked(Mask::Derivable),
        }
    }
    Some(own)
}

fn hidden(value: Shown<f64>, site: &str, group: &SmallGroup) -> Shown<f64> {
    match value {
        Shown::Value(_) if group.small.contains(site) => Shown::Masked(Mask::TooFew),
        Shown::Value(_) if group.with_them.contains(site) => Shown::Masked(Mask::Derivable),
        value => value,
    }
}

/// None where the figure does not concern the site.
fn of_site(site: &ClearedSite, figure: &ExchangedFigure) -> Option<ToldFigure> {
    let level = |all: &[ClearedFigure], code: &str| {
        let found = all.iter().find(|f| f.code == code)?;
        Some(ToldFigure {
            label: found.label.to_string(),
            value: found.value,
        })
    };
    match figure {
        ExchangedFigure::Axis(code) => level(&site.axes, code),
        ExchangedFigure::Critere(code) => level(&site.criteres, code),
        ExchangedFigure::Activity(code) => {
            let found = site.activities.iter().find(|a| a.code == code.as_str())?;
            Some(ToldFigure {
                label: found.label.to_string(),
                value: found.value,
            })
        }
    }
}

/// Without value where the territory has no such figure.
fn of_territory(view: &ClearedDelivery, figure: &ExchangedFigure) -> ToldFigure {
    let territory = &view.territory;
    let mean = |all: &[TerritoryMean], code: &str| {
        let found = all.iter().find(|m| m.figure.code == code);
        ToldFigure {
            label: found.map_or_else(String::new, |m| m.figure.label.to_string()),
            value: found.and_then(|m| m.figure.value),
        }
    };
    match figure {
        ExchangedFigure::Axis(code) => mean(&territory.axes, code),
        ExchangedFigure::Critere(code) => mean(&territory.criteres, code),
        ExchangedFigure::Activity(code) => ToldFigure {
            label: code.label().to_owned(),
            value: activity(view, code.as_str()),
        },
    }
}

fn activity(view: &ClearedDelivery, code: &str) -> Option<Shown<f64>> {
    let territory = &view.territory;
    // As printed: whole percents.
    let share =
        |count: CountOf| (count.of > 0).then(|| rounded(count.n as f64 / count.of as f64, 2));
    if let Some(ctg) = territory.ctg.iter().find(|c| c.code == code) {
        let mut moments = ctg.campagnes.iter();
        return match moments.find(|c| c.campagne == view.campagne)?.territory {
            ToldCount::Known(count) => share(count).map(Shown::Value),
            ToldCount::Masked(mask) => Some(Shown::Masked(mask)),
            ToldCount::Unknown => None,
        };
    }
    if let Some(count) = territory.participation.get(code) {
        return share(*count).map(Shown::Value);
    }
    territory.rare.get(code).copied()
}

/// Words that somebody said, and agreed that they be quoted.
#[derive(Debug, Clone)]
pub(crate) struct SaidWords {
    /// Month, `2026-06`; empty when not known.
    pub month: String,
    /// Kind of speaker, in words.
    pub who: String,
    /// What it is about.
    pub about: String,
    /// The words.
    pub text: String,
}

/// Words that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExchangedWords {
    /// Month, `2026-06`; empty when not known.
    pub month: String,
    /// Kind of speaker, in words.
    pub who: String,
    /// What it is about.
    pub about: String,
    /// The words.
    pub text: Quotation,
}

/// Screens words; what names, reaches or accuses somebody, or tells of violence or health, is left out whole.
pub(crate) fn clear_said(
    said: &[SaidWords],
    referentiel: &Referentiel,
    places: &[Structure],
) -> Vec<ExchangedWords> {
    let own = places.iter();
    let own = own.flat_map(|s| [s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]);
    let texts = said.iter().map(|words| words.text.as_str());
    let screen = QuoteScreen::new(referentiel, own, texts);
    let kept = said.iter().filter_map(|words| {
        Some(ExchangedWords {
            month: words.month.clone(),
            who: words.who.clone(),
            about: words.about.clone(),
            text: screen.quote(&words.text)?,
        })
    });
    kept.collect()
}
