//! The report of one site, for its team: facts, impératifs, profile, what to lean on and what to
//! work on, voices, plan, method.

use super::Frame;
use super::common::{critere, criteres_table, must, plan_table, profile, words};
use super::document::{Block, CritereView, Document, Fact, Head, Heading, Item, Section, Tableau};
use super::figure::{place, voice};
use super::sentences;
use crate::base::error::Result;
use crate::base::text::{Datum, count, date_long, decimal1, list};
use crate::disclosure::{
    ClearedActivity, ClearedAdvice, ClearedImperatif, ClearedSite, Mask, Shown,
};
use crate::figures::FigureStatus;
use crate::reports::charts::{self, Gap};
use crate::vocabulary::referentiel::{Referentiel, Rules, SourceCode};
use crate::wording::rule_sentences;

/// Builds the report of a site; `faits` say what the site is.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build(site: &ClearedSite, frame: &Frame, tete: Head, faits: Vec<Fact>) -> Result<Document> {
    let r = frame.referentiel;
    let mut sections = vec![
        identity(site, faits),
        imperatifs(&site.imperatifs),
        section(
            "Le profil de l’accueil",
            "Profil",
            vec![profile(&site.axes, frame)?],
        ),
    ];
    sections.extend(forward(site, r));
    sections.extend(perception(site)?);
    sections.extend(voices(site)?);
    sections.extend(remarks(site, r));
    sections.extend(plan(site, frame));
    sections.push(section(
        "Méthode et limites",
        "Méthode",
        vec![Block::bullets(limits(site, &frame.referentiel.rules))],
    ));
    sections.push(section(
        "Annexe : tous les critères",
        "Critères",
        vec![criteres_table(site, r)],
    ));
    sections.extend(activity(site));
    Ok(Document { tete, sections })
}

pub(super) fn section(titre: &str, feuille: &str, blocs: Vec<Block>) -> Section {
    Section {
        titre: titre.to_owned(),
        feuille: feuille.to_owned(),
        saut: false,
        blocs,
    }
}

fn identity(site: &ClearedSite, faits: Vec<Fact>) -> Section {
    let method = method(site);
    let received = if method.is_empty() {
        Block::text("Aucune réponse n’est encore arrivée pour cette campagne.")
    } else {
        Block::Faits { lignes: method }
    };
    section(
        "L’accueil, et comment il a été évalué",
        "Accueil",
        vec![Block::Faits { lignes: faits }, received],
    )
}

/// How the site was looked at: source by source, how many, when.
pub(super) fn method(site: &ClearedSite) -> Vec<Fact> {
    site.received
        .iter()
        .map(|(source, n, dates)| {
            let valeur = match source {
                SourceCode::Obs => count(*n, "grille d’observation", "grilles d’observation"),
                SourceCode::Aut => "rendue".to_owned(),
                SourceCode::Dir => "mené".to_owned(),
                SourceCode::Don => count(*n, "séance examinée", "séances examinées"),
                _ => (site.returns.get(source))
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
            Fact {
                nom: sentences::capital(source.label()),
                valeur,
                note,
            }
        })
        .collect()
}

/// The sentence that counts impératifs, then each; what leaves the tool counts as not met.
pub(super) fn imperatifs(all: &[ClearedImperatif]) -> Section {
    let is = |wanted: FigureStatus| {
        all.iter()
            .filter(|i| i.status == Shown::Value(wanted))
            .count()
    };
    let sentence = sentences::imperatifs(
        is(FigureStatus::Atteint),
        all.len(),
        is(FigureStatus::NonEvalue),
    );
    let mut blocs = vec![Block::strong(sentence)];
    if !all.is_empty() {
        blocs.push(Block::Imperatifs {
            items: all.iter().map(must).collect(),
        });
    }
    section("Les critères impératifs", "Impératifs", blocs)
}

/// Points to lean on and to work on, each with the evidence of its descriptor and why it is here.
fn forward(site: &ClearedSite, r: &Referentiel) -> Vec<Section> {
    let view = |advice: &ClearedAdvice, strength: bool| -> Option<CritereView> {
        let (_, figure) = site.criteres.iter().find(|(_, f)| f.code == advice.code)?;
        let mut view = critere(figure, r);
        view.pourquoi = sentences::why(advice, strength);
        if strength && site.practices.contains(&advice.code) {
            view.pourquoi
                .push_str(" Une pratique à faire connaître aux autres accueils.");
        }
        Some(view)
    };
    let cards = |advice: &[ClearedAdvice], strength: bool| -> Vec<CritereView> {
        advice.iter().filter_map(|a| view(a, strength)).collect()
    };
    let (up, down) = (cards(&site.strengths, true), cards(&site.priorities, false));
    let put = |cartes: Vec<CritereView>, one: &str, many: &str, sheet: &str| {
        let titre = if cartes.len() == 1 { one } else { many };
        (!cartes.is_empty()).then(|| section(titre, sheet, vec![Block::Cartes { cartes }]))
    };
    let appuis = put(
        up,
        "Notre point d’appui",
        "Nos points d’appui",
        "Points d’appui",
    );
    let pistes = put(
        down,
        "Notre piste de progrès",
        "Nos pistes de progrès",
        "Pistes de progrès",
    );
    appuis.into_iter().chain(pistes).collect()
}

/// Under this distance two regards are said to agree.
const GAP_SHOWN: f64 = 0.5;

fn perception(site: &ClearedSite) -> Result<Option<Section>> {
    let wide: Vec<_> = (site.gaps.iter())
        .filter(|g| (g.aut - g.obs).abs() >= GAP_SHOWN - 1e-9)
        .collect();
    let rows: Vec<Gap> = (wide.iter().take(8))
        .map(|g| Gap {
            label: format!("{} {}", g.code, g.label),
            own: g.aut,
            other: g.obs,
        })
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let drawn = place(
        super::document::Drawing::Ecarts,
        charts::gaps(&gaps_title(&rows), &rows),
        "Écarts d’au moins un demi-niveau, les plus grands d’abord.",
    )?;
    let asked = wide.iter().take(3).map(|g| {
        let (own, other) = (decimal1(g.aut), decimal1(g.obs));
        let question = if g.aut > g.obs {
            "Que voit-on de l’extérieur que nous ne voyons plus ?"
        } else {
            "Qu’est-ce que nous faisons déjà bien sans le savoir ?"
        };
        format!(
            "{} : nous nous situons à {own}, l’observation à {other}. {question}",
            g.label
        )
    });
    let blocs = vec![
        drawn,
        Block::heading("À discuter en équipe"),
        Block::bullets(asked),
    ];
    Ok(Some(section(
        "Deux regards sur l’accueil",
        "Deux regards",
        blocs,
    )))
}

fn gaps_title(rows: &[Gap]) -> String {
    let above = rows.iter().filter(|g| g.own > g.other).count();
    let on = |n| count(n, "critère", "critères");
    match (above, rows.len() - above) {
        (n, 0) => format!("L’équipe se voit plus haut que l’observation sur {}", on(n)),
        (0, n) => format!("L’équipe se voit plus bas que l’observation sur {}", on(n)),
        (a, b) => format!(
            "Les regards diffèrent sur {} : l’équipe se voit plus haut sur {a}, plus bas sur {b}",
            on(a + b)
        ),
    }
}

fn voices(site: &ClearedSite) -> Result<Option<Section>> {
    let mut blocs = Vec::new();
    for (source, questions) in &site.distributions {
        blocs.extend(voice(*source, questions)?);
    }
    blocs.extend(words(&site.words));
    Ok((!blocs.is_empty()).then(|| section("Ce qu’on nous dit", "Questionnaires", blocs)))
}

/// Remarks of the team, under the critère that they concern.
fn remarks(site: &ClearedSite, r: &Referentiel) -> Option<Section> {
    let lignes: Vec<Fact> = (site.words.remarks.iter())
        .map(|(code, text)| {
            let label = r.critere(code).map(|c| r.criteres[c].label.as_str());
            let nom = label.map_or("Remarque générale".to_owned(), |l| format!("{code} {l}"));
            Fact::new(nom, text)
        })
        .collect();
    (!lignes.is_empty()).then(|| {
        section(
            "Les remarques de l’équipe",
            "Remarques",
            vec![Block::Faits { lignes }],
        )
    })
}

/// The plan as it stands; before there is one, what the findings propose, to be filled in.
fn plan(site: &ClearedSite, frame: &Frame) -> Option<Section> {
    let (intro, actions) = if site.actions.is_empty() {
        let intro = "Proposé à partir des constats ; à discuter, à compléter et à décider en équipe. Le classeur « Plan d’amélioration » se remplit dans Excel.";
        (intro, &site.proposals)
    } else {
        (
            "Tel qu’il est suivi à la date de ce rapport.",
            &site.actions,
        )
    };
    let blocs = vec![Block::note(intro), plan_table(actions, frame, false)];
    (!actions.is_empty()).then(|| section("Notre plan d’amélioration", "Plan", blocs))
}

fn activity(site: &ClearedSite) -> Option<Section> {
    let lignes: Vec<Vec<Datum>> = site.activities.iter().filter_map(activity_row).collect();
    let entetes = vec![
        Heading::words("Indicateur").wide(3.5),
        Heading::figures("Valeur").wide(1.4),
        Heading::words("Comment il est calculé").wide(5.0),
    ];
    (!lignes.is_empty()).then(|| {
        let table = Tableau {
            titre: "Indicateurs d’activité".to_owned(),
            entetes,
            lignes,
            note: String::new(),
        };
        section(
            "Annexe : l’activité en chiffres",
            "Activité",
            vec![Block::Tableau(table)],
        )
    })
}

/// One activity indicator; none when it is not for this audience.
pub(super) fn activity_row(a: &ClearedActivity) -> Option<Vec<Datum>> {
    let value = match a.value.as_ref()? {
        Shown::Value(v) => sentences::with_unit(*v, &a.unit),
        Shown::Masked(mask @ (Mask::Rare | Mask::TooFew)) => Datum::words(mask.words()),
        Shown::Masked(_) => return None,
    };
    let limit = if a.limite {
        " · limite : la règle d’âges mélangés se lit de deux façons"
    } else {
        ""
    };
    Some(vec![
        Datum::words(format!("{} {}", a.code, a.label)),
        value,
        Datum::words(format!("{}{limit}", a.formula)),
    ])
}

fn limits(site: &ClearedSite, rules: &Rules) -> Vec<String> {
    let mut lines = vec![
        "Un niveau est une moyenne d’éléments notés de 1 à 4 ; il décrit des pratiques vues un jour donné, jamais des personnes.".to_owned(),
        "L’observation extérieure pèse le plus, puis l’entretien et les données d’activité, puis les questionnaires ; l’auto-évaluation et les visages des enfants sont montrés à côté, jamais mélangés.".to_owned(),
        "Un critère impératif est atteint quand tous ses éléments sont au niveau 4 ; une moyenne ne le compense pas.".to_owned(),
        format!(
            "« Non concerné » sort du calcul ; « non observé » compte contre la couverture. Un axe n’est publié que si {}.",
            rule_sentences::axe_published(rules)
        ),
        rule_sentences::change_announced(rules),
        "Ce rapport est une évaluation partagée, pas un contrôle.".to_owned(),
    ];
    lines.extend(crate::disclosure::summary(&site.masked));
    lines
}

/// Words of families and themes of interviews: a keyword never stands without what it means.
pub(super) fn said(word: &crate::disclosure::ClearedWord, one: &str, many: &str) -> Item {
    let (n, of) = word.count;
    let used = if n < 2 { one } else { many };
    Item {
        fort: word.word.clone(),
        texte: format!("dans {n} {used} sur {of}"),
        sous: word.quotes.iter().map(|q| format!("« {q} »")).collect(),
    }
}
