//! The synthesis of the territory, for elected people and the steering committee: messages first,
//! then figures, means, plans, voices, limits, one annex per CTG action.

use super::Frame;
use super::common::{plan_table, profile, words};
use super::document::{Block, Document, Drawing, Head, Heading, Item, ListStyle, Section, Tableau};
use super::equipe::section;
use super::figure::{favourable, place, voice};
use super::territory::{fiches, map, matrix, musts, musts_key};
use super::{ctg, messages, sentences};
use crate::base::error::Result;
use crate::base::text::{Datum, count, list, number_word, percent};
use crate::disclosure::{ClearedAction, ClearedDelivery, ClearedFigure, ClearedTerritory};
use crate::reports::charts::{self, Slope};
use crate::stats::change::Verdict;
use crate::vocabulary::referentiel::{Referentiel, SourceCode};
use crate::wording::rule_sentences;

/// Builds the synthesis.
///
/// # Errors
///
/// A chart that cannot be drawn.
pub fn build(delivery: &ClearedDelivery, frame: &Frame, tete: Head) -> Result<Document> {
    let territory = &delivery.territory;
    let mut sections = vec![
        essential(territory, frame),
        Section {
            saut: true,
            ..section(
                "Le profil du territoire",
                "Profil",
                vec![profile(&without_previous(territory), frame)?],
            )
        },
    ];
    sections.extend(changed(territory, frame)?);
    sections.push(imperatifs(territory, frame));
    sections.push(sites(territory, frame)?);
    sections.extend(gaps(territory));
    sections.extend(means(territory, frame));
    sections.extend(ctg::section_of(territory, frame));
    sections.extend(plans(territory, frame));
    sections.extend(practices(territory, frame));
    sections.extend(voices(delivery)?);
    sections.push(limits(territory, frame.referentiel));
    sections.extend(fiches(territory, frame));
    Ok(Document { tete, sections })
}

/// Page one.
fn essential(t: &ClearedTerritory, frame: &Frame) -> Section {
    let items = messages::of(t, frame)
        .into_iter()
        .map(Item::plain)
        .collect();
    let list = Block::Liste {
        items,
        style: ListStyle::Messages,
    };
    section("L’essentiel", "L’essentiel", vec![list])
}

/// The mean of all sites and that of the panel are not the same figure: the profile shows the
/// first alone, the slopes show the second.
fn without_previous(t: &ClearedTerritory) -> Vec<ClearedFigure> {
    let alone = |(f, _): &(ClearedFigure, usize)| ClearedFigure {
        previous: None,
        ..f.clone()
    };
    t.axes.iter().map(alone).collect()
}

fn changed(t: &ClearedTerritory, frame: &Frame) -> Result<Option<Section>> {
    let (after, Some(before)) = frame.campaigns else {
        return Ok(None);
    };
    let slopes: Vec<Slope> = t
        .evolution
        .iter()
        .map(|(_, label, before, after, e)| Slope {
            label: label.clone(),
            before: *before,
            after: *after,
            emphasis: matches!(e.verdict, Some(Verdict::Progresse | Verdict::Recule)),
            words: sentences::verdict(e),
        })
        .collect();
    if slopes.is_empty() {
        return Ok(None);
    }
    let title = match slopes.iter().filter(|s| s.emphasis).count() {
        0 => "Aucun axe ne progresse ni ne recule nettement".to_owned(),
        1 => "Un axe bouge nettement".to_owned(),
        n => format!(
            "{} axes bougent nettement",
            sentences::capital(&number_word(n, false))
        ),
    };
    let drawn = place(
        Drawing::Evolution,
        charts::evolution(&title, (before, after), &slopes),
        "Moyenne des accueils présents aux deux campagnes, sur les critères communs. En gris : axes stables, ou écarts trop faibles pour conclure.",
    )?;
    let (panel, entries, exits) = &t.panel;
    let who = Block::text(sentences::panel(panel, entries, exits));
    Ok(Some(section(
        "Ce qui a changé",
        "Évolution",
        vec![drawn, who],
    )))
}

fn imperatifs(t: &ClearedTerritory, frame: &Frame) -> Section {
    section(
        "Les critères impératifs, accueil par accueil",
        "Impératifs",
        vec![musts(t, frame), musts_key(frame.referentiel)],
    )
}

fn sites(t: &ClearedTerritory, frame: &Frame) -> Result<Section> {
    let mut blocs = vec![matrix(t, frame)?];
    blocs.extend(map(t, frame)?);
    Ok(section(
        "Les accueils, axe par axe",
        "Accueils × axes",
        blocs,
    ))
}

/// Critères most often below their target, and how many sites are at level 2 or under.
fn gaps(t: &ClearedTerritory) -> Option<Section> {
    let lignes: Vec<Vec<Datum>> = (t.below_target.iter().take(10))
        .map(|(code, label, below, of)| {
            let low = t.low.iter().find(|l| l.0 == *code).map_or(0, |l| l.2);
            vec![
                Datum::words(format!("{code} {label}")),
                Datum::count(*below),
                Datum::count(low),
                Datum::count(*of),
            ]
        })
        .collect();
    let table = Tableau {
        titre: "Critères le plus souvent sous leur objectif".to_owned(),
        entetes: vec![
            Heading::words("Critère").wide(5.0),
            Heading::figures("Accueils sous l’objectif").wide(1.5),
            Heading::figures("dont au niveau 2 ou moins").wide(1.5),
            Heading::figures("Accueils évalués").wide(1.5),
        ],
        lignes,
        note: String::new(),
    };
    (!table.lignes.is_empty()).then(|| {
        section(
            "Les écarts aux objectifs",
            "Écarts",
            vec![Block::Tableau(table)],
        )
    })
}

/// What the plans ask for: works, training, means, each with its cost.
fn means(t: &ClearedTerritory, frame: &Frame) -> Option<Section> {
    let needs = ["aménagement", "formation", "moyens"];
    let asked: Vec<&ClearedAction> = (t.actions.iter())
        .filter(|a| a.open && (needs.contains(&a.kind.as_str()) || a.cout.is_some()))
        .collect();
    let lignes: Vec<Vec<Datum>> = (asked.iter())
        .map(|a| {
            vec![
                Datum::words(format!("{} : {}", sentences::capital(&a.kind), a.action)),
                Datum::words(frame.site(&a.structure)),
                a.cout
                    .map_or_else(|| Datum::words("à chiffrer"), Datum::euros),
                Datum::words(crate::base::text::date_short(&a.echeance)),
            ]
        })
        .collect();
    let total: f64 = asked.iter().filter_map(|a| a.cout).sum();
    let unknown = asked.iter().filter(|a| a.cout.is_none()).count();
    let sum = match unknown {
        0 => format!("Total chiffré : {}.", Datum::euros(total).texte),
        n => format!(
            "Total chiffré : {} ; {} à chiffrer.",
            Datum::euros(total).texte,
            count(n, "action reste", "actions restent")
        ),
    };
    let table = Tableau {
        titre: "Moyens demandés par les plans en cours".to_owned(),
        entetes: vec![
            Heading::words("Besoin").wide(5.0),
            Heading::words("Accueil").wide(2.4),
            Heading::figures("Coût").wide(1.3),
            Heading::figures("Pour quand").wide(1.3),
        ],
        lignes,
        note: sum,
    };
    (!table.lignes.is_empty()).then(|| {
        section(
            "Les moyens à prévoir",
            "Moyens",
            vec![Block::Tableau(table)],
        )
    })
}

/// Words of an action's status, in the order of the table.
const STATES: [&str; 5] = [
    "à lancer",
    "en cours",
    "en retard",
    "réalisée",
    "abandonnée",
];

/// The state of plans: counts per site, then the actions that answer an impératif.
fn plans(t: &ClearedTerritory, frame: &Frame) -> Option<Section> {
    if t.actions.is_empty() {
        return None;
    }
    let mut codes: Vec<&str> = t.actions.iter().map(|a| a.structure.as_str()).collect();
    codes.dedup();
    let tally = |actions: &[&ClearedAction]| -> Vec<Datum> {
        let of = |state: &str| actions.iter().filter(|a| a.statut == state).count();
        STATES.into_iter().map(|s| Datum::count(of(s))).collect()
    };
    let row = |name: String, actions: &[&ClearedAction]| {
        let mut row = vec![Datum::words(name)];
        row.extend(tally(actions));
        row
    };
    let all: Vec<&ClearedAction> = t.actions.iter().collect();
    let mut lignes: Vec<Vec<Datum>> = (codes.iter())
        .map(|code| {
            let own: Vec<&ClearedAction> =
                t.actions.iter().filter(|a| a.structure == *code).collect();
            row(frame.site(code), &own)
        })
        .collect();
    lignes.push(row("Territoire".to_owned(), &all));
    let mut entetes = vec![Heading::words("Accueil").wide(4.0)];
    entetes.extend(
        [
            "À lancer",
            "En cours",
            "En retard",
            "Réalisées",
            "Abandonnées",
        ]
        .map(Heading::figures),
    );
    let table = Tableau {
        titre: "Actions des plans d’amélioration, par accueil".to_owned(),
        entetes,
        lignes,
        note: "En retard : l’échéance est passée à la date de ce rapport.".to_owned(),
    };
    let musts: Vec<ClearedAction> = (t.actions.iter())
        .filter(|a| a.imperatif && a.open)
        .cloned()
        .collect();
    let mut blocs = vec![Block::strong(plan_sentence(&all)), Block::Tableau(table)];
    if !musts.is_empty() {
        blocs.push(Block::heading("Ce qui est engagé sur les impératifs"));
        blocs.push(plan_table(&musts, frame, true));
    }
    Some(section(
        "Où en sont les plans d’amélioration",
        "Plans",
        blocs,
    ))
}

fn plan_sentence(all: &[&ClearedAction]) -> String {
    let of = |state: &str| all.iter().filter(|a| a.statut == state).count();
    let (done, late) = (of("réalisée"), of("en retard"));
    let late = match late {
        0 => "aucune n’est en retard".to_owned(),
        1 => "une est en retard".to_owned(),
        n => format!("{} sont en retard", number_word(n, true)),
    };
    let verb = if done < 2 {
        "est réalisée"
    } else {
        "sont réalisées"
    };
    let done = match done {
        0 => "aucune n’est encore réalisée".to_owned(),
        n => format!("{} {verb}", number_word(n, true)),
    };
    format!(
        "Les plans comptent {} : {done}, {late}.",
        count(all.len(), "action", "actions")
    )
}

/// Where something is done better than elsewhere by more than noise, and who could go and see.
fn practices(t: &ClearedTerritory, frame: &Frame) -> Option<Section> {
    let lignes: Vec<Vec<Datum>> = (t.practices.iter())
        .map(|p| {
            let learners: Vec<String> = p.learners.iter().map(|c| frame.site(c)).collect();
            let note = if learners.is_empty() {
                p.confirmed_by.to_owned()
            } else {
                format!("{} ; une visite pour {}", p.confirmed_by, list(&learners))
            };
            vec![
                Datum::words(format!("{} {}", p.code, p.label)),
                Datum::words(frame.site(&p.structure)),
                Datum::words(note),
            ]
        })
        .collect();
    let table = Tableau {
        titre: "Pratiques à aller voir".to_owned(),
        entetes: vec![
            Heading::words("Critère").wide(3.5),
            Heading::words("Où").wide(2.5),
            Heading::words("Ce qui le confirme, et qui pourrait y aller").wide(4.0),
        ],
        lignes,
        note: String::new(),
    };
    (!table.lignes.is_empty()).then(|| {
        let blocs = vec![
            Block::text(
                "Ces accueils dépassent les autres, et l’objectif, au-delà de la marge de mesure.",
            ),
            Block::Tableau(table),
        ];
        section("Des pratiques à aller voir", "Pratiques", blocs)
    })
}

fn voices(delivery: &ClearedDelivery) -> Result<Option<Section>> {
    let t = &delivery.territory;
    let mut blocs = Vec::new();
    for (source, questions) in &t.distributions {
        blocs.extend(voice(*source, questions)?);
        blocs.extend(by_sector(delivery, *source));
    }
    blocs.extend(words(&t.words));
    Ok((!blocs.is_empty()).then(|| {
        section(
            "Ce que disent les familles, les enfants et les équipes du territoire",
            "Questionnaires",
            blocs,
        )
    }))
}

/// Favourable answers by sector, where each sector may be shown.
fn by_sector(delivery: &ClearedDelivery, source: SourceCode) -> Option<Block> {
    let own: Vec<_> = (delivery.sectors.iter())
        .filter_map(|s| Some((&s.secteur, s.distributions.get(&source)?)))
        .collect();
    let questions = delivery.territory.distributions.get(&source)?;
    if own.len() < 2 {
        return None;
    }
    let mut entetes = vec![Heading::words("Question").wide(5.0)];
    entetes.extend(
        own.iter()
            .map(|(name, _)| Heading::figures(*name).wide(1.2)),
    );
    let lignes = (questions.iter())
        .map(|q| {
            let mut row = vec![Datum::words(&q.label)];
            row.extend(own.iter().map(|(_, all)| {
                let found = all.iter().find(|s| s.code == q.code);
                found.map_or_else(Datum::none, sector_cell)
            }));
            row
        })
        .collect();
    Some(Block::Tableau(Tableau {
        titre: format!("Réponses favorables par secteur : {}", source.label()),
        entetes,
        lignes,
        note:
            "Les deux réponses les plus favorables réunies (la plus favorable, s’il y en a trois)."
                .to_owned(),
    }))
}

fn sector_cell(q: &crate::disclosure::ClearedDistribution) -> Datum {
    match (&q.shares, favourable(q)) {
        (Err(mask), _) => Datum::words(mask.words()),
        (Ok(_), Some(share)) => Datum::share(share),
        (Ok(shares), None) => {
            let top = if q.modalities.len() <= 3 { 1 } else { 2 };
            let high = shares
                .unanimous
                .is_some_and(|m| m + top >= q.modalities.len());
            let least = shares.at_least;
            Datum::words(if high {
                format!("{} ou plus", percent(least))
            } else {
                format!("{} ou moins", percent(1.0 - least))
            })
        }
    }
}

/// Method and limits, ten lines, then what was masked and whether observers agree.
fn limits(t: &ClearedTerritory, referentiel: &Referentiel) -> Section {
    let size = rule_sentences::size(referentiel);
    let change = rule_sentences::least_change(&referentiel.rules);
    let mut lines: Vec<String> = [
        &format!("Le référentiel compte {size} ; seuls des éléments observables sont notés, de 1 à 4, et tout le reste se calcule."),
        "L’observation extérieure pèse le plus ; l’auto-évaluation et la parole des enfants sont montrées à côté, jamais mélangées.",
        "Il n’y a ni note d’ensemble ni classement : la plupart des écarts entre accueils tiennent au hasard d’une visite.",
        "La moyenne du territoire compte chaque accueil une fois, quelle que soit sa taille.",
        &format!("Une évolution compare les mêmes accueils, sur les mêmes critères et dans la même version du référentiel ; elle n’est annoncée que si elle dépasse {change}."),
        "Un impératif est atteint quand tous ses éléments le sont ; aucune moyenne ne compense.",
        "Les réponses des familles, des enfants et des équipes ne sont montrées qu’à l’échelle du territoire ou d’un secteur.",
        "Une campagne partielle ne juge que ce qu’elle a regardé.",
    ]
    .map(str::to_owned)
    .to_vec();
    lines.push(sentences::agreement(t.agreement));
    lines.extend(crate::disclosure::summary(&t.masked));
    section("Méthode et limites", "Méthode", vec![Block::bullets(lines)])
}
