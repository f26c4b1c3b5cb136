//! The figures of a campaign as who coordinates looks them up: every accueil, then one, axe by axe. Complete, not for
//! publication: what others may read is cleared elsewhere.

use crate::base::error::Result;
use crate::campaign::OpenObservatory;
use crate::figures::{Figure, FigureStatus, Indicators, Level};
use crate::vocabulary::config::{Campaign, Structure};
use crate::vocabulary::referentiel::Referentiel;

/// A figure of an axe, a critère or an élément.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LookedUp {
    /// Code.
    pub code: String,
    /// Words.
    pub label: String,
    /// Value, none where there is none.
    pub value: Option<f64>,
    /// Status, in words; empty where nothing was computed.
    pub status: &'static str,
    /// Whether an impératif is not met.
    pub missed: bool,
    /// Whether few answers or few éléments carry it.
    pub fragile: bool,
    /// What is aimed at; none for an élément.
    pub target: Option<f64>,
    /// Whether it is an impératif.
    pub imperatif: bool,
}

/// An accueil and its axes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SiteAxes {
    /// Code.
    pub code: String,
    /// Name.
    pub nom: String,
    /// In the order of the référentiel.
    pub axes: Vec<LookedUp>,
    /// How many impératifs are not met.
    pub missed: usize,
}

/// An axe of an accueil and what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AxeDetail {
    /// The axe.
    pub axe: LookedUp,
    /// Its critères, each with its éléments.
    pub criteres: Vec<(LookedUp, Vec<LookedUp>)>,
}

/// Every accueil of a campaign, by name.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn all_sites(opened: &OpenObservatory, campaign: &Campaign) -> Result<Vec<SiteAxes>> {
    let indicators = opened.indicators(campaign)?.value;
    let referentiel = opened.observatory.referentiel(campaign);
    let mut sites: Vec<SiteAxes> = opened
        .active_in(campaign)
        .into_iter()
        .map(|site| SiteAxes {
            code: site.code.clone(),
            nom: site.nom.clone(),
            axes: (0..referentiel.axes.len())
                .map(|axe| axe_of(&indicators, referentiel, site, axe))
                .collect(),
            missed: missed(&indicators, site),
        })
        .collect();
    sites.sort_by(|a, b| a.nom.cmp(&b.nom));
    Ok(sites)
}

/// One accueil, axe by axe, down to the éléments.
///
/// # Errors
///
/// A store that cannot be read.
pub(crate) fn one_site(
    opened: &OpenObservatory,
    campaign: &Campaign,
    site: &Structure,
) -> Result<Vec<AxeDetail>> {
    let indicators = opened.indicators(campaign)?.value;
    let r = opened.observatory.referentiel(campaign);
    let details = (0..r.axes.len()).map(|axe| {
        let criteres = (0..r.criteres.len()).filter(|c| r.criteres[*c].axe == axe);
        AxeDetail {
            axe: axe_of(&indicators, r, site, axe),
            criteres: criteres
                .map(|c| {
                    (
                        critere_of(&indicators, r, site, c),
                        elements_of(&indicators, r, site, c),
                    )
                })
                .collect(),
        }
    });
    Ok(details.collect())
}

fn missed(indicators: &Indicators, site: &Structure) -> usize {
    let all = indicators.of(&site.code).iter();
    all.filter(|f| f.level == Level::Imperatif && f.status == FigureStatus::NonAtteint)
        .count()
}

fn axe_of(indicators: &Indicators, r: &Referentiel, site: &Structure, axe: usize) -> LookedUp {
    let axe = &r.axes[axe];
    let figure = indicators.get(&site.code, Level::Axe, &axe.code);
    looked_up(figure, &axe.code, &axe.label, false)
}

fn critere_of(indicators: &Indicators, r: &Referentiel, site: &Structure, at: usize) -> LookedUp {
    let critere = &r.criteres[at];
    let level = if critere.imperatif {
        Level::Imperatif
    } else {
        Level::Critere
    };
    let figure = indicators.get(&site.code, level, &critere.code);
    looked_up(figure, &critere.code, &critere.label, critere.imperatif)
}

fn elements_of(
    indicators: &Indicators,
    r: &Referentiel,
    site: &Structure,
    critere: usize,
) -> Vec<LookedUp> {
    let of = r.elements.iter().filter(|e| e.critere == critere);
    let found = of.filter_map(|e| {
        let figure = indicators.get(&site.code, Level::Element, &e.code)?;
        Some(looked_up(Some(figure), &e.code, &e.label, false))
    });
    found.collect()
}

fn looked_up(figure: Option<&Figure>, code: &str, label: &str, imperatif: bool) -> LookedUp {
    LookedUp {
        code: code.to_owned(),
        label: label.to_owned(),
        value: figure.and_then(|f| f.value),
        status: figure.map_or("", |f| f.status.label()),
        missed: figure.is_some_and(|f| f.status == FigureStatus::NonAtteint),
        fragile: figure.is_some_and(|f| f.fragile),
        target: figure.and_then(|f| f.target),
        imperatif,
    }
}
