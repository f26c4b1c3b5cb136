//! The page for families: what was looked at, what goes well, what will change and when, what
//! they said and what is done about it. Short sentences, everyday words, no score (in the spirit of
//! « Facile à lire et à comprendre », Unapei).

use super::document::{Block, Document, Drawing, Head, ListItem, ListStyle, ReportSection};
use super::drawn_figure::{asked_otherwise, favourable, place};
use super::report_context::ReportContext;
use super::sentences;
use crate::base::error::Result;
use crate::base::text::{count, list, number_word, percent};
use crate::disclosure::{
    ClearedAction, ClearedDistribution, ClearedFigure, ClearedImperatif, ClearedSite,
    ClearedTerritory, Shown,
};
use crate::figures::FigureStatus;
use crate::reports::charts::{self, AnswerBar, AnswerRow};
use crate::vocabulary::referentiel::SourceCode;

/// Actions and answers shown at most: a page is read, a list is not.
const SHOWN: usize = 5;

/// The page of the territory.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build_territory(
    t: &ClearedTerritory,
    context: &ReportContext,
    head: Head,
) -> Result<Document> {
    let answers = t.distributions.get(&SourceCode::Fam).map(Vec::as_slice);
    let good: Vec<&ClearedFigure> = t.axes.iter().map(|mean| &mean.figure).collect();
    let sections = vec![
        looked_at(territory_facts(t)),
        going_well(&good, &rules_territory(t)),
        will_change(&t.actions, context, true),
        you_said(answers.unwrap_or_default(), &t.actions, context)?,
        take_part(&head),
    ];
    Ok(Document { head, sections })
}

/// The page of one site; nothing that few families said.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build_site(site: &ClearedSite, context: &ReportContext, head: Head) -> Result<Document> {
    let answers = site.distributions.get(&SourceCode::Fam).map(Vec::as_slice);
    let good: Vec<&ClearedFigure> = site.axes.iter().collect();
    let sections = vec![
        looked_at(site_facts(site)),
        going_well(&good, &rules_site(&site.imperatifs)),
        will_change(&site.actions, context, false),
        you_said(answers.unwrap_or_default(), &site.actions, context)?,
        take_part(&head),
    ];
    Ok(Document { head, sections })
}

fn looked_at(facts: Vec<String>) -> ReportSection {
    ReportSection::new(
        "Ce que nous avons regardé",
        "Ce qui est regardé",
        vec![Block::bullets(facts)],
    )
}

fn territory_facts(t: &ClearedTerritory) -> Vec<String> {
    let mut facts = vec![format!(
        "Nous avons suivi {}.",
        count(t.imperatifs.len(), "accueil", "accueils")
    )];
    if t.agreement.visits > 0 {
        facts.push(format!(
            "Des observateurs ont fait {} pendant que les enfants étaient là.",
            count(t.agreement.visits, "visite", "visites")
        ));
    }
    facts.extend(asked(&t.distributions));
    facts
}

fn site_facts(site: &ClearedSite) -> Vec<String> {
    let days: Vec<String> = (site.received.iter())
        .filter(|received| received.source == SourceCode::Obs)
        .flat_map(|received| received.days.iter().map(|day| day.long()))
        .collect();
    let mut facts = match days.as_slice() {
        [] => vec!["Aucun observateur n’est encore venu pendant cette période.".to_owned()],
        days => vec![format!(
            "Un observateur est venu pendant que les enfants étaient là, le {}.",
            list(days)
        )],
    };
    let met = site.received.iter().any(|r| r.source == SourceCode::Dir);
    if met {
        facts.push("Il a parlé avec la direction et lu les documents de l’accueil.".to_owned());
    }
    facts.extend(asked(&site.distributions));
    facts
}

/// Who answered, in bands: never how many exactly.
fn asked(
    distributions: &std::collections::BTreeMap<SourceCode, Vec<ClearedDistribution>>,
) -> Vec<String> {
    let who = [(SourceCode::Fam, "familles"), (SourceCode::Enf, "enfants")];
    who.into_iter()
        .filter_map(|(source, who)| {
            let shown = distributions.get(&source)?.iter();
            let most = shown
                .filter_map(|q| q.shares.as_ref().ok())
                .map(|s| s.respondents)
                .max_by_key(|r| r.least())?;
            let how = most.number();
            Some(format!("{how} {who} ont répondu à nos questions."))
        })
        .collect()
}

/// What levels are called for a parent.
fn everyday(figure: &ClearedFigure) -> Option<&'static str> {
    let value = figure.value.as_ref().and_then(Shown::value)?;
    Some(match value {
        v if v >= 3.5 => "c’est très bien en place",
        v if v >= figure.target - 1e-9 => "c’est bien en place",
        v if v >= 2.5 => "c’est en place, avec des points à améliorer",
        _ => "il reste du travail",
    })
}

fn going_well(axes: &[&ClearedFigure], rules: &str) -> ReportSection {
    let said: Vec<ListItem> = (axes.iter())
        .filter_map(|f| {
            Some(ListItem {
                strong: f.label.clone(),
                text: everyday(f)?.to_owned(),
                under: Vec::new(),
            })
        })
        .collect();
    let mut blocks = vec![Block::strong(rules)];
    blocks.push(if said.is_empty() {
        Block::text("Il est trop tôt pour le dire : il manque encore des observations.")
    } else {
        Block::List {
            items: said,
            style: ListStyle::Bullets,
        }
    });
    ReportSection::new("Où nous en sommes", "Où nous en sommes", blocks)
}

fn rules_territory(t: &ClearedTerritory) -> String {
    let met = |m: &[ClearedImperatif]| {
        let is = |i: &ClearedImperatif| i.status == Shown::Value(FigureStatus::Atteint);
        !m.is_empty() && m.iter().all(is)
    };
    let all = t.imperatifs.iter().filter(|s| met(&s.imperatifs)).count();
    let n = t.imperatifs.len();
    match n - all {
        0 => "Dans tous les accueils, toutes les règles de sécurité et d’organisation que nous vérifions sont respectées.".to_owned(),
        _ => format!(
            "Dans {} sur {n}, toutes les règles de sécurité et d’organisation que nous vérifions sont respectées. Dans les autres, des corrections sont demandées.",
            count(all, "accueil", "accueils")
        ),
    }
}

fn rules_site(musts: &[ClearedImperatif]) -> String {
    let met = (musts.iter())
        .filter(|i| i.status == Shown::Value(FigureStatus::Atteint))
        .count();
    let unknown = (musts.iter())
        .filter(|i| i.status == Shown::Value(FigureStatus::NonEvalue))
        .count();
    match (musts.len(), musts.len() - met - unknown) {
        (0, _) => {
            "Les règles que nous vérifions ailleurs ne s’appliquent pas à cet accueil.".to_owned()
        }
        (n, 0) if met == n => {
            "Toutes les règles de sécurité et d’organisation que nous vérifions sont respectées."
                .to_owned()
        }
        (n, 0) => format!(
            "{} sur {n} sont respectées ; les autres restent à vérifier.",
            count(met, "règle vérifiée", "règles vérifiées")
        ),
        (n, 1) => format!(
            "Nous vérifions {n} règles de sécurité et d’organisation. Une règle n’est pas encore respectée : une correction est demandée."
        ),
        (n, open) => format!(
            "Nous vérifions {n} règles de sécurité et d’organisation. {} ne sont pas encore respectées : des corrections sont demandées.",
            sentences::capital(&number_word(open, true))
        ),
    }
}

/// Actions still to be done, the nearest date first, then what is done; on the territory, one of
/// each site.
fn will_change(actions: &[ClearedAction], context: &ReportContext, sites: bool) -> ReportSection {
    let told = |a: &&ClearedAction| !a.action.is_empty() && (a.open || a.realisation.is_some());
    let mut all: Vec<&ClearedAction> = actions.iter().filter(told).collect();
    all.sort_by_key(|a| (!a.open, a.echeance.is_none(), a.echeance, &a.id));
    let mut seen: Vec<(&str, bool)> = Vec::new();
    all.retain(|a| {
        let key = (a.structure.as_str(), a.open);
        let new = !sites || !seen.contains(&key);
        seen.push(key);
        new
    });
    let (open, done): (Vec<&ClearedAction>, Vec<&ClearedAction>) =
        all.into_iter().partition(|a| a.open);
    let items: Vec<ListItem> = (open.into_iter().take(SHOWN))
        .chain(done.into_iter().take(SHOWN - 2))
        .map(|a| ListItem {
            strong: if sites {
                context.name(&a.structure)
            } else {
                String::new()
            },
            text: format!("{}, {}", a.action.as_str().trim_end_matches('.'), when(a)),
            under: Vec::new(),
        })
        .collect();
    let content = if items.is_empty() {
        Block::text(
            "Les équipes préparent leur plan d’amélioration. Nous vous le présenterons dès qu’il sera décidé.",
        )
    } else {
        Block::List {
            items,
            style: ListStyle::Bullets,
        }
    };
    ReportSection::new(
        "Ce qui va changer, et quand",
        "Ce qui va changer",
        vec![content],
    )
}

/// « d’ici le 12 mai 2027 » ; a date that is over is said as it is.
fn when(a: &ClearedAction) -> String {
    if let Some(done) = a.realisation {
        return format!("c’est fait depuis le {}", done.long());
    }
    match a.echeance {
        None => "la date n’est pas encore fixée".to_owned(),
        Some(day) if a.late => format!("prévu pour le {}, pas encore fait", day.long()),
        Some(day) => format!("d’ici le {}", day.long()),
    }
}

/// The best and the most reserved answers, and what is done about the latter.
fn you_said(
    answers: &[ClearedDistribution],
    actions: &[ClearedAction],
    context: &ReportContext,
) -> Result<ReportSection> {
    let mut known: Vec<(f64, &ClearedDistribution)> = (answers.iter())
        .filter_map(|q| Some((favourable(q)?, q)))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    let title = "Ce que vous avez dit, ce que nous faisons";
    if known.is_empty() {
        let few = Block::text(
            "Trop peu de familles ont répondu pour montrer les réponses sans désigner quelqu’un. Votre avis compte : répondez à la prochaine enquête.",
        );
        return Ok(ReportSection::new(title, "Vos réponses", vec![few]));
    }
    let mut blocks = Vec::new();
    if let Some(drawn) = chart(&known)? {
        blocks.push(drawn);
    }
    let items = known.iter().take(2).filter(|(share, _)| *share < 0.9).map(|(share, q)| {
        let critere = q.code.rsplitn(3, '-').last().unwrap_or("");
        let about = |a: &&ClearedAction| a.criteres.iter().any(|c| c == critere);
        let doing = actions.iter().filter(about).find(|a| !a.action.is_empty());
        ListItem {
            strong: format!("« {} »", q.label.trim_end_matches(['.', ' '])),
            text: format!("{} d’entre vous sont d’accord", percent(*share)),
            under: vec![match doing {
                Some(a) => format!("Ce que nous faisons : {}", a.action),
                None if context.is_organisers(critere) => "Ce que nous faisons : ce n’est pas l’équipe qui en décide ; vos réponses sont remises aux élues et élus.".to_owned(),
                None => "Ce que nous faisons : les équipes en parlent et vous diront ce qu’elles décident.".to_owned(),
            }],
        }
    });
    let items: Vec<ListItem> = items.collect();
    if !items.is_empty() {
        blocks.push(Block::List {
            items,
            style: ListStyle::Bullets,
        });
    }
    blocks.extend(asked_otherwise(answers));
    Ok(ReportSection::new(title, "Vos réponses", blocks))
}

/// Up to five answers as bars, the most favourable first.
fn chart(known: &[(f64, &ClearedDistribution)]) -> Result<Option<Block>> {
    let Some((_, best)) = known.last() else {
        return Ok(None);
    };
    let rows: Vec<AnswerRow> = (known.iter().rev())
        .filter(|(_, q)| q.modalities == best.modalities)
        .filter_map(|(_, q)| {
            let shares = q.shares.as_ref().ok()?;
            Some(AnswerRow {
                label: q.label.clone(),
                answers: AnswerBar::Shares(shares.parts.clone()),
                n: String::new(),
                nsp: String::new(),
            })
        })
        .take(SHOWN)
        .collect();
    let title = format!(
        "Ce qui vous plaît le plus : « {} »",
        best.label.trim_end_matches(['.', ' '])
    );
    place(
        Drawing::Distribution,
        charts::distribution(&title, &best.modalities, &rows),
        "Sur cent familles qui ont répondu.",
    )
    .map(Some)
}

fn take_part(head: &Head) -> ReportSection {
    let mut said = vec![
        "Parlez à l’équipe : elle connaît ce document.".to_owned(),
        "Répondez aux prochains questionnaires : ils sont anonymes.".to_owned(),
    ];
    if !head.contact.is_empty() {
        said.push(format!(
            "Écrivez-nous : {}.",
            head.contact.trim_end_matches('.')
        ));
    }
    ReportSection::new(
        "Comment participer",
        "Participer",
        vec![Block::bullets(said)],
    )
}
