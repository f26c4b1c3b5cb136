//! The report of one site, for its team.

use super::figure::{place, voices};
use super::model::{AxeView, CritereView, EquipeReport, Fact, Figure, Head, Must};
use super::sentences;
use crate::charts::{self, Gap, ProfileRow};
use crate::disclosure::{
    ClearedActivity, ClearedAdvice, ClearedFigure, ClearedImperatif, ClearedSite, Mask, OUTSIDE,
    Shown,
};
use crate::error::Result;
use crate::indicators::FigureStatus;
use crate::referentiel::{Referentiel, SourceCode};
use crate::text::{count, date_long, decimal1, list};

/// Builds the content of a site's report. `campaigns` are the labels of the charts: this campaign
/// and the one before, if any.
pub fn build(
    site: &ClearedSite,
    referentiel: &Referentiel,
    tete: Head,
    faits: Vec<Fact>,
    campaigns: (&str, Option<&str>),
) -> Result<EquipeReport> {
    let (appuis, pistes) = forward(site, referentiel);
    Ok(EquipeReport {
        tete,
        faits,
        methode: method(site),
        imperatifs_phrase: imperatifs_sentence(&site.imperatifs),
        imperatifs: site.imperatifs.iter().map(must).collect(),
        profil: Some(profile(&site.axes, campaigns)?),
        appuis,
        pistes,
        ecarts: perception(site)?,
        questions: questions(site),
        voix: voices(&site.distributions)?,
        mots: sentences::words(&site.words.keywords, "réponse", "réponses"),
        themes: sentences::words(&site.words.themes, "entretien", "entretiens"),
        remarques: remarks(site, referentiel),
        activite: site.activities.iter().filter_map(activity).collect(),
        axes: axes(site, referentiel),
        limites: limits(site),
    })
}

/// The sentence that counts impératifs; what leaves the tool counts as not met.
fn imperatifs_sentence(all: &[ClearedImperatif]) -> String {
    let is = |wanted: FigureStatus| {
        all.iter()
            .filter(|i| i.status == Shown::Value(wanted))
            .count()
    };
    sentences::imperatifs(
        is(FigureStatus::Atteint),
        all.len(),
        is(FigureStatus::NonEvalue),
    )
}

/// An impératif with its mark, always with the word.
pub(super) fn must(i: &ClearedImperatif) -> Must {
    let (marque, mot, classe) = match i.status {
        Shown::Value(FigureStatus::Atteint) => ("✓", "atteint", "atteint"),
        Shown::Value(FigureStatus::NonAtteint) => ("✕", "non atteint", "non-atteint"),
        Shown::Value(_) => ("?", "non évalué", "non-evalue"),
        Shown::Masked(_) => ("!", OUTSIDE, "hors"),
    };
    let mut details: Vec<String> = i
        .below
        .iter()
        .map(|l| format!("À reprendre : {l}"))
        .collect();
    details.extend(i.missing.iter().map(|l| format!("Pas encore évalué : {l}")));
    Must {
        code: i.code.clone(),
        label: i.label.clone(),
        marque: marque.to_owned(),
        mot: mot.to_owned(),
        classe: classe.to_owned(),
        details,
    }
}

pub(super) fn profile(axes: &[ClearedFigure], campaigns: (&str, Option<&str>)) -> Result<Figure> {
    let rows: Vec<ProfileRow> = axes
        .iter()
        .map(|f| ProfileRow {
            label: f.label.clone(),
            value: f.value.as_ref().and_then(Shown::value),
            previous: f.previous,
            target: Some(f.target),
            note: sentences::level(f),
        })
        .collect();
    let known = rows.iter().any(|r| r.previous.is_some());
    let legend = (campaigns.0, campaigns.1.filter(|_| known));
    place(
        charts::profile(&sentences::profile_title(axes), legend, &rows),
        "De 1 (non engagé) à 4 (maîtrisé). Plein : cette campagne ; creux : la précédente ; trait : l’objectif.",
    )
}

fn method(site: &ClearedSite) -> Vec<Fact> {
    site.received
        .iter()
        .map(|(source, n, dates)| {
            let valeur = match source {
                SourceCode::Obs => count(*n, "grille d’observation", "grilles d’observation"),
                SourceCode::Aut => "rendue".to_owned(),
                SourceCode::Dir => "mené".to_owned(),
                SourceCode::Don => count(*n, "séance examinée", "séances examinées"),
                _ => site
                    .returns
                    .get(source)
                    .map(|r| r.words("réponse", "réponses"))
                    .unwrap_or_default(),
            };
            let note = match (source, dates.as_slice()) {
                (SourceCode::Don, _) | (_, []) => String::new(),
                (_, days) => format!(
                    "le {}",
                    list(&days.iter().map(|d| date_long(d)).collect::<Vec<_>>())
                ),
            };
            let mut nom = source.label().to_owned();
            if let Some(first) = nom.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            Fact { nom, valeur, note }
        })
        .collect()
}

/// Points to lean on and to work on, each with the evidence of its descriptor and why it is here.
fn forward(site: &ClearedSite, r: &Referentiel) -> (Vec<CritereView>, Vec<CritereView>) {
    let view = |advice: &ClearedAdvice, strength: bool| {
        let (_, figure) = site.criteres.iter().find(|(_, f)| f.code == advice.code)?;
        let mut view = critere(figure, r);
        view.pourquoi = sentences::why(advice, strength);
        if strength && site.practices.contains(&advice.code) {
            view.pourquoi
                .push_str(" Une pratique à faire connaître aux autres accueils.");
        }
        Some(view)
    };
    (
        site.strengths
            .iter()
            .filter_map(|a| view(a, true))
            .collect(),
        site.priorities
            .iter()
            .filter_map(|a| view(a, false))
            .collect(),
    )
}

fn critere(f: &ClearedFigure, r: &Referentiel) -> CritereView {
    let descriptors = r.critere(&f.code).map(|c| &r.criteres[c].descripteurs);
    let reached = f
        .value
        .as_ref()
        .and_then(Shown::value)
        .map(|v| (v + 1e-9).floor().clamp(1.0, 4.0) as usize);
    let at = |level: usize| {
        descriptors
            .and_then(|d| d.get(level - 1))
            .cloned()
            .unwrap_or_default()
    };
    CritereView {
        pourquoi: String::new(),
        code: f.code.clone(),
        label: f.label.clone(),
        valeur: sentences::level(f),
        objectif: sentences::target(f),
        evolution: f
            .evolution
            .as_ref()
            .map(sentences::verdict)
            .unwrap_or_default(),
        marques: sentences::marks(f),
        descripteur: reached.map(at).unwrap_or_default(),
        suite: reached
            .filter(|l| *l < 4)
            .map(|l| at(l + 1))
            .unwrap_or_default(),
    }
}

/// Under this distance two regards are said to agree.
const GAP_SHOWN: f64 = 0.5;

fn perception(site: &ClearedSite) -> Result<Option<Figure>> {
    let wide: Vec<Gap> = site
        .gaps
        .iter()
        .filter(|g| (g.aut - g.obs).abs() >= GAP_SHOWN - 1e-9)
        .take(8)
        .map(|g| Gap {
            label: format!("{} {}", g.code, g.label),
            own: g.aut,
            other: g.obs,
        })
        .collect();
    if wide.is_empty() {
        return Ok(None);
    }
    let above = wide.iter().filter(|g| g.own > g.other).count();
    let title = match (above, wide.len() - above) {
        (n, 0) => format!(
            "L’équipe se voit plus haut que l’observation sur {}",
            count(n, "critère", "critères")
        ),
        (0, n) => format!(
            "L’équipe se voit plus bas que l’observation sur {}",
            count(n, "critère", "critères")
        ),
        (a, b) => format!(
            "Les regards diffèrent sur {} : l’équipe se voit plus haut sur {a}, plus bas sur {b}",
            count(a + b, "critère", "critères")
        ),
    };
    place(
        charts::gaps(&title, &wide),
        "Écarts d’au moins un demi-niveau, les plus grands d’abord.",
    )
    .map(Some)
}

fn questions(site: &ClearedSite) -> Vec<String> {
    let wide = site
        .gaps
        .iter()
        .filter(|g| (g.aut - g.obs).abs() >= GAP_SHOWN - 1e-9)
        .take(3);
    wide.map(|g| {
        let (own, other) = (decimal1(g.aut), decimal1(g.obs));
        if g.aut > g.obs {
            format!("{} : nous nous situons à {own}, l’observation à {other}. Que voit-on de l’extérieur que nous ne voyons plus ?", g.label)
        } else {
            format!("{} : nous nous situons à {own}, l’observation à {other}. Qu’est-ce que nous faisons déjà bien sans le savoir ?", g.label)
        }
    })
    .collect()
}

/// Remarks of the team, under the critère that they concern.
fn remarks(site: &ClearedSite, r: &Referentiel) -> Vec<Fact> {
    site.words
        .remarks
        .iter()
        .map(|(code, text)| {
            let label = r.critere(code).map(|c| r.criteres[c].label.as_str());
            Fact {
                nom: label.map_or("Remarque générale".to_owned(), |l| format!("{code} {l}")),
                valeur: text.clone(),
                note: String::new(),
            }
        })
        .collect()
}

fn activity(a: &ClearedActivity) -> Option<Fact> {
    let shown = a.value.as_ref()?;
    let valeur = match shown {
        Shown::Value(v) => sentences::with_unit(*v, &a.unit),
        Shown::Masked(mask @ (Mask::Rare | Mask::TooFew)) => mask.words().to_owned(),
        Shown::Masked(_) => return None,
    };
    let limit = if a.limite {
        " · limite : la règle d’âges mélangés se lit de deux façons"
    } else {
        ""
    };
    Some(Fact {
        nom: format!("{} {}", a.code, a.label),
        valeur,
        note: format!("{}{limit}", a.formula),
    })
}

fn axes(site: &ClearedSite, r: &Referentiel) -> Vec<AxeView> {
    site.axes
        .iter()
        .map(|f| AxeView {
            code: f.code.clone(),
            label: f.label.clone(),
            marque: r
                .axes
                .iter()
                .find(|a| a.code == f.code)
                .map(|a| a.marque.clone())
                .unwrap_or_default(),
            valeur: sentences::level(f),
            criteres: site
                .criteres
                .iter()
                .filter(|(axe, _)| *axe == f.code)
                .map(|(_, c)| critere(c, r))
                .collect(),
        })
        .collect()
}

fn limits(site: &ClearedSite) -> Vec<String> {
    let mut lines = vec![
        "Un niveau est une moyenne d’éléments notés de 1 à 4 ; il décrit des pratiques vues un jour donné, jamais des personnes.".to_owned(),
        "L’observation extérieure pèse le plus, puis l’entretien et les données d’activité, puis les questionnaires ; l’auto-évaluation et les visages des enfants sont montrés à côté, jamais mélangés.".to_owned(),
        "Un critère impératif est atteint quand tous ses éléments sont au niveau 4 ; une moyenne ne le compense pas.".to_owned(),
        "« Non concerné » sort du calcul ; « non observé » compte contre la couverture. Un axe n’est publié que si les deux tiers de ses critères ont une valeur.".to_owned(),
        "Ce rapport est une évaluation partagée, pas un contrôle.".to_owned(),
    ];
    lines.extend(crate::disclosure::summary(&site.masked));
    lines
}
