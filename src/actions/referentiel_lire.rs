//! The référentiel of a campaign as a person reads it: axes, critères, éléments, who is asked, what is aimed at and who
//! decided it, what applies here, what is the territory's own.

use crate::base::error::{Error, Result};
use crate::base::text::suggest;
use crate::campaign::OpenObservatory;
use crate::vocabulary::referentiel::local::kept_as_is;
use crate::vocabulary::referentiel::{
    Critere, Element, LocalSentence, LocalTarget, PutAside, Referentiel, SourceCode,
};

/// What to read.
pub(crate) struct ReadRequest {
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// An axe or a critère; all otherwise.
    pub code: Option<String>,
}

/// A référentiel, told.
pub(crate) struct ReadOutcome {
    /// Campaign.
    pub campaign: String,
    /// Its label.
    pub label: String,
    /// Version, `v2`.
    pub version: String,
    /// Its title.
    pub title: String,
    /// Axes in order.
    pub axes: Vec<ToldAxe>,
}

/// An axe.
pub(crate) struct ToldAxe {
    /// `REL`.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// What is aimed at.
    pub target: ToldTarget,
    /// Critères in order.
    pub criteres: Vec<ToldCritere>,
}

/// A target, in levels.
pub(crate) struct ToldTarget {
    /// In force in the campaign.
    pub level: f64,
    /// As shipped and who decided otherwise, when the territory did.
    pub local: Option<LocalTarget>,
}

/// A critère.
pub(crate) struct ToldCritere {
    /// `REL-2`.
    pub code: String,
    /// What a person reads.
    pub label: String,
    /// Whether all must be met.
    pub imperatif: bool,
    /// Whether the layer may put it aside.
    pub may_be_put_aside: bool,
    /// What is aimed at.
    pub target: ToldTarget,
    /// What levels 1 to 4 look like.
    pub levels: [String; 4],
    /// Why it does not apply here.
    pub put_aside: Option<PutAside>,
    /// Éléments in order.
    pub elements: Vec<ToldElement>,
}

/// An élément.
pub(crate) struct ToldElement {
    /// `REL-2-OBS-1`.
    pub code: String,
    /// Who answers.
    pub source: SourceCode,
    /// The sentence.
    pub sentence: String,
    /// Its scale, and its answers, lowest first.
    pub scale: String,
    /// « Jamais », …
    pub answers: Vec<String>,
    /// The article, when a text asks for it.
    pub article: Option<String>,
    /// What the territory wrote of it.
    pub local: Option<LocalSentence>,
    /// Why its sentence stays as it is; none when a territory may say it otherwise.
    pub fixed: Option<String>,
}

/// A way of answering that forms of a source know already.
pub(crate) struct OfferedScale {
    /// Who answers.
    pub source: SourceCode,
    /// `frequence4`.
    pub code: String,
    /// Its answers, lowest first.
    pub answers: Vec<String>,
}

/// Tells the référentiel of a campaign.
///
/// # Errors
///
/// An unknown campaign or code, with the nearest.
pub(crate) fn read(opened: &OpenObservatory, request: &ReadRequest) -> Result<ReadOutcome> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(request.campaign.as_deref())?;
    let r = observatory.referentiel(campaign);
    let wanted = request
        .code
        .as_deref()
        .map(str::trim)
        .map(str::to_uppercase);
    let keeps = |axe: &str, critere: &str| {
        let wanted = wanted.as_deref();
        wanted.is_none_or(|code| code == axe || code == critere)
    };
    let axes: Vec<ToldAxe> = (r.axes.iter())
        .map(|axe| ToldAxe {
            code: axe.code.clone(),
            label: axe.label.to_string(),
            target: ToldTarget {
                level: axe.cible,
                local: axe.local_target.clone(),
            },
            criteres: (axe.criteres.iter())
                .map(|c| &r.criteres[*c])
                .filter(|c| keeps(&axe.code, &c.code))
                .map(|c| critere(r, c))
                .collect(),
        })
        .filter(|axe| !axe.criteres.is_empty())
        .collect();
    if let (Some(code), true) = (&wanted, axes.is_empty()) {
        let codes = r.criteres.iter().map(|c| c.code.as_str());
        let near = suggest(code, codes.chain(r.axes.iter().map(|a| a.code.as_str())));
        return Err(Error::Usage(format!(
            "« {code} » n’est ni un axe ni un critère du référentiel{}.",
            near.best_clause()
        )));
    }
    Ok(ReadOutcome {
        campaign: campaign.id.clone(),
        label: campaign.label.clone(),
        version: r.version.clone(),
        title: r.titre.clone(),
        axes,
    })
}

fn critere(r: &Referentiel, critere: &Critere) -> ToldCritere {
    ToldCritere {
        code: critere.code.clone(),
        label: critere.label.to_string(),
        imperatif: critere.imperatif,
        may_be_put_aside: critere.may_be_put_aside(),
        target: ToldTarget {
            level: critere.cible,
            local: critere.local_target.clone(),
        },
        levels: critere.descripteurs.clone(),
        put_aside: critere.put_aside.clone(),
        elements: (critere.elements.iter())
            .map(|e| element(r, &r.elements[*e]))
            .collect(),
    }
}

fn element(r: &Referentiel, element: &Element) -> ToldElement {
    let scale = &r.scales[element.scale];
    let labels = scale.modalities.iter().map(|m| m.label.clone());
    ToldElement {
        code: element.code.clone(),
        source: element.source,
        sentence: element.label.to_string(),
        scale: scale.code.clone(),
        answers: element
            .anchors
            .as_ref()
            .map_or_else(|| labels.collect(), |anchors| anchors.to_vec()),
        article: element.origin.article().map(str::to_owned),
        local: element.local.clone(),
        fixed: kept_as_is(r, element),
    }
}

/// What an élément of the territory's own may be answered with, in a campaign's référentiel; nobody answers DON.
pub(crate) fn offered_scales(r: &Referentiel) -> Vec<OfferedScale> {
    let mut all: Vec<OfferedScale> = Vec::new();
    for source in SourceCode::ALL
        .into_iter()
        .filter(|s| *s != SourceCode::Don)
    {
        for element in r.elements.iter().filter(|e| e.source == source) {
            let scale = &r.scales[element.scale];
            let is_there = |o: &OfferedScale| o.source == source && o.code == scale.code;
            if !element.headcount && !all.iter().any(is_there) {
                all.push(OfferedScale {
                    source,
                    code: scale.code.clone(),
                    answers: scale.modalities.iter().map(|m| m.label.clone()).collect(),
                });
            }
        }
    }
    all
}
